//! What entries keep, read back.

use std::collections::BTreeMap;

use super::book::{Act, Book, Dossier};
use super::comply::Back;
use super::entry::{DecisionId, Restored};
use super::messages::RecordError;
use super::propose::DECISION;
use super::restored::RETURNED;
use super::store::Record;
use crate::decide::Decision;
use crate::units::M3;

/// The same as format 1 had it: by customer, without the measures.
pub(super) const RESTORED: &str = "restored.json";

impl Record {
    /// A decision as it was proposed, with its details and evidence.
    ///
    /// # Errors
    /// That it is missing or damaged.
    pub fn decided(&self, dossier: &Dossier) -> Result<Decision, RecordError> {
        self.table(dossier.act.seq, &dossier.proposed.files, DECISION)
    }

    /// What came back of an order so far, by all restorations of it, in their order.
    ///
    /// # Errors
    /// That it is missing or damaged.
    pub fn back(&self, book: &Book, order: DecisionId) -> Result<Vec<Back>, RecordError> {
        self.back_by(book.decision(order).map_or(&[], |dossier| &dossier.restored))
    }

    /// What came back by some restorations, in their order.
    ///
    /// # Errors
    /// That it is missing or damaged.
    pub fn back_by(&self, restorations: &[(Act, Restored)]) -> Result<Vec<Back>, RecordError> {
        let mut all = Vec::new();
        for (act, restored) in restorations {
            if restored.files.contains_key(RETURNED) {
                all.extend(self.table::<Vec<Back>>(act.seq, &restored.files, RETURNED)?);
                continue;
            }
            let of_format_1: BTreeMap<String, M3> = self.table(act.seq, &restored.files, RESTORED)?;
            let back = |(customer_id, back_m3)| Back { customer_id, back_m3, ..Back::default() };
            all.extend(of_format_1.into_iter().map(back));
        }
        Ok(all)
    }
}
