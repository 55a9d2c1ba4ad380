//! Companies that keep their gas apart and share links: one flow, in which each company has a copy of the network, and copies of
//! a link that carry together what the link carries.
//!
//! Without that last condition this is one commodity, and the exact allocator answers it: what the companies would get if each
//! had the links to itself. If what its links carry then fits together, no better answer is possible, and that is the answer.
//! Otherwise a linear program chooses what part of each contested link is whose (`search`, with feature `lp` or `highs`); with the
//! links parted it is one commodity again. So all that a decision says is exact and nothing passes a link that cannot; only
//! where the links part is the program's, to its tolerances.

#[cfg(any(feature = "lp", feature = "highs"))]
mod cuts;
#[cfg(any(feature = "lp", feature = "highs"))]
mod program;
#[cfg(any(feature = "lp", feature = "highs"))]
mod search;
#[cfg(all(test, any(feature = "lp", feature = "highs")))]
mod tests;

#[cfg(any(feature = "lp", feature = "highs"))]
use super::Cell;
use super::{Question, Reach, Shares, Unanswered, exact};

/// Copies of one link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Joint {
    /// Indices among the links of the network, each of which has the whole capacity there.
    pub arcs: Vec<usize>,
    /// What they carry together at most.
    pub capacity: u64,
}

/// An answer with the links parted among their copies.
#[derive(Debug)]
pub(crate) struct Parted {
    pub shares: Shares,
    /// The same reach, each copy of a link with its part of the capacity: whatever passes there passes the links.
    pub reach: Reach,
    /// Whether the links carry all that the companies would send if each had them to itself.
    #[cfg_attr(not(any(feature = "lp", feature = "highs")), allow(dead_code, reason = "nobody asks"))]
    pub fits: bool,
}

/// What each rank gets. A volume below `near` counts as none where totals are compared.
///
/// # Errors
/// [`Unanswered::NeedsLp`] where companies share links and this build has no linear program; [`Unanswered::Solver`] if it fails.
pub(crate) fn totals(question: &Question<'_>, joints: &[Joint], near: u64) -> Result<Vec<u64>, Unanswered> {
    if joints.is_empty() {
        return Ok(exact::Prepared::new(question.reach)?.totals(question.supply, question.cells));
    }
    parted(question, joints, near, false).map(|parted| parted.shares.ranks)
}

/// The whole answer, evenness included. `near` as for [`totals`].
///
/// # Errors
/// As for [`totals`].
pub(crate) fn share(question: &Question<'_>, joints: &[Joint], near: u64) -> Result<Parted, Unanswered> {
    parted(question, joints, near, true)
}

/// The cells of each part of a network that nothing passes out of: what one gets is nothing to the others, so that a linear
/// program may be asked of each alone.
#[cfg(any(feature = "lp", feature = "highs"))]
pub(crate) fn by_part(question: &Question<'_>) -> Vec<Vec<Cell>> {
    let town = cuts::Town::new(question, &[]);
    let mut parts = std::collections::BTreeMap::<u32, Vec<Cell>>::new();
    question.cells.iter().for_each(|cell| parts.entry(town.part_of(cell.district)).or_default().push(*cell));
    parts.into_values().collect()
}

#[cfg(any(feature = "lp", feature = "highs"))]
fn parted(question: &Question<'_>, joints: &[Joint], near: u64, even: bool) -> Result<Parted, Unanswered> {
    search::part(question, joints, near, even)
}

#[cfg(not(any(feature = "lp", feature = "highs")))]
fn parted(_: &Question<'_>, _: &[Joint], _: u64, _: bool) -> Result<Parted, Unanswered> {
    Err(Unanswered::NeedsLp)
}
