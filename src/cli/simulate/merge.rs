//! `curtail merge`: the parts of a run as the whole of it.

use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::{each, kept, show};
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::simulate::{Apart, Results};

/// `curtail merge DIR... --out DIR`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The folders of the parts, as `simulate --shard` wrote them
    #[arg(value_name = "DIR", required = true)]
    parts: Vec<PathBuf>,
    /// Write the tables of seasons, days and single winters in columns too, as Parquet; for programs built with it
    #[arg(long)]
    parquet: bool,
    /// Write the whole run into this folder
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Puts parts together.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    kept::check_parquet(args.parquet)?;
    kept::check(&args.out)?;
    // Whoever has merged into a part has that part no more.
    let whole = std::fs::canonicalize(&args.out).ok();
    if whole.is_some() && args.parts.iter().any(|part| std::fs::canonicalize(part).ok() == whole) {
        return Err(CliMessage::PartOverwritten { path: args.out.display().to_string() }.into());
    }
    let shown = |part: usize| args.parts.get(part).map_or_else(String::new, |part| part.display().to_string());
    let mut parts = Vec::with_capacity(args.parts.len());
    for dir in &args.parts {
        if dir.is_file() {
            return Err(CliMessage::NotAPart { path: dir.display().to_string() }.into());
        }
        let unfinished = dir.join(kept::UNFINISHED);
        if unfinished.exists() {
            return Err(CliMessage::Unfinished { path: unfinished.display().to_string() }.into());
        }
        let path = dir.join(kept::RESULTS);
        let read = kept::read(&path)?;
        let path = path.display().to_string();
        parts.push(read.ok_or(CliMessage::NoResults { path })?);
    }
    let whole = Results::merge(&parts).map_err(|apart| match apart {
        Apart::OtherInputs { part } => CliMessage::OtherInputs { path: shown(part), first: shown(0) },
        Apart::OtherVersion { part } => CliMessage::OtherVersion { path: shown(part), first: shown(0) },
        Apart::OtherNumber { part } => CliMessage::OtherNumber { path: shown(part), first: shown(0) },
        Apart::Overlap { one, other, from, until } => {
            // By their numbers, as the tables and `--day` have them, and to the last.
            CliMessage::PartsOverlap { one: shown(one), other: shown(other), from, until: until - 1 }
        }
        Apart::Gap { from, until } => CliMessage::PartsMissing { from, until: until - 1 },
        Apart::Misshapen { part } => CliMessage::DamagedResults { path: shown(part) },
    })?;
    let mut each: Vec<(&Path, &Results)> = args.parts.iter().map(PathBuf::as_path).zip(&parts).collect();
    each.sort_by_key(|(_, part)| (part.winters.from, part.winters.until));
    let each = each::of_parts(&each)?;
    kept::check_replaced(&args.out, &whole)?;
    let _folder = Folder::take(&args.out, global)?;
    let written = kept::write(&args.out, &whole, &each, args.parquet, global)?;
    show(&whole, Some(written), global, out)
}
