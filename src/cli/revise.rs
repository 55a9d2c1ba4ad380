//! `curtail decide --revise`: what remains of the day is decided again.

use std::borrow::Cow;

use crate::city::City;
use crate::cli::exit::Failure;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::run_case::Opened;
use crate::decide::revise::{self, Rest, Revision};
use crate::decide::{Day, Decision};
use crate::units::Date;

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
        let order = in_force(opened, day.date)?;
        let revision = Revision {
            order: order.as_ref().map(|(id, decision)| (decision, id.as_str())),
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
        asked.extend(self.remaining_supply.then(|| "--remaining-supply".to_owned()));
        asked
    }
}

/// The order of a day in the case's record.
#[cfg(feature = "record")]
fn in_force(opened: &Opened, date: Date) -> Result<Option<(String, Decision)>, Failure> {
    let Some(record) = opened.record.look()? else { return Ok(None) };
    let book = record.book()?;
    let Some(dossier) = book.order_of(date) else { return Ok(None) };
    let id = dossier.proposed.id.to_string();
    let decision = record.decided(dossier)?;
    Ok(Some((id, decision)))
}

#[cfg(not(feature = "record"))]
#[allow(clippy::unnecessary_wraps, reason = "the record can fail")]
fn in_force(_: &Opened, _: Date) -> Result<Option<(String, Decision)>, Failure> {
    Ok(None)
}
