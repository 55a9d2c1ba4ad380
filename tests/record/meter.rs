//! What was really taken against the order in force: who followed it, in part, not, by company, measure and district.

use curtail::record::{Outcome, Record};
use serde_json::Value;

use super::office::{APPROVE, ISSUE, LIFE, METER, Office, SIGN};

/// The orders of 7 January allow B-02 13,456 of 16,000 m3, C-01 nothing of 9,000, I-01 36,000 of 62,000, I-02 1,500 of 18,000, B-03 5,467 of
/// 6,500 and P-01 59,277 of 70,000.
const TAKEN: &str = "date,customer_id,hour,volume_m3,district
2026-01-07,B-02,,13456,
2026-01-07,C-01,,3000,
2026-01-07,I-01,,63000,
2026-01-07,I-02,9,400,
2026-01-07,B-03,9,6000,
2026-01-07,H-01,,99999,
2026-01-07,,,90000,riverside
2026-01-08,C-01,,9000,
";

fn office() -> Office {
    let office = Office::after(&LIFE[..4]);
    std::fs::write(office.dir().join("taken.csv"), TAKEN).unwrap();
    office
}

fn json(office: &Office, args: &[&str]) -> Value {
    serde_json::from_str(&office.done(&[args, &["--format", "json"]].concat())).unwrap()
}

const SHOW: &[&str] = &["meter", "taken.csv", "--date", "2026-01-07"];

#[test]
fn every_order_is_followed_in_part_not_or_nobody_knows() {
    let office = office();
    let said = office.done(&[SHOW, &["--format", "csv"]].concat());
    let expected = "customer_id,company,district,demand_m3,ordered_m3,taken_m3,over_m3,outcome
B-02,gas-a,old-town,16000,13456,13456,0,followed
C-01,gas-a,old-town,9000,0,3000,3000,partly
I-01,gas-b,east,62000,36000,63000,27000,not_followed
I-02,gas-a,east,18000,1500,400,0,unknown
B-03,gas-b,riverside,6500,5467,6000,533,partly
P-01,gas-b,riverside,70000,59277,,0,unknown
";
    assert_eq!(said, expected, "one hour of I-02 proves nothing, and that of B-03 is over already");
    assert_eq!(office.entries().len(), 5, "nothing is recorded unless that is asked for");

    let found = json(&office, SHOW);
    let sums = &found["compliance"];
    let total = serde_json::json!({
        "name": "", "orders": 6, "followed": 1, "partly": 2, "not_followed": 1, "unknown": 2,
        "cut_m3": 65_800, "unknown_m3": 27_223, "missed_m3": 29_533, "over_m3": 30_533,
    });
    assert_eq!(sums["total"], total);
    for table in ["by_company", "by_measure", "by_district"] {
        for volume in ["cut_m3", "unknown_m3", "missed_m3", "over_m3"] {
            let sum: u64 = sums[table].as_array().unwrap().iter().map(|row| row[volume].as_u64().unwrap()).sum();
            assert_eq!(sum, total[volume].as_u64().unwrap(), "{table} {volume}");
        }
    }
    let over = |table: &str| -> Vec<(String, u64)> {
        let rows = sums[table].as_array().unwrap().iter();
        rows.map(|row| (row["name"].as_str().unwrap().to_owned(), row["over_m3"].as_u64().unwrap())).collect()
    };
    assert_eq!(over("by_company"), [("gas-a".to_owned(), 3_000), ("gas-b".to_owned(), 27_533)]);
    assert_eq!(over("by_district"), [("east".into(), 27_000), ("old-town".into(), 3_000), ("riverside".into(), 533)]);
    let by_measure = [("reduce-chp".into(), 0), ("stop-industry-commerce".into(), 30_000), ("peak-stop".into(), 533)];
    assert_eq!(over("by_measure"), by_measure);
    assert_eq!(sums["districts"][0]["ordered_m3"], 132_844);
    assert_eq!((&sums["districts"][0]["taken_m3"], &sums["districts"][0]["whole"]), (&90_000.into(), &true.into()));
}

#[test]
fn the_screens_say_it_in_both_languages() {
    let office = office();
    let said = office.done(SHOW);
    for part in [
        "What was taken on 2026-01-07, against order 2026-01-07-1",
        "6 orders: 1 followed, 2 in part, 1 not, 2 unknown",
        "30,533 m3 taken over the orders, which cut 65,800 m3",
        "Of 27,223 m3 of the cut it is not known whether it was followed",
        "Who did not follow the order, or only in part · 3",
        "  I-01   36,000  63,000  27,000",
        "This is not in the record: --record puts it there",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let said = office.done(&[SHOW, &["--lang", "zh", "--record", "--by", "赵"]].concat());
    for part in ["指令 6 户：已执行 1，部分执行 2，未执行 1，不明 2", "已入档，第 6 条", "超用 3.0533 万m³"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(office.done(&["log"]).contains("taken on 2026-01-07: 1 of 6 orders followed, 30,533 m3 over"));
    assert!(office.done(&["log", "--lang", "zh"]).contains("2026-01-07 实际用气：6 户中 1 户已执行，超用 3.0533 万m³"));
    let status = office.done(&["status"]);
    assert!(status.contains("Taken on 2026-01-07, of 2026-01-07-1: 6 orders: 1 followed, 2 in part"), "{status}");
    let status = json(&office, &["status"]);
    assert_eq!(
        (&status["metered"][0]["total"]["over_m3"], &status["metered"][0]["entered"]["seq"]),
        (&30_533.into(), &6.into())
    );
    let log = json(&office, &["log"]);
    assert_eq!(log[5]["event"]["compliance"]["total"]["partly"], 2);
}

/// A correction is a later entry: it overtakes the earlier one, which stays.
#[test]
fn a_day_is_corrected_by_a_later_entry() {
    let office = office();
    office.done(METER);
    std::fs::write(office.dir().join("taken.csv"), TAKEN.replace("C-01,,3000", "C-01,,0")).unwrap();
    let said = office.done(METER);
    assert!(said.contains("Entry 6 of 2026-01-07 09:00 says what was taken on this day before"), "{said}");
    assert!(said.contains("Recorded as entry 7"), "{said}");
    let book = office.checked().unwrap().unwrap();
    let (act, metered) = book.metered_on("2026-01-07".parse().unwrap()).unwrap();
    assert_eq!((act.seq, metered.compliance.total.followed, book.metered.len()), (7, 2, 2));
    assert_eq!(book.metered_days().len(), 1);
    let record = Record::look(&office.record()).unwrap().unwrap();
    let (first, earlier) = &book.metered[0];
    let outcomes =
        |seq, metered| record.followed(seq, metered).unwrap().iter().map(|it| it.outcome).collect::<Vec<_>>();
    assert_eq!(outcomes(first.seq, earlier)[1], Outcome::Partly);
    assert_eq!(outcomes(act.seq, metered)[1], Outcome::Followed);
    // The rows of the day alone, of customers, districts and sources.
    assert_eq!(record.metered(act.seq, metered).unwrap().len(), 7);
    assert_eq!(json(&office, &["status"])["metered"][0]["total"]["followed"], 2);
    // An export knows it, and holds.
    office.done(&["decide", "--date", "2026-01-08", "--record", "--by", "Li"]);
    office.done(&["log", "export", "2026-01-08-1", "--out", "then"]);
    office.done(&["-C", "then", "log", "--check"]);
    assert_eq!(json(&office, &["-C", "then", "status"])["metered"][0]["total"]["followed"], 2);
}

/// Hours add up to a day once all of them are known; a figure of the day goes before its hours.
#[test]
fn hours_are_a_day_once_all_are_known() {
    let office = office();
    let hours = |count: u32| {
        let rows = (0..count).map(|hour| format!("2026-01-07,I-02,{hour},62\n")).collect::<String>();
        format!("date,customer_id,hour,volume_m3\n{rows}")
    };
    for (rows, outcome, taken) in [
        (hours(23), "unknown", "1426"),
        (hours(24), "followed", "1488"),
        (format!("{}2026-01-07,I-02,,1501\n", hours(24)), "partly", "1501"),
        ("date,customer_id,volume_m3\n2026-01-07,I-02,17999\n".to_owned(), "partly", "17999"),
        ("date,customer_id,volume_m3\n2026-01-07,I-02,18000\n".to_owned(), "not_followed", "18000"),
        ("date,customer_id,volume_m3\n2026-01-07,I-02,0\n".to_owned(), "followed", "0"),
    ] {
        std::fs::write(office.dir().join("taken.csv"), rows).unwrap();
        let said = office.done(&[SHOW, &["--format", "csv"]].concat());
        let row: Vec<&str> = said.lines().find(|row| row.starts_with("I-02")).unwrap().split(',').collect();
        assert_eq!((row[5], row[7]), (taken, outcome), "{said}");
    }
}

#[test]
fn what_cannot_be_held_against_an_order_is_refused() {
    let office = office();
    for (args, said) in [
        (&["meter", "nix.csv"][..], "nix.csv: there is no such file"),
        (&["meter"], "nothing is known of what was taken on 2026-01-07"),
        (&["meter", "taken.csv", "--date", "2026-01-08"], "no order for 2026-01-08 is in force"),
        (&["meter", "taken.csv", "--by", "Zhao"], "`--record` is missing"),
        (&["meter", "taken.csv", "--record"], "a name is missing"),
        (&["meter", "taken.csv", "--date", "soon"], "`soon` is not a date"),
        (&["meter", "wrong.csv"], "Z-99"),
    ] {
        std::fs::write(office.dir().join("wrong.csv"), "date,customer_id,volume_m3\n2026-01-07,Z-99,1\n").unwrap();
        let refused = office.fails(2, args);
        assert!(refused.contains(said), "{args:?}: {refused}");
    }
    assert_eq!(office.entries().len(), 5);
    office.done(&["decide", "--date", "2026-01-08", "--record", "--by", "Li"]);
    for step in [APPROVE, SIGN, ISSUE] {
        office.done(&[&step[..1], &["2026-01-08-1"], &step[2..]].concat());
    }
    let refused = office.fails(2, &["meter", "taken.csv", "--date", "2026-01-08"]);
    assert!(refused.contains("begins at 2026-01-08 08:00: nothing was taken on it yet"), "{refused}");
    let none = Office::new();
    std::fs::write(none.dir().join("taken.csv"), TAKEN).unwrap();
    assert!(none.fails(2, METER).contains("there is no record yet"));
}
