//! What is true of a plan at every shortfall, as a screen and as data.

mod alone;
pub(crate) mod diff;
mod json;
mod say;
mod screen;

pub(crate) use alone::{json as alone_json, page as alone};
pub(crate) use json::write as json;
pub(crate) use screen::page;

/// That hours are not considered.
pub(crate) fn whole_days(lang: crate::Lang) -> String {
    super::words::Word::ProofWholeDays.text(lang)
}
