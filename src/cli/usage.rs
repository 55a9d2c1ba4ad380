//! Answers to a command line that asks for help or cannot be understood.

use std::ffi::OsString;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::Lang;
use crate::cli::exit::{Exit, Failure};
use crate::cli::lose;
use crate::cli::message::CliMessage;
use crate::cli::out::Out;

/// Prints the help, the version or the complaint, and gives the exit status.
///
/// `see` is the call that prints the help of the command that was meant.
pub(crate) fn answer(error: &Error, see: &str, lang: Lang) -> Exit {
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
        _ => lose(&Failure::Refused(complaint(error, see)), lang, false),
    }
}

/// What clap found, in our own words, so that both languages say it.
fn complaint(error: &Error, see: &str) -> CliMessage {
    let see = see.to_owned();
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
            None => CliMessage::UnknownArgument { arg, see },
        },
        ErrorKind::InvalidSubcommand => {
            let command = get(ContextKind::InvalidSubcommand).unwrap_or_default();
            match get(ContextKind::SuggestedSubcommand) {
                Some(near) => CliMessage::NearCommand { command, near },
                None => CliMessage::UnknownCommand { command, see },
            }
        }
        ErrorKind::InvalidValue if value.is_empty() => CliMessage::MissingValue { arg, see },
        ErrorKind::InvalidValue => {
            let known = get(ContextKind::ValidValue).unwrap_or_default();
            CliMessage::BadValue { arg, value, known }
        }
        ErrorKind::MissingRequiredArgument => CliMessage::MissingArgument { arg, see },
        ErrorKind::ArgumentConflict => {
            CliMessage::Conflict { other: get(ContextKind::PriorArg).unwrap_or_default(), arg }
        }
        ErrorKind::WrongNumberOfValues => {
            let number = |kind| match error.get(kind) {
                Some(ContextValue::Number(number)) => *number,
                _ => 0,
            };
            let (wanted, given) = (number(ContextKind::ExpectedNumValues), number(ContextKind::ActualNumValues));
            CliMessage::OtherNumberOfValues { arg, wanted, given, see }
        }
        // What remains keeps clap's own first line.
        _ => {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default();
            CliMessage::Usage { what: first.strip_prefix("error: ").unwrap_or(first).to_owned(), see }
        }
    }
}

/// The call that prints the help of the command that these arguments mean to give.
pub(crate) fn help_of(program: &clap::Command, args: &[OsString]) -> String {
    let mut at = program;
    let mut call = vec![program.get_name()];
    let mut words = args.iter().skip(1).filter_map(|arg| arg.to_str());
    while let Some(word) = words.next() {
        // Its value may have the name of a command, but is none.
        let takes_value = |arg: &clap::Arg| {
            let short = arg.get_short().is_some_and(|short| word == format!("-{short}"));
            let long = arg.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long));
            (short || long) && arg.get_action().takes_values()
        };
        if program.get_arguments().chain(at.get_arguments()).any(takes_value) {
            words.next();
        } else if let Some(command) = at.find_subcommand(word) {
            call.push(command.get_name());
            at = command;
        }
    }
    format!("{} --help", call.join(" "))
}

impl CliMessage {
    /// An argument of a command is missing.
    pub(crate) fn missing(arg: &str, command: &str) -> Self {
        Self::MissingArgument { arg: arg.to_owned(), see: format!("curtail {command} --help") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_that_of_the_command_that_was_meant() {
        let program = super::super::definition(Lang::En);
        for (args, help) in [
            ("", "curtail --help"),
            ("--lagn zh", "curtail --help"),
            ("-C log restore --supply 5", "curtail restore --help"),
            ("restore -C log --supply 5", "curtail restore --help"),
            ("--lang zh policy show --loud", "curtail policy show --help"),
        ] {
            let args: Vec<OsString> = ["curtail"].into_iter().chain(args.split(' ')).map(OsString::from).collect();
            assert_eq!(help_of(&program, &args), help);
        }
    }
}
