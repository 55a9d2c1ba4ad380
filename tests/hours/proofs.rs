//! A decision by the hour carries what proves it, and whoever changes it is found out.

use curtail::city::City;
use curtail::decide::{Day, Decision};
use curtail::policy::Policies;
use curtail::units::{M3, Milli};
use curtail::verify::{Finding, Rule, Violation, verify};
use serde_json::{Value, json};

/// Every rule is found to hold; only how long the pipes last is a look ahead that nothing proves.
pub(crate) fn it_holds(policies: &Policies, city: &City, day: &Day, decision: &Decision) {
    let verification = verify(policies, city, day, decision).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(verification.holds(), "{:?}", verification.violated);
    let rules: Vec<Rule> = verification.findings.iter().map(|(rule, _)| *rule).collect();
    assert!(rules.contains(&Rule::Hours) && rules.contains(&Rule::WholeMetres), "{rules:?}");
    for (rule, finding) in verification.findings {
        // What the hours let a single area have is not proved either.
        let of_an_area = rule == Rule::Level && policies.main.levels.iter().any(|level| level.area_band.is_some());
        // Nor the hours of companies that share links or pipes.
        let keeps = city.districts.iter().any(|it| it.linepack.is_some() || it.linepack_max.is_some());
        let shared = !city.settings.pooling && (city.links.is_some() || keeps);
        assert!(finding == Finding::Holds || rule == Rule::ToMinimum || of_an_area || shared, "{rule:?}: {finding:?}");
    }
}

/// What is found to be violated, if anything.
pub(crate) fn violated(policies: &Policies, city: &City, day: &Day, decision: &Decision) -> Option<Violation> {
    verify(policies, city, day, decision).unwrap_or_else(|problems| panic!("{problems}")).violated
}

/// The pointer of every figure that a decision by the hour tells or that proves it; digests, the record, and what is no proof but a look ahead
/// or the choice of a side aside.
pub(crate) fn figures(value: &Value, at: &str, found: &mut Vec<String>) {
    const ASIDE: [&str; 6] = ["memory", "hours_to_minimum", "nodes", "rank", "customer", "reason"];
    let mut below = |key: &str, value: &Value| {
        let at = format!("{at}/{key}");
        if value.is_number() {
            found.push(at);
        } else {
            figures(value, &at, found);
        }
    };
    match value {
        Value::Object(entries) => {
            entries.iter().filter(|(key, _)| !ASIDE.contains(&key.as_str())).for_each(|(key, value)| below(key, value));
        }
        // A slice is the list of its numbers: customer, rank, size, served.
        Value::Array(items) if at.ends_with("/slices") => {
            for (slice, numbers) in items.iter().enumerate() {
                (2..4).for_each(|number| below(&format!("{slice}/{number}"), &numbers[number]));
            }
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(key, value)| below(&key.to_string(), value)),
        _ => {}
    }
}

/// The decision with one figure changed by the least that can be told: a thousandth of a m3, a millionth of it, or a m3.
pub(crate) fn changed(decision: &Decision, which: usize, up: bool) -> (String, Decision) {
    let mut json = serde_json::to_value(decision).unwrap();
    let mut found = Vec::new();
    figures(&json, "", &mut found);
    let pointer = found.swap_remove(which % found.len());
    let leaf = json.pointer_mut(&pointer).unwrap();
    *leaf = match leaf.as_u64() {
        Some(number) if up || number == 0 => json!(number + 1),
        Some(number) => json!(number - 1),
        None => {
            let volume = leaf.as_f64().unwrap();
            json!(volume + if up || volume < 0.001 { 0.001 } else { -0.001 })
        }
    };
    (pointer, serde_json::from_value(json).unwrap())
}

/// A small city with pipes and a ring, and its decision.
fn evening() -> (Policies, City, Day, Decision) {
    let mut rows = super::city();
    for district in ["a", "b"] {
        let pipes =
            super::DistrictRow { linepack: Some(M3(100)), linepack_min: Some(M3(40)), ..super::district(district) };
        rows.add_district(pipes);
        rows.add_link(super::LinkRow { from: "ring", to: district, capacity: M3(4_800), capacity_h: None });
    }
    for (id, district, class) in [
        ("homes", "a", "residential"),
        ("works", "a", "industry"),
        ("mill", "b", "industry"),
        ("flats", "b", "residential"),
    ] {
        rows.add_customer(super::CustomerRow { profile: "evening", district, ..super::customer(id, class, 2_400) });
    }
    rows.add_supply(super::supply("gate", 9_600, Some(600)));
    rows.add_link(super::LinkRow { from: "gate", to: "ring", capacity: M3(14_400), capacity_h: None });
    let policies = Policies::of(super::Policy::builtin("xian-2025").unwrap());
    let (city, _) = rows.build(&policies).unwrap_or_else(|problems| panic!("{problems}"));
    let (day, _) = Day::on(&city, super::date()).unwrap();
    let decision = super::Prepared::new(&policies, &city, super::Options::default()).unwrap().decide(&day).unwrap();
    it_holds(&policies, &city, &day, &decision);
    (policies, city, day, decision)
}

/// The rule that a change of the evening violates, and what is said of it.
fn after(change: impl FnOnce(&mut Value)) -> (Rule, String) {
    let (policies, city, day, decision) = evening();
    let mut json = serde_json::to_value(decision).unwrap();
    change(&mut json);
    let decision = serde_json::from_value(json).unwrap();
    let violation = violated(&policies, &city, &day, &decision).expect("it holds all the same");
    (violation.rule, format!("{}: {}, not {}", violation.at, violation.expected, violation.found))
}

#[test]
fn the_evening_is_short_where_its_proofs_say() {
    let (_, _, _, decision) = evening();
    // 480 m3 are asked at 18:00 and at 19:00 in each district, 200 come over its link and 60 are in its pipes: twice 280 + 280 - 60.
    assert_eq!(decision.balance.shortfall_m3, M3(1_000));
    let proof = decision.evidence.as_ref().unwrap().hours.as_ref().unwrap();
    assert!(!proof.ranks.is_empty() && proof.ranks.iter().any(|rank| !rank.tight.is_empty()));
    assert_eq!(decision.hours.unwrap().by_district[0].linepack_m3[11], Milli(40_000));
}

/// Hours of the day: 08:00 is hour 0, so 18:00 is hour 10.
const EVENING: usize = 10;

fn number(json: &mut Value, pointer: &str, change: impl FnOnce(u64) -> u64) {
    let leaf = json.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}"));
    *leaf = json!(change(leaf.as_u64().unwrap()));
}

#[test]
fn a_flow_beyond_its_link_is_refused() {
    let said = after(|json| number(json, &format!("/evidence/hours/flows/links/1/{EVENING}"), |_| 200_000_001));
    assert_eq!(said, (Rule::Hours, "ring -> a 18:00: <= 200.000000, not 200.000001".into()));
}

#[test]
fn a_flow_that_leaves_a_node_out_of_balance_is_refused() {
    let said = after(|json| number(json, &format!("/evidence/hours/flows/links/1/{EVENING}"), |flow| flow - 1));
    assert_eq!(said, (Rule::Hours, "a in - out 18:00: 0.000000, not -0.000001".into()));
}

#[test]
fn pipes_above_their_most_or_below_what_they_must_hold_at_the_end_are_refused() {
    // 40 m3 must stay, 100 fit: 60 m3 above the least.
    let said = after(|json| number(json, "/evidence/hours/flows/linepack/a/5", |_| 60_000_001));
    assert_eq!(said, (Rule::Hours, "a linepack 13:00: <= 60.000000, not 60.000001".into()));
    let said = after(|json| number(json, "/evidence/hours/flows/linepack/a/23", |_| 59_999_999));
    assert_eq!(said, (Rule::Hours, "a linepack at the end: >= 60.000000, not 59.999999".into()));
}

#[test]
fn pipes_told_below_their_least_are_refused() {
    let said = after(|json| json["hours"]["by_district"][0]["linepack_m3"][11] = json!(39.999));
    assert_eq!(said, (Rule::Hours, "hours a linepack_m3 19:00: 40.000, not 39.999".into()));
}

#[test]
fn a_source_beyond_its_hour_or_its_day_is_refused() {
    let said = after(|json| number(json, "/evidence/hours/flows/sources/gate/10", |_| 600_000_001));
    assert_eq!(said, (Rule::Hours, "gate 18:00: <= 600.000000, not 600.000001".into()));
    let said = after(|json| json["evidence"]["hours"]["flows"]["sources"]["gate"] = json!(vec![599_000_000u64; 24]));
    assert_eq!(said, (Rule::Hours, "gate: <= 9600.000000, not 14376.000000".into()));
}

#[test]
fn an_hour_told_otherwise_than_it_is_served_is_refused() {
    let said = after(|json| json["hours"]["served_m3"][EVENING] = json!(999.5));
    assert_eq!(said.0, Rule::Hours, "{}", said.1);
    assert!(said.1.starts_with("hours served_m3 18:00: "), "{}", said.1);
}

/// Two districts behind one source of 600 m3 an hour, of which so many can go to the first.
fn two_ways(to_a: u64, classes: [&'static str; 2]) -> (Policies, City, Day, Decision) {
    let mut rows = super::city();
    for (district, class, capacity_h) in [("a", classes[0], to_a), ("b", classes[1], 480)] {
        rows.add_district(super::district(district));
        rows.add_customer(super::CustomerRow {
            profile: "evening",
            district,
            ..super::customer(district, class, 4_800)
        });
        let (capacity, capacity_h) = (M3(9_999), Some(M3(capacity_h)));
        rows.add_link(super::LinkRow { from: "gate", to: district, capacity, capacity_h });
    }
    rows.add_supply(super::supply("gate", 9_600, Some(600)));
    let policies = Policies::of(super::Policy::builtin("xian-2025").unwrap());
    let (city, _) = rows.build(&policies).unwrap_or_else(|problems| panic!("{problems}"));
    let (day, _) = Day::on(&city, super::date()).unwrap();
    let decision = super::Prepared::new(&policies, &city, super::Options::default()).unwrap().decide(&day).unwrap();
    it_holds(&policies, &city, &day, &decision);
    (policies, city, day, decision)
}

/// What is found of the decision of a narrow link, sound in itself, where the link is wide.
fn of_a_narrow_link(classes: [&'static str; 2]) -> Violation {
    let (policies, city, day, _) = two_ways(480, classes);
    let (.., mut narrow) = two_ways(250, classes);
    // Of 480 m3 an hour that each asks for 250 and 350 come.
    let hours = narrow.hours.as_mut().unwrap();
    assert_eq!(hours.by_district[0].served_m3[EVENING], Milli(250_000));
    hours.by_link[0].capacity_m3_h = Milli(480_000);
    violated(&policies, &city, &day, &narrow).expect("it holds all the same")
}

#[test]
fn a_worse_rank_served_before_a_better_one_is_refused() {
    let found = of_a_narrow_link(["residential", "industry"]);
    assert_eq!(found.rule, Rule::Order, "{found:?}");
}

#[test]
fn two_districts_that_lose_different_shares_in_an_hour_are_refused() {
    let found = of_a_narrow_link(["industry", "industry"]);
    assert!([Rule::Order, Rule::Evenness].contains(&found.rule), "{found:?}");
}

#[test]
fn a_side_that_does_not_take_what_it_could_proves_nothing() {
    // The side of the first short rank, without its district's evening, and without any side at all.
    let said = after(|json| json["evidence"]["hours"]["ranks"][0]["tight"] = json!([{ "nodes": { "a": [[0, 1]] } }]));
    assert_eq!(said.0, Rule::Order, "{}", said.1);
    let said = after(|json| json["evidence"]["hours"]["ranks"][0]["tight"] = json!([]));
    assert_eq!(said.0, Rule::Order, "{}", said.1);
    let said = after(|json| json["evidence"]["hours"]["deliverable"]["bound"] = json!("full"));
    assert_eq!(said, (Rule::Balance, "deliverable: 9600.000000, not 8600.000000".into()));
    let said = after(|json| {
        let nowhere = json!({ "cut": { "nodes": { "nowhere": [[0, 24]] } } });
        json["evidence"]["hours"]["deliverable"]["bound"] = nowhere;
    });
    assert_eq!(said, (Rule::Balance, "deliverable side: -, not nowhere".into()));
}

#[test]
fn hours_without_evidence_are_not_taken_at_their_word() {
    let said = after(|json| drop(json["evidence"].as_object_mut().unwrap().remove("hours")));
    assert_eq!(said, (Rule::Balance, "hours: evidence, not -".into()));
    let said = after(|json| drop(json.as_object_mut().unwrap().remove("hours")));
    assert_eq!(said, (Rule::Hours, "hours: hours, not -".into()));
}
