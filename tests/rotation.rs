//! Rotation that remembers: the blocks' calendar worked by hand from section 4 of the decision model, on the real program.
#![cfg(all(feature = "cli", feature = "record"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "rotation/town.rs"]
mod town;

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use town::{Row, Town};

/// Three blocks of homes with 1,000 m3 a day each, in the order of their table; nothing but a turn can take gas from homes.
fn even() -> Town {
    Town::new(&[("a", 1000), ("b", 1000), ("c", 1000)])
}

const WEEK: [(&str, &str); 7] = [
    ("2026-01-05", "24"),
    ("2026-01-06", "27"),
    ("2026-01-07", "24"),
    ("2026-01-08", "24"),
    ("2026-01-09", "30"),
    ("2026-01-10", "24"),
    ("2026-01-11", "0"),
];

/// The week by hand. 24 % of 3,000 m3 is 720, one block; 27 % is 810, two blocks (0.27 >= 0.25); 30 % is 900, three.
///
/// - 5 January: nobody has borne anything, so the first block of the table: a 720 (0.72).
/// - 6 January: two blocks, the least burdened: b 405, c 405 (0.405 each).
/// - 7 January: b and c are even, b stands first: b 720 (1.125).
/// - 8 January: c has the least (0.405): c 720 (1.125).
/// - 9 January: all three, 300 each: a first (0.72), then b and c (1.125 each). a 1.02, b 1.425, c 1.425.
/// - 10 January: a has the least: a 720 (1.74).
/// - 11 January: no shortage.
const BY_HAND: [(&str, &str, u64, u64, &str); 9] = [
    ("2026-01-05", "a", 1, 720, "0.720000000"),
    ("2026-01-06", "b", 1, 405, "0.405000000"),
    ("2026-01-06", "c", 2, 405, "0.405000000"),
    ("2026-01-07", "b", 1, 720, "0.720000000"),
    ("2026-01-08", "c", 1, 720, "0.720000000"),
    ("2026-01-09", "a", 1, 300, "0.300000000"),
    ("2026-01-09", "b", 2, 300, "0.300000000"),
    ("2026-01-09", "c", 3, 300, "0.300000000"),
    ("2026-01-10", "a", 1, 720, "0.720000000"),
];

const PERIOD: [&str; 4] = ["--from", "2026-01-05", "--to", "2026-01-11"];

fn turns(rows: &[Row]) -> Vec<(String, String, u64, u64, String)> {
    let with_turn = rows.iter().filter(|row| row.turn.is_some());
    let row = |row: &Row| {
        (row.date.clone(), row.block.clone(), row.turn.unwrap(), row.cut.unwrap(), row.equivalent_days.clone())
    };
    let mut turns: Vec<_> = with_turn.map(row).collect();
    turns.sort();
    turns
}

fn by_hand() -> Vec<(String, String, u64, u64, String)> {
    let owned = |(date, block, turn, cut, days): &(&str, &str, u64, u64, &str)| {
        ((*date).to_owned(), (*block).to_owned(), *turn, *cut, (*days).to_owned())
    };
    BY_HAND.iter().map(owned).collect()
}

#[test]
fn a_week_worked_by_hand() {
    let town = even();
    town.write("forecast.csv", &town::forecast("date,shortfall_pct", &WEEK));
    let rows = town.calendar(&[&PERIOD[..], &["--forecast", "forecast.csv"]].concat());
    assert_eq!(rows.len(), 7 * 3, "a row a day and block");
    assert!(rows.iter().all(|row| row.status == "planned" && row.demand == Some(1000)));
    assert_eq!(turns(&rows), by_hand());
    let data = town.json(&[&PERIOD[..], &["--forecast", "forecast.csv"]].concat());
    let figures = |of: &str| -> Vec<(u64, String, u64, Option<u64>)> {
        let blocks = data[of]["blocks"].as_array().unwrap().iter();
        let figure = |block: &serde_json::Value| {
            let days = block["equivalent_days"].as_str().unwrap().to_owned();
            (
                block["turns"].as_u64().unwrap(),
                days,
                block["longest_run"].as_u64().unwrap(),
                block["shortest_rest"].as_u64(),
            )
        };
        blocks.map(figure).collect()
    };
    // a: 5, 9 and 10 January; b: 6, 7 and 9; c: 6, 8 and 9.
    let after = [(3, "1.740000000", 2, Some(3)), (3, "1.425000000", 2, Some(1)), (3, "1.425000000", 2, Some(1))];
    assert_eq!(figures("after"), after.map(|(turns, days, run, rest)| (turns, days.to_owned(), run, rest)));
    assert_eq!(figures("so_far"), vec![(0, "0.000000000".to_owned(), 0, None); 3]);
    assert_eq!(data["after"]["spread"], "0.315000000");
}

#[test]
fn a_forecast_may_speak_chinese_and_percent() {
    let town = even();
    let week = WEEK.map(|(date, percent)| (date, format!("{percent}%")));
    let week: Vec<(&str, &str)> = week.iter().map(|(date, percent)| (*date, percent.as_str())).collect();
    town.write("预测.csv", &town::forecast("日期,缺口（%）", &week));
    let rows = town.calendar(&[&PERIOD[..], &["--forecast", "预测.csv"]].concat());
    assert_eq!(turns(&rows), by_hand());
}

#[test]
fn what_was_issued_is_shown_and_remembered_and_nothing_else_is() {
    let town = even();
    town.supply(&[("2026-01-05", 2280), ("2026-01-06", 2190)]);
    // Only proposed: as though it were not there.
    town.decide("2026-01-05");
    let rows = town.calendar(&["--from", "2026-01-05", "--to", "2026-01-06"]);
    assert!(rows.iter().all(|row| row.status == "planned"));
    town.issue("2026-01-05-1");
    let rows = town.calendar(&["--from", "2026-01-04", "--to", "2026-01-07"]);
    let status = |date: &str| rows.iter().find(|row| row.date == date).map(|row| row.status.clone()).unwrap();
    assert_eq!(
        ["2026-01-04", "2026-01-05", "2026-01-06", "2026-01-07"].map(status),
        ["no_order", "confirmed", "planned", "unknown"]
    );
    assert_eq!(turns(&rows)[..], by_hand()[..3]);
    // The record keeps the demand of the blocks that had a turn; of an unknown day nothing is said.
    let row = |date: &str, block: &str| rows.iter().find(|row| row.date == date && row.block == block).unwrap();
    assert_eq!((row("2026-01-05", "a").demand, row("2026-01-05", "b").demand), (Some(1000), None));
    assert_eq!((row("2026-01-07", "a").cut, row("2026-01-07", "a").demand), (None, None));
}

#[test]
fn a_replaced_order_counts_once() {
    let town = even();
    town.supply(&[("2026-01-05", 2280)]);
    town.order("2026-01-05", 1);
    // 21 % of 3,000 m3 is 630: the same day again, and a bears 0.63 and not 1.35.
    town.supply(&[("2026-01-05", 2370)]);
    town.order("2026-01-05", 2);
    let data = town.json(&["--from", "2026-01-05", "--to", "2026-01-06", "--shortfall", "24"]);
    assert_eq!(data["days"][0]["decision"], "2026-01-05-2");
    assert_eq!(data["so_far"]["blocks"][0]["equivalent_days"], "0.630000000");
    assert_eq!(data["so_far"]["blocks"][0]["turns"], 1);
    assert_eq!(data["days"][1]["blocks"][1]["cut_m3"], 720, "b follows");
}

#[test]
fn an_earlier_season_does_not_count() {
    let town = even();
    // The season begins on 1 November: the day before belongs to the last one.
    town.supply(&[("2026-10-31", 2280), ("2026-11-01", 2280)]);
    town.order("2026-10-31", 1);
    let data = town.json(&["--from", "2026-10-31", "--to", "2026-11-02", "--shortfall", "24"]);
    let cut = |day: usize, block: usize| data["days"][day]["blocks"][block]["cut_m3"].as_u64();
    assert_eq!((cut(0, 0), cut(1, 0), cut(2, 1)), (Some(720), Some(720), Some(720)), "a, a again, b");
    assert_eq!(data["season_from"], "2026-11-01");
    assert_eq!(data["so_far"]["blocks"][0]["turns"], 0);
    assert_eq!(data["after"]["blocks"][0]["equivalent_days"], "0.720000000");
}

/// Of 8,000 m3, 24 % is 1,920: a bears it alone (0.32), b and c only together (0.96 each).
fn uneven() -> Town {
    Town::new(&[("a", 6000), ("b", 1000), ("c", 1000)])
}

fn who(rows: &[Row]) -> Vec<String> {
    let mut days: Vec<&str> = rows.iter().map(|row| row.date.as_str()).collect();
    days.dedup();
    let turns = turns(rows);
    let of =
        |day: &str| turns.iter().filter(|turn| turn.0 == day).map(|turn| turn.1.as_str()).collect::<Vec<_>>().join("");
    days.into_iter().map(of).collect()
}

#[test]
fn rest_and_the_longest_run_are_kept() {
    let town = uneven();
    let days = |set: &[&str]| {
        let args = ["--from", "2026-01-05", "--to", "2026-01-10", "--shortfall", "24"];
        who(&town.calendar(&[&args[..], set].concat()))
    };
    // a 0.32, bc 0.96, then a until it passes 0.96: 0.64, 0.96; even again and first in the table: 1.28; then bc.
    assert_eq!(days(&[]), ["a", "bc", "a", "a", "a", "bc"]);
    // At most a day in a row: a, bc, a, then b and c although they have borne more.
    assert_eq!(days(&["--set", "rotation.longest_run_days=1"]), ["a", "bc", "a", "bc", "a", "bc"]);
    // Two days of rest: on the third day a rests (since the first), so b and c go on; on the fourth it may.
    assert_eq!(days(&["--set", "rotation.rest_days=2"])[..4], ["a", "bc", "bc", "a"]);
}

#[test]
fn departures_in_effect_are_honoured() {
    let town = even();
    let period = ["--from", "2026-01-05", "--to", "2026-01-07", "--shortfall", "24"];
    town.depart(&["--customer", "homes-a", "--volume", "1000", "--until", "2026-01-05"]);
    // a gets all it asks for on the 5th and bears nothing, so b and then, with a back, a.
    assert_eq!(who(&town.calendar(&period)).last().unwrap(), "c");
    let rows = town.calendar(&period);
    let cut = |date: &str, block: &str| rows.iter().find(|r| r.date == date && r.block == block).unwrap().cut.unwrap();
    assert_eq!((cut("2026-01-05", "a"), cut("2026-01-05", "b"), cut("2026-01-06", "a")), (0, 720, 720));
    // Without the measure nobody has a turn, and nobody bears anything for it.
    town.depart(&["--measure", "rotate-blocks", "--from", "2026-01-06", "--until", "2026-01-06"]);
    let rows = town.calendar(&period);
    assert!(rows.iter().filter(|row| row.date == "2026-01-06").all(|row| row.cut == Some(0)));
    assert_eq!(who(&rows).last().unwrap(), "a");
}

const STOPPED_BY_LIST: &str = "measures.stop-industry-commerce.sharing=\"list\"";

#[test]
fn lists_remember_who_was_stopped() {
    let town = Town::new(&[("a", 700)]);
    town.add("i-1,Mill,a,gas,industry,100\ni-2,Kiln,a,gas,industry,100\ni-3,Loom,a,gas,industry,100\n");
    // 10 % of 1,000 m3 is one of the three: the first by id, then whoever was not stopped yet.
    let days = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"];
    town.supply(&days.map(|day| (day, 900)));
    let mut stopped = Vec::new();
    for day in days {
        stopped.push(town.stopped(day, &["--set", STOPPED_BY_LIST]));
        town.issue(&format!("{day}-1"));
    }
    assert_eq!(stopped, ["i-1", "i-2", "i-3", "i-1"]);
}

#[test]
fn what_comes_back_was_not_borne() {
    let town = Town::new(&[("a", 700)]);
    town.add("i-1,Mill,a,gas,industry,100\ni-2,Kiln,a,gas,industry,100\ni-3,Loom,a,gas,industry,100\n");
    let days = ["2026-01-05", "2026-01-06", "2026-01-07"];
    let (mut stopped, mut supply) = (Vec::new(), days.map(|day| (day, 900)));
    for day in days {
        town.supply(&supply);
        stopped.push(town.stopped(day, &["--set", STOPPED_BY_LIST]));
        town.issue(&format!("{day}-1"));
        if day == "2026-01-06" {
            // All of it comes back, so that the second has borne nothing and is the first to be stopped the next day.
            supply[1].1 = 1000;
            town.supply(&supply);
            assert_eq!(town.restore(day)["customers"][0]["back_m3"], 100);
        }
    }
    assert_eq!(stopped, ["i-1", "i-2", "i-2"]);
    // As an export tells it again.
    town.prints(&["log", "export", "2026-01-07-1", "--out", "then"]);
    let again =
        town.prints(&["-C", "then", "--format", "csv", "decide", "--date", "2026-01-07", "--set", STOPPED_BY_LIST]);
    assert!(again.contains("\ni-2,"), "{again}");
}

#[test]
fn what_comes_back_makes_a_blocks_burden_lighter() {
    let town = even();
    // 24 % short: a block gives up 720 m3, 400 of which come back.
    town.supply(&[("2026-01-05", 2280)]);
    town.order("2026-01-05", 1);
    let borne = |town: &Town| {
        let data = town.json(&["--from", "2026-01-06", "--to", "2026-01-06", "--shortfall", "0"]);
        let of = |figures: &serde_json::Value| (figures["turns"].clone(), figures["equivalent_days"].clone());
        data["so_far"]["blocks"].as_array().unwrap().iter().map(of).next().unwrap()
    };
    assert_eq!(borne(&town), (1.into(), "0.720000000".into()));
    town.supply(&[("2026-01-05", 2680)]);
    town.restore("2026-01-05");
    assert_eq!(borne(&town), (1.into(), "0.320000000".into()));
    // The same gas does not come back twice.
    assert_eq!(town.restore("2026-01-05")["steps"][0]["back_m3"], 0);
    town.supply(&[("2026-01-05", 3000)]);
    let last = town.restore("2026-01-05");
    assert_eq!((&last["steps"][0]["cut_m3"], &last["steps"][0]["back_m3"]), (&320.into(), &320.into()));
    assert_eq!(borne(&town), (0.into(), "0.000000000".into()));
    let day = town.calendar(&["--from", "2026-01-05", "--to", "2026-01-05"]);
    assert!(day.iter().all(|row| row.cut.unwrap_or(0) == 0), "{day:?}");
    // Whoever takes what came back has followed the order.
    town.write("taken.csv", "date,customer_id,volume_m3\n2026-01-05,homes-a,1000\n");
    let taken =
        town.prints(&["--format", "json", "meter", "taken.csv", "--date", "2026-01-05", "--now", "2026-01-06 09:00"]);
    let taken: serde_json::Value = serde_json::from_str(&taken).unwrap();
    assert_eq!(
        (&taken["compliance"]["total"]["orders"], &taken["compliance"]["total"]["over_m3"]),
        (&0.into(), &0.into())
    );
}

#[test]
fn days_before_the_first_that_are_not_planned_are_told() {
    let town = even();
    let page = town.prints(&["rotation", "--from", "2026-01-08", "--to", "2026-01-08", "--shortfall", "24"]);
    assert!(page.contains("2026-01-05 to 2026-01-07, before these days, has no order yet"), "{page}");
}

#[test]
fn golden_screens() {
    let town = even();
    town.supply(&[("2026-01-05", 2280)]);
    town.order("2026-01-05", 1);
    let week: Vec<_> = WEEK.into_iter().filter(|(day, _)| *day != "2026-01-08").collect();
    town.write("forecast.csv", &town::forecast("date,shortfall_pct", &week));
    for lang in ["en", "zh"] {
        let args =
            ["--lang", lang, "rotation", "--from", "2026-01-03", "--to", "2026-01-17", "--forecast", "forecast.csv"];
        let page = town.prints(&args);
        for line in page.lines() {
            assert!(line.width() <= 100, "{} columns: {line}", line.width());
        }
        insta::assert_snapshot!(format!("rotation_{lang}"), page);
        let file = format!("turns-{lang}.ics");
        town.prints(&[&args[..], &["--out", &file]].concat());
        let calendar = town.read(&file);
        assert!(calendar.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let (begun, ended) = (calendar.matches("BEGIN:VEVENT").count(), calendar.matches("END:VEVENT").count());
        assert_eq!((begun, ended), (8, 8), "one for each turn");
        assert_eq!(calendar.matches("STATUS:CONFIRMED").count(), 1);
        insta::assert_snapshot!(format!("rotation_ics_{lang}"), calendar.replace("\r\n", "\n"));
        let file = format!("turns-{lang}.svg");
        for _ in 0..2 {
            town.prints(&[&args[..], &["--out", &file]].concat());
        }
        let picture = town.read(&file);
        assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
        // A box for each turn, and one in the legend.
        assert_eq!(picture.matches("stroke-dasharray=\"5 3\"").count(), 7 + 1, "planned");
        assert_eq!(picture.matches("stroke-width=\"2\"").count(), 1 + 1, "issued");
    }
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let town = even();
    for file in ["a.ics", "a.svg", "a.csv", "a.json"] {
        let args = ["rotation", "--from", "2026-01-05", "--to", "2026-02-20", "--shortfall", "27", "--out", file];
        let made = [(); 2].map(|()| {
            town.prints(&args);
            town.read(file)
        });
        assert_eq!(made[0], made[1], "{file}");
    }
    // A block's day is called the same whether it is planned or issued.
    let uids = |file: &str| -> Vec<String> {
        town.read(file).lines().filter(|line| line.starts_with("UID:2026-01-05")).map(str::to_owned).collect()
    };
    let planned = uids("a.ics");
    town.supply(&[("2026-01-05", 2190)]);
    town.order("2026-01-05", 1);
    town.prints(&["rotation", "--from", "2026-01-05", "--to", "2026-01-05", "--out", "b.ics"]);
    assert_eq!((planned.len(), &uids("b.ics")), (2, &planned));
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let town = even();
    town.write("bad.csv", "date,shortfall_pct\n2026-01-05,24\n2026-01-05,25\n2026-02-30,24\n2026-01-06,124\n2026-01-07,\n2026-01-08,some\n2026-01-09,-1\n");
    town.write("columns.csv", "day,shortfal_pct\n2026-01-05,24\n");
    let mut told = String::new();
    for args in [
        &["--forecast", "bad.csv"][..],
        &["--forecast", "columns.csv"],
        &["--forecast", "none.csv"],
        &["--forecast", "bad.csv", "--shortfall", "24"],
        &["--shortfall", "124"],
        &["--from", "2026-01-09", "--to", "2026-01-05"],
        &["--from", "2026-01-01", "--to", "2027-12-31"],
        &["--from", "yesterday"],
        &["--out", "turns.doc"],
    ] {
        for lang in ["en", "zh"] {
            let args = [&["--lang", lang, "rotation"], args].concat();
            told.push_str(&format!("$ curtail {}\n{}\n", args.join(" "), town.refused(&args)));
        }
    }
    insta::assert_snapshot!("rotation_refused", told);
}

fn cases(cases: u32) -> ProptestConfig {
    let set = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..set }
}

proptest! {
    #![proptest_config(cases(4))]

    /// The plan of some days is what comes of deciding, recording and issuing them one after the other; by the hour too, and
    /// where whole customers are stopped by list.
    #[test]
    fn a_plan_is_what_will_be_ordered(
        demand in prop::collection::vec(200u64..3000, 2..5),
        short in prop::collection::vec(0u64..60, 4),
        hourly in any::<bool>(),
        lists in any::<bool>(),
    ) {
        let names = ["a", "b", "c", "d"];
        let blocks: Vec<(&str, u64)> = names.into_iter().zip(demand.iter().copied()).collect();
        let town = Town::new(&blocks);
        town.add("mill,Mill,a,gas,industry,150\nkiln,Kiln,a,gas,industry,150\nplant,Plant,b,gas,boiler_central,200\n");
        if hourly {
            town.write("case.toml", &town.read("case.toml").replace("[files]", "hourly = true\n[files]"));
        }
        let all = demand.iter().sum::<u64>() + 500;
        let set: &[&str] = match lists {
            true => &["--set", STOPPED_BY_LIST, "--set", "measures.rotate-blocks.sharing=\"list\""],
            false => &[],
        };
        let days = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"];
        let supply: Vec<(&str, u64)> = days.into_iter().zip(short.iter().map(|short| all - all * short / 100)).collect();
        town.supply(&supply);
        let period = [&["--from", days[0], "--to", days[3]], set].concat();
        let planned = town.calendar(&period);
        for (day, short) in days.into_iter().zip(&short) {
            // Without a shortage there is nothing to order.
            if *short > 0 {
                town.stopped(day, set);
                town.issue(&format!("{day}-1"));
            }
            prop_assert_eq!(turns(&town.calendar(&period)), turns(&planned), "after {}", day);
        }
        let confirmed = town.calendar(&period);
        let issued = short.iter().filter(|short| **short > 0).count();
        prop_assert_eq!(confirmed.iter().filter(|row| row.status == "confirmed").count(), issued * blocks.len());
    }
}
