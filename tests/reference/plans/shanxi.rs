//! Shanxi 2021: a level by the whole or by one area, and one order at every level.

use super::{Measure, Plan, Short, plain};
use crate::reference::Customer;

pub struct Shanxi;

const CUT_ORDER: [Measure; 4] =
    [plain("cut-industry"), plain("cut-commerce"), plain("cut-public-service"), plain("cut-vehicles")];

impl Plan for Shanxi {
    fn classes(&self) -> &'static [&'static str] {
        &["industry", "commercial", "public_service", "vehicle", "residential", "residential_heating"]
    }

    fn levels(&self) -> &'static [&'static str] {
        &["IV", "III", "II", "I"]
    }

    fn level(&self, whole: &Short) -> usize {
        [whole.over(0), whole.from(5), whole.from(10), whole.over(20)].iter().filter(|is| **is).count()
    }

    /// II from 30 %, I above 40 %.
    fn area_level(&self, area: &Short) -> usize {
        match () {
            () if area.over(40) => 4,
            () if area.from(30) => 3,
            () => 0,
        }
    }

    /// Rank 0 is homes, 1 the floors, 2 to 5 the order turned round.
    fn requirement(&self, customer: &Customer) -> Vec<(usize, u64)> {
        let rank = match customer.class.as_str() {
            "vehicle" => 2,
            "public_service" => 3,
            "commercial" => 4,
            "industry" => 5,
            _ => return vec![(0, customer.demand)],
        };
        vec![(1, customer.floor()), (rank, customer.demand - customer.floor())]
    }

    fn tier(&self, rank: usize) -> u32 {
        rank as u32 + 1
    }

    fn measures(&self) -> &'static [Measure] {
        &CUT_ORDER
    }

    fn reach(&self, customer: &Customer, measure: &str, _: usize, _: bool) -> u64 {
        let of = match measure {
            "cut-industry" => "industry",
            "cut-commerce" => "commercial",
            "cut-public-service" => "public_service",
            _ => "vehicle",
        };
        if customer.is(&[of]) { customer.demand - customer.floor() } else { 0 }
    }
}
