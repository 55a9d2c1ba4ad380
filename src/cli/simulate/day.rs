//! `curtail simulate SCENARIO --day WINTER/DATE --out DIR`: a simulated day as a case, so that anyone can decide it again.

use std::path::Path;

use super::kept;
use crate::cli::exit::{Exit, Failure};
use crate::cli::files::{self, Content};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::decide::Solver;
use crate::policy::Policy;
use crate::render::simulation as render;
use crate::simulate::scenario::Scenario;
use crate::units::Date;

/// What blocks remember of the days before.
const BURDENS: &str = "burdens.csv";

/// Writes the case of a day and shows what the simulation counts of it.
pub(super) fn run(
    scenario: &Scenario,
    asked: &str,
    dir: &Path,
    global: &Global,
    out: &mut Out,
) -> Result<Exit, Failure> {
    if global.format == Format::Csv {
        return Err(CliMessage::BadFormat { format: "csv", command: "simulate --day" }.into());
    }
    // A day was written here before if its burdens lie beside its case; any other case is somebody's work.
    let is_case = dir.join("case.toml").exists();
    let is_own = is_case && dir.canonicalize().ok() == scenario.case.canonicalize().ok();
    if is_own || is_case && !dir.join(BURDENS).exists() {
        return Err(CliMessage::CaseThere { path: dir.display().to_string() }.into());
    }
    let refused = || Failure::from(CliMessage::NoSuchWinterDay { text: asked.to_owned() });
    let (winter, date) = asked.split_once('/').ok_or_else(refused)?;
    let (Ok(winter), Ok(date)) = (winter.parse::<u64>(), date.parse::<Date>()) else { return Err(refused()) };
    let prepared = scenario.prepared(Solver::Exact)?;
    let study = scenario.study(&prepared).ok_or_else(refused)?;
    let day = study.day(winter, date)?.filter(|_| winter < scenario.winters).ok_or_else(refused)?;
    let city = &scenario.city;
    let whole = |policy: &str| absolute(policy, &scenario.case);
    let main = match &scenario.policy {
        Some(policy) => absolute(policy, Path::new("")),
        None => whole(&city.settings.policy),
    };
    let names: Vec<(&str, String)> =
        render::tables(city).into_iter().chain(["burdens"]).map(|key| (key, format!("{key}.csv"))).collect();
    let mut written: Vec<(&str, Content<'_>)> = Vec::new();
    for (key, name) in &names {
        let (day, whole) = (&day.inputs, &whole);
        let table: Content<'_> = Box::new(move |to| render::table(key, city, day, whole, to));
        written.push((name, files::encoded(table, global)));
    }
    let toml = render::toml(city, &main);
    written.push(("case.toml", Box::new(move |to| to.write_all(toml.as_bytes()))));
    files::write_together(dir, written, global.lang)?;
    match global.format {
        Format::Json | Format::Csv => out.text(&kept::pretty(&day, city)?)?,
        Format::Table => {
            let shown = |path: &Path| quoted(&path.display().to_string());
            let mut command = format!("curtail -C {} decide --date {date}", shown(dir));
            command.push_str(&format!(" --burdens {}", shown(&dir.join(BURDENS))));
            command.push_str(if scenario.unified { " --unified" } else { "" });
            let sets = scenario.policies.main.overrides.iter();
            sets.for_each(|set| command.push_str(&format!(" --set '{set}'")));
            let simulated = scenario.simulated(&study, "");
            out.text(&render::day((scenario, &simulated), winter, &day, &command, global.lang))?;
        }
    }
    Ok(Exit::Done)
}

/// A path as a shell takes it for one word.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-:\\".contains(c);
    if !path.is_empty() && path.chars().all(is_plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

/// A policy as it is named from anywhere: a built-in id, or a whole path.
fn absolute(policy: &str, dir: &Path) -> String {
    if Policy::builtin_text(policy).is_some() {
        return policy.to_owned();
    }
    let path = dir.join(policy);
    path.canonicalize().unwrap_or(path).display().to_string()
}
