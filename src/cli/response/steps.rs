//! `curtail approve`, `sign`, `issue`, `lower` and `end`.

use super::{About, Who};
use crate::Lang;
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::Global;
use crate::cli::out::Out;
use crate::policy::Policy;
use crate::record::{Book, Draft, Event, RecordMessage, Step, Steps};
use crate::render::response::{Said, next};

/// `curtail approve`, `sign`, `issue`
#[derive(clap::Args, Debug)]
pub(crate) struct DecisionArgs {
    /// Which decision, as `status` names it; may be left out where only one waits
    #[arg(value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    who: Who,
}

/// `curtail lower`
#[derive(clap::Args, Debug)]
pub(crate) struct LowerArgs {
    /// The level from now on
    #[arg(long, value_name = "LEVEL")]
    to: String,
    /// Why; stands in the record and on reports
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    who: Who,
}

/// `curtail end`
#[derive(clap::Args, Debug)]
pub(crate) struct EndArgs {
    /// Why; stands in the record and on reports
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    who: Who,
}

pub(crate) fn approve(args: &DecisionArgs, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    step(Step::Approve, args, global, out)
}

pub(crate) fn sign(args: &DecisionArgs, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    step(Step::Sign, args, global, out)
}

pub(crate) fn issue(args: &DecisionArgs, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    step(Step::Issue, args, global, out)
}

fn step(step: Step, args: &DecisionArgs, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let about = About::read(global)?;
    let book = about.record()?.book()?;
    let id = match &args.id {
        Some(text) => text.parse().map_err(|_| RecordMessage::BadId { text: text.clone() })?,
        None => book.waiting_for(step)?,
    };
    let steps = book.decision(id).map(|dossier| dossier.proposed.steps.clone()).unwrap_or_default();
    let by = args.who.stated(|word| body(&steps, word))?;
    let event = match step {
        Step::Approve => Event::Approved { decision: id },
        Step::Sign => Event::Signed { decision: id },
        _ => Event::Issued { decision: id },
    };
    let (case, now) = (&about.settings.name, about.now(global)?);
    let mut record = about.file.open()?;
    let (_, book) = record.append(case, now, &by, Draft::default(), |_, _| Ok(event))?;
    told(&book, global.lang, id, out)?;
    Ok(Exit::Done)
}

/// What is recorded, and what comes next.
pub(super) fn told(book: &Book, lang: Lang, id: crate::record::DecisionId, out: &mut Out) -> Result<(), Failure> {
    let said = Said::Recorded { id: id.to_string(), head: book.head.short() };
    out.text(&format!("{}\n", said.text(lang)))?;
    let Some(dossier) = book.decision(id) else { return Ok(()) };
    out.text(&format!("{}\n", next(dossier, lang)))?;
    if let Some(order) = book.order_of(id.date).filter(|order| order.proposed.id != id) {
        let said = Said::StandsUntil { id: id.to_string(), old: order.proposed.id.to_string() };
        out.text(&format!("{}\n", said.text(lang)))?;
    }
    Ok(())
}

pub(crate) fn lower(args: &LowerArgs, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let about = About::read(global)?;
    let book = about.record()?.book()?;
    let by = args.who.stated(|word| body(&ruling(&book), word))?;
    let (case, now) = (&about.settings.name, about.now(global)?);
    let mut record = about.file.open()?;
    // Screens show a level's label, so that is what people type. Where the case's policy cannot be read, the record's own ids do.
    let policy = Policy::load(&about.settings.policy, &global.case, &[]).ok();
    let level = policy.as_ref().and_then(|(policy, _)| policy.level_called(&args.to));
    let to = level.map_or_else(|| args.to.clone(), |level| level.id.clone());
    let lowered = to.clone();
    let reason = args.reason.clone();
    let make = |book: &Book, _| {
        let from = book.response().and_then(|response| response.level()).unwrap_or_default().to_owned();
        Ok(Event::Lowered { from, to, reason })
    };
    let (_, book) = record.append(case, now, &by, Draft::default(), make)?;
    let said = Said::LoweredTo { to: lowered, head: book.head.short() };
    out.text(&format!("{}\n", said.text(global.lang)))?;
    Ok(Exit::Done)
}

pub(crate) fn end(args: &EndArgs, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let about = About::read(global)?;
    let book = about.record()?.book()?;
    let by = args.who.stated(|word| body(&ruling(&book), word))?;
    let (case, now) = (&about.settings.name, about.now(global)?);
    let mut record = about.file.open()?;
    let reason = args.reason.clone();
    let (_, book) = record.append(case, now, &by, Draft::default(), |_, _| Ok(Event::Ended { reason }))?;
    out.text(&format!("{}\n", Said::EndedNow { head: book.head.short() }.text(global.lang)))?;
    Ok(Exit::Done)
}

fn ruling(book: &Book) -> Steps {
    book.ruling().map(|dossier| dossier.proposed.steps.clone()).unwrap_or_default()
}

/// A body of the policy, by id or by what it is called in either language.
pub(crate) fn body(steps: &Steps, word: &str) -> Result<String, RecordMessage> {
    let is_it = |(id, label): &(&String, &crate::Label)| {
        [id.as_str(), &label.en, &label.zh].iter().any(|name| name.eq_ignore_ascii_case(word))
    };
    if steps.bodies.is_empty() {
        // What is not there has no bodies; the record says that it is not there.
        return Ok(word.to_owned());
    }
    let known = || {
        let zh = steps.bodies.iter().map(|(id, label)| format!("{}（{id}）", label.zh));
        (steps.bodies.keys().cloned().collect::<Vec<_>>().join(", "), zh.collect::<Vec<_>>().join("、"))
    };
    let found = steps.bodies.iter().find(is_it).map(|(id, _)| id.clone());
    found.ok_or_else(|| {
        let (known, known_zh) = known();
        RecordMessage::UnknownRole { role: word.to_owned(), known, known_zh }
    })
}
