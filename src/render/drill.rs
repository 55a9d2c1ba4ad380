//! The mark of an exercise: on a screen, in a table, in data and on a picture, so that nobody takes one for the real thing.
//!
//! Whatever goes out passes through a [`Marker`], which knows nothing of what it marks: no command can forget.

use std::io::{self, Write};

use crate::Lang;
use crate::render::words::words;

words! {
    Line => "*** EXERCISE 演练 *** Nothing here is real, and nobody carries it out *** EXERCISE 演练 ***"; "*** 演练 EXERCISE *** 以下内容均非实际，任何单位和个人不得执行 *** 演练 EXERCISE ***";
    Short => "EXERCISE 演练"; "演练 EXERCISE";
    Of { text } => "EXERCISE 演练: {text}"; "演练 EXERCISE：{text}";
}

/// The column that a table gets at its end, and what stands in it in every row.
const COLUMN: [&str; 2] = [",exercise", ",EXERCISE 演练"];

/// The mark of a screen and of whatever is read line by line.
pub(crate) fn line(lang: Lang) -> String {
    Word::Line.text(lang)
}

/// The mark in the fewest words.
pub(crate) fn short(lang: Lang) -> String {
    Word::Short.text(lang)
}

/// A name or a title, marked.
pub(crate) fn of(text: String, lang: Lang) -> String {
    Word::Of { text }.text(lang)
}

/// The name of a file, marked: so that an exercise in the same folder replaces nothing real.
pub(crate) fn file(name: &str) -> String {
    format!("EXERCISE-{name}")
}

/// The key that marks an object.
const KEY: &[u8] = b"\"exercise\"";

/// What is marked, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The first line and the last; in colour or not.
    Screen(bool),
    /// The first key of the object.
    Json,
    /// A last column.
    Csv,
    /// Words across it and on top.
    Svg,
    /// As it is: it marks itself.
    Own,
}

/// Marks what passes through it.
#[derive(Debug)]
pub(crate) struct Marker {
    kind: Kind,
    lang: Lang,
    begun: bool,
    /// Whether we are inside a quoted field of a table.
    quoted: bool,
    /// Whether a row was begun and not ended, and whether the heading is past.
    row: bool,
    heading_past: bool,
    /// A picture is marked once it is whole.
    held: Vec<u8>,
}

impl Marker {
    /// Nothing has passed yet.
    pub(crate) const fn new(kind: Kind, lang: Lang) -> Self {
        Self { kind, lang, begun: false, quoted: false, row: false, heading_past: false, held: Vec::new() }
    }

    /// Passes a piece on.
    pub(crate) fn pass(&mut self, piece: &[u8], to: &mut dyn Write) -> io::Result<()> {
        if piece.is_empty() {
            return Ok(());
        }
        if !self.begun && self.kind == Kind::Json {
            self.held.extend_from_slice(piece);
            let told = self.held.trim_ascii_start();
            // Whether it says so already shows in its first key, which may come piece by piece.
            let waits = told.is_empty() || (told.starts_with(b"{") && told[1..].trim_ascii_start().len() < KEY.len());
            return if waits { Ok(()) } else { self.open(to) };
        }
        if let (Kind::Screen(colour), false) = (self.kind, self.begun) {
            self.begun = true;
            self.put_line(colour, to)?;
        }
        match self.kind {
            Kind::Csv => self.rows(piece, to),
            Kind::Svg => {
                self.held.extend_from_slice(piece);
                Ok(())
            }
            Kind::Screen(_) | Kind::Json | Kind::Own => to.write_all(piece),
        }
    }

    /// Writes how data begin, and the mark with it.
    fn open(&mut self, to: &mut dyn Write) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        match held.trim_ascii_start() {
            [b'{', rest @ ..] => {
                self.begun = true;
                let comma = if rest.trim_ascii_start().starts_with(b"}") { "" } else { "," };
                if rest.trim_ascii_start().starts_with(KEY) {
                    return to.write_all(&held);
                }
                write!(to, "{{\n  \"exercise\": true{comma}")?;
                to.write_all(rest)
            }
            // A list, whose items are marked one by one.
            [b'[', ..] => {
                self.begun = true;
                to.write_all(&held)
            }
            _ => {
                self.kind = Kind::Screen(false);
                self.pass(&held, to)
            }
        }
    }

    /// What is still to be said at the end.
    pub(crate) fn end(&mut self, to: &mut dyn Write) -> io::Result<()> {
        if self.kind == Kind::Json && !self.held.is_empty() {
            self.open(to)?;
        }
        match self.kind {
            Kind::Screen(colour) if self.begun => self.put_line(colour, to),
            Kind::Csv if self.row => self.cell(to),
            Kind::Svg => to.write_all(across(&self.held, self.lang).as_bytes()),
            _ => Ok(()),
        }
    }

    fn put_line(&self, colour: bool, to: &mut dyn Write) -> io::Result<()> {
        let line = line(self.lang);
        match colour {
            true => writeln!(to, "\u{1b}[1;97;45m{line}\u{1b}[0m"),
            false => writeln!(to, "{line}"),
        }
    }

    /// Ends each row with one more cell. No byte of a character in UTF-8 looks like a quotation mark or an end of line.
    fn rows(&mut self, piece: &[u8], to: &mut dyn Write) -> io::Result<()> {
        let mut from = 0;
        for (at, byte) in piece.iter().enumerate() {
            match byte {
                b'"' => (self.quoted, self.row) = (!self.quoted, true),
                b'\n' if !self.quoted => {
                    to.write_all(piece.get(from..at).unwrap_or_default())?;
                    self.cell(to)?;
                    from = at;
                }
                _ => self.row = true,
            }
        }
        to.write_all(piece.get(from..).unwrap_or_default())
    }

    fn cell(&mut self, to: &mut dyn Write) -> io::Result<()> {
        let [heading, mark] = COLUMN;
        let text = if self.heading_past { mark } else { heading };
        (self.heading_past, self.row) = (true, false);
        to.write_all(text.as_bytes())
    }
}

/// A picture with words across it.
fn across(picture: &[u8], lang: Lang) -> String {
    let picture = String::from_utf8_lossy(picture);
    let Some((before, after)) = picture.rsplit_once("</svg>") else { return picture.into_owned() };
    let size = before.split_once("viewBox=\"0 0 ").and_then(|(_, rest)| rest.split_once('"'));
    let size = size.and_then(|(size, _)| size.split_once(' '));
    let size = size.and_then(|(width, height)| Some((width.parse::<f64>().ok()?, height.parse::<f64>().ok()?)));
    let (width, height) = size.unwrap_or((800.0, 600.0));
    let (x, y, font) = (width / 2.0, height / 2.0, (width / 9.0).min(height / 3.0));
    let (short, line) = (short(lang), line(lang));
    format!(
        "{before}<g fill=\"#b00080\" text-anchor=\"middle\" font-weight=\"bold\">\n\
         <text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{font:.1}\" fill-opacity=\"0.28\" transform=\"rotate(-18 {x:.1} {y:.1})\">{short}</text>\n\
         <text x=\"{x:.1}\" y=\"13\" font-size=\"13\">{line}</text>\n</g>\n</svg>{after}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(kind: Kind, pieces: &[&str]) -> String {
        let (mut to, mut marker) = (Vec::new(), Marker::new(kind, Lang::En));
        for piece in pieces {
            marker.pass(piece.as_bytes(), &mut to).unwrap();
        }
        marker.end(&mut to).unwrap();
        String::from_utf8(to).unwrap()
    }

    #[test]
    fn every_row_of_a_table_says_so_in_a_last_column() {
        let csv = Kind::Csv;
        let table = ["a,b\n1,\"x\n", "y\"\n2,\"\"\"\"\n", "3,z"];
        let said = "a,b,exercise\n1,\"x\ny\",EXERCISE 演练\n2,\"\"\"\",EXERCISE 演练\n3,z,EXERCISE 演练";
        assert_eq!(marked(csv, &table), said);
        assert_eq!(marked(csv, &["a\n"]), "a,exercise\n");
    }

    #[test]
    fn an_object_says_so_first_and_once() {
        assert_eq!(marked(Kind::Json, &["{\n  \"a\": 1\n}\n"]), "{\n  \"exercise\": true,\n  \"a\": 1\n}\n");
        assert_eq!(marked(Kind::Json, &["{\"exercise\":true}"]), "{\"exercise\":true}");
        assert_eq!(marked(Kind::Json, &["{", "\"exercise", "\":true}"]), "{\"exercise\":true}");
        assert_eq!(marked(Kind::Json, &["{", "\"a", "\":1}"]), "{\n  \"exercise\": true,\"a\":1}");
        assert_eq!(marked(Kind::Json, &["{", "}"]), "{\n  \"exercise\": true}");
        assert_eq!(marked(Kind::Json, &["{}"]), "{\n  \"exercise\": true}");
        assert_eq!(marked(Kind::Json, &["[]"]), "[]");
    }

    #[test]
    fn a_screen_begins_and_ends_with_it_and_silence_stays_silence() {
        let line = line(Lang::En);
        assert_eq!(marked(Kind::Screen(false), &["a\n", "b\n"]), format!("{line}\na\nb\n{line}\n"));
        assert_eq!(marked(Kind::Json, &["plain words\n"]), format!("{line}\nplain words\n{line}\n"));
        assert_eq!(marked(Kind::Screen(false), &[]), "");
    }

    #[test]
    fn a_picture_has_words_across_it() {
        let picture = marked(Kind::Svg, &["<svg viewBox=\"0 0 900 300\">", "<g/></svg>\n"]);
        assert!(
            picture.contains("<g/>") && picture.contains("rotate(-18 450.0 150.0)") && picture.ends_with("</svg>\n")
        );
        assert!(picture.contains(&line(Lang::En)), "{picture}");
    }
}
