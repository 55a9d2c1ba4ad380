//! What was taken, day by day: what a demand model is estimated from.

use std::ops::Range;

use super::messages::ForecastMessage;
use super::model::{ClassModel, DAYS_BEFORE};
use crate::problem::{Origin, Place, Problems};
use crate::units::{Celsius, Date, M3};

/// Days of some seasons with their temperatures, and what each class took on them. One that exists is sound: days rise, none is
/// there twice, none is missing inside a season, and there are enough of them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct History {
    /// The days, rising.
    pub days: Vec<HistoryDay>,
    /// The classes, in the order of their ids.
    pub classes: Vec<ClassHistory>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A day of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryDay {
    /// The gas day.
    pub date: Date,
    /// Its mean temperature.
    pub temperature: Celsius,
    /// Where its row stands.
    pub place: Place,
}

/// What a class took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassHistory {
    /// The class, by id.
    pub class: String,
    /// In m3 over each day, in the order of [`History::days`].
    pub volumes: Vec<M3>,
}

/// The least number of days that a model is estimated from, after those that only warm up.
pub const LEAST_DAYS: usize = 60;

/// A season is told by the year in which it begins; a year of seasons begins on 1 July.
pub(super) fn season(date: Date) -> u16 {
    if date.month() < 7 { date.year() - 1 } else { date.year() }
}

impl History {
    /// A history of these rows, in any order: each day with the volume of each class, in the order of `classes`.
    ///
    /// # Errors
    /// Days twice, days that are missing inside a season (July to June), volumes beyond [`ClassModel::MOST`], too few days.
    pub fn new(classes: Vec<String>, mut rows: Vec<(HistoryDay, Vec<M3>)>, origin: Origin) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        rows.sort_by_key(|(day, _)| day.date);
        for pair in rows.windows(2) {
            let [(before, _), (day, _)] = pair else { continue };
            let days = day.date.day_number() - before.date.day_number();
            if days == 0 {
                let (date, first) = (day.date.to_string(), before.place.to_string());
                problems.error(day.place.clone(), ForecastMessage::HistoryTwice { date, first });
            } else if days > 1 && season(before.date) == season(day.date) {
                let (after, date, days) = (before.date.to_string(), day.date.to_string(), days - 1);
                let first = before.date.plus_days(1).map_or_else(String::new, |day| day.to_string());
                let message = match days {
                    1 => ForecastMessage::HistoryGapOfOne { date: first },
                    days => ForecastMessage::HistoryGap { after, date, days },
                };
                problems.error(day.place.clone(), message);
            }
        }
        let most = ClassModel::MOST / 1000;
        for (day, volumes) in &rows {
            for (class, volume) in classes.iter().zip(volumes).filter(|(_, volume)| volume.get() > most) {
                let (class, volume) = (class.clone(), volume.get());
                problems.error(day.place.clone(), ForecastMessage::HistoryTooLarge { class, volume, most });
            }
        }
        let mut order: Vec<usize> = (0..classes.len()).collect();
        order.sort_by(|a, b| classes[*a].cmp(&classes[*b]));
        let volumes =
            |at: usize| rows.iter().map(|(_, volumes)| volumes.get(at).copied().unwrap_or_default()).collect();
        let classes = order.into_iter().map(|at| ClassHistory { class: classes[at].clone(), volumes: volumes(at) });
        let classes: Vec<ClassHistory> = classes.collect();
        let days = rows.into_iter().map(|(day, _)| day).collect();
        let history = Self { days, classes, origin: origin.clone() };
        let days = history.seasons().into_iter().map(|days| days.len().saturating_sub(DAYS_BEFORE as usize)).sum();
        if days < LEAST_DAYS && !problems.stop() {
            let (least, warm_up) = (LEAST_DAYS, DAYS_BEFORE);
            problems.error(Place::whole(origin), ForecastMessage::HistoryTooShort { days, least, warm_up });
        }
        problems.or(history).map(|(history, _)| history)
    }

    /// The days of each season.
    pub fn seasons(&self) -> Vec<Range<usize>> {
        let mut seasons: Vec<Range<usize>> = Vec::new();
        for (at, day) in self.days.iter().enumerate() {
            match seasons.last_mut() {
                Some(last) if season(self.days[last.start].date) == season(day.date) => last.end = at + 1,
                _ => seasons.push(at..at + 1),
            }
        }
        seasons
    }
}
