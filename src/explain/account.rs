//! The account of a subject: its slices rank by rank, who stands beside it, what binds, and the outlook.

use std::collections::{BTreeMap, BTreeSet};

use super::{Because, Binding, Explanation, Fact, Peers, Room, SliceWhy, Subject, binding, hours, outlook};
use crate::city::Customer;
use crate::decide::probe::Probe;
use crate::decide::{Detail, Kind, PAST, RankRow};
use crate::problem::Problems;
use crate::units::M3;

impl Explanation {
    /// Explains a subject. Without a probe, or where tables have changed, there is no outlook; a decision without `detail`
    /// explains its level alone.
    ///
    /// # Errors
    /// A failure of the linear program where only it can decide.
    pub fn of(
        room: &Room<'_>,
        subject: Subject,
        probe: Option<&Probe<'_>>,
        changed: &[&'static str],
    ) -> Result<Self, Problems> {
        let decision = room.decision;
        let none = Detail::default();
        let detail = decision.detail.as_ref().unwrap_or(&none);
        let who = Who::of(room, subject, detail);
        let level = decision.level.as_ref().and_then(|level| room.policy.level(&level.id));
        let balance = &decision.balance;
        let mut because = vec![Because::Level {
            level,
            demand: balance.demand_m3,
            deliverable: balance.deliverable_m3,
            shortfall: balance.shortfall_m3,
        }];
        if !changed.is_empty() {
            because.push(Because::Changed(changed.to_vec()));
        }
        if let Some(rotation) = &decision.rotation {
            because.push(Because::Turn {
                blocks: rotation.blocks.clone(),
                by_formula: rotation.blocks_by_formula,
                inside: who.districts.iter().any(|district| rotation.blocks.iter().any(|block| block == district)),
            });
        }
        let slices = slices(room, subject, detail, &who);
        let sum = |of: &dyn Fn(&SliceWhy) -> M3| slices.iter().map(of).sum::<M3>();
        let (demand, served) = (sum(&|slice| slice.size), sum(&|slice| slice.served));
        // What was not delivered in the past nothing binds any more.
        let is_past = |slice: &SliceWhy| slice.measure.as_deref() == Some(PAST);
        let short: Vec<&SliceWhy> =
            slices.iter().filter(|slice| slice.served < slice.size && !is_past(slice)).collect();
        let bound = bound(room, detail, &who, &short);
        let worst = short.iter().filter(|slice| slice.kind != Kind::Withheld).map(|slice| slice.rank).max();
        let hours = match probe.filter(|_| changed.is_empty() && !who.customers.is_empty()) {
            Some(probe) => {
                let slices: Vec<&SliceWhy> = slices.iter().collect();
                hours::of(room, probe, subject, &who.customers, level, &slices)?
            }
            None => Vec::new(),
        };
        because.extend(slices.into_iter().map(Because::Slice));
        because.extend(hours);
        because.extend(bound);
        if let (Some(probe), []) = (probe, changed) {
            because.extend(match subject {
                Subject::Level => outlook::of_level(room, probe, level)?,
                _ if who.customers.is_empty() => Vec::new(),
                _ => outlook::of(room, probe, &outlook::Asked { who: &who.customers, level, worst })?,
            });
        }
        let form = match (subject, who.rows.first()) {
            (Subject::Customer(_), Some(row)) => {
                let reason = detail.customers.get(*row as usize).and_then(|c| detail.reasons.get(c.reason as usize));
                reason.map(|reason| reason.form)
            }
            _ => None,
        };
        Ok(Self { subject, customers: who.rows.len(), form, demand, served, because })
    }
}

/// What binds in the short ranks; ranks that the same thing binds are told together.
fn bound(room: &Room<'_>, detail: &Detail, who: &Who<'_>, short: &[&SliceWhy]) -> Vec<Because> {
    let mut found: Vec<(Binding, Vec<u32>)> = Vec::new();
    for slice in short {
        let reached = who.reached(room, detail, slice.rank);
        let (districts, companies) = reached.iter().copied().unzip();
        for by in binding::of(room, slice.rank, slice.kind, &districts, &companies) {
            match found.iter_mut().find(|(known, _)| *known == by) {
                Some((_, ranks)) => ranks.push(slice.rank),
                None => found.push((by, vec![slice.rank])),
            }
        }
    }
    found.into_iter().map(|(by, ranks)| Because::Bound { ranks, by }).collect()
}

/// The customers of a subject.
pub(super) struct Who<'a> {
    /// As indices in [`Detail::customers`], in order.
    pub rows: Vec<u32>,
    /// As indices in the city, sorted.
    pub customers: Vec<u32>,
    districts: BTreeSet<&'a str>,
    /// The city's customer of every row, whoever is asked for.
    at: Vec<Option<&'a Customer>>,
}

impl<'a> Who<'a> {
    pub fn of(room: &Room<'a>, subject: Subject, detail: &Detail) -> Self {
        let city = room.city;
        let mut who = Self { rows: Vec::new(), customers: Vec::new(), districts: BTreeSet::new(), at: Vec::new() };
        who.at.reserve(detail.customers.len());
        let reached = reached_by(room, subject, detail);
        for (row, share) in (0..).zip(&detail.customers) {
            let at = city.customer(&share.customer_id);
            let customer = at.and_then(|at| city.customers.get(at));
            who.at.push(customer);
            let (Some(at), Some(customer)) = (at, customer) else { continue };
            let means = match subject {
                Subject::Customer(i) => i as usize == at,
                Subject::Class(class) => room.policy.class(&city.classes[customer.class as usize]) == Some(class),
                Subject::District(district) => customer.district == district,
                Subject::Company(company) => customer.company == company,
                Subject::Measure(_) => reached.contains(&row),
                Subject::Level => true,
            };
            if means {
                who.rows.push(row);
                who.customers.push(at as u32);
                who.districts.insert(&city.districts[customer.district as usize].id);
            }
        }
        who.customers.sort_unstable();
        who
    }

    /// District and company of those customers that have a slice in a rank.
    fn reached(&self, room: &Room<'a>, detail: &Detail, rank: u32) -> BTreeSet<(&'a str, &'a str)> {
        let slices = detail.slices.iter().filter(|s| s.rank == rank && self.rows.binary_search(&s.customer).is_ok());
        let places: BTreeSet<(u32, u32)> =
            slices.filter_map(|slice| self.customer(slice.customer)).map(|c| (c.district, c.company)).collect();
        let name = |(district, company): &(u32, u32)| {
            (&*room.city.districts[*district as usize].id, &*room.city.companies[*company as usize])
        };
        places.iter().map(name).collect()
    }

    /// The customer of a row.
    fn customer(&self, row: u32) -> Option<&'a Customer> {
        self.at.get(row as usize).copied().flatten()
    }
}

/// The customers that a measure reaches.
fn reached_by(room: &Room<'_>, subject: Subject, detail: &Detail) -> BTreeSet<u32> {
    let Subject::Measure(measure) = subject else { return BTreeSet::new() };
    let id = room.policy.measures.get(measure).map(|measure| measure.id.as_str());
    let ranks = room.decision.by_rank.iter().filter(|row| row.measure.as_deref() == id).map(|row| row.rank);
    let ranks: BTreeSet<u32> = ranks.collect();
    detail.slices.iter().filter(|slice| ranks.contains(&slice.rank)).map(|slice| slice.customer).collect()
}

/// The slices of a subject by rank; of a measure, only those it makes.
fn slices(room: &Room<'_>, subject: Subject, detail: &Detail, who: &Who<'_>) -> Vec<SliceWhy> {
    let mut ours: BTreeMap<u32, Peers> = BTreeMap::new();
    let mut all: BTreeMap<u32, Peers> = BTreeMap::new();
    for slice in &detail.slices {
        all.entry(slice.rank).or_default().add(slice.size_m3, slice.served_m3);
        if who.rows.binary_search(&slice.customer).is_ok() {
            ours.entry(slice.rank).or_default().add(slice.size_m3, slice.served_m3);
        }
    }
    let wanted = |row: &&RankRow| match subject {
        Subject::Measure(measure) => {
            row.measure.as_deref() == room.policy.measures.get(measure).map(|measure| measure.id.as_str())
        }
        _ => true,
    };
    let single = match (subject, &who.customers[..]) {
        (Subject::Customer(_), [only]) => Some(&room.city.customers[*only as usize]),
        _ => None,
    };
    let rows = room.decision.by_rank.iter().filter(wanted);
    rows.filter_map(|row| {
        let peers = ours.get(&row.rank)?;
        let short = peers.served < peers.size;
        Some(SliceWhy {
            rank: row.rank,
            kind: row.kind,
            tier: row.tier,
            measure: row.measure.clone(),
            customers: peers.customers,
            size: peers.size,
            served: peers.served,
            facts: single.map_or_else(Vec::new, |customer| facts(room, customer, row)),
            peers: all.get(&row.rank).copied().unwrap_or_default(),
            cell: single.filter(|_| short).map(|customer| cell(room, detail, who, row.rank, customer)),
        })
    })
    .collect()
}

impl Peers {
    fn add(&mut self, size: M3, served: M3) {
        self.customers += 1;
        self.size += size;
        self.served += served;
    }
}

/// Those who stand in the same rank, district and, where companies do not pool, company.
fn cell(room: &Room<'_>, detail: &Detail, who: &Who<'_>, rank: u32, like: &Customer) -> Peers {
    let mut peers = Peers::default();
    let pooled = room.city.settings.pooling || room.decision.area.is_some();
    for slice in detail.slices.iter().filter(|slice| slice.rank == rank) {
        let same = |other: &Customer| other.district == like.district && (pooled || other.company == like.company);
        if who.customer(slice.customer).is_some_and(same) {
            peers.add(slice.size_m3, slice.served_m3);
        }
    }
    peers
}

/// What the rule that made a slice read of a customer.
fn facts(room: &Room<'_>, customer: &Customer, row: &RankRow) -> Vec<Fact> {
    let (city, policy, decision) = (room.city, room.policy, room.decision);
    let class = policy.class(&city.classes[customer.class as usize]);
    let more = customer.more.as_deref();
    let mut facts: Vec<Fact> = class.map(Fact::Class).into_iter().collect();
    if !customer.floor.is_zero() {
        facts.push(Fact::Floor(customer.floor));
    }
    let Some(measure) = row.measure.as_deref().and_then(|id| policy.measures.iter().find(|m| m.id == id)) else {
        return facts;
    };
    let level = decision.level.as_ref().and_then(|level| policy.level(&level.id)).unwrap_or(0);
    if let Some(action) = measure.at.get(level).and_then(Option::as_ref) {
        let who = &action.who;
        if who.asks_tonnage() {
            facts.push(Fact::Tonnage(more.and_then(|more| more.boiler_t_h)));
        }
        if !who.contracts.is_empty() {
            facts.push(Fact::Contract(customer.contract.id()));
        }
        if !who.tags.is_empty() {
            facts.push(Fact::Tags(more.map_or_else(Vec::new, |m| m.tags.iter().map(|tag| tag.to_string()).collect())));
        }
        if matches!(action.cut, crate::policy::Cut::Stop { .. }) {
            let profile = customer.profile.and_then(|at| city.profiles.get(at as usize));
            facts.push(Fact::Profile(profile.map_or_else(String::new, |profile| profile.id.to_string())));
        }
        if !who.backups.is_empty() || measure.within.contains(&crate::policy::RankKey::Backup) {
            facts.push(Fact::Backup(customer.backup.id()));
        }
    }
    if measure.rotates {
        let district = city.districts[customer.district as usize].id.to_string();
        let turns = decision.rotation.as_ref().is_some_and(|rotation| rotation.blocks.contains(&district));
        facts.push(Fact::Block { district, turns });
    }
    facts
}
