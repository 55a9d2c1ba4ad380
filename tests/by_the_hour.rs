//! Days by the hour, held to the reference: what each district gets in each hour, and all that the day's figures say.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;
mod reference;

#[path = "by_the_hour/towns.rs"]
mod towns;

use curtail::decide::Solver;
use proptest::prelude::*;
use reference::{Outcome, Town};

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
    #![proptest_config(cases(100))]

    #[test]
    fn each_hour_is_decided_as_the_reference_does(town in towns::town()) {
        same_as_reference(&town)?;
    }
}
