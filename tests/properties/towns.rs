//! Random small cities: all classes, tiny and zero demands, shortfalls at and beside each boundary.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::reference::plans::{self, Plan};
use crate::reference::{Customer, District, Link, Source, Town};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Pool,
    HugePool,
    Companies,
    Network,
    /// Companies that share a network.
    #[cfg_attr(not(feature = "lp"), allow(dead_code, reason = "a build without the linear program cannot decide them"))]
    Shared,
}

/// Where a level, `k` or a limit changes, in thousandths of demand.
const BOUNDARIES: [u64; 13] = [0, 30, 50, 50, 100, 100, 200, 200, 250, 300, 350, 400, 1000];

/// Row order is not the order of the names.
const DISTRICTS: [&str; 4] = ["C", "A", "D", "B"];
const COMPANIES: [&str; 3] = ["y", "x", "z"];

fn demand(plan: &dyn Plan, shape: Shape) -> BoxedStrategy<u64> {
    let most: u64 = if matches!(shape, Shape::Network | Shape::Shared) { 25 } else { 250 };
    let small = prop_oneof![
        1 => Just(0u64),
        3 => 1..4u64,
        3 => 0..60u64,
        3 => (0..=most).prop_map(|n| n * 20),
        2 => 0..most * 20,
    ];
    match shape {
        Shape::HugePool => (small, 1..10_000_000u64).prop_map(|(n, times)| n * times).boxed(),
        // A plan of size bands, at each band's ends.
        Shape::Pool | Shape::Network | Shape::Shared if !plan.sizes().is_empty() => {
            prop_oneof![1 => small, 2 => select(plan.sizes())].boxed()
        }
        _ => small.boxed(),
    }
}

fn customer(plan: &'static dyn Plan, shape: Shape, districts: usize) -> impl Strategy<Value = Customer> + use<> {
    // Half of the customers are of the classes that most rules are about.
    let of_xian = plan.classes().len() == 28;
    let often: &[&str] = if of_xian { &plan.classes()[20..] } else { &plan.classes()[..4] };
    let mostly: &[&str] = if of_xian { &["boiler_community", "industry"] } else { &plan.classes()[..2] };
    let class = prop_oneof![select(plan.classes()), select(often), select(mostly)];
    let floor = prop_oneof![3 => Just(0u64), 2 => 0..=1200u64];
    let evening = select(&[None, None, Some(0), Some(125), Some(300), Some(333), Some(500), Some(501), Some(1000)][..]);
    let boiler = select(&[None, Some(1_000), Some(4_999), Some(5_000), Some(9_999), Some(10_000), Some(80_000)][..]);
    let plain = (0..districts, select(&COMPANIES[..]), class, demand(plan, shape), floor);
    let annual = select(&[0, 169_999, 170_000, 9_000_000][..]);
    (plain, boiler, any::<bool>(), 0..8usize, evening, 0..5u64, any::<bool>(), annual).prop_map(
        |(
            (district, company, class, demand, floor),
            boiler,
            backup,
            tag,
            evening,
            households,
            interruptible,
            annual,
        )| Customer {
            id: String::new(),
            district: DISTRICTS[district].to_owned(),
            company: company.to_owned(),
            class: class.to_owned(),
            demand,
            floor: (demand * floor / 1000).min(1_000_000_000_000),
            boiler,
            backup,
            interruptible,
            annual,
            tags: plan.tags().get(tag).map(|tag| (*tag).to_owned()).into_iter().collect(),
            households,
            evening,
            burden: 0,
        },
    )
}

/// `volume` less a share of it at a boundary, or near, or anywhere.
fn short(volume: u64, (boundary, thousandths, near): (Option<u64>, u64, i64)) -> u64 {
    let off = boundary.unwrap_or(thousandths);
    let left = (u128::from(volume) * u128::from(1000 - off)).div_ceil(1000) as u64;
    left.saturating_add_signed(near)
}

/// A town under Xi'an's plan.
pub fn town(shape: Shape) -> impl Strategy<Value = Town> {
    town_under("xian-2025", shape)
}

/// A town under some built-in plan.
pub fn town_under(id: &'static str, shape: Shape) -> impl Strategy<Value = Town> {
    let plan = plans::named(id);
    (select(&[1, 2, 3, 3, 4, 4usize][..]), 0..4u8).prop_flat_map(move |(count, outer)| {
        let customers = vec(customer(plan, shape, count), 1..12);
        let ids = Just((0..12).collect::<Vec<u32>>()).prop_shuffle();
        let burdens = vec(select(&[0, 500, 500, 1000, 1001][..]), count);
        let thousandths = prop_oneof![3 => 0..=300u64, 1 => 0..=1000u64];
        let how_short = (
            proptest::option::weighted(0.7, select(&BOUNDARIES[..])),
            thousandths,
            select(&[0, 0, 0, -1, 1, -2, 2][..]),
        );
        let weights = vec(0..4u64, 3);
        // From: three sources, a junction, the districts; to: the junction, the districts.
        let links = vec((0..4 + count, 3..4 + count, 0..=2500u64), 2..14);
        // The last district is outside one time in four, and then joins the balance half of the time.
        let last = (Just(outer == 0 && count > 1), any::<bool>());
        // Half of the cities have round demands, whose shares of 5 % are whole.
        let round = any::<bool>();
        (customers, ids, burdens, vec(how_short, 4), weights, links, last, round).prop_map(
            move |(mut customers, ids, burdens, how_short, weights, links, last, round)| {
                for customer in customers.iter_mut().filter(|_| round) {
                    customer.demand = customer.demand.next_multiple_of(20);
                }
                Town {
                    plan: id.to_owned(),
                    ..assemble(shape, customers, &ids, &burdens, &how_short, &weights, &links, last)
                }
            },
        )
    })
}

/// A town whose measures stop whole customers by list.
pub fn by_list() -> impl Strategy<Value = Town> {
    let burdens = vec(select(&[0, 0, 1, 500, 1000][..]), 12);
    (select(&[Shape::Pool, Shape::Companies, Shape::Network][..]).prop_flat_map(town), burdens).prop_map(
        |(mut town, burdens)| {
            town.customers.iter_mut().zip(burdens).for_each(|(customer, burden)| customer.burden = burden);
            Town { lists: true, ..town }
        },
    )
}

/// A town whose blocks must rest between two turns, and may not have turns for too long.
pub fn resting() -> impl Strategy<Value = Town> {
    let turns = vec(vec(1..6u32, 0..4), 4);
    let town = select(&[Shape::Pool, Shape::Network][..]).prop_flat_map(town);
    (town, 0..4u32, 0..4u32, turns).prop_map(|(town, rest, run, turns)| {
        let turns = town.districts.iter().map(|district| district.id.clone()).zip(turns).collect();
        Town { rest, run, turns, ..town }
    })
}

/// A town under any built-in plan but Xi'an's, which the other tests are about.
pub fn under_any_plan() -> impl Strategy<Value = Town> {
    let shape = select(&[Shape::Pool, Shape::Companies, Shape::Network, Shape::Network][..]);
    let plan = 1..plans::ALL.len();
    (plan, shape).prop_flat_map(|(plan, shape)| town_under(plans::ALL[plan].0, shape))
}

/// A town whose districts each have a link of their own, that leaves them short at an area's boundaries or beside them.
pub fn of_areas() -> impl Strategy<Value = Town> {
    let off = select(&[0, 0, 0, 290, 300, 300, 400, 400, 410u64][..]);
    let how_short = vec((off.prop_map(Some), Just(0u64), select(&[0, 0, 0, -1, 1][..])), 4);
    (town_under("cn-shanxi-2021", Shape::Network), how_short).prop_map(|(mut town, how_short)| {
        let asked = |id: &str| town.customers.iter().filter(|c| c.district == *id).map(|c| c.demand).sum::<u64>();
        let inner = town.districts.iter().filter(|district| district.urban || town.unified);
        let link = |(district, how_short): (&District, &(Option<u64>, u64, i64))| Link {
            from: "s0".to_owned(),
            to: district.id.clone(),
            capacity: short(asked(&district.id), *how_short),
        };
        town.links = Some(inner.zip(&how_short).map(link).collect());
        let all: u64 = town.customers.iter().map(|c| c.demand).sum();
        town.sources.iter_mut().filter(|source| source.id == "s0").for_each(|source| source.volume = all);
        town
    })
}

/// A town whose companies share a network: any, or a ring of three junctions on which each company's gas has to pass where
/// the others' does, so that totals and flows may be fractions.
#[cfg_attr(not(feature = "lp"), allow(dead_code, reason = "a build without the linear program cannot decide them"))]
pub fn of_companies() -> impl Strategy<Value = Town> {
    let per_mille = || prop_oneof![1 => Just(0u64), 6 => 1..=400u64, 2 => 400..=2500u64];
    let ring = (
        town(Shape::Shared),
        vec(per_mille(), 3),
        vec((0..3usize, 0..4usize, per_mille()), 3..8),
        any::<(bool, bool)>(),
    );
    let on_ring = ring.prop_map(|(mut town, mut ring, mut branches, (ample, far))| {
        if far {
            // All the way round, over links of one capacity.
            let inner = town.districts.iter().filter(|d| d.urban || town.unified).map(|d| d.id.clone());
            let inner: Vec<String> = inner.collect();
            for customer in town.customers.iter_mut().filter(|c| inner.contains(&c.district)) {
                let company = COMPANIES.iter().position(|company| *company == customer.company).unwrap_or(0);
                customer.district.clone_from(&inner[company % inner.len()]);
            }
            ring = vec![ring[0]; 3];
            branches.clear();
        }
        let all: u64 = town.customers.iter().map(|c| c.demand).sum();
        let volume = |per_mille: u64| (all * per_mille).div_ceil(1000);
        let link = |from: String, to: String, capacity| Link { from, to, capacity };
        let inner: Vec<&District> = town.districts.iter().filter(|district| district.urban || town.unified).collect();
        let feed = |s: &Source| Some(link(s.id.clone(), format!("ring {}", s.id.strip_prefix('s')?), all));
        let mut links: Vec<Link> =
            town.sources.iter().filter(|source| source.area.is_none()).filter_map(feed).collect();
        links.extend((0..3).map(|n| link(format!("ring {n}"), format!("ring {}", (n + 1) % 3), volume(ring[n]))));
        // A company's customers tend to be where its gas arrives last.
        links.extend((0..3).map(|n| link(format!("ring {}", (n + 2) % 3), inner[n % inner.len()].id.clone(), all)));
        for (from, to, per_mille) in branches {
            links.push(link(format!("ring {from}"), inner[to % inner.len()].id.clone(), volume(per_mille)));
        }
        if ample {
            town.sources.iter_mut().for_each(|source| source.volume = source.volume.max(all));
        }
        let mut known = std::collections::BTreeSet::new();
        links.retain(|link| known.insert((link.from.clone(), link.to.clone())));
        Town { links: Some(links), ..town }
    });
    prop_oneof![town(Shape::Shared), on_ring]
}

pub fn any_town() -> impl Strategy<Value = Town> {
    prop_oneof![town(Shape::Pool), town(Shape::Companies), town(Shape::Network)]
}

#[allow(clippy::too_many_arguments)]
fn assemble(
    shape: Shape,
    mut customers: Vec<Customer>,
    ids: &[u32],
    burdens: &[u64],
    how_short: &[(Option<u64>, u64, i64)],
    weights: &[u64],
    links: &[(usize, usize, u64)],
    (outer, unified): (bool, bool),
) -> Town {
    for (customer, id) in customers.iter_mut().zip(ids) {
        customer.id = format!("c{id}");
    }
    let last = burdens.len() - 1;
    let districts = burdens.iter().enumerate().map(|(i, burden)| District {
        id: DISTRICTS[i].to_owned(),
        urban: !outer || i < last,
        burden: *burden,
    });
    let districts: Vec<District> = districts.collect();
    let is_outer = |c: &Customer| outer && c.district == DISTRICTS[last];
    let demand_of =
        |who: &dyn Fn(&Customer) -> bool| -> u64 { customers.iter().filter(|c| who(c)).map(|c| c.demand).sum() };
    let urban = demand_of(&|c| !is_outer(c));
    let mut sources = Vec::new();
    let source = |id: &str, volume, company: Option<&str>, area: Option<&str>| Source {
        id: id.to_owned(),
        volume,
        company: company.map(str::to_owned),
        area: area.map(str::to_owned),
    };
    let apart = matches!(shape, Shape::Companies | Shape::Shared);
    if apart {
        for (i, company) in COMPANIES.iter().enumerate() {
            let wants = demand_of(&|c| c.company == *company && !is_outer(c));
            if customers.iter().any(|c| c.company == *company) {
                sources.push(source(&format!("s{i}"), short(wants, how_short[i]), Some(company), None));
            }
        }
    } else {
        let given = short(urban, how_short[0]);
        let all: u64 = weights.iter().sum::<u64>().max(1);
        let mut left = given;
        for (i, weight) in weights.iter().enumerate().skip(1) {
            let part = (u128::from(given) * u128::from(*weight) / u128::from(all)) as u64;
            left -= part;
            sources.push(source(&format!("s{i}"), part, None, None));
        }
        sources.push(source("s0", left, None, None));
    }
    if outer {
        let company = apart.then(|| customers[0].company.clone());
        let wants = demand_of(&is_outer);
        sources.push(source("so", short(wants, how_short[3]), company.as_deref(), Some(DISTRICTS[last])));
    }
    let links = matches!(shape, Shape::Network | Shape::Shared).then(|| {
        let name = |n: usize| match n {
            0..3 => format!("s{n}"),
            3 => "gate".to_owned(),
            n => DISTRICTS[n - 4].to_owned(),
        };
        let mut rows: Vec<Link> = Vec::new();
        for (from, to, capacity) in links {
            let link = Link { from: name(*from), to: name(*to), capacity: urban * capacity / 1000 };
            let known = !link.from.starts_with('s') || sources.iter().any(|source| source.id == link.from);
            if known && from != to && !rows.iter().any(|row| (&row.from, &row.to) == (&link.from, &link.to)) {
                rows.push(link);
            }
        }
        // A junction that gas cannot enter or leave is refused as a slip, and without links there is no network.
        if rows.iter().all(|row| row.from != "gate") || rows.iter().all(|row| row.to != "gate") {
            rows.retain(|row| row.from != "gate" && row.to != "gate");
        }
        if rows.is_empty() {
            rows.push(Link { from: sources[0].id.clone(), to: name(4), capacity: urban / 2 });
        }
        rows
    });
    let unified = outer && unified;
    Town { districts, sources, links, customers, apart, unified, ..Town::default() }
}

/// The same town, its rows (but for the districts') in another order.
pub fn shuffled(town: Town) -> impl Strategy<Value = (Town, Town)> {
    let links = Just(town.links.clone().unwrap_or_default()).prop_shuffle();
    let rows = (Just(town.customers.clone()).prop_shuffle(), Just(town.sources.clone()).prop_shuffle(), links);
    (Just(town), rows).prop_map(|(town, (customers, sources, links))| {
        let links = town.links.as_ref().map(|_| links);
        let shuffled = Town { customers, sources, links, ..town.clone() };
        (town, shuffled)
    })
}
