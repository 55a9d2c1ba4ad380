//! Winters: day-decisions a second, weather, demand, decision and statistics together.
//!
//! Run with `cargo bench --bench simulate`; Criterion's "elem/s" are days a second. What peers reach, and the figures of this
//! machine, stand in `docs/benchmarks.md`.

#![allow(missing_docs, clippy::panic)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use curtail::city::read::{Case, CaseOptions};
use curtail::city::{City, CustomerRow, DistrictRow, Settings, SupplyRow};
use curtail::decide::{Day, Options, Prepared, Solver};
use curtail::forecast::{ClassModel, Model, Weather};
use curtail::policy::Policies;
use curtail::simulate::{Draw, Gives, Inputs, SourceModel, Study, condense};
use curtail::units::{Celsius, Date, Decimal, M3};

const DAYS: u64 = 121;

fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

fn celsius(hundredths: i64) -> Celsius {
    Celsius::hundredths(hundredths as i32).unwrap_or_else(|| panic!("{hundredths}"))
}

/// Forty synthetic years: a triangle from 27 degrees in July to -1 in January, and spells of cold and warmth.
fn weather() -> Weather {
    let (mut state, mut spell) = (1u64, 0i64);
    let day = |day: i64| {
        let far = (day % 365 - 182).abs();
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        spell = spell * 7 / 10 + ((state >> 33) % 900) as i64 - 450;
        // The series begins in July.
        celsius(-100 + far * 15 + spell)
    };
    Weather { from: date("1985-07-01"), days: (0..40 * 365).map(day).collect() }
}

/// A third of a class's standing demand whatever the weather, the rest by degrees; the table is that of a day of 0 degrees.
fn demand(city: &City) -> Model {
    let mut model = Model::new(celsius(1800));
    for (at, class) in (0u32..).zip(&city.classes) {
        let standing: u64 = city.customers.iter().filter(|c| c.class == at).map(|c| c.demand.get()).sum();
        let mut of_class = ClassModel::constant(class.to_string(), M3(standing / 3));
        of_class.per_degree = standing * 1000 * 2 / 3 / 18;
        of_class.memory = 300_000;
        model.classes.push(of_class);
    }
    model
}

/// The nine blocks of the city, each with its 24 largest classes as one customer: 216 cells.
fn cells(of: &City, policies: &Policies) -> City {
    let mut sums: BTreeMap<(u32, u32), (u64, u64)> = BTreeMap::new();
    let mut by_class = vec![(0, 0u32); of.classes.len()];
    for customer in of.customers.iter().filter(|customer| of.districts[customer.district as usize].urban) {
        let sum = sums.entry((customer.class, customer.district)).or_default();
        *sum = (sum.0 + customer.demand.get(), sum.1 + customer.floor.get());
        by_class[customer.class as usize].1 = customer.class;
        by_class[customer.class as usize].0 += customer.demand.get();
    }
    by_class.sort_unstable_by(|a, b| b.cmp(a));
    let mut city = City::builder(Settings { name: "Cells".into(), ..Settings::default() });
    for district in of.districts.iter().filter(|district| district.urban) {
        city.add_district(DistrictRow { id: &district.id, urban: true, ..DistrictRow::default() });
    }
    for (_, class) in &by_class[..24] {
        for district in (0..of.districts.len() as u32).filter(|district| of.districts[*district as usize].urban) {
            let (demand, floor) = sums.get(&(*class, district)).copied().unwrap_or((5_000, 0));
            let (class, district) = (&*of.classes[*class as usize], &*of.districts[district as usize].id);
            let (id, demand, floor) = (format!("{district}-{class}"), M3(demand), M3(floor));
            let boiler_t_h = class.starts_with("boiler").then(|| Decimal::whole(10));
            let row = CustomerRow {
                id: &id,
                class,
                district,
                company: "gas",
                demand,
                floor,
                boiler_t_h,
                ..CustomerRow::default()
            };
            city.add_customer(row);
        }
    }
    for source in of.sources.iter().filter(|source| source.area.is_none()) {
        let (source, date, volume) = (&*source.id, date("2026-11-15"), M3(1));
        city.add_supply(SupplyRow { date, source, volume, max_h: None, company: None, area: None });
    }
    city.build(policies).unwrap_or_else(|problems| panic!("{problems}")).0
}

fn winters(c: &mut Criterion) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian"));
    let case = Case::open(folder, &CaseOptions::default()).unwrap_or_else(|problems| panic!("{problems}")).0;
    let weather = weather();
    let cases = [
        ("cells", false, 15),
        ("pooled", false, 15),
        ("pooled", false, 50),
        ("network", true, 15),
        ("wide network", true, 15),
        ("hourly", false, 15),
    ];
    for (name, links, short) in cases {
        let mut city = match name {
            "cells" => cells(&case.city, &case.policies),
            _ => condense(&case.city, &case.policies, true).unwrap_or_else(|problems| panic!("{problems}")),
        };
        if !links {
            city.links = None;
        }
        // The gate of the south brings less than its districts ask for on any cold day, whatever there is elsewhere: half of the days
        // are short for that alone. With links twice as wide those are short on which the city has too little.
        if name == "wide network" {
            city.links.iter_mut().flatten().for_each(|link| link.capacity = M3(link.capacity.get() * 2));
        }
        city.settings.hourly = name == "hourly";
        // So many that what a thread works out once counts for as little as in a study.
        let winters = if city.settings.hourly {
            4
        } else if links {
            40
        } else {
            400
        };
        let demand = demand(&city);
        let standing: u64 = city.customers.iter().map(|c| c.demand.get()).sum();
        // So much of a day of 0 degrees that about so many days of a hundred are short.
        let supply = standing * if short == 15 { 110 } else { 85 } / 100;
        let from = date("2026-11-15");
        // Each source gives its part of what it gave on a day of the case.
        let parts = Day::on(&case.city, date("2026-01-07")).unwrap_or_else(|problems| panic!("{problems}")).0.supply;
        let whole: u64 = parts.iter().take(city.sources.len()).flatten().map(|part| part.get()).sum();
        let each = |at: u32| M3(supply * parts[at as usize].map_or(0, M3::get) / whole);
        let source =
            |at: u32| SourceModel { source: at, gives: Gives::Contract(vec![(from, each(at))]), outages: None };
        let sources: Vec<_> = (0..city.sources.len() as u32).map(source).collect();
        let options = {
            let mut o = Options::default();
            o.solver = Solver::Exact;
            o.unified = true;
            o
        };
        let prepared = Prepared::new(&case.policies, &city, options).unwrap_or_else(|problems| panic!("{problems}"));
        let inputs = Inputs {
            city: &city,
            policies: &case.policies,
            demand: &demand,
            sources: &sources,
            weather: &weather,
            draw: Draw::Blocks(10),
            from,
            until: date("2027-03-15"),
            seed: 1,
        };
        let Some(study) = Study::new(&inputs, &prepared) else { panic!("no winters") };
        let tally = study.run(0, winters, 1, &|_| true).unwrap_or_else(|problems| panic!("{problems}"));
        let Some(tally) = tally else { panic!("ended early") };
        let days = tally.spreads()[4].mean() / DAYS as f64 * 100.0;
        let mut group =
            c.benchmark_group(format!("{} customers, {name}, {days:.0} % of days short", city.customers.len()));
        group.sample_size(10);
        for threads in [1, 2] {
            group.throughput(Throughput::Elements(winters * DAYS));
            group.bench_function(format!("{threads} threads"), |b| {
                b.iter(|| black_box(study.run(0, winters, threads, &|_| true)));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, winters);
criterion_main!(benches);
