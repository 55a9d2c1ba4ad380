//! How long sharing takes hour by hour: a city of nine districts, a province of two hundred, each with links and linepack.
//!
//! The day's network lies once an hour, as `decide/hourly` lays it, in millionths of a m3. Run with `cargo bench --bench hours`.

#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use curtail::decide::allocate::exact::Prepared;
use curtail::decide::allocate::{Arc, Cell, Network, Node, Reach};

const HOURS: u32 = 24;
/// A m3.
const MICRO: u64 = 1_000_000;
const RANKS: u32 = 8;

/// A small generator of its own, so that every run asks the same questions.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// A day's links in m3 an hour, over so many districts, junctions and sources.
struct Daily {
    districts: u32,
    junctions: u32,
    /// What each source gives, in percent of what one district uses.
    sources: Vec<u64>,
    /// From, to, and what it carries in an hour, in percent of what one district uses in one.
    links: Vec<(Node, Node, u64)>,
}

/// Four gates, of which one is tight, and eighteen links, some of them tight in the evening.
fn city() -> Daily {
    let (s, d, j) = (Node::Source, Node::District, Node::Junction);
    let mut links = vec![(s(0), j(0), 330), (s(1), j(1), 330), (s(2), j(2), 280), (s(3), d(8), 90)];
    links.extend([(0, 120), (1, 105), (2, 80)].map(|(to, of)| (j(0), d(to), of)));
    links.extend([(3, 130), (4, 70), (5, 110)].map(|(to, of)| (j(1), d(to), of)));
    links.extend([(6, 100), (7, 130)].map(|(to, of)| (j(2), d(to), of)));
    links.extend([(j(0), j(1), 50), (j(1), j(2), 50), (d(0), d(1), 20)]);
    links.extend([(d(3), d(4), 15), (d(7), d(8), 25), (d(5), d(6), 30)]);
    Daily { districts: 9, junctions: 3, sources: vec![250, 200, 150, 90], links }
}

/// Two hundred districts in a ring of forty junctions with ten sources.
fn province() -> Daily {
    let (mut dice, mut links) = (Dice(3), Vec::new());
    links.extend((0..10).map(|i| (Node::Source(i), Node::Junction(i * 4), 2_500)));
    for i in 0..40 {
        links.push((Node::Junction(i), Node::Junction((i + 1) % 40), 600 + dice.below(900)));
        links.push((Node::Junction((i + 1) % 40), Node::Junction(i), 600 + dice.below(900)));
    }
    for i in 0..200 {
        links.push((Node::Junction(i % 40), Node::District(i), 50 + dice.below(80)));
        links.extend((i % 3 == 0).then_some((Node::District(i), Node::District((i + 1) % 200), 30)));
    }
    let sources = (0..10).map(|_| 1_000 + dice.below(1_200)).collect();
    Daily { districts: 200, junctions: 40, sources, links }
}

/// One of eight classes' shares of a day, in thousandths: flat, at night, by shifts, and more and more in the evening.
fn share(rank: u32, hour: u32) -> u64 {
    let evening = (9..13).contains(&hour);
    match rank % 4 {
        0 => [40, 50][usize::from(evening)],
        1 => [35, 75][usize::from(evening)],
        2 => [62, 0][usize::from(hour >= 16)],
        _ => 41,
    }
}

/// The same by the hour, with what sources and pipes give, and who asks for how much.
fn by_hour(daily: &Daily) -> (Reach, Vec<u64>, Vec<Cell>) {
    let (sources, own) = (daily.sources.len() as u32, daily.junctions);
    let (mut dice, mut links, mut cells) = (Dice(2), Vec::new(), Vec::new());
    // What a district uses in a day, in m3.
    let each = 800_000;
    let mut lay = |from, to, capacity| links.push(Arc { from, to, capacity });
    let at = |node, hour: u32| match node {
        Node::Source(at) => Node::Junction(at * HOURS + hour),
        Node::Junction(at) => Node::Junction(sources * HOURS + hour * own + at),
        Node::District(at) => Node::District(hour * daily.districts + at),
    };
    let (room, start) = (each / 10 * MICRO, each / 20 * MICRO);
    for (source, of) in (0..).zip(&daily.sources) {
        (0..HOURS).for_each(|h| lay(Node::Source(source), at(Node::Source(source), h), each * of / 2_200 * MICRO));
    }
    for (h, (from, to, of)) in (0..HOURS).flat_map(|h| daily.links.iter().map(move |link| (h, link))) {
        lay(at(*from, h), at(*to, h), each * of / 2_400 * MICRO);
    }
    for district in 0..daily.districts {
        lay(Node::Source(sources + district), at(Node::District(district), 0), 1 << 59);
        for h in 0..HOURS {
            lay(at(Node::District(district), h), at(Node::District(district), h + 1), room);
        }
        cells.push(Cell { rank: 0, district: HOURS * daily.districts + district, company: 0, size: start });
    }
    for (rank, hour) in (0..RANKS).flat_map(|rank| (0..HOURS).map(move |hour| (rank, hour))) {
        for district in 0..daily.districts {
            let size =
                each / u64::from(RANKS) * (500 + dice.below(1_000)) / 1_000 * share(rank, hour) * (MICRO / 1_000);
            cells.push(Cell { rank: rank + 1, district: hour * daily.districts + district, company: 0, size });
        }
    }
    cells.retain(|cell| cell.size > 0);
    let supply = daily.sources.iter().map(|of| each * of / 100 * MICRO);
    let supply = supply.chain((0..daily.districts).map(|_| start + start / 4)).collect();
    let network = Some(Network { junctions: ((sources + own) * HOURS) as usize, links });
    (Reach { districts: (daily.districts * (HOURS + 1)) as usize, entitled: None, network }, supply, cells)
}

fn hours(bench: &mut Criterion) {
    for (name, daily) in [("9 districts", city()), ("200 districts", province())] {
        let (reach, supply, cells) = by_hour(&daily);
        let mut prepared = Prepared::new(&reach).unwrap();
        let mut group = bench.benchmark_group(format!("24 hours, {name}, 8 classes, linepack"));
        group.sample_size(10);
        let shares = prepared.share(&supply, &cells);
        let short = (0..).zip(&shares.ranks).filter(|(rank, got)| {
            let asked = cells.iter().filter(|cell| cell.rank == *rank).map(|cell| cell.size).sum::<u64>();
            **got < asked
        });
        assert!(short.count() > 1, "a question that is short of nothing says nothing");
        group.bench_function("totals", |b| b.iter(|| prepared.totals(black_box(&supply), black_box(&cells))));
        group.bench_function("even", |b| b.iter(|| prepared.share(black_box(&supply), black_box(&cells))));
        group.finish();
    }
}

criterion_group!(benches, hours);
criterion_main!(benches);
