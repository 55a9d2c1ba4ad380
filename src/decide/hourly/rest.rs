//! What remains of a day by the hour: the clock from an hour on, what each customer still asks for in it, and what is in the pipes.

use std::collections::BTreeMap;

use super::{Clock, Hourly, MICRO, Spread};
use crate::city::{City, Metered};
use crate::decide::past::Past;
use crate::decide::prepare::Scope;
use crate::decide::{Day, Decision};
use crate::units::{M3, mul_div};

impl Hourly {
    /// How what a customer still asks for spreads over the hours that are decided, and how much that is in m3: by its profile, and what a
    /// stop moved from the past in the hours in which that comes back.
    pub fn asks(&self, city: &City, day: &Day, customer: u32) -> (Spread, u64) {
        let profile = city.customers.get(customer as usize).and_then(|customer| customer.profile);
        let (spread, left) = (self.clock.profile(profile), day.left(customer));
        let moved = day.past.as_ref().and_then(|past| past.moved.get(customer as usize)).copied();
        match moved {
            Some((volume, hours)) if volume > 0 => (self.clock.back(spread, left, volume.min(left), hours), left),
            _ => (*spread, left),
        }
    }
}

/// What of the pipes of a balance's customers of one company (or of all) was drawn down: what they hold less than they did `before`, which
/// is in millionths of a m3 as what they hold is, in m3; below 0 where they hold more.
pub(in crate::decide) fn drawn(
    city: &City,
    day: &Day,
    past: &Past,
    before: &[Option<u64>],
    districts: &[u32],
    company: Option<u32>,
) -> i128 {
    if past.linepack.is_empty() {
        return 0;
    }
    let mut sums: BTreeMap<u32, (u128, u128)> = BTreeMap::new();
    for (customer, demand) in city.customers.iter().zip(&day.demand) {
        let sum = sums.entry(customer.district).or_default();
        sum.1 += u128::from(demand.get());
        sum.0 += if company.is_none_or(|company| customer.company == company) { u128::from(demand.get()) } else { 0 };
    }
    let mut drawn = 0;
    for at in districts {
        let of = |levels: &[Option<u64>]| levels.get(*at as usize).copied().flatten().map(i128::from);
        let (Some(before), Some(level)) = (of(before), of(&past.linepack)) else { continue };
        // Whose linepack it is: in proportion to demand, as where companies share pipes by the hour.
        let (ours, all) = sums.get(at).copied().unwrap_or_default();
        let change = before - level;
        drawn += if all == 0 { change } else { change * ours as i128 / all as i128 };
    }
    (drawn + if drawn < 0 { -i128::from(MICRO) / 2 } else { i128::from(MICRO) / 2 }) / i128::from(MICRO)
}

/// Puts so many m3 into the pipes of districts, or takes them out: in proportion to what fits there between the least and the most, where
/// nobody read what they hold. What does not fit is left out.
pub(in crate::decide) fn put_into_pipes(city: &City, past: &mut Past, districts: &[u32], volume: i128) {
    let bounds = |at: &u32| {
        let (district, at) = (city.districts.get(*at as usize)?, *at as usize);
        let level = past.linepack.get(at).copied().flatten()?;
        let least = district.linepack_min.unwrap_or_default().get() * MICRO;
        let most = district.linepack_max.unwrap_or(district.linepack.unwrap_or_default()).get() * MICRO;
        (!past.linepack_read.get(at).copied().unwrap_or_default()).then_some((at, level, least, most.max(least)))
    };
    let open: Vec<(usize, u64, u64, u64)> = districts.iter().filter_map(bounds).collect();
    let rooms: i128 = open.iter().map(|(_, _, least, most)| i128::from(most - least)).sum();
    for (at, level, least, most) in open {
        let more = volume * i128::from(MICRO) * i128::from(most - least) / rooms.max(1);
        let now = (i128::from(level) + more).clamp(i128::from(least.min(level)), i128::from(most.max(level)));
        past.linepack[at] = u64::try_from(now).ok();
    }
}

/// What is in a district's pipes at the hour, in millionths of a m3.
#[derive(Clone, Copy)]
pub(in crate::decide) struct Level {
    /// What they held when the day began.
    pub start: u64,
    /// What the order in force has them hold; without one, what they held when the day began.
    pub told: u64,
    /// What somebody read.
    pub read: Option<u64>,
}

/// What is in each district's pipes at the hour; `None` where they keep nothing.
pub(in crate::decide) fn levels(city: &City, day: &Day, at: u8, order: Option<&Decision>) -> Vec<Option<Level>> {
    let told: BTreeMap<&str, u64> = order.map_or_else(BTreeMap::new, |order| {
        let parts = std::iter::once(order).chain(&order.areas).filter_map(|part| part.hours.as_ref());
        let mut told = BTreeMap::new();
        for hours in parts {
            let before = hours.clock.iter().position(|hour| *hour == at).and_then(|position| position.checked_sub(1));
            for district in &hours.by_district {
                let level = before.and_then(|hour| district.linepack_m3.get(hour));
                told.extend(level.map(|level| (district.district.as_str(), level.0 * 1_000)));
            }
        }
        for pack in order.revision.iter().filter(|earlier| earlier.at == crate::decide::revise::clock(at)) {
            told.extend(pack.by_district.iter().map(|pack| (pack.district.as_str(), pack.linepack_m3.0 * 1_000)));
        }
        told
    });
    let level = |(index, district): (u32, &crate::city::District)| {
        if district.linepack.is_none() && district.linepack_max.is_none() {
            return None;
        }
        let read = city
            .actuals_on(day.date)
            .iter()
            .find(|actual| actual.who == Metered::Linepack(index) && actual.hour == Some(at));
        let start = district.linepack.unwrap_or_default().get() * MICRO;
        let told = told.get(&*district.id).copied().unwrap_or(start);
        Some(Level { start, told, read: read.map(|read| read.volume.get().saturating_mul(MICRO)) })
    };
    (0..).zip(&city.districts).map(level).collect()
}

/// What the hours before one were to give a customer that is cut, in m3, by the order in force.
pub(in crate::decide) fn ordered_before(order: &Decision, elapsed: crate::units::Hours) -> BTreeMap<u32, u64> {
    let (Some(hours), Some(detail)) = (&order.hours, &order.detail) else { return BTreeMap::new() };
    let before = |served: &[crate::units::Milli]| -> u64 {
        let pairs = hours.clock.iter().zip(served).filter(|(hour, _)| elapsed.has(**hour));
        (pairs.map(|(_, served)| served.0).sum::<u64>() + 500) / 1_000
    };
    detail.hours.iter().map(|of_one| (of_one.customer, before(&of_one.served_m3))).collect()
}

/// What each source was to give before an hour by the order in force, by index in the city, in thousandths of a m3; `None` where the
/// order does not say.
pub(in crate::decide) fn planned(
    city: &City,
    elapsed: crate::units::Hours,
    order: Option<&Decision>,
) -> Option<Vec<M3>> {
    let order = order.filter(|order| order.hours.is_some());
    let mut planned = vec![M3::ZERO; city.sources.len()];
    let mut add = |source: &str, volume: u64| {
        let found = city.sources.binary_search_by(|known| (*known.id).cmp(source)).ok();
        found.and_then(|at| planned.get_mut(at)).into_iter().for_each(|sum| *sum += M3(volume));
    };
    let hours = order.into_iter().flat_map(|order| std::iter::once(order).chain(&order.areas));
    for hours in hours.filter_map(|part| part.hours.as_ref()) {
        for source in &hours.by_source {
            let pairs = hours.clock.iter().zip(&source.given_m3).filter(|(hour, _)| elapsed.has(**hour));
            add(&source.source, pairs.map(|(_, given)| given.0).sum());
        }
    }
    // What was given before an order that was itself made for a later hour.
    let earlier = order.and_then(|order| order.revision.as_ref());
    for source in earlier.iter().flat_map(|earlier| &earlier.by_source) {
        add(&source.source, source.given_m3.get().saturating_mul(1_000));
    }
    order.map(|_| planned)
}

/// The districts of a scope as the pipes have them at the hour, in millionths of a m3.
pub(super) fn level_of(day: &Day, scope: &Scope<'_>, at: usize) -> Option<u64> {
    let past = day.past.as_ref()?;
    past.linepack.get(*scope.districts.get(at)? as usize).copied().flatten()
}

impl Clock {
    /// The part of a spread in some clock hours, in units of 10^-18.
    pub fn within(&self, spread: &Spread, hours: crate::units::Hours) -> u128 {
        let pairs = self.hours.iter().zip(spread).filter(|(hour, _)| hours.has(**hour));
        pairs.map(|(_, share)| u128::from(*share)).sum()
    }

    /// What of a spread over a whole day lies in the hours that are left of it, as a spread over those, which are this clock's.
    pub fn after(&self, whole: &Self, spread: &Spread, elapsed: crate::units::Hours) -> Spread {
        let mut weights = [0; super::spread::MOST_HOURS];
        let left = whole.hours.iter().zip(spread).filter(|(hour, _)| !elapsed.has(**hour));
        weights.iter_mut().zip(left).for_each(|(weight, (_, share))| *weight = u128::from(*share));
        super::spread::scaled(&weights, &self.hours)
    }

    /// A whole day of which `gone` m3 are past, by a profile, and `left` m3 spread over the hours that are left, `rest`'s, by another.
    pub fn joined(&self, profile: &Spread, gone: u64, rest: &Self, asks: &Spread, left: u64) -> Spread {
        let first = self.len().saturating_sub(rest.len());
        let past: u128 = profile.iter().take(first).map(|share| u128::from(*share)).sum();
        let mut weights = [0; super::spread::MOST_HOURS];
        let (early, late) = weights.split_at_mut(first);
        let parts = early.iter_mut().zip(profile).filter(|_| past > 0);
        parts.for_each(|(weight, share)| *weight = mul_div(u128::from(gone) * super::ATTO, u128::from(*share), past).0);
        late.iter_mut().zip(asks).for_each(|(weight, share)| *weight = u128::from(left) * u128::from(*share));
        super::spread::scaled(&weights, &self.hours)
    }

    /// How so many m3 spread of which a part comes back in some clock hours, in equal parts, and the rest is spread otherwise.
    pub fn back(&self, spread: &Spread, whole: u64, back: u64, hours: crate::units::Hours) -> Spread {
        let count = self.hours.iter().filter(|hour| hours.has(**hour)).count() as u128;
        if count == 0 || whole == 0 {
            return *spread;
        }
        let mut weights = spread.map(|share| u128::from(share) * u128::from(whole - back));
        for (weight, hour) in weights.iter_mut().zip(&self.hours) {
            if hours.has(*hour) {
                *weight += super::ATTO * u128::from(back) / count;
            }
        }
        super::spread::scaled(&weights, &self.hours)
    }
}
