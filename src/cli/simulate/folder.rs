//! The folder of a run, which one run at a time writes into.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::exit::Failure;
use crate::cli::files;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::out::tell;

/// What the run that writes into a folder holds there. The system lets go of it when that run ends, however it ends.
const LOCK: &str = ".curtail-lock";

/// A folder that is this run's until it is dropped.
#[derive(Debug)]
pub(super) struct Folder {
    dir: PathBuf,
    lock: File,
    made: bool,
}

impl Folder {
    /// Takes a folder, which is made if it is missing, and clears away what runs have left there that were killed while they wrote.
    pub fn take(dir: &Path, global: &Global) -> Result<Self, Failure> {
        let shown = || dir.display().to_string();
        let made = !dir.is_dir();
        fs::create_dir_all(dir).with_context(shown)?;
        let path = dir.join(LOCK);
        loop {
            let lock = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
            let lock = lock.with_context(|| path.display().to_string())?;
            match lock.try_lock() {
                // Who had it before may have taken the file away between the two lines above: then it is nobody's.
                Ok(()) if is_at(&lock, &path) => {
                    let folder = Self { dir: dir.to_owned(), lock, made };
                    files::clear_rests(dir);
                    return Ok(folder);
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(CliMessage::FolderInUse { path: shown() }.into()),
                Err(TryLockError::Error(_)) => {
                    if !global.quiet {
                        tell(&CliMessage::FolderUnlocked { path: shown() }.text(global.lang));
                    }
                    return Ok(Self { dir: dir.to_owned(), lock, made });
                }
            }
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // While it is held: whoever waits for it finds that it is gone, and makes another.
        let _ = fs::remove_file(self.dir.join(LOCK));
        let _ = self.lock.unlock();
        if self.made {
            // Nothing was written, so not even the folder stays; a folder with something in it does.
            let _ = fs::remove_dir(&self.dir);
        }
    }
}

/// Whether an open file is what a path leads to.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let of = |own: std::io::Result<fs::Metadata>| own.map(|own| (own.dev(), own.ino())).ok();
    of(file.metadata()).is_some_and(|own| of(fs::metadata(path)) == Some(own))
}

/// Elsewhere a file that somebody holds open keeps its name.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
