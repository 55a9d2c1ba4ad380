//! The rows of `customers.csv`: standing demand is that of design cold.

use std::fmt::Write;

use super::classes::{CLASSES, Class, Kind, Sized};
use super::districts::DISTRICTS;
use super::random::{SplitMix64, share};

/// The city's one seed.
const SEED: u64 = 20_260_105;

/// Gas that heats a square metre for a day at design cold, in 10^-6 m3: about 40 W/m2 at 92 % efficiency.
const MICRO_M3_PER_M2: u64 = 106_000;

/// A customer of the synthetic city.
#[derive(Clone, Default)]
pub struct Customer {
    /// Its id: district, class, number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Index in the districts.
    pub district: usize,
    /// Its company.
    pub company: &'static str,
    /// Index in the classes.
    pub class: usize,
    /// At design cold, in m3/d.
    pub demand: u64,
    /// In m3/d.
    pub floor: u64,
    /// In tenths of a t/h; 0 is unknown or no boiler.
    pub tonnage: u64,
    backup: &'static str,
    profile: &'static str,
    contract: &'static str,
    tags: &'static str,
    site: String,
    /// Homes that it serves.
    pub households: u64,
    heated_m2: u64,
    contact: String,
    /// Its size against others of its class, before the class's total is shared.
    weight: u64,
    floor_per_mille: u64,
}

/// Every customer, by district, class and number.
pub fn all() -> Vec<Customer> {
    let mut random = SplitMix64::new(SEED);
    let mut customers = Vec::new();
    for (class, spec) in CLASSES.iter().enumerate() {
        let (urban, outer) = spec.demand;
        customers.extend(group(&mut random, class, true, urban));
        customers.extend(group(&mut random, class, false, outer));
    }
    customers.sort_by_key(|c| (c.district, c.class));
    number(&mut customers);
    tie_sites(&mut customers);
    flaw(&mut customers);
    customers
}

/// The customers of one class in the blocks or in the counties; together they use exactly `total`.
fn group(random: &mut SplitMix64, class: usize, urban: bool, total: u64) -> Vec<Customer> {
    let spec = &CLASSES[class];
    let districts: Vec<usize> = (0..DISTRICTS.len()).filter(|&d| DISTRICTS[d].urban == urban).collect();
    let spread: Vec<u64> = if urban { spec.spread.to_vec() } else { vec![45, 55] };
    let counts = match spec.sized {
        Sized::Blocks(_) => districts.iter().map(|&d| DISTRICTS[d].companies.len() as u64).collect(),
        _ => share(if urban { spec.count.0 } else { spec.count.1 }, &spread),
    };
    let mut customers = Vec::new();
    for (place, &district) in districts.iter().enumerate() {
        for nth in 0..counts[place] as usize {
            customers.push(draw(random, spec, class, district, nth, spread[place]));
        }
    }
    if urban && let Sized::Boilers(_, sizes) = spec.sized {
        reach_both_ends(&mut customers, sizes);
    }
    let weights: Vec<u64> = customers.iter().map(|c| c.weight).collect();
    for (customer, demand) in customers.iter_mut().zip(share(total, &weights)) {
        measure(customer, spec, demand);
    }
    customers
}

/// One customer, but for what follows from its demand.
fn draw(
    random: &mut SplitMix64,
    spec: &Class,
    class: usize,
    district: usize,
    nth: usize,
    district_weight: u64,
) -> Customer {
    let companies = DISTRICTS[district].companies;
    let company = if companies.len() > 1 && random.chance(180) { companies[1] } else { companies[0] };
    let mut customer = Customer { district, class, company, profile: spec.profile, contract: "firm", ..<_>::default() };
    customer.backup = backup(random, spec.id);
    match spec.sized {
        Sized::Blocks(what) => {
            // The second company of a district has a sixth of its homes.
            let shares: &[u64] = if companies.len() > 1 { &[10, 2] } else { &[12] };
            customer.company = companies[nth];
            customer.weight = district_weight * shares[nth];
            customer.name = format!("{}{what}", DISTRICTS[district].name);
        }
        Sized::Boilers(what, sizes) => {
            customer.tonnage = sizes[random.pick(sizes.iter().map(|s| s.1))].0;
            customer.weight = customer.tonnage * random.between(85, 115);
            customer.name = what.into();
        }
        Sized::Kinds(kinds) => {
            let kind = &kinds[random.pick(kinds.iter().map(|k| k.common))];
            customer.weight = random.between(kind.size.0 * 10, kind.size.1 * 10);
            customer.floor_per_mille = kind.floor;
            customer.name = kind.name.into();
            of_its_kind(random, spec, kind, &mut customer);
        }
    }
    customer
}

/// Shifts, contracts and tags, which some kinds have.
fn of_its_kind(random: &mut SplitMix64, spec: &Class, kind: &Kind, customer: &mut Customer) {
    if spec.id == "industry" {
        // What needs little gas overnight may well stand still overnight.
        if kind.floor <= 150 && random.chance(650) {
            customer.profile = "two-shift";
        }
        if customer.backup != "none" {
            customer.contract = "interruptible";
        } else if random.chance(60) {
            customer.contract = "peak_shaving";
        }
    }
    if matches!(spec.id, "chp" | "distributed_energy") && random.chance(300) {
        customer.contract = "interruptible";
    }
    if kind.name == "透析中心" {
        customer.tags = "protected";
    }
}

/// What it can burn instead.
fn backup(random: &mut SplitMix64, class: &str) -> &'static str {
    let (coal, oil, electric, other) = match class {
        "boiler_central" => (90, 80, 20, 0),
        "boiler_community" => (0, 35, 25, 5),
        "boiler_public_service" => (0, 20, 80, 0),
        "industry" => (20, 110, 40, 20),
        "chp" => (150, 150, 0, 0),
        "hospital" => (0, 150, 50, 0),
        "hotel" | "commercial" => (0, 0, 60, 10),
        _ => return "none",
    };
    match random.pick([coal, oil, electric, other, 1000 - coal - oil - electric - other].into_iter()) {
        0 => "coal",
        1 => "oil",
        2 => "electric",
        3 => "other",
        _ => "none",
    }
}

/// The smallest and the largest size of the table are among the boilers, whatever was drawn.
fn reach_both_ends(customers: &mut [Customer], sizes: &[(u64, u64)]) {
    let ends = [sizes.first(), sizes.last()];
    for (nth, end) in ends.into_iter().flatten().enumerate() {
        if customers.iter().all(|c| c.tonnage != end.0)
            && let Some(customer) = customers.get_mut(nth)
        {
            customer.tonnage = end.0;
            customer.weight = end.0 * 100;
        }
    }
}

/// What follows from a customer's demand: its floor, the homes and the area that it heats, its contact.
fn measure(customer: &mut Customer, spec: &Class, demand: u64) {
    customer.demand = demand;
    customer.floor = demand * customer.floor_per_mille / 1000;
    let heated = demand * 1_000_000 / MICRO_M3_PER_M2 / 100 * 100;
    match spec.id {
        "residential" => customer.households = demand * 1000 / 455,
        "residential_heating" => {
            customer.households = demand / 13;
            customer.heated_m2 = customer.households * 105;
        }
        "boiler_central" | "boiler_community" => {
            customer.heated_m2 = heated;
            customer.households = heated / 98;
        }
        "boiler_public_service" => customer.heated_m2 = heated,
        _ => {}
    }
}

/// Ids, numbers in names, and the duty desk of whoever gets orders of their own.
fn number(customers: &mut [Customer]) {
    let mut nth = 0;
    let mut last = (usize::MAX, usize::MAX);
    for (row, customer) in customers.iter_mut().enumerate() {
        nth = if last == (customer.district, customer.class) { nth + 1 } else { 1 };
        last = (customer.district, customer.class);
        let (district, spec) = (&DISTRICTS[customer.district], &CLASSES[customer.class]);
        customer.id = format!("{}-{}-{nth:03}", district.code, spec.code);
        if !matches!(spec.sized, Sized::Blocks(_)) {
            customer.name = format!("{}{} {nth:03}", district.name, customer.name);
            // Numbers in 000 belong to nobody.
            customer.contact = format!("duty desk 000-{:04} (synthetic)", row + 1);
        }
        if spec.id == "boiler_community" && nth % 40 == 9 {
            customer.tags = "protected";
        }
    }
}

/// One meter, two uses: an office and its boiler, a factory and its canteen, one filling station for taxis and coaches.
fn tie_sites(customers: &mut [Customer]) {
    const PAIRS: [(&str, &str, usize); 3] =
        [("government", "boiler_public_service", 3), ("industry", "canteen", 2), ("taxi", "passenger_vehicle", 1)];
    for (district, place) in DISTRICTS.iter().enumerate() {
        for (one, other, pairs) in PAIRS {
            let of = |class: &str| -> Vec<usize> {
                let here = |c: &Customer| c.district == district && CLASSES[c.class].id == class;
                (0..customers.len()).filter(|&i| here(&customers[i])).take(pairs).collect()
            };
            for (a, b) in of(one).into_iter().zip(of(other)) {
                let site = format!("{}-SITE-{}", place.code, &customers[a].id[3..]);
                customers[b].company = customers[a].company;
                customers[b].site.clone_from(&site);
                customers[a].site = site;
            }
        }
    }
}

/// What a real table has wrong with it, so that the warnings have something to say.
fn flaw(customers: &mut [Customer]) {
    for customer in customers {
        match customer.id.as_str() {
            "LH-BCO-011" | "WY-BCO-023" => customer.tonnage = 0,
            "BL-BCO-007" => customer.name = "碑林区某医院家属院锅炉 007".into(),
            _ => {}
        }
    }
}

/// The text of `customers.csv`.
pub fn csv(customers: &[Customer]) -> String {
    let mut text = String::from(
        "customer_id,name,district,company,class,demand_m3,floor_m3,boiler_t_h,backup,profile,contract,annual_m3,\
         tags,site,households,heated_m2,contact\n",
    );
    for c in customers {
        let spec = &CLASSES[c.class];
        let _ = write!(text, "{},{},{},{},{},", c.id, c.name, DISTRICTS[c.district].id, c.company, spec.id);
        let _ = write!(text, "{},{},{},{},{},", c.demand, c.floor, tonnes(c.tonnage), c.backup, c.profile);
        let _ = write!(text, "{},{},{},{},", c.contract, c.demand * spec.days, c.tags, c.site);
        let _ = writeln!(text, "{},{},{}", or_blank(c.households), or_blank(c.heated_m2), c.contact);
    }
    text
}

/// Tenths of a t/h as a decimal; blank if unknown.
fn tonnes(tenths: u64) -> String {
    match (tenths / 10, tenths % 10) {
        (0, 0) => String::new(),
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

fn or_blank(number: u64) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}
