//! Winters through the real program: the same bytes on any number of threads, in parts, after a kill; and a simulated day decided again.
#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

#[path = "winters/each.rs"]
mod each;
#[path = "winters/wrong.rs"]
mod wrong;

/// A folder with one small case in each language.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        for lang in ["en", "zh"] {
            home.done(&["init", lang, "--lang", lang, "--now", "2026-01-07 09:00"]);
        }
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null()).env("LANG", "C.UTF-8");
        for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Simulates the small case: `args` behind it.
    fn simulate(&self, args: &[&str]) -> String {
        self.done(&[&["simulate", "en/scenario.toml"], args].concat())
    }

    /// What a refused command says; nothing is printed.
    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{args:?}");
        text(&output.stderr)
    }

    /// Every file of a folder, byte for byte.
    fn files(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.path(name)).unwrap();
        let read = |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap());
        entries.map(|entry| read(entry.unwrap().path())).collect()
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const ALONE: [&str; 7] =
    ["cumulated.csv", "days.csv", "results.json", "seasons.csv", "winters.csv", "winters.en.html", "winters.zh.html"];

/// A table's heading and rows.
fn table(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let heading = cells(reader.headers().unwrap());
    (heading, reader.records().map(|row| cells(&row.unwrap())).collect())
}

#[test]
fn threads_and_parts_do_not_change_a_byte() {
    let home = Home::new();
    home.simulate(&["--winters", "50", "--threads", "1", "--out", "one"]);
    home.simulate(&["--winters", "50", "--threads", "3", "--out", "three"]);
    let whole = home.files("one");
    assert_eq!(whole.keys().map(String::as_str).collect::<Vec<_>>(), ALONE);
    assert!(whole == home.files("three"), "three threads");
    let parts = ["part-1", "part-2", "part-3", "part-4"];
    for (number, part) in (1..).zip(parts) {
        home.simulate(&["--winters", "50", "--shard", &format!("{number}/4"), "--out", part]);
    }
    // In any order.
    home.done(&["merge", "part-3", "part-1", "part-4", "part-2", "--out", "merged"]);
    assert!(whole == home.files("merged"), "four parts");

    let refused = |args: &[&str]| home.refused(&[&["merge"], args, &["--out", "never"]].concat());
    let missing = refused(&["part-1", "part-2", "part-4"]);
    assert!(missing.contains("the winters numbered 25 to 36, counted from 0, are in none of these parts"), "{missing}");
    let twice = refused(&["part-1", "part-2", "part-2", "part-3", "part-4"]);
    assert!(twice.contains("both hold the winters numbered 12 to 24, counted from 0"), "{twice}");
    home.simulate(&["--winters", "50", "--seed", "9", "--shard", "2/4", "--out", "other-seed"]);
    let other = refused(&["part-1", "other-seed", "part-3", "part-4"]);
    assert!(other.contains("`other-seed` is of other inputs than `part-1`"), "{other}");
    home.simulate(&["--winters", "60", "--shard", "2/4", "--out", "more"]);
    let more = refused(&["part-1", "more", "part-3", "part-4"]);
    assert!(more.contains("another number of winters"), "{more}");
    // A row that is another's, one that says more than was counted, and one that is missing are noticed.
    let rows = fs::read_to_string(home.path("part-2/winters.csv")).unwrap();
    let first = rows.lines().nth(1).unwrap();
    for damaged in [
        rows.replacen(",12,", ",13,", 1),
        rows.replacen(first, &format!("{}1", first), 1),
        rows.replacen(&format!("{first}\n"), "", 1),
        format!("{rows}{first}\n"),
    ] {
        assert_ne!(damaged, rows);
        fs::write(home.path("part-2/winters.csv"), damaged).unwrap();
        let said = refused(&["part-1", "part-2", "part-3", "part-4"]);
        assert!(said.contains("`part-2/winters.csv` does not hold, winter by winter"), "{said}");
    }
    fs::write(home.path("part-2/winters.csv"), rows).unwrap();
    let sound = fs::read_to_string(home.path("part-2/results.json")).unwrap();
    let damaged = sound.replacen("\"winters\":13", "\"winters\":11", 1);
    fs::write(home.path("part-2/results.json"), damaged).unwrap();
    let damaged = refused(&["part-1", "part-2", "part-3", "part-4"]);
    assert!(damaged.contains("part-2/results.json"), "{damaged}");
    assert!(!home.path("never").exists(), "nothing is written");
}

/// Kills a run as soon as it has kept something, and lets it go on.
#[test]
fn a_run_that_is_killed_goes_on_and_ends_with_the_same_bytes() {
    let home = Home::new();
    let long = ["--winters", "600", "--threads", "2", "--out"];
    home.simulate(&[&long[..], &["straight"]].concat());
    let again = [&["simulate", "en/scenario.toml"][..], &long, &["killed"]].concat();
    let kill_when = |args: &[&str], kept: &dyn Fn() -> bool| {
        let mut child = home.command(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let begun = Instant::now();
        while !kept() {
            assert!(begun.elapsed() < Duration::from_secs(120), "nothing was kept");
            assert!(child.try_wait().unwrap().is_none(), "it was over before it was killed");
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    };
    let unfinished = home.path("killed/unfinished.json");
    kill_when(&again, &|| unfinished.exists());
    assert!(!home.path("killed/results.json").exists());
    let until = home.json("killed/unfinished.json")["winters"]["until"].as_u64().unwrap();
    // Rows that were written and not counted yet, or half written, are written again; rows that are missing are not made up.
    let growing = home.path("killed/unfinished-winters.csv");
    let rows = fs::read_to_string(&growing).unwrap();
    let counted: String = rows.lines().take(until as usize + 1).map(|line| format!("{line}\n")).collect();
    assert!(rows.starts_with(&counted));
    for short in [counted.trim_end_matches(|c| c != ','), counted.trim_end()] {
        fs::write(&growing, short).unwrap();
        let missing = home.refused(&[&again[..], &["--resume"]].concat());
        assert!(missing.contains("`killed/unfinished-winters.csv` does not hold, winter by winter"), "{missing}");
    }
    fs::write(&growing, format!("{rows}A half,,9")).unwrap();
    assert!((1..600).contains(&until), "{until}");
    // Without the flag nothing that is done is thrown away.
    let refused = home.refused(&again);
    assert!(refused.contains("`--resume` goes on with it"), "{refused}");
    let other = home.refused(&[&again[..], &["--resume", "--seed", "5"]].concat());
    assert!(other.contains("is of another run"), "{other}");
    home.done(&[&again[..], &["--resume"]].concat());
    assert!(home.files("killed") == home.files("straight"), "{:?}", home.files("killed").keys());
    // On a run that is over there is nothing to do.
    let begun = Instant::now();
    home.done(&[&again[..], &["--resume"]].concat());
    assert!(begun.elapsed() < Duration::from_secs(5));
}

/// What was kept is what the run goes on with: a sample that was counted before is counted.
#[test]
fn what_was_kept_is_not_done_again() {
    let home = Home::new();
    let short = ["--winters", "40", "--set", "scenario.sources.north-gate.contract.1.m3_day=340000", "--out"];
    home.simulate(&[&short[..], &["half", "--shard", "1/2"]].concat());
    home.simulate(&[&short[..], &["straight"]].concat());
    fs::create_dir(home.path("kept")).unwrap();
    // The first half is what a run has done that was interrupted there, but for its sample, which is drawn in the end.
    let mut half = home.json("half/results.json");
    let sample = half["confirmed"]["days"].as_u64().unwrap();
    assert!(sample > 0);
    fs::write(home.path("kept/unfinished.json"), half.to_string()).unwrap();
    fs::copy(home.path("half/winters.csv"), home.path("kept/unfinished-winters.csv")).unwrap();
    home.simulate(&[&short[..], &["kept", "--resume"]].concat());
    let (kept, straight) = (home.json("kept/results.json"), home.json("straight/results.json"));
    let days = |of: &Value| of["confirmed"]["days"].as_u64().unwrap();
    assert_eq!(days(&kept), days(&straight) + sample, "it was read");
    half["confirmed"] = straight["confirmed"].clone();
    let mut kept = kept;
    kept["confirmed"] = straight["confirmed"].clone();
    assert_eq!(kept, straight);
}

/// A simulated day, written as a case, is decided as it was simulated: level, losses by class and district, turns.
#[test]
fn decide_says_the_same_of_a_simulated_day() {
    let home = Home::new();
    // Little gas, so that blocks take turns and remember them.
    let short = ["--set", "scenario.sources.north-gate.contract.1.m3_day=270000"];
    let (mut turns, mut burdened) = (0, 0);
    for (winter, date) in [(3, "2026-12-20"), (3, "2027-01-12"), (5, "2027-01-20"), (5, "2026-11-20")] {
        let (day, dir) = (format!("{winter}/{date}"), format!("day-{winter}-{date}"));
        let told = home.simulate(&[&short[..], &["--day", &day, "--out", &dir, "--format", "json"]].concat());
        let told: Value = serde_json::from_str(&told).unwrap();
        let burdens = format!("{dir}/burdens.csv");
        let decided = home.run(&["-C", &dir, "decide", "--date", date, "--burdens", &burdens, "--format", "json"]);
        assert!(matches!(decided.status.code(), Some(0 | 3)), "{}", text(&decided.stderr));
        let decided: Value = serde_json::from_slice(&decided.stdout).unwrap();
        let areas = || std::iter::once(&decided).chain(decided["areas"].as_array().unwrap());
        let figures = told["figures"].as_array().unwrap();
        let level = decided["level"].as_object().map_or(&Value::Null, |level| &level["id"]);
        assert_eq!(&told["level"], level, "{day}");
        let sum = |key: &str| areas().map(|area| area["totals"][key].as_u64().unwrap()).sum::<u64>();
        let of = |table: &str, key: &str, id: &str| -> u64 {
            let rows = areas().flat_map(|area| area[table].as_array().unwrap());
            rows.filter(|row| row[key] == id).map(|row| row["cut_m3"].as_u64().unwrap()).sum()
        };
        for figure in figures {
            let (what, value) = (&figure["figure"], figure["value"].as_u64().unwrap());
            let wanted = match what.as_str() {
                Some("lost") => sum("cut_m3"),
                Some("withheld") => sum("withheld_m3"),
                Some("beyond") => sum("beyond_authority_m3"),
                Some(_) => continue,
                None => {
                    let (key, id) = what.as_object().unwrap().iter().next().unwrap();
                    match key.as_str() {
                        "class" => of("by_class", "class", id.as_str().unwrap()),
                        "district" => of("by_district", "district", id.as_str().unwrap()),
                        "tier" => {
                            let rows = areas().flat_map(|area| area["by_tier"].as_array().unwrap());
                            rows.filter(|row| row["tier"] == *id).map(|row| row["cut_m3"].as_u64().unwrap()).sum()
                        }
                        _ => continue,
                    }
                }
            };
            assert_eq!(value, wanted, "{day}: {what}");
        }
        turns += decided["rotation"]["blocks"].as_array().map_or(0, Vec::len);
        burdened += fs::read_to_string(home.path(&burdens)).unwrap().lines().count() - 1;
    }
    assert!(turns > 0 && burdened > 0, "{turns} turns, {burdened} burdens");
    let refused = home.refused(&["simulate", "en/scenario.toml", "--day", "3/2027-07-01", "--out", "none"]);
    assert!(refused.contains("is no day of a winter"), "{refused}");
}

#[test]
fn two_scenarios_meet_the_same_winters_and_differ_in_pairs() {
    let home = Home::new();
    let more = fs::read_to_string(home.path("en/scenario.toml")).unwrap();
    let more = more.replace("sends_m3_day = 80000", "sends_m3_day = 110000").replace("seed = 1 ", "seed = 77 ");
    fs::write(home.path("en/more.toml"), more.replace("A small city (synthetic)", "With a larger pump")).unwrap();
    let run = |first: &str, second: &str, out: &str| {
        let args = ["simulate", "--compare", first, second, "--winters", "60", "--out", out];
        home.done(&[&args[..], &["--threads", "2"]].concat())
    };
    run("en/scenario.toml", "en/scenario.toml", "same");
    let same = home.json("same/results.json");
    let sums = |of: &Value| -> Vec<(String, i128, u64)> {
        let differences = of["differences"][0].as_array().unwrap();
        let read = |pair: &Value| {
            let unlike = pair[1]["less"].as_u64().unwrap() + pair[1]["more"].as_u64().unwrap();
            (pair[0].to_string(), pair[1]["sum"].as_str().unwrap().parse().unwrap(), unlike)
        };
        differences.iter().map(read).collect()
    };
    assert!(sums(&same).iter().all(|(_, sum, unlike)| (*sum, *unlike) == (0, 0)));
    let screen = run("en/scenario.toml", "en/more.toml", "more");
    assert!(screen.contains("A: A small city (synthetic)") && screen.contains("B: With a larger pump"), "{screen}");
    let more = home.json("more/results.json");
    let of = |figure: &str| sums(&more).into_iter().find(|(own, _, _)| own == figure).unwrap();
    assert!(of("\"lost\"").1 < 0 && of("\"sent_out\"").1 > 0, "a larger pump loses less and sends more");
    assert!(home.files("more").contains_key("differences.csv"));
    // The first is what it is alone, and the differences are those of the sums.
    home.simulate(&["--winters", "60", "--out", "alone"]);
    let (alone, lost) = (home.json("alone/results.json"), |of: &Value| of["tally"]["spreads"][0]["sum"].clone());
    assert_eq!(lost(&alone["scenarios"][0]), lost(&more["scenarios"][0]));
    let number = |of: &Value| lost(of).as_str().unwrap().parse::<i128>().unwrap();
    assert_eq!(number(&more["scenarios"][1]) - number(&more["scenarios"][0]), of("\"lost\"").1);

    // Parts of a comparison are parts like any other.
    for part in ["1/2", "2/2"] {
        let out = format!("c-{}", &part[..1]);
        let args = ["simulate", "--compare", "en/scenario.toml", "en/more.toml", "--winters", "60"];
        home.done(&[&args[..], &["--shard", part, "--out", &out]].concat());
    }
    home.done(&["merge", "c-2", "c-1", "--out", "c"]);
    assert!(home.files("c") == home.files("more"));

    // One value at a time is the same as two scenarios.
    let sweep = "scenario.sources.lng-store.store.sends_m3_day=80000,110000";
    let screen = home.simulate(&["--sweep", sweep, "--winters", "60", "--out", "swept"]);
    assert!(screen.lines().any(|line| line.trim_start().starts_with("110000")), "{screen}");
    assert_eq!(sums(&home.json("swept/results.json")), sums(&more));

    let longer = fs::read_to_string(home.path("en/more.toml")).unwrap().replace("2027-03-15", "2027-03-14");
    fs::write(home.path("en/longer.toml"), longer).unwrap();
    let refused = home.refused(&["simulate", "--compare", "en/scenario.toml", "en/longer.toml"]);
    assert!(refused.contains("do not meet the same winters"), "{refused}");
}

/// The two scenarios of the example meet the same winters, and another store loses less in every one that loses anything it could send.
#[test]
fn the_example_tells_what_more_gas_buys() {
    let home = Home::new();
    let winters = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/xian/winters");
    let [one, other] = ["scenario.toml", "more-lng.toml"].map(|name| winters.join(name).display().to_string());
    let screen = home.done(&["simulate", "--compare", &one, &other, "--winters", "20", "--out", "example", "-q"]);
    // A city that lacks millions of m3 is told in thousands, a small one in m3.
    assert!(screen.contains("Gas in 1,000 m3 a winter"), "{screen}");
    let small = home.done(&["simulate", "--compare", "en/scenario.toml", "en/scenario.toml", "--winters", "5", "-q"]);
    assert!(small.contains("Gas in m3 a winter."), "{small}");
    let results = home.json("example/results.json");
    let lost = &results["differences"][0][0];
    assert_eq!(lost[0], "lost");
    assert!(lost[1]["less"].as_u64().unwrap() > 5 && lost[1]["more"] == 0, "{lost}");
    let confirmed = &results["confirmed"];
    assert!(confirmed["days"].as_u64().unwrap() > 10 && confirmed["days"] == confirmed["agreed"], "{confirmed}");
}

/// The lines of `docs/winters`, with a loop in the place of the schedulers.
#[cfg(unix)]
#[test]
fn the_scripts_give_what_one_run_gives() {
    let home = Home::new();
    // The scripts take as many winters as the scenario says.
    let scenario = fs::read_to_string(home.path("en/scenario.toml")).unwrap();
    fs::write(home.path("en/scenario.toml"), scenario.replace("winters = 1000", "winters = 30")).unwrap();
    home.simulate(&["--out", "straight"]);
    let straight = home.files("straight");
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/winters");
    let bin = home.path("bin");
    fs::create_dir(&bin).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_curtail"), bin.join("curtail")).unwrap();
    // A loop that takes `parallel`'s line: leaves `-j N` out and puts each line of its input in the place of {}.
    let shim = "#!/bin/sh\nshift 2\nwhile read -r part; do\n  line=\n  for word in \"$@\"; do line=\"$line '$(printf %s \"$word\" | sed \"s/{}/$part/g\")'\"; done\n  sh -c \"$line\" < /dev/null > /dev/null || exit 1\ndone\n";
    fs::write(bin.join("parallel"), shim).unwrap();
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(bin.join("parallel"), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let shell = |script: &str, vars: &[(&str, &str)]| {
        let mut command = Command::new("sh");
        command.args(["-euc", script]).current_dir(home.0.path()).env("PATH", &path).env("LANG", "C.UTF-8");
        command.env("SCENARIO", "en/scenario.toml").env("DOCS", &docs).envs(vars.iter().copied());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{script}: {}", text(&output.stderr));
    };
    for script in ["slurm.sh", "parallel.sh"] {
        shell(&format!("bash -n \"$DOCS/{script}\""), &[]);
    }
    shell(
        "for i in 3 1 2; do SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_TASK_COUNT=3 sh \"$DOCS/slurm.sh\"; done\n\
         curtail merge \"$OUT\"/part-* --out \"$OUT/whole\" > /dev/null",
        &[("OUT", "slurm")],
    );
    assert!(home.files("slurm/whole") == straight, "slurm.sh");
    shell("sh \"$DOCS/parallel.sh\" > /dev/null", &[("OUT", "parallel"), ("PARTS", "3")]);
    assert!(home.files("parallel/whole") == straight, "parallel.sh");
    // The scheduler itself, where this machine has it.
    let version = Command::new("parallel").arg("--version").stdin(Stdio::null()).output();
    if version.is_ok_and(|output| text(&output.stdout).starts_with("GNU parallel")) {
        fs::remove_file(bin.join("parallel")).unwrap();
        shell("sh \"$DOCS/parallel.sh\" > /dev/null", &[("OUT", "gnu"), ("PARTS", "4")]);
        assert!(home.files("gnu/whole") == straight, "parallel.sh by GNU parallel");
        // Again: all parts are there, and so is the whole.
        shell("sh \"$DOCS/parallel.sh\" > /dev/null", &[("OUT", "gnu"), ("PARTS", "4")]);
        assert!(home.files("gnu/whole") == straight, "parallel.sh again");
    }
    let job = fs::read_to_string(docs.join("kubernetes.yaml")).unwrap();
    let lines: Vec<&str> = job.lines().skip_while(|line| line.trim() != "- |").skip(1).take(2).collect();
    assert!(lines[0].trim_start().starts_with("part=") && lines[1].trim_start().starts_with("curtail simulate"));
    fs::write(home.path("pod.sh"), lines.join("\n")).unwrap();
    shell("bash -n pod.sh", &[]);
    for index in ["2", "0", "1"] {
        shell(&lines.join("\n"), &[("OUT", "k8s"), ("PARTS", "3"), ("JOB_COMPLETION_INDEX", index)]);
    }
    shell("curtail merge \"$OUT\"/part-* --out \"$OUT/whole\" > /dev/null", &[("OUT", "k8s")]);
    assert!(home.files("k8s/whole") == straight, "kubernetes.yaml");
}

#[test]
fn what_cannot_be_simulated_is_refused_in_both_languages() {
    let home = Home::new();
    let run = ["simulate", "en/scenario.toml"];
    for (args, en, zh) in [
        (&["--winters", "0"][..], "is not a whole number above 0", "不是大于 0 的整数"),
        (&["--winters", "-5"], "`--winters -5` is not a whole number above 0", "`--winters -5` 不是大于 0 的整数"),
        (&["--threads", "-1"], "`--threads -1` is not a whole number above 0", "`--threads -1` 不是大于 0 的整数"),
        (&["--seed", "-1"], "`--seed -1` is not a whole number", "`--seed -1` 不是整数"),
        (
            &["--shard", "-1/4", "--out", "o"],
            "`--shard -1/4` is not a part of a run",
            "`--shard -1/4` 不是运行的一部分",
        ),
        (
            &["--sweep", "measures.none.x=1,2"],
            "error: --sweep measures.none.x=1: `measures.none.x` names no value",
            "--sweep measures.none.x=1",
        ),
        (
            &["--sweep", "scenario.sources.lng-store.store.sends_m3_day=x,1,y"],
            "error: --sweep scenario.sources.lng-store.store.sends_m3_day=y: ",
            "sends_m3_day=y",
        ),
        (&["--threads", "many"], "is not a whole number above 0", "不是大于 0 的整数"),
        (&["--seed", "x"], "`--seed x` is not a whole number", "不是整数"),
        (&["--shard", "5/4", "--out", "o"], "is not a part of a run", "不是运行的一部分"),
        (&["--sweep", "nothing"], "is not a path and its values", "不是路径及其取值"),
        (&["--set", "scenario.sauces=1"], "unknown key `sauces`", "没有这个键：`sauces`"),
        (&["--set", "measures.none.x=1"], "`measures.none.x` names no value", "没有对应的值"),
    ] {
        let said = home.refused(&[&run[..], args].concat());
        assert!(said.contains(en), "{said}");
        let said = home.refused(&[&run[..], args, &["--lang", "zh"]].concat());
        assert!(said.contains(zh), "{said}");
    }
    let missing = home.refused(&["simulate", "nowhere.toml"]);
    assert!(missing.contains("nowhere.toml: there is no such scenario"), "{missing}");
    // What is told of a case that the scenario names by a detour names its file as people write it.
    fs::create_dir(home.path("en/winters")).unwrap();
    let there = fs::read_to_string(home.path("en/scenario.toml")).unwrap();
    let there = there
        .replace("case = \".\"", "case = \"..\"")
        .replace(" = \"weather", " = \"../weather")
        .replace(" = \"demand-m", " = \"../demand-m");
    fs::write(home.path("en/winters/scenario.toml"), there).unwrap();
    let customers = fs::read_to_string(home.path("en/customers.csv")).unwrap();
    fs::write(home.path("en/customers.csv"), customers.clone() + "twice,twice\n").unwrap();
    let said = home.refused(&["simulate", "en/winters/scenario.toml"]);
    assert!(said.starts_with("error: en/customers.csv:"), "{said}");
    fs::write(home.path("en/customers.csv"), customers).unwrap();
    let nothing = home.refused(&["merge", "en", "--out", "o"]);
    assert!(nothing.contains("there is no `en/results.json`"), "{nothing}");
    fs::write(home.path("en/results.json"), "{}").unwrap();
    let nothing = home.refused(&["merge", "en", "--out", "o"]);
    assert!(nothing.contains("does not hold the results"), "{nothing}");
    let file = home.refused(&["merge", "en/results.json", "--out", "o"]);
    assert!(file.contains("`en/results.json` is a file, not the folder of a part"), "{file}");
    assert!(!home.path("o").exists());
}

/// The screens of the small case in both languages, and of a comparison.
#[test]
fn golden_screens() {
    let home = Home::new();
    for lang in ["en", "zh"] {
        let scenario = format!("{lang}/scenario.toml");
        let screen = home.done(&["simulate", &scenario, "--winters", "200", "--lang", lang]);
        insta::assert_snapshot!(format!("winters_{lang}"), screen);
        let name = if lang == "zh" { "液化天然气储配站" } else { "lng-store" };
        let sweep = format!("scenario.sources.{name}.store.sends_m3_day=40000,80000,120000");
        let screen = home.done(&["simulate", &scenario, "--winters", "100", "--lang", lang, "--sweep", &sweep]);
        insta::assert_snapshot!(format!("winters_swept_{lang}"), screen);
    }
    let more = fs::read_to_string(home.path("en/scenario.toml")).unwrap();
    fs::write(home.path("en/more.toml"), more.replace("sends_m3_day = 80000", "sends_m3_day = 110000")).unwrap();
    let screen = home.done(&["simulate", "--compare", "en/scenario.toml", "en/more.toml", "--winters", "100"]);
    insta::assert_snapshot!("winters_compared", screen);
}
