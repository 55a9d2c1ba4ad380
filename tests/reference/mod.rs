//! A second decision: slow, obvious, in exact fractions, written from the decision model alone (sections 1 to 6
//! and 9, daily), with the Xi'an plan's rules written out. It shares no code with the library, so that errors of
//! understanding show. Left out: hours, companies on a network, rest between turns, orders by list.

pub mod even;
mod town;

use std::collections::BTreeMap;

use even::{Pools, Reach};

pub use town::*;

/// The measures in cut order, but for `peak-stop`, which withholds.
const CUT_ORDER: [&str; 6] = [
    "stop-industry-commerce",
    "reduce-chp",
    "stop-public-service-boilers",
    "limit-community-boilers",
    "limit-large-central",
    "rotate-blocks",
];
const ROTATE: usize = 5;

/// 0 is no shortage; the graver the higher.
const LEVELS: [&str; 5] = ["", "IV", "III", "II", "I"];
const III: usize = 2;
const I: usize = 4;

/// Where a slice stands; the order of the variants and fields is the supply order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Tiers 1 to 4 are ranks 0 to 3, the five of tier 5 are 4 to 8.
    Firm(usize),
    /// `from_last` counts measures from the end of the cut order.
    Authorised {
        from_last: usize,
        firm: usize,
        backup: bool,
    },
    Withheld,
}

impl Customer {
    fn is(&self, classes: &[&str]) -> bool {
        classes.contains(&self.class.as_str())
    }

    fn floor(&self) -> u64 {
        self.floor.min(self.demand)
    }

    fn firm_rank(&self) -> usize {
        match self.class.as_str() {
            "passenger_vehicle" | "sanitation_vehicle" => 1,
            "national_project" | "military" => 3,
            "boiler_central" => 4,
            "boiler_community" => 5,
            "boiler_public_service" => 6,
            "chp" | "distributed_energy" => 7,
            "industry" | "commercial" | "freight_vehicle" => 8,
            _ => 0,
        }
    }

    fn floor_rank(&self) -> usize {
        match self.firm_rank() {
            7 => 1,
            8 => 2,
            own => own,
        }
    }

    /// What the evening stop takes.
    fn withheld(&self, level: usize) -> u64 {
        let least = if level == III { 10_000 } else { 5_000 };
        if level < III || !self.is(&["boiler_community"]) || self.boiler.unwrap_or(0) < least {
            return 0;
        }
        let evening = match self.evening {
            Some(thousandths) => self.demand * thousandths / 1000,
            None => self.demand * 3 / 24,
        };
        evening.min(self.demand - self.floor())
    }

    /// How much of its demand a measure could take if there were no other.
    fn reach(&self, measure: usize, level: usize, rotating: bool) -> u64 {
        let (demand, floor) = (self.demand, self.floor());
        let to_floor = demand - floor;
        let limit = if level == III { 30 } else { 50 };
        let limited = demand - floor.max((demand * (100 - limit)).div_ceil(100));
        let exempt = self.is(&["hospital", "nursing_home", "kindergarten", "welfare_home"])
            || self.tags.iter().any(|tag| tag == "protected");
        match CUT_ORDER[measure] {
            "stop-industry-commerce" if level > 0 && self.is(&["industry", "commercial", "freight_vehicle"]) => {
                to_floor
            }
            "reduce-chp" if level > 0 && self.is(&["chp", "distributed_energy"]) => to_floor,
            "stop-public-service-boilers" if level >= III && self.is(&["boiler_public_service"]) => to_floor,
            "limit-community-boilers" if level >= III && self.is(&["boiler_community"]) => limited,
            "limit-large-central" if level >= III && self.is(&["boiler_central"]) => limited,
            "rotate-blocks" if level >= I && rotating && !exempt => to_floor,
            _ => 0,
        }
    }

    /// Its demand, cut in slices: place, tier when firm, size.
    fn slices(&self, level: usize, rotating: bool) -> Vec<(Place, u32, u64)> {
        let firm = self.firm_rank();
        let tier = |rank: usize| (rank as u32 + 1).min(5);
        let withheld = self.withheld(level);
        let mut slices = vec![(Place::Withheld, tier(firm), withheld)];
        let mut taken = withheld;
        for measure in 0..CUT_ORDER.len() {
            let more = self.reach(measure, level, rotating).saturating_sub(taken);
            let order = if measure == ROTATE { firm } else { 0 };
            let place = Place::Authorised { from_last: ROTATE - measure, firm: order, backup: self.backup };
            slices.push((place, tier(firm), more));
            taken += more;
        }
        let (floor, rest) = (self.floor(), self.demand - taken - self.floor());
        if self.floor_rank() == firm {
            slices.push((Place::Firm(firm), tier(firm), floor + rest));
        } else {
            slices.push((Place::Firm(self.floor_rank()), tier(self.floor_rank()), floor));
            slices.push((Place::Firm(firm), tier(firm), rest));
        }
        slices.retain(|(_, _, size)| *size > 0);
        slices
    }
}

/// One balance: the main urban area, an outer district, or all together.
struct Scope<'a> {
    town: &'a Town,
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

    let short = demand - deliverable;
    let level = match () {
        () if short == 0 => 0,
        () if short * 100 < demand * 5 => 1,
        () if short * 100 < demand * 10 => III,
        () if short * 100 <= demand * 20 => 3,
        () => I,
    };
    // floor((short / demand - 1/5) / (1/20)) is floor((20 short - 4 demand) / demand).
    let steps = (20 * short).saturating_sub(4 * demand) / demand;
    let k = (1 + steps as usize).min(turns.len());
    let scope = Scope { town, districts, customers, reach, turns };

    let blocks = |level: usize| if level == I { k } else { 0 };
    let mut used = blocks(level);
    if level == I {
        let loss = |k: &usize| scope.attempt(level, *k, area).firm_loss;
        used = (k..=scope.turns.len()).min_by_key(loss).unwrap_or(k); // the first of equals
    }
    let today = scope.attempt(level, used, area);
    let enough = |graver: &usize| scope.attempt(*graver, blocks(*graver), area).firm_loss == 0;
    let escalate_to = if today.firm_loss == 0 { None } else { (level + 1..=I).find(enough) };
    let rotation = (level == I && area.is_none()).then(|| Rotation {
        k,
        blocks: scope.turns[..used].iter().map(|p| scope.town.districts[scope.districts[*p]].id.clone()).collect(),
        extended: used > k,
    });
    let status = match () {
        () if short == 0 => "no_shortage",
        () if today.firm_loss == 0 => "balanced",
        () => "beyond_authority",
    };
    let served: u64 = today.served.iter().sum();
    let cut: Vec<&&Customer> =
        scope.customers.iter().zip(&today.served).filter(|(c, s)| c.demand > **s).map(|(c, _)| c).collect();
    Some(Outcome {
        area: area.cloned(),
        demand,
        supply,
        deliverable,
        level: (level > 0).then(|| LEVELS[level].to_owned()),
        status: status.to_owned(),
        escalate_to: escalate_to.map(|level| LEVELS[level].to_owned()),
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
        ranks: today.ranks.iter().map(|(place, (size, served))| rank(*place, *size, *served)).collect(),
        served: scope.customers.iter().map(|c| c.id.clone()).zip(today.served.iter().copied()).collect(),
        tiers: today.tiers,
        areas: Vec::new(),
    })
}

/// The pool that a company's customers and sources belong to. An outer district is one pool.
fn pool_of(town: &Town, area: Option<&String>, company: Option<&str>) -> String {
    if town.apart && area.is_none() { company.unwrap_or_default().to_owned() } else { String::new() }
}

fn rank(place: Place, size: u64, served: u64) -> Rank {
    let (kind, tier, measure) = match place {
        Place::Firm(rank) => ("firm", Some((rank as u32 + 1).min(5)), None),
        Place::Authorised { from_last, .. } => ("authorised", None, Some(CUT_ORDER[ROTATE - from_last])),
        Place::Withheld => ("withheld", None, Some("peak-stop")),
    };
    Rank { kind: kind.to_owned(), tier, measure: measure.map(str::to_owned), size, served }
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
            for (place, tier, size) in customer.slices(level, rotating.contains(&district)) {
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
