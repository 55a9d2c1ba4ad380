//! `curtail deliver`: something that is owed was delivered.

use super::{About, Who};
use crate::city::read::Case;
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::policy::{Due, Policy};
use crate::record::{Draft, Event, RecordMessage, steps};
use crate::render::response::Said;
use crate::units::Date;

/// `curtail deliver`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Which duty of the policy, by id
    #[arg(value_name = "DUTY")]
    duty: String,
    /// For a daily duty: the date on which the reported period ended
    #[arg(long, value_name = "DATE")]
    of: Option<String>,
    #[command(flatten)]
    who: Who,
}

pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let about = About::read(global)?;
    let (settings, _) = Case::about(&global.case)?;
    let (policy, _) = Policy::load(&settings.policy, &global.case, &[])?;
    let Some(duty) = policy.duties.iter().find(|duty| duty.id == args.duty) else {
        let known = policy.duties.iter().map(|duty| duty.id.as_str()).collect::<Vec<_>>().join(", ");
        let known_zh = policy.duties.iter().map(|duty| format!("{}（{}）", duty.label.zh, duty.id));
        let known_zh = known_zh.collect::<Vec<_>>().join("、");
        return Err(RecordMessage::UnknownDuty { duty: args.duty.clone(), known, known_zh }.into());
    };
    let daily = matches!(duty.due, Due::Daily { .. });
    let period_end = match (&args.of, daily) {
        (Some(text), true) => Some(text.parse::<Date>().map_err(|_| CliMessage::BadDate { text: text.clone() })?),
        (None, true) => return Err(RecordMessage::OfWhichDay { duty: args.duty.clone() }.into()),
        (Some(_), false) => return Err(RecordMessage::OfNoDay { duty: args.duty.clone() }.into()),
        (None, false) => None,
    };
    let bodies = steps(&policy, None);
    let by = args.who.stated(|word| super::steps::body(&bodies, word))?;
    let event = Event::Delivered { duty: args.duty.clone(), period_end };
    about.record()?;
    let mut record = about.file.open()?;
    let now = about.now(global)?;
    let (_, book) = record.append(&about.settings.name, now, &by, Draft::default(), |_, _| Ok(event))?;
    out.text(&format!("{}\n", Said::DeliveredNow { head: book.head.short() }.text(global.lang)))?;
    Ok(Exit::Done)
}
