//! The demand of a day: forecasts of customers and of groups, spread over the customers.

use crate::city::City;
use crate::problem::{Origin, Place, Problems};
use crate::units::{Date, M3};

/// One checked row of `demand.csv`: the forecast of a customer, or the total of a group.
#[derive(Clone, Debug)]
pub(crate) struct Forecast {
    /// Index in [`City::customers`]; then the group is empty.
    pub customer: Option<u32>,
    /// Index in [`City::districts`].
    pub district: Option<u32>,
    /// Index in [`City::companies`].
    pub company: Option<u32>,
    /// Index in [`City::classes`].
    pub class: Option<u32>,
    /// In m3 over the day.
    pub volume: M3,
    /// Where the row stands.
    pub place: Place,
}

/// Every customer's demand on one day, and where it comes from.
#[derive(Clone, Debug)]
pub struct DemandOfDay {
    /// In m3, by index in [`City::customers`].
    pub volumes: Vec<M3>,
    /// Where the figures come from.
    pub source: DemandSource,
}

/// Where a day's demand figures come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DemandSource {
    /// Every customer with demand has a forecast of the day.
    Forecast(Origin),
    /// Some customers' demand is their standing figure.
    Partly {
        /// Where the forecasts come from.
        forecast: Origin,
        /// Where the standing figures come from.
        standing: Origin,
        /// How many customers have no forecast of the day.
        customers: usize,
        /// Their demand together, in m3.
        volume: M3,
    },
    /// No row of the day: every figure is the customers' standing one.
    Standing(Origin),
}

impl City {
    /// The demand of a day by the model's rule: the most specific row wins.
    ///
    /// # Errors
    /// A day without a forecast where one is required, overlapping rows of equal rank, a group without demand to
    /// share by, totals out of bounds.
    pub fn demand_on(&self, day: Date) -> Result<(DemandOfDay, Problems), Problems> {
        let _ = day;
        todo!()
    }
}
