//! The exact allocator: whole numbers and fractions of whole numbers, no tolerance anywhere.
//!
//! [`deliverable`] and [`share`] answer one question. [`Prepared`] answers many of one city and builds its network
//! once; the answers are the same.

use super::{Cell, Node, Question, Reach, Shares, Tight, Unanswered, flow, pool};

/// The most gas that can reach the cells together, in m3 (`A` of section 1, when the cells are the whole demand).
///
/// # Errors
/// [`Unanswered::NeedsLp`] where companies share links.
pub fn deliverable(question: &Question<'_>) -> Result<u64, Unanswered> {
    match (&question.reach.network, &question.reach.entitled) {
        (None, _) => Ok(pool::deliverable(question)),
        (Some(network), None) => {
            Ok(flow::Prepared::new(network, question.reach.districts).deliverable(question.supply, question.cells))
        }
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
        (Some(network), None) => {
            Ok(flow::Prepared::new(network, question.reach.districts).share(question.supply, question.cells))
        }
        (Some(_), Some(_)) => Err(Unanswered::NeedsLp),
    }
}

/// A city's reach, ready to answer one question after another. Cheap to clone: one a thread.
#[derive(Clone, Debug)]
pub struct Prepared {
    reach: Reach,
    network: Option<flow::Prepared>,
}

impl Prepared {
    /// Prepares a reach.
    ///
    /// # Errors
    /// [`Unanswered::NeedsLp`] where companies share links.
    pub fn new(reach: &Reach) -> Result<Self, Unanswered> {
        if reach.entitled.is_some() && reach.network.is_some() {
            return Err(Unanswered::NeedsLp);
        }
        let network = reach.network.as_ref().map(|network| flow::Prepared::new(network, reach.districts));
        Ok(Self { reach: reach.clone(), network })
    }

    /// The same, with the ways that gas takes in mind from question to question; of these and of proofs it must not be asked.
    pub(super) fn remembering(mut self) -> Self {
        self.network = self.network.map(flow::Prepared::remembering);
        self
    }

    /// As [`deliverable`]; `supply` and `cells` are those of a [`Question`].
    pub fn deliverable(&mut self, supply: &[u64], cells: &[Cell]) -> u64 {
        match &mut self.network {
            Some(network) => network.deliverable(supply, cells),
            None => pool::deliverable(&Question { reach: &self.reach, supply, cells }),
        }
    }

    /// Whether the cells get all that they ask for; `supply` and `cells` are those of a [`Question`].
    pub(crate) fn brings_all(&mut self, supply: &[u64], cells: &[Cell]) -> bool {
        match &mut self.network {
            Some(network) => network.brings_all(supply, cells),
            None => {
                let all = cells.iter().fold(0u64, |sum, cell| sum.saturating_add(cell.size));
                self.deliverable(supply, cells) == all
            }
        }
    }

    /// What each rank gets, in m3, and nothing of who gets it inside; `supply` and `cells` are those of a [`Question`].
    pub fn totals(&mut self, supply: &[u64], cells: &[Cell]) -> Vec<u64> {
        match &mut self.network {
            Some(network) => network.totals(supply, cells),
            None => self.share(supply, cells).ranks,
        }
    }

    /// What each cell gets if they are served one after another, each as much as the ones before it leave: every rank gets its total,
    /// and inside it the first cells take most.
    pub fn bring(&mut self, supply: &[u64], cells: &[Cell]) -> Vec<u64> {
        match &mut self.network {
            Some(network) => network.bring(supply, cells),
            None => self.share(supply, cells).cells,
        }
    }

    /// Whether these cells, by their places in `cells` in order, get all that they ask for: as [`Self::share`] tells it before
    /// rounding, without working out who else gets what. If so, what they and all whom their ranks serve before or with them get together.
    pub(crate) fn fills(&mut self, supply: &[u64], cells: &[Cell], wanted: &[usize]) -> Option<u64> {
        match &mut self.network {
            Some(network) => network.fills(supply, cells, wanted),
            None => {
                let shares = self.share(supply, cells);
                let all = wanted.iter().all(|at| shares.cells.get(*at) == cells.get(*at).map(|cell| &cell.size));
                let upto = wanted.last().and_then(|at| cells.get(*at)).map_or(0, |cell| cell.rank as usize + 1);
                all.then(|| shares.ranks.iter().take(upto).sum())
            }
        }
    }

    /// Those of these cells that do not get all, as [`Self::fills`] tells it.
    pub(crate) fn lacking(&mut self, supply: &[u64], cells: &[Cell], wanted: &[usize]) -> Vec<usize> {
        match &mut self.network {
            Some(network) => network.lacking(supply, cells, wanted),
            None => {
                let served = self.share(supply, cells).cells;
                let lacks = |at: &usize| served.get(*at) != cells.get(*at).map(|cell| &cell.size);
                wanted.iter().copied().filter(lacks).collect()
            }
        }
    }

    /// What these cells, by their places in `cells` in order, get together, as [`Self::share`] tells it; evenness is worked out in their
    /// ranks alone.
    pub(crate) fn sum_of(&mut self, supply: &[u64], cells: &[Cell], wanted: &[usize]) -> u64 {
        match &mut self.network {
            Some(network) => network.sum_of(supply, cells, wanted),
            None => {
                let served = self.share(supply, cells).cells;
                wanted.iter().filter_map(|at| served.get(*at)).sum()
            }
        }
    }

    /// As [`share`]; `supply` and `cells` are those of a [`Question`].
    pub fn share(&mut self, supply: &[u64], cells: &[Cell]) -> Shares {
        match &mut self.network {
            Some(network) => network.share(supply, cells),
            None => pool::share(&Question { reach: &self.reach, supply, cells }),
        }
    }

    /// As [`Self::share`], and what proves it: by rank, and in a rank the least served first. Without a network the pool is
    /// all the proof there is, and the list is empty.
    pub fn prove(&mut self, supply: &[u64], cells: &[Cell]) -> (Shares, Vec<Tight>) {
        match &mut self.network {
            Some(network) => network.prove(supply, cells),
            None => (self.share(supply, cells), Vec::new()),
        }
    }

    /// The side of the network that proves the last [`Self::deliverable`] or [`Self::bring`] (with no other question since): it takes all that can
    /// enter it, and outside it everybody gets all. Empty where nobody is short, or without a network.
    pub fn fallen(&self) -> Vec<Node> {
        self.network.as_ref().map_or_else(Vec::new, flow::Prepared::fallen)
    }

    /// What each link carries in the last [`Self::share`] (with no other question since), in m3, in the order of the
    /// network's links: one way to bring the gas there, by which every node balances. Empty without a network.
    pub fn flows(&self) -> Vec<u64> {
        self.network.as_ref().map_or_else(Vec::new, flow::Prepared::flows)
    }
}
