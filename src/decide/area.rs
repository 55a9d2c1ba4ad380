//! The level by two scopes (P2): the whole balance's shortfall, or one area's.
//!
//! An area is a district of the balance. It is as short as it would be if all of the day's deliverable gas were shared
//! as evenly as network and entitlements allow, whoever uses it for what: the leximin of one rank with one cell a
//! district. So without a bottleneck every area's ratio is the balance's. By the hour an area's gas is that of its hours together.
//! The level in force is the gravest whose trigger holds.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::allocate::{Cell, Question, Reach, Unanswered, areas};
use super::balance::{self, Balance};
use super::hourly::Hourly;
use super::prepare::Scope;
use super::{AreaUsed, Day};
use crate::city::City;
use crate::policy::{Policy, Standing};
use crate::units::M3;

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
    hourly: Option<&Hourly>,
) -> Result<(Standing, Option<Raised>), Unanswered> {
    let policy = scope.policy;
    let by_balance = policy.standing(balance.shortfall, balance.demand);
    let Standing::At(level) = by_balance else { return Ok((by_balance, None)) };
    // Only areas that could raise the level are worth their network.
    if !may_raise(policy, by_balance) {
        return Ok((by_balance, None));
    }
    let parts = parts(city, scope, day, balance, hourly)?;
    let called = parts.into_iter().filter_map(|part| {
        let (district, short, of) = (part.district as usize, part.of.saturating_sub(part.part), part.of);
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

/// How short each area is. Of a day that is decided again, over the whole day as if it began now: with what the sources gave and have
/// left, and links as they are for a day. Otherwise an area would count as short because its customers are of a class that was cut
/// in the past.
fn parts(
    city: &City,
    scope: &Scope<'_>,
    day: &Day,
    balance: &Balance,
    hourly: Option<&Hourly>,
) -> Result<Vec<areas::Part>, Unanswered> {
    if let Some(hourly) = hourly {
        if day.past.is_some() {
            let whole = day.as_if_it_began_now();
            let supply: Vec<u64> = scope.sources.iter().map(|s| whole.supply[*s as usize].map_or(0, M3::get)).collect();
            return Ok(Hourly::new(city, scope, &whole).areas(city, scope, &whole, &supply));
        }
        return Ok(hourly.areas(city, scope, day, &balance.supply));
    }
    areas::parts(&Asked::of(city, scope, day, balance).question())
}

/// What areas could have of the day.
pub(super) struct Asked<'a> {
    reach: Cow<'a, Reach>,
    supply: Vec<u64>,
    cells: Vec<Cell>,
}

impl<'a> Asked<'a> {
    pub fn of(city: &City, scope: &'a Scope<'_>, day: &Day, balance: &Balance) -> Self {
        let Some(past) = &day.past else {
            let cells = balance::whole_demand(city, scope, day);
            return Self { reach: Cow::Borrowed(&scope.reach), supply: balance.supply.clone(), cells };
        };
        let given = scope.sources.iter().map(|source| past.given[*source as usize].volume);
        let supply: Vec<u64> = given.zip(&balance.supply).map(|(given, left)| given + left).collect();
        let cells = balance::whole_demand(city, scope, &day.as_if_it_began_now());
        let mut reach = scope.reach.clone();
        for (arc, link) in reach.network.iter_mut().flat_map(|network| &mut network.links).zip(&scope.links) {
            arc.capacity = past.links.get(*link as usize).copied().unwrap_or(arc.capacity);
        }
        Self { reach: Cow::Owned(reach), supply, cells }
    }

    pub fn question(&self) -> Question<'_> {
        Question { reach: &self.reach, supply: &self.supply, cells: &self.cells }
    }
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
