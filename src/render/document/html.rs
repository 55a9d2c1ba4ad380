//! One self-contained file: nothing is fetched, nothing runs, and a browser prints it on A4 as it should lie in a file.

use super::words::{Piece, page_of};
use super::xml::Xml;
use super::{Block, Document, Mark, Table, clean};
use crate::Lang;

/// Screen and print.
const STYLE: &str = include_str!("page.css");

/// The paper as a page.
pub(super) fn write(document: &Document, lang: Lang) -> String {
    let mut html = Xml::new("<!DOCTYPE html>");
    let tag = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    html.element("html", &[("lang", tag)], |html| {
        html.element("head", &[], |html| {
            html.empty("meta", &[("charset", "utf-8")]);
            html.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            html.leaf("title", &[], &clean::line(&document.title));
            html.line_end();
            html.element("style", &[], |html| html.verbatim(&style(document, lang)));
        });
        html.line_end();
        html.element("body", &[], |html| {
            marks(html, document);
            sheet(html, document);
            foot(html, document);
        });
    });
    html.line_end();
    html.into_text()
}

/// The style sheet, and what of it depends on the paper.
fn style(document: &Document, lang: Lang) -> String {
    let turned = if document.is_wide() { " landscape" } else { "" };
    let pages: Vec<String> = page_of(lang)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => format!("\"{text}\""),
            Piece::Page => "counter(page)".to_owned(),
            Piece::Pages => "counter(pages)".to_owned(),
        })
        .collect();
    format!("{STYLE}@page {{ size: A4{turned}; @bottom-center {{ content: {}; }} }}\n", pages.join(" "))
}

fn marks(html: &mut Xml, document: &Document) {
    if document.marks.is_empty() {
        return;
    }
    html.element("header", &[("class", "marks")], |html| {
        document.marks().for_each(|(mark, text)| paragraph(html, class(*mark), text));
    });
    html.line_end();
}

const fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Order => "order",
        Mark::Warning => "warning",
        Mark::Proposal | Mark::Past => "proposal",
        Mark::Exercise => "exercise",
    }
}

fn foot(html: &mut Xml, document: &Document) {
    html.element("footer", &[("class", "foot")], |html| {
        // Whoever tears off the head of an exercise still holds an exercise.
        let exercises = document.marks().filter(|(mark, _)| *mark == Mark::Exercise);
        exercises.for_each(|(_, text)| paragraph(html, "exercise", text));
        paragraph(html, "origin", &document.foot);
    });
    html.line_end();
}

/// The text in a table of one cell, whose head and foot a browser repeats on every printed page: they keep free the
/// room in which the marks and the foot stand, exactly as high, because they are the same texts unseen.
fn sheet(html: &mut Xml, document: &Document) {
    html.element("table", &[("class", "sheet"), ("role", "presentation")], |html| {
        for (part, inside) in [("thead", marks as fn(&mut Xml, &Document)), ("tfoot", foot)] {
            html.element(part, &[("aria-hidden", "true")], |html| {
                html.element("tr", &[], |html| html.element("td", &[], |html| inside(html, document)));
            });
            html.line_end();
        }
        html.element("tbody", &[], |html| {
            html.element("tr", &[], |html| {
                html.element("td", &[], |html| html.element("main", &[], |html| main(html, document)));
            });
        });
    });
    html.line_end();
}

fn main(html: &mut Xml, document: &Document) {
    html.line_end();
    html.element("h1", &[], |html| text(html, &document.title));
    html.line_end();
    document.under.iter().for_each(|line| paragraph(html, "under", line));
    document.blocks.iter().for_each(|part| block(html, part));
}

fn block(html: &mut Xml, block: &Block) {
    match block {
        Block::Heading(heading) => html.element("h2", &[], |html| text(html, heading)),
        Block::Text(words) => html.element("p", &[], |html| text(html, words)),
        Block::Loud(words) => paragraph(html, "loud", words),
        Block::Note(words) => paragraph(html, "note", words),
        Block::Facts(facts) => html.element("dl", &[], |html| {
            for (name, value) in facts {
                html.element("dt", &[], |html| text(html, name));
                html.element("dd", &[], |html| text(html, value));
                html.line_end();
            }
        }),
        Block::List(points) => html.element("ul", &[], |html| {
            for point in points {
                html.element("li", &[], |html| text(html, point));
                html.line_end();
            }
        }),
        Block::Table(rows) => table(html, rows),
        Block::Next(title) => html.element("h1", &[("class", "next")], |html| text(html, title)),
        Block::FillIn(asked, lines) => html.element("div", &[("class", "fill-in")], |html| {
            html.element("p", &[], |html| text(html, asked));
            (0..*lines).for_each(|_| html.element("div", &[], |_| ()));
        }),
    }
    html.line_end();
}

fn table(html: &mut Xml, table: &Table) {
    html.element("table", &[("class", "rows")], |html| {
        html.element("thead", &[], |html| {
            html.element("tr", &[], |html| {
                for column in &table.columns {
                    let side = if column.figures { "figure" } else { "words" };
                    html.element("th", &[("scope", "col"), ("class", side)], |html| text(html, &column.heading));
                }
            });
        });
        html.line_end();
        // A sum in a `tfoot` would stand on every page, as if it were the page's.
        html.element("tbody", &[], |html| {
            table.rows.iter().for_each(|cells| row(html, table, cells, "row"));
            table.total.iter().for_each(|cells| row(html, table, cells, "total"));
        });
    });
}

fn row(html: &mut Xml, table: &Table, cells: &[String], class: &str) {
    html.element("tr", &[("class", class)], |html| {
        for (at, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
            match (at, column.figures) {
                (0, false) => html.element("th", &[("scope", "row"), ("class", "words")], |html| text(html, cell)),
                (_, false) => html.element("td", &[("class", "words")], |html| text(html, cell)),
                (_, true) => html.element("td", &[("class", "figure")], |html| text(html, cell)),
            }
        }
    });
    html.line_end();
}

fn paragraph(html: &mut Xml, class: &str, words: &str) {
    html.element("p", &[("class", class)], |html| text(html, words));
    html.line_end();
}

fn text(html: &mut Xml, text: &str) {
    for (at, line) in clean::lines(text).iter().enumerate() {
        if at > 0 {
            html.empty("br", &[]);
        }
        html.text(line);
    }
}
