//! The week of 5 to 11 January 2026: forecasts by district and class, and what the sources can give.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::classes::{CLASSES, Follows};
use super::customers::Customer;
use super::districts::DISTRICTS;

/// Date, mean temperature in tenths of a degree, and whether it is a Saturday or a Sunday.
pub const DAYS: [(&str, i64, Weekday); 7] = [
    ("2026-01-05", -10, Weekday::Work),
    ("2026-01-06", -28, Weekday::Work),
    ("2026-01-07", -52, Weekday::Work),
    ("2026-01-08", DESIGN_COLD, Weekday::Work),
    ("2026-01-09", -72, Weekday::Work),
    ("2026-01-10", -64, Weekday::Saturday),
    ("2026-01-11", -45, Weekday::Sunday),
];

/// The mean temperature of the design day, in tenths of a degree.
const DESIGN_COLD: i64 = -80;
/// Above this mean temperature nobody heats, in tenths of a degree.
const HEATING_LIMIT: i64 = 180;

/// What kind of day it is for a factory or a school.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weekday {
    /// Monday to Friday.
    Work,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

/// Name, the county that it feeds, the most it gives in an hour as a share of its volume (1 part in so many), and its
/// volumes of the week in thousand m3.
type Source = (&'static str, &'static str, u64, [u64; 7]);

/// Four sources of the main urban area and one of each county.
pub const SOURCES: [Source; 6] = [
    ("north-pipeline", "", 20, [7_400, 7_400, 7_450, 7_700, 7_600, 7_500, 7_500]),
    ("west-pipeline", "", 20, [5_200, 5_200, 5_250, 5_430, 3_000, 1_800, 3_600]),
    ("east-lng", "", 12, [500, 650, 1_050, 1_350, 1_400, 1_300, 980]),
    ("south-pipeline", "", 20, [2_650, 2_700, 2_750, 3_200, 2_750, 2_740, 2_750]),
    ("lantian-station", "lantian", 16, [330, 340, 360, 380, 370, 360, 350]),
    ("zhouzhi-station", "zhouzhi", 16, [390, 400, 420, 440, 402, 398, 400]),
];

/// A class's demand on a day, in per mille of design cold.
fn per_mille(follows: Follows, day: usize) -> u64 {
    let (_, temperature, weekday) = DAYS[day];
    match (follows, weekday) {
        (Follows::Workdays(..), Weekday::Work) => 1000,
        (Follows::Workdays(saturday, _), Weekday::Saturday) => saturday,
        (Follows::Workdays(_, sunday), Weekday::Sunday) => sunday,
        (Follows::Cold(part), _) => {
            let cold = 1000 * (HEATING_LIMIT - temperature).max(0) as u64 / (HEATING_LIMIT - DESIGN_COLD) as u64;
            (1000 - part) + part * cold / 1000
        }
    }
}

/// The day's forecast of each district and class that has customers, in m3.
pub fn forecast(customers: &[Customer], day: usize) -> BTreeMap<(usize, usize), u64> {
    let mut groups = BTreeMap::new();
    for customer in customers {
        *groups.entry((customer.district, customer.class)).or_insert(0) += customer.demand;
    }
    for (&(_, class), volume) in &mut groups {
        *volume = (*volume * per_mille(CLASSES[class].follows, day) + 500) / 1000;
    }
    groups
}

/// The text of `demand.csv`.
pub fn demand_csv(customers: &[Customer]) -> String {
    let mut text = String::from("date,district,class,demand_m3\n");
    for (day, (date, ..)) in DAYS.iter().enumerate() {
        for ((district, class), volume) in forecast(customers, day) {
            let _ = writeln!(text, "{date},{},{},{volume}", DISTRICTS[district].id, CLASSES[class].id);
        }
    }
    text
}

/// The text of `supply.csv`.
pub fn supply_csv() -> String {
    let mut text = String::from("date,source,volume_m3,max_m3_h,area\n");
    for (day, (date, ..)) in DAYS.iter().enumerate() {
        for (name, area, hours, volumes) in SOURCES {
            let volume = volumes[day] * 1000;
            let _ = writeln!(text, "{date},{name},{volume},{},{area}", volume / hours);
        }
    }
    text
}
