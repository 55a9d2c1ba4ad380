//! Tests that the author of a policy ships beside it: small cities, shortfalls, and what the plan then says.
//!
//! A file `my-plan.test.toml` lies beside `my-plan.toml`; it describes a city, and then test after test what must come
//! out of it:
//!
//! ```toml
//! [city]
//! customers = [
//!     { customer_id = "hut", class = "homes", demand_m3 = 700 },
//!     { customer_id = "inn", class = "inns", demand_m3 = 300, floor_m3 = 100 },
//! ]
//!
//! [[test]]
//! name = "Inns lose gas before homes"
//! clause = "3"
//! shortfall = 20      # percent: 200 of 1,000 m3
//! expect.status = "balanced"
//! expect.measures.close-inns = 200
//! expect.customers.hut.cut_m3 = 0
//! ```
//!
//! A [`Suite`] that exists is sound: every name in it is one of the policy or of its city. Running it gives a
//! [`Report`]: an [`Outcome`] a test, and a [`Coverage`], which says of each rule of the policy whether any test depends
//! on it. `source` reads the file, `town` its cities, `expect` what is expected.

mod compare;
mod coverage;
mod expect;
mod files;
mod messages;
mod mutants;
mod run;
mod source;
mod town;

use crate::Label;
use crate::city::City;
use crate::decide::{Day, Decision};
use crate::problem::Place;

pub use coverage::{Coverage, Covered, Found, RuleKind};
pub use messages::TrialMessage;

use expect::Expect;
#[cfg(feature = "cli")]
pub(crate) use expect::{BALANCE, TOTALS};

/// The tests of one policy.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Suite {
    /// The cities that they are about.
    pub cities: Vec<City>,
    /// In the order of the file; at least one.
    pub trials: Vec<Trial>,
}

/// One test: a day of a city, and what the plan says of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Trial {
    /// What it is called.
    pub name: Label,
    /// The clause that it is about; may be empty.
    pub clause: String,
    /// Where it stands.
    pub place: Place,
    /// Its city, by index in [`Suite::cities`].
    pub city: usize,
    /// The day, with its supply and demand as the test has them.
    pub day: Day,
    /// Whether the outer districts join the urban balance.
    pub unified: bool,
    /// What the plan says.
    expect: Expect,
}

/// What came of the tests of one policy.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// One a test, in their order.
    pub outcomes: Vec<Outcome>,
    /// Which rules of the policy the tests depend on.
    pub coverage: Coverage,
}

impl Report {
    /// Whether every test came out as expected.
    pub fn passes(&self) -> bool {
        self.outcomes.iter().all(Outcome::passes)
    }
}

/// What came of one test.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// What was decided.
    pub decision: Decision,
    /// Where that is not what was expected, in the order of the file; empty if the test passes.
    pub mismatches: Vec<Mismatch>,
}

impl Outcome {
    /// Whether all came out as expected.
    pub const fn passes(&self) -> bool {
        self.mismatches.is_empty()
    }
}

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mismatch {
    /// What is expected to be otherwise, as a path below `expect`: `customers.inn.cut_m3`.
    pub what: String,
    /// Where the expectation stands.
    pub place: Place,
    /// What it says.
    pub expected: String,
    /// What was decided.
    pub found: String,
}
