//! What an order leaves its customers and what it took of them, over a day or what remains of it.

use std::collections::{BTreeMap, HashMap};

use super::earlier::{Ahead, take_back};
use super::{Ask, What};
use crate::decide::BEYOND_AUTHORITY;
use crate::decide::portion::{ATTO, portions};

/// By index in the scope's customers, in m3.
#[derive(Debug)]
pub(super) struct Lost {
    /// What each keeps.
    pub kept: Vec<(usize, u64)>,
    /// What each lost, by step.
    pub steps: Vec<Vec<(usize, u64)>>,
}

impl Lost {
    pub fn of(ask: &Ask<'_>) -> Self {
        let Ask { scope, day, order, since, .. } = ask;
        let at = places(ask);
        let mut found = Self { kept: Vec::new(), steps: vec![Vec::new(); ask.steps.len()] };
        let Some(detail) = &order.detail else { return found };
        let mut room = vec![0; scope.customers.len()];
        let rest = day.past.as_ref().and_then(|past| past.order.as_ref()).map(|order| &order.rest);
        for share in &detail.customers {
            let Some(at) = at.get(&*share.customer_id).copied() else { continue };
            let customer = scope.customers[at];
            let left = rest.and_then(|rest| rest.get(customer as usize)).copied().unwrap_or(share.served_m3.get());
            let back: u64 = since.ahead(at).iter().map(|ahead| ahead.volume).sum();
            let kept = (left + back).min(day.left(customer));
            room[at] = day.left(customer) - kept;
            found.kept.push((at, kept));
        }
        for (at, lost) in lost(ask, &at) {
            for (step, loss) in lost {
                // Where a part of the day is past, a loss may be a part of a m3.
                let loss = (((loss + ATTO / 2) / ATTO) as u64).min(room[at]);
                room[at] -= loss;
                if loss > 0 {
                    found.steps[step].push((at, loss));
                }
            }
        }
        found
    }
}

/// The scope's customers by id.
pub(super) fn places<'a>(ask: &Ask<'a>) -> HashMap<&'a str, usize> {
    let customers = ask.scope.customers.iter().enumerate();
    customers.map(|(at, i)| (&*ask.city.customers[*i as usize].id, at)).collect()
}

/// What each customer lost and did not get back, by step in the order in which it comes back, in parts of 10^-18 m3.
fn lost(ask: &Ask<'_>, at: &HashMap<&str, usize>) -> BTreeMap<usize, Vec<(usize, u128)>> {
    let mut all: BTreeMap<usize, Vec<(usize, u128)>> = BTreeMap::new();
    let Some(detail) = &ask.order.detail else { return all };
    let clock = ask.day.clock(ask.city);
    let first = clock.len() - ask.day.clock_left(ask.city).len();
    let gone = match first {
        0 => Vec::new(),
        first => portions(ask.order, ask.scope.policy, ask.city, &clock, first),
    };
    for (number, slice) in detail.slices.iter().enumerate() {
        let customer = detail.customers.get(slice.customer as usize);
        let at = customer.and_then(|share| at.get(&*share.customer_id));
        let loss = u128::from(slice.size_m3.less(slice.served_m3).get()) * ATTO;
        let loss = loss.saturating_sub(gone.get(number).map_or(0, |gone| gone.cut));
        let (Some(at), Some(step), true) = (at, ask.step_of(slice.rank), loss > 0) else { continue };
        let of = all.entry(*at).or_default();
        match of.iter_mut().find(|(known, _)| *known == step) {
            Some((_, sum)) => *sum += loss,
            None => of.push((step, loss)),
        }
    }
    for (at, lost) in &mut all {
        lost.sort_unstable_by_key(|(step, _)| *step);
        for ahead in ask.since.ahead(*at) {
            take_back(lost, |step| ask.is_of(ahead, step), u128::from(ahead.volume) * ATTO);
        }
    }
    all
}

impl Ask<'_> {
    /// Whether what came back was taken in a step.
    pub(super) fn is_of(&self, ahead: &Ahead, step: usize) -> bool {
        let Some(measure) = &ahead.measure else { return true };
        match self.steps.get(step).map(|(what, _)| what) {
            Some(What::Firm(_)) => measure == BEYOND_AUTHORITY,
            Some(What::Measure(id)) => measure == id,
            None => false,
        }
    }
}
