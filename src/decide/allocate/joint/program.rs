//! The linear program of all companies and hours: who gets what, and what of each link is whose.
//!
//! Rank after rank is a wish of the simplex, then the lowest served part of each rank, the next one, and so on. A district whose gas
//! has a price once its rank is served is *closed*: what a better rank could use there, no worse one gets.

use super::factors::Entry;
use super::simplex::{Lost, Simplex};
use super::ways::Ways;
use super::{Joint, Split};
use crate::decide::allocate::{Cell, Question};

/// What the program says of a question.
#[derive(Clone, Debug, Default)]
pub(super) struct Promise {
    /// What each cell gets, in the question's units.
    pub cells: Vec<u64>,
    /// How many ranks, from the first, are known to get no more in all.
    pub totals: usize,
    /// In how many ranks, from the first, the shares are known to be even.
    pub even: usize,
    /// What of each link is whose.
    pub split: Split,
}

/// Gas that is served in a district.
#[derive(Clone, Debug)]
struct Gas {
    /// What its ranks up to the one at hand get.
    column: usize,
    /// What is left at its node.
    left: usize,
    /// What the ranks before the last one that it is served in ask for, and that one.
    before: u64,
    size: u64,
    /// That rank, once the district is closed.
    closed: Option<u32>,
}

struct Program<'a> {
    question: &'a Question<'a>,
    ways: Ways,
    simplex: Simplex,
    /// How many of the question's units a scaled one is: a power of two, so that scaling is exact. The demand is a little below 2^16.
    unit: f64,
    /// Of each way, what it carries.
    carried: Vec<usize>,
    /// By district, where any can come.
    gas: Vec<Option<Gas>>,
    totals: usize,
    even: usize,
}

/// Solves the program, evenness included if wanted, in at most so many steps; what is found by then is told in any case.
pub(super) fn solve(question: &Question<'_>, joints: &[Joint], even: bool, most_steps: usize) -> Promise {
    let mut program = Program::new(question, joints, most_steps);
    // Whoever has lost his way has got somewhere.
    let _ = program.serve().and_then(|()| if even { program.even() } else { Ok(()) });
    program.promise(joints)
}

impl<'a> Program<'a> {
    fn new(question: &'a Question<'a>, joints: &[Joint], most_steps: usize) -> Self {
        let ways = Ways::new(question, joints);
        let demand: u64 = question.cells.iter().map(|cell| cell.size).sum();
        let unit = 2f64.powi(64 - demand.max(1).leading_zeros() as i32 - 16);
        // More than all that is asked for passes nowhere.
        let scaled = |volume: u64| volume.min(demand) as f64 / unit;
        let mut simplex = Simplex::new(most_steps);
        let mut rows: Vec<Option<(u32, usize)>> = vec![None; ways.nodes];
        for node in ways.all.iter().flat_map(|way| [way.from, way.to]) {
            if rows[node].is_none() {
                let give = question.supply.get(node).copied().map_or(0.0, scaled);
                rows[node] = Some(simplex.row(give, (0.0, f64::INFINITY), 0.0));
            }
        }
        let row = |node: usize| rows[node].map_or(0, |(row, _)| row);
        let mut shared: Vec<Option<u32>> = vec![None; joints.len()];
        let carried = ways.all.iter().map(|way| {
            let mut entries = vec![(row(way.from), 1.0), (row(way.to), -1.0)];
            if let Some(joint) = way.joint {
                let capacity = scaled(joints[joint].capacity);
                let row = *shared[joint].get_or_insert_with(|| simplex.row(capacity, (0.0, capacity), 0.0).0);
                entries.push((row, 1.0));
            }
            simplex.column(0.0, scaled(way.capacity), &entries)
        });
        let carried = carried.collect();
        let gas = (0..question.reach.districts as u32).map(|district| {
            let (row, left) = rows[ways.district(district)]?;
            let column = simplex.column(0.0, 0.0, &[(row, 1.0)]);
            Some(Gas { column, left, before: 0, size: 0, closed: None })
        });
        let gas = gas.collect();
        Self { question, ways, simplex, unit, carried, gas, totals: 0, even: 0 }
    }

    /// Serves rank after rank.
    fn serve(&mut self) -> Result<(), Lost> {
        let question = self.question;
        for rank in question.cells.chunk_by(|a, b| a.rank == b.rank) {
            let mut wanted = Vec::with_capacity(rank.len());
            for cell in rank {
                let gas = self.gas[cell.district as usize].as_mut().filter(|gas| gas.closed.is_none());
                let Some(gas) = gas else { continue };
                (gas.before, gas.size) = (gas.before + gas.size, cell.size);
                self.simplex.go_on(gas.column, (gas.before + gas.size) as f64 / self.unit);
                wanted.push(gas.column);
            }
            let at = rank[0].rank;
            if !wanted.is_empty() {
                self.simplex.maximise(&wanted)?;
                for gas in self.gas.iter_mut().flatten().filter(|gas| gas.closed.is_none()) {
                    gas.closed = self.simplex.is_frozen(gas.left).then_some(at);
                }
            }
            self.totals = at as usize + 1;
        }
        Ok(())
    }

    /// Makes the ranks even, first to last.
    fn even(&mut self) -> Result<(), Lost> {
        let mut free: Vec<Vec<Free>> = vec![Vec::new(); self.totals];
        for gas in self.gas.iter().flatten() {
            // Who was asking in its district's last rank, and could give way to others there.
            let Some(rank) = gas.closed.filter(|_| gas.size > 0 && !self.simplex.is_frozen(gas.column)) else {
                continue;
            };
            let (before, size) = (gas.before as f64 / self.unit, gas.size as f64 / self.unit);
            // served - size x part = before + more, where `more` is what he gets above the part of all.
            let (row, left) = self.simplex.row(before, (-size, 0.0), self.simplex.value(gas.column));
            self.simplex.entry(gas.column, row, 1.0);
            free[rank as usize].push(Free { row, left, size });
        }
        for mut free in free {
            let most = free.iter().map(|free| free.size).fold(0.0, f64::max);
            let mut room = most;
            while !free.is_empty() && room > 0.0 {
                let entries: Vec<Entry> = free.iter().map(|free| (free.row, -free.size / most)).collect();
                let part = self.simplex.column(0.0, room, &entries);
                self.simplex.maximise(&[part])?;
                self.simplex.settle(part);
                room -= self.simplex.value(part);
                let before = free.len();
                free.retain(|free| !self.simplex.is_frozen(free.left));
                if free.len() == before {
                    // All have all, or rounding tells no more of them.
                    break;
                }
            }
            self.even += 1;
        }
        Ok(())
    }

    fn promise(&self, joints: &[Joint]) -> Promise {
        let volume = |column: usize| (self.simplex.value(column).max(0.0) * self.unit).round() as u64;
        let cell = |cell: &Cell| {
            let Some(gas) = &self.gas[cell.district as usize] else { return 0 };
            match gas.closed {
                Some(closed) if closed < cell.rank => 0,
                Some(closed) if closed == cell.rank => volume(gas.column).saturating_sub(gas.before).min(cell.size),
                _ => cell.size,
            }
        };
        let links = self.question.reach.network.as_ref().map_or(0, |network| network.links.len());
        let flows = self.ways.by_link(links, self.carried.iter().map(|column| volume(*column)));
        let split = joints.iter().map(|joint| joint.part_by(&flows)).collect();
        Promise { cells: self.question.cells.iter().map(cell).collect(), totals: self.totals, even: self.even, split }
    }
}

/// A cell of a rank that is short, whose part may still rise.
#[derive(Clone, Debug)]
struct Free {
    row: u32,
    left: usize,
    size: f64,
}
