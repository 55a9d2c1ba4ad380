//! The daily report: a period of 24 clock hours that need not be a gas day.

use serde::Serialize;

use super::{Answers, Figures, Head, Outlook, Part, figures};
use crate::record::{Book, Entry, Moment};

/// The daily report.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Daily {
    /// The name of the format.
    pub schema: &'static str,
    /// Where it stands in the record.
    pub head: Head,
    /// The duty that it answers, if the plan has one.
    pub answers: Vec<Answers>,
    /// When the period begins.
    pub from: Moment,
    /// When it ends.
    pub until: Moment,
    /// The levels of the response: the one at the beginning first, then its changes. Empty where none was on.
    pub levels: Vec<LevelFrom>,
    /// Why the response ended, if it did in the period.
    pub ended: Option<(Moment, String)>,
    /// The figures.
    pub figures: Figures,
    /// What happened in the period.
    pub events: Vec<Entry>,
    /// Departures from the plan in effect in the period, by their entries.
    pub departures: Vec<Entry>,
    /// The gas day after the last one of the period.
    pub outlook: Option<Outlook>,
    /// Which figures the case could give.
    pub sources: Sources,
}

/// Whether the case could be asked for what the record does not keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Sources {
    /// Whether its tables could be read.
    pub case_read: bool,
}

/// A level and from when on it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct LevelFrom {
    /// From when on.
    pub at: Moment,
    /// The level; `None` for a plan without levels.
    pub level: Option<String>,
}

/// Puts a daily report together.
pub(crate) fn daily(
    book: &Book,
    head: Head,
    answers: Vec<Answers>,
    [from, until]: [Moment; 2],
    parts: &[Part<'_>],
    outlook: Option<Outlook>,
    sources: Sources,
) -> Daily {
    let within = |at: Moment| from <= at && at < until;
    Daily {
        schema: "curtail.report.daily/1",
        head,
        answers,
        from,
        until,
        levels: levels(book, from, until),
        ended: book
            .responses
            .iter()
            .filter_map(|response| response.ended.as_ref())
            .find(|(act, _)| within(act.at))
            .map(|(act, reason)| (act.at, reason.clone())),
        figures: figures(parts),
        events: book.entries.iter().filter(|entry| within(entry.at)).cloned().collect(),
        departures: departures(book, from, until, parts),
        outlook,
        sources,
    }
}

/// The levels that responses stood at in a period.
fn levels(book: &Book, from: Moment, until: Moment) -> Vec<LevelFrom> {
    let mut levels = Vec::new();
    for response in &book.responses {
        if response.ended.as_ref().is_some_and(|(act, _)| act.at <= from) {
            continue;
        }
        let all = || response.levels.iter().map(|(act, level)| LevelFrom { at: act.at, level: level.clone() });
        levels.extend(all().rfind(|it| it.at <= from));
        levels.extend(all().filter(|it| from < it.at && it.at < until));
    }
    levels
}

/// The departures in effect on a day of the period, as far as they were decided by its end.
fn departures(book: &Book, from: Moment, until: Moment, parts: &[Part<'_>]) -> Vec<Entry> {
    let touches = |it: &&crate::record::Departed| {
        let days = it.departure.from..=it.departure.until;
        let resumed = it.resumed.as_ref().is_some_and(|act| act.at <= from);
        it.act.at < until && !resumed && parts.iter().any(|part| days.contains(&part.date))
    };
    let seqs: Vec<u64> = book.departures.iter().filter(touches).map(|it| it.act.seq).collect();
    book.entries.iter().filter(|entry| seqs.contains(&entry.seq)).cloned().collect()
}
