//! Every format that was ever released opens, holds, and can be added to.
//!
//! The next one: `BLESS=1 cargo test --test record formats` writes `tests/record/vN.db` of the format that the program writes
//! now, with an entry of each kind. A file that a release wrote is never written again.

use std::fs;
use std::path::{Path, PathBuf};

use curtail::record::{By, Draft, Record};
use rusqlite::Connection;

use super::office::{Office, PROPOSE};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/record")
}

fn version(path: &Path) -> i64 {
    Connection::open(path).unwrap().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

fn kept() -> Vec<PathBuf> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let mut kept: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "db")).collect();
    kept.sort();
    kept
}

/// Writes a record anew: the same but for the machine that it was made at.
fn keep(office: &Office, path: &Path) {
    let _ = fs::remove_file(path);
    let (from, mut to) = (Record::look(&office.record()).unwrap().unwrap(), Record::open(path).unwrap());
    let book = from.check().unwrap();
    for entry in book.entries.iter().skip(1) {
        let by = By { account: "dispatch".to_owned(), host: "desk-1".to_owned(), ..entry.by.clone() };
        let mut draft = Draft::default();
        for (name, digest) in entry.event.files() {
            draft.add(name, &from.content(digest).unwrap().unwrap()).unwrap();
        }
        to.append(book.case(), entry.at, &by, draft, |_, _| Ok(entry.event.clone())).unwrap();
    }
}

#[test]
fn the_format_of_today_is_kept() {
    let office = Office::after_a_life();
    let path = folder().join(format!("v{}.db", version(&office.record())));
    if std::env::var_os("BLESS").is_some() {
        keep(&office, &path);
    }
    assert!(path.exists(), "{} is missing: write it with BLESS=1", path.display());
    let kinds = |path: &Path| -> Vec<String> {
        let file = Connection::open(path).unwrap();
        let mut rows =
            file.prepare("SELECT DISTINCT json_extract(body, '$.event.event') FROM entries ORDER BY 1").unwrap();
        let kinds = rows.query_map([], |row| row.get(0)).unwrap();
        kinds.map(|kind| kind.unwrap()).collect()
    };
    assert_eq!(kinds(&path), kinds(&office.record()), "an entry of each kind is kept");
}

#[test]
fn every_format_opens_holds_and_can_be_added_to() {
    assert!(!kept().is_empty());
    for path in kept() {
        let office = Office::new();
        fs::copy(&path, office.record()).unwrap();
        let before = office.entries();
        assert!(before.len() > 1, "{}", path.display());
        office.done(&["status"]);
        office.done(&["log"]);
        office.done(&["log", "--check"]);
        office.done(&["log", "export", "2026-01-07-1", "--out", "then"]);
        assert_eq!(office.bytes(), fs::read(&path).unwrap(), "reading changes nothing");
        office.done(PROPOSE);
        let now = office.entries();
        assert_eq!(now.get(..before.len()), Some(before.as_slice()), "{}", path.display());
        assert_eq!(now.len(), before.len() + 1, "{}", path.display());
    }
}
