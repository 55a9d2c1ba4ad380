//! Random small cities by the hour.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::reference::{Customer, District, Hours, Link, Pack, Source, Town};

const DISTRICTS: [&str; 3] = ["B", "A", "C"];
const COMPANIES: [&str; 2] = ["y", "x"];
const CLASSES: [&str; 8] = [
    "residential",
    "hospital",
    "military",
    "boiler_central",
    "boiler_community",
    "boiler_community",
    "chp",
    "industry",
];

/// Shares of clock hours in thousandths: all evening, by shifts, with a night set-back, of a single hour.
fn profiles() -> [Vec<u64>; 5] {
    let by = |share: &dyn Fn(usize) -> u64| (0..24).map(share).collect::<Vec<u64>>();
    [
        by(&|h| if (17..22).contains(&h) { 105 } else { 25 }),
        by(&|h| if (8..18).contains(&h) { 100 } else { 0 }),
        by(&|h| match h {
            0..6 => 20,
            18..20 => 80,
            _ => 45,
        }),
        by(&|h| [300, 300, 200, 100, 100][..].get(h.wrapping_sub(16)).copied().unwrap_or(0)),
        by(&|h| if h == 19 { 1000 } else { 0 }),
    ]
}

fn customer() -> impl Strategy<Value = (usize, usize, usize, u64, u64, u64, bool, usize)> {
    let demand = prop_oneof![1 => Just(0u64), 2 => 1..60u64, 4 => (1..150u64).prop_map(|n| n * 20), 2 => 1..3_000u64];
    let floor = prop_oneof![2 => Just(0u64), 2 => 0..1_100u64];
    let boiler = select(&[4_999, 5_000, 10_000, 80_000u64][..]);
    (0..3usize, 0..2usize, 0..CLASSES.len(), demand, floor, boiler, any::<bool>(), 0..8usize)
}

fn pack() -> impl Strategy<Value = Option<Pack>> {
    let volume = || prop_oneof![1 => Just(0u64), 3 => 0..300u64];
    let pack = (volume(), volume(), volume(), 0..=1_000u64).prop_map(|(least, above, more, draw)| Pack {
        start: least + above,
        least,
        most: least + above + more,
        draw: above * draw / 1_000,
    });
    prop_oneof![1 => Just(None), 2 => pack.prop_map(Some)]
}

/// How much less than demand there is, in thousandths: at the ends of bands and anywhere.
fn off() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(0u64), 3 => select(&[30, 50, 60, 100, 150, 200, 250, 300][..]), 2 => 0..450u64]
}

/// The clock of a day that begins at an hour, and is short or long by one.
fn clock() -> impl Strategy<Value = Vec<u8>> {
    (select(&[8u8, 8, 0, 6, 20][..]), select(&[24usize, 24, 24, 23, 25][..]), 0..20usize).prop_map(
        |(start, hours, at)| {
            let mut clock: Vec<u8> = (0..24).map(|h| (start + h) % 24).collect();
            match hours {
                // A profile with nothing in any hour of the day is not asked about.
                23 => drop(clock.remove(if clock[at] == 19 { at + 1 } else { at })),
                25 => clock.insert(at, clock[at]),
                _ => {}
            }
            clock
        },
    )
}

type Limits = (Vec<Option<u64>>, Vec<(u64, Option<u64>)>, bool);

/// By how much a source's hour and a link's is above a flat day's, in thousandths.
fn limits() -> impl Strategy<Value = Limits> {
    let above = || prop_oneof![2 => 700..1_300u64, 1 => 0..4_000u64];
    let sources = vec(proptest::option::weighted(0.6, above()), 2);
    (sources, vec((above(), proptest::option::weighted(0.3, above())), 8), any::<bool>())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Pool,
    Companies,
    Network,
}

pub fn town() -> impl Strategy<Value = Town> {
    let shape = select(&[Shape::Pool, Shape::Network, Shape::Network, Shape::Network, Shape::Companies][..]);
    shape.prop_flat_map(of_shape)
}

pub fn of_shape(shape: Shape) -> impl Strategy<Value = Town> {
    let rows = (vec(customer(), 1..9), vec(pack(), 3), 1..=3usize);
    let turns = (0..3u32, 0..3u32, vec(vec(1..5u32, 0..3), 3), vec(select(&[0, 500, 500, 1_000u64][..]), 3));
    let stop = (select(&[0, 0, 50, 100u64][..]), any::<bool>());
    (rows, (off(), 0..=1_000u64), limits(), clock(), turns, stop).prop_map(
        move |((rows, packs, districts), (off, split), limits, clock, (rest, run, turns, burdens), stop)| {
            let mut town = Town { rest, run, apart: shape == Shape::Companies, ..Town::default() };
            let mut hours = Hours { clock, rebound: stop.0, as_needed: stop.0 == 0 && stop.1, ..Hours::default() };
            let profiles = profiles();
            for (n, (district, company, class, demand, floor, boiler, backup, profile)) in rows.into_iter().enumerate()
            {
                let customer = Customer {
                    id: format!("c{n}"),
                    district: DISTRICTS[district % districts].to_owned(),
                    company: COMPANIES[company].to_owned(),
                    class: CLASSES[class].to_owned(),
                    demand,
                    floor: demand * floor / 1_000,
                    boiler: Some(boiler),
                    backup,
                    ..Customer::default()
                };
                hours.profiles.extend(profiles.get(profile).map(|profile| (customer.id.clone(), profile.clone())));
                town.customers.push(customer);
            }
            for (n, (burden, turns)) in burdens.into_iter().zip(turns).enumerate().take(districts) {
                let id = DISTRICTS[n].to_owned();
                hours.packs.extend(packs[n].filter(|_| !town.apart).map(|pack| (id.clone(), pack)));
                town.turns.insert(id.clone(), turns);
                town.districts.push(District { id, urban: true, burden });
            }
            supply(&mut town, &mut hours, off, split, &limits, shape);
            town.hours = Some(hours);
            town
        },
    )
}

fn supply(town: &mut Town, hours: &mut Hours, off: u64, split: u64, (sources, links, ring): &Limits, shape: Shape) {
    let asks =
        |who: &dyn Fn(&Customer) -> bool| -> u64 { town.customers.iter().filter(|c| who(c)).map(|c| c.demand).sum() };
    let all = asks(&|_| true);
    let drawn: u64 = hours.packs.values().map(|pack| pack.draw).sum();
    let left = |volume: u64| (volume * (1_000 - off)).div_ceil(1_000);
    let first = (left(all).saturating_sub(drawn)) * split / 1_000;
    for n in 0..2 {
        let company = town.apart.then(|| COMPANIES[n].to_owned());
        let volume = match (&company, n) {
            (Some(company), _) => left(asks(&|c| c.company == *company)),
            (None, 0) => first,
            (None, _) => left(all).saturating_sub(drawn + first),
        };
        let id = format!("s{n}");
        hours.sources.extend(sources[n].map(|above| (id.clone(), volume * above / 24_000)));
        town.sources.push(Source { id, volume, company, area: None });
    }
    let present: Vec<&String> = town.customers.iter().map(|c| &c.company).collect();
    town.sources.retain(|s| s.company.as_ref().is_none_or(|company| present.contains(&company)));
    if shape == Shape::Network {
        let mut rows = Vec::new();
        let mut above = links.iter();
        let mut link = |from: &str, to: &str, flat: u64| {
            let Some((capacity, hour)) = above.next() else { return };
            rows.push(Link { from: from.to_owned(), to: to.to_owned(), capacity: flat * capacity / 1_000 });
            hours.links.extend(hour.map(|hour| ((from.to_owned(), to.to_owned()), flat * hour / 24_000)));
        };
        link("s0", "gate", town.sources[0].volume.max(1));
        link("s1", if *ring { "gate" } else { DISTRICTS[0] }, town.sources[1].volume.max(1));
        for district in &town.districts {
            link("gate", &district.id, asks(&|c| c.district == district.id));
        }
        if *ring && town.districts.len() > 1 {
            link(DISTRICTS[0], DISTRICTS[1], all / 4);
            link(DISTRICTS[1], DISTRICTS[0], all / 8);
        }
        town.links = Some(rows);
    }
}
