//! Answers to a command line that asks for help or cannot be understood.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::Lang;
use crate::cli::exit::{Exit, Failure};
use crate::cli::lose;
use crate::cli::message::CliMessage;
use crate::cli::out::Out;

/// Prints the help, the version or the complaint, and gives the exit status.
pub(crate) fn answer(error: &Error, lang: Lang) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut out = Out::stdout(lang);
            let written = out.text(&error.render().to_string());
            match written.and_then(|()| out.finish()) {
                Ok(()) => Exit::Done,
                Err(failure) => lose(&failure, lang, false),
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            super::out::tell(error.render().to_string().trim_end());
            Exit::BadInput
        }
        _ => lose(&Failure::Refused(complaint(error)), lang, false),
    }
}

/// What clap found, in our own words, so that both languages say it.
fn complaint(error: &Error) -> CliMessage {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let arg = get(ContextKind::InvalidArg).unwrap_or_default();
    let value = get(ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => match get(ContextKind::SuggestedArg) {
            Some(near) => CliMessage::NearArgument { arg, near },
            None => CliMessage::UnknownArgument { arg },
        },
        ErrorKind::InvalidSubcommand => {
            let command = get(ContextKind::InvalidSubcommand).unwrap_or_default();
            match get(ContextKind::SuggestedSubcommand) {
                Some(near) => CliMessage::NearCommand { command, near },
                None => CliMessage::UnknownCommand { command },
            }
        }
        ErrorKind::InvalidValue if value.is_empty() => CliMessage::MissingValue { arg },
        ErrorKind::InvalidValue => {
            let known = get(ContextKind::ValidValue).unwrap_or_default();
            CliMessage::BadValue { arg, value, known }
        }
        ErrorKind::MissingRequiredArgument => CliMessage::MissingArgument { arg },
        ErrorKind::ArgumentConflict => {
            CliMessage::Conflict { other: get(ContextKind::PriorArg).unwrap_or_default(), arg }
        }
        ErrorKind::WrongNumberOfValues => {
            let number = |kind| match error.get(kind) {
                Some(ContextValue::Number(number)) => *number,
                _ => 0,
            };
            let (wanted, given) = (number(ContextKind::ExpectedNumValues), number(ContextKind::ActualNumValues));
            CliMessage::OtherNumberOfValues { arg, wanted, given }
        }
        // What remains keeps clap's own first line.
        _ => {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default();
            CliMessage::Usage { what: first.strip_prefix("error: ").unwrap_or(first).to_owned() }
        }
    }
}
