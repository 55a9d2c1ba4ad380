//! One balance to be checked: what the case says of it beside what the decision says.

use super::hours::{Hours, Lay};
use super::{Rule, Violation, must, same};
use crate::decide::evidence::Evidence;
use crate::decide::verifying::{Cut, HourCell, Scope, scopes};
use crate::decide::{Day, Decision, Detail, Prepared};
use crate::policy::Standing;

/// One balance.
pub(super) struct Check<'a> {
    pub scope: Scope<'a>,
    pub decision: &'a Decision,
    pub detail: &'a Detail,
    pub evidence: &'a Evidence,
    /// The level in force, once it is checked.
    pub standing: Standing,
    /// Whether each district of the scope takes its turn, once that is checked.
    pub rotating: Vec<bool>,
    /// The slices of the policy, once they are checked.
    pub cut: Option<Cut>,
    /// What each cell of the slices would get if no order were in force: what cuts and flows prove.
    pub cells: Vec<u64>,
    /// What each gets by the decision.
    pub given: Vec<u64>,
    /// The whole day as if it began now, where its rest is decided again.
    pub whole: Option<Box<Check<'a>>>,
    /// The network by the hour, where hours are decided.
    pub lay: Option<Lay<'a>>,
    /// The hours, once they are checked.
    pub hours: Option<Hours>,
}

impl Check<'_> {
    /// Where something is: the balance, and what in it.
    pub fn at(&self, what: &str) -> String {
        match &self.decision.area {
            Some(area) => format!("{area}: {what}"),
            None => what.to_owned(),
        }
    }

    /// An hour as people say it.
    pub fn hour_name(&self, hour: usize) -> String {
        self.scope.clock().get(hour).map_or_else(String::new, |clock| format!("{clock:02}:00"))
    }

    /// Where a cell of an hour is.
    pub fn at_cell(&self, cell: &HourCell) -> String {
        let (district, hour) = (self.scope.district_id(cell.district), self.hour_name(cell.hour as usize));
        self.at(&format!("rank {} {district} {hour}", cell.rank + 1))
    }

    /// What each source of the scope gives, or has left to give, in m3, in their order.
    pub fn supply(&self) -> Vec<u64> {
        self.scope.supply()
    }

    /// What a customer gets of what is decided: all of it, or what it gets after the hours that are past.
    pub fn served(&self, at: usize) -> u64 {
        let all = self.detail.customers.get(at).map_or(0, |share| share.served_m3.get());
        all.saturating_sub(self.scope.taken(at))
    }
}

/// The balances of a decision, each beside the case's.
pub(super) fn checks<'a>(
    prepared: &'a Prepared<'a>,
    day: &'a Day,
    whole: Option<(&'a Prepared<'a>, &'a Day)>,
    decision: &'a Decision,
) -> Result<Vec<Check<'a>>, Violation> {
    let mut checks = those_of(prepared, day, day, decision)?;
    if let Some((prepared, whole)) = whole {
        let whole = those_of(prepared, whole, day, decision)?;
        checks.iter_mut().zip(whole).for_each(|(check, whole)| check.whole = Some(Box::new(whole)));
    }
    Ok(checks)
}

fn those_of<'a>(
    prepared: &'a Prepared<'a>,
    day: &'a Day,
    forecast: &Day,
    decision: &'a Decision,
) -> Result<Vec<Check<'a>>, Violation> {
    let rule = Rule::Whole;
    let mut checks = Vec::new();
    // A district whose forecast is none is not decided, whatever was taken there.
    let with_demand =
        scopes(prepared, day).into_iter().filter(|scope| !scope.is_outer() || scope.is_decided_on(forecast));
    let mut given = std::iter::once(decision).chain(&decision.areas);
    for scope in with_demand {
        let name = scope.area().unwrap_or_default();
        let found = given.next();
        must(rule, found.is_some(), || "areas".into(), name, "-")?;
        let Some(found) = found else { break };
        let at = |what: &str| format!("{name} {what}").trim().to_owned();
        let (Some(detail), Some(evidence)) = (&found.detail, &found.evidence) else {
            return Err(Violation { rule, at: at("detail"), expected: "detail, evidence".into(), found: "-".into() });
        };
        // Outer districts stand side by side: what hung below one of them would be read by nobody here.
        let below = found.areas.first().filter(|_| found.area.is_some()).map(|area| area.area.as_deref());
        must(rule, below.is_none(), || at("areas"), "-", below.flatten().unwrap_or("?"))?;
        same(rule, || at("area"), name, found.area.as_deref().unwrap_or_default())?;
        same(rule, || at("schema"), crate::decide::SCHEMA, &found.schema)?;
        same(rule, || at("date"), day.date, found.date)?;
        same(rule, || at("case"), &scope.city().settings.name, &found.case)?;
        same(rule, || at("volume_basis"), &scope.city().settings.volume_basis, &found.volume_basis)?;
        let policy = scope.policy();
        same(rule, || at("policy.id"), &policy.id, &found.policy.id)?;
        same(rule, || at("policy.version"), &policy.version, &found.policy.version)?;
        same(rule, || at("policy.digest"), &policy.digest, &found.policy.digest)?;
        let lay = (scope.is_hourly() && !scope.shares_by_hour() && scope.past().is_none()).then(|| Lay::of(&scope));
        let rotating = vec![false; scope.districts().len()];
        checks.push(Check {
            scope,
            decision: found,
            detail,
            evidence,
            standing: Standing::NoShortage,
            rotating,
            cut: None,
            cells: Vec::new(),
            given: Vec::new(),
            whole: None,
            lay,
            hours: None,
        });
    }
    let more = given.next().and_then(|area| area.area.clone());
    must(rule, more.is_none(), || "areas".into(), "-", more.as_deref().unwrap_or_default())?;
    Ok(checks)
}
