//! The calendar of working days: weekends, public holidays, and the weekend days that are worked instead.

use std::collections::{BTreeMap, BTreeSet};

use crate::city::CityMessage;
use crate::city::builder::HolidayDraft;
use crate::city::ledger::{At, Ledger, Tables};
use crate::units::Date;

/// What a row of the holidays' table makes of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayKind {
    /// Free: a public holiday, or a day off in exchange for one that is worked.
    Holiday,
    /// A Saturday or Sunday that is worked (调休上班).
    Workday,
}

impl DayKind {
    /// The word of the table.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::Workday => "workday",
        }
    }
}

/// How a row of the holidays' table is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayBasis {
    /// The authority has announced it.
    #[default]
    Published,
    /// Nobody has announced it yet: it is what the law or habit suggests.
    Assumed,
}

impl DayBasis {
    /// The word of the table.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Assumed => "assumed",
        }
    }
}

/// A day that is not what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SpecialDay {
    /// Free or worked.
    pub kind: DayKind,
    /// Announced or assumed.
    pub basis: DayBasis,
    /// The holiday's name; may be empty.
    pub name: Box<str>,
    /// Who says so: a notice, a law; may be empty.
    pub source: Box<str>,
}

/// Which days are worked: Monday to Friday, but for the days of `holidays.csv`.
///
/// ```
/// use curtail::city::Workdays;
/// // Without a table a Friday is followed by a Monday, and nobody can be certain of it.
/// let friday = "2026-02-13".parse()?;
/// assert_eq!(Workdays::default().after(friday, 1), ("2026-02-16".parse()?, false));
/// # Ok::<(), curtail::units::NotADate>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workdays {
    days: BTreeMap<Date, SpecialDay>,
    /// The years of which something was announced.
    published: BTreeSet<u16>,
}

impl Workdays {
    /// Makes the calendar; a day with two rows keeps the first.
    pub(super) fn build(mut rows: Vec<HolidayDraft>, ledger: &mut Ledger, tables: &Tables) -> Self {
        rows.sort_by_key(|row| (row.date, row.at));
        let mut workdays = Self::default();
        let mut before: Option<(Date, At)> = None;
        for row in rows {
            let place = || tables.cell(row.at, "date");
            if let Some((_, first)) = before.filter(|(date, _)| *date == row.date) {
                let (date, first) = (row.date.to_string(), tables.place(first).to_string());
                ledger.error(place(), CityMessage::DuplicateHoliday { date, first });
                continue;
            }
            before = Some((row.date, row.at));
            if row.day.kind == DayKind::Workday && !row.date.weekday().is_weekend() {
                ledger.error(place(), CityMessage::WorkdayOnWeekday { date: row.date.to_string() });
            }
            if row.day.basis == DayBasis::Published {
                workdays.published.insert(row.date.year());
            }
            workdays.days.insert(row.date, row.day);
        }
        workdays
    }

    /// Whether a day is worked: Monday to Friday but for holidays, and make-up workdays.
    pub fn is_workday(&self, date: Date) -> bool {
        match self.days.get(&date) {
            Some(day) => day.kind == DayKind::Workday,
            None => !date.weekday().is_weekend(),
        }
    }

    /// Whether [`Self::is_workday`] rests on what was announced: something of the day's year was, and the day itself
    /// is not merely assumed.
    pub fn is_certain(&self, date: Date) -> bool {
        let assumed = self.days.get(&date).is_some_and(|day| day.basis == DayBasis::Assumed);
        self.published.contains(&date.year()) && !assumed
    }

    /// The `n`-th working day after a date, which itself does not count (for 0 it is the date), and whether all days
    /// that had to be looked at are certain. At the end of the calendar it is [`Date::LAST`], and not certain.
    pub fn after(&self, date: Date, n: u32) -> (Date, bool) {
        let (mut day, mut certain, mut left) = (date, true, n);
        while left > 0 {
            let Some(next) = day.next() else { return (day, false) };
            day = next;
            certain &= self.is_certain(day);
            left -= u32::from(self.is_workday(day));
        }
        (day, certain)
    }

    /// What the table says of a day.
    pub fn on(&self, date: Date) -> Option<&SpecialDay> {
        self.days.get(&date)
    }

    /// The days of the table, by date.
    pub fn days(&self) -> impl Iterator<Item = (Date, &SpecialDay)> {
        self.days.iter().map(|(date, day)| (*date, day))
    }
}
