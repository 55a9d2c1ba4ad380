//! The network of all companies, how its contested links are parted, and the sides that bound what passes.

use std::collections::{BTreeMap, BTreeSet};

use super::Joint;
use crate::decide::allocate::{Cell, Network, Node, Question, Reach, Shares, Unanswered, exact};

/// What each copy of a contested link may carry, by index of the joint.
pub(super) type Split = BTreeMap<usize, Vec<u64>>;

/// A question, and what of it hangs together.
pub(super) struct Town<'q> {
    pub question: &'q Question<'q>,
    pub joints: &'q [Joint],
    network: Network,
    nodes: Nodes,
    /// Of each node, the part of the network that it belongs to: nothing passes from one to another, so each is bounded alone.
    part_of: Vec<u32>,
    /// Of each link, its joint and its place there.
    pub joint_of: Vec<Option<(usize, usize)>>,
    /// By rank: what the cells of the ranks up to it ask for in each district.
    pub asked: Vec<Vec<u64>>,
}

/// The most that the ranks up to each can get together, if nothing is contested.
pub(super) struct Best {
    pub totals: Vec<u64>,
    /// The same of each part of the network.
    pub parts: Vec<BTreeMap<u32, u64>>,
}

/// What is served with the links parted in one way.
pub(super) struct Served {
    pub shares: Shares,
    pub flows: Vec<u64>,
    pub sides: Vec<Side>,
}

/// A side of the network, part by part.
pub(super) struct Side {
    pub rank: u32,
    pub cuts: Vec<Cut>,
}

/// A side of one part: the cells in its districts get no more than its sources give and the links that enter it carry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cut {
    pub part: u32,
    pub districts: Vec<u32>,
    pub enters: Vec<usize>,
    pub supply: u64,
}

struct Nodes {
    sources: usize,
    districts: usize,
    count: usize,
}

impl Nodes {
    fn index(&self, node: Node) -> usize {
        match node {
            Node::Source(i) => i as usize,
            Node::District(i) => self.sources + i as usize,
            Node::Junction(i) => self.sources + self.districts + i as usize,
        }
    }
}

impl<'q> Town<'q> {
    pub fn new(question: &'q Question<'q>, joints: &'q [Joint]) -> Self {
        let network = question.reach.network.clone().unwrap_or_default();
        let (sources, districts) = (question.supply.len(), question.reach.districts);
        let nodes = Nodes { sources, districts, count: sources + districts + network.junctions };
        let mut root: Vec<u32> = (0..nodes.count as u32).collect();
        for link in &network.links {
            let ends = (find(&mut root, nodes.index(link.from)), find(&mut root, nodes.index(link.to)));
            root[ends.0.max(ends.1) as usize] = ends.0.min(ends.1);
        }
        let part_of = (0..nodes.count).map(|node| find(&mut root, node)).collect();
        let mut joint_of = vec![None; network.links.len()];
        for (at, joint) in joints.iter().enumerate() {
            joint.arcs.iter().enumerate().for_each(|(place, arc)| joint_of[*arc] = Some((at, place)));
        }
        let mut asked = vec![vec![0; districts]; question.rank_count()];
        for cell in question.cells {
            asked[cell.rank as usize][cell.district as usize] += cell.size;
        }
        for rank in 1..asked.len() {
            let (before, from) = asked.split_at_mut(rank);
            from[0].iter_mut().zip(&before[rank - 1]).for_each(|(sum, before)| *sum += before);
        }
        Self { question, joints, network, nodes, part_of, joint_of, asked }
    }

    /// What the ranks up to each get together, in all and in each part of the network.
    pub fn best(&self, shares: &Shares) -> Best {
        let (mut all, mut parts) = (0, BTreeMap::<u32, u64>::new());
        let mut best = Best { totals: Vec::new(), parts: Vec::new() };
        for (rank, total) in shares.ranks.iter().enumerate() {
            let (from, cells) = self.cells_of(rank);
            for (cell, served) in cells.iter().zip(&shares.cells[from..]) {
                *parts.entry(self.part_of(cell.district)).or_default() += served;
            }
            all += total;
            best.totals.push(all);
            best.parts.push(parts.clone());
        }
        best
    }

    pub fn part_of(&self, district: u32) -> u32 {
        self.part_of[self.nodes.index(Node::District(district))]
    }

    /// The reach with its contested links parted.
    pub fn reach(&self, split: &Split) -> Reach {
        let mut network = self.network.clone();
        for (joint, parts) in split {
            for (arc, part) in self.joints[*joint].arcs.iter().zip(parts) {
                network.links[*arc].capacity = *part;
            }
        }
        Reach { districts: self.question.reach.districts, entitled: None, network: Some(network) }
    }

    /// What is served with the links parted so; evenly, or with the ranks' totals alone right.
    pub fn serve(&self, split: &Split) -> Result<Served, Unanswered> {
        let mut exact = exact::Prepared::new(&self.reach(split))?;
        let (shares, tight) = exact.prove(self.question.supply, self.question.cells);
        let flows = exact.flows();
        let sides = tight.iter().map(|side| Side { rank: side.rank, cuts: self.cuts(&side.nodes) }).collect();
        Ok(Served { shares, flows, sides })
    }

    fn cuts(&self, side: &[Node]) -> Vec<Cut> {
        let mut cuts = BTreeMap::<u32, Cut>::new();
        let mut inside = vec![false; self.nodes.count];
        for node in side {
            let at = self.nodes.index(*node);
            inside[at] = true;
            let part = self.part_of[at];
            let new = || Cut { part, districts: Vec::new(), enters: Vec::new(), supply: 0 };
            let cut = cuts.entry(part).or_insert_with(new);
            match node {
                Node::District(district) => cut.districts.push(*district),
                Node::Source(source) => cut.supply = cut.supply.saturating_add(self.question.supply[*source as usize]),
                Node::Junction(_) => {}
            }
        }
        for (at, link) in self.network.links.iter().enumerate() {
            let (from, to) = (self.nodes.index(link.from), self.nodes.index(link.to));
            if inside[to]
                && !inside[from]
                && link.capacity > 0
                && let Some(cut) = cuts.get_mut(&self.part_of[to])
            {
                cut.enters.push(at);
            }
        }
        cuts.into_values().filter(|cut| !cut.districts.is_empty()).collect()
    }

    /// What a side gets from its own sources and over links that nobody contests.
    pub fn sure(&self, cut: &Cut, split: &Split) -> u64 {
        let own = cut.enters.iter().filter(|arc| self.contested(**arc, split).is_none());
        own.fold(cut.supply, |sum, arc| sum.saturating_add(self.network.links[*arc].capacity))
    }

    /// The joint of a link and its place there, if it is contested.
    pub fn contested(&self, arc: usize, split: &Split) -> Option<(usize, usize)> {
        self.joint_of[arc].filter(|(joint, _)| split.contains_key(joint))
    }

    /// The joints that carry more than their link can.
    pub fn over<'a>(&'a self, flows: &'a [u64]) -> impl Iterator<Item = usize> + 'a {
        let flow = |joint: &Joint| joint.arcs.iter().map(|arc| flows[*arc]).sum::<u64>();
        self.joints.iter().enumerate().filter(move |(_, joint)| flow(joint) > joint.capacity).map(|(at, _)| at)
    }

    /// A joint's capacity parted as the flows are: each copy its own, cut down or with an equal part of what is left.
    pub fn part_by(&self, joint: usize, flows: &[u64]) -> Vec<u64> {
        let Joint { arcs, capacity } = &self.joints[joint];
        let flows: Vec<u64> = arcs.iter().map(|arc| flows[*arc]).collect();
        let sum: u64 = flows.iter().sum();
        if sum <= *capacity {
            return with_the_rest(flows, *capacity);
        }
        let of = |flow: &u64| (u128::from(*flow) * u128::from(*capacity) / u128::from(sum)) as u64;
        with_the_rest(flows.iter().map(of).collect(), *capacity)
    }

    /// Where each rank's cells begin, and one more.
    pub fn cells_of(&self, rank: usize) -> (usize, &'q [Cell]) {
        let cells = self.question.cells;
        let from = cells.partition_point(|cell| (cell.rank as usize) < rank);
        let to = cells.partition_point(|cell| cell.rank as usize <= rank);
        (from, &cells[from..to])
    }
}

/// Parts of a capacity that add up to it: an equal part more for each, and one more for the first ones.
pub(super) fn with_the_rest(mut parts: Vec<u64>, capacity: u64) -> Vec<u64> {
    let count = parts.len().max(1) as u64;
    let left = capacity.saturating_sub(parts.iter().sum());
    for (at, part) in (0..).zip(&mut parts) {
        *part += left / count + u64::from(at < left % count);
    }
    parts
}

fn find(root: &mut [u32], node: usize) -> u32 {
    let mut at = node as u32;
    while root[at as usize] != at {
        root[at as usize] = root[root[at as usize] as usize];
        at = root[at as usize];
    }
    at
}

/// Sides found so far, each once; by rank those that share it.
#[derive(Default)]
pub(super) struct Cuts {
    known: BTreeMap<Cut, usize>,
    all: Vec<Cut>,
    even: Vec<BTreeSet<usize>>,
}

impl Cuts {
    /// Adds the sides of an answer; tells whether any is new.
    pub fn add(&mut self, ranks: usize, sides: &[Side]) -> bool {
        self.even.resize(ranks, BTreeSet::new());
        let mut new = false;
        let mut last: Vec<usize> = Vec::new();
        let mut sides = sides.iter().peekable();
        for rank in 0..ranks {
            for cut in &last {
                new |= self.even[rank].insert(*cut);
            }
            while let Some(side) = sides.next_if(|side| side.rank as usize <= rank) {
                last = side.cuts.iter().map(|cut| self.number(cut)).collect();
                for cut in &last {
                    new |= self.even[rank].insert(*cut);
                }
            }
        }
        new
    }

    fn number(&mut self, cut: &Cut) -> usize {
        if let Some(number) = self.known.get(cut) {
            return *number;
        }
        self.known.insert(cut.clone(), self.all.len());
        self.all.push(cut.clone());
        self.all.len() - 1
    }

    /// All sides: each bounds every rank, whichever showed it.
    pub fn all(&self) -> &[Cut] {
        &self.all
    }

    /// Sides that share the shortage of a rank.
    pub fn of_even(&self, rank: usize) -> impl Iterator<Item = &Cut> {
        self.even.get(rank).into_iter().flatten().map(|at| &self.all[*at])
    }
}
