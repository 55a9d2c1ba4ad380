//! Where a report goes, and as what.

use std::path::{Path, PathBuf};

use super::load;
use crate::cli::exit::Failure;
use crate::cli::files;
use crate::cli::global::{Format, Global, Paper};
use crate::cli::message::CliMessage;

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Paper(Paper),
}

impl Kind {
    pub(super) const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Paper(paper) => paper.extension(),
        }
    }
}

/// Where a report goes, and as what.
pub(super) enum Target {
    Screen(Kind),
    File { dir: PathBuf, name: String, kind: Kind },
    Folder { dir: PathBuf, kinds: Vec<Kind> },
}

impl Target {
    /// What was asked for, refused before any work is done.
    pub(super) fn new(out: Option<&Path>, global: &Global) -> Result<Self, Failure> {
        let asked: Vec<Kind> = match global.format {
            Format::Json => vec![Kind::Json],
            Format::Csv => return Err(CliMessage::BadFormat { format: "csv", command: "report" }.into()),
            Format::Table => global.papers.iter().map(|paper| Kind::Paper(*paper)).collect(),
        };
        let Some(path) = out else {
            return match asked.as_slice() {
                [] => Ok(Self::Screen(Kind::Paper(Paper::Markdown))),
                [Kind::Paper(paper @ (Paper::Docx | Paper::Xlsx))] => {
                    Err(CliMessage::NotOnScreen { format: paper.extension() }.into())
                }
                [one] => Ok(Self::Screen(*one)),
                [_, other, ..] => Err(CliMessage::NotOnScreen { format: other.extension() }.into()),
            };
        };
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        let papers = Paper::ALL.iter().map(|paper| Kind::Paper(*paper));
        let kinds: Vec<Kind> = papers.chain([Kind::Json]).collect();
        let file = kinds.iter().find(|kind| Some(kind.extension()) == extension.as_deref() && !path.is_dir());
        let Some(kind) = file else {
            files::check_folder(path, &[])?;
            let papers = || Paper::ALL.iter().map(|paper| Kind::Paper(*paper)).collect();
            let kinds = if asked.is_empty() { papers() } else { asked };
            return Ok(Self::Folder { dir: path.to_owned(), kinds });
        };
        if asked.iter().any(|asked| asked != kind) {
            return Err(CliMessage::OnePaper { path: path.display().to_string() }.into());
        }
        let (dir, name) = load::split_path(path);
        files::check_folder(&dir, &[name.as_str()])?;
        Ok(Self::File { dir, name, kind: *kind })
    }
}
