//! Workbooks for Excel and WPS: orders and companies' stop lists, any paper, and the template of a case.
//!
//! What a sheet says is put together first, as a [`Sheet`] of [`Cell`]s, and written once, in [`write`]. Texts are texts
//! whatever they look like, figures are numbers, and a sum is a formula that carries its value, so that a program that does not
//! calculate shows it too.

mod about;
mod book;
mod notes;
mod orders;
mod paper;
mod summary;
mod template;
mod words;

use std::borrow::Cow;

pub(crate) use book::{Properties, write};
pub(crate) use orders::{Standing, Told, companies, lists, longest, orders, texts, told};
pub(crate) use paper::paper;
pub(crate) use template::{Example, sheet_of, template};

use crate::units::{Date, Milli};

/// How many rows a sheet can hold, its headings and its sum among them.
pub(crate) const ROWS: usize = 1_048_576;

/// A sheet of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Sheet<'a> {
    /// Its name; what no spreadsheet takes in a name is changed when it is written.
    pub name: String,
    /// Its rows, from the first.
    pub rows: Vec<Vec<Cell<'a>>>,
    /// How many rows and columns stay in sight.
    pub frozen: (u32, u16),
    /// The last row that a filter below the first one covers, from 0.
    pub filter: Option<u32>,
    /// The columns' widths, in digits of the standard font; measured where there are none.
    pub widths: Vec<u16>,
    /// Whether it is printed sideways.
    pub landscape: bool,
    /// Whether its tab is red.
    pub loud: bool,
    /// What is said of a cell when somebody points at it: row, column, words.
    pub notes: Vec<(u32, u16, String)>,
    /// What may be typed into cells.
    pub rules: Vec<Rule>,
    /// What is typed into the columns below the rows, where that matters.
    pub filled: Vec<Entry>,
}

/// What is typed into a column, for what a spreadsheet must not make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Anything.
    Any,
    /// An id, which stays a text.
    Id,
    /// A whole number.
    Whole,
    /// A date.
    Date,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    /// What it holds.
    pub value: Value<'a>,
    /// How it looks.
    pub style: Style,
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// Nothing.
    #[default]
    Empty,
    /// A text, never a formula.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(u64),
    /// A decimal number as it is written, without groups: `-12.50`.
    Decimal(String),
    /// A date.
    Date(Date),
    /// A formula and what comes of it, as a decimal number.
    Formula(String, String),
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Style {
    /// Like any other.
    #[default]
    Plain,
    /// The head of a column.
    Head,
    /// The head of a column that may be left out.
    Optional,
    /// The first line of a sheet.
    Title,
    /// A heading, or the name of a figure.
    Label,
    /// What nobody may miss.
    Loud,
    /// Something to look at.
    Warn,
    /// Something by the way.
    Note,
    /// A sum.
    Total,
    /// Prose over several lines.
    Prose,
}

/// What may be typed into the cells of a column.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The first and the last row, from 0.
    pub rows: (u32, u32),
    /// The column, from 0.
    pub column: u16,
    /// What.
    pub only: Only,
    /// What is said when it is something else.
    pub told: String,
}

/// What a cell may hold.
#[derive(Debug)]
pub(crate) enum Only {
    /// An entry of a range, `=sheet!$A$1:$A$9`; others are asked about, and refused if `strict`.
    Listed { range: String, strict: bool },
    /// A whole number, from and to.
    Whole(u64, u64),
    /// A number from 0 to this one.
    Number(u64),
    /// A date.
    Date,
}

impl<'a> Cell<'a> {
    /// A text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        let value = if text.is_empty() { Value::Empty } else { Value::Text(text) };
        Self { value, style: Style::Plain }
    }

    /// A whole number.
    pub const fn whole(number: u64) -> Self {
        Self { value: Value::Whole(number), style: Style::Plain }
    }

    /// A volume of an hour.
    pub fn milli(volume: Milli) -> Self {
        let (whole, rest) = (volume.0 / 1_000, volume.0 % 1_000);
        let value = if rest == 0 { Value::Whole(whole) } else { Value::Decimal(format!("{whole}.{rest:03}")) };
        Self { value, style: Style::Plain }
    }

    /// In another style.
    pub fn styled(self, style: Style) -> Self {
        Self { style, ..self }
    }
}
