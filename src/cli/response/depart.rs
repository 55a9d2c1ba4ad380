//! `curtail depart`: the authority decides otherwise than the plan, with a name, a reason and an end (P16).

use super::steps::body;
use super::{About, Who};
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::run_case;
use crate::record::{self, Departure, Draft, Event, Instead};
use crate::render::response::Said;
use crate::units::{Date, M3};

/// `curtail depart`
#[derive(clap::Args, Debug)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["customer", "measure", "set", "lift"])))]
pub(crate) struct Args {
    /// A customer, by id, that gets what --volume says, before everybody else
    #[arg(long, value_name = "ID", requires = "volume")]
    customer: Option<String>,
    /// What the customer gets, in whole m3 a gas day; never above its forecast
    #[arg(long, value_name = "M3", requires = "customer", allow_negative_numbers = true)]
    volume: Option<String>,
    /// A measure, by id, that is not used
    #[arg(long, value_name = "MEASURE")]
    measure: Option<String>,
    /// A value of the policy that reads otherwise
    #[arg(long, value_name = "PATH=VALUE")]
    set: Option<String>,
    /// End a departure before its time, by the number that `status` shows
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["from", "until"])]
    lift: Option<u64>,
    /// The first gas day; today's if left out
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last gas day
    #[arg(long, value_name = "DATE", required_unless_present = "lift")]
    until: Option<String>,
    /// Why; stands in the record and on reports
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    who: Who,
}

pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let about = About::read(global)?;
    let (event, by, said): (Event, _, fn(String, String) -> Said) = match args.lift {
        Some(departure) => {
            let book = about.record()?.book()?;
            let found = book.departures.iter().find(|it| it.act.seq == departure);
            let steps = found.map(|it| it.departure.steps.clone()).unwrap_or_default();
            let by = args.who.stated(|word| body(&steps, word))?;
            let event = Event::Resumed { departure, reason: args.reason.clone() };
            (event, by, |number, head| Said::ResumedNow { number, head })
        }
        None => {
            let departure = args.departure(&about, global)?;
            let by = args.who.stated(|word| body(&departure.steps, word))?;
            (Event::Departed(Box::new(departure)), by, |number, head| Said::DepartedNow { number, head })
        }
    };
    let mut record = about.file.open()?;
    let now = about.now(global)?;
    let (entry, book) = record.append(&about.settings.name, now, &by, Draft::default(), |_, _| Ok(event))?;
    let number = args.lift.unwrap_or(entry.seq).to_string();
    out.text(&format!("{}\n", said(number, book.head.short()).text(global.lang)))?;
    Ok(Exit::Done)
}

impl Args {
    /// What is decided, checked against the case: that the customer exists, that the policy still reads.
    fn departure(&self, about: &About, global: &Global) -> Result<Departure, Failure> {
        let from = self.from.as_deref().map(date).transpose()?;
        let today = || about.calendar.today(global.now).ok_or_else(|| CliMessage::BadDate { text: "--now".to_owned() });
        let from = from.map_or_else(today, Ok)?;
        let until = date(self.until.as_deref().unwrap_or_default())?;
        let set = match (&self.set, &self.measure) {
            (Some(set), _) => Some(set.clone()),
            // A measure that was in force until long ago is not used; all its other words stand.
            (None, Some(measure)) => Some(format!("measures.{measure}.in_force={{ until = 1900-01-01 }}")),
            (None, None) => None,
        };
        let opened = run_case::open(global, set.as_slice())?;
        let instead = match (&self.customer, &self.volume, set) {
            (Some(id), Some(volume), _) => {
                let volume_m3 = volume.parse().ok().map(M3).filter(|volume| *volume <= M3::MOST_IN_ALL);
                let volume_m3 = volume_m3.ok_or_else(|| CliMessage::BadVolume { text: volume.clone() })?;
                let city = &opened.case.city;
                if city.customer(id).is_none() {
                    let (id, ids) = (id.clone(), city.customers.iter().map(|customer| &*customer.id));
                    let near = crate::problem::nearest(&id, ids).map(str::to_owned);
                    return Err(match near {
                        Some(near) => CliMessage::NearCustomer { id, near }.into(),
                        None => CliMessage::NoSuchCustomer { id }.into(),
                    });
                }
                Instead::Customer { customer_id: id.clone(), volume_m3 }
            }
            (_, _, set) => Instead::Rule { set: set.unwrap_or_default() },
        };
        let steps = record::steps(&opened.case.policies.main, None);
        Ok(Departure { instead, from, until, reason: self.reason.clone(), steps })
    }
}

fn date(text: &str) -> Result<Date, CliMessage> {
    text.parse().map_err(|_| CliMessage::BadDate { text: text.to_owned() })
}
