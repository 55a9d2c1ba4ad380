//! `curtail report`: what is owed on paper, put together from the record.

mod args;
mod load;
mod period;
mod target;

use args::{AssessmentArgs, Command, DailyArgs, IncidentArgs};
use load::{DayPart, Loaded};
use serde::Serialize;
use target::{Kind, Target};

use crate::cli::exit::{Exit, Failure};
use crate::cli::files;
use crate::cli::global::{Global, Paper};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::response::{About, due};
use crate::cli::run_case::Opened;
use crate::deadlines::{self, DueItem};
use crate::policy::{Due, Policies};
use crate::record::{Book, DecisionId, Dossier, Moment, Record, RecordMessage};
use crate::render::document::{self, Document, Mark};
use crate::render::drill;
use crate::render::report as render;
use crate::render::words::Word;
use crate::report::{self, Answers, Head, Outlook, Part, Sources};
use crate::units::Date;

pub(crate) use args::Args;

/// So many days before it an incident's trend looks back to.
const BACK: usize = 7;

pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let to = match &args.command {
        Command::Daily(args) => &args.out,
        Command::Assessment(args) => &args.out,
        Command::Incident(args) => &args.out,
    };
    let target = Target::new(to.as_deref(), global)?;
    let about = About::read(global)?;
    let record = about.record()?;
    let book = record.book()?;
    if book.case() != about.settings.name {
        let (theirs, ours) = (book.case().to_owned(), about.settings.name.clone());
        return Err(RecordMessage::AnotherRecord { path: about.file.path.display().to_string(), theirs, ours }.into());
    }
    let desk = Desk { now: about.now(global)?, about, record, book, global };
    match &args.command {
        Command::Daily(args) => desk.daily(args, &target, out),
        Command::Assessment(args) => desk.assessment(args, &target, out),
        Command::Incident(args) => desk.incident(args, &target, out),
    }
}

/// Where a report is put together.
struct Desk<'a> {
    about: About,
    record: Record,
    book: Book,
    now: Moment,
    global: &'a Global,
}

impl Desk<'_> {
    fn daily(&self, args: &DailyArgs, target: &Target, out: &mut Out) -> Result<Exit, Failure> {
        let calendar = self.about.calendar;
        let (policy, _) = crate::policy::Policy::load(self.about.settings.policy.trim(), &self.global.case, &[])?;
        let period = period::period(&policy, calendar, args.date.as_deref(), args.until.as_deref(), self.global)?;
        let hours = period::hours(calendar, period.from, period.until)?;
        let next = hours.last().and_then(|hours| hours.date.next());
        let opened = load::case_now(self.global, next);
        let parts = self.parts(hours, period.until, opened.as_ref())?;
        if parts.iter().all(|part| part.loaded.is_none()) {
            let (from, until) = (period.from.short(), period.until.short());
            return Err(CliMessage::NothingRecorded { from, until }.into());
        }
        let outlook = match next {
            Some(date) => load::outlook(&self.book, opened.as_ref(), date, period.until)?,
            None => None,
        };
        let last = named(&parts, opened.as_ref());
        let parts_of: Vec<Part<'_>> = parts.iter().map(DayPart::part).collect();
        let ends = [period.from, period.until];
        let (head, answers, sources) = (self.head(), period.answers, sources(opened.as_ref()));
        let report = report::daily(&self.book, head, answers, ends, &parts_of, outlook, sources);
        let Some(names) = last.map(|(city, policies)| self.names(city, policies)) else { return Ok(Exit::Done) };
        let stem = format!("daily-{}", period.until.date());
        self.write(&report, &stem, target, out, || render::daily(&report, names))
    }

    fn assessment(&self, args: &AssessmentArgs, target: &Target, out: &mut Out) -> Result<Exit, Failure> {
        let id = args.id.as_deref().map(parse).transpose()?;
        let known = || {
            let first = self.book.responses.iter().filter_map(|response| response.orders.first());
            first.map(ToString::to_string).collect::<Vec<_>>().join(", ")
        };
        let response = report::response_of(&self.book, id).ok_or_else(|| match id {
            Some(id) if !self.book.responses.is_empty() => {
                Failure::from(CliMessage::NoResponseOf { id: id.to_string(), known: known() })
            }
            _ => Failure::from(RecordMessage::NoResponse {}),
        })?;
        let until = response.ended.as_ref().map_or(self.now, |(act, _)| act.at);
        let dates = response.orders.iter().map(|id| id.date);
        let (first, last) = (dates.clone().min(), dates.max());
        let days = std::iter::successors(first, |date| date.next()).take_while(|date| Some(*date) <= last);
        let hours = days.map(|date| period::whole(self.about.calendar, date)).collect();
        let opened = load::case_now(self.global, None);
        let parts = self.parts(hours, until, opened.as_ref())?;
        let Some((city, policies)) = named(&parts, opened.as_ref()) else { return Ok(Exit::Done) };
        let workdays = &opened.as_ref().map_or(city, |opened| &opened.case.city).workdays;
        let items = due(&self.book, response, &policies.main, workdays, self.now);
        let answers = answers(policies, &items, |due| matches!(due, Due::WorkingDaysAfterEnd(_)));
        let parts_of: Vec<Part<'_>> = parts.iter().map(DayPart::part).collect();
        let owed = (&policies.main, items.as_slice());
        let sources = sources(opened.as_ref());
        let report = report::assessment(&self.book, response, self.head(), answers, owed, &parts_of, sources);
        let names = self.names(city, policies);
        let first = response.orders.first().map(ToString::to_string).unwrap_or_default();
        let stem = format!("assessment-{first}");
        self.write(&report, &stem, target, out, || render::assessment(&report, names))
    }

    fn incident(&self, args: &IncidentArgs, target: &Target, out: &mut Out) -> Result<Exit, Failure> {
        let dossier = self.incident_by(args.id.as_deref())?;
        let date = dossier.proposed.id.date;
        let next = date.next();
        let opened = load::case_now(self.global, next);
        let mut part =
            DayPart { hours: period::whole(self.about.calendar, date), loaded: Some(self.load(dossier)?), taken: None };
        let Some((city, policies)) = named(std::slice::from_ref(&part), opened.as_ref()) else { return Ok(Exit::Done) };
        let metered = opened.as_ref().map_or(city, |opened| &opened.case.city);
        let answers = self.incident_answers(dossier, policies, metered);
        part.taken = load::taken(&self.record, &self.book, Some(metered), date)?;
        let outlook = match next {
            Some(date) => load::outlook(&self.book, opened.as_ref(), date, self.now)?,
            None => None,
        };
        let (earlier, sources) = (self.earlier(date), sources(opened.as_ref()));
        let whole = part.part();
        let outlooks = (earlier, outlook);
        let report = report::incident(&self.book, dossier, self.head(), answers, &whole, outlooks, sources);
        let Some(report) = report else { return Ok(Exit::Done) };
        let Some((city, policies)) = named(std::slice::from_ref(&part), opened.as_ref()) else { return Ok(Exit::Done) };
        let names = self.names(city, policies);
        let stem = format!("incident-{}", dossier.proposed.id);
        self.write(&report, &stem, target, out, || render::incident(&report, names))
    }

    /// The decision that an incident is reported by.
    fn incident_by(&self, id: Option<&str>) -> Result<&Dossier, Failure> {
        if let Some(text) = id {
            let id = parse(text)?;
            let known =
                || self.book.decisions.iter().map(|it| it.proposed.id.to_string()).collect::<Vec<_>>().join(", ");
            let unknown = || RecordMessage::UnknownDecision { id: id.to_string(), known: known() };
            return Ok(self.book.decision(id).ok_or_else(unknown)?);
        }
        let calls = || self.book.decisions.iter().filter(|it| it.proposed.orders_anything());
        let first = self.book.response().and_then(|response| response.orders.first());
        let found = first.and_then(|id| self.book.decision(*id)).or_else(|| calls().next_back());
        Ok(found.ok_or(CliMessage::NoIncident {})?)
    }

    /// What is owed so many hours after the beginning of the response that a decision belongs to.
    fn incident_answers(&self, dossier: &Dossier, policies: &Policies, city: &crate::city::City) -> Vec<Answers> {
        let wanted = |due: Due| matches!(due, Due::HoursAfter(_));
        let id = dossier.proposed.id;
        match self.book.responses.iter().find(|response| response.orders.contains(&id)) {
            Some(response) => {
                let items = due(&self.book, response, &policies.main, &city.workdays, self.now);
                answers(policies, &items, wanted)
            }
            None => answers(policies, &[], wanted),
        }
    }

    /// The days up to one, as the record has them in brief.
    fn earlier(&self, date: Date) -> Vec<Outlook> {
        let mut dates: Vec<Date> = self.book.decisions.iter().map(|it| it.proposed.id.date).collect();
        dates.retain(|it| *it <= date);
        dates.sort_unstable();
        dates.dedup();
        let from = dates.len().saturating_sub(BACK);
        let known = |date: &Date| report::decision_of(&self.book, *date, self.now);
        let known = dates.iter().skip(from).filter_map(known);
        known.map(|(dossier, standing)| load::of_record(dossier, standing)).collect()
    }

    fn load(&self, dossier: &Dossier) -> Result<Loaded, Failure> {
        let standing = match () {
            () if dossier.issued.is_some() => report::Standing::Ordered,
            () if dossier.proposed.orders_anything() => report::Standing::Proposed,
            () => report::Standing::NothingToOrder,
        };
        load::load(&self.record, &self.book, dossier, standing, self.now)
    }

    fn parts(
        &self,
        hours: Vec<period::Hours>,
        until: Moment,
        opened: Option<&Opened>,
    ) -> Result<Vec<DayPart>, Failure> {
        load::parts(&self.record, &self.book, hours, until, opened.map(|opened| &opened.case.city))
    }

    fn head(&self) -> Head {
        Head {
            case: self.about.settings.name.clone(),
            made: self.now,
            entries: self.book.entries.len(),
            head: self.book.head.short(),
            volume_basis: self.about.settings.volume_basis.clone(),
        }
    }

    const fn names<'n>(&self, city: &'n crate::city::City, policies: &'n Policies) -> render::Names<'n> {
        render::Names { city, policies, lang: self.global.lang }
    }

    /// Writes a report where it was asked for.
    fn write<R: Serialize>(
        &self,
        report: &R,
        stem: &str,
        target: &Target,
        out: &mut Out,
        paper: impl FnOnce() -> Document,
    ) -> Result<Exit, Failure> {
        let paper = || {
            let mut paper = paper();
            if self.global.drill {
                paper.marks.push((Mark::Exercise, drill::line(self.global.lang)));
            }
            paper
        };
        let json = || serde_json::to_string_pretty(report).map(|text| format!("{text}\n")).map_err(anyhow::Error::from);
        let lang = self.global.lang;
        let (dir, files) = match target {
            Target::Screen(Kind::Json) => {
                out.text(&json()?)?;
                return Ok(Exit::Done);
            }
            Target::Screen(Kind::Paper(kind)) => {
                let content = written(*kind, &paper(), lang)?;
                out.write_with(|to| to.write_all(&content))?;
                return Ok(Exit::Done);
            }
            Target::File { dir, name, kind } => (dir, vec![(files::name(name, self.global), *kind)]),
            Target::Folder { dir, kinds } => {
                let named = |kind: &Kind| (files::name(&format!("{stem}.{}", kind.extension()), self.global), *kind);
                (dir, kinds.iter().map(named).collect())
            }
        };
        let document = files.iter().any(|(_, kind)| *kind != Kind::Json).then(paper);
        let mut contents = Vec::new();
        for (name, kind) in &files {
            let content = match (kind, &document) {
                (Kind::Paper(kind), Some(document)) => written(*kind, document, lang)?,
                _ => json()?.into_bytes(),
            };
            contents.push((name.as_str(), content));
        }
        let names: Vec<String> = contents.iter().map(|(name, _)| dir.join(name).display().to_string()).collect();
        let contents = contents.iter().map(|(name, content)| {
            let write: files::Content<'_> = Box::new(move |to| to.write_all(content));
            // A paper marks itself on every page.
            let kind = if name.ends_with(".json") { drill::Kind::Json } else { drill::Kind::Own };
            (*name, files::marked(write, kind, self.global))
        });
        files::write_together(dir, contents.collect(), lang)?;
        if !self.global.quiet {
            let files = crate::render::rules::listed(&names, lang);
            out.text(&format!("{}\n", Word::Written { files }.text(lang)))?;
        }
        Ok(Exit::Done)
    }
}

fn written(paper: Paper, document: &Document, lang: crate::Lang) -> Result<Vec<u8>, Failure> {
    Ok(document::write(document, paper, lang).map_err(anyhow::Error::from)?)
}

fn parse(text: &str) -> Result<DecisionId, RecordMessage> {
    text.parse().map_err(|_| RecordMessage::BadId { text: text.to_owned() })
}

const fn sources(opened: Option<&Opened>) -> Sources {
    Sources { case_read: opened.is_some() }
}

/// The city and the policies by whose names a report calls things: those of its last day that the record has.
fn named<'a>(parts: &'a [DayPart], opened: Option<&'a Opened>) -> Option<(&'a crate::city::City, &'a Policies)> {
    let of_record = parts.iter().rev().find_map(|part| part.loaded.as_ref()).map(|loaded| &loaded.case);
    of_record.or_else(|| opened.map(|opened| &opened.case)).map(|case| (&case.city, &case.policies))
}

/// The duties of a kind with when they are due, as far as that is known.
fn answers(policies: &Policies, items: &[DueItem], wanted: fn(Due) -> bool) -> Vec<Answers> {
    let all = report::duties(policies, wanted);
    let answers = all.into_iter().map(|duty| {
        let of = |item: &&DueItem| policies.main.duties.get(item.duty).is_some_and(|own| own.id == duty.id);
        let item = items.iter().find(of);
        Answers {
            duty: duty.id.clone(),
            due: item.map(|item| deadlines::Moment::to_string(&item.due)),
            certain: item.is_none_or(|item| item.certain),
        }
    });
    answers.collect()
}
