//! A proposal: what it extends and changes, and of a plan's own tables any part.
//!
//! The root describes both kinds of file key by key, so that an editor completes them; whatever lacks `extends` must
//! moreover be a whole plan. In a proposal a table is laid over the plan's key by key, so no key of it must be there;
//! what stands in a list replaces the plan's list, so it is whole.

use serde_json::{Map, Value, json};

use super::super::declare::{described, list, shared, some_text};
use crate::Lang;

/// The name of a plan that stands on its own, in `$defs`.
const PLAN: &str = "plan";
/// What the parts of `$defs` are called where only some of their keys need be there.
const SOME: &str = "some-";

/// The schema of any policy file, from that of a plan and what is shared in it.
pub(super) fn any_file(plan: Value, shared_parts: Value, lang: Lang) -> Value {
    let mut defs = match shared_parts {
        Value::Object(defs) => defs,
        _ => Map::new(),
    };
    let parts: Vec<(String, Value)> = defs.iter().map(|(name, part)| (name.clone(), in_part(part, &defs))).collect();
    let mut root = in_part(&plan, &defs);
    defs.extend(
        parts
            .into_iter()
            .filter(|(name, part)| defs[name] != *part)
            .map(|(n, p)| (format!("{SOME}{n}"), p))
            .collect::<Vec<_>>(),
    );
    defs.insert(PLAN.to_owned(), plan);
    if let Some(Value::Object(properties)) = root.get_mut("properties") {
        for (name, value, doc) in own_keys() {
            properties.insert(name.to_owned(), described(value, doc, lang));
        }
    }
    if let Value::Object(root) = &mut root {
        root.insert("if".to_owned(), json!({ "required": ["extends"] }));
        root.insert("else".to_owned(), shared(PLAN));
        root.insert("$defs".to_owned(), defs.into());
    }
    root
}

fn own_keys() -> [(&'static str, Value, (&'static str, &'static str)); 3] {
    [
        (
            "extends",
            some_text(),
            (
                "The plan that this file is a proposal on: a built-in id, or a path from this file's folder.",
                "本文件所修改的预案：内置预案编号，或自本文件夹起算的路径。",
            ),
        ),
        (
            "set",
            json!({ "type": "object" }),
            (
                "Single values of that plan, by path: \"measures.NAME.LEVEL.limit\" = 0.4.",
                "该预案中的个别取值，以路径为键：\"measures.措施名.级别.limit\" = 0.4。",
            ),
        ),
        (
            "remove",
            list(&some_text()),
            ("What the proposal takes out of that plan, by path.", "从该预案中删去的内容（以路径列出）。"),
        ),
    ]
}

/// The same where a table may leave out any key.
fn in_part(schema: &Value, defs: &Map<String, Value>) -> Value {
    let Value::Object(entries) = schema else { return schema.clone() };
    let mut part = Map::new();
    for (keyword, means) in entries {
        let means = match (keyword.as_str(), means) {
            ("required" | "minProperties", _) => continue,
            ("properties", Value::Object(keys)) => {
                keys.iter().map(|(key, value)| (key.clone(), in_part(value, defs))).collect()
            }
            ("additionalProperties", others) => in_part(others, defs),
            ("anyOf", Value::Array(choices)) => choices.iter().map(|choice| in_part(choice, defs)).collect(),
            ("$ref", Value::String(to)) => {
                let name = to.trim_start_matches("#/$defs/");
                let differs = defs.get(name).is_some_and(|whole| in_part(whole, defs) != *whole);
                if differs { format!("#/$defs/{SOME}{name}").into() } else { means.clone() }
            }
            _ => means.clone(),
        };
        part.insert(keyword.clone(), means);
    }
    part.into()
}
