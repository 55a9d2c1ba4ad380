//! One pool, or one pool a company: a water-fill.
//!
//! Without a network every source of a pool reaches every cell of it. So ranks are served in order until the pool
//! is empty; the rank in which that happens gives every cell the same share of its size, which is its leximin.

use super::whole::{Even, raise};
use super::{Cell, Question, Shares};

pub(super) fn deliverable(question: &Question<'_>) -> u64 {
    match &question.reach.entitled {
        None => {
            let demand = question.cells.iter().fold(0u64, |sum, cell| sum.saturating_add(cell.size));
            total(question.supply).min(demand)
        }
        Some(entitled) => {
            let mut left = pools(question, entitled);
            let mut delivered = 0u64;
            for cell in question.cells {
                if let Some(left) = left.get_mut(cell.company as usize) {
                    let given = cell.size.min(*left);
                    *left -= given;
                    delivered = delivered.saturating_add(given);
                }
            }
            delivered
        }
    }
}

pub(super) fn share(question: &Question<'_>) -> Shares {
    match &question.reach.entitled {
        None => share_one(question.cells, question.rank_count(), total(question.supply)),
        Some(entitled) => share_many(question, entitled),
    }
}

fn total(supply: &[u64]) -> u64 {
    supply.iter().fold(0, |sum, volume| sum.saturating_add(*volume))
}

/// What each company's sources give; as long as there are companies.
fn pools(question: &Question<'_>, entitled: &[u32]) -> Vec<u64> {
    let customers = question.cells.iter().map(|cell| cell.company);
    let companies = customers.chain(entitled.iter().copied()).max().map_or(0, |most| most as usize + 1);
    let mut pools = vec![0u64; companies];
    for (company, volume) in entitled.iter().zip(question.supply) {
        let pool = &mut pools[*company as usize];
        *pool = pool.saturating_add(*volume);
    }
    pools
}

fn share_one(cells: &[Cell], rank_count: usize, supply: u64) -> Shares {
    let mut shares = Shares { cells: vec![0; cells.len()], ranks: vec![0; rank_count] };
    let mut left = supply;
    let mut start = 0;
    while start < cells.len() && left > 0 {
        let rank = cells[start].rank;
        let mut end = start;
        let mut size = 0u64;
        while end < cells.len() && cells[end].rank == rank {
            // Served as if there were enough; the one rank that finds too little is done again below.
            shares.cells[end] = cells[end].size;
            size = size.saturating_add(cells[end].size);
            end += 1;
        }
        let served = size.min(left);
        if served < size {
            let even: Vec<Even> = cells[start..end].iter().map(|cell| Even::of(cell.size, served, size)).collect();
            shares.cells[start..end].copy_from_slice(&raise(&even, served, |_| true));
        }
        shares.ranks[rank as usize] = served;
        left -= served;
        start = end;
    }
    shares
}

fn share_many(question: &Question<'_>, entitled: &[u32]) -> Shares {
    let cells = question.cells;
    let mut shares = Shares { cells: Vec::with_capacity(cells.len()), ranks: vec![0; question.rank_count()] };
    let mut left = pools(question, entitled);
    let mut sizes = vec![0u64; left.len()];
    let mut even = Vec::new();
    for rank in cells.chunk_by(|a, b| a.rank == b.rank) {
        sizes.fill(0);
        for cell in rank {
            let size = &mut sizes[cell.company as usize];
            *size = size.saturating_add(cell.size);
        }
        let total = |sizes: &[u64]| sizes.iter().sum::<u64>();
        if sizes.iter().zip(&left).all(|(size, left)| size <= left) {
            sizes.iter().zip(&mut left).for_each(|(size, left)| *left -= size);
            shares.cells.extend(rank.iter().map(|cell| cell.size));
            shares.ranks[rank[0].rank as usize] = total(&sizes);
            continue;
        }
        even.clear();
        even.extend(rank.iter().map(|cell| {
            let (size, left) = (sizes[cell.company as usize], left[cell.company as usize]);
            if size <= left { Even::whole(cell.size) } else { Even::of(cell.size, left, size) }
        }));
        // From here on `sizes` is what each company's part of the rank gets, and then what it has yet to get.
        for (size, left) in sizes.iter_mut().zip(&mut left) {
            *size = (*size).min(*left);
            *left -= *size;
        }
        let served = total(&sizes);
        for (cell, even) in rank.iter().zip(&even) {
            sizes[cell.company as usize] -= even.floor;
        }
        // Each company's total is whole, so a cell may get one more only while its own company has one to give.
        shares.cells.extend(raise(&even, served, |i| {
            let rest = &mut sizes[rank[i].company as usize];
            let room = *rest > 0;
            *rest -= u64::from(room);
            room
        }));
        shares.ranks[rank[0].rank as usize] = served;
    }
    shares
}
