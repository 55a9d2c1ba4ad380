//! Every table is a sum of the same slices.

use std::collections::BTreeMap;

use super::scope::Check;
use super::{Finding, Found, Rule, Violation, same};
use crate::decide::{BEYOND_AUTHORITY, Form, Kind, PAST, PINNED};
use crate::policy::{Cut, Policy, Standing};
use crate::units::M3;

const RULE: Rule = Rule::Sums;

/// Demand and what is served of it.
#[derive(Clone, Copy, Default)]
struct Sum {
    demand: M3,
    served: M3,
}

impl Sum {
    fn add(&mut self, demand: M3, served: M3) {
        self.demand += demand;
        self.served += served;
    }
}

pub(super) fn sums(check: &Check<'_>) -> Found {
    let (scope, decision, detail) = (&check.scope, check.decision, check.detail);
    let (city, policy) = (scope.city(), scope.policy());
    let Some(cut) = &check.cut else { return Ok(Finding::NotChecked) };
    let mut classes = vec![Sum::default(); policy.classes.len()];
    let mut districts = vec![Sum::default(); scope.districts().len()];
    let mut companies = vec![Sum::default(); city.companies.len()];
    let mut tiers = vec![Sum::default(); policy.tiers.len()];
    let mut ranks = vec![0u64; cut.ranks().len()];
    let (mut all, mut customers_cut, mut households, mut withheld) = (Sum::default(), 0u64, 0u64, 0u64);
    for (at, (i, share)) in scope.customers().iter().zip(&detail.customers).enumerate() {
        let customer = &city.customers[*i as usize];
        let (demand, served) = (share.demand_m3, share.served_m3);
        classes[scope.class_of(at)].add(demand, served);
        districts[scope.district_of()[at] as usize].add(demand, served);
        companies[customer.company as usize].add(demand, served);
        all.add(demand, served);
        if served < demand {
            customers_cut += 1;
            households += customer.more.as_ref().map_or(0, |more| more.households);
        }
    }
    for slice in &detail.slices {
        ranks[slice.rank as usize - 1] += slice.served_m3.get();
        let rank = &cut.ranks()[slice.rank as usize - 1];
        if rank.kind == Kind::Withheld && scope.rank_measure(rank) != Some(PAST) {
            withheld += slice.size_m3.get();
        }
    }
    // Which tier a slice has when firm is the policy's to say; slices of a customer in one rank are served best tier first.
    let mut next = 0;
    let mut mine: Vec<(u32, u32, u64)> = Vec::new();
    let mut gas: Vec<(u32, u64)> = Vec::new();
    let mut from = 0;
    for at in 0..detail.customers.len() {
        mine.clear();
        gas.clear();
        while let Some(slice) = cut.slices().get(next).filter(|slice| slice.customer as usize == at) {
            mine.push((slice.rank, slice.tier, slice.size));
            next += 1;
        }
        for slice in detail.slices.get(from..next).unwrap_or_default() {
            match gas.iter_mut().find(|(rank, _)| *rank == slice.rank - 1) {
                Some((_, given)) => *given += slice.served_m3.get(),
                None => gas.push((slice.rank - 1, slice.served_m3.get())),
            }
        }
        from = next;
        mine.sort_unstable();
        for (rank, tier, size) in &mine {
            let left = gas.iter_mut().find(|(of, _)| of == rank).map(|(_, left)| left);
            let given = left.map_or(0, |left| {
                let given = (*left).min(*size);
                *left -= given;
                given
            });
            tiers[*tier as usize].add(M3(*size), M3(given));
        }
    }
    for (at, (served, row)) in ranks.iter().zip(&decision.by_rank).enumerate() {
        same(RULE, || check.at(&format!("by_rank {} served_m3", at + 1)), *served, row.served_m3.get())?;
    }
    let some = |sum: &Sum| !sum.demand.is_zero();
    table(
        check,
        "by_class",
        policy.classes.iter().zip(classes).filter(|(_, sum)| some(sum)).map(|(class, sum)| (class.id.clone(), sum)),
        decision.by_class.iter().map(|row| (row.class.clone(), row.demand_m3, row.served_m3, row.cut_m3)),
    )?;
    table(
        check,
        "by_district",
        districts.into_iter().enumerate().map(|(at, sum)| (scope.district_id(at as u32).to_owned(), sum)),
        decision.by_district.iter().map(|row| (row.district.clone(), row.demand_m3, row.served_m3, row.cut_m3)),
    )?;
    table(
        check,
        "by_company",
        city.companies.iter().zip(companies).filter(|(_, sum)| some(sum)).map(|(id, sum)| (id.to_string(), sum)),
        decision.by_company.iter().map(|row| (row.company.clone(), row.demand_m3, row.served_m3, row.cut_m3)),
    )?;
    table(
        check,
        "by_tier",
        policy.tiers.iter().zip(tiers).filter(|(_, sum)| some(sum)).map(|(tier, sum)| (tier.number.to_string(), sum)),
        decision.by_tier.iter().map(|row| (row.tier.to_string(), row.demand_m3, row.served_m3, row.cut_m3)),
    )?;
    let firm = decision.by_rank.iter().filter(|row| row.kind == Kind::Firm);
    let beyond: u64 = firm.map(|row| row.size_m3.less(row.served_m3).get()).sum();
    let totals = &decision.totals;
    for (name, expected, found) in [
        ("demand_m3", all.demand.get(), totals.demand_m3.get()),
        ("served_m3", all.served.get(), totals.served_m3.get()),
        ("cut_m3", all.demand.less(all.served).get(), totals.cut_m3.get()),
        ("withheld_m3", withheld, totals.withheld_m3.get()),
        ("beyond_authority_m3", beyond, totals.beyond_authority_m3.get()),
        ("unused_m3", decision.balance.deliverable_m3.less(all.served).get(), totals.unused_m3.get()),
        ("customers_cut", customers_cut, totals.customers_cut),
        ("households_cut", households, totals.households_cut),
    ] {
        same(RULE, || check.at(&format!("totals {name}")), expected, found)?;
    }
    reasons(check)?;
    Ok(Finding::Holds)
}

fn table(
    check: &Check<'_>,
    name: &str,
    expected: impl Iterator<Item = (String, Sum)>,
    mut found: impl Iterator<Item = (String, M3, M3, M3)>,
) -> Result<(), Violation> {
    let row = |key: &str, demand: M3, served: M3, cut: M3| format!("{key}: {demand}, {served}, {cut}");
    for (key, sum) in expected {
        let at = || check.at(&format!("{name} {key}"));
        let row_found = found.next().map_or_else(|| "-".to_owned(), |(key, d, s, c)| row(&key, d, s, c));
        same(RULE, at, row(&key, sum.demand, sum.served, sum.demand.less(sum.served)), row_found)?;
    }
    let more = found.next().map_or_else(|| "-".to_owned(), |(key, ..)| key);
    same(RULE, || check.at(name), "-".to_owned(), more)
}

/// What follows for a customer from the ranks in which it is short.
struct Follows<'p> {
    measures: Vec<&'p str>,
    clauses: Vec<&'p str>,
    off: Option<(u8, u8)>,
    /// Whether required stops alone take it.
    withheld: bool,
}

impl<'p> Follows<'p> {
    fn of(check: &Check<'p>, policy: &'p Policy, short: &[u32]) -> Self {
        let level = if let Standing::At(level) = check.standing { level } else { 0 };
        let rows = || short.iter().filter_map(|rank| check.decision.by_rank.get(*rank as usize - 1));
        let lost = |measure: &str| rows().any(|row| row.measure.as_deref() == Some(measure));
        // What was not delivered in the past is no matter of what is ordered from now on.
        let mut ahead = rows().filter(|row| row.measure.as_deref() != Some(PAST)).peekable();
        let withheld = ahead.peek().is_some()
            && ahead.all(|row| row.kind == Kind::Withheld && row.measure.as_deref() != Some(PINNED));
        let mut follows = Self { measures: Vec::new(), clauses: Vec::new(), off: None, withheld };
        for measure in policy.measures.iter().filter(|measure| lost(&measure.id)) {
            follows.measures.push(&measure.id);
            let Some(action) = measure.at.get(level).and_then(Option::as_ref) else { continue };
            if !follows.clauses.contains(&action.basis.clause.as_str()) {
                follows.clauses.push(&action.basis.clause);
            }
            let by_hour = check.decision.hours.is_some();
            if let Cut::Stop { from, until, required, .. } = action.cut
                && (required || !by_hour)
            {
                follows.off = follows.off.or(Some((from, until)));
            }
        }
        follows.measures.extend(lost(PAST).then_some(PAST));
        follows.measures.extend(lost(PINNED).then_some(PINNED));
        follows.measures.extend(rows().any(|row| row.kind == Kind::Firm).then_some(BEYOND_AUTHORITY));
        follows
    }
}

/// Form, measures, clauses and hours of every customer that is cut follow from its slices.
fn reasons(check: &Check<'_>) -> Result<(), Violation> {
    let (scope, detail, policy) = (&check.scope, check.detail, check.scope.policy());
    // However many the customers, they are short in few combinations of ranks.
    let mut known: BTreeMap<Vec<u32>, Follows<'_>> = BTreeMap::new();
    let (mut from, mut short) = (0, Vec::new());
    for (at, (i, share)) in scope.customers().iter().zip(&detail.customers).enumerate() {
        let slices = detail.slices[from..].iter().take_while(|slice| slice.customer as usize == at);
        let of_one = &detail.slices[from..from + slices.count()];
        from += of_one.len();
        short.clear();
        short.extend(of_one.iter().filter(|slice| slice.served_m3 < slice.size_m3).map(|slice| slice.rank));
        if !known.contains_key(&short) {
            known.insert(short.clone(), Follows::of(check, policy, &short));
        }
        let Some(follows) = known.get(&short) else { continue };
        // The form of an order is that of what it says from now on, with the floor's part of it.
        let (left, served, whole) = (scope.day.left(*i), check.served(at), scope.day.demand[*i as usize].get());
        let floor = u128::from(scope.city().customers[*i as usize].floor.get().min(whole));
        let floor = (floor * u128::from(left)).div_ceil(u128::from(whole.max(1))) as u64;
        let form = if served == left {
            Form::None
        } else if follows.withheld {
            Form::OffPeak
        } else if served <= floor {
            Form::Stop
        } else {
            Form::Limit
        };
        let reason = detail.reasons.get(share.reason as usize);
        let Follows { measures, clauses, off, .. } = follows;
        let is_so = reason.is_some_and(|reason| {
            (reason.form, reason.off) == (form, *off) && reason.measures == *measures && reason.clauses == *clauses
        });
        if !is_so {
            let found = reason.map_or_else(
                || "-".to_owned(),
                |reason| format!("{:?} {:?} {:?} {:?}", reason.form, reason.measures, reason.clauses, reason.off),
            );
            let expected = format!("{form:?} {measures:?} {clauses:?} {off:?}");
            same(RULE, || check.at(&format!("{} reason", share.customer_id)), expected, found)?;
        }
    }
    Ok(())
}
