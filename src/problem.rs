//! What is wrong with an input, where, and what to do about it.
//!
//! A reader never stops at the first fault: it collects [`Problem`]s and reports them together. A problem is
//! data; the words come from the room's message table ([`crate::messages!`]), in English or Chinese.

use std::fmt;
use std::sync::Arc;

use crate::Lang;

/// Where a datum came from. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Origin {
    /// A file, by the path as it was named.
    File(Arc<str>),
    /// A sheet of a workbook.
    Sheet {
        /// The workbook's path as it was named.
        file: Arc<str>,
        /// The sheet's name.
        sheet: Arc<str>,
    },
    /// Handed over by a program, or on the command line; the text says by what name.
    Memory(Arc<str>),
}

impl Origin {
    /// A file by its path.
    pub fn file(path: impl fmt::Display) -> Self {
        Self::File(path.to_string().into())
    }

    /// The file's own name, whatever path led to it: what outputs say, so that they do not depend on where one stands.
    pub fn name(&self) -> String {
        let last = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
        match self {
            Self::File(path) => last(path),
            Self::Sheet { file, sheet } => format!("{}[{sheet}]", last(file)),
            Self::Memory(name) => name.to_string(),
        }
    }

    /// A datum that no file holds, by the name its giver knows it by.
    pub fn memory(name: impl fmt::Display) -> Self {
        Self::Memory(name.to_string().into())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.write_str(path),
            Self::Sheet { file, sheet } => write!(f, "{file}[{sheet}]"),
            Self::Memory(name) => f.write_str(name),
        }
    }
}

/// An exact place in an origin. Lines and columns count from 1; 0 means "the whole of it".
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file, sheet or program.
    pub origin: Origin,
    /// The line of a text, or the row of a sheet.
    pub line: u32,
    /// The column: of characters in a TOML file, of cells in a table.
    pub column: u32,
}

impl Place {
    /// The whole of an origin.
    pub const fn whole(origin: Origin) -> Self {
        Self { origin, line: 0, column: 0 }
    }

    /// A line of an origin.
    pub const fn line(origin: Origin, line: u32) -> Self {
        Self { origin, line, column: 0 }
    }

    /// A line and column of an origin.
    pub const fn at(origin: Origin, line: u32, column: u32) -> Self {
        Self { origin, line, column }
    }
}

/// `file:line:column`, or `book.xlsx[sheet]!C7` for a cell of a sheet.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, line, column } = self;
        match (origin, line, column) {
            (_, 0, _) => origin.fmt(f),
            (Origin::Sheet { .. }, line, 0) => write!(f, "{origin}!{line}:{line}"),
            (Origin::Sheet { .. }, line, column) => write!(f, "{origin}!{}{line}", column_letters(*column)),
            (_, line, 0) => write!(f, "{origin}:{line}"),
            (_, line, column) => write!(f, "{origin}:{line}:{column}"),
        }
    }
}

/// A spreadsheet's name for its nth column: 1 is `A`, 27 is `AA`.
fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// Whether a problem stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input cannot be used; nothing is decided.
    Error,
    /// The input can be used; somebody should look.
    Warning,
    /// Something was done with the input that its owner should know.
    Note,
}

/// One thing that is wrong (or worth a look) in an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it stops the work.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What it is; carries the values, not the words.
    pub message: Message,
}

impl Problem {
    /// A fault that stops the work.
    pub fn error(place: Place, message: impl Into<Message>) -> Self {
        Self { severity: Severity::Error, place, message: message.into() }
    }

    /// Something to look at.
    pub fn warning(place: Place, message: impl Into<Message>) -> Self {
        Self { severity: Severity::Warning, place, message: message.into() }
    }

    /// Something that was done with the input.
    pub fn note(place: Place, message: impl Into<Message>) -> Self {
        Self { severity: Severity::Note, place, message: message.into() }
    }

    /// The stable name of the kind of problem, such as `unknown_class`.
    pub fn code(&self) -> &'static str {
        self.message.code()
    }

    /// The problem in words: a line that says where and what, and a line that says what to do.
    pub fn in_words(&self, lang: Lang) -> String {
        let severity = match (self.severity, lang) {
            (Severity::Error, Lang::En) => "error",
            (Severity::Warning, Lang::En) => "warning",
            (Severity::Note, Lang::En) => "note",
            (Severity::Error, Lang::Zh) => "错误",
            (Severity::Warning, Lang::Zh) => "警告",
            (Severity::Note, Lang::Zh) => "提示",
        };
        let hint = match lang {
            Lang::En => "help",
            Lang::Zh => "办法",
        };
        let (text, help) = (self.message.text(lang), self.message.hint(lang));
        let head = on_one_line(&format!("{severity}: {}: {text}", self.place));
        if help.is_empty() { head } else { format!("{head}\n  {hint}: {}", on_one_line(&help)) }
    }
}

/// A quotation mark that never closes makes a cell of a whole file, and a cell may hold what a terminal obeys: line
/// breaks and control characters become visible, and the middle of a text that nobody would read to its end is left out.
fn on_one_line(text: &str) -> String {
    const MOST: usize = 600;
    const ENDS: usize = 280;
    let visible = |c: char| match c {
        '\n' => '↵',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    let length = text.chars().count();
    if length <= MOST {
        return text.chars().map(visible).collect();
    }
    let (start, end) = (text.chars().take(ENDS), text.chars().skip(length - ENDS));
    start.chain(" … ".chars()).chain(end).map(visible).collect()
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(Lang::En))
    }
}

/// All that is wrong with an input, in the order of its places. As an error, it holds at least one
/// [`Severity::Error`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// No problem yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds an error.
    pub fn error(&mut self, place: Place, message: impl Into<Message>) {
        self.push(Problem::error(place, message));
    }

    /// Adds a warning.
    pub fn warn(&mut self, place: Place, message: impl Into<Message>) {
        self.push(Problem::warning(place, message));
    }

    /// Adds a note.
    pub fn note(&mut self, place: Place, message: impl Into<Message>) {
        self.push(Problem::note(place, message));
    }

    /// Takes in those of another input.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether any of them stops the work.
    pub fn stop(&self) -> bool {
        self.0.iter().any(|p| p.severity == Severity::Error)
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Moves those of a kind that stand at an origin to where a person wrote what is wrong.
    #[cfg(feature = "files")]
    pub(crate) fn told_at(&mut self, code: &str, origin: &Origin, place: &Place) {
        let moved = self.0.iter_mut().filter(|problem| problem.code() == code && problem.place.origin == *origin);
        moved.for_each(|problem| problem.place = place.clone());
    }

    /// Says of those that stand at an origin that they stand at another: who wrote it may know it by another name.
    #[cfg(feature = "cli")]
    pub(crate) fn stand_in(&mut self, origin: &Origin, other: &Origin) {
        let moved = self.0.iter_mut().filter(|problem| problem.place.origin == *origin);
        moved.for_each(|problem| problem.place.origin = other.clone());
    }

    /// Drops those that what was read later has answered.
    #[cfg(feature = "files")]
    pub(crate) fn retain(&mut self, stays: impl FnMut(&Problem) -> bool) {
        self.0.retain(stays);
    }

    /// Sorts them by severity and place, so that a reader goes through each file once.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| (a.severity, &a.place).cmp(&(b.severity, &b.place)));
    }

    /// `value` and the warnings if nothing stops the work; otherwise all problems, sorted.
    ///
    /// # Errors
    /// These problems, if one of them is a [`Severity::Error`].
    pub fn or<T>(mut self, value: T) -> Result<(T, Self), Self> {
        self.sort();
        if self.stop() { Err(self) } else { Ok((value, self)) }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Declares a room's message table: an enum whose variants carry values, and their words in both languages.
///
/// Each entry is `code = Variant { values } => en text, en hint; zh text, zh hint;`. A hint may be empty. There is no way to
/// write an entry with one language only.
#[macro_export]
#[doc(hidden)]
macro_rules! messages {
    ($(#[$doc:meta])* $name:ident { $( $(#[$entry:meta])* $code:literal = $variant:ident { $($field:ident : $kind:ty),* $(,)? }
        => $en:literal, $en_hint:literal; $zh:literal, $zh_hint:literal; )* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        #[allow(missing_docs)]
        pub enum $name { $( $(#[$entry])* $variant { $($field: $kind),* } ),* }

        impl $name {
            /// The stable name of this kind of message.
            pub fn code(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $code ),* }
            }

            /// What is the case, in words.
            #[allow(unused_variables, clippy::useless_format)]
            pub fn text(&self, lang: $crate::Lang) -> String {
                match (self, lang) { $(
                    (Self::$variant { $($field),* }, $crate::Lang::En) => format!($en),
                    (Self::$variant { $($field),* }, $crate::Lang::Zh) => format!($zh),
                )* }
            }

            /// What to do about it, in words; may be empty.
            #[allow(unused_variables, clippy::useless_format)]
            pub fn hint(&self, lang: $crate::Lang) -> String {
                match (self, lang) { $(
                    (Self::$variant { $($field),* }, $crate::Lang::En) => format!($en_hint),
                    (Self::$variant { $($field),* }, $crate::Lang::Zh) => format!($zh_hint),
                )* }
            }
        }
    };
}

/// A message of any room.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Message {
    /// Of the TOML layer below policies and cases.
    Tree(crate::tree::TreeMessage),
    /// Of a policy.
    Policy(crate::policy::PolicyMessage),
    /// Of a city.
    City(crate::city::CityMessage),
    /// Of a case folder's files and tables.
    Table(crate::city::TableMessage),
    /// Of a decision.
    Decide(crate::decide::DecideMessage),
    /// Of what is handed to a day beside the case: what-if questions, burdens.
    WhatIf(crate::decide::whatif::WhatIfMessage),
    /// Of a curve.
    Curve(crate::curve::CurveMessage),
    /// Of a scenario of winters.
    Scenario(crate::simulate::ScenarioMessage),
    /// Of a demand model, or of the weather it is applied to.
    Forecast(crate::forecast::ForecastMessage),
    /// Of the tests of a policy.
    Trial(crate::trial::TrialMessage),
}

macro_rules! rooms {
    ($($room:ident($kind:ty)),*) => {
        impl Message {
            /// The stable name of this kind of message.
            pub fn code(&self) -> &'static str {
                match self { $( Self::$room(m) => m.code() ),* }
            }

            /// What is the case, in words.
            pub fn text(&self, lang: Lang) -> String {
                match self { $( Self::$room(m) => m.text(lang) ),* }
            }

            /// What to do about it, in words; may be empty.
            pub fn hint(&self, lang: Lang) -> String {
                match self { $( Self::$room(m) => m.hint(lang) ),* }
            }
        }
        $( impl From<$kind> for Message {
            fn from(message: $kind) -> Self { Self::$room(message) }
        } )*
    };
}

rooms!(
    Tree(crate::tree::TreeMessage),
    Policy(crate::policy::PolicyMessage),
    City(crate::city::CityMessage),
    Table(crate::city::TableMessage),
    Decide(crate::decide::DecideMessage),
    WhatIf(crate::decide::whatif::WhatIfMessage),
    Curve(crate::curve::CurveMessage),
    Scenario(crate::simulate::ScenarioMessage),
    Forecast(crate::forecast::ForecastMessage),
    Trial(crate::trial::TrialMessage)
);

thread_local! {
    /// Whether this thread catches the panics of a borrowed reader or solver just now.
    static CATCHING: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Runs a borrowed reader or solver that may panic on what it is given; `None` if it did.
#[cfg(any(feature = "files", feature = "lp"))]
pub(crate) fn catching<T>(work: impl FnOnce() -> T) -> Option<T> {
    CATCHING.set(true);
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    CATCHING.set(false);
    done.ok()
}

/// Whether a panic of this thread is about to be caught and told in words: a panic hook need say nothing.
pub fn is_catching() -> bool {
    CATCHING.get()
}

/// The candidate nearest to `word`, if one is near enough to be what was meant: at most a third of the
/// characters differ. Ties go to the first candidate.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other: Vec<char> = candidate.to_lowercase().chars().collect();
        let distance = edit_distance(&word, &other);
        let near = distance * 3 <= word.len().max(other.len());
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        let names = ["industrious", "kitchen", "kettle"];
        assert_eq!(nearest("industriuos", names), Some("industrious"));
        assert_eq!(nearest("Kitchn", names), Some("kitchen"));
        assert_eq!(nearest("zzz", names), None);
    }

    #[test]
    fn a_value_of_many_lines_takes_one() {
        let words = |word: String| {
            let message = crate::policy::PolicyMessage::BadId { word };
            Problem::error(Place::whole(Origin::file("x.toml")), message).in_words(Lang::En)
        };
        let help = "\n  help: use letters, digits, `-` and `_`";
        let two = format!("error: x.toml: `a↵b\u{fffd}[31m` cannot be an id{help}");
        assert_eq!(words("a\nb\u{1b}[31m".into()), two);
        let start = "error: x.toml: `";
        let (a, b) = ("线".repeat(280 - start.len()), "线".repeat(280 - "` cannot be an id".len()));
        assert_eq!(words("线".repeat(1000)), format!("{start}{a} … {b}` cannot be an id{help}"));
    }

    #[test]
    fn places_read_as_people_say_them() {
        let sheet = Origin::Sheet { file: "a.xlsx".into(), sheet: "用户".into() };
        assert_eq!(Place::at(sheet.clone(), 7, 28).to_string(), "a.xlsx[用户]!AB7");
        assert_eq!(Place::line(sheet, 7).to_string(), "a.xlsx[用户]!7:7");
        assert_eq!(Place::at(Origin::file("x.csv"), 3, 2).to_string(), "x.csv:3:2");
        assert_eq!(Place::whole(Origin::file("x.csv")).to_string(), "x.csv");
    }
}
