//! Section 5, "Hours": each hour has its network, and pipes carry gas from hour to hour. Gas is counted in billionths of a
//! m3, and every question is how much can flow (`flow`).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::even::Cell;
use super::flow::{FROM, Net, TO};
use super::simplex::{ONE, Q, ZERO};
use super::{Customer, Pack, Place, Slice, Town};

/// A m3.
pub const UNIT: i128 = 1_000_000_000;

/// What counts as nothing: a millionth of a m3.
const NOTHING: i128 = UNIT / 1_000_000;

/// How finely ratios are found.
const FINE: i128 = 1_000_000_000_000_000_000;

/// A cell in an hour.
type At<'a> = (Cell<'a>, usize);

fn clock(town: &Town) -> &[u8] {
    town.hours.as_ref().map_or(&[], |hours| &hours.clock)
}

fn is_evening(clock: u8) -> bool {
    (17..20).contains(&clock)
}

/// What a customer's day weighs in each hour; nothing by the day.
pub struct Spread(Vec<Q>);

impl Spread {
    pub fn of(town: &Town, customer: &Customer) -> Self {
        let Some(hours) = &town.hours else { return Self(Vec::new()) };
        let profile = hours.profiles.get(&customer.id);
        let weigh = |clock: &u8| Q::int(profile.map_or(1, |profile| profile[usize::from(*clock)]));
        Self(hours.clock.iter().map(weigh).collect())
    }

    fn sum(&self) -> Q {
        self.0.iter().fold(ZERO, |sum, hour| sum.plus(*hour))
    }

    fn in_the_evening(&self, town: &Town) -> Self {
        let in_it = |(clock, hour): (&u8, &Q)| if is_evening(*clock) { *hour } else { ZERO };
        Self(clock(town).iter().zip(&self.0).map(in_it).collect())
    }

    /// The share of 17:00-20:00.
    pub fn evening(&self, town: &Town) -> Q {
        self.in_the_evening(town).sum().over(self.sum())
    }

    /// So much of a demand is stopped in the evening, and a part of that comes back in equal thirds in the three hours after.
    pub fn stop(&mut self, town: &Town, demand: u64, stopped: Q, back: Q) {
        let evening = self.in_the_evening(town);
        if self.0.is_empty() || evening.sum() == ZERO {
            return;
        }
        let per_m3 = self.sum().over(Q::int(demand));
        let kept = ONE.minus(stopped.times(per_m3).over(evening.sum()));
        let third = stopped.times(per_m3).times(back).over(Q::int(3));
        let last = clock(town).iter().rposition(|clock| is_evening(*clock));
        let mut left = self.0.clone();
        for (n, hour) in left.iter_mut().enumerate() {
            if evening.0[n] != ZERO {
                *hour = hour.times(kept);
            }
            if last.is_some_and(|last| (1..=3).contains(&n.saturating_sub(last))) {
                *hour = hour.plus(third);
            }
        }
        // What comes back when the day is over stays in its hours; if there are no others, where it was.
        if left.iter().any(|hour| *hour != ZERO) {
            self.0 = left;
        }
    }

    /// So much of so much is taken of the evening alone: how that spreads.
    pub fn take_evening(&mut self, town: &Town, taken: u64, of: u64) -> Self {
        let evening = self.in_the_evening(town);
        if evening.sum() != ZERO {
            let kept = ONE.minus(Q::int(taken).times(self.sum()).over(evening.sum().times(Q::int(of))));
            let rest = self.0.iter().zip(&evening.0);
            self.0 = rest.map(|(hour, evening)| if *evening == ZERO { *hour } else { hour.times(kept) }).collect();
        }
        evening
    }

    /// What a slice asks for in each hour.
    pub fn ask(&self, size: u64) -> Vec<i128> {
        let sum = self.sum();
        let part = |hour: &Q| Q::int(i128::from(size) * UNIT).times(hour.over(sum)).floor();
        self.0.iter().filter(|_| size > 0).map(part).collect()
    }
}

/// The network of a day, and where gas is used.
#[derive(Clone)]
struct Pipes {
    net: Net,
    /// By node's id, company and hour.
    nodes: BTreeMap<(String, String, usize), usize>,
    /// A district after the last hour, and what must be in its pipes then.
    ends: Vec<(usize, i128)>,
}

impl Pipes {
    fn of(town: &Town) -> Self {
        let hours = town.hours.as_ref().expect("decided by the hour");
        let mut pipes = Self { net: Net::new(), nodes: BTreeMap::new(), ends: Vec::new() };
        let m3 = |volume: u64| i128::from(volume) * UNIT;
        for source in &town.sources {
            let company = source.company.as_deref().unwrap_or_default();
            let day = pipes.net.node();
            pipes.net.lay(FROM, day, m3(source.volume));
            let most = hours.sources.get(&source.id).map_or(m3(source.volume), |most| m3(*most));
            for h in 0..hours.clock.len() {
                let to = pipes.node(&source.id, company, h);
                pipes.net.lay(day, to, most);
            }
        }
        // Companies share no links: those of a pool are there for each.
        let companies: BTreeSet<&str> = town.sources.iter().map(|s| s.company.as_deref().unwrap_or_default()).collect();
        for (link, company) in town.links.iter().flatten().flat_map(|link| companies.iter().map(move |c| (link, *c))) {
            let own = hours.links.get(&(link.from.clone(), link.to.clone()));
            let capacity = own.map_or(m3(link.capacity) / 24, |own| m3(*own));
            for h in 0..hours.clock.len() {
                let (from, to) = (pipes.node(&link.from, company, h), pipes.node(&link.to, company, h));
                pipes.net.lay(from, to, capacity);
            }
        }
        for district in &town.districts {
            let Some(Pack { start, least, most, draw }) = hours.packs.get(&district.id) else { continue };
            let first = pipes.node(&district.id, "", 0);
            pipes.net.lay(FROM, first, m3(start - least));
            for h in 0..hours.clock.len() {
                let (from, to) = (pipes.node(&district.id, "", h), pipes.node(&district.id, "", h + 1));
                pipes.net.lay(from, to, m3(most - least));
            }
            let end = pipes.node(&district.id, "", hours.clock.len());
            pipes.ends.push((end, m3((start - draw).saturating_sub(*least))));
        }
        pipes
    }

    fn node(&mut self, id: &str, company: &str, hour: usize) -> usize {
        *self.nodes.entry((id.to_owned(), company.to_owned(), hour)).or_insert_with(|| self.net.node())
    }

    fn users(&mut self, town: &Town, asked: &BTreeMap<At, i128>) -> Vec<(usize, i128)> {
        let user =
            |(((row, company), hour), size): (&At, &i128)| (self.node(&town.districts[*row].id, company, *hour), *size);
        asked.iter().map(user).collect()
    }

    /// The most that users get, one group after the other; the first are the pipes at the end of the day.
    fn totals(&self, groups: &[Vec<(usize, i128)>]) -> Vec<i128> {
        let mut net = self.net.clone();
        let mut total = |users: &Vec<(usize, i128)>| {
            users.iter().for_each(|(node, size)| net.lay(*node, TO, *size));
            net.fill()
        };
        let ends = total(&self.ends);
        std::iter::once(ends).chain(groups.iter().map(total)).collect()
    }

    /// The least served ratio of users as high as it can be, then the second least, and so on: what each gets. All together get
    /// `total`; `due` is what others get, and what groups of others get together.
    fn even(&self, users: &[(usize, i128)], total: i128, due: &[(usize, i128)], groups: &[Group]) -> Vec<i128> {
        let mut fixed: Vec<Option<i128>> = vec![None; users.len()];
        while fixed.contains(&None) {
            let sizes = || users.iter().zip(&fixed).filter(|(_, fixed)| fixed.is_none()).map(|((_, size), _)| size);
            let left = total - fixed.iter().flatten().sum::<i128>();
            let mut ratio = (left * FINE / sizes().sum::<i128>()).min(FINE);
            // Lower it until each gets its part.
            let reached = loop {
                let (short, net, rest) = self.try_ratio(users, &fixed, ratio, total, due, groups);
                if short == 0 {
                    break net.reached(rest, NOTHING);
                }
                let fed = net.reached(FROM, 0);
                let beyond = users.iter().zip(&fixed).filter(|((node, _), fixed)| fixed.is_none() && !fed[*node]);
                let beyond: i128 = beyond.map(|((_, size), _)| size).sum();
                assert!(beyond > 0, "nobody's ratio is too high, and yet they cannot have it");
                ratio -= (short * FINE).div_euclid(beyond) + 1;
            };
            let stuck = |at: &usize| fixed[*at].is_none() && (ratio == FINE || !reached[users[*at].0]);
            let stuck: Vec<usize> = (0..users.len()).filter(stuck).collect();
            assert!(!stuck.is_empty(), "somebody is as high as can be");
            stuck.into_iter().for_each(|at| fixed[at] = Some(users[at].1 * ratio / FINE));
        }
        fixed.into_iter().flatten().collect()
    }

    /// By how much users fall short if each is to get its part, the network then, and the node where what they get above that is.
    fn try_ratio(
        &self,
        users: &[(usize, i128)],
        fixed: &[Option<i128>],
        ratio: i128,
        total: i128,
        due: &[(usize, i128)],
        groups: &[Group],
    ) -> (i128, Net, usize) {
        let mut net = self.net.clone();
        let mut wanted = due.iter().map(|(_, volume)| volume).sum::<i128>() + total;
        due.iter().for_each(|(node, volume)| net.lay(*node, TO, *volume));
        for (others, volume) in groups {
            let all = net.node();
            others.iter().for_each(|(node, size)| net.lay(*node, all, *size));
            net.lay(all, TO, *volume);
            wanted += volume;
        }
        let (rest, mut left) = (net.node(), total);
        for ((node, size), fixed) in users.iter().zip(fixed) {
            let part = fixed.unwrap_or(size * ratio / FINE);
            net.lay(*node, TO, part);
            // What rounding left over has to go somewhere.
            net.lay(*node, rest, if fixed.is_some() { (size - part).min(NOTHING) } else { size - part });
            left -= part;
        }
        net.lay(rest, TO, left);
        (wanted - net.fill(), net, rest)
    }
}

/// Users that get so much together.
type Group = (Vec<(usize, i128)>, i128);

/// Whole m3, as section 1 rounds.
fn whole(volume: i128) -> u64 {
    (volume + UNIT / 1000).div_euclid(UNIT) as u64
}

fn sums<'a>(asked: impl Iterator<Item = (Cell<'a>, Vec<i128>)>) -> BTreeMap<At<'a>, i128> {
    let mut sums = BTreeMap::new();
    for (cell, hours) in asked {
        hours.iter().enumerate().for_each(|(h, volume)| *sums.entry((cell, h)).or_insert(0) += volume);
    }
    sums.retain(|_, size| *size > 0);
    sums
}

/// The most that can arrive in cells together, in whole m3, once the pipes have what they must.
pub fn deliverable<'a>(town: &Town, asked: impl Iterator<Item = (Cell<'a>, Vec<i128>)>) -> u64 {
    let mut pipes = Pipes::of(town);
    let users = pipes.users(town, &sums(asked));
    whole(pipes.totals(&[users])[1])
}

/// Each rank's total over the day, in the order of ranks that `asked` has.
fn ranks<'a, 'b>(slices: &'b [Slice<'a>]) -> Vec<(&'b [Slice<'a>], BTreeMap<At<'a>, i128>)> {
    let ranks = slices.chunk_by(|a, b| a.place == b.place).filter(|rank| rank[0].place != Place::Withheld);
    ranks.map(|rank| (rank, sums(rank.iter().map(|slice| (slice.cell, slice.hours.clone()))))).collect()
}

/// Each rank's total over the day in supply order, after what is in the pipes at its end.
pub fn totals(town: &Town, slices: &[Slice]) -> Vec<i128> {
    let mut pipes = Pipes::of(town);
    let groups: Vec<_> = ranks(slices).iter().map(|(_, asked)| pipes.users(town, asked)).collect();
    pipes.totals(&groups)
}

/// Serves slices in supply order. What each district is served in each hour and what is missing from the pipes at the end of
/// the day, in thousandths of a m3.
pub fn serve(town: &Town, slices: &mut [Slice]) -> (Vec<Vec<u64>>, u64) {
    let mut pipes = Pipes::of(town);
    let totals = totals(town, slices);
    let must: i128 = pipes.ends.iter().map(|(_, size)| size).sum();
    let mut groups: Vec<Group> = vec![(pipes.ends.clone(), totals[0])];
    let mut parts: Vec<BTreeMap<At, (i128, i128)>> = Vec::new();
    let ranks = ranks(slices);
    for ((_, asked), total) in ranks.iter().zip(&totals[1..]) {
        groups.push((pipes.users(town, asked), *total));
    }
    let mut due = Vec::new();
    for (n, (_, asked)) in ranks.iter().enumerate() {
        let (users, total) = &groups[n + 1];
        let all = *total == users.iter().map(|(_, size)| size).sum::<i128>();
        let got: Vec<i128> = match all {
            true => users.iter().map(|(_, size)| *size).collect(),
            false => pipes.even(users, *total, &due, &[&groups[..1], &groups[n + 2..]].concat()),
        };
        due.extend(users.iter().zip(&got).map(|((node, _), got)| (*node, *got)));
        parts.push(asked.iter().zip(&got).map(|((at, size), got)| (*at, (*got, *size))).collect());
    }
    let mut by_hour = vec![vec![0; clock(town).len()]; town.districts.len()];
    for (((row, _), h), (got, _)) in parts.iter().flatten() {
        by_hour[*row][*h] += got;
    }
    let wholes: Vec<u64> = totals[1..].iter().map(|total| whole(*total)).collect();
    let served = slices.chunk_by_mut(|a, b| a.place == b.place).zip(parts).zip(wholes);
    served.for_each(|((rank, parts), total)| split(rank, &parts, total));
    let thousandths = |volume: i128| ((volume + UNIT / 2000) / (UNIT / 1000)) as u64;
    let by_hour = by_hour.into_iter().map(|hours| hours.into_iter().map(thousandths).collect()).collect();
    (by_hour, thousandths(must - totals[0]))
}

/// Everybody gets its part of each hour; over the day whole m3, the largest remainders first, until the rank's total is reached.
fn split(rank: &mut [Slice], parts: &BTreeMap<At, (i128, i128)>, total: u64) {
    let mut order = Vec::new();
    for (n, slice) in rank.iter_mut().enumerate() {
        let part = |(h, asked): (usize, &i128)| parts.get(&(slice.cell, h)).map_or(0, |(got, of)| asked * got / of);
        let day: i128 = slice.hours.iter().enumerate().map(part).sum();
        slice.served = whole(day).min(slice.size);
        order.push((Reverse(day - i128::from(slice.served) * UNIT), n));
    }
    order.sort();
    let mut left = total as i128 - rank.iter().map(|slice| i128::from(slice.served)).sum::<i128>();
    for (_, n) in order {
        if left > 0 && rank[n].served < rank[n].size {
            (rank[n].served, left) = (rank[n].served + 1, left - 1);
        }
    }
}
