//! Of a day that is decided again: what of a subject's day was past and how that is known, and what its order was and becomes.

use std::collections::BTreeSet;

use super::{Because, Explanation, Room, Subject};
use crate::city::Metered;
use crate::decide::Day;
use crate::decide::revise::{ChangeKind, Changed, changes};
use crate::units::M3;

/// What a revision fixes of a subject, and what it changes for the rest of the day. Volumes in m3.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RevisedWhy {
    /// The clock hour from which on the day is decided again.
    pub at: String,
    /// The name of the order in force; `None` if there is none.
    pub revises: Option<String>,
    /// How what a single customer took before is known.
    pub known: Option<KnownBy>,
    /// What the forecast asks for before that hour.
    pub past_demand: M3,
    /// What the order in force, or without one the forecast, had for that time.
    pub past_ordered: M3,
    /// What was taken.
    pub past_taken: M3,
    /// What the forecast asks for from that hour on.
    pub left: M3,
    /// What the order in force leaves of it.
    pub before: M3,
    /// What is given of it now.
    pub now: M3,
    /// How a single customer's order changes; `None` if it is cut neither before nor now.
    pub change: Option<ChangeKind>,
    /// By what the order in force cuts a single customer: each measure with its clause. `beyond_authority` has none.
    pub cut_before: Vec<(String, String)>,
    /// By what the revision cuts it in the rest of the day.
    pub cut_now: Vec<(String, String)>,
    /// How many customers' orders are added, lifted, altered and unchanged.
    pub customers: [u64; 4],
}

/// How what a customer took is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum KnownBy {
    /// By figures of its own for every hour.
    Metered,
    /// By figures of its own for so many hours, in the others as ordered.
    InPart(u32),
    /// By the figures of its district.
    District,
    /// Nobody knows: as the order in force had it.
    Ordered,
    /// Nobody knows, and there was no order: as the forecast had it.
    Forecast,
}

impl KnownBy {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Metered => "metered",
            Self::InPart(_) => "metered_in_part",
            Self::District => "by_district",
            Self::Ordered => "as_ordered",
            Self::Forecast => "as_forecast",
        }
    }
}

impl Explanation {
    /// Adds what the decision fixes of the past and what it changes, where it revises a day: `day` is what remained of it. Nothing is
    /// added to the explanation of a decision of a whole day.
    #[must_use]
    pub fn with_revision(mut self, room: &Room<'_>, day: &Day) -> Self {
        if let Some(why) = why(room, self.subject, day) {
            self.because.insert(1.min(self.because.len()), Because::Revised(Box::new(why)));
        }
        self
    }
}

fn why(room: &Room<'_>, subject: Subject, day: &Day) -> Option<RevisedWhy> {
    let (city, past) = (room.city, day.past.as_ref()?);
    let detail = room.decision.detail.as_ref()?;
    let who = super::account::Who::of(room, subject, detail);
    let of = |list: &[u64]| -> M3 {
        who.customers.iter().map(|at| M3(list.get(*at as usize).copied().unwrap_or_default())).sum()
    };
    let order = past.order.as_ref();
    let ours: BTreeSet<u32> = who.customers.iter().copied().collect();
    let changed: Vec<Changed> =
        changes(city, day, room.decision).into_iter().filter(|changed| ours.contains(&changed.customer)).collect();
    let mut customers = [0; 4];
    for changed in &changed {
        let at = match changed.change {
            ChangeKind::Added => 0,
            ChangeKind::Lifted => 1,
            ChangeKind::Altered => 2,
            ChangeKind::Unchanged => 3,
        };
        customers[at] += 1;
    }
    let left = |at: &u32| M3(day.left(*at));
    let before = |at: &u32| {
        let rest = order.and_then(|order| order.rest.get(*at as usize).copied());
        M3(rest.map_or(day.left(*at), |rest| rest.min(day.left(*at))))
    };
    let served = who.rows.iter().filter_map(|row| detail.customers.get(*row as usize)).map(|share| share.served_m3);
    let (taken, served): (M3, M3) = (of(&past.taken), served.sum());
    let single = match (subject, &who.customers[..]) {
        (Subject::Customer(_), [only]) => Some(*only),
        _ => None,
    };
    let reason =
        single.and_then(|_| detail.reasons.get(detail.customers.get(*who.rows.first()? as usize)?.reason as usize));
    let is_cut_now = changed.first().is_some_and(|changed| changed.change != ChangeKind::Lifted);
    let now = reason.filter(|_| is_cut_now).map_or(&[][..], |reason| &reason.measures);
    let cutting = single.and_then(|at| past.cutting(at));
    let was_cut = changed.first().is_some_and(|changed| changed.change != ChangeKind::Added);
    let level = room.decision.level.as_ref().and_then(|level| room.policy.level(&level.id));
    let clause = |id: &String| {
        let measure = room.policy.measures.iter().find(|measure| measure.id == *id);
        let action = measure.and_then(|measure| measure.at.get(level?)?.as_ref());
        (id.clone(), action.map_or_else(String::new, |action| action.basis.clause.clone()))
    };
    let past_rank = |id: &&String| id.as_str() != crate::decide::PAST;
    let cut_before = cutting.filter(|_| was_cut).map_or_else(Vec::new, |cutting| {
        let pairs = cutting.measures.iter().zip(&cutting.clauses).filter(|(id, _)| past_rank(id));
        pairs.map(|(id, clause)| (id.clone(), clause.clone())).collect()
    });
    Some(RevisedWhy {
        at: crate::decide::revise::clock(past.at),
        revises: order.map(|order| order.id.clone()).filter(|id| !id.is_empty()),
        known: single.map(|at| known(room, day, at)),
        past_demand: of(&past.demand),
        past_ordered: of(&past.ordered),
        past_taken: taken,
        left: who.customers.iter().map(left).sum(),
        before: who.customers.iter().map(before).sum(),
        now: served.less(taken),
        change: single.and_then(|_| changed.first().map(|changed| changed.change)),
        cut_before,
        cut_now: now.iter().filter(past_rank).map(clause).collect(),
        customers,
    })
}

/// How what a customer took is known, by the case's rows.
fn known(room: &Room<'_>, day: &Day, at: u32) -> KnownBy {
    let city = room.city;
    let Some(past) = &day.past else { return KnownBy::Forecast };
    let rows =
        || city.actuals_on(day.date).iter().filter(|actual| actual.hour.is_some_and(|hour| past.elapsed.has(hour)));
    let own = rows().filter(|actual| actual.who == Metered::Customer(at)).count() as u32;
    let home = city.customers.get(at as usize).map(|customer| Metered::District(customer.district));
    match own {
        0 if rows().any(|actual| Some(actual.who) == home) => KnownBy::District,
        0 if past.order.is_some() => KnownBy::Ordered,
        0 => KnownBy::Forecast,
        hours if hours >= past.elapsed.count() => KnownBy::Metered,
        hours => KnownBy::InPart(hours),
    }
}
