//! What came back of an order before: what of it lies ahead, which its customers keep, and what they took of it meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use super::Back;
use crate::city::{City, Metered};
use crate::decide::past::{self, ALL};
use crate::decide::prepare::Scope;
use crate::decide::{Day, whatif};
use crate::units::{Hours, M3, Milli};

/// What came back of an order since it was issued.
#[derive(Debug, Default)]
pub(super) struct Since {
    /// By customer, by index in the scope: what of it lies ahead.
    ahead: BTreeMap<usize, Vec<Ahead>>,
    /// What customers without figures took of it before the hour, by company where companies keep their gas apart, in thousandths of a
    /// m3.
    taken: BTreeMap<u32, u64>,
}

/// What came back of a customer's cut, as far as it lies ahead.
#[derive(Clone, Debug)]
pub(super) struct Ahead {
    /// The measure that had taken it; `None` where that was not noted.
    pub measure: Option<String>,
    pub volume: u64,
    /// In each hour that is left, where hours are decided.
    pub hours: Vec<Milli>,
}

impl Back {
    /// What comes back in each of the last hours of the gas day, so many of them; empty where hours are not told.
    fn ahead_by_hour(&self, left: usize) -> &[Milli] {
        self.hours.get(self.hours.len().saturating_sub(left)..).unwrap_or_default()
    }

    /// What of it lies after the hours that are past, in thousandths of a m3: by its own hours, else by the customer's profile.
    /// `clock` is the day's.
    pub(crate) fn ahead(&self, city: &City, clock: &[u8], profile: Option<u32>, elapsed: Hours) -> u64 {
        let hours = self.ahead_by_hour(clock.iter().filter(|hour| !elapsed.has(**hour)).count());
        if !hours.is_empty() {
            return hours.iter().map(|volume| volume.0).sum();
        }
        let gone = self.from.and_then(|from| Hours::between(city.settings.gas_day_start, from));
        let open = ALL.without(gone.unwrap_or(Hours::NONE));
        let part = past::part(city, clock, profile, open.without(elapsed), open);
        part.map_or(0, |part| past::nearest(self.back_m3.get(), part)) * 1_000
    }
}

impl Since {
    pub fn of(city: &City, scope: &Scope<'_>, day: &Day, earlier: &[Back]) -> Self {
        let mut since = Self::default();
        if earlier.is_empty() {
            return since;
        }
        let ids = scope.customers.iter().enumerate();
        let at: BTreeMap<&str, usize> = ids.map(|(at, i)| (&*city.customers[*i as usize].id, at)).collect();
        let figures: BTreeSet<Metered> = city.actuals_on(day.date).iter().map(|actual| actual.who).collect();
        let left = day.clock_left(city).len();
        for back in earlier {
            let Some(at) = at.get(&*back.customer_id).copied() else { continue };
            let customer = &city.customers[scope.customers[at] as usize];
            let hours = back.ahead_by_hour(left).to_vec();
            let ahead = match &day.past {
                None => back.back_m3.get() * 1_000,
                Some(past) => back.ahead(city, &past.clock, customer.profile, past.elapsed),
            };
            let of = [Metered::Customer(scope.customers[at]), Metered::District(customer.district)];
            // Who has figures took what they say.
            if !of.iter().any(|who| figures.contains(who)) {
                *since.taken.entry(scope.company(at)).or_default() +=
                    (back.back_m3.get() * 1_000).saturating_sub(ahead);
            }
            let ahead = Ahead { measure: back.measure.clone(), volume: ahead / 1_000, hours };
            since.ahead.entry(at).or_default().push(ahead);
        }
        since
    }

    /// What of it a customer has ahead.
    pub fn ahead(&self, at: usize) -> &[Ahead] {
        self.ahead.get(&at).map_or(&[], Vec::as_slice)
    }

    /// Takes what was taken of it already from what the sources have left, as far as their figures do not say so.
    pub fn take_from(&self, city: &City, scope: &Scope<'_>, day: &Day, supply: &mut [u64]) {
        let Some(past) = &day.past else { return };
        for (company, taken) in &self.taken {
            let ours = |at: &usize| {
                let source = scope.sources[*at] as usize;
                let entitled = scope.reach.entitled.is_none() || city.sources[source].company == Some(*company);
                entitled && !past.given.get(source).is_some_and(|given| given.metered)
            };
            let ours: Vec<usize> = (0..supply.len()).filter(ours).collect();
            let volumes: Vec<M3> = ours.iter().map(|at| M3(supply[*at])).collect();
            let shares = whatif::scale(&volumes, M3(*taken / 1_000)).unwrap_or_default();
            for (at, share) in ours.into_iter().zip(shares) {
                supply[at] = supply[at].saturating_sub(share.get());
            }
        }
    }
}

/// Takes what came back out of what is lost in each step, that of its own measure; where that was not noted, first of what comes back first.
pub(super) fn take_back(lost: &mut [(usize, u128)], ours: impl Fn(usize) -> bool, mut volume: u128) {
    for (step, loss) in lost {
        if ours(*step) {
            let taken = volume.min(*loss);
            (*loss, volume) = (*loss - taken, volume - taken);
        }
    }
}
