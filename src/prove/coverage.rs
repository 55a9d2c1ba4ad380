//! Whether everything has its place: every shortfall a level, every class a rank, every measure somebody.

use super::Interval;
use crate::curve::Curve;
use crate::policy::Standing;

/// What has no place, or no use, in this balance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// Shortages that no level answers.
    pub unanswered: Vec<Interval>,
    /// Levels that no shortfall of this line comes to, by index in the policy.
    pub unmet_levels: Vec<usize>,
    /// Classes of which some gas has no place in the supply order, by index in the policy.
    pub unplaced: Vec<usize>,
    /// Measures that mean nobody here, by index in the policy.
    pub idle_measures: Vec<usize>,
    /// Exemptions that mean nobody here, by index in the policy.
    pub idle_exemptions: Vec<usize>,
}

pub(super) fn coverage(curve: &Curve<'_>) -> Coverage {
    let policy = curve.policy();
    let met = |level: usize| curve.pieces().iter().any(|piece| piece.standing == Standing::At(level));
    let rotates = policy.rotation.is_some() && curve.area().is_none();
    let idle = |measure: &usize| {
        let measure = &policy.measures[*measure];
        let means = measure.at.iter().flatten().any(|action| curve.along.meant(&action.who) > 0);
        !means || (measure.rotates && !rotates)
    };
    Coverage {
        unanswered: unanswered(curve),
        unmet_levels: (0..policy.levels.len()).filter(|level| !met(*level)).collect(),
        unplaced: unplaced(curve),
        idle_measures: (0..policy.measures.len()).filter(idle).collect(),
        idle_exemptions: (0..policy.exemptions.len())
            .filter(|exemption| curve.along.meant(&policy.exemptions[*exemption].who) == 0)
            .collect(),
    }
}

fn unanswered(curve: &Curve<'_>) -> Vec<Interval> {
    let short = |point: crate::curve::Point<'_>| point.ratio().numerator() > 0;
    let pieces = curve.pieces().iter().filter(|piece| piece.standing == Standing::NoShortage);
    let alone = pieces.filter(|piece| short(curve.start(piece)) || short(curve.end(piece)));
    alone.map(|piece| Interval::within(piece, short(curve.start(piece)), short(curve.end(piece)))).collect()
}

/// All slices of a class must add up to its demand.
fn unplaced(curve: &Curve<'_>) -> Vec<usize> {
    let (placed, ..) = curve.demands();
    let mut demand = vec![0u64; placed.len()];
    for at in 0..curve.customers().len() {
        demand[curve.along.class_of(at)] += curve.along.demand_of(at);
    }
    (0..placed.len()).filter(|class| placed[*class] < demand[*class]).collect()
}
