//! `curtail restore`: who comes back first, as far as the day's gas now reaches.

use std::collections::BTreeMap;

use super::steps::body;
use super::{Who, now};
use crate::city::City;
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::run_case;
use crate::decide::restore::Restoration;
use crate::decide::{Options, Prepared};
use crate::record::{Draft, Event, RecordMessage, Restored, steps};
use crate::render::response;
use crate::render::screen::Look;

/// `curtail restore`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
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
    let opened = run_case::open_on(global, &[], args.date.as_deref(), false)?;
    let gas_day = opened.gas_day(args.date.as_deref(), global)?;
    let path = opened.record.shown();
    let record = opened.record.look()?.ok_or(RecordMessage::NoRecord { path: path.clone() })?;
    let book = record.book()?;
    let no_order = || RecordMessage::NoOrder { date: gas_day.date.to_string() };
    let order = book.order_of(gas_day.date).ok_or_else(no_order)?;
    let decided = record.decided(order)?;
    let (day, notes) = opened.day(gas_day.date, None)?;
    run_case::tell_notes(&opened.notes, global);
    run_case::tell_notes(&notes, global);
    let (city, policies) = (&opened.case.city, &opened.case.policies);
    let restoration = Prepared::new(policies, city, Options::default())?.restore(&day, &decided)?;
    if args.record {
        let bodies = steps(&policies.main, None);
        let by = args.who.stated(|word| body(&bodies, word))?;
        let mut draft = Draft::default();
        let volumes: BTreeMap<&str, u64> =
            restoration.customers.iter().map(|it| (id(city, it.customer), it.back_m3.get())).collect();
        draft.add("restored.json", &serde_json::to_vec(&volumes).map_err(anyhow::Error::from)?)?;
        let mut restored = Restored {
            order: order.proposed.id,
            back_m3: restoration.customers.iter().map(|it| it.back_m3).sum(),
            customers: restoration.customers.len() as u64,
            files: BTreeMap::new(),
            steps: bodies,
        };
        let mut record = opened.record.open()?;
        let moment = now(opened.calendar, global)?;
        record.append(&city.settings.name, moment, &by, draft, |_, files| {
            restored.files = files;
            Ok(Event::Restored(Box::new(restored)))
        })?;
    }
    let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
    match global.format {
        Format::Table => {
            let id = order.proposed.id.to_string();
            out.text(&response::restoration(&restoration, &id, &policies.main, look))?;
        }
        Format::Csv => out.write_with(|to| write_csv(&restoration, city, to))?,
        Format::Json => return Err(CliMessage::BadFormat { format: "json", command: "restore" }.into()),
    }
    Ok(Exit::Done)
}

fn id(city: &City, customer: u32) -> &str {
    city.customers.get(customer as usize).map_or("", |customer| &customer.id)
}

fn write_csv(restoration: &Restoration, city: &City, to: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut csv = csv::Writer::from_writer(to);
    csv.write_record(["customer_id", "kept_m3", "back_m3"])?;
    for it in &restoration.customers {
        csv.write_record([id(city, it.customer), &it.kept_m3.to_string(), &it.back_m3.to_string()])?;
    }
    csv.flush()
}
