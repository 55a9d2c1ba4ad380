//! What is owed on paper, as plain data: the daily report, the assessment of a response and the report of an incident.
//!
//! Pure functions from the record ([`Book`], the decisions and rows that it keeps), policy and city; no terminal, no clock, no words.
//! A reported period need not be a gas day: a day's figures are split by its hours ([`split`]), exactly, so that the parts of
//! two periods add up to the day. Volumes are whole m3.

mod assessment;
mod boilers;
mod daily;
mod figures;
mod incident;
mod metered;
mod protected;
mod returned;
mod split;
mod sum;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::city::City;
use crate::decide::Decision;
use crate::decide::restore::Back;
use crate::policy::{Due, Duty, Policies};
use crate::record::{Book, Dossier, Moment, Response};
use crate::units::{Date, M3};

pub(crate) use assessment::{Assessment, assessment};
pub(crate) use boilers::{Boilers, Heads};
pub(crate) use daily::{Daily, LevelFrom, Sources, daily};
pub(crate) use figures::{ClassFigures, DayFigures, Figures};
pub(crate) use incident::{Incident, incident};
pub(crate) use metered::{DistrictTaken, Taken};
pub(crate) use protected::TouchedClass;
pub(crate) use sum::figures;

/// A gas day as the record keeps it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept<'a> {
    /// What its decision was for the period.
    pub standing: Standing,
    /// How far its decision came.
    pub dossier: &'a Dossier,
    /// The decision, with its slices.
    pub decision: &'a Decision,
    /// What came back of it.
    pub back: &'a [Back],
    /// The orders that it revises, the one before it first; empty unless it decides the rest of its day again.
    pub earlier: &'a [Order],
    /// The rows it was made from.
    pub city: &'a City,
    /// The policies it was made under.
    pub policies: &'a Policies,
}

/// An order of a gas day.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// As it was decided.
    pub decision: Decision,
    /// What came back of it.
    pub back: Vec<Back>,
}

/// Some hours of a gas day on end.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a> {
    /// The gas day.
    pub date: Date,
    /// The clock hours of the whole gas day, in order.
    pub clock: Vec<u8>,
    /// The first hour of the part, counted from the day's first.
    pub from: usize,
    /// The hour after its last one.
    pub until: usize,
    /// What the record keeps of the day; `None` if it has nothing.
    pub kept: Option<Kept<'a>>,
    /// What was metered on that day.
    pub taken: Option<&'a Taken>,
}

impl Part<'_> {
    /// How many hours it has.
    pub(crate) const fn hours(&self) -> usize {
        self.until - self.from
    }
}

/// How a gas day's figures are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// By the order that was in force last.
    Ordered,
    /// By a decision that called for nothing to be ordered.
    NothingToOrder,
    /// By a proposal; nothing was ordered.
    Proposed,
    /// The case's own figures, decided for this report alone; nothing is in the record.
    Forecast,
    /// The record has nothing.
    Unknown,
}

/// The decision that a gas day's figures are taken from, as the record stood at a moment: the order in force, else the last decision.
pub(crate) fn decision_of(book: &Book, date: Date, until: Moment) -> Option<(&Dossier, Standing)> {
    let of_day = || book.decisions.iter().filter(move |it| it.proposed.id.date == date);
    let issued = |it: &&Dossier| it.issued.as_ref().filter(|act| act.at <= until).map(|act| act.seq);
    let order = of_day().filter(|it| issued(it).is_some()).max_by_key(issued);
    if let Some(order) = order {
        return Some((order, Standing::Ordered));
    }
    let known = of_day().filter(|it| it.act.at <= until).max_by_key(|it| it.act.seq)?;
    let standing = match known.proposed.orders_anything() {
        true => Standing::Proposed,
        false => Standing::NothingToOrder,
    };
    Some((known, standing))
}

/// The next gas day, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Outlook {
    /// The gas day.
    pub date: Date,
    /// How it is known.
    pub known: Standing,
    /// The decision in the record, if there is one.
    pub id: Option<String>,
    /// Demand, supply, what can be delivered and what is short, in m3.
    pub demand_m3: M3,
    /// What the sources can give.
    pub supply_m3: M3,
    /// What can be delivered of it.
    pub deliverable_m3: M3,
    /// What is short.
    pub shortfall_m3: M3,
    /// The level that it calls for.
    pub level: Option<String>,
    /// Firm gas that would be cut.
    pub beyond_authority_m3: M3,
    /// The blocks whose turn it would be.
    pub blocks: Vec<String>,
}

impl Outlook {
    /// What a decision says of its day.
    pub(crate) fn of(decision: &Decision, known: Standing, id: Option<String>) -> Self {
        let balance = &decision.balance;
        Self {
            date: decision.date,
            known,
            id,
            demand_m3: balance.demand_m3,
            supply_m3: balance.supply_m3,
            deliverable_m3: balance.deliverable_m3,
            shortfall_m3: balance.shortfall_m3,
            level: decision.level.as_ref().map(|level| level.id.clone()),
            beyond_authority_m3: decision.totals.beyond_authority_m3,
            blocks: decision.rotation.iter().flat_map(|rotation| rotation.blocks.iter().cloned()).collect(),
        }
    }
}

/// Where the report stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Head {
    /// The case.
    pub case: String,
    /// When the report was made.
    pub made: Moment,
    /// How many entries the record has.
    pub entries: usize,
    /// The head that covers them all.
    pub head: String,
    /// On what basis volumes are.
    pub volume_basis: String,
}

/// The duty that a report answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Answers {
    /// By id.
    pub duty: String,
    /// When it is due; `None` while nothing says when.
    pub due: Option<String>,
    /// Whether that date rests on nothing but what is announced.
    pub certain: bool,
}

/// The duties of a policy that a kind of report answers.
pub(crate) fn duties(policies: &Policies, answers: fn(Due) -> bool) -> Vec<&Duty> {
    policies.main.duties.iter().filter(|duty| answers(duty.due)).collect()
}

/// A response by one of its orders; the last one if none is named.
pub(crate) fn response_of(book: &Book, id: Option<crate::record::DecisionId>) -> Option<&Response> {
    match id {
        None => book.responses.last(),
        Some(id) => book.responses.iter().find(|response| response.orders.contains(&id)),
    }
}
