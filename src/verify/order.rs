//! The strict order of ranks, and evenness inside each.

use std::collections::{BTreeMap, BTreeSet};

use super::balance::{entering, pool};
use super::companies::{Atto, HAIR};
use super::scope::Check;
use super::{Finding, Found, Rule, Violation, companies, hours, must, same};
use crate::decide::allocate::Cell;
use crate::decide::evidence::{Priced, Tight};
use crate::decide::verifying::Cut;
use crate::units::Decimal;

const ONE: Atto = Decimal::ONE.atto() as Atto;

/// Cells that share a shortage: by index, what they get together and what they ask for, in m3.
pub(super) struct Group {
    pub rank: u32,
    pub cells: Vec<usize>,
    pub volume: u64,
    pub size: u64,
}

fn cut<'c>(check: &'c Check<'_>, rule: Rule) -> Result<&'c Cut, Violation> {
    let lacking = || Violation { rule, at: check.at("slices"), expected: "slices".into(), found: "-".into() };
    check.cut.as_ref().ok_or_else(lacking)
}

/// No better rank lacks gas that a worse one received and that could have reached it.
pub(super) fn order(check: &Check<'_>) -> Found {
    let rule = Rule::Order;
    if check.scope.is_hourly() {
        return hours::order(check);
    }
    let cut = cut(check, rule)?;
    match (check.scope.links(), check.scope.entitled()) {
        (Some(_), Some(_)) => proved_by_prices(check, rule, cut),
        (Some(_), None) => proved_by_sides(check, rule, cut),
        (None, _) => in_pools(check, rule, cut),
    }
}

/// In a pool: once a cell is short, no worse rank gets anything, and the pool is used up.
fn in_pools(check: &Check<'_>, rule: Rule, cut: &Cut) -> Found {
    let mut left: BTreeMap<u32, u64> = BTreeMap::new();
    let mut at = 0;
    for cells in cut.cells().chunk_by(|a, b| a.rank == b.rank) {
        let mut asked: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
        for (i, cell) in cells.iter().enumerate() {
            let sum = asked.entry(cell.company).or_default();
            sum.0 += cell.size;
            sum.1 += check.cells[at + i];
        }
        for (company, (size, served)) in asked {
            let left = left.entry(company).or_insert_with(|| pool(check, company));
            let rank = cells[0].rank + 1;
            same(rule, || check.at(&format!("rank {rank} served_m3")), size.min(*left), served)?;
            *left -= served;
        }
        at += cells.len();
    }
    Ok(Finding::Holds)
}

/// On a network: for every short rank, the side that proves it takes all that can enter it, and all others are full.
fn proved_by_sides(check: &Check<'_>, rule: Rule, cut: &Cut) -> Found {
    let served: Vec<(&Cell, u64)> = cut.cells().iter().zip(check.cells.iter().copied()).collect();
    let sides: Vec<(u32, &Tight)> =
        check.evidence.ranks.iter().flat_map(|proof| proof.tight.iter().map(|side| (proof.rank, side))).collect();
    let short: BTreeSet<u32> =
        served.iter().filter(|(cell, served)| *served < cell.size).map(|(cell, _)| cell.rank + 1).collect();
    for rank in short {
        let at = || check.at(&format!("rank {rank}"));
        let side = sides.iter().rev().find(|(of, _)| *of <= rank);
        let Some((_, side)) = side else {
            return Err(Violation { rule, at: at(), expected: "a cut".into(), found: "-".into() });
        };
        let inside: BTreeSet<&str> = side.nodes.iter().map(String::as_str).collect();
        let holds = |cell: &Cell| inside.contains(check.scope.district_id(cell.district));
        let upto = || served.iter().filter(|(cell, _)| cell.rank < rank);
        let taken: u64 = upto().filter(|(cell, _)| holds(cell)).map(|(_, served)| served).sum();
        same(rule, at, entering(check, &inside), taken)?;
        if let Some((cell, served)) = upto().find(|(cell, served)| !holds(cell) && *served < cell.size) {
            let place = || check.at(&format!("rank {} {}", cell.rank + 1, check.scope.district_id(cell.district)));
            same(rule, place, cell.size, *served)?;
        }
    }
    Ok(Finding::Holds)
}

/// Where companies share a network: for every short rank, prices that let it have no more, given the better ranks' totals.
///
/// A total before it is rounded down is taken at its word below the cubic metre: what it is rounded to is what flows bring.
fn proved_by_prices(check: &Check<'_>, rule: Rule, cut: &Cut) -> Found {
    let mut sums: Vec<(u64, u64)> = vec![(0, 0); cut.ranks().len()];
    for (cell, served) in cut.cells().iter().zip(&check.cells) {
        let sum = &mut sums[cell.rank as usize];
        *sum = (sum.0 + cell.size, sum.1 + served);
    }
    let whole = |volume: u64| Atto::from(volume) * ONE;
    let mut totals: Vec<Atto> = Vec::with_capacity(sums.len());
    let mut proof: Option<(u32, &Priced)> = None;
    let mut proofs = check.evidence.ranks.iter().peekable();
    for (rank, (size, served)) in (0u32..).zip(&sums) {
        let at = || check.at(&format!("rank {}", rank + 1));
        let own = proofs.next_if(|proof| proof.rank == rank + 1);
        proof = own.and_then(|own| Some((rank, own.priced.as_ref()?))).or(proof);
        if size == served && own.is_none() {
            totals.push(whole(*size));
            continue;
        }
        let lacking = || Violation { rule, at: at(), expected: "prices".into(), found: "-".into() };
        let (from, priced) = proof.ok_or_else(lacking)?;
        let prices = &priced.prices;
        let worth = |of: u32| match of {
            of if of >= from => ONE,
            of => prices.ranks.get(&(of + 1)).map_or(0, |worth| Atto::try_from(worth.atto()).unwrap_or(Atto::MAX)),
        };
        let upto = &cut.cells()[..cut.cells().partition_point(|cell| cell.rank <= rank)];
        let most = companies::bound(check, prices, upto, worth);
        let better = (0..)
            .zip(&totals)
            .try_fold(0 as Atto, |sum, (of, total)| sum.checked_add(companies::taken(*total, worth(of))?));
        let most = most.zip(better).and_then(|(most, better)| most.checked_sub(better)).ok_or_else(lacking)?;
        let total = if from == rank { Atto::try_from(priced.total_m3.atto()).unwrap_or(Atto::MAX) } else { most };
        let near = (total - HAIR..=total + HAIR).contains(&most);
        must(rule, near, at, &companies::told(most), &companies::told(total))?;
        same(rule, at, companies::whole(total), *served)?;
        totals.push(total.max(0));
    }
    let more = proofs.next().map_or(0, |proof| proof.rank);
    same(rule, || check.at("evidence of rank"), 0, more)?;
    Ok(Finding::Holds)
}

/// Inside a rank, whoever shares a shortage gets the same share, but for the rounding to whole cubic metres.
pub(super) fn evenness(check: &Check<'_>) -> Found {
    let rule = Rule::Evenness;
    if check.scope.is_hourly() {
        return hours::evenness(check);
    }
    if check.scope.links().is_some() && check.scope.entitled().is_some() {
        return Ok(Finding::NotProved);
    }
    let cut = cut(check, rule)?;
    for group in groups(check, cut)? {
        for cell in &group.cells {
            let (size, served) = (cut.cells()[*cell].size, check.cells[*cell]);
            let floor = (u128::from(size) * u128::from(group.volume) / u128::from(group.size.max(1))) as u64;
            let even = served == floor || served == floor + 1;
            let district = cut.cells()[*cell].district;
            let at = || check.at(&format!("rank {} {}", group.rank + 1, check.scope.district_id(district)));
            must(rule, even, at, &format!("{floor} or {}", floor + 1), &served.to_string())?;
        }
    }
    Ok(Finding::Holds)
}

/// The groups of cells that share a shortage. On a network those of the evidence, each proved by its side.
pub(super) fn groups(check: &Check<'_>, cut: &Cut) -> Result<Vec<Group>, Violation> {
    if check.scope.links().is_some() {
        return sides(check, cut);
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut known: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (i, (cell, served)) in cut.cells().iter().zip(&check.cells).enumerate() {
        let at = *known.entry((cell.rank, cell.company)).or_insert_with(|| {
            groups.push(Group { rank: cell.rank, cells: Vec::new(), volume: 0, size: 0 });
            groups.len() - 1
        });
        groups[at].cells.push(i);
        groups[at].volume += served;
        groups[at].size += cell.size;
    }
    groups.retain(|group| group.volume < group.size);
    Ok(groups)
}

fn sides(check: &Check<'_>, cut: &Cut) -> Result<Vec<Group>, Violation> {
    let rule = Rule::Evenness;
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut groups = Vec::new();
    for proof in &check.evidence.ranks {
        let (known, found) = (1..=cut.ranks().len() as u32, proof.rank.to_string());
        let told = format!("1..={}", known.end());
        must(rule, known.contains(&proof.rank), || check.at("evidence ranks"), &told, &found)?;
        let (mut before, mut held): (Option<(&Tight, u128, u128)>, u64) = (None, 0);
        for side in &proof.tight {
            let at = || check.at(&format!("rank {} side", proof.rank));
            let inside: BTreeSet<&str> = side.nodes.iter().map(String::as_str).collect();
            let holds = |cell: &Cell| inside.contains(check.scope.district_id(cell.district));
            let cells = || cut.cells().iter().zip(&check.cells).enumerate();
            let better = cells().filter(|(_, (cell, _))| cell.rank + 1 < proof.rank && holds(cell));
            let better: u64 = better.map(|(_, (_, served))| served).sum();
            let ours = |cell: &Cell| {
                cell.rank + 1 == proof.rank && holds(cell) && !taken.contains(check.scope.district_id(cell.district))
            };
            let members: Vec<usize> = cells().filter(|(_, (cell, _))| ours(cell)).map(|(i, _)| i).collect();
            // What it can get less what better ranks and the sides before have; rounded, one group may get a m3 of another's.
            let volume = entering(check, &inside).saturating_sub(better).saturating_sub(held);
            held += volume;
            let size: u64 = members.iter().map(|i| cut.cells()[*i].size).sum();
            same(rule, at, volume, side.volume_m3.get())?;
            same(rule, at, size, side.size_m3.get())?;
            // Each side of a rank holds the one before it and gives a larger share.
            if let Some((less, a, b)) = before {
                must(rule, less.nodes.iter().all(|node| inside.contains(node.as_str())), at, "nested", "not nested")?;
                must(rule, a * u128::from(size) < u128::from(volume) * b, at, "a larger share", &volume.to_string())?;
            }
            before = Some((side, u128::from(volume), u128::from(size)));
            taken.extend(inside);
            groups.push(Group { rank: proof.rank - 1, cells: members, volume, size });
        }
    }
    // Whoever is short belongs to a side.
    let known: BTreeSet<usize> = groups.iter().flat_map(|group| group.cells.iter().copied()).collect();
    for (i, (cell, served)) in cut.cells().iter().zip(&check.cells).enumerate() {
        let district = check.scope.district_id(cell.district);
        let none = *served == 0 && taken.contains(district);
        let accounted = *served == cell.size || known.contains(&i) || none;
        let at = || check.at(&format!("rank {} {district}", cell.rank + 1));
        must(rule, accounted, at, &cell.size.to_string(), &served.to_string())?;
    }
    Ok(groups)
}
