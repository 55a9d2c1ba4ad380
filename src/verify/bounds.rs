//! Who gets what, within what it asks for, in the slices that the policy makes.

use super::scope::Check;
use super::{Finding, Found, Rule, at_most, must, revised, same};
use crate::decide::{Kind, PAST};
use crate::units::M3;

/// Every customer once and in order, with the day's demand, and nobody above it.
pub(super) fn bounds(check: &mut Check<'_>) -> Found {
    let (rule, scope, customers) = (Rule::Bounds, &check.scope, &check.detail.customers);
    same(rule, || check.at("customers"), scope.customers().len(), customers.len())?;
    for (i, share) in scope.customers().iter().zip(customers) {
        let customer = &scope.city().customers[*i as usize];
        must(rule, customer.id == share.customer_id, || check.at("customers"), &customer.id, &share.customer_id)?;
        same(
            rule,
            || check.at(&format!("{} demand_m3", share.customer_id)),
            M3(scope.day.over_the_day(*i)),
            share.demand_m3,
        )?;
        at_most(rule, || check.at(&share.customer_id), share.demand_m3, share.served_m3)?;
    }
    Ok(Finding::Holds)
}

/// The slices are those that the policy makes; each is served within its size, and withheld ones not at all.
pub(super) fn slices(check: &mut Check<'_>) -> Found {
    let rule = Rule::Slices;
    let cut = check.scope.cut(check.standing, &check.rotating);
    let (detail, decision) = (check.detail, check.decision);
    same(rule, || check.at("by_rank"), cut.ranks().len(), decision.by_rank.len())?;
    for (at, (rank, row)) in cut.ranks().iter().zip(&decision.by_rank).enumerate() {
        let here = || check.at(&format!("by_rank {}", at + 1));
        same(rule, here, at as u32 + 1, row.rank)?;
        let tier = rank.tier.map(|tier| check.scope.policy().tiers[tier].number);
        let told = |kind: Kind, tier: Option<u32>, measure: Option<&str>| format!("{kind:?} {tier:?} {measure:?}");
        let expected = told(rank.kind, tier, check.scope.rank_measure(rank));
        same(rule, here, expected, told(row.kind, row.tier, row.measure.as_deref()))?;
        same(rule, || check.at(&format!("by_rank {} size_m3", at + 1)), cut.rank_size(at), row.size_m3.get())?;
    }
    same(rule, || check.at("slices"), cut.slices().len(), detail.slices.len())?;
    let mut of_one: Vec<(u32, u64)> = Vec::new();
    let mut theirs: Vec<(u32, u64)> = Vec::new();
    let (mut next, mut cells) = (0, vec![0u64; cut.cells().len()]);
    for (at, share) in (0..).zip(&detail.customers) {
        let here = || check.at(&format!("{} slices", share.customer_id));
        of_one.clear();
        let from = next;
        while let Some(slice) = cut.slices().get(next).filter(|slice| slice.customer == at) {
            of_one.push((slice.rank + 1, slice.size));
            next += 1;
        }
        // Slices of one rank and different tiers stand in any order.
        of_one.sort_unstable();
        let found = detail.slices.get(from..next).unwrap_or_default();
        let mut sum = 0u64;
        theirs.clear();
        theirs.extend(found.iter().map(|slice| (slice.rank, slice.size_m3.get())));
        theirs.sort_unstable();
        // Words are made only where there is something to complain of: a large city has millions of slices.
        if let Some((ours, theirs)) = of_one.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs) {
            let told = |(rank, size): &(u32, u64)| format!("rank {rank}: {size}");
            same(rule, here, told(ours), told(theirs))?;
        }
        for slice in found {
            same(rule, here, at, slice.customer)?;
            at_most(rule, here, slice.size_m3, slice.served_m3)?;
            let rank = &cut.ranks()[slice.rank as usize - 1];
            let past = check.scope.rank_measure(rank) == Some(PAST);
            if rank.kind == Kind::Withheld {
                same(rule, here, M3(0), slice.served_m3)?;
            } else if past {
                // What was taken is taken.
                same(rule, here, slice.size_m3, slice.served_m3)?;
            }
            sum = sum.saturating_add(slice.served_m3.get());
            let district = check.scope.district_of()[at as usize];
            let place = (slice.rank - 1, district, check.scope.company(at as usize));
            if let Ok(cell) = cut.cells().binary_search_by_key(&place, |cell| (cell.rank, cell.district, cell.company))
            {
                cells[cell] += slice.served_m3.get();
            }
        }
        same(rule, || check.at(&format!("{} served_m3", share.customer_id)), sum, share.served_m3.get())?;
    }
    check.cells = revised::plain(check, &cut, &cells)?;
    check.given = cells;
    check.cut = Some(cut);
    Ok(Finding::Holds)
}
