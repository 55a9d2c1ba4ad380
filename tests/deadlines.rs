//! Deadlines as the plan words them: the daily report from 16:00 to 16:00 at 17:00, weekends and holidays too; the
//! assessment within three working days of the end, by China's calendar.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::sync::LazyLock;

use curtail::city::read::{Case, CaseOptions};
use curtail::city::{City, CustomerRow, DayBasis, DayKind, DistrictRow, HolidayRow, Settings, SupplyRow, Workdays};
use curtail::deadlines::{Delivered, DueItem, DueState, Moment, Response, due};
use curtail::policy::{Policies, Policy};
use curtail::problem::Origin;
use curtail::units::{Date, M3};
use proptest::prelude::*;

/// The calendar of the example: 2025 and 2026 published, 2027 assumed.
static CALENDAR: LazyLock<Workdays> = LazyLock::new(|| {
    let (case, _) = Case::open(Path::new("examples/xian"), &CaseOptions::default()).unwrap();
    case.city.workdays
});
static PLAN: LazyLock<Policy> = LazyLock::new(|| Policy::builtin("xian-2025").unwrap());

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

fn response(began: &str, ended: &str) -> Response {
    Response { began: at(began), ended: Some(ended).filter(|text| !text.is_empty()).map(at) }
}

/// What is due of one duty of a plan.
fn of(plan: &Policy, duty: &str, response: Response, delivered: &[Delivered<'_>], now: &str) -> Vec<DueItem> {
    let all = due(plan, &CALENDAR, response, delivered, at(now));
    assert!(all.windows(2).all(|pair| pair[0].due <= pair[1].due), "first due first");
    all.into_iter().filter(|item| plan.duties[item.duty].id == duty).collect()
}

/// The plan with other deadlines.
fn changed(old: &str, new: &str) -> Policy {
    let text = Policy::builtin_text("xian-2025").unwrap();
    assert!(text.contains(old), "{old}");
    let text = text.replace(old, new).replacen("xian-2025", "another", 1);
    Policy::parse(&text, &Origin::memory("another"), &[]).unwrap_or_else(|problems| panic!("{problems}")).0
}

#[test]
fn assessment_is_due_within_three_working_days_of_the_end() {
    for (what, ended, due, certain) in [
        ("a Monday of a plain week", "2026-03-09 10:00", "2026-03-12 24:00", true),
        ("a Friday: the weekend does not count", "2026-03-13 10:00", "2026-03-18 24:00", true),
        ("a Saturday", "2026-03-14 10:00", "2026-03-18 24:00", true),
        // 14 February is worked, 15 to 23 are free.
        ("the Friday before Spring Festival 2026", "2026-02-13 17:30", "2026-02-25 24:00", true),
        ("New Year's Eve 2026, a holiday", "2026-02-16 23:00", "2026-02-26 24:00", true),
        // The Saturday after Spring Festival is worked: it counts, and the day of the end does not.
        ("the Thursday before a make-up workday", "2026-02-26 08:00", "2026-03-02 24:00", true),
        ("on a make-up workday", "2026-02-28 12:00", "2026-03-04 24:00", true),
        ("the last minute of a make-up workday", "2026-02-28 24:00", "2026-03-04 24:00", true),
        // 8, 9 and 10 October, a Saturday that is worked.
        ("National Day 2026", "2026-10-01 00:00", "2026-10-10 24:00", true),
        // 1 to 3 January 2026 are free, Sunday the 4th is worked.
        ("across New Year 2026, both years published", "2025-12-31 20:00", "2026-01-06 24:00", true),
        ("before New Year 2027, still in 2026", "2026-12-28 20:00", "2026-12-31 24:00", true),
        ("across New Year 2027, which is assumed", "2026-12-29 20:00", "2027-01-04 24:00", false),
        ("Spring Festival 2027 by the law alone", "2027-02-04 20:00", "2027-02-15 24:00", false),
        // Monday 30, Tuesday 31, then 2 January: what 2024 had nobody says.
        ("out of a year that the table lacks", "2024-12-27 20:00", "2025-01-02 24:00", false),
        ("in a year that the table lacks", "2031-05-01 20:00", "2031-05-06 24:00", false),
    ] {
        let items = of(&PLAN, "assessment", response("2024-12-01 08:00", ended), &[], "2024-12-01 08:00");
        let found: Vec<_> = items.iter().map(|item| (item.due.to_string(), item.certain, item.period)).collect();
        assert_eq!(found, [(due.to_owned(), certain, None)], "{what}");
    }
}

#[test]
fn assessment_is_not_due_while_the_response_is_on() {
    assert!(of(&PLAN, "assessment", response("2026-01-08 08:00", ""), &[], "2026-01-12 08:00").is_empty());
}

#[test]
fn assessment_is_in_time_until_midnight_of_the_third_day_and_late_after_it() {
    let state = |now, delivered: &[Delivered<'_>]| {
        of(&PLAN, "assessment", response("2026-02-10 08:00", "2026-02-13 17:30"), delivered, now)[0].state
    };
    assert_eq!(state("2026-02-24 24:00", &[]), DueState::DueIn(24 * 60));
    assert_eq!(state("2026-02-25 24:00", &[]), DueState::DueIn(0));
    assert_eq!(state("2026-02-26 00:00", &[]), DueState::DueIn(0));
    assert_eq!(state("2026-02-26 00:01", &[]), DueState::Late(1));
    let delivered = [Delivered { duty: "assessment", period_end: None }];
    assert_eq!(state("2026-03-26 00:01", &delivered), DueState::Done);
    let of_a_day = [Delivered { duty: "assessment", period_end: Some(day("2026-02-13")) }];
    assert_eq!(state("2026-02-26 00:01", &of_a_day), DueState::Late(1), "a day's report is no assessment");
}

/// The dates of the reports that a response makes due by a time.
fn reports(began: &str, ended: &str, now: &str) -> Vec<String> {
    let items = of(&PLAN, "daily-report", response(began, ended), &[], now);
    let told = items.iter().map(|item| {
        let (from, until) = item.period.unwrap();
        assert_eq!((from.date().next(), from.hour(), until.hour()), (Some(until.date()), 16, 16), "16:00 to 16:00");
        assert_eq!(item.due, Moment::new(until.date(), 17, 0).unwrap(), "due at 17:00");
        assert!(item.certain, "no calendar is asked");
        until.date().to_string()
    });
    told.collect()
}

#[test]
fn daily_report_covers_16_to_16_and_is_due_at_17_weekends_and_holidays_too() {
    for (what, began, ended, now, due) in [
        (
            "from a Thursday through a make-up workday into Spring Festival",
            "2026-02-12 20:00",
            "2026-02-16 15:00",
            "2026-03-01 00:00",
            &["2026-02-13", "2026-02-14", "2026-02-15", "2026-02-16"][..],
        ),
        (
            "across New Year",
            "2025-12-30 08:00",
            "2026-01-02 15:59",
            "2026-03-01 00:00",
            &["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"],
        ),
        (
            "begun and ended inside one period",
            "2026-01-08 17:00",
            "2026-01-09 15:00",
            "2026-03-01 00:00",
            &["2026-01-09"],
        ),
        ("begun and ended at once", "2026-01-08 16:00", "2026-01-08 16:00", "2026-03-01 00:00", &["2026-01-09"]),
        (
            "a minute before 16:00 belongs to that day",
            "2026-01-08 15:59",
            "2026-01-08 16:00",
            "2026-03-01 00:00",
            &["2026-01-08"],
        ),
        (
            "16:00 itself begins the next period",
            "2026-01-08 16:00",
            "2026-01-09 16:00",
            "2026-03-01 00:00",
            &["2026-01-09"],
        ),
        (
            "a minute of a period makes a report due",
            "2026-01-08 16:00",
            "2026-01-09 16:01",
            "2026-03-01 00:00",
            &["2026-01-09", "2026-01-10"],
        ),
        ("midnight as the end of a day", "2026-01-08 24:00", "2026-01-09 08:00", "2026-03-01 00:00", &["2026-01-09"]),
        ("still on, before the first 16:00", "2026-01-08 08:00", "", "2026-01-08 09:00", &["2026-01-08"]),
        (
            "still on, the period in progress too",
            "2026-01-08 08:00",
            "",
            "2026-01-08 16:01",
            &["2026-01-08", "2026-01-09"],
        ),
        ("asked before it begins", "2026-01-08 08:00", "", "2026-01-01 09:00", &["2026-01-08"]),
    ] {
        assert_eq!(reports(began, ended, now), due, "{what}");
    }
}

#[test]
fn daily_reports_are_done_due_or_late_one_by_one() {
    let delivered = [
        Delivered { duty: "daily-report", period_end: Some(day("2026-01-08")) },
        Delivered { duty: "assessment", period_end: Some(day("2026-01-09")) },
    ];
    let items = of(&PLAN, "daily-report", response("2026-01-08 08:00", ""), &delivered, "2026-01-10 16:30");
    let states: Vec<DueState> = items.iter().map(|item| item.state).collect();
    let (late, next, after) = (DueState::Late(23 * 60 + 30), DueState::DueIn(30), DueState::DueIn(24 * 60 + 30));
    assert_eq!(states, [DueState::Done, late, next, after]);
}

#[test]
fn what_is_due_at_once_is_due_when_it_arises() {
    for duty in ["sign", "file"] {
        let items = of(&PLAN, duty, response("2026-01-08 08:05", ""), &[], "2026-01-08 08:06");
        assert_eq!(items.len(), 1, "{duty}");
        assert_eq!((items[0].due, items[0].state), (at("2026-01-08 08:05"), DueState::Late(1)));
        let delivered = [Delivered { duty, period_end: None }];
        assert_eq!(
            of(&PLAN, duty, response("2026-01-08 08:05", ""), &delivered, "2026-01-08 09:00")[0].state,
            DueState::Done
        );
    }
}

#[test]
fn so_many_hours_after_are_counted_from_the_beginning() {
    let plan = changed("due = \"at-once\"", "due = { hours_after = 36 }");
    let items = of(&plan, "sign", response("2026-02-27 20:15", ""), &[], "2026-02-28 20:15");
    assert_eq!((items[0].due, items[0].state), (at("2026-03-01 08:15"), DueState::DueIn(12 * 60)));
}

#[test]
fn a_report_due_at_an_hour_before_its_period_ends_is_due_the_next_day() {
    let report = "{ daily = { period = \"16:00\", at = \"17:00\" } }";
    for (period, hour, from, until, due) in [
        ("16:00", "09:00", "2026-01-07 16:00", "2026-01-08 16:00", "2026-01-09 09:00"),
        ("16:00", "16:00", "2026-01-07 16:00", "2026-01-08 16:00", "2026-01-08 16:00"),
        ("24:00", "09:00", "2026-01-07 24:00", "2026-01-08 24:00", "2026-01-09 09:00"),
        ("00:00", "24:00", "2026-01-08 00:00", "2026-01-09 00:00", "2026-01-09 24:00"),
    ] {
        let plan = changed(report, &format!("{{ daily = {{ period = \"{period}\", at = \"{hour}\" }} }}"));
        let items =
            of(&plan, "daily-report", response("2026-01-08 08:00", "2026-01-08 09:00"), &[], "2026-01-08 10:00");
        assert_eq!(items.len(), 1, "{period} {hour}");
        assert_eq!((items[0].period, items[0].due), (Some((at(from), at(until))), at(due)), "{period} {hour}");
    }
}

/// A city from memory with these special days, or its problems.
fn city(days: &[(&str, DayKind, DayBasis)]) -> Result<City, String> {
    let mut city = City::builder(Settings::default());
    city.add_district(DistrictRow { id: "N", name: "North", urban: true, ..Default::default() });
    let (id, class) = ("home", "residential");
    city.add_customer(CustomerRow {
        id,
        name: id,
        district: "N",
        company: "Q",
        class,
        demand: M3(9),
        ..Default::default()
    });
    let date = day("2026-01-07");
    city.add_supply(SupplyRow { date, source: "gate", volume: M3(9), max_h: None, company: None, area: None });
    for (date, kind, basis) in days {
        city.add_holiday(HolidayRow { date: day(date), name: "", kind: *kind, basis: *basis, source: "" });
    }
    city.build(&Policies::of(PLAN.clone())).map(|(city, _)| city).map_err(|problems| problems.to_string())
}

#[test]
fn holidays_from_memory_are_checked_like_those_of_a_table() {
    let (free, worked, published) = (DayKind::Holiday, DayKind::Workday, DayBasis::Published);
    let known = city(&[("2026-01-05", free, published), ("2026-01-03", worked, published)]).unwrap().workdays;
    assert_eq!(known.after(day("2026-01-02"), 2), (day("2026-01-06"), true));
    let told = city(&[("2026-01-05", free, published), ("2026-01-05", worked, DayBasis::Assumed)]).unwrap_err();
    assert!(
        told.starts_with("error: holidays:2: 2026-01-05 is listed twice\n  help: it stands at holidays:1"),
        "{told}"
    );
    let told = city(&[("2026-01-05", worked, published)]).unwrap_err();
    assert!(told.starts_with("error: holidays:1: 2026-01-05 is no Saturday or Sunday"), "{told}");
}

#[test]
fn one_assumed_day_on_the_way_makes_a_count_uncertain() {
    let days =
        [("2026-01-01", DayKind::Holiday, DayBasis::Published), ("2026-01-08", DayKind::Holiday, DayBasis::Assumed)];
    let known = city(&days).unwrap().workdays;
    assert_eq!(known.after(day("2026-01-06"), 1), (day("2026-01-07"), true));
    assert_eq!(known.after(day("2026-01-06"), 2), (day("2026-01-09"), false));
    assert_eq!(known.after(day("2026-01-08"), 1), (day("2026-01-09"), true), "the day itself is not looked at");
    assert_eq!(known.after(day("2026-01-08"), 0), (day("2026-01-08"), true));
    assert_eq!(known.after(Date::LAST, 1), (Date::LAST, false));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Counting is what walking is: the day reached is worked, and so many days up to it are.
    #[test]
    fn the_nth_working_day_has_n_working_days_up_to_it(from in 0u32..1200, n in 1u32..60) {
        let from = day("2024-11-01").plus_days(from).unwrap();
        let (until, certain) = CALENDAR.after(from, n);
        let days: Vec<Date> = std::iter::successors(from.next(), |date| date.next()).take_while(|date| *date <= until).collect();
        prop_assert!(CALENDAR.is_workday(until));
        prop_assert_eq!(days.iter().filter(|date| CALENDAR.is_workday(**date)).count(), n as usize);
        prop_assert_eq!(certain, days.iter().all(|date| CALENDAR.is_certain(*date)));
        prop_assert_eq!(certain, days.iter().all(|date| (2025..=2026).contains(&date.year())));
    }

    /// Reports follow each other without a gap, and every minute of a response is reported once.
    #[test]
    fn every_minute_of_a_response_is_in_one_report(began in 0u32..4000, minutes in 1u32..9000, now in 0u32..14000) {
        let minute = |offset: u32| {
            let date = day("2026-02-10").plus_days(offset / 1440).unwrap();
            Moment::new(date, (offset / 60 % 24) as u8, (offset % 60) as u8).unwrap()
        };
        let (from, until) = (minute(began), minute(began + minutes));
        let response = Response { began: from, ended: Some(until) };
        let items: Vec<_> = due(&PLAN, &CALENDAR, response, &[], minute(now)).into_iter().filter_map(|item| item.period).collect();
        prop_assert!(items.windows(2).all(|pair| pair[0].1 == pair[1].0));
        let (first, last) = (items.first().unwrap(), items.last().unwrap());
        prop_assert!(first.0 <= from && from < first.1 && last.0 < until && until <= last.1);
    }
}
