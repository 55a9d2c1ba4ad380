//! From when to when a daily report goes, and which hours of which gas days that are.

use crate::cli::exit::Failure;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::today::{Calendar, Now};
use crate::deadlines;
use crate::policy::{Due, Policy};
use crate::record::Moment;
use crate::report::Answers;
use crate::units::Date;

/// A reported period.
pub(super) struct Period {
    pub from: Moment,
    pub until: Moment,
    pub answers: Vec<Answers>,
}

/// Some hours of a gas day.
pub(super) struct Hours {
    pub date: Date,
    pub clock: Vec<u8>,
    pub from: usize,
    pub until: usize,
}

/// The period that is asked for: by the plan's duty it ends on `date`, or else it was the last one to end; or it is the 24 hours of the clock
/// that end at `until`.
pub(super) fn period(
    policy: &Policy,
    calendar: Calendar,
    date: Option<&str>,
    until: Option<&str>,
    global: &Global,
) -> Result<Period, Failure> {
    let late = || CliMessage::BadTime { text: "--now".to_owned() };
    if let Some(text) = until {
        let bad = || CliMessage::BadTime { text: text.to_owned() };
        let until = calendar.moment(Now::parse(text)?).ok_or_else(bad)?;
        let from = calendar.a_day_before(until).ok_or_else(bad)?;
        let answers = duties(policy, until);
        return Ok(Period { from, until, answers });
    }
    let hour = policy.duties.iter().find_map(|duty| match duty.due {
        Due::Daily { period, .. } => Some(period),
        _ => None,
    });
    let hour = hour.ok_or_else(|| CliMessage::NoDailyDuty { policy: policy.id.clone() })?;
    let until = match date {
        Some(text) => {
            let bad = || CliMessage::BadDate { text: text.to_owned() };
            let date: Date = text.parse().map_err(|_| bad())?;
            calendar.at(date, hour).ok_or_else(bad)?
        }
        None => {
            let now = calendar.moment(global.now).ok_or_else(late)?;
            let today = calendar.at(now.date(), hour).filter(|until| *until <= now);
            let ended = today.or_else(|| calendar.at(now.date().previous()?, hour));
            ended.ok_or_else(late)?
        }
    };
    let from = calendar.a_day_before(until).ok_or_else(late)?;
    Ok(Period { from, until, answers: duties(policy, until) })
}

/// The daily duties whose period ends at a moment.
fn duties(policy: &Policy, until: Moment) -> Vec<Answers> {
    let (hour, minute) = until.clock();
    let answers = |duty: &crate::policy::Duty| {
        let Due::Daily { period, at } = duty.due else { return None };
        if period % 24 != hour || minute != 0 {
            return None;
        }
        let date = if at >= period { Some(until.date()) } else { until.date().next() };
        let due = date.and_then(|date| deadlines::Moment::new(date, at, 0)).map(|due| due.to_string());
        Some(Answers { duty: duty.id.clone(), due, certain: true })
    };
    policy.duties.iter().filter_map(answers).collect()
}

/// The hours of gas days that a period is made of.
pub(super) fn hours(calendar: Calendar, from: Moment, until: Moment) -> Result<Vec<Hours>, Failure> {
    let mut parts = Vec::new();
    let mut next = from.date().previous();
    while let Some(date) = next.filter(|date| *date <= until.date()) {
        next = date.next();
        let clock = calendar.clock(date);
        let whole = i64::try_from(clock.len() * 60).unwrap_or(0);
        let ends = [from, until].map(|end| calendar.minutes_into(date, end).clamp(0, whole));
        if ends[0] == ends[1] {
            continue;
        }
        for (minutes, end) in ends.iter().zip([from, until]) {
            if minutes % 60 != 0 {
                return Err(CliMessage::NotAtAnHour { text: end.short() }.into());
            }
        }
        let [from, until] = ends.map(|minutes| usize::try_from(minutes / 60).unwrap_or(0));
        parts.push(Hours { date, clock, from, until });
    }
    Ok(parts)
}

/// A gas day as a whole.
pub(super) fn whole(calendar: Calendar, date: Date) -> Hours {
    let clock = calendar.clock(date);
    Hours { date, from: 0, until: clock.len(), clock }
}
