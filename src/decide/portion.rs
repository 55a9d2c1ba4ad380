//! What of a decided day falls into its first hours: each slice by the hours it is asked for in.
//!
//! Nothing is decided again. A slice of a day decided as a whole spreads as `hourly` would spread it: by its customer's profile, a
//! stop's by the stop's own hours, the others by what the stop leaves; of a revision the past by the hours before it, the rest by those
//! after. Of a day decided by the hour a customer that is cut has its own hours. Shares of volumes are exact, in units of 10^-18 m3.

use std::collections::HashMap;

use super::by_profile::{ByProfile, Own};
use super::hourly::Spread;
use super::{Decision, SliceShare};
use crate::city::City;
use crate::policy::Policy;
use crate::units::{Decimal, Hours, M3, Milli, mul_div};

/// So many parts are a m3.
pub(crate) const ATTO: u128 = Decimal::ONE.atto();

/// An hour's thousandth of a m3 in parts.
const MILLI: u128 = ATTO / 1_000;

/// What of a slice falls into the first hours, in parts of 10^-18 m3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Portion {
    /// Of what it gets.
    pub served: u128,
    /// Of what it does not get.
    pub cut: u128,
}

/// For each slice of a decision, in the order of its detail, what of it falls into the first `first` hours of the gas day whose clock
/// hours are `clock`. Empty where the decision does not tell customers apart.
pub(crate) fn portions(decision: &Decision, policy: &Policy, city: &City, clock: &[u8], first: usize) -> Vec<Portion> {
    let Some(detail) = &decision.detail else { return Vec::new() };
    let by = ByProfile::new(decision, policy, city, clock);
    let mut plain: HashMap<Option<u32>, u128> = HashMap::new();
    let mut portions = Vec::with_capacity(detail.slices.len());
    for slices in detail.slices.chunk_by(|a, b| a.customer == b.customer) {
        let pieces: Vec<(&SliceShare, Own)> = slices.iter().map(|slice| (slice, by.own(slice))).collect();
        let Some(customer) = slices.first().map(|slice| slice.customer) else { continue };
        let id = detail.customers.get(customer as usize).map_or("", |share| &*share.customer_id);
        let profile = city.customer(id).and_then(|at| city.customers.get(at)).and_then(|it| it.profile);
        if let Some(hours) = by.decided.get(&customer) {
            // A revision decides the hours that remain: before them lies the past.
            let rest = first.saturating_sub(clock.len().saturating_sub(hours.demand_m3.len()));
            let sum = |list: &[Milli]| Milli(list.iter().take(rest).map(|volume| volume.0).sum());
            let (demand, served) = (sum(&hours.demand_m3), sum(&hours.served_m3));
            let open: Vec<_> = pieces.iter().filter(|(_, own)| *own != Own::Past).copied().collect();
            let mut open = by_hours(&by, profile, &open, first, (demand, served)).into_iter();
            let past = upto(&by.past(profile), first);
            portions.extend(pieces.iter().map(|(slice, own)| match own {
                Own::Past => part_of(slice, past),
                _ => open.next().unwrap_or_default(),
            }));
        } else if pieces.iter().all(|(_, own)| *own == Own::Rest) && by.before == Hours::NONE {
            let share = *plain.entry(profile).or_insert_with(|| upto(by.clock.profile(profile), first));
            portions.extend(slices.iter().map(|slice| part_of(slice, share)));
        } else {
            let spreads = by.spreads(&pieces, profile);
            portions.extend(slices.iter().zip(spreads).map(|(slice, spread)| part_of(slice, upto(&spread, first))));
        }
    }
    portions
}

fn part_of(slice: &SliceShare, share: u128) -> Portion {
    let part = |volume: M3| u128::from(volume.get()) * share;
    Portion { served: part(slice.served_m3), cut: part(cut(slice)) }
}

const fn cut(slice: &SliceShare) -> M3 {
    slice.size_m3.less(slice.served_m3)
}

/// The share of a spread in the first hours.
fn upto(spread: &Spread, first: usize) -> u128 {
    spread.iter().take(first).map(|share| u128::from(*share)).sum()
}

/// What of each piece falls into the first hours of a customer whose hours are decided: a stop's by its own hours, the others share
/// what is left, so that the pieces add up to the customer's hours in both parts of the day.
fn by_hours(
    by: &ByProfile<'_>,
    profile: Option<u32>,
    pieces: &[(&SliceShare, Own)],
    first: usize,
    (demand, served): (Milli, Milli),
) -> Vec<Portion> {
    let lacks = u128::from(demand.0.saturating_sub(served.0)) * MILLI;
    let whole = |volume: fn(&SliceShare) -> M3| -> u128 {
        pieces.iter().map(|(slice, _)| u128::from(volume(slice).get())).sum()
    };
    let (all_served, all_cut) = (whole(|slice| slice.served_m3), whole(cut));
    let base = by.ahead(profile);
    let own = |(slice, own): &(&SliceShare, Own)| match own {
        Own::Stop { hours, .. } => Some(upto(&by.clock.only(&base, *hours), first) * u128::from(cut(slice).get())),
        _ => None,
    };
    let stops: Vec<Option<u128>> = pieces.iter().map(own).collect();
    let stopped: u128 = stops.iter().flatten().sum();
    let of_stops: u128 =
        pieces.iter().zip(&stops).filter(|(_, own)| own.is_some()).map(|((it, _), _)| u128::from(cut(it).get())).sum();
    let others = all_cut - of_stops;
    // Stops give way where the hours say otherwise.
    let left = lacks.saturating_sub(stopped).min(others * ATTO);
    let taken = lacks - left.min(lacks);
    let portion = |((slice, _), own): (&(&SliceShare, Own), Option<u128>)| {
        let lost = match own {
            Some(own) if stopped > 0 => {
                mul_div(own, taken.min(of_stops * ATTO), stopped).0.min(u128::from(cut(slice).get()) * ATTO)
            }
            Some(_) => 0,
            None => mul_div(left, u128::from(cut(slice).get()), others.max(1)).0,
        };
        let served = mul_div(u128::from(served.0) * MILLI, u128::from(slice.served_m3.get()), all_served.max(1)).0;
        Portion { served: served.min(u128::from(slice.served_m3.get()) * ATTO), cut: lost }
    };
    pieces.iter().zip(stops).map(portion).collect()
}
