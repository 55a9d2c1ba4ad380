//! The Bescherm- en Herstelplan Gas on a day worked by hand: four steps, and none further than the gap asks for.

use curtail::city::CustomerRow;
use curtail::decide::{Decision, Status};
use curtail::policy::Policy;
use curtail::units::M3;

use crate::town::{by_measure, customer, decide, policy, served};

fn large<'a>(id: &'a str, class: &'a str, demand: u64) -> CustomerRow<'a> {
    CustomerRow { annual: Some(M3(170_000)), ..customer(id, class, demand) }
}

/// 50,000 m3 protected, 40,000 of large users, 10,003 of small ones.
fn customers() -> Vec<CustomerRow<'static>> {
    vec![
        customer("homes", "household", 50_000),
        large("florist", "flowers", 10_000),
        // More than a tenth must stay, whatever the step.
        CustomerRow { floor: M3(3_000), ..large("glassworks", "glass", 10_000) },
        CustomerRow { tags: "saved-20", ..large("haulier", "transport", 10_000) },
        large("dairy", "other_sectors", 10_000),
        // A small user of a sector is not closed with it.
        CustomerRow { annual: Some(M3(169_999)), ..customer("kiosk", "flowers", 8_000) },
        CustomerRow { floor: M3(500), ..customer("bakery", "other_sectors", 2_003) },
    ]
}

/// Step 1: 2,000 of each large user but the haulier, 1,600 of the kiosk, 400 of the bakery (2,003 x 0.8 is 1,602.4, and
/// 1,603 stay). Step 2: 7,000 of the florist down to 1,000; 5,000 of the glassworks down to 3,000; 9,000 of the haulier.
/// Step 3: 7,000 of the dairy. Step 4: the kiosk's 6,400; 1,103 of the bakery down to 500.
const STEPS: [(&str, u64); 6] = [
    ("close-the-rest", 7_503),
    ("close-large-users", 7_000),
    ("close-last-sectors", 9_000),
    ("close-second-sectors", 5_000),
    ("close-first-sectors", 7_000),
    ("cheese-slicer", 8_000),
];

const DEMAND: u64 = 100_003;

fn short_by(volume: u64) -> Decision {
    let plan: Policy = policy("nl-bhg-2023", &[]);
    decide(&plan, &customers(), DEMAND - volume)
}

/// So much is cut at each step, from the first.
fn cuts(decision: &Decision) -> Vec<u64> {
    let rows = by_measure(decision);
    assert_eq!(rows.iter().map(|(measure, size, _)| (*measure, *size)).collect::<Vec<_>>(), STEPS);
    assert_eq!(decision.level, None);
    rows.iter().rev().map(|(_, size, served)| size - served).collect()
}

#[test]
fn step_1_slices_everybody_who_is_not_protected_and_has_not_saved() {
    let decision = short_by(4_000);
    assert_eq!(cuts(&decision), [4_000, 0, 0, 0, 0, 0]);
    // Half of what the step may take.
    let served = served(&decision);
    assert_eq!([served["florist"], served["glassworks"], served["dairy"]], [9_000; 3]);
    assert_eq!((served["kiosk"], served["bakery"]), (7_200, 1_803));
    assert_eq!((served["haulier"], served["homes"]), (10_000, 50_000));
}

#[test]
fn step_2_goes_sector_by_sector_and_stops_when_the_gap_is_closed() {
    let decision = short_by(8_000 + 7_000 + 1_000);
    assert_eq!(cuts(&decision), [8_000, 7_000, 1_000, 0, 0, 0]);
    let served = served(&decision);
    assert_eq!((served["florist"], served["glassworks"], served["haulier"]), (1_000, 7_000, 10_000));
    assert_eq!((served["kiosk"], served["bakery"], served["dairy"]), (6_400, 1_603, 8_000));
}

#[test]
fn step_3_brings_all_large_users_to_the_minimum() {
    let decision = short_by(8_000 + 21_000 + 7_000);
    assert_eq!(cuts(&decision), [8_000, 7_000, 5_000, 9_000, 7_000, 0]);
    let served = served(&decision);
    let large = [served["florist"], served["glassworks"], served["haulier"], served["dairy"]];
    assert_eq!(large, [1_000, 3_000, 1_000, 1_000]);
    assert_eq!(decision.status, Status::Balanced);
}

#[test]
fn step_4_takes_the_small_ones_to_their_floor_and_then_authority_ends() {
    let decision = short_by(8_000 + 21_000 + 7_000 + 7_503);
    assert_eq!(cuts(&decision), [8_000, 7_000, 5_000, 9_000, 7_000, 7_503]);
    assert_eq!((served(&decision)["kiosk"], served(&decision)["bakery"]), (0, 500));
    assert_eq!((decision.status, decision.totals.beyond_authority_m3), (Status::Balanced, M3(0)));
    // One cubic metre more is the minimum of somebody large, closed first: the florist's.
    let decision = short_by(8_000 + 21_000 + 7_000 + 7_504);
    assert_eq!((decision.status, decision.totals.beyond_authority_m3), (Status::BeyondAuthority, M3(1)));
    assert_eq!((served(&decision)["florist"], served(&decision)["homes"]), (999, 50_000));
}
