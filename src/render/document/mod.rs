//! What a sheet of paper says, before anybody decides how it looks: reports and notices are put together once, as a
//! [`Document`], and written as Markdown, HTML or DOCX.
//!
//! Texts are whole, in one language, and plain: a format escapes them, so that no name can break a table or a page.

mod clean;
mod docx;
mod format;
mod html;
mod markdown;
#[cfg(test)]
mod tests;
mod words;
pub(in crate::render) mod xml;

#[cfg_attr(not(feature = "record"), allow(unused_imports, reason = "all papers are made of a record"))]
pub(crate) use format::{Format, write};

use crate::units::Date;

/// What a paper is, so that nobody can take it for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// To be carried out.
    Order,
    /// Be ready: nothing is to be done yet.
    Warning,
    /// Not approved yet; nobody acts on it.
    Proposal,
    /// It was an order, and nothing of it is to be done any more.
    Past,
    /// An exercise: nothing is to be done at all. It outshines every other mark.
    Exercise,
}

/// One paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// In one line.
    pub title: String,
    /// The day that it is of, or was made on: what a workbook states as the time of its making.
    pub date: Date,
    /// Who speaks, of what day, in what version: lines under the title.
    pub under: Vec<String>,
    /// On every page, in words and so that a photocopy shows it.
    pub marks: Vec<(Mark, String)>,
    /// From the top to the bottom.
    pub blocks: Vec<Block>,
    /// At the foot of every page: where it comes from, and the head of the record.
    pub foot: String,
}

/// A table of more columns wants a turned page.
const UPRIGHT: usize = 8;

impl Document {
    /// The marks, an exercise's before all others.
    fn marks(&self) -> impl Iterator<Item = &(Mark, String)> {
        let of = |exercise: bool| self.marks.iter().filter(move |(mark, _)| (*mark == Mark::Exercise) == exercise);
        of(true).chain(of(false))
    }

    /// Whether the page is turned, so that a table of many columns fits.
    fn is_wide(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.columns.len() > UPRIGHT))
    }
}

/// A piece of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading of a section.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A paragraph that nobody may miss: beyond authority, a protected customer touched.
    Loud(String),
    /// Something by the way: a source, a caveat.
    Note(String),
    /// Names and what they are, one below the other.
    Facts(Vec<(String, String)>),
    /// Points, one below the other.
    List(Vec<String>),
    /// Rows under headings.
    Table(Table),
    /// What a person still has to write by hand: what is asked, and how many lines to leave.
    FillIn(String, usize),
    /// The title of a further paper in the same file, which begins on a new page.
    Next(String),
}

/// Rows under headings. Every row has as many cells as there are columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// The headings, with units where a column has one.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// The last row, set off: a sum.
    pub total: Option<Vec<String>>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its heading.
    pub heading: String,
    /// Figures stand to the right.
    pub figures: bool,
}
