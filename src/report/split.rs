//! A gas day's figures in two parts: by groups of slices that no table of a report tells apart, rounded so that groups add up to the part, and
//! parts to the day.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Kept, Part};
use crate::city::City;
use crate::decide::Decision;
use crate::decide::portion::{ATTO, Portion, portions};
use crate::decide::restore::Back;
use crate::policy::Policy;
use crate::units::M3;

/// Slices that no table tells apart: of one class, district and rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    /// Index in [`City::classes`].
    pub class: u32,
    /// Index in [`City::districts`].
    pub district: u32,
    /// Index in [`Decision::by_rank`].
    pub rank: usize,
}

/// What a group gets and does not get in a part of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Volumes {
    pub served: M3,
    pub cut: M3,
}

/// A part of a decided day.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// By group, those that have something in the part.
    pub groups: BTreeMap<Group, Volumes>,
    /// For each slice of the decision, what of it falls into the part, in parts of 10^-18 m3.
    pub slices: Vec<Portion>,
}

impl Split {
    /// Nothing of it was ordered: everybody was left its demand.
    pub fn forget(&mut self) {
        for volumes in self.groups.values_mut() {
            *volumes = Volumes { served: volumes.served + volumes.cut, cut: M3::ZERO };
        }
        for portion in &mut self.slices {
            *portion = Portion { served: portion.served + portion.cut, cut: 0 };
        }
    }
}

/// Splits a decision's day.
pub(super) fn split(decision: &Decision, policy: &Policy, city: &City, part: &Part<'_>) -> Split {
    let until = upto(decision, policy, city, part, part.until);
    if part.from == 0 {
        return until;
    }
    let from = upto(decision, policy, city, part, part.from);
    // What comes before is taken from what comes before the end, so that parts add up whatever was rounded how.
    let mut groups = until.groups;
    for (group, volumes) in from.groups {
        if let Some(own) = groups.get_mut(&group) {
            *own = Volumes { served: own.served.less(volumes.served), cut: own.cut.less(volumes.cut) };
        }
    }
    groups.retain(|_, volumes| *volumes != Volumes::default());
    let slices = until.slices.iter().zip(&from.slices).map(|(until, from)| Portion {
        served: until.served.saturating_sub(from.served),
        cut: until.cut.saturating_sub(from.cut),
    });
    Split { groups, slices: slices.collect() }
}

/// The first hours of the day.
fn upto(decision: &Decision, policy: &Policy, city: &City, part: &Part<'_>, first: usize) -> Split {
    let Some(detail) = &decision.detail else { return Split::default() };
    let slices = if first >= part.clock.len() {
        let whole = |volume: M3| u128::from(volume.get()) * ATTO;
        let all = |slice: &crate::decide::SliceShare| Portion {
            served: whole(slice.served_m3),
            cut: whole(slice.size_m3.less(slice.served_m3)),
        };
        detail.slices.iter().map(all).collect()
    } else {
        portions(decision, policy, city, &part.clock, first)
    };
    let mut groups: BTreeMap<Group, Portion> = BTreeMap::new();
    let homes: Vec<Option<(u32, u32)>> = detail
        .customers
        .iter()
        .map(|share| {
            let customer = city.customers.get(city.customer(&share.customer_id)?)?;
            Some((customer.class, customer.district))
        })
        .collect();
    for (slice, portion) in detail.slices.iter().zip(&slices) {
        let home = homes.get(slice.customer as usize).copied().flatten();
        let Some(((class, district), rank)) = home.zip((slice.rank as usize).checked_sub(1)) else { continue };
        let sum = groups.entry(Group { class, district, rank }).or_default();
        *sum = Portion { served: sum.served + portion.served, cut: sum.cut + portion.cut };
    }
    let served = whole(groups.values().map(|portion| portion.served));
    let cut = whole(groups.values().map(|portion| portion.cut));
    let groups = groups.into_keys().zip(served.into_iter().zip(cut));
    Split { groups: groups.map(|(group, (served, cut))| (group, Volumes { served, cut })).collect(), slices }
}

/// Which order was in force in some hours of its day, the last one first, with what came back of it: before each revision the one that it
/// revises, and not as it turned out.
pub(super) fn in_force<'a>(
    kept: &Kept<'a>,
    clock: &[u8],
    within: Range<usize>,
) -> Vec<(&'a Decision, &'a [Back], Range<usize>)> {
    let begins = |decision: &Decision| {
        let at = decision.revision.as_ref().and_then(|revision| crate::decide::revise::hour_of(&revision.at));
        at.and_then(|at| clock.iter().position(|hour| *hour == at)).unwrap_or(0)
    };
    let earlier = kept.earlier.iter().map(|order| (&order.decision, &*order.back));
    let mut ends = within.end;
    let mut all = Vec::new();
    for (decision, back) in std::iter::once((kept.decision, kept.back)).chain(earlier) {
        let from = begins(decision).max(within.start);
        if from < ends {
            all.push((decision, back, from..ends));
            ends = from;
        }
    }
    all
}

/// What orders left each customer in a part of a day that was decided again, by id, in parts of 10^-18 m3. `None` where the day was
/// decided once.
pub(super) fn left(kept: &Kept<'_>, part: &Part<'_>) -> Option<BTreeMap<String, u128>> {
    let (city, policy) = (kept.city, &kept.policies.main);
    if kept.earlier.is_empty() {
        return None;
    }
    let mut left: BTreeMap<String, u128> = BTreeMap::new();
    for (decision, _, hours) in in_force(kept, &part.clock, part.from..part.until) {
        let Some(detail) = &decision.detail else { continue };
        let [before, after] =
            [hours.start, hours.end].map(|first| portions(decision, policy, city, &part.clock, first));
        for ((slice, before), after) in detail.slices.iter().zip(before).zip(after) {
            let Some(share) = detail.customers.get(slice.customer as usize) else { continue };
            *left.entry(share.customer_id.to_string()).or_default() += after.served.saturating_sub(before.served);
        }
    }
    Some(left)
}

/// Exact volumes, in parts of 10^-18 m3, as whole m3 that add up to their sum to the nearest m3: rounded down, then the largest
/// remainders up, the first of equal ones first.
pub(super) fn whole(exact: impl Iterator<Item = u128>) -> Vec<M3> {
    let exact: Vec<u128> = exact.collect();
    let sum: u128 = exact.iter().sum();
    let mut rounded: Vec<u64> = exact.iter().map(|volume| (volume / ATTO) as u64).collect();
    let down: u64 = rounded.iter().sum();
    let left = ((sum + ATTO / 2) / ATTO) as u64 - down;
    let mut order: Vec<usize> = (0..exact.len()).filter(|at| exact.get(*at).is_some_and(|it| it % ATTO > 0)).collect();
    order.sort_by_key(|at| std::cmp::Reverse(exact.get(*at).map_or(0, |volume| volume % ATTO)));
    for at in order.into_iter().take(left as usize) {
        if let Some(volume) = rounded.get_mut(at) {
            *volume += 1;
        }
    }
    rounded.into_iter().map(M3).collect()
}

/// A volume's part in the first of some hours, all alike, by largest remainder among several volumes.
pub(super) fn evenly(volumes: &[M3], from: usize, until: usize, hours: usize) -> Vec<M3> {
    let part = |first: usize| {
        whole(volumes.iter().map(|volume| {
            crate::units::mul_div(u128::from(volume.get()) * ATTO, first as u128, hours.max(1) as u128).0
        }))
    };
    part(until).into_iter().zip(part(from)).map(|(until, from)| until.less(from)).collect()
}
