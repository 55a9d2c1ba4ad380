//! The linear programs: what part of each contested link is whose. Their only variables are these parts, and a number or two
//! that is to be high; all else is known of the sides.

use std::collections::{BTreeMap, BTreeSet};

use good_lp::{Constraint, Expression, ProblemVariables, Variable, variable};

use super::cuts::{Best, Cut, Cuts, Split, Town, with_the_rest};
use crate::decide::allocate::lp::{self, Stuck};

/// A side with more left than so many times what may be missed bounds nothing yet.
const FREE: f64 = 100.0;

/// What is settled, rank by rank.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    /// What the ranks up to each get together at least.
    pub totals: Vec<u64>,
    /// What the ranks up to each get in each district, where it is settled; `None` for ranks that get all or nothing.
    pub shares: Vec<Option<Vec<u64>>>,
    /// What all ranks that are settled get in each district.
    pub before: Vec<u64>,
}

/// The programs of a town with its contested links.
pub(super) struct Programs<'a> {
    pub town: &'a Town<'a>,
    pub cuts: &'a Cuts,
    pub split: &'a Split,
    pub best: &'a Best,
    /// A total less than its best by no more than this is its best: what rounding to whole parts may cost.
    pub nearly: u64,
    /// By how much what is held may be missed, in scaled units.
    pub slack: f64,
}

/// What a program has found.
pub(super) struct Found<T> {
    pub answer: T,
    pub split: Split,
}

/// A program being written.
struct Model {
    variables: ProblemVariables,
    constraints: Vec<Constraint>,
    parts: BTreeMap<(usize, usize), Variable>,
}

/// What may be served of a side, in scaled units: so much, and these parts of links.
struct Room {
    sure: f64,
    parts: Vec<(usize, usize)>,
}

/// The cells of a rank that are not settled yet, and those that are.
struct Even {
    settled: Vec<Option<f64>>,
    sizes: Vec<f64>,
    /// How often a ratio was found so far: each is right to a tolerance, and must stay possible in the programs that follow.
    rounds: f64,
}

impl Programs<'_> {
    /// How many millionths a scaled unit is: a power of two, so that scaling is exact. The whole demand is a little below 2^16.
    fn unit(&self) -> f64 {
        let demand = self.town.asked.last().map_or(1, |asked| asked.iter().sum::<u64>()).max(1);
        2f64.powi(64 - demand.leading_zeros() as i32 - 16)
    }

    fn scaled(&self, volume: i128) -> f64 {
        volume as f64 / self.unit()
    }

    fn free(&self, even: &Even) -> f64 {
        self.slack * FREE.max(20.0 * even.rounds)
    }

    fn demand(&self) -> u64 {
        self.town.asked.last().map_or(0, |asked| asked.iter().sum())
    }

    /// The parts.
    fn parts(&self) -> Model {
        let mut model = Model { variables: ProblemVariables::new(), constraints: Vec::new(), parts: BTreeMap::new() };
        let demand = self.demand();
        for (joint, parts) in self.split {
            let most = self.scaled(self.town.joints[*joint].capacity.min(demand).into());
            let mut sum = Expression::with_capacity(parts.len());
            for place in 0..parts.len() {
                let part = model.variables.add(variable().clamp(0.0, most));
                model.parts.insert((*joint, place), part);
                sum.add_mul(1.0, part);
            }
            model.constraints.push(sum.leq(most));
        }
        model
    }

    /// What the links into each side must carry, if the ranks up to each of these are to get their best but for so much: then each
    /// part of the network must, since none can get more. One row a side, whatever the number of ranks.
    fn needs(&self, ranks: &[(usize, u64)]) -> Vec<(Room, f64)> {
        let mut needs = BTreeMap::<Vec<(usize, usize)>, f64>::new();
        if ranks.is_empty() {
            return Vec::new();
        }
        let mut asked_in: Vec<BTreeMap<u32, u64>> = vec![BTreeMap::new(); ranks.len()];
        for (asked_in, rank) in asked_in.iter_mut().zip(ranks) {
            for (district, asked) in (0..).zip(&self.town.asked[rank.0]) {
                *asked_in.entry(self.town.part_of(district)).or_default() += asked;
            }
        }
        for cut in self.cuts.all() {
            let room = self.room(cut);
            if room.parts.is_empty() {
                continue;
            }
            let need = ranks.iter().zip(&asked_in).map(|((rank, less), asked_in)| {
                let asked = &self.town.asked[*rank];
                let inside: u64 = cut.districts.iter().map(|district| asked[*district as usize]).sum();
                let outside = asked_in.get(&cut.part).copied().unwrap_or_default() - inside;
                let best = self.best.parts[*rank].get(&cut.part).copied().unwrap_or_default();
                i128::from(best) - i128::from(*less) - i128::from(outside)
            });
            let need = self.scaled(need.max().unwrap_or_default()) - room.sure;
            if need > 0.0 {
                let most = needs.entry(room.parts).or_insert(need);
                *most = most.max(need);
            }
        }
        needs.into_iter().map(|(parts, need)| (Room { sure: 0.0, parts }, need)).collect()
    }

    /// A way to part the links with which the first so many ranks may each get their best, by what is known of the sides: in the
    /// middle of all such ways, so that the answer tells most. `None` if there is no way.
    pub fn reach(&self, ranks: usize) -> Result<Option<Split>, Stuck> {
        let mut model = self.parts();
        let spare = model.variables.add(variable().clamp(0.0, self.scaled(self.demand().into())));
        let ranks: Vec<(usize, u64)> = (0..ranks).map(|rank| (rank, 0)).collect();
        for (room, need) in self.needs(&ranks) {
            let mut sum = model.sum(&room);
            sum.add_mul(-1.0, spare);
            model.constraints.push(sum.geq(need - self.slack));
        }
        match self.solve(model, spare.into(), &[]) {
            Ok(found) => Ok(Some(found.split)),
            Err(Stuck::Infeasible) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The parts, and all that is held.
    fn model(&self, held: &Held) -> Model {
        let mut model = self.parts();
        // What rounding has cost is not asked back: it may have gone to cells that are settled.
        let less = |(rank, total): (usize, &u64)| self.best.totals[rank].saturating_sub(*total);
        let at_best = |held: (usize, &u64)| less(held) <= self.nearly;
        let best: Vec<(usize, u64)> =
            held.totals.iter().enumerate().filter(|held| at_best(*held)).map(|held| (held.0, less(held))).collect();
        for (room, need) in self.needs(&best) {
            let sum = model.sum(&room);
            model.constraints.push(sum.geq(need - self.slack));
        }
        for (rank, total) in held.totals.iter().enumerate().filter(|held| !at_best(*held)) {
            let (got, sure) = self.total(&mut model, rank);
            if !got.is_empty() {
                let least = self.scaled((*total).into()) - sure - self.slack;
                model.constraints.push(all(&got).geq(least));
            }
        }
        for (rank, shares) in held.shares.iter().enumerate() {
            let Some(shares) = shares else { continue };
            for cut in self.cuts.of_even(rank) {
                let room = self.room(cut);
                if !room.parts.is_empty() {
                    let taken: u64 = cut.districts.iter().map(|district| shares[*district as usize]).sum();
                    let least = self.scaled(taken.into()) - room.sure - self.slack;
                    let sum = model.sum(&room);
                    model.constraints.push(sum.geq(least));
                }
            }
        }
        model
    }

    fn room(&self, cut: &Cut) -> Room {
        let sure = self.scaled(self.town.sure(cut, self.split).into());
        let parts = cut.enters.iter().filter_map(|arc| self.town.contested(*arc, self.split)).collect();
        Room { sure, parts }
    }

    /// What the ranks up to this one get together, part by part of the network: numbers to be found, and what is sure.
    fn total(&self, model: &mut Model, rank: usize) -> (Vec<Variable>, f64) {
        let asked = &self.town.asked[rank];
        let mut most = BTreeMap::<u32, f64>::new();
        for (district, asked) in (0..).zip(asked) {
            *most.entry(self.town.part_of(district)).or_default() += self.scaled((*asked).into());
        }
        let asked_in = most.clone();
        let mut bounds = Vec::new();
        for cut in self.cuts.all() {
            let inside: u64 = cut.districts.iter().map(|district| asked[*district as usize]).sum();
            let outside = asked_in.get(&cut.part).copied().unwrap_or_default() - self.scaled(inside.into());
            let Room { sure, parts } = self.room(cut);
            let room = Room { sure: sure + outside, parts };
            if room.parts.is_empty() {
                most.entry(cut.part).and_modify(|most| *most = most.min(room.sure));
            } else {
                bounds.push((cut.part, room));
            }
        }
        bounds.retain(|(part, room)| most.get(part).is_some_and(|most| room.sure < *most));
        let free: BTreeSet<u32> = bounds.iter().map(|(part, _)| *part).collect();
        let mut got = BTreeMap::new();
        let mut sure = 0.0;
        for (part, most) in &most {
            if free.contains(part) {
                let volume = model.variables.add(variable().clamp(0.0, most.max(0.0)));
                got.insert(*part, volume);
            } else {
                sure += most;
            }
        }
        for (part, room) in bounds {
            let mut less = -model.sum(&room);
            if let Some(volume) = got.get(&part) {
                less.add_mul(1.0, *volume);
                model.constraints.push(less.leq(room.sure));
            }
        }
        (got.into_values().collect(), sure)
    }

    fn solve(&self, mut model: Model, objective: Expression, also: &[Variable]) -> Result<Found<Vec<f64>>, Stuck> {
        let mut wanted: Vec<Variable> = model.parts.values().copied().collect();
        let places: Vec<(usize, usize)> = model.parts.keys().copied().collect();
        wanted.extend(also);
        let constraints = std::mem::take(&mut model.constraints);
        let solved = lp::solve(model.variables, objective, constraints, lp::Solver::default(), &wanted)?;
        let mut values = solved.ok_or(Stuck::Infeasible)?;
        let answer = values.split_off(places.len());
        let mut split = self.split.clone();
        for ((joint, place), part) in places.into_iter().zip(values) {
            if let Some(slot) = split.get_mut(&joint).and_then(|parts| parts.get_mut(place)) {
                *slot = (part * self.unit()).round().max(0.0) as u64;
            }
        }
        for (joint, parts) in &mut split {
            let capacity = self.town.joints[*joint].capacity;
            let mut over = parts.iter().sum::<u64>().saturating_sub(capacity);
            for part in parts.iter_mut() {
                let less = over.min(*part);
                (*part, over) = (*part - less, over - less);
            }
            *parts = with_the_rest(std::mem::take(parts), capacity);
        }
        Ok(Found { answer, split })
    }

    /// The most that the ranks up to this one can get together, by what is known of the sides.
    pub fn most(&self, held: &Held, rank: usize) -> Result<Found<u64>, Stuck> {
        let mut model = self.model(held);
        let (got, sure) = self.total(&mut model, rank);
        let found = self.solve(model, all(&got), &got)?;
        let volume = (found.answer.iter().sum::<f64>() + sure) * self.unit();
        Ok(Found { answer: volume.round().max(0.0) as u64, split: found.split })
    }

    /// The even shares of a rank, by what is known of the sides: the lowest served ratio as high as it can be, then the next.
    pub fn even(&self, held: &Held, rank: usize) -> Result<Found<Vec<f64>>, Stuck> {
        let (_, cells) = self.town.cells_of(rank);
        let sizes = cells.iter().map(|cell| self.scaled(cell.size.into())).collect();
        let mut even = Even { settled: vec![None; cells.len()], sizes, rounds: 0.0 };
        let place: BTreeMap<u32, usize> = cells.iter().enumerate().map(|(at, cell)| (cell.district, at)).collect();
        let sides: Vec<(Room, Vec<usize>)> = (self.cuts.of_even(rank))
            .map(|cut| {
                let taken: u64 = cut.districts.iter().map(|district| held.before[*district as usize]).sum();
                let Room { sure, parts } = self.room(cut);
                let inside = cut.districts.iter().filter_map(|district| place.get(district).copied()).collect();
                (Room { sure: sure - self.scaled(taken.into()), parts }, inside)
            })
            .collect();
        let mut split = self.split.clone();
        while even.settled.iter().any(Option::is_none) {
            even.rounds += 1.0;
            let (ratio, found, tight) = self.lift(held, &even, &sides)?;
            split = found;
            let blocked = match ratio < 1.0 {
                true => self.blocked(held, &even, &sides, ratio, tight)?,
                false => (0..cells.len()).collect(),
            };
            for cell in blocked {
                let due = ratio * even.sizes[cell];
                even.settled[cell].get_or_insert(due);
            }
        }
        let shares = even.settled.iter().map(|share| share.unwrap_or_default() * self.unit());
        Ok(Found { answer: shares.collect(), split })
    }

    /// The highest ratio that all free cells can have together, and the sides that are full then.
    fn lift(&self, held: &Held, even: &Even, sides: &[(Room, Vec<usize>)]) -> Result<(f64, Split, Vec<usize>), Stuck> {
        let mut model = self.model(held);
        let ratio = model.variables.add(variable().clamp(0.0, 1.0));
        let free: Vec<(f64, f64)> = sides.iter().map(|(_, inside)| even.of(inside)).collect();
        for ((room, _), (free, settled)) in sides.iter().zip(&free) {
            let mut less = -model.sum(room);
            less.add_mul(*free, ratio);
            if *free > 0.0 || !room.parts.is_empty() {
                model.constraints.push(less.leq(room.sure - settled + self.slack * even.rounds));
            }
        }
        let places: Vec<(usize, usize)> = model.parts.keys().copied().collect();
        let parts: Vec<Variable> = model.parts.values().copied().collect();
        let also: Vec<Variable> = std::iter::once(ratio).chain(parts).collect();
        let found = self.solve(model, ratio.into(), &also)?;
        let (ratio, parts) = found.answer.split_first().map_or((0.0, &[][..]), |(ratio, parts)| (*ratio, parts));
        let ratio = ratio.clamp(0.0, 1.0);
        let at: BTreeMap<(usize, usize), f64> = places.into_iter().zip(parts.iter().copied()).collect();
        let left = |(at_side, (free, settled)): (usize, &(f64, f64))| {
            let room = &sides[at_side].0;
            let parts: f64 = room.parts.iter().filter_map(|part| at.get(part)).sum();
            (*free > 0.0).then_some((at_side, room.sure + parts - settled - ratio * free))
        };
        let left: Vec<(usize, f64)> = free.iter().enumerate().filter_map(left).collect();
        let mut tight: Vec<usize> =
            left.iter().filter(|(_, left)| *left <= self.free(even)).map(|(side, _)| *side).collect();
        if tight.is_empty() {
            tight.extend(left.iter().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(side, _)| *side));
        }
        Ok((ratio, found.split, tight))
    }

    /// The free cells that cannot have more than this ratio while all free cells have it: those of sides that are full
    /// however the links are parted.
    fn blocked(
        &self,
        held: &Held,
        even: &Even,
        sides: &[(Room, Vec<usize>)],
        ratio: f64,
        mut tight: Vec<usize>,
    ) -> Result<Vec<usize>, Stuck> {
        let nearest = tight.clone();
        loop {
            // A side that nothing contested enters is full for good; one of several others may be full by chance.
            let sure: Vec<usize> = tight.iter().copied().filter(|side| sides[*side].0.parts.is_empty()).collect();
            if !sure.is_empty() {
                tight = sure;
            }
            if tight.len() <= 1 || sides[tight[0]].0.parts.is_empty() {
                break;
            }
            let mut model = self.model(held);
            let mut sum = Expression::with_capacity(tight.len());
            let mut more = Vec::with_capacity(tight.len());
            for (at, (room, inside)) in sides.iter().enumerate() {
                let (free, settled) = even.of(inside);
                if free <= 0.0 && room.parts.is_empty() {
                    continue;
                }
                let mut less = -model.sum(room);
                if free > 0.0 && tight.contains(&at) {
                    let left = model.variables.add(variable().clamp(0.0, free));
                    less.add_mul(1.0, left);
                    sum.add_mul(1.0, left);
                    more.push(left);
                }
                // The ratio is right to the solver's tolerance.
                model.constraints.push(less.leq(room.sure - settled - ratio * free + self.slack * (even.rounds + 1.0)));
            }
            let found = self.solve(model, sum, &more)?;
            let before = tight.len();
            let mut left = found.answer.iter();
            tight.retain(|_| left.next().is_some_and(|left| *left <= self.free(even)));
            if tight.len() == before {
                break;
            }
        }
        if tight.is_empty() {
            // Only rounding can say that nothing is full.
            tight = nearest.into_iter().take(1).collect();
        }
        let inside: BTreeSet<usize> = tight.iter().flat_map(|side| &sides[*side].1).copied().collect();
        Ok(inside.into_iter().filter(|cell| even.settled[*cell].is_none()).collect())
    }
}

fn all(variables: &[Variable]) -> Expression {
    let mut sum = Expression::with_capacity(variables.len());
    variables.iter().for_each(|variable| sum.add_mul(1.0, *variable));
    sum
}

impl Even {
    /// What is free and what is settled of some cells.
    fn of(&self, cells: &[usize]) -> (f64, f64) {
        cells.iter().fold((0.0, 0.0), |(free, settled), cell| match self.settled[*cell] {
            None => (free + self.sizes[*cell], settled),
            Some(share) => (free, settled + share),
        })
    }
}

impl Model {
    fn sum(&self, room: &Room) -> Expression {
        let mut sum = Expression::with_capacity(room.parts.len());
        room.parts.iter().filter_map(|part| self.parts.get(part)).for_each(|part| sum.add_mul(1.0, *part));
        sum
    }
}
