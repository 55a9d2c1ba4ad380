//! A day without a forecast of demand, decided by a demand model and tomorrow's forecast of the weather.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::process::{Command, Output};

use serde_json::Value;

const MODEL: &str = r#"threshold_c = 18
provenance = "by hand"

[classes.residential]
base_m3 = 40000
per_degree_m3 = 1000
memory = 0.5

[classes.boiler_central]
base_m3 = 0
per_degree_m3 = 1000

[classes."小区采暖锅炉"]
base_m3 = 1000
per_degree_m3 = 300

[classes.industry]
base_m3 = 20000
weekdays = [1, 1, 1, 1, 0.95, 0.7, 0.6]
"#;

/// The case of `tests/bad/base` with a model, so many days of 2 degrees before a day of -8 that a service has foreseen, and gas for it.
struct Home(tempfile::TempDir);

impl Home {
    fn new(model: &str, before: u32, issued: &str) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(home.0.path().join("case")).unwrap();
        for entry in std::fs::read_dir("tests/bad/base").unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), home.0.path().join("case").join(entry.file_name())).unwrap();
        }
        let toml = home
            .read("case.toml")
            .replace("[files]\n", "[files]\nweather = \"weather.csv\"\ndemand_model = \"demand-model.toml\"\n");
        home.write("case.toml", &toml);
        home.write("demand-model.toml", model);
        let mut weather = String::from("date,temperature_c,issued,source\n");
        let first: curtail::units::Date = "2026-01-09".parse().unwrap();
        let mut day = first;
        let mut rows = vec![format!("2026-01-09,-8,{issued},City weather office\n")];
        for _ in 0..before {
            day = day.previous().unwrap();
            rows.push(format!("{day},2,,City weather office\n"));
        }
        rows.reverse();
        weather += &rows.concat();
        home.write("weather.csv", &weather);
        let supply = home.read("supply.csv")
            + "2026-01-09,North gate,70000,,Qinhua,\n2026-01-09,LNG,30000,,Chunda,\n2026-01-09,County gate,8000,,,HY\n";
        home.write("supply.csv", &supply);
        home
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join("case").join(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join("case").join(name), text).unwrap();
    }

    fn run(&self, args: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_curtail");
        let lang: &[&str] = if args.contains(&"--lang") { &[] } else { &["--lang", "en"] };
        Command::new(program).args(lang).args(args).current_dir(self.0.path()).output().unwrap()
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.done(&["-C", "case", "-q", "decide", "--date", "2026-01-09", "--format", "json"]))
            .unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn demand(decision: &Value, class: &str) -> u64 {
    let rows =
        decision["by_class"].as_array().unwrap().iter().chain(decision["areas"][0]["by_class"].as_array().unwrap());
    rows.filter(|row| row["class"] == class).map(|row| row["demand_m3"].as_u64().unwrap()).sum()
}

fn codes(decision: &Value) -> Vec<&str> {
    decision["warnings"].as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap()).collect()
}

#[test]
fn a_class_takes_what_the_model_says_shared_as_its_customers_usually_take() {
    let home = Home::new(MODEL, 14, "2026-01-08 16:00");
    let decision = home.json();
    // Homes remember half of yesterday: 2 and -8 make -3, 21 degrees below 18: 40,000 + 21,000. Boilers do not: 26 degrees. It is a Friday.
    for (class, volume) in [
        ("residential", 61_000),
        ("boiler_central", 26_000),
        ("boiler_community", 8_800),
        ("industry", 19_000),
        ("hospital", 6_000),
    ] {
        assert_eq!(demand(&decision, class), volume, "{class}");
    }
    // 40,000, 30,000 and 12,000 of 82,000: 29,756.1, 22,317.1 and 8,926.8; the one left over goes to the largest remainder.
    home.done(&["-C", "case", "-q", "decide", "--date", "2026-01-09", "--out", "out"]);
    let written: Value =
        serde_json::from_str(&std::fs::read_to_string(home.0.path().join("out/decision.json")).unwrap()).unwrap();
    let of = |customer: &str| {
        let all = written["detail"]["customers"]
            .as_array()
            .unwrap()
            .iter()
            .chain(written["areas"][0]["detail"]["customers"].as_array().unwrap());
        all.filter(|row| row["customer_id"] == customer).map(|row| row["demand_m3"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!(["C1", "C2", "C7"].map(of), [29_756, 22_317, 8_927]);
    // The hospital is no class of the model: that is said, and the day is not wholly forecast.
    assert_eq!(decision["demand_source"]["of_the_day"], false);
    assert!(codes(&decision).contains(&"stale_demand"), "{:?}", codes(&decision));
    let weather = &decision["demand_source"]["weather"];
    assert_eq!(weather["temperature_c"], "-8");
    assert_eq!(
        (weather["model"].as_str(), weather["table"].as_str()),
        (Some("demand-model.toml"), Some("weather.csv"))
    );
    assert_eq!(
        (weather["source"].as_str(), weather["issued"].as_str()),
        (Some("City weather office"), Some("2026-01-08 16:00"))
    );
    assert_eq!((weather["age_hours"].as_u64(), weather["days_before"].as_u64()), (Some(16), Some(14)));
    assert_eq!(written["demand_source"]["weather"], *weather);
    let verified = home.done(&["-C", "case", "verify", "out/decision.json", "--orders", "out/orders.csv"]);
    assert!(!verified.contains("does not hold"), "{verified}");
    // Another temperature is another case.
    let warmer = home.read("weather.csv").replace("2026-01-09,-8,", "2026-01-09,-7,");
    home.write("weather.csv", &warmer);
    assert_eq!(home.run(&["-C", "case", "verify", "out/decision.json"]).status.code(), Some(2));
}

#[test]
fn the_age_and_the_source_of_the_weather_stand_on_the_screen() {
    let whole = MODEL.to_owned() + "\n[classes.hospital]\nbase_m3 = 6000\n";
    // Screens break lines where they end.
    let unbroken = |text: &str| text.split_whitespace().collect::<String>();
    let said = |before, issued: &str| {
        let home = Home::new(&whole, before, issued);
        let decision = home.json();
        let mut all = String::new();
        for (lang, key) in [("en", "text"), ("zh", "text_zh")] {
            let screen = unbroken(&home.done(&["-C", "case", "-q", "decide", "--date", "2026-01-09", "--lang", lang]));
            let about = ["old_weather", "undated_weather", "short_weather"];
            let warnings = decision["warnings"].as_array().unwrap().iter();
            let warnings = warnings.filter(|warning| about.contains(&warning["code"].as_str().unwrap()));
            for told in std::iter::once(&decision["demand_source"]).chain(warnings) {
                let told = told[key].as_str().unwrap();
                assert!(screen.contains(&unbroken(told)), "{told}");
                all += &format!("{told}\n");
            }
        }
        all
    };
    let cases = [
        ("fresh", 14, "2026-01-08 16:00"),
        ("24 hours exactly", 14, "2026-01-08 08:00"),
        ("a minute older", 14, "2026-01-08 07:59"),
        ("three days old", 14, "2026-01-06 08:00"),
        ("since the day began", 14, "2026-01-10 08:00"),
        ("nobody says", 14, ""),
        ("nothing before", 0, "2026-01-08 16:00"),
        ("six days before", 6, "2026-01-08 16:00"),
        ("five days before", 5, "2026-01-08 16:00"),
    ];
    let all = cases.map(|(what, before, issued)| format!("--- {what}\n{}", said(before, issued)));
    insta::assert_snapshot!(all.concat());
}

/// Whoever has forecast the weather is not told that nothing is forecast; of a day without a temperature everybody is.
#[test]
fn a_day_of_the_model_is_a_day_with_a_forecast() {
    let home = Home::new(MODEL, 14, "2026-01-08 16:00");
    let supply = home.read("supply.csv");
    home.write(
        "supply.csv",
        &(supply.clone()
            + &supply.replace("2026-01-09", "2026-01-10").split_off(supply.rfind("2026-01-09,North").unwrap())),
    );
    let said = text(&home.run(&["-C", "case", "decide", "--date", "2026-01-09"]).stderr);
    let of = |date: &str| said.contains(&format!("there is supply but no forecast for {date}"));
    assert!(of("2026-01-10") && !of("2026-01-09"), "{said}");
}

#[test]
fn a_row_of_the_day_comes_before_the_model_and_a_day_without_weather_has_its_standing_figures() {
    let home = Home::new(MODEL, 14, "2026-01-08 16:00");
    let of = |date: &str| -> Value {
        serde_json::from_str(&home.done(&["-C", "case", "-q", "decide", "--date", date, "--format", "json"])).unwrap()
    };
    // 8 January has a row in demand.csv and a temperature.
    let eighth = of("2026-01-08");
    assert_eq!(eighth["demand_source"]["text"], "forecast of the day, demand.csv");
    assert_eq!(eighth["demand_source"]["weather"], Value::Null);
    home.write("weather.csv", "date,temperature_c\n2026-01-01,3\n");
    let ninth = of("2026-01-09");
    assert_eq!(ninth["demand_source"]["text"], "NOT of the day; standing figures, customers.csv");
    assert_eq!(demand(&ninth, "residential"), 82_000);
}

#[test]
fn where_forecasts_are_required_a_model_is_one_for_the_classes_it_has() {
    let home = Home::new(MODEL, 14, "2026-01-08 16:00");
    home.write("case.toml", &home.read("case.toml").replace("demand_required = false", "demand_required = true"));
    let output = home.run(&["-C", "case", "decide", "--date", "2026-01-09"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("demand-model.toml: "), "{}", text(&output.stderr));
    home.write("demand-model.toml", &(MODEL.to_owned() + "\n[classes.hospital]\nbase_m3 = 6000\n"));
    home.done(&["-C", "case", "decide", "--date", "2026-01-09"]);
}

#[cfg(feature = "record")]
#[test]
fn the_record_keeps_what_the_model_rested_on() {
    let home = Home::new(MODEL, 20, "2026-01-08 16:00");
    let at = ["-C", "case", "-q", "--now", "2026-01-08 17:00"];
    home.done(
        &[
            &at[..],
            &["decide", "--date", "2026-01-09", "--record", "--by", "Wang Fang", "--role", "office", "--out", "out"],
        ]
        .concat(),
    );
    home.done(&["-C", "case", "-q", "log", "export", "2026-01-09-1", "--out", "then"]);
    // The model is whole; of the weather the day and the fourteen before it.
    let then = |name: &str| std::fs::read_to_string(home.0.path().join("then").join(name)).unwrap();
    assert_eq!(then("demand-model.toml"), MODEL);
    assert_eq!(then("weather.csv").lines().count(), 1 + 15);
    home.done(&["-C", "then", "-q", "decide", "--date", "2026-01-09", "--out", "again"]);
    for name in ["decision.json", "orders.csv"] {
        let file = |dir: &str| std::fs::read_to_string(home.0.path().join(dir).join(name)).unwrap();
        assert_eq!(file("out"), file("again"), "{name}");
    }
}
