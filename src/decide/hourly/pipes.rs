//! The network of one day, hour by hour: the daily one once an hour, with sources that give a day's volume through their
//! hours, and districts that keep gas in their pipes from one hour to the next.
//!
//! Everything is in millionths of a m3, so that hourly volumes are whole numbers and the daily allocator serves the hours too:
//! a district in an hour is one of its districts. What must be in the pipes at the end of the day is asked for in rank 0, before
//! all that customers ask for.

use super::Clock;
use crate::city::{City, District};
use crate::decide::allocate::{Arc, Cell, Network, Node, Reach};
use crate::decide::prepare::Scope;
use crate::decide::{Day, MICRO};
use crate::units::M3;

/// No limit at all; above any volume of a day.
pub(super) const UNLIMITED: u64 = 1 << 59;

/// A day's network by the hour.
#[derive(Clone, Debug)]
pub(in crate::decide) struct Pipes {
    pub reach: Reach,
    /// How many districts (once a company, where companies keep their gas apart), in one hour.
    pub districts: usize,
    /// How many companies each district of the scope is split into.
    pub companies: usize,
    pub hours: usize,
    /// What is in the pipes of each district above the least at the start of the day.
    pub packed: Vec<u64>,
    /// What must be there at its end, as cells of rank 0.
    pub ends: Vec<Cell>,
    /// Where a source, a link of the scope, or a district's pipes stand among the links of `reach`, hour by hour.
    pub source_arcs: Vec<Vec<usize>>,
    pub link_arcs: Vec<Vec<usize>>,
    pub pack_arcs: Vec<Vec<usize>>,
}

/// What a district's pipes hold, in m3: at the start, and between which bounds.
struct Pack {
    start: u64,
    room: u64,
    end: u64,
}

impl Pack {
    fn of(district: &District) -> Self {
        let start = district.linepack.unwrap_or_default();
        let least = district.linepack_min.unwrap_or_default();
        let most = district.linepack_max.unwrap_or(start);
        let end = start.less(district.linepack_draw.unwrap_or_default());
        Self { start: start.less(least).get(), room: most.less(least).get(), end: end.less(least).get() }
    }
}

impl Pipes {
    /// The pipes of a balance on a day. `None` where companies share links or pipes: that is no single flow.
    pub fn new(city: &City, scope: &Scope<'_>, day: &Day, clock: &Clock) -> Option<Self> {
        let packs: Vec<Pack> = scope.districts.iter().map(|d| Pack::of(&city.districts[*d as usize])).collect();
        let apart = scope.reach.entitled.as_deref();
        if apart.is_some()
            && (scope.reach.network.is_some() || packs.iter().any(|pack| pack.room > 0 || pack.start > 0))
        {
            return None;
        }
        let (hours, companies) = (clock.len(), scope.companies(city));
        let districts = scope.districts.len() * companies;
        let sources = scope.sources.len();
        let own_junctions = scope.reach.network.as_ref().map_or(companies, |network| network.junctions);
        let source_hour = |source: usize, hour: usize| Node::Junction((source * hours + hour) as u32);
        let junction =
            |junction: usize, hour: usize| Node::Junction((sources * hours + hour * own_junctions + junction) as u32);
        let district = |district: usize, hour: usize| Node::District((hour * districts + district) as u32);
        let mut links = Vec::new();
        let mut lay = |from, to, capacity| {
            links.push(Arc { from, to, capacity });
            links.len() - 1
        };
        let mut source_arcs = vec![Vec::with_capacity(hours); sources];
        let mut link_arcs = vec![Vec::with_capacity(hours); scope.links.len()];
        let mut pack_arcs = Vec::new();
        for (at, source) in scope.sources.iter().enumerate() {
            let most = city.most_in_an_hour(*source, day.date).map_or(UNLIMITED, micro);
            for hour in 0..hours {
                source_arcs[at].push(lay(Node::Source(at as u32), source_hour(at, hour), most));
                if scope.reach.network.is_none() {
                    let company = apart.map_or(0, |companies| companies[at] as usize);
                    lay(source_hour(at, hour), junction(company, hour), UNLIMITED);
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
                    let node = |node| match node {
                        Node::Source(at) => source_hour(at as usize, hour),
                        Node::District(at) => district(at as usize, hour),
                        Node::Junction(at) => junction(at as usize, hour),
                    };
                    for ((arc, link), arcs) in network.links.iter().zip(&scope.links).zip(&mut link_arcs) {
                        arcs.push(lay(node(arc.from), node(arc.to), hourly_capacity(city, *link, arc.capacity)));
                    }
                }
            }
        }
        let mut packed = Vec::new();
        let mut ends = Vec::new();
        for (at, pack) in packs.iter().enumerate().filter(|_| apart.is_none()) {
            let room = micro(M3(pack.room));
            lay(Node::Source((sources + at) as u32), district(at, 0), UNLIMITED);
            packed.push(micro(M3(pack.start)));
            pack_arcs.push((1..=hours).map(|next| lay(district(at, next - 1), district(at, next), room)).collect());
            if pack.end > 0 {
                let district = (hours * districts + at) as u32;
                ends.push(Cell { rank: 0, district, company: 0, size: micro(M3(pack.end)) });
            }
        }
        let network = Network { junctions: (sources + own_junctions) * hours, links };
        let reach = Reach { districts: districts * (hours + 1), entitled: None, network: Some(network) };
        Some(Self { reach, districts, companies, hours, packed, ends, source_arcs, link_arcs, pack_arcs })
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
