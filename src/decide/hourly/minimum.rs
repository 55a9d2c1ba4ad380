//! How many hours until a district's pipes are down to their least, if nothing is done (P1).
//!
//! In each hour the sources give what they can, a 24th of their day where no hourly limit is set, and it is shared as evenly as
//! the links allow; what a district still lacks it draws from its pipes, and nobody refills them. The hour in which they reach
//! their least is counted in part: what is left above the least over what is drawn in that hour.

use super::{Hourly, MICRO, Spreading};
use crate::city::City;
use crate::decide::allocate::{Arc, Cell, Network, Node, Unanswered, exact};
use crate::decide::prepare::Scope;
use crate::decide::{Day, allocate::Reach};
use crate::units::Milli;

/// For each district of the balance: the hours until its least, if it is reached within the day. `None` too where its pipes keep
/// no gas, or companies keep theirs apart.
pub(in crate::decide) fn hours_to_minimum(
    city: &City,
    scope: &Scope<'_>,
    day: &Day,
    hourly: &Hourly,
    supply: &[u64],
) -> Result<Vec<Option<Milli>>, Unanswered> {
    let (pipes, hours) = (&hourly.pipes, hourly.pipes.hours);
    let mut left = pipes.packed.clone();
    let mut until = vec![None; scope.districts.len()];
    if pipes.companies > 1 || left.iter().all(|left| *left == 0) {
        return Ok(until);
    }
    let asked = asked(city, scope, day, hourly);
    let mut rest: Vec<u64> = supply.iter().map(|volume| volume * MICRO).collect();
    let one_hour = one_hour(scope, hourly);
    let mut allocator = exact::Prepared::new(&one_hour)?;
    for hour in 0..hours {
        let give = |(source, rest): (usize, &u64)| match pipes.most_in_an_hour(source) {
            Some(most) => most.min(*rest),
            None => (supply[source] * MICRO).div_ceil(hours as u64).min(*rest),
        };
        let given: Vec<u64> = rest.iter().enumerate().map(give).collect();
        let cell = |(district, asked): (usize, &Vec<u64>)| {
            (asked[hour] > 0).then_some(Cell { rank: 0, district: district as u32, company: 0, size: asked[hour] })
        };
        let cells: Vec<Cell> = asked.iter().enumerate().filter_map(cell).collect();
        let shares = allocator.share(&given, &cells);
        for (cell, served) in cells.iter().zip(&shares.cells) {
            let (at, draw) = (cell.district as usize, cell.size - served);
            if draw >= left[at] && draw > 0 && until[at].is_none() && pipes.packed[at] > 0 {
                let part = u128::from(left[at]) * 1_000 / u128::from(draw);
                until[at] = Some(Milli(hour as u64 * 1_000 + part as u64));
            }
            left[at] = left[at].saturating_sub(draw);
        }
        let flows = allocator.flows();
        for (rest, arcs) in rest.iter_mut().zip(arcs_of(scope, &one_hour)) {
            *rest = rest.saturating_sub(arcs.into_iter().map(|arc| flows[arc]).sum());
        }
    }
    Ok(until)
}

/// What each district asks for in each hour, in millionths of a m3.
fn asked(city: &City, scope: &Scope<'_>, day: &Day, hourly: &Hourly) -> Vec<Vec<u64>> {
    let mut spreading = Spreading::new(hourly);
    for (at, i) in scope.customers.iter().enumerate() {
        let (spread, left) = hourly.asks(city, day, *i);
        spreading.add(scope.district_of[at] as usize, &spread, left);
    }
    spreading.by_hour(scope.districts.len()).chunks(hourly.pipes.hours).map(super::micro).collect()
}

/// The network of a single hour; without links one junction that reaches all.
fn one_hour(scope: &Scope<'_>, hourly: &Hourly) -> Reach {
    let pipes = &hourly.pipes;
    let capacity = |at: usize| {
        let arc = pipes.link_arcs[at].first().and_then(|copies| copies.first().copied());
        arc.and_then(|arc| Some(pipes.reach.network.as_ref()?.links.get(arc)?.capacity)).unwrap_or_default()
    };
    let network = match &scope.reach.network {
        Some(network) => Network {
            junctions: network.junctions,
            links: network.links.iter().enumerate().map(|(at, arc)| Arc { capacity: capacity(at), ..*arc }).collect(),
        },
        None => {
            let into = (0..scope.sources.len() as u32).map(|at| (Node::Source(at), Node::Junction(0)));
            let out = (0..scope.districts.len() as u32).map(|at| (Node::Junction(0), Node::District(at)));
            let arc = |(from, to)| Arc { from, to, capacity: super::pipes::UNLIMITED };
            Network { junctions: 1, links: into.chain(out).map(arc).collect() }
        }
    };
    Reach { districts: scope.districts.len(), entitled: None, network: Some(network) }
}

/// The links that leave each source.
fn arcs_of(scope: &Scope<'_>, reach: &Reach) -> Vec<Vec<usize>> {
    let mut arcs = vec![Vec::new(); scope.sources.len()];
    for (at, arc) in reach.network.iter().flat_map(|network| &network.links).enumerate() {
        if let Node::Source(source) = arc.from {
            arcs[source as usize].push(at);
        }
    }
    arcs
}
