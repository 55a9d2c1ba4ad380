//! Changes to a tree: what `--set` does to a policy for one run, and a proposal to the plan it extends.

use super::{Node, TreeMessage, Value, parse};
use crate::problem::{Origin, Place, Problem, Problems, nearest};

/// Where the value of an override stands.
pub(crate) fn override_origin(assignment: &str) -> Origin {
    Origin::memory(format!("--set {assignment}"))
}

impl Node {
    /// Replaces one value, as `--set PATH=VALUE` says it: `measures.MEASURE.LEVEL.limit=0.4`. The last
    /// part of the path may be new in its table (an optional key); all before it must be there. A value that is
    /// no TOML literal is taken as a string.
    ///
    /// # Errors
    /// [`TreeMessage::BadOverride`], [`TreeMessage::NearPath`] or [`TreeMessage::NoSuchPath`].
    pub fn set(&mut self, assignment: &str) -> Result<(), Problems> {
        self.set_by(assignment, &override_origin(assignment))
    }

    /// The same of an assignment whose giver knows it by another name.
    ///
    /// # Errors
    /// As for [`Node::set`].
    pub(crate) fn set_by(&mut self, assignment: &str, origin: &Origin) -> Result<(), Problems> {
        let place = Place::whole(origin.clone());
        let bad = || {
            let text = assignment.to_owned();
            Problems::from(Problem::error(place.clone(), TreeMessage::BadOverride { text }))
        };
        let (path, value) = assignment.split_once('=').ok_or_else(bad)?;
        let (path, value) = (path.trim(), value.trim());
        if path.is_empty() || value.is_empty() || path.split('.').any(str::is_empty) {
            return Err(bad());
        }
        let value = match parse(&format!("v = {value}"), origin) {
            Ok(Self { value: Value::Table(entries), .. }) if entries.len() == 1 => {
                entries.into_iter().next().map_or(Value::Text(value.to_owned()), |(_, node)| node.value)
            }
            _ => Value::Text(value.to_owned()),
        };
        self.put(path, Self { place, value })
    }

    /// Puts a value where a path leads. The last part of the path may be new in its table. Whatever holds the value
    /// from now on stands where the value stands: a complaint about it must lead to who changed it.
    ///
    /// # Errors
    /// [`TreeMessage::NearPath`] or [`TreeMessage::NoSuchPath`], at the value's place.
    pub(crate) fn put(&mut self, path: &str, value: Self) -> Result<(), Problems> {
        let (above, last) = path.rsplit_once('.').map_or(("", path), |(above, last)| (above, last));
        let mut node = self;
        for part in above.split('.').filter(|part| !part.is_empty()) {
            node = node.below(path, part, &value.place)?;
            node.place = value.place.clone();
        }
        match &mut node.value {
            Value::Table(entries) if !entries.iter().any(|(name, _)| name == last) => {
                entries.push((last.to_owned(), value));
            }
            _ => {
                let place = value.place.clone();
                *node.below(path, last, &place)? = value;
            }
        }
        Ok(())
    }

    /// Takes out what a path leads to.
    ///
    /// # Errors
    /// [`TreeMessage::NearPath`] or [`TreeMessage::NoSuchPath`], at `place`.
    pub(crate) fn take(&mut self, path: &str, place: &Place) -> Result<Self, Problems> {
        let (above, last) = path.rsplit_once('.').map_or(("", path), |(above, last)| (above, last));
        let mut node = self;
        for part in above.split('.').filter(|part| !part.is_empty()) {
            node = node.below(path, part, place)?;
        }
        let at = node.position(last).ok_or_else(|| node.no_such(path, last, place))?;
        // Whatever misses it from now on is told who took it.
        node.place = place.clone();
        match &mut node.value {
            Value::Table(entries) => Ok(entries.remove(at).1),
            Value::List(items) => Ok(items.remove(at)),
            _ => Err(node.no_such(path, last, place)),
        }
    }

    /// The value that a key or, in a list, a number from 0 names.
    fn below(&mut self, path: &str, part: &str, place: &Place) -> Result<&mut Self, Problems> {
        let missing = self.no_such(path, part, place);
        let at = self.position(part).unwrap_or(usize::MAX);
        let found = match &mut self.value {
            Value::Table(entries) => entries.get_mut(at).map(|(_, node)| node),
            Value::List(items) => items.get_mut(at),
            _ => None,
        };
        found.ok_or(missing)
    }

    fn position(&self, part: &str) -> Option<usize> {
        match &self.value {
            Value::Table(entries) => entries.iter().position(|(name, _)| name == part),
            Value::List(items) => part.parse().ok().filter(|at| *at < items.len()),
            _ => None,
        }
    }

    fn no_such(&self, path: &str, part: &str, place: &Place) -> Problems {
        let known = self.names();
        let (path, part) = (path.to_owned(), part.to_owned());
        let message = match nearest(&part, known.iter().map(String::as_str)) {
            Some(near) => {
                let parts = path.split('.').map(|other| if other == part { near } else { other });
                let near = parts.collect::<Vec<_>>().join(".");
                TreeMessage::NearPath { path, part, near }
            }
            None => TreeMessage::NoSuchPath { path, part, near: known.join(", ") },
        };
        Problem::error(place.clone(), message).into()
    }

    /// The keys of a table, the numbers of a list.
    pub(crate) fn names(&self) -> Vec<String> {
        match &self.value {
            Value::Table(entries) => entries.iter().map(|(name, _)| name.clone()).collect(),
            Value::List(items) => (0..items.len()).map(|i| i.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    /// The value on one line, as TOML writes it.
    pub(crate) fn inline(&self) -> String {
        match &self.value {
            Value::Text(text) => format!("{text:?}"),
            Value::Number(text) | Value::Time(text) => text.clone(),
            Value::Bool(truth) => truth.to_string(),
            Value::List(items) => {
                format!("[{}]", items.iter().map(Self::inline).collect::<Vec<_>>().join(", "))
            }
            Value::Table(entries) => {
                let entries = entries.iter().map(|(name, node)| format!("{name} = {}", node.inline()));
                format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}
