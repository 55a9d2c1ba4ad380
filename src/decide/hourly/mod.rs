//! The hours of a gas day (section 5, "Hours"): the day's question, asked hour by hour.
//!
//! Nothing of the daily decision is written again here. A slice spreads over the hours ([`spread`]); the network is laid once
//! an hour, with pipes that keep gas from one hour to the next ([`pipes`]); the allocator answers that larger question, in
//! millionths of a m3; [`day`] brings the answer back to whole m3 of the day,
//! [`tell`] says what the hours were, and [`prove`] why they are so.

mod carry;
mod customers;
mod day;
mod minimum;
mod pipes;
mod prove;
mod rest;
mod setting;
mod spread;
mod tell;
mod walls;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::allocate::areas::{self, Part};
use super::allocate::{Arc as Link, Cell, Node, Question, Unanswered, exact, joint};
use super::confirm::{Doubt, Parts};
use super::prepare::Scope;
use super::slices::Slices;
use super::{Day, MICRO};
use crate::city::City;

pub(super) use customers::{customers, thousandths};
pub(super) use day::{ByHour, share, shares};
pub(super) use minimum::hours_to_minimum;
pub(super) use pipes::Pipes;
pub(super) use prove::{prove, sources};
pub(super) use rest::{drawn, levels, ordered_before, planned, put_into_pipes};
use setting::Setting;
pub(super) use setting::Settings;
pub(crate) use spread::Spread;
pub(super) use spread::{Clock, Taken};
pub(super) use tell::hours;
pub(super) use walls::Ways;
#[cfg(test)]
pub(super) use walls::is_better_served;
pub(crate) use walls::{Barred, Limit};

/// A volume of less than this below a whole m3 is that m3 (section 1: `floor(v + 0.001)`), in millionths of a m3.
pub(super) const NEARLY: u64 = MICRO / 1_000;

/// What a m3 is in the units of [`Slices::by_hour`].
pub(super) const ATTO: u128 = crate::units::Decimal::ONE.atto();

/// A balance's day, hour by hour.
#[derive(Clone, Debug)]
pub(super) struct Hourly {
    /// The hours that are decided.
    pub clock: Arc<Clock>,
    /// All hours of the day, where some of them are past.
    pub whole: Option<Clock>,
    pub pipes: Arc<Pipes>,
    /// The program that parts contested links is given up after so many steps.
    pub most_steps: usize,
}

/// The most that can be brought, in whole m3.
#[derive(Clone, Copy, Debug)]
pub(super) struct Most {
    pub volume: u64,
    /// The most that it could be, if it is not proved to be the most.
    pub unproved: Option<u64>,
}

impl Most {
    /// What is doubtful of it, said of what is asked for.
    pub fn doubt(self, of: impl Fn(u64, u64) -> Parts) -> Option<Doubt> {
        self.unproved.map(|most| Doubt::Parts(of(self.volume, most)))
    }
}

impl Hourly {
    /// The hours of a balance.
    pub fn new(city: &City, scope: &Scope<'_>, day: &Day) -> Self {
        let hours = day.clock_left(city);
        let new = || {
            let clock = Clock::new(&city.profiles, &hours);
            let pipes = Pipes::new(city, scope, day, &clock);
            (Arc::new(clock), Arc::new(pipes))
        };
        let (clock, pipes) = match Setting::of(city, scope, day, &hours) {
            Some(setting) => scope.settings.get(setting, new),
            None => new(),
        };
        let whole = day.past.as_ref().map(|_| Clock::new(&city.profiles, &day.clock(city)));
        Self { clock, whole, pipes, most_steps: joint::MOST_STEPS }
    }

    /// Cells of each hour, from rank 1: rank 0 asks for what must be in the pipes at the end of the day. `sums` are by rank, district
    /// and company, each by hour, in units of 10^-18 m3.
    pub fn cells(&self, sums: &[u128], servable: impl Fn(usize) -> bool) -> Vec<Cell> {
        let (hours, districts) = (self.pipes.hours, self.pipes.districts);
        let mut cells = self.pipes.ends.clone();
        let mut ranked: Vec<Vec<u64>> = vec![vec![0; districts]; hours];
        for (rank, of_rank) in sums.chunks(districts * hours).enumerate().filter(|(rank, _)| servable(*rank)) {
            for (district, by_hour) in of_rank.chunks(hours).enumerate() {
                micro(by_hour).into_iter().zip(&mut ranked).for_each(|(size, hour)| hour[district] = size);
            }
            for (hour, sizes) in ranked.iter().enumerate() {
                for (district, size) in sizes.iter().enumerate().filter(|(_, size)| **size > 0) {
                    let (rank, district) = (rank as u32 + 1, (hour * districts + district) as u32);
                    cells.push(Cell { rank, district, company: 0, size: *size });
                }
            }
        }
        cells
    }

    /// The cells of each hour that can be served: what must be in the pipes in the end, and the slices' from rank 1.
    pub fn asked(&self, slices: &Slices) -> Vec<Cell> {
        self.cells(&slices.by_hour, |rank| slices.ranks[rank].kind != super::Kind::Withheld)
    }

    /// Where a cell of the day stands among the cells of its hours, if it wants gas in this one.
    pub fn place(&self, cells: &[Cell], cell: &Cell, hour: usize) -> Option<usize> {
        let district = cell.district as usize * self.pipes.companies + cell.company as usize;
        let wanted = (cell.rank + 1, (hour * self.pipes.districts + district) as u32);
        cells.binary_search_by_key(&wanted, |cell| (cell.rank, cell.district)).ok()
    }

    /// The most that can reach the cells of rank 1, in whole m3, once the pipes have what they must.
    pub fn most(&self, supply: &[u64], cells: &[Cell]) -> Result<Most, Unanswered> {
        let supply = self.pipes.supply(supply);
        let question = Question { reach: &self.pipes.reach, supply: &supply, cells };
        let (totals, most) = match self.pipes.ready() {
            Some(ready) => (ready.totals(&supply, cells), None),
            None => joint::totals(&question, self.asked_of())?,
        };
        let (ends, ours) = (totals.first().copied().unwrap_or_default(), totals.get(1).copied().unwrap_or_default());
        Ok(Most { volume: whole(ours), unproved: most.map(|most| whole(most.saturating_sub(ends))) })
    }

    /// How companies' links are asked for.
    fn asked_of(&self) -> joint::Asked<'_> {
        joint::Asked { joints: &self.pipes.joints, near: NEARLY, most_steps: self.most_steps }
    }

    /// As [`Self::most`], of companies that share no links: by a network that is laid already.
    pub fn most_on(&self, exact: &mut exact::Prepared, supply: &[u64], cells: &[Cell]) -> u64 {
        let totals = exact.totals(&self.pipes.supply(supply), cells);
        whole(totals.get(1).copied().unwrap_or_default())
    }

    /// The whole demand as cells of rank 1.
    pub fn whole_demand(&self, city: &City, scope: &Scope<'_>, day: &Day) -> Vec<Cell> {
        let mut spreading = Spreading::new(self);
        for (at, i) in scope.customers.iter().enumerate() {
            let cell = scope.district_of[at] as usize * self.pipes.companies + scope.company(at) as usize;
            let (spread, left) = self.asks(city, day, *i);
            spreading.add(cell, &spread, left);
        }
        self.cells(&spreading.by_hour(self.pipes.districts), |_| true)
    }

    /// The part of its day that each district with demand can get, if gas is shared as evenly as it can be: what it is served in its
    /// hours comes together in one place, and that is what is even.
    pub fn areas(&self, city: &City, scope: &Scope<'_>, day: &Day, supply: &[u64]) -> Vec<Part> {
        let pipes = &self.pipes;
        let (mut reach, mut days) = (pipes.reach.clone(), vec![0; scope.districts.len()]);
        let mut cells = pipes.ends.clone();
        for hour in self.whole_demand(city, scope, day).iter().filter(|cell| cell.rank > 0) {
            let district = hour.district as usize % pipes.districts / pipes.companies;
            days[district] += hour.size;
            let to = Node::District((reach.districts + district) as u32);
            let arc = Link { from: Node::District(hour.district), to, capacity: hour.size };
            reach.network.iter_mut().for_each(|network| network.links.push(arc));
        }
        let first = reach.districts as u32;
        let day = |(district, size): (u32, &u64)| Cell { rank: 1, district: first + district, company: 0, size: *size };
        cells.extend((0..).zip(&days).map(day).filter(|cell| cell.size > 0));
        reach.districts += days.len();
        areas::parts_of_last(&reach, &pipes.supply(supply), &cells)
            .into_iter()
            .map(|part| Part { district: part.district - first, ..part })
            .collect()
    }

    /// The firm slices of all ranks, as cells of rank 1.
    pub fn firm_cells(&self, slices: &Slices) -> Vec<Cell> {
        let per_rank = self.pipes.districts * self.pipes.hours;
        let mut sums = vec![0; per_rank];
        for (rank, of_rank) in slices.ranks.iter().zip(slices.by_hour.chunks(per_rank)) {
            if rank.kind == super::Kind::Firm {
                sums.iter_mut().zip(of_rank).for_each(|(sum, size)| *sum += size);
            }
        }
        self.cells(&sums, |_| true)
    }
}

/// Whole m3 of so many millionths, rounded down but for what lies just below.
fn whole(micro: u64) -> u64 {
    (micro + NEARLY) / MICRO
}

/// Volumes in millionths of a m3 whose sum is that of the given ones: rounded down, and the largest remainders up.
fn micro(atto: &[u128]) -> Vec<u64> {
    const STEP: u128 = ATTO / MICRO as u128;
    let mut volumes: Vec<u64> = atto.iter().map(|volume| (volume / STEP) as u64).collect();
    let sum = (atto.iter().sum::<u128>() / STEP) as u64;
    let left = sum.saturating_sub(volumes.iter().sum());
    if left > 0 {
        let mut order: Vec<usize> = (0..atto.len()).collect();
        order.sort_by_key(|h| std::cmp::Reverse(atto[*h] % STEP));
        order.into_iter().take(left as usize).for_each(|h| volumes[h] += 1);
    }
    volumes
}

/// Words of 64 bits mixed into one: spreads are long, every slice has one, and nobody chooses them to collide.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        words.iter().for_each(|word| self.write_u64(u64::from_le_bytes(*word)));
        rest.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn finish(&self) -> u64 {
        // The product mixes upwards, and a table looks at the lowest bits, too.
        self.0 ^ (self.0 >> 32)
    }
}

/// Adds slices up by hour: first by cell and way of spreading, of which there are few.
pub(super) struct Spreading<'a> {
    hourly: &'a Hourly,
    spreads: Vec<Spread>,
    known: HashMap<Spread, u32, BuildHasherDefault<Mixed>>,
    sums: HashMap<(usize, u32), u64, BuildHasherDefault<Mixed>>,
}

impl<'a> Spreading<'a> {
    pub fn new(hourly: &'a Hourly) -> Self {
        Self { hourly, spreads: Vec::new(), known: HashMap::default(), sums: HashMap::default() }
    }

    /// Adds a slice to a dense cell; tells the index of its spread.
    pub fn add(&mut self, cell: usize, spread: &Spread, size: u64) -> u32 {
        let spreads = &mut self.spreads;
        let index = *self.known.entry(*spread).or_insert_with(|| {
            spreads.push(*spread);
            spreads.len() as u32 - 1
        });
        *self.sums.entry((cell, index)).or_default() += size;
        index
    }

    /// What each of so many dense cells asks for in each hour, in units of 10^-18 m3.
    pub fn by_hour(&self, cells: usize) -> Vec<u128> {
        let hours = self.hourly.clock.len();
        let mut sums = vec![0; cells * hours];
        for ((cell, spread), size) in &self.sums {
            let spread = &self.spreads[*spread as usize];
            for (sum, share) in sums[cell * hours..].iter_mut().zip(spread).take(hours) {
                *sum += u128::from(*share) * u128::from(*size);
            }
        }
        sums
    }

    pub fn into_spreads(self) -> Vec<Spread> {
        self.spreads
    }
}

// Its town is under a plan that has a name, which stands outside of the source.
#[cfg(test)]
#[path = "../../../tests/inside/setting.rs"]
mod tests;
