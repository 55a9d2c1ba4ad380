//! A sample of days, decided again with the linear program beside the exact algorithm.

use super::results::{Confirmed, Span};
use super::study::Study;
use crate::decide::{Day, Prepared};
use crate::problem::Problems;

/// About so many winters of a run give a day to the sample.
const SAMPLE: u64 = 24;

impl Study<'_> {
    /// Lets `decide` confirm days of the run by the linear program: of winters at even steps the day on which sources lack most, if it is
    /// short. `prepared` is of the same city and policies and confirms. Which days they are follows from the run as a whole, so parts of it
    /// add up.
    ///
    /// # Errors
    /// What is wrong with such a day.
    pub fn confirm(&self, prepared: &Prepared<'_>, winters: Span) -> Result<Confirmed, Problems> {
        let step = winters.of.div_ceil(SAMPLE).max(1);
        let mut confirmed = Confirmed::default();
        for winter in (winters.from.next_multiple_of(step)..winters.until).step_by(step as usize) {
            let mut worst: Option<(u64, Day)> = None;
            self.days(winter, |day| {
                let lacks = (day.demand.get() + LEAST).saturating_sub(day.supplied.get());
                if worst.as_ref().is_none_or(|(most, _)| *most < lacks) {
                    worst = Some((lacks, day.inputs.clone()));
                }
            })?;
            let Some((_, day)) = worst else { continue };
            let decision = prepared.decide(&day)?;
            let short = std::iter::once(&decision).chain(&decision.areas).any(|area| !area.totals.cut_m3.is_zero());
            confirmed.days += u64::from(short);
            confirmed.agreed += u64::from(short && decision.confirmed);
        }
        Ok(confirmed)
    }
}

/// Sources that give more than is asked for lack less than nothing, and still one day is the tightest.
const LEAST: u64 = 1_000_000_000_000_000;
