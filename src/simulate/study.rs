//! A scenario made ready, and its winters on as many threads as there are.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::figures::{Count, Figure, Layout, Tally};
use super::homes::{Heating, Homes};
use super::supply::SourceModel;
use super::values::Values;
use super::winter::{Scratch, Seasons};
use super::winters::{Draw, Winters};
use crate::city::City;
use crate::decide::{Day, Prepared};
use crate::forecast::{Model, Weather};
use crate::policy::Policies;
use crate::problem::Problems;
use crate::units::{Celsius, Date, M3};

/// What a scenario rests on.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The city, already [condensed](super::condense()) or as it is.
    pub city: &'a City,
    /// Its policies.
    pub policies: &'a Policies,
    /// How demand follows the weather.
    pub demand: &'a Model,
    /// What each source gives; a source without an entry gives nothing.
    pub sources: &'a [SourceModel],
    /// The weather that was.
    pub weather: &'a Weather,
    /// How winters are drawn from it.
    pub draw: Draw,
    /// The first day of the season.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// What chance begins with.
    pub seed: u64,
}

/// A scenario made ready.
pub struct Study<'a> {
    seasons: Seasons<'a>,
    layout: Layout,
    city: &'a City,
    policies: &'a Policies,
    days: usize,
    heating: Option<Heating<'a>>,
}

/// A day of a winter.
#[derive(Clone, Copy, Debug)]
pub struct SimulatedDay<'d> {
    /// The mean temperature.
    pub temperature: Celsius,
    /// What everybody asks for, in m3.
    pub demand: M3,
    /// What the sources give, in m3.
    pub supplied: M3,
    /// What stores send out of that, in m3.
    pub sent_out: M3,
    /// What it was decided from: [`Prepared::decide`] says the same of it.
    pub inputs: &'d Day,
}

/// Winters are handed out so many at a time.
const CHUNK: u64 = 16;

impl<'a> Study<'a> {
    /// Makes a scenario ready; `None` if the weather holds no winter of the season.
    pub fn new(inputs: &Inputs<'a>, prepared: &'a Prepared<'a>) -> Option<Self> {
        let mut dates = Vec::new();
        let mut next = Some(inputs.from);
        while let Some(date) = next.filter(|date| *date <= inputs.until) {
            dates.push(date);
            next = date.next();
        }
        let days = dates.len();
        let winters = Winters::of(inputs.weather, inputs.from, days, inputs.draw)?;
        let seasons = Seasons::new(prepared, inputs.demand, inputs.sources, dates, winters, inputs.seed);
        let layout = Layout::of(inputs.city, inputs.policies);
        Some(Self { seasons, layout, city: inputs.city, policies: inputs.policies, days, heating: None })
    }

    /// Follows the indoor temperatures of homes, too: their figures come after the others.
    #[must_use]
    pub fn with_homes(mut self, homes: &Homes) -> Self {
        let heating = Heating::new(homes, self.city, self.policies);
        self.layout.with_homes(&heating);
        self.heating = Some(heating);
        self
    }

    /// Adds up what winters cost, too.
    #[must_use]
    pub fn with_values(mut self, values: &Values) -> Self {
        self.layout.with_values(values, self.city);
        self
    }

    /// How many winters the weather holds to draw from.
    pub fn weather_winters(&self) -> usize {
        self.seasons.weather_winters()
    }

    /// Goes through a winter and shows each of its days with what it was decided from, for those who decide it again or draw it.
    ///
    /// # Errors
    /// What is wrong with a day.
    pub fn days(&self, winter: u64, mut each: impl FnMut(&SimulatedDay<'_>)) -> Result<(), Problems> {
        self.seasons.winter_with(winter, &mut Scratch::default(), |day, inputs| {
            each(&SimulatedDay {
                temperature: day.temperature,
                demand: M3(day.demand),
                supplied: M3(day.supplied),
                sent_out: M3(day.sent_out),
                inputs,
            });
        })
    }

    /// What is counted.
    pub fn figures(&self) -> &[Figure] {
        &self.layout.figures
    }

    /// Simulates the winters `from..until`, on so many threads (at least one). `progress` hears now and then how many are done, from any
    /// of them; where it says `false` the work ends early.
    ///
    /// # Errors
    /// What is wrong with a day of the first winter that has such a day.
    pub fn run(
        &self,
        from: u64,
        until: u64,
        threads: usize,
        progress: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<Option<Tally>, Problems> {
        let (next, done, stop) = (AtomicU64::new(from), AtomicU64::new(0), AtomicBool::new(false));
        let failed: Mutex<Option<(u64, Problems)>> = Mutex::new(None);
        let work = || {
            let mut tally = Tally::new(&self.layout, self.days);
            let mut count = Count::new(&self.layout, self.city, self.policies).with_homes(self.heating.as_ref());
            let mut scratch = Scratch::default();
            loop {
                let first = next.fetch_add(CHUNK, Ordering::Relaxed);
                if first >= until || stop.load(Ordering::Relaxed) {
                    return tally;
                }
                let last = (first + CHUNK).min(until);
                for winter in first..last {
                    if let Err(problems) = self.winter(winter, &mut tally, &mut count, &mut scratch) {
                        stop.store(true, Ordering::Relaxed);
                        if let Ok(mut failed) = failed.lock()
                            && failed.as_ref().is_none_or(|(earlier, _)| winter < *earlier)
                        {
                            *failed = Some((winter, problems));
                        }
                        return tally;
                    }
                }
                let sum = done.fetch_add(last - first, Ordering::Relaxed) + (last - first);
                if !progress(sum) {
                    stop.store(true, Ordering::Relaxed);
                }
            }
        };
        let tallies = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads.max(1)).map(|_| scope.spawn(work)).collect();
            let own = work();
            let mut tallies = vec![own];
            tallies.extend(others.into_iter().filter_map(|other| other.join().ok()));
            tallies
        });
        if let Ok(mut failed) = failed.lock()
            && let Some((_, problems)) = failed.take()
        {
            return Err(problems);
        }
        let mut tallies = tallies.into_iter();
        let mut sum = tallies.next().unwrap_or_else(|| Tally::new(&self.layout, self.days));
        tallies.for_each(|tally| sum.merge(&tally));
        // Ended early, or a thread was lost: what there is is not what was asked for.
        Ok((sum.winters() == until.saturating_sub(from)).then_some(sum))
    }

    fn winter(
        &self,
        winter: u64,
        tally: &mut Tally,
        count: &mut Count<'_>,
        scratch: &mut Scratch,
    ) -> Result<(), Problems> {
        count.begin();
        self.seasons.winter(winter, scratch, |day| {
            let level = count.add(day);
            tally.day(winter, day.at, level, count);
        })?;
        tally.winter(winter, count);
        Ok(())
    }
}
