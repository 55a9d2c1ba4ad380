//! Gathers the evidence of a decision: read off the same plan, and computed once more where a proof is wanted.
//!
//! A pool needs no more proof than its own figures. On a network every bound is shown by a side of it, and every figure
//! that is reached by what each link carries.

use std::convert::Infallible;

use super::allocate::exact::Prepared as Exact;
use super::allocate::{Cell, Node, Unanswered};
use super::balance::{self, Balance};
use super::evidence::{
    AreasProof, Bound, Evidence, LevelProof, LinkUse, Memory, RankProof, Reached, RotationProof, SourceUse, Tight,
};
use super::hourly::{self, ByHour};
use super::plan::Plan;
use super::revised::{self, Kept};
use super::rotation::{self, Chosen};
use super::slices::Slices;
use super::{Prepared, allocate, area, digest, evidence};
use crate::city::Link;
use crate::policy::Standing;
use crate::units::{Decimal, Fraction, M3};

/// What the steps of the decision have found.
pub(super) struct Found<'a> {
    pub balance: &'a Balance,
    pub rotation: Option<&'a Chosen>,
    pub cells: &'a [Cell],
    /// What each of them gets.
    #[cfg_attr(
        not(any(feature = "lp", feature = "highs")),
        allow(dead_code, reason = "elsewhere the exact allocator tells again")
    )]
    pub served: &'a [u64],
    pub firm_loss: u64,
    /// What each hour gets, where hours are decided.
    pub by_hour: Option<&'a ByHour>,
    /// How the order in force was kept, where the rest of a day is decided again.
    pub kept: Option<&'a Kept>,
    /// How many ranks of the past come before those of the cells.
    pub first: u32,
}

pub(super) fn evidence(prepared: &Prepared<'_>, plan: &Plan<'_>, found: &Found<'_>) -> Result<Evidence, Unanswered> {
    let (city, scope, day) = (plan.city, plan.scope, plan.day);
    let mut evidence = Evidence {
        inputs: scope.area.is_none().then(|| digest::inputs(city, day)),
        what_if: day.what_if.filter(|_| scope.area.is_none()),
        unified: prepared.options.unified,
        memory: memory(plan),
        ..Evidence::default()
    };
    evidence.kept = kept(plan, found);
    if plan.hourly.is_none()
        && area::may_raise(scope.policy, scope.policy.standing(found.balance.shortfall, found.balance.demand))
    {
        evidence.areas = areas(plan, found.balance);
    }
    if let Some((hourly, by_hour)) = plan.hourly.zip(found.by_hour) {
        evidence.sources = hourly::sources(plan, hourly, by_hour, &found.balance.supply);
        // Of the rest of a day the hours are not proved.
        let proved = day.past.is_none() && !prepared.options.without_proof_of_hours;
        if !hourly.pipes.are_shared() && proved {
            evidence.hours = Some(hourly::prove(plan, hourly, by_hour, found)?);
        }
        return Ok(evidence);
    }
    let question = scope.question(&found.balance.supply, found.cells);
    if scope.reach.network.is_none() {
        evidence.sources = from_pools(plan, found);
        return Ok(evidence);
    }
    if question.is_multi_commodity() {
        #[cfg(any(feature = "lp", feature = "highs"))]
        super::priced::prove(plan, found, &mut evidence);
        evidence.ranks.iter_mut().for_each(|proof| move_ranks(proof, found.first));
        return Ok(evidence);
    }
    let mut witness = Witness { plan, supply: &found.balance.supply, exact: Exact::new(&scope.reach)? };
    let (_, tight) = witness.exact.prove(witness.supply, found.cells);
    let mut flows = witness.exact.flows();
    if let Some(kept) = &mut evidence.kept {
        if !kept.cells.is_empty() {
            kept.flows = flows.iter().copied().map(M3).collect();
            let got = revised::served_cells(found.cells, found.served);
            witness.exact.deliverable(witness.supply, &got);
            flows = witness.exact.flows();
        }
        let refused = found.kept.and_then(|kept| kept.refused.as_ref());
        kept.by_cell = refused.map(|cells| witness.bound(cells));
    }
    evidence.sources = witness.sources(&flows);
    evidence.links = witness.links(&flows);
    evidence.ranks = witness.ranks(&tight);
    evidence.ranks.iter_mut().for_each(|proof| move_ranks(proof, found.first));
    evidence.deliverable = Some(witness.reached(&balance::whole_demand(city, scope, day)));
    evidence.missed = balance::missed(city, scope, day).map(|cells| witness.reached(&cells));
    evidence.rotation = found.rotation.map(|chosen| witness.rotation(chosen));
    if found.firm_loss > 0 {
        evidence.escalation = witness.escalation(found.balance);
    }
    Ok(evidence)
}

/// A proof's ranks as the decision counts them, past ones included.
fn move_ranks(proof: &mut RankProof, first: u32) {
    proof.rank += first;
    if let Some(priced) = &mut proof.priced {
        priced.prices.ranks = priced.prices.ranks.iter().map(|(rank, worth)| (rank + first, *worth)).collect();
    }
}

/// What cells would get without the order in force, where that is another volume.
fn kept(plan: &Plan<'_>, found: &Found<'_>) -> Option<evidence::Kept> {
    let (city, scope, ours) = (plan.city, plan.scope, found.kept?);
    let name = |cell: &Cell, plain: u64| {
        let district = city.districts[scope.districts[cell.district as usize] as usize].id.to_string();
        let company = scope.reach.entitled.as_ref().map(|_| city.companies[cell.company as usize].to_string());
        (cell.rank + found.first + 1, district, company, M3(plain))
    };
    let pairs = found.cells.iter().zip(&ours.plain).zip(found.served);
    let cells = pairs.filter(|((_, plain), served)| plain != served).map(|((cell, plain), _)| name(cell, *plain));
    let kept = evidence::Kept { cells: cells.collect(), ..evidence::Kept::default() };
    (!kept.cells.is_empty() || ours.refused.is_some()).then_some(kept)
}

/// What the day says of the past, by ids.
fn memory(plan: &Plan<'_>) -> Memory {
    let (city, day) = (plan.city, plan.day);
    let district = |i: &u32| city.districts.get(*i as usize).map(|district| district.id.to_string());
    let customer = |i: &u32| city.customers.get(*i as usize).map(|customer| customer.id.to_string());
    Memory {
        burdens: day.burdens.iter().filter_map(|(i, burden)| Some((district(i)?, *burden))).collect(),
        turns: day.turns.iter().filter_map(|(i, turns)| Some((district(i)?, turns.clone()))).collect(),
        customer_burdens: day.customer_burdens.iter().filter_map(|(i, b)| Some((customer(i)?, *b))).collect(),
        pinned: day.pinned.iter().filter_map(|(i, volume)| Some((customer(i)?, *volume))).collect(),
    }
}

/// What proves how short each area is.
fn areas(plan: &Plan<'_>, balance: &Balance) -> Option<AreasProof> {
    let (city, scope) = (plan.city, plan.scope);
    let asked = area::Asked::of(city, scope, plan.day, balance);
    let proof = allocate::areas::prove(&asked.question())?;
    let volume = |flow: u64| Decimal::below(Fraction::new(u128::from(flow), u128::from(proof.unit)));
    let flows = if scope.reach.network.is_some() {
        vec![proof.flows.iter().map(|flow| volume(*flow)).collect()]
    } else {
        let mut given = vec![vec![Decimal::ZERO; scope.districts.len()]; city.companies.len()];
        for (link, flow) in proof.links.iter().zip(&proof.flows) {
            if let (Node::Junction(company), Node::District(district)) = (link.from, link.to)
                && let Some(slot) = given.get_mut(company as usize).and_then(|given| given.get_mut(district as usize))
            {
                *slot = volume(*flow);
            }
        }
        given
    };
    // Without a network the junctions are companies, which a side need not name.
    let named = |node: &&Node| scope.reach.network.is_some() || matches!(node, Node::District(_));
    let side = |side: &allocate::Tight| Tight {
        nodes: names(plan, side.nodes.iter().filter(named)),
        volume_m3: M3(side.volume),
        size_m3: M3(side.size),
    };
    Some(AreasProof { sides: proof.sides.iter().map(side).collect(), flows })
}

/// In a pool it does not matter whose gas it is: the sources give in the order of their names.
fn from_pools(plan: &Plan<'_>, found: &Found<'_>) -> Vec<SourceUse> {
    let scope = plan.scope;
    let shares = allocate::exact::share(&scope.question(&found.balance.supply, found.cells)).unwrap_or_default();
    let mut wanted = vec![0u64; scope.companies(plan.city)];
    for (cell, served) in found.cells.iter().zip(&shares.cells) {
        wanted[cell.company as usize] += served;
    }
    let give = |(at, volume): (usize, &u64)| {
        let company = scope.reach.entitled.as_ref().map_or(0, |companies| companies[at] as usize);
        let given = wanted.get(company).map_or(0, |wanted| (*wanted).min(*volume));
        if let Some(wanted) = wanted.get_mut(company) {
            *wanted -= given;
        }
        source_use(plan, at, *volume, given)
    };
    found.balance.supply.iter().enumerate().map(give).collect()
}

/// The city's links that take part, in the order of the network's.
pub(super) fn links_of<'p>(plan: &'p Plan<'_>) -> impl Iterator<Item = &'p Link> {
    let links = plan.city.links.as_deref().unwrap_or_default();
    plan.scope.links.iter().filter_map(|i| links.get(*i as usize))
}

pub(super) fn source_use(plan: &Plan<'_>, at: usize, volume: u64, given: u64) -> SourceUse {
    let source = plan.city.sources[plan.scope.sources[at] as usize].id.to_string();
    SourceUse { source, volume_m3: M3(volume), given_m3: M3(given) }
}

/// Asks the exact allocator for proofs, and names what it answers with.
struct Witness<'a> {
    plan: &'a Plan<'a>,
    supply: &'a [u64],
    exact: Exact,
}

impl Witness<'_> {
    fn sources(&self, flows: &[u64]) -> Vec<SourceUse> {
        let arcs = self.plan.scope.reach.network.iter().flat_map(|network| &network.links);
        let mut given = vec![0u64; self.supply.len()];
        for (arc, flow) in arcs.zip(flows) {
            if let Node::Source(source) = arc.from
                && let Some(given) = given.get_mut(source as usize)
            {
                *given += flow;
            }
        }
        let uses = self.supply.iter().zip(given).enumerate();
        uses.map(|(at, (volume, given))| source_use(self.plan, at, *volume, given)).collect()
    }

    fn links(&self, flows: &[u64]) -> Vec<LinkUse> {
        let link = |(link, flow): (&Link, &u64)| LinkUse {
            from: link.names.0.to_string(),
            to: link.names.1.to_string(),
            capacity_m3: link.capacity,
            flow_m3: M3(*flow),
            by_company: std::collections::BTreeMap::new(),
        };
        links_of(self.plan).zip(flows).map(link).collect()
    }

    fn ranks(&self, tight: &[allocate::Tight]) -> Vec<RankProof> {
        let side = |side: &allocate::Tight| Tight {
            nodes: names(self.plan, &side.nodes),
            volume_m3: M3(side.volume),
            size_m3: M3(side.size),
        };
        let of_rank = |sides: &[allocate::Tight]| RankProof {
            rank: sides[0].rank + 1,
            tight: sides.iter().map(side).collect(),
            priced: None,
        };
        tight.chunk_by(|a, b| a.rank == b.rank).map(of_rank).collect()
    }

    fn reached(&mut self, cells: &[Cell]) -> Reached {
        let bound = self.bound(cells);
        let flows = vec![self.exact.flows().into_iter().map(M3).collect()];
        Reached { bound, flows, by_company: Vec::new() }
    }

    fn bound(&mut self, cells: &[Cell]) -> Bound {
        let asked: u64 = cells.iter().map(|cell| cell.size).sum();
        if self.exact.deliverable(self.supply, cells) == asked {
            return Bound::Full;
        }
        Bound::Cut(names(self.plan, &self.exact.fallen()))
    }

    fn rotation(&mut self, chosen: &Chosen) -> RotationProof {
        let blocks = rotation::all_blocks(self.plan);
        let mut firm = |blocks: &[usize]| self.bound(&turning(self.plan, blocks).firm_cells());
        let with_one_fewer = chosen.one_fewer().map(&mut firm);
        RotationProof { with_all: firm(&blocks), with_one_fewer, chosen: None }
    }

    fn escalation(&mut self, balance: &Balance) -> Vec<LevelProof> {
        levels(self.plan, balance, |cells| self.reached(cells))
    }
}

/// Each graver level up to the one that would do, with what proves it: `reached` tells that, and whether all firm gas is spared.
pub(super) fn until_enough<P, E>(
    plan: &Plan<'_>,
    balance: &Balance,
    mut reached: impl FnMut(&Slices) -> Result<(P, bool), E>,
) -> Result<Vec<(String, P)>, E> {
    let Standing::At(level) = plan.standing else { return Ok(Vec::new()) };
    let mut proofs = Vec::new();
    for (graver, level) in plan.scope.policy.levels.iter().enumerate().skip(level + 1) {
        let mut tried = plan.at(Standing::At(graver));
        rotation::by_formula(&mut tried, balance);
        let (firm, does) = reached(&tried.sizes())?;
        proofs.push((level.id.clone(), firm));
        if does {
            break;
        }
    }
    Ok(proofs)
}

/// [`until_enough`] where a bound says whether all is spared.
pub(super) fn levels(
    plan: &Plan<'_>,
    balance: &Balance,
    mut reached: impl FnMut(&[Cell]) -> Reached,
) -> Vec<LevelProof> {
    let reached = |cut: &Slices| {
        let firm = reached(&cut.firm_cells());
        let does = firm.bound == Bound::Full;
        Ok::<_, Infallible>((firm, does))
    };
    let Ok(proofs) = until_enough(plan, balance, reached);
    proofs.into_iter().map(|(level, firm)| LevelProof { level, firm }).collect()
}

fn names<'n>(plan: &Plan<'_>, nodes: impl IntoIterator<Item = &'n Node>) -> Vec<String> {
    let (city, scope) = (plan.city, plan.scope);
    let junctions = scope.junction_names(city);
    let name = |node: &Node| match node {
        Node::Source(i) => city.sources[scope.sources[*i as usize] as usize].id.to_string(),
        Node::District(i) => city.districts[scope.districts[*i as usize] as usize].id.to_string(),
        Node::Junction(i) => junctions.get(*i as usize).map_or_else(String::new, |name| (*name).to_owned()),
    };
    nodes.into_iter().map(name).collect()
}

/// The sums if these blocks rotated and no others.
pub(super) fn turning(plan: &Plan<'_>, blocks: &[usize]) -> Slices {
    let mut rotating = vec![false; plan.rotating.len()];
    blocks.iter().for_each(|block| rotating[*block] = true);
    plan.sizes_if(&rotating)
}
