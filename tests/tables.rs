//! Tables as people keep them: however a table is written, the city is the same.

#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

use curtail::Lang;
use curtail::city::City;
use curtail::city::read::{Case, CaseOptions, read_weather};
use curtail::forecast::Weather;
use curtail::policy::Policy;
use curtail::problem::Problems;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

const BASE: &str = "tests/bad/base";
const TABLES: [&str; 7] = ["customers", "districts", "supply", "links", "profiles", "demand", "holidays"];

fn base(table: &str) -> String {
    fs::read_to_string(format!("{BASE}/{table}.csv")).unwrap()
}

/// The base's table as rows of cells; it has no quoted cell.
fn rows(table: &str) -> Vec<Vec<String>> {
    base(table).lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn text(rows: &[Vec<String>]) -> String {
    rows.iter().map(|row| row.join(",") + "\n").collect()
}

/// The base with some files replaced.
fn open(files: &[(&str, Vec<u8>)]) -> Result<(Case, Problems), Problems> {
    let dir = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(BASE).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
    }
    for (name, bytes) in files {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let path = format!("{}/", dir.path().display());
    let relative = |mut problems: Problems| {
        let moved = problems.iter().cloned().map(|mut problem| {
            problem.place.origin = match problem.place.origin {
                curtail::problem::Origin::File(name) => curtail::problem::Origin::file(name.replace(&path, "")),
                curtail::problem::Origin::Sheet { file, sheet } => {
                    curtail::problem::Origin::Sheet { file: file.replace(&path, "").into(), sheet }
                }
                other => other,
            };
            problem
        });
        let mut all = Problems::new();
        moved.for_each(|problem| all.push(problem));
        problems = all;
        problems
    };
    Case::open(dir.path(), &CaseOptions::default()).map(|(case, problems)| (case, relative(problems))).map_err(relative)
}

/// All that a city says, without where it was said.
fn figures(city: &City) -> String {
    let mut out = String::new();
    for c in &city.customers {
        let at = (&city.districts[c.district as usize].id, &city.companies[c.company as usize]);
        let class = &city.classes[c.class as usize];
        let profile = c.profile.map(|p| &city.profiles[p as usize].id);
        let facts = (c.demand, c.floor, c.backup, c.contract, profile, &c.more);
        out += &format!("{} {} {at:?} {class} {facts:?}\n", c.id, c.name);
    }
    for d in &city.districts {
        let linepack = (d.linepack, d.linepack_min, d.linepack_max, d.linepack_draw);
        out += &format!("{} {} {} {:?} {linepack:?}\n", d.id, d.name, d.urban, d.policy);
    }
    for (date, day) in &city.supply {
        for row in day {
            out += &format!("{date} {:?} {} {:?}\n", city.sources[row.source as usize], row.volume, row.max_h);
        }
        let demand = city.demand_on(*date).unwrap().0;
        out += &format!("{date} {:?}\n", demand.volumes);
    }
    out + &format!("{:?}\n{:?}\n{:?}\n", city.links, city.profiles, city.workdays)
}

/// Asserts that a city is the base's; gives the problems' codes.
fn same(files: &[(&str, Vec<u8>)]) -> Vec<String> {
    let (expected, _) = open(&[]).unwrap();
    let (case, problems) = open(files).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(figures(&case.city), figures(&expected.city));
    problems.iter().map(|problem| problem.to_string()).collect()
}

#[test]
fn the_figures_are_read_as_they_are_written() {
    let (case, _) = open(&[]).unwrap();
    let city = &case.city;
    let glass = &city.customers[city.customer("C6").unwrap()];
    assert_eq!((glass.demand.get(), glass.floor.get(), &*glass.name), (20_000, 5_000, "Glass works"));
    let more = glass.more.as_ref().unwrap();
    assert_eq!((more.annual.unwrap().get(), more.tags.len()), (7_300_000, 2));
    assert!(city.customers[city.customer("C4").unwrap()].more.as_ref().unwrap().boiler_t_h.is_some());
    assert_eq!(city.sources.iter().map(|s| &*s.id).collect::<Vec<_>>(), ["County gate", "LNG", "North gate"]);
    assert_eq!(city.sources[0].area, Some(2));
    assert_eq!(city.place_of(glass).unwrap().line, 7);
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_and_of_a_macintosh_change_nothing() {
    assert!(same(&[("customers.csv", base("customers").replace('\n', "\r").into_bytes())]).is_empty());
    let table = format!("\u{feff}{}", base("customers")).replace('\n', "\r\n");
    assert!(same(&[("customers.csv", table.into_bytes())]).is_empty());
}

#[test]
fn rows_and_columns_come_in_any_order() {
    for table in ["customers", "supply", "links", "profiles", "demand", "holidays"] {
        let mut rows = rows(table);
        rows.iter_mut().for_each(|row| row.reverse());
        rows[1..].reverse();
        assert!(same(&[(&format!("{table}.csv"), text(&rows).into_bytes())]).is_empty(), "{table}");
    }
}

/// The customers with Chinese headings and words.
fn chinese() -> Vec<Vec<String>> {
    let policy = Policy::builtin("xian-2025").unwrap();
    let mut rows = rows("customers");
    let headings = "用户编号,用户名称,区域,燃气公司,用户类别,用气量,保底气量,锅炉吨位,备用能源,用气曲线,合同类型,年用气量,标签,\
                    用气点,户数,供热面积,联系人";
    rows[0] = headings.split(',').map(str::to_owned).collect();
    for row in &mut rows[1..] {
        row[2] = match row[2].as_str() {
            "WY" => "Weiyang".into(),
            other => other.into(),
        };
        row[4] = policy.classes[policy.class(&row[4]).unwrap()].label.zh.clone();
        let zh =
            [("none", "无"), ("oil", "燃油"), ("electric", "电"), ("firm", "不可中断"), ("interruptible", "可中断")];
        for cell in [8, 10] {
            row[cell] = zh.iter().find(|(en, _)| *en == row[cell]).unwrap().1.to_owned();
        }
    }
    rows
}

#[test]
fn chinese_headings_and_words_are_read_in_both_encodings() {
    let table = text(&chinese());
    assert!(same(&[("customers.csv", table.clone().into_bytes())]).is_empty());
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(&table);
    assert!(!lossy && std::str::from_utf8(&bytes).is_err());
    assert!(same(&[("customers.csv", bytes.into_owned())]).is_empty());
}

#[test]
fn units_of_headings_are_converted_exactly() {
    let by = |unit: &str, digits: usize| {
        let mut rows = rows("customers");
        rows[0][5] = format!("用气量（{unit}）");
        for row in &mut rows[1..] {
            let padded = format!("{:0>8}", row[5]);
            let (whole, part) = padded.split_at(8 - digits);
            row[5] = format!("{whole}.{part}");
        }
        text(&rows).into_bytes()
    };
    for (unit, digits) in [
        ("万m3", 4),
        ("万立方米", 4),
        ("10^4 m³", 4),
        ("万Nm3/d", 4),
        ("千m3", 3),
        ("10^3 m3", 3),
        ("m3", 0),
        ("m3/d", 0),
    ] {
        assert!(same(&[("customers.csv", by(unit, digits))]).is_empty(), "{unit}");
    }
    let percent = base("profiles").replace("share", "占比(%)").replace("0.05", "5").replace("0.0375", "3.75");
    assert!(same(&[("profiles.csv", percent.into_bytes())]).is_empty());
}

#[test]
fn numbers_may_be_grouped_full_width_or_padded() {
    let table = base("customers")
        .replace(",40000,", ",\"40,000\",")
        .replace(",30000,", ",３００００,")
        .replace(",24000,", ",  24000\u{3000},")
        .replace(",7300000,", ",\"７，３００，０００\",")
        .replace(",6000,2000,", ",6000.0,+2000,")
        .replace(",12.5,", ",１２．５,");
    assert!(same(&[("customers.csv", table.into_bytes())]).is_empty());
}

#[test]
fn dates_may_be_written_as_people_write_them() {
    for date in ["2026/1/7", "2026年1月7日", "2026-1-7", "2026.01.07", "20260107", "２０２６/１/７", "2026/1/7 0:00:00"]
    {
        let table = base("supply").replace("2026-01-07", date);
        assert!(same(&[("supply.csv", table.into_bytes())]).is_empty(), "{date}");
    }
}

#[test]
fn totals_blank_rows_and_blank_columns_are_left_out() {
    let table = base("customers").replace('\n', ",,\n");
    let table = format!(",,,,,,,,,,,,,,,,,,\n\n{table},,,,,,,,,,,,,,,,,,\n合计,,,,,140000,,,,,,,,,,,,,\n\n,,\n");
    let notes = same(&[("customers.csv", table.into_bytes())]);
    assert_eq!(notes, ["note: customers.csv:12: this row (`合计`) was taken for a total and skipped"]);
}

#[test]
fn text_that_was_kept_from_being_a_formula_reads_back() {
    let table = base("customers").replace("Glass works", "'=1+1").replace("Mr Li", "'+86 29");
    let (case, _) = open(&[("customers.csv", table.into_bytes())]).unwrap();
    assert_eq!(&*case.city.customers[case.city.customer("C6").unwrap()].name, "=1+1");
    assert_eq!(&*case.city.customers[case.city.customer("C3").unwrap()].more.as_ref().unwrap().contact, "+86 29");
}

#[test]
fn quoted_cells_may_hold_commas_quotes_and_breaks_and_lines_stay_right() {
    let table = base("customers").replace("Third hospital", "\"Third \"\"hospital\"\",\r\n\r\nnorth\"")
        + "\r\n\r\nC8,x,WY,Qinhua\n";
    let problems = open(&[("customers.csv", table.into_bytes())]).unwrap_err();
    let places: Vec<String> = problems.iter().map(|p| p.place.to_string()).collect();
    assert_eq!(places, ["customers.csv:13"], "{problems}");
}

#[test]
fn weather_is_read_in_chinese_in_gb18030_and_from_a_sheet() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    let table = "日期,气温(℃),发布时间,发布单位\n2026年1月8日,−3.40,2026/1/7 8:00,气象台\n20260109,2℃,,\n";
    fs::write(path("a.csv"), encoding_rs::GB18030.encode(table).0).unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in [["日期", "气温(℃)", "发布时间", "发布单位"], ["", "", "", "气象台"]].iter().enumerate()
    {
        for (column, cell) in line.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    let (day, time) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("yyyy-mm-dd hh:mm"));
    sheet.write_datetime_with_format(1, 0, ExcelDateTime::from_ymd(2026, 1, 8).unwrap(), &day).unwrap();
    sheet.write_number(1, 1, -3.4).unwrap();
    let issued = ExcelDateTime::from_ymd(2026, 1, 7).unwrap().and_hms(8, 0, 0).unwrap();
    sheet.write_datetime_with_format(1, 2, issued, &time).unwrap();
    sheet.write_datetime_with_format(2, 0, ExcelDateTime::from_ymd(2026, 1, 9).unwrap(), &day).unwrap();
    sheet.write_number(2, 1, 2).unwrap();
    book.save(path("b.xlsx")).unwrap();
    for name in ["a.csv", "b.xlsx"] {
        let (days, problems) = read_weather(&path(name)).unwrap();
        assert!(problems.is_empty(), "{name}: {problems}");
        let told: Vec<_> = days
            .iter()
            .map(|(date, day)| {
                let issued = day.issued.map(|issued| issued.to_string()).unwrap_or_default();
                format!("{date} {} {issued} {}", day.temperature, day.source)
            })
            .collect();
        assert_eq!(told, ["2026-01-08 -3.4 2026-01-07 08:00 气象台", "2026-01-09 2  "], "{name}");
    }
    // A series has no gap; where one is stands behind it.
    fs::write(path("c.csv"), "date,temperature_c\n2026-01-01,0\n2026-01-02,1\n2026-01-05,2\n").unwrap();
    let (days, _) = read_weather(&path("c.csv")).unwrap();
    let gap = Weather::of(&days).unwrap_err().to_string();
    assert!(gap.contains("c.csv:4: no temperature is given between 2026-01-02 and 2026-01-05: 2 days"), "{gap}");
}

#[test]
fn holidays_are_read_in_chinese_and_as_people_write_them() {
    let table = "放假日期,文号,公布情况,性质,节日\n2026年1月1日,notice 7 of 2025,公布,放假,New Year\n\
                 2026/1/2,notice 7 of 2025,,休,New Year\n2026-1-3,notice 7 of 2025,正式公布,Holiday,New Year\n\
                 20260104,notice 7 of 2025,已公布,调休上班,New Year\n2027.1.1,the law,假定,节假日,New Year\n";
    assert!(same(&[("holidays.csv", table.as_bytes().to_vec())]).is_empty());
    let bare = "日期,类型\n2026-01-01,放假\n2026-01-04,上班\n";
    let (case, problems) = open(&[("holidays.csv", bare.as_bytes().to_vec())]).unwrap();
    assert!(problems.is_empty(), "{problems}");
    let day = |text: &str| text.parse().unwrap();
    let work = |text| case.city.workdays.is_workday(day(text));
    assert_eq!(
        (work("2026-01-01"), work("2026-01-02"), work("2026-01-03"), work("2026-01-04")),
        (false, true, false, true)
    );
}

/// All tables of the base as one workbook: numbers as numbers, dates as dates.
fn workbook(edit: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy/m/d");
    for (table, name) in TABLES.iter().zip(["用户", "区域", "supply", "管网", "profiles", "需求预测", "节假日"])
    {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        let rows = if *table == "customers" { chinese() } else { rows(table) };
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                let (r, c) = (r as u32, c as u16);
                if let Ok(number) = cell.parse::<f64>() {
                    sheet.write_number(r, c, number).unwrap();
                } else if cell.len() == 10 && cell.starts_with("2026-") {
                    sheet.write_with_format(r, c, ExcelDateTime::parse_from_str(cell).unwrap(), &date).unwrap();
                } else if cell == "true" {
                    sheet.write_boolean(r, c, true).unwrap();
                } else if !cell.is_empty() {
                    sheet.write_string(r, c, cell).unwrap();
                }
            }
        }
    }
    edit(&mut book);
    book.save_to_buffer().unwrap()
}

/// A `case.toml` whose files are all in one workbook.
fn in_book() -> Vec<u8> {
    let mut toml = fs::read_to_string(Path::new(BASE).join("case.toml")).unwrap();
    for table in TABLES {
        toml = toml.replace(&format!("\"{table}.csv\""), "\"book.xlsx\"");
    }
    toml.replace("supply = \"book.xlsx\"", "supply = \"book.xlsx#supply\"").into_bytes()
}

#[test]
fn sheets_of_a_workbook_are_tables() {
    let book = workbook(|_| {});
    assert!(same(&[("case.toml", in_book()), ("book.xlsx", book)]).is_empty());
}

fn refused(edit: impl Fn(&mut Workbook)) -> Vec<String> {
    let problems = open(&[("case.toml", in_book()), ("book.xlsx", workbook(edit))]).unwrap_err();
    problems.iter().map(|problem| problem.to_string()).collect()
}

#[test]
fn what_a_spreadsheet_does_to_a_table_is_refused_with_its_cell() {
    let problems = refused(|book| {
        let sheet = book.worksheet_from_name("用户").unwrap();
        sheet.write_number(1, 0, 6.1e17).unwrap();
        sheet.write_formula(3, 5, Formula::new("=Z9").set_result("#REF!")).unwrap();
        sheet.write_number(4, 5, 2400.5).unwrap();
    });
    assert_eq!(
        problems,
        [
            "error: book.xlsx[用户]!A2: `customer_id` was turned into a number and lost digits: `6.1E+17`\n  help: format the column \
         as text in the spreadsheet, and fill in the ids again",
            "error: book.xlsx[用户]!F4: `#REF!` is a spreadsheet's error, not a value\n  help: repair the formula in the spreadsheet",
            "error: book.xlsx[用户]!F5: `demand_m3` is not whole: `2400.5`\n  help: round it to a whole number",
        ]
    );
}

#[test]
fn merged_cells_are_refused() {
    let problems = refused(|book| {
        let sheet = book.worksheet_from_name("用户").unwrap();
        sheet.merge_range(1, 2, 3, 2, "WY", &Format::new()).unwrap();
    });
    assert_eq!(
        problems,
        [
            "error: book.xlsx[用户]!C2: the cells C2:C4 are merged\n  help: unmerge them and fill in every cell; if they are a title above the table, remove its row",
        ]
    );
}

#[test]
fn a_sheet_that_is_not_there_is_told_with_those_that_are() {
    let toml = String::from_utf8(in_book()).unwrap().replace("#supply", "#suply");
    let problems = open(&[("case.toml", toml.into_bytes()), ("book.xlsx", workbook(|_| {}))]).unwrap_err();
    assert_eq!(
        problems.to_string(),
        "error: book.xlsx: the workbook has no sheet `suply`\n  help: its sheets are: supply; name one as `book.xlsx#sheet`"
    );
    let problems = open(&[("case.toml", in_book()), ("book.xlsx", b"PK\x03\x04 no workbook".to_vec())]).unwrap_err();
    assert!(problems.iter().all(|p| p.code() == "bad_workbook") && problems.len() == 7, "{problems}");
}

#[test]
fn messages_exist_in_chinese_too() {
    let table = base("customers").replace(",20000,5000", ",-1,5000").replace("industry", "industri");
    let problems = open(&[("customers.csv", table.into_bytes())]).unwrap_err();
    let words: Vec<String> = problems.iter().map(|problem| problem.in_words(Lang::Zh)).collect();
    assert_eq!(
        words,
        [
            "错误: customers.csv:7:5: 没有用户类别 `industri`：预案 `xian-2025` 中没有这一类\n  办法: 是不是 `industry`？",
            "错误: customers.csv:7:6: `用气量` 为负数：`-1`\n  办法: 应不小于 0",
        ]
    );
}

/// A sheet is read cell by cell: taken whole, this one would have seventeen billion cells.
#[test]
fn a_stray_cell_at_the_end_of_a_sheet_is_named_and_fills_no_memory() {
    let book = workbook(|book| {
        let sheet = book.worksheet_from_name("区域").unwrap();
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
    });
    let problems = open(&[("case.toml", in_book()), ("book.xlsx", book)]).map(|_| ()).unwrap_err().to_string();
    assert!(problems.contains("book.xlsx[区域]!XFD1048576"), "{problems}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// Nor does a damaged workbook.
    #[test]
    fn damaged_workbooks_never_panic(
        edits in proptest::collection::vec((proptest::prelude::any::<u16>(), proptest::prelude::any::<u8>()), 1..4),
    ) {
        static BOOK: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| workbook(|_| {}));
        let mut book = BOOK.clone();
        for (at, byte) in edits {
            let at = usize::from(at) % book.len();
            book[at] = byte;
        }
        if let Err(problems) = open(&[("case.toml", in_book()), ("book.xlsx", book)]) {
            proptest::prop_assert!(problems.stop());
        }
    }

    /// Damage of any kind is told or harmless, never a panic.
    #[test]
    fn damaged_bytes_never_panic(
        file in proptest::sample::select(vec!["case.toml", "customers.csv", "districts.csv", "supply.csv", "links.csv",
            "profiles.csv", "demand.csv", "holidays.csv"]),
        edits in proptest::collection::vec((proptest::prelude::any::<u16>(), proptest::prelude::any::<u8>(), 0u8..3), 1..6),
    ) {
        let mut bytes = fs::read(Path::new(BASE).join(file)).unwrap();
        for (at, byte, kind) in edits {
            let at = usize::from(at) % bytes.len().max(1);
            match kind {
                0 => bytes.insert(at, byte),
                1 => bytes.truncate(at.max(1)),
                _ => bytes[at] = b",\n\"'-.#9e;"[usize::from(byte) % 10],
            }
        }
        match open(&[(file, bytes)]) {
            Ok((case, _)) => {
                let _ = case.city.check_days();
            }
            Err(problems) => proptest::prop_assert!(problems.stop()),
        }
    }
}

#[test]
fn a_run_may_use_another_policy_or_change_a_value_of_it() {
    let open = |policy: Option<&str>, overrides: &[&str]| {
        let overrides = overrides.iter().map(|text| (*text).to_owned()).collect();
        let options = CaseOptions { policy: policy.map(str::to_owned), overrides, ..CaseOptions::default() };
        Case::open(Path::new(BASE), &options)
    };
    let digest = |case: Case| case.policies.main.digest;
    let plain = digest(open(None, &[]).unwrap().0);
    let changed = digest(open(None, &["measures.limit-large-central.III.limit=0.4"]).unwrap().0);
    assert_ne!(plain, changed);
    assert_eq!(plain, digest(open(Some("xian-2025"), &[]).unwrap().0));
    let problems = open(Some("xian-2052"), &[]).unwrap_err();
    assert!(problems.to_string().starts_with("error: policy: there is no policy `xian-2052`"), "{problems}");
    assert!(open(None, &["measures.nothing.III.limit=0.4"]).is_err());
}
