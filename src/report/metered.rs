//! What was really taken, against what was ordered.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Part;
use super::split::whole;
use crate::city::{City, Metered};
use crate::decide::portion::ATTO;
use crate::record::MeterRow;
use crate::units::{Date, M3, mul_div};

/// The figures of one meter on a gas day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meter {
    /// By the clock hour at whose beginning an hour begins.
    hours: BTreeMap<u8, M3>,
    /// Of the whole gas day.
    day: Option<M3>,
}

/// What a meter says of a part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub volume: M3,
    /// So many of the part's hours are known.
    pub hours: usize,
    /// Whether the day's figure was split.
    pub by_day: bool,
}

/// What was taken or given on a gas day, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    customers: BTreeMap<String, Meter>,
    districts: BTreeMap<String, Meter>,
    sources: BTreeMap<String, Meter>,
}

impl Taken {
    /// What was entered in the record of a day.
    pub(crate) fn entered(rows: &[MeterRow]) -> Self {
        let mut taken = Self::default();
        for row in rows {
            let (meters, id) = match (&row.customer_id, &row.district, &row.source) {
                (Some(id), ..) => (&mut taken.customers, id),
                (_, Some(id), _) => (&mut taken.districts, id),
                (.., Some(id)) => (&mut taken.sources, id),
                (None, None, None) => continue,
            };
            meters.entry(id.clone()).or_default().read(row.hour, row.volume_m3);
        }
        taken
    }

    /// What the case's table says of a day.
    pub(crate) fn on(city: &City, date: Date) -> Self {
        let mut taken = Self::default();
        for actual in city.actuals_on(date) {
            let meter = match actual.who {
                Metered::Customer(at) => city.customers.get(at as usize).map(|it| (&mut taken.customers, &it.id)),
                Metered::District(at) => city.districts.get(at as usize).map(|it| (&mut taken.districts, &it.id)),
                Metered::Source(at) => city.sources.get(at as usize).map(|it| (&mut taken.sources, &it.id)),
                Metered::Linepack(_) => None,
            };
            let Some((meters, id)) = meter else { continue };
            meters.entry(id.to_string()).or_default().read(actual.hour, actual.volume);
        }
        taken
    }

    /// Whether nothing is known.
    pub(crate) fn is_empty(&self) -> bool {
        self.customers.is_empty() && self.districts.is_empty() && self.sources.is_empty()
    }

    pub(super) fn customer(&self, id: &str) -> Option<&Meter> {
        self.customers.get(id)
    }

    pub(super) fn source(&self, id: &str) -> Option<&Meter> {
        self.sources.get(id)
    }

    pub(super) fn districts(&self) -> impl Iterator<Item = (&String, &Meter)> {
        self.districts.iter()
    }
}

impl Meter {
    fn read(&mut self, hour: Option<u8>, volume: M3) {
        match hour {
            Some(hour) => _ = self.hours.insert(hour, volume),
            None => self.day = Some(volume),
        }
    }

    /// What it says of a part of its day: its hours if all are known, else the day's figure split as `share` of it, else the hours that are
    /// known; `None` if it says nothing of the part.
    pub(super) fn reading(&self, part: &Part<'_>, share: (u128, u128)) -> Option<Reading> {
        let clock: Vec<u8> = part.clock.iter().copied().skip(part.from).take(part.hours()).collect();
        let known = clock.iter().filter(|hour| self.hours.contains_key(hour)).count();
        // An hour that the clock shows twice has one figure.
        let distinct: BTreeSet<u8> = clock.iter().copied().collect();
        let volume: M3 = distinct.iter().filter_map(|hour| self.hours.get(hour)).copied().sum();
        match self.day {
            _ if known == clock.len() => Some(Reading { volume, hours: known, by_day: false }),
            Some(day) => {
                let volume = mul_div(u128::from(day.get()), share.0, share.1.max(1)).0;
                Some(Reading { volume: M3(volume as u64), hours: clock.len(), by_day: true })
            }
            None => (known > 0).then_some(Reading { volume, hours: known, by_day: false }),
        }
    }

    /// What it says of the whole part; `None` if an hour is missing.
    pub(super) fn all(&self, part: &Part<'_>, share: (u128, u128)) -> Option<Reading> {
        self.reading(part, share).filter(|reading| reading.hours == part.hours())
    }
}

/// How orders were kept, as far as that is metered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Compliance {
    /// Customers that were cut in the period.
    pub ordered: u64,
    /// Of these, customers with figures of their own.
    pub metered: u64,
    /// Of these, customers whose figures are of a whole day and were split.
    pub by_day: u64,
    /// Metered customers who kept their orders.
    pub within: u64,
    /// Those who did not, by how much they took too much; the most first.
    pub over: Vec<Over>,
    /// What they took too much, in m3.
    pub over_m3: M3,
    /// Districts with figures: what all their customers took, against what they might take.
    pub districts: Vec<DistrictTaken>,
}

/// A customer who took more than ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Over {
    /// Its id.
    pub customer_id: String,
    /// Its name.
    pub name: String,
    /// What the order left it, and what came back of it.
    pub allowed_m3: M3,
    /// What it took.
    pub taken_m3: M3,
    /// The difference.
    pub over_m3: M3,
}

/// A district's figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct DistrictTaken {
    /// Its id.
    pub district: String,
    /// What the orders left its customers, and what came back of them.
    pub ordered_m3: M3,
    /// What they took.
    pub taken_m3: M3,
}

/// What of the figures is metered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Metering {
    /// Sources that are metered in all hours of the period, of so many.
    pub sources: (usize, usize),
    /// Customers with orders that are metered, of so many.
    pub customers: (u64, u64),
}

/// A customer under orders, over the period; volumes in parts of 10^-18 m3.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub name: String,
    pub allowed: u128,
    pub taken: M3,
    /// Parts of the period in which it was cut, and those of them that are metered.
    pub parts: (u32, u32),
    pub by_day: bool,
}

/// How orders were kept.
pub(super) fn compliance(kept: &BTreeMap<String, Kept>, districts: &BTreeMap<String, (u128, M3)>) -> Compliance {
    let metered = || kept.iter().filter(|(_, kept)| kept.parts.1 > 0);
    let mut over: Vec<Over> = metered()
        .filter_map(|(id, kept)| {
            let allowed = M3(kept.allowed.div_ceil(ATTO) as u64);
            let over_m3 = kept.taken.less(allowed);
            (!over_m3.is_zero()).then(|| Over {
                customer_id: id.clone(),
                name: kept.name.clone(),
                allowed_m3: allowed,
                taken_m3: kept.taken,
                over_m3,
            })
        })
        .collect();
    over.sort_by(|a, b| b.over_m3.cmp(&a.over_m3).then_with(|| a.customer_id.cmp(&b.customer_id)));
    let ordered = whole(districts.values().map(|(ordered, _)| *ordered));
    let districts = districts.iter().zip(ordered).map(|((district, (_, taken)), ordered_m3)| DistrictTaken {
        district: district.clone(),
        ordered_m3,
        taken_m3: *taken,
    });
    Compliance {
        ordered: kept.len() as u64,
        metered: metered().count() as u64,
        by_day: metered().filter(|(_, kept)| kept.by_day).count() as u64,
        within: (metered().count() - over.len()) as u64,
        over_m3: over.iter().map(|over| over.over_m3).sum(),
        over,
        districts: districts.collect(),
    }
}
