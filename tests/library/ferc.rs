//! The FERC curtailment order on a day worked by hand: requirements split over priorities, no levels, pro rata.

use curtail::city::{Backup, Contract, CustomerRow};
use curtail::decide::{Decision, Kind, Status};
use curtail::policy::Policy;

use crate::town::{by_measure, customer, decide, policy, served};
use curtail::units::M3;

/// One customer or more for each priority and each edge of a size band. 996,069 m3 in all.
fn customers() -> Vec<CustomerRow<'static>> {
    let interruptible = |id, class, demand| CustomerRow {
        contract: Contract::Interruptible,
        backup: Backup::Oil,
        ..customer(id, class, demand)
    };
    vec![
        customer("fuel", "company_use", 100),
        customer("home", "residential", 5_000),
        customer("shop-small", "commercial", 1_415),
        customer("shop-large", "commercial", 1_416),
        customer("farm", "agricultural", 2_000),
        // Plant protection 3,000 and the first 8,495 in priority 3: 8,495, not 11,495. The other 11,505 in 4.
        CustomerRow { floor: M3(3_000), ..customer("plant", "industrial", 20_000) },
        // 8,495 in priority 3; "not named elsewhere" gives way to the bands of 5 and 6.
        CustomerRow { backup: Backup::Oil, ..customer("boiler-5", "industrial_boiler", 50_000) },
        CustomerRow { backup: Backup::Coal, ..customer("boiler-6", "industrial_boiler", 84_951) },
        // Interruptible with alternate fuel: only a floor stands in priority 3.
        CustomerRow { floor: M3(1_000), ..interruptible("int-7", "industrial", 42_474) },
        interruptible("int-8a", "industrial", 42_475),
        interruptible("int-8b", "industrial_boiler", 84_950),
        interruptible("int-9a", "industrial", 84_951),
        interruptible("int-9b", "industrial", 283_168),
        interruptible("int-10", "industrial", 283_169),
        // Without alternate fuel no band names it.
        CustomerRow { contract: Contract::Interruptible, ..customer("int-4", "industrial", 10_000) },
    ]
}

/// What each priority asks for: 3 is 1,416 + 8,495 x 3 + 1,000; 4 is 11,505 + 10,000; 8 is 42,475 + 84,950.
const PRIORITIES: [(u32, u64); 11] = [
    (0, 100),
    (1, 6_415),
    (2, 2_000),
    (3, 27_901),
    (4, 21_505),
    (5, 41_505),
    (6, 76_456),
    (7, 41_474),
    (8, 127_425),
    (9, 368_119),
    (10, 283_169),
];

fn ferc() -> Policy {
    policy("us-granite-ferc", &[])
}

/// Each priority's rank is authorised by its own measure, and full, part or empty.
fn serves(decision: &Decision, expected: impl Fn(u32, u64) -> u64) {
    let ranks: Vec<(String, u64, u64)> =
        PRIORITIES.iter().map(|(n, size)| (format!("curtail-{n}"), *size, expected(*n, *size))).collect();
    let ranks: Vec<(&str, u64, u64)> = ranks.iter().map(|(id, size, served)| (id.as_str(), *size, *served)).collect();
    assert_eq!(by_measure(decision), ranks);
    assert!(decision.by_rank.iter().all(|rank| rank.kind == Kind::Authorised && rank.tier.is_none()));
    assert_eq!((decision.level.as_ref(), decision.rotation.as_ref()), (None, None));
    assert_eq!(decision.escalate_to, None);
    let tiers: Vec<(u32, u64, u64)> =
        decision.by_tier.iter().map(|row| (row.tier, row.demand_m3.0, row.served_m3.0)).collect();
    let asked: Vec<(u32, u64, u64)> = PRIORITIES.iter().map(|(n, size)| (*n, *size, expected(*n, *size))).collect();
    assert_eq!(tiers, asked);
}

#[test]
fn without_a_shortage_everybody_is_served_and_nothing_is_in_force_but_in_name() {
    let decision = decide(&ferc(), &customers(), 996_069);
    assert_eq!(decision.status, Status::NoShortage);
    serves(&decision, |_, size| size);
    assert_eq!((decision.totals.customers_cut, decision.totals.cut_m3), (0, M3(0)));
}

#[test]
fn the_worst_priority_is_cut_in_full_before_the_next_and_pro_rata_inside() {
    // Priorities 0 to 7 take 217,356, so 8 gets 100,000 of 127,425; `int-8a` asks for exactly a third of it:
    // 33,333.33 and 66,666.67.
    let decision = decide(&ferc(), &customers(), 317_356);
    assert_eq!(decision.status, Status::Balanced);
    serves(&decision, |priority, size| match priority {
        0..=7 => size,
        8 => 100_000,
        _ => 0,
    });
    let served = served(&decision);
    assert_eq!((served["int-8a"], served["int-8b"]), (33_333, 66_667));
    assert_eq!((served["int-9a"], served["int-9b"], served["int-10"]), (0, 0, 0));
    assert_eq!(decision.totals.customers_cut, 5);
}

#[test]
fn a_requirement_loses_its_lower_priorities_and_shares_the_one_that_runs_short() {
    // Priorities 0 to 2 take 8,515; 3 gets 20,000 of 27,901. Of 8,495: 6,089 and 10,811 left; of 1,416: 1,015 and 485;
    // of 1,000: 716 and 22,884. Two more: `int-7`, then the first id of the three with 10,811.
    let decision = decide(&ferc(), &customers(), 28_515);
    serves(&decision, |priority, size| match priority {
        0..=2 => size,
        3 => 20_000,
        _ => 0,
    });
    let served = served(&decision);
    let expected = [("boiler-5", 6_090), ("boiler-6", 6_089), ("int-7", 717), ("plant", 6_089), ("shop-large", 1_015)];
    for (id, volume) in expected {
        assert_eq!(served[id], volume, "{id}");
    }
    assert_eq!((served["home"], served["shop-small"], served["farm"], served["fuel"]), (5_000, 1_415, 2_000, 100));
    let detail = decision.detail.as_ref().unwrap();
    let boiler = detail.customers.iter().find(|c| &*c.customer_id == "boiler-5").unwrap();
    let reason = &detail.reasons[boiler.reason as usize];
    assert_eq!(reason.measures, ["curtail-5", "curtail-3"]);
    assert_eq!(reason.clauses, ["Sheet 224 (5)", "Sheet 224 (3)"]);
}

#[test]
fn nothing_is_beyond_a_plan_whose_measures_reach_all() {
    let decision = decide(&ferc(), &customers(), 99);
    assert_eq!(decision.status, Status::Balanced);
    serves(&decision, |priority, _| if priority == 0 { 99 } else { 0 });
    assert_eq!(decision.totals.beyond_authority_m3, M3(0));
}

#[test]
fn the_size_of_a_band_is_that_of_the_day() {
    // 42,475 with alternate fuel is not over 1,500 Dth: all above the first 300 Dth is "not named elsewhere".
    let tiers = |demand| {
        let boiler = CustomerRow { backup: Backup::Oil, ..customer("boiler", "industrial_boiler", demand) };
        let rows = decide(&ferc(), &[boiler], 1).by_tier;
        rows.iter().map(|row| (row.tier, row.demand_m3.0)).collect::<Vec<_>>()
    };
    assert_eq!(tiers(42_475), [(3, 8_495), (4, 33_980)]);
    assert_eq!(tiers(42_476), [(3, 8_495), (5, 33_981)]);
    assert_eq!(tiers(84_950), [(3, 8_495), (5, 76_455)]);
    assert_eq!(tiers(84_951), [(3, 8_495), (6, 76_456)]);
    assert_eq!(tiers(8_495), [(3, 8_495)]);
}
