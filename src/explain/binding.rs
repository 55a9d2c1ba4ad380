//! What stands in the way of more gas in a short rank, read off the evidence.

use std::collections::BTreeSet;

use super::{Binding, Room};
use crate::decide::Kind;
use crate::decide::evidence::{Evidence, Tight};

/// What binds in each short rank for slices that stand in these districts and companies, by ids.
pub(super) fn of(
    room: &Room<'_>,
    rank: u32,
    kind: Kind,
    districts: &BTreeSet<&str>,
    companies: &BTreeSet<&str>,
) -> Vec<Binding> {
    if kind == Kind::Withheld {
        return vec![Binding::Required];
    }
    // By the hour another thing may bind in each: see `hours`.
    let Some(evidence) = room.decision.evidence.as_ref().filter(|_| room.decision.hours.is_none()) else {
        return Vec::new();
    };
    let entitled = !room.city.settings.pooling && room.decision.area.is_none();
    if evidence.links.is_empty() {
        if !entitled {
            return vec![Binding::Pool];
        }
        return companies.iter().map(|company| Binding::Entitlement { company: (*company).to_owned() }).collect();
    }
    if entitled {
        return vec![Binding::Shared];
    }
    let mut found: Vec<Binding> = Vec::new();
    for district in districts {
        let Some(side) = side(evidence, rank, district) else { continue };
        let binding = walls(evidence, side);
        if !found.contains(&binding) {
            found.push(binding);
        }
    }
    found
}

/// The first side of the network, in supply order, that holds the district: it gets no more from then on.
fn side<'e>(evidence: &'e Evidence, rank: u32, district: &str) -> Option<&'e Tight> {
    let upto = evidence.ranks.iter().filter(|proof| proof.rank <= rank);
    upto.flat_map(|proof| &proof.tight).find(|side| side.nodes.iter().any(|node| node == district))
}

/// The links that enter a side, and the sources inside it: all full, all given. Where that is every source and no link, it
/// is the pool.
fn walls(evidence: &Evidence, side: &Tight) -> Binding {
    let inside = |name: &str| side.nodes.iter().any(|node| node == name);
    let links = evidence.links.iter().filter(|link| inside(&link.to) && !inside(&link.from));
    let links: Vec<_> = links.map(|link| (link.from.clone(), link.to.clone(), link.capacity_m3)).collect();
    if links.is_empty() && evidence.sources.iter().all(|source| source.volume_m3.is_zero() || inside(&source.source)) {
        return Binding::Pool;
    }
    let sources = evidence.sources.iter().filter(|source| inside(&source.source) && !source.volume_m3.is_zero());
    Binding::Network { links, sources: sources.map(|source| (source.source.clone(), source.volume_m3)).collect() }
}
