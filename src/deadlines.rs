//! What is owed and by when: the duties of a plan, counted on the clock of the case from the beginning and the end of a
//! response. Pure functions; whoever asks says what time it is.
//!
//! All times are what a clock in the case's time zone shows. Spans are differences of such times, so one that holds the
//! hour at which the clock is put forward or back is that hour off; China's never is.
//!
//! ```
//! use curtail::city::Workdays;
//! use curtail::deadlines::{DueState, Response, due};
//! use curtail::policy::Policy;
//!
//! for plan in Policy::builtins() {
//!     let policy = Policy::builtin(plan).unwrap();
//!     let response = Response { began: "2026-01-08 08:00".parse()?, ended: None };
//!     for item in due(&policy, &Workdays::default(), response, &[], "2026-01-08 17:30".parse()?) {
//!         if let DueState::Late(minutes) = item.state {
//!             println!("{plan}: {} is {minutes} minutes late", policy.duties[item.duty].label.en);
//!         }
//!     }
//! }
//! # Ok::<(), curtail::deadlines::NotAMoment>(())
//! ```

use std::collections::BTreeSet;

use crate::city::Workdays;
use crate::policy::{Due, Policy};
use crate::units::Date;

pub use crate::units::{Moment, NotAMoment};

/// When a response began, and when it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// When it began.
    pub began: Moment,
    /// When it ended; `None` while it is on.
    pub ended: Option<Moment>,
}

/// Something that was delivered, whenever that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Delivered<'a> {
    /// The duty's id.
    pub duty: &'a str,
    /// The date on which the reported period ended; `None` for a duty that comes once.
    pub period_end: Option<Date>,
}

/// Something that is owed, once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DueItem {
    /// The duty, by index in [`Policy::duties`].
    pub duty: usize,
    /// From when to when it reports, for a daily duty.
    pub period: Option<(Moment, Moment)>,
    /// The last moment that is in time.
    pub due: Moment,
    /// Whether the date rests on nothing but what is announced: a count of working days over a year without a
    /// published calendar, or over a day that is merely assumed, does not.
    pub certain: bool,
    /// How it stands.
    pub state: DueState,
}

/// How something that is owed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DueState {
    /// It was delivered, in time or not.
    Done,
    /// It is due in so many minutes; 0 in the last one that is in time.
    DueIn(u64),
    /// It was due so many minutes ago.
    Late(u64),
}

/// What a response makes due, first due first, then in the order of [`Policy::duties`].
///
/// - Daily: one for each period that overlaps the response, the one in progress included, weekends and holidays too. A
///   period ends each day at its hour; it is due at the duty's hour of that day, or of the next one if that hour is the earlier.
/// - After so many working days of the end: at the end (24:00) of that day; nothing while the response is on.
/// - After so many hours, and at once: counted from the beginning of the response.
pub fn due(
    policy: &Policy,
    workdays: &Workdays,
    response: Response,
    delivered: &[Delivered<'_>],
    now: Moment,
) -> Vec<DueItem> {
    let delivered: BTreeSet<&Delivered<'_>> = delivered.iter().collect();
    let mut items = Vec::new();
    for (at, duty) in policy.duties.iter().enumerate() {
        let mut owe = |period: Option<(Moment, Moment)>, due: Moment, certain: bool| {
            let done = Delivered { duty: &duty.id, period_end: period.map(|(_, end)| end.date()) };
            let state = match now.minutes().checked_sub(due.minutes()) {
                _ if delivered.contains(&done) => DueState::Done,
                None | Some(0) => DueState::DueIn(due.minutes() - now.minutes()),
                Some(late) => DueState::Late(late),
            };
            items.push(DueItem { duty: at, period, due, certain, state });
        };
        match duty.due {
            Due::AtOnce => owe(None, response.began, true),
            Due::HoursAfter(hours) => owe(None, response.began.plus_hours(hours), true),
            Due::WorkingDaysAfterEnd(days) => {
                if let Some(ended) = response.ended {
                    let (date, certain) = workdays.after(ended.date(), days);
                    owe(None, Moment::end_of(date), certain);
                }
            }
            Due::Daily { period, at } => {
                for (from, until) in periods(response, period, now) {
                    // An hour before the one that ends the period comes on the next day.
                    let day = if at >= period { Some(until.date()) } else { until.date().next() };
                    let due = day.and_then(|day| Moment::new(day, at, 0));
                    owe(Some((from, until)), due.unwrap_or(Moment::end_of(Date::LAST)), true);
                }
            }
        }
    }
    items.sort_by_key(|item| (item.due, item.duty));
    items
}

/// The periods from `hour` of a day to `hour` of the next that overlap a response, as far as it is known.
fn periods(response: Response, hour: u8, now: Moment) -> impl Iterator<Item = (Moment, Moment)> {
    let until = response.ended.unwrap_or(now);
    let ending = move |date: Date| Some((Moment::new(date.previous()?, hour, 0)?, Moment::new(date, hour, 0)?));
    let began = response.began.date();
    // A period that ends at the very beginning does not overlap.
    let ends_after = move |date: &Date| ending(*date).is_some_and(|(_, end)| end > response.began);
    let first = std::iter::successors(Some(began), |date| date.next()).take(3).find(ends_after);
    std::iter::successors(first, |date| date.next())
        .map_while(ending)
        .enumerate()
        // Even a response of no length has the period in which it fell.
        .take_while(move |(nth, (from, _))| *nth == 0 || *from < until)
        .map(|(_, period)| period)
}
