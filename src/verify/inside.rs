//! Whole cubic metres: among the cells of a rank, and among the customers of a cell.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::balance::carried;
use super::order::{Group, groups};
use super::scope::Check;
use super::{Finding, Found, Rule, Violation, hours, kept, must, same};
use crate::decide::verifying::Cut;
use crate::policy::Sharing;

const RULE: Rule = Rule::WholeMetres;

pub(super) fn whole_metres(check: &Check<'_>) -> Found {
    let Some(cut) = &check.cut else { return Ok(Finding::NotChecked) };
    let mut finding = Finding::Holds;
    match (check.scope.links(), check.scope.entitled()) {
        _ if check.scope.is_hourly() => finding = hours::whole_metres(check)?,
        (Some(_), Some(_)) => finding = Finding::NotProved,
        (None, _) => {
            for group in groups(check, cut)? {
                largest_remainders(check, cut, &group)?;
            }
        }
        (Some(_), None) => {
            let kept = check.evidence.kept.as_ref().map(|kept| kept.flows.iter().map(|flow| flow.get()).collect());
            let kept = kept.filter(|flows: &Vec<u64>| !flows.is_empty());
            if let Some(flows) = &kept {
                let mut plain = vec![0; check.scope.districts().len()];
                cut.cells().iter().zip(&check.cells).for_each(|(cell, got)| plain[cell.district as usize] += got);
                carried(check, flows, &plain, false)?;
            }
            let residual = Residual::of(check, kept);
            for of_rank in groups(check, cut)?.chunk_by(|a, b| a.rank == b.rank) {
                exchanges(check, cut, of_rank, &residual)?;
            }
        }
    }
    if check.scope.past().is_some_and(|past| past.order.is_some()) {
        kept::customers(check, cut)?;
    } else {
        customers(check, cut)?;
    }
    Ok(finding)
}

/// The whole part of a cell's even value, and the rest in millionths, rounded to the nearest.
pub(super) fn even(size: u64, volume: u64, of: u64) -> (u64, u128) {
    let of = u128::from(of.max(1));
    let product = u128::from(size) * u128::from(volume);
    let (floor, rest) = (product / of, product % of);
    (floor as u64, (rest * 2_000_000 + of) / (2 * of))
}

/// In a pool the largest remainders get one more each, ties by the order of the cells.
fn largest_remainders(check: &Check<'_>, cut: &Cut, group: &Group) -> Result<(), Violation> {
    let values: Vec<(u64, u128)> =
        group.cells.iter().map(|cell| even(cut.cells()[*cell].size, group.volume, group.size)).collect();
    let more = group.volume - values.iter().map(|(floor, _)| floor).sum::<u64>();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|i| Reverse(values[*i].1));
    let raised: BTreeSet<usize> = order.into_iter().take(more as usize).collect();
    for (i, cell) in group.cells.iter().enumerate() {
        let expected = values[i].0 + u64::from(raised.contains(&i));
        same(RULE, || place(check, cut, *cell), expected, check.cells[*cell])?;
    }
    Ok(())
}

fn place(check: &Check<'_>, cut: &Cut, cell: usize) -> String {
    let cell = &cut.cells()[cell];
    check.at(&format!("rank {} {}", cell.rank + 1, check.scope.district_id(cell.district)))
}

/// On a network a cell may be passed over only where a cubic metre cannot be brought from one of its rank that was not, though its
/// remainder is smaller or stands later.
fn exchanges(check: &Check<'_>, cut: &Cut, groups: &[Group], residual: &Residual<'_>) -> Result<(), Violation> {
    let district = |cell: usize| check.scope.district_id(cut.cells()[cell].district);
    // In the order in which they go up: by the largest remainder, then as they stand.
    let mut cells: Vec<(Reverse<u128>, usize, u64)> = Vec::new();
    for group in groups {
        cells.extend(group.cells.iter().map(|cell| {
            let (floor, rest) = even(cut.cells()[*cell].size, group.volume, group.size);
            (Reverse(rest), *cell, floor)
        }));
    }
    cells.sort_unstable();
    for (at, (_, passed, floor)) in cells.iter().enumerate() {
        let served = check.cells[*passed];
        if served > *floor || served == cut.cells()[*passed].size {
            continue;
        }
        let mut worse = cells[at + 1..].iter().filter(|(_, cell, floor)| check.cells[*cell] > *floor).peekable();
        if worse.peek().is_none() {
            continue;
        }
        let from = residual.can_give_to(district(*passed));
        let better = worse.any(|(_, cell, _)| from.contains(district(*cell)));
        must(RULE, !better, || place(check, cut, *passed), &(floor + 1).to_string(), &served.to_string())?;
    }
    Ok(())
}

/// Where gas can be brought another way: over links with room, or by carrying less over a link the other way.
struct Residual<'c> {
    /// For each node, those from which a cubic metre can go to it.
    tails: BTreeMap<&'c str, Vec<&'c str>>,
}

impl<'c> Residual<'c> {
    /// By what the links carry, or would if no order were kept.
    fn of(check: &'c Check<'_>, kept: Option<Vec<u64>>) -> Self {
        let mut tails: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let links = &check.evidence.links;
        let flows = kept.unwrap_or_else(|| links.iter().map(|link| link.flow_m3.get()).collect());
        for (link, flow) in links.iter().zip(flows) {
            if flow < link.capacity_m3.get() {
                tails.entry(&link.to).or_default().push(&link.from);
            }
            if flow > 0 {
                tails.entry(&link.from).or_default().push(&link.to);
            }
        }
        Self { tails }
    }

    fn can_give_to(&self, node: &'c str) -> BTreeSet<&'c str> {
        let mut seen = BTreeSet::from([node]);
        let mut queue = vec![node];
        while let Some(node) = queue.pop() {
            for tail in self.tails.get(node).into_iter().flatten() {
                if seen.insert(tail) {
                    queue.push(tail);
                }
            }
        }
        seen
    }
}

/// A customer's slices in one cell: what it asks for, what it gets, and what it should lose.
#[derive(Clone, Copy)]
pub(super) struct Claim {
    pub customer: u32,
    pub size: u64,
    pub served: u64,
    pub cut: u64,
}

/// Inside each cell customers share as the measure says, to the cubic metre.
fn customers(check: &Check<'_>, cut: &Cut) -> Result<(), Violation> {
    let mut short: BTreeMap<usize, Vec<Claim>> = BTreeMap::new();
    for slice in &check.detail.slices {
        let at = slice.customer as usize;
        let place = (slice.rank - 1, check.scope.district_of()[at], check.scope.company(at));
        let Ok(cell) = cut.cells().binary_search_by_key(&place, |cell| (cell.rank, cell.district, cell.company)) else {
            continue;
        };
        if check.cells[cell] == cut.cells()[cell].size || check.cells[cell] == 0 {
            // All full, or all empty: the sums of the cell leave no choice.
            continue;
        }
        let claims = short.entry(cell).or_default();
        match claims.last_mut().filter(|claim| claim.customer == slice.customer) {
            Some(claim) => {
                claim.size += slice.size_m3.get();
                claim.served += slice.served_m3.get();
            }
            None => claims.push(Claim {
                customer: slice.customer,
                size: slice.size_m3.get(),
                served: slice.served_m3.get(),
                cut: 0,
            }),
        }
    }
    let due = if check.scope.is_hourly() { Some(hours::due(check, cut)) } else { None };
    for (cell, mut claims) in short {
        let (size, served) = (cut.cells()[cell].size, check.cells[cell]);
        let measure = cut.ranks()[cut.cells()[cell].rank as usize].measure;
        let measure = measure.map(|measure| &check.scope.policy().measures[measure]);
        match measure.map_or(Sharing::Even, |measure| measure.sharing) {
            Sharing::Even => match &due {
                None => evenly(&mut claims, size, served),
                Some(due) => by_hours(&mut claims, cell, due, served),
            },
            Sharing::List => by_list(check, &mut claims, size - served, &|_| true),
        }
        move_small(&mut claims, measure.map_or(0, |measure| measure.smallest_order_m3));
        for claim in &claims {
            let id = &check.detail.customers[claim.customer as usize].customer_id;
            let rank = cut.cells()[cell].rank + 1;
            same(RULE, || check.at(&format!("{id} rank {rank}")), claim.size - claim.cut, claim.served)?;
        }
    }
    Ok(())
}

/// By the hour everybody what its hours get, then the largest remainders of that.
fn by_hours(claims: &mut [Claim], cell: usize, due: &HashMap<(usize, u32), u128>, served: u64) {
    let sizes: Vec<u64> = claims.iter().map(|claim| claim.size).collect();
    let due = claims.iter().map(|claim| due.get(&(cell, claim.customer)).copied().unwrap_or_default());
    let served = hours::evenly(&sizes, &due.collect::<Vec<_>>(), served);
    claims.iter_mut().zip(served).for_each(|(claim, served)| claim.cut = claim.size - served);
}

/// Everybody by the same share, then the largest exact remainders, ties by id (customers stand in that order).
fn evenly(claims: &mut [Claim], size: u64, served: u64) {
    let size = u128::from(size.max(1));
    let share = |claim: &Claim| u128::from(claim.size) * u128::from(served);
    let mut left = u128::from(served) - claims.iter().map(|claim| share(claim) / size).sum::<u128>();
    let mut order: Vec<(Reverse<u128>, usize)> =
        claims.iter().enumerate().map(|(i, claim)| (Reverse(share(claim) % size), i)).collect();
    order.sort_unstable();
    for (_, i) in order {
        let given = (share(&claims[i]) / size) as u64 + u64::from(left > 0);
        left = left.saturating_sub(1);
        claims[i].cut = claims[i].size - given;
    }
}

/// Whole customers, those who come first, then the least burdened, then the largest, then by id; the last one in part.
pub(super) fn by_list(check: &Check<'_>, claims: &mut [Claim], mut wanted: u64, first: &dyn Fn(&Claim) -> bool) {
    let burden = |claim: &Claim| {
        let at = check.scope.customers()[claim.customer as usize];
        check.scope.day.customer_burdens.get(&at).copied().unwrap_or_default()
    };
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|i| (!first(&claims[*i]), burden(&claims[*i]), Reverse(claims[*i].size), *i));
    for i in order {
        claims[i].cut = claims[i].size.min(wanted);
        wanted -= claims[i].cut;
    }
}

/// Cuts below the smallest order go to those with larger ones, the smallest cut first, while these have gas left.
pub(super) fn move_small(claims: &mut [Claim], smallest: u64) {
    let mut small: Vec<usize> = (0..claims.len()).filter(|i| (1..smallest).contains(&claims[*i].cut)).collect();
    if small.is_empty() {
        return;
    }
    small.sort_by_key(|i| (claims[*i].cut, *i));
    let takers: Vec<usize> = (0..claims.len()).filter(|i| claims[*i].cut >= smallest).collect();
    let room: u64 = takers.iter().map(|i| claims[*i].size - claims[*i].cut).sum();
    let mut moved = 0;
    for i in small {
        if moved + claims[i].cut <= room {
            moved += claims[i].cut;
            claims[i].cut = 0;
        }
    }
    if room == 0 {
        return;
    }
    let left = |claim: &Claim| claim.size - claim.cut;
    let mut over: Vec<Claim> = takers
        .iter()
        .map(|i| Claim { customer: claims[*i].customer, size: left(&claims[*i]), served: 0, cut: 0 })
        .collect();
    evenly(&mut over, room, room - moved);
    for (i, more) in takers.into_iter().zip(over) {
        claims[i].cut += more.cut;
    }
}
