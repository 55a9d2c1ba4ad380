//! The linear program that defines an allocation (section 5 of the decision model), through `good_lp`.
//!
//! [`deliverable`] and [`totals`] state the order of the ranks and nothing more; [`share`] goes on to evenness
//! (`even`) and to whole cubic metres. All four ways for gas to reach a district are one model (`model`): rows
//! that must balance, and links between them. Nothing here is shared with the exact allocator, so that either can
//! confirm the other.
//!
//! **Accuracy.** Volumes are scaled by a power of two so that the largest is a little below 2^16, and a total that is
//! held is held to [`HELD`] of these units. Errors therefore stay near a 10^-12th of the city's demand for each rank:
//! a thousandth of a cubic metre where a city asks for 10^9 m3 a day, and less than one cubic metre up to
//! 10^11 m3. Above that a rank's total may be off by more. One commodity has whole totals, and they are
//! rounded to whole before they are held, so their errors do not add up from rank to rank.

mod even;
mod model;
#[cfg(test)]
mod tests;

use super::{Question, Shares, Unanswered};
use model::{Infeasible, Model, Setting};

/// Which program solves the linear programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Solver {
    /// `microlp`: pure Rust.
    #[cfg(feature = "lp")]
    Microlp,
    /// HiGHS, for cross-checking.
    #[cfg(feature = "highs")]
    Highs,
}

impl Default for Solver {
    /// HiGHS where it is built in, else microlp.
    fn default() -> Self {
        #[cfg(feature = "highs")]
        return Self::Highs;
        #[cfg(not(feature = "highs"))]
        return Self::Microlp;
    }
}

/// By how much a total that is held may be missed, in scaled units (the largest volume is 2^15 to 2^16 of them):
/// a few times the solver's own tolerance of 1e-10, so that a held total never makes the next program infeasible.
pub const HELD: f64 = 5e-10;

/// How often [`HELD`] is widened when a solver still finds no way to hold the totals it reached: by 16 each time. One
/// commodity has not needed it; evenness among companies of a full-sized city does, for ranks where some ratios
/// are within rounding of 0 or 1. Totals are settled before, and do not move.
const WIDENINGS: i32 = 3;

/// The most gas that can reach the cells together, in m3 (`v` of section 1, when the cells are the whole demand).
///
/// # Errors
/// [`Unanswered::Solver`] if the solver gives up.
pub fn deliverable(question: &Question<'_>) -> Result<f64, Unanswered> {
    deliverable_by(Solver::default(), question)
}

/// What each rank gets, in m3: as much as the better ranks allow. As long as there are ranks.
///
/// # Errors
/// [`Unanswered::Solver`] if the solver gives up.
pub fn totals(question: &Question<'_>) -> Result<Vec<f64>, Unanswered> {
    totals_by(Solver::default(), question)
}

/// The whole answer: totals, evenness rank by rank, whole cubic metres.
///
/// # Errors
/// [`Unanswered::Solver`] if the solver gives up.
pub fn share(question: &Question<'_>) -> Result<Shares, Unanswered> {
    share_by(Solver::default(), question)
}

/// [`deliverable`] by a solver of one's choice.
///
/// # Errors
/// [`Unanswered::Solver`] if the solver gives up.
pub fn deliverable_by(solver: Solver, question: &Question<'_>) -> Result<f64, Unanswered> {
    patiently(question, solver, |setting| {
        let most = first_ranks(setting, setting.ranks.len())?;
        Ok(setting.whole_if_near(setting.m3(most)))
    })
}

/// [`totals`] by a solver of one's choice.
///
/// # Errors
/// [`Unanswered::Solver`] if the solver gives up.
pub fn totals_by(solver: Solver, question: &Question<'_>) -> Result<Vec<f64>, Unanswered> {
    patiently(question, solver, |setting| {
        Ok(rank_totals(setting)?.iter().map(|total| setting.m3(total.volume)).collect())
    })
}

/// [`share`] by a solver of one's choice.
///
/// # Errors
/// [`Unanswered::Solver`] if the solver gives up.
pub fn share_by(solver: Solver, question: &Question<'_>) -> Result<Shares, Unanswered> {
    // Wider tolerances for evenness must not move the totals.
    let totals = patiently(question, solver, rank_totals)?;
    patiently(question, solver, |setting| even::share(setting, &totals, question))
}

/// Tries again with wider tolerances where the solver cannot hold what it reached.
fn patiently<T>(
    question: &Question<'_>,
    solver: Solver,
    attempt: impl Fn(&Setting) -> Result<T, Stuck>,
) -> Result<T, Unanswered> {
    let mut setting = Setting::new(question, solver);
    for widening in 0..=WIDENINGS {
        setting.held = HELD * 16f64.powi(widening);
        match attempt(&setting) {
            Ok(answer) => return Ok(answer),
            Err(Stuck::Solver(text)) => return Err(Unanswered::Solver(text)),
            Err(Stuck::Infeasible) => {}
        }
    }
    Err(Unanswered::Solver("no way to hold the totals of the better ranks".to_owned()))
}

/// Why an attempt did not succeed.
#[derive(Debug)]
enum Stuck {
    /// Held totals could not be held; wider tolerances may help.
    Infeasible,
    /// The solver failed; what it said.
    Solver(String),
}

impl From<Infeasible> for Stuck {
    fn from(_: Infeasible) -> Self {
        Self::Infeasible
    }
}

/// What a rank gets, in scaled units.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    volume: f64,
    /// Whether each of its cells that anything leads to gets all it asks for.
    full: bool,
}

/// The most that the first so many ranks can get together, in scaled units.
fn first_ranks(setting: &Setting, count: usize) -> Result<f64, Stuck> {
    let mut asked = vec![0.0; setting.give.len()];
    for (row, size) in setting.ranks.iter().take(count).flatten() {
        asked[*row] += size;
    }
    let mut model = Model::new(setting, &[]);
    let gas: Vec<_> = asked
        .iter()
        .enumerate()
        .filter(|(_, size)| **size > 0.0)
        .map(|(row, size)| model.gas(row, 0.0, *size))
        .collect();
    let all = model.sum(&gas);
    Ok(model.maximise(all, &gas)?.ok_or(Infeasible)?.iter().sum())
}

/// Each rank's total, lexicographically: the first as high as it can be, then the second, and so on.
///
/// Two facts spare most of the programs. If the first ranks together can get all they ask for, each of them does;
/// and once the totals add up to all that can be delivered, nothing is left for the rest. Only the ranks in between
/// are solved one by one.
fn rank_totals(setting: &Setting) -> Result<Vec<Total>, Stuck> {
    let asked: Vec<f64> = setting.ranks.iter().map(|rank| rank.iter().map(|(_, size)| size).sum()).collect();
    let most = first_ranks(setting, asked.len())?;
    let most = setting.scaled(setting.whole_if_near(setting.m3(most)));
    let served = full_ranks(setting, &asked, most)?;
    let mut totals: Vec<Total> = vec![Total::default(); asked.len()];
    let mut so_far = 0.0;
    for (rank, total) in totals.iter_mut().enumerate().take(served) {
        *total = Total { volume: asked[rank], full: true };
        so_far += total.volume;
    }
    let mut base = vec![0.0; setting.give.len()];
    for (row, size) in setting.ranks.iter().take(served).flatten() {
        base[*row] += size;
    }
    for rank in served..asked.len() {
        if most - so_far <= setting.nothing() {
            break;
        }
        let mut model = Model::new(setting, &base);
        for (earlier, total) in totals.iter().enumerate().take(rank).skip(served) {
            model.hold(setting, earlier, total.volume);
        }
        let gas: Vec<_> = setting.ranks[rank].iter().map(|(row, size)| model.gas(*row, 0.0, *size)).collect();
        let sum = model.sum(&gas);
        let volume: f64 = model.maximise(sum, &gas)?.ok_or(Infeasible)?.iter().sum();
        let volume = setting.scaled(setting.whole_if_near(setting.m3(volume))).clamp(0.0, asked[rank]);
        totals[rank] = Total { volume, full: volume >= asked[rank] };
        so_far += volume;
    }
    Ok(totals)
}

/// How many ranks, from the first, get all they ask for. `most` is what all ranks can get together.
fn full_ranks(setting: &Setting, asked: &[f64], most: f64) -> Result<usize, Stuck> {
    let mut until = vec![0.0; asked.len() + 1];
    for (rank, size) in asked.iter().enumerate() {
        until[rank + 1] = until[rank] + size;
    }
    // What the first ranks ask for can be no more than what all can get; this alone settles a pool.
    let mut high = until.iter().rposition(|sum| *sum <= most + setting.nothing()).unwrap_or(0);
    let mut low = 0;
    let mut next = high;
    while low < high {
        if first_ranks(setting, next)? >= until[next] - setting.nothing() {
            low = next;
        } else {
            high = next - 1;
        }
        next = (low + high).div_ceil(2);
    }
    Ok(low)
}
