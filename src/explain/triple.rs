//! The same triple everywhere: the rule's id, the facts it read, its effect.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Because, Beside, Binding, Difference, Fact, HourLimit, HourWall, Moved, Room};
use crate::decide::Kind;
use crate::units::{M3, Milli};

/// A rule, what it read, and what it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Triple {
    /// What kind of reason it is: `level`, `revision`, `rotation`, `slice`, `hours`, `binding`, `restored`, `ceiling`, `first_touched`,
    /// `next_level`, `milder_level`, `graver_level`, `difference` or `changed`.
    pub about: &'static str,
    /// The rule, by its path in the policy: `levels.LEVEL`, `rotation`, `tiers.NUMBER`, `measures.MEASURE.LEVEL` (without a level
    /// in a plan that has none); of a constraint or an outlook, that of the rank or level that it is about. `pinned` of
    /// volumes settled outside the plan, `past` of what is past.
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
    /// A figure with decimals; volumes are m3.
    Figure(Milli),
    /// Several figures with decimals; volumes are m3.
    Figures(Vec<Milli>),
    /// Several things, each by its parts.
    Things(Vec<BTreeMap<&'static str, Value>>),
    /// Of the one and of the other.
    Pair(Box<[Value; 2]>),
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
        let at_level = |at: Option<usize>| {
            let level = at.and_then(|at| policy.levels.get(at));
            level.map_or_else(|| "levels".to_owned(), |level| format!("levels.{}", level.id))
        };
        let today = || at_level(room.decision.level.as_ref().and_then(|level| policy.level(&level.id)));
        let (about, rule) = match self {
            Self::Level { level, demand, deliverable, shortfall } => {
                facts.insert("demand_m3", (*demand).into());
                facts.insert("deliverable_m3", (*deliverable).into());
                facts.insert("shortfall_m3", (*shortfall).into());
                effect.insert("level", level_id(*level));
                let known = level.and_then(|at| policy.levels.get(at));
                clause = known.map(|level| level.basis.clause.clone());
                if let Some(band) = known.and_then(|level| level.band) {
                    facts.insert("from", Value::Text(band.from.to_string()));
                    facts.insert("from_closed", Value::Truth(band.from_closed));
                    facts.insert("until", Value::Text(band.until.to_string()));
                    facts.insert("until_closed", Value::Truth(band.until_closed));
                }
                if let Some(area) = room.decision.level.as_ref().and_then(|level| level.area.as_ref()) {
                    facts.insert("area", Value::Text(area.district.clone()));
                }
                ("level", at_level(*level))
            }
            Self::Revised(why) => {
                facts.insert("at", Value::Text(why.at.clone()));
                facts.insert("revises", why.revises.clone().map_or(Value::Absent, Value::Text));
                facts.insert("known", why.known.map_or(Value::Absent, |known| known.id().into()));
                facts.insert("past_demand_m3", why.past_demand.into());
                facts.insert("past_ordered_m3", why.past_ordered.into());
                facts.insert("past_taken_m3", why.past_taken.into());
                facts.insert("rest_demand_m3", why.left.into());
                facts.insert("rest_before_m3", why.before.into());
                let by = |cuts: &[(String, String)]| {
                    let one = |(id, clause): &(String, String)| {
                        Values::from([("measure", Value::Text(id.clone())), ("clause", Value::Text(clause.clone()))])
                    };
                    Value::Things(cuts.iter().map(one).collect())
                };
                facts.insert("cut_before_by", by(&why.cut_before));
                effect.insert("cut_by", by(&why.cut_now));
                effect.insert("rest_m3", why.now.into());
                effect.insert("change", why.change.map_or(Value::Absent, |change| change.id().into()));
                for (name, count) in ["added", "lifted", "altered", "unchanged"].into_iter().zip(why.customers) {
                    effect.insert(name, Value::Number(count));
                }
                ("revision", today())
            }
            Self::Turn { blocks, by_formula, inside } => {
                facts.insert("blocks_by_formula", Value::Number(*by_formula as u64));
                facts.insert("inside", Value::Truth(*inside));
                effect.insert("blocks", Value::Words(blocks.clone()));
                clause = policy.rotation.as_ref().map(|rotation| rotation.basis.clause.clone());
                ("rotation", "rotation".to_owned())
            }
            Self::Slice(slice) => {
                for fact in &slice.facts {
                    fact.insert(&mut facts, room);
                }
                facts.insert("rank_size_m3", slice.peers.size.into());
                facts.insert("rank_served_m3", slice.peers.served.into());
                facts.insert("rank_customers", Value::Number(u64::from(slice.peers.customers)));
                effect.insert("rank", Value::Number(u64::from(slice.rank)));
                effect.insert("kind", kind(slice.kind).into());
                effect.insert("size_m3", slice.size.into());
                effect.insert("served_m3", slice.served.into());
                effect.insert("customers", Value::Number(u64::from(slice.customers)));
                clause = super::basis(room, slice).map(|basis| basis.clause.clone());
                ("slice", super::rule(room, slice.measure.as_deref(), slice.tier))
            }
            Self::Hours(hours) => {
                facts.insert("hours", clock(&hours.clock));
                facts.insert("demand_m3", Value::Figures(hours.demand.clone()));
                let stop = |(measure, off): &(String, Vec<u8>)| {
                    Values::from([("measure", Value::Text(measure.clone())), ("hours", clock(off))])
                };
                facts.insert("off", Value::Things(hours.off.iter().map(stop).collect()));
                effect.insert("served_m3", Value::Figures(hours.served.clone()));
                let short: Vec<u8> = hours.short().into_iter().filter_map(|at| hours.clock.get(at).copied()).collect();
                effect.insert("short", clock(&short));
                ("hours", today())
            }
            Self::Bound { ranks, by } => {
                facts.insert("ranks", Value::Numbers(ranks.clone()));
                by.insert(&mut effect);
                ("binding", super::rule_of(room, ranks.first().copied().unwrap_or_default()))
            }
            Self::Restored { source, more, rank } => {
                let source = source.and_then(|at| room.city.sources.get(at));
                facts.insert("source", source.map_or(Value::Absent, |source| Value::from(&*source.id)));
                effect.insert("more_supply_m3", number(*more));
                ("restored", super::rule_of(room, *rank))
            }
            Self::Ceiling(ceiling) => {
                facts.insert("more_supply_m3", Value::Number(ceiling.more));
                for (wall, _) in &ceiling.walls {
                    wall.insert(&mut facts);
                }
                effect.insert("restored_m3", Value::Number(ceiling.restored));
                effect.insert("lacking_m3", Value::Number(ceiling.lacking));
                let by_hour = ceiling.walls.iter().any(|(wall, _)| matches!(wall, Binding::Hours { .. }));
                let missing = ceiling.walls.iter().map(|(_, missing)| missing).sum();
                effect.insert("missing_m3", if by_hour { Value::Absent } else { Value::Number(missing) });
                ("ceiling", super::rule_of(room, ceiling.rank))
            }
            Self::FirstTouched(touched) => {
                facts.insert("supply_m3", number(touched.map(|t| t.supply())));
                facts.insert("shortfall_m3", number(touched.map(|t| t.shortfall())));
                facts.insert("exact", touched.map_or(Value::Absent, |t| Value::Truth(t.exact)));
                let level = touched.and_then(|t| t.level);
                effect.insert("level", level_id(level));
                ("first_touched", at_level(level))
            }
            Self::NextLevel(next) => {
                let level = next.map(|next| next.level);
                facts.insert("level", level_id(level));
                effect.insert("may_lose_m3", number(next.map(|next| next.may_lose)));
                effect.insert("served_m3", number(next.map(|next| next.served)));
                ("next_level", level.map_or_else(today, |level| at_level(Some(level))))
            }
            Self::Milder { supply, more } => {
                facts.insert("more_supply_m3", Value::Number(*more));
                effect.insert("supply_m3", number(*supply));
                ("milder_level", today())
            }
            Self::Graver(graver) => {
                let level = graver.map(|graver| graver.level);
                facts.insert("less_supply_m3", number(graver.map(|graver| graver.less)));
                effect.insert("supply_m3", number(graver.map(|graver| graver.supply)));
                effect.insert("level", level_id(level));
                ("graver_level", level.map_or_else(today, |level| at_level(Some(level))))
            }
            Self::Changed(tables) => {
                facts.insert("tables", Value::Words(tables.iter().map(|table| (*table).to_owned()).collect()));
                effect.insert("outlook", Value::Absent);
                ("changed", today())
            }
        };
        Triple { about, rule, clause, facts, effect }
    }
}

impl Difference {
    /// The fact that tells two customers apart as a triple, with both customers' ranks; without such a fact, the ranks alone.
    pub fn triple(&self, room: &Room<'_>) -> Triple {
        let (mut facts, mut effect) = (Values::new(), Values::new());
        if let Some(telling) = &self.telling {
            let [mut ours, mut theirs] = [Values::new(), Values::new()];
            telling.one.insert(&mut ours, room);
            telling.other.insert(&mut theirs, room);
            for (name, value) in ours {
                let other = theirs.remove(name).unwrap_or(Value::Absent);
                facts.insert(name, Value::Pair(Box::new([value, other])));
            }
        }
        let moved = self.telling.iter().flat_map(|telling| &telling.moved);
        let ranks = |standing: &dyn Fn(&Moved) -> bool| {
            Value::Numbers(moved.clone().filter(|moved| standing(moved)).filter_map(|moved| moved.rank).collect())
        };
        effect.insert("moved_to", ranks(&|moved| moved.as_is > moved.otherwise));
        effect.insert("moved_from", ranks(&|moved| moved.as_is < moved.otherwise));
        let gained = moved.clone().map(|moved| moved.as_is.less(moved.otherwise)).sum::<M3>();
        effect.insert("moved_m3", gained.into());
        let of = |has: &dyn Fn(&Beside) -> bool| {
            Value::Numbers(self.ranks.iter().filter(|beside| has(beside)).map(|beside| beside.rank).collect())
        };
        let pair = [of(&|beside| beside.one.is_some()), of(&|beside| beside.other.is_some())];
        effect.insert("ranks", Value::Pair(Box::new(pair)));
        // The rule that takes the fact for the worse: that of the worst rank which it moves something to, or from.
        let worst = moved.clone().max_by_key(|moved| moved.rank);
        let rule = match worst {
            Some(moved) => super::rule(room, moved.measure.as_deref(), moved.tier),
            None => super::rule_of(room, self.ranks.last().map_or(0, |beside| beside.rank)),
        };
        Triple { about: "difference", rule, clause: None, facts, effect }
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
            Self::Site(name) => ("site", Value::Text(name.clone())),
            Self::Id(name) => ("customer_id", Value::Text(name.clone())),
            Self::Annual(volume) => ("annual_m3", (*volume).into()),
            Self::Demand(volume) => ("demand_m3", (*volume).into()),
            Self::District(name) => ("district", Value::Text(name.clone())),
            Self::Company(name) => ("company", Value::Text(name.clone())),
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
            Self::Hours { hours, limits, alone } => {
                values.insert("binds", "hours".into());
                let limits = Value::Things(limits.iter().map(HourWall::values).collect());
                let alone = Value::Truth(*alone);
                let entry = Values::from([("hours", clock(hours)), ("limits", limits), ("alone", alone)]);
                match values.get_mut("in_hours") {
                    Some(Value::Things(known)) => known.push(entry),
                    _ => _ = values.insert("in_hours", Value::Things(vec![entry])),
                }
            }
            Self::Network { links, sources } => {
                values.insert("binds", "network".into());
                values.insert("links", words(links.iter().map(|(from, to, _)| format!("{from} -> {to}")).collect()));
                values.insert("sources", words(sources.iter().map(|(source, _)| source.clone()).collect()));
            }
        }
    }
}

impl HourWall {
    fn values(&self) -> Values {
        let (limit, of, volume) = match &self.limit {
            HourLimit::SourceInHour { source, most } => ("source_in_an_hour", source.clone(), *most),
            HourLimit::Source { source, volume } => ("source", source.clone(), whole(*volume)),
            HourLimit::Link { from, to, most } => ("link_in_an_hour", format!("{from} -> {to}"), *most),
            HourLimit::LinepackLeast { district, level } => ("linepack_least", district.clone(), whole(*level)),
            HourLimit::LinepackMost { district, level } => ("linepack_most", district.clone(), whole(*level)),
            HourLimit::LinepackEnd { district, level } => ("linepack_end", district.clone(), whole(*level)),
        };
        let volume = Value::Figure(volume);
        Values::from([("limit", limit.into()), ("of", Value::Text(of)), ("m3", volume), ("at", clock(&self.hours))])
    }
}

const fn whole(volume: M3) -> Milli {
    Milli(volume.get().saturating_mul(1_000))
}

/// Hours by the clock at which they begin.
fn clock(hours: &[u8]) -> Value {
    Value::Words(hours.iter().map(|hour| format!("{hour:02}:00")).collect())
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Firm => "firm",
        Kind::Authorised => "authorised",
        Kind::Withheld => "withheld",
    }
}
