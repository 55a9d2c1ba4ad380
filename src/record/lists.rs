//! A company's list held against what the plan gives: who is missing, who is extra, who gives too little, and whose gas no measure
//! authorises.

use std::collections::BTreeMap;

use crate::city::City;
use crate::city::read::ListRow;
use crate::decide::{Decision, Kind};
use crate::units::M3;

/// What a list has to do with the plan's own answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comparison {
    /// Customers that the plan cuts and the list does not.
    pub missing: Vec<Versus>,
    /// Customers that the list cuts and the plan does not.
    pub extra: Vec<Versus>,
    /// Customers that the list cuts by less than the plan.
    pub too_small: Vec<Versus>,
    /// Customers of whom the list takes more than the measures of the day's level authorise.
    pub protected: Vec<Versus>,
    /// What the list takes, in m3.
    pub listed: M3,
    /// What the plan takes of the company's customers, in m3.
    pub computed: M3,
}

/// A customer on the list and in the plan's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versus {
    /// The customer.
    pub customer_id: String,
    /// What the list takes, in m3.
    pub listed: M3,
    /// What the plan takes, in m3.
    pub computed: M3,
    /// What the measures of the level authorise to take at the most, in m3.
    pub authorised: M3,
}

impl Comparison {
    /// Whether nobody is missing, extra, or cut by too little.
    pub const fn agrees(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty() && self.too_small.is_empty()
    }
}

/// Holds a company's list against a decision of the same day, outer districts included. Customers in the order of their ids.
pub fn compare(rows: &[ListRow], company: &str, decision: &Decision, city: &City) -> Comparison {
    let mut listed: BTreeMap<&str, M3> = BTreeMap::new();
    for row in rows {
        if let Some(customer) = city.customers.get(row.customer as usize) {
            listed.insert(&customer.id, row.cut);
        }
    }
    let own = city
        .customers
        .iter()
        .filter(|customer| city.companies.get(customer.company as usize).is_some_and(|name| **name == *company));
    let own: std::collections::HashSet<&str> = own.map(|customer| &*customer.id).collect();
    let mut found = Comparison { listed: listed.values().copied().sum(), ..Comparison::default() };
    let mut of_the_plan: BTreeMap<&str, (M3, M3)> = BTreeMap::new();
    for balance in std::iter::once(decision).chain(&decision.areas) {
        let Some(detail) = &balance.detail else { continue };
        let mut authorised = vec![M3::ZERO; detail.customers.len()];
        for slice in &detail.slices {
            let rank = balance.by_rank.iter().find(|rank| rank.rank == slice.rank);
            if let (Some(rank), Some(sum)) = (rank, authorised.get_mut(slice.customer as usize))
                && rank.kind != Kind::Firm
            {
                *sum += slice.size_m3;
            }
        }
        for (share, authorised) in detail.customers.iter().zip(authorised) {
            if own.contains(&*share.customer_id) {
                of_the_plan.insert(&share.customer_id, (share.cut_m3(), authorised));
            }
        }
    }
    for (id, (computed, authorised)) in of_the_plan {
        let taken = listed.get(id).copied().unwrap_or_default();
        found.computed += computed;
        let versus = || Versus { customer_id: id.to_owned(), listed: taken, computed, authorised };
        match (taken.is_zero(), computed.is_zero()) {
            (true, false) => found.missing.push(versus()),
            (false, true) => found.extra.push(versus()),
            (false, false) if taken < computed => found.too_small.push(versus()),
            _ => {}
        }
        // A cut beyond authority is the plan's own last resort, and no company may choose it.
        if taken > authorised && taken > computed {
            found.protected.push(versus());
        }
    }
    found
}
