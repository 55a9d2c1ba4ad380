//! `curtail policy check`: what is true of a plan at every shortfall.

use std::mem::ManuallyDrop;
use std::path::Path;

use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::question::Basis;
use crate::cli::run_case;
use crate::decide::{Options, Prepared};
use crate::policy::Policy;
use crate::prove;
use crate::render::curve::Look;
use crate::render::proof as render;

/// `curtail policy check`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A built-in policy's id or the path of a policy file; the case's policy if left out
    #[arg(value_name = "ID|PATH")]
    policy: Option<String>,
    #[command(flatten)]
    basis: Basis,
}

/// Checks the plan with the case's city, or by itself where there is no case.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    if global.format == Format::Csv {
        return Err(CliMessage::BadFormat { format: "csv", command: "policy check" }.into());
    }
    let no_case = global.case == Path::new(".") && !global.case.join("case.toml").exists();
    match &args.policy {
        Some(policy) if no_case => alone(policy, args, global, out),
        _ => with_case(args, global, out),
    }
}

fn alone(policy: &str, args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let (policy, notes) = Policy::load(policy, Path::new(""), &args.basis.set)?;
    run_case::tell_notes(&notes, global);
    let found = prove::plan(&policy);
    match global.format {
        Format::Json => out.text(&format!("{:#}\n", render::alone_json(&policy, &found)))?,
        _ => out.text(&render::alone(&policy, &found, global.lang, global.colour))?,
    }
    Ok(Exit::Done)
}

fn with_case(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    // The process ends with this command: to free a million customers one by one would only take time.
    let opened = ManuallyDrop::new(run_case::open_under(global, &args.basis.set, args.policy.as_deref())?);
    let gas_day = opened.gas_day(args.basis.date.as_deref(), global)?;
    let (day, notes) = opened.day(gas_day.date, args.basis.burdens.as_deref())?;
    run_case::tell_notes(&opened.notes, global);
    run_case::tell_notes(&notes, global);
    let options = Options { unified: args.basis.unified, whole_days: true, ..Options::default() };
    let prepared = ManuallyDrop::new(Prepared::new(&opened.case.policies, &opened.case.city, options)?);
    let curves = ManuallyDrop::new(prepared.curves(&day)?);
    let checks: Vec<_> = curves.iter().map(prove::check).collect();
    match global.format {
        Format::Json => out.text(&format!("{:#}\n", render::json(&curves, &checks, gas_day.date)))?,
        _ => {
            let look = Look { lang: global.lang, colour: global.colour };
            out.text(&render::page(&curves, &checks, &gas_day, look))?;
        }
    }
    Ok(Exit::Done)
}
