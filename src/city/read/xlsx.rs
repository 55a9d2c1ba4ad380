//! A sheet of a workbook as rows of text, and what spreadsheets do to values.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use calamine::{Data, DataRef, Reader, Xlsx};

use crate::city::TableMessage;
use crate::city::read::headings::Schema;
use crate::problem::{Origin, Place, Problem, Problems, catching, nearest};

/// Whole numbers below this are exact in a spreadsheet; it shows longer ones as `6.1E+17`.
const EXACT: f64 = 1e15;

/// The rows of a sheet: `(row, cells)`.
pub(super) type Rows = Vec<(u32, Vec<String>)>;

/// How many rows and columns a sheet can have.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// What a spreadsheet takes as the name of a sheet: at most 31 characters, none of them one that formulas use.
pub(crate) fn sheet_name(text: &str) -> String {
    let refused = |c: char| c.is_control() || "[]:*?/\\".contains(c);
    let mut name = String::new();
    let mut used = 0;
    for c in text.trim().chars() {
        used += c.len_utf16();
        if used > 31 {
            break;
        }
        name.push(if refused(c) { '_' } else { c });
    }
    if name.starts_with('\'') {
        name.replace_range(..1, "_");
    }
    if name.ends_with('\'') {
        name.replace_range(name.len() - 1.., "_");
    }
    // A name that spreadsheets keep for themselves.
    if name.is_empty() || name.eq_ignore_ascii_case("history") { name + "_" } else { name }
}

/// Whether a workbook has a sheet of this name.
pub(super) fn has_sheet(path: &Path, name: &str) -> bool {
    let names = || {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(std::fs::read(path).ok()?)).ok()?;
        Some(book.sheet_names())
    };
    catching(names).flatten().is_some_and(|names| names.iter().any(|its| its.trim() == name))
}

/// Reads a sheet: the named one, or the one that is called like the table, or the only one.
///
/// The workbook crate panics on some damaged files (a cell called `ZZZZZZZZ1`): that too is a bad workbook.
pub(super) fn read(
    bytes: Vec<u8>,
    file: &str,
    sheet: Option<&str>,
    schema: &Schema,
) -> Result<(Origin, Rows), Problems> {
    let bad = |what: String| {
        Problems::from(Problem::error(Place::whole(Origin::file(file)), TableMessage::BadWorkbook { what }))
    };
    let read = catching(|| sheet_rows(bytes, file, sheet, schema, bad));
    read.unwrap_or_else(|| Err(bad("its contents are damaged".to_owned())))
}

fn sheet_rows(
    bytes: Vec<u8>,
    file: &str,
    sheet: Option<&str>,
    schema: &Schema,
    bad: impl Fn(String) -> Problems + Copy,
) -> Result<(Origin, Rows), Problems> {
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
    let rows = cells(&mut book, &name, &origin, &mut problems).map_err(bad)?;
    if problems.stop() {
        return Err(problems);
    }
    let rows = in_lines(rows);
    if rows.is_empty() {
        return Err(Problem::error(Place::whole(origin), TableMessage::EmptyFile {}).into());
    }
    Ok((origin, rows))
}

/// The cells that hold something, by row and column from 0. Cell by cell, since a sheet taken whole is as large as its
/// farthest cell says, and one stray cell at its end would fill the memory.
fn cells(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    origin: &Origin,
    problems: &mut Problems,
) -> Result<BTreeMap<(u32, u32), String>, String> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| error.to_string())? {
        let (row, column) = cell.pos;
        if row >= ROWS || column >= COLUMNS {
            let place = Place::at(origin.clone(), row.saturating_add(1), column.saturating_add(1));
            return Err(format!("{place} lies beyond the last cell of any sheet"));
        }
        // A formula that nobody has calculated looks like an empty cell.
        if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
            problems.error(Place::at(origin.clone(), row + 1, column + 1), TableMessage::FormulaWithoutValue {});
        }
        let text = text(&cell.value.into());
        if !text.trim().is_empty() {
            cells.insert((row, column), text);
        }
    }
    Ok(cells)
}

/// Rows with their lines; each at least as long as the first, which names the columns.
fn in_lines(cells: BTreeMap<(u32, u32), String>) -> Rows {
    let mut rows: Rows = Vec::new();
    let mut width = 0;
    for ((row, column), text) in cells {
        if rows.last().is_none_or(|(line, _)| *line != row + 1) {
            if let [(_, headings)] = rows.as_slice() {
                width = headings.len();
            }
            rows.push((row + 1, vec![String::new(); width]));
        }
        if let Some((_, cells)) = rows.last_mut() {
            let column = column as usize;
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = text;
        }
    }
    rows
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
