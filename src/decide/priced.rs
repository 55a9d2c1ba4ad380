//! The evidence where companies share a network: flows by company, and prices that bound every total (`allocate::prices`).
//!
//! Numbers that would outgrow 128 bits leave a gap in the evidence; no city comes near them.

use std::collections::BTreeMap;

use super::allocate::prices::{self, Solved};
use super::allocate::{Cell, Node};
use super::balance;
use super::evidence::{Bound, Evidence, LinkUse, Priced, Prices, RankProof, Reached, RotationProof};
use super::plan::Plan;
use super::rotation::{self, Chosen};
use super::witness::{Found, levels, links_of, source_use, turning};
use crate::rational::Rational;
use crate::units::{Decimal, M3};

/// Adds all that proves a decision.
pub(super) fn prove(plan: &Plan<'_>, found: &Found<'_>, evidence: &mut Evidence) {
    let witness = Witness { plan, supply: &found.balance.supply };
    let served = found.cells.iter().zip(found.served).map(|(cell, served)| Cell { rank: 0, size: *served, ..*cell });
    let flows = witness.flows(witness.solve(&merged(served)).as_mut());
    evidence.sources = witness.sources(&flows);
    evidence.links = witness.links(&flows);
    evidence.ranks = witness.ranks(found.cells);
    evidence.deliverable = Some(witness.reached(&balance::whole_demand(plan.city, plan.scope, plan.day)));
    evidence.missed = balance::missed(plan.city, plan.scope, plan.day).map(|cells| witness.reached(&cells));
    evidence.rotation = found.rotation.map(|chosen| witness.rotation(chosen));
    if found.firm_loss > 0 {
        evidence.escalation = levels(plan, found.balance, |cells| witness.reached(cells));
    }
}

/// Solves questions of one balance, and names what it answers with.
struct Witness<'a> {
    plan: &'a Plan<'a>,
    supply: &'a [u64],
}

/// By link and company, in the order of the companies' ids.
type Flows = Vec<Vec<Rational>>;

impl Witness<'_> {
    fn solve(&self, cells: &[Cell]) -> Option<Solved> {
        Solved::new(&self.plan.scope.question(self.supply, cells))
    }

    fn flows(&self, solved: Option<&mut Solved>) -> Flows {
        let none = vec![Rational::ZERO; self.plan.city.companies.len()];
        let mut flows = vec![none; self.plan.scope.links.len()];
        let Some(solved) = solved else { return flows };
        let companies = solved.companies().to_vec();
        for (flows, of_link) in flows.iter_mut().zip(solved.flows()) {
            for (company, flow) in companies.iter().zip(of_link) {
                if let Some(slot) = flows.get_mut(*company as usize) {
                    *slot = flow;
                }
            }
        }
        flows
    }

    fn sources(&self, flows: &Flows) -> Vec<super::evidence::SourceUse> {
        let arcs = self.plan.scope.reach.network.iter().flat_map(|network| &network.links);
        let mut given = vec![Rational::ZERO; self.supply.len()];
        for (arc, flows) in arcs.zip(flows) {
            let sum = flows.iter().fold(Rational::ZERO, |sum, flow| sum + *flow);
            for (node, sum) in [(arc.from, sum), (arc.to, -sum)] {
                if let Node::Source(source) = node
                    && let Some(given) = given.get_mut(source as usize)
                {
                    *given = *given + sum;
                }
            }
        }
        let uses = self.supply.iter().zip(given).enumerate();
        uses.map(|(at, (volume, given))| source_use(self.plan, at, *volume, rounded_up(given))).collect()
    }

    fn links(&self, flows: &Flows) -> Vec<LinkUse> {
        let companies = &self.plan.city.companies;
        let link = |(link, flows): (&crate::city::Link, &Vec<Rational>)| LinkUse {
            from: link.names.0.to_string(),
            to: link.names.1.to_string(),
            capacity_m3: link.capacity,
            flow_m3: M3(rounded_up(flows.iter().fold(Rational::ZERO, |sum, flow| sum + *flow))),
            by_company: (companies.iter().zip(flows))
                .filter(|(_, flow)| !flow.is_zero())
                .map(|(company, flow)| (company.to_string(), decimal(*flow)))
                .collect(),
        };
        links_of(self.plan).zip(flows).map(link).collect()
    }

    /// Short ranks with their prices. Once nothing is left for anybody, one proof serves all that follow.
    fn ranks(&self, cells: &[Cell]) -> Vec<RankProof> {
        let Some(solved) = self.solve(cells) else { return Vec::new() };
        let mut asked = vec![Rational::ZERO; solved.totals.len()];
        for cell in cells {
            asked[cell.rank as usize] = asked[cell.rank as usize] + Rational::whole(cell.size);
        }
        let last = solved.totals.iter().rposition(|total| !total.is_zero()).map_or(0, |last| last + 1);
        let mut proofs = Vec::new();
        for (rank, (total, asked)) in solved.totals.iter().zip(&asked).enumerate().take(last) {
            if total < asked {
                let prices = solved.prices(rank).map_or_else(Prices::default, |prices| self.prices(&prices));
                let priced = Some(Priced { total_m3: decimal(*total), prices });
                proofs.push(RankProof { rank: rank as u32 + 1, tight: Vec::new(), priced });
            }
        }
        if last < solved.totals.len() {
            // Whatever the ranks from here on are worth, all of them together get nothing.
            let rest = cells.iter().map(|cell| Cell { rank: cell.rank.min(last as u32), ..*cell });
            let prices = self.solve(&merged(rest)).and_then(|solved| solved.prices(last));
            let prices = prices.map_or_else(Prices::default, |prices| self.prices(&prices));
            let priced = Some(Priced { total_m3: Decimal::ZERO, prices });
            proofs.push(RankProof { rank: last as u32 + 1, tight: Vec::new(), priced });
        }
        proofs
    }

    fn prices(&self, prices: &prices::Prices) -> Prices {
        let (city, scope) = (self.plan.city, self.plan.scope);
        let some = |price: &Rational| !price.is_zero();
        let sources = scope.sources.iter().zip(&prices.sources).filter(|(_, price)| some(price));
        let numbered = |prices: &[Rational], first: u32| {
            (first..).zip(prices).filter(|(_, price)| some(price)).map(|(at, price)| (at, decimal(*price))).collect()
        };
        Prices {
            sources: sources
                .map(|(source, price)| (city.sources[*source as usize].id.to_string(), decimal(*price)))
                .collect(),
            links: numbered(&prices.links, 0),
            ranks: numbered(&prices.ranks, 1),
        }
    }

    /// What can reach the cells of one rank together.
    fn reached(&self, cells: &[Cell]) -> Reached {
        let mut solved = self.solve(cells);
        let flows = self.flows(solved.as_mut());
        let of = |company: usize| flows.iter().map(|flows| decimal(flows[company])).collect();
        let by_company = (0..self.plan.city.companies.len()).map(of).collect();
        Reached { bound: self.bound(cells, solved.as_ref()), flows: Vec::new(), by_company }
    }

    fn bound(&self, cells: &[Cell], solved: Option<&Solved>) -> Bound {
        let asked: u64 = cells.iter().map(|cell| cell.size).sum();
        let Some(solved) = solved else { return Bound::Full };
        if solved.totals.iter().all(|total| *total == Rational::whole(asked)) {
            return Bound::Full;
        }
        Bound::Prices(solved.prices(0).map_or_else(Prices::default, |prices| self.prices(&prices)))
    }

    fn rotation(&self, chosen: &Chosen) -> RotationProof {
        let firm = |blocks: &[usize]| turning(self.plan, blocks).firm_cells();
        let bound = |blocks: &[usize]| {
            let cells = firm(blocks);
            self.bound(&cells, self.solve(&cells).as_ref())
        };
        RotationProof {
            with_all: bound(&rotation::all_blocks(self.plan)),
            with_one_fewer: chosen.one_fewer().map(bound),
            chosen: Some(self.reached(&firm(&chosen.blocks))),
        }
    }
}

/// Cells of one place and rank as one.
fn merged(cells: impl Iterator<Item = Cell>) -> Vec<Cell> {
    let mut sizes = BTreeMap::<(u32, u32, u32), u64>::new();
    cells.for_each(|cell| *sizes.entry((cell.rank, cell.district, cell.company)).or_default() += cell.size);
    let cell = |((rank, district, company), size)| Cell { rank, district, company, size };
    sizes.into_iter().map(cell).filter(|cell| cell.size > 0).collect()
}

/// Rounded down to the last decimal: then nothing is above what it was.
fn decimal(number: Rational) -> Decimal {
    Decimal::below(number.fraction())
}

fn rounded_up(volume: Rational) -> u64 {
    u64::try_from(-(-volume).floor()).unwrap_or(0)
}
