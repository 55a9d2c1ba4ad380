//! Which file one has before one: who names a table, a workbook or another file of ours where a file in TOML belongs hears that in one
//! sentence, and not of each of its lines that it is no TOML.

use super::{Node, TreeMessage, parse};
use crate::problem::{Origin, Place, Problem, Problems};

/// The kinds of files that are read from TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Case,
    Policy,
    DemandModel,
    Scenario,
}

impl FileKind {
    /// Policies and demand models both have classes, so a policy is looked for first.
    const ALL: [Self; 4] = [Self::Case, Self::Scenario, Self::Policy, Self::DemandModel];

    /// What such a file is called in an example.
    const fn example(self) -> &'static str {
        match self {
            Self::Case => "case.toml",
            Self::Policy => "my-plan.toml",
            Self::DemandModel => "demand-model.toml",
            Self::Scenario => "scenario.toml",
        }
    }

    /// Whether a file has what only this kind has.
    fn is(self, root: &Node) -> bool {
        let has = |key: &str| root.get(key).is_some();
        match self {
            Self::Case => has("case"),
            Self::Policy => has("policy") || has("extends"),
            Self::DemandModel => has("classes") && !has("policy"),
            Self::Scenario => has("scenario"),
        }
    }
}

/// The text of a file in TOML.
///
/// # Errors
/// That it is a workbook, or where it is not in UTF-8.
pub(crate) fn text(bytes: Vec<u8>, kind: FileKind, origin: &Origin) -> Result<String, Problems> {
    let wanted = kind.example();
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(refused(origin, TreeMessage::IsWorkbook { wanted }));
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
        Problem::error(Place::line(origin.clone(), line), TreeMessage::NotUtf8 {}).into()
    })
}

/// Reads a file of a kind.
///
/// # Errors
/// All syntax errors at once, or in their place that this is a file of another kind.
pub(crate) fn parse_as(kind: FileKind, text: &str, origin: &Origin) -> Result<Node, Problems> {
    let wanted = kind.example();
    let root = match parse(text, origin) {
        Ok(root) => root,
        Err(problems) => return Err(looks_like(text, wanted).map_or(problems, |other| refused(origin, other))),
    };
    let other = FileKind::ALL.into_iter().filter(|other| *other != kind && !kind.is(&root));
    match other.into_iter().find(|other| other.is(&root)) {
        Some(other) => Err(refused(origin, TreeMessage::IsOtherFile { like: other.example(), wanted })),
        None => Ok(root),
    }
}

/// What a text is that is no TOML, as far as its first lines tell.
fn looks_like(text: &str, wanted: &'static str) -> Option<TreeMessage> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut telling = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = telling.next()?;
    match first.chars().next()? {
        '{' => return Some(TreeMessage::IsJson { wanted }),
        '<' => return Some(TreeMessage::IsPage { wanted }),
        _ => {}
    }
    let is_toml = |line: &str| line.contains('=') || line.starts_with('[');
    let next = [telling.next(), telling.next()];
    if is_toml(first) || next.iter().flatten().any(|line| is_toml(line)) {
        return None;
    }
    let row = |line: &str| line.contains([',', '\t', ';', '，']);
    match next {
        _ if row(first) && next.iter().flatten().all(|line| row(line)) => Some(TreeMessage::IsTable { wanted }),
        // Of less than three lines each is told.
        [Some(_), Some(_)] => Some(TreeMessage::IsProse { wanted }),
        _ => None,
    }
}

fn refused(origin: &Origin, message: TreeMessage) -> Problems {
    Problem::error(Place::whole(origin.clone()), message).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    fn said(kind: FileKind, text: &str) -> String {
        let read = parse_as(kind, text, &Origin::memory("it"));
        read.map_or_else(
            |problems| problems.iter().map(|problem| problem.in_words(Lang::En)).collect(),
            |_| String::new(),
        )
    }

    #[test]
    fn what_is_no_toml_is_told_in_one_sentence() {
        for (text, words) in [
            ("date,temperature_c\n2020-01-01,3\n2020-01-02,4\n", "this is a table"),
            ("\u{feff}日期\t气温\n2020-01-01\t3\n", "this is a table"),
            ("date,a\n", "this is a table"),
            ("{\"a\": 1}", "this is data in JSON"),
            ("\n<!DOCTYPE html>\n<html>", "this is a page"),
            ("# A title\n\nHow this came to be.\nIn words.\nAnd more.\n", "this is no TOML"),
            // Whoever writes TOML and errs hears where.
            ("name \"a\"\n[table]\na = 1\nb 2\n", "expected"),
            ("name\n", "expected"),
        ] {
            let said = said(FileKind::Scenario, text);
            assert!(said.contains(words), "{text}: {said}");
            assert_eq!(said.contains("`scenario.toml`"), !words.contains("expected"), "{said}");
        }
    }

    #[test]
    fn a_file_of_another_kind_is_told_by_what_only_it_has() {
        let files = [
            (FileKind::Case, "[case]\npolicy = \"a\"\n[files]\n"),
            (FileKind::Policy, "[policy]\nid = \"a\"\n[classes.a]\n"),
            (FileKind::DemandModel, "threshold_c = 18\n[classes.a]\n"),
            (FileKind::Scenario, "[scenario]\ncase = \".\"\n[sources.a]\n"),
        ];
        for (own, text) in files {
            for (wanted, _) in files {
                let said = said(wanted, text);
                assert_eq!(said.is_empty(), own == wanted, "{own:?} for {wanted:?}: {said}");
                assert!(said.is_empty() || said.contains(own.example()) && said.contains(wanted.example()), "{said}");
            }
        }
        // A proposal has nothing of its own but what it rests on, and a slip in a heading is told as such.
        assert_eq!(said(FileKind::Policy, "extends = \"a\"\n[classes.a]\n"), "");
        assert_eq!(said(FileKind::Scenario, "[scenari]\nname = \"a\"\n"), "");
    }
}
