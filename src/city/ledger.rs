//! What a builder keeps while rows come in: the problems so far, the tables they are in, and the words they use.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use crate::city::CityMessage;
use crate::problem::{Message, Origin, Place, Problem, Problems, Severity};

/// After so many problems of one kind in one table, the others are only counted.
const SHOWN: usize = 50;

/// Collects problems, and counts instead of repeating what fills a screen.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    problems: Problems,
    counts: BTreeMap<(Origin, &'static str), Count>,
    /// Tables that could not be read in full; references to them are not judged.
    unread: Vec<&'static str>,
    stopped: bool,
}

#[derive(Debug)]
struct Count {
    times: usize,
    severity: Severity,
    last: Place,
}

impl Ledger {
    /// Adds a problem, or counts it if its table has enough of its kind.
    pub fn push(&mut self, problem: Problem) {
        self.stopped |= problem.severity == Severity::Error;
        let key = (problem.place.origin.clone(), problem.code());
        let place = problem.place.clone();
        let count = self.counts.entry(key).or_insert_with(|| Count {
            times: 0,
            severity: problem.severity,
            last: place.clone(),
        });
        count.times += 1;
        if count.times <= SHOWN {
            count.last = place.max(count.last.clone());
            self.problems.push(problem);
        }
    }

    /// Whether a table has enough problems of a kind. If so, one more is counted, and nobody needs to find words
    /// for it: the nearest name of a million wrong ones takes a while.
    pub fn enough(&mut self, origin: &Origin, code: &'static str) -> bool {
        match self.counts.get_mut(&(origin.clone(), code)) {
            Some(count) if count.times >= SHOWN => {
                count.times += 1;
                true
            }
            _ => false,
        }
    }

    /// Adds an error.
    pub fn error(&mut self, place: Place, message: impl Into<Message>) {
        self.push(Problem::error(place, message));
    }

    /// Adds a warning.
    pub fn warn(&mut self, place: Place, message: impl Into<Message>) {
        self.push(Problem::warning(place, message));
    }

    /// Adds a note: only readers of tables do things to their input.
    #[cfg(feature = "files")]
    pub fn note(&mut self, place: Place, message: impl Into<Message>) {
        self.push(Problem::note(place, message));
    }

    /// Whether anything stops the work so far.
    pub const fn stopped(&self) -> bool {
        self.stopped
    }

    /// A table could not be read in full, for a reason that was told: what refers to it is not judged.
    #[cfg(feature = "files")]
    pub fn unread(&mut self, table: &'static str) {
        self.unread.push(table);
    }

    /// Whether a table could be read in full.
    pub fn has(&self, table: &str) -> bool {
        !self.unread.contains(&table)
    }

    /// Takes in those of another input.
    pub fn extend(&mut self, problems: Problems) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }

    /// Takes in what another ledger has collected, before what this one has.
    #[cfg(feature = "files")]
    pub fn absorb(&mut self, before: Self) {
        let own = std::mem::replace(self, before);
        self.unread.extend(own.unread);
        self.extend(own.problems);
        for (key, count) in own.counts {
            if let Some(all) = self.counts.get_mut(&key) {
                all.times += count.times.saturating_sub(SHOWN);
            }
        }
    }

    /// All problems, and a line for each kind that was cut short; it stands after the last one shown.
    pub fn close(mut self) -> Problems {
        for (_, count) in self.counts {
            if count.times > SHOWN {
                let message = CityMessage::AndMore { times: count.times - SHOWN }.into();
                self.problems.push(Problem { severity: count.severity, place: count.last, message });
            }
        }
        self.problems
    }
}

/// A table that rows come from, and which of its columns holds what.
#[derive(Debug)]
pub(crate) struct Table {
    pub origin: Origin,
    /// Its key among the case's files; empty where nobody knows.
    pub key: &'static str,
    /// `(name, column)`; empty where nobody knows.
    pub columns: Vec<(&'static str, u32)>,
}

/// A row of a table. Eight bytes, since a city has a million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub table: u32,
    pub line: u32,
}

/// The tables of a builder.
#[derive(Debug, Default)]
pub(crate) struct Tables(Vec<Table>);

impl Tables {
    /// The number of the table with this origin, new or known.
    pub fn number(&mut self, origin: &Origin) -> u32 {
        let found = self.0.iter().rposition(|table| table.origin == *origin);
        found.map_or_else(|| self.add(origin.clone(), "", Vec::new()), |at| at as u32)
    }

    /// Adds a table whose columns are known.
    pub fn add(&mut self, origin: Origin, key: &'static str, columns: Vec<(&'static str, u32)>) -> u32 {
        self.0.push(Table { origin, key, columns });
        self.0.len() as u32 - 1
    }

    /// The place of a row.
    pub fn place(&self, at: At) -> Place {
        self.cell(at, "")
    }

    /// The place of a row's cell, or of the row if nobody knows its column.
    pub fn cell(&self, at: At, column: &str) -> Place {
        match self.0.get(at.table as usize) {
            Some(table) => {
                let column = table.columns.iter().find(|(name, _)| *name == column).map_or(0, |(_, column)| *column);
                Place::at(table.origin.clone(), at.line, column)
            }
            None => Place::line(Origin::memory("rows"), at.line),
        }
    }

    /// The table with this key as a whole.
    pub fn whole(&self, key: &str) -> Place {
        let found = self.0.iter().find(|table| table.key == key);
        Place::whole(found.map_or_else(|| Origin::memory(key), |table| table.origin.clone()))
    }

    /// Whether there is a table with this key.
    pub fn has(&self, key: &str) -> bool {
        self.0.iter().any(|table| table.key == key)
    }

    /// The origins, in the order of their numbers.
    pub fn origins(self) -> Vec<Origin> {
        self.0.into_iter().map(|table| table.origin).collect()
    }
}

/// Words that repeat from row to row, each kept once.
#[derive(Debug, Default)]
pub(crate) struct Words {
    list: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>,
    last: u32,
}

impl Words {
    /// The number of a word, new or known.
    pub fn number(&mut self, word: &str) -> u32 {
        if self.list.get(self.last as usize).is_some_and(|last| **last == *word) {
            return self.last;
        }
        self.last = match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let number = self.list.len() as u32;
                self.list.push(word.into());
                self.numbers.insert(word.into(), number);
                number
            }
        };
        self.last
    }

    /// The words, in the order they came.
    pub fn list(&self) -> &[Box<str>] {
        &self.list
    }

    /// The word with a number.
    pub fn word(&self, number: u32) -> &str {
        self.list.get(number as usize).map_or("", |word| word)
    }
}

/// Fowler-Noll-Vo: quick for the short words of a table; never iterated.
#[derive(Debug)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
