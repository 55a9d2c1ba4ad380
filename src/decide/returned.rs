//! What came back of an order before its day is decided again: it counts as ordered, before the hour and after it.

use std::collections::BTreeSet;

use super::Day;
use super::decision::RestoredPast;
use super::past::{Cutting, InForce};
use super::restore::Back;
use crate::city::City;
use crate::policy::{Policies, Sharing};
use crate::units::{Hours, M3};

/// Adds what came back, by so many restorations, to what the order had for the hours that are past (`ordered`) and to what it leaves for the
/// rest; blocks and customers on stop lists have given up that much less.
pub(super) fn count(
    city: &City,
    policies: &Policies,
    day: &Day,
    elapsed: Hours,
    forecast: &[u64],
    (backs, restorations): (&[Back], u32),
    (ordered, order): (&mut [u64], &mut InForce),
) {
    if restorations == 0 {
        return;
    }
    let clock = day.clock(city);
    let mut told = RestoredPast { restorations, ..RestoredPast::default() };
    let mut touched = BTreeSet::new();
    order.back = vec![0; ordered.len()];
    for back in backs {
        // Somebody new got nothing back; of somebody that the city no longer has nothing is left to decide.
        let known =
            city.customer(&back.customer_id).filter(|at| order.rest.get(*at).is_some_and(|rest| *rest < u64::MAX));
        let Some(at) = known else { continue };
        let Some(customer) = city.customers.get(at) else { continue };
        let all = back.back_m3.get();
        let ahead = ((back.ahead(city, &clock, customer.profile, elapsed) + 500) / 1_000).min(all);
        // Rounded apart, the parts could give the past more than was asked for in it.
        let room = forecast.get(at).copied().unwrap_or_default().saturating_sub(ordered[at]);
        let past = (all - ahead).min(room);
        ordered[at] += past;
        order.rest[at] += all - past;
        order.back[at] += past;
        told.past_m3 += M3(past);
        told.rest_m3 += M3(all - past);
        touched.insert(at);
        let measure = policies.main.measures.iter().find(|measure| Some(&measure.id) == back.measure.as_ref());
        let Some(measure) = measure else { continue };
        let block = city.districts.get(customer.district as usize).filter(|_| measure.rotates);
        if let Some(turn) = block.and_then(|block| order.turns.get_mut(&*block.id)) {
            *turn = turn.saturating_sub(past);
        }
        if let Some(cut) = order.listed.get_mut(&*customer.id).filter(|_| measure.sharing == Sharing::List) {
            *cut = cut.saturating_sub(past);
        }
    }
    order.turns.retain(|_, cut| *cut > 0);
    order.listed.retain(|_, cut| *cut > 0);
    told.customers = touched.len() as u64;
    order.returned = Some(told);
    for at in touched {
        let demand = day.demand.get(at).map_or(0, |demand| demand.get());
        if order.rest[at] + forecast[at] < demand {
            continue;
        }
        // Who got all of it back is not cut any more: whoever cuts him anew gives notice anew. When he was off before stays known.
        let off = order.reason_of.get(at).and_then(|reason| order.reasons.get(*reason as usize)).map(|it| it.off);
        order.reason_of[at] = order.reasons.len() as u32;
        order.reasons.push(Cutting { off: off.unwrap_or(Hours::NONE), ..Cutting::default() });
    }
}
