//! Everybody's slices in one state of a curve.

use crate::curve::{Curve, Piece};
use crate::decide::along::Slice;

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
