//! The life of a response (section 7 of the decision model, clauses 二(三)1-6), through the real program: proposal, approval,
//! signature, issue; a company's list; a departure; a milder level; the end; and a case as it was.
#![cfg(feature = "record")]
#![allow(clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

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

    /// Runs a command of the case at a time of 7 January, and gives what it prints.
    fn at(&self, time: &str, args: &[&str]) -> String {
        let now = format!("2026-01-07 {time}");
        self.done(&[&["-C", "town", "--now", now.as_str()], args].concat())
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let status = output.status.code();
        assert!(matches!(status, Some(0 | 3)), "{args:?}: {status:?} {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// What a refused command says; nothing is printed, and the record stays as it was.
    fn refused(&self, args: &[&str]) -> String {
        let before = std::fs::read(self.path("town/record.db")).ok();
        let output = self.run(&[&["-C", "town", "--now", "2026-01-07 12:00"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{args:?}");
        assert_eq!(std::fs::read(self.path("town/record.db")).ok(), before, "{args:?}");
        text(&output.stderr)
    }

    fn propose(&self, time: &str, date: &str) {
        self.at(time, &["-q", "decide", "--date", date, "--record", "--by", "Wang Fang", "--role", "office"]);
    }

    /// From a proposal to the order of the day.
    fn order(&self, time: &str, date: &str) {
        self.propose(time, date);
        self.at(time, &["approve", "--by", "Li Wei", "--role", "group"]);
        self.at(time, &["sign", "--by", "Zhao Min", "--role", "head"]);
        self.at(time, &["issue", "--by", "Wang Fang", "--role", "office"]);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap_or_else(|e| panic!("{e}"))
}

/// A screen without the heads, which depend on the account and the machine.
fn without_heads(screen: &str) -> String {
    let is_head = |word: &str| word.len() == 16 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let words = screen.split_inclusive(|c: char| !c.is_ascii_hexdigit());
    let mut plain = String::new();
    for word in words {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_hexdigit());
        if is_head(bare) {
            plain.push_str("[head]");
            plain.push_str(&word[bare.len()..]);
        } else {
            plain.push_str(word);
        }
    }
    plain
}

fn same(one: &Path, other: &Path) -> bool {
    let read = |path: &Path| std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    read(one) == read(other)
}

#[test]
fn a_response_from_its_first_proposal_to_its_end() {
    let home = Home::new();
    assert!(home.refused(&["status"]).contains("there is no record yet"));
    home.propose("09:10", "2026-01-08");
    let mut screens = home.at("09:20", &["status"]);
    home.at("09:30", &["approve", "--by", "Li Wei", "--role", "group"]);
    home.at("09:40", &["sign", "--by", "Zhao Min", "--role", "市保供工作组组长"]);
    home.at("09:50", &["issue", "--by", "Wang Fang", "--role", "office"]);
    screens.push_str(&home.at("10:00", &["status", "--lang", "zh"]));
    let json = home.at("10:00", &["status", "--format", "json", "--now", "2026-01-08 16:30"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
    assert_eq!((&json["response"]["level"], &json["order"]["id"]), (&"I".into(), &"2026-01-08-1".into()));
    let daily = json["due"].as_array().into_iter().flatten().find(|item| item["duty"] == "daily-report");
    assert_eq!(daily.map(|item| (&item["state"], &item["due"])), Some((&"late".into(), &"2026-01-07 17:00".into())));
    assert!(home.refused(&["--lang", "zh", "deliver", "日报", "--by", "Wang Fang"]).contains("（daily-report）"));
    // As the Chinese screens show the level.
    home.at(
        "11:00",
        &["lower", "--to", "Ⅱ级响应", "--reason", "milder than forecast", "--by", "Li Wei", "--role", "group"],
    );
    screens.push_str(&home.at("11:10", &["status"]));
    home.at("18:00", &["end", "--reason", "supply covers demand", "--by", "Li Wei", "--role", "group"]);
    screens.push_str(&home.at("18:10", &["status"]));
    screens.push_str(&home.at("18:10", &["log"]));
    screens.push_str(&home.at("18:10", &["log", "--lang", "zh"]));
    insta::assert_snapshot!("response", without_heads(&screens));
}

#[test]
fn what_is_out_of_order_or_by_the_wrong_body_is_refused_with_its_clause() {
    let home = Home::new();
    home.propose("09:10", "2026-01-08");
    let said = [
        home.refused(&["sign", "--by", "Zhao Min", "--role", "head"]),
        home.refused(&["issue", "--by", "Wang Fang", "--role", "office"]),
        home.refused(&["approve", "--by", "Wang Fang", "--role", "office"]),
        home.refused(&["approve", "--by", "Wang Fang"]),
        home.refused(&["approve", "--role", "group"]),
        home.refused(&["approve", "2026-01-08-2", "--by", "Li Wei", "--role", "group"]),
        home.refused(&["approve", "8 January", "--by", "Li Wei", "--role", "group"]),
        home.refused(&["approve", "--by", "Li Wei", "--role", "mayor"]),
        home.refused(&["lower", "--to", "IV", "--reason", "mild", "--by", "Li Wei", "--role", "group"]),
        home.refused(&["end", "--reason", "mild", "--by", "Li Wei", "--role", "group"]),
        home.refused(&["decide", "--shortfall", "12", "--record", "--by", "Wang Fang"]),
        home.refused(&["--lang", "zh", "sign", "--by", "Zhao Min", "--role", "office"]),
    ];
    insta::assert_snapshot!("response_refused", said.concat());
    assert!(home.refused(&["decide", "--date", "2026-01-08", "--by", "Wang Fang"]).contains("`--record` is missing"));
    let list =
        ["propose", "--company", "gas-a", "gone.csv", "--date", "2026-01-08", "--by", "Sun", "--role", "companies"];
    assert!(home.refused(&[&["-q"], &list[..]].concat()).contains("name the company's list"));

    home.at("10:00", &["approve", "--by", "Li Wei", "--role", "group"]);
    assert!(
        home.refused(&["approve", "2026-01-08-1", "--by", "Li Wei", "--role", "group"]).contains("Li Wei did this")
    );
    home.at("10:00", &["sign", "--by", "Zhao Min", "--role", "head"]);
    home.at("10:00", &["issue", "--by", "Wang Fang", "--role", "office"]);
    assert!(home.refused(&["issue", "2026-01-08-1", "--by", "Wang Fang", "--role", "office"]).contains("did this"));
    let graver = ["lower", "--to", "I", "--reason", "x", "--by", "Li Wei", "--role", "group"];
    assert!(home.refused(&graver).contains("is not milder"));
    let without = ["end", "--reason", " ", "--by", "Li Wei", "--role", "group"];
    assert!(home.refused(&without).contains("a reason is missing"));
}

#[test]
fn an_order_stands_until_another_of_its_day_is_issued() {
    let home = Home::new();
    home.order("09:00", "2026-01-08");
    home.propose("10:00", "2026-01-08");
    home.propose("10:05", "2026-01-08");
    assert!(home.at("10:10", &["status", "--now", "2026-01-08 09:00"]).contains("Order of today: 2026-01-08-1"));
    // Two wait: one must say which.
    assert!(home.refused(&["approve", "--by", "Li Wei", "--role", "group"]).contains("which decision?"));
    home.at("10:20", &["approve", "2026-01-08-3", "--by", "Li Wei", "--role", "group"]);
    home.at("10:20", &["sign", "--by", "Zhao Min", "--role", "head"]);
    home.at("10:20", &["issue", "--by", "Wang Fang", "--role", "office"]);
    assert!(home.at("10:30", &["status", "--now", "2026-01-08 09:00"]).contains("Order of today: 2026-01-08-3"));
    // The second knew less than what is in force now.
    let late = home.refused(&["approve", "2026-01-08-2", "--by", "Li Wei", "--role", "group"]);
    assert!(late.contains("2026-01-08-2 was overtaken: 2026-01-08-3"), "{late}");
}

#[test]
fn the_record_gives_back_the_case_and_the_decision_byte_for_byte() {
    let home = Home::new();
    home.order("09:00", "2026-01-08");
    // A later day whose rotation remembers the first, under another reading of a rule.
    let set = ["--set", "rotation.step=0.04"];
    let decide = [&["-q", "decide", "--date", "2026-01-09", "--record", "--by", "Wang Fang"], &set[..]].concat();
    home.at("09:30", &decide);
    let tables = home.path("town/demand.csv");
    let longer = format!("{}2026-01-10,,,,,1\n", text(&std::fs::read(&tables).unwrap_or_default()));
    // What changes afterwards changes nothing of what was known.
    let _ = std::fs::write(&tables, longer).and_then(|()| std::fs::write(home.path("town/customers.csv"), "gone"));

    for (id, more) in [("2026-01-08-1", &[][..]), ("2026-01-09-1", &set[..])] {
        let (then, again) = (format!("then-{id}"), format!("again-{id}"));
        home.at("12:00", &["log", "export", id, "--out", &then]);
        let date = &id[..10];
        home.done(&[&["-q", "-C", &then, "decide", "--date", date, "--out", &again], more].concat());
        for name in ["decision.json", "orders.csv"] {
            assert!(same(&home.path(&then).join(name), &home.path(&again).join(name)), "{id} {name}");
        }
        let decision = format!("{then}/decision.json");
        if id == "2026-01-09-1" {
            // Before the first decision there is no entry to speak of.
            assert!(home.done(&["-C", &then, "log", "--check"]).contains("an export's extract"));
        }
        home.done(&["-q", "-C", &then, "verify", &decision, "--orders", &format!("{then}/orders.csv")]);
    }
}

#[test]
fn rotation_remembers_orders_and_not_proposals() {
    let home = Home::new();
    // So little gas that rotation must cut, and not only may.
    let supply = home.path("town/supply.csv");
    let rows = text(&std::fs::read(&supply).unwrap_or_else(|e| panic!("{e}")));
    let halved = rows.lines().map(|row| match row.split(',').collect::<Vec<_>>().as_slice() {
        [date @ ("2026-01-08" | "2026-01-09"), source, volume, rest @ ..] => {
            let volume: u64 = volume.parse().unwrap_or_else(|e| panic!("{e}"));
            format!("{date},{source},{},{}", volume / 2, rest.join(","))
        }
        _ => row.to_owned(),
    });
    let halved = halved.collect::<Vec<_>>().join("\n") + "\n";
    std::fs::write(&supply, halved).unwrap_or_else(|e| panic!("{e}"));
    let blocks = |home: &Home| {
        let json = home.at("12:00", &["-q", "--format", "json", "decide", "--date", "2026-01-09"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
        json["rotation"]["blocks"].to_string()
    };
    let first = blocks(&home);
    home.propose("12:00", "2026-01-08");
    assert_eq!(blocks(&home), first);
    home.at("12:10", &["approve", "--by", "Li Wei", "--role", "group"]);
    home.at("12:10", &["sign", "--by", "Zhao Min", "--role", "head"]);
    assert_eq!(blocks(&home), first);
    home.at("12:10", &["issue", "--by", "Wang Fang", "--role", "office"]);
    assert_ne!(blocks(&home), first);
}

#[test]
fn a_departure_holds_for_its_days_and_until_it_is_lifted() {
    let home = Home::new();
    let served = |home: &Home, date: &str| {
        let csv = home.at("12:00", &["-q", "--format", "csv", "decide", "--date", date, "--all"]);
        let row = csv.lines().skip(1).find(|row| row.contains(",industry,")).unwrap_or_default().to_owned();
        let cells: Vec<&str> = row.split(',').collect();
        (cells[0].to_owned(), cells[6].to_owned())
    };
    let (customer, before) = served(&home, "2026-01-08");
    assert_ne!(before, "77");
    let depart = ["depart", "--customer", &customer, "--volume", "77", "--reason", "test bench", "--by", "Li Wei"];
    let until = ["--from", "2026-01-08", "--until", "2026-01-08", "--role", "group"];
    let said = home.at("12:00", &[&depart[..], &until[..]].concat());
    assert!(said.contains("number 2"), "{said}");
    assert_eq!(served(&home, "2026-01-08").1, "77");
    assert_ne!(served(&home, "2026-01-09").1, "77");
    assert!(home.at("12:00", &["status"]).contains(&format!("2: {customer} gets 77 m3 a day until 2026-01-08")));
    home.at("12:30", &["depart", "--lift", "2", "--reason", "done", "--by", "Li Wei", "--role", "group"]);
    assert_eq!(served(&home, "2026-01-08").1, before);

    // A rule that reads otherwise: on its days, and every output says so.
    let measure = ["--measure", "stop-industry-commerce", "--reason", "a test bench", "--by", "Li Wei"];
    home.at("12:40", &[&["depart"], &measure[..], &until[..]].concat());
    let screen = home.at("12:50", &["-q", "decide", "--date", "2026-01-08"]);
    assert!(screen.contains("measures.stop-industry-commerce.in_force"), "{screen}");
    assert_ne!(served(&home, "2026-01-08").1, before);
    let screen = home.at("12:50", &["-q", "decide", "--date", "2026-01-09"]);
    assert!(!screen.contains("measures.stop-industry-commerce.in_force"), "{screen}");

    let wrong = ["--until", "2026-01-08", "--from", "2026-01-08", "--reason", "x", "--by", "Li Wei"];
    let said = [
        home.refused(&[&["depart", "--customer", "NOBODY-1", "--volume", "1", "--role", "group"], &wrong[..]].concat()),
        home.refused(&[&["depart", "--measure", "rotate-block", "--role", "group"], &wrong[..]].concat()),
        home.refused(&[&["depart", "--measure", "rotate-blocks", "--role", "office"], &wrong[..]].concat()),
        home.refused(&["depart", "--lift", "9", "--reason", "x", "--by", "Li Wei", "--role", "group"]),
    ];
    insta::assert_snapshot!("departures_refused", said.concat());
}

#[test]
fn a_list_is_held_against_what_the_plan_gives() {
    let home = Home::new();
    home.at("09:00", &["-q", "decide", "--date", "2026-01-08", "--out", "orders"]);
    let orders = text(&std::fs::read(home.path("orders/orders.csv")).unwrap_or_default());
    let mut rows: Vec<String> = orders.lines().map(str::to_owned).collect();
    let company = rows[1].split(',').nth(3).unwrap_or_default().to_owned();
    let header = rows.remove(0);
    let own: Vec<&String> = rows.iter().filter(|row| row.split(',').nth(3) == Some(company.as_str())).collect();
    let write = |name: &str, rows: &[&String]| {
        let text = std::iter::once(header.as_str()).chain(rows.iter().map(|row| row.as_str())).collect::<Vec<_>>();
        std::fs::write(home.path(name), text.join("\n") + "\n").unwrap_or_else(|e| panic!("{e}"));
    };
    let propose = |list: &str| {
        home.at(
            "09:30",
            &[
                "-q",
                "propose",
                "--company",
                &company,
                list,
                "--date",
                "2026-01-08",
                "--by",
                "Sun Yi",
                "--role",
                "companies",
            ],
        )
    };
    write("whole.csv", &own);
    let mut screens = propose("whole.csv");
    write("short.csv", &own[1..]);
    screens.push_str(&propose("short.csv"));
    insta::assert_snapshot!("lists", without_heads(&screens));

    // The exemption of care is absolute until gas for firm slices runs out.
    let list = |company: &str| {
        let list = ["-q", "propose", "wrong.csv", "--date", "2026-01-08", "--by", "Sun", "--role", "companies"];
        home.refused(&[&list[..], &["--company", company]].concat())
    };
    std::fs::write(home.path("wrong.csv"), "customer_id,cut_m3\nM-01,1\n").unwrap_or_else(|e| panic!("{e}"));
    let said = list("gas-b");
    assert!(said.contains("M-01 (1 > 0 m3)"), "{said}");
    let wrong = "customer_id,cut_m3\nM-01,1\nB-0,1\nB-02,999999\nB-02,1\nB-03,\n";
    std::fs::write(home.path("wrong.csv"), wrong).unwrap_or_else(|e| panic!("{e}"));
    insta::assert_snapshot!("lists_refused", list("gas-a") + &list("gas-z"));
}

#[test]
fn what_was_cut_last_comes_back_first_and_never_out_of_what_the_order_left() {
    let home = Home::new();
    home.order("09:00", "2026-01-08");
    let supply = home.path("town/supply.csv");
    let rows = text(&std::fs::read(&supply).unwrap_or_else(|e| panic!("{e}")));
    let with = |volume: u64| {
        let changed = rows.replace("2026-01-08,lng-store,81000,", &format!("2026-01-08,lng-store,{volume},"));
        std::fs::write(&supply, changed).unwrap_or_else(|e| panic!("{e}"));
    };
    let restore = |home: &Home| home.at("12:00", &["-q", "restore", "--date", "2026-01-08"]);
    let mut screens = restore(&home);
    // 5,000 m3 more than the order was made with: all of it comes back, best protected first.
    with(86_000);
    screens.push_str(&restore(&home));
    let csv = home.at("12:00", &["-q", "--format", "csv", "restore", "--date", "2026-01-08"]);
    let back = csv.lines().skip(1).filter_map(|row| row.split(',').nth(2)?.parse::<u64>().ok());
    assert_eq!(back.sum::<u64>(), 5_000, "{csv}");
    // From 20:00 on half of what is lost and of the kept gas lies ahead, and the 5,000 m3 still.
    screens.push_str(&home.at("12:00", &["-q", "restore", "--date", "2026-01-08", "--at", "20:00"]));
    // 5,000 m3 less: the order's own gas is short, and nothing comes back.
    with(76_000);
    screens.push_str(&home.at("12:00", &["-q", "--lang", "zh", "restore", "--date", "2026-01-08"]));
    insta::assert_snapshot!("restore", screens);
    with(86_000);
    let record = ["-q", "restore", "--date", "2026-01-08", "--record", "--by", "Li Wei", "--role"];
    assert!(home.refused(&[&record[..], &["office"]].concat()).contains("may not restore supply"));
    home.at("12:10", &[&record[..], &["group"]].concat());
    assert!(home.at("12:20", &["log"]).contains("5,000 m3 given back of order 2026-01-08-1 to"));
    assert!(home.refused(&["restore", "--date", "2026-01-08", "--at", "20:30"]).contains("20:30"));
    assert!(home.refused(&["restore", "--date", "2026-01-09"]).contains("no order for 2026-01-09 is in force"));
}

#[test]
fn by_the_hour_it_is_told_in_which_hours_it_comes_back() {
    let home = Home::new();
    let case = home.path("town/case.toml");
    let rows = text(&std::fs::read(&case).unwrap_or_else(|e| panic!("{e}"))).replace("hourly = false", "hourly = true");
    std::fs::write(&case, rows).unwrap_or_else(|e| panic!("{e}"));
    home.order("09:00", "2026-01-07");
    let supply = home.path("town/supply.csv");
    let rows = text(&std::fs::read(&supply).unwrap_or_else(|e| panic!("{e}")));
    let date = rows.lines().find(|row| row.starts_with("2026-01-07,lng-store,")).unwrap_or_default().to_owned();
    let volume: u64 = date.split(',').nth(2).and_then(|it| it.parse().ok()).unwrap_or_default();
    let more = rows.replace(&format!("lng-store,{volume},"), &format!("lng-store,{},", volume + 6_000));
    std::fs::write(&supply, more).unwrap_or_else(|e| panic!("{e}"));
    // The day is in progress: from the next whole hour on.
    let mut screens = home.at("15:20", &["-q", "restore"]);
    screens.push_str(&home.at("15:20", &["-q", "--lang", "zh", "restore", "--at", "17:00"]));
    let by = ["-q", "restore", "--record", "--by", "Li Wei", "--role", "group", "--format", "json"];
    let json: serde_json::Value = serde_json::from_str(&home.at("15:20", &by)).unwrap_or_default();
    assert_eq!((&json["from"], &json["clock"][0]), (&"16:00".into(), &"16:00".into()));
    let sum = |list: &serde_json::Value| {
        list.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).sum::<f64>()
    };
    let steps = json["steps"].as_array().into_iter().flatten();
    assert!(
        steps.clone().count() > 0
            && steps
                .clone()
                .all(|step| (sum(&step["hours_m3"]) - step["back_m3"].as_f64().unwrap_or(-1.0)).abs() < 1e-6)
    );
    // What came back stays where it is, and nothing comes back a second time.
    let again: serde_json::Value =
        serde_json::from_str(&home.at("15:40", &["-q", "restore", "--format", "json"])).unwrap_or_default();
    assert_eq!((&again["customers"], &again["missing_m3"]), (&serde_json::json!([]), &0.into()));
    screens.push_str(&home.at("15:50", &["log"]));
    insta::assert_snapshot!("restore_by_the_hour", without_heads(&screens));
}

/// 二(三)6: so that the level does not flap, a plan may ask that the shortage has eased for some hours.
#[test]
fn a_shortage_that_must_have_eased_for_hours_is_waited_for() {
    let home = Home::new();
    let write = |name: &str, text: &str| std::fs::write(home.path(name), text).unwrap_or_else(|e| panic!("{e}"));
    let read = |name: &str| text(&std::fs::read(home.path(name)).unwrap_or_else(|e| panic!("{e}")));
    let case = read("town/case.toml").replace("policy = \"xian-2025\"", "policy = \"mine.toml\"");
    write("town/mine.toml", "extends = \"xian-2025\"\n[response.ease]\nhours = 6\n");
    write("town/case.toml", &case);
    let supply = read("town/supply.csv");
    let give = |volume: u64| {
        write(
            "town/supply.csv",
            &supply.replace("2026-01-08,lng-store,81000,", &format!("2026-01-08,lng-store,{volume},")),
        );
    };
    home.order("06:00", "2026-01-08");
    let eased = |time: &str| {
        let json: serde_json::Value =
            serde_json::from_str(&home.at(time, &["status", "--format", "json"])).unwrap_or_default();
        json["eased"].clone()
    };
    assert_eq!(eased("07:00"), serde_json::json!({ "may": null }));
    // Milder at 8:00, by a decision of the day, and milder still at 11:00.
    give(110_000);
    home.propose("08:00", "2026-01-08");
    give(150_000);
    home.propose("11:00", "2026-01-08");
    let waits = eased("13:59");
    assert_eq!((&waits["may"], &waits["then"], &waits["to"]), (&"wait".into(), &"lower".into(), &"II".into()));
    assert_eq!(
        (&waits["since"], &waits["from"]),
        (&"2026-01-07T08:00:00+08:00".into(), &"2026-01-07T14:00:00+08:00".into())
    );
    let mut screens = home.at("13:59", &["status"]) + &home.at("13:59", &["--lang", "zh", "status"]);
    // A level that was called for less than six hours ago is not passed over.
    for (time, to) in [("14:00", "II"), ("16:59", "II"), ("17:00", "III")] {
        assert_eq!((&eased(time)["may"], &eased(time)["to"]), (&"lower".into(), &to.into()), "{time}");
    }
    // What is short again in between begins anew.
    give(81_000);
    home.propose("17:10", "2026-01-08");
    give(1_000_000);
    home.propose("17:20", "2026-01-08");
    screens.push_str(&(home.at("23:19", &["status"]) + &home.at("23:19", &["--lang", "zh", "status"])));
    assert_eq!((&eased("23:19")["then"], &eased("23:20")["may"]), (&"end".into(), &"end".into()));
    let said = |line: &&str| line.contains("6 hours") || line.contains("6 小时");
    let screens: Vec<&str> = screens.lines().filter(said).collect();
    insta::assert_snapshot!("eased_for_hours", screens.join("\n"));
}
