//! One day of one city: everything that changes from day to day.

use std::collections::BTreeMap;

use super::past::Past;
use super::whatif::WhatIf;
use crate::city::{City, DemandSource};
use crate::problem::Problems;
use crate::units::{Date, Decimal, M3};

/// One day of one city. Volumes in m3 over the gas day.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Day {
    /// The gas day, named by the date it begins on.
    pub date: Date,
    /// Every customer's demand, by index in [`City::customers`].
    pub demand: Vec<M3>,
    /// Where the demand figures come from; `None` if a program gave them.
    pub demand_source: Option<DemandSource>,
    /// Every source's volume, by index in [`City::sources`]; `None` for a source that is silent that day.
    pub supply: Vec<Option<M3>>,
    /// What supply was moved to, where it is not that of the case.
    pub what_if: Option<WhatIf>,
    /// The clock hours of the gas day in order, 23 to 25 of them, where they are decided one by one; empty for the 24 from the
    /// start of the city's gas day.
    pub hours: Vec<u8>,
    /// What each block has borne this season, in equivalent full days, by index in [`City::districts`]; absent is 0.
    pub burdens: BTreeMap<u32, Decimal>,
    /// The past days on which each block had its turn, for rest and run, by index in [`City::districts`].
    pub turns: BTreeMap<u32, Vec<Date>>,
    /// What customers on a stop list have borne, by index in [`City::customers`]; absent is 0.
    pub customer_burdens: BTreeMap<u32, Decimal>,
    /// Customers whose volume is settled outside the plan, by index in [`City::customers`]: they get exactly this.
    pub pinned: BTreeMap<u32, M3>,
    /// What of the day is past, where the rest of it is decided again; [`super::revise::rest`] finds it. The supply is then what remains,
    /// and the demand the whole day's still.
    pub past: Option<Past>,
}

impl Day {
    /// A day with the figures that a program has at hand.
    pub const fn new(date: Date, demand: Vec<M3>, supply: Vec<Option<M3>>) -> Self {
        Self {
            date,
            demand,
            demand_source: None,
            supply,
            what_if: None,
            hours: Vec::new(),
            burdens: BTreeMap::new(),
            turns: BTreeMap::new(),
            customer_burdens: BTreeMap::new(),
            pinned: BTreeMap::new(),
            past: None,
        }
    }

    /// What of a customer's demand is still to come, in m3; all of it unless a part of the day is past.
    pub(crate) fn left(&self, customer: u32) -> u64 {
        let demand = self.demand.get(customer as usize).map_or(0, |demand| demand.get());
        self.past.as_ref().map_or(demand, |past| past.left(customer, demand))
    }

    /// Every customer's demand over the day as it turns out.
    pub(crate) fn demand_over_the_day(&self) -> Vec<M3> {
        (0..self.demand.len() as u32).map(|customer| M3(self.over_the_day(customer))).collect()
    }

    /// A day that is decided again as if it began now: its demand as it turns out, what the sources gave and have left, and nothing past.
    pub(crate) fn as_if_it_began_now(&self) -> Self {
        let given = |at: usize| self.past.as_ref().and_then(|past| past.given.get(at)).map_or(0, |given| given.volume);
        let supply = self.supply.iter().enumerate().map(|(at, left)| left.map(|left| left + M3(given(at)))).collect();
        Self { past: None, demand: self.demand_over_the_day(), supply, ..self.clone() }
    }

    /// A customer's demand over the day as it turns out: the forecast, and what it took above it in the past.
    pub(crate) fn over_the_day(&self, customer: u32) -> u64 {
        let demand = self.demand.get(customer as usize).map_or(0, |demand| demand.get());
        self.past.as_ref().map_or(demand, |past| past.over_the_day(customer, demand))
    }

    /// A day with the figures that the city has for it.
    ///
    /// # Errors
    /// All that is wrong with the day's figures; see [`City::demand_on`] and [`City::supply_on`].
    pub fn on(city: &City, date: Date) -> Result<(Self, Problems), Problems> {
        let (demand, mut notes) = city.demand_on(date)?;
        let (supply, worth_a_look) = city.supply_on(date, &demand.volumes)?;
        notes.extend(worth_a_look);
        let day = Self { demand_source: Some(demand.source), ..Self::new(date, demand.volumes, supply) };
        Ok((day, notes))
    }

    /// The same of the hours that are decided: all of them, or those that are not past.
    pub(super) fn clock_left(&self, city: &City) -> Vec<u8> {
        let mut clock = self.clock(city);
        if let Some(past) = &self.past {
            clock.retain(|hour| !past.elapsed.has(*hour));
        }
        clock
    }

    /// The clock hour at which each hour of the gas day begins.
    pub(super) fn clock(&self, city: &City) -> Vec<u8> {
        if !self.hours.is_empty() {
            return self.hours.clone();
        }
        (0..24).map(|hour| (city.settings.gas_day_start + hour) % 24).collect()
    }
}
