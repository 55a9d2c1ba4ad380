//! The report of an incident, in its seven fields.

use super::paper::{Names, Paper};
use super::words::Word;
use super::{document, under};
use crate::render::document::Document;
use crate::render::fmt;
use crate::report::{Incident, Outlook, Standing};

/// The whole paper.
pub(crate) fn incident(report: &Incident, names: Names<'_>) -> Document {
    let mut paper = Paper::new(names);
    let sums = &report.figures;
    let under = under(&paper, Vec::new(), &report.answers, &report.head);
    let id = report.id.to_string();
    paper.section(&Word::TimeHead);
    let began = report.began.map_or_else(|| paper.say(&Word::NotBegan), |at| paper.moment(at));
    paper.facts(vec![
        (Word::FoundAt, paper.moment(report.found)),
        (Word::GasDayFact, paper.date(report.id.date)),
        (Word::ResponseBegan, began),
    ]);
    paper.section(&Word::PlaceHead);
    places(&mut paper, report);
    paper.section(&Word::SourceHead);
    let name = report.source.by.clone();
    let found = match &report.source.role {
        Some(role) => Word::FoundByAs { name, role: names.policy().role(role, names.lang).to_owned() },
        None => Word::FoundBy { name },
    };
    let demand = &report.source.demand;
    let text = if names.lang == crate::Lang::Zh { &demand.text_zh } else { &demand.text };
    let points = [found, Word::DemandFrom { text: text.clone() }].map(|word| paper.say(&word));
    paper.list(points.into());
    paper.fill_in(&Word::FillSource, 1);
    paper.section(&Word::SupplyHead);
    paper.sums(sums);
    paper.days(&sums.days, false);
    paper.by_source(sums, false);
    paper.by_class(sums, false);
    paper.section(&Word::ExtentHead);
    paper.extent(sums);
    paper.boilers(sums);
    paper.beyond(sums);
    paper.section(&Word::TrendHead);
    trend(&mut paper, report);
    paper.section(&Word::TakenHead);
    paper.text(&match report.stands {
        "ordered" => Word::StandsOrdered { id },
        "replaced" => Word::StandsReplaced { id },
        _ => Word::StandsProposed { id },
    });
    paper.measures(sums);
    let steps: Vec<_> = report.steps.iter().map(|(_, entry)| entry.clone()).collect();
    paper.entries(&steps);
    paper.section(&Word::ToWrite);
    paper.fill_in(&Word::FillCause, 3);
    paper.fill_in(&Word::FillOpinion, 2);
    paper.fill_in(&Word::FillSignature, 1);
    paper.how_known(sums, &report.head, report.sources, false);
    document(paper, &Word::IncidentTitle { case: report.head.case.clone() }, under, &report.head)
}

fn places(paper: &mut Paper<'_>, report: &Incident) {
    let case = report.head.case.clone();
    if report.places.is_empty() {
        return paper.text(&Word::NoPlaces { case });
    }
    paper.text(&Word::PlaceIs { case });
    let rows = report.places.iter().map(|it| {
        vec![
            paper.names.district(&it.district),
            paper.volume(it.demand_m3),
            paper.volume(it.cut_m3),
            fmt::percent(it.cut_m3, it.demand_m3),
        ]
    });
    let rows = rows.collect();
    let columns =
        [(Word::ColDistrict, false), (Word::ColDemand, true), (Word::ColCut, true), (Word::ColCutShare, true)];
    paper.table(&columns, rows, None);
}

fn trend(paper: &mut Paper<'_>, report: &Incident) {
    paper.levels(&report.levels, None);
    if let Some((district, hours)) = &report.to_minimum {
        let hours = hours.to_string();
        paper.loud(&Word::ToMinimum { district: paper.names.district(district), hours });
    }
    let days: Vec<&Outlook> = report.earlier.iter().chain(&report.next).collect();
    if !days.is_empty() {
        paper.text(&Word::TrendTable);
        let rows = days.iter().map(|it| {
            let known = match it.known {
                Standing::Ordered => Word::KnownOrdered,
                Standing::Proposed => Word::KnownProposed,
                Standing::NothingToOrder => Word::KnownQuiet,
                Standing::Forecast | Standing::Unknown => Word::KnownForecast,
            };
            let mut row = vec![paper.date(it.date), paper.say(&known)];
            row.push(paper.names.level_or_none(it.level.as_ref()));
            row.extend([it.demand_m3, it.deliverable_m3, it.shortfall_m3].map(|volume| paper.volume(volume)));
            row.push(fmt::percent(it.shortfall_m3, it.demand_m3));
            row
        });
        let rows = rows.collect();
        let columns = [
            (Word::ColDay, false),
            (Word::ColKnown, false),
            (Word::ColLevel, false),
            (Word::ColDemand, true),
            (Word::ColDeliverable, true),
            (Word::ColShort, true),
            (Word::ColShortShare, true),
        ];
        paper.table(&columns, rows, None);
    }
    paper.fill_in(&Word::FillTrend, 2);
}
