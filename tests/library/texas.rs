//! 16 TAC 7.455 on a day worked by hand: interruptible customers before any priority, requirements split, no levels.

use curtail::city::{Backup, Contract, CustomerRow};
use curtail::decide::{Decision, Status};
use curtail::policy::Policy;

use crate::town::{by_measure, customer, decide, decide_with, policy, served, warned};
use curtail::units::M3;

/// One customer or more for each priority. 645,952 m3 in all.
fn customers() -> Vec<CustomerRow<'static>> {
    let interruptible =
        |id, class, demand| CustomerRow { contract: Contract::Interruptible, ..customer(id, class, demand) };
    vec![
        customer("home", "residential", 10_000),
        customer("corner-shop", "commercial_with_homes", 500),
        customer("power", "electric_generation", 50_000),
        interruptible("power-int", "electric_generation", 40_000),
        // Just under and at 3,000 Mcf, 84,950.54 m3.
        customer("mill-small", "industrial", 84_950),
        // No alternate fuel: its safety gas in 3, the other 80,951 in 5.
        CustomerRow { floor: M3(4_000), ..customer("mill-large", "industrial", 84_951) },
        // With one, its floor is not what 3 protects.
        CustomerRow { floor: M3(4_000), backup: Backup::Oil, ..customer("mill-oil", "industrial", 90_000) },
        customer("mall", "commercial", 2_000),
        customer("odd", "unlisted", 3_551),
        // Nothing of an interruptible customer is firm, its floor included.
        CustomerRow { floor: M3(9_000), ..interruptible("works-int", "industrial", 280_000) },
    ]
}

/// What each measure's rank asks for, the first served first: 1 is 10,500, 3 is 4,000, 4 is 84,950 + 2,000.
const RANKS: [(&str, u64); 8] = [
    ("curtail-1", 10_500),
    ("curtail-2", 50_000),
    ("curtail-3", 4_000),
    ("curtail-4", 86_950),
    ("curtail-5", 80_951),
    ("curtail-6", 90_000),
    ("curtail-7", 3_551),
    ("interrupt", 320_000),
];

fn texas() -> Policy {
    policy("us-texas-7455", &[])
}

/// Ranks are served in full but for one, which gets `part`, and those after it, which get nothing.
fn serves(decision: &Decision, short: &str, part: u64) {
    let at = RANKS.iter().position(|(measure, _)| *measure == short).unwrap();
    let gets = |(n, (measure, size)): (usize, &(&'static str, u64))| match n.cmp(&at) {
        std::cmp::Ordering::Less => (*measure, *size, *size),
        std::cmp::Ordering::Equal => (*measure, *size, part),
        std::cmp::Ordering::Greater => (*measure, *size, 0),
    };
    assert_eq!(by_measure(decision), RANKS.iter().enumerate().map(gets).collect::<Vec<_>>());
    assert_eq!((decision.status, decision.level.as_ref(), &decision.escalate_to), (Status::Balanced, None, &None));
}

#[test]
fn interruptible_customers_go_before_any_curtailment() {
    // 325,952 are firm. 25,952 short: the interruptible share it by 40,000 to 280,000, one to seven: 3,244 and 22,708.
    let decision = decide(&texas(), &customers(), 620_000);
    serves(&decision, "interrupt", 294_048);
    let served = served(&decision);
    assert_eq!((served["power-int"], served["works-int"]), (36_756, 257_292));
    assert_eq!(decision.totals.customers_cut, 2);
}

#[test]
fn a_curtailment_takes_seven_then_six_and_leaves_whoever_cannot_switch() {
    // 325,952 firm less 3,551 and 90,000 are 232,401; 42,401 of the 90,000 are left for `mill-oil`.
    let decision = decide(&texas(), &customers(), 274_802);
    serves(&decision, "curtail-6", 42_401);
    let served = served(&decision);
    assert_eq!((served["odd"], served["mill-oil"], served["mill-large"]), (0, 42_401, 84_951));
}

#[test]
fn the_least_gas_for_safety_outlives_small_industry_and_commerce() {
    // Priorities 1 to 3 take 64,500; 43,475 are half of priority 4: 42,475 and 1,000.
    let decision = decide(&texas(), &customers(), 107_975);
    serves(&decision, "curtail-4", 43_475);
    let served = served(&decision);
    assert_eq!((served["mill-large"], served["mill-small"], served["mall"]), (4_000, 42_475, 1_000));
    assert_eq!((served["power"], served["works-int"], served["mill-oil"]), (50_000, 0, 0));
}

#[test]
fn electric_generation_stands_second() {
    let decision = decide(&texas(), &customers(), 30_500);
    serves(&decision, "curtail-2", 20_000);
    let served = served(&decision);
    assert_eq!((served["home"], served["corner-shop"], served["power"]), (10_000, 500, 20_000));
}

#[test]
fn three_thousand_mcf_divide_small_from_large() {
    let tier = |demand| decide(&texas(), &[customer("works", "industrial", demand)], 1).by_tier[0].tier;
    assert_eq!((tier(84_950), tier(84_951)), (4, 5));
}

#[test]
fn the_rule_is_in_force_from_september_2022() {
    let on = |day| warned(&decide_with(&texas(), day, &customers(), 1, |_, _| {}), "not_in_force");
    assert_eq!((on("2022-08-31"), on("2022-09-01")), (true, false));
}
