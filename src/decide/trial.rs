//! What the rules would make of a customer if one thing about it were as with another one.

use std::collections::BTreeMap;

use super::Kind as SliceKind;
use super::decision::PINNED;
use super::kinds::match_rules;
use super::plan::Plan;
use super::probe::Probe;
use super::slices::Rank;
use crate::city::Customer;

/// A day's rules as a decision says that they stood: its level and its blocks.
pub(crate) struct Trial<'p> {
    plan: Plan<'p>,
    /// The number of each rank that has slices, from 1.
    numbers: Vec<Option<u32>>,
}

/// A customer as it is, or with something of another one.
pub(crate) struct AsIf<'c> {
    pub customer: &'c Customer,
    pub floor: u64,
    /// Forecast demand, as far as rules read it.
    pub demand: u64,
    /// Whether its block takes its turn.
    pub turns: bool,
}

impl<'p> Probe<'p> {
    /// The rules at a level (none without a shortage), with these blocks on their turn.
    pub(crate) fn trial(&'p self, level: Option<usize>, blocks: &[String]) -> Trial<'p> {
        let plan = self.plan(level, blocks);
        let sizes = plan.sizes();
        let mut next = 0;
        let number = |rank| {
            (sizes.rank_size(rank) > 0).then(|| {
                next += 1;
                next
            })
        };
        let numbers = (0..plan.all_ranks().len()).map(number).collect();
        Trial { plan, numbers }
    }
}

impl Trial<'_> {
    /// A customer as it is; `None` if it is not of this balance. The customer is an index in the city.
    pub fn as_it_is(&self, customer: u32) -> Option<AsIf<'_>> {
        let at = self.place(customer)?;
        let scope = self.plan.scope;
        Some(AsIf {
            customer: self.plan.city.customers.get(customer as usize)?,
            floor: scope.floors[at],
            demand: self.plan.day.demand[customer as usize].get(),
            turns: self.plan.rotating[scope.district_of[at] as usize],
        })
    }

    /// The customer's own demand by rank (among all that there can be) if it were so.
    pub fn sizes(&self, customer: u32, as_if: &AsIf<'_>) -> BTreeMap<usize, u64> {
        let Some(at) = self.place(customer) else { return BTreeMap::new() };
        let kind = match_rules(self.plan.city, self.plan.scope, as_if.customer, as_if.demand);
        self.plan.slices_as(at, &kind, as_if.floor, as_if.turns)
    }

    /// The number of a rank, from 1, if anybody has a slice in it.
    pub fn number(&self, rank: usize) -> Option<u32> {
        self.numbers.get(rank).copied().flatten()
    }

    /// What a rank is: its kind, the tier's number of a firm one, the measure's id of another.
    pub fn rule(&self, rank: usize) -> (SliceKind, Option<u32>, Option<String>) {
        let Rank { kind, tier, measure } = self.plan.all_ranks()[rank];
        let policy = self.plan.scope.policy;
        let id = match (measure, tier) {
            (Some(measure), _) => policy.measures.get(measure).map(|measure| measure.id.clone()),
            (None, Some(_)) => None,
            (None, None) => Some(PINNED.to_owned()),
        };
        (kind, tier.and_then(|tier| policy.tiers.get(tier)).map(|tier| tier.number), id)
    }

    fn place(&self, customer: u32) -> Option<usize> {
        self.plan.scope.customers.iter().position(|i| *i == customer)
    }
}
