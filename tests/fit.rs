//! Demand models estimated from histories: exactly where nothing is left to chance, within their errors where something is.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::path::Path;
use std::process::{Command, Output};

use curtail::city::Workdays;
use curtail::city::read::{read_demand_model, read_holidays};
use curtail::forecast::{ClassModel, Fitted, FittedKind, History, HistoryDay, fit};
use curtail::problem::{Origin, Place};
use curtail::units::{Celsius, Date, M3};

/// Three seasons of 121 days from 15 November, with a festival of a week in each and a weekend day that is worked.
const SEASONS: [&str; 3] = ["2022-11-15", "2023-11-15", "2024-11-15"];
const FESTIVALS: [(&str, &str); 3] =
    [("2023-01-21", "2023-01-28"), ("2024-02-10", "2024-02-18"), ("2025-01-28", "2025-01-26")];

/// What a class takes, in tenths where it is a factor: (base, per degree, memory in per cent, Saturday, Sunday, festival).
type Truth = (u64, u64, u64, u64, u64, u64);

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn calendar(dir: &Path) -> Workdays {
    let mut text = String::from("date,name,kind\n");
    for (from, worked) in FESTIVALS {
        for day in 0..7 {
            text += &format!("{},festival,holiday\n", date(from).plus_days(day).unwrap());
        }
        text += &format!("{worked},festival,workday\n");
    }
    let path = dir.join("holidays.csv");
    std::fs::write(&path, text).unwrap();
    read_holidays(&path.display().to_string()).unwrap().0
}

/// A number between -1000 and 1000 that looks like chance and is the same everywhere.
fn chance(seed: &mut u64) -> i64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ((*seed >> 33) % 2001) as i64 - 1000
}

/// Who takes another table for the holidays hears so once, and not of each column.
#[test]
fn another_table_is_told_as_one() {
    let said = |lang: &str| {
        let holidays = ["--holidays", "examples/xian/customers.csv", "--lang", lang];
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
        command.args(["-C", "examples/xian", "fit", "examples/xian/winters/history.csv"]).args(holidays);
        let output = command.env("LANG", "C.UTF-8").output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        said.lines().map(str::to_owned).collect::<Vec<String>>()
    };
    let told = |lang: &str, words: &str| {
        let said = said(lang);
        let about: Vec<_> = said.iter().filter(|line| line.contains("examples/xian/customers.csv:1:")).collect();
        assert!(about.len() == 1 && about[0].contains(words), "{said:?}");
    };
    told("en", "columns are unknown here: this is another table");
    told("zh", "列不属于此处：这是另一张表");
}

/// A history by these truths; each volume is off by at most `noise` per mille.
fn history(truths: &[Truth], workdays: &Workdays, noise: i64) -> History {
    let classes: Vec<String> = (0..truths.len()).map(|at| format!("class-{at}")).collect();
    let (mut rows, mut seed) = (Vec::new(), 7);
    for from in SEASONS {
        let mut effective: Vec<Option<i64>> = vec![None; truths.len()];
        for at in 0..121 {
            let day = date(from).plus_days(at).unwrap();
            // Whole degrees, from 12 down to -6 and up again, and what chance adds.
            let degrees = (i64::from(at) - 60).abs() * 18 / 60 - 6 + chance(&mut seed) / 250;
            let mut volumes = Vec::new();
            for ((base, slope, memory, saturday, sunday, festival), effective) in truths.iter().zip(&mut effective) {
                let (today, memory) = (degrees * 10_000, *memory as i64);
                let now = effective.map_or(today, |before| (before * memory + today * (100 - memory)).div_euclid(100));
                *effective = Some(now);
                let below = (180_000 - now).max(0) as u64;
                let factor = match workdays.on(day) {
                    Some(special) if special.kind == curtail::city::DayKind::Holiday => *festival,
                    Some(_) => 10,
                    None => [10, 10, 10, 10, 10, *saturday, *sunday][day.weekday() as usize],
                };
                let volume = (base + slope * below / 10_000) * factor / 10;
                volumes.push(M3(volume * (1000 + chance(&mut seed) * noise / 1000) as u64 / 1000));
            }
            let temperature = Celsius::hundredths(degrees as i32 * 100).unwrap();
            rows.push((HistoryDay { date: day, temperature, place: Place::whole(Origin::memory("history")) }, volumes));
        }
    }
    History::new(classes, rows, Origin::memory("history")).unwrap()
}

fn fitted(truths: &[Truth], noise: i64) -> Fitted {
    let dir = tempfile::tempdir().unwrap();
    let workdays = calendar(dir.path());
    fit(&history(truths, &workdays, noise), &workdays, "18".parse().unwrap(), String::new())
}

/// Slopes are multiples of 100,000 m3, so that a ten-thousandth of a degree, times a tenth, is a whole m3.
const TRUTHS: [Truth; 6] = [
    (2_000_000, 100_000, 50, 9, 8, 5),
    (3_000_000, 0, 0, 5, 4, 1),
    (0, 200_000, 30, 10, 10, 10),
    (500_000, 300_000, 0, 10, 11, 12),
    (1_234_560, 100_000, 87, 10, 10, 15),
    (70, 0, 0, 10, 10, 10),
];

#[test]
fn without_chance_the_truth_is_found_to_the_last_digit() {
    let found = fitted(&TRUTHS, 0);
    for (class, (base, slope, memory, saturday, sunday, festival)) in found.model.model.classes.iter().zip(TRUTHS) {
        assert_eq!((class.base, class.per_degree), (base * 1000, slope * 1000), "{}", class.class);
        assert_eq!(class.memory, memory * 10_000, "{}", class.class);
        let weekdays = [10, 10, 10, 10, 10, saturday, sunday].map(|tenths| tenths * 100_000);
        assert_eq!(class.days.weekdays, weekdays, "{}", class.class);
        assert_eq!(class.days.holidays["festival"], festival * 100_000, "{}", class.class);
        assert_eq!((class.days.other_holidays, class.errors.len()), (None, 0), "{}", class.class);
        let fit = found.model.fits[&class.class];
        assert_eq!((fit.days, fit.seasons), (3 * (121 - 14), 3));
        for of in [fit.inside, fit.outside.unwrap()] {
            assert_eq!((of.r2, of.rmse, of.mape, of.bias), (1_000_000, 0, 0, 0), "{}", class.class);
        }
    }
    let warm_up = found.days[0].iter().filter(|day| day.kind == FittedKind::WarmUp).count();
    assert_eq!(warm_up, 3 * 14);
    // Its file says the same.
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("m.toml");
    std::fs::write(&path, found.model.to_toml()).unwrap();
    let (read, _) = read_demand_model(&path.display().to_string()).unwrap();
    assert_eq!((read.model, read.fits), (found.model.model, found.model.fits));
}

#[test]
fn with_chance_it_is_found_within_what_chance_allows() {
    // Up to 4 % either way, evenly: 2.3 % in the root of the mean square, 2 % on average.
    let found = fitted(&TRUTHS[..5], 40);
    let near = |found: u64, truth: u64, off: u64| found.abs_diff(truth) <= off;
    for (class, (base, slope, memory, saturday, sunday, festival)) in found.model.model.classes.iter().zip(TRUTHS) {
        let cold = base + slope * 20;
        // Of its demand at -2 degrees the line is known to 1 %, and a factor of 45 days or 20 to 1.5 %.
        let at_minus_two = class.base + class.per_degree * 20;
        assert!(near(at_minus_two, cold * 1000, cold * 10), "{}: {at_minus_two} for {cold}", class.class);
        assert!(near(class.per_degree, slope * 1000, cold), "{}: {}", class.class, class.per_degree);
        assert!(near(class.memory, memory * 10_000, 60_000), "{}: memory {}", class.class, class.memory);
        let sixth = [
            (class.days.weekdays[5], saturday),
            (class.days.weekdays[6], sunday),
            (class.days.holidays["festival"], festival),
        ];
        for (factor, tenths) in sixth {
            assert!(near(factor, tenths * 100_000, 1_500 * tenths), "{}: {factor} for {tenths}", class.class);
        }
        let fit = found.model.fits[&class.class];
        assert!((17_000..23_000).contains(&fit.inside.mape), "{}: {:?}", class.class, fit.inside);
        let outside = fit.outside.unwrap();
        assert!((17_000..25_000).contains(&outside.mape), "{}: {outside:?}", class.class);
        assert!(outside.rmse >= fit.inside.rmse, "{}: nobody knows a coming season better", class.class);
        // What is left to chance is told: a median of about 1, and ends of about 4 %.
        let (low, middle, high) = (class.errors[0], class.errors[25], class.errors[49]);
        assert!(
            near(low, 962_000, 9_000) && near(middle, 1_000_000, 6_000) && near(high, 1_038_000, 9_000),
            "{low} {middle} {high}"
        );
    }
}

#[test]
fn a_season_that_was_otherwise_shows_when_it_is_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let workdays = calendar(dir.path());
    let mut history = history(&TRUTHS[..1], &workdays, 10);
    let last = history.seasons()[2].clone();
    history.classes[0].volumes[last].iter_mut().for_each(|volume| volume.0 = volume.0 * 12 / 10);
    let found = fit(&history, &workdays, "18".parse().unwrap(), String::new());
    let seasons: Vec<u64> = found.outside[0].iter().map(|season| season.mape).collect();
    assert_eq!(found.seasons, [2022, 2023, 2024]);
    // A fifth more than the other two knew of is a sixth of what was taken.
    assert!((160_000..173_000).contains(&seasons[2]), "{seasons:?}");
    assert!(found.outside[0][2].bias < 0, "too little was foreseen");
}

#[test]
fn what_cold_or_the_calendar_cannot_explain_is_left_to_chance() {
    // Demand that has nothing to do with the weather gets no slope, and no memory.
    let found = fitted(&[(4_000_000, 0, 0, 10, 10, 10)], 50);
    let class: &ClassModel = &found.model.model.classes[0];
    assert_eq!((class.per_degree, class.memory), (0, 0));
    // 2.9 % of spread on some 215 workdays: the mean is known to 0.2 %, and three times that is chance.
    assert!(class.base.abs_diff(4_000_000_000) < 24_000_000, "{}", class.base);
}

/// A case of seven customers beside a history.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("case")).unwrap();
        for entry in std::fs::read_dir("tests/bad/base").unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), home.path().join("case").join(entry.file_name())).unwrap();
        }
        Self(home)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn run(&self, args: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_curtail");
        Command::new(program).args(["-C", "case"]).args(args).current_dir(self.0.path()).output().unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What a history is refused with, in both languages; nothing is printed or written.
fn refused(history: &str, args: &[&str]) -> String {
    let home = Home::new();
    home.write("history.csv", history);
    let mut said = String::new();
    for lang in ["en", "zh"] {
        let all = [&["fit", "history.csv", "--out", "m.toml", "--plot", "m.svg", "--lang", lang], args].concat();
        let output = home.run(&all);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()));
        said += &text(&output.stderr);
        assert!(!home.0.path().join("m.toml").exists() && !home.0.path().join("m.svg").exists());
    }
    said
}

/// A history of the case's classes, so many days from a date.
fn rows(from: &str, days: u32) -> String {
    let day = |at: u32| format!("{},{},7,6000,24000,8000,20000\n", date(from).plus_days(at).unwrap(), at % 10);
    (0..days).map(day).collect()
}

const HEADINGS: &str = "date,temperature_c,residential (10^4 m3),hospital,集中供热锅炉,boiler_community,industry\n";

#[test]
fn all_that_is_wrong_with_a_history_is_told_at_once() {
    let cells = "date,temperature_c,residential (10^4 m3),hospitle,industry,工业\n\
                 2025-11-15,1.5,7,6000,20000,1\n2025-11-16,cold,7,6000,-1,1\n2025-11-17,1,7.00005,,20000,1\n2025-13-01,1,7,6000,20000,1\n";
    let gap = HEADINGS.to_owned() + &rows("2025-11-15", 30) + &rows("2025-12-20", 60) + &rows("2026-01-10", 1);
    let short = HEADINGS.to_owned() + &rows("2025-11-15", 70);
    let large = HEADINGS.to_owned() + &rows("2025-11-15", 90) + "2026-02-13,1,20000,6000,24000,8000,20000\n";
    let said = [
        ("cells and headings", refused(cells, &[])),
        ("days that are missing or twice", refused(&gap, &[])),
        ("too few days", refused(&short, &[])),
        ("too much in a day", refused(&large, &[])),
        ("no class", refused("date,temperature_c\n2026-01-01,1\n", &[])),
        ("no temperature", refused("date,residential\n2026-01-01,1\n", &[])),
        ("no file", refused("", &["--holidays", "nowhere.csv"])),
        ("a class left out that there is not", refused(&short, &["--without", "industri"])),
        ("degrees Fahrenheit", refused(&short, &["--threshold", "65"])),
        ("no degrees", refused(&short, &["--threshold", "-1"])),
        (
            "figures for no measurement",
            refused(&short.replacen(",3,7,", ",-99.9,7,", 1).replacen(",4,7,", ",61,7,", 1), &[]),
        ),
    ];
    insta::assert_snapshot!(said.map(|(what, said)| format!("--- {what}\n{said}")).concat());
}

#[test]
fn a_class_can_be_left_to_the_customers_table() {
    let home = Home::new();
    let with = HEADINGS.to_owned() + &rows("2025-11-15", 90);
    let lines: Vec<&str> = with.lines().map(|line| line.rsplit_once(',').unwrap().0).collect();
    home.write("history.csv", &(lines.join("\n") + "\n"));
    let missing = home.run(&["fit", "history.csv", "--lang", "en"]);
    assert!(text(&missing.stderr).contains("no column of the class `industry`"), "{}", text(&missing.stderr));
    let output = home.run(&["fit", "history.csv", "--without", "industry", "--out", "m.toml", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let (model, _) = read_demand_model(&home.0.path().join("m.toml").display().to_string()).unwrap();
    let classes: Vec<&str> = model.model.classes.iter().map(|class| class.class.as_str()).collect();
    assert_eq!(classes, ["boiler_central", "boiler_community", "hospital", "residential"]);
    // The heading's unit counts.
    assert_eq!(model.model.classes[3].base, 70_000_000);
    // Days of another year have no holidays in the case's table: that is said, and nothing is silently a plain day.
    let history = HEADINGS.to_owned() + &rows("2023-11-15", 90);
    home.write("history.csv", &history);
    let output = home.run(&["fit", "history.csv", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("no holiday of 2024 is known"), "{}", text(&output.stderr));
}

#[test]
fn the_example_is_fitted_as_its_folder_says() {
    let dir = tempfile::tempdir().unwrap();
    let (model, plot) = (dir.path().join("demand-model.toml"), dir.path().join("fit.svg"));
    let run = |lang: &str, more: &[&str]| {
        let program = env!("CARGO_BIN_EXE_curtail");
        let history = ["-C", "examples/xian", "fit", "examples/xian/winters/history.csv"];
        let holidays = ["--holidays", "examples/xian/winters/holidays.csv", "--lang", lang];
        let output = Command::new(program).args(history).args(holidays).args(more).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let out = ["--out", model.to_str().unwrap(), "--plot", plot.to_str().unwrap()];
    let screen = run("en", &out).replace(&dir.path().display().to_string(), "DIR");
    insta::assert_snapshot!("example_en", screen);
    let (committed, written) = ("examples/xian/winters/demand-model.toml", std::fs::read_to_string(&model).unwrap());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(committed, &written).unwrap();
    }
    assert!(
        std::fs::read_to_string(committed).unwrap() == written,
        "{committed} is stale: BLESS=1 cargo test --test fit"
    );
    let svg = std::fs::read_to_string(&plot).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n") && !svg.contains("NaN"), "a picture");
    let zh = run("zh", &["-v"]);
    insta::assert_snapshot!("example_zh", zh);
}

/// Outside of a case a history that is not there is told before the case that is not there either.
#[test]
fn a_history_that_is_not_there_is_told_first() {
    let home = tempfile::tempdir().unwrap();
    let refused = |lang: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
        command.args(["fit", "histroy.csv", "--holidays", "free.csv", "--lang", lang]).current_dir(home.path());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        text(&output.stderr)
    };
    let firsts = |said: &str| said.lines().filter(|line| !line.starts_with(' ')).map(str::to_owned).collect::<Vec<_>>();
    let said = firsts(&refused("en"));
    assert_eq!(said[..2], ["error: histroy.csv: there is no such file", "error: free.csv: there is no such file"]);
    assert!(said[2].starts_with("error: case.toml: "), "{said:?}");
    let said = firsts(&refused("zh"));
    assert!(said[0].contains("histroy.csv") && said[1].contains("free.csv"), "{said:?}");
}
