//! The file of a demand model: TOML that people can read, correct and write themselves, and that `fit` writes.

use std::collections::BTreeMap;

use super::messages::ForecastMessage;
use super::model::{ClassModel, DayFactors, Model, ONE};
use crate::policy::{Policies, Policy};
use crate::problem::{Origin, Place, Problems, nearest};
use crate::tree::{self, FileKind, Node, Reader, Value};
use crate::units::{Celsius, Decimal};

/// A demand model as its file tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DemandModel {
    /// The model.
    pub model: Model,
    /// Where its figures come from, in words; may be empty.
    pub provenance: String,
    /// How well each class fits the history that it was estimated from, by class; those written down by hand have none.
    pub fits: BTreeMap<String, Fit>,
    /// Where each class stands in the file, in the order of [`Model::classes`].
    places: Vec<Place>,
}

/// How well a class fits a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fit {
    /// The days that were fitted.
    pub days: u32,
    /// The seasons that they are of.
    pub seasons: u32,
    /// On the days that were fitted.
    pub inside: Deviations,
    /// On the days of each season, by the model of all others; `None` with one season alone.
    pub outside: Option<Deviations>,
}

/// How far a model's figures are from what was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deviations {
    /// The share of the variance that is explained, in millionths; negative where the mean would have told more.
    pub r2: i64,
    /// The root of the mean squared deviation, in m3 a day.
    pub rmse: u64,
    /// The mean of the deviations' sizes as shares of what was taken, in millionths, of days on which anything was.
    pub mape: u64,
    /// The mean of the model's figures minus that of what was taken, in m3 a day.
    pub bias: i64,
}

/// What [`Deviations`] may be, in their own units.
pub(super) const DEVIATION: i64 = 1_000_000_000_000;

/// The default of `threshold_c`.
const THRESHOLD: &str = "18";

impl DemandModel {
    /// A model with how well its classes fit.
    pub fn new(model: Model, provenance: String, fits: BTreeMap<String, Fit>) -> Self {
        let places = model.classes.iter().map(|class| Place::whole(Origin::memory(&class.class))).collect();
        Self { model, provenance, fits, places }
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// All that is wrong with it at once.
    pub fn parse(text: &str, origin: &Origin) -> Result<(Self, Problems), Problems> {
        let root = tree::parse_as(FileKind::DemandModel, text, origin)?;
        let mut problems = Problems::new();
        let mut top = Reader::new("demand-model", &root, &mut problems);
        let threshold = threshold(&mut top);
        let provenance = top.text("provenance").unwrap_or_default();
        let classes = top.required("classes");
        top.finish();
        let mut read: Vec<(ClassModel, Option<Fit>, Place)> = Vec::new();
        if let Some(node) = classes {
            let mut reader = Reader::new("classes", node, &mut problems);
            for (name, node) in reader.others(|_| true) {
                let (class, fit) = class(name, node, reader.problems());
                read.push((class, fit, node.place.clone()));
            }
            if read.is_empty() && matches!(node.value, Value::Table(_)) {
                problems.error(node.place.clone(), ForecastMessage::NoClasses {});
            }
        }
        read.sort_by(|a, b| a.0.class.cmp(&b.0.class));
        let mut model = Self::new(Model::new(threshold), provenance, BTreeMap::new());
        for (class, fit, place) in read {
            model.fits.extend(fit.map(|fit| (class.class.clone(), fit)));
            model.model.classes.push(class);
            model.places.push(place);
        }
        problems.or(model)
    }

    /// The same with the policies' ids in the place of labels and other names of classes.
    ///
    /// # Errors
    /// Classes that no policy has, and those that are there under two names.
    pub fn named_by(self, policies: &Policies) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let mut known: BTreeMap<String, (ClassModel, Option<Fit>, Place)> = BTreeMap::new();
        let Self { model, provenance, mut fits, places } = self;
        for (mut class, place) in model.classes.into_iter().zip(places) {
            let fit = fits.remove(&class.class);
            let meant = policies.all().find_map(|policy| policy.classes.get(policy.class(&class.class)?));
            let Some(meant) = meant else {
                problems.error(place, unknown_class(class.class, &policies.main));
                continue;
            };
            let word = std::mem::replace(&mut class.class, meant.id.clone());
            if let Some((_, _, first)) = known.get(&meant.id) {
                problems.error(place, ForecastMessage::ClassTwice { class: word, first: first.to_string() });
                continue;
            }
            known.insert(meant.id.clone(), (class, fit, place));
        }
        let mut named = Self::new(Model::new(model.threshold), provenance, BTreeMap::new());
        for (id, (class, fit, place)) in known {
            named.model.classes.push(class);
            named.places.push(place);
            named.fits.extend(fit.map(|fit| (id, fit)));
        }
        problems.or(named).map(|(named, _)| named)
    }

    /// Where a class stands in its file, by index in [`Model::classes`].
    pub fn place(&self, class: usize) -> Option<&Place> {
        self.places.get(class)
    }
}

/// Words for a class that the policy does not have.
pub(crate) fn unknown_class(word: String, policy: &Policy) -> ForecastMessage {
    let names = policy.classes.iter().flat_map(|class| {
        [&class.id, &class.label.en, &class.label.zh].into_iter().chain(&class.aliases).map(String::as_str)
    });
    let near = nearest(&word, names).map(str::to_owned);
    let id = policy.id.clone();
    match near {
        Some(near) => ForecastMessage::UnknownClass { word, policy: id, near },
        None => {
            let known = policy.classes.iter().map(|class| class.id.as_str()).collect::<Vec<_>>().join(", ");
            ForecastMessage::StrangeClass { word, policy: id, known }
        }
    }
}

fn threshold(reader: &mut Reader<'_, '_>) -> Celsius {
    let default = || THRESHOLD.parse().unwrap_or_default();
    let Some(node) = reader.optional("threshold_c") else { return default() };
    let read = match &node.value {
        Value::Number(number) => number.parse().ok(),
        _ => None,
    };
    read.unwrap_or_else(|| {
        let message = ForecastMessage::BadThreshold { key: "threshold_c".to_owned() };
        reader.problems().error(node.place.clone(), message);
        default()
    })
}

/// A class's table.
fn class(name: &str, node: &Node, problems: &mut Problems) -> (ClassModel, Option<Fit>) {
    let mut reader = Reader::new(name, node, problems);
    let most = (ClassModel::MOST / 1000) as i64;
    let base = must(&mut reader, "base_m3", 3, (0, most));
    let per_degree = may(&mut reader, "per_degree_m3", 3, (0, most / 10)).unwrap_or(0);
    let memory = match reader.optional("memory") {
        Some(node) => number(&mut reader, "memory", node, 6, (0, 1)).filter(|memory| {
            let whole = *memory >= ONE as i64;
            if whole {
                let (key, least, most) = ("memory".to_owned(), "0".to_owned(), "0.999999".to_owned());
                reader.problems().error(node.place.clone(), ForecastMessage::OutOfBounds { key, least, most });
            }
            !whole
        }),
        None => None,
    };
    let most = (DayFactors::MOST / ONE) as i64;
    let mut days = DayFactors::default();
    if let Some(node) = reader.optional("weekdays") {
        let factors = factors(&mut reader, "weekdays", node);
        match <[u64; 7]>::try_from(factors) {
            Ok(factors) => days.weekdays = factors,
            Err(factors) => {
                if let Value::List(items) = &node.value
                    && items.len() == factors.len()
                {
                    let message = ForecastMessage::BadWeekdays { count: factors.len() };
                    reader.problems().error(node.place.clone(), message);
                }
            }
        }
    }
    for (holiday, node) in reader.entries("holidays") {
        let factor = number(&mut reader, holiday, node, 6, (0, most)).unwrap_or(0);
        days.holidays.insert(holiday.clone(), factor as u64);
    }
    days.other_holidays = may(&mut reader, "other_holidays", 6, (0, most)).map(|factor| factor as u64);
    let errors = match reader.optional("chance") {
        Some(node) => factors(&mut reader, "chance", node),
        None => Vec::new(),
    };
    let fitted = reader.optional("fitted");
    reader.finish();
    let fit = fitted.map(|node| fit(node, problems));
    let class = ClassModel {
        class: name.to_owned(),
        base: base as u64,
        per_degree: per_degree as u64,
        memory: memory.unwrap_or(0) as u64,
        days,
        errors,
    };
    (class, fit)
}

/// A list of factors; those that cannot be read are left out, and told.
fn factors(reader: &mut Reader<'_, '_>, key: &'static str, node: &Node) -> Vec<u64> {
    let Value::List(items) = &node.value else {
        let (wanted, wanted_zh) = ("a list of numbers", "数字列表");
        let message = tree::TreeMessage::WrongKind { key: key.to_owned(), wanted, wanted_zh };
        reader.problems().error(node.place.clone(), message);
        return Vec::new();
    };
    let most = (DayFactors::MOST / ONE) as i64;
    let read = items.iter().filter_map(|item| number(reader, key, item, 6, (0, most)));
    read.map(|factor| factor as u64).collect()
}

fn fit(node: &Node, problems: &mut Problems) -> Fit {
    let mut reader = Reader::new("fitted", node, problems);
    let days = reader.whole("days").unwrap_or(0);
    let seasons = reader.whole("seasons").unwrap_or(0);
    let inside = deviations(&mut reader);
    let other = reader.optional("other_seasons");
    reader.finish();
    let outside = other.map(|node| {
        let mut reader = Reader::new("other_seasons", node, problems);
        let outside = deviations(&mut reader);
        reader.finish();
        outside
    });
    Fit { days, seasons, inside, outside }
}

fn deviations(reader: &mut Reader<'_, '_>) -> Deviations {
    let of_ones = DEVIATION / ONE as i64;
    Deviations {
        r2: must(reader, "r2", 6, (-of_ones, of_ones)),
        rmse: must(reader, "rmse_m3", 0, (0, DEVIATION)) as u64,
        // Per cent have four decimals, so they are millionths too.
        mape: must(reader, "mape_pct", 4, (0, DEVIATION / 10_000)) as u64,
        bias: must(reader, "bias_m3", 0, (-DEVIATION, DEVIATION)),
    }
}

fn must(reader: &mut Reader<'_, '_>, key: &'static str, decimals: u32, bounds: (i64, i64)) -> i64 {
    let node = reader.required(key);
    node.and_then(|node| number(reader, key, node, decimals, bounds)).unwrap_or(0)
}

fn may(reader: &mut Reader<'_, '_>, key: &'static str, decimals: u32, bounds: (i64, i64)) -> Option<i64> {
    let node = reader.optional(key)?;
    number(reader, key, node, decimals, bounds)
}

/// A number in units of so many decimals, between bounds that are in ones.
fn number(
    reader: &mut Reader<'_, '_>,
    key: &str,
    node: &Node,
    decimals: u32,
    (least, most): (i64, i64),
) -> Option<i64> {
    let key = key.to_owned();
    let mut refuse = |message| {
        reader.problems().error(node.place.clone(), message);
        None
    };
    let Value::Number(text) = &node.value else { return refuse(ForecastMessage::NotANumber { key }) };
    let (negative, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |digits| (true, digits));
    let Ok(size) = digits.parse::<Decimal>() else { return refuse(ForecastMessage::NotANumber { key }) };
    let step = 10u128.pow(18 - decimals);
    if !size.atto().is_multiple_of(step) {
        let whole = decimals == 0;
        return refuse(if whole {
            ForecastMessage::NotWhole { key }
        } else {
            ForecastMessage::TooFine { key, decimals }
        });
    }
    let size = i64::try_from(size.atto() / step).unwrap_or(i64::MAX);
    let value = if negative { -size } else { size };
    let scale = 10i64.pow(decimals);
    if value < least.saturating_mul(scale) || value > most.saturating_mul(scale) {
        let (least, most) = (least.to_string(), most.to_string());
        return refuse(ForecastMessage::OutOfBounds { key, least, most });
    }
    Some(value)
}
