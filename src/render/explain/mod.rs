//! An explanation as a screen of words.
//!
//! [`screen`] is the whole; `outlook` says what would change it, `against` why the one and not the other, `names` how ranks,
//! rules, facts and walls are called, `hours` when it is short and what binds then.

mod against;
mod hours;
mod names;
mod outlook;
mod revised;

use crate::Lang;
use crate::decide::{Form, Kind};
use crate::explain::{Because, Binding, Difference, Explanation, Room, SliceWhy, Subject, basis};
use crate::policy::{Basis, Sharing};
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::{Scene, gas_day};
use crate::render::words::Word;
use crate::render::{GasDay, fmt, rules};
use crate::units::M3;

/// Two customers and how they differ.
pub(crate) struct Against<'a> {
    /// The other's explanation.
    pub other: &'a Explanation,
    /// How they differ.
    pub difference: &'a Difference,
}

/// The whole screen.
pub(crate) fn screen(
    room: &Room<'_>,
    explanation: &Explanation,
    against: Option<&Against<'_>>,
    day: &GasDay,
    lang: Lang,
    colour: bool,
) -> String {
    let scene = Scene { decision: room.decision, policy: room.policy, city: room.city, lang };
    let mut page = Page::new(colour);
    page.line(&gas_day(day, lang), Style::Bold);
    let words = Words { room, scene: &scene, lang };
    words.who(&mut page, explanation);
    if let Some(against) = against {
        words.who(&mut page, against.other);
        words.against(&mut page, explanation, against);
    }
    words.why(&mut page, explanation);
    words.outlook(&mut page, explanation);
    page.into_text()
}

struct Words<'a> {
    room: &'a Room<'a>,
    scene: &'a Scene<'a>,
    lang: Lang,
}

impl Words<'_> {
    fn who(&self, page: &mut Page, explanation: &Explanation) {
        let (city, policy, lang) = (self.room.city, self.room.policy, self.lang);
        let many = |name: String| Word::ExplainMany { name, customers: explanation.customers.to_string() };
        let head = match explanation.subject {
            Subject::Customer(at) => {
                let customer = &city.customers[at as usize];
                Word::ExplainCustomer {
                    name: customer.name.to_string(),
                    id: customer.id.to_string(),
                    class: self.class(policy.class(&city.classes[customer.class as usize])),
                    district: self.scene.district(&city.districts[customer.district as usize].id),
                    company: city.companies[customer.company as usize].to_string(),
                }
            }
            Subject::Class(at) => many(self.class(Some(at))),
            Subject::District(at) => many(self.scene.district(&city.districts[at as usize].id)),
            Subject::Company(at) => many(city.companies[at as usize].to_string()),
            Subject::Measure(at) => many(policy.measures.get(at).map_or_else(String::new, |measure| {
                Word::MeasureNamed { label: measure.label.get(lang).to_owned(), id: measure.id.clone() }.text(lang)
            })),
            Subject::Level => many(Word::TheLevel.text(lang)),
        };
        page.blank();
        page.line(&head.text(lang), Style::Bold);
        let (demand, served) = (explanation.demand, explanation.served);
        let cut = demand.less(served);
        let gets = match explanation.subject {
            Subject::Measure(_) if demand.is_zero() => Word::MeasureReachesNothing,
            _ if cut.is_zero() => Word::ExplainWhole { demand: self.volume(demand) },
            _ => {
                let (served, share) = (self.volume(served), fmt::percent(cut, demand));
                Word::ExplainGets { served, demand: self.volume(demand), cut: self.volume(cut), share }
            }
        };
        let form = match explanation.form {
            Some(Form::Stop) => Some(Word::FormStop),
            Some(Form::Limit) => Some(Word::FormLimit),
            Some(Form::OffPeak) => Some(Word::FormOffPeak),
            Some(Form::None) | None => None,
        };
        let sentences = std::iter::once(gets).chain(form).map(|word| word.text(lang));
        page.item(&rules::sentences(sentences, lang), if cut.is_zero() { Style::Plain } else { Style::Warn });
    }

    fn why(&self, page: &mut Page, explanation: &Explanation) {
        page.heading(&Word::WhyHeading.text(self.lang));
        for because in &explanation.because {
            match because {
                Because::Level { level, demand, shortfall, .. } => self.level_is(page, *level, *demand, *shortfall),
                Because::Revised(why) => self.revised(page, why),
                Because::Changed(tables) => {
                    let tables = rules::listed(tables.iter().map(|table| self.table(table)), self.lang);
                    page.item(&Word::CaseChanged { tables }.text(self.lang), Style::Warn);
                }
                Because::Turn { blocks, by_formula, inside } => {
                    self.turn(page, explanation.subject, blocks, *by_formula, *inside);
                }
                _ => {}
            }
        }
        if explanation.slices().next().is_some() {
            self.slices(page, explanation);
        }
        self.rules(page, explanation);
        self.by_hour(page, explanation);
        for because in &explanation.because {
            if let Because::Bound { ranks, by } = because
                && !matches!(by, Binding::Hours { .. })
            {
                page.item(&self.bound(ranks, by).text(self.lang), Style::Plain);
            }
        }
    }

    /// What made the level: the shortage, the band that it falls in, an area.
    fn level_is(&self, page: &mut Page, level: Option<usize>, demand: M3, shortfall: M3) {
        let lang = self.lang;
        if shortfall.is_zero() {
            page.item(&Word::WhyNoShortage { demand: self.volume(demand) }.text(lang), Style::Plain);
            return;
        }
        let (short, share, demand) = (self.volume(shortfall), fmt::percent(shortfall, demand), self.volume(demand));
        let Some(level) = level.and_then(|at| self.room.policy.levels.get(at)) else {
            page.item(&Word::WhyNoLevel { short, share, demand }.text(lang), Style::Plain);
            return;
        };
        let (name, basis) = (level.label.get(lang).to_owned(), rules::basis(&level.basis, lang));
        page.item(&Word::WhyLevel { short, share, demand, level: name.clone(), basis }.text(lang), Style::Plain);
        let band = rules::when(level, lang);
        page.item(&Word::LevelAnswers { level: name, band }.text(lang), Style::Plain);
        if let Some(area) = self.room.decision.level.as_ref().and_then(|level| level.area.as_ref()) {
            let (district, share) = (self.scene.district(&area.district), format!("{:.2} %", area.ratio * 100.0));
            page.item(&Word::WhyArea { district, share }.text(lang), Style::Plain);
        }
    }

    fn turn(&self, page: &mut Page, subject: Subject, blocks: &[String], by_formula: usize, inside: bool) {
        let lang = self.lang;
        let names = rules::listed(blocks.iter().map(|block| self.scene.district(block)), lang);
        let word = match subject {
            Subject::Customer(_) | Subject::District(_) if inside => Word::WhyTurn { blocks: names },
            Subject::Customer(_) | Subject::District(_) => Word::WhyNoTurn { blocks: names },
            _ => Word::BlocksChosen { blocks: names, formula: by_formula.to_string() },
        };
        page.item(&word.text(lang), Style::Plain);
        let Some(rotation) = self.room.policy.rotation.as_ref().filter(|_| matches!(subject, Subject::Level)) else {
            return;
        };
        let (from, step) = (fmt::share(rotation.from), fmt::share(rotation.step));
        page.item(&Word::RotationFormula { from, step }.text(lang), Style::Plain);
        let used = blocks.len().to_string();
        let word = if blocks.len() > by_formula {
            Word::BlocksMoreThanFormula { used, formula: by_formula.to_string() }
        } else {
            Word::BlocksAsFormula { used }
        };
        page.item(&word.text(lang), Style::Plain);
    }

    fn slices(&self, page: &mut Page, explanation: &Explanation) {
        let lang = self.lang;
        let beside = explanation.slices().any(|slice| slice.peers.customers > slice.customers);
        let mut head = vec![
            Cell::left(Word::Rank.text(lang)),
            Cell::left(Word::SliceHead.text(lang)),
            Cell::right(Word::SliceSize.text(lang)),
            Cell::right(Word::SliceServed.text(lang)),
            Cell::right(Word::SliceShare.text(lang)),
        ];
        if beside {
            head.push(Cell::right(Word::SlicePeers.text(lang)));
            head.push(Cell::right(Word::SlicePeersShare.text(lang)));
        }
        let mut table = vec![head.into_iter().map(|cell| cell.styled(Style::Dim)).collect::<Vec<_>>()];
        for slice in explanation.slices() {
            let short = slice.served < slice.size;
            let style = if short { Style::Warn } else { Style::Plain };
            let mut row = vec![
                Cell::left(slice.rank.to_string()),
                Cell::left(self.rule(slice.kind, slice.tier, slice.measure.as_deref())),
                Cell::right(fmt::volume(slice.size, lang)),
                Cell::right(fmt::volume(slice.served, lang)).styled(style),
                Cell::right(fmt::percent(slice.served, slice.size)),
            ];
            if beside {
                row.push(Cell::right(fmt::grouped(u64::from(slice.peers.customers))));
                row.push(Cell::right(fmt::percent(slice.peers.served, slice.peers.size)));
            }
            table.push(row);
        }
        page.table(table);
    }

    /// The rule behind each rank, its clause and what it read; ranks that one rule made of a group are told together. Of the
    /// level itself, only the rules by which somebody loses gas.
    fn rules(&self, page: &mut Page, explanation: &Explanation) {
        let mut told: Vec<(Vec<u32>, &SliceWhy)> = Vec::new();
        let every = !matches!(explanation.subject, Subject::Level);
        for slice in explanation.slices().filter(|slice| every || slice.served < slice.size) {
            let same = |known: &SliceWhy| {
                (known.kind, known.tier, &known.measure, &known.facts)
                    == (slice.kind, slice.tier, &slice.measure, &slice.facts)
            };
            match told.iter_mut().find(|(_, known)| same(known)) {
                Some((ranks, _)) => ranks.push(slice.rank),
                None => told.push((vec![slice.rank], slice)),
            }
        }
        for (ranks, slice) in told {
            let Some(basis) = basis(self.room, slice) else { continue };
            page.item(&self.rule_and_facts(&ranks, slice, basis), Style::Plain);
        }
        let (policy, by_hour) = (self.room.policy, self.room.decision.hours.is_some());
        for slice in explanation.slices() {
            let cell = slice.cell.filter(|cell| cell.customers > 1 && slice.kind != Kind::Withheld);
            if let Some(cell) = cell.filter(|cell| cell.customers < slice.peers.customers) {
                let (customers, share) = (cell.customers.to_string(), fmt::percent(cell.served, cell.size));
                let (size, served) = (self.volume(cell.size), self.volume(cell.served));
                let rank = slice.rank.to_string();
                let measure = policy.measures.iter().find(|measure| Some(&measure.id) == slice.measure.as_ref());
                let word = match measure.map(|measure| measure.sharing) {
                    Some(Sharing::List) => Word::WhyCellList { rank, customers, size, served, share },
                    _ if by_hour => Word::WhyCellHours { rank, customers, size, served, share },
                    _ => Word::WhyCell { rank, customers, size, served, share },
                };
                page.item(&word.text(self.lang), Style::Plain);
            }
        }
    }

    fn rule_and_facts(&self, ranks: &[u32], slice: &SliceWhy, basis: &Basis) -> String {
        let (policy, lang) = (self.room.policy, self.lang);
        let ranks = rules::listed(ranks.iter().map(ToString::to_string), lang);
        let basis = rules::basis(basis, lang);
        let facts = rules::listed(slice.facts.iter().map(|fact| self.fact(fact)), lang);
        let measure = policy.measures.iter().find(|measure| Some(&measure.id) == slice.measure.as_ref());
        let tier = policy.tiers.iter().find(|tier| Some(tier.number) == slice.tier);
        let label = measure.map(|measure| &measure.label).or(tier.map(|tier| &tier.label));
        let label = label.map_or_else(String::new, |label| label.get(lang).to_owned());
        let word = match (measure, facts.is_empty()) {
            (Some(measure), true) => Word::WhyMeasure { ranks, label, id: measure.id.clone(), basis },
            (Some(measure), false) => Word::WhyMeasureFacts { ranks, label, id: measure.id.clone(), basis, facts },
            (None, true) => Word::WhyTier { ranks, label, basis },
            (None, false) => Word::WhyTierFacts { ranks, label, basis, facts },
        };
        word.text(lang)
    }
}
