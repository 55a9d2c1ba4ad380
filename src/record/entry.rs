//! What stands in a record: entries, one after another, each of one event.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::meter::MeteredDay;
use super::moment::Moment;
use super::notices::Noticed;
use crate::Label;
use crate::policy::Step;
use crate::units::{Date, Decimal, M3};

/// A SHA-256 in hex.
pub type Digest = String;

/// An entry: who, when and what. It is never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the record, from 1.
    pub seq: u64,
    /// When it was made, by the clock of whoever made it.
    pub at: Moment,
    /// Who made it.
    pub by: By,
    /// What happened.
    pub event: Event,
}

/// Who made an entry, as stated. The name and the role are attested and not authenticated; account and host are the
/// machine's, so that a statement can be traced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The person's name, as stated.
    pub name: String,
    /// The body that the person speaks for: an id of the policy's roles; absent where no role is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The account at the machine.
    pub account: String,
    /// The machine.
    pub host: String,
}

/// The name of a decision: its gas day and a number, from 1 for the day's first. `2026-01-07-1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId {
    /// The gas day.
    pub date: Date,
    /// Which of the day's decisions.
    pub number: u32,
}

impl fmt::Display for DecisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.date, self.number)
    }
}

impl FromStr for DecisionId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (date, number) = text.trim().rsplit_once('-').ok_or(NotAnId)?;
        let date = date.parse().map_err(|_| NotAnId)?;
        let plain = number.bytes().all(|digit| digit.is_ascii_digit()) && !number.starts_with('0');
        let number = number.parse().ok().filter(|_| plain).ok_or(NotAnId)?;
        Ok(Self { date, number })
    }
}

/// A text that is no decision's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decision's id, written YYYY-MM-DD-N")
    }
}

impl std::error::Error for NotAnId {}

impl Serialize for DecisionId {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DecisionId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What can happen in a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// The record was begun, for one case.
    Begun {
        /// The case's name.
        case: String,
        /// Whether it is the record of an exercise, none of whose days was real.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        exercise: bool,
    },
    /// A decision was proposed.
    Proposed(Box<Proposed>),
    /// A body approved a decision.
    Approved {
        /// Which.
        decision: DecisionId,
    },
    /// A decision was signed.
    Signed {
        /// Which.
        decision: DecisionId,
    },
    /// A decision was issued: from now on it is the order of its day, in place of any before it.
    Issued {
        /// Which.
        decision: DecisionId,
    },
    /// The response goes on at a milder level.
    Lowered {
        /// The level until now.
        from: String,
        /// The level from now on.
        to: String,
        /// Why, as stated.
        reason: String,
    },
    /// The response is over.
    Ended {
        /// Why, as stated.
        reason: String,
    },
    /// The authority decides otherwise than the plan (P16).
    Departed(Box<Departure>),
    /// The plan holds again, before the end that a departure was given.
    Resumed {
        /// The entry of the departure.
        departure: u64,
        /// Why, as stated.
        reason: String,
    },
    /// A company proposed whom it would cut.
    Listed(Box<Listed>),
    /// Gas came back of what an order had taken.
    Restored(Box<Restored>),
    /// Papers were made of a decision.
    Noticed(Box<Noticed>),
    /// What was really taken on a gas day was entered.
    Metered(Box<MeteredDay>),
    /// Something that is owed was delivered: a report, an assessment, an order filed.
    Delivered {
        /// The duty, by its id in the policy.
        duty: String,
        /// The date on which the reported period ended; absent for a duty that comes once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period_end: Option<Date>,
    },
}

impl Event {
    /// The name of this kind of event.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Begun { .. } => "begun",
            Self::Proposed(_) => "proposed",
            Self::Approved { .. } => "approved",
            Self::Signed { .. } => "signed",
            Self::Issued { .. } => "issued",
            Self::Lowered { .. } => "lowered",
            Self::Ended { .. } => "ended",
            Self::Departed(_) => "departed",
            Self::Resumed { .. } => "resumed",
            Self::Listed(_) => "listed",
            Self::Restored(_) => "restored",
            Self::Delivered { .. } => "delivered",
            Self::Noticed(_) => "noticed",
            Self::Metered(_) => "metered",
        }
    }

    /// The contents that it names, with their digests.
    pub fn files(&self) -> impl Iterator<Item = (&String, &Digest)> {
        let files = match self {
            Self::Proposed(proposed) => Some(&proposed.files),
            Self::Listed(listed) => Some(&listed.files),
            Self::Restored(restored) => Some(&restored.files),
            Self::Noticed(noticed) => Some(&noticed.files),
            Self::Metered(metered) => Some(&metered.files),
            _ => None,
        };
        files.into_iter().flatten()
    }

    /// The decision that it is about.
    pub fn decision(&self) -> Option<DecisionId> {
        match self {
            Self::Proposed(proposed) => Some(proposed.id),
            Self::Approved { decision } | Self::Signed { decision } | Self::Issued { decision } => Some(*decision),
            Self::Noticed(noticed) => Some(noticed.decision),
            Self::Metered(metered) => Some(metered.decision),
            _ => None,
        }
    }
}

/// A decision as it was proposed: its figures in brief, what it rests on by digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Its name.
    pub id: DecisionId,
    /// The policy it was made under.
    pub policy: PolicyRef,
    /// The program's version.
    pub program: String,
    /// The order that it revises, if it decides the rest of a day again while an order is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revises: Option<DecisionId>,
    /// The clock hour from which on it decides the day again, `12:00`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What the run was asked besides the case, as arguments of `decide`; `decide` with these gives it again.
    pub asked: Vec<String>,
    /// The level that the day's shortfall calls for; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The levels of the policy, mildest first.
    #[serde(default)]
    pub levels: Vec<String>,
    /// Demand of the main urban area, in m3 over the gas day.
    pub demand_m3: M3,
    /// What its sources could give.
    pub supply_m3: M3,
    /// The most of it that could be met.
    pub deliverable_m3: M3,
    /// Gas cut, withheld gas included.
    pub cut_m3: M3,
    /// Firm gas cut beyond the level's authority.
    pub beyond_authority_m3: M3,
    /// Customers that are cut.
    pub customers_cut: u64,
    /// What each block gives up under rotation; in the order of the districts, those that are on the list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<Turn>,
    /// Who must do what in the response.
    pub steps: Steps,
    /// What it is made of: names of files and the digests of their contents.
    pub files: BTreeMap<String, Digest>,
}

/// A policy by name and digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its digest.
    pub digest: Digest,
}

/// A block's turn under rotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The block.
    pub district: String,
    /// Its demand of the day.
    pub demand_m3: M3,
    /// What it loses under measures that rotate.
    pub cut_m3: M3,
}

/// Who must do what: the rules of the policy that a decision was made under, kept with it so that the record can be judged
/// by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps {
    /// By step. A step that is not here may be done by anybody; an approval or a signature that is not here is not needed.
    #[serde(default)]
    pub who: BTreeMap<Step, Wanted>,
    /// What the bodies are called, by id.
    #[serde(default)]
    pub bodies: BTreeMap<String, Label>,
}

/// Whom the policy asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Bodies, by id; never empty.
    pub by: Vec<String>,
    /// The clause.
    pub clause: String,
}

/// A recorded departure from the plan: what holds instead, for which gas days, why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departure {
    /// What holds instead.
    pub instead: Instead,
    /// The first gas day.
    pub from: Date,
    /// The last gas day.
    pub until: Date,
    /// Why, as stated.
    pub reason: String,
    /// Who must do what, by the policy departed from.
    pub steps: Steps,
}

/// What holds instead of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instead {
    /// A customer gets exactly this (never above its forecast), before everybody else.
    Customer {
        /// Its id.
        customer_id: String,
        /// m3 over the gas day.
        volume_m3: M3,
    },
    /// A rule of the policy reads otherwise, as `--set` says it.
    Rule {
        /// `PATH=VALUE`.
        set: String,
    },
}

/// A company's list of whom it would cut, and how it compares with what the plan gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The company.
    pub company: String,
    /// The gas day.
    pub date: Date,
    /// Customers on the list.
    pub customers: u64,
    /// What they would give up, in m3.
    pub cut_m3: M3,
    /// What the plan would take of the company's customers that day.
    pub computed_m3: M3,
    /// Customers that the plan cuts and the list does not.
    pub missing: u64,
    /// Customers that the list cuts and the plan does not.
    pub extra: u64,
    /// Customers that the list cuts by less than the plan.
    pub too_small: u64,
    /// Who must do what.
    pub steps: Steps,
    /// The list itself, by digest.
    pub files: BTreeMap<String, Digest>,
}

/// What came back of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// The order.
    pub order: DecisionId,
    /// What came back, in m3 over the gas day.
    pub back_m3: M3,
    /// To how many customers.
    pub customers: u64,
    /// The clock hour from which on, `14:00`; absent of a whole day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What of it measures that rotate had taken, by block: so much less each has given up.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub blocks: BTreeMap<String, M3>,
    /// Who must do what.
    pub steps: Steps,
    /// To each customer how much, by digest.
    pub files: BTreeMap<String, Digest>,
}

/// What a customer on a stop list has given up on a day, for the burdens of lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Borne {
    /// The customer.
    pub customer_id: String,
    /// In equivalent full days: cut by demand.
    pub burden: Decimal,
}
