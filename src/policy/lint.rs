//! What makes a plan unsound as a whole: shortfalls without a level, gas without a place, measures that never act.

use super::{Action, Band, Cut, Measure, Part, Policy, PolicyMessage as M};
use crate::problem::{Place, Problems};
use crate::tree::Node;
use crate::units::Decimal;

/// Looks at a policy whose parts are each in order; `node` tells where they stand.
pub(super) fn lint(policy: &Policy, node: &Node, problems: &mut Problems) {
    let place = |path: &[&str]| {
        let found = path.iter().try_fold(node, |node, part| node.get(part));
        found.unwrap_or(node).place.clone()
    };
    levels(policy, &place, problems);
    supply_order(policy, &place, problems);
    measures(policy, &place, problems);
    rotation(policy, &place, problems);
}

/// The balance's bands cover every shortfall above 0 up to 1, and each but once.
fn levels(policy: &Policy, place: &impl Fn(&[&str]) -> Place, problems: &mut Problems) {
    let Some(first) = policy.levels.first() else { return };
    let banded: Vec<(&str, Band)> = policy.levels.iter().filter_map(|l| Some((l.id.as_str(), l.band?))).collect();
    let by_area: Vec<(&str, Band)> = policy.levels.iter().filter_map(|l| Some((l.id.as_str(), l.area_band?))).collect();
    for (level, band) in banded.iter().chain(&by_area) {
        if band.from > band.until || (band.from == band.until && !(band.from_closed && band.until_closed)) {
            problems.error(place(&["levels", level]), M::EmptyBand { level: (*level).to_owned() });
        }
    }
    let mut gap = |at: &str, from: Decimal, until: Decimal| {
        problems.error(place(&["levels", at]), M::LevelGap { from: from.to_string(), until: until.to_string() });
    };
    match banded.first() {
        Some((level, band)) if band.from > Decimal::ZERO => gap(level, Decimal::ZERO, band.from),
        Some(_) => {}
        None => gap(&first.id, Decimal::ZERO, Decimal::ONE),
    }
    for pair in banded.windows(2) {
        let ((_, low), (level, high)) = (&pair[0], &pair[1]);
        if high.from > low.until || (high.from == low.until && !low.until_closed && !high.from_closed) {
            gap(level, low.until, high.from);
        }
    }
    if let Some((level, last)) = banded.last()
        && (last.until < Decimal::ONE || !last.until_closed)
    {
        gap(level, last.until, Decimal::ONE);
    }
    for pair in banded.windows(2) {
        let ((a, low), (b, high)) = (&pair[0], &pair[1]);
        if meet(low, high) {
            let message = M::LevelOverlap { a: (*a).to_owned(), b: (*b).to_owned(), at: high.from.to_string() };
            problems.error(place(&["levels", b]), message);
        }
    }
    areas(policy, &by_area, place, problems);
}

/// The bands of areas rise with the levels and do not overlap; they may leave gaps.
fn areas(policy: &Policy, by_area: &[(&str, Band)], place: &impl Fn(&[&str]) -> Place, problems: &mut Problems) {
    for pair in by_area.windows(2) {
        let ((a, low), (b, high)) = (&pair[0], &pair[1]);
        let (mild, grave) = ((*a).to_owned(), (*b).to_owned());
        if high.from < low.from {
            problems.error(place(&["levels", b]), M::AreaOrder { mild, grave });
        } else if meet(low, high) {
            let message = M::AreaOverlap { a: mild, b: grave, at: high.from.to_string() };
            problems.error(place(&["levels", b]), message);
        }
    }
    let anchored = policy.levels.iter().any(|level| level.band.is_some() && level.area_band.is_some());
    for level in policy.levels.iter().filter(|level| level.band.is_none() && !anchored) {
        problems.error(place(&["levels", &level.id]), M::LevelWithoutPlace { level: level.id.clone() });
    }
}

/// Whether two bands have a ratio in common; `high` begins no lower than `low`.
fn meet(low: &Band, high: &Band) -> bool {
    high.from < low.until || (high.from == low.until && low.until_closed && high.from_closed)
}

/// Every class's gas has a place, floors stand above the rest, no entry is dead.
fn supply_order(policy: &Policy, place: &impl Fn(&[&str]) -> Place, problems: &mut Problems) {
    for pair in policy.tiers.windows(2) {
        if pair[0].number >= pair[1].number {
            problems.error(place(&["tiers"]), M::TierOrder { number: pair[1].number });
        }
    }
    for (index, class) in policy.classes.iter().enumerate() {
        let (mut settled, mut rest_seen, mut named_elsewhere) = (false, false, false);
        let takes = policy.tiers.iter().flat_map(|tier| tier.ranks.iter().flatten().map(move |take| (tier, take)));
        for (tier, take) in takes.filter(|(_, take)| take.who.may_mean(index)) {
            let name = || class.id.clone();
            if settled && !(named_elsewhere && take.part == Part::Rest) {
                problems.error(place(&["tiers"]), M::TakeNeverReached { class: name(), tier: tier.number });
            }
            if take.part == Part::Floor && rest_seen {
                problems.error(place(&["tiers"]), M::FloorBelowRest { class: name(), tier: tier.number });
            }
            let for_all = take.who.is_by_class_alone();
            settled |= for_all && matches!(take.part, Part::Rest | Part::Others);
            named_elsewhere |= take.part == Part::Others;
            rest_seen |= take.part != Part::Floor;
        }
        if !settled {
            problems.error(place(&["classes", &class.id]), M::ClassWithoutTier { class: class.id.clone() });
        }
    }
}

/// Every measure is in force somewhere, and there reaches gas that no earlier one has taken.
fn measures(policy: &Policy, place: &impl Fn(&[&str]) -> Place, problems: &mut Problems) {
    if policy.measures.len() > 128 {
        problems.error(place(&["measures"]), M::TooManyMeasures { count: policy.measures.len() });
    }
    for (i, measure) in policy.measures.iter().enumerate() {
        let here = || place(&["measures", &measure.id]);
        if measure.at.iter().all(Option::is_none) {
            problems.error(here(), M::MeasureUnreached { measure: measure.id.clone() });
            continue;
        }
        let shadow = |level: usize, action: &Action| {
            let mut earlier = policy.measures[..i].iter();
            earlier
                .find(|by| by.at.get(level).and_then(Option::as_ref).is_some_and(|other| takes_all(by, other, action)))
        };
        let in_force = || measure.at.iter().enumerate().filter_map(|(level, action)| Some((level, action.as_ref()?)));
        if let Some(by) = in_force().find_map(|(level, action)| shadow(level, action))
            && in_force().all(|(level, action)| shadow(level, action).is_some())
        {
            let message = M::MeasureShadowed { measure: measure.id.clone(), by: by.id.clone() };
            problems.error(here(), message);
        }
        for action in measure.at.iter().flatten() {
            for number in action.tiers.iter().filter(|n| !policy.tiers.iter().any(|tier| tier.number == **n)) {
                problems.error(here(), M::UnknownTier { number: number.to_string() });
            }
        }
    }
}

/// Whether all that `action` may cut, `other` (of the earlier measure `by`) has cut already.
fn takes_all(by: &Measure, other: &Action, action: &Action) -> bool {
    let unconditional = other.who.is_by_class_alone() && other.tiers.is_empty();
    let always = by.in_force == super::Validity::default() && !by.rotates;
    let classes = &action.who.classes;
    let wider = other.who.classes.is_empty()
        || (!classes.is_empty() && classes.iter().all(|class| other.who.classes.contains(class)));
    let deep = match (&other.cut, &action.cut) {
        // A required stop takes its part first, whatever stands before it.
        (_, Cut::Stop { .. }) => false,
        (Cut::All, _) => true,
        (Cut::ToFloor, Cut::ToFloor | Cut::Limit(_) | Cut::Leave(_)) => true,
        _ => false,
    };
    unconditional && always && wider && deep
}

fn rotation(policy: &Policy, place: &impl Fn(&[&str]) -> Place, problems: &mut Problems) {
    let rotating = policy.measures.iter().find(|measure| measure.rotates);
    match (&policy.rotation, rotating) {
        (Some(_), None) => problems.error(place(&["rotation"]), M::RotationWithoutMeasure {}),
        (None, Some(measure)) => {
            let message = M::MeasureWithoutRotation { measure: measure.id.clone() };
            problems.error(place(&["measures", &measure.id]), message);
        }
        _ => {}
    }
    if policy.rotation.as_ref().is_some_and(|rotation| rotation.step == Decimal::ZERO) {
        problems.error(place(&["rotation"]), M::ZeroStep {});
    }
}
