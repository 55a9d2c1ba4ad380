//! How a plan cuts customers in slices, each with one place in one strict order (sections 2 and 3 of the decision model).

mod moved;
mod rest;
mod rules;

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::{Course, Plain, PlainCut, PlainStep, PlainStop, Shares, Step, TodaysCut};
pub(super) use rules::{Rules, share};

use super::Day;
use super::hourly::{Clock, Hourly, Spread, Spreading, Taken};
use super::kinds::{Kind, Kinds};
use super::prepare::Scope;
use super::slices::{Rank, Slice, Slices};
use crate::city::City;
use crate::policy::{Part, Standing};
use crate::units::{Decimal, Fraction, Hours};

/// How the plan stands on a day: which measures are in force, and which ranks there can be.
pub(super) struct Plan<'a> {
    pub city: &'a City,
    pub scope: &'a Scope<'a>,
    pub day: &'a Day,
    pub kinds: &'a Kinds,
    pub standing: Standing,
    /// The blocks chosen by the rotation, by index in the scope's districts.
    pub rotating: Vec<bool>,
    rules: Arc<Rules<'a>>,
    /// The day's hours, where they are decided one by one.
    pub hourly: Option<&'a Hourly>,
}

impl<'a> Plan<'a> {
    pub fn new(city: &'a City, scope: &'a Scope<'a>, day: &'a Day, kinds: &'a Kinds, standing: Standing) -> Self {
        Self::by(city, scope, day, kinds, Arc::new(Rules::new(city, scope.policy, &kinds.kinds, standing, day.date)))
    }

    /// By rules that are at hand: those of the scope's policy on the day.
    pub fn by(city: &'a City, scope: &'a Scope<'a>, day: &'a Day, kinds: &'a Kinds, rules: Arc<Rules<'a>>) -> Self {
        let rotating = vec![false; scope.districts.len()];
        Self { city, scope, day, kinds, standing: rules.standing, rotating, rules, hourly: None }
    }

    /// The same day at another standing, without rotating blocks.
    pub fn at(&self, standing: Standing) -> Self {
        Plan { hourly: self.hourly, ..Plan::new(self.city, self.scope, self.day, self.kinds, standing) }
    }

    /// Whether a measure in force touches rotating blocks only.
    pub fn rotates(&self) -> bool {
        self.rules.rotates
    }

    /// The measures in force, by index in the policy.
    pub fn in_force(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.scope.policy.measures.len()).filter(|measure| self.rules.of(*measure).is_some())
    }

    /// Whether a measure in force is a stop that takes only as much as is short in its hours.
    pub fn stops_as_needed(&self, measure: usize) -> bool {
        self.rules.of(measure).is_some_and(|rule| matches!(rule.cut, TodaysCut::Stop { required: false, .. }))
    }

    /// Every slice, without empty ranks.
    pub fn slices(&self) -> Slices {
        self.cut(true, &self.rotating, self.everybody()).without_empty_ranks()
    }

    /// The same of some customers alone, by index in the scope in order.
    pub fn slices_among(&self, who: &[u32]) -> Slices {
        self.cut(true, &self.rotating, who.iter().map(|at| *at as usize)).without_empty_ranks()
    }

    /// The same, with what others ask for added to the sums by rank, district and company.
    pub fn slices_beside(&self, who: &[u32], add: impl FnOnce(&mut [u64])) -> Slices {
        let mut cut = self.cut(true, &self.rotating, who.iter().map(|at| *at as usize));
        add(&mut cut.sizes);
        cut.without_empty_ranks()
    }

    /// The customers of the scope, by index.
    pub fn everybody(&self) -> std::ops::Range<usize> {
        0..self.scope.customers.len()
    }

    /// Every slice, by every rank that there can be, if these blocks rotated.
    pub fn slices_if(&self, rotating: &[bool]) -> Slices {
        self.cut(true, rotating, self.everybody())
    }

    /// Every rank that there can be, in supply order.
    pub fn all_ranks(&self) -> &[Rank] {
        &self.rules.ranks
    }

    /// The sums alone, by every rank that there can be.
    pub fn sizes(&self) -> Slices {
        self.sizes_if(&self.rotating)
    }

    /// The sums alone, if these blocks rotated.
    pub fn sizes_if(&self, rotating: &[bool]) -> Slices {
        self.cut(false, rotating, self.everybody())
    }

    /// What is firm of each district and company, in m3, by district and then company: where no block rotates, and where all do.
    pub fn firm_sums(&self) -> [Vec<u64>; 2] {
        let (districts, companies) = (self.scope.districts.len(), self.scope.companies(self.city));
        let (none, all) = (vec![false; districts], vec![true; districts]);
        let mut sums = [vec![0; districts * companies], vec![0; districts * companies]];
        let mut stack = Vec::new();
        for (at, district) in self.scope.district_of.iter().enumerate() {
            let mut firm = |rotating: &[bool]| {
                let mut firm = 0;
                // Firm ranks come first: a pinned customer's own, then the plan's.
                let mut emit = |rank: usize, _: usize, size: u64, _: Option<&Spread>| {
                    firm += if rank <= self.rules.firm { size } else { 0 };
                };
                self.cut_at(at, rotating, &mut stack, &mut emit);
                firm
            };
            let still = firm(&none);
            let turning = if self.rules.turns(self.kinds.of[at] as usize) { firm(&all) } else { still };
            let at = *district as usize * companies + self.scope.company(at) as usize;
            sums[0][at] += still;
            sums[1][at] += turning;
        }
        sums
    }

    fn cut(&self, keep: bool, rotating: &[bool], who: impl ExactSizeIterator<Item = usize>) -> Slices {
        let (districts, companies) = (self.scope.districts.len(), self.scope.companies(self.city));
        let mut dense = Slices {
            ranks: self.rules.ranks.clone(),
            sizes: vec![0; self.rules.ranks.len() * districts * companies],
            districts,
            companies,
            by_hour: Vec::new(),
            hours: self.hourly.map_or(0, |hourly| hourly.clock.len()),
            spreads: Vec::new(),
            slices: Vec::with_capacity(if keep { who.len() + who.len() / 2 } else { 0 }),
        };
        let mut stack = Vec::new();
        let mut spreading = self.hourly.map(Spreading::new);
        for at in who {
            let (district, company) = (self.scope.district_of[at], self.scope.company(at));
            let mut emit = |rank: usize, tier: usize, size: u64, spread: Option<&Spread>| {
                let rank = rank as u32;
                let cell = dense.at(rank, district, company);
                dense.sizes[cell] += size;
                let spread = match (&mut spreading, spread) {
                    (Some(spreading), Some(spread)) => spreading.add(cell, spread, size),
                    _ => 0,
                };
                if keep {
                    dense.slices.push(Slice { customer: at as u32, rank, tier: tier as u32, spread, size });
                }
            };
            self.cut_at(at, rotating, &mut stack, &mut emit);
        }
        if let Some(spreading) = spreading {
            dense.by_hour = spreading.by_hour(dense.sizes.len());
            dense.spreads = spreading.into_spreads();
        }
        dense
    }

    /// One customer's slices, by every rank that there can be, if these blocks rotated.
    pub fn slices_of(&self, at: usize, rotating: &[bool]) -> Vec<Slice> {
        let mut slices = Vec::new();
        let mut emit = |rank: usize, tier: usize, size: u64, _: Option<&Spread>| {
            slices.push(Slice { customer: at as u32, rank: rank as u32, tier: tier as u32, spread: 0, size });
        };
        self.cut_at(at, rotating, &mut Vec::new(), &mut emit);
        slices
    }

    /// What one customer's slices would be by rank, by every rank that there can be, if the rules took it for another
    /// kind with another floor. A volume settled outside the plan stays settled.
    pub fn slices_as(&self, at: usize, kind: &Kind, floor: u64, rotating: bool) -> BTreeMap<usize, u64> {
        let customer = self.scope.customers[at];
        let demand = self.day.demand[customer as usize].get();
        let mut sizes = BTreeMap::new();
        if demand == 0 {
            return sizes;
        }
        let mut emit = |rank: usize, _: usize, size: u64, _: Option<&Spread>| *sizes.entry(rank).or_default() += size;
        let (floor, mut stack) = (floor.min(demand), Vec::new());
        self.requirement(kind, demand, floor, &mut stack);
        match self.day.pinned.get(&customer) {
            Some(served) => self.pin(kind, &stack, served.get(), None, &mut emit),
            None => {
                let course = self.rules.course(&mut Shares::of(self.city), self.scope.policy, kind, rotating);
                self.cut_one(customer, kind, &course, (demand, floor), &stack, self.clock_of(kind), &mut emit);
            }
        }
        sizes
    }

    /// Cuts the demand of a customer of the scope.
    fn cut_at(
        &self,
        at: usize,
        rotating: &[bool],
        stack: &mut Vec<(u32, u64)>,
        emit: &mut impl FnMut(usize, usize, u64, Option<&Spread>),
    ) {
        let customer = self.scope.customers[at];
        let demand = self.day.demand[customer as usize].get();
        if demand == 0 {
            return;
        }
        let floor = self.scope.floors[at].min(demand);
        let simple = self.hourly.is_none() && self.day.past.is_none() && self.day.pinned.is_empty();
        if simple
            && self.standing != Standing::NoShortage
            && let Some(plain) = &self.course_of(at, rotating).plain
        {
            return cut_plain(plain, demand, floor, emit);
        }
        let kind = &self.kinds.kinds[self.kinds.of[at] as usize];
        self.requirement(kind, demand, floor, stack);
        if let Some(past) = &self.day.past {
            return self.cut_rest(past, at, kind, floor, rotating, stack, emit);
        }
        match self.day.pinned.get(&customer) {
            Some(served) => self.pin(kind, stack, served.get(), None, emit),
            None => {
                let course = self.course_of(at, rotating);
                self.cut_one(customer, kind, course, (demand, floor), stack, self.clock_of(kind), emit);
            }
        }
    }

    /// The measures that a customer of the scope goes through, if these blocks rotated.
    fn course_of(&self, at: usize, rotating: &[bool]) -> &Course {
        self.rules.course_of(self.kinds.of[at] as usize, rotating[self.scope.district_of[at] as usize])
    }

    /// The hours, where they are decided one by one, and how a kind's demand spreads over them.
    fn clock_of(&self, kind: &Kind) -> Option<(&'a Clock, Spread)> {
        self.hourly.map(|hourly| (&*hourly.clock, *hourly.clock.profile(kind.profile)))
    }

    /// Fills the firm ranks with a customer's requirement: (firm rank, size), best protected first.
    pub(super) fn requirement(&self, kind: &Kind, demand: u64, floor: u64, stack: &mut Vec<(u32, u64)>) {
        stack.clear();
        let mut left = demand;
        for (rank, part) in &kind.takes {
            let taken = match part {
                Part::Rest | Part::Others => left,
                Part::Floor => floor.min(left),
                Part::FirstM3(first) => first.saturating_sub(demand - left).min(left),
            };
            left -= taken;
            match stack.last_mut() {
                _ if taken == 0 => {}
                Some((last, size)) if last == rank => *size += taken,
                _ => stack.push((*rank, taken)),
            }
        }
    }

    /// A pinned customer gets so much before everybody else, and the rest not at all.
    fn pin(
        &self,
        kind: &Kind,
        stack: &[(u32, u64)],
        served: u64,
        spread: Option<Spread>,
        emit: &mut impl FnMut(usize, usize, u64, Option<&Spread>),
    ) {
        let spread = spread.or_else(|| self.clock_of(kind).map(|(_, spread)| spread));
        let (mut left, spread) = (served, spread.as_ref());
        for (firm, size) in stack {
            let (tier, given) = (self.tier_of(*firm), left.min(*size));
            left -= given;
            if given > 0 {
                emit(0, tier, given, spread);
            }
            if *size > given {
                emit(self.rules.ranks.len() - 1, tier, size - given, spread);
            }
        }
    }

    pub(super) fn tier_of(&self, firm: u32) -> usize {
        self.rules.tiers[firm as usize]
    }

    /// Cuts one customer's requirement in slices, from the bottom: what a stop withholds, then measure by measure in
    /// cut order; what is left is firm.
    #[allow(clippy::too_many_arguments)]
    fn cut_one(
        &self,
        customer: u32,
        kind: &Kind,
        course: &Course,
        (demand, floor): (u64, u64),
        stack: &[(u32, u64)],
        clock: Option<(&Clock, Spread)>,
        emit: &mut impl FnMut(usize, usize, u64, Option<&Spread>),
    ) {
        let (clock, mut spread) = clock.unzip();
        if self.standing == Standing::NoShortage {
            return self.firm_slices(stack, demand, spread.as_ref(), emit);
        }
        // How much of the requirement is cut so far, counted from the bottom.
        let (mut cut, mut spared) = (0, demand - floor);
        for step in &course.stops {
            let Some(rule) = self.rules.of(step.measure) else { continue };
            let TodaysCut::Stop { stays, .. } = &rule.cut else { continue };
            let (own, share) = self.stopped(step, customer, kind, clock);
            let joint = step.stays.filter(|_| clock.is_none() && own == step.hours);
            let (taken, withheld) = stop(demand, spared, share, *stays, joint);
            let hours = clock.zip(spread.as_ref()).map(|(clock, spread)| clock.only(spread, own));
            emit_range(stack, cut, cut + withheld, |firm, size| {
                emit(rule.first_rank, self.tier_of(firm), size, hours.as_ref());
            });
            if let (Some(clock), Some(spread)) = (clock, &mut spread) {
                let all = share.ceil_of(demand) <= spared;
                let taken = if all { Taken::All } else { Taken::Part(taken, demand) };
                *spread = clock.without(spread, own, taken, stays.rest());
            }
            spared -= taken;
            cut += withheld;
        }
        for step in &course.cuts {
            let Some(rule) = self.rules.of(step.measure) else { continue };
            let mut emit_to = |cut: u64, reach: u64, spread: Option<&Spread>| {
                emit_range(stack, cut, reach, |firm, size| {
                    emit(rule.rank(firm, kind.backup), self.tier_of(firm), size, spread);
                });
            };
            let reach = match &rule.cut {
                TodaysCut::All => demand,
                TodaysCut::ToFloor => demand - floor,
                TodaysCut::Leave(share) => demand - share.ceil_of(demand).max(floor).min(demand),
                // What is left of its hours, of what is still firm.
                TodaysCut::Stop { hours, .. } => {
                    let rest = demand - cut;
                    let volume = match (clock, &spread) {
                        (Some(clock), Some(spread)) => clock.volume(spread, *hours, rest),
                        _ => self.stopped(step, customer, kind, None).1.floor_of(rest),
                    };
                    let volume = volume.min((demand - floor).saturating_sub(cut));
                    if let (Some(clock), Some(spread)) = (clock, &mut spread) {
                        let own = clock.only(spread, *hours);
                        emit_to(cut, cut + volume, Some(&own));
                        *spread = clock.less(spread, rest, &own, volume);
                    } else {
                        emit_to(cut, cut + volume, None);
                    }
                    cut += volume;
                    continue;
                }
            };
            let reach = if rule.tiers.is_empty() { reach } else { reach.min(self.bottom(stack, cut, rule.tiers)) };
            let reach = match self.notice(rule, customer) {
                Some((past, notice)) if reach > cut => {
                    cut + past.after_notice(self.city, kind.profile, notice).floor_of(reach - cut)
                }
                _ => reach,
            };
            emit_to(cut, reach, spread.as_ref());
            cut = cut.max(reach);
        }
        self.firm_slices(stack, demand - cut, spread.as_ref(), emit);
    }

    /// The hours in which a stop takes a customer's gas, and the share of its day in them.
    fn stopped(&self, step: &Step, customer: u32, kind: &Kind, clock: Option<&Clock>) -> (Hours, Fraction) {
        let rule = self.rules.of(step.measure);
        let own = rule.map_or(step.hours, |rule| self.stop_hours(rule, customer, kind, step.hours));
        let share = match clock {
            Some(clock) => clock.share(kind.profile, own),
            None if own != step.hours => share(self.city, kind.profile, own),
            None => step.share,
        };
        (own, share)
    }

    /// The top of the requirement, firm.
    fn firm_slices(
        &self,
        stack: &[(u32, u64)],
        mut left: u64,
        spread: Option<&Spread>,
        emit: &mut impl FnMut(usize, usize, u64, Option<&Spread>),
    ) {
        for (firm, size) in stack {
            let size = left.min(*size);
            left -= size;
            if size > 0 {
                emit(*firm as usize + 1, self.tier_of(*firm), size, spread);
            }
        }
    }

    /// How far up from the bottom the requirement belongs to these tiers, given that `cut` of it is gone.
    fn bottom(&self, stack: &[(u32, u64)], cut: u64, tiers: &[u32]) -> u64 {
        let mut upper = 0;
        for (firm, size) in stack.iter().rev() {
            upper += size;
            let number = self.scope.policy.tiers[self.tier_of(*firm)].number;
            if upper > cut && !tiers.contains(&number) {
                return (upper - size).max(cut);
            }
        }
        upper
    }
}

/// Cuts a requirement of one firm rank or of two, on a day that is decided as a whole: as [`Plan::cut_one`] does, which also knows more
/// ranks, and hours.
#[inline]
fn cut_plain(plain: &Plain, demand: u64, floor: u64, emit: &mut impl FnMut(usize, usize, u64, Option<&Spread>)) {
    // What lies below this, counted from the bottom, is the rest's, and what lies above is the floor's.
    let rest = if plain.floor_apart { demand - floor } else { demand };
    let tiers = plain.tiers.map(|tier| tier as usize);
    let mut emit_range = |ranks: [u32; 2], from: u64, until: u64| {
        let (of_rest, of_floor) = (until.min(rest).saturating_sub(from), until.saturating_sub(from.max(rest)));
        if of_rest > 0 {
            emit(ranks[0] as usize, tiers[0], of_rest, None);
        }
        if of_floor > 0 {
            emit(ranks[1] as usize, tiers[1], of_floor, None);
        }
    };
    let (mut cut, mut spared) = (0, demand - floor);
    for (rank, PlainStop { share, stays, joint }) in &plain.stops {
        let (taken, withheld) = stop(demand, spared, *share, *stays, *joint);
        emit_range([*rank; 2], cut, cut + withheld);
        spared -= taken;
        cut += withheld;
    }
    for PlainStep { ranks, reaches, cut: measure } in &plain.cuts {
        let reach = match measure {
            PlainCut::All => demand,
            PlainCut::ToFloor => demand - floor,
            PlainCut::Leave(share) => demand - share.ceil_of(demand).max(floor).min(demand),
            PlainCut::Share(share) => cut + share.floor_of(demand - cut).min((demand - floor).saturating_sub(cut)),
        };
        let reach = match reaches {
            [true, true] => reach,
            [false, _] if cut < rest => cut,
            [_, false] => reach.min(rest),
            [false, true] => reach,
        };
        if reach > cut {
            emit_range(*ranks, cut, reach);
            cut = reach;
        }
    }
    // The best protected first.
    let of_floor = (demand - rest).min(demand - cut);
    for (at, left) in [(1, of_floor), (0, demand - cut - of_floor)] {
        if left > 0 {
            emit(plain.ranks[at] as usize, tiers[at], left, None);
        }
    }
}

/// What a required stop takes from the hours (`q`, at most what the floor spares), and what of it stays away for the
/// day: `floor(q x stays)`. `q` itself need not be whole. `joint` is `share x stays`, where it is at hand.
pub(super) fn stop(demand: u64, spared: u64, share: Fraction, stays: Decimal, joint: Option<Fraction>) -> (u64, u64) {
    if stays == Decimal::ONE {
        let taken = share.floor_of(demand).min(spared);
        return (taken, taken);
    }
    if share.ceil_of(demand) > spared {
        return (spared, stays.fraction().floor_of(spared));
    }
    // floor(demand x share x stays) in one go: two floors would lose a cubic metre.
    let withheld = joint.or_else(|| share.times(stays.fraction())).map_or_else(
        || {
            let stays = stays.fraction();
            let top = u128::from(demand).saturating_mul(share.numerator());
            let bottom = share.denominator().saturating_mul(stays.denominator());
            u64::try_from(crate::units::mul_div(top, stays.numerator(), bottom).0).unwrap_or(spared)
        },
        |joint| joint.floor_of(demand),
    );
    (share.floor_of(demand), withheld.min(spared))
}

/// Splits the part of a requirement from `from` to `until`, counted from the bottom, over the firm ranks it belongs to.
fn emit_range(stack: &[(u32, u64)], from: u64, until: u64, mut emit: impl FnMut(u32, u64)) {
    let mut lower = 0;
    for (firm, size) in stack.iter().rev() {
        let upper = lower + size;
        let (bottom, top) = (lower.max(from), upper.min(until));
        if top > bottom {
            emit(*firm, top - bottom);
        }
        lower = upper;
    }
}

// Its plans have names, which stand outside of the source.
#[cfg(test)]
#[path = "../../tests/inside/plan.rs"]
mod tests;
