//! Damaged scenarios, and the exact messages they get.
//!
//! Each `tests/bad-scenarios/NAME.toml` is laid into a folder with a sound case, weather and demand model, and gets the messages of
//! `NAME.txt`, in Chinese those of `NAME.zh.txt`. `BLESS=1 cargo test --test scenarios` writes them anew, to be read before they are
//! committed.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use curtail::Lang;
use curtail::problem::{Problems, Severity};
use curtail::simulate::scenario::{Scenario, ScenarioOptions};
use curtail::units::Date;

const SOUND: &str = r#"
[scenario]
name = "Sound"
case = "case"
from = 2026-11-15
until = 2027-03-15
winters = 100
[weather]
file = "weather.csv"
draw = "replay"
[demand]
model = "demand-model.toml"
[sources."North gate"]
m3_day = 70000
[sources.LNG]
store = { holds_m3 = 300000, sends_m3_day = 30000, refill_m3_day = 10000 }
[sources."County gate"]
m3_day = 11000
"#;

/// A folder with all that a scenario names.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let case = home.path().join("case");
    fs::create_dir(&case).unwrap();
    for entry in fs::read_dir("tests/bad/base").unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), case.join(entry.file_name())).unwrap();
    }
    let first: Date = "2020-07-01".parse().unwrap();
    let series = |days: u32, leave: u32| {
        let rows = (0..days).filter(|day| *day != leave);
        let rows = rows.map(|day| format!("{},{}\n", first.plus_days(day).unwrap(), (day % 30) as i32 - 15));
        "date,temperature_c\n".to_owned() + &rows.collect::<String>()
    };
    fs::write(home.path().join("weather.csv"), series(800, u32::MAX)).unwrap();
    fs::write(home.path().join("short.csv"), series(200, u32::MAX)).unwrap();
    fs::write(home.path().join("gap.csv"), series(800, 400)).unwrap();
    let model = "threshold_c = 18\n[classes.industry]\nbase_m3 = 1000\nper_degree_m3 = 10\n";
    fs::write(home.path().join("demand-model.toml"), model).unwrap();
    // As every workbook begins.
    fs::write(home.path().join("book.xlsx"), b"PK\x03\x04\x14\x00\xff").unwrap();
    home
}

fn open(home: &Path, text: &str, set: &[&str]) -> Result<(Scenario, Problems), Problems> {
    let path = home.join("scenario.toml");
    fs::write(&path, text).unwrap();
    let set = set.iter().map(|set| (*set).to_owned()).collect();
    Scenario::open(&path, &ScenarioOptions { set, ..ScenarioOptions::default() })
}

fn in_words(problems: &Problems, lang: Lang, home: &Path) -> String {
    let prefix = format!("{}/", home.display());
    // What the case itself gives to look at is told by other tests.
    let own = problems.iter().filter(|problem| !problem.place.to_string().contains("customers.csv"));
    own.map(|problem| problem.in_words(lang).replace(&prefix, "") + "\n").collect()
}

fn scenarios() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/bad-scenarios").unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths
}

#[test]
fn damaged_scenarios_get_exactly_these_messages() {
    let home = home();
    let mut wrong = Vec::new();
    assert!(scenarios().len() > 10);
    for path in scenarios() {
        let text = fs::read_to_string(&path).unwrap();
        let problems = match open(home.path(), &text, &[]) {
            Ok((_, problems)) => problems,
            Err(problems) => problems,
        };
        for problem in &problems {
            assert!(problem.in_words(Lang::Zh).lines().count() <= 8, "{}: {problem}", path.display());
        }
        for (lang, extension) in [(Lang::En, "txt"), (Lang::Zh, "zh.txt")] {
            let expected = path.with_extension(extension);
            let words = in_words(&problems, lang, home.path());
            assert!(!words.is_empty(), "{} has no problem", path.display());
            if std::env::var_os("BLESS").is_some() {
                fs::write(&expected, &words).unwrap();
            }
            let known = fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
            if known != words {
                wrong.push(format!("{}\n--- expected\n{known}--- got\n{words}", expected.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sound_scenario_is_read_and_what_is_set_is_known() {
    let home = home();
    let (scenario, problems) = open(home.path(), SOUND, &["scenario.sources.LNG.store.sends_m3_day=5"]).unwrap();
    assert!(problems.iter().all(|problem| problem.severity != Severity::Error));
    assert_eq!((scenario.winters, scenario.seed, scenario.sources.len()), (100, 1, 3));
    let (plain, _) = open(home.path(), SOUND, &[]).unwrap();
    assert_ne!(plain.digest, scenario.digest);
    assert_eq!(plain.chance, scenario.chance, "another store meets the same winters");
    assert_ne!(plain.sources, scenario.sources);
    // Neither layout nor the number of winters nor the name is another input.
    let other = SOUND.replace("winters = 100", "winters = 7").replace("\"Sound\"", "\"Other\"").replace(" = ", "=");
    assert_eq!(open(home.path(), &other, &[]).unwrap().0.digest, plain.digest);
    let colder = fs::read_to_string(home.path().join("weather.csv")).unwrap().replace(",-15", ",-16");
    fs::write(home.path().join("weather.csv"), colder).unwrap();
    let (colder, _) = open(home.path(), SOUND, &[]).unwrap();
    assert_ne!((&colder.digest, &colder.chance), (&plain.digest, &plain.chance));
}

#[test]
fn a_new_source_takes_its_place_among_the_others() {
    let home = home();
    let added = SOUND.to_owned() + "[sources.Late]\nnew = true\nm3_day = 7\nfeeds = \"BL\"\n";
    let (scenario, _) = open(home.path(), &added, &[]).unwrap();
    let names: Vec<&str> = scenario.city.sources.iter().map(|source| &*source.id).collect();
    assert_eq!(names, ["County gate", "LNG", "Late", "North gate"]);
    let links = scenario.city.links.as_ref().unwrap();
    let from_gate = links.iter().find(|link| &*link.names.0 == "North gate").unwrap();
    assert_eq!(from_gate.from, curtail::city::End::Source(3), "who stands behind it is renumbered");
    let own = links.iter().find(|link| &*link.names.0 == "Late").unwrap();
    assert_eq!((own.from, &*own.names.1), (curtail::city::End::Source(2), "BL"));
    let prepared = scenario.prepared(curtail::decide::Solver::Exact).unwrap();
    let study = scenario.study(&prepared).unwrap();
    let mut days = 0;
    study
        .days(0, |day| {
            days += 1;
            assert!(day.inputs.supply[2] == Some(curtail::units::M3(7)));
        })
        .unwrap();
    assert_eq!(days, 121);
}
