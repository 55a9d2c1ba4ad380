//! `curtail policy diff`: what two policies do not say alike, and with a case whose fate differs.

use std::mem::ManuallyDrop;
use std::path::Path;

use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::question::Basis;
use crate::cli::run_case::{self, Opened};
use crate::decide::{Options, Prepared};
use crate::policy::Policy;
use crate::policy::compare::differences;
use crate::problem::Problems;
use crate::prove;
use crate::render::GasDay;
use crate::render::curve::Look;
use crate::render::proof::diff::{self as render, Balance, Diff};

/// `curtail policy diff`
#[derive(clap::Args, Debug)]
#[command(mut_arg("set", |arg| arg.help("Change one value of B, and never of A; may be given several times")))]
pub(crate) struct Args {
    /// A built-in policy's id or the path of a policy file
    #[arg(value_name = "A")]
    one: String,
    /// Another; if left out, A is compared with itself under --set
    #[arg(value_name = "B")]
    other: Option<String>,
    #[command(flatten)]
    basis: Basis,
}

/// Compares the plans by themselves, or where there is a case in its city too.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    if args.other.is_none() && args.basis.set.is_empty() {
        return Err(CliMessage::NothingToCompare { policy: args.one.clone() }.into());
    }
    let other = args.other.as_deref().unwrap_or(&args.one);
    let no_case = global.case == Path::new(".") && !global.case.join("case.toml").exists();
    if !no_case {
        return with_case(args, other, global, out);
    }
    if global.format == Format::Csv {
        return Err(CliMessage::CustomersNeedACase {}.into());
    }
    let (one, notes) = Policy::load(&args.one, Path::new(""), &[])?;
    let (other, more) = Policy::load(other, Path::new(""), &args.basis.set)?;
    tell(&notes, more, global);
    let rules = differences(&one, &other);
    write(&Diff { one: &one, other: &other, rules, balances: None }, None, global, out)
}

fn with_case(args: &Args, other: &str, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    // The process ends with this command: to free two cities one customer after another would only take time.
    let one = ManuallyDrop::new(run_case::open_under(global, &[], Some(&args.one))?);
    let other = run_case::open_under(global, &args.basis.set, Some(other)).map_err(|failure| strangers(failure, other));
    let other = ManuallyDrop::new(other?);
    let gas_day = one.gas_day(args.basis.date.as_deref(), global)?;
    let day = |opened: &Opened| opened.day(gas_day.date, args.basis.burdens.as_deref());
    let ((day, notes), (same_day, more)) = (day(&one)?, day(&other)?);
    tell(&one.notes, other.notes.clone(), global);
    tell(&notes, more, global);
    let options = Options { unified: args.basis.unified, whole_days: true, ..Options::default() };
    let prepared = ManuallyDrop::new([
        Prepared::new(&one.case.policies, &one.case.city, options)?,
        Prepared::new(&other.case.policies, &other.case.city, options)?,
    ]);
    let curves = ManuallyDrop::new([prepared[0].curves(&day)?, prepared[1].curves(&same_day)?]);
    let mut balances = Vec::new();
    for curve in &curves[0] {
        let same = |other: &&crate::curve::Curve<'_>| other.area() == curve.area();
        let Some(other) = curves[1].iter().find(same) else { continue };
        let Some(fates) = prove::fates(curve, other) else { continue };
        balances.push(Balance { curve, proved: curve.is_exact() && other.is_exact(), fates });
    }
    if global.format == Format::Csv && curves[0].iter().any(crate::curve::Curve::leaves_hours_out) && !global.quiet {
        crate::cli::out::tell(&crate::render::proof::whole_days(global.lang));
    }
    let (one, other) = (&one.case.policies.main, &other.case.policies.main);
    let diff = Diff { one, other, rules: differences(one, other), balances: Some(balances) };
    write(&diff, Some(&gas_day), global, out)
}

/// Under A the city could be read: if B does not know its classes, one sentence says more than one a customer.
fn strangers(failure: Failure, policy: &str) -> Failure {
    match &failure {
        Failure::Input(problems) if problems.iter().any(|problem| problem.code() == "unknown_class") => {
            CliMessage::OtherClasses { policy: policy.to_owned() }.into()
        }
        _ => failure,
    }
}

/// What both readings complain of is told once.
fn tell(first: &Problems, second: Problems, global: &Global) {
    let mut all = first.clone();
    second.into_iter().filter(|problem| !first.iter().any(|known| known == problem)).for_each(|p| all.push(p));
    run_case::tell_notes(&all, global);
}

fn write(diff: &Diff<'_>, day: Option<&GasDay>, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    match global.format {
        Format::Json => out.text(&format!("{:#}\n", render::json(diff, day.map(|day| day.date))))?,
        Format::Csv => out.write_with(|to| render::csv(diff, to))?,
        Format::Table => {
            let look = Look { lang: global.lang, colour: global.colour };
            out.text(&render::page(diff, day, look))?;
        }
    }
    Ok(Exit::Done)
}
