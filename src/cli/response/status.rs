//! `curtail status`: where the response stands, what waits, what is due and what is late.

use super::About;
use crate::city::read::{Case, CaseOptions};
use crate::city::{City, Workdays};
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::{Out, tell};
use crate::cli::revise::REMAINING_SUPPLY;
use crate::deadlines::{self, Delivered, DueItem};
use crate::decide::{Day, Decision, Nomination};
use crate::policy::{Basis, Due, Policy};
use crate::record::{Book, DECISION, Dossier, Moment, Record, Response};
use crate::render::response::{self, Owed};
use crate::render::screen::Look;

/// `curtail status`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let about = About::read(global)?;
    let record = about.record()?;
    let book = record.book()?;
    let now = about.now(global)?;
    // The calendar and the plan's duties stand in the case, whose tables may be in the making: where the response stands is told all the
    // same.
    let case = match Case::open(&global.case, &CaseOptions::default()) {
        Ok((case, _)) => Some(case),
        Err(problems) => {
            tell(&Failure::Input(problems).in_words(global.lang, global.verbose));
            None
        }
    };
    let owed = case.as_ref().map(|case| {
        let (policy, city) = (&case.policies.main, &case.city);
        let items = book.responses.last().map(|response| due(&book, response, policy, &city.workdays, now));
        Owed { policy, items: items.unwrap_or_default() }
    });
    let today = about.calendar.today(global.now);
    match global.format {
        Format::Table => {}
        Format::Json => {
            let status = response::json(&book, now, today, owed.as_ref());
            let text = serde_json::to_string_pretty(&status).map_err(anyhow::Error::from)?;
            out.text(&format!("{text}\n"))?;
            return Ok(Exit::Done);
        }
        Format::Csv => return Err(CliMessage::BadFormat { format: "csv", command: "status" }.into()),
    }
    let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
    out.text(&response::status(&book, now, today, owed.as_ref(), look))?;
    // Only a case that has figures of what was taken is worth asking for them.
    if let (true, Some(date)) = (about.metered, today) {
        let nomination = case.as_ref().and_then(|case| nomination(case, (&record, &book), date).ok());
        out.text(&response::nomination(date, nomination.as_ref().map(Option::as_ref).ok_or(()), look))?;
    }
    Ok(Exit::Done)
}

/// How the nomination of a day stands, and on what the warnings stand; `None` without figures of the day, or where the policy warns of
/// nothing.
fn nomination(
    case: &Case,
    recorded: (&Record, &Book),
    date: crate::units::Date,
) -> Result<Option<(Nomination, Basis)>, Failure> {
    let (city, response) = (&case.city, &case.policies.main.response);
    if response.warn.is_empty() || city.actuals_on(date).is_empty() {
        return Ok(None);
    }
    let (mut day, _) = Day::on(city, date)?;
    whole_day(&mut day, city, recorded)?;
    let nomination = Nomination::of(city, &day, &response.warn);
    Ok(nomination.map(|nomination| (nomination, response.warn_basis.clone())))
}

/// Where the day was last decided from what remains of its supply, that is what the case's table says: its nomination is what the
/// sources had given by then and that.
fn whole_day(day: &mut Day, city: &City, (record, book): (&Record, &Book)) -> Result<(), Failure> {
    let of_the_day = |dossier: &&Dossier| dossier.proposed.id.date == day.date;
    let Some(last) = book.decisions.iter().rfind(of_the_day) else { return Ok(()) };
    if !last.proposed.asked.iter().any(|asked| asked == REMAINING_SUPPLY) {
        return Ok(());
    }
    let Some(digest) = last.proposed.files.get(DECISION) else { return Ok(()) };
    let Some(content) = record.content(digest)? else { return Ok(()) };
    let Ok(decision) = serde_json::from_slice::<Decision>(&content) else { return Ok(()) };
    for past in decision.revision.iter().flat_map(|revision| &revision.by_source) {
        let found = city.sources.binary_search_by(|source| (*source.id).cmp(&past.source));
        if let Some(volume) = found.ok().and_then(|at| day.supply.get_mut(at)) {
            *volume = Some(past.given_m3 + past.left_m3);
        }
    }
    Ok(())
}

/// What a response makes due.
pub(crate) fn due(book: &Book, response: &Response, policy: &Policy, workdays: &Workdays, now: Moment) -> Vec<DueItem> {
    let minute = |moment: Moment| {
        let (hour, minute) = moment.clock();
        deadlines::Moment::new(moment.date(), hour, minute)
    };
    let Some((began, now)) = minute(response.began.at).zip(minute(now)) else { return Vec::new() };
    let ended = response.ended.as_ref().and_then(|(act, _)| minute(act.at));
    let noted = response.delivered.iter().map(|(duty, period_end)| Delivered { duty, period_end: *period_end });
    // A signature that is owed at once was given when the first order was signed.
    let first = response.orders.first().and_then(|id| book.decision(*id));
    let signer = first.and_then(|order| order.signed.as_ref()).and_then(|act| act.by.role.as_ref());
    let signed = policy
        .duties
        .iter()
        .filter(|duty| duty.due == Due::AtOnce && signer.is_some_and(|signer| duty.owed_by.contains(signer)));
    let signed = signed.map(|duty| Delivered { duty: &duty.id, period_end: None });
    let delivered: Vec<Delivered<'_>> = noted.chain(signed).collect();
    deadlines::due(policy, workdays, deadlines::Response { began, ended }, &delivered, now)
}
