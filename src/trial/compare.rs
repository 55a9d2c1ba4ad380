//! Holds a decision against what a test expects of it.

use super::expect::{Check, Expect, FORMS, NONE, STATUSES, Table, What};
use super::{Mismatch, TrialMessage as M};
use crate::decide::{Balance, CustomerShare, Decision, Form, Reason, Rotation, Status, Totals};
use crate::policy::{Policy, Standing};
use crate::problem::{Place, Problem, Problems};
use crate::units::M3;

/// Every expectation that the decision does not meet, in the order of the file.
pub(super) fn mismatches(expect: &Expect, policy: &Policy, decision: &Decision) -> Vec<Mismatch> {
    let mut found = Vec::new();
    below("", expect, policy, decision, &mut found);
    found.sort_by(|a, b| a.place.cmp(&b.place));
    found
}

/// Whether any expectation is not met; quicker than to list them.
pub(super) fn fails(expect: &Expect, policy: &Policy, decision: &Decision) -> bool {
    let fails = |check: &Check| against(check, policy, decision).is_some();
    expect.checks.iter().any(fails)
        || expect.areas.iter().any(|(district, _, expect)| {
            area(decision, district).is_none_or(|decision| self::fails(expect, policy, decision))
        })
}

/// Areas that the test expects something of and that are not decided.
pub(super) fn undecided(expect: &Expect, decision: &Decision) -> Option<Problems> {
    let missing = expect.areas.iter().find(|(district, _, _)| area(decision, district).is_none());
    missing
        .map(|(district, place, _)| Problem::error(place.clone(), M::AreaUndecided { word: district.clone() }).into())
}

/// The decision of an outer district.
pub(super) fn area<'d>(decision: &'d Decision, district: &str) -> Option<&'d Decision> {
    decision.areas.iter().find(|area| area.area.as_deref() == Some(district))
}

fn below(prefix: &str, expect: &Expect, policy: &Policy, decision: &Decision, found: &mut Vec<Mismatch>) {
    for check in &expect.checks {
        if let Some((what, expected, is)) = against(check, policy, decision) {
            found.push(mismatch(format!("{prefix}{what}"), &check.place, expected, is));
        }
    }
    for (district, _, expect) in &expect.areas {
        if let Some(decision) = area(decision, district) {
            below(&format!("{prefix}areas.{district}."), expect, policy, decision, found);
        }
    }
}

fn mismatch(what: String, place: &Place, expected: String, found: String) -> Mismatch {
    Mismatch { what, place: place.clone(), expected, found }
}

/// What is meant, what was expected and what is, where the two differ.
fn against(check: &Check, policy: &Policy, decision: &Decision) -> Option<(String, String, String)> {
    let or_none = |word: &Option<String>| word.clone().unwrap_or_else(|| NONE.to_owned());
    let rotation = decision.rotation.as_ref();
    let (what, expected, found) = match &check.what {
        What::Level(level) => {
            let found = decision.level.as_ref().map(|level| level.id.clone());
            ("level".to_owned(), or_none(level), or_none(&found))
        }
        What::RaisedBy(district) => {
            let area = decision.level.as_ref().and_then(|level| level.area.as_ref());
            let found = area.map(|area| area.district.clone());
            ("raised_by".to_owned(), or_none(district), or_none(&found))
        }
        What::Status(status) => {
            let word = |status| STATUSES.iter().find(|(_, s)| *s == status).map_or("", |(word, _)| word).to_owned();
            ("status".to_owned(), word(*status), word(decision.status))
        }
        What::EscalateTo(level) => ("escalate_to".to_owned(), or_none(level), or_none(&decision.escalate_to)),
        What::Blocks(blocks) => {
            let found = rotation.map_or(&[][..], |rotation| &rotation.blocks);
            ("blocks".to_owned(), list(blocks), list(found))
        }
        What::BlocksByFormula(count) => {
            let found = rotation.map_or(0, |rotation| rotation.blocks_by_formula);
            ("blocks_by_formula".to_owned(), count.to_string(), found.to_string())
        }
        What::Extended(truth) => {
            let found = rotation.is_some_and(|rotation| rotation.extended);
            ("extended".to_owned(), truth.to_string(), found.to_string())
        }
        What::RestGaveWay(truth) => {
            let found = rotation.is_some_and(|rotation| rotation.rest_gave_way);
            ("rest_gave_way".to_owned(), truth.to_string(), found.to_string())
        }
        What::InForce(ids) => ("in_force".to_owned(), list(ids), list(&in_force(policy, decision))),
        What::Cutting(ids) => {
            let mut found: Vec<String> = decision
                .by_rank
                .iter()
                .filter(|row| row.served_m3 < row.size_m3)
                .filter_map(|r| r.measure.clone())
                .collect();
            found.sort();
            found.dedup();
            ("cutting".to_owned(), list(ids), list(&found))
        }
        What::Measure(id, volume) => {
            let rows = decision.by_rank.iter().filter(|row| row.measure.as_ref() == Some(id));
            let found: M3 = rows.map(|row| row.size_m3.less(row.served_m3)).sum();
            (format!("measures.{id}"), volume.to_string(), found.get().to_string())
        }
        What::Figure(table, key, number) => {
            (format!("{}.{key}", named(table)), number.to_string(), figure(decision, table, key).to_string())
        }
        What::Form(id, form) => {
            let word = |form| FORMS.iter().find(|(_, f)| *f == form).map_or("", |(word, _)| word).to_owned();
            let found = reason(decision, id).map_or_else(|| "-".to_owned(), |reason| word(reason.form));
            (format!("customers.{id}.form"), word(*form), found)
        }
        What::By(id, measures) => {
            let found = reason(decision, id).map_or(&[][..], |reason| &reason.measures);
            (format!("customers.{id}.measures"), list(measures), list(&sorted(found)))
        }
        What::Clauses(id, clauses) => {
            let found = reason(decision, id).map_or(&[][..], |reason| &reason.clauses);
            (format!("customers.{id}.clauses"), list(clauses), list(&sorted(found)))
        }
        What::Warnings(codes) => {
            let mut found: Vec<String> = decision.warnings.iter().map(|warning| warning.code.clone()).collect();
            found.sort();
            found.dedup();
            ("warnings".to_owned(), list(codes), list(&found))
        }
    };
    (expected != found).then_some((what, expected, found))
}

fn list(ids: &[String]) -> String {
    if ids.is_empty() { NONE.to_owned() } else { ids.join(", ") }
}

fn sorted(ids: &[String]) -> Vec<String> {
    let mut ids = ids.to_vec();
    ids.sort();
    ids
}

/// How the policy answered.
pub(super) fn standing(policy: &Policy, decision: &Decision) -> Standing {
    match &decision.level {
        _ if policy.levels.is_empty() => Standing::Always,
        Some(level) => policy.level(&level.id).map_or(Standing::NoShortage, Standing::At),
        None => Standing::NoShortage,
    }
}

fn in_force(policy: &Policy, decision: &Decision) -> Vec<String> {
    let in_force = policy.in_force(standing(policy, decision), decision.date);
    let mut ids: Vec<String> = in_force.map(|(_, measure, _)| measure.id.clone()).collect();
    ids.sort();
    ids
}

fn share<'d>(decision: &'d Decision, id: &str) -> Option<&'d CustomerShare> {
    decision.detail.as_ref()?.customers.iter().find(|customer| *customer.customer_id == *id)
}

fn reason<'d>(decision: &'d Decision, id: &str) -> Option<&'d Reason> {
    let reason = share(decision, id)?.reason;
    decision.detail.as_ref()?.reasons.get(reason as usize)
}

fn named(table: &Table) -> String {
    match table {
        Table::Totals => "totals".to_owned(),
        Table::Balance => "balance".to_owned(),
        Table::Class(class) => format!("by_class.{class}"),
        Table::Tier(tier) => format!("by_tier.{tier}"),
        Table::District(district) => format!("by_district.{district}"),
        Table::Company(company) => format!("by_company.{company}"),
        Table::Customer(customer) => format!("customers.{customer}"),
    }
}

/// A figure; a row that the decision leaves out is one of nothing.
fn figure(decision: &Decision, table: &Table, key: &str) -> u64 {
    let column = |(demand, served, cut): (M3, M3, M3)| match key {
        "demand_m3" => demand.get(),
        "served_m3" => served.get(),
        _ => cut.get(),
    };
    macro_rules! row {
        ($table:ident, $key:ident, $name:expr) => {{
            let row = decision.$table.iter().find(|row| row.$key == *$name);
            row.map_or(0, |row| column((row.demand_m3, row.served_m3, row.cut_m3)))
        }};
    }
    match table {
        Table::Totals => total(&decision.totals, key),
        Table::Balance => balance(&decision.balance, key),
        Table::Class(class) => row!(by_class, class, class),
        Table::Tier(tier) => row!(by_tier, tier, tier),
        Table::District(district) => row!(by_district, district, district),
        Table::Company(company) => row!(by_company, company, company),
        Table::Customer(id) => {
            share(decision, id).map_or(0, |share| column((share.demand_m3, share.served_m3, share.cut_m3())))
        }
    }
}

fn total(totals: &Totals, key: &str) -> u64 {
    match key {
        "demand_m3" => totals.demand_m3.get(),
        "served_m3" => totals.served_m3.get(),
        "cut_m3" => totals.cut_m3.get(),
        "withheld_m3" => totals.withheld_m3.get(),
        "beyond_authority_m3" => totals.beyond_authority_m3.get(),
        "unused_m3" => totals.unused_m3.get(),
        "customers_cut" => totals.customers_cut,
        _ => totals.households_cut,
    }
}

fn balance(balance: &Balance, key: &str) -> u64 {
    match key {
        "demand_m3" => balance.demand_m3,
        "supply_m3" => balance.supply_m3,
        "deliverable_m3" => balance.deliverable_m3,
        _ => balance.shortfall_m3,
    }
    .get()
}

/// All that a decision does to anybody, so that two can be compared: labels and the tables that only sum are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fate {
    level: Option<(String, Option<String>)>,
    status: Status,
    escalate_to: Option<String>,
    rotation: Option<Rotation>,
    totals: Totals,
    /// What is served, form and sorted measures.
    customers: Vec<(M3, Form, Vec<String>)>,
    warnings: Vec<String>,
    /// Number, demand and what is served.
    tiers: Vec<(u32, M3, M3)>,
    areas: Vec<Fate>,
}

impl Fate {
    pub(super) fn of(decision: &Decision) -> Self {
        let detail = decision.detail.as_ref();
        let customers = detail.map_or(&[][..], |detail| &detail.customers).iter().map(|customer| {
            let reason = detail.and_then(|detail| detail.reasons.get(customer.reason as usize));
            let form = reason.map_or(Form::None, |reason| reason.form);
            (customer.served_m3, form, reason.map(|reason| sorted(&reason.measures)).unwrap_or_default())
        });
        let mut warnings: Vec<String> = decision.warnings.iter().map(|warning| warning.code.clone()).collect();
        warnings.sort();
        let level = decision.level.as_ref();
        Self {
            level: level.map(|level| (level.id.clone(), level.area.as_ref().map(|area| area.district.clone()))),
            status: decision.status,
            escalate_to: decision.escalate_to.clone(),
            rotation: decision.rotation.clone(),
            totals: decision.totals.clone(),
            customers: customers.collect(),
            warnings,
            tiers: decision.by_tier.iter().map(|row| (row.tier, row.demand_m3, row.served_m3)).collect(),
            areas: decision.areas.iter().map(Self::of).collect(),
        }
    }

    /// Whether two decisions differ in what they do to anybody; with `tiers`, or in the figures by tier.
    pub(super) fn differs(&self, other: &Self, tiers: bool) -> bool {
        let plain = |fate: &Self| {
            let areas = fate.areas.iter().map(|area| Self { tiers: Vec::new(), ..area.clone() });
            Self { tiers: Vec::new(), areas: areas.collect(), ..fate.clone() }
        };
        if tiers { self != other } else { plain(self) != plain(other) }
    }
}
