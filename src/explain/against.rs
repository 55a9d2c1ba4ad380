//! Why one customer and not its neighbour: the first fact, in the order in which rules read them, that makes the difference.

use super::{Explanation, Fact, Room, SliceWhy};
use crate::city::Customer;
use crate::decide::probe::Probe;

/// How two customers differ.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The first fact that differs and matters, of the one and of the other; `None` if the rules cannot tell them apart.
    pub fact: Option<(Fact, Fact)>,
    /// The rank in which each loses gas, or else its best one.
    pub ranks: Option<(u32, u32)>,
    /// Their districts' ids, where they differ.
    pub districts: Option<(String, String)>,
    /// Their companies' ids, where they differ.
    pub companies: Option<(String, String)>,
}

impl Difference {
    /// Compares two customers, by index in the city, with their explanations.
    pub fn of(room: &Room<'_>, probe: &Probe<'_>, a: (u32, &Explanation), b: (u32, &Explanation)) -> Self {
        let (one, other) = (&room.city.customers[a.0 as usize], &room.city.customers[b.0 as usize]);
        let districts = (one.district != other.district).then(|| (district(room, one), district(room, other)));
        let company = |customer: &Customer| room.city.companies[customer.company as usize].to_string();
        Self {
            fact: fact(room, probe, a.0, (one, other)),
            ranks: telling(a.1).zip(telling(b.1)),
            districts,
            companies: (one.company != other.company).then(|| (company(one), company(other))),
        }
    }
}

fn district(room: &Room<'_>, customer: &Customer) -> String {
    room.city.districts[customer.district as usize].id.to_string()
}

/// The worst rank in which it loses gas for want of it, or else its best.
fn telling(explanation: &Explanation) -> Option<u32> {
    let slices = || explanation.slices();
    let short = slices().filter(|slice| slice.served < slice.size).map(|slice| slice.rank).min();
    short.or_else(|| slices().map(|slice| slice.rank).max())
}

impl Explanation {
    /// Its slices, best served first.
    pub fn slices(&self) -> impl Iterator<Item = &SliceWhy> {
        self.because.iter().filter_map(|because| match because {
            super::Because::Slice(slice) => Some(slice),
            _ => None,
        })
    }
}

/// The first fact by which the rules treat the two differently.
fn fact(room: &Room<'_>, probe: &Probe<'_>, at: u32, (a, b): (&Customer, &Customer)) -> Option<(Fact, Fact)> {
    let level = room.decision.level.as_ref().and_then(|level| room.policy.level(&level.id));
    let matters = |change: &dyn Fn(&mut Customer)| probe.matters(at, level, change);
    let class = |customer: &Customer| room.policy.class(&room.city.classes[customer.class as usize]).map(Fact::Class);
    if matters(&|customer| customer.class = b.class) {
        return class(a).zip(class(b));
    }
    let tonnage = |customer: &Customer| customer.more.as_ref().and_then(|more| more.boiler_t_h);
    let with = |change: &dyn Fn(&mut crate::city::More)| {
        matters(&|customer| {
            let mut more = customer.more.as_deref().cloned().unwrap_or_default();
            change(&mut more);
            customer.more = Some(Box::new(more));
        })
    };
    if with(&|more| more.boiler_t_h = tonnage(b)) {
        return Some((Fact::Tonnage(tonnage(a)), Fact::Tonnage(tonnage(b))));
    }
    if matters(&|customer| customer.contract = b.contract) {
        return Some((Fact::Contract(a.contract.id()), Fact::Contract(b.contract.id())));
    }
    let tags = |customer: &Customer| customer.more.as_ref().map_or_else(Vec::new, |more| more.tags.clone());
    if with(&|more| more.tags = tags(b)) {
        let words = |customer| Fact::Tags(tags(customer).iter().map(|tag| tag.to_string()).collect());
        return Some((words(a), words(b)));
    }
    let turns = |customer: &Customer| {
        let district = district(room, customer);
        let turns = room.decision.rotation.as_ref().is_some_and(|rotation| rotation.blocks.contains(&district));
        (turns, Fact::Block { district, turns })
    };
    let ((one, mine), (other, theirs)) = (turns(a), turns(b));
    if one != other {
        return Some((mine, theirs));
    }
    if matters(&|customer| customer.backup = b.backup) {
        return Some((Fact::Backup(a.backup.id()), Fact::Backup(b.backup.id())));
    }
    (a.floor != b.floor).then_some((Fact::Floor(a.floor), Fact::Floor(b.floor)))
}
