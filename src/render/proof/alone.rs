//! What can be said of a plan without a city.

use serde_json::{Value, json};

use super::json::{SCHEMA, head};
use crate::Lang;
use crate::policy::Policy;
use crate::prove::{ClassPlace, PlanAlone};
use crate::render::page::{Cell, Page, Style};
use crate::render::rules;
use crate::render::words::Word;

/// The screen.
pub(crate) fn page(policy: &Policy, alone: &PlanAlone, lang: Lang, colour: bool) -> String {
    let mut page = Page::new(colour);
    let (name, id, version) = (policy.name.get(lang).to_owned(), policy.id.clone(), policy.version.clone());
    page.line(&Word::PolicyHead { name, id, version }.text(lang), Style::Bold);
    for assignment in &policy.overrides {
        page.line(&Word::Override { assignment: assignment.clone() }.text(lang), Style::Warn);
    }
    page.line(&Word::ProofAlone.text(lang), Style::Dim);
    page.heading(&Word::ProofCoverage.text(lang));
    let good = |word: Word| format!("✓ {}", word.text(lang));
    page.item(&good(if policy.levels.is_empty() { Word::ProofNoLevels } else { Word::ProofAnswered }), Style::Plain);
    for level in &policy.levels {
        page.note(&format!("{}: {}", level.label.get(lang), rules::when(level, lang)), Style::Dim);
    }
    page.item(&good(Word::ProofPlacedAlone), Style::Plain);
    for weaker in &alone.weaker {
        let level =
            |at: usize| policy.levels.get(at).map_or_else(String::new, |level| level.label.get(lang).to_owned());
        let measure = policy.measures[weaker.measure].label.get(lang).to_owned();
        let (level, graver) = (level(weaker.level), level(weaker.graver));
        page.item(&format!("! {}", Word::ProofWeaker { measure, level, graver }.text(lang)), Style::Warn);
    }
    page.heading(&Word::ProofClassesAlone.text(lang));
    let head = [Word::ProofClass, Word::ProofTier, Word::ProofTouched];
    let mut rows = vec![head.map(|word| Cell::left(word.text(lang)).styled(Style::Dim)).to_vec()];
    rows.extend(alone.classes.iter().map(|place| row(policy, place, lang)));
    page.table(rows);
    page.blank();
    page.item(&Word::ProofNeedsCity.text(lang), Style::Dim);
    page.into_text()
}

fn row(policy: &Policy, place: &ClassPlace, lang: Lang) -> Vec<Cell> {
    let tier = place.tier.map_or_else(|| "-".to_owned(), |tier| policy.tiers[tier].number.to_string());
    let level = place.touched.map(|level| match policy.levels.get(level) {
        Some(level) => level.label.get(lang).to_owned(),
        None => Word::NoLevelShort.text(lang),
    });
    let touched = match level {
        None => Word::ProofNever.text(lang),
        Some(level) if place.in_turn => Word::ProofInTurn { level }.text(lang),
        Some(level) => level,
    };
    vec![Cell::left(policy.classes[place.class].label.get(lang)), Cell::left(tier), Cell::left(touched)]
}

/// The same as data.
pub(crate) fn json(policy: &Policy, alone: &PlanAlone) -> Value {
    let level = |at: usize| policy.levels.get(at).map(|level| level.id.as_str());
    let class = |place: &ClassPlace| {
        json!({
            "class": policy.classes[place.class].id,
            "best_tier": place.tier.map(|tier| policy.tiers[tier].number),
            "first_level": place.touched.and_then(level),
            "may_be_cut": place.touched.is_some(),
            "in_turn_only": place.in_turn,
        })
    };
    let weaker = |weaker: &crate::prove::Weaker| {
        json!({
            "measure": policy.measures[weaker.measure].id,
            "level": level(weaker.level),
            "graver": level(weaker.graver),
        })
    };
    json!({
        "schema": SCHEMA,
        "policy": head(policy),
        "case": null,
        "classes": alone.classes.iter().map(class).collect::<Vec<_>>(),
        "weaker_when_graver": alone.weaker.iter().map(weaker).collect::<Vec<_>>(),
    })
}
