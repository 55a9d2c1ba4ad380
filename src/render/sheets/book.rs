//! Sheets as the bytes of a workbook: the only place that knows the library that writes them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, IgnoreError, Note, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::{Cell, Entry, Only, ROWS, Rule, Sheet, Style, Value};
use crate::city::read::sheet_name;
use crate::render::fmt;
use crate::units::Date;

/// A cell holds so many characters (of UTF-16).
const LONGEST: usize = 32_767;

/// A text in a column's format that is longer shows as `####` in some programs.
const LONGEST_KEPT: usize = 255;

/// Columns are measured by so many rows, and no wider than this.
const MEASURED: usize = 2_000;
const WIDEST: usize = 56;

/// How high a line is, in points: room enough for Chinese type.
const LINE: f64 = 16.5;

/// A row is at most so many lines high.
const LINES: usize = 24;

/// The head and the foot of a printed page hold so many characters.
const PAGE_LINE: usize = 120;

/// What is said of a workbook as a whole.
pub(crate) struct Properties {
    /// What it is.
    pub title: String,
    /// The day that stands for the moment of its making, so that the same decision gives the same bytes.
    pub date: Date,
    /// At the head of every printed page: what it is, and how far it has come.
    pub head: (String, String),
    /// At its foot.
    pub foot: String,
}

/// Writes the sheets, the first of which is shown first.
pub(crate) fn write(sheets: &[Sheet<'_>], properties: &Properties, to: &mut dyn Write) -> io::Result<()> {
    let bytes = bytes(sheets, properties).map_err(io::Error::other)?;
    to.write_all(&bytes)
}

fn bytes(sheets: &[Sheet<'_>], properties: &Properties) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let date = properties.date;
    let made = ExcelDateTime::from_ymd(date.year(), date.month(), date.day())?;
    book.set_properties(
        &DocProperties::new().set_title(&properties.title).set_author("curtail").set_creation_datetime(&made),
    );
    let mut formats = Formats::default();
    let mut taken = Vec::new();
    for sheet in sheets {
        one(book.add_worksheet(), sheet, &free(&sheet.name, &mut taken), properties, &mut formats)?;
    }
    book.save_to_buffer()
}

/// A name that no sheet before has, however it is capitalised.
fn free(name: &str, taken: &mut Vec<String>) -> String {
    let mut free = sheet_name(name);
    for number in 2.. {
        if !taken.contains(&free.to_lowercase()) {
            break;
        }
        let end = format!(" ({number})");
        free = cut(&sheet_name(name), 31 - end.len()) + &end;
    }
    taken.push(free.to_lowercase());
    free
}

fn one(
    sheet: &mut Worksheet,
    from: &Sheet<'_>,
    name: &str,
    properties: &Properties,
    formats: &mut Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    for (row, cells) in (0..).zip(&from.rows) {
        for (column, cell) in (0..).zip(cells) {
            put(sheet, row, column, cell, formats)?;
        }
    }
    let widths = widths(from);
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, *width)?;
    }
    for (column, entry) in (0..).zip(&from.filled) {
        let shape = match entry {
            Entry::Any => continue,
            Entry::Id => Shape::Kept,
            Entry::Whole => Shape::Number(0),
            Entry::Date => Shape::Date,
        };
        sheet.set_column_format(column, formats.of(Style::Plain, shape))?;
    }
    sheet.set_default_row_height(LINE);
    for (row, lines) in heights(from, &widths) {
        sheet.set_row_height(row, LINE * lines as f64)?;
    }
    sheet.set_freeze_panes(from.frozen.0, from.frozen.1)?;
    let columns = from.rows.first().map_or(0, Vec::len) as u16;
    if let (Some(last), Some(column)) = (from.filter, columns.checked_sub(1)) {
        sheet.autofilter(0, 0, last, column)?;
    }
    if from.loud {
        sheet.set_tab_color(Color::Red);
    }
    for (row, column, text) in &from.notes {
        let lines = text.lines().map(|line| line.width().div_ceil(34).max(1)).sum::<usize>() as u32;
        let note = Note::new(text).add_author_prefix(false).set_width(260).set_height(24 + 18 * lines);
        sheet.insert_note(*row, *column, &note)?;
    }
    for rule in &from.rules {
        let (first, last) = rule.rows;
        sheet.add_data_validation(first, rule.column, last, rule.column, &validation(rule)?)?;
    }
    // Ids are texts on purpose.
    let (last, columns) = (from.rows.len().clamp(1, ROWS) as u32 - 1, columns.max(1));
    sheet.ignore_error_range(0, 0, last, columns - 1, IgnoreError::NumberStoredAsText)?;
    page(sheet, from, properties);
    if from.frozen.0 > 0 {
        sheet.set_repeat_rows(0, from.frozen.0 - 1)?;
    }
    Ok(())
}

/// How it is printed: on A4, as wide as the page, what it is on every page.
fn page(sheet: &mut Worksheet, from: &Sheet<'_>, properties: &Properties) {
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if from.landscape {
        sheet.set_landscape();
    }
    let line = |text: &str| cut(text, PAGE_LINE).replace('&', "&&");
    let (left, right) = &properties.head;
    sheet.set_header(format!("&L{}&R&\"-,Bold\"{}", line(left), line(right)));
    sheet.set_footer(format!("&L{}&R&P / &N", line(&properties.foot)));
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell<'_>, formats: &mut Formats) -> Result<(), XlsxError> {
    match &cell.value {
        Value::Empty => {
            if cell.style != Style::Plain {
                sheet.write_blank(row, column, formats.of(cell.style, Shape::Words))?;
            }
        }
        Value::Text(text) => {
            let shape = match text.as_bytes().first() {
                _ if fmt::is_formula(text) => Shape::Guarded,
                // What begins like a number would become one, or a date, as soon as somebody edits it.
                Some(b'0'..=b'9' | b'.') if text.len() <= LONGEST_KEPT => Shape::Kept,
                _ if wraps(cell.style, text) => Shape::Lines,
                _ => Shape::Words,
            };
            sheet.write_string_with_format(row, column, cut(text, LONGEST), formats.of(cell.style, shape))?;
        }
        Value::Whole(number) => {
            sheet.write_number_with_format(row, column, *number as f64, formats.of(cell.style, Shape::Number(0)))?;
        }
        Value::Decimal(text) => {
            let format = formats.of(cell.style, Shape::Number(decimals(text)));
            // The shortest text of this number is the text itself, up to fifteen digits.
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number_with_format(row, column, number, format)?,
                Err(_) => sheet.write_string_with_format(row, column, text, format)?,
            };
        }
        Value::Date(date) => {
            let date = ExcelDateTime::from_ymd(date.year(), date.month(), date.day())?;
            sheet.write_datetime_with_format(row, column, &date, formats.of(cell.style, Shape::Date))?;
        }
        Value::Formula(formula, value) => {
            let format = formats.of(cell.style, Shape::Number(decimals(value)));
            sheet.write_formula_with_format(row, column, Formula::new(formula).set_result(value), format)?;
        }
    }
    Ok(())
}

/// The digits behind the point.
fn decimals(number: &str) -> u8 {
    number.split_once('.').map_or(0, |(_, digits)| digits.len().min(18) as u8)
}

/// A text of at most so many characters of UTF-16, the cut marked.
fn cut(text: &str, most: usize) -> String {
    if text.len() <= most || text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= most
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// A text as a cell holds it, and as it is read back.
pub(super) fn as_written(text: &str) -> String {
    cut(text, LONGEST)
}

/// The cells of a column of another sheet, from the second row to one counted from 1: `='sheet'!$A$2:$A$9`.
pub(super) fn absolute(sheet: &str, column: usize, last: usize) -> String {
    let name = column_number_to_name(column as u16);
    format!("='{sheet}'!${name}$2:${name}${last}")
}

/// The range of a column's cells from one row to another, both from 0: `$C$2:$C$9`.
pub(super) fn range(column: usize, first: usize, last: usize) -> String {
    let name = column_number_to_name(column as u16);
    format!("{name}{}:{name}{}", first + 1, last + 1)
}

/// The widths of the columns: what they say of themselves, or else the widest text of the first rows.
fn widths(sheet: &Sheet<'_>) -> Vec<f64> {
    if !sheet.widths.is_empty() {
        return sheet.widths.iter().map(|width| f64::from(*width)).collect();
    }
    let mut widths: Vec<usize> = Vec::new();
    let last = sheet.rows.len().saturating_sub(3);
    let measured = sheet.rows.iter().enumerate().filter(|(at, _)| *at < MEASURED || *at > last);
    for cells in measured.map(|(_, cells)| cells) {
        widths.resize(widths.len().max(cells.len()), 0);
        for (cell, widest) in cells.iter().zip(&mut widths) {
            *widest = (*widest).max(width(cell));
        }
    }
    widths.into_iter().map(|width| (width.clamp(6, WIDEST) + 2) as f64).collect()
}

/// The rows that are not one line high, and how many they are: spreadsheets do not all find out themselves.
fn heights(sheet: &Sheet<'_>, widths: &[f64]) -> Vec<(u32, usize)> {
    let high = |cells: &Vec<Cell<'_>>| {
        let lines = cells.iter().zip(widths).map(|(cell, width)| match (cell.style, &cell.value) {
            (Style::Title, _) => 2,
            (_, Value::Text(text)) if wraps(cell.style, text) => {
                text.lines().map(|line| line.width().div_ceil(*width as usize).max(1)).sum()
            }
            _ => 1,
        });
        lines.max().unwrap_or(1).min(LINES)
    };
    (0..).zip(&sheet.rows).map(|(row, cells)| (row, high(cells))).filter(|(_, lines)| *lines > 1).collect()
}

/// Whether a text goes on in a further line.
fn wraps(style: Style, text: &str) -> bool {
    match style {
        Style::Loud | Style::Warn | Style::Note | Style::Prose => true,
        Style::Plain => text.len() > WIDEST && text.width() > WIDEST,
        Style::Head | Style::Optional | Style::Title | Style::Label | Style::Total => false,
    }
}

fn width(cell: &Cell<'_>) -> usize {
    let grouped = |digits: &str| digits.len() + digits.len() / 3;
    let wide = match &cell.value {
        Value::Empty => 0,
        Value::Text(text) => text.lines().map(UnicodeWidthStr::width).max().unwrap_or_default() + 1,
        Value::Whole(number) => fmt::grouped(*number).len(),
        Value::Decimal(text) | Value::Formula(_, text) => grouped(text),
        Value::Date(_) => 10,
    };
    // Heads carry the button of the filter, and bold is wider.
    match cell.style {
        Style::Head | Style::Optional => wide + 3,
        Style::Total | Style::Label => wide + wide / 8,
        Style::Title | Style::Loud | Style::Prose => 0,
        Style::Plain | Style::Warn | Style::Note => wide,
    }
}

fn validation(rule: &Rule) -> Result<DataValidation, XlsxError> {
    let number = |number: u64| Formula::new(number.to_string());
    let only =
        match &rule.only {
            Only::Listed { range, .. } => DataValidation::new().allow_list_formula(Formula::new(range)),
            Only::Whole(from, to) => DataValidation::new()
                .allow_whole_number_formula(DataValidationRule::Between(number(*from), number(*to))),
            Only::Number(most) => DataValidation::new()
                .allow_decimal_number_formula(DataValidationRule::Between(number(0), number(*most))),
            Only::Date => {
                let (from, to) = (ExcelDateTime::from_ymd(2000, 1, 1)?, ExcelDateTime::from_ymd(2199, 12, 31)?);
                DataValidation::new().allow_date(DataValidationRule::Between(from, to))
            }
        };
    let style = match rule.only {
        Only::Listed { strict: false, .. } => DataValidationErrorStyle::Warning,
        _ => DataValidationErrorStyle::Stop,
    };
    only.set_error_message(cut(&rule.told, 255)).map(|rule| rule.set_error_style(style))
}

/// The formats in use: one of each kind, whatever the number of cells.
#[derive(Default)]
struct Formats(BTreeMap<(Style, Shape), Format>);

/// What a format is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    /// Words.
    Words,
    /// Words over several lines.
    Lines,
    /// A text that looks like a number, which it must not become.
    Kept,
    /// A text that looks like a formula, which it must not become either.
    Guarded,
    /// A number with so many decimals.
    Number(u8),
    /// A date.
    Date,
}

impl Formats {
    fn of(&mut self, style: Style, shape: Shape) -> &Format {
        self.0.entry((style, shape)).or_insert_with(|| format(style, shape))
    }
}

fn format(style: Style, shape: Shape) -> Format {
    let format = Format::new().set_align(FormatAlign::VerticalCenter);
    let format = match shape {
        Shape::Words => format.set_indent(1),
        Shape::Lines => format.set_indent(1).set_text_wrap(),
        Shape::Kept => format.set_num_format("@").set_indent(1),
        // The quote prefix is a spreadsheet's own apostrophe: it stays a text even when somebody edits it.
        Shape::Guarded => format.set_num_format("@").set_quote_prefix().set_indent(1),
        Shape::Number(0) => format.set_num_format("#,##0"),
        Shape::Number(decimals) => format.set_num_format(format!("#,##0.{}", "0".repeat(decimals.into()))),
        Shape::Date => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
    };
    match style {
        Style::Plain => format,
        Style::Head => format
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(0x1F_4E_78))
            .set_border_bottom(FormatBorder::Thin)
            .set_align(FormatAlign::Center),
        Style::Optional => format
            .set_bold()
            .set_font_color(Color::RGB(0x1F_4E_78))
            .set_background_color(Color::RGB(0xDD_EB_F7))
            .set_border_bottom(FormatBorder::Thin)
            .set_align(FormatAlign::Center),
        Style::Title => format.set_bold().set_font_size(16),
        Style::Label => format.set_bold().set_align(FormatAlign::Top),
        Style::Loud => format.set_bold().set_font_color(Color::White).set_background_color(Color::RGB(0xC0_00_00)),
        Style::Warn => format.set_background_color(Color::RGB(0xFF_F2_CC)),
        Style::Note => format.set_italic().set_font_color(Color::RGB(0x59_59_59)),
        Style::Total => format.set_bold().set_border_top(FormatBorder::Double),
        Style::Prose => format.set_align(FormatAlign::Top),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_sheets_have_one_name_and_every_name_is_a_sheets() {
        let mut taken = Vec::new();
        let long = "x".repeat(40);
        for (name, written) in [
            ("orders", "orders"),
            ("Orders", "Orders (2)"),
            ("a/b:c", "a_b_c"),
            ("'quoted'", "_quoted_"),
            ("", "_"),
            ("History", "History_"),
            (&*long, &long[..31]),
            (&*long, "xxxxxxxxxxxxxxxxxxxxxxxxxx… (2)"),
        ] {
            assert_eq!(free(name, &mut taken), written, "{name}");
        }
    }

    #[test]
    fn a_text_is_cut_where_a_cell_ends() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("缺口", 2), "缺口");
        assert_eq!(cut("😀😀", 3), "😀…");
    }
}
