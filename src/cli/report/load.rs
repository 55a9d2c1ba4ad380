//! From the record to what a report is made of: decisions with the rows and policies that they were made from, read back into memory.

use std::path::Path;

use crate::city::City;
use crate::city::read::{Case, CaseOptions};
use crate::cli::exit::Failure;
use crate::cli::global::Global;
use crate::cli::out::tell;
use crate::cli::run_case::{self, Opened};
use crate::decide::restore::Back;
use crate::decide::{Decision, Options, Prepared, Solver};
use crate::policy::Sharing;
use crate::record::{Book, DECISION, Dossier, Moment, Record, RecordError, RecordMessage};
use crate::report::{Kept, Order, Outlook, Part, Standing, Taken, decision_of};
use crate::units::Date;

use super::period::Hours;

/// What of a gas day the record keeps.
pub(super) struct Loaded {
    pub standing: Standing,
    pub dossier: Dossier,
    pub decision: Decision,
    /// What came back of it by the end of the period.
    pub back: Vec<Back>,
    /// The orders that it revises, the one before it first.
    pub earlier: Vec<Order>,
    pub case: Case,
}

/// A part of a period with what is known of its day.
pub(super) struct DayPart {
    pub hours: Hours,
    pub loaded: Option<Loaded>,
    pub taken: Option<Taken>,
}

impl DayPart {
    /// As a report takes it.
    pub(super) fn part(&self) -> Part<'_> {
        let kept = self.loaded.as_ref().map(|loaded| Kept {
            standing: loaded.standing,
            dossier: &loaded.dossier,
            decision: &loaded.decision,
            back: &loaded.back,
            earlier: &loaded.earlier,
            city: &loaded.case.city,
            policies: &loaded.case.policies,
        });
        Part {
            date: self.hours.date,
            clock: self.hours.clock.clone(),
            from: self.hours.from,
            until: self.hours.until,
            kept,
            taken: self.taken.as_ref(),
        }
    }
}

/// What was metered on a day: as it was entered in the record last, else as the case has it.
pub(super) fn taken(record: &Record, book: &Book, city: Option<&City>, date: Date) -> Result<Option<Taken>, Failure> {
    let taken = match book.metered_on(date) {
        Some((act, metered)) => Some(Taken::entered(&record.metered(act.seq, metered)?)),
        None => city.map(|city| Taken::on(city, date)),
    };
    Ok(taken.filter(|taken| !taken.is_empty()))
}

/// The parts of a period, each with the decision that counted at `until`. What nobody entered as metered comes from the case as it is
/// now, if it can be read, and otherwise from the rows that the record keeps.
pub(super) fn parts(
    record: &Record,
    book: &Book,
    hours: Vec<Hours>,
    until: Moment,
    now: Option<&City>,
) -> Result<Vec<DayPart>, Failure> {
    let part = |hours: Hours| {
        let found = decision_of(book, hours.date, until);
        let loaded = found.map(|(dossier, standing)| load(record, book, dossier, standing, until)).transpose()?;
        let city = now.or(loaded.as_ref().map(|loaded| &loaded.case.city));
        let taken = taken(record, book, city, hours.date)?;
        Ok(DayPart { hours, loaded, taken })
    };
    hours.into_iter().map(part).collect()
}

/// Reads a decision and its case back, and what came back of it by a moment.
pub(super) fn load(
    record: &Record,
    book: &Book,
    dossier: &Dossier,
    standing: Standing,
    until: Moment,
) -> Result<Loaded, Failure> {
    let broken = |name: &str| broken(record, dossier, name);
    let files = record.case_of(dossier.proposed.id)?;
    let text = files.get(DECISION).ok_or_else(|| broken(DECISION))?;
    let decision: Decision = serde_json::from_slice(text).map_err(|_| broken(DECISION))?;
    let dir = tempfile::tempdir().map_err(anyhow::Error::from)?;
    let own = files.iter().filter(|(name, _)| is_of_the_case(name));
    for (name, content) in own {
        let path = dir.path().join(name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(anyhow::Error::from)?;
        std::fs::write(&path, content).map_err(anyhow::Error::from)?;
    }
    let options = CaseOptions { overrides: decision.policy.overrides.clone(), ..CaseOptions::default() };
    let (case, _) = Case::open(dir.path(), &options).map_err(|_| broken("case.toml"))?;
    if case.policies.main.digest != decision.policy.digest {
        return Err(broken("policy.toml").into());
    }
    let mut earlier = Vec::new();
    let before = |dossier: &Dossier| dossier.proposed.revises.and_then(|id| book.decision(id));
    let mut next = before(dossier);
    while let Some(order) = next {
        earlier.push(Order { decision: decision_in(record, order)?, back: back(record, order, until)? });
        // An order revises one that was there before it.
        next = before(order).filter(|other| other.act.seq < order.act.seq);
    }
    let back = back(record, dossier, until)?;
    Ok(Loaded { standing, dossier: dossier.clone(), decision, back, earlier, case })
}

/// What came back of an order by a moment.
fn back(record: &Record, order: &Dossier, until: Moment) -> Result<Vec<Back>, RecordError> {
    let restored: Vec<_> = order.restored.iter().filter(|(act, _)| act.at <= until).cloned().collect();
    record.back_by(&restored)
}

/// A decision without the rows that it was made from.
fn decision_in(record: &Record, dossier: &Dossier) -> Result<Decision, Failure> {
    let broken = || broken(record, dossier, DECISION);
    let content = record.content(dossier.proposed.files.get(DECISION).ok_or_else(broken)?)?.ok_or_else(broken)?;
    Ok(serde_json::from_slice(&content).map_err(|_| broken())?)
}

fn broken(record: &Record, dossier: &Dossier, name: &str) -> RecordError {
    let (path, seq) = (record.path().display().to_string(), dossier.act.seq);
    RecordError::Failed(RecordMessage::BrokenContent { path, seq, name: name.to_owned() })
}

/// Beside the case's files lies what was written of the decision.
fn is_of_the_case(name: &str) -> bool {
    let written =
        [DECISION, crate::cli::decide::ORDERS, crate::cli::decide::HOURLY_ORDERS, crate::cli::decide::CHANGES];
    !written.contains(&name)
}

/// The case as it is now, for a gas day; `None`, and told why, if its tables cannot be read.
pub(super) fn case_now(global: &Global, date: Option<Date>) -> Option<Opened> {
    let date = date.map(|date| date.to_string());
    match run_case::open_on(global, &[], date.as_deref(), false) {
        Ok(opened) => Some(opened),
        Err(failure) => {
            tell(&failure.in_words(global.lang, global.verbose));
            None
        }
    }
}

/// What is expected of a gas day: what the record has of it by `until`, else the case's own figures, decided for this.
pub(super) fn outlook(
    book: &Book,
    opened: Option<&Opened>,
    date: Date,
    until: Moment,
) -> Result<Option<Outlook>, Failure> {
    if let Some((dossier, known)) = decision_of(book, date, until) {
        return Ok(Some(of_record(dossier, known)));
    }
    let Some(opened) = opened.filter(|opened| opened.case.city.supply.contains_key(&date)) else { return Ok(None) };
    // A day with figures that cannot be decided is no outlook.
    let Ok((day, _)) = opened.day(date, None) else { return Ok(None) };
    let lists = opened.case.policies.main.measures.iter().any(|measure| measure.sharing == Sharing::List);
    let options =
        Options { solver: Solver::Exact, without_customers: !lists, without_evidence: true, ..Options::default() };
    let decision = Prepared::new(&opened.case.policies, &opened.case.city, options)?.decide(&day)?;
    Ok(Some(Outlook::of(&decision, Standing::Forecast, None)))
}

/// What the record says of a day in brief.
pub(super) fn of_record(dossier: &Dossier, known: Standing) -> Outlook {
    let proposed = &dossier.proposed;
    Outlook {
        date: proposed.id.date,
        known,
        id: Some(proposed.id.to_string()),
        demand_m3: proposed.demand_m3,
        supply_m3: proposed.supply_m3,
        deliverable_m3: proposed.deliverable_m3,
        shortfall_m3: proposed.demand_m3.less(proposed.deliverable_m3),
        level: proposed.level.clone(),
        beyond_authority_m3: proposed.beyond_authority_m3,
        blocks: proposed.turns.iter().map(|turn| turn.district.clone()).collect(),
    }
}

/// The folder that a path stands in and its own name.
pub(super) fn split_path(path: &Path) -> (std::path::PathBuf, String) {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    (dir.to_owned(), path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()))
}
