//! The screen of a comparison: the rules that differ, then whose fate does.

use super::super::say::{interval, shortfall};
use super::{Balance, Diff, say};
use crate::Lang;
use crate::policy::Policy;
use crate::prove::{Fate, FateGroup};
use crate::render::curve::{Look, rounded};
use crate::render::page::{Cell, Page, Style};
use crate::render::rules::listed;
use crate::render::words::Word;
use crate::render::{GasDay, fmt, screen};

/// How many of the largest differences are told.
const NAMED: usize = 10;

/// The whole screen; `day` where there is a city.
pub(crate) fn page(diff: &Diff<'_>, day: Option<&GasDay>, look: Look) -> String {
    let lang = look.lang;
    let mut page = Page::new(look.colour);
    if let Some(day) = day {
        page.line(&screen::gas_day(day, lang), Style::Bold);
    }
    let head = |policy: &Policy| (policy.name.get(lang).to_owned(), policy.id.clone(), policy.version.clone());
    let ((name, id, version), other) = (head(diff.one), head(diff.other));
    page.line(&Word::DiffOne { name, id, version }.text(lang), Style::Bold);
    let (name, id, version) = other;
    page.line(&Word::DiffOther { name, id, version }.text(lang), Style::Bold);
    for assignment in &diff.other.overrides {
        page.note(&Word::Override { assignment: assignment.clone() }.text(lang), Style::Warn);
    }
    rules(&mut page, diff, lang);
    match &diff.balances {
        None => {
            page.blank();
            page.item(&Word::DiffNeedsCity.text(lang), Style::Dim);
        }
        Some(balances) => balances.iter().for_each(|balance| fates(&mut page, balance, lang)),
    }
    page.into_text()
}

fn rules(page: &mut Page, diff: &Diff<'_>, lang: Lang) {
    if diff.rules.is_empty() {
        page.blank();
        page.item(&format!("✓ {}", Word::DiffNoRules.text(lang)), Style::Plain);
        return;
    }
    page.heading(&Word::DiffRules { count: diff.rules.len().to_string() }.text(lang));
    for difference in &diff.rules {
        let mark = match (&difference.before, &difference.after) {
            (None, _) => "+",
            (_, None) => "-",
            _ => "~",
        };
        page.item(&format!("{mark} {} · {}", difference.path, say::rule(&difference.rule, lang)), Style::Plain);
        if let Some(said) = &difference.before {
            page.note(&Word::DiffSaidByOne { value: say::said(said, lang) }.text(lang), Style::Dim);
        }
        if let Some(said) = &difference.after {
            page.note(&Word::DiffSaidByOther { value: say::said(said, lang) }.text(lang), Style::Plain);
        }
    }
}

fn fates(page: &mut Page, balance: &Balance<'_>, lang: Lang) {
    let (curve, fates) = (balance.curve, &balance.fates);
    let area = curve.area().and_then(|area| curve.city().districts.get(area as usize));
    let scope = area.map_or_else(|| Word::MainUrbanArea.text(lang), |area| area.name.to_string());
    page.heading(&Word::DiffFates { scope }.text(lang));
    if curve.leaves_hours_out() {
        page.item(&Word::ProofWholeDays.text(lang), Style::Loud);
    }
    if balance.proved {
        page.item(&Word::DiffFatesExact.text(lang), Style::Dim);
    } else {
        page.item(&Word::CurveSampled.text(lang), Style::Warn);
    }
    if fates.customers.is_empty() {
        page.item(&format!("✓ {}", Word::DiffNoFate.text(lang)), Style::Plain);
        return;
    }
    let sum = |count: fn(&FateGroup) -> usize| fates.by_class.iter().map(count).sum::<usize>();
    let (better, worse) = (sum(|group| group.better), sum(|group| group.worse));
    let customers = fates.customers.len();
    let counted = Word::DiffCount {
        customers: customers.to_string(),
        all: curve.customers().len().to_string(),
        better: better.to_string(),
        worse: worse.to_string(),
        mixed: (customers - better - worse).to_string(),
    };
    page.item(&counted.text(lang), Style::Plain);
    let x = listed(fates.differs.iter().map(|stretch| interval(stretch, lang)), lang);
    page.item(&Word::DiffWhere { x }.text(lang), Style::Plain);
    page.blank();
    let names = |group: &FateGroup| class(balance, group.index, lang);
    table(page, Word::DiffClass, &fates.by_class, names, lang);
    page.blank();
    let names = |group: &FateGroup| curve.city().districts[group.index as usize].name.to_string();
    table(page, Word::DiffDistrict, &fates.by_district, names, lang);
    largest(page, balance, lang);
}

fn class(balance: &Balance<'_>, index: u32, lang: Lang) -> String {
    let (policy, id) = (balance.curve.policy(), &balance.curve.city().classes[index as usize]);
    policy.class(id).map_or_else(|| id.to_string(), |class| policy.classes[class].label.get(lang).to_owned())
}

fn table(page: &mut Page, what: Word, groups: &[FateGroup], name: impl Fn(&FateGroup) -> String, lang: Lang) {
    let most = Word::DiffMost { unit: Word::DiffUnit.text(lang) };
    let figures = [Word::DiffCustomers, Word::DiffBetter, Word::DiffWorse, Word::DiffMixed, most];
    let mut head = vec![Cell::left(what.text(lang)).styled(Style::Dim)];
    head.extend(figures.iter().map(|word| Cell::right(word.text(lang)).styled(Style::Dim)));
    let mut rows = vec![head];
    rows.extend(groups.iter().map(|group| {
        let mixed = group.customers - group.better - group.worse;
        let mut row = vec![Cell::left(name(group))];
        row.extend([group.customers, group.better, group.worse, mixed].map(|count| Cell::right(count.to_string())));
        row.push(Cell::right(fmt::volume(rounded(group.most), lang)));
        row
    }));
    page.table(rows);
}

fn largest(page: &mut Page, balance: &Balance<'_>, lang: Lang) {
    let all = &balance.fates.customers;
    let count = all.len().min(NAMED).to_string();
    page.heading(&Word::DiffLargest { count }.text(lang));
    for fate in all.iter().take(NAMED) {
        page.item(&told(balance, fate, lang), Style::Plain);
        let x = listed(fate.differs.iter().map(|stretch| interval(stretch, lang)), lang);
        page.note(&Word::DiffWhere { x }.text(lang), Style::Dim);
    }
    if all.len() > NAMED {
        page.item(&Word::DiffMoreRows { count: all.len().to_string() }.text(lang), Style::Dim);
    }
}

fn told(balance: &Balance<'_>, fate: &Fate, lang: Lang) -> String {
    let city = balance.curve.city();
    let customer = &city.customers[fate.customer as usize];
    let volume = |volume| fmt::with_unit(rounded(volume), lang);
    Word::DiffFate {
        name: if customer.name.is_empty() { customer.id.to_string() } else { customer.name.to_string() },
        class: class(balance, customer.class, lang),
        district: city.districts[customer.district as usize].name.to_string(),
        at: Word::ProofAt { x: shortfall(fate.at) }.text(lang),
        one: volume(fate.one),
        other: volume(fate.other),
    }
    .text(lang)
}
