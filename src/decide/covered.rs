//! A day of one pool whose shortage its measures cover. Whom none of them reaches gets all, so the day's sums and those whom they
//! reach tell who lacks what, and nobody else's demand need be known.

use std::sync::Arc;

use super::losses::{Desk, Losses, lost, moved};
use super::plan::{Plan, Rules};
use super::prepare::{Prepared, Solver};
use super::{Day, allocate::exact, area, firm_loss, inside};
use crate::city::City;
use crate::policy::Standing;
use crate::units::{Date, M3};

/// Whom the measures of a standing reach where no block rotates.
#[derive(Debug)]
pub(super) struct Reached {
    /// By index in the scope's customers, in order.
    customers: Vec<u32>,
    /// By class of the city, whether any customer of it is among them.
    classes: Vec<bool>,
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
        let reached = desk.reached(rules.reaches(), |reaches| {
            let reached = |at: &u32| reaches[kinds.of[*at as usize] as usize];
            let customers: Vec<u32> = (0..scope.customers.len() as u32).filter(reached).collect();
            let mut classes = vec![false; self.city.classes.len()];
            let customer = |at: &u32| &self.city.customers[scope.customers[*at as usize] as usize];
            customers.iter().for_each(|at| classes[customer(at).class as usize] = true);
            Reached { customers, classes }
        });
        Some(Outlook { demand, supplied, rules, reached })
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
        let (served, _) = inside::share(&plan, &cut, &cells, &shares, None);
        Some(Losses {
            area: None,
            demand: *demand,
            supplied: *supplied,
            deliverable: *supplied,
            level: if let Standing::At(level) = plan.standing { Some(level) } else { None },
            turns: Vec::new(),
            losses: lost(scope, &cut, &served),
            moved: moved(&plan, reached.customers.iter().map(|at| *at as usize)),
        })
    }

    /// Its city.
    pub(crate) const fn city(&self) -> &City {
        self.city
    }
}

// Its plans have names, which stand outside of the source.
#[cfg(test)]
#[path = "../../tests/inside/covered.rs"]
mod tests;
