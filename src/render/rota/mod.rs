//! The blocks' calendar as a screen, a table, data, a picture and a calendar file.

mod csv;
mod ics;
mod json;
mod screen;
mod svg;
mod words;

pub(crate) use csv::write as csv;
pub(crate) use ics::{Times, write as ics};
pub(crate) use json::write as json;
pub(crate) use screen::page;
pub(crate) use svg::picture;

use words::Word as Said;

use crate::Lang;
use crate::city::City;
use crate::policy::Policy;
use crate::rota::{Calendar, CalendarDay, Known};
use crate::units::{Date, Decimal, M3};

/// A calendar and what its words need.
pub(crate) struct View<'a> {
    pub calendar: &'a Calendar,
    pub city: &'a City,
    pub policy: &'a Policy,
    /// Values of the policy that departures change, each with its days.
    pub departed: Vec<(String, Vec<Date>)>,
    /// Days before the first that have no order yet.
    pub skipped: Vec<Date>,
    /// Whether the case has a record.
    pub recorded: bool,
    pub lang: Lang,
    /// Whether this is an exercise.
    pub exercise: bool,
}

impl<'a> View<'a> {
    /// The blocks, each with its id and what people call it.
    fn blocks(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let (calendar, city) = (self.calendar, self.city);
        calendar.blocks.iter().filter_map(|block| city.districts.get(*block as usize)).map(|block| {
            let name = if block.name.is_empty() { &block.id } else { &block.name };
            (&*block.id, &**name)
        })
    }

    /// The first and the last day, in words.
    fn title(&self) -> String {
        let (days, case) = (&self.calendar.days, self.city.settings.name.clone());
        let said = match (days.first(), days.last()) {
            (Some(first), Some(last)) => Said::Title { case, from: first.date.to_string(), to: last.date.to_string() },
            _ => Said::TitleOnly { case },
        };
        said.text(self.lang)
    }

    /// The clause of the rotation.
    fn clause(&self) -> String {
        self.policy.rotation.as_ref().map_or_else(String::new, |rotation| rotation.basis.clause.clone())
    }
}

/// The name of how a day is known.
const fn status(day: &CalendarDay) -> &'static str {
    match day.known {
        Known::Confirmed(_) => "confirmed",
        Known::Planned(_) => "planned",
        Known::Unknown => "unknown",
        Known::NoOrder => "no_order",
    }
}

/// The whole percent that is lost of a demand; 0 and 100 only where that is exact.
fn whole_percent(cut: M3, demand: M3) -> u64 {
    let (cut, demand) = (u128::from(cut.get()), u128::from(demand.get()));
    if demand == 0 || cut == 0 {
        return 0;
    }
    let nearest = (cut * 200 + demand) / (demand * 2);
    let bounds = if cut < demand { (1, 99) } else { (100, 100) };
    u64::try_from(nearest.clamp(bounds.0, bounds.1)).unwrap_or(100)
}

/// Equivalent full days with so many decimals, at most 17, the last one rounded.
fn full_days(days: Decimal, decimals: u32) -> String {
    let step = 10u128.pow(18 - decimals);
    let units = (days.atto() + step / 2) / step;
    let scale = 10u128.pow(decimals);
    format!("{}.{:0width$}", units / scale, units % scale, width = decimals as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_0_or_100_only_where_it_is() {
        for (cut, demand, percent) in
            [(0, 10, 0), (1, 1000, 1), (424, 1000, 42), (425, 1000, 43), (999, 1000, 99), (7, 7, 100), (0, 0, 0)]
        {
            assert_eq!(whole_percent(M3(cut), M3(demand)), percent, "{cut} of {demand}");
        }
    }

    #[test]
    fn full_days_are_rounded_at_the_last_decimal() {
        let text = |days: &str| days.parse().map(|days| full_days(days, 3)).unwrap_or_default();
        assert_eq!(["0", "1.2345", "0.9996", "12"].map(text), ["0.000", "1.235", "1.000", "12.000"]);
    }
}
