//! Reads a case folder: `case.toml`, the policies it names, and its tables as people keep them.
//!
//! Everything is read before anything is refused, so that one run tells all that is wrong.

mod case_toml;
pub(crate) mod cells;
mod csv;
mod day_files;
mod demand_model;
pub(crate) mod headings;
mod history;
mod holidays;
mod list;
#[cfg(feature = "cli")]
mod orders;
mod rows;
mod shortfalls;
mod table;
mod weather;
mod xlsx;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::city::ledger::Ledger;
use crate::city::{City, CityMessage, Settings, TableMessage};
use crate::forecast;
use crate::policy::{Policies, Policy};
use crate::problem::{Message, Origin, Place, Problem, Problems};

#[cfg(all(test, feature = "cli"))]
pub(crate) use case_toml::FILES;
pub use day_files::Ungathered;
pub use demand_model::read_demand_model;
use headings::Schema;
pub use history::read_history;
pub use holidays::read_holidays;
pub use list::{ListRow, read_list};
#[cfg(feature = "cli")]
pub(crate) use orders::{OrderCells, read_orders};
pub use shortfalls::read_shortfalls;
use table::Table;
pub use weather::read_weather;
#[cfg(feature = "cli")]
pub(crate) use xlsx::sheet_name;

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
    /// The tables as they were read, for [`Case::day_files`]; empty unless [`CaseOptions::keep`] asks for them.
    kept: Vec<Kept>,
    /// The demand model's file as the case writes it, and as it was read; where the tables are kept.
    kept_model: Option<(String, Vec<u8>)>,
    /// The policy as it was named, and from where.
    named: (String, PathBuf),
}

/// A table as it was read.
#[derive(Clone, Debug)]
struct Kept {
    schema: &'static Schema,
    /// As the case writes it: a path, for a workbook perhaps with `#sheet`.
    written: String,
    bytes: Vec<u8>,
}

/// What a run changes of a case.
#[derive(Clone, Debug, Default)]
pub struct CaseOptions {
    /// Overrides of the case's policy, `PATH=VALUE`.
    pub overrides: Vec<String>,
    /// Another policy than the case's: a built-in id, or a path from where one stands.
    pub policy: Option<String>,
    /// Whether the tables are kept as they were read, so that a record can keep what a day rests on.
    pub keep: bool,
    /// Another table of what was really taken than the case's: a path from where one stands, for a workbook perhaps with `#sheet`.
    pub actuals: Option<String>,
}

impl Case {
    /// What `case.toml` says, whatever the state of the tables: the settings, and the files by key.
    ///
    /// # Errors
    /// All problems of `case.toml`.
    pub fn about(dir: &Path) -> Result<(Settings, BTreeMap<String, PathBuf>), Problems> {
        let mut problems = Problems::new();
        let toml = case_toml::read(&dir.join("case.toml"), &shown(dir, "case.toml"), &mut problems);
        let about = toml.map(|toml| {
            let files = toml.files.iter().map(|(key, written)| (key.clone(), dir.join(split_sheet(written).0)));
            (toml.settings, files.collect())
        });
        problems.or(about.unwrap_or_default()).map(|(about, _)| about)
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
        let (mut files, mut tables) = (BTreeMap::new(), Vec::new());
        for (key, written) in &toml.files {
            files.insert(key.clone(), dir.join(split_sheet(written).0));
        }
        for schema in rows::SCHEMAS {
            let other = options.actuals.as_ref().filter(|_| schema.key == headings::ACTUALS.key);
            let dir = if other.is_some() { Path::new("") } else { dir };
            let Some(written) = other.or_else(|| toml.files.get(schema.key)) else {
                // That a table is missing which must be there was told.
                if ["customers", "districts", "supply"].contains(&schema.key) {
                    builder.ledger.unread(schema.key);
                }
                continue;
            };
            let (path, sheet) = split_sheet(written);
            let mut bytes = Vec::new();
            let kept = options.keep.then_some(&mut bytes);
            match Table::open(&dir.join(path), &shown(dir, path), sheet, schema, kept) {
                Ok(table) => {
                    rows::read(&table, schema, &mut builder);
                    if options.keep {
                        tables.push(Kept { schema, written: written.clone(), bytes });
                    }
                }
                Err(found) => {
                    builder.ledger.extend(found);
                    builder.ledger.unread(schema.key);
                }
            }
        }
        let model = toml.model_place.and_then(|place| {
            let written = toml.files.get(demand_model::KEY)?;
            if !toml.files.contains_key(headings::WEATHER.key) {
                builder.ledger.error(place, TableMessage::ModelWithoutWeather {});
            }
            let origin = Origin::file(shown(dir, written));
            match demand_model::open_of_case(&dir.join(written), &origin) {
                Ok((model, notes, bytes)) => {
                    builder.ledger.extend(notes);
                    Some((model, origin, bytes))
                }
                Err(found) => {
                    builder.ledger.extend(found);
                    None
                }
            }
        });
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
        // What is wrong with the model's classes is told with all else.
        let model = model.and_then(|(model, origin, bytes)| match model.named_by(&policies) {
            Ok(model) => Some((model, origin, bytes)),
            Err(found) => {
                builder.ledger.extend(found);
                None
            }
        });
        let (mut city, mut problems) = builder.build(&policies)?;
        if let Some((model, origin, _)) = &model {
            forecast::apply(&mut city, &model.model, origin);
            // A day that has a temperature has a forecast after all: the model's.
            let modelled: Vec<String> = city.modelled.keys().map(ToString::to_string).collect();
            problems.retain(|problem| match &problem.message {
                Message::City(CityMessage::SupplyWithoutForecast { date }) => !modelled.contains(date),
                _ => true,
            });
        }
        let kept_model = model
            .filter(|_| options.keep)
            .and_then(|(_, _, bytes)| Some((toml.files.get(demand_model::KEY)?.clone(), bytes)));
        let named = (city.settings.policy.trim().to_owned(), base.to_owned());
        Ok((Self { dir: dir.to_owned(), city, policies, files, kept: tables, kept_model, named }, problems))
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

/// That a table named on the command line, `book.xlsx#sheet` too, is not there.
pub(crate) fn missing(path: &str) -> Option<Problem> {
    let (file, _) = split_sheet(path);
    let missing = || Problem::error(Place::whole(Origin::file(file)), TableMessage::NoSuchFile {});
    (!Path::new(file).exists()).then(missing)
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
