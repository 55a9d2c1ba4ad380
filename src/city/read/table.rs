//! A table of text cells with its columns found, whether it came from a CSV file or a sheet.

use std::path::Path;

use crate::city::TableMessage;
use crate::city::builder::trimmed;
use crate::city::ledger::Ledger;
use crate::city::read::headings::{Kind, Schema, known_units, split_unit, unit};
use crate::city::read::{cells, csv, xlsx};
use crate::problem::{Origin, Place, Problem, Problems, nearest};

/// A file's rows, not yet looked at.
pub(super) struct Table {
    pub origin: Origin,
    body: Body,
}

enum Body {
    Text(String),
    Sheet(xlsx::Rows),
}

/// The cells of a row.
#[derive(Clone, Copy)]
pub(super) enum Row<'a> {
    Text(&'a ::csv::StringRecord),
    Sheet(&'a [String]),
}

impl<'a> Row<'a> {
    /// A cell; cells that are not there are empty.
    pub fn get(self, at: usize) -> &'a str {
        match self {
            Self::Text(record) => record.get(at).unwrap_or_default(),
            Self::Sheet(cells) => cells.get(at).map_or("", String::as_str),
        }
    }

    pub fn len(self) -> usize {
        match self {
            Self::Text(record) => record.len(),
            Self::Sheet(cells) => cells.len(),
        }
    }

    fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |at| self.get(at))
    }
}

impl Table {
    /// Reads a file. `name` is how the case names it: a path, for a workbook perhaps with `#sheet`. Its bytes go into `kept`
    /// too, if there is one.
    pub fn open(
        path: &Path,
        shown: &str,
        sheet: Option<&str>,
        schema: &Schema,
        kept: Option<&mut Vec<u8>>,
    ) -> Result<Self, Problems> {
        let origin = Origin::file(shown);
        let fault = |message| Problems::from(Problem::error(Place::whole(origin.clone()), message));
        if path.is_dir() {
            return Err(fault(TableMessage::IsDirectory {}));
        }
        let bytes = std::fs::read(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => fault(TableMessage::MissingFile { key: schema.key.to_owned() }),
            _ => fault(TableMessage::Unreadable { what: error.to_string() }),
        })?;
        if bytes.is_empty() {
            return Err(fault(TableMessage::EmptyFile {}));
        }
        if let Some(kept) = kept {
            kept.extend_from_slice(&bytes);
        }
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        match extension.as_str() {
            "xlsx" | "xlsm" => {
                let (origin, rows) = xlsx::read(bytes, shown, sheet, schema)?;
                Ok(Self { origin, body: Body::Sheet(rows) })
            }
            "xls" | "xlsb" | "ods" | "et" => Err(fault(TableMessage::OldWorkbook {})),
            _ => {
                let text = csv::decode(bytes, &origin)?;
                Ok(Self { origin, body: Body::Text(text) })
            }
        }
    }

    /// Calls `each` with every row, the first included, and its line.
    fn rows(&self, schema: &Schema, ledger: &mut Ledger, mut each: impl FnMut(&mut Ledger, u32, Row<'_>)) {
        match &self.body {
            Body::Text(text) => {
                let unclosed = csv::records(text, |line, record| each(ledger, line, Row::Text(record)));
                if let Some(line) = unclosed {
                    ledger.error(Place::line(self.origin.clone(), line), TableMessage::UnclosedQuote {});
                    ledger.unread(schema.key);
                }
            }
            Body::Sheet(rows) => rows.iter().for_each(|(line, cells)| each(ledger, *line, Row::Sheet(cells))),
        }
    }

    /// The first row that holds anything, as columns.
    pub fn columns(&self, schema: &'static Schema, basis: &str, ledger: &mut Ledger) -> Option<Columns> {
        let (line, headings) = self.headings(ledger)?;
        Columns::find(schema, self, line, &headings, basis, None, ledger)
    }

    /// The same of a table that has further columns, whose headings nobody knows beforehand: those that the schema does not have.
    pub fn columns_and_others(
        &self,
        schema: &'static Schema,
        basis: &str,
        ledger: &mut Ledger,
    ) -> Option<(Columns, Vec<Other>)> {
        let (line, headings) = self.headings(ledger)?;
        let mut others = Vec::new();
        let columns = Columns::find(schema, self, line, &headings, basis, Some(&mut others), ledger)?;
        Some((columns, others))
    }

    /// The first row that holds anything, and its line.
    fn headings(&self, ledger: &mut Ledger) -> Option<(u32, Vec<String>)> {
        let is_entry = |cell: &str| !cell.trim().is_empty();
        let (first, unclosed) = match &self.body {
            Body::Text(text) => {
                let mut first: Option<(u32, Vec<String>)> = None;
                let unclosed = csv::records(head(text), |line, record| {
                    if first.is_none() && record.iter().any(is_entry) {
                        first = Some((line, record.iter().map(str::to_owned).collect()));
                    }
                });
                (first, unclosed)
            }
            Body::Sheet(rows) => (rows.iter().find(|(_, cells)| cells.iter().any(|c| is_entry(c))).cloned(), None),
        };
        let Some((line, headings)) = first else {
            let (line, message) = match unclosed {
                Some(line) => (line, TableMessage::UnclosedQuote {}),
                None => (0, TableMessage::EmptyFile {}),
            };
            ledger.error(Place::line(self.origin.clone(), line), message);
            return None;
        };
        Some((line, headings))
    }

    /// What is said of a table whose first row holds no heading that is known.
    fn without_headings(&self, schema: &Schema, line: u32, first: &[String]) -> TableMessage {
        // One heading may be a word of a title; two side by side are none.
        let few = schema.required().clamp(1, 2);
        if let ([cell], Body::Text(_)) = (first, &self.body) {
            let marks = [
                (';', "semicolons", "分号"),
                ('；', "semicolons", "分号"),
                ('\t', "tabs", "制表符"),
                ('|', "bars", "竖线"),
            ];
            let other = marks.into_iter().find(|(mark, ..)| schema.known_among(cell.split(*mark)) >= few);
            if let Some((_, mark, mark_zh)) = other {
                return TableMessage::OtherSeparator { mark, mark_zh };
            }
        }
        match self.heading_below(schema, line, few) {
            Some(line) => TableMessage::HeadingsBelow { line },
            None => TableMessage::NoHeader { columns: schema.listed(), columns_zh: schema.listed_zh() },
        }
    }

    /// A row not far below the first, with so many known headings at least.
    fn heading_below(&self, schema: &Schema, line: u32, few: usize) -> Option<u32> {
        let is_near = |at: u32| at > line && at <= line + 20;
        match &self.body {
            Body::Text(text) => {
                let mut below = None;
                csv::records(head(text), |at, record| {
                    if below.is_none() && is_near(at) && schema.known_among(record.iter()) >= few {
                        below = Some(at);
                    }
                });
                below
            }
            Body::Sheet(rows) => {
                let is_it = |cells: &[String]| schema.known_among(cells.iter().map(String::as_str)) >= few;
                rows.iter().find(|(at, cells)| is_near(*at) && is_it(cells)).map(|(at, _)| *at)
            }
        }
    }

    /// Calls `each` with every row below the headings that holds an entry.
    pub fn entries(&self, columns: &Columns, ledger: &mut Ledger, mut each: impl FnMut(&mut Ledger, u32, Row<'_>)) {
        let origin = &self.origin;
        let lonely = columns.schema.required() > 2;
        self.rows(columns.schema, ledger, |ledger, line, row| {
            if line <= columns.line {
                return;
            }
            let Some(first) = row.iter().map(trimmed).find(|cell| !cell.is_empty()) else { return };
            if !first.bytes().any(|b| b.is_ascii_digit()) && first.len() <= 36 && cells::is_total(first) {
                let message = TableMessage::TotalSkipped { word: first.to_owned() };
                return ledger.note(Place::line(origin.clone(), line), message);
            }
            // As notes below a table are: one word for them, rather than one for every cell that they lack.
            let mut filled = (0..row.len()).filter(|at| !trimmed(row.get(*at)).is_empty());
            let is_alone = filled.next().is_some_and(|at| at < columns.width) && filled.next().is_none();
            if lonely && is_alone {
                let message = TableMessage::LonelyCell { text: first.to_owned() };
                return ledger.error(Place::line(origin.clone(), line), message);
            }
            let width = columns.width;
            if row.len() < width {
                ledger.unread(columns.schema.key);
                let message = TableMessage::TooFewCells { cells: row.len(), columns: width };
                return ledger.error(Place::line(origin.clone(), line), message);
            }
            if row.len() > width
                && let Some(at) = (width..row.len()).find(|at| !row.get(*at).trim().is_empty())
            {
                ledger.unread(columns.schema.key);
                let cells = (width..row.len()).rev().find(|at| !row.get(*at).trim().is_empty()).unwrap_or(at) + 1;
                let message = match at < columns.headings || matches!(row, Row::Sheet(_)) {
                    true => TableMessage::NamelessColumn {},
                    false => TableMessage::TooManyCells { cells, columns: width },
                };
                return ledger.error(Place::at(origin.clone(), line, at as u32 + 1), message);
            }
            each(ledger, line, row);
        });
    }
}

/// Enough of a text to hold its first row that holds anything.
fn head(text: &str) -> &str {
    let blank = text.len() - text.trim_start_matches(['\r', '\n', ',', ' ', '\t']).len();
    let mut end = (blank + 64 * 1024).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    text.get(..end).unwrap_or(text)
}

/// Where a table's columns are.
pub(super) struct Columns {
    pub schema: &'static Schema,
    /// The line of the headings.
    pub line: u32,
    /// The number of columns up to the last that has a heading.
    width: usize,
    /// The number of cells of the headings' row.
    headings: usize,
    /// For each column of the schema, its cell and its unit's power of ten, and the unit as it was written.
    found: Vec<Option<Found>>,
}

struct Found {
    at: usize,
    power: i8,
    unit: String,
}

/// A column that the schema does not have.
pub(super) struct Other {
    /// Its cell.
    pub at: usize,
    /// Its heading without the unit.
    pub name: String,
    /// Its unit's power of ten, taken as one of volumes.
    pub power: i8,
    /// Where its heading stands.
    pub place: Place,
}

/// More unknown columns than so many, and than known ones, are those of another table.
const OTHER: usize = 3;

impl Columns {
    fn find(
        schema: &'static Schema,
        table: &Table,
        line: u32,
        headings: &[String],
        basis: &str,
        others: Option<&mut Vec<Other>>,
        ledger: &mut Ledger,
    ) -> Option<Self> {
        let origin = &table.origin;
        let place = |at: usize| Place::at(origin.clone(), line, at as u32 + 1);
        let mut found: Vec<Option<Found>> = schema.columns.iter().map(|_| None).collect();
        let mut strange: Vec<(usize, String)> = Vec::new();
        for (at, heading) in headings.iter().enumerate().filter(|(_, heading)| !heading.trim().is_empty()) {
            let (name, unit_text) = split_unit(heading);
            let Some(column) = schema.find(&name).or_else(|| schema.find(heading)) else {
                strange.push((at, heading.trim().to_owned()));
                continue;
            };
            let (Some(slot), Some(column)) = (found.get_mut(column), schema.columns.get(column)) else { continue };
            if let Some(first) = slot {
                let (column, column_zh, first) = (column.en, column.zh, place(first.at).to_string());
                ledger.error(place(at), TableMessage::DuplicateColumn { column, column_zh, first });
                continue;
            }
            let power = unit_text.as_ref().map_or(0, |text| power(column.kind, text, basis, place(at), ledger));
            *slot = Some(Found { at, power, unit: unit_text.unwrap_or_default() });
        }
        if found.iter().all(Option::is_none) {
            ledger.error(Place::line(origin.clone(), line), table.without_headings(schema, line, headings));
            return None;
        }
        let strange = match others {
            None => strange,
            Some(others) => {
                others.extend(strange.into_iter().map(|(at, heading)| {
                    let (name, unit) = split_unit(&heading);
                    let power = unit.map_or(0, |text| power(Kind::Volume, &text, basis, place(at), ledger));
                    Other { at, name, power, place: place(at) }
                }));
                Vec::new()
            }
        };
        let known = found.iter().flatten().count();
        let lacks = schema.columns.iter().zip(&found).any(|(column, found)| column.required && found.is_none());
        let is_near = |(_, heading): &(usize, String)| nearest(heading, schema.names()).is_some();
        // Of a table that was mistaken for another it helps nobody to hear column by column what it is not.
        if lacks && strange.len() > known.max(OTHER) && !strange.iter().any(is_near) {
            let (unknown, columns, columns_zh) = (strange.len(), schema.listed(), schema.listed_zh());
            let message = TableMessage::OtherTable { unknown, headings: unknown + known, columns, columns_zh };
            ledger.error(Place::line(origin.clone(), line), message);
            return None;
        }
        for (at, heading) in strange {
            let message = match nearest(&heading, schema.names()) {
                Some(near) => TableMessage::UnknownColumn { heading, near: near.to_owned() },
                None => {
                    TableMessage::StrangeColumn { heading, columns: schema.listed(), columns_zh: schema.listed_zh() }
                }
            };
            ledger.error(place(at), message);
        }
        let mut complete = true;
        for (column, found) in schema.columns.iter().zip(&found) {
            if column.required && found.is_none() {
                let (column, column_zh) = (column.en, column.zh);
                ledger.error(Place::line(origin.clone(), line), TableMessage::MissingColumn { column, column_zh });
                complete = false;
            }
        }
        let width = headings.iter().rposition(|heading| !heading.trim().is_empty()).map_or(0, |at| at + 1);
        complete.then_some(Self { schema, line, width, headings: headings.len(), found })
    }

    /// `(name, column)` of each column that is there, for places.
    pub fn places(&self) -> Vec<(&'static str, u32)> {
        let columns = self.schema.columns.iter().zip(&self.found);
        columns.filter_map(|(column, found)| Some((column.en, found.as_ref()?.at as u32 + 1))).collect()
    }

    fn at(&self, column: usize) -> Option<&Found> {
        self.found.get(column).and_then(Option::as_ref)
    }
}

/// The power of ten of a heading's unit.
fn power(kind: Kind, text: &str, basis: &str, place: Place, ledger: &mut Ledger) -> i8 {
    let Some(unit) = unit(kind, text) else {
        // Words in brackets behind a column without a unit explain it.
        if known_units(kind) != "-" {
            let known = known_units(kind).to_owned();
            ledger.error(place, TableMessage::BadUnit { unit: text.to_owned(), known });
        }
        return 0;
    };
    if unit.basis.is_some_and(|named| !basis.starts_with(named)) {
        let message = TableMessage::OtherBasis { unit: text.to_owned(), basis: basis.to_owned() };
        ledger.error(place, message);
    }
    unit.power
}

/// The cells of one row by the schema's columns; complains about what they cannot be.
pub(super) struct Cells<'r, 'l> {
    pub row: Row<'r>,
    pub line: u32,
    pub origin: &'l Origin,
    pub columns: &'l Columns,
    pub ledger: &'l mut Ledger,
}

impl<'r> Cells<'r, '_> {
    /// The column's cell, trimmed; empty if the table lacks the column.
    pub fn text(&mut self, column: usize) -> &'r str {
        let Some(found) = self.columns.at(column) else { return "" };
        let text = trimmed(self.row.get(found.at));
        match text.as_bytes().first() {
            Some(b'#') if cells::is_error(text) => {
                self.error(column, |_, _| TableMessage::CellError { text: text.to_owned() });
                ""
            }
            Some(b'\'') => cells::unguarded(text),
            _ => text,
        }
    }

    /// The column's cell, if it holds anything.
    pub fn some(&mut self, column: usize) -> Option<&'r str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    /// An id, which a spreadsheet may have turned into a number.
    pub fn id(&mut self, column: usize) -> &'r str {
        let text = self.text(column);
        if text.starts_with(|c: char| c.is_ascii_digit()) && cells::is_scientific(text) {
            let value = text.to_owned();
            self.error(column, |column, column_zh| TableMessage::MangledId { column, column_zh, value });
        }
        text
    }

    /// A whole number, in the column's own unit; `None` and a complaint if it is none, or if it is empty and
    /// must not be.
    pub fn whole(&mut self, column: usize) -> Option<u64> {
        let found = self.columns.at(column)?;
        let text = self.text(column);
        match cells::whole(text, found.power) {
            Ok(number) => Some(number),
            Err(fault) => self.fault(column, fault, text),
        }
    }

    /// An exact decimal, likewise.
    pub fn decimal(&mut self, column: usize) -> Option<crate::units::Decimal> {
        let found = self.columns.at(column)?;
        let text = self.text(column);
        match cells::decimal(text, found.power) {
            Ok(number) => Some(number),
            Err(fault) => self.fault(column, fault, text),
        }
    }

    /// A percentage, with its sign or without.
    pub fn percent(&mut self, column: usize) -> Option<crate::units::Decimal> {
        let found = self.columns.at(column)?;
        let text = self.text(column);
        match cells::decimal(text.strip_suffix(['%', '％']).unwrap_or(text).trim_end(), found.power) {
            Ok(number) => Some(number),
            Err(fault) => self.fault(column, fault, text),
        }
    }

    /// A date that must be there.
    pub fn date(&mut self, column: usize) -> Option<crate::units::Date> {
        let text = self.text(column);
        let date = cells::date(text);
        if date.is_none() {
            let value = text.to_owned();
            self.error(column, |column, column_zh| match value.is_empty() {
                true => TableMessage::EmptyKey { column, column_zh },
                false => TableMessage::BadDate { column, column_zh, value },
            });
        }
        date
    }

    /// A temperature that must be there.
    pub fn temperature(&mut self, column: usize) -> Option<crate::units::Celsius> {
        let text = self.text(column);
        let read = cells::temperature(text);
        if read.is_none() {
            let value = text.to_owned();
            self.error(column, |column, column_zh| match value.is_empty() {
                true => TableMessage::EmptyKey { column, column_zh },
                false => TableMessage::BadTemperature { column, column_zh, value },
            });
        }
        // Stations write such figures for days without a measurement, and nobody would see what they do to a model.
        let is_anywhere = |own: &crate::units::Celsius| (-9000..=6000).contains(&own.get());
        if read.is_some_and(|own| !is_anywhere(&own)) {
            let value = text.to_owned();
            self.error(column, |column, column_zh| TableMessage::NowhereOnEarth { column, column_zh, value });
        }
        read.filter(is_anywhere)
    }

    /// A date and a time of day, if the cell holds anything.
    pub fn moment(&mut self, column: usize) -> Option<crate::units::Moment> {
        let text = self.some(column)?;
        let read = cells::moment(text);
        if read.is_none() {
            let value = text.to_owned();
            self.error(column, |column, column_zh| TableMessage::BadMoment { column, column_zh, value });
        }
        read
    }

    /// True or false, which must be there.
    pub fn truth(&mut self, column: usize) -> Option<bool> {
        let text = self.text(column);
        let truth = cells::truth(text);
        if truth.is_none() {
            let value = text.to_owned();
            self.error(column, |column, column_zh| match value.is_empty() {
                true => TableMessage::EmptyKey { column, column_zh },
                false => TableMessage::BadTruth { column, column_zh, value },
            });
        }
        truth
    }

    /// One of a few words; nothing has a meaning too.
    pub fn word<T: Default>(&mut self, column: usize, read: fn(&str) -> Option<T>, known: &str) -> T {
        let text = self.text(column);
        read(text).unwrap_or_else(|| {
            let (value, known) = (text.to_owned(), known.to_owned());
            self.error(column, |column, column_zh| TableMessage::UnknownWord { column, column_zh, value, known });
            T::default()
        })
    }

    /// One of a few words, which must be there.
    pub fn must_word<T>(&mut self, column: usize, read: fn(&str) -> Option<T>, known: &str) -> Option<T> {
        let text = self.text(column);
        let word = read(text);
        if word.is_none() {
            let (value, known) = (text.to_owned(), known.to_owned());
            self.error(column, |column, column_zh| match value.is_empty() {
                true => TableMessage::EmptyKey { column, column_zh },
                false => TableMessage::UnknownWord { column, column_zh, value, known },
            });
        }
        word
    }

    fn fault<T>(&mut self, at: usize, fault: cells::Fault, text: &str) -> Option<T> {
        use cells::Fault;
        let required = self.columns.schema.columns.get(at).is_some_and(|column| column.required);
        // An error of the spreadsheet reads as nothing and was told.
        let was = self.columns.at(at).map_or("", |found| self.row.get(found.at).trim());
        if fault == Fault::Empty && (!required || !was.is_empty()) {
            return None;
        }
        let unit = self.columns.at(at).filter(|found| found.power != 0).map(|found| found.unit.clone());
        let value = text.to_owned();
        self.error(at, |column, column_zh| match (fault, unit) {
            (Fault::Empty, _) => TableMessage::EmptyCell { column, column_zh },
            (Fault::NotANumber, _) => TableMessage::NotANumber { column, column_zh, value },
            (Fault::Negative, _) => TableMessage::Negative { column, column_zh, value },
            (Fault::Fraction, Some(unit)) => TableMessage::FractionOfUnit { column, column_zh, value, unit },
            (Fault::Fraction, None) => TableMessage::Fraction { column, column_zh, value },
            (Fault::Scientific, _) => TableMessage::Scientific { column, column_zh, value },
            (Fault::TooLarge, _) => TableMessage::TooLarge { column, column_zh, value },
            (Fault::TooManyDecimals, _) => TableMessage::TooManyDecimals { column, column_zh, value },
        });
        None
    }

    fn error(&mut self, at: usize, message: impl FnOnce(&'static str, &'static str) -> TableMessage) {
        let column = self.columns.at(at).map_or(0, |found| found.at as u32 + 1);
        let (en, zh) = self.columns.schema.columns.get(at).map_or(("", ""), |column| (column.en, column.zh));
        self.ledger.error(Place::at(self.origin.clone(), self.line, column), message(en, zh));
    }
}

/// A CSV text without the rows whose date is none of some days; `None` if its headings are not found.
pub(super) fn of_days(
    text: &str,
    schema: &'static Schema,
    days: impl Fn(crate::units::Date) -> bool,
) -> Option<String> {
    let date = schema.find("date")?;
    let mut column = None;
    let mut kept = String::with_capacity(4096);
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = ::csv::StringRecord::new();
    let mut from = 0;
    while reader.read_record(&mut record).ok()? {
        let until = reader.position().byte() as usize;
        let row = text.get(from..until)?;
        from = until;
        let stays = match column {
            None => {
                if record.iter().any(|cell| !cell.trim().is_empty()) {
                    let is_date = |heading: &str| schema.find(&split_unit(heading).0) == Some(date);
                    column = Some(record.iter().position(is_date)?);
                }
                true
            }
            Some(column) => {
                let cell = trimmed(record.get(column).unwrap_or_default());
                cells::date(cells::unguarded(cell)).is_none_or(&days)
            }
        };
        if stays {
            kept.push_str(row);
        }
    }
    column.map(|_| kept)
}
