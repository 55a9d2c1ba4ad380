//! How long sharing takes: a pool, a city's network, a province's network.
//!
//! Figures depend on the machine; compare runs on one machine only. Rerun with `cargo bench --bench allocate`.

#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use curtail::decide::allocate::exact::{self, Prepared};
use curtail::decide::allocate::{Arc, Cell, Network, Node, Question, Reach};

/// A small generator of its own, so that every run asks the same questions.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn cells(&mut self, districts: u32, ranks: u32) -> Vec<Cell> {
        let places = (0..ranks).flat_map(|rank| (0..districts).map(move |district| (rank, district)));
        places.map(|(rank, district)| Cell { rank, district, company: 0, size: 20_000 + self.below(180_000) }).collect()
    }
}

fn demand(cells: &[Cell]) -> u64 {
    cells.iter().map(|cell| cell.size).sum()
}

/// Nine districts, four city gates, three junctions, eighteen links, some of them tight.
fn city(cells: &[Cell]) -> (Reach, Vec<u64>) {
    let each = demand(cells) / 9;
    let link = |from, to, percent: u64| Arc { from, to, capacity: each * percent / 100 };
    let (s, d, j) = (Node::Source, Node::District, Node::Junction);
    let links = vec![
        link(s(0), j(0), 300),
        link(s(1), j(1), 300),
        link(s(2), j(2), 250),
        link(s(3), d(8), 80),
        link(j(0), d(0), 110),
        link(j(0), d(1), 95),
        link(j(0), d(2), 70),
        link(j(1), d(3), 120),
        link(j(1), d(4), 60),
        link(j(1), d(5), 100),
        link(j(2), d(6), 90),
        link(j(2), d(7), 120),
        link(j(0), j(1), 50),
        link(j(1), j(2), 50),
        link(d(0), d(1), 20),
        link(d(3), d(4), 15),
        link(d(7), d(8), 25),
        link(d(5), d(6), 30),
    ];
    let network = Some(Network { junctions: 3, links });
    (Reach { districts: 9, entitled: None, network }, vec![each * 25 / 10, each * 2, each * 15 / 10, each])
}

/// Two hundred districts in a ring of forty junctions with ten sources.
fn province(cells: &[Cell]) -> (Reach, Vec<u64>) {
    let each = demand(cells) / 200;
    let mut dice = Dice(3);
    let mut links = Vec::new();
    let mut link = |from, to, percent: u64| links.push(Arc { from, to, capacity: each * percent / 100 });
    for i in 0..10 {
        link(Node::Source(i), Node::Junction(i * 4), 2_500);
    }
    for i in 0..40 {
        link(Node::Junction(i), Node::Junction((i + 1) % 40), 600 + dice.below(900));
        link(Node::Junction((i + 1) % 40), Node::Junction(i), 600 + dice.below(900));
    }
    for i in 0..200 {
        link(Node::Junction(i % 40), Node::District(i), 50 + dice.below(80));
        if i % 3 == 0 {
            link(Node::District(i), Node::District((i + 1) % 200), 30);
        }
    }
    let supply = (0..10).map(|_| each * (1_000 + dice.below(1_200)) / 100).collect();
    (Reach { districts: 200, entitled: None, network: Some(Network { junctions: 40, links }) }, supply)
}

fn pools(bench: &mut Criterion) {
    let reach = Reach { districts: 9, ..Reach::default() };
    let cells = Dice(1).cells(9, 24);
    let supply = [demand(&cells) / 2, demand(&cells) * 3 / 10];
    let question = Question { reach: &reach, supply: &supply, cells: &cells };
    bench.bench_function("pool/216 cells", |b| b.iter(|| exact::share(black_box(&question)).unwrap()));

    let mut cells = Dice(1).cells(9, 24);
    cells.iter_mut().for_each(|cell| cell.company = cell.district / 3);
    let reach = Reach { districts: 9, entitled: Some(vec![0, 1, 2]), network: None };
    let supply = [demand(&cells) / 3, demand(&cells) / 4, demand(&cells) / 5];
    let question = Question { reach: &reach, supply: &supply, cells: &cells };
    bench.bench_function("pool/216 cells, 3 companies", |b| b.iter(|| exact::share(black_box(&question)).unwrap()));
}

fn networks(bench: &mut Criterion) {
    for ranks in [6, 12, 24, 38] {
        let cells = Dice(2).cells(9, ranks);
        let (reach, supply) = city(&cells);
        let mut prepared = Prepared::new(&reach).unwrap();
        let name = |what: &str| format!("network/9 districts, {ranks} ranks, {what}");
        bench.bench_function(&name("share"), |b| b.iter(|| prepared.share(black_box(&supply), black_box(&cells))));
        bench.bench_function(&name("deliverable"), |b| {
            b.iter(|| prepared.deliverable(black_box(&supply), black_box(&cells)));
        });
        if ranks == 12 {
            let question = Question { reach: &reach, supply: &supply, cells: &cells };
            bench.bench_function(&name("unprepared"), |b| b.iter(|| exact::share(black_box(&question)).unwrap()));
        }
    }
    for ranks in [12, 38] {
        let cells = Dice(4).cells(200, ranks);
        let (reach, supply) = province(&cells);
        let mut prepared = Prepared::new(&reach).unwrap();
        bench.bench_function(&format!("network/200 districts, {ranks} ranks, share"), |b| {
            b.iter(|| prepared.share(black_box(&supply), black_box(&cells)));
        });
    }
}

criterion_group!(benches, pools, networks);
criterion_main!(benches);
