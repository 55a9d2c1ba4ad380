//! Whatever the texts are, a reader finds them again: each in its place, and nothing else.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{reading, sample};
use crate::Lang;
use crate::render::document::words::Word;
use crate::render::document::{Block, Column, Document, Format, Mark, Table, clean, write};

/// Texts of what is markup somewhere, of Chinese, and of anything at all.
fn text() -> impl Strategy<Value = String> {
    let markup: Vec<char> = "|*_`~#=-+>!<&;[](){}\\/'\"$^:.)19ax \u{3000}\n\r\t".chars().collect();
    let one = prop_oneof![
        6 => select(markup).prop_map(String::from),
        2 => select("缺口限供，。“”（）·—³".chars().collect::<Vec<_>>()).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
        1 => select(vec!["<br>", "&lt;", "]]>", "<!--", "-->", "</table>", "| --- |", "**", "1. ", "\r\n", "\u{202e}", "\0"])
            .prop_map(str::to_owned),
    ];
    vec(one, 0..10).prop_map(|pieces| pieces.concat())
}

fn table() -> impl Strategy<Value = Table> {
    (0..5usize).prop_flat_map(|width| {
        let column = (text(), any::<bool>()).prop_map(|(heading, figures)| Column { heading, figures });
        let row = || vec(text(), width);
        (vec(column, width), vec(row(), 0..4), proptest::option::of(row())).prop_map(|(columns, rows, total)| Table {
            columns,
            rows,
            total,
        })
    })
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        text().prop_map(Block::Heading),
        text().prop_map(Block::Text),
        text().prop_map(Block::Loud),
        text().prop_map(Block::Note),
        vec((text(), text()), 0..4).prop_map(Block::Facts),
        vec(text(), 0..4).prop_map(Block::List),
        table().prop_map(Block::Table),
        text().prop_map(Block::Next),
        (text(), 0..3usize).prop_map(|(asked, lines)| Block::FillIn(asked, lines)),
    ]
}

fn document() -> impl Strategy<Value = Document> {
    let mark = select(vec![Mark::Order, Mark::Warning, Mark::Proposal, Mark::Exercise]);
    (text(), vec(text(), 0..3), vec((mark, text()), 0..3), vec(block(), 0..6), text()).prop_map(
        |(title, under, marks, blocks, foot)| Document {
            title,
            date: super::sample::date(),
            under,
            marks,
            blocks,
            foot,
        },
    )
}

/// The texts of a table, from the first heading to the total.
fn of_table(table: &Table) -> Vec<&str> {
    if table.columns.is_empty() {
        return Vec::new();
    }
    let headings = table.columns.iter().map(|column| column.heading.as_str());
    headings.chain(table.rows.iter().chain(&table.total).flatten().map(String::as_str)).collect()
}

/// The texts of HTML and DOCX; in the latter a line to write on is an empty one.
fn expected(document: &Document, lines_show: bool) -> Vec<String> {
    let mut texts: Vec<&str> = vec![&document.title];
    texts.extend(document.under.iter().map(String::as_str));
    for block in &document.blocks {
        match block {
            Block::Heading(text) | Block::Text(text) | Block::Loud(text) | Block::Note(text) => texts.push(text),
            Block::Next(title) => texts.push(title),
            Block::Facts(facts) => texts.extend(facts.iter().flat_map(|(name, value)| [name.as_str(), value])),
            Block::List(points) => texts.extend(points.iter().map(String::as_str)),
            Block::Table(table) => texts.extend(of_table(table)),
            Block::FillIn(asked, lines) => {
                texts.push(asked);
                texts.extend(vec![""; if lines_show { *lines } else { 0 }]);
            }
        }
    }
    texts.iter().map(|text| clean::lines(text).join("\n")).collect()
}

/// The texts of Markdown, where blanks around a line and empty lines do not show.
fn expected_markdown(document: &Document, lang: Lang) -> Vec<String> {
    let shown = |text: &str, between: &str| {
        let lines = clean::lines(text);
        lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(between)
    };
    let joined = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|text| shown(text, "\n")).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let marks = joined(&mut document.marks().map(|(_, text)| text.as_str()));
    let mut texts = vec![marks.clone(), shown(&document.title, " ")];
    texts.push(joined(&mut document.under.iter().map(String::as_str)));
    for block in &document.blocks {
        match block {
            Block::Heading(text) | Block::Next(text) => texts.push(shown(text, " ")),
            Block::Text(text) | Block::Loud(text) | Block::Note(text) => texts.push(shown(text, "\n")),
            Block::Facts(facts) => texts.extend(facts.iter().map(|(name, value)| {
                let fact = Word::Fact { name: clean::line(name), value: value.clone() };
                shown(&fact.text(lang), "\n")
            })),
            Block::List(points) => texts.extend(points.iter().map(|point| shown(point, "\n"))),
            Block::Table(table) => texts.extend(of_table(table).iter().map(|text| shown(text, "\n"))),
            Block::FillIn(asked, lines) => {
                let blank = "＿".repeat(24);
                texts.push(joined(&mut std::iter::once(asked.as_str()).chain(vec![blank.as_str(); *lines])));
            }
        }
    }
    texts.extend([shown(&document.foot, "\n"), marks]);
    texts.retain(|text| !text.is_empty());
    texts
}

fn check(document: &Document, lang: Lang) {
    let bytes = |format| write(document, format, lang).unwrap();
    assert_eq!(reading::html(&bytes(Format::Html)), expected(document, false));
    assert_eq!(reading::docx(bytes(Format::Docx)), expected(document, true));
    let markdown = bytes(Format::Markdown);
    assert_eq!(
        reading::markdown(&markdown),
        expected_markdown(document, lang),
        "{}",
        String::from_utf8_lossy(&markdown)
    );
    check_book(document, &bytes(Format::Xlsx));
}

/// A workbook has what the paper says on its first sheet, and a sheet for each table with as many rows.
fn check_book(document: &Document, bytes: &[u8]) {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let names = calamine::Reader::sheet_names(&book);
    let tables: Vec<_> = tables.collect();
    assert_eq!(names.len(), 1 + tables.len());
    for (name, table) in names[1..].iter().zip(tables) {
        let range = calamine::Reader::worksheet_range(&mut book, name).unwrap();
        let rows = 1 + table.rows.len() + usize::from(table.total.is_some());
        // Rows of nothing but empty texts at the end are none to a reader.
        assert!(range.height() <= rows, "{name}: {} for {rows}", range.height());
        for (at, row) in table.rows.iter().enumerate() {
            for (column, text) in row.iter().enumerate().filter(|(column, _)| !table.columns[*column].figures) {
                let cell = range.get_value((at as u32 + 1, column as u32)).map(ToString::to_string).unwrap_or_default();
                let visible = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                assert_eq!(visible(&cell), visible(text), "{name}");
            }
        }
    }
}

#[test]
fn the_samples_read_back() {
    for document in [sample::hostile(Lang::En), sample::order(), sample::report()] {
        check(&document, Lang::En);
        check(&document, Lang::Zh);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_texts_read_back(document in document(), zh in any::<bool>()) {
        check(&document, if zh { Lang::Zh } else { Lang::En });
    }
}
