//! Each table's rows, handed to the builder.
//!
//! A row with a cell that cannot be read is handed on all the same where possible, so that one wrong volume does not
//! make its customer unknown elsewhere.

use crate::city::ledger::{At, Ledger};
use crate::city::read::cells;
use crate::city::read::headings::{self, Schema};
use crate::city::read::table::{Cells, Table};
use crate::city::{CityBuilder, CustomerRow, DemandRow, DistrictRow, LinkRow, ProfileRow, SupplyRow};
use crate::units::{Decimal, M3};

/// Reads a table into the builder. The columns are those of the schema, by number.
pub(super) fn read(table: &Table, schema: &'static Schema, city: &mut CityBuilder) {
    let mut ledger = std::mem::take(&mut city.ledger);
    let basis = city.settings.volume_basis.clone();
    let columns = table.columns(schema, &basis, &mut ledger);
    city.ledger = ledger;
    let Some(columns) = columns else { return city.ledger.unread(schema.key) };
    let number = city.tables.add(table.origin.clone(), columns.places());
    let entry = match schema.key {
        "customers" => customer,
        "districts" => district,
        "supply" => supply,
        "demand" => demand,
        "links" => link,
        _ => profile,
    };
    let mut ledger = Ledger::default();
    std::mem::swap(&mut ledger, &mut city.ledger);
    table.entries(&columns, &mut ledger, |ledger, line, row| {
        let at = At { table: number, line };
        let cells = Cells { row, line, origin: &table.origin, columns: &columns, ledger };
        entry(cells, at, city);
    });
    // What the builder itself found meanwhile comes behind.
    std::mem::swap(&mut ledger, &mut city.ledger);
    city.ledger.extend(ledger.close());
}

/// The table's schema by its key under `[files]`.
pub(super) const SCHEMAS: [&Schema; 6] = [
    &headings::DISTRICTS,
    &headings::CUSTOMERS,
    &headings::SUPPLY,
    &headings::LINKS,
    &headings::PROFILES,
    &headings::DEMAND,
];

fn customer(mut cells: Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let row = CustomerRow {
        id: cells.id(0),
        name: cells.text(1),
        district: cells.text(2),
        company: cells.text(3),
        class: cells.text(4),
        demand: M3(cells.whole(5).unwrap_or(0)),
        floor: M3(cells.whole(6).unwrap_or(0)),
        boiler_t_h: cells.decimal(7),
        backup: cells.word(8, cells::backup, cells::BACKUPS),
        profile: cells.text(9),
        contract: cells.word(10, cells::contract, cells::CONTRACTS),
        annual: cells.whole(11).map(M3),
        tags: cells.text(12),
        site: cells.id(13),
        households: cells.whole(14).unwrap_or(0),
        heated_m2: cells.whole(15).unwrap_or(0),
        contact: cells.text(16),
    };
    city.customer_at(&row, at);
}

fn district(mut cells: Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let row = DistrictRow {
        id: cells.id(0),
        name: cells.text(1),
        urban: cells.truth(2).unwrap_or(true),
        policy: cells.some(3),
        linepack: cells.whole(4).map(M3),
        linepack_min: cells.whole(5).map(M3),
        linepack_max: cells.whole(6).map(M3),
        linepack_draw: cells.whole(7).map(M3),
    };
    city.district_at(&row, at);
}

fn supply(mut cells: Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let date = cells.date(0);
    let source = cells.id(1);
    let volume = M3(cells.whole(2).unwrap_or(0));
    let max_h = cells.whole(3).map(M3);
    let (company, area) = (cells.some(4), cells.some(5));
    if let Some(date) = date {
        city.supply_at(&SupplyRow { date, source, volume, max_h, company, area }, at);
    }
}

fn demand(mut cells: Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let date = cells.date(0);
    let customer = Some(cells.id(1));
    let (district, company, class) = (cells.some(2), cells.some(3), cells.some(4));
    let volume = M3(cells.whole(5).unwrap_or(0));
    if let Some(date) = date {
        city.demand_at(&DemandRow { date, customer, district, company, class, volume }, at);
    }
}

fn link(mut cells: Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let (from, to) = (cells.id(0), cells.id(1));
    let capacity = M3(cells.whole(2).unwrap_or(0));
    let capacity_h = cells.whole(3).map(M3);
    city.link_at(&LinkRow { from, to, capacity, capacity_h }, at);
}

fn profile(mut cells: Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let profile = cells.id(0);
    let hour = cells.whole(1);
    let share = cells.decimal(2).unwrap_or(Decimal::ZERO);
    // An hour above 255 is none either; the builder says so.
    if let Some(hour) = hour {
        city.profile_at(&ProfileRow { profile, hour: u8::try_from(hour).unwrap_or(u8::MAX), share }, at);
    }
}
