//! A second decision: slow, obvious, in exact fractions, written from the decision model alone (sections 1 to 6
//! and 9, daily), with each built-in plan's rules written out (`plans`). It shares no code with the library, so that
//! errors of understanding show. Left out: hours, companies on a network, rest between turns, orders by list.

pub mod even;
pub mod plans;
mod town;

use std::collections::BTreeMap;

use even::{Pools, Reach};
use plans::{Plan, Short};

pub use town::*;

/// Where a slice stands; the order of the variants and fields is the supply order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// By the plan's firm ranks.
    Firm(usize),
    /// `from_last` counts measures from the end of the cut order.
    Authorised {
        from_last: usize,
        firm: usize,
        backup: bool,
    },
    Withheld,
}

/// A customer's demand, cut in slices from the bottom of its requirement: place, tier when firm, size.
fn slices(plan: &dyn Plan, customer: &Customer, level: usize, rotating: bool) -> Vec<(Place, u32, u64)> {
    let mut left = plan.requirement(customer);
    let mut slices: Vec<(Place, u32, u64)> = Vec::new();
    let mut cut = |place: &dyn Fn(usize) -> Place, mut size: u64| {
        while let Some((rank, part)) = left.last_mut().filter(|_| size > 0) {
            let taken = size.min(*part);
            (*part, size) = (*part - taken, size - taken);
            slices.push((place(*rank), plan.tier(*rank), taken));
            if *part == 0 {
                left.pop();
            }
        }
    };
    let withheld = plan.withheld(customer, level);
    cut(&|_| Place::Withheld, withheld);
    let mut taken = withheld;
    let measures = plan.measures();
    for (n, measure) in measures.iter().enumerate() {
        let reach = if level > 0 { plan.reach(customer, measure.id, level, rotating) } else { 0 };
        let more = reach.saturating_sub(taken);
        let place = |rank: usize| Place::Authorised {
            from_last: measures.len() - 1 - n,
            firm: if measure.by_firm { rank } else { 0 },
            backup: measure.by_backup && customer.backup,
        };
        cut(&place, more);
        taken += more;
    }
    cut(&|rank| Place::Firm(rank), customer.demand - taken);
    slices.retain(|(_, _, size)| *size > 0);
    slices
}

/// One balance: the main urban area, an outer district, or all together.
struct Scope<'a> {
    town: &'a Town,
    plan: &'static dyn Plan,
    /// Indices of districts, in row order; cells and subsets speak in positions here.
    districts: Vec<usize>,
    customers: Vec<&'a Customer>,
    reach: Reach,
    /// Positions of the blocks with demand, in the order of their turn.
    turns: Vec<usize>,
}

struct Attempt {
    ranks: BTreeMap<Place, (u64, u64)>,
    served: Vec<u64>,
    tiers: BTreeMap<u32, (u64, u64)>,
    firm_loss: u64,
}

/// The day's decision; `None` if the main urban area has no demand.
pub fn decide(town: &Town) -> Option<Outcome> {
    let urban = |i: &usize| town.districts[*i].urban || town.unified;
    let (inner, outer): (Vec<usize>, Vec<usize>) = (0..town.districts.len()).partition(urban);
    let mut outcome = balance(town, inner, None)?;
    outcome.areas = outer.into_iter().filter_map(|i| balance(town, vec![i], Some(&town.districts[i].id))).collect();
    Some(outcome)
}

fn balance(town: &Town, districts: Vec<usize>, area: Option<&String>) -> Option<Outcome> {
    let position = |id: &String| districts.iter().position(|i| town.districts[*i].id == *id);
    let customers: Vec<&Customer> = town.customers.iter().filter(|c| position(&c.district).is_some()).collect();
    let sources: Vec<&Source> = town.sources.iter().filter(|s| town.unified || s.area.as_ref() == area).collect();
    let demand: u64 = customers.iter().map(|c| c.demand).sum();
    let supply: u64 = sources.iter().map(|s| s.volume).sum();
    if demand == 0 {
        return None;
    }
    let demand_of =
        |p: usize| -> u64 { customers.iter().filter(|c| position(&c.district) == Some(p)).map(|c| c.demand).sum() };
    let demands: Vec<u64> = (0..districts.len()).map(demand_of).collect();
    let reach = match &town.links {
        Some(links) if area.is_none() => {
            assert!(!town.apart, "companies on a network need a linear program");
            let names: Vec<&str> = districts.iter().map(|i| town.districts[*i].id.as_str()).collect();
            // Links that touch an outer district or its sources are ignored.
            let outside = |end: &String| {
                town.districts.iter().any(|d| d.id == *end && !names.contains(&end.as_str()))
                    || town.sources.iter().any(|s| s.id == *end && !sources.iter().any(|mine| mine.id == *end))
            };
            let links: Vec<&Link> = links.iter().filter(|l| !outside(&l.from) && !outside(&l.to)).collect();
            Reach::network(&names, &sources, &links)
        }
        _ => {
            let mut pools = Pools::new();
            for source in &sources {
                *pools.entry(pool_of(town, area, source.company.as_deref())).or_default() += source.volume;
            }
            Reach::Pools(pools)
        }
    };
    let deliverable = match &reach {
        Reach::Network(_) => reach.most(&demands),
        Reach::Pools(pools) => {
            let of = |pool: &String| -> u64 {
                let mine = customers.iter().filter(|c| pool_of(town, area, Some(&c.company)) == *pool);
                mine.map(|c| c.demand).sum()
            };
            pools.iter().map(|(pool, volume)| of(pool).min(*volume)).sum()
        }
    };
    let block = |p: &usize| area.is_none() && town.districts[districts[*p]].urban && demands[*p] > 0;
    let mut turns: Vec<usize> = (0..districts.len()).filter(block).collect();
    turns.sort_by_key(|p| town.districts[districts[*p]].burden);

    let plan = plans::named(&town.plan);
    let short = demand - deliverable;
    // An area is as short as it would be if it were served evenly, whoever uses the gas.
    let most = even::most_by_set(&reach, &customers_by_pool(town, area, &customers, &position), demands.len());
    let areas: Vec<Short> = even::rise(&vec![even::Q::int(0); demands.len()], &demands, &most)
        .iter()
        .zip(&demands)
        .map(|(share, demand)| Short::of(*share, *demand))
        .collect();
    let whole = Short::whole(short, demand);
    let called: Vec<usize> = areas.iter().map(|area| if short == 0 { 0 } else { plan.area_level(area) }).collect();
    let by_whole = plan.level(&whole);
    let level = called.iter().copied().fold(by_whole, usize::max);
    // The shortest of those that call for more than the whole does; the first of equals.
    let mut raised: Option<usize> = None;
    for (p, _) in called.iter().enumerate().filter(|(_, called)| level > by_whole && **called == level) {
        if raised.is_none_or(|best| areas[best].is_less_than(&areas[p])) {
            raised = Some(p);
        }
    }
    let raised = raised.map(|p| town.districts[districts[p]].id.clone());
    let scope = Scope { town, plan, districts, customers, reach, turns };

    let k = |level: usize| plan.blocks(level, &whole).map(|k| k.min(scope.turns.len()));
    let mut used = k(level).unwrap_or(0);
    if let Some(k) = k(level) {
        let loss = |k: &usize| scope.attempt(level, *k, area).firm_loss;
        used = (k..=scope.turns.len()).min_by_key(loss).unwrap_or(k); // the first of equals
    }
    let today = scope.attempt(level, used, area);
    let enough = |graver: &usize| scope.attempt(*graver, k(*graver).unwrap_or(0), area).firm_loss == 0;
    let graver = || (level + 1..=plan.levels().len()).find(enough);
    let escalate_to = if today.firm_loss == 0 { None } else { graver() };
    let rotation = k(level).filter(|_| area.is_none()).map(|k| Rotation {
        k,
        blocks: scope.turns[..used].iter().map(|p| scope.town.districts[scope.districts[*p]].id.clone()).collect(),
        extended: used > k,
    });
    let status = match () {
        () if short == 0 => "no_shortage",
        () if today.firm_loss == 0 => "balanced",
        () => "beyond_authority",
    };
    let name = |level: usize| Some((*plan.levels().get(level.checked_sub(1)?)?).to_owned());
    let served: u64 = today.served.iter().sum();
    let cut: Vec<&&Customer> =
        scope.customers.iter().zip(&today.served).filter(|(c, s)| c.demand > **s).map(|(c, _)| c).collect();
    Some(Outcome {
        area: area.cloned(),
        demand,
        supply,
        deliverable,
        level: name(level),
        raised,
        status: status.to_owned(),
        escalate_to: escalate_to.and_then(name),
        rotation,
        totals: Totals {
            demand,
            served,
            cut: demand - served,
            withheld: today.ranks.get(&Place::Withheld).map_or(0, |(size, _)| *size),
            beyond: today.firm_loss,
            unused: deliverable - served,
            customers_cut: cut.len() as u64,
            households_cut: cut.iter().map(|c| c.households).sum(),
        },
        ranks: today.ranks.iter().map(|(place, (size, served))| rank(plan, *place, *size, *served)).collect(),
        served: scope.customers.iter().map(|c| c.id.clone()).zip(today.served.iter().copied()).collect(),
        tiers: today.tiers,
        areas: Vec::new(),
    })
}

/// The pool that a company's customers and sources belong to. An outer district is one pool.
fn pool_of(town: &Town, area: Option<&String>, company: Option<&str>) -> String {
    if town.apart && area.is_none() { company.unwrap_or_default().to_owned() } else { String::new() }
}

/// What the customers of each pool ask for, by district.
fn customers_by_pool(
    town: &Town,
    area: Option<&String>,
    customers: &[&Customer],
    position: &dyn Fn(&String) -> Option<usize>,
) -> BTreeMap<(String, usize), u64> {
    let mut asked = BTreeMap::new();
    for customer in customers {
        let pool = pool_of(town, area, Some(&customer.company));
        *asked.entry((pool, position(&customer.district).unwrap_or_default())).or_default() += customer.demand;
    }
    asked
}

fn rank(plan: &dyn Plan, place: Place, size: u64, served: u64) -> Rank {
    let (kind, tier, measure) = match place {
        Place::Firm(rank) => ("firm", Some(plan.tier(rank)), None),
        Place::Authorised { from_last, .. } => ("authorised", None, plan.measures().iter().rev().nth(from_last)),
        Place::Withheld => return withheld(plan, size, served),
    };
    Rank { kind: kind.to_owned(), tier, measure: measure.map(|measure| measure.id.to_owned()), size, served }
}

fn withheld(plan: &dyn Plan, size: u64, served: u64) -> Rank {
    Rank { kind: "withheld".to_owned(), tier: None, measure: Some(plan.stop().to_owned()), size, served }
}

impl Scope<'_> {
    /// Decides at a level, with the first `blocks` blocks on rotation.
    fn attempt(&self, level: usize, blocks: usize, area: Option<&String>) -> Attempt {
        let rotating = &self.turns[..blocks];
        // Who stands in each cell of each rank: (customer, tier, size).
        type Cells = BTreeMap<(usize, String), Vec<(usize, u32, u64)>>;
        let mut ranks: BTreeMap<Place, Cells> = BTreeMap::new();
        for (n, customer) in self.customers.iter().enumerate() {
            let id = |i: &usize| self.town.districts[*i].id == customer.district;
            let district = self.districts.iter().position(id).unwrap_or_default();
            let company = pool_of(self.town, area, Some(&customer.company));
            for (place, tier, size) in slices(self.plan, customer, level, rotating.contains(&district)) {
                let cell = ranks.entry(place).or_default().entry((district, company.clone())).or_default();
                cell.push((n, tier, size));
            }
        }
        let mut attempt = Attempt {
            ranks: BTreeMap::new(),
            served: vec![0; self.customers.len()],
            tiers: BTreeMap::new(),
            firm_loss: 0,
        };
        let mut filling = self.reach.filling(self.districts.len());
        for (place, cells) in ranks {
            let sizes: Vec<((usize, String), u64)> =
                cells.iter().map(|(cell, who)| (cell.clone(), who.iter().map(|w| w.2).sum())).collect();
            let given = if place == Place::Withheld { vec![0; sizes.len()] } else { filling.rank(&sizes) };
            let (size, served) = (sizes.iter().map(|s| s.1).sum::<u64>(), given.iter().sum::<u64>());
            attempt.ranks.insert(place, (size, served));
            if matches!(place, Place::Firm(_)) {
                attempt.firm_loss += size - served;
            }
            for (who, total) in cells.values().zip(given) {
                let ids: Vec<(&str, u64)> = who.iter().map(|w| (self.customers[w.0].id.as_str(), w.2)).collect();
                for ((customer, tier, size), part) in who.iter().zip(even::split(total, &ids)) {
                    attempt.served[*customer] += part;
                    let in_tier = attempt.tiers.entry(*tier).or_default();
                    *in_tier = (in_tier.0 + size, in_tier.1 + part);
                }
            }
        }
        attempt
    }
}
