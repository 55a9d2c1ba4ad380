//! Evenness inside a rank, then whole cubic metres, both by linear programs (sections 5 and 6).

use good_lp::{Expression, Variable};

use super::model::{Infeasible, Model, Setting};
use super::{Stuck, Total};
use crate::decide::allocate::whole::{Even, raise};
use crate::decide::allocate::{Question, Shares};

/// A cell with more than this above its due is not held down by anything, in scaled units: well above what the
/// tolerances of held totals can add up to, and a 10^-11th of the largest volume.
const FREE: f64 = 1e-7;

/// Ranks first to last: each is made even while the whole cells of better ranks and the totals of all are held, then
/// whole, then held itself.
pub(super) fn share(setting: &Setting, totals: &[Total], question: &Question<'_>) -> Result<Shares, Stuck> {
    let mut cells = vec![0; question.cells.len()];
    let mut base = vec![0.0; setting.give.len()];
    // Ranks that get all they ask for leave nothing to choose.
    for (rows, total) in setting.ranks.iter().zip(totals) {
        if total.full {
            rows.iter().for_each(|(row, size)| base[*row] += size);
        }
    }
    let mut start = 0;
    for (rank, total) in totals.iter().enumerate() {
        let end = question.cells.partition_point(|cell| cell.rank as usize <= rank);
        // Cells that something leads to, with their rows.
        let ours: Vec<(usize, usize)> = (start..end).filter_map(|cell| Some((cell, setting.row_of[cell]?))).collect();
        let whole = setting.whole(total.volume);
        start = end;
        if total.full {
            ours.iter().for_each(|(cell, _)| cells[*cell] = question.cells[*cell].size);
        } else if whole > 0 {
            let later = || totals.iter().enumerate().skip(rank + 1).filter(|(_, total)| !total.full);
            let mut rank = Rank {
                setting,
                base: &base,
                later: later().map(|(rank, total)| (rank, total.volume)).collect(),
                rows: ours.iter().map(|(_, row)| *row).collect(),
                sizes: ours.iter().map(|(cell, _)| question.cells[*cell].size).collect(),
                total: total.volume,
            };
            let exact = rank.even();
            // From here on totals are whole: rounded down where companies share links.
            rank.total = setting.scaled(whole as f64);
            rank.later =
                later().map(|(rank, total)| (rank, setting.scaled(setting.whole(total.volume) as f64))).collect();
            let even = match exact {
                // Better ranks' rounding can leave no way to the fractions of totals.
                Err(Stuck::Infeasible) if setting.fractional => rank.even()?,
                exact => exact?,
            };
            let shares = rank.whole(&even, whole)?;
            for ((cell, row), share) in ours.iter().zip(shares) {
                cells[*cell] = share;
                base[*row] += setting.scaled(share as f64);
            }
        }
    }
    let mut ranks = vec![0; totals.len()];
    for (cell, share) in question.cells.iter().zip(&cells) {
        ranks[cell.rank as usize] += share;
    }
    Ok(Shares { cells, ranks })
}

/// A rank that gets something but not all.
struct Rank<'a> {
    setting: &'a Setting,
    /// What each row serves beside this rank and the later short ones.
    base: &'a [f64],
    /// Later ranks that are short, and their totals.
    later: Vec<(usize, f64)>,
    /// The row of each of its cells.
    rows: Vec<usize>,
    /// The size of each in m3.
    sizes: Vec<u64>,
    total: f64,
}

impl Rank<'_> {
    fn size(&self, cell: usize) -> f64 {
        self.setting.scaled(self.sizes[cell] as f64)
    }

    /// A program with this rank's cells between bounds, its total held and those of all later ranks too.
    fn model(&self, bounds: &[(f64, f64)]) -> (Model, Vec<Variable>, Vec<f64>) {
        let mut model = Model::new(self.setting, self.base);
        for (rank, total) in &self.later {
            model.hold(self.setting, *rank, *total);
        }
        let units: Vec<f64> = (0..self.rows.len()).map(|cell| unit_of(self.size(cell))).collect();
        let gas: Vec<Variable> = (self.rows.iter().zip(bounds).zip(&units))
            .map(|((row, (low, high)), unit)| model.gas_in(*row, *low, *high, *unit))
            .collect();
        let mut sum = Expression::with_capacity(gas.len());
        gas.iter().zip(&units).for_each(|(gas, unit)| sum.add_mul(*unit, *gas));
        model.at_least(sum, self.total - self.setting.held);
        (model, gas, units)
    }

    /// The leximin values. Each round lifts the lowest served ratio as high as it goes, then settles the cells that
    /// cannot go higher: those that no solution serves above that ratio.
    fn even(&self) -> Result<Vec<Even>, Stuck> {
        let count = self.sizes.len();
        let mut settled: Vec<Option<Settled>> = vec![None; count];
        loop {
            let free: Vec<usize> = (0..count).filter(|cell| settled[*cell].is_none()).collect();
            if free.is_empty() {
                break;
            }
            let size: f64 = free.iter().map(|cell| self.size(*cell)).sum();
            let spent: f64 = settled.iter().flatten().map(|cell| cell.volume).sum();
            // The free cells share what the rank has left: were it even, this is the ratio, and no higher is possible.
            let highest = ((self.total - spent) / size).clamp(0.0, 1.0);
            let (least, served) =
                if free.len() == 1 { (highest, Vec::new()) } else { self.lift(&settled, &free, highest)? };
            if (highest - least) * size <= self.setting.nothing() {
                self.settle(&mut settled, &free, highest);
            } else {
                let blocked = self.blocked(&settled, &free, least, served)?;
                self.settle(&mut settled, &blocked, least);
            }
        }
        Ok(settled.into_iter().map(|cell| cell.map_or(Even { floor: 0, micro: 0 }, |cell| cell.even)).collect())
    }

    /// Bounds of all cells: settled ones stay where they are, free ones get at least `due`.
    fn bounds(&self, settled: &[Option<Settled>], due: impl Fn(usize) -> f64) -> Vec<(f64, f64)> {
        let of = |(cell, settled): (usize, &Option<Settled>)| match settled {
            Some(at) => (at.least - self.setting.held, at.most + FREE),
            None => (due(cell) - self.setting.held, self.size(cell)),
        };
        settled.iter().enumerate().map(of).collect()
    }

    /// The highest ratio that all free cells can have together, and what each cell gets then.
    fn lift(&self, settled: &[Option<Settled>], free: &[usize], highest: f64) -> Result<(f64, Vec<f64>), Stuck> {
        // No lower bound from the round before: its ratio is right to a tolerance only, and might be out of reach.
        let (mut model, gas, units) = self.model(&self.bounds(settled, |_| 0.0));
        let ratio = model.number(0.0, highest);
        for cell in free {
            let mut above = Expression::with_capacity(2);
            above.add_mul(self.size(*cell) / units[*cell], ratio);
            above.add_mul(-1.0, gas[*cell]);
            model.at_most(above, 0.0);
        }
        let mut wanted = gas;
        wanted.push(ratio);
        let mut served = model.maximise(ratio.into(), &wanted)?.ok_or(Infeasible)?;
        let ratio = served.pop().unwrap_or(0.0).clamp(0.0, highest);
        served.iter_mut().zip(units).for_each(|(served, unit)| *served *= unit);
        Ok((ratio, served))
    }

    /// The free cells that cannot be served above the ratio while all free cells keep it. `served` keeps it.
    fn blocked(
        &self,
        settled: &[Option<Settled>],
        free: &[usize],
        ratio: f64,
        served: Vec<f64>,
    ) -> Result<Vec<usize>, Stuck> {
        let due = |cell: usize| ratio * self.size(cell);
        // What the solver found keeps the ratio to its tolerance only; asking for no more keeps the next program feasible.
        let bounds = self.bounds(settled, |cell| due(cell).min(served[cell]));
        let mut blocked = free.to_vec();
        let mut point = served;
        loop {
            let lowest = blocked.iter().copied().min_by(|a, b| (point[*a] - due(*a)).total_cmp(&(point[*b] - due(*b))));
            blocked.retain(|cell| point[*cell] - due(*cell) <= FREE);
            if blocked.is_empty() {
                // The ratio was the highest, so some cell is at it; only rounding can say otherwise.
                return Ok(lowest.into_iter().collect());
            }
            let (model, gas, units) = self.model(&bounds);
            let mut sum = Expression::with_capacity(blocked.len());
            blocked.iter().for_each(|cell| sum.add_mul(units[*cell], gas[*cell]));
            point = model.maximise(sum, &gas)?.ok_or(Infeasible)?;
            point.iter_mut().zip(units).for_each(|(served, unit)| *served *= unit);
            if blocked.iter().all(|cell| point[*cell] - due(*cell) <= FREE) {
                return Ok(blocked);
            }
        }
    }

    /// Settles cells at a ratio. What they get together is whole where one bottleneck holds all of them; then each
    /// gets its exact part of that, so that rounding in the solver decides nothing.
    fn settle(&self, settled: &mut [Option<Settled>], cells: &[usize], ratio: f64) {
        let size = cells.iter().fold(0u64, |sum, cell| sum.saturating_add(self.sizes[*cell]));
        let together = self.setting.m3(ratio * self.setting.scaled(size as f64));
        let near = if self.setting.fractional { 1e-6 + self.setting.m3(1e-9) } else { 1e-3 + self.setting.m3(FREE) };
        let whole = ((together - together.round()).abs() <= near).then(|| together.round() as u64);
        for cell in cells {
            let due = ratio * self.size(*cell);
            settled[*cell] = Some(match whole {
                Some(whole) if size > 0 => {
                    let (numerator, size) = (u128::from(whole) * u128::from(self.sizes[*cell]), u128::from(size));
                    let (floor, rest) = (numerator / size, numerator % size);
                    let volume = self.setting.scaled(floor as f64 + rest as f64 / size as f64);
                    let micro = ((rest * 2_000_000 + size) / (2 * size)) as u32;
                    Settled {
                        even: Even { floor: floor as u64, micro },
                        volume,
                        least: volume.min(due),
                        most: volume.max(due),
                    }
                }
                _ => {
                    let m3 = self.setting.m3(due).max(0.0);
                    let micro = (m3.fract() * 1e6).round() as u32;
                    Settled { even: Even { floor: m3.floor() as u64, micro }, volume: due, least: due, most: due }
                }
            });
        }
    }

    /// Whole shares: floors, then one more by largest remainder where a program shows that all totals still hold.
    fn whole(&self, even: &[Even], total: u64) -> Result<Vec<u64>, Stuck> {
        let mut now: Vec<u64> = even.iter().map(|even| even.floor).collect();
        let left = usize::try_from(total.saturating_sub(now.iter().sum())).unwrap_or(usize::MAX);
        // Mostly all of the largest remainders can go up together; one program then answers for all of them.
        let mut order: Vec<usize> = (0..now.len()).filter(|cell| now[*cell] < self.sizes[*cell]).collect();
        order.sort_by_key(|cell| std::cmp::Reverse(even[*cell].micro));
        let mut all = now.clone();
        order.iter().take(left).for_each(|cell| all[*cell] += 1);
        let mut known = self.reach(&all)?.unwrap_or_default();
        let mut stuck = None;
        let mut room = |cell: usize| {
            if stuck.is_some() || now[cell] >= self.sizes[cell] {
                return false;
            }
            let mut next = now.clone();
            next[cell] += 1;
            // A solution already known may have the room.
            let has_room = |known: &[f64]| {
                known.get(cell).is_some_and(|k| *k >= self.volume(next[cell]) - 2.0 * self.setting.held)
            };
            if !has_room(&known) {
                match self.reach(&next) {
                    Ok(Some(found)) => known = found,
                    Ok(None) => return false,
                    Err(error) => {
                        stuck = Some(error);
                        return false;
                    }
                }
            }
            now = next;
            true
        };
        let mut shares = raise(even, total, &mut room);
        // Where companies share links a cell may have to go up by more than one, or the total may be out of reach of
        // whole cells.
        loop {
            let sum: u64 = shares.iter().sum();
            if sum >= total || !self.setting.fractional {
                break;
            }
            let again: Vec<Even> =
                shares.iter().zip(even).map(|(share, even)| Even { floor: *share, micro: even.micro }).collect();
            shares = raise(&again, total, &mut room);
            if shares.iter().sum::<u64>() == sum {
                break;
            }
        }
        stuck.map_or(Ok(shares), Err)
    }

    fn volume(&self, m3: u64) -> f64 {
        self.setting.scaled(m3 as f64)
    }

    /// A way to serve each cell at least so much with all totals held, if there is one.
    fn reach(&self, least: &[u64]) -> Result<Option<Vec<f64>>, Stuck> {
        let bounds: Vec<(f64, f64)> = least
            .iter()
            .enumerate()
            .map(|(cell, m3)| (self.volume(*m3) - self.setting.held, self.size(cell)))
            .collect();
        let (model, gas, units) = self.model(&bounds);
        let any = Expression::with_capacity(0);
        let mut found = model.maximise(any, &gas)?;
        found.iter_mut().flatten().zip(units).for_each(|(served, unit)| *served *= unit);
        Ok(found)
    }
}

/// A cell whose leximin value is known.
#[derive(Clone, Copy, Debug)]
struct Settled {
    even: Even,
    /// In scaled units.
    volume: f64,
    /// The lower and the higher of that and of what the solver found: the same to its tolerance, within which the next
    /// programs must have a solution. Up to [`FREE`] above, where the rank's total needs it.
    least: f64,
    most: f64,
}

/// The unit of a cell's variable: 1, and a power of two near its size where that is below 1, so that no coefficient
/// nears the solver's tolerance.
fn unit_of(size: f64) -> f64 {
    if size >= 1.0 || size <= 0.0 { 1.0 } else { size.log2().floor().exp2() }
}
