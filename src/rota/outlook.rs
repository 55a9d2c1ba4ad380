//! What is known of a coming day: a forecast of its shortfall, or figures of its own.

use std::collections::BTreeMap;

use super::Planned;
use crate::city::{City, DemandSource};
use crate::decide::Day;
use crate::decide::whatif::{self, WhatIf};
use crate::problem::Problems;
use crate::units::{Date, Decimal};

/// The shortfalls that are expected, in percent of demand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// By day; what is expected here holds whatever figures the case has.
    pub by_day: BTreeMap<Date, Decimal>,
    /// Of every day that the case has no supply for.
    pub otherwise: Option<Decimal>,
}

impl Outlook {
    /// The figures of a day as far as they are known; `None` if they are not.
    ///
    /// # Errors
    /// All that is wrong with the case's figures of the day, or that they cannot be scaled to the shortfall.
    pub(super) fn of(&self, date: Date, city: &City) -> Result<Option<(Day, Planned)>, Problems> {
        let own = city.supply.contains_key(&date);
        let expected = self.by_day.get(&date).copied().or(self.otherwise.filter(|_| !own));
        if expected.is_none() && !own {
            return Ok(None);
        }
        let (demand, _) = match city.demand_on(date) {
            Ok(found) => found,
            // The case wants a forecast of every day it decides, and this day has none yet.
            Err(problems) if problems.iter().all(|problem| problem.code() == "no_forecast") => return Ok(None),
            Err(problems) => return Err(problems),
        };
        let standing_demand = match &demand.source {
            DemandSource::Forecast(_) => false,
            DemandSource::Modelled { without, .. } => !without.is_empty(),
            DemandSource::Partly { .. } | DemandSource::Standing(_) => true,
        };
        let sources_of = if own { None } else { like(date, city) };
        let (supply, _) = city.supply_on(sources_of.unwrap_or(date), &demand.volumes)?;
        let mut day = Day::new(date, demand.volumes, supply);
        if let Some(percent) = expected {
            whatif::apply(city, &mut day, WhatIf::Shortfall(percent), false)?;
        }
        Ok(Some((day, Planned { shortfall: expected, standing_demand, sources_of, ..Planned::default() })))
    }
}

/// The day whose sources stand for those of a day without any: the last before it, else the first after.
fn like(date: Date, city: &City) -> Option<Date> {
    let before = city.supply.range(..date).next_back();
    before.or_else(|| city.supply.range(date..).next()).map(|(day, _)| *day)
}
