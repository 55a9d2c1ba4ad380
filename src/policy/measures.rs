//! Reads the measures of a plan: what is common to all levels, and what each level says differently.

use super::source::{Source, basis, entries, hour, label, near};
use super::{Action, Cut, Level, Measure, PolicyMessage as M, RankKey, Seasonal, Selector, Sharing};
use crate::problem::{Place, Problems};
use crate::tree::{Node, Reader, Value};
use crate::units::{Decimal, Hours};

/// The level of a plan without levels, in the keys of a measure.
pub(super) const ALWAYS: &str = "always";

/// What a level may say otherwise than the measure says for all levels.
pub(super) const KEYS: [&str; 11] =
    ["clause", "status", "note", "cut", "who", "limit", "leave", "window", "rebound", "mode", "tiers"];

/// Reads `[measures]` in the order of `cut_order`.
pub(super) fn measures(source: &mut Source<'_>, node: &Node, levels: &[Level]) -> Vec<Measure> {
    let names: Vec<&str> = match levels {
        [] => vec![ALWAYS],
        levels => levels.iter().map(|level| level.id.as_str()).collect(),
    };
    let declared = entries(node, "measures", source.problems);
    let mut measures: Vec<Measure> = declared.iter().map(|(id, node)| measure(source, id, node, &names)).collect();
    let place = |id: &str| declared.iter().find(|(name, _)| name == id).map(|(_, node)| node.place.clone());
    let mut ordered = Vec::new();
    let cut_order = Reader::new("cut_order", node, &mut Problems::new()).texts("cut_order").unwrap_or_default();
    for (word, at) in cut_order {
        match measures.iter().position(|m| m.id == word) {
            Some(found) => ordered.push(measures.remove(found)),
            None if ordered.iter().any(|m: &Measure| m.id == word) => {
                source.problems.error(at, M::DuplicateMeasure { measure: word });
            }
            None => {
                let near = near(&word, declared.iter().map(|(name, _)| name.as_str()));
                source.problems.error(at, M::UnknownMeasure { word, near });
            }
        }
    }
    for measure in &measures {
        if let Some(place) = place(&measure.id) {
            source.problems.error(place, M::MeasureNotInOrder { measure: measure.id.clone() });
        }
    }
    ordered
}

fn measure(source: &mut Source<'_>, id: &str, node: &Node, names: &[&str]) -> Measure {
    if id == crate::decide::BEYOND_AUTHORITY {
        source.problems.error(node.place.clone(), M::ReservedName { name: id.to_owned() });
    }
    let mut reader = Reader::new(id, node, source.problems);
    let label = label(&mut reader);
    let _ = basis(&mut reader);
    let (in_force, rotates) = (reader.optional("in_force"), reader.bool("rotates").unwrap_or(false));
    let within = reader.texts("within").unwrap_or_default();
    let sharing = reader.word("sharing", &[("even", Sharing::Even), ("list", Sharing::List)]).unwrap_or_default();
    let smallest_order_m3 = reader.whole("smallest_order_m3").unwrap_or_default();
    let notice_hours = reader.whole("notice_hours");
    let listed = reader.texts("levels").unwrap_or_default();
    let _ = ["cut", "who", "limit", "leave", "window", "rebound", "mode", "tiers"].map(|key| reader.optional(key));
    let by_level = reader.others(|key| names.contains(&key));
    for (word, place) in &listed {
        if !names.contains(&word.as_str()) {
            let known = names.join(", ");
            reader.problems().error(place.clone(), M::UnknownLevel { word: word.clone(), known });
        }
    }
    reader.finish();

    let mut keys = Vec::new();
    for (word, place) in within {
        // Each key multiplies the ranks, so a repeated one could ask for more than memory holds.
        match rank_key(source, &word, place.clone()) {
            Some(key) if keys.contains(&key) => source.problems.error(place, M::DuplicateRankKey { word }),
            key => keys.extend(key),
        }
    }
    let within = keys;
    let at = names.iter().map(|name| {
        let own = by_level.iter().find(|(level, _)| level == name).map(|(_, node)| *node);
        let in_force = own.is_some() || listed.iter().any(|(word, _)| word == name);
        in_force.then(|| action(source, id, name, node, own)).flatten()
    });
    let at = at.collect();
    let in_force = source.validity(in_force);
    Measure { id: id.to_owned(), label, in_force, at, rotates, within, sharing, smallest_order_m3, notice_hours }
}

fn rank_key(source: &mut Source<'_>, word: &str, place: Place) -> Option<RankKey> {
    match word {
        "firm" => Some(RankKey::Firm),
        "backup" => Some(RankKey::Backup),
        _ => {
            let (key, word, known) = ("within".to_owned(), word.to_owned(), "firm, backup".to_owned());
            source.problems.error(place, crate::tree::TreeMessage::UnknownWord { key, word, known });
            None
        }
    }
}

/// The action at one level: the level's own table over what the measure says for all levels.
fn action(source: &mut Source<'_>, id: &str, level: &str, common: &Node, own: Option<&Node>) -> Option<Action> {
    if let Some(own) = own {
        let mut reader = Reader::new(level, own, source.problems);
        for key in KEYS {
            let _ = reader.optional(key);
        }
        reader.finish();
    }
    // One table in which the level's keys stand before the measure's, read as if it were written so.
    let pick = |key: &str| own.and_then(|own| own.get(key)).or_else(|| common.get(key));
    let place = own.map_or(&common.place, |own| &own.place);
    let entries = KEYS.iter().filter_map(|key| pick(key).map(|node| ((*key).to_owned(), node.clone())));
    let merged = Node { place: place.clone(), value: Value::Table(entries.collect()) };
    let mut reader = Reader::new(level, &merged, source.problems);
    let basis = basis(&mut reader);
    let cut = reader.word("cut", &[("all", 0), ("to-floor", 1), ("limit", 2), ("leave", 3), ("stop", 4)]);
    let mode = reader.word("mode", &[("required", true), ("as_needed", false)]).unwrap_or(true);
    let rebound = reader.decimal("rebound").unwrap_or_default();
    let tiers = reader.wholes("tiers");

    let lacking = |key| M::MissingForCut { measure: id.to_owned(), level: level.to_owned(), key };
    let cut = match cut {
        Some(0) => Cut::All,
        Some(1) => Cut::ToFloor,
        Some(2) => match pick("limit") {
            Some(node) => Cut::Limit(shares(source, id, "limit", node)?),
            None => return refuse(source, place, lacking("limit")),
        },
        Some(3) => match pick("leave") {
            Some(node) => Cut::Leave(shares(source, id, "leave", node)?),
            None => return refuse(source, place, lacking("leave")),
        },
        Some(_) => {
            if !mode && rebound > Decimal::ZERO {
                let place = pick("rebound").map_or(place, |node| &node.place);
                source.problems.error(place.clone(), M::ReboundAsNeeded { measure: id.to_owned() });
            }
            if rebound > Decimal::ONE {
                out_of_range(source, "rebound", rebound, place.clone());
            }
            match pick("window") {
                Some(node) => stop(source, node, mode, rebound)?,
                None => return refuse(source, place, lacking("window")),
            }
        }
        None if pick("cut").is_none() => return refuse(source, place, lacking("cut")),
        None => return None,
    };
    let Some(who) = pick("who") else { return refuse(source, place, lacking("who")) };
    let who: Selector = source.selector(who, &[]);
    Some(Action { who, cut, tiers, basis })
}

/// Complains, and has nothing to give.
fn refuse<T>(source: &mut Source<'_>, place: &Place, message: M) -> Option<T> {
    source.problems.error(place.clone(), message);
    None
}

/// A share of demand, or a list of shares by season (P17).
fn shares(source: &mut Source<'_>, id: &str, key: &'static str, node: &Node) -> Option<Seasonal<Decimal>> {
    let share = |source: &mut Source<'_>, node: &Node| {
        let share = Reader::new(key, &EMPTY, source.problems).as_decimal(key, node)?;
        if share > Decimal::ONE {
            out_of_range(source, key, share, node.place.clone());
        }
        Some(share)
    };
    let Value::List(items) = &node.value else { return share(source, node).map(Seasonal::always) };
    let mut values = Vec::new();
    for item in items {
        let value = item.get("value").and_then(|value| share(source, value));
        let season = match (item.get("from"), item.get("until")) {
            (None, None) => {
                let mut reader = Reader::new(key, item, source.problems);
                let _ = reader.required("value");
                reader.finish();
                None
            }
            _ => {
                let _ = Reader::new("season", item, source.problems).required("value");
                source.season(item, &["value"])
            }
        };
        values.push((season, value?));
    }
    let shares = Seasonal::by_season(values);
    let days =
        (1..=12).flat_map(|month| (1..=31).filter_map(move |day| crate::units::Date::new(2028, month, day).ok()));
    if days.into_iter().any(|day| shares.on(day).is_none()) {
        source.problems.error(node.place.clone(), M::SeasonGap { measure: id.to_owned(), key });
    }
    Some(shares)
}

fn stop(source: &mut Source<'_>, node: &Node, required: bool, rebound: Decimal) -> Option<Cut> {
    let mut reader = Reader::new("window", node, source.problems);
    let ends = [reader.required("from"), reader.required("until")];
    reader.finish();
    let [from, until] = ends.map(|end| end.and_then(|end| hour(end, source.problems)));
    let (from, until) = (from?, until?);
    let Some(hours) = Hours::between(from, until) else {
        let (from, until) = (format!("{from:02}:00"), format!("{until:02}:00"));
        source.problems.error(node.place.clone(), M::ImpossibleWindow { from, until });
        return None;
    };
    Some(Cut::Stop { hours, from, until, required, rebound })
}

fn out_of_range(source: &mut Source<'_>, key: &'static str, value: Decimal, place: Place) {
    source.problems.error(place, M::LimitOutOfRange { key, value: value.to_string() });
}

/// A table to read single values against.
static EMPTY: std::sync::LazyLock<Node> = std::sync::LazyLock::new(|| Node {
    place: Place::whole(crate::problem::Origin::memory("")),
    value: Value::Table(Vec::new()),
});
