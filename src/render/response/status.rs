//! Where a response stands.

use super::Said;
use crate::Lang;
use crate::deadlines::DueItem;
use crate::policy::Policy;
use crate::record::{Book, Departed, Dossier, Eased, Instead, Moment, Stage, Step};
use crate::render::due::due;
use crate::render::fmt;
use crate::render::page::{Page, Style};
use crate::render::screen::Look;
use crate::units::Date;

/// What a response makes due by a policy.
pub(crate) struct Owed<'a> {
    pub policy: &'a Policy,
    pub items: Vec<DueItem>,
}

/// The whole screen. `owed` is missing where the case cannot be read.
pub(crate) fn status(book: &Book, now: Moment, today: Option<Date>, owed: Option<&Owed<'_>>, look: Look) -> String {
    let mut page = Page::new(look.colour);
    let (count, head) = (book.entries.len().to_string(), book.head.short());
    let said = Said::StatusHead { case: book.case().to_owned(), now: now.short(), count, head };
    page.line(&said.text(look.lang), Style::Bold);
    page.blank();
    response(&mut page, book, look.lang);
    if let Some(date) = today {
        let said = match book.order_of(date).and_then(|order| Some((order, order.issued.as_ref()?))) {
            Some((order, act)) => {
                Said::OrderOfToday { id: order.proposed.id.to_string(), at: act.at.short(), name: act.by.name.clone() }
            }
            None => Said::NoOrderToday { date: date.to_string() },
        };
        page.item(&said.text(look.lang), Style::Plain);
        papers(&mut page, book, date, look.lang);
    }
    metered(&mut page, book, look.lang);
    waiting(&mut page, book, look.lang);
    departures(&mut page, book, today, look.lang);
    if let Some(owed) = owed {
        eased(&mut page, book, now, owed.policy, look.lang);
        if !owed.items.is_empty() {
            due(&mut page, owed.policy, &owed.items, look.lang);
        }
    }
    page.into_text()
}

fn response(page: &mut Page, book: &Book, lang: Lang) {
    let Some(response) = book.response() else {
        page.line(&Said::NoResponse.text(lang), Style::Plain);
        if let Some((act, _)) = book.responses.last().and_then(|last| last.ended.as_ref()) {
            page.item(&Said::LastEnded { at: act.at.short() }.text(lang), Style::Dim);
        }
        return;
    };
    let since = response.began.at.short();
    let said = match response.level() {
        Some(level) => Said::ResponseOn { level: level.to_owned(), since },
        None => Said::ResponseOnWithout { since },
    };
    page.line(&said.text(lang), Style::Loud);
    for (act, level) in response.levels.iter().filter(|_| response.levels.len() > 1) {
        let level = level.clone().unwrap_or_default();
        page.item(&Said::LevelFrom { level, from: act.at.short() }.text(lang), Style::Plain);
    }
}

/// So many metered days are told, the latest ones.
const DAYS: usize = 3;

/// How the latest days' orders were followed.
fn metered(page: &mut Page, book: &Book, lang: Lang) {
    let days = book.metered_days();
    for (_, metered) in days.iter().skip(days.len().saturating_sub(DAYS)) {
        let total = &metered.compliance.total;
        let said = Said::MeteredDay {
            date: metered.date.to_string(),
            id: metered.decision.to_string(),
            sum: crate::render::meter::sum(total, lang),
            over: fmt::with_unit(total.over_m3, lang),
        };
        page.item(&said.text(lang), if total.over_m3.is_zero() { Style::Plain } else { Style::Warn });
    }
}

/// The papers of the day's decisions.
fn papers(page: &mut Page, book: &Book, date: Date, lang: Lang) {
    for (act, noticed) in book.notices.iter().filter(|(_, noticed)| noticed.decision.date == date) {
        let said = Said::PapersMade {
            id: noticed.decision.to_string(),
            orders: noticed.orders.to_string(),
            warnings: noticed.warnings.to_string(),
            at: act.at.short(),
            name: act.by.name.clone(),
        };
        page.item(&said.text(lang), Style::Plain);
    }
}

fn waiting(page: &mut Page, book: &Book, lang: Lang) {
    let open: Vec<&Dossier> = book.open_decisions().collect();
    if open.is_empty() {
        page.item(&Said::NothingWaits.text(lang), Style::Dim);
        return;
    }
    page.heading(&Said::Open.text(lang));
    for dossier in open {
        let (proposed, act) = (&dossier.proposed, &dossier.act);
        let short = proposed.demand_m3.less(proposed.deliverable_m3);
        let (id, shortfall) = (proposed.id.to_string(), fmt::percent(short, proposed.demand_m3));
        let (at, name) = (act.at.short(), act.by.name.clone());
        let said = match proposed.level.clone() {
            Some(level) => Said::Waits { id, level, shortfall, at, name },
            None => Said::WaitsWithout { id, shortfall, at, name },
        };
        page.item(&said.text(lang), Style::Plain);
        page.note(&next(dossier, lang), Style::Warn);
    }
}

fn eased(page: &mut Page, book: &Book, now: Moment, policy: &Policy, lang: Lang) {
    let Some((eased, ease)) = book.eased(policy, now).zip(policy.response.ease.as_ref()) else { return };
    let clause = ease.basis.clause.clone();
    let days = |from: Date, until: Date| {
        let said = match from == until {
            true => Said::DayOf { date: from.to_string() },
            false => Said::DaysFrom { from: from.to_string(), until: until.to_string() },
        };
        said.text(lang)
    };
    let said = match eased {
        Eased::End { from, until } => Said::EasedToEnd { days: days(from, until), clause },
        Eased::Lower { to: level, from, until } => Said::EasedToLower { level, days: days(from, until), clause },
        Eased::Waiting { to, since, from } => {
            let (since, from, hours) = (since.short(), from.short(), ease.hours.to_string());
            match to {
                Some(level) => Said::EasesToLower { since, from, level, hours, clause },
                None => Said::EasesToEnd { since, from, hours, clause },
            }
        }
        Eased::No => Said::NotEased { clause },
    };
    page.blank();
    page.item(&said.text(lang), Style::Plain);
}

fn departures(page: &mut Page, book: &Book, today: Option<Date>, lang: Lang) {
    let mut found = book
        .departures
        .iter()
        .filter(|it| it.resumed.is_none() && today.is_none_or(|today| today <= it.departure.until));
    let Some(first) = found.next() else { return };
    page.heading(&Said::Departures.text(lang));
    for Departed { departure, act, .. } in std::iter::once(first).chain(found) {
        let (number, until) = (act.seq.to_string(), departure.until.to_string());
        let (name, reason) = (act.by.name.clone(), departure.reason.clone());
        let said = match departure.instead.clone() {
            Instead::Customer { customer_id: customer, volume_m3 } => {
                let volume = fmt::with_unit(volume_m3, lang);
                Said::DepartureOfCustomer { number, customer, volume, until, name, reason }
            }
            Instead::Rule { set } => Said::DepartureOfRule { number, set, until, name, reason },
        };
        page.item(&said.text(lang), Style::Warn);
    }
}

/// What has to be done next, by whom, under which clause.
pub(crate) fn next(dossier: &Dossier, lang: Lang) -> String {
    let id = dossier.proposed.id.to_string();
    let steps = &dossier.proposed.steps;
    let who = |step: Step| {
        let wanted = steps.who.get(&step)?;
        let name = |body: &String| steps.bodies.get(body).map_or(body.as_str(), |label| label.get(lang)).to_owned();
        let names: Vec<String> = wanted.by.iter().map(name).collect();
        Some((crate::render::rules::listed(names, lang), wanted.clause.clone()))
    };
    let said = match dossier.stage() {
        Stage::NothingToOrder => Said::NextNothing { id },
        Stage::Proposed => {
            let (by, clause) = who(Step::Approve).unwrap_or_default();
            Said::NextApprove { id, by, clause }
        }
        Stage::Approved => {
            let (by, clause) = who(Step::Sign).unwrap_or_default();
            Said::NextSign { id, by, clause }
        }
        Stage::Signed => match who(Step::Issue) {
            Some((by, clause)) => Said::NextIssue { id, by, clause },
            None => Said::NextIssueByAnybody { id },
        },
        Stage::Issued | Stage::Replaced => Said::InForce { id },
    };
    said.text(lang)
}
