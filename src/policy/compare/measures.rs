//! Measures: what is common to their levels, and what each is at each level.

use super::{Bases, Both, Compare, Rule, What};
use crate::policy::measures::ALWAYS;
use crate::policy::{Action, Basis, Cut, Level, Measure, Policy};
use crate::units::Decimal;

pub(super) fn compare(compare: &mut Compare<'_>) {
    let (before, after) = (compare.before, compare.after);
    fn order(policy: &Policy) -> Vec<&str> {
        policy.measures.iter().map(|measure| measure.id.as_str()).collect()
    }
    compare.part("cut_order", Rule::CutOrder, [None, None], (order(before), order(after)), What::Words);
    let both = (before.measures.as_slice(), after.measures.as_slice());
    compare.matched(
        both,
        |one, other| one.id == other.id,
        |this, sides| {
            let [one, other] = sides.map(|side| side.map(|(_, measure)| measure));
            let Some(measure) = other.or(one) else { return };
            let (path, rule) = (format!("measures.{}", measure.id), Rule::Measure(measure));
            let bases = [one, other].map(|measure| measure.and_then(basis));
            match (one, other) {
                (Some(one), Some(other)) => of_one(this, &path, bases, (one, other)),
                _ => this.push(path, rule, bases, [one, other].map(|measure| measure.map(What::Measure))),
            }
        },
    );
}

/// What a measure stands on where no level is asked for: its mildest level's.
fn basis(measure: &Measure) -> Option<&Basis> {
    measure.at.iter().flatten().map(|action| &action.basis).next()
}

fn of_one<'p>(this: &mut Compare<'p>, path: &str, bases: Bases<'p>, (one, other): Both<&'p Measure>) {
    let (rule, since) = (Rule::Measure(other), this.found.len());
    this.label(path, rule, (&one.label, &other.label));
    let labels = this.found.len() - since;
    this.part(&format!("{path}.in_force"), rule, bases, (one.in_force, other.in_force), What::Validity);
    this.part(&format!("{path}.rotates"), rule, bases, (one.rotates, other.rotates), What::Flag);
    let within = (one.within.as_slice(), other.within.as_slice());
    this.part(&format!("{path}.within"), rule, bases, within, What::Within);
    this.part(&format!("{path}.sharing"), rule, bases, (one.sharing, other.sharing), What::Sharing);
    let least = (one.smallest_order_m3, other.smallest_order_m3);
    this.part(&format!("{path}.smallest_order_m3"), rule, bases, least, What::Volume);
    let notice = (one.notice_hours, other.notice_hours);
    this.part(&format!("{path}.notice_hours"), rule, bases, notice, What::Notice);
    // A change for all levels has told the basis of each.
    let told = this.found.len() - since > labels;
    for (level, [before, after]) in by_level(this.before, this.after, (one, other)) {
        let (name, level) = (level.map_or(ALWAYS, |level| level.id.as_str()), level);
        at_level(this, &format!("{path}.{name}"), Rule::Action(other, level), [before, after], told);
    }
}

type Actions<'p> = [Option<&'p Action>; 2];

/// What a measure is at each level that either policy has, mildest first.
fn by_level<'p>(
    before: &'p Policy,
    after: &'p Policy,
    (one, other): Both<&'p Measure>,
) -> Vec<(Option<&'p Level>, Actions<'p>)> {
    let at = |policy: &Policy, measure: &'p Measure, id: Option<&str>| {
        let index = match id {
            Some(id) => policy.level(id)?,
            None if policy.levels.is_empty() => 0,
            None => return None,
        };
        measure.at.get(index)?.as_ref()
    };
    let mut levels: Vec<Option<&Level>> = before.levels.iter().map(Some).collect();
    levels.extend(after.levels.iter().filter(|level| before.level(&level.id).is_none()).map(Some));
    if before.levels.is_empty() || after.levels.is_empty() {
        levels.push(None);
    }
    let row = |level: Option<&'p Level>| {
        let id = level.map(|level| level.id.as_str());
        (level, [at(before, one, id), at(after, other, id)])
    };
    levels.into_iter().map(row).collect()
}

fn at_level<'p>(
    this: &mut Compare<'p>,
    path: &str,
    rule: Rule<'p>,
    [before, after]: [Option<&'p Action>; 2],
    told: bool,
) {
    let bases = [before, after].map(|action| action.map(|action| &action.basis));
    let (one, other) = match (before, after) {
        (None, None) => return,
        (Some(one), Some(other)) => (one, other),
        _ => return this.push(path.to_owned(), rule, bases, [before, after].map(|action| action.map(What::Action))),
    };
    let since = this.found.len();
    this.who(&format!("{path}.who"), rule, bases, (&one.who, &other.who));
    cut(this, path, rule, bases, (&one.cut, &other.cut));
    this.part(&format!("{path}.tiers"), rule, bases, (one.tiers.as_slice(), other.tiers.as_slice()), What::Tiers);
    if !told {
        this.basis(path, rule, (&one.basis, &other.basis), since);
    }
}

fn cut<'p>(this: &mut Compare<'p>, path: &str, rule: Rule<'p>, bases: Bases<'p>, (one, other): Both<&'p Cut>) {
    let key = match (one, other) {
        (Cut::Limit(_), Cut::Limit(_)) => "limit",
        (Cut::Leave(_), Cut::Leave(_)) => "leave",
        (Cut::Stop { hours, required, rebound, .. }, Cut::Stop { hours: when, required: must, rebound: back, .. }) => {
            let back: Both<Decimal> = (*rebound, *back);
            this.part(&format!("{path}.rebound"), rule, bases, back, What::Share);
            if required != must {
                this.part(&format!("{path}.mode"), rule, bases, (one, other), What::Cut);
            }
            if hours == when {
                return;
            }
            "window"
        }
        _ => "cut",
    };
    this.part(&format!("{path}.{key}"), rule, bases, (one, other), What::Cut);
}
