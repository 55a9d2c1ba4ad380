//! What a checker may know of a decision's making: who belongs to a balance, and how the policy cuts its customers in slices.
//! Nothing here shares out gas.

use std::borrow::Cow;

use super::Day;
use super::allocate::Cell;
use super::hourly::{Hourly, Spread};
use super::kinds::Kinds;
use super::plan::Plan;
use super::prepare::{self, Prepared};
use super::revised;
use super::slices::{PAST, Rank, Slice, Slices};
use crate::city::{City, Link};
use crate::policy::{Policy, Standing};
use crate::units::M3;

pub(crate) use super::past::Past;
pub(crate) use super::revised::ROUNDED;

/// One balance of a day.
pub(crate) struct Scope<'a> {
    prepared: &'a Prepared<'a>,
    scope: &'a prepare::Scope<'a>,
    pub day: &'a Day,
    kinds: Cow<'a, Kinds>,
    hourly: Option<Hourly>,
}

/// A part of a rank in one district and one hour, and of one company where each draws on its own sources; in millionths of a m3.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HourCell {
    pub rank: u32,
    pub hour: u32,
    pub district: u32,
    pub company: u32,
    pub size: u64,
}

/// The balances of a city: the main urban area, then each outer district.
pub(crate) fn scopes<'a>(prepared: &'a Prepared<'a>, day: &'a Day) -> Vec<Scope<'a>> {
    let all = std::iter::once(&prepared.urban).chain(&prepared.areas);
    let hourly = |scope| prepared.city.settings.hourly.then(|| Hourly::new(prepared.city, scope, day));
    all.map(|scope| Scope { prepared, scope, day, kinds: scope.kinds_on(prepared.city, day), hourly: hourly(scope) })
        .collect()
}

/// The slices of a balance.
pub(crate) struct Cut {
    slices: Slices,
    cells: Vec<Cell>,
    by_hour: Vec<HourCell>,
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

    /// The cells of servable ranks, by rank, district and company; none of what is past.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The same by rank, hour, district and company; empty where the day is decided as a whole.
    pub fn by_hour(&self) -> &[HourCell] {
        &self.by_hour
    }

    /// How a slice spreads over the hours.
    pub fn spread(&self, slice: &Slice) -> Option<&Spread> {
        self.spread_at(slice.spread)
    }

    /// A way to spread, by its number.
    pub fn spread_at(&self, spread: u32) -> Option<&Spread> {
        self.slices.spreads.get(spread as usize)
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
        self.scope.customers.iter().map(|i| self.day.over_the_day(*i)).sum()
    }

    /// Whether a day has a forecast of anything here.
    pub fn is_decided_on(&self, day: &Day) -> bool {
        self.scope.demand(day) > 0
    }

    /// The outer district, as an index in the city.
    pub fn area_index(&self) -> Option<u32> {
        self.scope.area
    }

    /// What of the day is past, where its rest is decided again.
    pub fn past(&self) -> Option<&'a Past> {
        self.day.past.as_ref()
    }

    /// What a customer of the scope took in the past, in m3.
    pub fn taken(&self, at: usize) -> u64 {
        let of = |i: &u32| self.past()?.taken.get(*i as usize).copied();
        self.scope.customers.get(at).and_then(of).unwrap_or_default()
    }

    /// What the order in force leaves a customer of the scope for the rest of the day, in m3, if there is one.
    pub fn ordered_rest(&self, at: usize) -> Option<u64> {
        let order = self.past()?.order.as_ref()?;
        order.rest.get(*self.scope.customers.get(at)? as usize).copied()
    }

    /// The blocks of the order in force, as indices in the city, in the order in which they were chosen.
    pub fn begun(&self) -> &'a [u32] {
        self.past().and_then(|past| past.order.as_ref()).map_or(&[], |order| &order.blocks)
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
        plan.hourly = self.hourly.as_ref();
        plan
    }

    /// The slices at a level, with these districts on rotation.
    pub fn cut(&self, standing: Standing, rotating: &[bool]) -> Cut {
        let plan = self.plan(standing, rotating);
        let slices = plan.slices();
        let (cells, servable) = (slices.cells(), |rank: usize| slices.ranks[rank].kind != super::Kind::Withheld);
        let by_hour = self.hourly.as_ref().map(|hourly| hourly.cells(&slices.by_hour, servable));
        let by_hour = self.by_hour(by_hour.unwrap_or_default());
        let Some(past) = self.past() else { return Cut { slices, cells, by_hour } };
        let (whole, _, first) = revised::over_the_day(&plan, past, &slices, &[]);
        let moved = cells.into_iter().map(|cell| Cell { rank: cell.rank + first, ..cell });
        Cut { slices: whole, cells: moved.collect(), by_hour }
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

    /// The whole demand that is to come by district and company.
    pub fn whole_demand(&self) -> Vec<Cell> {
        self.demand_and(|_| 0)
    }

    /// The same, and with it so much of each customer.
    pub fn demand_and(&self, more: impl Fn(u32) -> u64) -> Vec<Cell> {
        let mut sizes = std::collections::BTreeMap::<(u32, u32), u64>::new();
        for (at, i) in self.scope.customers.iter().enumerate() {
            *sizes.entry((self.scope.district_of[at], self.company(at))).or_default() += self.day.left(*i) + more(*i);
        }
        let cell = |((district, company), size)| Cell { rank: 0, district, company, size };
        sizes.into_iter().map(cell).filter(|cell| cell.size > 0).collect()
    }

    /// What a rank is called in `by_rank`.
    pub fn rank_measure(&self, rank: &Rank) -> Option<&str> {
        match (rank.measure, rank.tier) {
            (Some(PAST), _) => Some(super::PAST),
            (Some(measure), _) => Some(&self.policy().measures[measure].id),
            (None, Some(_)) => None,
            (None, None) => Some(super::PINNED),
        }
    }

    /// Whether each hour is decided.
    pub fn is_hourly(&self) -> bool {
        self.city().settings.hourly
    }

    /// Whether hours are decided of companies that share links or pipes: no cut proves anything of those.
    pub fn shares_by_hour(&self) -> bool {
        let keeps = |d: &u32| {
            let district = &self.city().districts[*d as usize];
            district.linepack.is_some() || district.linepack_max.is_some()
        };
        self.is_hourly()
            && self.entitled().is_some()
            && (self.scope.reach.network.is_some() || self.districts().iter().any(keeps))
    }

    /// The clock hour at which each hour of the day begins.
    pub fn clock(&self) -> &[u8] {
        self.hourly.as_ref().map_or(&[], |hourly| &hourly.clock.hours)
    }

    /// How a profile, or none, spreads over the hours.
    pub fn profile(&self, profile: Option<u32>) -> Option<&Spread> {
        self.hourly.as_ref().map(|hourly| hourly.clock.profile(profile))
    }

    /// How many companies there are in the terms of cells.
    pub fn companies(&self) -> usize {
        self.scope.companies(self.city())
    }

    /// The most that a source of the scope gives in an hour, in m3, if that is limited.
    pub fn most_in_an_hour(&self, at: usize) -> Option<M3> {
        self.city().most_in_an_hour(*self.scope.sources.get(at)?, self.day.date)
    }

    /// The whole demand by hour, district and company, as one rank.
    pub fn whole_demand_by_hour(&self) -> Vec<HourCell> {
        let cells = self.hourly.as_ref().map(|hourly| hourly.whole_demand(self.city(), self.scope, self.day));
        self.by_hour(cells.unwrap_or_default())
    }

    /// The firm gas at a level by hour, district and company, as one rank.
    pub fn firm_by_hour(&self, standing: Standing, rotating: &[bool]) -> Vec<HourCell> {
        let sizes = || self.plan(standing, rotating).sizes();
        self.by_hour(self.hourly.as_ref().map(|hourly| hourly.firm_cells(&sizes())).unwrap_or_default())
    }

    /// The cells of hours as the question numbers them, without those that stand for the pipes at the end of the day.
    fn by_hour(&self, cells: Vec<Cell>) -> Vec<HourCell> {
        let companies = self.companies() as u32;
        let places = (self.districts().len() as u32 * companies).max(1);
        let cell = |cell: Cell| {
            let (hour, place) = (cell.district / places, cell.district % places);
            let (district, company) = (place / companies, place % companies);
            Some(HourCell { rank: cell.rank.checked_sub(1)?, hour, district, company, size: cell.size })
        };
        cells.into_iter().filter_map(cell).collect()
    }
}
