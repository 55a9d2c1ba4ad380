//! What a decision says of its hours is what they are.

use std::collections::BTreeMap;

use super::super::scope::Check;
use super::super::{Finding, Found, Rule, Violation, must, same};
use super::lay::{Lay, MICRO, Place};
use super::{Hours, hours};
use crate::decide::HoursUsed;
use crate::units::{Decimal, Milli, mul_div};

const RULE: Rule = Rule::Hours;

const ONE: u128 = Decimal::ONE.atto();

/// One volume an hour, in units of 10^-18 m3.
type Volumes = Vec<u128>;

/// Demand, and what is served of it.
#[derive(Clone)]
struct Sums {
    demand: Volumes,
    served: Volumes,
}

/// Every figure of the hours, to the thousandth of a m3.
pub(super) fn told(check: &Check<'_>, ours: &Hours) -> Result<(), Violation> {
    let (lay, _) = hours(check, RULE)?;
    let lacking = || Violation { rule: RULE, at: check.at("hours"), expected: "hours".into(), found: "-".into() };
    let told = check.decision.hours.as_ref().ok_or_else(lacking)?;
    let clock = |hours: &[u8]| hours.iter().map(u8::to_string).collect::<Vec<_>>().join(" ");
    same(RULE, || check.at("hours clock"), clock(check.scope.clock()), clock(&told.clock))?;
    flows(check, lay, ours, told)?;
    customers(check, lay, ours, told)
}

/// What sources, links and pipes do.
fn flows(check: &Check<'_>, lay: &Lay<'_>, ours: &Hours, told: &HoursUsed) -> Result<(), Violation> {
    let carried = &ours.carried;
    same(RULE, || check.at("hours by_source"), lay.sources.len(), told.by_source.len())?;
    for ((source, given), row) in lay.sources.iter().zip(&carried.given).zip(&told.by_source) {
        same(RULE, || check.at("hours by_source"), source.id, &*row.source)?;
        series(check, source.id, "given_m3", given.iter().map(|volume| of_micro(*volume)), &row.given_m3)?;
    }
    let all = (0..lay.hours).map(|hour| of_micro(carried.given.iter().map(|given| given[hour]).sum()));
    series(check, "", "given_m3", all, &told.given_m3)?;
    same(RULE, || check.at("hours by_link"), lay.told, told.by_link.len())?;
    let links = check.scope.links().unwrap_or_default();
    for (at, (link, row)) in links.iter().zip(&told.by_link).enumerate() {
        let name = |from: &str, to: &str| format!("{from} -> {to}");
        let ours = name(&link.names.0, &link.names.1);
        same(RULE, || check.at("hours by_link"), &ours, &name(&row.from, &row.to))?;
        let capacity = of_micro(lay.links[at].capacity.unwrap_or(u64::MAX));
        same(RULE, || check.at(&format!("{ours} capacity_m3_h")), capacity, row.capacity_m3_h)?;
        series(check, &ours, "flow_m3", carried.links[at].iter().map(|flow| of_micro(*flow)), &row.flow_m3)?;
    }
    let missing = lay
        .places
        .iter()
        .zip(&carried.levels)
        .map(|(place, levels)| place.end.saturating_sub(levels.last().copied().unwrap_or_default()));
    same(RULE, || check.at("hours linepack_missing_m3"), of_micro(missing.sum()), told.linepack_missing_m3)?;
    same(RULE, || check.at("hours by_district"), check.scope.districts().len(), told.by_district.len())?;
    for (district, row) in (0..).zip(&told.by_district) {
        let id = check.scope.district_id(district);
        same(RULE, || check.at("hours by_district"), id, &*row.district)?;
        let here = &check.scope.city().districts[check.scope.districts()[district as usize] as usize];
        let least = here.linepack_min.unwrap_or_default().get().saturating_mul(MICRO);
        let levels = keeps(check, district).then(|| lay.place_of(district, 0)).flatten();
        let levels = levels.into_iter().flat_map(|at| &carried.levels[at]).map(|level| of_micro(least + level));
        series(check, id, "linepack_m3", levels, &row.linepack_m3)?;
    }
    Ok(())
}

/// Whether a district's pipes keep gas from one hour to the next.
fn keeps(check: &Check<'_>, district: u32) -> bool {
    let row = &check.scope.city().districts[check.scope.districts()[district as usize] as usize];
    check.scope.entitled().is_none() && (row.linepack.is_some() || row.linepack_max.is_some())
}

/// What customers ask for and get, in all, by district and by class.
fn customers(check: &Check<'_>, lay: &Lay<'_>, ours: &Hours, told: &HoursUsed) -> Result<(), Violation> {
    let (scope, policy) = (&check.scope, check.scope.policy());
    let none = || Sums { demand: vec![0; lay.hours], served: vec![0; lay.hours] };
    let (mut all, mut districts) = (none(), vec![none(); scope.districts().len()]);
    let mut classes = vec![none(); policy.classes.len()];
    let mut asked: BTreeMap<(usize, u32, Option<u32>), u64> = BTreeMap::new();
    for (at, i) in scope.customers().iter().enumerate() {
        let (demand, profile) = (scope.day.demand[*i as usize].get(), scope.city().customers[*i as usize].profile);
        *asked.entry((scope.class_of(at), scope.district_of()[at], profile)).or_default() += demand;
    }
    for ((class, district, profile), demand) in asked {
        let Some(spread) = scope.profile(profile) else { continue };
        for sums in [&mut all, &mut classes[class], &mut districts[district as usize]] {
            for (sum, share) in sums.demand.iter_mut().zip(spread) {
                *sum += u128::from(*share) * u128::from(demand);
            }
        }
    }
    served(check, lay, ours, |class, district, hour, volume| {
        for sums in [&mut all, &mut classes[class], &mut districts[district as usize]] {
            sums.served[hour] += volume;
        }
    });
    let both = |name: &str, sums: &Sums, demand: &[Milli], served: &[Milli]| {
        series(check, name, "demand_m3", sums.demand.iter().map(|volume| of_atto(*volume)), demand)?;
        series(check, name, "served_m3", sums.served.iter().map(|volume| of_atto(*volume)), served)
    };
    both("", &all, &told.demand_m3, &told.served_m3)?;
    for (sums, row) in districts.iter().zip(&told.by_district) {
        both(&row.district, sums, &row.demand_m3, &row.served_m3)?;
    }
    let mut rows = told.by_class.iter();
    let some = |sums: &Sums| sums.demand.iter().any(|volume| *volume > 0);
    for (class, sums) in policy.classes.iter().zip(&classes).filter(|(_, sums)| some(sums)) {
        let row = rows.next();
        same(RULE, || check.at("hours by_class"), &*class.id, row.map_or("-", |row| &row.class))?;
        if let Some(row) = row {
            both(&row.class, sums, &row.demand_m3, &row.served_m3)?;
        }
    }
    let more = rows.next().map_or("-", |row| &row.class);
    same(RULE, || check.at("hours by_class"), "-", more)
}

/// What the slices of one class in one cell, spread alike, get of what they ask for in an hour: the part that their cell gets there.
fn served(check: &Check<'_>, lay: &Lay<'_>, ours: &Hours, mut add: impl FnMut(usize, u32, usize, u128)) {
    let (scope, Some(cut)) = (&check.scope, &check.cut) else { return };
    let mut sums: BTreeMap<(u32, u32, u32, usize, u32), u64> = BTreeMap::new();
    for slice in cut.slices() {
        let at = slice.customer as usize;
        let cell = (slice.rank, scope.district_of()[at], scope.company(at));
        *sums.entry((cell.0, cell.1, cell.2, scope.class_of(at), slice.spread)).or_default() += slice.size;
    }
    let parts = ours.by_cell(cut);
    for ((rank, district, company, class, spread), size) in sums {
        let (Some(parts), Some(spread)) = (parts.get(&(rank, district, company)), cut.spread_at(spread)) else {
            continue;
        };
        for part in parts.iter().filter(|part| part.hour < lay.hours) {
            let asked = u128::from(spread[part.hour]) * u128::from(size);
            add(class, district, part.hour, mul_div(asked, u128::from(part.served), u128::from(part.size)).0);
        }
    }
}

/// Whether one volume an hour is told as it is.
fn series(
    check: &Check<'_>,
    name: &str,
    what: &str,
    expected: impl Iterator<Item = Milli>,
    found: &[Milli],
) -> Result<(), Violation> {
    let expected: Vec<Milli> = expected.collect();
    let at = |hour: &str| {
        check.at(format!("hours {name} {what} {hour}").trim().split("  ").collect::<Vec<_>>().join(" ").as_str())
    };
    same(RULE, || at(""), expected.len(), found.len())?;
    for (hour, (expected, found)) in expected.iter().zip(found).enumerate() {
        must(RULE, expected == found, || at(&check.hour_name(hour)), &expected.to_string(), &found.to_string())?;
    }
    Ok(())
}

fn of_micro(volume: u64) -> Milli {
    Milli((volume.saturating_add(500)) / 1_000)
}

fn of_atto(volume: u128) -> Milli {
    Milli(((volume + ONE / 2_000) / (ONE / 1_000)) as u64)
}

/// How long pipes last if nothing is done is a look ahead, which gas of each hour as evenly as it can be decides: that is told, and not proved.
pub(in crate::verify) fn to_minimum(check: &Check<'_>) -> Found {
    let rule = Rule::ToMinimum;
    let Some(told) = &check.decision.hours else { return Ok(Finding::NotChecked) };
    let mut finding = Finding::Holds;
    for (district, row) in (0..).zip(&told.by_district) {
        let least = |place: &Place| place.start == 0;
        let (lay, _) = hours(check, rule)?;
        let keeps_none = lay.place_of(district, 0).is_none_or(|at| least(&lay.places[at]));
        if !keeps_none {
            finding = Finding::NotProved;
            continue;
        }
        let at = || check.at(&format!("hours {} hours_to_minimum", row.district));
        must(rule, row.hours_to_minimum.is_none(), at, "-", &row.hours_to_minimum.unwrap_or_default().to_string())?;
    }
    Ok(finding)
}
