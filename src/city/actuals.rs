//! What was really taken or delivered: the rows of `actuals.csv`.

use std::collections::BTreeMap;

use crate::city::build::find_district;
use crate::city::builder::{ActualDraft, RowWords};
use crate::city::ledger::{At, Ledger, Tables};
use crate::city::unknown::Unknown;
use crate::city::{City, CityMessage};
use crate::problem::nearest;
use crate::units::{Date, M3};

/// Whose gas a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metered {
    /// What a customer took, by index in [`City::customers`].
    Customer(u32),
    /// What all customers of a district took, by index in [`City::districts`].
    District(u32),
    /// What a source gave, by index in [`City::sources`].
    Source(u32),
    /// What the pipes of a district held when the hour began, by index in [`City::districts`].
    Linepack(u32),
}

/// What was really taken or delivered, in an hour or over the gas day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actual {
    /// Whose it is.
    pub who: Metered,
    /// The clock hour at whose beginning its hour begins; `None` for a figure of the whole gas day.
    pub hour: Option<u8>,
    /// In m3.
    pub volume: M3,
}

/// A figure and where its row stands.
type Row = (Metered, Option<u8>, At, M3);

/// The figures by day, each in the order of [`Metered`] and of the clock. `city` has everything but them.
pub(super) fn build(
    city: &City,
    rows: Vec<ActualDraft>,
    words: &RowWords,
    ledger: &mut Ledger,
    tables: &Tables,
) -> BTreeMap<Date, Vec<Actual>> {
    let mut days: BTreeMap<Date, Vec<Row>> = BTreeMap::new();
    for row in rows {
        let hour = match row.hour {
            Some(hour @ 24..) => {
                ledger.error(tables.cell(row.at, "hour"), CityMessage::BadHour { hour });
                continue;
            }
            hour => hour.map(|hour| hour as u8),
        };
        if let Some(who) = whose(city, &row, words, ledger, tables) {
            days.entry(row.date).or_default().push((who, hour, row.at, row.volume));
        }
    }
    let mut actuals = BTreeMap::new();
    for (date, mut rows) in days {
        rows.sort_unstable_by_key(|(who, hour, at, _)| (*who, *hour, *at));
        for pair in rows.windows(2) {
            if let [(who, hour, first, _), (other, same, at, _)] = pair
                && (who, hour) == (other, same)
            {
                let (who, first) = (name(city, *who), tables.place(*first).to_string());
                ledger.error(tables.cell(*at, "volume_m3"), CityMessage::DuplicateActual { who, first });
            }
        }
        let total = rows.iter().fold(0u128, |sum, (_, _, _, volume)| sum + u128::from(volume.get()));
        if total > 4 * u128::from(M3::MOST_IN_ALL.get())
            && let Some((_, _, at, _)) = rows.first()
        {
            ledger.error(tables.place(*at), CityMessage::TotalTooLarge { date: date.to_string() });
        }
        let actual = |(who, hour, _, volume): Row| Actual { who, hour, volume };
        actuals.insert(date, rows.into_iter().map(actual).collect());
    }
    actuals
}

/// Whose gas a row is: a customer's, else a source's, else a district's. A customer's row may name its district too.
fn whose(city: &City, row: &ActualDraft, words: &RowWords, ledger: &mut Ledger, tables: &Tables) -> Option<Metered> {
    let district = row.district.map(|word| {
        let word = words.districts.word(word);
        (word, find_district(&city.districts, word))
    });
    if let Some((word, None)) = district {
        Unknown { ledger, tables }.district(row.at, "district", word, &city.districts);
        return None;
    }
    let district = district.and_then(|(_, found)| found).map(|at| at as u32);
    let source = row.source.as_deref();
    if row.linepack {
        if row.customer.is_some() || source.is_some() {
            ledger.error(tables.cell(row.at, "linepack_m3"), CityMessage::LinepackOfDistrict {});
            return None;
        }
        if district.is_none() || row.hour.is_none() {
            ledger.error(tables.cell(row.at, "linepack_m3"), CityMessage::LinepackWhere {});
            return None;
        }
        return district.map(Metered::Linepack);
    }
    match (row.customer.as_deref(), source) {
        (Some(_), Some(_)) => {
            ledger.error(tables.cell(row.at, "source"), CityMessage::ActualOfTwo {});
            None
        }
        (None, Some(_)) if district.is_some() => {
            ledger.error(tables.cell(row.at, "source"), CityMessage::ActualOfTwo {});
            None
        }
        (Some(id), None) => {
            let Some(found) = city.customer(id) else {
                Unknown { ledger, tables }.customer(row.at, id, city.customers.iter().map(|c| &*c.id));
                return None;
            };
            let home = city.customers.get(found).map(|customer| customer.district);
            if district.is_some() && district != home {
                ledger.error(tables.cell(row.at, "district"), CityMessage::ForecastDisagrees { id: id.to_owned() });
                return None;
            }
            Some(Metered::Customer(found as u32))
        }
        (None, Some(word)) => {
            let found = city.sources.binary_search_by(|source| (*source.id).cmp(word)).ok();
            if found.is_none() && ledger.has("supply") {
                let names = city.sources.iter().map(|source| &*source.id);
                let near = nearest(word, names.clone()).map(str::to_owned);
                let word = word.to_owned();
                let message = match near {
                    Some(near) => CityMessage::UnknownSource { word, near },
                    None => CityMessage::StrangeSource { word, known: names.collect::<Vec<_>>().join(", ") },
                };
                ledger.error(tables.cell(row.at, "source"), message);
            }
            found.map(|at| Metered::Source(at as u32))
        }
        (None, None) => {
            if district.is_none() {
                ledger.error(tables.place(row.at), CityMessage::ActualOfNobody {});
            }
            district.map(Metered::District)
        }
    }
}

fn name(city: &City, who: Metered) -> String {
    match who {
        Metered::Customer(at) => city.customers.get(at as usize).map(|it| it.id.to_string()),
        Metered::District(at) | Metered::Linepack(at) => city.districts.get(at as usize).map(|it| it.id.to_string()),
        Metered::Source(at) => city.sources.get(at as usize).map(|it| it.id.to_string()),
    }
    .unwrap_or_default()
}

impl City {
    /// What was really taken or delivered on a gas day, in the order of [`Metered`] and of the clock; empty where nothing
    /// is known of it.
    pub fn actuals_on(&self, day: Date) -> &[Actual] {
        self.actuals.get(&day).map_or(&[], Vec::as_slice)
    }
}
