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
                let mut causes = error.chain().map(ToString::to_string);
                let what = causes.next().unwrap_or_default();
                let mut text = complaint(&what, "", lang);
                for cause in causes {
                    text.push_str("\n  ");
                    text.push_str(&cause);
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

/// A message as standard error shows it: the fault and, on its own line, what to do.
fn complaint(text: &str, hint: &str, lang: Lang) -> String {
    let (severity, hint_word) = match lang {
        Lang::En => ("error", "help"),
        Lang::Zh => ("错误", "办法"),
    };
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let head = format!("{severity}{colon}{text}");
    if hint.is_empty() { head } else { format!("{head}\n  {hint_word}{colon}{hint}") }
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
