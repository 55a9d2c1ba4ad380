//! Where somebody is better off although gas is shorter: the plan's own paradoxes.
//!
//! Inside a piece a volume rises only where a network lets it. From one level, or number of blocks, to the next
//! everybody's slices change; whoever gets more just after than just before is found customer by customer, and why is
//! told. Two reasons are the plan's declared way, and set aside as such: that further blocks take their turn at a held
//! level, and that a stop list comes to stop other customers than before.

use super::Interval;
use super::everybody::Everybody;
use super::risers::{Found, Side, by_class, gather, micro, total};
use crate::curve::{Curve, Piece, RankServed};
use crate::policy::Standing;
use crate::rational::{Line, Rational};
use crate::units::Fraction;

/// How many of the largest are named.
const NAMED: usize = 3;

/// A place on the line at which somebody's volume rises.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rise {
    /// Where: a point at which level or blocks change, or a stretch inside which links let somebody rise.
    pub interval: Interval,
    /// Whether it happens just above the point, where the point itself belongs to what is before.
    pub just_above: bool,
    /// What answers before and after.
    pub standings: (Standing, Standing),
    /// How many blocks are on their turn before and after.
    pub blocks: (usize, usize),
    /// Why.
    pub why: Why,
    /// Who pays: what takes more after than before, the most first. Of a change of level only.
    pub causes: Vec<Cause>,
    /// Whether the plan declares it: further blocks take their turn, or others on a stop list.
    pub declared: bool,
    /// How many customers rise.
    pub customers: usize,
    /// By how much together, in m3.
    pub volume: Fraction,
    /// By class, the most first.
    pub classes: Vec<ClassRise>,
    /// The largest rises; [`risers`] gives all.
    pub largest: Vec<Riser>,
    /// The first and the last piece that it is about, by index.
    pieces: (usize, usize),
}

/// Why somebody is better off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// At the new level measures take more from others: [`Rise::causes`].
    Taken,
    /// At a held level another number of blocks takes its turn, so that others bear the same cut.
    Rotation,
    /// Whole customers are stopped one after another, and at the new level others are.
    List,
    /// Gas that lay unused, because a required stop freed too much, is given at the new level.
    Released,
    /// At the new level the same measures take no more, but from other customers.
    Shifted,
    /// Level and blocks hold, and links that others leave carry more.
    Links,
}

/// What takes more gas after than before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cause {
    /// The measure, by index in the policy; `None` of firm gas, which no measure takes.
    pub measure: Option<usize>,
    /// How much more, in m3.
    pub more: Fraction,
}

/// The customers of a class that rise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClassRise {
    /// By index in the policy's classes.
    pub class: usize,
    /// How many.
    pub customers: usize,
    /// By how much together, in m3.
    pub volume: Fraction,
}

/// A customer that rises.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Riser {
    /// Index in [`crate::city::City::customers`].
    pub customer: u32,
    /// What it gets before, in m3.
    pub before: Fraction,
    /// And after.
    pub after: Fraction,
}

pub(super) fn rises(curve: &Curve<'_>) -> Vec<Rise> {
    let mut found: Vec<Rise> = Vec::new();
    let pieces = curve.pieces();
    let mut before: Option<(usize, Everybody)> = None;
    for (at, piece) in pieces.iter().enumerate() {
        let state = piece.segment.state;
        let (everybody, last) = match before.take() {
            Some((of, everybody)) if of == state => (everybody, None),
            other => (Everybody::of(curve, piece), other),
        };
        if let (Some((_, last)), Some(previous)) = (last, at.checked_sub(1).and_then(|at| pieces.get(at))) {
            let sides = change(curve, (previous, &last), (piece, &everybody));
            found.extend(tell(curve, &sides, point(previous, piece), (at - 1, at)));
        }
        if climbs(piece) {
            let sides = [Side::start(curve, piece, &everybody), Side::end(curve, piece, &everybody)];
            for rise in tell(curve, &sides, Interval::of(piece), (at, at)) {
                add_slope(&mut found, rise);
            }
        }
        before = Some((state, everybody));
    }
    found
}

/// Everybody who is better off at a rise, the largest first. `rise` is of this curve's [`super::check`].
pub fn risers(curve: &Curve<'_>, rise: &Rise) -> Vec<Riser> {
    let pieces = curve.pieces().get(rise.pieces.0..=rise.pieces.1).unwrap_or_default();
    let mut all: Vec<Found> = Vec::new();
    match (rise.why, pieces) {
        (Why::Links, pieces) => {
            for piece in pieces.iter().filter(|piece| climbs(piece)) {
                let everybody = Everybody::of(curve, piece);
                all.extend(gather(
                    curve,
                    &[Side::start(curve, piece, &everybody), Side::end(curve, piece, &everybody)],
                ));
            }
            // Of several pieces, each customer's largest.
            all.sort_by(|a, b| a.at.cmp(&b.at).then(b.more.cmp(&a.more)));
            all.dedup_by_key(|found| found.at);
        }
        (_, [before, after]) => {
            let [last, next] = [before, after].map(|piece| Everybody::of(curve, piece));
            all = gather(curve, &change(curve, (before, &last), (after, &next)));
            let (held, turn) = (rise.standings.0 == rise.standings.1, rise.why == Why::List);
            all.retain(|found| held || found.in_turn == turn);
        }
        _ => {}
    }
    largest_first(&mut all);
    all.into_iter().map(|found| found.riser(curve)).collect()
}

fn largest_first(found: &mut [Found]) {
    found.sort_by(|a, b| b.more.cmp(&a.more).then(a.at.cmp(&b.at)));
}

/// Whether some cell of a piece gets more as gas grows shorter.
fn climbs(piece: &Piece) -> bool {
    piece.segment.lines.iter().any(|line: &Line| line.slope > Rational::ZERO)
}

fn change<'s>(
    curve: &Curve<'_>,
    (before, last): (&'s Piece, &'s Everybody),
    (after, next): (&'s Piece, &'s Everybody),
) -> [Side<'s>; 2] {
    [Side::end(curve, before, last), Side::start(curve, after, next)]
}

/// The point between two pieces.
fn point(before: &Piece, after: &Piece) -> Interval {
    Interval { from: before.until, until: after.from, from_closed: true, until_closed: true }
}

/// Neighbouring stretches of one state are one.
fn add_slope(found: &mut Vec<Rise>, next: Rise) {
    let same = |last: &Rise| (last.standings, last.blocks, last.why) == (next.standings, next.blocks, next.why);
    match found
        .last_mut()
        .filter(|last| same(last))
        .and_then(|last| Some((last.interval.joined(&next.interval)?, last)))
    {
        Some((joined, last)) => {
            (last.interval, last.pieces.1) = (joined, next.pieces.1);
            last.volume = (Rational::from(last.volume) + Rational::from(next.volume)).fraction();
            if next.customers > last.customers {
                (last.customers, last.classes, last.largest) = (next.customers, next.classes, next.largest);
            }
        }
        None => found.push(next),
    }
}

/// Who gets more on the second side than on the first, and why: nobody, those that one reason explains, or those of two.
fn tell(curve: &Curve<'_>, sides: &[Side<'_>; 2], interval: Interval, pieces: (usize, usize)) -> Vec<Rise> {
    let (before, after) = (sides[0].piece, sides[1].piece);
    let is_point = pieces.0 < pieces.1;
    let held = before.standing == after.standing;
    let all = gather(curve, sides);
    // With the level held nothing but the blocks has changed, and so has the order of whoever is stopped in turn.
    let (in_turn, others): (Vec<Found>, Vec<Found>) = all.into_iter().partition(|found| found.in_turn && !held);
    let causes = if is_point && !held { causes(curve, before, after) } else { Vec::new() };
    let rotates = |cause: &Cause| cause.measure.is_some_and(|measure| curve.policy().measures[measure].rotates);
    let (why, declared) = match (is_point, held) {
        (false, _) => (Why::Links, false),
        (true, true) => (Why::Rotation, after.blocks.len() > before.blocks.len()),
        _ if !causes.is_empty() => (Why::Taken, causes.iter().all(rotates)),
        _ if served(curve.start(after)) > served(curve.end(before)) => (Why::Released, false),
        _ => (Why::Shifted, false),
    };
    let rise = |mut found: Vec<Found>, why, declared, causes| {
        largest_first(&mut found);
        Rise {
            interval,
            just_above: is_point && !after.from_closed,
            standings: (before.standing, after.standing),
            blocks: (before.blocks.len(), after.blocks.len()),
            why,
            causes,
            declared,
            customers: found.len(),
            volume: total(&found).fraction(),
            classes: by_class(curve, &found),
            largest: found.into_iter().take(NAMED).map(|found| found.riser(curve)).collect(),
            pieces,
        }
    };
    let mut rises = Vec::new();
    if !others.is_empty() {
        rises.push(rise(others, why, declared, causes));
    }
    if !in_turn.is_empty() {
        rises.push(rise(in_turn, Why::List, true, Vec::new()));
    }
    rises
}

fn served(point: crate::curve::Point<'_>) -> Rational {
    Rational::from(point.served())
}

/// What takes more after than before, by measure.
fn causes(curve: &Curve<'_>, before: &Piece, after: &Piece) -> Vec<Cause> {
    let measures = curve.policy().measures.len();
    let taken = |ranks: Vec<RankServed>| {
        let mut taken = vec![Rational::ZERO; measures + 1];
        for rank in ranks {
            // Firm gas, and what is settled outside the plan, stand last.
            let at = rank.measure.unwrap_or(measures);
            taken[at] = taken[at] + micro(Rational::whole(rank.size) - Rational::from(rank.served));
        }
        taken
    };
    let (had, has) = (taken(curve.end(before).ranks()), taken(curve.start(after).ranks()));
    let mut more: Vec<(Rational, Option<usize>)> = Vec::new();
    for (at, (had, has)) in had.iter().zip(&has).enumerate() {
        if has > had {
            more.push((*has - *had, (at < measures).then_some(at)));
        }
    }
    more.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    more.into_iter().map(|(more, measure)| Cause { measure, more: more.fraction() }).collect()
}
