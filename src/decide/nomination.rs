//! How much of the day's nomination is taken, and when it will be used up: a supplier may close its valve on a city that has
//! overdrawn its allocation.

use std::collections::BTreeSet;

use super::Day;
use crate::city::{City, Metered};
use crate::units::{Decimal, M3, mul_div};

/// How the day's nomination stands, by what was taken of it so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Nomination {
    /// What all sources together may give on the day, in m3.
    pub volume_m3: M3,
    /// What was taken of it so far, in m3.
    pub taken_m3: M3,
    /// The clock hour until which that is known.
    pub until: u8,
    /// The greatest share to be warned of that is reached.
    pub reached: Option<Decimal>,
    /// The clock hour at whose beginning the hour begins in which all of it is used up: by what was taken, or if the rest of the day goes on
    /// as its profile says. `None` if that is not before the end of the day.
    pub used_up_in: Option<u8>,
    /// What will have been taken by the end of the day at that rate, in m3.
    pub by_the_end_m3: M3,
}

impl Nomination {
    /// From the day's figures by the hour: of the sources if each that gives something on the day has one for an hour, else of the districts if each
    /// with demand has. Hours count from the beginning of the day up to the first without figures; `None` if that is the first.
    ///
    /// What is taken in a later hour is to what was taken so far as the day's forecast has it by its profiles. `warn` are the
    /// shares to be warned of.
    pub fn of(city: &City, day: &Day, warn: &[Decimal]) -> Option<Self> {
        let volume: M3 = day.supply.iter().flatten().copied().sum();
        let start = city.settings.gas_day_start;
        // An hour that the clock shows twice has one figure.
        let clock = day.clock(city);
        let mut hours = clock.clone();
        hours.dedup();
        let shown = |hour: u8| clock.iter().filter(|shown| **shown == hour).count() as u128;
        let taken = by_source(city, day, &hours).or_else(|| by_district(city, day, &hours))?;
        let forecast: Vec<u128> = hours.iter().map(|hour| shown(*hour) * forecast(city, day, *hour)).collect();
        let known: u128 = forecast.iter().take(taken.len()).sum();
        let so_far: u64 = taken.iter().sum();
        let (mut sum, mut used_up_in) = (0u64, None);
        for (at, hour) in hours.iter().enumerate() {
            sum = match taken.get(at) {
                Some(taken) => sum + taken,
                None => {
                    let later: u128 = forecast.iter().take(at + 1).sum();
                    u64::try_from(mul_div(u128::from(so_far), later, known.max(1)).0).unwrap_or(u64::MAX).max(sum)
                }
            };
            if sum >= volume.get() && used_up_in.is_none() {
                used_up_in = Some(*hour);
            }
        }
        let is_reached = |share: &&Decimal| share.fraction().compare(so_far, volume.get()).is_ge();
        Some(Self {
            volume_m3: volume,
            taken_m3: M3(so_far),
            until: hours.get(taken.len()).copied().unwrap_or(start),
            reached: warn.iter().filter(is_reached).max().copied(),
            used_up_in: used_up_in.filter(|_| !volume.is_zero()),
            by_the_end_m3: M3(sum),
        })
    }
}

fn by_source(city: &City, day: &Day, hours: &[u8]) -> Option<Vec<u64>> {
    let gives = |at: &u32| day.supply.get(*at as usize).copied().flatten().is_some_and(|volume| !volume.is_zero());
    let all: BTreeSet<Metered> = (0..city.sources.len() as u32).filter(gives).map(Metered::Source).collect();
    hour_by_hour(city, day, hours, &all)
}

fn by_district(city: &City, day: &Day, hours: &[u8]) -> Option<Vec<u64>> {
    let with_demand = city.customers.iter().zip(&day.demand).filter(|(_, demand)| !demand.is_zero());
    let all: BTreeSet<Metered> = with_demand.map(|(customer, _)| Metered::District(customer.district)).collect();
    hour_by_hour(city, day, hours, &all)
}

/// The hours' sums, up to the first hour in which one of all has no figure.
fn hour_by_hour(city: &City, day: &Day, hours: &[u8], all: &BTreeSet<Metered>) -> Option<Vec<u64>> {
    let sum = |hour: &u8| {
        let of_the_hour = city.actuals_on(day.date).iter().filter(|actual| actual.hour == Some(*hour));
        let (mut found, mut sum) = (0, 0);
        for actual in of_the_hour.filter(|actual| all.contains(&actual.who)) {
            (found, sum) = (found + 1, sum + actual.volume.get());
        }
        (found == all.len()).then_some(sum)
    };
    let sums: Vec<u64> = hours.iter().map_while(sum).collect();
    (!sums.is_empty() && !all.is_empty()).then_some(sums)
}

/// What the forecast asks for in an hour, in millionths of a m3.
fn forecast(city: &City, day: &Day, hour: u8) -> u128 {
    let mut by_profile = std::collections::BTreeMap::<Option<u32>, u128>::new();
    for (customer, demand) in city.customers.iter().zip(&day.demand) {
        *by_profile.entry(customer.profile).or_default() += u128::from(demand.get());
    }
    let part = |(profile, volume): (Option<u32>, u128)| {
        let shares = profile.and_then(|profile| city.profiles.get(profile as usize)).map(|profile| &profile.shares);
        let (share, whole) = match shares {
            Some(shares) => {
                let own = shares.get(usize::from(hour)).map_or(0, |share| share.atto());
                (own, shares.iter().map(|share| share.atto()).sum::<u128>().max(1))
            }
            None => (1, 24),
        };
        mul_div(volume * 1_000_000, share, whole).0
    };
    by_profile.into_iter().map(part).sum()
}
