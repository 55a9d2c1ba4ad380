//! The assessment of a response.

use super::paper::{Names, Paper};
use super::words::Word;
use super::{document, under};
use crate::render::document::Document;
use crate::report::{Assessment, Standing};

/// The whole paper.
pub(crate) fn assessment(report: &Assessment, names: Names<'_>) -> Document {
    let mut paper = Paper::new(names);
    let sums = &report.figures;
    let under = under(&paper, Vec::new(), &report.answers, &report.head);
    if report.ended.is_none() {
        paper.loud(&Word::StillOn);
    }
    paper.section(&Word::Overview);
    let ended = match &report.ended {
        Some((at, reason)) => {
            let at = paper.moment(*at);
            if reason.is_empty() { at } else { paper.say(&Word::EndedWhy { at, reason: reason.clone() }) }
        }
        None => paper.say(&Word::NotEnded),
    };
    let orders = sums.days.iter().filter(|day| day.known == Standing::Ordered).count();
    paper.facts(vec![
        (Word::BeganAt, paper.moment(report.began)),
        (Word::EndedFact, ended),
        (Word::OrdersCount, orders.to_string()),
    ]);
    paper.levels(&report.levels, None);
    paper.section(&Word::Timeline);
    paper.entries(&report.timeline);
    paper.course(&Word::DaysHead, sums, false);
    match report.lists.as_slice() {
        [] => paper.text(&Word::NoLists),
        lists => {
            paper.text(&Word::ListsTable);
            paper.entries(lists);
        }
    }
    if !report.restored.is_empty() {
        paper.text(&Word::RestoredTable);
        paper.entries(&report.restored);
    }
    paper.beyond_the_plan(sums, &report.departures);
    paper.section(&Word::DeliveriesHead);
    deliveries(&mut paper, report);
    paper.section(&Word::ToWrite);
    for (word, lines) in [
        (Word::FillCause, 3),
        (Word::FillInspections, 3),
        (Word::FillWork, 4),
        (Word::FillMeasures, 4),
        (Word::FillLessons, 4),
        (Word::FillNext, 4),
        (Word::FillOpinion, 2),
        (Word::FillSignature, 1),
    ] {
        paper.fill_in(&word, lines);
    }
    paper.how_known(sums, &report.head, report.sources, false);
    document(paper, &Word::AssessmentTitle { case: report.head.case.clone() }, under, &report.head)
}

fn deliveries(paper: &mut Paper<'_>, report: &Assessment) {
    if report.deliveries.is_empty() {
        return paper.text(&Word::NothingOwed);
    }
    let rows = report.deliveries.iter().map(|it| {
        let policy = paper.names.policy();
        let duty = policy.duties.iter().find(|duty| duty.id == it.duty);
        let late = match (it.delivered, it.late) {
            (_, true) => Word::Late,
            (Some(_), false) => Word::InTime,
            (None, false) => Word::NotDueYet,
        };
        vec![
            duty.map_or_else(|| it.duty.clone(), |duty| duty.label.get(paper.names.lang).to_owned()),
            it.period_end.map_or_else(|| "-".to_owned(), |date| paper.date(date)),
            paper.due(&it.due),
            it.delivered.map_or_else(|| paper.say(&Word::NotDelivered), |at| paper.moment(at)),
            paper.say(&late),
        ]
    });
    let rows = rows.collect();
    let columns = [Word::ColDuty, Word::ColPeriodEnd, Word::ColDue, Word::ColDelivered, Word::ColLate];
    paper.table(&columns.map(|word| (word, false)), rows, None);
}
