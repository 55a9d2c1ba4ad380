//! `curtail restore`: who comes back first, as far as the day's gas now reaches.

use super::steps::body;
use super::{About, Who, now};
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::run_case::{self, Opened};
use crate::decide::revise::{self, Rest, Revision};
use crate::decide::{Decision, Options, Prepared};
use crate::record::{Dossier, Draft, Event, Head, RecordMessage, Restored, steps};
use crate::render::response::Restoring;
use crate::render::screen::Look;
use crate::units::Date;

/// As it stands among the arguments of a recorded decision.
const SET: &str = "--set";

/// `curtail restore`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The gas day, YYYY-MM-DD; today's if left out
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// From this whole hour on, HH:00; by the hour or of a revised day the next one if left out, else the whole day
    #[arg(long, value_name = "HH:00")]
    at: Option<String>,
    /// Put it into the record
    #[arg(long)]
    record: bool,
    #[command(flatten)]
    who: Who,
}

pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let about = About::read(global)?;
    let date = match &args.date {
        Some(text) => text.parse::<Date>().map_err(|_| CliMessage::BadDate { text: text.clone() })?,
        None => about.calendar.today(global.now).ok_or_else(|| CliMessage::BadDate { text: "--now".to_owned() })?,
    };
    let record = about.record()?;
    let book = record.book()?;
    let order = book.order_of(date).ok_or_else(|| RecordMessage::NoOrder { date: date.to_string() })?;
    // By the policy as it was for the order: its measures say who rotates and who is stopped by list.
    let asked =
        order.proposed.asked.chunk_by(|word, _| word == SET).filter(|words| words.first().is_some_and(|it| it == SET));
    let set: Vec<String> = asked.filter_map(|words| words.get(1).cloned()).collect();
    let opened = run_case::open_on(global, &set, Some(&date.to_string()), false)?;
    let (decided, earlier) = (record.decided(order)?, record.back(&book, order.proposed.id)?);
    let (day, notes) = opened.day(date, None)?;
    run_case::tell_notes(&opened.notes, global);
    run_case::tell_notes(&notes, global);
    let (city, policies) = (&opened.case.city, &opened.case.policies);
    let unified = decided.evidence.as_ref().is_some_and(|evidence| evidence.unified);
    let id = order.proposed.id.to_string();
    let rest = match args.at(&opened, date, &decided, global)? {
        Some(at) => {
            let revision = Revision { order: Some((&decided, &id)), unified, ..Revision::at(at) };
            revise::rest(city, policies, day, revision)?
        }
        None => Rest::whole(city, day),
    };
    let options = Options { unified, ..Options::default() };
    let restoration = Prepared::new(policies, &rest.city, options)?.restore(&rest.day, &decided, &earlier)?;
    let mut recorded = None;
    if args.record {
        let bodies = steps(&policies.main, None);
        let by = args.who.stated(|word| body(&bodies, word))?;
        let (draft, restored) = Restored::of(order.proposed.id, &decided, &restoration, city, &policies.main, bodies)?;
        let entry = Entering { by, draft, restored, known: order.restored.len() };
        recorded = Some(entry.record(&opened, global)?);
    }
    let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
    let restoring = Restoring { restoration: &restoration, order: &id, city, policy: &policies.main, recorded };
    match global.format {
        Format::Table => out.text(&restoring.page(look))?,
        Format::Csv => out.write_with(|to| restoring.csv(to))?,
        Format::Json => out.text(&format!("{:#}\n", restoring.json()))?,
    }
    Ok(Exit::Done)
}

impl Args {
    /// The hour from which on gas comes back; `None` of a whole day. Where nobody says so, an order that is told by the hour, or that was
    /// itself made during its day, takes the next whole hour of the day in progress.
    fn at(&self, opened: &Opened, date: Date, order: &Decision, global: &Global) -> Result<Option<u8>, Failure> {
        if let Some(text) = &self.at {
            let at = revise::hour_of(text).ok_or_else(|| CliMessage::NotAWholeHour { text: text.clone() })?;
            return Ok(Some(at));
        }
        let revised = order.revision.as_ref().and_then(|revision| revise::hour_of(&revision.at));
        if !opened.case.city.settings.hourly && revised.is_none() {
            return Ok(None);
        }
        let clock = opened.calendar.clock(date);
        let minutes = opened.calendar.minutes_into(date, now(opened.calendar, global)?);
        let next = usize::try_from((minutes + 59).div_euclid(60)).unwrap_or(0);
        let next = if next < clock.len() { next } else { 0 };
        let first = revised.and_then(|at| clock.iter().position(|hour| *hour == at)).unwrap_or(0);
        Ok(clock.get(next.max(first)).filter(|_| next.max(first) > 0).copied())
    }
}

/// A restoration on its way into the record.
struct Entering {
    by: crate::record::By,
    draft: Draft,
    restored: Restored,
    /// How many restorations of the order it knows of.
    known: usize,
}

impl Entering {
    /// Puts it there; tells its number and the head. Two restorations that knew nothing of each other would open the gap again.
    fn record(self, opened: &Opened, global: &Global) -> Result<(u64, Head), Failure> {
        let Self { by, draft, mut restored, known } = self;
        let (mut record, moment) = (opened.record.open()?, now(opened.calendar, global)?);
        let (entry, book) = record.append(&opened.case.city.settings.name, moment, &by, draft, |book, files| {
            let order = book.decision(restored.order).filter(|order: &&Dossier| order.is_order());
            if order.is_none_or(|order| order.restored.len() != known) {
                return Err(RecordMessage::RestoredMeanwhile { order: restored.order.to_string() });
            }
            restored.files = files;
            Ok(Event::Restored(Box::new(restored)))
        })?;
        Ok((entry.seq, book.head))
    }
}
