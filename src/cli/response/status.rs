//! `curtail status`: where the response stands, and what waits.

use super::About;
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::Global;
use crate::cli::out::Out;
use crate::render::response;
use crate::render::screen::Look;

/// `curtail status`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let about = About::read(global)?;
    let book = about.record()?.book()?;
    let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
    out.text(&response::status(&book, about.now(global)?, about.calendar.today(global.now), look))?;
    Ok(Exit::Done)
}
