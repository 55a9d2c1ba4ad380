//! A day in sums: what many days of a winter are asked for. The same balance, level, blocks and slices, and nobody told in words.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::covered::Reached;
use super::kinds::Kinds;
use super::plan::{Plan, Rules};
use super::prepare::{Prepared, Scope};
use super::slices::{Rank, Slices};
use super::{Day, Kind, failed};
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
    /// What required stops take from their hours and give back whole in the hours after: nobody lacks it over the day.
    pub moved: Vec<Loss>,
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

/// What deciding one day after another keeps at hand: the rules of each balance, which do not depend on what anybody asks for and change
/// from date to date only where a season begins, so that the winters share them.
#[derive(Debug, Default)]
pub(crate) struct Desk<'p> {
    /// The main urban area's, then each outer district's.
    scopes: Vec<Known<'p>>,
    /// Whom rules reach in the main urban area, by the kinds that they reach: mostly the same from date to date.
    reached: Vec<(Vec<bool>, Arc<Reached>)>,
    /// By district of it, for how many short days to come others are thought to lack gas there, too.
    pub(super) lacking: Vec<u8>,
}

/// What is known of a balance.
#[derive(Debug, Default)]
struct Known<'p> {
    /// Each once.
    rules: Vec<Arc<Rules<'p>>>,
    /// Which of them hold at a standing on a date.
    on: HashMap<(Standing, Date), usize>,
}

impl<'p> Desk<'p> {
    /// The rules of a balance, which is the one so many places after the main urban area.
    pub(super) fn rules(
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
            self.scopes.resize_with(at + 1, Known::default);
        }
        let Known { rules, on } = &mut self.scopes[at];
        let which = *on.entry((standing, date)).or_insert_with(|| {
            let same = |known: &Arc<Rules<'_>>| known.standing == standing && known.hold_on(scope.policy, date);
            rules.iter().position(same).unwrap_or_else(|| {
                rules.push(new());
                rules.len() - 1
            })
        });
        Arc::clone(&rules[which])
    }

    /// Whom rules reach that reach these kinds.
    pub(super) fn reached(
        &mut self,
        kinds: impl Iterator<Item = bool> + Clone,
        new: impl FnOnce(&[bool]) -> Reached,
    ) -> Arc<Reached> {
        let known = self.reached.iter().find(|(known, _)| known.iter().copied().eq(kinds.clone()));
        if let Some((_, reached)) = known {
            return Arc::clone(reached);
        }
        let kinds: Vec<bool> = kinds.collect();
        let reached = Arc::new(new(&kinds));
        self.reached.push((kinds, Arc::clone(&reached)));
        reached
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
        let balance = super::balance::balance(self, scope, day, hourly.as_ref()).map_err(failed)?;
        let standing = scope.policy.standing(balance.shortfall, balance.demand);
        // Where nothing is short nobody lacks anything, by the hour neither, and most days of most winters are such days.
        let none_is_short = hourly.is_none() || balance.shortfall == 0;
        if none_is_short && standing == Standing::NoShortage && day.pinned.is_empty() {
            let (demand, supplied, deliverable) = (balance.demand, balance.supplied, balance.deliverable);
            return Ok(Losses { area: scope.area, demand, supplied, deliverable, ..Losses::default() });
        }
        if at == 0
            && hourly.is_none()
            && let Some(losses) = self.losses_on_network(day, &balance, standing, desk)
        {
            return Ok(losses);
        }
        let rules = |standing| desk.rules(self, (at, scope), &kinds, (standing, day.date));
        let worked = self.work_out(scope, day, &kinds, hourly.as_ref(), balance, rules)?;
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
            losses: lost(scope, &worked.cut, &worked.served),
            moved: moved(&worked.plan, worked.plan.everybody()),
        })
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

/// Whoever gets less than all of a slice.
pub(super) fn lost(scope: &Scope<'_>, cut: &Slices, served: &[u64]) -> Vec<Loss> {
    let mut losses = Vec::with_capacity(cut.slices.len());
    losses.extend(cut.slices.iter().zip(served).filter_map(|(slice, served)| {
        let Rank { kind, measure, .. } = cut.ranks[slice.rank as usize];
        let customer = scope.customers[slice.customer as usize];
        let (tier, measure, lost) = (slice.tier, measure.map(|m| m as u32), slice.size - served);
        (lost > 0).then_some(Loss { customer, kind, tier, measure, lost })
    }));
    losses
}

/// What required stops take from some customers, by index in the scope, and give back.
pub(super) fn moved(plan: &Plan<'_>, who: impl Iterator<Item = usize>) -> Vec<Loss> {
    let moved = |(customer, measure, lost)| {
        let (kind, measure) = (Kind::Withheld, Some(measure));
        Loss { customer, kind, tier: 0, measure, lost }
    };
    plan.moved(who).into_iter().map(moved).collect()
}
