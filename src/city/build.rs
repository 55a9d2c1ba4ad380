//! The checks that make a city out of rows: ids are unique, every reference leads somewhere, totals fit.

use std::collections::BTreeMap;

use crate::city::builder::{CityBuilder, SupplyDraft};
use crate::city::ledger::{At, Ledger, Tables, Words};
use crate::city::{City, CityMessage, Customer, District, Source, SourceDay, forecasts, look, network};
use crate::policy::{Policies, Policy};
use crate::problem::{Place, Problems, nearest};
use crate::units::{Date, M3};

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
            unknown.missing(at, "", ("company", "燃气公司"));
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
        tables: Vec::new(),
    };
    city.demand = forecasts::build(&city, &rows.demand, &rows.demand_ids, &rows.words, policies, ledger, tables);
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

/// Sorts by id, bytewise, and rows of one id by place. Moving the rows is what costs, so tables that come sorted
/// are left alone.
fn sort(customers: &mut [Customer]) {
    let key = |a: &Customer, b: &Customer| (a.id.as_bytes(), a.table, a.line).cmp(&(b.id.as_bytes(), b.table, b.line));
    if !customers.is_sorted_by(|a, b| key(a, b).is_le()) {
        customers.sort_unstable_by(key);
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
    ids: Vec<Box<str>>,
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

    fn number(&self, word: u32) -> Option<u32> {
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

/// Says which word is unknown, and which known one is near.
pub(super) struct Unknown<'a> {
    pub ledger: &'a mut Ledger,
    pub tables: &'a Tables,
}

/// At most this many known names are listed in a message.
const LISTED: usize = 12;

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    let shown = names.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > LISTED { format!("{shown}, ...") } else { shown }
}

impl Unknown<'_> {
    /// Complains about an empty id.
    pub fn missing(&mut self, at: At, id: &str, (column, column_zh): (&'static str, &'static str)) {
        if id.is_empty() {
            self.ledger.error(self.tables.cell(at, column), CityMessage::MissingId { column, column_zh });
        }
    }

    pub fn district(&mut self, at: At, column: &'static str, word: &str, districts: &[District]) {
        if word.is_empty() {
            return self.missing(at, "", (column, "区域"));
        }
        if !self.ledger.has("districts") {
            return;
        }
        let word = word.to_owned();
        let names = districts.iter().flat_map(|d| [&*d.id, &*d.name]);
        let message = match nearest(&word, names).map(str::to_owned) {
            Some(near) => CityMessage::UnknownDistrict { word, near },
            None => CityMessage::StrangeDistrict { word, known: list(districts.iter().map(|d| &*d.id)) },
        };
        self.ledger.error(self.tables.cell(at, column), message);
    }

    /// Without a policy, which class is meant cannot be said, and its absence is told elsewhere.
    pub fn class(&mut self, at: At, word: &str, policy: Option<&Policy>) {
        if word.is_empty() {
            return self.missing(at, "", ("class", "用户类别"));
        }
        let Some(policy) = policy else { return };
        let (word, id) = (word.to_owned(), policy.id.clone());
        let names = policy.classes.iter().flat_map(|class| {
            [&class.id, &class.label.en, &class.label.zh].into_iter().chain(&class.aliases).map(String::as_str)
        });
        let message = match nearest(&word, names).map(str::to_owned) {
            Some(near) => CityMessage::UnknownClass { word, policy: id, near },
            None => {
                let known = policy.classes.iter().map(|class| class.id.as_str()).collect::<Vec<_>>().join(", ");
                CityMessage::StrangeClass { word, policy: id, known }
            }
        };
        self.ledger.error(self.tables.cell(at, "class"), message);
    }

    pub fn company(&mut self, at: At, word: &str, companies: &[Box<str>]) {
        if !self.ledger.has("customers") {
            return;
        }
        let word = word.to_owned();
        let message = match nearest(&word, companies.iter().map(|c| &**c)).map(str::to_owned) {
            Some(near) => CityMessage::UnknownCompany { word, near },
            None => CityMessage::StrangeCompany { word, known: list(companies.iter().map(|c| &**c)) },
        };
        self.ledger.error(self.tables.cell(at, "company"), message);
    }

    fn profile<'p>(&mut self, at: At, word: &str, profiles: impl Iterator<Item = &'p str> + Clone) {
        if !self.ledger.has("profiles") {
            return;
        }
        let word = word.to_owned();
        let message = match nearest(&word, profiles.clone()).map(str::to_owned) {
            Some(near) => CityMessage::UnknownProfile { word, near },
            None if profiles.clone().next().is_none() => CityMessage::NoProfiles { word },
            None => CityMessage::StrangeProfile { word, known: list(profiles) },
        };
        self.ledger.error(self.tables.cell(at, "profile"), message);
    }
}

/// What supply rows refer to.
struct Supplied<'a> {
    words: &'a crate::city::builder::RowWords,
    districts: &'a [District],
    in_district: &'a [Option<u32>],
    companies: &'a Companies,
}

type Supply = BTreeMap<Date, Vec<SourceDay>>;

impl Supplied<'_> {
    fn build(
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
