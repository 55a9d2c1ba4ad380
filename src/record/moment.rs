//! A point in time as the case's clock showed it.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, SubsecRound, TimeDelta, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::units::Date;

/// A point in time, to the second, with the offset of the case's clock: `2026-01-07T16:05:00+08:00`.
///
/// Moments are in order by instant, whatever their offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    at: DateTime<FixedOffset>,
    date: Date,
}

impl Moment {
    /// What the clock showed, cut to the second; `None` outside the years that a [`Date`] knows.
    pub fn new(at: DateTime<FixedOffset>) -> Option<Self> {
        let day = at.date_naive();
        let date = Date::new(day.year().try_into().ok()?, day.month() as u8, day.day() as u8).ok()?;
        Some(Self { at: at.trunc_subsecs(0), date })
    }

    /// Reads RFC 3339; `None` if it is not.
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().and_then(Self::new)
    }

    /// The date that the clock showed.
    pub const fn date(self) -> Date {
        self.date
    }

    /// The hour and minute that the clock showed.
    pub fn clock(self) -> (u8, u8) {
        (self.at.hour() as u8, self.at.minute() as u8)
    }

    /// The same, as chrono has it.
    pub const fn time(self) -> DateTime<FixedOffset> {
        self.at
    }

    /// So many hours later; `None` outside the years that a [`Date`] knows.
    pub fn after(self, hours: u32) -> Option<Self> {
        self.at.checked_add_signed(TimeDelta::hours(i64::from(hours))).and_then(Self::new)
    }

    /// As an office writes it: `2026-01-07 16:05`.
    pub fn short(self) -> String {
        self.at.format("%Y-%m-%d %H:%M").to_string()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.at.format("%Y-%m-%dT%H:%M:%S%:z").fmt(f)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a time with its offset is expected"))
    }
}
