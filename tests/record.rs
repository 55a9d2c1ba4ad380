//! The record of a response: nothing lost, nothing half there, nothing changed unseen. The real program is killed, starved of
//! disk and of rights, run many times at once and cut off from its power.
#![cfg(all(feature = "cli", feature = "record"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, missing_docs)]

#[path = "record/chain.rs"]
mod chain;
#[path = "record/formats.rs"]
mod formats;
#[path = "record/meter.rs"]
mod meter;
#[path = "record/notices.rs"]
mod notices;
#[path = "record/office.rs"]
mod office;
#[path = "record/others.rs"]
mod others;

#[cfg(unix)]
#[path = "record/crowd.rs"]
mod crowd;
#[cfg(target_os = "linux")]
#[path = "record/faults.rs"]
mod faults;
#[cfg(unix)]
#[path = "record/full.rs"]
mod full;
#[cfg(unix)]
#[path = "record/kills.rs"]
mod kills;
#[cfg(unix)]
#[path = "record/rights.rs"]
mod rights;
