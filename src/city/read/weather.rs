//! A table of the weather that stands alone, as CSV or as a sheet of a workbook.

use std::collections::BTreeMap;
use std::path::Path;

use super::headings::WEATHER;
use super::split_sheet;
use super::table::{Cells, Table};
use crate::city::ledger::{At, Ledger, Tables};
use crate::city::weather::{WeatherDraft, build};
use crate::city::{TableMessage, WeatherDay, WeatherRow};
use crate::problem::{Origin, Place, Problem, Problems};
use crate::units::Date;

/// Reads daily weather: `date` and `temperature_c`, perhaps `issued` and `source`. Days may be missing; see
/// [`crate::forecast::Weather::of`].
///
/// # Errors
/// All that is wrong with it: no date, a day twice, no temperature.
pub fn read_weather(path: &str) -> Result<(BTreeMap<Date, WeatherDay>, Problems), Problems> {
    let (file, sheet) = split_sheet(path);
    if !Path::new(file).exists() {
        return Err(Problem::error(Place::whole(Origin::file(file)), TableMessage::NoSuchFile {}).into());
    }
    let table = Table::open(Path::new(file), file, sheet, &WEATHER, None)?;
    let (mut ledger, mut tables, mut rows) = (Ledger::default(), Tables::default(), Vec::new());
    if let Some(columns) = table.columns(&WEATHER, "", &mut ledger) {
        let number = tables.add(table.origin.clone(), WEATHER.key, columns.places());
        table.entries(&columns, &mut ledger, |ledger, line, row| {
            let mut cells = Cells { row, line, origin: &table.origin, columns: &columns, ledger };
            rows.extend(row_of(&mut cells).map(|row| WeatherDraft::of(&row, At { table: number, line })));
        });
    }
    let days = build(rows, &mut ledger, &tables);
    super::sorted(ledger.close()).or(days)
}

/// A row; `None` if its date or temperature cannot be read, which is told.
pub(super) fn row_of<'r>(cells: &mut Cells<'r, '_>) -> Option<WeatherRow<'r>> {
    let (date, temperature) = (cells.date(0), cells.temperature(1));
    let (issued, source) = (cells.moment(2), cells.text(3));
    let (Some(date), Some(temperature)) = (date, temperature) else {
        cells.ledger.unread(WEATHER.key);
        return None;
    };
    Some(WeatherRow { date, temperature, issued, source })
}
