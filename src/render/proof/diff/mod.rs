//! What differs between two policies, as a screen, as data and as a table of customers.

mod csv;
mod json;
mod say;
mod screen;

pub(crate) use csv::write as csv;
pub(crate) use json::write as json;
pub(crate) use screen::page;

use crate::curve::Curve;
use crate::policy::Policy;
use crate::policy::compare::Difference;
use crate::prove::Fates;

/// Two policies, what differs in them, and in each balance of a city whose fate does.
pub(crate) struct Diff<'d> {
    /// A.
    pub one: &'d Policy,
    /// B.
    pub other: &'d Policy,
    /// The rules that differ.
    pub rules: Vec<Difference<'d>>,
    /// The balances of the city, under A and B alike; `None` without a city.
    pub balances: Option<Vec<Balance<'d>>>,
}

/// A balance of the city, and whose fate differs in it.
pub(crate) struct Balance<'d> {
    /// Its curve under A.
    pub curve: &'d Curve<'d>,
    /// Whether both curves are exact.
    pub proved: bool,
    /// Who fares differently under B.
    pub fates: Fates,
}
