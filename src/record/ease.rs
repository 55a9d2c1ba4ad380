//! Whether the shortage has eased enough to lower the level or to end the response: the plan's `[response.ease]`, asked of the
//! latest decisions (clause 二(三)6 of plan 16 leaves the judgement to the group; this is what it can be based on).

use std::collections::BTreeMap;

use super::book::{Book, Dossier};
use super::moment::Moment;
use crate::policy::{Band, Ease, Policy};
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
    /// All of these days say so, but not for as many hours as the plan asks for.
    Waiting {
        /// The level that it may be lowered to; `None` if the response may end.
        to: Option<String>,
        /// When the first of the latest decisions in a row that say so was proposed.
        since: Moment,
        /// From when on it counts, if no later decision says otherwise.
        from: Moment,
    },
    /// Not enough days, or not eased.
    No,
}

impl Book {
    /// What the latest days allow at a time, by the latest decision of each; `None` if no response is on, or the plan does not say when a
    /// shortage has eased.
    ///
    /// Hours are counted from the proposal of the first of the latest decisions in a row that all say so, whichever days they are of; a
    /// level is lowered no further than the gravest that stood in these hours.
    pub fn eased(&self, policy: &Policy, now: Moment) -> Option<Eased> {
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
            let since = self.in_a_row(|decision| ends(ease, decision)).last().map(|decision| decision.act.at);
            return Some(in_time(ease, since, now, None).unwrap_or(Eased::End { from, until }));
        }
        let band = policy.levels.get(standing).and_then(|level| level.band)?;
        let called = |day: &Dossier| day.proposed.level.as_deref().and_then(|level| policy.level(level));
        let below = |day: &Dossier| called(day) < Some(standing) && lowers(ease, band, day);
        let Some(gravest) = days.iter().filter_map(|day| called(day)).max() else { return Some(Eased::No) };
        if !days.iter().all(|day| below(day)) {
            return Some(Eased::No);
        }
        // What one of the hours called for it may not fall below either.
        let mut gravest = gravest;
        let mut since = None;
        for decision in self.in_a_row(below) {
            if ease.hours > 0 && since.is_none_or(|since: Moment| since.after(ease.hours).is_none_or(|it| now < it)) {
                gravest = gravest.max(called(decision).unwrap_or(gravest));
            }
            since = Some(decision.act.at);
        }
        let to = policy.levels.get(gravest)?.id.clone();
        let waiting = in_time(ease, since, now, Some(to.clone()));
        Some(waiting.unwrap_or(Eased::Lower { to, from, until }))
    }

    /// The latest decisions in a row that say something, the last one first.
    fn in_a_row(&self, says: impl Fn(&Dossier) -> bool) -> impl Iterator<Item = &Dossier> {
        self.decisions.iter().rev().take_while(move |decision| says(decision))
    }
}

/// That the plan asks for more hours than there were, if it does.
fn in_time(ease: &Ease, since: Option<Moment>, now: Moment, to: Option<String>) -> Option<Eased> {
    if ease.hours == 0 {
        return None;
    }
    // Of several days the latest decision of one may be older than one that said otherwise of another: then nothing was said in a row.
    let since = since.unwrap_or(now);
    let Some(from) = since.after(ease.hours) else { return Some(Eased::No) };
    (now < from).then_some(Eased::Waiting { to, since, from })
}

/// Whether nothing was short, and supply exceeded demand by the margin. A bottleneck is a shortage like any other.
fn ends(ease: &Ease, day: &Dossier) -> bool {
    let proposed = &day.proposed;
    let met = proposed.deliverable_m3 >= proposed.demand_m3;
    met && ease.ends(proposed.supply_m3.get(), proposed.demand_m3.get())
}

/// Whether the shortfall lay below a level with this band, by the margin.
fn lowers(ease: &Ease, band: Band, day: &Dossier) -> bool {
    ease.lowers(band, day.proposed.deliverable_m3.get(), day.proposed.demand_m3.get())
}
