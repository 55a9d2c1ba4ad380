//! What came of checking a decision, as a screen.

use crate::Lang;
use crate::decide::Decision;
use crate::decide::evidence::Memory;
use crate::render::page::{Cell, Page, Style};
use crate::render::words::Word;
use crate::verify::{Finding, Verification};

/// The whole screen.
pub(crate) fn screen(decision: &Decision, verification: &Verification, lang: Lang, colour: bool) -> String {
    let mut page = Page::new(colour);
    let (date, case) = (decision.date.to_string(), decision.case.clone());
    page.line(&Word::VerifyHead { date, case, policy: decision.policy.id.clone() }.text(lang), Style::Bold);
    let remembered = decision.evidence.as_ref().is_some_and(|evidence| evidence.memory != Memory::default());
    for (said, word) in [(!decision.confirmed, Word::VerifyUnconfirmed), (remembered, Word::Memory)] {
        if said {
            page.item(&word.text(lang), Style::Warn);
        }
    }
    page.blank();
    let mut rows = Vec::new();
    for (rule, finding) in &verification.findings {
        let (word, style) = match finding {
            Finding::Holds => (Word::RuleHolds, Style::Plain),
            Finding::NotProved => (Word::RuleNotProved, Style::Warn),
            Finding::NotChecked => (Word::RuleNotChecked, Style::Warn),
        };
        rows.push(vec![
            Cell::left(rule.id()),
            Cell::left(rule.label().get(lang).to_owned()),
            Cell::left(word.text(lang)).styled(style),
        ]);
    }
    if let Some(violation) = &verification.violated {
        let rule = violation.rule;
        let verdict = Cell::left(Word::RuleViolated.text(lang)).styled(Style::Loud);
        rows.push(vec![Cell::left(rule.id()), Cell::left(rule.label().get(lang).to_owned()), verdict]);
    }
    page.table(rows);
    page.blank();
    match &verification.violated {
        Some(violation) => {
            let (at, expected, found) = (violation.at.clone(), violation.expected.clone(), violation.found.clone());
            page.item(&Word::ViolatedAt { at, expected, found }.text(lang), Style::Loud);
            page.line(&Word::DecisionFails { rule: violation.rule.id().to_owned() }.text(lang), Style::Loud);
        }
        None if verification.findings.iter().any(|(_, finding)| *finding == Finding::NotProved) => {
            page.line(&Word::DecisionHoldsAsFar.text(lang), Style::Bold);
        }
        None => page.line(&Word::DecisionHolds.text(lang), Style::Bold),
    }
    page.into_text()
}
