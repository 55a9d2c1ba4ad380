//! The part of JSON Schema that the schemas use, and nothing else: an unknown keyword is a panic.

use serde_json::Value;

/// What is wrong with a value, each with its path; nothing if it is valid.
pub fn faults(root: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(root, root, value, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let schema = match schema {
        Value::Bool(true) => return,
        Value::Bool(false) => return found.push(format!("{at}: unknown")),
        Value::Object(schema) => schema,
        _ => panic!("no schema: {schema}"),
    };
    let listed = |key: &str| schema.get(key).and_then(Value::as_array).into_iter().flatten();
    let valid = |schema: &Value| {
        let mut found = Vec::new();
        check(root, schema, value, at, &mut found);
        found.is_empty()
    };
    for (keyword, means) in schema {
        let number = |value: &Value| value.as_f64().unwrap();
        let wrong = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" | "else" => false,
            "if" => {
                let otherwise = schema.get("else").filter(|_| !valid(means));
                otherwise.into_iter().for_each(|schema| check(root, schema, value, at, found));
                false
            }
            "$ref" => {
                let to = means.as_str().unwrap().strip_prefix('#').unwrap();
                check(root, root.pointer(to).unwrap_or_else(|| panic!("{to}")), value, at, found);
                false
            }
            "type" => !match means {
                Value::Array(types) => types.iter().any(|name| is(value, name.as_str().unwrap())),
                name => is(value, name.as_str().unwrap()),
            },
            "const" => value != means,
            "enum" => !listed("enum").any(|one| one == value),
            "anyOf" => !listed("anyOf").any(valid),
            "oneOf" => listed("oneOf").filter(|schema| valid(schema)).count() != 1,
            "minimum" => value.is_number() && number(value) < number(means),
            "exclusiveMinimum" => value.is_number() && number(value) <= number(means),
            "exclusiveMaximum" => value.is_number() && number(value) >= number(means),
            "maximum" => value.is_number() && number(value) > number(means),
            "minLength" => value.as_str().is_some_and(|text| text.chars().count() < number(means) as usize),
            "minItems" => value.as_array().is_some_and(|items| items.len() < number(means) as usize),
            "maxItems" => value.as_array().is_some_and(|items| items.len() > number(means) as usize),
            "minProperties" => value.as_object().is_some_and(|entries| entries.len() < number(means) as usize),
            "maxProperties" => value.as_object().is_some_and(|entries| entries.len() > number(means) as usize),
            "pattern" => value.as_str().is_some_and(|text| !matches(means.as_str().unwrap(), text)),
            "required" => {
                let missing =
                    listed("required").filter(|key| value.is_object() && value.get(key.as_str().unwrap()).is_none());
                found.extend(missing.map(|key| format!("{at}: {key} is missing")));
                false
            }
            "properties" | "patternProperties" | "additionalProperties" => {
                if keyword == "additionalProperties" || !schema.contains_key("additionalProperties") {
                    entries(root, schema, value, at, found);
                }
                false
            }
            "items" | "prefixItems" => {
                for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                    let of_item = match keyword.as_str() {
                        "prefixItems" => means.get(i),
                        _ => Some(means),
                    };
                    of_item.into_iter().for_each(|schema| check(root, schema, item, &format!("{at}.{i}"), found));
                }
                false
            }
            _ => panic!("unknown keyword `{keyword}`"),
        };
        if wrong {
            found.push(format!("{at}: {value} against {keyword} {means}"));
        }
    }
}

fn entries(root: &Value, schema: &serde_json::Map<String, Value>, value: &Value, at: &str, found: &mut Vec<String>) {
    let none = serde_json::Map::new();
    let of = |keyword: &str| schema.get(keyword).and_then(Value::as_object).unwrap_or(&none);
    for (key, value) in value.as_object().unwrap_or(&none) {
        let pattern =
            of("patternProperties").iter().find(|(pattern, _)| matches(pattern, key)).map(|(_, schema)| schema);
        let schema = of("properties").get(key).or(pattern).or_else(|| schema.get("additionalProperties"));
        schema.into_iter().for_each(|schema| check(root, schema, value, &format!("{at}.{key}"), found));
    }
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        _ => panic!("unknown type `{name}`"),
    }
}

/// The patterns there are, each by hand.
fn matches(pattern: &str, text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let hour = |most: u8, least_digits: usize| {
        let hour = text.strip_suffix(":00").filter(|hour| digits(hour) && (least_digits..=2).contains(&hour.len()));
        hour.is_some_and(|hour| hour.parse::<u8>().unwrap() <= most)
    };
    match pattern {
        "^([01][0-9]|2[0-3]):00$" => hour(23, 2),
        "^([01]?[0-9]|2[0-4]):00$" => hour(24, 1),
        "^[0-9]{2}-[0-9]{2}$" => text
            .split_once('-')
            .is_some_and(|(month, day)| [month, day].iter().all(|part| part.len() == 2 && digits(part))),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => text.parse::<curtail::units::Date>().is_ok(),
        "^[0-9]+(\\.[0-9]+)?$" => {
            text.split_once('.').map_or(digits(text), |(whole, rest)| digits(whole) && digits(rest))
        }
        "^\\d+$" => digits(text),
        _ => panic!("unknown pattern {pattern}"),
    }
}
