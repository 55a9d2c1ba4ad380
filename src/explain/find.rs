//! Who is meant: by id, by name, by a part of a name. Where several are, all are told.

use super::{Room, Subject};
use crate::Label;
use crate::city::Customer;

/// Somebody who may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// Who or what.
    pub subject: Subject,
    /// Its id, with the kind before it: what settles the matter when typed instead.
    pub id: String,
    /// What people call it.
    pub name: Label,
    /// The balance it belongs to, as an index in [`Room::all`].
    pub room: usize,
}

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// This one.
    One(Candidate),
    /// One of these, and how many there are in all; the list may be cut short.
    Several(Vec<Candidate>, usize),
    /// Nobody.
    Nobody,
}

/// The most candidates that are told: with what else is to say, they stay in sight.
const MOST: usize = 5;

/// Finds who is meant by a word: `level`, an id, a name, or a part of a customer's or district's name; with `customer:`, `class:`,
/// `district:`, `company:` or `measure:` before it, of that kind alone.
pub fn find(rooms: &[Room<'_>], word: &str) -> Found {
    let (kind, word) = match word.split_once([':', '：']) {
        Some((kind, rest)) if KINDS.iter().any(|names| names.contains(&kind)) => (Some(kind), rest.trim()),
        _ => (None, word.trim()),
    };
    let is = |number: usize| kind.is_none_or(|kind| KINDS[number].contains(&kind));
    let mut exact = Vec::new();
    let mut partly = Vec::new();
    let lower = word.to_lowercase();
    let part = |text: &str| !word.is_empty() && text.to_lowercase().contains(&lower);
    for (number, room) in rooms.iter().enumerate() {
        let candidate = |kind: usize, subject, id: &str, name: Label| {
            let id = if kind == LEVEL { id.to_owned() } else { format!("{}:{id}", KINDS[kind][0]) };
            Candidate { subject, id, name, room: number }
        };
        let (city, policy, main) = (room.city, room.policy, room.decision.area.is_none());
        if is(LEVEL) && main && (KINDS[LEVEL].contains(&word) || is_todays_level(room, word)) {
            exact.push(candidate(
                LEVEL,
                Subject::Level,
                "level",
                Label { en: "the level".into(), zh: "响应级别".into() },
            ));
        }
        if is(CLASS) && main {
            for (i, class) in policy.classes.iter().enumerate() {
                let here = || candidate(CLASS, Subject::Class(i), &class.id, class.label.clone());
                if class.is_called(word) {
                    exact.push(here());
                } else if part(&class.label.en) || part(&class.label.zh) || class.aliases.iter().any(|a| part(a)) {
                    partly.push(here());
                }
            }
        }
        if is(MEASURE) && main {
            for (i, measure) in policy.measures.iter().enumerate() {
                let here = || candidate(MEASURE, Subject::Measure(i), &measure.id, measure.label.clone());
                if measure.id == word || measure.label.en == word || measure.label.zh == word {
                    exact.push(here());
                } else if part(&measure.id) || part(&measure.label.en) || part(&measure.label.zh) {
                    partly.push(here());
                }
            }
        }
        for row in room.decision.by_district.iter().filter(|_| is(DISTRICT)) {
            let Some(at) = city.district(&row.district) else { continue };
            let district = &city.districts[at];
            let name = Label { en: district.name.to_string(), zh: district.name.to_string() };
            let here = || candidate(DISTRICT, Subject::District(at as u32), &district.id, name.clone());
            if &*district.id == word || &*district.name == word {
                exact.push(here());
            } else if part(&district.id) || part(&district.name) {
                partly.push(here());
            }
        }
        if is(COMPANY) && main {
            for (i, company) in city.companies.iter().enumerate() {
                let name = Label { en: company.to_string(), zh: company.to_string() };
                let here = || candidate(COMPANY, Subject::Company(i as u32), company, name.clone());
                if &**company == word {
                    exact.push(here());
                } else if part(company) {
                    partly.push(here());
                }
            }
        }
        // By their districts: to look a million customers up by their ids would take longer than all else.
        let mut here = vec![false; city.districts.len()];
        let districts = room.decision.by_district.iter().filter_map(|row| city.district(&row.district));
        districts.for_each(|at| here[at] = true);
        let ours = |(_, customer): &(usize, &Customer)| is(CUSTOMER) && here[customer.district as usize];
        for (at, customer) in city.customers.iter().enumerate().filter(ours) {
            let name = || Label { en: customer.name.to_string(), zh: customer.name.to_string() };
            if &*customer.id == word || &*customer.name == word {
                exact.push(candidate(CUSTOMER, Subject::Customer(at as u32), &customer.id, name()));
            } else if exact.is_empty() && (part(&customer.name) || part(&customer.id)) {
                partly.push(candidate(CUSTOMER, Subject::Customer(at as u32), &customer.id, name()));
            }
        }
    }
    let mut found = if exact.is_empty() { partly } else { exact };
    let count = found.len();
    if count == 1 {
        return found.pop().map_or(Found::Nobody, Found::One);
    }
    found.truncate(MOST);
    if found.is_empty() { Found::Nobody } else { Found::Several(found, count) }
}

const KINDS: [[&str; 2]; 6] = [
    ["level", "级别"],
    ["class", "类别"],
    ["measure", "措施"],
    ["district", "区域"],
    ["company", "企业"],
    ["customer", "用户"],
];
const LEVEL: usize = 0;
const CLASS: usize = 1;
const MEASURE: usize = 2;
const DISTRICT: usize = 3;
const COMPANY: usize = 4;
const CUSTOMER: usize = 5;

/// Whether a word names the level in force.
fn is_todays_level(room: &Room<'_>, word: &str) -> bool {
    let today = room.decision.level.as_ref().and_then(|level| room.policy.level(&level.id));
    let level = today.and_then(|at| room.policy.levels.get(at));
    level.is_some_and(|level| [&level.id, &level.label.en, &level.label.zh].iter().any(|name| *name == word))
}
