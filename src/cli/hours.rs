//! `curtail hours`: the day hour by hour, and how long until the pipes are down to their least.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use serde_json::json;

use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::out::{Out, tell};
use crate::cli::question::Question;
use crate::cli::run_case;
use crate::cli::target::{Kind, Target};
use crate::decide::{Decision, Options, Prepared, whatif};
use crate::render::hours;

/// `curtail hours`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    question: Question,
    /// Write this file, a picture, a table or data by its extension: .svg, .csv or .json
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Decides the day by the hour, whether or not the case is, and tells its hours alone.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let file = args.out.as_deref().map(Target::new).transpose()?;
    let what_if = args.question.what_if()?;
    let mut opened = run_case::open_asked(global, &args.question.basis, false)?;
    opened.case.city.settings.hourly = true;
    // The process ends with this command: to free a large city would only take time.
    let opened = ManuallyDrop::new(opened);
    let gas_day = opened.gas_day(args.question.basis.date.as_deref(), global)?;
    let (mut day, notes) = opened.day(gas_day.date, args.question.basis.burdens.as_deref())?;
    run_case::tell_notes(&opened.notes, global);
    run_case::tell_notes(&notes, global);
    let city = &opened.case.city;
    if let Some(what) = what_if {
        whatif::apply(city, &mut day, what, args.question.basis.unified)?;
    }
    let options = Options { unified: args.question.basis.unified, ..Options::default() };
    let prepared = ManuallyDrop::new(Prepared::new(&opened.case.policies, city, options)?);
    let mut decision = ManuallyDrop::new(prepared.decide(&day)?);
    decision.warnings.splice(0..0, opened.unread.clone());
    let (policies, lang) = (&opened.case.policies, global.lang);
    let json = || format!("{:#}\n", as_json(&decision));
    let content = |kind: Kind, to: &mut dyn Write| match kind {
        Kind::Svg => to.write_all(hours::picture(&decision, policies, city, &gas_day, lang).as_bytes()),
        Kind::Csv => hours::csv(&decision, to),
        Kind::Json => to.write_all(json().as_bytes()),
    };
    let written = file.map(|file| file.write(content, global)).transpose()?;
    match global.format {
        Format::Table => {
            out.text(&hours::page(&decision, policies, city, &gas_day, lang, global.colour))?;
            if let Some(written) = &written {
                out.text(&format!("\n{written}\n"))?;
            }
        }
        Format::Csv => out.write_with(|to| hours::csv(&decision, to))?,
        Format::Json => out.text(&json())?,
    }
    if let Some(written) = written.filter(|_| global.format != Format::Table && !global.quiet) {
        tell(&written);
    }
    Ok(if decision.is_beyond_authority() { Exit::BeyondAuthority } else { Exit::Done })
}

fn as_json(decision: &Decision) -> serde_json::Value {
    json!({
        "schema": "curtail.hours/1",
        "case": decision.case,
        "date": decision.date.to_string(),
        "area": decision.area,
        "level": decision.level,
        "balance": decision.balance,
        "hours": decision.hours,
        "areas": decision.areas.iter().map(as_json).collect::<Vec<_>>(),
    })
}
