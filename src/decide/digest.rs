//! Digests of the rows a decision is made from: a changed input is then told apart from a bad decision.
//!
//! What a row says is written length by length, so that no two different tables give the same bytes, and what a decision
//! does not read (names, contacts, other days) is left out. Rows are hashed in blocks of fixed size and the blocks'
//! digests once more, so that several threads may share the work and the result is the same for any number of them.

use hmac_sha256::Hash;

use super::Day;
use super::evidence::Inputs;
use super::past::{InForce, Past};
use crate::city::{Actual, City, Customer, Metered};
use crate::policy::hex;

/// Rows to a block.
const BLOCK: usize = 1 << 14;

impl Day {
    /// Digests of the rows that a decision of this day is made from.
    pub fn inputs(&self, city: &City) -> Inputs {
        inputs(city, self)
    }
}

/// The digests of a city's day.
pub(super) fn inputs(city: &City, day: &Day) -> Inputs {
    let settings = &city.settings;
    let links = city.links.as_deref().unwrap_or_default();
    // Of a day that is decided again the rows are those of the case, and not what is left of them.
    let past = day.past.as_ref();
    let supply = past.map_or(&day.supply, |past| &past.supply);
    let word = |rows: &mut Rows, index: Option<u32>, words: &[Box<str>]| {
        rows.text(index.and_then(|i| words.get(i as usize)).map_or("", |word| word));
    };
    Inputs {
        case: one(|row| {
            row.text(&settings.name);
            row.text(&settings.volume_basis);
            row.number(u64::from(settings.gas_day_start));
            row.number(u64::from(settings.pooling));
            row.number(u64::from(settings.hourly));
            row.number(u64::from(city.links.is_some()));
            // Of a day as a whole only what is past of it goes by its clock.
            let unusual = past.is_some_and(|past| past.clock.len() != 24);
            if settings.hourly || unusual {
                day.clock(city).into_iter().for_each(|hour| row.number(u64::from(hour)));
            }
        }),
        customers: blocks(&city.customers, |row, _, customer| write_customer(row, city, customer)),
        demand: blocks(&day.demand, |row, _, volume| row.number(volume.get())),
        districts: blocks(&city.districts, |row, _, district| {
            row.text(&district.id);
            row.number(u64::from(district.urban));
            row.text(district.policy.as_deref().unwrap_or_default());
            for volume in [district.linepack, district.linepack_min, district.linepack_max, district.linepack_draw] {
                row.option(volume.map(|volume| volume.get()));
            }
        }),
        supply: blocks(supply, |row, at, volume| {
            // A source without a row that day is no part of the day, whatever other days say of it.
            let (Some(volume), Some(source)) = (volume, city.sources.get(at)) else { return };
            row.text(&source.id);
            word(row, source.company, &city.companies);
            row.text(source.area.and_then(|area| city.districts.get(area as usize)).map_or("", |area| &area.id));
            row.number(volume.get());
            if settings.hourly {
                row.option(city.most_in_an_hour(at as u32, day.date).map(|most| most.get()));
            }
        }),
        links: blocks(links, |row, at, link| {
            row.text(&link.names.0);
            row.text(&link.names.1);
            let whole = past.and_then(|past| past.links.get(at).copied());
            row.number(whole.unwrap_or(link.capacity.get()));
            row.option(link.capacity_h.map(|capacity| capacity.get()));
        }),
        profiles: blocks(&city.profiles, |row, _, profile| {
            row.text(&profile.id);
            profile.shares.iter().for_each(|share| row.wide(share.atto()));
        }),
        actuals: past.map(|past| actuals(city, day, past)),
        order: past.and_then(|past| Some(order(past, past.order.as_ref()?))),
    }
}

/// What was taken and given in the hours that are past.
fn actuals(city: &City, day: &Day, past: &Past) -> String {
    let of_the_past = |actual: &&Actual| match actual.who {
        Metered::Linepack(_) => actual.hour == Some(past.at),
        _ => actual.hour.is_some_and(|hour| past.elapsed.has(hour)),
    };
    let rows: Vec<&Actual> = city.actuals_on(day.date).iter().filter(of_the_past).collect();
    blocks(&rows, |row, _, actual| {
        let (kind, id) = match actual.who {
            Metered::Customer(at) => (0, city.customers.get(at as usize).map(|it| &*it.id)),
            Metered::District(at) => (1, city.districts.get(at as usize).map(|it| &*it.id)),
            Metered::Source(at) => (2, city.sources.get(at as usize).map(|it| &*it.id)),
            Metered::Linepack(at) => (3, city.districts.get(at as usize).map(|it| &*it.id)),
        };
        row.number(kind);
        row.text(id.unwrap_or_default());
        row.option(actual.hour.map(u64::from));
        row.number(actual.volume.get());
    })
}

/// What the order in force had for the hours that are past, and what it leaves for the rest.
fn order(past: &Past, order: &InForce) -> String {
    let customers = blocks(&order.rest, |row, at, rest| {
        row.number(*rest);
        row.number(past.ordered.get(at).copied().unwrap_or_default());
        let reason = order.reason_of.get(at).and_then(|reason| order.reasons.get(*reason as usize));
        row.number(reason.map_or(0, |reason| reason.measures.len() as u64 + 1));
        reason.iter().flat_map(|reason| &reason.measures).for_each(|id| row.text(id));
        row.wide(reason.map_or(0, |reason| (0..24).filter(|h| reason.off.has(*h)).map(|h| 1u128 << h).sum()));
    });
    one(|row| {
        row.text(&customers);
        row.number(order.blocks.len() as u64);
        order.blocks.iter().for_each(|block| row.number(u64::from(*block)));
        for (area, unused) in &order.unused {
            row.option(area.map(u64::from));
            row.number(*unused);
        }
        for sums in [&order.turns, &order.listed] {
            row.number(sums.len() as u64);
            for (id, volume) in sums {
                row.text(id);
                row.number(*volume);
            }
        }
    })
}

fn write_customer(row: &mut Rows, city: &City, customer: &Customer) {
    row.text(&customer.id);
    row.text(city.districts.get(customer.district as usize).map_or("", |district| &district.id));
    row.text(city.companies.get(customer.company as usize).map_or("", |company| company));
    row.text(city.classes.get(customer.class as usize).map_or("", |class| class));
    row.text(customer.profile.and_then(|p| city.profiles.get(p as usize)).map_or("", |profile| &profile.id));
    row.number(customer.floor.get());
    row.text(customer.backup.id());
    row.text(customer.contract.id());
    let Some(more) = customer.more.as_deref() else { return row.number(0) };
    row.number(1);
    row.option(more.boiler_t_h.map(|_| 1));
    row.wide(more.boiler_t_h.unwrap_or_default().atto());
    row.option(more.annual.map(|annual| annual.get()));
    row.number(more.tags.len() as u64);
    more.tags.iter().for_each(|tag| row.text(tag));
    row.text(&more.site);
    row.number(more.households);
}

/// Rows as bytes that can be read in one way only.
#[derive(Default)]
struct Rows(Vec<u8>);

impl Rows {
    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Seven bits a byte, the lowest first: most numbers are small.
    fn number(&mut self, mut number: u64) {
        while number > 127 {
            self.0.push(number as u8 | 128);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn wide(&mut self, number: u128) {
        self.number(number as u64);
        self.number((number >> 64) as u64);
    }

    fn option(&mut self, number: Option<u64>) {
        self.number(u64::from(number.is_some()));
        self.number(number.unwrap_or_default());
    }
}

fn one(write: impl FnOnce(&mut Rows)) -> String {
    let mut rows = Rows::default();
    write(&mut rows);
    hex(&Hash::hash(&rows.0))
}

/// The digest of the blocks' digests.
fn blocks<T: Sync>(all: &[T], write: impl Fn(&mut Rows, usize, &T) + Sync) -> String {
    let block = |number: usize| {
        let (mut rows, from) = (Rows::default(), number * BLOCK);
        for (at, row) in all.iter().enumerate().skip(from).take(BLOCK) {
            write(&mut rows, at, row);
        }
        Hash::hash(&rows.0)
    };
    let count = all.len().div_ceil(BLOCK);
    let half = if count > 2 { count / 2 } else { 0 };
    let digests: Vec<[u8; 32]> = std::thread::scope(|threads| {
        let first = (half > 0).then(|| threads.spawn(|| (0..half).map(block).collect::<Vec<_>>()));
        let second: Vec<[u8; 32]> = (half..count).map(block).collect();
        let first =
            first.map_or_else(Vec::new, |first| first.join().unwrap_or_else(|_| (0..half).map(block).collect()));
        first.into_iter().chain(second).collect()
    });
    hex(&Hash::hash(digests.as_flattened()))
}
