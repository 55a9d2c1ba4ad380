//! Days small enough for pencil and paper. All profiles are flat but where another is given, so six of 24 hours are a quarter.

use curtail::city::{ActualRow, City, CityBuilder, CustomerRow, DistrictRow, ProfileRow, Settings, SupplyRow};
use curtail::decide::revise::{self, ChangeKind, Changed, Rest, Revision, changes};
use curtail::decide::{Day, Decision, Options, Prepared, Status};
use curtail::policy::{Policies, Policy};
use curtail::problem::Origin;
use curtail::units::{Date, Decimal, M3};

fn date() -> Date {
    "2026-01-07".parse().unwrap()
}

fn policies(set: &[&str]) -> Policies {
    let set: Vec<String> = set.iter().map(|set| (*set).to_owned()).collect();
    let text = Policy::builtin_text("xian-2025").unwrap();
    Policies::of(Policy::parse(text, &Origin::memory("plan"), &set).unwrap().0)
}

/// A town of block A (and B, where somebody lives there): id, class, demand, floor.
struct Town<'a> {
    customers: &'a [(&'a str, &'a str, u64, u64)],
    supply: u64,
    /// Customer, hour, m3.
    took: &'a [(&'a str, u8, u64)],
    set: &'a [&'a str],
}

impl Town<'_> {
    fn rows(&self) -> CityBuilder {
        let mut city = City::builder(Settings::default());
        for id in ["A", "B"] {
            city.add_district(DistrictRow { id, urban: true, ..DistrictRow::default() });
        }
        for (id, class, demand, floor) in self.customers {
            city.add_customer(CustomerRow {
                id,
                class,
                district: if id.starts_with('b') { "B" } else { "A" },
                company: "gas",
                demand: M3(*demand),
                floor: M3(*floor),
                boiler_t_h: Some(Decimal::whole(20)),
                ..CustomerRow::default()
            });
        }
        city.add_supply(SupplyRow {
            date: date(),
            source: "gate",
            volume: M3(self.supply),
            max_h: None,
            company: None,
            area: None,
        });
        for (id, hour, volume) in self.took {
            let (customer, volume) = (Some(*id).filter(|id| *id != "gate"), M3(*volume));
            let source = Some(*id).filter(|id| *id == "gate");
            city.add_actual(ActualRow { date: date(), hour: Some(*hour), customer, district: None, source, volume });
        }
        city
    }

    fn city(&self) -> City {
        self.rows().build(&policies(&[])).unwrap_or_else(|e| panic!("{e}")).0
    }

    fn policies(&self) -> Policies {
        policies(self.set)
    }

    fn whole(&self) -> Decision {
        let (city, policies) = (self.city(), self.policies());
        let day = Day::on(&city, date()).unwrap().0;
        Prepared::new(&policies, &city, Options::default()).unwrap().decide(&day).unwrap_or_else(|e| panic!("{e}"))
    }

    /// Decided again from an hour on, perhaps against an order.
    fn again(&self, at: u8, order: Option<&Decision>) -> Again {
        self.again_as(at, order, |_, _| ())
    }

    fn again_as(&self, at: u8, order: Option<&Decision>, more: impl Fn(&mut Revision<'_>, &mut Day)) -> Again {
        let (city, policies) = (self.city(), self.policies());
        let mut day = Day::on(&city, date()).unwrap().0;
        let mut revision = Revision::at(at);
        revision.order = order.map(|order| (order, "2026-01-07-1"));
        more(&mut revision, &mut day);
        let Rest { city: rest, day, .. } = revise::rest(&city, &policies, day, revision).unwrap();
        let decision = Prepared::new(&policies, &rest, Options::default()).unwrap().decide(&day).unwrap();
        super::common::adds_up(&decision);
        Again { changes: changes(&city, &day, &decision), decision }
    }
}

struct Again {
    decision: Decision,
    changes: Vec<Changed>,
}

impl Again {
    /// Over the whole day.
    fn served(&self, id: &str) -> u64 {
        let customers = &self.decision.detail.as_ref().unwrap().customers;
        customers.iter().find(|customer| *customer.customer_id == *id).unwrap().served_m3.0
    }

    /// Demand, deliverable, shortfall; what is delivered before, and left of the sources.
    fn balance(&self) -> [u64; 5] {
        let (balance, revision) = (&self.decision.balance, self.decision.revision.as_ref().unwrap());
        let left = revision.by_source.iter().map(|source| source.left_m3.0).sum();
        [balance.demand_m3.0, balance.deliverable_m3.0, balance.shortfall_m3.0, revision.past.delivered_m3.0, left]
    }

    fn level(&self) -> &str {
        &self.decision.level.as_ref().unwrap().id
    }

    fn rank(&self, measure: &str) -> (u64, u64) {
        let rows = self.decision.by_rank.iter().filter(|row| row.measure.as_deref() == Some(measure));
        rows.fold((0, 0), |(size, served), row| (size + row.size_m3.0, served + row.served_m3.0))
    }
}

const HOMES_AND_WORKS: Town<'_> = Town {
    customers: &[("home", "residential", 600, 0), ("works", "industry", 400, 100)],
    supply: 800,
    took: &[],
    set: &[],
};

#[test]
fn without_an_order_everybody_had_its_demand() {
    let again = HOMES_AND_WORKS.again(14, None);
    // 250 of 1,000 are gone by 14:00, 550 of 800 are left for 450 + 300.
    assert_eq!(again.balance(), [1000, 800, 200, 250, 550]);
    assert_eq!(again.level(), "II");
    // Homes 450, and the works what is left: 100 before and 100 after.
    assert_eq!((again.served("home"), again.served("works")), (600, 200));
    // Of the works' 300 to come 75 are furnace gas; what may be cut is three quarters of 300.
    assert_eq!(again.rank("stop-industry-commerce"), (225, 25));
    assert_eq!(again.rank("past"), (250, 250));
    assert_eq!(again.changes.len(), 1);
    assert_eq!((again.changes[0].change, again.changes[0].now_m3), (ChangeKind::Added, M3(100)));
    let past = &again.decision.revision.as_ref().unwrap().past;
    assert_eq!((past.hours, past.customers_assumed, past.customers_over), (6, 2, 0));
}

#[test]
fn as_ordered_and_nothing_new_changes_no_order() {
    let order = HOMES_AND_WORKS.whole();
    let again = HOMES_AND_WORKS.again(14, Some(&order));
    // The works were ordered 200: 50 of it by 14:00. So 100 + 50 less is short of what is past: 50.
    assert_eq!(again.balance(), [1000, 800, 200, 200, 600]);
    assert_eq!((again.served("home"), again.served("works")), (600, 200));
    assert_eq!(again.rank("past"), (250, 200));
    let changes = &again.decision.revision.as_ref().unwrap().changes;
    assert_eq!((changes.unchanged.customers, changes.unchanged.now_m3), (1, M3(150)));
    assert_eq!(changes.added.customers + changes.lifted.customers + changes.altered.customers, 0);
}

#[test]
fn who_took_more_than_ordered_counts_as_it_is() {
    let order = HOMES_AND_WORKS.whole();
    let took = [("works", 8, 20), ("works", 9, 20), ("works", 10, 20), ("works", 11, 20)];
    // Four hours are known, 80; the last two as ordered: a third of 50 is 17. So 97 instead of 50.
    let town = Town { took: &took, ..HOMES_AND_WORKS };
    let again = town.again(14, Some(&order));
    assert_eq!(again.balance(), [1000, 800, 200, 247, 553]);
    assert_eq!(again.served("works"), 97 + 103);
    let past = &again.decision.revision.as_ref().unwrap().past;
    assert_eq!((past.customers_metered, past.customers_metered_in_part, past.customers_assumed), (1, 1, 1));
    assert_eq!((past.customers_over, past.over_m3), (1, M3(47)));
    assert_eq!(again.changes[0].change, ChangeKind::Altered);
    // Above its forecast of 100 for those hours, it had that demand: 150, and 300 to come.
    let took: Vec<(&str, u8, u64)> = (8..14).map(|hour| ("works", hour, 25)).collect();
    let again = Town { took: &took, ..HOMES_AND_WORKS }.again(14, Some(&order));
    assert_eq!(again.balance(), [1050, 800, 250, 300, 500]);
    // At level I the block's homes give up what the works' furnaces need: 500 are left for 450 and 75.
    assert_eq!(again.level(), "I");
    assert_eq!((again.served("home"), again.served("works")), (575, 150 + 75));
}

#[test]
fn sources_have_left_what_they_did_not_give() {
    let order = HOMES_AND_WORKS.whole();
    // The gate gave 240 by its own figures, where 200 were ordered.
    let took: Vec<(&str, u8, u64)> = (8..14).map(|hour| ("gate", hour, 40)).collect();
    let town = Town { took: &took, ..HOMES_AND_WORKS };
    assert_eq!(town.again(14, Some(&order)).balance(), [1000, 760, 240, 200, 560]);
    // What is left can be stated instead; the day's supply is then what was given and that.
    let stated = town.again_as(14, Some(&order), |revision, _| revision.remaining_supply = true);
    assert_eq!(stated.balance(), [1000, 950, 50, 200, 800]);
    assert_eq!(stated.decision.balance.supply_m3, M3(1040));
    // All is given, and more: nothing is left, and it is said.
    let took: Vec<(&str, u8, u64)> = (8..14).map(|hour| ("gate", hour, 150)).collect();
    let again = Town { took: &took, ..HOMES_AND_WORKS }.again(14, Some(&order));
    assert_eq!(again.balance(), [1000, 200, 800, 200, 0]);
    assert!(again.decision.warnings.iter().any(|warning| warning.code == "source_overdrawn"));
    assert_eq!(again.decision.status, Status::BeyondAuthority);
}

#[test]
fn more_gas_at_noon_lifts_and_less_adds() {
    let order = HOMES_AND_WORKS.whole();
    let more = Town { supply: 1000, ..HOMES_AND_WORKS }.again(14, Some(&order));
    // 800 are left for 750. The 50 that the works lacked are short for ever: 5 % of the day.
    assert_eq!(more.balance(), [1000, 950, 50, 200, 800]);
    assert_eq!((more.level(), more.served("works")), ("III", 50 + 300));
    assert_eq!((more.changes[0].change, more.changes[0].now_m3), (ChangeKind::Lifted, M3(300)));
    let less = Town { supply: 700, ..HOMES_AND_WORKS }.again(14, Some(&order));
    assert_eq!((less.level(), less.served("works")), ("I", 50 + 75));
}

#[test]
fn hours_of_a_stop_that_are_past_withhold_nothing_more() {
    let boiler = Town {
        customers: &[("boiler", "boiler_community", 2400, 0), ("home", "residential", 2400, 0)],
        supply: 4500,
        took: &[],
        set: &[],
    };
    // 6.25 % short: level III, off 17:00 to 20:00, 300 m3 of which all three hours are to come at 17:00 and one at 19:00.
    let order = boiler.whole();
    for (at, withheld, gone) in [(17, 300, 900), (18, 200, 900), (19, 100, 900), (20, 0, 900), (22, 0, 1100)] {
        let again = boiler.again(at, Some(&order));
        assert_eq!(again.level(), "III");
        assert_eq!(again.rank("peak-stop").0, withheld, "{at}");
        assert_eq!(again.served("boiler"), 2100, "{at}");
        assert_eq!(again.changes.iter().filter(|c| c.change != ChangeKind::Unchanged).count(), 0, "{at}");
        let before: u64 = again.decision.revision.as_ref().unwrap().past.delivered_m3.0;
        assert_eq!(before, gone + 100 * (u64::from(at) - 8), "{at}");
    }
}

#[test]
fn what_a_stop_moved_comes_back_after_it() {
    let boiler = Town {
        customers: &[("boiler", "boiler_community", 2400, 0), ("home", "residential", 2400, 0)],
        supply: 4500,
        took: &[],
        set: &["measures.peak-stop.III.rebound=1"],
    };
    // 300 m3 are 6.25 %: level III. Nothing is withheld over the day, what the boiler does not take from 17:00 to 20:00 it takes from 20:00
    // to 23:00, and of its 2,400 the limit may cut 720: it gets 2,100.
    let order = boiler.whole();
    // By the forecast the boiler asked for 100 an hour, none in the stop's hours and 200 in each of the three after it.
    for (at, asked) in [(17, 900), (18, 900), (20, 900), (21, 1100), (23, 1500), (0, 1600)] {
        let again = boiler.again(at, Some(&order));
        let hours = (u64::from(at) + 16) % 24;
        assert_eq!(again.decision.revision.as_ref().unwrap().past.demand_m3, M3(asked + 100 * hours), "{at}");
        assert_eq!((again.level(), again.served("boiler")), ("III", 2100), "{at}");
        assert!(
            again.changes.iter().all(|changed| changed.change == ChangeKind::Unchanged),
            "{at} {:?}",
            again.changes
        );
    }
    // A second revision goes on from there.
    let first = boiler.again(18, Some(&order)).decision;
    let again = boiler.again(21, Some(&first));
    assert_eq!(again.decision.revision.as_ref().unwrap().past.demand_m3, M3(1100 + 1300));
    assert!(again.changes.iter().all(|changed| changed.change == ChangeKind::Unchanged), "{:?}", again.changes);
}

/// A boiler of 2,400 that a stop from 17:00 to 20:00 keeps off, all of which comes back by 23:00, and a home of 2,400.
const STOPPED: Town<'_> = Town {
    customers: &[("boiler", "boiler_community", 2400, 0), ("home", "residential", 2400, 0)],
    supply: 4500,
    took: &[],
    set: &["measures.peak-stop.III.rebound=1"],
};

#[test]
fn what_a_stop_moved_comes_back_though_the_stop_was_dropped() {
    let order = STOPPED.whole();
    // More gas arrives: all that is short is what was not delivered so far, and level IV has no stop.
    let plenty = Town { supply: 5000, ..STOPPED };
    for dropped in [18, 20, 21] {
        let first = plenty.again(dropped, Some(&order)).decision;
        assert!(
            first.level.as_ref().unwrap().id == "IV"
                && first.by_rank.iter().all(|rank| rank.measure.as_deref() != Some("peak-stop"))
        );
        let ran = u64::from(dropped).min(20) - 17;
        let back = |at: u64| (at - 20) * 100 * ran / 3;
        let told = &first.revision.as_ref().unwrap().moved;
        let ahead = 100 * ran - back(u64::from(dropped).max(20));
        assert_eq!(told.iter().map(|it| (&*it.customer_id, it.volume_m3.0)).collect::<Vec<_>>(), [("boiler", ahead)]);
        // Once more, and once more after that.
        let second = plenty.again(22, Some(&first)).decision;
        for (at, order) in [(21, &first), (22, &first), (23, &first), (22, &second), (23, &second)] {
            let past = plenty.again(at, Some(order)).decision.revision.unwrap().past;
            let own = 100 * (u64::from(at) - 8) - 100 * ran + back(u64::from(at));
            let asked = M3(own + 100 * (u64::from(at) - 8));
            assert!(past.demand_m3.0.abs_diff(asked.0) <= 1, "{dropped} {at}: {past:?}, and not {asked}");
        }
    }
}

#[test]
fn a_stop_that_nobody_had_ordered_moved_nothing_before() {
    // Nothing is short until 18:00, when the stop is ordered: two of its hours are to come.
    let plenty = Town { supply: 5000, ..STOPPED };
    let first = STOPPED.again(18, Some(&plenty.whole())).decision;
    assert_eq!(first.level.as_ref().unwrap().id, "III");
    for (at, own) in [(20, 1000), (21, 1167), (23, 1500)] {
        let again = STOPPED.again(at, Some(&first));
        let past = &again.decision.revision.as_ref().unwrap().past;
        assert_eq!(past.demand_m3, M3(own + 100 * (u64::from(at) - 8)), "{at}");
        assert!(again.changes.iter().all(|it| it.change == ChangeKind::Unchanged), "{at} {:?}", again.changes);
    }
}

#[test]
fn a_settled_volume_is_the_whole_day_s() {
    let order = HOMES_AND_WORKS.whole();
    // 300 are settled for the works, who took 50 so far: 250 to come, before everybody else.
    let again = HOMES_AND_WORKS.again_as(14, Some(&order), |_, day| {
        day.pinned.insert(1, M3(300));
    });
    assert_eq!((again.served("home"), again.served("works")), (500, 300));
    // Less than it took already: nothing more.
    let again = HOMES_AND_WORKS.again_as(14, Some(&order), |_, day| {
        day.pinned.insert(1, M3(20));
    });
    assert_eq!(again.served("works"), 50);
}

#[test]
fn a_turn_that_has_begun_is_not_handed_on() {
    let two = Town {
        customers: &[("a", "residential", 1000, 0), ("b", "residential", 1000, 0)],
        supply: 1580,
        took: &[],
        set: &[],
    };
    let order = two.whole();
    assert_eq!(order.rotation.as_ref().unwrap().blocks, ["A"]);
    // 21 % short is one block, and A's 1,000 give up all 420: of these 105 by 14:00. Meanwhile the burdens say B; the turn is A's all the same, and it bears the morning too.
    let again = two.again_as(14, Some(&order), |_, day| {
        day.burdens.insert(0, Decimal::whole(3));
    });
    assert_eq!(again.decision.rotation.as_ref().unwrap().blocks, ["A"]);
    let turns = &again.decision.revision.as_ref().unwrap().turns;
    assert_eq!(turns.get("A"), Some(&M3(105)));
    assert_eq!(again.changes.iter().map(|changed| changed.change).collect::<Vec<_>>(), [ChangeKind::Unchanged]);
}

#[test]
fn who_needs_notice_is_not_cut_before_it_is_over() {
    let plenty = Town { supply: 1000, ..HOMES_AND_WORKS };
    let notice = ["measures.stop-industry-commerce.notice_hours=6"];
    let order = plenty.whole();
    // From 14:00 on 550 are left for 750; the works may lose 225 of 300, but of these only what lies after 20:00: two thirds.
    let town = Town { set: &notice, ..HOMES_AND_WORKS };
    let again = town.again(14, Some(&order));
    assert_eq!(again.rank("stop-industry-commerce").0, 150);
    let warned = again.decision.warnings.iter().find(|warning| warning.code == "notice").unwrap();
    assert!(warned.text.contains("from 20:00 on"), "{}", warned.text);
    // Whoever is cut already has had its notice.
    let again = town.again(14, Some(&town.whole()));
    assert_eq!(again.rank("stop-industry-commerce").0, 225);
}

#[test]
fn a_second_revision_goes_on_from_the_first() {
    let order = HOMES_AND_WORKS.whole();
    let took: Vec<(&str, u8, u64)> = (8..14).map(|hour| ("works", hour, 16)).collect();
    let town = Town { took: &took, ..HOMES_AND_WORKS };
    let first = town.again(14, Some(&order)).decision;
    // By 14:00 the works took 96, and may take 104 in the 18 hours to come; by 20:00 a third of that, 35.
    let again = HOMES_AND_WORKS.again(20, Some(&first));
    assert_eq!(again.changes.len(), 1);
    let changed = again.changes[0];
    assert_eq!((changed.past_ordered_m3, changed.before_m3, changed.now_m3), (M3(96 + 35), M3(69), M3(69)));
    assert_eq!(changed.change, ChangeKind::Unchanged);
}

#[test]
fn an_hour_that_is_not_inside_the_day_is_refused() {
    let (city, policies) = (HOMES_AND_WORKS.city(), policies(&[]));
    let code = |at: u8, order: Option<&Decision>| {
        let day = Day::on(&city, date()).unwrap().0;
        let mut revision = Revision::at(at);
        revision.order = order.map(|order| (order, "2026-01-07-1"));
        let refused = revise::rest(&city, &policies, day, revision).unwrap_err();
        refused.iter().map(|problem| problem.code()).collect::<String>()
    };
    assert_eq!(code(24, None), "not_inside_the_day");
    let later = HOMES_AND_WORKS.again(20, None).decision;
    assert_eq!(code(14, Some(&later)), "order_from_later");
    let mut bare = later;
    bare.detail = None;
    assert_eq!(code(22, Some(&bare)), "without_detail");
}

#[test]
fn a_profile_says_what_is_past() {
    let mut rows = HOMES_AND_WORKS.rows();
    for hour in 8..12 {
        rows.add_profile(ProfileRow { profile: "morning", hour, share: "0.25".parse().unwrap() });
    }
    rows.add_customer(CustomerRow {
        id: "baths",
        class: "commercial",
        district: "A",
        company: "gas",
        demand: M3(100),
        profile: "morning",
        ..CustomerRow::default()
    });
    let city = rows.build(&policies(&[])).unwrap().0;
    let day = Day::on(&city, date()).unwrap().0;
    let policies = policies(&[]);
    let Rest { city, day, .. } = revise::rest(&city, &policies, day, Revision::at(10)).unwrap();
    let decision = Prepared::new(&policies, &city, Options::default()).unwrap().decide(&day).unwrap();
    // A twelfth of 1,000 is 83: 50 of the homes and 33 of the works; half of the baths' 100.
    assert_eq!(decision.revision.unwrap().past.demand_m3, M3(83 + 50));
}

#[test]
fn hours_count_as_they_pass_where_the_clock_is_put_back_or_forward() {
    let put_back = [&(8..24).collect::<Vec<u8>>()[..], &[0, 1, 2, 2, 3, 4, 5, 6, 7]].concat();
    let put_forward = [&(8..24).collect::<Vec<u8>>()[..], &[0, 1, 3, 4, 5, 6, 7]].concat();
    let order = HOMES_AND_WORKS.whole();
    // Of 1,000 in 25 hours 40 an hour, of 800 ordered 32; in 23 hours the same by their 23rds.
    for (clock, at, hours) in [(&put_back, 2, 18), (&put_back, 3, 20), (&put_forward, 3, 18), (&put_forward, 22, 14)] {
        let again = HOMES_AND_WORKS.again_as(at, Some(&order), |_, day| day.hours.clone_from(clock));
        let past = &again.decision.revision.as_ref().unwrap().past;
        let part = |volume: u64| volume * hours / clock.len() as u64;
        assert_eq!(u64::from(past.hours), hours, "{at}");
        for (found, volume) in [(past.demand_m3.0, 1000), (past.delivered_m3.0, 800)] {
            assert!(found.abs_diff(part(volume)) <= 1, "{at} of {}: {found} of {volume}", clock.len());
        }
        assert!(again.changes.iter().all(|it| it.change == ChangeKind::Unchanged), "{at} {:?}", again.changes);
    }
    // A revision of a revision, in the hours around the change.
    let on =
        |at, order: &Decision| HOMES_AND_WORKS.again_as(at, Some(order), |_, day| day.hours.clone_from(&put_forward));
    let first = on(1, &order).decision;
    assert_eq!(on(3, &first).decision.revision.unwrap().past.hours, 18);
    // An hour that is not there cannot be named.
    let (city, policies) = (HOMES_AND_WORKS.city(), policies(&[]));
    let mut day = Day::on(&city, date()).unwrap().0;
    day.hours = put_forward;
    let refused = revise::rest(&city, &policies, day, Revision::at(2)).unwrap_err();
    assert!(refused.to_string().contains("the clock does not show 02:00"), "{refused}");
}
