//! A second decision: slow, obvious, in exact fractions, written from the decision model alone (sections 1 to 6
//! and 9, daily), with each built-in plan's rules written out (`plans`). It shares no code with the library, so that
//! errors of understanding show. Left out: hours, rest between turns, areas of companies on a network.

pub mod even;
pub mod plans;

use std::collections::BTreeSet;

use even::{Cell, Net, Q};
use plans::{Plan, Short};

pub use crate::common::town::*;

/// Where a slice stands; the order of the variants and fields is the supply order (section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
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

/// A part of one customer's demand. Slices at one place are a rank; those of a rank in one cell share what it gets.
pub struct Slice<'a> {
    place: Place,
    cell: Cell<'a>,
    customer: &'a Customer,
    tier: u32,
    size: u64,
    served: u64,
}

/// Sections 2 and 3: cuts a customer's demand from the bottom of its requirement. The stop takes first, then each
/// measure what is left of its reach, and the rest is firm.
fn cut<'a>(plan: &dyn Plan, customer: &'a Customer, cell: Cell<'a>, level: usize, rotating: bool) -> Vec<Slice<'a>> {
    let measures = plan.measures();
    let reach = |m: &plans::Measure| if level > 0 { plan.reach(customer, m.id, level, rotating) } else { 0 };
    let reaches = std::iter::once(plan.withheld(customer, level)).chain(measures.iter().map(reach));
    let place = |n: usize, rank: usize| match n.checked_sub(1).map(|n| measures.get(n)) {
        None => Place::Withheld,
        Some(None) => Place::Firm(rank),
        Some(Some(measure)) => Place::Authorised {
            from_last: measures.len() - n,
            firm: if measure.by_firm { rank } else { 0 },
            backup: measure.by_backup && customer.backup,
        },
    };
    let (mut slices, mut left, mut taken) = (Vec::new(), plan.requirement(customer), 0);
    for (n, reach) in reaches.chain([customer.demand]).enumerate() {
        while let Some((rank, part)) = left.last_mut().filter(|_| taken < reach) {
            let size = (reach - taken).min(*part);
            slices.push(Slice { place: place(n, *rank), cell, customer, tier: plan.tier(*rank), size, served: 0 });
            (*part, taken) = (*part - size, taken + size);
            if *part == 0 {
                left.pop();
            }
        }
    }
    slices.retain(|slice| slice.size > 0);
    slices
}

/// One balance: the main urban area, an outer district, or all together.
struct Scope<'a> {
    plan: &'static dyn Plan,
    customers: Vec<(Cell<'a>, &'a Customer)>,
    net: Net<'a>,
    /// Blocks with demand, in the order of their turn (section 4).
    turns: Vec<usize>,
}

/// The day's decision; `None` if the main urban area has no demand. Section 9: other districts are balances of their own.
pub fn decide(town: &Town) -> Option<Outcome> {
    let urban = |row: &usize| town.districts[*row].urban || town.unified;
    let (inner, outer): (Vec<usize>, Vec<usize>) = (0..town.districts.len()).partition(urban);
    let mut outcome = balance(town, &inner, None)?;
    outcome.areas = outer.iter().filter_map(|row| balance(town, &[*row], Some(&town.districts[*row].id))).collect();
    Some(outcome)
}

/// Who asks for gas in some districts, and how it reaches them. A pool is a network of ample links; companies that do
/// not pool have gas of their own each. Links that touch other districts or their sources are ignored.
fn scope<'a>(town: &'a Town, rows: &[usize], area: Option<&String>) -> Scope<'a> {
    let company = |name: &'a str| if town.apart && area.is_none() { name } else { "" };
    let row = |c: &Customer| rows.iter().copied().find(|row| town.districts[*row].id == c.district);
    let customers: Vec<(Cell, &Customer)> =
        town.customers.iter().filter_map(|c| Some(((row(c)?, company(&c.company)), c))).collect();
    let ours = |source: &Source| town.unified || source.area.as_ref() == area;
    let sources = || town.sources.iter().filter(|source| ours(source));
    let elsewhere = |end: &str| {
        let other = |(row, district): (usize, &District)| district.id == end && !rows.contains(&row);
        town.districts.iter().enumerate().any(other) || town.sources.iter().any(|s| s.id == end && !ours(s))
    };
    let ample = |s: &'a Source| rows.iter().map(move |row| (s.id.as_str(), town.districts[*row].id.as_str(), s.volume));
    let links = match town.links.as_ref().filter(|_| area.is_none()) {
        Some(links) => links
            .iter()
            .filter(|l| !elsewhere(&l.from) && !elsewhere(&l.to))
            .map(|l| (l.from.as_str(), l.to.as_str(), l.capacity))
            .collect(),
        None => sources().flat_map(ample).collect(),
    };
    let owned = |s: &'a Source| (s.id.as_str(), company(s.company.as_deref().unwrap_or_default()), s.volume);
    let companies: BTreeSet<&str> = customers.iter().map(|(cell, _)| cell.1).collect();
    let block = |row: &usize| area.is_none() && town.districts[*row].urban;
    let asks = |row: &usize| customers.iter().any(|(cell, c)| cell.0 == *row && c.demand > 0);
    let mut turns: Vec<usize> = rows.iter().copied().filter(|row| block(row) && asks(row)).collect();
    turns.sort_by_key(|row| town.districts[*row].burden);
    let net = Net {
        districts: town.districts.iter().map(|d| d.id.as_str()).collect(),
        companies: companies.into_iter().collect(),
        links,
        sources: sources().map(owned).collect(),
    };
    Scope { plan: plans::named(&town.plan), customers, net, turns }
}

impl Slice<'_> {
    fn is_firm(&self) -> bool {
        matches!(self.place, Place::Firm(_))
    }
}

impl<'a> Scope<'a> {
    /// Everybody's slices at a level, in supply order, with the first `blocks` blocks on rotation.
    fn slices(&self, level: usize, blocks: usize) -> Vec<Slice<'a>> {
        let rotating = |cell: &Cell| self.turns[..blocks].contains(&cell.0);
        let of = |(cell, c): &(Cell<'a>, &'a Customer)| cut(self.plan, c, *cell, level, rotating(cell));
        let mut slices: Vec<Slice> = self.customers.iter().flat_map(of).collect();
        slices.sort_by_key(|slice| (slice.place, slice.cell));
        slices
    }

    /// What firm slices lose at a level, if all that can arrive is theirs.
    fn firm_loss(&self, level: usize, blocks: usize) -> u64 {
        let firm = self.slices(level, blocks).into_iter().filter(|slice| slice.is_firm());
        let asked: Vec<(Cell, u64)> = firm.map(|slice| (slice.cell, slice.size)).collect();
        asked.iter().map(|(_, size)| size).sum::<u64>() - self.net.deliverable(&asked)
    }

    /// How short each district would be if it were served evenly, whoever uses the gas; none if the plan never asks.
    fn areas(&self, deliverable: u64) -> Vec<(usize, Short)> {
        if (1..=100).all(|short| self.plan.area_level(&Short::whole(short, 100)) == 0) {
            return Vec::new();
        }
        let wants = even::wants(&self.asked());
        let rows: BTreeSet<usize> = wants.iter().map(|want| want.cell.0).collect();
        let of = |row: &usize| (0..wants.len()).filter(|w| wants[*w].cell.0 == *row).collect();
        let groups: Vec<Vec<usize>> = rows.iter().map(of).collect();
        let shares = self.net.leximin(&wants, &groups, &[], Q::int(deliverable)).expect("as much can arrive");
        let asked = |row: usize| self.asked().iter().filter(|(cell, _)| cell.0 == row).map(|(_, size)| size).sum();
        rows.into_iter().zip(shares).map(|(row, share)| (row, Short::of(share, asked(row)))).collect()
    }

    /// Every customer's demand.
    fn asked(&self) -> Vec<(Cell<'a>, u64)> {
        self.customers.iter().map(|(cell, c)| (*cell, c.demand)).filter(|(_, demand)| *demand > 0).collect()
    }
}

fn balance(town: &Town, rows: &[usize], area: Option<&String>) -> Option<Outcome> {
    let scope = scope(town, rows, area);
    let (plan, turns) = (scope.plan, &scope.turns);
    // Section 1: the balance and the level, the gravest that the whole or an area calls for.
    let demand = scope.customers.iter().map(|(_, c)| c.demand).sum();
    if demand == 0 {
        return None;
    }
    let deliverable = scope.net.deliverable(&scope.asked());
    let shortfall = Short::whole(demand - deliverable, demand);
    let areas = if deliverable < demand { scope.areas(deliverable) } else { Vec::new() };
    let by_whole = plan.level(&shortfall);
    let level = areas.iter().map(|(_, area)| plan.area_level(area)).fold(by_whole, usize::max);
    // The shortest of those that call for more than the whole does; the first of equals.
    let calling = areas.iter().filter(|(_, area)| level > by_whole && plan.area_level(area) == level);
    let raised = calling.reduce(|best, next| if best.1.is_less_than(&next.1) { next } else { best });

    // Section 4: blocks by the formula, and more while that spares firm gas; the first of equals.
    let formula = |level: usize| plan.blocks(level, &shortfall).map(|k| k.min(turns.len()));
    let used = formula(level).and_then(|k| (k..=turns.len()).min_by_key(|used| scope.firm_loss(level, *used)));
    let used = used.unwrap_or(0);
    let rotation = formula(level).filter(|_| area.is_none()).map(|k| Rotation {
        k,
        blocks: turns[..used].iter().map(|row| town.districts[*row].id.clone()).collect(),
        extended: used > k,
    });

    // Sections 5 and 6: who gets what. Every figure below is a sum of these.
    let mut slices = scope.slices(level, used);
    scope.net.serve(&mut slices, town.lists);
    let sums = |which: &dyn Fn(&Slice) -> bool| {
        let of = slices.iter().filter(|slice| which(slice));
        of.fold((0, 0), |(size, served), slice| (size + slice.size, served + slice.served))
    };
    let gets = |c: &Customer| sums(&|slice| slice.customer.id == c.id).1;
    let (firm, served) = (sums(&|slice| slice.is_firm()), sums(&|_| true).1);
    let beyond = firm.0 - firm.1;
    let cut: Vec<&Customer> = scope.customers.iter().map(|(_, c)| *c).filter(|c| gets(c) < c.demand).collect();
    let places: BTreeSet<Place> = slices.iter().map(|slice| slice.place).collect();
    let tiers: BTreeSet<u32> = slices.iter().map(|slice| slice.tier).collect();

    // Section 7: the first graver level at which no firm slice loses gas.
    let enough = |graver: &usize| scope.firm_loss(*graver, formula(*graver).unwrap_or(0)) == 0;
    let escalate_to = (level + 1..=plan.levels().len()).filter(|_| beyond > 0).find(enough);
    let status = match beyond {
        _ if deliverable == demand => "no_shortage",
        0 => "balanced",
        _ => "beyond_authority",
    };
    let name = |level: usize| Some((*plan.levels().get(level.checked_sub(1)?)?).to_owned());
    Some(Outcome {
        area: area.cloned(),
        demand,
        supply: scope.net.sources.iter().map(|source| source.2).sum(),
        deliverable,
        level: name(level),
        raised: raised.map(|(row, _)| town.districts[*row].id.clone()),
        status: status.to_owned(),
        escalate_to: escalate_to.and_then(name),
        rotation,
        totals: Totals {
            demand,
            served,
            cut: demand - served,
            withheld: sums(&|slice| slice.place == Place::Withheld).0,
            beyond,
            unused: deliverable - served,
            customers_cut: cut.len() as u64,
            households_cut: cut.iter().map(|c| c.households).sum(),
        },
        ranks: places.into_iter().map(|place| rank(plan, place, sums(&|slice| slice.place == place))).collect(),
        served: scope.customers.iter().map(|(_, c)| (c.id.clone(), gets(c))).collect(),
        tiers: tiers.into_iter().map(|tier| (tier, sums(&|slice| slice.tier == tier))).collect(),
        areas: Vec::new(),
    })
}

fn rank(plan: &dyn Plan, place: Place, (size, served): (u64, u64)) -> Rank {
    let (kind, tier, measure) = match place {
        Place::Firm(rank) => ("firm", Some(plan.tier(rank)), None),
        Place::Authorised { from_last, .. } => ("authorised", None, plan.measures().iter().nth_back(from_last)),
        Place::Withheld => ("withheld", None, None),
    };
    let measure = if place == Place::Withheld { Some(plan.stop()) } else { measure.map(|measure| measure.id) };
    Rank { kind: kind.to_owned(), tier, measure: measure.map(str::to_owned), size, served }
}
