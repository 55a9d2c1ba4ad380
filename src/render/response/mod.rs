//! The life of a response on the screen: what was done, where things stand, what the record says.

mod json;
mod list;
mod log;
mod nomination;
mod restoration;
mod status;
mod words;

pub(crate) use json::json;
pub(crate) use list::list;
pub(crate) use log::{event, log};
pub(crate) use nomination::nomination;
pub(crate) use restoration::Restoring;
pub(crate) use status::{Owed, next, status};
pub(crate) use words::Word as Said;
