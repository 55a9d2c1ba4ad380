//! How a paper is written.

use std::io;

use super::{Document, docx, html, markdown};
use crate::Lang;
use crate::render::sheets;

/// A format of papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Text for a screen, a mail or a wiki: CommonMark with the tables of GitHub.
    Markdown,
    /// One file for a browser, which also prints it.
    Html,
    /// For Word, WPS and LibreOffice.
    Docx,
    /// For Excel and WPS: what it says on the first sheet, and each of its tables on a sheet of its own.
    Xlsx,
}

impl Format {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Markdown, Self::Html, Self::Docx, Self::Xlsx];

    /// How a file's name ends, without the dot.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A paper in one format: the same bytes on every run.
///
/// # Errors
///
/// A DOCX larger than a ZIP file can be (4 GiB), a table longer than a sheet can be.
pub(crate) fn write(document: &Document, format: Format, lang: Lang) -> io::Result<Vec<u8>> {
    Ok(match format {
        Format::Markdown => markdown::write(document, lang).into_bytes(),
        Format::Html => html::write(document, lang).into_bytes(),
        Format::Docx => docx::write(document, lang)?,
        Format::Xlsx => {
            let (book, properties) = sheets::paper(document, lang);
            let mut bytes = Vec::new();
            sheets::write(&book, &properties, &mut bytes)?;
            bytes
        }
    })
}
