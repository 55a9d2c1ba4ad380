//! Gas that is nobody's: a required stop frees more than the level needs, and whoever it stops loses gas for nothing.

use super::Interval;
use super::everybody::Everybody;
use crate::curve::{Curve, Piece};
use crate::decide::Kind;
use crate::policy::Standing;
use crate::rational::Rational;
use crate::units::Fraction;

/// How many of the largest are named.
const NAMED: usize = 3;

/// Gas that is nobody's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unused {
    /// Where.
    pub interval: Interval,
    /// What answers there.
    pub standing: Standing,
    /// The most that lies unused there, in m3.
    pub most: Fraction,
    /// How many customers a required measure stops there.
    pub customers: usize,
    /// What it withholds from them together, in m3.
    pub withheld: u64,
    /// The most stopped; [`stopped`] gives all.
    pub largest: Vec<Stopped>,
    /// Where most lies unused, by index of the piece.
    piece: usize,
}

/// A customer from whom a required measure withholds gas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stopped {
    /// Index in [`crate::city::City::customers`].
    pub customer: u32,
    /// In m3.
    pub withheld: u64,
}

pub(super) fn unused(curve: &Curve<'_>) -> Vec<Unused> {
    let mut found: Vec<Unused> = Vec::new();
    for (at, piece) in curve.pieces().iter().enumerate() {
        let spare = [curve.start(piece), curve.end(piece)]
            .map(|point| Rational::from(point.deliverable()) - Rational::from(point.served()));
        let [start, end] = spare.map(|spare| spare > Rational::ZERO);
        if !start && !end {
            continue;
        }
        let (interval, most) = (Interval::within(piece, start, end), spare[0].max(spare[1]));
        let last = found.last_mut().filter(|last| last.standing == piece.standing);
        match last.and_then(|last| Some((last.interval.joined(&interval)?, last))) {
            Some((joined, last)) => {
                last.interval = joined;
                if most > Rational::from(last.most) {
                    (last.most, last.piece) = (most.fraction(), at);
                }
            }
            None => found.push(Unused {
                interval,
                standing: piece.standing,
                most: most.fraction(),
                customers: 0,
                withheld: 0,
                largest: Vec::new(),
                piece: at,
            }),
        }
    }
    for unused in &mut found {
        let stopped = stopped(curve, unused);
        unused.customers = stopped.len();
        unused.withheld = stopped.iter().map(|stopped| stopped.withheld).sum();
        unused.largest = stopped.into_iter().take(NAMED).collect();
    }
    found
}

/// Everybody whom a required measure stops where gas lies unused, the most first. `unused` is of this curve's
/// [`super::check`].
pub fn stopped(curve: &Curve<'_>, unused: &Unused) -> Vec<Stopped> {
    let mut all: Vec<Stopped> = curve.pieces().get(unused.piece).map_or_else(Vec::new, |piece| withheld(curve, piece));
    all.sort_by(|a, b| b.withheld.cmp(&a.withheld).then(a.customer.cmp(&b.customer)));
    all
}

fn withheld(curve: &Curve<'_>, piece: &Piece) -> Vec<Stopped> {
    let (everybody, ranks) = (Everybody::of(curve, piece), &curve.order(curve.state(piece)).ranks);
    let of = |(at, customer): (usize, &u32)| {
        let slices = everybody.slices(at).iter();
        // What is settled outside the plan is withheld too, but by no measure.
        let required = slices.filter(|slice| {
            let rank = &ranks[slice.rank as usize];
            rank.kind == Kind::Withheld && rank.measure.is_some()
        });
        let withheld = required.map(|slice| slice.size).sum();
        (withheld > 0).then_some(Stopped { customer: *customer, withheld })
    };
    curve.customers().iter().enumerate().filter_map(of).collect()
}
