//! The case as a workbook: it is checked and decided at once, as the same case of CSV files is.

use super::office::Office;

/// The day's decision as JSON, without the name of the file that the forecast came from.
fn decision(office: &Office, case: &str, date: &str, forecast: &str) -> String {
    let json = office.done(&["-C", case, "-q", "--format", "json", "decide", "--date", date]);
    assert!(json.contains(forecast), "{json}");
    json.replace(forecast, "demand")
}

#[test]
fn the_workbook_decides_as_the_files_do() {
    for (lang, demand) in [("en", "case.xlsx[demand]"), ("zh", "case.xlsx[需求]")] {
        let office = Office::new();
        let now = ["--lang", lang, "--now", "2026-01-07 09:00"];
        office.done(&[&["init", "files"], now.as_slice()].concat());
        office.done(&[&["init", "book", "--xlsx"], now.as_slice()].concat());
        let checked = office.run(&[&["-C", "book", "check"], now.as_slice()].concat());
        assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));
        for date in ["2026-01-07", "2026-01-09", "2026-01-12"] {
            assert_eq!(
                decision(&office, "book", date, demand),
                decision(&office, "files", date, "demand.csv"),
                "{lang}, {date}"
            );
        }
        // The tables that wait are as sound as the others.
        let toml = String::from_utf8(office.read("book/case.toml")).unwrap();
        let waiting = ["links", "holidays", "actuals"];
        assert!(waiting.iter().all(|key| toml.contains(&format!("\n# {key} = \"case.xlsx#"))), "{toml}");
        let toml = waiting.iter().fold(toml, |toml, key| toml.replace(&format!("# {key} ="), &format!("{key} =")));
        std::fs::write(office.path("book/case.toml"), toml).unwrap();
        let checked = office.run(&[&["-C", "book", "check"], now.as_slice()].concat());
        assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stderr));
        office.done(&["-C", "book", "-q", "decide", "--date", "2026-01-07"]);
    }
}

#[test]
fn a_decision_of_the_workbook_is_recorded_and_given_back() {
    let office = Office::new();
    office.done(&["init", "book", "--xlsx", "--lang", "zh", "--now", "2026-01-07 09:00"]);
    let at = |args: &[&str]| office.done(&[&["-C", "book", "-q", "--now", "2026-01-07 10:00"], args].concat());
    at(&["decide", "--date", "2026-01-07", "--record", "--by", "Wang Fang", "--role", "office"]);
    at(&["log", "export", "2026-01-07-1", "--out", "then"]);
    office.done(&["-C", "then", "-q", "verify", "then/decision.json", "--orders", "then/orders.csv"]);
}

/// What a cell of the template says of itself stands in its rules: lists hold every word that the example uses.
#[test]
fn every_word_of_the_example_is_in_its_list() {
    for (lang, customers, choices) in [("en", "customers", "choices"), ("zh", "用户", "选项")] {
        let office = Office::new();
        office.done(&["init", "book", "--xlsx", "--lang", lang, "--now", "2026-01-07 09:00"]);
        let mut book = office.book("book/case.xlsx");
        let lists = book.rows(choices);
        let rows = book.rows(customers);
        let districts = book.rows(if lang == "zh" { "区域" } else { "districts" });
        for (at, heading) in rows[0].iter().enumerate() {
            let Some(list) = lists[0].iter().position(|name| name == heading) else { continue };
            for row in rows[1..].iter().filter(|row| !row[at].is_empty()) {
                assert!(lists[1..].iter().any(|words| words[list] == row[at]), "{heading}: {}", row[at]);
            }
        }
        assert!(rows[1..].iter().all(|row| districts[1..].iter().any(|district| district[0] == row[2])));
    }
}
