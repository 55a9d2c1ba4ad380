//! A city as checked data: customers, districts, companies, sources, links, and the figures of its days.
//!
//! A [`City`] that exists is sound: ids are unique, every reference leads somewhere, totals fit. It is made by a
//! [`CityBuilder`], from memory or (feature `files`) from a case folder, through the same checks. Customers are in
//! the order of their ids, sources and companies of theirs, districts in the order of their table, which breaks ties.

mod actuals;
mod build;
mod builder;
mod demand;
mod forecasts;
mod ledger;
mod look;
mod messages;
mod modelled;
mod network;
#[cfg(feature = "files")]
pub mod read;
mod rows;
mod sources;
mod supply;
mod table_messages;
#[cfg(test)]
mod tests;
mod unknown;
mod weather;
mod workdays;

use std::collections::BTreeMap;

use crate::problem::{Origin, Place};
use crate::units::{Date, Decimal, M3};

pub use actuals::{Actual, Metered};
pub use builder::CityBuilder;
pub use demand::{DemandOfDay, DemandSource};
pub use messages::CityMessage;
pub(crate) use modelled::Modelled;
pub use modelled::ModelledDay;
pub use rows::{ActualRow, CustomerRow, DemandRow, DistrictRow, HolidayRow, LinkRow, ProfileRow, SupplyRow};
pub use table_messages::TableMessage;
pub use weather::{WeatherDay, WeatherRow};
pub use workdays::{DayBasis, DayKind, SpecialDay, Workdays};

/// A checked city. Make one with [`City::builder`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct City {
    /// What decisions call it, and how its day runs.
    pub settings: Settings,
    /// In the order of their ids, bytewise.
    pub customers: Vec<Customer>,
    /// In the order of their table, which breaks ties.
    pub districts: Vec<District>,
    /// Ids of the city-gas companies, bytewise sorted.
    pub companies: Vec<Box<str>>,
    /// Ids of the classes that customers name, bytewise sorted; [`Customer::class`] is an index here.
    pub classes: Vec<Box<str>>,
    /// By name, bytewise sorted.
    pub sources: Vec<Source>,
    /// The network: one-way links. `None` if the city is one pool.
    pub links: Option<Vec<Link>>,
    /// Daily profiles, in the order of their names.
    pub profiles: Vec<Profile>,
    /// Supply by day: for each source of [`City::sources`] with a row that day, its volume.
    pub supply: BTreeMap<Date, Vec<SourceDay>>,
    /// Forecasts by day.
    pub(crate) demand: BTreeMap<Date, demand::Forecasts>,
    /// What was really taken or delivered, by day ([`City::actuals_on`]).
    pub(crate) actuals: BTreeMap<Date, Vec<Actual>>,
    /// The weather by day, as it was or as it is forecast; empty if the case has none.
    pub weather: BTreeMap<Date, WeatherDay>,
    /// What a demand model makes of days with a temperature; empty without a model ([`crate::forecast::apply`]).
    pub(crate) modelled: BTreeMap<Date, Modelled>,
    /// Which days are worked; without a table of holidays, Monday to Friday.
    pub workdays: Workdays,
    /// Where the rows came from; indexed by [`Customer::table`].
    pub tables: Vec<Origin>,
}

/// What `case.toml` says of the city as a whole.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The case's name.
    pub name: String,
    /// The policy: a built-in id, or a path.
    pub policy: String,
    /// The IANA name of the time zone.
    pub timezone: String,
    /// The clock hour at which a gas day begins, 0 to 23.
    pub gas_day_start: u8,
    /// Whether all companies draw on all sources.
    pub pooling: bool,
    /// Whether each hour is balanced.
    pub hourly: bool,
    /// Whether a day without a forecast of its own is an error.
    pub demand_required: bool,
    /// `Nm3` or `Sm3-20C`; printed on every output, never converted.
    pub volume_basis: String,
    /// Who speaks on papers, and whom to call about them.
    pub office: Office,
}

/// The office that sends papers: `[office]` of `case.toml`. What it does not say is left to be filled in by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// What it is called.
    pub name: Option<String>,
    /// The telephone of its duty desk.
    pub telephone: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "unnamed".into(),
            policy: String::new(),
            timezone: "Asia/Shanghai".into(),
            gas_day_start: 8,
            pooling: true,
            hourly: false,
            demand_required: false,
            volume_basis: "Nm3".into(),
            office: Office::default(),
        }
    }
}

/// A customer: one row of `customers.csv`. Compact, since a city has a million.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Its id.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Index in [`City::districts`].
    pub district: u32,
    /// Index in [`City::companies`].
    pub company: u32,
    /// Index in [`City::classes`].
    pub class: u32,
    /// Index in [`City::profiles`]; flat if `None`.
    pub profile: Option<u32>,
    /// Demand on a day without a forecast of its own, in m3 a day.
    pub demand: M3,
    /// What keeps its plant from harm, in m3 a day.
    pub floor: M3,
    /// Its backup fuel.
    pub backup: Backup,
    /// Its kind of contract.
    pub contract: Contract,
    /// Index in [`City::tables`] of the table it came from.
    pub table: u32,
    /// The line or row there.
    pub line: u32,
    /// What few customers have.
    pub more: Option<Box<More>>,
}

/// What few customers have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// Its boiler's capacity in t/h of steam.
    pub boiler_t_h: Option<Decimal>,
    /// Its use in m3 a year.
    pub annual: Option<M3>,
    /// Its designations.
    pub tags: Vec<Box<str>>,
    /// The site that ties rows of one meter together.
    pub site: Box<str>,
    /// How many households it serves.
    pub households: u64,
    /// The heated area in m2.
    pub heated_m2: u64,
    /// Whom to call.
    pub contact: Box<str>,
}

/// A fuel that a customer can burn instead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Backup {
    /// None.
    #[default]
    None,
    /// Coal.
    Coal,
    /// Oil.
    Oil,
    /// Electricity.
    Electric,
    /// Something else.
    Other,
}

impl Backup {
    /// The word of the table.
    pub const fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Coal => "coal",
            Self::Oil => "oil",
            Self::Electric => "electric",
            Self::Other => "other",
        }
    }
}

/// A kind of contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Contract {
    /// Not to be interrupted.
    #[default]
    Firm,
    /// May be interrupted.
    Interruptible,
    /// A peak-shaving customer.
    PeakShaving,
}

impl Contract {
    /// The word of the table.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Interruptible => "interruptible",
            Self::PeakShaving => "peak_shaving",
        }
    }
}

/// A district; one with `urban = true` is a block of the main urban area.
#[derive(Clone, Debug)]
pub struct District {
    /// Its id.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Whether it belongs to the main urban area.
    pub urban: bool,
    /// Its own policy, if it has one: a built-in id or a path.
    pub policy: Option<Box<str>>,
    /// Gas in its pipes at the start of the day, in m3.
    pub linepack: Option<M3>,
    /// The least that must stay in its pipes, in m3.
    pub linepack_min: Option<M3>,
    /// The most that its pipes hold, in m3.
    pub linepack_max: Option<M3>,
    /// What may be missing from its pipes at the end of the day, in m3.
    pub linepack_draw: Option<M3>,
    /// Where its row stands.
    pub place: Place,
}

/// Something that gives gas.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub id: Box<str>,
    /// The company that may draw on it, as an index in [`City::companies`]; must be there when pooling is off.
    pub company: Option<u32>,
    /// The outer district it feeds, as an index in [`City::districts`]; `None` for the main urban area.
    pub area: Option<u32>,
}

/// What a source can give on one day.
#[derive(Clone, Debug)]
pub struct SourceDay {
    /// Index in [`City::sources`].
    pub source: u32,
    /// In m3 over the day.
    pub volume: M3,
    /// In m3 in an hour.
    pub max_h: Option<M3>,
    /// Where the row stands.
    pub place: Place,
}

/// An end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// A source, by index in [`City::sources`].
    Source(u32),
    /// A district, by index in [`City::districts`].
    District(u32),
    /// A junction, numbered from 0 in the order of its name.
    Junction(u32),
}

/// A one-way link of the network.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where gas enters.
    pub from: End,
    /// Where gas leaves.
    pub to: End,
    /// The ends' names.
    pub names: (Box<str>, Box<str>),
    /// In m3 over the day.
    pub capacity: M3,
    /// In m3 in an hour.
    pub capacity_h: Option<M3>,
}

/// How a day's demand spreads over the clock hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub id: Box<str>,
    /// The share of each clock hour, as written; not yet rescaled.
    pub shares: [Decimal; 24],
}

impl City {
    /// A builder of a city.
    pub fn builder(settings: Settings) -> CityBuilder {
        CityBuilder::new(settings)
    }

    /// The same city with other customers, sorted by id; forecasts, meters and what a model makes of them are those of customers and stay behind.
    pub(crate) fn with_customers(&self, customers: Vec<Customer>) -> Self {
        Self {
            settings: self.settings.clone(),
            customers,
            districts: self.districts.clone(),
            companies: self.companies.clone(),
            classes: self.classes.clone(),
            sources: self.sources.clone(),
            links: self.links.clone(),
            profiles: self.profiles.clone(),
            supply: self.supply.clone(),
            demand: BTreeMap::new(),
            actuals: BTreeMap::new(),
            weather: self.weather.clone(),
            modelled: BTreeMap::new(),
            workdays: self.workdays.clone(),
            tables: self.tables.clone(),
        }
    }

    /// The customer with this id.
    pub fn customer(&self, id: &str) -> Option<usize> {
        self.customers.binary_search_by(|c| c.id.as_bytes().cmp(id.as_bytes())).ok()
    }

    /// The district with this id.
    pub fn district(&self, id: &str) -> Option<usize> {
        self.districts.iter().position(|d| &*d.id == id)
    }

    /// Where a customer's row stands.
    pub fn place_of(&self, customer: &Customer) -> Option<Place> {
        let origin = self.tables.get(customer.table as usize)?;
        Some(Place::line(origin.clone(), customer.line))
    }
}
