//! `case.toml`: the city's settings and the names of its files.

use std::collections::BTreeMap;
use std::path::Path;

use crate::city::{Office, Settings, TableMessage};
use crate::problem::{Origin, Place, Problem, Problems, nearest};
use crate::tree::{self, FileKind, Reader, TreeMessage, Value};

/// The keys of `[files]` that this room reads or other rooms ask for. Any other name is somebody else's, unless it
/// is nearly one of these.
pub(crate) const FILES: [&str; 10] = [
    "customers",
    "districts",
    "supply",
    "demand",
    "demand_model",
    "links",
    "profiles",
    "actuals",
    "weather",
    "holidays",
];

/// What `case.toml` says.
pub(super) struct CaseToml {
    pub settings: Settings,
    /// Where the policy is named.
    pub policy_place: Place,
    /// The files by key, as they are written.
    pub files: BTreeMap<String, String>,
    /// Where a demand model is named.
    pub model_place: Option<Place>,
}

/// Reads it. What is wrong with it does not keep the tables from being read, unless it cannot be read at all.
pub(super) fn read(path: &Path, shown: &str, problems: &mut Problems) -> Option<CaseToml> {
    let origin = Origin::file(shown);
    let place = Place::whole(origin.clone());
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            problems.push(match error.kind() {
                _ if path.is_dir() => Problem::error(place, TableMessage::IsDirectory {}),
                std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
                    Problem::error(place, TableMessage::MissingCase {})
                }
                _ => Problem::error(place, TableMessage::Unreadable { what: error.to_string() }),
            });
            return None;
        }
    };
    let text = tree::text(bytes, FileKind::Case, &origin);
    let root = match text.and_then(|text| tree::parse_as(FileKind::Case, &text, &origin)) {
        Ok(root) => root,
        Err(found) => {
            problems.extend(found);
            return None;
        }
    };
    let mut top = Reader::new("case.toml", &root, problems);
    let (case, files) = (top.required("case"), top.required("files"));
    let office = top.optional("office");
    top.finish();
    let (mut settings, mut policy_place) = (Settings::default(), place);
    if let Some(case) = case {
        let mut reader = Reader::new("case", case, problems);
        settings.name = reader.must_text("name");
        settings.policy = reader.must_text("policy");
        policy_place = case.get("policy").map_or_else(|| case.place.clone(), |node| node.place.clone());
        settings.timezone = reader.text("timezone").unwrap_or(settings.timezone);
        let start = reader.text("gas_day_start").unwrap_or_else(|| "08:00".to_owned());
        match whole_hour(&start) {
            Some(hour) => settings.gas_day_start = hour,
            None => {
                let place = case.get("gas_day_start").map_or_else(|| case.place.clone(), |node| node.place.clone());
                reader.problems().error(place, TableMessage::BadGasDayStart { value: start });
            }
        }
        settings.pooling = reader.bool("pooling").unwrap_or(settings.pooling);
        settings.hourly = reader.bool("hourly").unwrap_or(settings.hourly);
        settings.demand_required = reader.bool("demand_required").unwrap_or(settings.demand_required);
        let bases = [("Nm3", "Nm3"), ("Sm3-20C", "Sm3-20C")];
        settings.volume_basis = reader.word("volume_basis", &bases).unwrap_or("Nm3").to_owned();
        for (key, value) in [("name", &settings.name), ("policy", &settings.policy), ("timezone", &settings.timezone)] {
            if let (true, Some(node)) = (value.trim().is_empty(), case.get(key)) {
                reader.problems().error(node.place.clone(), TableMessage::EmptySetting { key });
            }
        }
        reader.finish();
    }
    if let Some(office) = office {
        let mut reader = Reader::new("office", office, problems);
        let mut said = |key: &'static str| {
            let text = reader.text(key)?.trim().to_owned();
            if let (true, Some(node)) = (text.is_empty(), office.get(key)) {
                reader.problems().error(node.place.clone(), TableMessage::EmptySetting { key });
            }
            Some(text)
        };
        settings.office = Office { name: said("name"), telephone: said("telephone") };
        reader.finish();
    }
    let mut named = BTreeMap::new();
    let model_place = files.and_then(|files| files.get("demand_model")).map(|node| node.place.clone());
    if let Some(files) = files {
        let mut reader = Reader::new("files", files, problems);
        for key in ["customers", "districts", "supply"] {
            reader.required(key);
        }
        for (key, node) in reader.others(|_| true).into_iter().chain(FILES.iter().filter_map(|key| {
            let asked = ["customers", "districts", "supply"].contains(key);
            files.get(key).filter(|_| asked).map(|node| (*key, node))
        })) {
            match (&node.value, nearest(key, FILES)) {
                (_, Some(near)) if near != key => {
                    let message = TreeMessage::UnknownKey { key: key.to_owned(), near: near.to_owned() };
                    reader.problems().error(node.place.clone(), message);
                }
                (Value::Text(path), _) if path.trim().is_empty() => {
                    let key = FILES.iter().find(|known| **known == key).copied().unwrap_or("files");
                    reader.problems().error(node.place.clone(), TableMessage::EmptySetting { key });
                }
                (Value::Text(path), _) => {
                    named.insert(key.to_owned(), path.trim().to_owned());
                }
                _ => {
                    let (wanted, wanted_zh) = ("a path in quotes", "带引号的路径");
                    let message = TreeMessage::WrongKind { key: key.to_owned(), wanted, wanted_zh };
                    reader.problems().error(node.place.clone(), message);
                }
            }
        }
    }
    Some(CaseToml { settings, policy_place, files: named, model_place })
}

/// The hour of `HH:00`.
fn whole_hour(text: &str) -> Option<u8> {
    let (hour, minutes) = text.split_once(':')?;
    let plain = hour.len() == 2 && hour.bytes().all(|b| b.is_ascii_digit()) && minutes == "00";
    hour.parse().ok().filter(|hour| plain && *hour < 24)
}
