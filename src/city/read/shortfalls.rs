//! A forecast of shortfalls, day by day, as CSV or as a sheet of a workbook.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::headings::SHORTFALLS;
use super::split_sheet;
use super::table::{Cells, Table};
use crate::city::TableMessage;
use crate::city::ledger::Ledger;
use crate::problem::{Origin, Place, Problem, Problems};
use crate::units::{Date, Decimal};

/// Reads a forecast of shortfalls: percent of demand by day, 0 to 100 with at most sixteen decimals.
///
/// # Errors
/// All that is wrong with it: no date, a day twice, no percentage or one that cannot be.
pub fn read_shortfalls(path: &str) -> Result<(BTreeMap<Date, Decimal>, Problems), Problems> {
    let (file, sheet) = split_sheet(path);
    if !Path::new(file).exists() {
        return Err(Problem::error(Place::whole(Origin::file(file)), TableMessage::MissingForecast {}).into());
    }
    let table = Table::open(Path::new(file), file, sheet, &SHORTFALLS, None)?;
    let mut ledger = Ledger::default();
    let mut shortfalls = BTreeMap::new();
    let mut seen: HashMap<Date, u32> = HashMap::new();
    if let Some(columns) = table.columns(&SHORTFALLS, "", &mut ledger) {
        let column =
            |name: &str| columns.places().into_iter().find(|(known, _)| *known == name).map_or(1, |(_, at)| at);
        let (of_date, of_percent) = (column("date"), column("shortfall_pct"));
        table.entries(&columns, &mut ledger, |ledger, line, row| {
            let mut cells = Cells { row, line, origin: &table.origin, columns: &columns, ledger };
            let (date, percent) = (cells.date(0), cells.percent(1));
            let place = |column| Place::at(table.origin.clone(), line, column);
            if let Some(first) = date.and_then(|date| seen.insert(date, line)) {
                let date = date.map_or_else(String::new, |date| date.to_string());
                return ledger.error(place(of_date), TableMessage::ShortfallTwice { date, first });
            }
            let (Some(date), Some(percent)) = (date, percent) else { return };
            match percent.of_a_hundred() {
                Some(share) if share <= Decimal::ONE => _ = shortfalls.insert(date, percent),
                _ => ledger.error(place(of_percent), TableMessage::NotAShortfall { value: percent.to_string() }),
            }
        });
    }
    super::sorted(ledger.close()).or(shortfalls)
}
