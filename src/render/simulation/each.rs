//! Each winter as a row, and each of its days: tables that grow while winters are simulated, and that are read back where winters go on.

use std::fmt::{self, Write as _};
use std::io::{self, Read, Write};

use super::csv::{dates, key};
use super::{Scale, Unit, unit};
use crate::render::curve::plain;
use crate::simulate::{DayFigures, EachWinter, Figure, Results};

/// A table of single winters. Its rows go by winter, then by scenario, so that it only ever grows at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    /// One row a winter: its figures, each in a column of its own.
    Winters,
    /// One row a day of a winter.
    Days,
}

/// Of whom the first columns of either table are.
const WHOSE: [&str; 3] = ["scenario", "value", "winter"];

/// What is known of a day.
const DAY: [&str; 9] =
    ["date", "temperature_c", "level", "demand_m3", "supply_m3", "sent_out_m3", "lost_m3", "withheld_m3", "beyond_m3"];

/// The columns of a day that add up to a figure of its winter.
const SUMS: [(usize, Figure); 4] =
    [(5, Figure::SentOut), (6, Figure::Lost), (7, Figure::Withheld), (8, Figure::Beyond)];

/// What the columns of a table are, in the scenarios of a run.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    table: Table,
    names: Vec<String>,
    /// Whether a column holds words and not numbers.
    words: Vec<bool>,
    /// By scenario, then by column behind the first three: the figure that it holds or adds up to, by its place in the scenario.
    figures: Vec<Vec<Option<usize>>>,
    dates: Vec<Vec<String>>,
}

impl Columns {
    /// Of a run. Where scenarios count different figures, each has a column, and who does not count it leaves it empty.
    pub fn of(table: Table, results: &Results) -> Self {
        let find = |figure: &Figure| {
            let places =
                results.scenarios.iter().map(|scenario| scenario.figures.iter().position(|(own, _)| own == figure));
            places.collect::<Vec<_>>()
        };
        let mut names: Vec<String> = WHOSE.map(str::to_owned).to_vec();
        let mut columns: Vec<Vec<Option<usize>>> = Vec::new();
        if table == Table::Winters {
            let mut all: Vec<&Figure> = Vec::new();
            for (figure, _) in results.scenarios.iter().flat_map(|scenario| &scenario.figures) {
                if !all.contains(&figure) {
                    all.push(figure);
                }
            }
            for figure in all {
                let (key, id) = key(figure);
                let name = if id.is_empty() { key } else { format!("{key}:{id}") };
                // Whoever reads a column knows m3, days, homes and hours by its name, and takes money for yuan.
                names.push(match unit(figure, Scale::Ones) {
                    Unit::Money => name + "_fen",
                    Unit::Degrees => name + "_hundredths_c",
                    _ => name,
                });
                columns.push(find(figure));
            }
        } else {
            for (at, name) in DAY.into_iter().enumerate() {
                names.push(name.to_owned());
                let sum = SUMS.iter().find(|(own, _)| *own == at);
                columns.push(sum.map_or_else(|| vec![None; results.scenarios.len()], |(_, figure)| find(figure)));
            }
        }
        let of_scenario = |at: usize| columns.iter().map(|column| column[at]).collect();
        let words = ["scenario", "value", "date", "temperature_c", "level"];
        Self {
            table,
            words: names.iter().map(|name| words.contains(&name.as_str())).collect(),
            names,
            figures: (0..results.scenarios.len()).map(of_scenario).collect(),
            dates: results.scenarios.iter().map(|scenario| dates(scenario).collect()).collect(),
        }
    }

    /// The heading.
    pub fn head(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut rows = ::csv::Writer::from_writer(to);
        rows.write_record(self.names.iter().map(|name| plain(name)))?;
        rows.flush()
    }

    /// The rows of some winters.
    pub fn rows(&self, results: &Results, winters: &[EachWinter], to: &mut dyn Write) -> io::Result<()> {
        let mut rows = ::csv::Writer::from_writer(to);
        let whose: Vec<[String; 2]> =
            results.scenarios.iter().map(|scenario| [plain(&scenario.name), plain(&scenario.value)]).collect();
        // There are millions of these cells, and all are written in the one place.
        let mut cell = String::new();
        let mut put = |rows: &mut ::csv::Writer<&mut dyn Write>, own: &dyn fmt::Display| {
            cell.clear();
            let _ = write!(cell, "{own}");
            rows.write_field(&cell)
        };
        for own in winters {
            for (at, (scenario, whose)) in results.scenarios.iter().zip(&whose).enumerate() {
                if self.table == Table::Winters {
                    whose.iter().try_for_each(|word| rows.write_field(word))?;
                    put(&mut rows, &own.winter)?;
                    for place in &self.figures[at] {
                        match place.and_then(|place| own.figures.get(at)?.get(place)) {
                            Some(number) => put(&mut rows, number)?,
                            None => rows.write_field("")?,
                        }
                    }
                    rows.write_record(None::<&[u8]>)?;
                    continue;
                }
                let levels: Vec<String> = scenario.levels.iter().map(|level| plain(&level.id)).collect();
                for (day, date) in own.days.get(at).into_iter().flatten().zip(&self.dates[at]) {
                    whose.iter().try_for_each(|word| rows.write_field(word))?;
                    put(&mut rows, &own.winter)?;
                    rows.write_field(date)?;
                    put(&mut rows, &day.temperature)?;
                    let level = day.level.checked_sub(1).and_then(|level| levels.get(level));
                    rows.write_field(level.map_or("", String::as_str))?;
                    volumes(day).iter().try_for_each(|volume| put(&mut rows, volume))?;
                    rows.write_record(None::<&[u8]>)?;
                }
            }
        }
        rows.flush()
    }

    /// How many bytes of a table are the heading and the rows of the winters that results hold; `None` if these rows are not there, or do
    /// not add up to the results.
    pub fn length(&self, results: &Results, table: impl Read) -> io::Result<Option<u64>> {
        let mut rows = ::csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(table);
        let mut row = ::csv::StringRecord::new();
        if !rows.read_record(&mut row)?
            || !row.iter().eq(self.names.iter().map(|name| plain(name)).collect::<Vec<_>>().iter())
        {
            return Ok(None);
        }
        let mut sums: Vec<Vec<u128>> = vec![vec![0; self.names.len()]; results.scenarios.len()];
        for winter in results.winters.from..results.winters.until {
            for (at, scenario) in results.scenarios.iter().enumerate() {
                let each = if self.table == Table::Days { self.dates[at].len() } else { 1 };
                let whose = [plain(&scenario.name), plain(&scenario.value), winter.to_string()];
                for day in 0..each {
                    if !rows.read_record(&mut row)?
                        || row.len() != self.names.len()
                        || !row.iter().take(3).eq(whose.iter().map(String::as_str))
                        || self.table == Table::Days && row.get(3) != self.dates[at].get(day).map(String::as_str)
                    {
                        return Ok(None);
                    }
                    let figures = std::iter::repeat_n(&None, 3).chain(&self.figures[at]);
                    let columns = self.words.iter().zip(figures).zip(sums[at].iter_mut().zip(&row));
                    for ((is_word, figure), (sum, cell)) in columns {
                        let is_empty = self.table == Table::Winters && figure.is_none() && cell.is_empty();
                        match cell.parse::<u64>() {
                            _ if *is_word || is_empty => {}
                            Ok(number) => *sum += u128::from(number),
                            Err(_) => return Ok(None),
                        }
                    }
                }
            }
        }
        let adds_up = results.scenarios.iter().zip(&self.figures).zip(&sums).all(|((scenario, figures), sums)| {
            figures.iter().zip(&sums[3..]).all(|(figure, sum)| {
                let known = figure.and_then(|figure| scenario.tally.spreads().get(figure));
                known.is_none_or(|known| known.sum() == *sum)
            })
        });
        Ok(adds_up.then(|| rows.position().byte()))
    }
}

/// The volumes of a day, in the order of their columns.
const fn volumes(day: &DayFigures) -> [u64; 6] {
    [day.demand, day.supplied, day.sent_out, day.lost, day.withheld, day.beyond]
}
