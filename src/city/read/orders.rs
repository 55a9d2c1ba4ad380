//! A sheet of orders as its cells say it, for holding it against the decision it should be of.

use std::path::Path;

use super::headings::{Kind, STOP_LIST};
use super::split_sheet;
use super::table::{Cells, Table};
use crate::city::ledger::Ledger;
use crate::problem::Problems;

/// A row of a sheet of orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OrderCells {
    /// The row, from 1.
    pub line: u32,
    /// The cells in the order of `orders.csv`; volumes are whole m3, whatever unit the headings state.
    pub cells: Vec<String>,
}

/// Reads a sheet of orders; `basis` is the case's volume basis. A sum below the rows is passed over.
///
/// # Errors
/// All that keeps it from being read.
pub(crate) fn read_orders(path: &str, basis: &str) -> Result<Vec<OrderCells>, Problems> {
    let (file, sheet) = split_sheet(path);
    let table = Table::open(Path::new(file), file, sheet, &STOP_LIST, None)?;
    let mut ledger = Ledger::default();
    let mut rows = Vec::new();
    if let Some(columns) = table.columns(&STOP_LIST, basis, &mut ledger) {
        table.entries(&columns, &mut ledger, |ledger, line, row| {
            let mut cells = Cells { row, line, origin: &table.origin, columns: &columns, ledger };
            let texts = (0..).zip(STOP_LIST.columns).map(|(at, column)| match column.kind {
                Kind::Volume => cells.whole(at).map_or_else(String::new, |volume| volume.to_string()),
                Kind::Id => cells.id(at).to_owned(),
                _ => cells.text(at).to_owned(),
            });
            rows.push(OrderCells { line, cells: texts.collect() });
        });
    }
    super::sorted(ledger.close()).or(rows).map(|(rows, _)| rows)
}
