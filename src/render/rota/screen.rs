//! The calendar on the screen: a row a block, a column a day, a few days below each other where they are many.

use super::View;
use super::words::Word as Said;
use super::{full_days, whole_percent};
use crate::render::fmt;
use crate::render::page::{Cell, Page, Style, WIDTH};
use crate::render::screen::Look;
use crate::rota::{CalendarDay, Known, Planned};
use crate::units::Date;

/// The columns of a day, with the blanks before it.
const DAY: usize = 7;
/// The widest name of a block, in columns.
const NAME: usize = 26;
/// Longer periods are shown a week at a time.
const WEEK: usize = 7;

/// The whole screen.
pub(crate) fn page(view: &View<'_>, look: Look) -> String {
    let mut page = Page::new(look.colour);
    page.line(&view.title(), Style::Bold);
    for set in &view.policy.overrides {
        page.item(&Said::PolicySet { set: set.clone() }.text(view.lang), Style::Warn);
    }
    if let Some(date) = view.calendar.season {
        page.item(&Said::Since { date: date.to_string() }.text(view.lang), Style::Dim);
    }
    page.item(&Said::LegendIssued.text(view.lang), Style::Dim);
    page.item(&Said::LegendPlanned.text(view.lang), Style::Dim);
    page.item(&Said::LegendNone.text(view.lang), Style::Dim);
    let days = &view.calendar.days;
    let fit = (WIDTH - 2 - NAME) / DAY;
    for band in days.chunks(if days.len() > fit { WEEK } else { fit }) {
        page.blank();
        page.table(view.band(band));
    }
    view.basis(&mut page);
    view.fairness(&mut page);
    if days.iter().any(|day| matches!(day.known, Known::Planned(_))) {
        page.blank();
        page.line(&Said::PlanIsNoOrder.text(view.lang), Style::Bold);
    }
    page.into_text()
}

impl View<'_> {
    /// Some days as a table.
    fn band(&self, days: &[CalendarDay]) -> Vec<Vec<Cell>> {
        let head = |said: &Said| Cell::left(said.text(self.lang)).styled(Style::Dim);
        let date = |day: &CalendarDay| {
            let (month, day) = (day.date.month(), day.date.day());
            Cell::right(format!("{month:02}-{day:02}")).styled(Style::Dim)
        };
        let level = |day: &CalendarDay| Cell::right(day.level.clone().unwrap_or_default());
        let short = |day: &CalendarDay| Cell::right(day.balance.map(short).unwrap_or_default()).styled(Style::Dim);
        let row = |first: Cell, cell: &dyn Fn(&CalendarDay) -> Cell| {
            std::iter::once(first).chain(days.iter().map(cell)).collect::<Vec<Cell>>()
        };
        let mut rows =
            vec![row(head(&Said::Block), &date), row(head(&Said::Level), &level), row(head(&Said::Short), &short)];
        for (id, name) in self.blocks() {
            rows.push(row(Cell::left(fmt::shortened(name, NAME)), &|day| mark(day, id)));
        }
        rows
    }

    /// What the planned days rest on, and what is to be said of them.
    fn basis(&self, page: &mut Page) {
        let lang = self.lang;
        let days = &self.calendar.days;
        let mut said: Vec<(Said, Style)> = Vec::new();
        let planned = || days.iter().filter_map(|day| Some((day.date, planned(day)?)));
        let of = |holds: &dyn Fn(&Planned) -> bool| -> Vec<Date> {
            planned().filter(|(_, basis)| holds(basis)).map(|(date, _)| date).collect()
        };
        if !self.recorded {
            said.push((Said::NoRecord, Style::Dim));
        }
        let mut percents: Vec<_> = planned().filter_map(|(_, basis)| basis.shortfall).collect();
        percents.dedup();
        let expected = of(&|basis| basis.shortfall.is_some());
        let asked = match percents.as_slice() {
            [one] => Some(one.to_string()),
            _ => None,
        };
        let said_of = |dates| match asked {
            Some(percent) => Said::PlannedFor { percent, dates },
            None => Said::PlannedForecast { dates },
        };
        said.extend(self.some(&expected, said_of, Style::Plain));
        let own = of(&|basis| basis.shortfall.is_none());
        said.extend(self.some(&own, |dates| Said::PlannedOwn { dates }, Style::Plain));
        let standing = of(&|basis| basis.standing_demand);
        said.extend(self.some(&standing, |dates| Said::StandingDemand { dates }, Style::Plain));
        let mut like: Vec<Date> = planned().filter_map(|(_, basis)| basis.sources_of).collect();
        like.dedup();
        for day in like {
            let of = of(&|basis| basis.sources_of == Some(day));
            said.extend(self.some(&of, |dates| Said::SourcesOf { day: day.to_string(), dates }, Style::Plain));
        }
        for (set, dates) in &self.departed {
            let set = set.clone();
            said.extend(self.some(dates, |dates| Said::RuleDeparted { set, dates }, Style::Warn));
        }
        said.extend(self.some(&of(&|basis| basis.extended), |dates| Said::Extended { dates }, Style::Plain));
        said.extend(self.some(&of(&|basis| basis.rest_gave_way), |dates| Said::RestGaveWay { dates }, Style::Warn));
        let beyond = of(&|basis| !basis.beyond_authority.is_zero());
        said.extend(self.some(&beyond, |dates| Said::Beyond { dates }, Style::Loud));
        let unknown: Vec<Date> = days.iter().filter(|day| day.known == Known::Unknown).map(|day| day.date).collect();
        said.extend(self.some(&unknown, |dates| Said::NothingKnown { dates }, Style::Warn));
        said.extend(self.some(&self.skipped, |dates| Said::NotPlanned { dates }, Style::Warn));
        if !said.is_empty() {
            page.blank();
        }
        for (said, style) in said {
            page.item(&said.text(lang), style);
        }
    }

    fn some(&self, dates: &[Date], said: impl FnOnce(String) -> Said, style: Style) -> Option<(Said, Style)> {
        (!dates.is_empty()).then(|| (said(self.dates(dates)), style))
    }

    /// Days in words, those in a row as their ends.
    pub(super) fn dates(&self, dates: &[Date]) -> String {
        let runs = dates.chunk_by(|a, b| a.next() == Some(*b));
        let run = |run: &[Date]| match run {
            [] => String::new(),
            [day] => day.to_string(),
            [first, .., last] => Said::Days { from: first.to_string(), to: last.to_string() }.text(self.lang),
        };
        crate::render::rules::listed(runs.map(run), self.lang)
    }

    fn fairness(&self, page: &mut Page) {
        let (lang, so_far, after) = (self.lang, &self.calendar.so_far, &self.calendar.after);
        page.heading(&Said::Fairness.text(lang));
        let header =
            [Said::Turns, Said::WithPlan, Said::FullDays, Said::WithPlan, Said::LongestRun, Said::ShortestRest];
        let dim = |cell: Cell| cell.styled(Style::Dim);
        let mut rows = vec![vec![dim(Cell::left(Said::Block.text(lang)))]];
        rows[0].extend(header.iter().map(|said| dim(Cell::right(said.text(lang)))));
        for ((_, name), (before, then)) in self.blocks().zip(so_far.blocks.iter().zip(&after.blocks)) {
            rows.push(vec![
                Cell::left(fmt::shortened(name, NAME)),
                Cell::right(before.turns.to_string()),
                Cell::right(then.turns.to_string()),
                Cell::right(full_days(before.burden, 3)),
                Cell::right(full_days(then.burden, 3)),
                Cell::right(then.longest_run.to_string()),
                Cell::right(then.shortest_rest.map_or_else(|| "-".to_owned(), |rest| rest.to_string())),
            ]);
        }
        page.table(rows);
        let (so_far, spread) = (full_days(so_far.spread(), 3), full_days(after.spread(), 3));
        page.item(&Said::Spread { so_far, after: spread }.text(lang), Style::Plain);
        let run = after.longest_run().to_string();
        let said = match after.shortest_rest() {
            Some(rest) => Said::RunAndRest { run, rest: rest.to_string() },
            None => Said::Run { run },
        };
        page.item(&said.text(lang), Style::Plain);
        page.item(&Said::Counted.text(lang), Style::Dim);
    }
}

const fn planned(day: &CalendarDay) -> Option<&Planned> {
    match &day.known {
        Known::Planned(planned) => Some(planned),
        _ => None,
    }
}

/// A block's day: what is lost in percent, in square brackets where it was issued and in round ones where it is planned.
fn mark(day: &CalendarDay, block: &str) -> Cell {
    let percent = day.turn(block).map(|(_, turn)| whole_percent(turn.cut_m3, turn.demand_m3));
    match (&day.known, percent) {
        (Known::Confirmed(_), Some(percent)) => Cell::right(format!("[{percent}]")).styled(Style::Bold),
        (Known::Planned(_), Some(percent)) => Cell::right(format!("({percent})")).styled(Style::Warn),
        (Known::Confirmed(_) | Known::Planned(_), None) => Cell::right("·").styled(Style::Dim),
        (Known::Unknown, _) => Cell::right("?").styled(Style::Dim),
        (Known::NoOrder, _) => Cell::right("-").styled(Style::Dim),
    }
}

/// A shortfall in percent with one decimal, for reading only.
fn short((demand, deliverable): (crate::units::M3, crate::units::M3)) -> String {
    let (short, demand) = (u128::from(demand.less(deliverable).get()), u128::from(demand.get().max(1)));
    let tenths = (short * 1000 + demand / 2) / demand;
    format!("{}.{}", tenths / 10, tenths % 10)
}
