//! What `curtail report` is asked.

use std::path::PathBuf;

/// `curtail report`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(clap::Subcommand, Debug)]
pub(super) enum Command {
    /// The daily report: supply and demand, measures, who is affected, over the period that the plan's duty names
    #[command(
        after_help = "Examples:\n  curtail -C demo report daily\n  curtail -C demo report daily --date 2026-01-08 --lang zh --out reports\n  \
curtail -C demo report daily --until \"2026-01-08 12:00\" --format json\n\n\
Written as md, html, docx (--format, several with commas) or json; without --out as Markdown to the screen."
    )]
    Daily(DailyArgs),
    /// The assessment of a response: its course, figures, departures, and what is left to fill in
    #[command(
        after_help = "Examples:\n  curtail -C demo report assessment\n  curtail -C demo report assessment 2026-01-08-1 --lang zh --out assessment.docx\n\n\
Written as md, html, docx (--format, several with commas) or json; without --out as Markdown to the screen."
    )]
    Assessment(AssessmentArgs),
    /// The report of a shortage: time, place, source, supply and demand, extent, trend, measures taken
    #[command(
        after_help = "Examples:\n  curtail -C demo report incident\n  curtail -C demo report incident 2026-01-08-1 --lang zh --format docx --out reports\n\n\
Written as md, html, docx (--format, several with commas) or json; without --out as Markdown to the screen."
    )]
    Incident(IncidentArgs),
}

/// `curtail report daily`
#[derive(clap::Args, Debug)]
pub(super) struct DailyArgs {
    /// The date on which the period ends, YYYY-MM-DD; the last one to end if left out
    #[arg(long, value_name = "DATE", conflicts_with = "until")]
    pub(super) date: Option<String>,
    /// Instead: the 24 hours that end at this whole hour, "2026-01-08 16:00"
    #[arg(long, value_name = "TIME")]
    pub(super) until: Option<String>,
    /// Write into this folder or file: .md, .html, .docx or .json; into a folder all three papers, or those of --format
    #[arg(long, value_name = "DIR|FILE")]
    pub(super) out: Option<PathBuf>,
}

/// `curtail report assessment`
#[derive(clap::Args, Debug)]
pub(super) struct AssessmentArgs {
    /// Which response, by one of its orders; the last one if left out
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    /// Write into this folder or file: .md, .html, .docx or .json; into a folder all three papers, or those of --format
    #[arg(long, value_name = "DIR|FILE")]
    pub(super) out: Option<PathBuf>,
}

/// `curtail report incident`
#[derive(clap::Args, Debug)]
pub(super) struct IncidentArgs {
    /// By which decision; the first order of the last response if left out, or the last decision that calls for one
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    /// Write into this folder or file: .md, .html, .docx or .json; into a folder all three papers, or those of --format
    #[arg(long, value_name = "DIR|FILE")]
    pub(super) out: Option<PathBuf>,
}
