//! A minute on the case's clock.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::Date;

/// A minute as a clock in the case's time zone shows it, `2026-01-08 17:00`. 24:00 is the end of its day and the same
/// moment as 00:00 of the next.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    date: Date,
    hour: u8,
    minute: u8,
}

/// A text that is no [`Moment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMoment;

impl fmt::Display for NotAMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date and a time of day, written YYYY-MM-DD HH:MM")
    }
}

impl std::error::Error for NotAMoment {}

impl Moment {
    /// A minute of a day, 00:00 to 24:00; `None` if there is no such minute.
    pub const fn new(date: Date, hour: u8, minute: u8) -> Option<Self> {
        if hour < 24 && minute < 60 || hour == 24 && minute == 0 { Some(Self { date, hour, minute }) } else { None }
    }

    /// The end of a day, 24:00.
    pub const fn end_of(date: Date) -> Self {
        Self { date, hour: 24, minute: 0 }
    }

    /// The day.
    pub const fn date(self) -> Date {
        self.date
    }

    /// The hour, 0 to 24.
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// The minute of the hour, 0 to 59.
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// Minutes since 1900-01-01 00:00.
    pub fn minutes(self) -> u64 {
        u64::from(self.date.day_number()) * 24 * 60 + u64::from(self.hour) * 60 + u64::from(self.minute)
    }

    /// So many hours on; the end of the calendar if that is sooner.
    #[must_use]
    pub fn plus_hours(self, hours: u32) -> Self {
        let hour = u32::from(self.hour) % 24 + hours % 24;
        let days = u64::from(self.hour / 24) + u64::from(hours / 24) + u64::from(hour / 24);
        let date = u32::try_from(days).ok().and_then(|days| self.date.plus_days(days));
        date.map_or(Self::end_of(Date::LAST), |date| Self { date, hour: (hour % 24) as u8, minute: self.minute })
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.minutes() == other.minutes()
    }
}

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.minutes().cmp(&other.minutes())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:02}:{:02}", self.date, self.hour, self.minute)
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let (date, time) = text.split_once(' ').ok_or(NotAMoment)?;
        let (hour, minute) = time.split_once(':').ok_or(NotAMoment)?;
        let two = |text: &str| {
            let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<u8>().ok().filter(|_| digits).ok_or(NotAMoment)
        };
        Self::new(date.parse().map_err(|_| NotAMoment)?, two(hour)?, two(minute)?).ok_or(NotAMoment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn the_end_of_a_day_is_the_beginning_of_the_next() {
        assert_eq!(at("2025-12-31 24:00"), at("2026-01-01 00:00"));
        assert_eq!(at("2025-12-31 24:00").to_string(), "2025-12-31 24:00");
        assert!(at("2026-02-13 23:59") < at("2026-02-13 24:00"));
        for text in
            ["2026-02-13", "2026-02-30 08:00", "2026-02-13 24:01", "2026-02-13 8:00", "2026-02-13 08:60", "x y:z"]
        {
            assert_eq!(text.parse::<Moment>().err(), Some(NotAMoment), "{text}");
        }
    }

    #[test]
    fn hours_pass_midnight_months_and_the_end_of_the_calendar() {
        for (from, hours, until) in [
            ("2026-02-28 23:30", 1, "2026-03-01 00:30"),
            ("2025-12-31 24:00", 48, "2026-01-03 00:00"),
            ("2026-01-08 08:15", 0, "2026-01-08 08:15"),
            ("9999-12-31 08:00", 16, "9999-12-31 24:00"),
            ("2026-01-08 08:00", u32::MAX, "9999-12-31 24:00"),
        ] {
            assert_eq!(at(from).plus_hours(hours), at(until), "{from} + {hours} h");
        }
    }
}
