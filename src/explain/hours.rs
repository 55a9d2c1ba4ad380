//! By the hour: what somebody asks for and gets in each, when it is off, and what binds in the hours in which it is short.
//!
//! A decision tells the hours of districts and classes, not of every customer and rank; so these are asked of the decision room, with
//! level and blocks held, and left out like the outlook where the case is no longer the one that was decided.

use super::{Because, Binding, HourLimit, HourWall, HoursWhy, Room, SliceWhy, Subject};
use crate::decide::bound::InTheseHours;
use crate::decide::probe::Probe;
use crate::decide::{Barred, Limit};
use crate::policy::Cut;
use crate::problem::Problems;
use crate::units::M3;

/// Somebody's hours, and what binds in each rank in which these slices are short. Empty where the day is decided as a whole.
pub(super) fn of(
    room: &Room<'_>,
    probe: &Probe<'_>,
    subject: Subject,
    who: &[u32],
    level: Option<usize>,
    slices: &[&SliceWhy],
) -> Result<Vec<Because>, Problems> {
    let blocks = room.decision.rotation.as_ref().map_or(&[][..], |rotation| &rotation.blocks);
    let Some(own) = probe.own_hours(who, level, blocks)? else { return Ok(Vec::new()) };
    let mut because = Vec::new();
    // Of a measure or the level the customers' whole demand is not what is explained.
    if !matches!(subject, Subject::Measure(_) | Subject::Level) {
        let (clock, demand, served) = (probe.clock().to_vec(), own.demand, own.served);
        because.push(Because::Hours(HoursWhy { clock, demand, served, off: off(room, probe, level, slices) }));
    }
    let mut found: Vec<(Binding, Vec<u32>)> = Vec::new();
    for (rank, bound) in own.bound {
        if !slices.iter().any(|slice| slice.rank == rank && slice.served < slice.size) {
            continue;
        }
        for by in bound.iter().map(|bound| binding(room, probe, bound)) {
            match found.iter_mut().find(|(known, _)| *known == by) {
                Some((_, ranks)) => ranks.push(rank),
                None => found.push((by, vec![rank])),
            }
        }
    }
    because.extend(found.into_iter().map(|(by, ranks)| Because::Bound { ranks, by }));
    Ok(because)
}

/// What binds in the hours in which somebody is short, whatever the rank.
pub(super) fn in_all_ranks(room: &Room<'_>, probe: &Probe<'_>, ranks: &[(u32, Vec<InTheseHours>)]) -> Vec<Binding> {
    let mut all: Vec<InTheseHours> = Vec::new();
    for bound in ranks.iter().flat_map(|(_, bound)| bound) {
        match all.iter_mut().find(|known| known.barred == bound.barred) {
            Some(known) => {
                known.hours.extend(&bound.hours);
                known.hours.sort_unstable();
                known.hours.dedup();
            }
            None => all.push(bound.clone()),
        }
    }
    all.iter().map(|bound| binding(room, probe, bound)).collect()
}

/// The stops that these slices come from, each with its hours.
fn off(room: &Room<'_>, probe: &Probe<'_>, level: Option<usize>, slices: &[&SliceWhy]) -> Vec<(String, Vec<u8>)> {
    let stop = |measure: &&crate::policy::Measure| {
        let action = measure.at.get(level.unwrap_or(0))?.as_ref()?;
        let Cut::Stop { hours, .. } = &action.cut else { return None };
        let of = slices.iter().any(|slice| slice.measure.as_ref() == Some(&measure.id));
        let off = probe.clock().iter().copied().filter(|hour| hours.has(*hour)).collect();
        of.then(|| (measure.id.clone(), off))
    };
    room.policy.measures.iter().filter_map(|measure| stop(&measure)).collect()
}

fn binding(room: &Room<'_>, probe: &Probe<'_>, bound: &InTheseHours) -> Binding {
    let clock = probe.clock();
    let begins = |hour: &usize| clock.get(*hour).copied();
    let hours = bound.hours.iter().filter_map(begins).collect();
    Binding::Hours { hours, limits: limits(room, probe, &bound.barred), alone: bound.barred.alone }
}

fn limits(room: &Room<'_>, probe: &Probe<'_>, barred: &Barred) -> Vec<HourWall> {
    let (city, clock) = (room.city, probe.clock());
    // The end of an hour is the beginning of the next one; that of the last, the beginning of the next gas day.
    let ends = |hour: usize| clock.get(hour + 1).or_else(|| clock.first()).copied();
    let wall = |(limit, hours): (&Limit, &Vec<usize>)| {
        let (most, at) = (probe.most(*limit)?, probe.place(*limit)?);
        let source = || city.sources.get(at).map(|source| source.id.to_string());
        let district = || city.districts.get(at).map(|district| district.id.to_string());
        let whole = M3(most.0 / 1_000);
        let limited = match limit {
            Limit::SourceInHour(_) => HourLimit::SourceInHour { source: source()?, most },
            Limit::Source(_) => HourLimit::Source { source: source()?, volume: whole },
            Limit::Link(_) => {
                let names = &probe.link(u32::try_from(at).ok()?)?.names;
                HourLimit::Link { from: names.0.to_string(), to: names.1.to_string(), most }
            }
            Limit::PackLeast(_) => HourLimit::LinepackLeast { district: district()?, level: whole },
            Limit::PackMost(_) => HourLimit::LinepackMost { district: district()?, level: whole },
            Limit::PackEnd(_) => HourLimit::LinepackEnd { district: district()?, level: whole },
        };
        let at_end = matches!(limit, Limit::PackLeast(_) | Limit::PackMost(_));
        let hours = hours.iter().filter_map(|hour| if at_end { ends(*hour) } else { clock.get(*hour).copied() });
        Some(HourWall { limit: limited, hours: hours.collect() })
    };
    let mut found: Vec<HourWall> = barred.walls.iter().filter_map(wall).collect();
    // A source that has nothing to give is told of only where there is nothing else to tell.
    let gives = |wall: &HourWall| !matches!(wall.limit, HourLimit::Source { volume: M3::ZERO, .. });
    if barred.alone && found.iter().any(gives) {
        found.retain(gives);
    }
    found
}
