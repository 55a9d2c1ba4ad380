//! The command line: flags in, exit status out. One file a command; what a command knows of gas it asks the rooms below.
//!
//! Data goes to standard output through `out`, words for the person to standard error. `global` turns the flags as
//! typed into what is meant, once.

mod check;
mod curve;
mod decide;
mod exit;
mod explain;
mod files;
mod fit;
mod generate;
mod global;
mod hours;
mod init;
#[allow(dead_code, reason = "the codes of the table are for its tests")]
mod message;
#[cfg(feature = "record")]
mod notices;
mod out;
mod policy;
mod policy_check;
mod policy_diff;
mod policy_test;
mod question;
#[cfg(feature = "record")]
mod report;
#[cfg(feature = "record")]
mod response;
mod revise;
mod run_case;
mod schema;
mod sheets;
mod simulate;
mod target;
mod today;
mod usage;
mod verify;
mod zh;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use exit::{Exit, Failure};
use global::{Environment, Format, Global, RawGlobal};
use message::CliMessage;
use out::Out;

use crate::Lang;
use crate::render::drill;

/// Turns a written gas curtailment plan and a day's figures into a decision anyone can check
#[derive(Parser, Debug)]
#[command(
    name = "curtail",
    version,
    propagate_version = true,
    max_term_width = 100,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  curtail init demo\n  curtail -C demo decide\n  curtail -C demo decide --shortfall 22 --out orders\n\n\
A case is a folder with the tables of one city.\n\n\
Exit status:\n  0  done\n  1  the program failed (a bug, a full disk)\n  2  the command line or an input is wrong\n  \
3  decided, but beyond the level's authority\n  4  it does not hold: a decision (verify), or a test of a policy (policy test)"
)]
struct Cli {
    #[command(flatten)]
    global: RawGlobal,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Write a small, complete, synthetic case that decides at once
    #[command(after_help = "Example:\n  curtail init demo && curtail -C demo decide")]
    Init(init::Args),
    /// Read policy and case, and report every problem in one go
    #[command(after_help = "Example:\n  curtail -C demo check")]
    Check(check::Args),
    /// Decide the day: to the screen, and with --out to files
    #[command(
        after_help = "Examples:\n  curtail -C demo decide\n  curtail -C demo decide --date 2026-01-07 --out orders\n  \
curtail -C demo decide --shortfall 12.5 --set measures.MEASURE.LEVEL.limit=0.4\n  \
            curtail -C demo decide --out orders --xlsx\n  \
            curtail -C demo decide --revise --at 12:00"
    )]
    Decide(decide::Args),
    /// Say why a customer, a class, a district, a company, a measure or the level is as it is
    #[command(
        after_help = "Examples:\n  curtail -C demo explain CUSTOMER\n  curtail -C demo explain CUSTOMER --against ANOTHER\n  \
curtail -C demo explain level --shortfall 12\n  curtail -C demo explain CUSTOMER --decision orders/decision.json"
    )]
    Explain(explain::Args),
    /// Check a decision against the case, without a solver
    #[command(
        after_help = "Example:\n  curtail -C demo decide --out orders && curtail -C demo verify orders/decision.json --orders orders/orders.csv"
    )]
    Verify(verify::Args),
    /// The day hour by hour, and how long until the pipes are down to their least
    #[command(
        after_help = "Examples:\n  curtail -C demo hours\n  curtail -C demo hours --date 2026-01-07 --format csv\n  curtail -C demo hours --out hours.svg"
    )]
    Hours(hours::Args),
    /// Who loses gas as the shortfall grows from 0 to 100 %
    #[command(after_help = "Examples:\n  curtail -C demo curve\n  curtail -C demo curve --lang zh --out who-loses.svg")]
    Curve(curve::Args),
    /// Many winters: how often a city will lack gas, who loses it, and what would help
    #[command(
        after_help = "Examples:\n  curtail simulate scenario.toml --winters 1000\n  curtail simulate scenario.toml --out results --resume\n  \
curtail simulate --compare today.toml with-lng.toml --out compared\n  \
curtail simulate scenario.toml --sweep measures.MEASURE.LEVEL.limit=0.3,0.4,0.5\n  \
curtail simulate scenario.toml --shard 3/8 --out part-3"
    )]
    Simulate(simulate::Args),
    /// Put the parts of a simulation together, as if it had been one run
    #[command(after_help = "Example:\n  curtail merge part-1 part-2 part-3 --out results")]
    Merge(simulate::MergeArgs),
    /// How demand follows the weather and the calendar, estimated from what was taken
    #[command(
        after_help = "Examples:\n  curtail -C demo fit history.csv --holidays holidays.csv --out demand-model.toml --plot fit.svg\n  \
curtail -C demo fit history.csv --format json\n\n\
A history is a CSV of date, temperature_c and a column for each class, such as CLASS (m3): the days of one or more seasons."
    )]
    Fit(fit::Args),
    /// Put a company's list of whom it would cut into the record, held against what the plan gives
    #[cfg(feature = "record")]
    #[command(
        after_help = "Example:\n  curtail -C demo propose --company COMPANY list.csv --date 2026-01-07 --by \"Sun Yi\" --role companies"
    )]
    Propose(response::ProposeArgs),
    /// Approve a proposed decision
    #[cfg(feature = "record")]
    #[command(after_help = "Example:\n  curtail -C demo approve --by \"Li Wei\" --role group")]
    Approve(response::DecisionArgs),
    /// Sign an approved decision
    #[cfg(feature = "record")]
    #[command(after_help = "Example:\n  curtail -C demo sign --by \"Zhao Min\" --role head")]
    Sign(response::DecisionArgs),
    /// Issue a signed decision: from then on it is the order of its day
    #[cfg(feature = "record")]
    #[command(after_help = "Example:\n  curtail -C demo issue --by \"Wang Fang\" --role office")]
    Issue(response::DecisionArgs),
    /// Lower the level of the response that is on
    #[cfg(feature = "record")]
    #[command(
        after_help = "Example:\n  curtail -C demo lower --to LEVEL --reason \"two mild days\" --by \"Li Wei\" --role group"
    )]
    Lower(response::LowerArgs),
    /// End the response that is on
    #[cfg(feature = "record")]
    #[command(
        after_help = "Example:\n  curtail -C demo end --reason \"supply covers demand\" --by \"Li Wei\" --role group"
    )]
    End(response::EndArgs),
    /// Decide otherwise than the plan, for a customer or a rule: with a name, a reason and an end
    #[cfg(feature = "record")]
    #[command(
        after_help = "Examples:\n  curtail -C demo depart --customer ID --volume 500 --until 2026-01-09 --reason \"dialysis centre\" --by \"Li Wei\" --role group\n  \
curtail -C demo depart --measure MEASURE --until 2026-01-09 --reason \"burst main\" --by \"Li Wei\" --role group\n  curtail -C demo depart --lift 12 --reason \"repaired\" --by \"Li Wei\" --role group"
    )]
    Depart(response::DepartArgs),
    /// Who comes back first, as far as the day's gas now reaches
    #[cfg(feature = "record")]
    #[command(
        after_help = "Examples:\n  curtail -C demo restore\n  curtail -C demo restore --at 14:00 --record --by \"Li Wei\" --role group"
    )]
    Restore(response::RestoreArgs),
    /// What was really taken on a day against the order in force, and with --record into the record
    #[cfg(feature = "record")]
    #[command(
        after_help = "Examples:\n  curtail -C demo meter --date 2026-01-07\n  curtail -C demo meter taken.csv --date 2026-01-07 --record --by \"Wang Fang\""
    )]
    Meter(response::MeterArgs),
    /// Note that something owed was delivered: a report, an assessment, an order filed
    #[cfg(feature = "record")]
    #[command(after_help = "Example:\n  curtail -C demo deliver DUTY --of 2026-01-08 --by \"Sun Yi\" --role members")]
    Deliver(response::DeliverArgs),
    /// The blocks' calendar: whose turn it was, and by a forecast of shortfalls whose it will be
    #[cfg(feature = "record")]
    #[command(
        after_help = "Examples:\n  curtail -C demo rotation --from 2026-01-05 --to 2026-01-18 --shortfall 24\n  \
curtail -C demo rotation --from 2026-01-05 --to 2026-01-18 --forecast forecast.csv --out turns.ics\n\n\
A forecast is a CSV of date, shortfall_pct."
    )]
    Rotation(response::RotationArgs),
    /// Where the response stands, what waits, what is due and what is late
    #[cfg(feature = "record")]
    #[command(after_help = "Example:\n  curtail -C demo status")]
    Status(response::StatusArgs),
    /// What the record says, and whether it is whole
    #[cfg(feature = "record")]
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Examples:\n  curtail -C demo log\n  curtail -C demo log --check --head 0123456789abcdef\n  curtail -C demo log export 2026-01-07-1 --out then"
    )]
    Log(response::LogArgs),
    /// Papers of a decision: a list for each company, a notice for each site that is cut
    #[cfg(feature = "record")]
    #[command(
        after_help = "Examples:\n  curtail -C demo notices --out papers\n  curtail -C demo notices --decision 2026-01-08-1 --format html,docx --out papers\n  \
curtail -C demo notices --site SITE\n\n\
What a notice is follows from the record: an order once the decision is issued, a warning while it is approved, else a proposal.\n\
Without --out a notice goes to the screen as Markdown."
    )]
    Notices(notices::Args),
    /// Reports that are owed, put together from the record: as Markdown, HTML or Word
    #[cfg(feature = "record")]
    #[command(
        subcommand_required = true,
        arg_required_else_help = true,
        after_help = "Examples:\n  curtail -C demo report daily\n  curtail -C demo report assessment --format docx --out reports"
    )]
    Report(report::Args),
    /// Policies as readable rules
    #[command(after_help = "Example:\n  curtail policy list")]
    Policy(policy::Args),
    /// Print the JSON Schema of a kind of file, for editors and programs
    #[command(after_help = "Example:\n  curtail schema case > case.schema.json")]
    Schema(schema::Args),
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  curtail completions bash > ~/.local/share/bash-completion/completions/curtail")]
    Completions(generate::CompletionArgs),
    /// Print the manual page
    #[command(after_help = "Example:\n  curtail man > curtail.1 && man ./curtail.1")]
    Man(generate::ManArgs),
}

/// Runs the program on this process's arguments and says how it ended.
pub fn main() -> ExitCode {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // What a borrowed reader or solver cannot digest is told in words by whoever called it.
        if !crate::problem::is_catching() {
            tell(panic);
        }
    }));
    // Any other panic is a fault of the program, and ends as one.
    std::panic::catch_unwind(|| run(std::env::args_os().collect())).unwrap_or(Exit::Failed).into()
}

fn run(args: Vec<OsString>) -> Exit {
    let env = Environment::ask();
    let lang = global::lang_before_parsing(&args, &env);
    let given = args.clone();
    let cli = match definition(lang).try_get_matches_from(args).and_then(|m| Cli::from_arg_matches(&m)) {
        Ok(cli) => cli,
        Err(error) => return usage::answer(&error, &usage::help_of(&definition(lang), &given), lang),
    };
    let global = match cli.global.resolve(&env) {
        Ok(global) => global,
        Err(message) => return lose(&message.into(), lang, false),
    };
    let mut out = Out::of(&global);
    if global.drill && global.format != Format::Table && !global.quiet {
        out::tell(&drill::line(global.lang));
    }
    let ran = perform(cli.command, &global, &mut out);
    // What was written before a failure is data all the same.
    let finished = out.finish();
    match ran.and_then(|exit| finished.map(|()| exit)) {
        Ok(exit) => exit,
        Err(failure) => lose(&failure, global.lang, global.verbose),
    }
}

fn perform(command: Command, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    if let Some(paper) = global.papers.first().filter(|_| !command.is_paper()) {
        return Err(CliMessage::NoPaper { format: paper.extension() }.into());
    }
    if let Some(command) = command.never_an_exercise().filter(|_| global.drill) {
        return Err(CliMessage::NeverAnExercise { command }.into());
    }
    match command {
        Command::Init(args) => init::run(&args, global, out),
        Command::Check(args) => check::run(&args, global, out),
        Command::Decide(args) => decide::run(&args, global, out),
        Command::Explain(args) => explain::run(&args, global, out),
        Command::Verify(args) => verify::run(&args, global, out),
        Command::Hours(args) => hours::run(&args, global, out),
        Command::Curve(args) => curve::run(&args, global, out),
        Command::Simulate(args) => simulate::run(&args, global, out),
        Command::Merge(args) => simulate::merge(&args, global, out),
        Command::Fit(args) => fit::run(&args, global, out),
        #[cfg(feature = "record")]
        Command::Approve(args) => response::approve(&args, global, out),
        #[cfg(feature = "record")]
        Command::Sign(args) => response::sign(&args, global, out),
        #[cfg(feature = "record")]
        Command::Issue(args) => response::issue(&args, global, out),
        #[cfg(feature = "record")]
        Command::Lower(args) => response::lower(&args, global, out),
        #[cfg(feature = "record")]
        Command::End(args) => response::end(&args, global, out),
        #[cfg(feature = "record")]
        Command::Propose(args) => response::propose(&args, global, out),
        #[cfg(feature = "record")]
        Command::Depart(args) => response::depart(&args, global, out),
        #[cfg(feature = "record")]
        Command::Meter(args) => response::meter(&args, global, out),
        #[cfg(feature = "record")]
        Command::Deliver(args) => response::deliver(&args, global, out),
        #[cfg(feature = "record")]
        Command::Restore(args) => response::restore(&args, global, out),
        #[cfg(feature = "record")]
        Command::Rotation(args) => response::rotation(&args, global, out),
        #[cfg(feature = "record")]
        Command::Status(args) => response::status(&args, global, out),
        #[cfg(feature = "record")]
        Command::Log(args) => response::log(&args, global, out),
        #[cfg(feature = "record")]
        Command::Notices(args) => notices::run(&args, global, out),
        #[cfg(feature = "record")]
        Command::Report(args) => report::run(&args, global, out),
        Command::Policy(args) => policy::run(&args, global, out),
        Command::Schema(args) => schema::run(&args, global, out),
        Command::Completions(args) => generate::completions(&args, global, out),
        Command::Man(args) => generate::man(&args, global, out),
    }
}

impl Command {
    /// Whether it can be written as a paper.
    const fn is_paper(&self) -> bool {
        #[cfg(feature = "record")]
        return matches!(self, Self::Notices(_) | Self::Report(_));
        #[cfg(not(feature = "record"))]
        return false;
    }

    /// The name of a command that tells the same in an exercise as on a real day: nothing to exercise, and nothing to mark.
    const fn never_an_exercise(&self) -> Option<&'static str> {
        match self {
            Self::Init(_) => Some("init"),
            Self::Simulate(_) => Some("simulate"),
            Self::Merge(_) => Some("merge"),
            Self::Fit(_) => Some("fit"),
            Self::Policy(_) => Some("policy"),
            Self::Schema(_) => Some("schema"),
            Self::Completions(_) => Some("completions"),
            Self::Man(_) => Some("man"),
            _ => None,
        }
    }
}

fn lose(failure: &Failure, lang: Lang, all: bool) -> Exit {
    out::tell(&failure.in_words(lang, all));
    failure.exit()
}

/// Each argument's text names its values; clap need not list them again.
fn plain_values(command: clap::Command) -> clap::Command {
    let command = command.mut_args(|arg| {
        let values = arg.get_action().takes_values();
        if values { arg.hide_possible_values(true) } else { arg }
    });
    command.mut_subcommands(plain_values)
}

/// The definition of the command line, its help in one language.
fn definition(lang: Lang) -> clap::Command {
    let command = plain_values(Cli::command());
    match lang {
        Lang::En => command,
        Lang::Zh => zh::translate(command),
    }
}
