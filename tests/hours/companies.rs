//! Companies that keep their gas apart and share links, by the hour: days worked by hand, and random towns.

use curtail::city::{City, CityBuilder, CustomerRow, DistrictRow, LinkRow, ProfileRow, Settings, SupplyRow};
use curtail::decide::{Day, Decision, Options, Prepared};
use curtail::policy::{Policies, Policy};
use curtail::units::{M3, Milli};
use proptest::prelude::*;

use super::{cut_of, date, decide, district, hour, level, supply};

/// A city of companies whose gas day begins at 08:00.
fn city() -> CityBuilder {
    let mut rows = City::builder(Settings { hourly: true, pooling: false, ..Settings::default() });
    for hour in 0..24 {
        let share = if (18..20).contains(&hour) { "0.10" } else { "0.036363636363636364" };
        rows.add_profile(ProfileRow { profile: "evening", hour, share: share.parse().unwrap() });
    }
    rows
}

fn of<'a>(company: &'a str, id: &'a str, class: &'a str, demand: u64) -> CustomerRow<'a> {
    CustomerRow { company, ..super::customer(id, class, demand) }
}

fn gives<'a>(company: &'a str, source: &'a str, volume: u64) -> SupplyRow<'a> {
    SupplyRow { company: Some(company), ..supply(source, volume, None) }
}

fn link<'a>(from: &'a str, to: &'a str, an_hour: u64) -> LinkRow<'a> {
    LinkRow { from, to, capacity: M3(24 * an_hour), capacity_h: Some(M3(an_hour)) }
}

/// Both companies' sources at a gate into district a, which carries so much in an hour.
fn behind_one_gate(rows: &mut CityBuilder, one: u64, two: u64, an_hour: u64) {
    rows.add_supply(gives("one", "one-source", one));
    rows.add_supply(gives("two", "two-source", two));
    rows.add_link(link("one-source", "gate", 9_000));
    rows.add_link(link("two-source", "gate", 9_000));
    rows.add_link(link("gate", "a", an_hour));
}

fn flow(decision: &Decision, from: &str, clock: u8) -> Milli {
    let hours = decision.hours.as_ref().unwrap();
    hours.by_link.iter().find(|link| link.from == from && link.to != "b").unwrap().flow_m3[hour(decision, clock)]
}

#[test]
fn a_gate_that_is_full_in_the_evening_is_shared_evenly() {
    // Each company's works ask for 120 m3 at 18:00 and 19:00, 43.64 m3 elsewhere, and the gate carries 180: 30 m3 short each in both
    // hours, whatever their sources could give.
    let mut rows = city();
    rows.add_district(district("a"));
    rows.add_customer(CustomerRow { profile: "evening", ..of("one", "works", "industry", 1_200) });
    rows.add_customer(CustomerRow { profile: "evening", ..of("two", "mill", "industry", 1_200) });
    behind_one_gate(&mut rows, 1_200, 9_000, 180);
    let decision = decide(rows);
    assert_eq!((decision.balance.shortfall_m3, level(&decision)), (M3(120), "III"));
    assert_eq!((cut_of(&decision, "works"), cut_of(&decision, "mill")), (60, 60));
    assert_eq!(flow(&decision, "gate", 18), Milli(180_000));
    assert_eq!(flow(&decision, "one-source", 18), Milli(90_000));
}

#[test]
fn a_better_rank_of_one_company_goes_before_a_worse_one_of_another() {
    // The gate carries 130 m3 of the 240 that are asked for at 18:00 and 19:00: the hospital has its 120, the works 10.
    let mut rows = city();
    rows.add_district(district("a"));
    rows.add_customer(CustomerRow { profile: "evening", ..of("one", "hospital", "hospital", 1_200) });
    rows.add_customer(CustomerRow { profile: "evening", ..of("two", "works", "industry", 1_200) });
    behind_one_gate(&mut rows, 1_200, 9_000, 130);
    let decision = decide(rows);
    assert_eq!((cut_of(&decision, "hospital"), cut_of(&decision, "works")), (0, 220));
}

#[test]
fn nobody_draws_on_the_gas_of_another_company() {
    // 9,000 m3 of company two are of no use to company one.
    let mut rows = city();
    rows.add_district(district("a"));
    rows.add_customer(of("one", "works", "industry", 2_400));
    rows.add_customer(of("two", "mill", "industry", 2_400));
    behind_one_gate(&mut rows, 2_000, 9_000, 9_000);
    let decision = decide(rows);
    assert_eq!((cut_of(&decision, "works"), cut_of(&decision, "mill")), (400, 0));
}

#[test]
fn linepack_belongs_to_the_companies_in_proportion_to_their_demand_there() {
    // Of 300 m3 that may be drawn, 100 are company one's, which asks for a third of the district's gas, and 200 company two's. One
    // lacks 150 and has 100; two lacks nothing and leaves its own in the pipes.
    let mut rows = city();
    let pipes = DistrictRow { linepack: Some(M3(300)), linepack_draw: Some(M3(300)), ..district("a") };
    rows.add_district(pipes);
    rows.add_customer(of("one", "works", "industry", 1_200));
    rows.add_customer(of("two", "mill", "industry", 2_400));
    behind_one_gate(&mut rows, 1_050, 2_400, 9_000);
    let decision = decide(rows);
    assert_eq!((cut_of(&decision, "works"), cut_of(&decision, "mill")), (50, 0));
    let district = &decision.hours.as_ref().unwrap().by_district[0];
    assert_eq!(district.linepack_m3.last(), Some(&Milli(200_000)));
}

#[test]
fn linepack_carries_a_company_over_an_evening_in_which_the_gate_is_full() {
    // The gate carries 100 m3 and each company asks for 60 at 18:00 and 19:00, 21.82 elsewhere: 20 m3 short in each of the two hours.
    // Each half of the 40 m3 in the pipes carries its company, and is filled again before the day ends.
    let mut rows = city();
    rows.add_district(DistrictRow { linepack: Some(M3(40)), ..district("a") });
    rows.add_customer(CustomerRow { profile: "evening", ..of("one", "works", "industry", 600) });
    rows.add_customer(CustomerRow { profile: "evening", ..of("two", "mill", "industry", 600) });
    behind_one_gate(&mut rows, 600, 600, 100);
    let decision = decide(rows);
    assert_eq!(decision.balance.shortfall_m3, M3(0));
    let at = |clock| decision.hours.as_ref().unwrap().by_district[0].linepack_m3[hour(&decision, clock)];
    assert_eq!((at(17), at(18), at(19), at(7)), (Milli(40_000), Milli(20_000), Milli(0), Milli(40_000)));
}

#[test]
fn what_must_be_in_the_pipes_at_the_end_is_owed_by_each_company() {
    // Both halves of the 40 m3 must be there at the end. Company one has a source that gives nothing, and nothing but its own half:
    // it keeps that, and its works get nothing.
    let mut rows = city();
    rows.add_district(DistrictRow { linepack: Some(M3(40)), ..district("a") });
    rows.add_customer(of("one", "works", "industry", 600));
    rows.add_customer(of("two", "mill", "industry", 600));
    behind_one_gate(&mut rows, 0, 600, 100);
    let decision = decide(rows);
    assert_eq!((cut_of(&decision, "works"), cut_of(&decision, "mill")), (600, 0));
    let hours = decision.hours.as_ref().unwrap();
    assert_eq!(hours.by_district[0].linepack_m3.last(), Some(&Milli(40_000)));
    assert_eq!(hours.linepack_missing_m3, Milli(0));
}

#[derive(Clone, Debug)]
struct Town {
    /// Class, demand, profile, district, company.
    customers: Vec<(usize, u64, usize, usize, usize)>,
    /// Permille of its company's demand that each source gives.
    sources: Vec<u64>,
    /// Linepack, and what may be drawn of it, by district.
    packs: Vec<(u64, u64)>,
    /// Of each gate into a district, and of the link between the two, in m3 an hour.
    links: Vec<u64>,
}

const CLASSES: [&str; 5] = ["residential", "hospital", "industry", "boiler_central", "chp"];
const COMPANIES: [&str; 3] = ["one", "two", "three"];
const DISTRICTS: [&str; 2] = ["a", "b"];
/// No link of a town is full with so much.
const WIDE: u64 = 100_000;

fn town() -> impl Strategy<Value = Town> {
    let customer = (0..CLASSES.len(), 1..3_000u64, 0..2usize, 0..2usize, 0..3usize);
    let link = prop_oneof![1 => Just(0u64), 4 => 1..200u64, 2 => Just(900u64)];
    (
        prop::collection::vec(customer, 2..8),
        prop::collection::vec(0..1_300u64, 3),
        prop::collection::vec((0..300u64, 0..300u64), 2),
        prop::collection::vec(link, 3),
    )
        .prop_map(|(customers, sources, packs, links)| Town { customers, sources, packs, links })
}

/// Days of few hours, so that many towns can be decided.
const HOURS: [u8; 5] = [15, 16, 17, 18, 19];

fn over_the_day<'a>(from: &'a str, to: &'a str, an_hour: u64) -> LinkRow<'a> {
    LinkRow { from, to, capacity: M3(HOURS.len() as u64 * an_hour), capacity_h: Some(M3(an_hour)) }
}

/// How a town is told.
#[derive(Clone, Copy)]
struct Told {
    hourly: bool,
    pooling: bool,
    linked: bool,
}

impl Town {
    fn demand(&self, company: usize) -> u64 {
        self.customers.iter().filter(|customer| customer.4 == company).map(|customer| customer.1).sum()
    }

    fn decide(&self, told: Told) -> (City, Decision) {
        let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
        let settings = Settings { hourly: told.hourly, pooling: told.pooling, ..Settings::default() };
        let mut rows = City::builder(settings);
        for hour in 0..24 {
            let share = if (17..22).contains(&hour) { "0.10" } else { "0.0263157894" };
            rows.add_profile(ProfileRow { profile: "evening", hour, share: share.parse().unwrap() });
        }
        for (id, (start, draw)) in DISTRICTS.iter().zip(&self.packs) {
            let row = DistrictRow { id, urban: true, ..DistrictRow::default() };
            let pack = told.hourly.then_some(M3(*start)).filter(|start| *start > M3(0));
            let draw = pack.map(|start| start.min(M3(*draw)));
            rows.add_district(DistrictRow { linepack: pack, linepack_draw: draw, ..row });
        }
        let ids: Vec<String> = (0..self.customers.len()).map(|i| format!("c{i}")).collect();
        for (id, (class, demand, profile, district, company)) in ids.iter().zip(&self.customers) {
            rows.add_customer(CustomerRow {
                id,
                district: DISTRICTS[*district],
                company: COMPANIES[*company],
                class: CLASSES[*class],
                demand: M3(*demand),
                profile: ["", "evening"][*profile],
                ..CustomerRow::default()
            });
        }
        for (at, share) in self.sources.iter().enumerate().filter(|(at, _)| self.demand(*at) > 0) {
            let volume = self.demand(at) * share / 1_000;
            rows.add_supply(gives(COMPANIES[at], ["s", "t", "u"][at], volume));
            if told.linked {
                rows.add_link(over_the_day(["s", "t", "u"][at], "gate", WIDE));
            }
        }
        if told.linked {
            for (to, an_hour) in DISTRICTS.iter().zip(&self.links) {
                rows.add_link(over_the_day("gate", to, *an_hour));
            }
            rows.add_link(over_the_day("a", "b", if self.links[0] == WIDE { 0 } else { self.links[2] }));
        }
        let (city, _) = rows.build(&policies).unwrap_or_else(|problems| panic!("{problems}"));
        let (mut day, _) = Day::on(&city, date()).unwrap();
        day.hours = HOURS.to_vec();
        let prepared = Prepared::new(&policies, &city, Options::default()).unwrap();
        let decision = prepared.decide(&day).unwrap_or_else(|problems| panic!("{problems}"));
        (city, decision)
    }
}

const HOURLY: Told = Told { hourly: true, pooling: false, linked: true };

fn customers(decision: &Decision) -> Vec<(&str, u64)> {
    let customers = &decision.detail.as_ref().unwrap().customers;
    customers.iter().map(|customer| (&*customer.customer_id, customer.cut_m3().get())).collect()
}

/// All whole figures but for one m3.
fn same_but_for_rounding(one: &Decision, other: &Decision) {
    let near = |a: M3, b: M3, what: &str| assert!(a.get().abs_diff(b.get()) <= 1, "{what}: {a:?} and {b:?}");
    assert_eq!(level(one), level(other));
    near(one.balance.deliverable_m3, other.balance.deliverable_m3, "deliverable");
    assert_eq!(one.by_rank.len(), other.by_rank.len());
    for (one, other) in one.by_rank.iter().zip(&other.by_rank) {
        assert_eq!(one.size_m3, other.size_m3);
        near(one.served_m3, other.served_m3, "rank");
    }
    for (one, other) in customers(one).iter().zip(customers(other)) {
        assert!(one.1.abs_diff(other.1) <= 2, "{one:?} and {other:?}");
    }
}

proptest! {
    #![proptest_config(super::random::cases(24))]

    #[test]
    fn every_hour_balances_and_no_company_has_more_than_its_own(town in town()) {
        let (city, decision) = town.decide(HOURLY);
        prop_assert!(decision.confirmed);
        super::random::every_hour_balances(&city, &decision);
        // What a company's customers get is from its own sources and its own part of the pipes, which is at most all that may be drawn.
        let drawn: u64 = town.packs.iter().map(|(start, draw)| start.min(draw)).sum();
        for row in &decision.by_company {
            let at = COMPANIES.iter().position(|id| **id == *row.company).unwrap();
            let own = town.demand(at) * town.sources[at] / 1_000;
            prop_assert!(row.served_m3.get() <= own + drawn + decision.by_rank.len() as u64);
        }
    }

    #[test]
    fn links_that_are_never_full_leave_each_company_its_own_pool(town in town()) {
        let town = Town { links: vec![WIDE; 3], ..town };
        let (_, linked) = town.decide(HOURLY);
        let (_, apart) = town.decide(Told { linked: false, ..HOURLY });
        prop_assert_eq!(&linked.balance, &apart.balance);
        prop_assert_eq!(&linked.by_rank, &apart.by_rank);
        prop_assert_eq!(&linked.by_district, &apart.by_district);
        prop_assert_eq!(customers(&linked), customers(&apart));
    }

    #[test]
    fn one_company_alone_is_decided_as_a_pool(town in town()) {
        let mut town = town;
        town.customers.iter_mut().for_each(|customer| customer.4 = 0);
        let (_, alone) = town.decide(HOURLY);
        let (_, pooled) = town.decide(Told { pooling: true, ..HOURLY });
        prop_assert_eq!(&alone.balance, &pooled.balance);
        prop_assert_eq!(&alone.by_rank, &pooled.by_rank);
        prop_assert_eq!(customers(&alone), customers(&pooled));
        let by_district = |decision: Decision| decision.hours.map(|hours| hours.by_district);
        prop_assert_eq!(by_district(alone), by_district(pooled));
    }

    #[test]
    fn a_flat_day_is_decided_as_a_whole_day(town in town()) {
        let mut town = town;
        town.customers.iter_mut().for_each(|customer| customer.2 = 0);
        town.packs.iter_mut().for_each(|pack| *pack = (0, 0));
        let (_, by_hour) = town.decide(HOURLY);
        let (_, by_day) = town.decide(Told { hourly: false, ..HOURLY });
        same_but_for_rounding(&by_hour, &by_day);
    }
}
