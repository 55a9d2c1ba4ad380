//! The empty file of a record that is not begun: made before the first entry, taken away again where there comes to be none.
//!
//! It must never be taken from under somebody who is about to begin it, so it is only taken away under the lock that beginning
//! takes; and who begins looks, under the same lock, whether the file that others find is still the one that is open.

use std::fs::{self, Metadata, OpenOptions};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// Which file it is, whatever its name: device and number. Where there are none, an open file cannot be taken away.
pub(super) type Which = (u64, u64);

#[cfg(unix)]
fn identity(file: &Metadata) -> Which {
    use std::os::unix::fs::MetadataExt;
    (file.dev(), file.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Which {
    (0, 0)
}

/// The file of this name.
pub(super) fn which(path: &Path) -> Option<Which> {
    fs::metadata(path).ok().map(|file| identity(&file))
}

/// The file of this name, made if there is none.
pub(super) fn made(path: &Path) -> std::io::Result<Which> {
    match which(path) {
        Some(file) => Ok(file),
        None => Ok(identity(&OpenOptions::new().append(true).create(true).open(path)?.metadata()?)),
    }
}

/// Whether it is this file and has nothing in it.
pub(super) fn is_empty(path: &Path, file: Which) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == 0 && identity(&found) == file)
}

/// Takes a file away that still has nothing in it, unless somebody else is at it.
pub(super) fn take_away(connection: &Connection, path: &Path, file: Which) {
    // Nothing is written: there may be no room even for a journal.
    let in_memory = connection.execute_batch("PRAGMA journal_mode = MEMORY");
    if connection.busy_timeout(Duration::ZERO).is_err() || in_memory.is_err() {
        return;
    }
    let held = Transaction::new_unchecked(connection, TransactionBehavior::Immediate);
    if held.is_ok() && is_empty(path, file) {
        // Where it cannot be removed it stays: an empty file is a record that is not begun.
        let _ = fs::remove_file(path);
    }
}
