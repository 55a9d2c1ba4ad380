//! The rows of a city's tables, as a builder takes them.

use crate::city::{Backup, Contract, DayBasis, DayKind};
use crate::units::{Date, Decimal, M3};

/// A row of `customers.csv`.
#[derive(Clone, Debug, Default)]
pub struct CustomerRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its district's id (or name).
    pub district: &'a str,
    /// Its company's id.
    pub company: &'a str,
    /// Its class: an id, label or alias of the policy.
    pub class: &'a str,
    /// In m3 a day.
    pub demand: M3,
    /// In m3 a day.
    pub floor: M3,
    /// In t/h of steam.
    pub boiler_t_h: Option<Decimal>,
    /// Its backup fuel.
    pub backup: Backup,
    /// Its profile's name; flat if empty.
    pub profile: &'a str,
    /// Its kind of contract.
    pub contract: Contract,
    /// In m3 a year.
    pub annual: Option<M3>,
    /// Designations, split by `;`.
    pub tags: &'a str,
    /// The site that ties rows of one meter together.
    pub site: &'a str,
    /// How many households it serves.
    pub households: u64,
    /// The heated area in m2.
    pub heated_m2: u64,
    /// Whom to call.
    pub contact: &'a str,
}

/// A row of `districts.csv`.
#[derive(Clone, Debug, Default)]
pub struct DistrictRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Whether it belongs to the main urban area.
    pub urban: bool,
    /// Its own policy, if any.
    pub policy: Option<&'a str>,
    /// Linepack at the start of the day, its least and its most, and what may be missing at the end, in m3.
    pub linepack: Option<M3>,
    /// The least, in m3.
    pub linepack_min: Option<M3>,
    /// The most, in m3.
    pub linepack_max: Option<M3>,
    /// What may be missing at the end, in m3.
    pub linepack_draw: Option<M3>,
}

/// A row of `supply.csv`.
#[derive(Clone, Debug)]
pub struct SupplyRow<'a> {
    /// The gas day.
    pub date: Date,
    /// The source's name.
    pub source: &'a str,
    /// In m3 over the day.
    pub volume: M3,
    /// In m3 in an hour.
    pub max_h: Option<M3>,
    /// The company that may draw on it.
    pub company: Option<&'a str>,
    /// The outer district that it feeds.
    pub area: Option<&'a str>,
}

/// A row of `demand.csv`.
#[derive(Clone, Debug)]
pub struct DemandRow<'a> {
    /// The gas day.
    pub date: Date,
    /// The customer; if there is none, the row is the total of a group.
    pub customer: Option<&'a str>,
    /// The group's district.
    pub district: Option<&'a str>,
    /// The group's company.
    pub company: Option<&'a str>,
    /// The group's class.
    pub class: Option<&'a str>,
    /// In m3 over the day.
    pub volume: M3,
}

/// A row of `links.csv`. An end is a source, a district or, if it is neither, a junction.
#[derive(Clone, Debug)]
pub struct LinkRow<'a> {
    /// Where gas enters.
    pub from: &'a str,
    /// Where gas leaves.
    pub to: &'a str,
    /// In m3 over the day.
    pub capacity: M3,
    /// In m3 in an hour.
    pub capacity_h: Option<M3>,
}

/// A row of `profiles.csv`.
#[derive(Clone, Debug)]
pub struct ProfileRow<'a> {
    /// The profile's name.
    pub profile: &'a str,
    /// The clock hour, 0 to 23.
    pub hour: u8,
    /// The hour's share of the day.
    pub share: Decimal,
}

/// A row of `holidays.csv`: a day that is not what its weekday says.
#[derive(Clone, Debug)]
pub struct HolidayRow<'a> {
    /// The day.
    pub date: Date,
    /// The holiday's name; may be empty.
    pub name: &'a str,
    /// Free or worked; a day that is worked must be a Saturday or Sunday.
    pub kind: DayKind,
    /// Announced or assumed.
    pub basis: DayBasis,
    /// Who says so; may be empty.
    pub source: &'a str,
}

/// A row of `actuals.csv`: a customer's figure, or that of a district or of a source as a whole.
#[derive(Clone, Debug)]
pub struct ActualRow<'a> {
    /// The gas day.
    pub date: Date,
    /// The clock hour at whose beginning the hour begins, 0 to 23; `None` for a figure of the whole gas day.
    pub hour: Option<u8>,
    /// The customer.
    pub customer: Option<&'a str>,
    /// The district (by id or name), where the row is of no customer.
    pub district: Option<&'a str>,
    /// The source.
    pub source: Option<&'a str>,
    /// In m3.
    pub volume: M3,
}
