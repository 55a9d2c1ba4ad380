//! One city, prepared once, at ten shortfalls: who is beyond authority? Run: `cargo run --example what_if`
#![allow(clippy::print_stdout)]
use std::path::Path;

use curtail::city::read::{Case, CaseOptions};
use curtail::decide::whatif::{self, WhatIf};
use curtail::decide::{Day, Options, Prepared};
use curtail::units::{Date, Decimal};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian");
    let (case, _) = Case::open(Path::new(folder), &CaseOptions::default())?;
    let prepared = Prepared::new(&case.policies, &case.city, Options::default())?;
    let date: Date = "2026-01-07".parse()?;
    for percent in (0..50).step_by(5) {
        let (mut day, _) = Day::on(&case.city, date)?;
        let shortfall = WhatIf::Shortfall(Decimal::whole(percent));
        whatif::apply(&case.city, &mut day, shortfall, false)?;
        let decision = prepared.decide(&day)?;
        let level = decision.level.map_or("none".to_owned(), |level| level.id);
        println!(
            "{percent:>2} %: level {level:>4}, {} customers cut, {:?}",
            decision.totals.customers_cut, decision.status
        );
    }
    Ok(())
}
