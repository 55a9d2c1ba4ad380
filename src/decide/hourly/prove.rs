//! The evidence of hours: read off the same network, and told by names.

use std::collections::BTreeMap;

use super::{ByHour, Hourly, whole};
use crate::decide::MICRO;
use crate::decide::allocate::{Cell, Node, Unanswered, exact};
use crate::decide::evidence::{
    BoundHours, HourFlows, HoursProof, LevelHours, RankHours, ReachedHours, RotationHours, ServedHours, SideHours,
    SourceUse,
};
use crate::decide::plan::Plan;
use crate::decide::rotation;
use crate::decide::slices::Slices;
use crate::decide::witness::{Found, source_use, turning, until_enough};
use crate::units::Micro;

/// What each source gives over the day, fractions rounded up.
pub(in crate::decide) fn sources(plan: &Plan<'_>, hourly: &Hourly, by_hour: &ByHour, supply: &[u64]) -> Vec<SourceUse> {
    let given = hourly.pipes.source_arcs.iter().map(|arcs| arcs.iter().map(|arc| by_hour.flows[*arc]).sum::<u64>());
    let uses = supply.iter().zip(given).enumerate();
    uses.map(|(at, (volume, given))| source_use(plan, at, *volume, given.div_ceil(MICRO))).collect()
}

/// What proves the hours of a decision.
pub(in crate::decide) fn prove(
    plan: &Plan<'_>,
    hourly: &Hourly,
    by_hour: &ByHour,
    found: &Found<'_>,
) -> Result<HoursProof, Unanswered> {
    let supply = hourly.pipes.supply(&found.balance.supply);
    let exact = exact::Prepared::new(&hourly.pipes.reach)?;
    let mut witness = Witness { plan, hourly, supply, exact };
    let mut proof = HoursProof {
        flows: witness.named(&by_hour.flows),
        ranks: witness.ranks(by_hour),
        deliverable: witness.reached(&hourly.whole_demand(plan.city, plan.scope, plan.day))?.0,
        ..HoursProof::default()
    };
    if let Some(chosen) = found.rotation {
        let firm = |blocks: &[usize]| hourly.firm_cells(&turning(plan, blocks));
        proof.rotation = Some(RotationHours {
            with_all: witness.bound(&firm(&rotation::all_blocks(plan))),
            with_one_fewer: chosen.one_fewer().map(|blocks| witness.bound(&firm(blocks))),
            chosen: witness.reached(&firm(&chosen.blocks))?.0,
        });
    }
    if found.firm_loss > 0 {
        let levels = until_enough(plan, found.balance, |cut: &Slices| {
            let (firm, missing) = witness.reached(&hourly.firm_cells(cut))?;
            Ok::<_, Unanswered>((firm, missing))
        })?;
        proof.escalation = levels.into_iter().map(|(level, firm)| LevelHours { level, firm }).collect();
    }
    Ok(proof)
}

/// Asks the exact allocator for proofs, and names what it answers with.
struct Witness<'a> {
    plan: &'a Plan<'a>,
    hourly: &'a Hourly,
    supply: Vec<u64>,
    exact: exact::Prepared,
}

impl Witness<'_> {
    fn ranks(&mut self, by_hour: &ByHour) -> Vec<RankHours> {
        let (_, tight) = self.exact.prove(&self.supply, &by_hour.cells);
        let mut ranks = Vec::new();
        let mut at = 0;
        for cells in by_hour.cells.chunk_by(|a, b| a.rank == b.rank) {
            let served = &by_hour.served[at..at + cells.len()];
            at += cells.len();
            let rank = cells[0].rank;
            let short = self.short(cells, served);
            if rank > 0 && !short.is_empty() {
                let ours = tight.iter().filter(|side| side.rank == rank);
                ranks.push(RankHours { rank, short, tight: ours.map(|side| self.side(&side.nodes)).collect() });
            }
        }
        ranks
    }

    /// What brings cells of rank 1 as much as can be, and whether in whole m3 that is all.
    fn reached(&mut self, cells: &[Cell]) -> Result<(ReachedHours, bool), Unanswered> {
        let served = self.exact.bring(&self.supply, cells);
        let bound = self.fallen();
        let flows = super::day::flows(self.hourly, &self.hourly.pipes.reach, &self.supply, cells, &served);
        let ours = cells.partition_point(|cell| cell.rank == 0);
        let (cells, served) = (&cells[ours..], &served[ours..]);
        let asked: u64 = cells.iter().map(|cell| cell.size).sum();
        let all = whole(served.iter().sum()) == whole(asked);
        Ok((ReachedHours { bound, short: self.short(cells, served), flows: self.named(&flows) }, all))
    }

    fn bound(&mut self, cells: &[Cell]) -> BoundHours {
        self.exact.bring(&self.supply, cells);
        self.fallen()
    }

    fn fallen(&self) -> BoundHours {
        match self.exact.fallen() {
            fallen if fallen.is_empty() => BoundHours::Full,
            fallen => BoundHours::Cut(self.side(&fallen)),
        }
    }

    /// The districts among these cells of one rank that lack gas in some hour, with what they get in each.
    fn short(&self, cells: &[Cell], served: &[u64]) -> Vec<ServedHours> {
        let (city, scope, pipes) = (self.plan.city, self.plan.scope, &self.hourly.pipes);
        let mut by_district: BTreeMap<usize, (bool, Vec<Micro>)> = BTreeMap::new();
        for (cell, served) in cells.iter().zip(served) {
            let (hour, at) = (cell.district as usize / pipes.districts, cell.district as usize % pipes.districts);
            let row = by_district.entry(at).or_insert_with(|| (false, vec![Micro(0); pipes.hours]));
            row.0 |= *served < cell.size;
            if let Some(slot) = row.1.get_mut(hour) {
                *slot = Micro(*served);
            }
        }
        let row = |(at, (_, served)): (usize, (bool, Vec<Micro>))| ServedHours {
            district: city.districts[scope.districts[at / pipes.companies] as usize].id.to_string(),
            company: scope.reach.entitled.as_ref().map(|_| city.companies[at % pipes.companies].to_string()),
            served,
        };
        by_district.into_iter().filter(|(_, (short, _))| *short).map(row).collect()
    }

    /// A side by names and hours. In pools what follows from the districts, or from the companies, is left out.
    fn side(&self, nodes: &[Node]) -> SideHours {
        let (city, scope, pipes) = (self.plan.city, self.plan.scope, &self.hourly.pipes);
        let (hours, own) = (pipes.hours, scope.sources.len());
        let (network, apart) = (scope.reach.network.is_some(), scope.reach.entitled.is_some());
        let junctions = scope.junction_names(city);
        let source = |at: usize| &*city.sources[scope.sources[at] as usize].id;
        let mut side = SideHours::default();
        let mut inside: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for node in nodes {
            match *node {
                // What is in the pipes when the day begins is where the first hour is.
                Node::Source(at) if (at as usize) < own => side.sources.push(source(at as usize).to_owned()),
                Node::Source(_) => {}
                Node::Junction(at) => {
                    let at = at as usize;
                    let (hour, name) = match at.checked_sub(own * hours) {
                        None => (at % hours, network.then(|| source(at / hours))),
                        Some(at) => {
                            let count = junctions.len().max(if network { 0 } else { pipes.companies });
                            let (hour, at) = (at / count, at % count);
                            (
                                hour,
                                if network { junctions.get(at).copied() } else { apart.then(|| &*city.companies[at]) },
                            )
                        }
                    };
                    name.into_iter().for_each(|name| inside.entry(name).or_default().push(hour));
                }
                Node::District(at) if !apart => {
                    let (hour, at) = (at as usize / pipes.districts, at as usize % pipes.districts);
                    let name = &*city.districts[scope.districts[at] as usize].id;
                    inside.entry(name).or_default().push(hour);
                }
                Node::District(_) => {}
            }
        }
        side.nodes = inside.into_iter().map(|(name, hours)| (name.to_owned(), spans(hours))).collect();
        side
    }

    /// What flows in each hour, by names; what never flows is left out.
    fn named(&self, flows: &[u64]) -> HourFlows {
        let (city, scope, pipes) = (self.plan.city, self.plan.scope, &self.hourly.pipes);
        let of = |arcs: &Vec<usize>| -> Option<Vec<Micro>> {
            let volumes: Vec<Micro> = arcs.iter().map(|arc| Micro(flows[*arc])).collect();
            volumes.iter().any(|volume| *volume > Micro(0)).then_some(volumes)
        };
        let source = |(at, arcs): (&u32, &Vec<usize>)| Some((city.sources[*at as usize].id.to_string(), of(arcs)?));
        // One copy each: hours of companies that share links are not proved.
        let copies = |arcs: &Vec<Vec<usize>>| of(&arcs.iter().flatten().copied().collect());
        let district =
            |(at, arcs): (&u32, &Vec<Vec<usize>>)| Some((city.districts[*at as usize].id.to_string(), copies(arcs)?));
        HourFlows {
            sources: scope.sources.iter().zip(&pipes.source_arcs).filter_map(source).collect(),
            links: (0..).zip(&pipes.link_arcs).filter_map(|(at, arcs)| Some((at, copies(arcs)?))).collect(),
            linepack: scope.districts.iter().zip(&pipes.pack_arcs).filter_map(district).collect(),
        }
    }
}

/// Hours as spans: from, and until.
fn spans(mut hours: Vec<usize>) -> Vec<(u8, u8)> {
    hours.sort_unstable();
    hours.dedup();
    let run = |run: &[usize]| Some((*run.first()? as u8, *run.last()? as u8 + 1));
    hours.chunk_by(|a, b| a + 1 == *b).filter_map(run).collect()
}

#[cfg(test)]
mod tests {
    use super::spans;

    #[test]
    fn hours_that_follow_each_other_are_one_span() {
        assert_eq!(spans(vec![3, 1, 2, 2, 9, 24]), [(1, 4), (9, 10), (24, 25)]);
        assert_eq!(spans(Vec::new()), []);
    }
}
