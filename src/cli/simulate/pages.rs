//! The pages that a run leaves beside its tables.

use std::io::Write;

use crate::Lang;
use crate::cli::files::Content;
use crate::render::simulation as render;
use crate::simulate::Results;

/// A run of one scenario as a page in each language, one of two as a page of each and a sheet that compares them.
pub(super) const NAMES: [&str; 8] = [
    "winters.en.html",
    "winters.zh.html",
    "winters-a.en.html",
    "winters-a.zh.html",
    "winters-b.en.html",
    "winters-b.zh.html",
    "compare.en.html",
    "compare.zh.html",
];

/// The pages of a run, each in both languages. A row of values has none: a page for each would be many, and its table is short.
pub(super) fn of(results: &Results) -> Vec<(&'static str, Content<'_>)> {
    let mut pages: Vec<(&str, Content<'_>)> = Vec::new();
    let mut page = |at: usize, en: usize| {
        for (lang, name, other) in [(Lang::En, NAMES[en], NAMES[en + 1]), (Lang::Zh, NAMES[en + 1], NAMES[en])] {
            let text = render::html(results, &results.scenarios[at], Some(other), lang);
            pages.push((name, Box::new(move |to| to.write_all(text.as_bytes()))));
        }
    };
    match results.scenarios.as_slice() {
        [_] => page(0, 0),
        [first, _] if first.value.is_empty() => {
            page(0, 2);
            page(1, 4);
            for (lang, name) in [(Lang::En, NAMES[6]), (Lang::Zh, NAMES[7])] {
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
