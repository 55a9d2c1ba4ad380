//! Who comes back when gas does, worked by hand: of a whole day, from an hour on, and hour by hour; once and once more.
//!
//! Profiles are flat: 2,400 m3 a day are 100 an hour. The gas day begins at 8:00, so at 14:00 six of its hours are past.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use curtail::city::{City, CustomerRow, DistrictRow, Settings, SupplyRow};
use curtail::decide::restore::{Back, Restoration};
use curtail::decide::revise::{self, ChangeKind, Changed, Rest, Revision, changes};
use curtail::decide::{BEYOND_AUTHORITY, Day, Decision, Options, Prepared};
use curtail::policy::{Policies, Policy};
use curtail::problem::Origin;
use curtail::units::{Date, M3, Milli};
use curtail::verify::verify;

fn date() -> Date {
    "2026-01-07".parse().unwrap()
}

fn policies() -> Policies {
    let text = Policy::builtin_text("xian-2025").unwrap();
    Policies::of(Policy::parse(text, &Origin::memory("plan"), &[]).unwrap().0)
}

/// Homes that ask for 2,400 and works for 2,400, and a gate with its m3 a day and the most an hour.
fn city(hourly: bool, gate: (u64, Option<u64>), pooling: bool) -> City {
    let mut city = City::builder(Settings { hourly, pooling, ..Settings::default() });
    city.add_district(DistrictRow { id: "A", urban: true, ..DistrictRow::default() });
    for (id, class) in [("home", "residential"), ("works", "industry")] {
        city.add_customer(CustomerRow {
            id,
            class,
            district: "A",
            company: "gas",
            demand: M3(2_400),
            ..CustomerRow::default()
        });
    }
    let (volume, max_h) = (M3(gate.0), gate.1.map(M3));
    let company = (!pooling).then_some("gas");
    city.add_supply(SupplyRow { date: date(), source: "gate", volume, max_h, company, area: None });
    city.build(&policies()).unwrap_or_else(|e| panic!("{e}")).0
}

fn order(hourly: bool, gate: u64) -> Decision {
    let (city, policies) = (city(hourly, (gate, None), true), policies());
    let day = Day::on(&city, date()).unwrap().0;
    Prepared::new(&policies, &city, Options::default()).unwrap().decide(&day).unwrap()
}

/// What comes back of an order, of the whole day or from an hour on.
fn restore(city: &City, order: &Decision, at: Option<u8>, earlier: &[Back]) -> Restoration {
    let policies = policies();
    let day = Day::on(city, date()).unwrap().0;
    let rest = match at {
        Some(at) => {
            let mut revision = Revision::at(at);
            revision.order = Some((order, "2026-01-07-1"));
            revise::rest(city, &policies, day, revision).unwrap()
        }
        None => Rest::whole(city, day),
    };
    let prepared = Prepared::new(&policies, &rest.city, Options::default()).unwrap();
    let found = prepared.restore(&rest.day, order, earlier).unwrap();
    let backs = found.backs(city);
    let in_steps: u64 = found.steps.iter().map(|it| it.back_m3.0).sum();
    assert_eq!(backs.iter().map(|it| it.back_m3.0).sum::<u64>(), in_steps);
    for step in &found.steps {
        assert!(step.back_m3 <= step.cut_m3);
        assert_eq!(
            step.hours.iter().map(|it| it.0).sum::<u64>(),
            if hourly(&found) { step.back_m3.0 * 1_000 } else { 0 }
        );
    }
    found
}

fn hourly(found: &Restoration) -> bool {
    !found.clock.is_empty()
}

/// What comes back, what is missing and what is left over.
fn sums(found: &Restoration) -> [u64; 3] {
    let back: u64 = found.customers.iter().map(|it| it.back_m3.0).sum();
    [back, found.missing_m3.0, found.spare_m3.0]
}

#[test]
fn so_much_comes_back_as_there_is_and_not_twice() {
    // Of 3,600 the works get 1,200. The gate gives 600 more.
    for hourly in [false, true] {
        let order = order(hourly, 3_600);
        for (at, back) in [(None, 600), (Some(14), 600), (Some(2), 300)] {
            let more = city(hourly, (4_200, None), true);
            let once = restore(&more, &order, at, &[]);
            // At 2:00 six hours are left, in which the works lost 300.
            assert_eq!(sums(&once), [back, 0, 600 - back], "{hourly} {at:?}");
            assert_eq!(
                (once.from, once.clock.len()),
                (
                    at,
                    match (hourly, at) {
                        (false, _) => 0,
                        (true, None) => 24,
                        (true, Some(14)) => 18,
                        (true, _) => 6,
                    }
                )
            );
            let backs = once.backs(&more);
            assert_eq!(backs[0].measure.as_deref(), Some("stop-industry-commerce"));
            // At once, and an hour later.
            for later in [at, at.map(|at| at + 1)] {
                let twice = restore(&more, &order, later, &backs);
                assert_eq!(sums(&twice)[..2], [0, 0], "{hourly} {at:?} {later:?}");
            }
            // What the gate gives less must not be taken from whom it was given back to.
            let less = city(hourly, (4_100, None), true);
            let gap = restore(&less, &order, at, &backs);
            let room = 500_u64.saturating_sub(back);
            assert_eq!(sums(&gap), [0, back.saturating_sub(500), room], "{hourly} {at:?}");
        }
    }
}

#[test]
fn what_came_back_and_was_taken_is_gone() {
    for hourly in [false, true] {
        let order = order(hourly, 3_600);
        let more = city(hourly, (4_200, None), true);
        let first = restore(&more, &order, Some(14), &[]);
        // From 14:00 to 20:00 the works take 200 of 600. At 20:00 the gate gives 300 more: the works lost 600 of the 12 hours left, and
        // have 400 of them back.
        let again = city(hourly, (4_500, None), true);
        let second = restore(&again, &order, Some(20), &first.backs(&more));
        assert_eq!(sums(&second), [200, 0, 100], "{hourly}");
        assert_eq!(second.customers[0].kept_m3, M3(600 + 400), "{hourly}");
        // And then there is nothing left to give back.
        let backs = [first.backs(&more), second.backs(&again)].concat();
        assert_eq!(sums(&restore(&again, &order, Some(20), &backs)), [0, 0, 100], "{hourly}");
    }
}

#[test]
fn by_the_hour_it_comes_back_when_it_can_arrive() {
    // The works have 50 of 100 m3 in each hour. The gate may give 160 an hour: 10 more in each of the 18 hours left.
    let order = order(true, 3_600);
    let more = city(true, (4_800, Some(160)), true);
    let found = restore(&more, &order, Some(14), &[]);
    assert_eq!(sums(&found), [180, 0, 4_800 - 6 * 150 - 18 * 160]);
    assert_eq!(found.steps[0].hours, vec![Milli(10_000); 18]);
    assert_eq!((found.clock[0], found.clock[17]), (14, 7));
    // Companies that keep their gas apart.
    let apart = city(true, (4_800, Some(160)), false);
    assert_eq!(sums(&restore(&apart, &order, Some(14), &[]))[..2], [180, 0]);
}

#[test]
fn firm_gas_comes_back_first() {
    // 2,000 for homes that ask for 2,400: firm gas, beyond authority; but a block may rotate.
    for hourly in [false, true] {
        let order = order(hourly, 2_000);
        let more = city(hourly, (3_000, None), true);
        let found = restore(&more, &order, None, &[]);
        assert_eq!(sums(&found)[..2], [1_000, 0], "{hourly}");
        let backs = found.backs(&more);
        assert_eq!(backs.iter().filter(|it| it.customer_id == "home").map(|it| it.back_m3.0).sum::<u64>(), 400);
        let measures: Vec<_> = backs.iter().filter_map(|it| it.measure.as_deref()).collect();
        assert!(
            measures
                .iter()
                .all(|it| *it == BEYOND_AUTHORITY || order.by_rank.iter().any(|r| r.measure.as_deref() == Some(it)))
        );
    }
}

/// A day decided again from an hour on, with what came back of the order before.
fn again(city: &City, order: &Decision, at: u8, backs: &[Back]) -> (Decision, Vec<Changed>) {
    let (policies, day) = (policies(), Day::on(city, date()).unwrap().0);
    let mut revision = Revision::at(at);
    revision.order = Some((order, "2026-01-07-1"));
    revision.restored = (backs, u32::from(!backs.is_empty()));
    let rest = revise::rest(city, &policies, day, revision).unwrap();
    let decision = Prepared::new(&policies, &rest.city, Options::default()).unwrap().decide(&rest.day).unwrap();
    let changed = changes(city, &rest.day, &decision);
    let verified = verify(&policies, &rest.city, &rest.day, &decision).unwrap();
    assert!(verified.holds(), "{at} {:?}", verified.violated);
    (decision, changed)
}

#[test]
fn what_came_back_is_in_the_past_of_a_later_revision() {
    // Of 3,600 the works get 1,200, 50 an hour. From 14:00 on 600 come back, a third of 100 an hour; of the whole day 25 an hour.
    for hourly in [false, true] {
        let order = order(hourly, 3_600);
        let more = city(hourly, (4_200, None), true);
        for (from, back_by_18) in [(Some(14), 133), (None, 250)] {
            let backs = restore(&more, &order, from, &[]).backs(&more);
            let (decision, changed) = again(&more, &order, 18, &backs);
            let revision = decision.revision.as_ref().unwrap();
            let restored = revision.restored.as_ref().unwrap();
            assert_eq!((restored.restorations, restored.customers), (1, 1));
            assert_eq!([restored.past_m3.0, restored.rest_m3.0], [back_by_18, 600 - back_by_18], "{hourly} {from:?}");
            // Ten hours of 100 and of 50, and what came back.
            assert_eq!(revision.past.delivered_m3.0, 1_500 + back_by_18, "{hourly} {from:?}");
            assert_eq!(revision.by_source[0].left_m3.0, 4_200 - 1_500 - back_by_18, "{hourly} {from:?}");
            let [works] = &changed[..] else { panic!("{changed:?}") };
            let left = 700 + 600 - back_by_18;
            assert_eq!((works.before_m3.0, works.now_m3.0), (left, left), "{hourly} {from:?}");
            assert_eq!((works.change, works.past_ordered_m3), (ChangeKind::Unchanged, M3(500 + back_by_18)));
        }
        // Without it the revision would hand the same gas out twice.
        let (decision, _) = again(&more, &order, 18, &[]);
        assert_eq!(decision.revision.as_ref().unwrap().past.delivered_m3.0, 1_500, "{hourly}");
        // From the hour on from which it comes back nothing of it is past; and a revision of the revision knows it all.
        let backs = restore(&more, &order, Some(20), &[]).backs(&more);
        let (first, changed) = again(&more, &order, 18, &backs);
        let back: u64 = backs.iter().map(|it| it.back_m3.0).sum();
        assert_eq!(changed[0].before_m3.0, 700 + back, "{hourly}");
        assert_eq!(first.revision.as_ref().unwrap().restored.as_ref().unwrap().past_m3, M3::ZERO);
    }
}

#[test]
fn a_block_bears_what_did_not_come_back_to_it() {
    // The homes lack 400 of 2,400 while their block turns. At 14:00 the gate has 3,000: the 300 that they would still have lost come back.
    for hourly in [false, true] {
        let order = order(hourly, 2_000);
        let more = city(hourly, (3_000, None), true);
        let turns = |backs: &[Back]| {
            let (decision, _) = again(&more, &order, 18, backs);
            decision.revision.as_ref().unwrap().turns.get("A").copied().unwrap_or_default().0
        };
        let backs = restore(&more, &order, Some(14), &[]).backs(&more);
        let rotated = |it: &&Back| it.measure.as_deref() == Some("rotate-blocks");
        assert_eq!(backs.iter().filter(rotated).map(|it| it.back_m3.0).sum::<u64>(), 300, "{hourly}");
        assert_eq!((turns(&[]), turns(&backs)), (167, 100), "{hourly}");
    }
}
