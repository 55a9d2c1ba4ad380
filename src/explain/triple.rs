//! The same triple everywhere: the rule's id, the facts it read, its effect.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Because, Binding, Fact, Room};
use crate::decide::Kind;
use crate::units::M3;

/// A rule, what it read, and what it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Triple {
    /// The rule, by its path in the policy file where it stands there.
    pub rule: String,
    /// Its clause, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// What it read.
    pub facts: BTreeMap<&'static str, Value>,
    /// What it did.
    pub effect: BTreeMap<&'static str, Value>,
}

/// A fact or an effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Value {
    /// Nothing of the kind.
    Absent,
    /// A truth.
    Truth(bool),
    /// A whole number; volumes are m3.
    Number(u64),
    /// A word.
    Text(String),
    /// Several numbers.
    Numbers(Vec<u32>),
    /// Several words.
    Words(Vec<String>),
}

impl From<M3> for Value {
    fn from(volume: M3) -> Self {
        Self::Number(volume.get())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

type Values = BTreeMap<&'static str, Value>;

impl Because {
    /// This reason as a triple.
    pub fn triple(&self, room: &Room<'_>) -> Triple {
        let policy = room.policy;
        let level_id = |at: Option<usize>| {
            at.and_then(|at| policy.levels.get(at)).map_or(Value::Absent, |level| Value::Text(level.id.clone()))
        };
        let number = |volume: Option<u64>| volume.map_or(Value::Absent, Value::Number);
        let (mut facts, mut effect) = (Values::new(), Values::new());
        let mut clause = None;
        let rule = match self {
            Self::Level { level, demand, deliverable, shortfall } => {
                facts.insert("demand_m3", (*demand).into());
                facts.insert("deliverable_m3", (*deliverable).into());
                facts.insert("shortfall_m3", (*shortfall).into());
                effect.insert("level", level_id(*level));
                let level = level.and_then(|at| policy.levels.get(at));
                clause = level.map(|level| level.basis.clause.clone());
                level.map_or_else(|| "levels".to_owned(), |level| format!("levels.{}", level.id))
            }
            Self::Turn { blocks, by_formula, inside } => {
                facts.insert("blocks_by_formula", Value::Number(*by_formula as u64));
                facts.insert("inside", Value::Truth(*inside));
                effect.insert("blocks", Value::Words(blocks.clone()));
                clause = policy.rotation.as_ref().map(|rotation| rotation.basis.clause.clone());
                "rotation".to_owned()
            }
            Self::Slice(slice) => {
                for fact in &slice.facts {
                    fact.insert(&mut facts, room);
                }
                facts.insert("rank_size_m3", slice.peers.size.into());
                facts.insert("rank_served_m3", slice.peers.served.into());
                effect.insert("rank", Value::Number(u64::from(slice.rank)));
                effect.insert("kind", kind(slice.kind).into());
                effect.insert("size_m3", slice.size.into());
                effect.insert("served_m3", slice.served.into());
                effect.insert("customers", Value::Number(u64::from(slice.customers)));
                clause = super::clause(room, slice);
                match (&slice.measure, slice.tier) {
                    (Some(measure), _) => match &room.decision.level {
                        Some(level) => format!("measures.{measure}.{}", level.id),
                        None => format!("measures.{measure}"),
                    },
                    (None, Some(tier)) => format!("tiers.{tier}"),
                    (None, None) => "pinned".to_owned(),
                }
            }
            Self::Bound { ranks, by } => {
                facts.insert("ranks", Value::Numbers(ranks.clone()));
                by.insert(&mut effect);
                "binding".to_owned()
            }
            Self::Restored { source, more } => {
                let source = source.and_then(|at| room.city.sources.get(at));
                facts.insert("source", source.map_or(Value::Absent, |source| Value::from(&*source.id)));
                effect.insert("more_supply_m3", number(*more));
                "outlook.restored".to_owned()
            }
            Self::FirstTouched(touched) => {
                facts.insert("supply_m3", number(touched.map(|t| t.supply)));
                facts.insert("shortfall_m3", number(touched.map(|t| t.shortfall)));
                effect.insert("level", level_id(touched.and_then(|t| t.level)));
                "outlook.first_touched".to_owned()
            }
            Self::Graver { level, may_lose } => {
                facts.insert("level", level_id(Some(*level)));
                effect.insert("may_lose_m3", Value::Number(*may_lose));
                "outlook.graver_level".to_owned()
            }
            Self::Milder { supply, more } => {
                facts.insert("more_supply_m3", Value::Number(*more));
                effect.insert("supply_m3", number(*supply));
                "outlook.milder_level".to_owned()
            }
            Self::Changed(tables) => {
                facts.insert("tables", Value::Words(tables.iter().map(|table| (*table).to_owned()).collect()));
                effect.insert("outlook", Value::Absent);
                "inputs.changed".to_owned()
            }
        };
        Triple { rule, clause, facts, effect }
    }
}

impl Fact {
    /// Its name and value, as triples have them.
    pub fn insert(&self, values: &mut BTreeMap<&'static str, Value>, room: &Room<'_>) {
        let (name, value) = match self {
            Self::Class(at) => {
                ("class", room.policy.classes.get(*at).map_or(Value::Absent, |c| Value::Text(c.id.clone())))
            }
            Self::Floor(volume) => ("floor_m3", (*volume).into()),
            Self::Tonnage(t_h) => ("boiler_t_h", t_h.map_or(Value::Absent, |t_h| Value::Text(t_h.to_string()))),
            Self::Backup(word) => ("backup", (*word).into()),
            Self::Contract(word) => ("contract", (*word).into()),
            Self::Tags(words) => ("tags", Value::Words(words.clone())),
            Self::Profile(name) => ("profile", Value::Text(name.clone())),
            Self::Block { district, turns } => {
                values.insert("takes_turn", Value::Truth(*turns));
                ("block", Value::Text(district.clone()))
            }
        };
        values.insert(name, value);
    }
}

impl Binding {
    fn insert(&self, values: &mut Values) {
        let words = |words: Vec<String>| Value::Words(words);
        match self {
            Self::Required => {
                values.insert("binds", "required_measure".into());
            }
            Self::Pool => {
                values.insert("binds", "pool".into());
            }
            Self::Shared => {
                values.insert("binds", "shared_network".into());
            }
            Self::Entitlement { company } => {
                values.insert("binds", "entitlement".into());
                values.insert("company", Value::Text(company.clone()));
            }
            Self::Network { links, sources } => {
                values.insert("binds", "network".into());
                values.insert("links", words(links.iter().map(|(from, to, _)| format!("{from} -> {to}")).collect()));
                values.insert("sources", words(sources.iter().map(|(source, _)| source.clone()).collect()));
            }
        }
    }
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Firm => "firm",
        Kind::Authorised => "authorised",
        Kind::Withheld => "withheld",
    }
}
