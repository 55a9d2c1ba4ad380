//! Customers that the plan protects and that lose gas all the same: whom an exemption means, and whose gas stands in the best tier.

use std::collections::BTreeMap;

use serde::Serialize;

use super::split::whole;
use crate::city::{City, Customer};
use crate::policy::{Facts, Part, Policy};
use crate::units::M3;

/// Protected customers that lost gas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Protected {
    /// Whom an exemption of the plan means, by name.
    pub exempt: Vec<Touched>,
    /// The others of the best tier, by class.
    pub best_tier: Vec<TouchedClass>,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Touched {
    /// Its id.
    pub customer_id: String,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: String,
    /// The exemption.
    pub exemption: String,
    /// What it did not get, in m3.
    pub cut_m3: M3,
}

/// The customers of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct TouchedClass {
    /// The class.
    pub class: String,
    /// How many lost gas.
    pub customers: u64,
    /// What they did not get, in m3.
    pub cut_m3: M3,
}

/// How the plan protects a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shield {
    Exemption(String),
    BestTier,
}

/// How a policy protects a customer, if it does.
pub(super) fn shield(policy: &Policy, city: &City, customer: &Customer, demand: M3) -> Option<Shield> {
    let class = city.classes.get(customer.class as usize)?;
    let more = customer.more.as_deref();
    let facts = Facts {
        class: policy.classes.iter().position(|known| *known.id == **class)?,
        id: &customer.id,
        site: more.map_or("", |more| &more.site),
        district: city.districts.get(customer.district as usize).map_or("", |it| &it.id),
        company: city.companies.get(customer.company as usize).map_or("", |it| it),
        tags: more.map_or(&[], |more| &more.tags),
        backup: customer.backup.id(),
        contract: customer.contract.id(),
        boiler_t_h: more.and_then(|more| more.boiler_t_h).unwrap_or_default(),
        demand_m3: demand.get(),
        annual_m3: more.and_then(|more| more.annual).map_or(0, |annual| annual.get()),
    };
    if let Some(exemption) = policy.exemptions.iter().find(|exemption| exemption.who.matches(&facts)) {
        return Some(Shield::Exemption(exemption.id.clone()));
    }
    let best = policy.tiers.first()?.ranks.iter().flatten();
    let mut whole = best.filter(|take| take.part != Part::Floor);
    whole.any(|take| take.who.matches(&facts)).then_some(Shield::BestTier)
}

/// Who lost what, in parts of 10^-18 m3.
#[derive(Clone, Debug)]
pub(super) struct Loss {
    pub name: String,
    pub class: String,
    pub shield: Shield,
    pub cut: u128,
}

/// The losses of protected customers, by id.
pub(super) fn protected(losses: &BTreeMap<String, Loss>) -> Protected {
    let cuts = whole(losses.values().map(|loss| loss.cut));
    let mut found = Protected::default();
    let mut classes: BTreeMap<&str, (u64, M3)> = BTreeMap::new();
    for ((id, loss), cut_m3) in losses.iter().zip(cuts) {
        match &loss.shield {
            Shield::Exemption(exemption) => found.exempt.push(Touched {
                customer_id: id.clone(),
                name: loss.name.clone(),
                class: loss.class.clone(),
                exemption: exemption.clone(),
                cut_m3,
            }),
            Shield::BestTier => {
                let sum = classes.entry(&loss.class).or_default();
                *sum = (sum.0 + 1, sum.1 + cut_m3);
            }
        }
    }
    let row =
        |(class, (customers, cut_m3)): (&str, (u64, M3))| TouchedClass { class: class.to_owned(), customers, cut_m3 };
    found.best_tier = classes.into_iter().map(row).collect();
    found
}
