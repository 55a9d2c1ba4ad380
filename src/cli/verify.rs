//! `curtail verify`: whether a decision holds.

use std::borrow::Cow;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::Lang;
use crate::city::City;
use crate::cli::exit::{Exit, Failure};
use crate::cli::explain::read_decision;
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::{Marked, Out};
use crate::cli::revise;
use crate::cli::run_case::{self, Opened};
use crate::cli::sheets;
use crate::decide::revise::Rest;
use crate::decide::{Day, DecideMessage, Decision};
use crate::explain::changed;
use crate::problem::{Origin, Place, Problem, Problems};
use crate::render::drill::{self, Marker};
use crate::render::orders;
use crate::render::verification::screen;
use crate::verify::{Finding, Rule, Verification, Violation, verify};

/// `curtail verify`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The decision.json that `decide --out` wrote
    #[arg(value_name = "decision.json")]
    file: PathBuf,
    /// The orders.csv or orders.xlsx to check with it
    #[arg(long, value_name = "orders.csv")]
    orders: Option<PathBuf>,
    /// Of a decision that revises a day: the decision.json that it revises, if the case's record has it not
    #[arg(long, value_name = "decision.json")]
    revises: Option<PathBuf>,
}

/// Verifies.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    if global.format == Format::Csv {
        return Err(CliMessage::BadFormat { format: "csv", command: "verify" }.into());
    }
    // The policy's overrides stand in the decision, so it is read first; a large one is read beside the case all the same.
    let (decision, opened) = read_both(&args.file, global)?;
    run_case::tell_notes(&opened.notes, global);
    let Rest { city: rest, day, .. } = day_of(&args.file, args.revises.as_deref(), &opened, &decision)?;
    let city = &opened.case.city;
    let mut verification = verify(&opened.case.policies, &rest, &day, &decision)?;
    if let (Some(path), true) = (&args.orders, verification.holds()) {
        let policies = &opened.case.policies;
        let found = match is_book(path) {
            true => {
                let gas_day = opened.calendar.gas_day(decision.date);
                let rows = |all: bool| order_rows(city, &decision, all);
                sheets::check(&path.to_string_lossy(), (&decision, policies, city), &gas_day, &rows)?
            }
            false => check_orders(path, city, &decision)?,
        };
        verification.add(Rule::Orders, found);
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
        let decision = threads.spawn(|| read_decision(path, global.drill));
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

/// The day that was decided, or what remained of it, with the city as it is for that; or a complaint that the case is another one.
fn day_of<'a>(
    path: &Path,
    revises: Option<&Path>,
    opened: &'a Opened,
    decision: &Decision,
) -> Result<Rest<'a>, Failure> {
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
        day.hours = opened.calendar.clock(decision.date);
        Some(day)
    });
    let rest = match day {
        Some(day) => Some(revise::rest_of(decision, day, opened, revises, &refused)?),
        None => None,
    };
    match &rest {
        Some(rest) => tables.extend(changed(inputs, &rest.day.inputs(&rest.city))),
        None => tables.push("supply"),
    }
    match rest {
        Some(rest) if tables.is_empty() => Ok(rest),
        _ => Err(refused(DecideMessage::InputsChanged { tables: tables.join(", ") })),
    }
}

/// Whether a table of orders is a sheet of a workbook, `book.xlsx` or `book.xlsx#sheet`.
fn is_book(path: &Path) -> bool {
    let path = path.to_string_lossy().to_ascii_lowercase();
    path.ends_with(".xlsx") || path.contains(".xlsx#")
}

/// The rows of `orders.csv`, cell by cell.
fn order_rows(city: &City, decision: &Decision, all: bool) -> Result<Vec<Vec<String>>, Failure> {
    let mut bytes = Vec::new();
    orders::write(city, decision, all, &mut bytes)?;
    let cells = |row: csv::ByteRecord| row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    let rows: Result<Vec<Vec<String>>, csv::Error> = rows(&bytes).skip(1).map(|row| row.map(cells)).collect();
    rows.map_err(|error| anyhow::Error::from(error).into())
}

/// Whether the rows of a table of orders are those of the decision, whoever it lists.
fn check_orders(path: &Path, city: &City, decision: &Decision) -> Result<Result<Finding, Violation>, Failure> {
    let refused = |what: String| {
        let place = Place::whole(Origin::file(path.display()));
        Failure::from(Problems::from(Problem::error(place, DecideMessage::BadOrders { what })))
    };
    let bytes = std::fs::read(path).map_err(|error| refused(error.to_string()))?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Err(_) => encoding_rs::GB18030.decode(&bytes).0,
    };
    let written = |all: bool| -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let mark = if decision.exercise { drill::Kind::Csv } else { drill::Kind::Own };
        let mut marker = Marker::new(mark, Lang::default());
        let to = &mut Marked { marker: &mut marker, to: &mut bytes };
        orders::write(city, decision, all, to)?;
        Ok(bytes)
    };
    let cut = written(false)?;
    if cut == text.as_bytes() {
        return Ok(Ok(Finding::Holds));
    }
    // Another way to write the same rows is as good, so rows are compared and not bytes.
    let rows = |text: &[u8]| rows(text).count();
    let expected = if rows(text.as_bytes()) > rows(&cut) { written(true)? } else { cut };
    let (mut expected, mut found) = (self::rows(&expected), self::rows(text.as_bytes()));
    for line in 1.. {
        let next = |rows: &mut dyn Iterator<Item = Result<csv::ByteRecord, csv::Error>>| {
            rows.next().transpose().map_err(|error| refused(error.to_string()))
        };
        let (expected, found) = (next(&mut expected)?, next(&mut found)?);
        if expected.is_none() && found.is_none() {
            break;
        }
        if expected != found {
            let told = |row: Option<csv::ByteRecord>| {
                let fields = |row: csv::ByteRecord| {
                    let fields: Vec<String> =
                        row.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect();
                    fields.join(",")
                };
                row.map_or_else(|| "-".to_owned(), fields)
            };
            let at = format!("{}:{line}", path.display());
            return Ok(Err(Violation::new(Rule::Orders, at, told(expected), told(found))));
        }
    }
    Ok(Ok(Finding::Holds))
}

/// The rows of a table, one after another.
fn rows(text: &[u8]) -> impl Iterator<Item = Result<csv::ByteRecord, csv::Error>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    reader.into_byte_records()
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
