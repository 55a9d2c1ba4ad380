//! CommonMark with the tables of GitHub.
//!
//! Whatever could be markup is escaped, so that a name shows as it is spelled and ends no table, list or heading.

use super::words::Word;
use super::{Block, Column, Document, Table, clean};
use crate::Lang;

/// One line to write on: no markup, and wide in any font.
const BLANK: &str = "＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿";

/// The paper as text.
pub(super) fn write(document: &Document, lang: Lang) -> String {
    let mut pieces = Vec::new();
    // There are no pages: whoever sees the beginning or the end sees what this is.
    let marks: Vec<String> = document.marks().map(|(_, text)| strong(paragraph(text, "> "))).collect();
    let marks = format!("> {}", marks.join("\\\n> "));
    if !document.marks.is_empty() {
        pieces.push(marks.clone());
    }
    pieces.push(format!("# {}", heading(&document.title)));
    pieces.push(document.under.iter().map(|line| paragraph(line, "")).collect::<Vec<_>>().join("\\\n"));
    pieces.extend(document.blocks.iter().map(|part| block(part, lang)));
    pieces.push("---".to_owned());
    pieces.push(paragraph(&document.foot, ""));
    if !document.marks.is_empty() {
        pieces.push(marks);
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces.join("\n\n") + "\n"
}

fn block(block: &Block, lang: Lang) -> String {
    match block {
        Block::Heading(text) => format!("## {}", heading(text)),
        Block::Text(text) => paragraph(text, ""),
        Block::Loud(text) => format!("> {}", strong(paragraph(text, "> "))),
        Block::Note(text) => around("*", paragraph(text, "")),
        Block::Facts(facts) => {
            let fact = |(name, value): &(String, String)| {
                let (name, value) = (clean::line(name), value.clone());
                item(&Word::Fact { name, value }.text(lang))
            };
            facts.iter().map(fact).collect::<Vec<_>>().join("\n")
        }
        Block::List(points) => points.iter().map(|point| item(point)).collect::<Vec<_>>().join("\n"),
        Block::Table(rows) => table(rows),
        Block::FillIn(asked, lines) => {
            std::iter::once(paragraph(asked, "")).chain(vec![BLANK.to_owned(); *lines]).collect::<Vec<_>>().join("\\\n")
        }
    }
}

fn item(text: &str) -> String {
    format!("- {}", paragraph(text, "  "))
}

fn table(table: &Table) -> String {
    if table.columns.is_empty() {
        return String::new();
    }
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let line = |column: &Column| if column.figures { "---:" } else { ":---" }.to_owned();
    let mut rows = vec![
        row(table.columns.iter().map(|column| cell(&column.heading)).collect()),
        row(table.columns.iter().map(line).collect()),
    ];
    rows.extend(table.rows.iter().map(|cells| row(cells.iter().map(|text| cell(text)).collect())));
    rows.extend(table.total.iter().map(|cells| row(cells.iter().map(|text| strong(cell(text))).collect())));
    rows.join("\n")
}

fn cell(text: &str) -> String {
    shown(text).iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>")
}

fn heading(text: &str) -> String {
    shown(text).iter().map(|line| escape(line)).collect::<Vec<_>>().join(" ")
}

/// A paragraph of one or more lines, the further ones under `indent`.
fn paragraph(text: &str, indent: &str) -> String {
    shown(text).iter().map(|line| escape_start(&escape(line))).collect::<Vec<_>>().join(&format!("\\\n{indent}"))
}

fn strong(text: String) -> String {
    around("**", text)
}

fn around(mark: &str, text: String) -> String {
    if text.is_empty() { text } else { format!("{mark}{text}{mark}") }
}

/// The lines with something on them, without the blanks around it: an indented line would be code, an empty one would
/// end the paragraph.
fn shown(text: &str) -> Vec<String> {
    let lines = clean::lines(text);
    lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Escapes what is markup anywhere in a line.
fn escape(line: &str) -> String {
    let mut escaped = String::new();
    let mut before = ' ';
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' if after == '#' || after.is_ascii_alphabetic() => escaped.push_str("&amp;"),
            // Inside a word an underscore is one, and names of columns have many.
            '_' if before.is_alphanumeric() && after.is_alphanumeric() => escaped.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
        before = c;
    }
    escaped
}

/// Escapes what is markup at the beginning of a line only.
fn escape_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = line.split_at(digits);
    let starts = match rest.chars().next() {
        Some('.' | ')') => digits > 0,
        Some('+' | '-' | '=' | '>') => digits == 0,
        _ => false,
    };
    if starts { format!("{number}\\{rest}") } else { line.to_owned() }
}
