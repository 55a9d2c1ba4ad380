//! Granite State's Sheet 224: priorities 0 to 10, the lowest cut in full before the next; no levels.

use super::{Measure, Plan, from_tier, plain};
use crate::reference::Customer;

pub struct Granite;

const CUT_ORDER: [Measure; 11] = [
    plain("curtail-10"),
    plain("curtail-9"),
    plain("curtail-8"),
    plain("curtail-7"),
    plain("curtail-6"),
    plain("curtail-5"),
    plain("curtail-4"),
    plain("curtail-3"),
    plain("curtail-2"),
    plain("curtail-1"),
    plain("curtail-0"),
];

/// The priority of what no better one takes of an industrial requirement.
fn lowest(customer: &Customer) -> usize {
    let (demand, boiler) = (customer.demand, customer.is(&["industrial_boiler"]));
    match (customer.interruptible, customer.backup) {
        (false, true) if boiler && demand >= 84_951 => 6,
        (false, true) if boiler && demand > 42_475 => 5,
        (true, true) if demand > 283_168 => 10,
        (true, true) if demand >= 84_951 => 9,
        (true, true) if demand >= 42_475 => 8,
        (true, true) if demand > 8_495 => 7,
        _ => 4,
    }
}

impl Plan for Granite {
    fn classes(&self) -> &'static [&'static str] {
        &[
            "industrial",
            "industrial_boiler",
            "industrial_process",
            "storage_injection",
            "commercial",
            "agricultural",
            "residential",
            "school",
            "hospital",
            "police",
            "fire",
            "sanitation",
            "correctional",
            "company_use",
        ]
    }

    fn sizes(&self) -> &'static [u64] {
        &[1_415, 1_416, 8_495, 8_496, 42_474, 42_475, 42_476, 84_950, 84_951, 283_168, 283_169]
    }

    fn requirement(&self, customer: &Customer) -> Vec<(usize, u64)> {
        let demand = customer.demand;
        match customer.class.as_str() {
            "company_use" => vec![(0, demand)],
            "agricultural" => vec![(2, demand)],
            "commercial" if demand >= 1_416 => vec![(3, demand)],
            "industrial_process" | "storage_injection" => vec![(3, demand)],
            "industrial" | "industrial_boiler" => {
                let first = if customer.interruptible { 0 } else { demand.min(8_495) };
                let best = customer.floor().max(first);
                vec![(3, best), (lowest(customer), demand - best)]
            }
            _ => vec![(1, demand)],
        }
    }

    fn tier(&self, rank: usize) -> u32 {
        rank as u32
    }

    fn measures(&self) -> &'static [Measure] {
        &CUT_ORDER
    }

    fn reach(&self, customer: &Customer, measure: &str, _: usize, _: bool) -> u64 {
        let number = measure.trim_start_matches("curtail-").parse().expect("a priority");
        from_tier(self, customer, number)
    }
}
