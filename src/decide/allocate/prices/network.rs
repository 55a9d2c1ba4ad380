//! The rows of the simplex: every node once for each company that may pass it, and every link that several may use.

use std::collections::{BTreeMap, BTreeSet};

use crate::decide::allocate::{Cell, Node, Question};

/// What is taken from a row, over links and by cells, is at most what it holds and what is added to it.
pub(super) struct Rows {
    /// What each row holds, in m3: a source its volume, a link its capacity, other nodes nothing.
    pub rows: Vec<u64>,
    /// The companies with cells.
    pub companies: Vec<u32>,
    /// Each link for each company that can use it.
    pub flows: Vec<Flow>,
    /// Of every link of the question.
    pub capacities: Vec<u64>,
    /// The row of every source, for the company that may draw on it.
    pub source_rows: Vec<Option<usize>>,
    /// The row of every link, unless nobody can use it.
    pub link_rows: Vec<Option<usize>>,
    node_rows: BTreeMap<(u32, Node), usize>,
}

/// A company's gas on a link: taken from one row, added to another.
#[derive(Clone, Copy)]
pub(super) struct Flow {
    pub link: usize,
    /// As an index in [`Rows::companies`].
    pub company: usize,
    pub from: usize,
    pub to: usize,
}

impl Rows {
    pub fn new(question: &Question<'_>) -> Self {
        let links = question.reach.network.as_ref().map_or(&[][..], |network| &network.links);
        let owners = question.reach.entitled.as_deref().unwrap_or_default();
        let mut companies: Vec<u32> = question.cells.iter().map(|cell| cell.company).collect();
        companies.sort_unstable();
        companies.dedup();
        let mut made = Self {
            rows: Vec::new(),
            companies,
            flows: Vec::new(),
            capacities: links.iter().map(|link| link.capacity).collect(),
            source_rows: vec![None; question.supply.len()],
            link_rows: vec![None; links.len()],
            node_rows: BTreeMap::new(),
        };
        let open: Vec<(usize, Node, Node)> = (links.iter().enumerate())
            .filter(|(_, link)| link.capacity > 0 && link.from != link.to)
            .map(|(i, link)| (i, link.from, link.to))
            .collect();
        for (index, company) in made.companies.clone().into_iter().enumerate() {
            let sources = (0..).zip(owners).zip(question.supply);
            let ours: BTreeMap<Node, u64> = sources
                .filter(|((_, owner), volume)| **owner == company && **volume > 0)
                .map(|((source, _), volume)| (Node::Source(source), *volume))
                .collect();
            let wanted = question.cells.iter().filter(|cell| cell.company == company);
            let fed = spread(ours.keys().copied(), open.iter().map(|(_, from, to)| (*from, *to)));
            let useful =
                spread(wanted.map(|cell| Node::District(cell.district)), open.iter().map(|(_, a, b)| (*b, *a)));
            for node in fed.intersection(&useful) {
                made.node_rows.insert((company, *node), made.rows.len());
                if let (Node::Source(source), Some(_)) = (node, ours.get(node))
                    && let Some(slot) = made.source_rows.get_mut(*source as usize)
                {
                    *slot = Some(made.rows.len());
                }
                made.rows.push(ours.get(node).copied().unwrap_or(0));
            }
            for (link, from, to) in &open {
                let row = |node: &Node| made.node_rows.get(&(company, *node)).copied();
                if let (Some(from), Some(to)) = (row(from), row(to)) {
                    made.flows.push(Flow { link: *link, company: index, from, to });
                }
            }
        }
        for flow in &made.flows {
            if made.link_rows[flow.link].is_none() {
                made.link_rows[flow.link] = Some(made.rows.len());
                made.rows.push(made.capacities[flow.link]);
            }
        }
        made
    }

    /// The row that a cell is served from, unless no gas can come there.
    pub fn of_cell(&self, cell: &Cell) -> Option<usize> {
        self.node_rows.get(&(cell.company, Node::District(cell.district))).copied()
    }
}

/// All nodes that some lead to.
fn spread(from: impl Iterator<Item = Node>, links: impl Iterator<Item = (Node, Node)> + Clone) -> BTreeSet<Node> {
    let mut reached: BTreeSet<Node> = from.collect();
    loop {
        let before = reached.len();
        for (from, to) in links.clone() {
            if reached.contains(&from) {
                reached.insert(to);
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}
