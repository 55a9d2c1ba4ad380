//! Everybody who gets more on one side of a change than on the other.

use std::collections::BTreeMap;

use super::everybody::Everybody;
use super::rises::{ClassRise, Riser};
use crate::curve::{Curve, Piece, Shares, State};
use crate::decide::along::Slice;
use crate::rational::Rational;

/// A rise by less than this is none: a sum that needs more than 128 bits is one of millionths. In m3.
const LEAST: (i128, i128) = (1, 100_000);

/// One side of a change: a piece at one of its ends.
pub(super) struct Side<'s> {
    pub piece: &'s Piece,
    shares: Shares,
    everybody: &'s Everybody,
}

impl<'s> Side<'s> {
    pub fn start(curve: &Curve<'_>, piece: &'s Piece, everybody: &'s Everybody) -> Self {
        Self { piece, shares: curve.shares(piece, piece.segment.from), everybody }
    }

    pub fn end(curve: &Curve<'_>, piece: &'s Piece, everybody: &'s Everybody) -> Self {
        Self { piece, shares: curve.shares(piece, piece.segment.until), everybody }
    }
}

/// A customer that gets more.
pub(super) struct Found {
    /// Index in the balance's customers.
    pub at: usize,
    pub had: Rational,
    pub has: Rational,
    /// To a millionth, for sums of many.
    pub more: Rational,
    /// Whether it rises only because on a stop list others stop in its place.
    pub in_turn: bool,
}

impl Found {
    pub fn riser(&self, curve: &Curve<'_>) -> Riser {
        let customer = curve.customers()[self.at];
        Riser { customer, before: self.had.fraction(), after: self.has.fraction() }
    }
}

/// Who gets more on the second side than on the first, in the order of the balance's customers.
pub(super) fn gather(curve: &Curve<'_>, [before, after]: &[Side<'_>; 2]) -> Vec<Found> {
    let least = Rational::new(LEAST.0, LEAST.1);
    let states = [curve.state(before.piece), curve.state(after.piece)];
    let lists = [(before, states[0]), (after, states[1])].map(|(side, state)| Lists::of(curve, side, state));
    let mut found = Vec::new();
    for at in 0..curve.customers().len() {
        let slices = [before.everybody.slices(at), after.everybody.slices(at)];
        let had = curve.served(states[0], &before.shares, slices[0]);
        if had >= Rational::whole(curve.along.demand_of(at)) {
            continue;
        }
        let has = curve.served(states[1], &after.shares, slices[1]);
        let more = has - had;
        if more < least {
            continue;
        }
        let listed = curve.is_listed(states[0], slices[0]) || curve.is_listed(states[1], slices[1]);
        let in_turn = listed && {
            let lost = [
                lost_on_lists(curve, states[0], &before.shares, slices[0]),
                lost_on_lists(curve, states[1], &after.shares, slices[1]),
            ];
            let by_the_list = lost[0] - lost[1];
            let keys = keys(curve, states[0], slices[0]).into_iter().chain(keys(curve, states[1], slices[1]));
            more - by_the_list < least && keys.into_iter().all(|key| lists[0].taken(key) <= lists[1].taken(key))
        };
        found.push(Found { at, had, has, more: micro(more), in_turn });
    }
    found
}

/// Who stops on one list: of a measure, in a district, of a company in the terms of the allocation.
type Key = (usize, u32, u32);

/// What stop lists take on one side.
struct Lists(BTreeMap<Key, Rational>);

impl Lists {
    fn of(curve: &Curve<'_>, side: &Side<'_>, state: &State) -> Self {
        let ranks = &curve.order(state).ranks;
        let mut lists = BTreeMap::new();
        for (cell, volume) in state.cells.iter().zip(&side.shares.volumes) {
            let rank = &ranks[cell.rank as usize];
            let Some(measure) = rank.measure.filter(|_| curve.along.is_list(rank)) else { continue };
            let taken = lists.entry((measure, cell.district, cell.company)).or_insert(Rational::ZERO);
            *taken = *taken + micro(Rational::whole(cell.size) - *volume);
        }
        Self(lists)
    }

    fn taken(&self, key: Key) -> Rational {
        self.0.get(&key).copied().unwrap_or(Rational::ZERO)
    }
}

fn listed<'s>(curve: &'s Curve<'_>, state: &'s State, slices: &'s [Slice]) -> impl Iterator<Item = &'s Slice> {
    let ranks = &curve.order(state).ranks;
    slices.iter().filter(|slice| curve.along.is_list(&ranks[slice.rank as usize]))
}

fn keys(curve: &Curve<'_>, state: &State, slices: &[Slice]) -> Vec<Key> {
    let ranks = &curve.order(state).ranks;
    let key = |slice: &Slice| {
        let at = slice.customer as usize;
        Some((ranks[slice.rank as usize].measure?, curve.along.district_of(at), curve.along.company_of(at)))
    };
    listed(curve, state, slices).filter_map(key).collect()
}

/// What a customer loses on stop lists.
fn lost_on_lists(curve: &Curve<'_>, state: &State, shares: &Shares, slices: &[Slice]) -> Rational {
    let lost = |slice: &Slice| Rational::whole(slice.size) - curve.served(state, shares, std::slice::from_ref(slice));
    listed(curve, state, slices).map(lost).fold(Rational::ZERO, |sum, lost| sum + lost)
}

/// By class, the most first.
pub(super) fn by_class(curve: &Curve<'_>, found: &[Found]) -> Vec<ClassRise> {
    let mut classes: Vec<(usize, Rational)> = vec![(0, Rational::ZERO); curve.policy().classes.len()];
    for found in found {
        let class = &mut classes[curve.along.class_of(found.at)];
        (class.0, class.1) = (class.0 + 1, class.1 + found.more);
    }
    let some = classes.into_iter().enumerate().filter(|(_, (customers, _))| *customers > 0);
    let mut some: Vec<_> = some.collect();
    some.sort_by(|a, b| b.1.1.cmp(&a.1.1).then(a.0.cmp(&b.0)));
    let rise = |(class, (customers, volume)): (usize, (usize, Rational))| ClassRise {
        class,
        customers,
        volume: volume.fraction(),
    };
    some.into_iter().map(rise).collect()
}

/// All rises together.
pub(super) fn total(found: &[Found]) -> Rational {
    found.iter().map(|found| found.more).fold(Rational::ZERO, |sum, more| sum + more)
}

/// To a millionth of a m3, for sums of many.
pub(super) fn micro(volume: Rational) -> Rational {
    const MILLION: i128 = 1_000_000;
    if volume.is_whole() { volume } else { Rational::new((volume * Rational::new(MILLION, 1)).floor(), MILLION) }
}
