//! What papers are made of: a decision of the record and what it says of it, or without one the day decided for this alone.

use std::collections::HashMap;

use super::Args;
use crate::city::read::Case;
use crate::cli::decide::CHANGES;
use crate::cli::exit::Failure;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::question::{Basis, Question};
use crate::cli::response::RecordFile;
use crate::cli::run_case::{self, Opened};
use crate::cli::today::Calendar;
use crate::decide::{Decision, Options, Prepared, whatif};
use crate::notice::{CameBack, Earlier, Standing};
use crate::record::{Act, Book, DecisionId, Dossier, Record, RecordError, RecordMessage, Stage};
use crate::render::GasDay;
use crate::render::notice::Recorded;
use crate::units::{Date, M3};

/// What papers are made of.
pub(super) struct Source {
    pub opened: Opened,
    pub decision: Decision,
    pub day: GasDay,
    pub standing: Standing,
    pub recorded: Option<Recorded>,
    pub dossier: Option<Dossier>,
    /// What an earlier order left, if this replaces one or would.
    pub earlier: Option<Earlier>,
    /// What came back of this order since.
    pub back: Option<HashMap<String, CameBack>>,
    /// Whether the gas day is over.
    pub over: bool,
}

impl Source {
    /// The decision that is asked for: by its id, else the order of the day, else what waits for the day, else the day itself.
    pub(super) fn of(args: &Args, global: &Global) -> Result<Self, Failure> {
        let (settings, files) = Case::about(&global.case)?;
        let calendar = Calendar::new(&settings.timezone, settings.gas_day_start)?;
        let file = RecordFile::of(global, &files);
        let record = file.look()?;
        let book = record.as_ref().map(Record::book).transpose()?;
        if let Some(book) = book.as_ref().filter(|book| book.case() != settings.name) {
            let (theirs, ours) = (book.case().to_owned(), settings.name.clone());
            return Err(RecordMessage::AnotherRecord { path: file.shown(), theirs, ours }.into());
        }
        let no_record = || RecordMessage::NoRecord { path: file.shown() };
        let found = match (&args.decision, &book) {
            (Some(_), None) => return Err(no_record().into()),
            (Some(text), Some(book)) => Some(named(book, text)?),
            (None, book) => {
                let date = match args.date.as_deref() {
                    Some(text) => text.parse::<Date>().map_err(|_| CliMessage::BadDate { text: text.to_owned() })?,
                    None => {
                        calendar.today(global.now).ok_or_else(|| CliMessage::BadDate { text: "--now".to_owned() })?
                    }
                };
                book.as_ref().and_then(|book| of_day(book, date))
            }
        };
        match (found, record.as_ref().zip(book.as_ref())) {
            (Some(dossier), Some((record, book))) => {
                if args.supply.is_some() || args.shortfall.is_some() {
                    return Err(CliMessage::WhatIfOfRecord { id: dossier.proposed.id.to_string() }.into());
                }
                Self::recorded(record, book, dossier, global)
            }
            _ => Self::decided(args, global),
        }
    }

    /// Of a decision of the record.
    fn recorded(record: &Record, book: &Book, dossier: &Dossier, global: &Global) -> Result<Self, Failure> {
        let id = dossier.proposed.id;
        let (standing, act) = standing(book, dossier)?;
        let decision = record.decided(dossier)?;
        let opened = run_case::open(global, &decision.policy.overrides)?;
        if opened.case.policies.main.digest != decision.policy.digest {
            return Err(CliMessage::OtherPolicy { id: id.to_string() }.into());
        }
        run_case::tell_notes(&opened.notes, global);
        let back = back(record, book, id)?;
        let earlier = match back {
            Some(_) => None,
            None => earlier(record, book, dossier)?,
        };
        let head = book.heads.get(act.seq.saturating_sub(1) as usize).map(|head| head.short()).unwrap_or_default();
        let (at, name, ended) = (act.at.short(), act.by.name.clone(), ended(book, id));
        let recorded = Recorded { id: id.to_string(), at, name, head, ended };
        let day = opened.calendar.gas_day(id.date);
        let over = id.date.next().is_some_and(|next| opened.calendar.has_begun(next, global.now));
        Ok(Self {
            opened,
            decision,
            day,
            standing,
            recorded: Some(recorded),
            dossier: Some(dossier.clone()),
            earlier,
            back,
            over,
        })
    }

    /// Of a day that the record knows no decision of.
    fn decided(args: &Args, global: &Global) -> Result<Self, Failure> {
        let basis = Basis { date: args.date.clone(), set: Vec::new(), burdens: None, unified: false };
        let question = Question { basis, supply: args.supply.clone(), shortfall: args.shortfall.clone() };
        let what_if = question.what_if()?;
        let opened = run_case::open_on(global, &[], args.date.as_deref(), false)?;
        let day = opened.gas_day(args.date.as_deref(), global)?;
        let (mut of_day, notes) = opened.day(day.date, None)?;
        run_case::tell_notes(&opened.notes, global);
        run_case::tell_notes(&notes, global);
        let said = what_if.map(|what| whatif::apply(&opened.case.city, &mut of_day, what, false)).transpose()?;
        let mut decision =
            Prepared::new(&opened.case.policies, &opened.case.city, Options::default())?.decide(&of_day)?;
        if let Some(said) = said {
            decision.warnings.insert(0, said.warning());
        }
        let over = day.date.next().is_some_and(|next| opened.calendar.has_begun(next, global.now));
        let (standing, recorded, earlier, back) = (Standing::Proposal, None, None, None);
        Ok(Self { opened, decision, day, standing, recorded, dossier: None, earlier, back, over })
    }

    /// That the case is no longer the one that was decided.
    pub(super) fn decided_otherwise(&self, customer: String) -> CliMessage {
        let id = self.recorded.as_ref().map_or_else(|| self.day.date.to_string(), |recorded| recorded.id.clone());
        CliMessage::OtherCustomers { id, customer }
    }
}

/// A decision by its id.
fn named<'b>(book: &'b Book, text: &str) -> Result<&'b Dossier, Failure> {
    let id: DecisionId = text.parse().map_err(|_| RecordMessage::BadId { text: text.to_owned() })?;
    let known = || book.decisions.iter().map(|it| it.proposed.id.to_string()).collect::<Vec<_>>().join(", ");
    let unknown = || RecordMessage::UnknownDecision { id: id.to_string(), known: known() };
    Ok(book.decision(id).ok_or_else(unknown)?)
}

/// The order of a day, else what waits longest advanced and latest for it.
fn of_day(book: &Book, date: Date) -> Option<&Dossier> {
    let waiting = || book.open_decisions().filter(move |dossier| dossier.proposed.id.date == date);
    book.order_of(date).or_else(|| waiting().last())
}

/// What papers of a decision are, and the entry that made it so.
fn standing<'b>(book: &'b Book, dossier: &'b Dossier) -> Result<(Standing, &'b Act), Failure> {
    let id = dossier.proposed.id;
    if let Some(by) = dossier.replaced_by {
        return Err(CliMessage::ReplacedOrder { id: id.to_string(), by: by.to_string() }.into());
    }
    if let Some(order) = book.order_of(id.date).filter(|order| order.proposed.id > id) {
        let by = order.proposed.id.to_string();
        return Err(CliMessage::OvertakenDecision { id: id.to_string(), by }.into());
    }
    let approved = || dossier.approved.last().unwrap_or(&dossier.act);
    match dossier.stage() {
        Stage::NothingToOrder => Err(CliMessage::NobodyToTell { date: id.date.to_string() }.into()),
        Stage::Issued => {
            let standing = if ended(book, id).is_some() { Standing::Ended } else { Standing::Order };
            Ok((standing, dossier.issued.as_ref().unwrap_or(&dossier.act)))
        }
        // Where the plan asks for no approval, what is proposed is approved by nobody.
        Stage::Signed | Stage::Approved if !dossier.approved.is_empty() || dossier.signed.is_some() => {
            Ok((Standing::Warning, dossier.signed.as_ref().unwrap_or_else(approved)))
        }
        _ => Ok((Standing::Proposal, &dossier.act)),
    }
}

/// When the response that an order belongs to ended.
fn ended(book: &Book, id: DecisionId) -> Option<String> {
    let response = book.responses.iter().find(|response| response.orders.contains(&id))?;
    response.ended.as_ref().map(|(act, _)| act.at.short())
}

fn broken(record: &Record, seq: u64, name: &str) -> RecordError {
    let path = record.path().display().to_string();
    RecordError::Failed(RecordMessage::BrokenContent { path, seq, name: name.to_owned() })
}

/// What came back of an order since it was issued, by all restorations of it.
fn back(record: &Record, book: &Book, id: DecisionId) -> Result<Option<HashMap<String, CameBack>>, Failure> {
    let mut all: HashMap<String, CameBack> = HashMap::new();
    for back in record.back(book, id)? {
        *all.entry(back.customer_id).or_default().entry(back.from).or_default() += back.back_m3;
    }
    Ok((!all.is_empty()).then_some(all))
}

/// What the order that a decision replaces, or would, left: of a revision for the rest of the day, as was worked out when it was proposed.
fn earlier(record: &Record, book: &Book, dossier: &Dossier) -> Result<Option<Earlier>, Failure> {
    let id = dossier.proposed.id;
    if dossier.proposed.at.is_some() {
        if dossier.proposed.revises.is_none() {
            return Ok(None);
        }
        let broken = || broken(record, dossier.act.seq, CHANGES);
        let digest = dossier.proposed.files.get(CHANGES).ok_or_else(broken)?;
        let content = record.content(digest)?.ok_or_else(broken)?;
        return Ok(Some(changes(&content).ok_or_else(broken)?));
    }
    let replaced = book
        .decisions
        .iter()
        .filter(|it| it.replaced_by == Some(id))
        .max_by_key(|it| it.issued.as_ref().map_or(0, |act| act.seq));
    let order = replaced.or_else(|| book.order_of(id.date).filter(|order| order.proposed.id != id));
    let Some(order) = order else { return Ok(None) };
    let before = record.decided(order)?;
    let mut left = HashMap::new();
    for share in std::iter::once(&before).chain(&before.areas).flat_map(|it| &it.detail).flat_map(|it| &it.customers) {
        if !share.cut_m3().is_zero() {
            left.insert(share.customer_id.to_string(), share.served_m3);
        }
    }
    Ok(Some(Earlier { left }))
}

/// What `changes.csv` says the order in force left for the rest of the day.
fn changes(content: &[u8]) -> Option<Earlier> {
    let mut rows = csv::Reader::from_reader(content);
    let headings = rows.headers().ok()?.clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name);
    let columns = [column("customer_id")?, column("rest_demand_m3")?, column("rest_before_m3")?];
    let mut left = HashMap::new();
    for row in rows.records() {
        let row = row.ok()?;
        let [id, demand, before] = columns.map(|at| row.get(at).unwrap_or_default());
        let (demand, before): (u64, u64) = (demand.parse().ok()?, before.parse().ok()?);
        if before < demand {
            left.insert(id.strip_prefix('\'').unwrap_or(id).to_owned(), M3(before));
        }
    }
    Some(Earlier { left })
}
