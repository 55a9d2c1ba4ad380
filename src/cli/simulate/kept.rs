//! What a run leaves in its folder: results in the end, and until then what is done of it.

use std::io::Write;
use std::path::Path;

use super::each::{self, Made};
use super::pages;
use crate::cli::exit::Failure;
use crate::cli::files::{self, Content};
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::render::simulation as render;
use crate::render::words::Word;
use crate::simulate::{OneDay, Results};

/// The results of a run, in exact sums.
pub(super) const RESULTS: &str = "results.json";
/// What is done of a run that is not finished; of the same kind.
pub(super) const UNFINISHED: &str = "unfinished.json";

const TABLES: [&str; 4] = ["seasons.csv", "days.csv", "cumulated.csv", "differences.csv"];

/// Whether the files of a run can go into a folder, before the work.
pub(super) fn check(dir: &Path) -> Result<(), Failure> {
    let growing = each::NAMES.map(|(_, _, name)| name);
    let each = each::NAMES.map(|(_, name, _)| name);
    files::check_folder(dir, &[&TABLES[..], &pages::NAMES[..], &each, &growing, &[RESULTS, UNFINISHED]].concat())
}

/// Results from a file; `None` if there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<Results>, Failure> {
    let shown = || path.display().to_string();
    let refused = |what: String| CliMessage::NotResults { path: shown(), what };
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refused(error.to_string()).into()),
    };
    let results: Results = serde_json::from_slice(&text).map_err(|error| refused(error.to_string()))?;
    if results.schema != Results::SCHEMA {
        return Err(refused(results.schema).into());
    }
    if !results.is_sound() {
        return Err(CliMessage::DamagedResults { path: shown() }.into());
    }
    Ok(Some(results))
}

/// Keeps what is done so far; whole or not at all, so that a run that is killed at any moment can go on.
pub(super) fn keep(dir: &Path, results: &Results, global: &Global) -> Result<(), Failure> {
    files::write_together(dir, vec![(UNFINISHED, json(results))], global.lang)
}

/// Writes all results with the tables of single winters, and tells so in a sentence. What was kept until then goes.
pub(super) fn write(dir: &Path, results: &Results, each: &[Made], global: &Global) -> Result<String, Failure> {
    let mut written: Vec<(&str, Content<'_>)> = vec![
        (TABLES[0], Box::new(move |to| render::seasons(results, to))),
        (TABLES[1], Box::new(move |to| render::days(results, to))),
        (TABLES[2], Box::new(move |to| render::cumulated(results, to))),
    ];
    if results.scenarios.len() > 1 {
        written.push((TABLES[3], Box::new(move |to| render::differences(results, to))));
    }
    written.extend(
        each.iter()
            .map(|(name, from)| (*name, Box::new(move |to: &mut dyn Write| each::joined(from, to)) as Content<'_>)),
    );
    written.extend(pages::of(results));
    // Last, since it says that the run is over.
    written.push((RESULTS, json(results)));
    let names: Vec<String> = written.iter().map(|(name, _)| dir.join(name).display().to_string()).collect();
    files::write_together(dir, written, global.lang)?;
    for name in each::NAMES.map(|(_, _, name)| name).into_iter().chain([UNFINISHED]) {
        let _ = std::fs::remove_file(dir.join(name));
    }
    Ok(Word::Written { files: names.join(", ") }.text(global.lang))
}

/// A simulated day as a text.
pub(super) fn pretty(day: &OneDay) -> Result<String, Failure> {
    let figures = day.figures.iter().map(|(figure, number)| serde_json::json!({ "figure": figure, "value": number }));
    let value = serde_json::json!({
        "schema": "curtail.simulated-day/1",
        "date": day.inputs.date,
        "temperature_c": day.temperature.to_string(),
        "demand_m3": day.demand,
        "supply_m3": day.supplied,
        "sent_out_m3": day.sent_out,
        "level": day.level,
        "figures": figures.collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&value).map_err(anyhow::Error::from)? + "\n")
}

/// Results as a text.
pub(super) fn text(results: &Results) -> serde_json::Result<String> {
    serde_json::to_string(results).map(|text| text + "\n")
}

fn json(results: &Results) -> Content<'_> {
    Box::new(move |to| {
        serde_json::to_writer(&mut *to, results)?;
        to.write_all(b"\n")
    })
}
