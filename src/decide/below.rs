//! Reads the decisions that hang below another one: outer districts stand side by side, so there is one level of them.
//!
//! The type could hang them below each other without end, and a reader that follows it would run out of stack on a file that
//! does. So whatever hangs below a decision that itself hangs below one is refused where it begins.

use std::cell::Cell;
use std::fmt;

use serde::Deserializer;
use serde::de::{Error, SeqAccess, Visitor};

use super::Decision;

thread_local! {
    /// Whether this thread is reading a decision that hangs below another one just now.
    static BELOW: Cell<bool> = const { Cell::new(false) };
}

/// Reads `areas`.
pub(super) fn areas<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Decision>, D::Error> {
    from.deserialize_seq(Areas)
}

struct Areas;

impl<'de> Visitor<'de> for Areas {
    type Value = Vec<Decision>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of decisions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        if BELOW.get() {
            return match list.next_element::<Nothing>()? {
                None => Ok(Vec::new()),
                Some(never) => match never {},
            };
        }
        let mut areas = Vec::new();
        loop {
            BELOW.set(true);
            let area = list.next_element();
            BELOW.set(false);
            match area? {
                Some(area) => areas.push(area),
                None => return Ok(areas),
            }
        }
    }
}

/// What cannot be read.
enum Nothing {}

impl<'de> serde::Deserialize<'de> for Nothing {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom("an outer district has no districts below it"))
    }
}
