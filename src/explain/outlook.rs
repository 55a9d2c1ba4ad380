//! What would restore somebody, when it is first touched, and what the next level would do: computed, not guessed.

use super::{Because, Binding, Ceiling, FirstTouched, GraverAt, NextLevel, Room, hours};
use crate::decide::probe::{Probe, Side};
use crate::policy::Standing;
use crate::problem::Problems;
use crate::units::{Fraction, M3};

/// Somebody whose outlook is asked for.
pub(super) struct Asked<'a> {
    /// By index in the city, sorted.
    pub who: &'a [u32],
    /// The level of the decision, by index in the policy.
    pub level: Option<usize>,
    /// The worst rank in which it lacks gas that is not withheld, if any.
    pub worst: Option<u32>,
}

/// The outlook of customers.
pub(super) fn of(room: &Room<'_>, probe: &Probe<'_>, asked: &Asked<'_>) -> Result<Vec<Because>, Problems> {
    let mut because = Vec::new();
    if let Some(rank) = asked.worst {
        let blocks = room.decision.rotation.as_ref().map_or(&[][..], |rotation| &rotation.blocks);
        let (ways, ceiling) = probe.restored(asked.who, asked.level, blocks)?;
        because.extend(ways.iter().map(|way| Because::Restored { source: way.source, more: way.more, rank }));
        because.extend(ceiling.map(|ceiling| {
            let mut walls: Vec<_> = ceiling.sides.iter().map(|side| (wall(room, probe, side), side.missing)).collect();
            walls.extend(hours::in_all_ranks(room, probe, &ceiling.in_hours).into_iter().map(|by| (by, 0)));
            let (more, restored, lacking) = (ceiling.more, ceiling.restored, ceiling.lacking);
            Because::Ceiling(Ceiling { more, restored, lacking, walls, rank })
        }));
    }
    if !probe.clock().is_empty() {
        because.extend(touched_by_hour(probe, asked)?);
    } else if let Some(curve) = probe.prepared().curve_of(probe.day(), probe.area())? {
        because.push(Because::FirstTouched(curve.first_of(asked.who).map(|touched| FirstTouched {
            x: touched.at.x(),
            ratio: touched.at.ratio(),
            inclusive: touched.inclusive,
            exact: curve.is_exact(),
            demand: curve.demand(),
            level: if let Standing::At(level) = touched.at.standing() { Some(level) } else { None },
        })));
    }
    because.extend(next_level(room, probe, asked)?);
    Ok(because)
}

/// When it is first touched, by the hour; nothing where the sources give nothing.
fn touched_by_hour(probe: &Probe<'_>, asked: &Asked<'_>) -> Result<Option<Because>, Problems> {
    if probe.supply() == 0 {
        return Ok(None);
    }
    let demand = probe.demand();
    let of = |volume: u64| Fraction::new(u128::from(volume), u128::from(demand.get().max(1)));
    let touched = probe.first_touched(asked.who)?.map(|touched| FirstTouched {
        x: of(touched.lack),
        ratio: of(touched.shortfall),
        inclusive: true,
        exact: touched.exact,
        demand,
        level: if let Standing::At(level) = touched.standing { Some(level) } else { None },
    });
    Ok(Some(Because::FirstTouched(touched)))
}

/// What the next level would do; of a plan without levels, nothing.
fn next_level(room: &Room<'_>, probe: &Probe<'_>, asked: &Asked<'_>) -> Result<Option<Because>, Problems> {
    if room.policy.levels.is_empty() {
        return Ok(None);
    }
    let next = asked.level.map_or(0, |level| level + 1);
    if next >= room.policy.levels.len() {
        return Ok(Some(Because::NextLevel(None)));
    }
    let at = probe.at_level(asked.who, next)?;
    Ok(Some(Because::NextLevel(Some(NextLevel { level: next, may_lose: at.may_lose, served: at.served }))))
}

fn wall(room: &Room<'_>, probe: &Probe<'_>, side: &Side) -> Binding {
    let city = room.city;
    let link =
        |at: &u32| probe.link(*at).map(|link| (link.names.0.to_string(), link.names.1.to_string(), link.capacity));
    let source = |at: &u32| {
        let volume = probe.day().supply.get(*at as usize).copied().flatten().unwrap_or(M3(0));
        city.sources.get(*at as usize).map(|source| (source.id.to_string(), volume))
    };
    Binding::Network {
        links: side.links.iter().filter_map(link).collect(),
        sources: side.sources.iter().filter_map(source).collect(),
    }
}

/// How far it is to a milder level and to a graver one.
pub(super) fn of_level(room: &Room<'_>, probe: &Probe<'_>, level: Option<usize>) -> Result<Vec<Because>, Problems> {
    if room.policy.levels.is_empty() {
        return Ok(Vec::new());
    }
    let today = probe.supply();
    let mut because = Vec::new();
    if let Some(level) = level {
        let supply = probe.milder(level)?;
        let more = supply.map_or(0, |supply| supply.saturating_sub(today));
        because.push(Because::Milder { supply, more });
    }
    let graver = probe.graver(level)?;
    because.push(Because::Graver(graver.map(|(supply, level)| GraverAt { level, supply, less: today - supply })));
    Ok(because)
}
