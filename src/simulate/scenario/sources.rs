//! `[sources.NAME]`: what each source gives in a winter, how it fails, and which sources the scenario adds to the case.

use super::read::{celsius, part, volume};
use crate::city::{City, End};
use crate::problem::{Place, Problems, nearest};
use crate::simulate::{Gives, Outages, ScenarioMessage as M, SourceModel, Store};
use crate::tree::{Node, Reader};
use crate::units::{Celsius, Date, Decimal, Fraction, M3};

/// A source as the scenario writes it.
pub(super) struct Draft {
    name: String,
    place: Place,
    gives: Option<Gives>,
    outages: Option<Outages>,
    new: bool,
    feeds: Option<(String, Place)>,
    company: Option<(String, Place)>,
    area: Option<(String, Place)>,
}

/// Reads `[sources]`.
pub(super) fn read(entries: &[(String, Node)], season: (Date, Date), problems: &mut Problems) -> Vec<Draft> {
    entries.iter().map(|(name, node)| one(name, node, season, problems)).collect()
}

fn one(name: &str, node: &Node, season: (Date, Date), problems: &mut Problems) -> Draft {
    let mut reader = Reader::new(name, node, problems);
    let gives = gives(name, &mut reader, season);
    let outages = reader.optional("outages").and_then(|node| outages(node, reader.problems()));
    let new = reader.bool("new").unwrap_or(false);
    let mut word = |key: &'static str| {
        let text = reader.text(key)?;
        Some((text, node.get(key).map_or_else(|| node.place.clone(), |node| node.place.clone())))
    };
    let (feeds, company, area) = (word("feeds"), word("company"), word("area"));
    reader.finish();
    Draft { name: name.to_owned(), place: node.place.clone(), gives, outages, new, feeds, company, area }
}

fn gives(name: &str, reader: &mut Reader<'_, '_>, season: (Date, Date)) -> Option<Gives> {
    let always = reader.optional("m3_day");
    let contract = reader.optional("contract").is_some().then(|| reader.list("contract"));
    let store = reader.optional("store");
    let place = reader.place();
    let source = name.to_owned();
    match (always, contract, store) {
        (None, None, None) => reader.problems().error(place, M::GivesNothing { source }),
        (Some(node), None, None) => return Some(Gives::Contract(vec![(season.0, volume("m3_day", node, reader)?)])),
        (None, Some(steps), None) => return contracted(name, steps, reader, season),
        (None, None, Some(node)) => return stored(node, reader.problems()),
        _ => reader.problems().error(place, M::GivesTwice { source }),
    }
    None
}

/// The steps of a contract.
fn contracted(name: &str, steps: &[Node], above: &mut Reader<'_, '_>, (first, last): (Date, Date)) -> Option<Gives> {
    let place = above.place();
    let problems = above.problems();
    if steps.is_empty() {
        problems.error(place, M::EmptyContract { source: name.to_owned() });
    }
    let mut read: Vec<(Date, M3)> = Vec::new();
    for step in steps {
        let mut reader = Reader::new("contract", step, problems);
        let _ = reader.required("from");
        let from = reader.date("from");
        let given = reader.required("m3_day");
        let given = given.and_then(|node| volume("m3_day", node, &mut reader));
        reader.finish();
        let (Some(from), Some(given)) = (from, given) else { continue };
        let place = step.get("from").map_or_else(|| step.place.clone(), |node| node.place.clone());
        let source = name.to_owned();
        if from > last {
            problems.warn(place, M::ContractAfterSeason { source, from: from.to_string() });
        } else if read.is_empty() && from > first {
            let (from, first) = (from.to_string(), first.to_string());
            problems.warn(place, M::ContractBeginsLate { source, from, first });
        }
        if read.last().is_some_and(|(before, _)| *before >= from) {
            let place = step.get("from").map_or_else(|| step.place.clone(), |node| node.place.clone());
            problems.error(place, M::ContractOutOfOrder { from: from.to_string() });
        }
        read.push((from, given));
    }
    Some(Gives::Contract(read))
}

fn stored(node: &Node, problems: &mut Problems) -> Option<Gives> {
    let mut reader = Reader::new("store", node, problems);
    let mut said = |key: &'static str| reader.required(key).and_then(|node| volume(key, node, &mut reader));
    let (holds, sends, refill) = (said("holds_m3"), said("sends_m3_day"), said("refill_m3_day"));
    reader.finish();
    Some(Gives::Store(Store { holds: holds?, sends: sends?, refill: refill? }))
}

fn outages(node: &Node, problems: &mut Problems) -> Option<Outages> {
    let mut reader = Reader::new("outages", node, problems);
    let fails = reader.required("chance_a_day").and_then(|node| part("chance_a_day", node, &mut reader));
    let lasts = reader.required("lasts_days").and_then(|node| {
        let days = reader.as_decimal("lasts_days", node)?;
        if days >= Decimal::ONE {
            return Some(days);
        }
        reader.problems().error(node.place.clone(), M::NoDays { key: "lasts_days" });
        None
    });
    let loses = match reader.optional("loses") {
        Some(node) => part("loses", node, &mut reader),
        None => Some(Decimal::ONE),
    };
    let cold = reader.optional("cold").map(|node| in_the_cold(node, reader.problems()));
    reader.finish();
    let mended = Decimal::below(Fraction::new(Decimal::ONE.atto(), lasts?.atto()));
    let cold = match cold {
        Some(read) => Some(read?),
        None => None,
    };
    Some(Outages { fails: fails?, mended, loses: loses?, cold })
}

fn in_the_cold(node: &Node, problems: &mut Problems) -> Option<(Celsius, Decimal)> {
    let mut reader = Reader::new("cold", node, problems);
    let below = reader.required("below_c").and_then(|node| celsius("below_c", node, &mut reader));
    let times = reader.required("times").and_then(|node| reader.as_decimal("times", node));
    reader.finish();
    Some((below?, times?))
}

/// The sources of a city as a scenario has them: new ones are added to the city, and each is told apart by its index.
pub(super) fn settle(drafts: Vec<Draft>, city: &mut City, whole: &Place, problems: &mut Problems) -> Vec<SourceModel> {
    let known: Vec<String> = city.sources.iter().map(|source| source.id.to_string()).collect();
    for source in known.iter().filter(|known| drafts.iter().all(|draft| draft.name != **known)) {
        problems.warn(whole.clone(), M::Silent { source: source.clone() });
    }
    for draft in &drafts {
        let source = draft.name.clone();
        match (known.contains(&source), draft.new) {
            (true, false) if draft.feeds.is_none() && draft.company.is_none() && draft.area.is_none() => {}
            (true, _) => problems.error(draft.place.clone(), M::NotNew { source }),
            (false, true) => add(draft, city, problems),
            (false, false) => {
                let message = match nearest(&source, known.iter().map(String::as_str)) {
                    Some(near) => M::NearSource { near: near.to_owned(), source },
                    None => M::UnknownSource { source, known: known.join(", ") },
                };
                problems.error(draft.place.clone(), message);
            }
        }
    }
    let model = |draft: Draft| {
        let source = city.sources.iter().position(|source| *source.id == *draft.name)?;
        Some(SourceModel { source: source as u32, gives: draft.gives?, outages: draft.outages })
    };
    let mut models: Vec<SourceModel> = drafts.into_iter().filter_map(model).collect();
    models.sort_by_key(|model| model.source);
    models
}

/// Adds a source to a city.
fn add(draft: &Draft, city: &mut City, problems: &mut Problems) {
    let list = |words: Vec<String>| words.join(", ");
    let company = draft.company.as_ref().and_then(|(word, place)| {
        let found = city.companies.iter().position(|company| **company == **word);
        if found.is_none() {
            let known = list(city.companies.iter().map(ToString::to_string).collect());
            problems.error(place.clone(), M::UnknownCompany { word: word.clone(), known });
        }
        found.map(|at| at as u32)
    });
    if !city.settings.pooling && draft.company.is_none() {
        let known = list(city.companies.iter().map(ToString::to_string).collect());
        problems.error(draft.place.clone(), M::NeedsCompany { source: draft.name.clone(), known });
    }
    let area = draft.area.as_ref().and_then(|(word, place)| {
        let outer = |district: &crate::city::District| !district.urban && *district.id == **word;
        let found = city.districts.iter().position(outer);
        if found.is_none() {
            let outer = city.districts.iter().filter(|district| !district.urban);
            let known = list(outer.map(|district| district.id.to_string()).collect());
            problems.error(place.clone(), M::UnknownArea { word: word.clone(), known });
        }
        found.map(|at| at as u32)
    });
    let feeds = feeds(draft, city, problems);
    city.add_source(&draft.name, company, area, feeds);
}

/// The end of the network at which a new source feeds in.
fn feeds(draft: &Draft, city: &City, problems: &mut Problems) -> Option<(End, Box<str>)> {
    let Some(links) = &city.links else {
        if let Some((_, place)) = &draft.feeds {
            problems.error(place.clone(), M::NothingToFeed {});
        }
        return None;
    };
    let ends = || links.iter().flat_map(|link| [(link.from, &link.names.0), (link.to, &link.names.1)]);
    let inner = || ends().filter(|(end, _)| !matches!(end, End::Source(_)));
    let known = || {
        let mut names: Vec<&str> = inner().map(|(_, name)| &**name).collect();
        names.sort_unstable();
        names.dedup();
        names.join(", ")
    };
    match &draft.feeds {
        // A source of an outer district needs no network.
        None if draft.area.is_some() => None,
        None => {
            let message = M::FeedsNothing { source: draft.name.clone(), known: known() };
            problems.error(draft.place.clone(), message);
            None
        }
        Some((word, place)) => {
            let found = inner().find(|(_, name)| ***name == **word).map(|(end, name)| (end, name.clone()));
            if found.is_none() {
                problems.error(place.clone(), M::FeedsUnknown { word: word.clone(), known: known() });
            }
            found
        }
    }
}
