//! What decisions are compared about: a town, and an outcome as far as it can be compared. Volumes in m3 a day.

use std::collections::BTreeMap;

/// A city and its day.
#[derive(Clone, Debug, Default)]
pub struct Town {
    /// The plan's id; Xi'an's if empty.
    pub plan: String,
    pub districts: Vec<District>,
    pub sources: Vec<Source>,
    pub links: Option<Vec<Link>>,
    pub customers: Vec<Customer>,
    /// `pooling = false`.
    pub apart: bool,
    pub unified: bool,
    /// Whole customers are stopped by list, whatever the plan says.
    pub lists: bool,
    /// Decided by the hour.
    pub hours: Option<Hours>,
    /// Least rest between two turns of a block, in days.
    pub rest: u32,
    /// Longest run of a block's turns, in days; any if 0.
    pub run: u32,
    /// How many days ago each block had a turn.
    pub turns: BTreeMap<String, Vec<u32>>,
}

/// What a day by the hour has besides. Volumes in m3.
#[derive(Clone, Debug, Default)]
pub struct Hours {
    /// The hours of the clock.
    pub clock: Vec<u8>,
    /// By district; without a row its pipes keep nothing.
    pub packs: BTreeMap<String, Pack>,
    /// The most that a source gives in an hour.
    pub sources: BTreeMap<String, u64>,
    /// What a link carries in an hour, where that is not a 24th of its day.
    pub links: BTreeMap<(String, String), u64>,
    /// What customers use in each hour of the clock, in thousandths of their day; flat without a row.
    pub profiles: BTreeMap<String, Vec<u64>>,
    /// What comes back after a stop, in hundredths.
    pub rebound: u64,
    /// The stop takes what is needed, and no more.
    pub as_needed: bool,
}

/// What a district's pipes hold: at the start, at least, at most, and how much less at the end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pack {
    pub start: u64,
    pub least: u64,
    pub most: u64,
    pub draw: u64,
}

#[derive(Clone, Debug, Default)]
pub struct District {
    pub id: String,
    pub urban: bool,
    /// In thousandths of a full day.
    pub burden: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Source {
    pub id: String,
    pub volume: u64,
    pub company: Option<String>,
    pub area: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Link {
    pub from: String,
    pub to: String,
    pub capacity: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Customer {
    pub id: String,
    pub district: String,
    pub company: String,
    pub class: String,
    pub demand: u64,
    pub floor: u64,
    /// In thousandths of t/h.
    pub boiler: Option<u64>,
    pub backup: bool,
    pub interruptible: bool,
    /// In m3 a year.
    pub annual: u64,
    pub tags: Vec<String>,
    pub households: u64,
    /// What its profile puts in 17:00-20:00, in thousandths; flat if `None`.
    pub evening: Option<u64>,
    /// What it has borne on stop lists, in thousandths of a full day.
    pub burden: u64,
}

/// A decision, as far as it can be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub area: Option<String>,
    pub demand: u64,
    pub supply: u64,
    pub deliverable: u64,
    pub level: Option<String>,
    /// The district whose shortfall called for the level, where the whole's did not.
    pub raised: Option<String>,
    pub status: String,
    pub escalate_to: Option<String>,
    pub rotation: Option<Rotation>,
    pub ranks: Vec<Rank>,
    pub served: BTreeMap<String, u64>,
    pub totals: Totals,
    /// Demand and what is served of it, by tier.
    pub tiers: BTreeMap<u32, (u64, u64)>,
    pub areas: Vec<Outcome>,
    /// What each district is served in each hour, in thousandths of a m3; nothing by the day.
    pub by_hour: Vec<Vec<u64>>,
    /// By how much the pipes hold less at the end of the day than they must, in thousandths of a m3.
    pub missing: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    pub k: usize,
    pub blocks: Vec<String>,
    pub extended: bool,
    pub rest_gave_way: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    pub kind: String,
    pub tier: Option<u32>,
    pub measure: Option<String>,
    pub size: u64,
    pub served: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub demand: u64,
    pub served: u64,
    pub cut: u64,
    pub withheld: u64,
    pub beyond: u64,
    pub unused: u64,
    pub customers_cut: u64,
    pub households_cut: u64,
}

impl Customer {
    pub fn is(&self, classes: &[&str]) -> bool {
        classes.contains(&self.class.as_str())
    }

    /// A floor is never above the day's demand.
    pub fn floor(&self) -> u64 {
        self.floor.min(self.demand)
    }
}
