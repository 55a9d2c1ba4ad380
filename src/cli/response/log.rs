//! `curtail log`: what the record says, whether it is whole, and a decision's case as it was.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{About, RecordFile};
use crate::cli::exit::{Exit, Failure};
use crate::cli::files;
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::record::{DecisionId, RecordMessage};
use crate::render::response::{self, Said};
use crate::render::screen::Look;

/// `curtail log`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Check the whole record: its chain, and all that its entries name
    #[arg(long)]
    check: bool,
    /// With --check: also that it goes on from a head that was printed on an order or a report
    #[arg(long, value_name = "HASH", requires = "check")]
    head: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(clap::Subcommand, Debug)]
enum Command {
    /// Rebuild the case that a decision was made from, with the decision
    #[command(after_help = "Example:\n  curtail log export 2026-01-07-1 --out then")]
    Export(ExportArgs),
}

/// `curtail log export`
#[derive(clap::Args, Debug)]
struct ExportArgs {
    /// Which decision
    #[arg(value_name = "ID")]
    id: String,
    /// Into this folder
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let about = About::read(global)?;
    if let Some(Command::Export(args)) = &args.command {
        return export(args, &about, global, out);
    }
    let record = about.record()?;
    if args.check {
        let book = record.check()?;
        let said = if record.is_extract()? { Said::LogCheckedExtract } else { Said::LogChecked };
        out.text(&format!("{}\n", said.text(global.lang)))?;
        if let Some(head) = &args.head {
            let seq = record.goes_on_from(&book, head)?;
            let at = book.entries.get(seq).map(|entry| entry.at.short()).unwrap_or_default();
            let said = Said::LogCheckedSince { seq: (seq + 1).to_string(), at };
            out.text(&format!("{}\n", said.text(global.lang)))?;
        }
        return Ok(Exit::Done);
    }
    let book = record.book()?;
    match global.format {
        Format::Table => {
            let look = Look { lang: global.lang, colour: global.colour, verbose: global.verbose };
            out.text(&response::log(&book, look))?;
        }
        Format::Json => {
            let entries: Vec<serde_json::Value> = book
                .entries
                .iter()
                .zip(&book.heads)
                .map(|(entry, head)| {
                    let mut value = serde_json::to_value(entry)?;
                    value["head"] = head.to_string().into();
                    if global.drill {
                        value["exercise"] = true.into();
                    }
                    Ok(value)
                })
                .collect::<Result<_, serde_json::Error>>()
                .map_err(anyhow::Error::from)?;
            let text = serde_json::to_string_pretty(&entries).map_err(anyhow::Error::from)?;
            out.text(&format!("{text}\n"))?;
        }
        Format::Csv => return Err(CliMessage::BadFormat { format: "csv", command: "log" }.into()),
    }
    Ok(Exit::Done)
}

fn export(args: &ExportArgs, about: &About, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let id: DecisionId = args.id.parse().map_err(|_| RecordMessage::BadId { text: args.id.clone() })?;
    let record = about.record()?;
    let contents: BTreeMap<String, Vec<u8>> = record.case_of(id)?;
    let extract = RecordFile::within(&args.out, global).path;
    let kept = extract.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let names: Vec<&str> = contents.keys().map(String::as_str).chain([kept.as_str()]).collect();
    files::check_folder(&args.out, &names)?;
    if let Some(there) = names.iter().map(|name| args.out.join(name)).find(|path| path.exists()) {
        return Err(RecordMessage::ExportOver { path: there.display().to_string() }.into());
    }
    let writes = contents.iter().map(|(name, content)| {
        let write: files::Content<'_> = Box::new(move |to| to.write_all(content));
        (name.as_str(), write)
    });
    files::write_together(&args.out, writes.collect(), global.lang)?;
    record.copy_before(id, &extract)?;
    let dir = args.out.display().to_string();
    out.text(&format!("{}\n", Said::Exported { dir: dir.clone(), id: id.to_string() }.text(global.lang)))?;
    let asked = record.book()?.decision(id).map(|dossier| dossier.proposed.asked.join(" ")).unwrap_or_default();
    let drill = if global.drill { " --drill" } else { "" };
    let command = format!("curtail -C {dir} decide {asked}{drill}");
    out.text(&format!("{}\n", Said::ExportedHow { command }.text(global.lang)))?;
    Ok(Exit::Done)
}
