//! `curtail decide`: the day's decision, to the screen and to files.

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::city::City;
use crate::cli::exit::{Exit, Failure};
use crate::cli::files;
use crate::cli::global::{Format, Global};
use crate::cli::out::{Out, tell};
use crate::cli::question::Question;
#[cfg(feature = "record")]
use crate::cli::response::Recording;
use crate::cli::revise::Revise;
use crate::cli::run_case;
use crate::cli::sheets::{self, BOOK, Workbooks};
use crate::decide::revise::{Changed, changes};
use crate::decide::whatif::{self, WhatIfMessage};
use crate::decide::{Decision, Detail, Options, Prepared, Solver};
use crate::render::drill;
use crate::render::orders;
use crate::render::revision;
use crate::render::screen::{self, Look};
use crate::render::sheets::told;
use crate::render::words::Word;
use crate::render::{GasDay, hourly_orders};

/// What `--out` writes.
const DECISION: &str = "decision.json";
pub(crate) const ORDERS: &str = "orders.csv";
pub(crate) const HOURLY_ORDERS: &str = "orders-hours.csv";
pub(crate) const CHANGES: &str = "changes.csv";

/// `curtail decide`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    question: Question,
    /// Decide by one computation alone, exact or lp; by default the one confirms the other
    #[arg(long, value_name = "exact|lp")]
    solver: Option<RawSolver>,
    /// Write decision.json and orders.csv into this folder, and by the hour orders-hours.csv
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    workbooks: Workbooks,
    /// In the orders, every customer and not only who is cut
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    revise: Revise,
    #[cfg(feature = "record")]
    #[command(flatten)]
    recording: Recording,
}

/// `--solver`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RawSolver {
    Exact,
    Lp,
}

/// Decides.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let what_if = args.question.what_if()?;
    if let Some(dir) = &args.out {
        // Before a long computation and not after it.
        let names = [ORDERS, HOURLY_ORDERS, CHANGES, BOOK, DECISION].map(|name| files::name(name, global));
        files::check_folder(dir, &names.each_ref().map(String::as_str))?;
    }
    // The process ends with this command: to free a million customers one by one would only take time.
    let opened = ManuallyDrop::new(args.open(global)?);
    let gas_day = opened.gas_day(args.question.basis.date.as_deref(), global)?;
    let (mut day, notes) = opened.day(gas_day.date, args.question.basis.burdens.as_deref())?;
    run_case::tell_notes(&opened.notes, global);
    run_case::tell_notes(&notes, global);
    let city = &opened.case.city;
    let said = what_if.map(|what| whatif::apply(city, &mut day, what, args.question.basis.unified)).transpose()?;
    #[cfg(feature = "record")]
    args.recording.allow(&args.question)?;
    let (rest, day) = args.revise.rest(&opened, day, args.question.basis.unified, global)?;
    let rest = ManuallyDrop::new(rest);
    let prepared = ManuallyDrop::new(Prepared::new(&opened.case.policies, &rest, args.options())?);
    let mut decision = ManuallyDrop::new(prepared.decide(&day)?);
    // First of all warnings: whoever reads the figures must know that they are not the case's.
    let unified = args.question.basis.unified.then_some(WhatIfMessage::Unified {});
    for said in [unified, said].into_iter().flatten() {
        decision.warnings.insert(0, said.warning());
    }
    decision.warnings.splice(0..0, opened.unread.clone());

    if global.drill {
        decision.mark_as_exercise();
    }
    let changed = changes(city, &day, &decision);
    args.workbooks.fit((&decision, &opened.case.policies, city), &gas_day, args.all)?;
    #[cfg(feature = "record")]
    let recorded = args.recording.record(args, &opened, &decision, &changed, &gas_day, global)?;
    if let Some(dir) = &args.out {
        let wrote = write_files(dir, args, &opened, &decision, &changed, &gas_day, global);
        #[cfg(feature = "record")]
        let wrote = wrote.map_err(|failure| match &recorded {
            Some(recorded) => recorded.stands(failure, global.lang),
            None => failure,
        });
        wrote?;
        if !global.quiet && global.format != Format::Table {
            tell(&written(dir, args, city, &decision, global));
        }
    }
    match global.format {
        Format::Table => {
            let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
            out.text(&screen::decision(&decision, &opened.case.policies, city, &gas_day, look))?;
            if global.verbose {
                out.text(&revision::listed(&changed, city, look))?;
            }
            if let Some(dir) = &args.out {
                out.text(&format!("{}\n", written(dir, args, city, &decision, global)))?;
            }
        }
        Format::Csv => out.write_with(|to| orders::write(city, &decision, args.all, to))?,
        Format::Json => {
            take_details(&mut decision);
            let text = serde_json::to_string_pretty(&*decision).map_err(anyhow::Error::from)?;
            out.text(&text)?;
            out.text("\n")?;
        }
    }
    #[cfg(feature = "record")]
    if let Some(said) = recorded.map(|recorded| recorded.said) {
        match global.format {
            Format::Table => out.text(&said)?,
            Format::Csv | Format::Json if global.quiet => {}
            Format::Csv | Format::Json => tell(said.trim_end()),
        }
    }
    Ok(if decision.is_beyond_authority() { Exit::BeyondAuthority } else { Exit::Done })
}

impl Args {
    fn open(&self, global: &Global) -> Result<run_case::Opened, Failure> {
        #[cfg(feature = "record")]
        let keep = self.recording.record;
        #[cfg(not(feature = "record"))]
        let keep = false;
        run_case::open_asked(global, &self.question.basis, keep)
    }

    /// The arguments with which this decision is made again from the case as it was.
    #[cfg(feature = "record")]
    pub(crate) fn asked(&self, decision: &Decision) -> Vec<String> {
        let mut asked = vec!["--date".to_owned(), decision.date.to_string()];
        for set in &self.question.basis.set {
            asked.extend(["--set".to_owned(), set.clone()]);
        }
        if self.question.basis.unified {
            asked.push("--unified".to_owned());
        }
        asked.extend(self.revise.asked());
        asked
    }

    /// The files that `--out` writes.
    fn options(&self) -> Options {
        let solver = match self.solver {
            None => Solver::Confirmed,
            Some(RawSolver::Exact) => Solver::Exact,
            Some(RawSolver::Lp) => Solver::Lp,
        };
        // Only `decision.json`, here or in the record, carries the evidence.
        let without_evidence = self.out.is_none();
        #[cfg(feature = "record")]
        let without_evidence = without_evidence && !self.recording.record;
        Options { unified: self.question.basis.unified, solver, without_evidence, ..Options::default() }
    }
}

fn write_files(
    dir: &std::path::Path,
    args: &Args,
    opened: &run_case::Opened,
    decision: &Decision,
    changed: &[Changed],
    day: &GasDay,
    global: &Global,
) -> Result<(), Failure> {
    let city = &opened.case.city;
    let standing = if args.workbooks.xlsx { sheets::standing(opened, decision)? } else { Default::default() };
    let told = told((decision, &opened.case.policies, city), day, &standing, global.lang);
    let orders: files::Content<'_> = Box::new(|to| orders::write(city, decision, args.all, to));
    let by_hour: files::Content<'_> = Box::new(|to| hourly_orders::write(city, decision, day, to));
    let json: files::Content<'_> = Box::new(|to| write_json(decision, to));
    let changes: files::Content<'_> = Box::new(|to| revision::write(city, changed, to));
    let books = args.workbooks.names(city);
    // What somebody may have open belongs first.
    let mut files: Vec<_> = books.iter().map(String::as_str).zip(args.workbooks.contents(&told, args.all)).collect();
    files.extend([(ORDERS, orders), (HOURLY_ORDERS, by_hour), (CHANGES, changes), (DECISION, json)]);
    files.retain(|(name, _)| is_written(name, decision));
    let names: Vec<String> = files.iter().map(|(name, _)| files::name(name, global)).collect();
    let marked = files.into_iter().zip(&names).map(|((name, content), file)| {
        // A workbook marks itself, by the decision it holds.
        let kind = match name {
            DECISION => drill::Kind::Json,
            ORDERS | HOURLY_ORDERS | CHANGES => drill::Kind::Csv,
            _ => drill::Kind::Own,
        };
        (file.as_str(), files::sent(content, kind, global))
    });
    files::write_together(dir, marked.collect(), global.lang)
}

/// `decision.json`.
pub(crate) fn write_json(decision: &Decision, mut to: &mut dyn std::io::Write) -> std::io::Result<()> {
    serde_json::to_writer(&mut to, decision)?;
    to.write_all(b"\n")
}

/// Where the day is decided as a whole there is nothing to say of its hours, and where it is decided once, of no change.
fn is_written(name: &str, decision: &Decision) -> bool {
    match name {
        HOURLY_ORDERS => decision.hours.is_some(),
        CHANGES => decision.revision.is_some(),
        _ => true,
    }
}

fn written(dir: &std::path::Path, args: &Args, city: &City, decision: &Decision, global: &Global) -> String {
    let names = [DECISION, ORDERS, HOURLY_ORDERS, CHANGES].into_iter().filter(|name| is_written(name, decision));
    let books = args.workbooks.names(city);
    let names = names.chain(books.iter().map(String::as_str));
    let names = names.map(|name| dir.join(files::name(name, global)).display().to_string());
    Word::Written { files: crate::render::rules::listed(names, global.lang) }.text(global.lang)
}

/// What `decision.json` carries and standard output does not.
fn take_details(decision: &mut Decision) {
    decision.detail = None::<Detail>;
    decision.evidence = None;
    decision.areas.iter_mut().for_each(take_details);
}
