//! What triggers a level (P1, P2): the shortfall of the whole balance, that of one area, or either.

use super::source::Source;
use super::{Band, Level, PolicyMessage as M};
use crate::tree::{Node, Reader};
use crate::units::Decimal;

/// The bands of a level: the balance's, and an area's.
#[derive(Clone, Copy)]
pub(super) struct Triggers {
    pub band: Option<Band>,
    pub area_band: Option<Band>,
}

impl Triggers {
    /// A level without a readable trigger answers everything, so that reading can go on and find the next fault.
    pub const ALL: Self = Self {
        band: Some(Band { from: Decimal::ZERO, from_closed: false, until: Decimal::ONE, until_closed: true }),
        area_band: None,
    };
}

/// Reads `when`: one trigger, or several in a table `any`, of which one is enough.
pub(super) fn triggers(source: &mut Source<'_>, level: &str, node: &Node) -> Triggers {
    match node.get("any") {
        Some(any) => {
            let mut reader = Reader::new("when", node, source.problems);
            let _ = reader.optional("any");
            reader.finish();
            bands(source, level, "any", any, true)
        }
        None => bands(source, level, "when", node, false),
    }
}

fn bands(source: &mut Source<'_>, level: &str, key: &'static str, node: &Node, several: bool) -> Triggers {
    let mut reader = Reader::new(key, node, source.problems);
    let (shortfall, area) = (reader.optional("shortfall"), reader.optional("area_shortfall"));
    let others = reader.others(|key| ["hours_to_minimum", "declared"].contains(&key));
    for (_, node) in &others {
        let what = M::NotYet { what: "triggers other than shortfalls", what_zh: "缺口比例以外的触发条件" };
        reader.problems().error(node.place.clone(), what);
    }
    reader.finish();
    match (shortfall, area) {
        (None, None) if others.is_empty() => {
            source.problems.error(node.place.clone(), M::LevelWithoutTrigger { level: level.to_owned() });
        }
        // Conditions side by side hold together everywhere else in a policy; a trigger is enough by itself.
        (Some(_), Some(_)) if !several => {
            source.problems.error(node.place.clone(), M::TriggersWithoutAny { level: level.to_owned() });
        }
        _ => {}
    }
    if shortfall.is_none() && area.is_none() {
        return Triggers::ALL;
    }
    Triggers {
        band: shortfall.map(|node| band(source, "shortfall", node)),
        area_band: area.map(|node| band(source, "area_shortfall", node)),
    }
}

fn band(source: &mut Source<'_>, key: &str, node: &Node) -> Band {
    let range = source.range(key, node);
    Band {
        from: range.at_least.or(range.over).unwrap_or(Decimal::ZERO),
        from_closed: range.at_least.is_some(),
        until: range.at_most.or(range.below).unwrap_or(Decimal::ONE),
        until_closed: range.below.is_none(),
    }
}

/// The levels, mildest first: by the balance's bands. A level of areas alone stands right above the one whose area
/// band lies next below its own, or else right below the mildest that has one.
pub(super) fn mildest_first(levels: Vec<Level>) -> Vec<Level> {
    let start = |band: &Option<Band>| band.map(|band| (band.from, !band.from_closed));
    let (mut ordered, mut alone): (Vec<Level>, Vec<Level>) = levels.into_iter().partition(|level| level.band.is_some());
    ordered.sort_by_key(|level| start(&level.band));
    alone.sort_by_key(|level| start(&level.area_band));
    for level in alone {
        let below = |other: &Level| other.area_band.is_some() && start(&other.area_band) < start(&level.area_band);
        let place = match ordered.iter().rposition(below) {
            Some(below) => below + 1,
            None => ordered.iter().position(|other| other.area_band.is_some()).unwrap_or(ordered.len()),
        };
        ordered.insert(place, level);
    }
    ordered
}
