//! Decides one day of a small city that no file holds. Run: `cargo run --example decide_a_day`
#![allow(clippy::panic, clippy::print_stdout)]
use curtail::city::{City, CustomerRow, DistrictRow, Settings, SupplyRow};
use curtail::decide::{Day, Options, Prepared};
use curtail::policy::{Policies, Policy};
use curtail::problem::Problems;
use curtail::units::{Date, M3};

fn main() -> Result<(), Problems> {
    let policies = Policies::of(Policy::builtin("xian-2025")?);
    let mut city = City::builder(Settings { name: "Exampleton".into(), ..Settings::default() });
    city.add_district(DistrictRow { id: "north", name: "North", urban: true, ..DistrictRow::default() });
    let row = |id, class, demand| CustomerRow {
        id,
        class,
        demand: M3(demand),
        district: "north",
        company: "gas",
        ..CustomerRow::default()
    };
    city.add_customer(row("homes", "residential", 60_000));
    city.add_customer(CustomerRow { floor: M3(5_000), ..row("steelworks", "industry", 40_000) });
    let date: Date = "2026-01-07".parse().unwrap_or_else(|e| panic!("{e}"));
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
