//! A day that is decided again: what is past of it, what of its gas counts as delivered, and the orders that stand.
//!
//! The past itself is read as the case's rows and the order in force say it, by the code that decides ([`crate::decide::revise::rest`]), as
//! slices are. What follows from it is worked out here again.

use std::collections::{BTreeMap, BTreeSet};

use super::balance::bounded;
use super::scope::Check;
use super::{Finding, Found, Rule, Violation, must, same};
use crate::decide::allocate::Cell;
use crate::decide::verifying::{Cut, Past, ROUNDED};
use crate::decide::{Change, Changes, MovedPast, PastTotals, RestoredPast, Revision, SourcePast};
use crate::units::M3;

const RULE: Rule = Rule::Past;

/// What the sources of the balance gave before the hour, in m3.
pub(super) fn given(check: &Check<'_>) -> u64 {
    let Some(past) = check.scope.past() else { return 0 };
    check.scope.sources().iter().filter_map(|at| past.given.get(*at as usize)).map(|given| given.volume).sum()
}

/// What was taken before the hour, in m3.
fn taken(check: &Check<'_>) -> u64 {
    let Some(past) = check.scope.past() else { return 0 };
    check.scope.customers().iter().filter_map(|at| past.taken.get(*at as usize)).sum()
}

/// What the order in force left unused, in m3.
fn unused(check: &Check<'_>) -> u64 {
    let order = check.scope.past().and_then(|past| past.order.as_ref());
    order.and_then(|order| order.unused.get(&check.scope.area_index())).copied().unwrap_or_default()
}

/// What counts as deliverable over a day not decided by the hour, of which so much can arrive in its rest: also what was taken; and what
/// a stop kept from customers beyond what was short, as far as the sources still have it, could bring it to those who missed it and
/// nobody can use it now. `reach` says how much could arrive of some cells together.
pub(super) fn deliverable(
    check: &Check<'_>,
    most: u64,
    reach: impl FnOnce(&[Cell]) -> Result<u64, Violation>,
) -> Result<u64, Violation> {
    let Some(past) = check.scope.past() else { return Ok(most) };
    let of = |list: &[u64], at: u32| list.get(at as usize).copied().unwrap_or_default();
    let missed = |at: u32| of(&past.demand, at).saturating_sub(of(&past.taken, at));
    let unused = unused(check);
    let mut kept_back = 0;
    if unused > 0 && check.scope.customers().iter().any(|at| missed(*at) > 0) {
        kept_back = unused.min(reach(&check.scope.demand_and(missed))?.saturating_sub(most));
    }
    Ok(taken(check) + most + kept_back)
}

/// The least and the most that counts as deliverable over a day by the hour: as above, but under an order no more than some hour could
/// have brought, but for what stops move to other hours and what whole m3 lose or gain.
pub(super) fn deliverable_by_hour(check: &Check<'_>, most: u64) -> [u64; 2] {
    let Some(past) = check.scope.past() else { return [most; 2] };
    let least = taken(check) + most;
    let Some(order) = &past.order else { return [least; 2] };
    let in_pipes = past.drawable(check.scope.city(), check.scope.districts());
    let left = (check.supply().iter().sum::<u64>() + in_pipes).saturating_sub(most);
    let moved: u64 = check.scope.customers().iter().filter_map(|at| order.moves.get(*at as usize)).sum();
    [least.saturating_sub(moved + ROUNDED), least + (unused(check) + moved).min(left) + ROUNDED]
}

/// What each cell would get if no order were in force, where what it gets is `cells`.
pub(super) fn plain(check: &Check<'_>, cut: &Cut, cells: &[u64]) -> Result<Vec<u64>, Violation> {
    let rule = Rule::Slices;
    let Some(kept) = &check.evidence.kept else { return Ok(cells.to_vec()) };
    let at = || check.at("evidence kept");
    let ordered = check.scope.past().is_some_and(|past| past.order.is_some());
    must(rule, ordered, at, "-", "kept")?;
    let mut plain = cells.to_vec();
    let mut known = BTreeSet::new();
    for (rank, district, company, volume) in &kept.cells {
        let here = || check.at(&format!("evidence kept: rank {rank} {district}"));
        let is_it = |cell: &Cell| {
            let owner = check.scope.entitled().and_then(|_| check.scope.city().companies.get(cell.company as usize));
            cell.rank + 1 == *rank
                && check.scope.district_id(cell.district) == district.as_str()
                && owner.map(|id| &**id) == company.as_deref()
        };
        let found = cut.cells().iter().position(is_it).filter(|found| known.insert(*found));
        let found = found.ok_or_else(|| Violation::new(rule, here(), "a cell, once".into(), "-".into()))?;
        let size = cut.cells()[found].size;
        must(rule, volume.get() <= size, here, &format!("<= {size}"), &volume.to_string())?;
        plain[found] = volume.get();
    }
    Ok(plain)
}

/// What is told of the past and of the change, of the main balance; the others' is told with it.
pub(super) fn past(check: &mut Check<'_>) -> Found {
    let found = check.decision.revision.as_ref();
    if check.scope.is_outer() {
        must(RULE, found.is_none(), || check.at("revision"), "-", "a revision")?;
        return Ok(Finding::Holds);
    }
    let lacking =
        |expected: &str, found: &str| Violation::new(RULE, check.at("revision"), expected.to_owned(), found.to_owned());
    let past = check.scope.past().ok_or_else(|| lacking("-", "a revision"))?;
    let found = found.ok_or_else(|| lacking("a revision", "-"))?;
    let at = |what: &str| check.at(&format!("revision {what}"));
    let order = past.order.as_ref();
    let revises = order.map(|order| order.id.as_str()).filter(|id| !id.is_empty()).unwrap_or("-");
    same(RULE, || at("revises"), revises, found.revises.as_deref().unwrap_or("-"))?;
    same(RULE, || at("at"), format!("{:02}:00", past.at).as_str(), &found.at)?;
    same(RULE, || at("remaining_supply"), past.remaining_supply, found.remaining_supply)?;
    told(check, found, past)
}

fn told(check: &Check<'_>, found: &Revision, past: &Past) -> Found {
    let at = |what: &str| check.at(&format!("revision {what}"));
    let over = || past.taken.iter().zip(&past.ordered).map(|(taken, ordered)| taken.saturating_sub(*ordered));
    let figures = &past.figures;
    let totals = PastTotals {
        hours: past.hours(),
        demand_m3: past.demand.iter().copied().map(M3).sum(),
        delivered_m3: past.taken.iter().copied().map(M3).sum(),
        customers_metered: figures.metered,
        customers_metered_in_part: figures.in_part,
        customers_by_district: figures.by_district,
        customers_assumed: figures.assumed,
        customers_over: over().filter(|over| *over > 0).count() as u64,
        over_m3: over().map(M3).sum(),
    };
    let numbers = |totals: &PastTotals| {
        let counts = [totals.customers_metered, totals.customers_metered_in_part, totals.customers_by_district];
        let more = [totals.customers_assumed, totals.customers_over];
        format!("{} {} {} {counts:?} {more:?} {}", totals.hours, totals.demand_m3, totals.delivered_m3, totals.over_m3)
    };
    same(RULE, || at("past"), numbers(&totals), numbers(&found.past))?;
    let row = |restored: Option<&RestoredPast>| match restored {
        Some(of) => format!("{} {} {} {}", of.restorations, of.customers, of.past_m3, of.rest_m3),
        None => "-".to_owned(),
    };
    let returned = past.order.as_ref().and_then(|order| order.returned.as_ref());
    same(RULE, || at("restored"), row(returned), row(found.restored.as_ref()))?;
    let city = check.scope.city();
    let row = |source: &SourcePast| {
        let SourcePast { source, given_m3, metered, left_m3 } = source;
        format!("{source} {given_m3} {metered} {left_m3}")
    };
    let mut rows = found.by_source.iter();
    for ((source, given), left) in city.sources.iter().zip(&past.given).zip(&check.scope.day.supply) {
        let Some(left_m3) = *left else { continue };
        let own =
            SourcePast { source: source.id.to_string(), given_m3: M3(given.volume), metered: given.metered, left_m3 };
        same(RULE, || at("by_source"), row(&own), rows.next().map_or_else(|| "-".into(), row))?;
    }
    same(RULE, || at("by_source"), "-".to_owned(), rows.next().map_or_else(|| "-".into(), row))?;
    let row =
        |moved: &MovedPast| format!("{} {} {} {:?}", moved.customer_id, moved.measure, moved.volume_m3, moved.hours);
    let mut rows = found.moved.iter();
    for own in &past.moved_by {
        same(RULE, || at("moved"), row(own), rows.next().map_or_else(|| "-".into(), row))?;
    }
    same(RULE, || at("moved"), "-".to_owned(), rows.next().map_or_else(|| "-".into(), row))?;
    changes(check, found, past)?;
    let none = BTreeMap::new();
    let [turns, listed] = match &past.order {
        Some(order) => [&order.turns, &order.listed],
        None => [&none, &none],
    };
    for (name, ours, theirs) in [("turns", turns, &found.turns), ("listed", listed, &found.listed)] {
        let theirs: BTreeMap<String, u64> = theirs.iter().map(|(id, cut)| (id.clone(), cut.get())).collect();
        same(RULE, || at(name), format!("{ours:?}"), format!("{theirs:?}"))?;
    }
    Ok(Finding::Holds)
}

/// The change of orders, over all balances.
fn changes(check: &Check<'_>, found: &Revision, past: &Past) -> Result<(), Violation> {
    let (city, day) = (check.scope.city(), check.scope.day);
    let mut changes = Changes::default();
    let parts = std::iter::once(check.decision).chain(&check.decision.areas);
    for share in parts.flat_map(|part| &part.detail).flat_map(|detail| &detail.customers) {
        let Some(at) = city.customer(&share.customer_id) else { continue };
        let left = day.left(at as u32);
        let of = |list: &[u64]| list.get(at).copied();
        let ordered = past.order.as_ref().and_then(|order| of(&order.rest)).unwrap_or(left);
        let taken = of(&past.taken).unwrap_or_default();
        let (before, now) =
            (left - ordered.min(left), left.saturating_sub(share.served_m3.get().saturating_sub(taken)));
        let sum = match (before, now) {
            (0, 0) => continue,
            (0, _) => &mut changes.added,
            (_, 0) => &mut changes.lifted,
            (before, now) if before == now => &mut changes.unchanged,
            _ => &mut changes.altered,
        };
        sum.customers += 1;
        sum.before_m3 += M3(before);
        sum.now_m3 += M3(now);
    }
    let row = |change: &Change| format!("{} {} {}", change.customers, change.before_m3, change.now_m3);
    for (name, ours, theirs) in [
        ("added", &changes.added, &found.changes.added),
        ("lifted", &changes.lifted, &found.changes.lifted),
        ("altered", &changes.altered, &found.changes.altered),
        ("unchanged", &changes.unchanged, &found.changes.unchanged),
    ] {
        same(RULE, || check.at(&format!("revision changes {name}")), row(ours), row(theirs))?;
    }
    Ok(())
}

/// Where the network cannot carry what comes of keeping the orders of ranks as a whole, cells keep their own: that it cannot is proved.
pub(super) fn cannot_be_carried(check: &Check<'_>, cut: &Cut, given: &[u64]) -> Result<(), Violation> {
    let bound = check.evidence.kept.as_ref().and_then(|kept| kept.by_cell.as_ref());
    let Some(bound) = bound else { return Ok(()) };
    let rule = Rule::WholeMetres;
    let asked = cut.cells().iter().zip(given).filter(|(_, given)| **given > 0);
    let asked: Vec<Cell> = asked.map(|(cell, given)| Cell { size: *given, ..*cell }).collect();
    let most = bounded(check, rule, bound, &asked, "evidence kept by_cell")?;
    let all: u64 = given.iter().sum();
    must(rule, most < all, || check.at("evidence kept by_cell"), &format!("< {all}"), &most.to_string())
}
