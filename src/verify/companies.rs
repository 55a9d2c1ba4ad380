//! Where companies share a network: gas by company, and the prices that bound a total. Exact arithmetic on decimals; a way that
//! thirds of a cubic metre have to go is told to the last decimal, so a node may be out of balance by a hair ([`HAIR`]).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::scope::Check;
use super::{Rule, Violation, must, same};
use crate::decide::allocate::Cell;
use crate::decide::evidence::{Prices, Reached};
use crate::units::{Decimal, mul_div};

/// A number in units of 10^-18: what a decimal has.
pub(super) type Atto = i128;

const ONE: Atto = Decimal::ONE.atto() as Atto;

/// A thousandth of a cubic metre, as section 1 allows a solver.
pub(super) const HAIR: Atto = ONE / 1000;

/// `floor(v + 0.001)` of section 1, in m3.
pub(super) fn whole(volume: Atto) -> u64 {
    u64::try_from((volume + HAIR).div_euclid(ONE)).unwrap_or(0)
}

/// As a decimal, for people to read.
pub(super) fn told(volume: Atto) -> String {
    let text = |part: u128| format!("{}.{:03}", part / ONE as u128, part % ONE as u128 / (ONE as u128 / 1000));
    format!("{}{}", if volume < 0 { "-" } else { "" }, text(volume.unsigned_abs()))
}

pub(super) fn of_m3(volume: u64) -> Atto {
    Atto::from(volume) * ONE
}

/// A decimal of the decision; none has a use for more than 10^15.
pub(super) fn atto(decimal: Decimal) -> Atto {
    Atto::try_from(decimal.atto()).unwrap_or(Atto::MAX)
}

/// Companies in the order of their ids, and for each what every link carries, as lists of the evidence.
type Flows<'f> = &'f [Vec<Decimal>];

/// What the links of the decision carry, by company.
pub(super) fn flows(check: &Check<'_>) -> Vec<Vec<Decimal>> {
    let of = |company: &str| {
        check.evidence.links.iter().map(|link| link.by_company.get(company).copied().unwrap_or_default()).collect()
    };
    check.scope.city().companies.iter().map(|company| of(company)).collect()
}

/// Whether what is said of each link and each source is what these flows add up to, fractions rounded up.
pub(super) fn as_said(check: &Check<'_>, rule: Rule, flows: Flows<'_>) -> Result<(), Violation> {
    let rounded = |what: String, exact: Atto, found: u64| {
        let near = of_m3(found) >= exact - HAIR && of_m3(found) < exact + ONE;
        must(rule, near, || check.at(&what), &told(exact), &found.to_string())
    };
    let mut given: BTreeMap<&str, Atto> = BTreeMap::new();
    for (at, link) in check.evidence.links.iter().enumerate() {
        let sum = flows.iter().map(|flows| flows.get(at).map_or(0, |flow| atto(*flow))).fold(0, Atto::saturating_add);
        rounded(format!("{} -> {} flow_m3", link.from, link.to), sum, link.flow_m3.get())?;
        *given.entry(&link.from).or_default() += sum;
        *given.entry(&link.to).or_default() -= sum;
        let known = |company: &&String| check.scope.city().companies.iter().all(|known| **known != ***company);
        let unknown = link.by_company.keys().find(known).map_or("-", String::as_str);
        same(rule, || check.at("links by_company"), "-", unknown)?;
    }
    for source in &check.evidence.sources {
        let out = given.get(source.source.as_str()).copied().unwrap_or(0);
        rounded(format!("{} given_m3", source.source), out, source.given_m3.get())?;
    }
    Ok(())
}

/// What arrives for each company (0 where all pool) in each district, by (district, company): no link beyond its capacity, no source beyond its
/// volume, each company on its own sources, all nodes in balance.
pub(super) fn arriving(
    check: &Check<'_>,
    rule: Rule,
    flows: Flows<'_>,
    what: &str,
) -> Result<BTreeMap<(u32, u32), Atto>, Violation> {
    let links = check.scope.links().unwrap_or_default();
    let city = check.scope.city();
    let owners = check.scope.entitled();
    let lists = owners.map_or(1, |_| city.companies.len());
    same(rule, || check.at(&format!("{what} companies")), lists, flows.len())?;
    let mut carried = vec![0 as Atto; links.len()];
    let mut arrived = BTreeMap::new();
    for (company, flows) in (0..).zip(flows) {
        same(rule, || check.at(&format!("{what} links")), links.len(), flows.len())?;
        let mut rest: BTreeMap<&str, Atto> = BTreeMap::new();
        for ((link, flow), carried) in links.iter().zip(flows).zip(&mut carried) {
            let most = of_m3(link.capacity.get());
            *carried = carried.saturating_add(atto(*flow));
            let at = || check.at(&format!("{what} {} -> {}", link.names.0, link.names.1));
            must(rule, *carried <= most, at, &format!("<= {}", link.capacity), &told(*carried))?;
            *rest.entry(&link.names.0).or_default() -= atto(*flow);
            *rest.entry(&link.names.1).or_default() += atto(*flow);
        }
        let id = if owners.is_some() { &*city.companies[company as usize] } else { "" };
        for (at, (i, volume)) in check.scope.sources().iter().zip(check.supply()).enumerate() {
            let source = &city.sources[*i as usize].id;
            let out = -rest.remove(&**source).unwrap_or_default();
            let ours = owners.is_none_or(|owners| owners[at] == company);
            let most = if ours { of_m3(volume) } else { 0 };
            let within = (-HAIR..=most + HAIR).contains(&out);
            must(rule, within, || check.at(&format!("{what} {id} {source} out")), &told(most), &told(out))?;
        }
        for district in 0..check.scope.districts().len() as u32 {
            let here = rest.remove(check.scope.district_id(district)).unwrap_or_default();
            arrived.insert((district, company), here);
        }
        for (node, rest) in rest {
            let at = || check.at(&format!("{what} {id} {node} in - out"));
            must(rule, rest.abs() <= HAIR, at, "0", &told(rest))?;
        }
    }
    Ok(arrived)
}

/// Whether what arrives is what customers get.
pub(super) fn brings(
    check: &Check<'_>,
    rule: Rule,
    arrived: &BTreeMap<(u32, u32), Atto>,
    served: &BTreeMap<(u32, u32), u64>,
) -> Result<(), Violation> {
    for ((district, company), arrived) in arrived {
        let served = served.get(&(*district, *company)).copied().unwrap_or(0);
        let at = || {
            let id = &check.scope.city().companies[*company as usize];
            check.at(&format!("{id} {} in - out", check.scope.district_id(*district)))
        };
        must(rule, (of_m3(served) - arrived).abs() <= HAIR, at, &served.to_string(), &told(*arrived))?;
    }
    Ok(())
}

/// The most that can reach cells of one rank, in whole m3, proved from both sides.
pub(super) fn reached(
    check: &Check<'_>,
    rule: Rule,
    reached: &Reached,
    most: u64,
    cells: &[Cell],
    what: &str,
) -> Result<(), Violation> {
    let arrived = arriving(check, rule, &reached.by_company, what)?;
    let mut asked: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    cells.iter().for_each(|cell| *asked.entry((cell.district, cell.company)).or_default() += cell.size);
    for (place, arrived) in &arrived {
        let asked = asked.get(place).copied().unwrap_or(0);
        let at = || check.at(&format!("{what} {}", check.scope.district_id(place.0)));
        let within = (-HAIR..=of_m3(asked) + HAIR).contains(arrived);
        must(rule, within, at, &format!("0..={asked}"), &told(*arrived))?;
    }
    // Decimals were rounded down link by link: a hair below a whole number is that number.
    let sum: Atto = arrived.values().sum();
    let (low, high) = (whole(sum), whole(sum + HAIR));
    must(rule, low == most || high == most, || check.at(what), &most.to_string(), &told(sum))
}

/// The cheapest way to every district for each company, by (district, company): none where its gas cannot come at all.
struct Ways(BTreeMap<(u32, u32), Atto>);

impl Ways {
    fn of(check: &Check<'_>, prices: &Prices) -> Self {
        let links = check.scope.links().unwrap_or_default();
        let mut leaving: BTreeMap<&str, Vec<(&str, Atto)>> = BTreeMap::new();
        for (at, link) in (0..).zip(&links).filter(|(_, link)| !link.capacity.is_zero()) {
            let price = prices.links.get(&at).copied().map_or(0, atto);
            leaving.entry(&link.names.0).or_default().push((&link.names.1, price));
        }
        let city = check.scope.city();
        let owners = check.scope.entitled().unwrap_or_default();
        let mut ways = BTreeMap::new();
        for company in 0..city.companies.len() as u32 {
            let mut known: BTreeMap<&str, Atto> = BTreeMap::new();
            let mut next = BinaryHeap::new();
            for ((i, volume), owner) in check.scope.sources().iter().zip(check.supply()).zip(owners) {
                if *owner == company && volume > 0 {
                    let id = &*city.sources[*i as usize].id;
                    next.push((Reverse(prices.sources.get(id).copied().map_or(0, atto)), id));
                }
            }
            while let Some((Reverse(cost), node)) = next.pop() {
                if known.contains_key(node) {
                    continue;
                }
                known.insert(node, cost);
                for (to, price) in leaving.get(node).into_iter().flatten() {
                    next.push((Reverse(cost.saturating_add(*price)), to));
                }
            }
            for district in 0..check.scope.districts().len() as u32 {
                if let Some(cost) = known.get(check.scope.district_id(district)) {
                    ways.insert((district, company), *cost);
                }
            }
        }
        Self(ways)
    }
}

/// What prices let cells get together, each m3 of a rank being worth so much: sources and links at their prices, and each cell
/// at what it is worth above its cheapest way. `None` where a number is beyond all sense.
pub(super) fn bound(check: &Check<'_>, prices: &Prices, cells: &[Cell], worth: impl Fn(u32) -> Atto) -> Option<Atto> {
    let city = check.scope.city();
    let supply = check.supply();
    let sources = check
        .scope
        .sources()
        .iter()
        .zip(&supply)
        .map(|(i, volume)| (prices.sources.get(&*city.sources[*i as usize].id).copied().map_or(0, atto), *volume));
    let links = check.scope.links().unwrap_or_default();
    let links =
        (0..).zip(&links).map(|(at, link)| (prices.links.get(&at).copied().map_or(0, atto), link.capacity.get()));
    let ways = Ways::of(check, prices);
    let cells = cells.iter().filter_map(|cell| {
        let way = ways.0.get(&(cell.district, cell.company))?;
        Some(((worth(cell.rank) - way).max(0), cell.size))
    });
    let sum =
        |sum: Option<Atto>, (price, volume): (Atto, u64)| sum?.checked_add(price.checked_mul(Atto::from(volume))?);
    sources.chain(links).chain(cells).fold(Some(0), sum)
}

/// A total of a rank as it is told, and what a cubic metre of it is worth: what has to be taken off, rounded down.
pub(super) fn taken(total: Atto, worth: Atto) -> Option<Atto> {
    let (product, _) = mul_div(u128::try_from(total).ok()?, u128::try_from(worth).ok()?, Decimal::ONE.atto());
    Atto::try_from(product).ok()
}
