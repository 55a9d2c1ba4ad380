//! What each district could get if gas were shared as evenly as it can be: the leximin of one rank with one cell a
//! district.
//!
//! Companies that share no links are a network too: a source feeds its company, and a company each district up to what
//! its own customers there ask for. So one exact algorithm answers for all but companies on shared links, where the
//! linear program shares by district and company, in whole m3.

use super::{Arc, Cell, Network, Node, Question, Reach, Tight, Unanswered, exact, flow};
use crate::units::M3;

/// A district and the part of its demand that it can get: `part / of`, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The district.
    pub district: u32,
    /// At most `of`.
    pub part: u64,
    /// Above 0.
    pub of: u64,
}

/// The part of each district with demand, in their order. The question's cells are the whole demand, as one rank.
pub(crate) fn parts(question: &Question<'_>) -> Result<Vec<Part>, Unanswered> {
    let cells = by_district(question.cells);
    let parts = match (&question.reach.network, &question.reach.entitled) {
        (None, None) => {
            let size = cells.iter().map(|cell| cell.size).sum();
            let part = exact::deliverable(&Question { cells: &cells, ..*question })?;
            vec![(part, size); cells.len()]
        }
        (Some(network), None) => parts_on(network, question, &cells),
        (None, Some(entitled)) => parts_on(&as_network(question, entitled), question, &cells),
        (Some(_), Some(_)) => return parts_by_lp(question, &cells),
    };
    Ok(cells.iter().zip(parts).map(|(cell, (part, of))| Part { district: cell.district, part, of }).collect())
}

/// The parts of the cells of the last rank on a network, where the ranks before it get all that they want.
pub(crate) fn parts_of_last(reach: &Reach, supply: &[u64], cells: &[Cell]) -> Vec<Part> {
    let last = cells.chunk_by(|a, b| a.rank == b.rank).next_back().unwrap_or_default();
    let Some(network) = &reach.network else { return Vec::new() };
    let parts = flow::Prepared::new(network, reach.districts).parts(supply, cells);
    let parts = parts.into_iter().skip(cells.len() - last.len());
    last.iter().zip(parts).map(|(cell, (part, of))| Part { district: cell.district, part, of }).collect()
}

fn parts_on(network: &Network, question: &Question<'_>, cells: &[Cell]) -> Vec<(u64, u64)> {
    flow::Prepared::new(network, question.reach.districts).parts(question.supply, cells)
}

/// What proves the parts.
pub(crate) struct Proof {
    /// Those that share a shortage, the least served first.
    pub sides: Vec<Tight>,
    /// The links that bring the parts there: the network's, or those between companies and their customers.
    pub links: Vec<Arc>,
    /// What each link carries, in `unit`ths of a m3.
    pub flows: Vec<u64>,
    pub unit: u64,
}

/// What proves [`parts`]; `None` in one pool, which is its own proof, and where companies share links.
pub(crate) fn prove(question: &Question<'_>) -> Option<Proof> {
    let cells = by_district(question.cells);
    let mut network = match (&question.reach.network, &question.reach.entitled) {
        (Some(network), None) => network.clone(),
        (None, Some(entitled)) => as_network(question, entitled),
        _ => return None,
    };
    let links = network.links.clone();
    let prepared = |network: &Network| flow::Prepared::new(network, question.reach.districts);
    let (_, sides) = prepared(&network).prove(question.supply, &cells);
    // Parts are fractions: rounded down to a grid, they are whole volumes of a network as many times as large.
    let demand: u64 = cells.iter().map(|cell| cell.size).sum();
    let unit = (0..9).fold(1u64, |unit, _| if demand.saturating_mul(unit) < MOST / 10 { unit * 10 } else { unit });
    let grown = |volume: u64| volume.min(demand) * unit;
    let part = |cell: &Cell| {
        let side = sides.iter().find(|side| side.nodes.contains(&Node::District(cell.district)));
        let (part, of) = side.map_or((1, 1), |side| (side.volume, side.size));
        let part = u128::from(grown(cell.size)) * u128::from(part) / u128::from(of.max(1));
        Cell { size: part as u64, ..*cell }
    };
    let parts: Vec<Cell> = cells.iter().map(part).filter(|cell| cell.size > 0).collect();
    let supply: Vec<u64> = question.supply.iter().map(|volume| grown(*volume)).collect();
    network.links.iter_mut().for_each(|link| link.capacity = grown(link.capacity));
    let mut prepared = prepared(&network);
    prepared.deliverable(&supply, &parts);
    Some(Proof { flows: prepared.flows(), sides, links, unit })
}

/// No flow is above this.
const MOST: u64 = 1 << 58;

/// The same question as one of one commodity, for any supply; `None` where companies share links.
pub(crate) fn one_commodity(reach: &Reach, cells: &[Cell]) -> Option<(Reach, Vec<Cell>)> {
    let network = match (&reach.network, &reach.entitled) {
        (Some(_), Some(_)) => return None,
        (network, None) => network.clone(),
        // A source gives its company all that it has, however much that is.
        (None, Some(entitled)) => {
            let supply = vec![M3::MOST_IN_ALL.get(); entitled.len()];
            Some(as_network(&Question { reach, supply: &supply, cells }, entitled))
        }
    };
    Some((Reach { districts: reach.districts, entitled: None, network }, by_district(cells)))
}

/// The cells of all companies together.
fn by_district(cells: &[Cell]) -> Vec<Cell> {
    let mut merged: Vec<Cell> = Vec::new();
    for cell in cells {
        match merged.last_mut() {
            Some(last) if last.district == cell.district => last.size += cell.size,
            _ => merged.push(Cell { company: 0, ..*cell }),
        }
    }
    merged
}

/// Junction by junction a company, which feeds its own customers alone.
fn as_network(question: &Question<'_>, entitled: &[u32]) -> Network {
    let companies = question.cells.iter().map(|cell| cell.company + 1).max().unwrap_or(0);
    let sources = (0..).zip(entitled).zip(question.supply).filter(|((_, company), _)| **company < companies);
    let into = sources.map(|((source, company), volume)| Arc {
        from: Node::Source(source),
        to: Node::Junction(*company),
        capacity: *volume,
    });
    let out = question.cells.iter().map(|cell| Arc {
        from: Node::Junction(cell.company),
        to: Node::District(cell.district),
        capacity: cell.size,
    });
    Network { junctions: companies as usize, links: into.chain(out).collect() }
}

#[cfg(any(feature = "lp", feature = "highs"))]
fn parts_by_lp(question: &Question<'_>, cells: &[Cell]) -> Result<Vec<Part>, Unanswered> {
    let shares = super::lp::share(question)?;
    let part = |cell: &Cell| {
        let ours = question.cells.iter().zip(&shares.cells).filter(|(of, _)| of.district == cell.district);
        Part { district: cell.district, part: ours.map(|(_, share)| share).sum(), of: cell.size }
    };
    Ok(cells.iter().map(part).collect())
}

#[cfg(not(any(feature = "lp", feature = "highs")))]
fn parts_by_lp(_: &Question<'_>, _: &[Cell]) -> Result<Vec<Part>, Unanswered> {
    Err(Unanswered::NeedsLp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(sizes: &[(u32, u32, u64)]) -> Vec<Cell> {
        sizes
            .iter()
            .map(|(district, company, size)| Cell { rank: 0, district: *district, company: *company, size: *size })
            .collect()
    }

    fn asked(reach: &Reach, supply: &[u64], sizes: &[(u32, u32, u64)]) -> Vec<(u32, u64, u64)> {
        let cells = cells(sizes);
        let parts = parts(&Question { reach, supply, cells: &cells });
        parts.into_iter().flatten().map(|part| (part.district, part.part, part.of)).collect()
    }

    #[test]
    fn in_one_pool_every_district_has_the_ratio_of_all() {
        let reach = Reach { districts: 3, ..Reach::default() };
        assert_eq!(asked(&reach, &[40, 20], &[(0, 0, 50), (2, 0, 30)]), [(0, 60, 80), (2, 60, 80)]);
    }

    #[test]
    fn behind_a_bottleneck_a_district_has_a_ratio_of_its_own() {
        let link = |to, capacity| Arc { from: Node::Source(0), to: Node::District(to), capacity };
        let network = Network { junctions: 0, links: vec![link(0, 10), link(1, 100), link(2, 100)] };
        let reach = Reach { districts: 3, entitled: None, network: Some(network) };
        // District 0 gets 10 of 50; the other 71 are shared by 1 and 2, whose 90 ask for more: 71 / 90 each.
        let parts = asked(&reach, &[81], &[(0, 0, 50), (1, 0, 30), (2, 0, 60)]);
        assert_eq!(parts, [(0, 1, 5), (1, 71, 90), (2, 71, 90)]);
        assert_eq!(asked(&reach, &[200], &[(0, 0, 10), (1, 0, 30)]), [(0, 10, 10), (1, 30, 30)]);
        assert_eq!(asked(&reach, &[0], &[(0, 0, 10)]), [(0, 0, 10)]);
    }

    #[test]
    fn a_company_makes_up_for_another_in_the_same_district() {
        // Company 1 feeds its own 50 in district 0; company 0 then gives 16.67 there and 33.33 in district 1.
        let reach = Reach { districts: 2, entitled: Some(vec![0, 1]), network: None };
        let sizes = [(0, 0, 50), (0, 1, 50), (1, 0, 50)];
        assert_eq!(asked(&reach, &[50, 50], &sizes), [(0, 2, 3), (1, 2, 3)]);
        // Company 0's 20 all go to district 1, and still district 0 is better off.
        assert_eq!(asked(&reach, &[20, 50], &sizes), [(0, 1, 2), (1, 2, 5)]);
    }
}
