//! A balance as supply moves: what the rooms above a decision may ask of it, without deciding day after day.
//!
//! Between two levels only the gas changes, not the plan: who stands where in the supply order is worked out once a
//! standing, without and with every block on its turn, and put together for any number of blocks.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::allocate::{Cell, Reach, Unanswered, areas};
use super::balance::{self, Balance};
use super::kinds::Kinds;
use super::plan::Plan;
use super::prepare::{Prepared, Scope, Solver};
use super::slices::Slices;
use super::{Day, Kind, area, confirm, kinds, rotation, whatif};
use crate::city::City;
use crate::policy::{Policy, Selector, Sharing, Standing};
use crate::problem::Problems;
use crate::units::M3;

pub(crate) use super::slices::{Rank, Slice};

/// One balance of one day: the main urban area, or an outer district.
#[derive(Debug)]
pub(crate) struct Along<'a> {
    pub city: &'a City,
    pub policy: &'a Policy,
    pub day: &'a Day,
    scope: &'a Scope<'a>,
    kinds: Cow<'a, Kinds>,
    /// `D`, in m3.
    pub demand: u64,
    /// What its sources give on the day, one by one, in m3.
    pub supply: Vec<u64>,
}

/// Everybody's place in the supply order at a standing.
pub(crate) struct Order {
    /// Every rank that there can be, in supply order.
    pub ranks: Vec<Rank>,
    /// The blocks that may take a turn, in their order, by index in the balance's districts; empty if none does.
    pub blocks: Vec<usize>,
    still: Split,
    /// The same with every block on its turn, if any can be.
    turning: Option<Split>,
}

/// Slices added up by cell.
struct Split {
    sums: Slices,
    /// For each dense cell, what its gas is.
    mixes: Vec<Vec<Mix>>,
    /// For each dense cell that stops whole customers one after another, these in the order in which they lose gas.
    lists: BTreeMap<usize, Vec<Claim>>,
}

/// A part of a cell: the gas of one class and tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mix {
    /// Index in the policy's classes.
    pub class: u32,
    /// Index in the policy's tiers.
    pub tier: u32,
    /// In m3.
    pub size: u64,
}

/// What a customer has in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    /// Index in the balance's customers.
    pub customer: u32,
    /// In m3.
    pub size: u64,
    /// Its parts, the best protected first.
    pub parts: Vec<Mix>,
}

/// What a sampled supply comes to.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub deliverable: u64,
    pub stands: Stands,
    /// What each cell of [`Order::cells`] gets; empty if only the standing was asked for.
    pub served: Vec<u64>,
}

/// A standing and its number of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stands {
    pub standing: Standing,
    /// `k` of the formula, and `k'` that is used; 0 where nothing rotates.
    pub by_formula: usize,
    pub blocks: usize,
}

impl Prepared<'_> {
    /// The main urban area, and then each outer district that has demand.
    ///
    /// # Errors
    /// Those of [`Self::decide`] that concern the day's figures; a city that is decided by the hour.
    pub(crate) fn along<'a>(&'a self, day: &'a Day) -> Result<Vec<Along<'a>>, Problems> {
        self.check(day)?;
        self.of_the_whole_day()?;
        let scopes = std::iter::once(&self.urban).chain(&self.areas);
        let along = |scope: &'a Scope<'a>| {
            let supply = scope.sources.iter().map(|s| day.supply[*s as usize].map_or(0, M3::get)).collect();
            let (city, policy, kinds) = (self.city, scope.policy, scope.kinds_on(self.city, day));
            Along { city, policy, day, scope, kinds, demand: scope.demand(day), supply }
        };
        Ok(scopes.map(along).filter(|along| along.demand > 0).collect())
    }
}

impl Along<'_> {
    pub fn reach(&self) -> &Reach {
        &self.scope.reach
    }

    /// The outer district, as an index in [`City::districts`].
    pub fn area(&self) -> Option<u32> {
        self.scope.area
    }

    /// What people call it.
    pub fn name(&self) -> String {
        self.scope.name(self.city)
    }

    /// Indices in [`City::districts`].
    pub fn districts(&self) -> &[u32] {
        &self.scope.districts
    }

    /// Indices in [`City::customers`].
    pub fn customers(&self) -> &[u32] {
        &self.scope.customers
    }

    /// A customer's district, as an index in [`Self::districts`].
    pub fn district_of(&self, at: usize) -> u32 {
        self.scope.district_of[at]
    }

    /// A customer's class, as an index in the policy's.
    pub fn class_of(&self, at: usize) -> usize {
        self.kinds.kinds[self.kinds.of[at] as usize].class
    }

    /// A customer's company in the terms of the allocation.
    pub fn company_of(&self, at: usize) -> u32 {
        self.scope.company(at)
    }

    /// A customer's demand, in m3.
    pub fn demand_of(&self, at: usize) -> u64 {
        self.day.demand[self.scope.customers[at] as usize].get()
    }

    /// How many customers with demand a rule means.
    pub fn meant(&self, who: &Selector) -> usize {
        let customers = (0..self.scope.customers.len()).filter(|at| self.demand_of(*at) > 0);
        let is_meant = |at: &usize| {
            let customer = &self.city.customers[self.scope.customers[*at] as usize];
            who.matches(&kinds::facts(self.city, self.scope, customer, self.demand_of(*at)))
        };
        customers.filter(is_meant).count()
    }

    /// The whole demand as cells of one rank.
    pub fn whole_demand(&self) -> Vec<Cell> {
        balance::whole_demand(self.city, self.scope, self.day)
    }

    /// What says how short each area is (P2): the question of [`areas::parts`], one cell a district and one commodity.
    /// `None` where the policy asks for no area, or only the linear program knows.
    pub fn area_question(&self) -> Option<(Reach, Vec<Cell>)> {
        let asked = self.policy.levels.iter().any(|level| level.area_band.is_some());
        asked.then(|| areas::one_commodity(self.reach(), &self.whole_demand())).flatten()
    }

    fn plan(&self, standing: Standing) -> Plan<'_> {
        Plan::new(self.city, self.scope, self.day, &self.kinds, standing)
    }

    /// Everybody's place at a standing.
    pub fn order(&self, standing: Standing) -> Order {
        let plan = self.plan(standing);
        let split = |turning| self.split(&plan, &vec![turning; self.scope.districts.len()]);
        let blocks = rotation::all_blocks(&plan);
        let turning = (!blocks.is_empty()).then(|| split(true));
        Order { ranks: plan.all_ranks().to_vec(), blocks, still: split(false), turning }
    }

    /// Every slice at a standing, by customer, with these blocks on their turn; ranks are those of [`Order::ranks`].
    pub fn slices(&self, standing: Standing, rotating: &[bool]) -> Vec<Slice> {
        self.plan(standing).slices_if(rotating).slices
    }

    /// One customer's slices; see [`Self::slices`].
    pub fn slices_of(&self, at: usize, standing: Standing, rotating: &[bool]) -> Vec<Slice> {
        self.plan(standing).slices_of(at, rotating)
    }

    fn split(&self, plan: &Plan<'_>, rotating: &[bool]) -> Split {
        let mut sums = plan.slices_if(rotating);
        let mut mixes: Vec<Vec<Mix>> = vec![Vec::new(); sums.sizes.len()];
        let mut lists: BTreeMap<usize, Vec<Claim>> = BTreeMap::new();
        for slice in std::mem::take(&mut sums.slices) {
            let at = slice.customer as usize;
            let cell = sums.at(slice.rank, self.district_of(at), self.company_of(at));
            let part = Mix { class: self.class_of(at) as u32, tier: slice.tier, size: slice.size };
            add(&mut mixes[cell], part);
            if self.is_list(&sums.ranks[slice.rank as usize]) {
                let claims = lists.entry(cell).or_default();
                match claims.last_mut() {
                    Some(claim) if claim.customer == slice.customer => {
                        claim.size += slice.size;
                        add(&mut claim.parts, part);
                    }
                    _ => claims.push(Claim { customer: slice.customer, size: slice.size, parts: vec![part] }),
                }
            }
        }
        let burden = |claim: &Claim| {
            let customer = self.scope.customers[claim.customer as usize];
            self.day.customer_burdens.get(&customer).copied().unwrap_or_default()
        };
        for claims in lists.values_mut() {
            claims.sort_by_key(|claim| (burden(claim), Reverse(claim.size), claim.customer));
            claims.iter_mut().for_each(|claim| claim.parts.sort_by_key(|part| part.tier));
        }
        Split { sums, mixes, lists }
    }

    /// Whether a rank's measure stops whole customers one after another.
    pub fn is_list(&self, rank: &Rank) -> bool {
        rank.measure.is_some_and(|measure| self.policy.measures[measure].sharing == Sharing::List)
    }

    /// Decides a supply of so many whole m3, each source in proportion; `all` with what each cell gets.
    pub fn sample(&self, supply: u64, all: bool) -> Result<Sample, Unanswered> {
        let volumes: Vec<M3> = self.supply.iter().copied().map(M3).collect();
        let supply: Vec<u64> =
            whatif::scale(&volumes, M3(supply)).unwrap_or(volumes).into_iter().map(M3::get).collect();
        let demand = self.whole_demand();
        let deliverable = self.demand.min(balance::deliverable(&self.scope.question(&supply, &demand))?);
        let supplied = supply.iter().sum();
        let balance = Balance {
            demand: self.demand,
            supply,
            supplied,
            deliverable,
            shortfall: self.demand - deliverable,
            stuck: 0,
        };
        let standing = area::standing(self.city, self.scope, self.day, &balance)?.0;
        let mut plan = self.plan(standing);
        let chosen = rotation::choose(&mut plan, &balance)?;
        let (by_formula, blocks) = chosen.map_or((0, 0), |chosen| (chosen.by_formula, chosen.blocks.len()));
        let served = if all {
            let cells = plan.sizes().cells();
            confirm::share(&self.scope.question(&balance.supply, &cells), 1, Solver::Exact)?.0.cells
        } else {
            Vec::new()
        };
        Ok(Sample { deliverable, stands: Stands { standing, by_formula, blocks }, served })
    }
}

impl Order {
    /// Which districts rotate if the first so many blocks take their turn.
    pub fn rotating(&self, blocks: usize) -> Vec<bool> {
        let mut rotating = vec![false; self.still.sums.districts()];
        self.blocks.iter().take(blocks).for_each(|block| rotating[*block] = true);
        rotating
    }

    fn sums(&self, blocks: usize) -> Slices {
        let mut sums = self.still.sums.clone();
        if let Some(turning) = &self.turning {
            self.blocks.iter().take(blocks).for_each(|block| sums.take_district(&turning.sums, *block));
        }
        sums
    }

    /// The cells that can be served, with so many blocks on their turn.
    pub fn cells(&self, blocks: usize) -> Vec<Cell> {
        self.sums(blocks).cells()
    }

    /// The firm slices alone, as cells of one rank.
    pub fn firm_cells(&self, blocks: usize) -> Vec<Cell> {
        self.sums(blocks).firm_cells()
    }

    /// The size of each rank, in m3.
    pub fn sizes(&self, blocks: usize) -> Vec<u64> {
        let sums = self.sums(blocks);
        (0..self.ranks.len()).map(|rank| sums.rank_size(rank)).collect()
    }

    fn split(&self, rotating: &[bool], district: u32) -> &Split {
        match &self.turning {
            Some(turning) if rotating[district as usize] => turning,
            _ => &self.still,
        }
    }

    /// All gas, withheld gas too: its district (as an index in the balance's) and what it is.
    pub fn all(&self) -> impl Iterator<Item = (usize, &Mix)> {
        let Split { sums, mixes, .. } = &self.still;
        let cells = mixes.iter().enumerate();
        cells.flat_map(move |(cell, mixes)| mixes.iter().map(move |mix| (sums.district_of(cell), mix)))
    }

    /// What the gas of a cell is.
    pub fn mix(&self, rotating: &[bool], cell: &Cell) -> &[Mix] {
        let split = self.split(rotating, cell.district);
        &split.mixes[split.sums.at(cell.rank, cell.district, cell.company)]
    }

    /// What required measures, and what is settled outside the plan, take regardless: each with its rank.
    pub fn withheld<'o>(&'o self, rotating: &'o [bool]) -> impl Iterator<Item = (u32, &'o Mix)> {
        let sums = &self.still.sums;
        let withheld = move |at: &usize| self.ranks[sums.rank_of(*at)].kind == Kind::Withheld;
        (0..sums.sizes.len()).filter(withheld).flat_map(move |at| {
            let split = self.split(rotating, sums.district_of(at) as u32);
            split.mixes[at].iter().map(move |mix| (sums.rank_of(at) as u32, mix))
        })
    }

    /// Who loses gas one after another in a cell; `None` where all lose alike.
    pub fn list(&self, rotating: &[bool], cell: &Cell) -> Option<&[Claim]> {
        let split = self.split(rotating, cell.district);
        split.lists.get(&split.sums.at(cell.rank, cell.district, cell.company)).map(Vec::as_slice)
    }
}

fn add(mixes: &mut Vec<Mix>, part: Mix) {
    match mixes.iter_mut().find(|mix| (mix.class, mix.tier) == (part.class, part.tier)) {
        Some(mix) => mix.size += part.size,
        None => mixes.push(part),
    }
}
