//! The hours of each customer that is cut: they add up to its day, give nobody more than it asks for, and a stop that is made as
//! needed is off where its cell gets nothing.

use std::collections::BTreeMap;

use super::super::scope::Check;
use super::super::{Rule, Violation, must, same};
use super::Hours;
use crate::decide::{CustomerHours, CustomerShare, Detail};
use crate::policy::{Cut as Measures, Standing};

const RULE: Rule = Rule::Hours;

/// Every customer that is cut, in order, and nobody else.
pub(super) fn by_customer(check: &Check<'_>, ours: &Hours) -> Result<(), Violation> {
    let detail = check.detail;
    let stopped = stopped(check, ours);
    let mut rows = detail.hours.iter();
    let cut = detail.customers.iter().zip(0..).filter(|(share, _)| !share.cut_m3().is_zero());
    for (share, at) in cut {
        let row = rows.next();
        same(RULE, || check.at("hours of customers"), at, row.map_or(u32::MAX, |row| row.customer))?;
        if let Some(row) = row {
            adds_up(check, share, row)?;
            off(check, share, row, stopped.get(&at).map_or(&[], Vec::as_slice))?;
        }
    }
    let more = rows.next().map_or_else(|| "-".to_owned(), |row| name(detail, row));
    same(RULE, || check.at("hours of customers"), "-".to_owned(), more)
}

fn name(detail: &Detail, row: &CustomerHours) -> String {
    detail
        .customers
        .get(row.customer as usize)
        .map_or_else(|| row.customer.to_string(), |it| it.customer_id.to_string())
}

fn adds_up(check: &Check<'_>, share: &CustomerShare, row: &CustomerHours) -> Result<(), Violation> {
    let hours = check.scope.clock().len();
    for (what, whole, by_hour) in
        [("demand_m3", share.demand_m3, &row.demand_m3), ("served_m3", share.served_m3, &row.served_m3)]
    {
        let at = || check.at(&format!("hours {} {what}", share.customer_id));
        same(RULE, at, hours, by_hour.len())?;
        let sum: u128 = by_hour.iter().map(|volume| u128::from(volume.0)).sum();
        same(RULE, at, u128::from(whole.get()) * 1_000, sum)?;
    }
    for (hour, (demand, served)) in row.demand_m3.iter().zip(&row.served_m3).enumerate() {
        let at = || check.at(&format!("hours {} {}", share.customer_id, check.hour_name(hour)));
        must(RULE, served <= demand, at, &demand.to_string(), &served.to_string())?;
    }
    Ok(())
}

/// The hours in which the cells of a customer's stop get nothing of what it asks for there.
fn stopped(check: &Check<'_>, ours: &Hours) -> BTreeMap<u32, Vec<usize>> {
    let (scope, mut stopped) = (&check.scope, BTreeMap::new());
    let Some(cut) = &check.cut else { return stopped };
    let parts = ours.by_cell(cut);
    for slice in cut.slices() {
        let measure = cut.ranks().get(slice.rank as usize).and_then(|rank| scope.rank_measure(rank));
        if !measure.is_some_and(|measure| as_needed(check, measure)) {
            continue;
        }
        let at = slice.customer as usize;
        let cell = (slice.rank, scope.district_of()[at], scope.company(at));
        let (Some(parts), Some(spread)) = (parts.get(&cell), cut.spread(slice)) else { continue };
        let nothing = parts.iter().filter(|part| part.served == 0 && spread.get(part.hour).is_some_and(|s| *s > 0));
        stopped.entry(slice.customer).or_insert_with(Vec::new).extend(nothing.map(|part| part.hour));
    }
    stopped.values_mut().for_each(|hours| {
        hours.sort_unstable();
        hours.dedup();
    });
    stopped
}

fn as_needed(check: &Check<'_>, measure: &str) -> bool {
    let level = if let Standing::At(level) = check.standing { level } else { 0 };
    let measures = check.scope.policy().measures.iter();
    let action = measures.filter(|it| it.id == measure).find_map(|it| it.at.get(level)?.as_ref());
    matches!(action.map(|action| &action.cut), Some(Measures::Stop { required: false, .. }))
}

/// The part of a m3 by which a day is rounded may fill an hour, which is then no longer one of the stop.
fn off(check: &Check<'_>, share: &CustomerShare, row: &CustomerHours, hours: &[usize]) -> Result<(), Violation> {
    let clock = check.scope.clock();
    let on_end = |hours: &[usize]| -> Option<(u8, u8)> {
        let (first, last) = (*hours.first()?, *hours.last()?);
        (last - first + 1 == hours.len()).then_some((*clock.get(first)?, clock.get(last)? + 1))
    };
    let lacks = |hour: &&usize| row.served_m3.get(**hour).zip(row.demand_m3.get(**hour)).is_some_and(|(s, d)| s < d);
    let lacking: Vec<usize> = hours.iter().filter(lacks).copied().collect();
    let shown = |off: Option<(u8, u8)>| off.map_or_else(|| "-".to_owned(), |(from, until)| format!("{from} {until}"));
    let expected = if row.off == on_end(hours) { row.off } else { on_end(&lacking) };
    same(RULE, || check.at(&format!("hours {} off", share.customer_id)), shown(expected), shown(row.off))
}
