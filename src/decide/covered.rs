//! A day decided by those whom its measures reach. Where these cover the shortage of one pool, the others get all: the day's sums and those
//! whom they reach tell who lacks what, and nobody else's demand need be known. On a network the others' sums by district will do, but
//! where some of them lack gas, too.

use std::sync::Arc;

use super::allocate::{Cell, Shares};
use super::balance::Balance;
use super::kinds::Kinds;
use super::losses::{Desk, Losses, lost, moved};
use super::plan::{Plan, Rules};
use super::prepare::{Prepared, Solver};
use super::slices::Slices;
use super::{Day, Kind as SliceKind, allocate::exact, area, firm_loss, inside};
use crate::policy::Standing;
use crate::units::{Date, M3};

/// So many short days after others in a district lacked gas they are looked at from the beginning.
const OF_LATE: u8 = 8;

/// Whom the measures of a standing reach where no block rotates.
#[derive(Debug)]
pub(super) struct Reached {
    /// By index in the scope's customers, in order.
    customers: Vec<u32>,
    /// By class of the city, whether any customer of it is among them.
    classes: Vec<bool>,
    /// By index in the scope's customers, whether they are among them.
    all: Vec<bool>,
    /// The others.
    others: Vec<Other>,
}

/// A customer whom no measure reaches.
#[derive(Debug)]
struct Other {
    /// By index in the city.
    customer: u32,
    /// By index in the scope.
    district: u32,
    /// What of its demand is in the second of its sums, in m3.
    floor: u64,
    /// Where the sums are that it belongs to, among all by rank and district.
    sums: [u32; 2],
}

impl Reached {
    /// Those of them whose slices are wanted: whom measures reach, and everybody in some districts.
    fn and_all_in(&self, district_of: &[u32], districts: &[bool]) -> Vec<u32> {
        let mut who = Vec::with_capacity(self.all.len());
        for (at, (reached, district)) in (0..).zip(self.all.iter().zip(district_of)) {
            if *reached || districts[*district as usize] {
                who.push(at);
            }
        }
        who
    }

    /// Adds what the others ask for, but for those in some districts, to the sums by rank and district.
    fn add_others(&self, day: &Day, but_in: &[bool], sums: &mut [u64]) {
        let others = self.others.iter().filter(|other| !but_in[other.district as usize]);
        for Other { customer, floor, sums: [rest, own], .. } in others {
            let demand = day.demand[*customer as usize].get();
            let floor = demand.min(*floor);
            sums[*rest as usize] += demand - floor;
            sums[*own as usize] += floor;
        }
    }
}

/// What the sums of a day tell before it is known who asks for what.
#[derive(Debug)]
pub(crate) struct Outlook<'p> {
    /// In m3, more than is supplied.
    demand: u64,
    /// In m3.
    supplied: u64,
    rules: Arc<Rules<'p>>,
    reached: Arc<Reached>,
}

impl Outlook<'_> {
    /// Whether a measure in force reaches anybody of a class, by index in the city: only of such classes it matters who asks for what.
    pub fn reaches(&self, class: u32) -> bool {
        self.reached.classes[class as usize]
    }
}

impl<'p> Prepared<'p> {
    /// Whether all sources reach all customers, so that sums of the day tell whether it is short.
    pub(crate) fn is_one_pool(&self) -> bool {
        let reach = &self.urban.reach;
        let pooled = reach.network.is_none() && reach.entitled.is_none() && !self.city.settings.hourly;
        // A source of an outer area gives the urban balance nothing, though nobody is there to take it.
        let whole = self.urban.sources.len() == self.city.sources.len();
        pooled
            && whole
            && self.areas.iter().all(|area| area.customers.is_empty())
            && !self.urban.policy.levels.is_empty()
    }

    /// What the sums of a day of one pool tell ([`Self::is_one_pool`]), in m3, with more demand than supply. `None` where it takes more to tell
    /// whom the measures in force reach: where blocks rotate, an area may raise the level, or kinds depend on the day.
    pub(crate) fn outlook(&self, date: Date, demand: u64, supplied: u64, desk: &mut Desk<'p>) -> Option<Outlook<'p>> {
        let scope = &self.urban;
        let kinds = scope.fixed_kinds()?;
        let standing = scope.policy.standing(demand.checked_sub(supplied)?, demand);
        let within = supplied > 0 && demand <= M3::MOST_IN_ALL.get();
        if !within || self.options.solver != Solver::Exact || area::may_raise(scope.policy, standing) {
            return None;
        }
        let rules = desk.rules(self, (0, scope), kinds, (standing, date));
        if rules.rotates {
            return None;
        }
        let reached = self.reached(&rules, kinds, desk);
        Some(Outlook { demand, supplied, rules, reached })
    }

    /// Whom the measures in force reach in the main urban area where no block rotates, and whom not.
    fn reached(&self, rules: &Rules<'p>, kinds: &Kinds, desk: &mut Desk<'p>) -> Arc<Reached> {
        let scope = &self.urban;
        desk.reached(rules.reaches(), |_| {
            let (mut customers, mut others) = (Vec::new(), Vec::new());
            let mut all = vec![false; scope.customers.len()];
            let mut classes = vec![false; self.city.classes.len()];
            for (at, customer) in (0u32..).zip(&scope.customers) {
                let kind = kinds.of[at as usize] as usize;
                if let Some((ranks, floor_apart)) = rules.unreached(kind) {
                    let district = scope.district_of[at as usize];
                    let sums = ranks.map(|rank| rank * scope.districts.len() as u32 + district);
                    let floor = if floor_apart { scope.floors[at as usize] } else { 0 };
                    others.push(Other { customer: *customer, district, floor, sums });
                } else {
                    customers.push(at);
                    all[at as usize] = true;
                    classes[self.city.customers[*customer as usize].class as usize] = true;
                }
            }
            Reached { customers, classes, all, others }
        })
    }

    /// Who lacks what on a day of the main urban area's network. `None` where it takes more to tell whom the measures in force reach, as
    /// in [`Self::outlook`].
    pub(super) fn losses_on_network(
        &self,
        day: &Day,
        balance: &Balance,
        standing: Standing,
        desk: &mut Desk<'p>,
    ) -> Option<Losses> {
        let (scope, kinds) = (&self.urban, self.urban.fixed_kinds()?);
        let ready = scope.ready.as_ref().filter(|_| self.options.solver == Solver::Exact)?;
        let whole = day.past.is_none() && day.pinned.is_empty();
        if !whole || standing == Standing::NoShortage || area::may_raise(scope.policy, standing) {
            return None;
        }
        let rules = desk.rules(self, (0, scope), kinds, (standing, day.date));
        if rules.rotates {
            return None;
        }
        let reached = self.reached(&rules, kinds, desk);
        let plan = Plan::by(self.city, scope, day, kinds, rules);
        let cut = |districts: &[bool]| {
            let who = reached.and_all_in(&scope.district_of, districts);
            plan.slices_beside(&who, |sums| reached.add_others(day, districts, sums))
        };
        // Where others have lacked gas of late, they mostly lack it again.
        desk.lacking.resize(scope.districts.len(), 0);
        let mut cut_in: Vec<bool> = desk.lacking.iter().map(|days| *days > 0).collect();
        let mut slices = cut(&cut_in);
        let cells = slices.cells();
        let shares = ready.share(&balance.supply, &cells);
        desk.lacking.iter_mut().for_each(|days| *days = days.saturating_sub(1));
        let mut unlike = false;
        for (cell, served) in cells.iter().zip(&shares.cells) {
            if *served < cell.size && slices.ranks[cell.rank as usize].kind == SliceKind::Firm {
                desk.lacking[cell.district as usize] = OF_LATE;
                unlike |= !std::mem::replace(&mut cut_in[cell.district as usize], true);
            }
        }
        if unlike {
            slices = cut(&cut_in);
        }
        let Balance { demand, supplied, deliverable, .. } = *balance;
        Some(self.losses_among(&plan, &reached, [demand, supplied, deliverable], &slices, &cells, &shares))
    }

    /// Who lacks what, where all those without slices get all.
    fn losses_among(
        &self,
        plan: &Plan<'_>,
        reached: &Reached,
        [demand, supplied, deliverable]: [u64; 3],
        cut: &Slices,
        cells: &[Cell],
        shares: &Shares,
    ) -> Losses {
        let (served, _) = inside::share(plan, cut, cells, shares, None);
        Losses {
            area: None,
            demand,
            supplied,
            deliverable,
            level: if let Standing::At(level) = plan.standing { Some(level) } else { None },
            turns: Vec::new(),
            losses: lost(plan.scope, cut, &served),
            moved: moved(plan, reached.customers.iter().map(|at| *at as usize)),
        }
    }

    /// Who lacks what on a day of which this is the outlook, and the demand of the classes that it reaches is known. `None` where that does not
    /// cover the shortage, so that others lack gas, too.
    pub(crate) fn covered(&self, day: &Day, outlook: &Outlook<'p>) -> Option<Losses> {
        let scope = &self.urban;
        let Outlook { demand, supplied, rules, reached } = outlook;
        let plan = Plan::by(self.city, scope, day, scope.fixed_kinds()?, Arc::clone(rules));
        let cut = plan.slices_among(&reached.customers);
        let theirs: u64 = cut.sizes.iter().sum();
        let left = supplied.checked_sub(demand.checked_sub(theirs)?)?;
        let cells = cut.cells();
        let shares = exact::share(&scope.question(&[left], &cells)).ok()?;
        if firm_loss(&cut, &cells, &shares) > 0 {
            return None;
        }
        Some(self.losses_among(&plan, reached, [*demand, *supplied, *supplied], &cut, &cells, &shares))
    }
}

// Its plans have names, which stand outside of the source.
#[cfg(test)]
#[path = "../../tests/inside/covered.rs"]
mod tests;

#[cfg(test)]
#[path = "../../tests/inside/on_network.rs"]
mod tests_on_network;
