//! Two evenings of a small city: one that balances by the day and fails by the hour, and one that linepack carries.
//! What `examples/evening/README.md` says of them, by the library, and as a person sees it.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use curtail::city::City;
use curtail::city::read::{Case, CaseOptions};
use curtail::decide::{Day, Decision, Options, Prepared, Status};
use curtail::units::{M3, Milli};
use unicode_width::UnicodeWidthStr;

const FAILS: &str = "2026-01-14";
const CARRIED: &str = "2026-01-15";

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/evening")
}

/// The day's decision of the city, changed first.
fn decide(date: &str, change: impl FnOnce(&mut City)) -> Decision {
    let (mut case, notes) = Case::open(&folder(), &CaseOptions::default()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(notes.to_string(), "", "nothing to remark");
    assert!(case.city.settings.hourly);
    change(&mut case.city);
    let (day, notes) = Day::on(&case.city, date.parse().unwrap()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(notes.to_string(), "", "nothing to remark");
    let prepared = Prepared::new(&case.policies, &case.city, Options::default()).unwrap_or_else(|e| panic!("{e}"));
    let decision = prepared.decide(&day).unwrap_or_else(|e| panic!("{e}"));
    assert!(decision.confirmed, "{:?}", decision.warnings);
    // What both days share.
    assert_eq!((decision.balance.demand_m3, decision.balance.supply_m3), (M3(449_000), M3(480_000)));
    decision
}

fn by_the_day(city: &mut City) {
    city.settings.hourly = false;
}

/// Pipes that keep no gas from one hour to the next.
fn without_linepack(city: &mut City) {
    for district in &mut city.districts {
        let pack = [
            &mut district.linepack,
            &mut district.linepack_min,
            &mut district.linepack_max,
            &mut district.linepack_draw,
        ];
        pack.into_iter().for_each(|volume| *volume = None);
    }
}

/// What is short, in m3, and the level that answers it.
fn short(decision: &Decision) -> (u64, &str) {
    (decision.balance.shortfall_m3.get(), decision.level.as_ref().map_or("none", |level| &level.id))
}

fn cut_of(decision: &Decision, id: &str) -> u64 {
    let customers = &decision.detail.as_ref().unwrap().customers;
    customers.iter().find(|customer| &*customer.customer_id == id).unwrap().cut_m3().get()
}

fn hour(decision: &Decision, clock: u8) -> usize {
    decision.hours.as_ref().unwrap().clock.iter().position(|hour| *hour == clock).unwrap()
}

#[test]
fn a_day_that_balances_fails_in_the_evening() {
    assert_eq!(short(&decide(FAILS, by_the_day)), (0, "none"));
    let decision = decide(FAILS, |_| {});
    assert_eq!(short(&decision), (28_311, "III"));
    assert_eq!(decision.status, Status::Balanced);

    // At 18:00 32,318.9 m3 are asked for, and the sources give 10,600 + 6,400 + 2,200.
    let hours = decision.hours.as_ref().unwrap();
    let at = hour(&decision, 18);
    assert_eq!((hours.demand_m3[at], hours.given_m3[at]), (Milli(32_318_900), Milli(19_200_000)));

    // Community boilers of 10 t/h or more are off 17:00-20:00 (0.050 + 0.054 + 0.055 of their day); smaller ones and homes run on.
    for (boiler, demand) in [
        ("B-01", 14_000),
        ("B-02", 8_000),
        ("B-03", 12_000),
        ("B-04", 0),
        ("B-05", 7_000),
        ("B-06", 0),
        ("B-07", 9_000),
    ] {
        assert_eq!(cut_of(&decision, boiler), demand * 159 / 1_000, "{boiler}");
    }
    let homes: u64 = (1..=8).map(|home| cut_of(&decision, &format!("H-{home:02}"))).sum();
    assert_eq!(homes + cut_of(&decision, "M-01"), 0);
    // The stop withholds 15.9 % of the 50,000 m3 of those boilers.
    assert_eq!(decision.totals.withheld_m3, M3(7_950));
}

#[test]
fn linepack_carries_the_other_evening() {
    assert_eq!(short(&decide(CARRIED, by_the_day)), (0, "none"));
    let decision = decide(CARRIED, |_| {});
    assert_eq!(short(&decision), (0, "none"));
    // Of the 25,000 m3 an hour that can come 15,370.3 lack from 17:00 to 21:00 (3,240.1 + 7,318.9 + 4,784.6 + 26.7).
    assert_eq!(short(&decide(CARRIED, without_linepack)), (15_371, "IV"));

    // The pipes give in those hours what the sources lack, and hold at the end what they held at first.
    let (hours, city) =
        (decision.hours.as_ref().unwrap(), Case::open(&folder(), &CaseOptions::default()).unwrap().0.city);
    let held = |h: usize| -> u64 { hours.by_district.iter().map(|district| district.linepack_m3[h].0).sum() };
    assert!(held(hour(&decision, 16)) - held(hour(&decision, 20)) >= 15_370_300);
    for (district, row) in hours.by_district.iter().zip(&city.districts) {
        let least = Milli(row.linepack_min.unwrap().get() * 1_000);
        assert!(district.linepack_m3.iter().all(|level| *level >= least), "{}", district.district);
        assert!(district.linepack_m3[23] >= Milli(row.linepack.unwrap().get() * 1_000), "{}", district.district);
    }
    assert!(hours.demand_m3.iter().zip(&hours.served_m3).all(|(demand, served)| demand.0 - served.0 < 2));
}

#[test]
fn on_the_evening_that_fails_linepack_carries_half() {
    // 57,675.8 m3 are asked for above 19,200 an hour.
    assert_eq!(short(&decide(FAILS, without_linepack)), (57_676, "II"));
}

#[test]
fn the_profiles_are_those_of_the_large_example() {
    let read = |path: &str| std::fs::read(folder().join(path)).unwrap();
    assert!(read("profiles.csv") == read("../xian/profiles.csv"));
}

#[test]
fn the_two_days_on_the_screen() {
    for (name, date) in [("fails", FAILS), ("carried", CARRIED)] {
        for (command, lang) in [("decide", "en"), ("decide", "zh"), ("hours", "en"), ("hours", "zh")] {
            let mut run = Command::new(env!("CARGO_BIN_EXE_curtail"));
            run.args(["-C".as_ref(), folder().as_os_str()]).args(["--lang", lang, command, "--date", date]);
            run.env("LANG", "C.UTF-8").env_remove("COLUMNS").env_remove("LC_ALL").env_remove("NO_COLOR");
            let output = run.output().unwrap();
            assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
            let screen = String::from_utf8(output.stdout).unwrap();
            assert!(screen.lines().all(|line| line.width() <= 100 && !line.contains('…')), "{screen}");
            insta::assert_snapshot!(format!("{command}_{name}_{lang}"), screen);
        }
    }
}

/// The rows of a table, and the place of a column by its heading.
fn table(file: &Path) -> (Vec<csv::StringRecord>, impl Fn(&str) -> usize + use<>) {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let heading = reader.headers().unwrap().clone();
    (reader.records().map(Result::unwrap).collect(), move |name: &str| heading.iter().position(|h| h == name).unwrap())
}

#[test]
fn a_dispatcher_gets_users_loads_and_times() {
    let out = tempfile::tempdir().unwrap();
    let run = |more: &[&str]| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_curtail"));
        run.args(["-q".as_ref(), "-C".as_ref(), folder().as_os_str()]).args(["decide", "--date", FAILS]).args(more);
        assert!(run.arg("--out").arg(out.path()).output().unwrap().status.success());
    };
    run(&[]);
    let text = std::fs::read_to_string(out.path().join("orders-hours.csv")).unwrap();
    let of = |id: &str| text.lines().filter(|line| line.starts_with(id)).collect::<Vec<_>>().join("\n");
    let mut boiler_and_works = vec![text.lines().next().unwrap().to_owned()];
    boiler_and_works.extend(["B-01,", "I-02,"].map(of));
    insta::assert_snapshot!("hourly_orders", boiler_and_works.join("\n"));

    // Slots add up to the day, customer by customer, and follow one another through it.
    let ((orders, order), (slots, slot)) =
        (table(&out.path().join("orders.csv")), table(&out.path().join("orders-hours.csv")));
    let milli = |text: &str| -> u64 { text.replace('.', "").parse().unwrap() };
    let mut seen = 0;
    for row in &orders {
        let id = &row[order("customer_id")];
        let own: Vec<_> = slots.iter().filter(|slots| &slots[slot("customer_id")] == id).collect();
        seen += own.len();
        for column in ["demand_m3", "served_m3", "cut_m3"] {
            let sum: u64 = own.iter().map(|row| milli(&row[slot(column)])).sum();
            assert_eq!(sum, row[order(column)].parse::<u64>().unwrap() * 1_000, "{id} {column}");
        }
        assert_eq!((&own[0][slot("from")], &own[own.len() - 1][slot("to")]), ("08:00", "08:00"));
        assert!(own.windows(2).all(|two| two[0][slot("to")] == two[1][slot("from")]));
        for row in own {
            let limited = !row[slot("form")].is_empty();
            assert_eq!((limited, limited), (&row[slot("cut_m3")] != "0.000", !row[slot("clause")].is_empty()));
            let limit = milli(&format!("0{}", &row[slot("limit_m3_h")]));
            let served = milli(&row[slot("served_m3")]);
            assert!(!limited || limit * row[slot("hours")].parse::<u64>().unwrap() == served);
        }
    }
    assert_eq!(seen, slots.len());
    // For Excel in both.
    run(&["--csv-encoding", "gb18030"]);
    let bytes = std::fs::read(out.path().join("orders-hours.csv")).unwrap();
    assert!(encoding_rs::GB18030.decode(&bytes).0 == text);
}

#[test]
fn what_answers_for_the_evening_that_fails_on_the_screen() {
    let questions = [
        ("explain_works", &["explain", "I-01"][..]),
        ("explain_boiler", &["explain", "B-01"]),
        ("explain_against", &["explain", "I-01", "--against", "I-02"]),
        ("curve", &["curve"]),
        ("policy_check", &["policy", "check"]),
    ];
    for (name, question) in questions {
        for lang in ["en", "zh"] {
            let mut run = Command::new(env!("CARGO_BIN_EXE_curtail"));
            run.args(["-C".as_ref(), folder().as_os_str()])
                .args(["--lang", lang])
                .args(question)
                .args(["--date", FAILS]);
            run.env("LANG", "C.UTF-8").env_remove("COLUMNS").env_remove("LC_ALL").env_remove("NO_COLOR");
            let output = run.output().unwrap();
            assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
            let screen = String::from_utf8(output.stdout).unwrap();
            assert!(screen.lines().all(|line| line.width() <= 100), "{screen}");
            insta::assert_snapshot!(format!("{name}_{lang}"), screen);
        }
    }
}

#[test]
fn what_binds_in_which_hours_as_data() {
    let run = |args: &[&str]| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_curtail"));
        run.args(["-q".as_ref(), "-C".as_ref(), folder().as_os_str()]).args(args).args(["--date", FAILS, "--format"]);
        let text = String::from_utf8(run.arg("json").output().unwrap().stdout).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
    };
    let works = run(&["explain", "I-01"]);
    let because = works["because"].as_array().unwrap();
    let last = because.iter().rfind(|triple| triple["about"] == "binding").unwrap();
    let bound = &last["effect"]["in_hours"][0];
    assert_eq!(bound["hours"], serde_json::json!(["21:00"]));
    let names: Vec<_> =
        bound["limits"].as_array().unwrap().iter().map(|limit| (&limit["limit"], &limit["of"])).collect();
    let all = ["lng-store", "north-pipeline", "west-pipeline"];
    assert!(names.iter().zip(all).all(|((limit, of), source)| *limit == "source_in_an_hour" && *of == source));
    // The curve and the check say how they were come by.
    assert_eq!(run(&["curve"])["sampled_by_hour"]["step_pct"], 1);
    assert!(run(&["policy", "check"])["hours"].as_str().unwrap().starts_with("not considered"));
}

#[test]
fn both_days_are_verified_and_changed_they_do_not_hold() {
    let out = tempfile::tempdir().unwrap();
    let run = |lang: &str, args: &[&str]| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_curtail"));
        run.args(["-q".as_ref(), "-C".as_ref(), folder().as_os_str()]).args(["--lang", lang]).args(args);
        let output = run.current_dir(out.path()).env_remove("COLUMNS").output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    for (date, customers_cut) in [(FAILS, true), (CARRIED, false)] {
        assert_eq!(run("en", &["decide", "--date", date, "--out", "."]).0, 0);
        let verify = ["verify", "decision.json", "--orders", "orders.csv"];
        for (lang, holds, open) in [
            (
                "en",
                "The decision holds as far as it can be checked without a solver.",
                "not proved: that takes a solver",
            ),
            ("zh", "在不用求解器可核对的范围内，该决定成立。", "未能证明：须用求解器"),
        ] {
            let (status, screen) = run(lang, &verify);
            assert!(status == 0 && screen.contains(holds), "{screen}");
            let left: Vec<&str> = screen.lines().filter(|line| line.contains(open)).collect();
            assert!(left.len() == 1 && left[0].trim_start().starts_with("to_minimum "), "{screen}");
        }
        let file = out.path().join("decision.json");
        let sound = std::fs::read_to_string(&file).unwrap();
        let mut json: serde_json::Value = serde_json::from_str(&sound).unwrap();
        let proof = &json["evidence"]["hours"];
        assert_eq!(proof["ranks"].as_array().is_some_and(|ranks| !ranks.is_empty()), customers_cut);
        // A millionth of a m3 more over the first link at 08:00.
        let flow = &mut json["evidence"]["hours"]["flows"]["links"]["0"][0];
        *flow = (flow.as_u64().unwrap() + 1).into();
        std::fs::write(&file, json.to_string()).unwrap();
        let (status, screen) = run("en", &verify);
        assert!(status == 4 && screen.contains("The decision does not hold: hours."), "{screen}");
        assert!(screen.contains("lng-store in - out 08:00: expected 0.000000, found -0.000001"), "{screen}");
        let (status, screen) = run("zh", &verify);
        assert!(status == 4 && screen.contains("lng-store in - out 08:00"), "{screen}");
    }
}

/// What a source gives in an hour is among the inputs: a case in which it has changed is another one.
#[test]
fn an_hourly_limit_that_changed_is_told_apart() {
    let case = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(folder()).unwrap().map(Result::unwrap) {
        std::fs::copy(file.path(), case.path().join(file.file_name())).unwrap();
    }
    let run = |args: &[&str]| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_curtail"));
        run.args(["-q".as_ref(), "-C".as_ref(), case.path().as_os_str()]).args(["--lang", "en"]).args(args);
        let output = run.current_dir(case.path()).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(run(&["decide", "--date", FAILS, "--out", "out"]).0, 0);
    let supply = std::fs::read_to_string(case.path().join("supply.csv")).unwrap();
    assert!(supply.contains(",10600\n"), "{supply}");
    std::fs::write(case.path().join("supply.csv"), supply.replace(",10600\n", ",10601\n")).unwrap();
    let (status, said) = run(&["verify", "out/decision.json"]);
    assert!(status == 2 && said.contains("supply"), "{said}");
}

#[test]
fn the_evening_that_fails_as_a_picture() {
    let out = tempfile::tempdir().unwrap();
    for (lang, not_served) in [("en", "asked for and not served"), ("zh", "需求未供")] {
        let file = out.path().join(lang).with_extension("svg");
        let mut run = Command::new(env!("CARGO_BIN_EXE_curtail"));
        run.args(["-q".as_ref(), "-C".as_ref(), folder().as_os_str()])
            .args(["--lang", lang, "hours", "--date", FAILS, "--out"]);
        assert!(run.arg(&file).output().unwrap().status.success());
        let picture = std::fs::read_to_string(&file).unwrap();
        let count = |what: &str| picture.matches(what).count();
        assert_eq!(count(not_served), 1);
        // 24 hours served and the legend's box; those of 14 hours that are short in part, and the legend's.
        assert_eq!((count("fill=\"url(#f1)\""), count("fill=\"url(#f5)\"")), (25, 15));
        // The stop is on for three hours, and named in the legend; four districts keep linepack.
        assert_eq!((count(">×</text>"), count("fill=\"url(#f6)\"")), (4, 5));
    }
}

#[test]
fn a_long_name_hides_no_hour() {
    let case = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(folder()).unwrap() {
        let file = file.unwrap();
        let text = std::fs::read_to_string(file.path()).unwrap();
        let text = text.replace("Riverside 河滨,", "Riverside with the old harbour 河滨,");
        std::fs::write(case.path().join(file.file_name()), text).unwrap();
    }
    let mut run = Command::new(env!("CARGO_BIN_EXE_curtail"));
    run.args(["-C".as_ref(), case.path().as_os_str()]).args(["--lang", "en", "hours", "--date", FAILS]);
    let screen = String::from_utf8(run.output().unwrap().stdout).unwrap();
    assert!(
        screen.contains("linepack Riverside wit…  ") && screen.contains("  Riverside with the old harbour 河滨  "),
        "{screen}"
    );
    let chart = screen.lines().skip_while(|line| *line != "By the hour").take_while(|line| !line.contains("served  "));
    assert!(chart.clone().any(|line| line.ends_with(" 06 07")), "{screen}");
    assert!(chart.clone().all(|line| line.width() <= 100 && !line.ends_with('…')), "{screen}");
}
