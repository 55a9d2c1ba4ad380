//! Who answers one question after another of the same network: how many of whom, the threads that ask decide.
//!
//! A network is laid once, and every allocator that has answered waits for the next question with the ways in mind that gas took.
//! The answers do not depend on these, and so not on who asked what before.

use std::sync::{Mutex, PoisonError};

use super::{Cell, Reach, Shares, Unanswered, exact};

/// A reach, ready to be asked who gets what, by any thread at any time.
#[derive(Debug)]
pub(crate) struct Ready {
    first: exact::Prepared,
    /// Those who wait: no more than have ever been asked at the same time.
    waiting: Mutex<Vec<exact::Prepared>>,
}

impl Ready {
    /// # Errors
    /// [`Unanswered::NeedsLp`] where companies share links.
    pub fn new(reach: &Reach) -> Result<Self, Unanswered> {
        Ok(Self { first: exact::Prepared::new(reach)?.remembering(), waiting: Mutex::default() })
    }

    /// As [`exact::Prepared::deliverable`].
    pub fn deliverable(&self, supply: &[u64], cells: &[Cell]) -> u64 {
        self.ask(|exact| exact.deliverable(supply, cells))
    }

    /// As [`exact::Prepared::brings_all`].
    pub fn brings_all(&self, supply: &[u64], cells: &[Cell]) -> bool {
        self.ask(|exact| exact.brings_all(supply, cells))
    }

    /// As [`exact::Prepared::totals`].
    pub fn totals(&self, supply: &[u64], cells: &[Cell]) -> Vec<u64> {
        self.ask(|exact| exact.totals(supply, cells))
    }

    /// As [`exact::Prepared::share`].
    pub fn share(&self, supply: &[u64], cells: &[Cell]) -> Shares {
        self.ask(|exact| exact.share(supply, cells))
    }

    fn ask<T>(&self, question: impl FnOnce(&mut exact::Prepared) -> T) -> T {
        let waits = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut exact = waits.unwrap_or_else(|| self.first.clone());
        let answer = question(&mut exact);
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(exact);
        answer
    }
}
