//! A pooled network: one commodity, so a flow, and exact in whole numbers.
//!
//! Why this is the answer of section 5:
//!
//! 1. The most that a set of districts can get together, `f`, is a minimum cut: a submodular function. The amounts
//!    that districts can get are the polymatroid of `f`, whose vertices are whole where capacities are whole.
//! 2. So ranks may be served greedily. Once no district of a rank can get more, its total is the same whichever
//!    largest vector was chosen, and so are all later totals: a district that is short belongs to a tight set `T`
//!    (it gets exactly `f(T)`, whatever the split), gets nothing in later ranks, and for any other set `X` the room
//!    `f(X + T) - f(T)` does not depend on the split inside `T`.
//! 3. Inside a rank, the districts outside `T` are full. Inside, the leximin of the ratios is the lexicographically
//!    optimal base of `f` on `T`, weighted by size, and is found by decomposition (Fujishige 1980): give everyone
//!    `V / S`, volume over size of the whole set. If that can be delivered it is the answer. Otherwise a minimum cut
//!    names the districts that get less; they are solved alone first, with the volume that the cut lets through,
//!    and the others after them with the rest. The ratios are fractions of whole numbers, so a flow times the
//!    denominator tests them in whole numbers. Some base of `T` stays within the sizes, so the optimal one does too.
//! 4. While the others are solved, those already solved hold some whole base of their part; point 2 says that any
//!    will do.
//! 5. Whole vectors below the leximin rounded up are the independent sets of a matroid, so raising cells one by one,
//!    wherever one more unit can be pushed, ends at the rank's total.

use super::carry::{Amount, Carried, NEVER, Search, Shape};
use super::whole::{Even, raise};
use super::{Cell, Network, Node, Shares, Tight};

/// Beyond this no volume of a city goes; keeps sums of two within 64 bits.
const MOST: u64 = 1 << 60;

/// A pooled network, ready to answer many questions.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    shape: Shape,
    search: Search,
    /// What is granted so far.
    carried: Carried<u64>,
    /// What was granted before the rank at hand.
    before: Carried<u64>,
    narrow: Carried<u64>,
    wide: Carried<u128>,
    /// The cells of the rank at hand that share a shortage.
    short: Vec<Short>,
    groups: Vec<Group>,
    fallen: Vec<u32>,
    even: Vec<Even>,
    /// The exact ratio of each cell that shares a shortage, by its place in the rank at hand.
    ratios: Vec<(u32, u64, u64)>,
    wanted: Vec<u64>,
    /// The side that proved the last time that not everybody gets all, by node.
    side: Vec<bool>,
    /// The ranks of the last question in which somebody fell, in order.
    steps: Vec<u32>,
    /// No volume of the question at hand is above this.
    most: u64,
    /// Whether to note what proves the shares; a day among thousands is not asked for proofs.
    noting: bool,
    /// Whether the last test of a group was in 64 bits.
    tested_narrow: bool,
    /// Where the groups of the rank at hand part, as an index in `short`, and the nodes that prove it.
    parted: Vec<(usize, Vec<u32>)>,
    noted: Vec<Tight>,
}

/// A cell that shares a shortage.
#[derive(Clone, Copy, Debug)]
struct Short {
    /// Its place in the rank.
    cell: u32,
    node: u32,
    size: u64,
}

/// Cells `from..to` of those that share a shortage, and the volume they get together.
#[derive(Clone, Copy, Debug)]
struct Group {
    from: usize,
    to: usize,
    volume: u64,
}

impl Prepared {
    pub fn new(network: &Network, districts: usize) -> Self {
        let shape = Shape::new(network, districts);
        let search = Search::new(&shape);
        Self {
            shape,
            search,
            carried: Carried::default(),
            before: Carried::default(),
            narrow: Carried::default(),
            wide: Carried::default(),
            short: Vec::new(),
            groups: Vec::new(),
            fallen: Vec::new(),
            even: Vec::new(),
            ratios: Vec::new(),
            wanted: Vec::new(),
            side: Vec::new(),
            steps: Vec::new(),
            most: 0,
            noting: false,
            tested_narrow: false,
            parted: Vec::new(),
            noted: Vec::new(),
        }
    }

    /// The same, for one question after another of who gets what: ways that gas took are tried first the next time. What links carry,
    /// and what proves the shares, such a one is not asked.
    pub fn remembering(self) -> Self {
        Self { search: Search::remembering(&self.shape), ..self }
    }

    /// As [`Self::share`], and what proves it.
    pub fn prove(&mut self, supply: &[u64], cells: &[Cell]) -> (Shares, Vec<Tight>) {
        self.noting = true;
        let shares = self.share(supply, cells);
        self.noting = false;
        (shares, std::mem::take(&mut self.noted))
    }

    /// The nodes that have fallen: after [`Self::deliverable`] or [`Self::bring`], the side that proves it.
    pub fn fallen(&self) -> Vec<Node> {
        let fallen = self.carried.fell.iter().enumerate().filter(|(_, fell)| **fell != NEVER);
        fallen.map(|(node, _)| self.shape.node(node)).collect()
    }

    pub fn deliverable(&mut self, supply: &[u64], cells: &[Cell]) -> u64 {
        self.start(supply, cells);
        self.push_together(cells)
    }

    /// Whether the cells get all that they ask for. A side of the network that once took all that could enter it and wanted more mostly
    /// wants more again, and then nothing else need be asked.
    pub fn brings_all(&mut self, supply: &[u64], cells: &[Cell]) -> bool {
        if !self.side.is_empty() {
            let inside = |cell: &&Cell| self.shape.district(cell.district).is_none_or(|node| self.side[node]);
            let wanted = cells.iter().filter(inside).fold(0u64, |sum, cell| sum.saturating_add(cell.size));
            if wanted > self.shape.most_into(&self.side, &supply[..supply.len().min(self.shape.sources)]) {
                return false;
            }
        }
        let all = self.deliverable(supply, cells) == cells.iter().fold(0u64, |sum, cell| sum.saturating_add(cell.size));
        if !all {
            self.side.clear();
            self.side.extend(self.carried.fell.iter().map(|fell| *fell != NEVER));
        }
        all
    }

    /// What each rank gets, and nothing of who gets it inside.
    pub fn totals(&mut self, supply: &[u64], cells: &[Cell]) -> Vec<u64> {
        let mut totals = vec![0; cells.last().map_or(0, |cell| cell.rank as usize + 1)];
        for (cell, brought) in cells.iter().zip(self.bring(supply, cells)) {
            totals[cell.rank as usize] += brought;
        }
        totals
    }

    /// What each cell gets if they are served one after another, each as much as the ones before it leave: ranks get their totals.
    pub fn bring(&mut self, supply: &[u64], cells: &[Cell]) -> Vec<u64> {
        self.start(supply, cells);
        cells.iter().map(|cell| self.push(cell, cell.size)).collect()
    }

    /// Whether these cells, by their places in order, get all that they ask for; of the others no more is found than that takes. If
    /// so, what they and all whom their ranks serve before or with them get together.
    pub fn fills(&mut self, supply: &[u64], cells: &[Cell], wanted: &[usize]) -> Option<u64> {
        self.start(supply, cells);
        let (mut start, mut wanted, mut together) = (0, wanted.iter().copied().peekable(), 0);
        for rank in cells.chunk_by(|a, b| a.rank == b.rank) {
            if wanted.peek().is_none() {
                break;
            }
            for (at, cell) in rank.iter().enumerate() {
                let brought = self.push(cell, cell.size);
                if brought < cell.size && wanted.clone().any(|wanted| wanted == start + at) {
                    return None;
                }
                together += brought;
            }
            // Whoever can be made to give way to somebody who is short has fallen with him: nobody else in the rank is short.
            let end = start + rank.len();
            while let Some(at) = wanted.next_if(|at| *at < end) {
                let node = self.shape.district(rank[at - start].district);
                if node.is_none_or(|node| self.carried.fell[node] != NEVER) {
                    return None;
                }
            }
            start = end;
        }
        Some(together)
    }

    /// Those of these cells, by their places in order, that do not get all: as [`Self::fills`] tells it.
    pub fn lacking(&mut self, supply: &[u64], cells: &[Cell], wanted: &[usize]) -> Vec<usize> {
        self.start(supply, cells);
        let (mut start, mut wanted, mut lacking) = (0, wanted.iter().copied().peekable(), Vec::new());
        for rank in cells.chunk_by(|a, b| a.rank == b.rank) {
            if wanted.peek().is_none() {
                break;
            }
            rank.iter().for_each(|cell| _ = self.push(cell, cell.size));
            let end = start + rank.len();
            while let Some(at) = wanted.next_if(|at| *at < end) {
                let node = self.shape.district(rank[at - start].district);
                if node.is_none_or(|node| self.carried.fell[node] != NEVER) {
                    lacking.push(at);
                }
            }
            start = end;
        }
        lacking
    }

    /// What these cells, by their places in order, get together; evenness is found in their ranks alone.
    pub fn sum_of(&mut self, supply: &[u64], cells: &[Cell], wanted: &[usize]) -> u64 {
        self.start(supply, cells);
        let (mut start, mut wanted, mut sum) = (0, wanted.iter().copied().peekable(), 0);
        for rank in cells.chunk_by(|a, b| a.rank == b.rank) {
            let (end, Some(next)) = (start + rank.len(), wanted.peek()) else { break };
            if *next < end {
                let mut served = vec![0; rank.len()];
                self.share_rank(rank[0].rank, rank, &mut served);
                while let Some(at) = wanted.next_if(|at| *at < end) {
                    sum += served[at - start];
                }
            } else {
                rank.iter().for_each(|cell| _ = self.push(cell, cell.size));
            }
            start = end;
        }
        sum
    }

    pub fn share(&mut self, supply: &[u64], cells: &[Cell]) -> Shares {
        let rank_count = cells.last().map_or(0, |cell| cell.rank as usize + 1);
        let mut shares = Shares { cells: vec![0; cells.len()], ranks: vec![0; rank_count] };
        self.start(supply, cells);
        self.noted.clear();
        let steps = std::mem::take(&mut self.steps);
        let (mut start, mut alone) = (0, 0);
        while let Some(first) = cells.get(start) {
            // Ranks up to the next one in which somebody fell the last time.
            let until = steps.iter().copied().find(|step| *step >= first.rank).unwrap_or(u32::MAX);
            let end = start + cells[start..].partition_point(|cell| cell.rank < until);
            let together = self.search.remembers() && first.rank >= alone && first.rank + 1 < until;
            if together && self.fill(&cells[start..end], &mut shares.cells[start..end]) {
                start = end;
                continue;
            }
            // What does not fit together is served rank by rank.
            alone = if together { until } else { alone };
            let end = start + cells[start..].partition_point(|cell| cell.rank == first.rank);
            if self.share_rank(first.rank, &cells[start..end], &mut shares.cells[start..end]) {
                self.steps.push(first.rank);
            }
            start = end;
        }
        for (cell, served) in cells.iter().zip(&shares.cells) {
            shares.ranks[cell.rank as usize] += served;
        }
        shares
    }

    /// Serves ranks together if nobody whom any gas can still reach lacks any of it then: who gets all gets it in whatever order.
    fn fill(&mut self, cells: &[Cell], served: &mut [u64]) -> bool {
        let mut all = 0;
        for (cell, served) in cells.iter().zip(served.iter_mut()) {
            let node = self.shape.district(cell.district);
            *served = if node.is_some_and(|node| self.carried.fell[node] == NEVER) { cell.size } else { 0 };
            all += *served;
        }
        self.before.copy(&self.carried);
        let filled = self.push_together(cells) == all;
        if !filled {
            self.restore();
        }
        filled
    }

    /// One push a district: in which rank the gas is wanted makes no difference to how much arrives.
    fn push_together(&mut self, cells: &[Cell]) -> u64 {
        self.wanted.clear();
        self.wanted.resize(self.shape.districts, 0);
        for cell in cells {
            if let Some(wanted) = self.wanted.get_mut(cell.district as usize) {
                *wanted = wanted.saturating_add(cell.size);
            }
        }
        let Self { shape, search, carried, wanted, .. } = self;
        let first = shape.sources;
        wanted.iter().enumerate().map(|(i, wanted)| carried.push(shape, search, first + i, *wanted, 0)).sum()
    }

    /// What part of each cell its exact share is, as (part, of), for the cells of the last rank; those before it must get all.
    pub fn parts(&mut self, supply: &[u64], cells: &[Cell]) -> Vec<(u64, u64)> {
        let shares = self.share(supply, cells);
        let mut parts: Vec<(u64, u64)> =
            cells.iter().zip(shares.cells).map(|(cell, share)| (share, cell.size)).collect();
        // Whoever shares a shortage was rounded to whole m3.
        let first = cells.len() - cells.chunk_by(|a, b| a.rank == b.rank).next_back().map_or(0, <[Cell]>::len);
        for (cell, part, of) in &self.ratios {
            parts[first + *cell as usize] = (*part, *of);
        }
        parts
    }

    /// What each link carries in the last question; nothing else may have been asked since.
    pub fn flows(&self) -> Vec<u64> {
        self.carried.flows(&self.shape, self.most)
    }

    fn start(&mut self, supply: &[u64], cells: &[Cell]) {
        self.ratios.clear();
        let all = supply.iter().fold(0u64, |sum, volume| sum.saturating_add(*volume));
        let demand = cells.iter().fold(0u64, |sum, cell| sum.saturating_add(cell.size));
        // One more than can ever flow, so that what is cut down to it never looks like a bottleneck.
        self.most = all.min(demand).min(MOST) + 1;
        self.carried.start(&self.shape, supply, self.most);
    }

    /// Brings up to `wanted` more to a cell's district.
    fn push(&mut self, cell: &Cell, wanted: u64) -> u64 {
        let Some(node) = self.shape.district(cell.district) else { return 0 };
        self.carried.push(&self.shape, &mut self.search, node, wanted, cell.rank)
    }

    /// Serves one rank, and tells whether anybody fell in it.
    fn share_rank(&mut self, mark: u32, rank: &[Cell], served: &mut [u64]) -> bool {
        self.before.copy(&self.carried);
        self.parted.clear();
        let mut total = 0;
        let mut fell = false;
        for (cell, served) in rank.iter().zip(served.iter_mut()) {
            *served = self.push(cell, cell.size);
            total += *served;
            // Whoever fell in an earlier rank gets nothing, and needs no sharing.
            fell |= *served < cell.size && self.falls(cell, mark);
        }
        if fell && self.find_short(mark, rank, served) {
            self.fallen.clear();
            self.fallen.extend_from_slice(&self.carried.fell);
            self.restore();
            self.even.clear();
            self.even.extend(served.iter().map(|served| Even::whole(*served)));
            self.find_ratios(mark);
            self.restore();
            self.make_whole(rank, served, total);
            // Which nodes fall must not depend on the order in which cells were raised.
            self.carried.fell.clone_from(&self.fallen);
        }
        if fell && self.noting {
            self.note(mark, rank, served);
        }
        fell
    }

    /// Notes the groups that share the shortage of a rank, the least served first, each with what proves it.
    fn note(&mut self, mark: u32, rank: &[Cell], served: &[u64]) {
        let last = self.short.len();
        let nodes = |fell: &dyn Fn(usize) -> bool| {
            (0..self.shape.nodes).filter(|node| fell(*node)).map(|n| self.shape.node(n)).collect()
        };
        let group = |from: usize, to: usize, nodes: Vec<Node>| {
            let cells = || self.short[from..to].iter().map(|short| short.cell as usize);
            let size: u64 = cells().map(|cell| rank[cell].size).sum();
            // Before it is rounded: of two groups that share a rank, one may get a m3 of the other's then.
            let ratio =
                self.ratios.iter().find(|(cell, ..)| self.short.get(from).is_some_and(|short| short.cell == *cell));
            let volume = match ratio {
                Some((_, part, of)) => (u128::from(size) * u128::from(*part) / u128::from(*of)) as u64,
                None => cells().map(|cell| served[cell]).sum(),
            };
            Tight { rank: mark, volume, size, nodes }
        };
        let mut parted = std::mem::take(&mut self.parted);
        parted.sort_unstable_by_key(|(at, _)| *at);
        let mut from = 0;
        let mut noted = Vec::with_capacity(parted.len() + 1);
        for (to, fallen) in &parted {
            noted.push(group(from, *to, nodes(&|node| fallen.binary_search(&(node as u32)).is_ok())));
            from = *to;
        }
        noted.push(group(from, last, nodes(&|node| self.carried.fell[node] <= mark)));
        self.noted.append(&mut noted);
    }

    /// Back to before the rank.
    fn restore(&mut self) {
        let Self { carried, before, .. } = self;
        carried.copy(before);
    }

    fn falls(&self, cell: &Cell, mark: u32) -> bool {
        self.shape.district(cell.district).is_some_and(|node| self.carried.fell[node] == mark)
    }

    /// Collects the cells of the tight set and its volume; tells whether there is anything to share among them.
    fn find_short(&mut self, mark: u32, rank: &[Cell], served: &[u64]) -> bool {
        self.short.clear();
        self.groups.clear();
        self.ratios.clear();
        let mut volume = 0;
        for (i, (cell, served)) in rank.iter().zip(served).enumerate() {
            if let Some(node) = self.shape.district(cell.district)
                && self.carried.fell[node] == mark
            {
                self.short.push(Short { cell: i as u32, node: node as u32, size: cell.size });
                volume += served;
            }
        }
        self.groups.push(Group { from: 0, to: self.short.len(), volume });
        volume > 0 && self.short.len() > 1
    }

    /// The leximin ratio of every short cell, by decomposition; into `even`.
    fn find_ratios(&mut self, mark: u32) {
        while let Some(group) = self.groups.pop() {
            let Group { from, to, volume } = group;
            let size: u64 = self.short[from..to].iter().map(|short| short.size).sum();
            let common = gcd(volume, size).max(1);
            let (part, of) = (volume / common, size / common);
            let split = if to - from > 1 { self.split(mark, group, part, of) } else { None };
            if let Some((middle, less)) = split {
                if self.noting {
                    let fallen = if self.tested_narrow { &self.narrow.fell } else { &self.wide.fell };
                    let fallen = (0..).zip(fallen).filter(|(_, fell)| **fell != NEVER).map(|(node, _)| node);
                    self.parted.push((middle, fallen.collect()));
                }
                self.groups.push(Group { from: middle, to, volume: volume.saturating_sub(less) });
                self.groups.push(Group { from, to: middle, volume: less });
                continue;
            }
            for i in from..to {
                let short = self.short[i];
                self.even[short.cell as usize] = Even::of(short.size, part, of);
                self.ratios.push((short.cell, part, of));
                if !self.groups.is_empty() {
                    // The next ones must find what these take already taken.
                    self.carried.push(&self.shape, &mut self.search, short.node as usize, short.size, mark);
                }
            }
        }
    }

    /// Tests whether each of a group can get `part / of` of its size. If not, moves those who get less to the front,
    /// and tells where the others begin and what those at the front get together.
    fn split(&mut self, mark: u32, group: Group, part: u64, of: u64) -> Option<(usize, u64)> {
        let Self { shape, search, carried, narrow, wide, short, tested_narrow, .. } = self;
        let short = &mut short[group.from..group.to];
        // No number below exceeds twice the largest arc or source, times the factor.
        let most = carried.most().max(group.volume);
        *tested_narrow = most.checked_mul(2).and_then(|most| most.checked_mul(of)).is_some();
        let (middle, less) = if *tested_narrow {
            test(shape, search, carried, narrow, short, mark, part, of)?
        } else {
            test(shape, search, carried, wide, short, mark, part, of)?
        };
        Some((group.from + middle, less))
    }

    /// Serves the rank again in whole numbers: the floors, then one more each by largest remainder.
    fn make_whole(&mut self, rank: &[Cell], served: &mut [u64], total: u64) {
        let even = std::mem::take(&mut self.even);
        for (cell, even) in rank.iter().zip(&even) {
            self.push(cell, even.floor);
        }
        let cells = raise(&even, total, |i| even[i].floor < rank[i].size && self.push(&rank[i], 1) == 1);
        served.copy_from_slice(&cells);
        self.even = even;
    }
}

/// The test itself, on a flow times `of`.
#[allow(clippy::too_many_arguments)]
fn test<A: Amount>(
    shape: &Shape,
    search: &mut Search,
    carried: &Carried<u64>,
    trial: &mut Carried<A>,
    short: &mut [Short],
    mark: u32,
    part: u64,
    of: u64,
) -> Option<(usize, u64)> {
    trial.scale(carried, of);
    let mut missing = false;
    let mut got = Vec::with_capacity(short.len());
    for cell in short.iter() {
        let wanted = A::product(cell.size, part);
        let arrived = trial.push(shape, search, cell.node as usize, wanted, mark);
        missing |= arrived < wanted;
        got.push(arrived);
    }
    if !missing {
        return None;
    }
    let falls = |cell: &Short| trial.fell[cell.node as usize] != NEVER;
    let volume: u128 = short.iter().zip(&got).filter(|(cell, _)| falls(cell)).map(|(_, got)| got.wide()).sum();
    short.sort_by_key(|cell| !falls(cell));
    let middle = short.partition_point(falls);
    // The volume is whole times `of`, because the cut is. That nobody or everybody falls cannot be.
    (0 < middle && middle < short.len()).then_some((middle, (volume / u128::from(of)) as u64))
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
