//! Files that appear whole or not at all, one or several together, on Windows too.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::{Builder, NamedTempFile};

use crate::Lang;
use crate::cli::exit::Failure;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::out::Marked;
use crate::render::drill::{self, Marker};
use crate::render::encoding::Encoder;

/// Writes a file's content.
pub(crate) type Content<'a> = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + 'a>;

/// Writes files into a folder, which is made if it is missing: all of them, or none.
///
/// Each goes into a temporary file beside its target and to the disk; only when all are there are they renamed, in
/// the order given. The rename that is likeliest to fail (a table that somebody has open on Windows) belongs first.
pub(crate) fn write_together(dir: &Path, files: Vec<(&str, Content<'_>)>, lang: Lang) -> Result<(), Failure> {
    check_folder(dir, &files.iter().map(|(name, _)| *name).collect::<Vec<_>>())?;
    let made = make_folder(dir, lang)?;
    let written = write_all(dir, files, lang);
    if written.is_err() && made {
        // Nothing was written, so not even the folder stays.
        let _ = fs::remove_dir(dir);
    }
    written
}

/// A content that is marked on its way if this is an exercise.
pub(crate) fn marked<'a>(content: Content<'a>, kind: drill::Kind, global: &Global) -> Content<'a> {
    let lang = global.lang;
    if !global.drill {
        return content;
    }
    Box::new(move |to| {
        let mut marker = Marker::new(kind, lang);
        content(&mut Marked { marker: &mut marker, to })?;
        marker.end(to)
    })
}

/// A content as it goes out: marked if this is an exercise, and a table encoded as it is asked for.
pub(crate) fn sent<'a>(content: Content<'a>, kind: drill::Kind, global: &Global) -> Content<'a> {
    let content = marked(content, kind, global);
    if kind == drill::Kind::Csv { encoded(content, global) } else { content }
}

/// A table encoded as it is asked for.
pub(crate) fn encoded<'a>(content: Content<'a>, global: &Global) -> Content<'a> {
    let encoding = global.csv_encoding;
    Box::new(move |to| content(&mut Encoder::new(encoding, to)))
}

/// The name of a file in a folder that is named as a whole: in an exercise another than on a real day.
pub(crate) fn name(name: &str, global: &Global) -> String {
    if global.drill { drill::file(name) } else { name.to_owned() }
}

/// Whether files of these names can go into a folder, before the work of making them.
pub(crate) fn check_folder(dir: &Path, names: &[&str]) -> Result<(), Failure> {
    if let Some(file) = dir.ancestors().find(|above| above.is_file()) {
        return Err(CliMessage::NotAFolder { path: file.display().to_string() }.into());
    }
    match names.iter().map(|name| dir.join(name)).find(|path| path.is_dir()) {
        Some(folder) => Err(CliMessage::IsAFolder { path: folder.display().to_string() }.into()),
        None => Ok(()),
    }
}

/// What the names of files begin and end with that are not whole yet.
const UNFINISHED: (&str, &str) = (".curtail-", ".tmp");

/// Removes what was left of files that were being written when a program was killed. Only for who knows that nobody writes here now.
pub(crate) fn clear_rests(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1) {
            // What cannot be removed is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn make_folder(dir: &Path, lang: Lang) -> Result<bool, Failure> {
    if dir.is_dir() {
        return Ok(false);
    }
    let failed = || CliMessage::Unwritable { path: dir.display().to_string() }.text(lang);
    fs::create_dir_all(dir).with_context(failed)?;
    Ok(true)
}

fn write_all(dir: &Path, files: Vec<(&str, Content<'_>)>, lang: Lang) -> Result<(), Failure> {
    let failed = |path: &Path| CliMessage::Unwritable { path: path.display().to_string() }.text(lang);
    let mut ready = Vec::with_capacity(files.len());
    for (name, content) in files {
        let path = dir.join(name);
        let file = prepare(dir, content).with_context(|| failed(&path))?;
        ready.push((file, path));
    }
    let mut placed: Vec<PathBuf> = Vec::new();
    for (file, path) in ready {
        let was_there = path.exists();
        if let Err(error) = file.persist(&path) {
            for new in placed {
                let _ = fs::remove_file(new);
            }
            return Err(Failure::Broken(anyhow::Error::from(error.error).context(failed(&path))));
        }
        if !was_there {
            placed.push(path);
        }
    }
    sync_folder(dir);
    Ok(())
}

fn prepare(dir: &Path, content: Content<'_>) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the umask takes its part.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(dir)?;
    let mut to = BufWriter::with_capacity(1 << 16, file.as_file_mut());
    content(&mut to)?;
    to.flush()?;
    drop(to);
    file.as_file().sync_all()?;
    Ok(file)
}

/// Makes the renames last through a power cut, where the system can.
fn sync_folder(dir: &Path) {
    #[cfg(unix)]
    let _ = File::open(dir).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = (dir, None::<File>);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: &'static str) -> Content<'static> {
        Box::new(move |to| to.write_all(content.as_bytes()))
    }

    fn names(dir: &Path) -> Vec<String> {
        let entries = fs::read_dir(dir).into_iter().flatten().flatten();
        let mut names: Vec<_> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn both_files_appear_or_none() {
        let home = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
        let dir = home.path().join("a/b");
        let full: Content<'_> = Box::new(|_| Err(io::ErrorKind::StorageFull.into()));
        let failed = write_together(&dir, vec![("x", text("1")), ("y", full)], Lang::En);
        assert!(matches!(&failed, Err(Failure::Broken(e)) if e.to_string().contains("no file was written")));
        assert!(!dir.exists());

        assert!(write_together(&dir, vec![("x", text("1")), ("y", text("2"))], Lang::En).is_ok());
        assert_eq!(names(&dir), ["x", "y"]);
        assert_eq!(fs::read_to_string(dir.join("y")).ok().as_deref(), Some("2"));
    }

    #[test]
    fn a_failure_leaves_what_was_there() {
        let home = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
        assert!(write_together(home.path(), vec![("x", text("old"))], Lang::En).is_ok());
        let full: Content<'_> = Box::new(|_| Err(io::ErrorKind::StorageFull.into()));
        assert!(write_together(home.path(), vec![("x", text("new")), ("y", full)], Lang::En).is_err());
        assert_eq!(names(home.path()), ["x"]);
        assert_eq!(fs::read_to_string(home.path().join("x")).ok().as_deref(), Some("old"));
    }

    #[test]
    fn a_file_in_the_folders_place_and_a_folder_in_a_files_place_are_refused() {
        let home = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
        let file = home.path().join("file");
        assert!(fs::write(&file, "").is_ok() && fs::create_dir(home.path().join("x")).is_ok());
        for dir in [file.clone(), file.join("below")] {
            let refused = write_together(&dir, vec![("x", text("1"))], Lang::En);
            assert!(matches!(refused, Err(Failure::Refused(CliMessage::NotAFolder { .. }))));
        }
        let refused = write_together(home.path(), vec![("x", text("1"))], Lang::En);
        assert!(matches!(refused, Err(Failure::Refused(CliMessage::IsAFolder { .. }))));
    }
}
