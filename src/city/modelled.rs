//! What a demand model expects of the days whose weather is known: for days without a forecast of demand.

use std::collections::BTreeMap;

use crate::problem::Origin;
use crate::units::{Celsius, M3, Moment};

/// What a demand model makes of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModelledDay {
    /// The model's file.
    pub model: Origin,
    /// The weather's table.
    pub weather: Origin,
    /// The day's mean temperature.
    pub temperature: Celsius,
    /// When it was issued, by the case's clock; `None` if the table does not say.
    pub issued: Option<Moment>,
    /// Who says so; the table's name if it does not say.
    pub source: Box<str>,
    /// How many days just before it have a temperature, at most [`crate::forecast::DAYS_BEFORE`].
    pub days_before: u32,
    /// Whether the model remembers more of the days before those than can be left aside.
    pub remembers_more: bool,
}

/// The same, with what each class takes.
#[derive(Clone, Debug)]
pub(crate) struct Modelled {
    pub day: ModelledDay,
    /// In m3 over the day, by index in [`crate::city::City::classes`].
    pub classes: BTreeMap<u32, M3>,
}
