//! `curtail verify`: whether a decision holds.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::city::City;
use crate::cli::exit::{Exit, Failure};
use crate::cli::explain::read_decision;
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::run_case::{self, Opened};
use crate::decide::{Day, DecideMessage, Decision};
use crate::explain::changed;
use crate::problem::{Origin, Place, Problem, Problems};
use crate::render::orders::{self, Encoding};
use crate::render::verification::screen;
use crate::verify::{Finding, Rule, Verification, Violation, verify};

/// `curtail verify`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The decision.json that `decide --out` wrote
    #[arg(value_name = "decision.json")]
    file: PathBuf,
    /// The orders.csv to check with it
    #[arg(long, value_name = "orders.csv")]
    orders: Option<PathBuf>,
}

/// Verifies.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    if global.format == Format::Csv {
        return Err(CliMessage::BadFormat { format: "csv", command: "verify" }.into());
    }
    // The policy's overrides stand in the decision, so it is read first; a large one is read beside the case all the same.
    let (decision, opened) = read_both(&args.file, global)?;
    run_case::tell_notes(&opened.notes, global);
    let day = day_of(&args.file, &opened, &decision)?;
    let city = &opened.case.city;
    let mut verification = verify(&opened.case.policies, city, &day, &decision)?;
    if let (Some(path), true) = (&args.orders, verification.holds()) {
        verification.add(Rule::Orders, check_orders(path, city, &decision)?);
    }
    match global.format {
        Format::Json => out.text(&format!("{:#}\n", as_json(&decision, &verification)))?,
        _ => out.text(&screen(&decision, &verification, global.lang, global.colour))?,
    }
    Ok(if verification.holds() { Exit::Done } else { Exit::DoesNotHold })
}

/// The decision and its case. Both are large in a large city, so each is read by a thread of its own; a decision made with
/// overrides, which are rare, has the case read again with them.
fn read_both(path: &Path, global: &Global) -> Result<(ManuallyDrop<Decision>, ManuallyDrop<Opened>), Failure> {
    let (decision, opened) = std::thread::scope(|threads| {
        let decision = threads.spawn(|| read_decision(path));
        let opened = run_case::open(global, &[]);
        let decision =
            decision.join().unwrap_or_else(|_| Err(anyhow::anyhow!("the reader of the decision failed").into()));
        (decision, opened)
    });
    let decision = ManuallyDrop::new(decision?);
    let opened = if decision.policy.overrides.is_empty() {
        opened?
    } else {
        run_case::open(global, &decision.policy.overrides)?
    };
    Ok((decision, ManuallyDrop::new(opened)))
}

/// The day that was decided, or a complaint that the case is another one.
fn day_of(path: &Path, opened: &Opened, decision: &Decision) -> Result<Day, Failure> {
    let city = &opened.case.city;
    let origin = || Place::whole(Origin::file(path.display()));
    let refused = |message| Failure::from(Problems::from(Problem::error(origin(), message)));
    let Some((evidence, inputs)) = decision.evidence.as_ref().and_then(|e| Some((e, e.inputs.as_ref()?))) else {
        return Err(refused(DecideMessage::WithoutDetail {}));
    };
    if decision.case != city.settings.name {
        let (theirs, ours) = (decision.case.clone(), city.settings.name.clone());
        return Err(refused(DecideMessage::AnotherCase { theirs, ours }));
    }
    let mut tables = Vec::new();
    if decision.policy.digest != opened.case.policies.main.digest {
        tables.push("policy");
    }
    let day = Day::on(city, decision.date).ok().and_then(|(mut day, _)| {
        evidence.restore(city, &mut day).ok()?;
        Some(day)
    });
    match &day {
        Some(day) => tables.extend(changed(inputs, &day.inputs(city))),
        None => tables.push("supply"),
    }
    match day {
        Some(day) if tables.is_empty() => Ok(day),
        _ => Err(refused(DecideMessage::InputsChanged { tables: tables.join(", ") })),
    }
}

/// Whether the rows of a table of orders are those of the decision, whoever it lists.
fn check_orders(path: &Path, city: &City, decision: &Decision) -> Result<Result<Finding, Violation>, Failure> {
    let refused = |what: String| {
        let place = Place::whole(Origin::file(path.display()));
        Failure::from(Problems::from(Problem::error(place, DecideMessage::BadOrders { what })))
    };
    let bytes = std::fs::read(path).map_err(|error| refused(error.to_string()))?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::GB18030.decode(&bytes).0.into_owned(),
    };
    let rows = |text: &str| -> Result<Vec<Vec<String>>, csv::Error> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect())).collect()
    };
    let found = rows(&text).map_err(|error| refused(error.to_string()))?;
    let written = |all: bool| -> Result<Vec<Vec<String>>, Failure> {
        let mut bytes = Vec::new();
        orders::write(city, decision, all, Encoding::Utf8, &mut bytes)?;
        rows(&String::from_utf8_lossy(&bytes)).map_err(|error| refused(error.to_string()))
    };
    let cut = written(false)?;
    let expected = if found.len() > cut.len() { written(true)? } else { cut };
    let lines = expected.len().max(found.len());
    let differs = (0..lines).find(|line| expected.get(*line) != found.get(*line));
    Ok(differs.map_or(Ok(Finding::Holds), |line| {
        let told = |rows: &[Vec<String>]| rows.get(line).map_or_else(|| "-".to_owned(), |row| row.join(","));
        let at = format!("{}:{}", path.display(), line + 1);
        Err(Violation::new(Rule::Orders, at, told(&expected), told(&found)))
    }))
}

fn as_json(decision: &Decision, verification: &Verification) -> serde_json::Value {
    let word = |finding: &Finding| match finding {
        Finding::Holds => "holds",
        Finding::NotProved => "not_proved",
        Finding::NotChecked => "not_checked",
    };
    let findings = verification.findings.iter();
    json!({
        "schema": "curtail.verification/1",
        "case": decision.case,
        "date": decision.date.to_string(),
        "holds": verification.holds(),
        "rules": findings.map(|(rule, finding)| json!({ "rule": rule.id(), "found": word(finding) })).collect::<Vec<_>>(),
        "violated": verification.violated.as_ref().map(|violation| json!({
            "rule": violation.rule.id(),
            "at": violation.at,
            "expected": violation.expected,
            "found": violation.found,
        })),
    })
}
