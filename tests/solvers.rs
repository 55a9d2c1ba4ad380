//! Every way to share gas gives the same, to one cubic metre a cell: the exact allocator, microlp and, where it is built in, HiGHS.
//!
//! Whole decisions of random cities, under every plan, are held against the reference in `properties.rs`; with feature
//! `highs` its linear programs are solved by HiGHS. Here the solvers stand side by side on one question.
#![cfg(feature = "lp")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use curtail::decide::allocate::lp::{self, Solver};
use curtail::decide::allocate::{Arc, Cell, Network, Node, Question, Reach, Shares, exact};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

#[cfg(not(feature = "highs"))]
const SOLVERS: [Solver; 1] = [Solver::Microlp];
#[cfg(feature = "highs")]
const SOLVERS: [Solver; 2] = [Solver::Microlp, Solver::Highs];

const SOURCES: u32 = 3;
const COMPANIES: u32 = 3;

/// How gas gets there, what the sources give, who asks for how much.
type Asked = (Reach, Vec<u64>, Vec<Cell>);

/// Nothing, a cubic metre, a handful, a city's.
fn volume() -> impl Strategy<Value = u64> {
    prop_oneof![1 => Just(1u64), 2 => 1..12u64, 4 => 1..3000u64, 2 => (1..4000u64).prop_map(|n| n * 1009), 1 => 1..4_000_000u64]
}

fn cells(districts: u32, companies: u32) -> impl Strategy<Value = Vec<Cell>> {
    vec((0..6u32, 0..districts, 0..companies, volume()), 1..16).prop_map(|rows| {
        let mut cells: Vec<Cell> =
            rows.into_iter().map(|(rank, district, company, size)| Cell { rank, district, company, size }).collect();
        cells.sort_by_key(|cell| (cell.rank, cell.district, cell.company));
        cells.dedup_by_key(|cell| (cell.rank, cell.district, cell.company));
        // Ranks are numbered without gaps.
        let ranks: std::collections::BTreeSet<u32> = cells.iter().map(|cell| cell.rank).collect();
        cells.iter_mut().for_each(|cell| cell.rank = ranks.range(..cell.rank).count() as u32);
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

/// Shares of demand, in thousandths: at and beside the ends of bands, and anywhere.
fn share() -> impl Strategy<Value = u64> {
    prop_oneof![2 => select(&[0u64, 500, 800, 900, 950, 1000, 2500][..]), 3 => 0..1200u64]
}

fn asked() -> impl Strategy<Value = Asked> {
    let shape = (1..=4u32, any::<bool>(), any::<bool>());
    shape.prop_flat_map(|(districts, apart, linked)| {
        let ends = SOURCES + 1 + districts;
        let links = vec((0..ends, SOURCES..ends, share()), 2..12);
        let supply = vec((share(), -1..=1i64), SOURCES as usize);
        let companies = if apart { COMPANIES } else { 1 };
        let entitled = vec(0..COMPANIES, SOURCES as usize);
        (cells(districts, companies), supply, links, entitled).prop_map(move |(cells, supply, links, entitled)| {
            let demand: u64 = cells.iter().map(|cell| cell.size).sum();
            let part = |thousandths: u64| demand * thousandths / 1000;
            let supply =
                supply.into_iter().map(|(share, near)| (part(share) / 2).saturating_add_signed(near)).collect();
            let links = links.into_iter().filter(|(from, to, _)| from != to);
            let links = links.map(|(from, to, share)| Arc { from: node(from), to: node(to), capacity: part(share) });
            let network = linked.then(|| Network { junctions: 1, links: links.collect() });
            (Reach { districts: districts as usize, entitled: apart.then_some(entitled), network }, supply, cells)
        })
    })
}

/// Where two answers differ by more than a cubic metre.
fn apart(cells: &[Cell], one: &Shares, other: &Shares) -> Vec<String> {
    let differ = cells.iter().zip(one.cells.iter().zip(&other.cells)).filter(|(_, (a, b))| a.abs_diff(**b) > 1);
    let mut told: Vec<String> = differ.map(|(cell, (a, b))| format!("{cell:?}: {a}, {b}")).collect();
    let ranks = one.ranks.iter().zip(&other.ranks).enumerate().filter(|(_, (a, b))| a.abs_diff(**b) > 1);
    told.extend(ranks.map(|(rank, (a, b))| format!("rank {rank}: {a}, {b}")));
    told
}

fn all_agree((reach, supply, cells): &Asked) -> Result<(), TestCaseError> {
    let question = Question { reach, supply, cells };
    let mut answers: Vec<(String, Shares)> = Vec::new();
    if !question.is_multi_commodity() {
        answers.push(("exact".to_owned(), exact::share(&question).unwrap()));
    }
    for solver in SOLVERS {
        let share =
            lp::share_by(solver, &question).map_err(|error| TestCaseError::fail(format!("{solver:?}: {error:?}")))?;
        answers.push((format!("{solver:?}"), share));
    }
    for pair in answers.windows(2) {
        let differ = apart(cells, &pair[0].1, &pair[1].1);
        prop_assert!(differ.is_empty(), "{} and {} differ: {differ:#?}", pair[0].0, pair[1].0);
    }
    Ok(())
}

fn config() -> ProptestConfig {
    let set = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { 200 };
    ProptestConfig { cases, failure_persistence: None, ..set }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn they_agree_to_a_cubic_metre_a_cell(asked in asked()) {
        all_agree(&asked)?;
    }
}

/// Each of the four ways for gas to get there, short in part, with cells of one cubic metre, is among the questions.
#[test]
fn the_questions_reach_every_corner() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut corners = std::collections::BTreeSet::new();
    for _ in 0..400 {
        let (reach, supply, cells) = asked().new_tree(&mut runner).unwrap().current();
        let question = Question { reach: &reach, supply: &supply, cells: &cells };
        let way = (reach.entitled.is_some(), reach.network.is_some());
        let Ok(shares) = lp::share_by(Solver::Microlp, &question) else { continue };
        let sizes =
            |rank: usize| cells.iter().filter(|cell| cell.rank as usize == rank).map(|cell| cell.size).sum::<u64>();
        if shares.ranks.iter().enumerate().any(|(rank, got)| 0 < *got && *got < sizes(rank)) {
            corners.insert((way, "short in part"));
        }
        if cells.iter().any(|cell| cell.size == 1) {
            corners.insert((way, "a cubic metre"));
        }
        if supply.contains(&0) {
            corners.insert((way, "a source without gas"));
        }
    }
    assert_eq!(corners.len(), 4 * 3, "{corners:#?}");
}
