//! What a proposal, or an override for one run, changes of a rule is no longer what the plan states: such a rule becomes a reading whose note says
//! what was changed, unless the proposal gives a status of its own. The clause stays: it is the clause departed from.

use super::measures::{ALWAYS, KEYS};
use crate::problem::{Origin, Place};
use crate::tree::{Node, Value};

/// What says where a rule comes from, or how it is called, and not what it is.
const ABOUT: [&str; 5] = ["status", "note", "en", "zh", "aliases"];

/// What a measure says once for all its levels, beside what a level may say for itself.
const FOR_ALL_LEVELS: [&str; 6] = ["in_force", "rotates", "within", "sharing", "smallest_order_m3", "notice_hours"];

/// One change: what, from what to what, and where the new value stands.
struct Change {
    what: String,
    place: Place,
}

/// Who changes a plan.
pub(super) enum By {
    /// A proposal with this id.
    Proposal(String),
    /// Overrides for one run.
    Override,
}

impl By {
    /// A note on a change in both languages; `changes` are empty of a rule that is new.
    fn note(&self, changes: &[Change]) -> (String, String) {
        let all: Vec<&str> = changes.iter().map(|change| change.what.as_str()).collect();
        let (en, zh) = (all.join("; "), all.join("；"));
        match (self, changes.is_empty()) {
            (Self::Proposal(id), true) => (format!("Added by the proposal {id}"), format!("由修改建议 {id} 增加")),
            (Self::Proposal(id), false) => {
                (format!("Changed by the proposal {id}: {en}"), format!("由修改建议 {id} 修改：{zh}"))
            }
            (Self::Override, true) => ("Added for this run".to_owned(), "本次运行增加".to_owned()),
            (Self::Override, false) => (format!("Changed for this run: {en}"), format!("本次运行修改：{zh}")),
        }
    }
}

/// Marks every rule of `after` that is not as in `before`. `own` is where the changes stand.
pub(super) fn mark(before: &Node, after: &mut Node, own: &[Origin], by: &By) {
    for section in ["levels", "exemptions", "duties", "response"] {
        let was = before.get(section);
        for (name, rule) in entries_mut(after, section) {
            mark_rule(was.and_then(|was| was.get(name)), rule, own, by);
        }
    }
    if let Some(rotation) = get_mut(after, "rotation") {
        mark_rule(before.get("rotation"), rotation, own, by);
    }
    if let Some(Node { value: Value::List(tiers), .. }) = get_mut(after, "tiers") {
        let was = match before.get("tiers").map(|tiers| &tiers.value) {
            Some(Value::List(was)) => was.as_slice(),
            _ => &[],
        };
        for tier in tiers {
            let was = was.iter().find(|was| was.get("number") == tier.get("number"));
            mark_rule(was, tier, own, by);
        }
    }
    mark_measures(before, after, own, by);
}

fn mark_rule(was: Option<&Node>, rule: &mut Node, own: &[Origin], by: &By) {
    let names: Vec<String> = rule.names().into_iter().chain(was.map(Node::names).unwrap_or_default()).collect();
    let keys = names.iter().map(String::as_str).filter(|key| !ABOUT.contains(key));
    let changes = changes(keys, |key| was.and_then(|was| was.get(key)), |key| rule.get(key), &rule.place);
    if was.is_none() || !changes.is_empty() {
        let (status, note) = (rule.get("status").cloned(), rule.get("note").cloned());
        reread(rule, status.as_ref(), note.as_ref(), was.is_none(), &changes, own, by);
    }
}

/// A level's action is what its own table says over what the measure says for all: it is the action that changes.
fn mark_measures(before: &Node, after: &mut Node, own: &[Origin], by: &By) {
    let mut levels = after.get("levels").map(Node::names).unwrap_or_default();
    if levels.is_empty() {
        levels.push(ALWAYS.to_owned());
    }
    let was = before.get("measures");
    for (name, measure) in entries_mut(after, "measures") {
        let was = was.and_then(|was| was.get(name));
        for level in &levels {
            if !acts(measure, level) {
                continue;
            }
            let was = was.filter(|was| acts(was, level));
            let keys = KEYS.into_iter().chain(FOR_ALL_LEVELS).filter(|key| !ABOUT.contains(key));
            let changes = changes(
                keys,
                |key| was.and_then(|was| says(was, level, key)),
                |key| says(measure, level, key),
                &measure.place,
            );
            if was.is_some() && changes.is_empty() {
                continue;
            }
            let (status, note) = (says(measure, level, "status").cloned(), says(measure, level, "note").cloned());
            let place = changes.first().map_or(&measure.place, |change| &change.place).clone();
            if measure.get(level).is_none()
                && let Value::Table(entries) = &mut measure.value
            {
                entries.push((level.clone(), Node { place, value: Value::Table(Vec::new()) }));
            }
            if let Some(rule) = get_mut(measure, level) {
                reread(rule, status.as_ref(), note.as_ref(), was.is_none(), &changes, own, by);
            }
        }
    }
}

/// Whether a measure is in force at a level.
fn acts(measure: &Node, level: &str) -> bool {
    let listed = match measure.get("levels").map(|levels| &levels.value) {
        Some(Value::List(items)) => items.iter().any(|item| item.value == Value::Text(level.to_owned())),
        Some(Value::Text(only)) => only == level,
        _ => false,
    };
    listed || measure.get(level).is_some()
}

fn says<'n>(measure: &'n Node, level: &str, key: &str) -> Option<&'n Node> {
    measure.get(level).and_then(|own| own.get(key)).or_else(|| measure.get(key))
}

/// The keys that do not say the same any more.
fn changes<'n, 'k>(
    keys: impl Iterator<Item = &'k str>,
    was: impl Fn(&str) -> Option<&'n Node>,
    is: impl Fn(&str) -> Option<&'n Node>,
    whole: &Place,
) -> Vec<Change> {
    let mut seen = Vec::new();
    let keys = keys.filter(|key| {
        let new = !seen.contains(key);
        seen.push(*key);
        new
    });
    let one = |key: &str| {
        let (was, is) = (was(key), is(key));
        let same = match (was, is) {
            (Some(was), Some(is)) => was.canonical() == is.canonical(),
            (was, is) => was.is_none() && is.is_none(),
        };
        let write = |node: Option<&Node>| node.map_or_else(|| "-".to_owned(), |node| shortened(&node.inline()));
        let place = is.map_or(whole, |is| &is.place).clone();
        (!same).then(|| Change { what: format!("{key} {} -> {}", write(was), write(is)), place })
    };
    keys.filter_map(one).collect()
}

/// A note is no place for a whole table.
fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}

/// Makes a rule a reading, unless the proposal says what it is. `status` and `note` are those that hold for it so far.
fn reread(
    rule: &mut Node,
    status: Option<&Node>,
    note: Option<&Node>,
    new: bool,
    changes: &[Change],
    own: &[Origin],
    by: &By,
) {
    let proposed = |node: Option<&Node>| node.is_some_and(|node| own.contains(&node.place.origin));
    if proposed(status) {
        return;
    }
    let place = changes.first().map_or(&rule.place, |change| &change.place).clone();
    let node = |value| Node { place: place.clone(), value };
    let mut give = vec![("status", node(Value::Text("reading".to_owned())))];
    if !proposed(note) {
        let (en, zh) = by.note(if new { &[] } else { changes });
        let old = |lang| match note.and_then(|note| note.get(lang)).map(|node| &node.value) {
            Some(Value::Text(text)) if !new => text.clone(),
            _ => String::new(),
        };
        let with = |said: String, before: String, stop: &str| {
            if before.is_empty() { said } else { format!("{said}{stop}{before}") }
        };
        let (en, zh) = (with(en, old("en"), ". "), with(zh, old("zh"), "。"));
        let label = vec![("en".to_owned(), node(Value::Text(en))), ("zh".to_owned(), node(Value::Text(zh)))];
        give.push(("note", node(Value::Table(label))));
    }
    let Value::Table(entries) = &mut rule.value else { return };
    for (key, value) in give {
        entries.retain(|(name, _)| name != key);
        entries.push((key.to_owned(), value));
    }
}

fn get_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Table(entries) => entries.iter_mut().find(|(name, _)| name == key).map(|(_, node)| node),
        _ => None,
    }
}

fn entries_mut<'n>(node: &'n mut Node, key: &str) -> impl Iterator<Item = (&'n str, &'n mut Node)> {
    let entries = match get_mut(node, key).map(|node| &mut node.value) {
        Some(Value::Table(entries)) => entries.as_mut_slice(),
        _ => &mut [],
    };
    entries.iter_mut().map(|(name, node)| (name.as_str(), node))
}
