//! The weather of a case: a mean temperature a day, as it was or as it is forecast, and who says so since when.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::city::CityMessage;
use crate::city::ledger::{At, Ledger, Tables};
use crate::problem::Place;
use crate::units::{Celsius, Date, Moment};

/// A row of the weather's table.
#[derive(Clone, Copy, Debug)]
pub struct WeatherRow<'a> {
    /// The day: from the hour at which a gas day begins to the same hour of the next, or as near to that as it was measured.
    pub date: Date,
    /// Its mean temperature.
    pub temperature: Celsius,
    /// When the figure was issued, by the case's clock.
    pub issued: Option<Moment>,
    /// Who says so; may be empty.
    pub source: &'a str,
}

/// A day's weather.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WeatherDay {
    /// Its mean temperature.
    pub temperature: Celsius,
    /// When the figure was issued, by the case's clock; `None` if the table does not say.
    pub issued: Option<Moment>,
    /// Who says so; may be empty.
    pub source: Box<str>,
    /// Where its row stands.
    pub place: Place,
}

/// A row as it was read, before its table is known to be sound.
#[derive(Clone, Debug)]
pub(crate) struct WeatherDraft {
    pub at: At,
    pub date: Date,
    pub temperature: Celsius,
    pub issued: Option<Moment>,
    pub source: Box<str>,
}

impl WeatherDraft {
    pub(crate) fn of(row: &WeatherRow<'_>, at: At) -> Self {
        let WeatherRow { date, temperature, issued, source } = *row;
        Self { at, date, temperature, issued, source: source.trim().into() }
    }
}

/// The days by date; one with two rows keeps the first.
pub(crate) fn build(rows: Vec<WeatherDraft>, ledger: &mut Ledger, tables: &Tables) -> BTreeMap<Date, WeatherDay> {
    let mut days: BTreeMap<Date, WeatherDay> = BTreeMap::new();
    for row in rows {
        let WeatherDraft { at, date, temperature, issued, source } = row;
        match days.entry(date) {
            Entry::Vacant(day) => {
                day.insert(WeatherDay { temperature, issued, source, place: tables.place(at) });
            }
            Entry::Occupied(first) => {
                let (date, first) = (date.to_string(), first.get().place.to_string());
                ledger.error(tables.cell(at, "date"), CityMessage::DuplicateWeather { date, first });
            }
        }
    }
    if days.is_empty() && tables.has("weather") && ledger.has("weather") {
        ledger.error(tables.whole("weather"), CityMessage::NoWeather {});
    }
    days
}
