//! Each table's rows, handed to the builder.
//!
//! A row with a cell that cannot be read is handed on all the same where possible, so that one wrong volume does not
//! make its customer unknown elsewhere.

use crate::city::ledger::At;
use crate::city::read::cells;
use crate::city::read::headings::{self, Schema};
use crate::city::read::table::{Cells, Table};
use crate::city::read::weather::row_of;
use crate::city::weather::WeatherDraft;
use crate::city::{ActualRow, CityBuilder, CustomerRow, DemandRow, DistrictRow, HolidayRow, LinkRow, SupplyRow};
use crate::units::M3;

/// Reads a table into the builder. The columns are those of the schema, by number.
pub(super) fn read(table: &Table, schema: &'static Schema, city: &mut CityBuilder) {
    let mut ledger = std::mem::take(&mut city.ledger);
    let basis = city.settings.volume_basis.clone();
    let columns = table.columns(schema, &basis, &mut ledger);
    city.ledger = ledger;
    let Some(columns) = columns else { return city.ledger.unread(schema.key) };
    let number = city.tables.add(table.origin.clone(), schema.key, columns.places());
    let entry = match schema.key {
        "customers" => customer,
        "districts" => district,
        "supply" => supply,
        "demand" => demand,
        "links" => link,
        "holidays" => holiday,
        "actuals" => actual,
        "weather" => weather,
        _ => profile,
    };
    let mut ledger = std::mem::take(&mut city.ledger);
    table.entries(&columns, &mut ledger, |ledger, line, row| {
        // The cells complain first, then the builder.
        let mut cells = Cells { row, line, origin: &table.origin, columns: &columns, ledger };
        entry(&mut cells, At { table: number, line }, city);
    });
    city.ledger.absorb(ledger);
}

/// The table's schema by its key under `[files]`.
pub(super) const SCHEMAS: [&Schema; 9] = [
    &headings::DISTRICTS,
    &headings::CUSTOMERS,
    &headings::SUPPLY,
    &headings::LINKS,
    &headings::PROFILES,
    &headings::DEMAND,
    &headings::HOLIDAYS,
    &headings::ACTUALS,
    &headings::WEATHER,
];

fn customer(cells: &mut Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    // A demand that cannot be read was told, and no floor is above it.
    let demand = cells.whole(5);
    let floor = cells.whole(6).unwrap_or(0);
    let row = CustomerRow {
        id: cells.id(0),
        name: cells.text(1),
        district: cells.text(2),
        company: cells.text(3),
        class: cells.text(4),
        demand: M3(demand.unwrap_or(floor)),
        floor: M3(floor),
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

fn district(cells: &mut Cells<'_, '_>, at: At, city: &mut CityBuilder) {
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

fn supply(cells: &mut Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let date = cells.date(0);
    let source = cells.id(1);
    let volume = M3(cells.whole(2).unwrap_or(0));
    let max_h = cells.whole(3).map(M3);
    let (company, area) = (cells.some(4), cells.some(5));
    let Some(date) = date else { return cells.ledger.unread("supply") };
    city.supply_at(&SupplyRow { date, source, volume, max_h, company, area }, at);
}

fn demand(cells: &mut Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let date = cells.date(0);
    let customer = Some(cells.id(1));
    let (district, company, class) = (cells.some(2), cells.some(3), cells.some(4));
    let volume = M3(cells.whole(5).unwrap_or(0));
    let Some(date) = date else { return cells.ledger.unread("demand") };
    city.demand_at(&DemandRow { date, customer, district, company, class, volume }, at);
}

fn link(cells: &mut Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let (from, to) = (cells.id(0), cells.id(1));
    let capacity = M3(cells.whole(2).unwrap_or(0));
    let capacity_h = cells.whole(3).map(M3);
    city.link_at(&LinkRow { from, to, capacity, capacity_h }, at);
}

fn profile(cells: &mut Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let profile = cells.id(0);
    let hour = cells.whole(1);
    let share = cells.decimal(2);
    city.profile_at(profile, hour, share, at);
}

fn holiday(cells: &mut Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let date = cells.date(0);
    let name = cells.text(1);
    let kind = cells.must_word(2, cells::day_kind, cells::DAY_KINDS);
    let basis = cells.word(3, cells::day_basis, cells::DAY_BASES);
    let source = cells.text(4);
    let (Some(date), Some(kind)) = (date, kind) else { return cells.ledger.unread("holidays") };
    city.holiday_at(&HolidayRow { date, name, kind, basis, source }, at);
}

fn weather(cells: &mut Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    city.weather.extend(row_of(cells).map(|row| WeatherDraft::of(&row, at)));
}

fn actual(cells: &mut Cells<'_, '_>, at: At, city: &mut CityBuilder) {
    let date = cells.date(0);
    let hour = cells.whole(1);
    let (customer, district, source) = (Some(cells.id(2)), cells.some(3), Some(cells.id(4)));
    let held = cells.some(6).is_some();
    let linepack = if held { cells.whole(6) } else { None };
    // A reading of the pipes may stand alone in its row.
    let alone = held && cells.some(5).is_none();
    let volume = if alone { None } else { cells.whole(5) };
    if date.is_none() || (held && linepack.is_none()) || (!alone && volume.is_none()) {
        return cells.ledger.unread("actuals");
    }
    let Some(date) = date else { return };
    let row = |volume| ActualRow { date, hour: None, customer, district, source, volume: M3(volume) };
    if let Some(volume) = volume {
        city.actual_at(&row(volume), hour, at);
    }
    if let Some(linepack) = linepack {
        city.linepack_at(&row(linepack), hour, at);
    }
}
