//! Weather as it was and as it is forecast: daily mean temperatures.

use std::collections::BTreeMap;

use super::messages::ForecastMessage;
use crate::city::WeatherDay;
use crate::problem::{Origin, Place, Problems};
use crate::units::{Celsius, Date};

/// Daily mean temperatures without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weather {
    /// The first day.
    pub from: Date,
    /// A temperature a day, from the first.
    pub days: Vec<Celsius>,
}

impl Weather {
    /// The days of a table as a series.
    ///
    /// # Errors
    /// Each gap, where the row behind it stands; a table without a day.
    pub fn of(table: &BTreeMap<Date, WeatherDay>) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let Some((from, _)) = table.first_key_value() else {
            problems.error(Place::whole(Origin::memory("weather")), ForecastMessage::NoWeather {});
            return Err(problems);
        };
        for ((before, _), (date, day)) in table.iter().zip(table.iter().skip(1)) {
            let days = date.day_number() - before.day_number() - 1;
            let (after, first) =
                (before.to_string(), before.plus_days(1).map_or_else(String::new, |day| day.to_string()));
            let date = date.to_string();
            match days {
                0 => {}
                1 => problems.error(day.place.clone(), ForecastMessage::WeatherGapOfOne { date: first }),
                days => problems.error(day.place.clone(), ForecastMessage::WeatherGap { after, date, days }),
            }
        }
        let days = table.values().map(|day| day.temperature).collect();
        problems.or(Self { from: *from, days }).map(|(weather, _)| weather)
    }
}
