//! The assessment of a response, from its first order to its end.

use serde::Serialize;

use super::{Answers, Figures, Head, LevelFrom, Part, Sources, figures};
use crate::deadlines::DueItem;
use crate::policy::Policy;
use crate::record::{Book, DecisionId, Entry, Event, Moment, Response};
use crate::units::Date;

/// The assessment.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Assessment {
    /// The name of the format.
    pub schema: &'static str,
    /// Where it stands in the record.
    pub head: Head,
    /// The duty that it answers, if the plan has one.
    pub answers: Vec<Answers>,
    /// The response: its first order.
    pub response: Option<DecisionId>,
    /// When it began.
    pub began: Moment,
    /// When it ended and why; `None` while it is on.
    pub ended: Option<(Moment, String)>,
    /// The levels it stood at.
    pub levels: Vec<LevelFrom>,
    /// The figures of its gas days, whole.
    pub figures: Figures,
    /// What happened, from its first order's proposal on.
    pub timeline: Vec<Entry>,
    /// Departures from the plan.
    pub departures: Vec<Entry>,
    /// Companies' lists.
    pub lists: Vec<Entry>,
    /// What came back.
    pub restored: Vec<Entry>,
    /// What was owed, and what became of it.
    pub deliveries: Vec<Delivery>,
    /// Which figures the case could give.
    pub sources: Sources,
}

/// Something that was owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Delivery {
    /// The duty.
    pub duty: String,
    /// The end of the reported period, for a daily duty.
    pub period_end: Option<Date>,
    /// When it was due.
    pub due: String,
    /// When the record says that it was delivered.
    pub delivered: Option<Moment>,
    /// Whether that was after it was due, or it is not delivered and overdue.
    pub late: bool,
}

/// Puts an assessment together.
pub(crate) fn assessment(
    book: &Book,
    response: &Response,
    head: Head,
    answers: Vec<Answers>,
    owed: (&Policy, &[DueItem]),
    parts: &[Part<'_>],
    sources: Sources,
) -> Assessment {
    let first = response.orders.first().copied();
    let begins = first.and_then(|id| book.decision(id)).map_or(response.began.seq, |dossier| dossier.act.seq);
    let ends = response.ended.as_ref().map_or(u64::MAX, |(act, _)| act.seq);
    let own = |entry: &&Entry| begins <= entry.seq && entry.seq <= ends;
    let of = |wanted: fn(&Event) -> bool| {
        let entries = book.entries.iter().filter(own).filter(move |entry| wanted(&entry.event));
        entries.cloned().collect::<Vec<Entry>>()
    };
    let days: Vec<Date> = parts.iter().map(|part| part.date).collect();
    let departs = |it: &&crate::record::Departed| {
        let range = it.departure.from..=it.departure.until;
        it.act.seq <= ends && days.iter().any(|day| range.contains(day))
    };
    let seqs: Vec<u64> = book.departures.iter().filter(departs).map(|it| it.act.seq).collect();
    let levels = response.levels.iter().map(|(act, level)| LevelFrom { at: act.at, level: level.clone() });
    Assessment {
        schema: "curtail.report.assessment/1",
        head,
        answers,
        response: first,
        began: response.began.at,
        ended: response.ended.as_ref().map(|(act, reason)| (act.at, reason.clone())),
        levels: levels.collect(),
        figures: figures(parts),
        timeline: of(|_| true),
        departures: book.entries.iter().filter(|entry| seqs.contains(&entry.seq)).cloned().collect(),
        lists: of(|event| matches!(event, Event::Listed(_))),
        restored: of(|event| matches!(event, Event::Restored(_))),
        deliveries: deliveries(book, response, owed),
        sources,
    }
}

/// What the response made due, each with the entry that says that it was delivered.
fn deliveries(book: &Book, response: &Response, (policy, items): (&Policy, &[DueItem])) -> Vec<Delivery> {
    let next = book.responses.iter().find(|other| other.began.seq > response.began.seq);
    let own = |entry: &&Entry| response.began.seq < entry.seq && next.is_none_or(|next| entry.seq < next.began.seq);
    let first = response.orders.first().and_then(|id| book.decision(*id));
    let signed = first.and_then(|order| order.signed.as_ref());
    let row = |item: &DueItem| {
        let duty = policy.duties.get(item.duty)?;
        let period_end = item.period.map(|(_, end)| end.date());
        let noted = book.entries.iter().filter(own).find(|entry| match &entry.event {
            Event::Delivered { duty: id, period_end: end } => *id == duty.id && *end == period_end,
            _ => false,
        });
        // A signature that is owed at once was given when the first order was signed.
        let by_signing = signed.filter(|act| {
            duty.due == crate::policy::Due::AtOnce
                && act.by.role.as_ref().is_some_and(|role| duty.owed_by.contains(role))
        });
        let delivered = noted.map(|entry| entry.at).or_else(|| by_signing.map(|act| act.at));
        let late = match delivered {
            Some(at) => minutes(at).is_some_and(|at| at > item.due.minutes()),
            None => matches!(item.state, crate::deadlines::DueState::Late(_)),
        };
        Some(Delivery { duty: duty.id.clone(), period_end, due: item.due.to_string(), delivered, late })
    };
    items.iter().filter_map(row).collect()
}

/// A moment of the record on the clock of what is due.
fn minutes(at: Moment) -> Option<u64> {
    let (hour, minute) = at.clock();
    crate::deadlines::Moment::new(at.date(), hour, minute).map(crate::deadlines::Moment::minutes)
}
