//! Properties of the exact allocator with slices held: order of ranks, evenness within reach, more supply.

use curtail::decide::allocate::exact;
use curtail::decide::allocate::{Arc, Cell, Network, Node, Question, Reach};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::reference::{District, Link, Source, Town, even};

/// A reach, what the sources give, and what the cells ask for.
type Numbers = (Reach, Vec<u64>, Vec<Cell>);

const SOURCES: u32 = 3;

fn cells(districts: u32, companies: u32) -> impl Strategy<Value = Vec<Cell>> {
    vec((0..4u32, 0..districts, 0..companies, 1..60u64), 1..14).prop_map(|rows| {
        let mut cells: Vec<Cell> =
            rows.into_iter().map(|(rank, district, company, size)| Cell { rank, district, company, size }).collect();
        cells.sort_by_key(|c| (c.rank, c.district, c.company));
        cells.dedup_by_key(|c| (c.rank, c.district, c.company));
        // Ranks are numbered without gaps.
        let ranks: std::collections::BTreeSet<u32> = cells.iter().map(|c| c.rank).collect();
        for cell in &mut cells {
            cell.rank = ranks.range(..cell.rank).count() as u32;
        }
        cells
    })
}

fn node(n: u32) -> Node {
    match n {
        0..SOURCES => Node::Source(n),
        SOURCES => Node::Junction(0),
        n => Node::District(n - SOURCES - 1),
    }
}

fn network(districts: u32) -> impl Strategy<Value = Numbers> {
    let ends = SOURCES + 1 + districts;
    let links = vec((0..ends, SOURCES..ends, 0..90u64), 2..12).prop_map(|rows| {
        let arcs = rows.into_iter().filter(|(from, to, _)| from != to);
        arcs.map(|(from, to, capacity)| Arc { from: node(from), to: node(to), capacity }).collect()
    });
    (links, vec(0..120u64, SOURCES as usize), cells(districts, 1)).prop_map(move |(links, supply, cells)| {
        let reach =
            Reach { districts: districts as usize, entitled: None, network: Some(Network { junctions: 1, links }) };
        (reach, supply, cells)
    })
}

fn companies(districts: u32) -> impl Strategy<Value = Numbers> {
    (vec(0..3u32, SOURCES as usize), vec(0..120u64, SOURCES as usize), cells(districts, 3)).prop_map(
        move |(entitled, supply, cells)| {
            (Reach { districts: districts as usize, entitled: Some(entitled), network: None }, supply, cells)
        },
    )
}

fn any() -> impl Strategy<Value = Numbers> {
    (1..=5u32).prop_flat_map(|districts| prop_oneof![2 => network(districts), 1 => companies(districts)])
}

/// Whether each district and company could get so much (company 0 where all pool), by the reference's linear program.
fn can_get(reach: &Reach, supply: &[u64], gets: &dyn Fn(u32, u32) -> u64) -> bool {
    let name = |node: Node| format!("{node:?}");
    let companies = if reach.entitled.is_some() { vec!["0", "1", "2"] } else { vec![""] };
    let district = |d: usize| District { id: name(Node::District(d as u32)), ..District::default() };
    let owner = |s: usize| reach.entitled.as_ref().map(|owners| owners[s].to_string());
    let source = |s: usize| Source {
        id: name(Node::Source(s as u32)),
        volume: supply[s],
        company: owner(s),
        ..Source::default()
    };
    let link = |from, to, capacity| Link { from: name(from), to: name(to), capacity };
    let everywhere = (0..SOURCES).flat_map(|s| (0..reach.districts as u32).map(move |d| (s, d)));
    let links = match &reach.network {
        Some(network) => network.links.iter().map(|arc| link(arc.from, arc.to, arc.capacity)).collect(),
        None => everywhere.map(|(s, d)| link(Node::Source(s), Node::District(d), supply[s as usize])).collect(),
    };
    let town = Town {
        districts: (0..reach.districts).map(district).collect(),
        sources: (0..supply.len()).map(source).collect(),
        links: Some(links),
        ..Town::default()
    };
    let cells = (0..reach.districts).flat_map(|d| companies.iter().enumerate().map(move |(c, name)| (d, c, *name)));
    let asked: Vec<(even::Cell, u64)> = cells.map(|(d, c, name)| ((d, name), gets(d as u32, c as u32))).collect();
    even::deliverable(&town, &asked) == asked.iter().map(|(_, volume)| volume).sum::<u64>()
}

proptest! {
    #![proptest_config(crate::cases(300))]

    #[test]
    fn no_gas_of_a_worse_rank_could_have_reached_a_better_one((reach, supply, cells) in any()) {
        let shares = exact::share(&Question { reach: &reach, supply: &supply, cells: &cells }).unwrap();
        let served = |district: u32, company: u32| -> u64 {
            let mine = cells.iter().zip(&shares.cells).filter(|(c, _)| (c.district, c.company) == (district, company));
            mine.map(|(_, volume)| volume).sum()
        };
        prop_assert!(can_get(&reach, &supply, &served), "more than can arrive: {:?}", shares);
        for (lacks, _) in cells.iter().zip(&shares.cells).filter(|(cell, volume)| **volume < cell.size) {
            let one_more = |d: u32, c: u32| u64::from((d, c) == (lacks.district, lacks.company));
            prop_assert!(!can_get(&reach, &supply, &|d, c| served(d, c) + one_more(d, c)), "gas left for {:?}", lacks);
            let worse = cells.iter().zip(&shares.cells).filter(|(c, volume)| c.rank > lacks.rank && **volume > 0);
            for (has, _) in worse {
                let one_less = |d: u32, c: u32| u64::from((d, c) == (has.district, has.company));
                let moved = |d: u32, c: u32| served(d, c) + one_more(d, c) - one_less(d, c);
                prop_assert!(!can_get(&reach, &supply, &moved), "{:?} has what {:?} lacks", has, lacks);
            }
        }
    }

    #[test]
    fn gas_moved_inside_a_rank_would_not_help_the_worst_off((reach, supply, cells) in any()) {
        let shares = exact::share(&Question { reach: &reach, supply: &supply, cells: &cells }).unwrap();
        let served = |district: u32, company: u32| -> u64 {
            let mine = cells.iter().zip(&shares.cells).filter(|(c, _)| (c.district, c.company) == (district, company));
            mine.map(|(_, volume)| volume).sum()
        };
        for (poor, little) in cells.iter().zip(&shares.cells) {
            for (rich, much) in cells.iter().zip(&shares.cells).filter(|(c, _)| c.rank == poor.rank) {
                // Better off by more than rounding can explain: even two less, it has more of its size than the poor with two more.
                let still = (much.saturating_sub(2)) * poor.size > (little + 2) * rich.size;
                let moved = |d: u32, c: u32| {
                    served(d, c) + u64::from((d, c) == (poor.district, poor.company))
                        - u64::from((d, c) == (rich.district, rich.company))
                };
                prop_assert!(!still || !can_get(&reach, &supply, &moved), "{:?} could give to {:?}", rich, poor);
            }
        }
    }

    #[test]
    fn more_supply_never_lowers_a_rank((reach, supply, cells) in any(), source in 0..SOURCES as usize, more in 1..40u64) {
        let before = exact::share(&Question { reach: &reach, supply: &supply, cells: &cells }).unwrap();
        let mut raised = supply.clone();
        raised[source] += more;
        let after = exact::share(&Question { reach: &reach, supply: &raised, cells: &cells }).unwrap();
        prop_assert!(before.ranks.iter().zip(&after.ranks).all(|(b, a)| b <= a), "{:?} then {:?}", before, after);
        prop_assert!(after.ranks.iter().sum::<u64>() <= before.ranks.iter().sum::<u64>() + more);
    }

    #[test]
    fn the_order_of_sources_and_links_changes_nothing((reach, supply, cells) in any()) {
        let before = exact::share(&Question { reach: &reach, supply: &supply, cells: &cells }).unwrap();
        let last = supply.len() as u32 - 1;
        let flip = |node: Node| if let Node::Source(n) = node { Node::Source(last - n) } else { node };
        let mut other = reach.clone();
        other.entitled.iter_mut().for_each(|companies| companies.reverse());
        if let Some(network) = &mut other.network {
            network.links.reverse();
            for arc in &mut network.links {
                arc.from = flip(arc.from);
            }
        }
        let supply: Vec<u64> = supply.into_iter().rev().collect();
        let after = exact::share(&Question { reach: &other, supply: &supply, cells: &cells }).unwrap();
        prop_assert_eq!(before, after);
    }
}
