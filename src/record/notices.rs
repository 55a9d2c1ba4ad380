//! Papers that were made of a decision: to whom, whether an order or a warning, and the digest of each text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::blobs;
use super::book::Book;
use super::entry::{By, DecisionId, Digest, Entry, Event};
use super::messages::{RecordError, RecordMessage as M};
use super::moment::Moment;
use super::store::{Draft, Record};

/// The file in which a record keeps which papers an entry tells of.
pub(super) const PAPERS: &str = "papers.json";

/// Papers that were made of a decision, in brief; which they are stands beside the entry ([`Record::papers`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noticed {
    /// The decision.
    pub decision: DecisionId,
    /// How many are orders.
    pub orders: u64,
    /// How many are warnings.
    pub warnings: u64,
    /// To how many companies.
    pub companies: u64,
    /// To how many sites.
    pub sites: u64,
    /// The list of them, by digest.
    pub files: BTreeMap<String, Digest>,
}

/// A paper that was made of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What it is.
    pub kind: PaperKind,
    /// To whom.
    pub to: Addressee,
    /// The name of its file.
    pub file: String,
    /// The digest of its text.
    pub digest: Digest,
}

/// Whether anything is to be done by a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PaperKind {
    /// To be carried out.
    Order,
    /// Be ready: nothing is to be done yet.
    Warning,
}

/// To whom a paper is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Addressee {
    /// A company, by id.
    Company(String),
    /// A site, by its own id, else by its customer's.
    Site(String),
}

impl Paper {
    /// A paper of a text, as its file has it.
    pub fn new(kind: PaperKind, to: Addressee, file: impl Into<String>, text: &[u8]) -> Self {
        Self { kind, to, file: file.into(), digest: blobs::digest(text) }
    }
}

impl Record {
    /// Adds that papers were made of a decision. Orders are made of the order in force alone; a warning may be of any decision.
    ///
    /// # Errors
    /// That there are no papers, that the record has no such decision or it is not in force; that the file cannot be written.
    pub fn noticed(
        &mut self,
        case: &str,
        at: Moment,
        by: &By,
        decision: DecisionId,
        papers: &[Paper],
    ) -> Result<(Entry, Book), RecordError> {
        let unpackable = |what: String| RecordError::Failed(M::Unpackable { what });
        let mut draft = Draft::default();
        let text = serde_json::to_vec(papers).map_err(|error| unpackable(error.to_string()))?;
        draft.add(PAPERS, &text).map_err(|error| unpackable(error.to_string()))?;
        let count = |kind| papers.iter().filter(|paper| paper.kind == kind).count() as u64;
        let mut to: Vec<&Addressee> = papers.iter().map(|paper| &paper.to).collect();
        to.sort_unstable();
        to.dedup();
        let companies = to.iter().filter(|to| matches!(to, Addressee::Company(_))).count() as u64;
        let (orders, warnings, sites) =
            (count(PaperKind::Order), count(PaperKind::Warning), to.len() as u64 - companies);
        self.append(case, at, by, draft, |_, files| {
            Ok(Event::Noticed(Box::new(Noticed { decision, orders, warnings, companies, sites, files })))
        })
    }

    /// The papers that an entry tells of, in the order in which they were handed in.
    ///
    /// # Errors
    /// That the list is missing or damaged.
    pub fn papers(&self, seq: u64, noticed: &Noticed) -> Result<Vec<Paper>, RecordError> {
        self.table(seq, &noticed.files, PAPERS)
    }
}

impl Book {
    /// Whether papers may be noted.
    pub(super) fn notice(&self, noticed: &Noticed) -> Result<(), M> {
        if noticed.orders + noticed.warnings == 0 {
            return Err(M::NoPapers {});
        }
        let id = noticed.decision;
        let dossier = self.known(id)?;
        if noticed.orders == 0 || dossier.is_order() {
            return Ok(());
        }
        Err(match dossier.replaced_by {
            Some(by) => M::Overtaken { id: id.to_string(), by: by.to_string() },
            None => M::NotInForce { id: id.to_string() },
        })
    }
}
