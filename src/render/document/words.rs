//! The few words that a format itself brings, in both languages.

use crate::Lang;
use crate::render::words::words;

words! {
    PageOf { page, pages } => "Page {page} of {pages}"; "第 {page} 页，共 {pages} 页";
    Fact { name, value } => "{name}: {value}"; "{name}：{value}";
}

/// A part of the line that counts the pages.
pub(super) enum Piece {
    /// Words.
    Text(String),
    /// The number of this page.
    Page,
    /// How many pages there are.
    Pages,
}

/// The line that counts the pages; the numbers are filled in by whoever lays the pages out.
pub(super) fn page_of(lang: Lang) -> Vec<Piece> {
    // No word of ours has these characters.
    const PAGE: char = '\u{1}';
    const PAGES: char = '\u{2}';
    let line = Word::PageOf { page: PAGE.into(), pages: PAGES.into() }.text(lang);
    let piece = |part: &str| match part.chars().next() {
        Some(PAGE) => Piece::Page,
        Some(PAGES) => Piece::Pages,
        _ => Piece::Text(part.to_owned()),
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices().filter(|(_, c)| [PAGE, PAGES].contains(c)) {
        let end = at + c.len_utf8();
        pieces.extend([&line[start..at], &line[at..end]].into_iter().filter(|part| !part.is_empty()).map(piece));
        start = end;
    }
    pieces.extend(Some(&line[start..]).filter(|part| !part.is_empty()).map(piece));
    pieces
}
