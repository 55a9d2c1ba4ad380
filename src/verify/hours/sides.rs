//! The strict order of ranks and evenness inside each, hour by hour: by sides of the network that take all that can enter them.

use super::super::scope::Check;
use super::super::{Finding, Found, Rule, Violation, must, same};
use super::lay::{Lay, Side};
use super::{Hours, hours, whole_of};
use crate::decide::verifying::{Cut, HourCell};
use crate::units::Micro;

/// Whether a cell's node is inside a side.
pub(super) fn holds(lay: &Lay<'_>, side: &Side, cell: &HourCell) -> bool {
    node(lay, cell).is_some_and(|node| side.holds(node))
}

/// The node of a cell.
pub(super) fn node(lay: &Lay<'_>, cell: &HourCell) -> Option<usize> {
    Some(lay.node(lay.place(lay.place_of(cell.district, cell.company)?), cell.hour as usize))
}

fn found<'c>(check: &'c Check<'_>, rule: Rule) -> Result<(&'c Cut, &'c Hours), Violation> {
    let lacking = || Violation { rule, at: check.at("slices"), expected: "slices".into(), found: "-".into() };
    check.cut.as_ref().zip(check.hours.as_ref()).ok_or_else(lacking)
}

/// The sides of the evidence, each with its rank from 1.
fn sides(check: &Check<'_>, rule: Rule) -> Result<Vec<(u32, Side)>, Violation> {
    let (lay, proof) = hours(check, rule)?;
    let told = proof.ranks.iter().flat_map(|proof| proof.tight.iter().map(|side| (proof.rank, side)));
    let side = |(rank, told)| {
        let refused = |unknown| Violation {
            rule,
            at: check.at(&format!("rank {rank} side")),
            expected: "-".into(),
            found: unknown,
        };
        Ok((rank, lay.side(told).map_err(refused)?))
    };
    told.map(side).collect()
}

/// The first cell of every rank, and the end of all; ranks count from 0 up.
fn starts(cut: &Cut) -> Vec<usize> {
    (0..=cut.ranks().len() as u32).map(|rank| cut.by_hour().partition_point(|cell| cell.rank < rank)).collect()
}

/// No better rank lacks gas that a worse one received and that could have reached it; a rank's day is that of its hours, rounded down.
pub(in crate::verify) fn order(check: &Check<'_>) -> Found {
    let rule = Rule::Order;
    let (lay, _) = hours(check, rule)?;
    let (cut, ours) = found(check, rule)?;
    let (starts, sides) = (starts(cut), sides(check, rule)?);
    let mut of_day = vec![0u64; cut.ranks().len()];
    cut.cells().iter().zip(&check.cells).for_each(|(cell, served)| of_day[cell.rank as usize] += served);
    for (rank, of_day) in (1u32..).zip(of_day) {
        let (from, until) = (starts[rank as usize - 1], starts[rank as usize]);
        let at = || check.at(&format!("rank {rank}"));
        let (cells, served) = (&cut.by_hour()[from..until], &ours.served[from..until]);
        if cells.is_empty() {
            continue;
        }
        let total = whole_of(served.iter().sum());
        same(rule, || check.at(&format!("rank {rank} served_m3")), total, of_day)?;
        if cells.iter().zip(served).all(|(cell, served)| cell.size == *served) {
            continue;
        }
        let Some((_, side)) = sides.iter().rev().find(|(of, _)| *of <= rank) else {
            return Err(Violation { rule, at: at(), expected: "a cut".into(), found: "-".into() });
        };
        takes_all(rule, lay, ours, side, until, at)?;
        for (at, (cell, served)) in cut.by_hour()[..until].iter().zip(&ours.served).enumerate() {
            let accounted = *served == cell.size || side.holds(ours.nodes[at]);
            let place = || check.at_cell(cell);
            must(rule, accounted, place, &Micro(cell.size).to_string(), &Micro(*served).to_string())?;
        }
    }
    Ok(Finding::Holds)
}

/// Whether the cells before `until` inside a side, and the ends of the pipes there, take all that can enter it.
fn takes_all(
    rule: Rule,
    lay: &Lay<'_>,
    ours: &Hours,
    side: &Side,
    until: usize,
    at: impl Fn() -> String,
) -> Result<(), Violation> {
    let (entering, taken) = (Micro(entering(lay, side)), Micro(inside(&ours.nodes[..until], &ours.served, side)));
    must(rule, entering == taken, at, &entering.to_string(), &taken.to_string())
}

/// What can enter a side, less what the pipes inside must hold at the end of the day.
fn entering(lay: &Lay<'_>, side: &Side) -> u64 {
    u64::try_from(lay.entering(side).saturating_sub(lay.ends(side))).unwrap_or(u64::MAX)
}

/// What cells inside a side get, by their nodes.
fn inside(nodes: &[usize], served: &[u64], side: &Side) -> u64 {
    nodes.iter().zip(served).filter(|(node, _)| side.holds(**node)).map(|(_, served)| served).sum()
}

/// Cells that share a shortage, by index: what they get together and what they ask for, in millionths of a m3.
pub(super) struct Group {
    pub rank: u32,
    pub cells: Vec<usize>,
    pub volume: u64,
    pub size: u64,
}

/// Inside a rank, whoever shares a shortage gets the same share, but for the rounding to millionths of a m3.
pub(in crate::verify) fn evenness(check: &Check<'_>) -> Found {
    let rule = Rule::Evenness;
    let (cut, ours) = found(check, rule)?;
    for group in groups(check, cut, ours)? {
        for at in &group.cells {
            let (cell, served) = (&cut.by_hour()[*at], ours.served[*at]);
            let floor = (u128::from(cell.size) * u128::from(group.volume) / u128::from(group.size.max(1))) as u64;
            let even = served == floor || served == floor + 1;
            let told = format!("{} or {}", Micro(floor), Micro(floor + 1));
            must(rule, even, || check.at_cell(cell), &told, &Micro(served).to_string())?;
        }
    }
    Ok(Finding::Holds)
}

/// The groups of cells that share a shortage, each proved by its side.
pub(super) fn groups(check: &Check<'_>, cut: &Cut, ours: &Hours) -> Result<Vec<Group>, Violation> {
    let (rule, nodes) = (Rule::Evenness, &ours.nodes);
    let (lay, _) = hours(check, rule)?;
    let (starts, sides) = (starts(cut), sides(check, rule)?);
    let mut taken = vec![false; lay.nodes()];
    let mut known = vec![false; nodes.len()];
    let mut groups = Vec::new();
    let (mut before, mut held): (Option<(u32, &Side, u64, u64)>, u64) = (None, 0);
    for (rank, side) in &sides {
        let at = || check.at(&format!("rank {rank} side"));
        let told = format!("1..={}", cut.ranks().len());
        must(rule, (1..starts.len()).contains(&(*rank as usize)), at, &told, &rank.to_string())?;
        let (from, until) = (starts[*rank as usize - 1], starts[*rank as usize]);
        let members = (from..until).filter(|cell| side.holds(nodes[*cell]) && !taken[nodes[*cell]]);
        let cells: Vec<usize> = members.collect();
        if before.as_ref().is_none_or(|(of, ..)| of != rank) {
            held = 0;
        }
        // What it can get less what better ranks and the sides before have; rounded, one group may get a millionth of another's.
        let better: u64 = inside(&nodes[..from], &ours.served, side);
        let volume = entering(lay, side).saturating_sub(better).saturating_sub(held);
        held = held.saturating_add(volume);
        let size: u64 = cells.iter().map(|cell| cut.by_hour()[*cell].size).sum();
        // Whoever lost all to better ranks shares nothing here.
        if size > 0 || volume > 0 {
            if let Some((_, less, a, b)) = before.filter(|(of, ..)| of == rank) {
                must(rule, side.contains(less), at, "nested", "not nested")?;
                let larger = u128::from(a) * u128::from(size) < u128::from(volume) * u128::from(b);
                must(rule, larger, at, "a larger share", &Micro(volume).to_string())?;
            }
            before = Some((*rank, side, volume, size));
        }
        side.nodes().for_each(|node| taken[node] = true);
        cells.iter().for_each(|cell| known[*cell] = true);
        groups.push(Group { rank: *rank, cells, volume, size });
    }
    // Whoever is short belongs to a side.
    for (at, (cell, served)) in cut.by_hour().iter().zip(&ours.served).enumerate() {
        let none = *served == 0 && taken[nodes[at]];
        let accounted = *served == cell.size || known[at] || none;
        let here = || check.at_cell(cell);
        must(rule, accounted, here, &Micro(cell.size).to_string(), &Micro(*served).to_string())?;
    }
    Ok(groups)
}
