//! `curtail init`: a small synthetic case that decides at once.

use std::path::{Path, PathBuf};

use crate::Lang;
use crate::city::Settings;
use crate::cli::exit::{Exit, Failure};
use crate::cli::files::{self, Content};
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::today::{Calendar, days_after};
use crate::policy::Policy;
use crate::render::sheets::{self, Example};
use crate::render::words::Word;
use crate::units::Date;

/// `curtail init`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The folder to write: a new one, or an empty one
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// The tables as sheets of one workbook, with lists to choose from and a sheet that explains them
    #[arg(long)]
    xlsx: bool,
}

macro_rules! case {
    ($lang:literal: $($name:literal),*) => {
        &[$( ($name, include_str!(concat!("../../examples/init/", $lang, "/", $name))) ),*]
    };
}

/// Name and text of each file; dates are placeholders.
const EN: &[(&str, &str)] =
    case!("en": "case.toml", "customers.csv", "demand.csv", "districts.csv", "profiles.csv", "supply.csv", "README.md");
const ZH: &[(&str, &str)] =
    case!("zh": "case.toml", "customers.csv", "demand.csv", "districts.csv", "profiles.csv", "supply.csv", "说明.md");

macro_rules! sheets {
    ($lang:literal: $($key:literal),*) => {
        &[$( ($key, include_str!(concat!("../../examples/init/workbook/", $lang, "/", $key, ".csv"))) ),*]
    };
}

/// Winters of the case: a scenario, how demand follows the weather, and the weather.
const WINTERS_EN: &[(&str, &str)] = case!("en": "scenario.toml", "demand-model.toml");
const WINTERS_ZH: &[(&str, &str)] = case!("zh": "scenario.toml", "demand-model.toml");
const WEATHER: (&str, &str) = ("weather-40y.csv", include_str!("../../examples/xian/winters/weather-40y.csv"));

/// Tables that the workbook has besides, by key: the case does not read them until its case.toml says so.
const MORE_EN: &[(&str, &str)] = sheets!("en": "links", "holidays", "actuals", "weather");
const MORE_ZH: &[(&str, &str)] = sheets!("zh": "links", "holidays", "actuals", "weather");

/// The workbook.
const BOOK: &str = "case.xlsx";

/// The days that the case has figures for: today's and six more.
const DAYS: u32 = 7;

/// Writes the case.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let mut entries = std::fs::read_dir(&args.dir).into_iter().flatten();
    if entries.next().is_some() {
        return Err(CliMessage::NotEmpty { path: args.dir.display().to_string() }.into());
    }
    let (texts, winters) = match global.lang {
        Lang::En => (EN, WINTERS_EN),
        Lang::Zh => (ZH, WINTERS_ZH),
    };
    // Both cases keep the calendar that a case has unless it says otherwise.
    let settings = Settings::default();
    let today = Calendar::new(&settings.timezone, settings.gas_day_start)?.today(global.now);
    let today = today.ok_or_else(|| CliMessage::BadTime { text: "--now".into() })?;
    let write = |(name, text): &(&'static str, &'static str)| {
        let text = if name.ends_with(".csv") { dated(text, today) } else { (*text).to_owned() };
        let content: Content<'_> = Box::new(move |to| to.write_all(text.as_bytes()));
        (*name, content)
    };
    let mut files = if args.xlsx { workbook(texts, today, global.lang)? } else { texts.iter().map(write).collect() };
    for (name, text) in winters.iter().chain([&WEATHER]) {
        files.push((name, Box::new(move |to| to.write_all(text.as_bytes()))));
    }
    let encoded = files.into_iter().map(|(name, content)| {
        let content = if name.ends_with(".csv") { files::encoded(content, global) } else { content };
        (name, content)
    });
    files::write_together(&args.dir, encoded.collect(), global.lang)?;
    let dir = args.dir.display().to_string();
    out.text(&format!(
        "{}\n\n  curtail -C {} decide\n",
        Word::InitDone { dir: dir.clone() }.text(global.lang),
        quoted(&dir)
    ))?;
    Ok(Exit::Done)
}

/// The same case with its tables in one workbook.
fn workbook(
    texts: &'static [(&'static str, &'static str)],
    today: Date,
    lang: Lang,
) -> Result<Vec<(&'static str, Content<'static>)>, Failure> {
    let more = if lang == Lang::Zh { MORE_ZH } else { MORE_EN };
    let csv = texts.iter().filter_map(|(name, text)| Some((name.strip_suffix(".csv")?, *text)));
    let tables = csv.clone().chain(more.iter().copied()).map(|(key, text)| (key, dated(text, today))).collect();
    let toml = texts.iter().find(|(name, _)| *name == "case.toml").map_or("", |(_, text)| text);
    let policy = Policy::load(policy_of(toml), Path::new(""), &[])?.0;
    let unread: Vec<&str> = more.iter().map(|(key, _)| *key).collect();
    let basis = Settings::default().volume_basis;
    let example = Example { tables, policy: &policy, basis: &basis, unread: &unread, date: today };
    let (sheets, properties) = sheets::template(&example, lang);
    let mut toml = in_sheets(toml, csv.map(|(key, _)| key), lang);
    toml.push_str(&Word::InitSheets.text(lang));
    for key in unread {
        toml.push_str(&format!("# {key} = \"{BOOK}#{}\"\n", sheets::sheet_of(key, lang)));
    }
    let book: Content<'static> = Box::new(move |to| sheets::write(&sheets, &properties, to));
    let toml: Content<'static> = Box::new(move |to| to.write_all(toml.as_bytes()));
    Ok(vec![(BOOK, book), ("case.toml", toml)])
}

/// The policy that a case of ours names.
fn policy_of(toml: &str) -> &str {
    let line = toml.lines().find_map(|line| line.strip_prefix("policy = \"")).unwrap_or_default();
    line.split_once('"').map_or(line, |(policy, _)| policy)
}

/// `case.toml` with sheets in the place of files.
fn in_sheets<'a>(toml: &str, keys: impl Iterator<Item = &'a str>, lang: Lang) -> String {
    let start = toml.replace("README.md", BOOK).replace("说明.md", BOOK);
    keys.fold(start, |toml, key| {
        toml.replace(&format!("\"{key}.csv\""), &format!("\"{BOOK}#{}\"", sheets::sheet_of(key, lang)))
    })
}

/// A path as one word of a shell.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/\\._-~:".contains(c);
    if path.chars().all(plain) { path.to_owned() } else { format!("\"{path}\"") }
}

/// `{date}` and `{date+1}` to `{date+6}` as dates.
fn dated(text: &str, today: Date) -> String {
    (0..DAYS).fold(text.to_owned(), |text, days| {
        let placeholder = if days == 0 { "{date}".to_owned() } else { format!("{{date+{days}}}") };
        let date = days_after(today, days).unwrap_or(today);
        text.replace(&placeholder, &date.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_pass_the_end_of_the_year() {
        let today = "2026-12-29".parse().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(dated("{date},a\n{date+3},b\n{date+6},c\n", today), "2026-12-29,a\n2027-01-01,b\n2027-01-04,c\n");
    }

    #[test]
    fn no_placeholder_is_left_and_both_cases_keep_the_default_calendar() {
        let today = "2026-01-07".parse().unwrap_or_else(|e| panic!("{e}"));
        for (name, text) in EN.iter().chain(ZH) {
            if name.ends_with(".csv") {
                assert!(!dated(text, today).contains(['{', '}']), "{name}");
            }
            if *name == "case.toml" {
                let settings = Settings::default();
                assert!(text.contains(&format!("timezone = \"{}\"", settings.timezone)));
                assert!(text.contains(&format!("gas_day_start = \"{:02}:00\"", settings.gas_day_start)));
            }
        }
    }
}
