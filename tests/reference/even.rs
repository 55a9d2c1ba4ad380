//! Sections 5 and 6 for the reference: each rank's total, evenness inside it, whole cubic metres. A pool in closed
//! form; a network by looking at every set of districts and every cut.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Link, Source};

/// What each pool gives, by company (all in one under the empty name).
pub type Pools = BTreeMap<String, u64>;

/// Which volumes can reach which districts.
pub enum Reach {
    Pools(Pools),
    /// By set of districts (bit p is position p): the most that can arrive in them together.
    Network(Vec<u64>),
}

impl Reach {
    /// The most that can arrive in each set of districts: the least cut, over all cuts.
    pub fn network(districts: &[&str], sources: &[&Source], links: &[&Link]) -> Self {
        let is_source = |name: &str| sources.iter().any(|s| s.id == name);
        let ends = links.iter().flat_map(|l| [l.from.as_str(), l.to.as_str()]);
        let junctions: BTreeSet<&str> = ends.filter(|e| !is_source(e) && !districts.contains(e)).collect();
        let nodes: Vec<&str> = districts.iter().copied().chain(junctions).collect();
        let mut most = vec![u64::MAX; 1 << districts.len()];
        for side in 0..1usize << nodes.len() {
            let far = |name: &str| nodes.iter().position(|n| *n == name).is_some_and(|n| side >> n & 1 == 1);
            let into = |from: &dyn Fn(&str) -> bool| -> u64 {
                links.iter().filter(|l| from(&l.from) && far(&l.to)).map(|l| l.capacity).sum()
            };
            let from_nodes = into(&|name| !is_source(name) && !far(name));
            let from_sources: u64 = sources.iter().map(|s| s.volume.min(into(&|name| name == s.id))).sum();
            for (set, most) in most.iter_mut().enumerate() {
                if set & !side == 0 {
                    *most = (*most).min(from_nodes + from_sources);
                }
            }
        }
        Self::Network(most)
    }

    /// The most that districts can get together if none takes more than its `wants` (a network's).
    pub fn most(&self, wants: &[u64]) -> u64 {
        let Self::Network(most) = self else { return 0 };
        let outside = |set: usize| (0..wants.len()).filter(|p| set >> p & 1 == 0).map(|p| wants[p]).sum::<u64>();
        (0..most.len()).map(|set| most[set] + outside(set)).min().unwrap_or(0)
    }

    pub fn filling(&self, districts: usize) -> Filling<'_> {
        let pools = if let Self::Pools(pools) = self { pools.clone() } else { Pools::new() };
        let none = vec![0; districts];
        Filling { reach: self, pools, wanted: none.clone(), given: none.clone(), even: vec![Q::int(0); districts] }
    }
}

/// Ranks being served, first to last.
pub struct Filling<'a> {
    reach: &'a Reach,
    /// What is left in each pool.
    pools: Pools,
    /// Of all ranks so far, by district: sizes, whole shares and exact even shares.
    wanted: Vec<u64>,
    given: Vec<u64>,
    even: Vec<Q>,
}

/// A cell: district (as a position) and company.
type Cell = (usize, String);

impl Filling<'_> {
    /// Serves the next rank: its cells with their sizes, in order of district and company.
    pub fn rank(&mut self, cells: &[(Cell, u64)]) -> Vec<u64> {
        match self.reach {
            Reach::Pools(_) => self.pools_rank(cells),
            Reach::Network(most) => self.network_rank(cells, most),
        }
    }

    fn pools_rank(&mut self, cells: &[(Cell, u64)]) -> Vec<u64> {
        let mut asked = Pools::new();
        for ((_, company), size) in cells {
            *asked.entry(company.clone()).or_default() += size;
        }
        let mut gets = Pools::new();
        for (company, asked) in &asked {
            let left = self.pools.entry(company.clone()).or_default();
            let total = (*asked).min(*left);
            *left -= total;
            gets.insert(company.clone(), total);
        }
        let even: Vec<Q> =
            cells.iter().map(|((_, pool), size)| Q::new(i(*size) * i(gets[pool]), i(asked[pool]))).collect();
        raise(&even, gets.values().sum(), |whole, n| {
            let pool = &cells[n].0.1;
            let of_pool: u64 = (0..cells.len()).filter(|m| cells[*m].0.1 == *pool).map(|m| whole[m]).sum();
            whole[n] < cells[n].1 && of_pool < gets[pool]
        })
    }

    fn network_rank(&mut self, cells: &[(Cell, u64)], most: &[u64]) -> Vec<u64> {
        let districts = self.wanted.len();
        let before = self.reach.most(&self.wanted);
        let mut sizes = vec![0; districts];
        for ((district, _), size) in cells {
            sizes[*district] = *size;
            self.wanted[*district] += size;
        }
        let total = self.reach.most(&self.wanted) - before;

        let shares = rise(&self.even, &sizes, most);
        let even: Vec<Q> = cells.iter().map(|((p, _), _)| shares[*p]).collect();
        let given = raise(&even, total, |whole, n| {
            let mut trial = self.given.clone();
            for (((p, _), _), whole) in cells.iter().zip(whole) {
                trial[*p] += whole;
            }
            trial[cells[n].0.0] += 1;
            let fits =
                |set: usize| (0..districts).filter(|p| set >> p & 1 == 1).map(|p| trial[p]).sum::<u64>() <= most[set];
            whole[n] < cells[n].1 && (0..most.len()).all(fits)
        });
        for (((p, _), _), whole) in cells.iter().zip(&given) {
            self.given[*p] += whole;
            self.even[*p] = self.even[*p].plus(shares[*p]);
        }
        given
    }
}

/// All cells, one a district, rise at the same ratio until some set of districts can take no more; those stop, the
/// rest rise on. `held` is what the districts have already, `most` the most that each set of them can get.
pub fn rise(held: &[Q], sizes: &[u64], most: &[u64]) -> Vec<Q> {
    let districts = sizes.len();
    let mut shares = vec![Q::int(0); districts];
    let mut rising: BTreeSet<usize> = (0..districts).filter(|p| sizes[*p] > 0).collect();
    while !rising.is_empty() {
        let members = |set: usize| (0..districts).filter(move |p| set >> p & 1 == 1);
        let ratio_at = |set: usize| -> Option<Q> {
            let rise: u64 = members(set).filter(|p| rising.contains(p)).map(|p| sizes[p]).sum();
            let still = members(set).filter(|p| !rising.contains(p)).map(|p| shares[p]);
            let room = members(set).map(|p| held[p]).chain(still).fold(Q::int(i(most[set])), Q::minus);
            (rise > 0).then(|| room.times(Q::new(1, i(rise))))
        };
        let ratios: Vec<(usize, Q)> = (1..most.len()).filter_map(|set| Some((set, ratio_at(set)?))).collect();
        let ratio = ratios.iter().map(|(_, r)| *r).fold(Q::int(1), Q::least);
        let tight = ratios.iter().filter(|(_, r)| *r == ratio).flat_map(|(set, _)| members(*set));
        let mut stop: BTreeSet<usize> = tight.filter(|p| rising.contains(p)).collect();
        if ratio == Q::int(1) {
            stop = rising.clone();
        }
        for p in &stop {
            shares[*p] = ratio.times(Q::int(i(sizes[*p])));
            rising.remove(p);
        }
    }
    shares
}

/// The most that each set of districts can get, by network or from pools whose customers ask for so much (by pool and
/// district).
pub fn most_by_set(reach: &Reach, asked: &BTreeMap<(String, usize), u64>, districts: usize) -> Vec<u64> {
    let pools = match reach {
        Reach::Network(most) => return most.clone(),
        Reach::Pools(pools) => pools,
    };
    let of = |set: usize, pool: &String, volume: u64| -> u64 {
        let here = asked.iter().filter(|((p, district), _)| p == pool && set >> district & 1 == 1);
        here.map(|(_, asked)| asked).sum::<u64>().min(volume)
    };
    let most = |set: usize| pools.iter().map(|(pool, volume)| of(set, pool, *volume)).sum();
    (0..1usize << districts).map(most).collect()
}

/// Section 6: the floor of each, then one more by largest remainder on the grid of 1e-6, ties in the order given.
fn raise(even: &[Q], total: u64, room: impl Fn(&[u64], usize) -> bool) -> Vec<u64> {
    let mut whole: Vec<u64> = even.iter().map(|q| q.floor() as u64).collect();
    let mut order: Vec<usize> = (0..even.len()).collect();
    order.sort_by_key(|n| Reverse(even[*n].minus(Q::int(even[*n].floor())).millionths()));
    for n in order {
        if whole.iter().sum::<u64>() < total && room(&whole, n) {
            whole[n] += 1;
        }
    }
    assert_eq!(whole.iter().sum::<u64>(), total, "rounding must reach the rank's total");
    whole
}

/// A cell's total among its customers by largest remainder, ties by id.
pub fn split(total: u64, who: &[(&str, u64)]) -> Vec<u64> {
    let size: i128 = who.iter().map(|w| i(w.1)).sum();
    let mut parts: Vec<u64> = who.iter().map(|w| (i(w.1) * i(total) / size) as u64).collect();
    let mut order: Vec<usize> = (0..who.len()).collect();
    order.sort_by_key(|n| (Reverse(i(who[*n].1) * i(total) % size), who[*n].0));
    let left = total - parts.iter().sum::<u64>();
    for n in order.into_iter().take(left as usize) {
        parts[n] += 1;
    }
    parts
}

fn i(volume: u64) -> i128 {
    i128::from(volume)
}

/// An exact fraction in lowest terms; overflow panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Q(pub i128, pub i128);

impl Q {
    fn new(n: i128, d: i128) -> Self {
        let (mut a, mut b) = (n.abs(), d);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Self(n / a.max(1), d / a.max(1))
    }
    pub fn int(n: i128) -> Self {
        Self(n, 1)
    }
    fn plus(self, other: Self) -> Self {
        Self::new(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }
    fn minus(self, other: Self) -> Self {
        self.plus(Self(-other.0, other.1))
    }
    fn times(self, other: Self) -> Self {
        Self::new(self.0 * other.0, self.1 * other.1)
    }
    fn least(self, other: Self) -> Self {
        if self.0 * other.1 <= other.0 * self.1 { self } else { other }
    }
    fn floor(self) -> i128 {
        self.0.div_euclid(self.1)
    }
    /// To the nearest millionth.
    fn millionths(self) -> i128 {
        (2 * 1_000_000 * self.0 + self.1).div_euclid(2 * self.1)
    }
}
