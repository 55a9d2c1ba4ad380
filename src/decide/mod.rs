//! From a policy, a city and a day to a [`Decision`]: pure functions, no files, no clock, no terminal.

pub mod allocate;
mod decision;
mod messages;
pub mod whatif;

pub use decision::*;
pub use messages::DecideMessage;

use std::collections::BTreeMap;

use crate::units::{Date, Decimal, M3};

/// One day of one city: everything that changes from day to day.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Day {
    /// The gas day, named by the date it begins on.
    pub date: Date,
    /// Every customer's demand, by index in [`crate::city::City::customers`], in m3.
    pub demand: Vec<M3>,
    /// Every source's volume, by index in [`crate::city::City::sources`], in m3; 0 for a source without a row.
    pub supply: Vec<M3>,
    /// What each block has borne this season, in equivalent full days, by index in [`crate::city::City::districts`].
    pub burdens: Vec<Decimal>,
    /// The past days on which each block had its turn, for rest and run; by index in [`crate::city::City::districts`].
    pub turns: BTreeMap<u32, Vec<Date>>,
    /// Customers whose volume is settled outside the plan, by index in [`crate::city::City::customers`].
    pub pinned: BTreeMap<u32, M3>,
}
