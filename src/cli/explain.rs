//! `curtail explain`: why somebody gets what it gets.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::Lang;
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::question::Question;
use crate::cli::revise::{self, Revise};
use crate::cli::run_case::{self, Opened};
use crate::decide::whatif;
use crate::decide::{Day, DecideMessage, Decision, Options, Prepared, Probe, Solver};
use crate::explain::{Because, Candidate, Difference, Explanation, Found, Room, Subject, changed, find};
use crate::problem::{Origin, Place, Problem, Problems};
use crate::render::explain::{Against, screen};
use crate::units::M3;

/// `curtail explain`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A customer (its id or a part of its name), class, district, company, measure, or `level`
    #[arg(value_name = "WHAT")]
    what: String,
    /// Compare with another customer: why the one and not the other
    #[arg(long, value_name = "CUSTOMER")]
    against: Option<String>,
    /// Explain this decision as it was made, computing nothing again
    #[arg(long, value_name = "decision.json", conflicts_with_all = ["date", "supply", "shortfall", "set", "burdens", "unified", "revise"])]
    decision: Option<PathBuf>,
    /// Of a decision that revises a day: the decision.json that it revises, if the case's record has it not
    #[arg(long, value_name = "decision.json", requires = "decision")]
    revises: Option<PathBuf>,
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    revise: Revise,
}

/// A decision, the day it is of, and how that day differs from the case as it is now.
struct Decided {
    decision: Decision,
    day: Option<Day>,
    changed: Vec<&'static str>,
}

/// Explains.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    if global.format == Format::Csv {
        return Err(CliMessage::BadFormat { format: "csv", command: "explain" }.into());
    }
    let recorded = args.decision.as_deref().map(|path| read_decision(path, global.drill)).transpose()?;
    // The process ends with this command: to free a large city would only take time.
    let opened = ManuallyDrop::new(match &recorded {
        Some(decision) => run_case::open(global, &decision.policy.overrides)?,
        None => run_case::open_asked(global, &args.question.basis, false)?,
    });
    run_case::tell_notes(&opened.notes, global);
    let decided = ManuallyDrop::new(match recorded {
        Some(decision) => as_it_was_made(args, &opened, decision)?,
        None => now(args, &opened, global)?,
    });
    let (city, policies) = (&opened.case.city, &opened.case.policies);
    let rooms = Room::all(&decided.decision, policies, city);
    let who = settle(&rooms, &args.what, global.lang)?;
    let room = &rooms[who.room];
    let unified = decided.decision.evidence.as_ref().is_some_and(|evidence| evidence.unified);
    let options = Options { solver: Solver::Exact, unified, ..Options::default() };
    let prepared = ManuallyDrop::new(Prepared::new(policies, city, options)?);
    // What would change it is worked out of whole days.
    let revised = decided.day.as_ref().filter(|day| day.past.is_some());
    let day = decided.day.as_ref().filter(|day| day.past.is_none());
    let probe = day.and_then(|day| Probe::new(&prepared, room.decision.area.as_deref(), day));
    let mut explanation = Explanation::of(room, who.subject, probe.as_ref(), &decided.changed)?;
    if let Some(day) = revised {
        explanation = explanation.with_revision(room, day);
    }
    let against = match &args.against {
        None => None,
        Some(word) => {
            let other = settle(&rooms, word, global.lang)?;
            let (Subject::Customer(a), Subject::Customer(b)) = (who.subject, other.subject) else {
                return Err(CliMessage::NotCustomers {}.into());
            };
            if who.room != other.room {
                let [one, other] =
                    [&who, &other].map(|it| it.id.split_once(':').map_or(&*it.id, |(_, id)| id).to_owned());
                return Err(CliMessage::TwoBalances { one, other }.into());
            }
            let theirs = Explanation::of(room, other.subject, None, &[])?;
            let (ours, beside) = ((a, &explanation), (b, &theirs));
            let difference = Difference::of(room, probe.as_ref(), &decided.changed, ours, beside);
            Some((other, theirs, difference))
        }
    };
    match global.format {
        Format::Json => out.text(&format!("{:#}\n", as_json(room, &who, &explanation, against.as_ref())))?,
        _ => {
            let gas_day = opened.calendar.gas_day(decided.decision.date);
            let against = against.as_ref().map(|(_, other, difference)| Against { other, difference });
            out.text(&screen(room, &explanation, against.as_ref(), &gas_day, global.lang, global.colour))?;
        }
    }
    Ok(Exit::Done)
}

/// Reads a decision.
pub(crate) fn read_decision(path: &Path, drill: bool) -> Result<Decision, Failure> {
    let origin = Origin::file(path.display());
    let refuse = |place: Place, message: DecideMessage| Failure::from(Problems::from(Problem::error(place, message)));
    let bytes = std::fs::read(path).map_err(|error| {
        refuse(Place::whole(origin.clone()), DecideMessage::DecisionUnreadable { what: error.to_string() })
    })?;
    let decision: Decision = serde_json::from_slice(&bytes).map_err(|error| {
        let at = |number: usize| u32::try_from(number).unwrap_or(0);
        let place = Place::at(origin.clone(), at(error.line()), at(error.column()));
        // The place is told before the words, as everywhere.
        let (what, end) = (error.to_string(), format!(" at line {} column {}", error.line(), error.column()));
        refuse(place, DecideMessage::BadDecision { what: what.strip_suffix(&end).unwrap_or(&what).to_owned() })
    })?;
    if decision.schema != crate::decide::SCHEMA {
        let known = crate::decide::SCHEMA;
        return Err(refuse(Place::whole(origin), DecideMessage::AnotherSchema { schema: decision.schema, known }));
    }
    if decision.exercise && !drill {
        return Err(CliMessage::ExerciseDecision { path: path.display().to_string() }.into());
    }
    if decision.detail.is_none() {
        return Err(refuse(Place::whole(origin), DecideMessage::WithoutDetail {}));
    }
    Ok(decision)
}

fn now(args: &Args, opened: &Opened, global: &Global) -> Result<Decided, Failure> {
    let question = &args.question;
    let gas_day = opened.gas_day(question.basis.date.as_deref(), global)?;
    let (mut day, notes) = opened.day(gas_day.date, question.basis.burdens.as_deref())?;
    run_case::tell_notes(&notes, global);
    let city = &opened.case.city;
    if let Some(what) = question.what_if()? {
        whatif::apply(city, &mut day, what, question.basis.unified)?;
    }
    // By the hour everything is asked of the exact allocator again: its answer is what is explained, and nothing of it is kept.
    let hourly = city.settings.hourly;
    let solver = if hourly { Solver::Exact } else { Solver::default() };
    let unified = question.basis.unified;
    let options = Options { unified, solver, without_proof_of_hours: hourly, ..Options::default() };
    let (rest, day) = args.revise.rest(opened, day, unified, global)?;
    let mut decision = Prepared::new(&opened.case.policies, &rest, options)?.decide(&day)?;
    decision.warnings.splice(0..0, opened.unread.clone());
    Ok(Decided { decision, day: Some(day), changed: Vec::new() })
}

/// A decision of the past, and whether the case is still the one it was made from.
fn as_it_was_made(args: &Args, opened: &Opened, decision: Decision) -> Result<Decided, Failure> {
    let city = &opened.case.city;
    let mut changed_tables = Vec::new();
    if decision.policy.digest != opened.case.policies.main.digest {
        changed_tables.push("policy");
    }
    let day = decision.evidence.as_ref().and_then(|evidence| {
        let (mut day, _) = Day::on(city, decision.date).ok()?;
        evidence.restore(city, &mut day).ok()?;
        day.hours = opened.calendar.clock(decision.date);
        Some((day, evidence.inputs.as_ref()?))
    });
    let Some((day, inputs)) = day else {
        changed_tables.push("supply");
        return Ok(Decided { decision, day: None, changed: changed_tables });
    };
    let origin =
        || Place::whole(Origin::file(args.decision.iter().map(|path| path.display().to_string()).collect::<String>()));
    let refused = |message| Failure::from(Problems::from(Problem::error(origin(), message)));
    let rest = revise::rest_of(&decision, day, opened, args.revises.as_deref(), &refused)?;
    changed_tables.extend(changed(inputs, &rest.day.inputs(&rest.city)));
    let day = Some(rest.day);
    Ok(Decided { decision, day, changed: changed_tables })
}

/// Who is meant, or a complaint that names all who may be.
fn settle(rooms: &[Room<'_>], word: &str, lang: Lang) -> Result<Candidate, Failure> {
    match find(rooms, word) {
        Found::One(candidate) => Ok(candidate),
        Found::Several(candidates, count) => {
            // The id alone wherever it is enough; with its kind before it where others share it.
            let short = |candidate: &Candidate| {
                let id = candidate.id.split_once(':').map_or(&*candidate.id, |(_, id)| id);
                let enough = matches!(find(rooms, id), Found::One(one) if one.subject == candidate.subject);
                if enough { id.to_owned() } else { candidate.id.clone() }
            };
            let told =
                candidates.iter().map(|candidate| format!("\n  {}  {}", short(candidate), candidate.name.get(lang)));
            let (word, candidates, more) = (word.to_owned(), told.collect(), count - candidates.len());
            Err(match more {
                0 => CliMessage::Ambiguous { word, count, candidates },
                more => CliMessage::AmbiguousMany { word, count, candidates, more },
            }
            .into())
        }
        Found::Nobody => {
            let customers = rooms.iter().flat_map(|room| room.city.customers.iter().map(|customer| &*customer.id));
            let classes = rooms.iter().flat_map(|room| room.policy.classes.iter().map(|class| class.id.as_str()));
            let measures = rooms.iter().flat_map(|room| room.policy.measures.iter().map(|m| m.id.as_str()));
            let near = crate::problem::nearest(word, classes.chain(measures).chain(customers));
            let near = near.map_or_else(String::new, |near| match lang {
                Lang::En => format!("did you mean `{near}`?"),
                Lang::Zh => format!("是不是 `{near}`？"),
            });
            Err(CliMessage::Nobody { word: word.to_owned(), near }.into())
        }
    }
}

fn as_json(
    room: &Room<'_>,
    who: &Candidate,
    explanation: &Explanation,
    against: Option<&(Candidate, Explanation, Difference)>,
) -> serde_json::Value {
    let triples = |explanation: &Explanation| -> Vec<_> {
        explanation.because.iter().map(|because: &Because| because.triple(room)).collect()
    };
    let subject = |who: &Candidate| json!({ "id": who.id, "name": { "en": who.name.en, "zh": who.name.zh } });
    let against = against.map(|(whom, other, difference)| {
        let part = |part: Option<(M3, M3)>| part.map(|(size, served)| json!({ "size_m3": size, "served_m3": served }));
        let beside = difference
            .ranks
            .iter()
            .map(|beside| json!({ "rank": beside.rank, "one": part(beside.one), "other": part(beside.other) }));
        let moved = difference.telling.iter().flat_map(|telling| &telling.moved).map(|moved| {
            json!({
                "rank": moved.rank, "tier": moved.tier, "measure": moved.measure,
                "size_m3": moved.as_is, "with_the_others_m3": moved.otherwise,
            })
        });
        json!({
            "subject": subject(whom),
            "form": other.form,
            "demand_m3": other.demand,
            "served_m3": other.served,
            "because": triples(other),
            "difference": difference.triple(room),
            "moved": moved.collect::<Vec<_>>(),
            "ranks": beside.collect::<Vec<_>>(),
            "profiles": difference.profiles,
            "districts": difference.districts,
            "companies": difference.companies,
        })
    });
    let decision = room.decision;
    json!({
        "schema": "curtail.explanation/1",
        "case": decision.case,
        "date": decision.date.to_string(),
        "area": decision.area,
        "policy": decision.policy,
        "subject": subject(who),
        "customers": explanation.customers,
        "form": explanation.form,
        "demand_m3": explanation.demand,
        "served_m3": explanation.served,
        "because": triples(explanation),
        "against": against,
    })
}
