//! Which blocks take their turn, and how many (section 4 of the decision model).

use super::allocate::{Cell, Shares, Unanswered};
use super::balance::{self, Balance};
use super::confirm::{Doubt, Parts};
use super::plan::Plan;
use super::prepare::Scope;
use super::slices::{Slices, cells_of_one_rank};

/// The blocks chosen for a day, by index in the scope's districts.
pub(super) struct Chosen {
    pub by_formula: usize,
    pub blocks: Vec<usize>,
    pub rest_gave_way: bool,
    /// Where it is not proved that firm slices lose no less.
    pub doubt: Option<Doubt>,
}

impl Chosen {
    /// The blocks but the last, where there are more than the formula says.
    pub fn one_fewer(&self) -> Option<&[usize]> {
        self.blocks.split_last().map(|(_, fewer)| fewer).filter(|fewer| fewer.len() >= self.by_formula)
    }
}

/// What firm slices lose with some blocks on the list.
type FirmLoss<'a> = Box<dyn FnMut(&[usize]) -> Result<u64, Unanswered> + 'a>;

/// Chooses the blocks at a level that rotates: the least burdened `k` of the formula, and as many more as still spare
/// firm gas.
pub(super) fn choose(plan: &mut Plan<'_>, balance: &Balance) -> Result<Option<Chosen>, Unanswered> {
    let Some(mut order) = order(plan) else { return Ok(None) };
    let by_formula = formula(plan, balance, order.blocks.len());
    let mut doubt = None;
    let mut loss: FirmLoss<'_> = match plan.hourly {
        // By the hour it matters how slices spread, not their sums alone.
        Some(_) => {
            let [still, turning] = [false, true].map(|turns| plan.sizes_if(&vec![turns; plan.rotating.len()]));
            let (plan, doubt) = (&*plan, &mut doubt);
            Box::new(move |blocks| {
                let mut sizes = still.clone();
                blocks.iter().for_each(|block| sizes.take_district(&turning, *block));
                let (loss, doubtful) = firm_loss(plan, &sizes, &balance.supply)?;
                *doubt = doubt.take().or(doubtful);
                Ok(loss)
            })
        }
        None => {
            let [still, turning] = plan.firm_sums();
            let (scope, companies) = (plan.scope, plan.scope.companies(plan.city));
            Box::new(move |blocks| {
                let mut sums = still.clone();
                for block in blocks {
                    let own = block * companies..(block + 1) * companies;
                    sums[own.clone()].copy_from_slice(&turning[own]);
                }
                loss_of(scope, &cells_of_one_rank(&sums, companies), &balance.supply)
            })
        }
    };
    // A further block turns firm slices into authorised ones, so the loss only falls: the least is that of all blocks.
    let least = loss(&order.blocks)?;
    let (mut low, mut high) = (by_formula, order.blocks.len());
    while low < high {
        let middle = low.midpoint(high);
        if loss(&order.blocks[..middle])? == least {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    drop(loss);
    order.blocks.truncate(low);
    order.blocks.iter().for_each(|block| plan.rotating[*block] = true);
    let rest_gave_way = order.rested < low;
    Ok(Some(Chosen { by_formula, blocks: order.blocks, rest_gave_way, doubt }))
}

/// Lets `k` blocks of the formula rotate, and no more.
pub(super) fn by_formula(plan: &mut Plan<'_>, balance: &Balance) {
    if let Some(order) = order(plan) {
        let k = formula(plan, balance, order.blocks.len());
        order.blocks[..k].iter().for_each(|block| plan.rotating[*block] = true);
    }
}

/// All blocks that may take a turn, in the order in which they would.
pub(super) fn all_blocks(plan: &Plan<'_>) -> Vec<usize> {
    order(plan).map_or_else(Vec::new, |order| order.blocks)
}

/// What firm slices lose, in whole m3, and where it is not proved that it is no less.
pub(super) fn firm_loss(plan: &Plan<'_>, sizes: &Slices, supply: &[u64]) -> Result<(u64, Option<Doubt>), Unanswered> {
    if let Some(hourly) = plan.hourly {
        let firm = sizes.firm_cells().iter().map(|cell| cell.size).sum::<u64>();
        let most = hourly.most(supply, &hourly.firm_cells(sizes))?;
        return Ok((firm.saturating_sub(most.volume), most.doubt(|found, most| Parts::Firm { found, most })));
    }
    Ok((loss_of(plan.scope, &sizes.firm_cells(), supply)?, None))
}

/// What cells of firm slices lose on a day decided as a whole, in m3.
fn loss_of(scope: &Scope<'_>, cells: &[Cell], supply: &[u64]) -> Result<u64, Unanswered> {
    let firm: u64 = cells.iter().map(|cell| cell.size).sum();
    let served = balance::deliverable(scope, supply, cells)?;
    Ok(firm.saturating_sub(served))
}

/// What each district gives up under measures that rotate, in m3, by index in the city's districts.
pub(super) fn given_up(plan: &Plan<'_>, cut: &Slices, cells: &[Cell], shares: &Shares) -> Vec<u64> {
    let policy = plan.scope.policy;
    let rotates = |cell: &Cell| cut.ranks[cell.rank as usize].measure.is_some_and(|m| policy.measures[m].rotates);
    let mut given_up = vec![0; plan.city.districts.len()];
    for (cell, served) in cells.iter().zip(&shares.cells).filter(|(cell, _)| rotates(cell)) {
        given_up[plan.scope.districts[cell.district as usize] as usize] += cell.size.saturating_sub(*served);
    }
    given_up
}

fn formula(plan: &Plan<'_>, balance: &Balance, blocks: usize) -> usize {
    let rotation = plan.scope.policy.rotation.as_ref();
    rotation.map_or(0, |rotation| rotation.blocks_by_formula(balance.shortfall, balance.demand, blocks))
}

/// The blocks in the order in which they take their turn.
struct Order {
    blocks: Vec<usize>,
    /// How many of them have rested enough.
    rested: usize,
}

/// Blocks with demand: first those that may, then those whose rest must give way, then those whose run is at its longest;
/// the least burdened first in each group, ties in the order of the districts.
fn order(plan: &Plan<'_>) -> Option<Order> {
    let rotation = plan.scope.policy.rotation.as_ref()?;
    if plan.scope.area.is_some() || !plan.rotates() {
        return None;
    }
    let mut demand = vec![0; plan.scope.districts.len()];
    for (i, district) in plan.scope.customers.iter().zip(&plan.scope.district_of) {
        demand[*district as usize] += plan.day.demand[*i as usize].get();
    }
    let id = |block: usize| plan.scope.districts[block];
    let is_block = |block: &usize| plan.city.districts[id(*block) as usize].urban && demand[*block] > 0;
    let blocks: Vec<usize> = (0..demand.len()).filter(is_block).collect();
    let today = plan.day.date.day_number();
    let reluctance = |block: usize| {
        let mut days: Vec<u32> =
            plan.day.turns.get(&id(block)).into_iter().flatten().map(|day| day.day_number()).collect();
        days.retain(|day| *day < today);
        days.sort_unstable();
        days.dedup();
        let run = days.iter().rev().zip(1..).take_while(|(day, back)| **day + back == today).count() as u32;
        let last = days.last().copied();
        let resting = run == 0 && last.is_some_and(|last| today - last <= rotation.rest_days);
        let spent = rotation.longest_run_days > 0 && run >= rotation.longest_run_days;
        match (resting, spent) {
            (_, true) => 2,
            (true, false) => 1,
            (false, false) => 0,
        }
    };
    let burden = |block: usize| plan.day.burdens.get(&id(block)).copied().unwrap_or_default();
    // A turn that has begun is not handed on: the blocks of the order in force come first, in its order.
    let begun = plan.day.past.as_ref().and_then(|past| past.order.as_ref()).map_or(&[][..], |order| &order.blocks);
    let turn = |block: usize| begun.iter().position(|begun| *begun == id(block)).unwrap_or(begun.len());
    let mut keys: Vec<_> =
        blocks.iter().map(|block| (turn(*block), reluctance(*block), burden(*block), *block)).collect();
    keys.sort_unstable();
    let rested = keys.iter().filter(|(_, reluctance, ..)| *reluctance == 0).count();
    Some(Order { blocks: keys.into_iter().map(|(.., block)| block).collect(), rested })
}
