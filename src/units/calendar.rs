//! Dates counted through: the day of the week, the next day, so many days on.

use super::{Date, days_in};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// 周一.
    Monday,
    /// 周二.
    Tuesday,
    /// 周三.
    Wednesday,
    /// 周四.
    Thursday,
    /// 周五.
    Friday,
    /// 周六.
    Saturday,
    /// 周日.
    Sunday,
}

impl Weekday {
    /// Whether it is Saturday or Sunday.
    pub const fn is_weekend(self) -> bool {
        matches!(self, Self::Saturday | Self::Sunday)
    }
}

impl Date {
    /// The last date there is: 9999-12-31.
    pub const LAST: Self = Self { year: 9999, month: 12, day: 31 };

    /// The day of the week, by the Gregorian calendar.
    ///
    /// ```
    /// use curtail::units::{Date, Weekday};
    /// let day: Date = "2026-02-17".parse().unwrap();
    /// assert_eq!(day.weekday(), Weekday::Tuesday);
    /// ```
    pub fn weekday(self) -> Weekday {
        // 1 January 1900, the day of number 0, was a Monday.
        match self.day_number() % 7 {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// The day after; `None` after [`Date::LAST`].
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        let Self { year, month, day } = self;
        match (month, day) {
            (12, 31) if year == 9999 => None,
            (12, 31) => Some(Self { year: year + 1, month: 1, day: 1 }),
            _ if day == days_in(year, month) => Some(Self { year, month: month + 1, day: 1 }),
            _ => Some(Self { year, month, day: day + 1 }),
        }
    }

    /// The day before; `None` before 1900-01-01.
    #[must_use]
    pub const fn previous(self) -> Option<Self> {
        let Self { year, month, day } = self;
        match (month, day) {
            (1, 1) if year == 1900 => None,
            (1, 1) => Some(Self { year: year - 1, month: 12, day: 31 }),
            (_, 1) => Some(Self { year, month: month - 1, day: days_in(year, month - 1) }),
            _ => Some(Self { year, month, day: day - 1 }),
        }
    }

    /// So many days on; `None` beyond [`Date::LAST`].
    #[must_use]
    pub fn plus_days(self, days: u32) -> Option<Self> {
        let number = self.day_number().checked_add(days).filter(|number| *number <= Self::LAST.day_number())?;
        // A year has at least 365 days, so this is not too early; the few leap days in between are walked back.
        let mut year = self.year.saturating_add(u16::try_from(days / 365).ok()?).min(9999);
        while (Self { year, month: 1, day: 1 }).day_number() > number {
            year -= 1;
        }
        if (Self { year, month: 12, day: 31 }).day_number() < number {
            year += 1;
        }
        let mut rest = number - (Self { year, month: 1, day: 1 }).day_number();
        let mut month = 1;
        while rest >= u32::from(days_in(year, month)) {
            rest -= u32::from(days_in(year, month));
            month += 1;
        }
        Some(Self { year, month, day: rest as u8 + 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn weekdays_are_those_of_known_dates() {
        for (date, weekday) in [
            ("1900-01-01", Weekday::Monday),
            ("1949-10-01", Weekday::Saturday),
            ("1969-07-20", Weekday::Sunday),
            ("2000-01-01", Weekday::Saturday),
            ("2000-02-29", Weekday::Tuesday),
            ("2008-08-08", Weekday::Friday),
            ("2026-01-07", Weekday::Wednesday),
            ("2100-03-01", Weekday::Monday),
            // The days that the State Council's notices name with their weekday.
            ("2025-01-01", Weekday::Wednesday),
            ("2025-01-26", Weekday::Sunday),
            ("2025-04-04", Weekday::Friday),
            ("2026-02-14", Weekday::Saturday),
            ("2026-02-15", Weekday::Sunday),
            ("2026-09-20", Weekday::Sunday),
            ("2026-10-01", Weekday::Thursday),
            ("9999-12-31", Weekday::Friday),
        ] {
            assert_eq!(day(date).weekday(), weekday, "{date}");
        }
        assert!(Weekday::Saturday.is_weekend() && Weekday::Sunday.is_weekend() && !Weekday::Friday.is_weekend());
    }

    #[test]
    fn the_next_day_passes_months_leap_days_and_the_year() {
        for (before, after) in [
            ("2026-02-28", "2026-03-01"),
            ("2028-02-28", "2028-02-29"),
            ("2028-02-29", "2028-03-01"),
            ("2100-02-28", "2100-03-01"),
            ("2025-12-31", "2026-01-01"),
            ("2026-04-30", "2026-05-01"),
        ] {
            assert_eq!(day(before).next(), Some(day(after)));
            assert_eq!(day(after).previous(), Some(day(before)));
        }
        assert_eq!((Date::LAST.next(), day("1900-01-01").previous()), (None, None));
    }

    #[test]
    fn days_on_are_counted_to_the_end_of_the_calendar() {
        for (from, days, until) in [
            ("2026-01-07", 0, "2026-01-07"),
            ("2025-12-30", 3, "2026-01-02"),
            ("1900-01-01", 46_028, "2026-01-08"),
            ("2000-01-01", 146_097, "2400-01-01"),
            ("1900-01-01", 2_958_463, "9999-12-31"),
        ] {
            assert_eq!(day(from).plus_days(days), Some(day(until)), "{from} + {days}");
        }
        assert_eq!(day("9999-12-31").plus_days(1), None);
        assert_eq!(day("1900-01-01").plus_days(u32::MAX), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn so_many_days_on_is_so_many_next_days(number in 0u32..2_958_464, days in 0u32..800) {
            let Some(from) = day("1900-01-01").plus_days(number) else { return Err(TestCaseError::fail("no date")) };
            prop_assert_eq!(from.day_number(), number);
            let mut walked = Some(from);
            for _ in 0..days {
                walked = walked.and_then(Date::next);
            }
            prop_assert_eq!(from.plus_days(days), walked);
        }
    }
}
