//! Simulated winters as a screen and as tables.

mod about;
mod case;
#[cfg(feature = "parquet")]
mod columnar;
mod compare;
mod csv;
mod each;
mod html;
mod screen;
mod words;

pub(crate) use case::{remembered, table, tables, toml};
#[cfg(feature = "parquet")]
pub(crate) use columnar::columnar;
pub(crate) use csv::{cumulated, days, differences, seasons};
pub(crate) use each::{Columns, Table};
pub(crate) use html::{page as html, sheet};
pub(crate) use screen::{day, page};

use words::Word;

use crate::Lang;
use crate::render::fmt;
use crate::simulate::{Cause, Figure, Simulated, Spread};

/// How large the units are in which volumes and people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    /// m3, and people one by one.
    Ones,
    /// 1,000 m3, or 万; people too.
    Large,
}

impl Scale {
    /// Below so many m3 a winter, on average, a class's part of what is lost would often show as 0 in the large unit.
    const SMALL: f64 = 1_000_000.0;

    /// Of scenarios that are shown together: m3 as long as none of them loses a million m3 in an average winter.
    fn of(scenarios: &[&Simulated]) -> Self {
        let lost = scenarios.iter().filter_map(|scenario| scenario.spread(&Figure::Lost)).map(Spread::mean);
        if lost.fold(0.0, f64::max) < Self::SMALL { Self::Ones } else { Self::Large }
    }

    /// One of two words.
    fn word<W>(self, ones: W, large: W) -> W {
        match self {
            Self::Ones => ones,
            Self::Large => large,
        }
    }
}

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Gas(Scale),
    Days,
    HouseholdDays(Scale),
    SquareMetreDays(Scale),
    Homes,
    HomeHours,
    Hours,
    /// Hundredths of a degree.
    Degrees,
    /// Hundredths of a yuan.
    Money,
}

const fn unit(figure: &Figure, scale: Scale) -> Unit {
    use Figure as F;
    match figure {
        F::Lost | F::Withheld | F::Beyond | F::SentOut | F::Tier(_) | F::Class(_) | F::District(_) => Unit::Gas(scale),
        F::HouseholdDays => Unit::HouseholdDays(scale),
        F::HeatedDays => Unit::SquareMetreDays(scale),
        F::ColdHours(..) => Unit::HomeHours,
        F::ColdHomes(_) => Unit::Homes,
        F::LongestCold(_) => Unit::Hours,
        F::Coldest => Unit::Degrees,
        F::LostValue | F::StoreCost | F::Cost => Unit::Money,
        _ => Unit::Days,
    }
}

impl Unit {
    /// As tables name it.
    const fn name(self) -> &'static str {
        match self {
            Self::Gas(_) => "m3",
            Self::Days => "days",
            Self::HouseholdDays(_) => "household-days",
            Self::SquareMetreDays(_) => "m2-days",
            Self::Homes => "homes",
            Self::HomeHours => "home-hours",
            Self::Hours => "hours",
            Self::Degrees => "0.01 C",
            Self::Money => "fen",
        }
    }
}

/// What a cause of cold homes is called, of the figure that counts it.
fn cause(scenario: &Simulated, figure: &Figure, cause: &Cause, lang: Lang) -> String {
    match cause {
        Cause::Weather => Word::ByWeather.text(lang),
        Cause::Beyond => Word::ByBeyond.text(lang),
        Cause::Measure(id) => {
            let label = scenario.figures.iter().find(|(own, _)| own == figure).map(|(_, label)| label.get(lang));
            label.filter(|label| !label.is_empty()).unwrap_or(id).to_owned()
        }
    }
}

/// What people call a figure.
fn name(scenario: &Simulated, figure: &Figure, scale: Scale, lang: Lang) -> String {
    use Figure as F;
    let subject = || {
        let named = scenario.figures.iter().find(|(own, _)| own == figure);
        named.map_or_else(String::new, |(_, label)| label.get(lang).to_owned())
    };
    let word = match figure {
        F::Lost => Word::Lost,
        F::Withheld => Word::Withheld,
        F::Beyond => Word::Beyond,
        F::BeyondDays => Word::BeyondDays,
        F::ShortDays => Word::ShortDays,
        F::LongestShortage => Word::LongestShortage,
        F::StopDays => Word::StopDays,
        F::HouseholdDays => scale.word(Word::HouseholdDaysOnes, Word::HouseholdDays),
        F::HeatedDays => scale.word(Word::HeatedDaysOnes, Word::HeatedDays),
        F::SentOut => scale.word(Word::SentOutOnes, Word::SentOut),
        F::LongestTurn => Word::LongestTurn,
        F::LevelDays(level) => Word::LevelDays { level: level.clone() },
        F::Tier(number) => Word::Tier { number: number.to_string(), name: subject() },
        F::Class(_) => Word::Class { name: subject() },
        F::District(_) => Word::District { name: subject() },
        F::Turns(_) => Word::TurnsOf { name: subject() },
        F::ColdHours(limit, Cause::Weather) => Word::ColdByWeather { limit: limit.to_string() },
        F::ColdHours(limit, Cause::Beyond) => Word::ColdBeyond { limit: limit.to_string() },
        F::ColdHours(limit, Cause::Measure(_)) => Word::ColdByMeasure { limit: limit.to_string(), measure: subject() },
        F::ColdHomes(limit) => Word::ColdHomes { limit: limit.to_string() },
        F::LongestCold(limit) => Word::LongestCold { limit: limit.to_string() },
        F::Coldest => Word::Coldest,
        F::LostValue => Word::LostValue,
        F::StoreCost => Word::StoreCost,
        F::Cost => Word::Cost,
    };
    word.text(lang)
}

/// What tables call a figure, beside its unit, which is not always people's.
fn name_in_tables(scenario: &Simulated, figure: &Figure, lang: Lang) -> String {
    match figure {
        Figure::LostValue => Word::LostValueInTables.text(lang),
        Figure::StoreCost => Word::StoreCostInTables.text(lang),
        Figure::Cost => Word::CostInTables.text(lang),
        Figure::Coldest => Word::ColdestInTables.text(lang),
        _ => name(scenario, figure, Scale::Ones, lang),
    }
}

/// A figure of one winter.
fn whole(value: u64, unit: Unit, lang: Lang) -> String {
    match unit {
        Unit::Days | Unit::Hours => fmt::grouped(value),
        _ => mean(value as f64, unit, lang),
    }
}

/// A mean, an error or a difference: volumes and people in thousands, or in 万 to the tenth, of a small city as they are; days to the hundredth. Below zero with
/// its sign.
fn mean(value: f64, unit: Unit, lang: Lang) -> String {
    let size = value.abs();
    let text = match (unit, lang) {
        (Unit::Days | Unit::Hours, _) => format!("{size:.2}"),
        (Unit::Degrees, _) => format!("{:.2}", size / 100.0),
        // A mean in fen would say more than is known.
        (Unit::Money, _) => fmt::grouped((size / 100.0).round() as u64),
        (Unit::Homes | Unit::HomeHours, _) => fmt::grouped(size.round() as u64),
        (Unit::Gas(Scale::Ones) | Unit::HouseholdDays(Scale::Ones) | Unit::SquareMetreDays(Scale::Ones), _) => {
            fmt::grouped(size.round() as u64)
        }
        (_, Lang::En) => fmt::grouped((size / 1000.0).round() as u64),
        (_, Lang::Zh) => {
            let tenths = (size / 1000.0).round() as u64;
            format!("{}.{}", fmt::grouped(tenths / 10), tenths % 10)
        }
    };
    // What is rounded to nothing has no sign.
    let is_nothing = text.bytes().all(|byte| b"0.,".contains(&byte));
    if value < 0.0 && !is_nothing { format!("-{text}") } else { text }
}

/// An error of the mean, nineteen times in twenty; nothing of a single winter.
fn error(error: Option<f64>, unit: Unit, lang: Lang) -> String {
    error.map_or_else(String::new, |error| mean(1.96 * error, unit, lang))
}

/// A part of many winters in percent.
fn percent(part: u64, whole: u64, lang: Lang) -> String {
    let percent = format!("{:.2}", if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 });
    Word::Share { percent }.text(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_city_is_told_in_cubic_metres() {
        let of = |scale, lang| [103.4, 153_620.0].map(|volume| mean(volume, unit(&Figure::Lost, scale), lang));
        assert_eq!(of(Scale::Ones, Lang::En), ["103", "153,620"]);
        assert_eq!(of(Scale::Ones, Lang::Zh), ["103", "153,620"]);
        assert_eq!(of(Scale::Large, Lang::En), ["0", "154"]);
        assert_eq!(of(Scale::Large, Lang::Zh), ["0.0", "15.4"]);
        // Days and homes are counted one by one in either.
        for scale in [Scale::Ones, Scale::Large] {
            assert_eq!(whole(1234, unit(&Figure::ShortDays, scale), Lang::Zh), "1,234");
        }
    }
}
