//! Decisions by the hour: the same rules, on the network laid once an hour ([`lay`]), in millionths of a m3.
//!
//! Flows bring each hour what it gets ([`flows`]); sides of that network show that no rank, and nobody inside one, could get more
//! ([`sides`]); the day's whole m3 follow from the hours ([`whole`]); and the hours are told as they are ([`told`]), those of each
//! customer too ([`by_customer`]).

mod by_customer;
mod flows;
mod lay;
mod sides;
mod told;
mod whole;

use std::collections::BTreeMap;

use super::scope::Check;
use super::{Finding, Found, Rule, Violation, must, same};
use crate::decide::evidence::{BoundHours, HoursProof, ReachedHours};
use crate::decide::verifying::{Cut, HourCell};
use crate::units::Micro;

use flows::{Carried, Reading, by_place};

pub(super) use lay::Lay;
pub(super) use sides::{evenness, order};
pub(super) use told::to_minimum;
pub(super) use whole::{due, evenly, whole_metres};

/// The hours of a decision, once they are checked.
pub(super) struct Hours {
    /// What each cell of [`crate::decide::verifying::Cut::by_hour`] gets, in millionths of a m3.
    served: Vec<u64>,
    /// The node of each of them.
    nodes: Vec<usize>,
    /// What brings it there.
    carried: Carried,
}

/// A rank, district and company.
type Cell = (u32, u32, u32);

/// What a cell gets in an hour, of what it asks for, in millionths of a m3.
struct Part {
    hour: usize,
    served: u64,
    size: u64,
}

impl Hours {
    /// The hours of each cell.
    fn by_cell(&self, cut: &Cut) -> BTreeMap<Cell, Vec<Part>> {
        let mut parts: BTreeMap<Cell, Vec<Part>> = BTreeMap::new();
        for (cell, served) in cut.by_hour().iter().zip(&self.served) {
            let part = Part { hour: cell.hour as usize, served: *served, size: cell.size.max(1) };
            parts.entry((cell.rank, cell.district, cell.company)).or_default().push(part);
        }
        parts
    }
}

/// A volume of less than this below a whole m3 is that m3 (section 1: `floor(v + 0.001)`), in millionths of a m3.
const NEARLY: u64 = lay::MICRO / 1_000;

/// Whole m3 of so many millionths.
const fn whole_of(micro: u64) -> u64 {
    (micro + NEARLY) / lay::MICRO
}

/// The network and the evidence of a balance's hours.
fn hours<'c>(check: &'c Check<'_>, rule: Rule) -> Result<(&'c Lay<'c>, &'c HoursProof), Violation> {
    let lacking = || Violation { rule, at: check.at("hours"), expected: "evidence".into(), found: "-".into() };
    check.lay.as_ref().zip(check.evidence.hours.as_ref()).ok_or_else(lacking)
}

/// The most that can reach the whole demand over the day, in m3.
pub(super) fn deliverable(check: &Check<'_>, rule: Rule) -> Result<u64, Violation> {
    let (_, proof) = hours(check, rule)?;
    reached(check, rule, &proof.deliverable, &check.scope.whole_demand_by_hour(), "deliverable")
}

/// The most that can reach cells together, proved from both sides, in whole m3.
pub(super) fn reached(
    check: &Check<'_>,
    rule: Rule,
    reached: &ReachedHours,
    cells: &[HourCell],
    what: &str,
) -> Result<u64, Violation> {
    let (lay, _) = hours(check, rule)?;
    let most = most(check, rule, &reached.bound, cells, what)?;
    let reading = Reading { check, rule, what };
    let served = reading.served(lay, cells, &reached.short)?;
    let mut carried = reading.carried(lay, &reached.flows)?;
    reading.balanced(lay, &mut carried, &by_place(lay, cells, &served))?;
    let sum = served.iter().sum::<u64>();
    must(rule, sum == most, || check.at(what), &Micro(most).to_string(), &Micro(sum).to_string())?;
    Ok(whole_of(most))
}

/// What a bound lets cells get together, in whole m3.
pub(super) fn bounded(
    check: &Check<'_>,
    rule: Rule,
    bound: &BoundHours,
    cells: &[HourCell],
    what: &str,
) -> Result<u64, Violation> {
    most(check, rule, bound, cells, what).map(whole_of)
}

/// The same in millionths of a m3. What the pipes must hold at the end of the day comes first: inside a side it takes part of what enters.
fn most(check: &Check<'_>, rule: Rule, bound: &BoundHours, cells: &[HourCell], what: &str) -> Result<u64, Violation> {
    let (lay, _) = hours(check, rule)?;
    let asked: u64 = cells.iter().map(|cell| cell.size).sum();
    let BoundHours::Cut(side) = bound else { return Ok(asked) };
    let reading = Reading { check, rule, what };
    let side = lay.side(side).map_err(|unknown| reading.refused("side", "-", &unknown))?;
    let outside = cells.iter().filter(|cell| !sides::holds(lay, &side, cell));
    let outside: u64 = outside.map(|cell| cell.size).sum();
    let most = lay.entering(&side).saturating_sub(lay.ends(&side)).saturating_add(u128::from(outside));
    Ok(u64::try_from(most).unwrap_or(u64::MAX).min(asked))
}

/// The hours of the decision itself: nothing beyond what it can carry, every node in balance, and every figure as it follows.
pub(super) fn hours_hold(check: &mut Check<'_>) -> Found {
    let rule = Rule::Hours;
    let ours = ours(check, rule)?;
    told::told(check, &ours)?;
    by_customer::by_customer(check, &ours)?;
    check.hours = Some(ours);
    Ok(Finding::Holds)
}

/// What each cell of each hour gets, and what brings it there.
fn ours(check: &Check<'_>, rule: Rule) -> Result<Hours, Violation> {
    let (lay, proof) = hours(check, rule)?;
    let Some(cut) = &check.cut else {
        return Err(Violation { rule, at: check.at("slices"), expected: "slices".into(), found: "-".into() });
    };
    let mut ranks = proof.ranks.iter().peekable();
    let mut served = Vec::with_capacity(cut.by_hour().len());
    for cells in cut.by_hour().chunk_by(|a, b| a.rank == b.rank) {
        let rank = cells[0].rank + 1;
        let what = format!("rank {rank}");
        let told = ranks.next_if(|told| told.rank == rank).map_or(&[][..], |told| &told.short);
        served.append(&mut Reading { check, rule, what: &what }.served(lay, cells, told)?);
    }
    if let Some(more) = ranks.next() {
        return Err(Violation {
            rule,
            at: check.at("evidence of rank"),
            expected: "-".into(),
            found: more.rank.to_string(),
        });
    }
    let reading = Reading { check, rule, what: "" };
    let mut carried = reading.carried(lay, &proof.flows)?;
    reading.balanced(lay, &mut carried, &by_place(lay, cut.by_hour(), &served))?;
    sources(check, rule, lay, &carried)?;
    let nodes = cut.by_hour().iter().map(|cell| sides::node(lay, cell).unwrap_or_default()).collect();
    Ok(Hours { served, nodes, carried })
}

/// What sources are said to give over the day is what they give in its hours, a fraction rounded up.
fn sources(check: &Check<'_>, rule: Rule, lay: &Lay<'_>, carried: &Carried) -> Result<(), Violation> {
    for ((source, given), told) in lay.sources.iter().zip(&carried.given).zip(&check.evidence.sources) {
        let given = given.iter().sum::<u64>().div_ceil(lay::MICRO);
        same(rule, || check.at(&format!("{} given_m3", source.id)), given, told.given_m3.get())?;
    }
    Ok(())
}
