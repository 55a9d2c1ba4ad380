//! From the TOML of a file of tests to a [`Suite`]: every key but those of a city and of `expect` is read here.

use std::collections::BTreeMap;

use super::expect::{self, Expect};
use super::{Suite, Trial, TrialMessage as M, town};
use crate::Label;
use crate::city::City;
use crate::decide::Day;
use crate::decide::whatif::{self, WhatIf};
use crate::policy::Policy;
use crate::problem::{Origin, Place, Problem, Problems, nearest};
use crate::tree::{self, Node, Reader, Value};
use crate::units::{Date, M3};

/// The gas day of a test that names none: one in winter.
const WINTER: (u16, u8, u8) = (2026, 1, 15);

/// A city and the name that tests know it by; `None` if it could not be read.
pub(super) struct Town {
    pub name: String,
    pub city: Option<City>,
}

impl Suite {
    /// Reads and checks the tests of a policy.
    ///
    /// # Errors
    /// All problems at once, each with its place in `origin`.
    pub fn parse(text: &str, origin: &Origin, policy: &Policy) -> Result<(Self, Problems), Problems> {
        let node = tree::parse(text, origin)?;
        let mut problems = Problems::new();
        let mut reader = Reader::new("tests", &node, &mut problems);
        // Which policy is tested, whoever opened the file has settled.
        let _ = reader.text("policy");
        let winter = || Date::new(WINTER.0, WINTER.1, WINTER.2).ok();
        let date = reader.date("date").or_else(winter);
        let (one, several) = (reader.optional("city"), reader.entries("cities"));
        let _ = reader.awaited("test");
        let trials = reader.list("test");
        reader.finish();

        let named = one.map(|node| ("city", node)).into_iter();
        let named: Vec<(&str, &Node)> = named.chain(several.iter().map(|(name, node)| (name.as_str(), node))).collect();
        if named.is_empty() {
            problems.error(node.place.clone(), M::NoCity {});
        }
        if trials.is_empty() {
            problems.error(node.place.clone(), M::NoTests {});
        }
        let mut towns = Vec::new();
        for (name, node) in named {
            let city = date.and_then(|day| town::town(name, node, policy, day, &mut problems));
            towns.push(Town { name: name.to_owned(), city });
        }
        let mut read = Vec::new();
        for (number, node) in (1..).zip(trials) {
            let source = Source { policy, towns: &towns, date, number };
            read.extend(source.trial(node, &mut problems));
        }
        let cities = towns.into_iter().filter_map(|town| town.city).collect();
        problems.or(Self { cities, trials: read })
    }
}

struct Source<'a> {
    policy: &'a Policy,
    towns: &'a [Town],
    date: Option<Date>,
    /// The test's, from 1.
    number: usize,
}

impl Source<'_> {
    fn trial(&self, node: &Node, problems: &mut Problems) -> Option<Trial> {
        let mut reader = Reader::new("test", node, problems);
        let name = reader.optional("name");
        let clause = reader.text("clause").unwrap_or_default();
        let city = reader.optional("city");
        let date = reader.date("date");
        let (shortfall, supply) = (reader.decimal("shortfall"), reader.whole("supply_m3").map(M3));
        let unified = reader.bool("unified").unwrap_or(false);
        let demand = numbers(&mut reader, "demand", |reader, key, node| reader.as_whole(key, node).map(M3));
        let burdens = numbers(&mut reader, "burdens", Reader::as_decimal);
        let customer_burdens = numbers(&mut reader, "customer_burdens", Reader::as_decimal);
        let turns = reader.entries("turns");
        let expected = reader.awaited("expect");
        reader.finish();

        let name = self.name(name, problems);
        if shortfall.is_some() && supply.is_some() {
            problems.error(node.place.clone(), M::TwoSupplies {});
        }
        let city = self.city(city, node, problems);
        let known = city.and_then(|at| self.towns.get(at)).and_then(|town| town.city.as_ref());
        let before = problems.len();
        let expect = match expected {
            Some(expected) => expect::read(expected, self.policy, known, problems),
            None => Expect::default(),
        };
        // A misspelt expectation was told already.
        if expect.checks.is_empty() && expect.areas.is_empty() && problems.len() == before {
            problems.error(node.place.clone(), M::NothingExpected {});
        }
        let (city, known) = (city?, known?);
        let customers = known.customers.iter().map(|customer| &*customer.id);
        let (demand, customer_burdens) = (
            indexed(demand, customers.clone(), problems, |word, near| M::UnknownCustomer { word, near }),
            indexed(customer_burdens, customers, problems, |word, near| M::UnknownCustomer { word, near }),
        );
        let districts = known.districts.iter().map(|district| &*district.id);
        let turns = turns.iter().map(|(block, days)| (block.as_str(), days.place.clone(), dates(days, problems)));
        let turns: Vec<_> = turns.collect();
        let unknown = |word, near| M::UnknownDistrict { word, near };
        let (burdens, turns) =
            (indexed(burdens, districts.clone(), problems, unknown), indexed(turns, districts, problems, unknown));

        // The city's figures are those of one day; the test's own day may be another.
        let told = |found: Problems, problems: &mut Problems| {
            found.into_iter().for_each(|problem| problems.push(here(problem, &node.place)));
        };
        let mut day = match Day::on(known, self.date?) {
            Ok((day, _)) => day,
            Err(found) => {
                told(found, problems);
                return None;
            }
        };
        day.date = date.unwrap_or(day.date);
        day.demand_source = None;
        for (customer, volume) in demand {
            if let Some(slot) = day.demand.get_mut(customer as usize) {
                *slot = volume;
            }
        }
        (day.burdens, day.customer_burdens, day.turns) = (burdens, customer_burdens, turns);
        if let Some(what) = shortfall.map(WhatIf::Shortfall).or(supply.map(WhatIf::Supply))
            && let Err(found) = whatif::apply(known, &mut day, what, unified)
        {
            told(found, problems);
        }
        Some(Trial { name, clause, place: node.place.clone(), city: self.place_of(city), day, unified, expect })
    }

    fn name(&self, node: Option<&Node>, problems: &mut Problems) -> Label {
        let number = self.number;
        let Some(node) = node else {
            return Label { en: format!("Test {number}"), zh: format!("第 {number} 项测试") };
        };
        match &node.value {
            Value::Text(text) => Label { en: text.clone(), zh: text.clone() },
            _ => {
                let mut reader = Reader::new("name", node, problems);
                let name = Label { en: reader.must_text("en"), zh: reader.must_text("zh") };
                reader.finish();
                name
            }
        }
    }

    /// The test's city, by index in `towns`.
    fn city(&self, node: Option<&Node>, test: &Node, problems: &mut Problems) -> Option<usize> {
        let names = || self.towns.iter().map(|town| town.name.as_str());
        match (node, self.towns) {
            (None, []) => None,
            (None, [_]) => Some(0),
            // [city] is the one that is meant where no name is given.
            (None, [first, ..]) if first.name == "city" => Some(0),
            (None, _) => {
                let known = names().collect::<Vec<_>>().join(", ");
                problems.error(test.place.clone(), M::WhichCity { known });
                None
            }
            (Some(node), _) => {
                let mut reader = Reader::new("test", test, problems);
                let word = reader.as_text("city", node)?;
                let found = names().position(|name| name == word);
                if found.is_none() && !self.towns.is_empty() {
                    let near = near(&word, names());
                    problems.error(node.place.clone(), M::UnknownCity { word, near });
                }
                found
            }
        }
    }

    /// The index among the cities that could be read.
    fn place_of(&self, town: usize) -> usize {
        self.towns.iter().take(town).filter(|town| town.city.is_some()).count()
    }
}

/// A fault that no line holds is the test's.
pub(super) fn here(mut problem: Problem, test: &Place) -> Problem {
    if problem.place.line == 0 {
        problem.place = test.clone();
    }
    problem
}

/// The nearest of some names, or all of them where none is near.
pub(super) fn near<'n>(word: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    nearest(word, names.clone()).map_or_else(|| names.collect::<Vec<_>>().join(", "), str::to_owned)
}

/// The entries of a table of numbers, each with its place.
fn numbers<'n, 'p, T>(
    reader: &mut Reader<'n, 'p>,
    key: &'static str,
    read: impl Fn(&mut Reader<'n, 'p>, &str, &Node) -> Option<T>,
) -> Vec<(&'n str, Place, Option<T>)> {
    let entries = reader.entries(key);
    let entry = |(name, node): &'n (String, Node)| (name.as_str(), node.place.clone(), read(reader, name, node));
    entries.iter().map(entry).collect()
}

fn dates(node: &Node, problems: &mut Problems) -> Option<Vec<Date>> {
    let date = |item: &Node| match &item.value {
        Value::Text(text) | Value::Time(text) => text.parse::<Date>().ok(),
        _ => None,
    };
    let dates = match &node.value {
        Value::List(items) => items.iter().map(date).collect(),
        _ => None,
    };
    if dates.is_none() {
        let (wanted, wanted_zh) = ("a list of dates, YYYY-MM-DD", "日期列表，写作 YYYY-MM-DD");
        let message = tree::TreeMessage::WrongKind { key: "turns".to_owned(), wanted, wanted_zh };
        problems.error(node.place.clone(), message);
    }
    dates
}

/// By index among the names.
fn indexed<'n, T>(
    entries: Vec<(&str, Place, Option<T>)>,
    names: impl Iterator<Item = &'n str> + Clone,
    problems: &mut Problems,
    unknown: impl Fn(String, String) -> M,
) -> BTreeMap<u32, T> {
    let mut found = BTreeMap::new();
    for (word, place, value) in entries {
        match (names.clone().position(|name| name == word), value) {
            (Some(at), Some(value)) => _ = found.insert(at as u32, value),
            (Some(_), None) => {}
            (None, _) => problems.error(place, unknown(word.to_owned(), near(word, names.clone()))),
        }
    }
    found
}
