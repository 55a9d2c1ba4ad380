//! The daily report.

use super::paper::{Names, Paper};
use super::words::Word;
use super::{document, under};
use crate::render::document::Document;
use crate::report::Daily;

/// The whole paper.
pub(crate) fn daily(report: &Daily, names: Names<'_>) -> Document {
    let mut paper = Paper::new(names);
    let sums = &report.figures;
    let hours: usize = sums.days.iter().map(|day| day.of_hours[0]).sum();
    let period =
        Word::PeriodOf { from: paper.moment(report.from), until: paper.moment(report.until), hours: hours.to_string() };
    let under = under(&paper, vec![period], &report.answers, &report.head);
    if report.head.made < report.until {
        paper.loud(&Word::BeforeTheEnd);
    }
    paper.section(&Word::Levels);
    paper.levels(&report.levels, report.ended.as_ref());
    paper.course(&Word::Balance, sums, true);
    paper.beyond_the_plan(sums, &report.departures);
    paper.section(&Word::EventsHead);
    match report.events.as_slice() {
        [] => paper.text(&Word::NothingHappened),
        events => paper.entries(events),
    }
    paper.section(&Word::OutlookHead);
    match &report.outlook {
        Some(outlook) => paper.outlook(outlook),
        None => {
            let last = sums.days.last().and_then(|day| day.date.next());
            let date = last.map(|date| paper.date(date)).unwrap_or_default();
            paper.text(&match report.sources.case_read {
                true => Word::NoOutlook { date },
                false => Word::NoOutlookUnread { date },
            });
        }
    }
    paper.section(&Word::ToWrite);
    paper.fill_in(&Word::FillWeather, 2);
    paper.fill_in(&Word::FillProblems, 4);
    paper.fill_in(&Word::FillSignature, 1);
    paper.how_known(sums, &report.head, report.sources, true);
    document(paper, &Word::DailyTitle { case: report.head.case.clone() }, under, &report.head)
}
