//! How gas is carried through the hours once it is settled who gets what: with as little linepack moved as that takes.
//!
//! Many ways bring the same gas. Of these the one is told in which the pipes stay nearest to what they held at the start of the
//! day, added up over hours and districts: gas is kept from one hour to another only if that hour needs it, as late before it as
//! there is room, and used linepack is put back as soon as there is gas. That is a flow of least cost: a m3 costs one for each
//! hour in which it is in the pipes above the start, or missing from them; to take it from the pipes for good costs more than
//! any of that, since it comes only after the sources. Whole numbers all the way, so the answer is exact.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Pipes;
use crate::decide::allocate::{Cell, Node, Reach};

/// What gas costs that is missing from the pipes at the end of the day: more than any way through the hours.
const FOR_GOOD: i64 = 1 << 32;

/// No edge, or no way.
const NONE: u32 = u32::MAX;
const FAR: i64 = i64::MAX;

/// What each link of a network laid as that of the pipes carries. `supply` is what the sources give, `given` what each district's
/// hours get.
pub(super) fn carry(pipes: &Pipes, reach: &Reach, supply: &[u64], given: &[Cell]) -> Vec<u64> {
    let Some(network) = &reach.network else { return Vec::new() };
    let sources = supply.len();
    let (first_district, first_junction) = (sources, sources + reach.districts);
    let index = |node| match node {
        Node::Source(i) if (i as usize) < sources => Some(i as usize),
        // The pipes' own gas: it is in them from the start.
        Node::Source(_) => None,
        Node::District(i) => Some(first_district + i as usize),
        Node::Junction(i) => Some(first_junction + i as usize),
    };
    let mut way = Way::new(first_junction + network.junctions);
    // What fits into the pipes of a district, from each hour to the next.
    let mut room = vec![0; pipes.packed.len()];
    let mut edges = Vec::with_capacity(network.links.len());
    for link in &network.links {
        let (Some(from), Some(to)) = (index(link.from), index(link.to)) else {
            edges.push([NONE; 2]);
            continue;
        };
        edges.push(match pipes.kept_by(link) {
            Some(at) => {
                room[at] = link.capacity;
                let kept = pipes.packed[at].min(link.capacity);
                [way.edge(from, to, [0, kept], -1), way.edge(from, to, [link.capacity - kept, 0], 1)]
            }
            None => [way.edge(from, to, [link.capacity, 0], 0), NONE],
        });
    }
    for (source, volume) in supply.iter().enumerate() {
        way.edge(way.start, source, [*volume, 0], 0);
    }
    for (at, ((end, drawable), room)) in pipes.drawable().into_iter().zip(room).enumerate() {
        let (packed, kept) = (pipes.packed[at], pipes.packed[at].min(room));
        if let Some(end) = index(end) {
            way.edge(way.start, end, [drawable.min(kept), 0], FOR_GOOD);
        }
        // What does not fit into the pipes can be used in the first hour alone.
        way.edge(way.start, first_district + at, [packed - kept, 0], 0);
    }
    for cell in given {
        way.edge(first_district + cell.district as usize, way.end, [cell.size, 0], 0);
    }
    way.fill();
    let carried = |[edge, other]: &[u32; 2]| way.carried(*edge) + way.carried(*other);
    edges.iter().map(carried).collect()
}

/// One direction of an edge; the other is beside it.
struct Edge {
    to: u32,
    room: u64,
    cost: i64,
    /// The next one that leaves the same node.
    next: u32,
}

/// A flow of least cost from one node to another, by the shortest ways first (primal-dual).
struct Way {
    start: usize,
    end: usize,
    edges: Vec<Edge>,
    /// The first edge that leaves each node.
    first: Vec<u32>,
    /// The least cost from the start to each node; no edge with room is cheaper than the difference of its ends.
    price: Vec<i64>,
    /// How many edges each node is from the start along edges of no reduced cost.
    level: Vec<u32>,
    current: Vec<u32>,
}

impl Way {
    fn new(nodes: usize) -> Self {
        let all = nodes + 2;
        let (first, price) = (vec![NONE; all], vec![0; all]);
        Self {
            start: nodes,
            end: nodes + 1,
            edges: Vec::new(),
            first,
            price,
            level: vec![NONE; all],
            current: vec![NONE; all],
        }
    }

    /// An edge with room there and back.
    fn edge(&mut self, from: usize, to: usize, [there, back]: [u64; 2], cost: i64) -> u32 {
        let edge = self.edges.len() as u32;
        self.edges.push(Edge { to: to as u32, room: there, cost, next: self.first[from] });
        self.edges.push(Edge { to: from as u32, room: back, cost: -cost, next: self.first[to] });
        self.first[from] = edge;
        self.first[to] = edge + 1;
        edge
    }

    /// What an edge carries: the room for the way back.
    fn carried(&self, edge: u32) -> u64 {
        self.edges.get(edge as usize + 1).filter(|_| edge != NONE).map_or(0, |back| back.room)
    }

    fn fill(&mut self) {
        while self.find_prices() {
            while self.find_levels() {
                self.fill_level();
            }
        }
    }

    /// The edges that leave a node.
    fn leaving(&self, node: usize) -> impl Iterator<Item = (u32, &Edge)> {
        let edge = |at: u32| self.edges.get(at as usize).map(|edge| (at, edge));
        std::iter::successors(edge(self.first[node]), move |(_, last)| edge(last.next))
    }

    fn tail(&self, edge: u32) -> usize {
        self.edges[(edge ^ 1) as usize].to as usize
    }

    fn reduced(&self, edge: &Edge, tail: usize) -> i64 {
        edge.cost + self.price[tail] - self.price[edge.to as usize]
    }

    /// The cheapest ways now (Dijkstra); whether the end can be reached.
    fn find_prices(&mut self) -> bool {
        let mut far = vec![FAR; self.first.len()];
        far[self.start] = 0;
        let mut queue = BinaryHeap::from([Reverse((0i64, self.start))]);
        while let Some(Reverse((so_far, node))) = queue.pop() {
            if so_far > far[node] {
                continue;
            }
            for (_, edge) in self.leaving(node).filter(|(_, edge)| edge.room > 0) {
                let (to, cost) = (edge.to as usize, so_far + self.reduced(edge, node));
                if cost < far[to] {
                    far[to] = cost;
                    queue.push(Reverse((cost, to)));
                }
            }
        }
        let end = far[self.end];
        if end == FAR {
            return false;
        }
        // Beyond the end nobody goes in this round.
        self.price.iter_mut().zip(far).for_each(|(price, far)| *price += far.min(end));
        true
    }

    fn find_levels(&mut self) -> bool {
        self.level.fill(NONE);
        self.level[self.start] = 0;
        let mut queue = vec![self.start];
        let mut next = 0;
        while let Some(node) = queue.get(next).copied() {
            next += 1;
            let onward = self.leaving(node).filter(|(_, edge)| edge.room > 0 && self.reduced(edge, node) == 0);
            let onward: Vec<usize> = onward.map(|(_, edge)| edge.to as usize).collect();
            for to in onward {
                if self.level[to] == NONE {
                    self.level[to] = self.level[node] + 1;
                    queue.push(to);
                }
            }
        }
        self.current.clone_from(&self.first);
        self.level[self.end] != NONE
    }

    /// Fills the shortest of the cheapest ways (Dinic).
    fn fill_level(&mut self) {
        let mut path: Vec<u32> = Vec::new();
        loop {
            let node = path.last().map_or(self.start, |edge| self.edges[*edge as usize].to as usize);
            if node == self.end {
                let room = |edge: &u32| self.edges[*edge as usize].room;
                let volume = path.iter().map(room).min().unwrap_or_default();
                for edge in path.drain(..) {
                    self.edges[edge as usize].room -= volume;
                    self.edges[(edge ^ 1) as usize].room += volume;
                }
                continue;
            }
            match self.edges.get(self.current[node] as usize) {
                Some(edge)
                    if edge.room > 0
                        && self.level[edge.to as usize] == self.level[node] + 1
                        && self.reduced(edge, node) == 0 =>
                {
                    path.push(self.current[node]);
                }
                Some(edge) => self.current[node] = edge.next,
                None => match path.pop() {
                    // A dead end: the edge that led here is done with.
                    Some(edge) => {
                        let tail = self.tail(edge);
                        self.current[tail] = self.edges[edge as usize].next;
                    }
                    None => return,
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// A flow is as large as any when the end cannot be reached any more, and of least cost when no edge with room is
        /// cheaper than its ends' prices say: no round trip gains anything.
        #[test]
        fn no_flow_is_larger_and_none_as_large_is_cheaper(
            edges in proptest::collection::vec((0..8usize, 0..8usize, 0..9u64, 0..4i64), 1..30),
            packs in proptest::collection::vec((0..8usize, 0..6u64), 0..6),
            ends in proptest::collection::vec((0..8usize, 0..9u64, 0..2i64), 1..8),
        ) {
            let mut way = Way::new(8);
            for (from, to, room, cost) in edges {
                way.edge(from, to, [room, 0], cost);
            }
            // Gas that is there all the time goes round from a node to the next one and back, and may be missing.
            for (node, kept) in packs {
                way.edge(node, (node + 1) % 8, [0, kept], -1);
            }
            for (node, volume, cost) in ends {
                way.edge(way.start, node, [volume, 0], cost * FOR_GOOD);
                way.edge((node + 3) % 8, way.end, [volume / 2 + 1, 0], 0);
            }
            let before: Vec<u64> = way.edges.iter().map(|edge| edge.room).collect();
            way.fill();
            prop_assert!(!way.find_prices());
            let mut net = [0i64; 10];
            for (at, (edge, before)) in way.edges.iter().zip(before).enumerate() {
                prop_assert!(edge.room == 0 || way.reduced(edge, way.tail(at as u32)) >= 0);
                if at % 2 == 0 {
                    let carried = before as i64 - edge.room as i64;
                    net[way.tail(at as u32)] -= carried;
                    net[edge.to as usize] += carried;
                }
            }
            prop_assert!(net[..8].iter().all(|net| *net == 0) && net[8] == -net[9]);
        }
    }
}
