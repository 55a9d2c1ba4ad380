//! Cities from memory: the builder's checks, and the demand and supply of a day.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::policy::{Policies, Policy};
use crate::problem::Problems;

const DAY: &str = "2026-01-07";

fn policies() -> Policies {
    static READ: std::sync::LazyLock<Policies> = std::sync::LazyLock::new(|| Policies::of(Policy::village()));
    READ.clone()
}

fn day() -> Date {
    DAY.parse().unwrap()
}

fn customer<'a>(id: &'a str, district: &'a str, class: &'a str, demand: u64) -> CustomerRow<'a> {
    CustomerRow { id, name: id, district, company: "Q", class, demand: M3(demand), ..Default::default() }
}

fn supply(source: &str, volume: u64) -> SupplyRow<'_> {
    SupplyRow { date: day(), source, volume: M3(volume), max_h: None, company: None, area: None }
}

/// A forecast of a customer, or of a group by district and class.
fn forecast<'a>(customer: &'a str, district: &'a str, class: &'a str, volume: u64) -> DemandRow<'a> {
    let some = |word: &'a str| Some(word).filter(|word| !word.is_empty());
    DemandRow {
        date: day(),
        customer: some(customer),
        district: some(district),
        company: None,
        class: some(class),
        volume: M3(volume),
    }
}

/// Two blocks and one outer district, four customers.
fn small() -> CityBuilder {
    let mut city = City::builder(Settings::default());
    for (id, urban) in [("N", true), ("S", true), ("O", false)] {
        city.add_district(DistrictRow { id, name: id, urban, ..Default::default() });
    }
    city.add_customer(customer("c", "N", "works", 10));
    city.add_customer(customer("a", "N", "homes", 10));
    city.add_customer(customer("d", "S", "homes", 10));
    city.add_customer(customer("b", "S", "works", 70));
    city.add_supply(supply("gate", 90));
    city
}

fn codes(problems: &Problems) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code()).collect()
}

fn refused(city: CityBuilder) -> Vec<String> {
    city.build(&policies())
        .unwrap_err()
        .iter()
        .map(|p| format!("{}: {}", p.place, p.message.text(crate::Lang::En)))
        .collect()
}

fn demand(rows: &[DemandRow<'_>]) -> (Vec<u64>, Vec<&'static str>) {
    let mut city = small();
    rows.iter().for_each(|row| {
        city.add_demand(row.clone());
    });
    let (city, _) = city.build(&policies()).unwrap();
    let (demand, problems) = city.demand_on(day()).unwrap();
    (demand.volumes.iter().map(|volume| volume.0).collect(), codes(&problems))
}

#[test]
fn customers_are_in_the_order_of_their_ids() {
    let (city, problems) = small().build(&policies()).unwrap();
    assert_eq!(city.customers.iter().map(|c| &*c.id).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    assert_eq!(city.classes.iter().map(|c| &**c).collect::<Vec<_>>(), ["homes", "works"]);
    assert_eq!(city.customer("c"), Some(2));
    assert_eq!(codes(&problems), ["uneven_blocks", "district_without_demand"]);
}

#[test]
fn rows_from_memory_have_a_place_too() {
    let mut city = small();
    city.add_customer(customer("a", "M", "homes", 2_000_000_000_000));
    assert_eq!(
        refused(city),
        [
            "customers:5: 2000000000000 m3 is more than any row may say (10^12 m3)",
            "customers:5: unknown district `M`",
            "customers:5: customer `a` is listed twice",
        ]
    );
}

#[test]
fn an_empty_city_is_refused() {
    let texts = refused(City::builder(Settings::default()));
    assert_eq!(
        texts,
        ["customers: there is no customer", "districts: there is no district", "supply: there is no supply"]
    );
}

#[test]
fn a_class_is_one_of_the_policy_of_its_district() {
    let mut other = Policy::village();
    other.classes[0].id = "huts".into();
    let word = "huts";
    let build = |district: &str, policies: &Policies| {
        let mut city = City::builder(Settings::default());
        city.add_district(DistrictRow { id: "N", name: "N", urban: true, ..Default::default() });
        city.add_district(DistrictRow { id: "O", name: "O", policy: Some("other"), ..Default::default() });
        city.add_customer(customer("a", district, word, 1)).add_supply(supply("gate", 1));
        city.build(policies).map(|(city, _)| city.classes.len()).map_err(|problems| codes(&problems))
    };
    let mut policies = policies();
    assert_eq!(build("N", &policies), Err(vec!["unknown_class", "unknown_policy"]));
    policies.own.insert("other".into(), other);
    assert_eq!(build("O", &policies), Ok(1));
    assert_eq!(build("N", &policies), Err(vec!["unknown_class"]));
}

#[test]
fn without_a_forecast_the_standing_demand_holds_and_says_so() {
    let (city, _) = small().build(&policies()).unwrap();
    let (demand, _) = city.demand_on(day()).unwrap();
    assert_eq!(demand.volumes, [M3(10), M3(70), M3(10), M3(10)]);
    assert_eq!(demand.source, DemandSource::Standing(Origin::memory("customers")));
}

#[test]
fn a_customers_own_forecast_leaves_the_others_standing() {
    let mut city = small();
    city.add_demand(forecast("b", "", "", 50));
    let (city, _) = city.build(&policies()).unwrap();
    let (demand, _) = city.demand_on(day()).unwrap();
    assert_eq!(demand.volumes, [M3(10), M3(50), M3(10), M3(10)]);
    let source = DemandSource::Partly {
        forecast: Origin::memory("demand"),
        standing: Origin::memory("customers"),
        without: vec![0, 2, 3],
    };
    assert_eq!(demand.source, source);
}

#[test]
fn a_group_is_shared_by_largest_remainder_and_ties_go_to_the_smaller_id() {
    // 101 x 10/100 = 10.1 three times, 101 x 70/100 = 70.7.
    assert_eq!(demand(&[forecast("", "", "", 101)]), (vec![10, 71, 10, 10], vec![]));
    // 7 between a and c, which weigh the same.
    assert_eq!(demand(&[forecast("", "N", "", 7)]).0, [4, 70, 3, 10]);
}

#[test]
fn the_most_specific_row_wins_and_a_broken_total_is_told() {
    let rows = [
        forecast("", "", "", 100),
        forecast("", "", "works", 160),
        forecast("", "S", "works", 90),
        forecast("c", "", "", 15),
    ];
    let (volumes, problems) = demand(&rows);
    assert_eq!(volumes, [10, 90, 15, 10]);
    // The city's 100 become 125, industry's 160 become 105; the third row's only customer has what it says.
    assert_eq!(problems, ["demand_group_overridden", "demand_group_overridden"]);
    // Rows that add up are no surprise.
    assert_eq!(
        demand(&[forecast("", "N", "", 20), forecast("a", "", "", 5), forecast("c", "", "", 15)]).1,
        Vec::<&str>::new()
    );
}

#[test]
fn groups_of_equal_rank_must_not_overlap() {
    let mut city = small();
    city.add_demand(forecast("", "N", "", 5)).add_demand(forecast("", "", "works", 5));
    let (city, _) = city.build(&policies()).unwrap();
    let problems = city.demand_on(day()).unwrap_err();
    assert_eq!(
        problems.to_string().lines().next().unwrap(),
        "error: demand:2: this group and the one at demand:1 share customers \
        (such as `c`), and neither is the more specific"
    );
    // Without a customer in common they are fine.
    assert!(demand(&[forecast("", "N", "", 5), forecast("", "S", "", 5)]).1.is_empty());
}

#[test]
fn a_total_that_nobody_can_take_is_an_error() {
    for (row, code) in [
        (forecast("", "", "inns", 5), "forecast_without_customers"),
        (forecast("", "O", "", 5), "forecast_without_weights"),
    ] {
        let mut city = small();
        city.add_customer(customer("z", "O", "homes", 0)).add_demand(row);
        let (city, _) = city.build(&policies()).unwrap();
        assert_eq!(codes(&city.demand_on(day()).unwrap_err()), [code]);
    }
}

#[test]
fn a_forecast_may_be_required() {
    let build = |rows: &[DemandRow<'_>]| {
        let mut city = small();
        city.settings.demand_required = true;
        rows.iter().for_each(|row| {
            city.add_demand(row.clone());
        });
        city.build(&policies()).unwrap().0.demand_on(day()).map(|(demand, _)| demand.source).map_err(|p| codes(&p))
    };
    assert_eq!(build(&[]), Err(vec!["no_forecast"]));
    assert_eq!(build(&[forecast("a", "", "", 1)]), Err(vec!["forecast_incomplete"]));
    assert_eq!(build(&[forecast("", "", "", 9)]), Ok(DemandSource::Forecast(Origin::memory("demand"))));
}

#[test]
fn a_day_without_supply_is_an_error_that_names_the_days_there_are() {
    let (city, _) = small().build(&policies()).unwrap();
    let demand = city.demand_on(day()).unwrap().0.volumes;
    assert_eq!(city.supply_on(day(), &demand).unwrap().0, [Some(M3(90))]);
    let problems = city.supply_on("2026-01-09".parse().unwrap(), &demand).unwrap_err();
    assert_eq!(
        problems.to_string(),
        "error: supply: there is no supply for the main urban area on 2026-01-09\n  help: add rows for \
        it; the nearest days are: 2026-01-07"
    );
}

#[test]
fn an_outer_district_with_demand_needs_supply_of_its_own() {
    let mut city = small();
    city.add_customer(customer("z", "O", "homes", 5));
    let (city, _) = city.build(&policies()).unwrap();
    let mut demand = city.demand_on(day()).unwrap().0.volumes;
    assert_eq!(codes(&city.supply_on(day(), &demand).unwrap_err()), ["no_supply_for_area"]);
    demand[4] = M3::ZERO;
    assert!(city.supply_on(day(), &demand).is_ok());
}

#[test]
fn a_problem_that_repeats_is_counted() {
    let mut city = small();
    let ids: Vec<String> = (0..70).map(|i| format!("x{i:03}")).collect();
    ids.iter().for_each(|id| {
        city.add_customer(customer(id, "N", "castle", 1));
    });
    let problems = city.build(&policies()).unwrap_err();
    assert_eq!(problems.len(), 51);
    let last = problems.iter().last().unwrap();
    assert_eq!((last.place.line, last.message.text(crate::Lang::En)), (54, "and 20 more like this".to_owned()));
}

proptest! {
    /// Whatever the weights, a group's shares add up to its total, and none is a cubic metre off its exact share.
    #[test]
    fn shares_add_up(weights in prop::collection::vec(0u64..1_000_000_000_000, 1..40), total in 0u64..=1_000_000_000_000) {
        let all: u128 = weights.iter().map(|w| u128::from(*w)).sum();
        prop_assume!(all > 0);
        let mut city = City::builder(Settings::default());
        city.add_district(DistrictRow { id: "N", name: "N", urban: true, ..Default::default() }).add_supply(supply("gate", 1));
        let ids: Vec<String> = (0..weights.len()).map(|i| format!("{i:02}")).collect();
        for (id, weight) in ids.iter().zip(&weights) {
            city.add_customer(customer(id, "N", "works", *weight));
        }
        city.add_demand(forecast("", "", "", total));
        let (city, _) = city.build(&policies()).unwrap();
        let volumes = city.demand_on(day()).unwrap().0.volumes;
        prop_assert_eq!(volumes.iter().map(|v| v.0).sum::<u64>(), total);
        for (volume, weight) in volumes.iter().zip(&weights) {
            let exact = u128::from(total) * u128::from(*weight) / all;
            prop_assert!(u128::from(volume.0) == exact || u128::from(volume.0) == exact + 1);
        }
    }

    /// Whatever the ids, customers end up in their order and keep their figures.
    #[test]
    fn customers_are_sorted_by_id(ids in prop::collection::btree_set("x?[a-c0é]{1,12}", 1..60)) {
        let mut city = City::builder(Settings::default());
        city.add_district(DistrictRow { id: "N", name: "N", urban: true, ..Default::default() }).add_supply(supply("gate", 1));
        let sorted: Vec<&String> = ids.iter().collect();
        let shuffled: Vec<usize> = (0..ids.len()).rev().step_by(2).chain((0..ids.len()).rev().skip(1).step_by(2)).collect();
        for at in shuffled {
            city.add_customer(customer(sorted[at], "N", "works", at as u64));
        }
        let (city, _) = city.build(&policies()).unwrap();
        for (at, customer) in city.customers.iter().enumerate() {
            prop_assert_eq!((&*customer.id, customer.demand.0), (sorted[at].as_str(), at as u64));
        }
    }

    /// The order of the rows changes nothing.
    #[test]
    fn rows_come_in_any_order(order in Just((0..12usize).collect::<Vec<_>>()).prop_shuffle()) {
        let ids: Vec<String> = (0..12).map(|i| format!("{:02}", i * 7 % 12)).collect();
        let build = |order: &[usize]| {
            let mut city = small();
            for i in order {
                city.add_customer(customer(&ids[*i], ["N", "S"][i % 2], ["inns", "works", "mills"][i % 3], 1 + *i as u64));
                city.add_supply(supply(&ids[*i], *i as u64));
            }
            let (city, _) = city.build(&policies()).unwrap();
            let customers: Vec<_> = city.customers.iter().map(|c| (c.id.clone(), c.district, c.class, c.demand)).collect();
            let sources: Vec<_> = city.sources.iter().map(|s| s.id.clone()).collect();
            (customers, sources, city.classes)
        };
        let straight: Vec<usize> = (0..12).collect();
        prop_assert_eq!(build(&order), build(&straight));
    }
}
