//! An exercise, from a proposal to an end, through the real program: every output says what it is, and nothing of the real days is
//! touched.
#![cfg(feature = "record")]
#![allow(clippy::panic)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What no output of an exercise is without: in words, or as data have it.
const MARKS: [&str; 3] = ["EXERCISE 演练", "演练 EXERCISE", "\"exercise\": true"];

/// A folder with one small case, dated from 7 January 2026.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap_or_else(|e| panic!("{e}")));
        home.done(&["init", "town", "--now", "2026-01-07 09:00"]);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null()).env("LANG", "C.UTF-8");
        for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.output().unwrap_or_else(|e| panic!("{e}"))
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// What a refused command says; nothing is printed.
    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{args:?}");
        text(&output.stderr)
    }

    /// Every file of the case, byte for byte.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(&self.path("town"))
    }
}

fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(dir).unwrap_or_else(|e| panic!("{e}"));
    let read = |path: PathBuf| (path.clone(), std::fs::read(&path).unwrap_or_else(|e| panic!("{e}")));
    entries.flatten().map(|entry| read(entry.path())).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap_or_else(|e| panic!("{e}"))
}

fn marked(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
}

/// The commands that the program has, by its help.
fn commands(home: &Home) -> Vec<String> {
    let help = home.done(&["--help"]);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // A text that is too long for its line goes on in the next.
    let listed = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    listed.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

const BY: [&str; 4] = ["--by", "Li Wei", "--role", "group"];

/// Every command in the order of a response, with what it is asked, and the files that it writes.
const DRILL: [(&str, &[&str], &[&str]); 26] = [
    ("check", &[], &[]),
    (
        "decide",
        &["--date", "2026-01-08", "--record", "--by", "Wang Fang", "--role", "office", "--out", "out"],
        &["out/EXERCISE-decision.json", "out/EXERCISE-orders.csv"],
    ),
    ("explain", &["level", "--decision", "out/EXERCISE-decision.json"], &[]),
    ("verify", &["out/EXERCISE-decision.json", "--orders", "out/EXERCISE-orders.csv"], &[]),
    ("hours", &["--date", "2026-01-08", "--out", "hours.svg"], &["hours.svg"]),
    ("curve", &["--date", "2026-01-08", "--out", "curve.csv"], &["curve.csv"]),
    (
        "propose",
        &["--company", "gas-a", "list.csv", "--date", "2026-01-08", "--by", "Sun Yi", "--role", "companies"],
        &[],
    ),
    ("approve", &BY, &[]),
    ("sign", &["--by", "Zhao Min", "--role", "head"], &[]),
    ("issue", &["--by", "Wang Fang", "--role", "office"], &[]),
    (
        "notices",
        &[
            "--date",
            "2026-01-08",
            "--format",
            "md",
            "--out",
            "papers",
            "--record",
            "--by",
            "Wang Fang",
            "--role",
            "office",
        ],
        &["papers/EXERCISE-2026-01-08-1-order-company-gas-a.md", "papers/EXERCISE-2026-01-08-1-order-sites-gas-b.md"],
    ),
    (
        "depart",
        &["--measure", "rotate-blocks", "--until", "2026-01-09", "--reason", "x", "--by", "Li Wei", "--role", "group"],
        &[],
    ),
    ("meter", &["actuals.csv", "--date", "2026-01-08", "--record", "--by", "Sun Yi", "--role", "members"], &[]),
    ("restore", &["--date", "2026-01-08", "--record", "--by", "Li Wei", "--role", "group"], &[]),
    ("deliver", &["assessment", "--by", "Sun Yi", "--role", "members"], &[]),
    (
        "rotation",
        &["--from", "2026-01-08", "--to", "2026-01-09", "--shortfall", "24", "--out", "turns.ics"],
        &["turns.ics"],
    ),
    ("report", &["incident", "--out", "incident.md"], &["EXERCISE-incident.md"]),
    ("report", &["daily", "--until", "2026-01-08 16:00", "--format", "json"], &[]),
    ("status", &[], &[]),
    ("lower", &["--to", "II", "--reason", "x", "--by", "Li Wei", "--role", "group"], &[]),
    ("end", &["--reason", "x", "--by", "Li Wei", "--role", "group"], &[]),
    ("log", &[], &[]),
    ("log", &["--check"], &[]),
    ("log", &["export", "2026-01-08-1", "--out", "then"], &[]),
    ("status", &["--format", "json"], &[]),
    ("log", &["--format", "json"], &[]),
];

/// What is the same in an exercise as on a real day.
const NEVER: [(&str, &[&str]); 8] = [
    ("init", &["elsewhere"]),
    ("fit", &["history.csv"]),
    ("simulate", &["scenario.toml"]),
    ("merge", &["part-1", "--out", "whole"]),
    ("policy", &["list"]),
    ("schema", &["case"]),
    ("completions", &["bash"]),
    ("man", &[]),
];

#[test]
fn every_output_of_every_command_is_marked_and_the_real_days_are_untouched() {
    let home = Home::new();
    // A real order of another day, so that there is a record to be left alone.
    let real = |args: &[&str]| home.done(&[&["-C", "town", "--now", "2026-01-07 09:00"], args].concat());
    real(&["-q", "decide", "--date", "2026-01-07", "--record", "--by", "Wang Fang", "--role", "office"]);
    real(&[&["approve"], &BY[..]].concat());
    std::fs::write(home.path("list.csv"), "customer_id,cut_m3\n").unwrap_or_else(|e| panic!("{e}"));
    let actuals = "date,customer_id,volume_m3\n2026-01-08,I-01,36000\n";
    std::fs::write(home.path("actuals.csv"), actuals).unwrap_or_else(|e| panic!("{e}"));
    let before = home.files();
    let mut walked: Vec<&str> = Vec::new();
    for (command, args, written) in DRILL {
        walked.push(command);
        let all = [&["-C", "town", "--drill", "--now", "2026-01-08 09:00", command], args].concat();
        let output = home.run(&all);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{all:?}: {}", text(&output.stderr));
        let said = text(&output.stdout);
        assert!(marked(&said), "{all:?}: {said}");
        if !args.contains(&"json") {
            let line = said.lines().next().unwrap_or_default();
            assert!(line.starts_with("*** EXERCISE 演练 ***"), "{all:?}: {line}");
            assert_eq!(said.lines().last(), Some(line), "{all:?}");
        }
        for file in written {
            let path = home.path(file);
            let said = text(&std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())));
            // A calendar file folds its lines.
            let said = said.replace("\r\n ", "");
            assert!(marked(&said) || said.contains("{\"exercise\":true,"), "{file}: {said}");
        }
    }
    for (command, args) in NEVER {
        walked.push(command);
        let said = home.refused(&[&["--drill", "-C", "town", command], args].concat());
        assert!(said.contains("the same in an exercise as on a real day"), "{said}");
    }
    let untold: Vec<String> = commands(&home).into_iter().filter(|known| !walked.contains(&known.as_str())).collect();
    assert_eq!(untold, Vec::<String>::new(), "commands that this test does not walk");
    let mut after = home.files();
    assert!(after.remove(&home.path("town/record-drill.db")).is_some());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert!(before == after, "a file of the case was changed");
    // And what the exercise leaves says so, wherever it goes.
    let then = files(&home.path("then"));
    let names: Vec<String> = then.keys().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    assert!(names.contains(&"record-drill.db".to_owned()) && !names.contains(&"record.db".to_owned()), "{names:?}");
    let again = ["-C", "then", "decide", "--date", "2026-01-08", "--drill", "--format", "json", "-q"];
    assert!(home.done(&again).starts_with("{\n  \"exercise\": true,"));
    assert!(!marked(&real(&["status"])) && !marked(&real(&["log"])));
}

#[test]
fn data_are_marked_as_data_and_the_columns_of_the_interface_stay() {
    let home = Home::new();
    let day = ["-C", "town", "decide", "--date", "2026-01-08", "-q"];
    let real = home.done(&[&day[..], &["--format", "csv"]].concat());
    let drill = home.done(&[&day[..], &["--format", "csv", "--drill"]].concat());
    assert!(real.lines().count() > 3 && real.lines().count() == drill.lines().count());
    for (i, (real, drill)) in real.lines().zip(drill.lines()).enumerate() {
        let mark = if i == 0 { "exercise" } else { "EXERCISE 演练" };
        assert_eq!(drill, format!("{real},{mark}"));
    }
    let gb = home.run(&[&day[..], &["--format", "csv", "--drill", "--csv-encoding", "gb18030"]].concat());
    assert_eq!(encoding(&gb.stdout), drill);
    for command in ["decide", "hours", "curve", "check"] {
        let date: &[&str] = if command == "check" { &[] } else { &["--date", "2026-01-08"] };
        let args = [&["-C", "town", command, "-q", "--format", "json", "--drill"], date].concat();
        let said: serde_json::Value =
            serde_json::from_str(&home.done(&args)).unwrap_or_else(|e| panic!("{command}: {e}"));
        assert_eq!(said["exercise"], true, "{command}");
        let plain: Vec<&str> = args.iter().copied().filter(|arg| *arg != "--drill").collect();
        let mut plain: serde_json::Value = serde_json::from_str(&home.done(&plain)).unwrap_or_default();
        assert_eq!(plain["exercise"], serde_json::Value::Null, "{command}");
        // The mark is all that differs, but for the areas of a decision, which are marked too.
        if command != "decide" {
            plain["exercise"] = true.into();
            assert_eq!(said, plain, "{command}");
        }
    }
    let zh = home.done(&["-C", "town", "decide", "--date", "2026-01-08", "-q", "--drill", "--lang", "zh"]);
    assert!(zh.starts_with("*** 演练 EXERCISE *** 以下内容均非实际，任何单位和个人不得执行"), "{zh}");
}

/// GB18030 by the program's own reader: a case's table in that encoding is read as any other.
fn encoding(bytes: &[u8]) -> String {
    let (text, _, wrong) = encoding_rs::GB18030.decode(bytes);
    assert!(!wrong);
    text.into_owned()
}

#[test]
fn neither_record_is_opened_as_the_other() {
    let home = Home::new();
    let record = ["-q", "decide", "--date", "2026-01-08", "--record", "--by", "Wang Fang", "--role", "office"];
    let at = ["-C", "town", "--now", "2026-01-07 09:00"];
    home.done(&[&at[..], &["--drill"], &record].concat());
    let status = [&at[..], &["status"]].concat();
    assert_eq!(
        home.refused(&status),
        "error: town/record.db: there is no record yet\n  help: `decide --record` begins one\n"
    );
    std::fs::copy(home.path("town/record-drill.db"), home.path("town/record.db")).unwrap_or_else(|e| panic!("{e}"));
    let said = "error: town/record.db: the record of an exercise: nothing in it happened on a real day\n  \
                help: add --drill to go on with the exercise, or name the record of real days with `record = \"...\"` under \
                [files] in case.toml\n";
    assert_eq!(home.refused(&status), said);
    assert_eq!(home.refused(&[&at[..], &record].concat()), said);
    assert_eq!(home.refused(&[&at[..], &["decide", "--date", "2026-01-08"]].concat()), said);
    std::fs::remove_file(home.path("town/record.db")).unwrap_or_else(|e| panic!("{e}"));
    home.done(&[&at[..], &record].concat());
    std::fs::copy(home.path("town/record.db"), home.path("town/record-drill.db")).unwrap_or_else(|e| panic!("{e}"));
    let said = "error: town/record-drill.db: a record of real days: an exercise never opens one\n  \
                help: move the file away, or leave --drill out\n";
    assert_eq!(home.refused(&[&status[..], &["--drill"]].concat()), said);
    assert_eq!(home.refused(&[&at[..], &["--drill"], &record].concat()), said);
    let zh = home.refused(&[&status[..], &["--drill", "--lang", "zh"]].concat());
    assert_eq!(zh, "错误：town/record-drill.db：这是实际记录，演练不得打开\n  办法：请移走该文件，或去掉 --drill\n");
}

#[test]
fn a_decision_of_an_exercise_is_none_without_the_flag() {
    let home = Home::new();
    home.done(&["-C", "town", "decide", "--date", "2026-01-08", "--out", "out", "--drill"]);
    let verify = ["-C", "town", "verify", "out/EXERCISE-decision.json"];
    let said =
        "error: out/EXERCISE-decision.json: a decision of an exercise, and this is no exercise\n  help: add --drill\n";
    assert_eq!(home.refused(&verify), said);
    let explain = ["-C", "town", "explain", "level", "--decision", "out/EXERCISE-decision.json"];
    assert_eq!(home.refused(&explain), said);
    assert_eq!(
        home.refused(&[&verify[..], &["--lang", "zh"]].concat()),
        "错误：out/EXERCISE-decision.json：这是演练中的决定，而当前并非演练\n  办法：请加 --drill\n"
    );
    assert!(home.done(&[&verify[..], &["--drill"]].concat()).starts_with("*** EXERCISE 演练 ***"));
}
