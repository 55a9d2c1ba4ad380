//! The network of a day laid once an hour, as the case's rows say it, and not as `decide` lays it.
//!
//! A row of the lay is a source, a district (once a company, where each draws on its own sources) or a junction; its nodes are its hours, and
//! of a district one more, the end of the day. Without links a junction in each hour reaches all districts, or those of a company.

use std::collections::BTreeMap;

use crate::city::End;
use crate::decide::evidence::SideHours;
use crate::decide::verifying::Scope;

/// A m3 in millionths.
pub(super) const MICRO: u64 = 1_000_000;

/// A district, or what a company has in it. In millionths of a m3, above what must stay in the pipes.
pub(in crate::verify) struct Place {
    pub district: u32,
    pub company: u32,
    /// In the pipes when the day begins.
    pub start: u64,
    /// The most that the pipes hold.
    pub room: u64,
    /// What they must hold when the day ends. They always can: what they begin with is no less, and may stay.
    pub end: u64,
}

/// A source and its day, in millionths of a m3.
pub(in crate::verify) struct Source<'c> {
    pub id: &'c str,
    pub volume: u64,
    /// In an hour; `None` without a limit.
    pub most: Option<u64>,
}

/// A link in every hour, between rows.
pub(in crate::verify) struct Pipe {
    pub from: usize,
    pub to: usize,
    /// In an hour; `None` without a limit.
    pub capacity: Option<u64>,
}

/// The network by the hour.
pub(in crate::verify) struct Lay<'c> {
    pub hours: usize,
    pub sources: Vec<Source<'c>>,
    pub places: Vec<Place>,
    /// Those of the case in their order; without any those of the pools.
    pub links: Vec<Pipe>,
    /// How many of `links` are the case's.
    pub told: usize,
    rows: usize,
    /// The row of each source, district and junction by its name; of each company where they have pools of their own.
    names: BTreeMap<&'c str, usize>,
    pools: Option<Pools>,
}

/// Pools instead of links.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pools {
    One,
    OneACompany,
}

/// Which nodes are inside a side.
pub(in crate::verify) struct Side {
    days: Vec<bool>,
    nodes: Vec<bool>,
}

impl<'c> Lay<'c> {
    pub fn of(scope: &Scope<'c>) -> Self {
        let (city, hours, companies) = (scope.city(), scope.clock().len(), scope.companies());
        let micro = |m3: u64| m3.saturating_mul(MICRO);
        let entitled = scope.entitled();
        let supply = scope.supply();
        let sources: Vec<Source<'c>> = (0..)
            .zip(scope.sources().iter().zip(supply))
            .map(|(at, (i, volume))| Source {
                id: &city.sources[*i as usize].id,
                volume: micro(volume),
                most: scope.most_in_an_hour(at).map(|most| micro(most.get())),
            })
            .collect();
        let mut places = Vec::new();
        for (district, i) in (0..).zip(scope.districts()) {
            let row = &city.districts[*i as usize];
            let of = |volume: Option<crate::units::M3>| volume.map_or(0, |volume| volume.get());
            let (begins, least) = (of(row.linepack), of(row.linepack_min));
            let above = |volume: u64| if entitled.is_some() { 0 } else { micro(volume.saturating_sub(least)) };
            let most = row.linepack_max.map_or(begins, |most| most.get());
            let ends = begins.saturating_sub(of(row.linepack_draw));
            places.extend((0..companies as u32).map(|company| Place {
                district,
                company,
                start: above(begins),
                room: above(most),
                end: above(ends),
            }));
        }
        let mut lay = Self {
            hours,
            rows: sources.len() + places.len(),
            sources,
            places,
            links: Vec::new(),
            told: 0,
            names: BTreeMap::new(),
            pools: None,
        };
        let first = lay.sources.len();
        lay.names.extend((0..).zip(&lay.sources).map(|(row, source)| (source.id, row)));
        match (scope.links(), entitled) {
            (Some(links), _) => {
                for (at, place) in lay.places.iter().enumerate() {
                    lay.names.insert(scope.district_id(place.district), first + at);
                }
                for link in links {
                    let [from, to] =
                        [(link.from, &link.names.0), (link.to, &link.names.1)].map(|(end, name)| match end {
                            End::Source(i) => scope.sources().binary_search(&i).unwrap_or_default(),
                            End::District(i) => first + scope.districts().binary_search(&i).unwrap_or_default(),
                            End::Junction(_) => *lay.names.entry(name).or_insert_with(|| {
                                lay.rows += 1;
                                lay.rows - 1
                            }),
                        });
                    let capacity = link.capacity_h.map_or(micro(link.capacity.get()) / 24, |most| micro(most.get()));
                    lay.links.push(Pipe { from, to, capacity: Some(capacity) });
                }
                lay.told = lay.links.len();
            }
            (None, apart) => {
                let pool = |company: u32| lay.rows + company as usize;
                let into = (0..lay.sources.len()).map(|row| (row, pool(apart.map_or(0, |companies| companies[row]))));
                let out = lay.places.iter().enumerate().map(|(at, place)| (pool(place.company), first + at));
                lay.links = into.chain(out).map(|(from, to)| Pipe { from, to, capacity: None }).collect();
                if apart.is_some() {
                    lay.names = (0..).zip(&city.companies).map(|(company, id)| (&**id, pool(company))).collect();
                    lay.pools = Some(Pools::OneACompany);
                } else {
                    for (at, place) in lay.places.iter().enumerate() {
                        lay.names.insert(scope.district_id(place.district), first + at);
                    }
                    lay.pools = Some(Pools::One);
                }
                lay.rows += companies;
            }
        }
        lay
    }

    /// How many rows there are.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// How many nodes there are.
    pub const fn nodes(&self) -> usize {
        self.rows * (self.hours + 1)
    }

    pub const fn node(&self, row: usize, hour: usize) -> usize {
        row * (self.hours + 1) + hour
    }

    /// The row of a place.
    pub const fn place(&self, at: usize) -> usize {
        self.sources.len() + at
    }

    /// Where a district, of a company where each draws on its own sources, stands among the places.
    pub fn place_of(&self, district: u32, company: u32) -> Option<usize> {
        self.places.binary_search_by_key(&(district, company), |place| (place.district, place.company)).ok()
    }

    /// What a row is called, as far as it has a name.
    pub fn name(&self, row: usize) -> &'c str {
        self.names.iter().find(|(_, at)| **at == row).map_or("pool", |(name, _)| name)
    }

    /// What a link is called.
    pub fn link_name(&self, at: usize) -> String {
        self.links
            .get(at)
            .map_or_else(String::new, |link| format!("{} -> {}", self.name(link.from), self.name(link.to)))
    }

    /// The links that are pools'.
    pub fn pooled(&self) -> impl Iterator<Item = (usize, &Pipe)> {
        self.links.iter().enumerate().skip(self.told)
    }

    /// The nodes of a side, or the name or hour that the case does not know.
    pub fn side(&self, told: &SideHours) -> Result<Side, String> {
        let mut side = Side { days: vec![false; self.sources.len()], nodes: vec![false; self.nodes()] };
        for id in &told.sources {
            let at = self.sources.iter().position(|source| source.id == id.as_str()).ok_or_else(|| id.clone())?;
            side.days[at] = true;
        }
        for (name, spans) in &told.nodes {
            let row = *self.names.get(name.as_str()).ok_or_else(|| name.clone())?;
            for (from, until) in spans {
                let span = usize::from(*from)..usize::from(*until);
                if span.is_empty() || span.end > self.hours + 1 {
                    return Err(format!("{name} {from}-{until}"));
                }
                span.for_each(|hour| side.nodes[self.node(row, hour)] = true);
            }
        }
        self.complete(&mut side);
        Ok(side)
    }

    /// In a pool all that reaches a district without a limit is inside where the district is; all that a company has where it is.
    fn complete(&self, side: &mut Side) {
        let Some(pools) = self.pools else { return };
        let (own, pooled) = self.links[self.told..].split_at(self.sources.len());
        for hour in 0..self.hours {
            for link in pooled {
                let (pool, place) = (self.node(link.from, hour), self.node(link.to, hour));
                match pools {
                    Pools::One => side.nodes[pool] |= side.nodes[place],
                    Pools::OneACompany => side.nodes[place] |= side.nodes[pool],
                }
            }
            for link in own {
                side.nodes[self.node(link.from, hour)] |= side.nodes[self.node(link.to, hour)];
            }
        }
    }

    /// What can enter a side over the day.
    pub fn entering(&self, side: &Side) -> u128 {
        let unlimited = |capacity: Option<u64>| u128::from(capacity.unwrap_or(u64::MAX));
        let inside = |row: usize, hour: usize| side.nodes[self.node(row, hour)];
        let mut sum = 0u128;
        for ((row, source), day) in self.sources.iter().enumerate().zip(&side.days) {
            if *day {
                sum += u128::from(source.volume);
            } else {
                let hours = (0..self.hours).filter(|hour| inside(row, *hour)).count() as u128;
                sum += hours * unlimited(source.most);
            }
        }
        for link in &self.links {
            let enters = |hour: &usize| inside(link.to, *hour) && !inside(link.from, *hour);
            sum += (0..self.hours).filter(enters).count() as u128 * unlimited(link.capacity);
        }
        for (at, place) in self.places.iter().enumerate() {
            let row = self.place(at);
            let enters = |hour: &usize| inside(row, *hour) && !inside(row, *hour - 1);
            sum += (1..=self.hours).filter(enters).count() as u128 * u128::from(place.room);
            sum += if inside(row, 0) { u128::from(place.start) } else { 0 };
        }
        sum
    }

    /// What must be in the pipes at the end of the day, of the districts inside a side.
    pub fn ends(&self, side: &Side) -> u128 {
        let ends = self.places.iter().enumerate().filter(|(at, _)| side.holds(self.node(self.place(*at), self.hours)));
        ends.map(|(_, place)| u128::from(place.end)).sum()
    }
}

impl Side {
    pub fn holds(&self, node: usize) -> bool {
        self.nodes[node]
    }

    /// Whether every node of another side is in this one.
    pub fn contains(&self, other: &Self) -> bool {
        let within = |ours: &[bool], theirs: &[bool]| ours.iter().zip(theirs).all(|(ours, theirs)| *ours || !theirs);
        within(&self.nodes, &other.nodes) && within(&self.days, &other.days)
    }

    /// The nodes inside.
    pub fn nodes(&self) -> impl Iterator<Item = usize> + '_ {
        self.nodes.iter().enumerate().filter(|(_, inside)| **inside).map(|(node, _)| node)
    }
}
