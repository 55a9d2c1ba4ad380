//! A second decision: slow, obvious, in exact fractions (`simplex`), written from the decision model alone (sections 1 to
//! 6 and 9, daily), with each built-in plan's rules written out (`plans`). It shares no code with the library, so that
//! errors of understanding show. Left out: hours, rest between turns, areas of companies on a network.

pub mod even;
pub mod plans;
mod simplex;

use std::collections::BTreeSet;

use even::Cell;
use plans::{Plan, Short};
use simplex::Q;

pub use crate::common::town::*;

/// Where a slice stands; the order of the variants and fields is the supply order (section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// By the plan's firm ranks.
    Firm(usize),
    /// The measure, counted from the end of the cut order; the firm rank, where the measure goes by it; a backup.
    Authorised(usize, usize, bool),
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
        Some(Some(measure)) => {
            let firm = if measure.by_firm { rank } else { 0 };
            Place::Authorised(measures.len() - n, firm, measure.by_backup && customer.backup)
        }
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

/// The day's decision; `None` if the main urban area has no demand. Section 9: other districts are balances of their own.
pub fn decide(town: &Town) -> Option<Outcome> {
    let mut outcome = balance(&part(town, None), None)?;
    let outer = town.districts.iter().filter(|d| !d.urban && !town.unified).map(|d| &d.id);
    outcome.areas = outer.filter_map(|id| balance(&part(town, Some(id)), Some(id))).collect();
    Some(outcome)
}

/// The main urban area, or another district, as a town of its own. A pool is a network of ample links where gas is
/// nobody's; links that touch what is not of this town are ignored.
fn part(town: &Town, area: Option<&String>) -> Town {
    let mut part = town.clone();
    part.districts.retain(|d| area.map_or(d.urban || town.unified, |area| d.id == *area));
    part.customers.retain(|c| part.districts.iter().any(|d| d.id == c.district));
    part.sources.retain(|s| town.unified || s.area.as_ref() == area);
    if area.is_some() || !town.apart {
        part.customers.iter_mut().for_each(|c| c.company.clear());
        part.sources.iter_mut().for_each(|s| s.company = None);
    }
    let has = |town: &Town, end: &String| {
        town.districts.iter().any(|d| d.id == *end) || town.sources.iter().any(|s| s.id == *end)
    };
    let near = |end: &String| has(&part, end) || !has(town, end);
    let ample = |from: &Source, to: &District| Link { from: from.id.clone(), to: to.id.clone(), capacity: from.volume };
    part.links = Some(match town.links.as_ref().filter(|_| area.is_none()) {
        Some(links) => links.iter().filter(|link| near(&link.from) && near(&link.to)).cloned().collect(),
        None => part.sources.iter().flat_map(|s| part.districts.iter().map(move |d| ample(s, d))).collect(),
    });
    part
}

/// Everybody's demand.
fn asked(town: &Town) -> Vec<(Cell<'_>, u64)> {
    let row = |c: &Customer| town.districts.iter().position(|d| d.id == c.district).unwrap_or_default();
    town.customers.iter().map(|c| ((row(c), c.company.as_str()), c.demand)).collect()
}

/// Everybody's slices at a level, in supply order, with some blocks on rotation.
fn slices<'a>(town: &'a Town, level: usize, rotating: &[usize]) -> Vec<Slice<'a>> {
    let plan = plans::named(&town.plan);
    let cells = asked(town).into_iter().map(|(cell, _)| cell);
    let of = |(c, cell): (&'a Customer, Cell<'a>)| cut(plan, c, cell, level, rotating.contains(&cell.0));
    let mut slices: Vec<Slice> = town.customers.iter().zip(cells).flat_map(of).collect();
    slices.sort_by_key(|slice| (slice.place, slice.cell));
    slices
}

fn is_firm(slice: &Slice) -> bool {
    matches!(slice.place, Place::Firm(_))
}

/// What firm slices lose at a level, if all that can arrive is theirs.
fn firm_loss(town: &Town, level: usize, rotating: &[usize]) -> u64 {
    let firm = slices(town, level, rotating).into_iter().filter(is_firm);
    let asked: Vec<(Cell, u64)> = firm.map(|slice| (slice.cell, slice.size)).collect();
    asked.iter().map(|(_, size)| size).sum::<u64>() - even::deliverable(town, &asked)
}

/// How short each district with demand would be if it were served evenly, whoever uses the gas.
fn areas(town: &Town, deliverable: u64) -> Vec<(usize, Short)> {
    let wants = even::wants(&asked(town));
    let all: Vec<usize> = (0..wants.len()).collect();
    let groups = all.chunk_by(|a, b| wants[*a].cell.0 == wants[*b].cell.0).map(<[usize]>::to_vec);
    let groups: Vec<Vec<usize>> = groups.collect();
    let ratios = even::leximin(town, &wants, &groups, &[], Q::int(deliverable)).expect("as much can arrive");
    groups.iter().zip(ratios).map(|(group, ratio)| (wants[group[0]].cell.0, Short::of(ratio, 1))).collect()
}

fn balance(town: &Town, area: Option<&String>) -> Option<Outcome> {
    let plan = plans::named(&town.plan);
    // Section 1: the balance and the level, the gravest that the whole or an area calls for.
    let demand = town.customers.iter().map(|c| c.demand).sum();
    if demand == 0 {
        return None;
    }
    let deliverable = even::deliverable(town, &asked(town));
    let shortfall = Short::whole(demand - deliverable, demand);
    let by_area = deliverable < demand && plan.area_level(&Short::whole(1, 1)) > 0;
    let areas = if by_area { areas(town, deliverable) } else { Vec::new() };
    let by_whole = plan.level(&shortfall);
    let level = areas.iter().map(|(_, area)| plan.area_level(area)).fold(by_whole, usize::max);
    // The shortest of those that call for more than the whole does; the first of equals.
    let calling = areas.iter().filter(|(_, area)| level > by_whole && plan.area_level(area) == level);
    let raised = calling.reduce(|best, next| if best.1.is_less_than(&next.1) { next } else { best });
    // Section 4: blocks with demand take turns, least burdened first. As many as the formula says, and more while that
    // spares firm gas; the first of equals.
    let asks = |d: &District| d.urban && town.customers.iter().any(|c| c.district == d.id && c.demand > 0);
    let mut turns: Vec<usize> = (0..town.districts.len()).filter(|row| asks(&town.districts[*row])).collect();
    turns.sort_by_key(|row| town.districts[*row].burden);
    let formula = |level: usize| plan.blocks(level, &shortfall).map(|k| k.min(turns.len()));
    let loss = |level: usize, k: usize| firm_loss(town, level, &turns[..k]);
    let used = formula(level).and_then(|k| (k..=turns.len()).min_by_key(|k| loss(level, *k))).unwrap_or(0);
    let blocks = turns[..used].iter().map(|row| town.districts[*row].id.clone()).collect();
    let rotates = formula(level).filter(|_| area.is_none());
    let rotation = rotates.map(|k| Rotation { k, blocks, extended: used > k });
    // Sections 5 and 6: who gets what. Every figure below is a sum of these.
    let mut slices = slices(town, level, &turns[..used]);
    even::serve(town, &mut slices);
    let sums = |which: &dyn Fn(&Slice) -> bool| {
        let of = slices.iter().filter(|slice| which(slice));
        of.fold((0, 0), |(size, served), slice| (size + slice.size, served + slice.served))
    };
    let gets = |c: &Customer| sums(&|slice| slice.customer.id == c.id).1;
    let (firm, served) = (sums(&is_firm), sums(&|_| true).1);
    let beyond = firm.0 - firm.1;
    let cut: Vec<&Customer> = town.customers.iter().filter(|c| gets(c) < c.demand).collect();
    let places: BTreeSet<Place> = slices.iter().map(|slice| slice.place).collect();
    let tiers: BTreeSet<u32> = slices.iter().map(|slice| slice.tier).collect();
    // Section 7: the first graver level at which no firm slice loses gas.
    let enough = |graver: &usize| loss(*graver, formula(*graver).unwrap_or(0)) == 0;
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
        supply: town.sources.iter().map(|source| source.volume).sum(),
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
        served: town.customers.iter().map(|c| (c.id.clone(), gets(c))).collect(),
        tiers: tiers.into_iter().map(|tier| (tier, sums(&|slice| slice.tier == tier))).collect(),
        areas: Vec::new(),
    })
}

fn rank(plan: &dyn Plan, place: Place, (size, served): (u64, u64)) -> Rank {
    let measure = |from_last| plan.measures().iter().rev().map(|measure| measure.id).nth(from_last);
    let (kind, tier, measure) = match place {
        Place::Firm(rank) => ("firm", Some(plan.tier(rank)), None),
        Place::Authorised(from_last, ..) => ("authorised", None, measure(from_last)),
        Place::Withheld => ("withheld", None, Some(plan.stop())),
    };
    Rank { kind: kind.to_owned(), tier, measure: measure.map(str::to_owned), size, served }
}
