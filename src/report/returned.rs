//! What came back of orders: their customers might take it beside what the orders left them.

use std::collections::BTreeMap;

use super::split::in_force;
use super::{Kept, Part};
use crate::decide::past::ALL;
use crate::decide::portion::ATTO;
use crate::units::{Hours, M3};

/// What came back in a part of a gas day.
#[derive(Debug, Default)]
pub(super) struct CameBack {
    /// By customer, in thousandths of a m3.
    customers: BTreeMap<String, u64>,
    /// The same over the whole day.
    over_the_day: BTreeMap<String, u64>,
    /// In all, in whole m3: the parts of a day add up to the day.
    pub all: M3,
}

impl CameBack {
    /// What came back in a part of a day: by the hours that each restoration told, else by the customer's profile from its hour on. What came back
    /// of an order that was revised counts until then; a revision has it among what it leaves.
    pub fn of(kept: &Kept<'_>, part: &Part<'_>) -> Self {
        let until = upto(kept, part, part.until);
        let from = upto(kept, part, part.from);
        let whole = |all: &BTreeMap<String, u64>| (all.values().sum::<u64>() + 500) / 1_000;
        let all = M3(whole(&until).saturating_sub(whole(&from)));
        let mut customers = until;
        for (id, before) in from {
            if let Some(own) = customers.get_mut(&id) {
                *own = own.saturating_sub(before);
            }
        }
        Self { customers, over_the_day: upto(kept, part, part.clock.len()), all }
    }

    /// What came back to a customer in the part and over the whole day, in parts of 10^-18 m3.
    pub fn to(&self, customer: &str) -> [u128; 2] {
        [&self.customers, &self.over_the_day]
            .map(|all| u128::from(all.get(customer).copied().unwrap_or(0)) * (ATTO / 1_000))
    }
}

/// What came back in the first hours of the day.
fn upto(kept: &Kept<'_>, part: &Part<'_>, first: usize) -> BTreeMap<String, u64> {
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    for (_, back, hours) in in_force(kept, &part.clock, 0..first) {
        let gone = [hours.start, hours.end].map(|hour| elapsed(&part.clock, hour));
        for back in back {
            let customer = kept.city.customer(&back.customer_id).and_then(|at| kept.city.customers.get(at));
            let Some(customer) = customer else { continue };
            let [before, after] = gone.map(|gone| back.ahead(kept.city, &part.clock, customer.profile, gone));
            *all.entry(back.customer_id.clone()).or_default() += before.saturating_sub(after);
        }
    }
    all
}

/// The first hours of a day, so many of them.
fn elapsed(clock: &[u8], first: usize) -> Hours {
    match (clock.first(), clock.get(first)) {
        (Some(start), Some(until)) => Hours::between(*start, *until).unwrap_or(Hours::NONE),
        _ => ALL,
    }
}
