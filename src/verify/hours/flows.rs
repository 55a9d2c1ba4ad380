//! What flows in each hour: nothing beyond what it can carry, every node in balance, the pipes between their least and their most.

use super::super::scope::Check;
use super::super::{Rule, Violation, must};
use super::lay::Lay;
use crate::decide::evidence::{HourFlows, ServedHours};
use crate::decide::verifying::HourCell;
use crate::units::Micro;

/// Flows as the evidence tells them, by hour, in millionths of a m3.
pub(in crate::verify) struct Carried {
    /// By source.
    pub given: Vec<Vec<u64>>,
    /// By link of the lay.
    pub links: Vec<Vec<u64>>,
    /// By place, above the least, at the end of each hour.
    pub levels: Vec<Vec<u64>>,
}

/// What is checked, and where it is told.
pub(super) struct Reading<'r> {
    pub check: &'r Check<'r>,
    pub rule: Rule,
    pub what: &'r str,
}

impl Reading<'_> {
    pub fn at(&self, place: &str) -> String {
        self.check.at(format!("{} {place}", self.what).trim())
    }

    /// The same, with the hour of the clock.
    pub fn at_hour(&self, place: &str, hour: usize) -> String {
        self.at(format!("{place} {}", self.check.hour_name(hour)).trim())
    }

    pub fn refused(&self, place: &str, expected: &str, found: &str) -> Violation {
        Violation { rule: self.rule, at: self.at(place), expected: expected.to_owned(), found: found.to_owned() }
    }

    /// One volume an hour, none above the most.
    fn hours(&self, lay: &Lay<'_>, name: &str, told: &[Micro], most: Option<u64>) -> Result<Vec<u64>, Violation> {
        if told.len() != lay.hours {
            return Err(self.refused(name, &format!("{} hours", lay.hours), &told.len().to_string()));
        }
        for (hour, volume) in told.iter().enumerate() {
            let most = most.unwrap_or(u64::MAX / 256);
            let at = || self.at_hour(name, hour);
            must(self.rule, volume.0 <= most, at, &format!("<= {}", Micro(most)), &volume.to_string())?;
        }
        Ok(told.iter().map(|volume| volume.0).collect())
    }

    /// Reads flows: known names, no source beyond its day or its hour, no link beyond its hour, no pipe beyond its room, and in all
    /// pipes what they must hold at the end.
    pub fn carried(&self, lay: &Lay<'_>, flows: &HourFlows) -> Result<Carried, Violation> {
        let none = || vec![0u64; lay.hours];
        let mut given = vec![none(); lay.sources.len()];
        for (id, told) in &flows.sources {
            let at = lay.sources.iter().position(|source| source.id == id.as_str());
            let at = at.ok_or_else(|| self.refused("sources", "-", id))?;
            let source = &lay.sources[at];
            given[at] = self.hours(lay, id, told, source.most.map_or(Some(source.volume), Some))?;
            let sum = given[at].iter().fold(0u64, |sum, volume| sum.saturating_add(*volume));
            let most = format!("<= {}", Micro(source.volume));
            must(self.rule, sum <= source.volume, || self.at(id), &most, &Micro(sum).to_string())?;
        }
        let mut links = vec![none(); lay.links.len()];
        for (at, told) in &flows.links {
            let at = *at as usize;
            if at >= lay.told {
                return Err(self.refused("links", "-", &at.to_string()));
            }
            links[at] = self.hours(lay, &lay.link_name(at), told, lay.links[at].capacity)?;
        }
        let mut levels = vec![none(); lay.places.len()];
        let keeps = self.check.scope.entitled().is_none();
        for (id, told) in &flows.linepack {
            let place =
                |place: &super::lay::Place| keeps && self.check.scope.district_id(place.district) == id.as_str();
            let at = lay.places.iter().position(place).ok_or_else(|| self.refused("linepack", "-", id))?;
            levels[at] = self.hours(lay, &format!("{id} linepack"), told, Some(lay.places[at].room))?;
        }
        for (place, levels) in lay.places.iter().zip(&levels) {
            let end = levels.last().copied().unwrap_or_default();
            let at = || self.at(&format!("{} linepack at the end", self.check.scope.district_id(place.district)));
            let least = format!(">= {}", Micro(place.end));
            must(self.rule, end >= place.end, at, &least, &Micro(end).to_string())?;
        }
        Ok(Carried { given, links, levels })
    }

    /// What each place gets in each hour, of all that cells ask for: those that are told, and the rest in full.
    pub fn served(&self, lay: &Lay<'_>, cells: &[HourCell], short: &[ServedHours]) -> Result<Vec<u64>, Violation> {
        let mut told: Vec<Option<&ServedHours>> = vec![None; lay.places.len()];
        for row in short {
            let at = self.place(lay, row)?;
            if row.served.len() != lay.hours || told[at].is_some() {
                return Err(self.refused(
                    &row.district,
                    &format!("{} hours", lay.hours),
                    &row.served.len().to_string(),
                ));
            }
            told[at] = Some(row);
        }
        let mut asks = vec![false; lay.places.len() * lay.hours];
        let mut served = Vec::with_capacity(cells.len());
        for cell in cells {
            let at = lay.place_of(cell.district, cell.company).unwrap_or_default();
            let hour = cell.hour as usize;
            asks[at * lay.hours + hour] = true;
            let Some(row) = told[at] else {
                served.push(cell.size);
                continue;
            };
            let got = row.served[hour];
            let here = || self.at_hour(&row.district, hour);
            must(self.rule, got.0 <= cell.size, here, &format!("<= {}", Micro(cell.size)), &got.to_string())?;
            served.push(got.0);
        }
        // Who asks for nothing gets nothing.
        for (at, row) in told.iter().enumerate().filter_map(|(at, row)| Some((at, (*row)?))) {
            let more = |(hour, got): &(usize, &Micro)| !asks[at * lay.hours + hour] && got.0 > 0;
            if let Some((hour, got)) = row.served.iter().enumerate().find(more) {
                let here = || self.at_hour(&row.district, hour);
                must(self.rule, false, here, "0.000000", &got.to_string())?;
            }
        }
        Ok(served)
    }

    fn place(&self, lay: &Lay<'_>, row: &ServedHours) -> Result<usize, Violation> {
        let scope = &self.check.scope;
        let company = match (&row.company, scope.entitled()) {
            (None, None) => Some(0),
            (Some(id), Some(_)) => scope.city().companies.iter().position(|company| **company == **id),
            _ => None,
        };
        let here = |place: &super::lay::Place| {
            scope.district_id(place.district) == row.district && Some(place.company as usize) == company
        };
        lay.places.iter().position(here).ok_or_else(|| {
            let found = format!("{} {}", row.district, row.company.as_deref().unwrap_or_default());
            self.refused("short", "-", found.trim())
        })
    }

    /// Whether every node is in balance in every hour, given what each place takes, by place and hour.
    pub fn balanced(&self, lay: &Lay<'_>, carried: &mut Carried, taken: &[u64]) -> Result<(), Violation> {
        // What comes in less what goes out or stays.
        let mut rest = vec![0i128; lay.nodes()];
        for (at, given) in carried.given.iter().enumerate() {
            given.iter().enumerate().for_each(|(hour, volume)| rest[lay.node(at, hour)] += i128::from(*volume));
        }
        for (at, (place, levels)) in lay.places.iter().zip(&carried.levels).enumerate() {
            let mut before = place.start;
            for (hour, level) in levels.iter().enumerate() {
                let taken = taken[at * lay.hours + hour];
                rest[lay.node(lay.place(at), hour)] += i128::from(before) - i128::from(*level) - i128::from(taken);
                before = *level;
            }
        }
        // Into a district of a pool goes whatever it lacks.
        for (at, link) in lay.pooled() {
            for hour in 0..lay.hours {
                let lacks = match link.from.checked_sub(lay.sources.len()) {
                    None => i128::from(carried.given[link.from][hour]),
                    Some(_) => -rest[lay.node(link.to, hour)],
                };
                let flow = u64::try_from(lacks).map_err(|_| {
                    let at = self.at_hour(&self.row_name(lay, link.to), hour);
                    Violation { rule: self.rule, at, expected: ">= 0".into(), found: signed(lacks) }
                })?;
                carried.links[at][hour] = flow;
            }
        }
        for (link, flows) in lay.links.iter().zip(&carried.links) {
            for (hour, flow) in flows.iter().enumerate() {
                rest[lay.node(link.from, hour)] -= i128::from(*flow);
                rest[lay.node(link.to, hour)] += i128::from(*flow);
            }
        }
        for row in 0..lay.rows() {
            for hour in 0..lay.hours {
                let rest = rest[lay.node(row, hour)];
                let at = || self.at_hour(&format!("{} in - out", self.row_name(lay, row)), hour);
                if rest != 0 {
                    must(self.rule, false, at, "0.000000", &signed(rest))?;
                }
            }
        }
        Ok(())
    }

    fn row_name(&self, lay: &Lay<'_>, row: usize) -> String {
        match row.checked_sub(lay.sources.len()).and_then(|at| lay.places.get(at)) {
            Some(place) => self.check.scope.district_id(place.district).to_owned(),
            None => lay.name(row).to_owned(),
        }
    }
}

/// Sums by place and hour.
pub(super) fn by_place(lay: &Lay<'_>, cells: &[HourCell], served: &[u64]) -> Vec<u64> {
    let mut sums = vec![0u64; lay.places.len() * lay.hours];
    for (cell, served) in cells.iter().zip(served) {
        if let Some(at) = lay.place_of(cell.district, cell.company) {
            sums[at * lay.hours + cell.hour as usize] += served;
        }
    }
    sums
}

fn signed(volume: i128) -> String {
    let told = Micro(u64::try_from(volume.unsigned_abs()).unwrap_or(u64::MAX));
    format!("{}{told}", if volume < 0 { "-" } else { "" })
}
