//! The demand of a day: forecasts of customers and of groups, spread over the customers.
//!
//! Each customer takes the most specific row that means it: its own, else that of the group with the most of
//! district, company and class named. A group's total is shared among all its customers in proportion to their
//! standing demand; those for whom a more specific row exists then take that one. On a day without any row a demand model says what each
//! class takes, if the case has one and knows the day's temperature.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::city::ledger::At;
use crate::city::{City, CityMessage, Customer, Modelled, ModelledDay};
use crate::problem::{Origin, Place, Problems};
use crate::units::{Date, M3};

/// The forecasts of one day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forecasts {
    /// In the order of the customers.
    pub own: Vec<Own>,
    /// In the order of their rows.
    pub groups: Vec<Group>,
}

/// The forecast of one customer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Own {
    /// Index in [`City::customers`].
    pub customer: u32,
    /// In m3 over the day.
    pub volume: M3,
    /// Where the row stands.
    pub at: At,
}

/// The forecast of a group: whoever has all that is named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    /// Index in [`City::districts`].
    pub district: Option<u32>,
    /// Index in [`City::companies`].
    pub company: Option<u32>,
    /// Index in [`City::classes`].
    pub class: Option<u32>,
    /// In m3 over the day.
    pub volume: M3,
    /// Where the row stands.
    pub at: At,
}

/// District, company and class.
type Key = [Option<u32>; 3];

impl Group {
    fn key(&self) -> Key {
        [self.district, self.company, self.class]
    }

    /// How specific it is: the number of columns it names.
    fn rank(&self) -> usize {
        self.key().iter().flatten().count()
    }
}

/// Every customer's demand on one day, and where it comes from.
#[derive(Clone, Debug)]
pub struct DemandOfDay {
    /// In m3, by index in [`City::customers`].
    pub volumes: Vec<M3>,
    /// Where the figures come from.
    pub source: DemandSource,
}

/// Where a day's demand figures come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DemandSource {
    /// Every customer with demand has a forecast of the day.
    Forecast(Origin),
    /// Some customers' demand is their standing figure.
    Partly {
        /// Where the forecasts come from.
        forecast: Origin,
        /// Where the standing figures come from.
        standing: Origin,
        /// The customers with demand that have no forecast of the day, by index in [`City::customers`], rising.
        without: Vec<u32>,
    },
    /// No row of the day, but a temperature and a demand model.
    Modelled {
        /// What the model rests on.
        day: Box<ModelledDay>,
        /// Where the standing figures of customers come from whose class the model does not have.
        standing: Origin,
        /// Those of them with demand, by index in [`City::customers`], rising.
        without: Vec<u32>,
    },
    /// No row of the day: every figure is the customers' standing one.
    Standing(Origin),
}

impl City {
    /// The demand of a day by the model's rule: the most specific row wins.
    ///
    /// # Errors
    /// A day without a forecast where one is required, overlapping rows of equal rank, a group without demand to
    /// share by, totals out of bounds.
    pub fn demand_on(&self, day: Date) -> Result<(DemandOfDay, Problems), Problems> {
        let standing = self.customers.first().and_then(|c| self.tables.get(c.table as usize));
        let standing = standing.cloned().unwrap_or_else(|| Origin::memory("customers"));
        let mut problems = Problems::new();
        let first = self.demand.get(&day).and_then(|day| {
            let groups = day.groups.iter().map(|group| group.at);
            day.own.iter().map(|own| own.at).chain(groups).min()
        });
        if let (None, Some(modelled)) = (first, self.modelled.get(&day)) {
            return self.by_model(day, modelled, standing);
        }
        let (Some(rows), Some(first)) = (self.demand.get(&day), first) else {
            if self.settings.demand_required {
                let origin = self.demand.values().flat_map(|day| &day.groups).map(|group| group.at).next();
                let origin = origin.or_else(|| self.demand.values().flat_map(|d| &d.own).map(|own| own.at).next());
                let place = origin.map_or(Place::whole(standing.clone()), |at| Place { line: 0, ..self.place(at) });
                let near = nearest_days(&self.demand, day);
                problems.error(place, CityMessage::NoForecast { date: day.to_string(), near });
            }
            let volumes = self.customers.iter().map(|customer| customer.demand).collect();
            return problems.or(DemandOfDay { volumes, source: DemandSource::Standing(standing) });
        };
        let mut volumes: Vec<Option<M3>> = vec![None; self.customers.len()];
        self.spread(day, rows, &mut volumes, &mut problems);
        let mut without = Vec::new();
        let filled: Vec<M3> = volumes
            .iter()
            .zip(&self.customers)
            .zip(0..)
            .map(|((forecast, customer), i)| {
                if forecast.is_none() && !customer.demand.is_zero() {
                    without.push(i);
                }
                forecast.unwrap_or(customer.demand)
            })
            .collect();
        let forecast = Place { line: 0, ..self.place(first) };
        let example = without.first().and_then(|i| self.customers.get(*i as usize));
        if let (true, Some(example)) = (self.settings.demand_required, example) {
            let (customers, example) = (without.len(), example.id.to_string());
            let message = CityMessage::ForecastIncomplete { date: day.to_string(), customers, example };
            problems.error(forecast.clone(), message);
        }
        if filled.iter().copied().sum::<M3>() > M3::MOST_IN_ALL {
            problems.error(forecast.clone(), CityMessage::TotalTooLarge { date: day.to_string() });
        }
        let forecast = forecast.origin;
        let source = match without.is_empty() {
            true => DemandSource::Forecast(forecast),
            false => DemandSource::Partly { forecast, standing, without },
        };
        problems.or(DemandOfDay { volumes: filled, source })
    }

    /// The demand of a day by the model: a class's volume is shared among its customers as a group's forecast is.
    fn by_model(&self, date: Date, modelled: &Modelled, standing: Origin) -> Result<(DemandOfDay, Problems), Problems> {
        let mut problems = Problems::new();
        let place = Place::whole(modelled.day.model.clone());
        let mut volumes: Vec<M3> = self.customers.iter().map(|customer| customer.demand).collect();
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut without = Vec::new();
        for (at, customer) in (0..).zip(&self.customers) {
            if modelled.classes.contains_key(&customer.class) {
                members.entry(customer.class).or_default().push(at);
            } else if !customer.demand.is_zero() {
                without.push(at);
            }
        }
        for (class, members) in &members {
            let volume = modelled.classes.get(class).copied().unwrap_or_default();
            match self.share(volume, members) {
                Ok(shares) => members.iter().zip(shares).for_each(|(at, share)| set(&mut volumes, *at, share)),
                Err(_) => {
                    let class = self.classes.get(*class as usize).map_or_else(String::new, |class| class.to_string());
                    problems.error(place.clone(), CityMessage::ModelWithoutWeights { class, volume: volume.0 });
                }
            }
        }
        let example = without.first().and_then(|at: &u32| self.customers.get(*at as usize));
        if let (true, Some(example)) = (self.settings.demand_required, example) {
            let (customers, example) = (without.len(), example.id.to_string());
            let message = CityMessage::ForecastIncomplete { date: date.to_string(), customers, example };
            problems.error(place.clone(), message);
        }
        if volumes.iter().copied().sum::<M3>() > M3::MOST_IN_ALL {
            problems.error(place, CityMessage::TotalTooLarge { date: date.to_string() });
        }
        let source = DemandSource::Modelled { day: Box::new(modelled.day.clone()), standing, without };
        problems.or(DemandOfDay { volumes, source })
    }

    fn place(&self, at: At) -> Place {
        let origin = self.tables.get(at.table as usize).cloned().unwrap_or_else(|| Origin::memory("demand"));
        Place::line(origin, at.line)
    }

    /// Gives each customer the volume of its most specific row.
    fn spread(&self, date: Date, rows: &Forecasts, volumes: &mut [Option<M3>], problems: &mut Problems) {
        let Some(members) = self.members(date, &rows.groups, problems) else { return };
        // From the least to the most specific, so that the last one to write is the one that holds.
        let mut order: Vec<usize> = (0..rows.groups.len()).collect();
        order.sort_by_key(|g| rows.groups.get(*g).map_or(0, Group::rank));
        let mut writer: Vec<u32> =
            vec![u32::MAX; if order.len() > 1 || !rows.own.is_empty() { volumes.len() } else { 0 }];
        for g in order {
            let (Some(group), Some(members)) = (rows.groups.get(g), members.get(g)) else { continue };
            match self.share(group.volume, members) {
                Ok(shares) => {
                    for (member, share) in members.iter().zip(shares) {
                        set(volumes, *member, Some(share));
                        set(&mut writer, *member, g as u32);
                    }
                }
                Err(message) => problems.error(self.place(group.at), message),
            }
        }
        for own in &rows.own {
            set(volumes, own.customer, Some(own.volume));
            set(&mut writer, own.customer, u32::MAX);
        }
        for (g, (group, members)) in rows.groups.iter().zip(&members).enumerate() {
            let others = |member: &&u32| writer.get(**member as usize).is_some_and(|w| *w != g as u32);
            let customers = members.iter().filter(others).count();
            let now = |member: &u32| volumes.get(*member as usize).copied().flatten().unwrap_or_default();
            let sum: M3 = members.iter().map(now).sum();
            if customers > 0 && sum != group.volume {
                let message = CityMessage::ForecastOverridden { volume: group.volume.0, sum: sum.0, customers };
                problems.warn(self.place(group.at), message);
            }
        }
    }

    /// The customers of each group; `None` and complaints if groups of equal rank share one.
    fn members(&self, date: Date, groups: &[Group], problems: &mut Problems) -> Option<Vec<Vec<u32>>> {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); groups.len()];
        if groups.is_empty() {
            return Some(members);
        }
        let mut overlaps: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut overlap = |a: usize, b: usize, message: &dyn Fn(String) -> CityMessage| {
            let pair = (a.min(b), a.max(b));
            if let (true, Some(a), Some(b)) = (overlaps.insert(pair), groups.get(pair.0), groups.get(pair.1)) {
                problems.error(self.place(b.at), message(self.place(a.at).to_string()));
            }
        };
        let mut by_key: HashMap<Key, usize> = HashMap::new();
        let mut kinds: BTreeSet<[bool; 3]> = BTreeSet::new();
        for (g, group) in groups.iter().enumerate() {
            match by_key.get(&group.key()) {
                Some(first) => {
                    overlap(*first, g, &|first| CityMessage::DuplicateGroup { date: date.to_string(), first })
                }
                None => {
                    by_key.insert(group.key(), g);
                    kinds.insert(group.key().map(|part| part.is_some()));
                }
            }
        }
        // Customers alike in district, company and class are in the same groups; there are few such kinds.
        let mut known: HashMap<[u32; 3], Vec<usize>> = HashMap::new();
        for (i, customer) in self.customers.iter().enumerate() {
            let Customer { district, company, class, .. } = *customer;
            let found = known.entry([district, company, class]).or_insert_with(|| {
                let mut found: Vec<usize> = Vec::new();
                for named in &kinds {
                    let [d, co, cl] = *named;
                    let key = [d.then_some(district), co.then_some(company), cl.then_some(class)];
                    let Some(group) = by_key.get(&key) else { continue };
                    let rank = |g: usize| groups.get(g).map(Group::rank);
                    for other in found.iter().filter(|other| rank(**other) == rank(*group)) {
                        let customer = customer.id.to_string();
                        overlap(*other, *group, &|first| CityMessage::ForecastOverlap {
                            first,
                            customer: customer.clone(),
                        });
                    }
                    found.push(*group);
                }
                found
            });
            for group in found {
                if let Some(members) = members.get_mut(*group) {
                    members.push(i as u32);
                }
            }
        }
        overlaps.is_empty().then_some(members)
    }

    /// Shares a total in proportion to standing demand, by largest remainder; ties go to the smaller id.
    fn share(&self, total: M3, members: &[u32]) -> Result<Vec<M3>, CityMessage> {
        let weight = |member: &u32| self.customers.get(*member as usize).map_or(0, |c| u128::from(c.demand.0));
        let all: u128 = members.iter().map(weight).sum();
        if total.is_zero() {
            return Ok(vec![M3::ZERO; members.len()]);
        }
        if members.is_empty() {
            return Err(CityMessage::ForecastWithoutCustomers { volume: total.0 });
        }
        if all == 0 {
            return Err(CityMessage::ForecastWithoutWeights { volume: total.0 });
        }
        let exact =
            |member: &u32| (u128::from(total.0) * weight(member) / all, u128::from(total.0) * weight(member) % all);
        // A share is at most the total, so it fits.
        let mut shares: Vec<M3> = members.iter().map(|member| M3(exact(member).0 as u64)).collect();
        let left = total.less(shares.iter().copied().sum()).0 as usize;
        if left > 0 {
            // Customers are in the order of their ids, so positions break ties.
            let mut order: Vec<(u128, usize)> =
                members.iter().enumerate().map(|(i, m)| (all - exact(m).1, i)).collect();
            if left < order.len() {
                order.select_nth_unstable(left);
            }
            for (_, i) in order.iter().take(left) {
                if let Some(share) = shares.get_mut(*i) {
                    *share += M3(1);
                }
            }
        }
        Ok(shares)
    }
}

fn set<T>(list: &mut [T], at: u32, value: T) {
    if let Some(slot) = list.get_mut(at as usize) {
        *slot = value;
    }
}

/// Up to two days before and two after a day, as a list; `-` if there is none.
pub(super) fn nearest_days<T>(days: &BTreeMap<Date, T>, day: Date) -> String {
    let mut near: Vec<Date> = days.range(..day).rev().take(2).map(|(date, _)| *date).collect();
    near.reverse();
    near.extend(days.range(day..).take(2).map(|(date, _)| *date));
    if near.is_empty() { "-".into() } else { near.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ") }
}
