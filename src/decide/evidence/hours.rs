//! What proves a decision hour by hour: the same cuts and flows as of a day, on the network laid once an hour.
//!
//! Hours count from 0 at the start of the gas day. A district's pipes join its hours; what is in them when the day ends is in its node of the
//! hour after the last. A source's day joins its hours, too. Volumes are in millionths of a m3, and exact.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::units::Micro;

/// What proves the hours of a balance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HoursProof {
    /// One way to bring the hours what they get.
    pub flows: HourFlows,
    /// What proves the totals of the short ranks, in supply order, and the shares inside them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranks: Vec<RankHours>,
    /// What proves the deliverable gas.
    pub deliverable: ReachedHours,
    /// What proves how many blocks rotate; absent without a rotation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation: Option<RotationHours>,
    /// What proves which graver level would do; empty where firm gas suffices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalation: Vec<LevelHours>,
}

/// What flows in each hour: one volume an hour in each list. A list that is absent is nothing all day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HourFlows {
    /// What each source gives.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Vec<Micro>>,
    /// What each link carries, by its place in the order of [`crate::decide::HoursUsed::by_link`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<u32, Vec<Micro>>,
    /// What each district's pipes hold above their least at the end of each hour.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub linepack: BTreeMap<String, Vec<Micro>>,
}

/// What a district gets in each hour, of what it asks for in one rank or in several together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ServedHours {
    /// The district.
    pub district: String,
    /// The company, where each draws on its own sources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// One volume an hour.
    pub served: Vec<Micro>,
}

/// A short rank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RankHours {
    /// The rank, from 1 as in `by_rank`.
    pub rank: u32,
    /// What those get who lack gas in some hour; all others get what they ask for.
    pub short: Vec<ServedHours>,
    /// Those who share its shortage, the least served first; none of its own where the sides of the ranks before it have taken all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tight: Vec<SideHours>,
}

/// A side of the network laid hour by hour. As of a day it takes all that can enter it: from the days of its sources, from sources' hours,
/// links and pipes that come from outside, and from what is in its pipes when the day begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SideHours {
    /// Sources whose volume of the day is inside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// The hours inside, from and until, of sources, districts and junctions; of a district one more for the end of the day. In a pool districts
    /// alone, and all sources in those hours; where each company has a pool of its own the companies, and all that is theirs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub nodes: BTreeMap<String, Vec<(u8, u8)>>,
}

/// What proves an upper bound on the gas that some customers can get together, once the pipes have what they must.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BoundHours {
    /// Nobody is short: they get all they ask for, which is the bound.
    #[default]
    Full,
    /// What can enter this side, and all that is asked outside.
    Cut(SideHours),
}

/// What proves the most that can reach some customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReachedHours {
    /// Why it cannot be more.
    pub bound: BoundHours,
    /// What those get who lack gas in some hour; all others get what they ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub short: Vec<ServedHours>,
    /// Why it can be that much.
    pub flows: HourFlows,
}

/// What proves that the rotation takes as many blocks as spare the most firm gas, and no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RotationHours {
    /// Why firm slices cannot get more if all blocks rotate.
    pub with_all: BoundHours,
    /// Why they get less with one block fewer, where there are more blocks than the formula says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_one_fewer: Option<BoundHours>,
    /// What firm slices can get with the chosen blocks.
    pub chosen: ReachedHours,
}

/// Whether a graver level would spare all firm gas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LevelHours {
    /// The level.
    pub level: String,
    /// What firm slices could get at it.
    pub firm: ReachedHours,
}
