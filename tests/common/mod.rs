//! From the tests' own towns to the library and back.

use crate::reference::{Outcome, Town};

/// The library's decision.
pub fn decide(town: &Town) -> Result<Outcome, String> {
    crate::reference::decide(town).ok_or_else(String::new)
}
