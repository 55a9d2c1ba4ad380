//! What would restore somebody, when it is first touched, and what graver levels would do: computed, not guessed.

use super::{Because, FirstTouched};
use crate::decide::probe::Probe;
use crate::policy::Policy;
use crate::problem::Problems;
use crate::units::M3;

/// The outlook of customers, by index in the city and sorted. `demand` is that of the whole balance.
pub(super) fn of(
    probe: &Probe<'_>,
    who: &[u32],
    today: Option<usize>,
    short: bool,
    demand: M3,
) -> Result<Vec<Because>, Problems> {
    let mut because = Vec::new();
    if short {
        for way in probe.restored(who)? {
            because.push(Because::Restored { source: way.source, more: way.more });
        }
    }
    let touched = probe.first_touched(who)?.map(|touched| FirstTouched {
        supply: touched.supply,
        shortfall: touched.shortfall,
        demand: demand.get(),
        level: touched.level,
    });
    because.push(Because::FirstTouched(touched));
    let graver = probe.graver(who, today)?;
    because.extend(graver.iter().map(|at| Because::Graver { level: at.level, may_lose: at.may_lose }));
    Ok(because)
}

/// What would bring a milder level.
pub(super) fn of_level(probe: &Probe<'_>, policy: &Policy, level: usize) -> Result<Vec<Because>, Problems> {
    if policy.levels.is_empty() {
        return Ok(Vec::new());
    }
    let supply = probe.milder(level)?;
    let more = supply.map_or(0, |supply| supply.saturating_sub(probe.supply()));
    Ok(vec![Because::Milder { supply, more }])
}
