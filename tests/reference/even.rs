//! Sections 5 and 6 for the reference: what can arrive, each rank's total, evenness inside it, whole cubic metres. Every
//! question is a linear program, solved in exact fractions by the plainest simplex there is.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Where gas can go. Nodes are numbered, districts first; gas belongs to pools: one a company, or one of all.
pub struct Net {
    pub nodes: usize,
    pub pools: usize,
    /// From, to, capacity.
    pub links: Vec<(usize, usize, u64)>,
    /// Node, pool, volume.
    pub sources: Vec<(usize, usize, u64)>,
}

/// A district and a pool.
pub type Cell = (usize, usize);
/// Cells and what they ask for.
pub type Wants = Vec<(Cell, u64)>;
/// Some wants get together at least so much, and so much more as the ratio goes from 0 to 1.
type Least = (Vec<usize>, Q, Q);

impl Net {
    /// The most that some of the wants get together (the highest ratio, if none is named), when so much is given to cells
    /// already and others get their least; `None` if they cannot.
    pub fn most(&self, given: &BTreeMap<Cell, u64>, wants: &Wants, least: &[Least], goal: &[usize]) -> Option<Q> {
        let (count, first) = (self.links.len(), self.pools * self.links.len());
        let ratio = first + wants.len();
        let mut rows = Vec::new();
        let mut row = |terms: Vec<(usize, i128)>, most: i128| {
            let mut row = vec![Q::int(0); ratio + 1];
            terms.into_iter().for_each(|(at, by)| row[at] = row[at].plus(Q::int(by)));
            rows.push((row, Q::int(most)));
        };
        for (pool, node) in (0..self.pools).flat_map(|pool| (0..self.nodes).map(move |node| (pool, node))) {
            let at = |l: usize, way| (pool * count + l, way);
            let leaving = (0..count).filter(|l| self.links[*l].0 == node).map(|l| at(l, 1));
            let entering = (0..count).filter(|l| self.links[*l].1 == node).map(|l| at(l, -1));
            let used = (0..wants.len()).filter(|w| wants[*w].0 == (node, pool)).map(|w| (first + w, 1));
            let own = self.sources.iter().filter(|s| (s.0, s.1) == (node, pool)).map(|s| i128::from(s.2)).sum::<i128>();
            let taken = given.get(&(node, pool)).copied().unwrap_or(0);
            row(leaving.chain(entering).chain(used).collect(), own - i128::from(taken));
        }
        for (l, link) in self.links.iter().enumerate() {
            row((0..self.pools).map(|pool| (pool * count + l, 1)).collect(), link.2.into());
        }
        wants.iter().enumerate().for_each(|(w, (_, size))| row(vec![(first + w, 1)], (*size).into()));
        row(vec![(ratio, 1)], 1);
        for (some, at, per) in least {
            let mut row = vec![Q::int(0); ratio + 1];
            some.iter().for_each(|w| row[first + w] = Q::int(-1));
            row[ratio] = *per;
            rows.push((row, at.times(Q::int(-1))));
        }
        let named = |at: usize| if goal.is_empty() { at == ratio } else { at >= first && goal.contains(&(at - first)) };
        simplex(&rows, &(0..=ratio).map(|at| Q::int(named(at).into())).collect::<Vec<_>>())
    }

    /// The most that can arrive in cells together, in whole m3.
    pub fn deliverable(&self, wants: &Wants) -> u64 {
        let all: Vec<usize> = (0..wants.len()).collect();
        if all.is_empty() { 0 } else { whole(self.most(&BTreeMap::new(), wants, &[], &all).expect("nothing is held")) }
    }

    /// Serves ranks, first to last: what each cell gets.
    pub fn share(&self, ranks: &[Wants]) -> Vec<Vec<u64>> {
        let (mut given, mut totals) = (BTreeMap::new(), Vec::new());
        for (n, rank) in ranks.iter().enumerate() {
            let (wants, mut least) = held(ranks, &totals, 0..n, rank);
            let ours: Vec<usize> = (0..rank.len()).collect();
            let total = self.most(&given, &wants, &least, &ours).expect("what is held was reached");
            least.clear();
            if total == size(rank) {
                rank.iter().for_each(|(cell, size)| *given.entry(*cell).or_insert(0) += size);
            }
            totals.push(total);
        }
        let floors: Vec<Q> = totals.iter().map(|total| Q::int(whole(*total).into())).collect();
        let mut shares = Vec::new();
        for (n, rank) in ranks.iter().enumerate() {
            let share = if totals[n] == size(rank) {
                rank.iter().map(|(_, size)| *size).collect()
            } else if floors[n] == Q::int(0) {
                vec![0; rank.len()]
            } else {
                // Better ranks' rounding can leave no way to a total that is a fraction.
                let groups: Vec<Wants> = rank.iter().map(|want| vec![*want]).collect();
                let even = [&totals, &floors].into_iter().find_map(|totals| {
                    let (held, least) = held(ranks, totals, n + 1..ranks.len(), rank);
                    self.leximin(&given, &groups, &held[rank.len()..].to_vec(), &least, totals[n])
                });
                let share = self.raise(&given, ranks, &floors, n, &even.expect("floors can be reached"));
                rank.iter().zip(&share).for_each(|((cell, _), share)| *given.entry(*cell).or_insert(0) += share);
                share
            };
            shares.push(share);
        }
        shares
    }

    /// The least served ratio of groups of cells as high as it can be, then the second least, and so on: what each group
    /// gets. Others, which stand after the groups' cells, get their least too.
    pub fn leximin(
        &self,
        given: &BTreeMap<Cell, u64>,
        groups: &[Wants],
        others: &Wants,
        held: &[Least],
        total: Q,
    ) -> Option<Vec<Q>> {
        let wants: Wants = groups.iter().flatten().chain(others).copied().collect();
        let mut next = 0..;
        let members: Vec<Vec<usize>> = groups.iter().map(|group| next.by_ref().take(group.len()).collect()).collect();
        let mut fixed: Vec<Option<Q>> = vec![None; groups.len()];
        while fixed.contains(&None) {
            // Each free group's share of its size goes up with the ratio, or stays where the ratio has got.
            let least = |due: &dyn Fn(usize) -> (Q, Q)| {
                let of = |g: usize| fixed[g].map_or_else(|| due(g), |share| (share, Q::int(0)));
                let groups = (0..groups.len()).map(|g| (members[g].clone(), of(g).0, of(g).1));
                let all = (members.concat(), total, Q::int(0));
                held.iter().cloned().chain(groups).chain([all]).collect::<Vec<Least>>()
            };
            let ratio = self.most(given, &wants, &least(&|g| (Q::int(0), size(&groups[g]))), &[])?;
            let due = |g: usize| size(&groups[g]).times(ratio);
            let kept = least(&|g| (due(g), Q::int(0)));
            let free = (0..groups.len()).filter(|g| fixed[*g].is_none());
            let stuck =
                |g: &usize| ratio == Q::int(1) || self.most(given, &wants, &kept, &members[*g]) == Some(due(*g));
            let stuck: Vec<usize> = free.filter(stuck).collect();
            stuck.into_iter().for_each(|g| fixed[g] = Some(due(g)));
        }
        fixed.into_iter().collect()
    }

    /// The floor of each, then one more by largest remainder on the grid of 1e-6, ties in the order given.
    fn raise(&self, given: &BTreeMap<Cell, u64>, ranks: &[Wants], totals: &[Q], n: usize, even: &[Q]) -> Vec<u64> {
        let (wants, mut least) = held(ranks, totals, n + 1..ranks.len(), &ranks[n]);
        least.push(((0..even.len()).collect(), totals[n], Q::int(0)));
        let mut share: Vec<u64> = even.iter().map(|q| q.floor() as u64).collect();
        let mut order: Vec<usize> = (0..even.len()).collect();
        order.sort_by_key(|c| Reverse(even[*c].minus(Q::int(even[*c].floor())).millionths()));
        // Once round is enough, but where companies share links.
        for c in order.iter().cycle().take(order.len() * self.pools) {
            let mut more = share.clone();
            more[*c] += 1;
            let each = more.iter().enumerate().map(|(c, share)| (vec![c], Q::int((*share).into()), Q::int(0)));
            let each: Vec<Least> = least.iter().cloned().chain(each).collect();
            let left = Q::int(share.iter().sum::<u64>().into()) != totals[n];
            if left && more[*c] <= ranks[n][*c].1 && self.most(given, &wants, &each, &[]).is_some() {
                share = more;
            }
        }
        share
    }
}

/// A rank's wants, and after them those of others that get something but not all; and what these must get.
fn held(ranks: &[Wants], totals: &[Q], which: std::ops::Range<usize>, rank: &Wants) -> (Wants, Vec<Least>) {
    let (mut wants, mut least) = (rank.clone(), Vec::new());
    for n in which.filter(|n| totals[*n] != Q::int(0) && totals[*n] != size(&ranks[*n])) {
        least.push(((wants.len()..wants.len() + ranks[n].len()).collect(), totals[n], Q::int(0)));
        wants.extend(&ranks[n]);
    }
    (wants, least)
}

fn size(wants: &Wants) -> Q {
    Q::int(wants.iter().map(|(_, size)| i128::from(*size)).sum())
}

/// Whole m3, as section 1 rounds.
fn whole(volume: Q) -> u64 {
    volume.plus(Q(1, 1000)).floor() as u64
}

/// What customers of a cell get: by largest remainder, ties by id, or whole customers cut by list. Each with its burden and size.
pub fn split(total: u64, who: &[(&str, u64, u64)], by_list: bool) -> Vec<u64> {
    let size: u64 = who.iter().map(|w| w.2).sum();
    let mut order: Vec<usize> = (0..who.len()).collect();
    if by_list {
        order.sort_by_key(|n| (who[*n].1, Reverse(who[*n].2), who[*n].0));
        let mut left = size - total;
        let mut parts = vec![0; who.len()];
        for n in order {
            parts[n] = who[n].2.saturating_sub(left);
            left -= who[n].2 - parts[n];
        }
        return parts;
    }
    let share = |n: usize| (u128::from(who[n].2) * u128::from(total), u128::from(size));
    let mut parts: Vec<u64> = order.iter().map(|n| (share(*n).0 / share(*n).1) as u64).collect();
    order.sort_by_key(|n| (Reverse(share(*n).0 % share(*n).1), who[*n].0));
    let left = total - parts.iter().sum::<u64>();
    order.into_iter().take(left as usize).for_each(|n| parts[n] += 1);
    parts
}

/// The most of a sum of numbers that are not negative, where no row is above what stands beside it; `None` if there are no such
/// numbers. Both phases by Bland's rule.
fn simplex(rows: &[(Vec<Q>, Q)], goal: &[Q]) -> Option<Q> {
    let (n, m) = (goal.len(), rows.len());
    let line = |row: &[Q], rest: [Q; 2]| row.iter().copied().chain(rest).collect::<Vec<Q>>();
    // Columns: the numbers, one that makes up for what is missing (n), what stands beside. Below the rows: both goals.
    let mut table: Vec<Vec<Q>> = rows.iter().map(|(row, most)| line(row, [Q::int(-1), *most])).collect();
    table.push(goal.iter().map(|by| by.times(Q::int(-1))).chain([Q::int(0); 2]).collect());
    table.push(line(&vec![Q::int(0); n], [Q::int(1), Q::int(0)]));
    let (mut outside, mut inside): (Vec<usize>, Vec<usize>) = ((0..=n).collect(), (n + 1..=n + m).collect());
    let worst = (0..m).min_by(|a, b| table[*a][n + 1].cmp(&table[*b][n + 1]))?;
    let mut enters = if table[worst][n + 1] < Q::int(0) { Some((worst, n)) } else { None };
    let mut goal = if enters.is_some() { m + 1 } else { m };
    loop {
        if let Some((row, column)) = enters.take() {
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
        let gains = (0..=n).filter(|c| table[goal][*c] < Q::int(0) && outside[*c] != n);
        if let Some(column) = gains.min_by_key(|c| outside[*c]) {
            let far = |row: usize| table[row][n + 1].over(table[row][column]);
            let row = (0..m).filter(|row| table[*row][column] > Q::int(0));
            enters = Some((row.min_by(|a, b| far(*a).cmp(&far(*b)).then(inside[*a].cmp(&inside[*b])))?, column));
        } else if goal == m {
            return Some(table[m][n + 1]);
        } else if table[m + 1][n + 1] != Q::int(0) {
            return None;
        } else {
            goal = m;
            let made_up = inside.iter().position(|number| *number == n);
            enters = made_up.and_then(|row| Some((row, (0..=n).find(|c| table[row][*c].0 != 0)?)));
        }
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// An exact fraction in lowest terms; overflow panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Q(pub i128, pub i128);

impl Q {
    fn new(n: i128, d: i128) -> Self {
        let by = gcd(n, d) * d.signum();
        Self(n / by, d / by)
    }
    pub fn int(n: i128) -> Self {
        Self(n, 1)
    }
    fn plus(self, other: Self) -> Self {
        let by = if self.1 == other.1 { self.1 } else { gcd(self.1, other.1) };
        let n = self.0 * (other.1 / by) + other.0 * (self.1 / by);
        if self.1 == 1 && other.1 == 1 { Self(n, 1) } else { Self::new(n, self.1 / by * other.1) }
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
        if other == Self(1, 1) { self } else { self.times(Self(other.1 * other.0.signum(), other.0.abs())) }
    }
    fn floor(self) -> i128 {
        self.0.div_euclid(self.1)
    }
    /// To the nearest millionth.
    fn millionths(self) -> i128 {
        (2 * 1_000_000 * self.0 + self.1).div_euclid(2 * self.1)
    }
}

impl PartialOrd for Q {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Q {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.minus(*other).0.cmp(&0)
    }
}
