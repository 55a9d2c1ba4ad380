//! What came of a policy's tests, as a screen and as data.

use serde_json::{Value, json};

use crate::Lang;
use crate::policy::Policy;
use crate::render::page::{Page, Style};
use crate::render::words::Word;
use crate::trial::{Coverage, Found, Report, RuleKind, Suite};
use crate::units::percent;

/// The screen of one policy.
pub(crate) fn page(policy: &Policy, suite: &Suite, report: &Report, lang: Lang, colour: bool) -> String {
    let mut page = Page::new(colour);
    let (name, id, version) = (policy.name.get(lang).to_owned(), policy.id.clone(), policy.version.clone());
    page.line(&Word::TrialsOf { name, id, version }.text(lang), Style::Bold);
    for (trial, outcome) in suite.trials.iter().zip(&report.outcomes) {
        let (name, clause) = (trial.name.get(lang).to_owned(), trial.clause.clone());
        let (word, style) = match (outcome.passes(), clause.is_empty()) {
            (true, true) => (Word::TrialOk { name }, Style::Plain),
            (true, false) => (Word::TrialOkUnder { name, clause }, Style::Plain),
            (false, true) => (Word::TrialFailed { name }, Style::Loud),
            (false, false) => (Word::TrialFailedUnder { name, clause }, Style::Loud),
        };
        page.item(&word.text(lang), style);
        for missed in &outcome.mismatches {
            let (place, what) = (missed.place.to_string(), missed.what.clone());
            let (expected, found) = (missed.expected.clone(), missed.found.clone());
            page.note(&Word::TrialMissed { place, what, expected, found }.text(lang), Style::Warn);
        }
    }
    let (all, failed) = (report.outcomes.len(), report.outcomes.iter().filter(|outcome| !outcome.passes()).count());
    page.blank();
    let (passed, all) = ((all - failed).to_string(), all.to_string());
    page.line(&Word::TrialsPassed { passed, all }.text(lang), if failed > 0 { Style::Loud } else { Style::Bold });
    rules(&mut page, &report.coverage, lang);
    page.into_text()
}

fn rules(page: &mut Page, coverage: &Coverage, lang: Lang) {
    let all = coverage.rules.len();
    let share = share(coverage);
    let (exercised, noticed, all) = (coverage.exercised().to_string(), coverage.noticed().to_string(), all.to_string());
    page.line(&Word::RulesExercised { exercised, all, share, noticed }.text(lang), Style::Plain);
    let of = |found: Found| coverage.rules.iter().filter(move |rule| rule.found == found);
    if of(Found::Idle).next().is_some() {
        page.heading(&Word::RulesIdle.text(lang));
        page.item(&Word::RulesIdleNote.text(lang), Style::Dim);
    }
    for rule in of(Found::Idle) {
        page.item(&rule.path, Style::Plain);
        page.note(&how(rule.kind).text(lang), Style::Dim);
    }
    if of(Found::Exercised).next().is_some() {
        page.heading(&Word::RulesUnnoticed.text(lang));
    }
    of(Found::Exercised).for_each(|rule| page.item(&rule.path, Style::Plain));
}

/// The share of the rules that is exercised.
pub(crate) fn share(coverage: &Coverage) -> String {
    percent(coverage.exercised() as u64, coverage.rules.len() as u64)
}

/// Which test would exercise a rule.
const fn how(kind: RuleKind) -> Word {
    match kind {
        RuleKind::InForce => Word::HowInForce,
        RuleKind::Place => Word::HowPlace,
        RuleKind::Part => Word::HowPart,
        RuleKind::Who => Word::HowWho,
        RuleKind::Level => Word::HowLevel,
        RuleKind::End => Word::HowEnd,
        RuleKind::Area => Word::HowArea,
        RuleKind::Order => Word::HowOrder,
        RuleKind::Measure => Word::HowMeasure,
        RuleKind::Limit => Word::HowLimit,
        RuleKind::Floor => Word::HowFloor,
        RuleKind::Tiers => Word::HowTiers,
        RuleKind::Rebound => Word::HowRebound,
        RuleKind::Within => Word::HowWithin,
        RuleKind::Sharing => Word::HowSharing,
        RuleKind::SmallestOrder => Word::HowSmallestOrder,
        RuleKind::Exemption => Word::HowExemption,
        RuleKind::FirstBlock => Word::HowFirstBlock,
        RuleKind::Step => Word::HowStep,
        RuleKind::Rest => Word::HowRest,
    }
}

/// The stable name of a kind of rule.
const fn kind(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::InForce => "in_force",
        RuleKind::Place => "place",
        RuleKind::Part => "part",
        RuleKind::Who => "who",
        RuleKind::Level => "level",
        RuleKind::End => "end",
        RuleKind::Area => "area",
        RuleKind::Order => "order",
        RuleKind::Measure => "measure",
        RuleKind::Limit => "limit",
        RuleKind::Floor => "floor",
        RuleKind::Tiers => "tiers",
        RuleKind::Rebound => "rebound",
        RuleKind::Within => "within",
        RuleKind::Sharing => "sharing",
        RuleKind::SmallestOrder => "smallest_order",
        RuleKind::Exemption => "exemption",
        RuleKind::FirstBlock => "first_block",
        RuleKind::Step => "step",
        RuleKind::Rest => "rest",
    }
}

/// One policy's tests as data.
pub(crate) fn json(policy: &Policy, suite: &Suite, report: &Report) -> Value {
    let tests = suite.trials.iter().zip(&report.outcomes).map(|(trial, outcome)| {
        let missed = outcome.mismatches.iter().map(|missed| {
            json!({
                "what": missed.what,
                "place": missed.place.to_string(),
                "expected": missed.expected,
                "found": missed.found,
            })
        });
        json!({
            "name": trial.name,
            "clause": trial.clause,
            "place": trial.place.to_string(),
            "passes": outcome.passes(),
            "mismatches": missed.collect::<Vec<_>>(),
        })
    });
    let rules = report.coverage.rules.iter().map(|rule| {
        let found = match rule.found {
            Found::Idle => "idle",
            Found::Exercised => "exercised",
            Found::Noticed => "noticed",
        };
        json!({ "path": rule.path, "kind": kind(rule.kind), "found": found })
    });
    json!({
        "policy": { "id": policy.id, "version": policy.version, "digest": policy.digest },
        "passes": report.passes(),
        "tests": tests.collect::<Vec<_>>(),
        "coverage": {
            "rules": report.coverage.rules.len(),
            "exercised": report.coverage.exercised(),
            "noticed": report.coverage.noticed(),
            "by_rule": rules.collect::<Vec<_>>(),
        },
    })
}
