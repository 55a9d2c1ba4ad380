//! What would become of somebody if supply or level were different: the decision asked again, with what is held held.
//!
//! With level, slices and blocks held, more supply lowers no rank, so the least supply that does something is found by halving
//! whole cubic metres.

use std::borrow::Cow;

use super::allocate::exact::Prepared as Exact;
use super::allocate::ready::Ready;
use super::allocate::{Cell, Node, Tight, Unanswered};
use super::area;
use super::balance::{self, Balance};
use super::bound::InTheseHours;
use super::confirm;
use super::halving::{least, least_reaching};
use super::hourly::{ByHour, Hourly};
use super::inside;
use super::plan::Plan;
use super::prepare::{Prepared, Scope, Solver};
use super::rotation;
use super::slices::Slices;
use super::whatif::scale;
use super::{Day, Kind as SliceKind, MICRO, failed};
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
    /// The day's hours, where they are decided one by one.
    pub(super) hourly: Option<Hourly>,
    /// The whole demand in their cells.
    in_hours: Vec<Cell>,
}

/// What is held: the slices of a level with its blocks.
pub(super) struct Held<'p> {
    pub plan: Plan<'p>,
    pub cut: Slices,
    pub cells: Vec<Cell>,
    /// The same hour by hour, where the day is decided so.
    pub in_hours: Option<InHours<'p>>,
}

/// What is held, hour by hour.
pub(super) struct InHours<'p> {
    pub hourly: &'p Hourly,
    pub cells: Vec<Cell>,
    pub ready: &'p Ready,
}

/// What each cell of the day gets, and of its hours.
pub(super) struct Shared {
    pub cells: Vec<u64>,
    pub by_hour: Option<ByHour>,
}

/// Cells in which somebody's slices stand, by their places: the day's, and those of the hours in which the slices want gas.
pub(super) struct Wanted {
    pub cells: Vec<usize>,
    pub in_hours: Vec<usize>,
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
    /// By the hour: what does in each rank, from 1.
    pub in_hours: Vec<(u32, Vec<InTheseHours>)>,
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
    /// A balance by its area; `None` is the main urban area.
    pub fn new(prepared: &'p Prepared<'p>, area: Option<&str>, day: &'p Day) -> Option<Self> {
        let named = |scope: &&Scope<'_>| scope.area.map(|a| &*prepared.city.districts[a as usize].id) == area;
        let scope = std::iter::once(&prepared.urban).chain(&prepared.areas).find(named)?;
        let hourly = prepared.hourly(scope, day);
        if hourly.as_ref().is_some_and(|hourly| hourly.pipes.ready().is_none()) {
            // Every question would be one of parting links anew.
            return None;
        }
        let asked = |hourly: &Hourly| hourly.whole_demand(prepared.city, scope, day);
        let in_hours = hourly.as_ref().map(asked).unwrap_or_default();
        Some(Self { prepared, scope, day, kinds: scope.kinds_on(prepared.city, day), hourly, in_hours })
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

    /// `D`.
    pub(crate) fn demand(&self) -> M3 {
        M3(self.scope.demand(self.day))
    }

    /// The day's supply of the balance, in m3.
    pub(crate) fn supply(&self) -> u64 {
        self.volumes().iter().sum()
    }

    pub(super) fn volumes(&self) -> Vec<u64> {
        self.scope.sources.iter().map(|s| self.day.supply[*s as usize].map_or(0, M3::get)).collect()
    }

    /// The sources scaled alike to so much together, none above what everybody asks for. `None` if they give nothing.
    pub(super) fn scaled(&self, total: u64) -> Option<Vec<u64>> {
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

    pub(super) fn standing(&self, supply: Vec<u64>) -> Result<(Balance, Standing), Unanswered> {
        let balance = match &self.hourly {
            Some(hourly) => {
                let most = hourly.most(&supply, &self.in_hours)?.volume;
                balance::of_deliverable(self.scope, self.day, supply, most)
            }
            None => balance::of_supply(self.prepared.city, self.scope, self.day, None, supply)?,
        };
        let (standing, _) = area::standing(self.prepared.city, self.scope, self.day, &balance, self.hourly.as_ref())?;
        Ok((balance, standing))
    }

    /// A plan, held.
    pub(super) fn hold<'a>(&'a self, plan: Plan<'a>) -> Held<'a> {
        Held::new(plan)
    }

    /// The rules at a standing, without blocks on their turn.
    pub(super) fn plan_at(&self, standing: Standing) -> Plan<'_> {
        let mut plan = Plan::new(self.prepared.city, self.scope, self.day, &self.kinds, standing);
        plan.hourly = self.hourly.as_ref();
        plan
    }

    /// The rules at a level (none without a shortage), with these blocks on their turn.
    pub(super) fn plan(&self, level: Option<usize>, blocks: &[String]) -> Plan<'_> {
        let standing = match level {
            _ if self.scope.policy.levels.is_empty() => Standing::Always,
            Some(level) => Standing::At(level),
            None => Standing::NoShortage,
        };
        let mut plan = self.plan_at(standing);
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
        let held = self.hold(self.plan(level, blocks));
        let wanted = self.cells_of(&held, who);
        let full = |supply: &[u64]| self.fills(&held, supply, &wanted);
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
            let more = match &held.in_hours {
                Some(hours) => self.alone(hours, &wanted, &supply(self.scope.demand(self.day))),
                None => least(self.scope.demand(self.day), |more| full(&supply(more))).map_err(failed)?,
            };
            restored.push(Restored { source: Some(self.scope.sources[at] as usize), more });
        }
        let ceiling = match more {
            None => Some(self.ceiling(&held, &wanted, who, &in_proportion).map_err(failed)?),
            Some(_) => None,
        };
        Ok((restored, ceiling))
    }

    /// By the hour: how much more one source has to give so that cells are full, in whole m3; `None` if it cannot give enough, even with
    /// this much.
    ///
    /// If a source's gas restores somebody at all, it does so once it has nobody left to serve in his rank or a better one: as long as
    /// it has, what it gives goes there, and the last of it to him or to whoever shares with him. Each m3 it gives until then is one
    /// more served, so what that takes is what is served more of it.
    fn alone(&self, hours: &InHours<'_>, wanted: &Wanted, plenty: &[u64]) -> Option<u64> {
        let InHours { hourly, cells, ready } = hours;
        let today = hourly.pipes.supply(&self.volumes());
        let lacking = ready.lacking(&today, cells, &wanted.in_hours);
        let Some(worst) = lacking.last().map(|at| cells[*at].rank) else { return Some(0) };
        let wanted: Vec<usize> = wanted.in_hours.iter().copied().filter(|at| cells[*at].rank <= worst).collect();
        let then = ready.fills(&hourly.pipes.supply(plenty), cells, &wanted)?;
        let now: u64 = ready.totals(&today, cells).iter().take(worst as usize + 1).sum();
        Some((then - now.min(then)).div_ceil(MICRO))
    }

    fn ceiling(
        &self,
        held: &Held<'_>,
        wanted: &Wanted,
        who: &[u32],
        in_proportion: &dyn Fn(u64) -> Vec<u64>,
    ) -> Result<Ceiling, Unanswered> {
        let plenty = self.plenty();
        let sum = |supply: &[u64]| self.sum(held, wanted, supply);
        let most = sum(&in_proportion(plenty))?;
        let more = least_reaching(plenty, most, |more| sum(&in_proportion(more)))?;
        let supply = in_proportion(more);
        let (gets, asks) = self.gets(held, &self.share(held, &supply)?, who);
        let (today, _) = self.gets(held, &self.share(held, &self.volumes())?, who);
        Ok(Ceiling {
            more,
            restored: gets.saturating_sub(today),
            lacking: asks.saturating_sub(gets),
            sides: self.sides(held, wanted, &supply),
            in_hours: self.bound(held, &supply, who),
        })
    }

    /// What stands in the way of cells at a supply. Nothing can be said where companies share links.
    fn sides(&self, held: &Held<'_>, wanted: &Wanted, supply: &[u64]) -> Vec<Side> {
        if held.in_hours.is_some() {
            return Vec::new();
        }
        let Ok(mut exact) = Exact::new(&self.scope.reach) else { return Vec::new() };
        let (shares, tight) = exact.prove(supply, &held.cells);
        let mut sides: Vec<(&Tight, u32)> = Vec::new();
        for cell in &wanted.cells {
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
        let mut plan = self.plan_at(Standing::At(level));
        rotation::by_formula(&mut plan, &balance);
        let held = self.hold(plan);
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

    pub(super) fn share(&self, held: &Held<'_>, supply: &[u64]) -> Result<Shared, Unanswered> {
        if let Some(InHours { hourly, cells, ready }) = &held.in_hours {
            let served = ready.share(&hourly.pipes.supply(supply), cells).cells;
            let (shares, by_hour) = ByHour::and_the_day(hourly, &held.cut, &held.cells, cells.clone(), served);
            return Ok(Shared { cells: shares.cells, by_hour: Some(by_hour) });
        }
        let (shares, _) = confirm::share(&self.scope.question(supply, &held.cells), 1, Solver::Exact)?;
        Ok(Shared { cells: shares.cells, by_hour: None })
    }

    /// Whether these cells get all that they ask for.
    pub(super) fn fills(&self, held: &Held<'_>, supply: &[u64], wanted: &Wanted) -> Result<bool, Unanswered> {
        if let Some(InHours { hourly, cells, ready }) = &held.in_hours {
            return Ok(ready.fills(&hourly.pipes.supply(supply), cells, &wanted.in_hours).is_some());
        }
        let served = self.share(held, supply)?.cells;
        Ok(wanted.cells.iter().all(|cell| served[*cell] == held.cells[*cell].size))
    }

    /// What these cells get together: in m3, or by the hour in millionths.
    fn sum(&self, held: &Held<'_>, wanted: &Wanted, supply: &[u64]) -> Result<u64, Unanswered> {
        if let Some(InHours { hourly, cells, ready }) = &held.in_hours {
            return Ok(ready.sum_of(&hourly.pipes.supply(supply), cells, &wanted.in_hours));
        }
        let served = self.share(held, supply)?.cells;
        Ok(wanted.cells.iter().map(|cell| served[*cell]).sum())
    }

    /// What these customers get of what they ask for, withheld gas aside, given what each cell gets.
    pub(super) fn gets(&self, held: &Held<'_>, served: &Shared, who: &[u32]) -> (u64, u64) {
        let shares = super::Shares { cells: served.cells.clone(), ranks: Vec::new() };
        let (served, _) = inside::share(&held.plan, &held.cut, &held.cells, &shares, served.by_hour.as_ref());
        let own = held.cut.slices.iter().zip(served).filter(|(slice, _)| self.is_of(slice.customer, who));
        let servable = own.filter(|(slice, _)| held.cut.ranks[slice.rank as usize].kind != SliceKind::Withheld);
        servable.fold((0, 0), |(gets, asks), (slice, served)| (gets + served, asks + slice.size))
    }

    /// Whether a customer of the scope is one of these.
    pub(super) fn is_of(&self, customer: u32, who: &[u32]) -> bool {
        who.binary_search(&self.scope.customers[customer as usize]).is_ok()
    }

    /// The cells in which these customers' slices stand.
    pub(super) fn cells_of(&self, held: &Held<'_>, who: &[u32]) -> Wanted {
        let place = |cell: &Cell| (cell.rank, cell.district, cell.company);
        let mut wanted = Wanted { cells: Vec::new(), in_hours: Vec::new() };
        for slice in held.cut.slices.iter().filter(|slice| self.is_of(slice.customer, who)) {
            let at = slice.customer as usize;
            let place_of = (slice.rank, self.scope.district_of[at], self.scope.company(at));
            let Ok(cell) = held.cells.binary_search_by_key(&place_of, place) else { continue };
            wanted.cells.push(cell);
            if let Some(InHours { hourly, cells, .. }) = &held.in_hours {
                let spread = &held.cut.spreads[slice.spread as usize];
                let hours = (0..hourly.pipes.hours).filter(|hour| spread[*hour] > 0);
                wanted.in_hours.extend(hours.filter_map(|hour| hourly.place(cells, &held.cells[cell], hour)));
            }
        }
        for cells in [&mut wanted.cells, &mut wanted.in_hours] {
            cells.sort_unstable();
            cells.dedup();
        }
        wanted
    }
}

impl<'p> Held<'p> {
    fn new(plan: Plan<'p>) -> Self {
        let cut = plan.slices();
        let cells = cut.cells();
        let in_hours = plan.hourly.and_then(|hourly| {
            let ready = hourly.pipes.ready()?;
            Some(InHours { hourly, cells: hourly.asked(&cut), ready })
        });
        Self { plan, cut, cells, in_hours }
    }
}
