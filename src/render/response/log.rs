//! The entries of a record, as a table.

use super::words::Said;
use crate::Lang;
use crate::record::{Book, Entry, Event};
use crate::render::fmt;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::Look;

/// The whole screen.
pub(crate) fn log(book: &Book, look: Look) -> String {
    let mut page = Page::new(look.colour);
    let (count, head) = (book.entries.len().to_string(), book.head.short());
    page.line(&Said::LogHead { case: book.case().to_owned(), count, head }.text(look.lang), Style::Bold);
    page.blank();
    let rows = book.entries.iter().map(|entry| {
        let role = entry.by.role.clone().unwrap_or_default();
        vec![
            Cell::right(entry.seq.to_string()),
            Cell::left(entry.at.short()),
            Cell::left(entry.by.name.clone()),
            Cell::left(role).styled(Style::Dim),
            Cell::left(event(entry, look.lang)),
        ]
    });
    page.table(rows.collect());
    page.blank();
    page.line(&Said::Attested.text(look.lang), Style::Dim);
    page.into_text()
}

fn event(entry: &Entry, lang: Lang) -> String {
    let said = match &entry.event {
        Event::Begun { case } => Said::EventBegun { case: case.clone() },
        Event::Proposed(proposed) => {
            let (id, cut) = (proposed.id.to_string(), fmt::with_unit(proposed.cut_m3, lang));
            match proposed.level.clone() {
                Some(level) => Said::EventProposed { id, level, cut },
                None => Said::EventProposedWithout { id, cut },
            }
        }
        Event::Approved { decision } => Said::EventApproved { id: decision.to_string() },
        Event::Signed { decision } => Said::EventSigned { id: decision.to_string() },
        Event::Issued { decision } => Said::EventIssued { id: decision.to_string() },
        Event::Lowered { from, to, reason } => {
            Said::EventLowered { from: from.clone(), to: to.clone(), reason: reason.clone() }
        }
        Event::Ended { reason } => Said::EventEnded { reason: reason.clone() },
    };
    said.text(lang)
}
