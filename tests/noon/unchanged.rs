//! Days on which nothing has changed since the order: the level stands. Random towns had shown each of these.

use curtail::decide::{Decision, Solver};

use super::common;
use super::random::again;
use super::reference::{Customer, District, Hours, Link, Pack, Source, Town};

fn district(id: &str) -> District {
    District { id: id.to_owned(), urban: true, ..District::default() }
}

fn source(id: &str, volume: u64) -> Source {
    Source { id: id.to_owned(), volume, ..Source::default() }
}

/// A customer of the company that is called as its district.
fn customer(id: &str, district: &str, class: &str, demand: u64) -> Customer {
    let [id, district, class] = [id, district, class].map(str::to_owned);
    Customer { id, company: district.clone(), district, class, demand, ..Customer::default() }
}

/// Homes lack 20 of 60 that no gas can reach; the boiler's 40 are stopped for it, and stay unused.
fn kept_apart() -> Town {
    let of = |source: Source, company: &str| Source { company: Some(company.to_owned()), ..source };
    let boiler = customer("boiler", "A", "boiler_community", 40);
    Town {
        districts: vec![district("A"), district("B")],
        sources: vec![of(source("gate-a", 60), "A"), of(source("gate-b", 0), "B")],
        customers: vec![
            Customer { boiler: Some(5000), evening: Some(1000), ..boiler },
            customer("homes", "B", "residential", 20),
        ],
        ..Town::default()
    }
}

/// What a stop kept back is no gas for whom it cannot reach: a level that took it for such would be too mild at noon.
fn still_lacks(town: &Town) {
    let order = common::decision(town, Solver::Exact).unwrap();
    assert_eq!((order.balance.shortfall_m3.0, order.totals.unused_m3.0), (20, 40));
    let (city, day) = common::city(town).unwrap();
    let (decision, _) = again(town, &city, day, 17, Some(&order));
    assert_eq!((decision.balance.shortfall_m3.0, decision.balance.deliverable_m3.0), (20, 40));
    assert_eq!(decision.level.map(|level| level.id), order.level.map(|level| level.id));
}

#[test]
fn what_one_company_keeps_back_another_still_lacks() {
    still_lacks(&Town { apart: true, ..kept_apart() });
}

#[test]
fn what_one_district_keeps_back_another_still_lacks() {
    let link = Link { from: "gate-a".to_owned(), to: "A".to_owned(), capacity: 100 };
    still_lacks(&Town { links: Some(vec![link]), ..kept_apart() });
}

/// A source that no link joins gave nothing, though it could have: on a network gas came from whom the order has it come from.
#[test]
fn what_a_source_gave_on_a_network_is_what_the_order_has_it_give() {
    let town = Town {
        districts: vec![district("A")],
        sources: vec![source("alone", 150), source("gate", 150)],
        links: Some(vec![Link { from: "gate".to_owned(), to: "A".to_owned(), capacity: 154 }]),
        customers: vec![customer("homes", "A", "residential", 300)],
        ..Town::default()
    };
    let order = common::decision(&town, Solver::Exact).unwrap();
    let (city, day) = common::city(&town).unwrap();
    let (decision, _) = again(&town, &city, day.clone(), 14, Some(&order));
    // A quarter of 150 m3 is past, to the nearest whole one.
    let given = |decision: &Decision| {
        let revision = decision.revision.as_ref().unwrap();
        revision.by_source.iter().map(|source| source.given_m3.0).collect::<Vec<_>>()
    };
    assert_eq!(given(&decision), [0, 38]);
    assert_eq!(decision.balance.shortfall_m3, order.balance.shortfall_m3);
    // A second revision has what was given before the first one, and what the first has it give since.
    let (decision, _) = again(&town, &city, day, 20, Some(&decision));
    assert_eq!(given(&decision), [0, 75]);
    assert_eq!(decision.balance.shortfall_m3, order.balance.shortfall_m3);
}

/// The stop moves half of the boilers' evening to the night, for which the pipes need not be filled by noon. Without a stop they would have had
/// to be, so that what could have come in the morning is no longer there; but nobody lacks it.
#[test]
fn what_a_stop_moves_by_the_hour_is_not_lacking() {
    let profile = |hours: &[(usize, u64)]| {
        let mut profile = vec![0; 24];
        hours.iter().for_each(|(hour, share)| profile[*hour] = *share);
        profile
    };
    let homes = profile(&(8..18).map(|hour| (hour, 100)).collect::<Vec<_>>());
    let boiler = profile(&[(16, 300), (17, 300), (18, 200), (19, 100), (20, 100)]);
    let town = Town {
        districts: vec![district("A")],
        sources: vec![source("day", 43), source("hours", 110)],
        customers: vec![
            customer("homes", "A", "residential", 17),
            Customer { boiler: Some(10_000), ..customer("boiler", "A", "boiler_community", 140) },
        ],
        hours: Some(Hours {
            clock: (0..24).map(|hour| (8 + hour) % 24).collect(),
            packs: [("A".to_owned(), Pack { most: 46, ..Pack::default() })].into(),
            sources: [("hours".to_owned(), 8)].into(),
            profiles: [("homes".to_owned(), homes), ("boiler".to_owned(), boiler)].into(),
            rebound: 50,
            ..Hours::default()
        }),
        ..Town::default()
    };
    let order = common::decision(&town, Solver::Exact).unwrap();
    let (city, day) = common::city(&town).unwrap();
    let (decision, _) = again(&town, &city, day, 14, Some(&order));
    // Of 157 m3 142 could come, which is level III; of the rest of the day 97, and 10 are taken.
    assert_eq!(order.balance.deliverable_m3.0, 142);
    assert_eq!(decision.balance, order.balance);
    assert_eq!(decision.level, order.level);
}
