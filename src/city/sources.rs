//! The sources of a city and what they can give, day by day.

use std::collections::BTreeMap;

use crate::city::build::{Companies, resolve};
use crate::city::builder::{RowWords, SupplyDraft};
use crate::city::ledger::{At, Ledger, Tables};
use crate::city::unknown::Unknown;
#[cfg(feature = "files")]
use crate::city::{City, End, Link};
use crate::city::{CityMessage, District, Source, SourceDay};
use crate::units::{Date, M3};

/// What supply rows refer to.
pub(super) struct Supplied<'a> {
    pub words: &'a RowWords,
    pub districts: &'a [District],
    pub in_district: &'a [Option<u32>],
    pub companies: &'a Companies,
}

#[cfg(feature = "files")]
impl City {
    /// Adds a source that gives nothing yet, in its place by name; in a network, a link that always carries what it gives, to an end
    /// with its name. Of a city without meters.
    pub(crate) fn add_source(
        &mut self,
        name: &str,
        company: Option<u32>,
        area: Option<u32>,
        feeds: Option<(End, Box<str>)>,
    ) {
        let at = self.sources.partition_point(|source| source.id.as_bytes() < name.as_bytes());
        self.sources.insert(at, Source { id: name.into(), company, area });
        let at = at as u32;
        let moved = |source: &mut u32| *source += u32::from(*source >= at);
        self.supply.values_mut().flatten().for_each(|day| moved(&mut day.source));
        let Some(links) = &mut self.links else { return };
        for end in links.iter_mut().flat_map(|link| [&mut link.from, &mut link.to]) {
            if let End::Source(source) = end {
                moved(source);
            }
        }
        if let Some((to, end)) = feeds {
            let names = (name.into(), end);
            links.push(Link { from: End::Source(at), to, names, capacity: M3::MOST, capacity_h: None });
        }
    }
}

type Supply = BTreeMap<Date, Vec<SourceDay>>;

impl Supplied<'_> {
    /// The sources by name, and their days.
    pub fn build(
        &self,
        rows: &[SupplyDraft],
        pooling: bool,
        ledger: &mut Ledger,
        tables: &Tables,
    ) -> (Vec<Source>, Supply) {
        if rows.is_empty() && ledger.has("supply") {
            ledger.error(tables.whole("supply"), CityMessage::NoSupply {});
        }
        let mut names: Vec<&str> = self.words.sources.list().iter().map(|name| &**name).collect();
        names.sort_unstable();
        let number = resolve(&self.words.sources, |word| names.binary_search(&word).ok());
        let mut firsts: Vec<Option<&SupplyDraft>> = vec![None; names.len()];
        let mut supply = Supply::new();
        let mut seen: BTreeMap<(Date, u32), At> = BTreeMap::new();
        for row in rows {
            let source = number.get(row.source as usize).copied().flatten().unwrap_or(0);
            let name = self.words.sources.word(row.source);
            Unknown { ledger, tables }.missing(row.at, name, ("source", "气源"));
            match firsts.get_mut(source as usize) {
                Some(Some(first)) => self.same(first, row, ledger, tables),
                Some(none) => {
                    self.first(row, pooling, ledger, tables);
                    *none = Some(row);
                }
                None => {}
            }
            if let Some(first) = seen.insert((row.date, source), row.at) {
                let (source, first) = (name.to_owned(), tables.place(first).to_string());
                let message = CityMessage::DuplicateSupply { source, date: row.date.to_string(), first };
                ledger.error(tables.cell(row.at, "source"), message);
            } else {
                let place = tables.place(row.at);
                let day = SourceDay { source, volume: row.volume, max_h: row.max_h, place };
                supply.entry(row.date).or_default().push(day);
            }
        }
        for (date, day) in &mut supply {
            day.sort_unstable_by_key(|day| day.source);
            if day.iter().map(|day| day.volume).sum::<M3>() > M3::MOST_IN_ALL {
                let place = day.first().map_or_else(|| tables.whole("supply"), |day| day.place.clone());
                ledger.error(place, CityMessage::TotalTooLarge { date: date.to_string() });
            }
        }
        let source = |(name, first): (&&str, &Option<&SupplyDraft>)| Source {
            id: (*name).into(),
            company: first.and_then(|row| row.company).and_then(|word| self.companies.number(word)),
            area: first.and_then(|row| row.area).and_then(|word| self.area(word)),
        };
        (names.iter().zip(&firsts).map(source).collect(), supply)
    }

    fn area(&self, word: u32) -> Option<u32> {
        self.in_district.get(word as usize).copied().flatten()
    }

    /// Checks what the first row of a source says of it.
    fn first(&self, row: &SupplyDraft, pooling: bool, ledger: &mut Ledger, tables: &Tables) {
        match row.company {
            Some(word) if self.companies.number(word).is_none() => {
                let word = self.words.companies.word(word);
                Unknown { ledger, tables }.company(row.at, word, &self.companies.ids);
            }
            None if !pooling => {
                let source = self.words.sources.word(row.source).to_owned();
                ledger.error(tables.cell(row.at, "company"), CityMessage::SourceWithoutCompany { source });
            }
            _ => {}
        }
        let Some(word) = row.area else { return };
        let found = self.area(word).and_then(|area| self.districts.get(area as usize));
        match found {
            None => {
                let word = self.words.districts.word(word);
                Unknown { ledger, tables }.district(row.at, "area", word, self.districts);
            }
            Some(district) if district.urban => {
                let district = self.words.districts.word(word).to_owned();
                ledger.error(tables.cell(row.at, "area"), CityMessage::AreaIsUrban { district });
            }
            Some(_) => {}
        }
    }

    /// Checks that a later row says the same.
    fn same(&self, first: &SupplyDraft, row: &SupplyDraft, ledger: &mut Ledger, tables: &Tables) {
        let source = || self.words.sources.word(row.source).to_owned();
        let at = || tables.place(first.at).to_string();
        if first.company != row.company {
            let message = CityMessage::SourceChangesCompany { source: source(), first: at() };
            ledger.error(tables.cell(row.at, "company"), message);
        }
        let district = |row: &SupplyDraft| row.area.map(|word| self.area(word).ok_or(word));
        if district(first) != district(row) {
            let message = CityMessage::SourceChangesArea { source: source(), first: at() };
            ledger.error(tables.cell(row.at, "area"), message);
        }
    }
}
