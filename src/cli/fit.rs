//! `curtail fit`: a demand model from what was taken.

use std::io::Write;
use std::path::PathBuf;

use crate::city::read::{missing, read_history, read_holidays};
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::{Out, tell};
use crate::cli::run_case;
use crate::cli::target::Target;
use crate::forecast::{ForecastMessage, fit};
use crate::problem::{Place, Problem, Problems};
use crate::render::fit::{self as render, View};
use crate::render::screen::Look;
use crate::units::Celsius;

/// `curtail fit HISTORY`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// What was taken, as a CSV or .xlsx of date, temperature_c and a column for each class
    #[arg(value_name = "HISTORY")]
    history: String,
    /// The holidays of the history's years, as a CSV or .xlsx; the case's if left out
    #[arg(long, value_name = "FILE")]
    holidays: Option<String>,
    /// Degrees count below this temperature, in degrees Celsius
    #[arg(long, value_name = "C", default_value = "18", allow_hyphen_values = true)]
    threshold: String,
    /// A class that the history need not have and the model leaves out; may be given several times
    #[arg(long, value_name = "CLASS")]
    without: Vec<String>,
    /// Write the demand model here, a .toml
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Draw what was taken against the temperature, a panel a class, here: an .svg
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

/// Nobody heats because it is colder than so many degrees Celsius outside.
const MOST_THRESHOLD: u32 = 40;

pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let file = |path: &Option<PathBuf>, extension: &'static str| {
        let refused = |path| CliMessage::WrongExtension { path, wanted: extension };
        path.as_deref().map(|path| Target::among(path, &[(extension, ())], refused)).transpose()
    };
    let (model, plot) = (file(&args.out, "toml")?, file(&args.plot, "svg")?);
    let threshold: Celsius =
        args.threshold.parse().map_err(|_| CliMessage::BadTemperature { text: args.threshold.clone() })?;
    if !(0..=100 * MOST_THRESHOLD as i32).contains(&threshold.get()) {
        return Err(CliMessage::BadThreshold { text: args.threshold.clone(), most: MOST_THRESHOLD }.into());
    }
    // A file that is not there is told first: who has mistyped its name, or stands in another folder, sees it with what follows from that.
    let mut absent = Problems::new();
    [Some(&args.history), args.holidays.as_ref()]
        .into_iter()
        .flatten()
        .filter_map(|path| missing(path))
        .for_each(|problem| absent.push(problem));
    let opened = match run_case::open(global, &[]) {
        // With what else is wrong with either file.
        Ok(opened) => opened,
        Err(Failure::Input(problems)) => {
            absent.extend(problems);
            return Err(absent.into());
        }
        Err(other) => return Err(other),
    };
    run_case::tell_notes(&opened.notes, global);
    let (city, policies) = (&opened.case.city, &opened.case.policies);
    let holidays = args.holidays.as_deref().map(read_holidays).transpose();
    let history = read_history(&args.history, city, policies, &args.without);
    // What is wrong with either is told together.
    let (workdays, (history, mut notes)) = match (holidays, history) {
        (Ok(holidays), Ok(history)) => (holidays, history),
        (Err(mut problems), other) => {
            problems.extend(other.err().unwrap_or_default());
            return Err(problems.into());
        }
        (_, Err(problems)) => return Err(problems.into()),
    };
    let workdays = workdays.map(|(workdays, found)| {
        notes.extend(found);
        workdays
    });
    let workdays = workdays.as_ref().unwrap_or(&city.workdays);
    // Every winter has holidays: where none is known, their days were fitted as plain ones.
    let is_free = |year: u16| workdays.days().any(|(date, _)| date.year() == year);
    let mut years: Vec<u16> = history.days.iter().map(|day| day.date.year()).collect();
    years.dedup();
    years.retain(|year| {
        !is_free(*year) && history.days.iter().any(|day| day.date.year() == *year && day.date.month() < 3)
    });
    if !years.is_empty() {
        let years = years.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        let place = Place::whole(history.origin.clone());
        notes.extend(Problems::from(Problem::warning(place, ForecastMessage::YearsWithoutHolidays { years })));
    }
    run_case::tell_notes(&notes, global);
    let fitted = fit(&history, workdays, threshold, render::provenance(&history, global.lang));
    let view = View { fitted: &fitted, history: &history, city, policies, lang: global.lang };
    let text = |text: String| move |(), to: &mut dyn Write| to.write_all(text.as_bytes());
    let mut written = Vec::new();
    if let Some(plot) = plot {
        written.push(plot.write(text(render::picture(&view)), global)?);
    }
    if let Some(model) = model {
        written.push(model.write(text(render::file(&fitted, global.lang)), global)?);
    }
    match global.format {
        Format::Table => {
            let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
            out.text(&render::page(&view, look))?;
            for said in &written {
                out.text(&format!("\n{said}\n"))?;
            }
            return Ok(Exit::Done);
        }
        Format::Csv => out.write_with(|to| render::csv(&view, to))?,
        Format::Json => out.text(&format!("{:#}\n", render::json(&view)))?,
    }
    if !global.quiet {
        written.iter().for_each(|said| tell(said));
    }
    Ok(Exit::Done)
}
