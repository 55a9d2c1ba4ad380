//! Papers in every format: pinned, read back, and laid out on pages.

#![allow(clippy::unwrap_used, clippy::panic)]

mod pages;
mod random;
mod reading;
mod sample;

use std::time::Duration;

use super::{Format, write};
use crate::Lang;

#[test]
fn hostile_texts_in_every_place() {
    for (lang, name) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for format in [Format::Markdown, Format::Html] {
            let text = String::from_utf8(write(&sample::hostile(lang), format, lang).unwrap()).unwrap();
            // The style sheet is long, and changes often.
            let text = match (text.split_once("<style>"), text.split_once("</style>")) {
                (Some((head, _)), Some((_, body))) => format!("{head}<style></style>{body}"),
                _ => text,
            };
            insta::assert_snapshot!(format!("{name}_{}", format.extension()), text);
        }
    }
}

#[test]
fn a_browser_fetches_nothing_and_runs_nothing() {
    let html = String::from_utf8(write(&sample::order(), Format::Html, Lang::Zh).unwrap()).unwrap();
    for word in ["http:", "https:", "src=", "url(", "@import", "<script", "<link", "javascript"] {
        assert!(!html.contains(word), "{word}");
    }
    assert!(html.contains("<html lang=\"zh-CN\">"));
}

/// A ZIP keeps time in steps of two seconds.
#[test]
fn the_same_bytes_now_and_later() {
    let write = || Format::ALL.map(|format| write(&sample::order(), format, Lang::Zh).unwrap());
    let now = write();
    assert!(now == write());
    std::thread::sleep(Duration::from_millis(2_100));
    assert!(now == write());
}

#[test]
fn a_docx_tells_no_time_and_no_platform() {
    let docx = write(&sample::order(), Format::Docx, Lang::Zh).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    assert_eq!(zip.len(), 11);
    assert_eq!(zip.by_index(0).unwrap().name().unwrap(), "[Content_Types].xml");
    for at in 0..zip.len() {
        let file = zip.by_index(at).unwrap();
        assert_eq!(file.last_modified(), Some(zip::DateTime::default()), "{}", file.name().unwrap());
        assert_eq!(file.system(), zip::System::Dos, "{}", file.name().unwrap());
    }
}
