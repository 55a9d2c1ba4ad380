//! Says which word of a row is unknown, and which known one is near.

use crate::city::ledger::{At, Ledger, Tables};
use crate::city::{CityMessage, District};
use crate::policy::Policy;
use crate::problem::nearest;

/// Complains about rows that name what is not there.
pub(super) struct Unknown<'a> {
    pub ledger: &'a mut Ledger,
    pub tables: &'a Tables,
}

/// At most this many known names are listed in a message.
const LISTED: usize = 12;

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    let shown = names.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > LISTED { format!("{shown}, ...") } else { shown }
}

impl Unknown<'_> {
    /// Complains about an empty id.
    pub fn missing(&mut self, at: At, id: &str, (column, column_zh): (&'static str, &'static str)) {
        if id.is_empty() {
            self.ledger.error(self.tables.cell(at, column), CityMessage::MissingId { column, column_zh });
        }
    }

    /// Finds words for a problem, unless its table has enough of the kind.
    fn say(&mut self, at: At, column: &str, code: &'static str, message: impl FnOnce() -> CityMessage) {
        let place = self.tables.cell(at, column);
        if !self.ledger.enough(&place.origin, code) {
            self.ledger.error(place, message());
        }
    }

    /// Complains about a district.
    pub fn district(&mut self, at: At, column: &'static str, word: &str, districts: &[District]) {
        if word.is_empty() {
            return self.missing(at, "", (column, "区域"));
        }
        if !self.ledger.has("districts") {
            return;
        }
        self.say(at, column, "unknown_district", || {
            let names = districts.iter().flat_map(|d| [&*d.id, &*d.name]);
            let (near, word) = (nearest(word, names).map(str::to_owned), word.to_owned());
            match near {
                Some(near) => CityMessage::UnknownDistrict { word, near },
                None => CityMessage::StrangeDistrict { word, known: list(districts.iter().map(|d| &*d.id)) },
            }
        });
    }

    /// Complains about a class. Without a policy, which class is meant cannot be said, and its absence is told
    /// elsewhere.
    pub fn class(&mut self, at: At, word: &str, policy: Option<&Policy>) {
        if word.is_empty() {
            return self.missing(at, "", ("class", "用户类别"));
        }
        let Some(policy) = policy else { return };
        self.say(at, "class", "unknown_class", || {
            let names = policy.classes.iter().flat_map(|class| {
                [&class.id, &class.label.en, &class.label.zh].into_iter().chain(&class.aliases).map(String::as_str)
            });
            let (near, word) = (nearest(word, names).map(str::to_owned), word.to_owned());
            let id = policy.id.clone();
            match near {
                Some(near) => CityMessage::UnknownClass { word, policy: id, near },
                None => {
                    let known = policy.classes.iter().map(|class| class.id.as_str()).collect::<Vec<_>>().join(", ");
                    let zh = policy.classes.iter().map(|class| class.label.zh.as_str()).collect::<Vec<_>>().join("、");
                    CityMessage::StrangeClass { word, policy: id, known, known_zh: zh }
                }
            }
        });
    }

    /// Complains about a company.
    pub fn company(&mut self, at: At, word: &str, companies: &[Box<str>]) {
        if !self.ledger.has("customers") {
            return;
        }
        self.say(at, "company", "unknown_company", || {
            let (near, word) = (nearest(word, companies.iter().map(|c| &**c)).map(str::to_owned), word.to_owned());
            match near {
                Some(near) => CityMessage::UnknownCompany { word, near },
                None => CityMessage::StrangeCompany { word, known: list(companies.iter().map(|c| &**c)) },
            }
        });
    }

    /// Complains about a profile.
    pub fn profile<'p>(&mut self, at: At, word: &str, profiles: impl Iterator<Item = &'p str> + Clone) {
        if !self.ledger.has("profiles") {
            return;
        }
        self.say(at, "profile", "unknown_profile", || {
            let (near, word) = (nearest(word, profiles.clone()).map(str::to_owned), word.to_owned());
            match near {
                Some(near) => CityMessage::UnknownProfile { word, near },
                None if profiles.clone().next().is_none() => CityMessage::NoProfiles { word },
                None => CityMessage::StrangeProfile { word, known: list(profiles) },
            }
        });
    }

    /// Complains about a customer. With a million of them, the nearest of all would take too long to find.
    pub fn customer<'c>(&mut self, at: At, word: &str, customers: impl Iterator<Item = &'c str>) {
        if !self.ledger.has("customers") {
            return;
        }
        self.say(at, "customer_id", "unknown_customer", || {
            let (near, word) = (nearest(word, customers.take(20_000)).map(str::to_owned), word.to_owned());
            match near {
                Some(near) => CityMessage::UnknownCustomer { word, near },
                None => CityMessage::StrangeCustomer { word },
            }
        });
    }
}
