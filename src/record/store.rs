//! The SQLite file: entries and contents, one writer at a time, whole through a kill, a power cut or a full disk.
//!
//! The journal is deleted at each commit (no second file beside the record when nobody writes) and every commit waits for the
//! disk. Triggers refuse to change or to delete what is there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};

use super::blobs;
use super::book::Book;
use super::chain::Head;
use super::entry::{By, Digest, Entry, Event};
use super::messages::{RecordError, RecordMessage as M};
use super::moment::Moment;
use super::sweep;

/// `curt`, in the header of the file.
const APPLICATION: i64 = 0x6375_7274;

/// The version of what can stand in the file; older ones are brought up to it when something is added. 2 has the same tables, and
/// entries of papers and of meters, which a program that knows 1 alone could not read.
const VERSION: i64 = 2;

/// How long one waits for another writer.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often one opens a file that others make and take away meanwhile.
const TRIES: u32 = 50;

const TABLES: &str = "
CREATE TABLE entries (seq INTEGER PRIMARY KEY, body TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE contents (digest TEXT PRIMARY KEY, size INTEGER NOT NULL, packed BLOB NOT NULL) STRICT;
CREATE TRIGGER entries_follow BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT ifnull(max(seq), 0) + 1 FROM entries)
BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_last BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER contents_once BEFORE INSERT ON contents
WHEN EXISTS (SELECT 1 FROM contents WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'contents are never replaced'); END;
CREATE TRIGGER contents_stay BEFORE UPDATE ON contents BEGIN SELECT RAISE(ABORT, 'contents are never changed'); END;
CREATE TRIGGER contents_last BEFORE DELETE ON contents BEGIN SELECT RAISE(ABORT, 'contents are never deleted'); END;
";

const INSERT: &str = "INSERT INTO entries (seq, body, hash) VALUES (?1, ?2, ?3)";

/// Which days a record is of. An exercise has a record of its own, whose first entry says so; neither is ever opened as the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Days {
    /// Real ones.
    #[default]
    Real,
    /// Those of an exercise.
    Exercise,
}

/// A record that is open.
#[derive(Debug)]
pub struct Record {
    connection: Connection,
    path: PathBuf,
    days: Days,
    /// Which file it is, if it was opened to add to it.
    file: Option<sweep::Which>,
    /// Whether there is a file: it is made for the first entry and not before.
    begun: bool,
    /// Whether a first entry was tried: only then an empty file is this record's to take away.
    tried: bool,
}

/// Contents that go into a record together with an entry, compressed before anybody has to wait for the file.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    contents: BTreeMap<Digest, (u64, Vec<u8>)>,
    names: BTreeMap<String, Digest>,
}

/// A content as it is kept.
#[derive(Debug)]
pub(super) struct Packed {
    size: u64,
    packed: Vec<u8>,
}

impl Packed {
    /// What it holds; `None` if that is not what the digest says.
    pub(super) fn unpack(&self, digest: &str) -> Option<Vec<u8>> {
        blobs::unpack(&self.packed, self.size).ok().filter(|content| blobs::digest(content) == digest)
    }
}

impl Draft {
    /// Adds a content under a name.
    ///
    /// # Errors
    /// That there is no memory to compress it.
    pub fn add(&mut self, name: impl Into<String>, content: &[u8]) -> std::io::Result<()> {
        let digest = blobs::digest(content);
        if !self.contents.contains_key(&digest) {
            self.contents.insert(digest.clone(), (content.len() as u64, blobs::pack(content)?));
        }
        self.names.insert(name.into(), digest);
        Ok(())
    }

    /// The names and the digests of what they stand for.
    pub const fn files(&self) -> &BTreeMap<String, Digest> {
        &self.names
    }
}

impl Record {
    /// Opens a record of real days to read it; `None` if there is none yet.
    ///
    /// # Errors
    /// That the file is no record, was made by a newer program, or cannot be read.
    pub fn look(path: &Path) -> Result<Option<Self>, RecordError> {
        Self::look_of(path, Days::Real)
    }

    /// The same, of real days or of an exercise; that the record is of these days is asked when it is read.
    ///
    /// # Errors
    /// As for [`Record::look`].
    pub fn look_of(path: &Path, days: Days) -> Result<Option<Self>, RecordError> {
        let there = path.try_exists().map_err(|error| M::Unopened { path: shown(path), what: error.to_string() });
        if !there.map_err(RecordError::Failed)? {
            return Ok(None);
        }
        let (mut record, begun) = match Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY) {
            // A writer was stopped half-way: what it began is undone first, which takes the right to write.
            Err(RecordError::Failed(stopped @ M::Unfinished { .. })) => {
                let undone = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE);
                undone.map_err(|_| RecordError::Failed(stopped))?
            }
            // Somebody took an empty file away meanwhile, and perhaps another made one: a record that is not begun.
            Err(_) if path.metadata().map_or(true, |file| file.len() == 0) => return Ok(None),
            opened => opened?,
        };
        record.days = days;
        Ok(record.known(begun)?.then_some(record))
    }

    /// Opens a record of real days to add to it; if there is none, the first entry makes its file.
    ///
    /// # Errors
    /// As for [`Record::look`], or that it cannot be written.
    pub fn open(path: &Path) -> Result<Self, RecordError> {
        Self::open_of(path, Days::Real)
    }

    /// The same, of real days or of an exercise.
    ///
    /// # Errors
    /// As for [`Record::open`].
    pub fn open_of(path: &Path, days: Days) -> Result<Self, RecordError> {
        if path.exists() {
            return Self::at(path, days);
        }
        let connection = Connection::open_in_memory().map_err(|error| failed(path, &error))?;
        Ok(Self { connection, path: path.to_owned(), days, file: None, begun: false, tried: false })
    }

    /// Opens the file, and makes it if there is none.
    fn at(path: &Path, days: Days) -> Result<Self, RecordError> {
        let mut tries = 0;
        let (mut record, begun, file) = loop {
            tries += 1;
            let file = sweep::made(path)
                .map_err(|error| RecordError::Failed(M::Unwritable { path: shown(path), what: error.to_string() }))?;
            let opened = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE);
            // Somebody may have taken an empty file away in between, and a third made another, perhaps of the same number.
            if matches!(opened, Err(RecordError::Failed(M::Unopened { .. }))) && tries < TRIES {
                continue;
            }
            if sweep::which(path) == Some(file) {
                let (record, begun) = opened.map_err(not_written)?;
                break (record, begun, file);
            }
        };
        record.known(begun).map_err(not_written)?;
        (record.file, record.days) = (Some(file), days);
        Ok(record)
    }

    /// How long to wait for another writer; twenty seconds unless told.
    ///
    /// # Errors
    /// That the file is no longer open.
    pub fn wait_at_most(&self, patience: Duration) -> Result<(), RecordError> {
        self.connection.busy_timeout(patience).map_err(|error| self.failed(&error))
    }

    /// Opens a file, and reads who wrote it and in which version.
    fn connect(path: &Path, flags: OpenFlags) -> Result<(Self, (i64, i64, i64)), RecordError> {
        let failed = |error: &rusqlite::Error| failed(path, error);
        if path.is_dir() {
            return Err(RecordError::Failed(M::NotARecord { path: shown(path) }));
        }
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // A name such as `file:x` or `:memory:` means something else to SQLite, behind `./` it does not.
        let connection =
            Connection::open_with_flags(Path::new(".").join(path), flags).map_err(|error| failed(&error))?;
        connection.busy_timeout(PATIENCE).map_err(|error| failed(&error))?;
        let pragmas = "PRAGMA synchronous = EXTRA; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;";
        connection.execute_batch(pragmas).map_err(|error| failed(&error))?;
        let (path, days) = (path.to_owned(), Days::Real);
        let record = Self { connection, path, days, file: None, begun: true, tried: false };
        let begun = record.version().map_err(|error| failed(&error))?;
        Ok((record, begun))
    }

    /// Who wrote the file, in which version, and how much is in it; zeros in an empty one. In one look: somebody may be writing the
    /// first entry, and then it is not there or all of it is.
    fn version(&self) -> rusqlite::Result<(i64, i64, i64)> {
        let look = Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?;
        let one = |query: &str| look.query_row(query, [], |row| row.get(0));
        let tables = one("SELECT count(*) FROM sqlite_schema")?;
        Ok((one("PRAGMA application_id")?, one("PRAGMA user_version")?, tables))
    }

    /// Whether anything was recorded yet.
    fn known(&self, (application, version, tables): (i64, i64, i64)) -> Result<bool, RecordError> {
        let path = self.shown();
        if (application, version, tables) == (0, 0, 0) {
            return Ok(false);
        }
        match (application, version) {
            (APPLICATION, 1..=VERSION) => Ok(true),
            (APPLICATION, _) => Err(M::NewerRecord { path, version, known: VERSION }.into()),
            _ => Err(M::NotARecord { path }.into()),
        }
    }

    /// All that the record says, its chain checked.
    ///
    /// # Errors
    /// That it cannot be read, or that an entry does not follow from those before it.
    pub fn book(&self) -> Result<Book, RecordError> {
        if !self.begun {
            return Ok(Book::default());
        }
        read_book(&self.connection, &self.path, self.days)
    }

    /// Adds an entry: `make` is handed the record as it then is, and the digests of the draft's contents, and nobody else
    /// writes meanwhile. Either all of it is there afterwards, on the disk, or nothing.
    ///
    /// # Errors
    /// What `make` or the record's own rules refuse ([`Book::admit`]); that the file cannot be written.
    pub fn append(
        &mut self,
        case: &str,
        at: Moment,
        by: &By,
        draft: Draft,
        make: impl FnOnce(&Book, BTreeMap<String, Digest>) -> Result<Event, M>,
    ) -> Result<(Entry, Book), RecordError> {
        let path = self.path.clone();
        if !self.begun {
            *self = Self::at(&path, self.days)?;
        }
        self.tried = true;
        let days = self.days;
        let failed = |error: rusqlite::Error| unwritten(&path, &error);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let begun: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(failed)?;
        let mut book = if begun == 0 {
            if sweep::which(&path) != self.file {
                // Whoever failed to begin the same record took its empty file away while we waited.
                drop(transaction);
                *self = Self::at(&path, self.days)?;
                return self.append(case, at, by, draft, make);
            }
            begin(&transaction).map_err(failed)?;
            let mut book = Book::default();
            let event = Event::Begun { case: case.to_owned(), exercise: self.days == Days::Exercise };
            let first = Entry { seq: 1, at, by: by.clone(), event };
            put(&transaction, &mut book, first, &path)?;
            book
        } else {
            if begun < VERSION {
                transaction.pragma_update(None, "user_version", VERSION).map_err(failed)?;
            }
            read_book(&transaction, &path, self.days)?
        };
        if book.case() != case {
            let (theirs, ours) = (book.case().to_owned(), case.to_owned());
            return Err(M::AnotherRecord { path: shown(&path), theirs, ours }.into());
        }
        let event = make(&book, draft.names)?;
        let entry = Entry { seq: book.next(), at, by: by.clone(), event };
        book.admit(&entry)?;
        for (digest, (size, packed)) in draft.contents {
            keep(&transaction, &digest, size, &packed).map_err(failed)?;
        }
        put(&transaction, &mut book, entry.clone(), &path)?;
        transaction.commit().map_err(|error| uncommitted(&path, days, &error, &entry, book.head))?;
        Ok((entry, book))
    }

    /// A content by its digest; `None` if the record has none.
    ///
    /// # Errors
    /// That it cannot be read. A content that is not what its digest says counts as missing.
    pub fn content(&self, digest: &str) -> Result<Option<Vec<u8>>, RecordError> {
        Ok(self.packed(digest)?.and_then(|packed| packed.unpack(digest)))
    }

    /// A table that an entry keeps under a name.
    pub(super) fn table<T: serde::de::DeserializeOwned>(
        &self,
        seq: u64,
        files: &BTreeMap<String, Digest>,
        name: &str,
    ) -> Result<T, RecordError> {
        let content = files.get(name).map(|digest| self.content(digest)).transpose()?.flatten();
        let table = content.and_then(|content| serde_json::from_slice(&content).ok());
        let broken = || M::BrokenContent { path: self.shown(), seq, name: name.to_owned() };
        table.ok_or_else(|| RecordError::Failed(broken()))
    }

    /// A content as it is kept.
    pub(super) fn packed(&self, digest: &str) -> Result<Option<Packed>, RecordError> {
        let query = "SELECT size, packed FROM contents WHERE digest = ?1";
        let found = self.connection.query_row(query, [digest], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)));
        let Some((size, packed)) = found.optional().map_err(|error| self.failed(&error))? else { return Ok(None) };
        Ok(Some(Packed { size: u64::try_from(size).unwrap_or(0), packed }))
    }

    /// Whether this is not the record itself but what an export took of it: all entries up to one, and of past decisions only what
    /// later days remember.
    ///
    /// # Errors
    /// That it cannot be read.
    pub fn is_extract(&self) -> Result<bool, RecordError> {
        let query = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'extract')";
        self.connection.query_row(query, [], |row| row.get(0)).map_err(|error| self.failed(&error))
    }

    /// Checks all of it: the chain, and every content that an entry names; in an extract those that are there.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn check(&self) -> Result<Book, RecordError> {
        let (book, extract) = (self.book()?, self.is_extract()?);
        // Most of what a day rests on is what the day before rested on.
        let mut seen = BTreeSet::new();
        for entry in &book.entries {
            for (name, digest) in entry.event.files().filter(|(_, digest)| seen.insert(digest.as_str())) {
                if self.content(digest)?.is_none() && !(extract && self.lacks(digest)?) {
                    let (path, name) = (self.shown(), name.clone());
                    return Err(RecordError::Failed(M::BrokenContent { path, seq: entry.seq, name }));
                }
            }
        }
        Ok(book)
    }

    /// Whether there is nothing at all under a digest.
    fn lacks(&self, digest: &str) -> Result<bool, RecordError> {
        let query = "SELECT NOT EXISTS (SELECT 1 FROM contents WHERE digest = ?1)";
        self.connection.query_row(query, [digest], |row| row.get(0)).map_err(|error| self.failed(&error))
    }

    /// Copies the entries before one, and some contents, into a new file, which says that it is an extract.
    pub(super) fn copy_into(&self, path: &Path, before: u64, contents: &[Digest]) -> Result<(), RecordError> {
        let mut copy = Self::at(path, self.days)?;
        copy.tried = true;
        let failed = |error: rusqlite::Error| unwritten(path, &error);
        let transaction = copy.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        begin(&transaction).map_err(failed)?;
        transaction.execute_batch("CREATE TABLE extract (of_a_record INTEGER) STRICT").map_err(failed)?;
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        let query = "SELECT seq, body, hash FROM entries WHERE seq < ?1 ORDER BY seq";
        let mut rows = self.connection.prepare(query).map_err(|error| self.failed(&error))?;
        let mut rows = rows.query([before]).map_err(|error| self.failed(&error))?;
        while let Some(row) = rows.next().map_err(|error| self.failed(&error))? {
            let row = (row.get::<_, i64>(0), row.get::<_, String>(1), row.get::<_, Vec<u8>>(2));
            let (Ok(seq), Ok(body), Ok(hash)) = row else { continue };
            transaction.execute(INSERT, params![seq, body, hash]).map_err(failed)?;
        }
        for digest in contents {
            let content = self.content(digest)?.unwrap_or_default();
            let packed = blobs::pack(&content)
                .map_err(|error| RecordError::Failed(M::Unwritable { path: shown(path), what: error.to_string() }))?;
            keep(&transaction, digest, content.len() as u64, &packed).map_err(failed)?;
        }
        transaction.commit().map_err(failed)
    }

    /// Where the record is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn shown(&self) -> String {
        shown(&self.path)
    }

    fn failed(&self, error: &rusqlite::Error) -> RecordError {
        failed(&self.path, error)
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        if let Some(file) = self.file.filter(|file| self.tried && sweep::is_empty(&self.path, *file)) {
            sweep::take_away(&self.connection, &self.path, file);
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn read_book(connection: &Connection, path: &Path, days: Days) -> Result<Book, RecordError> {
    let failed = |error: rusqlite::Error| failed(path, &error);
    let mut rows = connection.prepare("SELECT seq, body, hash FROM entries ORDER BY seq").map_err(failed)?;
    let mut rows = rows.query([]).map_err(failed)?;
    let mut book = Book::default();
    while let Some(row) = rows.next().map_err(failed)? {
        let seq = u64::try_from(row.get::<_, i64>(0).map_err(failed)?).unwrap_or(0);
        let body = row.get_ref(1).map_err(failed)?.as_str().unwrap_or_default();
        let hash = row.get_ref(2).map_err(failed)?.as_blob().unwrap_or_default();
        let head = book.head.after(seq, body);
        if seq != book.next() || hash != head.0 {
            return Err(RecordError::Failed(M::BrokenChain { path: shown(path), seq: book.next() }));
        }
        let entry: Entry = serde_json::from_str(body)
            .map_err(|error| RecordError::Failed(M::BadEntry { path: shown(path), seq, what: error.to_string() }))?;
        book.add(entry, head);
    }
    match (days, book.is_exercise()) {
        (Days::Real, true) => Err(M::ExerciseRecord { path: shown(path) }.into()),
        (Days::Exercise, false) if !book.entries.is_empty() => Err(M::RealRecord { path: shown(path) }.into()),
        _ => Ok(book),
    }
}

/// Makes the tables of an empty file.
fn begin(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(TABLES)?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)
}

fn put(transaction: &Transaction<'_>, book: &mut Book, entry: Entry, path: &Path) -> Result<(), RecordError> {
    let what = |error: serde_json::Error| {
        RecordError::Failed(M::BadEntry { path: shown(path), seq: entry.seq, what: error.to_string() })
    };
    let body = serde_json::to_string(&entry).map_err(what)?;
    let head = book.head.after(entry.seq, &body);
    let seq = i64::try_from(entry.seq).unwrap_or(i64::MAX);
    transaction.execute(INSERT, params![seq, body, head.0.as_slice()]).map_err(|error| unwritten(path, &error))?;
    book.add(entry, head);
    Ok(())
}

fn keep(transaction: &Transaction<'_>, digest: &str, size: u64, packed: &[u8]) -> rusqlite::Result<()> {
    let there = transaction.query_row("SELECT 1 FROM contents WHERE digest = ?1", [digest], |_| Ok(())).optional()?;
    if there.is_none() {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        transaction.execute(
            "INSERT INTO contents (digest, size, packed) VALUES (?1, ?2, ?3)",
            params![digest, size, packed],
        )?;
    }
    Ok(())
}

/// What a failure of SQLite means to whoever keeps the record.
fn failed(path: &Path, error: &rusqlite::Error) -> RecordError {
    let (path, what) = (shown(path), error.to_string());
    RecordError::Failed(match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => M::NotARecord { path },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => M::Busy { path },
        Some(ErrorCode::DiskFull) => M::Full { path },
        Some(ErrorCode::ReadOnly) if unfinished(error) => M::Unfinished { path },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => M::Unwritable { path, what },
        Some(ErrorCode::CannotOpen) => M::Unopened { path, what },
        _ => M::Unreadable { path, what },
    })
}

/// The same while something is being added.
fn unwritten(path: &Path, error: &rusqlite::Error) -> RecordError {
    not_written(failed(path, error))
}

fn not_written(error: RecordError) -> RecordError {
    match error {
        RecordError::Failed(M::Unreadable { path, what } | M::Unopened { path, what }) => {
            RecordError::Failed(M::Unwritable { path, what })
        }
        other => other,
    }
}

/// A failure in the very last step can come after the entry has become part of the file.
fn uncommitted(path: &Path, days: Days, error: &rusqlite::Error, entry: &Entry, head: Head) -> RecordError {
    let found = Record::look_of(path, days).and_then(|record| record.map(|record| record.book()).transpose());
    match found {
        Ok(book) if book.as_ref().is_none_or(|book| !book.heads.contains(&head)) => unwritten(path, error),
        _ => RecordError::Failed(M::Unsure { path: shown(path), seq: entry.seq, what: error.to_string() }),
    }
}

/// Whether what a stopped writer left must be undone before anything can be read.
fn unfinished(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_READONLY_ROLLBACK)
}
