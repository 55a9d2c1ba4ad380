//! Whose fate differs under two plans, over all shortfalls.
//!
//! Both lines are cut at the ends of the pieces of either. In between everybody's volumes are straight, but for those on
//! a stop list, who are looked at where their own turn begins and ends too; so what is found at the ends is all there is.

use std::collections::BTreeMap;

use super::Interval;
use super::everybody::Everybody;
use crate::curve::{Curve, Piece, Shares};
use crate::decide::along::Slice;
use crate::rational::Rational;
use crate::units::Fraction;

/// Customers that get something else under another plan, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fates {
    /// Where anybody's volume differs.
    pub differs: Vec<Interval>,
    /// The customers, the largest difference first.
    pub customers: Vec<Fate>,
    /// By class, as an index in [`crate::city::City::classes`], the largest difference first.
    pub by_class: Vec<FateGroup>,
    /// By district, as an index in [`crate::city::City::districts`], in that order.
    pub by_district: Vec<FateGroup>,
}

/// One customer's difference. Volumes in m3.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fate {
    /// Index in [`crate::city::City::customers`].
    pub customer: u32,
    /// Its demand, in m3.
    pub demand: u64,
    /// How it fares under the other plan.
    pub effect: Effect,
    /// Where its volumes differ: stretches of shortfalls, 0 to 1.
    pub differs: Vec<Interval>,
    /// Where they differ most: there, or just beside it where the level changes.
    pub at: Fraction,
    /// What it gets there under the one plan.
    pub one: Fraction,
    /// And under the other.
    pub other: Fraction,
}

/// How a customer fares under the other plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// More somewhere and nowhere less.
    Better,
    /// Less somewhere and nowhere more.
    Worse,
    /// More at some shortfalls and less at others.
    Mixed,
}

/// Customers of a class or a district whose fate differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FateGroup {
    /// Which class or district.
    pub index: u32,
    /// How many customers.
    pub customers: usize,
    /// How many get more somewhere and nowhere less, under the other plan.
    pub better: usize,
    /// How many get less somewhere and nowhere more.
    pub worse: usize,
    /// The sum of their largest differences, in m3.
    pub most: Fraction,
}

/// A stretch of lacks, and which ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: Rational,
    until: Rational,
    closed: (bool, bool),
}

impl Span {
    fn point(at: Rational) -> Self {
        Self { from: at, until: at, closed: (true, true) }
    }

    fn open(from: Rational, until: Rational) -> Self {
        Self { from, until, closed: (false, false) }
    }

    /// Takes in a stretch that begins no earlier, if they touch.
    fn join(&mut self, next: &Self) -> bool {
        let touch = next.from < self.until || (next.from == self.until && (self.closed.1 || next.closed.0));
        if touch && next.until >= self.until {
            let both = next.until == self.until && self.closed.1;
            (self.until, self.closed.1) = (next.until, next.closed.1 || both);
        }
        touch
    }
}

/// Adds a stretch that begins no earlier than the last.
fn add(spans: &mut Vec<Span>, next: Span) {
    if !spans.last_mut().is_some_and(|last| last.join(&next)) {
        spans.push(next);
    }
}

/// One customer's difference as it is found.
struct Found {
    differs: Vec<Span>,
    most: Rational,
    at: Rational,
    volumes: (Rational, Rational),
    more: bool,
    less: bool,
}

/// Compares two curves of the same city on the same day; `None` if they are not, or know no single customers
/// ([`Curve::steps_by_hour`]).
pub fn fates(one: &Curve<'_>, other: &Curve<'_>) -> Option<Fates> {
    if one.steps_by_hour().or(other.steps_by_hour()).is_some() {
        return None;
    }
    if one.demand() != other.demand() || one.customers() != other.customers() {
        return None;
    }
    let ends = |curve: &Curve<'_>| -> Vec<Rational> {
        curve.pieces().iter().flat_map(|piece| [piece.segment.from, piece.segment.until]).collect()
    };
    let mut points = [ends(one), ends(other)].concat();
    points.sort();
    points.dedup();
    let mut sides = [Side::new(one), Side::new(other)];
    let mut found: BTreeMap<usize, Found> = BTreeMap::new();
    for (i, point) in points.iter().enumerate() {
        look(&mut sides, &mut found, (*point, *point));
        if let Some(next) = points.get(i + 1) {
            look(&mut sides, &mut found, (*point, *next));
        }
    }
    Some(tell(one, found))
}

/// One of the two curves, with everybody's slices in the state last asked for.
struct Side<'c> {
    curve: &'c Curve<'c>,
    last: Option<(usize, Everybody)>,
}

impl<'c> Side<'c> {
    const fn new(curve: &'c Curve<'c>) -> Self {
        Self { curve, last: None }
    }

    /// The piece that holds a point, or what is open between two.
    fn piece(&mut self, (from, until): (Rational, Rational)) -> Option<&'c Piece> {
        let holds = |piece: &&Piece| {
            let s = &piece.segment;
            let begins = s.from < from || (s.from == from && (from < until || s.closed.0));
            let ends = until < s.until || (until == s.until && (from < until || s.closed.1));
            begins && ends
        };
        let piece = self.curve.pieces().iter().find(holds)?;
        if self.last.as_ref().is_none_or(|(state, _)| *state != piece.segment.state) {
            self.last = Some((piece.segment.state, Everybody::of(self.curve, piece)));
        }
        Some(piece)
    }

    fn slices(&self, at: usize) -> &[Slice] {
        self.last.as_ref().map_or(&[][..], |(_, everybody)| everybody.slices(at))
    }

    fn served(&self, piece: &Piece, shares: &Shares, at: usize) -> Rational {
        self.curve.served(self.curve.state(piece), shares, self.slices(at))
    }
}

/// Looks at everybody on one stretch, or at one point.
fn look([one, other]: &mut [Side<'_>; 2], found: &mut BTreeMap<usize, Found>, ends: (Rational, Rational)) {
    let (Some(a), Some(b)) = (one.piece(ends), other.piece(ends)) else { return };
    let shares = |lack: Rational| (one.curve.shares(a, lack), other.curve.shares(b, lack));
    let first = shares(ends.0);
    let last = (ends.0 < ends.1).then(|| shares(ends.1));
    // Below this a difference is none: sums that need more than 128 bits are of millionths.
    let least = Rational::new(1, 100_000);
    for at in 0..one.curve.customers().len() {
        let served = |(ours, theirs): &(Shares, Shares)| (one.served(a, ours, at), other.served(b, theirs, at));
        let mut looked = vec![(ends.0, served(&first))];
        for lack in [turns(one, a, at, ends), turns(other, b, at, ends)].concat() {
            let alone = |side: &Side<'_>, piece| side.curve.served_alone(piece, lack, side.slices(at));
            looked.push((lack, (alone(one, a), alone(other, b))));
        }
        looked.extend(last.as_ref().map(|shares| (ends.1, served(shares))));
        looked.sort_by_key(|(lack, _)| *lack);
        looked.dedup_by_key(|(lack, _)| *lack);
        let by = |(_, (ours, theirs)): &(Rational, (Rational, Rational))| *theirs - *ours;
        let differs = |looked: &(Rational, (Rational, Rational))| by(looked).abs() >= least;
        if !looked.iter().any(differs) {
            continue;
        }
        let known = found.entry(at).or_insert_with(|| Found {
            differs: Vec::new(),
            most: Rational::ZERO,
            at: ends.0,
            volumes: looked[0].1,
            more: false,
            less: false,
        });
        for (i, here) in looked.iter().enumerate() {
            // The ends of a stretch are points of their own.
            let own = last.is_none() || (0 < i && i + 1 < looked.len());
            if own && differs(here) {
                add(&mut known.differs, Span::point(here.0));
            }
            if let Some(next) = looked.get(i + 1).filter(|next| differs(here) || differs(next)) {
                add(&mut known.differs, Span::open(here.0, next.0));
            }
            let by = by(here);
            (known.more, known.less) = (known.more || by >= least, known.less || by <= Rational::ZERO - least);
            if by.abs() > known.most {
                (known.most, known.at, known.volumes) = (by.abs(), here.0, here.1);
            }
        }
    }
}

/// Where, inside a stretch, a customer's turns on a stop list begin and end.
fn turns(side: &Side<'_>, piece: &Piece, at: usize, (from, until): (Rational, Rational)) -> Vec<Rational> {
    let state = side.curve.state(piece);
    if from == until || !side.curve.is_listed(state, side.slices(at)) {
        return Vec::new();
    }
    let turns = side.slices(at).iter().flat_map(|slice| side.curve.turns(state, piece, slice));
    turns.filter(|lack| from < *lack && *lack < until).collect()
}

fn tell(curve: &Curve<'_>, found: BTreeMap<usize, Found>) -> Fates {
    let demand = Rational::whole(curve.demand().get());
    let x = |lack: Rational| lack.over(demand).fraction();
    let interval = |span: &Span| Interval {
        from: x(span.from),
        until: x(span.until),
        from_closed: span.closed.0,
        until_closed: span.closed.1,
    };
    let (mut classes, mut districts) = (BTreeMap::new(), BTreeMap::new());
    let mut customers = Vec::with_capacity(found.len());
    let mut all: Vec<Span> = Vec::new();
    for (at, found) in found {
        let index = curve.customers()[at];
        let customer = &curve.city().customers[index as usize];
        let effect = match (found.more, found.less) {
            (true, true) => Effect::Mixed,
            (true, false) => Effect::Better,
            (false, _) => Effect::Worse,
        };
        count(&mut classes, customer.class, effect, found.most);
        count(&mut districts, customer.district, effect, found.most);
        let (one, other) = (found.volumes.0.fraction(), found.volumes.1.fraction());
        let differs = found.differs.iter().map(interval).collect();
        customers.push((
            found.most,
            Fate { customer: index, demand: curve.along.demand_of(at), effect, differs, at: x(found.at), one, other },
        ));
        all.extend(found.differs);
    }
    customers.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.customer.cmp(&b.1.customer)));
    all.sort_by_key(|span| (span.from, !span.closed.0));
    all.dedup();
    let mut differs = Vec::new();
    all.into_iter().for_each(|span| add(&mut differs, span));
    let mut by_class: Vec<FateGroup> = classes.into_values().collect();
    by_class.sort_by(|a, b| Rational::from(b.most).cmp(&Rational::from(a.most)).then(a.index.cmp(&b.index)));
    Fates {
        differs: differs.iter().map(interval).collect(),
        customers: customers.into_iter().map(|(_, fate)| fate).collect(),
        by_class,
        by_district: districts.into_values().collect(),
    }
}

fn count(groups: &mut BTreeMap<u32, FateGroup>, index: u32, effect: Effect, most: Rational) {
    let none = Fraction::new(0, 1);
    let group = groups.entry(index).or_insert(FateGroup { index, customers: 0, better: 0, worse: 0, most: none });
    group.customers += 1;
    group.better += usize::from(effect == Effect::Better);
    group.worse += usize::from(effect == Effect::Worse);
    group.most = (Rational::from(group.most) + super::risers::micro(most)).fraction();
}
