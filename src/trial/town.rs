//! The cities of a file of tests: tables of a case, row by row, with the columns of their CSV files.
//!
//! What a case must say and a small city need not: a customer without `district` lies in the first one, without
//! `company` it is a customer of `gas`; without `districts` there is one, `city`; without `sources` there is one, `gas`,
//! that gives what the main urban area asks for.

use crate::city::{Backup, City, Contract, CustomerRow, DistrictRow, LinkRow, ProfileRow, Settings, SupplyRow};
use crate::policy::{Policies, Policy};
use crate::problem::{Origin, Place, Problem, Problems};
use crate::tree::{Node, Reader, Value};
use crate::units::{Date, Decimal, M3};

/// The company and the source of a city that names none.
const GAS: &str = "gas";

/// The district of a city that names none.
const CITY: &str = "city";

/// Reads a city. Its sources give what they give on `day`.
pub(super) fn town(name: &str, node: &Node, policy: &Policy, day: Date, problems: &mut Problems) -> Option<City> {
    let before = problems.iter().filter(|problem| problem.severity == crate::problem::Severity::Error).count();
    let mut reader = Reader::new("city", node, problems);
    let pooling = reader.bool("pooling").unwrap_or(true);
    let described = reader.required("customers").is_some();
    let [customers, districts, sources, links, profiles] =
        ["customers", "districts", "sources", "links", "profiles"].map(|key| reader.list(key));
    reader.finish();
    if !described {
        return None;
    }

    let mut rows = City::builder(Settings { name: name.to_owned(), pooling, ..Settings::default() });
    let districts: Vec<District> = districts.iter().map(|node| district(node, problems)).collect();
    let first = districts.first().map_or(CITY, |district| &district.id).to_owned();
    for district in &districts {
        let row =
            DistrictRow { id: &district.id, name: &district.name, urban: district.urban, ..DistrictRow::default() };
        rows.district(row, district.place.clone());
    }
    if districts.is_empty() {
        rows.district(DistrictRow { id: CITY, urban: true, ..DistrictRow::default() }, node.place.clone());
    }
    let outer = |id: &str| districts.iter().any(|district| district.id == id && !district.urban);
    let mut demand = M3::ZERO;
    for node in customers {
        let customer = Customer::read(node, &first, problems);
        if !outer(&customer.district) {
            demand += customer.demand.min(M3::MOST);
        }
        rows.customer(customer.row(), node.place.clone());
    }
    for node in sources {
        source(node, day, problems, |row| _ = rows.supply(row, node.place.clone()));
    }
    if sources.is_empty() {
        let row =
            SupplyRow { date: day, source: GAS, volume: demand.min(M3::MOST), max_h: None, company: None, area: None };
        rows.supply(row, node.place.clone());
    }
    for node in links {
        let mut reader = Reader::new("links", node, problems);
        let (from, to) = (reader.must_text("from"), reader.must_text("to"));
        let _ = reader.required("capacity_m3");
        let capacity = M3(reader.whole("capacity_m3").unwrap_or_default());
        reader.finish();
        rows.link(LinkRow { from: &from, to: &to, capacity, capacity_h: None }, node.place.clone());
    }
    for node in profiles {
        let mut reader = Reader::new("profiles", node, problems);
        let name = reader.must_text("profile");
        let _ = reader.required("shares");
        let shares = reader.list("shares");
        let shares: Vec<Option<Decimal>> = shares.iter().map(|share| reader.as_decimal("shares", share)).collect();
        reader.finish();
        for (hour, share) in (0..=u8::MAX).zip(shares) {
            let share = share.unwrap_or_default();
            rows.profile(ProfileRow { profile: &name, hour, share }, node.place.clone());
        }
    }
    let errors = problems.iter().filter(|problem| problem.severity == crate::problem::Severity::Error).count();
    match rows.build(&Policies::of(policy.clone())) {
        Ok((city, _)) => (errors == before).then_some(city),
        Err(found) => {
            let columns: Vec<&Place> =
                [customers, sources, links, profiles].into_iter().flatten().map(|node| &node.place).collect();
            let told = found.into_iter().filter(|problem| problem.severity == crate::problem::Severity::Error);
            // What a row lacks was told by its reader already.
            let told = told.filter(|problem| errors == before || problem.code() != "missing_id");
            told.for_each(|problem| problems.push(placed(problem, &node.place, &columns)));
            None
        }
    }
}

/// The checks of a city know rows by their lines: gives the column back, and the city's place where there is no row.
fn placed(mut problem: Problem, city: &Place, rows: &[&Place]) -> Problem {
    if !matches!(problem.place.origin, Origin::File(_)) && problem.place.origin != city.origin
        || problem.place.line == 0
    {
        problem.place = city.clone();
    } else if let Some(row) = rows.iter().find(|row| row.line == problem.place.line)
        && problem.place.column == 0
    {
        problem.place = (*row).clone();
    }
    problem
}

struct District {
    id: String,
    name: String,
    urban: bool,
    place: Place,
}

fn district(node: &Node, problems: &mut Problems) -> District {
    let mut reader = Reader::new("districts", node, problems);
    let id = reader.must_text("district");
    let name = reader.text("name").unwrap_or_default();
    let urban = reader.bool("urban").unwrap_or(true);
    reader.finish();
    District { id, name, urban, place: node.place.clone() }
}

fn source(node: &Node, date: Date, problems: &mut Problems, mut add: impl FnMut(SupplyRow<'_>)) {
    let mut reader = Reader::new("sources", node, problems);
    let source = reader.must_text("source");
    let _ = reader.required("volume_m3");
    let volume = M3(reader.whole("volume_m3").unwrap_or_default());
    let (company, area) = (reader.text("company"), reader.text("area"));
    reader.finish();
    let (company, area) = (company.as_deref(), area.as_deref());
    add(SupplyRow { date, source: &source, volume, max_h: None, company, area });
}

/// A row of customers, with what it leaves out.
struct Customer {
    id: String,
    name: String,
    district: String,
    company: String,
    class: String,
    demand: M3,
    floor: M3,
    boiler_t_h: Option<Decimal>,
    backup: Backup,
    profile: String,
    contract: Contract,
    annual: Option<M3>,
    tags: String,
    site: String,
    households: u64,
}

impl Customer {
    fn read(node: &Node, first: &str, problems: &mut Problems) -> Self {
        let mut reader = Reader::new("customers", node, problems);
        let (id, class) = (reader.must_text("customer_id"), reader.must_text("class"));
        let _ = reader.required("demand_m3");
        let demand = M3(reader.whole("demand_m3").unwrap_or(M3::MOST.get()));
        let backups = [Backup::None, Backup::Coal, Backup::Oil, Backup::Electric, Backup::Other];
        let contracts = [Contract::Firm, Contract::Interruptible, Contract::PeakShaving];
        let name = reader.text("name").unwrap_or_default();
        let district = reader.text("district").unwrap_or_else(|| first.to_owned());
        let company = reader.text("company").unwrap_or_else(|| GAS.to_owned());
        let floor = M3(reader.whole("floor_m3").unwrap_or_default());
        let boiler_t_h = reader.decimal("boiler_t_h");
        let backup = reader.word("backup", &backups.map(|backup| (backup.id(), backup))).unwrap_or_default();
        let profile = reader.text("profile").unwrap_or_default();
        let contract = reader.word("contract", &contracts.map(|contract| (contract.id(), contract)));
        let annual = reader.whole("annual_m3").map(M3);
        let tags = match node.get("tags").map(|tags| &tags.value) {
            // A list reads better; a text is as in the table.
            Some(Value::List(_)) => {
                reader.texts("tags").unwrap_or_default().into_iter().map(|(tag, _)| tag + ";").collect()
            }
            _ => reader.text("tags").unwrap_or_default(),
        };
        let site = reader.text("site").unwrap_or_default();
        let households = reader.whole("households").unwrap_or_default();
        reader.finish();
        let contract = contract.unwrap_or_default();
        Self {
            id,
            name,
            district,
            company,
            class,
            demand,
            floor,
            boiler_t_h,
            backup,
            profile,
            contract,
            annual,
            tags,
            site,
            households,
        }
    }

    fn row(&self) -> CustomerRow<'_> {
        CustomerRow {
            id: &self.id,
            name: &self.name,
            district: &self.district,
            company: &self.company,
            class: &self.class,
            demand: self.demand,
            floor: self.floor,
            boiler_t_h: self.boiler_t_h,
            backup: self.backup,
            profile: &self.profile,
            contract: self.contract,
            annual: self.annual,
            tags: &self.tags,
            site: &self.site,
            households: self.households,
            ..CustomerRow::default()
        }
    }
}
