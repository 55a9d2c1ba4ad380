//! What a turn weighs: equivalent full days (section 4 of the decision model).

use crate::units::Decimal;

/// Sums of burdens are rounded to so many parts of an equivalent full day, so that equal burdens are equal in whatever order they
/// were borne.
const GRID: u64 = 1_000_000_000;

/// What a block or a customer bears by giving up so much of a day's demand, both in m3.
pub(crate) fn of_a_day(cut: u64, demand: u64) -> Decimal {
    Decimal::ratio(cut, demand)
}

/// A sum in units of 10^-18, rounded to the grid.
pub(crate) fn on_grid(atto: u128) -> Decimal {
    let step = Decimal::ratio(1, GRID);
    let steps = (atto + step.atto() / 2) / step.atto();
    step.so_often(u64::try_from(steps).unwrap_or(u64::MAX))
}
