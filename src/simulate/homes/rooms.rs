//! The indoor temperatures of a winter, hour by hour.

use super::causes::{Cause, Causes};
use super::decay::{DEGREE, Decay, Nano};
use super::gas::{Gas, HOURS, Parts, Shares, WHOLE, shares};
use super::{Building, Homes};
use crate::city::City;
use crate::decide::{Kind, Loss, Losses};
use crate::policy::{Cut, Policies};
use crate::simulate::Figure;
use crate::units::{Celsius, M3};

/// Rooms as close as this to those that nobody cuts are as warm as those.
const CLOSE: Nano = DEGREE / 1_000_000;

/// The homes of a city, made ready.
#[derive(Clone, Debug)]
pub(crate) struct Heating<'a> {
    city: &'a City,
    policies: &'a Policies,
    causes: Causes,
    /// What a room counts as cold below, and the same as a thermometer with tenths of a degree shows it.
    limits: Vec<(Celsius, Nano)>,
    buildings: Vec<Built>,
    groups: Vec<Group>,
    /// By building, its groups.
    groups_of: Vec<Vec<usize>>,
    /// By customer.
    group_of: Vec<Option<usize>>,
}

#[derive(Clone, Debug)]
struct Built {
    decay: Decay,
    indoor: Nano,
    gains: Nano,
    /// How much warmer than outside the boiler can make it, gains apart.
    most: Nano,
}

/// The homes of a customer.
#[derive(Clone, Debug)]
struct Group {
    customer: usize,
    building: usize,
    households: u64,
    shares: Shares,
}

const fn nano(celsius: Celsius) -> Nano {
    celsius.get() as Nano * (DEGREE / 100)
}

impl<'a> Heating<'a> {
    pub fn new(homes: &Homes, city: &'a City, policies: &'a Policies) -> Self {
        let built = |building: &Building| Built {
            decay: Decay::new(building.time_constant),
            indoor: nano(building.indoor),
            gains: nano(building.gains),
            most: nano(building.indoor) - nano(building.gains) - nano(building.outdoor),
        };
        let (mut groups, mut group_of) = (Vec::new(), vec![None; city.customers.len()]);
        for (at, customer) in city.customers.iter().enumerate() {
            let class = &*city.classes[customer.class as usize];
            let building = homes.classes.iter().position(|(own, _)| own == class);
            let households = customer.more.as_deref().map_or(0, |more| more.households);
            let Some(building) = building.filter(|_| households > 0) else { continue };
            let profile = customer.profile.and_then(|profile| city.profiles.get(profile as usize));
            group_of[at] = Some(groups.len());
            groups.push(Group {
                customer: at,
                building,
                households,
                shares: shares(profile, city.settings.gas_day_start),
            });
        }
        let of_building = |building: usize| (0..groups.len()).filter(|at| groups[*at].building == building).collect();
        Self {
            city,
            policies,
            groups_of: (0..homes.classes.len()).map(of_building).collect(),
            causes: Causes::of(city, policies),
            limits: homes.limits.iter().map(|limit| (*limit, nano(*limit) - DEGREE / 20)).collect(),
            buildings: homes.classes.iter().map(|(_, building)| built(building)).collect(),
            groups,
            group_of,
        }
    }

    /// What is counted, in the order of the numbers: for each limit by cause, flats, the longest run; then the coldest.
    pub fn figures(&self) -> Vec<Figure> {
        let mut figures = Vec::new();
        for (limit, _) in &self.limits {
            let of = |cause: &Cause| Figure::ColdHours(*limit, cause.clone());
            figures.extend(self.causes.all.iter().map(of));
            figures.extend([Figure::ColdHomes(*limit), Figure::LongestCold(*limit)]);
        }
        figures.push(Figure::Coldest);
        figures
    }
}

/// What a room did in one stretch of even heat.
#[derive(Clone, Copy)]
struct Stretch {
    hours: usize,
    from: Nano,
    to: Nano,
}

/// The hours of a stretch at whose end it is cold: its first ones, or its last.
#[derive(Clone, Copy, Debug, Default)]
struct Below {
    hours: usize,
    first: bool,
}

impl Stretch {
    fn below(self, decay: &Decay, limit: Nano) -> Below {
        let cold = |hour: usize| decay.after(hour, self.from, self.to) < limit;
        // Within a stretch the temperature goes one way.
        match (cold(1), cold(self.hours)) {
            (false, false) => Below::default(),
            (true, true) => Below { hours: self.hours, first: true },
            (true, false) => Below { hours: (1..self.hours).take_while(|hour| cold(*hour)).count(), first: true },
            (false, true) => {
                Below { hours: (1..=self.hours).rev().take_while(|hour| cold(*hour)).count(), first: false }
            }
        }
    }
}

/// The rooms of a winter while it goes on.
#[derive(Clone, Debug)]
pub(crate) struct Rooms<'h, 'a> {
    heating: &'h Heating<'a>,
    /// By building: how warm all the gas it asks for made it, yesterday and today.
    base: Vec<(Nano, Nano)>,
    /// By group, then by cause: with this cause and those before it.
    temperatures: Vec<Nano>,
    /// By group: whether any of its temperatures is another than its building's.
    apart: Vec<bool>,
    /// The groups that are cut today or apart from days before, in order.
    touched: Vec<usize>,
    /// By building: how many of its groups are among those.
    touched_of: Vec<usize>,
    /// By group, then by limit.
    runs: Vec<u64>,
    /// By building: whether any of its groups has a run that goes on.
    running: Vec<bool>,
    fell: Vec<bool>,
    /// The cuts of a day: group, cause, m3.
    cuts: Vec<(usize, usize, u64, Option<&'a Cut>)>,
    /// Cold hours of a group's day, by cause and then by limit.
    hours: Vec<u64>,
    /// Cold hours of the homes that nobody cuts, by limit.
    below: Vec<Below>,
}

impl<'h, 'a> Rooms<'h, 'a> {
    pub fn new(heating: &'h Heating<'a>) -> Self {
        let (groups, limits) = (heating.groups.len(), heating.limits.len());
        Self {
            base: vec![(0, 0); heating.buildings.len()],
            temperatures: vec![0; groups * heating.causes.all.len()],
            apart: vec![false; groups],
            touched: Vec::new(),
            touched_of: vec![0; heating.buildings.len()],
            runs: vec![0; groups * limits],
            running: vec![false; heating.buildings.len()],
            fell: vec![false; groups * limits],
            cuts: Vec::new(),
            hours: vec![0; heating.causes.all.len() * limits],
            below: vec![Below::default(); limits],
            heating,
        }
    }

    /// Before the first day every room is as warm as its boiler keeps it.
    pub fn begin(&mut self) {
        self.base
            .iter_mut()
            .zip(&self.heating.buildings)
            .for_each(|(base, built)| *base = (built.indoor, built.indoor));
        self.apart.fill(false);
        self.touched.clear();
        self.runs.fill(0);
        self.running.fill(false);
        self.fell.fill(false);
    }

    /// Goes through a day: how cold it is outside, who lacks what, and what everybody asked for.
    pub fn day(&mut self, outside: Celsius, balances: &[Losses], asked: &[M3], numbers: &mut [u64]) {
        self.collect(balances);
        let (heating, causes) = (self.heating, self.heating.causes.all.len());
        // Who was apart yesterday and who is cut today, each once and in order.
        self.touched.extend(self.cuts.iter().map(|cut| cut.0));
        self.touched.sort_unstable();
        self.touched.dedup();
        self.touched_of.fill(0);
        self.touched.iter().for_each(|at| self.touched_of[heating.groups[*at].building] += 1);
        for building in 0..self.base.len() {
            self.untouched(building, outside, numbers);
        }
        let (cuts, mut touched) = (std::mem::take(&mut self.cuts), std::mem::take(&mut self.touched));
        let mut left = cuts.as_slice();
        touched.retain(|at| {
            let own = left.iter().take_while(|cut| cut.0 == *at).count();
            let (cuts, others) = left.split_at(own);
            left = others;
            let building = heating.groups[*at].building;
            let (before, base) = self.base[building];
            if !self.apart[*at] {
                self.temperatures[at * causes..][..causes].fill(before);
            }
            self.cut(*at, outside, cuts, asked, numbers);
            let limits = heating.limits.len();
            self.running[building] |= self.runs[at * limits..][..limits].iter().any(|run| *run > 0);
            let own = &self.temperatures[at * causes..][..causes];
            self.apart[*at] = own.iter().any(|own| (own - base).abs() > CLOSE);
            self.apart[*at]
        });
        (self.cuts, self.touched) = (cuts, touched);
    }

    /// A day of a building: how warm all the gas it asks for makes it, and what that is to those of its groups that no cut has touched
    /// lately, for whom the weather alone counts.
    fn untouched(&mut self, building: usize, outside: Celsius, numbers: &mut [u64]) {
        let heating = self.heating;
        let (built, groups) = (&heating.buildings[building], &heating.groups_of[building]);
        let (_, from) = self.base[building];
        let all = Stretch { hours: HOURS, from, to: built.heated(outside, WHOLE) };
        let after = built.decay.after(HOURS, from, all.to);
        self.base[building] = (from, after);
        if self.touched_of[building] == groups.len() {
            self.running[building] = false;
            return;
        }
        coldest(numbers, built, after);
        let mut cold = false;
        for (below, (_, limit)) in self.below.iter_mut().zip(&heating.limits) {
            *below = all.below(&built.decay, *limit);
            cold |= below.hours > 0;
        }
        // Nobody is cold, and nobody has been until now: so it is on nearly all days.
        if !std::mem::take(&mut self.running[building]) && !cold {
            return;
        }
        let touched = std::mem::take(&mut self.touched);
        let mut others = touched.iter().peekable();
        for at in groups {
            while others.next_if(|other| *other < at).is_some() {}
            if others.next_if_eq(&at).is_some() {
                continue;
            }
            for limit in 0..heating.limits.len() {
                let below = self.below[limit];
                numbers[limit * heating.per_limit()] += heating.groups[*at].households * below.hours as u64;
                self.run(*at, limit, HOURS, below, numbers);
                self.running[building] |= self.runs[at * heating.limits.len() + limit] > 0;
            }
        }
        self.touched = touched;
    }

    /// The cuts of customers with homes, by group and cause.
    fn collect(&mut self, balances: &[Losses]) {
        self.cuts.clear();
        let heating = self.heating;
        for balance in balances {
            let own = balance.area.and_then(|area| heating.city.districts[area as usize].policy.as_deref());
            let policy = heating.policies.named(own);
            let cut = |loss: &Loss| {
                let measure = loss.measure.filter(|_| loss.kind != Kind::Firm)?;
                let action = policy.measures.get(measure as usize)?.at.get(balance.level.unwrap_or(0))?;
                action.as_ref().map(|action| &action.cut)
            };
            for loss in &balance.losses {
                if let Some(group) = heating.group_of[loss.customer as usize] {
                    self.cuts.push((group, heating.causes.cause(balance, loss), loss.lost, cut(loss)));
                }
            }
        }
        // Within a group and cause the order stays that of the slices.
        self.cuts.sort_by_key(|(group, cause, ..)| (*group, *cause));
    }

    /// A day of a group that is cut, or still colder from a cut before.
    fn cut(
        &mut self,
        at: usize,
        outside: Celsius,
        cuts: &[(usize, usize, u64, Option<&Cut>)],
        asked: &[M3],
        numbers: &mut [u64],
    ) {
        let heating = self.heating;
        let (causes, limits) = (heating.causes.all.len(), heating.limits.len());
        let group = &heating.groups[at];
        let built = &heating.buildings[group.building];
        let mut left = cuts;
        let mut gas: Option<Gas> = None;
        let mut parts: Parts = [WHOLE; HOURS];
        let mut hours = std::mem::take(&mut self.hours);
        hours.fill(0);
        let mut last: Option<(Nano, Nano)> = None;
        for cause in 0..causes {
            let own = left.iter().take_while(|cut| cut.1 == cause).count();
            for (_, _, lost, cut) in &left[..own] {
                let gas = gas.get_or_insert_with(|| {
                    Gas::new(asked[group.customer].get(), &group.shares, heating.city.settings.gas_day_start)
                });
                gas.cut(*lost, *cut);
            }
            left = &left[own..];
            if own > 0 {
                parts = gas.as_ref().map_or(parts, Gas::parts);
            }
            let from = self.temperatures[at * causes + cause];
            let is_last = cause + 1 == causes;
            if let Some((earlier, after)) = last.filter(|(earlier, _)| own == 0 && *earlier == from && !is_last) {
                last = Some((earlier, after));
                self.temperatures[at * causes + cause] = after;
                hours.copy_within((cause - 1) * limits..cause * limits, cause * limits);
                continue;
            }
            let mut now = from;
            let mut hour = 0;
            while hour < HOURS {
                let same = parts[hour..].iter().take_while(|part| **part == parts[hour]).count();
                let stretch = Stretch { hours: same, from: now, to: built.heated(outside, parts[hour]) };
                for limit in 0..limits {
                    let below = stretch.below(&built.decay, heating.limits[limit].1);
                    hours[cause * limits + limit] += below.hours as u64;
                    if is_last {
                        self.run(at, limit, same, below, numbers);
                    }
                }
                now = built.decay.after(same, now, stretch.to);
                if is_last {
                    coldest(numbers, built, now);
                }
                hour += same;
            }
            self.temperatures[at * causes + cause] = now;
            last = Some((from, now));
        }
        for limit in 0..limits {
            let of = |cause: usize| hours[cause * limits + limit];
            let all = of(causes - 1);
            // What comes back after a stop may make an hour warmer than it would have been. Each cause then counts for what it
            // leaves, so that causes add up to the hours there were.
            let mut counted = 0;
            for cause in 0..causes {
                let upto = of(cause).max(counted).min(all);
                numbers[limit * heating.per_limit() + cause] += group.households * (upto - counted);
                counted = upto;
            }
        }
        self.hours = hours;
    }

    /// Takes in a stretch of the rooms as they were.
    fn run(&mut self, at: usize, limit: usize, hours: usize, below: Below, numbers: &mut [u64]) {
        let heating = self.heating;
        let of = at * heating.limits.len() + limit;
        let cold = below.hours as u64;
        let longest = if below.first || cold == 0 {
            self.runs[of] += cold;
            let longest = self.runs[of];
            if below.hours < hours {
                self.runs[of] = 0;
            }
            longest
        } else {
            self.runs[of] = cold;
            cold
        };
        let causes = heating.causes.all.len();
        let numbers = &mut numbers[limit * heating.per_limit() + causes..];
        numbers[1] = numbers[1].max(longest);
        if cold > 0 && !std::mem::replace(&mut self.fell[of], true) {
            numbers[0] += heating.groups[at].households;
        }
    }
}

/// Remembers how far a room is below what its boiler keeps, in hundredths of a degree.
fn coldest(numbers: &mut [u64], built: &Built, now: Nano) {
    if let Some(coldest) = numbers.last_mut() {
        let below = (built.indoor - now).max(0) / (DEGREE / 100);
        *coldest = (*coldest).max(below as u64);
    }
}

impl Heating<'_> {
    /// How many numbers each limit has: its causes, the homes, the longest run.
    const fn per_limit(&self) -> usize {
        self.causes.all.len() + 2
    }
}

impl Built {
    /// Where the temperature goes while it gets this part of the gas it asks for.
    fn heated(&self, outside: Celsius, part: u64) -> Nano {
        let unheated = nano(outside) + self.gains;
        let need = (self.indoor - unheated).clamp(0, self.most);
        unheated + (i128::from(need) * i128::from(part) / i128::from(WHOLE)) as Nano
    }
}

// Its city is under a plan that has a name, which stands outside of the source.
#[cfg(test)]
#[path = "../../../tests/inside/homes.rs"]
mod tests;
