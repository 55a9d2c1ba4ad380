//! What would become of somebody if supply or level were different: the decision asked again, with what is held held.
//!
//! With level, slices and blocks held, more supply lowers no rank, so the least supply that does something is found by halving
//! whole cubic metres.

use std::borrow::Cow;

use super::allocate::exact::Prepared as Exact;
use super::allocate::{Cell, Node, Tight, Unanswered};
use super::area;
use super::balance;
use super::confirm;
use super::inside;
use super::plan::Plan;
use super::prepare::{Prepared, Scope, Solver};
use super::rotation;
use super::slices::Slices;
use super::whatif::scale;
use super::{Day, Kind as SliceKind, failed};
use crate::city::Link;
use crate::policy::Standing;
use crate::problem::Problems;
use crate::units::M3;

/// One balance of one day, ready to be asked.
#[derive(Debug)]
pub struct Probe<'p> {
    pub(super) prepared: &'p Prepared<'p>,
    pub(super) scope: &'p Scope<'p>,
    pub(super) day: &'p Day,
    pub(super) kinds: Cow<'p, super::kinds::Kinds>,
}

/// What is held: the slices of a level with its blocks.
struct Held<'p> {
    plan: Plan<'p>,
    cut: Slices,
    cells: Vec<Cell>,
}

/// More supply that would serve somebody in full, with today's level, slices and blocks held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Restored {
    /// The source that gives more; `None` if all do, in proportion.
    pub source: Option<usize>,
    /// How much more, in m3; `None` if no amount would do.
    pub more: Option<u64>,
}

/// As far as more supply from all sources in proportion can restore somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ceiling {
    /// How much more supply that takes, in m3.
    pub more: u64,
    /// What they would then get more than today, in m3.
    pub restored: u64,
    /// What they would still lack, in m3.
    pub lacking: u64,
    /// What then stands in the way.
    pub sides: Vec<Side>,
}

/// A side of the network that takes all that can enter it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Side {
    /// The links that enter it, as indices in the city's.
    pub links: Vec<u32>,
    /// The sources inside it, as indices in the city's.
    pub sources: Vec<u32>,
    /// How much more would have to enter so that it serves these customers in full, and all whom their rank serves
    /// before or with them, in m3.
    pub missing: u64,
}

/// What somebody gets at another level, at today's supply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AtLevel {
    /// What the level lets anyone cut or withhold of it, in m3.
    pub may_lose: u64,
    /// What it would get, in m3.
    pub served: u64,
}

impl<'p> Probe<'p> {
    /// A balance by its area; `None` is the main urban area. A city that is decided by the hour is not asked.
    pub fn new(prepared: &'p Prepared<'p>, area: Option<&str>, day: &'p Day) -> Option<Self> {
        prepared.of_the_whole_day().ok()?;
        let named = |scope: &&Scope<'_>| scope.area.map(|a| &*prepared.city.districts[a as usize].id) == area;
        let scope = std::iter::once(&prepared.urban).chain(&prepared.areas).find(named)?;
        Some(Self { prepared, scope, day, kinds: scope.kinds_on(prepared.city, day) })
    }

    pub(crate) fn prepared(&self) -> &'p Prepared<'p> {
        self.prepared
    }

    pub(crate) fn day(&self) -> &'p Day {
        self.day
    }

    /// The outer district, as an index in the city; `None` for the main urban area.
    pub(crate) fn area(&self) -> Option<u32> {
        self.scope.area
    }

    /// The day's supply of the balance, in m3.
    pub(crate) fn supply(&self) -> u64 {
        self.volumes().iter().sum()
    }

    fn volumes(&self) -> Vec<u64> {
        self.scope.sources.iter().map(|s| self.day.supply[*s as usize].map_or(0, M3::get)).collect()
    }

    /// The sources scaled alike to so much together, none above what everybody asks for. `None` if they give nothing.
    fn scaled(&self, total: u64) -> Option<Vec<u64>> {
        let volumes: Vec<M3> = self.volumes().into_iter().map(M3).collect();
        let most = self.scope.demand(self.day);
        Some(scale(&volumes, M3(total))?.into_iter().map(|volume| volume.get().min(most)).collect())
    }

    /// So much that every source gives all that anybody asks for, all of them scaled alike.
    fn plenty(&self) -> u64 {
        let volumes = self.volumes();
        let least = volumes.iter().filter(|volume| **volume > 0).min().copied().unwrap_or(1);
        let factor = self.scope.demand(self.day).div_ceil(least).max(1);
        // A supply beyond all bounds is cut at every source anyway.
        volumes.iter().sum::<u64>().saturating_mul(factor)
    }

    fn standing(&self, supply: Vec<u64>) -> Result<(balance::Balance, Standing), Unanswered> {
        let balance = balance::of_supply(self.prepared.city, self.scope, self.day, supply)?;
        let (standing, _) = area::standing(self.prepared.city, self.scope, self.day, &balance, None)?;
        Ok((balance, standing))
    }

    /// The rules at a level (none without a shortage), with these blocks on their turn.
    pub(super) fn plan(&self, level: Option<usize>, blocks: &[String]) -> Plan<'_> {
        let standing = match level {
            _ if self.scope.policy.levels.is_empty() => Standing::Always,
            Some(level) => Standing::At(level),
            None => Standing::NoShortage,
        };
        let mut plan = Plan::new(self.prepared.city, self.scope, self.day, &self.kinds, standing);
        let id = |district: &u32| &self.prepared.city.districts[*district as usize].id;
        let turns = |district: &u32| blocks.iter().any(|block| **block == **id(district));
        plan.rotating = self.scope.districts.iter().map(turns).collect();
        plan
    }

    /// How much more supply would serve these customers (by index in the city, sorted) in full but for what is withheld: from
    /// all sources in proportion, and then from each alone. If no amount in proportion would, how far it goes. The level and
    /// the blocks are held.
    pub(crate) fn restored(
        &self,
        who: &[u32],
        level: Option<usize>,
        blocks: &[String],
    ) -> Result<(Vec<Restored>, Option<Ceiling>), Problems> {
        let held = Held::new(self.plan(level, blocks));
        let wanted = self.cells_of(&held, who);
        let full = |supply: &[u64]| -> Result<bool, Unanswered> {
            let served = self.share(&held, supply)?;
            Ok(wanted.iter().all(|cell| served[*cell] == held.cells[*cell].size))
        };
        let volumes = self.volumes();
        let today: u64 = volumes.iter().sum();
        let in_proportion = |more: u64| self.scaled(today.saturating_add(more)).unwrap_or_else(|| volumes.clone());
        let more = least(self.plenty(), |more| full(&in_proportion(more))).map_err(failed)?;
        let mut restored = vec![Restored { source: None, more }];
        for at in (0..volumes.len()).filter(|_| volumes.len() > 1) {
            let supply = |more: u64| {
                let mut supply = volumes.clone();
                supply[at] = supply[at].saturating_add(more);
                supply
            };
            let more = least(self.scope.demand(self.day), |more| full(&supply(more))).map_err(failed)?;
            restored.push(Restored { source: Some(self.scope.sources[at] as usize), more });
        }
        let ceiling = match more {
            None => Some(self.ceiling(&held, &wanted, who, &in_proportion).map_err(failed)?),
            Some(_) => None,
        };
        Ok((restored, ceiling))
    }

    fn ceiling(
        &self,
        held: &Held<'_>,
        wanted: &[usize],
        who: &[u32],
        in_proportion: &dyn Fn(u64) -> Vec<u64>,
    ) -> Result<Ceiling, Unanswered> {
        let plenty = self.plenty();
        let sum = |served: &[u64]| wanted.iter().map(|cell| served[*cell]).sum::<u64>();
        let most = sum(&self.share(held, &in_proportion(plenty))?);
        let more = least(plenty, |more| Ok(sum(&self.share(held, &in_proportion(more))?) >= most))?.unwrap_or(plenty);
        let supply = in_proportion(more);
        let (gets, asks) = self.gets(held, &self.share(held, &supply)?, who);
        let (today, _) = self.gets(held, &self.share(held, &self.volumes())?, who);
        Ok(Ceiling {
            more,
            restored: gets.saturating_sub(today),
            lacking: asks.saturating_sub(gets),
            sides: self.sides(held, wanted, &supply),
        })
    }

    /// What stands in the way of cells at a supply. Nothing can be said where companies share links.
    fn sides(&self, held: &Held<'_>, wanted: &[usize], supply: &[u64]) -> Vec<Side> {
        let Ok(mut exact) = Exact::new(&self.scope.reach) else { return Vec::new() };
        let (shares, tight) = exact.prove(supply, &held.cells);
        let mut sides: Vec<(&Tight, u32)> = Vec::new();
        for cell in wanted {
            let Cell { rank, district, size, .. } = held.cells[*cell];
            let node = Node::District(district);
            let around = || tight.iter().find(|side| side.rank <= rank && side.nodes.contains(&node));
            let Some(side) = Some(()).filter(|()| shares.cells[*cell] < size).and_then(|()| around()) else { continue };
            match sides.iter_mut().find(|(known, _)| known.nodes == side.nodes) {
                Some((_, worst)) => *worst = rank.max(*worst),
                None => sides.push((side, rank)),
            }
        }
        sides.into_iter().map(|(side, worst)| self.side(held, &shares.cells, side, worst)).collect()
    }

    fn side(&self, held: &Held<'_>, served: &[u64], side: &Tight, worst: u32) -> Side {
        let inside = |node: &Node| side.nodes.contains(node);
        let links = self.scope.reach.network.iter().flat_map(|network| &network.links).zip(&self.scope.links);
        let cells = held.cells.iter().zip(served);
        let lacks = cells.filter(|(cell, _)| cell.rank <= worst && inside(&Node::District(cell.district)));
        let source = |at: &usize| inside(&Node::Source(*at as u32));
        Side {
            links: links.filter(|(arc, _)| inside(&arc.to) && !inside(&arc.from)).map(|(_, link)| *link).collect(),
            sources: (0..self.scope.sources.len()).filter(source).map(|at| self.scope.sources[at]).collect(),
            missing: lacks.map(|(cell, served)| cell.size - served).sum(),
        }
    }

    /// A link of the city.
    pub(crate) fn link(&self, at: u32) -> Option<&'p Link> {
        self.prepared.city.links.as_deref()?.get(at as usize)
    }

    /// What these customers would get at a level, at today's supply, with `k` blocks of the formula.
    pub(crate) fn at_level(&self, who: &[u32], level: usize) -> Result<AtLevel, Problems> {
        let (balance, _) = self.standing(self.volumes()).map_err(failed)?;
        let mut plan = Plan::new(self.prepared.city, self.scope, self.day, &self.kinds, Standing::At(level));
        rotation::by_formula(&mut plan, &balance);
        let held = Held::new(plan);
        let served = self.share(&held, &balance.supply).map_err(failed)?;
        let (served, _) = self.gets(&held, &served, who);
        let own = held.cut.slices.iter().filter(|slice| self.is_of(slice.customer, who));
        let may = own.filter(|slice| held.cut.ranks[slice.rank as usize].kind != SliceKind::Firm);
        Ok(AtLevel { may_lose: may.map(|slice| slice.size).sum(), served })
    }

    /// The least supply, all sources scaled alike, at which the level would be milder than this one; `None` if none is.
    pub(crate) fn milder(&self, level: usize) -> Result<Option<u64>, Problems> {
        let most = self.plenty().max(self.supply());
        least(most, |supply| {
            let Some(supply) = self.scaled(supply) else { return Ok(false) };
            Ok(!matches!(self.standing(supply)?.1, Standing::At(other) if other >= level))
        })
        .map_err(failed)
    }

    /// The most supply, all sources scaled alike, at which the level would be graver than this one (none: any), and which
    /// it would be; `None` if none is.
    pub(crate) fn graver(&self, level: Option<usize>) -> Result<Option<(u64, usize)>, Problems> {
        let at = |supply: u64| -> Result<Option<usize>, Unanswered> {
            let Some(supply) = self.scaled(supply) else { return Ok(None) };
            Ok(match self.standing(supply)?.1 {
                Standing::At(other) if level.is_none_or(|level| other > level) => Some(other),
                _ => None,
            })
        };
        let found = || -> Result<Option<(u64, usize)>, Unanswered> {
            let Some(spared) = least(self.supply(), |supply| Ok(at(supply)?.is_none()))? else { return Ok(None) };
            let Some(below) = spared.checked_sub(1) else { return Ok(None) };
            Ok(at(below)?.map(|level| (below, level)))
        };
        found().map_err(failed)
    }

    fn share(&self, held: &Held<'_>, supply: &[u64]) -> Result<Vec<u64>, Unanswered> {
        Ok(confirm::share(&self.scope.question(supply, &held.cells), 1, Solver::Exact)?.0.cells)
    }

    /// What these customers get of what they ask for, withheld gas aside, given what each cell gets.
    fn gets(&self, held: &Held<'_>, served: &[u64], who: &[u32]) -> (u64, u64) {
        let shares = super::Shares { cells: served.to_vec(), ranks: Vec::new() };
        let (served, _) = inside::share(&held.plan, &held.cut, &held.cells, &shares, None);
        let own = held.cut.slices.iter().zip(served).filter(|(slice, _)| self.is_of(slice.customer, who));
        let servable = own.filter(|(slice, _)| held.cut.ranks[slice.rank as usize].kind != SliceKind::Withheld);
        servable.fold((0, 0), |(gets, asks), (slice, served)| (gets + served, asks + slice.size))
    }

    /// Whether a customer of the scope is one of these.
    fn is_of(&self, customer: u32, who: &[u32]) -> bool {
        who.binary_search(&self.scope.customers[customer as usize]).is_ok()
    }

    /// The cells in which these customers' slices stand.
    fn cells_of(&self, held: &Held<'_>, who: &[u32]) -> Vec<usize> {
        let own = held.cut.slices.iter().filter(|slice| self.is_of(slice.customer, who));
        let place = |cell: &Cell| (cell.rank, cell.district, cell.company);
        let cells = own.filter_map(|slice| {
            let at = slice.customer as usize;
            let wanted = (slice.rank, self.scope.district_of[at], self.scope.company(at));
            held.cells.binary_search_by_key(&wanted, place).ok()
        });
        let mut cells: Vec<usize> = cells.collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }
}

impl<'p> Held<'p> {
    fn new(plan: Plan<'p>) -> Self {
        let cut = plan.slices();
        let cells = cut.cells();
        Self { plan, cut, cells }
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
