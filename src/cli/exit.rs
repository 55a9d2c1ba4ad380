//! How a run ends: exit statuses, and the failures that lead to them.

use std::io;
use std::process::ExitCode;

use crate::Lang;
use crate::cli::message::CliMessage;
use crate::problem::{Problem, Problems, Severity};
#[cfg(feature = "record")]
use crate::record::{RecordError, RecordMessage};

/// The exit status of a run. Scripts rely on these numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// What was asked is done.
    Done = 0,
    /// The program failed: a bug, a full disk.
    Failed = 1,
    /// The command line or an input is wrong; nothing was written.
    BadInput = 2,
    /// `decide`: decided, but firm gas is cut beyond what the level authorises.
    BeyondAuthority = 3,
    /// `verify`: the decision does not hold. `policy test`: a test fails, or too few rules are exercised.
    DoesNotHold = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a run came to nothing.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something is wrong with an input; all of it.
    Input(Problems),
    /// The command line asks for something that cannot be.
    Refused(CliMessage),
    /// The record refuses, or cannot be read or written.
    #[cfg(feature = "record")]
    Record(RecordError),
    /// The program or the machine failed.
    Broken(anyhow::Error),
}

impl Failure {
    /// The status that the run ends with.
    pub(crate) const fn exit(&self) -> Exit {
        match self {
            Self::Input(_) | Self::Refused(_) => Exit::BadInput,
            #[cfg(feature = "record")]
            Self::Record(RecordError::Refused(_)) => Exit::BadInput,
            #[cfg(feature = "record")]
            Self::Record(_) => Exit::Failed,
            Self::Broken(_) => Exit::Failed,
        }
    }

    /// The failure in words, for standard error.
    pub(crate) fn in_words(&self, lang: Lang, all: bool) -> String {
        match self {
            Self::Input(problems) => list(problems, lang, Severity::Error, all),
            Self::Refused(message) => complaint(&message.text(lang), &message.hint(lang), lang),
            #[cfg(feature = "record")]
            Self::Record(error) => complaint(&error.message().text(lang), &error.message().hint(lang), lang),
            Self::Broken(error) => {
                // The chain of causes on one line each; no backtrace.
                let known = error.chain().find_map(|cause| what_failed(cause.downcast_ref()?));
                let mut causes = error.chain().map(|cause| match cause.downcast_ref().and_then(what_failed) {
                    Some(message) => message.text(lang),
                    None => cause.to_string(),
                });
                let mut text = complaint(&causes.next().unwrap_or_default(), "", lang);
                for cause in causes {
                    text.push_str("\n  ");
                    text.push_str(&cause);
                }
                if let Some(message) = known {
                    text.push_str(&help(&message.hint(lang), lang));
                }
                text
            }
        }
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::Input(problems)
    }
}

impl From<CliMessage> for Failure {
    fn from(message: CliMessage) -> Self {
        Self::Refused(message)
    }
}

#[cfg(feature = "record")]
impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        Self::Record(error)
    }
}

#[cfg(feature = "record")]
impl From<RecordMessage> for Failure {
    fn from(message: RecordMessage) -> Self {
        Self::Record(RecordError::Refused(message))
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Broken(error.into())
    }
}

/// What the system's commonest refusals say in words that tell what to do; the system itself has them in English alone.
fn what_failed(error: &io::Error) -> Option<CliMessage> {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(CliMessage::NoRoom {}),
        io::ErrorKind::PermissionDenied => Some(CliMessage::NoPermission {}),
        io::ErrorKind::ReadOnlyFilesystem => Some(CliMessage::ReadOnly {}),
        _ => None,
    }
}

/// A message as standard error shows it: the fault and, on its own line, what to do.
fn complaint(text: &str, hint: &str, lang: Lang) -> String {
    let severity = match lang {
        Lang::En => "error: ",
        Lang::Zh => "错误：",
    };
    format!("{severity}{text}{}", help(hint, lang))
}

/// What to do, on a line of its own; nothing where there is nothing to say.
fn help(hint: &str, lang: Lang) -> String {
    match (hint, lang) {
        ("", _) => String::new(),
        (hint, Lang::En) => format!("\n  help: {hint}"),
        (hint, Lang::Zh) => format!("\n  办法：{hint}"),
    }
}

/// The most problems that are listed unless `-v` asks for all of them: a table with one wrong column has a
/// problem a row.
const LISTED: usize = 50;

/// Problems as bad as `least` or worse, one after another.
pub(crate) fn list(problems: &Problems, lang: Lang, least: Severity, all: bool) -> String {
    let wanted: Vec<&Problem> = problems.iter().filter(|p| p.severity <= least).collect();
    let shown = if all { wanted.len() } else { wanted.len().min(LISTED) };
    let mut text = wanted.iter().take(shown).map(|p| p.in_words(lang)).collect::<Vec<_>>().join("\n");
    if shown < wanted.len() {
        text.push('\n');
        text.push_str(&CliMessage::MoreProblems { count: wanted.len() - shown }.text(lang));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_refuses_is_told_in_the_readers_language_with_a_way_out() {
        for (kind, zh, en) in [
            (io::ErrorKind::StorageFull, "磁盘已满", "the disk is full"),
            (io::ErrorKind::PermissionDenied, "没有写入该文件夹或文件的权限", "may not be written by you"),
            (io::ErrorKind::ReadOnlyFilesystem, "该文件系统只读", "can only be read"),
        ] {
            for (lang, words, help) in [(Lang::Zh, zh, "\n  办法：请"), (Lang::En, en, "\n  help: ")] {
                let path = CliMessage::Unwritable { path: "out".to_owned() }.text(lang);
                let told =
                    Failure::Broken(anyhow::Error::from(io::Error::from(kind)).context(path)).in_words(lang, false);
                assert!(told.contains(words) && told.contains(help), "{told}");
                assert_eq!(told.lines().count(), 3, "{told}");
            }
        }
        let other = Failure::from(io::Error::other("no words for this")).in_words(Lang::Zh, false);
        assert_eq!(other, "错误：no words for this");
    }
}
