//! Parts of gas days: exact, and what belongs to whom by hand.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use proptest::prelude::*;

use super::Part;
use super::split::{Split, evenly, split, whole};
use crate::city::City;
use crate::city::read::{Case, CaseOptions};
use crate::decide::portion::{ATTO, portions};
use crate::decide::{Day, Decision, Kind, Options, Prepared, Solver, revise};
use crate::policy::{Cut, Policies};
use crate::units::M3;

/// The small example that is decided by the hour, and whose days can be decided as a whole too.
fn evening() -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/evening");
    Case::open(&folder, &CaseOptions::default()).unwrap().0
}

/// Decides a day of the example with a part of its supply.
fn decided(case: &Case, by_hour: bool, date: &str, tenths: u64) -> Decision {
    let mut day = Day::on(&case.city, date.parse().unwrap()).unwrap().0;
    day.supply.iter_mut().flatten().for_each(|volume| *volume = M3(volume.get() * tenths / 10));
    let mut options = Options { solver: Solver::Exact, ..Options::default() };
    options.whole_days = !by_hour;
    Prepared::new(&case.policies, &case.city, options).unwrap().decide(&day).unwrap()
}

/// The rest of a day from an hour on, after it was decided as a whole.
fn revised(case: &Case, date: &str, at: u8) -> (Decision, City) {
    let first = decided(case, false, date, 9);
    let day = Day::on(&case.city, date.parse().unwrap()).unwrap().0;
    let mut city = case.city.clone();
    city.settings.hourly = false;
    let mut revision = revise::Revision::at(at);
    revision.order = Some((&first, "first"));
    let rest = revise::rest(&city, &case.policies, day, revision).unwrap();
    let options = Options { solver: Solver::Exact, ..Options::default() };
    let decision = Prepared::new(&case.policies, &rest.city, options).unwrap().decide(&rest.day).unwrap();
    (decision, city)
}

fn part(clock: &[u8], from: usize, until: usize) -> Part<'static> {
    Part { date: "2026-01-14".parse().unwrap(), clock: clock.to_vec(), from, until, kept: None, taken: None }
}

/// The clock of a day of 24 hours, and of days on which the clock is put forward and back.
fn clocks() -> [Vec<u8>; 3] {
    let day: Vec<u8> = (8..24).chain(0..8).collect();
    let forward = day.iter().copied().filter(|hour| *hour != 2).collect();
    let mut back = day.clone();
    back.insert(19, 2);
    [day, forward, back]
}

fn volumes(split: &Split) -> (u64, u64) {
    let all = || split.groups.values();
    (all().map(|it| it.served.get()).sum(), all().map(|it| it.cut.get()).sum())
}

/// Both parts of a day add up to it, group by group, wherever it is divided; and all of it to the decision.
fn adds_up(decision: &Decision, policies: &Policies, city: &City, clock: &[u8]) {
    let cut = |from, until| split(decision, &policies.main, city, &part(clock, from, until));
    let all = cut(0, clock.len());
    let totals = &decision.totals;
    assert_eq!(volumes(&all), (totals.served_m3.get(), totals.cut_m3.get()));
    for (at, rank) in decision.by_rank.iter().enumerate() {
        let of_rank = all.groups.iter().filter(|(group, _)| group.rank == at);
        let sums = of_rank.fold((0, 0), |sum, (_, it)| (sum.0 + it.served.get(), sum.1 + it.cut.get()));
        assert_eq!(sums, (rank.served_m3.get(), rank.size_m3.get() - rank.served_m3.get()), "rank {}", rank.rank);
    }
    for at in 0..=clock.len() {
        let (before, after) = (cut(0, at), cut(at, clock.len()));
        for (group, whole) in &all.groups {
            let of = |split: &Split| split.groups.get(group).copied().unwrap_or_default();
            let (before, after) = (of(&before), of(&after));
            assert_eq!(before.served + after.served, whole.served, "{group:?} at {at}");
            assert_eq!(before.cut + after.cut, whole.cut, "{group:?} at {at}");
        }
        let known = before.groups.keys().chain(after.groups.keys());
        assert!(known.into_iter().all(|group| all.groups.contains_key(group)), "at {at}");
    }
}

#[test]
fn the_parts_of_a_day_add_up_to_it_wherever_it_is_divided() {
    let case = evening();
    for date in ["2026-01-14", "2026-01-15"] {
        for tenths in [10, 8, 6] {
            for clock in clocks() {
                adds_up(&decided(&case, false, date, tenths), &case.policies, &case.city, &clock);
            }
            let [clock, ..] = clocks();
            adds_up(&decided(&case, true, date, tenths), &case.policies, &case.city, &clock);
        }
    }
    for at in [10, 18, 2] {
        let (decision, city) = revised(&case, "2026-01-14", at);
        let [clock, ..] = clocks();
        adds_up(&decision, &case.policies, &city, &clock);
    }
}

#[test]
fn a_stop_falls_into_its_own_hours() {
    let case = evening();
    let decision = decided(&case, false, "2026-01-14", 8);
    let policy = &case.policies.main;
    let level = policy.level(&decision.level.as_ref().unwrap().id).unwrap();
    let [clock, ..] = clocks();
    let mut seen = 0;
    let detail = decision.detail.as_ref().unwrap();
    for first in 0..=clock.len() {
        let parts = portions(&decision, policy, &case.city, &clock, first);
        for (slice, portion) in detail.slices.iter().zip(parts) {
            let rank = &decision.by_rank[slice.rank as usize - 1];
            let Some(measure) = rank.measure.as_ref().filter(|_| rank.kind == Kind::Withheld) else { continue };
            let measure = policy.measures.iter().find(|it| it.id == *measure).unwrap();
            let Cut::Stop { hours, .. } = measure.at[level].as_ref().unwrap().cut else { continue };
            let past = clock.iter().take(first).filter(|hour| hours.has(**hour)).count() as u32;
            let whole = u128::from(slice.size_m3.get()) * ATTO;
            match past {
                0 => assert_eq!(portion.cut, 0, "{first}"),
                all if all == hours.count() => assert_eq!(portion.cut, whole, "{first}"),
                _ => assert!(0 < portion.cut && portion.cut < whole, "{first}"),
            }
            seen += 1;
        }
    }
    assert!(seen > 0, "somebody is stopped");
}

#[test]
fn what_was_taken_before_a_revision_stays_before_it() {
    let case = evening();
    let (decision, city) = revised(&case, "2026-01-14", 12);
    let [clock, ..] = clocks();
    let parts = portions(&decision, &case.policies.main, &city, &clock, 4);
    let detail = decision.detail.as_ref().unwrap();
    for (slice, portion) in detail.slices.iter().zip(parts) {
        let is_past = decision.by_rank[slice.rank as usize - 1].measure.as_deref() == Some(crate::decide::PAST);
        let whole = if is_past { u128::from(slice.size_m3.get()) * ATTO } else { 0 };
        assert_eq!(portion.served + portion.cut, whole);
    }
}

#[test]
fn parts_of_a_m3_go_to_the_largest_remainders() {
    let thirds = [ATTO / 3, ATTO / 3 * 2, ATTO * 5 + ATTO / 2, 0];
    // A hair less than 6.5 in all.
    assert_eq!(whole(thirds.into_iter()), [M3(0), M3(1), M3(5), M3(0)]);
    assert_eq!(evenly(&[M3(100), M3(7), M3(0)], 0, 8, 24), [M3(34), M3(2), M3(0)]);
    assert_eq!(evenly(&[M3(100), M3(7), M3(0)], 8, 24, 24), [M3(66), M3(5), M3(0)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn sources_are_divided_without_loss(volumes in prop::collection::vec(0u64..3_000_000, 0..8), at in 0usize..=25, hours in 23usize..=25) {
        let volumes: Vec<M3> = volumes.into_iter().map(M3).collect();
        let at = at.min(hours);
        let (before, after) = (evenly(&volumes, 0, at, hours), evenly(&volumes, at, hours, hours));
        for ((before, after), volume) in before.into_iter().zip(after).zip(volumes) {
            prop_assert_eq!(before + after, volume);
        }
    }
}
