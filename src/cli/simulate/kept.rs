//! What a run leaves in its folder: results in the end, and until then what is done of it.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::each::{self, Made};
use super::pages;
use crate::city::City;
use crate::cli::exit::Failure;
use crate::cli::files::{self, Content};
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::render::encoding::{Decoded, Encoding};
use crate::render::rules::listed;
use crate::render::simulation as render;
use crate::render::words::Word;
use crate::simulate::{OneDay, Results};

/// The results of a run, in exact sums.
pub(super) const RESULTS: &str = "results.json";
/// What is done of a run that is not finished; of the same kind.
pub(super) const UNFINISHED: &str = "unfinished.json";

/// The tables that are written in columns too: of seasons, days, single winters, single days.
const PARQUET: [&str; 4] = ["seasons.parquet", "days.parquet", "winters.parquet", "winter-days.parquet"];

const TABLES: [&str; 4] = ["seasons.csv", "days.csv", "cumulated.csv", "differences.csv"];

/// Whether the files of a run can go into a folder, before the work.
pub(super) fn check(dir: &Path) -> Result<(), Failure> {
    let growing = each::NAMES.map(|(_, _, name)| name);
    let each = each::NAMES.map(|(_, name, _)| name);
    files::check_folder(
        dir,
        &[&TABLES[..], &pages::NAMES[..], &each, &growing, &PARQUET, &[RESULTS, UNFINISHED]].concat(),
    )
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

/// Whether what is to be written takes no winter from a folder: those of another run may have taken hours.
pub(super) fn check_replaced(dir: &Path, wanted: &Results) -> Result<(), Failure> {
    match read(&dir.join(RESULTS)) {
        Ok(None) => Ok(()),
        Ok(Some(done)) if wanted.holds(&done) => Ok(()),
        // What cannot be read is nobody's to write over, either.
        _ => Err(CliMessage::OtherRunThere { path: dir.display().to_string() }.into()),
    }
}

/// Keeps what is done so far; whole or not at all, so that a run that is killed at any moment can go on.
pub(super) fn keep(dir: &Path, results: &Results, global: &Global) -> Result<(), Failure> {
    files::write_together(dir, vec![(UNFINISHED, json(results))], global.lang)
}

/// Writes all results with the tables of single winters, and tells so in a sentence. What was kept until then goes.
pub(super) fn write(
    dir: &Path,
    results: &Results,
    each: &[Made],
    parquet: bool,
    global: &Global,
) -> Result<String, Failure> {
    let mut tables: Vec<(&str, Content<'_>)> = vec![
        (TABLES[0], Box::new(move |to| render::seasons(results, to))),
        (TABLES[1], Box::new(move |to| render::days(results, to))),
        (TABLES[2], Box::new(move |to| render::cumulated(results, to))),
    ];
    if results.scenarios.len() > 1 {
        tables.push((TABLES[3], Box::new(move |to| render::differences(results, to))));
    }
    tables.extend(
        each.iter()
            .map(|(name, from)| (*name, Box::new(move |to: &mut dyn Write| each::joined(from, to)) as Content<'_>)),
    );
    let encoded = |(name, table)| (name, files::encoded(table, global));
    let mut written: Vec<(&str, Content<'_>)> = tables.into_iter().map(encoded).collect();
    if parquet {
        written.extend(in_columns(results, each));
    }
    written.extend(pages::of(results));
    // Last, since it says that the run is over.
    written.push((RESULTS, json(results)));
    let said = said(dir, &written, global);
    files::write_together(dir, written, global.lang)?;
    for name in each::NAMES.map(|(_, _, name)| name).into_iter().chain([UNFINISHED]) {
        let _ = std::fs::remove_file(dir.join(name));
    }
    Ok(said)
}

/// What is written, in a sentence.
fn said(dir: &Path, written: &[(&str, Content<'_>)], global: &Global) -> String {
    let names = written.iter().map(|(name, _)| dir.join(name).display().to_string());
    Word::Written { files: listed(names, global.lang) }.text(global.lang)
}

/// Writes the tables of a run that was over before in the way that is asked for now, in columns or otherwise encoded, and tells so in a
/// sentence; `None` if nothing is asked for.
pub(super) fn write_again(
    dir: &Path,
    results: &Results,
    parquet: bool,
    global: &Global,
) -> Result<Option<String>, Failure> {
    let own = each::NAMES.map(|(_, name, _)| name).into_iter().filter(|name| dir.join(name).exists());
    let made: Vec<Made> = own.map(|name| (name, vec![dir.join(name)])).collect();
    if global.csv_encoding != Encoding::Utf8 {
        return write(dir, results, &made, parquet, global).map(Some);
    }
    if !parquet {
        return Ok(None);
    }
    let written = in_columns(results, &made);
    let said = said(dir, &written, global);
    files::write_together(dir, written, global.lang)?;
    Ok(Some(said))
}

/// The tables in columns; those of single winters and days of the rows that stand in files.
fn in_columns<'a>(results: &'a Results, each: &'a [Made]) -> Vec<(&'static str, Content<'a>)> {
    let of = |paths: &[PathBuf]| {
        let open = |path: &PathBuf| Ok(Box::new(Decoded::open(path)?) as Box<dyn Read>);
        paths.iter().map(open).collect()
    };
    let mut written = vec![
        (PARQUET[0], columns(move || Ok(vec![made(|to| render::seasons(results, to))?]))),
        (PARQUET[1], columns(move || Ok(vec![made(|to| render::days(results, to))?]))),
    ];
    written.extend(each.iter().zip(&PARQUET[2..]).map(|((_, from), name)| (*name, columns(move || of(from)))));
    written
}

/// A table in columns, of CSV texts one behind the other.
fn columns<'a>(parts: impl FnOnce() -> io::Result<Vec<Box<dyn Read>>> + 'a) -> Content<'a> {
    #[cfg(feature = "parquet")]
    return Box::new(move |to| render::columnar(parts()?, to));
    // Refused before the work; nobody comes here.
    #[cfg(not(feature = "parquet"))]
    return Box::new(move |_| parts().and(Err(io::ErrorKind::Unsupported.into())));
}

/// A CSV that is made now.
fn made(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<Box<dyn Read>> {
    let mut text = Vec::new();
    write(&mut text)?;
    Ok(Box::new(io::Cursor::new(text)))
}

/// Whether tables can be written in columns, where that is asked for.
pub(super) fn check_parquet(asked: bool) -> Result<(), Failure> {
    if asked && !cfg!(feature = "parquet") { Err(CliMessage::NoParquet {}.into()) } else { Ok(()) }
}

/// A simulated day as a text.
pub(super) fn pretty(day: &OneDay, city: &City) -> Result<String, Failure> {
    let memory = render::remembered(city, &day.inputs).map(|(district, burden, turns)| {
        serde_json::json!({ "district": district, "burden": burden.to_string(), "turns": turns })
    });
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
        "memory": memory.collect::<Vec<_>>(),
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
