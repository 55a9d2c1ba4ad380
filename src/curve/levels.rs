//! Which level answers an exact ratio, and how many blocks its formula asks for: [`Policy::standing`] and
//! [`Rotation::blocks_by_formula`] on ratios that whole m3 do not reach.

use crate::policy::{Band, Policy, Rotation, Standing};
use crate::rational::Rational;

/// What answers a ratio of shortfall to demand. The one place on the line where a level is looked up.
pub(super) fn standing(policy: &Policy, ratio: Rational) -> Standing {
    if policy.levels.is_empty() {
        return Standing::Always;
    }
    if ratio <= Rational::ZERO {
        return Standing::NoShortage;
    }
    // In one pool every area is as short as the whole; elsewhere a plan with area bands is sampled.
    let found = policy
        .levels
        .iter()
        .rposition(|level| [level.band, level.area_band].iter().flatten().any(|band| holds(band, ratio)));
    found.map_or(Standing::NoShortage, Standing::At)
}

fn holds(band: &Band, ratio: Rational) -> bool {
    let (from, until) = (Rational::from(band.from), Rational::from(band.until));
    (from < ratio || (from == ratio && band.from_closed)) && (ratio < until || (ratio == until && band.until_closed))
}

/// The ratios at which the level may change.
pub(super) fn edges(policy: &Policy) -> Vec<Rational> {
    let bands = policy.levels.iter().flat_map(|level| [level.band, level.area_band]).flatten();
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
