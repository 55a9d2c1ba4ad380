//! Companies that keep their gas apart and share links: one flow, in which each company has a copy of the network, and copies of
//! a link that carry together what the link carries.
//!
//! Without that last condition this is one commodity, and the exact allocator answers it: what the companies would get if each
//! had the links to itself. If what its links carry then fits together, no better answer is possible, and that is the answer.
//! Otherwise a linear program (`program`) chooses what part of each shared link is whose; with the links parted it is one commodity
//! again (`part`). So all that a decision says is exact and nothing passes a link that cannot; only where the links part is the
//! program's, to its tolerances.

mod factors;
mod part;
mod program;
mod simplex;
#[cfg(all(test, any(feature = "lp", feature = "highs")))]
mod tests;
mod ways;

#[cfg(any(feature = "lp", feature = "highs"))]
use super::{Cell, Node};
use super::{Question, Reach, Shares, Unanswered};

/// No program is solved in more steps.
pub(crate) const MOST_STEPS: usize = 200_000;

/// Copies of one link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Joint {
    /// Indices among the links of the network, each of which has the whole capacity there.
    pub arcs: Vec<usize>,
    /// What they carry together at most.
    pub capacity: u64,
}

/// What each copy of each shared link may carry.
type Split = Vec<Vec<u64>>;

/// How a question with shared links is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub joints: &'a [Joint],
    /// A volume below this counts as none where volumes are compared.
    pub near: u64,
    /// The linear program is given up after so many steps: [`MOST_STEPS`].
    pub most_steps: usize,
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
    /// Where it is not proved that there is no better answer: this one can be, and what it says is served can be served.
    pub unproved: Option<Unproved>,
    /// What all ranks could get together at most, by what is known.
    pub most: u64,
}

/// What is found, and the most that might have been. A rank is from 0, as among the question's cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unproved {
    /// What the ranks up to this one get together.
    Total { rank: u32, found: u64, most: u64 },
    /// The part of what it asks for that somebody gets in a rank.
    Even { rank: u32, found: f64, most: f64 },
}

/// What each rank gets; and if that is not proved to be the most, the most that all of them could get together.
///
/// # Errors
/// None where companies have their own networks, as they have here.
pub(crate) fn totals(question: &Question<'_>, asked: Asked<'_>) -> Result<(Vec<u64>, Option<u64>), Unanswered> {
    let parted = part::part(question, asked.joints, asked.near, false, asked.most_steps)?;
    Ok((parted.shares.ranks, parted.unproved.map(|_| parted.most)))
}

/// The whole answer, evenness included.
///
/// # Errors
/// As for [`totals`].
pub(crate) fn share(question: &Question<'_>, asked: Asked<'_>) -> Result<Parted, Unanswered> {
    part::part(question, asked.joints, asked.near, true, asked.most_steps)
}

/// The cells of each part of a network that nothing passes out of: what one gets is nothing to the others, so that a linear
/// program may be asked of each alone.
#[cfg(any(feature = "lp", feature = "highs"))]
pub(crate) fn by_part(question: &Question<'_>) -> Vec<Vec<Cell>> {
    let links = question.reach.network.as_ref().map(|network| &*network.links).unwrap_or_default();
    let nodes = links.iter().flat_map(|link| [link.from, link.to]);
    let mut root: std::collections::BTreeMap<Node, Node> = nodes.map(|node| (node, node)).collect();
    for link in links {
        let (from, to) = (find(&mut root, link.from), find(&mut root, link.to));
        root.insert(from.max(to), from.min(to));
    }
    let mut parts = std::collections::BTreeMap::<Node, Vec<Cell>>::new();
    for cell in question.cells {
        parts.entry(find(&mut root, Node::District(cell.district))).or_default().push(*cell);
    }
    parts.into_values().collect()
}

/// The node that stands for all that hangs together with one.
#[cfg(any(feature = "lp", feature = "highs"))]
fn find(root: &mut std::collections::BTreeMap<Node, Node>, node: Node) -> Node {
    let mut at = node;
    while let Some(next) = root.get(&at).copied().filter(|next| *next != at) {
        let over = root.get(&next).copied().unwrap_or(next);
        root.insert(at, over);
        at = next;
    }
    at
}
