//! How a plan cuts customers in slices, each with one place in one strict order (sections 2 and 3 of the decision model).

mod moved;
mod rest;

use std::collections::BTreeMap;

use super::Day;
use super::decision::Kind as SliceKind;
use super::hourly::{Clock, Hourly, Spread, Spreading, Taken};
use super::kinds::{Kind, Kinds};
use super::prepare::Scope;
use super::slices::{Rank, Slice, Slices};
use crate::city::City;
use crate::policy::{Cut, Measure, Part, RankKey, Standing};
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
    /// By index in the policy's measures; `None` where not in force today.
    rules: Vec<Option<Rule<'a>>>,
    /// Every rank there can be, in supply order.
    ranks: Vec<Rank>,
    firm: usize,
    /// The day's hours, where they are decided one by one.
    pub hourly: Option<&'a Hourly>,
}

/// A measure in force.
struct Rule<'a> {
    /// Its index in the policy.
    index: usize,
    measure: &'a Measure,
    cut: TodaysCut,
    tiers: &'a [u32],
    /// Where its ranks begin among all.
    first_rank: usize,
}

/// What a measure cuts today.
enum TodaysCut {
    All,
    ToFloor,
    /// What may be left of forecast demand.
    Leave(Fraction),
    /// The clock hours; the share of the day in them, by profile and then flat; the share of that which stays away.
    Stop {
        hours: Hours,
        required: bool,
        shares: Vec<Fraction>,
        stays: Decimal,
    },
}

impl<'a> Plan<'a> {
    pub fn new(city: &'a City, scope: &'a Scope<'a>, day: &'a Day, kinds: &'a Kinds, standing: Standing) -> Self {
        let policy = scope.policy;
        let pinned = Rank { kind: SliceKind::Firm, tier: None, measure: None };
        let mut ranks = vec![pinned];
        let firm = policy.tiers.iter().enumerate().flat_map(|(tier, t)| t.ranks.iter().map(move |_| tier));
        ranks.extend(firm.map(|tier| Rank { kind: SliceKind::Firm, tier: Some(tier), measure: None }));
        let firm = ranks.len() - 1;

        let mut rules: Vec<Option<Rule<'_>>> = policy.measures.iter().map(|_| None).collect();
        let in_force: Vec<_> = policy.in_force(standing, day.date).collect();
        // Served first is what the last measure of the cut order reaches.
        for (index, measure, action) in in_force.iter().rev() {
            let cut = match &action.cut {
                Cut::All => TodaysCut::All,
                Cut::ToFloor => TodaysCut::ToFloor,
                // A limit without a value today authorises nothing; reading a policy has refused such gaps.
                Cut::Limit(limit) => TodaysCut::Leave(limit.on(day.date).unwrap_or_default().rest().fraction()),
                Cut::Leave(share) => TodaysCut::Leave(share.on(day.date).unwrap_or(Decimal::ONE).fraction()),
                Cut::Stop { hours, required, rebound, .. } => {
                    let profiles = (0..city.profiles.len() as u32).map(Some).chain([None]);
                    let shares = profiles.map(|profile| share(city, profile, *hours)).collect();
                    TodaysCut::Stop { hours: *hours, required: *required, shares, stays: rebound.rest() }
                }
            };
            let withheld = matches!(cut, TodaysCut::Stop { required: true, .. });
            rules[*index] = Some(Rule { index: *index, measure, cut, tiers: &action.tiers, first_rank: ranks.len() });
            if !withheld {
                let rank = Rank { kind: SliceKind::Authorised, tier: None, measure: Some(*index) };
                ranks.extend(std::iter::repeat_n(rank, sub_ranks(&measure.within, firm)));
            }
        }
        for rule in rules.iter_mut().enumerate().rev() {
            if let (index, Some(rule)) = rule
                && matches!(rule.cut, TodaysCut::Stop { required: true, .. })
            {
                rule.first_rank = ranks.len();
                ranks.push(Rank { kind: SliceKind::Withheld, tier: None, measure: Some(index) });
            }
        }
        // What a pinned customer does not get is nobody's to give.
        ranks.push(Rank { kind: SliceKind::Withheld, tier: None, measure: None });
        let rotating = vec![false; scope.districts.len()];
        Self { city, scope, day, kinds, standing, rotating, rules, ranks, firm, hourly: None }
    }

    /// The same day at another standing, without rotating blocks.
    pub fn at(&self, standing: Standing) -> Self {
        Plan { hourly: self.hourly, ..Plan::new(self.city, self.scope, self.day, self.kinds, standing) }
    }

    /// Whether a measure in force touches rotating blocks only.
    pub fn rotates(&self) -> bool {
        self.rules.iter().flatten().any(|rule| rule.measure.rotates)
    }

    /// The measures in force, by index in the policy.
    pub fn in_force(&self) -> impl Iterator<Item = usize> + '_ {
        self.rules.iter().enumerate().filter_map(|(i, rule)| rule.is_some().then_some(i))
    }

    /// Whether a measure in force is a stop that takes only as much as is short in its hours.
    pub fn stops_as_needed(&self, measure: usize) -> bool {
        let rule = self.rules.get(measure).and_then(Option::as_ref);
        rule.is_some_and(|rule| matches!(rule.cut, TodaysCut::Stop { required: false, .. }))
    }

    /// Every slice, without empty ranks.
    pub fn slices(&self) -> Slices {
        self.cut(true, &self.rotating).without_empty_ranks()
    }

    /// Every slice, by every rank that there can be, if these blocks rotated.
    pub fn slices_if(&self, rotating: &[bool]) -> Slices {
        self.cut(true, rotating)
    }

    /// Every rank that there can be, in supply order.
    pub fn all_ranks(&self) -> &[Rank] {
        &self.ranks
    }

    /// The sums alone, by every rank that there can be.
    pub fn sizes(&self) -> Slices {
        self.sizes_if(&self.rotating)
    }

    /// The sums alone, if these blocks rotated.
    pub fn sizes_if(&self, rotating: &[bool]) -> Slices {
        self.cut(false, rotating)
    }

    fn cut(&self, keep: bool, rotating: &[bool]) -> Slices {
        let (districts, companies) = (self.scope.districts.len(), self.scope.companies(self.city));
        let mut dense = Slices {
            ranks: self.ranks.clone(),
            sizes: vec![0; self.ranks.len() * districts * companies],
            districts,
            companies,
            by_hour: Vec::new(),
            hours: self.hourly.map_or(0, |hourly| hourly.clock.len()),
            spreads: Vec::new(),
            slices: Vec::with_capacity(if keep {
                self.scope.customers.len() + self.scope.customers.len() / 2
            } else {
                0
            }),
        };
        let mut stack = Vec::new();
        let mut spreading = self.hourly.map(Spreading::new);
        for at in 0..self.scope.customers.len() {
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
            None => self.cut_one(customer, kind, (demand, floor), rotating, &stack, self.clock_of(kind), &mut emit),
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
        let kind = &self.kinds.kinds[self.kinds.of[at] as usize];
        let floor = self.scope.floors[at].min(demand);
        self.requirement(kind, demand, floor, stack);
        if let Some(past) = &self.day.past {
            return self.cut_rest(past, at, kind, floor, rotating, stack, emit);
        }
        match self.day.pinned.get(&customer) {
            Some(served) => self.pin(kind, stack, served.get(), None, emit),
            None => {
                let rotating = rotating[self.scope.district_of[at] as usize];
                self.cut_one(customer, kind, (demand, floor), rotating, stack, self.clock_of(kind), emit);
            }
        }
    }

    /// The hours, where they are decided one by one, and how a kind's demand spreads over them.
    fn clock_of(&self, kind: &Kind) -> Option<(&'a Clock, Spread)> {
        self.hourly.map(|hourly| (&hourly.clock, *hourly.clock.profile(kind.profile)))
    }

    /// Where the measures in force stand among those of a kind.
    const fn level(&self) -> usize {
        match self.standing {
            Standing::At(level) => level,
            Standing::Always | Standing::NoShortage => 0,
        }
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
                emit(self.ranks.len() - 1, tier, size - given, spread);
            }
        }
    }

    pub(super) fn tier_of(&self, firm: u32) -> usize {
        self.ranks[firm as usize + 1].tier.unwrap_or_default()
    }

    /// Cuts one customer's requirement in slices, from the bottom: what a stop withholds, then measure by measure in
    /// cut order; what is left is firm.
    #[allow(clippy::too_many_arguments)]
    fn cut_one(
        &self,
        customer: u32,
        kind: &Kind,
        (demand, floor): (u64, u64),
        rotating: bool,
        stack: &[(u32, u64)],
        clock: Option<(&Clock, Spread)>,
        emit: &mut impl FnMut(usize, usize, u64, Option<&Spread>),
    ) {
        let (clock, mut spread) = clock.unzip();
        if self.standing == Standing::NoShortage {
            return self.firm_slices(stack, demand, spread.as_ref(), emit);
        }
        let level = self.level();
        let matching = || {
            let rules = kind.measures[level].iter().filter_map(|i| self.rules[*i].as_ref());
            rules.filter(|rule| rotating || !rule.measure.rotates)
        };
        // How much of the requirement is cut so far, counted from the bottom.
        let (mut cut, mut stopped, mut spared) = (0, Hours::NONE, demand - floor);
        for rule in matching() {
            if let TodaysCut::Stop { hours, required: true, shares, stays } = &rule.cut {
                let own = self.stop_hours(rule, customer, kind, hours.without(stopped));
                let share = match (clock, kind.profile) {
                    (Some(clock), profile) => clock.share(profile, own),
                    (None, profile) if own != *hours => share(self.city, profile, own),
                    (None, Some(profile)) => shares[profile as usize],
                    (None, None) => shares[shares.len() - 1],
                };
                let (taken, withheld) = stop(demand, spared, share, *stays);
                let all = share.ceil_of(demand) <= spared;
                spared -= taken;
                stopped = stopped.with(*hours);
                let hours = clock.zip(spread.as_ref()).map(|(clock, spread)| clock.only(spread, own));
                emit_range(stack, cut, cut + withheld, |firm, size| {
                    emit(rule.first_rank, self.tier_of(firm), size, hours.as_ref());
                });
                if let (Some(clock), Some(spread)) = (clock, &mut spread) {
                    let taken = if all { Taken::All } else { Taken::Part(taken, demand) };
                    *spread = clock.without(spread, own, taken, stays.rest());
                }
                cut += withheld;
            }
        }
        for rule in matching() {
            let mut emit_to = |cut: u64, reach: u64, spread: Option<&Spread>| {
                emit_range(stack, cut, reach, |firm, size| {
                    let sub = sub_rank(&rule.measure.within, firm as usize, kind.backup, self.firm);
                    emit(rule.first_rank + sub, self.tier_of(firm), size, spread);
                });
            };
            let reach = match &rule.cut {
                TodaysCut::All => demand,
                TodaysCut::ToFloor => demand - floor,
                TodaysCut::Leave(share) => demand - share.ceil_of(demand).max(floor).min(demand),
                TodaysCut::Stop { required: true, .. } => continue,
                // What is left of its hours, of what is still firm.
                TodaysCut::Stop { hours, .. } => {
                    let rest = demand - cut;
                    let volume = match (clock, &spread) {
                        (Some(clock), Some(spread)) => clock.volume(spread, *hours, rest),
                        _ => {
                            let own = self.stop_hours(rule, customer, kind, hours.without(stopped));
                            share(self.city, kind.profile, own).floor_of(rest)
                        }
                    };
                    stopped = stopped.with(*hours);
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

/// The share of a day in some clock hours, by a profile or flat.
pub(super) fn share(city: &City, profile: Option<u32>, hours: Hours) -> Fraction {
    let Some(profile) = profile.and_then(|p| city.profiles.get(p as usize)) else {
        return Fraction::new(u128::from(hours.count()), 24);
    };
    let sum = |within: &dyn Fn(u8) -> bool| -> u128 {
        (0u8..).zip(&profile.shares).filter(|(hour, _)| within(*hour)).map(|(_, share)| share.atto()).sum()
    };
    Fraction::new(sum(&|hour| hours.has(hour)), sum(&|_| true))
}

/// What a required stop takes from the hours (`q`, at most what the floor spares), and what of it stays away for the
/// day: `floor(q x stays)`. `q` itself need not be whole.
pub(super) fn stop(demand: u64, spared: u64, share: Fraction, stays: Decimal) -> (u64, u64) {
    if stays == Decimal::ONE {
        let taken = share.floor_of(demand).min(spared);
        return (taken, taken);
    }
    let stays = stays.fraction();
    if share.ceil_of(demand) > spared {
        return (spared, stays.floor_of(spared));
    }
    // floor(demand x share x stays) in one go: two floors would lose a cubic metre.
    let top = u128::from(demand).saturating_mul(share.numerator());
    let bottom = share.denominator().saturating_mul(stays.denominator());
    let withheld = crate::units::mul_div(top, stays.numerator(), bottom).0;
    (share.floor_of(demand), u64::try_from(withheld).unwrap_or(spared).min(spared))
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

/// How many ranks a measure's slices are split into.
fn sub_ranks(within: &[RankKey], firm: usize) -> usize {
    within.iter().map(|key| base(*key, firm)).product()
}

/// Which of a measure's ranks a slice stands in, the best served 0.
fn sub_rank(within: &[RankKey], firm_rank: usize, backup: bool, firm: usize) -> usize {
    within.iter().fold(0, |sub, key| {
        let digit = match key {
            RankKey::Firm => firm_rank,
            RankKey::Backup => usize::from(backup),
        };
        sub * base(*key, firm) + digit
    })
}

const fn base(key: RankKey, firm: usize) -> usize {
    match key {
        RankKey::Firm => firm,
        RankKey::Backup => 2,
    }
}
