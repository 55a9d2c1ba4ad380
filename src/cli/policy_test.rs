//! `curtail policy test`: the tests that lie beside policies, and which rules they depend on.

use std::path::Path;

use serde_json::json;

use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::run_case;
use crate::policy::Policy;
use crate::problem::Problems;
use crate::render::trials;
use crate::trial::Suite;
use crate::units::Decimal;

/// `curtail policy test`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Built-in policies' ids, or paths of policy files or of their tests; all built-in policies if left out
    #[arg(value_name = "ID|PATH")]
    policies: Vec<String>,
    /// Do not hold unless so many percent of each policy's rules are exercised
    #[arg(long, value_name = "PCT")]
    min_coverage: Option<String>,
}

/// Runs the tests of each policy.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    if global.format == Format::Csv {
        return Err(CliMessage::BadFormat { format: "csv", command: "policy test" }.into());
    }
    let least = args.min_coverage.as_deref().map(percentage).transpose()?;
    let named = args.policies.iter().map(String::as_str);
    let names: Vec<&str> = if args.policies.is_empty() { Policy::builtins().collect() } else { named.collect() };
    // What is wrong with any file is told before anything is run, all of it.
    let mut problems = Problems::new();
    let mut suites = Vec::new();
    for name in names {
        match Suite::load(name, Path::new("")) {
            Ok((policies, suite, notes)) => {
                run_case::tell_notes(&notes, global);
                suites.push((policies, suite));
            }
            Err(found) => problems.extend(found),
        }
    }
    if problems.stop() {
        return Err(problems.into());
    }
    let (mut holds, mut data) = (true, Vec::new());
    for (at, (policies, suite)) in suites.iter().enumerate() {
        let report = suite.run(policies)?;
        let covered = least.is_none_or(|least| report.coverage.reaches(least));
        holds &= report.passes() && covered;
        match global.format {
            Format::Json => data.push(trials::json(&policies.main, suite, &report)),
            _ => {
                if at > 0 {
                    out.text("\n")?;
                }
                out.text(&trials::page(&policies.main, suite, &report, global.lang, global.colour))?;
            }
        }
        if let (false, Some(wanted)) = (covered, &args.min_coverage) {
            let (policy, share) = (policies.main.id.clone(), trials::share(&report.coverage));
            let message = CliMessage::TooLittleCovered { policy, share, wanted: wanted.clone() };
            crate::cli::out::tell(&message.text(global.lang));
        }
    }
    if global.format == Format::Json {
        out.text(&format!("{:#}\n", json!({ "schema": "curtail.policy-test/1", "holds": holds, "policies": data })))?;
    }
    Ok(if holds { Exit::Done } else { Exit::DoesNotHold })
}

fn percentage(text: &str) -> Result<Decimal, CliMessage> {
    let number = text.trim().strip_suffix(['%', '％']).unwrap_or(text).trim();
    let percent = number.parse::<Decimal>().ok().filter(|percent| *percent <= Decimal::whole(100));
    percent
        .filter(|percent| percent.of_a_hundred().is_some())
        .ok_or_else(|| CliMessage::BadCoverage { text: text.to_owned() })
}
