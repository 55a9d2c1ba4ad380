//! What stands in the way of more gas in an hour: the limits that are reached around it, read off one way to bring the gas.
//!
//! A limit *does alone* if, were it a little easier and nothing else, one more unit could come to a cell of an hour without taking
//! from anybody who comes before it: a better rank, or who is not better served in the same one. That is so if and only if a
//! way leads there from gas that can be had, over links with room, links that can carry less, and what the limit closes, in whatever hours.
//! Where no limit does alone, such a set is told that does together and of which none can be left out.
//!
//! A unit is a thousandth of a m3: less is what rounding to millionths leaves here and there, and counts as none.
//!
//! Who then gets the unit, the supply order says: whoever comes before may take it. And a limit that does nothing for a little
//! does nothing for much, since what a flow can bring together is concave in its limits.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Hourly, NEARLY};
use crate::decide::allocate::{Cell, Node};

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

/// What stands in the way of more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Barred {
    /// Whether each of the limits does alone; if not, all of them do together, and none can be left out.
    pub alone: bool,
    /// Empty if no way leads there at all.
    pub walls: Walls,
}

impl Barred {
    /// Takes in what does alone somewhere else.
    pub fn join(&mut self, other: Self) {
        for (limit, hours) in other.walls {
            self.walls.entry(limit).or_default().extend(hours);
        }
        sort(&mut self.walls);
    }
}

/// A way that a limit closes.
#[derive(Clone, Copy, Debug)]
struct Door {
    tail: usize,
    head: usize,
    limit: Limit,
    /// The hour in which it is reached; nothing of the day as a whole.
    hour: Option<usize>,
}

/// No way.
const FAR: u32 = u32::MAX;

/// One way to bring all gas, hour by hour.
pub(in crate::decide) struct Ways<'a> {
    hourly: &'a Hourly,
    cells: &'a [Cell],
    served: &'a [u64],
    /// Sources with gas left, by node.
    left: Vec<usize>,
    /// The worst rank that has gas at each node.
    worst: Vec<Option<u32>>,
    /// From where more could come to each node, and where more could go from it: by node. The last node is where gas is from that
    /// a limit of the day holds back.
    from: Vec<Vec<usize>>,
    to: Vec<Vec<usize>>,
    doors: Vec<Door>,
    /// The doors that lead to each node, and from it.
    into: Vec<Vec<usize>>,
    out: Vec<Vec<usize>>,
}

impl<'a> Ways<'a> {
    /// From what each cell of the hours gets, and each link carries. `supply` is that of [`super::Pipes::supply`].
    pub fn new(hourly: &'a Hourly, supply: &[u64], cells: &'a [Cell], served: &'a [u64], flows: &[u64]) -> Self {
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
        let (sources, beyond) = (supply.len(), supply.len() + pipes.reach.districts + junctions);
        let index = |node: Node| match node {
            Node::Source(at) => at as usize,
            Node::District(at) => sources + at as usize,
            Node::Junction(at) => sources + pipes.reach.districts + at as usize,
        };
        let mut left = supply.to_vec();
        let (mut from, mut to) = (vec![Vec::new(); beyond + 1], vec![Vec::new(); beyond + 1]);
        let mut doors = Vec::new();
        let links = pipes.reach.network.iter().flat_map(|network| &network.links);
        for (at, (arc, flow)) in links.zip(flows).enumerate() {
            let (tail, head, limit) = (index(arc.from), index(arc.to), limits.get(&at));
            if let Node::Source(source) = arc.from {
                left[source as usize] = left[source as usize].saturating_sub(*flow);
            }
            if flow + NEARLY <= arc.capacity {
                from[head].push(tail);
                to[tail].push(head);
            } else if let Some((limit, hour)) = limit {
                doors.push(Door { tail, head, limit: *limit, hour: Some(*hour) });
            }
            if *flow >= NEARLY {
                from[tail].push(head);
                to[head].push(tail);
            } else if let Some((Limit::PackMost(at), hour)) = limit {
                // Were the least lower, an hour could use what the next one puts back.
                doors.push(Door { tail: head, head: tail, limit: Limit::PackLeast(*at), hour: Some(*hour) });
            }
        }
        let own = sources - pipes.packed.len();
        let given = (0..own).filter(|source| left[*source] < NEARLY);
        doors.extend(given.map(|source| Door { tail: beyond, head: source, limit: Limit::Source(source), hour: None }));
        let keeps = |at: &usize| pipes.pack_arcs[*at].iter().any(|arcs| !arcs.is_empty());
        for at in (0..pipes.pack_arcs.len()).filter(keeps) {
            let districts = (0..pipes.companies).map(|company| at * pipes.companies + company);
            let ends =
                districts.map(|district| index(Node::District((pipes.hours * pipes.districts + district) as u32)));
            doors.extend(ends.map(|head| Door { tail: beyond, head, limit: Limit::PackEnd(at), hour: None }));
        }
        let (mut into, mut out) = (vec![Vec::new(); beyond + 1], vec![Vec::new(); beyond + 1]);
        for (at, door) in doors.iter().enumerate() {
            into[door.head].push(at);
            out[door.tail].push(at);
        }
        let mut worst = vec![None; beyond + 1];
        for (cell, _) in cells.iter().zip(served).filter(|(_, served)| **served >= NEARLY) {
            let node = &mut worst[index(Node::District(cell.district))];
            *node = (*node).max(Some(cell.rank));
        }
        let left = (0..sources).filter(|source| left[*source] >= NEARLY).collect();
        Self { hourly, cells, served, left, worst, from, to, doors, into, out }
    }

    /// What stands in the way of more for a cell of an hour, by its place.
    pub fn barred(&self, cell: usize) -> Barred {
        let givers = self.givers(cell);
        let ask = Ask { ways: self, target: self.node(self.cells[cell].district), givers };
        let near = ask.near(&|_| false);
        let had = ask.had(&|_| false);
        let mut walls = Walls::new();
        let mut others = BTreeSet::new();
        for door in self.doors.iter().filter(|door| near[door.head] == 0) {
            if had[door.tail] == 0 {
                add(&mut walls, door);
            } else {
                others.insert(door.limit);
            }
        }
        // One that has to give way in several hours at once.
        for limit in others.into_iter().filter(|limit| !walls.contains_key(limit)).collect::<Vec<_>>() {
            walls.extend(ask.on_the_way(&|other| other == limit));
        }
        if !walls.is_empty() {
            sort(&mut walls);
            return Barred { alone: true, walls };
        }
        let mut row: BTreeSet<Limit> = ask.on_the_way(&|_| true).into_keys().collect();
        // What is of the day as a whole is asked for last.
        for limit in row.clone().into_iter().rev() {
            row.remove(&limit);
            if !ask.is_reached(&|other| row.contains(&other)) {
                row.insert(limit);
            }
        }
        let mut walls = ask.on_the_way(&|other| row.contains(&other));
        sort(&mut walls);
        Barred { alone: false, walls }
    }

    /// Who has gas that a cell might get: sources with some left, and whoever comes after it or is better served beside it.
    fn givers(&self, cell: usize) -> Vec<usize> {
        let (own, served) = (self.cells[cell], self.served[cell]);
        let better = |(other, got): &(&Cell, &u64)| is_better_served((other, **got), (&own, served));
        let rank = self.cells.partition_point(|cell| cell.rank < own.rank);
        let beside = self.cells[rank..].iter().zip(&self.served[rank..]).take_while(|(cell, _)| cell.rank == own.rank);
        let beside = beside.filter(better).map(|(cell, _)| self.node(cell.district));
        let after = (0..self.worst.len()).filter(|node| self.worst[*node] > Some(own.rank));
        self.left.iter().copied().chain(after).chain(beside).collect()
    }

    fn node(&self, district: u32) -> usize {
        // Districts come after the sources and the pipes, which are sources of their own.
        self.hourly.pipes.source_arcs.len() + self.hourly.pipes.packed.len() + district as usize
    }
}

/// Whether one of the same rank has a larger share than the other, by more than a thousandth of a m3: no rounding makes as much of the
/// same share.
pub(in crate::decide) fn is_better_served((one, got): (&Cell, u64), (other, served): (&Cell, u64)) -> bool {
    let [got, served, near] = [got, served, NEARLY].map(u128::from);
    got * u128::from(other.size) > (served + near) * u128::from(one.size) + near * u128::from(other.size)
}

/// What is asked of one cell. Of limits, some are taken to be open.
struct Ask<'a> {
    ways: &'a Ways<'a>,
    target: usize,
    givers: Vec<usize>,
}

impl Ask<'_> {
    /// Over how many open doors each node is from the target.
    fn near(&self, open: &dyn Fn(Limit) -> bool) -> Vec<u32> {
        let ways = self.ways;
        ways.spread(&[self.target], &ways.from, &ways.into, |door| door.tail, open)
    }

    /// Over how many open doors gas that can be had is from each node.
    fn had(&self, open: &dyn Fn(Limit) -> bool) -> Vec<u32> {
        let ways = self.ways;
        let mut from = self.givers.clone();
        from.push(ways.from.len() - 1);
        ways.spread(&from, &ways.to, &ways.out, |door| door.head, open)
    }

    /// Whether gas can be had over open doors.
    fn is_reached(&self, open: &dyn Fn(Limit) -> bool) -> bool {
        let near = self.near(open);
        let beyond = near.len() - 1;
        near[beyond] < FAR || self.givers.iter().any(|node| near[*node] < FAR)
    }

    /// The limits on the ways over the fewest open doors, each with its hours; none if there is no way.
    fn on_the_way(&self, open: &dyn Fn(Limit) -> bool) -> Walls {
        let mut walls = Walls::new();
        if !self.is_reached(open) {
            return walls;
        }
        let (near, had) = (self.near(open), self.had(open));
        let on_a_way = |door: &&Door| open(door.limit) && near[door.head] < FAR && had[door.tail] < FAR;
        let doors = |door: &Door| near[door.head] + had[door.tail];
        let fewest = self.ways.doors.iter().filter(on_a_way).map(doors).min();
        let doors = self.ways.doors.iter().filter(on_a_way).filter(|door| Some(doors(door)) == fewest);
        doors.for_each(|door| add(&mut walls, door));
        walls
    }
}

impl Ways<'_> {
    /// Over how many open doors each node is from the nearest of these.
    fn spread(
        &self,
        from: &[usize],
        next: &[Vec<usize>],
        doors: &[Vec<usize>],
        end: impl Fn(&Door) -> usize,
        open: &dyn Fn(Limit) -> bool,
    ) -> Vec<u32> {
        let mut far = vec![FAR; self.from.len()];
        from.iter().for_each(|node| far[*node] = 0);
        let mut queue: VecDeque<(usize, u32)> = from.iter().map(|node| (*node, 0)).collect();
        while let Some((node, so_far)) = queue.pop_front() {
            if far[node] < so_far {
                continue;
            }
            for other in &next[node] {
                if so_far < far[*other] {
                    far[*other] = so_far;
                    queue.push_front((*other, so_far));
                }
            }
            for door in doors[node].iter().map(|at| &self.doors[*at]).filter(|door| open(door.limit)) {
                let other = end(door);
                if so_far + 1 < far[other] {
                    far[other] = so_far + 1;
                    queue.push_back((other, so_far + 1));
                }
            }
        }
        far
    }
}

fn add(walls: &mut Walls, door: &Door) {
    walls.entry(door.limit).or_default().extend(door.hour);
}

fn sort(walls: &mut Walls) {
    for hours in walls.values_mut() {
        hours.sort_unstable();
        hours.dedup();
    }
}
