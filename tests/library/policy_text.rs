//! Primitives of a policy that the built-in plans leave unused: stop lists, smallest orders, seasons, dates, exemptions.

use curtail::city::CustomerRow;
use curtail::decide::{Form, PINNED, Status};
use curtail::units::M3;

use crate::town::{by_measure, customer, decide, decide_with, policy, served, warned};

const STOP: &str = "[measures.stop-industry-commerce]\n";
const EVEN: &str = "sharing = \"even\"";

/// Works of 300, 500, 500 and 200 and homes of 8,500; 900 short is 9 %, level III.
fn works() -> Vec<CustomerRow<'static>> {
    let sizes = [("w1", 300), ("w2", 500), ("w3", 500), ("w4", 200)];
    let mut customers = vec![customer("home", "residential", 8_500)];
    customers.extend(sizes.map(|(id, size)| customer(id, "industry", size)));
    customers
}

#[test]
fn a_stop_list_stops_whole_customers() {
    // The measure's is the first `sharing` of the file.
    let list = policy("xian-2025", &[(EVEN, "sharing = \"list\"")]);
    let even = policy("xian-2025", &[]);
    let gets = |burdens: &[(&str, &str)]| {
        let decision = decide_with(&list, "2026-01-07", &works(), 9_100, |city, day| {
            for (id, burden) in burdens {
                day.customer_burdens.insert(city.customer(id).unwrap() as u32, burden.parse().unwrap());
            }
        });
        assert_eq!(by_measure(&decision), by_measure(&decide(&even, &works(), 9_100)), "the cell's total is the same");
        let served = served(&decision);
        ["w1", "w2", "w3", "w4"].map(|id| served[id])
    };
    // Largest first, then by id, the last one in part.
    assert_eq!(gets(&[]), [300, 0, 100, 200]);
    // Least burdened first: w1 and w4 have borne nothing, then w3; w2 is not reached.
    assert_eq!(gets(&[("w2", "1"), ("w3", "0.5")]), [0, 500, 100, 0]);
    assert_eq!(gets(&[("w1", "0.1"), ("w2", "0.1"), ("w3", "0.2"), ("w4", "0.3")]), [0, 0, 400, 200]);
    // Evenly each keeps 600 of 1,500.
    let decision = decide(&even, &works(), 9_100);
    let served = served(&decision);
    assert_eq!(["w1", "w2", "w3", "w4"].map(|id| served[id]), [120, 200, 200, 80]);
}

#[test]
fn a_stop_list_says_who_is_stopped_and_who_is_limited() {
    let list = policy("xian-2025", &[(EVEN, "sharing = \"list\"")]);
    let decision = decide(&list, &works(), 9_100);
    let detail = decision.detail.as_ref().unwrap();
    let form = |id: &str| {
        let share = detail.customers.iter().find(|share| &*share.customer_id == id).unwrap();
        detail.reasons[share.reason as usize].form
    };
    assert_eq!(["w1", "w2", "w3", "home"].map(form), [Form::None, Form::Stop, Form::Limit, Form::None]);
    assert_eq!(decision.totals.customers_cut, 2);
}

#[test]
fn cuts_below_the_smallest_order_move_to_larger_ones() {
    // 404 short of 10,000: evenly 200, 200 and 4.
    let customers = [
        customer("home", "residential", 7_980),
        customer("large-1", "industry", 1_000),
        customer("large-2", "industry", 1_000),
        customer("small", "industry", 20),
    ];
    let gets = |smallest: u64| {
        let smallest = policy("xian-2025", &[(STOP, &format!("{STOP}smallest_order_m3 = {smallest}\n"))]);
        let decision = decide(&smallest, &customers, 9_596);
        assert_eq!(by_measure(&decision), [("stop-industry-commerce", 2_020, 1_616)]);
        let kept = warned(&decision, "small_orders_kept");
        let served = served(&decision);
        (["large-1", "large-2", "small"].map(|id| served[id]), kept)
    };
    assert_eq!(gets(0), ([800, 800, 16], false));
    assert_eq!(gets(4), ([800, 800, 16], false), "4 is not below 4");
    assert_eq!(gets(5), ([798, 798, 20], false));
    assert_eq!(gets(200), ([798, 798, 20], false));
    // Nobody is cut by 201 who could take the others' over: the orders stay, and the decision says so.
    assert_eq!(gets(201), ([800, 800, 16], true));
}

#[test]
fn a_limit_changes_by_season() {
    let limit = "[{ value = 0.6, from = \"11-15\", until = \"03-15\" }, { value = 0.4 }]";
    let old = "[measures.limit-large-central.III]\nlimit = 0.30";
    let policy = policy("xian-2025", &[(old, &old.replace("0.30", limit))]);
    let customers = [customer("home", "residential", 8_999), customer("plant", "boiler_central", 1_001)];
    for (on, most, in_force) in [
        ("2026-01-07", 600, true),
        ("2025-11-15", 600, true),
        ("2026-03-15", 600, true),
        ("2025-11-14", 400, true),
        ("2026-03-16", 400, true),
        // Out of the plan's own season it decides too, and says that it is not in force.
        ("2026-07-01", 400, false),
    ] {
        // 700 short is 7 %, level III. Left: ceil(1,001 x 0.4) = 401, ceil(1,001 x 0.6) = 601.
        let decision = decide_with(&policy, on, &customers, 9_300, |_, _| {});
        assert_eq!(by_measure(&decision), [("limit-large-central", most, 0)], "{on}");
        assert_eq!(decision.totals.beyond_authority_m3, M3(700 - most), "{on}");
        assert_eq!(warned(&decision, "not_in_force"), !in_force, "{on}");
    }
}

#[test]
fn a_measure_is_in_force_from_until_and_by_season() {
    let customers = [customer("home", "residential", 9_000), customer("heat", "chp", 1_000)];
    let at = |in_force: &str, on: &str| {
        let old = "[measures.reduce-chp]\n";
        let policy = policy("xian-2025", &[(old, &format!("{old}in_force = {{ {in_force} }}\n"))]);
        // 400 short is 4 %, level IV: within the measure, or beyond authority.
        let decision = decide_with(&policy, on, &customers, 9_600, |_, _| {});
        match decision.status {
            Status::Balanced => {
                assert_eq!(by_measure(&decision), [("reduce-chp", 1_000, 600)]);
                true
            }
            _ => {
                assert_eq!((by_measure(&decision), decision.totals.beyond_authority_m3), (vec![], M3(400)));
                false
            }
        }
    };
    let days = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"];
    let on = |in_force| days.map(|day| at(in_force, day));
    assert_eq!(on("from = 2026-01-01, until = 2026-01-31"), [false, true, true, false]);
    assert_eq!(on("from = 2026-01-31"), [false, false, true, true]);
    assert_eq!(on("until = 2026-01-01"), [true, true, false, false]);
    assert_eq!(on("season = { from = \"02-01\", until = \"12-31\" }"), [true, false, false, true]);
    assert_eq!(on("season = { from = \"12-31\", until = \"01-01\" }"), [true, true, false, false]);
}

#[test]
fn exemptions_by_id_site_and_tag() {
    let customers = [
        customer("home", "residential", 9_600),
        customer("by-id", "industry", 100),
        CustomerRow { site: "S-1", ..customer("by-site", "industry", 50) },
        CustomerRow { site: "S-1", ..customer("by-site-too", "commercial", 50) },
        CustomerRow { tags: "furnace; spared", ..customer("by-tag", "industry", 100) },
        customer("works", "industry", 100),
    ];
    let old = "measures = [\"rotate-blocks\"]\nwho = { tag = [\"protected\"] }";
    let firm = |who: &str| {
        let new = format!("measures = [\"stop-industry-commerce\"]\nwho = {who}");
        // 90 short is 0.9 %, level IV: the exempt keep all, the others share.
        let decision = decide(&policy("xian-2025", &[(old, &new)]), &customers, 9_910);
        let [(_, authorised, _)] = by_measure(&decision)[..] else { panic!("{:?}", decision.by_rank) };
        let served = served(&decision);
        let spared = customers[1..].iter().filter(|c| served[c.id] == c.demand.0).map(|c| c.id);
        (400 - authorised, spared.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(firm("{ id = [\"by-id\"] }"), (100, "by-id".into()));
    assert_eq!(firm("{ site = [\"S-1\"] }"), (100, "by-site by-site-too".into()));
    assert_eq!(firm("{ tag = [\"spared\"] }"), (100, "by-tag".into()));
    assert_eq!(firm("{ tag = [\"protected\"] }"), (0, String::new()));
    // All conditions together.
    assert_eq!(firm("{ site = [\"S-1\"], class = [\"commercial\"] }"), (50, "by-site-too".into()));
}

#[test]
fn pinned_customers_get_exactly_their_volume() {
    let customers = works();
    let policy = policy("xian-2025", &[]);
    let pin = |pinned: &[(&str, u64)], supply| {
        decide_with(&policy, "2026-01-07", &customers, supply, |city, day| {
            for (id, volume) in pinned {
                day.pinned.insert(city.customer(id).unwrap() as u32, M3(*volume));
            }
        })
    };
    // 900 short. w2 keeps all its 500; the others lose 900 of 1,000: 270, 450, 180.
    let decision = pin(&[("w2", 500)], 9_100);
    let gets = served(&decision);
    assert_eq!(["w1", "w2", "w3", "w4", "home"].map(|id| gets[id]), [30, 500, 50, 20, 8_500]);
    assert_eq!(by_measure(&decision), [(PINNED, 500, 500), ("stop-industry-commerce", 1_000, 100)]);
    // What a pinned customer does not get, nobody else loses: home gives 600, w1 to w4 the other 300 of 1,500.
    let decision = pin(&[("home", 7_900)], 9_100);
    let gets = served(&decision);
    assert_eq!(["w1", "w2", "w3", "w4", "home"].map(|id| gets[id]), [240, 400, 400, 160, 7_900]);
    assert_eq!(
        by_measure(&decision),
        [(PINNED, 7_900, 7_900), ("stop-industry-commerce", 1_500, 1_200), (PINNED, 600, 0)]
    );
    assert_eq!((decision.status, decision.totals.withheld_m3), (Status::Balanced, M3(600)));
    // Pinned to nothing, and without any shortage; unused gas stays unused.
    let decision = pin(&[("w1", 0)], 10_000);
    let gets = served(&decision);
    assert_eq!((gets["w1"], decision.totals.unused_m3, decision.totals.cut_m3), (0, M3(300), M3(300)));
    // Nobody gets more than the forecast.
    let decision = pin(&[("w1", 301)], 9_100);
    let gets = served(&decision);
    assert_eq!((gets["w1"], warned(&decision, "pinned_above")), (300, true));
}
