//! Reports through the real program: a whole story on paper in both languages, sums that tie out against the decisions, and what
//! is refused.
#![cfg(feature = "record")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder with one small case, dated from 7 January 2026.
struct Home(tempfile::TempDir);

impl Home {
    fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn new() -> Self {
        let home = Self::empty();
        home.done(&["init", "town", "--now", "2026-01-07 06:00"]);
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
        command.output().unwrap()
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let status = output.status.code();
        assert!(matches!(status, Some(0 | 3)), "{args:?}: {status:?} {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Runs a command of the case at a time of January.
    fn at(&self, time: &str, args: &[&str]) -> String {
        let now = format!("2026-01-{time}");
        self.done(&[&["-q", "-C", "town", "--now", now.as_str()], args].concat())
    }

    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(&[&["-q", "-C", "town", "--now", "2026-01-10 17:00"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{args:?}");
        text(&output.stderr)
    }

    fn json(&self, time: &str, args: &[&str]) -> Value {
        serde_json::from_str(&self.at(time, &[args, &["--format", "json"]].concat())).unwrap()
    }

    /// From a proposal to the order of the day.
    fn order(&self, time: &str, decide: &[&str], approver: &str) {
        let propose = ["decide", "--record", "--by", "Wang Fang", "--role", "office"];
        self.at(time, &[&propose[..], decide].concat());
        self.at(time, &["approve", "--by", "Li Wei", "--role", approver]);
        self.at(time, &["sign", "--by", "Zhao Min", "--role", "head"]);
        self.at(time, &["issue", "--by", "Wang Fang", "--role", "office"]);
    }

    /// The case has these figures of what was taken.
    fn took(&self, rows: &str) {
        let toml = std::fs::read_to_string(self.path("town/case.toml")).unwrap();
        if !toml.contains("actuals") {
            let named = toml.replace("[files]\n", "[files]\nactuals = \"actuals.csv\"\n");
            std::fs::write(self.path("town/case.toml"), named).unwrap();
        }
        std::fs::write(self.path("town/actuals.csv"), rows).unwrap();
    }

    /// A response from its first order to its end: a graver level, a departure, a revision, what was taken, gas that comes
    /// back, a milder level.
    fn story() -> Self {
        let home = Self::new();
        home.order("07 07:10", &["--date", "2026-01-07"], "group");
        let pin = ["depart", "--customer", "I-02", "--volume", "9000", "--from", "2026-01-08", "--until", "2026-01-09"];
        let by = ["--reason", "sterile line", "--by", "Li Wei", "--role", "group"];
        home.at("07 18:00", &[&pin[..], &by].concat());
        home.order("08 06:30", &["--date", "2026-01-08"], "group");
        home.took(&actuals());
        home.order("08 12:10", &["--date", "2026-01-08", "--revise", "--at", "12:00"], "group");
        home.at("08 16:40", &["deliver", "daily-report", "--of", "2026-01-08", "--by", "Sun Yi", "--role", "members"]);
        home.order("09 06:30", &["--date", "2026-01-09"], "group");
        home.at("09 20:00", &["restore", "--date", "2026-01-09", "--record", "--by", "Li Wei", "--role", "group"]);
        home.order("10 06:30", &["--date", "2026-01-10"], "group");
        let lower = ["lower", "--to", "IV", "--reason", "milder than forecast", "--by", "Li Wei", "--role", "group"];
        home.at("10 14:00", &lower);
        home.at("10 18:00", &["end", "--reason", "supply covers demand", "--by", "Li Wei", "--role", "group"]);
        home
    }
}

/// What was taken: a glassworks that keeps its order by the hour and a shop that does not, a chp plant by whole days, a source.
fn actuals() -> String {
    let mut rows = String::from("date,hour,customer_id,source,volume_m3\n");
    for (date, hours) in [("2026-01-07", 24), ("2026-01-08", 8)] {
        for hour in (0..hours).map(|hour| (8 + hour) % 24) {
            rows.push_str(&format!("{date},{hour},I-01,,1300\n{date},{hour},C-01,,20\n"));
            rows.push_str(&format!("{date},{hour},,north-gate,13000\n"));
        }
    }
    rows.push_str("2026-01-07,,P-01,,60000\n");
    rows
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A paper without the heads of the record, which depend on the account and the machine.
fn without_heads(paper: &str) -> String {
    let mut plain = String::new();
    for word in paper.split_inclusive(|c: char| !c.is_ascii_hexdigit()) {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_hexdigit());
        let is_head = bare.len() == 16;
        plain.push_str(if is_head { "[head]" } else { bare });
        plain.push_str(&word[bare.len()..]);
    }
    plain
}

#[test]
fn a_whole_story_on_paper() {
    let home = Home::story();
    for lang in ["en", "zh"] {
        let paper =
            |time: &str, args: &[&str]| without_heads(&home.at(time, &[&["report"], args, &["--lang", lang]].concat()));
        insta::assert_snapshot!(format!("daily_{lang}"), paper("08 16:30", &["daily"]));
        insta::assert_snapshot!(format!("daily_end_{lang}"), paper("11 16:30", &["daily", "--date", "2026-01-11"]));
        insta::assert_snapshot!(format!("assessment_{lang}"), paper("12 09:00", &["assessment"]));
        insta::assert_snapshot!(format!("incident_{lang}"), paper("08 12:30", &["incident", "2026-01-08-2"]));
    }
    for name in ["daily", "daily_end", "assessment", "incident"] {
        // What one language says the other says too: as many sections, tables and lines to write on.
        let path = |lang: &str| format!("{}/tests/snapshots/report__{name}_{lang}.snap", env!("CARGO_MANIFEST_DIR"));
        let [en, zh] = ["en", "zh"].map(|lang| std::fs::read_to_string(path(lang)).unwrap());
        for mark in ["\n## ", "\n| ", "\n- ", "＿＿＿\n"] {
            assert_eq!(en.matches(mark).count(), zh.matches(mark).count(), "{name} {mark:?}");
        }
    }
}

/// A key of several levels, as a number.
fn number(value: &Value, path: &str) -> u64 {
    value.pointer(path).and_then(Value::as_u64).unwrap_or_else(|| panic!("{path}: {value}"))
}

fn sum(rows: &Value, key: &str) -> u64 {
    rows.as_array().unwrap().iter().map(|row| row[key].as_u64().unwrap()).sum()
}

#[test]
fn sums_tie_out_against_the_decisions() {
    let home = Home::story();
    for (time, args) in [
        ("08 16:30", &["report", "daily", "--until", "2026-01-08 16:00"][..]),
        ("08 16:30", &["report", "daily", "--until", "2026-01-08 11:00"]),
        ("09 16:30", &["report", "daily"]),
        ("12 09:00", &["report", "assessment"]),
        ("12 09:00", &["report", "incident", "2026-01-09-1"]),
    ] {
        let figures = &home.json(time, args)["figures"];
        for key in ["demand_m3", "served_m3", "cut_m3"] {
            let all = number(figures, &format!("/{key}"));
            assert_eq!((sum(&figures["by_class"], key), sum(&figures["days"], key)), (all, all), "{args:?} {key}");
        }
        assert_eq!(sum(&figures["by_measure"], "ordered_m3"), number(figures, "/cut_m3"), "{args:?}");
        assert_eq!(number(figures, "/demand_m3"), number(figures, "/served_m3") + number(figures, "/cut_m3"));
    }

    // The parts of two periods add up to the gas day between them, and that is the decision's. Nothing of it is revised in between.
    let [before, after] = ["2026-01-09 16:00", "2026-01-10 16:00"]
        .map(|until| home.json("12 09:00", &["report", "daily", "--until", until]));
    home.at("12 09:00", &["log", "export", "2026-01-09-1", "--out", "then"]);
    let decision: Value = serde_json::from_slice(&std::fs::read(home.path("then/decision.json")).unwrap()).unwrap();
    for key in ["demand_m3", "served_m3", "cut_m3"] {
        let parts =
            number(&before, &format!("/figures/days/1/{key}")) + number(&after, &format!("/figures/days/0/{key}"));
        assert_eq!(parts, number(&decision, &format!("/totals/{key}")), "{key}");
    }
    let short = number(&before, "/figures/days/1/shortfall_m3") + number(&after, "/figures/days/0/shortfall_m3");
    assert_eq!(short, number(&decision, "/balance/shortfall_m3"));

    // A whole gas day is what the decision says, class by class and rank by rank.
    let whole = home.json("12 09:00", &["report", "daily", "--until", "2026-01-10 08:00"]);
    assert_eq!(whole["figures"]["days"].as_array().unwrap().len(), 1);
    for row in decision["by_class"].as_array().unwrap() {
        let rows = whole["figures"]["by_class"].as_array().unwrap();
        let own = rows.iter().find(|own| own["class"] == row["class"]).unwrap();
        for key in ["demand_m3", "served_m3", "cut_m3"] {
            assert_eq!(own[key], row[key], "{key} of {}", row["class"]);
        }
    }
    assert_eq!(number(&whole, "/figures/homes/customers"), number(&decision, "/totals/customers_cut"));
    assert_eq!(number(&whole, "/figures/homes/households"), number(&decision, "/totals/households_cut"));
    assert_eq!(sum(&whole["figures"]["by_source"], "nominated_m3"), number(&decision, "/balance/supply_m3"));
}

/// What was taken of the first gas day, by hand: the shop was to take nothing and took 20 m3 an hour, the glassworks keeps its order.
#[test]
fn what_was_taken_is_held_against_what_was_ordered() {
    let home = Home::story();
    let day = home.json("12 09:00", &["report", "daily", "--until", "2026-01-08 08:00"]);
    let kept = &day["figures"]["compliance"];
    let over: Vec<&str> =
        kept["over"].as_array().unwrap().iter().map(|over| over["customer_id"].as_str().unwrap()).collect();
    assert_eq!((&kept["metered"], over), (&3.into(), vec!["P-01", "C-01"]), "{kept}");
    assert_eq!((number(kept, "/by_day"), number(kept, "/over/1/taken_m3")), (1, 480));
    let measures = day["figures"]["by_measure"].as_array().unwrap();
    let row = |id: &str| measures.iter().find(|row| row["measure"] == id).unwrap();
    // Glassworks 62,000 and shop 9,000 forecast, 31,200 and 480 taken.
    let saved = row("stop-industry-commerce");
    assert_eq!(number(saved, "/saved_m3"), 62_000 - 31_200 + 9_000 - 480);
    assert_eq!(number(row("reduce-chp"), "/saved_m3"), 10_000);
    let sources = day["figures"]["by_source"].as_array().unwrap();
    let gate = sources.iter().find(|row| row["source"] == "north-gate").unwrap();
    assert_eq!((number(gate, "/metered_m3"), number(gate, "/metered_hours")), (24 * 13_000, 24));
    let store = sources.iter().find(|row| row["source"] == "lng-store").unwrap();
    assert_eq!(store["metered_m3"], Value::Null);
    // What is entered in the record later counts, whatever the case's table says.
    let entered = "date,customer_id,volume_m3\n2026-01-07,C-01,301\n";
    std::fs::write(home.path("town").join("later.csv"), entered).unwrap();
    let later = home.path("town").join("later.csv").display().to_string();
    let by = ["--record", "--by", "Sun Yi", "--role", "members"];
    home.at("12 10:00", &[&["meter", &later, "--date", "2026-01-07"], &by[..]].concat());
    let day = home.json("12 11:00", &["report", "daily", "--until", "2026-01-08 08:00"]);
    let kept = &day["figures"]["compliance"];
    assert_eq!((&kept["metered"], number(kept, "/over/0/taken_m3")), (&1.into(), 301), "{kept}");
}

/// Whoever got gas back may take it, and no more: by the day's figures, and by those of the hours after it came back.
#[test]
fn what_came_back_may_be_taken() {
    let home = Home::new();
    home.order("07 07:10", &["--date", "2026-01-07"], "group");
    let supply = std::fs::read_to_string(home.path("town/supply.csv")).unwrap();
    let row = supply.lines().find(|row| row.starts_with("2026-01-07,lng-store,")).unwrap();
    let volume: u64 = row.split(',').nth(2).unwrap().parse().unwrap();
    let more = row.replace(&format!(",{volume},"), &format!(",{},", volume + 24_000));
    std::fs::write(home.path("town/supply.csv"), supply.replace(row, &more)).unwrap();
    let restore = ["restore", "--date", "2026-01-07", "--at", "20:00", "--record", "--by", "Li Wei", "--role", "group"];
    let back = home.json("07 12:00", &restore);
    let back: Vec<(&str, u64)> = back["customers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["customer_id"].as_str().unwrap(), number(it, "/back_m3")))
        .collect();
    let all: u64 = back.iter().map(|(_, volume)| volume).sum();
    assert!(all > 5_000, "{back:?}");
    home.at("07 12:10", &["log", "export", "2026-01-07-1", "--out", "then"]);
    let decision: Value = serde_json::from_slice(&std::fs::read(home.path("then/decision.json")).unwrap()).unwrap();
    let left = |id: &str| {
        let customers = decision["detail"]["customers"].as_array().unwrap();
        number(customers.iter().find(|it| it["customer_id"] == id).unwrap(), "/served_m3")
    };
    let kept_with = |more: u64| {
        let rows = back.iter().map(|(id, back)| format!("2026-01-07,,{id},{}\n", left(id) + back + more));
        home.took(&format!("date,hour,customer_id,volume_m3\n{}", rows.collect::<String>()));
        home.json("08 09:00", &["report", "daily", "--until", "2026-01-08 08:00"])
    };
    let day = kept_with(0);
    let kept = &day["figures"]["compliance"];
    assert_eq!((number(kept, "/metered"), number(kept, "/within")), (back.len() as u64, back.len() as u64), "{kept}");
    assert_eq!(number(&day, "/figures/restored_m3"), all);
    let day = kept_with(1);
    let kept = &day["figures"]["compliance"];
    assert_eq!((number(kept, "/within"), number(kept, "/over_m3")), (0, back.len() as u64), "{kept}");
    // It came back from 20:00 on: nothing of it lies before, and the parts of the day add up.
    let parts = ["2026-01-07 20:00", "2026-01-08 01:00", "2026-01-09 01:00"]
        .map(|until| home.json("09 02:00", &["report", "daily", "--until", until]));
    assert_eq!(number(&parts[0], "/figures/restored_m3"), 0);
    let [_, first, second] = parts.map(|part| {
        let days = part["figures"]["days"].as_array().unwrap().iter();
        days.filter(|day| day["date"] == "2026-01-07").map(|day| number(day, "/restored_m3")).sum::<u64>()
    });
    assert!(first > 0 && second > 0 && first + second == all, "{first} + {second} of {all}");
    // A report of a time before anything came back knows nothing of it.
    let early = home.json("07 11:00", &["report", "daily", "--until", "2026-01-07 10:00"]);
    assert_eq!(number(&early, "/figures/restored_m3"), 0);
    let paper = home.at("08 09:00", &["report", "daily", "--until", "2026-01-08 08:00"]);
    assert!(paper.contains("Of that came back") && paper.contains("Gas that came back counts"), "{paper}");
}

#[test]
fn files_are_written_whole_alike_and_under_stable_names() {
    let home = Home::story();
    let names = |dir: &str| {
        let entries = std::fs::read_dir(home.path(dir)).unwrap();
        let mut names: Vec<_> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let daily = ["docx", "html", "md", "xlsx"].map(|kind| format!("daily-2026-01-08.{kind}"));
    for dir in ["one", "two"] {
        assert_eq!(home.at("08 16:30", &["report", "daily", "--lang", "zh", "--out", dir]), "");
        assert_eq!(names(dir), daily);
    }
    let read = |dir: &str, name: &str| std::fs::read(home.path(dir).join(name)).unwrap();
    for name in daily {
        assert!(read("one", &name) == read("two", &name), "{name}");
    }
    let screen = home.at("08 16:30", &["report", "daily", "--lang", "zh"]);
    assert_eq!(text(&read("one", "daily-2026-01-08.md")), screen);
    // The head of the record stands at the foot of each page, which is told once in a file.
    let head = home.json("08 16:30", &["report", "daily"])["head"]["head"].as_str().unwrap().to_owned();
    assert!(screen.contains(&head) && text(&read("one", "daily-2026-01-08.html")).contains(&head));
    home.at("12 09:00", &["report", "assessment", "--format", "docx,md", "--out", "three"]);
    assert_eq!(names("three"), ["assessment-2026-01-07-1.docx", "assessment-2026-01-07-1.md"]);
    home.at("12 09:00", &["report", "incident", "--out", "three/incident.json"]);
    assert_eq!(names("three").len(), 3);
}

/// Shanxi: the seven fields, due twelve hours after the first order, twice.
#[test]
fn a_plan_that_owes_a_report_of_the_incident_has_its_seven_fields() {
    let home = Home::empty();
    let write = |name: &str, content: &str| std::fs::write(home.path("town").join(name), content).unwrap();
    std::fs::create_dir(home.path("town")).unwrap();
    write(
        "case.toml",
        "[case]\nname = \"Valley\"\npolicy = \"cn-shanxi-2021\"\n[files]\ncustomers = \"customers.csv\"\n\
         districts = \"districts.csv\"\nsupply = \"supply.csv\"\n",
    );
    write("districts.csv", "district,name,urban\nvalley,Valley,true\n");
    write(
        "customers.csv",
        "customer_id,name,district,company,class,demand_m3\nh,Homes,valley,q,residential,600\nw,Works,valley,q,industry,400\n",
    );
    write("supply.csv", "date,source,volume_m3\n2026-01-08,gate,900\n");
    home.at("08 06:00", &["decide", "--date", "2026-01-08", "--record", "--by", "Wang Fang"]);
    home.at("08 06:10", &["issue", "--by", "Wang Fang"]);
    let json = home.json("08 09:00", &["report", "incident"]);
    let due: Vec<&Value> = json["answers"].as_array().unwrap().iter().map(|it| &it["due"]).collect();
    assert_eq!(due, ["2026-01-08 18:10", "2026-01-08 18:10"]);
    let paper = home.at("08 09:00", &["report", "incident", "--lang", "zh"]);
    let heads: Vec<&str> = paper.lines().filter_map(|line| line.strip_prefix("## ")).take(7).collect();
    let fields = ["时间", "地点", "信息来源", "资源供需现状", "影响范围", "发展趋势", "已采取的措施"];
    for ((head, field), number) in heads.iter().zip(fields).zip(["一", "二", "三", "四", "五", "六", "七"]) {
        assert_eq!(*head, format!("{number}、{field}"));
    }
    // It owes no daily report, so somebody has to say until when.
    assert!(home.refused(&["report", "daily"]).contains("owes no daily report"));
    assert_eq!(
        number(&home.json("09 09:00", &["report", "daily", "--until", "2026-01-09 08:00"]), "/figures/cut_m3"),
        100
    );
}

/// The clock is put forward in the night to 29 March: the gas day of the 28th has 23 hours, and so has the period.
#[test]
fn a_day_of_23_hours_is_divided_by_its_hours() {
    let home = Home::empty();
    home.done(&["init", "town", "--now", "2026-03-27 04:00"]);
    let toml = std::fs::read_to_string(home.path("town/case.toml")).unwrap();
    let toml = toml.replace("Asia/Shanghai", "Europe/Berlin").replace("\"08:00\"", "\"06:00\"");
    std::fs::write(home.path("town/case.toml"), toml).unwrap();
    for date in ["2026-03-27", "2026-03-28", "2026-03-29"] {
        let now = format!("{date} 04:30");
        let at = |args: &[&str]| home.done(&[&["-q", "-C", "town", "--now", now.as_str()], args].concat());
        at(&["decide", "--date", date, "--record", "--by", "Wang Fang", "--role", "office"]);
        at(&["approve", "--by", "Li Wei", "--role", "group"]);
        at(&["sign", "--by", "Zhao Min", "--role", "head"]);
        at(&["issue", "--by", "Wang Fang", "--role", "office"]);
    }
    let period =
        |until: &str| home.json("12 09:00", &["report", "daily", "--until", until, "--now", "2026-03-31 09:00"]);
    let [before, within, after] = ["2026-03-28 16:00", "2026-03-29 16:00", "2026-03-30 16:00"].map(period);
    let hours = |json: &Value, at: usize| json["figures"]["days"][at]["of_hours"].clone();
    assert_eq!(hours(&before, 1), serde_json::json!([10, 23]));
    assert_eq!((hours(&within, 0), hours(&within, 1)), (serde_json::json!([13, 23]), serde_json::json!([10, 24])));
    for (one, other, at) in [(&before, &within, 0), (&within, &after, 0)] {
        let demand = number(one, "/figures/days/1/demand_m3") + number(other, &format!("/figures/days/{at}/demand_m3"));
        assert_eq!(demand, number(one, "/figures/days/1/day_demand_m3"));
    }
}

/// A day that was decided by the hour is divided by its hours, and not by profiles.
#[test]
fn hours_that_were_decided_are_added_up() {
    let home = Home::empty();
    std::fs::create_dir(home.path("town")).unwrap();
    let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/evening");
    for entry in std::fs::read_dir(example).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), home.path("town").join(entry.file_name())).unwrap();
    }
    home.order("14 06:30", &["--date", "2026-01-14"], "group");
    let day = home.json("15 09:00", &["report", "daily", "--until", "2026-01-14 20:00"]);
    let json = home.at("14 07:00", &["decide", "--date", "2026-01-14", "--format", "json"]);
    let decision: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&day["figures"]["days"][1]["hourly"], &day["figures"]["days"][1]["of_hours"]),
        (&true.into(), &serde_json::json!([12, 24]))
    );
    for row in decision["hours"]["by_class"].as_array().unwrap() {
        let rows = day["figures"]["by_class"].as_array().unwrap();
        let own = rows.iter().find(|own| own["class"] == row["class"]).unwrap();
        for key in ["demand_m3", "served_m3"] {
            let hours = row[key].as_array().unwrap().iter().take(12).map(|hour| hour.as_f64().unwrap());
            let (hours, own) = (hours.sum::<f64>(), own[key].as_u64().unwrap() as f64);
            // A day of a rank and district is whole, and so is its part: each may be a m3 off.
            assert!((hours - own).abs() < 6.0, "{} {key}: {hours} and {own}", row["class"]);
        }
    }
}

#[test]
fn what_cannot_be_reported_is_refused() {
    let home = Home::new();
    let mut said = vec![home.refused(&["report", "daily"])];
    home.at("07 07:10", &["decide", "--date", "2026-01-12", "--record", "--by", "Wang Fang", "--role", "office"]);
    said.push(home.refused(&["report", "incident"]));
    said.push(home.refused(&["report", "assessment"]));
    home.order("07 07:10", &["--date", "2026-01-07"], "group");
    for args in [
        &["report", "daily"][..],
        &["report", "daily", "--date", "8 January"],
        &["report", "daily", "--until", "noon"],
        &["report", "daily", "--until", "2026-01-08 16:30"],
        &["report", "daily", "--date", "2026-01-08", "--until", "2026-01-08 16:00"],
        &["report", "daily", "--date", "2026-01-08", "--format", "docx"],
        &["report", "daily", "--date", "2026-01-08", "--format", "md,html"],
        &["report", "daily", "--date", "2026-01-08", "--format", "md,json"],
        &["report", "daily", "--date", "2026-01-08", "--format", "csv"],
        &["report", "daily", "--date", "2026-01-08", "--format", "html", "--out", "paper.docx"],
        &["report", "daily", "--date", "2026-01-08", "--out", "town/case.toml"],
        &["report", "assessment", "2026-01-08-1"],
        &["report", "assessment", "8 January"],
        &["report", "incident", "2026-01-08-9"],
        &["status", "--format", "docx"],
    ] {
        said.push(home.refused(args));
        said.push(home.refused(&[args, &["--lang", "zh"]].concat()));
    }
    assert!(!home.path("paper.docx").exists());
    insta::assert_snapshot!("report_refused", said.concat());
}
