//! Schemas and readers say the same: a reader is watched at work, and each key that it asks a table for must be one of
//! that table's schema, and the other way round.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Kind, of};
use crate::Lang;
use crate::city::read::{Case, FILES};
use crate::forecast::DemandModel;
use crate::policy::Policy;
use crate::problem::Origin;
use crate::tree::{self, Node, trace};
use crate::trial::Suite;

/// An invented plan that uses every key.
const EVERYTHING: &str = include_str!("../../tests/plans/everything.toml");

/// The keys of a table: those that may be there, those that must.
type Keys = (BTreeSet<String>, BTreeSet<String>);

/// Tables that a reader takes apart by hand: `due` is one of three, told by its only key.
const BY_HAND: [&str; 3] = ["daily", "working_days_after_end", "hours_after"];

struct Walk<'s> {
    schema: &'s Value,
    /// Where each table of a file stands, and the tables of the schema that it may be.
    stands: BTreeMap<(u32, u32), Vec<String>>,
}

impl Walk<'_> {
    fn at(&self, pointer: &str) -> (String, &Value) {
        let value = self.schema.pointer(pointer).unwrap_or(&Value::Null);
        match value.get("$ref").and_then(Value::as_str) {
            Some(to) => self.at(to.trim_start_matches('#')),
            None => (pointer.to_owned(), value),
        }
    }

    /// Whether a table has all keys that one of several must have, and none that it does not know.
    fn fits(&self, node: &Node, pointer: &str) -> bool {
        let mut tables = BTreeMap::new();
        declared(self.at(pointer).1, "", &mut tables);
        let (tree::Value::Table(entries), Some((known, required))) = (&node.value, tables.get("")) else { return true };
        let names: BTreeSet<String> = entries.iter().map(|(name, _)| name.clone()).collect();
        names.is_subset(known) && required.is_subset(&names)
    }

    fn node(&mut self, node: &Node, pointer: &str) {
        let (pointer, schema) = self.at(pointer);
        for i in 0..schema.get("anyOf").and_then(Value::as_array).map_or(0, Vec::len) {
            let choice = format!("{pointer}/anyOf/{i}");
            if self.fits(node, &choice) {
                self.node(node, &choice);
            }
        }
        let (_, schema) = self.at(&pointer);
        match &node.value {
            tree::Value::Table(entries) if schema.get("type") == Some(&"object".into()) => {
                let below = |key: &str| match schema.pointer(&format!("/properties/{key}")) {
                    Some(_) => format!("{pointer}/properties/{key}"),
                    None => format!("{pointer}/additionalProperties"),
                };
                let below: Vec<String> = entries.iter().map(|(key, _)| below(key)).collect();
                if schema.get("properties").is_some() {
                    self.stands.entry((node.place.line, node.place.column)).or_default().push(pointer);
                }
                for ((_, node), pointer) in entries.iter().zip(below) {
                    self.node(node, &pointer);
                }
            }
            tree::Value::List(items) if schema.get("items").is_some() => {
                items.iter().for_each(|item| self.node(item, &format!("{pointer}/items")));
            }
            _ => {}
        }
    }
}

/// Every table of a schema, by pointer.
fn declared(schema: &Value, pointer: &str, tables: &mut BTreeMap<String, Keys>) {
    if let Some(Value::Object(properties)) = schema.get("properties") {
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        let required = required.filter_map(Value::as_str).map(str::to_owned).collect();
        tables.insert(pointer.to_owned(), (properties.keys().cloned().collect(), required));
    }
    let below: Vec<(String, &Value)> = match schema {
        Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(i, value)| (i.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    below.into_iter().for_each(|(key, value)| declared(value, &format!("{pointer}/{key}"), tables));
}

/// Watches a reader at work on some texts; what it asked of each table of the schema.
fn asked(schema: &Value, texts: &[(&str, &str)], read: impl Fn(&str, &Origin)) -> BTreeMap<String, Keys> {
    let mut all: BTreeMap<String, Keys> = BTreeMap::new();
    for (name, text) in texts {
        let origin = Origin::file(name);
        let node = tree::parse(text, &origin).unwrap_or_else(|problems| panic!("{problems}"));
        let mut walk = Walk { schema, stands: BTreeMap::new() };
        walk.node(&node, "");
        for asked in trace::during(|| read(text, &origin)) {
            if asked.table.origin != origin {
                continue;
            }
            let at = (asked.table.line, asked.table.column);
            let tables = walk.stands.get(&at).unwrap_or_else(|| panic!("no schema for the table at {}", asked.table));
            for table in tables {
                let keys = all.entry(table.clone()).or_default();
                keys.0.insert(asked.key.clone());
                if !asked.words.is_empty() {
                    let words = schema.pointer(&format!("{table}/properties/{}/enum", asked.key));
                    assert_eq!(words, Some(&asked.words.clone().into()), "{}: `{}`", asked.table, asked.key);
                }
                if asked.required {
                    keys.1.insert(asked.key.clone());
                }
            }
        }
    }
    all
}

fn compare(declared: BTreeMap<String, Keys>, mut asked: BTreeMap<String, Keys>) {
    for (table, keys) in declared {
        if BY_HAND.iter().any(|key| keys.0.iter().eq([key])) {
            continue;
        }
        let asked = asked.remove(&table).unwrap_or_else(|| panic!("no reader met {table}: {:?}", keys.0));
        assert_eq!(keys, asked, "{table}: the schema (left) and the reader (right)");
    }
    assert!(asked.is_empty(), "tables without a schema: {asked:?}");
}

/// The schema of a plan that stands on its own: what a file without `extends` must be.
fn plan() -> Value {
    let schema = of(Kind::Policy, Lang::En);
    let defs = schema.get("$defs").and_then(Value::as_object).unwrap_or_else(|| panic!("no parts"));
    let mut plan = defs.get("plan").cloned().unwrap_or_default();
    let parts = defs.iter().filter(|(name, _)| *name != "plan" && !name.starts_with("some-"));
    plan["$defs"] = parts.map(|(name, part)| (name.clone(), part.clone())).collect();
    plan
}

/// A proposal has every key of a plan, and three of its own; none but `extends` must be there.
#[test]
fn a_proposal_may_say_what_a_plan_may() {
    let schema = of(Kind::Policy, Lang::En);
    let keys = |value: &Value| -> BTreeSet<String> {
        value["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
    };
    let own: BTreeSet<String> = keys(&schema).difference(&keys(&plan())).cloned().collect();
    assert_eq!(own, ["extends", "remove", "set"].map(str::to_owned).into());
    assert!(keys(&plan()).is_subset(&keys(&schema)));
    // What is in a list is whole; a table in a table is not.
    assert_eq!(schema.pointer("/properties/tiers/items/required"), plan().pointer("/properties/tiers/items/required"));
    assert!(plan().pointer("/properties/rotation/required").is_some());
    assert!(schema.pointer("/properties/rotation/required").is_none() && schema.get("required").is_none());
}

#[test]
fn the_schema_of_policies_has_the_keys_that_the_reader_asks_for() {
    let schema = plan();
    let mut tables = BTreeMap::new();
    declared(&schema, "", &mut tables);
    assert!(tables.len() > 15, "{}", tables.len());
    let builtins = Policy::builtins().map(|id| (id, Policy::builtin_text(id).unwrap_or_default()));
    let texts: Vec<(&str, &str)> = builtins.chain([("everything.toml", EVERYTHING)]).collect();
    let asked = asked(&schema, &texts, |text, origin| {
        let (_, problems) = Policy::parse(text, origin, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(problems.is_empty(), "{problems}");
    });
    compare(tables, asked);
}

#[test]
fn the_schema_of_cases_has_the_keys_that_the_reader_asks_for() {
    let schema = of(Kind::Case, Lang::En);
    let mut tables = BTreeMap::new();
    declared(&schema, "", &mut tables);
    let (files, required) = tables.remove("/properties/files").unwrap_or_default();
    assert_eq!(files, FILES.map(str::to_owned).into());
    let name = "tests/bad/base/case.toml";
    let text = std::fs::read_to_string(name).unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut asked = asked(&schema, &[(name, &text)], |_, _| {
        let read = Case::about(std::path::Path::new("tests/bad/base"));
        assert!(read.is_ok(), "{read:?}");
    });
    assert_eq!(asked.remove("/properties/files").unwrap_or_default().1, required);
    compare(tables, asked);
}

#[test]
fn the_schema_of_tests_has_the_keys_that_the_reader_asks_for() {
    let schema = of(Kind::Tests, Lang::En);
    let mut tables = BTreeMap::new();
    declared(&schema, "", &mut tables);
    let text = include_str!("../../tests/trials/everything.test.toml");
    let asked = asked(&schema, &[("everything.test.toml", text)], |text, origin| {
        let read = Suite::parse(text, origin, &Policy::village());
        assert!(read.is_ok_and(|(_, problems)| problems.is_empty()));
    });
    compare(tables, asked);
}

#[test]
fn the_schema_of_demand_models_has_the_keys_that_the_reader_asks_for() {
    let schema = of(Kind::DemandModel, Lang::En);
    let mut tables = BTreeMap::new();
    declared(&schema, "", &mut tables);
    let text = include_str!("../../tests/forecast/everything.toml");
    let asked = asked(&schema, &[("everything.toml", text)], |text, origin| {
        assert!(DemandModel::parse(text, origin).is_ok());
    });
    compare(tables, asked);
}

#[test]
fn the_schema_of_scenarios_has_the_keys_that_the_reader_asks_for() {
    let schema = of(Kind::Scenario, Lang::En);
    let mut tables = BTreeMap::new();
    declared(&schema, "", &mut tables);
    let text = include_str!("../../tests/scenario/everything.toml");
    let asked = asked(&schema, &[("everything.toml", text)], |text, origin| {
        let problems = crate::simulate::scenario::check(text, origin);
        assert!(problems.is_empty(), "{problems}");
    });
    compare(tables, asked);
}

#[test]
fn every_description_is_there_in_both_languages() {
    fn descriptions(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                found.extend(entries.get("description").and_then(Value::as_str).map(str::to_owned));
                entries.values().for_each(|value| descriptions(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| descriptions(value, found)),
            _ => {}
        }
    }
    for kind in [Kind::Case, Kind::Policy, Kind::Tests, Kind::DemandModel, Kind::Scenario] {
        let [en, zh] = [Lang::En, Lang::Zh].map(|lang| {
            let mut found = Vec::new();
            descriptions(&of(kind, lang), &mut found);
            found
        });
        assert_eq!(en.len(), zh.len());
        for (en, zh) in en.iter().zip(&zh) {
            assert!(en.is_ascii() && en.ends_with('.'), "{en}");
            assert!(!zh.is_ascii() && zh.ends_with('。'), "{zh}");
        }
    }
}
