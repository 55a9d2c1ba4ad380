//! Nothing that is read can make the program panic: policies, cases and overrides, damaged at random.
//!
//! `ROBUST_TIMES=50 cargo test --test robust` looks fifty times as long.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "robust/damage.rs"]
mod damage;

use std::fs;
use std::path::Path;

use curtail::Lang;
use curtail::city::read::{Case, CaseOptions};
use curtail::decide::{Day, Options, Prepared, Solver};
use curtail::policy::Policy;
use curtail::problem::{Origin, Problems, Severity};
use damage::{Damage, WORDS, damage};
use proptest::prelude::*;

/// So many cases, or as many times that as `ROBUST_TIMES` says.
fn cases(cases: u32) -> ProptestConfig {
    let times = std::env::var("ROBUST_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let cases = cases.saturating_mul(times);
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() }
}

/// A refusal says what is wrong, in both languages, and briefly.
fn refusal(problems: &Problems) {
    assert!(problems.iter().any(|p| p.severity == Severity::Error), "refused for nothing: {problems}");
    in_words(problems);
}

fn in_words(problems: &Problems) {
    for problem in problems {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!problem.message.text(lang).trim().is_empty(), "{lang:?}: no words for {problem:?}");
            let words = problem.in_words(lang);
            assert!(words.lines().count() <= 8, "{lang:?}: more than eight lines:\n{words}");
        }
    }
}

fn read_policy(text: &str, overrides: &[String]) {
    match Policy::parse(text, &Origin::file("plan.toml"), overrides) {
        Ok((_, problems)) => {
            assert!(!problems.stop(), "accepted in spite of {problems}");
            in_words(&problems);
        }
        Err(problems) => refusal(&problems),
    }
}

/// A case folder's files by name, dates filled in.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let known = Path::new(&name).extension().is_some_and(|e| e == "csv" || e == "toml");
        let text = known.then(|| fs::read_to_string(entry.path()).unwrap())?;
        let dated = (1..7).fold(text.replace("{date}", "2026-01-07"), |text, day| {
            text.replace(&format!("{{date+{day}}}"), &format!("2026-01-{:02}", 7 + day))
        });
        Some((name, dated.into_bytes()))
    };
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().filter_map(read).collect();
    files.sort();
    files
}

/// Opens a folder and, if it opens, decides every day of it. How many days were decided.
fn use_case(dir: &Path, solver: Solver) -> usize {
    let case = match Case::open(dir, &CaseOptions::default()) {
        Ok((case, problems)) => {
            in_words(&problems);
            case
        }
        Err(problems) => {
            refusal(&problems);
            return 0;
        }
    };
    in_words(&case.city.check_days());
    let mut options = Options::default();
    options.solver = solver;
    let prepared = match Prepared::new(&case.policies, &case.city, options) {
        Ok(prepared) => prepared,
        Err(problems) => {
            refusal(&problems);
            return 0;
        }
    };
    let mut decided = 0;
    for date in case.city.supply.keys() {
        let day = match Day::on(&case.city, *date) {
            Ok((day, problems)) => {
                in_words(&problems);
                day
            }
            Err(problems) => {
                refusal(&problems);
                continue;
            }
        };
        match prepared.decide(&day) {
            Ok(decision) => {
                let totals = &decision.totals;
                assert_eq!(totals.demand_m3, totals.served_m3 + totals.cut_m3, "{date}");
                assert!(totals.served_m3 <= decision.balance.supply_m3, "{date}: {totals:?}");
                decided += 1;
            }
            Err(problems) => refusal(&problems),
        }
    }
    decided
}

/// Writes a damaged folder and uses it.
fn use_damaged(folder: &str, damage: &[(prop::sample::Index, Damage)], solver: Solver) -> usize {
    let dir = tempfile::tempdir().unwrap();
    let mut files = files(folder);
    for (file, damage) in damage {
        let file = file.index(files.len());
        damage.apply(&mut files[file].1);
    }
    for (name, bytes) in files {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    use_case(dir.path(), solver)
}

const FOLDERS: [&str; 3] = ["examples/init/en", "examples/init/zh", "tests/bad/base"];

fn some_damage() -> impl Strategy<Value = Vec<(prop::sample::Index, Damage)>> {
    prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..4)
}

#[test]
fn the_folders_are_sound_until_they_are_damaged() {
    let days = FOLDERS.map(|folder| use_damaged(folder, &[], Solver::Confirmed));
    assert_eq!(days, [7, 7, 2]);
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_damaged_policy(
        id in prop::sample::select(Policy::builtins().collect::<Vec<_>>()),
        damage in prop::collection::vec(damage(), 1..5),
    ) {
        let mut bytes = Policy::builtin_text(id).unwrap().as_bytes().to_vec();
        damage.iter().for_each(|damage| damage.apply(&mut bytes));
        read_policy(&String::from_utf8_lossy(&bytes), &[]);
    }

    #[test]
    fn a_policy_of_any_characters(text in "\\PC{0,60}|[\\[\\]{}=.\"'#\n a-z0-9_-]{0,80}") {
        read_policy(&text, &[]);
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_damaged_case(folder in prop::sample::select(&FOLDERS[..]), damage in some_damage()) {
        use_damaged(folder, &damage, Solver::Exact);
    }
}

proptest! {
    #![proptest_config(cases(30))]

    #[test]
    fn a_damaged_case_confirmed(folder in prop::sample::select(&FOLDERS[..]), damage in some_damage()) {
        use_damaged(folder, &damage, Solver::Confirmed);
    }
}

/// A path into the Xi'an policy, sometimes a wrong one.
fn path() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "measures",
        "levels",
        "tiers",
        "rotation",
        "exemptions",
        "duties",
        "response",
        "roles",
        "classes",
        "policy",
        "cut_order",
        "limit-large-central",
        "peak-stop",
        "rotate-blocks",
        "stop-industry-commerce",
        "care",
        "daily-report",
        "III",
        "I",
        "IV",
        "limit",
        "who",
        "window",
        "from",
        "until",
        "rebound",
        "when",
        "shortfall",
        "below",
        "over",
        "step",
        "rest_days",
        "ranks",
        "takes",
        "part",
        "class",
        "in_force",
        "season",
        "sharing",
        "smallest_order_m3",
        "tiers",
        "due",
        "0",
        "1",
        "4",
        "99",
        "18446744073709551616",
        "",
        "nothing",
        "合计",
    ]);
    let known = prop::sample::select(vec![
        "measures.limit-large-central.III.limit",
        "measures.peak-stop.window.from",
        "measures.peak-stop.rebound",
        "measures.rotate-blocks.within",
        "measures.rotate-blocks.sharing",
        "measures.rotate-blocks.smallest_order_m3",
        "measures.peak-stop.II.who.boiler_t_h.at_least",
        "levels.III.when.shortfall.below",
        "levels.I.when",
        "rotation.step",
        "rotation.from",
        "rotation.rest_days",
        "rotation.longest_run_days",
        "tiers.0.number",
        "tiers.1.ranks.0.takes.0.part",
        "tiers.1.ranks.0.takes.0",
        "duties.daily-report.due",
        "response.sign.by",
        "response.restore.order",
        "response.ease.days",
        "response.ease.margin",
        "response.warn.at",
        "measures.peak-stop.notice_hours",
        "policy.in_force",
        "policy.in_force.season.from",
        "measures.reduce-chp.in_force",
        "cut_order",
        "exemptions.care.measures",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => prop::collection::vec(part, 1..6).prop_map(|p| p.join("."))]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => prop::sample::select(vec![
            "[{ value = 0.5 }]",
            "[{ value = 0.6, from = \"11-01\", until = \"03-31\" }, { value = 0.4 }]",
            "[{ value = 0.6, from = \"11-01\", until = \"03-31\" }]",
            "[{ from = \"02-30\", until = \"x\" }]",
            "[\"backup\", \"firm\", \"backup\"]",
            "[\"firm\", \"firm\", \"firm\", \"firm\", \"firm\", \"firm\", \"firm\", \"firm\", \"firm\", \"firm\"]",
            "{ shortfall = { from = 0.3, below = 0.1 } }",
            "{ season = { from = \"02-29\", until = \"02-29\" } }",
            "{ from = 2027-01-01, until = 2026-01-01 }",
            "{ daily = { period = \"24:00\", at = 3 } }",
            "{ working_days_after_end = 99999999999 }",
        ]).prop_map(str::to_owned),
    ]
}

#[test]
fn keys_that_would_multiply_ranks_without_end_are_refused() {
    let keys = "\"firm\", ".repeat(12);
    let set = [format!("measures.rotate-blocks.within=[{keys}]")];
    let problems = Policy::load("xian-2025", Path::new("."), &set).unwrap_err();
    assert_eq!(problems.iter().map(|p| p.code()).collect::<Vec<_>>(), ["duplicate_rank_key"; 11]);
}

proptest! {
    #![proptest_config(cases(300))]

    /// What an override makes of the policy decides too, or is refused.
    #[test]
    fn an_override(
        overrides in prop::collection::vec(prop_oneof![
            9 => (path(), value()).prop_map(|(path, value)| format!("{path}={value}")),
            1 => "\\PC{0,30}",
        ], 1..4),
    ) {
        let dir = Path::new("tests/bad/base");
        match Policy::load("xian-2025", dir, &overrides) {
            Err(problems) => refusal(&problems),
            Ok((_, problems)) => {
                in_words(&problems);
                let (case, problems) = Case::open(dir, &CaseOptions { overrides, ..CaseOptions::default() }).unwrap();
                in_words(&problems);
                let mut options = Options::default();
                options.solver = Solver::Exact;
                let prepared = Prepared::new(&case.policies, &case.city, options).unwrap();
                for date in case.city.supply.keys() {
                    let (mut day, _) = Day::on(&case.city, *date).unwrap();
                    for supply in day.supply.iter_mut().flatten() {
                        supply.0 /= 2;
                    }
                    let decision = prepared.decide(&day).unwrap();
                    prop_assert_eq!(decision.totals.demand_m3, decision.totals.served_m3 + decision.totals.cut_m3);
                }
            }
        }
    }
}
