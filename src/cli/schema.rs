//! `curtail schema`: JSON Schemas for editors and programs.

use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::schema::{self, Kind};

/// `curtail schema WHAT`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The kind of file: case, policy, decision, tests (of a policy), demand-model or scenario
    #[arg(value_name = "case|policy|decision|tests|demand-model|scenario")]
    what: Kind,
}

/// Prints the schema of a kind of file.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    print(args.what, "schema", global, out)
}

/// Prints a schema; `command` is how it was asked for.
pub(crate) fn print(what: Kind, command: &'static str, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    if global.format == Format::Csv {
        return Err(CliMessage::BadFormat { format: "csv", command }.into());
    }
    out.text(&format!("{:#}\n", schema::of(what, global.lang)))?;
    Ok(Exit::Done)
}
