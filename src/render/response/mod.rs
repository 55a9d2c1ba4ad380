//! The life of a response on the screen: what was done, where things stand, what the record says.

mod list;
mod log;
mod nomination;
mod status;
mod words;

pub(crate) use list::list;
pub(crate) use log::log;
pub(crate) use nomination::nomination;
pub(crate) use status::{next, status};
pub(crate) use words::Word as Said;
