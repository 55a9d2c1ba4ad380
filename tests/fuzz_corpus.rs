//! The corpus of the fuzz targets, replayed as ordinary tests: what once was found stays mended.
//!
//! What the targets assert stands in `fuzz/targets`; how the corpus grows, in `docs/fuzzing.md`.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../fuzz/targets/mod.rs"]
mod targets;

use std::path::PathBuf;

/// The files of a corpus, in order.
fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 10, "the corpus of `{target}` is gone");
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// Runs a target on each file; a failure names the file.
fn replay(target: &str, run: fn(&[u8])) {
    for (path, bytes) in corpus(target) {
        let run = std::panic::AssertUnwindSafe(|| run(&bytes));
        assert!(std::panic::catch_unwind(run).is_ok(), "{} fails, for the reason above", path.display());
    }
}

#[test]
fn policies() {
    replay("policy", targets::policy::run);
}

#[test]
fn cases() {
    replay("case", targets::case::run);
}

#[test]
fn decisions() {
    replay("decision", targets::decision::run);
}

/// Every value of every sound decision, spoilt in every way: some of them here, one in so many; all with `EVERY=1`.
#[test]
fn values_spoilt_one_by_one() {
    let every = std::env::var("EVERY").ok().and_then(|every| every.parse().ok()).unwrap_or(211);
    let mut tried = 0;
    for case in targets::decision::CASES {
        let values = targets::decision::values(case);
        assert!(values > 300, "{case} has {values} values");
        let ways = (0..values).flat_map(|value| (0..targets::decision::WAYS).map(move |way| (value, way)));
        for (value, way) in ways.step_by(every) {
            let edit = format!("{case}\n~ {value} {way}\n");
            let run = std::panic::AssertUnwindSafe(|| targets::decision::run(edit.as_bytes()));
            assert!(std::panic::catch_unwind(run).is_ok(), "{edit} fails, for the reason above");
            tried += 1;
        }
    }
    println!("{tried} decisions");
}

/// The same decisions through the program itself, screens and all: told that they are none or do not hold, or shown.
#[test]
fn decisions_through_the_program() {
    let home = tempfile::tempdir().unwrap();
    let (decision, case) = (home.path().join("decision.json"), home.path().join("case"));
    std::fs::create_dir(&case).unwrap();
    for (path, bytes) in corpus("decision") {
        let (name, bytes) = targets::decision::unpack(&bytes);
        std::fs::write(&decision, bytes).unwrap();
        targets::files::write(&case, &targets::decision::case_files(name));
        let verify = ["--lang", "zh", "verify", "decision.json"];
        let explain = |what| ["explain", what, "--decision", "decision.json"];
        for (args, known) in [(verify, [0, 2, 4]), (explain("C5"), [0, 0, 2]), (explain("level"), [0, 0, 2])] {
            let program = std::process::Command::new(env!("CARGO_BIN_EXE_curtail"))
                .args(["-C", "case"])
                .args(args)
                .current_dir(home.path())
                .output();
            let output = program.unwrap();
            let error = String::from_utf8_lossy(&output.stderr);
            let status = output.status.code();
            assert!(
                status.is_some_and(|status| known.contains(&status)),
                "{}, {args:?}: {status:?} {error}",
                path.display()
            );
            assert!(status != Some(2) || !error.trim().is_empty(), "{}, {args:?}: refused in silence", path.display());
        }
    }
}
