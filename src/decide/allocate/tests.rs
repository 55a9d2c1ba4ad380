//! The exact allocator against a slow, obvious second one that knows nothing of flows: it lists all sets of nodes.

#![allow(clippy::unwrap_used)]

use std::cmp::Reverse;

use proptest::prelude::*;

use super::check;
use super::exact::{self, Prepared};
use super::ready::Ready;
use super::{Arc, Cell, Network, Node, Question, Reach, Shares, Tight, Unanswered};

/// A question that owns its parts.
#[derive(Clone, Debug)]
struct Asked {
    reach: Reach,
    supply: Vec<u64>,
    cells: Vec<Cell>,
}

impl Asked {
    fn question(&self) -> Question<'_> {
        Question { reach: &self.reach, supply: &self.supply, cells: &self.cells }
    }

    fn share(&self) -> Shares {
        exact::share(&self.question()).unwrap()
    }

    fn deliverable(&self) -> u64 {
        exact::deliverable(&self.question()).unwrap()
    }

    fn pooled(&self) -> Self {
        Self { reach: Reach { network: None, ..self.reach.clone() }, ..self.clone() }
    }

    fn demand(&self) -> u64 {
        self.cells.iter().map(|cell| cell.size).sum()
    }
}

/// `f`: the most that each set of districts can get together, as the least cut over all sets of nodes around it.
fn most(asked: &Asked) -> Vec<i128> {
    let network = asked.reach.network.as_ref().unwrap();
    let (districts, sources) = (asked.reach.districts, asked.supply.len());
    let bit = |node| match node {
        Node::District(i) => i as usize,
        Node::Source(i) => districts + i as usize,
        Node::Junction(i) => districts + sources + i as usize,
    };
    let mut most = vec![i128::MAX; 1 << districts];
    for side in 0usize..1 << (districts + sources + network.junctions) {
        let inside = |node| side >> bit(node) & 1 == 1;
        let links = network.links.iter().filter(|link| inside(link.to) && !inside(link.from));
        let given = (0..sources).filter(|i| inside(Node::Source(*i as u32)));
        let cut = links.map(|link| i128::from(link.capacity)).sum::<i128>()
            + given.map(|i| i128::from(asked.supply[i])).sum::<i128>();
        let set = side & ((1 << districts) - 1);
        // What limits a set limits every set inside it.
        let mut inner = set;
        loop {
            most[inner] = most[inner].min(cut);
            if inner == 0 {
                break;
            }
            inner = (inner - 1) & set;
        }
    }
    most
}

fn sum(volumes: &[i128], set: usize) -> i128 {
    volumes.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1).map(|(_, volume)| volume).sum()
}

fn brute(asked: &Asked) -> Shares {
    let most = most(asked);
    let districts = asked.reach.districts;
    let all = most.len();
    let mut held = vec![0i128; districts];
    let mut shares = Shares { cells: Vec::new(), ranks: vec![0; asked.question().rank_count()] };
    for rank in asked.cells.chunk_by(|a, b| a.rank == b.rank) {
        let mut size = vec![0i128; districts];
        rank.iter().for_each(|cell| size[cell.district as usize] = i128::from(cell.size));
        // What each set can get in this rank: room in every set around any part of it, and size for the rest.
        let room: Vec<i128> = (0..all)
            .map(|set| {
                let part = |inner: usize| most[inner] - sum(&held, inner) + sum(&size, set & !inner);
                (0..all).map(part).min().unwrap()
            })
            .collect();
        let asking = (0..districts).filter(|d| size[*d] > 0).fold(0, |set, d| set | 1 << d);
        let total = room[asking];
        let mut ratio = vec![(0i128, 1i128); districts];
        let mut done = 0;
        while done != asking {
            let rest = asking & !done;
            let least = (1..all)
                .filter(|set| set & !rest == 0)
                .map(|set| (room[done | set] - room[done], sum(&size, set), set));
            // The least ratio; among equals, the largest set.
            let (part, of, set) = least
                .reduce(|a, b| {
                    if (b.0 * a.1, Reverse(b.2.count_ones())) < (a.0 * b.1, Reverse(a.2.count_ones())) { b } else { a }
                })
                .unwrap();
            (0..districts).filter(|d| set >> d & 1 == 1).for_each(|d| ratio[d] = (part, of));
            done |= set;
        }
        let mut given: Vec<i128> = rank
            .iter()
            .map(|cell| {
                let (part, of) = ratio[cell.district as usize];
                size[cell.district as usize] * part / of
            })
            .collect();
        let micro = |cell: &Cell| {
            let (part, of) = ratio[cell.district as usize];
            let rest = size[cell.district as usize] * part % of;
            (rest * 2_000_000 + of) / (2 * of)
        };
        let mut order: Vec<usize> = (0..rank.len()).collect();
        order.sort_by_key(|i| Reverse(micro(&rank[*i])));
        for i in order {
            let mut tried = held.clone();
            rank.iter().zip(&given).for_each(|(cell, given)| tried[cell.district as usize] += given);
            tried[rank[i].district as usize] += 1;
            let fits = (0..all).all(|set| sum(&tried, set) <= most[set]);
            if given.iter().sum::<i128>() < total && given[i] < i128::from(rank[i].size) && fits {
                given[i] += 1;
            }
        }
        rank.iter().zip(&given).for_each(|(cell, given)| held[cell.district as usize] += given);
        shares.cells.extend(given.iter().map(|given| *given as u64));
        shares.ranks[rank[0].rank as usize] = total as u64;
    }
    shares
}

/// Volumes of all magnitudes, with many small ones, so that ties and whole ratios happen.
fn volume() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0u64..12, 2 => 0u64..200, 1 => 0u64..40_000_000, 1 => 0u64..=1_000_000_000_000]
}

/// Volumes of one magnitude, so that many arcs matter at once.
fn volumes(count: usize) -> impl Strategy<Value = Vec<u64>> {
    let alike = prop_oneof![Just(4u64), Just(10), Just(100), Just(30_000_000), Just(1_000_000_000_000)];
    prop_oneof![
        prop::collection::vec(volume(), count),
        alike.prop_flat_map(move |most| prop::collection::vec(0..=most, count))
    ]
}

fn cells(districts: u32, companies: u32) -> impl Strategy<Value = Vec<Cell>> {
    let most = (districts * companies * 5) as usize;
    volumes(most).prop_map(move |sizes| {
        let mut cells = Vec::new();
        let places = (0..5).flat_map(|rank| (0..districts).map(move |d| (rank, d)));
        let places = places.flat_map(|(rank, d)| (0..companies).map(move |company| (rank, d, company)));
        for ((rank, district, company), size) in places.zip(sizes) {
            // Sizes that are odd in their second bit are no cells, so that ranks have gaps.
            if size > 0 && size / 2 % 4 != 3 {
                cells.push(Cell { rank, district, company, size });
            }
        }
        cells
    })
}

fn networks() -> impl Strategy<Value = Asked> {
    (1u32..=5, 0u32..=3, 1u32..=3).prop_flat_map(|(districts, junctions, sources)| {
        let node = prop_oneof![
            (0..sources).prop_map(Node::Source),
            (0..districts).prop_map(Node::District),
            (0..districts).prop_map(Node::District),
            (0..junctions.max(1)).prop_map(move |i| if junctions == 0 { Node::District(0) } else { Node::Junction(i) }),
        ];
        let links = prop::collection::vec((node.clone(), node), 0..16);
        (links, volumes(16), volumes(sources as usize), cells(districts, 1)).prop_map(
            move |(ends, capacities, supply, cells)| {
                let link = |((from, to), capacity)| Arc { from, to, capacity };
                let links = ends.into_iter().zip(capacities).map(link).collect();
                let network = Some(Network { junctions: junctions as usize, links });
                Asked { reach: Reach { districts: districts as usize, entitled: None, network }, supply, cells }
            },
        )
    })
}

fn companies() -> impl Strategy<Value = Asked> {
    let entitled = prop::collection::vec(0u32..3, 3);
    (entitled, volumes(3), cells(3, 3)).prop_map(|(entitled, supply, cells)| Asked {
        reach: Reach { districts: 3, entitled: Some(entitled), network: None },
        supply,
        cells,
    })
}

/// Whether the cuts prove every short rank, told from the links alone.
fn proved(asked: &Asked, shares: &Shares, cuts: &[Tight]) -> bool {
    let network = asked.reach.network.as_ref().unwrap();
    let short =
        |rank: u32| asked.cells.iter().zip(&shares.cells).any(|(cell, got)| cell.rank == rank && *got < cell.size);
    (0..shares.ranks.len() as u32).filter(|rank| short(*rank)).all(|rank| {
        let Some(cut) = cuts.iter().rev().find(|cut| cut.rank <= rank) else { return false };
        let inside = |node: Node| cut.nodes.contains(&node);
        let entering =
            network.links.iter().filter(|link| inside(link.to) && !inside(link.from)).map(|link| link.capacity);
        let given = asked.supply.iter().enumerate().filter(|(i, _)| inside(Node::Source(*i as u32))).map(|(_, v)| *v);
        let limit: u64 = entering.chain(given).sum();
        let upto = || asked.cells.iter().zip(&shares.cells).filter(|(cell, _)| cell.rank <= rank);
        let taken: u64 = upto().filter(|(cell, _)| inside(Node::District(cell.district))).map(|(_, got)| *got).sum();
        limit == taken && upto().all(|(cell, got)| *got == cell.size || inside(Node::District(cell.district)))
    })
}

/// Whether each side takes all that can enter it, its cells share evenly, and later sides of a rank hold and exceed earlier ones.
fn evenly(asked: &Asked, shares: &Shares, tight: &[Tight]) -> bool {
    let network = asked.reach.network.as_ref().unwrap();
    let of_rank = |rank| tight.iter().filter(move |side| side.rank == rank);
    tight.iter().all(|side| {
        let inside = |node: Node| side.nodes.contains(&node);
        let entering = network.links.iter().filter(|l| inside(l.to) && !inside(l.from)).map(|l| l.capacity);
        let given = (0..).zip(&asked.supply).filter(|(i, _)| inside(Node::Source(*i))).map(|(_, v)| *v);
        let cells = asked.cells.iter().zip(&shares.cells).filter(|(cell, _)| inside(Node::District(cell.district)));
        let taken: u64 = cells.filter(|(cell, _)| cell.rank <= side.rank).map(|(_, got)| *got).sum();
        // Sides of earlier ranks, and those of this rank that stand before it.
        let before: Vec<&Tight> = tight.iter().take_while(|other| !std::ptr::eq(*other, side)).collect();
        let ours = |cell: &Cell| {
            let node = Node::District(cell.district);
            cell.rank == side.rank && inside(node) && !before.iter().any(|other| other.nodes.contains(&node))
        };
        let (mut volume, mut size, mut even) = (0, 0, true);
        for (cell, got) in asked.cells.iter().zip(&shares.cells).filter(|(cell, _)| ours(cell)) {
            volume += got;
            size += cell.size;
            let floor = (u128::from(cell.size) * u128::from(side.volume) / u128::from(side.size)) as u64;
            even &= *got == floor || *got == floor + 1;
        }
        entering.chain(given).sum::<u64>() == taken && (volume, size) == (side.volume, side.size) && even
    }) && tight.iter().all(|side| {
        let share = |side: &Tight| (u128::from(side.volume), u128::from(side.size));
        of_rank(side.rank).zip(of_rank(side.rank).skip(1)).all(|(less, more)| {
            let ((a, b), (c, d)) = (share(less), share(more));
            a * d < c * b && less.nodes.iter().all(|node| more.nodes.contains(node))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_network_is_shared_as_brute_force_shares_it(asked in networks()) {
        let shares = asked.share();
        prop_assert_eq!(&shares, &brute(&asked));
        prop_assert_eq!(shares.ranks.iter().sum::<u64>(), asked.deliverable());
    }

    #[test]
    fn one_preparation_answers_many_questions(asked in networks(), other in volumes(3)) {
        let mut prepared = Prepared::new(&asked.reach).unwrap();
        let elsewhere = Asked { supply: other[..asked.supply.len()].to_vec(), ..asked.clone() };
        for asked in [&asked, &elsewhere, &asked] {
            prop_assert_eq!(prepared.deliverable(&asked.supply, &asked.cells), asked.deliverable());
            prop_assert_eq!(prepared.share(&asked.supply, &asked.cells), asked.share());
        }
    }

    /// Whoever remembers ways and short ranks from question to question says what somebody says who never was asked before.
    #[test]
    fn what_was_asked_before_changes_no_answer(
        asked in networks(),
        days in prop::collection::vec((volumes(3), cells(5, 1), 0u8..4), 1..12),
    ) {
        let ready = Ready::new(&asked.reach).unwrap();
        for (supply, cells, what) in days {
            let supply = &supply[..asked.supply.len()];
            let cells: Vec<Cell> =
                cells.into_iter().filter(|cell| (cell.district as usize) < asked.reach.districts).collect();
            let mut fresh = Prepared::new(&asked.reach).unwrap();
            match what {
                0 => {
                    let all: u64 = cells.iter().map(|cell| cell.size).sum();
                    let most = fresh.deliverable(supply, &cells);
                    prop_assert_eq!(ready.deliverable(supply, &cells), most);
                    prop_assert_eq!(ready.brings_all(supply, &cells), most == all);
                }
                1 => prop_assert_eq!(ready.totals(supply, &cells), fresh.totals(supply, &cells)),
                // Most like the days of a winter: the same cells, and a little less each time.
                2 => for part in (1..=8).rev() {
                    let supply: Vec<u64> = supply.iter().map(|volume| volume / 8 * part).collect();
                    prop_assert_eq!(ready.share(&supply, &asked.cells), fresh.share(&supply, &asked.cells));
                },
                _ => prop_assert_eq!(ready.share(supply, &cells), fresh.share(supply, &cells)),
            }
        }
    }

    #[test]
    fn cuts_prove_every_short_rank(asked in networks()) {
        let mut prepared = Prepared::new(&asked.reach).unwrap();
        let shares = prepared.share(&asked.supply, &asked.cells);
        let (proven, tight) = prepared.prove(&asked.supply, &asked.cells);
        prop_assert_eq!(&proven, &shares);
        prop_assert!(proved(&asked, &shares, &tight));
        prop_assert!(evenly(&asked, &shares, &tight));
    }

    #[test]
    fn flows_balance_every_node(asked in networks()) {
        let mut prepared = Prepared::new(&asked.reach).unwrap();
        let shares = prepared.share(&asked.supply, &asked.cells);
        let flows = prepared.flows();
        let links = &asked.reach.network.as_ref().unwrap().links;
        prop_assert_eq!(flows.len(), links.len());
        let mut held = std::collections::BTreeMap::<Node, i128>::new();
        for (link, flow) in links.iter().zip(flows) {
            prop_assert!(flow <= link.capacity);
            *held.entry(link.from).or_default() -= i128::from(flow);
            *held.entry(link.to).or_default() += i128::from(flow);
        }
        for (cell, got) in asked.cells.iter().zip(&shares.cells) {
            *held.entry(Node::District(cell.district)).or_default() -= i128::from(*got);
        }
        for (node, rest) in held {
            let given = if let Node::Source(i) = node { asked.supply[i as usize] } else { 0 };
            prop_assert!(rest <= 0 && -rest <= i128::from(given), "{:?} is out of balance by {}", node, rest);
        }
    }

    #[test]
    fn cells_add_up_and_stay_within_their_sizes(asked in prop_oneof![networks(), companies()]) {
        let shares = asked.share();
        for (rank, total) in shares.ranks.iter().enumerate() {
            let of_rank = asked.cells.iter().zip(&shares.cells).filter(|(cell, _)| cell.rank as usize == rank);
            prop_assert_eq!(of_rank.map(|(_, got)| *got).sum::<u64>(), *total);
        }
        prop_assert!(asked.cells.iter().zip(&shares.cells).all(|(cell, got)| *got <= cell.size));
        prop_assert_eq!(shares.ranks.iter().sum::<u64>(), asked.deliverable());
    }

    #[test]
    fn more_supply_lowers_no_rank(asked in prop_oneof![networks(), companies()], more in volumes(3)) {
        let before = asked.share();
        let supply = asked.supply.iter().zip(more).map(|(volume, more)| volume + more).collect();
        let after = Asked { supply, ..asked }.share();
        prop_assert!(before.ranks.iter().zip(&after.ranks).all(|(before, after)| before <= after));
    }

    #[test]
    fn the_order_of_links_and_sources_changes_nothing(asked in networks(), turn in 0usize..16) {
        let mut turned = asked.clone();
        turned.supply.reverse();
        let last = asked.supply.len() as u32 - 1;
        let renamed = |node| if let Node::Source(i) = node { Node::Source(last - i) } else { node };
        let links = &mut turned.reach.network.as_mut().unwrap().links;
        for link in links.iter_mut() {
            (link.from, link.to) = (renamed(link.from), renamed(link.to));
        }
        if !links.is_empty() {
            let turn = turn % links.len();
            links.rotate_left(turn);
            links.reverse();
        }
        prop_assert_eq!(turned.share(), asked.share());
        let cuts = |asked: &Asked| {
            let mut prepared = Prepared::new(&asked.reach).unwrap();
            prepared.prove(&asked.supply, &asked.cells).1
        };
        let mut named = cuts(&turned);
        for cut in &mut named {
            cut.nodes.iter_mut().for_each(|node| *node = renamed(*node));
            cut.nodes.sort_unstable();
        }
        let mut plain = cuts(&asked);
        plain.iter_mut().for_each(|cut| cut.nodes.sort_unstable());
        prop_assert_eq!(named, plain);
    }

    #[test]
    fn a_worse_rank_gets_nothing_that_a_better_one_could_have(asked in networks()) {
        let shares = asked.share();
        let most = most(&asked);
        let held = |rank: u32| {
            let mut held = vec![0i128; asked.reach.districts];
            let upto = asked.cells.iter().zip(&shares.cells).filter(|(cell, _)| cell.rank <= rank);
            upto.for_each(|(cell, got)| held[cell.district as usize] += i128::from(*got));
            held
        };
        for (cell, got) in asked.cells.iter().zip(&shares.cells) {
            if *got < cell.size {
                let mut held = held(cell.rank);
                held[cell.district as usize] += 1;
                prop_assert!((0..most.len()).any(|set| sum(&held, set) > most[set]), "{:?} could have more", cell);
            }
        }
    }

    /// The third way accepts what is right, and nothing that is a cubic metre off.
    #[test]
    fn the_check_accepts_the_answer_and_refuses_one_cubic_metre_less_more_or_elsewhere(asked in networks()) {
        let shares = asked.share();
        prop_assert!(check::holds(&asked.question(), &shares));
        prop_assert_eq!(check::most(&asked.question(), &asked.cells), asked.deliverable());
        let moved = |by: &dyn Fn(&mut Shares, usize)| {
            (0..asked.cells.len()).map(|cell| { let mut other = shares.clone(); by(&mut other, cell); other }).collect::<Vec<_>>()
        };
        let rank = |cell: usize| asked.cells[cell].rank as usize;
        let more = moved(&|s, cell| { s.cells[cell] += 1; s.ranks[rank(cell)] += 1; });
        let less = moved(&|s, cell| if s.cells[cell] > 0 { s.cells[cell] -= 1; s.ranks[rank(cell)] -= 1; });
        let told = moved(&|s, cell| s.ranks[rank(cell)] += 1);
        for wrong in more.iter().chain(&told).chain(less.iter().filter(|other| **other != shares)) {
            prop_assert!(!check::holds(&asked.question(), wrong), "accepted {:?}", wrong);
        }
        // A metre that a better rank has and a worse one could take.
        for (a, b) in (0..asked.cells.len()).flat_map(|a| (a + 1..asked.cells.len()).map(move |b| (a, b))) {
            if rank(a) < rank(b) && shares.cells[a] > 0 {
                let mut worse = shares.clone();
                (worse.cells[a], worse.cells[b]) = (worse.cells[a] - 1, worse.cells[b] + 1);
                (worse.ranks[rank(a)], worse.ranks[rank(b)]) = (worse.ranks[rank(a)] - 1, worse.ranks[rank(b)] + 1);
                prop_assert!(!check::holds(&asked.question(), &worse), "accepted {:?}", worse);
            }
        }
    }

    #[test]
    fn ample_links_make_a_network_one_pool(asked in networks()) {
        let mut ample = asked.clone();
        let ends = (0..asked.supply.len() as u32).flat_map(|s| (0..asked.reach.districts as u32).map(move |d| (s, d)));
        let link = |(s, d)| Arc { from: Node::Source(s), to: Node::District(d), capacity: u64::MAX };
        ample.reach.network = Some(Network { junctions: 0, links: ends.map(link).collect() });
        prop_assert_eq!(ample.share(), asked.pooled().share());
        prop_assert_eq!(ample.deliverable(), asked.pooled().deliverable());
    }

    #[test]
    fn companies_without_a_network_are_separate_pools(asked in companies()) {
        let together = asked.share();
        let entitled = asked.reach.entitled.clone().unwrap();
        for company in 0..3 {
            let alone = Asked {
                reach: Reach { districts: 3, ..Reach::default() },
                supply: asked.supply.iter().zip(&entitled).filter(|(_, c)| **c == company).map(|(v, _)| *v).collect(),
                cells: asked.cells.iter().filter(|cell| cell.company == company).copied().collect(),
            };
            let of_company = asked.cells.iter().zip(&together.cells).filter(|(cell, _)| cell.company == company);
            prop_assert_eq!(of_company.map(|(_, got)| *got).collect::<Vec<_>>(), alone.share().cells);
        }
    }
}

fn cell(rank: u32, district: u32, size: u64) -> Cell {
    Cell { rank, district, company: 0, size }
}

fn pool(supply: u64, cells: Vec<Cell>) -> Asked {
    Asked { reach: Reach { districts: 9, ..Reach::default() }, supply: vec![supply], cells }
}

#[test]
fn ranks_are_served_in_order_and_the_marginal_one_by_equal_ratio() {
    let asked = pool(130, vec![cell(0, 0, 60), cell(0, 1, 40), cell(1, 0, 50), cell(1, 1, 25), cell(2, 0, 9)]);
    assert_eq!(asked.share(), Shares { cells: vec![60, 40, 20, 10, 0], ranks: vec![100, 30, 0] });
    assert_eq!(asked.deliverable(), 130);
    assert_eq!(pool(1_000, asked.cells.clone()).deliverable(), asked.demand());
}

#[test]
fn whole_cubic_metres_go_by_largest_remainder_then_district_order() {
    let asked = pool(10, vec![cell(0, 0, 7), cell(0, 1, 7), cell(0, 2, 7)]);
    assert_eq!(asked.share().cells, [4, 3, 3]);
    let asked = pool(7, vec![cell(0, 0, 3), cell(0, 1, 5), cell(0, 2, 4)]);
    assert_eq!(asked.share().cells, [2, 3, 2], "1.75, 2.92 and 2.33");
}

#[test]
fn nothing_to_share_is_an_answer_too() {
    assert_eq!(pool(5, vec![]).share(), Shares::default());
    assert_eq!(pool(0, vec![cell(1, 0, 5)]).share(), Shares { cells: vec![0], ranks: vec![0, 0] });
    let mut asked = pool(5, vec![cell(0, 0, 5)]);
    asked.reach.network = Some(Network::default());
    assert_eq!(asked.share(), Shares { cells: vec![0], ranks: vec![0] });
    assert_eq!(asked.deliverable(), 0);
}

#[test]
fn a_bottleneck_starves_its_own_side_alone() {
    // District 1 hangs on a link of 10 behind district 0; district 2 has a source of its own.
    let link = |from, to, capacity| Arc { from, to, capacity };
    let links = vec![
        link(Node::Source(0), Node::Junction(0), 80),
        link(Node::Junction(0), Node::District(0), 100),
        link(Node::District(0), Node::District(1), 10),
        link(Node::Source(1), Node::District(2), 90),
    ];
    let asked = Asked {
        reach: Reach { districts: 3, entitled: None, network: Some(Network { junctions: 1, links }) },
        supply: vec![200, 100],
        cells: vec![cell(0, 0, 60), cell(0, 1, 40), cell(0, 2, 60), cell(1, 0, 40), cell(1, 1, 1), cell(1, 2, 60)],
    };
    let shares = asked.share();
    assert_eq!(shares.cells, [60, 10, 60, 10, 0, 30]);
    let mut prepared = Prepared::new(&asked.reach).unwrap();
    let (_, cuts) = prepared.prove(&asked.supply, &asked.cells);
    assert_eq!(cuts[0].nodes, [Node::District(1)]);
    assert_eq!(cuts[1].rank, 1);
    assert!(!cuts[1].nodes.contains(&Node::Source(0)), "the link out of the source binds, not the source");
}

#[test]
fn companies_that_share_links_need_a_linear_program() {
    let mut asked = pool(5, vec![cell(0, 0, 5)]);
    asked.reach.entitled = Some(vec![0]);
    assert_eq!(asked.share().cells, [5]);
    asked.reach.network = Some(Network::default());
    assert_eq!(exact::share(&asked.question()), Err(Unanswered::NeedsLp));
    assert_eq!(exact::deliverable(&asked.question()), Err(Unanswered::NeedsLp));
    assert!(Prepared::new(&asked.reach).is_err());
}
