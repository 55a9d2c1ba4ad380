//! Days of one pool decided by those whom the plan reaches, held to the same days decided with everybody.

use proptest::prelude::*;

use crate::city::{Backup, City, CityBuilder, Contract, CustomerRow, DistrictRow, Settings, SupplyRow};
use crate::decide::{Day, Desk, Options, Prepared, Solver};
use crate::policy::{Policies, Policy};
use crate::units::{Date, Decimal, M3};

/// Class by index, district, demand, floor, boiler, backup, contract.
pub(super) type Row = (usize, usize, u64, u64, u64, bool, bool);

pub(super) fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0usize..40, 0usize..3, 1u64..2_000_000, 0u64..900_000, 0u64..40, any::<bool>(), any::<bool>());
    prop::collection::vec(row, 1..40)
}

/// Three districts with these customers, a gate and a tank.
pub(super) fn town(policies: &Policies, rows: &[Row]) -> CityBuilder {
    let mut city = City::builder(Settings::default());
    let districts = ["north", "middle", "south"];
    for id in districts {
        city.add_district(DistrictRow { id, urban: true, ..DistrictRow::default() });
    }
    let classes = &policies.main.classes;
    for (at, (class, district, demand, floor, boiler, backup, contract)) in rows.iter().enumerate() {
        city.add_customer(CustomerRow {
            id: &format!("customer-{at}"),
            class: &classes[class % classes.len()].id,
            district: districts[district % 3],
            company: "gas",
            demand: M3(*demand),
            floor: M3(*floor.min(demand)),
            boiler_t_h: Some(Decimal::whole(*boiler)),
            backup: if *backup { Backup::Oil } else { Backup::None },
            contract: if *contract { Contract::Interruptible } else { Contract::Firm },
            ..CustomerRow::default()
        });
    }
    for source in ["gate", "tank"] {
        let date = Date::new(2026, 1, 7).expect("a date");
        city.add_supply(SupplyRow { date, source, volume: M3(1), max_h: None, company: None, area: None });
    }
    city
}

fn city(policies: &Policies, rows: &[Row]) -> City {
    town(policies, rows).build(policies).expect("a city").0
}

fn ready<'a>(policies: &'a Policies, city: &'a City) -> Prepared<'a> {
    let options = Options { solver: Solver::Exact, unified: true, ..Options::default() };
    Prepared::new(policies, city, options).expect("a city made ready")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// With one desk for all days, so that whatever it keeps is that of other days. Demand of classes that the outlook does not reach is made
    /// unknown: a day that asked for it would lose more than there is.
    #[test]
    fn who_is_reached_tells_what_everybody_does(
        rows in rows(),
        days in prop::collection::vec((0u32..365, 0u64..10_000), 1..8),
    ) {
        for id in Policy::builtins() {
            let policies = Policies::of(Policy::builtin(id).expect("a plan"));
            let city = city(&policies, &rows);
            let prepared = ready(&policies, &city);
            prop_assert!(prepared.is_one_pool() || policies.main.levels.is_empty());
            let (mut desk, mut other) = (Desk::default(), Desk::default());
            let whole: u64 = rows.iter().map(|row| row.2).sum();
            for (after, part) in &days {
                let date = Date::new(2026, 1, 7).expect("a date").plus_days(*after).expect("a date");
                let first = whole * part / 10_000 / 3;
                let supply = [first, whole * part / 10_000 - first];
                let demand: Vec<M3> = city.customers.iter().map(|customer| customer.demand).collect();
                let mut day = Day::new(date, demand, supply.map(|volume| Some(M3(volume))).to_vec());
                let Some(outlook) = prepared.outlook(date, whole, supply.iter().sum(), &mut desk) else { continue };
                let all = prepared.losses(&day, &mut other).expect("losses");
                for (customer, demand) in city.customers.iter().zip(&mut day.demand) {
                    *demand = if outlook.reaches(customer.class) { *demand } else { M3(u64::MAX) };
                }
                if let Some(losses) = prepared.covered(&day, &outlook) {
                    prop_assert_eq!(vec![losses], all, "{} {}", id, date);
                } else {
                    let firm = all[0].losses.iter().any(|loss| loss.kind == crate::decide::Kind::Firm);
                    prop_assert!(firm, "{} {} was covered", id, date);
                }
            }
        }
    }
}

/// The random test would say nothing of plans whose days it never decides.
#[test]
fn most_plans_cover_some_shortage_of_a_city_of_all_classes() {
    let mut covering = Vec::new();
    for id in Policy::builtins() {
        let policies = Policies::of(Policy::builtin(id).expect("a plan"));
        let rows: Vec<Row> = (0..policies.main.classes.len() * 3)
            .map(|at| (at / 3, at % 3, 10_000, 2_000, 20, at % 2 == 0, false))
            .collect();
        let city = city(&policies, &rows);
        let (prepared, mut desk) = (ready(&policies, &city), Desk::default());
        let day = Day::on(&city, Date::new(2026, 1, 7).expect("a date")).expect("a day").0;
        let whole = 10_000 * rows.len() as u64;
        let covers = |short: &u64| {
            let outlook = prepared.outlook(day.date, whole, whole - whole * short / 100, &mut desk);
            outlook.and_then(|outlook| prepared.covered(&day, &outlook)).is_some_and(|day| !day.losses.is_empty())
        };
        if (1..40).filter(covers).count() > 0 {
            covering.push(id);
        }
    }
    assert_eq!(covering, ["cn-shanxi-2021", "nl-bhg-2023", "xian-2025"]);
}

/// A source of an outer area where nobody lives gives the pool nothing, so sums of all sources tell nothing.
#[test]
fn a_source_of_an_empty_outer_area_is_not_the_pools() {
    let policies = Policies::of(Policy::builtin("xian-2025").expect("the plan"));
    let pool = |outer: bool| {
        let mut city = City::builder(Settings::default());
        city.add_district(DistrictRow { id: "north", urban: true, ..DistrictRow::default() });
        city.add_district(DistrictRow { id: "far", urban: false, ..DistrictRow::default() });
        let class = &policies.main.classes[0].id;
        let works = CustomerRow { id: "works", class, district: "north", company: "gas", ..CustomerRow::default() };
        city.add_customer(CustomerRow { demand: M3(1000), ..works });
        let date = Date::new(2026, 1, 7).expect("a date");
        for (source, area) in [("gate", None), ("far-gate", outer.then_some("far"))] {
            city.add_supply(SupplyRow { date, source, volume: M3(500), max_h: None, company: None, area });
        }
        let city = city.build(&policies).expect("a city").0;
        let options = Options { solver: Solver::Exact, ..Options::default() };
        Prepared::new(&policies, &city, options).expect("a city made ready").is_one_pool()
    };
    assert_eq!((pool(false), pool(true)), (true, false));
}
