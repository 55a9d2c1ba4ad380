//! How contested links are parted: the program proposes, the exact allocator answers.
//!
//! With the links parted it is one commodity again, and exactly answered. The program's parts allow what it promises, so the answer is at
//! least that but for rounding them to whole ones; and by the program no parts allow more. If both say the same it is the
//! best there is. If not, or if the program was not solved to its end, the answer stands and is told as unproved.

use super::program::{self, Promise};
use super::{Joint, Parted, Split, Unproved};
use crate::decide::allocate::{Arc, Question, Reach, Shares, Unanswered, exact};

/// What comes with the links parted in one way.
struct Served {
    shares: Shares,
    flows: Vec<u64>,
}

pub(super) fn part(
    question: &Question<'_>,
    joints: &[Joint],
    near: u64,
    even: bool,
    most_steps: usize,
) -> Result<Parted, Unanswered> {
    let alone = serve(question, question.reach, even)?;
    let fits = |joint: &Joint| joint.arcs.iter().map(|arc| alone.flows[*arc]).sum::<u64>() <= joint.capacity;
    if joints.iter().all(fits) {
        // Whatever is sent there passes.
        let split = joints.iter().map(|joint| joint.part_by(&alone.flows)).collect();
        let reach = reach(question, joints, &split);
        let most = alone.shares.ranks.iter().sum();
        return Ok(Parted { reach, shares: alone.shares, fits: true, unproved: None, most });
    }
    let promise = program::solve(question, joints, even, most_steps);
    let reach = reach(question, joints, &promise.split);
    let shares = serve(question, &reach, even)?.shares;
    let unproved = total_unproved(&alone.shares, &promise, question, &shares, near)
        .or_else(|| even.then(|| uneven(&promise, question, &shares, near)).flatten());
    let settled = promise.totals == shares.ranks.len();
    let most = if settled { promise.cells.iter().sum() } else { alone.shares.ranks.iter().sum() };
    Ok(Parted { reach, shares, fits: false, unproved, most })
}

/// What is served over this reach; evenly, or with the ranks' totals alone right.
fn serve(question: &Question<'_>, reach: &Reach, even: bool) -> Result<Served, Unanswered> {
    let mut exact = exact::Prepared::new(reach)?;
    let shares = match even {
        true => exact.share(question.supply, question.cells),
        false => Shares { cells: Vec::new(), ranks: exact.totals(question.supply, question.cells) },
    };
    Ok(Served { flows: exact.flows(), shares })
}

/// The reach with its shared links parted.
fn reach(question: &Question<'_>, joints: &[Joint], split: &Split) -> Reach {
    let mut reach = question.reach.clone();
    let links: &mut [Arc] = reach.network.as_mut().map(|network| &mut *network.links).unwrap_or_default();
    for (joint, parts) in joints.iter().zip(split) {
        joint.arcs.iter().zip(parts).for_each(|(arc, part)| links[*arc].capacity = *part);
    }
    reach
}

impl Joint {
    /// The capacity parted as these flows are: each copy its own, cut down or with an equal part of what is left.
    pub(super) fn part_by(&self, flows: &[u64]) -> Vec<u64> {
        let flows: Vec<u64> = self.arcs.iter().map(|arc| flows[*arc]).collect();
        let sum: u64 = flows.iter().sum();
        let of = |flow: u64| (u128::from(flow) * u128::from(self.capacity) / u128::from(sum.max(1))) as u64;
        let mut parts: Vec<u64> = if sum > self.capacity { flows.into_iter().map(of).collect() } else { flows };
        let (count, left) = (parts.len().max(1) as u64, self.capacity.saturating_sub(parts.iter().sum()));
        for (at, part) in (0..).zip(&mut parts) {
            *part += left / count + u64::from(at < left % count);
        }
        parts
    }
}

/// The first rank up to which the total is not what it is known to be at most: as the program promises, or as if nothing were
/// contested.
fn total_unproved(
    alone: &Shares,
    promise: &Promise,
    question: &Question<'_>,
    shares: &Shares,
    near: u64,
) -> Option<Unproved> {
    let mut promised = vec![0u64; shares.ranks.len()];
    question.cells.iter().zip(&promise.cells).for_each(|(cell, volume)| promised[cell.rank as usize] += volume);
    let (mut found, mut bound, mut at_best) = (0u64, 0u64, 0u64);
    for (rank, (ours, (promised, alone))) in shares.ranks.iter().zip(promised.iter().zip(&alone.ranks)).enumerate() {
        found += ours;
        bound += promised;
        at_best += alone;
        let most = if rank < promise.totals { bound } else { at_best };
        if found.abs_diff(most) > near {
            return Some(Unproved::Total { rank: rank as u32, found, most });
        }
    }
    None
}

/// The first cell that gets another part than the program promises; where it was not solved so far, one that gets less than an
/// equal part of its rank's total.
fn uneven(promise: &Promise, question: &Question<'_>, shares: &Shares, near: u64) -> Option<Unproved> {
    let part = |volume: u64, size: u64| volume as f64 / size.max(1) as f64;
    let mut from = 0;
    for cells in question.cells.chunk_by(|a, b| a.rank == b.rank) {
        let (served, promised) = (&shares.cells[from..from + cells.len()], &promise.cells[from..from + cells.len()]);
        from += cells.len();
        let rank = cells[0].rank;
        if (rank as usize) < promise.even {
            let mut all = cells.iter().zip(served.iter().zip(promised));
            if let Some((cell, (served, promised))) = all.find(|(_, (a, b))| a.abs_diff(**b) > near) {
                let (found, most) = (part(*served, cell.size), part(*promised, cell.size));
                return Some(Unproved::Even { rank, found, most });
            }
            continue;
        }
        let (total, size) = (served.iter().sum(), cells.iter().map(|cell| cell.size).sum());
        let lowest = cells.iter().zip(served).map(|(cell, served)| (part(*served, cell.size), cell.size));
        let lowest = lowest.reduce(|low, other| if other.0 < low.0 { other } else { low });
        if let Some((found, of)) = lowest
            && (part(total, size) - found) * of as f64 > near as f64
        {
            return Some(Unproved::Even { rank, found, most: part(total, size) });
        }
    }
    None
}
