//! Back from the record to files: the case that a decision was made from, and the record as it then was.

use std::collections::BTreeMap;
use std::path::Path;

use super::book::Book;
use super::entry::{DecisionId, Event};
use super::kept::RESTORED;
use super::memory::BORNE;
use super::messages::{RecordError, RecordMessage as M};
use super::propose::{CASE, DECISION};
use super::restored::{RELIEVED, RETURNED};
use super::store::Record;

impl Record {
    /// The files of the case that a decision was made from, and what was written of the decision, by name.
    ///
    /// # Errors
    /// That there is no such decision, or that one of its contents is missing or damaged.
    pub fn case_of(&self, id: DecisionId) -> Result<BTreeMap<String, Vec<u8>>, RecordError> {
        let book = self.book()?;
        let dossier = book.known(id)?;
        let mut files = BTreeMap::new();
        for (name, digest) in dossier.proposed.files.iter().filter(|(name, _)| *name != BORNE) {
            let missing = || {
                let (path, seq) = (self.path().display().to_string(), dossier.act.seq);
                RecordError::Failed(M::BrokenContent { path, seq, name: name.clone() })
            };
            let content = self.content(digest)?.ok_or_else(missing)?;
            files.insert(name.strip_prefix(CASE).unwrap_or(name).to_owned(), content);
        }
        Ok(files)
    }

    /// Writes the record as it was before a decision was proposed into a new file, so that the decision can be made again
    /// with the same memory.
    ///
    /// # Errors
    /// That there is no such decision, or that the file cannot be written.
    pub fn copy_before(&self, id: DecisionId, path: &Path) -> Result<(), RecordError> {
        let book = self.book()?;
        let dossier = book.known(id)?;
        let before = dossier.act.seq;
        let mut contents = Vec::new();
        // A revision is made against the order in force, all of it.
        let order = dossier.proposed.revises.and_then(|order| book.decision(order));
        contents.extend(order.and_then(|order| order.proposed.files.get(DECISION).cloned()));
        // With what had come back of it.
        let restored = order.iter().flat_map(|order| &order.restored).filter(|(act, _)| act.seq < before);
        contents.extend(
            restored.flat_map(|(_, it)| [RETURNED, RESTORED].map(|name| it.files.get(name).cloned())).flatten(),
        );
        let entries = book.entries.iter().take_while(|entry| entry.seq < before);
        for entry in entries {
            // Of past decisions only what a later day remembers of them.
            let (files, name) = match &entry.event {
                Event::Proposed(proposed) => (&proposed.files, BORNE),
                Event::Restored(restored) => (&restored.files, RELIEVED),
                _ => continue,
            };
            let Some(digest) = files.get(name) else { continue };
            if self.content(digest)?.is_none() {
                let (path, name) = (self.path().display().to_string(), name.to_owned());
                return Err(RecordError::Failed(M::BrokenContent { path, seq: entry.seq, name }));
            }
            contents.push(digest.clone());
        }
        self.copy_into(path, before, &contents)
    }

    /// The entry, by its index, whose head begins with these digits.
    ///
    /// # Errors
    /// That they are not such digits, or that no entry has this head.
    pub fn goes_on_from(&self, book: &Book, head: &str) -> Result<usize, M> {
        let digits = head.trim().to_ascii_lowercase();
        if !(8..=64).contains(&digits.len()) || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(M::BadHead { head: head.to_owned() });
        }
        let at = book.heads.iter().position(|known| known.to_string().starts_with(&digits));
        let (path, count) = (self.path().display().to_string(), book.entries.len() as u64);
        at.ok_or(M::UnknownHead { path, head: digits, count })
    }
}
