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
use crate::simulate::{Cause, Figure, Simulated};

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Gas,
    Days,
    HouseholdDays,
    SquareMetreDays,
    Homes,
    HomeHours,
    Hours,
    /// Hundredths of a degree.
    Degrees,
    /// Hundredths of a yuan.
    Money,
}

const fn unit(figure: &Figure) -> Unit {
    use Figure as F;
    match figure {
        F::Lost | F::Withheld | F::Beyond | F::SentOut | F::Tier(_) | F::Class(_) | F::District(_) => Unit::Gas,
        F::HouseholdDays => Unit::HouseholdDays,
        F::HeatedDays => Unit::SquareMetreDays,
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
            Self::Gas => "m3",
            Self::Days => "days",
            Self::HouseholdDays => "household-days",
            Self::SquareMetreDays => "m2-days",
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
fn name(scenario: &Simulated, figure: &Figure, lang: Lang) -> String {
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
        F::HouseholdDays => Word::HouseholdDays,
        F::HeatedDays => Word::HeatedDays,
        F::SentOut => Word::SentOut,
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

/// A figure of one winter.
fn whole(value: u64, unit: Unit, lang: Lang) -> String {
    match unit {
        Unit::Days | Unit::Hours => fmt::grouped(value),
        _ => mean(value as f64, unit, lang),
    }
}

/// A mean, an error or a difference: volumes and people in thousands, or in 万 to the tenth; days to the hundredth. Below zero with
/// its sign.
fn mean(value: f64, unit: Unit, lang: Lang) -> String {
    let size = value.abs();
    let text = match (unit, lang) {
        (Unit::Days | Unit::Hours, _) => format!("{size:.2}"),
        (Unit::Degrees, _) => format!("{:.2}", size / 100.0),
        // A mean in fen would say more than is known.
        (Unit::Money, _) => fmt::grouped((size / 100.0).round() as u64),
        (Unit::Homes | Unit::HomeHours, _) => fmt::grouped(size.round() as u64),
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
