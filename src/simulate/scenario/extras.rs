//! `[homes]` and `[values]`: how warm homes stay, and what gas is worth. Nothing of either is told where it is not said.

use super::read::celsius;
use crate::city::City;
use crate::forecast::unknown_class;
use crate::policy::{Policies, Policy};
use crate::problem::{Place, Problems};
use crate::simulate::{Building, Homes, NotHomes, ScenarioMessage as M, Values};
use crate::tree::{Node, Reader, Value};
use crate::units::{Celsius, Decimal};

/// Something for each of some classes, by the words that the file has for them.
type ByClass<T> = Vec<(String, T, Place)>;

/// Homes as the scenario writes them.
#[derive(Default)]
pub(super) struct HomesDraft {
    limits: Vec<Celsius>,
    classes: ByClass<Building>,
}

/// Values as the scenario writes them.
#[derive(Default)]
pub(super) struct ValuesDraft {
    classes: ByClass<u64>,
    stored: u64,
    season: u64,
}

/// Reads `[homes]`.
pub(super) fn homes(node: &Node, problems: &mut Problems) -> HomesDraft {
    let mut reader = Reader::new("homes", node, problems);
    let _ = reader.required("limits_c");
    let limits: Vec<Option<Celsius>> =
        reader.list("limits_c").iter().map(|limit| celsius("limits_c", limit, &mut reader)).collect();
    if node.get("limits_c").is_some() && limits.is_empty() {
        let place = node.get("limits_c").map_or_else(|| node.place.clone(), |node| node.place.clone());
        reader.problems().error(place, M::NoLimits {});
    }
    let _ = reader.required("classes");
    let entries = reader.entries("classes");
    reader.finish();
    let mut draft = HomesDraft { limits: limits.into_iter().flatten().collect(), classes: Vec::new() };
    draft.limits.sort_unstable_by(|a, b| b.cmp(a));
    draft.limits.dedup();
    for (class, node) in entries {
        draft
            .classes
            .extend(building(class, node, problems).map(|building| (class.clone(), building, node.place.clone())));
    }
    draft
}

fn building(class: &str, node: &Node, problems: &mut Problems) -> Option<Building> {
    let mut reader = Reader::new(class, node, problems);
    let hours = reader.required("time_constant_h");
    let time_constant = hours.and_then(|node| reader.as_decimal("time_constant_h", node));
    let indoor = reader.required("indoor_c").and_then(|node| celsius("indoor_c", node, &mut reader));
    let outdoor = reader.required("outdoor_c").and_then(|node| celsius("outdoor_c", node, &mut reader));
    let gains = match reader.optional("gains_c") {
        Some(node) => celsius("gains_c", node, &mut reader),
        None => Some(Celsius::default()),
    };
    reader.finish();
    let building = Building { time_constant: time_constant?, indoor: indoor?, outdoor: outdoor?, gains: gains? };
    let at = |key: &str| node.get(key).map_or_else(|| node.place.clone(), |node| node.place.clone());
    match Homes::new(Vec::new(), vec![(class.to_owned(), building)]) {
        Ok(_) => return Some(building),
        Err(NotHomes::TimeConstant(_)) => problems.error(at("time_constant_h"), M::BadTimeConstant {}),
        Err(NotHomes::Gains(_)) => problems.error(at("gains_c"), M::GainsBelowZero {}),
        Err(NotHomes::Design(_)) => problems.error(at("outdoor_c"), M::NeedsNoHeat {}),
    }
    None
}

/// Reads `[values]`.
pub(super) fn values(node: &Node, problems: &mut Problems) -> ValuesDraft {
    let mut reader = Reader::new("values", node, problems);
    let _ = reader.required("lost_yuan_m3");
    let mut classes = Vec::new();
    for (class, node) in reader.entries("lost_yuan_m3") {
        if let Some(price) = fen("lost_yuan_m3", node, PRICE, &mut reader) {
            classes.push((class.clone(), price, node.place.clone()));
        }
    }
    let mut one = |key: &'static str, most: u64| match reader.optional(key) {
        Some(node) => fen(key, node, most, &mut reader).unwrap_or(0),
        None => 0,
    };
    let (stored, season) = (one("stored_yuan_m3", PRICE), one("season_yuan", SEASON));
    reader.finish();
    ValuesDraft { classes, stored, season }
}

/// The most that a m3 may be worth, in yuan: ten thousand.
const PRICE: u64 = 10_000;
/// The most that stores may cost in a season, in yuan: a hundred thousand million.
const SEASON: u64 = 100_000_000_000;

/// Yuan as whole fen.
fn fen(key: &'static str, node: &Node, most: u64, reader: &mut Reader<'_, '_>) -> Option<u64> {
    const FEN: u128 = Decimal::ONE.atto() / 100;
    let yuan = match &node.value {
        Value::Number(number) => number.parse::<Decimal>().ok(),
        _ => None,
    };
    let fits = yuan.filter(|yuan| yuan.atto().is_multiple_of(FEN) && *yuan <= Decimal::whole(most));
    if fits.is_none() {
        reader.problems().error(node.place.clone(), M::NotAPrice { key, most });
    }
    fits.map(|yuan| (yuan.atto() / FEN) as u64)
}

/// Each class by its id; none twice.
fn named<T>(drafts: ByClass<T>, policies: &Policies, problems: &mut Problems) -> ByClass<T> {
    let mut named: ByClass<T> = Vec::new();
    for (word, own, place) in drafts {
        let meant = |policy: &Policy| policy.class(&word).map(|at| policy.classes[at].id.clone());
        match policies.all().find_map(meant) {
            None => problems.error(place, unknown_class(word, &policies.main)),
            Some(id) => match named.iter().find(|(own, ..)| *own == id) {
                Some((_, _, first)) => {
                    let first = first.to_string();
                    problems.error(place, M::ClassTwice { class: word, first });
                }
                None => named.push((id, own, place)),
            },
        }
    }
    named
}

fn without_places<T>(classes: ByClass<T>) -> Vec<(String, T)> {
    classes.into_iter().map(|(id, own, _)| (id, own)).collect()
}

impl HomesDraft {
    /// Homes of a city; a class without any is worth a word.
    pub fn settle(self, city: &City, policies: &Policies, problems: &mut Problems) -> Option<Homes> {
        let classes = named(self.classes, policies, problems);
        for (class, _, place) in &classes {
            let at = city.classes.iter().position(|own| **own == **class);
            let households = |customer: &crate::city::Customer| {
                customer.more.as_deref().map_or(0, |more| more.households) > 0 && Some(customer.class as usize) == at
            };
            if !city.customers.iter().any(households) {
                problems.warn(place.clone(), M::NoHomes { class: class.clone() });
            }
        }
        Homes::new(self.limits, without_places(classes)).ok()
    }
}

impl ValuesDraft {
    /// Values by the classes of a policy.
    pub fn settle(self, policies: &Policies, problems: &mut Problems) -> Values {
        let classes = named(self.classes, policies, problems);
        Values { classes: without_places(classes), stored: self.stored, season: self.season }
    }
}
