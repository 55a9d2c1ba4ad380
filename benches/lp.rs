//! How long the linear programs take: `cargo bench --bench lp --features lp`.
//!
//! One pool of 216 cells; totals of a network of 9 districts, 38 ranks and 20 links, short in three ways; the whole
//! answer, evenness included; and three companies on the same network, where only linear programs will do.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use curtail::decide::allocate::{Arc, Cell, Network, Node, Question, Reach, lp};

use Node::{District as D, Junction as J, Source as S};

/// Cells of every rank, district and company, of a few thousand m3 to half a million.
fn cells(ranks: u32, districts: u32, companies: u32) -> Vec<Cell> {
    let mut seed = 16u64;
    let mut size = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        2_000 + (seed >> 33) % 120_000
    };
    let all = (0..ranks * districts * companies)
        .map(|i| (i / (districts * companies), i / companies % districts, i % companies));
    all.map(|(rank, district, company)| Cell { rank, district, company, size: size() }).collect()
}

/// Four sources, three junctions in a ring, a gate into each of nine districts, one tie between districts.
fn network(demand: u64, gate: impl Fn(u64) -> u64) -> Network {
    let mut links = vec![];
    let mut link = |from, to, capacity| links.push(Arc { from, to, capacity });
    (0..4).for_each(|source| link(S(source), J(source % 3), demand / 3));
    (0..3).for_each(|j| link(J(j), J((j + 1) % 3), demand / 12));
    (0..3).for_each(|j| link(J((j + 1) % 3), J(j), demand / 15));
    (0..9).for_each(|d| link(J(d % 3), D(d), gate(u64::from(d))));
    link(D(0), D(1), demand / 90);
    Network { junctions: 3, links }
}

struct Case {
    name: &'static str,
    reach: Reach,
    supply: Vec<u64>,
    cells: Vec<Cell>,
}

fn cases(companies: u32) -> Vec<Case> {
    let cells = cells(38, 9, companies);
    let demand: u64 = cells.iter().map(|cell| cell.size).sum();
    let short = |name, percent: u64, gates: fn(u64, u64) -> u64| Case {
        name,
        reach: Reach {
            districts: 9,
            entitled: (companies > 1).then(|| vec![0, 1, 2, 0]),
            network: Some(network(demand, |d| gates(d, demand))),
        },
        supply: vec![demand * percent / 400; 4],
        cells: cells.clone(),
    };
    vec![
        short("supply short", 85, |_, demand| demand / 6),
        short("two gates short", 110, |d, demand| if d < 2 { demand / 20 } else { demand / 6 }),
        short("every gate short", 80, |d, demand| demand / (12 + d)),
    ]
}

fn pool(c: &mut Criterion) {
    let cells = cells(24, 9, 1);
    let supply = [cells.iter().map(|cell| cell.size).sum::<u64>() * 4 / 5];
    let reach = Reach { districts: 9, entitled: None, network: None };
    let question = Question { reach: &reach, supply: &supply, cells: &cells };
    let mut group = c.benchmark_group("pool, 216 cells");
    group.bench_function("totals", |b| b.iter(|| lp::totals(black_box(&question))));
    group.bench_function("whole answer", |b| b.iter(|| lp::share(black_box(&question))));
}

fn networks(c: &mut Criterion) {
    for (name, companies) in [("network", 1), ("three companies on a network", 3)] {
        let mut group = c.benchmark_group(name);
        group.sample_size(10);
        for case in cases(companies) {
            let question = Question { reach: &case.reach, supply: &case.supply, cells: &case.cells };
            group.bench_function(format!("totals, {}", case.name), |b| b.iter(|| lp::totals(black_box(&question))));
            group
                .bench_function(format!("whole answer, {}", case.name), |b| b.iter(|| lp::share(black_box(&question))));
        }
    }
}

criterion_group!(benches, pool, networks);
criterion_main!(benches);
