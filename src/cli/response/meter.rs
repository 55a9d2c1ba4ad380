//! `curtail meter`: what was really taken on a gas day, held against the order in force.

use std::collections::BTreeMap;
use std::path::Path;

use super::steps::body;
use super::{Who, now};
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::run_case;
use crate::record::{self, Draft, Event, MeterRow, MeteredDay, RecordMessage};
use crate::render::meter::{self, View};
use crate::render::screen::Look;

/// `curtail meter`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// What was taken, as CSV or .xlsx in the columns of actuals.csv; the case's own if left out
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// The gas day, YYYY-MM-DD; today's if left out
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Put it into the record
    #[arg(long)]
    record: bool,
    #[command(flatten)]
    who: Who,
}

pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    if !args.record && (args.who.by.is_some() || args.who.role.is_some()) {
        return Err(CliMessage::missing("--record", "meter").into());
    }
    if let Some(file) = args.file.as_ref().filter(|file| !Path::new(file.split('#').next().unwrap_or(file)).exists()) {
        return Err(CliMessage::NoMeterFile { path: file.clone() }.into());
    }
    let opened = run_case::open_metered(global, args.file.as_deref())?;
    let gas_day = opened.gas_day(args.date.as_deref(), global)?;
    run_case::tell_notes(&opened.notes, global);
    let (date, city) = (gas_day.date, &opened.case.city);
    let actuals = city.actuals_on(date);
    let no_record = || RecordMessage::NoRecord { path: opened.record.shown() };
    let (reader, book) = opened.book()?.ok_or_else(no_record)?;
    let order = book.order_of(date).ok_or_else(|| RecordMessage::NoOrder { date: date.to_string() })?;
    if actuals.is_empty() {
        return Err(CliMessage::NothingMetered { date: date.to_string() }.into());
    }
    if !opened.calendar.has_begun(date, global.now) {
        return Err(CliMessage::NotTakenYet { date: date.to_string(), from: gas_day.from }.into());
    }
    let (decided, back) = (reader.decided(order)?, reader.back(&book, order.proposed.id)?);
    drop(reader);
    let rows = MeterRow::of(city, actuals);
    let (compliance, followed) = record::compliance(&decided, &back, &rows, city, &opened.calendar.clock(date));
    let mut metered =
        MeteredDay { date, decision: order.proposed.id, rows: rows.len() as u64, compliance, files: BTreeMap::new() };
    let shown = metered.clone();
    let mut view = View {
        metered: &shown,
        followed: &followed,
        policy: &opened.case.policies.main,
        city,
        overtakes: book.metered_on(date).map(|(act, _)| act.clone()),
        recorded: None,
    };
    if args.record {
        let steps = record::steps(&opened.case.policies.main, None);
        let by = args.who.stated(|word| body(&steps, word))?;
        let mut draft = Draft::default();
        draft.add(record::METERED, &serde_json::to_vec(&rows).map_err(anyhow::Error::from)?)?;
        draft.add(record::FOLLOWED, &serde_json::to_vec(&followed).map_err(anyhow::Error::from)?)?;
        let mut record = opened.record.open()?;
        let moment = now(opened.calendar, global)?;
        let (entry, book) = record.append(&city.settings.name, moment, &by, draft, |_, files| {
            metered.files = files;
            Ok(Event::Metered(Box::new(metered)))
        })?;
        view.recorded = Some((entry.seq, book.head));
    }
    let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
    match global.format {
        Format::Table => out.text(&meter::page(&view, look))?,
        Format::Csv => out.write_with(|to| meter::csv(&view, to))?,
        Format::Json => out.text(&format!("{:#}\n", meter::json(&view)))?,
    }
    Ok(Exit::Done)
}
