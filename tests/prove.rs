//! What is true of a plan at every shortfall: tiny cities worked out by hand, and random ones held to decisions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, missing_docs)]

mod common;
mod reference;

#[path = "prove/as_decided.rs"]
mod as_decided;
#[path = "prove/authority.rs"]
mod authority;
#[path = "prove/compared.rs"]
mod compared;
#[path = "prove/fates.rs"]
mod fates;
#[path = "prove/order.rs"]
mod order;
#[path = "prove/rises.rs"]
mod rises;
#[path = "properties/towns.rs"]
mod towns;

use std::path::Path;

use curtail::curve::Curve;
use curtail::decide::{Options, Prepared};
use curtail::policy::{Policies, Policy};
use curtail::prove::Interval;
use curtail::units::Fraction;
use reference::{Customer, District, Source, Town};

/// The plan of Xi'an with values changed by path.
pub fn plan(changes: &[&str]) -> Policy {
    let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    Policy::load("xian-2025", Path::new(""), &changes).unwrap_or_else(|problems| panic!("{problems}")).0
}

/// A customer of block A without floor, backup or profile.
pub fn customer(id: &str, class: &str, demand: u64) -> Customer {
    let text = str::to_owned;
    Customer {
        id: text(id),
        district: text("A"),
        company: text("y"),
        class: text(class),
        demand,
        ..Customer::default()
    }
}

/// The same in another block.
pub fn in_block(block: &str, customer: Customer) -> Customer {
    Customer { district: block.to_owned(), ..customer }
}

/// One pool of one source, its blocks in this order.
pub fn town(blocks: &[&str], customers: Vec<Customer>) -> Town {
    let district = |id: &&str| District { id: (*id).to_owned(), urban: true, burden: 0 };
    Town {
        districts: blocks.iter().map(district).collect(),
        sources: vec![Source { id: "s".into(), volume: 777, ..Source::default() }],
        customers,
        ..Town::default()
    }
}

/// The curve of a town's only balance under a plan.
pub fn with_curve<T>(town: &Town, policy: &Policy, test: impl FnOnce(&Curve<'_>) -> T) -> T {
    let (city, day) = common::city(town).unwrap();
    let policies = Policies::of(policy.clone());
    let prepared = Prepared::new(&policies, &city, Options::default()).unwrap();
    let curves = prepared.curves(&day).unwrap();
    assert_eq!(curves.len(), 1);
    test(&curves[0])
}

/// Tenths of a percent of demand.
pub fn thousandths(parts: u128) -> Fraction {
    Fraction::new(parts, 1000)
}

pub fn m3(volume: u128) -> Fraction {
    Fraction::new(volume, 1)
}

/// A stretch in tenths of a percent, its ends as mathematicians write them: `"(37, 50)"`, `"[100, 100]"`.
pub fn stretch(text: &str) -> Interval {
    let (from, until) = text[1..text.len() - 1].split_once(", ").unwrap();
    let at = |text: &str| thousandths(text.parse().unwrap());
    let (from_closed, until_closed) = (text.starts_with('['), text.ends_with(']'));
    Interval { from: at(from), until: at(until), from_closed, until_closed }
}

/// A customer's index, told by its id.
pub fn id<'c>(curve: &'c Curve<'_>, customer: u32) -> &'c str {
    &curve.city().customers[customer as usize].id
}
