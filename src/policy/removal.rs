//! What a proposal takes out of a plan (`remove`), with every mention of it elsewhere: to leave a name that nothing
//! answers to would be an error with one cure only. What a removal leaves wanting is told where the removal stands.

use super::PolicyMessage as M;
use crate::problem::{Place, Problems};
use crate::tree::{Node, Value};

/// What was taken out, and where that is said.
pub(super) struct Removed {
    classes: Vec<(String, Place)>,
    sections: Vec<(String, Place)>,
}

/// What no plan can be without.
const NEEDED: [&str; 5] = ["policy", "classes", "tiers", "measures", "cut_order"];

/// Takes out what the paths lead to.
pub(super) fn remove(after: &mut Node, paths: &Node, problems: &mut Problems) -> Removed {
    let mut removed = Removed { classes: Vec::new(), sections: Vec::new() };
    let mut wanted = Vec::new();
    match &paths.value {
        Value::List(items) => {
            for item in items {
                match &item.value {
                    Value::Text(path) => wanted.push((path.as_str(), &item.place)),
                    _ => problems.error(item.place.clone(), M::NotPaths { key: "remove" }),
                }
            }
        }
        _ => problems.error(paths.place.clone(), M::NotPaths { key: "remove" }),
    }
    // Numbers count in the plan as it was, so the last of a list goes first.
    wanted.sort_by_key(|(path, _)| {
        let parts = path.split('.').map(|part| (part.parse::<usize>().ok(), part.to_owned()));
        std::cmp::Reverse(parts.collect::<Vec<_>>())
    });
    for (path, place) in wanted {
        if take_level_of_measure(after, path, place) {
            continue;
        }
        match after.take(path, place) {
            Err(problem) => problems.extend(problem),
            Ok(gone) => {
                forget(after, path, &gone, place, &mut removed);
            }
        }
    }
    removed
}

/// After all that the proposal says: what no plan can be without, and rules whose only class it has removed, where it
/// has put nothing in their place.
pub(super) fn leftovers(after: &Node, removed: &Removed, problems: &mut Problems) {
    for (section, place) in &removed.sections {
        if NEEDED.contains(&section.as_str()) && after.get(section).is_none() {
            problems.error(place.clone(), M::NoPlanWithout { section: section.clone() });
        }
    }
    for (class, place) in &removed.classes {
        if after.get("classes").is_some_and(|classes| classes.get(class).is_some()) {
            continue;
        }
        let mut paths = Vec::new();
        mentions(after, "", class, &mut paths);
        for path in paths {
            problems.error(place.clone(), M::LastOfItsRule { class: class.clone(), path });
        }
    }
}

/// Strikes what is gone wherever else it is named.
fn forget(after: &mut Node, path: &str, gone: &Node, place: &Place, removed: &mut Removed) {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        [section] if NEEDED.contains(section) => removed.sections.push(((*section).to_owned(), place.clone())),
        ["levels"] => gone.names().iter().for_each(|level| forget_level(after, level, place)),
        ["levels", level] => forget_level(after, level, place),
        ["measures", measure] => forget_measure(after, measure, place),
        ["roles"] => gone.names().iter().for_each(|role| forget_role(after, role, place)),
        ["roles", role] => forget_role(after, role, place),
        ["classes", class] => {
            forget_class(after, class, place);
            removed.classes.push(((*class).to_owned(), place.clone()));
        }
        // What rotates, or reaches that tier alone, is wanting from now on.
        ["rotation"] | ["tiers", _] => {
            blame(after, "measures", place);
            blame(after, "classes", place);
        }
        _ => {}
    }
}

/// `measures.MEASURE.LEVEL` where the measure names the level in its list, with a table of its own or without.
fn take_level_of_measure(after: &mut Node, path: &str, place: &Place) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    let ["measures", measure, level] = parts.as_slice() else { return false };
    let Some(node) = get_mut(after, "measures").and_then(|measures| get_mut(measures, measure)) else { return false };
    let listed = get_mut(node, "levels").is_some_and(|levels| strike(levels, level, place));
    if listed {
        take_entry(node, level);
        node.place = place.clone();
    }
    listed
}

fn forget_level(after: &mut Node, level: &str, place: &Place) {
    for measure in tables(after, "measures") {
        let listed = get_mut(measure, "levels").is_some_and(|levels| strike(levels, level, place));
        if take_entry(measure, level) || listed {
            measure.place = place.clone();
        }
    }
    // The gap it leaves is told at a neighbour.
    blame(after, "levels", place);
}

/// A measure goes from the cut order, the order of restoration and exemptions; one from nothing else goes too.
fn forget_measure(after: &mut Node, measure: &str, place: &Place) {
    if let Some(order) = get_mut(after, "cut_order") {
        strike(order, measure, place);
    }
    let restore = get_mut(after, "response").and_then(|response| get_mut(response, "restore"));
    // A word alone is no list of measures.
    if let Some(order @ Node { value: Value::List(_), .. }) = restore.and_then(|restore| get_mut(restore, "order")) {
        strike(order, measure, place);
    }
    let Some(Node { value: Value::Table(exemptions), .. }) = get_mut(after, "exemptions") else { return };
    exemptions.retain_mut(|(_, exemption)| {
        let Some(measures) = get_mut(exemption, "measures") else { return true };
        !(strike(measures, measure, place) && measures.value == Value::List(Vec::new()))
    });
}

fn forget_role(after: &mut Node, role: &str, place: &Place) {
    for section in ["levels", "duties", "response"] {
        for rule in tables(after, section) {
            for key in ["proposed_by", "approved_by", "reported_to", "at_discretion", "owed_by", "owed_to", "by"] {
                if let Some(bodies) = get_mut(rule, key) {
                    strike(bodies, role, place);
                }
            }
        }
    }
}

/// Strikes a class from every rule that names others too, and from the supply order. A rule about nobody else stays as it
/// is: without its class it would be about everybody.
fn forget_class(node: &mut Node, class: &str, place: &Place) {
    match &mut node.value {
        Value::Table(entries) => {
            for (key, node) in entries {
                if key == "class" {
                    strike_unless_last(node, class, place);
                } else if let ("takes", Value::List(takes)) = (key.as_str(), &mut node.value) {
                    takes.retain(|take| !take.get("class").is_some_and(|classes| is_only(classes, class)));
                    takes.iter_mut().for_each(|take| forget_class(take, class, place));
                } else {
                    forget_class(node, class, place);
                }
            }
        }
        Value::List(items) => {
            items.iter_mut().for_each(|item| forget_class(item, class, place));
            // A rank that takes nothing is none.
            items.retain(|item| item.get("takes").is_none_or(|takes| takes.value != Value::List(Vec::new())));
        }
        _ => {}
    }
}

fn is_only(classes: &Node, class: &str) -> bool {
    match &classes.value {
        Value::Text(only) => only == class,
        Value::List(items) => !items.is_empty() && items.iter().all(|item| item.value == Value::Text(class.to_owned())),
        _ => false,
    }
}

fn strike_unless_last(classes: &mut Node, class: &str, place: &Place) {
    if !is_only(classes, class) {
        strike(classes, class, place);
    }
}

/// Takes a word out of a list, or empties a text that is this word; whether it was there.
fn strike(list: &mut Node, word: &str, place: &Place) -> bool {
    let found = match &mut list.value {
        Value::List(items) => {
            let before = items.len();
            items.retain(|item| item.value != Value::Text(word.to_owned()));
            items.len() < before
        }
        Value::Text(only) if only == word => {
            list.value = Value::List(Vec::new());
            true
        }
        _ => false,
    };
    if found {
        list.place = place.clone();
    }
    found
}

/// The paths of the rules that still name a class.
fn mentions(node: &Node, path: &str, class: &str, found: &mut Vec<String>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match &node.value {
        Value::Table(entries) => {
            for (key, node) in entries {
                if key == "class" && is_only(node, class) {
                    found.push(path.to_owned());
                } else {
                    mentions(node, &below(key), class, found);
                }
            }
        }
        Value::List(items) => {
            items.iter().enumerate().for_each(|(at, item)| mentions(item, &below(&at.to_string()), class, found));
        }
        _ => {}
    }
}

/// What is wrong with the tables of a section from now on is told here.
fn blame(after: &mut Node, section: &str, place: &Place) {
    for table in tables(after, section) {
        table.place = place.clone();
    }
}

fn tables<'n>(node: &'n mut Node, key: &str) -> impl Iterator<Item = &'n mut Node> + use<'n> {
    let entries = match get_mut(node, key).map(|node| &mut node.value) {
        Some(Value::Table(entries)) => entries.as_mut_slice(),
        _ => &mut [],
    };
    entries.iter_mut().map(|(_, node)| node)
}

fn get_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Table(entries) => entries.iter_mut().find(|(name, _)| name == key).map(|(_, node)| node),
        _ => None,
    }
}

fn take_entry(node: &mut Node, key: &str) -> bool {
    let Value::Table(entries) = &mut node.value else { return false };
    let before = entries.len();
    entries.retain(|(name, _)| name != key);
    entries.len() < before
}
