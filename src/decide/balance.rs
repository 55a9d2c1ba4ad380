//! Demand, supply, and what of it can arrive (section 1 of the decision model).

use super::Day;
use super::allocate::{Cell, Unanswered, exact};
use super::confirm::{Doubt, Parts};
use super::hourly::{Hourly, Most};
use super::prepare::{Prepared, Scope};
use super::revised::ROUNDED;
use super::slices::cells_of_one_rank;
use crate::city::City;
use crate::units::M3;

/// The balance of a scope, in m3 over the day.
#[derive(Clone, Debug)]
pub(super) struct Balance {
    /// `D`.
    pub demand: u64,
    /// What the sources give, one by one.
    pub supply: Vec<u64>,
    /// `S`.
    pub supplied: u64,
    /// `A`.
    pub deliverable: u64,
    /// `D - A`.
    pub shortfall: u64,
    /// Supply that cannot reach those who want it.
    pub stuck: u64,
    /// Where it is not proved that no more can be delivered.
    pub doubt: Option<Doubt>,
}

impl Balance {
    /// Of these figures, the shortfall and what is stuck.
    fn of(demand: u64, supply: Vec<u64>, supplied: u64, deliverable: u64) -> Self {
        let stuck = supplied.min(demand).saturating_sub(deliverable);
        Self { demand, supply, supplied, deliverable, shortfall: demand - deliverable, stuck, doubt: None }
    }

    /// The whole day's, from that of its rest: what was taken counts as delivered, and what was not as short. But what a stop kept
    /// from customers beyond what was short, and the sources still have and could bring to them, is not lacking.
    fn with_past(self, city: &City, scope: &Scope<'_>, day: &Day, hourly: Option<&Hourly>) -> Result<Self, Unanswered> {
        let Some(past) = &day.past else { return Ok(self) };
        let taken: u64 = scope.customers.iter().map(|i| past.taken[*i as usize]).sum();
        let given: u64 = scope.sources.iter().map(|source| past.given[*source as usize].volume).sum();
        let demand: u64 = scope.customers.iter().map(|i| day.over_the_day(*i)).sum();
        let (order, unused) = (past.order.as_ref(), past.unused(scope.area));
        let least = taken + self.deliverable;
        let mut doubt = self.doubt;
        let deliverable = match (order, hourly) {
            (Some(order), Some(hourly)) => {
                // Nor is it there if no hour of the day could have brought it, but for stops: these move demand to other hours, for
                // which the pipes are filled otherwise. And what whole m3 of a part of a day lose is not short, nor is what they gain there.
                let moved: u64 = scope.customers.iter().filter_map(|i| order.moves.get(*i as usize)).sum();
                let left = self.supplied + past.drawable(city, &scope.districts);
                let kept_back = (unused + moved).min(left.saturating_sub(self.deliverable));
                let within =
                    |volume: u64| volume.clamp(least.saturating_sub(moved + ROUNDED), least + kept_back + ROUNDED);
                let most = could_arrive(city, scope, day, hourly.most_steps)?;
                // Where the most is not proved, it is in doubt only as far as it could count.
                let found = within(most.volume);
                let open = most.unproved.map(within).filter(|open| *open != found);
                let of = |most| Doubt::Parts(Parts::Deliverable { found, most });
                doubt = doubt.or(open.map(of));
                found
            }
            (Some(_), None) => {
                let with_missed = missed(city, scope, day).map(|cells| deliverable(scope, &self.supply, &cells));
                least + unused.min(with_missed.transpose()?.unwrap_or(0).saturating_sub(self.deliverable))
            }
            _ => least,
        };
        Ok(Self {
            stuck: self.stuck,
            doubt,
            ..Self::of(demand, self.supply, given + self.supplied, deliverable.min(demand))
        })
    }
}

/// What could have reached customers over a day by the hour, had it been decided with what is known of it now.
fn could_arrive(city: &City, scope: &Scope<'_>, day: &Day, most_steps: usize) -> Result<Most, Unanswered> {
    let whole = day.as_if_it_began_now();
    let hourly = Hourly { most_steps, ..Hourly::new(city, scope, &whole) };
    let supply: Vec<u64> = scope.sources.iter().map(|s| whole.supply[*s as usize].map_or(0, |v| v.get())).collect();
    hourly.most(&supply, &hourly.whole_demand(city, scope, &whole))
}

pub(super) fn balance(
    prepared: &Prepared<'_>,
    scope: &Scope<'_>,
    day: &Day,
    hourly: Option<&Hourly>,
) -> Result<Balance, Unanswered> {
    let supply = scope.sources.iter().map(|s| day.supply[*s as usize].map_or(0, |volume| volume.get())).collect();
    of_supply(prepared.city, scope, day, hourly, supply)?.with_past(prepared.city, scope, day, hourly)
}

impl Prepared<'_> {
    /// Whether all customers are on one network, on which a day is decided as a whole and sums by district tell whether anybody lacks gas.
    pub(crate) fn is_one_network(&self) -> bool {
        let scope = &self.urban;
        let whole = !self.city.settings.hourly && self.areas.iter().all(|area| area.customers.is_empty());
        whole && scope.ready.is_some() && !scope.policy.levels.is_empty()
    }

    /// Whether the main urban area's network brings so much to each district of the city at once, in m3; by what each source of the
    /// city gives. Of volumes beyond what a day may have it does not say so.
    pub(crate) fn brings(&self, supply: &[u64], wanted: &[u64]) -> bool {
        let scope = &self.urban;
        let Some(ready) = &scope.ready else { return false };
        let supply: Vec<u64> = scope.sources.iter().map(|source| supply[*source as usize]).collect();
        let wanted: Vec<u64> = scope.districts.iter().map(|district| wanted[*district as usize]).collect();
        let sum = |volumes: &[u64]| volumes.iter().fold(0u64, |sum, volume| sum.saturating_add(*volume));
        let (given, all) = (sum(&supply), sum(&wanted));
        let within = (1..=M3::MOST_IN_ALL.get()).contains(&all) && given <= M3::MOST_IN_ALL.get();
        within && given >= all && ready.brings_all(&supply, &cells_of_one_rank(&wanted, 1))
    }
}

/// The balance of what is to come if the sources gave so much, one by one.
pub(super) fn of_supply(
    city: &City,
    scope: &Scope<'_>,
    day: &Day,
    hourly: Option<&Hourly>,
    supply: Vec<u64>,
) -> Result<Balance, Unanswered> {
    let supplied: u64 = supply.iter().sum();
    let mut doubt = None;
    let deliverable = match hourly {
        Some(hourly) => {
            let most = hourly.most(&supply, &hourly.whole_demand(city, scope, day))?;
            doubt = most.doubt(|found, most| Parts::Deliverable { found, most });
            most.volume
        }
        None if scope.reach.network.is_none() && scope.reach.entitled.is_none() => supplied,
        None => deliverable(scope, &supply, &whole_demand(city, scope, day))?,
    };
    Ok(Balance { doubt, ..of_deliverable(scope, day, supply, deliverable) })
}

/// The same, given what can reach the demand.
pub(super) fn of_deliverable(scope: &Scope<'_>, day: &Day, supply: Vec<u64>, deliverable: u64) -> Balance {
    let (demand, supplied) = (scope.left(day), supply.iter().sum());
    Balance::of(demand, supply, supplied, demand.min(deliverable))
}

/// The most that can reach the cells together, in whole m3.
pub(super) fn deliverable(scope: &Scope<'_>, supply: &[u64], cells: &[Cell]) -> Result<u64, Unanswered> {
    if let Some(ready) = &scope.ready {
        return Ok(ready.deliverable(supply, cells));
    }
    let question = scope.question(supply, cells);
    #[cfg(any(feature = "lp", feature = "highs"))]
    if question.is_multi_commodity() {
        // `floor(v + 0.001)` of section 1: a solver's 41999.9999 is 42,000.
        let value = super::allocate::lp::deliverable(&question)?;
        return Ok((value + 0.001).floor().max(0.0) as u64);
    }
    exact::deliverable(&question)
}

/// The whole demand that is to come as cells of one rank.
pub(super) fn whole_demand(city: &City, scope: &Scope<'_>, day: &Day) -> Vec<Cell> {
    asked(city, scope, |i| day.left(i))
}

/// The same, and with it what customers missed of their forecasts in the hours that are past; `None` if nobody missed anything, or
/// the order in force left no gas unused.
pub(super) fn missed(city: &City, scope: &Scope<'_>, day: &Day) -> Option<Vec<Cell>> {
    let past = day.past.as_ref()?;
    let some = past.unused(scope.area) > 0 && scope.customers.iter().any(|i| past.missed(*i) > 0);
    some.then(|| asked(city, scope, |i| day.left(i) + past.missed(i)))
}

/// What each customer asks for as cells of one rank.
fn asked(city: &City, scope: &Scope<'_>, of: impl Fn(u32) -> u64) -> Vec<Cell> {
    let companies = scope.companies(city);
    let mut sizes = vec![0; scope.districts.len() * companies];
    for (at, (i, district)) in scope.customers.iter().zip(&scope.district_of).enumerate() {
        sizes[*district as usize * companies + scope.company(at) as usize] += of(*i);
    }
    cells_of_one_rank(&sizes, companies)
}

/// `shortfall / demand` to fifteen decimals: so many come back from any reader of JSON as they were written.
pub(super) fn ratio(shortfall: u64, demand: u64) -> f64 {
    const DECIMALS: u64 = 1_000_000_000_000_000;
    let (part, whole) = (u128::from(shortfall) * u128::from(DECIMALS), u128::from(demand.max(1)));
    ((part + whole / 2) / whole) as f64 / DECIMALS as f64
}
