//! From a decision to the entry that proposes it: its figures in brief, and all that it rests on.

use std::collections::BTreeMap;

use super::entry::{DecisionId, PolicyRef, Proposed, Steps, Wanted};
use super::memory::{self, BORNE};
use super::messages::RecordMessage as M;
use super::store::Draft;
use crate::city::read::{Case, Ungathered};
use crate::decide::Decision;
use crate::policy::{Policy, Step};

/// Under this name the folder of a case's files begins.
pub(super) const CASE: &str = "case/";

/// The decision, as `decide` writes it.
pub const DECISION: &str = "decision.json";

/// What `decide` was asked, and what it answered.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The case, opened with its tables kept.
    pub case: &'a Case,
    /// The decision, with its evidence.
    pub decision: &'a Decision,
    /// `decision.json`, byte for byte, and whatever else was written beside it, by name.
    pub files: Vec<(&'a str, &'a [u8])>,
    /// The arguments of `decide` that give it again.
    pub asked: Vec<String>,
}

impl Answer<'_> {
    /// What goes into the record: the contents, and the entry but for its number, which it gets when it is added.
    ///
    /// # Errors
    /// That a policy changed meanwhile, or cannot be kept.
    pub fn draft(&self) -> Result<(Draft, Proposed), M> {
        let (decision, policy) = (self.decision, &self.case.policies.main);
        let mut draft = Draft::default();
        let mut add = |name: String, content: &[u8]| {
            draft.add(name, content).map_err(|error| M::Unpackable { what: error.to_string() })
        };
        for (name, content) in &self.files {
            add((*name).to_owned(), content)?;
        }
        for (name, content) in self.case.day_files(decision.date).map_err(ungathered)? {
            add(format!("{CASE}{name}"), &content)?;
        }
        let borne = memory::borne(decision, policy);
        if !borne.is_empty() {
            let text = serde_json::to_vec(&borne).map_err(|error| M::Unpackable { what: error.to_string() })?;
            add(BORNE.to_owned(), &text)?;
        }
        let level = decision.level.as_ref().map(|level| level.id.clone());
        let proposed = Proposed {
            id: DecisionId { date: decision.date, number: 0 },
            policy: PolicyRef { id: policy.id.clone(), version: policy.version.clone(), digest: policy.digest.clone() },
            revises: decision.revision.as_ref().and_then(|revision| revision.revises.as_ref()?.parse().ok()),
            at: decision.revision.as_ref().map(|revision| revision.at.clone()),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            asked: self.asked.clone(),
            steps: steps(policy, level.as_deref()),
            level,
            levels: policy.levels.iter().map(|level| level.id.clone()).collect(),
            demand_m3: decision.balance.demand_m3,
            supply_m3: decision.balance.supply_m3,
            deliverable_m3: decision.balance.deliverable_m3,
            cut_m3: decision.totals.cut_m3,
            beyond_authority_m3: decision.totals.beyond_authority_m3,
            customers_cut: decision.totals.customers_cut,
            turns: memory::turns(decision, &self.case.city, policy),
            files: BTreeMap::new(),
        };
        Ok((draft, proposed))
    }
}

/// Whom the policy asks for, at a level.
pub fn steps(policy: &Policy, level: Option<&str>) -> Steps {
    let bodies = policy.roles.iter().map(|(id, role)| (id.clone(), role.label.clone())).collect();
    let mut steps = Steps { who: BTreeMap::new(), bodies };
    let mut wants = |step: Step, by: &[String], clause: &str| {
        if !by.is_empty() {
            steps.who.insert(step, Wanted { by: by.to_vec(), clause: clause.to_owned() });
        }
    };
    for step in Step::OF_A_RESPONSE {
        if let Some(authority) = policy.response.acts.get(&step) {
            wants(step, &authority.by, &authority.basis.clause);
        }
    }
    if let Some(level) = level.and_then(|id| policy.levels.iter().find(|level| level.id == id)) {
        wants(Step::Propose, &level.proposed_by, &level.basis.clause);
        wants(Step::Approve, &level.approved_by, &level.basis.clause);
    }
    steps
}

fn ungathered(why: Ungathered) -> M {
    match why {
        Ungathered::Changed(name) => M::PolicyChanged { path: name },
        Ungathered::Outside(name) => M::PolicyOutside { path: name },
        Ungathered::NotKept => M::Unpackable { what: "the case was opened without its files".to_owned() },
    }
}
