//! Proposals: a policy file that says `extends = "PLAN"` and then only what it changes of that plan.
//!
//! ```toml
//! extends = "PLAN"
//! [set]
//! "measures.MEASURE.LEVEL.limit" = 0.4
//! ```
//!
//! First `remove` takes out what its paths lead to, then the file's own tables are laid over the plan's key by key (a
//! list or a value replaces the plan's), then `[set]` puts single values where paths lead: into lists too, and never
//! by a misspelt name into the void. What the proposal did not write keeps its place in the plan's own file.

use std::path::{Path, PathBuf};

use super::honest::{self, By};
use super::removal::{leftovers, remove};
use super::{Base, Policy, PolicyMessage as M, source::hex};
use crate::problem::{Origin, Place, Problem, Problems, nearest};
use crate::tree::{self, FileKind, Node, TreeMessage, Value};

/// A policy file on the way up from a proposal to the plan that stands on its own.
struct File {
    /// As it is shown.
    name: String,
    /// What tells that two names mean one file.
    key: String,
    /// Where the paths in it begin; `None` if it may name built-in plans only.
    folder: Option<PathBuf>,
}

/// The tree of a policy file with all that it extends laid under it, and the plans it extends, nearest first.
///
/// # Errors
/// A base that is not there or cannot be read, a circle of bases, a path that leads nowhere; all of one file at once.
pub(super) fn whole(node: Node, origin: &Origin, folder: Option<&Path>) -> Result<(Node, Vec<Base>), Problems> {
    let key = match origin {
        Origin::File(path) => key_of(Path::new(&**path)),
        other => other.to_string(),
    };
    let file = File { name: origin.to_string(), key, folder: folder.map(Path::to_owned) };
    complete(node, origin, &mut vec![file])
}

fn key_of(path: &Path) -> String {
    path.canonicalize().unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// `above` are the files that led here, the last of them this one.
fn complete(node: Node, origin: &Origin, above: &mut Vec<File>) -> Result<(Node, Vec<Base>), Problems> {
    let Some(extends) = node.get("extends") else {
        let strays = ["set", "remove"].into_iter().filter_map(|key| Some((key, node.get(key)?)));
        let mut problems = Problems::new();
        for (key, stray) in strays {
            problems.error(stray.place.clone(), M::NothingToChange { key });
        }
        return problems.or((node, Vec::new())).map(|(done, _)| done);
    };
    let place = extends.place.clone();
    let Value::Text(name) = &extends.value else {
        let (wanted, wanted_zh) = ("a text in quotes", "带引号的文字");
        let message = TreeMessage::WrongKind { key: "extends".to_owned(), wanted, wanted_zh };
        return Err(Problem::error(place, message).into());
    };
    let (text, base_origin, base_file) = find(name, &place, above)?;
    if let Some(first) = above.iter().position(|file| file.key == base_file.key) {
        let names = above[first..].iter().map(|file| file.name.as_str()).chain([base_file.name.as_str()]);
        let chain = names.collect::<Vec<_>>().join(" > ");
        return Err(Problem::error(place, M::CircleOfBases { chain }).into());
    }
    above.push(base_file);
    let (base, mut bases) = complete(tree::parse_as(FileKind::Policy, &text, &base_origin)?, &base_origin, above)?;
    above.pop();
    bases.insert(0, about(&base));
    let node = change(base, node, origin, &bases)?;
    Ok((node, bases))
}

/// The text of the base with this name: a built-in plan, or a file named from the folder of the file that extends it.
fn find(name: &str, place: &Place, above: &[File]) -> Result<(String, Origin, File), Problems> {
    let by = above.last();
    let refuse = |message: M| Problems::from(Problem::error(place.clone(), message));
    let missing = || {
        let by = by.map(|file| file.name.clone()).unwrap_or_default();
        let known: Vec<&str> = Policy::builtins().collect();
        let near = nearest(name, known.iter().copied()).map_or_else(|| known.join(", "), str::to_owned);
        refuse(M::UnknownBase { word: name.to_owned(), by, near })
    };
    let folder = by.and_then(|file| file.folder.as_deref());
    if Policy::builtin_text(name).is_none() && folder.is_none_or(|folder| !folder.join(name).is_file()) {
        return Err(missing());
    }
    let (text, origin) = Policy::text_of(name, folder.unwrap_or(Path::new("")))?;
    let file = match &origin {
        Origin::File(path) => {
            let path = Path::new(&**path);
            let folder = path.parent().map(Path::to_owned);
            File { name: origin.to_string(), key: key_of(path), folder }
        }
        _ => File { name: name.to_owned(), key: origin.to_string(), folder: None },
    };
    Ok((text, origin, file))
}

fn about(base: &Node) -> Base {
    let say = |key: &str| match base.get("policy").and_then(|about| about.get(key)).map(|node| &node.value) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let digest = hex(&hmac_sha256::Hash::hash(base.canonical().as_bytes()));
    Base { id: say("id"), version: say("version"), digest }
}

/// The plan as the proposal wants it.
fn change(before: Node, own: Node, origin: &Origin, bases: &[Base]) -> Result<Node, Problems> {
    let mut problems = Problems::new();
    let mut after = before.clone();
    // A key that is missing from now on is missing here.
    after.place = own.place;
    let Value::Table(mut entries) = own.value else { return Ok(after) };
    let removed = entries.iter().position(|(key, _)| key == "remove").map(|at| entries.remove(at).1);
    let removed = removed.map(|paths| remove(&mut after, &paths, &mut problems));
    let (mut set, mut tables) = (None, Vec::new());
    for (key, node) in entries {
        match key.as_str() {
            "extends" => {}
            "set" => set = Some(node),
            _ => tables.push((key, node)),
        }
    }
    merge(&mut after, tables, "", &mut problems);
    if let Some(set) = set {
        match set.value {
            Value::Table(entries) => entries.into_iter().for_each(|(path, node)| {
                put(&mut after, path, node, &mut problems);
            }),
            _ => problems.error(set.place, M::NotPaths { key: "set" }),
        }
    }
    if let Some(removed) = &removed {
        leftovers(&after, removed, &mut problems);
    }
    if !problems.stop() {
        identify(&before, &mut after, origin, bases, &mut problems);
        let by = By::Proposal(about(&after).id);
        honest::mark(&before, &mut after, std::slice::from_ref(origin), &by);
    }
    problems.or(after).map(|(after, _)| after)
}

/// Lays tables over a table key by key; whatever is no table replaces what was there.
fn merge(under: &mut Node, over: Vec<(String, Node)>, path: &str, problems: &mut Problems) {
    for (key, node) in over {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        if let Some(near) = misspelt(under, &key, &node) {
            let near = path.strip_suffix(&*key).map_or_else(|| near.clone(), |above| format!("{above}{near}"));
            problems.error(node.place, TreeMessage::NearPath { path, part: key, near });
            continue;
        }
        let Value::Table(entries) = &mut under.value else { return };
        match entries.iter_mut().find(|(name, _)| *name == key) {
            None => entries.push((key, node)),
            Some((_, old)) => match (&old.value, node.value) {
                (Value::Table(_), Value::Table(over)) => {
                    // What is wrong with the table from now on, whoever changed it must hear.
                    old.place = node.place;
                    merge(old, over, &path, problems);
                }
                (_, value) => *old = Node { place: node.place, value },
            },
        }
    }
}

/// The name that a new table was probably meant for: it lacks what all its neighbours say, and is called nearly like
/// one of them.
fn misspelt(under: &Node, key: &str, node: &Node) -> Option<String> {
    let (Value::Table(neighbours), Value::Table(_)) = (&under.value, &node.value) else { return None };
    if neighbours.iter().any(|(name, _)| name == key) {
        return None;
    }
    let tables: Vec<&(String, Node)> = neighbours.iter().filter(|(_, n)| matches!(n.value, Value::Table(_))).collect();
    let (_, first) = tables.first()?;
    let lacks = |wanted: &String| {
        node.get(wanted).is_none() && tables.iter().all(|(_, neighbour)| neighbour.get(wanted).is_some())
    };
    let near = nearest(key, tables.iter().map(|(name, _)| name.as_str()));
    near.filter(|_| first.names().iter().any(lacks)).map(str::to_owned)
}

/// One entry of `[set]`. A path without quotes is to TOML a table in a table, and leads as far as tables go.
fn put(after: &mut Node, path: String, node: Node, problems: &mut Problems) {
    if path.contains('.') {
        if let Err(problem) = after.put(&path, node) {
            problems.extend(problem);
        }
    } else {
        spread(after, path, node, problems);
    }
}

fn spread(after: &mut Node, path: String, node: Node, problems: &mut Problems) {
    match node.value {
        Value::Table(entries) => {
            entries.into_iter().for_each(|(key, node)| spread(after, format!("{path}.{key}"), node, problems));
        }
        value => {
            if let Err(problem) = after.put(&path, Node { place: node.place, value }) {
                problems.extend(problem);
            }
        }
    }
}

/// A proposal is not its base: its id is its own, or its file's name; its name and source say what it changes.
fn identify(before: &Node, after: &mut Node, origin: &Origin, bases: &[Base], problems: &mut Problems) {
    let old = |key: &str| before.get("policy").and_then(|about| about.get(key));
    let text = |node: Option<&Node>| match node.map(|node| &node.value) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let label = |key: &str, lang: &str| text(old(key).and_then(|label| label.get(lang)));
    let (base_id, version) = (text(old("id")), text(old("version")));
    let place = Place::whole(origin.clone());
    let own = |after: &Node, key: &str| {
        let node = after.get("policy").and_then(|about| about.get(key))?;
        (node.place.origin == *origin).then(|| (text(Some(node)), node.place.clone()))
    };
    let (id, said_at) = own(after, "id").unwrap_or_else(|| (stem(origin), place.clone()));
    // Two different plans under one id could not be told apart by it.
    if bases.iter().any(|base| base.id == id) {
        return problems.error(said_at, M::NamedAsItsBase { id });
    }
    if Policy::builtin_text(&id).is_some() {
        return problems.error(said_at, M::NamedAsABuiltIn { id });
    }
    let node = |value| Node { place: place.clone(), value };
    let both = |en: String, zh: String| {
        let (en, zh) = (node(Value::Text(en)), node(Value::Text(zh)));
        node(Value::Table(vec![("en".to_owned(), en), ("zh".to_owned(), zh)]))
    };
    let name =
        both(format!("proposal on: {}", label("name", "en")), format!("关于《{}》的修改建议", label("name", "zh")));
    let (en, zh) = (label("source", "en"), label("source", "zh"));
    let source =
        both(format!("changes {base_id}, version {version} ({en})"), format!("修改 {base_id} 第 {version} 版（{zh}）"));
    for (key, value) in [("id", node(Value::Text(id))), ("name", name), ("source", source)] {
        if own(after, key).is_none()
            && let Value::Table(entries) = &mut after.value
            && let Some((_, Node { value: Value::Table(about), .. })) = entries.iter_mut().find(|(k, _)| k == "policy")
        {
            about.retain(|(name, _)| name != key);
            about.push((key.to_owned(), value));
        }
    }
}

/// The file's name without its ending, as an id can be.
fn stem(origin: &Origin) -> String {
    let name = origin.name();
    let name = name.rsplit(['/', '\\']).next().unwrap_or(&name);
    let name = name.strip_suffix(".toml").unwrap_or(name);
    name.chars().map(|c| if c.is_alphanumeric() || "-_".contains(c) { c } else { '-' }).collect()
}
