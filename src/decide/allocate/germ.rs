//! The allocation just before or just after a point of the line on which all sources are scaled alike: exact values
//! and exact slopes.
//!
//! A volume is a pair: its value, and how it changes as the lack of gas moves on by an infinitesimal step. Pairs are
//! compared value first, then change; adding, subtracting and taking the lesser of two is all that a flow needs, so the
//! flow of [`super::carry`] runs on pairs as it does on numbers. What it finds holds on a whole stretch beside the
//! point, and there it is a straight line: no sampling, and no ties that a neighbouring point would break otherwise.
//!
//! At a lack of `p / q` m3 all volumes are whole in units of `1 / (S q)`, where `S` is what the sources give together.

use std::ops::{Add, AddAssign, Sub, SubAssign};

use super::carry::{Carried, NEVER, Search, Shape, Volume};
use super::{Cell, Reach};
use crate::rational::{Line, Rational};
use crate::units::wide_mul;

/// A number did not fit, or companies share links: there is no exact answer here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lost;

/// On which side of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// With a little less lack.
    Before,
    /// With a little more lack.
    After,
}

/// A city's reach and the proportions of its sources, ready to be asked at one point of the line after another.
#[derive(Clone, Debug)]
pub(crate) struct Scaled<'a> {
    reach: &'a Reach,
    /// Demand, in m3: what the sources give where nothing lacks.
    demand: u64,
    /// The sources in proportion, in lowest terms; `all` is their sum.
    weights: Vec<u64>,
    all: u64,
    network: Option<(Shape, Search)>,
}

/// A point of the line, and a side of it.
struct Point {
    lack: Rational,
    /// How the lack moves: 1 or -1.
    step: i128,
    /// Units in a m3.
    unit: i128,
}

impl<'a> Scaled<'a> {
    /// `volumes` are what the sources give in proportion. `None` where companies share links, or nothing can be scaled.
    pub fn new(reach: &'a Reach, volumes: &[u64], demand: u64) -> Option<Self> {
        let common = volumes.iter().copied().fold(0, gcd);
        if common == 0 || (reach.entitled.is_some() && reach.network.is_some()) {
            return None;
        }
        let weights: Vec<u64> = volumes.iter().map(|volume| volume / common).collect();
        let network = reach.network.as_ref().map(|network| {
            let shape = Shape::new(network, reach.districts);
            let search = Search::new(&shape);
            (shape, search)
        });
        Some(Self { reach, demand, all: weights.iter().sum(), weights, network })
    }

    /// The most that can reach the cells together.
    pub fn total(&mut self, cells: &[Cell], lack: Rational, side: Side) -> Result<Line, Lost> {
        let as_one: Vec<Cell> = cells.iter().map(|cell| Cell { rank: 0, ..*cell }).collect();
        let point = self.point(lack, side)?;
        let supply = self.supply(&point)?;
        let total = match &mut self.network {
            None => pools(self.reach, &supply, &as_one, point.unit)
                .iter()
                .map(|pool| pool.served)
                .fold(Germ::default(), Add::add),
            Some((shape, search)) => {
                let mut carried = start(shape, &supply, self.demand, point.unit);
                let mut wanted = vec![Germ::default(); shape.districts];
                for cell in &as_one {
                    wanted[cell.district as usize] += Germ::whole(cell.size, point.unit);
                }
                let mut total = Germ::default();
                for (district, wanted) in (0..).zip(wanted) {
                    if let Some(node) = shape.district(district) {
                        total += carried.push(shape, search, node, wanted, 0);
                    }
                }
                total
            }
        };
        point.line(total, 1, 1)
    }

    /// What each cell gets: ranks first to last, and inside a rank as evenly as can be.
    pub fn share(&mut self, cells: &[Cell], lack: Rational, side: Side) -> Result<Vec<Line>, Lost> {
        let point = self.point(lack, side)?;
        let supply = self.supply(&point)?;
        let Some((shape, search)) = &mut self.network else {
            let pools = pools(self.reach, &supply, cells, point.unit);
            return point.pool_lines(cells, &pools);
        };
        let mut flow =
            Flow { shape, search, carried: start(shape, &supply, self.demand, point.unit), unit: point.unit };
        let mut lines = Vec::with_capacity(cells.len());
        for (mark, rank) in (0..).zip(cells.chunk_by(|a, b| a.rank == b.rank)) {
            flow.share_rank(mark, rank, &point, &mut lines)?;
        }
        Ok(lines)
    }

    fn point(&self, lack: Rational, side: Side) -> Result<Point, Lost> {
        let unit = lack.denominator().checked_mul(i128::from(self.all)).ok_or(Lost)?;
        // The largest sum of a few volumes must fit.
        let fits = unit.checked_mul(i128::from(self.demand) + 1).is_some_and(|most| most < i128::MAX >> 4);
        let step = if side == Side::After { 1 } else { -1 };
        if fits && !lack.is_lost() { Ok(Point { lack, step, unit }) } else { Err(Lost) }
    }

    fn supply(&self, point: &Point) -> Result<Vec<Germ<i128>>, Lost> {
        let (p, q) = (point.lack.numerator(), point.lack.denominator());
        let left = i128::from(self.demand).checked_mul(q).and_then(|all| all.checked_sub(p)).ok_or(Lost)?;
        let source = |weight: &u64| {
            let weight = i128::from(*weight);
            let value = weight.checked_mul(left)?;
            Some(Germ { value, change: -point.step * weight.checked_mul(q)? })
        };
        self.weights.iter().map(source).collect::<Option<_>>().ok_or(Lost)
    }
}

impl Point {
    /// A volume times `part / of`, as a line.
    fn line(&self, volume: Germ<i128>, part: u64, of: u64) -> Result<Line, Lost> {
        let share = Rational::new(i128::from(part), i128::from(of));
        let value = Rational::new(volume.value, self.unit) * share;
        let slope = Rational::new(self.step * volume.change, self.unit) * share;
        let line = Line::through(self.lack, value, slope);
        if line.is_lost() { Err(Lost) } else { Ok(line) }
    }

    fn pool_lines(&self, cells: &[Cell], pools: &[Pool]) -> Result<Vec<Line>, Lost> {
        let mut lines = Vec::with_capacity(cells.len());
        let mut next = 0;
        for cell in cells {
            // Pools are in the order of the ranks, and those of one rank in that of the companies.
            while pools[next].rank != cell.rank {
                next += 1;
            }
            let of_rank = pools[next..].iter().take_while(|pool| pool.rank == cell.rank);
            let Some(pool) = of_rank.into_iter().find(|pool| pool.company == cell.company) else { return Err(Lost) };
            lines.push(match pool.served {
                all if all == Germ::whole(pool.size, self.unit) => Line::level(cell.size),
                Germ { value: 0, change: 0 } => Line::ZERO,
                some => self.line(some, cell.size, pool.size)?,
            });
        }
        Ok(lines)
    }
}

/// What the cells of a rank that draw on one pool get together.
struct Pool {
    rank: u32,
    company: u32,
    size: u64,
    served: Germ<i128>,
}

/// Fills the ranks from one pool, or from one a company.
fn pools(reach: &Reach, supply: &[Germ<i128>], cells: &[Cell], unit: i128) -> Vec<Pool> {
    let companies = cells.iter().map(|cell| cell.company).chain(reach.entitled.iter().flatten().copied());
    let mut left = vec![Germ::default(); companies.max().map_or(1, |most| most as usize + 1)];
    for (source, volume) in supply.iter().enumerate() {
        let company = reach.entitled.as_ref().and_then(|entitled| entitled.get(source)).copied().unwrap_or(0);
        left[company as usize] += *volume;
    }
    let mut filled = Vec::new();
    for rank in cells.chunk_by(|a, b| a.rank == b.rank) {
        let mut sizes = vec![0; left.len()];
        rank.iter().for_each(|cell| sizes[cell.company as usize] += cell.size);
        for (company, size) in (0..).zip(sizes).filter(|(_, size)| *size > 0) {
            let left = &mut left[company as usize];
            let served = Germ::whole(size, unit).min(*left);
            *left -= served;
            filled.push(Pool { rank: rank[0].rank, company, size, served });
        }
    }
    filled
}

/// Nothing carried yet. No link matters beyond what can ever flow.
fn start(shape: &Shape, supply: &[Germ<i128>], demand: u64, unit: i128) -> Carried<Germ<i128>> {
    let mut carried = Carried::default();
    carried.begin(shape, supply.iter().copied(), |capacity| Germ::whole(capacity.min(demand + 1), unit));
    carried
}

/// A network being served, rank after rank; the steps are those of [`super::flow`], where they are argued for.
struct Flow<'s> {
    shape: &'s Shape,
    search: &'s mut Search,
    carried: Carried<Germ<i128>>,
    unit: i128,
}

/// A cell that shares a shortage.
#[derive(Clone, Copy)]
struct Short {
    /// Its place among the lines.
    line: usize,
    node: usize,
    size: u64,
}

impl Flow<'_> {
    fn push(&mut self, node: usize, size: u64, mark: u32) -> Germ<i128> {
        self.carried.push(self.shape, self.search, node, Germ::whole(size, self.unit), mark)
    }

    fn share_rank(&mut self, mark: u32, rank: &[Cell], point: &Point, lines: &mut Vec<Line>) -> Result<(), Lost> {
        let before = self.carried.clone();
        let first = lines.len();
        let mut served = Vec::with_capacity(rank.len());
        for cell in rank {
            let Some(node) = self.shape.district(cell.district) else { return Err(Lost) };
            served.push((node, self.push(node, cell.size, mark)));
            // Right for all but those that fall here; they are done again below.
            let full = served.last().is_some_and(|(_, volume)| *volume == Germ::whole(cell.size, self.unit));
            lines.push(if full { Line::level(cell.size) } else { Line::ZERO });
        }
        let (mut short, mut volume) = (Vec::new(), Germ::default());
        for (line, (cell, (node, got))) in (first..).zip(rank.iter().zip(&served)) {
            if self.carried.fell[*node] == mark {
                short.push(Short { line, node: *node, size: cell.size });
                volume += *got;
            }
        }
        if short.is_empty() {
            return Ok(());
        }
        let after = std::mem::replace(&mut self.carried, before);
        let found = self.find_ratios(short, volume, mark, point, lines);
        self.carried = after;
        found
    }

    /// Those that get the least are solved first, with the volume that their cut lets through; then the others.
    fn find_ratios(
        &mut self,
        mut short: Vec<Short>,
        volume: Germ<i128>,
        mark: u32,
        point: &Point,
        lines: &mut [Line],
    ) -> Result<(), Lost> {
        let mut groups = vec![(0, short.len(), volume)];
        while let Some((from, to, volume)) = groups.pop() {
            let group = &mut short[from..to];
            let size = group.iter().map(|short| short.size).sum();
            let middle = if group.len() > 1 { self.split(group, volume, size, mark)? } else { None };
            if let Some(middle) = middle {
                let less = self.alone(&short[from..from + middle], mark);
                groups.push((from + middle, to, volume - less));
                groups.push((from, from + middle, less));
                continue;
            }
            for short in &short[from..to] {
                lines[short.line] = point.line(volume, short.size, size)?;
                if !groups.is_empty() {
                    // The next ones must find what these take already taken.
                    self.push(short.node, short.size, mark);
                }
            }
        }
        Ok(())
    }

    /// What some of a group get if they come first.
    fn alone(&mut self, some: &[Short], mark: u32) -> Germ<i128> {
        let before = self.carried.clone();
        let volume = some.iter().fold(Germ::default(), |sum, short| sum + self.push(short.node, short.size, mark));
        self.carried = before;
        volume
    }

    /// Tests whether each of a group can get `volume / size` of its size; if not, moves those who get less to the
    /// front and tells where the others begin.
    fn split(&mut self, group: &mut [Short], volume: Germ<i128>, size: u64, mark: u32) -> Result<Option<usize>, Lost> {
        let fallen = if self.carried.fits(size) {
            fallen(self.shape, self.search, &self.carried, group, volume, size, mark, Germ::<i128>::times)
        } else {
            fallen(self.shape, self.search, &self.carried, group, volume, size, mark, Germ::<i128>::times_wide)
        };
        let Some(fallen) = fallen else { return Ok(None) };
        let falls = |short: &Short| fallen[short.node] != NEVER;
        group.sort_by_key(|short| !falls(short));
        let middle = group.partition_point(falls);
        // That nobody or everybody falls cannot be.
        if 0 < middle && middle < group.len() { Ok(Some(middle)) } else { Err(Lost) }
    }
}

/// The test itself on a flow times `size`; the marks of those that fell, if anybody lacks anything.
#[allow(clippy::too_many_arguments)]
fn fallen<A: Volume>(
    shape: &Shape,
    search: &mut Search,
    carried: &Carried<Germ<i128>>,
    group: &[Short],
    volume: Germ<i128>,
    size: u64,
    mark: u32,
    times: impl Fn(Germ<i128>, u64) -> A,
) -> Option<Vec<u32>> {
    let mut trial = carried.map(|volume| times(volume, size));
    let mut missing = false;
    for short in group {
        let wanted = times(volume, short.size);
        missing |= trial.push(shape, search, short.node, wanted, mark) < wanted;
    }
    missing.then_some(trial.fell)
}

impl Carried<Germ<i128>> {
    /// Whether every volume times a factor, and the sum of two of them, fits in 128 bits.
    fn fits(&self, factor: u64) -> bool {
        let most = self.volumes().map(|germ| germ.value.unsigned_abs().max(germ.change.unsigned_abs())).max();
        let room = (i128::MAX >> 2).unsigned_abs();
        most.unwrap_or(0).checked_mul(u128::from(factor)).is_some_and(|most| most < room)
    }
}

/// A value, and how it changes in the direction of the side asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Germ<N> {
    value: N,
    change: N,
}

impl Germ<i128> {
    /// A volume that does not change. [`Scaled::point`] has made sure that it fits.
    const fn whole(volume: u64, unit: i128) -> Self {
        Self { value: volume as i128 * unit, change: 0 }
    }

    fn times(self, factor: u64) -> Self {
        Self { value: self.value * i128::from(factor), change: self.change * i128::from(factor) }
    }

    fn times_wide(self, factor: u64) -> Germ<Wide> {
        Germ { value: Wide::product(self.value, factor), change: Wide::product(self.change, factor) }
    }
}

impl<N: Add<Output = N>> Add for Germ<N> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { value: self.value + other.value, change: self.change + other.change }
    }
}

impl<N: Sub<Output = N>> Sub for Germ<N> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { value: self.value - other.value, change: self.change - other.change }
    }
}

impl<N: Copy + Add<Output = N>> AddAssign for Germ<N> {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<N: Copy + Sub<Output = N>> SubAssign for Germ<N> {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl<N: Copy + Ord + Default + Add<Output = N> + Sub<Output = N>> Volume for Germ<N> {}

/// A whole number of 256 bits, in two's complement: a product of 128 and 64 bits, and sums of a few of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Wide {
    high: i128,
    low: u128,
}

impl Wide {
    fn product(number: i128, factor: u64) -> Self {
        let (high, low) = wide_mul(number.unsigned_abs(), u128::from(factor));
        let product = Self { high: high as i128, low };
        if number < 0 { Self::default() - product } else { product }
    }
}

impl Add for Wide {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (low, carry) = self.low.overflowing_add(other.low);
        Self { high: self.high + other.high + i128::from(carry), low }
    }
}

impl Sub for Wide {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        Self { high: self.high - other.high - i128::from(borrow), low }
    }
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_numbers_add_and_compare_as_numbers_do() {
        let wide = |n: i128| Wide::product(n, 1);
        for (a, b) in [(0, 0), (1, -1), (-7, 3), (i128::MAX / 2, i128::MAX / 3), (-5, -9), (i128::MIN / 4, 1)] {
            assert_eq!(wide(a) + wide(b), wide(a + b));
            assert_eq!(wide(a) - wide(b), wide(a - b));
            assert_eq!(wide(a).cmp(&wide(b)), a.cmp(&b));
        }
        let most = Wide::product(i128::MAX, u64::MAX);
        assert_eq!(most + most - most, most);
        assert!(Wide::product(-i128::MAX, u64::MAX) < wide(i128::MIN + 1));
    }
}
