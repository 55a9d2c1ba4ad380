//! `curtail check`: everything that is wrong with a case, and what is in it.

use serde_json::{Value, json};

use crate::Lang;
use crate::city::City;
use crate::cli::exit::{Exit, Failure, list};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::{Out, tell};
use crate::cli::run_case::{self, Opened};
use crate::problem::{Problem, Problems, Severity};
use crate::render::fmt;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen;
use crate::render::words::Word;

/// `curtail check`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Change one value of the policy for this run; may be given several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
}

/// Checks.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    if global.format == Format::Csv {
        return Err(CliMessage::BadFormat { format: "csv", command: "check" }.into());
    }
    let opened = match run_case::open(global, &args.set) {
        Ok(opened) => opened,
        Err(Failure::Input(problems)) if global.format == Format::Json => {
            print_json(out, &json!({ "problems": problems_json(&problems) }))?;
            return Ok(Exit::BadInput);
        }
        Err(failure) => return Err(failure),
    };
    match global.format {
        Format::Json => print_json(
            out,
            &json!({ "problems": problems_json(&opened.notes), "summary": summary_json(&opened.case.city) }),
        )?,
        _ => {
            if !global.quiet {
                tell(&list(&opened.notes, global.lang, Severity::Note, global.verbose));
            }
            out.text(&page(&opened, global)?)?;
        }
    }
    Ok(Exit::Done)
}

fn print_json(out: &mut Out, value: &Value) -> Result<(), Failure> {
    out.text(&format!("{value:#}\n"))
}

fn problems_json(problems: &Problems) -> Vec<Value> {
    let one = |problem: &Problem| {
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        json!({
            "severity": severity,
            "code": problem.code(),
            "place": problem.place.to_string(),
            "text": problem.message.text(Lang::En),
            "text_zh": problem.message.text(Lang::Zh),
            "help": problem.message.hint(Lang::En),
            "help_zh": problem.message.hint(Lang::Zh),
        })
    };
    problems.iter().map(one).collect()
}

fn households(city: &City) -> u64 {
    city.customers.iter().filter_map(|customer| customer.more.as_ref()).map(|more| more.households).sum()
}

fn summary_json(city: &City) -> Value {
    let days: Vec<String> = city.supply.keys().map(ToString::to_string).collect();
    json!({
        "case": city.settings.name,
        "policy": city.settings.policy,
        "timezone": city.settings.timezone,
        "volume_basis": city.settings.volume_basis,
        "customers": city.customers.len(),
        "households": households(city),
        "districts": city.districts.len(),
        "blocks": city.districts.iter().filter(|district| district.urban).count(),
        "companies": city.companies.len(),
        "sources": city.sources.len(),
        "links": city.links.as_ref().map(Vec::len),
        "days": days,
    })
}

fn page(opened: &Opened, global: &Global) -> Result<String, Failure> {
    let (city, lang) = (&opened.case.city, global.lang);
    let mut page = Page::new(global.colour);
    let today = opened.gas_day(None, global)?;
    page.line(&screen::gas_day(&today, lang), Style::Bold);
    let (name, policy) = (city.settings.name.clone(), opened.case.policies.main.name.get(lang).to_owned());
    page.line(&Word::CaseIs { name, policy }.text(lang), Style::Plain);
    for assignment in &opened.case.policies.main.overrides {
        page.line(&Word::Override { assignment: assignment.clone() }.text(lang), Style::Warn);
    }
    page.heading(&Word::CheckCounts.text(lang));
    let number = |count: usize| fmt::grouped(count as u64);
    let blocks = city.districts.iter().filter(|district| district.urban).count();
    let days = match (city.supply.keys().next(), city.supply.keys().next_back()) {
        (Some(from), Some(until)) => {
            Word::DayRange { count: number(city.supply.len()), from: from.to_string(), until: until.to_string() }
        }
        _ => Word::NoDays,
    };
    let mut rows = vec![
        (Word::Customers, number(city.customers.len())),
        (Word::Households, fmt::grouped(households(city))),
        (Word::Districts, format!("{} / {}", number(city.districts.len()), number(blocks))),
        (Word::Companies, number(city.companies.len())),
        (Word::Sources, number(city.sources.len())),
        (Word::DaysOfSupply, days.text(lang)),
    ];
    if let Some(links) = &city.links {
        rows.push((Word::Links, number(links.len())));
    }
    page.table(rows.into_iter().map(|(word, figure)| vec![Cell::left(word.text(lang)), Cell::left(figure)]).collect());
    if city.links.is_none() {
        page.item(&Word::OnePool.text(lang), Style::Plain);
    }
    page.blank();
    let warnings = opened.notes.iter().filter(|problem| problem.severity == Severity::Warning).count();
    page.line(&Word::CheckGood { warnings: warnings.to_string() }.text(lang), Style::Plain);
    Ok(page.into_text())
}
