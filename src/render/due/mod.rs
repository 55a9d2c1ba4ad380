//! What is due, and what is late: a block a duty, the most pressing first, with a row for each thing that is still owed.

#[cfg(test)]
mod tests;
mod words;

use crate::Lang;
use crate::deadlines::{DueItem, DueState, Moment};
use crate::policy::{Due, Duty, Policy};
use crate::render::page::{Cell, Page, Style};
use crate::render::rules;
use crate::render::words::Word as Shared;
use crate::units::Weekday;
use words::Word;

/// Puts what is due under a heading of its own. `items` are those of [`crate::deadlines::due`] for this policy; what is
/// done is counted and not listed.
pub(crate) fn due(page: &mut Page, policy: &Policy, items: &[DueItem], lang: Lang) {
    page.heading(&Shared::WhatIsDue.text(lang));
    let mut blocks: Vec<(&Duty, Vec<&DueItem>, usize)> = Vec::new();
    for (at, duty) in policy.duties.iter().enumerate() {
        let (done, owed): (Vec<_>, Vec<_>) =
            items.iter().filter(|item| item.duty == at).partition(|item| item.state == DueState::Done);
        if done.len() + owed.len() > 0 {
            blocks.push((duty, owed, done.len()));
        }
    }
    if blocks.is_empty() {
        page.item(&Word::Nothing.text(lang), Style::Plain);
    }
    // What is done altogether comes last; otherwise what was or will be due first.
    blocks.sort_by_key(|(_, owed, _)| (owed.is_empty(), owed.iter().map(|item| item.due).min()));
    for (duty, owed, done) in blocks {
        page.item(&rules::duty(policy, duty, None, lang), Style::Plain);
        // The blank cell puts the rows below the duty's name, where the notes stand.
        let row = |item: &&DueItem| {
            let period = item.period.map_or_else(String::new, |(from, until)| {
                Word::Period { from: from.to_string(), until: until.to_string() }.text(lang)
            });
            vec![Cell::left(" "), Cell::left(period), Cell::left(when(duty, item, lang)), state(item.state, lang)]
        };
        let mut rows: Vec<Vec<Cell>> = owed.iter().map(row).collect();
        if owed.iter().all(|item| item.period.is_none()) {
            rows.iter_mut().for_each(|row| _ = row.remove(1));
        }
        page.table(rows);
        if owed.iter().any(|item| !item.certain) {
            page.note(&Word::Uncertain.text(lang), Style::Warn);
        }
        if done > 0 {
            page.note(&Word::Done { count: done.to_string() }.text(lang), Style::Dim);
        }
    }
}

/// When something is due.
fn when(duty: &Duty, item: &DueItem, lang: Lang) -> String {
    let at: Moment = item.due;
    let (date, time) = (at.date().to_string(), format!("{:02}:{:02}", at.hour(), at.minute()));
    let weekday = match at.date().weekday() {
        Weekday::Monday => Word::Monday,
        Weekday::Tuesday => Word::Tuesday,
        Weekday::Wednesday => Word::Wednesday,
        Weekday::Thursday => Word::Thursday,
        Weekday::Friday => Word::Friday,
        Weekday::Saturday => Word::Saturday,
        Weekday::Sunday => Word::Sunday,
    };
    let weekday = weekday.text(lang);
    match duty.due {
        Due::AtOnce => Word::AtOnce { date, weekday, time },
        _ => Word::By { date, weekday, time },
    }
    .text(lang)
}

/// How it stands; nobody may miss what is late.
fn state(state: DueState, lang: Lang) -> Cell {
    let (word, style) = match state {
        // Done is not listed.
        DueState::Done => (Word::Done { count: "1".to_owned() }, Style::Dim),
        DueState::DueIn(0) => (Word::LastMinute, Style::Warn),
        DueState::DueIn(minutes) => (Word::In { span: span(minutes, lang) }, Style::Plain),
        DueState::Late(minutes) => (Word::Late { span: span(minutes, lang) }, Style::Loud),
    };
    Cell::left(word.text(lang)).styled(style)
}

/// So many minutes, exactly.
fn span(minutes: u64, lang: Lang) -> String {
    let parts = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let (days, hours, minutes) = (parts.0.to_string(), parts.1.to_string(), parts.2.to_string());
    match parts {
        (0, 0, _) => Word::Minutes { minutes },
        (0, _, 0) => Word::FullHours { hours },
        (0, ..) => Word::Hours { hours, minutes },
        (_, _, 0) => Word::FullDays { days, hours },
        _ => Word::Days { days, hours, minutes },
    }
    .text(lang)
}
