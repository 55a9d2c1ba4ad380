//! Days by the hour, held to the reference: what each district gets in each hour, and all that the day's figures say.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;
mod reference;

#[path = "by_the_hour/towns.rs"]
mod towns;

use curtail::decide::Solver;
use proptest::prelude::*;
use reference::{Customer, District, Hours, Link, Outcome, Pack, Source, Town};

/// So many cases, or as many as `PROPTEST_CASES` says.
fn cases(cases: u32) -> ProptestConfig {
    let set = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..set }
}

/// The same, but for what section 6 leaves open by the hour: where in a rank a whole m3 goes.
fn same(reference: Option<Outcome>, decided: Result<Outcome, String>) -> Result<(), TestCaseError> {
    let Some(mut reference) = reference else {
        prop_assert!(decided.is_err(), "no demand is an error");
        return Ok(());
    };
    let decided = decided.map_err(TestCaseError::fail)?;
    let short = reference.ranks.iter().filter(|rank| 0 < rank.served && rank.served < rank.size).count() as u64;
    for (id, served) in &mut reference.served {
        prop_assert!(served.abs_diff(decided.served[id]) <= short, "{id}: {served} is not {}", decided.served[id]);
        *served = decided.served[id];
    }
    for (tier, (_, served)) in &mut reference.tiers {
        let told = decided.tiers[tier].1;
        prop_assert!(served.abs_diff(told) <= 9 * short, "tier {tier}: {served} is not {told}");
        *served = told;
    }
    prop_assert_eq!(reference.by_hour.len(), decided.by_hour.len());
    for (district, (one, other)) in reference.by_hour.iter().zip(&decided.by_hour).enumerate() {
        prop_assert_eq!(one.len(), other.len());
        let far = one.iter().zip(other).position(|(a, b)| a.abs_diff(*b) > 1);
        prop_assert!(far.is_none(), "district {district}, hour {far:?}: {one:?} is not {other:?}");
    }
    reference.by_hour.clone_from(&decided.by_hour);
    reference.totals.customers_cut = decided.totals.customers_cut;
    reference.totals.households_cut = decided.totals.households_cut;
    prop_assert_eq!(reference, decided);
    Ok(())
}

fn same_as_reference(town: &Town) -> Result<(), TestCaseError> {
    same(reference::decide(town), common::decide(town, Solver::Exact))
}

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn each_hour_is_decided_as_the_reference_does(town in towns::town()) {
        same_as_reference(&town)?;
    }
}

/// One or two districts, each with a source of its own; hourly volumes are whole.
fn whole_town() -> impl Strategy<Value = Town> {
    let rows = proptest::collection::vec((0..2usize, 0..4u64, 0..3usize), 1..5);
    let packs = proptest::collection::vec((0..3_000u64, 0..3_000u64), 2);
    (rows, packs, proptest::collection::vec((0..9_000u64, 0..500u64), 2), 0..400u64).prop_map(
        |(rows, packs, sources, between)| {
            let (mut town, mut hours) = (Town::default(), Hours { clock: (0..24).collect(), ..Hours::default() });
            let peaks: [fn(usize) -> u64; 3] = [
                |h| if (18..20).contains(&h) { 170 } else { 30 },
                |h| if (8..18).contains(&h) { 100 } else { 0 },
                |h| if h == 19 { 1_000 } else { 0 },
            ];
            for (n, (district, demand, peak)) in rows.into_iter().enumerate() {
                let (id, district) = (format!("c{n}"), ["a", "b"][district].to_owned());
                hours.profiles.insert(id.clone(), (0..24).map(peaks[peak]).collect());
                let class = "residential".to_owned();
                town.customers.push(Customer { id, district, class, demand: demand * 1_000, ..Customer::default() });
            }
            for (id, ((start, more), (volume, most))) in ["a", "b"].into_iter().zip(packs.into_iter().zip(sources)) {
                town.districts.push(District { id: id.to_owned(), urban: true, burden: 0 });
                hours.packs.insert(id.to_owned(), Pack { start, least: 0, most: start + more, draw: start });
                town.sources.push(Source { id: format!("of {id}"), volume, ..Source::default() });
                hours.sources.insert(format!("of {id}"), most);
            }
            let ends = [("of a", "a", 9_000), ("of b", "b", 9_000), ("a", "b", between)];
            for (from, to, capacity) in ends {
                town.links.get_or_insert_default().push(Link { from: from.into(), to: to.into(), capacity });
                hours.links.insert((from.into(), to.into()), capacity);
            }
            town.hours = Some(hours);
            town
        },
    )
}

/// The same as a single day: a district in an hour is a district, and what is in the pipes comes from a source.
fn as_a_day(town: &Town) -> Town {
    let (hours, mut day) = (town.hours.as_ref().unwrap(), Town::default());
    let at = |id: &str, hour: usize| format!("{id} {hour}");
    let mut links = Vec::new();
    let mut link = |from: String, to: String, capacity| links.push(Link { from, to, capacity });
    day.sources.clone_from(&town.sources);
    for (id, pack) in &hours.packs {
        day.sources.push(Source { id: format!("pipes of {id}"), volume: pack.start, ..Source::default() });
        link(format!("pipes of {id}"), at(id, 0), pack.start);
        (1..24).for_each(|h| link(at(id, h - 1), at(id, h), pack.most));
    }
    for h in 0..24 {
        for row in town.links.iter().flatten() {
            let own = hours.links[&(row.from.clone(), row.to.clone())];
            match hours.sources.get(&row.from) {
                Some(most) => link(row.from.clone(), at(&row.to, h), own.min(*most)),
                None => link(at(&row.from, h), at(&row.to, h), own),
            }
        }
        for district in &town.districts {
            day.districts.push(District { id: at(&district.id, h), urban: true, burden: 0 });
        }
    }
    day.links = Some(links);
    day
}

proptest! {
    #![proptest_config(cases(12))]

    /// The flow of the reference against the linear program of the reference, which serves its days.
    #[test]
    fn a_flow_brings_as_much_as_a_linear_program_says(town in whole_town()) {
        let day = as_a_day(&town);
        let mut asked = Vec::new();
        for customer in &town.customers {
            let row = usize::from(customer.district == "b");
            let hours = town.hours.as_ref().unwrap().profiles[&customer.id].iter().enumerate();
            asked.extend(hours.map(|(h, share)| ((h * 2 + row, ""), customer.demand * share / 1_000)));
        }
        let by_flow = reference::decide(&town).map_or(0, |outcome| outcome.deliverable);
        prop_assert_eq!(by_flow, reference::even::deliverable(&day, &asked));
    }
}

/// A random test shows nothing of what its towns never reach.
#[test]
fn the_random_towns_reach_every_corner() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut corners = std::collections::BTreeSet::new();
    for _ in 0..400 {
        let town = towns::town().new_tree(&mut runner).unwrap().current();
        let Ok(outcome) = common::decide(&town, Solver::Exact) else { continue };
        let hours = town.hours.as_ref().unwrap();
        let reach = if town.apart { "companies" } else { town.links.as_ref().map_or("pool", |_| "network") };
        let shared = outcome.ranks.iter().filter(|rank| 0 < rank.served && rank.served < rank.size);
        let needed = outcome.ranks.iter().find(|rank| rank.measure.as_deref() == Some("peak-stop"));
        let rotation = outcome.rotation.as_ref();
        let reached = [
            (format!("{reach}, {} ranks served in part", shared.count().min(2)), true),
            (format!("level {}, {}", outcome.level.as_deref().unwrap_or("none"), outcome.status), true),
            (format!("escalate to {}", outcome.escalate_to.as_deref().unwrap_or("none")), true),
            (format!("a day of {} hours", hours.clock.len()), true),
            ("drawn from the pipes".to_owned(), hours.packs.values().any(|pack| pack.draw > 0)),
            ("withheld".to_owned(), outcome.totals.withheld > 0),
            (format!("withheld, {} % come back", hours.rebound), outcome.totals.withheld > 0),
            (
                "a stop as needed".to_owned(),
                needed.is_some_and(|rank| rank.kind == "authorised" && rank.served < rank.size),
            ),
            ("several blocks".to_owned(), rotation.is_some_and(|rotation| rotation.blocks.len() > 1)),
            ("extended rotation".to_owned(), rotation.is_some_and(|rotation| rotation.extended)),
            ("rest gave way".to_owned(), rotation.is_some_and(|rotation| rotation.rest_gave_way)),
            ("short by the hour alone".to_owned(), outcome.deliverable < outcome.demand.min(outcome.supply)),
        ];
        corners.extend(reached.into_iter().filter(|(_, is)| *is).map(|(corner, _)| corner));
    }
    let mut wanted: Vec<String> = ["II", "III", "I", "none"].map(|level| format!("escalate to {level}")).to_vec();
    wanted.extend(["IV", "III", "II", "I"].map(|level| format!("level {level}, balanced")));
    wanted.extend(["IV", "III", "II", "I"].map(|level| format!("level {level}, beyond_authority")));
    wanted.extend(["pool", "companies", "network"].map(|reach| format!("{reach}, 2 ranks served in part")));
    wanted.extend([23, 24, 25].map(|hours| format!("a day of {hours} hours")));
    wanted.extend(["0", "50"].map(|back| format!("withheld, {back} % come back")));
    let others = "drawn from the pipes,withheld,a stop as needed,several blocks,\
                  extended rotation,rest gave way,short by the hour alone";
    wanted.extend(others.split(',').map(str::to_owned));
    wanted.push("level none, no_shortage".to_owned());
    wanted.retain(|corner| !corners.contains(corner));
    assert!(wanted.is_empty(), "never reached: {wanted:?}, but {corners:#?}");
}
