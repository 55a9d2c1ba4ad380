//! What a day of a case rests on, as the files of a case that holds this day alone.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use super::{Case, Kept, csv, demand_model, split_sheet, table};
use crate::city::Settings;
use crate::forecast::DAYS_BEFORE;
use crate::policy::Policy;
use crate::problem::Origin;
use crate::tree::{self, Value, quoted};
use crate::units::Date;

/// Why a day's files cannot be gathered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ungathered {
    /// The case was opened without [`super::CaseOptions::keep`].
    NotKept,
    /// A policy file is no longer what the case was read with.
    Changed(String),
    /// The policy of an outer district lies outside the case's folder.
    Outside(String),
}

impl Case {
    /// The files of a case that holds one day of this one and gives the same decision: `case.toml`, the policies, and the
    /// tables as they were read, without the rows of other days. By name, from the case's folder.
    ///
    /// # Errors
    /// See [`Ungathered`].
    pub fn day_files(&self, day: Date) -> Result<BTreeMap<String, Vec<u8>>, Ungathered> {
        if self.kept.is_empty() {
            return Err(Ungathered::NotKept);
        }
        let mut files = BTreeMap::new();
        let mut named: Vec<(&str, String)> = Vec::new();
        for kept in &self.kept {
            let (path, sheet) = split_sheet(&kept.written);
            let own = Path::new(path).file_name().map_or_else(|| path.into(), |name| name.to_string_lossy());
            let bytes = kept.of_day(day);
            // Two tables of the same name come from two folders.
            let name = match files.get(&*own) {
                Some(other) if *other != bytes => format!("{}-{own}", kept.schema.key),
                _ => own.into_owned(),
            };
            let written = sheet.map_or_else(|| name.clone(), |sheet| format!("{name}#{sheet}"));
            named.push((kept.schema.key, written));
            files.insert(name, bytes);
        }
        if let Some((written, bytes)) = &self.kept_model {
            let own = Path::new(written).file_name().map_or_else(|| written.into(), |name| name.to_string_lossy());
            // The case and its plan have names of their own there.
            let taken = files.contains_key(&*own) || matches!(&*own, "case.toml" | "policy.toml" | "base-policy.toml");
            let name = if taken { format!("{}-{own}", demand_model::KEY) } else { own.into_owned() };
            named.push((demand_model::KEY, name.clone()));
            files.insert(name, bytes.clone());
        }
        let (name, base) = &self.named;
        let main = &self.policies.main;
        gather(name, base, "policy.toml", &mut files)?;
        same(main, name, base, &main.overrides)?;
        for (name, policy) in &self.policies.own {
            if Policy::builtin_text(name).is_some() {
                continue;
            }
            let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
            if !inside || !policy.extends.is_empty() {
                return Err(Ungathered::Outside(name.clone()));
            }
            let (text, _) = Policy::text_of(name, &self.dir).map_err(|_| Ungathered::Changed(name.clone()))?;
            same(policy, name, &self.dir, &[])?;
            files.insert(name.clone(), text.into_bytes());
        }
        files.insert("case.toml".to_owned(), case_toml(&self.city.settings, &named).into_bytes());
        Ok(files)
    }
}

/// That a policy file still says what was decided under.
fn same(used: &Policy, name: &str, base: &Path, overrides: &[String]) -> Result<(), Ungathered> {
    let now = Policy::load(name, base, overrides).ok().map(|(policy, _)| policy.digest);
    if now.as_ref() == Some(&used.digest) { Ok(()) } else { Err(Ungathered::Changed(name.to_owned())) }
}

/// Puts a policy, and below it the plans it extends, beside the case.
fn gather(name: &str, base: &Path, as_file: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Ungathered> {
    let changed = || Ungathered::Changed(name.to_owned());
    let (mut text, origin) = Policy::text_of(name, base).map_err(|_| changed())?;
    let node = tree::parse(&text, &origin).map_err(|_| changed())?;
    if let Some(Value::Text(extends)) = node.get("extends").map(|node| &node.value) {
        let below = format!("base-{as_file}");
        let folder = match &origin {
            Origin::File(path) => Path::new(&**path).parent().map(Path::to_owned).unwrap_or_default(),
            _ => Default::default(),
        };
        gather(extends, &folder, &below, files)?;
        text = renamed(&text, extends, &below).ok_or_else(changed)?;
    }
    files.insert(as_file.to_owned(), text.into_bytes());
    Ok(())
}

/// The text with another name behind `extends`.
fn renamed(text: &str, from: &str, to: &str) -> Option<String> {
    let is_it =
        |line: &&str| line.trim_start().strip_prefix("extends").is_some_and(|l| l.trim_start().starts_with('='));
    let line = text.lines().find(is_it)?;
    let new = line.replacen(from, to, 1);
    (new != line).then(|| text.replacen(line, &new, 1))
}

impl Kept {
    /// The table's bytes, without the rows that the day does not need; a workbook stays whole.
    fn of_day(&self, day: Date) -> Vec<u8> {
        // Holidays have dates and are of no day.
        let dated = self.schema.key != "holidays" && self.schema.find("date").is_some();
        let workbook = self.bytes.starts_with(b"PK\x03\x04");
        if !dated || workbook {
            return self.bytes.clone();
        }
        let Ok(text) = csv::decode(self.bytes.clone(), &Origin::memory(self.schema.key)) else {
            return self.bytes.clone();
        };
        // A day's demand depends on how cold the days before were.
        let before = if self.schema.key == "weather" { DAYS_BEFORE } else { 0 };
        let days = |date: Date| date <= day && date.day_number() + before >= day.day_number();
        match table::of_days(&text, self.schema, days) {
            Some(text) => text.into_bytes(),
            None => self.bytes.clone(),
        }
    }
}

/// `case.toml` for these files, with every setting written out.
fn case_toml(settings: &Settings, files: &[(&str, String)]) -> String {
    use std::fmt::Write;
    let mut text = String::from("[case]\n");
    let texts = [
        ("name", settings.name.as_str()),
        ("policy", "policy.toml"),
        ("timezone", &settings.timezone),
        ("gas_day_start", &format!("{:02}:00", settings.gas_day_start)),
        ("volume_basis", &settings.volume_basis),
    ];
    for (key, value) in texts {
        let _ = writeln!(text, "{key} = {}", quoted(value));
    }
    let flags =
        [("pooling", settings.pooling), ("hourly", settings.hourly), ("demand_required", settings.demand_required)];
    for (key, value) in flags {
        let _ = writeln!(text, "{key} = {value}");
    }
    text.push_str("[files]\n");
    for (key, file) in files {
        let _ = writeln!(text, "{key} = {}", quoted(file));
    }
    text
}
