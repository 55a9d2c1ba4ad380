//! Which level answers an exact ratio, and how many blocks its formula asks for: [`Policy::standing`] and
//! [`Rotation::blocks_by_formula`] on ratios that whole m3 do not reach.

use crate::policy::{Band, Level, Policy, Rotation, Standing};
use crate::rational::Rational;

/// What answers a ratio of shortfall to demand, and the ratios of its areas (P2; none where areas call for nothing). The
/// one place on the line where a level is looked up.
pub(super) fn standing(policy: &Policy, ratio: Rational, areas: &[Rational]) -> Standing {
    if policy.levels.is_empty() {
        return Standing::Always;
    }
    if ratio <= Rational::ZERO {
        return Standing::NoShortage;
    }
    let gravest = |ratio: Rational, band: &dyn Fn(&Level) -> Option<Band>| {
        policy.levels.iter().rposition(|level| band(level).is_some_and(|band| holds(&band, ratio)))
    };
    let Some(by_balance) = gravest(ratio, &|level| level.band) else { return Standing::NoShortage };
    let short = areas.iter().filter(|ratio| **ratio > Rational::ZERO);
    let by_area = short.filter_map(|ratio| gravest(*ratio, &|level| level.area_band)).max();
    Standing::At(by_area.map_or(by_balance, |by_area| by_area.max(by_balance)))
}

fn holds(band: &Band, ratio: Rational) -> bool {
    let (from, until) = (Rational::from(band.from), Rational::from(band.until));
    (from < ratio || (from == ratio && band.from_closed)) && (ratio < until || (ratio == until && band.until_closed))
}

/// The ratios at which the level may change.
pub(super) fn edges(policy: &Policy) -> Vec<Rational> {
    ends(policy.levels.iter().filter_map(|level| level.band))
}

/// The ratios of an area at which the level may change.
pub(super) fn area_edges(policy: &Policy) -> Vec<Rational> {
    ends(policy.levels.iter().filter_map(|level| level.area_band))
}

fn ends(bands: impl Iterator<Item = Band>) -> Vec<Rational> {
    bands.flat_map(|band| [band.from, band.until]).map(Rational::from).collect()
}

/// `k` of the formula, between 1 and `blocks`.
pub(super) fn by_formula(rotation: &Rotation, ratio: Rational, blocks: usize) -> usize {
    let reached = steps(rotation, blocks).into_iter().take_while(|step| ratio >= *step).count();
    reached.saturating_add(1).min(blocks)
}

/// The ratios at which the formula asks for one block more.
pub(super) fn steps(rotation: &Rotation, blocks: usize) -> Vec<Rational> {
    let step = |j: usize| Rational::from(rotation.from) + Rational::from(rotation.step) * Rational::whole(j as u64);
    (1..blocks).map(step).take_while(|step| *step <= Rational::ONE).collect()
}
