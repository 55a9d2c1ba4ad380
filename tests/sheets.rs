//! Workbooks of orders, and the case as a workbook: what we write we read back the same, sums are formulas that hold the decision's
//! figures, and no text is ever more than a text.
#![cfg(feature = "record")]
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "sheets/office.rs"]
mod office;
#[path = "sheets/spreadsheet.rs"]
mod spreadsheet;
#[path = "sheets/template.rs"]
mod template;

use office::{Office, csv_rows};
use rust_xlsxwriter::Workbook;

/// The names of the sheets of orders and sums.
const NAMES: [(&str, &str, &str); 2] = [("en", "orders", "summary"), ("zh", "指令", "汇总")];

/// Decides a day of the town, with workbooks, and gives the exit status.
fn decide(office: &Office, lang: &str, more: &[&str]) -> Option<i32> {
    let args = ["-C", "town", "-q", "--lang", lang, "decide", "--date", "2026-01-07", "--out", "out", "--xlsx"];
    office.run(&[&args, more].concat()).status.code()
}

fn verify(office: &Office, orders: &str) -> Option<i32> {
    office.run(&["-C", "town", "verify", "out/decision.json", "--orders", orders]).status.code()
}

/// A generator of numbers, the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

#[test]
fn orders_are_read_back_the_same_whatever_the_day_and_the_language() {
    let mut dice = Dice(7);
    for (lang, sheet, _) in NAMES {
        let office = Office::town(lang);
        for _ in 0..6 {
            let shortfall = format!("{}.{}", dice.below(60), dice.below(10));
            let status = decide(&office, lang, &["--shortfall", &shortfall]);
            assert!(matches!(status, Some(0 | 3)), "{shortfall}");
            let csv = csv_rows(&office.read("out/orders.csv"));
            let rows = office.book("out/orders.xlsx").rows(sheet);
            // Headings above, and a sum below where there is anything to add up.
            assert_eq!(rows.len(), csv.len() + if csv.is_empty() { 1 } else { 2 }, "{shortfall}");
            for (csv, row) in csv.iter().zip(&rows[1..]) {
                for column in [0, 1, 3, 5, 6, 7, 10, 11] {
                    assert_eq!(csv[column], row[column], "{shortfall}, column {column}");
                }
            }
            for orders in ["out/orders.csv", "out/orders.xlsx"] {
                assert_eq!(verify(&office, orders), Some(0), "{orders}, {shortfall}");
            }
            let all = decide(&office, lang, &["--shortfall", &shortfall, "--all"]);
            assert_eq!((all, verify(&office, "out/orders.xlsx")), (status, Some(0)), "{shortfall}");
        }
    }
}

#[test]
fn one_changed_cell_does_not_hold() {
    let office = Office::town("zh");
    assert_eq!(decide(&office, "zh", &[]), Some(0));
    let rows = office.book("out/orders.xlsx").rows("指令");
    let cut = rows.iter().position(|row| row[8] == "停气").unwrap();
    for (row, column, told) in
        [(cut, 6, "1"), (cut, 8, "限气"), (cut, 0, "H-01"), (cut, 9, ""), (cut, 12, "三(一)"), (rows.len() - 2, 1, "x")]
    {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("指令").unwrap();
        for (r, cells) in rows.iter().enumerate() {
            for (c, cell) in cells.iter().enumerate() {
                let cell = if (r, c) == (row, column) { told } else { cell };
                match cell.parse::<f64>() {
                    Ok(number) if (5..=7).contains(&c) => sheet.write_number(r as u32, c as u16, number).unwrap(),
                    _ => sheet.write_string(r as u32, c as u16, cell).unwrap(),
                };
            }
        }
        book.save(office.path("changed.xlsx")).unwrap();
        let output = office.run(&["-C", "town", "verify", "out/decision.json", "--orders", "changed.xlsx"]);
        assert_eq!(output.status.code(), Some(4), "row {row}, column {column}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(&format!("changed.xlsx:{}", row + 1)), "{said}");
    }
}

#[test]
fn a_companys_list_is_proposed_as_it_was_written() {
    for (lang, companies, agrees) in
        [("en", ["gas-a", "gas-b"], "The list is what the plan gives"), ("zh", ["甲燃气", "乙燃气"], "一致")]
    {
        let office = Office::town(lang);
        assert_eq!(decide(&office, lang, &[]), Some(0));
        let sheets = office.book("out/orders.xlsx").sheets();
        assert!(companies.iter().all(|company| sheets.iter().any(|sheet| sheet == company)), "{sheets:?}");
        let in_book = office.read("out/orders.xlsx");
        assert_eq!(decide(&office, lang, &["--each-company"]), Some(0));
        // A file of its own for each, in the place of the sheets.
        assert_eq!(office.book("out/orders.xlsx").sheets().len(), sheets.len() - companies.len());
        std::fs::write(office.path("out/with-lists.xlsx"), in_book).unwrap();
        for company in companies {
            for list in ["out/with-lists.xlsx".to_owned(), format!("out/list-{company}.xlsx")] {
                let said = office.done(&[
                    "-C",
                    "town",
                    "-q",
                    "--lang",
                    lang,
                    "propose",
                    "--company",
                    company,
                    &list,
                    "--date",
                    "2026-01-07",
                    "--by",
                    "Wang Fang",
                    "--role",
                    "companies",
                ]);
                assert!(said.contains(agrees), "{list}: {said}");
            }
        }
    }
}

#[test]
fn sums_are_formulas_that_carry_the_decisions_figures() {
    for (lang, orders, summary) in NAMES {
        let office = Office::town(lang);
        assert_eq!(decide(&office, lang, &[]), Some(0));
        let json: serde_json::Value = serde_json::from_slice(&office.read("out/decision.json")).unwrap();
        let figures = |key: &str| ["demand_m3", "served_m3", "cut_m3"].map(|k| json[key][k].to_string());
        let totals = figures("totals");
        let mut book = office.book("out/orders.xlsx");
        let rows = book.rows(summary);
        let formulas = book.formulas(summary);
        let sums: Vec<_> = formulas.iter().filter(|(.., formula)| formula.starts_with("SUM(")).collect();
        // The main urban area's five tables come first: classes, districts, tiers, companies, ranks.
        for at in 0..15 {
            let (row, column, _) = sums[at];
            assert_eq!(rows[*row as usize][*column as usize], totals[at % 3], "{lang}, sum {at}");
        }
        let shortfall = json["balance"]["shortfall_m3"].to_string();
        let (row, column, formula) = &formulas[0];
        assert_eq!((rows[*row as usize][*column as usize].as_str(), formula.as_str()), (&*shortfall, "B6-B8"));
        // The orders are those of the outer districts, too.
        let area = |key: &str| {
            json["areas"].as_array().unwrap().iter().map(|a| a["totals"][key].as_u64().unwrap()).sum::<u64>()
        };
        let cut = json["totals"]["cut_m3"].as_u64().unwrap() + area("cut_m3");
        let rows = book.rows(orders);
        assert_eq!(rows.last().unwrap()[7], cut.to_string(), "{lang}");
        let formulas: Vec<_> = book.formulas(orders).into_iter().map(|(.., formula)| formula).collect();
        let last = rows.len() - 1;
        assert_eq!(formulas, ["F", "G", "H"].map(|c| format!("SUBTOTAL(109,{c}2:{c}{last})")));
    }
}

#[test]
fn the_hours_are_those_of_the_csv() {
    let office = Office::town("zh");
    let toml = String::from_utf8(office.read("town/case.toml")).unwrap();
    std::fs::write(office.path("town/case.toml"), toml.replace("hourly = false", "hourly = true")).unwrap();
    assert!(matches!(decide(&office, "zh", &["--each-company"]), Some(0 | 3)));
    let csv = csv_rows(&office.read("out/orders-hours.csv"));
    let rows = office.book("out/orders.xlsx").rows("分时指令");
    assert!(csv.len() > 20);
    assert_eq!(rows.len(), csv.len() + 2);
    for (csv, row) in csv.iter().zip(&rows[1..]) {
        for column in [0, 1, 3, 5, 6, 7, 8] {
            assert_eq!(csv[column], row[column]);
        }
        for column in [9, 10, 11, 13] {
            assert_eq!(csv[column].parse::<f64>().ok(), row[column].parse::<f64>().ok(), "{csv:?}");
        }
    }
    // Each company's slots, and nobody else's.
    let lists =
        ["甲燃气", "乙燃气"].map(|company| office.book(&format!("out/list-{company}.xlsx")).rows("分时指令").len());
    assert_eq!(lists.iter().map(|rows| rows - 2).sum::<usize>(), csv.len());
    assert_eq!(verify(&office, "out/orders.xlsx"), Some(0));
}

#[test]
fn the_same_decision_gives_the_same_bytes() {
    let (first, second) = (Office::town("zh"), Office::town("zh"));
    for office in [&first, &second] {
        assert_eq!(decide(office, "zh", &["--each-company"]), Some(0));
        office.done(&["init", "book", "--xlsx", "--lang", "zh", "--now", "2026-01-07 09:00"]);
        // The clock of a zip file counts two seconds.
        std::thread::sleep(std::time::Duration::from_millis(2_100));
    }
    for file in ["out/orders.xlsx", "out/list-甲燃气.xlsx", "out/list-乙燃气.xlsx", "book/case.xlsx"] {
        assert!(first.read(file) == second.read(file), "{file} differs");
    }
}

#[test]
fn the_first_sheet_says_how_far_the_decision_has_come() {
    let office = Office::town("en");
    let about = |office: &Office| {
        assert_eq!(decide(office, "en", &[]), Some(0));
        office.book("out/orders.xlsx").rows("about").concat().join("\n")
    };
    let said = about(&office);
    assert!(said.contains("PROPOSAL: not approved yet") && said.contains("this decision does not stand in a record"));
    for mark in ["2026-01-07 08:00", "A small city (synthetic)", "Nm3", "level"] {
        assert!(said.contains(mark), "{mark}");
    }
    let at = |args: &[&str]| office.done(&[&["-C", "town", "-q", "--now", "2026-01-07 10:00"], args].concat());
    at(&["decide", "--date", "2026-01-07", "--record", "--by", "Wang Fang", "--role", "office"]);
    assert!(about(&office).contains("PROPOSAL 2026-01-07-1: recorded, not issued yet"));
    at(&["approve", "--by", "Li Wei", "--role", "group"]);
    at(&["sign", "--by", "Zhao Min", "--role", "head"]);
    at(&["issue", "--by", "Wang Fang", "--role", "office"]);
    let said = about(&office);
    assert!(said.contains("ORDER 2026-01-07-1, issued by Wang Fang, 2026-01-07 10:00."), "{said}");
    assert!(!said.contains("PROPOSAL"));
    // What is beyond authority is told on the first sheet, and marks the rows.
    let status = decide(&office, "en", &["--shortfall", "95"]);
    assert_eq!(status, Some(3));
    let mut book = office.book("out/orders.xlsx");
    assert!(book.rows("about").concat().iter().any(|cell| cell == "BEYOND AUTHORITY"));
    assert!(book.rows("orders").iter().any(|row| row[9].contains("beyond authority")));
}

#[test]
fn hostile_texts_stay_texts() {
    let office = Office::town("en");
    let long = "长".repeat(40_000);
    let hostile = [
        "=cmd|'/c calc'!A0",
        "+86 29 8888",
        "-1",
        "@SUM(1)",
        "=1+1",
        "\"quoted\", and more",
        "two\nlines",
        "tab\there",
        "bell\u{7}",
        "_x0041_",
        "<b>&amp;</b>",
        "TRUE",
        "1E5",
        "2026-01-07",
        "#REF",
        "nul-like \u{1}",
        &long,
        "😀",
        "合计表",
        "'x",
    ];
    let table = String::from_utf8(office.read("town/customers.csv")).unwrap();
    let mut written = csv::Writer::from_writer(Vec::new());
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes()).into_records();
    written.write_record(&rows.next().unwrap().unwrap()).unwrap();
    for ((at, row), name) in (0..).zip(rows).zip(hostile) {
        let mut cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        cells[0] = match at {
            0 => "610101200001011234".to_owned(),
            1 => "0007".to_owned(),
            2 => "1-2".to_owned(),
            3 => "=7".to_owned(),
            at => format!("00000000000000{at:04}"),
        };
        name.clone_into(&mut cells[1]);
        // A company that no sheet and no file can be called.
        cells[3] = if cells[3] == "gas-a" { "=A/B:C*?[1]".to_owned() } else { "'History'".to_owned() };
        written.write_record(cells).unwrap();
    }
    std::fs::write(office.path("town/customers.csv"), written.into_inner().unwrap()).unwrap();
    assert_eq!(decide(&office, "en", &["--all", "--shortfall", "30", "--each-company"]), Some(0));
    let csv = csv_rows(&office.read("out/orders.csv"));
    let mut book = office.book("out/orders.xlsx");
    let rows = book.rows("orders");
    for (csv, row) in csv.iter().zip(&rows[1..]) {
        assert_eq!(row[0], csv[0].trim_start_matches('\''), "ids are texts, digit by digit");
        let name = csv[1].strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(&csv[1]);
        if name.chars().count() < 32_767 {
            assert_eq!(row[1], name);
        } else {
            assert!(row[1].ends_with('…') && name.starts_with(row[1].trim_end_matches('…')));
            assert_eq!(row[1].encode_utf16().count(), 32_767);
        }
    }
    for sheet in book.sheets() {
        for (.., formula) in book.formulas(&sheet) {
            assert!(formula.starts_with("SUBTOTAL(109,") || formula.starts_with("SUM(") || formula.starts_with('B'));
        }
    }
    assert_eq!(verify(&office, "out/orders.xlsx"), Some(0));
    assert_eq!(verify(&office, "out/orders.csv"), Some(0));
    for (company, list) in [("=A/B:C*?[1]", "out/list-=A_B_C__[1].xlsx"), ("'History'", "out/list-'History'.xlsx")] {
        let said = office.done(&[
            "-C",
            "town",
            "-q",
            "propose",
            "--company",
            company,
            list,
            "--date",
            "2026-01-07",
            "--by",
            "Wang Fang",
            "--role",
            "companies",
        ]);
        assert!(!said.is_empty());
    }
}

#[test]
fn workbooks_are_asked_for_in_the_right_order() {
    let office = Office::town("en");
    for (args, told) in [
        (vec!["decide", "--xlsx"], "`--out <DIR>` is missing"),
        (vec!["decide", "--out", "out", "--each-company"], "`--xlsx` is missing"),
    ] {
        let output = office.run(&[&["-C", "town"], args.as_slice()].concat());
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(told), "{said}");
        assert!(!office.path("out").exists());
    }
}
