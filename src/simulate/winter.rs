//! One winter, day by day, through the same decision as any day.

use super::class_days::{ClassDays, Shares};
use super::enough::Enough;
use super::memory::Memory;
use super::random::Random;
use super::supply::{Ready, Running, SourceModel};
use super::winters::{BEFORE, Winters};
use crate::city::City;
use crate::decide::{Day, Desk, Losses, Prepared};
use crate::forecast::{Cold, Model};
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
    /// Where the sources reach them by a network: what tells of most days that it brings all.
    enough: Option<Enough>,
}

/// What a winter needs to remember while it goes on; kept from one winter to the next, so that nothing is allocated anew.
pub(crate) struct Scratch<'p> {
    weather: Vec<Celsius>,
    /// By memory: how cold it counts as, and so many degrees below the threshold.
    cold: Vec<Cold>,
    degrees: Vec<u64>,
    /// By class: its chance, and what it takes.
    luck: Vec<Random>,
    volumes: Vec<u64>,
    shares: Shares,
    /// By source: its state, what it could give, and what it gives.
    running: Vec<Running>,
    offers: Vec<u64>,
    gives: Vec<u64>,
    memory: Memory,
    day: Day,
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
    /// What each customer of the city asked for, in m3: of those who lack gas in these balances; of others it may be another day's.
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
        let mut memories: Vec<u64> = model.classes.iter().map(|class| class.memory).collect();
        memories.sort_unstable();
        memories.dedup();
        let demands = ClassDays::all(city, model, &memories, &dates);
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
            constant: all - modelled,
            sources: sources.iter().map(|source| Ready::new(source, &dates)).collect(),
            one_pool: prepared.is_one_pool(),
            enough: Enough::new(prepared, demands.iter().map(|class| class.class)),
            demands,
            dates,
        }
    }

    /// How many winters the weather holds.
    pub fn weather_winters(&self) -> usize {
        self.winters.len()
    }

    /// Room for one winter after another.
    pub fn scratch(&self) -> Scratch<'a> {
        let demand = self.city.customers.iter().map(|customer| customer.demand).collect();
        Scratch {
            weather: Vec::new(),
            cold: Vec::new(),
            degrees: Vec::new(),
            luck: Vec::new(),
            volumes: vec![0; self.demands.len()],
            shares: Shares::default(),
            running: Vec::new(),
            offers: vec![0; self.sources.len()],
            gives: vec![0; self.sources.len()],
            memory: Memory::default(),
            // Who has no model takes on every day what the table says.
            day: Day::new(self.dates[0], demand, vec![None; self.city.sources.len()]),
            desk: Desk::default(),
        }
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
        self.go(number, scratch, true, |day, _| each(day))
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

    /// `sums_will_do` where nobody asks what those take who lack nothing.
    fn go(
        &self,
        number: u64,
        scratch: &mut Scratch<'a>,
        sums_will_do: bool,
        mut each: impl FnMut(&DayOfWinter<'_>, &Day),
    ) -> Result<(), Problems> {
        self.begin(number, scratch);
        for (at, date) in self.dates.iter().enumerate() {
            let temperature = scratch.weather[BEFORE + at];
            scratch.day.date = *date;
            let demand = self.demand(at, temperature, scratch);
            self.supply(at, temperature, demand, scratch);
            let balances = self.decide(demand, sums_will_do, scratch)?;
            let (supplied, sent_out) = self.close(scratch);
            let asked = &*scratch.day.demand;
            let day = DayOfWinter { at, temperature, demand, supplied, sent_out, balances: &balances, asked };
            each(&day, &scratch.day);
            self.remember(&balances, scratch);
        }
        Ok(())
    }

    /// Before the first day.
    fn begin(&self, number: u64, scratch: &mut Scratch<'a>) {
        let Scratch { weather, cold, luck, running, memory, day, .. } = scratch;
        self.winters.draw(self.seed, number, weather);
        cold.clear();
        cold.extend(self.memories.iter().map(|memory| Cold::new(*memory)));
        for today in &weather[..BEFORE] {
            cold.iter_mut().for_each(|cold| cold.add(*today));
        }
        luck.clear();
        luck.extend(self.demands.iter().map(|class| class.luck(self.seed, number)));
        running.clear();
        let name = |source: &Ready| &*self.city.sources[source.source].id;
        running.extend(self.sources.iter().map(|source| source.begin(self.seed, number, name(source))));
        memory.begin(self.city.districts.len(), day);
    }

    /// What everybody asks for, in m3: class by class, whoever of its customers asks for it.
    fn demand(&self, at: usize, today: Celsius, scratch: &mut Scratch<'a>) -> u64 {
        let Scratch { cold, degrees, luck, volumes, .. } = scratch;
        degrees.clear();
        degrees.extend(cold.iter_mut().map(|cold| {
            cold.add(today);
            cold.degrees(self.threshold)
        }));
        let mut demand = self.constant;
        for ((class, luck), volume) in self.demands.iter().zip(luck).zip(volumes) {
            *volume = class.volume(degrees[class.memory], at, luck);
            demand += *volume;
        }
        demand
    }

    /// What sources could give, and what they give as far as sums tell: a store, after those before it, what is lacking otherwise.
    fn supply(&self, at: usize, today: Celsius, demand: u64, scratch: &mut Scratch<'a>) {
        let Scratch { running, offers, gives, .. } = scratch;
        let mut lacking = demand;
        for ((source, running), offer) in self.sources.iter().zip(running).zip(&mut *offers) {
            *offer = source.offers(running, at, today);
            lacking = lacking.saturating_sub(if source.is_store() { 0 } else { *offer });
        }
        for ((source, offer), give) in self.sources.iter().zip(offers).zip(gives) {
            *give = if source.is_store() { lacking.min(*offer) } else { *offer };
            lacking -= if source.is_store() { *give } else { 0 };
        }
    }

    /// Who lacks what; empty if nobody does.
    fn decide(&self, demand: u64, sums_will_do: bool, scratch: &mut Scratch<'a>) -> Result<Vec<Losses>, Problems> {
        let supplied = scratch.gives.iter().sum();
        let sums_tell = sums_will_do && self.one_pool;
        let brings_all = |enough: &Enough| enough.for_all(self.prepared, &scratch.volumes, &self.given(&scratch.gives));
        let tells = supplied >= demand && (sums_tell || sums_will_do && self.enough.as_ref().is_some_and(brings_all));
        if tells {
            return Ok(Vec::new());
        }
        let outlook = sums_tell.then(|| {
            let date = scratch.day.date;
            self.prepared.outlook(date, demand, supplied, &mut scratch.desk)
        });
        let outlook = outlook.flatten();
        let reached = |class: &ClassDays<'_>| outlook.as_ref().is_some_and(|outlook| outlook.reaches(class.class));
        if let Some(outlook) = &outlook {
            self.ask(scratch, reached);
            if let Some(covered) = self.prepared.covered(&scratch.day, outlook) {
                return Ok(vec![covered]);
            }
        }
        self.ask(scratch, |class| !reached(class));
        let Scratch { day, gives, desk, .. } = scratch;
        day.supply.fill(None);
        for (source, give) in self.sources.iter().zip(gives) {
            day.supply[source.source] = Some(M3(*give));
        }
        let decided = self.prepared.losses(day, desk)?;
        if self.one_pool { Ok(decided) } else { self.as_far_as_it_reaches(decided, scratch) }
    }

    /// What the sources of the city give if those of the scenario give so much, in m3.
    fn given(&self, gives: &[u64]) -> Vec<u64> {
        let mut given = vec![0; self.city.sources.len()];
        self.sources.iter().zip(gives).for_each(|(source, give)| given[source.source] = *give);
        given
    }

    /// Shares what some classes take among their customers.
    fn ask(&self, scratch: &mut Scratch<'a>, whom: impl Fn(&ClassDays<'_>) -> bool) {
        let Scratch { volumes, shares, day, .. } = scratch;
        for (class, volume) in self.demands.iter().zip(volumes).filter(|(class, _)| whom(class)) {
            class.share(*volume, shares, &mut day.demand);
        }
    }

    /// A day with what stores can really do for it. Where links, districts or companies keep gas apart, sums do not tell: then each store
    /// sends out, one after another, what reaches somebody whom nothing before it reaches.
    fn as_far_as_it_reaches(&self, decided: Vec<Losses>, scratch: &mut Scratch<'a>) -> Result<Vec<Losses>, Problems> {
        let Scratch { day, offers, gives, desk, .. } = scratch;
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

    /// Ends a day, and tells what the sources gave and what stores sent out of that, in m3.
    fn close(&self, scratch: &mut Scratch<'a>) -> (u64, u64) {
        let Scratch { running, offers, gives, .. } = scratch;
        let (mut supplied, mut sent_out) = (0, 0);
        for (((source, running), offer), give) in self.sources.iter().zip(running).zip(offers).zip(gives) {
            let given = source.ends(running, *offer, *give);
            supplied += given;
            sent_out += if source.is_store() { given } else { 0 };
        }
        (supplied, sent_out)
    }

    /// Lets the days to come know whose turn it was.
    fn remember(&self, balances: &[Losses], scratch: &mut Scratch<'a>) {
        let Scratch { memory, day, .. } = scratch;
        if balances.iter().all(|balance| balance.turns.is_empty()) {
            return;
        }
        let mut asked = vec![0; self.city.districts.len()];
        self.district_of.iter().zip(&day.demand).for_each(|(block, demand)| asked[*block as usize] += demand.get());
        for (block, cut) in balances.iter().flat_map(|balance| &balance.turns) {
            memory.add(day, *block, *cut, asked[*block as usize]);
        }
    }
}
