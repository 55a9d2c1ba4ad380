#![allow(clippy::expect_used)]

use std::collections::BTreeMap;

use super::*;
use crate::decide::allocate::lp;
use crate::decide::allocate::{Arc, Network, Node, Reach};
use proptest::prelude::*;

use crate::decide::allocate::Node::{District as D, Junction as J, Source as S};

const fn cell(rank: u32, district: u32, company: u32, size: u64) -> Cell {
    Cell { rank, district, company, size }
}

fn network(districts: usize, owners: &[u32], links: &[(Node, Node, u64)]) -> Reach {
    let links = links.iter().map(|(from, to, capacity)| Arc { from: *from, to: *to, capacity: *capacity }).collect();
    Reach { districts, entitled: Some(owners.to_vec()), network: Some(Network { junctions: 3, links }) }
}

/// What prices let a rank have, given the totals of the better ones: section 5's dual, written out.
fn bound(question: &Question<'_>, solved: &Solved, rank: usize, prices: &Prices) -> Rational {
    let network = question.reach.network.as_ref().expect("a network");
    let owners = question.reach.entitled.as_ref().expect("companies");
    let volumes = question.supply.iter().zip(&prices.sources);
    let links = network.links.iter().zip(&prices.links);
    let mut sum = Rational::ZERO;
    volumes.for_each(|(volume, price)| sum = sum + Rational::whole(*volume) * *price);
    links.clone().for_each(|(link, price)| sum = sum + Rational::whole(link.capacity) * *price);
    for cell in question.cells.iter().filter(|cell| cell.rank as usize <= rank) {
        // Bellman and Ford.
        let mut way: BTreeMap<Node, Rational> = BTreeMap::new();
        for (source, price) in (0..).zip(&prices.sources) {
            if owners[source as usize] == cell.company && question.supply[source as usize] > 0 {
                way.insert(S(source), *price);
            }
        }
        for _ in 0..network.links.len() {
            for (link, price) in links.clone().filter(|(link, _)| link.capacity > 0) {
                if let Some(start) = way.get(&link.from).copied() {
                    let end = way.entry(link.to).or_insert(start + *price);
                    *end = (*end).min(start + *price);
                }
            }
        }
        let worth = if cell.rank as usize == rank { Rational::ONE } else { prices.ranks[cell.rank as usize] };
        if let Some(way) = way.get(&D(cell.district)).filter(|way| **way < worth) {
            sum = sum + Rational::whole(cell.size) * (worth - *way);
        }
    }
    prices.ranks.iter().zip(&solved.totals).fold(sum, |sum, (worth, total)| sum - *worth * *total)
}

/// Whether flows bring every total and leave nothing on the way.
fn balanced(question: &Question<'_>, solved: &mut Solved) {
    let network = question.reach.network.as_ref().expect("a network");
    let owners = question.reach.entitled.as_ref().expect("companies");
    let (flows, companies) = (solved.flows(), solved.companies().to_vec());
    let mut arrived = Rational::ZERO;
    for (at, company) in companies.iter().enumerate() {
        let mut rest: BTreeMap<Node, Rational> = BTreeMap::new();
        for (link, flows) in network.links.iter().zip(&flows) {
            let sum = flows.iter().fold(Rational::ZERO, |sum, flow| sum + *flow);
            assert!(sum <= Rational::whole(link.capacity) && flows[at] >= Rational::ZERO);
            for (node, flow) in [(link.from, -flows[at]), (link.to, flows[at])] {
                let rest = rest.entry(node).or_insert(Rational::ZERO);
                *rest = *rest + flow;
            }
        }
        for (node, rest) in rest {
            let most = match node {
                S(i) if owners[i as usize] == *company => {
                    assert!(-rest <= Rational::whole(question.supply[i as usize]) && rest <= Rational::ZERO);
                    continue;
                }
                D(d) => {
                    question.cells.iter().filter(|c| (c.district, c.company) == (d, *company)).map(|c| c.size).sum()
                }
                S(_) | J(_) => 0,
            };
            assert!(rest >= Rational::ZERO && rest <= Rational::whole(most), "{node:?} {rest:?}");
            arrived = arrived + rest;
        }
    }
    assert_eq!(arrived, solved.totals.iter().fold(Rational::ZERO, |sum, total| sum + *total));
}

fn proved(question: &Question<'_>) -> Solved {
    let mut solved = Solved::new(question).expect("solved");
    for rank in 0..question.rank_count() {
        let prices = solved.prices(rank).expect("prices");
        let all = prices.sources.iter().chain(&prices.links).chain(&prices.ranks);
        assert!(all.clone().all(|price| *price >= Rational::ZERO), "{prices:?}");
        assert_eq!(bound(question, &solved, rank, &prices), solved.totals[rank], "rank {rank}: {prices:?}");
    }
    balanced(question, &mut solved);
    solved
}

#[test]
fn a_ring_that_three_companies_share_gives_each_a_half() {
    let links = [
        (S(0), J(0), 9),
        (S(1), J(1), 9),
        (S(2), J(2), 9),
        (J(0), J(1), 1),
        (J(1), J(2), 1),
        (J(2), J(0), 1),
        (J(2), D(0), 9),
        (J(0), D(1), 9),
        (J(1), D(2), 9),
    ];
    let reach = network(3, &[0, 1, 2], &links);
    let cells = [cell(0, 0, 0, 5), cell(0, 1, 1, 5), cell(0, 2, 2, 5)];
    let question = Question { reach: &reach, supply: &[9, 9, 9], cells: &cells };
    assert_eq!(proved(&question).totals, [Rational::new(3, 2)]);
}

#[test]
fn a_worse_rank_is_bounded_by_what_the_better_one_has() {
    // The one link carries 10: 4 of rank 1, and 6 of the 20 of rank 2.
    let reach = network(2, &[0, 1], &[(S(0), J(0), 99), (S(1), J(0), 99), (J(0), D(0), 10)]);
    let cells = [cell(0, 0, 0, 4), cell(1, 0, 1, 20), cell(2, 0, 0, 3), cell(2, 1, 1, 3)];
    let question = Question { reach: &reach, supply: &[50, 50], cells: &cells };
    assert_eq!(proved(&question).totals, [4, 6, 0].map(Rational::whole));
}

prop_compose! {
    fn shared()(
        links in prop::collection::vec((0usize..9, 3usize..9, prop_oneof![0u64..30, 0u64..2000]), 0..14),
        supply in prop::collection::vec(prop_oneof![0u64..60, 0u64..4000], 3),
        rows in prop::collection::vec((0u32..5, 0u32..3, 0u32..3, prop_oneof![1u64..4, 1u64..90, 1u64..2000]), 1..20),
        times in prop_oneof![Just(1u64), Just(1_000_003), Just(1_000_000_007)],
    ) -> (Reach, Vec<u64>, Vec<Cell>) {
        let nodes = [S(0), S(1), S(2), D(0), D(1), D(2), J(0), J(1), J(2)];
        let links: Vec<_> = links.into_iter().map(|(from, to, volume)| (nodes[from], nodes[to], volume * times)).collect();
        let mut cells: Vec<Cell> = rows.into_iter().map(|(r, d, c, size)| cell(r, d, c, size * times - times / 2)).collect();
        cells.sort_by_key(|c| (c.rank, c.district, c.company));
        cells.dedup_by_key(|c| (c.rank, c.district, c.company));
        (network(3, &[0, 1, 2], &links), supply.into_iter().map(|volume| volume * times).collect(), cells)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn prices_bound_every_rank_to_its_exact_total((reach, supply, cells) in shared()) {
        let question = Question { reach: &reach, supply: &supply, cells: &cells };
        let solved = proved(&question);
        let totals = lp::totals(&question).expect("totals");
        for (exact, found) in solved.totals.iter().zip(totals) {
            prop_assert!((*exact - Rational::whole(found.floor() as u64)).abs() <= Rational::ONE, "{exact:?} is not {found}");
        }
    }
}
