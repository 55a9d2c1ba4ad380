//! What would become of somebody if supply were different: the decision asked again and again, for sums alone.
//!
//! With level, slices and blocks held, more supply lowers no rank, so the least supply that does something is found by halving
//! whole cubic metres. Across levels that does not hold, so each level's band is searched for itself.

use super::allocate::{Cell, Shares, Unanswered};
use super::area;
use super::balance::{self, Balance};
use super::confirm;
use super::kinds::{Kind, match_rules};
use super::prepare::{Prepared, Scope, Solver};
use super::rotation;
use super::slices::{Plan, Slices};
use super::whatif::scale;
use super::{Day, Kind as SliceKind, failed};
use crate::city::Customer;
use crate::policy::Standing;
use crate::problem::Problems;
use crate::units::M3;

/// One balance of one day, ready to be asked.
#[derive(Debug)]
pub struct Probe<'p> {
    prepared: &'p Prepared<'p>,
    scope: &'p Scope<'p>,
    day: &'p Day,
    kinds: std::borrow::Cow<'p, super::kinds::Kinds>,
}

/// The sums of the decision at some supply.
struct Sums {
    balance: Balance,
    standing: Standing,
    cut: Slices,
    cells: Vec<Cell>,
    shares: Shares,
}

/// More supply that would serve somebody in full, with today's level, slices and blocks held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Restored {
    /// The source that gives more; `None` if all do, in proportion.
    pub source: Option<usize>,
    /// How much more, in m3; `None` if no amount would do.
    pub more: Option<u64>,
}

/// The mildest shortage at which somebody loses gas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Touched {
    /// The supply in m3: one more, and nothing is lost.
    pub supply: u64,
    /// The shortfall in m3 at that supply.
    pub shortfall: u64,
    /// The level there, by index in the policy.
    pub level: Option<usize>,
    /// Whether a required measure takes it, or the gas does not reach.
    pub withheld: bool,
}

/// What somebody gets at another level, at today's supply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AtLevel {
    /// By index in the policy.
    pub level: usize,
    /// What the level lets anyone cut or withhold of it, in m3.
    pub may_lose: u64,
}

impl<'p> Probe<'p> {
    /// A balance by its area; `None` is the main urban area. A city that is decided by the hour is not asked.
    pub fn new(prepared: &'p Prepared<'p>, area: Option<&str>, day: &'p Day) -> Option<Self> {
        prepared.of_the_whole_day().ok()?;
        let named = |scope: &&Scope<'_>| scope.area.map(|a| &*prepared.city.districts[a as usize].id) == area;
        let scope = std::iter::once(&prepared.urban).chain(&prepared.areas).find(named)?;
        Some(Self { prepared, scope, day, kinds: scope.kinds_on(prepared.city, day) })
    }

    /// The day's supply of the balance, in m3.
    pub(crate) fn supply(&self) -> u64 {
        self.volumes().iter().sum()
    }

    fn volumes(&self) -> Vec<u64> {
        self.scope.sources.iter().map(|s| self.day.supply[*s as usize].map_or(0, M3::get)).collect()
    }

    /// The decision at so much supply, all sources scaled alike.
    fn at(&self, supply: u64) -> Result<Option<Sums>, Unanswered> {
        let volumes: Vec<M3> = self.volumes().into_iter().map(M3).collect();
        let Some(scaled) = scale(&volumes, M3(supply)) else { return Ok(None) };
        self.with(scaled.into_iter().map(M3::get).collect()).map(Some)
    }

    fn with(&self, supply: Vec<u64>) -> Result<Sums, Unanswered> {
        let balance = balance::of_supply(self.prepared.city, self.scope, self.day, supply)?;
        let (standing, _) = area::standing(self.prepared.city, self.scope, self.day, &balance)?;
        let mut plan = Plan::new(self.prepared.city, self.scope, self.day, &self.kinds, standing);
        rotation::choose(&mut plan, &balance)?;
        let cut = plan.slices();
        let cells = cut.cells();
        let (shares, _) = confirm::share(&self.scope.question(&balance.supply, &cells), 1, Solver::Exact)?;
        Ok(Sums { balance, standing, cut, cells, shares })
    }

    /// How much more supply would serve these customers (by index in the city) in full but for what is withheld: from all
    /// sources in proportion, and then from each alone.
    pub(crate) fn restored(&self, who: &[u32]) -> Result<Vec<Restored>, Problems> {
        let held = self.with(self.volumes()).map_err(failed)?;
        let wanted = self.cells_of(&held, who);
        let full = |supply: &[u64]| -> Result<bool, Unanswered> {
            let question = self.scope.question(supply, &held.cells);
            let (shares, _) = confirm::share(&question, 1, Solver::Exact)?;
            Ok(wanted.iter().all(|cell| shares.cells[*cell] == held.cells[*cell].size))
        };
        let volumes = self.volumes();
        let most = held.balance.demand;
        let mut ways = vec![None];
        if volumes.len() > 1 {
            ways.extend((0..volumes.len()).map(Some));
        }
        let mut restored = Vec::with_capacity(ways.len());
        for source in ways {
            let supply = |more: u64| match source {
                Some(at) => {
                    let mut supply = volumes.clone();
                    supply[at] += more;
                    supply
                }
                None => {
                    let volumes: Vec<M3> = volumes.iter().copied().map(M3).collect();
                    let total: u64 = volumes.iter().map(|v| v.get()).sum();
                    let scaled = scale(&volumes, M3(total.saturating_add(more)));
                    scaled.unwrap_or(volumes).into_iter().map(M3::get).collect()
                }
            };
            let more = least(most, |more| full(&supply(more))).map_err(failed)?;
            restored.push(Restored { source: source.map(|at| self.scope.sources[at] as usize), more });
        }
        Ok(restored)
    }

    /// At what shortage these customers (by index in the city) first lose gas, as all sources shrink alike.
    pub(crate) fn first_touched(&self, who: &[u32]) -> Result<Option<Touched>, Problems> {
        let demand = self.scope.demand(self.day);
        // From mild to grave, each stretch on which level and blocks of the formula stay: there more shortage never helps.
        let mut edges = Vec::new();
        self.stretches(0, demand, &mut edges).map_err(failed)?;
        let mut above = demand;
        for edge in edges {
            if !self.is_touched(edge, who).map_err(failed)? {
                above = edge;
                continue;
            }
            let (mut touched, mut spared) = (edge, above.max(edge));
            while spared - touched > 1 {
                let middle = touched.midpoint(spared);
                if self.is_touched(middle, who).map_err(failed)? {
                    touched = middle;
                } else {
                    spared = middle;
                }
            }
            let Some(sums) = self.at(touched).map_err(failed)? else { return Ok(None) };
            let level = if let Standing::At(level) = sums.standing { Some(level) } else { None };
            let withheld =
                self.slices_of(&sums, who).any(|(rank, _, _)| sums.cut.ranks[rank].kind == SliceKind::Withheld);
            return Ok(Some(Touched { supply: touched, shortfall: sums.balance.shortfall, level, withheld }));
        }
        Ok(None)
    }

    /// Both ends of each stretch of supply, from `most` down to `least`, on which level and `k` of the formula do not change.
    fn stretches(&self, least: u64, most: u64, ends: &mut Vec<u64>) -> Result<(), Unanswered> {
        ends.push(most);
        let mut high = most;
        while self.standing(high)? != self.standing(least)? {
            // The least supply that still stands as `high` does.
            let (mut low, mut same) = (least, high);
            while same - low > 1 {
                let middle = low.midpoint(same);
                if self.standing(middle)? == self.standing(high)? {
                    same = middle;
                } else {
                    low = middle;
                }
            }
            ends.extend([same, low]);
            high = low;
        }
        ends.push(least);
        Ok(())
    }

    /// The level and `k` of the formula at so much supply; both only get graver as it shrinks.
    fn standing(&self, supply: u64) -> Result<Option<(Standing, usize)>, Unanswered> {
        let volumes: Vec<M3> = self.volumes().into_iter().map(M3).collect();
        let Some(scaled) = scale(&volumes, M3(supply)) else { return Ok(None) };
        let supply = scaled.into_iter().map(M3::get).collect();
        let balance = balance::of_supply(self.prepared.city, self.scope, self.day, supply)?;
        let policy = self.scope.policy;
        let blocks = |rotation: &crate::policy::Rotation| {
            rotation.blocks_by_formula(balance.shortfall, balance.demand, self.scope.districts.len())
        };
        let (standing, _) = area::standing(self.prepared.city, self.scope, self.day, &balance)?;
        Ok(Some((standing, policy.rotation.as_ref().map_or(0, blocks))))
    }

    fn is_touched(&self, supply: u64, who: &[u32]) -> Result<bool, Unanswered> {
        let Some(sums) = self.at(supply)? else { return Ok(false) };
        let withheld = self.slices_of(&sums, who).any(|(rank, _, _)| sums.cut.ranks[rank].kind == SliceKind::Withheld);
        let short = |cell: &usize| sums.shares.cells[*cell] < sums.cells[*cell].size;
        Ok(withheld || self.cells_of(&sums, who).iter().any(short))
    }

    /// What each graver level would let anyone cut or withhold of these customers' gas, at today's supply.
    pub(crate) fn graver(&self, who: &[u32], today: Option<usize>) -> Result<Vec<AtLevel>, Problems> {
        let balance = balance::of_supply(self.prepared.city, self.scope, self.day, self.volumes()).map_err(failed)?;
        let from = today.map_or(0, |level| level + 1);
        let at = |level: usize| {
            let standing = Standing::At(level);
            let mut plan = Plan::new(self.prepared.city, self.scope, self.day, &self.kinds, standing);
            rotation::by_formula(&mut plan, &balance);
            let cut = plan.slices();
            let may_lose = self.sizes_of(&cut, who).filter(|(rank, _)| cut.ranks[*rank].kind != SliceKind::Firm);
            AtLevel { level, may_lose: may_lose.map(|(_, size)| size).sum() }
        };
        Ok((from..self.scope.policy.levels.len()).map(at).collect())
    }

    /// The least supply, all sources scaled alike, at which the level would be milder than this one.
    pub(crate) fn milder(&self, level: usize) -> Result<Option<u64>, Problems> {
        let demand = self.scope.demand(self.day);
        let volumes: Vec<M3> = self.volumes().into_iter().map(M3).collect();
        least(demand.max(self.supply()), |supply| {
            let Some(scaled) = scale(&volumes, M3(supply)) else { return Ok(false) };
            let supply = scaled.into_iter().map(M3::get).collect();
            let balance = balance::of_supply(self.prepared.city, self.scope, self.day, supply)?;
            Ok(match area::standing(self.prepared.city, self.scope, self.day, &balance)?.0 {
                Standing::At(other) => other < level,
                _ => true,
            })
        })
        .map_err(failed)
    }

    /// Whether the rules would treat a customer otherwise at a level if one thing about it were as with another one.
    pub(crate) fn matters(&self, customer: u32, level: Option<usize>, change: impl FnOnce(&mut Customer)) -> bool {
        let (city, demand) = (self.prepared.city, self.day.demand[customer as usize].get());
        let mut other = city.customers[customer as usize].clone();
        change(&mut other);
        let rules = |customer| match_rules(city, self.scope, customer, demand);
        let (before, after) = (rules(&city.customers[customer as usize]), rules(&other));
        let at = |kind: &Kind| kind.measures.get(level.unwrap_or(0)).cloned();
        before.takes != after.takes || before.backup != after.backup || at(&before) != at(&after)
    }

    fn sizes_of<'s>(&'s self, cut: &'s Slices, who: &'s [u32]) -> impl Iterator<Item = (usize, u64)> + 's {
        let mine = |customer: u32| who.binary_search(&self.scope.customers[customer as usize]).is_ok();
        cut.slices.iter().filter(move |slice| mine(slice.customer)).map(|slice| (slice.rank as usize, slice.size))
    }

    /// Rank, district and company of each slice of these customers.
    fn slices_of<'s>(&'s self, sums: &'s Sums, who: &'s [u32]) -> impl Iterator<Item = (usize, u32, u32)> + 's {
        let mine = |customer: u32| who.binary_search(&self.scope.customers[customer as usize]).is_ok();
        sums.cut.slices.iter().filter(move |slice| mine(slice.customer)).map(|slice| {
            let at = slice.customer as usize;
            (slice.rank as usize, self.scope.district_of[at], self.scope.company(at))
        })
    }

    /// The cells in which these customers' slices stand.
    fn cells_of(&self, sums: &Sums, who: &[u32]) -> Vec<usize> {
        let place = |cell: &Cell| (cell.rank as usize, cell.district, cell.company);
        let cells = self.slices_of(sums, who).filter_map(|at| sums.cells.binary_search_by_key(&at, place).ok());
        let mut cells: Vec<usize> = cells.collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }
}

/// The least number from 0 to `most` for which `holds`, given that it then holds for all greater ones.
fn least(most: u64, mut holds: impl FnMut(u64) -> Result<bool, Unanswered>) -> Result<Option<u64>, Unanswered> {
    if !holds(most)? {
        return Ok(None);
    }
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(Some(low))
}
