//! Whether a decision holds, checked without a solver (section 8 of the decision model).
//!
//! Given the case and the decision, everything is recomputed or proved in plain arithmetic: bounds, balance, level, blocks, order,
//! evenness, rounding and sums. No code of the allocators is used. Customers are cut into slices by the same reading of the
//! policy that decides ([`crate::decide`]); a second, independent reading of it stands among the tests.
//!
//! A decision is judged by the rows it was made from: where the case has changed since, that is told and nothing is judged.

mod areas;
mod balance;
mod bounds;
mod companies;
mod hours;
mod inside;
mod kept;
mod level;
mod order;
mod revised;
mod scope;
mod sums;

use std::fmt::Display;

use crate::Label;
use crate::city::City;
use crate::decide::{Day, Decision, Options, Prepared, Solver};
use crate::policy::Policies;
use crate::problem::Problems;
use crate::units::M3;

use scope::Check;

/// A rule that every decision keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rule {
    /// Every balance of the city is there, with this day and policy.
    Whole,
    /// Of a day that is decided again: what is past of it, and what that changes.
    Past,
    /// Every customer once, with the day's demand, and nobody above it.
    Bounds,
    /// Slices are those of the policy, each within its size, withheld ones unserved.
    Slices,
    /// No source and no link gives more than it can, every node in balance; demand, supply, deliverable gas, shortfall.
    Balance,
    /// The level follows from the shortfall.
    Level,
    /// `k` and the blocks follow from the policy and the record.
    Rotation,
    /// By the hour: in each nothing beyond what it can, every node in balance, and all that is told of it follows.
    Hours,
    /// No rank lost gas that a worse one received and that could have reached it.
    Order,
    /// Inside a rank the least served get as much as they can.
    Evenness,
    /// Whole cubic metres by largest remainder, among cells and inside them.
    WholeMetres,
    /// The level that would authorise all cuts.
    Escalation,
    /// By the hour: how long each district's pipes last if nothing is done.
    ToMinimum,
    /// Every table is the sum of the customers' volumes.
    Sums,
    /// The orders are those of the decision.
    Orders,
}

impl Rule {
    /// All of them, in the order in which they are checked.
    pub const ALL: [Self; 15] = [
        Self::Whole,
        Self::Past,
        Self::Bounds,
        Self::Balance,
        Self::Level,
        Self::Rotation,
        Self::Slices,
        Self::Hours,
        Self::Order,
        Self::Evenness,
        Self::WholeMetres,
        Self::Escalation,
        Self::ToMinimum,
        Self::Sums,
        Self::Orders,
    ];

    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Past => "past",
            Self::Bounds => "bounds",
            Self::Slices => "slices",
            Self::Balance => "balance",
            Self::Level => "level",
            Self::Rotation => "rotation",
            Self::Hours => "hours",
            Self::ToMinimum => "to_minimum",
            Self::Order => "order",
            Self::Evenness => "evenness",
            Self::WholeMetres => "whole_metres",
            Self::Escalation => "escalation",
            Self::Sums => "sums",
            Self::Orders => "orders",
        }
    }

    /// The rule in a sentence.
    pub fn label(self) -> Label {
        let (en, zh) = match self {
            Self::Whole => {
                ("every balance of the city is there, on this day, by this policy", "各平衡范围齐全，日期与预案相符")
            }
            Self::Past => (
                "what is past is fixed as told, and the change of orders follows",
                "已过时段按所述计，指令变化由此得出",
            ),
            Self::Bounds => (
                "every customer once, with the day's demand, and nobody above it",
                "每个用户恰一次，需求为当日数，供气不超需求",
            ),
            Self::Slices => {
                ("slices are those of the policy, each within its size", "各段用气与预案相符，供气不超各段")
            }
            Self::Balance => {
                ("no source or link beyond what it can, every node in balance", "气源、管线不超能力，各节点平衡")
            }
            Self::Level => ("the level follows from the shortfall", "级别由缺口得出"),
            Self::Rotation => ("the blocks follow from the policy and the record", "轮换区块由预案和记录得出"),
            Self::Hours => (
                "in every hour no source, link or pipe beyond what it can, every node in balance",
                "每小时气源、管线、管存不超能力，各节点平衡",
            ),
            Self::ToMinimum => ("how long the pipes last if nothing is done", "不采取措施时管存可维持的时间"),
            Self::Order => (
                "no better rank lacks gas that a worse one got and that could reach it",
                "先供者不缺后供者所得而可达的气",
            ),
            Self::Evenness => ("inside a rank the least served get as much as they can", "同序之内尽可能均等"),
            Self::WholeMetres => ("whole cubic metres by largest remainder", "整立方米按最大余数分配"),
            Self::Escalation => ("the level that would authorise all cuts", "可全部授权的级别"),
            Self::Sums => ("every table is the sum of the customers' volumes", "各表均为用户气量之和"),
            Self::Orders => ("the orders are those of the decision", "指令与决定一致"),
        };
        Label { en: en.into(), zh: zh.into() }
    }
}

/// How a rule that is not violated was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It holds.
    Holds,
    /// Nothing in the decision proves it and no solver is asked: evenness and rounding among companies that share a network, and
    /// a level there that an area could raise; by the hour whatever companies that share links or pipes get, and how long pipes last.
    NotProved,
    /// It was not looked at.
    NotChecked,
}

/// A rule that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// Where: a balance, and in it a rank, a customer, a table.
    pub at: String,
    /// What should be there.
    pub expected: String,
    /// What is there.
    pub found: String,
}

impl Violation {
    /// A rule that does not hold, found outside.
    pub const fn new(rule: Rule, at: String, expected: String, found: String) -> Self {
        Self { rule, at, expected, found }
    }
}

/// What came of checking a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verification {
    /// Every rule and what was found, up to the first violated one.
    pub findings: Vec<(Rule, Finding)>,
    /// The first violated rule.
    pub violated: Option<Violation>,
}

impl Verification {
    /// Whether every rule holds that could be checked.
    pub const fn holds(&self) -> bool {
        self.violated.is_none()
    }

    /// Adds a finding that was made outside, such as that of the orders.
    pub fn add(&mut self, rule: Rule, found: Result<Finding, Violation>) {
        match found {
            Ok(finding) => self.findings.push((rule, finding)),
            Err(violation) => self.violated = self.violated.take().or(Some(violation)),
        }
    }
}

/// Checks a decision against the city, the policies and the day it was made from.
///
/// The day must be the one decided: [`crate::decide::evidence::Evidence::restore`] makes it so. Of a decision that revises a day, day and
/// city are those of [`crate::decide::revise::rest`], from the order that it revises.
///
/// # Errors
/// A city that cannot be decided at all. That the decision does not hold is no error but an answer.
pub fn verify(policies: &Policies, city: &City, day: &Day, decision: &Decision) -> Result<Verification, Problems> {
    let unified = decision.evidence.as_ref().is_some_and(|evidence| evidence.unified);
    let options = Options { solver: Solver::Exact, unified, ..Options::default() };
    let prepared = Prepared::new(policies, city, options)?;
    let again = day.past.as_ref().map(|past| (past.city_of_the_day(city), day.as_if_it_began_now()));
    let whole = match &again {
        Some((city, day)) => Some((Prepared::new(policies, city, options)?, day)),
        None => None,
    };
    let whole = whole.as_ref().map(|(prepared, day)| (prepared, *day));
    let mut verification = Verification { findings: Vec::new(), violated: None };
    let checks = match scope::checks(&prepared, day, whole, decision) {
        Ok(checks) => checks,
        Err(violation) => {
            verification.violated = Some(violation);
            return Ok(verification);
        }
    };
    verification.findings.push((Rule::Whole, Finding::Holds));
    // What these find is needed by those after them.
    let first: [(Rule, FirstRule); 7] = [
        (Rule::Past, revised::past),
        (Rule::Bounds, bounds::bounds),
        (Rule::Balance, balance::balance),
        (Rule::Level, level::level),
        (Rule::Rotation, level::rotation),
        (Rule::Slices, bounds::slices),
        (Rule::Hours, hours::hours_hold),
    ];
    let revises = day.past.is_some() || decision.revision.is_some();
    let applies = |rule: Rule| match rule {
        Rule::Hours | Rule::ToMinimum => city.settings.hourly,
        Rule::Past => revises,
        _ => true,
    };
    let mut checks = checks;
    for (rule, check) in first.into_iter().filter(|(rule, _)| applies(*rule)) {
        let found = all_of(checks.iter_mut().map(|of| match provable(of, rule) {
            true => check(of),
            false => Ok(Finding::NotProved),
        }));
        verification.add(rule, found);
        if !verification.holds() {
            return Ok(verification);
        }
    }
    let then: [(Rule, OneRule); 5] = [
        (Rule::Order, order::order),
        (Rule::Evenness, order::evenness),
        (Rule::WholeMetres, inside::whole_metres),
        (Rule::Escalation, level::escalation),
        (Rule::ToMinimum, hours::to_minimum),
    ];
    let checks = &checks;
    let one = |rule: Rule, check: OneRule| {
        all_of(checks.iter().map(|of| if provable(of, rule) { check(of) } else { Ok(Finding::NotProved) }))
    };
    let rest = || then.into_iter().filter(|(rule, _)| applies(*rule)).map(|(rule, check)| (rule, one(rule, check)));
    let rest = || rest().collect::<Vec<_>>();
    let sums = || one(Rule::Sums, sums::sums);
    let (rest, sums) = if city.customers.len() < MANY {
        (rest(), sums())
    } else {
        // The sums of a million customers take as long as all the rest.
        std::thread::scope(|threads| {
            let summed = threads.spawn(sums);
            (rest(), summed.join().unwrap_or_else(|_| sums()))
        })
    };
    for (rule, found) in rest.into_iter().chain([(Rule::Sums, sums)]) {
        if verification.holds() {
            verification.add(rule, found);
        }
    }
    Ok(verification)
}

/// Whether anything can be proved of a rule: by the hour, among companies that share links or pipes, only who is there and asks for what.
fn provable(check: &Check<'_>, rule: Rule) -> bool {
    let rest_by_hour = check.scope.is_hourly() && check.scope.past().is_some();
    matches!(rule, Rule::Past | Rule::Bounds) || !(check.scope.shares_by_hour() || rest_by_hour)
}

/// With so many customers a second thread is worth its start.
const MANY: usize = 100_000;

/// What one rule came to in all balances: the first violation, or else the least that was found.
fn all_of(found: impl Iterator<Item = Found>) -> Found {
    let mut all = Finding::Holds;
    for found in found {
        match found? {
            Finding::Holds => {}
            less => all = less,
        }
    }
    Ok(all)
}

/// Checks one rule in one balance, and notes what others need.
type FirstRule = fn(&mut Check<'_>) -> Found;

/// Checks one rule in one balance.
type OneRule = fn(&Check<'_>) -> Found;

/// What checking one rule in one balance came to.
type Found = Result<Finding, Violation>;

/// Refuses where two things that must be the same are not.
fn same<T: PartialEq + Display>(
    rule: Rule,
    at: impl FnOnce() -> String,
    expected: T,
    found: T,
) -> Result<(), Violation> {
    if expected == found {
        return Ok(());
    }
    Err(Violation { rule, at: at(), expected: expected.to_string(), found: found.to_string() })
}

/// Refuses where something that must be so is not.
fn must(rule: Rule, holds: bool, at: impl FnOnce() -> String, expected: &str, found: &str) -> Result<(), Violation> {
    if holds {
        return Ok(());
    }
    Err(Violation { rule, at: at(), expected: expected.to_owned(), found: found.to_owned() })
}

/// Refuses where a volume is above what it may be.
fn at_most(rule: Rule, at: impl FnOnce() -> String, most: M3, found: M3) -> Result<(), Violation> {
    if found <= most {
        return Ok(());
    }
    Err(Violation { rule, at: at(), expected: format!("<= {most}"), found: found.to_string() })
}
