//! Plan 16 of Xi'an.

use super::{Measure, Plan, Short};
use crate::reference::Customer;

pub struct Xian {
    /// The evening stop takes what is needed of its hours, at its place; otherwise it withholds.
    pub as_needed: bool,
}

const III: usize = 2;
const I: usize = 4;

const fn by_backup(id: &'static str) -> Measure {
    Measure { id, by_firm: false, by_backup: true }
}

const ROTATION: Measure = Measure { id: "rotate-blocks", by_firm: true, by_backup: true };

/// But for `peak-stop`, which withholds.
const CUT_ORDER: [Measure; 6] = [
    by_backup("stop-industry-commerce"),
    by_backup("reduce-chp"),
    by_backup("stop-public-service-boilers"),
    by_backup("limit-community-boilers"),
    by_backup("limit-large-central"),
    ROTATION,
];

const WITH_A_STOP_AS_NEEDED: [Measure; 7] = [
    by_backup("stop-industry-commerce"),
    by_backup("reduce-chp"),
    by_backup("stop-public-service-boilers"),
    by_backup("limit-community-boilers"),
    by_backup("limit-large-central"),
    by_backup("peak-stop"),
    ROTATION,
];

/// Tiers 1 to 4 are ranks 0 to 3, the five of tier 5 are 4 to 8.
fn firm_rank(customer: &Customer) -> usize {
    match customer.class.as_str() {
        "passenger_vehicle" | "sanitation_vehicle" => 1,
        "national_project" | "military" => 3,
        "boiler_central" => 4,
        "boiler_community" => 5,
        "boiler_public_service" => 6,
        "chp" | "distributed_energy" => 7,
        "industry" | "commercial" | "freight_vehicle" => 8,
        _ => 0,
    }
}

impl Plan for Xian {
    fn classes(&self) -> &'static [&'static str] {
        &[
            "residential",
            "residential_heating",
            "bus",
            "taxi",
            "hospital",
            "kindergarten",
            "nursing_home",
            "welfare_home",
            "school",
            "government",
            "canteen",
            "airport",
            "railway_station",
            "coach_station",
            "hotel",
            "public_service",
            "passenger_vehicle",
            "sanitation_vehicle",
            "national_project",
            "military",
            "boiler_central",
            "boiler_community",
            "boiler_public_service",
            "chp",
            "distributed_energy",
            "industry",
            "commercial",
            "freight_vehicle",
        ]
    }

    fn tags(&self) -> &'static [&'static str] {
        &["protected"]
    }

    fn levels(&self) -> &'static [&'static str] {
        &["IV", "III", "II", "I"]
    }

    fn level(&self, whole: &Short) -> usize {
        match () {
            () if !whole.over(0) => 0,
            () if !whole.from(5) => 1,
            () if !whole.from(10) => III,
            () if !whole.over(20) => 3,
            () => I,
        }
    }

    fn requirement(&self, customer: &Customer) -> Vec<(usize, u64)> {
        let (firm, floor) = (firm_rank(customer), customer.floor());
        match firm {
            7 => vec![(1, floor), (firm, customer.demand - floor)],
            8 => vec![(2, floor), (firm, customer.demand - floor)],
            _ => vec![(firm, customer.demand)],
        }
    }

    fn tier(&self, rank: usize) -> u32 {
        (rank as u32 + 1).min(5)
    }

    fn measures(&self) -> &'static [Measure] {
        if self.as_needed { &WITH_A_STOP_AS_NEEDED } else { &CUT_ORDER }
    }

    fn reach(&self, customer: &Customer, measure: &str, level: usize, rotating: bool) -> u64 {
        let (demand, floor) = (customer.demand, customer.floor());
        let to_floor = demand - floor;
        let limit = if level == III { 30 } else { 50 };
        let limited = demand - floor.max((demand * (100 - limit)).div_ceil(100));
        let exempt = customer.is(&["hospital", "nursing_home", "kindergarten", "welfare_home"])
            || customer.tags.iter().any(|tag| tag == "protected");
        match measure {
            "stop-industry-commerce" if customer.is(&["industry", "commercial", "freight_vehicle"]) => to_floor,
            "reduce-chp" if customer.is(&["chp", "distributed_energy"]) => to_floor,
            "stop-public-service-boilers" if level >= III && customer.is(&["boiler_public_service"]) => to_floor,
            "limit-community-boilers" if level >= III && customer.is(&["boiler_community"]) => limited,
            "limit-large-central" if level >= III && customer.is(&["boiler_central"]) => limited,
            "rotate-blocks" if level >= I && rotating && !exempt => to_floor,
            _ => 0,
        }
    }

    fn stops(&self, customer: &Customer, level: usize) -> bool {
        let least = if level == III { 10_000 } else { 5_000 };
        level >= III && customer.is(&["boiler_community"]) && customer.boiler.unwrap_or(0) >= least
    }

    fn stop(&self) -> &'static str {
        "peak-stop"
    }

    /// One block, and one more for every whole 5 % above 20 %.
    fn blocks(&self, level: usize, whole: &Short) -> Option<usize> {
        (level == I).then(|| 1 + (5..=20).filter(|step| whole.from(step * 5)).count())
    }
}
