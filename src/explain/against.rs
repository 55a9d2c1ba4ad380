//! Why one customer and not its neighbour: the first fact, in the order in which rules read them, that makes the difference;
//! the ranks that follow from it; and where nothing differs, what settles it all the same.

use std::collections::{BTreeMap, BTreeSet};

use super::{Because, Binding, Explanation, Fact, Room, SliceWhy};
use crate::city::{City, Customer, More};
use crate::decide::probe::Probe;
use crate::decide::trial::{AsIf, Trial};
use crate::decide::{Day, Kind};
use crate::policy::Sharing;
use crate::units::{Decimal, M3};

/// How two customers differ.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The first fact that differs and matters, and what follows from it; `None` if the rules cannot tell them apart, or the
    /// case is no longer the one that was decided.
    pub telling: Option<Telling>,
    /// Every rank in which one of them has a slice, best served first.
    pub ranks: Vec<Beside>,
    /// Their turns on a stop list, in the first rank that stops whole customers and in which both stand.
    pub turns: Option<(u32, Turn, Turn)>,
    /// The first rank in which both stand and get different shares because different things bind: what does, for each.
    pub bound: Option<(u32, Vec<Binding>, Vec<Binding>)>,
    /// By the hour: their profiles' names (empty of a flat day), where they differ and they get different shares in some rank.
    pub profiles: Option<(String, String)>,
    /// Their districts' ids, where they differ.
    pub districts: Option<(String, String)>,
    /// Their companies' ids, where they differ.
    pub companies: Option<(String, String)>,
}

/// A fact by which the rules tell two customers apart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Telling {
    /// Of the one.
    pub one: Fact,
    /// Of the other.
    pub other: Fact,
    /// What of the one's demand stands elsewhere because of it, best rank first.
    pub moved: Vec<Moved>,
}

/// What a fact does to a customer's place in a rank.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moved {
    /// The rank, from 1; `None` if nobody stands in it today.
    pub rank: Option<u32>,
    /// Whether it may be cut.
    pub kind: Kind,
    /// The tier's number, of a firm rank.
    pub tier: Option<u32>,
    /// The measure's id, of one that is not.
    pub measure: Option<String>,
    /// What of the customer stands there, in m3.
    pub as_is: M3,
    /// What would, with the other's fact, in m3.
    pub otherwise: M3,
}

/// Two customers in one rank: what each asks for there and gets, in m3; nothing if it has no slice there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Beside {
    /// The rank, from 1.
    pub rank: u32,
    /// The one: size, served.
    pub one: Option<(M3, M3)>,
    /// The other: size, served.
    pub other: Option<(M3, M3)>,
}

/// What settles whose turn comes first on a stop list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Turn {
    /// What it has borne this season, in equivalent full days.
    pub burden: Decimal,
    /// Its size in the rank, in m3.
    pub size: M3,
}

impl Difference {
    /// Compares two customers, by index in the city, with their explanations. Without a probe, or where tables have changed
    /// since the decision, the facts are not asked for.
    pub fn of(
        room: &Room<'_>,
        probe: Option<&Probe<'_>>,
        changed: &[&'static str],
        (a, one): (u32, &Explanation),
        (b, other): (u32, &Explanation),
    ) -> Self {
        let city = room.city;
        let (first, second) = (&city.customers[a as usize], &city.customers[b as usize]);
        let ranks = beside(one, other);
        let probe = probe.filter(|_| changed.is_empty());
        Self {
            telling: probe.and_then(|probe| telling(room, probe, a, b)),
            turns: probe.and_then(|probe| turns(room, probe.day(), &ranks, a, b)),
            bound: bound(&ranks, one, other),
            profiles: profiles(room, &ranks, (first, second)),
            ranks,
            districts: differing(district(city, first), district(city, second)),
            companies: differing(company(city, first), company(city, second)),
        }
    }
}

impl Beside {
    /// Whether both stand there and get the same share of what they ask for, to the cubic metre that rounding moves.
    pub fn alike(&self) -> Option<bool> {
        let ((size, served), (theirs, given)) = self.one.zip(self.other)?;
        // Within one m3 of an equal share each: served x theirs and given x size differ by less than both sizes together.
        let product = |a: M3, b: M3| u128::from(a.get()) * u128::from(b.get());
        Some(product(served, theirs).abs_diff(product(given, size)) < u128::from(size.get()) + u128::from(theirs.get()))
    }
}

fn differing(a: &str, b: &str) -> Option<(String, String)> {
    (a != b).then(|| (a.to_owned(), b.to_owned()))
}

/// Where both stand in some rank and are served unlike, because they want gas in different hours.
fn profiles(room: &Room<'_>, ranks: &[Beside], (a, b): (&Customer, &Customer)) -> Option<(String, String)> {
    let unlike = room.decision.hours.is_some() && ranks.iter().any(|beside| beside.alike() == Some(false));
    differing(profile(room.city, a), profile(room.city, b)).filter(|_| unlike)
}

fn profile<'c>(city: &'c City, customer: &Customer) -> &'c str {
    customer.profile.and_then(|at| city.profiles.get(at as usize)).map_or("", |profile| &profile.id)
}

fn district<'c>(city: &'c City, customer: &Customer) -> &'c str {
    &city.districts[customer.district as usize].id
}

fn company<'c>(city: &'c City, customer: &Customer) -> &'c str {
    &city.companies[customer.company as usize]
}

impl Explanation {
    /// Its slices, best served first.
    pub fn slices(&self) -> impl Iterator<Item = &SliceWhy> {
        self.because.iter().filter_map(|because| match because {
            Because::Slice(slice) => Some(slice),
            _ => None,
        })
    }

    /// What binds in a rank.
    fn binding(&self, rank: u32) -> Vec<Binding> {
        let binds = |because: &Because| match because {
            // By the hour it is told of one customer alone, since it depends on the hours that each wants.
            Because::Bound { by: Binding::Hours { .. }, .. } => None,
            Because::Bound { ranks, by } if ranks.contains(&rank) => Some(by.clone()),
            _ => None,
        };
        self.because.iter().filter_map(binds).collect()
    }
}

fn beside(one: &Explanation, other: &Explanation) -> Vec<Beside> {
    let in_rank = |explanation: &Explanation, rank| {
        explanation.slices().find(|slice| slice.rank == rank).map(|slice| (slice.size, slice.served))
    };
    let ranks: BTreeSet<u32> = one.slices().chain(other.slices()).map(|slice| slice.rank).collect();
    let beside = |rank| Beside { rank, one: in_rank(one, rank), other: in_rank(other, rank) };
    ranks.into_iter().map(beside).collect()
}

/// Where both stand and are served unlike, and what binds is not the same.
fn bound(ranks: &[Beside], one: &Explanation, other: &Explanation) -> Option<(u32, Vec<Binding>, Vec<Binding>)> {
    let unlike = ranks.iter().filter(|beside| beside.alike() == Some(false));
    let mut bound = unlike.map(|beside| (beside.rank, one.binding(beside.rank), other.binding(beside.rank)));
    bound.find(|(_, ours, theirs)| ours != theirs)
}

/// The turns of both on the stop list of the first rank that has one.
fn turns(room: &Room<'_>, day: &Day, ranks: &[Beside], a: u32, b: u32) -> Option<(u32, Turn, Turn)> {
    let lists = |rank: u32| {
        let row = room.decision.by_rank.iter().find(|row| row.rank == rank)?;
        let measure = room.policy.measures.iter().find(|measure| Some(&measure.id) == row.measure.as_ref())?;
        (row.kind == Kind::Authorised && measure.sharing == Sharing::List).then_some(())
    };
    let listed = ranks.iter().find(|beside| lists(beside.rank).is_some() && beside.alike() == Some(false))?;
    let turn = |customer, size| Turn { burden: day.customer_burdens.get(&customer).copied().unwrap_or_default(), size };
    let (one, other) = listed.one.zip(listed.other)?;
    Some((listed.rank, turn(a, one.0), turn(b, other.0)))
}

/// The first fact by which the rules treat the two differently.
fn telling(room: &Room<'_>, probe: &Probe<'_>, a: u32, b: u32) -> Option<Telling> {
    let level = room.decision.level.as_ref().and_then(|level| room.policy.level(&level.id));
    let blocks = room.decision.rotation.as_ref().map_or(&[][..], |rotation| &rotation.blocks);
    let trial = probe.trial(level, blocks);
    let (one, other) = (trial.as_it_is(a)?, trial.as_it_is(b)?);
    let as_is = trial.sizes(a, &one);
    let mut facts = differing_facts(room, (&one, &other)).into_iter();
    facts.find_map(|(ours, theirs, customer)| {
        let mut as_if = AsIf { customer: &customer, ..one };
        match (&ours, &theirs) {
            (Fact::Floor(_), _) => as_if.floor = other.floor,
            (Fact::Demand(_), _) => as_if.demand = other.demand,
            (Fact::Block { .. }, _) => as_if.turns = other.turns,
            _ => {}
        }
        let otherwise = trial.sizes(a, &as_if);
        (otherwise != as_is).then(|| Telling { one: ours, other: theirs, moved: moved(&trial, &as_is, &otherwise) })
    })
}

fn moved(trial: &Trial<'_>, as_is: &BTreeMap<usize, u64>, otherwise: &BTreeMap<usize, u64>) -> Vec<Moved> {
    let ranks: BTreeSet<usize> = as_is.keys().chain(otherwise.keys()).copied().collect();
    let moved = |rank: usize| {
        let of = |sizes: &BTreeMap<usize, u64>| M3(sizes.get(&rank).copied().unwrap_or_default());
        let (kind, tier, measure) = trial.rule(rank);
        let (as_is, otherwise) = (of(as_is), of(otherwise));
        (as_is != otherwise).then(|| Moved { rank: trial.number(rank), kind, tier, measure, as_is, otherwise })
    };
    ranks.into_iter().filter_map(moved).collect()
}

/// Every fact that differs, with the one as it would be with the other's, in the order in which rules read them.
fn differing_facts(room: &Room<'_>, (one, other): (&AsIf<'_>, &AsIf<'_>)) -> Vec<(Fact, Fact, Customer)> {
    let (city, (a, b)) = (room.city, (one.customer, other.customer));
    let mut facts = Vec::new();
    let mut add = |ours: Fact, theirs: Fact, change: &dyn Fn(&mut Customer)| {
        if ours != theirs {
            let mut customer = a.clone();
            change(&mut customer);
            facts.push((ours, theirs, customer));
        }
    };
    let more = |customer: &Customer| customer.more.as_deref().cloned().unwrap_or_default();
    let with = |change: &dyn Fn(&mut More)| {
        let mut more = more(a);
        change(&mut more);
        Some(Box::new(more))
    };
    let (ours, theirs) = (more(a), more(b));
    if let (Some(x), Some(y)) = (class(room, a), class(room, b)) {
        add(Fact::Class(x), Fact::Class(y), &|customer| customer.class = b.class);
    }
    add(Fact::Tonnage(ours.boiler_t_h), Fact::Tonnage(theirs.boiler_t_h), &|customer| {
        customer.more = with(&|more| more.boiler_t_h = theirs.boiler_t_h);
    });
    add(Fact::Contract(a.contract.id()), Fact::Contract(b.contract.id()), &|customer| customer.contract = b.contract);
    let tags = |more: &More| Fact::Tags(more.tags.iter().map(|tag| tag.to_string()).collect());
    add(tags(&ours), tags(&theirs), &|customer| customer.more = with(&|more| more.tags.clone_from(&theirs.tags)));
    let site = |more: &More| Fact::Site(more.site.to_string());
    add(site(&ours), site(&theirs), &|customer| customer.more = with(&|more| more.site.clone_from(&theirs.site)));
    let id = |customer: &Customer| Fact::Id(customer.id.to_string());
    add(id(a), id(b), &|customer| customer.id.clone_from(&b.id));
    let annual = |more: &More| Fact::Annual(more.annual.unwrap_or_default());
    add(annual(&ours), annual(&theirs), &|customer| customer.more = with(&|more| more.annual = theirs.annual));
    add(Fact::Demand(M3(one.demand)), Fact::Demand(M3(other.demand)), &|_| {});
    let named = |customer: &Customer| Fact::District(district(city, customer).to_owned());
    add(named(a), named(b), &|customer| customer.district = b.district);
    let named = |customer: &Customer| Fact::Company(company(city, customer).to_owned());
    add(named(a), named(b), &|customer| customer.company = b.company);
    if one.turns != other.turns {
        let block =
            |who: &AsIf<'_>| Fact::Block { district: district(city, who.customer).to_owned(), turns: who.turns };
        add(block(one), block(other), &|_| {});
    }
    add(Fact::Backup(a.backup.id()), Fact::Backup(b.backup.id()), &|customer| customer.backup = b.backup);
    let spread = |customer: &Customer| Fact::Profile(profile(city, customer).to_owned());
    add(spread(a), spread(b), &|customer| customer.profile = b.profile);
    add(Fact::Floor(M3(one.floor)), Fact::Floor(M3(other.floor)), &|_| {});
    facts
}

fn class(room: &Room<'_>, customer: &Customer) -> Option<usize> {
    room.policy.class(&room.city.classes[customer.class as usize])
}
