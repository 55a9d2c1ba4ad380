//! A policy is data: no plan's name, class, level, measure or exemption may stand in `src/`.
//!
//! Read are the string literals and the doc comments of every file, tests and macros included. Which names are
//! refused where:
//!
//! - a name that is no common word (it has a hyphen, an underscore or a digit, is all capitals, or is of several
//!   words) is refused wherever it stands as a whole word;
//! - any other name (`bus`, `I`, 商业) is refused where it stands for itself: as a whole literal, in quotation marks or
//!   backticks, as a part of a dotted path (`levels.I`), or after the word "level".

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "api/tokens.rs"]
#[allow(dead_code, reason = "only the lengths of literals and comments are of use here")]
mod tokens;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use curtail::policy::Policy;

/// Every name of every built-in policy, with what it names.
fn names() -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for id in Policy::builtins() {
        let policy = Policy::builtin(id).unwrap();
        let mut add = |name: &str, what: &str| names.insert(name.to_owned(), format!("{what} of {id}"));
        add(id, "the id");
        add(&policy.name.en, "the name");
        add(&policy.name.zh, "the name");
        for class in &policy.classes {
            add(&class.id, "a class");
            class.aliases.iter().for_each(|alias| _ = add(alias, "an alias"));
        }
        for level in &policy.levels {
            add(&level.id, "a level");
            add(&level.label.en, "a level");
            add(&level.label.zh, "a level");
        }
        policy.measures.iter().for_each(|measure| _ = add(&measure.id, "a measure"));
        policy.exemptions.iter().for_each(|exemption| _ = add(&exemption.id, "an exemption"));
    }
    names
}

/// The texts of a source file: each string literal with its quotation marks, each line of a doc comment.
fn texts(source: &str) -> Vec<(usize, &str)> {
    let (mut texts, mut at) = (Vec::new(), 0);
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            tokens::block_comment(rest)
        } else {
            tokens::literal(rest).or_else(|| tokens::word(rest)).unwrap_or(c.len_utf8())
        };
        let text = &rest[..length];
        let is_doc = ["///", "//!", "/**", "/*!"].iter().any(|mark| text.starts_with(mark));
        if is_doc || (text.ends_with(['"', '#']) && text.contains('"')) {
            texts.push((source[..at].matches('\n').count() + 1, text));
        }
        at += length;
    }
    texts
}

fn is_common_word(name: &str) -> bool {
    let capitals = name.chars().count() > 1 && name.chars().all(|c| c.is_ascii_uppercase());
    !capitals && !name.contains(|c: char| "-_ ".contains(c) || c.is_ascii_digit())
}

/// Whether a text says this name.
fn says(text: &str, name: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || "-_".contains(c);
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let (last, next) = (before.chars().next_back(), after.chars().next());
        if last.is_some_and(part_of_word) || next.is_some_and(part_of_word) {
            return false;
        }
        let quoted = last.is_some_and(|c| "\"'`“‘「".contains(c)) && next.is_some_and(|c| "\"'`”’」\\".contains(c));
        let follows = before.strip_suffix('.').is_some_and(|b| b.ends_with(part_of_word));
        let leads = after.strip_prefix('.').is_some_and(|a| a.starts_with(part_of_word));
        let numbered = before.to_lowercase().ends_with("level ");
        !is_common_word(name) || quoted || follows || leads || numbered
    })
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_plan_is_named_in_the_source() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("build.rs")];
    files(&root.join("src"), &mut paths);
    paths.sort();
    let names = names();
    let mut found = Vec::new();
    for path in &paths {
        let source = std::fs::read_to_string(path).unwrap();
        for (line, text) in texts(&source) {
            let said = names.iter().filter(|(name, _)| says(text, name));
            found.extend(said.map(|(name, what)| {
                format!("{}:{line}: `{name}` is {what}", path.strip_prefix(root).unwrap().display())
            }));
        }
    }
    assert!(paths.len() > 50, "only {} files", paths.len());
    assert!(found.is_empty(), "{} names of plans in the source:\n{}", found.len(), found.join("\n"));
}

#[test]
fn names_are_found_where_they_stand_for_themselves() {
    let source = r##"
        /// As `bus` is; the bus is not.
        fn hotel() -> &'static str { "a hotel" } // "peak-stop" in a plain comment
        const A: &str = "peak-stop"; const B: [&str; 2] = [r#"hotel"#, "no peak-stops, no off-peak-stop"];
        "levels.I.when", "I was", "at level I", "say \"bus\" now", "IV", "IVy", "“商业”", "商业用户"
    "##;
    let names = ["bus", "hotel", "peak-stop", "I", "IV", "商业"];
    let said: Vec<_> = texts(source)
        .into_iter()
        .flat_map(|(line, text)| names.iter().filter(move |name| says(text, name)).map(move |name| (line, *name)))
        .collect();
    let expected = [(2, "bus"), (4, "peak-stop"), (4, "hotel"), (5, "I"), (5, "I"), (5, "bus"), (5, "IV"), (5, "商业")];
    assert_eq!(said, expected);
}
