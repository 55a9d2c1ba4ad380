//! Decides one day of a small city that no file holds. Run: `cargo run --example decide_a_day`
#![allow(clippy::print_stdout)]
use curtail::city::{City, CustomerRow, DistrictRow, Settings, SupplyRow};
use curtail::decide::{Day, Options, Prepared};
use curtail::policy::{Policies, Policy};
use curtail::units::{Date, M3};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let policies = Policies::of(Policy::builtin("xian-2025")?);
    let mut city = City::builder(Settings { name: "Exampleton".into(), ..Settings::default() });
    city.add_district(DistrictRow { id: "north", urban: true, ..DistrictRow::default() });
    let homes = CustomerRow { id: "homes", class: "residential", demand: M3(60_000), ..CustomerRow::default() };
    let works = CustomerRow { id: "works", class: "industry", demand: M3(40_000), floor: M3(5_000), ..homes.clone() };
    for customer in [homes, works] {
        city.add_customer(CustomerRow { district: "north", company: "gas", ..customer });
    }
    let date: Date = "2026-01-07".parse()?;
    city.add_supply(SupplyRow { date, source: "gate", volume: M3(92_000), max_h: None, company: None, area: None });

    let (city, _) = city.build(&policies)?;
    let (day, _) = Day::on(&city, date)?;
    let decision = Prepared::new(&policies, &city, Options::default())?.decide(&day)?;
    println!("level {:?}, {:?}", decision.level.map(|level| level.id), decision.status);
    for customer in decision.detail.unwrap_or_default().customers {
        println!("{}: {} of {} m3", customer.customer_id, customer.served_m3, customer.demand_m3);
    }
    Ok(())
}
