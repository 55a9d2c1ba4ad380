//! Demand from the weather: how much gas each class of customers takes on a day that is so cold, a Tuesday or a holiday.
//!
//! A [`Model`] is data: it may be estimated from years of figures, or written down by whoever knows better. What it says of a
//! day is whole cubic metres, in whole numbers all the way, so that it is the same on every machine.

mod days;
mod fit;
mod history;
mod messages;
mod model;
mod source;
#[cfg(test)]
mod tests;
mod weather;
mod write;

pub use days::apply;
pub use fit::{Fitted, FittedDay, FittedKind, fit};
pub use history::{ClassHistory, History, HistoryDay, LEAST_DAYS};
pub use messages::ForecastMessage;
pub use model::{ClassModel, DAYS_BEFORE, DayFactors, Model, Thousandths};
pub(crate) use model::{Cold, ONE};
#[cfg(feature = "files")]
pub(crate) use source::unknown_class;
pub use source::{DemandModel, Deviations, Fit};
pub use weather::Weather;
