//! The exact allocator: whole numbers and fractions of whole numbers, no tolerance anywhere.

use super::{Question, Shares, Unanswered, flow, pool};

/// The most gas that can reach the cells together, in m3 (`A` of section 1, when the cells are the whole demand).
///
/// # Errors
/// [`Unanswered::NeedsLp`] where companies share links.
pub fn deliverable(question: &Question<'_>) -> Result<u64, Unanswered> {
    match (&question.reach.network, &question.reach.entitled) {
        (None, _) => Ok(pool::deliverable(question)),
        (Some(network), None) => Ok(flow::deliverable(question, network)),
        (Some(_), Some(_)) => Err(Unanswered::NeedsLp),
    }
}

/// Shares the gas: every rank's total as high as the better ranks allow, even inside each rank, whole.
///
/// # Errors
/// [`Unanswered::NeedsLp`] where companies share links.
pub fn share(question: &Question<'_>) -> Result<Shares, Unanswered> {
    match (&question.reach.network, &question.reach.entitled) {
        (None, _) => Ok(pool::share(question)),
        (Some(network), None) => Ok(flow::share(question, network)),
        (Some(_), Some(_)) => Err(Unanswered::NeedsLp),
    }
}
