//! Forty years of daily temperatures of a climate like Xi'an's, and five winters of demand by class, both made up.
//!
//! A day's temperature is the season's (the months' means, straight lines between their middles), a shift that a whole year from July to
//! June shares, what is left of yesterday's departure and chance (AR(1)), and in winter now and then a cold spell, which falls in a
//! day and goes within a week. All in whole hundredths of a degree, told in tenths.

use std::fmt::Write;

use super::classes::{CLASSES, Class, Follows};
use super::random::SplitMix64;

/// The first year's number: the series goes from 1 July 1985 to 30 June 2025.
const FIRST: i64 = 1985;
/// How many years.
const YEARS: i64 = 40;
/// The last winters of the series have figures of demand.
const WINTERS: i64 = 5;

/// Mean temperatures of the months from January, in hundredths of a degree: assumed, of the size of Xi'an's.
const MONTHS: [i64; 12] = [60, 420, 980, 1620, 2110, 2590, 2760, 2570, 2080, 1460, 770, 200];
/// How much of a day's departure is left on the next, in per mille.
const REMAINS: i64 = 720;
/// The spread of what chance adds in a day, and of what a year shares, in hundredths of a degree.
const DAILY: i64 = 190;
const YEARLY: i64 = 90;

/// A date, and which day of the year (from 0) and of the week (from Monday, 0) it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub year: i64,
    pub month: usize,
    pub day: i64,
    pub weekday: usize,
}

const fn days_in(year: i64, month: usize) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Day {
    const fn next(self) -> Self {
        let Self { year, month, day, weekday } = self;
        let weekday = (weekday + 1) % 7;
        match (month, day) {
            (12, 31) => Self { year: year + 1, month: 1, day: 1, weekday },
            _ if day == days_in(year, month) => Self { year, month: month + 1, day: 1, weekday },
            _ => Self { year, month, day: day + 1, weekday },
        }
    }

    fn text(self) -> String {
        format!("{}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Whether it is in the heating season, 15 November to 15 March.
    const fn is_heated(self) -> bool {
        match self.month {
            12 | 1 | 2 => true,
            11 => self.day >= 15,
            3 => self.day <= 15,
            _ => false,
        }
    }
}

/// The season's temperature: on the 15th the month's, between two of those on the straight line.
fn season(day: Day) -> i64 {
    let month = day.month - 1;
    let (from, to, since, apart) = if day.day >= 15 {
        (month, (month + 1) % 12, day.day - 15, days_in(day.year, day.month))
    } else {
        let before = (month + 11) % 12;
        let days = days_in(day.year, before + 1);
        (before, month, days - 15 + day.day, days)
    };
    MONTHS[from] + (MONTHS[to] - MONTHS[from]) * since / apart
}

/// Chance with mean 0 and this spread: twelve equal chances, so nearly normal, and never beyond six spreads.
fn chance(random: &mut SplitMix64, spread: i64) -> i64 {
    let sum: u64 = (0..12).map(|_| random.between(0, 1000)).sum();
    (sum as i64 - 6000) * spread / 1001
}

/// Every day's temperature, in tenths of a degree.
pub fn weather() -> Vec<(Day, i64)> {
    let mut random = SplitMix64::new(1985_0701);
    // 1 July 1985 was a Monday.
    let mut day = Day { year: FIRST, month: 7, day: 1, weekday: 0 };
    let (mut days, mut departure, mut year) = (Vec::new(), 0, 0);
    let (mut spell, mut fades) = (0, 0);
    while (day.year, day.month) < (FIRST + YEARS, 7) {
        if (day.month, day.day) == (7, 1) {
            year = chance(&mut random, YEARLY);
        }
        // A third more of it in winter than in summer.
        let cold = matches!(day.month, 11 | 12 | 1..=3);
        departure = departure * REMAINS / 1000 + chance(&mut random, if cold { DAILY } else { DAILY * 3 / 4 });
        if cold && spell == 0 && random.chance(22) {
            spell = random.between(300, 800) as i64;
            fades = spell / random.between(4, 8) as i64;
        }
        let temperature = season(day) + year + departure - spell;
        spell = (spell - fades).max(0);
        days.push((day, (temperature + if temperature < 0 { -5 } else { 5 }) / 10));
        day = day.next();
    }
    days
}

fn tenths(temperature: i64) -> String {
    let sign = if temperature < 0 { "-" } else { "" };
    format!("{sign}{}.{}", temperature.abs() / 10, temperature.abs() % 10)
}

/// The text of `winters/weather-40y.csv`.
pub fn weather_csv() -> String {
    let mut text = String::from("date,temperature_c\n");
    for (day, temperature) in weather() {
        let _ = writeln!(text, "{},{}", day.text(), tenths(temperature));
    }
    text
}

/// The holidays and worked weekend days of those winters, as published: date, name, whether it is free, and the notice.
#[rustfmt::skip]
const HOLIDAYS: [(&str, &str, u8, u8, bool); 18] = [
    ("2021-01", "元旦", 1, 3, true),
    ("2021-02", "春节", 7, 7, false), ("2021-02", "春节", 11, 17, true), ("2021-02", "春节", 20, 20, false),
    ("2022-01", "元旦", 1, 3, true),
    ("2022-01", "春节", 29, 30, false), ("2022-01", "春节", 31, 31, true), ("2022-02", "春节", 1, 6, true),
    ("2022-12", "元旦", 31, 31, true), ("2023-01", "元旦", 1, 2, true),
    ("2023-01", "春节", 21, 27, true), ("2023-01", "春节", 28, 29, false),
    ("2024-01", "元旦", 1, 1, true),
    ("2024-02", "春节", 4, 4, false), ("2024-02", "春节", 10, 17, true), ("2024-02", "春节", 18, 18, false),
    ("2025-01", "元旦", 1, 1, true),
    ("2025-01", "春节", 26, 26, false),
];
/// The rest of the last one, which goes into February.
const LAST: [(&str, &str, u8, u8, bool); 3] =
    [("2025-01", "春节", 28, 31, true), ("2025-02", "春节", 1, 4, true), ("2025-02", "春节", 8, 8, false)];

/// Every row of `winters/holidays.csv`: date, name, whether it is free.
fn holidays() -> Vec<(String, &'static str, bool)> {
    let spells = HOLIDAYS.into_iter().chain(LAST);
    spells
        .flat_map(|(month, name, from, to, free)| (from..=to).map(move |day| (format!("{month}-{day:02}"), name, free)))
        .collect()
}

/// The notice that a day's year goes by; New Year's Eve 2022 is in that of 2023.
fn notice(date: &str) -> &'static str {
    match date.get(..4) {
        Some("2021") => "国办发明电〔2020〕27号",
        Some("2022") if date != "2022-12-31" => "国办发明电〔2021〕11号",
        Some("2022" | "2023") => "国办发明电〔2022〕16号",
        Some("2024") => "国办发明电〔2023〕7号",
        _ => "国办发明电〔2024〕12号",
    }
}

/// The text of `winters/holidays.csv`.
pub fn holidays_csv() -> String {
    let mut text = String::from("date,name,kind,basis,source\n");
    for (date, name, free) in holidays() {
        let kind = if free { "holiday" } else { "workday" };
        let _ = writeln!(text, "{date},{name},{kind},published,{}", notice(&date));
    }
    text
}

/// How a class takes the year: how much of today's effective temperature is yesterday's, and what Spring Festival and New Year make
/// of it, all in per mille. Assumed.
fn habits(class: &Class) -> (i64, i64, i64) {
    match class.id {
        "residential" => (150, 1150, 1050),
        "residential_heating" => (350, 1040, 1020),
        "boiler_central" => (450, 1000, 1000),
        "boiler_community" => (400, 1000, 1000),
        "boiler_public_service" => (400, 500, 700),
        "chp" => (400, 920, 980),
        "industry" => (0, 350, 850),
        "commercial" => (100, 550, 900),
        "kindergarten" | "school" => (0, 100, 350),
        "government" | "canteen" => (0, 200, 350),
        "hotel" | "distributed_energy" => (200, 600, 900),
        "bus" | "taxi" | "passenger_vehicle" => (0, 750, 900),
        "freight_vehicle" => (0, 250, 800),
        _ => (200, 950, 1000),
    }
}

/// What a class took on a day: `effective` is in ten-thousandths of a degree, `chance` in per mille.
fn volume(class: &Class, day: Day, holiday: Option<&(String, &str, bool)>, effective: i64, chance: i64) -> i64 {
    let (_, festival, new_year) = habits(class);
    let design = (class.demand.0 + class.demand.1) as i64;
    let (part, saturday, sunday) = match class.follows {
        Follows::Cold(part) => (part as i64, 1000, 1000),
        Follows::Workdays(saturday, sunday) => (0, saturday as i64, sunday as i64),
    };
    let factor = match holiday {
        Some((_, "春节", true)) => festival,
        Some((.., true)) => new_year,
        Some(_) => 1000,
        None => [1000, 1000, 1000, 1000, 1000, saturday, sunday][day.weekday],
    };
    // At -8 degrees, 26 below 18, it takes what it takes at design cold.
    let below = (180_000 - effective).max(0);
    let thousandths = design * (1000 - part) + design * part / 26 * below / 10_000;
    (thousandths * factor / 1000 * chance / 1000 + 500) / 1000
}

/// The text of `winters/history.csv`: a row a day of the last winters, a column a class.
pub fn history_csv() -> String {
    let classes: Vec<&Class> = CLASSES.iter().collect();
    let mut text = String::from("date,temperature_c");
    classes.iter().for_each(|class| _ = write!(text, ",{} (m3)", class.id));
    text.push('\n');
    let mut random = SplitMix64::new(2020_1115);
    let holidays = holidays();
    let mut effective: Vec<Option<i64>> = vec![None; classes.len()];
    for (day, temperature) in weather() {
        if (day.year, day.month) < (FIRST + YEARS - WINTERS, 7) {
            continue;
        }
        let date = day.text();
        let holiday = holidays.iter().find(|(at, ..)| *at == date);
        if day.is_heated() {
            let _ = write!(text, "{date},{}", tenths(temperature));
        }
        for (class, effective) in classes.iter().zip(&mut effective) {
            let (memory, ..) = habits(class);
            let today = temperature * 1000;
            let now = effective.map_or(today, |before| (before * memory + today * (1000 - memory)).div_euclid(1000));
            *effective = Some(now);
            if day.is_heated() {
                let spread = if design_is_small(class) { 45 } else { 25 };
                let chance = 1000 + chance(&mut random, spread);
                let _ = write!(text, ",{}", volume(class, day, holiday, now, chance));
            }
        }
        if day.is_heated() {
            text.push('\n');
        }
    }
    text
}

/// Classes of few customers are less steady.
const fn design_is_small(class: &Class) -> bool {
    class.demand.0 + class.demand.1 < 100_000
}
