//! Who does what in a response, and how it ends: the plan's `[response]`.
//!
//! A plan may say nothing of it, or name some acts only. What it leaves out nobody in particular is asked for, and nothing
//! here decides a volume: these rules are about people, and about the days after.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::source::{Source, basis};
use super::{Band, Basis, Measure, PolicyMessage as M};
use crate::problem::Problems;
use crate::tree::{Node, Reader, TreeMessage, Value};
use crate::units::{Decimal, Fraction};

/// Who does what in a response, and how it ends. The default asks for nobody in particular.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// Who does each act; acts that the plan does not name are not there.
    pub acts: BTreeMap<Step, Authority>,
    /// When the shortage counts as eased; `None` if the plan leaves that to whoever lowers and ends.
    pub ease: Option<Ease>,
    /// Who comes back first (P15); its basis is that of [`Step::Restore`].
    pub restore: RestoreOrder,
    /// The shares of the day's nomination, rising, at which taking so much is warned of; empty for no warnings.
    pub warn: Vec<Decimal>,
    /// On what the warnings stand.
    pub warn_basis: Basis,
}

/// A step of a response (section 7 of the decision model): something that somebody must do for it to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// A stop list or a decision is proposed; at each level by whom the level says.
    Propose,
    /// It is approved, by each body that the level asks for.
    Approve,
    /// The approved order is signed.
    Sign,
    /// The signed order is issued.
    Issue,
    /// The level is lowered.
    Lower,
    /// The response is ended.
    End,
    /// A customer or a measure is dealt with otherwise than the plan has it (P16).
    Depart,
    /// Supply is given back.
    Restore,
}

impl Step {
    /// Those that the plan's `[response]` speaks of, in the order of a response; levels say who proposes and who approves.
    pub const OF_A_RESPONSE: [Self; 6] = [Self::Sign, Self::Issue, Self::Lower, Self::End, Self::Depart, Self::Restore];

    /// The stable name: the key below `[response]`, for those that stand there.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Approve => "approve",
            Self::Sign => "sign",
            Self::Issue => "issue",
            Self::Lower => "lower",
            Self::End => "end",
            Self::Depart => "depart",
            Self::Restore => "restore",
        }
    }
}

/// Who does an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authority {
    /// Any of these, ids of [`super::Policy::roles`]; empty if the plan names nobody in particular.
    pub by: Vec<String>,
    /// Its clause.
    pub basis: Basis,
}

/// When the shortage counts as eased enough to lower the level, or to end the response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ease {
    /// So many gas days in a row; at least 1.
    pub days: u32,
    /// How far below the level's lower end the shortfall ratio must lie, as a share of demand from 0 to 1; for ending, by
    /// how much supply must exceed demand.
    pub margin: Decimal,
    /// For so many hours one decision after the other must have said so before it counts, from 0 to 168.
    pub hours: u32,
    /// Its clause.
    pub basis: Basis,
}

/// Who comes back first when gas does (P15).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RestoreOrder {
    /// The last measure of the cut order first.
    #[default]
    Reverse,
    /// These measures, by id, the first comes back first; those not named after them, the last of the cut order first.
    Listed(Vec<String>),
}

impl Response {
    /// Whether somebody in this role may do the act; anybody may where the plan names nobody.
    pub fn allows(&self, act: Step, role: &str) -> bool {
        self.acts.get(&act).is_none_or(|who| who.by.is_empty() || who.by.iter().any(|by| by == role))
    }
}

impl Ease {
    /// Whether a day is eased enough to lower a level with this band. `supply` and `demand` in m3, or in any one unit;
    /// supply may exceed demand. Exactly.
    pub fn lowers(&self, band: Band, supply: u64, demand: u64) -> bool {
        // On the end itself the level still holds where the end belongs to it; a margin is reached where it is met.
        let on_the_end = self.margin > Decimal::ZERO || !band.from_closed;
        self.holds(band.from, on_the_end, supply, demand)
    }

    /// Whether a day is eased enough to end the response, in the units of [`Self::lowers`].
    pub fn ends(&self, supply: u64, demand: u64) -> bool {
        self.holds(Decimal::ZERO, true, supply, demand)
    }

    /// (demand - supply) / demand <= end - margin, told as supply / demand >= 1 + margin - end.
    fn holds(&self, end: Decimal, closed: bool, supply: u64, demand: u64) -> bool {
        let wanted = (Decimal::ONE.atto() + self.margin.atto()).saturating_sub(end.atto());
        let supplied = Fraction::new(wanted, Decimal::ONE.atto()).compare(supply, demand);
        supplied.is_gt() || (closed && supplied.is_eq())
    }
}

impl RestoreOrder {
    /// The measures of a plan, by index in cut order, the first comes back first.
    pub fn of(&self, measures: &[Measure]) -> Vec<usize> {
        let listed: &[String] = match self {
            Self::Reverse => &[],
            Self::Listed(ids) => ids,
        };
        let mut order: Vec<usize> =
            listed.iter().filter_map(|id| measures.iter().position(|measure| measure.id == *id)).collect();
        let others: Vec<usize> = (0..measures.len()).rev().filter(|at| !order.contains(at)).collect();
        order.extend(others);
        order
    }
}

/// The most that a warning may be set at: twice the nomination. What lies above was meant as a percentage.
const MOST: Decimal = Decimal::whole(2);

/// A shortage that must have eased for more hours than a week has is waited for in days.
const MOST_HOURS: u32 = 168;

/// Reads `[response]`.
pub(super) fn response(source: &mut Source<'_>, node: &Node, measures: &[Measure]) -> Response {
    let Some(node) = node.get("response") else { return Response::default() };
    let mut reader = Reader::new("response", node, source.problems);
    let acts = Step::OF_A_RESPONSE.map(|act| (act, reader.optional(act.id())));
    let (ease, warn) = (reader.optional("ease"), reader.optional("warn"));
    reader.finish();
    let mut response = Response::default();
    for (act, node) in acts {
        let Some(node) = node else { continue };
        let mut reader = Reader::new(act.id(), node, source.problems);
        let order = match act {
            Step::Restore => reader.optional("order"),
            _ => {
                let _ = reader.required("by");
                None
            }
        };
        let (by, basis) = (reader.texts("by").unwrap_or_default(), basis(&mut reader));
        reader.finish();
        if let Some(order) = order {
            response.restore = restore_order(order, measures, source.problems);
        }
        response.acts.insert(act, Authority { by: source.known_roles(by), basis });
    }
    response.ease = ease.map(|node| self::ease(node, source.problems));
    if let Some(node) = warn {
        (response.warn, response.warn_basis) = self::warn(node, source.problems);
    }
    response
}

/// `"reverse"`, or measures that each stand there once.
fn restore_order(node: &Node, measures: &[Measure], problems: &mut Problems) -> RestoreOrder {
    let items = match &node.value {
        Value::Text(word) if word == "reverse" => return RestoreOrder::Reverse,
        Value::List(items) => items,
        _ => {
            problems.error(node.place.clone(), M::BadRestoreOrder {});
            return RestoreOrder::Reverse;
        }
    };
    let mut ids: Vec<String> = Vec::new();
    for item in items {
        let Value::Text(id) = &item.value else {
            problems.error(item.place.clone(), M::BadRestoreOrder {});
            continue;
        };
        if !measures.iter().any(|measure| measure.id == *id) {
            let near = super::source::near(id, measures.iter().map(|measure| measure.id.as_str()));
            problems.error(item.place.clone(), M::UnknownMeasure { word: id.clone(), near });
        } else if ids.contains(id) {
            problems.error(item.place.clone(), M::RestoredTwice { measure: id.clone() });
        } else {
            ids.push(id.clone());
        }
    }
    // A list that names nobody says no more than that the plan says nothing.
    if ids.is_empty() { RestoreOrder::Reverse } else { RestoreOrder::Listed(ids) }
}

fn ease(node: &Node, problems: &mut Problems) -> Ease {
    let mut reader = Reader::new("ease", node, problems);
    let days = reader.optional("days");
    let days = days.and_then(|node| Some((reader.as_whole("days", node)?, node)));
    let margin = reader.optional("margin");
    let margin = margin.and_then(|node| Some((reader.as_decimal("margin", node)?, node)));
    let hours = reader.optional("hours");
    let hours = hours.and_then(|node| Some((reader.as_whole("hours", node)?, node)));
    let basis = basis(&mut reader);
    if let Some((hours, node)) = hours.filter(|(hours, _)| *hours > MOST_HOURS) {
        reader.problems().error(node.place.clone(), M::TooManyHours { hours, most: MOST_HOURS });
    }
    if let Some((0, node)) = days {
        reader.problems().error(node.place.clone(), M::NoDays {});
    }
    if let Some((margin, node)) = margin
        && margin > Decimal::ONE
    {
        let message = M::LimitOutOfRange { key: "margin", value: margin.to_string() };
        reader.problems().error(node.place.clone(), message);
    }
    reader.finish();
    Ease {
        days: days.map_or(1, |(days, _)| days),
        margin: margin.map_or(Decimal::ZERO, |(margin, _)| margin),
        hours: hours.map_or(0, |(hours, _)| hours),
        basis,
    }
}

fn warn(node: &Node, problems: &mut Problems) -> (Vec<Decimal>, Basis) {
    let mut reader = Reader::new("warn", node, problems);
    let at = reader.required("at");
    let basis = basis(&mut reader);
    let mut shares: Vec<Decimal> = Vec::new();
    match at.map(|at| (&at.value, at)) {
        Some((Value::List(items), _)) => {
            for item in items {
                let Some(share) = reader.as_decimal("at", item) else { continue };
                if share == Decimal::ZERO || share > MOST {
                    let value = share.to_string();
                    reader.problems().error(item.place.clone(), M::WarnOutOfRange { value });
                } else if let Some(before) = shares.last().filter(|before| share <= **before) {
                    let (value, before) = (share.to_string(), before.to_string());
                    reader.problems().error(item.place.clone(), M::WarnNotRising { value, before });
                }
                shares.push(share);
            }
        }
        Some((_, at)) => {
            let (wanted, wanted_zh) = ("a list of shares, such as [0.9, 1.0]", "比例的列表，如 [0.9, 1.0]");
            let message = TreeMessage::WrongKind { key: "at".to_owned(), wanted, wanted_zh };
            reader.problems().error(at.place.clone(), message);
        }
        None => {}
    }
    reader.finish();
    (shares, basis)
}
