//! A sheet of a workbook as rows of text, and what spreadsheets do to values.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};

use crate::city::TableMessage;
use crate::city::read::headings::Schema;
use crate::problem::{Origin, Place, Problem, Problems, nearest};

/// Whole numbers below this are exact in a spreadsheet; it shows longer ones as `6.1E+17`.
const EXACT: f64 = 1e15;

/// The rows of a sheet: `(row, cells)`.
pub(super) type Rows = Vec<(u32, Vec<String>)>;

/// Reads a sheet: the named one, or the one that is called like the table, or the only one.
pub(super) fn read(
    bytes: Vec<u8>,
    file: &str,
    sheet: Option<&str>,
    schema: &Schema,
) -> Result<(Origin, Rows), Problems> {
    let bad = |what: String| {
        Problems::from(Problem::error(Place::whole(Origin::file(file)), TableMessage::BadWorkbook { what }))
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| bad(error.to_string()))?;
    let sheets = book.sheet_names();
    let called = |name: &str| {
        let name = name.trim();
        name.eq_ignore_ascii_case(schema.key) || schema.sheets.contains(&name)
    };
    let found = match (sheet, sheets.as_slice()) {
        (Some(sheet), _) => sheets.iter().find(|name| name.trim() == sheet),
        (None, [only]) => Some(only),
        (None, _) => sheets.iter().find(|name| called(name)),
    };
    let Some(name) = found.cloned() else {
        let sheet = sheet.unwrap_or(schema.key).to_owned();
        let near = nearest(&sheet, sheets.iter().map(String::as_str)).map(str::to_owned);
        let message = TableMessage::NoSuchSheet { sheet, known: near.unwrap_or_else(|| sheets.join(", ")) };
        return Err(Problem::error(Place::whole(Origin::file(file)), message).into());
    };
    let origin = Origin::Sheet { file: file.into(), sheet: Arc::from(name.as_str()) };
    let mut problems = Problems::new();
    if let Ok(merged) = book.merge_cells_by_sheet_name(&name) {
        for area in merged {
            let (row, column) = area.start;
            let end = Place::at(origin.clone(), area.end.0.saturating_add(1), area.end.1.saturating_add(1));
            let place = Place::at(origin.clone(), row.saturating_add(1), column.saturating_add(1));
            let cell = |place: &Place| place.to_string().rsplit('!').next().unwrap_or_default().to_owned();
            let range = format!("{}:{}", cell(&place), cell(&end));
            problems.error(place, TableMessage::MergedCells { range });
        }
    }
    let values = book.worksheet_range(&name).map_err(|error| bad(error.to_string()))?;
    // A formula that nobody has calculated looks like an empty cell.
    if let Ok(formulas) = book.worksheet_formula(&name) {
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells() {
            let at = (top.saturating_add(row as u32), left.saturating_add(column as u32));
            let valueless = matches!(values.get_value(at), None | Some(Data::Empty));
            if valueless && !formula.is_empty() {
                let place = Place::at(origin.clone(), at.0.saturating_add(1), at.1.saturating_add(1));
                problems.error(place, TableMessage::FormulaWithoutValue {});
            }
        }
    }
    if problems.stop() {
        return Err(problems);
    }
    let (top, left) = values.start().unwrap_or_default();
    let rows: Rows = values
        .rows()
        .zip(top.saturating_add(1)..)
        .map(|(row, line)| {
            let before = std::iter::repeat_n(String::new(), left as usize);
            (line, before.chain(row.iter().map(text)).collect())
        })
        .collect();
    if rows.iter().all(|(_, cells)| cells.iter().all(|cell| cell.trim().is_empty())) {
        return Err(Problem::error(Place::whole(origin), TableMessage::EmptyFile {}).into());
    }
    Ok((origin, rows))
}

/// A cell as somebody would type it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Bool(truth) => truth.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
        }
        Data::DateTime(time) => number_text(time.as_f64()),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
    }
}

fn number_text(number: f64) -> String {
    if number.abs() < EXACT {
        // The shortest text that reads back as the same number: what the spreadsheet shows.
        return number.to_string();
    }
    let text = format!("{number:E}");
    match text.split_once('E') {
        Some((digits, power)) if !power.starts_with('-') => {
            let point = if digits.contains('.') { "" } else { ".0" };
            format!("{digits}{point}E+{power}")
        }
        _ => text,
    }
}
