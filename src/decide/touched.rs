//! By the hour: the mildest shortage that touches somebody, as all sources shrink alike.
//!
//! Within a level and with the same blocks more shortage serves nobody better, so the first cubic metre that touches somebody is
//! found by halving, level by level. Where blocks take their turn they change on the way, and what is found is told as about.

use super::allocate::Unanswered;
use super::halving::least;
use super::probe::{Held, Probe, Wanted};
use super::{Kind, failed, rotation};
use crate::policy::Standing;
use crate::problem::Problems;

/// Where somebody first loses gas. Volumes in m3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TouchedAt {
    /// How much less than demand the sources give together.
    pub lack: u64,
    /// How short the balance is.
    pub shortfall: u64,
    pub standing: Standing,
    /// Whether a cubic metre less would not touch it.
    pub exact: bool,
}

impl Probe<'_> {
    /// Where any of these customers (by index in the city, sorted) first loses gas; `None` if it never does, or the sources give
    /// nothing that could shrink.
    pub(crate) fn first_touched(&self, who: &[u32]) -> Result<Option<TouchedAt>, Problems> {
        self.first_lack(who).map_err(failed)
    }

    fn first_lack(&self, who: &[u32]) -> Result<Option<TouchedAt>, Unanswered> {
        let demand = self.scope.demand(self.day);
        if self.supply() == 0 {
            return Ok(None);
        }
        let at = |lack: u64| self.scaled(demand - lack).unwrap_or_default();
        let mut from = 0;
        loop {
            let (_, standing) = self.standing(at(from))?;
            let beyond = least(demand - from, |more| Ok(self.standing(at(from + more))?.1 != standing))?;
            let last = beyond.map_or(demand, |more| from + more - 1);
            let level = Level::new(self, standing, who)?;
            let touched = |lack: u64| level.touches(self, at(lack), who);
            if let Some(more) = least(last - from, |more| touched(from + more))? {
                let lack = from + more;
                let (balance, _) = self.standing(at(lack))?;
                let exact = level.held.is_some();
                return Ok(Some(TouchedAt { lack, shortfall: balance.shortfall, standing, exact }));
            }
            if last == demand {
                return Ok(None);
            }
            from = last + 1;
        }
    }
}

/// A level, with its slices where they stay the same as long as it holds.
struct Level<'p> {
    standing: Standing,
    held: Option<(Held<'p>, Wanted)>,
}

impl<'p> Level<'p> {
    fn new(probe: &'p Probe<'p>, standing: Standing, who: &[u32]) -> Result<Self, Unanswered> {
        let plan = probe.plan_at(standing);
        if !rotation::all_blocks(&plan).is_empty() {
            return Ok(Self { standing, held: None });
        }
        let held = probe.hold(plan);
        let wanted = probe.cells_of(&held, who);
        Ok(Self { standing, held: Some((held, wanted)) })
    }

    /// Whether any of these customers gets less than its demand.
    fn touches(&self, probe: &Probe<'_>, supply: Vec<u64>, who: &[u32]) -> Result<bool, Unanswered> {
        if let Some((held, wanted)) = &self.held {
            return touches(probe, held, wanted, &supply, who);
        }
        let (balance, _) = probe.standing(supply)?;
        let mut plan = probe.plan_at(self.standing);
        rotation::choose(&mut plan, &balance)?;
        let held = probe.hold(plan);
        let wanted = probe.cells_of(&held, who);
        touches(probe, &held, &wanted, &balance.supply, who)
    }
}

fn touches(
    probe: &Probe<'_>,
    held: &Held<'_>,
    wanted: &Wanted,
    supply: &[u64],
    who: &[u32],
) -> Result<bool, Unanswered> {
    let own = || held.cut.slices.iter().filter(|slice| probe.is_of(slice.customer, who));
    if own().any(|slice| held.cut.ranks[slice.rank as usize].kind == Kind::Withheld) {
        return Ok(true);
    }
    if probe.fills(held, supply, wanted)? {
        return Ok(false);
    }
    // Where whole customers are stopped one after another, others may be stopped first.
    if own().any(|slice| probe.is_list(held, slice.rank)) {
        let (gets, asks) = probe.gets(held, &probe.share(held, supply)?, who);
        return Ok(gets < asks);
    }
    Ok(true)
}
