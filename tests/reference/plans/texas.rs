//! 16 TAC 7.455: priorities 1 to 7 of firm customers, whoever is interruptible before all of them; no levels.

use super::{Measure, Plan, from_tier, plain};
use crate::reference::Customer;

pub struct Texas;

const CUT_ORDER: [Measure; 8] = [
    plain("interrupt"),
    plain("curtail-7"),
    plain("curtail-6"),
    plain("curtail-5"),
    plain("curtail-4"),
    plain("curtail-3"),
    plain("curtail-2"),
    plain("curtail-1"),
];

impl Plan for Texas {
    fn classes(&self) -> &'static [&'static str] {
        &[
            "industrial",
            "commercial",
            "electric_generation",
            "unlisted",
            "residential",
            "hospital",
            "water_service",
            "police",
            "fire",
            "military",
            "civil_defense",
            "shelter",
            "commercial_with_homes",
            "distribution_system",
        ]
    }

    fn sizes(&self) -> &'static [u64] {
        &[84_949, 84_950, 84_951, 200_000]
    }

    /// Ranks are priorities less one.
    fn requirement(&self, customer: &Customer) -> Vec<(usize, u64)> {
        let demand = customer.demand;
        match customer.class.as_str() {
            "industrial" | "commercial" | "electric_generation" | "unlisted" if customer.interruptible => {
                vec![(7, demand)]
            }
            "electric_generation" => vec![(1, demand)],
            "unlisted" => vec![(6, demand)],
            "industrial" | "commercial" => {
                let safety = if customer.backup { 0 } else { customer.floor() };
                // Less than 3,000 Mcf are at most 84,950 m3.
                let rank = match (demand <= 84_950, customer.backup) {
                    (true, _) => 3,
                    (false, false) => 4,
                    (false, true) => 5,
                };
                vec![(2, safety), (rank, demand - safety)]
            }
            _ => vec![(0, demand)],
        }
    }

    fn tier(&self, rank: usize) -> u32 {
        rank as u32 + 1
    }

    fn measures(&self) -> &'static [Measure] {
        &CUT_ORDER
    }

    fn reach(&self, customer: &Customer, measure: &str, _: usize, _: bool) -> u64 {
        from_tier(self, customer, measure.strip_prefix("curtail-").map_or(8, |n| n.parse().expect("a priority")))
    }
}
