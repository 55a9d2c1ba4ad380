//! Where hours are decided: what comes back in which hour. The network of the hours that are left is laid as for a decision; rank 0 is
//! what everybody keeps in each hour, and what each step took there follows.

use std::collections::{BTreeMap, HashMap};

use super::earlier::take_back;
use super::lost::places;
use super::{Ask, Found, Restoration, refused};
use crate::decide::allocate::whole::{Even, raise};
use crate::decide::hourly::{self, Hourly, Spread, thousandths};
use crate::decide::portion::{ATTO, portions};
use crate::decide::prepare::Solver;
use crate::decide::slices::{Rank, Slices};
use crate::decide::{CustomerHours, DecideMessage, Kind, MICRO, failed};
use crate::problem::Problems;
use crate::units::{Milli, mul_div};

/// A thousandth of a m3 in parts of 10^-18 m3.
const MILLI: u128 = ATTO / 1_000;

/// Volumes by hour, in parts of 10^-18 m3.
type ByHour = Vec<u128>;

/// What customers keep and have lost by hour.
struct Lost {
    /// By index in the scope's customers.
    kept: Vec<(usize, ByHour)>,
    /// By step, likewise.
    steps: Vec<Vec<(usize, ByHour)>>,
}

pub(super) fn restore(ask: &Ask<'_>, hourly: &Hourly, solver: Solver) -> Result<Restoration, Problems> {
    let lost = lost(ask, hourly)?;
    let slices = slices(ask, hourly, &lost);
    let cells = slices.cells();
    let answer = hourly::share(hourly, &slices, &cells, ask.supply, solver).map_err(failed)?;

    // A customer's order is whole m3 of the day, its hours follow: a cell may miss what that rounded.
    let (mut missing, by_hour) = (0, &answer.by_hour);
    for cell in cells.iter().filter(|cell| cell.rank == 0) {
        let lacks: u64 = by_hour.hours(hourly, cell).map(|(_, size, served)| size - served).sum();
        missing += if lacks > MICRO { lacks.div_ceil(MICRO) } else { 0 };
    }
    let whole = |of: &[(usize, ByHour)]| -> Vec<(usize, u64)> {
        of.iter().map(|(at, hours)| (*at, ((hours.iter().sum::<u128>() + ATTO / 2) / ATTO) as u64)).collect()
    };
    let steps: Vec<_> = lost.steps.iter().map(|of| whole(of)).collect();
    let mut found = Found::new(ask.steps, &steps);
    for (cell, share) in cells.iter().zip(&answer.shares.cells).filter(|(cell, _)| cell.rank > 0 && missing == 0) {
        let step = cell.rank as usize - 1;
        let is_here = |at: usize| ask.scope.district_of[at] == cell.district && ask.scope.company(at) == cell.company;
        let members: Vec<&(usize, ByHour)> = lost.steps[step].iter().filter(|(at, _)| is_here(*at)).collect();
        let mut parts = vec![(0, 1); hourly.clock.len()];
        for (hour, size, served) in by_hour.hours(hourly, cell) {
            parts[hour] = (served, size.max(1));
        }
        let back = |(_, hours): &&(usize, ByHour)| -> Vec<u64> {
            let part = |(volume, (served, of)): (&u128, &(u64, u64))| {
                mul_div(volume / (ATTO / u128::from(MICRO)), u128::from(*served), u128::from(*of)).0 as u64
            };
            hours.iter().zip(&parts).map(part).collect()
        };
        let backs: Vec<Vec<u64>> = members.iter().map(back).collect();
        let even = |hours: &Vec<u64>| {
            let sum: u64 = hours.iter().sum();
            Even { floor: sum / MICRO, micro: (sum % MICRO) as u32 }
        };
        let even: Vec<Even> = backs.iter().map(even).collect();
        let lost = |at: usize| members[at].1.iter().sum::<u128>().div_ceil(ATTO) as u64;
        for (at, volume) in raise(&even, *share, |at| even[at].floor < lost(at)).into_iter().enumerate() {
            // What the rounding of the day took from it, its hours give up.
            let (sum, due) = (backs[at].iter().sum::<u64>(), volume * MICRO);
            let fitted =
                |part: &u64| if sum > due { mul_div((*part).into(), due.into(), sum.into()).0 as u64 } else { *part };
            let fitted: Vec<u64> = backs[at].iter().map(fitted).collect();
            let hours = thousandths(&fitted, volume).into_iter().map(Milli).collect();
            found.give(members[at].0, step, crate::units::M3(volume), hours);
        }
    }
    let given = hourly.pipes.source_arcs.iter().flatten().map(|arc| by_hour.flows[*arc]).sum::<u64>();
    let spare = ask.supply.iter().sum::<u64>().saturating_sub(given.div_ceil(MICRO));
    let mut told = found.told(ask.scope, &whole(&lost.kept), missing, spare);
    told.clock.clone_from(&hourly.clock.hours);
    Ok(told)
}

/// What is kept and lost, as ranks of the hours' network.
fn slices(ask: &Ask<'_>, hourly: &Hourly, lost: &Lost) -> Slices {
    let (districts, companies, hours) = (ask.scope.districts.len(), hourly.pipes.companies, hourly.clock.len());
    let rank = Rank { kind: Kind::Firm, tier: Some(0), measure: None };
    let ranks = vec![rank; lost.steps.len() + 1];
    let mut slices = Slices {
        sizes: vec![0; ranks.len() * districts * companies],
        by_hour: vec![0; ranks.len() * districts * companies * hours],
        ranks,
        districts,
        companies,
        hours,
        spreads: Vec::new(),
        slices: Vec::new(),
    };
    for (rank, of_rank) in std::iter::once(&lost.kept).chain(&lost.steps).enumerate() {
        for (at, volumes) in of_rank {
            let cell = slices.at(rank as u32, ask.scope.district_of[*at], ask.scope.company(*at));
            let sums = &mut slices.by_hour[cell * hours..(cell + 1) * hours];
            sums.iter_mut().zip(volumes).for_each(|(sum, volume)| *sum += volume);
        }
    }
    for (cell, size) in slices.sizes.iter_mut().enumerate() {
        let sum: u128 = slices.by_hour[cell * hours..(cell + 1) * hours].iter().sum();
        *size = sum.div_ceil(ATTO) as u64;
    }
    slices
}

fn lost(ask: &Ask<'_>, hourly: &Hourly) -> Result<Lost, Problems> {
    let Ask { city, scope, day, order, since, .. } = ask;
    let places = places(ask);
    let clock = day.clock(city);
    let first = clock.len() - hourly.clock.len();
    let mut lost = Lost { kept: Vec::new(), steps: vec![Vec::new(); ask.steps.len()] };
    let Some(detail) = &order.detail else { return Ok(lost) };
    let by_customer: HashMap<u32, &CustomerHours> = detail.hours.iter().map(|hours| (hours.customer, hours)).collect();
    let rest = day.past.as_ref().and_then(|past| past.order.as_ref()).map(|order| &order.rest);
    let mut steps = by_step(ask, &places, &clock, first);
    for (number, share) in (0..).zip(&detail.customers) {
        let Some(at) = places.get(&*share.customer_id).copied() else { continue };
        let customer = scope.customers[at];
        let (spread, left) = hourly.asks(city, day, customer);
        let mut kept = match by_customer.get(&number) {
            // An order that was made for a later hour does not say what it leaves in this one.
            Some(of) => rest_of(&of.served_m3, clock.len(), first).ok_or_else(|| refused(from_later(order)))?,
            None => {
                let volume = rest.and_then(|rest| rest.get(customer as usize)).copied();
                over(&spread, volume.unwrap_or(share.served_m3.get()).min(left), hourly.clock.len())
            }
        };
        let mut of_steps = steps.remove(&at).unwrap_or_default();
        for ahead in since.ahead(at) {
            for (hour, volume) in ahead.hours.iter().enumerate().take(kept.len()) {
                let volume = u128::from(volume.0) * MILLI;
                kept[hour] += volume;
                let mut here: Vec<(usize, u128)> = of_steps.iter().map(|(step, hours)| (*step, hours[hour])).collect();
                take_back(&mut here, |step| ask.is_of(ahead, step), volume);
                of_steps.iter_mut().zip(here).for_each(|((_, hours), (_, left))| hours[hour] = left);
            }
        }
        // Nobody gets more than its demand of now.
        let mut room = u128::from(left) * ATTO;
        fit(&mut kept, &mut room);
        lost.kept.push((at, kept));
        for (step, mut hours) in of_steps {
            fit(&mut hours, &mut room);
            if hours.iter().any(|volume| *volume > 0) {
                lost.steps[step].push((at, hours));
            }
        }
    }
    Ok(lost)
}

/// What each customer lost by step and hour.
fn by_step(
    ask: &Ask<'_>,
    places: &HashMap<&str, usize>,
    clock: &[u8],
    first: usize,
) -> HashMap<usize, Vec<(usize, ByHour)>> {
    let mut steps: HashMap<usize, BTreeMap<usize, ByHour>> = HashMap::new();
    let Some(detail) = &ask.order.detail else { return HashMap::new() };
    let upto = |first: usize| portions(ask.order, ask.scope.policy, ask.city, clock, first);
    let mut before = upto(first);
    for hour in first..clock.len() {
        let until = upto(hour + 1);
        for ((slice, before), until) in detail.slices.iter().zip(&mut before).zip(&until) {
            let loss = until.cut.saturating_sub(before.cut);
            before.cut = before.cut.max(until.cut);
            let share = detail.customers.get(slice.customer as usize).filter(|_| loss > 0);
            let at = share.and_then(|share| places.get(&*share.customer_id));
            if let (Some(at), Some(step)) = (at, ask.step_of(slice.rank)) {
                let hours = steps.entry(*at).or_default().entry(step).or_insert_with(|| vec![0; clock.len() - first]);
                hours[hour - first] += loss;
            }
        }
    }
    steps.into_iter().map(|(at, of)| (at, of.into_iter().collect())).collect()
}

/// The hours that are left, of hours that end with the day.
fn rest_of(hours: &[Milli], day: usize, first: usize) -> Option<ByHour> {
    let begins = day.checked_sub(hours.len())?;
    let rest = hours.get(first.checked_sub(begins)?..)?;
    Some(rest.iter().map(|volume| u128::from(volume.0) * MILLI).collect())
}

fn over(spread: &Spread, volume: u64, hours: usize) -> ByHour {
    spread.iter().take(hours).map(|share| u128::from(*share) * u128::from(volume)).collect()
}

/// Makes volumes fit into a room, in proportion, and takes it.
fn fit(hours: &mut [u128], room: &mut u128) {
    let sum: u128 = hours.iter().sum();
    if sum > *room {
        hours.iter_mut().for_each(|volume| *volume = mul_div(*volume, *room, sum.max(1)).0);
    }
    *room = room.saturating_sub(sum);
}

fn from_later(order: &crate::decide::Decision) -> DecideMessage {
    let at = order.revision.as_ref().map_or_else(String::new, |revision| revision.at.clone());
    let id = order.revision.as_ref().and_then(|revision| revision.revises.clone()).unwrap_or_default();
    DecideMessage::OrderFromLater { id, at }
}
