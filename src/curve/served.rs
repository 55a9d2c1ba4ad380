//! What one customer gets along the line, worked out when somebody asks.

use std::collections::BTreeMap;

use super::point::{Point, listed, sum};
use super::{Curve, Piece, State};
use crate::decide::along::Slice;
use crate::rational::Rational;
use crate::units::Fraction;

/// A stretch of the line on which one customer's volume is a straight line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stretch {
    /// Where it begins, as a shortfall of 0 to 1.
    pub from: Fraction,
    /// Where it ends; the same as `from` of a point.
    pub until: Fraction,
    /// Whether its beginning belongs to it.
    pub from_closed: bool,
    /// Whether its end belongs to it.
    pub until_closed: bool,
    /// What the customer gets at its beginning (or just after it), in m3.
    pub first: Fraction,
    /// What it gets at its end (or just before it), in m3.
    pub last: Fraction,
}

/// Where somebody first gets less than its demand.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Touched<'c> {
    /// The point of the line.
    pub at: Point<'c>,
    /// Whether it does at that very point, and not just above it.
    pub inclusive: bool,
}

impl Curve<'_> {
    /// The balance's districts, as indices in [`crate::city::City::districts`].
    pub fn districts(&self) -> &[u32] {
        self.along.districts()
    }

    /// The balance's customers, as indices in [`crate::city::City::customers`], by district and then by id.
    pub fn customers(&self) -> &[u32] {
        self.along.customers()
    }

    /// What a customer gets at every shortfall; `None` if it is not of this balance, or the day is decided hour by hour
    /// ([`Self::steps_by_hour`]). The customer is an index in [`crate::city::City::customers`].
    pub fn customer(&self, customer: usize) -> Option<Vec<Stretch>> {
        if self.along.is_by_hour() {
            return None;
        }
        let at = self.customers().iter().position(|i| *i as usize == customer)?;
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut slices: Option<(usize, Vec<Slice>)> = None;
        for piece in self.pieces() {
            let known = slices.take().filter(|(state, _)| *state == piece.segment.state);
            let (state, own) = known.unwrap_or_else(|| {
                let state = self.state(piece);
                let own = self.along.slices_of(at, state.stands.standing, &state.rotating);
                (piece.segment.state, own)
            });
            self.add(&mut stretches, piece, &own);
            slices = Some((state, own));
        }
        Some(stretches)
    }

    /// Where a customer first gets less than its demand: the shortfall from which on (or just above which) it does. The
    /// customer is an index in [`crate::city::City::customers`]. Of a day that is decided hour by hour, `None`.
    pub fn first_touched(&self, customer: usize) -> Option<Fraction> {
        let touched = self.first_of(&[u32::try_from(customer).ok()?])?;
        Some(touched.at.x())
    }

    /// Where any of these customers first gets less than its demand. They are indices in
    /// [`crate::city::City::customers`], sorted; those of another balance do not count. Of a day that is decided hour by hour,
    /// `None`.
    pub fn first_of(&self, who: &[u32]) -> Option<Touched<'_>> {
        if self.along.is_by_hour() {
            return None;
        }
        let is_meant = |at: &usize| who.binary_search(&self.customers()[*at]).is_ok();
        let meant: Vec<usize> = (0..self.customers().len()).filter(is_meant).collect();
        let mut known: Option<(usize, Vec<Slice>)> = None;
        for piece in self.pieces() {
            let state = self.state(piece);
            let same = known.take().filter(|(at, _)| *at == piece.segment.state);
            let (_, slices) = known.insert(same.unwrap_or_else(|| {
                let of = |at: &usize| self.along.slices_of(*at, state.stands.standing, &state.rotating);
                (piece.segment.state, meant.iter().flat_map(of).collect())
            }));
            let touched = slices.iter().filter_map(|slice| self.touches(state, piece, slice));
            let first = touched.min_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
            if let Some((lack, inclusive)) = first {
                return Some(Touched { at: Point { curve: self, piece, lack }, inclusive });
            }
        }
        None
    }

    /// Where, in a piece, a slice first loses gas, and whether it does at that very point.
    fn touches(&self, state: &State, piece: &Piece, slice: &Slice) -> Option<(Rational, bool)> {
        let segment = &piece.segment;
        let start = (segment.from, segment.closed.0);
        let Some((cell, at)) = self.cell_of(state, slice) else { return Some(start) };
        let line = &segment.lines[at];
        let claims = self.order(state).list(&state.rotating, cell);
        let before = claims.into_iter().flatten().take_while(|claim| claim.customer != slice.customer);
        let spared = Rational::whole(cell.size - before.map(|claim| claim.size).sum::<u64>());
        if line.at(segment.from) < spared {
            return Some(start);
        }
        if line.at(segment.until) >= spared {
            return None;
        }
        // It begins to lose just above the point where the others have given all.
        line.meets(&crate::rational::Line { start: spared, slope: Rational::ZERO }).map(|lack| (lack, false))
    }

    /// A customer's stretches in one piece: more than one where whole customers stop one after another.
    fn add(&self, stretches: &mut Vec<Stretch>, piece: &Piece, slices: &[Slice]) {
        let (state, segment) = (self.state(piece), &piece.segment);
        let mut points = vec![segment.from, segment.until];
        for slice in slices {
            points.extend(self.turns(state, piece, slice));
        }
        points.sort();
        points.dedup();
        let demand = Rational::whole(self.along.demand);
        let x = |lack: Rational| lack.over(demand).fraction();
        let is_point = points.len() == 1;
        for (i, from) in points.iter().enumerate() {
            let Some(until) = points.get(i + 1).or(is_point.then_some(from)) else { break };
            let [first, last] =
                [*from, *until].map(|lack| self.served(state, &self.shares(piece, lack), slices).fraction());
            let until_closed = segment.closed.1 && *until == segment.until;
            let from_closed = segment.closed.0 || *from != segment.from;
            let flat = first == last;
            match stretches.last_mut() {
                // Flat stretches of one volume are one.
                Some(stretch) if flat && stretch.first == first && stretch.last == first => {
                    (stretch.until, stretch.until_closed) = (x(*until), until_closed);
                }
                _ => {
                    stretches.push(Stretch { from: x(*from), until: x(*until), from_closed, until_closed, first, last })
                }
            }
        }
    }

    /// Where, inside a piece, a customer's turn on a stop list begins and ends.
    pub(crate) fn turns(&self, state: &State, piece: &Piece, slice: &Slice) -> Vec<Rational> {
        let Some((cell, at)) = self.cell_of(state, slice) else { return Vec::new() };
        let Some(claims) = self.order(state).list(&state.rotating, cell) else { return Vec::new() };
        let (segment, line) = (&piece.segment, &piece.segment.lines[at]);
        let before = claims.iter().take_while(|claim| claim.customer != slice.customer).map(|claim| claim.size).sum();
        let own = claims.iter().find(|claim| claim.customer == slice.customer).map_or(0, |claim| claim.size);
        let meets = |cut: u64| {
            let wanted = crate::rational::Line::level(cell.size - cut);
            line.meets(&wanted).filter(|lack| segment.from < *lack && *lack < segment.until)
        };
        let cuts: [u64; 2] = [before, before + own];
        cuts.into_iter().filter_map(meets).collect()
    }

    /// A slice's cell and its place; `None` of a withheld one.
    fn cell_of<'s>(&self, state: &'s State, slice: &Slice) -> Option<(&'s crate::decide::allocate::Cell, usize)> {
        let customer = slice.customer as usize;
        let key = (slice.rank, self.along.district_of(customer), self.along.company_of(customer));
        let at = state.cells.binary_search_by_key(&key, |cell| (cell.rank, cell.district, cell.company)).ok()?;
        Some((&state.cells[at], at))
    }

    /// What every cell of a piece gets at a point of it, and who keeps what where whole customers stop.
    pub(crate) fn shares(&self, piece: &Piece, lack: Rational) -> Shares {
        let (state, lines) = (self.state(piece), &piece.segment.lines);
        let volumes: Vec<Rational> = lines.iter().map(|line| line.at(lack)).collect();
        let mut kept = BTreeMap::new();
        for (at, (cell, volume)) in state.cells.iter().zip(&volumes).enumerate() {
            if let Some(claims) = self.order(state).list(&state.rotating, cell) {
                let cut = Rational::whole(cell.size) - *volume;
                let own =
                    claims.iter().zip(listed(claims, cut)).map(|(claim, kept)| (claim.customer, (kept, claim.size)));
                kept.insert(at, own.collect());
            }
        }
        Shares { volumes, kept }
    }

    /// What slices of one customer get together, given what their cells get.
    pub(crate) fn served(&self, state: &State, shares: &Shares, slices: &[Slice]) -> Rational {
        let term = |slice: &Slice| {
            let (cell, at) = self.cell_of(state, slice)?;
            match shares.kept.get(&at) {
                None => Some((shares.volumes[at], slice.size, cell.size)),
                // A customer's slices in one cell are one claim: each takes its part of what the claim keeps.
                Some(kept) => kept.get(&slice.customer).map(|(kept, size)| (*kept, slice.size, *size)),
            }
        };
        sum(slices.iter().filter_map(term))
    }

    /// What slices of one customer get together at a point of a piece, where nobody else is asked for.
    pub(crate) fn served_alone(&self, piece: &Piece, lack: Rational, slices: &[Slice]) -> Rational {
        let state = self.state(piece);
        let term = |slice: &Slice| {
            let (cell, at) = self.cell_of(state, slice)?;
            let volume = piece.segment.lines[at].at(lack);
            let Some(claims) = self.order(state).list(&state.rotating, cell) else {
                return Some((volume, slice.size, cell.size));
            };
            let mine = claims.iter().position(|claim| claim.customer == slice.customer)?;
            let before = claims[..mine].iter().map(|claim| claim.size).sum();
            let (size, cut) = (claims[mine].size, Rational::whole(cell.size) - volume - Rational::whole(before));
            let cut = cut.max(Rational::ZERO).min(Rational::whole(size));
            Some((Rational::whole(size) - cut, slice.size, size))
        };
        sum(slices.iter().filter_map(term))
    }

    /// Whether any of these slices is cut by stopping whole customers.
    pub(crate) fn is_listed(&self, state: &State, slices: &[Slice]) -> bool {
        let order = self.order(state);
        slices.iter().any(|slice| self.along.is_list(&order.ranks[slice.rank as usize]))
    }
}

/// What the cells of a piece get at a point of it.
pub(crate) struct Shares {
    pub volumes: Vec<Rational>,
    /// For each cell that stops whole customers, what each keeps, and of how much.
    kept: BTreeMap<usize, BTreeMap<u32, (Rational, u64)>>,
}
