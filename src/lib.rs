#![doc = include_str!("../README.md")]
//!
//! A decision flows one way: a [`policy::Policy`] (the plan as data) and a [`city::City`] (customers, districts,
//! sources, links) go through [`decide`], which makes a [`decide::Decision`].

pub mod city;
pub mod curve;
pub mod deadlines;
pub mod decide;
pub mod explain;
pub mod forecast;
pub mod notice;
pub mod policy;
pub mod problem;
pub mod prove;
mod rational;
#[cfg(feature = "record")]
pub mod record;
#[cfg(all(feature = "record", feature = "cli"))]
pub(crate) mod report;
#[cfg(feature = "record")]
pub mod rota;
pub mod simulate;
pub mod tree;
pub mod trial;
pub mod units;
pub mod verify;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod render;
#[cfg(feature = "cli")]
pub(crate) mod schema;

use serde::{Deserialize, Serialize};

/// The language of words that a person reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    Zh,
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// English.
    pub en: String,
    /// 简体中文.
    pub zh: String,
}

impl Label {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}
