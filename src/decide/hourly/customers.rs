//! What each customer that is cut asks for and gets in each hour: its day's whole m3, by the hours that its slices got.
//!
//! In its cell each slice gets in an hour what the cell gets there of what it asks for. That adds up to the customer's day but for
//! the rounding of days to whole m3, and for cuts that were moved to others because they were too small to order; what differs is
//! taken from, or given back to, the hours in which it is short anyway. So whoever is not short in an hour stays so, and a stop
//! stays one.

use std::collections::BTreeSet;

use super::tell::Parts;
use super::{ByHour, Hourly, MICRO};
use crate::decide::CustomerHours;
use crate::decide::plan::Plan;
use crate::decide::slices::{Slice, Slices};
use crate::units::{Milli, mul_div};

/// An hour's volume of 10^-18 m3 in millionths.
const STEP: u128 = super::ATTO / MICRO as u128;

/// The customers that are cut, in their order; `served` is what each slice gets over the day.
pub(in crate::decide) fn customers(
    plan: &Plan<'_>,
    hourly: &Hourly,
    cut: &Slices,
    by_hour: &ByHour,
    served: &[u64],
) -> Vec<CustomerHours> {
    let mut parts = Parts::new(hourly, by_hour, cut);
    let mut all = Vec::new();
    let mut from = 0;
    for slices in cut.slices.chunk_by(|a, b| a.customer == b.customer) {
        let served = &served[from..from + slices.len()];
        from += slices.len();
        if slices.iter().zip(served).any(|(slice, served)| *served < slice.size) {
            all.push(one(plan, hourly, cut, &mut parts, slices, served));
        }
    }
    all
}

/// The hours of one customer.
fn one(
    plan: &Plan<'_>,
    hourly: &Hourly,
    cut: &Slices,
    parts: &mut Parts<'_>,
    slices: &[Slice],
    served: &[u64],
) -> CustomerHours {
    let hours = hourly.pipes.hours;
    let (mut gets, mut lacks) = (vec![0u64; hours], vec![0u64; hours]);
    let (mut got, mut size, mut off) = (0, 0, BTreeSet::new());
    // Slices of one rank stand in one cell, and what the customer gets of it is settled for them together.
    let mut ranks: Vec<u32> = slices.iter().map(|slice| slice.rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    for rank in ranks {
        let (mut asked, mut due) = (vec![0u64; hours], 0);
        for (slice, served) in slices.iter().zip(served).filter(|(slice, _)| slice.rank == rank) {
            (due, size) = (due + served, size + slice.size);
            for (asked, share) in asked.iter_mut().zip(&cut.spreads[slice.spread as usize]) {
                *asked += (u128::from(slice.size) * u128::from(*share) / STEP) as u64;
            }
        }
        got += due;
        let at = slices.first().map_or(0, |slice| slice.customer as usize);
        let cell = cut.at(rank, plan.scope.district_of[at], plan.scope.company(at));
        let mut given = asked.clone();
        let parts = parts.of(cell);
        for (given, (served, of)) in given.iter_mut().zip(parts) {
            *given = part(*given, *served, *of);
        }
        meet(&mut given, &asked, due.saturating_mul(MICRO));
        if cut.ranks[rank as usize].measure.is_some_and(|measure| plan.stops_as_needed(measure)) {
            // The rounding of the day may leave it a part of a m3.
            off.extend((0..hours).filter(|h| parts[*h].0 == 0 && given[*h] < asked[*h].min(MICRO)));
        }
        for h in 0..hours {
            gets[h] += given[h];
            lacks[h] += asked[h] - given[h];
        }
    }
    let customer = slices.first().map_or(0, |slice| slice.customer);
    let (served, cut) = (thousandths(&gets, got), thousandths(&lacks, size - got));
    let demand_m3 = served.iter().zip(&cut).map(|(served, cut)| Milli(served + cut)).collect();
    let off = on_end(&off, &hourly.clock.hours);
    CustomerHours { customer, demand_m3, served_m3: served.into_iter().map(Milli).collect(), off }
}

/// From and until of hours of the day, if they are on end.
fn on_end(hours: &BTreeSet<usize>, clock: &[u8]) -> Option<(u8, u8)> {
    let (first, last) = (*hours.first()?, *hours.last()?);
    let (from, until) = (clock.get(first)?, clock.get(last)? + 1);
    (last - first + 1 == hours.len()).then_some((*from, until))
}

/// Brings what is given in the hours to what is due over the day, never above what is asked for, by the hours that are short first.
fn meet(given: &mut [u64], asked: &[u64], due: u64) {
    let sum: u64 = given.iter().sum();
    if due >= sum {
        let mut more = due - sum;
        let some: Vec<bool> = given.iter().map(|given| *given > 0).collect();
        // Whoever is off stays so if the other hours have room.
        for of_some in [true, false] {
            let room = |h: usize, given: &[u64]| if some[h] == of_some { asked[h] - given[h] } else { 0 };
            let all = (0..asked.len()).map(|h| room(h, given)).sum();
            let added = more.min(all);
            for h in 0..asked.len() {
                given[h] += part(room(h, given), added, all);
            }
            more -= added;
        }
        return;
    }
    let short: Vec<bool> = asked.iter().zip(&*given).map(|(asked, given)| given < asked).collect();
    let mut less = sum - due;
    for of_short in [true, false] {
        let all: u64 = given.iter().zip(&short).filter(|(_, short)| **short == of_short).map(|(given, _)| given).sum();
        let taken = less.min(all);
        for (given, _) in given.iter_mut().zip(&short).filter(|(_, short)| **short == of_short) {
            *given -= part(*given, taken, all);
        }
        less -= taken;
    }
}

/// So much of a volume as one volume is of another; none of nothing.
fn part(volume: u64, of: u64, all: u64) -> u64 {
    mul_div(u128::from(volume), u128::from(of), u128::from(all)).0 as u64
}

/// Millionths of a m3 in thousandths that add up to whole m3: rounded down, then the largest remainders up, and nothing where there
/// is nothing.
pub(in crate::decide) fn thousandths(micro: &[u64], whole: u64) -> Vec<u64> {
    let mut rounded: Vec<u64> = micro.iter().map(|volume| volume / 1_000).collect();
    let mut order: Vec<usize> = (0..micro.len()).filter(|h| micro[*h] > 0).collect();
    order.sort_by_key(|h| std::cmp::Reverse(micro[*h] % 1_000));
    let mut left = whole.saturating_mul(1_000).saturating_sub(rounded.iter().sum());
    while left > 0 && !order.is_empty() {
        for h in order.iter().take(left as usize) {
            (rounded[*h], left) = (rounded[*h] + 1, left - 1);
        }
    }
    rounded
}
