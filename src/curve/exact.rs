//! The pieces of a curve, exactly: first what can arrive, then which level answers it and how many blocks take their
//! turn, then who gets what in between.

use super::bends::{Straight, meet_cells, meet_line, straight};
use super::levels;
use super::{Found, Segment, State};
use crate::decide::allocate::Cell;
use crate::decide::allocate::germ::{Lost, Scaled, Side};
use crate::decide::along::{Along, Order, Stands};
use crate::policy::Standing;
use crate::rational::{Line, Rational};

/// A point of the line, or what is open between two of them.
#[derive(Clone, Copy, Debug)]
struct Part {
    from: Rational,
    until: Rational,
    /// The shortfall ratio at the point, or somewhere in between.
    ratio: Rational,
    /// That somewhere.
    lack: Rational,
}

/// Neighbouring parts that stand alike.
struct Run {
    from: Rational,
    until: Rational,
    closed: (bool, bool),
    stands: Stands,
}

/// What goes into the search for the pieces.
struct Search<'a> {
    along: &'a Along<'a>,
    scaled: Scaled<'a>,
    deliverable: Vec<Straight<Line>>,
    /// The areas that may call for a level, and what each could get.
    areas: Vec<Cell>,
    area_served: Vec<Straight<Vec<Line>>>,
    orders: Vec<(Standing, Order)>,
}

/// The pieces of a balance's curve.
///
/// # Errors
/// [`Lost`] where only sampling will do.
pub(super) fn find(along: &Along<'_>) -> Result<Found, Lost> {
    let mut scaled = Scaled::new(along.reach(), &along.supply, along.demand).ok_or(Lost)?;
    let whole = along.whole_demand();
    let all = (Rational::ZERO, Rational::whole(along.demand));
    let deliverable = straight(all, &mut |lack, side| scaled.total(&whole, lack, side), &meet_line)?;
    let (areas, area_served) = areas(along, all)?;
    let mut search = Search { along, scaled, deliverable, areas, area_served, orders: Vec::new() };
    let mut points = search.level_points();
    points.extend(search.area_points());
    for part in parts(&points, &search) {
        let (stands, _) = search.stands(&part);
        search.order(stands.standing);
    }
    let (firm, more) = search.firm_served(&points)?;
    points.extend(more);
    let runs = search.runs(&points, &firm);
    search.pieces(&runs)
}

/// What each area could get all along the line, if any can call for a level.
#[allow(clippy::type_complexity)]
fn areas(along: &Along<'_>, all: (Rational, Rational)) -> Result<(Vec<Cell>, Vec<Straight<Vec<Line>>>), Lost> {
    let Some((reach, cells)) = along.area_question() else { return Ok((Vec::new(), Vec::new())) };
    let mut scaled = Scaled::new(&reach, &along.supply, along.demand).ok_or(Lost)?;
    let meet = |a: &Vec<Line>, b: &Vec<Line>, ends| meet_cells(&cells, a, b, ends);
    let served = straight(all, &mut |lack, side| scaled.share(&cells, lack, side), &meet)?;
    Ok((cells, served))
}

/// What firm slices get with so many blocks on their turn, at one standing.
struct Firm {
    standing: Standing,
    blocks: usize,
    size: u64,
    served: Vec<Straight<Line>>,
}

impl Firm {
    fn loss(&self, lack: Rational) -> Rational {
        Rational::whole(self.size) - line_at(&self.served, lack).map_or(Rational::ZERO, |line| line.at(lack))
    }
}

fn line_at(lines: &[Straight<Line>], lack: Rational) -> Option<Line> {
    lines.iter().find(|line| lack <= line.until).or_else(|| lines.last()).map(|line| line.lines)
}

/// The points in order and what is open between them.
fn parts(points: &[Rational], search: &Search<'_>) -> Vec<Part> {
    let mut points = points.to_vec();
    points.sort();
    points.dedup();
    let part = |from: Rational, until: Rational| {
        let lack = from.midpoint(until);
        Part { from, until, lack, ratio: search.ratio(lack) }
    };
    let mut parts = Vec::with_capacity(points.len() * 2);
    for (i, point) in points.iter().enumerate() {
        parts.push(part(*point, *point));
        if let Some(next) = points.get(i + 1) {
            parts.push(part(*point, *next));
        }
    }
    parts
}

impl Search<'_> {
    fn ratio(&self, lack: Rational) -> Rational {
        let demand = Rational::whole(self.along.demand);
        let served = line_at(&self.deliverable, lack).map_or(Rational::ZERO, |line| line.at(lack));
        (demand - served).over(demand)
    }

    /// How short each area is, where that matters.
    fn area_ratios(&self, lack: Rational) -> Vec<Rational> {
        let Some(served) = self.area_served.iter().find(|piece| lack <= piece.until) else { return Vec::new() };
        let ratio =
            |(cell, line): (&Cell, &Line)| Rational::ONE - line.at(lack) * Rational::new(1, i128::from(cell.size));
        self.areas.iter().zip(&served.lines).map(ratio).collect()
    }

    /// All points at which an area's ratio bends, or meets the end of a band.
    fn area_points(&self) -> Vec<Rational> {
        let (ratios, mut points) = (levels::area_edges(self.along.policy), Vec::new());
        for piece in &self.area_served {
            points.extend([piece.from, piece.until]);
            for (cell, line) in self.areas.iter().zip(&piece.lines) {
                for ratio in &ratios {
                    let size = Rational::whole(cell.size);
                    let wanted = Line { start: size - size * *ratio, slope: Rational::ZERO };
                    points.extend(line.meets(&wanted).filter(|at| piece.from <= *at && *at <= piece.until));
                }
            }
        }
        points
    }

    fn order(&mut self, standing: Standing) -> &Order {
        let known = self.orders.iter().position(|(at, _)| *at == standing);
        let known = known.unwrap_or_else(|| {
            self.orders.push((standing, self.along.order(standing)));
            self.orders.len() - 1
        });
        &self.orders[known].1
    }

    /// All points at which what can arrive bends, or its ratio meets the end of a band or a step of the rotation.
    fn level_points(&self) -> Vec<Rational> {
        let (along, demand) = (self.along, Rational::whole(self.along.demand));
        let mut ratios = levels::edges(along.policy);
        if let Some(rotation) = &along.policy.rotation {
            ratios.extend(levels::steps(rotation, along.districts().len()));
        }
        let mut points = vec![Rational::ZERO, demand];
        for piece in &self.deliverable {
            points.extend([piece.from, piece.until]);
            for ratio in &ratios {
                let wanted = Line { start: demand - demand * *ratio, slope: Rational::ZERO };
                points.extend(piece.lines.meets(&wanted).filter(|at| piece.from <= *at && *at <= piece.until));
            }
        }
        points
    }

    fn stands(&self, part: &Part) -> (Stands, usize) {
        let standing = levels::standing(self.along.policy, part.ratio, &self.area_ratios(part.lack));
        let order = self.orders.iter().find(|(at, _)| *at == standing);
        let most = order.map_or(0, |(_, order)| order.blocks.len());
        let by_formula = match &self.along.policy.rotation {
            Some(rotation) if most > 0 => levels::by_formula(rotation, part.ratio, most),
            _ => 0,
        };
        (Stands { standing, by_formula, blocks: by_formula }, most)
    }

    /// What firm slices get wherever blocks rotate, by number of blocks; and where that bends.
    fn firm_served(&mut self, points: &[Rational]) -> Result<(Vec<Firm>, Vec<Rational>), Lost> {
        let parts: Vec<(Part, (Stands, usize))> =
            parts(points, self).into_iter().map(|p| (p, self.stands(&p))).collect();
        let (mut firm, mut bends) = (Vec::new(), Vec::new());
        let Self { scaled, orders, .. } = self;
        for (standing, order) in orders.iter().filter(|(_, order)| !order.blocks.is_empty()) {
            let here = || parts.iter().filter(|(_, (stands, _))| stands.standing == *standing);
            let ends = here().next().zip(here().next_back());
            let Some(((first, _), (last, _))) = ends else { continue };
            let ends = (first.from, last.until);
            let most = order.blocks.len();
            let least = here().map(|(_, (stands, _))| stands.by_formula).min().unwrap_or(most);
            let mut served = |blocks: usize| -> Result<Firm, Lost> {
                let cells = order.firm_cells(blocks);
                let size = cells.iter().map(|cell| cell.size).sum();
                let mut ask = |lack, side| scaled.total(&cells, lack, side);
                let served = if ends.0 < ends.1 {
                    straight(ends, &mut ask, &meet_line)?
                } else {
                    let side = if ends.0.is_zero() { Side::After } else { Side::Before };
                    vec![Straight { from: ends.0, until: ends.1, lines: ask(ends.0, side)? }]
                };
                Ok(Firm { standing: *standing, blocks, size, served })
            };
            let all = served(most)?;
            for blocks in least..most {
                let some = served(blocks)?;
                // With a further block firm gas loses no more: from here on it is the least anyway.
                let enough = lost_alike(&some, &all);
                bends.extend(some.served.iter().flat_map(|piece| [piece.from, piece.until]));
                firm.push(some);
                if enough {
                    break;
                }
            }
            bends.extend(all.served.iter().flat_map(|piece| [piece.from, piece.until]));
            firm.push(all);
        }
        Ok((firm, bends))
    }

    /// The line in stretches that stand alike.
    fn runs(&self, points: &[Rational], firm: &[Firm]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for part in parts(points, self) {
            let (mut stands, most) = self.stands(&part);
            if most > 0 {
                stands.blocks = blocks_used(firm, &stands, most, part.lack);
            }
            let is_point = part.from == part.until;
            match runs.last_mut() {
                Some(run) if run.stands == stands => {
                    run.until = part.until;
                    run.closed.1 = is_point;
                }
                _ => runs.push(Run { from: part.from, until: part.until, closed: (is_point, is_point), stands }),
            }
        }
        runs
    }

    fn pieces(mut self, runs: &[Run]) -> Result<Found, Lost> {
        let (mut states, mut segments) = (Vec::new(), Vec::new());
        for run in runs {
            let order = self.orders.iter().position(|(at, _)| *at == run.stands.standing).unwrap_or_default();
            let state = State::new(&self.orders[order].1, order, run.stands);
            let cells = &state.cells;
            let mut ask = |lack, side| self.scaled.share(cells, lack, side);
            let found = if run.from < run.until {
                let meet = |a: &Vec<Line>, b: &Vec<Line>, ends| meet_cells(cells, a, b, ends);
                straight((run.from, run.until), &mut ask, &meet)?
            } else {
                let side = if run.from.is_zero() { Side::After } else { Side::Before };
                vec![Straight { from: run.from, until: run.until, lines: ask(run.from, side)? }]
            };
            let first = segments.len();
            for piece in found {
                for (from, until, deliverable) in pieces_of(&self.deliverable, piece.from, piece.until) {
                    let (state, lines) = (states.len(), piece.lines.clone());
                    let parts = Vec::new();
                    segments.push(Segment { from, until, closed: (true, false), state, deliverable, lines, parts });
                }
            }
            if let Some(first) = segments.get_mut(first) {
                first.closed.0 = run.closed.0;
            }
            if let Some(last) = segments.last_mut() {
                last.closed.1 = run.closed.1;
            }
            states.push(state);
        }
        Ok(Found { exact: true, orders: self.orders.into_iter().map(|(_, order)| order).collect(), states, segments })
    }
}

/// Whether firm gas loses the same with either number of blocks, wherever they rotate.
fn lost_alike(some: &Firm, all: &Firm) -> bool {
    let more = Line::level(some.size) - Line::level(all.size);
    let same = |(some, all): (&Straight<Line>, &Straight<Line>)| {
        some.from == all.from && some.until == all.until && some.lines - more == all.lines
    };
    some.served.len() == all.served.len() && some.served.iter().zip(&all.served).all(same)
}

/// `k'`: the smallest number of blocks from `k` on at which firm gas loses as little as with all.
fn blocks_used(firm: &[Firm], stands: &Stands, most: usize, lack: Rational) -> usize {
    let of = |blocks: usize| firm.iter().find(|firm| firm.standing == stands.standing && firm.blocks == blocks);
    let least = of(most).map(|all| all.loss(lack));
    let enough = |blocks: &usize| match of(*blocks) {
        Some(some) => Some(some.loss(lack)) == least,
        // Not looked at, because fewer blocks were enough everywhere.
        None => true,
    };
    (stands.by_formula..most).find(enough).unwrap_or(most)
}

/// A stretch, or a point, divided where what can arrive bends.
fn pieces_of(deliverable: &[Straight<Line>], from: Rational, until: Rational) -> Vec<(Rational, Rational, Line)> {
    if from == until {
        return line_at(deliverable, from).map(|line| (from, until, line)).into_iter().collect();
    }
    let overlap = |piece: &Straight<Line>| {
        let (from, until) = (piece.from.max(from), piece.until.min(until));
        (from < until).then_some((from, until, piece.lines))
    };
    deliverable.iter().filter_map(overlap).collect()
}
