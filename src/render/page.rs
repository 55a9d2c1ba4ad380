//! A page of at most 100 columns: lines, paragraphs and tables, measured as a terminal shows them, coloured last.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns of a page.
pub(crate) const WIDTH: usize = 100;

/// What a piece of text means to the eye.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// Nothing special.
    #[default]
    Plain,
    /// A heading.
    Bold,
    /// Something by the way.
    Dim,
    /// Beyond authority: nobody may miss it.
    Loud,
    /// Something to look at.
    Warn,
    /// A warning colour that a plan names.
    Level(String),
}

impl Style {
    fn code(&self) -> &str {
        match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Loud => "1;31",
            Self::Warn => "33",
            Self::Level(colour) => match colour.as_str() {
                "blue" => "1;97;44",
                "yellow" => "1;30;103",
                "orange" => "1;30;48;5;208",
                "red" => "1;97;41",
                _ => "1;7",
            },
        }
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    text: String,
    right: bool,
    /// Whether what does not fit goes on below instead of being cut.
    whole: bool,
    style: Style,
}

impl Cell {
    /// Words, to the left.
    pub(crate) fn left(text: impl Into<String>) -> Self {
        Self { text: text.into(), right: false, whole: false, style: Style::Plain }
    }

    /// A figure, to the right.
    pub(crate) fn right(text: impl Into<String>) -> Self {
        Self { text: text.into(), right: true, whole: false, style: Style::Plain }
    }

    /// Never cut: what does not fit goes on in the line below.
    pub(crate) fn whole(self) -> Self {
        Self { whole: true, ..self }
    }

    /// In another style.
    pub(crate) fn styled(self, style: Style) -> Self {
        Self { style, ..self }
    }
}

/// Lines for a terminal.
pub(crate) struct Page {
    text: String,
    colour: bool,
}

impl Page {
    /// An empty page.
    pub(crate) const fn new(colour: bool) -> Self {
        Self { text: String::new(), colour }
    }

    /// What is on it.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    fn put(&mut self, text: &str, style: &Style) {
        if self.colour && *style != Style::Plain && !text.is_empty() {
            self.text.push_str("\u{1b}[");
            self.text.push_str(style.code());
            self.text.push('m');
            self.text.push_str(text);
            self.text.push_str("\u{1b}[0m");
        } else {
            self.text.push_str(text);
        }
    }

    /// An empty line.
    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A heading, an empty line above it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blank();
        self.line(text, Style::Bold);
    }

    /// A paragraph; its further lines are indented like the first.
    pub(crate) fn line(&mut self, text: &str, style: Style) {
        self.paragraph(0, text, style);
    }

    /// An indented paragraph.
    pub(crate) fn item(&mut self, text: &str, style: Style) {
        self.paragraph(2, text, style);
    }

    /// A paragraph below another.
    pub(crate) fn note(&mut self, text: &str, style: Style) {
        self.paragraph(5, text, style);
    }

    fn paragraph(&mut self, indent: usize, text: &str, style: Style) {
        for line in wrap(&clean(text), WIDTH - indent) {
            self.text.push_str(&" ".repeat(indent));
            self.put(&line, &style);
            self.text.push('\n');
        }
    }

    /// A table, each column as wide as its widest cell; the widest column of words gives way if the page is too narrow.
    pub(crate) fn table(&mut self, mut rows: Vec<Vec<Cell>>) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut widths = vec![0; columns];
        for row in &mut rows {
            for (cell, width) in row.iter_mut().zip(&mut widths) {
                cell.text = clean(&cell.text);
                *width = cell.text.width().max(*width);
            }
        }
        let full = 2 + widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1);
        let is_words = |at: &usize| rows.iter().all(|row| row.get(*at).is_none_or(|cell| !cell.right));
        let widest = (0..columns).filter(is_words).max_by_key(|at| (widths.get(*at).copied(), columns - at));
        if let Some(words) = widest.and_then(|at| widths.get_mut(at)) {
            *words = words.saturating_sub(full.saturating_sub(WIDTH)).max(8.min(*words));
        }
        for row in rows {
            let mut further = Vec::new();
            let fit = |(mut cell, width): (Cell, &usize)| {
                let mut lines = match cell.whole {
                    true => wrap(&cell.text, *width).into_iter(),
                    false => vec![shorten(&cell.text, *width)].into_iter(),
                };
                cell.text = lines.next().unwrap_or_default();
                further.push((cell.style.clone(), lines));
                cell
            };
            let first: Vec<Cell> = row.into_iter().zip(&widths).map(fit).collect();
            self.row(first, &widths);
            loop {
                let rest = further.iter_mut().map(|(style, lines)| (style.clone(), lines.next()));
                let rest: Vec<_> = rest.collect();
                if rest.iter().all(|(_, text)| text.is_none()) {
                    break;
                }
                let cell = |(style, text): (Style, Option<String>)| Cell::left(text.unwrap_or_default()).styled(style);
                self.row(rest.into_iter().map(cell).collect(), &widths);
            }
        }
    }

    fn row(&mut self, cells: Vec<Cell>, widths: &[usize]) {
        let last = cells.len().saturating_sub(1);
        self.text.push_str("  ");
        for (i, (cell, width)) in cells.into_iter().zip(widths).enumerate() {
            let pad = " ".repeat(width.saturating_sub(cell.text.width()));
            if cell.right {
                self.text.push_str(&pad);
            }
            self.put(&cell.text, &cell.style);
            if i < last {
                if !cell.right {
                    self.text.push_str(&pad);
                }
                self.text.push_str("  ");
            }
        }
        // An empty last cell leaves blanks behind that nobody needs.
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }
}

/// Control characters in a name must not steer the terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A text cut to a width, the cut marked.
fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > width {
            break;
        }
        used += wide;
        short.push(c);
    }
    short.push('…');
    short
}

/// Breaks a text at blanks, and between Chinese characters but never before closing punctuation.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for piece in pieces(text) {
        let wide = piece.width();
        if used + piece.trim_end().width() > width && used > 0 {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        if wide > width {
            // A word longer than the page is broken anywhere.
            for c in piece.chars() {
                let wide = c.width().unwrap_or(0);
                if used + wide > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used += wide;
            }
        } else {
            line.push_str(piece);
            used += wide;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The pieces between which a line may be broken.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        let Some((next_at, next)) = chars.peek().copied() else { break };
        let wide = |c: char| c.width().unwrap_or(0) == 2;
        let closing = |c: char| "，。；：、）》”’！？…),.;:".contains(c);
        let opening = |c: char| "（《“‘(".contains(c);
        let breaks =
            (c == ' ' && next != ' ') || ((wide(c) || wide(next)) && !closing(next) && !opening(c) && next != ' ');
        if breaks {
            pieces.push(&text[start..next_at]);
            start = next_at;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_page() {
        let mut page = Page::new(false);
        page.item(&"a word ".repeat(40), Style::Plain);
        page.item(&"缺口不大，按级处置；".repeat(20), Style::Plain);
        page.item(&"x".repeat(250), Style::Plain);
        let long = Cell::left("名".repeat(80));
        page.table(vec![
            vec![long, Cell::right("1"), Cell::left("y".repeat(30))],
            vec![Cell::left("b"), Cell::right("22")],
        ]);
        let text = page.into_text();
        assert!(text.lines().count() > 9);
        for line in text.lines() {
            assert!(line.width() <= WIDTH, "{} {line}", line.width());
            assert!(!line.trim_start().starts_with('；'), "{line}");
        }
    }

    #[test]
    fn a_whole_cell_goes_on_below() {
        let mut page = Page::new(false);
        let name = Cell::left("homes below eighteen degrees by the stop in the evening").whole();
        page.table(vec![vec![name, Cell::right("9".repeat(60)), Cell::right("1")]]);
        let text = page.into_text();
        assert!(text.lines().count() > 1 && text.lines().all(|line| line.width() <= WIDTH), "{text}");
        let words = text.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic));
        let words: Vec<&str> = words.collect();
        assert_eq!(words.join(" "), "homes below eighteen degrees by the stop in the evening", "{text}");
    }

    #[test]
    fn columns_line_up_whatever_the_script() {
        let mut page = Page::new(false);
        page.table(vec![vec![Cell::left("客栈"), Cell::right("1")], vec![Cell::left("inns"), Cell::right("22")]]);
        assert_eq!(page.into_text(), "  客栈   1\n  inns  22\n");
    }

    #[test]
    fn colours_are_there_or_not_and_names_cannot_bring_their_own() {
        let print = |colour| {
            let mut page = Page::new(colour);
            page.line("\u{1b}[31mx", Style::Loud);
            page.into_text()
        };
        assert_eq!(print(false), "\u{fffd}[31mx\n");
        assert_eq!(print(true), "\u{1b}[1;31m\u{fffd}[31mx\u{1b}[0m\n");
    }
}
