//! From hours to whole numbers: millionths of a m3 among the hours of a rank, whole m3 among its districts, and among their customers.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::super::inside::even;
use super::super::scope::Check;
use super::super::{Finding, Found, Rule, Violation, must, same};
use super::lay::{Lay, MICRO};
use super::sides::{Group, groups};
use super::{Hours, Part, hours, whole_of};
use crate::decide::verifying::Cut;
use crate::units::{Decimal, Micro};

const RULE: Rule = Rule::WholeMetres;

const ONE: u128 = Decimal::ONE.atto();

/// The largest remainders of each rank's shares go up, wherever that does not take from another; of its days, too.
pub(in crate::verify) fn whole_metres(check: &Check<'_>) -> Found {
    let (lay, _) = hours(check, RULE)?;
    let (Some(cut), Some(ours)) = (&check.cut, &check.hours) else { return Ok(Finding::NotChecked) };
    let residual = Residual::of(lay, ours);
    for of_rank in groups(check, cut, ours)?.chunk_by(|a, b| a.rank == b.rank) {
        exchanges(check, cut, ours, of_rank, &residual)?;
    }
    days(check, cut, ours)?;
    Ok(Finding::Holds)
}

/// In an hour a cell may be passed over only where a millionth cannot be brought from one of its rank that was not, though its remainder is
/// smaller or stands later.
fn exchanges(
    check: &Check<'_>,
    cut: &Cut,
    ours: &Hours,
    groups: &[Group],
    residual: &Residual,
) -> Result<(), Violation> {
    let mut cells: Vec<(Reverse<u128>, usize, u64)> = Vec::new();
    for group in groups {
        cells.extend(group.cells.iter().map(|cell| {
            let (floor, rest) = even(cut.by_hour()[*cell].size, group.volume, group.size);
            (Reverse(rest), *cell, floor)
        }));
    }
    cells.sort_unstable();
    // From the last that may go up to the first: whom can those that did, and stand later, give to?
    let mut reached = vec![false; residual.heads.len()];
    for (_, cell, floor) in cells.into_iter().rev() {
        let (served, node, size) = (ours.served[cell], ours.nodes[cell], cut.by_hour()[cell].size);
        if served > floor {
            residual.reach(node, &mut reached);
        } else if served < size {
            let place = || check.at_cell(&cut.by_hour()[cell]);
            must(RULE, !reached[node], place, &Micro(floor + 1).to_string(), &Micro(served).to_string())?;
        }
    }
    Ok(())
}

/// Where gas can be brought another way: over what has room, or by carrying less the other way.
struct Residual {
    /// For each node, those to which a millionth can go from it.
    heads: Vec<Vec<u32>>,
}

impl Residual {
    fn of(lay: &Lay<'_>, ours: &Hours) -> Self {
        // A source's day is a node after all others.
        let mut heads: Vec<Vec<u32>> = vec![Vec::new(); lay.nodes() + lay.sources.len()];
        let mut join = |from: usize, to: usize, flow: u64, most: Option<u64>| {
            if most.is_none_or(|most| flow < most) {
                heads[from].push(to as u32);
            }
            if flow > 0 {
                heads[to].push(from as u32);
            }
        };
        for hour in 0..lay.hours {
            for (at, (source, given)) in lay.sources.iter().zip(&ours.carried.given).enumerate() {
                join(lay.nodes() + at, lay.node(at, hour), given[hour], source.most);
            }
            for (link, flows) in lay.links.iter().zip(&ours.carried.links) {
                join(lay.node(link.from, hour), lay.node(link.to, hour), flows[hour], link.capacity);
            }
            for (at, (place, levels)) in lay.places.iter().zip(&ours.carried.levels).enumerate() {
                let row = lay.place(at);
                join(lay.node(row, hour), lay.node(row, hour + 1), levels[hour], Some(place.room));
            }
        }
        Self { heads }
    }

    /// Adds all that can get something from a node.
    fn reach(&self, node: usize, reached: &mut [bool]) {
        let mut queue = vec![node];
        while let Some(node) = queue.pop() {
            if !std::mem::replace(&mut reached[node], true) {
                queue.extend(self.heads[node].iter().map(|head| *head as usize));
            }
        }
    }
}

/// A rank's day is the whole m3 of its hours; each of its cells gets the whole m3 of its own, and one more by largest remainder.
fn days(check: &Check<'_>, cut: &Cut, ours: &Hours) -> Result<(), Violation> {
    let of_hours = ours.by_cell(cut);
    let mut from = 0;
    for cells in cut.cells().chunk_by(|a, b| a.rank == b.rank) {
        let served = |cell: &crate::decide::allocate::Cell| {
            let hours = of_hours.get(&(cell.rank, cell.district, cell.company));
            hours.into_iter().flatten().map(|part| part.served).sum::<u64>()
        };
        let served: Vec<u64> = cells.iter().map(served).collect();
        let mut left = whole_of(served.iter().sum()).saturating_sub(served.iter().map(|served| served / MICRO).sum());
        let mut order: Vec<usize> = (0..cells.len()).collect();
        order.sort_by_key(|at| Reverse(served[*at] % MICRO));
        let mut expected: Vec<u64> = served.iter().map(|served| served / MICRO).collect();
        for at in order {
            if left > 0 && expected[at] < cells[at].size {
                expected[at] += 1;
                left -= 1;
            }
        }
        for (at, (cell, expected)) in cells.iter().zip(expected).enumerate() {
            let place = || check.at(&format!("rank {} {}", cell.rank + 1, check.scope.district_id(cell.district)));
            same(RULE, place, expected, check.cells[from + at])?;
        }
        from += cells.len();
    }
    Ok(())
}

/// What the hours of each customer in each cell get over the day, in units of 10^-18 m3: of each hour the part of its cell.
pub(in crate::verify) fn due(check: &Check<'_>, cut: &Cut) -> HashMap<(usize, u32), u128> {
    let Some(ours) = &check.hours else { return HashMap::new() };
    let of_cell = ours.by_cell(cut);
    let mut parts: HashMap<(usize, u32), u128> = HashMap::new();
    let mut due = HashMap::new();
    for slice in cut.slices() {
        let customer = slice.customer as usize;
        let place = (slice.rank, check.scope.district_of()[customer], check.scope.company(customer));
        let Ok(cell) = cut.cells().binary_search_by_key(&place, |cell| (cell.rank, cell.district, cell.company)) else {
            continue;
        };
        if check.cells[cell] == 0 || check.cells[cell] == cut.cells()[cell].size {
            continue;
        }
        let (Some(spread), Some(hours)) = (cut.spread(slice), of_cell.get(&place)) else { continue };
        let part = parts.entry((cell, slice.spread)).or_insert_with(|| {
            let part = |part: &Part| u128::from(spread[part.hour]) * u128::from(part.served) / u128::from(part.size);
            hours.iter().map(part).sum::<u128>().min(ONE)
        });
        *due.entry((cell, slice.customer)).or_default() += u128::from(slice.size) * *part;
    }
    due
}

/// Everybody the whole m3 of what its hours get, then one more by largest remainder, ties by id, until `given` is reached. A cell's day may be
/// up to 1 m3 from its hours: who gets more than its hours is then who has the largest remainder, and who gets less who has the least.
pub(in crate::verify) fn evenly(sizes: &[u64], due: &[u128], given: u64) -> Vec<u64> {
    let floors = sizes.iter().zip(due).map(|(size, due)| u64::try_from(due / ONE).unwrap_or(u64::MAX).min(*size));
    let mut served: Vec<u64> = floors.collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|at| Reverse(due[*at] % ONE));
    loop {
        let sum: u64 = served.iter().sum();
        let left = given.saturating_sub(sum) as usize;
        let raised: Vec<usize> = order.iter().copied().filter(|at| served[*at] < sizes[*at]).take(left).collect();
        if raised.is_empty() {
            break;
        }
        raised.into_iter().for_each(|at| served[at] += 1);
    }
    let mut over = served.iter().sum::<u64>().saturating_sub(given);
    for at in order.into_iter().rev() {
        let less = over.min(served[at]);
        served[at] -= less;
        over -= less;
    }
    served
}
