//! The network of one day, hour by hour: the daily one once an hour, with sources that give a day's volume through their
//! hours, and districts that keep gas in their pipes from one hour to the next.
//!
//! Everything is in millionths of a m3, so that hourly volumes are whole numbers and the daily allocator serves the hours too:
//! a district in an hour is one of its districts. What must be in the pipes at the end of the day is asked for in rank 0, before
//! all that customers ask for.
//!
//! Companies that keep their gas apart (`pooling = false`) have each a copy of districts, junctions, links and pipes, so that no
//! gas passes from one to another; the copies of a link carry together what the link carries ([`Joint`]). Whose linepack it is
//! the model does not say. **Reading**: a district's pipes belong to the companies with demand there that day, in proportion to
//! it (where nobody has any, to all in proportion to their demand in the balance): what is in them at the start, what must be in
//! them at the end, and the room, on the grid of millionths of a m3, largest remainder, ties by company id. Were the room one for
//! all, gas that one company may draw but does not need would stand in another's way.

use std::sync::OnceLock;

use super::Clock;
use super::rest::level_of;
use crate::city::{City, District};
use crate::decide::allocate::joint::Joint;
use crate::decide::allocate::ready::Ready;
use crate::decide::allocate::{Arc, Cell, Network, Node, Reach};
use crate::decide::prepare::Scope;
use crate::decide::{Day, MICRO};
use crate::units::M3;

/// No limit at all; above any volume of a day.
pub(super) const UNLIMITED: u64 = 1 << 59;

/// A day's network by the hour.
#[derive(Debug)]
pub(in crate::decide) struct Pipes {
    pub reach: Reach,
    /// How many districts (once a company, where companies keep their gas apart), in one hour.
    pub districts: usize,
    /// How many companies each district of the scope is split into.
    pub companies: usize,
    pub hours: usize,
    /// What is in the pipes of each district (and company) above the least at the start of the day.
    pub packed: Vec<u64>,
    /// What must be there at its end, as cells of rank 0.
    pub ends: Vec<Cell>,
    /// Where a source stands among the links of `reach`, hour by hour.
    pub source_arcs: Vec<Vec<usize>>,
    /// The same of a link of the scope, hour by hour, and in an hour once a company.
    pub link_arcs: Vec<Vec<Vec<usize>>>,
    /// The same of the pipes of a district of the scope.
    pub pack_arcs: Vec<Vec<Vec<usize>>>,
    /// The copies that are one link, where companies share links.
    pub joints: Vec<Joint>,
    /// Who answers questions of `reach`, once one has been asked.
    asked: OnceLock<Option<Ready>>,
}

/// What a company's part of a district's pipes holds above the least, in millionths of a m3.
#[derive(Clone, Copy, Debug, Default)]
struct Pack {
    start: u64,
    room: u64,
    end: u64,
}

impl Pack {
    /// `now` is what they hold when some hours of the day are past, in millionths of a m3.
    fn of(district: &District, now: Option<u64>) -> Self {
        let start = district.linepack.unwrap_or_default();
        let least = district.linepack_min.unwrap_or_default();
        let most = district.linepack_max.unwrap_or(start);
        let end = start.less(district.linepack_draw.unwrap_or_default());
        let start = now.map_or(micro(start.less(least)), |now| now.saturating_sub(micro(least)));
        Self { start, room: micro(most.less(least)), end: micro(end.less(least)) }
    }

    /// Its parts: the end, what may be drawn and what is free are each shared out, so that no part owes more than it has.
    fn split(self, weights: &[u64]) -> Vec<Self> {
        if weights.len() == 1 {
            return vec![self];
        }
        if self.end > self.start {
            // Some of it has been used: each part owes its part of what has to be put back.
            let starts = in_proportion(self.start, weights);
            let ends = in_proportion(self.end, weights);
            let free = in_proportion(self.room.saturating_sub(self.end), weights);
            let part = |((start, end), free): ((u64, u64), u64)| Self { start, room: start.max(end) + free, end };
            return starts.into_iter().zip(ends).zip(free).map(part).collect();
        }
        let ends = in_proportion(self.end.min(self.start), weights);
        let drawable = in_proportion(self.start.saturating_sub(self.end), weights);
        let free = in_proportion(self.room.saturating_sub(self.start), weights);
        let part = |((end, drawable), free): ((u64, u64), u64)| {
            let start = end + drawable;
            Self { start, room: start + free, end }
        };
        ends.into_iter().zip(drawable).zip(free).map(part).collect()
    }
}

/// A volume shared out by weight: rounded down, and the largest remainders up, the first of equals first. The weights are not all
/// 0, unless there is one alone.
fn in_proportion(volume: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        let mut parts = vec![0; weights.len()];
        parts.iter_mut().take(1).for_each(|part| *part = volume);
        return parts;
    }
    let of = |weight: &u64| (u128::from(volume) * u128::from(*weight) / sum) as u64;
    let mut parts: Vec<u64> = weights.iter().map(of).collect();
    let left = volume - parts.iter().sum::<u64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(u128::from(volume) * u128::from(weights[*at]) % sum));
    order.into_iter().take(left as usize).for_each(|at| parts[at] += 1);
    parts
}

/// What each company's customers ask for in each district of the scope, by district and company; where nobody asks for anything,
/// what they ask for in all.
fn weights(city: &City, scope: &Scope<'_>, day: &Day) -> Vec<Vec<u64>> {
    let companies = scope.companies(city);
    let mut asked = vec![vec![0; companies]; scope.districts.len()];
    let mut all = vec![0; companies];
    for (at, i) in scope.customers.iter().enumerate() {
        let (company, demand) = (scope.company(at) as usize, day.demand[*i as usize].get());
        asked[scope.district_of[at] as usize][company] += demand;
        all[company] += demand;
    }
    for asked in &mut asked {
        if asked.iter().all(|asked| *asked == 0) {
            asked.clone_from(&all);
        }
    }
    asked
}

impl Pipes {
    /// Whether companies share links or pipes: no side of the network proves anything of those.
    pub fn are_shared(&self) -> bool {
        self.companies > 1 && (!self.joints.is_empty() || self.pack_arcs.iter().flatten().any(|arcs| !arcs.is_empty()))
    }

    /// The pipes of a balance on a day.
    pub fn new(city: &City, scope: &Scope<'_>, day: &Day, clock: &Clock) -> Self {
        let (hours, companies) = (clock.len(), scope.companies(city));
        let weights = weights(city, scope, day);
        let packs = scope.districts.iter().zip(&weights);
        let packs: Vec<Pack> = packs
            .enumerate()
            .flat_map(|(at, (d, weights))| {
                Pack::of(&city.districts[*d as usize], level_of(day, scope, at)).split(weights)
            })
            .collect();
        let apart = scope.reach.entitled.as_deref();
        let districts = scope.districts.len() * companies;
        let sources = scope.sources.len();
        let own_junctions = companies * scope.reach.network.as_ref().map_or(1, |network| network.junctions);
        let source_hour = |source: usize, hour: usize| Node::Junction((source * hours + hour) as u32);
        let junction =
            |junction: usize, hour: usize| Node::Junction((sources * hours + hour * own_junctions + junction) as u32);
        let district = |district: usize, hour: usize| Node::District((hour * districts + district) as u32);
        let company_of = |source: usize| apart.map_or(0, |companies| companies[source] as usize);
        let mut links = Vec::new();
        let mut lay = |from, to, capacity| {
            links.push(Arc { from, to, capacity });
            links.len() - 1
        };
        let mut source_arcs = vec![Vec::with_capacity(hours); sources];
        let mut link_arcs = vec![Vec::with_capacity(hours); scope.links.len()];
        let mut joints = Vec::new();
        for (at, source) in scope.sources.iter().enumerate() {
            let most = city.most_in_an_hour(*source, day.date).map_or(UNLIMITED, micro);
            for hour in 0..hours {
                source_arcs[at].push(lay(Node::Source(at as u32), source_hour(at, hour), most));
                if scope.reach.network.is_none() {
                    lay(source_hour(at, hour), junction(company_of(at), hour), UNLIMITED);
                }
            }
        }
        for hour in 0..hours {
            match &scope.reach.network {
                None => {
                    for at in 0..districts {
                        lay(junction(at % companies, hour), district(at, hour), UNLIMITED);
                    }
                }
                Some(network) => {
                    let node = |node, company| match node {
                        Node::Source(at) => source_hour(at as usize, hour),
                        Node::District(at) => district(at as usize * companies + company, hour),
                        Node::Junction(at) => junction(at as usize * companies + company, hour),
                    };
                    for ((arc, link), arcs) in network.links.iter().zip(&scope.links).zip(&mut link_arcs) {
                        let capacity = hourly_capacity(city, *link, arc.capacity);
                        // What leaves a source is its company's.
                        let ours = |company: &usize| match arc.from {
                            Node::Source(source) => company_of(source as usize) == *company,
                            _ => true,
                        };
                        let mut copy = |company| lay(node(arc.from, company), node(arc.to, company), capacity);
                        let copies: Vec<usize> = (0..companies).filter(ours).map(&mut copy).collect();
                        if copies.len() > 1 {
                            joints.push(Joint { arcs: copies.clone(), capacity });
                        }
                        arcs.push(copies);
                    }
                }
            }
        }
        let mut pack_arcs = vec![vec![Vec::with_capacity(companies); hours]; scope.districts.len()];
        let mut packed = Vec::new();
        let mut ends = Vec::new();
        for (at, pack) in packs.iter().enumerate() {
            packed.push(pack.start);
            if pack.start == 0 && pack.room == 0 {
                continue;
            }
            lay(Node::Source((sources + at) as u32), district(at, 0), UNLIMITED);
            for (next, arcs) in (1..=hours).zip(&mut pack_arcs[at / companies]) {
                arcs.push(lay(district(at, next - 1), district(at, next), pack.room));
            }
            if pack.end > 0 {
                let district = (hours * districts + at) as u32;
                ends.push(Cell { rank: 0, district, company: 0, size: pack.end });
            }
        }
        let network = Network { junctions: (sources + own_junctions) * hours, links };
        let reach = Reach { districts: districts * (hours + 1), entitled: None, network: Some(network) };
        let asked = OnceLock::new();
        Self { reach, districts, companies, hours, packed, ends, source_arcs, link_arcs, pack_arcs, joints, asked }
    }

    /// Who answers one question after another of the hours; `None` where companies share links.
    pub fn ready(&self) -> Option<&Ready> {
        self.asked.get_or_init(|| self.joints.is_empty().then(|| Ready::new(&self.reach).ok()).flatten()).as_ref()
    }

    /// Whose pipes keep gas by this link, which goes from an hour of theirs to the next; `None` for any other link.
    pub fn kept_by(&self, link: &Arc) -> Option<usize> {
        match (link.from, link.to) {
            (Node::District(from), Node::District(to)) if to as usize == from as usize + self.districts => {
                Some(from as usize % self.districts).filter(|at| *at < self.packed.len())
            }
            _ => None,
        }
    }

    /// What may be missing from the pipes at the end of the day.
    pub fn drawable(&self) -> Vec<(Node, u64)> {
        let drawable = |(at, packed): (u32, &u64)| {
            let district = (self.hours * self.districts) as u32 + at;
            let held = self.ends.iter().find(|end| end.district == district).map_or(0, |end| end.size);
            (Node::District(district), packed - held.min(*packed))
        };
        (0..).zip(&self.packed).map(drawable).collect()
    }

    /// The most that a source gives in an hour, if that is limited.
    pub fn most_in_an_hour(&self, source: usize) -> Option<u64> {
        let arc = *self.source_arcs.get(source)?.first()?;
        let capacity = self.reach.network.as_ref()?.links.get(arc)?.capacity;
        (capacity < UNLIMITED).then_some(capacity)
    }

    /// What sources and pipes give, for the allocator.
    pub fn supply(&self, supply: &[u64]) -> Vec<u64> {
        supply.iter().map(|volume| micro(M3(*volume))).chain(self.packed.iter().copied()).collect()
    }
}

fn micro(volume: M3) -> u64 {
    volume.get().saturating_mul(MICRO).min(UNLIMITED)
}

/// What a link carries in an hour: as its row says, else a 24th of the day's.
fn hourly_capacity(city: &City, link: u32, daily: u64) -> u64 {
    let own = city.links.as_ref().and_then(|links| links.get(link as usize)?.capacity_h);
    own.map_or_else(|| micro(M3(daily)) / 24, micro)
}
