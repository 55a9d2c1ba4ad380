//! `decision.json`, from the types that write it; their doc comments are its descriptions.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::DRAFT;
use crate::decide::Decision;

/// The schema of a decision as it is written. Within `curtail.decision/1` keys are only ever added, so unknown ones are
/// no fault.
pub(super) fn decision() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = Value::from(settings.into_generator().into_root_schema_for::<Decision>());
    readable(&mut schema);
    if let Value::Object(root) = &mut schema {
        root.insert("$schema".to_owned(), DRAFT.into());
    }
    schema
}

/// Doc comments speak to readers of the source: of theirs, an editor shows the first paragraph, without links.
fn readable(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries.iter_mut() {
                match value {
                    Value::String(text) if key == "description" => {
                        let first = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
                        *text = without_links(&first);
                    }
                    value => readable(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(readable),
        _ => {}
    }
}

/// ``[`Detail::reasons`]`` as `` `reasons` ``.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (i, part) in text.split('`').enumerate() {
        if i > 0 {
            plain.push('`');
        }
        let name = if i % 2 == 1 { part.rsplit("::").next().unwrap_or(part) } else { part };
        plain.push_str(name);
    }
    plain.replace("[`", "`").replace("`]", "`").replace("`None`", "`null`")
}
