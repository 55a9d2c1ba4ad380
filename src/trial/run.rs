//! Runs the tests of a policy.

use super::source::here;
use super::{Outcome, Report, Suite, Trial, compare, coverage};
use crate::decide::{Decision, Options, Prepared, Solver};
use crate::policy::Policies;
use crate::problem::Problems;

impl Suite {
    /// Decides every test's day and holds it against what is expected; then takes away each rule of the policy in turn,
    /// to see whether a test depends on it.
    ///
    /// # Errors
    /// What is wrong with the days of tests: no demand, no supply, an area that is not decided; or a failure of the linear
    /// program where only it can decide.
    pub fn run(&self, policies: &Policies) -> Result<Report, Problems> {
        let mut problems = Problems::new();
        let mut decisions = Vec::with_capacity(self.trials.len());
        self.each(policies, Solver::Confirmed, &mut |trial, decided| {
            match decided {
                Ok(decision) => {
                    problems.extend(compare::undecided(&trial.expect, &decision).unwrap_or_default());
                    decisions.push(decision);
                }
                Err(found) => found.into_iter().for_each(|problem| problems.push(here(problem, &trial.place))),
            }
            true
        });
        let (decisions, _) = problems.or(decisions)?;
        let coverage = coverage::measure(self, policies, &decisions)?;
        let outcome = |(trial, decision): (&Trial, Decision)| {
            let mismatches = compare::mismatches(&trial.expect, &policies.main, &decision);
            Outcome { decision, mismatches }
        };
        Ok(Report { outcomes: self.trials.iter().zip(decisions).map(outcome).collect(), coverage })
    }

    /// Decides test after test under a policy, as long as `take` wants more.
    pub(super) fn each(
        &self,
        policies: &Policies,
        solver: Solver,
        take: &mut dyn FnMut(&Trial, Result<Decision, Problems>) -> bool,
    ) {
        // Tests of one city mostly stand together: a city is made ready once for each run of them.
        let same = |a: &Trial, b: &Trial| a.city == b.city && a.unified == b.unified;
        for trials in self.trials.chunk_by(same) {
            let Some(first) = trials.first() else { continue };
            let Some(city) = self.cities.get(first.city) else { continue };
            let options = Options { solver, unified: first.unified, ..Options::default() };
            let prepared = Prepared::new(policies, city, options);
            for trial in trials {
                let decided = match &prepared {
                    Ok(prepared) => prepared.decide(&trial.day),
                    Err(problems) => Err(problems.clone()),
                };
                if !take(trial, decided) {
                    return;
                }
            }
        }
    }
}
