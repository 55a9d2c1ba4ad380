//! What stops that have run took from the hours that are past, and that comes back in those after them.
//!
//! A required stop moves a part of what it takes (its rebound) into the three hours after it. When the day is decided again in between,
//! that gas is not past: the customer did not take it, and still asks for it.

use std::collections::BTreeMap;

use super::decision::MovedPast;
use super::past::{hour, nearest, part};
use super::plan::{share, stop};
use super::revise::standing;
use super::{Day, Decision, Options, Prepared};
use crate::city::City;
use crate::policy::{Cut, Measure, Policies};
use crate::problem::Problems;
use crate::units::{Decimal, Fraction, Hours, M3};

/// The hours after a stop in which what comes back comes back, in equal parts.
const REBOUND_HOURS: u8 = 3;

/// A required stop of which a part comes back.
struct Back<'p> {
    index: usize,
    measure: &'p Measure,
    hours: Hours,
    stays: Decimal,
    /// The hours in which it comes back, as far as they lie inside the gas day.
    after: Hours,
}

/// What the stops of an order move, by customer, in m3.
pub(super) struct Moves {
    /// From before an hour to after it, and the hours in which it comes back, for each of two sets of hours before one.
    pub before: [Vec<(u64, Hours)>; 2],
    /// Over the whole day.
    pub all: Vec<u64>,
    /// What lies ahead of the first of these sets of hours, by customer and measure.
    pub told: Vec<MovedPast>,
}

impl Moves {
    /// Of what a customer's stop moved so much lies ahead, and comes back in these hours.
    fn add(&mut self, set: usize, customer: usize, volume: u64, hours: Hours) {
        if volume > 0 {
            let (moved, known) = &mut self.before[set][customer];
            (*moved, *known) = (*moved + volume, known.with(hours));
        }
    }

    fn tell(&mut self, customer_id: &str, measure: &str, volume: u64, hours: Hours) {
        if volume > 0 {
            let (customer_id, measure) = (customer_id.to_owned(), measure.to_owned());
            let hours = (0..24).filter(|hour| hours.has(*hour)).collect();
            self.told.push(MovedPast { customer_id, measure, volume_m3: M3(volume), hours });
        }
    }
}

/// What the stops of an order move; nothing where none of them gives anything back.
pub(super) fn moved(
    city: &City,
    policies: &Policies,
    (day, order): (&Day, &Decision),
    unified: bool,
    before: [Hours; 2],
) -> Result<Moves, Problems> {
    let (start, customers, clock) = (city.settings.gas_day_start, city.customers.len(), day.clock(city));
    let before_of = [(); 2].map(|()| vec![(0, Hours::NONE); customers]);
    let mut moves = Moves { before: before_of, all: vec![0; customers], told: Vec::new() };
    // What stops had moved when the order was made, if that was during the day.
    let earlier = order.revision.iter().flat_map(|revision| &revision.moved);
    let mut earlier: BTreeMap<(&str, &str), &MovedPast> =
        earlier.map(|it| ((&*it.customer_id, &*it.measure), it)).collect();
    let parts = || std::iter::once(order).chain(&order.areas);
    let policy = |part: &Decision| match part.area.as_deref().and_then(|id| city.districts.get(city.district(id)?)) {
        Some(district) => policies.named(district.policy.as_deref()),
        None => &policies.main,
    };
    let level = |part: &Decision| standing(policy(part), part);
    let any =
        |part: &Decision| level(part).is_some_and(|level| !gives_back(&policy(part).measures, level, start).is_empty());
    if !parts().any(any) {
        moves.go_on(city, &earlier, before);
        return Ok(moves);
    }
    let prepared = Prepared::new(policies, city, Options { unified, ..Options::default() })?;
    for scope in std::iter::once(&prepared.urban).chain(&prepared.areas) {
        let id = scope.area.and_then(|area| city.districts.get(area as usize)).map(|district| &*district.id);
        let Some(part) = parts().find(|part| part.area.as_deref() == id) else { continue };
        let Some(level) = level(part) else { continue };
        let stops = gives_back(&scope.policy.measures, level, start);
        let kinds = scope.kinds_on(city, day);
        for (at, i) in scope.customers.iter().enumerate() {
            let kind = &kinds.kinds[kinds.of[at] as usize];
            let demand = day.demand[*i as usize].get();
            let (mut spared, mut stopped) = (demand - scope.floors[at].min(demand), Hours::NONE);
            let district = &*city.districts[city.customers[*i as usize].district as usize].id;
            let turns = part.rotation.iter().flat_map(|rotation| &rotation.blocks).any(|block| block == district);
            for back in stops.iter().filter(|back| kind.measures[level].contains(&back.index)) {
                if back.measure.rotates && !turns {
                    continue;
                }
                let own = back.hours.without(stopped);
                // A stop that nobody had ordered before did not run then.
                let (id, measure) = (&*city.customers[*i as usize].id, &*back.measure.id);
                let ran = if earlier.remove(&(id, measure)).is_some() { own } else { own.without(before[1]) };
                let (taken, stays) = stop(demand, spared, share(city, kind.profile, own), back.stays, None);
                (spared, stopped) = (spared - taken, stopped.with(back.hours));
                let volume = nearest(taken - stays, part_of(city, &clock, kind.profile, own, ran));
                moves.all[*i as usize] += volume;
                for (set, before) in before.into_iter().enumerate() {
                    let gone = nearest(taken - stays, part_of(city, &clock, kind.profile, own, ran.common(before)));
                    let returned =
                        Fraction::new(u128::from(back.after.common(before).count()), u128::from(REBOUND_HOURS));
                    let ahead = gone.saturating_sub(nearest(volume, returned));
                    let hours = back.after.without(before);
                    moves.add(set, *i as usize, ahead, hours);
                    if set == 0 {
                        moves.tell(id, measure, ahead, hours);
                    }
                }
            }
        }
    }
    moves.go_on(city, &earlier, before);
    Ok(moves)
}

impl Moves {
    /// What stops had moved that the order itself does not have any more comes back all the same.
    fn go_on(&mut self, city: &City, earlier: &BTreeMap<(&str, &str), &MovedPast>, before: [Hours; 2]) {
        for moved in earlier.values() {
            let Some(at) = city.customer(&moved.customer_id) else { continue };
            let hours = moved.hours.iter().fold(Hours::NONE, |hours, one| hours.with(hour(*one)));
            self.all[at] += moved.volume_m3.get();
            for (set, before) in before.into_iter().enumerate() {
                let left = hours.without(before);
                let part = Fraction::new(u128::from(left.count()), u128::from(hours.count().max(1)));
                let ahead = nearest(moved.volume_m3.get(), part);
                self.add(set, at, ahead, left);
                if set == 0 {
                    self.tell(&moved.customer_id, &moved.measure, ahead, left);
                }
            }
        }
        self.told.sort();
    }
}

fn part_of(city: &City, clock: &[u8], profile: Option<u32>, own: Hours, before: Hours) -> Fraction {
    part(city, clock, profile, own.common(before), own).unwrap_or_else(|| Fraction::new(0, 1))
}

/// The required stops at a level that give something back.
fn gives_back(measures: &[Measure], level: usize, start: u8) -> Vec<Back<'_>> {
    let mut stops = Vec::new();
    for (index, measure) in measures.iter().enumerate() {
        let Some(action) = measure.at.get(level).and_then(Option::as_ref) else { continue };
        let Cut::Stop { hours, until, required: true, rebound, .. } = action.cut else { continue };
        let mut after = Hours::NONE;
        for next in 0..REBOUND_HOURS {
            let hour = (until + next) % 24;
            if hour == start {
                break;
            }
            after = after.with(self::hour(hour));
        }
        if rebound > Decimal::ZERO {
            stops.push(Back { index, measure, hours, stays: rebound.rest(), after });
        }
    }
    stops
}
