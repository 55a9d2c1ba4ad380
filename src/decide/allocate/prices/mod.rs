//! What proves the answers where companies share a network: every rank's total and the prices that bound it, in exact
//! fractions.
//!
//! The linear program (`lp`) decides and works with tolerances; nothing of it is used here. A simplex in fractions serves
//! the ranks one after another: once a rank has all it can get, only what costs it nothing may still move (`simplex`). The
//! prices of a rank and of the better ones then add up to prices that bound its total (weak duality), and since they are the
//! optimum's, to its very value.

mod network;
mod simplex;
#[cfg(test)]
mod tests;

use super::{Cell, Question};
use crate::rational::Rational;
use network::Rows;
use simplex::{Bound, Simplex};

/// Every rank's total, and what proves it.
pub(crate) struct Solved {
    rows: Rows,
    simplex: Simplex,
    /// Of each rank, the prices of all rows when it had all that it could get.
    prices: Vec<Vec<Rational>>,
    cells: Vec<Placed>,
    /// Each rank's total, exactly.
    pub totals: Vec<Rational>,
}

/// Prices of a cubic metre that bound a rank's total.
#[derive(Debug)]
pub(crate) struct Prices {
    /// By source.
    pub sources: Vec<Rational>,
    /// By link.
    pub links: Vec<Rational>,
    /// What a cubic metre is worth in each better rank.
    pub ranks: Vec<Rational>,
}

/// A cell that gas can reach.
#[derive(Clone, Copy)]
struct Placed {
    rank: usize,
    row: usize,
    /// Its variable, unless a better rank wants all that comes there.
    column: Option<usize>,
}

impl Solved {
    /// Solves a question in which companies share links; `None` where numbers grow beyond 128 bits.
    pub fn new(question: &Question<'_>) -> Option<Self> {
        let rows = Rows::new(question);
        let mut simplex = Simplex::new(&rows);
        let mut solved = Vec::new();
        let mut placed: Vec<Placed> = Vec::new();
        for (rank, cells) in of_ranks(question) {
            let start = placed.len();
            let reached = cells.iter().filter_map(|cell| Some((rows.of_cell(cell)?, cell.size)));
            placed.extend(reached.map(|(row, size)| Placed { rank, row, column: simplex.add(row, size) }));
            let wanted: Vec<usize> = placed[start..].iter().filter_map(|cell| cell.column).collect();
            if !simplex.maximise(&wanted) {
                return None;
            }
            solved.push(simplex.prices());
        }
        let mut totals = vec![Rational::ZERO; solved.len()];
        for cell in &placed {
            totals[cell.rank] = totals[cell.rank] + cell.column.map_or(Rational::ZERO, |column| simplex.value(column));
        }
        let sound = totals.iter().chain(solved.iter().flatten()).all(|number| !number.is_lost());
        sound.then_some(Self { rows, simplex, prices: solved, cells: placed, totals })
    }

    /// What every link carries, by link and company (as in [`Self::companies`]), exactly: every node in balance.
    pub fn flows(&mut self) -> Vec<Vec<Rational>> {
        self.simplex.shorten(self.rows.flows.len());
        let mut flows = vec![vec![Rational::ZERO; self.rows.companies.len()]; self.rows.capacities.len()];
        for (column, flow) in self.rows.flows.iter().enumerate() {
            flows[flow.link][flow.company] = self.simplex.value(column);
        }
        flows
    }

    /// The companies with cells.
    pub fn companies(&self) -> &[u32] {
        &self.rows.companies
    }

    /// Prices that bound the total of a rank, given those of the better ones; `None` where numbers grow beyond 128 bits.
    ///
    /// Its own prices may invite what would hurt a better rank. So the better ranks' prices are added, from the nearest
    /// to the first, each so many times that nothing is invited that would cost its rank: what such a step does costs
    /// that rank something and the ranks before it nothing, so some number of times is enough.
    pub fn prices(&self, rank: usize) -> Option<Prices> {
        let mut sum = self.prices.get(rank)?.clone();
        let mut worth = vec![Rational::ZERO; rank + 1];
        worth[rank] = Rational::ONE;
        // Each step with the first of the better ranks that it would cost anything.
        let first = |step: &Step| (0..rank).find(|better| !step.cost(&self.prices[*better], *better).is_zero());
        let steps: Vec<(usize, Step)> = self.steps(rank).filter_map(|step| Some((first(&step)?, step))).collect();
        for better in (0..rank).rev() {
            let theirs = &self.prices[better];
            let needed = steps.iter().filter(|(first, _)| *first == better).map(|(_, step)| {
                let own = step.charged(&sum, &worth);
                (-own).over(step.cost(theirs, better))
            });
            let times = needed.fold(Rational::ZERO, Rational::max);
            worth[better] = times;
            sum.iter_mut().zip(theirs).for_each(|(sum, price)| *sum = *sum + times * *price);
        }
        let lost = sum.iter().chain(&worth).any(|price| price.is_lost());
        let sources = self.rows.source_rows.iter().map(|row| row.map_or(Rational::ZERO, |row| sum[row])).collect();
        let links = self.rows.link_rows.iter().map(|row| row.map_or(Rational::ZERO, |row| sum[row])).collect();
        worth.truncate(rank);
        (!lost).then_some(Prices { sources, links, ranks: worth })
    }

    /// All that could be done otherwise for the first ranks, up to and including one.
    fn steps(&self, rank: usize) -> impl Iterator<Item = Step> {
        let rows = (0..self.rows.rows.len()).map(|row| Step { plus: vec![row], minus: None, rank: None, back: false });
        let flows = self.rows.flows.iter().map(|flow| Step {
            plus: [Some(flow.from), self.rows.link_rows[flow.link]].into_iter().flatten().collect(),
            minus: Some(flow.to),
            rank: None,
            back: false,
        });
        let cells = self.cells.iter().filter(move |cell| cell.rank <= rank).filter_map(|cell| {
            let back = match cell.column.map(|column| self.simplex.bound(column)) {
                Some(Bound::Inside) => return None,
                Some(Bound::Upper) => true,
                Some(Bound::Lower) | None => false,
            };
            Some(Step { plus: vec![cell.row], minus: None, rank: Some(cell.rank), back })
        });
        rows.chain(flows).chain(cells)
    }
}

/// Something that could be done otherwise: leave gas in a row, send more over a link, serve a cell more, or less.
struct Step {
    /// Rows that it takes from.
    plus: Vec<usize>,
    /// The row that it adds to.
    minus: Option<usize>,
    /// The rank that it serves.
    rank: Option<usize>,
    /// Whether it serves that rank less.
    back: bool,
}

impl Step {
    /// What it costs the rank whose prices these are; never below nothing for those that are done.
    fn cost(&self, prices: &[Rational], rank: usize) -> Rational {
        let gain = if self.rank == Some(rank) { Rational::ONE } else { Rational::ZERO };
        self.signed(prices, gain)
    }

    fn charged(&self, prices: &[Rational], worth: &[Rational]) -> Rational {
        self.signed(prices, self.rank.map_or(Rational::ZERO, |rank| worth[rank]))
    }

    fn signed(&self, prices: &[Rational], gain: Rational) -> Rational {
        let taken = self.plus.iter().fold(Rational::ZERO, |sum, row| sum + prices[*row]);
        let cost = taken - self.minus.map_or(Rational::ZERO, |row| prices[row]) - gain;
        if self.back { -cost } else { cost }
    }
}

/// The cells of every rank, first to last.
fn of_ranks<'q>(question: &Question<'q>) -> impl Iterator<Item = (usize, &'q [Cell])> {
    let cells = question.cells;
    (0..question.rank_count()).map(move |rank| {
        let from = cells.partition_point(|cell| (cell.rank as usize) < rank);
        let to = cells.partition_point(|cell| cell.rank as usize <= rank);
        (rank, &cells[from..to])
    })
}
