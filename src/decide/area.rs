//! The level by two scopes (P2): the whole balance's shortfall, or one area's.
//!
//! An area is a district of the balance. It is as short as it would be if all of the day's deliverable gas were shared
//! as evenly as network and entitlements allow, whoever uses it for what: the leximin of one rank with one cell a
//! district. So without a bottleneck every area's ratio is the balance's. The level in force is the gravest whose
//! trigger holds.

use std::cmp::Ordering;

use super::allocate::{Unanswered, areas};
use super::balance::{self, Balance};
use super::prepare::Scope;
use super::{AreaUsed, Day};
use crate::city::City;
use crate::policy::{Policy, Standing};
use crate::units::mul_div;

/// The area whose shortfall, not the balance's, calls for the level in force.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raised {
    /// Index in the scope's districts.
    pub district: usize,
    /// Its shortfall is `short / of` of its demand, exactly.
    pub short: u64,
    pub of: u64,
}

/// How a policy answers the day, and which area made it so.
pub(super) fn standing(
    city: &City,
    scope: &Scope<'_>,
    day: &Day,
    balance: &Balance,
) -> Result<(Standing, Option<Raised>), Unanswered> {
    let policy = scope.policy;
    let by_balance = policy.standing(balance.shortfall, balance.demand);
    let Standing::At(level) = by_balance else { return Ok((by_balance, None)) };
    // Only areas that could raise the level are worth their network.
    if !may_raise(policy, by_balance) {
        return Ok((by_balance, None));
    }
    let cells = balance::whole_demand(city, scope, day);
    let parts = areas::parts(&scope.question(&balance.supply, &cells))?;
    let short = |part: areas::Part| (part.district as usize, part.of.saturating_sub(part.part), part.of);
    let mut parts: Vec<(usize, u64, u64)> = parts.into_iter().map(short).collect();
    if day.past.is_some() {
        // An area whose day is over may have been short all the same.
        let over = (0..scope.districts.len()).filter(|at| parts.iter().all(|(known, ..)| known != at));
        parts.extend(over.map(|at| (at, 0, 1)).collect::<Vec<_>>());
        parts.iter_mut().for_each(|part| (part.1, part.2) = with_past(scope, day, part.0, part.1, part.2));
        parts.retain(|(.., of)| *of > 0);
        parts.sort_unstable();
    }
    let called = parts.into_iter().filter_map(|(district, short, of)| {
        let called = policy.area_level(short, of).filter(|called| *called > level)?;
        Some((called, Raised { district, short, of }))
    });
    // Of those that call for the gravest level the shortest is named; of equals the first.
    let gravest = called.reduce(|best, next| {
        let graver = next.0.cmp(&best.0).then(compare(&next.1, &best.1));
        if graver == Ordering::Greater { next } else { best }
    });
    Ok(gravest.map_or((by_balance, None), |(level, raised)| (Standing::At(level), Some(raised))))
}

/// An area's shortfall over the whole day, from that of its rest. The gas of the past counts as shared evenly too, each company's
/// where they have their own, whoever used it: an area is not short because its customers are of a class that was cut. To a millionth of a m3, rounded down.
fn with_past(scope: &Scope<'_>, day: &Day, district: usize, short: u64, of: u64) -> (u64, u64) {
    const MICRO: u128 = 1_000_000;
    let Some(past) = &day.past else { return (short, of) };
    let (mut left, mut demand) = (0u128, 0u128);
    // By company, where each has its own gas: what the area asked for, what all areas did, and what they did not get.
    let mut asked_for = std::collections::BTreeMap::<u32, (u128, u128, u128)>::new();
    for (at, (i, home)) in scope.customers.iter().zip(&scope.district_of).enumerate() {
        let (asked, taken) = (past.demand[*i as usize], past.taken[*i as usize]);
        let (own, all, missed) = asked_for.entry(scope.company(at)).or_default();
        *missed += u128::from(asked.saturating_sub(taken));
        *all += u128::from(asked.max(taken));
        if *home as usize == district {
            left += u128::from(day.left(*i));
            *own += u128::from(asked.max(taken));
            demand += u128::from(day.over_the_day(*i));
        }
    }
    let rest = mul_div(left * MICRO, u128::from(short), u128::from(of.max(1))).0;
    let gone: u128 = asked_for.values().map(|(own, all, missed)| mul_div(own * MICRO, *missed, *all.max(&1)).0).sum();
    let (mut short, mut of) = (rest + gone, demand * MICRO);
    // Beyond 64 bits the last binary digits of both are given up.
    while of > u128::from(u64::MAX) {
        (short, of) = (short / 2, of / 2);
    }
    (short as u64, of as u64)
}

/// Whether an area could call for more than the balance does.
pub(super) fn may_raise(policy: &Policy, by_balance: Standing) -> bool {
    let Standing::At(level) = by_balance else { return false };
    policy.levels.iter().skip(level + 1).any(|graver| graver.area_band.is_some())
}

fn compare(a: &Raised, b: &Raised) -> Ordering {
    (u128::from(a.short) * u128::from(b.of)).cmp(&(u128::from(b.short) * u128::from(a.of)))
}

impl Raised {
    /// As a decision tells it.
    pub fn used(&self, district: String) -> AreaUsed {
        AreaUsed { district, ratio: balance::ratio(self.short, self.of) }
    }
}

impl super::Prepared<'_> {
    /// How short each area of the main urban balance is, with the day's gas shared as evenly as it can be: a part, the
    /// whole that it is a part of, and the area's demand in m3.
    ///
    /// # Errors
    /// As for [`super::Prepared::decide`].
    pub(crate) fn area_shortfalls(&self, day: &Day) -> Result<Vec<(u64, u64, u64)>, crate::problem::Problems> {
        self.check(day)?;
        let balance = balance::balance(self, &self.urban, day, None).map_err(super::failed)?;
        let cells = balance::whole_demand(self.city, &self.urban, day);
        let parts = areas::parts(&self.urban.question(&balance.supply, &cells)).map_err(super::failed)?;
        let demand = |district: u32| cells.iter().filter(|cell| cell.district == district).map(|cell| cell.size).sum();
        let short = |part: areas::Part| (part.of.saturating_sub(part.part), part.of, demand(part.district));
        Ok(parts.into_iter().map(short).collect())
    }
}
