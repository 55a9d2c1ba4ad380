//! Whole decisions: one prepared city, day after day, and a city of a million customers.
//!
//! Run with `cargo bench --bench decide`. What peers reach, and the figures of this machine, stand in
//! `docs/benchmarks.md`.

#![allow(missing_docs, clippy::panic)]

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use curtail::city::read::{Case, CaseOptions};
use curtail::city::{City, CustomerRow, DistrictRow, Settings, SupplyRow};
use curtail::decide::{Day, Options, Prepared, Solver};
use curtail::policy::{Policies, Policy};
use curtail::units::{Date, M3};

fn date() -> Date {
    Date::new(2026, 1, 9).unwrap_or_else(|e| panic!("{e}"))
}

fn xian(c: &mut Criterion) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian"));
    let open = || Case::open(folder, &CaseOptions::default()).unwrap_or_else(|problems| panic!("{problems}")).0;
    let case = open();
    let (day, _) = Day::on(&case.city, date()).unwrap_or_else(|problems| panic!("{problems}"));
    let prepared = |solver, without_customers| {
        let mut options = Options::default();
        (options.solver, options.without_customers) = (solver, without_customers);
        Prepared::new(&case.policies, &case.city, options).unwrap_or_else(|problems| panic!("{problems}"))
    };
    let mut group = c.benchmark_group("xian, 5,000 customers, network, level I");
    group.bench_function("open the case", |b| b.iter(|| black_box(open())));
    group.bench_function("prepare", |b| b.iter(|| black_box(prepared(Solver::Exact, true))));
    let exact = prepared(Solver::Exact, true);
    group.bench_function("decide, exact, sums only", |b| b.iter(|| black_box(exact.decide(&day))));
    let exact = prepared(Solver::Exact, false);
    group.bench_function("decide, exact", |b| b.iter(|| black_box(exact.decide(&day))));
    let confirmed = prepared(Solver::Confirmed, false);
    group.bench_function("decide, confirmed by the linear program", |b| b.iter(|| black_box(confirmed.decide(&day))));
    group.finish();
}

/// The same city hour by hour: nine districts, its network and linepack, 24 hours.
fn hours(c: &mut Criterion) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian"));
    let mut case = Case::open(folder, &CaseOptions::default()).unwrap_or_else(|problems| panic!("{problems}")).0;
    case.city.settings.hourly = true;
    let (day, _) = Day::on(&case.city, date()).unwrap_or_else(|problems| panic!("{problems}"));
    let mut group = c.benchmark_group("xian by the hour, level I");
    group.sample_size(10);
    for (name, solver) in [("decide, exact", Solver::Exact), ("decide, confirmed", Solver::Confirmed)] {
        let mut options = Options::default();
        (options.solver, options.without_customers) = (solver, true);
        let prepared =
            Prepared::new(&case.policies, &case.city, options).unwrap_or_else(|problems| panic!("{problems}"));
        group.bench_function(name, |b| b.iter(|| black_box(prepared.decide(&day))));
    }
    group.finish();
}

/// The same with its three companies apart: each its own sources, links shared; as the links are, and with those out of the ring
/// cut down to so many percent, so that companies contest dozens of links and hours.
fn companies(c: &mut Criterion) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian"));
    for percent in [100, 70, 60] {
        let mut case = Case::open(folder, &CaseOptions::default()).unwrap_or_else(|problems| panic!("{problems}")).0;
        apart(&mut case.city, percent);
        let (day, _) = Day::on(&case.city, date()).unwrap_or_else(|problems| panic!("{problems}"));
        let mut group = c.benchmark_group(format!("xian by the hour, three companies, links at {percent} %"));
        group.sample_size(10);
        for (name, solver) in [("decide, exact", Solver::Exact), ("decide, confirmed", Solver::Confirmed)] {
            let mut options = Options::default();
            (options.solver, options.without_customers) = (solver, true);
            let prepared =
                Prepared::new(&case.policies, &case.city, options).unwrap_or_else(|problems| panic!("{problems}"));
            let decided = prepared.decide(&day).unwrap_or_else(|problems| panic!("{problems}"));
            assert!(decided.confirmed);
            group.bench_function(name, |b| b.iter(|| black_box(prepared.decide(&day))));
        }
        group.finish();
    }
}

fn apart(city: &mut City, percent: u64) {
    (city.settings.hourly, city.settings.pooling) = (true, false);
    let owner = |source: &str| match source {
        "north-pipeline" => "yi-gas",
        "west-pipeline" | "south-pipeline" => "jia-gas",
        _ => "bing-gas",
    };
    let companies = city.companies.clone();
    for source in &mut city.sources {
        source.company = companies.iter().position(|id| **id == *owner(&source.id)).map(|at| at as u32);
    }
    let less = |volume: M3| M3(volume.get() * percent / 100);
    let out_of_the_ring = |(from, to): (&str, &str)| from.starts_with("ring-") && !to.starts_with("ring-");
    for link in city.links.iter_mut().flatten().filter(|link| out_of_the_ring((&link.names.0, &link.names.1))) {
        (link.capacity, link.capacity_h) = (less(link.capacity), link.capacity_h.map(less));
    }
}

/// A million customers of four classes in nine districts, built in memory.
fn million(policies: &Policies) -> City {
    let mut city = City::builder(Settings { name: "a million".into(), ..Settings::default() });
    let districts: Vec<String> = (0..9).map(|d| format!("d{d}")).collect();
    for id in &districts {
        city.add_district(DistrictRow { id, urban: true, ..DistrictRow::default() });
    }
    let classes = ["residential", "boiler_community", "industry", "commercial"];
    let mut id = String::new();
    for n in 0..1_000_000u64 {
        use std::fmt::Write;
        id.clear();
        let _ = write!(id, "c{n:07}");
        let (class, district) = (classes[n as usize % 4], &districts[n as usize % 9]);
        let demand = M3(10 + n * 7919 % 90);
        city.add_customer(CustomerRow {
            id: &id,
            name: &id,
            class,
            district,
            company: "gas",
            demand,
            ..Default::default()
        });
    }
    let supply =
        SupplyRow { date: date(), source: "gate", volume: M3(42_000_000), max_h: None, company: None, area: None };
    city.add_supply(supply);
    city.build(policies).unwrap_or_else(|problems| panic!("{problems}")).0
}

fn a_million(c: &mut Criterion) {
    let policies = Policies::of(Policy::builtin("xian-2025").unwrap_or_else(|problems| panic!("{problems}")));
    let city = million(&policies);
    let (day, _) = Day::on(&city, date()).unwrap_or_else(|problems| panic!("{problems}"));
    let prepared = Prepared::new(&policies, &city, Options::default()).unwrap_or_else(|problems| panic!("{problems}"));
    let mut group = c.benchmark_group("a million customers, one pool, level I");
    group.sample_size(10);
    group.bench_function("prepare", |b| b.iter(|| black_box(Prepared::new(&policies, &city, Options::default()))));
    group.bench_function("decide", |b| {
        b.iter_batched(|| day.clone(), |day| black_box(prepared.decide(&day)), BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(benches, xian, hours, companies, a_million);
criterion_main!(benches);
