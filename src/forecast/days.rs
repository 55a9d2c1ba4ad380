//! What a model makes of the days of a city whose weather is known.

use std::collections::BTreeMap;

use super::model::{Cold, DAYS_BEFORE, Model, ONE};
use crate::city::{City, Modelled, ModelledDay, WeatherDay};
use crate::problem::Origin;
use crate::units::{Date, M3};

/// A memory of which less than a hundredth is left can be left aside.
const LEFT_ASIDE: u64 = ONE / 100;

/// Lets a city's demand follow a model on days that have a temperature and no forecast of demand, in the place of the model it had
/// before, if any. `origin` is where the model comes from. Classes are those of the model by id; the customers of others keep their standing demand.
pub fn apply(city: &mut City, model: &Model, origin: &Origin) {
    let days = city.weather.iter().map(|(date, day)| (*date, one(city, model, origin, *date, day))).collect();
    city.modelled = days;
}

fn one(city: &City, model: &Model, origin: &Origin, date: Date, day: &WeatherDay) -> Modelled {
    // The days just before it, from the last back to the first gap.
    let before = std::iter::successors(date.previous(), |date| date.previous());
    let mut known: Vec<&WeatherDay> =
        before.take(DAYS_BEFORE as usize).map_while(|date| city.weather.get(&date)).collect();
    known.reverse();
    let factor_of = |class: &super::ClassModel| class.days.on(date, &city.workdays);
    let mut classes = BTreeMap::new();
    let mut remembers_more = false;
    for class in &model.classes {
        let Ok(at) = city.classes.binary_search_by(|id| (**id).cmp(class.class.as_str())) else { continue };
        let mut cold = Cold::new(class.memory);
        known.iter().for_each(|day| cold.add(day.temperature));
        cold.add(day.temperature);
        let left = known.iter().fold(class.memory, |left, _| left * class.memory / ONE);
        remembers_more |= known.len() < DAYS_BEFORE as usize && class.per_degree > 0 && left >= LEFT_ASIDE;
        classes.insert(at as u32, M3(class.volume(cold.degrees(model.threshold), factor_of(class), ONE)));
    }
    let weather = day.place.origin.clone();
    let source = if day.source.is_empty() { weather.name().into() } else { day.source.clone() };
    let day = ModelledDay {
        model: origin.clone(),
        weather,
        temperature: day.temperature,
        issued: day.issued,
        source,
        days_before: known.len() as u32,
        remembers_more,
    };
    Modelled { day, classes }
}
