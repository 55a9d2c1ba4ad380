//! Where somebody is better off although gas is shorter: the plan's own paradoxes.
//!
//! Inside a piece a volume rises only where a network lets it. From one level, or number of blocks, to the next
//! everybody's slices change; whoever gets more just after than just before is found customer by customer.

use super::Interval;
use crate::curve::{Curve, Piece, Shares};
use crate::decide::along::Slice;
use crate::policy::Standing;
use crate::rational::{Line, Rational};
use crate::units::Fraction;

/// A rise by less than this is none: a sum that needs more than 128 bits is one of millionths. In m3.
const LEAST: (i128, i128) = (1, 100_000);

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
    /// Who pays: what takes more after than before, the most first. Empty inside a piece.
    pub causes: Vec<Cause>,
    /// Whether the plan declares it: only rotation takes more.
    pub declared: bool,
    /// How many customers rise. Those on a stop list are not counted: they lose in turn.
    pub customers: usize,
    /// By how much together, in m3.
    pub volume: Fraction,
    /// By class, the most first.
    pub classes: Vec<ClassRise>,
    /// The largest rises.
    pub largest: Vec<Riser>,
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

/// Everybody's slices in one state, and where each customer's begin.
pub(super) struct Everybody {
    slices: Vec<Slice>,
    first: Vec<usize>,
}

impl Everybody {
    pub fn of(curve: &Curve<'_>, piece: &Piece) -> Self {
        let state = curve.state(piece);
        let slices = curve.along.slices(state.stands.standing, &state.rotating);
        let mut first = vec![0; curve.customers().len() + 1];
        slices.iter().for_each(|slice| first[slice.customer as usize + 1] += 1);
        (1..first.len()).for_each(|at| first[at] += first[at - 1]);
        Self { slices, first }
    }

    pub fn slices(&self, at: usize) -> &[Slice] {
        &self.slices[self.first[at]..self.first[at + 1]]
    }
}

/// One side of a change.
struct Side<'s> {
    piece: &'s Piece,
    shares: Shares,
    everybody: &'s Everybody,
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
            let side = |piece, lack, everybody| Side { piece, shares: curve.shares(piece, lack), everybody };
            let sides = [side(previous, previous.segment.until, &last), side(piece, piece.segment.from, &everybody)];
            found.extend(compare(curve, &sides, change(previous, piece)));
        }
        if piece.segment.lines.iter().any(|line: &Line| line.slope > Rational::ZERO) {
            let side = |lack| Side { piece, shares: curve.shares(piece, lack), everybody: &everybody };
            let sides = [side(piece.segment.from), side(piece.segment.until)];
            add_slope(&mut found, compare(curve, &sides, Interval::of(piece)));
        }
        before = Some((state, everybody));
    }
    found
}

/// The point between two pieces.
fn change(before: &Piece, after: &Piece) -> Interval {
    Interval { from: before.until, until: after.from, from_closed: true, until_closed: true }
}

/// Neighbouring stretches of one state are one.
fn add_slope(found: &mut Vec<Rise>, next: Option<Rise>) {
    let Some(next) = next else { return };
    let same = |last: &Rise| (last.standings, last.blocks) == (next.standings, next.blocks) && last.causes.is_empty();
    match found
        .last_mut()
        .filter(|last| same(last))
        .and_then(|last| Some((last.interval.joined(&next.interval)?, last)))
    {
        Some((joined, last)) => {
            last.interval = joined;
            last.volume = (Rational::from(last.volume) + Rational::from(next.volume)).fraction();
            if next.customers > last.customers {
                (last.customers, last.classes, last.largest) = (next.customers, next.classes, next.largest);
            }
        }
        None => found.push(next),
    }
}

/// Who gets more on the second side than on the first.
fn compare(curve: &Curve<'_>, [before, after]: &[Side<'_>; 2], interval: Interval) -> Option<Rise> {
    let (least, mut volume) = (Rational::new(LEAST.0, LEAST.1), Rational::ZERO);
    let states = [curve.state(before.piece), curve.state(after.piece)];
    let mut classes: Vec<(usize, Rational)> = vec![(0, Rational::ZERO); curve.policy().classes.len()];
    let mut risers: Vec<(Rational, Riser)> = Vec::new();
    for (at, customer) in curve.customers().iter().enumerate() {
        let slices = [before.everybody.slices(at), after.everybody.slices(at)];
        let had = curve.served(states[0], &before.shares, slices[0]);
        if had >= Rational::whole(curve.along.demand_of(at)) {
            continue;
        }
        let has = curve.served(states[1], &after.shares, slices[1]);
        let more = has - had;
        let listed = || curve.is_listed(states[0], slices[0]) || curve.is_listed(states[1], slices[1]);
        if more < least || listed() {
            continue;
        }
        let more = micro(more);
        volume = volume + more;
        let class = &mut classes[curve.along.class_of(at)];
        (class.0, class.1) = (class.0 + 1, class.1 + more);
        risers.push((more, Riser { customer: *customer, before: had.fraction(), after: has.fraction() }));
    }
    let customers = risers.len();
    if customers == 0 {
        return None;
    }
    risers.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.customer.cmp(&b.1.customer)));
    let mut classes: Vec<(Rational, ClassRise)> = classes
        .into_iter()
        .enumerate()
        .filter(|(_, (customers, _))| *customers > 0)
        .map(|(class, (customers, volume))| (volume, ClassRise { class, customers, volume: volume.fraction() }))
        .collect();
    classes.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.class.cmp(&b.1.class)));
    let is_point = interval.from == interval.until;
    let causes = if is_point { causes(curve, before.piece, after.piece) } else { Vec::new() };
    let rotates = |cause: &Cause| cause.measure.is_some_and(|measure| curve.policy().measures[measure].rotates);
    Some(Rise {
        interval,
        just_above: is_point && !after.piece.from_closed,
        standings: (before.piece.standing, after.piece.standing),
        blocks: (before.piece.blocks.len(), after.piece.blocks.len()),
        declared: !causes.is_empty() && causes.iter().all(rotates),
        causes,
        customers,
        volume: volume.fraction(),
        classes: classes.into_iter().map(|(_, class)| class).collect(),
        largest: risers.into_iter().take(NAMED).map(|(_, riser)| riser).collect(),
    })
}

/// To a millionth of a m3, for sums of many.
fn micro(volume: Rational) -> Rational {
    const MILLION: i128 = 1_000_000;
    if volume.is_whole() { volume } else { Rational::new((volume * Rational::new(MILLION, 1)).floor(), MILLION) }
}

/// What takes more after than before, by measure.
fn causes(curve: &Curve<'_>, before: &Piece, after: &Piece) -> Vec<Cause> {
    let taken = |ranks: Vec<crate::curve::RankServed>| {
        let mut taken = vec![Rational::ZERO; curve.policy().measures.len() + 1];
        for rank in ranks {
            // Firm gas, and what is settled outside the plan, stand last.
            let at = rank.measure.unwrap_or(taken.len() - 1);
            taken[at] = taken[at] + micro(Rational::whole(rank.size) - Rational::from(rank.served));
        }
        taken
    };
    let (had, has) = (taken(curve.end(before).ranks()), taken(curve.start(after).ranks()));
    let mut more: Vec<(Rational, Option<usize>)> = Vec::new();
    for (at, (had, has)) in had.iter().zip(&has).enumerate() {
        if has > had {
            more.push((*has - *had, (at + 1 < taken_len(curve)).then_some(at)));
        }
    }
    more.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    more.into_iter().map(|(more, measure)| Cause { measure, more: more.fraction() }).collect()
}

fn taken_len(curve: &Curve<'_>) -> usize {
    curve.policy().measures.len() + 1
}
