//! A scenario as people write it: one TOML file that names a case, the weather that was, how demand follows it, what sources give
//! and how they fail, and how many winters of it are asked for.

mod about;
mod extras;
mod read;
mod sources;

use std::path::{Path, PathBuf};

pub use read::ScenarioOptions;

use super::{Draw, Homes, Inputs, ScenarioMessage, SourceModel, Study, Values, condense};
use crate::city::City;
use crate::city::read::{Case, CaseOptions, read_demand_model, read_weather};
use crate::decide::{Options, Prepared, Solver};
use crate::forecast::{Model, Weather};
use crate::policy::{Policies, hex};
use crate::problem::{Origin, Place, Problem, Problems};
use crate::units::Date;

/// A scenario, read and checked, with all that it names.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    /// The case's city [condensed](super::condense()), with the sources that the scenario adds.
    pub city: City,
    /// The case's folder.
    pub case: PathBuf,
    /// Another policy than the case's: a built-in id, or a path from where one stands.
    pub policy: Option<String>,
    /// How many customers the case has.
    pub customers: usize,
    /// The policies, changed as the scenario and the command line say.
    pub policies: Policies,
    /// Overrides of the policy, and of the scenario itself (`scenario.PATH=VALUE`), as they were given.
    pub set: Vec<String>,
    /// Whether outer districts join the main urban area.
    pub unified: bool,
    /// How demand follows the weather.
    pub demand: Model,
    /// What sources give.
    pub sources: Vec<SourceModel>,
    /// Which homes are heated how; `None` if the scenario does not say.
    pub homes: Option<Homes>,
    /// What gas is worth; `None` if the scenario does not say.
    pub values: Option<Values>,
    /// The weather that was.
    pub weather: Weather,
    /// How winters are drawn from it.
    pub draw: Draw,
    /// The first day of the season.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// How many winters are asked for.
    pub winters: u64,
    /// What chance begins with.
    pub seed: u64,
    /// SHA-256, in hex, of all that decides what each winter comes to: the scenario, the policies, the tables of the case, the weather and
    /// the demand model.
    pub digest: String,
    /// SHA-256, in hex, of all that decides what weather each winter has: two scenarios that share it meet the same winters.
    pub chance: String,
}

/// The tables of a case that a winter is decided from.
const READ: [&str; 6] = ["customers", "districts", "supply", "links", "profiles", "holidays"];

impl Scenario {
    /// Reads a scenario and all that it names.
    ///
    /// # Errors
    /// All that is wrong with the scenario, or else all that is wrong with its case, its weather and its demand model.
    pub fn open(path: &Path, options: &ScenarioOptions) -> Result<(Self, Problems), Problems> {
        let mut problems = Problems::new();
        let written = read::read(path, options, &mut problems);
        let Some(written) = written.filter(|_| !problems.stop()) else {
            return problems.or(()).and_then(|((), problems)| Err(problems));
        };
        let case_options =
            CaseOptions { overrides: written.set.clone(), policy: written.policy.clone(), ..CaseOptions::default() };
        let case = if written.case.join("case.toml").exists() {
            keep(Case::open(&written.case, &case_options), &mut problems)
        } else {
            let path = written.case.display().to_string();
            problems.error(written.case_place.clone(), ScenarioMessage::NoCase { path });
            None
        };
        problems.told_at("unknown_policy", &Origin::memory("policy"), &written.policy_place);
        let weather = keep(read_weather(&written.weather), &mut problems);
        let weather = weather.and_then(|table| keep(Weather::of(&table).map(alone), &mut problems));
        let model = keep(read_demand_model(&written.demand), &mut problems);
        let (Some(case), Some(weather), Some(model)) = (case, weather, model) else {
            return problems.or(()).and_then(|((), problems)| Err(problems));
        };
        let demand = keep(model.named_by(&case.policies).map(alone), &mut problems).map(|named| named.model);
        let mut city = condense(&case.city, &case.policies, written.unified)?;
        city.links = city.links.filter(|_| written.network);
        let sources = sources::settle(written.sources, &mut city, &written.sources_place, &mut problems);
        let homes = written.homes.and_then(|homes| homes.settle(&city, &case.policies, &mut problems));
        let values = written.values.map(|values| values.settle(&case.policies, &mut problems));
        for class in demand.iter().flat_map(|model| &model.classes) {
            if !city.classes.iter().any(|known| **known == *class.class) {
                let place = Place::whole(Origin::file(&written.demand));
                problems.note(place, ScenarioMessage::ClassWithoutCustomers { class: class.class.clone() });
            }
        }
        let (last, days) = (weather.from.plus_days(weather.days.len().saturating_sub(1) as u32), written.days);
        if super::winters::Winters::of(&weather, written.from, days as usize, written.draw).is_none() {
            let (from, until) = (weather.from.to_string(), last.map_or_else(String::new, |last| last.to_string()));
            problems.error(written.weather_place, ScenarioMessage::NoWinterInWeather { days, from, until });
        }
        let digest = digest(&written.canonical, &written.set, &case, [&written.weather, &written.demand]);
        let digest = keep(digest.map_err(|(path, error)| unreadable(&path, &error)).map(alone), &mut problems);
        let chance = chance(&weather, written.draw, (written.from, written.until), written.seed);
        let Some((demand, digest)) = demand.zip(digest) else {
            return problems.or(()).and_then(|((), problems)| Err(problems));
        };
        let set = options.set.iter().filter(|set| !written.set.contains(set)).cloned();
        problems.or(Self {
            name: written.name,
            case: written.case,
            policy: written.policy,
            customers: case.city.customers.len(),
            city,
            policies: case.policies,
            set: written.set.iter().cloned().chain(set).collect(),
            unified: written.unified,
            demand,
            sources,
            homes,
            values,
            weather,
            draw: written.draw,
            from: written.from,
            until: written.until,
            winters: written.winters,
            seed: written.seed,
            digest,
            chance,
        })
    }

    /// Its city, made ready to decide by the exact algorithm, or as `decide` does: confirmed by the linear program.
    ///
    /// # Errors
    /// As for [`Prepared::new`].
    pub fn prepared(&self, solver: Solver) -> Result<Prepared<'_>, Problems> {
        Prepared::new(&self.policies, &self.city, Options { solver, unified: self.unified, ..Options::default() })
    }

    /// It, made ready; `None` if the weather holds no winter, which [`Scenario::open`] refuses.
    pub fn study<'a>(&'a self, prepared: &'a Prepared<'a>) -> Option<Study<'a>> {
        let inputs = Inputs {
            city: &self.city,
            policies: &self.policies,
            demand: &self.demand,
            sources: &self.sources,
            weather: &self.weather,
            draw: self.draw,
            from: self.from,
            until: self.until,
            seed: self.seed,
        };
        let study = Study::new(&inputs, prepared)?;
        let study = self.homes.iter().fold(study, Study::with_homes);
        Some(self.values.iter().fold(study, Study::with_values))
    }
}

/// What is wrong with a scenario's text by itself.
#[cfg(all(test, feature = "cli"))]
pub(crate) fn check(text: &str, origin: &Origin) -> Problems {
    let mut problems = Problems::new();
    match crate::tree::parse_as(crate::tree::FileKind::Scenario, text, origin) {
        Ok(root) => _ = read::of(root, Path::new(""), &ScenarioOptions::default(), &mut problems),
        Err(found) => problems.extend(found),
    }
    problems
}

/// What was read, its warnings or its errors kept.
fn keep<T>(read: Result<(T, Problems), Problems>, problems: &mut Problems) -> Option<T> {
    match read {
        Ok((value, found)) => {
            problems.extend(found);
            Some(value)
        }
        Err(found) => {
            problems.extend(found);
            None
        }
    }
}

/// What was read without a word.
const fn alone<T>(value: T) -> (T, Problems) {
    (value, Problems::new())
}

fn unreadable(path: &str, error: &std::io::Error) -> Problems {
    use crate::city::TableMessage as M;
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => M::NoSuchFile {},
        _ => M::Unreadable { what: error.to_string() },
    };
    Problem::error(Place::whole(Origin::file(path)), message).into()
}

/// Of all that decides what winters come to. Files are taken byte by byte: who changes one has other inputs.
fn digest(canonical: &str, set: &[String], case: &Case, files: [&str; 2]) -> Result<String, (String, std::io::Error)> {
    let mut all = hmac_sha256::Hash::new();
    let mut add = |what: &str, bytes: &[u8]| {
        all.update((what.len() as u64).to_le_bytes());
        all.update(what);
        all.update((bytes.len() as u64).to_le_bytes());
        all.update(bytes);
    };
    add("version", env!("CARGO_PKG_VERSION").as_bytes());
    add("scenario", canonical.as_bytes());
    set.iter().for_each(|set| add("set", set.as_bytes()));
    case.policies.all().for_each(|policy| add("policy", policy.digest.as_bytes()));
    let read = |path: &Path| std::fs::read(path).map_err(|error| (path.display().to_string(), error));
    add("case.toml", &read(&case.dir.join("case.toml"))?);
    for key in READ {
        if let Some(path) = case.files.get(key) {
            add(key, &read(path)?);
        }
    }
    for (key, path) in ["weather", "demand"].into_iter().zip(files) {
        // A workbook's sheet is named after the workbook.
        let file = path.rsplit_once('#').map_or(path, |(file, _)| file);
        add(key, &read(Path::new(file)).or_else(|_| read(Path::new(path)))?);
    }
    Ok(hex(&all.finalize()))
}

/// Of all that decides the weather and the luck of each winter.
fn chance(weather: &Weather, draw: Draw, season: (Date, Date), seed: u64) -> String {
    let mut all = hmac_sha256::Hash::new();
    all.update(format!("{seed} {draw:?} {} {} {}", season.0, season.1, weather.from));
    weather.days.iter().for_each(|day| all.update(day.get().to_le_bytes()));
    hex(&all.finalize())
}
