//! A written curtailment plan as checked data: tiers, levels, measures, who matches them, the clause behind each.
//!
//! A [`Policy`] that exists is valid: its levels cover every shortfall, every class has a place in the supply
//! order, every measure can be reached. It knows no customer, no solver and no clock. Reading lives in
//! `source`, what makes a plan unsound in `lint`, who a rule is about in [`selector`].

mod builtin;
pub mod compare;
mod honest;
mod lint;
mod measures;
mod messages;
mod proposal;
mod removal;
mod response;
pub mod selector;
mod source;
mod triggers;

use std::collections::BTreeMap;

use crate::units::{Date, Decimal, Hours};
use crate::{Label, Lang};

pub use messages::PolicyMessage;
pub use response::{Authority, Ease, Response, RestoreOrder, Step};
pub use selector::{Facts, Selector};
pub(crate) use source::hex;

/// A checked curtailment plan. Make one with [`Policy::parse`] or [`Policy::builtin`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Policy {
    /// The stable name, by which cases and commands ask for it.
    pub id: String,
    /// The version of the policy file.
    pub version: String,
    /// What the plan is called.
    pub name: Label,
    /// Where the plan comes from, in a sentence.
    pub source: Label,
    /// SHA-256 of the policy as used (overrides included), in hex; independent of layout and comments.
    pub digest: String,
    /// The overrides (`--set`) that were applied to the file, as they were given.
    pub overrides: Vec<String>,
    /// The plans that this one is a proposal on (`extends`), nearest first; empty for a plan that stands on its own.
    pub extends: Vec<Base>,
    /// When the plan may be used.
    pub in_force: Validity,
    /// The customer classes, in the order of the file.
    pub classes: Vec<Class>,
    /// The tiers of the supply order, best protected first.
    pub tiers: Vec<Tier>,
    /// The response levels, mildest first; empty for a plan without levels, whose measures are always in force.
    pub levels: Vec<Level>,
    /// The measures in cut order: the first loses gas first.
    pub measures: Vec<Measure>,
    /// Whom some measures must not touch.
    pub exemptions: Vec<Exemption>,
    /// The rotation over blocks, if the plan has one.
    pub rotation: Option<Rotation>,
    /// The bodies that the plan names, by id.
    pub roles: BTreeMap<String, Role>,
    /// What is owed while and after a response is on.
    pub duties: Vec<Duty>,
    /// Who does what in a response, and how it ends.
    pub response: Response,
}

/// A plan that a proposal extends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Base {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its digest, as for [`Policy::digest`].
    pub digest: String,
}

/// The policies of one case: its own, and those that outer districts name for themselves.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Policies {
    /// The case's policy.
    pub main: Policy,
    /// Others, by the name that `districts.csv` gives (a built-in id, or a path).
    pub own: BTreeMap<String, Policy>,
}

impl Policies {
    /// One policy for the whole case.
    pub const fn of(main: Policy) -> Self {
        Self { main, own: BTreeMap::new() }
    }

    /// All of them, the case's first.
    pub fn all(&self) -> impl Iterator<Item = &Policy> {
        std::iter::once(&self.main).chain(self.own.values())
    }

    /// The policy with this name, or the case's where there is no name.
    pub fn named(&self, name: Option<&str>) -> &Policy {
        name.and_then(|name| self.own.get(name)).unwrap_or(&self.main)
    }
}

/// The clause a rule comes from, and how faithfully the file renders it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// The clause, as the plan numbers it.
    pub clause: String,
    /// Whether the rule states, paraphrases or assumes.
    pub status: Status,
    /// Why it reads as it does; may be empty.
    pub note: Label,
}

/// How a rule of the file relates to the plan's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// The plan says it in these terms.
    #[default]
    Stated,
    /// The plan says it in other terms.
    Paraphrased,
    /// The plan leaves it open; this is the reading chosen.
    Reading,
}

/// From when until when something holds; both ends included, absent ends are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// The part of each year.
    pub season: Option<Season>,
}

/// A part of every year, from one month and day to another, through New Year if `until` is the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Season {
    /// The first (month, day).
    pub from: (u8, u8),
    /// The last (month, day).
    pub until: (u8, u8),
}

impl Season {
    /// Whether the day falls into it.
    pub fn holds(self, day: Date) -> bool {
        let today = (day.month(), day.day());
        if self.from <= self.until {
            self.from <= today && today <= self.until
        } else {
            self.from <= today || today <= self.until
        }
    }
}

impl Validity {
    /// Whether the day falls into it.
    pub fn holds(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
            && self.season.is_none_or(|season| season.holds(day))
    }
}

/// A value that may change by season (P17). The first entry whose season holds applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seasonal<T> {
    values: Vec<(Option<Season>, T)>,
}

impl<T: Copy> Seasonal<T> {
    /// The same value all year.
    pub fn always(value: T) -> Self {
        Self { values: vec![(None, value)] }
    }

    /// Values by season.
    pub const fn by_season(values: Vec<(Option<Season>, T)>) -> Self {
        Self { values }
    }

    /// The value on a day, if any season of it holds.
    pub fn on(&self, day: Date) -> Option<T> {
        self.values.iter().find(|(season, _)| season.is_none_or(|s| s.holds(day))).map(|(_, value)| *value)
    }

    /// All values, each with its season; `None` for the rest of the year.
    pub fn entries(&self) -> impl Iterator<Item = &(Option<Season>, T)> {
        self.values.iter()
    }

    /// All values.
    pub fn values(&self) -> impl Iterator<Item = T> + '_ {
        self.values.iter().map(|(_, value)| *value)
    }
}

/// A customer class.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Class {
    /// The stable name, as tables and selectors write it.
    pub id: String,
    /// What people call it.
    pub label: Label,
    /// Other names that tables use.
    pub aliases: Vec<String>,
    /// Whether the class is a boiler, whose tonnage a measure may ask for.
    pub boiler: bool,
}

/// A tier of the supply order: one rank of firm gas or more.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Tier {
    /// Its number, 1 for the best protected (0 is possible).
    pub number: u32,
    /// What it is called.
    pub label: Label,
    /// Its clause.
    pub basis: Basis,
    /// Its ranks, best protected first. Each takes a part of the requirement of some customers.
    pub ranks: Vec<Vec<Take>>,
}

/// One entry of a firm rank: whose gas, and which part of their requirement, stands there (P14).
///
/// A customer's requirement fills the ranks in supply order: each entry that matches takes its part of what no
/// better rank has taken.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Take {
    /// Whose gas.
    pub who: Selector,
    /// Which part.
    pub part: Part,
}

/// A part of a customer's requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// All that is left.
    Rest,
    /// All that is left, of a customer that no later `Rest` entry means ("all not named elsewhere").
    Others,
    /// Its floor (P6).
    Floor,
    /// Up to so many m3 a day, counted from the top of the requirement.
    FirstM3(u64),
}

/// A response level.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Level {
    /// The stable name, as the plan numbers it.
    pub id: String,
    /// What it is called.
    pub label: Label,
    /// Other names that people type; no table has levels.
    pub aliases: Vec<String>,
    /// The warning's colour: `blue`, `yellow`, `orange`, `red`, or what the plan says.
    pub colour: String,
    /// What the colour is called.
    pub colour_label: Label,
    /// The shortfall ratios of the whole balance that it answers; `None` if it is triggered by areas alone.
    pub band: Option<Band>,
    /// The shortfall ratios of one area that it answers as well (P2); `None` if areas do not trigger it.
    ///
    /// An area is a district of the balance. Its shortfall is its demand less what it would get if all of the day's
    /// deliverable gas were shared as evenly as network and entitlements allow; so without a bottleneck its ratio is
    /// that of the whole.
    pub area_band: Option<Band>,
    /// Its clause.
    pub basis: Basis,
    /// Who proposes the stop list and the limits; ids of [`Policy::roles`].
    pub proposed_by: Vec<String>,
    /// Who approves them.
    pub approved_by: Vec<String>,
    /// To whom it is reported.
    pub reported_to: Vec<String>,
    /// To whom it may be reported, at discretion.
    pub discretion: Vec<String>,
}

/// A range of shortfall ratios. `from`/`until` are fractions of demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The lower end.
    pub from: Decimal,
    /// Whether the lower end itself belongs to it.
    pub from_closed: bool,
    /// The upper end.
    pub until: Decimal,
    /// Whether the upper end itself belongs to it.
    pub until_closed: bool,
}

impl Band {
    /// Whether `shortfall / demand` falls into it, exactly. Both in m3.
    pub fn holds(&self, shortfall: u64, demand: u64) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let above = match self.from.compare(shortfall, demand) {
            Greater => true,
            Equal => self.from_closed,
            Less => false,
        };
        let below = match self.until.compare(shortfall, demand) {
            Less => true,
            Equal => self.until_closed,
            Greater => false,
        };
        above && below
    }
}

/// A measure: what some levels allow, or require, to be cut.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Measure {
    /// The stable name.
    pub id: String,
    /// What it is called.
    pub label: Label,
    /// When the measure may be used at all.
    pub in_force: Validity,
    /// What it is at each level, by index in [`Policy::levels`]; `None` where it is not in force. A plan without
    /// levels has one entry.
    pub at: Vec<Option<Action>>,
    /// Whether it touches only the blocks chosen by the rotation.
    pub rotates: bool,
    /// What ranks its slices are split into, first key first; without a key, they are one rank.
    pub within: Vec<RankKey>,
    /// Who is cut inside a cell.
    pub sharing: Sharing,
    /// Cuts below this are not ordered but moved to others of the same cell, in m3 a day.
    pub smallest_order_m3: u64,
    /// How many whole hours of notice its customers need (P10); `None` if the plan does not say.
    pub notice_hours: Option<u32>,
}

/// What a measure does at one level.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Action {
    /// Whom it is about.
    pub who: Selector,
    /// What it allows or requires.
    pub cut: Cut,
    /// The only tiers whose gas it reaches; empty for all.
    pub tiers: Vec<u32>,
    /// Its clause at this level.
    pub basis: Basis,
}

/// What may or must be cut from a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cut {
    /// All of it, the floor included.
    All,
    /// All above the floor.
    ToFloor,
    /// At most this share of forecast demand (P5), and never the floor.
    Limit(Seasonal<Decimal>),
    /// All but this share of forecast demand (P6: a minimum as a share), and never the floor.
    Leave(Seasonal<Decimal>),
    /// What the customer would take in these hours, off by requirement (P9).
    Stop {
        /// The hours, by the clock.
        hours: Hours,
        /// From, as it is written: hour of the clock.
        from: u8,
        /// Until, as it is written: hour of the clock, up to 24.
        until: u8,
        /// Whether it is off in any case; if not, its hours may be cut as far as gas is short.
        required: bool,
        /// The share of it that comes back after a required stop.
        rebound: Decimal,
    },
}

/// What orders the slices inside one measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RankKey {
    /// Their firm order: the worst rank of firm gas loses first.
    Firm,
    /// Whether the customer has a backup fuel: who has one loses first (P8).
    Backup,
}

/// Who is cut inside a cell (P4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sharing {
    /// Everybody by the same share.
    #[default]
    Even,
    /// Whole customers one after another: the least burdened first, then the largest, then by id.
    List,
}

/// Whom some measures must not touch (P11).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Exemption {
    /// The stable name.
    pub id: String,
    /// What it is called.
    pub label: Label,
    /// From which measures, by index in [`Policy::measures`].
    pub measures: Vec<usize>,
    /// Whom it is about.
    pub who: Selector,
    /// Its clause.
    pub basis: Basis,
}

/// Rotation over the blocks of a city (P13): `k = 1 + floor((ratio - from) / step)` blocks, at least one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Rotation {
    /// The shortfall ratio above which the first block takes its turn.
    pub from: Decimal,
    /// The step that adds a block; above zero.
    pub step: Decimal,
    /// Days that must pass between two turns of a block; 0 for none.
    pub rest_days: u32,
    /// The most days that a turn may last; 0 for no limit.
    pub longest_run_days: u32,
    /// Its clause.
    pub basis: Basis,
}

impl Rotation {
    /// `k` of the formula, between 1 and `blocks` (0 if there are none). `shortfall` and `demand` in m3.
    pub fn blocks_by_formula(&self, shortfall: u64, demand: u64, blocks: usize) -> usize {
        // The largest j with ratio >= from + j x step, plus one; a handful of exact comparisons.
        let reached = |j: usize| {
            let ratio = self.from.plus(self.step.so_often(j as u64));
            ratio.compare(shortfall, demand).is_ge()
        };
        (1..blocks).take_while(|j| reached(*j)).count().saturating_add(1).min(blocks)
    }
}

/// A body that the plan names.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Role {
    /// What it is called.
    pub label: Label,
}

/// Something that is owed: a report, an assessment, a signature.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Duty {
    /// The stable name.
    pub id: String,
    /// What it is.
    pub label: Label,
    /// Who owes it; ids of [`Policy::roles`].
    pub owed_by: Vec<String>,
    /// To whom.
    pub owed_to: Vec<String>,
    /// When it is due.
    pub due: Due,
    /// Its clause.
    pub basis: Basis,
}

/// When a duty is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Due {
    /// At once.
    AtOnce,
    /// Every day at an hour of the clock, covering the day up to another hour.
    Daily {
        /// The hour at which the period begins (the day before) and ends.
        period: u8,
        /// The hour at which it is due.
        at: u8,
    },
    /// So many working days after the end of the response.
    WorkingDaysAfterEnd(u32),
    /// So many hours after the event.
    HoursAfter(u32),
}

/// Which level answers a shortfall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Standing {
    /// There is no shortfall, or the plan knows no levels and nothing is short.
    NoShortage,
    /// The level, by index in [`Policy::levels`].
    At(usize),
    /// The plan has no levels: its measures are always in force.
    Always,
}

impl Policy {
    /// The class with this id, label or alias, in any case of letters.
    pub fn class(&self, word: &str) -> Option<usize> {
        self.classes.iter().position(|class| class.is_called(word))
    }

    /// The level with this id.
    pub fn level(&self, id: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.id == id)
    }

    /// The level with this id, label or alias, in any case of letters.
    pub fn level_called(&self, word: &str) -> Option<&Level> {
        self.levels.iter().find(|level| {
            let mut names = [&level.id, &level.label.en, &level.label.zh].into_iter().chain(&level.aliases);
            names.any(|name| name.eq_ignore_ascii_case(word))
        })
    }

    /// The measure with this id.
    pub fn measure(&self, id: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.id == id)
    }

    /// What answers a shortfall of the whole balance; both in m3, `demand` above 0. Section 1 of the decision model.
    /// An area may call for a graver level ([`Self::area_level`]).
    pub fn standing(&self, shortfall: u64, demand: u64) -> Standing {
        if self.levels.is_empty() {
            return Standing::Always;
        }
        if shortfall == 0 {
            return Standing::NoShortage;
        }
        // The bands cover (0, 1], which `lint` has checked; the gravest of two that meet at a closed end wins.
        let found = self.levels.iter().rposition(|level| level.band.is_some_and(|band| band.holds(shortfall, demand)));
        found.map_or(Standing::NoShortage, Standing::At)
    }

    /// The gravest level that answers an area's shortfall (P2), by index in [`Policy::levels`]. Both in m3, or in any
    /// other unit; `demand` above 0.
    pub fn area_level(&self, shortfall: u64, demand: u64) -> Option<usize> {
        let holds = |band: Band| shortfall > 0 && band.holds(shortfall, demand);
        self.levels.iter().rposition(|level| level.area_band.is_some_and(holds))
    }

    /// The measures in force at a standing, in cut order, each with its index and action.
    pub fn in_force(&self, standing: Standing, day: Date) -> impl Iterator<Item = (usize, &Measure, &Action)> {
        let at = match standing {
            Standing::NoShortage => None,
            Standing::At(level) => Some(level),
            Standing::Always => Some(0),
        };
        self.measures.iter().enumerate().filter_map(move |(i, measure)| {
            let action = measure.at.get(at?)?.as_ref()?;
            measure.in_force.holds(day).then_some((i, measure, action))
        })
    }

    /// A body's name, or its id if the policy does not know it.
    pub fn role<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        self.roles.get(id).map_or(id, |role| role.label.get(lang))
    }
}

impl Class {
    /// Whether a table means this class by `word`.
    pub fn is_called(&self, word: &str) -> bool {
        let mut names = [&self.id, &self.label.en, &self.label.zh].into_iter().chain(&self.aliases);
        names.any(|name| name.eq_ignore_ascii_case(word))
    }
}
