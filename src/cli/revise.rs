//! `curtail decide --revise`: what remains of the day is decided again.

use std::borrow::Cow;
use std::path::Path;

use crate::city::City;
use crate::cli::exit::Failure;
use crate::cli::explain::read_decision;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::run_case::Opened;
use crate::decide::restore::Back;
use crate::decide::revise::{self, Rest, Revision};
use crate::decide::{Day, DecideMessage, Decision};
use crate::units::Date;

/// As it stands among the arguments of a recorded decision.
#[cfg(feature = "record")]
pub(crate) const REMAINING_SUPPLY: &str = "--remaining-supply";

/// Whether the day is decided again, and from when on.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct Revise {
    /// Decide what remains of the day again; the order in force stands until the revision is issued
    #[arg(long, requires = "at")]
    pub revise: bool,
    /// With --revise: from this whole hour on, HH:00
    #[arg(long, value_name = "HH:00", requires = "revise")]
    at: Option<String>,
    /// With --revise: supply.csv says what remains of the day's supply, not the whole day's
    #[arg(long, requires = "revise")]
    remaining_supply: bool,
}

impl Revise {
    /// The day to decide and the city to decide it in: the whole day, or with `--revise` what remains of it.
    pub(crate) fn rest<'a>(
        &self,
        opened: &'a Opened,
        day: Day,
        unified: bool,
        global: &Global,
    ) -> Result<(Cow<'a, City>, Day), Failure> {
        let city = &opened.case.city;
        let Some(text) = self.at.as_ref().filter(|_| self.revise) else { return Ok((Cow::Borrowed(city), day)) };
        let at = revise::hour_of(text).ok_or_else(|| CliMessage::NotAWholeHour { text: text.clone() })?;
        if !opened.calendar.has_begun(day.date, global.now) {
            let (date, from) = (day.date.to_string(), opened.calendar.gas_day(day.date).from);
            return Err(CliMessage::NotBegun { date, from }.into());
        }
        let order = in_force(opened, day.date)?.unwrap_or_default();
        let revision = Revision {
            order: order.decision.as_ref().map(|decision| (decision, order.id.as_str())),
            restored: order.restored(),
            remaining_supply: self.remaining_supply,
            unified,
            ..Revision::at(at)
        };
        let Rest { city, day } = revise::rest(city, &opened.case.policies, day, revision)?;
        Ok((city, day))
    }

    /// The arguments that ask for it again.
    #[cfg(feature = "record")]
    pub(crate) fn asked(&self) -> Vec<String> {
        let Some(at) = self.at.as_ref().filter(|_| self.revise) else { return Vec::new() };
        let mut asked = vec!["--revise".to_owned(), "--at".to_owned(), at.clone()];
        asked.extend(self.remaining_supply.then(|| REMAINING_SUPPLY.to_owned()));
        asked
    }
}

/// What remained of a day when a decision was made of it: all of it, unless the decision revises a day. Then the order that it revises is
/// wanted, from a file or else from the case's record; `refused` makes a complaint of a message.
pub(crate) fn rest_of<'a>(
    decision: &Decision,
    day: Day,
    opened: &'a Opened,
    revises: Option<&Path>,
    refused: &dyn Fn(DecideMessage) -> Failure,
) -> Result<Rest<'a>, Failure> {
    let city = &opened.case.city;
    let Some(revision) = &decision.revision else { return Ok(Rest::whole(city, day)) };
    let evidence = decision.evidence.as_ref();
    let wanted = evidence.and_then(|evidence| evidence.inputs.as_ref()).is_some_and(|inputs| inputs.order.is_some());
    let id = revision.revises.as_deref().unwrap_or_default();
    let restorations = revision.restored.as_ref().map_or(0, |restored| restored.restorations);
    let named = revises.filter(|_| wanted).map(|path| read_decision(path, decision.exercise)).transpose()?;
    let mut order = match &named {
        Some(_) if restorations == 0 => Ordered::default(),
        _ if wanted => recorded(opened, id, restorations)?.unwrap_or_default(),
        _ => Ordered::default(),
    };
    // What came back of an order stands in the record alone.
    if order.restorations < restorations {
        return Err(refused(DecideMessage::RestorationsNotAtHand { id: id.to_owned(), restorations }));
    }
    order.decision = named.or(order.decision);
    if wanted && order.decision.is_none() {
        return Err(refused(DecideMessage::OrderNotAtHand { id: id.to_owned() }));
    }
    let Some(at) = revise::hour_of(&revision.at) else {
        return Err(refused(DecideMessage::BadDecision { what: format!("at: {}", revision.at) }));
    };
    let revision = Revision {
        order: order.decision.as_ref().map(|order| (order, id)),
        restored: order.restored(),
        remaining_supply: revision.remaining_supply,
        unified: evidence.is_some_and(|evidence| evidence.unified),
        ..Revision::at(at)
    };
    Ok(revise::rest(city, &opened.case.policies, day, revision)?)
}

/// An order, and what came back of it.
#[derive(Default)]
struct Ordered {
    /// Its name in the record.
    id: String,
    decision: Option<Decision>,
    /// What came back of it, in so many restorations.
    back: Vec<Back>,
    restorations: u32,
}

impl Ordered {
    fn restored(&self) -> (&[Back], u32) {
        (&self.back, self.restorations)
    }
}

/// The order of a day in the case's record, with what came back of it until now.
#[cfg(feature = "record")]
fn in_force(opened: &Opened, date: Date) -> Result<Option<Ordered>, Failure> {
    let Some(record) = opened.record.look()? else { return Ok(None) };
    let book = record.book()?;
    let Some(dossier) = book.order_of(date) else { return Ok(None) };
    let restorations = dossier.restored.len() as u32;
    Ok(Some(Ordered {
        id: dossier.proposed.id.to_string(),
        decision: Some(record.decided(dossier)?),
        back: record.back(&book, dossier.proposed.id)?,
        restorations,
    }))
}

/// A decision in the case's record, with what came back of it by its first so many restorations, if there are so many.
#[cfg(feature = "record")]
fn recorded(opened: &Opened, id: &str, restorations: u32) -> Result<Option<Ordered>, Failure> {
    let Some(record) = opened.record.look()? else { return Ok(None) };
    let book = record.book()?;
    let Some(dossier) = id.parse().ok().and_then(|id| book.decision(id)) else { return Ok(None) };
    let first = dossier.restored.get(..restorations as usize).unwrap_or(&dossier.restored);
    Ok(Some(Ordered {
        id: id.to_owned(),
        decision: Some(record.decided(dossier)?),
        back: record.back_by(first)?,
        restorations: first.len() as u32,
    }))
}

#[cfg(not(feature = "record"))]
#[allow(clippy::unnecessary_wraps, reason = "the record can fail")]
fn in_force(_: &Opened, _: Date) -> Result<Option<Ordered>, Failure> {
    Ok(None)
}

#[cfg(not(feature = "record"))]
#[allow(clippy::unnecessary_wraps, reason = "the record can fail")]
fn recorded(_: &Opened, _: &str, _: u32) -> Result<Option<Ordered>, Failure> {
    Ok(None)
}
