//! A scenario made ready, and its winters.

use super::each::DayFigures;
use super::figures::{Count, Figure, Layout, Tally};
use super::homes::{Heating, Homes};
use super::parallel::in_parallel;
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

/// A day of a winter that stands alone.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OneDay {
    /// The mean temperature.
    pub temperature: Celsius,
    /// What everybody asks for, in m3.
    pub demand: M3,
    /// What the sources give, in m3.
    pub supplied: M3,
    /// What stores send out of that, in m3.
    pub sent_out: M3,
    /// The level, by id.
    pub level: Option<String>,
    /// What is counted of it; the runs of days that it belongs to are not its own.
    pub figures: Vec<(Figure, u64)>,
    /// What it was decided from.
    pub inputs: Day,
}

/// What a thread keeps from winter to winter.
pub(crate) struct Worker<'s, 'a> {
    count: Count<'s>,
    scratch: Scratch<'a>,
}

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
        self.seasons.winter_with(winter, &mut self.seasons.scratch(), |day, inputs| {
            each(&SimulatedDay {
                temperature: day.temperature,
                demand: M3(day.demand),
                supplied: M3(day.supplied),
                sent_out: M3(day.sent_out),
                inputs,
            });
        })
    }

    /// One day of a winter with what is counted of it; `None` of a day outside of the season.
    ///
    /// # Errors
    /// What is wrong with a day of that winter.
    pub fn day(&self, winter: u64, date: Date) -> Result<Option<OneDay>, Problems> {
        let Worker { mut count, mut scratch } = self.worker();
        count.begin();
        let mut found = None;
        self.seasons.winter_with(winter, &mut scratch, |day, inputs| {
            let before = (inputs.date == date).then(|| count.numbers.clone());
            let level = count.add(day);
            let Some(before) = before else { return };
            let runs = [Figure::LongestShortage, Figure::LongestTurn];
            let figures = self.layout.figures.iter().zip(count.numbers.iter().zip(&before));
            let of_the_day = figures.filter(|(figure, _)| !runs.contains(figure));
            found = Some(OneDay {
                temperature: day.temperature,
                demand: M3(day.demand),
                supplied: M3(day.supplied),
                sent_out: M3(day.sent_out),
                level: level.checked_sub(1).and_then(|at| self.policies.main.levels.get(at)).map(|it| it.id.clone()),
                figures: of_the_day.map(|(figure, (now, then))| (figure.clone(), now - then)).collect(),
                inputs: inputs.clone(),
            });
        })?;
        Ok(found)
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
        let begin = || (self.empty(), self.worker());
        let each = |(tally, worker): &mut (Tally, Worker<'_, 'a>), winter| {
            self.winter(winter, tally, worker, None).map(|_| ())
        };
        let parts = in_parallel(from..until, threads, progress, begin, each)?;
        Ok(parts.map(|parts| {
            let mut sum = self.empty();
            parts.iter().for_each(|(part, _)| sum.merge(part));
            sum
        }))
    }

    /// The figures of no winter.
    pub(crate) fn empty(&self) -> Tally {
        Tally::new(&self.layout, self.days)
    }

    /// What a thread needs to go through one winter after another.
    pub(crate) fn worker(&self) -> Worker<'_, 'a> {
        Worker {
            count: Count::new(&self.layout, self.city, self.policies).with_homes(self.heating.as_ref()),
            scratch: self.seasons.scratch(),
        }
    }

    /// Takes in a winter, and tells its numbers in the order of the figures, and each of its days to who asks for them.
    ///
    /// # Errors
    /// What is wrong with a day of it.
    pub(crate) fn winter<'w>(
        &self,
        winter: u64,
        tally: &mut Tally,
        worker: &'w mut Worker<'_, 'a>,
        mut days: Option<&mut Vec<DayFigures>>,
    ) -> Result<&'w [u64], Problems> {
        let Worker { count, scratch } = worker;
        count.begin();
        self.seasons.winter(winter, scratch, |day| {
            let before = count.lost_so_far();
            let level = count.add(day);
            if let Some(days) = &mut days {
                days.push(DayFigures::of(day, level, before, count.lost_so_far()));
            }
            tally.day(winter, day.at, level, count);
        })?;
        tally.winter(winter, count);
        Ok(&count.numbers)
    }
}
