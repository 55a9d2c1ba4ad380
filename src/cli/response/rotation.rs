//! `curtail rotation`: the blocks' calendar, issued and planned.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use crate::city::read::read_shortfalls;
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::{Out, tell};
use crate::cli::run_case::{self, Opened};
use crate::cli::target::Target;
use crate::cli::today::days_after;
use crate::decide::whatif;
use crate::policy::{Policies, Policy};
use crate::record::{Book, Instead};
use crate::render::rota::{self as render, Times, View};
use crate::render::screen::Look;
use crate::rota::{Issued, Known, Outlook, Planner, Rules};
use crate::units::{Date, Decimal, M3};

/// A calendar shows at most so many days.
const MOST: u32 = 366;

/// Without `--to`, a week.
const WEEK: u32 = 6;

/// `curtail rotation`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The first gas day, YYYY-MM-DD; today's if left out
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last gas day; the sixth after the first if left out
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Plan the days that the case has no supply for as so many percent short of demand
    #[arg(long, value_name = "PCT", conflicts_with = "forecast")]
    shortfall: Option<String>,
    /// Shortfalls by day, as a CSV or .xlsx of date, shortfall_pct; it holds for the days it names
    #[arg(long, value_name = "FILE")]
    forecast: Option<String>,
    /// Change one value of the policy for this run; may be given several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Write this file, a picture, a calendar, a table or data by its extension: .svg, .ics, .csv or .json
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What `--out` can write.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Svg,
    Ics,
    Csv,
    Json,
}

pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let known = [("svg", Kind::Svg), ("ics", Kind::Ics), ("csv", Kind::Csv), ("json", Kind::Json)];
    let refused = |path| CliMessage::BadCalendarExtension { path };
    let file = args.out.as_deref().map(|path| Target::among(path, &known, refused)).transpose()?;
    let otherwise = args.shortfall.as_deref().map(percent).transpose()?;
    let opened = run_case::open(global, &args.set)?;
    let (from, to) = args.period(&opened, global)?;
    let policy = &opened.case.policies.main;
    if policy.rotation.is_none() {
        return Err(CliMessage::NoRotation { policy: policy.id.clone() }.into());
    }
    let (by_day, notes) = args.forecast.as_deref().map(read_shortfalls).transpose()?.unwrap_or_default();
    run_case::tell_notes(&opened.notes, global);
    run_case::tell_notes(&notes, global);
    let kept = opened.book()?;
    let empty = Book::default();
    let book = kept.as_ref().map_or(&empty, |(_, book)| book);
    let today = opened.gas_day(None, global)?.date;
    let departed = departed(book, today.max(from), to);
    let changed = args.under_departures(&opened, &departed)?;
    let own = Rules::new(&opened.case.policies, &opened.case.city)?;
    let theirs = changed.iter().map(|policies| Rules::new(policies, &opened.case.city));
    let theirs: Vec<Rules<'_>> = theirs.collect::<Result<_, _>>()?;
    let is_open = |date: Date| date >= today && book.order_of(date).is_none();
    let whom = std::iter::once(&own).chain(&theirs).any(Rules::ask_whom) && days(from, to).any(is_open);
    let issued = match &kept {
        Some((record, book)) => {
            let (policies, city) = (&opened.case.policies, &opened.case.city);
            Issued::of(record, book, (policies, city), (from, to), whom)?
        }
        None => Vec::new(),
    };
    let rules_of = |date: Date| {
        let at = departed.iter().position(|(_, days)| days.contains(&date));
        at.and_then(|at| theirs.get(at)).unwrap_or(&own)
    };
    let outlook = Outlook { by_day, otherwise };
    let planner = Planner {
        city: &opened.case.city,
        rules: &rules_of,
        book,
        issued: &issued,
        outlook: &outlook,
        today,
        hours: &|date| opened.calendar.clock(date),
    };
    let calendar = planner.calendar(from, to)?;
    let is_planned =
        |date: &Date| calendar.days.iter().any(|day| day.date == *date && matches!(day.known, Known::Planned(_)));
    let by_rule = departed.iter().flat_map(|(sets, days)| sets.iter().map(move |set| (set.clone(), days)));
    let by_rule = by_rule.map(|(set, days)| (set, days.iter().copied().filter(is_planned).collect()));
    let view = View {
        calendar: &calendar,
        city: &opened.case.city,
        policy,
        departed: by_rule.collect(),
        skipped: days(today, from).filter(|date| *date < from && book.order_of(*date).is_none()).collect(),
        recorded: kept.is_some(),
        lang: global.lang,
        exercise: global.drill,
    };
    let utc = |date| opened.calendar.ends_in_utc(date);
    let times = Times { made: opened.calendar.stamp(global.now), of: &utc };
    tell_all(&view, &times, file, global, out)
}

/// Writes the file of `--out`, then the screen or the data.
fn tell_all(
    view: &View<'_>,
    times: &Times<'_>,
    file: Option<Target<Kind>>,
    global: &Global,
    out: &mut Out,
) -> Result<Exit, Failure> {
    let json = || format!("{:#}\n", render::json(view));
    let content = |kind: Kind, to: &mut dyn Write| match kind {
        Kind::Svg => to.write_all(render::picture(view).as_bytes()),
        Kind::Ics => to.write_all(render::ics(view, times).as_bytes()),
        Kind::Csv => render::csv(view, to),
        Kind::Json => to.write_all(json().as_bytes()),
    };
    let written = file.map(|file| file.write(content, global)).transpose()?;
    match global.format {
        Format::Table => {
            let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
            out.text(&render::page(view, look))?;
            if let Some(written) = &written {
                out.text(&format!("\n{written}\n"))?;
            }
        }
        Format::Csv => out.write_with(|to| render::csv(view, to))?,
        Format::Json => out.text(&json())?,
    }
    if let Some(written) = written.filter(|_| global.format != Format::Table && !global.quiet) {
        tell(&written);
    }
    Ok(Exit::Done)
}

impl Args {
    /// The first and the last day.
    fn period(&self, opened: &Opened, global: &Global) -> Result<(Date, Date), Failure> {
        let from = opened.gas_day(self.from.as_deref(), global)?.date;
        let to = match self.to.as_deref() {
            Some(_) => opened.gas_day(self.to.as_deref(), global)?.date,
            None => days_after(from, WEEK).unwrap_or(from),
        };
        if to < from {
            let (from, to) = (from.to_string(), to.to_string());
            return Err(CliMessage::EndsBeforeItBegins { from, to }.into());
        }
        let days = to.day_number() - from.day_number() + 1;
        if days > MOST {
            return Err(CliMessage::TooManyDays { days, most: MOST }.into());
        }
        Ok((from, to))
    }

    /// The case's policies as departures change them, in their order.
    fn under_departures(
        &self,
        opened: &Opened,
        departed: &[(Vec<String>, Vec<Date>)],
    ) -> Result<Vec<Policies>, Failure> {
        let case = &opened.case;
        let changed = departed.iter().map(|(sets, _)| {
            let all: Vec<String> = self.set.iter().chain(sets).cloned().collect();
            let (main, _) = Policy::load(case.city.settings.policy.trim(), &case.dir, &all)?;
            Ok(Policies { main, ..case.policies.clone() })
        });
        changed.collect()
    }
}

/// The values of the policy that departures in effect change, with the days on which just these are changed.
fn departed(book: &Book, from: Date, to: Date) -> Vec<(Vec<String>, Vec<Date>)> {
    let mut departed: BTreeMap<Vec<String>, Vec<Date>> = BTreeMap::new();
    for date in days(from, to) {
        let sets = book.departures_on(date).filter_map(|departed| match &departed.departure.instead {
            Instead::Rule { set } => Some(set.clone()),
            Instead::Customer { .. } => None,
        });
        let sets: Vec<String> = sets.collect();
        if !sets.is_empty() {
            departed.entry(sets).or_default().push(date);
        }
    }
    departed.into_iter().collect()
}

/// The days from one to another, both included.
fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |date| date.next()).take_while(move |date| *date <= to)
}

/// `--shortfall`, read.
fn percent(text: &str) -> Result<Decimal, CliMessage> {
    let number = text.trim().strip_suffix(['%', '％']).unwrap_or(text).trim_end();
    let percent = number.parse::<Decimal>().ok().filter(|it| whatif::supply_short_by(M3::ZERO, *it).is_some());
    percent.ok_or_else(|| CliMessage::BadPercentage { text: text.to_owned() })
}
