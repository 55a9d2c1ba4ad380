//! Whose fate differs under two plans, over all shortfalls.

use std::collections::BTreeMap;

use super::everybody::Everybody;
use crate::curve::{Curve, Piece, Shares};
use crate::rational::Rational;
use crate::units::Fraction;

/// Customers that get something else under another plan, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fates {
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
    /// Where its volumes differ: stretches of shortfalls, 0 to 1.
    pub differs: Vec<(Fraction, Fraction)>,
    /// Where they differ most.
    pub at: Fraction,
    /// What it gets there under the one plan.
    pub one: Fraction,
    /// And under the other.
    pub other: Fraction,
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

/// One customer's difference as it is found.
#[derive(Clone)]
struct Found {
    differs: Vec<(Rational, Rational)>,
    most: Rational,
    at: Rational,
    volumes: (Rational, Rational),
    more: bool,
    less: bool,
}

/// Compares two curves of the same city on the same day; `None` if they are not.
pub fn fates(one: &Curve<'_>, other: &Curve<'_>) -> Option<Fates> {
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

    fn served(&self, piece: &Piece, shares: &Shares, at: usize) -> Rational {
        let slices = self.last.as_ref().map_or(&[][..], |(_, everybody)| everybody.slices(at));
        self.curve.served(self.curve.state(piece), shares, slices)
    }
}

/// Looks at everybody on one stretch, or at one point.
fn look([one, other]: &mut [Side<'_>; 2], found: &mut BTreeMap<usize, Found>, ends: (Rational, Rational)) {
    let (Some(a), Some(b)) = (one.piece(ends), other.piece(ends)) else { return };
    let is_point = ends.0 == ends.1;
    let lacks = if is_point { vec![ends.0] } else { vec![ends.0, ends.1] };
    let shares: Vec<_> =
        lacks.iter().map(|lack| (*lack, one.curve.shares(a, *lack), other.curve.shares(b, *lack))).collect();
    // Below this a difference is none: sums that need more than 128 bits are of millionths.
    let least = Rational::new(1, 100_000);
    for at in 0..one.curve.customers().len() {
        for (lack, ours, theirs) in &shares {
            let volumes = (one.served(a, ours, at), other.served(b, theirs, at));
            let by = volumes.1 - volumes.0;
            if by.abs() < least {
                continue;
            }
            let known = found.entry(at).or_insert_with(|| Found {
                differs: Vec::new(),
                most: Rational::ZERO,
                at: *lack,
                volumes,
                more: false,
                less: false,
            });
            match known.differs.last_mut() {
                Some(last) if last.1 >= ends.0 => last.1 = ends.1,
                _ => known.differs.push(ends),
            }
            (known.more, known.less) = (known.more || by > Rational::ZERO, known.less || by < Rational::ZERO);
            if by.abs() > known.most {
                (known.most, known.at, known.volumes) = (by.abs(), *lack, volumes);
            }
        }
    }
}

fn tell(curve: &Curve<'_>, found: BTreeMap<usize, Found>) -> Fates {
    let demand = Rational::whole(curve.demand().get());
    let x = |lack: Rational| lack.over(demand).fraction();
    let (mut classes, mut districts) = (BTreeMap::new(), BTreeMap::new());
    let mut customers = Vec::with_capacity(found.len());
    for (at, found) in found {
        let index = curve.customers()[at];
        let customer = &curve.city().customers[index as usize];
        add(&mut classes, customer.class, &found);
        add(&mut districts, customer.district, &found);
        let differs = found.differs.iter().map(|(from, until)| (x(*from), x(*until))).collect();
        let (one, other) = (found.volumes.0.fraction(), found.volumes.1.fraction());
        customers.push((found.most, Fate { customer: index, differs, at: x(found.at), one, other }));
    }
    customers.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.customer.cmp(&b.1.customer)));
    let mut by_class: Vec<FateGroup> = classes.into_values().collect();
    by_class.sort_by(|a, b| Rational::from(b.most).cmp(&Rational::from(a.most)).then(a.index.cmp(&b.index)));
    let customers = customers.into_iter().map(|(_, fate)| fate).collect();
    Fates { customers, by_class, by_district: districts.into_values().collect() }
}

fn add(groups: &mut BTreeMap<u32, FateGroup>, index: u32, found: &Found) {
    let none = Fraction::new(0, 1);
    let group = groups.entry(index).or_insert(FateGroup { index, customers: 0, better: 0, worse: 0, most: none });
    group.customers += 1;
    group.better += usize::from(found.more && !found.less);
    group.worse += usize::from(found.less && !found.more);
    const MILLION: i128 = 1_000_000;
    let rough = Rational::new((found.most * Rational::new(MILLION, 1)).floor(), MILLION);
    group.most = (Rational::from(group.most) + rough).fraction();
}
