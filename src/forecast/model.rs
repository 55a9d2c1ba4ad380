//! What a class takes: a base, and so much more for each degree below a threshold; times what the weekday and a holiday make of it.

use std::collections::BTreeMap;

use crate::city::{DayKind, Workdays};
use crate::units::{Celsius, Date, M3, Weekday};

/// So many days before a day decide with it how cold it counts as. What is older weighs less than a thousandth unless a class
/// remembers more than three fifths, and a series need not begin earlier to say the same.
pub const DAYS_BEFORE: u32 = 14;

/// Factors are whole millionths.
pub(crate) const ONE: u64 = 1_000_000;

/// Degrees are ten-thousandths here: a hundredth of a temperature times a memory has to leave something.
const DEGREE: i64 = 10_000;

/// Thousandths of a m3 a day.
pub type Thousandths = u64;

/// How demand follows the weather, class by class.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Model {
    /// The temperature below which buildings are heated: heating degree days count from here.
    pub threshold: Celsius,
    /// The classes, in the order of their ids; others take what they take on any day.
    pub classes: Vec<ClassModel>,
}

/// How the demand of a class follows the weather and the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClassModel {
    /// The class, by id.
    pub class: String,
    /// What it takes on a warm workday, in thousandths of a m3; at most [`ClassModel::MOST`].
    pub base: Thousandths,
    /// What it takes more for each degree below the threshold, in thousandths of a m3; at most a tenth of [`ClassModel::MOST`].
    pub per_degree: Thousandths,
    /// How much of today's effective temperature is yesterday's, in millionths below 1,000,000: walls and people remember
    /// (the effective temperature of the United Kingdom's composite weather variable is one half).
    pub memory: u64,
    /// What the calendar makes of it.
    pub days: DayFactors,
    /// What is left to chance, as factors of which each is as likely as the others, in millionths up to
    /// [`DayFactors::MOST`]; empty for none.
    pub errors: Vec<u64>,
}

/// Factors by the calendar, in millionths up to [`DayFactors::MOST`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DayFactors {
    /// Monday to Sunday. A weekend day that is worked instead of another (调休) counts as a Friday.
    pub weekdays: [u64; 7],
    /// Holidays by name, instead of the weekday's.
    pub holidays: BTreeMap<String, u64>,
    /// All other holidays; the Sunday's if `None`.
    pub other_holidays: Option<u64>,
}

impl Default for DayFactors {
    fn default() -> Self {
        Self { weekdays: [ONE; 7], holidays: BTreeMap::new(), other_holidays: None }
    }
}

impl DayFactors {
    /// Four times a usual day is no day of a city.
    pub const MOST: u64 = 4 * ONE;

    /// The factor of a day.
    pub fn on(&self, date: Date, calendar: &Workdays) -> u64 {
        let of = |weekday: Weekday| self.weekdays[weekday as usize];
        match calendar.on(date) {
            Some(day) if day.kind == DayKind::Holiday => {
                let named = self.holidays.get(&*day.name).copied();
                named.or(self.other_holidays).unwrap_or_else(|| of(Weekday::Sunday))
            }
            Some(_) => of(Weekday::Friday),
            None => of(date.weekday()),
        }
    }
}

/// The effective temperature of one day after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cold {
    memory: i64,
    /// In ten-thousandths of a degree; `None` before the first day.
    effective: Option<i64>,
}

impl Cold {
    /// Before the first day.
    pub fn new(memory: u64) -> Self {
        Self { memory: memory.min(ONE) as i64, effective: None }
    }

    /// Takes in a day.
    pub fn add(&mut self, today: Celsius) {
        let today = i64::from(today.get()) * (DEGREE / 100);
        let one = ONE as i64;
        self.effective = Some(match self.effective {
            // Rounded down always, so that a winter that begins a day earlier forgets that in the end.
            Some(before) => (before * self.memory + today * (one - self.memory)).div_euclid(one),
            None => today,
        });
    }

    /// Degrees below a threshold, in ten-thousandths; 0 above it, and at most 100 degrees, as [`ClassModel::volume`] needs it.
    pub fn degrees(&self, threshold: Celsius) -> u64 {
        let threshold = i64::from(threshold.get()) * (DEGREE / 100);
        self.effective.map_or(0, |effective| (threshold - effective).clamp(0, 100 * DEGREE) as u64)
    }
}

impl ClassModel {
    /// A hundred million m3 a day, more than any city takes.
    pub const MOST: Thousandths = 100_000_000_000;

    /// A class that takes the same on every day.
    pub fn constant(class: impl Into<String>, volume: M3) -> Self {
        Self {
            class: class.into(),
            base: volume.get().saturating_mul(1000).min(Self::MOST),
            per_degree: 0,
            memory: 0,
            days: DayFactors::default(),
            errors: Vec::new(),
        }
    }

    /// What it takes on a day with so many ten-thousandths of a degree below the threshold and these factors in millionths, in
    /// whole m3 (halves go up).
    #[inline]
    pub(crate) const fn volume(&self, degrees: u64, day: u64, chance: u64) -> u64 {
        // At their bounds these stay below 2^64: (10^11 + 10^10 x 100 degrees) x 4 x 4,000,000.
        let thousandths = self.base + self.per_degree * degrees / DEGREE as u64;
        let thousandths = thousandths * day / ONE;
        let thousandths = thousandths * chance / ONE;
        (thousandths + 500) / 1000
    }
}

impl Model {
    /// A model that has no classes yet.
    pub const fn new(threshold: Celsius) -> Self {
        Self { threshold, classes: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn celsius(text: &str) -> Celsius {
        text.parse().expect(text)
    }

    #[test]
    fn a_class_takes_its_base_and_so_much_a_degree() {
        let class = ClassModel { per_degree: 1_500_000, ..ClassModel::constant("homes", M3(10_000)) };
        let mut cold = Cold::new(0);
        cold.add(celsius("-2.5"));
        let degrees = cold.degrees(celsius("18"));
        assert_eq!(degrees, 205_000);
        // 10,000 + 1,500 x 20.5
        assert_eq!(class.volume(degrees, ONE, ONE), 40_750);
        assert_eq!(class.volume(degrees, 900_000, ONE), 36_675);
        assert_eq!(class.volume(degrees, 900_000, 1_100_000), 40_343, "40,342.5 goes up");
    }

    #[test]
    fn at_their_bounds_volumes_still_fit() {
        let mut cold = Cold::new(0);
        cold.add(celsius("-99.99"));
        let degrees = cold.degrees(celsius("99.99"));
        let class = ClassModel { per_degree: ClassModel::MOST / 10, ..ClassModel::constant("all", M3(100_000_000)) };
        // (10^8 + 10^7 x 100) x 4 x 4
        assert_eq!(class.volume(degrees, DayFactors::MOST, DayFactors::MOST), 17_600_000_000);
    }

    #[test]
    fn yesterdays_cold_is_remembered_and_fades() {
        let mut cold = Cold::new(500_000);
        for (today, degrees) in [("0", 180_000), ("10", 130_000), ("10", 105_000), ("30", 0)] {
            cold.add(celsius(today));
            assert_eq!(cold.degrees(celsius("18")), degrees, "after {today}");
        }
    }
}
