//! Rest and run of a rotation: Xi'an's plan sets neither, another plan may (section 4 of the decision model).

use curtail::city::CustomerRow;
use curtail::units::M3;

use crate::town::{customer, date, decide_with, policy, warned};

/// Three blocks with homes of 1,000 each, and what they have borne; the tenth of January.
fn turn(rules: &str, turns: &[(&str, &str)], burdens: [&str; 3], supply: u64) -> (String, bool) {
    let policy = policy("xian-2025", &[("[rotation]\nfrom = 0.20", &format!("[rotation]\n{rules}\nfrom = 0.20"))]);
    let homes = ["A", "B", "C"].map(|district| CustomerRow { district, ..customer(district, "residential", 1_000) });
    let decision = decide_with(&policy, "2026-01-10", &homes, supply, |city, day| {
        let at = |id| city.district(id).unwrap() as u32;
        for (district, on) in turns {
            day.turns.entry(at(district)).or_default().push(date(on));
        }
        for (district, burden) in ["A", "B", "C"].into_iter().zip(burdens) {
            day.burdens.insert(at(district), burden.parse().unwrap());
        }
    });
    let rotation = decision.rotation.as_ref().unwrap();
    assert_eq!(rotation.rest_gave_way, warned(&decision, "rest_gave_way"));
    assert_eq!(decision.totals.served_m3, M3(supply));
    (rotation.blocks.join(" "), rotation.rest_gave_way)
}

/// 23 % short: one block, which suffices.
const ONE: u64 = 2_300;
/// 27 % short: two blocks.
const TWO: u64 = 2_200;
/// 33 % short: three.
const THREE: u64 = 2_000;

/// What is shown, the policy's keys, past turns (block, day), burdens, supply in m3, the blocks chosen, whether rest gave way.
type Row<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], [&'a str; 3], u64, &'a str, bool);

#[test]
fn rest_and_run() {
    let (rest, run) = ("rest_days = 2", "longest_run_days = 1");
    let both = "rest_days = 2\nlongest_run_days = 1";
    let burdens = ["0", "1", "2"];
    let (ninth, eighth, seventh) = ("2026-01-09", "2026-01-08", "2026-01-07");
    let rows: [Row<'_>; 17] = [
        ("no rule: the least burden alone", "", &[("A", eighth)], burdens, ONE, "A", false),
        ("one day has passed, two must", rest, &[("A", eighth)], burdens, ONE, "B", false),
        ("two days have passed", rest, &[("A", seventh)], burdens, ONE, "A", false),
        ("a turn that runs is no second turn", rest, &[("A", ninth)], burdens, ONE, "A", false),
        ("it ran two days", rest, &[("A", eighth), ("A", ninth)], burdens, ONE, "A", false),
        (
            "the last turn counts, in whatever order",
            rest,
            &[("A", eighth), ("A", "2025-12-01")],
            burdens,
            ONE,
            "B",
            false,
        ),
        ("two of three rest", rest, &[("A", eighth), ("B", eighth)], burdens, ONE, "C", false),
        (
            "all rest: rest gives way, to the least burdened",
            rest,
            &[("A", eighth), ("B", eighth), ("C", eighth)],
            burdens,
            ONE,
            "A",
            true,
        ),
        ("two are needed and one has rested", rest, &[("A", eighth), ("B", eighth)], burdens, TWO, "C A", true),
        ("all are needed", rest, &[("A", eighth)], burdens, THREE, "B C A", true),
        ("it had its one day", run, &[("A", ninth)], burdens, ONE, "B", false),
        ("without rest it may come again", run, &[("A", eighth)], burdens, ONE, "A", false),
        ("two days are not over", "longest_run_days = 2", &[("A", ninth)], burdens, ONE, "A", false),
        ("two days are over", "longest_run_days = 2", &[("A", eighth), ("A", ninth)], burdens, ONE, "B", false),
        (
            "rest gives way before the longest run",
            both,
            &[("A", ninth), ("B", eighth), ("C", eighth)],
            ["0", "2", "1"],
            ONE,
            "C",
            true,
        ),
        ("then the run too", both, &[("A", ninth), ("B", eighth)], burdens, THREE, "C B A", true),
        (
            "today's own turn, and later ones, say nothing",
            rest,
            &[("A", "2026-01-10"), ("A", "2026-01-11")],
            burdens,
            ONE,
            "A",
            false,
        ),
    ];
    for (name, rules, turns, burdens, supply, blocks, gave_way) in rows {
        assert_eq!(turn(rules, turns, burdens, supply), (blocks.to_owned(), gave_way), "{name}");
    }
}

#[test]
fn the_memory_reaches_over_new_year() {
    let policy = policy("xian-2025", &[("[rotation]\nfrom", "[rotation]\nrest_days = 2\nfrom")]);
    let homes = ["A", "B"].map(|district| CustomerRow { district, ..customer(district, "residential", 1_000) });
    let block = |on: &str, last: &str| {
        let decision = decide_with(&policy, on, &homes, 1_550, |_, day| {
            day.turns.insert(0, vec![date(last)]);
        });
        decision.rotation.unwrap().blocks.join(" ")
    };
    assert_eq!(block("2026-01-01", "2025-12-30"), "B");
    assert_eq!(block("2026-01-01", "2025-12-29"), "A");
    assert_eq!(block("2028-03-01", "2028-02-28"), "B", "the 29th is between");
    assert_eq!(block("2026-03-02", "2026-02-28"), "B");
    assert_eq!(block("2026-03-03", "2026-02-28"), "A");
}
