//! The checks that make a city out of rows: ids are unique, every reference leads somewhere, totals fit.

use std::collections::BTreeMap;

use crate::city::builder::CityBuilder;
use crate::city::ledger::{At, Ledger, Tables, Words};
use crate::city::sources::Supplied;
use crate::city::unknown::Unknown;
use crate::city::{City, CityMessage, Customer, District, Workdays, actuals, forecasts, look, network, weather};
use crate::policy::{Policies, Policy};
use crate::problem::{Place, Problems};
use crate::units::M3;

/// Makes the city. Without policies, classes are not checked and the result is good for its problems alone.
pub(super) fn city(mut rows: CityBuilder, policies: Option<&Policies>) -> Result<(City, Problems), Problems> {
    let (ledger, tables, words) = (&mut rows.ledger, &rows.tables, &rows.words);
    let districts = districts(rows.districts, policies, ledger, tables);
    let in_district = resolve(&words.districts, |word| find_district(&districts, word));

    let mut customers = rows.customers;
    if customers.is_empty() && ledger.has("customers") {
        ledger.error(tables.whole("customers"), CityMessage::NoCustomers {});
    }
    let companies = Companies::of(&customers, &words.companies);
    let profiles = network::profiles(&rows.profiles, &words.profiles, ledger, tables);
    let in_profile = resolve(&words.profiles, |word| profiles.iter().position(|p| *p.id == *word));
    let classes = Classes::of(&customers, &words.classes, &in_district, &districts, policies);
    let mut unknown = Unknown { ledger, tables };
    let mut total = M3::ZERO;
    for customer in &mut customers {
        let at = At { table: customer.table, line: customer.line };
        unknown.missing(at, &customer.id, ("customer_id", "用户编号"));
        let district = words.districts.word(customer.district);
        let found = in_district.get(customer.district as usize).copied().flatten();
        if found.is_none() {
            unknown.district(at, "district", district, &districts);
        }
        if words.companies.word(customer.company).is_empty() {
            unknown.missing(at, "", ("company", "城燃企业"));
        }
        let class = classes.find(found, customer.class);
        if class.is_none() {
            unknown.class(at, words.classes.word(customer.class), classes.policy(found));
        }
        if let Some(profile) = customer.profile {
            customer.profile = in_profile.get(profile as usize).copied().flatten();
            if customer.profile.is_none() {
                unknown.profile(at, words.profiles.word(profile), profiles.iter().map(|p| &*p.id));
            }
        }
        customer.district = found.unwrap_or(0);
        customer.company = companies.number(customer.company).unwrap_or(0);
        customer.class = class.unwrap_or(0);
        total += customer.demand;
    }
    if total > M3::MOST_IN_ALL {
        ledger.error(tables.whole("customers"), CityMessage::DemandTooLarge {});
    }
    sort(&mut customers);
    for pair in customers.windows(2) {
        if let [a, b] = pair
            && a.id == b.id
            && !a.id.is_empty()
        {
            let place = |c: &Customer, column| tables.cell(At { table: c.table, line: c.line }, column);
            let first = place(a, "").to_string();
            ledger.error(place(b, "customer_id"), CityMessage::DuplicateCustomer { id: b.id.to_string(), first });
        }
    }

    let supplied = Supplied { words, districts: &districts, in_district: &in_district, companies: &companies };
    let (sources, supply) = supplied.build(&rows.supply, rows.settings.pooling, ledger, tables);
    let links = network::links(&rows.links, &sources, &districts, ledger, tables);
    if rows.holidays.is_empty() && tables.has("holidays") && ledger.has("holidays") {
        ledger.error(tables.whole("holidays"), CityMessage::NoHolidays {});
    }
    let workdays = Workdays::build(rows.holidays, ledger, tables);
    let mut city = City {
        settings: rows.settings,
        customers,
        districts,
        companies: companies.ids,
        classes: classes.ids,
        sources,
        links,
        profiles,
        supply,
        demand: BTreeMap::new(),
        actuals: BTreeMap::new(),
        weather: weather::build(rows.weather, ledger, tables),
        modelled: BTreeMap::new(),
        workdays,
        tables: Vec::new(),
    };
    city.demand = forecasts::build(&city, &rows.demand, &rows.demand_ids, &rows.words, policies, ledger, tables);
    city.actuals = actuals::build(&city, rows.actuals, &rows.words, ledger, tables);
    // What is wrong makes other things look wrong.
    if let (Some(policies), false) = (policies, ledger.stopped()) {
        look::worth(&city, policies, ledger, tables);
    }
    city.tables = rows.tables.origins();
    rows.ledger.close().or(city)
}

/// What each word means.
pub(super) fn resolve(words: &Words, find: impl Fn(&str) -> Option<usize>) -> Vec<Option<u32>> {
    words.list().iter().map(|word| find(word).map(|at| at as u32)).collect()
}

/// A district by its id or, failing that, its name.
pub(super) fn find_district(districts: &[District], word: &str) -> Option<usize> {
    let by_id = districts.iter().position(|d| *d.id == *word);
    by_id.or_else(|| districts.iter().position(|d| *d.name == *word))
}

/// Sorts by id, bytewise, and rows of one id by place; tables that come sorted are left alone.
///
/// Customers are large and their ids lie elsewhere, so what is sorted is the eight bytes of each id behind what all
/// ids begin with; then every customer moves once.
fn sort(customers: &mut [Customer]) {
    let key = |c: &Customer| (c.table, c.line);
    let less = |a: &Customer, b: &Customer| (a.id.as_bytes(), key(a)) <= (b.id.as_bytes(), key(b));
    if customers.is_sorted_by(less) {
        return;
    }
    let first = customers.first().map(|c| c.id.clone()).unwrap_or_default();
    let shared = |id: &str| id.bytes().zip(first.bytes()).take_while(|(a, b)| a == b).count();
    let common = customers.iter().map(|c| shared(&c.id)).min().unwrap_or(0);
    let behind = |id: &str| {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(id.bytes().skip(common)).for_each(|(byte, b)| *byte = b);
        u64::from_be_bytes(bytes)
    };
    let mut order: Vec<(u64, u32)> = customers.iter().map(|c| behind(&c.id)).zip(0..).collect();
    let customer = |at: u32| customers.get(at as usize).map(|c| (c.id.as_bytes(), key(c)));
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| customer(a.1).cmp(&customer(b.1))));
    // Each cycle of the order is walked once; what has found its place points at itself.
    for start in 0..order.len() {
        let mut at = start;
        while let Some(slot) = order.get_mut(at) {
            let from = slot.1 as usize;
            slot.1 = at as u32;
            if from == start || from == at {
                break;
            }
            customers.swap(at, from);
            at = from;
        }
    }
}

fn districts(
    rows: Vec<(District, At)>,
    policies: Option<&Policies>,
    ledger: &mut Ledger,
    tables: &Tables,
) -> Vec<District> {
    if !ledger.has("districts") {
        return Vec::new();
    }
    if rows.is_empty() {
        ledger.error(tables.whole("districts"), CityMessage::NoDistricts {});
    } else if !rows.iter().any(|(district, _)| district.urban) {
        let place = rows.first().map_or_else(|| tables.whole("districts"), |(_, at)| tables.cell(*at, "urban"));
        ledger.error(place, CityMessage::NoUrbanDistrict {});
    }
    let mut districts: Vec<District> = Vec::with_capacity(rows.len());
    let mut names: BTreeMap<Box<str>, Place> = BTreeMap::new();
    for (mut district, at) in rows {
        Unknown { ledger, tables }.missing(at, &district.id, ("district", "区域编号"));
        let alike =
            [&district.id, &district.name].into_iter().find(|name| names.contains_key(*name) && !name.is_empty());
        if let Some(name) = alike {
            let first = names.get(name).map_or_else(String::new, ToString::to_string);
            ledger.error(tables.cell(at, "district"), CityMessage::DuplicateDistrict { id: name.to_string(), first });
        }
        for name in [&district.id, &district.name] {
            names.entry(name.clone()).or_insert_with(|| tables.place(at));
        }
        linepack(&district, at, ledger, tables);
        if let Some(policy) = &district.policy {
            let known = policies.is_none_or(|p| p.own.contains_key(&**policy) || p.main.id == **policy);
            if district.urban {
                let message = CityMessage::UrbanPolicy { district: district.name.to_string() };
                ledger.warn(tables.cell(at, "policy"), message);
                district.policy = None;
            } else if !known {
                let (word, district) = (policy.to_string(), district.name.to_string());
                ledger.error(tables.cell(at, "policy"), CityMessage::UnknownPolicyOfDistrict { word, district });
            }
        }
        districts.push(district);
    }
    districts
}

/// Absent bounds are 0 and the start, an absent start is 0.
fn linepack(district: &District, at: At, ledger: &mut Ledger, tables: &Tables) {
    let start = district.linepack.unwrap_or_default();
    let least = district.linepack_min.unwrap_or_default();
    let most = district.linepack_max.unwrap_or(start);
    let draw = district.linepack_draw.unwrap_or_default();
    let name = || district.name.to_string();
    if !(least <= start && start <= most) {
        let message = CityMessage::LinepackBounds { district: name(), least: least.0, start: start.0, most: most.0 };
        ledger.error(tables.cell(at, "linepack_m3"), message);
    } else if draw > start.less(least) {
        let message = CityMessage::LinepackDraw { district: name(), draw: draw.0, start: start.0, least: least.0 };
        ledger.error(tables.cell(at, "linepack_draw_m3"), message);
    }
}

/// The customers' companies, sorted, and which word means which.
pub(super) struct Companies {
    pub ids: Vec<Box<str>>,
    numbers: Vec<Option<u32>>,
}

impl Companies {
    fn of(customers: &[Customer], words: &Words) -> Self {
        let mut used = vec![false; words.list().len()];
        for customer in customers {
            if let Some(used) = used.get_mut(customer.company as usize) {
                *used = true;
            }
        }
        let named = words.list().iter().zip(used).filter(|(word, used)| *used && !word.is_empty());
        let mut ids: Vec<Box<str>> = named.map(|(word, _)| word.clone()).collect();
        ids.sort();
        let numbers = resolve(words, |word| ids.binary_search_by(|id| (**id).cmp(word)).ok());
        Self { ids, numbers }
    }

    /// The company that a word means.
    pub fn number(&self, word: u32) -> Option<u32> {
        self.numbers.get(word as usize).copied().flatten()
    }
}

/// The classes that customers have: what a word means depends on the policy of the customer's district.
pub(super) struct Classes<'a> {
    ids: Vec<Box<str>>,
    /// For each district, its policy, and behind them the case's, for districts unknown; absent without policies.
    policies: Vec<Option<&'a Policy>>,
    /// For each district and word, the class as an index in `ids`.
    found: Vec<Vec<Option<u32>>>,
}

impl<'a> Classes<'a> {
    fn of(
        customers: &[Customer],
        words: &Words,
        in_district: &[Option<u32>],
        districts: &[District],
        policies: Option<&'a Policies>,
    ) -> Self {
        let named = districts.iter().map(|d| d.policy.as_deref()).chain([None]);
        let policies: Vec<Option<&Policy>> = named.map(|name| policies.map(|p| p.named(name))).collect();
        let mut used = vec![vec![false; words.list().len()]; policies.len()];
        for customer in customers {
            let district = in_district.get(customer.district as usize).copied().flatten();
            let row = used.get_mut(district.map_or(districts.len(), |d| d as usize));
            if let Some(used) = row.and_then(|row| row.get_mut(customer.class as usize)) {
                *used = true;
            }
        }
        let meant = |policy: Option<&Policy>, word: &str| -> Option<Box<str>> {
            let policy = policy?;
            policy.class(word).and_then(|class| policy.classes.get(class)).map(|class| class.id.as_str().into())
        };
        let named: Vec<Vec<Option<Box<str>>>> = used
            .iter()
            .zip(&policies)
            .map(|(used, policy)| {
                let words = words.list().iter().zip(used);
                words.map(|(word, used)| meant(policy.filter(|_| *used), word)).collect()
            })
            .collect();
        let mut ids: Vec<Box<str>> = named.iter().flatten().flatten().cloned().collect();
        ids.sort();
        ids.dedup();
        let number = |id: &Option<Box<str>>| id.as_ref().and_then(|id| ids.binary_search(id).ok()).map(|n| n as u32);
        let found = named.iter().map(|row| row.iter().map(number).collect()).collect();
        Self { ids, policies, found }
    }

    fn find(&self, district: Option<u32>, word: u32) -> Option<u32> {
        self.found.get(self.row(district))?.get(word as usize).copied().flatten()
    }

    fn policy(&self, district: Option<u32>) -> Option<&Policy> {
        self.policies.get(self.row(district)).copied().flatten()
    }

    fn row(&self, district: Option<u32>) -> usize {
        district.map_or(self.policies.len().saturating_sub(1), |d| d as usize)
    }
}
