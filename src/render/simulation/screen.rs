//! The screen of a run.

use super::compare;
use super::words::Word;
use super::{Scale, Unit, about, error, mean, name, percent, unit, whole};
use crate::Lang;
use crate::render::fmt;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::Look;
use crate::simulate::scenario::Scenario;
use crate::simulate::{Figure, OneDay, Results, Simulated, Spread};

/// Whether a figure belongs to a table.
type Wanted = fn(&Figure) -> bool;

/// The whole screen: of one scenario in full, of several how they differ.
pub(crate) fn page(results: &Results, look: Look) -> String {
    let mut page = Page::new(look.colour);
    let lang = look.lang;
    match results.scenarios.as_slice() {
        [] => {}
        [one] => {
            head(&mut page, one, results, lang);
            alone(&mut page, one, lang);
        }
        several if several.iter().all(|scenario| !scenario.value.is_empty()) => {
            head(&mut page, &several[0], results, lang);
            compare::swept(&mut page, results, lang);
        }
        several => {
            head(&mut page, &several[0], results, lang);
            compare::pairs(&mut page, results, lang);
        }
    }
    foot(&mut page, results, lang);
    page.into_text()
}

/// A simulated day: what is counted of it, and the command that decides it again.
pub(crate) fn day(
    (scenario, simulated): (&Scenario, &Simulated),
    winter: u64,
    day: &OneDay,
    command: &str,
    lang: Lang,
) -> String {
    let mut page = Page::new(false);
    let (name_of, date) = (scenario.name.clone(), day.inputs.date.to_string());
    page.line(&Word::DayTitle { name: name_of, winter: winter.to_string(), date }.text(lang), Style::Plain);
    let temperature = day.temperature.to_string();
    let [demand, supplied, sent] = [day.demand, day.supplied, day.sent_out].map(|volume| fmt::grouped(volume.get()));
    let level = day.level.clone();
    let said = match level {
        Some(level) => Word::DayLevel { temperature, demand, supplied, sent, level },
        None => Word::DayNoLevel { temperature, demand, supplied, sent },
    };
    page.item(&said.text(lang), Style::Plain);
    let rows = day.figures.iter().filter(|(_, number)| *number > 0).map(|(figure, number)| {
        let (named, unit) = (name(simulated, figure, Scale::Ones, lang), unit(figure, Scale::Ones));
        let cubic_metres = if unit == Unit::Gas(Scale::Ones) { Word::CubicMetres.text(lang) } else { String::new() };
        vec![Cell::left(named).whole(), Cell::right(whole(*number, unit, lang)), Cell::left(cubic_metres)]
    });
    page.table(rows.collect());
    let mut rows: Vec<Vec<Cell>> = super::remembered(&scenario.city, &day.inputs)
        .map(|(district, burden, turns)| {
            let last = turns.last().cloned().unwrap_or_default();
            let burden = burden.to_string();
            vec![Cell::left(district), Cell::right(burden), Cell::right(turns.len().to_string()), Cell::left(last)]
        })
        .collect();
    if !rows.is_empty() {
        let heading = [Word::Block, Word::BorneSoFar, Word::TurnsSoFar, Word::LastTurn].map(|word| word.text(lang));
        let dim = |cell: Cell| cell.styled(Style::Dim);
        let [block, borne, turns, last] = heading;
        rows.insert(
            0,
            vec![dim(Cell::left(block)), dim(Cell::right(borne)), dim(Cell::right(turns)), dim(Cell::left(last))],
        );
        page.heading(&Word::Remembered.text(lang));
        page.table(rows);
    }
    page.blank();
    page.line(&Word::DayAgain.text(lang), Style::Plain);
    page.into_text() + "\n  " + command + "\n"
}

fn head(page: &mut Page, scenario: &Simulated, results: &Results, lang: Lang) {
    let (from, to) = (scenario.from.to_string(), scenario.until.to_string());
    let days = (scenario.until.day_number() + 1).saturating_sub(scenario.from.day_number()).to_string();
    let (name, winters) = (scenario.name.clone(), results.winters.until - results.winters.from);
    let title = match winters {
        1 => Word::OneWinter { name, days, from, to },
        winters => Word::Title { name, winters: fmt::grouped(winters), days, from, to },
    };
    page.line(&title.text(lang), Style::Bold);
    lines(page, about::head(results, scenario, lang));
}

/// Lines as their weight has it.
fn lines(page: &mut Page, lines: Vec<(Style, String)>) {
    for (style, line) in lines {
        match style {
            Style::Warn | Style::Dim => page.item(&line, style),
            _ => page.line(&line, style),
        }
    }
}

fn alone(page: &mut Page, scenario: &Simulated, lang: Lang) {
    page.item(&Word::Errors.text(lang), Style::Dim);
    levels(page, scenario, lang);
    use Figure as F;
    let of = |wanted: Wanted| -> Vec<&Figure> {
        scenario.figures.iter().map(|(figure, _)| figure).filter(|figure| wanted(figure)).collect()
    };
    let is_nothing = scenario.spread(&F::Lost).is_none_or(|spread| spread.above_zero() == 0);
    if is_nothing {
        page.blank();
        page.line(&Word::Nothing.text(lang), Style::Plain);
    } else {
        page.heading(&Scale::of(&[scenario]).word(Word::UnservedOnes, Word::Unserved).text(lang));
        let all = of(|figure| matches!(figure, F::Lost | F::Withheld | F::Beyond));
        let mut rows = vec![header(&Word::Figure, lang)];
        rows.extend(table(scenario, &all, lang));
        let parts: [(Word, Wanted); 3] = [
            (Word::ByTier, |figure| matches!(figure, F::Tier(_))),
            (Word::ByClass, |figure| matches!(figure, F::Class(_))),
            (Word::ByDistrict, |figure| matches!(figure, F::District(_))),
        ];
        for (heading, wanted) in parts {
            rows.push(vec![Cell::left(heading.text(lang)).styled(Style::Dim)]);
            rows.extend(table(scenario, &of(wanted), lang));
        }
        page.table(rows);
    }
    let counted = [F::ShortDays, F::LongestShortage, F::BeyondDays, F::StopDays, F::HouseholdDays, F::HeatedDays];
    let counted: Vec<&Figure> = counted.iter().chain([&F::SentOut]).collect();
    let mut rows = vec![header(&Word::Figure, lang)];
    rows.extend(table(scenario, &counted, lang));
    if rows.len() > 1 {
        page.heading(&Word::Counted.text(lang));
        page.table(rows);
    }
    let mut turns = of(|figure| matches!(figure, F::Turns(_)));
    let is_ever = |figure: &Figure| scenario.spread(figure).is_some_and(|spread| spread.above_zero() > 0);
    // What is asked first and never came is said, and not left out.
    let mut never = Vec::new();
    if !is_nothing && !is_ever(&F::Beyond) {
        never.push(Word::NothingBeyond);
    }
    if !is_nothing && !turns.is_empty() && !turns.iter().any(|figure| is_ever(figure)) {
        never.push(Word::NoTurns);
    }
    if !never.is_empty() {
        page.blank();
        never.iter().for_each(|word| page.line(&word.text(lang), Style::Plain));
    }
    if turns.iter().any(|figure| is_ever(figure)) {
        page.heading(&Word::Turns.text(lang));
        turns.push(&F::LongestTurn);
        let mut rows = vec![header(&Word::Figure, lang)];
        rows.extend(table(scenario, &turns, lang));
        page.table(rows);
    }
    homes(page, scenario, lang);
    let costs = [(Word::CostOfLoss, F::LostValue), (Word::CostOfStores, F::StoreCost), (Word::CostOfBoth, F::Cost)];
    let rows = named(scenario, &costs, lang);
    if !rows.is_empty() {
        page.heading(&Word::Costs.text(lang));
        page.table(std::iter::once(header(&Word::Figure, lang)).chain(rows).collect());
    }
}

/// Who is cold, where the scenario has homes: by temperature, and then by cause.
fn homes(page: &mut Page, scenario: &Simulated, lang: Lang) {
    let (mut rows, mut never) = (vec![header(&Word::Figure, lang)], Vec::new());
    for (figure, _) in &scenario.figures {
        let Figure::ColdHomes(limit) = figure else { continue };
        if scenario.spread(figure).is_none_or(|spread| spread.above_zero() == 0) {
            never.push(Word::NobodyCold { limit: limit.to_string() });
            continue;
        }
        rows.push(vec![Cell::left(Word::BelowLimit { limit: limit.to_string() }.text(lang)).styled(Style::Dim)]);
        let homes = [(Word::HomesEver, figure.clone()), (Word::LongestHours, Figure::LongestCold(*limit))];
        rows.extend(named(scenario, &homes, lang));
        let causes = scenario.figures.iter().filter_map(|(figure, _)| match figure {
            Figure::ColdHours(own, cause) if own == limit => {
                Some((Word::HomeHoursBy { cause: super::cause(scenario, figure, cause, lang) }, figure.clone()))
            }
            _ => None,
        });
        rows.extend(named(scenario, &causes.collect::<Vec<_>>(), lang));
    }
    if rows.len() > 1 || !never.is_empty() {
        page.heading(&Word::Homes.text(lang));
    }
    if rows.len() > 1 {
        page.table(rows);
    }
    never.iter().for_each(|word| page.line(&word.text(lang), Style::Plain));
}

/// Figures under names of their own, as far as they are more than nothing in some winter.
fn named(scenario: &Simulated, figures: &[(Word, Figure)], lang: Lang) -> Vec<Vec<Cell>> {
    let row = |(word, figure): &(Word, Figure)| {
        let spread = scenario.spread(figure).filter(|spread| spread.above_zero() > 0)?;
        let mut cells = vec![Cell::left(word.text(lang)).whole()];
        cells.extend(numbers(scenario, figure, spread, lang));
        Some(cells)
    };
    figures.iter().filter_map(row).collect()
}

/// How likely each level is in a winter, and on how many days.
fn levels(page: &mut Page, scenario: &Simulated, lang: Lang) {
    page.heading(&Word::Levels.text(lang));
    let dim = |word: &Word| Cell::right(word.text(lang)).styled(Style::Dim);
    let mut rows = vec![vec![
        Cell::left(Word::Level.text(lang)).styled(Style::Dim),
        dim(&Word::WintersWithIt),
        dim(&Word::Error),
        dim(&Word::DaysAWinter),
        dim(&Word::Error),
        dim(&Word::Ninety5),
        dim(&Word::Worst),
    ]];
    let mut row = |first: Cell, figure: &Figure| {
        let Some(spread) = scenario.spread(figure) else { return };
        let (with, all) = (spread.above_zero(), spread.count());
        // Of a chance that never or always came true the sample does not tell an error.
        let chance = (with > 0 && with < all).then(|| {
            let part = with as f64 / all as f64;
            196.0 * (part * (1.0 - part) / all as f64).sqrt()
        });
        let unit = unit(figure, Scale::of(&[scenario]));
        rows.push(vec![
            first,
            Cell::right(percent(with, all, lang)),
            Cell::right(chance.map_or_else(String::new, |error| format!("{error:.2}"))),
            Cell::right(mean(spread.mean(), unit, lang)),
            Cell::right(error(spread.error(), unit, lang)),
            Cell::right(whole(spread.quantile(950), unit, lang)),
            Cell::right(whole(spread.quantile(1000), unit, lang)),
        ]);
    };
    row(Cell::left(Word::AnyShortage.text(lang)), &Figure::ShortDays);
    for level in &scenario.levels {
        let (id, colour) = (level.id.clone(), level.colour_name.get(lang).to_owned());
        let named = if colour.is_empty() { id.clone() } else { Word::LevelNamed { level: id, colour }.text(lang) };
        let cell = Cell::left(named).styled(Style::Level(level.colour.clone()));
        row(cell, &Figure::LevelDays(level.id.clone()));
    }
    page.table(rows);
}

pub(super) fn header(first: &Word, lang: Lang) -> Vec<Cell> {
    let figures = [Word::Mean, Word::Error, Word::Median, Word::Ninety5, Word::Ninety9, Word::Worst, Word::InWinter];
    let figures = figures.iter().map(|word| Cell::right(word.text(lang)).styled(Style::Dim));
    std::iter::once(Cell::left(first.text(lang)).styled(Style::Dim)).chain(figures).collect()
}

/// The figures that are more than nothing in some winter.
fn table(scenario: &Simulated, figures: &[&Figure], lang: Lang) -> Vec<Vec<Cell>> {
    let row = |figure: &&Figure| {
        let spread = scenario.spread(figure).filter(|spread| spread.above_zero() > 0)?;
        let mut cells = vec![Cell::left(name(scenario, figure, Scale::of(&[scenario]), lang)).whole()];
        cells.extend(numbers(scenario, figure, spread, lang));
        Some(cells)
    };
    figures.iter().filter_map(row).collect()
}

fn numbers(scenario: &Simulated, figure: &Figure, spread: &Spread, lang: Lang) -> Vec<Cell> {
    let unit = unit(figure, Scale::of(&[scenario]));
    let mut cells = vec![mean(spread.mean(), unit, lang), error(spread.error(), unit, lang)];
    cells.extend([500, 950, 990, 1000].map(|part| whole(spread.quantile(part), unit, lang)));
    // Winters are numbered from 0, as `--day` takes them.
    cells.push(spread.worst().map_or_else(String::new, |(_, winter)| winter.to_string()));
    cells.into_iter().map(Cell::right).collect()
}

/// How much there is to it.
fn foot(page: &mut Page, results: &Results, lang: Lang) {
    page.blank();
    lines(page, about::foot(results, lang));
}
