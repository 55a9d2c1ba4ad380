//! What is true of a plan at every shortfall: proofs from the pieces of a [`Curve`], not from samples.
//!
//! Between the ends of a piece every volume is a straight line, so what holds at both ends holds in between: whether every
//! shortfall has a level, whether the supply order is kept, who is better off although gas is shorter, and where a level's
//! measures cannot close the gap. Where a curve is sampled, so is what is said here, and [`Check::proved`] is false.

mod authority;
mod coverage;
mod everybody;
mod fates;
mod order;
mod plan;
mod risers;
mod rises;
mod unused;

pub use authority::{Authority, Gap, Instead};
pub use coverage::Coverage;
pub use fates::{Effect, Fate, FateGroup, Fates, fates};
pub use order::{Because, Breach, Inversion};
pub use plan::{ClassPlace, PlanAlone, Weaker, plan};
pub use rises::{Cause, ClassRise, Rise, Riser, Why, risers};
pub use unused::{Stopped, Unused, stopped};

use crate::curve::{Curve, Piece};
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

/// Looks at a plan along the curve of one balance. The proofs are of whole days: of a curve by the hour
/// ([`Curve::steps_by_hour`]), which knows no single customers, nobody is found who is better off with less, and what another level
/// could close is told of the whole day.
pub fn check(curve: &Curve<'_>) -> Check {
    Check {
        area: curve.area(),
        proved: curve.is_exact(),
        coverage: coverage::coverage(curve),
        breaches: order::breaches(curve),
        inversions: order::inversions(curve),
        rises: if curve.steps_by_hour().is_some() { Vec::new() } else { rises::rises(curve) },
        unused: unused::unused(curve),
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
