//! What answers for a decision: explanations, verification, the curve and the proofs about a plan.
//!
//! Run with `cargo bench --bench answers`. The figures of this machine stand in `docs/benchmarks.md`.

#![allow(missing_docs, clippy::panic)]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use curtail::city::read::{Case, CaseOptions};
use curtail::decide::{Day, Options, Prepared, Probe, Solver};
use curtail::explain::{Explanation, Room, Subject};
use curtail::units::Date;

fn xian(c: &mut Criterion) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian"));
    let case = Case::open(folder, &CaseOptions::default()).unwrap_or_else(|problems| panic!("{problems}")).0;
    let date = Date::new(2026, 1, 9).unwrap_or_else(|e| panic!("{e}"));
    let (day, _) = Day::on(&case.city, date).unwrap_or_else(|problems| panic!("{problems}"));
    let mut options = Options::default();
    options.solver = Solver::Exact;
    let prepared = Prepared::new(&case.policies, &case.city, options).unwrap_or_else(|problems| panic!("{problems}"));
    let decision = prepared.decide(&day).unwrap_or_else(|problems| panic!("{problems}"));
    let rooms = Room::all(&decision, &case.policies, &case.city);
    let customer = case.city.customer("XC-BCO-029").unwrap_or_else(|| panic!("no such customer"));
    let class = case.policies.main.class("industry").unwrap_or_else(|| panic!("no such class"));
    let explain = |subject| {
        let probe = Probe::new(&prepared, None, &day);
        Explanation::of(&rooms[0], subject, probe.as_ref(), &[]).unwrap_or_else(|problems| panic!("{problems}"))
    };
    let curves = || prepared.curves(&day).unwrap_or_else(|problems| panic!("{problems}"));
    let mut group = c.benchmark_group("xian, 5,000 customers, network, level I");
    group.bench_function("explain a customer", |b| b.iter(|| black_box(explain(Subject::Customer(customer as u32)))));
    group.bench_function("explain a class", |b| b.iter(|| black_box(explain(Subject::Class(class)))));
    group.bench_function("explain the level", |b| b.iter(|| black_box(explain(Subject::Level))));
    group.bench_function("verify", |b| {
        b.iter(|| black_box(curtail::verify::verify(&case.policies, &case.city, &day, &decision)));
    });
    group.bench_function("digest of the day's rows", |b| b.iter(|| black_box(day.inputs(&case.city))));
    group.bench_function("curves", |b| b.iter(|| black_box(curves().len())));
    let curves = curves();
    group.bench_function("policy check of the main balance", |b| {
        b.iter(|| black_box(curtail::prove::check(&curves[0])))
    });
    group.finish();
}

criterion_group!(benches, xian);
criterion_main!(benches);
