//! Customers that no rule of the plan can tell apart are of one kind: rules are matched once a kind, not once a customer.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::Day;
use super::prepare::Scope;
use crate::city::{Backup, City, Contract, Customer};
use crate::policy::{Facts, Part, Policy, Selector};
use crate::units::Decimal;

/// The kinds of a balance's customers.
#[derive(Clone, Debug)]
pub(super) struct Kinds {
    /// For each customer of the scope, its kind.
    pub of: Vec<u32>,
    pub kinds: Vec<Kind>,
}

/// What the plan's rules say about a kind of customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    /// Index in [`Policy::classes`].
    pub class: usize,
    pub backup: bool,
    /// Index in [`City::profiles`].
    pub profile: Option<u32>,
    /// Whether its tonnage is missing.
    pub no_tonnage: bool,
    /// The firm ranks that take a part of its requirement, best protected first.
    pub takes: Vec<(u32, Part)>,
    /// For each level, the measures that match it, in cut order and without those it is exempt from.
    pub measures: Vec<Vec<usize>>,
}

/// What the rules of a policy ask of a customer beyond class, backup, contract and tonnage.
#[derive(Default)]
struct Asked {
    person: bool,
    tags: bool,
    annual: bool,
    demand: bool,
    district: bool,
    company: bool,
}

/// All that rules can ask of most customers; for the others the rules are matched one by one.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    class: u32,
    backup: Backup,
    contract: Contract,
    profile: Option<u32>,
    boiler_t_h: Option<Decimal>,
    district: u32,
    company: u32,
}

/// Mixes the few small numbers of a [`Key`] by multiplication: a tenth of the standard hasher's cost, which a million
/// customers feel. Never iterated, and no stranger chooses the keys.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u128(&mut self, number: u128) {
        self.write_u64(number as u64);
        self.write_u64((number >> 64) as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Kinds {
    /// Whether the kinds change with the day's demand.
    pub fn depend_on_demand(policy: &Policy) -> bool {
        asked(policy).demand
    }

    /// The kinds of a scope's customers; `day` is there if they depend on it.
    pub fn of(city: &City, scope: &Scope<'_>, day: Option<&Day>) -> Self {
        let asked = asked(scope.policy);
        let mut kinds = Vec::new();
        let mut known: HashMap<Kind, u32> = HashMap::new();
        let mut seen: HashMap<Key, u32, BuildHasherDefault<Mix>> = HashMap::default();
        let mut kind_of = |customer: &Customer, demand: u64| {
            let kind = match_rules(city, scope, customer, demand);
            *known.entry(kind).or_insert_with_key(|kind| {
                kinds.push(kind.clone());
                kinds.len() as u32 - 1
            })
        };
        // In the order of the city, where customers lie side by side in memory, and then in that of the scope.
        let mut by_customer = vec![0; city.customers.len()];
        for (i, customer) in city.customers.iter().enumerate().filter(|(_, c)| scope.holds(c.district)) {
            let demand = day.map_or(0, |day| day.demand[i].get());
            let more = customer.more.as_deref();
            let singular = asked.person
                || asked.demand
                || more.is_some_and(|more| (asked.tags && !more.tags.is_empty()) || asked.annual);
            let kind = if singular {
                kind_of(customer, demand)
            } else {
                let key = Key {
                    class: customer.class,
                    backup: customer.backup,
                    contract: customer.contract,
                    profile: customer.profile,
                    boiler_t_h: more.and_then(|more| more.boiler_t_h),
                    district: if asked.district { customer.district } else { 0 },
                    company: if asked.company { customer.company } else { 0 },
                };
                *seen.entry(key).or_insert_with(|| kind_of(customer, demand))
            };
            by_customer[i] = kind;
        }
        Self { of: scope.customers.iter().map(|i| by_customer[*i as usize]).collect(), kinds }
    }
}

fn selectors(policy: &Policy) -> impl Iterator<Item = &Selector> {
    let takes = policy.tiers.iter().flat_map(|tier| tier.ranks.iter().flatten()).map(|take| &take.who);
    let actions = policy.measures.iter().flat_map(|measure| measure.at.iter().flatten()).map(|action| &action.who);
    takes.chain(actions).chain(policy.exemptions.iter().map(|exemption| &exemption.who))
}

fn asked(policy: &Policy) -> Asked {
    selectors(policy).fold(Asked::default(), |asked, who| Asked {
        person: asked.person || !who.ids.is_empty() || !who.sites.is_empty(),
        tags: asked.tags || !who.tags.is_empty(),
        annual: asked.annual || !who.annual_m3.is_open(),
        demand: asked.demand || !who.demand_m3.is_open(),
        district: asked.district || !who.districts.is_empty(),
        company: asked.company || !who.companies.is_empty(),
    })
}

/// What a policy's rules may ask of a customer.
pub(super) fn facts<'c>(city: &'c City, scope: &Scope<'_>, customer: &'c Customer, demand: u64) -> Facts<'c> {
    let more = customer.more.as_deref();
    Facts {
        // `Prepared::new` has refused customers whose class the policy does not know.
        class: scope.class_of[customer.class as usize].unwrap_or_default(),
        id: &customer.id,
        site: more.map_or("", |more| &more.site),
        district: &city.districts[customer.district as usize].id,
        company: &city.companies[customer.company as usize],
        tags: more.map_or(&[], |more| &more.tags),
        backup: customer.backup.id(),
        contract: customer.contract.id(),
        boiler_t_h: more.and_then(|more| more.boiler_t_h).unwrap_or_default(),
        demand_m3: demand,
        annual_m3: more.and_then(|more| more.annual).map_or(0, |annual| annual.get()),
    }
}

pub(super) fn match_rules(city: &City, scope: &Scope<'_>, customer: &Customer, demand: u64) -> Kind {
    let policy = scope.policy;
    let more = customer.more.as_deref();
    let facts = facts(city, scope, customer, demand);
    let ranks = policy.tiers.iter().flat_map(|tier| &tier.ranks).enumerate();
    let matching: Vec<(u32, Part)> = ranks
        .flat_map(|(rank, takes)| takes.iter().map(move |take| (rank as u32, take)))
        .filter(|(_, take)| take.who.matches(&facts))
        .map(|(rank, take)| (rank, take.part))
        .collect();
    // "All not named elsewhere" gives way to a later entry that names the customer.
    let named_later = |after: usize| matching[after + 1..].iter().any(|(_, part)| *part == Part::Rest);
    let stands = |(i, (_, part)): &(usize, &(u32, Part))| *part != Part::Others || !named_later(*i);
    let takes = matching.iter().enumerate().filter(stands).map(|(_, take)| *take).collect();

    let exempt = |measure: usize| {
        let mut exemptions = policy.exemptions.iter();
        exemptions.any(|exemption| exemption.measures.contains(&measure) && exemption.who.matches(&facts))
    };
    let levels = policy.levels.len().max(1);
    let at = |level: usize| {
        let measures = policy.measures.iter().enumerate();
        let matching = measures.filter(|(i, measure)| {
            let action = measure.at.get(level).and_then(Option::as_ref);
            action.is_some_and(|action| action.who.matches(&facts)) && !exempt(*i)
        });
        matching.map(|(i, _)| i).collect()
    };
    Kind {
        class: facts.class,
        backup: customer.backup != Backup::None,
        profile: customer.profile,
        no_tonnage: more.and_then(|more| more.boiler_t_h).is_none(),
        takes,
        measures: (0..levels).map(at).collect(),
    }
}
