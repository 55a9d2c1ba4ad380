//! A day in sums: what many days of a winter are asked for. The same balance, level, blocks and slices, and nobody told in words.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::kinds::Kinds;
use super::plan::Rules;
use super::prepare::{Prepared, Scope};
use super::slices::Rank;
use super::{Day, Kind, failed};
use crate::city::City;
use crate::policy::Standing;
use crate::problem::Problems;
use crate::units::Date;

/// What a balance gets on a day, and who lacks what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Losses {
    /// The outer district, by index in the city; `None` for the main urban area.
    pub area: Option<u32>,
    /// `D`, in m3.
    pub demand: u64,
    /// `S`, in m3.
    pub supplied: u64,
    /// `A`, in m3.
    pub deliverable: u64,
    /// The level, by index in the policy; `None` without one.
    pub level: Option<usize>,
    /// The blocks on their turn, by index in the city's districts, and what each gives up in m3.
    pub turns: Vec<(u32, u64)>,
    /// Whoever gets less than all of a slice; those of one customer side by side.
    pub losses: Vec<Loss>,
}

/// What a customer lacks of one of its slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Loss {
    /// By index in the city.
    pub customer: u32,
    pub kind: Kind,
    /// The tier that the slice has when firm, by index in the policy.
    pub tier: u32,
    /// The measure that reaches it, by index in the policy.
    pub measure: Option<u32>,
    /// In m3, above 0.
    pub lost: u64,
}

/// What deciding one day after another keeps at hand: the rules of each balance by standing and date, which do not depend on what anybody
/// asks for, so that the winters of a season share them.
#[derive(Debug, Default)]
pub(crate) struct Desk<'p> {
    /// The main urban area's, then each outer district's.
    scopes: Vec<HashMap<(Standing, Date), Arc<Rules<'p>>>>,
}

impl<'p> Desk<'p> {
    /// The rules of a balance, which is the one so many places after the main urban area.
    fn rules(
        &mut self,
        prepared: &Prepared<'p>,
        (at, scope): (usize, &Scope<'p>),
        kinds: &Kinds,
        (standing, date): (Standing, Date),
    ) -> Arc<Rules<'p>> {
        let new = || Arc::new(Rules::new(prepared.city, scope.policy, &kinds.kinds, standing, date));
        if scope.fixed_kinds().is_none() {
            return new();
        }
        if self.scopes.len() <= at {
            self.scopes.resize_with(at + 1, HashMap::new);
        }
        Arc::clone(self.scopes[at].entry((standing, date)).or_insert_with(new))
    }
}

impl<'p> Prepared<'p> {
    /// Decides a day in sums: the main urban area first, then each outer district with demand.
    ///
    /// # Errors
    /// As for [`Prepared::decide`].
    pub(crate) fn losses(&self, day: &Day, desk: &mut Desk<'p>) -> Result<Vec<Losses>, Problems> {
        self.check(day)?;
        let scopes = std::iter::once(&self.urban).chain(&self.areas).enumerate();
        let with_demand = scopes.filter(|(_, scope)| scope.area.is_none() || scope.demand(day) > 0);
        with_demand.map(|scope| self.losses_of(scope, day, desk)).collect()
    }

    fn losses_of(&self, (at, scope): (usize, &Scope<'p>), day: &Day, desk: &mut Desk<'p>) -> Result<Losses, Problems> {
        let kinds = scope.kinds_on(self.city, day);
        let hourly = self.hourly(scope, day);
        if hourly.is_none() {
            // Where nothing is short nobody lacks anything, and most days of most winters are such days.
            let balance = super::balance::balance(self, scope, day, None).map_err(failed)?;
            if scope.policy.standing(balance.shortfall, balance.demand) == Standing::NoShortage && day.pinned.is_empty()
            {
                let (demand, supplied, deliverable) = (balance.demand, balance.supplied, balance.deliverable);
                return Ok(Losses { area: scope.area, demand, supplied, deliverable, ..Losses::default() });
            }
        }
        let rules = |standing| desk.rules(self, (at, scope), &kinds, (standing, day.date));
        let worked = self.work_out(scope, day, &kinds, hourly.as_ref(), rules)?;
        let loss = |(slice, served): (&super::slices::Slice, &u64)| {
            let Rank { kind, measure, .. } = worked.cut.ranks[slice.rank as usize];
            let customer = scope.customers[slice.customer as usize];
            let (tier, measure, lost) = (slice.tier, measure.map(|m| m as u32), slice.size - served);
            (lost > 0).then_some(Loss { customer, kind, tier, measure, lost })
        };
        let mut losses = Vec::with_capacity(worked.cut.slices.len());
        losses.extend(worked.cut.slices.iter().zip(&worked.served).filter_map(loss));
        let given_up = super::rotation::given_up(&worked.plan, &worked.cut, &worked.cells, &worked.shares);
        let chosen = worked.rotation.iter().flat_map(|chosen| &chosen.blocks);
        let turns = chosen.map(|block| {
            let district = scope.districts[*block];
            (district, given_up[district as usize])
        });
        Ok(Losses {
            area: scope.area,
            demand: worked.balance.demand,
            supplied: worked.balance.supplied,
            deliverable: worked.balance.deliverable,
            level: if let Standing::At(level) = worked.plan.standing { Some(level) } else { None },
            turns: turns.collect(),
            losses,
        })
    }

    /// Its city.
    pub(crate) const fn city(&self) -> &City {
        self.city
    }

    /// Whether all sources reach all customers, so that sums of the day tell whether it is short.
    pub(crate) fn is_one_pool(&self) -> bool {
        let reach = &self.urban.reach;
        let pooled = reach.network.is_none() && reach.entitled.is_none() && !self.city.settings.hourly;
        pooled && self.areas.iter().all(|area| area.customers.is_empty()) && !self.urban.policy.levels.is_empty()
    }

    /// The customers that no rule can tell apart, by index in the city: by balance, district, company and kind. `None` where the
    /// rules look at a day's demand.
    pub(crate) fn groups(&self) -> Option<Vec<Vec<u32>>> {
        let mut groups = Vec::new();
        for scope in std::iter::once(&self.urban).chain(&self.areas) {
            let kinds = scope.fixed_kinds()?;
            let mut by_kind: BTreeMap<(u32, u32, u32), Vec<u32>> = BTreeMap::new();
            for (at, customer) in scope.customers.iter().enumerate() {
                let key = (scope.district_of[at], scope.company_of[at], kinds.of[at]);
                by_kind.entry(key).or_default().push(*customer);
            }
            groups.extend(by_kind.into_values());
        }
        Some(groups)
    }
}
