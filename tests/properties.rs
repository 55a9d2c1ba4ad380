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

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() }
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
    fn a_pooled_network_is_decided_as_the_reference_does(town in towns::town(Shape::Network)) {
        same_as_reference(&town, Solver::Exact)?;
    }
}

#[cfg(feature = "lp")]
proptest! {
    #![proptest_config(cases(60))]

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
