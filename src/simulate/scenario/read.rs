//! `scenario.toml` as it is written, checked for itself; what it names is opened elsewhere.

use std::path::{Component, Path, PathBuf};

use super::extras::{self, HomesDraft, ValuesDraft};
use super::sources::{self, Draft};
use crate::city::TableMessage;
use crate::problem::{Origin, Place, Problem, Problems};
use crate::simulate::{Draw, ScenarioMessage as M};
use crate::tree::{self, FileKind, Node, Reader, Value, override_origin};
use crate::units::{Celsius, Date, Decimal, M3};

/// What a scenario's file says.
pub(super) struct Written {
    pub name: String,
    pub case: PathBuf,
    pub case_place: Place,
    /// As the case's readers take it: a built-in id, or a path from where one stands.
    pub policy: Option<String>,
    pub policy_place: Place,
    pub set: Vec<String>,
    pub unified: bool,
    /// Whether the case's links count; else the city is one pool.
    pub network: bool,
    pub from: Date,
    pub until: Date,
    pub days: u32,
    pub winters: u64,
    pub seed: u64,
    pub weather: String,
    pub weather_place: Place,
    pub draw: Draw,
    pub demand: String,
    pub sources: Vec<Draft>,
    pub sources_place: Place,
    pub homes: Option<HomesDraft>,
    pub values: Option<ValuesDraft>,
    /// All of it but what may differ between parts of one run, the same for every way of writing it.
    pub canonical: String,
}

/// What the command line changes of a scenario.
#[derive(Clone, Debug, Default)]
pub struct ScenarioOptions {
    /// Overrides, `PATH=VALUE`: of the policy, or with `scenario.` before the path of the scenario itself.
    pub set: Vec<String>,
    /// Other winters to draw than the scenario's.
    pub seed: Option<u64>,
    /// Another number of winters than the scenario's.
    pub winters: Option<u64>,
}

/// What begins a path that leads into the scenario and not into its policy.
const OWN: &str = "scenario.";

/// The most winters that a run counts: figures are summed exactly, and so many still fit.
const MOST: u64 = 1_000_000_000;

/// Reads a scenario's file.
///
/// # Errors
/// All that is wrong with it, by its own reading.
pub(super) fn read(path: &Path, options: &ScenarioOptions, problems: &mut Problems) -> Option<Written> {
    match tree(path, &Origin::file(path.display())) {
        Ok(root) => of(root, path.parent().unwrap_or_else(|| Path::new("")), options, problems),
        Err(found) => {
            problems.extend(found);
            None
        }
    }
}

/// Reads a scenario that stands in a folder.
pub(super) fn of(mut root: Node, dir: &Path, options: &ScenarioOptions, problems: &mut Problems) -> Option<Written> {
    let own = options.set.iter().filter_map(|set| Some((set.strip_prefix(OWN)?, override_origin(set))));
    own.filter_map(|(set, origin)| root.set_by(set, &origin).err()).for_each(|found| problems.extend(found));
    let mut top = Reader::new("scenario.toml", &root, problems);
    let scenario = top.required("scenario");
    let (weather, demand, sources) = (top.required("weather"), top.required("demand"), top.required("sources"));
    let (homes, values) = (top.optional("homes"), top.optional("values"));
    top.finish();
    let homes = homes.map(|node| extras::homes(node, problems));
    let values = values.map(|node| extras::values(node, problems));
    let about = scenario.and_then(|node| about(node, dir, options, problems));
    let days = about.as_ref().map_or(366, |about| about.days);
    let weather = weather.and_then(|node| read_weather(node, dir, days, problems));
    let demand = demand.and_then(|node| {
        let mut reader = Reader::new("demand", node, problems);
        let model = reader.must_text("model");
        reader.finish();
        (!model.is_empty()).then(|| joined(dir, &model))
    });
    let season = about.as_ref().map(|about| (about.from, about.until));
    // Of a season that cannot be read nothing more is said.
    let season = season.or_else(|| Some((Date::new(9999, 12, 31).ok()?, Date::new(9999, 12, 31).ok()?)))?;
    let (drafts, sources_place) = sources.map(|node| {
        let entries = match &node.value {
            Value::Table(entries) => entries.as_slice(),
            _ => &[],
        };
        if entries.is_empty() {
            problems.error(node.place.clone(), M::NoSources {});
        }
        (sources::read(entries, season, problems), node.place.clone())
    })?;
    let (about, (weather, weather_place, draw), demand) = (about?, weather?, demand?);
    Some(Written {
        name: about.name,
        case: about.case,
        case_place: about.case_place,
        policy: about.policy,
        policy_place: about.policy_place,
        set: about.set,
        unified: about.unified,
        network: about.network,
        from: about.from,
        until: about.until,
        days: about.days,
        winters: about.winters,
        seed: about.seed,
        weather,
        weather_place,
        draw,
        demand,
        sources: drafts,
        sources_place,
        homes,
        values,
        canonical: canonical(&root, about.seed),
    })
}

/// The tree of the file.
fn tree(path: &Path, origin: &Origin) -> Result<Node, Problems> {
    let place = Place::whole(origin.clone());
    let refused = |message: crate::problem::Message| Problems::from(Problem::error(place.clone(), message));
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        _ if path.is_dir() => refused(TableMessage::IsDirectory {}.into()),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => refused(M::Missing {}.into()),
        _ => refused(TableMessage::Unreadable { what: error.to_string() }.into()),
    })?;
    tree::parse_as(FileKind::Scenario, &tree::text(bytes, FileKind::Scenario, origin)?, origin)
}

/// `[scenario]`.
struct About {
    name: String,
    case: PathBuf,
    case_place: Place,
    policy: Option<String>,
    policy_place: Place,
    set: Vec<String>,
    unified: bool,
    network: bool,
    from: Date,
    until: Date,
    days: u32,
    winters: u64,
    seed: u64,
}

fn about(node: &Node, dir: &Path, options: &ScenarioOptions, problems: &mut Problems) -> Option<About> {
    let mut reader = Reader::new("scenario", node, problems);
    let name = reader.must_text("name");
    let case = reader.must_text("case");
    let place_of = |key: &str| node.get(key).map_or_else(|| node.place.clone(), |node| node.place.clone());
    let policy = reader.text("policy").map(|policy| match crate::policy::Policy::builtin_text(&policy) {
        Some(_) => policy,
        None => joined(dir, &policy),
    });
    let mut set: Vec<String> = reader.texts("set").unwrap_or_default().into_iter().map(|(set, _)| set).collect();
    set.extend(options.set.iter().filter(|set| !set.starts_with(OWN)).cloned());
    let unified = reader.bool("unified").unwrap_or(false);
    let network = reader.bool("network").unwrap_or(true);
    let (_, from) = (reader.required("from"), reader.date("from"));
    let (_, until) = (reader.required("until"), reader.date("until"));
    let said = reader.required("winters");
    let winters = options.winters.or_else(|| said.and_then(|node| reader.as_whole("winters", node)));
    let seed = reader.whole("seed");
    let seed = options.seed.or(seed).unwrap_or(1);
    if winters.is_some_and(|winters| winters == 0 || winters > MOST) {
        reader.problems().error(place_of("winters"), M::NoWinters {});
    }
    reader.finish();
    let (from, until) = (from?, until?);
    let Some(days) = (until.day_number() + 1).checked_sub(from.day_number()).filter(|days| *days > 0) else {
        problems.error(place_of("until"), M::EndsBeforeItBegins { from: from.to_string() });
        return None;
    };
    if days > 366 {
        problems.error(place_of("until"), M::TooLong { days });
        return None;
    }
    Some(About {
        name,
        case: tidy(dir.join(&case)),
        case_place: place_of("case"),
        policy,
        policy_place: place_of("policy"),
        set,
        unified,
        network,
        from,
        until,
        days,
        winters: winters?,
        seed,
    })
}

fn read_weather(node: &Node, dir: &Path, season: u32, problems: &mut Problems) -> Option<(String, Place, Draw)> {
    let mut reader = Reader::new("weather", node, problems);
    let file = reader.must_text("file");
    let place = node.get("file").map_or_else(|| node.place.clone(), |node| node.place.clone());
    let blocks = reader.word("draw", &[("replay", false), ("blocks", true)]).unwrap_or(true);
    let length: Option<u32> = reader.whole("block_days");
    let at =
        node.get("block_days").or_else(|| node.get("draw")).map_or_else(|| node.place.clone(), |n| n.place.clone());
    match (blocks, length) {
        (true, None) if node.get("block_days").is_none() => reader.problems().error(at, M::BlocksNeedDays {}),
        (true, Some(0)) => reader.problems().error(at, M::NoDays { key: "block_days" }),
        (false, Some(_)) => reader.problems().error(at, M::ReplayHasNoBlocks {}),
        _ => {}
    }
    reader.finish();
    let draw = if blocks { Draw::Blocks(length.unwrap_or(1).min(season)) } else { Draw::Replay };
    (!file.is_empty()).then(|| (joined(dir, &file), place, draw))
}

/// A path that a scenario names, from where one stands.
fn joined(dir: &Path, written: &str) -> String {
    tidy(dir.join(written)).display().to_string()
}

/// A path without its detours (`winters/../case` is `case`), as people write it; where a link makes the detour lead elsewhere, the
/// path as it is.
fn tidy(path: PathBuf) -> PathBuf {
    let mut straight = PathBuf::new();
    for part in path.components() {
        match (part, straight.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => _ = straight.pop(),
            _ => straight.push(part),
        }
    }
    if straight.as_os_str().is_empty() {
        straight.push(".");
    }
    // Of what is not there nothing can lead elsewhere: then the shorter way to say so is as good.
    let leads = |path: &Path| path.canonicalize().ok();
    if leads(&path).is_none_or(|end| leads(&straight).as_ref() == Some(&end)) { straight } else { path }
}

/// What decides the winters, whoever wrote it how: not by how many they are, nor what the scenario is called.
fn canonical(root: &Node, seed: u64) -> String {
    let said = root.canonical();
    let differs = [".scenario.winters = ", ".scenario.seed = ", ".scenario.name = "];
    let kept = said.lines().filter(|line| !differs.iter().any(|key| line.starts_with(key)));
    kept.map(|line| format!("{line}\n")).chain([format!("seed {seed}\n")]).collect()
}

/// A volume in whole m3.
pub(super) fn volume(key: &'static str, node: &Node, reader: &mut Reader<'_, '_>) -> Option<M3> {
    let volume = M3(reader.as_whole(key, node)?);
    if volume > M3::MOST {
        reader.problems().error(node.place.clone(), M::TooMuch { key });
        return None;
    }
    Some(volume)
}

/// A part of a whole, from 0 to 1.
pub(super) fn part(key: &'static str, node: &Node, reader: &mut Reader<'_, '_>) -> Option<Decimal> {
    let part = reader.as_decimal(key, node)?;
    if part > Decimal::ONE {
        reader.problems().error(node.place.clone(), M::NotAPart { key });
        return None;
    }
    Some(part)
}

/// A temperature.
pub(super) fn celsius(key: &'static str, node: &Node, reader: &mut Reader<'_, '_>) -> Option<Celsius> {
    let read = match &node.value {
        Value::Number(number) => number.parse().ok(),
        _ => None,
    };
    if read.is_none() {
        reader.problems().error(node.place.clone(), M::NotATemperature { key });
    }
    read
}
