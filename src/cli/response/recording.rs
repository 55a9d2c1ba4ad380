//! `curtail decide --record`: the decision goes into the record as a proposal.

use super::steps::body;
use super::{Who, now};
use crate::Lang;
use crate::cli::decide::{Args, CHANGES, HOURLY_ORDERS, ORDERS};
use crate::cli::exit::Failure;
use crate::cli::files::{self, Content};
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::question::Question;
use crate::cli::run_case::Opened;
use crate::decide::Decision;
use crate::decide::revise::Changed;
use crate::record::{self, Answer, DECISION, Event, RecordMessage};
use crate::render::GasDay;
use crate::render::drill;
use crate::render::hourly_orders;
use crate::render::orders;
use crate::render::response::{Said, next};
use crate::render::revision;

/// Whether a decision is recorded, and by whom.
#[derive(clap::Args, Debug)]
pub(crate) struct Recording {
    /// Propose the decision: put it into the case's record
    #[arg(long)]
    pub record: bool,
    #[command(flatten)]
    who: Who,
}

impl Recording {
    /// Only the case's own figures are recorded.
    pub(crate) fn allow(&self, question: &Question) -> Result<(), Failure> {
        if !self.record && (self.who.by.is_some() || self.who.role.is_some()) {
            // Whoever says who he is means to record it.
            return Err(CliMessage::missing("--record", "decide").into());
        }
        let asked = question.supply.is_some() || question.shortfall.is_some();
        let (reason, reason_zh) = match (self.record, asked, question.basis.burdens.is_some()) {
            (true, true, _) => ("its supply is a what-if", "其供应量为假设"),
            (true, _, true) => {
                ("its burdens come from a file, and the record has its own", "其负担取自文件，而记录自有负担")
            }
            _ => return Ok(()),
        };
        Err(RecordMessage::NotOfTheRecord { reason: reason.to_owned(), reason_zh: reason_zh.to_owned() }.into())
    }

    /// Records the decision, if that was asked for, and says so.
    pub(crate) fn record(
        &self,
        args: &Args,
        opened: &Opened,
        decision: &Decision,
        changed: &[Changed],
        gas_day: &GasDay,
        global: &Global,
    ) -> Result<Option<Recorded>, Failure> {
        if !self.record {
            return Ok(None);
        }
        let case = &opened.case;
        let steps = record::steps(&case.policies.main, None);
        let by = self.who.stated(|word| body(&steps, word))?;
        let (mut json, mut csv) = (Vec::new(), Vec::new());
        crate::cli::decide::write_json(decision, &mut json)?;
        let table = |content, to: &mut Vec<u8>| files::marked(content, drill::Kind::Csv, global)(to);
        table(Box::new(|to| orders::write(&case.city, decision, false, to)), &mut csv)?;
        let (mut by_hour, mut changes) = (Vec::new(), Vec::new());
        if decision.hours.is_some() {
            let hours: Content<'_> = Box::new(|to| hourly_orders::write(&case.city, decision, gas_day, to));
            table(hours, &mut by_hour)?;
        }
        if decision.revision.is_some() {
            table(Box::new(|to| revision::write(&case.city, changed, to)), &mut changes)?;
        }
        let mut files = vec![(DECISION, json.as_slice()), (ORDERS, csv.as_slice())];
        let more = [(HOURLY_ORDERS, by_hour.as_slice()), (CHANGES, changes.as_slice())];
        files.extend(more.into_iter().filter(|(_, content)| !content.is_empty()));
        let (draft, mut proposed) = Answer { case, decision, files, asked: args.asked(decision) }.draft()?;
        let mut record = opened.record.open()?;
        let moment = now(opened.calendar, global)?;
        let known = decision.revision.as_ref().and_then(|it| it.restored.as_ref()).map_or(0, |it| it.restorations);
        let (entry, book) = record.append(&case.city.settings.name, moment, &by, draft, |book, files| {
            let order = proposed.revises.and_then(|order| book.decision(order));
            if let Some(order) = order.filter(|order| order.restored.len() != known as usize) {
                return Err(RecordMessage::RestoredSince { order: order.proposed.id.to_string() });
            }
            proposed.id = book.next_id(decision.date);
            proposed.files = files;
            Ok(Event::Proposed(Box::new(proposed)))
        })?;
        let dossier = entry.event.decision().and_then(|id| book.decision(id));
        let Some(dossier) = dossier else { return Ok(None) };
        let lang: Lang = global.lang;
        let said = Said::Recorded { id: dossier.proposed.id.to_string(), head: book.head.short() };
        let mut said = format!("{}\n{}\n", said.text(lang), next(dossier, lang));
        if let Some(old) = dossier.proposed.revises {
            let id = dossier.proposed.id.to_string();
            said.push_str(&format!("{}\n", Said::StandsUntil { id, old: old.to_string() }.text(lang)));
        }
        Ok(Some(Recorded { id: dossier.proposed.id.to_string(), said }))
    }
}

/// A decision that the record has now.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// Its id.
    id: String,
    /// What is said of it, and what comes next.
    pub said: String,
}

impl Recorded {
    /// A failure to write the files, which does not undo the record.
    pub(crate) fn stands(&self, failure: Failure, lang: Lang) -> Failure {
        match failure {
            Failure::Broken(error) => {
                Failure::Broken(error.context(CliMessage::RecordedWithoutFiles { id: self.id.clone() }.text(lang)))
            }
            other => other,
        }
    }
}
