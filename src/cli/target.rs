//! The one file of `--out`: a picture, a table, data or a calendar, by its extension.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::exit::Failure;
use crate::cli::files;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::render::drill;
use crate::render::words::Word;

/// What the file is to hold, where it is one of the three that most commands write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Svg,
    Csv,
    Json,
}

/// A file that can be written, as far as is known before the work of making it.
#[derive(Debug)]
pub(crate) struct Target<K = Kind> {
    path: PathBuf,
    kind: K,
    dir: PathBuf,
    name: String,
}

impl Target {
    /// What to write, into which folder, under which name.
    pub(crate) fn new(path: &Path) -> Result<Self, Failure> {
        let refused = |path| CliMessage::BadExtension { path };
        Self::among(path, &[("svg", Kind::Svg), ("csv", Kind::Csv), ("json", Kind::Json)], refused)
    }
}

impl<K: Copy> Target<K> {
    /// The same, among a command's own kinds of files.
    pub(crate) fn among(
        path: &Path,
        known: &[(&str, K)],
        refused: impl FnOnce(String) -> CliMessage,
    ) -> Result<Self, Failure> {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        let found = known.iter().find(|(name, _)| Some(*name) == extension.as_deref());
        let Some((_, kind)) = found.copied() else { return Err(refused(path.display().to_string()).into()) };
        let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        files::check_folder(dir, &[name.as_str()])?;
        Ok(Self { path: path.to_owned(), kind, dir: dir.to_owned(), name })
    }

    /// Writes the file, whole or not at all, and tells so in a sentence.
    pub(crate) fn write(
        &self,
        content: impl FnOnce(K, &mut dyn Write) -> io::Result<()>,
        global: &Global,
    ) -> Result<String, Failure> {
        let (kind, lang) = (self.kind, global.lang);
        let mark = match self.path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase()).as_deref() {
            Some("svg") => drill::Kind::Svg,
            Some("csv") => drill::Kind::Csv,
            Some("json") => drill::Kind::Json,
            // Other kinds of files mark themselves.
            _ => drill::Kind::Own,
        };
        let content: files::Content<'_> = Box::new(move |to| content(kind, to));
        let content = files::sent(content, mark, global);
        files::write_together(&self.dir, vec![(self.name.as_str(), content)], lang)?;
        Ok(Word::Written { files: self.path.display().to_string() }.text(lang))
    }
}
