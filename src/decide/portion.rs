//! What of a decided day falls into its first hours: each slice by the hours it is asked for in.
//!
//! Nothing is decided again. A slice of a day decided as a whole spreads as `hourly` would spread it: by its customer's profile, a
//! stop's by the stop's own hours, the others by what the stop leaves; of a revision the past by the hours before it, the rest by those
//! after. Of a day decided by the hour a customer that is cut has its own hours. Shares of volumes are exact, in units of 10^-18 m3.

use std::collections::HashMap;

use super::hourly::{Clock, Spread, Taken};
use super::{Decision, Kind, PAST};
use crate::city::City;
use crate::policy::{Cut, Policy};
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

/// A slice as far as its hours matter.
struct Piece {
    served: M3,
    cut: M3,
    kind: Own,
}

/// Which hours a slice has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    /// Those before a revision.
    Past,
    /// Those of a stop: whether it is required, and what share of it comes back in the hours after.
    Stop { hours: Hours, required: bool, rebound: Decimal },
    /// What is left.
    Rest,
}

/// For each slice of a decision, in the order of its detail, what of it falls into the first `first` hours of the gas day whose clock
/// hours are `clock`. Empty where the decision does not tell customers apart.
pub(crate) fn portions(decision: &Decision, policy: &Policy, city: &City, clock: &[u8], first: usize) -> Vec<Portion> {
    let Some(detail) = &decision.detail else { return Vec::new() };
    let clock = Clock::new(&city.profiles, clock);
    let ranks: Vec<Own> = decision.by_rank.iter().map(|rank| own_hours(decision, policy, rank)).collect();
    let before = elapsed(decision, &clock);
    let hours: HashMap<u32, (Milli, Milli)> = detail
        .hours
        .iter()
        .map(|hours| {
            let sum = |list: &[Milli]| Milli(list.iter().take(first).map(|volume| volume.0).sum());
            (hours.customer, (sum(&hours.demand_m3), sum(&hours.served_m3)))
        })
        .collect();
    let mut plain: HashMap<Option<u32>, u128> = HashMap::new();
    let mut portions = Vec::with_capacity(detail.slices.len());
    for slices in detail.slices.chunk_by(|a, b| a.customer == b.customer) {
        let pieces: Vec<Piece> = slices
            .iter()
            .map(|slice| Piece {
                served: slice.served_m3,
                cut: slice.size_m3.less(slice.served_m3),
                kind: (slice.rank as usize).checked_sub(1).and_then(|at| ranks.get(at)).copied().unwrap_or(Own::Rest),
            })
            .collect();
        let Some(customer) = slices.first().map(|slice| slice.customer) else { continue };
        let id = detail.customers.get(customer as usize).map_or("", |share| &*share.customer_id);
        let profile = city.customer(id).and_then(|at| city.customers.get(at)).and_then(|it| it.profile);
        if let Some((demand, served)) = hours.get(&customer) {
            portions.extend(by_hours(&clock, profile, &pieces, first, *demand, *served));
        } else if pieces.iter().all(|piece| piece.kind == Own::Rest) && before == Hours::NONE {
            let share = *plain.entry(profile).or_insert_with(|| upto(clock.profile(profile), first));
            portions.extend(pieces.iter().map(|piece| part_of(piece, share)));
        } else {
            portions.extend(spread(&clock, profile, &pieces, before, first));
        }
    }
    portions
}

fn part_of(piece: &Piece, share: u128) -> Portion {
    let part = |volume: M3| u128::from(volume.get()) * share;
    Portion { served: part(piece.served), cut: part(piece.cut) }
}

/// The share of a spread in the first hours.
fn upto(spread: &Spread, first: usize) -> u128 {
    spread.iter().take(first).map(|share| u128::from(*share)).sum()
}

/// The clock hours before a revision.
fn elapsed(decision: &Decision, clock: &Clock) -> Hours {
    let at = decision.revision.as_ref().and_then(|revision| super::revise::hour_of(&revision.at));
    at.zip(clock.hours.first()).and_then(|(at, start)| Hours::between(*start, at)).unwrap_or(Hours::NONE)
}

fn own_hours(decision: &Decision, policy: &Policy, rank: &super::RankRow) -> Own {
    let Some(id) = rank.measure.as_deref() else { return Own::Rest };
    if id == PAST {
        return Own::Past;
    }
    let level = decision.level.as_ref().and_then(|level| policy.level(&level.id)).unwrap_or(0);
    let measure = policy.measures.iter().find(|measure| measure.id == id);
    let action = measure.filter(|_| rank.kind != Kind::Firm).and_then(|it| it.at.get(level)?.as_ref());
    match action.map(|action| &action.cut) {
        Some(Cut::Stop { hours, required, rebound, .. }) => {
            Own::Stop { hours: *hours, required: *required, rebound: *rebound }
        }
        _ => Own::Rest,
    }
}

/// What of each piece falls into the first hours of a day decided as a whole: what a stop takes first, then the others.
fn spread(clock: &Clock, profile: Option<u32>, pieces: &[Piece], before: Hours, first: usize) -> Vec<Portion> {
    let base = *clock.profile(profile);
    let (past, mut rest) = match before {
        Hours::NONE => (base, base),
        before => (clock.only(&base, before), clock.only(&base, before.inverted())),
    };
    let size = |piece: &Piece| piece.served.get() + piece.cut.get();
    let mut whole: u64 = pieces.iter().filter(|piece| piece.kind != Own::Past).map(size).sum();
    let mut shares = vec![None; pieces.len()];
    // Required stops come first, as the plan cuts them.
    for wanted in [true, false] {
        for (share, piece) in shares.iter_mut().zip(pieces) {
            let Own::Stop { hours, required, rebound } = piece.kind else { continue };
            if required != wanted {
                continue;
            }
            let (own, volume) = (clock.only(&rest, hours), size(piece));
            *share = Some(upto(&own, first));
            // What stays away is the part of what is taken that does not come back.
            let taken = mul_div(u128::from(volume), ATTO, rebound.rest().atto().max(1)).0.min(u128::from(whole));
            rest = clock.without(&rest, hours, Taken::Part(taken as u64, whole.max(1)), rebound);
            whole -= volume.min(whole);
        }
    }
    let (past, rest) = (upto(&past, first), upto(&rest, first));
    let share = |(piece, own): (&Piece, Option<u128>)| match piece.kind {
        Own::Past => part_of(piece, past),
        _ => part_of(piece, own.unwrap_or(rest)),
    };
    pieces.iter().zip(shares).map(share).collect()
}

/// What of each piece falls into the first hours of a customer whose hours are decided: a stop's by its own hours, the others share
/// what is left, so that the pieces add up to the customer's hours in both parts of the day.
fn by_hours(
    clock: &Clock,
    profile: Option<u32>,
    pieces: &[Piece],
    first: usize,
    demand: Milli,
    served: Milli,
) -> Vec<Portion> {
    let cut = u128::from(demand.0.saturating_sub(served.0)) * MILLI;
    let whole = |volume: fn(&Piece) -> M3| pieces.iter().map(|piece| u128::from(volume(piece).get())).sum::<u128>();
    let (all_served, all_cut) = (whole(|piece| piece.served), whole(|piece| piece.cut));
    let base = clock.profile(profile);
    let own = |piece: &Piece| match piece.kind {
        Own::Stop { hours, .. } => Some(upto(&clock.only(base, hours), first) * u128::from(piece.cut.get())),
        _ => None,
    };
    let stops: Vec<Option<u128>> = pieces.iter().map(own).collect();
    let stopped: u128 = stops.iter().flatten().sum();
    let of_stops: u128 =
        pieces.iter().zip(&stops).filter(|(_, own)| own.is_some()).map(|(p, _)| u128::from(p.cut.get())).sum();
    let others = all_cut - of_stops;
    // Stops give way where the hours say otherwise.
    let left = cut.saturating_sub(stopped).min(others * ATTO);
    let taken = cut - left.min(cut);
    let portion = |(piece, own): (&Piece, Option<u128>)| {
        let cut = match own {
            Some(own) if stopped > 0 => {
                mul_div(own, taken.min(of_stops * ATTO), stopped).0.min(u128::from(piece.cut.get()) * ATTO)
            }
            Some(_) => 0,
            None => mul_div(left, u128::from(piece.cut.get()), others.max(1)).0,
        };
        let served = mul_div(u128::from(served.0) * MILLI, u128::from(piece.served.get()), all_served.max(1)).0;
        Portion { served: served.min(u128::from(piece.served.get()) * ATTO), cut }
    };
    pieces.iter().zip(stops).map(portion).collect()
}
