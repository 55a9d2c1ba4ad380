//! How much of a day's gas can reach those who ask for it, and nothing else of the day.

use super::{Day, Prepared, failed};
use crate::problem::Problems;

impl Prepared<'_> {
    /// What can reach the demand of all balances together, in m3; of each at most what is asked for there.
    ///
    /// # Errors
    /// As for [`Prepared::decide`].
    pub(crate) fn arrives(&self, day: &Day) -> Result<u64, Problems> {
        self.check(day)?;
        let scopes = std::iter::once(&self.urban).chain(&self.areas);
        let of = |scope| {
            let hourly = self.hourly(scope, day);
            super::balance::balance(self, scope, day, hourly.as_ref()).map(|own| own.deliverable).map_err(failed)
        };
        scopes.filter(|scope| scope.demand(day) > 0).map(of).sum()
    }
}
