//! What a decision rests on and what proves it, so that anyone can check it without a solver (section 8).
//!
//! A decision that is kept carries its [`Evidence`]: digests of the rows it was made from, what was asked of it, how much
//! each source and link carries, and for each short rank a side of the network that takes all that can enter it
//! ([`Tight`]), or prices that bound its total where companies share the network ([`Prices`]).

mod hours;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Day;
use super::whatif::WhatIf;
use crate::city::City;
use crate::problem::Problems;
use crate::units::{Date, Decimal, M3};

pub use hours::*;

/// What one balance rests on and what proves it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Evidence {
    /// Digests of the rows used; absent in an outer area, whose rows are among those of the decision above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inputs: Option<Inputs>,
    /// What supply was moved to before deciding, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_if: Option<WhatIf>,
    /// Whether the outer districts joined the urban balance.
    #[serde(default)]
    pub unified: bool,
    /// What the record says of the days before.
    #[serde(default)]
    pub memory: Memory,
    /// What each source could give and gives, in the order of their names.
    pub sources: Vec<SourceUse>,
    /// What each link carries, in the order of their ends' names; empty without a network.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkUse>,
    /// What proves the deliverable gas; absent without a network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliverable: Option<Reached>,
    /// What proves how much of that, and of what customers missed before the hour from which a day is decided again, could arrive together;
    /// absent without a network, and where the order in force left no gas unused or nobody missed any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<Reached>,
    /// What proves how short each area is, where an area may raise the level; absent in one pool, and where companies share
    /// a network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub areas: Option<AreasProof>,
    /// What proves the totals of the short ranks, in supply order, and the shares inside them; empty without a network.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranks: Vec<RankProof>,
    /// What proves how many blocks rotate; absent without a network or a rotation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation: Option<RotationProof>,
    /// What proves which graver level would do; empty without a network or where firm gas suffices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalation: Vec<LevelProof>,
    /// Where the order in force was kept, what there would be without it; absent where that is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
    /// What proves the hours, where they are decided one by one; then links, deliverable gas, ranks, rotation and escalation are proved
    /// in here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<HoursProof>,
}

impl Evidence {
    /// Puts a day of the case as it was for this decision: what the record said, and supply moved as was asked.
    ///
    /// # Errors
    /// Sources that give nothing, where supply was moved.
    pub fn restore(&self, city: &City, day: &mut Day) -> Result<(), Problems> {
        let district = |id: &str| city.district(id).and_then(|at| u32::try_from(at).ok());
        let customer = |id: &str| city.customer(id).and_then(|at| u32::try_from(at).ok());
        let memory = &self.memory;
        day.burdens = memory.burdens.iter().filter_map(|(id, burden)| Some((district(id)?, *burden))).collect();
        day.turns = memory.turns.iter().filter_map(|(id, turns)| Some((district(id)?, turns.clone()))).collect();
        let burdens = memory.customer_burdens.iter();
        day.customer_burdens = burdens.filter_map(|(id, burden)| Some((customer(id)?, *burden))).collect();
        day.pinned = memory.pinned.iter().filter_map(|(id, volume)| Some((customer(id)?, *volume))).collect();
        if let Some(what) = self.what_if {
            super::whatif::apply(city, day, what, self.unified)?;
        }
        Ok(())
    }
}

/// SHA-256, in hex, of the canonical rows that the decision was made from, by table. What the day did not use is not among
/// them: another day's supply or forecast, names, contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Inputs {
    /// What `case.toml` says of how gas is shared.
    pub case: String,
    /// Customers, without their demand.
    pub customers: String,
    /// Every customer's demand on the day.
    pub demand: String,
    /// Districts.
    pub districts: String,
    /// What each source gives on the day, as decided.
    pub supply: String,
    /// Links.
    pub links: String,
    /// Profiles.
    pub profiles: String,
    /// Of a day that was decided again: what was taken and given before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actuals: Option<String>,
    /// Of a day that was decided again: what the order in force had for each hour, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
}

/// What the record said when the decision was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Memory {
    /// What each block has borne this season, in equivalent full days; absent is 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub burdens: BTreeMap<String, Decimal>,
    /// The days on which each block had its turn.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub turns: BTreeMap<String, Vec<Date>>,
    /// What customers on a stop list have borne; absent is 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub customer_burdens: BTreeMap<String, Decimal>,
    /// Customers whose volume was settled outside the plan.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pinned: BTreeMap<String, M3>,
}

/// A source and its gas, in m3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SourceUse {
    /// The source.
    pub source: String,
    /// What it could give that day, as decided (after any `--supply`).
    pub volume_m3: M3,
    /// What it gives. Where companies share the network, or hours are decided, a fraction is rounded up.
    pub given_m3: M3,
}

/// A link and its gas, in m3 over the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LinkUse {
    /// Where gas enters.
    pub from: String,
    /// Where gas leaves.
    pub to: String,
    /// What it can carry.
    pub capacity_m3: M3,
    /// What it carries: one way to bring the gas there. Where companies share the network a fraction is rounded up.
    pub flow_m3: M3,
    /// The same by company, where companies share the network; they may have to pass in fractions of a cubic metre. Absent is 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_company: BTreeMap<String, Decimal>,
}

/// What proves an upper bound on the gas that some customers can get together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Bound {
    /// Nobody is short: they get all they ask for, which is the bound.
    Full,
    /// The nodes of a side of the network. Gas for a district inside it must come from a source inside it or enter
    /// over a link; the bound is what these can give, and all that is asked outside.
    Cut(Vec<String>),
    /// Prices, where companies share the network.
    Prices(Prices),
}

/// Prices of a cubic metre that bound a total, by the duality of linear programs. Any that are not negative bound it; the right
/// ones bound it to a cubic metre.
///
/// Gas for a company at a district costs the cheapest way there: the price of one of the company's sources and of each link
/// on the way. The bound is the sum of sources' volumes and links' capacities at their prices, and of each cell's size
/// at what its rank's worth exceeds that cost, less the better ranks' totals at their worth. What cannot get there at all has no
/// cost and no part in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Prices {
    /// By source; absent is 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Decimal>,
    /// By link, in the order of [`Evidence::links`]; absent is 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<u32, Decimal>,
    /// What a cubic metre is worth in each better rank, by rank; absent is 0. In the rank itself it is 1.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ranks: BTreeMap<u32, Decimal>,
}

/// What proves the most that can reach some customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Reached {
    /// Why it cannot be more.
    pub bound: Bound,
    /// Why it can be that much: what each link carries, in m3, in the order of [`Evidence::links`], in one list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flows: Vec<Vec<M3>>,
    /// The same where companies share the network: one list a company, in the order of their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_company: Vec<Vec<Decimal>>,
}

/// What proves the total of a short rank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RankProof {
    /// The rank, from 1 as in `by_rank`.
    pub rank: u32,
    /// Where gas is one commodity: those who share its shortage, the least served first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tight: Vec<Tight>,
    /// Where companies share the network: its total before rounding down, and prices that bound it. Short ranks after it that
    /// have none of their own get nothing but what these prices leave them, a cubic metre being worth as much in each of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priced: Option<Priced>,
}

/// A side of the network that takes all that can enter it.
///
/// Up to and including its rank, the cells in its districts get exactly what its sources and the links that enter it can give;
/// no gas leaves it. (Rounded to whole m3, those of a side that is not the last of its rank may get less by some.) Those of its cells of this rank that are in no side before it get the same share of what they ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Tight {
    /// Its sources, districts and junctions.
    pub nodes: Vec<String>,
    /// What those cells get together, in m3, before each of them is rounded.
    pub volume_m3: M3,
    /// What they ask for together, in m3.
    pub size_m3: M3,
}

/// What proves how short each area would be if all gas were shared as evenly as can be, whoever uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AreasProof {
    /// The areas that share a shortage, the least served first: each side of the network gets with those before it exactly what can
    /// enter it. Without a network only the districts count, and what can enter is what each company has or its customers
    /// there ask for, whichever is less.
    pub sides: Vec<Tight>,
    /// Why all areas can have those shares: what each link carries, in m3, in the order of [`Evidence::links`], in one list. Without a
    /// network one list a company, in the order of their ids: what it gives to each district, in their order.
    pub flows: Vec<Vec<Decimal>>,
}

/// A total and the prices that bound it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Priced {
    /// The total in m3, before it is rounded down.
    pub total_m3: Decimal,
    /// What bounds it.
    pub prices: Prices,
}

/// What proves that the rotation takes as many blocks as spare the most firm gas, and no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RotationProof {
    /// Why firm slices cannot get more if all blocks rotate.
    pub with_all: Bound,
    /// Why they get less with one block fewer, where there are more blocks than the formula says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_one_fewer: Option<Bound>,
    /// Where companies share the network: what firm slices can get with the chosen blocks. (Elsewhere the decision itself
    /// shows it; but ranks that are rounded down each may add up to less.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Reached>,
}

/// A decision of the rest of a day that leaves orders as they stand, and what it would be if it did not: that is what cuts and flows
/// prove, and what is kept follows from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Kept {
    /// The cells that would get another volume: the rank from 1, the district, the company where each draws on its own sources, and m3.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<(u32, String, Option<String>, M3)>,
    /// What each link would carry then, in m3, in the order of [`Evidence::links`]; empty where no cell would get another volume.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flows: Vec<M3>,
    /// Where the network cannot carry what comes of keeping a rank's orders as a whole, so that each cell keeps its own: a side of
    /// the network that shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_cell: Option<Bound>,
}

/// Whether a graver level would spare all firm gas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LevelProof {
    /// The level.
    pub level: String,
    /// What firm slices could get at it.
    pub firm: Reached,
}
