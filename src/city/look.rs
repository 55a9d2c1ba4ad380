//! What a case's owner should have a look at, though it can be used.

use crate::city::ledger::{At, Ledger, Tables};
use crate::city::{City, CityMessage, Customer, End};
use crate::policy::{Class, Policies, Policy};
use crate::units::M3;

/// The largest block of an even city takes at most so many times what the smallest takes.
const EVEN: u64 = 3;

/// Warns of everything that looks wrong.
pub(super) fn worth(city: &City, policies: &Policies, ledger: &mut Ledger, tables: &Tables) {
    let asked: Vec<Vec<Asked>> = city
        .districts
        .iter()
        .map(|district| {
            let policy = policies.named(district.policy.as_deref());
            city.classes.iter().map(|class| Asked::of(policy, class)).collect()
        })
        .collect();
    let mut demand = vec![M3::ZERO; city.districts.len()];
    for customer in &city.customers {
        let at = At { table: customer.table, line: customer.line };
        if let Some(sum) = demand.get_mut(customer.district as usize) {
            *sum += customer.demand;
        }
        if customer.demand.is_zero() {
            ledger.warn(tables.cell(at, "demand_m3"), CityMessage::ZeroDemand { id: customer.id.to_string() });
        }
        let asked = asked.get(customer.district as usize).and_then(|row| row.get(customer.class as usize));
        if let Some(Asked { boiler: Some(boiler), .. }) = asked {
            look_at_boiler(customer, boiler, at, ledger, tables);
        }
    }
    blocks(city, &demand, ledger);
    network(city, ledger, tables);
    days(city, &demand, ledger, tables);
    if !city.settings.pooling {
        let has_source = |company: u32| city.sources.iter().any(|s| s.company == Some(company));
        for (i, company) in city.companies.iter().enumerate().filter(|(i, _)| !has_source(*i as u32)) {
            let first = city.customers.iter().find(|c| c.company as usize == i);
            if let Some(first) = first {
                let at = At { table: first.table, line: first.line };
                let message = CityMessage::CompanyWithoutSource { company: company.to_string() };
                ledger.warn(tables.cell(at, "company"), message);
            }
        }
    }
}

/// What a policy asks of a class's customers.
struct Asked<'a> {
    boiler: Option<Boiler<'a>>,
}

struct Boiler<'a> {
    class: &'a Class,
    /// Whether a measure depends on the tonnage.
    tonnage: bool,
    /// Words that name a class which some measure must not touch, and which a boiler may in truth serve.
    exempt: Vec<(String, &'a Class)>,
    /// Tags that exempt whoever carries them.
    tags: Vec<&'a str>,
}

impl<'a> Asked<'a> {
    fn of(policy: &'a Policy, id: &str) -> Self {
        let found = policy.classes.iter().position(|class| class.id == id);
        let boiler = found.and_then(|at| {
            let class = policy.classes.get(at).filter(|class| class.boiler)?;
            let actions = policy.measures.iter().flat_map(|measure| measure.at.iter().flatten());
            let tonnage = actions.map(|action| &action.who).any(|who| who.asks_tonnage() && who.may_mean(at));
            let mut exempt: Vec<usize> =
                policy.exemptions.iter().flat_map(|exemption| exemption.who.classes.iter().copied()).collect();
            exempt.sort_unstable();
            exempt.dedup();
            let exempt = exempt.into_iter().filter_map(|at| policy.classes.get(at)).filter(|c| !c.boiler);
            let exempt = exempt.flat_map(|class| words(class).map(move |word| (word, class))).collect();
            let tags = policy.exemptions.iter().flat_map(|exemption| &exemption.who.tags).map(String::as_str).collect();
            Some(Boiler { class, tonnage, exempt, tags })
        });
        Self { boiler }
    }
}

/// What people call a class, in small letters; a single letter or character would be found anywhere.
fn words(class: &Class) -> impl Iterator<Item = String> + '_ {
    let spoken = class.id.replace('_', " ");
    let names = [&class.id, &class.label.en, &class.label.zh].into_iter().chain(&class.aliases);
    let names = names.map(|name| name.to_lowercase()).chain([spoken]);
    names.filter(|word| word.chars().count() > 1)
}

fn look_at_boiler(customer: &Customer, boiler: &Boiler<'_>, at: At, ledger: &mut Ledger, tables: &Tables) {
    let more = customer.more.as_deref();
    if boiler.tonnage && more.is_none_or(|more| more.boiler_t_h.is_none()) {
        ledger.warn(tables.cell(at, "boiler_t_h"), CityMessage::MissingTonnage { id: customer.id.to_string() });
    }
    let name = customer.name.to_lowercase();
    let tags = more.map_or(&[][..], |more| &more.tags);
    if tags.iter().any(|tag| boiler.tags.contains(&&**tag)) {
        return;
    }
    let suggests = |word: &str| name.contains(word) || tags.iter().any(|tag| tag.to_lowercase().contains(word));
    if let Some((_, other)) = boiler.exempt.iter().find(|(word, _)| suggests(word)) {
        let names = |class: &Class| (class.id.clone(), class.label.zh.clone());
        let ((class, class_zh), (other, other_zh)) = (names(boiler.class), names(other));
        let name = customer.name.to_string();
        let message = CityMessage::BoilerSuggests { name, class, class_zh, other, other_zh };
        ledger.warn(tables.cell(at, "class"), message);
    }
}

fn blocks(city: &City, demand: &[M3], ledger: &mut Ledger) {
    for (district, _) in city.districts.iter().zip(demand).filter(|(_, demand)| demand.is_zero()) {
        let message = CityMessage::DistrictWithoutDemand { district: district.id.to_string() };
        ledger.warn(district.place.clone(), message);
    }
    let blocks = || city.districts.iter().zip(demand).filter(|(district, demand)| district.urban && !demand.is_zero());
    let (large, small) = (blocks().max_by_key(|(_, demand)| **demand), blocks().min_by_key(|(_, demand)| **demand));
    if let (Some((large, large_m3)), Some((small, small_m3))) = (large, small)
        && large_m3.0 > EVEN * small_m3.0
    {
        let message = CityMessage::UnevenBlocks {
            large: large.name.to_string(),
            large_m3: large_m3.0,
            small: small.name.to_string(),
            small_m3: small_m3.0,
        };
        ledger.warn(small.place.clone(), message);
    }
}

/// Blocks that no gas reaches, and sources whose gas reaches nothing.
fn network(city: &City, ledger: &mut Ledger, tables: &Tables) {
    let Some(links) = &city.links else { return };
    for (i, district) in city.districts.iter().enumerate().filter(|(_, district)| district.urban) {
        if !links.iter().any(|link| link.to == End::District(i as u32)) {
            let district = district.id.to_string();
            ledger.warn(tables.whole("links"), CityMessage::DistrictWithoutLink { district });
        }
    }
    for (i, source) in city.sources.iter().enumerate().filter(|(_, source)| source.area.is_none()) {
        if !links.iter().any(|link| link.from == End::Source(i as u32)) {
            let source = source.id.to_string();
            ledger.warn(tables.whole("links"), CityMessage::SourceWithoutLink { source });
        }
    }
}

fn days(city: &City, demand: &[M3], ledger: &mut Ledger, tables: &Tables) {
    for (i, source) in city.sources.iter().enumerate() {
        let Some(area) = source.area else { continue };
        let wants = demand.get(area as usize).is_some_and(|demand| !demand.is_zero());
        let row = city.supply.values().flatten().find(|row| row.source as usize == i);
        if let (false, Some(row), Some(district)) = (wants, row, city.districts.get(area as usize)) {
            let (source, district) = (source.id.to_string(), district.id.to_string());
            ledger.warn(row.place.clone(), CityMessage::SupplyWithoutDemand { source, district });
        }
    }
    if city.demand.is_empty() {
        return;
    }
    for (date, rows) in &city.supply {
        if let (false, Some(row)) = (city.demand.contains_key(date), rows.first()) {
            ledger.warn(row.place.clone(), CityMessage::SupplyWithoutForecast { date: date.to_string() });
        }
    }
    for (date, rows) in &city.demand {
        let first = rows.own.iter().map(|own| own.at).chain(rows.groups.iter().map(|group| group.at)).min();
        if let (false, Some(at)) = (city.supply.contains_key(date), first) {
            ledger.warn(tables.cell(at, "date"), CityMessage::ForecastWithoutSupply { date: date.to_string() });
        }
    }
}
