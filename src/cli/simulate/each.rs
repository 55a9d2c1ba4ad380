//! The tables of single winters: they grow while a run goes on, and go on where it was interrupted.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::exit::Failure;
use crate::cli::message::CliMessage;
use crate::render::encoding::Decoded;
use crate::render::simulation::{Columns, Table};
use crate::simulate::{EachWinter, Results};

/// Each table: what it is called, and while a run goes on.
pub(super) const NAMES: [(Table, &str, &str); 2] = [
    (Table::Winters, "winters.csv", "unfinished-winters.csv"),
    (Table::Days, "winter-days.csv", "unfinished-winter-days.csv"),
];

/// A table and the files that it is made of, one behind the other; each has its heading.
pub(super) type Made = (&'static str, Vec<PathBuf>);

/// The tables of a run that goes on.
pub(super) struct Growing {
    tables: Vec<(Columns, BufWriter<File>, PathBuf)>,
}

impl Growing {
    /// Begins the tables anew, or behind the winters that were done before. Results are those, or of no winter.
    pub fn begin(dir: &Path, results: &Results, days: bool) -> Result<Self, Failure> {
        let mut tables = Vec::new();
        for (table, _, name) in NAMES.into_iter().filter(|(table, ..)| days || *table != Table::Days) {
            let (path, columns) = (dir.join(name), Columns::of(table, results));
            let shown = || path.display().to_string();
            let goes_on = results.outcome().winters() > 0;
            let known = if goes_on { length(&path, &columns, results)? } else { 0 };
            let file = OpenOptions::new().write(true).create(true).truncate(!goes_on).open(&path);
            let mut file = file.with_context(shown)?;
            file.set_len(known).and_then(|()| file.seek(SeekFrom::Start(known))).with_context(shown)?;
            let mut file = BufWriter::with_capacity(1 << 16, file);
            if !goes_on {
                columns.head(&mut file).with_context(shown)?;
            }
            tables.push((columns, file, path));
        }
        Ok(Self { tables })
    }

    /// Adds winters, which come after those that are there.
    pub fn add(&mut self, results: &Results, winters: &[EachWinter]) -> Result<(), Failure> {
        for (columns, file, path) in &mut self.tables {
            columns.rows(results, winters, file).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }

    /// Brings all that was added to the disk: what is counted in the sums that are kept next must be there.
    pub fn keep(&mut self) -> Result<(), Failure> {
        for (_, file, path) in &mut self.tables {
            let kept = file.flush().and_then(|()| file.get_ref().sync_data());
            kept.with_context(|| path.display().to_string())?;
        }
        Ok(())
    }
}

/// The tables of a run that is over, as its folder has them now.
pub(super) fn grown(dir: &Path, days: bool) -> Vec<Made> {
    let own = NAMES.into_iter().filter(|(table, ..)| days || *table != Table::Days);
    own.map(|(_, name, growing)| (name, vec![dir.join(growing)])).collect()
}

/// The tables of parts, in the order of their winters, each read once and held against its sums. Days are there if any part has them.
pub(super) fn of_parts(parts: &[(&Path, &Results)]) -> Result<Vec<Made>, Failure> {
    let mut made = Vec::new();
    for (table, name, _) in NAMES {
        let paths: Vec<PathBuf> = parts.iter().map(|(dir, _)| dir.join(name)).collect();
        if table == Table::Days && paths.iter().all(|path| !path.exists()) {
            continue;
        }
        for (path, (_, results)) in paths.iter().zip(parts) {
            if !is_whole(path, &Columns::of(table, results), results).unwrap_or(false) {
                return Err(CliMessage::RowsApart { path: path.display().to_string() }.into());
            }
        }
        made.push((name, paths));
    }
    Ok(made)
}

/// Whether a table, in whichever encoding, holds the winters of results and no more.
fn is_whole(path: &Path, columns: &Columns, results: &Results) -> io::Result<bool> {
    let mut table = Counted { from: Decoded::open(path)?, read: 0, last: 0 };
    let length = columns.length(results, &mut table)?;
    io::copy(&mut table, &mut io::sink())?;
    Ok(length == Some(table.read) && table.last == b'\n')
}

/// How many bytes were read, and the last of them.
struct Counted<R> {
    from: R,
    read: u64,
    last: u8,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(to)?;
        self.read += read as u64;
        self.last = to.get(..read).and_then(<[u8]>::last).copied().unwrap_or(self.last);
        Ok(read)
    }
}

/// How far a table goes that holds the winters of results.
fn length(path: &Path, columns: &Columns, results: &Results) -> Result<u64, Failure> {
    let read = || {
        let mut file = File::open(path)?;
        let Some(length) = columns.length(results, BufReader::new(&file))? else { return Ok(None) };
        // A last row without its end was not written whole.
        let mut last = [0];
        file.seek(SeekFrom::Start(length.saturating_sub(1)))?;
        file.read_exact(&mut last)?;
        Ok::<_, io::Error>((last == *b"\n").then_some(length))
    };
    match read() {
        Ok(Some(length)) => Ok(length),
        Ok(None) | Err(_) => Err(CliMessage::RowsApart { path: path.display().to_string() }.into()),
    }
}

/// Copies a table in UTF-8: the first file whole, of the others what follows the heading.
pub(super) fn joined(paths: &[PathBuf], to: &mut dyn Write) -> io::Result<()> {
    for (at, path) in paths.iter().enumerate() {
        let mut from = Decoded::open(path)?;
        if at > 0 {
            let mut heading = csv::ReaderBuilder::new().has_headers(false).from_reader(Decoded::open(path)?);
            heading.read_record(&mut csv::StringRecord::new())?;
            io::copy(&mut from.by_ref().take(heading.position().byte()), &mut io::sink())?;
        }
        io::copy(&mut from, to)?;
    }
    Ok(())
}
