//! `curtail status`: where the response stands, and what waits.

use super::About;
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::Global;
use crate::cli::out::Out;
use crate::cli::run_case;
use crate::decide::{Day, Nomination};
use crate::policy::Basis;
use crate::render::response;
use crate::render::screen::Look;

/// `curtail status`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let about = About::read(global)?;
    let book = about.record()?.book()?;
    let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
    let today = about.calendar.today(global.now);
    out.text(&response::status(&book, about.now(global)?, today, look))?;
    // Only a case that has figures of what was taken is worth reading for them.
    if let (true, Some(date)) = (about.metered, today) {
        let nomination = nomination(global, date);
        out.text(&response::nomination(date, nomination.as_ref().map(Option::as_ref).map_err(|_| ()), look))?;
    }
    Ok(Exit::Done)
}

/// How the nomination of a day stands, and on what the warnings stand; `None` without figures of the day, or where the policy warns of
/// nothing.
fn nomination(global: &Global, date: crate::units::Date) -> Result<Option<(Nomination, Basis)>, Failure> {
    let opened = run_case::open(global, &[])?;
    let (city, response) = (&opened.case.city, &opened.case.policies.main.response);
    if response.warn.is_empty() || city.actuals_on(date).is_empty() {
        return Ok(None);
    }
    let (day, _) = Day::on(city, date)?;
    let nomination = Nomination::of(city, &day, &response.warn);
    Ok(nomination.map(|nomination| (nomination, response.warn_basis.clone())))
}
