//! A finished decision: what `decide` returns, `decision.json` holds, and explain, verify and render read.
//!
//! The keys are the contract `curtail.decision/1`: within it, keys are only ever added.

mod hours;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::evidence::Evidence;
use crate::Label;
use crate::units::{Date, M3, Milli};

pub use hours::{ClassHours, CustomerHours, DistrictHours, HoursUsed, LinkHours, SourceHours};

/// The name of the format.
pub const SCHEMA: &str = "curtail.decision/1";

/// The decision of one day, for one balance; outer areas hang below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Decision {
    /// Whether it was made in an exercise; absent if not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exercise: bool,
    /// Always [`SCHEMA`].
    #[cfg_attr(feature = "cli", schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// The case's name.
    pub case: String,
    /// The gas day, named by the date it begins on.
    pub date: Date,
    /// The outer district that this is the decision of; absent for the main urban area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// The volume basis that all volumes are on.
    pub volume_basis: String,
    /// The policy used.
    pub policy: PolicyUsed,
    /// Demand, supply and what can arrive.
    pub balance: Balance,
    /// The response level; `None` without a shortage, or for a plan without levels.
    pub level: Option<LevelUsed>,
    /// How it went.
    pub status: Status,
    /// Whether the two computations agree.
    pub confirmed: bool,
    /// The mildest graver level that would authorise all cuts.
    pub escalate_to: Option<String>,
    /// The rotation, at a level that has one.
    pub rotation: Option<Rotation>,
    /// In supply order, first served first.
    pub by_rank: Vec<RankRow>,
    /// In the order of the policy's classes.
    pub by_class: Vec<ClassRow>,
    /// In the order of the districts' table.
    pub by_district: Vec<DistrictRow>,
    /// In the order of their ids.
    pub by_company: Vec<CompanyRow>,
    /// Best protected first.
    pub by_tier: Vec<TierRow>,
    /// The sums.
    pub totals: Totals,
    /// What somebody should look at.
    pub warnings: Vec<Warning>,
    /// Where the demand figures come from.
    pub demand_source: DemandFrom,
    /// What was past when the day was decided again, and what that changes; absent in a decision of the whole day. All
    /// tables cover the whole day, its past as a first rank (taken) and a last one (not delivered) whose measure is `past`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
    /// Hour by hour, where the case is decided so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<HoursUsed>,
    /// Who gets what, customer by customer; in `decision.json`, not on the screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
    /// What it rests on and what proves it; there when `detail` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// The decisions of the districts outside the main urban area; theirs are empty.
    #[serde(default, deserialize_with = "super::below::areas")]
    pub areas: Vec<Decision>,
}

/// The policy that a decision used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PolicyUsed {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the policy as used, in hex.
    pub digest: String,
    /// The overrides applied, `PATH=VALUE`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<String>,
}

/// Demand, supply and what can arrive (section 1), in m3.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Balance {
    /// `D`.
    pub demand_m3: M3,
    /// `S`.
    pub supply_m3: M3,
    /// `A`.
    pub deliverable_m3: M3,
    /// `D - A`.
    pub shortfall_m3: M3,
    /// `shortfall / D`; for reading only, the level comes from the whole numbers.
    pub ratio: f64,
}

/// The level that a decision proposes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LevelUsed {
    /// Its id.
    pub id: String,
    /// Its colour.
    pub colour: String,
    /// The area whose shortfall calls for it, where the shortfall of the whole would call for a milder one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaUsed>,
}

/// An area that raised the level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AreaUsed {
    /// The district's id.
    pub district: String,
    /// Its shortfall over its demand, with the day's gas shared as evenly as it can be; for reading only, the level
    /// comes from the exact fraction.
    pub ratio: f64,
}

/// How a decision went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Demand is met.
    NoShortage,
    /// The cuts that the level authorises close the gap.
    Balanced,
    /// Firm gas is cut.
    BeyondAuthority,
}

/// Which blocks take their turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Rotation {
    /// `k` of the formula.
    pub blocks_by_formula: usize,
    /// The chosen districts, in the order in which they were chosen.
    pub blocks: Vec<String>,
    /// Whether more blocks were needed than the formula says.
    pub extended: bool,
    /// Whether a block had to be taken in spite of its rest or run.
    #[serde(default)]
    pub rest_gave_way: bool,
}

/// Whether and how a slice may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// No measure of the level lets anyone cut it.
    Firm,
    /// The level's measures allow cutting it.
    Authorised,
    /// A required measure takes it regardless.
    Withheld,
}

/// A rank of the supply order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RankRow {
    /// From 1, first served first.
    pub rank: u32,
    /// Firm, authorised or withheld.
    pub kind: Kind,
    /// The tier, of a firm rank.
    pub tier: Option<u32>,
    /// The measure, of an authorised or withheld rank.
    pub measure: Option<String>,
    /// What it asks for.
    pub size_m3: M3,
    /// What it gets.
    pub served_m3: M3,
}

macro_rules! rows {
    ($($(#[$doc:meta])* $row:ident { $(#[$key_doc:meta])* $key:ident : $kind:ty })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub struct $row {
            $(#[$key_doc])*
            pub $key: $kind,
            /// Forecast demand.
            pub demand_m3: M3,
            /// What is served of it.
            pub served_m3: M3,
            /// What is not, withheld gas included.
            pub cut_m3: M3,
        }
    )* };
}

rows! {
    /// A class and its volumes.
    ClassRow { /// The class's id.
        class: String }
    /// A district and its volumes.
    DistrictRow { /// The district's id.
        district: String }
    /// A company and its volumes.
    CompanyRow { /// The company's id.
        company: String }
    /// A tier and its volumes; each slice counts in the tier that it has when firm.
    TierRow { /// The tier's number.
        tier: u32 }
}

/// The sums of a decision, in m3 or heads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Totals {
    /// Forecast demand.
    pub demand_m3: M3,
    /// What is served.
    pub served_m3: M3,
    /// What is not, withheld gas included.
    pub cut_m3: M3,
    /// What a required measure takes.
    pub withheld_m3: M3,
    /// Firm gas that is cut.
    pub beyond_authority_m3: M3,
    /// Deliverable gas that nobody takes.
    pub unused_m3: M3,
    /// Customers with a cut.
    pub customers_cut: u64,
    /// Households of those customers.
    pub households_cut: u64,
}

/// Something that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Warning {
    /// The stable name of the kind of warning.
    pub code: String,
    /// In English.
    pub text: String,
    /// In Chinese.
    pub text_zh: String,
}

/// Where the demand figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DemandFrom {
    /// Whether every figure is a forecast of the day.
    pub of_the_day: bool,
    /// In English.
    pub text: String,
    /// In Chinese.
    pub text_zh: String,
    /// The weather that a demand model was applied to; absent where demand is not by a model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weather: Option<WeatherUsed>,
}

/// The weather that demand follows, by a demand model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WeatherUsed {
    /// The model's file.
    pub model: String,
    /// The weather's table.
    pub table: String,
    /// The gas day's mean temperature in degrees Celsius, as a decimal.
    pub temperature_c: String,
    /// Who says so; the table's name if it does not say.
    pub source: String,
    /// When it was issued, by the case's clock: `2026-01-07 16:00`; `None` if nobody says.
    pub issued: Option<String>,
    /// How many hours before the gas day begins that was, rounded up; `None` if nobody says or it was since.
    pub age_hours: Option<u64>,
    /// How many days just before the gas day have a temperature, up to those that count.
    pub days_before: u32,
}

/// How a customer is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Not at all.
    None,
    /// Down to its floor, or to nothing.
    Stop,
    /// In part.
    Limit,
    /// Only in the hours of a required stop.
    OffPeak,
}

/// Who gets what, customer by customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Detail {
    /// The different ways in which customers are cut; few, whatever the number of customers.
    pub reasons: Vec<Reason>,
    /// Every customer of the balance, in the order of districts, then ids.
    pub customers: Vec<CustomerShare>,
    /// Every slice, customer by customer in their order.
    #[serde(default)]
    pub slices: Vec<SliceShare>,
    /// Hour by hour, every customer that is cut, in their order; empty where the day is decided as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<CustomerHours>,
}

/// A slice of a customer: in `decision.json` the list of its four numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(from = "(u32, u32, M3, M3)", into = "(u32, u32, M3, M3)")]
#[non_exhaustive]
pub struct SliceShare {
    /// The customer, as an index in [`Detail::customers`].
    pub customer: u32,
    /// The rank, from 1 as in [`Decision::by_rank`].
    pub rank: u32,
    /// What it asks for.
    pub size_m3: M3,
    /// What it gets.
    pub served_m3: M3,
}

impl From<(u32, u32, M3, M3)> for SliceShare {
    fn from((customer, rank, size_m3, served_m3): (u32, u32, M3, M3)) -> Self {
        Self { customer, rank, size_m3, served_m3 }
    }
}

impl From<SliceShare> for (u32, u32, M3, M3) {
    fn from(slice: SliceShare) -> Self {
        (slice.customer, slice.rank, slice.size_m3, slice.served_m3)
    }
}

/// One way in which customers are cut.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Reason {
    /// Stop, limit, off-peak, or not at all.
    pub form: Form,
    /// The measures that cut it, in cut order; [`BEYOND_AUTHORITY`] last.
    pub measures: Vec<String>,
    /// The clauses of those measures, each once, in cut order; [`BEYOND_AUTHORITY`] has none.
    pub clauses: Vec<String>,
    /// The clock hours of a stop: from, until. Where hours are decided, of a required one alone: see [`CustomerHours::off`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<(u8, u8)>,
}

/// What one customer gets, in m3 over the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CustomerShare {
    /// The customer's id.
    pub customer_id: Box<str>,
    /// Its forecast demand.
    pub demand_m3: M3,
    /// What it gets of it.
    pub served_m3: M3,
    /// Why, as an index in [`Detail::reasons`].
    pub reason: u32,
}

impl CustomerShare {
    /// What it does not get.
    pub fn cut_m3(&self) -> M3 {
        self.demand_m3.less(self.served_m3)
    }
}

/// What `orders.csv` writes among the measures for a cut of firm gas.
pub const BEYOND_AUTHORITY: &str = "beyond_authority";

/// What stands for the measure where a customer's volume is settled outside the plan.
pub const PINNED: &str = "pinned";

/// What stands for the measure where a part of the day is past: gas that was taken, and gas that was not delivered.
pub const PAST: &str = "past";

impl Warning {
    pub(crate) fn new(message: &crate::decide::DecideMessage) -> Self {
        use crate::Lang::{En, Zh};
        Self { code: message.code().to_owned(), text: message.text(En), text_zh: message.text(Zh) }
    }

    /// The words in both languages.
    pub fn label(&self) -> Label {
        Label { en: self.text.clone(), zh: self.text_zh.clone() }
    }
}

impl Decision {
    /// Marks it as made in an exercise, its areas too.
    pub fn mark_as_exercise(&mut self) {
        self.exercise = true;
        self.areas.iter_mut().for_each(Self::mark_as_exercise);
    }

    /// Whether firm gas is cut or the pipes cannot be filled to what the end of the day demands, here or in an outer area.
    pub fn is_beyond_authority(&self) -> bool {
        let missing = self.hours.as_ref().is_some_and(|hours| hours.linepack_missing_m3 > Milli(0));
        self.status == Status::BeyondAuthority || missing || self.areas.iter().any(Self::is_beyond_authority)
    }
}

/// A day decided again from an hour on, while its past is fixed. Volumes in m3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Revision {
    /// The order that it revises, by its name in the record; absent where nothing was ordered.
    pub revises: Option<String>,
    /// The clock hour from which on the day is decided again, `12:00`.
    pub at: String,
    /// Whether supply was stated as what remains of the day.
    pub remaining_supply: bool,
    /// What was before that hour.
    pub past: PastTotals,
    /// What came back of the order that it revises before this was decided, and counts as ordered; absent where nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored: Option<RestoredPast>,
    /// What each source gave, and what it has left, in the order of their names.
    pub by_source: Vec<SourcePast>,
    /// By the hour: what each district's pipes hold at that hour, in the order of their table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_district: Vec<LinepackPast>,
    /// What required stops took before that hour and give back after it, though the revision may not have them any more; absent is
    /// nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedPast>,
    /// What the revision does to the order in force, for the rest of the day.
    pub changes: Changes,
    /// What each block gave up under rotation before that hour, as ordered; absent is 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub turns: BTreeMap<String, M3>,
    /// What each customer gave up before that hour under measures that stop whole customers, as ordered; absent is 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub listed: BTreeMap<String, M3>,
}

/// The hours before a revision, all balances together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PastTotals {
    /// How many hours they are.
    pub hours: u32,
    /// What the forecast asked for in them.
    pub demand_m3: M3,
    /// What was taken in them.
    pub delivered_m3: M3,
    /// Customers whose gas is known by their own figures.
    pub customers_metered: u64,
    /// Of these, those with figures for some of the hours only; in the others they count as ordered.
    pub customers_metered_in_part: u64,
    /// Customers whose gas is known by the figures of their district.
    pub customers_by_district: u64,
    /// Customers who count as ordered, or where nothing was ordered as their forecast.
    pub customers_assumed: u64,
    /// Customers who took more than the order gave them.
    pub customers_over: u64,
    /// By how much, together.
    pub over_m3: M3,
}

/// What came back of an order before the day is decided again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RestoredPast {
    /// How many restorations of the order that is: its first ones.
    pub restorations: u32,
    /// To how many customers something came back.
    pub customers: u64,
    /// What came back before the hour.
    pub past_m3: M3,
    /// What comes back from then on.
    pub rest_m3: M3,
}

/// What a required stop took of a customer before a revision and gives back after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MovedPast {
    /// The customer.
    pub customer_id: String,
    /// The measure.
    pub measure: String,
    /// What comes back.
    pub volume_m3: M3,
    /// In equal parts in these clock hours.
    pub hours: Vec<u8>,
}

/// A source in the hours before a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SourcePast {
    /// The source.
    pub source: String,
    /// What it gave.
    pub given_m3: M3,
    /// Whether that is its own figure; otherwise it is its part of what was taken.
    pub metered: bool,
    /// What it can give in the rest of the day.
    pub left_m3: M3,
}

/// What the pipes of a district hold at the hour from which on a day is decided again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LinepackPast {
    /// The district's id.
    pub district: String,
    /// In m3.
    pub linepack_m3: Milli,
    /// Whether somebody read it; else it is what the order in force, or without one the start of the day, has there.
    pub read: bool,
}

/// What a revision does to the order in force. Who is cut by neither is in none of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Changes {
    /// Cut for the rest of the day, and not before.
    pub added: Change,
    /// Cut before, and for the rest of the day no longer.
    pub lifted: Change,
    /// Cut before and now, by another volume.
    pub altered: Change,
    /// Cut before and now, by the same volume.
    pub unchanged: Change,
}

/// Customers whose order changes alike, and what they lose in the rest of the day, in m3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Change {
    /// How many they are.
    pub customers: u64,
    /// By the order in force.
    pub before_m3: M3,
    /// By the revision.
    pub now_m3: M3,
}
