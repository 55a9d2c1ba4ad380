//! What a checker may know of a decision's making: who belongs to a balance, and how the policy cuts its customers in slices.
//! Nothing here shares out gas.

use std::borrow::Cow;

use super::Day;
use super::allocate::Cell;
use super::kinds::Kinds;
use super::plan::Plan;
use super::prepare::{self, Prepared};
use super::slices::{Rank, Slice, Slices};
use crate::city::{City, Link};
use crate::policy::{Policy, Standing};
use crate::units::M3;

/// One balance of a day.
pub(crate) struct Scope<'a> {
    prepared: &'a Prepared<'a>,
    scope: &'a prepare::Scope<'a>,
    pub day: &'a Day,
    kinds: Cow<'a, Kinds>,
}

/// The balances of a city: the main urban area, then each outer district.
pub(crate) fn scopes<'a>(prepared: &'a Prepared<'a>, day: &'a Day) -> Vec<Scope<'a>> {
    let all = std::iter::once(&prepared.urban).chain(&prepared.areas);
    all.map(|scope| Scope { prepared, scope, day, kinds: scope.kinds_on(prepared.city, day) }).collect()
}

/// The slices of a balance.
pub(crate) struct Cut {
    slices: Slices,
    cells: Vec<Cell>,
}

impl Cut {
    /// Slice by slice, by customer.
    pub fn slices(&self) -> &[Slice] {
        &self.slices.slices
    }

    pub fn ranks(&self) -> &[Rank] {
        &self.slices.ranks
    }

    pub fn rank_size(&self, rank: usize) -> u64 {
        self.slices.rank_size(rank)
    }

    /// The cells of servable ranks, by rank, district and company.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }
}

impl<'a> Scope<'a> {
    pub fn city(&self) -> &'a City {
        self.prepared.city
    }

    pub fn policy(&self) -> &'a Policy {
        self.scope.policy
    }

    /// Whether it is an outer district.
    pub fn is_outer(&self) -> bool {
        self.scope.area.is_some()
    }

    /// The id of the outer district.
    pub fn area(&self) -> Option<&'a str> {
        self.scope.area.map(|area| &*self.city().districts[area as usize].id)
    }

    pub fn demand(&self) -> u64 {
        self.scope.demand(self.day)
    }

    /// Indices in the city, by district and then id.
    pub fn customers(&self) -> &'a [u32] {
        &self.scope.customers
    }

    /// The district of each customer, as an index in [`Self::districts`].
    pub fn district_of(&self) -> &'a [u32] {
        &self.scope.district_of
    }

    /// Indices in the city.
    pub fn districts(&self) -> &'a [u32] {
        &self.scope.districts
    }

    pub fn district_id(&self, at: u32) -> &'a str {
        &self.city().districts[self.scope.districts[at as usize] as usize].id
    }

    /// Indices in the city.
    pub fn sources(&self) -> &'a [u32] {
        &self.scope.sources
    }

    pub fn supply(&self) -> Vec<u64> {
        self.scope.sources.iter().map(|s| self.day.supply[*s as usize].map_or(0, M3::get)).collect()
    }

    /// The company of each source, where customers draw on their own company's alone.
    pub fn entitled(&self) -> Option<&'a [u32]> {
        self.scope.reach.entitled.as_deref()
    }

    /// The company of a customer in the terms of cells.
    pub fn company(&self, at: usize) -> u32 {
        self.scope.company(at)
    }

    /// The links that take part; `None` without a network.
    pub fn links(&self) -> Option<Vec<&'a Link>> {
        let links = self.city().links.as_deref()?;
        self.scope.reach.network.as_ref()?;
        Some(self.scope.links.iter().filter_map(|i| links.get(*i as usize)).collect())
    }

    /// Index of a customer's class in the policy.
    pub fn class_of(&self, at: usize) -> usize {
        self.kinds.kinds[self.kinds.of[at] as usize].class
    }

    fn plan(&self, standing: Standing, rotating: &[bool]) -> Plan<'_> {
        let mut plan = Plan::new(self.city(), self.scope, self.day, &self.kinds, standing);
        plan.rotating.copy_from_slice(rotating);
        plan
    }

    /// The slices at a level, with these districts on rotation.
    pub fn cut(&self, standing: Standing, rotating: &[bool]) -> Cut {
        let slices = self.plan(standing, rotating).slices();
        let cells = slices.cells();
        Cut { slices, cells }
    }

    /// The firm gas at a level, by district and company.
    pub fn firm(&self, standing: Standing, rotating: &[bool]) -> Vec<Cell> {
        self.plan(standing, rotating).sizes().firm_cells()
    }

    /// Whether a measure in force touches rotating blocks only.
    pub fn rotates(&self, standing: Standing) -> bool {
        !self.is_outer()
            && self.policy().rotation.is_some()
            && self.plan(standing, &vec![false; self.districts().len()]).rotates()
    }

    /// The whole demand by district and company.
    pub fn whole_demand(&self) -> Vec<Cell> {
        let mut sizes = std::collections::BTreeMap::<(u32, u32), u64>::new();
        for (at, i) in self.scope.customers.iter().enumerate() {
            *sizes.entry((self.scope.district_of[at], self.company(at))).or_default() +=
                self.day.demand[*i as usize].get();
        }
        let cell = |((district, company), size)| Cell { rank: 0, district, company, size };
        sizes.into_iter().map(cell).filter(|cell| cell.size > 0).collect()
    }

    /// What a rank is called in `by_rank`.
    pub fn rank_measure(&self, rank: &Rank) -> Option<&str> {
        match (rank.measure, rank.tier) {
            (Some(measure), _) => Some(&self.policy().measures[measure].id),
            (None, Some(_)) => None,
            (None, None) => Some(super::PINNED),
        }
    }
}
