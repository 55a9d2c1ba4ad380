//! What a test expects: any of the figures and facts of a decision, each with its place.
//!
//! An expectation says nothing of what it leaves out: `measures.NAME = 100` is silent about other measures. Only lists
//! (`in_force`, `cutting`, `blocks`, `warnings`, a customer's `measures` and `clauses`) are whole.

use super::TrialMessage as M;
use super::source::near;
use crate::city::City;
use crate::decide::{BEYOND_AUTHORITY, Form, Status};
use crate::policy::Policy;
use crate::problem::{Place, Problems};
use crate::tree::{Node, Reader};

/// What one decision must be, and those of the outer districts.
#[derive(Clone, Debug, Default)]
pub(super) struct Expect {
    /// In the order of the file.
    pub checks: Vec<Check>,
    /// By the outer district's id.
    pub areas: Vec<(String, Place, Expect)>,
}

/// One thing that must be so.
#[derive(Clone, Debug)]
pub(super) struct Check {
    pub place: Place,
    pub what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Level(Option<String>),
    /// The district whose shortfall raised the level.
    RaisedBy(Option<String>),
    Status(Status),
    EscalateTo(Option<String>),
    /// In the order of their turn.
    Blocks(Vec<String>),
    BlocksByFormula(u64),
    Extended(bool),
    RestGaveWay(bool),
    /// Sorted.
    InForce(Vec<String>),
    /// Sorted.
    Cutting(Vec<String>),
    /// What a measure takes, in m3.
    Measure(String, u64),
    /// A figure of a table, in m3 or heads.
    Figure(Table, &'static str, u64),
    /// How a customer is cut.
    Form(String, Form),
    /// By which measures, sorted.
    By(String, Vec<String>),
    /// Under which clauses, sorted.
    Clauses(String, Vec<String>),
    /// The codes of the warnings, sorted.
    Warnings(Vec<String>),
}

/// Where a figure stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Totals,
    Balance,
    Class(String),
    Tier(u32),
    District(String),
    Company(String),
    Customer(String),
}

/// What stands for no level, no area.
pub(super) const NONE: &str = "none";

/// The columns of the tables of volumes.
pub(super) const COLUMNS: [&str; 3] = ["demand_m3", "served_m3", "cut_m3"];

/// The keys of the balance.
pub(crate) const BALANCE: [&str; 4] = ["demand_m3", "supply_m3", "deliverable_m3", "shortfall_m3"];

/// The keys of the totals.
pub(crate) const TOTALS: [&str; 8] = [
    "demand_m3",
    "served_m3",
    "cut_m3",
    "withheld_m3",
    "beyond_authority_m3",
    "unused_m3",
    "customers_cut",
    "households_cut",
];

/// The words for how a decision went.
pub(super) const STATUSES: [(&str, Status); 3] = [
    ("no_shortage", Status::NoShortage),
    ("balanced", Status::Balanced),
    ("beyond_authority", Status::BeyondAuthority),
];

/// The words for how a customer is cut.
pub(super) const FORMS: [(&str, Form); 4] =
    [("none", Form::None), ("stop", Form::Stop), ("limit", Form::Limit), ("off-peak", Form::OffPeak)];

/// Reads `expect`. Names of districts and customers are judged where the city is known.
pub(super) fn read(node: &Node, policy: &Policy, city: Option<&City>, problems: &mut Problems) -> Expect {
    let mut source = Source { policy, city, problems, expect: Expect::default() };
    source.decision(node, true);
    let mut expect = source.expect;
    expect.checks.sort_by(|a, b| a.place.cmp(&b.place));
    expect
}

struct Source<'a> {
    policy: &'a Policy,
    city: Option<&'a City>,
    problems: &'a mut Problems,
    expect: Expect,
}

impl Source<'_> {
    fn decision(&mut self, node: &Node, whole: bool) {
        let mut reader = Reader::new("expect", node, self.problems);
        let status = reader.word("status", &STATUSES);
        let words = ["level", "raised_by", "escalate_to"].map(|key| reader.text(key));
        let by_formula = reader.whole("blocks_by_formula");
        let truths = ["extended", "rest_gave_way"].map(|key| reader.bool(key));
        let [blocks, in_force, cutting, warnings] =
            ["blocks", "in_force", "cutting", "warnings"].map(|key| reader.texts(key));
        let measures = reader.entries("measures");
        let measured: Vec<Option<u64>> = measures.iter().map(|(id, node)| reader.as_whole(id, node)).collect();
        let tables = ["by_class", "by_tier", "by_district", "by_company", "customers"].map(|key| reader.entries(key));
        let (totals, balance) = (reader.optional("totals"), reader.optional("balance"));
        let areas = if whole { reader.entries("areas") } else { &[] };
        reader.finish();

        let at = |key: &str| node.get(key).map_or_else(|| node.place.clone(), |node| node.place.clone());
        let [level, raised, escalate] = words;
        if let Some(level) = level {
            let level = self.level(&level, &at("level"));
            self.add(at("level"), What::Level(level));
        }
        if let Some(raised) = raised {
            let raised = self.district_or_none(&raised, &at("raised_by"));
            self.add(at("raised_by"), What::RaisedBy(raised));
        }
        if let Some(status) = status {
            self.add(at("status"), What::Status(status));
        }
        if let Some(level) = escalate {
            let level = self.level(&level, &at("escalate_to"));
            self.add(at("escalate_to"), What::EscalateTo(level));
        }
        if let Some(blocks) = blocks {
            blocks.iter().for_each(|(block, place)| self.district(block, place));
            self.add(at("blocks"), What::Blocks(blocks.into_iter().map(|(block, _)| block).collect()));
        }
        if let Some(count) = by_formula {
            self.add(at("blocks_by_formula"), What::BlocksByFormula(count));
        }
        for (key, truth) in ["extended", "rest_gave_way"].into_iter().zip(truths) {
            let what = |truth| if key == "extended" { What::Extended(truth) } else { What::RestGaveWay(truth) };
            if let Some(truth) = truth {
                self.add(at(key), what(truth));
            }
        }
        for (key, list, what) in
            [("in_force", in_force, What::InForce as fn(Vec<String>) -> What), ("cutting", cutting, What::Cutting)]
        {
            if let Some(list) = list {
                let ids = self.measures(list, false);
                self.add(at(key), what(ids));
            }
        }
        for ((id, node), volume) in measures.iter().zip(measured) {
            self.measure(id, &node.place);
            if let Some(volume) = volume {
                self.add(node.place.clone(), What::Measure(id.clone(), volume));
            }
        }
        self.figures(totals, &TOTALS, || Table::Totals);
        self.figures(balance, &BALANCE, || Table::Balance);
        for (key, entries) in ["by_class", "by_tier", "by_district", "by_company"].into_iter().zip(tables) {
            for (name, node) in entries {
                if let Some(table) = self.row(key, name, &node.place) {
                    self.figures(Some(node), &COLUMNS, || table.clone());
                }
            }
        }
        for (id, node) in tables[4] {
            self.customer(id, node);
        }
        if let Some(warnings) = warnings {
            let mut codes: Vec<String> = warnings.into_iter().map(|(code, _)| code).collect();
            codes.sort();
            self.add(at("warnings"), What::Warnings(codes));
        }
        for (district, node) in areas {
            self.area(district, node);
        }
    }

    fn add(&mut self, place: Place, what: What) {
        self.expect.checks.push(Check { place, what });
    }

    fn area(&mut self, district: &str, node: &Node) {
        self.district(district, &node.place);
        let urban = self.city.and_then(|city| Some(city.districts[city.district(district)?].urban));
        if urban == Some(true) {
            self.problems.error(node.place.clone(), M::NotOuter { word: district.to_owned() });
        }
        let mut source = Source { expect: Expect::default(), problems: self.problems, ..*self };
        source.decision(node, false);
        let mut expect = source.expect;
        expect.checks.sort_by(|a, b| a.place.cmp(&b.place));
        if expect.checks.is_empty() {
            self.problems.error(node.place.clone(), M::NothingExpected {});
        }
        self.expect.areas.push((district.to_owned(), node.place.clone(), expect));
    }

    fn figures(&mut self, node: Option<&Node>, keys: &[&'static str], table: impl Fn() -> Table) {
        let Some(node) = node else { return };
        let mut reader = Reader::new("figures", node, self.problems);
        let found: Vec<Option<u64>> = keys.iter().map(|key| reader.whole(key)).collect();
        reader.finish();
        for (key, number) in keys.iter().zip(found) {
            if let (Some(number), Some(node)) = (number, node.get(key)) {
                self.add(node.place.clone(), What::Figure(table(), key, number));
            }
        }
    }

    fn row(&mut self, key: &str, name: &str, place: &Place) -> Option<Table> {
        match key {
            "by_class" => {
                // As in a case's tables, a class goes by its labels and aliases too.
                let found = self.policy.class(name).and_then(|class| self.policy.classes.get(class));
                if found.is_none() {
                    let near = near(name, self.policy.classes.iter().map(|class| class.id.as_str()));
                    self.problems.error(place.clone(), M::UnknownClass { word: name.to_owned(), near });
                }
                found.map(|class| Table::Class(class.id.clone()))
            }
            "by_tier" => {
                let number = name.parse().ok().filter(|number| self.policy.tiers.iter().any(|t| t.number == *number));
                if number.is_none() {
                    let known: Vec<String> = self.policy.tiers.iter().map(|tier| tier.number.to_string()).collect();
                    let (word, near) = (name.to_owned(), known.join(", "));
                    self.problems.error(place.clone(), M::UnknownTier { word, near });
                }
                number.map(Table::Tier)
            }
            "by_district" => {
                self.district(name, place);
                Some(Table::District(name.to_owned()))
            }
            _ => {
                if let Some(city) = self.city.filter(|city| !city.companies.iter().any(|company| **company == *name)) {
                    let near = near(name, city.companies.iter().map(|company| &**company));
                    self.problems.error(place.clone(), M::UnknownCompany { word: name.to_owned(), near });
                }
                Some(Table::Company(name.to_owned()))
            }
        }
    }

    fn customer(&mut self, id: &str, node: &Node) {
        if let Some(city) = self.city.filter(|city| city.customer(id).is_none()) {
            let near = near(id, city.customers.iter().map(|customer| &*customer.id));
            self.problems.error(node.place.clone(), M::UnknownCustomer { word: id.to_owned(), near });
        }
        let mut reader = Reader::new("customers", node, self.problems);
        let found = COLUMNS.map(|key| reader.whole(key));
        let form = reader.word("form", &FORMS);
        let (measures, clauses) = (reader.texts("measures"), reader.texts("clauses"));
        reader.finish();
        let at = |key: &str| node.get(key).map_or_else(|| node.place.clone(), |node| node.place.clone());
        for (key, number) in COLUMNS.into_iter().zip(found) {
            if let Some(number) = number {
                self.add(at(key), What::Figure(Table::Customer(id.to_owned()), key, number));
            }
        }
        if let Some(form) = form {
            self.add(at("form"), What::Form(id.to_owned(), form));
        }
        if let Some(measures) = measures {
            let measures = self.measures(measures, true);
            self.add(at("measures"), What::By(id.to_owned(), measures));
        }
        if let Some(clauses) = clauses {
            let mut clauses: Vec<String> = clauses.into_iter().map(|(clause, _)| clause).collect();
            clauses.sort();
            self.add(at("clauses"), What::Clauses(id.to_owned(), clauses));
        }
    }

    fn measures(&mut self, list: Vec<(String, Place)>, beyond: bool) -> Vec<String> {
        for (id, place) in &list {
            if !(beyond && id == BEYOND_AUTHORITY) {
                self.measure(id, place);
            }
        }
        let mut ids: Vec<String> = list.into_iter().map(|(id, _)| id).collect();
        ids.sort();
        ids
    }

    fn measure(&mut self, id: &str, place: &Place) {
        if self.policy.measure(id).is_none() {
            let near = near(id, self.policy.measures.iter().map(|measure| measure.id.as_str()));
            self.problems.error(place.clone(), M::UnknownMeasure { word: id.to_owned(), near });
        }
    }

    fn level(&mut self, word: &str, place: &Place) -> Option<String> {
        if word == NONE {
            return None;
        }
        if self.policy.level(word).is_none() {
            let known = self.policy.levels.iter().map(|level| level.id.as_str());
            let near = near(word, known.chain([NONE]));
            self.problems.error(place.clone(), M::UnknownLevel { word: word.to_owned(), near });
        }
        Some(word.to_owned())
    }

    fn district_or_none(&mut self, word: &str, place: &Place) -> Option<String> {
        if word == NONE {
            return None;
        }
        self.district(word, place);
        Some(word.to_owned())
    }

    fn district(&mut self, word: &str, place: &Place) {
        if let Some(city) = self.city.filter(|city| city.district(word).is_none()) {
            let near = near(word, city.districts.iter().map(|district| &*district.id));
            self.problems.error(place.clone(), M::UnknownDistrict { word: word.to_owned(), near });
        }
    }
}
