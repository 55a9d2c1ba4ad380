//! The turns as a calendar file (RFC 5545): an event a block and gas day, confirmed where it was issued and tentative where it is
//! planned. A block's day keeps its name from plan to order, so that importing the file again replaces what was planned.

use hmac_sha256::Hash;

use super::View;
use super::words::Word as Said;
use crate::policy::hex;
use crate::render::{drill, fmt};
use crate::rota::Known;
use crate::units::Date;

/// So many octets a line may have.
const OCTETS: usize = 75;

/// The instants that a calendar file needs, in UTC: `20260107T000000Z`.
pub(crate) struct Times<'t> {
    /// When the file was made.
    pub made: String,
    /// When a gas day begins and ends.
    pub of: &'t dyn Fn(Date) -> [String; 2],
}

/// The whole file.
pub(crate) fn write(view: &View<'_>, times: &Times<'_>) -> String {
    let case = &view.city.settings.name;
    let mut file = String::new();
    let mut line = |text: &str| fold(text, &mut file);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line(concat!("PRODID:-//curtail//curtail ", env!("CARGO_PKG_VERSION"), "//EN"));
    line("CALSCALE:GREGORIAN");
    line(&format!("X-WR-CALNAME:{}", escaped(&marked(view, view.title()))));
    for day in &view.calendar.days {
        let (status, sequence) = match &day.known {
            Known::Confirmed(_) => ("CONFIRMED", 1),
            _ => ("TENTATIVE", 0),
        };
        for (id, name) in view.blocks() {
            // Nobody need be told of a turn on a day on which the rest suffices.
            let Some((number, turn)) = day.turn(id).filter(|(_, turn)| !turn.cut_m3.is_zero()) else { continue };
            let (block, share) = (name.to_owned(), fmt::percent(turn.cut_m3, turn.demand_m3));
            let (case, number, clause) = (case.clone(), number.to_string(), view.clause());
            let (cut, demand) = (fmt::with_unit(turn.cut_m3, view.lang), fmt::with_unit(turn.demand_m3, view.lang));
            let (summary, description) = match &day.known {
                Known::Confirmed(order) => (
                    Said::EventSummary { block, share },
                    Said::EventIssued { case, number, cut, demand, order: order.to_string(), clause },
                ),
                _ => (
                    Said::EventSummaryPlanned { block, share },
                    Said::EventPlanned { case, number, cut, demand, clause },
                ),
            };
            let [begins, ends] = (times.of)(day.date);
            line("BEGIN:VEVENT");
            line(&format!("UID:{}", uid(view, id, day.date)));
            line(&format!("DTSTAMP:{}", times.made));
            line(&format!("DTSTART:{begins}"));
            line(&format!("DTEND:{ends}"));
            line(&format!("SEQUENCE:{sequence}"));
            line(&format!("STATUS:{status}"));
            line(&format!("SUMMARY:{}", escaped(&marked(view, summary.text(view.lang)))));
            line(&format!("DESCRIPTION:{}", escaped(&marked(view, description.text(view.lang)))));
            line("TRANSP:TRANSPARENT");
            line("END:VEVENT");
        }
    }
    line("END:VCALENDAR");
    file
}

/// A text, marked in an exercise.
fn marked(view: &View<'_>, text: String) -> String {
    if view.exercise { drill::of(text, view.lang) } else { text }
}

/// The name of a block's day, the same in every file of the case; in an exercise another, so that it replaces nothing real.
fn uid(view: &View<'_>, block: &str, date: Date) -> String {
    let (case, drill) = (&view.city.settings.name, if view.exercise { "\0drill" } else { "" });
    let digest = hex(&Hash::hash(format!("{case}\0{block}{drill}").as_bytes()));
    format!("{date}-{}@curtail", digest.get(..16).unwrap_or_default())
}

/// A text as a value.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Adds a line, folded where it is too long, but never inside a character.
fn fold(text: &str, file: &mut String) {
    let mut used = 0;
    for c in text.chars() {
        if used + c.len_utf8() > OCTETS {
            file.push_str("\r\n ");
            used = 1;
        }
        file.push(c);
        used += c.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_and_unfold_to_what_they_were() {
        for text in ["x".repeat(75), "x".repeat(76), "城".repeat(60), format!("a{}", "🔥".repeat(40))] {
            let mut file = String::new();
            fold(&text, &mut file);
            assert!(file.ends_with("\r\n"));
            assert!(file.split("\r\n").all(|line| line.len() <= OCTETS), "{file}");
            assert_eq!(file.replace("\r\n ", "").trim_end(), text);
        }
    }

    #[test]
    fn text_cannot_end_its_value() {
        assert_eq!(escaped("a;b,c\\d\ne\r\u{7}"), "a\\;b\\,c\\\\d\\ne");
    }
}
