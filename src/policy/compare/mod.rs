//! What two policies do not say alike: every rule that one has and the other lacks, and every part of a rule that
//! differs, by the path that leads to it in a policy file.
//!
//! Rules are matched by what names them (an id, a tier's number, a level), never by their place in the file, and classes
//! and measures by id. What the policies are called is no rule. Where a rule differs in substance, its basis comes with
//! both sides; where only the basis differs, the basis is what is told.
//!
//! ```
//! use curtail::policy::{Policy, compare::differences};
//!
//! for id in Policy::builtins() {
//!     let (one, other) = (Policy::builtin(id)?, Policy::builtin(id)?);
//!     assert!(differences(&one, &other).is_empty());
//! }
//! # Ok::<(), curtail::problem::Problems>(())
//! ```

mod measures;
mod response;
mod same;

use super::{
    Basis, Class, Cut, Due, Duty, Ease, Exemption, Level, Measure, Part, Policy, RankKey, Response, RestoreOrder, Role,
    Rotation, Selector, Sharing, Status, Step, Take, Tier, Validity,
};
use crate::Label;
use crate::units::Decimal;
use same::{same_ranks, same_takes, same_who};

/// A rule that differs, or a part of one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Difference<'p> {
    /// Where it stands in a policy file: keys and, in lists, numbers from 0, as an override by path has them.
    pub path: String,
    /// The rule that it is of.
    pub rule: Rule<'p>,
    /// What the one policy says; `None` if it says nothing.
    pub before: Option<Said<'p>>,
    /// What the other says.
    pub after: Option<Said<'p>>,
}

/// What a policy says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Said<'p> {
    /// The policy, whose names for classes and bodies hold.
    pub policy: &'p Policy,
    /// What it says.
    pub what: What<'p>,
    /// On what that stands; `None` of names, classes and bodies.
    pub basis: Option<&'p Basis>,
}

/// A rule, or the group that a difference belongs to.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Rule<'p> {
    /// The policy as a whole.
    Policy,
    /// A body that the plan names, by id.
    Role(&'p str, &'p Role),
    /// A customer class.
    Class(&'p Class),
    /// A tier of the supply order.
    Tier(&'p Tier),
    /// A level.
    Level(&'p Level),
    /// The order of the measures.
    CutOrder,
    /// A measure at all levels.
    Measure(&'p Measure),
    /// A measure at one level; `None` in a plan without levels.
    Action(&'p Measure, Option<&'p Level>),
    /// An exemption.
    Exemption(&'p Exemption),
    /// The rotation.
    Rotation,
    /// A duty.
    Duty(&'p Duty),
    /// An act of a response.
    Act(Step),
    /// When a shortage counts as eased.
    Ease,
    /// What is warned of.
    Warn,
}

/// A rule or a value of one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum What<'p> {
    /// A whole body.
    Role(&'p Role),
    /// A whole class.
    Class(&'p Class),
    /// A whole tier.
    Tier(&'p Tier),
    /// A whole level.
    Level(&'p Level),
    /// A whole measure.
    Measure(&'p Measure),
    /// What a measure is at a level.
    Action(&'p super::Action),
    /// A whole exemption.
    Exemption(&'p Exemption),
    /// The whole rotation.
    Rotation(&'p Rotation),
    /// A whole duty.
    Duty(&'p Duty),
    /// A text of the file: a label in one language, a clause.
    Text(&'p str),
    /// A text in both languages.
    Label(&'p Label),
    /// Words: aliases, ids of measures.
    Words(Vec<&'p str>),
    /// Yes or no.
    Flag(bool),
    /// A count, of days.
    Days(u32),
    /// A count, of hours.
    Hours(u32),
    /// m3 a day.
    Volume(u64),
    /// A share of demand.
    Share(Decimal),
    /// A warning's colour.
    Colour(&'p Level),
    /// What triggers a level.
    When(&'p Level),
    /// Bodies, by id.
    Roles(&'p [String]),
    /// The ranks of a tier.
    Ranks(&'p [Vec<Take>]),
    /// One rank of a tier.
    Takes(&'p [Take]),
    /// Whom a rule is about.
    Who(&'p Selector),
    /// What may or must be cut.
    Cut(&'p Cut),
    /// The only tiers that a measure reaches; none for all.
    Tiers(&'p [u32]),
    /// When something holds.
    Validity(Validity),
    /// What orders the gas inside a measure.
    Within(&'p [RankKey]),
    /// Who is cut inside a cell.
    Sharing(Sharing),
    /// When a duty is due.
    Due(Due),
    /// A whole act of a response: who does it, and of giving back supply in which order.
    Act(Step, &'p Response),
    /// The order in which supply is given back.
    RestoreOrder(&'p RestoreOrder),
    /// All of when a shortage counts as eased.
    Ease(&'p Ease),
    /// Shares, such as of the day's nomination.
    Shares(&'p [Decimal]),
    /// Hours of notice; `None` if a plan does not say.
    Notice(Option<u32>),
    /// How a rule relates to the plan's text.
    Status(Status),
}

/// All that two policies do not say alike, in the order of a policy file.
pub fn differences<'p>(before: &'p Policy, after: &'p Policy) -> Vec<Difference<'p>> {
    let mut compare = Compare { before, after, found: Vec::new() };
    compare.part("policy.in_force", Rule::Policy, [None, None], (before.in_force, after.in_force), What::Validity);
    compare.roles();
    compare.classes();
    compare.tiers();
    compare.levels();
    measures::compare(&mut compare);
    compare.exemptions();
    compare.rotation();
    compare.duties();
    response::compare(&mut compare);
    compare.found
}

/// Both sides of something.
type Both<T> = (T, T);
/// On what both sides stand.
type Bases<'p> = [Option<&'p Basis>; 2];

struct Compare<'p> {
    before: &'p Policy,
    after: &'p Policy,
    found: Vec<Difference<'p>>,
}

impl<'p> Compare<'p> {
    fn push(&mut self, path: String, rule: Rule<'p>, bases: Bases<'p>, [before, after]: [Option<What<'p>>; 2]) {
        let said = |policy, what: Option<What<'p>>, basis| what.map(|what| Said { policy, what, basis });
        let (before, after) = (said(self.before, before, bases[0]), said(self.after, after, bases[1]));
        self.found.push(Difference { path, rule, before, after });
    }

    /// A part that both have, if it is not the same.
    fn part<T: PartialEq>(
        &mut self,
        path: &str,
        rule: Rule<'p>,
        bases: Bases<'p>,
        (before, after): Both<T>,
        what: impl Fn(T) -> What<'p>,
    ) {
        if before != after {
            self.push(path.to_owned(), rule, bases, [Some(what(before)), Some(what(after))]);
        }
    }

    /// What a rule is called.
    fn label(&mut self, path: &str, rule: Rule<'p>, (before, after): Both<&'p Label>) {
        self.part(&format!("{path}.en"), rule, [None, None], (before.en.as_str(), after.en.as_str()), What::Text);
        self.part(&format!("{path}.zh"), rule, [None, None], (before.zh.as_str(), after.zh.as_str()), What::Text);
    }

    /// The basis of a rule, told by itself only if `since` nothing else of the rule was found to differ.
    fn basis(&mut self, path: &str, rule: Rule<'p>, (before, after): Both<&'p Basis>, since: usize) {
        if self.found.len() > since {
            return;
        }
        let both = [Some(before), Some(after)];
        let clauses = (before.clause.as_str(), after.clause.as_str());
        self.part(&format!("{path}.clause"), rule, both, clauses, What::Text);
        self.part(&format!("{path}.status"), rule, both, (before.status, after.status), What::Status);
        self.part(&format!("{path}.note"), rule, both, (&before.note, &after.note), What::Label);
    }

    /// Rules that both have, and those that one lacks: in the order of the first, then those that only the second has.
    fn matched<T>(
        &mut self,
        (before, after): Both<&'p [T]>,
        same: impl Fn(&T, &T) -> bool,
        mut tell: impl FnMut(&mut Self, [Option<(usize, &'p T)>; 2]),
    ) {
        for (at, one) in before.iter().enumerate() {
            let other = after.iter().position(|other| same(one, other));
            tell(self, [Some((at, one)), other.map(|other| (other, &after[other]))]);
        }
        for (at, other) in after.iter().enumerate() {
            if !before.iter().any(|one| same(one, other)) {
                tell(self, [None, Some((at, other))]);
            }
        }
    }

    fn roles(&mut self) {
        let (before, after) = (&self.before.roles, &self.after.roles);
        let ids: std::collections::BTreeSet<&'p String> = before.keys().chain(after.keys()).collect();
        for id in ids {
            let path = format!("roles.{id}");
            match (before.get(id), after.get(id)) {
                (Some(one), Some(other)) => self.label(&path, Rule::Role(id, other), (&one.label, &other.label)),
                (one, other) => {
                    let Some(role) = one.or(other) else { continue };
                    self.push(path, Rule::Role(id, role), [None, None], [one, other].map(|role| role.map(What::Role)));
                }
            }
        }
    }

    fn classes(&mut self) {
        let both = (self.before.classes.as_slice(), self.after.classes.as_slice());
        self.matched(
            both,
            |one, other| one.id == other.id,
            |this, sides| {
                let [one, other] = sides.map(|side| side.map(|(_, class)| class));
                let Some(class) = other.or(one) else { return };
                let (path, rule) = (format!("classes.{}", class.id), Rule::Class(class));
                let (Some(one), Some(other)) = (one, other) else {
                    return this.push(path, rule, [None, None], [one, other].map(|class| class.map(What::Class)));
                };
                this.label(&path, rule, (&one.label, &other.label));
                let words = |class: &'p Class| class.aliases.iter().map(String::as_str).collect::<Vec<_>>();
                this.part(&format!("{path}.aliases"), rule, [None, None], (words(one), words(other)), What::Words);
                this.part(&format!("{path}.boiler"), rule, [None, None], (one.boiler, other.boiler), What::Flag);
            },
        );
    }

    fn tiers(&mut self) {
        let both = (self.before.tiers.as_slice(), self.after.tiers.as_slice());
        self.matched(
            both,
            |one, other| one.number == other.number,
            |this, sides| {
                let [one, other] = sides.map(|side| side.map(|(_, tier)| tier));
                let Some((at, tier)) = sides[1].or(sides[0]) else { return };
                let (path, rule) = (format!("tiers.{at}"), Rule::Tier(tier));
                let bases = [one, other].map(|tier| tier.map(|tier| &tier.basis));
                let (Some(one), Some(other)) = (one, other) else {
                    return this.push(path, rule, bases, [one, other].map(|tier| tier.map(What::Tier)));
                };
                this.label(&path, rule, (&one.label, &other.label));
                let since = this.found.len();
                let policies = [this.before, this.after];
                if one.ranks.len() != other.ranks.len() {
                    let ranks = [one, other].map(|tier| Some(What::Ranks(&tier.ranks)));
                    this.push(format!("{path}.ranks"), rule, bases, ranks);
                } else if !same_ranks(policies, [&one.ranks, &other.ranks]) {
                    for (at, (one, other)) in one.ranks.iter().zip(&other.ranks).enumerate() {
                        if !same_takes(policies, [one, other]) {
                            let takes = [Some(What::Takes(one)), Some(What::Takes(other))];
                            this.push(format!("{path}.ranks.{at}.takes"), rule, bases, takes);
                        }
                    }
                }
                this.basis(&path, rule, (&one.basis, &other.basis), since);
            },
        );
    }

    fn levels(&mut self) {
        let both = (self.before.levels.as_slice(), self.after.levels.as_slice());
        self.matched(
            both,
            |one, other| one.id == other.id,
            |this, sides| {
                let [one, other] = sides.map(|side| side.map(|(_, level)| level));
                let Some(level) = other.or(one) else { return };
                let (path, rule) = (format!("levels.{}", level.id), Rule::Level(level));
                let bases = [one, other].map(|level| level.map(|level| &level.basis));
                let (Some(one), Some(other)) = (one, other) else {
                    return this.push(path, rule, bases, [one, other].map(|level| level.map(What::Level)));
                };
                this.label(&path, rule, (&one.label, &other.label));
                let since = this.found.len();
                if (one.band, one.area_band) != (other.band, other.area_band) {
                    let when = [Some(What::When(one)), Some(What::When(other))];
                    this.push(format!("{path}.when"), rule, bases, when);
                }
                if (&one.colour, &one.colour_label) != (&other.colour, &other.colour_label) {
                    let colour = [Some(What::Colour(one)), Some(What::Colour(other))];
                    this.push(format!("{path}.colour"), rule, bases, colour);
                }
                for (key, one, other) in [
                    ("proposed_by", &one.proposed_by, &other.proposed_by),
                    ("approved_by", &one.approved_by, &other.approved_by),
                    ("reported_to", &one.reported_to, &other.reported_to),
                    ("at_discretion", &one.discretion, &other.discretion),
                ] {
                    let both = (one.as_slice(), other.as_slice());
                    this.part(&format!("{path}.{key}"), rule, bases, both, What::Roles);
                }
                this.basis(&path, rule, (&one.basis, &other.basis), since);
            },
        );
    }

    fn exemptions(&mut self) {
        let both = (self.before.exemptions.as_slice(), self.after.exemptions.as_slice());
        self.matched(
            both,
            |one, other| one.id == other.id,
            |this, sides| {
                let [one, other] = sides.map(|side| side.map(|(_, exemption)| exemption));
                let Some(exemption) = other.or(one) else { return };
                let (path, rule) = (format!("exemptions.{}", exemption.id), Rule::Exemption(exemption));
                let bases = [one, other].map(|exemption| exemption.map(|exemption| &exemption.basis));
                let (Some(one), Some(other)) = (one, other) else {
                    return this.push(path, rule, bases, [one, other].map(|exemption| exemption.map(What::Exemption)));
                };
                this.label(&path, rule, (&one.label, &other.label));
                let since = this.found.len();
                let measures = |policy: &'p Policy, exemption: &'p Exemption| -> Vec<&'p str> {
                    let ids = exemption.measures.iter().filter_map(|at| policy.measures.get(*at));
                    ids.map(|measure| measure.id.as_str()).collect()
                };
                let both = (measures(this.before, one), measures(this.after, other));
                this.part(&format!("{path}.measures"), rule, bases, both, What::Words);
                this.who(&format!("{path}.who"), rule, bases, (&one.who, &other.who));
                this.basis(&path, rule, (&one.basis, &other.basis), since);
            },
        );
    }

    fn who(&mut self, path: &str, rule: Rule<'p>, bases: Bases<'p>, (one, other): Both<&'p Selector>) {
        if !same_who([self.before, self.after], [one, other]) {
            self.push(path.to_owned(), rule, bases, [Some(What::Who(one)), Some(What::Who(other))]);
        }
    }

    fn rotation(&mut self) {
        let [one, other] = [&self.before.rotation, &self.after.rotation].map(Option::as_ref);
        let bases = [one, other].map(|rotation| rotation.map(|rotation| &rotation.basis));
        let (path, rule, since) = ("rotation", Rule::Rotation, self.found.len());
        match (one, other) {
            (None, None) => {}
            (Some(one), Some(other)) => {
                self.part("rotation.from", rule, bases, (one.from, other.from), What::Share);
                self.part("rotation.step", rule, bases, (one.step, other.step), What::Share);
                self.part("rotation.rest_days", rule, bases, (one.rest_days, other.rest_days), What::Days);
                let longest = (one.longest_run_days, other.longest_run_days);
                self.part("rotation.longest_run_days", rule, bases, longest, What::Days);
                self.basis(path, rule, (&one.basis, &other.basis), since);
            }
            _ => self.push(path.to_owned(), rule, bases, [one, other].map(|rotation| rotation.map(What::Rotation))),
        }
    }

    fn duties(&mut self) {
        let both = (self.before.duties.as_slice(), self.after.duties.as_slice());
        self.matched(
            both,
            |one, other| one.id == other.id,
            |this, sides| {
                let [one, other] = sides.map(|side| side.map(|(_, duty)| duty));
                let Some(duty) = other.or(one) else { return };
                let (path, rule) = (format!("duties.{}", duty.id), Rule::Duty(duty));
                let bases = [one, other].map(|duty| duty.map(|duty| &duty.basis));
                let (Some(one), Some(other)) = (one, other) else {
                    return this.push(path, rule, bases, [one, other].map(|duty| duty.map(What::Duty)));
                };
                this.label(&path, rule, (&one.label, &other.label));
                let since = this.found.len();
                let by = (one.owed_by.as_slice(), other.owed_by.as_slice());
                this.part(&format!("{path}.owed_by"), rule, bases, by, What::Roles);
                let to = (one.owed_to.as_slice(), other.owed_to.as_slice());
                this.part(&format!("{path}.owed_to"), rule, bases, to, What::Roles);
                this.part(&format!("{path}.due"), rule, bases, (one.due, other.due), What::Due);
                this.basis(&path, rule, (&one.basis, &other.basis), since);
            },
        );
    }
}
