//! The most that can flow: level by level, one path after another, until no way is left (Dinic's algorithm).

use std::collections::VecDeque;

/// A network of whole amounts; gas comes from node 0 and goes to node 1.
#[derive(Clone)]
pub struct Net {
    /// Where an arc leads, and what it can still carry. Next to each is the one back: `at ^ 1`.
    arcs: Vec<(usize, i128)>,
    leave: Vec<Vec<usize>>,
}

pub const FROM: usize = 0;
pub const TO: usize = 1;

impl Net {
    pub fn new() -> Self {
        Self { arcs: Vec::new(), leave: vec![Vec::new(); 2] }
    }

    pub fn node(&mut self) -> usize {
        self.leave.push(Vec::new());
        self.leave.len() - 1
    }

    pub fn lay(&mut self, from: usize, to: usize, capacity: i128) {
        for (end, arc) in [(from, (to, capacity)), (to, (from, 0))] {
            self.leave[end].push(self.arcs.len());
            self.arcs.push(arc);
        }
    }

    /// How far each node is from one of them, over arcs that can carry more than so much and not over a closed node.
    fn far(&self, from: usize, slack: i128, closed: usize) -> Vec<Option<usize>> {
        let mut far = vec![None; self.leave.len()];
        far[from] = Some(0);
        let mut next = VecDeque::from([from]);
        while let Some(node) = next.pop_front() {
            for (to, left) in self.leave[node].iter().map(|arc| self.arcs[*arc]) {
                if left > slack && far[to].is_none() && node != closed {
                    far[to] = far[node].map(|far| far + 1);
                    next.push_back(to);
                }
            }
        }
        far
    }

    /// Who can be reached from a node by changing flows, with each arc to node 1 at least as full as it is.
    pub fn reached(&self, from: usize, slack: i128) -> Vec<bool> {
        self.far(from, slack, TO).into_iter().map(|far| far.is_some()).collect()
    }

    /// Fills the network: how much more flows than before.
    pub fn fill(&mut self) -> i128 {
        let mut sum = 0;
        loop {
            let far = self.far(FROM, 0, TO);
            if far[TO].is_none() {
                return sum;
            }
            let mut tried = vec![0; self.leave.len()];
            loop {
                let more = self.push(FROM, i128::MAX, &far, &mut tried);
                if more == 0 {
                    break;
                }
                sum += more;
            }
        }
    }

    fn push(&mut self, node: usize, most: i128, far: &[Option<usize>], tried: &mut [usize]) -> i128 {
        if node == TO {
            return most;
        }
        while let Some(arc) = self.leave[node].get(tried[node]).copied() {
            let (to, left) = self.arcs[arc];
            if left > 0 && far[to] == far[node].map(|far| far + 1) {
                let more = self.push(to, most.min(left), far, tried);
                if more > 0 {
                    self.arcs[arc].1 -= more;
                    self.arcs[arc ^ 1].1 += more;
                    return more;
                }
            }
            tried[node] += 1;
        }
        0
    }
}
