//! What a decision says of its hours.

use super::{ATTO, ByHour, Hourly, MICRO};
use crate::decide::allocate::Cell;
use crate::decide::plan::Plan;
use crate::decide::slices::Slices;
use crate::decide::{ClassHours, DistrictHours, HoursUsed, LinkHours, SourceHours};
use crate::units::Milli;

/// Hours of the day, each in units of 10^-18 m3.
struct Hours {
    demand: Vec<u128>,
    served: Vec<u128>,
}

impl Hours {
    fn none(hours: usize) -> Self {
        Self { demand: vec![0; hours], served: vec![0; hours] }
    }
}

/// A decision's hours, with those until each district's pipes are down to their least if nothing is done.
pub(in crate::decide) fn hours(
    plan: &Plan<'_>,
    hourly: &Hourly,
    cut: &Slices,
    by_hour: &ByHour,
    to_minimum: &[Option<Milli>],
) -> HoursUsed {
    let (city, scope, policy) = (plan.city, plan.scope, plan.scope.policy);
    let count = hourly.pipes.hours;
    let mut whole = Hours::none(count);
    let mut districts: Vec<Hours> = scope.districts.iter().map(|_| Hours::none(count)).collect();
    let mut classes: Vec<Hours> = policy.classes.iter().map(|_| Hours::none(count)).collect();
    let mut parts = Parts::new(hourly, by_hour, cut);
    let mut sums = std::collections::HashMap::<(u32, usize, usize, u32), u64>::new();
    for slice in &cut.slices {
        let at = slice.customer as usize;
        let class = plan.kinds.kinds[plan.kinds.of[at] as usize].class;
        let cell = cut.at(slice.rank, scope.district_of[at], scope.company(at));
        *sums.entry((slice.spread, class, cell, scope.district_of[at])).or_default() += slice.size;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_unstable();
    for ((spread, class, cell, district), size) in sums {
        let shares = &cut.spreads[spread as usize];
        let parts = parts.of(cell);
        for hours in [&mut whole, &mut classes[class], &mut districts[district as usize]] {
            for (h, share) in shares.iter().take(count).enumerate() {
                let asked = u128::from(*share) * u128::from(size);
                let (served, of) = parts[h];
                hours.served[h] += crate::units::mul_div(asked, u128::from(served), u128::from(of)).0;
            }
        }
    }
    for (at, i) in scope.customers.iter().enumerate() {
        let (shares, demand) = hourly.asks(city, plan.day, *i);
        let demand = u128::from(demand);
        let class = plan.kinds.kinds[plan.kinds.of[at] as usize].class;
        for hours in [&mut whole, &mut classes[class], &mut districts[scope.district_of[at] as usize]] {
            hours.demand.iter_mut().zip(&shares).for_each(|(sum, share)| *sum += u128::from(*share) * demand);
        }
    }
    let carried = |arc: &usize| by_hour.flows[*arc];
    // All companies together.
    let together =
        |hours: &Vec<Vec<usize>>| -> Vec<u64> { hours.iter().map(|copies| copies.iter().map(carried).sum()).collect() };
    let given: Vec<Vec<u64>> = hourly.pipes.source_arcs.iter().map(|arcs| arcs.iter().map(carried).collect()).collect();
    let all = (0..count).map(|h| thousandths(given.iter().map(|source| source[h]).sum())).collect();
    let source = |(at, given): (&u32, &Vec<u64>)| SourceHours {
        source: city.sources[*at as usize].id.to_string(),
        given_m3: given.iter().copied().map(thousandths).collect(),
    };
    let district = |(at, hours): (usize, Hours)| {
        let district = &city.districts[scope.districts[at] as usize];
        let least = district.linepack_min.unwrap_or_default().get() * MICRO;
        let keeps = district.linepack.is_some() || district.linepack_max.is_some();
        let levels = hourly.pipes.pack_arcs.get(at).filter(|_| keeps).map(together).unwrap_or_default();
        DistrictHours {
            district: district.id.to_string(),
            demand_m3: told(&hours.demand),
            served_m3: told(&hours.served),
            hours_to_minimum: to_minimum.get(at).copied().flatten(),
            linepack_m3: levels.into_iter().map(|level| thousandths(least + level)).collect(),
        }
    };
    let links = city.links.as_deref().unwrap_or_default();
    let link = |(at, arcs): (&u32, &Vec<Vec<usize>>)| {
        let link = links.get(*at as usize)?;
        let network = hourly.pipes.reach.network.as_ref()?;
        Some(LinkHours {
            from: link.names.0.to_string(),
            to: link.names.1.to_string(),
            capacity_m3_h: thousandths(arcs.iter().flatten().next().map_or(0, |arc| network.links[*arc].capacity)),
            flow_m3: together(arcs).into_iter().map(thousandths).collect(),
        })
    };
    HoursUsed {
        clock: hourly.clock.hours.clone(),
        demand_m3: told(&whole.demand),
        served_m3: told(&whole.served),
        given_m3: all,
        by_source: scope.sources.iter().zip(&given).map(source).collect(),
        by_district: districts.into_iter().enumerate().map(district).collect(),
        by_link: scope.links.iter().zip(&hourly.pipes.link_arcs).filter_map(link).collect(),
        by_class: policy
            .classes
            .iter()
            .zip(classes)
            .filter(|(_, hours)| hours.demand.iter().any(|demand| *demand > 0))
            .map(|(class, hours)| ClassHours {
                class: class.id.clone(),
                demand_m3: told(&hours.demand),
                served_m3: told(&hours.served),
            })
            .collect(),
        linepack_missing_m3: thousandths(by_hour.missing_at_the_end()),
    }
}

/// What part of each dense cell is served in each hour: millionths of a m3, of so many.
pub(super) struct Parts<'a> {
    hourly: &'a Hourly,
    by_hour: &'a ByHour,
    cut: &'a Slices,
    known: Vec<Option<Vec<(u64, u64)>>>,
}

impl<'a> Parts<'a> {
    pub fn new(hourly: &'a Hourly, by_hour: &'a ByHour, cut: &'a Slices) -> Self {
        Self { hourly, by_hour, cut, known: Vec::new() }
    }

    pub fn of(&mut self, cell: usize) -> &[(u64, u64)] {
        if self.known.len() <= cell {
            self.known.resize(cell + 1, None);
        }
        let Self { hourly, by_hour, cut, known } = self;
        known[cell].get_or_insert_with(|| {
            let companies = hourly.pipes.companies;
            let district = cut.district_of(cell) as u32;
            let (rank, company) = (cut.rank_of(cell) as u32, (cell % companies) as u32);
            let mut parts = vec![(0, 1); hourly.pipes.hours];
            for (hour, size, served) in by_hour.hours(hourly, &Cell { rank, district, company, size: 0 }) {
                parts[hour] = (served, size);
            }
            parts
        })
    }
}

fn told(volumes: &[u128]) -> Vec<Milli> {
    volumes.iter().map(|volume| Milli(((volume + ATTO / 2_000) / (ATTO / 1_000)) as u64)).collect()
}

/// Of millionths of a m3.
fn thousandths(micro: u64) -> Milli {
    Milli((micro + 500) / 1_000)
}
