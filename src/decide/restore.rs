//! Who comes back first when gas does (P15): what an order took is given back in the policy's order of restoration, as far as
//! the day's gas now reaches, and nobody loses what the order left.

use std::collections::{BTreeMap, HashMap};

use super::allocate::Cell;
use super::{DecideMessage, Decision, Kind, Prepared, confirm, failed, whatif};
use crate::decide::Day;
use crate::policy::Policy;
use crate::problem::{Origin, Place, Problem, Problems};
use crate::units::M3;

/// What an order took, in the order in which it comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Restoration {
    /// The steps, the first comes back first.
    pub steps: Vec<Step>,
    /// What each customer gets back, in m3, by index in [`crate::city::City::customers`]; customers that get nothing back are left
    /// out.
    pub customers: Vec<Returned>,
    /// Gas that the order's customers still miss of what the order left them: above 0, the gap would open again, and nothing comes
    /// back.
    pub missing_m3: M3,
    /// Deliverable gas that nobody takes once all is given back that can be.
    pub spare_m3: M3,
}

/// A step of the restoration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Whose gas comes back: firm gas of a tier, or what a measure took.
    pub what: What,
    /// What the order took.
    pub cut_m3: M3,
    /// What comes back.
    pub back_m3: M3,
    /// Customers of whom it was taken.
    pub customers: u64,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Returned {
    /// The customer.
    pub customer: u32,
    /// What the order left it, in m3 over the gas day.
    pub kept_m3: M3,
    /// What comes back.
    pub back_m3: M3,
}

impl Prepared<'_> {
    /// Gives back what an order took of the main urban area, as far as the day's gas reaches now. `day` has the figures of
    /// now; nobody gets more than its demand of now. What a required stop withholds stays withheld: it ends with the level.
    ///
    /// Inside a step districts share as evenly as network and entitlements allow, and customers of a district in proportion to
    /// what they lost, by largest remainder.
    ///
    /// # Errors
    /// What is wrong with the day; an order without its details; a city that is decided by the hour.
    pub fn restore(&self, day: &Day, order: &Decision) -> Result<Restoration, Problems> {
        self.of_the_whole_day()?;
        self.check(day)?;
        let refuse = |message| Problems::from(Problem::error(Place::whole(Origin::memory("restore")), message));
        let (scope, policy) = (&self.urban, self.urban.policy);
        let detail = order.detail.as_ref().ok_or_else(|| refuse(DecideMessage::WithoutDetail {}))?;
        let order_of = steps(order, policy);
        let at: HashMap<&str, usize> = scope
            .customers
            .iter()
            .enumerate()
            .map(|(at, customer)| (&*self.city.customers[*customer as usize].id, at))
            .collect();

        // What everybody keeps is rank 0; what comes back, step by step, follows.
        let mut losses: Vec<Vec<(usize, u64)>> = vec![Vec::new(); order_of.len() + 1];
        let mut kept = vec![0; scope.customers.len()];
        let mut room = vec![0; scope.customers.len()];
        for share in &detail.customers {
            let Some(at) = at.get(&*share.customer_id) else { continue };
            let demand = day.demand[scope.customers[*at] as usize].get();
            kept[*at] = share.served_m3.get().min(demand);
            room[*at] = demand - kept[*at];
            losses[0].push((*at, kept[*at]));
        }
        let mut lost: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for slice in &detail.slices {
            let customer = detail.customers.get(slice.customer as usize);
            let found = customer.and_then(|share| at.get(&*share.customer_id));
            let loss = slice.size_m3.get().saturating_sub(slice.served_m3.get());
            let step = order_of.iter().position(|step| step.1.contains(&slice.rank));
            if let (Some(at), Some(step), true) = (found, step, loss > 0) {
                *lost.entry((step, *at)).or_default() += loss;
            }
        }
        for ((step, at), loss) in lost {
            let loss = loss.min(room[at]);
            room[at] -= loss;
            if loss > 0 {
                losses[step + 1].push((at, loss));
            }
        }

        let companies = if scope.reach.entitled.is_some() { self.city.companies.len() } else { 1 };
        let mut cells: Vec<Cell> = Vec::new();
        let mut members: Vec<Vec<(usize, u64)>> = Vec::new();
        for (rank, of_step) in losses.iter().enumerate() {
            let mut by_cell: BTreeMap<(u32, u32), Vec<(usize, u64)>> = BTreeMap::new();
            for (at, loss) in of_step.iter().filter(|(_, loss)| *loss > 0) {
                let company = if companies == 1 { 0 } else { scope.company(*at) };
                by_cell.entry((scope.district_of[*at], company)).or_default().push((*at, *loss));
            }
            for ((district, company), of_cell) in by_cell {
                let size = of_cell.iter().map(|(_, loss)| loss).sum();
                cells.push(Cell { rank: rank as u32, district, company, size });
                members.push(of_cell);
            }
        }
        let supply: Vec<u64> = scope.sources.iter().map(|s| day.supply[*s as usize].map_or(0, M3::get)).collect();
        let question = scope.question(&supply, &cells);
        let (shares, _) = confirm::share(&question, 1, self.options.solver).map_err(failed)?;

        let wanted: u64 = losses[0].iter().map(|(_, kept)| kept).sum();
        let reached = shares.ranks.first().copied().unwrap_or(0);
        let missing = if losses[0].iter().all(|(_, kept)| *kept == 0) { 0 } else { wanted - reached.min(wanted) };
        let mut back = vec![0; scope.customers.len()];
        let mut found: Vec<Step> = Vec::new();
        for (number, (what, _)) in order_of.iter().enumerate() {
            let of_step = &losses[number + 1];
            let cut: u64 = of_step.iter().map(|(_, loss)| loss).sum();
            let mut returned = 0;
            for ((cell, share), of_cell) in cells.iter().zip(&shares.cells).zip(&members) {
                if missing > 0 || cell.rank as usize != number + 1 {
                    continue;
                }
                let sizes: Vec<M3> = of_cell.iter().map(|(_, loss)| M3(*loss)).collect();
                let volumes = whatif::scale(&sizes, M3(*share)).unwrap_or(sizes);
                for ((at, _), volume) in of_cell.iter().zip(volumes) {
                    back[*at] += volume.get();
                    returned += volume.get();
                }
            }
            if cut > 0 {
                let customers = of_step.len() as u64;
                found.push(Step { what: what.clone(), cut_m3: M3(cut), back_m3: M3(returned), customers });
            }
        }
        let given: u64 = back.iter().sum::<u64>() + reached;
        let customers = back.iter().enumerate().filter(|(_, back)| **back > 0).map(|(at, back)| Returned {
            customer: scope.customers[at],
            kept_m3: M3(kept[at]),
            back_m3: M3(*back),
        });
        Ok(Restoration {
            customers: customers.collect(),
            steps: found,
            missing_m3: M3(missing),
            spare_m3: M3(supply.iter().sum::<u64>().saturating_sub(given)),
        })
    }
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
