//! Each area speaks of its own customers.

use curtail::city::{City, CustomerRow, DemandRow, DistrictRow, Settings, SupplyRow};
use curtail::decide::{Day, Options, Prepared};
use curtail::policy::{Policies, Policy};
use curtail::units::{Date, M3};

#[test]
fn an_area_with_a_forecast_is_not_blamed_for_one_without() {
    let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
    let date: Date = "2026-01-07".parse().unwrap();
    let mut city = City::builder(Settings { name: "Areas".into(), ..Settings::default() });
    city.add_district(DistrictRow { id: "in", urban: true, ..DistrictRow::default() });
    city.add_district(DistrictRow { id: "out", ..DistrictRow::default() });
    for (id, district) in [("a", "in"), ("b", "in"), ("c", "out")] {
        let (class, company, demand) = ("residential", "gas", M3(100));
        city.add_customer(CustomerRow { id, district, class, company, demand, ..CustomerRow::default() });
    }
    for (source, area) in [("gate", None), ("well", Some("out"))] {
        city.add_supply(SupplyRow { date, source, volume: M3(500), max_h: None, company: None, area });
    }
    for customer in ["b", "c"] {
        let customer = Some(customer);
        city.add_demand(DemandRow { date, customer, district: None, company: None, class: None, volume: M3(70) });
    }
    let (city, _) = city.build(&policies).unwrap();
    let (day, _) = Day::on(&city, date).unwrap();
    let decision = Prepared::new(&policies, &city, Options::default()).unwrap().decide(&day).unwrap();
    let stale = |decision: &curtail::decide::Decision| {
        let stale = decision.warnings.iter().find(|warning| warning.code == "stale_demand");
        (decision.demand_source.of_the_day, stale.map(|warning| warning.text.clone()))
    };
    let (of_the_day, text) = stale(&decision);
    assert!(!of_the_day && text.unwrap().starts_with("1 customers (100 m3) have no forecast of this day"));
    assert_eq!(stale(&decision.areas[0]), (true, None));
}
