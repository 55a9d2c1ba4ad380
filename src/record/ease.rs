//! Whether the shortage has eased enough to lower the level or to end the response: the plan's `[response.ease]`, asked of the
//! latest decisions (clause 二(三)6 of plan 16 leaves the judgement to the group; this is what it can be based on).

use std::collections::BTreeMap;

use super::book::{Book, Dossier};
use crate::policy::{Ease, Policy};
use crate::units::Date;

/// What the latest days allow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Eased {
    /// The response may end: supply has covered demand, by the plan's margin, on all these days.
    End {
        /// The first of them.
        from: Date,
        /// The last of them.
        until: Date,
    },
    /// The level may be lowered to this one, the gravest that one of these days still calls for.
    Lower {
        /// The level.
        to: String,
        /// The first of them.
        from: Date,
        /// The last of them.
        until: Date,
    },
    /// Not enough days, or not eased.
    No,
}

impl Book {
    /// What the latest days allow, by the latest decision of each; `None` if no response is on, or the plan does not say when a
    /// shortage has eased.
    pub fn eased(&self, policy: &Policy) -> Option<Eased> {
        let (response, ease) = (self.response()?, policy.response.ease.as_ref()?);
        let level = response.level()?;
        let standing = policy.level(level)?;
        let mut by_day: BTreeMap<Date, &Dossier> = BTreeMap::new();
        for dossier in &self.decisions {
            by_day.insert(dossier.proposed.id.date, dossier);
        }
        let mut days: Vec<&Dossier> = by_day.into_values().rev().take(ease.days as usize).collect();
        days.reverse();
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Some(Eased::No) };
        let (from, until) = (first.proposed.id.date, last.proposed.id.date);
        // A row of days has no holes.
        if until.day_number() - from.day_number() + 1 != ease.days {
            return Some(Eased::No);
        }
        if days.iter().all(|day| ends(ease, day)) {
            return Some(Eased::End { from, until });
        }
        let band = policy.levels.get(standing).and_then(|level| level.band)?;
        let lowers = |day: &&Dossier| {
            let proposed = &day.proposed;
            ease.lowers(band, proposed.deliverable_m3.get(), proposed.demand_m3.get())
        };
        let called = |day: &&Dossier| day.proposed.level.as_deref().and_then(|level| policy.level(level));
        let gravest = days.iter().filter_map(called).max();
        match gravest.filter(|gravest| *gravest < standing && days.iter().all(lowers)) {
            Some(to) => Some(Eased::Lower { to: policy.levels.get(to)?.id.clone(), from, until }),
            None => Some(Eased::No),
        }
    }
}

/// Whether nothing was short, and supply exceeded demand by the margin. A bottleneck is a shortage like any other.
fn ends(ease: &Ease, day: &Dossier) -> bool {
    let proposed = &day.proposed;
    let met = proposed.deliverable_m3 >= proposed.demand_m3;
    met && ease.ends(proposed.supply_m3.get(), proposed.demand_m3.get())
}
