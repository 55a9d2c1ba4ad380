//! Whether the supply order is kept, and where a better tier loses gas while a worse one still gets some.

use super::Interval;
use crate::curve::{Curve, Piece, Point};
use crate::decide::Kind;
use crate::decide::allocate::Cell;
use crate::decide::allocate::germ::{Scaled, Side};
use crate::rational::{Line, Rational};

/// A better rank that is short although it could have more of what a worse one gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Breach {
    /// The rank, from 1 in supply order.
    pub rank: u32,
    /// Where.
    pub interval: Interval,
}

/// A better tier that loses gas while worse ones still get some.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inversion {
    /// The better tier, by index in the policy.
    pub tier: usize,
    /// The worse ones that still get gas somewhere in the stretch, by index in the policy.
    pub worse: Vec<usize>,
    /// Where.
    pub interval: Interval,
    /// Why.
    pub because: Because,
    /// The most that the better tier loses there for that reason, in m3.
    pub most: crate::units::Fraction,
}

/// Why a better tier loses gas first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Because {
    /// A measure that takes blocks in turn, by index in the policy: the plan declares that it does so.
    Rotation(usize),
    /// Another measure, by index in the policy.
    Measure(usize),
    /// What is settled with some customers outside the plan.
    Pinned,
    /// Firm gas is cut, and the worse tier's could not reach it: links or companies are apart.
    Reach,
}

/// For each rank that is short while a worse one gets gas: that ranks up to it together get all that can reach them, as a
/// flow finds it that knows no ranks. It is asked at both ends of each piece, and its slopes too, so it holds in between.
pub(super) fn breaches(curve: &Curve<'_>) -> Vec<Breach> {
    let along = &curve.along;
    let Some(mut scaled) = Scaled::new(along.reach(), &along.supply, along.demand).filter(|_| curve.is_exact()) else {
        return Vec::new();
    };
    let mut found: Vec<Breach> = Vec::new();
    for piece in curve.pieces() {
        for until in doubtful(curve, piece) {
            let cells = &curve.state(piece).cells[..until];
            let given: Line = piece.segment.lines[..until].iter().copied().sum();
            if !is_most(&mut scaled, cells, given, piece) {
                let rank = cells.last().map_or(0, |cell| cell.rank + 1);
                found.push(Breach { rank, interval: Interval::of(piece) });
            }
        }
    }
    found
}

/// Where, in the cells of a piece, a rank ends that is short while a worse one gets something.
fn doubtful(curve: &Curve<'_>, piece: &Piece) -> Vec<usize> {
    let (cells, lines) = (&curve.state(piece).cells, &piece.segment.lines);
    let gets = |line: &Line| *line != Line::ZERO;
    let last_served = lines.iter().rposition(gets).map_or(0, |at| at + 1);
    let mut ends = Vec::new();
    let mut at = 0;
    for rank in cells.chunk_by(|a, b| a.rank == b.rank) {
        let short = rank.iter().zip(&lines[at..]).any(|(cell, line)| *line != Line::level(cell.size));
        at += rank.len();
        if short && at < last_served {
            ends.push(at);
        }
    }
    ends
}

fn is_most(scaled: &mut Scaled<'_>, cells: &[Cell], given: Line, piece: &Piece) -> bool {
    let segment = &piece.segment;
    let mut most = |lack: Rational, side| scaled.total(cells, lack, side);
    if segment.from == segment.until {
        let side = if segment.from.is_zero() { Side::After } else { Side::Before };
        return most(segment.from, side).is_ok_and(|line| line.at(segment.from) == given.at(segment.from));
    }
    most(segment.from, Side::After) == Ok(given) && most(segment.until, Side::Before) == Ok(given)
}

/// What a tier loses at a point, by reason.
fn losses(curve: &Curve<'_>, point: &Point<'_>, piece: &Piece) -> Vec<(usize, Because, Rational)> {
    let (state, policy) = (curve.state(piece), curve.policy());
    let order = curve.order(state);
    let mut lost: Vec<(usize, Because, Rational)> = Vec::new();
    let mut add = |tier: u32, because: Because, volume: Rational| {
        if volume <= Rational::ZERO {
            return;
        }
        let tier = tier as usize;
        match lost.iter_mut().find(|(of, why, _)| (*of, *why) == (tier, because)) {
            Some(known) => known.2 = known.2 + volume,
            None => lost.push((tier, because, volume)),
        }
    };
    let because = |rank: u32| match order.ranks[rank as usize] {
        rank if rank.kind == Kind::Firm => Because::Reach,
        rank => rank.measure.map_or(Because::Pinned, |measure| {
            if policy.measures[measure].rotates { Because::Rotation(measure) } else { Because::Measure(measure) }
        }),
    };
    for (cell, volume) in state.cells.iter().zip(point.volumes()) {
        let short = Rational::whole(cell.size) - volume;
        if short.is_zero() {
            continue;
        }
        // To a millionth: only whether it is anything matters, and about how much.
        let share = rough(short.over(Rational::whole(cell.size)));
        for mix in order.mix(&state.rotating, cell) {
            add(mix.tier, because(cell.rank), rough(share * Rational::whole(mix.size)));
        }
    }
    for (rank, mix) in order.withheld(&state.rotating) {
        add(mix.tier, because(rank), Rational::whole(mix.size));
    }
    lost
}

/// A billionth more or less, but never nothing for something.
fn rough(number: Rational) -> Rational {
    const BILLION: i128 = 1_000_000_000;
    if number <= Rational::ZERO {
        return Rational::ZERO;
    }
    Rational::new((number * Rational::new(BILLION, 1)).floor().max(1), BILLION)
}

pub(super) fn inversions(curve: &Curve<'_>) -> Vec<Inversion> {
    let mut found: Vec<Inversion> = Vec::new();
    for piece in curve.pieces() {
        let ends = [curve.start(piece), curve.end(piece)];
        let served = ends.map(|point| point.by_tier());
        let gets = |tier: usize| served.iter().any(|served| served[tier].numerator() > 0);
        let lost = ends.map(|point| losses(curve, &point, piece));
        let mut reasons: Vec<(usize, Because)> =
            lost.iter().flatten().map(|(tier, because, _)| (*tier, *because)).collect();
        reasons.sort();
        reasons.dedup();
        for (tier, because) in reasons {
            let worse: Vec<usize> = (tier + 1..curve.policy().tiers.len()).filter(|worse| gets(*worse)).collect();
            if worse.is_empty() {
                continue;
            }
            let volume = |lost: &[(usize, Because, Rational)]| {
                let own = lost.iter().find(|(of, why, _)| (*of, *why) == (tier, because));
                own.map_or(Rational::ZERO, |(.., volume)| *volume)
            };
            let volumes = [volume(&lost[0]), volume(&lost[1])];
            // At an end both must be so: the better tier loses, and a worse one gets something.
            let some = |end: usize| worse.iter().any(|worse| served[end][*worse].numerator() > 0);
            let holds = |end: usize| volumes[end] > Rational::ZERO && some(end);
            let interval = Interval::within(piece, holds(0), holds(1));
            let most = volumes[0].max(volumes[1]);
            let last = found.iter_mut().rev().find(|last| (last.tier, last.because) == (tier, because));
            match last.and_then(|last| Some((last.interval.joined(&interval)?, last))) {
                Some((joined, last)) => {
                    last.interval = joined;
                    last.most = most.max(Rational::from(last.most)).fraction();
                    last.worse.extend(worse.into_iter().filter(|tier| !last.worse.contains(tier)).collect::<Vec<_>>());
                    last.worse.sort_unstable();
                }
                None => found.push(Inversion { tier, worse, interval, because, most: most.fraction() }),
            }
        }
    }
    found
}
