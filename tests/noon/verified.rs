//! A revision holds against the case, the order that it revises and what was taken; changed by one cubic metre it does not.

use curtail::city::{ActualRow, City};
use curtail::decide::restore::Back;
use curtail::decide::revise::{self, Rest, Revision};
use curtail::decide::{Day, Decision, Options, Prepared, Solver};
use curtail::units::M3;
use curtail::verify::{Finding, Rule, Verification, verify};
use proptest::prelude::*;
use serde_json::Value;

use super::common::{self, policies};
use super::reference::Town;
use super::towns;

fn cases(cases: u32) -> ProptestConfig {
    let set = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..set }
}

/// What happens between the order and the hour from which on the day is decided again.
#[derive(Clone, Debug)]
pub struct Morning {
    /// Hours since the day began.
    elapsed: u8,
    /// Whether there is an order.
    ordered: bool,
    /// In percent of what was said before.
    supply: u64,
    /// Who took how much in the first hour; a customer, or the district of one.
    took: Vec<(usize, bool, u64)>,
    /// What the first source gave in it.
    gave: Option<u64>,
    remaining_supply: bool,
    /// Whether gas came back of the order meanwhile: half of the morning ago, or of the whole day.
    restored: Option<bool>,
}

pub fn morning() -> impl Strategy<Value = Morning> {
    let took = proptest::collection::vec((0..1000usize, any::<bool>(), 0..200u64), 0..4);
    let gave = proptest::option::of(0..300u64);
    let supply = prop_oneof![Just(100u64), 0..200u64];
    let stated = prop_oneof![5 => Just(false), 1 => Just(true)];
    let restored = proptest::option::of(any::<bool>());
    (1..24u8, prop_oneof![5 => Just(true), 1 => Just(false)], supply, took, gave, stated, restored).prop_map(
        |(elapsed, ordered, supply, took, gave, remaining_supply, restored)| Morning {
            elapsed,
            ordered,
            supply,
            took,
            gave,
            remaining_supply,
            restored,
        },
    )
}

/// A day decided again, and what it is decided from.
pub struct Again {
    pub town: Town,
    pub city: City,
    pub day: Day,
    pub decision: Decision,
}

pub fn again(town: &Town, morning: &Morning) -> Option<Again> {
    let order = common::decision(town, Solver::Exact).ok()?;
    let at = (8 + morning.elapsed) % 24;
    let (city, _) = common::city(town).ok()?;
    let date = "2026-01-07".parse().unwrap();
    type Row = (Option<String>, Option<String>, Option<String>, u64);
    let mut rows: Vec<Row> = Vec::new();
    for (who, whole, volume) in &morning.took {
        let customer = &city.customers[who % city.customers.len()];
        let district = city.districts[customer.district as usize].id.to_string();
        let row = match whole {
            true => (None, Some(district), None, *volume),
            false => (Some(customer.id.to_string()), None, None, *volume),
        };
        if rows.iter().all(|known| (&known.0, &known.1) != (&row.0, &row.1)) {
            rows.push(row);
        }
    }
    rows.extend(morning.gave.map(|gave| (None, None, Some(town.sources[0].id.clone()), gave)));
    let (city, mut day) = common::city_with(town, |builder| {
        for (customer, district, source, volume) in &rows {
            builder.add_actual(ActualRow {
                date,
                hour: Some(8),
                customer: customer.as_deref(),
                district: district.as_deref(),
                source: source.as_deref(),
                volume: M3(*volume),
            });
        }
    })
    .unwrap();
    let moved = |volume: M3| M3((u128::from(volume.0) * u128::from(morning.supply) / 100) as u64);
    day.supply.iter_mut().flatten().for_each(|volume| *volume = moved(*volume));
    let order = morning.ordered.then_some(order);
    let policies = policies(&town.plan);
    let backs = order.as_ref().zip(morning.restored).map_or_else(Vec::new, |(order, whole)| {
        let from = (!whole).then_some((8 + morning.elapsed / 2) % 24);
        came_back(town, &city, order, from)
    });
    let mut revision = Revision::at(at);
    revision.restored = (&backs, u32::from(!backs.is_empty()));
    revision.order = order.as_ref().map(|order| (order, "2026-01-07-1"));
    revision.unified = town.unified;
    revision.remaining_supply = morning.remaining_supply;
    let Rest { city, day, .. } = revise::rest(&city, policies, day, revision).unwrap();
    let city = city.into_owned();
    let mut options = Options::default();
    (options.solver, options.unified) = (Solver::Exact, town.unified);
    let decision = Prepared::new(policies, &city, options).unwrap().decide(&day).ok()?;
    common::adds_up(&decision);
    Some(Again { town: town.clone(), city, day, decision })
}

/// What comes back of an order once there is half as much gas again.
fn came_back(town: &Town, city: &City, order: &Decision, from: Option<u8>) -> Vec<Back> {
    let policies = policies(&town.plan);
    let mut day = Day::on(city, order.date).unwrap().0;
    day.supply.iter_mut().flatten().for_each(|volume| *volume = M3(volume.0 * 3 / 2));
    let rest = match from {
        Some(at) => {
            let mut revision = Revision::at(at);
            (revision.order, revision.unified) = (Some((order, "2026-01-07-1")), town.unified);
            revise::rest(city, policies, day, revision).unwrap()
        }
        None => Rest::whole(city, day),
    };
    let mut options = Options::default();
    (options.solver, options.unified) = (Solver::Exact, town.unified);
    let found = Prepared::new(policies, &rest.city, options).unwrap().restore(&rest.day, order, &[]);
    found.map_or_else(|_| Vec::new(), |found| found.backs(city))
}

impl Again {
    fn check(&self, decision: &Decision) -> Verification {
        verify(policies(&self.town.plan), &self.city, &self.day, decision).unwrap_or_else(|e| panic!("{e}"))
    }
}

/// Paths of every volume that says something of the day.
fn volumes(value: &Value, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let under = |name: &str, path: &[String]| path.iter().any(|part| part == name);
    let is_slice =
        path.len() >= 3 && path[path.len() - 3] == "slices" && path.last().is_some_and(|at| at == "2" || at == "3");
    let is_kept = under("kept", path) && path.last().is_some_and(|at| at.parse::<u8>().is_ok_and(|at| at == 3));
    let named = path.last().is_some_and(|key| key.ends_with("_m3"));
    let summed = ["turns", "listed"].iter().any(|name| under(name, path)) && !under("memory", path);
    match value {
        Value::Number(_) if is_slice || is_kept || named || summed => found.push(path.clone()),
        Value::String(_) if named => found.push(path.clone()),
        Value::Object(entries) => {
            for (key, value) in
                entries.iter().filter(|(key, _)| !["memory", "deliverable", "escalation"].contains(&key.as_str()))
            {
                path.push(key.clone());
                volumes(value, path, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(at.to_string());
                volumes(item, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn at<'v>(value: &'v mut Value, path: &[String]) -> &'v mut Value {
    path.iter().fold(value, |value, part| match part.parse::<usize>() {
        Ok(at) if value.is_array() => &mut value[at],
        _ => &mut value[part.as_str()],
    })
}

fn holds_unless_changed(again: &Again, which: usize, up: bool) -> Result<(), TestCaseError> {
    let verification = again.check(&again.decision);
    prop_assert!(verification.holds(), "{:?}", verification.violated);
    let mut json = serde_json::to_value(&again.decision).unwrap();
    prop_assert_eq!(&serde_json::from_value::<Decision>(json.clone()).unwrap(), &again.decision);
    let mut found = Vec::new();
    volumes(&json, &mut Vec::new(), &mut found);
    let path = &found[which % found.len()];
    let leaf = at(&mut json, path);
    let before = leaf.as_str().map_or(leaf.to_string(), str::to_owned);
    let (whole, decimals) = before.split_once('.').map_or((&*before, ""), |(whole, decimals)| (whole, decimals));
    let whole: u64 = whole.parse().unwrap();
    let after = if up { whole + 1 } else { whole.saturating_sub(1).max(u64::from(whole == 0)) };
    *leaf = if leaf.is_string() { format!("{after}.{decimals}0").into() } else { after.into() };
    let changed: Decision = serde_json::from_value(json).unwrap();
    prop_assert!(!again.check(&changed).holds(), "{} changed from {before}, and nobody noticed", path.join("."));
    Ok(())
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn one_cubic_metre_more_or_less_anywhere_is_noticed(
        town in towns::any_town(), morning in morning(), which: usize, up: bool,
    ) {
        let Some(again) = again(&town, &morning) else { return Ok(()) };
        holds_unless_changed(&again, which, up)?;
    }

    #[test]
    fn so_it_is_under_every_plan(town in towns::under_any_plan(), morning in morning(), which: usize, up: bool) {
        let Some(again) = again(&town, &morning) else { return Ok(()) };
        for (rule, finding) in again.check(&again.decision).findings {
            prop_assert_eq!(finding, Finding::Holds, "{:?}", rule);
        }
        holds_unless_changed(&again, which, up)?;
    }

    #[test]
    fn so_it_is_where_an_area_may_raise_the_level(
        town in towns::of_areas(), morning in morning(), which: usize, up: bool,
    ) {
        let Some(again) = again(&town, &morning) else { return Ok(()) };
        holds_unless_changed(&again, which, up)?;
    }

    /// What is past is fixed: the same decision does not hold of another past, another order, or none.
    #[test]
    fn another_past_is_noticed(town in towns::any_town(), morning in morning()) {
        let Some(again) = again(&town, &morning) else { return Ok(()) };
        let other = Morning { elapsed: morning.elapsed % 23 + 1, ..morning };
        let Some(other) = self::again(&town, &other) else { return Ok(()) };
        let verification = other.check(&again.decision);
        prop_assert_eq!(verification.violated.map(|violation| violation.rule), Some(Rule::Past));
        let mut whole = again.decision.clone();
        whole.revision = None;
        let verification = again.check(&whole);
        prop_assert_eq!(verification.violated.map(|violation| violation.rule), Some(Rule::Past));
    }
}
