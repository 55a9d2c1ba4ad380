//! From a policy, a city and a day to a [`Decision`]: pure functions, no files, no clock, no terminal.
//!
//! ```text
//! balance → level → rotation → slices → allocate → inside the cells → tally
//! ```
//!
//! A [`Prepared`] city decides many days without rebuilding what does not change.

pub mod allocate;
pub(crate) mod along;
mod area;
mod arrives;
mod balance;
mod below;
pub(crate) mod bound;
pub(crate) mod burden;
pub(crate) mod by_profile;
mod confirm;
mod covered;
mod day;
mod decision;
mod digest;
pub mod evidence;
mod given;
mod halving;
mod hourly;
mod inside;
mod kinds;
mod losses;
mod messages;
mod nomination;
pub(crate) mod past;
mod plan;
pub(crate) mod portion;
mod prepare;
#[cfg(any(feature = "lp", feature = "highs"))]
mod priced;
pub(crate) mod probe;
mod rebound;
pub mod restore;
mod returned;
pub mod revise;
mod revised;
mod rotation;
mod slices;
mod tally;
mod touched;
pub(crate) mod trial;
pub(crate) mod verifying;
mod weather;
pub mod whatif;
mod witness;

pub use day::Day;
pub use decision::*;
pub(crate) use hourly::{Barred, Limit};
pub(crate) use losses::{Desk, Loss, Losses};
pub use messages::DecideMessage;
pub use nomination::Nomination;
pub use past::Past;
pub use prepare::{Options, Prepared, Solver};
pub use probe::Probe;

use std::sync::Arc;

use crate::policy::Standing;
use crate::problem::{Origin, Place, Problem, Problems};
use allocate::{Shares, Unanswered};
use hourly::{ByHour, Hourly};
use kinds::Kinds;
use plan::{Plan, Rules};
use prepare::Scope;

/// With so many customers a second thread is worth its start.
const MANY: usize = 100_000;

/// Hours are decided in so many parts of a m3.
const MICRO: u64 = 1_000_000;

impl Prepared<'_> {
    /// Decides a day: the main urban area, and below it each outer district.
    ///
    /// # Errors
    /// All that is wrong with the day: a wrong number of values, no demand, no supply, totals out of bounds; or a
    /// failure of the linear program where only it can decide.
    pub fn decide(&self, day: &Day) -> Result<Decision, Problems> {
        self.decide_with_turns(day).map(|(decision, _)| decision)
    }

    /// Decides a day, and tells what each block gives up under measures that rotate, in m3, by index in [`City::districts`]:
    /// what later days remember, whether or not customers are told apart.
    ///
    /// [`City::districts`]: crate::city::City::districts
    pub(crate) fn decide_with_turns(&self, day: &Day) -> Result<(Decision, Vec<u64>), Problems> {
        self.check(day)?;
        let (mut decision, turns) = self.decide_scope(&self.urban, day)?;
        let mut problems = Problems::new();
        for area in &self.areas {
            if area.demand(day) == 0 {
                let area = area.name(self.city);
                decision.warnings.push(Warning::new(&DecideMessage::AreaWithoutDemand { area }));
                continue;
            }
            match self.decide_scope(area, day) {
                Ok((area, _)) => decision.areas.push(area),
                Err(refused) => problems.extend(refused),
            }
        }
        self.tell_revision(day, &mut decision);
        problems.or((decision, turns)).map(|(decided, _)| decided)
    }

    fn decide_scope(&self, scope: &Scope<'_>, day: &Day) -> Result<(Decision, Vec<u64>), Problems> {
        let ids = || scope.customers.iter().map(|i| self.city.customers[*i as usize].id.clone()).collect::<Vec<_>>();
        if self.options.without_customers {
            return self.decide_for(scope, day, Vec::new);
        }
        if scope.customers.len() < MANY {
            return self.decide_for(scope, day, ids);
        }
        // The ids of a million customers lie all over the memory: a second thread gathers them meanwhile.
        std::thread::scope(|threads| {
            let gathered = threads.spawn(ids);
            self.decide_for(scope, day, || gathered.join().unwrap_or_else(|_| ids()))
        })
    }

    /// `ids` are those of the scope's customers in their order, or none where nobody asks who gets what.
    fn decide_for(
        &self,
        scope: &Scope<'_>,
        day: &Day,
        ids: impl FnOnce() -> Vec<Box<str>>,
    ) -> Result<(Decision, Vec<u64>), Problems> {
        let kinds = scope.kinds_on(self.city, day);
        let hourly = self.hourly(scope, day);
        let rules = |standing| Arc::new(Rules::new(self.city, scope.policy, &kinds.kinds, standing, day.date));
        let balance = balance::balance(self, scope, day, hourly.as_ref()).map_err(failed)?;
        let worked = self.work_out(scope, day, &kinds, hourly.as_ref(), balance, rules)?;
        let Worked { plan, balance, raised, rotation, cut, cells, shares, mut doubts, served, small, kept, .. } =
            worked;
        let by_hour = hourly.as_ref().zip(worked.by_hour);
        let by_hour = by_hour.map(|(hourly, by_hour)| by_hour.brought(hourly, worked.parted.as_ref(), &balance.supply));
        let to_minimum = match &hourly {
            Some(hourly) => hourly::hours_to_minimum(self.city, scope, day, hourly, &balance.supply).map_err(failed)?,
            None => Vec::new(),
        };
        let firm_loss = firm_loss(&cut, &cells, &shares);
        let (escalate_to, doubt) =
            if firm_loss > 0 { self.escalate(&plan, &balance).map_err(failed)? } else { (None, None) };
        let of_blocks = rotation.as_ref().and_then(|chosen| chosen.doubt.clone());
        doubts.extend([balance.doubt.clone(), of_blocks, doubt].into_iter().flatten());
        let past = day.past.as_ref();
        let whole = past.map(|past| revised::over_the_day(&plan, past, &cut, &served));
        let Options { without_customers, without_evidence, slices_alone, .. } = self.options;
        let unproved = without_customers || without_evidence || slices_alone;
        let evidence = if unproved {
            None
        } else {
            let (rotation, served) = (rotation.as_ref(), &shares.cells[..]);
            let (by_hour, kept) = (by_hour.as_ref(), kept.as_ref());
            let first = whole.as_ref().map_or(0, |(_, _, first)| *first);
            let found =
                witness::Found { balance: &balance, rotation, cells: &cells, served, firm_loss, by_hour, kept, first };
            Some(witness::evidence(self, &plan, &found).map_err(failed)?)
        };
        // Asked for with the evidence; and whom a stop as needed stops when, the orders say in any case.
        let as_needed = !self.options.without_customers && plan.in_force().any(|measure| plan.stops_as_needed(measure));
        let hours = match (plan.hourly, &by_hour) {
            (Some(hourly), Some(by_hour)) if evidence.is_some() || as_needed => {
                hourly::customers(&plan, hourly, &cut, by_hour, &served)
            }
            _ => Vec::new(),
        };
        let told = plan.hourly.zip(by_hour.as_ref());
        let told = told.map(|(hourly, by_hour)| hourly::hours(&plan, hourly, &cut, by_hour, &to_minimum));
        let standing = plan.standing;
        let turns = rotation::given_up(&plan, &cut, &cells, &shares);
        let mut outcome = tally::Outcome {
            balance,
            standing,
            raised,
            rotation,
            firm_loss,
            escalate_to,
            shares,
            doubts,
            kept: small,
            hours: told,
            by_hour,
        };
        let (cut, cells, served) = match whole {
            Some((whole, served, first)) => {
                let cells = revised::cells_over_the_day(&whole, first, &cells, &mut outcome.shares);
                (whole, cells, served)
            }
            None => (cut, cells, served),
        };
        let mut decision = tally::tally(ids(), &plan, &cut, &cells, &served, outcome);
        if let Some(detail) = &mut decision.detail {
            detail.hours = hours;
            if !self.options.without_evidence {
                detail.slices = tally::slices(&cut, &served);
            }
        }
        Ok((Decision { evidence, ..decision }, turns))
    }

    /// Who gets what in a balance: from the balance to the customers, by the rules of the standing that is found.
    fn work_out<'w>(
        &'w self,
        scope: &'w Scope<'w>,
        day: &'w Day,
        kinds: &'w Kinds,
        hourly: Option<&'w Hourly>,
        balance: balance::Balance,
        rules: impl FnOnce(Standing) -> Arc<Rules<'w>>,
    ) -> Result<Worked<'w>, Problems> {
        let (standing, raised) = area::standing(self.city, scope, day, &balance, hourly).map_err(failed)?;
        let mut plan = Plan::by(self.city, scope, day, kinds, rules(standing));
        plan.hourly = hourly;
        let rotation = rotation::choose(&mut plan, &balance).map_err(failed)?;
        let cut = plan.slices();
        let cells = cut.cells();
        let (mut shares, doubts, hours) = self.share(&plan, &cut, &cells, &balance.supply).map_err(failed)?;
        let (by_hour, parted) = hours.unzip();
        let by_itself = |shares: &Shares| inside::share(&plan, &cut, &cells, shares, by_hour.as_ref());
        let (served, small, kept) = match day.past.as_ref().and_then(|past| past.order.as_ref()) {
            None => {
                let (served, small) = by_itself(&shares);
                (served, small, None)
            }
            // By the hour what each hour gets is settled; whole m3 of the day follow an order that is as near to it as any.
            Some(order) if hourly.is_some() => {
                let (served, small) = by_itself(&shares);
                (revised::by_hour(&plan, order, &cut, &cells, &shares, served), small, None)
            }
            Some(order) => {
                let supply = &balance.supply;
                let (served, small, kept) =
                    revised::share(&plan, order, &cut, &cells, supply, &mut shares).map_err(failed)?;
                (served, small, Some(kept))
            }
        };
        let parted = parted.flatten();
        Ok(Worked { plan, balance, raised, rotation, cut, cells, shares, doubts, by_hour, parted, served, small, kept })
    }

    /// The day's hours, if the city is decided by the hour.
    fn hourly(&self, scope: &Scope<'_>, day: &Day) -> Option<Hourly> {
        let by_hour = self.city.settings.hourly && !self.options.whole_days;
        by_hour.then(|| {
            let hourly = Hourly::new(self.city, scope, day);
            let most_steps = self.options.most_steps.unwrap_or(hourly.most_steps);
            Hourly { most_steps, ..hourly }
        })
    }

    /// Shares the gas among the cells of the day, or of its hours.
    #[allow(clippy::type_complexity)]
    fn share(
        &self,
        plan: &Plan<'_>,
        cut: &slices::Slices,
        cells: &[allocate::Cell],
        supply: &[u64],
    ) -> Result<(Shares, Vec<confirm::Doubt>, Option<(ByHour, Option<allocate::Reach>)>), Unanswered> {
        if let Some(hourly) = plan.hourly {
            let answer = hourly::shares(hourly, cut, cells, supply, self.options.solver)?;
            return Ok((answer.shares, answer.doubts, Some((answer.by_hour, answer.reach))));
        }
        if let (Solver::Exact, Some(ready)) = (self.options.solver, &plan.scope.ready) {
            return Ok((ready.share(supply, cells), Vec::new(), None));
        }
        let (shares, doubts) = confirm::share(&plan.scope.question(supply, cells), 1, self.options.solver)?;
        Ok((shares, doubts, None))
    }

    /// The mildest graver level at which no firm slice would lose gas, at the same demand and deliverable gas.
    /// And where it is not proved that a level before it loses as much as it is said to.
    fn escalate(
        &self,
        plan: &Plan<'_>,
        balance: &balance::Balance,
    ) -> Result<(Option<String>, Option<confirm::Doubt>), Unanswered> {
        let Standing::At(level) = plan.standing else { return Ok((None, None)) };
        let mut doubt = None;
        for graver in level + 1..plan.scope.policy.levels.len() {
            let mut tried = plan.at(Standing::At(graver));
            // `k` of the formula, not extended: the question is what that level authorises as it stands.
            rotation::by_formula(&mut tried, balance);
            let cut = tried.sizes();
            let (loss, doubtful) = rotation::firm_loss(plan, &cut, &balance.supply)?;
            if loss == 0 {
                return Ok((Some(plan.scope.policy.levels[graver].id.clone()), doubt));
            }
            doubt = doubt.or(doubtful);
        }
        Ok((None, doubt))
    }
}

/// A balance worked out, before it is told as a decision.
struct Worked<'w> {
    plan: Plan<'w>,
    balance: balance::Balance,
    raised: Option<area::Raised>,
    rotation: Option<rotation::Chosen>,
    cut: slices::Slices,
    cells: Vec<allocate::Cell>,
    shares: Shares,
    doubts: Vec<confirm::Doubt>,
    /// Without a way to bring it all there.
    by_hour: Option<ByHour>,
    /// The network by the hour where its links are parted among companies.
    parted: Option<allocate::Reach>,
    /// What each slice gets, in m3.
    served: Vec<u64>,
    /// How many cuts below the smallest order could not be moved.
    small: usize,
    /// How the order in force was kept, where the rest of a whole day is decided again.
    kept: Option<revised::Kept>,
}

fn firm_loss(cut: &slices::Slices, cells: &[allocate::Cell], shares: &Shares) -> u64 {
    let lost = |(cell, served): (&allocate::Cell, &u64)| match cut.ranks[cell.rank as usize].kind {
        Kind::Firm => cell.size - served,
        _ => 0,
    };
    cells.iter().zip(&shares.cells).map(lost).sum()
}

fn failed(why: Unanswered) -> Problems {
    let message = match why {
        Unanswered::NeedsLp => DecideMessage::NeedsLp {},
        Unanswered::Solver(what) => DecideMessage::Solver { what },
        Unanswered::NeitherHolds => DecideMessage::NeitherHolds {},
    };
    Problem::error(Place::whole(Origin::memory("decide")), message).into()
}
