//! From the TOML of a plan to a [`Policy`]: every key is read here, and nowhere else.
//!
//! Sections are read in the order in which they refer to each other: roles and classes, then tiers and levels, then
//! measures, then what names measures. Whether the whole is sound is `lint`'s question.

use std::collections::BTreeMap;
use std::path::Path;

use super::honest::{self, By};
use super::measures::measures;
use super::proposal;
use super::response::response;
use super::triggers::{Triggers, mildest_first, triggers};
use super::{
    Basis, Class, Due, Duty, Exemption, Level, Part, Policy, PolicyMessage as M, Role, Rotation, Season, Selector,
    Status, Take, Tier, Validity, lint, selector::Range,
};
use crate::Label;
use crate::problem::{Origin, Place, Problems, nearest};
use crate::tree::{self, FileKind, Node, Reader, Value};
use crate::units::Decimal;

/// Reads and checks a policy; `overrides` are `PATH=VALUE`. The paths that it extends begin in `folder`.
pub(super) fn read(
    text: &str,
    origin: &Origin,
    folder: Option<&Path>,
    overrides: &[String],
) -> Result<(Policy, Problems), Problems> {
    let (mut node, extends) = proposal::whole(tree::parse_as(FileKind::Policy, text, origin)?, origin, folder)?;
    let mut problems = Problems::new();
    if !overrides.is_empty() {
        let before = node.clone();
        for assignment in overrides {
            if let Err(refused) = node.set(assignment) {
                problems.extend(refused);
            }
        }
        // What is changed for one run is no more what the plan states than what a proposal changes.
        let own: Vec<Origin> = overrides.iter().map(|assignment| tree::override_origin(assignment)).collect();
        honest::mark(&before, &mut node, &own, &By::Override);
    }
    let mut policy = Source { problems: &mut problems, classes: Vec::new(), roles: BTreeMap::new() }.policy(&node);
    policy.digest = hex(&hmac_sha256::Hash::hash(node.canonical().as_bytes()));
    policy.overrides = overrides.to_vec();
    policy.extends = extends;
    if !problems.stop() {
        lint::lint(&policy, &node, &mut problems);
    }
    problems.or(policy)
}

/// In hex, as digests are written.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What later sections need of earlier ones.
pub(super) struct Source<'p> {
    pub(super) problems: &'p mut Problems,
    pub(super) classes: Vec<Class>,
    roles: BTreeMap<String, Role>,
}

impl Source<'_> {
    fn policy(mut self, node: &Node) -> Policy {
        // Everything is looked up on the node itself, so that sections can borrow `self` in turn.
        let mut top = Problems::new();
        let mut reader = Reader::new("policy file", node, &mut top);
        let about = reader.required("policy");
        for key in ["roles", "levels", "exemptions", "rotation", "duties", "response"] {
            let _ = reader.optional(key);
        }
        for key in ["classes", "tiers", "measures", "cut_order"] {
            let _ = reader.required(key);
        }
        reader.finish();
        self.problems.extend(top);

        self.roles = self.roles(node);
        self.classes = self.classes(node);
        let tiers = self.tiers(node);
        let levels = self.levels(node);
        let measures = measures(&mut self, node, &levels);
        let exemptions = self.exemptions(node, &measures.iter().map(|m| m.id.clone()).collect::<Vec<_>>());
        let rotation = self.rotation(node);
        let duties = self.duties(node);
        let response = response(&mut self, node, &measures);
        let (id, version, name, source, in_force) = about.map(|about| self.about(about)).unwrap_or_default();
        Policy {
            id,
            version,
            name,
            source,
            digest: String::new(),
            overrides: Vec::new(),
            extends: Vec::new(),
            in_force,
            classes: self.classes,
            tiers,
            levels,
            measures,
            exemptions,
            rotation,
            roles: self.roles,
            duties,
            response,
        }
    }

    fn about(&mut self, node: &Node) -> (String, String, Label, Label, Validity) {
        let mut reader = Reader::new("policy", node, self.problems);
        let (id, version) = (reader.must_text("id"), reader.must_text("version"));
        let (name, source, in_force) =
            (reader.required("name"), reader.required("source"), reader.optional("in_force"));
        reader.finish();
        self.id(&id, &node.place);
        let label = |this: &mut Self, key, node: Option<&Node>| node.map(|n| this.label(key, n)).unwrap_or_default();
        let (name, source) = (label(self, "name", name), label(self, "source", source));
        (id, version, name, source, self.validity(in_force))
    }

    fn id(&mut self, id: &str, place: &Place) {
        let plain = id.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
        if id.is_empty() || !plain {
            self.problems.error(place.clone(), M::BadId { word: id.to_owned() });
        }
    }

    fn label(&mut self, key: &str, node: &Node) -> Label {
        let mut reader = Reader::new(key, node, self.problems);
        let label = label(&mut reader);
        reader.finish();
        label
    }

    fn roles(&mut self, node: &Node) -> BTreeMap<String, Role> {
        let mut roles = BTreeMap::new();
        for (id, node) in entries(node, "roles", self.problems) {
            roles.insert(id.clone(), Role { label: self.label(id, node) });
        }
        roles
    }

    fn classes(&mut self, node: &Node) -> Vec<Class> {
        let mut classes: Vec<Class> = Vec::new();
        for (id, node) in entries(node, "classes", self.problems) {
            self.id(id, &node.place);
            let mut reader = Reader::new(id, node, self.problems);
            let label = label(&mut reader);
            let aliases: Vec<String> =
                reader.texts("aliases").unwrap_or_default().into_iter().map(|(text, _)| text).collect();
            let boiler = reader.bool("boiler").unwrap_or(false);
            reader.finish();
            for word in [id, &label.en, &label.zh].into_iter().chain(&aliases) {
                if let Some(first) = classes.iter().find(|class| class.is_called(word)) {
                    let message = M::DuplicateName { word: word.clone(), first: first.id.clone() };
                    self.problems.error(node.place.clone(), message);
                }
            }
            classes.push(Class { id: id.clone(), label, aliases, boiler });
        }
        classes
    }

    fn tiers(&mut self, node: &Node) -> Vec<Tier> {
        let mut tiers = Vec::new();
        for node in items(node, "tiers", self.problems) {
            let mut reader = Reader::new("tiers", node, self.problems);
            let _ = reader.required("number");
            let number = reader.whole("number").unwrap_or_default();
            let (label, basis) = (label(&mut reader), basis(&mut reader));
            let _ = reader.required("ranks");
            let ranks = reader.list("ranks");
            reader.finish();
            let ranks = ranks.iter().map(|rank| self.rank(rank)).collect();
            tiers.push(Tier { number, label, basis, ranks });
        }
        tiers
    }

    fn rank(&mut self, node: &Node) -> Vec<Take> {
        let mut reader = Reader::new("ranks", node, self.problems);
        let _ = reader.required("takes");
        let takes = reader.list("takes");
        reader.finish();
        takes.iter().map(|take| self.take(take)).collect()
    }

    fn take(&mut self, node: &Node) -> Take {
        let part = match node.get("part") {
            None => Part::Rest,
            Some(part) => match &part.value {
                Value::Text(word) if word == "rest" => Part::Rest,
                Value::Text(word) if word == "others" => Part::Others,
                Value::Text(word) if word == "floor" => Part::Floor,
                Value::Text(word) => {
                    self.problems.error(part.place.clone(), M::BadPart { word: word.clone() });
                    Part::Rest
                }
                _ => {
                    let mut reader = Reader::new("part", part, self.problems);
                    let _ = reader.required("first_m3");
                    let first = reader.whole("first_m3").unwrap_or_default();
                    reader.finish();
                    Part::FirstM3(first)
                }
            },
        };
        Take { who: self.selector(node, &["part"]), part }
    }

    fn levels(&mut self, node: &Node) -> Vec<Level> {
        let mut levels = Vec::new();
        for (id, node) in entries(node, "levels", self.problems) {
            self.id(id, &node.place);
            let mut reader = Reader::new(id, node, self.problems);
            let (label, basis) = (label(&mut reader), basis(&mut reader));
            let aliases = reader.texts("aliases").unwrap_or_default().into_iter().map(|(text, _)| text).collect();
            let (colour, when) = (reader.required("colour"), reader.required("when"));
            let mut roles = |key| reader.texts(key).unwrap_or_default();
            let bodies = [roles("proposed_by"), roles("approved_by"), roles("reported_to"), roles("at_discretion")];
            reader.finish();
            let (colour, colour_label) = colour.map(|c| self.colour(c)).unwrap_or_default();
            let Triggers { band, area_band } = when.map_or(Triggers::ALL, |when| triggers(self, id, when));
            let [proposed_by, approved_by, reported_to, discretion] = bodies.map(|roles| self.known_roles(roles));
            levels.push(Level {
                id: id.clone(),
                label,
                aliases,
                colour,
                colour_label,
                band,
                area_band,
                basis,
                proposed_by,
                approved_by,
                reported_to,
                discretion,
            });
        }
        mildest_first(levels)
    }

    fn colour(&mut self, node: &Node) -> (String, Label) {
        let mut reader = Reader::new("colour", node, self.problems);
        let colour = (reader.must_text("id"), label(&mut reader));
        reader.finish();
        colour
    }

    pub(super) fn range(&mut self, key: &str, node: &Node) -> Range {
        let mut reader = Reader::new(key, node, self.problems);
        // Two words for each end: `from`/`up_to` read better for bands, `at_least`/`at_most` for sizes.
        let range = Range {
            at_least: reader.decimal("at_least").or_else(|| reader.decimal("from")),
            over: reader.decimal("over"),
            at_most: reader.decimal("at_most").or_else(|| reader.decimal("up_to")),
            below: reader.decimal("below"),
        };
        let _ = (reader.optional("from"), reader.optional("up_to"));
        reader.finish();
        let place = || node.place.clone();
        if range.at_least.is_some() && range.over.is_some() {
            self.problems.error(place(), M::TwoEnds { a: "at_least", b: "over" });
        }
        if range.at_most.is_some() && range.below.is_some() {
            self.problems.error(place(), M::TwoEnds { a: "at_most", b: "below" });
        }
        let (low, high) = (range.at_least.or(range.over), range.at_most.or(range.below));
        let closed = range.at_least.is_some() && range.at_most.is_some();
        if let (Some(low), Some(high)) = (low, high)
            && (low > high || (low == high && !closed))
        {
            self.problems.error(place(), M::EmptyRange { key: key.to_owned() });
        }
        range
    }

    /// Reads a selector; `besides` are keys of the same table that somebody else reads.
    pub(super) fn selector(&mut self, node: &Node, besides: &[&'static str]) -> Selector {
        let mut reader = Reader::new("who", node, self.problems);
        for key in besides {
            let _ = reader.optional(key);
        }
        let classes = reader.texts("class").unwrap_or_default();
        let mut words =
            |key| reader.texts(key).unwrap_or_default().into_iter().map(|(word, _)| word).collect::<Vec<String>>();
        let mut selector = Selector {
            ids: words("id"),
            sites: words("site"),
            districts: words("district"),
            companies: words("company"),
            tags: words("tag"),
            backups: words("backup"),
            contracts: words("contract"),
            ..Selector::default()
        };
        let ranges = ["boiler_t_h", "demand_m3", "annual_m3"].map(|key| reader.optional(key));
        reader.finish();
        selector.classes = classes.iter().filter_map(|(word, place)| self.known_class(word, place)).collect();
        let [boiler, demand, annual] = ranges;
        let mut range = |key, node: Option<&Node>| node.map(|n| self.range(key, n)).unwrap_or_default();
        selector.boiler_t_h = range("boiler_t_h", boiler);
        selector.demand_m3 = range("demand_m3", demand);
        selector.annual_m3 = range("annual_m3", annual);
        selector
    }

    fn known_class(&mut self, word: &str, place: &Place) -> Option<usize> {
        let found = self.classes.iter().position(|class| class.id == word);
        if found.is_none() {
            let near = near(word, self.classes.iter().map(|class| class.id.as_str()));
            self.problems.error(place.clone(), M::UnknownClass { word: word.to_owned(), near });
        }
        found
    }

    pub(super) fn known_roles(&mut self, roles: Vec<(String, Place)>) -> Vec<String> {
        for (word, place) in &roles {
            if !self.roles.contains_key(word) {
                let near = near(word, self.roles.keys().map(String::as_str));
                self.problems.error(place.clone(), M::UnknownRole { word: word.clone(), near });
            }
        }
        roles.into_iter().map(|(word, _)| word).collect()
    }

    fn exemptions(&mut self, node: &Node, measures: &[String]) -> Vec<Exemption> {
        let mut exemptions = Vec::new();
        for (id, node) in entries(node, "exemptions", self.problems) {
            let mut reader = Reader::new(id, node, self.problems);
            let (label, basis) = (label(&mut reader), basis(&mut reader));
            let _ = reader.required("measures");
            let names = reader.texts("measures").unwrap_or_default();
            let who = reader.required("who");
            reader.finish();
            let mut from = Vec::new();
            for (word, place) in names {
                match measures.iter().position(|m| *m == word) {
                    Some(found) => from.push(found),
                    None => {
                        let near = near(&word, measures.iter().map(String::as_str));
                        self.problems.error(place, M::UnknownMeasure { word, near });
                    }
                }
            }
            let who = who.map(|who| self.selector(who, &[])).unwrap_or_default();
            exemptions.push(Exemption { id: id.clone(), label, measures: from, who, basis });
        }
        exemptions
    }

    fn rotation(&mut self, node: &Node) -> Option<Rotation> {
        let node = node.get("rotation")?;
        let mut reader = Reader::new("rotation", node, self.problems);
        let _ = (reader.required("from"), reader.required("step"));
        let mut days = |key| reader.whole(key).unwrap_or_default();
        let (rest_days, longest_run_days) = (days("rest_days"), days("longest_run_days"));
        let rotation = Rotation {
            from: reader.decimal("from").unwrap_or_default(),
            step: reader.decimal("step").unwrap_or(Decimal::ONE),
            rest_days,
            longest_run_days,
            basis: basis(&mut reader),
        };
        reader.finish();
        Some(rotation)
    }

    fn duties(&mut self, node: &Node) -> Vec<Duty> {
        let mut duties = Vec::new();
        for (id, node) in entries(node, "duties", self.problems) {
            let mut reader = Reader::new(id, node, self.problems);
            let (label, basis) = (label(&mut reader), basis(&mut reader));
            let bodies = ["owed_by", "owed_to"].map(|key| reader.texts(key).unwrap_or_default());
            let due = reader.required("due");
            reader.finish();
            let [owed_by, owed_to] = bodies.map(|roles| self.known_roles(roles));
            let due = due.and_then(|due| self.due(due)).unwrap_or(Due::AtOnce);
            duties.push(Duty { id: id.clone(), label, owed_by, owed_to, due, basis });
        }
        duties
    }

    fn due(&mut self, node: &Node) -> Option<Due> {
        if node.value == Value::Text("at-once".to_owned()) {
            return Some(Due::AtOnce);
        }
        let number = |node: &Node| match &node.value {
            Value::Number(number) => number.parse().ok(),
            _ => None,
        };
        let due = match &node.value {
            Value::Table(entries) => match entries.as_slice() {
                [(key, node)] if key == "working_days_after_end" => number(node).map(Due::WorkingDaysAfterEnd),
                [(key, node)] if key == "hours_after" => number(node).map(Due::HoursAfter),
                [(key, node)] if key == "daily" => {
                    let mut reader = Reader::new("daily", node, self.problems);
                    let hours = [reader.required("period"), reader.required("at")];
                    reader.finish();
                    match hours.map(|node| node.and_then(|node| hour(node, self.problems))) {
                        [Some(period), Some(at)] => Some(Due::Daily { period, at }),
                        _ => return None,
                    }
                }
                _ => None,
            },
            _ => None,
        };
        if due.is_none() {
            self.problems.error(node.place.clone(), M::BadDue {});
        }
        due
    }

    pub(super) fn validity(&mut self, node: Option<&Node>) -> Validity {
        let Some(node) = node else { return Validity::default() };
        let mut reader = Reader::new("in_force", node, self.problems);
        let (from, until, season) = (reader.date("from"), reader.date("until"), reader.optional("season"));
        reader.finish();
        Validity { from, until, season: season.and_then(|node| self.season(node, &[])) }
    }

    /// A part of the year; `besides` are keys of the same table that somebody else reads.
    pub(super) fn season(&mut self, node: &Node, besides: &[&'static str]) -> Option<Season> {
        let mut reader = Reader::new("season", node, self.problems);
        for key in besides {
            let _ = reader.optional(key);
        }
        let (from, until) = (reader.must_text("from"), reader.must_text("until"));
        reader.finish();
        let mut day = |word: &str| {
            // Any leap year knows all days of the year.
            let known = format!("2028-{word}").parse::<crate::units::Date>().ok();
            if known.is_none() {
                self.problems.error(node.place.clone(), M::BadSeasonDay { word: word.to_owned() });
            }
            known.map(|date| (date.month(), date.day()))
        };
        Some(Season { from: day(&from)?, until: day(&until)? })
    }
}

pub(super) fn label(reader: &mut Reader<'_, '_>) -> Label {
    Label { en: reader.must_text("en"), zh: reader.must_text("zh") }
}

/// `clause`, `status` and `note`, each optional here: a measure may give them by level.
pub(super) fn basis(reader: &mut Reader<'_, '_>) -> Basis {
    let status = reader.word(
        "status",
        &[("stated", Status::Stated), ("paraphrased", Status::Paraphrased), ("reading", Status::Reading)],
    );
    let (clause, note) = (reader.text("clause").unwrap_or_default(), reader.optional("note"));
    let note = note.map(|node| {
        let mut reader = Reader::new("note", node, reader.problems());
        let note = label(&mut reader);
        reader.finish();
        note
    });
    Basis { clause, status: status.unwrap_or_default(), note: note.unwrap_or_default() }
}

/// A whole clock hour, 0 to 24.
pub(super) fn hour(node: &Node, problems: &mut Problems) -> Option<u8> {
    let text = match &node.value {
        Value::Text(text) => text.clone(),
        Value::Time(time) => time.trim_end_matches(":00").to_owned() + ":00",
        Value::Number(number) => number.clone(),
        _ => String::new(),
    };
    let hour = text.strip_suffix(":00").and_then(|hour| hour.parse::<u8>().ok()).filter(|hour| *hour <= 24);
    if hour.is_none() {
        problems.error(node.place.clone(), M::BadHour { word: text });
    }
    hour
}

pub(super) fn entries<'n>(node: &'n Node, key: &'static str, problems: &mut Problems) -> &'n [(String, Node)] {
    if matches!(node.value, Value::Table(_)) { Reader::new(key, node, problems).entries(key) } else { &[] }
}

fn items<'n>(node: &'n Node, key: &'static str, problems: &mut Problems) -> &'n [Node] {
    if matches!(node.value, Value::Table(_)) { Reader::new(key, node, problems).list(key) } else { &[] }
}

/// The nearest of some names, or all of them where none is near; each in backticks.
pub(super) fn near<'n>(word: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    let ticked = |name: &str| format!("`{name}`");
    nearest(word, names.clone()).map_or_else(|| names.map(ticked).collect::<Vec<_>>().join(", "), ticked)
}
