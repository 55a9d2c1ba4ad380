//! An integer flow that only ever grows at the districts: the one engine under a pooled network.
//!
//! Nodes are numbered sources first, then districts, then junctions. Gas is pushed to a district along a shortest
//! path of the residual network, found backwards from the district to a source that has gas left. What another
//! district has is never taken back, only carried there another way.

use std::collections::BTreeMap;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use super::{Arc, Network, Node};

/// A node that has not fallen.
pub(super) const NEVER: u32 = u32::MAX;

/// So many ways to a node are remembered at most: few need more, and every one is tried.
const MOST_WAYS: usize = 4;

/// What can be carried: all that a flow asks of its volumes.
pub(super) trait Volume:
    Copy + Ord + Default + Add<Output = Self> + Sub<Output = Self> + AddAssign + SubAssign
{
}

impl Volume for u64 {}
impl Volume for u128 {}

/// A volume, or a volume times a common factor: 64 bits where that is enough, 128 otherwise.
pub(super) trait Amount: Volume {
    fn product(volume: u64, factor: u64) -> Self;
    fn wide(self) -> u128;
}

impl Amount for u64 {
    fn product(volume: u64, factor: u64) -> Self {
        volume * factor
    }
    fn wide(self) -> u128 {
        u128::from(self)
    }
}

impl Amount for u128 {
    fn product(volume: u64, factor: u64) -> Self {
        Self::from(volume) * Self::from(factor)
    }
    fn wide(self) -> u128 {
        self
    }
}

/// An arc of the residual network; arcs are grouped by their head.
#[derive(Clone, Copy, Debug)]
struct Edge {
    tail: u32,
    head: u32,
    /// The arc the other way.
    twin: u32,
}

/// The network's shape, made once for all questions.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    pub sources: usize,
    pub districts: usize,
    pub nodes: usize,
    /// Where each node's incoming arcs begin; one more than there are nodes.
    first: Vec<u32>,
    edges: Vec<Edge>,
    /// In m3, by arc. Parallel links are one arc.
    capacity: Vec<u64>,
    /// The capacity of each link as given, and its arc.
    links: Vec<(u64, Option<u32>)>,
}

impl Shape {
    /// Links that name a district or junction that does not exist are left out, as are links from a node to itself.
    pub fn new(network: &Network, districts: usize) -> Self {
        let ends = network.links.iter().flat_map(|link| [link.from, link.to]);
        let source = |node| if let Node::Source(i) = node { Some(i as usize + 1) } else { None };
        let sources = ends.filter_map(source).max().unwrap_or(0);
        let nodes = sources + districts + network.junctions;
        let index = |node| match node {
            Node::Source(i) => Some(i as usize),
            Node::District(i) => Some(i as usize).filter(|i| *i < districts).map(|i| sources + i),
            Node::Junction(i) => Some(i as usize).filter(|i| *i < network.junctions).map(|i| sources + districts + i),
        };
        // Ordered, so that the order of the links decides nothing; both directions between two nodes are one entry.
        let mut pairs: BTreeMap<(usize, usize), [u64; 2]> = BTreeMap::new();
        for link in &network.links {
            if let (Some(from), Some(to)) = (index(link.from), index(link.to))
                && from != to
            {
                let both = pairs.entry((from.min(to), from.max(to))).or_default();
                let capacity = &mut both[usize::from(from > to)];
                *capacity = capacity.saturating_add(link.capacity);
            }
        }
        let mut shape = Self { sources, districts, nodes, ..Self::default() };
        let mut arcs: Vec<(usize, usize, u64)> = Vec::with_capacity(pairs.len() * 2);
        for ((a, b), [there, back]) in &pairs {
            arcs.push((*b, *a, *there));
            arcs.push((*a, *b, *back));
        }
        arcs.sort_unstable();
        shape.first = vec![0; nodes + 1];
        for (head, tail, capacity) in &arcs {
            shape.first[head + 1] += 1;
            let twin = arcs.binary_search_by_key(&(*tail, *head), |arc| (arc.0, arc.1)).unwrap_or_default();
            shape.edges.push(Edge { tail: *tail as u32, head: *head as u32, twin: twin as u32 });
            shape.capacity.push(*capacity);
        }
        for node in 0..nodes {
            shape.first[node + 1] += shape.first[node];
        }
        let arc = |link: &Arc| {
            let (from, to) = (index(link.from)?, index(link.to)?);
            arcs.binary_search_by_key(&(to, from), |arc| (arc.0, arc.1)).ok().map(|arc| arc as u32)
        };
        shape.links = network.links.iter().map(|link| (link.capacity, arc(link))).collect();
        shape
    }

    /// A district's node, if there is such a district.
    pub fn district(&self, district: u32) -> Option<usize> {
        Some(district as usize).filter(|d| *d < self.districts).map(|d| self.sources + d)
    }

    /// The most that can enter a side of the network or come from the sources in it, in m3; it holds these nodes.
    pub fn most_into(&self, side: &[bool], supply: &[u64]) -> u64 {
        let given = supply.iter().zip(side).filter(|(_, inside)| **inside).map(|(volume, _)| *volume);
        let enters = |edge: &Edge| side[edge.head as usize] && !side[edge.tail as usize];
        let links = self.edges.iter().zip(&self.capacity).filter(|(edge, _)| enters(edge)).map(|(_, volume)| *volume);
        given.chain(links).fold(0, u64::saturating_add)
    }

    /// The node of an index.
    pub fn node(&self, index: usize) -> Node {
        match index.checked_sub(self.sources) {
            None => Node::Source(index as u32),
            Some(i) if i < self.districts => Node::District(i as u32),
            Some(i) => Node::Junction((i - self.districts) as u32),
        }
    }
}

/// What is carried, seen from what is left: of each source, and of each arc in both directions.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried<A> {
    left: Vec<A>,
    residual: Vec<A>,
    /// The mark under which each node fell: no gas can reach it any more. [`NEVER`] if it has not.
    pub fell: Vec<u32>,
}

impl<A: Amount> Carried<A> {
    /// Nothing carried yet. No capacity above `most` matters to the answer, so none is.
    pub fn start(&mut self, shape: &Shape, supply: &[u64], most: u64) {
        self.left.clear();
        self.left.extend(supply.iter().take(shape.sources).map(|volume| A::product((*volume).min(most), 1)));
        self.left.resize(shape.nodes, A::default());
        self.residual.clear();
        self.residual.extend(shape.capacity.iter().map(|capacity| A::product((*capacity).min(most), 1)));
        self.fell.clear();
        self.fell.resize(shape.nodes, NEVER);
    }

    /// The largest volume left anywhere.
    pub fn most(&self) -> A {
        self.left.iter().chain(&self.residual).copied().max().unwrap_or_default()
    }

    /// Becomes another flow.
    pub fn copy(&mut self, other: &Self) {
        self.left.clone_from(&other.left);
        self.residual.clone_from(&other.residual);
        self.fell.clone_from(&other.fell);
    }

    /// Becomes another flow, every volume of it times `factor`.
    pub fn scale(&mut self, other: &Carried<u64>, factor: u64) {
        self.left.clear();
        self.left.extend(other.left.iter().map(|volume| A::product(*volume, factor)));
        self.residual.clear();
        self.residual.extend(other.residual.iter().map(|volume| A::product(*volume, factor)));
        self.fell.clone_from(&other.fell);
    }
}

impl<A: Volume> Carried<A> {
    /// Nothing carried yet, in volumes of any kind.
    pub fn begin(&mut self, shape: &Shape, supply: impl Iterator<Item = A>, capacity: impl Fn(u64) -> A) {
        self.left.clear();
        self.left.extend(supply.take(shape.sources));
        self.left.resize(shape.nodes, A::default());
        self.residual.clear();
        self.residual.extend(shape.capacity.iter().map(|volume| capacity(*volume)));
        self.fell.clear();
        self.fell.resize(shape.nodes, NEVER);
    }

    /// The same flow in volumes of another kind.
    pub fn map<B>(&self, to: impl Fn(A) -> B) -> Carried<B> {
        let all = |volumes: &[A]| volumes.iter().map(|volume| to(*volume)).collect();
        Carried { left: all(&self.left), residual: all(&self.residual), fell: self.fell.clone() }
    }

    /// All that is left anywhere.
    pub fn volumes(&self) -> impl Iterator<Item = A> + '_ {
        self.left.iter().chain(&self.residual).copied()
    }

    /// Brings up to `wanted` more to a node, and tells how much arrives. If less, then all nodes from which it could
    /// have come fall, under the given mark: together they take all that can enter them, and let nothing out.
    pub fn push(&mut self, shape: &Shape, search: &mut Search, to: usize, wanted: A, mark: u32) -> A {
        let mut arrived = A::default();
        if self.fell[to] == NEVER {
            for way in search.ways_to(to) {
                if arrived == wanted {
                    break;
                }
                arrived += self.along(shape, way, wanted - arrived);
            }
        }
        while arrived < wanted {
            if self.fell[to] != NEVER {
                break;
            }
            let Some(from) = search.path(shape, self, to) else {
                for node in &search.queue {
                    self.fell[*node as usize] = mark;
                }
                break;
            };
            search.take_way(shape, from, to);
            arrived += self.along(shape, &search.taken, wanted - arrived);
            search.remember(to);
        }
        arrived
    }

    /// Brings up to `wanted` along the arcs of a way, from a source on, as far as there is room; nothing along none.
    fn along(&mut self, shape: &Shape, way: &[u32], wanted: A) -> A {
        let none = A::default();
        let Some(first) = way.first() else { return none };
        let from = shape.edges[*first as usize].tail as usize;
        let mut amount = wanted.min(self.left[from]);
        for edge in way {
            if amount == none {
                return none;
            }
            amount = amount.min(self.residual[*edge as usize]);
        }
        if amount > none {
            self.left[from] -= amount;
            for edge in way {
                self.residual[*edge as usize] -= amount;
                self.residual[shape.edges[*edge as usize].twin as usize] += amount;
            }
        }
        amount
    }
}

impl Carried<u64> {
    /// What each link carries, net of the other direction; of parallel links the first are filled first. `most` is
    /// that of [`Self::start`].
    pub fn flows(&self, shape: &Shape, most: u64) -> Vec<u64> {
        let net = |(capacity, residual): (&u64, &u64)| (*capacity).min(most).saturating_sub(*residual);
        let mut arcs: Vec<u64> = shape.capacity.iter().zip(&self.residual).map(net).collect();
        let take = |(capacity, arc): &(u64, Option<u32>)| {
            let rest = arc.and_then(|arc| arcs.get_mut(arc as usize))?;
            let flow = (*rest).min(*capacity);
            *rest -= flow;
            Some(flow)
        };
        shape.links.iter().map(take).map(Option::unwrap_or_default).collect()
    }
}

/// Room to search in.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    /// The search that last saw each node.
    seen: Vec<u32>,
    /// The arc by which each node that was seen goes on towards the district.
    via: Vec<u32>,
    /// The nodes seen, in order.
    queue: Vec<u32>,
    round: u32,
    /// The way just found, from its source on.
    taken: Vec<u32>,
    /// The last ways to each node, where such are remembered: tried before a search. Empty where none are.
    ways: Vec<Vec<Vec<u32>>>,
}

impl Search {
    pub fn new(shape: &Shape) -> Self {
        let (seen, via) = (vec![0; shape.nodes], vec![0; shape.nodes]);
        let (queue, taken) = (Vec::with_capacity(shape.nodes), Vec::new());
        Self { seen, via, queue, round: 0, taken, ways: Vec::new() }
    }

    /// The same, and ways are remembered, from one question to the next: who gets how much does not depend on the ways that gas
    /// takes, and mostly it can go as it went before. What a link carries does depend on them.
    pub fn remembering(shape: &Shape) -> Self {
        Self { ways: vec![Vec::new(); shape.nodes], ..Self::new(shape) }
    }

    /// Whether ways are remembered.
    pub fn remembers(&self) -> bool {
        !self.ways.is_empty()
    }

    /// The last ways to a node, as far as such are remembered.
    fn ways_to(&self, to: usize) -> &[Vec<u32>] {
        self.ways.get(to).map_or(&[], Vec::as_slice)
    }

    /// Remembers the way just found.
    fn remember(&mut self, to: usize) {
        let Some(ways) = self.ways.get_mut(to) else { return };
        if !ways.contains(&self.taken) {
            if ways.len() == MOST_WAYS {
                ways.remove(0);
            }
            ways.push(self.taken.clone());
        }
    }

    /// Takes down the way that [`Self::path`] has found.
    fn take_way(&mut self, shape: &Shape, from: usize, to: usize) {
        self.taken.clear();
        let mut node = from;
        while node != to {
            let edge = self.via[node];
            self.taken.push(edge);
            node = shape.edges[edge as usize].head as usize;
        }
    }

    /// The nearest source with gas left from which some can go to the node.
    fn path<A: Volume>(&mut self, shape: &Shape, carried: &Carried<A>, to: usize) -> Option<usize> {
        if self.round == u32::MAX {
            self.seen.fill(0);
            self.round = 0;
        }
        self.round += 1;
        self.seen[to] = self.round;
        self.queue.clear();
        self.queue.push(to as u32);
        let none = A::default();
        let mut next = 0;
        while let Some(node) = self.queue.get(next) {
            let node = *node as usize;
            next += 1;
            for edge in shape.first[node]..shape.first[node + 1] {
                let tail = shape.edges[edge as usize].tail as usize;
                if self.seen[tail] == self.round
                    || carried.residual[edge as usize] == none
                    || carried.fell[tail] != NEVER
                {
                    continue;
                }
                self.seen[tail] = self.round;
                self.via[tail] = edge;
                if carried.left[tail] > none {
                    return Some(tail);
                }
                self.queue.push(tail as u32);
            }
        }
        None
    }
}
