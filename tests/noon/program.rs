//! A revision through the real program: the order stands until the revision is issued, and what is refused.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const DAY: &str = "2026-01-08";

/// A folder with one small case, whose order of 8 January is issued.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        home.done(&["init", "town", "--now", "2026-01-08 06:00"]);
        home
    }

    fn with_order() -> Self {
        let home = Self::new();
        home.order(&["decide", "--date", DAY]);
        home
    }

    /// From a proposal to the order of the day.
    fn order(&self, decide: &[&str]) {
        self.at("11:30", &[decide, &["-q", "--record", "--by", "Wang Fang", "--role", "office"]].concat());
        self.at("11:31", &["approve", "--by", "Li Wei", "--role", "group"]);
        self.at("11:32", &["sign", "--by", "Zhao Min", "--role", "head"]);
        self.at("11:33", &["issue", "--by", "Wang Fang", "--role", "office"]);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Names the table of actuals in the case, with these rows.
    fn took(&self, rows: &str) {
        let toml = std::fs::read_to_string(self.path("town/case.toml")).unwrap();
        if !toml.contains("actuals") {
            self.write("town/case.toml", &toml.replace("[files]\n", "[files]\nactuals = \"actuals.csv\"\n"));
        }
        self.write("town/actuals.csv", rows);
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null()).env("LANG", "C.UTF-8");
        for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.output().unwrap()
    }

    fn at(&self, time: &str, args: &[&str]) -> String {
        let now = format!("{DAY} {time}");
        self.done(&[&["-C", "town", "--now", now.as_str()], args].concat())
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let status = output.status.code();
        assert!(matches!(status, Some(0 | 3)), "{args:?}: {status:?} {}", text(&output.stderr));
        text(&output.stdout)
    }

    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(&[&["-q", "-C", "town", "--now", "2026-01-08 11:30"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", text(&output.stdout));
        assert_eq!(text(&output.stdout), "", "{args:?}");
        text(&output.stderr)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// From the headline to the measures: what is new on the screen of a revision.
fn of_the_revision(screen: &str) -> String {
    let until = screen.find("Measures in force").or_else(|| screen.find("本级措施")).unwrap();
    screen[..until].to_owned()
}

fn same(one: &Path, other: &Path) -> bool {
    std::fs::read(one).unwrap() == std::fs::read(other).unwrap()
}

const REVISE: [&str; 6] = ["decide", "--date", DAY, "--revise", "--at", "12:00"];

#[test]
fn the_old_order_stands_until_the_revision_is_issued() {
    let home = Home::with_order();
    home.took("date,hour,customer_id,volume_m3\n2026-01-08,8,I-01,3000\n");
    let proposed =
        home.at("11:40", &[&REVISE[..], &["-q", "--record", "--by", "Wang Fang", "--role", "office"]].concat());
    assert!(proposed.contains("2026-01-08-1 stays the order of the day until 2026-01-08-2 is issued"), "{proposed}");
    let order = |home: &Home| {
        let status = home.at("11:45", &["status"]);
        status.lines().find(|line| line.contains("Order of today")).map(str::to_owned).unwrap_or_default()
    };
    assert!(order(&home).contains("2026-01-08-1"), "{}", order(&home));
    home.at("11:50", &["approve", "--by", "Li Wei", "--role", "group"]);
    home.at("11:51", &["sign", "--by", "Zhao Min", "--role", "head"]);
    assert!(order(&home).contains("2026-01-08-1"), "{}", order(&home));
    home.at("11:52", &["issue", "--by", "Wang Fang", "--role", "office"]);
    assert!(order(&home).contains("2026-01-08-2"), "{}", order(&home));
    assert!(home.at("11:55", &["log"]).contains("2026-01-08-2 proposed, from 12:00 on"));
}

#[test]
fn the_screen_says_what_is_past_and_what_changes_in_both_languages() {
    let home = Home::with_order();
    let rows = (8..12).map(|hour| format!("2026-01-08,{hour},I-01,,3000\n")).collect::<String>();
    home.took(&format!("date,hour,customer_id,source,volume_m3\n{rows}"));
    let mut screens = of_the_revision(&home.at("11:40", &[&["-q"], &REVISE[..]].concat()));
    screens.push_str(&of_the_revision(&home.at("11:40", &[&["-q", "--lang", "zh"], &REVISE[..]].concat())));
    insta::assert_snapshot!("noon", screens);
    let listed = home.at("11:40", &[&["-v"], &REVISE[..]].concat());
    let changed = listed.split("Whose order changes").nth(1).unwrap_or_default();
    assert!(changed.contains("altered"), "{changed}");
    home.at("11:40", &[&["-q"], &REVISE[..], &["--out", "again"]].concat());
    let csv = std::fs::read_to_string(home.path("again/changes.csv")).unwrap();
    assert!(csv.starts_with("customer_id,name,district,company,class,change,past_ordered_m3,past_taken_m3,"), "{csv}");
    let json = std::fs::read_to_string(home.path("again/decision.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let counts =
        ["added", "lifted", "altered", "unchanged"].map(|kind| json["revision"]["changes"][kind]["customers"].as_u64());
    assert_eq!(counts.iter().flatten().sum::<u64>(), csv.lines().count() as u64 - 1);
    assert_eq!(json["revision"]["revises"], "2026-01-08-1");
    assert_eq!(json["revision"]["past"]["customers_metered"], 1);
}

#[test]
fn with_nothing_new_every_order_is_unchanged() {
    let home = Home::with_order();
    for at in ["09:00", "12:00", "18:00", "00:00"] {
        let json = home.at("11:40", &["-q", "--format", "json", "decide", "--date", DAY, "--revise", "--at", at]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let changes = &json["revision"]["changes"];
        let changed = ["added", "lifted", "altered"].map(|kind| changes[kind]["customers"].as_u64());
        assert_eq!(changed, [Some(0); 3], "{at} {changes}");
        assert!(changes["unchanged"]["customers"].as_u64() > Some(0), "{at} {changes}");
    }
}

#[test]
fn the_record_gives_back_the_case_of_a_revision_byte_for_byte() {
    let home = Home::with_order();
    home.took("date,hour,customer_id,volume_m3\n2026-01-08,8,I-01,3000\n2026-01-09,8,I-01,1\n");
    home.at("11:40", &[&REVISE[..], &["-q", "--record", "--by", "Wang Fang", "--role", "office"]].concat());
    home.write("town/actuals.csv", "gone");
    home.at("12:00", &["log", "export", "2026-01-08-2", "--out", "then"]);
    home.done(&[&["-q", "-C", "then", "--now", "2026-01-08 12:00"], &REVISE[..], &["--out", "again"]].concat());
    for name in ["decision.json", "orders.csv", "changes.csv"] {
        assert!(same(&home.path("then").join(name), &home.path("again").join(name)), "{name}");
    }
    let kept = std::fs::read_to_string(home.path("then/actuals.csv")).unwrap();
    assert!(!kept.contains("2026-01-09"), "{kept}");
    // The exported record has the order that it revises; without a record that is said, and it can be named.
    let said = home.done(&["-q", "-C", "then", "verify", "then/decision.json", "--orders", "then/orders.csv"]);
    assert!(said.contains("holds"), "{said}");
    home.done(&["-q", "-C", "town", "log", "export", "2026-01-08-1", "--out", "first"]);
    std::fs::remove_file(home.path("then/record.db")).unwrap();
    let alone = ["-q", "-C", "then", "verify", "then/decision.json"];
    let output = home.run(&alone);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("2026-01-08-1, which is not in the case's record"),
        "{}",
        text(&output.stderr)
    );
    home.done(&[&alone[..], &["--revises", "first/decision.json"]].concat());
    // Another order is not the one that was revised.
    let output = home.run(&[&alone[..], &["--revises", "then/decision.json"]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("not the one this decision was made from: order"),
        "{}",
        text(&output.stderr)
    );
}

/// What came back at 14:00 is in the past of a revision at 18:00: nobody's order changes, the record gives it back, and it holds.
#[test]
fn what_came_back_before_a_revision_is_in_its_past() {
    for hourly in [false, true] {
        let home = Home::new();
        let toml = std::fs::read_to_string(home.path("town/case.toml")).unwrap();
        home.write("town/case.toml", &toml.replace("hourly = false", &format!("hourly = {hourly}")));
        home.order(&["decide", "--date", DAY]);
        let supply = std::fs::read_to_string(home.path("town/supply.csv")).unwrap();
        home.write("town/supply.csv", &supply.replace("2026-01-08,lng-store,74200,", "2026-01-08,lng-store,79200,"));
        let restore = ["-q", "restore", "--record", "--by", "Li Wei", "--role", "group"];
        home.at("12:10", &[&restore[..], &["--at", "14:00"]].concat());
        let at_18 = ["decide", "--date", DAY, "--revise", "--at", "18:00"];
        let json = |args: &[&str]| -> serde_json::Value {
            serde_json::from_str(&home.at("17:30", &[&["-q", "--format", "json"], &at_18[..], args].concat())).unwrap()
        };
        let told = json(&[]);
        let revision = &told["revision"];
        let changed = ["added", "lifted", "altered"].map(|kind| revision["changes"][kind]["customers"].as_u64());
        // By the hour customers may end a cubic metre beside what came back.
        assert!(hourly || changed == [Some(0); 3], "{changed:?}");
        let sums = ["past_m3", "rest_m3"].map(|name| revision["restored"][name].as_u64().unwrap());
        assert!(sums[0] > 0 && sums[1] > 0 && sums[0] + sums[1] <= 5_000, "{sums:?}");
        let screen = home.at("17:30", &[&["-q"], &at_18[..]].concat());
        assert!(screen.contains("Came back of 2026-01-08-1 since, to "), "{screen}");
        let record = ["-q", "--record", "--by", "Wang Fang", "--role", "office"];
        home.at("17:40", &[&at_18[..], &record].concat());
        home.at("17:41", &[&["-q"], &at_18[..], &["--out", "again"]].concat());
        let holds = |case: &str, of: &str| {
            let decision = format!("{of}/decision.json");
            let said = home.done(&["-q", "-C", case, "--now", "2026-01-08 17:45", "verify", &decision]);
            assert!(said.contains("holds"), "{said}");
        };
        holds("town", "again");
        home.at("17:45", &["log", "export", "2026-01-08-2", "--out", "then"]);
        home.done(&[&["-q", "-C", "then", "--now", "2026-01-08 17:40"], &at_18[..], &["--out", "once-more"]].concat());
        for name in ["decision.json", "orders.csv", "changes.csv"] {
            assert!(same(&home.path("then").join(name), &home.path("once-more").join(name)), "{name}");
        }
        holds("then", "then");
        // What came back stands in the record alone, also where the order is named.
        home.done(&["-q", "-C", "town", "log", "export", "2026-01-08-1", "--out", "first"]);
        std::fs::remove_file(home.path("then/record.db")).unwrap();
        let output =
            home.run(&["-q", "-C", "then", "verify", "then/decision.json", "--revises", "first/decision.json"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("came back of the order 2026-01-08-1 by 1 restoration"));
        // More comes back before the revision is approved, which knows nothing of it.
        home.write("town/supply.csv", &supply.replace("2026-01-08,lng-store,74200,", "2026-01-08,lng-store,82200,"));
        home.at("17:50", &[&restore[..], &["--at", "19:00"]].concat());
        assert!(
            home.refused(&["approve", "--by", "Li Wei", "--role", "group"])
                .contains("gas came back of 2026-01-08-1 after this revision was decided")
        );
        let status = home.at("18:00", &["status"]);
        assert!(status.contains("2026-01-08-1") && !status.contains("approve 2026-01-08-"), "{status}");
        assert_eq!(json(&[])["revision"]["restored"]["restorations"], 2);
    }
}

/// Through the program: by the hour a reading of the pipes counts, and what they hold is told.
#[test]
fn by_the_hour_the_pipes_are_read() {
    let home = Home::new();
    let toml = std::fs::read_to_string(home.path("town/case.toml")).unwrap();
    home.write("town/case.toml", &toml.replace("hourly = false", "hourly = true"));
    home.order(&["decide", "--date", DAY]);
    home.took("date,hour,district,linepack_m3,volume_m3\n2026-01-08,12,old-town,500,\n");
    home.at("11:40", &[&REVISE[..], &["-q", "--out", "again"]].concat());
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(home.path("again/decision.json")).unwrap()).unwrap();
    assert_eq!(json["hours"]["clock"].as_array().unwrap().len(), 20);
    let said = home.at("11:40", &["-q", "verify", "again/decision.json", "--orders", "again/orders.csv"]);
    assert!(said.contains("not proved"), "{said}");
    home.took("date,hour,district,linepack_m3,volume_m3\n2026-01-08,,old-town,500,\n");
    assert!(home.refused(&REVISE).contains("does not say of which district and hour"));
}

/// What was past, how that is known, and what changes by which clause.
#[test]
fn a_revision_explains_itself() {
    let home = Home::with_order();
    home.took("date,hour,customer_id,volume_m3\n2026-01-08,8,I-01,3000\n");
    home.at("11:40", &[&REVISE[..], &["-q", "--out", "again"]].concat());
    let mut said = String::new();
    for args in [
        &["-q", "explain", "I-01", "--decision", "again/decision.json"][..],
        &["-q", "--lang", "zh", "explain", "I-01", "--decision", "again/decision.json"],
        &["-q", "explain", "industry", "--date", DAY, "--revise", "--at", "12:00"],
    ] {
        said.push_str(&home.at("11:40", args));
    }
    insta::assert_snapshot!("noon_explained", said);
    let json = home.at("11:40", &["-q", "--format", "json", "explain", "I-01", "--decision", "again/decision.json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let revision = json["because"].as_array().unwrap().iter().find(|because| because["about"] == "revision").unwrap();
    assert_eq!(revision["facts"]["known"], "metered_in_part");
}

#[test]
fn what_cannot_be_revised_is_refused() {
    let home = Home::new();
    let at = |hour: &str| home.refused(&["decide", "--date", DAY, "--revise", "--at", hour]);
    let mut said = [at("12:30"), at("noon"), at("24:00")].concat();
    said.push_str(&home.refused(&["decide", "--date", "2026-01-09", "--revise", "--at", "12:00"]));
    said.push_str(&home.refused(&["decide", "--date", DAY, "--revise"]));
    said.push_str(&home.refused(&["decide", "--date", DAY, "--at", "12:00"]));
    said.push_str(&home.refused(&["decide", "--date", DAY, "--remaining-supply"]));
    said.push_str(&home.refused(&["--lang", "zh", "decide", "--date", "2026-01-09", "--revise", "--at", "12:00"]));
    insta::assert_snapshot!("noon_refused", said);
}

#[test]
fn status_warns_of_the_nomination_with_the_hour_in_which_it_is_used_up() {
    let home = Home::with_order();
    let supply = std::fs::read_to_string(home.path("town/supply.csv")).unwrap();
    let sources = supply.lines().filter(|row| row.starts_with(DAY)).map(|row| row.split(',').collect::<Vec<_>>());
    let sources: Vec<(String, u64)> = sources.map(|row| (row[1].to_owned(), row[2].parse().unwrap())).collect();
    // So many percent of each source's day, spread over the hours from 8:00 on.
    let took = |percent: u64, hours: u64| {
        let mut rows = "日期,小时,气源,实际供气量\n".to_owned();
        for (source, volume) in &sources {
            for hour in 0..hours {
                let until = |hour: u64| (volume * percent * hour).div_ceil(100 * hours);
                rows.push_str(&format!("{DAY},{},{source},{}\n", (8 + hour) % 24, until(hour + 1) - until(hour)));
            }
        }
        home.took(&rows);
    };
    let mut screens = String::new();
    for (percent, hours, lang) in [(20, 8, "en"), (60, 8, "en"), (91, 12, "en"), (96, 12, "zh"), (101, 14, "en")] {
        took(percent, hours);
        let screen = home.at("21:59", &["--lang", lang, "status"]);
        let at = screen.find("Nomination of").or_else(|| screen.find("2026-01-08 日指定")).unwrap();
        screens.push_str(&screen[at..]);
    }
    insta::assert_snapshot!("nomination", screens);
    // A revision from what remains of the supply leaves the nomination what it was: what was given and that.
    took(60, 4);
    let whole: u64 = sources.iter().map(|(_, volume)| volume).sum();
    let given = |volume: u64| {
        (0..4).map(|hour| (volume * 60 * (hour + 1)).div_ceil(400) - (volume * 60 * hour).div_ceil(400)).sum::<u64>()
    };
    let rest: String = supply
        .lines()
        .map(|row| match row.split(',').collect::<Vec<_>>()[..] {
            [DAY, source, volume, ..] => {
                let left = volume.parse::<u64>().unwrap() - given(volume.parse().unwrap());
                format!("{}\n", row.replacen(&format!("{source},{volume}"), &format!("{source},{left}"), 1))
            }
            _ => format!("{row}\n"),
        })
        .collect();
    home.write("town/supply.csv", &rest);
    let who = ["-q", "--record", "--by", "Wang Fang", "--role", "office", "--remaining-supply"];
    home.at("12:05", &[&REVISE[..], &who].concat());
    let said = home.at("12:10", &["status"]);
    let nomination = said.lines().find(|line| line.contains("Nomination of")).unwrap();
    let after = &said[said.find(nomination).unwrap()..];
    let grouped = |volume: u64| {
        let digits = volume.to_string();
        let parts: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap()).collect();
        parts.join(",")
    };
    assert!(after.contains(&grouped(whole)), "{whole}: {after}");
    home.write("town/customers.csv", "gone");
    assert!(home.at("21:59", &["status"]).contains("nothing is said of the day's nomination"));
}

/// Where the clock is put back or forward, hours count as they pass: through the program, as a whole and by the hour.
#[test]
fn a_day_of_23_or_25_hours_is_revised_by_the_hours_that_have_passed() {
    for (day, hours, left) in [("2026-10-24", 22, 3), ("2026-03-28", 20, 3)] {
        for hourly in [false, true] {
            let home = Home(tempfile::tempdir().unwrap());
            home.done(&["init", "town", "--now", &format!("{day} 12:00")]);
            let toml = std::fs::read_to_string(home.path("town/case.toml")).unwrap();
            let toml = toml.replace("hourly = false", &format!("hourly = {hourly}"));
            let toml = toml.replace("Asia/Shanghai", "Europe/Berlin").replace("\"08:00\"", "\"06:00\"");
            assert!(toml.contains("Europe/Berlin") && toml.contains("gas_day_start = \"06:00\""), "{toml}");
            home.write("town/case.toml", &toml);
            let now = format!("{day} 23:00");
            let case = ["-q", "-C", "town", "--now", &now];
            let revise = ["decide", "--date", day, "--revise", "--at"];
            home.done(&[&case[..], &revise, &["03:00", "--out", "again"]].concat());
            let json = std::fs::read(home.path("again/decision.json")).unwrap();
            let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
            assert_eq!(json["revision"]["past"]["hours"], hours, "{day} {hourly}");
            if hourly {
                assert_eq!(json["hours"]["clock"].as_array().unwrap().len(), left, "{day}");
            }
            let verified = home.done(&[&case[..], &["verify", "again/decision.json"]].concat());
            assert!(verified.contains("holds"), "{verified}");
            let at_2 = home.run(&[&case[..], &revise, &["02:00"]].concat());
            match hours {
                20 => assert!(text(&at_2.stderr).contains("the clock does not show 02:00 on the gas day 2026-03-28")),
                _ => assert!(matches!(at_2.status.code(), Some(0 | 3)), "{}", text(&at_2.stderr)),
            }
        }
    }
}

/// What was not taken before the revision is told in words, not by its name in the data.
#[test]
fn what_was_taken_against_a_revision_is_told_in_words() {
    let home = Home::with_order();
    home.took("date,hour,customer_id,volume_m3\n2026-01-08,8,I-01,900\n");
    home.at("11:40", &[&REVISE[..], &["-q", "--record", "--by", "Wang Fang", "--role", "office"]].concat());
    home.at("11:41", &["approve", "--by", "Li Wei", "--role", "group"]);
    home.at("11:42", &["sign", "--by", "Zhao Min", "--role", "head"]);
    home.at("11:43", &["issue", "--by", "Wang Fang", "--role", "office"]);
    for (lang, words) in [("en", "not taken before the revision"), ("zh", "修订前未供")] {
        let told = home.at("23:00", &["--lang", lang, "meter", "--date", DAY]);
        assert!(told.contains(words) && !told.contains("\n  past "), "{told}");
    }
}

/// Files that cannot be written do not undo the record, and the message does not say that they would.
#[cfg(target_os = "linux")]
#[test]
fn a_recorded_decision_whose_files_cannot_be_written_is_told_of() {
    let home = Home::new();
    // Nobody can make a folder here.
    let decide =
        ["decide", "--date", DAY, "--record", "--by", "Wang Fang", "--role", "office", "--out", "/proc/curtail"];
    for (lang, words, id) in [
        ("en", "the decision stands in the record as 2026-01-08-1, but its files could not be written", "2026-01-08-1"),
        ("zh", "决定已入档，编号 2026-01-08-2，但文件未能写出", "2026-01-08-2"),
    ] {
        let output = home.run(&[&["-C", "town", "--now", "2026-01-08 11:30", "--lang", lang], &decide[..]].concat());
        assert_eq!(output.status.code(), Some(1));
        let told = text(&output.stderr);
        assert!(told.contains(words) && told.contains("`/proc/curtail`"), "{told}");
        assert!(home.at("11:31", &["status"]).contains(id));
    }
}
