//! Demand, supply, what can arrive; sources and links within what they can, every node in balance.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::Check;
use super::{Finding, Found, Rule, Violation, companies, hours, must, revised, same};
use crate::decide::allocate::Cell;
use crate::decide::evidence::{Bound, Reached};
use crate::units::Decimal;

const RULE: Rule = Rule::Balance;

pub(super) fn balance(check: &mut Check<'_>) -> Found {
    let check = &*check;
    let (scope, told) = (&check.scope, &check.decision.balance);
    let at = |what: &str| check.at(&format!("balance {what}"));
    let demand: u64 = scope.demand();
    let supply: u64 = check.supply().iter().sum();
    same(RULE, || at("demand_m3"), demand, told.demand_m3.get())?;
    same(RULE, || at("supply_m3"), revised::given(check) + supply, told.supply_m3.get())?;
    sources(check)?;
    let mut finding = Finding::Holds;
    match scope.links() {
        _ if scope.is_hourly() => {
            let [least, most] = revised::deliverable_by_hour(check, hours::deliverable(check, RULE)?);
            // What hours that are past could have brought nothing in the decision proves.
            let found = told.deliverable_m3.get();
            must(
                RULE,
                (least..=most).contains(&found),
                || at("deliverable_m3"),
                &most.to_string(),
                &found.to_string(),
            )?;
            finding = if least == most { Finding::Holds } else { Finding::NotProved };
        }
        None => {
            let pooled = |cells: &[Cell]| pooled(check, cells);
            let most = revised::deliverable(check, pooled(&scope.whole_demand()), |cells| Ok(pooled(cells)))?;
            same(RULE, || at("deliverable_m3"), most, told.deliverable_m3.get())?;
        }
        Some(_) => {
            links(check)?;
            if scope.entitled().is_some() {
                let flows = companies::flows(check);
                companies::as_said(check, RULE, &flows)?;
                companies::brings(
                    check,
                    RULE,
                    &companies::arriving(check, RULE, &flows, "")?,
                    &served_by_company(check),
                )?;
            } else {
                let flows: Vec<u64> = check.evidence.links.iter().map(|link| link.flow_m3.get()).collect();
                carried(check, &flows, &served_by_district(check), true)?;
            }
            let evidence = &check.evidence;
            let reached = |reached: &Option<Reached>, cells: &[Cell], what: &str| {
                reached_by(check, RULE, reached.as_ref(), cells, what)
            };
            let most = reached(&evidence.deliverable, &scope.whole_demand(), "deliverable")?;
            let most = revised::deliverable(check, most, |cells| reached(&evidence.missed, cells, "missed"))?;
            same(RULE, || at("deliverable_m3"), most, told.deliverable_m3.get())?;
        }
    }
    let shortfall = demand.saturating_sub(told.deliverable_m3.get());
    same(RULE, || at("shortfall_m3"), shortfall, told.shortfall_m3.get())?;
    same(RULE, || at("ratio"), ratio(shortfall, demand), told.ratio)?;
    let served = check.decision.totals.served_m3;
    // Ranks that are rounded each may add up to more than all of them rounded at once; flows bring them by the hour.
    let within = served <= told.deliverable_m3 || scope.is_hourly();
    must(RULE, within, || at("served"), &told.deliverable_m3.to_string(), &served.to_string())?;
    Ok(finding)
}

/// `shortfall / demand` to fifteen decimals.
pub(super) fn ratio(shortfall: u64, demand: u64) -> f64 {
    const DECIMALS: u128 = 1_000_000_000_000_000;
    let whole = u128::from(demand.max(1));
    ((u128::from(shortfall) * DECIMALS + whole / 2) / whole) as f64 / DECIMALS as f64
}

/// What each district's customers get, in m3.
fn served_by_district(check: &Check<'_>) -> Vec<u64> {
    let mut served = vec![0u64; check.scope.districts().len()];
    for (at, district) in check.scope.district_of().iter().enumerate() {
        served[*district as usize] += check.served(at);
    }
    served
}

/// What each company's customers get in each district, in m3.
fn served_by_company(check: &Check<'_>) -> BTreeMap<(u32, u32), u64> {
    let mut served = BTreeMap::new();
    for (at, district) in check.scope.district_of().iter().enumerate() {
        *served.entry((*district, check.scope.company(at))).or_default() += check.served(at);
    }
    served
}

/// Every source of the balance once, with the day's volume, and no more given; without a network, what customers get.
fn sources(check: &Check<'_>) -> Result<(), Violation> {
    let (scope, told) = (&check.scope, &check.evidence.sources);
    same(RULE, || check.at("sources"), scope.sources().len(), told.len())?;
    for ((i, volume), source) in scope.sources().iter().zip(check.supply()).zip(told) {
        let at = |what: &str| check.at(&format!("{} {what}", source.source));
        same(RULE, || at("source"), &*scope.city().sources[*i as usize].id, source.source.as_str())?;
        same(RULE, || at("volume_m3"), volume, source.volume_m3.get())?;
        let within = source.given_m3 <= source.volume_m3;
        must(RULE, within, || at("given_m3"), &format!("<= {}", source.volume_m3), &source.given_m3.to_string())?;
    }
    if scope.links().is_some() || scope.is_hourly() {
        return Ok(());
    }
    let mut rest: BTreeMap<u32, i128> = BTreeMap::new();
    for (at, source) in told.iter().enumerate() {
        let company = scope.entitled().map_or(0, |companies| companies[at]);
        *rest.entry(company).or_default() += i128::from(source.given_m3.get());
    }
    for at in 0..check.detail.customers.len() {
        *rest.entry(scope.company(at)).or_default() -= i128::from(check.served(at));
    }
    let whole = rest.values().find(|rest| **rest != 0);
    same(RULE, || check.at("sources given_m3 - served_m3"), 0, whole.copied().unwrap_or_default())
}

/// Every link of the balance once, with its capacity, and no more carried.
fn links(check: &Check<'_>) -> Result<(), Violation> {
    let links = check.scope.links().unwrap_or_default();
    let told = &check.evidence.links;
    same(RULE, || check.at("links"), links.len(), told.len())?;
    for (link, told) in links.iter().zip(told) {
        let at = || check.at(&format!("{} -> {}", told.from, told.to));
        let name = |from: &str, to: &str| format!("{from} -> {to}");
        same(RULE, at, name(&link.names.0, &link.names.1), name(&told.from, &told.to))?;
        same(RULE, at, link.capacity, told.capacity_m3)?;
        must(RULE, told.flow_m3 <= link.capacity, at, &format!("<= {}", link.capacity), &told.flow_m3.to_string())?;
    }
    Ok(())
}

/// Whether flows bring these volumes to the districts: nothing above a capacity, every node in balance, no source above its
/// volume and, of the decision itself, each giving what it says.
pub(super) fn carried(check: &Check<'_>, flows: &[u64], wanted: &[u64], as_said: bool) -> Result<(), Violation> {
    let links = check.scope.links().unwrap_or_default();
    same(RULE, || check.at("links"), links.len(), flows.len())?;
    let mut rest: BTreeMap<&str, i128> = BTreeMap::new();
    for (link, flow) in links.iter().zip(flows) {
        let at = || check.at(&format!("{} -> {}", link.names.0, link.names.1));
        must(RULE, *flow <= link.capacity.get(), at, &format!("<= {}", link.capacity), &flow.to_string())?;
        *rest.entry(&link.names.0).or_default() -= i128::from(*flow);
        *rest.entry(&link.names.1).or_default() += i128::from(*flow);
    }
    for source in &check.evidence.sources {
        let out = -rest.remove(source.source.as_str()).unwrap_or_default();
        let at = || check.at(&format!("{} out", source.source));
        if as_said {
            same(RULE, at, i128::from(source.given_m3.get()), out)?;
        } else {
            let most = i128::from(source.volume_m3.get());
            must(RULE, out <= most, at, &format!("<= {most}"), &out.to_string())?;
        }
    }
    for (at, wanted) in (0..).zip(wanted) {
        let id = check.scope.district_id(at);
        let arrived = rest.remove(id).unwrap_or_default();
        same(RULE, || check.at(&format!("{id} in - out")), i128::from(*wanted), arrived)?;
    }
    for (node, rest) in rest {
        same(RULE, || check.at(&format!("{node} in - out")), 0, rest)?;
    }
    Ok(())
}

/// The most that can reach cells, proved from both sides, in m3: no more by the bound, and as much by the flows.
pub(super) fn reached_by(
    check: &Check<'_>,
    rule: Rule,
    reached: Option<&Reached>,
    cells: &[Cell],
    what: &str,
) -> Result<u64, Violation> {
    let lacking = || Violation { rule, at: check.at(what), expected: "evidence".into(), found: "-".into() };
    let reached = reached.ok_or_else(lacking)?;
    let most = bounded(check, rule, &reached.bound, cells, what)?;
    if check.scope.entitled().is_some() {
        return companies::reached(check, rule, reached, most, cells, what).map(|()| most);
    }
    let flows: Vec<u64> = reached.flows.first().ok_or_else(lacking)?.iter().map(|flow| flow.get()).collect();
    // What arrives in each district is what its node does not pass on.
    let links = check.scope.links().unwrap_or_default();
    let mut arrived = vec![0i128; check.scope.districts().len()];
    let index: BTreeMap<&str, usize> =
        (0..check.scope.districts().len()).map(|at| (check.scope.district_id(at as u32), at)).collect();
    for (link, flow) in links.iter().zip(&flows) {
        for (end, sign) in [(&link.names.0, -1), (&link.names.1, 1)] {
            if let Some(at) = index.get(&**end) {
                arrived[*at] += sign * i128::from(*flow);
            }
        }
    }
    let mut asked = vec![0u64; arrived.len()];
    cells.iter().for_each(|cell| asked[cell.district as usize] += cell.size);
    for (at, (arrived, asked)) in arrived.iter().zip(&asked).enumerate() {
        let within = (0..=i128::from(*asked)).contains(arrived);
        let here = || check.at(&format!("{what} {}", check.scope.district_id(at as u32)));
        must(rule, within, here, &format!("0..={asked}"), &arrived.to_string())?;
    }
    let arrived: Vec<u64> = arrived.into_iter().map(|volume| u64::try_from(volume).unwrap_or(0)).collect();
    carried(check, &flows, &arrived, false)?;
    same(rule, || check.at(what), most, arrived.iter().sum())?;
    Ok(most)
}

/// What a bound lets cells get together, in m3.
pub(super) fn bounded(
    check: &Check<'_>,
    rule: Rule,
    bound: &Bound,
    cells: &[Cell],
    what: &str,
) -> Result<u64, Violation> {
    match bound {
        Bound::Full => Ok(cells.iter().map(|cell| cell.size).sum()),
        Bound::Cut(_) if check.scope.entitled().is_some() => {
            Err(Violation { rule, at: check.at(what), expected: "prices".into(), found: "a cut".into() })
        }
        Bound::Cut(nodes) => {
            let inside: BTreeSet<&str> = nodes.iter().map(String::as_str).collect();
            let outside = cells.iter().filter(|cell| !inside.contains(check.scope.district_id(cell.district)));
            Ok(outside.map(|cell| cell.size).sum::<u64>() + entering(check, &inside))
        }
        Bound::Prices(prices) if check.scope.entitled().is_some() => {
            let most = companies::bound(check, prices, cells, |_| Decimal::ONE.atto() as companies::Atto);
            let beyond = || Violation { rule, at: check.at(what), expected: "prices".into(), found: "too high".into() };
            Ok(companies::whole(most.ok_or_else(beyond)?))
        }
        Bound::Prices(_) => {
            Err(Violation { rule, at: check.at(what), expected: "a cut".into(), found: "prices".into() })
        }
    }
}

/// What the sources inside a side of the network and the links that enter it can give, in m3.
pub(super) fn entering(check: &Check<'_>, inside: &BTreeSet<&str>) -> u64 {
    let links = check.scope.links().unwrap_or_default();
    let enter = links.iter().filter(|link| inside.contains(&*link.names.1) && !inside.contains(&*link.names.0));
    let city = check.scope.city();
    let supply = check.supply();
    let sources = check.scope.sources().iter().zip(&supply);
    let given = sources.filter(|(i, _)| inside.contains(&*city.sources[**i as usize].id)).map(|(_, volume)| volume);
    enter.map(|link| link.capacity.get()).sum::<u64>() + given.sum::<u64>()
}

/// What a pool, or each company's own, can give to cells together, in m3.
pub(super) fn pooled(check: &Check<'_>, cells: &[Cell]) -> u64 {
    let mut asked: BTreeMap<u32, u64> = BTreeMap::new();
    cells.iter().for_each(|cell| *asked.entry(cell.company).or_default() += cell.size);
    asked.into_iter().map(|(company, asked)| asked.min(pool(check, company))).sum()
}

/// What the sources of a company give, or all where companies pool, in m3.
pub(super) fn pool(check: &Check<'_>, company: u32) -> u64 {
    let supply = check.supply();
    let ours = |at: &usize| check.scope.entitled().is_none_or(|companies| companies[*at] == company);
    (0..supply.len()).filter(ours).map(|at| supply[at]).sum()
}
