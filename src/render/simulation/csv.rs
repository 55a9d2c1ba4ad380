//! Simulated winters as tables for a spreadsheet or a program: long, tidy, the same whichever language the screen speaks.

use std::io::{self, Write};

use super::{Scale, name_in_tables, unit};
use crate::Lang;
use crate::render::curve::plain;
use crate::simulate::{Cause, Difference, Figure, Results, Simulated, Spread, Tally};

/// The figures of seasons: one row a scenario and figure.
pub(crate) fn seasons(results: &Results, to: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record([
        "scenario",
        "value",
        "figure",
        "id",
        "name_en",
        "name_zh",
        "unit",
        "winters",
        "winters_above_zero",
        "sum",
        "mean",
        "error",
        "p50",
        "p95",
        "p99",
        "worst",
        "worst_winter",
    ])?;
    for scenario in &results.scenarios {
        for (figure, spread) in scenario.figures.iter().map(|(figure, _)| figure).zip(scenario.tally.spreads()) {
            let (key, id) = key(figure);
            let names = [Lang::En, Lang::Zh].map(|lang| name_in_tables(scenario, figure, lang));
            let mut row = [plain(&scenario.name), plain(&scenario.value), key, plain(&id)].to_vec();
            row.extend(names.iter().map(|name| plain(name)));
            row.extend([
                unit(figure, Scale::Ones).name().to_owned(),
                spread.count().to_string(),
                spread.above_zero().to_string(),
            ]);
            row.push(spread.sum().to_string());
            row.extend(spread_cells(spread));
            rows.write_record(row)?;
        }
    }
    rows.flush()
}

/// The days of the season: one row a scenario, day and level, the level empty for none.
pub(crate) fn days(results: &Results, to: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record(["scenario", "value", "date", "level", "winters", "share"])?;
    for scenario in &results.scenarios {
        let levels = || std::iter::once("").chain(scenario.levels.iter().map(|level| level.id.as_str()));
        for (at, date) in dates(scenario).enumerate() {
            let counts = scenario.tally.levels_on(at);
            let all: u64 = counts.iter().sum();
            for (level, winters) in levels().zip(counts) {
                let share = if all == 0 { 0.0 } else { *winters as f64 / all as f64 };
                let cells = [&scenario.name, &scenario.value, &date, level].map(plain);
                rows.write_record(cells.into_iter().chain([winters.to_string(), format!("{share:.6}")]))?;
            }
        }
    }
    rows.flush()
}

/// The gas not served from the season's first day until the end of each of its weeks.
pub(crate) fn cumulated(results: &Results, to: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    let columns = ["scenario", "value", "until", "mean_m3", "error_m3", "p50_m3", "p95_m3", "p99_m3", "worst_m3"];
    rows.write_record(columns.into_iter().chain(["worst_winter"]))?;
    for scenario in &results.scenarios {
        let dates: Vec<String> = dates(scenario).collect();
        for (at, spread) in scenario.tally.cumulated().iter().enumerate() {
            let last = ((at + 1) * Tally::WEEK).min(dates.len()).saturating_sub(1);
            let Some(date) = dates.get(last) else { continue };
            let cells = [&scenario.name, &scenario.value, date].map(|cell| plain(cell));
            rows.write_record(cells.into_iter().chain(spread_cells(spread)))?;
        }
    }
    rows.flush()
}

/// How scenarios differ from the first on the same winters: one row a scenario and figure.
pub(crate) fn differences(results: &Results, to: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record([
        "scenario",
        "value",
        "against",
        "figure",
        "id",
        "name_en",
        "name_zh",
        "unit",
        "winters",
        "mean",
        "error",
        "low_95",
        "high_95",
        "winters_less",
        "winters_more",
    ])?;
    let Some((first, others)) = results.scenarios.split_first() else { return rows.flush() };
    for (scenario, differences) in others.iter().zip(&results.differences) {
        for (figure, difference) in differences {
            let (key, id) = key(figure);
            let against = if first.value.is_empty() { &first.name } else { &first.value };
            let mut row = [&scenario.name, &scenario.value, against].map(|cell| plain(cell)).to_vec();
            row.extend([key, plain(&id)]);
            row.extend([Lang::En, Lang::Zh].map(|lang| plain(&name_in_tables(scenario, figure, lang))));
            row.push(unit(figure, Scale::Ones).name().to_owned());
            row.extend(difference_cells(difference));
            rows.write_record(row)?;
        }
    }
    rows.flush()
}

fn spread_cells(spread: &Spread) -> Vec<String> {
    let mut cells = vec![number(spread.mean()), spread.error().map_or_else(String::new, number)];
    cells.extend([500, 950, 990, 1000].map(|part| spread.quantile(part).to_string()));
    cells.push(spread.worst().map_or_else(String::new, |(_, winter)| winter.to_string()));
    cells
}

fn difference_cells(difference: &Difference) -> Vec<String> {
    let mean = difference.mean();
    let ends = difference.interval().map(|half| (mean - half, mean + half));
    let end = |end: Option<f64>| end.map_or_else(String::new, number);
    vec![
        difference.count().to_string(),
        number(mean),
        end(difference.error()),
        end(ends.map(|ends| ends.0)),
        end(ends.map(|ends| ends.1)),
        difference.less().to_string(),
        difference.more().to_string(),
    ]
}

/// The dates of a season.
pub(super) fn dates(scenario: &Simulated) -> impl Iterator<Item = String> {
    let days = (scenario.until.day_number() + 1).saturating_sub(scenario.from.day_number());
    (0..days).filter_map(|days| scenario.from.plus_days(days)).map(|date| date.to_string())
}

/// A figure's stable name, and the id of its subject.
pub(super) fn key(figure: &Figure) -> (String, String) {
    use Figure as F;
    let (key, id) = match figure {
        F::Lost => ("lost", String::new()),
        F::Withheld => ("withheld", String::new()),
        F::Beyond => ("beyond", String::new()),
        F::BeyondDays => ("beyond_days", String::new()),
        F::ShortDays => ("short_days", String::new()),
        F::LongestShortage => ("longest_shortage", String::new()),
        F::LevelDays(id) => ("level_days", id.clone()),
        F::SentOut => ("sent_out", String::new()),
        F::StopDays => ("stop_days", String::new()),
        F::HouseholdDays => ("household_days", String::new()),
        F::HeatedDays => ("heated_days", String::new()),
        F::Tier(number) => ("tier", number.to_string()),
        F::Class(id) => ("class", id.clone()),
        F::District(id) => ("district", id.clone()),
        F::Turns(id) => ("turns", id.clone()),
        F::LongestTurn => ("longest_turn", String::new()),
        F::ColdHours(limit, Cause::Weather) => ("cold_hours_weather", limit.to_string()),
        F::ColdHours(limit, Cause::Measure(id)) => ("cold_hours_measure", format!("{limit}:{id}")),
        F::ColdHours(limit, Cause::Beyond) => ("cold_hours_beyond", limit.to_string()),
        F::ColdHomes(limit) => ("cold_homes", limit.to_string()),
        F::LongestCold(limit) => ("longest_cold", limit.to_string()),
        F::Coldest => ("coldest", String::new()),
        F::LostValue => ("lost_value", String::new()),
        F::StoreCost => ("store_cost", String::new()),
        F::Cost => ("cost", String::new()),
    };
    (key.to_owned(), id)
}

/// A mean or an error to three decimals.
fn number(value: f64) -> String {
    format!("{value:.3}")
}
