//! A tiny city as a few lines of text, and an outcome as a few lines of text.
//!
//! City: `block A` (of the main urban area, in row order; `burden=1.5`), `outer O`, `source s 960` (`company=x`,
//! `area=O`), `link s A 100`, `apart` (`pooling = false`), `unified`, and `use ID DISTRICT CLASS DEMAND` (`floor=9`,
//! `t=10`, `evening=0.25`, `co=x`, `homes=3`, `backup`, `protected`).
//!
//! Outcome: level, status and what arrives of what is asked for; every rank in supply order; rotation; the level
//! that would do; gas left over; every customer who loses any.

use std::fmt::Write as _;

use crate::reference::{Customer, District, Link, Outcome, Source, Town};

pub fn town(text: &str) -> Town {
    let mut town = Town::default();
    for line in text.lines().map(|l| l.split("//").next().unwrap_or("").trim()).filter(|l| !l.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (plain, named): (Vec<&str>, Vec<&str>) = words.iter().partition(|w| !w.contains('='));
        let mut named: Vec<(&str, &str)> = named.iter().filter_map(|w| w.split_once('=')).collect();
        let mut get = |key: &str| {
            let at = named.iter().position(|(k, _)| *k == key)?;
            Some(named.remove(at).1.to_owned())
        };
        let volume = |word: &str| word.replace('_', "").parse::<u64>().unwrap_or_else(|e| panic!("{line}: {e}"));
        match plain.as_slice() {
            ["block", id] => {
                let burden = get("burden").map_or(0, |b| thousandths(&b));
                town.districts.push(District { id: (*id).to_owned(), urban: true, burden });
            }
            ["outer", id] => town.districts.push(District { id: (*id).to_owned(), ..District::default() }),
            ["source", id, v] => {
                let (company, area) = (get("company"), get("area"));
                town.sources.push(Source { id: (*id).to_owned(), volume: volume(v), company, area });
            }
            ["link", from, to, v] => town.links.get_or_insert_default().push(Link {
                from: (*from).to_owned(),
                to: (*to).to_owned(),
                capacity: volume(v),
            }),
            ["apart"] => town.apart = true,
            ["unified"] => town.unified = true,
            ["use", id, district, class, v, rest @ ..] => town.customers.push(Customer {
                id: (*id).to_owned(),
                district: (*district).to_owned(),
                company: get("co").unwrap_or_else(|| "gas".to_owned()),
                class: (*class).to_owned(),
                demand: volume(v),
                floor: get("floor").map_or(0, |f| volume(&f)),
                boiler: get("t").map(|t| thousandths(&t)),
                backup: rest.contains(&"backup"),
                interruptible: false,
                annual: 0,
                tags: rest.iter().filter(|w| **w == "protected").map(|w| (*w).to_owned()).collect(),
                households: get("homes").map_or(0, |h| volume(&h)),
                evening: get("evening").map(|e| thousandths(&e)),
                burden: 0,
            }),
            _ => panic!("what is `{line}`?"),
        }
        assert!(named.is_empty(), "what is {named:?} in `{line}`?");
    }
    town
}

fn thousandths(decimal: &str) -> u64 {
    let (whole, rest) = decimal.split_once('.').unwrap_or((decimal, ""));
    format!("{whole}{rest:0<3}").parse().unwrap_or_else(|e| panic!("{decimal}: {e}"))
}

pub fn outcome(town: &Town, outcome: &Outcome) -> String {
    let mut text = String::new();
    let level = outcome.level.as_deref().unwrap_or("none");
    if let Some(area) = &outcome.area {
        let _ = write!(text, "area {area}: ");
    }
    let _ = writeln!(text, "{level} {}, {} of {}", outcome.status, outcome.deliverable, outcome.demand);
    for rank in &outcome.ranks {
        let what = match (&rank.tier, &rank.measure) {
            (Some(tier), None) => format!("tier {tier}"),
            (None, Some(measure)) => measure.clone(),
            both => format!("{both:?}"),
        };
        let _ = writeln!(text, "{} {what}: {} of {}", rank.kind, rank.served, rank.size);
    }
    if let Some(rotation) = &outcome.rotation {
        let extended = if rotation.extended { " extended" } else { "" };
        let _ = writeln!(text, "rotation {}{extended}: {}", rotation.k, rotation.blocks.join(" "));
    }
    if let Some(level) = &outcome.escalate_to {
        let _ = writeln!(text, "escalate {level}");
    }
    if outcome.totals.unused > 0 {
        let _ = writeln!(text, "unused {}", outcome.totals.unused);
    }
    for customer in &town.customers {
        if let Some(served) = outcome.served.get(&customer.id).filter(|served| **served != customer.demand) {
            let _ = writeln!(text, "{}: {served} of {}", customer.id, customer.demand);
        }
    }
    for area in &outcome.areas {
        text += &self::outcome(town, area);
    }
    text
}

/// An expected outcome as it is written in a table: without indentation, comments and the `_` of large numbers.
pub fn tidy(text: &str) -> String {
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let word = |word: &str| if number(word) { word.replace('_', "") } else { word.to_owned() };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ") + "\n";
    let lines = text.lines().map(|l| l.split("//").next().unwrap_or("").trim());
    lines.filter(|l| !l.is_empty()).map(line).collect()
}
