//! What each source gave in the hours that are past.

use std::collections::BTreeMap;

use super::past::{self, ALL, Given, Past};
use super::revise::{hour_of, meters};
use super::{Day, Decision, hourly, whatif};
use crate::city::{City, Metered};
use crate::units::{Hours, M3};

/// What is known of the hours before one besides what customers took in them.
#[derive(Default)]
pub(super) struct Before {
    /// What each source was to give in them, by index in the city, in thousandths of a m3; `None` where nothing says so.
    pub planned: Option<Vec<M3>>,
    /// By the hour: what each district's pipes held when the day began, in millionths of a m3.
    pub start: Vec<Option<u64>>,
    /// What the order has them hold at the hour, or without one what they held when the day began, likewise.
    pub told: Vec<Option<u64>>,
}

impl Before {
    fn planned(&self, source: usize) -> M3 {
        self.planned.as_ref().and_then(|planned| planned.get(source)).copied().unwrap_or_default()
    }
}

/// What each source of a network was to give before an hour by the order in force, by index in the city, in thousandths of a m3: of what
/// it gives over the order's hours as much as lies before the hour. `None` where the order does not say.
pub(super) fn planned_on_network(
    city: &City,
    (elapsed, clock): (Hours, &[u8]),
    order: Option<&Decision>,
) -> Option<Vec<M3>> {
    let order = order?;
    let mut planned = vec![M3::ZERO; city.sources.len()];
    let mut add = |source: &str, thousandths: u64| {
        let found = city.sources.binary_search_by(|known| (*known.id).cmp(source)).ok();
        found.and_then(|at| planned.get_mut(at)).into_iter().for_each(|sum| *sum += M3(thousandths));
    };
    let earlier = order.revision.as_ref();
    let gone = earlier.and_then(|earlier| Hours::between(city.settings.gas_day_start, hour_of(&earlier.at)?));
    let gone = gone.unwrap_or(Hours::NONE);
    let before = past::part(city, clock, None, elapsed.without(gone), ALL.without(gone))?;
    for part in std::iter::once(order).chain(&order.areas) {
        for source in &part.evidence.as_ref()?.sources {
            add(&source.source, past::nearest(source.given_m3.get().saturating_mul(1_000), before));
        }
    }
    for source in earlier.iter().flat_map(|earlier| &earlier.by_source) {
        add(&source.source, source.given_m3.get().saturating_mul(1_000));
    }
    Some(planned)
}

/// What each source gave: by its figures, else its part of what was taken, in proportion to what the order has it give where it says so (by
/// the hour, and on a network), else to the day's volumes. Sources of different areas, and without pooling of different companies,
/// gave to their own customers alone.
pub(super) fn given(city: &City, day: &Day, past: &mut Past, unified: bool, before: &Before) {
    let meters = meters(city, day, past.elapsed);
    let company = |company: Option<u32>| company.filter(|_| !city.settings.pooling);
    let outer = |district: u32| city.districts.get(district as usize).is_some_and(|it| !it.urban) && !unified;
    let mut groups: BTreeMap<(Option<u32>, Option<u32>), Vec<usize>> = BTreeMap::new();
    for (at, source) in
        city.sources.iter().enumerate().filter(|(at, _)| day.supply.get(*at).is_some_and(Option::is_some))
    {
        let area = source.area.filter(|area| outer(*area));
        // An outer area is one pool, whoever its companies are.
        let key = (area, company(source.company).filter(|_| area.is_none()));
        groups.entry(key).or_default().push(at);
    }
    let mut given = vec![Given::default(); city.sources.len()];
    for ((area, company), sources) in groups {
        let belongs = |at: &usize| {
            let customer = &city.customers[*at];
            let home = Some(customer.district).filter(|district| outer(*district));
            home == area && company.is_none_or(|company| customer.company == company)
        };
        let members: Vec<usize> = (0..city.customers.len()).filter(belongs).collect();
        let volumes: Vec<M3> = sources.iter().map(|at| day.supply[*at].unwrap_or_default()).collect();
        // What came out of the pipes no source gave, and what went into them one did.
        let here = |(_, district): &(u32, &crate::city::District)| match area {
            Some(area) => city.districts.get(area as usize).is_some_and(|it| it.id == district.id),
            None => district.urban || unified,
        };
        let districts: Vec<u32> = (0..).zip(&city.districts).filter(here).map(|(at, _)| at).collect();
        let drawn = |from: &[Option<u64>]| hourly::drawn(city, day, past, from, &districts, company);
        let taken: i128 = members.iter().map(|at| i128::from(past.taken[*at])).sum();
        let mut all = taken - drawn(&before.start);
        // Who took what it was to take had it from those who were to give it: rounded customers do not move their sources.
        if let Some(planned) = before.planned.as_ref().filter(|_| city.settings.hourly) {
            let planned: u64 = sources.iter().map(|at| planned[*at].get()).sum();
            // What came back since is no part of what they were to give.
            let back = |at: &usize| past.order.as_ref().and_then(|order| order.back.get(*at)).copied().unwrap_or(0);
            let ordered: i128 = members.iter().map(|at| i128::from(past.ordered[*at].saturating_sub(back(at)))).sum();
            all = all.max(i128::from(planned / 1_000) + taken - ordered - drawn(&before.told));
        }
        let all = u64::try_from(all).unwrap_or(0);
        let mut rest = all;
        let mut silent = Vec::new();
        for (at, volume) in sources.iter().zip(&volumes) {
            let Some(meter) = meters.get(&Metered::Source(*at as u32)) else {
                silent.push((*at, *volume));
                continue;
            };
            let missing = past.elapsed.without(meter.hours);
            let mut own = meter.volume;
            if missing != Hours::NONE {
                let taken = |at: &usize| {
                    let profile = city.customers[*at].profile;
                    past::part(city, &past.clock, profile, missing, past.elapsed)
                        .map_or(0, |of| past::nearest(past.taken[*at], of))
                };
                let taken: u64 = members.iter().map(taken).sum();
                let whole: u64 = volumes.iter().map(|volume| volume.get()).sum();
                own += (u128::from(taken) * u128::from(volume.get()) / u128::from(whole.max(1))) as u64;
            }
            given[*at] = Given { volume: own, metered: true };
            rest = rest.saturating_sub(own);
        }
        if let (true, None) = (silent.is_empty(), company) {
            // All sources have figures: what they gave and nobody is known to have taken is in the pipes.
            let gave: u64 = sources.iter().map(|at| given[*at].volume).sum();
            hourly::put_into_pipes(city, past, &districts, i128::from(gave) - i128::from(all));
        }
        let ours: Vec<M3> = silent.iter().map(|(at, _)| before.planned(*at)).collect();
        let volumes: Vec<M3> = silent.iter().map(|(_, volume)| *volume).collect();
        let shares = whatif::scale(&ours, M3(rest)).or_else(|| whatif::scale(&volumes, M3(rest)));
        let shares = shares.unwrap_or_else(|| vec![M3::ZERO; silent.len()]);
        for ((at, _), share) in silent.into_iter().zip(shares) {
            given[at] = Given { volume: share.get(), metered: false };
        }
    }
    past.given = given;
}
