//! Scenarios on the same winters: two or more against the first, or a row of values.

use super::words::Word;
use super::{Scale, Unit, mean, name, unit};
use crate::Lang;
use crate::render::fmt;
use crate::render::page::{Cell, Page, Style};
use crate::simulate::{Difference, Figure, Results, Simulated};

/// Each scenario against the first, figure by figure.
pub(super) fn pairs(page: &mut Page, results: &Results, lang: Lang) {
    let Some((first, others)) = results.scenarios.split_first() else { return };
    for (second, differences) in others.iter().zip(&results.differences) {
        let winters = fmt::grouped(results.winters.until - results.winters.from);
        let title = Word::Compared { first: first.name.clone(), second: second.name.clone(), winters };
        page.heading(&title.text(lang));
        page.item(&Word::FirstIs { name: first.name.clone() }.text(lang), Style::Dim);
        page.item(&Word::SecondIs { name: second.name.clone() }.text(lang), Style::Dim);
        page.item(&Word::PairsNote.text(lang), Style::Dim);
        page.item(&Scale::of(&[first, second]).word(Word::InOnes, Word::InThousands).text(lang), Style::Dim);
        page.blank();
        let columns = [Word::FirstMean, Word::SecondMean, Word::Differs, Word::Interval, Word::LessIn, Word::MoreIn];
        let mut head = vec![Cell::left(Word::Figure.text(lang)).styled(Style::Dim)];
        head.extend(columns.iter().map(|word| Cell::right(word.text(lang)).styled(Style::Dim)));
        let mut rows = vec![head];
        rows.extend(
            differences.iter().filter_map(|(figure, difference)| pair(first, second, figure, difference, lang)),
        );
        page.table(rows);
        let money = super::html::in_money(first, second, lang);
        if !money.is_empty() {
            page.blank();
            money.iter().for_each(|line| page.line(line, Style::Bold));
        }
    }
}

/// A figure in two scenarios; `None` if it is nothing in either.
fn pair(
    first: &Simulated,
    second: &Simulated,
    figure: &Figure,
    difference: &Difference,
    lang: Lang,
) -> Option<Vec<Cell>> {
    let (one, other) = (first.spread(figure)?, second.spread(figure)?);
    if one.above_zero() == 0 && other.above_zero() == 0 {
        return None;
    }
    let scale = Scale::of(&[first, second]);
    let unit = unit(figure, scale);
    let beyond_chance = difference.interval().is_some_and(|interval| difference.mean().abs() > interval);
    let style = if beyond_chance { Style::Bold } else { Style::Plain };
    Some(vec![
        Cell::left(name(first, figure, scale, lang)).whole(),
        Cell::right(mean(one.mean(), unit, lang)),
        Cell::right(mean(other.mean(), unit, lang)),
        Cell::right(mean(difference.mean(), unit, lang)).styled(style),
        Cell::right(interval(difference, unit, lang)),
        Cell::right(fmt::grouped(difference.less())),
        Cell::right(fmt::grouped(difference.more())),
    ])
}

fn interval(difference: &Difference, unit: Unit, lang: Lang) -> String {
    difference.interval().map_or_else(String::new, |interval| mean(interval, unit, lang))
}

/// One row a value.
pub(super) fn swept(page: &mut Page, results: &Results, lang: Lang) {
    let Some(first) = results.scenarios.first() else { return };
    let path = first.value.split_once('=').map_or("", |(path, _)| path).to_owned();
    let winters = fmt::grouped(results.winters.until - results.winters.from);
    page.heading(&Word::Swept { path, winters }.text(lang));
    page.item(&Word::PairsNote.text(lang), Style::Dim);
    let scale = Scale::of(&results.scenarios.iter().collect::<Vec<_>>());
    page.item(&scale.word(Word::InOnes, Word::InThousands).text(lang), Style::Dim);
    page.blank();
    let gravest = first.levels.last().map(|level| level.id.clone());
    let mut shown = vec![(Word::ShortDaysMean, Figure::ShortDays)];
    shown.extend(gravest.map(|level| (Word::GravestDays { level: level.clone() }, Figure::LevelDays(level))));
    shown.extend([
        (scale.word(Word::BeyondMeanOnes, Word::BeyondMean), Figure::Beyond),
        (scale.word(Word::HouseholdMeanOnes, Word::HouseholdMean), Figure::HouseholdDays),
        (scale.word(Word::SentMeanOnes, Word::SentMean), Figure::SentOut),
    ]);
    if first.spread(&Figure::Cost).is_some() {
        shown.push((Word::CostMean, Figure::Cost));
    }
    let columns = [scale.word(Word::LostMeanOnes, Word::LostMean), Word::AgainstFirst, Word::Interval];
    let columns = columns.iter().chain(shown.iter().map(|(word, _)| word));
    let mut rows = vec![vec![Cell::left(Word::Value.text(lang)).styled(Style::Dim)]];
    rows[0].extend(columns.map(|word| Cell::right(word.text(lang)).styled(Style::Dim)));
    for (at, scenario) in results.scenarios.iter().enumerate() {
        let value = scenario.value.split_once('=').map_or("", |(_, value)| value);
        let of = |figure: &Figure| {
            let spread = scenario.spread(figure);
            Cell::right(spread.map_or_else(String::new, |spread| mean(spread.mean(), unit(figure, scale), lang)))
        };
        let differences = at.checked_sub(1).and_then(|before| results.differences.get(before));
        let lost = differences.and_then(|of| of.iter().find(|(figure, _)| *figure == Figure::Lost));
        let (less, chance) = match lost {
            Some((_, lost)) => (mean(lost.mean(), Unit::Gas(scale), lang), interval(lost, Unit::Gas(scale), lang)),
            None => Default::default(),
        };
        let mut row = vec![Cell::left(value), of(&Figure::Lost), Cell::right(less), Cell::right(chance)];
        row.extend(shown.iter().map(|(_, figure)| of(figure)));
        rows.push(row);
    }
    page.table(rows);
}
