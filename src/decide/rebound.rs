//! What stops that have run took from the hours that are past, and that comes back in those after them.
//!
//! A required stop moves a part of what it takes (its rebound) into the three hours after it. When the day is decided again in between,
//! that gas is not past: the customer did not take it, and still asks for it.

use super::past::{nearest, part};
use super::plan::{share, stop};
use super::revise::standing;
use super::{Day, Decision, Options, Prepared};
use crate::city::City;
use crate::policy::{Cut, Measure, Policies};
use crate::problem::Problems;
use crate::units::{Decimal, Fraction, Hours};

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
}

/// What the stops of an order move; nothing where none of them gives anything back.
pub(super) fn moved(
    city: &City,
    policies: &Policies,
    (day, order): (&Day, &Decision),
    unified: bool,
    before: [Hours; 2],
) -> Result<Moves, Problems> {
    let (start, customers) = (city.settings.gas_day_start, city.customers.len());
    let mut moves = Moves { before: [(); 2].map(|()| vec![(0, Hours::NONE); customers]), all: vec![0; customers] };
    let parts = || std::iter::once(order).chain(&order.areas);
    let policy = |part: &Decision| match part.area.as_deref().and_then(|id| city.districts.get(city.district(id)?)) {
        Some(district) => policies.named(district.policy.as_deref()),
        None => &policies.main,
    };
    let level = |part: &Decision| standing(policy(part), part);
    let any =
        |part: &Decision| level(part).is_some_and(|level| !gives_back(&policy(part).measures, level, start).is_empty());
    if !parts().any(any) {
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
                let (taken, stays) = stop(demand, spared, share(city, kind.profile, own), back.stays, None);
                (spared, stopped) = (spared - taken, stopped.with(back.hours));
                moves.all[*i as usize] += taken - stays;
                for (moved, before) in moves.before.iter_mut().zip(before) {
                    let gone = part_of(city, kind.profile, own, before);
                    let returned =
                        Fraction::new(u128::from(back.after.common(before).count()), u128::from(REBOUND_HOURS));
                    let volume = taken - stays;
                    let (moved, hours) = &mut moved[*i as usize];
                    let more = nearest(volume, gone).saturating_sub(nearest(volume, returned));
                    *moved += more;
                    *hours = if more > 0 { hours.with(back.after.without(before)) } else { *hours };
                }
            }
        }
    }
    Ok(moves)
}

fn part_of(city: &City, profile: Option<u32>, own: Hours, before: Hours) -> Fraction {
    part(city, profile, own.common(before), own).unwrap_or_else(|| Fraction::new(0, 1))
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
            after = after.with(Hours::between(hour, hour + 1).unwrap_or(Hours::NONE));
        }
        if rebound > Decimal::ZERO {
            stops.push(Back { index, measure, hours, stays: rebound.rest(), after });
        }
    }
    stops
}
