//! The ways by which gas of a company can come to somebody who asks: the network of all companies without what leads nowhere, and
//! with links in a row as one.

use std::collections::BTreeMap;

use super::Joint;
use crate::decide::allocate::{Arc, Node, Question};

/// One or more links in a row.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub from: usize,
    pub to: usize,
    pub capacity: u64,
    /// The link that it shares with others; at most one of those in the row is shared.
    pub joint: Option<usize>,
    /// The links, by their index in the network.
    links: Vec<usize>,
}

/// The ways of a question. Nodes are numbered sources first, then districts, then junctions.
pub(super) struct Ways {
    pub nodes: usize,
    sources: usize,
    pub all: Vec<Way>,
}

impl Ways {
    pub fn new(question: &Question<'_>, joints: &[Joint]) -> Self {
        let (sources, districts) = (question.supply.len(), question.reach.districts);
        let network = question.reach.network.as_ref();
        let nodes = sources + districts + network.map_or(0, |network| network.junctions);
        let index = |node| match node {
            Node::Source(at) => at as usize,
            Node::District(at) => sources + at as usize,
            Node::Junction(at) => sources + districts + at as usize,
        };
        let mut joint_of = BTreeMap::new();
        for (at, joint) in joints.iter().enumerate() {
            joint_of.extend(joint.arcs.iter().map(|arc| (*arc, at)));
        }
        let way = |(at, link): (usize, &Arc)| {
            let (from, to) = (index(link.from), index(link.to));
            (link.capacity > 0 && from != to).then(|| {
                let joint = joint_of.get(&at).copied();
                Way { from, to, capacity: link.capacity, joint, links: vec![at] }
            })
        };
        let links = network.map(|network| &*network.links).unwrap_or_default();
        let mut ways = Self { nodes, sources, all: links.iter().enumerate().filter_map(way).collect() };
        let mut asked = vec![false; nodes];
        question.cells.iter().for_each(|cell| asked[ways.district(cell.district)] = true);
        ways.keep_useful(question.supply, &asked);
        ways.free_joints(joints.len());
        ways.join(&asked);
        ways
    }

    /// The node of a district.
    pub const fn district(&self, district: u32) -> usize {
        self.sources + district as usize
    }

    /// What each link of the network carries if the ways carry so much.
    pub fn by_link(&self, links: usize, carried: impl Iterator<Item = u64>) -> Vec<u64> {
        let mut flows = vec![0; links];
        for (way, carried) in self.all.iter().zip(carried) {
            way.links.iter().for_each(|link| flows[*link] = carried);
        }
        flows
    }

    /// Only what comes from a source that gives anything and leads to somebody who asks.
    fn keep_useful(&mut self, supply: &[u64], asked: &[bool]) {
        let (into, out) = self.at_nodes();
        let fed = reached((0..supply.len()).filter(|at| supply[*at] > 0).collect(), self.nodes, |node| {
            out[node].iter().map(|way| self.all[*way].to)
        });
        let wanted = reached((0..self.nodes).filter(|at| asked[*at]).collect(), self.nodes, |node| {
            into[node].iter().map(|way| self.all[*way].from)
        });
        self.all.retain(|way| fed[way.from] && wanted[way.to]);
    }

    /// A link that only one company can use is its own.
    fn free_joints(&mut self, joints: usize) {
        let mut users = vec![0; joints];
        self.all.iter().filter_map(|way| way.joint).for_each(|joint| users[joint] += 1);
        self.all.iter_mut().for_each(|way| way.joint = way.joint.filter(|joint| users[*joint] > 1));
    }

    /// Joins the one way into a node with the one out of it.
    fn join(&mut self, asked: &[bool]) {
        let (mut into, out) = self.at_nodes();
        let mut gone = vec![false; self.all.len()];
        for node in (self.sources..self.nodes).filter(|node| !asked[*node]) {
            let (&[first], &[then]) = (&*into[node], &*out[node]) else { continue };
            let next = self.all[then].clone();
            let way = &mut self.all[first];
            if way.from == next.to || (way.joint.is_some() && next.joint.is_some()) {
                continue;
            }
            (way.to, way.capacity) = (next.to, way.capacity.min(next.capacity));
            way.joint = way.joint.or(next.joint);
            way.links.extend(next.links);
            gone[then] = true;
            into[next.to].iter_mut().filter(|way| **way == then).for_each(|way| *way = first);
        }
        let mut gone = gone.into_iter();
        self.all.retain(|_| gone.next() == Some(false));
    }

    /// The ways into each node, and those out of it.
    fn at_nodes(&self) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
        let (mut into, mut out) = (vec![Vec::new(); self.nodes], vec![Vec::new(); self.nodes]);
        for (at, way) in self.all.iter().enumerate() {
            into[way.to].push(at);
            out[way.from].push(at);
        }
        (into, out)
    }
}

/// Which nodes are reached from some of them.
fn reached<I: Iterator<Item = usize>>(mut queue: Vec<usize>, nodes: usize, next: impl Fn(usize) -> I) -> Vec<bool> {
    let mut seen = vec![false; nodes];
    queue.iter().for_each(|node| seen[*node] = true);
    while let Some(node) = queue.pop() {
        for other in next(node) {
            if !std::mem::replace(&mut seen[other], true) {
                queue.push(other);
            }
        }
    }
    seen
}
