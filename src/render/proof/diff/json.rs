//! A comparison as data: every shortfall and volume as an exact fraction and as a decimal.

use serde_json::{Value, json};

use super::super::json::{head, interval};
use super::{Balance, Diff, say};
use crate::Lang;
use crate::policy::Status;
use crate::policy::compare::{Difference, Said};
use crate::prove::{Effect, Fate, FateGroup};
use crate::render::curve::{decimal, exact};
use crate::units::Date;

/// The name of the format.
pub(crate) const SCHEMA: &str = "curtail.diff/1";

/// The whole comparison; `day` where there is a city.
pub(crate) fn write(diff: &Diff<'_>, day: Option<Date>) -> Value {
    let balances = diff.balances.as_ref();
    let case = balances.and_then(|all| all.first()).map(|balance| &balance.curve.city().settings.name);
    json!({
        "schema": SCHEMA,
        "case": case,
        "date": day,
        "a": head(diff.one),
        "b": head(diff.other),
        "rules": diff.rules.iter().map(rule).collect::<Vec<_>>(),
        "fates": balances.map(|all| all.iter().map(fates).collect::<Vec<_>>()),
    })
}

fn rule(difference: &Difference<'_>) -> Value {
    let change = match (&difference.before, &difference.after) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    };
    let name = |lang| say::rule(&difference.rule, lang);
    json!({
        "path": difference.path,
        "change": change,
        "rule": { "en": name(Lang::En), "zh": name(Lang::Zh) },
        "a": difference.before.as_ref().map(said),
        "b": difference.after.as_ref().map(said),
    })
}

fn said(said: &Said<'_>) -> Value {
    let value = |lang| say::value(said.policy, &said.what, lang);
    let status = said.basis.map(|basis| match basis.status {
        Status::Stated => "stated",
        Status::Paraphrased => "paraphrased",
        Status::Reading => "reading",
    });
    json!({
        "value": { "en": value(Lang::En), "zh": value(Lang::Zh) },
        "clause": said.basis.map(|basis| &basis.clause),
        "status": status,
        "note": said.basis.map(|basis| json!({ "en": basis.note.en, "zh": basis.note.zh })),
    })
}

fn fates(balance: &Balance<'_>) -> Value {
    let (curve, fates) = (balance.curve, &balance.fates);
    let city = curve.city();
    let class = |group: &FateGroup| group_of("class", &city.classes[group.index as usize], group);
    let district = |group: &FateGroup| group_of("district", &city.districts[group.index as usize].id, group);
    json!({
        "area": curve.area().map(|area| &city.districts[area as usize].id),
        "proved": balance.proved,
        "hours": curve.leaves_hours_out().then_some("not considered: compared for whole days"),
        "demand_m3": curve.demand(),
        "customers_in_all": curve.customers().len(),
        "differs": fates.differs.iter().map(interval).collect::<Vec<_>>(),
        "by_class": fates.by_class.iter().map(class).collect::<Vec<_>>(),
        "by_district": fates.by_district.iter().map(district).collect::<Vec<_>>(),
        "customers": fates.customers.iter().map(|fate| customer(balance, fate)).collect::<Vec<_>>(),
    })
}

fn group_of(what: &str, id: &str, group: &FateGroup) -> Value {
    json!({
        what: id,
        "customers": group.customers,
        "better": group.better,
        "worse": group.worse,
        "mixed": group.customers - group.better - group.worse,
        // A sum of many, each to a millionth: no exact fraction.
        "most_m3": { "decimal": decimal(group.most, 1, 3) },
    })
}

/// How a customer fares under B, in a word.
pub(super) fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Better => "better",
        Effect::Worse => "worse",
        Effect::Mixed => "mixed",
    }
}

fn customer(balance: &Balance<'_>, fate: &Fate) -> Value {
    let city = balance.curve.city();
    let customer = &city.customers[fate.customer as usize];
    json!({
        "customer_id": customer.id,
        "name": customer.name,
        "class": city.classes[customer.class as usize],
        "district": city.districts[customer.district as usize].id,
        "company": city.companies[customer.company as usize],
        "demand_m3": fate.demand,
        "effect": effect(fate.effect),
        "at": exact(fate.at, 12),
        "a_m3": exact(fate.one, 3),
        "b_m3": exact(fate.other, 3),
        "differs": fate.differs.iter().map(interval).collect::<Vec<_>>(),
    })
}
