//! The supply of a day.

use crate::city::demand::nearest_days;
use crate::city::{City, CityMessage};
use crate::problem::{Origin, Place, Problems};
use crate::units::{Date, M3};

impl City {
    /// The most that a source gives in an hour of a day, in m3; `None` if its row sets no limit.
    pub(crate) fn most_in_an_hour(&self, source: u32, day: Date) -> Option<M3> {
        self.supply.get(&day)?.iter().find(|row| row.source == source)?.max_h
    }

    /// What each source can give on a day, by index in [`City::sources`], in m3; nothing for a source without a row.
    /// `demand` is the day's, by index in [`City::customers`]: an area with demand must have a row.
    ///
    /// # Errors
    /// No row for the main urban area, or for an outer district that has demand.
    pub fn supply_on(&self, day: Date, demand: &[M3]) -> Result<(Vec<Option<M3>>, Problems), Problems> {
        let mut problems = Problems::new();
        let rows = self.supply.get(&day).map_or(&[][..], Vec::as_slice);
        let some = rows.first().or_else(|| self.supply.values().flatten().next());
        let place = some.map_or_else(|| Origin::memory("supply"), |row| row.place.origin.clone());
        let place = Place::whole(place);
        let mut volumes: Vec<Option<M3>> = vec![None; self.sources.len()];
        for row in rows {
            if let Some(volume) = volumes.get_mut(row.source as usize) {
                *volume = Some(row.volume);
            }
        }
        let date = || day.to_string();
        let has_row = |area: Option<u32>| {
            self.sources.iter().zip(&volumes).any(|(source, volume)| source.area == area && volume.is_some())
        };
        let urban = has_row(None);
        if !urban {
            let near = nearest_days(&self.supply, day);
            problems.error(place.clone(), CityMessage::NoSupplyOn { date: date(), near });
        }
        let mut wants = vec![false; self.districts.len()];
        for (customer, volume) in self.customers.iter().zip(demand) {
            if let (false, Some(wants)) = (volume.is_zero(), wants.get_mut(customer.district as usize)) {
                *wants = true;
            }
        }
        for (i, (district, wants)) in self.districts.iter().zip(wants).enumerate() {
            if wants && !district.urban && !has_row(Some(i as u32)) {
                let message = CityMessage::NoSupplyForArea { date: date(), district: district.id.to_string() };
                problems.error(place.clone(), message);
            }
        }
        for (source, volume) in self.sources.iter().zip(&volumes) {
            // An area that has no row at all was told above.
            if volume.is_none() && has_row(source.area) {
                let message = CityMessage::SourceWithoutRow { source: source.id.to_string(), date: date() };
                problems.warn(place.clone(), message);
            }
        }
        problems.or(volumes)
    }

    /// What is wrong with any day that has supply or a forecast: for a look at the whole case.
    pub fn check_days(&self) -> Problems {
        let mut problems = crate::city::ledger::Ledger::default();
        let days: std::collections::BTreeSet<Date> = self.supply.keys().chain(self.demand.keys()).copied().collect();
        for day in days {
            match self.demand_on(day) {
                Ok((demand, found)) => {
                    problems.extend(found);
                    if self.supply.contains_key(&day) {
                        match self.supply_on(day, &demand.volumes) {
                            Ok((_, found)) | Err(found) => problems.extend(found),
                        }
                    }
                }
                Err(found) => problems.extend(found),
            }
        }
        let mut problems = problems.close();
        problems.sort();
        problems
    }
}
