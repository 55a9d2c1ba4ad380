//! The real program as a person meets it: exit statuses, streams, files, and golden screens in both languages.
#![cfg(feature = "cli")]
#![allow(clippy::panic)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use unicode_width::UnicodeWidthStr;

/// A folder with one small case in each language, dated from 7 January 2026.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap_or_else(|e| panic!("{e}")));
        for lang in ["en", "zh"] {
            let made = home.run(&["init", lang, "--lang", lang, "--now", "2026-01-07 09:00"]);
            assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
        }
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null());
        for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.env("LANG", "C.UTF-8");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap_or_else(|e| panic!("{e}"))
    }

    /// Standard output of a run that ends with this status.
    fn prints(&self, status: i32, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(status), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Standard error of a run that is refused and prints nothing.
    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{args:?}");
        text(&output.stderr)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap_or_else(|e| panic!("{e}"))
}

fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A day of each kind: no shortage, a level without rotation, rotation, a level that an area calls for, beyond authority.
const DAYS: [(&str, &[&str]); 5] = [
    ("none", &["decide", "--date", "2026-01-07", "--shortfall", "0"]),
    ("level_ii", &["decide", "--date", "2026-01-07"]),
    ("level_i", &["decide", "--date", "2026-01-08"]),
    (
        "level_by_area",
        &[
            "decide",
            "--date",
            "2026-01-07",
            "--set",
            "levels.I.when={any={shortfall={over=0.20},area_shortfall={over=0.10}}}",
        ],
    ),
    (
        "beyond",
        &[
            "decide",
            "--date",
            "2026-01-07",
            "--shortfall",
            "20",
            "--set",
            "measures.reduce-chp.levels=[\"I\"]",
            "--set",
            "measures.limit-large-central.II.limit=0.01",
        ],
    ),
];

#[test]
fn golden_screens() {
    let home = Home::new();
    for (day, args) in DAYS {
        for lang in ["en", "zh"] {
            let args: Vec<&str> = ["-C", lang, "--lang", lang].iter().chain(args).copied().collect();
            let status = if day == "beyond" { 3 } else { 0 };
            insta::assert_snapshot!(format!("decide_{day}_{lang}"), home.prints(status, &args));
        }
    }
    for lang in ["en", "zh"] {
        let check = ["-C", lang, "--lang", lang, "check", "--now", "2026-01-07 09:00"];
        insta::assert_snapshot!(format!("check_{lang}"), home.prints(0, &check));
        insta::assert_snapshot!(format!("policy_list_{lang}"), home.prints(0, &["policy", "list", "--lang", lang]));
        for policy in curtail::policy::Policy::builtins() {
            let rules = home.prints(0, &["policy", "show", policy, "--lang", lang]);
            insta::assert_snapshot!(format!("policy_{}_{lang}", policy.replace('-', "_")), rules);
        }
        let tests = ["policy", "test", "us-texas-7455", "nl-bhg-2023", "--lang", lang];
        insta::assert_snapshot!(format!("policy_test_{lang}"), home.prints(0, &tests));
        for (name, args) in PROOFS {
            let args: Vec<&str> = ["-C", lang, "--lang", lang, "policy"].iter().chain(args).copied().collect();
            insta::assert_snapshot!(format!("proof_{name}_{lang}"), home.prints(0, &args));
        }
        let alone = ["policy", "check", "cn-shanxi-2021", "--lang", lang];
        insta::assert_snapshot!(format!("proof_alone_{lang}"), home.prints(0, &alone));
        let help = home.prints(0, &["policy", "diff", "--help", "--lang", lang]);
        insta::assert_snapshot!(format!("help_policy_diff_{lang}"), help);
        for command in ["curve", "decide", "policy"] {
            let help = home.prints(0, &[command, "--help", "--lang", lang]);
            insta::assert_snapshot!(format!("help_{command}_{lang}"), help);
        }
    }
}

/// A failing test, and too little coverage, end with status 4; a file that cannot be read with 2, before anything is run.
#[test]
fn policies_are_tested() {
    let home = Home::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let copy = |from: &str, to: &str, change: fn(String) -> String| {
        let text = std::fs::read_to_string(folder.join(from)).unwrap_or_else(|e| panic!("{e}"));
        std::fs::write(home.path(to), change(text)).unwrap_or_else(|e| panic!("{e}"));
    };
    copy("plans/village.toml", "plan.toml", |text| text);
    copy("trials/everything.test.toml", "plan.test.toml", |text| {
        text.replace("cutting = [\"close-inns\"]", "cutting = [\"slow-works\"]").replace("cut_m3 = 10,", "cut_m3 = 9,")
    });
    for lang in ["en", "zh"] {
        let screen = home.prints(4, &["policy", "test", "plan.toml", "--lang", lang]);
        insta::assert_snapshot!(format!("policy_test_fails_{lang}"), screen);
        assert!(screen.lines().all(|line| line.width() <= 100));
    }
    let json = home.prints(4, &["policy", "test", "plan.toml", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((json["holds"].as_bool(), json["policies"][0]["passes"].as_bool()), (Some(false), Some(false)));
    let tests = json["policies"][0]["tests"].as_array().map(Vec::as_slice).unwrap_or_default();
    assert_eq!(tests.iter().map(|test| test["mismatches"].as_array().map_or(0, Vec::len)).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(tests[1]["mismatches"][0]["found"], "10");

    copy("trials/everything.test.toml", "plan.test.toml", |text| text);
    home.prints(0, &["policy", "test", "plan.test.toml", "nl-bhg-2023"]);
    let little = home.run(&["policy", "test", "plan.toml", "--min-coverage", "50"]);
    assert_eq!(little.status.code(), Some(4));
    let said = "village: 12.50 % of its rules are exercised, less than the 50 % that are asked for\n";
    assert_eq!(text(&little.stderr), said);
    home.prints(0, &["policy", "test", "plan.toml", "--min-coverage", "12.5 %"]);
    home.prints(0, &["policy", "test", "nl-bhg-2023", "--min-coverage", "100"]);
    assert!(home.refused(&["policy", "test", "--min-coverage", "101"]).contains("--min-coverage 90"));
    assert!(home.refused(&["policy", "test", "--format", "csv"]).contains("policy test"));
    assert!(home.refused(&["policy", "test", "nobody"]).contains("nobody"));
    copy("trials/bad/keys.toml", "plan.test.toml", |text| text);
    let refused = home.refused(&["policy", "test", "plan.toml", "nobody", "nl-bhg-2023"]);
    assert!(refused.contains("plan.test.toml:11:8: unknown key `lvel`") && refused.contains("nobody"), "{refused}");
}
/// What is true of a plan in the small city, and what a change makes of it.
const PROOFS: [(&str, &[&str]); 3] = [
    ("check", &["check", "--date", "2026-01-08"]),
    (
        "diff",
        &[
            "diff",
            "xian-2025",
            "--set",
            "measures.peak-stop.II.window={ from = \"16:00\", until = \"20:00\" }",
            "--date",
            "2026-01-08",
        ],
    ),
    (
        "diff_of_rules",
        &[
            "diff",
            "xian-2025",
            "--set",
            "measures.stop-industry-commerce.sharing=\"list\"",
            "--set",
            "levels.I.approved_by=[\"office\", \"group\"]",
            "--date",
            "2026-01-08",
        ],
    ),
];

/// The screens that answer for a decision, on the day that rotates.
const ANSWERS: [(&str, &[&str]); 6] = [
    ("customer", &["explain", "B-02"]),
    ("against", &["explain", "B-02", "--against", "B-03"]),
    ("class", &["explain", "class:industry"]),
    ("measure", &["explain", "rotate-blocks"]),
    ("level", &["explain", "level"]),
    ("curve", &["curve"]),
];

#[test]
fn golden_answers() {
    let home = Home::new();
    for lang in ["en", "zh"] {
        for (name, args) in ANSWERS {
            let args: Vec<&str> =
                ["-C", lang, "--lang", lang].iter().chain(args).chain(&["--date", "2026-01-08"]).copied().collect();
            insta::assert_snapshot!(format!("answer_{name}_{lang}"), home.prints(0, &args));
        }
        home.prints(0, &["-C", lang, "decide", "--date", "2026-01-08", "--out", "orders", "-q"]);
        let verify = ["-C", lang, "--lang", lang, "verify", "orders/decision.json", "--orders", "orders/orders.csv"];
        insta::assert_snapshot!(format!("answer_verify_{lang}"), home.prints(0, &verify));
    }
}

#[test]
fn a_decision_is_explained_as_it_was_made() {
    let home = Home::new();
    let explain = ["-C", "en", "explain", "B-02", "--date", "2026-01-08"];
    let before = home.prints(0, &explain);
    home.prints(0, &["-C", "en", "decide", "--date", "2026-01-08", "--out", "orders", "-q"]);
    let recorded = ["-C", "en", "explain", "B-02", "--decision", "orders/decision.json"];
    assert_eq!(home.prints(0, &recorded), before);
    // The day's supply is changed afterwards: the same words but for the outlook, and it is said.
    let supply = home.path("en/supply.csv");
    let rows = std::fs::read_to_string(&supply).unwrap_or_else(|e| panic!("{e}"));
    let changed = rows.replacen("2026-01-08,north-gate,", "2026-01-08,north-gate,1", 1);
    assert_ne!(rows, changed);
    std::fs::write(&supply, changed).unwrap_or_else(|e| panic!("{e}"));
    let after = home.prints(0, &recorded);
    assert!(after.contains("The case has changed since this was decided (supply)"), "{after}");
    let facts = |screen: &str| -> Vec<String> {
        let why = screen.lines().skip_while(|line| *line != "Why").take_while(|line| !line.starts_with("What would"));
        why.filter(|line| line.contains("rank") || line.contains("clause")).map(str::to_owned).collect()
    };
    assert!(facts(&before).len() > 2);
    assert_eq!(facts(&after), facts(&before));
    let refused = home.refused(&["-C", "en", "verify", "orders/decision.json"]);
    assert!(refused.contains("not the one this decision was made from: supply"), "{refused}");
    // Another day's row changes nothing.
    let tomorrow = rows.replacen("2026-01-07,north-gate,", "2026-01-07,north-gate,1", 1);
    assert_ne!(rows, tomorrow);
    std::fs::write(&supply, tomorrow).unwrap_or_else(|e| panic!("{e}"));
    home.prints(0, &["-C", "en", "verify", "orders/decision.json"]);
}

#[test]
fn a_name_that_several_match_lists_them_and_a_strange_one_its_nearest() {
    let home = Home::new();
    let several = home.refused(&["-C", "en", "explain", "boiler house", "--date", "2026-01-08"]);
    assert!(several.contains("may mean 4:\n  B-02  "), "{several}");
    // B-06 is of the county, which balances by itself: its id was named, and to name it again would not help.
    let apart = ["explain", "B-02", "--against", "B-06", "--date", "2026-01-07"];
    let told = home.refused(&[&["-C", "en"], &apart[..]].concat());
    assert!(told.contains("`B-02` and `B-06` do not share their gas") && !told.contains("by its id"), "{told}");
    let told = home.refused(&[&["-C", "zh", "--lang", "zh"], &apart[..]].concat());
    assert!(told.contains("`B-02` 与 `B-06` 用的不是同一份气"), "{told}");
    let nobody = home.refused(&["-C", "en", "explain", "industri", "--date", "2026-01-08"]);
    assert!(nobody.contains("did you mean `industry`?"), "{nobody}");
}

#[test]
fn a_decision_changed_by_one_cubic_metre_does_not_hold() {
    let home = Home::new();
    home.prints(0, &["-C", "en", "decide", "--date", "2026-01-08", "--out", "orders", "-q"]);
    let orders = home.path("orders/orders.csv");
    let rows = std::fs::read_to_string(&orders).unwrap_or_else(|e| panic!("{e}"));
    std::fs::write(&orders, rows.replacen(",stop,", ",limit,", 1)).unwrap_or_else(|e| panic!("{e}"));
    let verify = ["-C", "en", "verify", "orders/decision.json", "--orders", "orders/orders.csv"];
    assert!(home.prints(4, &verify).contains("does not hold: orders"));
    let file = home.path("orders/decision.json");
    let json = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{e}"));
    let mut decision: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}"));
    let served = decision["detail"]["customers"][0]["served_m3"].as_u64().unwrap_or(0);
    decision["detail"]["customers"][0]["served_m3"] = (served - 1).into();
    std::fs::write(&file, decision.to_string()).unwrap_or_else(|e| panic!("{e}"));
    let screen = home.prints(4, &["-C", "en", "verify", "orders/decision.json"]);
    assert!(screen.contains("VIOLATED"), "{screen}");
    std::fs::write(&file, "{ no json").unwrap_or_else(|e| panic!("{e}"));
    assert!(home.refused(&["-C", "en", "verify", "orders/decision.json"]).contains("decision.json:1:"));
}

#[test]
fn the_hours_are_written_as_picture_table_and_data() {
    let home = Home::new();
    for lang in ["en", "zh"] {
        let args = ["-C", lang, "--lang", lang, "hours", "--date", "2026-01-07"];
        for extension in ["svg", "csv", "json"] {
            let file = format!("out/hours-{lang}.{extension}");
            let screen = home.prints(0, &[&args[..], &["--out", &file]].concat());
            assert!(screen.contains(&file), "{screen}");
            let written = std::fs::read_to_string(home.path(&file)).unwrap_or_else(|e| panic!("{e}"));
            if extension != "svg" {
                assert_eq!(
                    written,
                    home.prints(0, &[&args[..], &["--format", extension]].concat()),
                    "as on the screen"
                );
                continue;
            }
            assert!(written.starts_with("<svg ") && written.ends_with("</svg>\n"));
            // The city and its outer county, each with 24 hours.
            let not_served = if lang == "zh" { "需求未供" } else { "asked for and not served" };
            assert_eq!((written.matches(not_served).count(), written.matches(">07</text>").count()), (2, 2));
            home.prints(0, &[&args[..], &["--out", "again.svg"]].concat());
            let again = std::fs::read_to_string(home.path("again.svg")).unwrap_or_else(|e| panic!("{e}"));
            assert!(written == again, "the same bytes");
        }
        let follow =
            if lang == "zh" { "主城区以外各区域（1 个）" } else { "the outer districts (1) follow" };
        assert!(home.prints(0, &args).contains(follow));
    }
    let refused = home.refused(&["-C", "en", "hours", "--date", "2026-01-07", "--out", "hours.png"]);
    assert!(refused.contains(".svg, .csv or .json"), "{refused}");
    std::fs::create_dir(home.path("folder.svg")).unwrap_or_else(|e| panic!("{e}"));
    assert!(home.refused(&["-C", "en", "hours", "--date", "2026-01-07", "--out", "folder.svg"]).contains("folder.svg"));
}

#[test]
fn a_curve_is_written_as_picture_table_and_data() {
    let home = Home::new();
    for lang in ["en", "zh"] {
        for extension in ["svg", "csv", "json"] {
            let file = format!("out/{lang}.{extension}");
            home.prints(0, &["-C", lang, "--lang", lang, "curve", "--date", "2026-01-07", "--out", &file]);
            let written = std::fs::read_to_string(home.path(&file)).unwrap_or_else(|e| panic!("{e}"));
            match extension {
                "svg" => {
                    assert!(written.starts_with("<svg ") && written.ends_with("</svg>\n"));
                    assert!(written.contains(if lang == "zh" { "缺口" } else { "shortfall" }));
                }
                "csv" => assert!(written.starts_with("area,piece,end,shortfall_pct,"), "{written}"),
                _ => assert!(written.contains("\"schema\": \"curtail.curve/1\"")),
            }
        }
    }
    let refused = home.refused(&["-C", "en", "curve", "--date", "2026-01-07", "--out", "curve.png"]);
    assert!(refused.contains(".svg, .csv or .json"), "{refused}");
    let refused = home.refused(&["-C", "en", "curve", "--date", "2026-01-07", "--area", "nowhere"]);
    assert!(refused.contains("nowhere"), "{refused}");
    let data = ["-C", "en", "curve", "--date", "2026-01-07", "--format", "json"];
    assert_eq!(home.prints(0, &data), home.prints(0, &data), "the same bytes");
}

#[test]
fn every_screen_fits_a_hundred_columns() {
    let home = Home::new();
    let mut screens: Vec<Vec<&str>> = vec![vec!["check"], vec!["policy", "list"]];
    screens.extend(curtail::policy::Policy::builtins().map(|policy| vec!["policy", "show", policy]));
    screens.extend(DAYS.iter().map(|(_, args)| args.to_vec()));
    screens.extend(PROOFS.iter().map(|(_, args)| [&["policy"], *args].concat()));
    screens.extend(ANSWERS.iter().map(|(_, args)| [args, &["--date", "2026-01-08"][..]].concat()));
    for lang in ["en", "zh"] {
        for screen in &screens {
            let args: Vec<&str> = ["-C", lang, "--lang", lang, "-v"].iter().chain(screen).copied().collect();
            let printed = text(&home.run(&args).stdout);
            assert!(printed.lines().count() > 3, "{args:?}");
            for line in printed.lines() {
                assert!(line.width() <= 100, "{} columns: {line}", line.width());
            }
        }
    }
}

#[test]
fn the_exit_status_says_how_it_went() {
    let home = Home::new();
    home.prints(0, &["-C", "en", "decide", "--date", "2026-01-07"]);
    home.prints(3, &["-C", "en", "decide", "--date", "2026-01-07", "--shortfall", "95"]);
    for (args, said) in [
        (&["-C", "en", "decide", "--date", "2026-02-30"][..], "`2026-02-30` is not a date"),
        (&["-C", "en", "decide", "--date", "2026-07-07"], "2026-07-07"),
        (&["-C", "en", "decide", "--shortfall", "100.1"], "`100.1` is not a percentage"),
        (&["-C", "en", "decide", "--shortfall", "NaN"], "`NaN` is not a percentage"),
        (&["-C", "en", "decide", "--supply", "-1"], "-1"),
        (&["-C", "en", "decide", "--supply", "1.5"], "`1.5` is not a volume in whole m3"),
        (&["-C", "en", "decide", "--supply", "1", "--shortfall", "1"], "do not go together"),
        (&["-C", "en", "decide", "--set", "measures.limit-large-centrl.III.limit=0.4"], "limit-large-central"),
        (&["-C", "en", "decide", "--now", "yesterday"], "`yesterday` is not a time"),
        (&["-C", "en", "decide", "--solver", "magic"], "cannot be `magic`"),
        (&["-C", "en", "decid"], "did you mean `decide`?"),
        (&["-C", "nowhere", "decide"], "nowhere"),
        (&["-C", "en", "decide", "--date", "2026-01-07", "--burdens", "absent.csv"], "absent.csv"),
        (&["policy", "show", "xian-2024"], "xian-2025"),
        (&["policy", "list", "--format", "csv"], "no `--format csv`"),
        (&["policy", "diff", "xian-2025"], "nothing to compare `xian-2025` with"),
        (&["policy", "diff", "xian-2025", "xian-2024"], "there is no policy `xian-2024`"),
        (&["policy", "diff", "xian-2025", "nl-bhg-2023", "--format", "csv"], "-C"),
        (&["-C", "en", "policy", "diff", "xian-2025", "nl-bhg-2023", "--date", "2026-01-07"], "does not know"),
        (&["init", "en"], "`en` is not empty"),
    ] {
        let error = home.refused(args);
        assert!(error.contains(said), "{args:?}: {error}");
        assert!(error.lines().count() <= 8, "{args:?}: {error}");
    }
}

#[test]
fn complaints_are_in_the_language_of_the_person() {
    let home = Home::new();
    assert!(home.refused(&["decid", "--lang", "zh"]).contains("没有这个命令"));
    assert!(home.refused(&["-C", "zh", "decide", "--date", "x", "--lang=zh"]).contains("不是日期"));
    let by_locale = home.command(&["decid"]).env("LANG", "zh_CN.UTF-8").output().unwrap_or_else(|e| panic!("{e}"));
    assert!(text(&by_locale.stderr).contains("没有这个命令"));
    let beaten = home.command(&["decid"]).env("LANG", "zh_CN.UTF-8").env("LC_ALL", "en_US.UTF-8").output();
    assert!(text(&beaten.unwrap_or_else(|e| panic!("{e}")).stderr).contains("there is no command"));
}

#[test]
fn without_a_date_the_day_is_todays_and_the_first_line_says_so() {
    let home = Home::new();
    for (now, day) in [("2026-01-08 03:59", "2026-01-07"), ("2026-01-08 04:00", "2026-01-08")] {
        let screen = home.prints(0, &["-C", "en", "decide", "--now", now]);
        assert!(screen.starts_with(&format!("Gas day {day}: {day} 08:00 to ")), "{screen}");
    }
}

#[test]
fn colours_come_only_when_asked_for() {
    let home = Home::new();
    let screen = |colour| home.prints(0, &["-C", "en", "decide", "--date", "2026-01-07", "--color", colour]);
    assert!(!screen("auto").contains('\u{1b}') && !screen("never").contains('\u{1b}'));
    assert!(screen("always").contains("\u{1b}[1;30;48;5;208m Level II"));
}

#[test]
fn the_two_files_appear_together_and_say_the_same_as_standard_output() {
    let home = Home::new();
    let day = ["-C", "en", "decide", "--date", "2026-01-07"];
    let with = |more: &[&'static str]| -> Vec<&'static str> { day.iter().chain(more).copied().collect() };
    home.prints(0, &with(&["--out", "a/b"]));
    assert_eq!(names(&home.path("a/b")), ["decision.json", "orders.csv"]);
    let orders = std::fs::read_to_string(home.path("a/b/orders.csv")).unwrap_or_default();
    assert_eq!(orders, home.prints(0, &with(&["--format", "csv"])));
    assert!(orders.starts_with(
        "customer_id,name,district,company,class,demand_m3,served_m3,cut_m3,form,measure,off_from,off_to,clause\n"
    ));
    assert!(orders.contains(",off-peak,peak-stop,17:00,20:00,"), "{orders}");

    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap_or_else(|e| panic!("{e}"));
    let mut file = json(&std::fs::read_to_string(home.path("a/b/decision.json")).unwrap_or_default());
    let printed = json(&home.prints(0, &with(&["--format", "json"])));
    let detail = file.as_object_mut().and_then(|object| object.remove("detail"));
    assert!(file.as_object_mut().and_then(|object| object.remove("evidence")).is_some());
    assert!(detail.is_some_and(|d| d["customers"].as_array().is_some_and(|c| !c.is_empty())));
    for area in file["areas"].as_array_mut().into_iter().flatten() {
        assert!(area.as_object_mut().and_then(|object| object.remove("detail")).is_some());
        assert!(area.as_object_mut().and_then(|object| object.remove("evidence")).is_some());
    }
    assert_eq!(file, printed);
    assert_eq!(printed["schema"], "curtail.decision/1");

    let cut = orders.lines().count() - 1;
    let everybody = home.prints(0, &with(&["--format", "csv", "--all"]));
    assert!(everybody.lines().count() - 1 > cut && cut > 0);
    let area = everybody.lines().position(|line| line.contains(",hill,"));
    let urban = everybody.lines().collect::<Vec<_>>().iter().rposition(|line| line.contains(",riverside,"));
    assert!(area.is_some() && area > urban, "outer areas come last");
}

#[test]
fn orders_can_be_written_for_excel() {
    let home = Home::new();
    let csv = |encoding| {
        home.run(&["-C", "zh", "decide", "--date", "2026-01-07", "--format", "csv", "--csv-encoding", encoding]).stdout
    };
    let plain = csv("utf-8");
    assert_eq!(csv("utf-8-bom"), [&b"\xef\xbb\xbf"[..], &plain].concat());
    let gb = csv("gb18030");
    let (decoded, _, bad) = encoding_rs::GB18030.decode(&gb);
    assert!(!bad && decoded.as_bytes() == plain && gb != plain);
}

#[test]
fn what_if_is_said_on_every_output() {
    let home = Home::new();
    let day = [
        "-C",
        "en",
        "decide",
        "--date",
        "2026-01-07",
        "--supply",
        "376000",
        "--set",
        "measures.limit-large-central.II.limit=0.4",
    ];
    let screen = home.prints(0, &day);
    assert!(screen.contains("what-if: supply is set to 376,000 m3 instead of 404,200 m3"), "{screen}");
    assert!(screen.contains("changed for this run: measures.limit-large-central.II.limit=0.4"), "{screen}");
    let json = home.prints(0, &[&day[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(json["warnings"][0]["code"], "what_if_supply");
    assert_eq!(json["policy"]["overrides"][0], "measures.limit-large-central.II.limit=0.4");
    assert_eq!((&json["balance"]["supply_m3"], &json["level"]["id"]), (&376_000.into(), &"II".into()));
}

#[test]
fn one_balance_for_all_is_said_and_leaves_no_area() {
    let home = Home::new();
    let day = ["-C", "en", "decide", "--date", "2026-01-07", "--unified"];
    let screen = home.prints(0, &day);
    assert!(screen.contains("the outer districts, their sources and links are joined"), "{screen}");
    assert!(screen.contains("  Hill County ") && !screen.contains("Outside the main urban area"), "{screen}");
}

#[test]
fn nothing_is_written_where_it_cannot_be() {
    let home = Home::new();
    std::fs::write(home.path("file"), "mine").unwrap_or_else(|e| panic!("{e}"));
    for out in ["file", "file/below"] {
        let error = home.refused(&["-C", "en", "decide", "--date", "2026-01-07", "--out", out]);
        assert!(error.contains("`file` is a file, not a folder"), "{error}");
    }
    assert_eq!(std::fs::read_to_string(home.path("file")).ok().as_deref(), Some("mine"));
    std::fs::create_dir_all(home.path("d/orders.csv")).unwrap_or_else(|e| panic!("{e}"));
    home.refused(&["-C", "en", "decide", "--date", "2026-01-07", "--out", "d"]);
    assert_eq!(names(&home.path("d")), ["orders.csv"]);
    // A refused day leaves no folder behind.
    home.refused(&["-C", "en", "decide", "--date", "2026-07-07", "--out", "new"]);
    assert!(!home.path("new").exists());
}

#[test]
fn a_pipe_that_closes_early_is_no_error() {
    let home = Home::new();
    let mut child = home
        .command(&["-C", "en", "decide", "--date", "2026-01-07"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("{e}"));
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((ended.status.code(), text(&ended.stderr)), (Some(0), String::new()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure_and_says_so() {
    let home = Home::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap_or_else(|e| panic!("{e}"));
    let ended = home.command(&["policy", "list"]).stdout(full).output().unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(ended.status.code(), Some(1));
    assert!(text(&ended.stderr).contains("cannot write to standard output"), "{}", text(&ended.stderr));
}

#[test]
fn check_tells_all_problems_at_once_and_as_data() {
    let home = Home::new();
    let supply = std::fs::OpenOptions::new().append(true).open(home.path("en/supply.csv"));
    supply
        .and_then(|mut f| f.write_all(b"2026-01-07,extra,-5,\n2026-13-01,extra,5,\n"))
        .unwrap_or_else(|e| panic!("{e}"));
    let error = home.refused(&["-C", "en", "check"]);
    assert!(error.matches("error: en/supply.csv:").count() >= 2, "{error}");
    let json = home.prints(2, &["-C", "en", "check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}"));
    assert!(json["problems"].as_array().is_some_and(|p| p.len() >= 2 && p[0]["severity"] == "error"));
}

#[test]
fn a_duty_whose_body_was_removed_says_that_nobody_is_named() {
    let home = Home::new();
    let plan = "extends = \"xian-2025\"\nremove = [\"roles.members\"]\n";
    std::fs::write(home.0.path().join("mine.toml"), plan).unwrap_or_else(|e| panic!("{e}"));
    for (lang, said) in [("en", "a body that is not named"), ("zh", "未指明的主体")] {
        let page = home.prints(0, &["--lang", lang, "policy", "show", "mine.toml"]);
        assert!(page.contains(said) && !page.contains(":  to") && !page.contains("：报"), "{page}");
    }
}

#[test]
fn what_is_near_or_known_stands_in_backticks_each() {
    let home = Home::new();
    let plan = "extends = \"xian-2025\"\n[response.restore]\norder = [\"peak-stopp\", \"zz\"]\n";
    std::fs::write(home.0.path().join("mine.toml"), plan).unwrap_or_else(|e| panic!("{e}"));
    let said = text(&home.run(&["policy", "show", "mine.toml"]).stderr);
    assert!(said.contains("the nearest measure: `peak-stop`;"), "{said}");
    assert!(said.contains("the nearest measure: `stop-industry-commerce`, `reduce-chp`, "), "{said}");
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let home = Home::new();
    for shell in ["bash", "fish", "zsh", "powershell", "elvish"] {
        assert!(home.prints(0, &["completions", shell]).contains("burdens"), "{shell}");
    }
    let manual = home.prints(0, &["man"]);
    for word in [".TH", "CURTAIL DECIDE", "burdens", "CURTAIL POLICY"] {
        assert!(manual.contains(word), "{word}");
    }
}

/// A README that shows a screen shows a real one: each line of its picture, but for what it leaves out, is printed so.
#[test]
fn the_readmes_show_what_the_program_prints() {
    for (readme, lang, cut) in [("README.md", "en", "..."), ("README.zh-CN.md", "zh", "……")] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let readme = std::fs::read_to_string(root.join(readme)).unwrap_or_else(|e| panic!("{e}"));
        let picture = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
        let args = ["-q", "-C", "examples/xian", "--lang", lang, "decide", "--date", "2026-01-09"];
        let run = Command::new(env!("CARGO_BIN_EXE_curtail")).current_dir(root).args(args).output();
        let printed = text(&run.unwrap_or_else(|e| panic!("{e}")).stdout);
        let mut rest = printed.lines();
        let shown: Vec<&str> = picture.lines().filter(|line| *line != cut).collect();
        assert!(shown.len() > 15, "{lang}: the picture has gone");
        for line in shown {
            assert!(rest.any(|printed| printed == line), "{lang}: nobody prints `{line}` there");
        }
    }
}

#[test]
fn policies_are_compared_as_data_and_as_a_table_of_customers() {
    let home = Home::new();
    let diff = |more: &[&str]| {
        let longer = "measures.peak-stop.II.window={ from = \"16:00\", until = \"20:00\" }";
        let args = ["-C", "en", "policy", "diff", "xian-2025", "--set", longer, "--date", "2026-01-08", "--format"];
        home.prints(0, &[&args[..], more].concat())
    };
    let json = diff(&["json"]);
    assert_eq!(json, diff(&["json"]), "the same bytes");
    let data: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((&data["schema"], &data["a"]["overrides"]), (&"curtail.diff/1".into(), &serde_json::json!([])));
    assert_eq!(data["rules"][0]["path"], "measures.peak-stop.II.window");
    assert_eq!((&data["rules"][0]["change"], &data["rules"][0]["b"]["status"]), (&"changed".into(), &"reading".into()));
    let balances = data["fates"].as_array().map(Vec::as_slice).unwrap_or_default();
    let customers: usize = balances.iter().filter_map(|one| one["customers"].as_array()).map(Vec::len).sum();
    assert!(customers > 1, "{json}");
    let csv = diff(&["csv"]);
    let mut rows = csv.lines();
    assert!(rows.next().is_some_and(|head| head.starts_with("area,customer_id,name,class,district,company,")), "{csv}");
    assert_eq!(rows.count(), customers, "one row a customer");
    // By themselves, from where there is no case.
    let alone = home.prints(0, &["policy", "diff", "xian-2025", "nl-bhg-2023", "--format", "json"]);
    let data: serde_json::Value = serde_json::from_str(&alone).unwrap_or_else(|e| panic!("{e}"));
    assert!(data["fates"].is_null() && data["rules"].as_array().is_some_and(|rules| rules.len() > 50));
}

/// A reader that has seen enough closes the pipe: no error, whatever the format.
#[test]
fn a_table_may_be_read_in_part() {
    let home = Home::new();
    // More than a pipe holds.
    for args in [&["curve"][..], &["policy", "diff", "xian-2025", "--set", "rotation.step=0.3", "--unified"]] {
        let case = format!("{}/examples/xian", env!("CARGO_MANIFEST_DIR"));
        let all = [&["-C", &case, "-q"], args, &["--date", "2026-01-09", "--format", "csv"]].concat();
        let child = home.command(&all).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.unwrap_or_else(|e| panic!("{e}"));
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{args:?}");
    }
}
