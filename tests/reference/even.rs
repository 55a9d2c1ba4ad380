//! Sections 5 and 6 for the reference: what can arrive, each rank's total, evenness inside it, whole cubic metres. Every
//! question is a linear program, solved in exact fractions by the plainest simplex there is.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use super::{Place, Slice};

/// A district's row, and a company (or nobody's name, if all gas is pooled).
pub type Cell<'a> = (usize, &'a str);

/// Where gas can go. Each company's gas is its own.
pub struct Net<'a> {
    pub districts: Vec<&'a str>,
    pub companies: Vec<&'a str>,
    /// From, to, capacity.
    pub links: Vec<(&'a str, &'a str, u64)>,
    /// Node, company, volume.
    pub sources: Vec<(&'a str, &'a str, u64)>,
}

/// What a cell asks for, and the bounds of what it gets.
#[derive(Clone)]
pub struct Want<'a> {
    pub cell: Cell<'a>,
    size: u64,
    least: Q,
    most: Q,
}

/// Some wants get together at least so much, and so much more as the ratio goes from 0 to 1.
type Held = (Vec<usize>, Q, Q);

/// One want for each cell.
pub fn wants<'a>(asked: &[(Cell<'a>, u64)]) -> Vec<Want<'a>> {
    let mut sizes = BTreeMap::new();
    asked.iter().for_each(|(cell, size)| *sizes.entry(*cell).or_insert(0) += size);
    sizes.into_iter().map(|(cell, size)| Want { cell, size, least: Q::int(0), most: Q::int(size) }).collect()
}

fn size(wants: &[Want], which: &[usize]) -> Q {
    Q::int(which.iter().map(|w| wants[*w].size).sum::<u64>())
}

/// Whole m3, as section 1 rounds.
fn whole(volume: Q) -> u64 {
    volume.plus(Q(1, 1000)).floor() as u64
}

impl Net<'_> {
    /// The most that some of the wants get together (the highest ratio, if none is named); `None` if no way of serving
    /// keeps to all bounds and to what is held. The numbers of the program: each company's flow on each link, what each
    /// want gets above its least, the ratio.
    fn most(&self, wants: &[Want], held: &[Held], goal: &[usize]) -> Option<Q> {
        let free: Vec<usize> = (0..wants.len()).filter(|w| wants[*w].least != wants[*w].most).collect();
        let flow = |company: usize, link: usize| company * self.links.len() + link;
        let first = flow(self.companies.len(), 0);
        let ratio = first + free.len();
        let row = |terms: &[(usize, i128)]| {
            let mut row = vec![Q::int(0); ratio + 1];
            terms.iter().for_each(|(at, by)| row[*at] = row[*at].plus(Q::int(*by)));
            row
        };
        let least = |some: &[usize]| some.iter().fold(Q::int(0), |sum, w| sum.plus(wants[*w].least));
        let above = |some: &[usize], by: i128| -> Vec<(usize, i128)> {
            (0..free.len()).filter(|f| some.contains(&free[*f])).map(|f| (first + f, by)).collect()
        };
        let district = |w: usize| self.districts[wants[w].cell.0];
        let mut nodes: BTreeSet<&str> = (0..wants.len()).map(district).collect();
        nodes.extend(self.sources.iter().map(|source| source.0));
        nodes.extend(self.links.iter().flat_map(|link| [link.0, link.1]));
        let mut rows = Vec::new();
        for (c, company) in self.companies.iter().enumerate() {
            for node in &nodes {
                let here = |w: &usize| district(*w) == *node && wants[*w].cell.1 == *company;
                let here: Vec<usize> = (0..wants.len()).filter(here).collect();
                let mut terms = above(&here, 1);
                for (l, link) in self.links.iter().enumerate() {
                    terms.extend([
                        (flow(c, l), i128::from(link.0 == *node)),
                        (flow(c, l), -i128::from(link.1 == *node)),
                    ]);
                }
                let own = self.sources.iter().filter(|s| (s.0, s.1) == (*node, *company)).map(|s| s.2).sum::<u64>();
                rows.push((row(&terms), Q::int(own).minus(least(&here))));
            }
        }
        for (l, link) in self.links.iter().enumerate() {
            let all: Vec<_> = (0..self.companies.len()).map(|c| (flow(c, l), 1)).collect();
            rows.push((row(&all), Q::int(link.2)));
        }
        rows.extend(free.iter().map(|w| (row(&above(&[*w], 1)), wants[*w].most.minus(wants[*w].least))));
        rows.push((row(&[(ratio, 1)]), Q::int(1)));
        for (some, at, per) in held {
            let mut row = row(&above(some, -1));
            row[ratio] = *per;
            rows.push((row, least(some).minus(*at)));
        }
        let goal_row = if goal.is_empty() { row(&[(ratio, 1)]) } else { row(&above(goal, 1)) };
        Some(simplex(&rows, &goal_row)?.plus(least(goal)))
    }

    /// The most that can arrive in cells together, in whole m3.
    pub fn deliverable(&self, asked: &[(Cell, u64)]) -> u64 {
        let wants = wants(asked);
        let all: Vec<usize> = (0..wants.len()).collect();
        if all.is_empty() { 0 } else { whole(self.most(&wants, &[], &all).expect("nothing is held")) }
    }

    /// Serves slices in supply order: each rank's total, then evenness inside each rank, then customers.
    pub fn serve(&self, slices: &mut [Slice], lists: bool) {
        let (mut all, mut ranks) = (Vec::new(), Vec::new());
        for rank in slices.chunk_by(|a, b| a.place == b.place).filter(|rank| rank[0].place != Place::Withheld) {
            let of_rank = wants(&rank.iter().map(|slice| (slice.cell, slice.size)).collect::<Vec<_>>());
            ranks.push((all.len()..all.len() + of_rank.len()).collect::<Vec<usize>>());
            all.extend(of_rank.into_iter().map(|want| Want { most: Q::int(0), ..want }));
        }
        let mut short: Vec<Held> = Vec::new();
        for rank in ranks {
            rank.iter().for_each(|w| all[*w].most = Q::int(all[*w].size));
            let total = self.most(&all, &short, &rank).expect("what is held was reached");
            match total {
                _ if total == size(&all, &rank) => rank.iter().for_each(|w| all[*w].least = all[*w].most),
                Q(0, _) => rank.iter().for_each(|w| all[*w].most = Q::int(0)),
                _ => short.push((rank, total, Q::int(0))),
            }
        }
        let floors: Vec<Held> =
            short.iter().map(|(rank, total, per)| (rank.clone(), Q::int(whole(*total)), *per)).collect();
        for (n, (rank, ..)) in short.iter().enumerate() {
            let groups: Vec<Vec<usize>> = rank.iter().map(|w| vec![*w]).collect();
            // Better ranks' rounding can leave no way to a total that is a fraction.
            let even =
                [&short, &floors].into_iter().find_map(|held| self.leximin(&all, &groups, &held[n + 1..], held[n].1));
            self.round(&mut all, &floors[n..], &even.expect("floors can be reached"));
        }
        let cells = slices.chunk_by_mut(|a, b| (a.place, a.cell) == (b.place, b.cell));
        for (cell, want) in cells.zip(&all) {
            split(want.least.floor() as u64, cell, lists && matches!(cell[0].place, Place::Authorised { .. }));
        }
    }

    /// The least served ratio of groups of wants as high as it can be, then the second least, and so on: what each group
    /// gets.
    pub fn leximin(&self, wants: &[Want], groups: &[Vec<usize>], others: &[Held], total: Q) -> Option<Vec<Q>> {
        let mut fixed: Vec<Option<Q>> = vec![None; groups.len()];
        while fixed.contains(&None) {
            // Each free group's share of its size goes up with the ratio, or stays where the ratio has got.
            let held = |due: &dyn Fn(usize) -> (Q, Q)| {
                let of = |g: usize| fixed[g].map_or_else(|| due(g), |share| (share, Q::int(0)));
                let each = (0..groups.len()).map(|g| (groups[g].clone(), of(g).0, of(g).1));
                others.iter().cloned().chain(each).chain([(groups.concat(), total, Q::int(0))]).collect::<Vec<Held>>()
            };
            let ratio = self.most(wants, &held(&|g| (Q::int(0), size(wants, &groups[g]))), &[])?;
            let due = |g: usize| size(wants, &groups[g]).times(ratio);
            let kept = held(&|g| (due(g), Q::int(0)));
            let stuck = |g: &usize| ratio == Q::int(1) || self.most(wants, &kept, &groups[*g]) == Some(due(*g));
            let stuck: Vec<usize> = (0..groups.len()).filter(|g| fixed[*g].is_none()).filter(stuck).collect();
            stuck.into_iter().for_each(|g| fixed[g] = Some(due(g)));
        }
        fixed.into_iter().collect()
    }

    /// Section 6, between cells: the floor of each, then one more by largest remainder on the grid of 1e-6, ties in the
    /// order of cells, where totals held still allow it. The first rank held is the one to round.
    fn round(&self, wants: &mut Vec<Want>, held: &[Held], even: &[Q]) {
        let (rank, total, _) = &held[0];
        rank.iter().zip(even).for_each(|(w, share)| wants[*w].least = Q::int(share.floor()));
        let mut order: Vec<(usize, Q)> = rank.iter().copied().zip(even.iter().copied()).collect();
        order.sort_by_key(|(_, share)| Reverse(share.minus(Q::int(share.floor())).millionths()));
        // Once round is enough, but where companies share links.
        for (w, _) in order.iter().cycle().take(order.len() * self.companies.len()) {
            let given = rank.iter().fold(Q::int(0), |sum, w| sum.plus(wants[*w].least));
            let mut more = wants.clone();
            more[*w].least = wants[*w].least.plus(Q::int(1));
            let fits = more[*w].least.floor() <= more[*w].size.into();
            if given != *total && fits && self.most(&more, held, &[]).is_some() {
                *wants = more;
            }
        }
        rank.iter().for_each(|w| wants[*w].most = wants[*w].least);
    }
}

/// Section 6, inside a cell: by largest remainder, ties by id, or whole customers cut by list.
fn split(total: u64, cell: &mut [Slice], by_list: bool) {
    let size: u64 = cell.iter().map(|slice| slice.size).sum();
    if by_list {
        cell.sort_by_key(|slice| (slice.customer.burden, Reverse(slice.size), &slice.customer.id));
        let mut cut = size - total;
        for slice in cell {
            slice.served = slice.size.saturating_sub(cut);
            cut -= slice.size - slice.served;
        }
        return;
    }
    let share = |slice: &Slice| u128::from(slice.size) * u128::from(total);
    cell.iter_mut().for_each(|slice| slice.served = (share(slice) / u128::from(size)) as u64);
    cell.sort_by_key(|slice| (Reverse(share(slice) % u128::from(size)), &slice.customer.id));
    let left = total - cell.iter().map(|slice| slice.served).sum::<u64>();
    cell.iter_mut().take(left as usize).for_each(|slice| slice.served += 1);
}

/// The most of a sum of numbers that are not negative, where no row is above what stands beside it; `None` if there are
/// no such numbers. By Bland's rule.
fn simplex(rows: &[(Vec<Q>, Q)], goal: &[Q]) -> Option<Q> {
    let (n, m) = (goal.len(), rows.len());
    let line = |row: &[Q], made_up: i128, most: Q| [row, &[Q::int(made_up), most]].concat();
    // Columns: the numbers, one that makes up for what is missing (n), what stands beside. Below the rows: the goal (m),
    // and what is made up, which counts for more.
    let mut table: Vec<Vec<Q>> = rows.iter().map(|(row, most)| line(row, -1, *most)).collect();
    table.push(goal.iter().map(|by| Q::int(0).minus(*by)).chain([Q::int(0); 2]).collect());
    table.push(line(&vec![Q::int(0); n], 1, Q::int(0)));
    let (mut outside, mut inside): (Vec<usize>, Vec<usize>) = ((0..=n).collect(), (n + 1..=n + m).collect());
    let worst = (0..m).min_by(|a, b| table[*a][n + 1].cmp(&table[*b][n + 1]))?;
    let mut enters = if table[worst][n + 1].0 < 0 { Some((worst, n)) } else { None };
    loop {
        if let Some((row, column)) = enters {
            let by = table[row][column];
            table[row].iter_mut().for_each(|q| *q = q.over(by));
            table[row][column] = Q::int(1).over(by);
            let pivot = table[row].clone();
            for (_, other) in table.iter_mut().enumerate().filter(|(at, other)| *at != row && other[column].0 != 0) {
                let times = std::mem::replace(&mut other[column], Q::int(0));
                other.iter_mut().zip(&pivot).filter(|(_, p)| p.0 != 0).for_each(|(q, p)| *q = q.minus(times.times(*p)));
            }
            std::mem::swap(&mut inside[row], &mut outside[column]);
        }
        let gains = (0..=n).filter(|c| (table[m + 1][*c].0, table[m][*c].0) < (0, 0));
        let Some(column) = gains.min_by_key(|c| outside[*c]) else { break };
        let far = |row: usize| table[row][n + 1].over(table[row][column]);
        let row = (0..m).filter(|row| table[*row][column].0 > 0);
        enters = Some((row.min_by(|a, b| far(*a).cmp(&far(*b)).then(inside[*a].cmp(&inside[*b])))?, column));
    }
    if table[m + 1][n + 1].0 == 0 { Some(table[m][n + 1]) } else { None }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs().max(1) } else { gcd(b, a % b) }
}

/// An exact fraction in lowest terms; overflow panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Q(pub i128, pub i128);

impl Q {
    pub fn int(n: impl Into<i128>) -> Self {
        Self(n.into(), 1)
    }
    fn plus(self, other: Self) -> Self {
        let by = if self.1 == other.1 { self.1 } else { gcd(self.1, other.1) };
        let (n, d) = (self.0 * (other.1 / by) + other.0 * (self.1 / by), self.1 / by * other.1);
        let by = if d == 1 { 1 } else { gcd(n, d) };
        Self(n / by, d / by)
    }
    fn minus(self, other: Self) -> Self {
        self.plus(Self(-other.0, other.1))
    }
    fn times(self, other: Self) -> Self {
        if self.1 == 1 && other.1 == 1 {
            return Self(self.0 * other.0, 1);
        }
        let (a, b) = (gcd(self.0, other.1), gcd(other.0, self.1));
        Self((self.0 / a) * (other.0 / b), (self.1 / b) * (other.1 / a))
    }
    fn over(self, other: Self) -> Self {
        self.times(Self(other.1 * other.0.signum(), other.0.abs()))
    }
    fn floor(self) -> i128 {
        self.0.div_euclid(self.1)
    }
    /// To the nearest millionth.
    fn millionths(self) -> i128 {
        (2 * 1_000_000 * self.0 + self.1).div_euclid(2 * self.1)
    }
    fn cmp(&self, other: &Self) -> Ordering {
        self.minus(*other).0.cmp(&0)
    }
}
