//! Which rules of a policy its tests depend on.
//!
//! A rule is *exercised* when, without it, some decision of some test would have been another one: somebody would get
//! more or less, or under another measure, or at another level, or from other blocks. That is not guessed from who
//! matches what: each rule is taken away in turn and every test is decided again. A rule is *noticed* when without it some
//! test would fail, which is more: a decision may change where no expectation looks.
//!
//! What counts as a rule, and what taking it away means:
//!
//! - an entry of `takes` has a place in the supply order: moved to the next better rank, and to the next worse one, it must
//!   be missed both times. Its `part` is taken away by letting it take all, which the figures by tier may show;
//! - a level is exercised by a decision at it. An end of its band by two tests, one inside and one outside, with one cubic
//!   metre between each and the end: at the shortfall that is the last inside, and at the first outside. For the band of
//!   an area the cubic metre is the area's, and the shortfall of the whole must by itself call for a milder level;
//!   `area_shortfall` as such is taken away by taking the band away;
//! - a place in `cut_order` is taken away by exchanging the measure with the one before it; required stops, whose place
//!   means nothing, are passed over;
//! - a measure at a level is taken away by not having it there; its limit by letting it take all above the floor; its
//!   floor (`cut = "to-floor"`) by letting it take all; its `tiers`, each key of `within`, `sharing` (even against list),
//!   `rebound`, `smallest_order_m3` and `in_force` each by itself;
//! - a condition beside the class is taken away by dropping it. An end of a range must be missed when it is dropped, and
//!   when it is turned from one that belongs to the range into one that does not, or back: so somebody stands exactly there;
//! - an exemption from a measure is taken away by dropping it;
//! - the rotation's `from` is exercised when the formula gives one block, its `step` by two tests one cubic metre apart on
//!   both sides of a further block; rest and longest run are taken away by setting them to 0.
//!
//! Labels, roles, duties, who does what in a response, hours of notice and the words of a clause decide nothing of a day's
//! volumes and are not counted.

use std::cmp::Ordering;

use super::compare::{Fate, fails};
use super::expect::{Expect, What};
use super::mutants::{Change, Rule, Without, rules};
use super::{Suite, Trial};
use crate::decide::{Decision, Options, Prepared, Solver, Status};
use crate::policy::{Policies, Policy, Standing};
use crate::problem::Problems;

/// How far the tests depend on a policy's rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// Every rule, in the order of the policy's sections.
    pub rules: Vec<Covered>,
}

/// A rule, and whether a test depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Covered {
    /// Where it stands in the policy file, as for `--set`; lists count from 0.
    pub path: String,
    /// What kind of rule it is.
    pub kind: RuleKind,
    /// Whether a test depends on it.
    pub found: Found,
}

/// Whether any test depends on a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Found {
    /// None does.
    Idle,
    /// Some decision would be another one, but no test would fail.
    Exercised,
    /// Some test would fail.
    Noticed,
}

/// A kind of rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RuleKind {
    /// When something may be used.
    InForce,
    /// A place in the supply order.
    Place,
    /// Which part of a requirement stands there.
    Part,
    /// A condition on who is meant.
    Who,
    /// A level.
    Level,
    /// An end of a level's band.
    End,
    /// A level that an area's shortfall calls for.
    Area,
    /// A place in the cut order.
    Order,
    /// A measure at a level.
    Measure,
    /// A limit, or a share that is left.
    Limit,
    /// A floor that is kept.
    Floor,
    /// The tiers that a measure reaches.
    Tiers,
    /// What of a stop comes back.
    Rebound,
    /// What orders the slices inside a measure.
    Within,
    /// Who is cut inside a cell.
    Sharing,
    /// Cuts too small to be ordered.
    SmallestOrder,
    /// An exemption from a measure.
    Exemption,
    /// The first block of a rotation.
    FirstBlock,
    /// A further block of it.
    Step,
    /// Rest and longest run of a block.
    Rest,
}

impl Coverage {
    /// How many rules some decision depends on.
    pub fn exercised(&self) -> usize {
        self.rules.iter().filter(|rule| rule.found >= Found::Exercised).count()
    }

    /// How many rules some test would miss.
    pub fn noticed(&self) -> usize {
        self.rules.iter().filter(|rule| rule.found == Found::Noticed).count()
    }

    /// Whether at least `percent` of the rules are exercised; exactly, and true of a policy without rules.
    pub fn reaches(&self, percent: crate::units::Decimal) -> bool {
        let (all, exercised) = (self.rules.len() as u64, self.exercised() as u64);
        percent.of_a_hundred().is_none_or(|share| share.fraction().compare(exercised, all) != Ordering::Less)
            || self.rules.is_empty()
    }
}

/// Measures the coverage; `decisions` are those of the tests.
pub(super) fn measure(suite: &Suite, policies: &Policies, decisions: &[Decision]) -> Result<Coverage, Problems> {
    let standings = standings(suite, policies, decisions)?;
    let fates: Vec<Fate> = decisions.iter().map(Fate::of).collect();
    let policy = &policies.main;
    let found = |rule: &Rule| match &rule.without {
        Without::Changes(changes) => {
            let tiers = rule.kind == RuleKind::Part;
            changes.iter().map(|change| without(suite, policy, change, &fates, tiers)).min().unwrap_or(Found::Idle)
        }
        Without::Level(level) => {
            let at = |stands: &&Stands<'_>| stands.level == Standing::At(*level);
            best(standings.iter().filter(at), Stands::names_level)
        }
        Without::End { level, area, lower } => {
            let side = |inside: bool| {
                let here = |stands: &&Stands<'_>| stands.beside(policy, *level, *area, *lower) == Some(inside);
                best(standings.iter().filter(here), Stands::names_level)
            };
            side(true).min(side(false))
        }
        Without::FirstBlock => {
            best(standings.iter().filter(|stands| stands.blocks(policy) == Some(1)), Stands::names_blocks)
        }
        Without::Step => {
            let side = |after: bool| {
                let here = |stands: &&Stands<'_>| stands.at_step(policy) == Some(after);
                best(standings.iter().filter(here), Stands::names_blocks)
            };
            side(true).min(side(false))
        }
    };
    let covered = |rule: Rule| Covered { found: found(&rule), path: rule.path, kind: rule.kind };
    Ok(Coverage { rules: rules(policy).into_iter().map(covered).collect() })
}

/// What comes of the tests when a rule is gone. Only the part of a requirement shows in the table of the tiers; a place
/// that changes its tier must be missed for what it does.
fn without(suite: &Suite, policy: &Policy, change: &Change, fates: &[Fate], tiers: bool) -> Found {
    let mut changed = policy.clone();
    change(&mut changed);
    let changed = Policies::of(changed);
    let (mut found, mut fates) = (Found::Idle, fates.iter());
    // The linear program has confirmed the tests as they are; nothing is decided here but whether they change.
    suite.each(&changed, Solver::Exact, &mut |trial, decided| {
        let was = fates.next();
        if let (Ok(decision), Some(was)) = (decided, was)
            && Fate::of(&decision).differs(was, tiers)
        {
            let noticed = fails(&trial.expect, &changed.main, &decision);
            found = found.max(if noticed { Found::Noticed } else { Found::Exercised });
        }
        found < Found::Noticed
    });
    found
}

fn best<'s, 'a: 's>(standings: impl Iterator<Item = &'s Stands<'a>>, names: impl Fn(&Stands<'a>) -> bool) -> Found {
    standings.map(|stands| if names(stands) { Found::Noticed } else { Found::Exercised }).max().unwrap_or(Found::Idle)
}

/// How a decision of a test stands to the bands of the policy.
struct Stands<'a> {
    expect: Option<&'a Expect>,
    level: Standing,
    /// In m3.
    shortfall: u64,
    /// In m3.
    demand: u64,
    blocks: Option<usize>,
    /// How many blocks could have a turn.
    turns: usize,
    /// Of each area, its shortfall as a part of a whole, and its demand in m3.
    areas: Vec<(u64, u64, u64)>,
}

/// Every decision of the tests, those of outer districts too.
fn standings<'a>(suite: &'a Suite, policies: &Policies, decisions: &[Decision]) -> Result<Vec<Stands<'a>>, Problems> {
    let mut standings = Vec::new();
    let asks_areas = policies.main.levels.iter().any(|level| level.area_band.is_some());
    for (trial, decision) in suite.trials.iter().zip(decisions) {
        let areas = if asks_areas { areas(suite, policies, trial)? } else { Vec::new() };
        let turns = turns(suite, trial);
        standings.push(stands(Some(&trial.expect), &policies.main, decision, areas, turns));
        for area in &decision.areas {
            let expected = trial.expect.areas.iter().find(|(id, _, _)| Some(id) == area.area.as_ref());
            standings.push(stands(expected.map(|(_, _, expect)| expect), &policies.main, area, Vec::new(), 0));
        }
    }
    Ok(standings)
}

fn areas(suite: &Suite, policies: &Policies, trial: &Trial) -> Result<Vec<(u64, u64, u64)>, Problems> {
    let Some(city) = suite.cities.get(trial.city) else { return Ok(Vec::new()) };
    let options = Options { solver: Solver::Exact, unified: trial.unified, ..Options::default() };
    Prepared::new(policies, city, options)?.area_shortfalls(&trial.day)
}

/// The blocks with demand.
fn turns(suite: &Suite, trial: &Trial) -> usize {
    let Some(city) = suite.cities.get(trial.city) else { return 0 };
    let wants = |district: usize| {
        let customers = city.customers.iter().zip(&trial.day.demand);
        customers.into_iter().any(|(customer, demand)| customer.district as usize == district && !demand.is_zero())
    };
    (0..city.districts.len()).filter(|at| city.districts[*at].urban && wants(*at)).count()
}

fn stands<'a>(
    expect: Option<&'a Expect>,
    policy: &Policy,
    decision: &Decision,
    areas: Vec<(u64, u64, u64)>,
    turns: usize,
) -> Stands<'a> {
    Stands {
        expect,
        level: super::compare::standing(policy, decision),
        shortfall: decision.balance.shortfall_m3.get(),
        demand: decision.balance.demand_m3.get(),
        blocks: decision.rotation.as_ref().map(|rotation| rotation.blocks_by_formula),
        turns,
        areas,
    }
}

impl Stands<'_> {
    fn expects(&self, wanted: impl Fn(&What) -> bool) -> bool {
        self.expect.is_some_and(|expect| expect.checks.iter().any(|check| wanted(&check.what)))
    }

    fn names_level(&self) -> bool {
        self.expects(|what| matches!(what, What::Level(_) | What::Status(Status::NoShortage)))
    }

    fn names_blocks(&self) -> bool {
        self.expects(|what| matches!(what, What::Blocks(_) | What::BlocksByFormula(_)))
    }

    fn blocks(&self, policy: &Policy) -> Option<usize> {
        policy.rotation.as_ref().and(self.blocks)
    }

    /// Whether it is the last shortfall inside (or the first outside) of an end of a level's band.
    fn beside(&self, policy: &Policy, level: usize, area: bool, lower: bool) -> Option<bool> {
        let level_of = policy.levels.get(level)?;
        let judge = |(short, of, step): (u64, u64, u64)| {
            let band = if area { level_of.area_band } else { level_of.band }?;
            let inside = short > 0 && band.holds(short, of);
            // Out of the band, or into it, past this end.
            let down = inside == lower;
            let next =
                if down { short.checked_sub(step)? } else { short.checked_add(step).filter(|next| *next <= of)? };
            let then = next > 0 && band.holds(next, of);
            (inside != then).then_some(inside)
        };
        if !area {
            return judge((self.shortfall, self.demand, 1));
        }
        // Where the shortfall of the whole calls for this level or a graver one, areas decide nothing.
        if !matches!(policy.standing(self.shortfall, self.demand), Standing::At(by_whole) if by_whole < level) {
            return None;
        }
        let in_parts =
            |(short, of, demand): &(u64, u64, u64)| Some((short.checked_mul(*demand)?, of.checked_mul(*demand)?, *of));
        self.areas.iter().filter_map(in_parts).find_map(judge)
    }

    /// Whether it is right after, or right before, the shortfall at which a further block has its turn.
    fn at_step(&self, policy: &Policy) -> Option<bool> {
        let (rotation, _) = (policy.rotation.as_ref()?, self.blocks?);
        let blocks = |shortfall: u64| rotation.blocks_by_formula(shortfall, self.demand, self.turns);
        let now = blocks(self.shortfall);
        if now > blocks(self.shortfall.checked_sub(1)?) && now > 1 {
            return Some(true);
        }
        (blocks(self.shortfall.checked_add(1)?) > now).then_some(false)
    }
}
