//! Winters drawn from the weather that was.

use super::random::Random;
use crate::forecast::{DAYS_BEFORE, Weather};
use crate::units::{Celsius, Date};

/// How a winter's weather is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// The winters that were, one after another and then from the first again.
    Replay,
    /// A winter put together from blocks of so many days, each from the same days of a year drawn at random (block bootstrap:
    /// Künsch 1989). A block keeps a cold spell together; the season's course stays.
    Blocks(u32),
}

/// The winters that a series holds, day by day as one season counts them.
#[derive(Clone, Debug)]
pub(crate) struct Winters<'w> {
    /// For each, its temperatures: first those of the days before, then the season's.
    years: Vec<&'w [Celsius]>,
    /// How many days before the season each begins.
    before: usize,
    draw: Draw,
}

/// Days before the season that a winter brings along, since yesterday's cold is still in the walls today.
pub(crate) const BEFORE: usize = DAYS_BEFORE as usize;

impl<'w> Winters<'w> {
    /// The winters of a series for a season of so many days; `None` if it holds none. A season's day is that many days after
    /// its first, whether or not a year has a 29 February.
    pub fn of(weather: &'w Weather, from: Date, days: usize, draw: Draw) -> Option<Self> {
        let first = weather.from.day_number() as usize;
        let last_year = weather.from.year() + (weather.days.len() / 365) as u16 + 1;
        let years = (weather.from.year()..=last_year).filter_map(|year| {
            // A season that begins on 29 February begins on 1 March elsewhere.
            let begin = Date::new(year, from.month(), from.day()).or_else(|_| Date::new(year, 3, 1)).ok()?;
            let begin = (begin.day_number() as usize).checked_sub(first + BEFORE)?;
            weather.days.get(begin..begin + BEFORE + days)
        });
        let years: Vec<_> = years.collect();
        (!years.is_empty()).then_some(Self { years, before: BEFORE, draw })
    }

    /// How many winters there are to draw from.
    pub fn len(&self) -> usize {
        self.years.len()
    }

    /// Draws a winter: [`BEFORE`] days and then the season's.
    pub fn draw(&self, seed: u64, winter: u64, into: &mut Vec<Celsius>) {
        into.clear();
        let block = match self.draw {
            Draw::Replay => {
                into.extend_from_slice(self.years[(winter % self.years.len() as u64) as usize]);
                return;
            }
            Draw::Blocks(days) => days.max(1) as usize,
        };
        let mut random = Random::of(seed, winter, "weather");
        let all = self.years[0].len();
        // The days before belong to the first block, so that the season begins with a block of full length.
        let mut from = 0;
        while from < all {
            let until = if from == 0 { self.before + block } else { from + block }.min(all);
            let year = self.years[random.below(self.years.len() as u64) as usize];
            into.extend_from_slice(&year[from..until]);
            from = until;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three_years() -> Weather {
        let days = (0..3 * 365).map(|day| Celsius::hundredths(day % 365).expect("a temperature")).collect();
        Weather { from: Date::new(2021, 7, 1).expect("a date"), days }
    }

    #[test]
    fn winters_are_those_that_the_series_holds_from_beginning_to_end() {
        let weather = three_years();
        let from = Date::new(2026, 11, 15).expect("a date");
        let winters = Winters::of(&weather, from, 121, Draw::Replay).expect("winters");
        assert_eq!(winters.len(), 3);
        let mut first = Vec::new();
        winters.draw(1, 0, &mut first);
        assert_eq!(first.len(), BEFORE + 121);
        // 15 November 2021 is 137 days after 1 July.
        assert_eq!(first[BEFORE], Celsius::hundredths(137).expect("a temperature"));
        let mut again = Vec::new();
        winters.draw(99, 3, &mut again);
        assert_eq!(first, again, "the fourth winter is the first again");
        assert!(Winters::of(&weather, from, 1200, Draw::Replay).is_none());
    }

    #[test]
    fn blocks_come_from_the_same_days_of_some_year() {
        let mut weather = three_years();
        // Each year is told by its thousands.
        let begin = weather.from.day_number();
        for (at, day) in weather.days.iter_mut().enumerate() {
            let year = (begin + at as u32 - begin) / 365;
            *day = Celsius::hundredths((at as i32 % 365) + 1000 * year as i32).expect("a temperature");
        }
        let from = Date::new(2026, 11, 15).expect("a date");
        let winters = Winters::of(&weather, from, 121, Draw::Blocks(7)).expect("winters");
        let mut drawn = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for winter in 0..20 {
            winters.draw(5, winter, &mut drawn);
            assert_eq!(drawn.len(), BEFORE + 121);
            for (at, day) in drawn.iter().enumerate() {
                assert_eq!(day.get() % 1000, 137 - BEFORE as i32 + at as i32);
            }
            let years: Vec<i32> = drawn[BEFORE..].chunks(7).map(|block| block[0].get() / 1000).collect();
            assert!(
                drawn[BEFORE..]
                    .chunks(7)
                    .zip(&years)
                    .all(|(block, year)| block.iter().all(|d| d.get() / 1000 == *year))
            );
            seen.extend(years);
        }
        assert_eq!(seen.len(), 3);
    }
}
