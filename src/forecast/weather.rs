//! Weather as it was and as it is forecast: daily mean temperatures.

use crate::units::{Celsius, Date};

/// Daily mean temperatures without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weather {
    /// The first day.
    pub from: Date,
    /// A temperature a day, from the first.
    pub days: Vec<Celsius>,
}
