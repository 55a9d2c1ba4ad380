//! Where a piecewise straight answer bends: found exactly, never by sampling.
//!
//! Asked just inside both ends of a stretch, the answer is two straight lines. If they are the same, the answer is that
//! line on all of the stretch; if not, it bends where they meet, or nearer to the line, and both halves are asked again
//! (Eisner and Severance 1976). That is right for a quantity that is concave in the lack of gas:
//!
//! - what all ranks up to one get together is a minimum cut, so concave;
//! - where all these sums are straight, the least served ratio of a rank is a minimum over sets of cells of what the set
//!   can get over its size, so concave; where that is straight too, its cells are the same ones all along, and with them
//!   settled the second least ratio is such a minimum again; and so on.
//!
//! So two answers are compared in this order, and the stretch is divided where the first difference says.

use crate::decide::allocate::Cell;
use crate::decide::allocate::germ::{Lost, Side};
use crate::rational::{Line, Rational};

/// A stretch on which an answer is one straight line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Straight<T> {
    pub from: Rational,
    pub until: Rational,
    pub lines: T,
}

/// No answer of a city bends so often; whoever gets here has met numbers that do not fit.
const DEPTH: u32 = 10_000;

/// Where what holds at one end of a stretch and what holds at the other say the same.
type Meet<'m, T> = &'m dyn Fn(&T, &T, (Rational, Rational)) -> Option<Rational>;

/// Divides a stretch of the line into those on which the answer is straight. `meet` tells where two different answers
/// first differ in between.
pub(super) fn straight<T: Clone + PartialEq>(
    (from, until): (Rational, Rational),
    ask: &mut dyn FnMut(Rational, Side) -> Result<T, Lost>,
    meet: Meet<'_, T>,
) -> Result<Vec<Straight<T>>, Lost> {
    let mut found: Vec<Straight<T>> = Vec::new();
    let first = (from, ask(from, Side::After)?, until, ask(until, Side::Before)?);
    let mut open = vec![first];
    let mut asked = 0;
    while let Some((from, after, until, before)) = open.pop() {
        asked += 1;
        if after == before {
            match found.last_mut() {
                // Two lines may also meet where nothing bends.
                Some(last) if last.lines == after => last.until = until,
                _ => found.push(Straight { from, until, lines: after }),
            }
            continue;
        }
        let middle = meet(&after, &before, (from, until)).filter(|at| from < *at && *at < until && asked < DEPTH);
        let middle = middle.ok_or(Lost)?;
        let (left, right) = (ask(middle, Side::Before)?, ask(middle, Side::After)?);
        open.push((middle, right, until, before));
        open.push((from, after, middle, left));
    }
    Ok(found)
}

/// Where two single lines meet.
pub(super) fn meet_line(a: &Line, b: &Line, _: (Rational, Rational)) -> Option<Rational> {
    a.meets(b)
}

/// Where two answers for all cells first differ.
pub(super) fn meet_cells(cells: &[Cell], a: &[Line], b: &[Line], ends: (Rational, Rational)) -> Option<Rational> {
    let (mut sum_a, mut sum_b) = (Line::ZERO, Line::ZERO);
    let ranks = || cells.chunk_by(|a, b| a.rank == b.rank);
    let mut start = 0;
    for rank in ranks() {
        let of = start..start + rank.len();
        start = of.end;
        sum_a = sum_a + a[of.clone()].iter().copied().sum();
        sum_b = sum_b + b[of].iter().copied().sum();
        if sum_a != sum_b {
            return sum_a.meets(&sum_b);
        }
    }
    let mut start = 0;
    for rank in ranks() {
        let of = start..start + rank.len();
        start = of.end;
        if a[of.clone()] != b[of.clone()] {
            let (ratios_a, ratios_b) = (ratios(rank, &a[of.clone()], ends.0, 1), ratios(rank, &b[of], ends.1, -1));
            let (a, b) = ratios_a.iter().zip(&ratios_b).find(|(a, b)| a != b)?;
            return a.meets(b);
        }
    }
    None
}

/// The ratios of a rank's cells, the least served first, just beside an end.
fn ratios(rank: &[Cell], lines: &[Line], end: Rational, step: i128) -> Vec<Line> {
    let one = |(cell, line): (&Cell, &Line)| line.times(Rational::new(1, i128::from(cell.size)));
    let mut ratios: Vec<Line> = rank.iter().zip(lines).map(one).collect();
    ratios.sort_by_cached_key(|ratio| (ratio.at(end), ratio.slope * Rational::new(step, 1)));
    ratios
}
