//! The Bescherm- en Herstelplan Gas: four steps, no levels.

use super::{Measure, Plan, plain};
use crate::reference::Customer;

pub struct Netherlands;

const CUT_ORDER: [Measure; 6] = [
    plain("cheese-slicer"),
    plain("close-first-sectors"),
    plain("close-second-sectors"),
    plain("close-last-sectors"),
    plain("close-large-users"),
    plain("close-the-rest"),
];

impl Plan for Netherlands {
    fn classes(&self) -> &'static [&'static str] {
        &[
            "first_sectors",
            "second_sectors",
            "last_sectors",
            "other_sectors",
            "household",
            "essential_service",
            "district_heating",
        ]
    }

    fn tags(&self) -> &'static [&'static str] {
        &["saved-20"]
    }

    /// Rank 0 is protected, 1 the floors, 2 to 5 the others, those closed first last.
    fn requirement(&self, customer: &Customer) -> Vec<(usize, u64)> {
        let rank = match customer.class.as_str() {
            "other_sectors" => 2,
            "last_sectors" => 3,
            "second_sectors" => 4,
            "first_sectors" => 5,
            _ => return vec![(0, customer.demand)],
        };
        vec![(1, customer.floor()), (rank, customer.demand - customer.floor())]
    }

    fn tier(&self, rank: usize) -> u32 {
        (rank as u32 + 1).min(3)
    }

    fn measures(&self) -> &'static [Measure] {
        &CUT_ORDER
    }

    fn reach(&self, customer: &Customer, measure: &str, _: usize, _: bool) -> u64 {
        if customer.is(&["household", "essential_service", "district_heating"]) {
            return 0;
        }
        let (demand, floor, large) = (customer.demand, customer.floor(), customer.annual >= 170_000);
        let down_to = |tenths: u64| demand - floor.max((demand * tenths).div_ceil(10));
        match measure {
            "cheese-slicer" if customer.tags.iter().any(|tag| tag == "saved-20") => 0,
            "cheese-slicer" => down_to(8),
            "close-first-sectors" if large && customer.is(&["first_sectors"]) => down_to(1),
            "close-second-sectors" if large && customer.is(&["second_sectors"]) => down_to(1),
            "close-last-sectors" if large && customer.is(&["last_sectors"]) => down_to(1),
            "close-large-users" if large => down_to(1),
            "close-the-rest" if !large => demand - floor,
            _ => 0,
        }
    }
}
