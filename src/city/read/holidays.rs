//! A table of holidays that stands alone.

use std::path::Path;

use super::headings::HOLIDAYS;
use super::split_sheet;
use super::table::Table;
use crate::city::builder::CityBuilder;
use crate::city::{CityMessage, Settings, Workdays};
use crate::problem::{Origin, Place, Problems};

/// Reads a table of holidays: `date`, `kind` and perhaps `name`, `basis` and `source`.
///
/// # Errors
/// All that is wrong with it.
pub fn read_holidays(path: &str) -> Result<(Workdays, Problems), Problems> {
    let (file, sheet) = split_sheet(path);
    let place = Place::whole(Origin::file(file));
    if let Some(problem) = super::missing(path) {
        return Err(problem.into());
    }
    let table = Table::open(Path::new(file), file, sheet, &HOLIDAYS, None)?;
    // The same rows as those of a case, through the same checks.
    let mut rows = CityBuilder::new(Settings::default());
    super::rows::read(&table, &HOLIDAYS, &mut rows);
    let (mut ledger, tables) = (rows.ledger, rows.tables);
    if rows.holidays.is_empty() && !ledger.stopped() {
        ledger.error(place, CityMessage::NoHolidays {});
    }
    let workdays = Workdays::build(rows.holidays, &mut ledger, &tables);
    super::sorted(ledger.close()).or(workdays)
}
