//! What a decision says of the weather that its demand follows: whose figure it is, and how old.

use super::decision::WeatherUsed;
use super::messages::DecideMessage as M;
use super::plan::Plan;
use crate::city::ModelledDay;
use crate::forecast::DAYS_BEFORE;
use crate::units::Moment;

/// A forecast of the weather that is older than this when the gas day begins is old: there is a newer one every day.
const FRESH_HOURS: u64 = 24;

/// How many hours before the gas day begins the temperature was issued, rounded up so that nothing passes for younger than it is;
/// `None` if nobody says, or if it was since.
fn age(day: &ModelledDay, plan: &Plan<'_>) -> Option<u64> {
    let begins = Moment::new(plan.day.date, plan.city.settings.gas_day_start, 0)?;
    Some(begins.minutes().checked_sub(day.issued?.minutes())?.div_ceil(60))
}

/// Where demand comes from, in words.
pub(super) fn source(day: &ModelledDay, plan: &Plan<'_>) -> M {
    let (model, temperature, source) = (day.model.name(), day.temperature.to_string(), day.source.to_string());
    match (day.issued, age(day, plan)) {
        (None, _) => M::ForecastModelledUndated { model, temperature, source },
        (Some(issued), None) => M::ForecastModelledSince { model, temperature, source, issued: issued.to_string() },
        (Some(issued), Some(hours)) => {
            M::ForecastModelled { model, temperature, source, issued: issued.to_string(), hours }
        }
    }
}

/// The same as data.
pub(super) fn used(day: &ModelledDay, plan: &Plan<'_>) -> WeatherUsed {
    WeatherUsed {
        model: day.model.name(),
        table: day.weather.name(),
        temperature_c: day.temperature.to_string(),
        source: day.source.to_string(),
        issued: day.issued.map(|issued| issued.to_string()),
        age_hours: age(day, plan),
        days_before: day.days_before,
    }
}

/// What somebody should look at.
pub(super) fn warnings(day: &ModelledDay, plan: &Plan<'_>) -> Vec<M> {
    let mut messages = Vec::new();
    let temperature = day.temperature.to_string();
    match (day.issued, age(day, plan)) {
        (None, _) => messages.push(M::UndatedWeather { temperature, source: day.source.to_string() }),
        (Some(issued), Some(hours)) if hours > FRESH_HOURS => {
            let issued = issued.to_string();
            messages.push(M::OldWeather { temperature, issued, hours, limit: FRESH_HOURS });
        }
        _ => {}
    }
    if day.remembers_more {
        messages.push(M::ShortWeather { days: day.days_before, of: DAYS_BEFORE });
    }
    messages
}
