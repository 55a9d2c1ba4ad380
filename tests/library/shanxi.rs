//! Shanxi 2021 on days worked by hand: a level by the whole province's shortfall or by one area's (P2).

use curtail::city::{City, CustomerRow, DistrictRow, LinkRow, Settings, SupplyRow};
use curtail::decide::{Day, Decision, Options, Prepared, Status};
use curtail::policy::Policies;
use curtail::units::M3;

use crate::town::{by_measure, customer, date, decide, policy, served, warned};

/// Homes 500, vehicles 100, public service 100, commerce 100, industry 200 (floor 50): 1,000 m3.
fn customers() -> Vec<CustomerRow<'static>> {
    vec![
        customer("home", "residential", 500),
        customer("bus", "vehicle", 100),
        customer("school", "public_service", 100),
        customer("shop", "commercial", 100),
        CustomerRow { floor: M3(50), ..customer("works", "industry", 200) },
    ]
}

fn level(decision: &Decision) -> Option<&str> {
    decision.level.as_ref().map(|level| level.id.as_str())
}

#[test]
fn the_whole_shortfall_sets_the_level() {
    let plan = policy("cn-shanxi-2021", &[]);
    let rows = [
        (1000, None),
        (999, Some("IV")),
        (951, Some("IV")),
        (950, Some("III")),
        (901, Some("III")),
        (900, Some("II")),
        (800, Some("II")),
        (799, Some("I")),
    ];
    for (supply, expected) in rows {
        let decision = decide(&plan, &customers(), supply);
        assert_eq!(level(&decision), expected, "{supply}");
        assert!(!warned(&decision, "area_level"), "one pool has one ratio");
    }
}

#[test]
fn industry_goes_first_then_commerce_public_service_and_vehicles() {
    let plan = policy("cn-shanxi-2021", &[]);
    let sizes = [("cut-vehicles", 100), ("cut-public-service", 100), ("cut-commerce", 100), ("cut-industry", 150)];
    let rows: [(u64, [u64; 4]); 4] =
        [(960, [100, 100, 100, 110]), (820, [100, 100, 70, 0]), (720, [100, 70, 0, 0]), (560, [10, 0, 0, 0])];
    for (supply, expected) in rows {
        let decision = decide(&plan, &customers(), supply);
        let expected: Vec<_> = sizes.iter().zip(expected).map(|((id, size), served)| (*id, *size, served)).collect();
        assert_eq!(by_measure(&decision), expected, "{supply}");
        assert_eq!(decision.status, Status::Balanced);
    }
    // Homes and floors are all that is left.
    let decision = decide(&plan, &customers(), 540);
    assert_eq!(decision.status, Status::BeyondAuthority);
    assert_eq!((served(&decision)["home"], served(&decision)["works"]), (500, 40));
}

/// Districts with 1,000 m3 of industry and commerce each, behind a link of so much each.
fn areas(links: &[u64], supply: u64, pooling: bool) -> Decision {
    let policies = Policies::of(policy("cn-shanxi-2021", &[]));
    let ids: Vec<String> = (0..links.len()).map(|n| format!("D{n}")).collect();
    let mut rows = City::builder(Settings { pooling, ..Settings::default() });
    let date = date("2026-01-07");
    for (id, link) in ids.iter().zip(links) {
        rows.add_district(DistrictRow { id, name: id, urban: true, ..DistrictRow::default() });
        for class in ["industry", "commercial"] {
            let name = format!("{class} {id}");
            rows.add_customer(CustomerRow { district: id, ..customer(&name, class, 500) });
        }
        rows.add_link(LinkRow { from: "gate", to: id, capacity: M3(*link), capacity_h: None });
    }
    let company = (!pooling).then_some("gas");
    rows.add_supply(SupplyRow { date, source: "gate", volume: M3(supply), max_h: None, company, area: None });
    let (city, _) = rows.build(&policies).unwrap_or_else(|problems| panic!("{problems}"));
    let (day, _) = Day::on(&city, date).unwrap();
    let decision = Prepared::new(&policies, &city, Options::default()).unwrap().decide(&day).unwrap();
    assert!(decision.confirmed);
    decision
}

/// The level, and the area that called for it with its ratio in hundredths of a per cent.
fn called(decision: &Decision) -> (&str, Option<(&str, u64)>) {
    let level = decision.level.as_ref().unwrap();
    let area = level.area.as_ref().map(|area| (area.district.as_str(), (area.ratio * 10_000.0).round() as u64));
    assert_eq!(area.is_some(), warned(decision, "area_level"));
    (&level.id, area)
}

const WIDE: u64 = 1_000;

#[test]
fn an_area_from_30_to_40_percent_calls_for_level_ii_and_above_40_for_level_i() {
    // Ten districts; one is short behind its link, so the whole is short by a tenth of that: under 5 %.
    let rows = [
        (701, ("IV", None)),
        (700, ("II", Some(("D1", 3_000)))),
        (600, ("II", Some(("D1", 4_000)))),
        (599, ("I", Some(("D1", 4_010)))),
        (0, ("I", Some(("D1", 10_000)))),
    ];
    for (link, expected) in rows {
        let mut links = [WIDE; 10];
        links[1] = link;
        // A link of 0 leaves D1 without gas: 10 % of the whole, level II by itself.
        assert_eq!(called(&areas(&links, 10_000, true)), expected, "{link}");
    }
}

#[test]
fn the_graver_of_the_two_scopes_wins_and_the_shortest_area_is_named() {
    // 2,500 of 10,000 are missing everywhere: I by the whole, whatever the areas.
    assert_eq!(called(&areas(&[WIDE; 10], 7_500, true)), ("I", None));
    // Two areas call for level I; the shorter one is named, and of equals the first.
    let two = |a, b| {
        let mut links = [WIDE; 10];
        (links[3], links[6]) = (a, b);
        links
    };
    assert_eq!(called(&areas(&two(590, 580), 10_000, true)), ("I", Some(("D6", 4_200))));
    assert_eq!(called(&areas(&two(590, 590), 10_000, true)), ("I", Some(("D3", 4_100))));
    assert_eq!(called(&areas(&two(650, 590), 10_000, true)), ("I", Some(("D6", 4_100))));
}

#[test]
fn what_a_narrow_area_cannot_take_is_shared_by_the_others_before_they_count_as_short() {
    // D0 gets the 690 that its link lets through; 11,000 are left for the 11,000 of the others.
    let mut links = [WIDE; 12];
    links[0] = 690;
    assert_eq!(called(&areas(&links, 11_690, true)), ("II", Some(("D0", 3_100))));
}

#[test]
fn who_uses_the_gas_makes_no_difference_to_an_area() {
    // The level comes from even shares; the decision itself then cuts industry first, everywhere.
    let mut links = [WIDE; 10];
    links[1] = 650;
    let decision = areas(&links, 9_650, true);
    assert_eq!(called(&decision), ("II", Some(("D1", 3_500))));
    assert_eq!((served(&decision)["industry D1"], served(&decision)["commercial D1"]), (150, 500));
}

#[test]
#[cfg(feature = "lp")]
fn companies_on_shared_links_are_shared_by_the_linear_program() {
    let mut links = [WIDE; 10];
    links[1] = 590;
    assert_eq!(called(&areas(&links, 10_000, false)), ("I", Some(("D1", 4_100))));
}
