//! Inside a cell, customers share: by the same share, or whole customers one after another (section 6).

use std::collections::HashMap;

use super::allocate::{Cell, Shares};
use super::hourly::ByHour;
use super::plan::Plan;
use super::slices::{Slice, Slices};
use crate::policy::Sharing;
use crate::units::{Decimal, mul_div};

/// A customer's slices in one cell, as a range of the cell's list.
pub(super) struct Claim {
    pub from: usize,
    pub until: usize,
    /// Index in the scope's customers, which are in the order of their ids inside a district.
    pub customer: u32,
    pub size: u64,
    pub cut: u64,
    /// By the hour: what its hours get, in units of 10^-18 m3.
    due: u128,
}

/// What each slice gets, and how many cuts below the smallest order could not be moved.
pub(super) fn share(
    plan: &Plan<'_>,
    cut: &Slices,
    cells: &[Cell],
    shares: &Shares,
    by_hour: Option<&ByHour>,
) -> (Vec<u64>, usize) {
    let cell_of = cell_of(cut, cells);
    // The slices of cells that get a part of what they ask for, and how many each cell has.
    let mut parted: Vec<(u32, u32)> = Vec::new();
    let mut counts = vec![0; cells.len()];
    let mut served = vec![0; cut.slices.len()];
    for (i, slice) in cut.slices.iter().enumerate() {
        let customer = slice.customer as usize;
        let company = plan.scope.company(customer);
        let cell = cell_of[cut.at(slice.rank, plan.scope.district_of[customer], company)];
        let Some(given) = shares.cells.get(cell as usize) else { continue };
        match *given {
            0 => {}
            all if all == cells[cell as usize].size => served[i] = slice.size,
            _ => {
                parted.push((cell, i as u32));
                counts[cell as usize] += 1;
            }
        }
    }
    let by_cell = by_cell(&parted, &counts);
    let mut left = by_cell.as_slice();
    let mut kept = 0;
    for (cell, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
        let (list, others) = left.split_at(count);
        left = others;
        let (sharing, smallest) = rule(plan, cut, cells[cell].rank);
        let mut claims = claims(&cut.slices, list);
        match (sharing, plan.hourly.zip(by_hour)) {
            (Sharing::Even, Some((hourly, by_hour))) => {
                let mut parts = HashMap::new();
                let mut part = |spread: u32| {
                    *parts
                        .entry(spread)
                        .or_insert_with(|| by_hour.part(hourly, &cells[cell], &cut.spreads[spread as usize]))
                };
                for claim in &mut claims {
                    let slices = list[claim.from..claim.until].iter().map(|i| &cut.slices[*i as usize]);
                    claim.due = slices.map(|slice| u128::from(slice.size) * part(slice.spread)).sum();
                }
                cut_by_hours(&mut claims, shares.cells[cell]);
            }
            (Sharing::Even, None) => cut_evenly(&mut claims, cells[cell].size, shares.cells[cell]),
            (Sharing::List, _) => cut_by_list(plan, &mut claims, cells[cell].size - shares.cells[cell], &|_| false),
        }
        kept += move_small(&mut claims, smallest);
        for claim in &claims {
            serve(&cut.slices, &list[claim.from..claim.until], claim.size - claim.cut, &mut served);
        }
    }
    (served, kept)
}

/// Slices by cell, and in a cell in their order; of each cell there are as many as counted.
fn by_cell(parted: &[(u32, u32)], counts: &[usize]) -> Vec<u32> {
    let mut next = Vec::with_capacity(counts.len());
    let mut sum = 0;
    for count in counts {
        next.push(sum);
        sum += count;
    }
    let mut sorted = vec![0; parted.len()];
    for (cell, slice) in parted {
        let at = &mut next[*cell as usize];
        sorted[*at] = *slice;
        *at += 1;
    }
    sorted
}

/// Where a dense sum's cell is; withheld slices have none and get nothing.
pub(super) fn cell_of(cut: &Slices, cells: &[Cell]) -> Vec<u32> {
    let mut cell_of = vec![u32::MAX; cut.sizes.len()];
    for (i, cell) in cells.iter().enumerate() {
        cell_of[cut.at(cell.rank, cell.district, cell.company)] = i as u32;
    }
    cell_of
}

pub(super) fn rule(plan: &Plan<'_>, cut: &Slices, rank: u32) -> (Sharing, u64) {
    let measure = cut.ranks[rank as usize].measure.map(|measure| &plan.scope.policy.measures[measure]);
    measure.map_or((Sharing::Even, 0), |measure| (measure.sharing, measure.smallest_order_m3))
}

pub(super) fn claims(slices: &[Slice], list: &[u32]) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::with_capacity(list.len());
    for (at, i) in list.iter().enumerate() {
        let slice = &slices[*i as usize];
        match claims.last_mut() {
            Some(claim) if claim.customer == slice.customer => {
                claim.until = at + 1;
                claim.size += slice.size;
            }
            _ => claims.push(Claim {
                from: at,
                until: at + 1,
                customer: slice.customer,
                size: slice.size,
                cut: 0,
                due: 0,
            }),
        }
    }
    claims
}

/// Everybody by the same share: the floor of it, then one more by largest remainder, ties by id.
fn cut_evenly(claims: &mut [Claim], size: u64, given: u64) {
    let mut left = given;
    let mut order: Vec<(u64, u32)> = Vec::with_capacity(claims.len());
    for (i, claim) in claims.iter_mut().enumerate() {
        // Products of two volumes need 128 bits only where a volume passes 4 x 10^9 m3.
        let (floor, rest) = match claim.size.checked_mul(given) {
            Some(product) => (product / size, product % size),
            None => {
                let (product, size) = (u128::from(claim.size) * u128::from(given), u128::from(size));
                ((product / size) as u64, (product % size) as u64)
            }
        };
        claim.cut = claim.size - floor;
        left -= floor;
        order.push((rest, i as u32));
    }
    let more = left as usize;
    if more > 0 && more < order.len() {
        order.select_nth_unstable_by(more - 1, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    }
    for (_, i) in &order[..more.min(claims.len())] {
        claims[*i as usize].cut -= 1;
    }
}

/// Everybody what its hours get: whole m3 of that, then one more by largest remainder, ties by id.
fn cut_by_hours(claims: &mut [Claim], given: u64) {
    let one = Decimal::ONE.atto();
    let floors = claims.iter().map(|claim| ((claim.due / one) as u64).min(claim.size));
    let mut served: Vec<u64> = floors.collect();
    let sum: u64 = served.iter().sum();
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(claims[*i].due % one));
    let mut left = given.saturating_sub(sum);
    // A cell's day may be up to 1 m3 from its hours, so somebody may have to take what is over, or give it back.
    while left > 0 {
        let before = left;
        for i in &order {
            let more = u64::from(left > 0 && served[*i] < claims[*i].size);
            (served[*i], left) = (served[*i] + more, left - more);
        }
        if left == before {
            break;
        }
    }
    let mut over = sum.saturating_sub(given);
    for i in order.iter().rev() {
        let less = over.min(served[*i]);
        (served[*i], over) = (served[*i] - less, over - less);
    }
    claims.iter_mut().zip(served).for_each(|(claim, served)| claim.cut = claim.size - served);
}

/// Whole m3 that add up to `given`, as near as can be to what is due of them, in units of 10^-18 m3.
pub(super) fn by_due(due: &[u128], given: u64) -> Vec<u64> {
    let sum = due.iter().sum::<u128>().max(1);
    let parts = due.iter().map(|due| mul_div(*due, u128::from(given), sum));
    let (mut whole, rests): (Vec<u64>, Vec<u128>) = parts.map(|(part, rest)| (part as u64, rest)).unzip();
    let mut order: Vec<usize> = (0..due.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(rests[*at]));
    let left = given.saturating_sub(whole.iter().sum());
    order.into_iter().take(left as usize).for_each(|at| whole[at] += 1);
    whole
}

/// Whole customers are stopped, those last whose turn comes later, the least burdened first, then the largest, then by id; the
/// last one in part.
pub(super) fn cut_by_list(plan: &Plan<'_>, claims: &mut [Claim], mut wanted: u64, later: &dyn Fn(&Claim) -> bool) {
    let burden = |claim: &Claim| {
        let i = plan.scope.customers[claim.customer as usize];
        plan.day.customer_burdens.get(&i).copied().unwrap_or_default()
    };
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|i| {
        (later(&claims[*i]), burden(&claims[*i]), std::cmp::Reverse(claims[*i].size), claims[*i].customer)
    });
    for i in order {
        claims[i].cut = claims[i].size.min(wanted);
        wanted -= claims[i].cut;
    }
}

/// Cuts below the smallest order are moved to customers with larger cuts in the same cell, in proportion to what
/// these still get, the smallest cut first; what nobody can take over stays. Returns how many stay.
pub(super) fn move_small(claims: &mut [Claim], smallest: u64) -> usize {
    let is_small = |claim: &Claim| 0 < claim.cut && claim.cut < smallest;
    let mut small: Vec<usize> = (0..claims.len()).filter(|i| is_small(&claims[*i])).collect();
    if small.is_empty() {
        return 0;
    }
    small.sort_by_key(|i| (claims[*i].cut, claims[*i].customer));
    let takers: Vec<usize> = (0..claims.len()).filter(|i| claims[*i].cut >= smallest).collect();
    let room: u64 = takers.iter().map(|i| claims[*i].size - claims[*i].cut).sum();
    let (mut moved, mut stay) = (0, 0);
    for i in small {
        if moved + claims[i].cut <= room {
            moved += claims[i].cut;
            claims[i].cut = 0;
        } else {
            stay += 1;
        }
    }
    let sizes: Vec<u64> = takers.iter().map(|i| claims[*i].size - claims[*i].cut).collect();
    let mut over: Vec<Claim> = (takers.iter().zip(&sizes))
        .map(|(i, size)| Claim { from: 0, until: 0, customer: claims[*i].customer, size: *size, cut: 0, due: 0 })
        .collect();
    if room > 0 {
        cut_evenly(&mut over, room, room - moved);
    }
    for (i, more) in takers.into_iter().zip(over) {
        claims[i].cut += more.cut;
    }
    stay
}

/// Gives a customer's gas to its slices, the best protected tier first.
pub(super) fn serve(slices: &[Slice], list: &[u32], mut given: u64, served: &mut [u64]) {
    let mut serve = |i: u32| {
        let part = given.min(slices[i as usize].size);
        served[i as usize] = part;
        given -= part;
    };
    if let [one] = list {
        return serve(*one);
    }
    let mut order: Vec<u32> = list.to_vec();
    order.sort_by_key(|i| slices[*i as usize].tier);
    order.into_iter().for_each(serve);
}
