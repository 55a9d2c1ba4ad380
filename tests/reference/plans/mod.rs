//! The built-in plans, each written out by hand from its text: nothing is read from the policy files.

mod ferc;
mod netherlands;
mod shanxi;
mod texas;
mod xian;

use super::simplex::Q;
use super::{Customer, Town};

/// A plan's rules, and what towns that try them are drawn from. Levels count from 1, the mildest; 0 is no shortage. A plan without levels is always at 1.
#[allow(dead_code, reason = "cases worked by hand draw no towns")]
pub trait Plan: Sync {
    /// Those that most rules are about first, but for Xi'an's.
    fn classes(&self) -> &'static [&'static str];
    /// Demands beside which a rule changes, in m3.
    fn sizes(&self) -> &'static [u64] {
        &[]
    }
    /// Tags that a rule asks for.
    fn tags(&self) -> &'static [&'static str] {
        &[]
    }
    /// The levels' ids, mildest first.
    fn levels(&self) -> &'static [&'static str] {
        &[]
    }
    fn level(&self, _whole: &Short) -> usize {
        1
    }
    /// The level that one area calls for.
    fn area_level(&self, _area: &Short) -> usize {
        0
    }
    /// A customer's demand over the firm ranks, from 0, best protected first.
    fn requirement(&self, customer: &Customer) -> Vec<(usize, u64)>;
    /// The tier of a firm rank.
    fn tier(&self, rank: usize) -> u32;
    /// In cut order, but for a stop that withholds.
    fn measures(&self) -> &'static [Measure];
    /// How much of the demand a measure could take, from the bottom, if all before it had taken theirs.
    fn reach(&self, customer: &Customer, measure: &str, level: usize, rotating: bool) -> u64;
    /// Whether the evening stop takes gas of a customer, and its name. Among the measures it takes as needed, else it withholds.
    fn stops(&self, _customer: &Customer, _level: usize) -> bool {
        false
    }
    fn stop(&self) -> &'static str {
        ""
    }
    /// How many blocks the formula wants at a level that rotates.
    fn blocks(&self, _level: usize, _whole: &Short) -> Option<usize> {
        None
    }
}

/// A measure, and what splits it into ranks.
pub struct Measure {
    pub id: &'static str,
    pub by_firm: bool,
    pub by_backup: bool,
}

const fn plain(id: &'static str) -> Measure {
    Measure { id, by_firm: false, by_backup: false }
}

/// A shortfall as a fraction of demand.
#[derive(Clone, Copy, Debug)]
pub struct Short {
    short: i128,
    of: i128,
}

impl Short {
    pub fn whole(short: u64, of: u64) -> Self {
        Self { short: short.into(), of: of.into() }
    }

    /// Of a district that gets `share` of its demand.
    pub fn of(share: Q, demand: u64) -> Self {
        Self { short: i128::from(demand) * share.1 - share.0, of: i128::from(demand.max(1)) * share.1 }
    }

    /// Over so many percent.
    pub fn over(&self, percent: i128) -> bool {
        self.short * 100 > self.of * percent
    }

    /// At so many percent, or over.
    pub fn from(&self, percent: i128) -> bool {
        self.short * 100 >= self.of * percent
    }

    pub fn is_less_than(&self, other: &Self) -> bool {
        self.short * other.of < other.short * self.of
    }
}

/// All plans by id.
pub const ALL: [(&str, &dyn Plan); 5] = [
    ("xian-2025", &xian::Xian { as_needed: false }),
    ("us-granite-ferc", &ferc::Granite),
    ("us-texas-7455", &texas::Texas),
    ("nl-bhg-2023", &netherlands::Netherlands),
    ("cn-shanxi-2021", &shanxi::Shanxi),
];

/// The plan with this id, or Xi'an's without one.
pub fn named(id: &str) -> &'static dyn Plan {
    let known = ALL.iter().find(|(name, _)| *name == id || (id.is_empty() && *name == "xian-2025"));
    known.unwrap_or_else(|| panic!("the reference does not know `{id}`")).1
}

/// A town's plan.
pub fn of(town: &Town) -> &'static dyn Plan {
    match &town.hours {
        Some(hours) if hours.as_needed => &xian::Xian { as_needed: true },
        _ => named(&town.plan),
    }
}

/// The part of a requirement in tiers from `number` on: all below it is gone before.
fn from_tier(plan: &dyn Plan, customer: &Customer, number: u32) -> u64 {
    let parts = plan.requirement(customer);
    parts.iter().filter(|(rank, _)| plan.tier(*rank) >= number).map(|(_, size)| size).sum()
}
