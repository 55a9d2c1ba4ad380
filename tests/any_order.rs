//! Rows and columns come in any order: what the program says is the same to the byte, and what was decided from one order is
//! explained, verified and drawn the same from another.
//!
//! `districts.csv` alone keeps its rows' order, which breaks ties; its columns move like the others'.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const BASE: &str = "tests/bad/base";
const XIAN: &str = "examples/xian";

/// An order of so many things, by Fisher and Yates and a linear congruence; of seed 0, as they are.
fn order(length: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut state = seed;
    for at in (1..length).rev().filter(|_| seed > 0) {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (state >> 33) as usize % (at + 1));
    }
    order
}

/// A table without quotation marks, its rows and columns in another order.
fn shuffled(text: &str, rows_too: bool, seed: u64) -> String {
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let columns = order(rows[0].len(), seed);
    let below = order(rows.len() - 1, if rows_too { seed + 1000 * seed.min(1) } else { 0 });
    let lines = std::iter::once(0).chain(below.into_iter().map(|at| at + 1));
    let line = |at: usize| columns.iter().map(|column| rows[at][*column]).collect::<Vec<_>>().join(",") + "\n";
    lines.map(line).collect()
}

/// What is changed of a case before its rows are: file, old, new.
type Change = (&'static str, &'static str, &'static str);

/// A home with the case in `case`, in the order of this seed.
fn home(folder: &str, changes: &[Change], seed: u64) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let case = home.path().join("case");
    fs::create_dir(&case).unwrap();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let name = entry.file_name().into_string().unwrap();
        let mut text = fs::read_to_string(entry.path()).unwrap();
        for (_, old, new) in changes.iter().filter(|(file, ..)| *file == name) {
            assert!(text.contains(old), "{name} no longer says `{old}`");
            text = text.replace(old, new);
        }
        if name.ends_with(".csv") {
            assert!(!text.contains('"'), "{name} has quotation marks");
            let moved = shuffled(&text, name != "districts.csv", seed);
            assert!(seed == 0 || text.len() < 200 || moved != text, "{name} is not shuffled");
            text = moved;
        }
        fs::write(case.join(name), text).unwrap();
    }
    home
}

/// Standard output and the exit status of a run in a home.
fn run(home: &Path, args: &[&str]) -> (Option<i32>, String) {
    let program = env!("CARGO_BIN_EXE_curtail");
    let output = Command::new(program).args(["-C", "case", "--lang", "en", "-q"]).args(args).current_dir(home).output();
    let output = output.unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 3)), "{args:?}: {:?} {error}", output.status);
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// All that is said of a day in a home, and the files that are written.
fn all_of(home: &Path, date: &str, subjects: &[&str]) -> Vec<(String, String)> {
    let mut said = Vec::new();
    let mut say = |args: &[&str]| {
        let (status, text) = run(home, args);
        said.push((args.join(" "), format!("{status:?}\n{text}")));
    };
    say(&["decide", "--date", date, "--out", "orders", "--all"]);
    say(&["decide", "--date", date, "--format", "json", "--shortfall", "17.5"]);
    for subject in subjects {
        say(&["explain", subject, "--date", date, "--format", "json"]);
    }
    say(&["explain", subjects[0], "--date", date, "--against", subjects[1], "--format", "json"]);
    say(&["verify", "orders/decision.json", "--orders", "orders/orders.csv", "--format", "json"]);
    say(&["curve", "--date", date, "--format", "json"]);
    say(&["curve", "--date", date, "--out", "who-loses.svg"]);
    say(&["policy", "check", "--date", date, "--format", "json"]);
    for file in ["orders/decision.json", "orders/orders.csv", "who-loses.svg"] {
        said.push((file.to_owned(), fs::read_to_string(home.join(file)).unwrap()));
    }
    said
}

fn same_in_any_order(folder: &str, changes: &[Change], date: &str, subjects: &[&str], seeds: u64) {
    let first = home(folder, changes, 0);
    let expected = all_of(first.path(), date, subjects);
    for seed in 1..=seeds {
        let other = home(folder, changes, seed);
        for ((what, expected), (_, said)) in expected.iter().zip(all_of(other.path(), date, subjects)) {
            let differ = expected.lines().zip(said.lines()).find(|(expected, said)| expected != said);
            assert!(*expected == said, "{folder}, order {seed}, {what}: {differ:#?}");
        }
        // What was decided from one order holds in the other, and is explained the same.
        let decision: PathBuf = first.path().join("orders/decision.json");
        let decision = decision.to_str().unwrap();
        let said = |home: &Path| {
            let verified = run(home, &["verify", decision, "--format", "json"]);
            let explained = |subject| run(home, &["explain", subject, "--decision", decision, "--format", "json"]);
            (verified, explained(subjects[0]), explained(subjects[1]))
        };
        assert_eq!(said(first.path()), said(other.path()), "{folder}, order {seed}");
    }
}

#[test]
fn a_network() {
    let subjects = ["C5", "C4", "industry", "WY", "Chunda", "limit-community-boilers", "level", "C7"];
    same_in_any_order(BASE, &[], "2026-01-07", &subjects, 3);
}

#[test]
fn a_pool() {
    let changes = [("case.toml", "links = \"links.csv\"\n", "")];
    same_in_any_order(BASE, &changes, "2026-01-08", &["C1", "C2", "level"], 2);
}

#[test]
fn companies_with_gas_of_their_own() {
    let changes = [
        ("case.toml", "links = \"links.csv\"\n", ""),
        ("case.toml", "pooling = true", "pooling = false"),
        ("supply.csv", ",,,HY", ",,Chunda,HY"),
    ];
    same_in_any_order(BASE, &changes, "2026-01-07", &["C6", "C5", "Qinhua", "level"], 2);
}

#[test]
fn a_city_of_true_scale() {
    same_in_any_order(XIAN, &[], "2026-01-09", &["XC-BCO-029", "XC-BCO-030", "level"], 1);
}
