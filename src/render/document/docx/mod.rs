//! The parts of a DOCX (ISO/IEC 29500), written out: heads of tables that repeat, languages and East Asian fonts are
//! what crates that write DOCX leave out.
//!
//! Without dates, revision numbers or random identifiers, and therefore of the same bytes on every run.

mod body;
mod columns;
mod margins;
mod parts;
mod styles;

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::xml::{Attributes, Xml};
use super::{Document, clean};
use crate::Lang;

/// The first line of every part.
const FIRST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
/// The namespaces of the parts that hold text.
const NAMESPACES: Attributes<'static> = &[
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

/// A page: A4, upright or turned, in twentieths of a point.
#[derive(Clone, Copy)]
struct Sheet {
    wide: bool,
}

impl Sheet {
    const SHORT: u32 = 11_906;
    const LONG: u32 = 16_838;
    /// To the left and to the right of the text: 22 mm.
    const SIDE: u32 = 1_247;

    /// How wide the text is.
    const fn text(self) -> u32 {
        let paper = if self.wide { Self::LONG } else { Self::SHORT };
        paper - 2 * Self::SIDE
    }
}

/// The paper as a DOCX.
///
/// # Errors
///
/// A file larger than a ZIP file can be.
pub(super) fn write(document: &Document, lang: Lang) -> io::Result<Vec<u8>> {
    let sheet = Sheet { wide: document.is_wide() };
    let parts = [
        ("[Content_Types].xml", parts::content_types()),
        ("_rels/.rels", parts::package()),
        ("docProps/core.xml", parts::core(document, lang)),
        ("word/document.xml", body::write(document, lang, sheet)),
        ("word/_rels/document.xml.rels", parts::of_document()),
        ("word/styles.xml", styles::write(lang, sheet)),
        ("word/fontTable.xml", styles::fonts()),
        ("word/numbering.xml", parts::numbering()),
        ("word/settings.xml", parts::settings(lang)),
        ("word/header1.xml", margins::header(document, lang)),
        ("word/footer1.xml", margins::footer(document, lang)),
    ];
    // Neither the clock nor the platform has a say.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .system(System::Dos);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(name, options)?;
        zip.write_all(xml.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What a text has beyond its style.
#[derive(Clone, Copy, Default)]
struct Beyond {
    /// Another size of type, in half-points.
    size: Option<u32>,
    bold: bool,
}

/// A paragraph in a style.
fn paragraph(xml: &mut Xml, style: &str, text: &str, lang: Lang) {
    set(xml, style, text, Beyond::default(), lang);
    xml.line_end();
}

/// A paragraph in a style with something beyond it.
fn set(xml: &mut Xml, style: &str, text: &str, beyond: Beyond, lang: Lang) {
    xml.element("w:p", &[], |xml| {
        styled(xml, style);
        run(xml, text, beyond, lang);
    });
}

fn styled(xml: &mut Xml, style: &str) {
    xml.element("w:pPr", &[], |xml| xml.empty("w:pStyle", &[("w:val", style)]));
}

/// A text with its line ends.
fn run(xml: &mut Xml, text: &str, beyond: Beyond, lang: Lang) {
    let lines = clean::lines(text);
    xml.element("w:r", &[], |xml| {
        properties(xml, beyond, lang);
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                xml.empty("w:br", &[]);
            }
            xml.leaf("w:t", &[("xml:space", "preserve")], line);
        }
    });
}

fn properties(xml: &mut Xml, beyond: Beyond, lang: Lang) {
    xml.element("w:rPr", &[], |xml| {
        // Quotation marks, dashes and dots are Chinese in a Chinese text; Unicode has them once for all scripts.
        if lang == Lang::Zh {
            xml.empty("w:rFonts", &[("w:hint", "eastAsia")]);
        }
        if beyond.bold {
            xml.empty("w:b", &[]);
            xml.empty("w:bCs", &[]);
        }
        if let Some(size) = beyond.size.map(|size| size.to_string()) {
            xml.empty("w:sz", &[("w:val", &size)]);
            xml.empty("w:szCs", &[("w:val", &size)]);
        }
    });
}
