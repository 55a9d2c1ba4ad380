//! Bytes as a `decision.json`: read, written again, verified and explained against its case.
//!
//! Bytes that begin with `{` are the file itself. Any others are edits of a sound decision, a line each, so that damage gets past
//! the reader: the first line says whose (see [`CASES`]), and then
//!
//! ```text
//! = POINTER JSON        sets a value, by a JSON pointer; at the end of a list it is added; `@all` is the whole decision
//! - POINTER             removes it
//! * POINTER             an item of a list comes twice
//! ~ N V                 the Nth value of all, counted through the file, becomes the Vth of what nobody should write there
//! ```

use std::collections::BTreeMap;
use std::sync::OnceLock;

use curtail::city::read::{Case, CaseOptions};
use curtail::decide::{Day, Decision, Options, Prepared, Probe, Solver};
use curtail::explain::{Difference, Explanation, Room, Subject};
use curtail::units::Date;
use curtail::verify::{Finding, Rule, verify};
use serde_json::{Value, json};

use super::{files, refused};

/// The cases whose decisions are damaged: a network on which a rank is short behind two bottlenecks, one where firm gas is cut
/// and no level would do, one where a second block must take its turn; a pool; companies that share a network; the first one by the hour.
pub const CASES: [&str; 6] = ["network", "beyond", "extended", "pool", "companies", "hours"];

/// The files of one of the [`CASES`].
pub fn case_files(name: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = files::unpack(b"");
    let mut change = |file: &str, old: &str, new: &str| {
        let text = String::from_utf8_lossy(&files[file]).into_owned();
        assert!(text.contains(old), "{file} no longer says `{old}`");
        files.insert(file.to_owned(), text.replace(old, new).into_bytes());
    };
    let mut narrow = |gate: &str, west: &str, east: &str, tank: &str| {
        change("supply.csv", "07,North gate,70000", &format!("07,North gate,{gate}"));
        change("links.csv", "North gate,J1,90000", &format!("North gate,J1,{gate}"));
        change("links.csv", "J1,WY,60000", &format!("J1,WY,{west}"));
        change("links.csv", "J1,BL,50000", &format!("J1,BL,{east}"));
        change("links.csv", "LNG,BL,30000", &format!("LNG,BL,{tank}"));
    };
    match name {
        "network" => narrow("90000", "40000", "4000", "30000"),
        "hours" => {
            narrow("90000", "40000", "4000", "30000");
            change("case.toml", "hourly = false", "hourly = true");
        }
        "beyond" => narrow("120000", "95000", "4000", "20000"),
        "extended" => narrow("120000", "80000", "4000", "20000"),
        "pool" => change("case.toml", "links = \"links.csv\"\n", ""),
        "companies" => {
            change("case.toml", "pooling = true", "pooling = false");
            change("supply.csv", ",,,HY", ",,Chunda,HY");
        }
        _ => {}
    }
    files
}

/// A case and the decision of its first day.
struct Sound {
    case: Case,
    json: Value,
}

fn sound(name: &str) -> &'static Sound {
    static ALL: OnceLock<Vec<Sound>> = OnceLock::new();
    let all = ALL.get_or_init(|| CASES.iter().map(make).collect());
    &all[CASES.iter().position(|case| *case == name).unwrap_or(0)]
}

fn make(name: &&str) -> Sound {
    let dir = tempfile::tempdir().expect("a temporary folder");
    files::write(dir.path(), &case_files(name));
    let open = Case::open(dir.path(), &CaseOptions::default());
    let (case, _) = open.unwrap_or_else(|problems| panic!("{name}: {problems}"));
    let date: Date = "2026-01-07".parse().expect("a date");
    let (day, _) = Day::on(&case.city, date).unwrap_or_else(|problems| panic!("{name}: {problems}"));
    let decision = decide(&case, &day, false);
    let json = serde_json::to_value(&decision).expect("a decision is JSON");
    Sound { case, json }
}

fn decide(case: &Case, day: &Day, unified: bool) -> Decision {
    let prepared = Prepared::new(&case.policies, &case.city, options(unified));
    let decision = prepared.and_then(|prepared| prepared.decide(day));
    decision.unwrap_or_else(|problems| panic!("{problems}"))
}

fn options(unified: bool) -> Options {
    let mut options = Options::default();
    (options.solver, options.unified) = (Solver::Exact, unified);
    options
}

/// The case that bytes are about, and the bytes of the decision.
pub fn unpack(data: &[u8]) -> (&'static str, Vec<u8>) {
    if data.trim_ascii_start().starts_with(b"{") {
        return (CASES[0], data.to_vec());
    }
    let text = String::from_utf8_lossy(data);
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().trim();
    let name = CASES.into_iter().find(|case| *case == first).unwrap_or(CASES[0]);
    let whole = &sound(name).json;
    let mut json = whole.clone();
    for line in lines.take(20) {
        let mut words = line.splitn(3, ' ');
        if let Some(numbers) = line.strip_prefix("~ ") {
            let mut numbers = numbers.split(' ').map(|word| word.parse::<usize>().unwrap_or(0));
            spoil(&mut json, numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
            continue;
        }
        let (what, pointer) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        edit(&mut json, what, pointer, words.next().unwrap_or("null"), whole);
    }
    (name, serde_json::to_vec(&json).unwrap_or_default())
}

fn edit(json: &mut Value, what: &str, pointer: &str, value: &str, whole: &Value) {
    let Some((above, key)) = pointer.rsplit_once('/') else { return };
    let value = match value {
        "@all" => whole.clone(),
        value => serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned())),
    };
    let at = key.parse::<usize>().ok();
    match (json.pointer_mut(above), what, at) {
        (Some(Value::Object(entries)), "=", _) => drop(entries.insert(key.to_owned(), value)),
        (Some(Value::Object(entries)), "-", _) => drop(entries.remove(key)),
        (Some(Value::Array(items)), "=", Some(at)) if at < items.len() => items[at] = value,
        (Some(Value::Array(items)), "=", _) => items.push(value),
        (Some(Value::Array(items)), "-", Some(at)) if at < items.len() => drop(items.remove(at)),
        (Some(Value::Array(items)), "*", Some(at)) if at < items.len() => items.insert(at, items[at].clone()),
        _ => {}
    }
}

/// Every value below this one, by its pointer.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    let mut below = |key: &str, value| {
        let at = format!("{at}/{key}");
        all.push(at.clone());
        pointers(value, &at, all);
    };
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(key, value)| below(&key.to_string(), value)),
        _ => {}
    }
}

/// How many values the sound decision of a case has.
#[allow(dead_code, reason = "tests count them, the fuzzer does not")]
pub fn values(name: &str) -> usize {
    let mut all = Vec::new();
    pointers(&sound(name).json, "", &mut all);
    all.len()
}

/// In how many ways a value can be spoilt.
#[allow(dead_code, reason = "tests count them, the fuzzer does not")]
pub const WAYS: usize = 24;

/// Makes one value, by its number, something that nobody should write there.
fn spoil(json: &mut Value, which: usize, with: usize) {
    let mut all = Vec::new();
    pointers(json, "", &mut all);
    let Some(pointer) = all.get(which % all.len().max(1)).cloned() else { return };
    let hostile = [
        json!(0),
        json!(1),
        json!(2),
        json!(u32::MAX),
        json!(u64::MAX),
        json!(u64::MAX / 2 + 1),
        json!(1_000_000_000_000_001u64),
        json!(null),
        json!(""),
        json!("x"),
        json!("WY"),
        json!([]),
        json!([[]]),
        json!({}),
        json!("full"),
        json!(true),
        json!(1e300),
        json!("99999999999999999999.999999999999999999"),
    ];
    let other = || all.get((which + with) % all.len()).and_then(|other| json.pointer(other)).cloned();
    let by_one = |up: bool| {
        json.pointer(&pointer)
            .and_then(Value::as_u64)
            .map(|n| if up { n.saturating_add(1) } else { n.saturating_sub(1) })
    };
    let value = match with.checked_sub(hostile.len()) {
        None => Some(hostile[with].clone()),
        Some(0) => by_one(true).map(Value::from),
        Some(1) => by_one(false).map(Value::from),
        Some(2) => return edit(json, "-", &pointer, "", &Value::Null),
        Some(3) => return edit(json, "*", &pointer, "", &Value::Null),
        Some(_) => other(),
    };
    if let (Some(value), Some(slot)) = (value, json.pointer_mut(&pointer)) {
        *slot = value;
    }
}

/// Reads, writes, verifies and explains a decision.
pub fn run(data: &[u8]) {
    let (name, bytes) = unpack(data);
    let Ok(decision) = serde_json::from_slice::<Decision>(&bytes) else { return };
    let written = serde_json::to_vec(&decision).expect("what was read can be written");
    let again: Decision = serde_json::from_slice(&written).expect("what was written can be read");
    assert!(again == decision, "written and read again it is another decision");
    let case = &sound(name).case;
    let unified = decision.evidence.as_ref().is_some_and(|evidence| evidence.unified);
    // As the commands do: the case's day, put as it was for this decision.
    let day = Day::on(&case.city, decision.date).ok().and_then(|(mut day, _)| {
        decision.evidence.as_ref()?.restore(&case.city, &mut day).map_err(|problems| refused(&problems)).ok()?;
        Some(day)
    });
    if let Some(day) = &day {
        check(name, case, day, &decision, unified);
    }
    explain(case, day.as_ref(), &decision, unified);
}

/// Verification answers, and what it accepts is what would be decided.
fn check(name: &str, case: &Case, day: &Day, decision: &Decision, unified: bool) {
    let found = match verify(&case.policies, &case.city, day, decision) {
        Ok(found) => found,
        Err(problems) => return refused(&problems),
    };
    if let Some(violation) = &found.violated {
        assert!(!violation.at.is_empty() && violation.expected != violation.found, "says nothing: {violation:?}");
        return;
    }
    let open = |(rule, finding): &(Rule, Finding)| *finding == Finding::NotProved && *rule != Rule::ToMinimum;
    if found.findings.iter().any(open) {
        assert_eq!(name, "companies", "everything can be proved here");
        return;
    }
    let prepared = Prepared::new(&case.policies, &case.city, options(unified));
    let sound = prepared.and_then(|prepared| prepared.decide(day)).unwrap_or_else(|problems| panic!("{problems}"));
    same(decision, &sound);
}

/// All that a decision says of the day's gas is the same.
fn same(one: &Decision, other: &Decision) {
    let told = |decision: &Decision| {
        let level = decision.level.as_ref().map(|level| (level.id.clone(), level.colour.clone()));
        let tables = (decision.by_rank.clone(), decision.by_class.clone(), decision.by_district.clone());
        let more = (decision.by_company.clone(), decision.by_tier.clone(), decision.totals.clone());
        let head = (decision.area.clone(), decision.date, decision.status, decision.escalate_to.clone());
        let of_customers = decision.detail.as_ref().map(|detail| {
            detail
                .customers
                .iter()
                .map(|c| {
                    let reason = detail.reasons.get(c.reason as usize).cloned();
                    (c.customer_id.clone(), c.demand_m3, c.served_m3, reason)
                })
                .collect::<Vec<_>>()
        });
        let mut hours = decision.hours.clone();
        // A look ahead, which nothing proves.
        hours.iter_mut().flat_map(|hours| &mut hours.by_district).for_each(|row| row.hours_to_minimum = None);
        (hours, head, level, decision.balance.clone(), decision.rotation.clone(), tables, more, of_customers)
    };
    assert_eq!(told(one), told(other), "verified, and yet not what is decided");
    assert_eq!(one.areas.len(), other.areas.len());
    one.areas.iter().zip(&other.areas).for_each(|(one, other)| same(one, other));
}

/// Everybody can be explained; the outlook, which asks the allocator again and again, is computed for one customer and the level.
fn explain(case: &Case, day: Option<&Day>, decision: &Decision, unified: bool) {
    let (city, policies) = (&case.city, &case.policies);
    let Ok(prepared) = Prepared::new(policies, city, options(unified)) else { return };
    for room in Room::all(decision, policies, city) {
        let of = |count: usize, subject: fn(u32) -> Subject| (0..count as u32).map(subject);
        let subjects = of(city.customers.len(), Subject::Customer)
            .chain(of(city.districts.len(), Subject::District))
            .chain(of(city.companies.len(), Subject::Company))
            .chain((0..room.policy.classes.len()).map(Subject::Class))
            .chain((0..room.policy.measures.len()).map(Subject::Measure))
            .chain([Subject::Level]);
        for subject in subjects {
            told(&room, &Explanation::of(&room, subject, None, &[]));
        }
        let probe = day.and_then(|day| Probe::new(&prepared, room.decision.area.as_deref(), day));
        let Some(probe) = probe.as_ref() else { continue };
        let [one, level] =
            [Subject::Customer(0), Subject::Level].map(|of| Explanation::of(&room, of, Some(probe), &[]));
        told(&room, &one);
        told(&room, &level);
        if let (Ok(one), Ok(other)) = (&one, &Explanation::of(&room, Subject::Customer(1), None, &[])) {
            let _ = Difference::of(&room, Some(probe), &[], (0, one), (1, other));
        }
    }
}

fn told(room: &Room<'_>, explanation: &Result<Explanation, curtail::problem::Problems>) {
    match explanation {
        Ok(explanation) => explanation.because.iter().for_each(|because| drop(because.triple(room))),
        Err(problems) => refused(problems),
    }
}
