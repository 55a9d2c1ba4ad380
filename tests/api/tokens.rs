//! Rust text as a tree of tokens, without comments; and back to text, spaced in one way.

/// A word, a mark, or a bracketed group.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Word(String),
    Mark(&'static str),
    Group(char, Vec<Token>),
}

use Token::{Group, Mark, Word};

const MARKS: [&str; 30] = [
    "..=", "...", "::", "->", "=>", "..", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "&", "|", "<",
    ">", "=", ",", ";", ":", "#", "!", "+", "-", "*", "/",
];
const OTHERS: [&str; 7] = ["?", "$", "@", "%", "^", ".", "~"];

pub fn tokens(text: &str) -> Vec<Token> {
    let mut at = 0;
    let tokens = group(text, &mut at, None);
    assert_eq!(at, text.len(), "an unmatched bracket");
    tokens
}

fn group(text: &str, at: &mut usize, close: Option<char>) -> Vec<Token> {
    let mut tokens = Vec::new();
    while let Some(c) = text[*at..].chars().next() {
        let rest = &text[*at..];
        if c.is_whitespace() {
            *at += c.len_utf8();
        } else if rest.starts_with("//") {
            *at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            *at += block_comment(rest);
        } else if Some(c) == close {
            *at += 1;
            return tokens;
        } else if let Some(close) = closing(c) {
            *at += 1;
            tokens.push(Group(c, group(text, at, Some(close))));
        } else if let Some(length) = literal(rest).or_else(|| word(rest)) {
            tokens.push(Word(rest[..length].to_owned()));
            *at += length;
        } else {
            let mark = MARKS.iter().chain(&OTHERS).find(|mark| rest.starts_with(**mark));
            let mark = mark.unwrap_or_else(|| panic!("what is `{}`?", rest.lines().next().unwrap()));
            tokens.push(Mark(mark));
            *at += mark.len();
        }
    }
    tokens
}

const fn closing(open: char) -> Option<char> {
    match open {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    }
}

pub fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        match (rest.starts_with("/*"), rest.starts_with("*/")) {
            (true, _) => (depth, at) = (depth + 1, at + 2),
            (_, true) => (depth, at) = (depth - 1, at + 2),
            _ => at += rest.chars().next().map_or(1, char::len_utf8),
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

/// The length of a string, character or lifetime.
pub fn literal(text: &str) -> Option<usize> {
    let hashes =
        text.trim_start_matches('b').strip_prefix('r').map(|raw| raw.len() - raw.trim_start_matches('#').len());
    let before = text.find('"').unwrap_or(usize::MAX);
    if let Some(hashes) = hashes
        && text.get(..before).is_some_and(|prefix| prefix.chars().all(|c| "br#".contains(c)))
    {
        let end = format!("\"{}", "#".repeat(hashes));
        return text[before + 1..].find(&end).map(|length| before + 1 + length + end.len());
    }
    let quote = if text.starts_with("b\"") || text.starts_with("b'") { 1 } else { 0 };
    let mark = text[quote..].chars().next().filter(|c| "\"'".contains(*c))?;
    let mut chars = text[quote + 1..].char_indices();
    if mark == '\'' && !text[quote + 1..].starts_with('\\') {
        let (_, first) = chars.next()?;
        // A lifetime unless a quotation mark closes the one character.
        if !text[quote + 1 + first.len_utf8()..].starts_with('\'') {
            return Some(1 + word(&text[1..]).unwrap_or(0));
        }
        return Some(quote + 2 + first.len_utf8());
    }
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => _ = chars.next(),
            c if c == mark => return Some(quote + 1 + at + 1),
            _ => {}
        }
    }
    None
}

/// The length of a name or number.
pub fn word(text: &str) -> Option<usize> {
    let length = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (length > 0).then_some(length)
}

/// The tokens as text, spaced in one way whatever the spacing was.
pub fn text(tokens: &[Token]) -> String {
    let mut out = String::new();
    let mut last: Option<&Token> = None;
    for token in tokens {
        let spaced = match (last, token) {
            (None, _) => false,
            (Some(Mark("," | ":" | ";" | "=" | "->" | "=>" | "+")), _) => true,
            (_, Mark("=" | "->" | "=>" | "+")) => true,
            (Some(Word(_)), Word(_) | Group('{', _)) => true,
            (Some(Word(word)), Mark("&" | "*") | Group(..)) => {
                word.starts_with('\'') || ["mut", "const", "where", "for", "impl", "dyn"].contains(&word.as_str())
            }
            (Some(Mark(">") | Group(..)), Word(_)) => true,
            (Some(Mark(">") | Group(..)), Group('{', _)) => true,
            _ => false,
        };
        if spaced {
            out.push(' ');
        }
        match token {
            Word(word) => out.push_str(word),
            Mark(mark) => out.push_str(mark),
            Group(open, inner) => {
                let inner = match inner.as_slice() {
                    [inner @ .., Mark(",")] => inner,
                    inner => inner,
                };
                out.push(*open);
                out.push_str(&text(inner));
                out.extend(closing(*open));
            }
        }
        last = Some(token);
    }
    out
}

/// Where the angles that begin at `from` are closed.
pub fn past_angles(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        depth += i32::from(*token == Mark("<")) - i32::from(*token == Mark(">"));
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// The tokens without attributes, at any depth.
pub fn without_attributes(tokens: &[Token]) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        match (first, after) {
            (Mark("#"), [Group('[', _), after @ ..]) => rest = after,
            (Group(open, inner), _) => {
                out.push(Group(*open, without_attributes(inner)));
                rest = after;
            }
            _ => {
                out.push(first.clone());
                rest = after;
            }
        }
    }
    out
}

/// The parts between commas, those inside angles not counted.
pub fn split(tokens: &[Token]) -> Vec<&[Token]> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0);
    for (at, token) in tokens.iter().enumerate() {
        depth += i32::from(*token == Mark("<")) - i32::from(*token == Mark(">"));
        if *token == Mark(",") && depth == 0 {
            parts.push(&tokens[from..at]);
            from = at + 1;
        }
    }
    parts.push(&tokens[from..]);
    parts.retain(|part| !part.is_empty());
    parts
}
