//! The report of an incident: time, place, source, supply and demand, extent, trend, measures taken.

use serde::Serialize;

use super::{Answers, Figures, Head, LevelFrom, Outlook, Part, Sources, Standing, figures};
use crate::decide::DemandFrom;
use crate::record::{Act, Book, DecisionId, Dossier, Entry, Event, Moment, Stage};
use crate::units::M3;

/// The report of an incident.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Incident {
    /// The name of the format.
    pub schema: &'static str,
    /// Where it stands in the record.
    pub head: Head,
    /// The duties that it answers, if the plan has any.
    pub answers: Vec<Answers>,
    /// The decision that it reports by.
    pub id: DecisionId,
    /// When the shortage was found: when the decision was proposed.
    pub found: Moment,
    /// When the response began; `None` if nothing was issued yet.
    pub began: Option<Moment>,
    /// The districts that are short, with what is cut there.
    pub places: Vec<Place>,
    /// Who found it, by what figures.
    pub source: Found,
    /// The figures of the whole gas day.
    pub figures: Figures,
    /// The days around it, as far as they are known: those decided before it, and the next one.
    pub earlier: Vec<Outlook>,
    /// The gas day after it.
    pub next: Option<Outlook>,
    /// The hours until the first district's pipes are down to their least if nothing is done, where hours are decided: the district, thousandths of an
    /// hour.
    pub to_minimum: Option<(String, crate::units::Milli)>,
    /// The levels so far.
    pub levels: Vec<LevelFrom>,
    /// Who did what of the steps of its order.
    pub steps: Vec<(&'static str, Entry)>,
    /// Whether it is the order of its day.
    pub stands: &'static str,
    /// Which figures the case could give.
    pub sources: Sources,
}

/// A district that is short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// The district.
    pub district: String,
    /// Its forecast demand.
    pub demand_m3: M3,
    /// What it does not get of it.
    pub cut_m3: M3,
}

/// Where the information comes from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Found {
    /// Who, as stated.
    pub by: String,
    /// In which role.
    pub role: Option<String>,
    /// By which figures of demand, in both languages.
    pub demand: DemandFrom,
}

/// Puts a report of an incident together: `part` is the decision's whole gas day, `earlier` what was decided of days before it.
pub(crate) fn incident(
    book: &Book,
    dossier: &Dossier,
    head: Head,
    answers: Vec<Answers>,
    part: &Part<'_>,
    (earlier, next): (Vec<Outlook>, Option<Outlook>),
    sources: Sources,
) -> Option<Incident> {
    let decision = part.kept?.decision;
    let id = dossier.proposed.id;
    let response = book.responses.iter().find(|response| response.orders.contains(&id));
    let row = |row: &crate::decide::DistrictRow| Place {
        district: row.district.clone(),
        demand_m3: row.demand_m3,
        cut_m3: row.cut_m3,
    };
    let parts = std::iter::once(decision).chain(&decision.areas);
    let places = parts.flat_map(|part| &part.by_district).filter(|row| !row.cut_m3.is_zero()).map(row);
    let hours = decision.hours.iter().flat_map(|hours| &hours.by_district);
    let to_minimum = hours.filter_map(|row| Some((row.district.clone(), row.hours_to_minimum?)));
    let steps = book.entries.iter().filter(|entry| entry.event.decision() == Some(id));
    let levels = response.iter().flat_map(|response| &response.levels);
    Some(Incident {
        schema: "curtail.report.incident/1",
        head,
        answers,
        id,
        found: dossier.act.at,
        began: response.map(|response| response.began.at),
        places: places.collect(),
        source: found(&dossier.act, decision.demand_source.clone()),
        figures: extent(part),
        earlier,
        next,
        to_minimum: to_minimum.min_by_key(|(_, hours)| *hours),
        levels: levels.map(|(act, level)| LevelFrom { at: act.at, level: level.clone() }).collect(),
        steps: steps.map(|entry| (Event::kind(&entry.event), entry.clone())).collect(),
        stands: match dossier.stage() {
            Stage::NothingToOrder => "nothing_to_order",
            Stage::Proposed | Stage::Approved | Stage::Signed => "proposed",
            Stage::Issued => "ordered",
            Stage::Replaced => "replaced",
        },
        sources,
    })
}

/// The figures of the day, as if what is only proposed had been ordered: what the shortage reaches.
fn extent(part: &Part<'_>) -> Figures {
    let mut ordered = part.clone();
    let known = ordered.kept.as_mut().map(|kept| std::mem::replace(&mut kept.standing, Standing::Ordered));
    let mut figures = figures(&[ordered]);
    for (day, known) in figures.days.iter_mut().zip(known) {
        day.known = known;
    }
    figures
}

fn found(act: &Act, demand: DemandFrom) -> Found {
    Found { by: act.by.name.clone(), role: act.by.role.clone(), demand }
}
