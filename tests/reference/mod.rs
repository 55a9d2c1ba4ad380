//! A second decision: slow, obvious, in exact fractions (`simplex`), written from the decision model alone (sections 1 to
//! 6 and 9), with each built-in plan's rules written out (`plans`). By the hour it is a flow (`hours`, `flow`). It shares no
//! code with the library, so that errors of understanding show. Left out: areas of companies on a network, or by the hour.

pub mod even;
mod flow;
pub mod hours;
pub mod plans;
mod simplex;

use std::collections::BTreeSet;

use even::Cell;
use plans::{Plan, Short};
use simplex::{ONE, Q, ZERO};

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
    /// What it asks for in each hour; nothing by the day.
    hours: Vec<i128>,
    served: u64,
}

/// Section 3: what the evening stop takes of a customer, and what of that is withheld.
fn stop(town: &Town, customer: &Customer, spread: &hours::Spread) -> (Q, u64) {
    let share = match customer.evening {
        _ if town.hours.is_some() => spread.evening(town),
        Some(thousandths) => Q::int(thousandths).over(Q::int(1000)),
        None => Q::int(3).over(Q::int(24)),
    };
    let (all, spared) = (Q::int(customer.demand).times(share), Q::int(customer.demand - customer.floor()));
    let stopped = if spared.minus(all).floor() < 0 { spared } else { all };
    (stopped, stopped.times(ONE.minus(back(town))).floor() as u64)
}

/// What comes back after a stop.
fn back(town: &Town) -> Q {
    town.hours.as_ref().map_or(ZERO, |hours| Q::int(hours.rebound).over(Q::int(100)))
}

/// Sections 2 and 3: cuts a customer's demand from the bottom of its requirement. A required stop takes first, then each
/// measure what is left of its reach, and the rest is firm.
fn cut<'a>(town: &Town, customer: &'a Customer, cell: Cell<'a>, level: usize, rotating: bool) -> Vec<Slice<'a>> {
    let plan = plans::of(town);
    let (measures, mut spread) = (plan.measures(), hours::Spread::of(town, customer));
    let place = |n: usize, rank: usize| match n.checked_sub(1).map(|n| measures.get(n)) {
        None => Place::Withheld,
        Some(None) => Place::Firm(rank),
        Some(Some(measure)) => {
            let firm = if measure.by_firm { rank } else { 0 };
            Place::Authorised(measures.len() - n, firm, measure.by_backup && customer.backup)
        }
    };
    let stops = level > 0 && customer.demand > 0 && plan.stops(customer, level);
    let as_needed = measures.iter().any(|measure| measure.id == plan.stop());
    let (mut slices, mut left, mut taken) = (Vec::new(), plan.requirement(customer), 0);
    for n in 0..measures.len() + 2 {
        let before = taken;
        let reach = match n.checked_sub(1).map(|n| measures.get(n)) {
            Some(None) => customer.demand,
            None if stops && !as_needed => stop(town, customer, &spread).1,
            Some(Some(measure)) if measure.id == plan.stop() && stops => {
                let in_its_hours = Q::int(customer.demand - taken).times(spread.evening(town)).floor() as u64;
                taken + in_its_hours.min((customer.demand - customer.floor()).saturating_sub(taken))
            }
            Some(Some(measure)) if level > 0 => plan.reach(customer, measure.id, level, rotating),
            _ => 0,
        };
        let first = slices.len();
        while let Some((rank, part)) = left.last_mut().filter(|_| taken < reach) {
            let (size, hours) = ((reach - taken).min(*part), Vec::new());
            slices.push(Slice {
                place: place(n, *rank),
                cell,
                customer,
                tier: plan.tier(*rank),
                size,
                hours,
                served: 0,
            });
            (*part, taken) = (*part - size, taken + size);
            if *part == 0 {
                left.pop();
            }
        }
        let is_stop = n > 0 && taken > before && measures.get(n - 1).is_some_and(|measure| measure.id == plan.stop());
        let evening = is_stop.then(|| spread.take_evening(town, taken - before, customer.demand - before));
        slices[first..].iter_mut().for_each(|slice| slice.hours = evening.as_ref().unwrap_or(&spread).ask(slice.size));
        if n == 0 && stops && !as_needed {
            let stopped = stop(town, customer, &spread).0;
            spread.stop(town, customer.demand, stopped, back(town));
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
    // Ample in an hour too, of which a link carries a 24th.
    let ample = |from: &Source, to: &District| {
        let capacity = if town.hours.is_some() { 24 * from.volume } else { from.volume };
        Link { from: from.id.clone(), to: to.id.clone(), capacity }
    };
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
    let cells = asked(town).into_iter().map(|(cell, _)| cell);
    let of = |(c, cell): (&'a Customer, Cell<'a>)| cut(town, c, cell, level, rotating.contains(&cell.0));
    let mut slices: Vec<Slice> = town.customers.iter().zip(cells).flat_map(of).collect();
    slices.sort_by_key(|slice| (slice.place, slice.cell));
    slices
}

fn is_firm(slice: &Slice) -> bool {
    matches!(slice.place, Place::Firm(_))
}

/// The most of some slices that can arrive.
fn deliverable(town: &Town, slices: &[Slice]) -> u64 {
    match town.hours {
        None => even::deliverable(town, &slices.iter().map(|slice| (slice.cell, slice.size)).collect::<Vec<_>>()),
        Some(_) => hours::deliverable(town, slices.iter().map(|slice| (slice.cell, slice.hours.clone()))),
    }
}

/// What firm slices lose at a level, if all that can arrive is theirs.
fn firm_loss(town: &Town, level: usize, rotating: &[usize]) -> u64 {
    let firm: Vec<Slice> = slices(town, level, rotating).into_iter().filter(is_firm).collect();
    firm.iter().map(|slice| slice.size).sum::<u64>() - deliverable(town, &firm)
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
    let plan = plans::of(town);
    // Section 1: the balance and the level, the gravest that the whole or an area calls for.
    let demand = town.customers.iter().map(|c| c.demand).sum();
    if demand == 0 {
        return None;
    }
    // Without a level, all of it is firm.
    let deliverable = deliverable(town, &slices(town, 0, &[]));
    let shortfall = Short::whole(demand - deliverable, demand);
    let by_area = deliverable < demand && plan.area_level(&Short::whole(1, 1)) > 0;
    let areas = if by_area { areas(town, deliverable) } else { Vec::new() };
    let by_whole = plan.level(&shortfall);
    let level = areas.iter().map(|(_, area)| plan.area_level(area)).fold(by_whole, usize::max);
    // The shortest of those that call for more than the whole does; the first of equals.
    let calling = areas.iter().filter(|(_, area)| level > by_whole && plan.area_level(area) == level);
    let raised = calling.reduce(|best, next| if best.1.is_less_than(&next.1) { next } else { best });
    // Section 4: blocks with demand take turns, those first that may, least burdened first. As many as the formula says, and
    // more while that spares firm gas; the first of equals.
    let asks = |d: &District| d.urban && town.customers.iter().any(|c| c.district == d.id && c.demand > 0);
    let mut turns: Vec<usize> = (0..town.districts.len()).filter(|row| asks(&town.districts[*row])).collect();
    let waits = |row: &usize| waits(town, &town.districts[*row].id);
    turns.sort_by_key(|row| (waits(row), town.districts[*row].burden));
    let formula = |level: usize| plan.blocks(level, &shortfall).map(|k| k.min(turns.len()));
    let loss = |level: usize, k: usize| firm_loss(town, level, &turns[..k]);
    let used = formula(level).and_then(|k| (k..=turns.len()).min_by_key(|k| loss(level, *k))).unwrap_or(0);
    let blocks = turns[..used].iter().map(|row| town.districts[*row].id.clone()).collect();
    let rest_gave_way = turns[..used].iter().any(|row| waits(row) > 0);
    let rotates = formula(level).filter(|_| area.is_none());
    let rotation = rotates.map(|k| Rotation { k, blocks, extended: used > k, rest_gave_way });
    // Sections 5 and 6: who gets what. Every figure below is a sum of these.
    let mut slices = slices(town, level, &turns[..used]);
    let (by_hour, missing) = match town.hours {
        None => {
            even::serve(town, &mut slices);
            Default::default()
        }
        Some(_) => hours::serve(town, &mut slices),
    };
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
            // A stop can move demand to hours in which more can arrive.
            unused: deliverable.saturating_sub(served),
            customers_cut: cut.len() as u64,
            households_cut: cut.iter().map(|c| c.households).sum(),
        },
        ranks: places.into_iter().map(|place| rank(plan, place, sums(&|slice| slice.place == place))).collect(),
        served: town.customers.iter().map(|c| (c.id.clone(), gets(c))).collect(),
        tiers: tiers.into_iter().map(|tier| (tier, sums(&|slice| slice.tier == tier))).collect(),
        areas: Vec::new(),
        by_hour,
        missing,
    })
}

/// Whether a block may take a turn today: yes, if rest gives way, if its run may be too long as well.
fn waits(town: &Town, block: &str) -> usize {
    let had = |ago: u32| town.turns.get(block).is_some_and(|days| days.contains(&ago));
    let run = (1..).take_while(|ago| had(*ago)).count() as u32;
    let rests = run == 0 && (1..=town.rest).any(had);
    if town.run > 0 && run >= town.run { 2 } else { usize::from(rests) }
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
