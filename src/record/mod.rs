//! The record: from a proposal to an order and an end, in one SQLite file (section 7 of the decision model).
//!
//! It is a list of [`Entry`]s to which things are only ever added: each carries the hash of the one before, so that the
//! head of the chain, printed on an order, vouches for all that led to it. What is large (a decision, the rows it was made from) lies beside the
//! entries, compressed, under its digest. What the entries mean together is a [`Book`]; who may add what, and when, it says
//! itself. The room does not know how a decision is made, nor what time it is.

mod blobs;
mod book;
mod chain;
mod comply;
mod ease;
mod entry;
mod export;
mod kept;
mod life;
mod lists;
mod memory;
mod messages;
mod meter;
mod moment;
mod notices;
mod propose;
mod restored;
mod store;
mod sweep;

pub use crate::policy::Step;
pub use book::{Act, Book, Departed, Dossier, Response, Stage};
pub use chain::Head;
pub use comply::{Back, compliance};
pub use ease::Eased;
pub use entry::{
    Borne, By, DecisionId, Departure, Digest, Entry, Event, Instead, Listed, NotAnId, PolicyRef, Proposed, Restored,
    Steps, Turn, Wanted,
};
pub use lists::{Comparison, Versus, compare};
pub use memory::{Memory, season_begins};
pub(crate) use memory::{borne, listed};
pub use messages::{RecordError, RecordMessage};
pub use meter::{Compliance, DistrictTaken, FOLLOWED, Followed, METERED, MeterRow, MeteredDay, Outcome, Tally};
pub use moment::Moment;
pub use notices::{Addressee, Noticed, Paper, PaperKind};
pub use propose::{Answer, DECISION, steps};
pub use restored::RETURNED;
pub use store::{Days, Draft, Record};
