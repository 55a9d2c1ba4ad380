//! One model for all four ways that gas reaches districts: rows that balance, and links between them.

use std::collections::BTreeMap;

use good_lp::{
    Expression, ProblemVariables, ResolutionError, Solution, SolutionStatus, SolverModel, Variable, variable,
};

use super::{Solver, Stuck};
use crate::decide::allocate::{Network, Node, Question};
#[cfg(feature = "lp")]
use crate::problem::catching;

/// No more than so many seconds for one program: cities of this size take milliseconds, so it is a solver that circles.
const PATIENCE_S: f64 = 60.0;

/// No solution: with totals held, only because a tolerance is too tight.
#[derive(Debug)]
pub(super) struct Infeasible;

/// A question in scaled units, with what nothing can reach left out.
///
/// A *row* is a node of the network, once for each company that may pass it; without a network it is a company's pool,
/// or the pool of all. What leaves a row (to its cells, along links) is at most what enters it and what it gives.
/// Less may leave than enters: gas that goes nowhere can be left out of the flow, so the optimum is that of balance.
pub(super) struct Setting {
    pub solver: Solver,
    /// By how much a held total may be missed, in scaled units.
    pub held: f64,
    /// Whether companies share links: then totals need not be whole.
    pub fractional: bool,
    /// What each row gives of its own.
    pub give: Vec<f64>,
    /// The row of each cell, unless nothing leads there.
    pub row_of: Vec<Option<usize>>,
    /// For each rank, what its cells ask for, added up by row; rows that something leads to.
    pub ranks: Vec<Vec<(usize, f64)>>,
    links: Vec<Link>,
    /// How many m3 a unit is: a power of two, so that scaling is exact.
    unit: f64,
}

/// A link and the pairs of rows that it joins, one for each company that may use it.
struct Link {
    capacity: f64,
    joins: Vec<(usize, usize)>,
}

impl Setting {
    pub(super) fn new(question: &Question<'_>, solver: Solver) -> Self {
        let demand = question.cells.iter().fold(0u64, |sum, cell| sum.saturating_add(cell.size));
        // No source and no link need ever carry more than the whole demand.
        let volumes = question.cells.iter().map(|cell| cell.size).chain(question.supply.iter().copied());
        let capacities = question.reach.network.iter().flat_map(|n| n.links.iter().map(|link| link.capacity));
        let largest = volumes.chain(capacities).map(|volume| volume.min(demand)).max().unwrap_or(1).max(1);
        let unit = 2f64.powi(64 - largest.leading_zeros() as i32 - 16);
        let mut setting = Self {
            solver,
            held: super::HELD,
            fractional: question.is_multi_commodity(),
            give: Vec::new(),
            row_of: vec![None; question.cells.len()],
            ranks: vec![Vec::new(); question.rank_count()],
            links: Vec::new(),
            unit,
        };
        match &question.reach.network {
            None => setting.pools(question, demand),
            Some(network) => setting.network(question, network, demand),
        }
        let mut ranks = vec![BTreeMap::<usize, u64>::new(); setting.ranks.len()];
        for (cell, row) in question.cells.iter().zip(&setting.row_of) {
            if let Some(row) = row {
                let sum = ranks[cell.rank as usize].entry(*row).or_default();
                *sum = sum.saturating_add(cell.size);
            }
        }
        let scaled =
            |rows: BTreeMap<usize, u64>| rows.into_iter().map(|(row, size)| (row, size as f64 / unit)).collect();
        setting.ranks = ranks.into_iter().map(scaled).collect();
        setting
    }

    pub(super) fn m3(&self, scaled: f64) -> f64 {
        // Adding nothing turns -0, the sum of no volumes, into 0.
        scaled * self.unit + 0.0
    }

    pub(super) fn scaled(&self, m3: f64) -> f64 {
        m3 / self.unit
    }

    /// A volume too small to tell from none.
    pub(super) fn nothing(&self) -> f64 {
        4.0 * self.held
    }

    /// A total in m3, whole where it must be: with one commodity all totals are. Where companies share links a total
    /// just above a whole number is that number; it is never raised, since that might be out of reach.
    pub(super) fn whole_if_near(&self, m3: f64) -> f64 {
        let whole = m3.round();
        let near = if self.fractional { (0.0..1e-4).contains(&(m3 - whole)) } else { (m3 - whole).abs() < 0.05 };
        if near { whole.max(0.0) } else { m3.max(0.0) }
    }

    /// A total as whole m3, rounded down but for what the solver may have missed.
    pub(super) fn whole(&self, scaled: f64) -> u64 {
        (self.m3(scaled) + 0.001).floor().max(0.0) as u64
    }

    fn row(&mut self, give: u64) -> usize {
        self.give.push(give as f64 / self.unit);
        self.give.len() - 1
    }

    fn pools(&mut self, question: &Question<'_>, demand: u64) {
        let mut rows = BTreeMap::new();
        for (index, cell) in question.cells.iter().enumerate() {
            let company = question.reach.entitled.is_some().then_some(cell.company);
            let give = supply_of(question, company).fold(0u64, |sum, (_, volume)| sum.saturating_add(volume));
            if give > 0 {
                self.row_of[index] = Some(*rows.entry(company).or_insert_with(|| self.row(give.min(demand))));
            }
        }
    }

    fn network(&mut self, question: &Question<'_>, network: &Network, demand: u64) {
        let nodes = Nodes { sources: question.supply.len(), districts: question.reach.districts, network };
        let ends: Vec<Option<(usize, usize)>> = network
            .links
            .iter()
            .map(|link| if link.capacity == 0 { None } else { Some((nodes.index(link.from)?, nodes.index(link.to)?)) })
            .map(|ends| ends.filter(|(from, to)| from != to))
            .collect();
        let mut links: Vec<Link> = network
            .links
            .iter()
            .map(|link| Link { capacity: link.capacity.min(demand) as f64 / self.unit, joins: Vec::new() })
            .collect();
        let mut companies: Vec<Option<u32>> =
            question.cells.iter().map(|cell| question.reach.entitled.is_some().then_some(cell.company)).collect();
        let of_cell = companies.clone();
        companies.sort_unstable();
        companies.dedup();
        for company in companies {
            let mut give = vec![0u64; nodes.count()];
            for (source, volume) in supply_of(question, company) {
                give[source] = volume.min(demand);
            }
            let cells = || question.cells.iter().enumerate().filter(|(index, _)| of_cell[*index] == company);
            let mut wanted = vec![false; nodes.count()];
            for (_, cell) in cells() {
                if let Some(node) = nodes.index(Node::District(cell.district)) {
                    wanted[node] = true;
                }
            }
            let fed = spread(give.iter().map(|volume| *volume > 0).collect(), ends.iter().flatten().copied());
            let useful = spread(wanted, ends.iter().flatten().map(|(from, to)| (*to, *from)));
            let rows: Vec<Option<usize>> =
                (0..nodes.count()).map(|node| (fed[node] && useful[node]).then(|| self.row(give[node]))).collect();
            for (link, ends) in links.iter_mut().zip(&ends) {
                let join = ends.and_then(|(from, to)| Some((rows[from]?, rows[to]?)));
                link.joins.extend(join);
            }
            for (index, cell) in cells() {
                self.row_of[index] = nodes.index(Node::District(cell.district)).and_then(|node| rows[node]);
            }
        }
        links.retain(|link| !link.joins.is_empty());
        self.links = links;
    }
}

/// The sources that a company may draw on (all, where everybody pools), with their volumes.
fn supply_of<'a>(question: &'a Question<'_>, company: Option<u32>) -> impl Iterator<Item = (usize, u64)> + 'a {
    let owners = question.reach.entitled.as_deref().unwrap_or_default();
    let ours = move |source: usize| company.is_none() || owners.get(source).copied() == company;
    question.supply.iter().copied().enumerate().filter(move |(source, _)| ours(*source))
}

/// All nodes that the marked ones lead to.
fn spread(mut marked: Vec<bool>, links: impl Iterator<Item = (usize, usize)> + Clone) -> Vec<bool> {
    loop {
        let mut grown = false;
        for (from, to) in links.clone() {
            if marked[from] && !marked[to] {
                marked[to] = true;
                grown = true;
            }
        }
        if !grown {
            return marked;
        }
    }
}

/// Nodes in a line: sources, districts, junctions.
struct Nodes<'a> {
    sources: usize,
    districts: usize,
    network: &'a Network,
}

impl Nodes<'_> {
    const fn count(&self) -> usize {
        self.sources + self.districts + self.network.junctions
    }

    /// `None` for a node that is not there: nothing passes it.
    fn index(&self, node: Node) -> Option<usize> {
        let (index, first, count) = match node {
            Node::Source(index) => (index, 0, self.sources),
            Node::District(index) => (index, self.sources, self.districts),
            Node::Junction(index) => (index, self.sources + self.districts, self.network.junctions),
        };
        let index = usize::try_from(index).ok()?;
        (index < count).then_some(first + index)
    }
}

/// A linear program being written.
pub(super) struct Model {
    variables: ProblemVariables,
    /// What leaves each row less what enters it.
    rows: Vec<Expression>,
    give: Vec<f64>,
    held: f64,
    constraints: Vec<good_lp::Constraint>,
    solver: Solver,
}

impl Model {
    /// Rows and links, with `base` served from the rows whatever else happens (to the tolerance for held totals).
    pub(super) fn new(setting: &Setting, base: &[f64]) -> Self {
        let mut model = Self {
            variables: ProblemVariables::new(),
            rows: vec![Expression::with_capacity(8); setting.give.len()],
            give: setting.give.clone(),
            held: setting.held,
            constraints: Vec::new(),
            solver: setting.solver,
        };
        for link in &setting.links {
            let flows: Vec<Variable> = link.joins.iter().map(|join| model.flow(*join, link.capacity)).collect();
            if flows.len() > 1 {
                let all = model.sum(&flows);
                model.at_most(all, link.capacity);
            }
        }
        for (row, volume) in base.iter().enumerate().filter(|(_, volume)| **volume > 0.0) {
            model.gas(row, volume - setting.held, *volume);
        }
        model
    }

    fn flow(&mut self, (from, to): (usize, usize), capacity: f64) -> Variable {
        let flow = self.variables.add(variable().clamp(0.0, capacity));
        self.rows[from].add_mul(1.0, flow);
        self.rows[to].add_mul(-1.0, flow);
        flow
    }

    /// Gas served from a row, between two bounds.
    pub(super) fn gas(&mut self, row: usize, low: f64, high: f64) -> Variable {
        self.gas_in(row, low, high, 1.0)
    }

    /// Gas served from a row, in units of its own: for cells so small that a coefficient would vanish.
    pub(super) fn gas_in(&mut self, row: usize, low: f64, high: f64, unit: f64) -> Variable {
        let gas = self.variables.add(variable().clamp((low / unit).max(0.0), (high / unit).max(0.0)));
        self.rows[row].add_mul(unit, gas);
        gas
    }

    /// A number between two bounds.
    pub(super) fn number(&mut self, low: f64, high: f64) -> Variable {
        self.variables.add(variable().clamp(low, high))
    }

    pub(super) fn sum(&self, gas: &[Variable]) -> Expression {
        let mut sum = Expression::with_capacity(gas.len());
        for variable in gas {
            sum.add_mul(1.0, *variable);
        }
        sum
    }

    /// A rank gets its total, in any way, to the tolerance for held totals.
    pub(super) fn hold(&mut self, setting: &Setting, rank: usize, volume: f64) {
        if volume > 0.0 {
            let gas: Vec<Variable> = setting.ranks[rank].iter().map(|(row, size)| self.gas(*row, 0.0, *size)).collect();
            let all = self.sum(&gas);
            self.at_least(all, volume - self.held);
        }
    }

    pub(super) fn at_least(&mut self, expression: Expression, least: f64) {
        self.constraints.push(expression.geq(least));
    }

    pub(super) fn at_most(&mut self, expression: Expression, most: f64) {
        self.constraints.push(expression.leq(most));
    }

    /// The values of `wanted` where the objective is highest; `None` if nothing meets the constraints.
    pub(super) fn maximise(mut self, objective: Expression, wanted: &[Variable]) -> Result<Option<Vec<f64>>, Stuck> {
        if wanted.is_empty() {
            return Ok(Some(Vec::new()));
        }
        for (row, give) in std::mem::take(&mut self.rows).into_iter().zip(&self.give) {
            self.constraints.push(row.leq(*give));
        }
        solve(self.variables, objective, self.constraints, self.solver, wanted)
    }
}

/// The values of `wanted` where the objective is highest; `None` if nothing meets the constraints.
fn solve(
    variables: ProblemVariables,
    objective: Expression,
    constraints: Vec<good_lp::Constraint>,
    solver: Solver,
    wanted: &[Variable],
) -> Result<Option<Vec<f64>>, Stuck> {
    let problem = variables.maximise(objective);
    match solver {
        #[cfg(feature = "lp")]
        Solver::Microlp => {
            use good_lp::solvers::WithTimeLimit;
            // Its steps assert that numbers stay finite; a failed assertion is a failure to solve.
            let program = problem.using(good_lp::microlp).with_time_limit(PATIENCE_S).with_all(constraints);
            let solved = catching(|| values(program.solve(), wanted));
            solved.unwrap_or_else(|| Err(Stuck::Solver("the solver gave up on a step".to_owned())))
        }
        #[cfg(feature = "highs")]
        Solver::Highs => {
            use good_lp::solvers::highs::{HighsParallelType, HighsPresolveType};
            let problem = problem
                .using(good_lp::highs)
                .set_presolve(HighsPresolveType::Off)
                .set_parallel(HighsParallelType::Off)
                .set_threads(1)
                .set_time_limit(PATIENCE_S)
                // The tightest that it takes; its own 1e-7 would be a cubic metre too soon.
                .set_option("primal_feasibility_tolerance", 1e-10)
                .set_option("dual_feasibility_tolerance", 1e-10);
            values(problem.with_all(constraints).solve(), wanted)
        }
    }
}

fn values<S: Solution>(solved: Result<S, ResolutionError>, wanted: &[Variable]) -> Result<Option<Vec<f64>>, Stuck> {
    match solved {
        Err(ResolutionError::Infeasible) => Ok(None),
        Err(error) => Err(Stuck::Solver(error.to_string())),
        Ok(solution) if !matches!(solution.status(), SolutionStatus::Optimal) => {
            Err(Stuck::Solver(format!("no optimum within {PATIENCE_S} s")))
        }
        Ok(solution) => {
            let values: Vec<f64> = wanted.iter().map(|variable| solution.value(*variable)).collect();
            match values.iter().all(|value| value.is_finite()) {
                true => Ok(Some(values)),
                false => Err(Stuck::Solver("a value that is no number".to_owned())),
            }
        }
    }
}
