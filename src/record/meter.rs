//! What was really taken on a gas day, held against the order in force: who followed it, who in part, who not, and by how much.
//!
//! An order lets a customer take so much over the gas day, what came back since included. Who took no more has followed it. Who took more, and
//! less than its forecast, followed it in part; who took its forecast or more did not. There is no tolerance, since no plan
//! states one: what is over stands beside the word. Of whom no whole day is known nothing is said, unless the hours that are known are over
//! already.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::book::{Act, Book};
use super::entry::{DecisionId, Digest};
use super::messages::{RecordError, RecordMessage as M};
use super::store::Record;
use crate::city::{Actual, City, Metered};
use crate::units::{Date, M3};

/// The file in which a record keeps what was metered.
pub const METERED: &str = "metered.json";

/// The file in which a record keeps how each order was followed.
pub const FOLLOWED: &str = "followed.json";

/// What was really taken on a gas day. A later entry of the same day overtakes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeteredDay {
    /// The gas day.
    pub date: Date,
    /// The order in force, against which it is held.
    pub decision: DecisionId,
    /// How many figures there are of it.
    pub rows: u64,
    /// How the order was followed.
    pub compliance: Compliance,
    /// The figures, and how each customer followed its order, by digest.
    pub files: BTreeMap<String, Digest>,
}

/// How the order of a day was followed, in sums.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compliance {
    /// Of all orders.
    pub total: Tally,
    /// By company, in the order of their ids.
    pub by_company: Vec<Tally>,
    /// By measure, in the order in which they are served first. An order by several measures counts with each; volumes add up.
    pub by_measure: Vec<Tally>,
    /// By block or district, in the order of their ids.
    pub by_district: Vec<Tally>,
    /// What all customers of a district took, orders or none, where the district as a whole was metered; in the order of their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<DistrictTaken>,
}

/// Orders that have something in common, and how they were followed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The company, the measure or the district, by id; empty in the total. A cut beyond authority stands under `beyond_authority`.
    pub name: String,
    /// How many orders there were: customers that were cut.
    pub orders: u64,
    /// Of them followed.
    pub followed: u64,
    /// Of them followed in part.
    pub partly: u64,
    /// Of them not followed.
    pub not_followed: u64,
    /// Of them unknown: without a whole day's figures.
    pub unknown: u64,
    /// What the orders took, in m3.
    pub cut_m3: M3,
    /// Of it, what is unknown.
    pub unknown_m3: M3,
    /// Of it, what was taken after all.
    pub missed_m3: M3,
    /// What was taken over the orders: that, and what was taken above the forecast.
    pub over_m3: M3,
}

/// What all customers of a district took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictTaken {
    /// The district.
    pub district: String,
    /// What all its customers were allowed to take, in m3.
    pub ordered_m3: M3,
    /// What they took in the hours that are known.
    pub taken_m3: M3,
    /// Whether all of the day is known.
    pub whole: bool,
}

/// How a customer followed its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// The customer.
    pub customer_id: String,
    /// Its company; empty if the case no longer has the customer.
    pub company: String,
    /// Its district; likewise.
    pub district: String,
    /// Its forecast, in m3 over the gas day.
    pub demand_m3: M3,
    /// What it was allowed to take, what came back included.
    pub ordered_m3: M3,
    /// What it took in the hours that are known; `None` if none are.
    pub taken_m3: Option<M3>,
    /// What that is over what it was allowed.
    pub over_m3: M3,
    /// How it followed the order.
    pub outcome: Outcome,
}

/// How an order was followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// No more was taken than allowed.
    Followed,
    /// More, and less than the forecast.
    Partly,
    /// The forecast, or more.
    NotFollowed,
    /// No whole day is known, and what is known is not over.
    Unknown,
}

/// A figure of a meter, as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterRow {
    /// The customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// The district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// The source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The clock hour; `None` for the whole gas day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hour: Option<u8>,
    /// In m3.
    pub volume_m3: M3,
}

impl MeterRow {
    /// A day's figures of a city, in their order.
    pub fn of(city: &City, actuals: &[Actual]) -> Vec<Self> {
        let row = |actual: &Actual| {
            let mut row =
                Self { customer_id: None, district: None, source: None, hour: actual.hour, volume_m3: actual.volume };
            match actual.who {
                Metered::Customer(at) => row.customer_id = Some(city.customers.get(at as usize)?.id.to_string()),
                Metered::District(at) => row.district = Some(city.districts.get(at as usize)?.id.to_string()),
                Metered::Source(at) => row.source = Some(city.sources.get(at as usize)?.id.to_string()),
                // What pipes hold nobody took; a revision that counts on it keeps it among its rows.
                Metered::Linepack(_) => return None,
            }
            Some(row)
        };
        actuals.iter().filter_map(row).collect()
    }
}

impl Book {
    /// What was taken on a gas day, as it was entered last.
    pub fn metered_on(&self, date: Date) -> Option<&(Act, MeteredDay)> {
        self.metered.iter().rev().find(|(_, metered)| metered.date == date)
    }

    /// The days on which what was taken is known, each as it was entered last; first to last.
    pub fn metered_days(&self) -> Vec<&(Act, MeteredDay)> {
        let by_day: BTreeMap<Date, _> = self.metered.iter().map(|entered| (entered.1.date, entered)).collect();
        by_day.into_values().collect()
    }

    /// Whether what was metered may be entered: against the order in force, and no other.
    pub(super) fn meter(&self, metered: &MeteredDay) -> Result<(), M> {
        let date = || metered.date.to_string();
        let order = self.order_of(metered.date).ok_or_else(|| M::NoOrder { date: date() })?;
        match order.proposed.id == metered.decision {
            true => Ok(()),
            false => Err(M::AnotherOrder { date: date() }),
        }
    }
}

impl Record {
    /// The figures that an entry keeps.
    ///
    /// # Errors
    /// That they are missing or damaged.
    pub fn metered(&self, seq: u64, metered: &MeteredDay) -> Result<Vec<MeterRow>, RecordError> {
        self.table(seq, &metered.files, METERED)
    }

    /// How each customer followed its order, in the order of the decision.
    ///
    /// # Errors
    /// That it is missing or damaged.
    pub fn followed(&self, seq: u64, metered: &MeteredDay) -> Result<Vec<Followed>, RecordError> {
        self.table(seq, &metered.files, FOLLOWED)
    }
}
