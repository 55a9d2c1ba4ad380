//! Who comes back first when gas does (P15): what an order took is given back in the policy's order of restoration, as far as
//! the gas now reaches, and nobody loses what the order left, nor what came back since.
//!
//! It is asked of a whole day, or of what remains of it from an hour on ([`super::revise::rest`]); where hours are decided, hour by hour.

mod by_hour;
mod earlier;
mod lost;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::allocate::Cell;
use super::prepare::Scope;
use super::{BEYOND_AUTHORITY, DecideMessage, Decision, Kind, Prepared, confirm, failed, whatif};
use crate::city::City;
use crate::decide::Day;
use crate::policy::Policy;
use crate::problem::{Origin, Place, Problem, Problems};
use crate::units::{M3, Milli};
use earlier::Since;
use lost::Lost;

/// What an order took, in the order in which it comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Restoration {
    /// The clock hour from which on gas comes back; `None` of a whole day.
    pub from: Option<u8>,
    /// Where hours are decided, what the clock shows at the beginning of each in which gas may come back; else empty.
    pub clock: Vec<u8>,
    /// The steps, the first comes back first.
    pub steps: Vec<Step>,
    /// What each customer gets back, in m3, by index in [`crate::city::City::customers`]; customers that get nothing back are left
    /// out.
    pub customers: Vec<Returned>,
    /// Gas that customers still miss of what the order left them and of what came back since: above 0, the gap would open again, and
    /// nothing comes back.
    pub missing_m3: M3,
    /// Gas that nobody takes once all is given back that can be.
    pub spare_m3: M3,
}

/// A step of the restoration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Whose gas comes back: firm gas of a tier, or what a measure took.
    pub what: What,
    /// What the order took and did not come back yet; of a rest of a day, what of it lies there.
    pub cut_m3: M3,
    /// What comes back.
    pub back_m3: M3,
    /// Customers of whom it was taken.
    pub customers: u64,
    /// What comes back in each hour of [`Restoration::clock`].
    pub hours: Vec<Milli>,
}

/// What comes back in a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// Firm gas of a tier, cut beyond authority: before any measure, best tier first.
    Firm(u32),
    /// What a measure took, by its id.
    Measure(String),
}

/// What a customer gets back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Returned {
    /// The customer.
    pub customer: u32,
    /// What the order left it, with what came back since, in m3 over the gas day or what remains of it.
    pub kept_m3: M3,
    /// What comes back.
    pub back_m3: M3,
    /// In which steps, in their order.
    pub parts: Vec<Part>,
}

/// What a customer gets back in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The step, by index in [`Restoration::steps`].
    pub step: usize,
    /// What comes back.
    pub back_m3: M3,
    /// In each hour of [`Restoration::clock`].
    pub hours: Vec<Milli>,
}

/// What a customer got back of an order, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Back {
    /// The customer.
    pub customer_id: String,
    /// The measure that had taken it, `beyond_authority` for firm gas; `None` where that was not noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// In m3 over the gas day.
    pub back_m3: M3,
    /// The clock hour from which on; `None` of a whole day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u8>,
    /// Where hours are decided, in each hour from then to the end of the gas day; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Milli>,
}

impl Restoration {
    /// What comes back, as it is kept.
    pub fn backs(&self, city: &City) -> Vec<Back> {
        let all = self.customers.iter().flat_map(|it| it.parts.iter().map(move |part| (it.customer, part)));
        let back = |(customer, part): (u32, &Part)| {
            let measure = match &self.steps.get(part.step)?.what {
                What::Firm(_) => BEYOND_AUTHORITY.to_owned(),
                What::Measure(id) => id.clone(),
            };
            Some(Back {
                customer_id: city.customers.get(customer as usize)?.id.to_string(),
                measure: Some(measure),
                back_m3: part.back_m3,
                from: self.from,
                hours: part.hours.clone(),
            })
        };
        all.filter_map(back).collect()
    }
}

impl Prepared<'_> {
    /// Gives back what an order took of the main urban area, as far as gas reaches now. `day` has the figures of
    /// now, of the whole day or of what remains of it; nobody gets more than its demand of now. `earlier` is what came back of the order
    /// before, which its customers keep. What a required stop withholds stays withheld: it ends with the level.
    ///
    /// Inside a step districts share as evenly as network and entitlements allow, and customers of a district in proportion to
    /// what they lost, by largest remainder.
    ///
    /// # Errors
    /// What is wrong with the day; an order without its details, or one that was made for a later hour.
    pub fn restore(&self, day: &Day, order: &Decision, earlier: &[Back]) -> Result<Restoration, Problems> {
        self.check(day)?;
        let (scope, order_of) = (&self.urban, steps(order, self.urban.policy));
        if order.detail.is_none() {
            return Err(refused(DecideMessage::WithoutDetail {}));
        }
        let since = Since::of(self.city, scope, day, earlier);
        let mut supply: Vec<u64> = scope.sources.iter().map(|s| day.supply[*s as usize].map_or(0, M3::get)).collect();
        since.take_from(self.city, scope, day, &mut supply);
        let ask = Ask { city: self.city, scope, day, order, steps: &order_of, since: &since, supply: &supply };
        let mut found = match self.hourly(scope, day) {
            Some(hourly) => by_hour::restore(&ask, &hourly, self.options.solver)?,
            None => self.of_the_day(&ask)?,
        };
        found.from = day.past.as_ref().map(|past| past.at);
        found.customers.sort_by_key(|it| it.customer);
        Ok(found)
    }

    /// Where the day is decided as a whole, or what remains of it.
    fn of_the_day(&self, ask: &Ask<'_>) -> Result<Restoration, Problems> {
        let scope = ask.scope;
        let lost = Lost::of(ask);
        let companies = scope.companies(self.city);
        let mut cells: Vec<Cell> = Vec::new();
        let mut members: Vec<Vec<(usize, u64)>> = Vec::new();
        // What everybody keeps is rank 0; what comes back, step by step, follows.
        for (rank, of_step) in std::iter::once(&lost.kept).chain(&lost.steps).enumerate() {
            let mut by_cell: BTreeMap<(u32, u32), Vec<(usize, u64)>> = BTreeMap::new();
            for (at, volume) in of_step.iter().filter(|(_, volume)| *volume > 0) {
                let company = if companies == 1 { 0 } else { scope.company(*at) };
                by_cell.entry((scope.district_of[*at], company)).or_default().push((*at, *volume));
            }
            for ((district, company), of_cell) in by_cell {
                let size = of_cell.iter().map(|(_, loss)| loss).sum();
                cells.push(Cell { rank: rank as u32, district, company, size });
                members.push(of_cell);
            }
        }
        let question = scope.question(ask.supply, &cells);
        let (shares, _) = confirm::share(&question, 1, self.options.solver).map_err(failed)?;
        let wanted: u64 = lost.kept.iter().map(|(_, kept)| kept).sum();
        let reached = if wanted == 0 { 0 } else { shares.ranks.first().copied().unwrap_or(0) };
        let missing = wanted.saturating_sub(reached);

        let mut found = Found::new(ask.steps, &lost.steps);
        let of_cells = cells.iter().zip(&shares.cells).zip(&members);
        for ((cell, share), of_cell) in of_cells.filter(|((cell, _), _)| cell.rank > 0 && missing == 0) {
            let sizes: Vec<M3> = of_cell.iter().map(|(_, loss)| M3(*loss)).collect();
            let volumes = whatif::scale(&sizes, M3(*share)).unwrap_or(sizes);
            for ((at, _), volume) in of_cell.iter().zip(volumes) {
                found.give(*at, cell.rank as usize - 1, volume, Vec::new());
            }
        }
        let given = found.back() + reached;
        let spare = ask.supply.iter().sum::<u64>().saturating_sub(given);
        Ok(found.told(scope, &lost.kept, missing, spare))
    }
}

/// A question of who comes back.
struct Ask<'a> {
    city: &'a City,
    scope: &'a Scope<'a>,
    day: &'a Day,
    order: &'a Decision,
    /// With the ranks of the order that belong to each.
    steps: &'a [(What, Vec<u32>)],
    since: &'a Since,
    /// What the sources can give.
    supply: &'a [u64],
}

impl Ask<'_> {
    /// The step that a rank of the order belongs to.
    fn step_of(&self, rank: u32) -> Option<usize> {
        self.steps.iter().position(|(_, ranks)| ranks.contains(&rank))
    }
}

/// What is found, customer by customer.
struct Found {
    steps: Vec<Step>,
    parts: BTreeMap<usize, Vec<Part>>,
}

impl Found {
    fn new(steps: &[(What, Vec<u32>)], lost: &[Vec<(usize, u64)>]) -> Self {
        let step = |(what, _): &(What, Vec<u32>), lost: &[(usize, u64)]| Step {
            what: what.clone(),
            cut_m3: M3(lost.iter().map(|(_, loss)| loss).sum()),
            back_m3: M3::ZERO,
            customers: lost.len() as u64,
            hours: Vec::new(),
        };
        let steps = steps.iter().zip(lost).map(|(of, lost)| step(of, lost)).collect();
        Self { steps, parts: BTreeMap::new() }
    }

    /// A customer gets something back in a step.
    fn give(&mut self, at: usize, step: usize, back_m3: M3, hours: Vec<Milli>) {
        if back_m3.is_zero() {
            return;
        }
        if let Some(of) = self.steps.get_mut(step) {
            of.back_m3 += back_m3;
            of.hours.resize(of.hours.len().max(hours.len()), Milli(0));
            of.hours.iter_mut().zip(&hours).for_each(|(sum, volume)| sum.0 += volume.0);
        }
        self.parts.entry(at).or_default().push(Part { step, back_m3, hours });
    }

    fn back(&self) -> u64 {
        self.steps.iter().map(|step| step.back_m3.get()).sum()
    }

    /// Without the steps in which nothing was taken.
    fn told(self, scope: &Scope<'_>, kept: &[(usize, u64)], missing: u64, spare: u64) -> Restoration {
        let mut place = Vec::new();
        let mut steps = Vec::new();
        for step in self.steps {
            place.push(steps.len());
            steps.extend((!step.cut_m3.is_zero()).then_some(step));
        }
        let kept: BTreeMap<usize, u64> = kept.iter().copied().collect();
        let returned = |(at, mut parts): (usize, Vec<Part>)| {
            parts.iter_mut().for_each(|part| part.step = place.get(part.step).copied().unwrap_or_default());
            Returned {
                customer: scope.customers[at],
                kept_m3: M3(kept.get(&at).copied().unwrap_or(0)),
                back_m3: parts.iter().map(|part| part.back_m3).sum(),
                parts,
            }
        };
        let customers = self.parts.into_iter().map(returned).collect();
        Restoration { customers, steps, missing_m3: M3(missing), spare_m3: M3(spare), ..Restoration::default() }
    }
}

fn refused(message: DecideMessage) -> Problems {
    Problem::error(Place::whole(Origin::memory("restore")), message).into()
}

/// The steps of the restoration, each with the ranks of the order that belong to it.
fn steps(order: &Decision, policy: &Policy) -> Vec<(What, Vec<u32>)> {
    let mut steps: Vec<(What, Vec<u32>)> = Vec::new();
    let mut add = |what: What, rank: u32| match steps.iter_mut().find(|(known, _)| *known == what) {
        Some((_, ranks)) => ranks.push(rank),
        None => steps.push((what, vec![rank])),
    };
    for row in order.by_rank.iter().filter(|row| row.kind == Kind::Firm && row.measure.is_none()) {
        add(What::Firm(row.tier.unwrap_or_default()), row.rank);
    }
    for measure in policy.response.restore.of(&policy.measures) {
        let id = &policy.measures[measure].id;
        let authorised = order.by_rank.iter().filter(|row| row.kind == Kind::Authorised);
        for row in authorised.filter(|row| row.measure.as_ref() == Some(id)) {
            add(What::Measure(id.clone()), row.rank);
        }
    }
    steps
}
