//! Whether an answer holds, by a third and simplest way: push gas along augmenting paths until none is left.
//!
//! Used where the two computations differ, and in tests. It shares no code with either, and cares for nothing but
//! being obviously right.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use super::{Cell, Node, Question, Shares};

/// Whether every cell keeps its bounds, the gas can get there, and no rank could get more while the better ones keep
/// theirs. One commodity only, or companies without a network.
pub fn holds(question: &Question<'_>, shares: &Shares) -> bool {
    let cells = question.cells.iter().zip(&shares.cells);
    let within = shares.cells.len() == question.cells.len() && cells.clone().all(|(cell, served)| *served <= cell.size);
    let mut ranks = vec![0; question.rank_count()];
    cells.clone().for_each(|(cell, served)| ranks[cell.rank as usize] += served);
    let given: Vec<Cell> = cells.map(|(cell, served)| Cell { size: *served, ..*cell }).collect();
    let arrives = most(question, &given) == shares.cells.iter().sum::<u64>();
    let mut so_far = 0;
    let best = ranks.iter().enumerate().all(|(rank, served)| {
        so_far += served;
        let better: Vec<Cell> = question.cells.iter().filter(|cell| cell.rank as usize <= rank).copied().collect();
        most(question, &better) == so_far
    });
    within && ranks == shares.ranks && arrives && best
}

/// The most gas that can reach the cells together, in m3.
pub fn most(question: &Question<'_>, cells: &[Cell]) -> u64 {
    Pipes::of(question, cells).most()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Start,
    Source(u32),
    Junction(u32),
    /// A district; where there is no network, of one company.
    District(u32, u32),
    End,
}

/// What can still flow from one place to another.
struct Pipes {
    room: BTreeMap<(At, At), u64>,
    next: BTreeMap<At, Vec<At>>,
}

impl Pipes {
    fn of(question: &Question<'_>, cells: &[Cell]) -> Self {
        let mut pipes = Self { room: BTreeMap::new(), next: BTreeMap::new() };
        for (source, volume) in (0..).zip(question.supply) {
            pipes.lay(At::Start, At::Source(source), *volume);
        }
        for cell in cells {
            let company = if question.reach.network.is_some() { 0 } else { cell.company };
            let district = At::District(cell.district, company);
            pipes.lay(district, At::End, cell.size);
            if question.reach.network.is_none() {
                for (source, volume) in (0..).zip(question.supply) {
                    let entitled = question.reach.entitled.as_ref();
                    if entitled.is_none_or(|companies| companies.get(source as usize) == Some(&cell.company)) {
                        pipes.open(At::Source(source), district, *volume);
                    }
                }
            }
        }
        for link in question.reach.network.iter().flat_map(|network| &network.links) {
            let at = |node| match node {
                Node::Source(s) => At::Source(s),
                Node::District(d) => At::District(d, 0),
                Node::Junction(j) => At::Junction(j),
            };
            pipes.lay(at(link.from), at(link.to), link.capacity);
        }
        pipes
    }

    /// Adds room between two places.
    fn lay(&mut self, from: At, to: At, room: u64) {
        let before = self.room.get(&(from, to)).copied().unwrap_or(0);
        self.open(from, to, before.saturating_add(room));
    }

    /// Sets the room between two places.
    fn open(&mut self, from: At, to: At, room: u64) {
        for (a, b) in [(from, to), (to, from)] {
            if let Entry::Vacant(none) = self.room.entry((a, b)) {
                none.insert(0);
                self.next.entry(a).or_default().push(b);
            }
        }
        self.room.insert((from, to), room);
    }

    fn most(&mut self) -> u64 {
        let mut sum = 0;
        while let Some(path) = self.shortest_path() {
            let room = |(a, b): (&At, &At)| self.room.get(&(*a, *b)).copied().unwrap_or(0);
            let least = path.iter().zip(&path[1..]).map(room).min().unwrap_or(0);
            for (a, b) in path.iter().zip(&path[1..]) {
                self.room.entry((*a, *b)).and_modify(|room| *room -= least);
                self.room.entry((*b, *a)).and_modify(|room| *room = room.saturating_add(least));
            }
            sum += least;
        }
        sum
    }

    fn shortest_path(&self) -> Option<Vec<At>> {
        let mut came_from = BTreeMap::from([(At::Start, At::Start)]);
        let mut queue = VecDeque::from([At::Start]);
        while let Some(at) = queue.pop_front() {
            for next in self.next.get(&at).into_iter().flatten() {
                let open = self.room.get(&(at, *next)).is_some_and(|room| *room > 0);
                if open && !came_from.contains_key(next) {
                    came_from.insert(*next, at);
                    queue.push_back(*next);
                }
            }
        }
        let mut path = vec![At::End];
        while path.last() != Some(&At::Start) {
            path.push(*came_from.get(path.last()?)?);
        }
        path.reverse();
        Some(path)
    }
}
