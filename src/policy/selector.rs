//! Whom a rule is about: a customer matched by class, district, size, tonnage, backup, designation or id (P14).

use crate::units::Decimal;

/// The facts of a customer that a rule may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The index of its class in [`crate::policy::Policy::classes`].
    pub class: usize,
    /// Its id.
    pub id: &'a str,
    /// The site that ties rows of one meter together; empty if none.
    pub site: &'a str,
    /// Its district's id.
    pub district: &'a str,
    /// Its company's id.
    pub company: &'a str,
    /// Its designations.
    pub tags: &'a [Box<str>],
    /// The id of its backup fuel, `none` if it has none.
    pub backup: &'a str,
    /// The id of its kind of contract.
    pub contract: &'a str,
    /// Its boiler's capacity in t/h of steam; 0 if unknown.
    pub boiler_t_h: Decimal,
    /// Its forecast demand in m3 a day.
    pub demand_m3: u64,
    /// Its use in m3 a year; 0 if unknown.
    pub annual_m3: u64,
}

/// Who is meant: all conditions together. A condition that is absent holds for everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    /// One of these classes, by index; empty for any.
    pub classes: Vec<usize>,
    /// One of these ids.
    pub ids: Vec<String>,
    /// One of these sites.
    pub sites: Vec<String>,
    /// One of these districts.
    pub districts: Vec<String>,
    /// One of these companies.
    pub companies: Vec<String>,
    /// At least one of these tags.
    pub tags: Vec<String>,
    /// One of these backups; `any` stands for every one but `none`.
    pub backups: Vec<String>,
    /// One of these contracts.
    pub contracts: Vec<String>,
    /// Its boiler's capacity in t/h.
    pub boiler_t_h: Range,
    /// Its forecast demand in m3 a day.
    pub demand_m3: Range,
    /// Its use in m3 a year.
    pub annual_m3: Range,
}

/// A range of numbers; absent ends are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// At least this.
    pub at_least: Option<Decimal>,
    /// More than this.
    pub over: Option<Decimal>,
    /// At most this.
    pub at_most: Option<Decimal>,
    /// Less than this.
    pub below: Option<Decimal>,
}

impl Range {
    /// Whether every number is in it.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a number is in it.
    pub fn holds(&self, number: Decimal) -> bool {
        self.at_least.is_none_or(|end| number >= end)
            && self.over.is_none_or(|end| number > end)
            && self.at_most.is_none_or(|end| number <= end)
            && self.below.is_none_or(|end| number < end)
    }

    /// Whether a whole number is in it.
    pub fn holds_whole(&self, number: u64) -> bool {
        self.is_open() || self.holds(Decimal::whole(number))
    }
}

impl Selector {
    /// Whether the customer is meant.
    pub fn matches(&self, facts: &Facts<'_>) -> bool {
        fn one_of(wanted: &[String], is: &str) -> bool {
            wanted.is_empty() || wanted.iter().any(|w| w == is)
        }
        let backup = |wanted: &String| wanted == facts.backup || (wanted == "any" && facts.backup != "none");
        (self.classes.is_empty() || self.classes.contains(&facts.class))
            && one_of(&self.ids, facts.id)
            && one_of(&self.sites, facts.site)
            && one_of(&self.districts, facts.district)
            && one_of(&self.companies, facts.company)
            && (self.tags.is_empty() || facts.tags.iter().any(|tag| self.tags.iter().any(|w| **w == **tag)))
            && (self.backups.is_empty() || self.backups.iter().any(backup))
            && one_of(&self.contracts, facts.contract)
            && self.boiler_t_h.holds(facts.boiler_t_h)
            && self.demand_m3.holds_whole(facts.demand_m3)
            && self.annual_m3.holds_whole(facts.annual_m3)
    }

    /// Whether it asks for nothing but the class: then every customer of the classes is meant.
    pub fn is_by_class_alone(&self) -> bool {
        Self { classes: Vec::new(), ..self.clone() } == Self::default()
    }

    /// Whether it could mean a customer of this class.
    pub fn may_mean(&self, class: usize) -> bool {
        self.classes.is_empty() || self.classes.contains(&class)
    }

    /// Whether it asks for the boiler's capacity.
    pub fn asks_tonnage(&self) -> bool {
        !self.boiler_t_h.is_open()
    }
}
