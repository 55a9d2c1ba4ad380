//! The parts that schemas are declared of.

use serde_json::{Map, Value, json};

use crate::Lang;

/// A description in English and 简体中文.
pub(super) type Doc = (&'static str, &'static str);

/// A key of a table.
pub(super) struct Key {
    name: &'static str,
    required: bool,
    value: Value,
    doc: Doc,
}

/// A key that must be there.
pub(super) fn must(name: &'static str, value: Value, doc: Doc) -> Key {
    Key { name, required: true, value, doc }
}

/// A key that may be there.
pub(super) fn may(name: &'static str, value: Value, doc: Doc) -> Key {
    Key { name, required: false, value, doc }
}

/// The description in one language.
pub(super) fn said(doc: Doc, lang: Lang) -> &'static str {
    match lang {
        Lang::En => doc.0,
        Lang::Zh => doc.1,
    }
}

/// A table with these keys and no others.
pub(super) fn table(lang: Lang, keys: Vec<Key>) -> Value {
    open_table(lang, keys, &Value::Bool(false))
}

/// A table with these keys, and others that are as `others` says.
pub(super) fn open_table(lang: Lang, keys: Vec<Key>, others: &Value) -> Value {
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut properties = Map::new();
    for key in keys {
        properties.insert(key.name.to_owned(), described(key.value, key.doc, lang));
    }
    let mut table = json!({ "type": "object", "properties": properties, "additionalProperties": others });
    if let (Value::Object(table), false) = (&mut table, required.is_empty()) {
        table.insert("required".to_owned(), required.into());
    }
    table
}

/// A value with words about it. Beside a `$ref` they say more than those of what it leads to.
pub(super) fn described(mut value: Value, doc: Doc, lang: Lang) -> Value {
    if let Value::Object(entries) = &mut value {
        entries.insert("description".to_owned(), said(doc, lang).into());
    }
    value
}

/// A table whose keys are names that the file gives.
pub(super) fn named(value: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": value })
}

/// What stands under a name in `$defs`.
pub(super) fn shared(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// A table with at least and at most so many keys.
pub(super) fn entries(mut table: Value, least: usize, most: usize) -> Value {
    if let Value::Object(entries) = &mut table {
        entries.insert("minProperties".to_owned(), least.into());
        entries.insert("maxProperties".to_owned(), most.into());
    }
    table
}

/// A text.
pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

/// A text that says something.
pub(super) fn some_text() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

/// One of some words.
pub(super) fn word(words: &[&str]) -> Value {
    json!({ "enum": words })
}

/// A list of texts; one text alone counts as a list of one.
pub(super) fn texts() -> Value {
    some_of(&text())
}

/// A list of one thing or more of a kind, or one alone.
pub(super) fn some_of(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}

/// A list.
pub(super) fn list(one: &Value) -> Value {
    json!({ "type": "array", "items": one })
}

/// True or false.
pub(super) fn truth() -> Value {
    json!({ "type": "boolean" })
}

/// A decimal number, not negative.
pub(super) fn decimal() -> Value {
    json!({ "type": "number", "minimum": 0 })
}

/// A share of the whole, 0 to 1.
pub(super) fn share() -> Value {
    json!({ "type": "number", "minimum": 0, "maximum": 1 })
}

/// A small whole number, such as of days.
pub(super) fn count() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
}

/// Whole cubic metres.
pub(super) fn cubic_metres() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// Something that has a default.
pub(super) fn or_else(mut value: Value, default: Value) -> Value {
    if let Value::Object(entries) = &mut value {
        entries.insert("default".to_owned(), default);
    }
    value
}
