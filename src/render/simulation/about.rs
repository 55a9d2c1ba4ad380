//! What was simulated and how sure it is, as the screen and the page say it.

use super::words::Word;
use crate::Lang;
use crate::render::fmt;
use crate::render::page::Style;
use crate::simulate::{Figure, Results, Simulated};

/// What a scenario rests on, line by line.
pub(super) fn head(results: &Results, scenario: &Simulated, lang: Lang) -> Vec<(Style, String)> {
    let mut lines = Vec::new();
    let span = results.winters;
    if span.until - span.from < span.of {
        let (from, until) = (fmt::grouped(span.from), fmt::grouped(span.until.saturating_sub(1)));
        lines.push((Style::Warn, Word::Part { from, until, of: fmt::grouped(span.of) }.text(lang)));
    }
    let policy = &scenario.policy;
    let basis = Word::Basis {
        case: scenario.case.clone(),
        policy: policy.name.get(lang).to_owned(),
        id: policy.id.clone(),
        version: policy.version.clone(),
    };
    lines.push((Style::Plain, basis.text(lang)));
    for set in scenario.set.iter().filter(|set| **set != scenario.value) {
        lines.push((Style::Warn, Word::Set { set: set.clone() }.text(lang)));
    }
    let weather = &scenario.weather;
    let last = weather.from.plus_days(weather.days.saturating_sub(1) as u32).unwrap_or(weather.from);
    let (winters, from, until) = (weather.winters.to_string(), weather.from.to_string(), last.to_string());
    let seed = scenario.seed.to_string();
    let (style, drawn) = match weather.block_days {
        _ if weather.winters == 1 => (Style::Warn, Word::SameWeather { from, until, seed }),
        Some(days) => (Style::Dim, Word::Blocks { days: days.to_string(), winters, from, until, seed }),
        None => (Style::Dim, Word::Replay { winters, from, until, seed }),
    };
    lines.push((style, drawn.text(lang)));
    let (customers, groups) = (fmt::grouped(scenario.customers.0), fmt::grouped(scenario.customers.1));
    lines.push((Style::Dim, Word::Groups { customers, groups }.text(lang)));
    lines
}

/// How much there is to it.
pub(super) fn foot(results: &Results, lang: Lang) -> Vec<(Style, String)> {
    let mut lines = Vec::new();
    let lost = results.scenarios.first().and_then(|scenario| scenario.spread(&Figure::Lost));
    if let Some(winters) = lost.and_then(|lost| lost.enough(50)) {
        let (winters, of) = (fmt::grouped(winters), fmt::grouped(results.winters.until - results.winters.from));
        lines.push((Style::Plain, Word::EnoughWinters { winters, of }.text(lang)));
    }
    let confirmed = results.confirmed;
    if confirmed.agreed < confirmed.days {
        let (differ, days) = ((confirmed.days - confirmed.agreed).to_string(), confirmed.days.to_string());
        lines.push((Style::Loud, Word::Unconfirmed { differ, days }.text(lang)));
    } else if confirmed.days > 0 {
        let (agreed, days) = (confirmed.agreed.to_string(), confirmed.days.to_string());
        lines.push((Style::Plain, Word::Confirmed { agreed, days }.text(lang)));
    }
    lines.push((Style::Bold, Word::Synthetic.text(lang)));
    lines
}
