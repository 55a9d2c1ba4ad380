//! LibreOffice reads our workbooks and calculates our formulas anew: the values are those that we wrote.

use std::process::{Command, Stdio};

use rust_xlsxwriter::{Formula, Workbook};

use super::office::{Office, csv_rows};

/// That formulas are calculated when a file is opened, whatever values they carry.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// Every sheet as CSV: commas, quotation marks, UTF-8, values as they are and not as they look, all sheets.
const CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

#[test]
fn a_spreadsheet_calculates_the_same_sums() {
    let office = Office::town("zh");
    assert_eq!(super::decide(&office, "zh", &["--shortfall", "30"]), Some(0));
    std::fs::create_dir_all(office.path("profile/user")).unwrap();
    std::fs::write(office.path("profile/user/registrymodifications.xcu"), ALWAYS).unwrap();
    // A value that is wrong tells a program that does not calculate.
    let mut probe = Workbook::new();
    probe.add_worksheet().write_formula(0, 0, Formula::new("=1+1").set_result("3")).unwrap();
    probe.save(office.path("probe.xlsx")).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", office.path("profile").display());
    let mut soffice = Command::new("soffice");
    soffice.arg(profile).args(["--headless", "--convert-to", CSV, "--outdir"]).arg(office.path("calculated"));
    let books = [office.path("probe.xlsx"), office.path("out/orders.xlsx")];
    let ran = soffice.args(books).stdin(Stdio::null()).output();
    if !ran.is_ok_and(|ran| ran.status.success()) {
        eprintln!("SKIPPED: there is no LibreOffice here");
        return;
    }
    assert!(String::from_utf8(office.read("calculated/probe-Sheet1.csv")).unwrap().contains('2'), "it calculates");
    let mut book = office.book("out/orders.xlsx");
    for sheet in ["指令", "汇总", "甲燃气", "乙燃气"] {
        let calculated = office.read(&format!("calculated/orders-{sheet}.csv"));
        let calculated = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(calculated.as_slice());
        let calculated: Vec<csv::StringRecord> = calculated.into_records().map(Result::unwrap).collect();
        let rows = book.rows(sheet);
        let formulas = book.formulas(sheet);
        assert!(!formulas.is_empty());
        for (row, column, formula) in formulas {
            let (row, column) = (row as usize, column as usize);
            assert_eq!(calculated[row].get(column), Some(rows[row][column].as_str()), "{sheet}: {formula}");
        }
    }
    // Ids, too, come back as they were.
    let calculated = csv_rows(&office.read("calculated/orders-指令.csv"));
    for (csv, row) in csv_rows(&office.read("out/orders.csv")).iter().zip(&calculated) {
        assert_eq!(csv[0], row[0]);
    }
}
