//! What stands in the way of more gas in an hour: the limits that are reached around it, read off one way to bring the gas.
//!
//! Whatever could still give to a district in an hour lies around it: where from there nothing more can come, a link, a source or
//! the pipes are at their limit. Of those only such are told behind which there is gas to be had: gas that nobody has taken, that
//! a worse rank has, or that the same rank has where it is better served. Together they would let more through, and
//! at least one of them alone; not each: one may stand idle beside another.

use std::collections::BTreeMap;

use super::Hourly;
use crate::decide::allocate::{Arc, Cell, Node};

/// A limit that is reached, by index in the balance's links, sources or districts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Limit {
    /// A source's most in an hour.
    SourceInHour(usize),
    /// A source's day.
    Source(usize),
    /// A link's most in an hour.
    Link(usize),
    /// The least that a district's pipes hold, at the end of an hour.
    PackLeast(usize),
    /// The most that they hold, at the end of an hour.
    PackMost(usize),
    /// What they must hold at the end of the day.
    PackEnd(usize),
}

/// Limits and the hours in which they are reached, by their place in the day; of a day's volume none.
pub(crate) type Walls = BTreeMap<Limit, Vec<usize>>;

/// One way to bring all gas, hour by hour.
pub(in crate::decide) struct Ways<'a> {
    hourly: &'a Hourly,
    cells: &'a [Cell],
    served: &'a [u64],
    /// What each source and each district's pipes give, and have left.
    supply: Vec<u64>,
    left: Vec<u64>,
    /// From where more could come to each node, and where more could go from it: by node.
    from: Vec<Vec<usize>>,
    to: Vec<Vec<usize>>,
    /// The links that carry all that they can, with their places.
    full: Vec<(usize, Arc)>,
    limits: BTreeMap<usize, (Limit, usize)>,
}

impl<'a> Ways<'a> {
    /// From what each cell of the hours gets, and each link carries. `supply` is that of [`super::Pipes::supply`].
    pub fn new(hourly: &'a Hourly, supply: Vec<u64>, cells: &'a [Cell], served: &'a [u64], flows: &[u64]) -> Self {
        let pipes = &hourly.pipes;
        let mut limits = BTreeMap::new();
        for (at, arcs) in pipes.source_arcs.iter().enumerate() {
            limits.extend(arcs.iter().enumerate().map(|(hour, arc)| (*arc, (Limit::SourceInHour(at), hour))));
        }
        for (arcs, limit) in
            [(&pipes.link_arcs, Limit::Link as fn(usize) -> Limit), (&pipes.pack_arcs, Limit::PackMost)]
        {
            for (at, by_hour) in arcs.iter().enumerate() {
                for (hour, copies) in by_hour.iter().enumerate() {
                    limits.extend(copies.iter().map(|arc| (*arc, (limit(at), hour))));
                }
            }
        }
        let junctions = pipes.reach.network.as_ref().map_or(0, |network| network.junctions);
        let nodes = supply.len() + pipes.reach.districts + junctions;
        let left = supply.clone();
        let (from, to, full) = (vec![Vec::new(); nodes], vec![Vec::new(); nodes], Vec::new());
        let mut ways = Self { hourly, cells, served, supply, left, from, to, full, limits };
        let links = pipes.reach.network.iter().flat_map(|network| &network.links);
        for (at, (arc, flow)) in links.zip(flows).enumerate() {
            let (tail, head) = (ways.index(arc.from), ways.index(arc.to));
            if let Node::Source(source) = arc.from {
                ways.left[source as usize] = ways.left[source as usize].saturating_sub(*flow);
            }
            if *flow < arc.capacity {
                ways.from[head].push(tail);
                ways.to[tail].push(head);
            } else {
                ways.full.push((at, *arc));
            }
            if *flow > 0 {
                ways.from[tail].push(head);
                ways.to[head].push(tail);
            }
        }
        ways
    }

    /// What stands in the way of more for a cell of an hour, by its place.
    pub fn walls(&self, cell: usize) -> Walls {
        self.walls_and_row(cell).0
    }

    /// As [`Self::walls`], and whether they are in a row, so that none of them alone would do.
    pub fn walls_and_row(&self, cell: usize) -> (Walls, bool) {
        let target = self.index(Node::District(self.cells[cell].district));
        let (mut inside, mut giving) = (vec![false; self.from.len()], vec![false; self.from.len()]);
        spread(&self.from, vec![target], &mut inside);
        spread(&self.to, self.givers(cell), &mut giving);
        let mut walls = self.alone(&inside, &giving);
        // Limits in a row are all reached at once: none of them alone would do, and all are told as far as there is gas.
        let in_a_row = walls.is_empty();
        while walls.is_empty() {
            let more: Vec<usize> = self.doors(&inside).map(|(_, tail)| tail).collect();
            if more.is_empty() {
                break;
            }
            let mut row = Walls::new();
            self.entering(&inside, &mut row, |_| true);
            spread(&self.from, more, &mut inside);
            self.given(&inside, &mut row);
            if inside.iter().zip(&giving).any(|(inside, giving)| *inside && *giving) || self.is_given(&inside) {
                walls = row;
            }
        }
        (walls, in_a_row)
    }

    /// The limits around behind which there is gas to be had.
    fn alone(&self, inside: &[bool], giving: &[bool]) -> Walls {
        let mut walls = Walls::new();
        self.given(inside, &mut walls);
        self.entering(inside, &mut walls, |tail| giving[tail]);
        walls
    }

    /// Who has gas that a cell might get: sources with some left, and whoever comes after it or is better served beside it.
    fn givers(&self, cell: usize) -> Vec<usize> {
        let (own, served) = (&self.cells[cell], u128::from(self.served[cell]));
        let sources = (0..self.left.len()).filter(|source| self.left[*source] > 0);
        let gives = |(other, got): &(&Cell, &u64)| {
            // What rounding to a millionth makes of the same share is the same share.
            let better =
                |got: u128| got * u128::from(own.size) > (served + 1) * u128::from(other.size) + u128::from(own.size);
            **got > 0 && (other.rank > own.rank || (other.rank == own.rank && better(u128::from(**got))))
        };
        let cells = self.cells.iter().zip(self.served).filter(gives);
        sources.chain(cells.map(|(cell, _)| self.index(Node::District(cell.district)))).collect()
    }

    /// The full links that lead inside, and where they come from.
    fn doors<'s>(&'s self, inside: &'s [bool]) -> impl Iterator<Item = (usize, usize)> + 's {
        let ends = self.full.iter().map(|(at, arc)| (*at, self.index(arc.from), self.index(arc.to)));
        ends.filter(|(_, tail, head)| inside[*head] && !inside[*tail]).map(|(at, tail, _)| (at, tail))
    }

    fn entering(&self, inside: &[bool], walls: &mut Walls, wanted: impl Fn(usize) -> bool) {
        for (arc, _) in self.doors(inside).filter(|(_, tail)| wanted(*tail)) {
            if let Some((limit, hour)) = self.limits.get(&arc) {
                walls.entry(*limit).or_default().push(*hour);
            }
        }
        walls.values_mut().for_each(|hours| hours.sort_unstable());
    }

    /// Whether a source inside has given all.
    fn is_given(&self, inside: &[bool]) -> bool {
        (0..self.supply.len()).any(|source| inside[source])
    }

    /// Sources and pipes inside, which have given all that they have.
    fn given(&self, inside: &[bool], walls: &mut Walls) {
        let pipes = &self.hourly.pipes;
        let own = self.supply.len() - pipes.packed.len();
        walls.extend((0..own).filter(|source| inside[*source]).map(|source| (Limit::Source(source), Vec::new())));
        for at in 0..pipes.packed.len() {
            let hour = |hour: usize| inside[self.index(Node::District((hour * pipes.districts + at) as u32))];
            if hour(pipes.hours) {
                walls.insert(Limit::PackEnd(at), Vec::new());
            } else if inside[own + at] {
                // Nothing is handed on from the last hour inside: gas that was could come back to it.
                let least = (0..pipes.hours).filter(|h| hour(*h) && !hour(h + 1)).collect();
                walls.insert(Limit::PackLeast(at), least);
            }
        }
    }

    fn index(&self, node: Node) -> usize {
        match node {
            Node::Source(at) => at as usize,
            Node::District(at) => self.supply.len() + at as usize,
            Node::Junction(at) => self.supply.len() + self.hourly.pipes.reach.districts + at as usize,
        }
    }
}

/// Marks all that can be reached.
fn spread(next: &[Vec<usize>], mut open: Vec<usize>, seen: &mut [bool]) {
    open.iter().for_each(|node| seen[*node] = true);
    while let Some(node) = open.pop() {
        for other in &next[node] {
            if !std::mem::replace(&mut seen[*other], true) {
                open.push(*other);
            }
        }
    }
}
