//! Why somebody gets what it gets, read off a finished decision: the rule, the facts it read, and its effect.
//!
//! An [`Explanation`] is a list of [`Because`], each of which is one such triple. What the decision says is never computed
//! again; only the outlook (what would restore somebody, when it is first touched) asks the decision room, and is left out
//! where the case is no longer the one that was decided.

mod account;
mod against;
mod binding;
mod find;
mod hours;
mod outlook;
mod revised;
mod triple;

use crate::city::City;
use crate::decide::evidence::Inputs;
use crate::decide::{Decision, Form, Kind};
use crate::policy::{Policies, Policy};
use crate::units::{Fraction, M3, Milli};

pub use against::{Beside, Difference, Moved, Telling, Turn};
pub use find::{Candidate, Found, find};
pub use revised::{KnownBy, RevisedWhy};
pub use triple::{Triple, Value};

/// Who or what is explained, by index in the city or the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Subject {
    /// A customer.
    Customer(u32),
    /// A class.
    Class(usize),
    /// A district.
    District(u32),
    /// A company.
    Company(u32),
    /// A measure.
    Measure(usize),
    /// The level itself.
    Level,
}

/// Why somebody gets what it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// Who or what.
    pub subject: Subject,
    /// How many customers that are.
    pub customers: usize,
    /// How a single customer is cut.
    pub form: Option<Form>,
    /// What they ask for, in m3; of a measure, what it reaches.
    pub demand: M3,
    /// What of it is served, in m3.
    pub served: M3,
    /// The reasons, in the order in which they act.
    pub because: Vec<Because>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Because {
    /// The shortfall and the level that answers it.
    Level {
        /// By index in the policy.
        level: Option<usize>,
        /// `D` in m3.
        demand: M3,
        /// `A` in m3.
        deliverable: M3,
        /// `D - A` in m3.
        shortfall: M3,
    },
    /// What was past of the day when it was decided again, and what that changes.
    Revised(Box<RevisedWhy>),
    /// The blocks that take their turn.
    Turn {
        /// Ids of the districts.
        blocks: Vec<String>,
        /// `k` of the formula.
        by_formula: usize,
        /// Whether the subject lies in one of them.
        inside: bool,
    },
    /// A slice, or the slices of many customers in one rank.
    Slice(SliceWhy),
    /// Its hours, where the day is decided hour by hour.
    Hours(HoursWhy),
    /// What binds in some short ranks.
    Bound {
        /// The ranks, from 1.
        ranks: Vec<u32>,
        /// What stands in the way.
        by: Binding,
    },
    /// How much more supply would restore it, with level and blocks held.
    Restored {
        /// The source, by index in the city; all in proportion if `None`.
        source: Option<usize>,
        /// In m3; `None` if no amount would do.
        more: Option<u64>,
        /// The worst rank in which it lacks gas, from 1.
        rank: u32,
    },
    /// As far as more supply restores it, where none restores all of it.
    Ceiling(Ceiling),
    /// The mildest shortage that touches it; `None` if none does.
    FirstTouched(Option<FirstTouched>),
    /// What the next graver level would do to it; `None` if none is graver.
    NextLevel(Option<NextLevel>),
    /// The supply that would bring a milder level, in m3; `None` if none would.
    Milder {
        /// In m3, all sources together.
        supply: Option<u64>,
        /// How much more that is.
        more: u64,
    },
    /// The supply at which a graver level would hold, in m3, all sources together; `None` if none would.
    Graver(Option<GraverAt>),
    /// The tables that are no longer as they were when this was decided: the outlook is left out.
    Changed(Vec<&'static str>),
}

/// As far as more supply from all sources in proportion restores somebody. Volumes in m3.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ceiling {
    /// How much more supply that takes.
    pub more: u64,
    /// What they would then get more than today.
    pub restored: u64,
    /// What they would still lack.
    pub lacking: u64,
    /// What then stands in the way, and how much more would have to pass there (0 by the hour, where that is not told); empty
    /// where companies share links.
    pub walls: Vec<(Binding, u64)>,
    /// The worst rank in which it lacks gas, from 1.
    pub rank: u32,
}

/// The mildest shortage at which somebody loses gas, as all sources shrink alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FirstTouched {
    /// How short the sources are of demand there, 0 to 1.
    pub x: Fraction,
    /// How short the customers are, `D - A` over `D`: above `x` behind a bottleneck.
    pub ratio: Fraction,
    /// Whether they lose gas at that very point, and not just above it.
    pub inclusive: bool,
    /// Whether the point is exact (by the hour, to the cubic metre); if not, it was sampled.
    pub exact: bool,
    /// `D`, in m3.
    pub demand: M3,
    /// By index in the policy.
    pub level: Option<usize>,
}

impl FirstTouched {
    /// The most whole supply at which they lose gas, in m3.
    pub fn supply(&self) -> u64 {
        let lack = self.lack(self.x);
        self.demand.get().saturating_sub(lack)
    }

    /// The least whole shortfall at which they lose gas, in m3.
    pub fn shortfall(&self) -> u64 {
        self.lack(self.ratio)
    }

    /// The least whole m3 at a share of demand, or above it if the point itself does not belong.
    fn lack(&self, share: Fraction) -> u64 {
        let up = share.ceil_of(self.demand.get());
        let is_there = share == Fraction::new(u128::from(up), u128::from(self.demand.get().max(1)));
        if is_there && !self.inclusive { up.saturating_add(1) } else { up }
    }
}

/// What the next graver level would do to somebody, at today's supply. Volumes in m3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextLevel {
    /// By index in the policy.
    pub level: usize,
    /// What it would let anyone cut or withhold.
    pub may_lose: u64,
    /// What it would leave them.
    pub served: u64,
}

/// Where a graver level begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GraverAt {
    /// By index in the policy.
    pub level: usize,
    /// The most supply at which it holds, in m3.
    pub supply: u64,
    /// How much less that is than today.
    pub less: u64,
}

/// Slices of the subject in one rank.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SliceWhy {
    /// The rank, from 1.
    pub rank: u32,
    /// Whether it may be cut.
    pub kind: Kind,
    /// The tier's number, of a firm slice.
    pub tier: Option<u32>,
    /// The measure's id, of one that is not.
    pub measure: Option<String>,
    /// How many customers of the subject have one.
    pub customers: u32,
    /// What they ask for, in m3.
    pub size: M3,
    /// What of it is served, in m3.
    pub served: M3,
    /// What the rules read of a single customer.
    pub facts: Vec<Fact>,
    /// All who stand in the same rank: how many, what they ask for and get, in m3.
    pub peers: Peers,
    /// Those of them in the same cell, of whom a single customer gets its share.
    pub cell: Option<Peers>,
}

/// Those who share a rank or a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peers {
    /// How many customers.
    pub customers: u32,
    /// What they ask for, in m3.
    pub size: M3,
    /// What of it is served, in m3.
    pub served: M3,
}

/// A fact of a customer that a rule read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fact {
    /// Its class, by index in the policy.
    Class(usize),
    /// Its floor, in m3.
    Floor(M3),
    /// Its boiler's capacity in t/h; `None` if it is missing and counts as 0.
    Tonnage(Option<crate::units::Decimal>),
    /// Its backup fuel.
    Backup(&'static str),
    /// Its kind of contract.
    Contract(&'static str),
    /// Its designations.
    Tags(Vec<String>),
    /// Its profile's name; empty for a flat day.
    Profile(String),
    /// Its site; empty if none.
    Site(String),
    /// Its id, where a rule names customers.
    Id(String),
    /// Its use in m3 a year; 0 if unknown.
    Annual(M3),
    /// Its forecast demand in m3.
    Demand(M3),
    /// Its district's id, where a rule names districts.
    District(String),
    /// Its company's id, where a rule names companies.
    Company(String),
    /// Its district, and whether that takes its turn today.
    Block {
        /// The district's id.
        district: String,
        /// Whether it takes its turn.
        turns: bool,
    },
}

/// What stands in the way of more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Binding {
    /// A required measure takes it; gas is not what is missing.
    Required,
    /// All sources together.
    Pool,
    /// The sources that a company is entitled to.
    Entitlement {
        /// The company's id.
        company: String,
    },
    /// A side of the network: links that are full, and sources that give all.
    Network {
        /// From, to, and what they carry in m3.
        links: Vec<(String, String, M3)>,
        /// Name, and what they give in m3.
        sources: Vec<(String, M3)>,
    },
    /// Links that companies share, and their sources: the prices prove it, no single one binds.
    Shared,
    /// Limits that are reached in some hours.
    Hours {
        /// The hours in which gas is lacking, by the clock at which each begins, in the order of the gas day.
        hours: Vec<u8>,
        /// What binds; nothing if no way leads there at all.
        limits: Vec<HourWall>,
        /// Whether each of the limits, eased alone, would let more gas come there, for this rank or whoever comes before it; if not, they do
        /// so all together, and none of them can be left out.
        alone: bool,
    },
}

/// A limit and when it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HourWall {
    /// The limit.
    pub limit: HourLimit,
    /// When, by the clock: the hours, by their beginning; of linepack the moments. Nothing of the day as a whole.
    pub hours: Vec<u8>,
}

/// A limit of an hour, or of the day as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HourLimit {
    /// A source gives all that it can in an hour.
    SourceInHour {
        /// Its id.
        source: String,
        /// In m3 an hour.
        most: Milli,
    },
    /// A source has given its day's volume.
    Source {
        /// Its id.
        source: String,
        /// In m3.
        volume: M3,
    },
    /// A link carries all that it can in an hour.
    Link {
        /// Where gas enters it.
        from: String,
        /// Where gas leaves it.
        to: String,
        /// In m3 an hour.
        most: Milli,
    },
    /// A district's pipes are down to their least.
    LinepackLeast {
        /// Its id.
        district: String,
        /// In m3.
        level: M3,
    },
    /// A district's pipes hold all that they can.
    LinepackMost {
        /// Its id.
        district: String,
        /// In m3.
        level: M3,
    },
    /// What a district's pipes must hold at the end of the day.
    LinepackEnd {
        /// Its id.
        district: String,
        /// In m3.
        level: M3,
    },
}

/// What somebody asks for and gets in each hour of the gas day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HoursWhy {
    /// What the clock shows at the beginning of each hour.
    pub clock: Vec<u8>,
    /// What it asks for, before any stop, in m3.
    pub demand: Vec<Milli>,
    /// What it gets, in m3. Its day is whole, so these may be up to 1 m3 a rank from it.
    pub served: Vec<Milli>,
    /// The stops that reach it: the measure's id, and the hours by their beginning.
    pub off: Vec<(String, Vec<u8>)>,
}

impl HoursWhy {
    /// The hours, by their place, in which it gets less than it asks for.
    pub fn short(&self) -> Vec<usize> {
        let pairs = self.demand.iter().zip(&self.served).enumerate();
        pairs.filter(|(_, (demand, served))| served < demand).map(|(hour, _)| hour).collect()
    }
}

/// What an explanation is made from.
#[derive(Clone, Copy, Debug)]
pub struct Room<'a> {
    /// The decision, or the area of it, that the subject belongs to.
    pub decision: &'a Decision,
    /// Its policy.
    pub policy: &'a Policy,
    /// The city.
    pub city: &'a City,
}

impl<'a> Room<'a> {
    /// The balances of a decision, each with its policy.
    pub fn all(decision: &'a Decision, policies: &'a Policies, city: &'a City) -> Vec<Self> {
        let own = |area: &'a Decision| {
            let district = area.area.as_deref().and_then(|id| city.district(id));
            let name = district.and_then(|at| city.districts[at].policy.as_deref());
            Self { decision: area, policy: policies.named(name), city }
        };
        let main = Self { decision, policy: &policies.main, city };
        std::iter::once(main).chain(decision.areas.iter().map(own)).collect()
    }
}

/// The tables whose rows are no longer those that a decision was made from.
pub fn changed(then: &Inputs, now: &Inputs) -> Vec<&'static str> {
    let pairs = [
        ("case", &then.case, &now.case),
        ("customers", &then.customers, &now.customers),
        ("demand", &then.demand, &now.demand),
        ("districts", &then.districts, &now.districts),
        ("supply", &then.supply, &now.supply),
        ("links", &then.links, &now.links),
        ("profiles", &then.profiles, &now.profiles),
    ];
    let again = [("actuals", &then.actuals, &now.actuals), ("order", &then.order, &now.order)];
    let changed = pairs.into_iter().filter(|(_, then, now)| then != now).map(|(name, ..)| name);
    changed.chain(again.into_iter().filter(|(_, then, now)| then != now).map(|(name, ..)| name)).collect()
}

/// The path in the policy of the rule that made a rank: of its measure at the level in force, or of its tier.
pub(crate) fn rule(room: &Room<'_>, measure: Option<&str>, tier: Option<u32>) -> String {
    match (measure, tier, &room.decision.level) {
        (Some(id), _, _) if id == crate::decide::PINNED || id == crate::decide::PAST => id.to_owned(),
        (Some(measure), _, Some(level)) => format!("measures.{measure}.{}", level.id),
        (Some(measure), _, None) => format!("measures.{measure}"),
        (None, tier, _) => format!("tiers.{}", tier.unwrap_or_default()),
    }
}

/// The path in the policy of the rule that made a rank, by its number from 1.
pub(crate) fn rule_of(room: &Room<'_>, rank: u32) -> String {
    let row = room.decision.by_rank.iter().find(|row| row.rank == rank);
    row.map_or_else(|| "tiers".to_owned(), |row| rule(room, row.measure.as_deref(), row.tier))
}

/// The basis of a slice.
pub(crate) fn basis<'a>(room: &Room<'a>, slice: &SliceWhy) -> Option<&'a crate::policy::Basis> {
    let policy = room.policy;
    if let Some(id) = &slice.measure {
        let level = room.decision.level.as_ref().and_then(|level| policy.level(&level.id)).unwrap_or(0);
        let measure = policy.measures.iter().find(|measure| measure.id == *id)?;
        return measure.at.get(level)?.as_ref().map(|action| &action.basis);
    }
    policy.tiers.iter().find(|tier| Some(tier.number) == slice.tier).map(|tier| &tier.basis)
}
