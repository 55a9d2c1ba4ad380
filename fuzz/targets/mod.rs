//! What the fuzz targets do with their bytes: plain functions, which ordinary tests call too.
//!
//! Each holds for any bytes at all. What it takes to be true is asserted, so a panic is a finding.

pub mod case;
pub mod decision;
pub mod files;
pub mod policy;

use curtail::Lang;
use curtail::problem::{Problems, Severity};

/// The fuzzer ends the process at any panic; but those of a borrowed reader or solver are caught and told in words.
#[allow(dead_code, reason = "tests catch panics by themselves")]
pub fn forgive_what_is_caught() {
    let end = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !curtail::problem::is_catching() {
            end(panic);
        }
    }));
}

/// A refusal says what is wrong, in both languages, and briefly.
pub fn refused(problems: &Problems) {
    assert!(problems.iter().any(|problem| problem.severity == Severity::Error), "refused for nothing: {problems}");
    in_words(problems);
}

/// Every problem has words, and no more than a screen can hold.
pub fn in_words(problems: &Problems) {
    for problem in problems.iter().take(20) {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!problem.message.text(lang).trim().is_empty(), "{lang:?}: no words for {problem:?}");
            assert!(problem.in_words(lang).lines().count() <= 8, "{lang:?}: more than eight lines: {problem:?}");
        }
    }
}
