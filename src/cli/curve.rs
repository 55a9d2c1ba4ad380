//! `curtail curve`: who loses gas as the shortfall grows, as a screen, a table, data or a picture.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use crate::city::District;
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::out::{Out, tell};
use crate::cli::question::Basis;
use crate::cli::run_case;
use crate::cli::target::{Kind, Target};
use crate::curve::{Curve, CurveMessage};
use crate::decide::{Options, Prepared};
use crate::problem::{Origin, Place, Problem, Problems};
use crate::render::curve as render;

/// `curtail curve`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    basis: Basis,
    /// This outer district alone, by id or name
    #[arg(long, value_name = "DISTRICT")]
    area: Option<String>,
    /// Write this file, a picture, a table or data by its extension: .svg, .csv or .json
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Draws the curve.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let file = args.out.as_deref().map(Target::new).transpose()?;
    // The process ends with this command: to free a million customers one by one would only take time.
    let opened = ManuallyDrop::new(run_case::open_asked(global, &args.basis, false)?);
    let gas_day = opened.gas_day(args.basis.date.as_deref(), global)?;
    let (day, notes) = opened.day(gas_day.date, args.basis.burdens.as_deref())?;
    run_case::tell_notes(&opened.notes, global);
    run_case::tell_notes(&notes, global);
    let city = &opened.case.city;
    let options = Options { unified: args.basis.unified, ..Options::default() };
    let prepared = ManuallyDrop::new(Prepared::new(&opened.case.policies, city, options)?);
    let all = ManuallyDrop::new(prepared.curves(&day)?);
    let curves = chosen(&all, args.area.as_deref())?;
    let Some(first) = curves.first() else { return Ok(Exit::Done) };
    let json = || format!("{:#}\n", render::json(&curves, gas_day.date));
    let content = |kind: Kind, to: &mut dyn Write| match kind {
        Kind::Svg => to.write_all(render::picture(first, &gas_day, global.lang).as_bytes()),
        Kind::Csv => render::csv(&curves, to),
        Kind::Json => to.write_all(json().as_bytes()),
    };
    let written = file.map(|file| file.write(content, global)).transpose()?;
    match global.format {
        Format::Table => {
            let look = render::Look { lang: global.lang, colour: global.colour };
            out.text(&render::page(first, &gas_day, look))?;
            if let Some(written) = written {
                out.text(&format!("\n{written}\n"))?;
            }
            return Ok(Exit::Done);
        }
        Format::Csv => out.write_with(|to| render::csv(&curves, to))?,
        Format::Json => out.text(&json())?,
    }
    if let Some(written) = written.filter(|_| !global.quiet) {
        tell(&written);
    }
    Ok(Exit::Done)
}

/// All curves, or that of one area.
fn chosen<'c>(curves: &'c [Curve<'c>], area: Option<&str>) -> Result<Vec<&'c Curve<'c>>, Failure> {
    let Some(word) = area else { return Ok(curves.iter().collect()) };
    let is_meant = |curve: &&Curve<'_>| of(curve).is_some_and(|area| &*area.id == word || &*area.name == word);
    let found: Vec<_> = curves.iter().filter(is_meant).collect();
    if found.is_empty() {
        let known = curves.iter().filter_map(of).map(|area| area.id.to_string()).collect::<Vec<_>>();
        let message = CurveMessage::NoSuchArea { word: word.to_owned(), known: known.join(", ") };
        return Err(Problems::from(Problem::error(Place::whole(Origin::memory("--area")), message)).into());
    }
    Ok(found)
}

/// The outer district of a curve.
fn of<'c>(curve: &'c Curve<'_>) -> Option<&'c District> {
    curve.area().and_then(|area| curve.city().districts.get(area as usize))
}
