//! A second decision: slow, obvious, in exact fractions, written from the decision model alone (sections 1 to 6
//! and 9, daily), with each built-in plan's rules written out (`plans`). It shares no code with the library, so that
//! errors of understanding show. Left out: hours, rest between turns, areas of companies on a network.

pub mod even;
pub mod plans;
mod town;

use std::collections::{BTreeMap, BTreeSet};

use even::{Cell, Net, Q, Wants};
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
    /// Names of districts, in row order; cells speak in positions here, and in `pools`.
    districts: Vec<&'a str>,
    pools: Vec<&'a str>,
    customers: Vec<&'a Customer>,
    net: Net,
    /// Positions of the blocks with demand, in the order of their turn.
    turns: Vec<usize>,
}

/// Who stands in each cell of each rank: customer, tier, size.
type Ranks = BTreeMap<Place, BTreeMap<Cell, Vec<(usize, u32, u64)>>>;

/// The day's decision; `None` if the main urban area has no demand.
pub fn decide(town: &Town) -> Option<Outcome> {
    let urban = |i: &usize| town.districts[*i].urban || town.unified;
    let (inner, outer): (Vec<usize>, Vec<usize>) = (0..town.districts.len()).partition(urban);
    let mut outcome = balance(town, inner, None)?;
    outcome.areas = outer.into_iter().filter_map(|i| balance(town, vec![i], Some(&town.districts[i].id))).collect();
    Some(outcome)
}

fn balance(town: &Town, districts: Vec<usize>, area: Option<&String>) -> Option<Outcome> {
    let rows: Vec<&District> = districts.iter().map(|i| &town.districts[*i]).collect();
    let districts: Vec<&str> = rows.iter().map(|d| d.id.as_str()).collect();
    let position = |names: &[&str], id: &str| names.iter().position(|name| *name == id);
    let customers: Vec<&Customer> =
        town.customers.iter().filter(|c| position(&districts, &c.district).is_some()).collect();
    let sources: Vec<&Source> = town.sources.iter().filter(|s| town.unified || s.area.as_ref() == area).collect();
    let demand: u64 = customers.iter().map(|c| c.demand).sum();
    let supply: u64 = sources.iter().map(|s| s.volume).sum();
    if demand == 0 {
        return None;
    }
    // An outer district is one pool.
    let apart = town.apart && area.is_none();
    let companies: BTreeSet<&str> = customers.iter().map(|c| c.company.as_str()).collect();
    let pools: Vec<&str> = if apart { companies.into_iter().collect() } else { vec![""] };
    let pool = |company: &str| if apart { position(&pools, company) } else { Some(0) };
    // Links that touch an outer district or its sources are ignored; without links every source reaches every district.
    let known = |end: &str| position(&districts, end).is_some() || sources.iter().any(|s| s.id == end);
    let elsewhere = |end: &str| town.districts.iter().any(|d| d.id == end) || town.sources.iter().any(|s| s.id == end);
    let ample: Vec<Link> = (sources.iter().flat_map(|s| districts.iter().map(move |d| (s, d))))
        .map(|(s, d)| Link { from: s.id.clone(), to: (*d).to_owned(), capacity: s.volume })
        .collect();
    let links = town.links.as_ref().filter(|_| area.is_none()).unwrap_or(&ample).iter();
    let links: Vec<&Link> =
        links.filter(|l| [&l.from, &l.to].iter().all(|end| known(end) || !elsewhere(end))).collect();
    let mut nodes = districts.clone();
    let names =
        sources.iter().map(|s| s.id.as_str()).chain(links.iter().flat_map(|l| [l.from.as_str(), l.to.as_str()]));
    names.for_each(|name| {
        if !nodes.contains(&name) {
            nodes.push(name)
        }
    });
    let node = |id: &str| position(&nodes, id).unwrap_or_default();
    let net = Net {
        nodes: nodes.len(),
        pools: pools.len(),
        links: links.iter().map(|l| (node(&l.from), node(&l.to), l.capacity)).collect(),
        sources: (sources.iter())
            .filter_map(|s| Some((node(&s.id), pool(s.company.as_deref().unwrap_or_default())?, s.volume)))
            .collect(),
    };
    let cell =
        |c: &Customer| (position(&districts, &c.district).unwrap_or_default(), pool(&c.company).unwrap_or_default());
    let mut all = BTreeMap::new();
    customers.iter().for_each(|c| *all.entry(cell(c)).or_insert(0) += c.demand);
    let whole: Wants = all.into_iter().filter(|(_, asked)| *asked > 0).collect();
    let deliverable = net.deliverable(&whole);
    let mut turns: Vec<usize> =
        whole.iter().map(|((p, _), _)| *p).filter(|p| area.is_none() && rows[*p].urban).collect();
    turns.dedup();
    turns.sort_by_key(|p| rows[*p].burden);

    let plan = plans::named(&town.plan);
    let short = demand - deliverable;
    // An area is as short as it would be if it were served evenly, whoever uses the gas.
    let groups: Vec<Wants> = whole.chunk_by(|a, b| a.0.0 == b.0.0).map(<[_]>::to_vec).collect();
    let asks_areas = (1..=100).any(|short| plan.area_level(&Short::whole(short, 100)) > 0);
    let mut areas: Vec<(usize, Short)> = Vec::new();
    if asks_areas {
        let most = Q::int(deliverable.into());
        let shares = net.leximin(&BTreeMap::new(), &groups, &Vec::new(), &[], most).expect("as much can arrive");
        let asked = |group: &Wants| group.iter().map(|(_, asked)| asked).sum();
        areas =
            groups.iter().zip(shares).map(|(group, share)| (group[0].0.0, Short::of(share, asked(group)))).collect();
    }
    let shortfall = Short::whole(short, demand);
    let called: Vec<usize> = areas.iter().map(|(_, area)| if short == 0 { 0 } else { plan.area_level(area) }).collect();
    let by_whole = plan.level(&shortfall);
    let level = called.iter().copied().fold(by_whole, usize::max);
    // The shortest of those that call for more than the whole does; the first of equals.
    let calling = areas.iter().zip(&called).filter(|(_, called)| level > by_whole && **called == level).map(|(a, _)| a);
    let raised = calling.reduce(|best, next| if best.1.is_less_than(&next.1) { next } else { best });
    let raised = raised.map(|(p, _)| districts[*p].to_owned());
    let scope = Scope { town, plan, districts, pools, customers, net, turns };

    let k = |level: usize| plan.blocks(level, &shortfall).map(|k| k.min(scope.turns.len()));
    let mut used = k(level).unwrap_or(0);
    if let Some(k) = k(level) {
        let loss = |k: &usize| scope.firm_loss(level, *k);
        used = (k..=scope.turns.len()).min_by_key(loss).unwrap_or(k); // the first of equals
    }
    let ranks = scope.ranks(level, used);
    let (served, rows, tiers) = scope.attempt(&ranks);
    let sum = |firm: bool| {
        let rows = rows.iter().filter(|(place, _)| !firm || matches!(place, Place::Firm(_)));
        rows.map(|(_, (size, served))| size - served).sum::<u64>()
    };
    let beyond = sum(true);
    let enough = |graver: &usize| scope.firm_loss(*graver, k(*graver).unwrap_or(0)) == 0;
    let graver = || (level + 1..=plan.levels().len()).find(enough);
    let escalate_to = if beyond == 0 { None } else { graver() };
    let rotation = k(level).filter(|_| area.is_none()).map(|k| Rotation {
        k,
        blocks: scope.turns[..used].iter().map(|p| scope.districts[*p].to_owned()).collect(),
        extended: used > k,
    });
    let status = match () {
        () if short == 0 => "no_shortage",
        () if beyond == 0 => "balanced",
        () => "beyond_authority",
    };
    let name = |level: usize| Some((*plan.levels().get(level.checked_sub(1)?)?).to_owned());
    let gas: u64 = served.iter().sum();
    let cut = || scope.customers.iter().zip(&served).filter(|(c, s)| c.demand > **s).map(|(c, _)| c);
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
            served: gas,
            cut: demand - gas,
            withheld: rows.get(&Place::Withheld).map_or(0, |(size, _)| *size),
            beyond,
            unused: deliverable - gas,
            customers_cut: cut().count() as u64,
            households_cut: cut().map(|c| c.households).sum(),
        },
        ranks: rows.iter().map(|(place, (size, served))| rank(plan, *place, *size, *served)).collect(),
        served: scope.customers.iter().map(|c| c.id.clone()).zip(served.iter().copied()).collect(),
        tiers,
        areas: Vec::new(),
    })
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

/// Size and what is served of it, by rank or tier.
type Sums<Key> = BTreeMap<Key, (u64, u64)>;

impl Scope<'_> {
    /// The ranks at a level, with the first `blocks` blocks on rotation.
    fn ranks(&self, level: usize, blocks: usize) -> Ranks {
        let mut ranks = Ranks::new();
        for (n, customer) in self.customers.iter().enumerate() {
            let at = |names: &[&str], id: &str| names.iter().position(|name| *name == id).unwrap_or_default();
            let cell = (at(&self.districts, &customer.district), at(&self.pools, &customer.company));
            for (place, tier, size) in slices(self.plan, customer, level, self.turns[..blocks].contains(&cell.0)) {
                ranks.entry(place).or_default().entry(cell).or_default().push((n, tier, size));
            }
        }
        ranks
    }

    /// What firm slices lose at a level, if all that can arrive is theirs.
    fn firm_loss(&self, level: usize, blocks: usize) -> u64 {
        let mut firm = BTreeMap::new();
        let ranks = self.ranks(level, blocks);
        for (cell, who) in ranks.iter().filter(|(place, _)| matches!(place, Place::Firm(_))).flat_map(|(_, c)| c) {
            *firm.entry(*cell).or_insert(0) += who.iter().map(|w| w.2).sum::<u64>();
        }
        let wants: Wants = firm.into_iter().collect();
        wants.iter().map(|(_, size)| size).sum::<u64>() - self.net.deliverable(&wants)
    }

    /// What every customer, rank and tier gets.
    fn attempt(&self, ranks: &Ranks) -> (Vec<u64>, Sums<Place>, Sums<u32>) {
        let sizes = |cells: &BTreeMap<Cell, Vec<(usize, u32, u64)>>| -> Wants {
            cells.iter().map(|(cell, who)| (*cell, who.iter().map(|w| w.2).sum())).collect()
        };
        let wants: Vec<Wants> =
            ranks.iter().filter(|(place, _)| **place != Place::Withheld).map(|(_, cells)| sizes(cells)).collect();
        let shares = self.net.share(&wants).into_iter().map(Some).chain([None]);
        let (mut gets, mut rows, mut tiers) = (vec![0; self.customers.len()], Sums::new(), Sums::new());
        for ((place, cells), given) in ranks.iter().zip(shares) {
            let given = given.unwrap_or_else(|| vec![0; cells.len()]);
            for (who, total) in cells.values().zip(given) {
                let of = |w: &(usize, u32, u64)| (self.customers[w.0].id.as_str(), self.customers[w.0].burden, w.2);
                let claims: Vec<(&str, u64, u64)> = who.iter().map(of).collect();
                let by_list = self.town.lists && matches!(place, Place::Authorised { .. });
                for ((customer, tier, size), part) in who.iter().zip(even::split(total, &claims, by_list)) {
                    gets[*customer] += part;
                    for sum in [rows.entry(*place).or_insert((0, 0)), tiers.entry(*tier).or_insert((0, 0))] {
                        *sum = (sum.0 + size, sum.1 + part);
                    }
                }
            }
        }
        (gets, rows, tiers)
    }
}
