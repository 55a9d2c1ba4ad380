//! What is true of a plan at every shortfall: proofs from the pieces of a [`Curve`], not from samples.
//!
//! Between the ends of a piece every volume is a straight line, so what holds at both ends holds in between: whether every
//! shortfall has a level, whether the supply order is kept, who is better off although gas is shorter, and where a level's
//! measures cannot close the gap. Where a curve is sampled, so is what is said here, and [`Check::proved`] is false.

mod authority;
mod coverage;
mod fates;
mod order;
mod plan;
mod rises;

pub use authority::{Authority, Gap, Instead};
pub use coverage::Coverage;
pub use fates::{Fate, FateGroup, Fates, fates};
pub use order::{Because, Breach, Inversion};
pub use plan::{ClassPlace, PlanAlone, Weaker, plan};
pub use rises::{Cause, ClassRise, Rise, Riser};

use crate::curve::{Curve, Piece};
use crate::rational::Rational;
use crate::units::Fraction;

/// All that was looked at in one balance.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Check {
    /// The outer district, as an index in [`crate::city::City::districts`]; `None` for the main urban area.
    pub area: Option<u32>,
    /// Whether everything below is proved; if not, the curve was sampled.
    pub proved: bool,
    /// Whether everything has its place.
    pub coverage: Coverage,
    /// Where a better rank is short although gas that a worse one gets could reach it. None are expected.
    pub breaches: Vec<Breach>,
    /// Where a better tier loses gas while a worse one still gets some.
    pub inversions: Vec<Inversion>,
    /// Where somebody is better off although gas is shorter.
    pub rises: Vec<Rise>,
    /// Where gas that could arrive is nobody's: a required stop frees more than is needed.
    pub unused: Vec<Unused>,
    /// What each level can close, by index in the policy's levels.
    pub levels: Vec<Authority>,
}

/// A stretch of shortfalls, or a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Its beginning, 0 to 1.
    pub from: Fraction,
    /// Its end.
    pub until: Fraction,
    /// Whether its beginning belongs to it.
    pub from_closed: bool,
    /// Whether its end belongs to it.
    pub until_closed: bool,
}

/// Gas that is nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unused {
    /// Where.
    pub interval: Interval,
    /// The most that lies unused there, in m3.
    pub most: Fraction,
}

/// Looks at a plan along the curve of one balance.
pub fn check(curve: &Curve<'_>) -> Check {
    Check {
        area: curve.area(),
        proved: curve.is_exact(),
        coverage: coverage::coverage(curve),
        breaches: order::breaches(curve),
        inversions: order::inversions(curve),
        rises: rises::rises(curve),
        unused: unused(curve),
        levels: authority::levels(curve),
    }
}

impl Interval {
    fn of(piece: &Piece) -> Self {
        let Piece { from, until, from_closed, until_closed, .. } = *piece;
        Self { from, until, from_closed, until_closed }
    }

    /// One stretch with the next, if they touch.
    fn joined(&self, next: &Self) -> Option<Self> {
        let touch = self.until == next.from && (self.until_closed || next.from_closed);
        touch.then_some(Self { until: next.until, until_closed: next.until_closed, ..*self })
    }

    /// This stretch without an end at which what is said of it stops being so.
    fn within(piece: &Piece, at_start: bool, at_end: bool) -> Self {
        let whole = Self::of(piece);
        Self { from_closed: whole.from_closed && at_start, until_closed: whole.until_closed && at_end, ..whole }
    }
}

fn unused(curve: &Curve<'_>) -> Vec<Unused> {
    let mut found: Vec<Unused> = Vec::new();
    for piece in curve.pieces() {
        let spare = [curve.start(piece), curve.end(piece)]
            .map(|point| Rational::from(point.deliverable()) - Rational::from(point.served()));
        let [start, end] = spare.map(|spare| spare > Rational::ZERO);
        if !start && !end {
            continue;
        }
        let (interval, most) = (Interval::within(piece, start, end), spare[0].max(spare[1]));
        match found.last_mut().and_then(|last| Some((last.interval.joined(&interval)?, last))) {
            Some((joined, last)) => {
                last.interval = joined;
                last.most = most.max(Rational::from(last.most)).fraction();
            }
            None => found.push(Unused { interval, most: most.fraction() }),
        }
    }
    found
}
