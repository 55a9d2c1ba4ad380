//! The search for how contested links are best parted: programs propose, the exact allocator answers.
//!
//! Whatever the parts, a side of one company's network bounds what its cells get: by its sources and by what the links that enter it
//! carry, its parts of contested ones included. So a program over the parts alone, with the sides known so far, finds at least the
//! best there is: first the most for the first rank, then for the first two, and so on; then evenness inside each rank. The exact
//! allocator says what is really served with the links parted like that. If it is as much, it is the best there is; if not, it
//! names the sides that were not known, and the program is asked again. There are only so many sides.

use super::cuts::{Best, Cut, Cuts, Served, Split, Town};
use super::program::{Held, Programs};
use super::{Joint, Parted};
use crate::decide::allocate::lp::Stuck;
use crate::decide::allocate::{Question, Unanswered};

/// No search asks so often.
const MOST_QUESTIONS: usize = 2_000;

/// By how much what is held may be missed, in scaled units: well above a solver's tolerance, and a 10^-12th of the demand.
const SLACK: f64 = 1e-8;

/// How often what is held is held less tightly where a solver finds no way to hold it; 16 times less each time.
const WIDENINGS: i32 = 4;

pub(super) fn part(question: &Question<'_>, joints: &[Joint], near: u64, even: bool) -> Result<Parted, Unanswered> {
    let town = Town::new(question, joints);
    let alone = town.serve(&Split::new())?;
    let mut search = Search {
        ranks: question.rank_count(),
        best: town.best(&alone.shares),
        reachable: question.rank_count(),
        town: &town,
        split: Split::new(),
        cuts: Cuts::default(),
        served: alone,
        near: near.max(1),
        slack: 0.0,
        questions: 0,
    };
    search.fit()?;
    let fits = search.split.is_empty();
    if !fits {
        search.settle(even)?;
    }
    let Search { mut split, served, .. } = search;
    // What nobody contests is parted as it is used, so that whatever is sent there passes.
    for joint in 0..joints.len() {
        split.entry(joint).or_insert_with(|| town.part_by(joint, &served.flows));
    }
    Ok(Parted { reach: town.reach(&split), shares: served.shares, fits })
}

struct Search<'a> {
    town: &'a Town<'a>,
    ranks: usize,
    /// The most that the ranks up to each can get together if nothing is contested.
    best: Best,
    /// How many ranks, from the first, may all get their best together.
    reachable: usize,
    split: Split,
    cuts: Cuts,
    /// What is served with that split.
    served: Served,
    near: u64,
    slack: f64,
    questions: usize,
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Done,
    /// More links are contested than were known: all begins again.
    More,
}

impl Search<'_> {
    /// Parts contested links until what is served fits.
    fn fit(&mut self) -> Result<bool, Unanswered> {
        let mut more = false;
        loop {
            let over: Vec<usize> = self.town.over(&self.served.flows).collect();
            self.cuts.add(self.ranks, &self.served.sides);
            if over.is_empty() {
                return Ok(more);
            }
            more = true;
            for joint in over {
                let parts = self.town.part_by(joint, &self.served.flows);
                self.split.insert(joint, parts);
            }
            self.served = self.town.serve(&self.split)?;
        }
    }

    /// Answers with a split; tells whether it brought sides that were not known.
    fn ask(&mut self, split: Split) -> Result<(bool, Step), Stuck> {
        self.questions += 1;
        if self.questions > MOST_QUESTIONS {
            return Err(Stuck::Solver("the parts of contested links do not settle".to_owned()));
        }
        self.split = split;
        let exactly = |why: Unanswered| Stuck::Solver(format!("{why:?}"));
        self.served = self.town.serve(&self.split).map_err(exactly)?;
        let new = self.cuts.add(self.ranks, &self.served.sides);
        let more = self.fit().map_err(exactly)?;
        Ok((new, if more { Step::More } else { Step::Done }))
    }

    fn settle(&mut self, even: bool) -> Result<(), Unanswered> {
        for widening in 0..=WIDENINGS {
            self.slack = SLACK * 16f64.powi(widening);
            self.reachable = self.ranks;
            loop {
                match self.attempt(even) {
                    Ok(Step::Done) => return Ok(()),
                    Ok(Step::More) => {}
                    Err(Stuck::Solver(what)) => return Err(Unanswered::Solver(what)),
                    Err(Stuck::Infeasible) => break,
                }
            }
        }
        Err(Unanswered::Solver("no way to hold the totals of the better ranks".to_owned()))
    }

    fn attempt(&mut self, even: bool) -> Result<Step, Stuck> {
        let mut held = Held { before: vec![0; self.town.question.reach.districts], ..Held::default() };
        if self.totals(&mut held)? == Step::More {
            return Ok(Step::More);
        }
        if even { self.even(held) } else { Ok(Step::Done) }
    }

    fn programs(&self) -> Programs<'_> {
        let Self { town, cuts, split, best, slack, .. } = self;
        Programs { town, cuts, split, best, nearly: self.nearly(), slack: *slack }
    }

    /// What rounding to whole parts may cost a total.
    const fn nearly(&self) -> u64 {
        self.near / 20
    }

    /// The first rank with which so much is not reached.
    fn missed(&self, totals: &[u64]) -> Option<usize> {
        let served = cumulative(&self.served.shares.ranks);
        served.iter().zip(totals).position(|(served, total)| served + self.nearly() < *total)
    }

    /// As many ranks as can get their best together get it: mostly all do, and one program tells of all of them.
    fn best_together(&mut self) -> Result<Step, Stuck> {
        while let Some(rank) = self.missed(&self.best.totals)
            && rank < self.reachable
        {
            let Some(split) = self.programs().reach(self.reachable)? else {
                // Those whose best is served can; find how many more.
                let (mut low, mut high) = (rank, self.reachable - 1);
                while low < high {
                    let middle = (low + high).div_ceil(2);
                    match self.programs().reach(middle)? {
                        Some(_) => low = middle,
                        None => high = middle - 1,
                    }
                }
                self.reachable = low;
                continue;
            };
            let (new, step) = self.ask(split)?;
            if step == Step::More {
                return Ok(step);
            }
            if !new {
                break;
            }
        }
        Ok(Step::Done)
    }

    /// Each rank's total as high as the better ranks allow.
    fn totals(&mut self, held: &mut Held) -> Result<Step, Stuck> {
        if self.best_together()? == Step::More {
            return Ok(Step::More);
        }
        let all = self.best.totals.last().copied().unwrap_or_default();
        let Some(mut first) = self.missed(&self.best.totals) else {
            held.totals = cumulative(&self.served.shares.ranks);
            return Ok(Step::Done);
        };
        held.totals = cumulative(&self.served.shares.ranks);
        loop {
            held.totals.truncate(first);
            let mut split = None;
            for rank in first..self.ranks {
                if held.totals.last().is_some_and(|so_far| so_far + self.nearly() >= all) {
                    held.totals.push(all);
                    continue;
                }
                let found = self.programs().most(held, rank)?;
                held.totals.push(found.answer.min(self.best.totals[rank]));
                split = Some(found.split);
            }
            let Some(split) = split else { return Ok(Step::Done) };
            let (new, step) = self.ask(split)?;
            if step == Step::More {
                return Ok(Step::More);
            }
            match self.missed(&held.totals) {
                Some(rank) if new => first = rank,
                _ => break,
            }
        }
        self.hold(held);
        Ok(Step::Done)
    }

    /// Holds what is served: rounding the parts to whole ones may have cost a total or a cell a few of them.
    fn hold(&self, held: &mut Held) {
        let served = cumulative(&self.served.shares.ranks);
        held.totals.iter_mut().zip(served).for_each(|(total, served)| *total = served.min(*total));
        let mut before = vec![0u64; self.town.question.reach.districts];
        for (rank, shares) in held.shares.iter_mut().enumerate() {
            let (from, cells) = self.town.cells_of(rank);
            for (cell, served) in cells.iter().zip(&self.served.shares.cells[from..]) {
                before[cell.district as usize] += served;
            }
            if let Some(shares) = shares {
                shares.clone_from(&before);
            }
        }
        held.before = before;
    }

    /// Evenness inside each rank, first to last.
    fn even(&mut self, mut held: Held) -> Result<Step, Stuck> {
        let mut due: Vec<f64> = Vec::with_capacity(self.town.question.cells.len());
        for rank in 0..self.ranks {
            let (from, cells) = self.town.cells_of(rank);
            let so_far = |rank: usize| held.totals.get(rank).copied().unwrap_or_default();
            let total = so_far(rank) - rank.checked_sub(1).map_or(0, so_far).min(so_far(rank));
            let asked: u64 = cells.iter().map(|cell| cell.size).sum();
            let short = total > self.nearly() && total + self.nearly() < asked;
            if short && !self.uncontested(rank) {
                loop {
                    let found = self.programs().even(&held, rank)?;
                    let (new, step) = self.ask(found.split)?;
                    if step == Step::More {
                        return Ok(Step::More);
                    }
                    let differs = |(served, due): (&u64, &f64)| (*served as f64 - due).abs() > self.near as f64;
                    let all = due.iter().chain(&found.answer);
                    let off = self.served.shares.cells.iter().zip(all).any(differs);
                    if !new || !(off || self.missed(&held.totals).is_some()) {
                        break;
                    }
                }
            }
            held.shares.push(short.then(Vec::new));
            self.hold(&mut held);
            due.extend(self.served.shares.cells[from..from + cells.len()].iter().map(|served| *served as f64));
        }
        Ok(Step::Done)
    }

    /// Whether no contested link enters a side that shares the shortage of a rank: then the links' parts change nothing there.
    fn uncontested(&self, rank: usize) -> bool {
        let (_, cells) = self.town.cells_of(rank);
        let ours =
            |cut: &&Cut| cells.iter().any(|cell| cell.size > 0 && cut.districts.binary_search(&cell.district).is_ok());
        let sides = &self.served.sides;
        // Whoever was left with nothing by a better rank shares its side.
        let better = sides.iter().rev().find(|side| (side.rank as usize) < rank);
        let here = sides.iter().filter(|side| side.rank as usize == rank);
        let mut enters = here.chain(better).flat_map(|side| &side.cuts).filter(ours).flat_map(|cut| &cut.enters);
        enters.all(|arc| self.town.contested(*arc, &self.split).is_none())
    }
}

fn cumulative(ranks: &[u64]) -> Vec<u64> {
    let mut sum = 0u64;
    let add = |rank: &u64| {
        sum += rank;
        sum
    };
    ranks.iter().map(add).collect()
}
