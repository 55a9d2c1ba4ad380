//! The plan as a table of days worked by hand: one case at least for each sentence of section 二(二), and one at,
//! just under and just over each boundary. Every expectation is held by the reference too.
//!
//! `plan/text.rs` tells how cities and outcomes are written. An outcome is compared whole: what it does not list did
//! not happen.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;
mod reference;

#[path = "plan/text.rs"]
mod text;

/// Cases: a name, the clause, a city, and what the plan says of it.
macro_rules! cases {
    ($($name:ident, $clause:literal, $city:expr, $says:expr;)*) => { $(
        #[test]
        fn $name() {
            crate::check($clause, $city.as_ref(), $says.as_ref());
        }
    )* };
}

#[path = "plan/levels.rs"]
mod levels;
#[path = "plan/limits.rs"]
mod limits;
#[path = "plan/measures.rs"]
mod measures;
#[path = "plan/order.rs"]
mod order;
#[path = "plan/rotation.rs"]
mod rotation;
#[path = "plan/scope.rs"]
mod scope;

fn check(clause: &str, city: &str, says: &str) {
    let town = text::town(city);
    let by_hand = text::tidy(says);
    let reference = reference::decide(&town).expect("the city has demand");
    let decided = common::decide(&town, curtail::decide::Solver::Confirmed).expect("the city is sound");
    for (who, outcome) in [("the reference", &reference), ("the library", &decided)] {
        let says = text::outcome(&town, outcome);
        assert!(by_hand == says, "{clause}\n{city}\n\nby hand:\n{by_hand}\nbut {who} says:\n{says}");
    }
    assert_eq!(reference, decided, "{clause}: what the text does not show differs, for{city}");
}
