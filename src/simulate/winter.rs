//! One winter, day by day, through the same decision as any day.

use super::memory::Memory;
use super::quota::Quota;
use super::random::Random;
use super::supply::{Ready, Running, SourceModel};
use super::winters::{BEFORE, Winters};
use crate::city::City;
use crate::decide::{Day, Desk, Losses, Prepared};
use crate::forecast::{Cold, Model, ONE};
use crate::problem::Problems;
use crate::units::{Celsius, Date, M3};

/// A scenario made ready: all that is the same in every winter.
pub(crate) struct Seasons<'a> {
    city: &'a City,
    prepared: &'a Prepared<'a>,
    /// Each customer's district.
    district_of: Vec<u32>,
    dates: Vec<Date>,
    winters: Winters<'a>,
    seed: u64,
    /// The temperature from which degrees count.
    threshold: Celsius,
    /// How much classes remember of yesterday's cold, each memory once and in order.
    memories: Vec<u64>,
    demands: Vec<ClassDays<'a>>,
    /// How much the classes without a model take together, whatever the day, in m3.
    constant: u64,
    sources: Vec<Ready>,
    /// Whether all sources reach all customers, so that sums tell whether a day is short.
    one_pool: bool,
}

/// A class whose demand follows the weather.
struct ClassDays<'a> {
    model: &'a crate::forecast::ClassModel,
    /// Its memory, as an index in [`Seasons::memories`].
    memory: usize,
    purpose: String,
    /// The calendar's factor of each day of the season.
    factors: Vec<u64>,
    /// Its customers, by index in the city, and the part of each.
    customers: Vec<(u32, Quota)>,
    standing: u64,
}

/// What a winter needs to remember while it goes on; kept from one winter to the next, so that nothing is allocated anew.
#[derive(Default)]
pub(crate) struct Scratch<'p> {
    weather: Vec<Celsius>,
    degrees: Vec<u64>,
    volumes: Vec<u64>,
    remainders: Vec<u64>,
    order: Vec<u64>,
    memory: Memory,
    day: Option<Day>,
    desk: Desk<'p>,
}

/// A day of a winter.
#[derive(Debug)]
pub(crate) struct DayOfWinter<'d> {
    /// Which day of the season, from 0.
    pub at: usize,
    pub temperature: Celsius,
    /// In m3.
    pub demand: u64,
    /// What the sources give, in m3.
    pub supplied: u64,
    /// What the stores send out of that, in m3.
    pub sent_out: u64,
    /// The balances; empty if nothing is short anywhere.
    pub balances: &'d [Losses],
    /// What each customer of the city asked for, in m3; only of a day with balances.
    pub asked: &'d [M3],
}

impl<'a> Seasons<'a> {
    pub fn new(
        prepared: &'a Prepared<'a>,
        model: &'a Model,
        sources: &[SourceModel],
        dates: Vec<Date>,
        winters: Winters<'a>,
        seed: u64,
    ) -> Self {
        let city = prepared.city();
        let of_class = |class: &crate::forecast::ClassModel| {
            let customers = (0u32..).zip(&city.customers);
            let own = customers.filter(|(_, customer)| *city.classes[customer.class as usize] == *class.class);
            own.map(|(at, customer)| (at, customer.demand.get())).filter(|(_, standing)| *standing > 0).collect()
        };
        let mut memories: Vec<u64> = model.classes.iter().map(|class| class.memory).collect();
        memories.sort_unstable();
        memories.dedup();
        let demands: Vec<ClassDays<'_>> = model
            .classes
            .iter()
            .map(|class| {
                let customers: Vec<(u32, u64)> = of_class(class);
                let whole: u64 = customers.iter().map(|(_, standing)| standing).sum();
                let quota = |(customer, standing)| (customer, Quota::new(standing, whole));
                ClassDays {
                    model: class,
                    memory: memories.binary_search(&class.memory).unwrap_or_default(),
                    purpose: format!("demand {}", class.class),
                    factors: dates.iter().map(|date| class.days.on(*date, &city.workdays)).collect(),
                    standing: whole,
                    customers: customers.into_iter().map(quota).collect(),
                }
            })
            .filter(|class| class.standing > 0)
            .collect();
        let modelled: u64 = demands.iter().map(|class| class.standing).sum();
        let all: u64 = city.customers.iter().map(|customer| customer.demand.get()).sum();
        Self {
            city,
            prepared,
            district_of: city.customers.iter().map(|customer| customer.district).collect(),
            winters,
            seed,
            threshold: model.threshold,
            memories,
            demands,
            constant: all - modelled,
            sources: sources.iter().map(|source| Ready::new(source, &dates)).collect(),
            one_pool: prepared.is_one_pool(),
            dates,
        }
    }

    /// How many winters the weather holds.
    pub fn weather_winters(&self) -> usize {
        self.winters.len()
    }

    /// Goes through a winter and shows each of its days.
    ///
    /// # Errors
    /// What is wrong with a day, such as a source that gives nothing on any.
    pub fn winter(
        &self,
        number: u64,
        scratch: &mut Scratch<'a>,
        mut each: impl FnMut(&DayOfWinter<'_>),
    ) -> Result<(), Problems> {
        self.go(number, scratch, self.one_pool, |day, _| each(day))
    }

    /// Goes through a winter and shows each of its days with what it was decided from.
    ///
    /// # Errors
    /// As for [`Self::winter`].
    pub fn winter_with(
        &self,
        number: u64,
        scratch: &mut Scratch<'a>,
        each: impl FnMut(&DayOfWinter<'_>, &Day),
    ) -> Result<(), Problems> {
        self.go(number, scratch, false, each)
    }

    fn go(
        &self,
        number: u64,
        scratch: &mut Scratch<'a>,
        sums_tell: bool,
        mut each: impl FnMut(&DayOfWinter<'_>, &Day),
    ) -> Result<(), Problems> {
        let Scratch { weather, degrees, volumes, remainders, order, memory, day, desk } = scratch;
        self.winters.draw(self.seed, number, weather);
        let mut cold: Vec<Cold> = self.memories.iter().map(|memory| Cold::new(*memory)).collect();
        for today in &weather[..BEFORE] {
            cold.iter_mut().for_each(|cold| cold.add(*today));
        }
        let mut luck: Vec<Random> =
            self.demands.iter().map(|class| Random::of(self.seed, number, &class.purpose)).collect();
        let name = |source: &Ready| &*self.city.sources[source.source].id;
        let mut running: Vec<Running> =
            self.sources.iter().map(|source| source.begin(self.seed, number, name(source))).collect();
        let day = day.get_or_insert_with(|| self.standing_day());
        memory.begin(self.city.districts.len(), day);
        let (mut offers, mut gives) = (vec![0; self.sources.len()], Vec::new());
        volumes.resize(self.demands.len(), 0);
        for (at, date) in self.dates.iter().enumerate() {
            let today = weather[BEFORE + at];
            degrees.clear();
            for cold in &mut cold {
                cold.add(today);
                degrees.push(cold.degrees(self.threshold));
            }
            let mut demand = self.constant;
            for ((class, luck), volume) in self.demands.iter().zip(&mut luck).zip(volumes.iter_mut()) {
                *volume = class.volume(degrees[class.memory], at, luck);
                demand += *volume;
            }
            for ((source, running), offer) in self.sources.iter().zip(&mut running).zip(&mut offers) {
                *offer = source.offers(running, at, today);
            }
            let contracted: u64 = self.sources.iter().zip(&offers).filter(|(s, _)| !s.is_store()).map(|(_, v)| v).sum();
            let mut lacking = demand.saturating_sub(contracted);
            gives.clone_from(&offers);
            for (_, give) in self.sources.iter().zip(&mut gives).filter(|(source, _)| source.is_store()) {
                *give = lacking.min(*give);
                lacking -= *give;
            }
            let balances = if sums_tell && gives.iter().sum::<u64>() >= demand {
                Vec::new()
            } else {
                day.date = *date;
                for (class, volume) in self.demands.iter().zip(&*volumes) {
                    class.share(*volume, (remainders, order), &mut day.demand);
                }
                day.supply.fill(None);
                for (source, give) in self.sources.iter().zip(&gives) {
                    day.supply[source.source] = Some(M3(*give));
                }
                let decided = self.prepared.losses(day, desk)?;
                if self.one_pool {
                    decided
                } else {
                    self.as_far_as_it_reaches(decided, &offers, &mut gives, day, desk)?
                }
            };
            let (mut supplied, mut sent_out) = (0, 0);
            for (((source, running), offer), give) in self.sources.iter().zip(&mut running).zip(&offers).zip(&gives) {
                let given = source.ends(running, *offer, *give);
                supplied += given;
                sent_out += if source.is_store() { given } else { 0 };
            }
            let (temperature, asked) = (today, &*day.demand);
            each(&DayOfWinter { at, temperature, demand, supplied, sent_out, balances: &balances, asked }, day);
            self.remember(&balances, memory, day);
        }
        Ok(())
    }

    /// A day with what stores can really do for it. Where links, districts or companies keep gas apart, sums do not tell: then each store
    /// sends out, one after another, what reaches somebody whom nothing before it reaches.
    fn as_far_as_it_reaches(
        &self,
        decided: Vec<Losses>,
        offers: &[u64],
        gives: &mut [u64],
        day: &mut Day,
        desk: &mut Desk<'a>,
    ) -> Result<Vec<Losses>, Problems> {
        let is_store = |at: &usize| self.sources[*at].is_store() && offers[*at] > 0;
        let stores: Vec<usize> = (0..self.sources.len()).filter(is_store).collect();
        let is_short = decided.iter().any(|balance| balance.deliverable < balance.demand);
        let all_arrives = decided.iter().all(|balance| balance.deliverable == balance.supplied);
        if !is_short || stores.is_empty() || all_arrives && stores.iter().all(|at| gives[*at] == offers[*at]) {
            return Ok(decided);
        }
        let supply = |at: usize, volume: u64, day: &mut Day| day.supply[self.sources[at].source] = Some(M3(volume));
        stores.iter().for_each(|at| supply(*at, 0, day));
        let (mut reached, mut unlike) = (self.prepared.arrives(day)?, false);
        for at in stores {
            supply(at, offers[at], day);
            let more = self.prepared.arrives(day)?.saturating_sub(reached);
            supply(at, more, day);
            unlike |= gives[at] != more;
            gives[at] = more;
            reached += more;
        }
        if unlike { self.prepared.losses(day, desk) } else { Ok(decided) }
    }

    /// Lets the days to come know whose turn it was.
    fn remember(&self, balances: &[Losses], memory: &mut Memory, day: &mut Day) {
        if balances.iter().all(|balance| balance.turns.is_empty()) {
            return;
        }
        let mut asked = vec![0; self.city.districts.len()];
        self.district_of.iter().zip(&day.demand).for_each(|(block, demand)| asked[*block as usize] += demand.get());
        for (block, cut) in balances.iter().flat_map(|balance| &balance.turns) {
            memory.add(day, *block, *cut, asked[*block as usize]);
        }
    }

    /// A day on which everybody takes what the table says.
    fn standing_day(&self) -> Day {
        let demand = self.city.customers.iter().map(|customer| customer.demand).collect();
        Day::new(self.dates[0], demand, vec![None; self.city.sources.len()])
    }
}

impl ClassDays<'_> {
    fn volume(&self, degrees: u64, at: usize, luck: &mut Random) -> u64 {
        let chance = match self.model.errors.len() as u64 {
            0 => ONE,
            errors => self.model.errors[luck.below(errors) as usize],
        };
        self.model.volume(degrees, self.factors[at], chance)
    }

    /// Shares the class's volume among its customers as a row of `demand.csv` is shared: in proportion to standing demand, by largest
    /// remainder, ties by id.
    fn share(&self, volume: u64, (remainders, order): (&mut Vec<u64>, &mut Vec<u64>), demand: &mut [M3]) {
        remainders.clear();
        let mut left = volume;
        for (customer, quota) in &self.customers {
            let (part, rest) = quota.of(volume);
            demand[*customer as usize] = M3(part);
            left -= part;
            remainders.push(rest);
        }
        let Some(last) = (left as usize).checked_sub(1) else { return };
        order.clone_from(remainders);
        order.sort_unstable_by(|a, b| b.cmp(a));
        // Those above the last remainder that counts, and of those equal to it as many as are left, by id.
        let least = order.get(last).copied().unwrap_or_default();
        let mut equals = left as usize - order.partition_point(|rest| *rest > least);
        for ((customer, _), rest) in self.customers.iter().zip(&*remainders) {
            let equal = *rest == least && equals > 0;
            equals -= usize::from(equal);
            demand[*customer as usize].0 += u64::from(*rest > least || equal);
        }
    }
}
