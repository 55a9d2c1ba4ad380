//! What is asked for: the scenarios, and which of their winters.

use super::Args;
use crate::cli::exit::Failure;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::run_case::tell_notes;
use crate::problem::Problems;
use crate::simulate::Span;
use crate::simulate::scenario::{Scenario, ScenarioOptions};

/// A scenario, and what sets it apart in a row of values.
pub(super) type Asked = (String, Scenario);

/// The scenarios: one, two to compare, or one for each value.
pub(super) fn scenarios(args: &Args, global: &Global) -> Result<Vec<Asked>, Failure> {
    let winters = count("--winters", args.winters.as_deref())?;
    let seed = args
        .seed
        .as_deref()
        .map(|text| text.parse().map_err(|_| Failure::from(CliMessage::NotASeed { text: text.to_owned() })));
    let options = ScenarioOptions { set: args.set.clone(), seed: seed.transpose()?, winters };
    // Scenarios share most of what they read; what is to be said of it is said once.
    let told = std::cell::RefCell::new(Problems::new());
    let open = |path: &std::path::Path, options: &ScenarioOptions| -> Result<Scenario, Failure> {
        let (scenario, notes) = Scenario::open(path, options)?;
        let mut told = told.borrow_mut();
        let mut new = Problems::new();
        for note in notes {
            if told.iter().all(|old| *old != note) {
                told.push(note.clone());
                new.push(note);
            }
        }
        tell_notes(&new, global);
        Ok(scenario)
    };
    if let [first, second] = args.compare.as_slice() {
        let one = open(first, &options)?;
        // The same luck, and as many winters, or nothing could be compared.
        let alike = ScenarioOptions { seed: Some(one.seed), winters: Some(one.winters), ..options };
        let other = open(second, &alike)?;
        if one.chance != other.chance {
            let (first, second) = (first.display().to_string(), second.display().to_string());
            return Err(CliMessage::OtherWinters { first, second }.into());
        }
        return Ok(vec![(String::new(), one), (String::new(), other)]);
    }
    let Some(path) = &args.scenario else {
        return Err(CliMessage::MissingArgument { arg: "<SCENARIO>".to_owned() }.into());
    };
    let Some(sweep) = &args.sweep else { return Ok(vec![(String::new(), open(path, &options)?)]) };
    let values = values(sweep).ok_or_else(|| CliMessage::BadSweep { text: sweep.clone() })?;
    let mut asked: Vec<Asked> = Vec::new();
    for value in values {
        let mut set = options.set.clone();
        set.push(value.clone());
        let scenario = open(path, &ScenarioOptions { set, ..options.clone() })?;
        if asked.first().is_some_and(|(_, first)| first.chance != scenario.chance) {
            let first = asked.swap_remove(0).0;
            return Err(CliMessage::OtherWinters { first, second: value }.into());
        }
        asked.push((value, scenario));
    }
    Ok(asked)
}

/// A whole number above 0.
pub(super) fn count(arg: &'static str, text: Option<&str>) -> Result<Option<u64>, Failure> {
    let read = |text: &str| {
        let count = text.parse().ok().filter(|count| *count > 0);
        count.ok_or_else(|| CliMessage::NotACount { arg, text: text.to_owned() }.into())
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
