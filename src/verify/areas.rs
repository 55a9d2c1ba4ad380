//! How short each area is, where an area may raise the level: the leximin of one rank with one cell a district.
//!
//! A side of the network lets its areas have no more than what can enter it, flows bring them as much: so the least served get
//! what they can, and the next, and so on. A share that is a fraction is shown to be reached to a thousandth of a m3.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::balance::{entering, pool, pooled, ratio};
use super::companies::{Atto, HAIR, arriving, atto, of_m3, told};
use super::scope::Check;
use super::{Finding, Rule, Violation, must, same};
use crate::decide::LevelUsed;
use crate::decide::evidence::AreasProof;
use crate::policy::Standing;
use crate::units::{Decimal, mul_div};

const RULE: Rule = Rule::Level;

/// An area's part of its demand, as `part / of`.
#[derive(Clone, Copy)]
struct Part {
    district: u32,
    part: u64,
    of: u64,
}

/// The level in force, where the balance calls for one: the gravest of what it and its areas call for.
pub(super) fn standing(
    check: &Check<'_>,
    by_balance: usize,
    found: Option<&LevelUsed>,
) -> Result<(Standing, Finding), Violation> {
    let policy = check.scope.policy();
    let may_raise = policy.levels.iter().skip(by_balance + 1).any(|level| level.area_band.is_some());
    let named = found.and_then(|level| level.area.as_ref());
    if !may_raise {
        same(RULE, || check.at("level area"), "-", named.map_or("-", |area| &area.district))?;
        return Ok((Standing::At(by_balance), Finding::Holds));
    }
    let parts = match (check.scope.links().is_some(), check.scope.entitled().is_some()) {
        (false, false) if !check.scope.is_hourly() => in_one_pool(check),
        // What the hours let an area have is measured in a network that no evidence tells of.
        (links, entitled) if check.scope.is_hourly() || (links && entitled) => {
            let raised = found.filter(|level| level.area.is_some()).and_then(|level| policy.level(&level.id));
            let level = raised.map_or(by_balance, |raised| raised.max(by_balance));
            return Ok((Standing::At(level), Finding::NotProved));
        }
        _ => proved(check)?,
    };
    // Of those that call for the gravest level the shortest, of equals the first.
    let mut gravest: Option<(usize, Part)> = None;
    for part in parts {
        let called = policy.area_level(part.of - part.part, part.of).filter(|called| *called > by_balance);
        let Some(called) = called else { continue };
        let shorter = |other: &Part| {
            let (ours, theirs) = (u128::from(part.of - part.part), u128::from(other.of - other.part));
            (ours * u128::from(other.of)).cmp(&(theirs * u128::from(part.of)))
        };
        if gravest.as_ref().is_none_or(|(level, other)| called.cmp(level).then(shorter(other)) == Ordering::Greater) {
            gravest = Some((called, part));
        }
    }
    let name = |part: &Part| check.scope.district_id(part.district);
    let district = gravest.as_ref().map_or("-", |(_, part)| name(part));
    same(RULE, || check.at("level area"), district, named.map_or("-", |area| &area.district))?;
    if let (Some((_, part)), Some(area)) = (&gravest, named) {
        same(RULE, || check.at("level area ratio"), ratio(part.of - part.part, part.of), area.ratio)?;
    }
    Ok((Standing::At(gravest.map_or(by_balance, |(level, _)| level)), Finding::Holds))
}

/// Demand by district, where there is any.
fn demand(check: &Check<'_>) -> BTreeMap<u32, u64> {
    let mut demand = BTreeMap::new();
    check.scope.whole_demand().iter().for_each(|cell| *demand.entry(cell.district).or_default() += cell.size);
    demand
}

/// Every area has the ratio of all.
fn in_one_pool(check: &Check<'_>) -> Vec<Part> {
    let (part, of) = (pooled(check, &check.scope.whole_demand()), check.decision.balance.demand_m3.get());
    demand(check).into_keys().map(|district| Part { district, part, of }).collect()
}

/// The parts that the evidence proves.
fn proved(check: &Check<'_>) -> Result<Vec<Part>, Violation> {
    let lacking = || Violation { rule: RULE, at: check.at("areas"), expected: "evidence".into(), found: "-".into() };
    let proof = check.evidence.areas.as_ref().ok_or_else(lacking)?;
    let demand = demand(check);
    let parts = sides(check, proof, &demand)?;
    let arrived = if check.scope.links().is_some() {
        arriving(check, RULE, &proof.flows, "areas")?
    } else {
        from_companies(check, &proof.flows)?
    };
    for part in &parts {
        let size = u128::from(demand.get(&part.district).copied().unwrap_or(0));
        let share = mul_div(size * Decimal::ONE.atto(), u128::from(part.part), u128::from(part.of)).0;
        let share = Atto::try_from(share).unwrap_or(Atto::MAX);
        let here: Atto =
            arrived.iter().filter(|((district, _), _)| *district == part.district).map(|(_, here)| here).sum();
        let at = || check.at(&format!("areas {}", check.scope.district_id(part.district)));
        must(RULE, here >= share - HAIR, at, &told(share), &told(here))?;
    }
    Ok(parts)
}

/// The part of every area by the sides: each side with those before it gets what can enter it, and a larger share than they.
fn sides(check: &Check<'_>, proof: &AreasProof, demand: &BTreeMap<u32, u64>) -> Result<Vec<Part>, Violation> {
    let mut parts: BTreeMap<u32, Part> =
        demand.keys().map(|district| (*district, Part { district: *district, part: 1, of: 1 })).collect();
    let mut before: BTreeSet<u32> = BTreeSet::new();
    let (mut sum, mut less) = (0u64, (0u64, 1u64));
    for side in &proof.sides {
        let at = || check.at("areas side");
        let inside: BTreeSet<&str> = side.nodes.iter().map(String::as_str).collect();
        let areas: BTreeSet<u32> =
            demand.keys().copied().filter(|d| inside.contains(check.scope.district_id(*d))).collect();
        must(RULE, before.is_subset(&areas), at, "nested", "not nested")?;
        let ours: Vec<u32> = areas.difference(&before).copied().collect();
        let size: u64 = ours.iter().map(|district| demand[district]).sum();
        let volume = side.volume_m3.get();
        same(RULE, at, size, side.size_m3.get())?;
        sum = sum.saturating_add(volume);
        let most = if check.scope.links().is_some() { entering(check, &inside) } else { given_to(check, &areas) };
        same(RULE, at, most, sum)?;
        let larger = u128::from(less.0) * u128::from(size) < u128::from(volume) * u128::from(less.1);
        must(RULE, (larger || before.is_empty()) && volume < size, at, "a larger share", &volume.to_string())?;
        ours.into_iter().for_each(|district| {
            parts.insert(district, Part { district, part: volume, of: size });
        });
        (before, less) = (areas, (volume, size));
    }
    Ok(parts.into_values().collect())
}

/// The most that companies without a network can give to some areas together, in m3.
fn given_to(check: &Check<'_>, areas: &BTreeSet<u32>) -> u64 {
    let mut asked: BTreeMap<u32, u64> = BTreeMap::new();
    let cells = check.scope.whole_demand().into_iter().filter(|cell| areas.contains(&cell.district));
    cells.for_each(|cell| *asked.entry(cell.company).or_default() += cell.size);
    asked.into_iter().map(|(company, asked)| asked.min(pool(check, company))).sum()
}

/// What companies without a network give to each area: no more than they have, and than their customers there ask for.
fn from_companies(check: &Check<'_>, given: &[Vec<Decimal>]) -> Result<BTreeMap<(u32, u32), Atto>, Violation> {
    let asked: BTreeMap<(u32, u32), u64> =
        check.scope.whole_demand().iter().map(|cell| ((cell.district, cell.company), cell.size)).collect();
    let mut arrived = BTreeMap::new();
    for (company, given) in (0..).zip(given) {
        let mut sum: Atto = 0;
        for (district, given) in (0..).zip(given) {
            let (given, most) = (atto(*given), asked.get(&(district, company)).copied().unwrap_or(0));
            must(RULE, given <= of_m3(most), || check.at("areas"), &format!("<= {most}"), &told(given))?;
            sum += given;
            arrived.insert((district, company), given);
        }
        let most = pool(check, company);
        must(RULE, sum <= of_m3(most), || check.at("areas"), &format!("<= {most}"), &told(sum))?;
    }
    Ok(arrived)
}
