//! Damaged cases, and the exact messages they get.

use std::fs;
use std::path::Path;

use curtail::city::read::{Case, CaseOptions};

/// Copies a folder's files over another's.
fn overlay(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn the_base_is_sound() {
    let dir = tempfile::tempdir().unwrap();
    overlay(Path::new("tests/bad/base"), dir.path());
    let (case, problems) = Case::open(dir.path(), &CaseOptions::default()).unwrap();
    assert!(problems.is_empty(), "{problems}");
    assert_eq!(case.city.customers.len(), 7);
    let days = case.city.check_days();
    assert!(days.is_empty(), "{days}");
}
