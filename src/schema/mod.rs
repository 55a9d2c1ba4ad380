//! JSON Schemas (draft 2020-12) of the files that people write and programs read, so that an editor completes and checks
//! them.
//!
//! A decision's is made from its types. A policy, its tests, a demand model, a scenario and a `case.toml` are read key by key by `tree::Reader` and have
//! no types: their schemas are declared here, in both languages, and a test watches the readers at work. A key that a
//! reader asks for and the schema lacks, or the other way round, fails it.

mod case;
mod decision;
mod declare;
mod demand_model;
mod policy;
mod scenario;
#[cfg(test)]
mod tests;
mod tests_file;

use serde_json::Value;

use crate::Lang;

/// The dialect of JSON Schema.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A kind of file that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// `case.toml`.
    Case,
    /// A policy file.
    Policy,
    /// `decision.json`.
    Decision,
    /// The tests of a policy, `plan.test.toml`.
    Tests,
    /// A demand model, as `fit` writes it.
    DemandModel,
    /// A scenario of winters.
    Scenario,
}

/// The schema of a kind of file, its descriptions in one language; those of a decision are in English, as its keys are.
pub(crate) fn of(kind: Kind, lang: Lang) -> Value {
    match kind {
        Kind::Case => case::case(lang),
        Kind::Policy => policy::policy(lang),
        Kind::Decision => decision::decision(),
        Kind::Tests => tests_file::tests_file(lang),
        Kind::DemandModel => demand_model::demand_model(lang),
        Kind::Scenario => scenario::scenario(lang),
    }
}
