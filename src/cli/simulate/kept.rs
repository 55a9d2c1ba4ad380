//! What a run leaves in its folder: results in the end, and until then what is done of it.

use std::io::Write;
use std::path::Path;

use crate::Lang;
use crate::cli::exit::Failure;
use crate::cli::files::{self, Content};
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::render::simulation as render;
use crate::render::words::Word;
use crate::simulate::Results;

/// The results of a run, in exact sums.
pub(super) const RESULTS: &str = "results.json";
/// What is done of a run that is not finished; of the same kind.
pub(super) const UNFINISHED: &str = "unfinished.json";

/// A run of one scenario as a page in each language, one of two as a page of each and a sheet that compares them.
const PAGES: [&str; 8] = [
    "winters.en.html",
    "winters.zh.html",
    "winters-a.en.html",
    "winters-a.zh.html",
    "winters-b.en.html",
    "winters-b.zh.html",
    "compare.en.html",
    "compare.zh.html",
];

const TABLES: [&str; 4] = ["seasons.csv", "days.csv", "cumulated.csv", "differences.csv"];

/// Whether the files of a run can go into a folder, before the work.
pub(super) fn check(dir: &Path) -> Result<(), Failure> {
    files::check_folder(dir, &[&TABLES[..], &PAGES[..], &[RESULTS, UNFINISHED]].concat())
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

/// Writes all results, and tells so in a sentence. What was kept until then goes.
pub(super) fn write(dir: &Path, results: &Results, global: &Global) -> Result<String, Failure> {
    let mut written: Vec<(&str, Content<'_>)> = vec![
        (TABLES[0], Box::new(move |to| render::seasons(results, to))),
        (TABLES[1], Box::new(move |to| render::days(results, to))),
        (TABLES[2], Box::new(move |to| render::cumulated(results, to))),
    ];
    if results.scenarios.len() > 1 {
        written.push((TABLES[3], Box::new(move |to| render::differences(results, to))));
    }
    written.extend(pages(results));
    // Last, since it says that the run is over.
    written.push((RESULTS, json(results)));
    let names: Vec<String> = written.iter().map(|(name, _)| dir.join(name).display().to_string()).collect();
    files::write_together(dir, written, global.lang)?;
    let _ = std::fs::remove_file(dir.join(UNFINISHED));
    Ok(Word::Written { files: names.join(", ") }.text(global.lang))
}

/// The pages of a run, each in both languages. A row of values has none: a page for each would be many, and its table is short.
fn pages(results: &Results) -> Vec<(&'static str, Content<'_>)> {
    let mut pages: Vec<(&str, Content<'_>)> = Vec::new();
    let mut page = |at: usize, en: usize| {
        for (lang, name, other) in [(Lang::En, PAGES[en], PAGES[en + 1]), (Lang::Zh, PAGES[en + 1], PAGES[en])] {
            let text = render::html(results, &results.scenarios[at], Some(other), lang);
            pages.push((name, Box::new(move |to| to.write_all(text.as_bytes()))));
        }
    };
    match results.scenarios.as_slice() {
        [_] => page(0, 0),
        [first, _] if first.value.is_empty() => {
            page(0, 2);
            page(1, 4);
            for (lang, name) in [(Lang::En, PAGES[6]), (Lang::Zh, PAGES[7])] {
                let sheet = render::sheet(results, 1, lang);
                pages.extend(sheet.map(|text| {
                    (name, Box::new(move |to: &mut dyn Write| to.write_all(text.as_bytes())) as Content<'_>)
                }));
            }
        }
        _ => {}
    }
    pages
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
