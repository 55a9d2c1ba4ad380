//! The library as a product: what an embedder relies on, and the primitives of a policy that Xi'an's plan leaves unused.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "library/areas.rs"]
mod areas;
#[path = "library/ferc.rs"]
mod ferc;
#[path = "library/netherlands.rs"]
mod netherlands;
#[path = "library/policy_text.rs"]
mod policy_text;
#[path = "library/rotation.rs"]
mod rotation;
#[path = "library/same.rs"]
mod same;
#[path = "library/shanxi.rs"]
mod shanxi;
#[path = "library/texas.rs"]
mod texas;
#[path = "library/town.rs"]
mod town;

use curtail::city::read::Case;
use curtail::city::{City, CityBuilder, DemandOfDay};
use curtail::decide::allocate::{self, Arc, Cell, Network, Node, Question, Reach, Shares, Tight, Unanswered};
use curtail::decide::whatif::WhatIf;
use curtail::decide::{Day, Decision, Options, Prepared, Solver};
use curtail::policy::{Policies, Policy};
use curtail::problem::{Message, Place, Problem, Problems};
use curtail::units::{Date, Decimal, Fraction, Hours, M3};

/// A compile-time assertion: what an embedder keeps can be shared by threads and sent between them.
const fn shared<T: Send + Sync>() {}
const _: () = {
    shared::<(Policy, Policies, City, CityBuilder, Case, DemandOfDay)>();
    shared::<(Day, Decision, Options, Solver, Prepared<'_>, WhatIf)>();
    shared::<(Message, Place, Problem, Problems)>();
    shared::<(Date, Decimal, Fraction, Hours, M3)>();
    shared::<(Arc, Cell, Network, Node, Question<'_>, Reach, Shares, Tight, Unanswered, allocate::exact::Prepared)>();
};
