//! From a case folder to a day and its decision: the one file of the command line that calls the rooms below.

use std::collections::BTreeMap;
use std::path::Path;

#[cfg(feature = "record")]
use crate::Lang;
use crate::city::City;
use crate::city::read::{Case, CaseOptions};
use crate::cli::exit::{Failure, list};
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::out::tell;
use crate::cli::question::Basis;
use crate::cli::today::Calendar;
use crate::decide::whatif::WhatIfMessage;
use crate::decide::{Day, Warning};
use crate::problem::{Origin, Place, Problem, Problems, Severity, nearest};
use crate::render::GasDay;
use crate::units::{Date, Decimal};

/// A case that is open, and how its days run.
pub(crate) struct Opened {
    /// The city and its policies.
    pub case: Case,
    /// Warnings and notes of the readers.
    pub notes: Problems,
    /// Its time zone and the start of its day.
    pub calendar: Calendar,
    /// That its record cannot be read, and so nothing of it is followed: only where burdens come from elsewhere.
    pub unread: Option<Warning>,
    /// Where its record is, or would be.
    #[cfg(feature = "record")]
    pub record: crate::cli::response::RecordFile,
}

/// Opens the case that `-C` names.
pub(crate) fn open(global: &Global, overrides: &[String]) -> Result<Opened, Failure> {
    open_under(global, overrides, None)
}

/// Opens the case that `-C` names for a gas day, today's if none is named: under its policy as departures of that day change
/// it, and then `overrides`. `keep` keeps its tables as they were read, for the record.
pub(crate) fn open_on(
    global: &Global,
    overrides: &[String],
    date: Option<&str>,
    keep: bool,
) -> Result<Opened, Failure> {
    let departed = departed(global, date)?;
    let overrides = departed.into_iter().chain(overrides.iter().cloned()).collect();
    open_with(global, &CaseOptions { overrides, keep, ..CaseOptions::default() })
}

/// The same for what is asked of a day. Whoever gives the burdens himself is not kept from deciding by a record that cannot be read: he is
/// told, with all that comes of it, that departures which stand there are not followed.
pub(crate) fn open_asked(global: &Global, basis: &Basis, keep: bool) -> Result<Opened, Failure> {
    let date = basis.date.as_deref();
    let opened = open_on(global, &basis.set, date, keep);
    #[cfg(feature = "record")]
    if basis.burdens.is_some() {
        let unread = match opened {
            Ok(opened) => match opened.book() {
                Err(Failure::Record(error)) => error,
                Ok(_) | Err(_) => return Ok(opened),
            },
            Err(Failure::Record(error)) => error,
            Err(other) => return Err(other),
        };
        let options = CaseOptions { overrides: basis.set.clone(), keep, ..CaseOptions::default() };
        let mut opened = open_with(global, &options)?;
        let message = unread_record(&unread);
        opened.unread = Some(message.warning());
        opened.notes.push(Problem::warning(Place::whole(Origin::memory(opened.record.shown())), message));
        return Ok(opened);
    }
    opened
}

#[cfg(feature = "record")]
fn unread_record(error: &crate::record::RecordError) -> WhatIfMessage {
    let why = |lang| error.message().text(lang);
    WhatIfMessage::RecordUnread { why: why(Lang::En), why_zh: why(Lang::Zh) }
}

/// Opens the case that `-C` names, with what was really taken from another table than its own.
#[cfg(feature = "record")]
pub(crate) fn open_metered(global: &Global, actuals: Option<&str>) -> Result<Opened, Failure> {
    open_with(global, &CaseOptions { actuals: actuals.map(str::to_owned), ..CaseOptions::default() })
}

/// What the authority has decided otherwise than the policy for a gas day, as overrides.
#[cfg(feature = "record")]
fn departed(global: &Global, date: Option<&str>) -> Result<Vec<String>, Failure> {
    use crate::cli::response::RecordFile;
    use crate::record::Instead;
    // What is wrong with the case or the date is told by whoever reads it in full.
    let Ok((settings, files)) = Case::about(&global.case) else { return Ok(Vec::new()) };
    let Some(record) = RecordFile::of(global, &files).look()? else { return Ok(Vec::new()) };
    let today = || Calendar::new(&settings.timezone, settings.gas_day_start).ok()?.today(global.now);
    let Some(day) = date.map_or_else(today, |text| text.parse().ok()) else { return Ok(Vec::new()) };
    let book = record.book()?;
    let rules = book.departures_on(day).filter_map(|departed| match &departed.departure.instead {
        Instead::Rule { set } => Some(set.clone()),
        Instead::Customer { .. } => None,
    });
    Ok(rules.collect())
}

#[cfg(not(feature = "record"))]
#[allow(clippy::unnecessary_wraps, reason = "the record can fail")]
fn departed(_: &Global, _: Option<&str>) -> Result<Vec<String>, Failure> {
    Ok(Vec::new())
}

/// Opens the case that `-C` names, under another policy than its own.
pub(crate) fn open_under(global: &Global, overrides: &[String], policy: Option<&str>) -> Result<Opened, Failure> {
    let policy = policy.map(str::to_owned);
    open_with(global, &CaseOptions { overrides: overrides.to_vec(), policy, ..CaseOptions::default() })
}

fn open_with(global: &Global, options: &CaseOptions) -> Result<Opened, Failure> {
    let (case, notes) = Case::open(&global.case, options)?;
    let settings = &case.city.settings;
    let calendar = Calendar::new(&settings.timezone, settings.gas_day_start)?;
    #[cfg(feature = "record")]
    let record = crate::cli::response::RecordFile::of(global, &case.files);
    Ok(Opened {
        case,
        notes,
        calendar,
        unread: None,
        #[cfg(feature = "record")]
        record,
    })
}

impl Opened {
    /// The gas day that is asked for, or else today's.
    pub(crate) fn gas_day(&self, date: Option<&str>, global: &Global) -> Result<GasDay, Failure> {
        let (date, text) = match date {
            Some(text) => (text.parse::<Date>().ok(), text),
            // The clock shows a year that no calendar of ours has.
            None => (self.calendar.today(global.now), "--now"),
        };
        let date = date.ok_or_else(|| CliMessage::BadDate { text: text.to_owned() })?;
        Ok(self.calendar.gas_day(date))
    }

    /// The day's figures, with the burdens of a file, or else with what the record remembers. Departures of the record hold in either
    /// case.
    pub(crate) fn day(&self, date: Date, burdens: Option<&Path>) -> Result<(Day, Problems), Failure> {
        let (mut day, mut notes) = Day::on(&self.case.city, date)?;
        match burdens {
            Some(path) => {
                (day.burdens, day.turns) = read_burdens(path, &self.case.city)?;
                self.pin(&mut day, &mut notes)?;
            }
            None => self.remind(&mut day)?,
        }
        day.hours = self.calendar.clock(date);
        notes.sort();
        Ok((day, notes))
    }
}

impl Opened {
    #[cfg(feature = "record")]
    fn remind(&self, day: &mut Day) -> Result<(), Failure> {
        let Some((record, book)) = self.book()? else { return Ok(()) };
        Ok(record.remind(&book, day, &self.case.city, &self.case.policies.main)?)
    }

    /// Holds customers to what departures settle, as far as the record can be read; that it cannot be was told on opening, or is here.
    #[cfg(feature = "record")]
    fn pin(&self, day: &mut Day, notes: &mut Problems) -> Result<(), Failure> {
        match self.book() {
            Ok(book) => book.into_iter().for_each(|(_, book)| book.pin(day, &self.case.city)),
            Err(Failure::Record(_)) if self.unread.is_some() => {}
            Err(Failure::Record(error)) => {
                let place = Place::whole(Origin::memory(self.record.shown()));
                notes.push(Problem::warning(place, unread_record(&error)));
            }
            Err(other) => return Err(other),
        }
        Ok(())
    }

    /// The case's record; `None` if it has none yet.
    #[cfg(feature = "record")]
    pub(crate) fn book(&self) -> Result<Option<(crate::record::Record, crate::record::Book)>, Failure> {
        use crate::record::RecordMessage;
        let Some(record) = self.record.look()? else { return Ok(None) };
        let (book, city) = (record.book()?, &self.case.city);
        if book.case() != city.settings.name {
            let (theirs, ours) = (book.case().to_owned(), city.settings.name.clone());
            return Err(RecordMessage::AnotherRecord { path: self.record.shown(), theirs, ours }.into());
        }
        Ok(Some((record, book)))
    }

    #[cfg(not(feature = "record"))]
    #[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "the record can fail")]
    fn pin(&self, _: &mut Day, _: &mut Problems) -> Result<(), Failure> {
        Ok(())
    }

    #[cfg(not(feature = "record"))]
    #[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "the record can fail")]
    fn remind(&self, _: &mut Day) -> Result<(), Failure> {
        Ok(())
    }
}

/// Tells warnings and notes on standard error, unless `-q` asks for silence.
pub(crate) fn tell_notes(notes: &Problems, global: &Global) {
    if !global.quiet {
        let least = if global.verbose { Severity::Note } else { Severity::Warning };
        tell(&list(notes, global.lang, least, global.verbose));
    }
}

/// What blocks have borne in equivalent full days, and the days of their turns.
type Borne = (BTreeMap<u32, Decimal>, BTreeMap<u32, Vec<Date>>);

/// Reads `--burdens`: a CSV of `district, burden` in equivalent full days, perhaps with `turns`, the dates on which the block had its
/// turn, parted by semicolons.
fn read_burdens(path: &Path, city: &City) -> Result<Borne, Failure> {
    let origin = Origin::file(path.display());
    let mut problems = Problems::new();
    let (mut burdens, mut turns) = (BTreeMap::new(), BTreeMap::new());
    let unreadable = |what: String| {
        Problems::from(Problem::error(Place::whole(origin.clone()), WhatIfMessage::BurdensUnreadable { what }))
    };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut rows = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = rows.headers().map_err(|error| unreadable(error.to_string()))?.clone();
    let column = |names: [&str; 2]| header.iter().position(|h| names.iter().any(|n| h.eq_ignore_ascii_case(n)));
    let (Some(district), Some(burden)) = (column(["district", "区域"]), column(["burden", "负担"])) else {
        let place = Place::line(origin.clone(), 1);
        return Err(Problems::from(Problem::error(place, WhatIfMessage::BurdenColumns {})).into());
    };
    let taken = column(["turns", "轮停日"]);
    for row in rows.records() {
        let row = row.map_err(|error| unreadable(error.to_string()))?;
        let line = row.position().map_or(0, |p| u32::try_from(p.line()).unwrap_or(0));
        let at = |column: usize| Place::at(origin.clone(), line, u32::try_from(column + 1).unwrap_or(0));
        let (word, value) = (row.get(district).unwrap_or_default(), row.get(burden).unwrap_or_default());
        let known = |d: &crate::city::District| &*d.id == word || &*d.name == word;
        let index = city.districts.iter().position(known).and_then(|i| u32::try_from(i).ok());
        let Some(index) = index else {
            let names = city.districts.iter().map(|d| &*d.id);
            let near = nearest(word, names.clone()).map_or_else(|| names.collect::<Vec<_>>().join(", "), str::to_owned);
            problems.error(at(district), WhatIfMessage::BurdenDistrict { word: word.to_owned(), near });
            continue;
        };
        match value.parse::<Decimal>() {
            Err(_) => problems.error(at(burden), WhatIfMessage::BadBurden { value: value.to_owned() }),
            Ok(value) => {
                if burdens.insert(index, value).is_some() {
                    problems.error(at(district), WhatIfMessage::BurdenTwice { word: word.to_owned() });
                }
            }
        }
        let Some(taken) = taken else { continue };
        let mut days = Vec::new();
        for value in row.get(taken).unwrap_or_default().split([';', '；']).map(str::trim) {
            match value.parse::<Date>() {
                Ok(day) => days.push(day),
                Err(_) if value.is_empty() => {}
                Err(_) => problems.error(at(taken), WhatIfMessage::BadTurn { value: value.to_owned() }),
            }
        }
        if !days.is_empty() {
            turns.insert(index, days);
        }
    }
    Ok(problems.or((burdens, turns))?.0)
}
