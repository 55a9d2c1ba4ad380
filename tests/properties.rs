//! What holds of every decision, on random small cities: that it is the reference's, to the cubic metre, and the
//! properties of section 10 of the decision model.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;
mod reference;

#[path = "properties/question.rs"]
mod question;
#[path = "properties/towns.rs"]
mod towns;

use curtail::decide::Solver;
use proptest::prelude::*;
use reference::Town;
use towns::Shape;

/// So many cases, or as many as `PROPTEST_CASES` says.
fn cases(cases: u32) -> ProptestConfig {
    let set = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..set }
}

fn same_as_reference(town: &Town, solver: Solver) -> Result<(), TestCaseError> {
    match reference::decide(town) {
        Some(reference) => prop_assert_eq!(Ok(reference), common::decide(town, solver)),
        None => prop_assert!(common::decide(town, solver).is_err(), "no demand is an error"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn one_pool_is_decided_as_the_reference_does(town in towns::town(Shape::Pool)) {
        same_as_reference(&town, Solver::Exact)?;
    }

    #[test]
    fn one_huge_pool_is_decided_as_the_reference_does(town in towns::town(Shape::HugePool)) {
        same_as_reference(&town, Solver::Exact)?;
    }

    #[test]
    fn pools_of_companies_are_decided_as_the_reference_does(town in towns::town(Shape::Companies)) {
        same_as_reference(&town, Solver::Exact)?;
    }

    #[test]
    fn orders_by_list_are_those_of_the_reference(town in towns::by_list()) {
        same_as_reference(&town, Solver::Exact)?;
    }

    #[test]
    fn blocks_that_rest_take_their_turns_as_in_the_reference(town in towns::resting()) {
        same_as_reference(&town, Solver::Exact)?;
    }

    #[test]
    fn a_pooled_network_is_decided_as_the_reference_does(town in towns::town(Shape::Network)) {
        same_as_reference(&town, Solver::Exact)?;
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn every_other_plan_is_decided_as_the_reference_does(town in towns::under_any_plan()) {
        same_as_reference(&town, Solver::Exact)?;
    }

    #[test]
    fn a_level_by_areas_is_decided_as_the_reference_does(town in towns::of_areas()) {
        same_as_reference(&town, Solver::Exact)?;
    }
}

#[test]
fn the_reference_knows_every_built_in_plan() {
    let mut known = reference::plans::ALL.map(|(id, _)| id);
    known.sort_unstable();
    assert_eq!(curtail::policy::Policy::builtins().collect::<Vec<_>>(), known);
}

/// Each measure of each plan runs short somewhere, and areas call for the levels that they can call for.
#[test]
fn the_towns_of_other_plans_reach_every_corner() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut corners = std::collections::BTreeSet::new();
    let towns = prop_oneof![4 => towns::under_any_plan(), 1 => towns::of_areas()];
    for _ in 0..6000 {
        let town = towns.new_tree(&mut runner).unwrap().current();
        let Ok(outcome) = common::decide(&town, Solver::Exact) else { continue };
        let reach = if town.apart { "companies" } else { town.links.as_ref().map_or("pool", |_| "network") };
        for rank in outcome.ranks.iter().filter(|rank| 0 < rank.served && rank.served < rank.size) {
            corners.extend(rank.measure.as_ref().map(|measure| format!("{} {measure}", town.plan)));
        }
        if outcome.raised.is_some() {
            corners.insert(format!("{reach}, raised to {}", outcome.level.unwrap_or_default()));
        }
        corners.insert(format!("{} {}", town.plan, outcome.status));
    }
    let plans = &reference::plans::ALL[1..];
    let mut wanted: Vec<String> =
        plans.iter().flat_map(|(id, plan)| plan.measures().iter().map(move |m| format!("{id} {}", m.id))).collect();
    wanted.extend(
        ["network", "companies"].iter().flat_map(|reach| ["II", "I"].map(|l| format!("{reach}, raised to {l}"))),
    );
    wanted.extend(["nl-bhg-2023", "cn-shanxi-2021"].map(|id| format!("{id} beyond_authority")));
    wanted.retain(|corner| !corners.contains(corner));
    assert!(wanted.is_empty(), "never reached: {wanted:?}, but {corners:#?}");
    assert!(!corners.iter().any(|corner| corner.starts_with("pool, raised")), "one pool has one ratio: {corners:#?}");
}

/// A random test shows nothing of what its cities never reach.
#[test]
fn the_random_cities_reach_every_corner() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut corners = std::collections::BTreeMap::new();
    for _ in 0..2000 {
        let town = towns::any_town().new_tree(&mut runner).unwrap().current();
        let Ok(urban) = common::decide(&town, Solver::Exact) else { continue };
        let reach = if town.apart { "companies" } else { town.links.as_ref().map_or("pool", |_| "network") };
        for outcome in std::iter::once(&urban).chain(&urban.areas) {
            let short = outcome.demand - outcome.deliverable;
            let rotation = outcome.rotation.as_ref();
            let shared = outcome.ranks.iter().filter(|r| 0 < r.served && r.served < r.size).count();
            let mut reached = vec![
                (format!("level {}, {}", outcome.level.as_deref().unwrap_or("none"), outcome.status), true),
                (format!("{reach}, {} ranks served in part", shared.min(2)), true),
                (format!("escalate to {}", outcome.escalate_to.as_deref().unwrap_or("none")), true),
                ("extended rotation".to_owned(), rotation.is_some_and(|r| r.extended)),
                ("several blocks".to_owned(), rotation.is_some_and(|r| r.blocks.len() > 1)),
                ("unused".to_owned(), outcome.totals.unused > 0),
                ("withheld".to_owned(), outcome.totals.withheld > 0),
                ("unified".to_owned(), town.unified),
                ("outer at level I".to_owned(), outcome.area.is_some() && outcome.level.as_deref() == Some("I")),
                ("bottleneck".to_owned(), outcome.deliverable < outcome.supply.min(outcome.demand)),
            ];
            for percent in [5, 10, 20, 25, 30] {
                reached.push((format!("exactly {percent} %"), short * 100 == outcome.demand * percent));
            }
            for (corner, _) in reached.into_iter().filter(|(_, is)| *is) {
                *corners.entry(corner).or_insert(0) += 1;
            }
        }
    }
    let mut wanted: Vec<String> = ["II", "III", "I", "none"].map(|level| format!("escalate to {level}")).to_vec();
    for level in ["IV", "III", "II", "I"] {
        wanted.extend(["balanced", "beyond_authority"].map(|status| format!("level {level}, {status}")));
    }
    wanted.extend(["pool, 1", "companies, 2", "network, 2"].map(|of| format!("{of} ranks served in part")));
    wanted.extend([5, 10, 20, 25, 30].map(|percent| format!("exactly {percent} %")));
    let others = "extended rotation,several blocks,unused,withheld,unified,outer at level I,bottleneck";
    wanted.extend(others.split(',').map(str::to_owned));
    wanted.push("level none, no_shortage".to_owned());
    wanted.retain(|corner| !corners.contains_key(corner));
    assert!(wanted.is_empty(), "never reached: {wanted:?}, but {corners:#?}");
}

/// The same town with a network that never binds.
#[cfg(feature = "lp")]
fn on_an_ample_network(town: &Town) -> Town {
    let link = |from: &str, to: &str| reference::Link { from: from.into(), to: to.into(), capacity: 900_000_000_000 };
    let sources = town.sources.iter().filter(|source| town.unified || source.area.is_none());
    let districts = town.districts.iter().filter(|district| town.unified || district.urban);
    let into = sources.map(|source| link(&source.id, "ring"));
    let links = into.chain(districts.map(|district| link("ring", &district.id))).collect();
    Town { links: Some(links), ..town.clone() }
}

#[cfg(feature = "lp")]
proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn companies_on_a_network_are_decided_as_the_reference_does(town in towns::of_companies()) {
        let (reference, decided) = (reference::decide(&town), common::decide(&town, Solver::Confirmed));
        let (Some(mut reference), Ok(decided)) = (reference, decided) else {
            return same_as_reference(&town, Solver::Confirmed);
        };
        // The linear program works with tolerances: equal remainders may round the other way, by a cubic metre a cell.
        for (id, served) in &mut reference.served {
            prop_assert!(served.abs_diff(decided.served[id]) <= 1, "{id}: {served} is not {}", decided.served[id]);
            *served = decided.served[id];
        }
        reference.tiers.clone_from(&decided.tiers);
        reference.totals.customers_cut = decided.totals.customers_cut;
        reference.totals.households_cut = decided.totals.households_cut;
        prop_assert_eq!(reference, decided);
    }
}

#[cfg(feature = "lp")]
proptest! {
    #![proptest_config(cases(60))]

    /// Where companies share a network only the linear program decides; on one that never binds, as their own pools would.
    #[test]
    fn companies_on_an_ample_network_are_decided_as_their_pools(town in towns::town(Shape::Companies)) {
        let network = common::decide(&on_an_ample_network(&town), Solver::Confirmed);
        prop_assert_eq!(network, common::decide(&town, Solver::Exact));
    }

    #[test]
    fn the_linear_program_decides_every_other_plan_as_the_reference_does(town in towns::under_any_plan()) {
        same_as_reference(&town, Solver::Lp)?;
    }

    #[test]
    fn the_linear_program_confirms(town in towns::any_town()) {
        same_as_reference(&town, Solver::Confirmed)?;
    }

    #[test]
    fn the_linear_program_decides_as_the_reference_does(town in towns::any_town()) {
        same_as_reference(&town, Solver::Lp)?;
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn nobody_above_forecast_nothing_above_supply_floors_kept(town in towns::any_town()) {
        let Ok(urban) = common::decide(&town, Solver::Exact) else { return Ok(()) };
        for outcome in std::iter::once(&urban).chain(&urban.areas) {
            let mut served = 0;
            for customer in &town.customers {
                let Some(volume) = outcome.served.get(&customer.id) else { continue };
                served += volume;
                prop_assert!(*volume <= customer.demand, "{} gets more than its forecast", customer.id);
                let floor = customer.floor.min(customer.demand);
                prop_assert!(outcome.totals.beyond > 0 || *volume >= floor, "{} is below its floor", customer.id);
            }
            prop_assert_eq!(served, outcome.totals.served);
            prop_assert!(served <= outcome.deliverable && outcome.deliverable <= outcome.supply);
            prop_assert_eq!(outcome.status == "beyond_authority", outcome.totals.beyond > 0);
        }
    }

    #[test]
    fn in_one_pool_a_worse_rank_gets_nothing_that_a_better_one_lacks(town in towns::town(Shape::Pool)) {
        let Ok(outcome) = common::decide(&town, Solver::Exact) else { return Ok(()) };
        let mut lacking = false;
        for rank in outcome.ranks.iter().filter(|rank| rank.kind != "withheld") {
            prop_assert!(!lacking || rank.served == 0, "{:?}", outcome.ranks);
            lacking |= rank.served < rank.size;
        }
        // Nothing is kept back while anybody lacks gas that is not withheld.
        prop_assert!(!lacking || outcome.totals.unused == 0);
    }

    #[test]
    fn the_order_of_rows_changes_nothing((town, shuffled) in towns::any_town().prop_flat_map(towns::shuffled)) {
        let (mut first, mut second) = (common::decision(&town, Solver::Exact), common::decision(&shuffled, Solver::Exact));
        for decision in [&mut first, &mut second].into_iter().flatten() {
            decision.warnings.clear(); // they name rows
        }
        prop_assert_eq!(first.map_err(drop), second.map_err(drop));
    }

    #[test]
    fn the_same_input_gives_the_same_bytes(town in towns::any_town()) {
        let bytes = || common::decision(&town, Solver::default()).map(|d| serde_json::to_string_pretty(&d).unwrap());
        prop_assert_eq!(bytes(), bytes());
    }
}
