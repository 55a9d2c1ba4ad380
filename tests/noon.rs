//! Noon: what remains of a gas day is decided again while its past is fixed and the order in force stands.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[allow(dead_code, reason = "towns and sums alone are of use here")]
mod common;
#[allow(dead_code, reason = "its towns alone are of use here")]
mod reference;

#[path = "noon/by_hand.rs"]
mod by_hand;
#[path = "noon/hours.rs"]
mod hours;
#[cfg(feature = "record")]
#[path = "noon/program.rs"]
mod program;
#[path = "noon/random.rs"]
mod random;
#[allow(dead_code, reason = "some shapes are for other tests")]
#[path = "properties/towns.rs"]
mod towns;
#[path = "by_the_hour/towns.rs"]
mod towns_by_the_hour;
#[path = "noon/unchanged.rs"]
mod unchanged;
#[path = "noon/verified.rs"]
mod verified;
