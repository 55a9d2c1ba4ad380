//! Whose fate differs as a table: one row a customer, the largest difference of its balance first.

use std::io::{self, Write};

use super::json::effect;
use super::{Balance, Diff};
use crate::prove::Interval;
use crate::rational::Rational;
use crate::render::curve::{decimal, plain};

const HEADINGS: [&str; 13] = [
    "area",
    "customer_id",
    "name",
    "class",
    "district",
    "company",
    "demand_m3",
    "effect",
    "at_shortfall_pct",
    "a_m3",
    "b_m3",
    "more_under_b_m3",
    "differs_pct",
];

/// Writes the customers of all balances, one balance below the other.
pub(crate) fn write(diff: &Diff<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record(HEADINGS)?;
    for balance in diff.balances.iter().flatten() {
        write_one(balance, &mut rows)?;
    }
    rows.flush()
}

fn write_one(balance: &Balance<'_>, rows: &mut csv::Writer<&mut dyn Write>) -> io::Result<()> {
    let city = balance.curve.city();
    let area = balance.curve.area().map_or("", |area| &city.districts[area as usize].id);
    for fate in &balance.fates.customers {
        let customer = &city.customers[fate.customer as usize];
        let more = Rational::from(fate.other) - Rational::from(fate.one);
        let sign = if more < Rational::ZERO { "-" } else { "" };
        let text = [
            area,
            &customer.id,
            &customer.name,
            &city.classes[customer.class as usize],
            &city.districts[customer.district as usize].id,
            &city.companies[customer.company as usize],
        ]
        .map(plain);
        let figures = [
            fate.demand.to_string(),
            effect(fate.effect).to_owned(),
            decimal(fate.at, 100, 10),
            decimal(fate.one, 1, 3),
            decimal(fate.other, 1, 3),
            format!("{sign}{}", decimal(more.abs().fraction(), 1, 3)),
            fate.differs.iter().map(stretch).collect::<Vec<_>>().join(";"),
        ];
        rows.write_record(text.iter().chain(&figures))?;
    }
    Ok(())
}

/// A stretch as mathematicians write it: `[5,10)` from 5 % on, up to 10 % and not that itself.
fn stretch(interval: &Interval) -> String {
    let (open, close) = (if interval.from_closed { "[" } else { "(" }, if interval.until_closed { "]" } else { ")" });
    format!("{open}{},{}{close}", decimal(interval.from, 100, 10), decimal(interval.until, 100, 10))
}
