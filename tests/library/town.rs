//! A small city of one pool, and what its customers get.

use std::collections::BTreeMap;

use curtail::city::{City, CustomerRow, DistrictRow, Settings, SupplyRow};
use curtail::decide::{Day, Decision, Options, Prepared, RankRow};
use curtail::policy::{Policies, Policy};
use curtail::problem::Origin;
use curtail::units::{Date, M3};

/// One customer: class and demand in m3; the rest as its caller says.
pub fn customer<'a>(id: &'a str, class: &'a str, demand: u64) -> CustomerRow<'a> {
    CustomerRow { id, district: "A", company: "gas", class, demand: M3(demand), ..CustomerRow::default() }
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A built-in policy with pieces of its text replaced; every piece must be there.
pub fn policy(id: &str, changes: &[(&str, &str)]) -> Policy {
    let mut text = Policy::builtin_text(id).unwrap().to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "the policy no longer says `{old}`");
        text = text.replacen(old, new, 1);
    }
    Policy::parse(&text, &Origin::file("plan.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}")).0
}

/// A decision on a day that the caller may change; districts are those that customers name, in the order of their names.
pub fn decide_with(
    policy: &Policy,
    on: &str,
    customers: &[CustomerRow<'_>],
    supply: u64,
    change: impl FnOnce(&City, &mut Day),
) -> Decision {
    let policies = Policies::of(policy.clone());
    let mut rows = City::builder(Settings::default());
    let districts: std::collections::BTreeSet<&str> = customers.iter().map(|c| c.district).collect();
    for id in districts {
        rows.add_district(DistrictRow { id, urban: true, ..DistrictRow::default() });
    }
    for customer in customers {
        rows.add_customer(customer.clone());
    }
    let (date, volume) = (date(on), M3(supply));
    rows.add_supply(SupplyRow { date, source: "gate", volume, max_h: None, company: None, area: None });
    let (city, _) = rows.build(&policies).unwrap_or_else(|problems| panic!("{problems}"));
    let (mut day, _) = Day::on(&city, date).unwrap_or_else(|problems| panic!("{problems}"));
    change(&city, &mut day);
    let prepared = Prepared::new(&policies, &city, Options::default()).unwrap_or_else(|problems| panic!("{problems}"));
    let decision = prepared.decide(&day).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(decision.confirmed);
    decision
}

pub fn decide(policy: &Policy, customers: &[CustomerRow<'_>], supply: u64) -> Decision {
    decide_with(policy, "2026-01-07", customers, supply, |_, _| {})
}

/// What each customer gets, in m3.
pub fn served(decision: &Decision) -> BTreeMap<&str, u64> {
    let customers = &decision.detail.as_ref().unwrap().customers;
    customers.iter().map(|share| (&*share.customer_id, share.served_m3.0)).collect()
}

/// The ranks that measures make: measure, size, served.
pub fn by_measure(decision: &Decision) -> Vec<(&str, u64, u64)> {
    let row = |row: &'_ RankRow| (row.size_m3.0, row.served_m3.0);
    let ranks = decision.by_rank.iter();
    ranks.filter_map(|rank| Some((rank.measure.as_deref()?, row(rank).0, row(rank).1))).collect()
}

/// The codes of its warnings.
pub fn warned(decision: &Decision, code: &str) -> bool {
    decision.warnings.iter().any(|warning| warning.code == code)
}
