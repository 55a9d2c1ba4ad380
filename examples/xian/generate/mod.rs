//! The parts of the synthetic case, and its files as text.
//!
//! Every quantity is a whole number; shares of a total go by largest remainder, so each table adds up exactly.

pub mod classes;
pub mod customers;
pub mod districts;
pub mod holidays;
pub mod network;
pub mod random;
pub mod week;
pub mod winters;

/// The case's description of itself.
const CASE_TOML: &str = r#"# Synthetic. Written by generate.rs; see README.md for what is real, what is assumed and how to write it again.
[case]
name = "Synthetic Xi'an 合成西安"
policy = "xian-2025"
timezone = "Asia/Shanghai"
gas_day_start = "08:00"
pooling = true
hourly = false
demand_required = false
volume_basis = "Nm3"

[files]
customers = "customers.csv"
districts = "districts.csv"
supply = "supply.csv"
demand = "demand.csv"
links = "links.csv"
profiles = "profiles.csv"
holidays = "holidays.csv"
"#;

/// Name and whole text of every file of the case.
pub fn files() -> Vec<(&'static str, String)> {
    let customers = customers::all();
    vec![
        ("case.toml", CASE_TOML.to_owned()),
        ("customers.csv", customers::csv(&customers)),
        ("districts.csv", districts::csv()),
        ("supply.csv", week::supply_csv()),
        ("demand.csv", week::demand_csv(&customers)),
        ("links.csv", network::links_csv()),
        ("profiles.csv", network::profiles_csv()),
        ("holidays.csv", holidays::csv()),
        ("winters/weather-40y.csv", winters::weather_csv()),
        ("winters/holidays.csv", winters::holidays_csv()),
        ("winters/history.csv", winters::history_csv()),
    ]
}
