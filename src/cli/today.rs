//! Which gas day is meant when nobody says, and when a gas day begins and ends.

use chrono::{DateTime, Datelike, Days, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono::{TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::cli::message::CliMessage;
use crate::problem::nearest;
use crate::render::GasDay;
use crate::units::Date;

/// How long before its start a gas day counts as the one to decide: the plan of the day is made in the hours
/// before it begins.
const AHEAD_HOURS: i64 = 4;

/// What the time is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Now {
    /// What the clock says; the binary alone asks it.
    Clock,
    /// `--now` with an offset.
    Instant(DateTime<FixedOffset>),
    /// `--now` as the clock of the case's time zone shows it.
    Local(NaiveDateTime),
}

impl Now {
    /// Reads `--now`.
    pub(crate) fn parse(text: &str) -> Result<Self, CliMessage> {
        if let Ok(instant) = DateTime::parse_from_rfc3339(text.trim()) {
            return Ok(Self::Instant(instant));
        }
        let forms = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"];
        let local = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text.trim(), form).ok());
        local.map(Self::Local).ok_or_else(|| CliMessage::BadTime { text: text.to_owned() })
    }

    fn in_zone(self, zone: Tz) -> DateTime<Tz> {
        match self {
            Self::Clock => Utc::now().with_timezone(&zone),
            Self::Instant(instant) => instant.with_timezone(&zone),
            Self::Local(local) => resolve(zone, local),
        }
    }
}

/// How a case's days run: its time zone and the clock hour at which a gas day begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calendar {
    zone: Tz,
    start: u8,
}

impl Calendar {
    /// From the IANA name of a time zone and a clock hour.
    pub(crate) fn new(zone: &str, start: u8) -> Result<Self, CliMessage> {
        let known = zone.parse::<Tz>().ok();
        let zone = known.ok_or_else(|| {
            let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
            let near = nearest(zone, names).unwrap_or("Asia/Shanghai").to_owned();
            CliMessage::UnknownZone { zone: zone.to_owned(), near }
        })?;
        Ok(Self { zone, start: start.min(23) })
    }

    /// The gas day in progress, or, from four hours before it begins, the next one.
    pub(crate) fn today(self, now: Now) -> Option<Date> {
        let now = now.in_zone(self.zone);
        let date = now.date_naive();
        let days = [date.checked_add_days(Days::new(1)), Some(date), date.checked_sub_days(Days::new(1))];
        let ahead = TimeDelta::hours(AHEAD_HOURS);
        let begun = |day: &NaiveDate| self.begins(*day) <= now + ahead;
        days.into_iter().flatten().find(begun).and_then(date_of)
    }

    /// What the time is, as the case's clock shows it; `None` outside the years of a [`Date`].
    #[cfg(feature = "record")]
    pub(crate) fn moment(self, now: Now) -> Option<crate::record::Moment> {
        crate::record::Moment::new(now.in_zone(self.zone).fixed_offset())
    }

    /// A whole hour of a day, as the case's clock shows it; hour 24 is the next day's 0.
    #[cfg(feature = "record")]
    pub(crate) fn at(self, date: Date, hour: u8) -> Option<crate::record::Moment> {
        let local = naive(date).and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::hours(i64::from(hour)))?;
        crate::record::Moment::new(resolve(self.zone, local).fixed_offset())
    }

    /// The same time of the clock on the day before.
    #[cfg(feature = "record")]
    pub(crate) fn a_day_before(self, moment: crate::record::Moment) -> Option<crate::record::Moment> {
        let local = moment.time().with_timezone(&self.zone).naive_local().checked_sub_days(Days::new(1))?;
        crate::record::Moment::new(resolve(self.zone, local).fixed_offset())
    }

    /// How many minutes of a gas day are past at a moment; below 0 before it begins.
    #[cfg(feature = "record")]
    pub(crate) fn minutes_into(self, date: Date, moment: crate::record::Moment) -> i64 {
        (moment.time().with_timezone(&self.zone) - self.begins(naive(date))).num_minutes()
    }

    /// What the time is, in UTC, as calendar files write it.
    #[cfg(feature = "record")]
    pub(crate) fn stamp(self, now: Now) -> String {
        in_utc(now.in_zone(self.zone))
    }

    /// When the gas day begins and ends, in UTC, as calendar files write it.
    #[cfg(feature = "record")]
    pub(crate) fn ends_in_utc(self, date: Date) -> [String; 2] {
        let day = naive(date);
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        [day, next].map(|day| in_utc(self.begins(day)))
    }

    /// Whether a gas day has begun.
    pub(crate) fn has_begun(self, date: Date, now: Now) -> bool {
        self.begins(naive(date)) <= now.in_zone(self.zone)
    }

    /// When the gas day begins and ends, as the case's clock shows it. The end is the next day's start, so the
    /// day has 23 or 25 hours when the clock is put forward or back.
    pub(crate) fn gas_day(self, date: Date) -> GasDay {
        let day = naive(date);
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let (from, until) = (self.begins(day), self.begins(next));
        GasDay {
            date,
            from: from.format("%Y-%m-%d %H:%M").to_string(),
            until: until.format("%Y-%m-%d %H:%M").to_string(),
            zone: self.zone.name().to_owned(),
            hours: (until - from).num_hours(),
        }
    }

    /// What the clock shows at the beginning of each hour of the gas day.
    pub(crate) fn clock(self, date: Date) -> Vec<u8> {
        let day = naive(date);
        let from = self.begins(day);
        let until = self.begins(day.checked_add_days(Days::new(1)).unwrap_or(day));
        let starts = (0..25).map(|hour| from + TimeDelta::hours(hour)).take_while(|hour| *hour < until);
        starts.map(|hour| hour.hour() as u8).collect()
    }

    fn begins(self, day: NaiveDate) -> DateTime<Tz> {
        let time = NaiveTime::from_hms_opt(u32::from(self.start), 0, 0).unwrap_or(NaiveTime::MIN);
        resolve(self.zone, day.and_time(time))
    }
}

/// The day `days` after another, if the calendar reaches that far.
pub(crate) fn days_after(date: Date, days: u32) -> Option<Date> {
    naive(date).checked_add_days(Days::new(u64::from(days))).and_then(date_of)
}

#[cfg(feature = "record")]
fn in_utc(instant: DateTime<Tz>) -> String {
    instant.with_timezone(&Utc).format("%Y%m%dT%H%M%SZ").to_string()
}

fn naive(date: Date) -> NaiveDate {
    let (month, day) = (u32::from(date.month()), u32::from(date.day()));
    // A `Date` exists in the calendar, so the fallback is never taken.
    NaiveDate::from_ymd_opt(i32::from(date.year()), month, day).unwrap_or(NaiveDate::MIN)
}

fn date_of(day: NaiveDate) -> Option<Date> {
    let (month, day_of_month) = (day.month().try_into().ok()?, day.day().try_into().ok()?);
    Date::new(day.year().try_into().ok()?, month, day_of_month).ok()
}

/// The instant at which a zone's clock shows `local`: the earlier one when it shows it twice, the first one after
/// the gap when it never does.
fn resolve(zone: Tz, local: NaiveDateTime) -> DateTime<Tz> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => instant,
        LocalResult::None => {
            // Gaps are an hour as a rule and a day at the most (Samoa, 2011), on whole quarters of an hour.
            let quarters = (1..=100).filter_map(|n| local.checked_add_signed(TimeDelta::minutes(15 * n)));
            let round = |at: NaiveDateTime| {
                let past = at.and_utc().timestamp().rem_euclid(900);
                at - TimeDelta::seconds(past)
            };
            let first = quarters.map(round).find_map(|at| zone.from_local_datetime(&at).earliest());
            first.unwrap_or_else(|| zone.from_utc_datetime(&local))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(zone: &str, start: u8) -> Calendar {
        Calendar::new(zone, start).unwrap_or_else(|m| panic!("{}", m.code()))
    }

    fn today(zone: &str, start: u8, now: &str) -> Option<String> {
        let now = Now::parse(now).unwrap_or_else(|m| panic!("{}", m.code()));
        calendar(zone, start).today(now).map(|d| d.to_string())
    }

    #[test]
    fn the_day_in_progress_is_meant_until_four_hours_before_the_next() {
        for (now, day) in [
            ("2026-01-07 16:05", "2026-01-07"),
            ("2026-01-07 08:00", "2026-01-07"),
            ("2026-01-08 03:59", "2026-01-07"),
            ("2026-01-08T04:00", "2026-01-08"),
            ("2026-01-08 04:00:01", "2026-01-08"),
            ("2026-01-07T16:05:00+08:00", "2026-01-07"),
            ("2026-01-07T19:59:00Z", "2026-01-07"),
            ("2026-01-07T20:00:00Z", "2026-01-08"),
        ] {
            assert_eq!(today("Asia/Shanghai", 8, now).as_deref(), Some(day), "{now}");
        }
    }

    #[test]
    fn a_day_that_begins_at_night_is_announced_the_evening_before() {
        assert_eq!(today("Europe/Berlin", 2, "2026-01-07 21:59").as_deref(), Some("2026-01-07"));
        assert_eq!(today("Europe/Berlin", 2, "2026-01-07 22:00").as_deref(), Some("2026-01-08"));
        assert_eq!(today("Europe/Berlin", 0, "2026-12-31 20:00").as_deref(), Some("2027-01-01"));
    }

    #[test]
    fn the_ends_follow_the_clock_through_summer_time() {
        let day = |zone: &str, start, date: &str| {
            let day = calendar(zone, start).gas_day(date.parse().unwrap_or_else(|e| panic!("{e}")));
            (day.from, day.until, day.hours)
        };
        let ends = |from: &str, until: &str, hours| (from.to_owned(), until.to_owned(), hours);
        assert_eq!(day("Asia/Shanghai", 8, "2026-01-07"), ends("2026-01-07 08:00", "2026-01-08 08:00", 24));
        assert_eq!(day("Europe/Berlin", 6, "2026-03-28"), ends("2026-03-28 06:00", "2026-03-29 06:00", 23));
        assert_eq!(day("Europe/Berlin", 6, "2026-10-24"), ends("2026-10-24 06:00", "2026-10-25 06:00", 25));
        // 02:00 does not exist on 29 March: the day begins when the clock shows 03:00.
        assert_eq!(day("Europe/Berlin", 2, "2026-03-29"), ends("2026-03-29 03:00", "2026-03-30 02:00", 23));
        // 02:00 comes twice on 25 October: the day begins the first time.
        assert_eq!(day("Europe/Berlin", 2, "2026-10-25"), ends("2026-10-25 02:00", "2026-10-26 02:00", 25));
    }

    #[test]
    fn four_hours_are_hours_and_not_clock_marks() {
        // The clock skips from 02:00 to 03:00, so four hours before 06:00 it showed 01:00.
        assert_eq!(today("Europe/Berlin", 6, "2026-03-29 00:59").as_deref(), Some("2026-03-28"));
        assert_eq!(today("Europe/Berlin", 6, "2026-03-29 01:00").as_deref(), Some("2026-03-29"));
    }

    #[test]
    fn times_and_zones_that_are_none_are_refused() {
        for text in ["", "yesterday", "2026-01-07", "2026-02-30 10:00", "2026-01-07 25:00"] {
            assert_eq!(Now::parse(text), Err(CliMessage::BadTime { text: text.into() }));
        }
        let refused = Calendar::new("Asia/Shangai", 8).map(|_| ());
        assert_eq!(refused, Err(CliMessage::UnknownZone { zone: "Asia/Shangai".into(), near: "Asia/Shanghai".into() }));
    }
}
