//! Sharing gas: ranks first to last, then evenness inside each rank, then whole cubic metres (sections 5 and 6 of
//! the decision model).
//!
//! A [`Question`] is pure numbers; customers, policies and clauses stay outside. It is answered twice: by the
//! exact algorithm ([`exact`]: a water-fill for pools, a flow for a pooled network) and by the linear program
//! (`lp`, with feature `lp` or `highs`), which defines the answer.

pub(crate) mod areas;
mod carry;
pub mod check;
pub mod exact;
mod flow;
pub(crate) mod germ;
pub(crate) mod joint;
#[cfg(any(feature = "lp", feature = "highs"))]
pub mod lp;
mod pool;
#[cfg(any(feature = "lp", feature = "highs"))]
pub(crate) mod prices;
pub(crate) mod ready;
#[cfg(test)]
mod tests;
pub(crate) mod whole;

/// How gas gets from sources to districts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// How many districts there are.
    pub districts: usize,
    /// The company of each source, where customers draw only on their own company's sources (`pooling = false`).
    pub entitled: Option<Vec<u32>>,
    /// The network; `None` if every source reaches every district.
    pub network: Option<Network>,
}

/// A network of one-way links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// How many junctions there are.
    pub junctions: usize,
    /// The links.
    pub links: Vec<Arc>,
}

/// A link between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Where gas enters.
    pub from: Node,
    /// Where gas leaves.
    pub to: Node,
    /// In m3 over the day.
    pub capacity: u64,
}

/// A node of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A source, by its index in [`Question::supply`].
    Source(u32),
    /// A district.
    District(u32),
    /// A junction.
    Junction(u32),
}

/// A part of a rank in one district, and of one company where pooling is off. Volumes in m3 a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its rank, from 0 in supply order.
    pub rank: u32,
    /// Its district.
    pub district: u32,
    /// Its company; 0 where all companies pool.
    pub company: u32,
    /// What it asks for, above 0.
    pub size: u64,
}

/// What is to be shared among whom.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// How gas gets there.
    pub reach: &'a Reach,
    /// What each source gives, in m3 a day.
    pub supply: &'a [u64],
    /// Sorted by rank, district, company; each combination at most once. Withheld slices are not among them.
    pub cells: &'a [Cell],
}

/// The answer in whole cubic metres.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// What each cell of the question gets, in m3.
    pub cells: Vec<u64>,
    /// What each rank gets, in m3; as long as there are ranks.
    pub ranks: Vec<u64>,
}

/// A side of the network that takes all that can enter it: what proves that a short rank could not get more, and that its
/// cells share evenly.
///
/// Up to and including its rank, the cells in its districts get exactly what its sources and the links that enter it
/// can give, and no gas leaves it. (Rounded to whole m3, those of a side that is not the last of its rank may get less by some.) Those of its cells that are of this rank and in no side before it get the same share
/// `volume / size` of what they ask for; each side of a rank holds the one before it and gives a larger share. All cells
/// outside the last side of a rank are full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tight {
    /// The rank, from 0 in supply order.
    pub rank: u32,
    /// What those cells get together, in m3, before each of them is rounded.
    pub volume: u64,
    /// What they ask for together, in m3.
    pub size: u64,
    /// Its nodes: sources, then districts, then junctions, each in order.
    pub nodes: Vec<Node>,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unanswered {
    /// Companies that share links need a linear program, and this build has none.
    NeedsLp,
    /// The solver gave up; what it said.
    Solver(String),
    /// The two computations differ and neither passes the checks.
    NeitherHolds,
}

impl Question<'_> {
    /// How many ranks there are.
    pub fn rank_count(&self) -> usize {
        self.cells.last().map_or(0, |cell| cell.rank as usize + 1)
    }

    /// Whether companies share links: then only a linear program will do.
    pub const fn is_multi_commodity(&self) -> bool {
        self.reach.entitled.is_some() && self.reach.network.is_some()
    }
}
