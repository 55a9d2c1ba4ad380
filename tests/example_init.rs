//! The two cases that `init` writes say the same in two languages, and only their dates are placeholders.

use std::error::Error;
use std::path::Path;

type Rows = Vec<Vec<String>>;

/// The rows of a table below its heading, every one as long as the heading.
fn rows(lang: &str, table: &str) -> Result<Rows, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/init").join(lang);
    let text = std::fs::read_to_string(folder.join(table))?;
    let mut rows: Rows = text.lines().map(|l| l.split(',').map(str::to_owned).collect()).collect();
    let heading = rows.remove(0);
    assert!(rows.iter().all(|row| row.len() == heading.len()), "{lang}/{table} is ragged");
    Ok(rows)
}

/// 万m3 as whole m3.
fn m3(ten_thousands: &str) -> Result<u64, Box<dyn Error>> {
    let (whole, decimals) = ten_thousands.split_once('.').unwrap_or((ten_thousands, ""));
    Ok(format!("{whole}{decimals:0<4}").parse()?)
}

#[test]
fn both_languages_hold_the_same_figures() -> Result<(), Box<dyn Error>> {
    for table in ["supply.csv", "demand.csv"] {
        let (en, zh) = (rows("en", table)?, rows("zh", table)?);
        assert_eq!(en.len(), zh.len(), "{table}");
        for (en, zh) in en.iter().zip(&zh) {
            assert_eq!(en[0], zh[0], "{table}");
            assert_eq!(en[2].parse::<u64>()?, m3(&zh[2])?, "{table}, {}", en[0]);
        }
    }
    let (en, zh) = (rows("en", "customers.csv")?, rows("zh", "customers.csv")?);
    assert_eq!((en.len(), zh.len()), (20, 20));
    for (en, zh) in en.iter().zip(&zh) {
        // Id, demand, floor, tonnage, tags, site, households, area; the other columns are words.
        for column in [0, 5, 6, 7, 11, 12, 13, 14] {
            assert_eq!(en[column], zh[column], "{}", en[0]);
        }
    }
    for (en, zh) in rows("en", "profiles.csv")?.iter().zip(rows("zh", "profiles.csv")?) {
        assert_eq!(en[1..], zh[1..]);
    }
    Ok(())
}

#[test]
fn every_date_is_a_placeholder_of_one_week_and_nothing_else_is() -> Result<(), Box<dyn Error>> {
    let week: Vec<String> = (0..7).map(|n| if n == 0 { "{date}".into() } else { format!("{{date+{n}}}") }).collect();
    for lang in ["en", "zh"] {
        for (table, rows_a_day) in [("supply.csv", 3), ("demand.csv", 4)] {
            let rows = rows(lang, table)?;
            let dates: Vec<&String> = rows.iter().map(|row| &row[0]).collect();
            let expected: Vec<&String> = week.iter().flat_map(|day| std::iter::repeat_n(day, rows_a_day)).collect();
            assert_eq!(dates, expected, "{lang}/{table}");
            assert!(rows.iter().flat_map(|row| &row[1..]).all(|cell| !cell.contains(['{', '}'])));
        }
    }
    Ok(())
}

#[test]
fn the_week_is_short_as_the_readme_says() -> Result<(), Box<dyn Error>> {
    let (supply, demand) = (rows("en", "supply.csv")?, rows("en", "demand.csv")?);
    let sum = |rows: &[Vec<String>], urban: fn(&[String]) -> bool| -> Result<u64, Box<dyn Error>> {
        rows.iter().filter(|row| urban(row)).try_fold(0, |sum, row| Ok(sum + row[2].parse::<u64>()?))
    };
    let mut balances = Vec::new();
    for (supply, demand) in supply.chunks(3).zip(demand.chunks(4)) {
        balances.push((sum(demand, |row| row[1] != "hill")?, sum(supply, |row| row[3].is_empty())?));
    }
    let told = [
        (470_000, 404_200),
        (488_800, 381_000),
        (498_200, 366_000),
        (479_400, 440_000),
        (451_200, 433_500),
        (423_000, 430_000),
        (399_500, 420_000),
    ];
    assert_eq!(balances, told);
    let standing: u64 = rows("en", "customers.csv")?
        .iter()
        .filter(|row| row[2] != "hill")
        .map(|row| row[5].parse::<u64>())
        .sum::<Result<_, _>>()?;
    assert_eq!(standing, 470_000, "the first day is the standing demand");
    Ok(())
}
