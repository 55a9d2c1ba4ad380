//! The orders that stand when a day is decided again: inside a rank, or each of its cells, the order in force is kept where it is as good as
//! any, and followed as far as it can be where it is not.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::inside::{Claim, by_list, move_small};
use super::scope::Check;
use super::{Rule, Violation, revised, same};
use crate::decide::verifying::Cut;
use crate::policy::Sharing;

const RULE: Rule = Rule::WholeMetres;

/// An order may lie so many m3 from an even share and still be even: a past volume, a past demand and a share were each rounded.
const ROUNDED: u64 = 3;

/// A customer of a cell: what it asks for, its even share rounded down with what that leaves over, what the order in force has for
/// it, and what it gets.
#[derive(Clone, Copy)]
struct Entry {
    claim: (usize, usize),
    size: u64,
    even: u64,
    over: u128,
    before: u64,
    gets: u64,
}

/// Customers share as the order in force and the measure say, to the cubic metre.
pub(super) fn customers(check: &Check<'_>, cut: &Cut) -> Result<(), Violation> {
    let of = claims(check, cut);
    let alone = check.scope.links().is_some() && check.scope.entitled().is_some();
    let by_cell = check.evidence.kept.as_ref().is_some_and(|kept| kept.by_cell.is_some());
    if by_cell {
        // A pool, or what does carry it, keeps ranks as a whole.
        let network = check.scope.links().is_some() && !alone;
        super::must(RULE, network, || check.at("evidence kept by_cell"), "-", "a side")?;
        let mut whole = of.clone();
        keep(check, cut, &mut whole, true);
        let given: Vec<u64> =
            whole.iter().map(|claims| claims.iter().map(|claim| claim.size - claim.cut).sum()).collect();
        revised::cannot_be_carried(check, cut, &given)?;
    }
    let mut kept = of;
    keep(check, cut, &mut kept, !alone && !by_cell);
    for (cell, claims) in kept.iter().enumerate() {
        let rank = cut.cells()[cell].rank + 1;
        for claim in claims {
            let id = || &check.detail.customers[claim.customer as usize].customer_id;
            same(RULE, || check.at(&format!("{} rank {rank}", id())), claim.size - claim.cut, claim.served)?;
        }
    }
    Ok(())
}

/// What each customer asks for and gets in each cell.
fn claims(check: &Check<'_>, cut: &Cut) -> Vec<Vec<Claim>> {
    let mut of: Vec<Vec<Claim>> = cut.cells().iter().map(|_| Vec::new()).collect();
    for slice in &check.detail.slices {
        let at = slice.customer as usize;
        let place = (slice.rank - 1, check.scope.district_of()[at], check.scope.company(at));
        let found = cut.cells().binary_search_by_key(&place, |cell| (cell.rank, cell.district, cell.company));
        let Ok(cell) = found else { continue };
        let (size, served) = (slice.size_m3.get(), slice.served_m3.get());
        match of[cell].last_mut().filter(|claim| claim.customer == slice.customer) {
            Some(claim) => (claim.size, claim.served) = (claim.size + size, claim.served + served),
            None => of[cell].push(Claim { customer: slice.customer, size, served, cut: 0 }),
        }
    }
    of
}

/// Works out each claim's cut: rank by rank, each with what the better ones have left of a customer's order.
fn keep(check: &Check<'_>, cut: &Cut, of: &mut [Vec<Claim>], pooled: bool) {
    let all = 0..check.detail.customers.len();
    let mut left: Vec<u64> = all.map(|at| check.scope.ordered_rest(at).unwrap_or(u64::MAX)).collect();
    let cells = cut.cells();
    let mut from = 0;
    for rank in cells.chunk_by(|a, b| a.rank == b.rank) {
        let here = from..from + rank.len();
        from = here.end;
        let mut groups: BTreeMap<(u32, usize), Vec<usize>> = BTreeMap::new();
        for cell in here {
            let key = (cells[cell].company, if pooled { 0 } else { cell });
            groups.entry(key).or_default().push(cell);
        }
        let measure = cut.ranks()[rank[0].rank as usize].measure;
        let measure = measure.and_then(|measure| check.scope.policy().measures.get(measure));
        let smallest = measure.map_or(0, |measure| measure.smallest_order_m3);
        for group in groups.values() {
            let full = group.iter().all(|cell| check.cells[*cell] == cells[*cell].size);
            if !full && group.iter().all(|cell| check.cells[*cell] == 0) {
                group.iter().for_each(|cell| of[*cell].iter_mut().for_each(|claim| claim.cut = claim.size));
                continue;
            }
            if !full {
                match measure.map_or(Sharing::Even, |measure| measure.sharing) {
                    Sharing::Even => even(check, cut, group, of, &left, smallest),
                    Sharing::List => {
                        for cell in group {
                            let stopped = |claim: &Claim| left[claim.customer as usize] < claim.size;
                            by_list(check, &mut of[*cell], cells[*cell].size - check.cells[*cell], &stopped);
                            move_small(&mut of[*cell], smallest);
                        }
                    }
                }
            }
            for claim in group.iter().flat_map(|cell| &of[*cell]) {
                let left = &mut left[claim.customer as usize];
                *left = left.saturating_sub(claim.size - claim.cut);
            }
        }
    }
}

fn even(check: &Check<'_>, cut: &Cut, group: &[usize], of: &mut [Vec<Claim>], left: &[u64], smallest: u64) {
    let mut entries = Vec::new();
    for cell in group {
        let (size, given) = (u128::from(cut.cells()[*cell].size), u128::from(check.cells[*cell]));
        for (at, claim) in of[*cell].iter().enumerate() {
            let share = u128::from(claim.size) * given;
            let (even, before) = ((share / size) as u64, claim.size.min(left[claim.customer as usize]));
            entries.push(Entry {
                claim: (*cell, at),
                size: claim.size,
                even,
                over: share % size,
                before,
                gets: before,
            });
        }
    }
    let total: u64 = group.iter().map(|cell| check.cells[*cell]).sum();
    let before: u64 = entries.iter().map(|entry| entry.before).sum();
    let above = entries.iter().any(|entry| entry.before > entry.even + ROUNDED);
    let below = entries.iter().any(|entry| entry.before + ROUNDED < entry.even);
    let stands = before == total && !above && !below;
    if !stands && (above || total <= before) {
        for cell in group {
            anew(check, cut, *cell, &mut of[*cell], left);
            move_small(&mut of[*cell], smallest);
        }
        return;
    }
    if !stands {
        more(&mut entries, total);
    }
    for entry in entries {
        let (cell, at) = entry.claim;
        of[cell][at].cut = entry.size - entry.gets;
    }
}

/// There is more than by the order: nobody gets less than by it, else everybody the even share, to the total.
fn more(entries: &mut [Entry], total: u64) {
    entries.iter_mut().for_each(|entry| entry.gets = entry.before.max(entry.even));
    let mut best: Vec<usize> = (0..entries.len()).collect();
    best.sort_by_key(|at| Reverse(entries[*at].over));
    let mut sum: u64 = entries.iter().map(|entry| entry.gets).sum();
    for at in &best {
        let entry = &mut entries[*at];
        if sum < total && entry.gets == entry.even && entry.gets < entry.size {
            (entry.gets, sum) = (entry.gets + 1, sum + 1);
        }
    }
    // Whoever has more than by the order gives back what is over, one m3 each and again.
    let mut went_down = true;
    while sum > total && went_down {
        went_down = false;
        for at in best.iter().rev() {
            let entry = &mut entries[*at];
            if sum > total && entry.gets > entry.before {
                (entry.gets, sum, went_down) = (entry.gets - 1, sum - 1, true);
            }
        }
    }
}

/// Everybody the even share; of the whole m3 left over those first who then have what the order has, then those who would have it
/// without one, then by the largest remainder.
fn anew(check: &Check<'_>, cut: &Cut, cell: usize, claims: &mut [Claim], left: &[u64]) {
    let (size, given) = (cut.cells()[cell].size, check.cells[cell]);
    let ordered = |claim: &Claim| claim.size.min(left[claim.customer as usize]);
    let shares: Vec<(u64, u128)> = claims
        .iter()
        .map(|claim| {
            let share = u128::from(claim.size) * u128::from(given);
            ((share / u128::from(size)) as u64, share % u128::from(size))
        })
        .collect();
    let over = given - shares.iter().map(|(even, _)| even).sum::<u64>();
    let mut order: Vec<usize> = (0..claims.len()).filter(|at| shares[*at].0 < claims[*at].size).collect();
    order.sort_by_key(|at| {
        let (even, rest) = shares[*at];
        let place = match ordered(&claims[*at]) {
            before if before == even + 1 => 0,
            before if before != even => 1,
            _ => 2,
        };
        (place, Reverse(rest), *at)
    });
    claims.iter_mut().zip(&shares).for_each(|(claim, (even, _))| claim.cut = claim.size - even);
    order.into_iter().take(over as usize).for_each(|at| claims[at].cut -= 1);
}
