//! `curtail propose`: a company's list of whom it would cut, held against what the plan gives.

use std::collections::BTreeMap;

use super::steps::body;
use super::{Who, now};
use crate::city::read::read_list;
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::run_case;
use crate::decide::{Options, Prepared, Solver};
use crate::record::{self, Comparison, Draft, Event, Listed, RecordMessage, Versus};
use crate::render::response;
use crate::render::screen::Look;

/// `curtail propose`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Whose list it is
    #[arg(long, value_name = "COMPANY")]
    company: String,
    /// The list: customers and what each gives up, as CSV or .xlsx
    #[arg(value_name = "LIST")]
    list: String,
    /// The gas day, YYYY-MM-DD; today's if left out
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    who: Who,
}

pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let opened = run_case::open_on(global, &[], args.date.as_deref(), false)?;
    let gas_day = opened.gas_day(args.date.as_deref(), global)?;
    let (day, notes) = opened.day(gas_day.date, None)?;
    run_case::tell_notes(&opened.notes, global);
    run_case::tell_notes(&notes, global);
    let (city, policy) = (&opened.case.city, &opened.case.policies.main);
    let company = args.company.trim();
    if !city.companies.iter().any(|known| **known == *company) {
        let known = city.companies.iter().map(|known| known.to_string()).collect::<Vec<_>>().join(", ");
        return Err(CliMessage::NoSuchCompany { company: company.to_owned(), known }.into());
    }
    let (rows, worth_a_look) = read_list(&args.list, company, city, &day.demand)?;
    run_case::tell_notes(&worth_a_look, global);
    let options = Options { solver: Solver::Exact, ..Options::default() };
    let decision = Prepared::new(&opened.case.policies, city, options)?.decide(&day)?;
    let compared = record::compare(&rows, company, &decision, city);
    if compared.computed.is_zero() && compared.protected.is_empty() && rows.is_empty() {
        let (company, date) = (company.to_owned(), gas_day.date.to_string());
        return Err(RecordMessage::ListNotNeeded { company, date }.into());
    }
    refuse_protected(&compared, company)?;
    let steps = record::steps(policy, decision.level.as_ref().map(|level| level.id.as_str()));
    let by = args.who.stated(|word| body(&steps, word))?;
    let mut draft = Draft::default();
    let table: Vec<(String, u64)> = rows
        .iter()
        .filter_map(|row| Some((city.customers.get(row.customer as usize)?.id.to_string(), row.cut.get())))
        .collect();
    let table = serde_json::to_vec(&table.into_iter().collect::<BTreeMap<_, _>>()).map_err(anyhow::Error::from)?;
    draft.add("list.json", &table)?;
    let mut listed = Listed {
        company: company.to_owned(),
        date: gas_day.date,
        customers: rows.len() as u64,
        cut_m3: compared.listed,
        computed_m3: compared.computed,
        missing: compared.missing.len() as u64,
        extra: compared.extra.len() as u64,
        too_small: compared.too_small.len() as u64,
        steps,
        files: BTreeMap::new(),
    };
    let mut record = opened.record.open()?;
    let moment = now(opened.calendar, global)?;
    let (_, book) = record.append(&city.settings.name, moment, &by, draft, |_, files| {
        listed.files = files;
        Ok(Event::Listed(Box::new(listed)))
    })?;
    let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
    out.text(&response::list(&compared, company, rows.len(), gas_day.date, book.head, look))?;
    Ok(Exit::Done)
}

fn refuse_protected(compared: &Comparison, company: &str) -> Result<(), RecordMessage> {
    if compared.protected.is_empty() {
        return Ok(());
    }
    let said = |versus: &Versus| format!("{} ({} > {} m3)", versus.customer_id, versus.listed, versus.authorised);
    let mut customers = compared.protected.iter().take(10).map(said).collect::<Vec<_>>().join(", ");
    if compared.protected.len() > 10 {
        customers.push_str(", ...");
    }
    Err(RecordMessage::ListTakesProtected { customers, company: company.to_owned() })
}
