//! `document.xml`: what the paper says.

use super::super::{Block, Column, Document, Table};
use super::columns::{Columns, columns, names};
use super::{Beyond, FIRST, NAMESPACES, Sheet, paragraph, run, set, styled};
use crate::Lang;
use crate::render::document::xml::Xml;

pub(super) fn write(document: &Document, lang: Lang, sheet: Sheet) -> String {
    let mut xml = Xml::new(FIRST);
    xml.element("w:document", NAMESPACES, |xml| {
        xml.element("w:body", &[], |xml| {
            paragraph(xml, "Title", &document.title, lang);
            document.under.iter().for_each(|line| paragraph(xml, "Subtitle", line, lang));
            document.blocks.iter().for_each(|part| block(xml, part, lang, sheet));
            section(xml, sheet);
        });
    });
    xml.into_text()
}

fn block(xml: &mut Xml, block: &Block, lang: Lang, sheet: Sheet) {
    match block {
        Block::Heading(text) => paragraph(xml, "Heading1", text, lang),
        Block::Text(text) => paragraph(xml, "BodyText", text, lang),
        Block::Loud(text) => paragraph(xml, "Loud", text, lang),
        Block::Note(text) => paragraph(xml, "Note", text, lang),
        Block::Facts(facts) => self::facts(xml, facts, lang, sheet),
        Block::List(points) => points.iter().for_each(|point| paragraph(xml, "ListBullet", point, lang)),
        Block::Table(rows) => table(xml, rows, lang, sheet),
        Block::Next(title) => next(xml, title, lang),
        Block::FillIn(asked, lines) => {
            paragraph(xml, "Asked", asked, lang);
            (0..*lines).for_each(|_| blank_line(xml));
        }
    }
}

/// The title of a further paper, on a new page.
fn next(xml: &mut Xml, title: &str, lang: Lang) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.empty("w:pStyle", &[("w:val", "Title")]);
            xml.empty("w:pageBreakBefore", &[]);
        });
        run(xml, title, Beyond::default(), lang);
    });
    xml.line_end();
}

/// A line to write on.
fn blank_line(xml: &mut Xml) {
    xml.element("w:p", &[], |xml| {
        styled(xml, "FillIn");
        xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
    });
    xml.line_end();
}

fn facts(xml: &mut Xml, facts: &[(String, String)], lang: Lang, sheet: Sheet) {
    if facts.is_empty() {
        return;
    }
    let column = || Column { heading: String::new(), figures: false };
    let rows = facts.iter().map(|(name, value)| vec![name.clone(), value.clone()]).collect();
    let table = Table { columns: vec![column(), column()], rows, total: None };
    // Names are as wide as they are; values have what is left.
    let Columns { size, .. } = columns(&table, sheet.text());
    let name = names(&table, size, sheet.text());
    let widths = [name, sheet.text() - name];
    grid(xml, "Facts", &widths, |xml| {
        for cells in &table.rows {
            let styles = ["FactName", "FactValue"];
            row(xml, false, |xml| {
                for ((cell, width), style) in cells.iter().zip(&widths).zip(styles) {
                    let beyond = Beyond { size: Some(size), bold: false };
                    self::cell(xml, *width, |xml| set(xml, style, cell, beyond, lang));
                }
            });
        }
    });
}

fn table(xml: &mut Xml, table: &Table, lang: Lang, sheet: Sheet) {
    if table.columns.is_empty() {
        return;
    }
    let Columns { widths, size } = columns(table, sheet.text());
    let beyond = |bold| Beyond { size: Some(size), bold };
    grid(xml, "Rows", &widths, |xml| {
        row(xml, true, |xml| {
            for (column, width) in table.columns.iter().zip(&widths) {
                cell(xml, *width, |xml| set(xml, "CellHead", &column.heading, beyond(lang == Lang::En), lang));
            }
        });
        let totals = table.total.iter().map(|cells| (cells, true));
        for (cells, total) in table.rows.iter().map(|cells| (cells, false)).chain(totals) {
            row(xml, false, |xml| {
                for ((text, column), width) in cells.iter().zip(&table.columns).zip(&widths) {
                    let style = if column.figures { "CellFigure" } else { "Cell" };
                    cell(xml, *width, |xml| set(xml, style, text, beyond(total), lang));
                }
            });
        }
    });
}

/// A table of these widths, and the blank below it: without one two tables that follow each other would be one.
fn grid(xml: &mut Xml, style: &str, widths: &[u32], rows: impl FnOnce(&mut Xml)) {
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.empty("w:tblStyle", &[("w:val", style)]);
            let full = widths.iter().sum::<u32>().to_string();
            xml.empty("w:tblW", &[("w:w", &full), ("w:type", "dxa")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.empty("w:tblLook", &[("w:val", "0020"), ("w:firstRow", "1")]);
        });
        xml.element("w:tblGrid", &[], |xml| {
            widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())]));
        });
        xml.line_end();
        rows(xml);
    });
    xml.line_end();
    xml.element("w:p", &[], |xml| styled(xml, "Gap"));
    xml.line_end();
}

fn row(xml: &mut Xml, head: bool, cells: impl FnOnce(&mut Xml)) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if head {
                xml.empty("w:tblHeader", &[]);
            }
        });
        cells(xml);
    });
    xml.line_end();
}

fn cell(xml: &mut Xml, width: u32, inside: impl FnOnce(&mut Xml)) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            xml.empty("w:vAlign", &[("w:val", "center")]);
        });
        inside(xml);
    });
}

/// The page: A4, with the marks above and the foot below.
fn section(xml: &mut Xml, sheet: Sheet) {
    xml.element("w:sectPr", &[], |xml| {
        xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rId5")]);
        xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId6")]);
        let (short, long) = (Sheet::SHORT.to_string(), Sheet::LONG.to_string());
        if sheet.wide {
            xml.empty("w:pgSz", &[("w:w", &long), ("w:h", &short), ("w:orient", "landscape")]);
        } else {
            xml.empty("w:pgSz", &[("w:w", &short), ("w:h", &long)]);
        }
        let side = Sheet::SIDE.to_string();
        // A head that needs more room than the margin pushes the text down.
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", "1247"),
                ("w:right", &side),
                ("w:bottom", "1247"),
                ("w:left", &side),
                ("w:header", "680"),
                ("w:footer", "567"),
                ("w:gutter", "0"),
            ],
        );
    });
}
