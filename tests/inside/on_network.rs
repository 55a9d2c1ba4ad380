//! Days of a network decided by those whom the plan reaches, held to the same days decided with everybody.

use proptest::prelude::*;

use super::tests::{Row, rows, town};
use crate::city::{City, LinkRow};
use crate::decide::{Day, Desk, Kind, Options, Prepared, Solver};
use crate::policy::{Policies, Policy};
use crate::units::{Date, M3};

/// Gate and tank feed a ring, and the ring the districts; the tank has a way of its own to the south. Each link carries so many
/// hundredths of what everybody together asks for.
fn city(policies: &Policies, rows: &[Row], links: &[u64]) -> City {
    let mut city = town(policies, rows);
    let whole: u64 = rows.iter().map(|row| row.2).sum();
    let ends = [
        ("gate", "ring"),
        ("tank", "ring"),
        ("ring", "north"),
        ("ring", "middle"),
        ("ring", "south"),
        ("tank", "south"),
    ];
    for ((from, to), part) in ends.into_iter().zip(links) {
        city.add_link(LinkRow { from, to, capacity: M3(whole * part / 100 + 1), capacity_h: None });
    }
    city.build(policies).expect("a city").0
}

/// `Exact` asks those whom measures reach; `Confirmed` works every day out with everybody, and where there is a linear program it confirms it.
fn ready<'a>(policies: &'a Policies, city: &'a City, solver: Solver) -> Prepared<'a> {
    Prepared::new(policies, city, Options { solver, unified: true, ..Options::default() }).expect("a city made ready")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// With one desk for all days, so that whatever it keeps is that of other days, and demand that changes from day to day.
    #[test]
    fn who_is_reached_tells_what_everybody_does(
        rows in rows(),
        links in prop::collection::vec(5u64..90, 6),
        days in prop::collection::vec((0u32..365, 100u64..10_000, 50u64..100), 1..8),
    ) {
        for id in Policy::builtins() {
            let policies = Policies::of(Policy::builtin(id).expect("a plan"));
            let city = city(&policies, &rows, &links);
            let (ours, all) = (ready(&policies, &city, Solver::Exact), ready(&policies, &city, Solver::Confirmed));
            let mut desk = Desk::default();
            let whole: u64 = rows.iter().map(|row| row.2).sum();
            for (after, part, takes) in &days {
                let date = Date::new(2026, 1, 7).expect("a date").plus_days(*after).expect("a date");
                let first = whole * part / 10_000 / 3;
                let supply = [first, whole * part / 10_000 - first];
                let takes = |demand: M3| M3((demand.get() * takes / 100).max(1));
                let demand: Vec<M3> = city.customers.iter().map(|customer| takes(customer.demand)).collect();
                let day = Day::new(date, demand, supply.map(|volume| Some(M3(volume))).to_vec());
                let losses = ours.losses(&day, &mut desk).expect("losses");
                prop_assert_eq!(&losses, &all.losses(&day, &mut Desk::default()).expect("losses"), "{} {}", id, date);
                // A network that brings every district what it asks for has nobody lack anything.
                if ours.is_one_network() {
                    let mut wanted = vec![0; 3];
                    let who = city.customers.iter().zip(&day.demand);
                    who.for_each(|(customer, demand)| wanted[customer.district as usize] += demand.get());
                    let mut given = vec![0; 2];
                    let sources = (0..2).map(|at| usize::from(&*city.sources[at].id == "tank"));
                    sources.enumerate().for_each(|(at, which)| given[at] = supply[which]);
                    let short = losses[0].deliverable < losses[0].demand;
                    prop_assert_eq!(ours.brings(&given, &wanted), !short, "{} {}", id, date);
                }
            }
        }
    }
}

/// The random test would say nothing if no day were short beyond what measures authorise, or none within.
#[test]
fn days_of_a_network_are_short_within_authority_and_beyond() {
    let policies = Policies::of(Policy::builtin("xian-2025").expect("the plan"));
    let rows: Vec<Row> = (0..policies.main.classes.len() * 3)
        .map(|at| (at / 3, at % 3, 10_000, 2_000, 20, at % 2 == 0, false))
        .collect();
    let whole: u64 = rows.iter().map(|row| row.2).sum();
    let (mut within, mut beyond) = (0, 0);
    for south in [20, 28, 31, 34] {
        let city = city(&policies, &rows, &[90, 90, 50, 50, south, 0]);
        let (ours, all) = (ready(&policies, &city, Solver::Exact), ready(&policies, &city, Solver::Confirmed));
        let mut desk = Desk::default();
        for short in [0, 2, 4, 8, 12, 18, 0, 2] {
            let demand = city.customers.iter().map(|customer| customer.demand).collect();
            let given = whole - whole * short / 100;
            let supply = vec![Some(M3(given / 2)), Some(M3(given - given / 2))];
            let day = Day::new(Date::new(2026, 1, 7).expect("a date"), demand, supply);
            let losses = ours.losses(&day, &mut desk).expect("losses");
            assert_eq!(losses, all.losses(&day, &mut Desk::default()).expect("losses"), "{south} {short}");
            let firm = losses[0].losses.iter().any(|loss| loss.kind == Kind::Firm);
            (within, beyond) = (within + u32::from(!losses[0].losses.is_empty() && !firm), beyond + u32::from(firm));
        }
    }
    assert!(within > 3 && beyond > 3, "{within} {beyond}");
}
