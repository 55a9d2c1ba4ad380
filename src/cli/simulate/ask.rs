//! What is asked for: the scenarios, and which of their winters.

use std::path::Path;

use super::Args;
use crate::cli::exit::Failure;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::run_case::tell_notes;
use crate::problem::{Origin, Problem, Problems};
use crate::simulate::Span;
use crate::simulate::scenario::{Scenario, ScenarioOptions};
use crate::tree::override_origin;

/// A scenario, and what sets it apart in a row of values.
pub(super) type Asked = (String, Scenario);

/// The scenarios: one, two to compare, or one for each value.
pub(super) fn scenarios(args: &Args, global: &Global) -> Result<Vec<Asked>, Failure> {
    let winters = count("--winters", args.winters.as_deref(), "1000")?;
    let seed = args
        .seed
        .as_deref()
        .map(|text| text.parse().map_err(|_| Failure::from(CliMessage::NotASeed { text: text.to_owned() })));
    let options = ScenarioOptions { set: args.set.clone(), seed: seed.transpose()?, winters };
    // Scenarios share most of what they read; what is to be said of it is said once.
    let told = std::cell::RefCell::new(Problems::new());
    let open = |path: &Path, options: &ScenarioOptions, swept: Option<(Origin, Origin)>| -> Result<Scenario, Failure> {
        let from_sweep = |mut problems: Problems| {
            swept.iter().for_each(|(set, sweep)| problems.stand_in(set, sweep));
            problems
        };
        let (scenario, notes) = Scenario::open(path, options).map_err(from_sweep)?;
        let mut told = told.borrow_mut();
        let mut new = Problems::new();
        for note in from_sweep(notes) {
            if told.iter().all(|old| *old != note) {
                told.push(note.clone());
                new.push(note);
            }
        }
        tell_notes(&new, global);
        Ok(scenario)
    };
    if let [first, second] = args.compare.as_slice() {
        let one = open(first, &options, None)?;
        // The same luck, and as many winters, or nothing could be compared.
        let alike = ScenarioOptions { seed: Some(one.seed), winters: Some(one.winters), ..options };
        let other = open(second, &alike, None)?;
        if one.chance != other.chance {
            let (first, second) = (first.display().to_string(), second.display().to_string());
            return Err(CliMessage::OtherWinters { first, second }.into());
        }
        return Ok(vec![(String::new(), one), (String::new(), other)]);
    }
    let Some(path) = &args.scenario else {
        return Err(CliMessage::missing("<SCENARIO>", "simulate").into());
    };
    let Some(sweep) = &args.sweep else { return Ok(vec![(String::new(), open(path, &options, None)?)]) };
    let values = values(sweep).ok_or_else(|| CliMessage::BadSweep { text: sweep.clone() })?;
    let mut asked: Vec<Asked> = Vec::new();
    let mut wrong = Problems::new();
    for value in values {
        let mut set = options.set.clone();
        set.push(value.clone());
        // The value is set as `--set` does it, and what is wrong with it stands in `--sweep`.
        let sweep = Origin::memory(format!("--sweep {value}"));
        let swept = (override_origin(&value), sweep.clone());
        let scenario = match open(path, &ScenarioOptions { set, ..options.clone() }, Some(swept)) {
            Ok(scenario) => scenario,
            Err(Failure::Input(problems)) => {
                // A path that leads nowhere, or a damaged scenario, is the same for every value and told once.
                let alone = |problem: &Problem| problem.place.origin == sweep && problem.code() != "path_not_found";
                let go_on = problems.iter().all(alone);
                wrong.extend(problems);
                if go_on {
                    continue;
                }
                break;
            }
            Err(other) => return Err(other),
        };
        if asked.first().is_some_and(|(_, first)| first.chance != scenario.chance) {
            let first = asked.swap_remove(0).0;
            return Err(CliMessage::OtherWinters { first, second: value }.into());
        }
        asked.push((value, scenario));
    }
    if wrong.stop() { Err(wrong.into()) } else { Ok(asked) }
}

/// More threads than this no machine has cores for, and the system may refuse to begin them.
const MOST_THREADS: usize = 1024;

/// How many threads: as many as are asked for, or as the machine has cores.
pub(super) fn threads(asked: Option<&str>) -> Result<usize, Failure> {
    match (count("--threads", asked, "2")?, asked) {
        (Some(threads), Some(text)) => {
            let fits = usize::try_from(threads).ok().filter(|threads| *threads <= MOST_THREADS);
            fits.ok_or_else(|| CliMessage::TooManyThreads { text: text.to_owned(), most: MOST_THREADS }.into())
        }
        _ => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
    }
}

/// A whole number above 0, such as `such`.
fn count(arg: &'static str, text: Option<&str>, such: &'static str) -> Result<Option<u64>, Failure> {
    let read = |text: &str| {
        let count = text.parse().ok().filter(|count| *count > 0);
        count.ok_or_else(|| CliMessage::NotACount { arg, text: text.to_owned(), such }.into())
    };
    text.map(read).transpose()
}

/// Which winters: a part of them, or all.
pub(super) fn span(shard: Option<&str>, of: u64) -> Result<Span, Failure> {
    let Some(text) = shard else { return Ok(Span::all(of)) };
    let part = text.split_once('/').and_then(|(number, parts)| {
        let (number, parts): (u64, u64) = (number.parse().ok()?, parts.parse().ok()?);
        (1..=parts).contains(&number).then(|| Span::shard(number, parts, of))
    });
    part.ok_or_else(|| CliMessage::BadShard { text: text.to_owned() }.into())
}

/// `PATH=a,b,c` as `PATH=a`, `PATH=b` and `PATH=c`; commas in brackets or quotation marks belong to a value.
fn values(sweep: &str) -> Option<Vec<String>> {
    let (path, all) = sweep.split_once('=')?;
    let (mut values, mut value, mut depth, mut quoted) = (Vec::new(), String::new(), 0u32, false);
    for c in all.chars() {
        match c {
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                values.push(std::mem::take(&mut value));
                continue;
            }
            _ => {}
        }
        value.push(c);
    }
    values.push(value);
    let path = path.trim();
    let sound = !path.is_empty() && values.iter().all(|value| !value.trim().is_empty());
    sound.then(|| values.iter().map(|value| format!("{path}={}", value.trim())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_values_is_parted_at_its_own_commas() {
        let row = |text: &str| values(text);
        assert_eq!(row("a.b=1,2, 3"), Some(vec!["a.b=1".into(), "a.b=2".into(), "a.b=3".into()]));
        assert_eq!(row("a=[1,2],[3]"), Some(vec!["a=[1,2]".into(), "a=[3]".into()]));
        assert_eq!(row("a=\"x,y\""), Some(vec!["a=\"x,y\"".into()]));
        assert_eq!((row("a=1,,2"), row("a"), row("=1")), (None, None, None));
    }

    #[test]
    fn a_shard_is_one_of_its_parts() {
        let read = |text| span(Some(text), 10).ok();
        assert_eq!(read("1/1"), Some(Span::all(10)));
        assert_eq!(read("2/3"), Some(Span { from: 3, until: 6, of: 10 }));
        assert!(["0/3", "4/3", "1", "1/0", "a/b", "-1/2"].into_iter().all(|text| read(text).is_none()));
    }
}
