//! Decisions and policies as text, JSON and CSV, in both languages. Knows nothing of how they were made.

mod areas;
pub(crate) mod curve;
#[cfg_attr(not(feature = "record"), allow(dead_code, reason = "papers are made of a record"))]
pub(crate) mod document;
#[cfg_attr(not(feature = "record"), allow(dead_code, reason = "papers are made of a record"))]
pub(crate) mod drill;
#[cfg(feature = "record")]
pub(crate) mod due;
pub(crate) mod encoding;
pub(crate) mod explain;
pub(crate) mod fit;
pub(crate) mod fmt;
pub(crate) mod hourly_orders;
pub(crate) mod hours;
#[cfg(feature = "record")]
pub(crate) mod meter;
#[cfg(feature = "record")]
pub(crate) mod notice;
pub(crate) mod orders;
pub(crate) mod page;
pub(crate) mod proof;
#[cfg(feature = "record")]
pub(crate) mod report;
#[cfg(feature = "record")]
pub(crate) mod response;
pub(crate) mod revision;
#[cfg(feature = "record")]
pub(crate) mod rota;
pub(crate) mod rules;
pub(crate) mod screen;
pub(crate) mod sheets;
pub(crate) mod simulation;
mod svg;
mod tables;
pub(crate) mod trials;
pub(crate) mod verification;
pub(crate) mod words;

use crate::units::Date;

/// A gas day with both its ends as the case's clock shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GasDay {
    /// The date that names it.
    pub date: Date,
    /// When it begins, `2026-01-07 08:00`.
    pub from: String,
    /// When it ends.
    pub until: String,
    /// The IANA name of the time zone.
    pub zone: String,
    /// How many hours it has: 24 but for the days on which the clock is put forward or back.
    pub hours: i64,
}
