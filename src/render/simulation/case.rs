//! A simulated day as a case of its own, on which `decide` says the same.

use std::io::{self, Write};

use crate::city::City;
use crate::decide::Day;
use crate::render::curve::plain;
use crate::units::Decimal;

/// The files of the case but for its `case.toml`, each by the key it has there, the burdens of blocks last.
pub(crate) fn tables(city: &City) -> Vec<&'static str> {
    let mut keys = vec!["customers", "districts", "supply", "demand"];
    keys.extend(city.links.is_some().then_some("links"));
    keys.extend((!city.profiles.is_empty()).then_some("profiles"));
    keys
}

/// `case.toml`; `policy` and the districts' own are built-in ids or paths from anywhere.
pub(crate) fn toml(city: &City, policy: &str) -> String {
    let settings = &city.settings;
    let quoted = crate::tree::quoted;
    let mut text = format!(
        "[case]\nname = {}\npolicy = {}\ntimezone = {}\ngas_day_start = \"{:02}:00\"\npooling = {}\nhourly = {}\nvolume_basis = {}\n\n[files]\n",
        quoted(&settings.name),
        quoted(policy),
        quoted(&settings.timezone),
        settings.gas_day_start,
        settings.pooling,
        settings.hourly,
        quoted(&settings.volume_basis),
    );
    for key in tables(city) {
        text.push_str(&format!("{key} = \"{key}.csv\"\n"));
    }
    text
}

/// A table of the case, by its key; `policy` tells where the policy of an outer district is found.
pub(crate) fn table(
    key: &str,
    city: &City,
    day: &Day,
    policy: &dyn Fn(&str) -> String,
    to: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    match key {
        "customers" => customers(city, &mut rows)?,
        "districts" => districts(city, policy, &mut rows)?,
        "supply" => supply(city, day, &mut rows)?,
        "links" => links(city, &mut rows)?,
        "profiles" => profiles(city, &mut rows)?,
        "burdens" => {
            rows.write_record(["district", "burden", "turns"])?;
            for (district, burden, turns) in remembered(city, day) {
                rows.write_record([plain(district), burden.to_string(), turns.join(";")])?;
            }
        }
        _ => {
            rows.write_record(["date", "customer_id", "demand_m3"])?;
            for (customer, demand) in city.customers.iter().zip(&day.demand) {
                rows.write_record([day.date.to_string(), plain(&customer.id), demand.get().to_string()])?;
            }
        }
    }
    rows.flush()
}

/// What a day remembers of each block that has borne anything: by district, what in equivalent full days, and on which days.
pub(crate) fn remembered<'d>(city: &'d City, day: &'d Day) -> impl Iterator<Item = (&'d str, Decimal, Vec<String>)> {
    (0..).zip(&city.districts).filter_map(|(at, district)| {
        let (burden, turns) = (day.burdens.get(&at), day.turns.get(&at));
        let days = turns.into_iter().flatten().map(ToString::to_string).collect();
        (burden.is_some() || turns.is_some()).then(|| (&*district.id, burden.copied().unwrap_or_default(), days))
    })
}

type Rows<'a> = csv::Writer<&'a mut dyn Write>;

fn customers(city: &City, rows: &mut Rows<'_>) -> io::Result<()> {
    rows.write_record([
        "customer_id",
        "name",
        "district",
        "company",
        "class",
        "demand_m3",
        "floor_m3",
        "boiler_t_h",
        "backup",
        "profile",
        "contract",
        "annual_m3",
        "tags",
        "site",
        "households",
        "heated_m2",
        "contact",
    ])?;
    let word = |words: &[Box<str>], at: u32| words.get(at as usize).map_or_else(String::new, |word| plain(word));
    for customer in &city.customers {
        let more = customer.more.as_deref().cloned().unwrap_or_default();
        let district = city.districts.get(customer.district as usize).map_or("", |district| &district.id);
        let profile = customer.profile.and_then(|at| city.profiles.get(at as usize)).map_or("", |profile| &profile.id);
        let optional = |text: Option<String>| text.unwrap_or_default();
        rows.write_record([
            plain(&customer.id),
            plain(&customer.name),
            plain(district),
            word(&city.companies, customer.company),
            word(&city.classes, customer.class),
            customer.demand.get().to_string(),
            customer.floor.get().to_string(),
            optional(more.boiler_t_h.map(|tons| tons.to_string())),
            customer.backup.id().to_owned(),
            plain(profile),
            customer.contract.id().to_owned(),
            optional(more.annual.map(|annual| annual.get().to_string())),
            plain(&more.tags.join(";")),
            plain(&more.site),
            more.households.to_string(),
            more.heated_m2.to_string(),
            plain(&more.contact),
        ])?;
    }
    Ok(())
}

fn districts(city: &City, policy: &dyn Fn(&str) -> String, rows: &mut Rows<'_>) -> io::Result<()> {
    rows.write_record([
        "district",
        "name",
        "urban",
        "policy",
        "linepack_m3",
        "linepack_min_m3",
        "linepack_max_m3",
        "linepack_draw_m3",
    ])?;
    for district in &city.districts {
        let volumes = [district.linepack, district.linepack_min, district.linepack_max, district.linepack_draw];
        let own = district.policy.as_deref().map_or_else(String::new, policy);
        let mut row = vec![plain(&district.id), plain(&district.name), district.urban.to_string(), plain(&own)];
        row.extend(volumes.map(|volume| volume.map_or_else(String::new, |volume| volume.get().to_string())));
        rows.write_record(row)?;
    }
    Ok(())
}

fn supply(city: &City, day: &Day, rows: &mut Rows<'_>) -> io::Result<()> {
    rows.write_record(["date", "source", "volume_m3", "company", "area"])?;
    for (source, volume) in city.sources.iter().zip(&day.supply) {
        let Some(volume) = volume else { continue };
        let company = source.company.and_then(|at| city.companies.get(at as usize)).map_or("", |company| company);
        let area = source.area.and_then(|at| city.districts.get(at as usize)).map_or("", |area| &*area.id);
        let cells = [&*source.id, company, area].map(plain);
        let [id, company, area] = cells;
        rows.write_record([day.date.to_string(), id, volume.get().to_string(), company, area])?;
    }
    Ok(())
}

fn links(city: &City, rows: &mut Rows<'_>) -> io::Result<()> {
    rows.write_record(["from", "to", "capacity_m3", "capacity_m3_h"])?;
    for link in city.links.iter().flatten() {
        let hour = link.capacity_h.map_or_else(String::new, |capacity| capacity.get().to_string());
        rows.write_record([plain(&link.names.0), plain(&link.names.1), link.capacity.get().to_string(), hour])?;
    }
    Ok(())
}

fn profiles(city: &City, rows: &mut Rows<'_>) -> io::Result<()> {
    rows.write_record(["profile", "hour", "share"])?;
    for profile in &city.profiles {
        for (hour, share) in profile.shares.iter().enumerate() {
            rows.write_record([plain(&profile.id), hour.to_string(), share.to_string()])?;
        }
    }
    Ok(())
}
