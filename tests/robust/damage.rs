//! What happens to files: bytes flip, lines go missing or come twice, a word turns into another.

use proptest::prelude::*;
use proptest::sample::Index;

/// One thing that happens to a file. Positions are relative, so that each applies to any file.
#[derive(Clone, Debug)]
pub enum Damage {
    Flip(Index, u8),
    Insert(Index, u8),
    Delete(Index, usize),
    Truncate(Index),
    /// A line comes twice, the second time somewhere else.
    RepeatLine(Index, Index),
    DropLine(Index),
    SwapLines(Index, Index),
    /// A word or number becomes another one.
    Word(Index, &'static str),
    /// A word or number becomes one from elsewhere in the file.
    Shuffle(Index, Index),
}

/// What people and programs leave where a word or a number should be.
pub const WORDS: &[&str] = &[
    "",
    " ",
    "-",
    "-1",
    "0",
    "00",
    "1",
    "2",
    "24",
    "25",
    "0.5",
    "1.0000000000000000001",
    ".5",
    "1.",
    "1e3",
    "1E+300",
    "6.10E+17",
    "999999999999",
    "1000000000000",
    "1000000000001",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "0.000000000000000001",
    "NaN",
    "nan",
    "inf",
    "-inf",
    "+7",
    "0x10",
    "1_000",
    "1,234",
    "\"1,234\"",
    "１２３",
    "十二",
    "#REF!",
    "####",
    "=1+1",
    "'=1",
    "@x",
    "\"",
    "\"\"",
    "\"\"\"",
    "'''",
    "[",
    "]",
    "[]",
    "[[]]",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    "{",
    "}",
    "{}",
    "{ a = 1 }",
    "=",
    ",",
    ",,,,,,,,,,,,,,,,,,,,,,",
    ".",
    "..",
    "/",
    "\\",
    "\n",
    "\r",
    "\r\n\r\n",
    "\t",
    "#",
    "true",
    "false",
    "是",
    "否",
    "2026-01-07",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "2026/1/7",
    "00:00",
    "17:00",
    "24:00",
    "25:00",
    "07:32:00",
    "02-29",
    "12-31",
    "xian-2025",
    "us-granite-ferc",
    "customers.csv",
    "xx.xlsx",
    "a.xlsx#b",
    ".",
    "合计",
    "total",
    "all",
    "stop",
    "limit",
    "to-floor",
    "floor",
    "others",
    "rest",
    "first_m3",
    "{ first_m3 = 18446744073709551615 }",
    "as_needed",
    "list",
    "even",
    "firm",
    "backup",
    "any",
    "always",
    "IV",
    "I",
    "null",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "万m3",
    "(万m3)",
    "(10^4 m3)",
    "demand (10^4 m3)",
    "Sm3-20C",
    "\u{10ffff}",
    "e\u{301}",
    "日期",
    "用气量(m3)",
];

pub fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        2 => (at(), any::<u8>()).prop_map(|(i, bits)| Damage::Flip(i, bits.max(1))),
        1 => (at(), any::<u8>()).prop_map(|(i, byte)| Damage::Insert(i, byte)),
        1 => (at(), prop::sample::select(vec![1usize, 1, 2, 7, 60])).prop_map(|(i, n)| Damage::Delete(i, n)),
        1 => at().prop_map(Damage::Truncate),
        2 => (at(), at()).prop_map(|(i, j)| Damage::RepeatLine(i, j)),
        2 => at().prop_map(Damage::DropLine),
        2 => (at(), at()).prop_map(|(i, j)| Damage::SwapLines(i, j)),
        12 => (at(), prop::sample::select(WORDS)).prop_map(|(i, word)| Damage::Word(i, word)),
        8 => (at(), at()).prop_map(|(i, j)| Damage::Shuffle(i, j)),
    ]
}

impl Damage {
    pub fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        match *self {
            Self::Flip(at, bits) => {
                let at = at.index(bytes.len());
                bytes[at] ^= bits;
            }
            Self::Insert(at, byte) => bytes.insert(at.index(bytes.len() + 1), byte),
            Self::Delete(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + count).min(bytes.len()));
            }
            Self::Truncate(at) => bytes.truncate(at.index(bytes.len())),
            Self::RepeatLine(from, to) => with_lines(bytes, |lines| {
                let line = lines[from.index(lines.len())].clone();
                lines.insert(to.index(lines.len() + 1), line);
            }),
            Self::DropLine(at) => with_lines(bytes, |lines| {
                lines.remove(at.index(lines.len()));
            }),
            Self::SwapLines(a, b) => with_lines(bytes, |lines| {
                let count = lines.len();
                lines.swap(a.index(count), b.index(count));
            }),
            Self::Word(at, word) => replace(bytes, at, word.as_bytes()),
            Self::Shuffle(at, from) => {
                let words = words(bytes);
                if !words.is_empty() {
                    let word = bytes[words[from.index(words.len())].clone()].to_vec();
                    replace(bytes, at, &word);
                }
            }
        }
    }
}

fn with_lines(bytes: &mut Vec<u8>, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    change(&mut lines);
    *bytes = lines.concat();
}

fn replace(bytes: &mut Vec<u8>, at: Index, word: &[u8]) {
    let words = words(bytes);
    if !words.is_empty() {
        bytes.splice(words[at.index(words.len())].clone(), word.iter().copied());
    }
}

/// Where the words and numbers are: runs between blanks, commas, quotes, brackets and equals signs.
fn words(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let is_word = |b: &u8| !b.is_ascii_whitespace() && !b",=\"'[]{}()#".contains(b);
    let mut words: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| is_word(byte)) {
        match words.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => words.push(at..at + 1),
        }
    }
    words
}
