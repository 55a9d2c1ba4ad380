//! What a decision tells of the hours of its day.

use serde::{Deserialize, Serialize};

use crate::units::Milli;

/// A decision hour by hour: one value for each hour of the gas day, in m3 with three decimals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HoursUsed {
    /// The hour of the clock at which each hour of the gas day begins; 23 to 25 of them.
    pub clock: Vec<u8>,
    /// Forecast demand.
    pub demand_m3: Vec<Milli>,
    /// What is served of it.
    pub served_m3: Vec<Milli>,
    /// What the sources give.
    pub given_m3: Vec<Milli>,
    /// By source, in the order of their names.
    pub by_source: Vec<SourceHours>,
    /// By district, in the order of their table.
    pub by_district: Vec<DistrictHours>,
    /// By link, in the order of their ends' names; empty without a network.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_link: Vec<LinkHours>,
    /// By class, in the order of the policy.
    pub by_class: Vec<ClassHours>,
    /// By how much the pipes hold less at the end of the day than they must, all districts together.
    pub linepack_missing_m3: Milli,
}

/// A source by the hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SourceHours {
    /// The source.
    pub source: String,
    /// What it gives.
    pub given_m3: Vec<Milli>,
}

/// A district by the hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DistrictHours {
    /// The district's id.
    pub district: String,
    /// Forecast demand.
    pub demand_m3: Vec<Milli>,
    /// What is served of it.
    pub served_m3: Vec<Milli>,
    /// How many hours until its pipes are down to their least if nothing is done (P1); absent if they are not within the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_to_minimum: Option<Milli>,
    /// What its pipes hold at the end of each hour; empty where they keep none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linepack_m3: Vec<Milli>,
}

/// A link by the hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LinkHours {
    /// Where gas enters.
    pub from: String,
    /// Where gas leaves.
    pub to: String,
    /// What it can carry in an hour.
    pub capacity_m3_h: Milli,
    /// What it carries.
    pub flow_m3: Vec<Milli>,
}

/// A class by the hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClassHours {
    /// The class's id.
    pub class: String,
    /// Forecast demand.
    pub demand_m3: Vec<Milli>,
    /// What is served of it.
    pub served_m3: Vec<Milli>,
}

/// A customer that is cut, by the hour: one value for each hour of the gas day, which add up to its day's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CustomerHours {
    /// The customer, as an index in [`super::Detail::customers`].
    pub customer: u32,
    /// Its forecast demand. What comes back after a required stop, and the part of a m3 that a stop in whole m3 leaves, stand in
    /// the hours in which they are asked for.
    pub demand_m3: Vec<Milli>,
    /// What it gets of it: 0 where it is off, its demand where it is not cut.
    pub served_m3: Vec<Milli>,
    /// The clock hours in which a stop that is made as needed leaves it nothing of what the stop may take: from, until. Absent where
    /// there are none, or they are not on end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<(u8, u8)>,
}
