//! What each level can close with this city's customers, and where in its band it cannot.

use super::Interval;
use crate::curve::Curve;
use crate::decide::Kind;
use crate::policy::Standing;
use crate::rational::Rational;
use crate::units::Fraction;

/// A level and what it can do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authority {
    /// By index in the policy's levels.
    pub level: usize,
    /// Where on the line it answers; empty if nowhere.
    pub answers: Vec<Interval>,
    /// The most that its measures may or must take, with every block on its turn, in m3.
    pub most: u64,
    /// That over demand.
    pub share: Fraction,
    /// Where firm gas is cut that it lets nobody cut.
    pub gaps: Vec<Gap>,
}

/// A stretch of a level's band on which it cannot close the gap.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// Where.
    pub interval: Interval,
    /// The most firm gas that is cut there, in m3.
    pub most: Fraction,
    /// Where that is, 0 to 1.
    pub at: Fraction,
    /// Which graver level would do, by parts of the stretch; empty if that was not found out.
    pub instead: Vec<Instead>,
}

/// A part of a gap, and the mildest graver level that would leave firm gas alone there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Instead {
    /// Where the part begins, 0 to 1.
    pub from: Fraction,
    /// Where it ends.
    pub until: Fraction,
    /// By index in the policy's levels; `None` if none would.
    pub level: Option<usize>,
}

pub(super) fn levels(curve: &Curve<'_>) -> Vec<Authority> {
    (0..curve.policy().levels.len()).map(|level| authority(curve, level)).collect()
}

fn authority(curve: &Curve<'_>, level: usize) -> Authority {
    let order = curve.along.order(Standing::At(level));
    let sizes = order.ranks.iter().zip(order.sizes(order.blocks.len()));
    let most = sizes.filter(|(rank, _)| rank.kind != Kind::Firm && rank.measure.is_some()).map(|(_, size)| size).sum();
    let mut answers: Vec<Interval> = Vec::new();
    let mut gaps: Vec<(Gap, (Rational, Rational))> = Vec::new();
    for piece in curve.pieces().iter().filter(|piece| piece.standing == Standing::At(level)) {
        let interval = Interval::of(piece);
        match answers.last_mut().and_then(|last| Some((last.joined(&interval)?, last))) {
            Some((joined, last)) => *last = joined,
            None => answers.push(interval),
        }
        let lost = [curve.start(piece).firm_lost(), curve.end(piece).firm_lost()];
        let [start, end] = lost.map(|lost| lost > Rational::ZERO);
        if !start && !end {
            continue;
        }
        let interval = Interval::within(piece, start, end);
        let (most, at) = if lost[0] > lost[1] { (lost[0], piece.from) } else { (lost[1], piece.until) };
        let ends = (piece.segment.from, piece.segment.until);
        match gaps.last_mut().and_then(|last| Some((last.0.interval.joined(&interval)?, last))) {
            Some((joined, (gap, all))) => {
                (gap.interval, all.1) = (joined, ends.1);
                if most > Rational::from(gap.most) {
                    (gap.most, gap.at) = (most.fraction(), at);
                }
            }
            None => gaps.push((Gap { interval, most: most.fraction(), at, instead: Vec::new() }, ends)),
        }
    }
    let demand = Rational::whole(curve.demand().get());
    let x = |lack: Rational| lack.over(demand).fraction();
    for (gap, ends) in &mut gaps {
        let parts = if curve.is_exact() { curve.instead(*ends, level) } else { Ok(Vec::new()) };
        let parts = parts.unwrap_or_default().into_iter();
        gap.instead = parts.map(|(from, until, level)| Instead { from: x(from), until: x(until), level }).collect();
    }
    let share = Fraction::new(u128::from(most), u128::from(curve.demand().get()));
    Authority { level, answers, most, share, gaps: gaps.into_iter().map(|(gap, _)| gap).collect() }
}
