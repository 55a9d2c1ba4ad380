//! `curtail simulate` and `curtail merge`: many winters of a scenario, in one run or in parts.

mod ask;
mod day;
mod each;
mod folder;
mod kept;
mod merge;
mod pages;
mod progress;
mod work;

use std::path::{Path, PathBuf};

use folder::Folder;
pub(crate) use merge::{Args as MergeArgs, run as merge};

use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::out::{Out, tell};
use crate::render::screen::Look;
use crate::render::simulation as render;
use crate::simulate::Results;

/// `curtail simulate SCENARIO`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The scenario's file
    #[arg(value_name = "SCENARIO", required_unless_present = "compare", conflicts_with = "compare")]
    scenario: Option<PathBuf>,
    /// So many winters, and not as many as the scenario says
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    winters: Option<String>,
    /// Other luck than the scenario's
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    seed: Option<String>,
    /// On so many threads; all cores by default
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    threads: Option<String>,
    /// Only this part of the winters, for example 3/8; `merge` puts the parts together
    #[arg(long, value_name = "I/N", requires = "out", allow_hyphen_values = true)]
    shard: Option<String>,
    /// Two scenarios on the same winters
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with = "sweep")]
    compare: Vec<PathBuf>,
    /// One value of the policy (or with `scenario.` before its path, of the scenario) at each of these, on the same winters
    #[arg(long, value_name = "PATH=A,B,C")]
    sweep: Option<String>,
    /// Override one value of the policy, or with `scenario.` before its path of the scenario
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// One day of a winter (they are numbered from 0), written into --out as a case on which `decide` says the same, for example 17/2027-01-09
    #[arg(long, value_name = "WINTER/DATE", requires = "out", conflicts_with_all = ["compare", "sweep", "shard", "resume"])]
    day: Option<String>,
    /// Write results.json and tables into this folder; until then, what is done every few seconds
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write each day of each winter into --out too, as winter-days.csv: some 10 kB a winter
    #[arg(long, requires = "out", conflicts_with = "day")]
    each_day: bool,
    /// Write the tables of seasons, days and single winters in columns too, as Parquet; for programs built with it
    #[arg(long, requires = "out", conflicts_with = "day")]
    parquet: bool,
    /// Go on with what a run in this folder has done that was interrupted
    #[arg(long, requires = "out")]
    resume: bool,
}

/// Simulates.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let threads = ask::threads(args.threads.as_deref())?;
    kept::check_parquet(args.parquet)?;
    if let Some(dir) = &args.out {
        kept::check(dir)?;
    }
    let asked = ask::scenarios(args, global)?;
    let _folder = args.out.as_deref().map(|dir| Folder::take(dir, global)).transpose()?;
    if let (Some(day), Some(dir), Some((_, scenario))) = (&args.day, &args.out, asked.first()) {
        return day::run(scenario, day, dir, global, out);
    }
    let span = ask::span(args.shard.as_deref(), asked.first().map_or(0, |(_, first)| first.winters))?;
    let run = work::Run { dir: args.out.as_deref(), resume: args.resume, threads, days: args.each_day, global };
    let (results, is_new) = run.winters(&asked, span)?;
    let write = |dir: &Path| kept::write(dir, &results, &each::grown(dir, args.each_day), args.parquet, global);
    let written = match args.out.as_deref() {
        Some(dir) if is_new => Some(write(dir)?),
        Some(dir) => kept::write_again(dir, &results, args.parquet, global)?,
        None => None,
    };
    show(&results, written, global, out)
}

/// Shows results, and says what was written.
fn show(results: &Results, written: Option<String>, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    match global.format {
        Format::Table => {
            out.text(&render::page(
                results,
                Look { lang: global.lang, colour: global.colour, verbose: global.verbose },
            ))?;
            if let Some(written) = written {
                out.text(&format!("\n{written}\n"))?;
            }
            return Ok(Exit::Done);
        }
        Format::Csv => out.write_with(|to| render::seasons(results, to))?,
        Format::Json => out.text(&kept::text(results).map_err(anyhow::Error::from)?)?,
    }
    if let Some(written) = written.filter(|_| !global.quiet) {
        tell(&written);
    }
    Ok(Exit::Done)
}
