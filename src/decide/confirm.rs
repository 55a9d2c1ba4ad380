//! Two ways to the answer: the exact algorithm decides, the linear program confirms each rank's total (section 5).

use super::allocate::joint::{self, Asked, Unproved};
use super::allocate::{Question, Reach, Shares, Unanswered, exact};
use super::prepare::Solver;

/// Why the second computation does not confirm the first.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Doubt {
    /// A rank (from 1) at which they differ by more than 1 m3.
    #[cfg_attr(not(any(feature = "lp", feature = "highs")), allow(dead_code, reason = "no solver"))]
    Rank { rank: u32, exact: u64, lp: f64 },
    /// The linear program failed.
    #[cfg_attr(not(any(feature = "lp", feature = "highs")), allow(dead_code, reason = "no solver"))]
    Failed(String),
    /// Links could be parted among companies in a better way, for all that is known.
    Parts(Parts),
}

/// What is found where companies contest links, and the most that might have been.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Parts {
    /// What can be delivered, in m3.
    Deliverable { found: u64, most: u64 },
    /// What firm slices get when rotation or a graver level is tried, in m3.
    Firm { found: u64, most: u64 },
    /// What the ranks up to this one (from 1; 0 is what must be in the pipes at the end of the day) get together, in m3.
    Total { rank: u32, found: u64, most: u64 },
    /// The part of what it asks for that somebody gets in a rank (from 1).
    Even { rank: u32, found: f64, most: f64 },
}

/// Shares the gas as the solver option says, and tells where the other computation disagrees. Volumes are in so many parts of
/// a m3: `unit` is 1 for whole ones.
pub(super) fn share(question: &Question<'_>, unit: u64, solver: Solver) -> Result<(Shares, Vec<Doubt>), Unanswered> {
    if solver == Solver::Lp || question.is_multi_commodity() {
        return by_lp(question).map(|shares| (shares, Vec::new()));
    }
    let shares = exact::share(question)?;
    match solver {
        Solver::Confirmed => confirmed(question, unit, shares),
        _ => Ok((shares, Vec::new())),
    }
}

/// The same where companies share links, each with a copy of them; and the reach by which the answer comes, if it is not the
/// question's own. What the companies would get alone is confirmed where that is the answer; where links are contested a linear
/// program has a part in it, and what it promises is held against what comes.
pub(super) fn share_jointly(
    question: &Question<'_>,
    asked: Asked<'_>,
    unit: u64,
    solver: Solver,
) -> Result<(Shares, Option<Reach>, Vec<Doubt>), Unanswered> {
    if asked.joints.is_empty() {
        return share(question, unit, solver).map(|(shares, doubts)| (shares, None, doubts));
    }
    let parted = joint::share(question, asked)?;
    let (shares, mut doubts) = match solver {
        Solver::Confirmed if parted.fits => confirmed(question, unit, parted.shares)?,
        _ => (parted.shares, Vec::new()),
    };
    doubts.extend(parted.unproved.map(|unproved| match unproved {
        Unproved::Total { rank, found, most } => {
            Doubt::Parts(Parts::Total { rank, found: found / unit, most: most.div_ceil(unit) })
        }
        Unproved::Even { rank, found, most } => Doubt::Parts(Parts::Even { rank, found, most }),
    }));
    Ok((shares, Some(parted.reach), doubts))
}

#[cfg(any(feature = "lp", feature = "highs"))]
fn by_lp(question: &Question<'_>) -> Result<Shares, Unanswered> {
    super::allocate::lp::share(question)
}

#[cfg(not(any(feature = "lp", feature = "highs")))]
fn by_lp(_: &Question<'_>) -> Result<Shares, Unanswered> {
    Err(Unanswered::NeedsLp)
}

#[cfg(not(any(feature = "lp", feature = "highs")))]
fn confirmed(_: &Question<'_>, _: u64, shares: Shares) -> Result<(Shares, Vec<Doubt>), Unanswered> {
    Ok((shares, Vec::new()))
}

/// Where they differ, the answer is the one that passes the checks, and both figures are kept.
#[cfg(any(feature = "lp", feature = "highs"))]
fn confirmed(question: &Question<'_>, unit: u64, shares: Shares) -> Result<(Shares, Vec<Doubt>), Unanswered> {
    use super::allocate::{check, lp};
    // Companies that share nothing are programs of their own: together they would take many times as long.
    let totals = |question: &Question<'_>| {
        if question.reach.network.is_none() || question.reach.entitled.is_some() {
            return lp::totals(question);
        }
        let mut totals = vec![0.0; question.rank_count()];
        for cells in joint::by_part(question) {
            let of_part = lp::totals(&Question { cells: &cells, ..*question })?;
            totals.iter_mut().zip(of_part).for_each(|(sum, total)| *sum += total);
        }
        Ok(totals)
    };
    let totals = match totals(question) {
        Ok(totals) => totals,
        Err(Unanswered::Solver(what)) if check::holds(question, &shares) => {
            return Ok((shares, vec![Doubt::Failed(what)]));
        }
        Err(other) => return Err(other),
    };
    let differ = |(rank, (exact, lp)): (usize, (&u64, &f64))| {
        let doubt = Doubt::Rank { rank: rank as u32 + 1, exact: *exact, lp: *lp };
        ((*exact as f64 - lp).abs() > unit as f64).then_some(doubt)
    };
    let doubts: Vec<Doubt> = shares.ranks.iter().zip(&totals).enumerate().filter_map(differ).collect();
    if doubts.is_empty() || check::holds(question, &shares) {
        return Ok((shares, doubts));
    }
    let other = lp::share(question)?;
    if check::holds(question, &other) { Ok((other, doubts)) } else { Err(Unanswered::NeitherHolds) }
}

// Its town is under a plan that has a name, which stands outside of the source.
#[cfg(test)]
#[path = "../../tests/inside/unproved.rs"]
mod tests;
