//! What each winter comes to, one by one, for those who look at winters and not at their sums.

use super::winter::DayOfWinter;
use crate::units::Celsius;

/// One winter in each scenario of an [`Ensemble`](super::Ensemble).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EachWinter {
    /// Its number, from 0.
    pub winter: u64,
    /// By scenario: its figures, in the order of [`Study::figures`](super::Study::figures).
    pub figures: Vec<Vec<u64>>,
    /// By scenario: its days, the first of the season first; empty where nobody asked for them.
    pub days: Vec<Vec<DayFigures>>,
}

/// What is counted of a day of a winter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DayFigures {
    /// The mean temperature.
    pub temperature: Celsius,
    /// Its level: 0 without one, else one more than its index in the policy.
    pub level: usize,
    /// What everybody asks for, in m3.
    pub demand: u64,
    /// What the sources give, in m3.
    pub supplied: u64,
    /// What stores send out of that, in m3.
    pub sent_out: u64,
    /// What customers lack, in m3.
    pub lost: u64,
    /// Of that, what a required stop withheld, in m3.
    pub withheld: u64,
    /// Of that, what the day's level did not authorise, in m3.
    pub beyond: u64,
}

impl DayFigures {
    /// A day, from what its winter had lost, withheld and lost beyond authority before it and has after it.
    pub(crate) fn of(day: &DayOfWinter<'_>, level: usize, before: [u64; 3], after: [u64; 3]) -> Self {
        let [lost, withheld, beyond] = std::array::from_fn(|at| after[at] - before[at]);
        let DayOfWinter { temperature, demand, supplied, sent_out, .. } = *day;
        Self { temperature, level, demand, supplied, sent_out, lost, withheld, beyond }
    }
}
