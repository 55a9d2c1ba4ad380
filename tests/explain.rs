//! Explanations of the example city, as a person and as a program reads them.
#![cfg(feature = "cli")]
#![allow(clippy::panic)]

use std::process::Command;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// Runs the program on the example city; its exit status, standard output and standard error.
fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
    command.args(["-q", "-C", concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian")]).args(args).env("LANG", "C.UTF-8");
    let output = command.output().unwrap_or_else(|e| panic!("{e}"));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_else(|e| panic!("{e}"));
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn prints(args: &[&str]) -> String {
    let (status, out, err) = run(args);
    assert!(matches!(status, Some(0 | 3)), "{args:?}: {err}");
    out
}

fn json(args: &[&str]) -> Value {
    let text = prints(&[args, &["--format", "json"]].concat());
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// The reasons of one kind.
fn about<'v>(explanation: &'v Value, kind: &str) -> Vec<&'v Value> {
    let because = explanation["because"].as_array().unwrap_or_else(|| panic!("{explanation:#}"));
    because.iter().filter(|triple| triple["about"] == kind).collect()
}

fn whole(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value}"))
}

/// A customer, a class, a district, a company, a measure, the level; cut and not cut; homes in a rotating block, a hospital, a CHP
/// plant, an industry with a floor, an outer county and somebody in it.
const SUBJECTS: [(&str, &str); 13] = [
    ("XC-BCO-029", "2026-01-09"),
    ("XC-RHT-001", "2026-01-09"),
    ("XC-HOS-001", "2026-01-09"),
    ("XC-IND-002", "2026-01-07"),
    ("XC-IND-002", "2026-01-05"),
    ("chp", "2026-01-07"),
    ("yanta", "2026-01-07"),
    ("lantian", "2026-01-09"),
    ("LT-RES-001", "2026-01-09"),
    ("jia-gas", "2026-01-10"),
    ("peak-stop", "2026-01-09"),
    ("level", "2026-01-09"),
    ("level", "2026-01-05"),
];

#[test]
fn every_reason_names_a_rule_of_the_policy_and_an_effect() {
    let policy = json(&["policy", "show", "xian-2025"]);
    let list = |key: &str| policy[key].as_array().cloned().unwrap_or_default();
    let mut paths = vec!["levels".to_owned(), "rotation".to_owned()];
    let id = |value: &Value, key: &str| value[key].as_str().map_or_else(|| value[key].to_string(), str::to_owned);
    paths.extend(list("levels").iter().map(|level| format!("levels.{}", id(level, "id"))));
    paths.extend(list("tiers").iter().map(|tier| format!("tiers.{}", id(tier, "tier"))));
    for measure in list("measures") {
        let at = measure["at"].as_array().cloned().unwrap_or_default();
        paths.extend(at.iter().map(|at| format!("measures.{}.{}", id(&measure, "id"), id(at, "level"))));
    }
    let check = |triple: &Value, who: &str| {
        let rule = triple["rule"].as_str().unwrap_or_default();
        assert!(paths.iter().any(|path| path == rule), "{who}: no rule `{rule}` in {paths:?}");
        assert!(triple["facts"].is_object(), "{who}: {triple}");
        assert!(triple["effect"].as_object().is_some_and(|effect| !effect.is_empty()), "{who}: {triple}");
    };
    let mut kinds = std::collections::BTreeSet::new();
    for (who, date) in SUBJECTS {
        let explanation = json(&["explain", who, "--date", date]);
        let because = explanation["because"].as_array().cloned().unwrap_or_default();
        assert!(!because.is_empty(), "{who}");
        for triple in &because {
            check(triple, who);
            kinds.insert(triple["about"].as_str().unwrap_or_default().to_owned());
        }
    }
    let against = json(&["explain", "XC-BCO-029", "--against", "XC-BCO-030", "--date", "2026-01-09"]);
    check(&against["against"]["difference"], "against");
    let known: Vec<&str> = kinds.iter().map(String::as_str).collect();
    assert_eq!(
        known,
        [
            "binding",
            "ceiling",
            "first_touched",
            "graver_level",
            "level",
            "milder_level",
            "next_level",
            "restored",
            "rotation",
            "slice"
        ]
    );
}

#[test]
fn a_customers_explanation_is_one_screen() {
    // Whoever is cut most ways, and a district with everything in it.
    for (who, date) in [SUBJECTS[0], SUBJECTS[3], SUBJECTS[6]] {
        for lang in ["en", "zh"] {
            let screen = prints(&["explain", who, "--date", date, "--lang", lang]);
            assert!(screen.lines().all(|line| line.width() <= 100), "{who}\n{screen}");
            let lines = screen.lines().count();
            assert!(lines <= if who.contains("-0") { 40 } else { 70 }, "{who}: {lines} lines\n{screen}");
        }
    }
}

#[test]
fn the_fact_that_differs_tells_the_ranks_that_follow_from_it() {
    let args = ["explain", "XC-BCO-029", "--against", "XC-BCO-030", "--date", "2026-01-09"];
    let against = &json(&args)["against"];
    let difference = &against["difference"];
    assert_eq!(difference["facts"]["boiler_t_h"], serde_json::json!(["10", "2"]));
    assert_eq!(difference["effect"]["moved_to"], serde_json::json!([24]));
    assert_eq!(difference["effect"]["moved_from"], serde_json::json!([16]));
    assert_eq!(difference["effect"]["ranks"], serde_json::json!([[12, 16, 24], [12, 16]]));
    assert_eq!(difference["rule"], "measures.peak-stop.I");
    let screen = prints(&[&args[..], &["--lang", "en"]].concat());
    assert!(screen.contains("of the one's gas stand in rank 24 (withheld: peak-stop)"), "{screen}");
    // The backup decides between two ranks of one measure.
    let args = ["explain", "XC-IND-002", "--against", "XC-IND-009", "--date", "2026-01-07"];
    let difference = &json(&args)["against"]["difference"];
    assert_eq!(difference["facts"]["backup"], serde_json::json!(["oil", "none"]));
    assert_eq!(difference["effect"]["moved_to"], serde_json::json!([16]));
    assert_eq!(difference["effect"]["moved_from"], serde_json::json!([15]));
}

#[test]
fn customers_that_no_rule_tells_apart_differ_by_rounding_by_what_binds_or_by_their_turn() {
    let explain = |one: &str, other: &str, more: &[&str]| {
        prints(&[&["explain", one, "--against", other, "--lang", "en", "--date", "2026-01-07"], more].concat())
    };
    // Commerce without a backup, in one district; then in two, one of them behind full links.
    let same = explain("XC-COM-001", "XC-COM-002", &[]);
    assert!(same.contains("The rules cannot tell them apart"), "{same}");
    let apart = explain("XC-COM-001", "YT-COM-001", &[]);
    assert!(apart.contains("In rank 15 what binds for the one is the supply of all sources together"), "{apart}");
    assert!(apart.contains("the full link ring-east → ring-south"), "{apart}");
    let set = "measures.stop-industry-commerce.sharing=list";
    let customers = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian/customers.csv"));
    let rows = customers.unwrap_or_else(|e| panic!("{e}"));
    let commerce = |row: &&str| row.starts_with("XC-COM-") && row.contains(",none,");
    let ids: Vec<&str> = rows.lines().filter(commerce).filter_map(|row| row.split(',').next()).collect();
    let turn = |other: &&str| explain(ids[0], other, &["--set", set]).contains("Rank 15 stops whole customers");
    assert!(ids[1..].iter().take(60).any(turn), "nobody of {ids:?} is stopped in turn");
}

#[test]
fn what_is_first_touched_at_a_supply_loses_there_and_not_with_a_little_more() {
    for class in ["chp", "boiler_central", "boiler_community"] {
        let explanation = json(&["explain", &format!("class:{class}"), "--date", "2026-01-08"]);
        let touched = about(&explanation, "first_touched")[0];
        let supply = whole(&touched["facts"]["supply_m3"]);
        let demand = whole(&explanation["because"][0]["facts"]["demand_m3"]);
        let cut = |supply: u64| {
            let decision = json(&["decide", "--date", "2026-01-08", "--supply", &supply.to_string()]);
            let rows = decision["by_class"].as_array().cloned().unwrap_or_default();
            let row = rows.iter().find(|row| row["class"] == class).unwrap_or_else(|| panic!("{class}"));
            (whole(&row["cut_m3"]), decision["level"]["id"].clone(), whole(&decision["balance"]["shortfall_m3"]))
        };
        // Whole volumes move a source, and with it the shortage, by less than one m3: four sources, four m3.
        let (lost, level, shortfall) = cut(supply - 4);
        assert!(lost > 0, "{class} at {supply}");
        assert_eq!(level, touched["effect"]["level"], "{class}");
        assert!(shortfall.abs_diff(whole(&touched["facts"]["shortfall_m3"])) <= 8, "{class}: {shortfall}");
        // Whoever loses with all of demand supplied is behind a bottleneck.
        if shortfall < demand - supply + 8 {
            assert_eq!(cut(supply + 5).0, 0, "{class} at {supply}");
        }
    }
}

#[test]
fn so_much_more_supply_restores_and_less_does_not() {
    let explain = |more: u64| {
        let supply = (14_750_000 + more).to_string();
        json(&["explain", "XC-BCO-029", "--date", "2026-01-09", "--supply", &supply])
    };
    let today = explain(0);
    let more = whole(&about(&today, "restored")[0]["effect"]["more_supply_m3"]);
    let withheld = 1_429;
    // The level stays the same on the way.
    let (before, after) = (explain(more - 1_000), explain(more));
    assert_eq!(about(&before, "level")[0]["effect"]["level"], about(&after, "level")[0]["effect"]["level"]);
    assert_eq!(whole(&after["served_m3"]) + withheld, whole(&after["demand_m3"]));
    assert!(whole(&before["served_m3"]) + withheld < whole(&before["demand_m3"]));
}

#[test]
fn a_district_behind_full_links_is_told_how_far_more_supply_goes_and_which_links_bind() {
    let yanta = json(&["explain", "yanta", "--date", "2026-01-07"]);
    let ceiling = about(&yanta, "ceiling")[0];
    let lacking = whole(&ceiling["effect"]["lacking_m3"]);
    let withheld: u64 = about(&yanta, "slice")
        .iter()
        .filter(|slice| slice["effect"]["kind"] == "withheld")
        .map(|slice| whole(&slice["effect"]["size_m3"]))
        .sum();
    let short = whole(&yanta["demand_m3"]) - whole(&yanta["served_m3"]) - withheld;
    assert_eq!(whole(&ceiling["effect"]["restored_m3"]) + lacking, short);
    assert!(whole(&ceiling["effect"]["missing_m3"]) >= lacking && lacking > 0);
    let links = serde_json::json!(["ring-east -> ring-south", "ring-west -> ring-south", "south-gate -> ring-south"]);
    assert_eq!(ceiling["facts"]["links"], links);
}

#[test]
fn an_edited_decision_is_explained_as_edited() {
    let dir = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
    let path = |name: &str| dir.path().join(name).display().to_string();
    prints(&["decide", "--date", "2026-01-09", "--out", &path("orders")]);
    let file = path("orders/decision.json");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{e}"));
    let mut decision: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}"));
    let shares = decision["detail"]["customers"].as_array().cloned().unwrap_or_default();
    let at = shares.iter().position(|share| share["customer_id"] == "XC-BCO-029").unwrap_or_else(|| panic!("no row"));
    let slices = decision["detail"]["slices"].as_array_mut().unwrap_or_else(|| panic!("no slices"));
    for slice in slices.iter_mut().filter(|slice| slice[0] == at && slice[1] == 16) {
        slice[3] = 1_111.into();
    }
    decision["balance"]["shortfall_m3"] = 4_000_000.into();
    std::fs::write(&file, decision.to_string()).unwrap_or_else(|e| panic!("{e}"));
    let screen = prints(&["explain", "XC-BCO-029", "--decision", &file, "--lang", "en"]);
    assert!(screen.contains("Gets 5,605 m3 of 8,988 m3"), "{screen}");
    assert!(screen.contains("3,065  1,111   36.25 %"), "{screen}");
    assert!(screen.contains("4,000,000 m3 are short of 18,779,413 m3"), "{screen}");
}

#[test]
fn a_name_that_several_match_lists_a_few_of_them() {
    for lang in ["en", "zh"] {
        let (status, out, err) = run(&["explain", "锅炉", "--date", "2026-01-09", "--lang", lang]);
        assert_eq!((status, &*out), (Some(2), ""));
        assert!(err.trim_end().lines().count() <= 8, "{err}");
        // What is listed settles the matter when typed instead.
        let first = err.lines().nth(1).unwrap_or_default().split_whitespace().next().unwrap_or_default();
        assert!(prints(&["explain", first, "--date", "2026-01-09", "--lang", "en"]).contains("large central"), "{err}");
    }
}
