//! The first sheet of orders and lists: what this is, of which day, how far it has come, and what it rests on.

use super::orders::{Standing, Told};
use super::words::Word;
use super::{Cell, Properties, Sheet, Style};
use crate::Lang;
use crate::render::screen::{Scene, gas_day, is_what_if};
use crate::render::words::Word as ScreenWord;
use crate::render::{fmt, revision, rules};

/// What the workbook holds.
pub(super) enum Paper {
    /// All orders, of everybody or of who is cut, with a sheet for each company or without.
    Orders { all: bool, lists: bool },
    /// One company's list.
    List { company: u32 },
}

impl Told<'_> {
    /// What stands on every page of a workbook, and in its properties.
    pub(crate) fn properties(&self, company: Option<u32>) -> Properties {
        let (decision, lang) = (self.decision, self.lang);
        let title = match company {
            None => self.title(&Paper::Orders { all: false, lists: false }),
            Some(company) => self.title(&Paper::List { company }),
        };
        let mut mark = self.mark().text(lang);
        if decision.is_beyond_authority() {
            mark = format!("{mark} · {}", ScreenWord::Beyond.text(lang));
        }
        let used = &decision.policy;
        let foot = format!("{} · {} {} · {}", decision.volume_basis, used.id, used.version, self.short_digest());
        Properties { title: title.clone(), date: decision.date, head: (title, mark), foot }
    }

    fn short_digest(&self) -> String {
        self.decision.policy.digest.chars().take(16).collect()
    }

    fn title(&self, paper: &Paper) -> String {
        let (case, date) = (self.decision.case.clone(), self.decision.date.to_string());
        match paper {
            Paper::Orders { .. } => Word::OrdersTitle { case, date },
            Paper::List { company } => Word::ListTitle { company: self.company(*company), date, case },
        }
        .text(self.lang)
    }

    fn company(&self, company: u32) -> String {
        self.city.companies.get(company as usize).map_or_else(String::new, |company| company.to_string())
    }

    /// Whether there is anything to order.
    fn orders_anything(&self) -> bool {
        let ordered = |part: &crate::decide::Decision| part.level.is_some() || !part.totals.cut_m3.is_zero();
        ordered(self.decision) || self.decision.areas.iter().any(ordered)
    }

    fn mark(&self) -> Word {
        match self.standing {
            _ if self.decision.exercise => Word::ExerciseMark,
            _ if !self.orders_anything() => Word::NothingMark,
            Standing::Unrecorded => Word::ProposalMark,
            Standing::Waiting { id, .. } => Word::WaitingMark { id: id.clone() },
            Standing::Issued { id, .. } => Word::OrderMark { id: id.clone() },
            Standing::Replaced { id, .. } => Word::ReplacedMark { id: id.clone() },
        }
    }

    fn said(&self) -> (Word, Style) {
        match self.standing {
            _ if self.decision.exercise => (Word::ExerciseSaid, Style::Loud),
            _ if !self.orders_anything() => (Word::NothingSaid, Style::Label),
            Standing::Unrecorded => (Word::ProposalSaid, Style::Loud),
            Standing::Waiting { id, .. } => (Word::WaitingSaid { id: id.clone() }, Style::Loud),
            Standing::Issued { id, by, at, .. } => {
                (Word::OrderSaid { id: id.clone(), by: by.clone(), at: at.clone() }, Style::Label)
            }
            Standing::Replaced { id, by, .. } => (Word::ReplacedSaid { id: id.clone(), by: by.clone() }, Style::Loud),
        }
    }

    fn head(&self) -> String {
        match self.standing {
            Standing::Unrecorded => Word::NoHead.text(self.lang),
            Standing::Waiting { head, .. } | Standing::Issued { head, .. } | Standing::Replaced { head, .. } => {
                head.clone()
            }
        }
    }
}

/// The sheet.
pub(super) fn sheet<'a>(told: &Told<'a>, paper: &Paper) -> Sheet<'a> {
    let (decision, lang) = (told.decision, told.lang);
    let mut leaf = Leaf::default();
    leaf.across(told.title(paper), Style::Title);
    let (said, style) = told.said();
    leaf.across(said.text(lang), style);
    loud(told, &mut leaf);
    leaf.blank();
    facts(told, &mut leaf);
    leaf.blank();
    let lines = match paper {
        Paper::Orders { all, lists } => {
            let mut lines = vec![
                (Word::Orders, if *all { Word::OrdersAreAll } else { Word::OrdersAre }),
                (Word::Hours, Word::HoursAre),
                (Word::Summary, Word::SummaryIs),
            ];
            lines.retain(|(name, _)| !matches!(name, Word::Hours) || decision.hours.is_some());
            let mut lines: Vec<String> = lines.into_iter().map(|(name, what)| entry(&name, &what, lang)).collect();
            if *lists {
                lines.push(Word::ListsAre.text(lang));
            }
            lines
        }
        Paper::List { company } => {
            leaf.fact(&Word::CompanyName.text(lang), told.company(*company));
            let (customers, cut) = told.cut_of(*company);
            let sum = match customers {
                0 => Word::NobodyOfCut { company: told.company(*company) },
                _ => Word::ListSum { customers: fmt::grouped(customers), cut: fmt::with_unit(cut, lang) },
            };
            leaf.fact("", sum.text(lang));
            let mut lines = vec![entry(&Word::List, &Word::ListIs, lang)];
            lines.extend(decision.hours.as_ref().map(|_| entry(&Word::Hours, &Word::HoursAre, lang)));
            lines
        }
    };
    for (at, line) in lines.into_iter().enumerate() {
        leaf.fact(&if at == 0 { Word::SheetsName.text(lang) } else { String::new() }, line);
    }
    leaf.across(Word::ReadBack.text(lang), Style::Note);
    let warnings: Vec<_> = told
        .parts()
        .flat_map(|(part, _)| &part.warnings)
        .filter(|warning| !is_what_if(&warning.code))
        .map(|warning| warning.label().get(lang).to_owned())
        .collect();
    if !warnings.is_empty() {
        leaf.blank();
        leaf.across(ScreenWord::Warnings.text(lang), Style::Label);
        warnings.into_iter().for_each(|warning| leaf.across(warning, Style::Warn));
    }
    let loud = decision.is_beyond_authority();
    Sheet { loud, ..leaf.sheet(Word::About.text(lang)) }
}

fn entry(name: &Word, what: &Word, lang: Lang) -> String {
    Word::SheetSaid { name: name.text(lang), what: what.text(lang) }.text(lang)
}

/// What nobody may miss: that cuts are beyond authority, that two computations differ, that figures or rules are not the case's.
fn loud(told: &Told<'_>, leaf: &mut Leaf) {
    let (decision, lang) = (told.decision, told.lang);
    for (part, policy) in told.parts() {
        let scene = Scene { decision: part, policy, city: told.city, lang };
        let lines = scene.beyond_lines();
        if !lines.is_empty() && part.area.is_some() {
            leaf.across(scene.how_short().text(lang), Style::Loud);
        }
        lines.into_iter().for_each(|line| leaf.across(line, Style::Loud));
        if !part.confirmed {
            leaf.across(ScreenWord::Unconfirmed.text(lang), Style::Loud);
        }
    }
    for assignment in &decision.policy.overrides {
        leaf.across(ScreenWord::Override { assignment: assignment.clone() }.text(lang), Style::Warn);
    }
    for warning in decision.warnings.iter().filter(|warning| is_what_if(&warning.code)) {
        leaf.across(warning.label().get(lang).to_owned(), Style::Loud);
    }
}

fn facts(told: &Told<'_>, leaf: &mut Leaf) {
    let (decision, lang) = (told.decision, told.lang);
    leaf.fact(&Word::GasDayName.text(lang), gas_day(told.day, lang));
    for (part, policy) in told.parts() {
        let scene = Scene { decision: part, policy, city: told.city, lang };
        let name = if part.area.is_none() { Word::LevelName.text(lang) } else { String::new() };
        let clause = scene.level_used().map(|level| rules::basis(&level.basis, lang));
        let said: Vec<_> = std::iter::once(scene.how_short().text(lang)).chain(clause).collect();
        leaf.fact(&name, said.join(" · "));
    }
    let used = &decision.policy;
    let (case, name) = (decision.case.clone(), told.policies.main.name.get(lang).to_owned());
    let policy = ScreenWord::CaseAndPolicy { case, policy: name, id: used.id.clone(), version: used.version.clone() };
    leaf.fact(&Word::PolicyName.text(lang), policy.text(lang));
    let from = &decision.demand_source;
    leaf.fact(&Word::DemandName.text(lang), if lang == Lang::Zh { &from.text_zh } else { &from.text }.clone());
    if let Some(revised) = &decision.revision {
        leaf.fact(&Word::RevisionName.text(lang), revision::headline(revised, lang));
    }
    let basis = decision.volume_basis.clone();
    leaf.fact(&Word::BasisName.text(lang), Word::BasisSaid { basis }.text(lang));
    leaf.fact(&Word::DigestName.text(lang), used.digest.clone());
    leaf.fact(&Word::HeadName.text(lang), told.head());
    leaf.fact(&Word::ProgramName.text(lang), format!("curtail {}", env!("CARGO_PKG_VERSION")));
}

/// Lines and facts, one below the other, in two columns.
#[derive(Default)]
pub(super) struct Leaf(Vec<Vec<Cell<'static>>>);

/// The columns' widths.
const NAMES: u16 = 22;
const FACTS: u16 = 100;

impl Leaf {
    /// A line over both columns.
    pub fn across(&mut self, text: String, style: Style) {
        // Words that wrap do so in the wide column; a title is one line and runs over.
        let wraps = matches!(style, Style::Loud | Style::Warn | Style::Note | Style::Prose);
        self.0.push(match wraps {
            true => vec![Cell::default().styled(style), Cell::text(text).styled(style)],
            false => vec![Cell::text(text).styled(style)],
        });
    }

    /// A name and what it is.
    pub fn fact(&mut self, name: &str, fact: String) {
        self.0.push(vec![Cell::text(name.to_owned()).styled(Style::Label), Cell::text(fact).styled(Style::Prose)]);
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.0.push(Vec::new());
    }

    /// The sheet.
    pub fn sheet<'a>(self, name: String) -> Sheet<'a> {
        Sheet { name, rows: self.0, widths: vec![NAMES, FACTS], ..Sheet::default() }
    }
}
