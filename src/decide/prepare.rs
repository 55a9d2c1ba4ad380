//! What of a decision does not change from day to day: the balances, who belongs to them, how gas reaches them.

use super::allocate::ready::Ready;
use super::allocate::{Arc, Cell, Network, Node, Question, Reach};
use super::hourly::Settings;
use super::kinds::Kinds;
use super::{Day, DecideMessage};
use crate::city::{City, End};
use crate::policy::{Policies, Policy};
use crate::problem::{Origin, Place, Problems};
use crate::units::M3;

/// How to decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Which computation decides, and whether the other one confirms it.
    pub solver: Solver,
    /// Whether the outer districts join the urban balance (the plan's "extreme case").
    pub unified: bool,
    /// Whether to leave out who gets what, customer by customer ([`super::Decision::detail`]).
    pub without_customers: bool,
    /// Whether to leave out what only a decision that is kept needs: every slice ([`super::Detail::slices`]) and the
    /// evidence ([`super::Decision::evidence`]). Such a decision cannot be explained or verified.
    pub without_evidence: bool,
    /// Whether to leave out the evidence and keep every slice all the same: for who plans and asks who is stopped.
    pub(crate) slices_alone: bool,
    /// Whether to leave out what proves the hours: who explains them asks anew.
    pub(crate) without_proof_of_hours: bool,
    /// Whether to take each day as a whole although the case is decided by the hour: for what is proved of whole days alone.
    pub(crate) whole_days: bool,
    /// After so many steps the program that parts contested links is given up, and the decision is unconfirmed; for tests.
    pub(crate) most_steps: Option<usize>,
}

/// Which computation decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Solver {
    /// The exact algorithm; the linear program, where this build has it, confirms each rank's total.
    #[default]
    Confirmed,
    /// The exact algorithm alone.
    Exact,
    /// The linear program, evenness included; slower.
    Lp,
}

/// A city made ready to decide many days.
#[derive(Debug)]
pub struct Prepared<'a> {
    pub(super) city: &'a City,
    pub(super) options: Options,
    pub(super) urban: Scope<'a>,
    pub(super) areas: Vec<Scope<'a>>,
}

/// One balance: the main urban area, or an outer district.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    pub policy: &'a Policy,
    /// The outer district, as an index in [`City::districts`].
    pub area: Option<u32>,
    /// Indices in [`City::districts`], in their order.
    pub districts: Vec<u32>,
    /// Indices in [`City::customers`], by district and then by id.
    pub customers: Vec<u32>,
    /// For each district of the city, its index in `districts`.
    local: Vec<Option<u32>>,
    /// For each customer, the index of its district in `districts`.
    pub district_of: Vec<u32>,
    /// For each customer, its floor in m3: what the slices of a million customers need, close together.
    pub floors: Vec<u64>,
    /// For each customer, the index of its company in [`City::companies`].
    pub company_of: Vec<u32>,
    /// Indices in [`City::sources`].
    pub sources: Vec<u32>,
    pub reach: Reach,
    /// Who answers questions of its network: as it was made, so that it is not made for every question. `None` without a network, and
    /// where companies share links.
    pub ready: Option<Ready>,
    /// What its hours are set in, of the days that have been asked for.
    pub settings: Settings,
    /// Indices in [`City::links`] of the links of `reach`, in their order.
    pub links: Vec<u32>,
    /// For each class of the city, its index in the policy.
    pub class_of: Vec<Option<usize>>,
    /// The kinds of its customers, where they do not depend on the day.
    kinds: Option<Kinds>,
}

impl<'a> Prepared<'a> {
    /// Makes a city ready.
    ///
    /// # Errors
    /// A customer whose class the policy of its balance does not know.
    pub fn new(policies: &'a Policies, city: &'a City, options: Options) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let all = 0..city.districts.len() as u32;
        let is_urban = |district: &u32| options.unified || city.districts[*district as usize].urban;
        let urban = Scope::new(city, &policies.main, None, all.clone().filter(is_urban).collect(), &mut problems);
        let outer = all.filter(|district| !is_urban(district)).map(|district| {
            let policy = policies.named(city.districts[district as usize].policy.as_deref());
            Scope::new(city, policy, Some(district), vec![district], &mut problems)
        });
        let areas = outer.collect();
        problems.or(Self { city, options, urban, areas }).map(|(prepared, _)| prepared)
    }

    /// Its city.
    pub(crate) const fn city(&self) -> &City {
        self.city
    }

    pub(super) fn check(&self, day: &Day) -> Result<(), Problems> {
        let mut problems = Problems::new();
        let place = || Place::whole(Origin::memory(format!("{} {}", self.city.settings.name, day.date)));
        let mut length = |what, given: usize, wanted: usize| {
            if given != wanted {
                problems.error(place(), DecideMessage::WrongLength { what, given, wanted });
            }
        };
        length("demand", day.demand.len(), self.city.customers.len());
        length("supply", day.supply.len(), self.city.sources.len());
        if problems.stop() {
            return Err(problems);
        }
        // Bounds lie far below what 64 bits hold.
        fn sum<'v>(volumes: impl Iterator<Item = &'v M3>) -> u64 {
            volumes.fold(0u64, |sum, volume| sum.saturating_add(volume.get()))
        }
        let most = if self.city.settings.hourly { M3::MOST_BY_HOUR } else { M3::MOST_IN_ALL };
        let most = most.get();
        if sum(day.demand.iter()) > most {
            problems.error(place(), DecideMessage::TooLarge { what: "demand", most: most.into() });
        }
        if sum(day.supply.iter().flatten()) > most {
            problems.error(place(), DecideMessage::TooLarge { what: "supply", most: most.into() });
        }
        for scope in std::iter::once(&self.urban).chain(&self.areas) {
            let (demand, name) = (scope.demand(day), scope.name(self.city));
            if demand == 0 && scope.area.is_none() {
                problems.error(place(), DecideMessage::NoDemand { scope: name });
            } else if demand > 0 && scope.sources.iter().all(|s| day.supply[*s as usize].is_none()) {
                let date = day.date.to_string();
                problems.error(place(), DecideMessage::NoSupply { scope: name, date });
            }
        }
        problems.or(()).map(|_| ())
    }
}

impl<'a> Scope<'a> {
    fn new(city: &City, policy: &'a Policy, area: Option<u32>, districts: Vec<u32>, problems: &mut Problems) -> Self {
        let mut local = vec![None; city.districts.len()];
        for (i, district) in districts.iter().enumerate() {
            local[*district as usize] = Some(i as u32);
        }
        let mut by_district: Vec<Vec<u32>> = vec![Vec::new(); districts.len()];
        for (i, customer) in city.customers.iter().enumerate() {
            if let Some(at) = local[customer.district as usize] {
                by_district[at as usize].push(i as u32);
            }
        }
        let lengths = by_district.iter().enumerate().flat_map(|(at, who)| std::iter::repeat_n(at as u32, who.len()));
        let district_of = lengths.collect();
        let customers: Vec<u32> = by_district.concat();
        let sources = (0..city.sources.len() as u32).filter(|s| {
            let feeds = city.sources[*s as usize].area;
            match (area, feeds) {
                (Some(area), feeds) => feeds == Some(area),
                (None, None) => true,
                (None, Some(feeds)) => local[feeds as usize].is_some(),
            }
        });
        let sources: Vec<u32> = sources.collect();

        let class_of: Vec<Option<usize>> = city.classes.iter().map(|class| policy.class(class)).collect();
        let mut used = vec![None; class_of.len()];
        for i in &customers {
            let customer = &city.customers[*i as usize];
            used[customer.class as usize].get_or_insert(customer);
        }
        for (class, customer) in used.iter().enumerate().filter_map(|(c, customer)| Some((c, (*customer)?))) {
            if class_of[class].is_none() {
                let place = city.place_of(customer).unwrap_or_else(|| Place::whole(Origin::memory("customers")));
                let (class, policy) = (city.classes[class].to_string(), policy.id.clone());
                problems.error(place, DecideMessage::UnknownClassHere { class, policy });
            }
        }
        let (reach, links) = reach(city, area.is_some(), &local, &sources);
        // Taken from the city in its own order first: customers of one district lie far apart in a large city.
        let floors: Vec<u64> = city.customers.iter().map(|customer| customer.floor.get()).collect();
        let floors = customers.iter().map(|i| floors[*i as usize]).collect();
        let company_of: Vec<u32> = city.customers.iter().map(|customer| customer.company).collect();
        let company_of = customers.iter().map(|i| company_of[*i as usize]).collect();
        let mut scope = Self {
            policy,
            area,
            districts,
            customers,
            local,
            district_of,
            floors,
            company_of,
            sources,
            settings: Settings::default(),
            ready: reach.network.as_ref().and_then(|_| Ready::new(&reach).ok()),
            reach,
            links,
            class_of,
            kinds: None,
        };
        if !Kinds::depend_on_demand(policy) && !problems.stop() {
            scope.kinds = Some(Kinds::of(city, &scope, None));
        }
        scope
    }

    /// What people call it.
    pub fn name(&self, city: &City) -> String {
        self.area.map_or_else(|| city.settings.name.clone(), |area| city.districts[area as usize].name.to_string())
    }

    /// Demand of the day, in m3.
    pub fn demand(&self, day: &Day) -> u64 {
        self.customers.iter().map(|i| day.demand[*i as usize].get()).sum()
    }

    /// Demand of the day that is still to come, in m3.
    pub fn left(&self, day: &Day) -> u64 {
        match day.past {
            None => self.demand(day),
            Some(_) => self.customers.iter().map(|i| day.left(*i)).sum(),
        }
    }

    /// The kinds of its customers, where they are the same on every day.
    pub const fn fixed_kinds(&self) -> Option<&Kinds> {
        self.kinds.as_ref()
    }

    /// The kinds of its customers on a day.
    pub fn kinds_on(&self, city: &City, day: &Day) -> std::borrow::Cow<'_, Kinds> {
        match &self.kinds {
            Some(kinds) => std::borrow::Cow::Borrowed(kinds),
            None => std::borrow::Cow::Owned(Kinds::of(city, self, Some(day))),
        }
    }

    /// Whether a district of the city belongs to it.
    pub fn holds(&self, district: u32) -> bool {
        self.local.get(district as usize).is_some_and(Option::is_some)
    }

    /// The company of a customer of the scope in the terms of the allocation: 0 where all companies pool.
    pub fn company(&self, at: usize) -> u32 {
        if self.reach.entitled.is_some() { self.company_of[at] } else { 0 }
    }

    /// The names of the junctions, by number; those that only links of other balances touch are empty.
    pub fn junction_names<'c>(&self, city: &'c City) -> Vec<&'c str> {
        let count = self.reach.network.as_ref().map_or(0, |network| network.junctions);
        let mut names = vec![""; count];
        for link in city.links.iter().flatten() {
            for (end, name) in [(link.from, &link.names.0), (link.to, &link.names.1)] {
                if let End::Junction(j) = end
                    && let Some(slot) = names.get_mut(j as usize)
                {
                    *slot = name;
                }
            }
        }
        names
    }

    /// How many companies the allocation tells apart.
    pub fn companies(&self, city: &City) -> usize {
        if self.reach.entitled.is_some() { city.companies.len() } else { 1 }
    }

    pub fn question<'q>(&'q self, supply: &'q [u64], cells: &'q [Cell]) -> Question<'q> {
        Question { reach: &self.reach, supply, cells }
    }
}

/// How gas reaches the districts of a balance, and the city's links that take part. An outer area is one pool; links to districts
/// of others are ignored.
fn reach(city: &City, outer: bool, local: &[Option<u32>], sources: &[u32]) -> (Reach, Vec<u32>) {
    let districts = local.iter().flatten().count();
    let company = |s: &u32| city.sources[*s as usize].company.unwrap_or(u32::MAX);
    let entitled = (!city.settings.pooling && !outer).then(|| sources.iter().map(company).collect());
    let links = city.links.as_ref().filter(|_| !outer);
    let node = |end: End| match end {
        End::District(d) => local[d as usize].map(Node::District),
        End::Source(s) => sources.binary_search(&s).ok().map(|s| Node::Source(s as u32)),
        End::Junction(j) => Some(Node::Junction(j)),
    };
    let mut taken = Vec::new();
    let network = links.map(|links| {
        let junction = |end: End| if let End::Junction(j) = end { j as usize + 1 } else { 0 };
        let junctions = links.iter().map(|link| junction(link.from).max(junction(link.to))).max().unwrap_or(0);
        let mut arcs = Vec::with_capacity(links.len());
        for (i, link) in (0..).zip(links) {
            if let (Some(from), Some(to)) = (node(link.from), node(link.to)) {
                arcs.push(Arc { from, to, capacity: link.capacity.get() });
                taken.push(i);
            }
        }
        Network { junctions, links: arcs }
    });
    (Reach { districts, entitled, network }, taken)
}
