//! The entries of a record, as a table.

use super::Said;
use crate::Lang;
use crate::record::{Book, Entry, Event, Instead};
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

/// What an entry says, in a line.
pub(crate) fn event(entry: &Entry, lang: Lang) -> String {
    let said = match &entry.event {
        Event::Begun { case, exercise: false } => Said::EventBegun { case: case.clone() },
        Event::Begun { case, exercise: true } => Said::EventBegunExercise { case: case.clone() },
        Event::Proposed(proposed) => {
            let (id, cut) = (proposed.id.to_string(), fmt::with_unit(proposed.cut_m3, lang));
            match (proposed.level.clone(), proposed.at.clone()) {
                (Some(level), None) => Said::EventProposed { id, level, cut },
                (None, None) => Said::EventProposedWithout { id, cut },
                (Some(level), Some(at)) => Said::EventRevision { id, at, level, cut },
                (None, Some(at)) => Said::EventRevisionWithout { id, at, cut },
            }
        }
        Event::Approved { decision } => Said::EventApproved { id: decision.to_string() },
        Event::Signed { decision } => Said::EventSigned { id: decision.to_string() },
        Event::Issued { decision } => Said::EventIssued { id: decision.to_string() },
        Event::Lowered { from, to, reason } => {
            Said::EventLowered { from: from.clone(), to: to.clone(), reason: reason.clone() }
        }
        Event::Ended { reason } => Said::EventEnded { reason: reason.clone() },
        Event::Departed(departure) => {
            let (until, reason) = (departure.until.to_string(), departure.reason.clone());
            let from = departure.from.to_string();
            match &departure.instead {
                Instead::Customer { customer_id, volume_m3 } => Said::EventPinned {
                    customer: customer_id.clone(),
                    volume: fmt::with_unit(*volume_m3, lang),
                    from,
                    until,
                    reason,
                },
                Instead::Rule { set } => Said::EventRuleChanged { set: set.clone(), from, until, reason },
            }
        }
        Event::Resumed { departure, reason } => {
            Said::EventResumed { number: departure.to_string(), reason: reason.clone() }
        }
        Event::Restored(restored) => {
            let (order, customers) = (restored.order.to_string(), restored.customers.to_string());
            let back = fmt::with_unit(restored.back_m3, lang);
            match restored.from.clone() {
                Some(from) => Said::EventRestoredFrom { order, back, customers, from },
                None => Said::EventRestored { order, back, customers },
            }
        }
        Event::Delivered { duty, period_end: Some(date) } => {
            Said::EventDeliveredFor { duty: duty.clone(), date: date.to_string() }
        }
        Event::Delivered { duty, period_end: None } => Said::EventDelivered { duty: duty.clone() },
        Event::Metered(metered) => Said::EventMetered {
            date: metered.date.to_string(),
            orders: metered.compliance.total.orders.to_string(),
            followed: metered.compliance.total.followed.to_string(),
            over: fmt::with_unit(metered.compliance.total.over_m3, lang),
        },
        Event::Noticed(noticed) => Said::EventNoticed {
            id: noticed.decision.to_string(),
            orders: noticed.orders.to_string(),
            warnings: noticed.warnings.to_string(),
        },
        Event::Listed(listed) => Said::EventListed {
            company: listed.company.clone(),
            date: listed.date.to_string(),
            customers: listed.customers.to_string(),
            cut: fmt::with_unit(listed.cut_m3, lang),
        },
    };
    said.text(lang)
}
