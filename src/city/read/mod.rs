//! Reads a case folder: `case.toml`, the policies it names, and its tables as people keep them.
//!
//! Everything is read before anything is refused, so that one run tells all that is wrong.

mod case_toml;
mod cells;
mod csv;
mod headings;
mod rows;
mod table;
mod xlsx;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::city::City;
use crate::city::ledger::Ledger;
use crate::policy::{Policies, Policy};
use crate::problem::{Origin, Place, Problems};

#[cfg(all(test, feature = "cli"))]
pub(crate) use case_toml::FILES;
use table::Table;

/// A case folder, read and checked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Case {
    /// The folder.
    pub dir: PathBuf,
    /// The city.
    pub city: City,
    /// The case's policy, and those of outer districts.
    pub policies: Policies,
    /// The files that `case.toml` names, by key; read or not. A workbook's sheet (`book.xlsx#sheet`) is cut off.
    pub files: BTreeMap<String, PathBuf>,
}

/// What a run changes of a case.
#[derive(Clone, Debug, Default)]
pub struct CaseOptions {
    /// Overrides of the case's policy, `PATH=VALUE`.
    pub overrides: Vec<String>,
    /// Another policy than the case's: a built-in id, or a path from where one stands.
    pub policy: Option<String>,
}

impl Case {
    /// The policy that a case folder names, whatever the state of its tables: a built-in id, or a path from the folder.
    ///
    /// # Errors
    /// All problems of `case.toml`.
    pub fn policy_of(dir: &Path) -> Result<String, Problems> {
        let mut problems = Problems::new();
        let toml = case_toml::read(&dir.join("case.toml"), &shown(dir, "case.toml"), &mut problems);
        let policy = toml.map(|toml| toml.settings.policy).unwrap_or_default();
        problems.or(policy).map(|(policy, _)| policy)
    }

    /// Reads a case folder.
    ///
    /// # Errors
    /// All problems of `case.toml`, the policies and the tables at once.
    pub fn open(dir: &Path, options: &CaseOptions) -> Result<(Self, Problems), Problems> {
        let mut problems = Problems::new();
        let toml = case_toml::read(&dir.join("case.toml"), &shown(dir, "case.toml"), &mut problems);
        let Some(toml) = toml else { return problems.or(()).and_then(|((), problems)| Err(problems)) };
        let mut settings = toml.settings;
        let mut ledger = Ledger::default();
        ledger.extend(problems);
        if let Some(policy) = &options.policy {
            settings.policy.clone_from(policy);
        }
        let (base, named_at) = match &options.policy {
            Some(_) => (Path::new(""), Place::whole(Origin::memory("policy"))),
            None => (dir, toml.policy_place),
        };
        let main = match settings.policy.trim() {
            "" => None,
            name => load(name, base, &options.overrides, &named_at, &mut ledger),
        };
        let mut builder = City::builder(settings);
        builder.ledger = ledger;
        let mut files = BTreeMap::new();
        for (key, written) in &toml.files {
            files.insert(key.clone(), dir.join(split_sheet(written).0));
        }
        for schema in rows::SCHEMAS {
            let Some(written) = toml.files.get(schema.key) else {
                // That a table is missing which must be there was told.
                if ["customers", "districts", "supply"].contains(&schema.key) {
                    builder.ledger.unread(schema.key);
                }
                continue;
            };
            let (path, sheet) = split_sheet(written);
            match Table::open(&dir.join(path), &shown(dir, path), sheet, schema) {
                Ok(table) => rows::read(&table, schema, &mut builder),
                Err(found) => {
                    builder.ledger.extend(found);
                    builder.ledger.unread(schema.key);
                }
            }
        }
        let mut own = BTreeMap::new();
        let named: BTreeMap<String, Place> = builder
            .districts
            .iter()
            .filter(|(district, _)| !district.urban)
            .filter_map(|(district, at)| {
                Some((district.policy.as_deref()?.to_owned(), builder.tables.cell(*at, "policy")))
            })
            .collect();
        let mut sound = true;
        for (name, place) in named {
            match load(&name, dir, &[], &place, &mut builder.ledger) {
                Some(policy) => {
                    own.insert(name, policy);
                }
                None => sound = false,
            }
        }
        let Some(main) = main.filter(|_| sound) else { return Err(sorted(builder.without_policy())) };
        let mut policies = Policies::of(main);
        policies.own = own;
        let (city, problems) = builder.build(&policies)?;
        Ok((Self { dir: dir.to_owned(), city, policies, files }, problems))
    }
}

fn sorted(mut problems: Problems) -> Problems {
    problems.sort();
    problems
}

/// A path of the case as people name it: from where they stand, with slashes.
fn shown(dir: &Path, name: &str) -> String {
    let dir = dir.display().to_string();
    match dir.trim_end_matches(['/', '\\']) {
        "" | "." => name.to_owned(),
        dir => format!("{dir}/{name}"),
    }
}

/// `book.xlsx#sheet` as path and sheet.
fn split_sheet(written: &str) -> (&str, Option<&str>) {
    match written.rsplit_once('#') {
        Some((path, sheet)) if path.to_ascii_lowercase().ends_with(".xlsx") => (path, Some(sheet)),
        _ => (written, None),
    }
}

/// A policy; that there is none of this name is told where it was named.
fn load(name: &str, dir: &Path, overrides: &[String], place: &Place, ledger: &mut Ledger) -> Option<Policy> {
    match Policy::load(name, dir, overrides) {
        Ok((policy, problems)) => {
            ledger.extend(problems);
            Some(policy)
        }
        Err(problems) => {
            for mut problem in problems {
                if problem.code() == "unknown_policy" {
                    problem.place = place.clone();
                }
                ledger.push(problem);
            }
            None
        }
    }
}
