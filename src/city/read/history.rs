//! A history of what each class took, day by day, as CSV or as a sheet of a workbook: a row a day, a column a class.

use std::collections::BTreeMap;
use std::path::Path;

use super::cells::{self, Fault};
use super::headings::HISTORY;
use super::table::{Cells, Other, Table};
use super::{missing, split_sheet};
use crate::city::City;
use crate::city::ledger::Ledger;
use crate::forecast::{ForecastMessage, History, HistoryDay, unknown_class};
use crate::policy::Policies;
use crate::problem::{Origin, Place, Problems};
use crate::units::M3;

/// Reads a history for a case: `date`, `temperature_c` and a column for each class that customers of the case belong to, in m3 or in
/// the unit of its heading. Classes that are named `without` need none; a word there that no policy knows is told as of `--without`.
///
/// # Errors
/// All that is wrong with it: days twice or missing inside a season, cells that cannot be read, unknown or missing classes, too few days.
pub fn read_history(
    path: &str,
    city: &City,
    policies: &Policies,
    without: &[String],
) -> Result<(History, Problems), Problems> {
    if let Some(problem) = missing(path) {
        return Err(problem.into());
    }
    let (file, sheet) = split_sheet(path);
    let table = Table::open(Path::new(file), file, sheet, &HISTORY, None)?;
    let mut ledger = Ledger::default();
    let Some((columns, others)) = table.columns_and_others(&HISTORY, &city.settings.volume_basis, &mut ledger) else {
        return Err(super::sorted(ledger.close()));
    };
    let heading = Place::line(table.origin.clone(), columns.line);
    let classes = classes(&others, city, policies, without, heading, &mut ledger);
    let mut rows = Vec::new();
    table.entries(&columns, &mut ledger, |ledger, line, row| {
        let mut cells = Cells { row, line, origin: &table.origin, columns: &columns, ledger };
        let (date, temperature) = (cells.date(0), cells.temperature(1));
        let volumes: Vec<Option<M3>> = classes.iter().map(|(other, class)| volume(&mut cells, other, class)).collect();
        let (Some(date), Some(temperature)) = (date, temperature) else { return };
        let place = Place::line(table.origin.clone(), line);
        rows.extend(
            volumes
                .into_iter()
                .collect::<Option<Vec<M3>>>()
                .map(|volumes| (HistoryDay { date, temperature, place }, volumes)),
        );
    });
    let names = classes.into_iter().map(|(_, class)| class).collect();
    let sound = !ledger.stopped();
    let mut problems = ledger.close();
    // A row that could not be read looks like a day that is missing.
    let history = if sound {
        History::new(names, rows, table.origin.clone()).map_err(|found| problems.extend(found)).ok()
    } else {
        None
    };
    let problems = super::sorted(problems);
    match history {
        Some(history) => problems.or(history),
        None => Err(problems),
    }
}

/// The columns of classes, by the classes' ids.
fn classes<'o>(
    others: &'o [Other],
    city: &City,
    policies: &Policies,
    without: &[String],
    heading: Place,
    ledger: &mut Ledger,
) -> Vec<(&'o Other, String)> {
    let id_of =
        |word: &str| policies.all().find_map(|policy| Some(policy.classes.get(policy.class(word)?)?.id.clone()));
    let mut known: BTreeMap<String, &Other> = BTreeMap::new();
    for other in others {
        let Some(id) = id_of(&other.name) else {
            ledger.error(other.place.clone(), unknown_class(other.name.clone(), &policies.main));
            continue;
        };
        match known.get(&id) {
            Some(first) => {
                let (class, first) = (other.name.clone(), first.place.to_string());
                ledger.error(other.place.clone(), ForecastMessage::HistoryClassTwice { class, first });
            }
            None => _ = known.insert(id, other),
        }
    }
    if others.is_empty() {
        ledger.error(heading.clone(), ForecastMessage::HistoryWithoutClasses {});
        return Vec::new();
    }
    let mut left_out = Vec::new();
    for word in without {
        match id_of(word) {
            Some(id) => left_out.push(id),
            None => {
                let place = Place::whole(Origin::memory(format!("--without {word}")));
                ledger.error(place, unknown_class(word.clone(), &policies.main));
            }
        }
    }
    for class in &city.classes {
        if !known.contains_key(&**class) && !left_out.iter().any(|id| **id == **class) {
            ledger.error(heading.clone(), ForecastMessage::HistoryWithoutClass { class: class.to_string() });
        }
    }
    known.into_iter().filter(|(id, _)| !left_out.contains(id)).map(|(id, other)| (other, id)).collect()
}

/// A volume of a class.
fn volume(cells: &mut Cells<'_, '_>, other: &Other, class: &str) -> Option<M3> {
    let text = cells.row.get(other.at).trim();
    let place = || Place::at(cells.origin.clone(), cells.line, other.at as u32 + 1);
    let class = class.to_owned();
    match cells::whole(text, other.power) {
        Ok(volume) => return Some(M3(volume)),
        Err(Fault::Empty) => cells.ledger.error(place(), ForecastMessage::NoHistoryVolume { class }),
        Err(_) => {
            let value = text.to_owned();
            cells.ledger.error(place(), ForecastMessage::NotAHistoryVolume { class, value });
        }
    }
    None
}
