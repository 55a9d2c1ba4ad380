//! What if another level answered: which one would leave firm gas alone, all along a stretch of the line.

use super::bends::{Straight, meet_line, straight};
use super::{Curve, levels};
use crate::decide::allocate::germ::{Lost, Scaled};
use crate::policy::Standing;
use crate::rational::{Line, Rational};

/// A part of a stretch, and the level that would do there.
pub(crate) type Instead = (Rational, Rational, Option<usize>);

impl Curve<'_> {
    /// The shortfall ratio at a lack.
    fn ratio_at(&self, lack: Rational) -> Rational {
        let piece = self.pieces().iter().find(|piece| lack <= piece.segment.until);
        let demand = Rational::whole(self.along.demand);
        piece.map_or(Rational::ZERO, |piece| (demand - piece.segment.deliverable.at(lack)).over(demand))
    }

    /// The mildest level graver than `level` at which no firm gas would be lost, by parts of a stretch; with `k` blocks of
    /// the formula, as `escalate_to` of a decision has it.
    pub(crate) fn instead(&self, (from, until): (Rational, Rational), level: usize) -> Result<Vec<Instead>, Lost> {
        let (along, policy) = (&self.along, self.along.policy);
        let mut scaled = Scaled::new(along.reach(), &along.supply, along.demand).ok_or(Lost)?;
        let mut points = vec![from, until];
        // What can arrive bends at ends of pieces only, so between them a ratio is straight and met once.
        let here = || self.pieces().iter().map(|piece| &piece.segment).filter(|s| s.from < until && from < s.until);
        let inside = |at: &Rational| from < *at && *at < until;
        points.extend(here().flat_map(|segment| [segment.from, segment.until]).filter(inside));
        let mut tried = Vec::new();
        for graver in level + 1..policy.levels.len() {
            let order = along.order(Standing::At(graver));
            let most = order.blocks.len();
            let rotation = policy.rotation.as_ref().filter(|_| most > 0);
            for step in rotation.map_or_else(Vec::new, |rotation| levels::steps(rotation, most)) {
                let demand = Rational::whole(along.demand);
                let wanted = Line { start: demand - demand * step, slope: Rational::ZERO };
                for segment in here() {
                    let meets = segment.deliverable.meets(&wanted).filter(inside);
                    points.extend(meets.filter(|at| segment.from <= *at && *at <= segment.until));
                }
            }
            let k = |lack| rotation.map_or(0, |rotation| levels::by_formula(rotation, self.ratio_at(lack), most));
            for blocks in k(from)..=k(until) {
                let cells = order.firm_cells(blocks);
                let size = cells.iter().map(|cell| cell.size).sum();
                let served = straight((from, until), &mut |lack, side| scaled.total(&cells, lack, side), &meet_line)?;
                points.extend(served.iter().map(|piece| piece.from).filter(inside));
                tried.push(Tried { level: graver, blocks, most, size, served });
            }
        }
        points.sort();
        points.dedup();
        let mut parts: Vec<Instead> = Vec::new();
        for pair in points.windows(2) {
            let (lack, ratio) = (pair[0].midpoint(pair[1]), self.ratio_at(pair[0].midpoint(pair[1])));
            let k = |most| policy.rotation.as_ref().map_or(0, |rotation| levels::by_formula(rotation, ratio, most));
            let level = tried.iter().find(|tried| tried.blocks == k(tried.most) && tried.closes(lack));
            let level = level.map(|tried| tried.level);
            match parts.last_mut() {
                Some(last) if last.2 == level => last.1 = pair[1],
                _ => parts.push((pair[0], pair[1], level)),
            }
        }
        Ok(parts)
    }
}

/// A level with so many blocks on their turn, and what firm gas gets there.
struct Tried {
    level: usize,
    blocks: usize,
    most: usize,
    size: u64,
    served: Vec<Straight<Line>>,
}

impl Tried {
    /// Whether no firm gas is lost.
    fn closes(&self, lack: Rational) -> bool {
        let line = self.served.iter().find(|piece| lack <= piece.until);
        line.is_some_and(|line| line.lines.at(lack) == Rational::whole(self.size))
    }
}
