//! An explanation as a screen of words.

use crate::Lang;
use crate::decide::{Form, Kind, RankRow};
use crate::explain::{Because, Binding, Difference, Explanation, Fact, Room, SliceWhy, Subject, basis};
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
        words.against(&mut page, against.difference);
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
    fn volume(&self, volume: M3) -> String {
        fmt::with_unit(volume, self.lang)
    }

    fn level(&self, at: usize) -> String {
        self.room.policy.levels.get(at).map_or_else(String::new, |level| level.label.get(self.lang).to_owned())
    }

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
            Subject::Measure(at) => {
                many(policy.measures.get(at).map_or_else(String::new, |m| format!("{}, {}", m.id, m.label.get(lang))))
            }
            Subject::Level => many(Word::TheLevel.text(lang)),
        };
        page.blank();
        page.line(&head.text(lang), Style::Bold);
        let (demand, served) = (explanation.demand, explanation.served);
        let cut = demand.less(served);
        let gets = if cut.is_zero() {
            Word::ExplainWhole { demand: self.volume(demand) }
        } else {
            let (served, share) = (self.volume(served), fmt::percent(cut, demand));
            Word::ExplainGets { served, demand: self.volume(demand), cut: self.volume(cut), share }
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

    fn class(&self, at: Option<usize>) -> String {
        let class = at.and_then(|at| self.room.policy.classes.get(at));
        class.map_or_else(String::new, |class| class.label.get(self.lang).to_owned())
    }

    fn why(&self, page: &mut Page, explanation: &Explanation) {
        page.heading(&Word::WhyHeading.text(self.lang));
        let (before, after): (Vec<&Because>, Vec<&Because>) = explanation
            .because
            .iter()
            .filter(|because| !is_outlook(because) && !matches!(because, Because::Slice(_)))
            .partition(|because| !matches!(because, Because::Bound { .. }));
        for because in before {
            self.item(page, because, explanation);
        }
        if let Some(area) = self.room.decision.level.as_ref().and_then(|level| level.area.as_ref()) {
            let (district, share) = (self.scene.district(&area.district), format!("{:.2} %", area.ratio * 100.0));
            page.item(&Word::WhyArea { district, share }.text(self.lang), Style::Plain);
        }
        self.slices(page, explanation);
        for slice in explanation.slices() {
            self.slice(page, slice);
        }
        for because in after {
            self.item(page, because, explanation);
        }
    }

    fn outlook(&self, page: &mut Page, explanation: &Explanation) {
        let outlook: Vec<&Because> = explanation.because.iter().filter(|because| is_outlook(because)).collect();
        if outlook.is_empty() {
            return;
        }
        page.heading(&Word::OutlookHeading.text(self.lang));
        let never = |because: &&Because| match because {
            Because::Restored { source: Some(at), more: None } => self.room.city.sources.get(*at).map(|s| &*s.id),
            _ => None,
        };
        let useless: Vec<&str> = outlook.iter().filter_map(never).collect();
        let first = outlook.iter().position(|because| never(because).is_some());
        for (i, because) in outlook.iter().enumerate() {
            if never(because).is_none() {
                self.item(page, because, explanation);
            } else if Some(i) == first {
                let source = rules::listed(&useless, self.lang);
                page.item(&Word::RestoredNotBy { source }.text(self.lang), Style::Plain);
            }
        }
    }

    fn item(&self, page: &mut Page, because: &Because, explanation: &Explanation) {
        let style = if matches!(because, Because::Changed(_)) { Style::Warn } else { Style::Plain };
        if let Some(word) = self.word(because, explanation) {
            page.item(&word.text(self.lang), style);
        }
    }

    fn word(&self, because: &Because, explanation: &Explanation) -> Option<Word> {
        let lang = self.lang;
        let m3 = |volume: u64| self.volume(M3(volume));
        Some(match because {
            Because::Level { shortfall, demand, .. } if shortfall.is_zero() => {
                Word::WhyNoShortage { demand: self.volume(*demand) }
            }
            Because::Level { level, demand, shortfall, .. } => {
                let (short, share) = (self.volume(*shortfall), fmt::percent(*shortfall, *demand));
                let demand = self.volume(*demand);
                match level.and_then(|at| self.room.policy.levels.get(at)) {
                    Some(level) => {
                        let basis = rules::basis(&level.basis, lang);
                        Word::WhyLevel { short, share, demand, level: level.label.get(lang).to_owned(), basis }
                    }
                    None => Word::WhyNoLevel { short, share, demand },
                }
            }
            Because::Turn { blocks, inside, .. } => {
                let blocks = rules::listed(blocks.iter().map(|block| self.scene.district(block)), lang);
                match explanation.subject {
                    Subject::Customer(_) | Subject::District(_) if *inside => Word::WhyTurn { blocks },
                    Subject::Customer(_) | Subject::District(_) => Word::WhyNoTurn { blocks },
                    _ => Word::BlocksChosen { blocks, formula: self.formula() },
                }
            }
            Because::Bound { ranks, by } => self.bound(ranks, by),
            Because::Restored { source: None, more: Some(more) } => Word::RestoredAll { more: m3(*more) },
            Because::Restored { source: None, more: None } => Word::RestoredNever,
            Because::Restored { source: Some(at), more } => {
                let source = self.room.city.sources.get(*at).map_or_else(String::new, |source| source.id.to_string());
                Word::RestoredBy { source, more: m3((*more)?) }
            }
            Because::FirstTouched(None) => Word::TouchedNever,
            Because::FirstTouched(Some(touched)) => Word::TouchedFirst {
                share: fmt::percent(M3(touched.shortfall), M3(touched.demand)),
                short: m3(touched.shortfall),
                level: touched.level.map_or_else(|| Word::NoLevelShort.text(lang), |level| self.level(level)),
            },
            Because::Graver { level, may_lose: 0 } => Word::GraverNone { level: self.level(*level) },
            Because::Graver { level, may_lose } => Word::GraverMay { level: self.level(*level), volume: m3(*may_lose) },
            Because::Milder { supply: Some(supply), more } => Word::MilderAt { supply: m3(*supply), more: m3(*more) },
            Because::Milder { supply: None, .. } => Word::MilderNever,
            Because::Changed(tables) => Word::CaseChanged { tables: rules::listed(tables, lang) },
            Because::Slice(_) => return None,
        })
    }

    fn formula(&self) -> String {
        let rotation = self.room.decision.rotation.as_ref();
        rotation.map_or_else(String::new, |rotation| rotation.blocks_by_formula.to_string())
    }

    fn slices(&self, page: &mut Page, explanation: &Explanation) {
        let head = [Word::Rank, Word::SliceHead, Word::SliceSize, Word::SliceServed, Word::SliceClause];
        let head = head.iter().enumerate().map(|(i, word)| {
            let text = word.text(self.lang);
            if i == 2 || i == 3 { Cell::right(text) } else { Cell::left(text) }.styled(Style::Dim)
        });
        let mut table = vec![head.collect::<Vec<_>>()];
        for slice in explanation.slices() {
            let short = slice.served < slice.size;
            let style = || if short { Style::Warn } else { Style::Plain };
            table.push(vec![
                Cell::left(slice.rank.to_string()),
                Cell::left(self.rule(slice)),
                Cell::right(fmt::volume(slice.size, self.lang)),
                Cell::right(fmt::volume(slice.served, self.lang)).styled(style()),
                Cell::left(basis(self.room, slice).map_or_else(String::new, |basis| rules::basis(basis, self.lang))),
            ]);
        }
        page.table(table);
    }

    fn rule(&self, slice: &SliceWhy) -> String {
        let measure = slice.measure.clone().unwrap_or_default();
        match slice.kind {
            Kind::Firm => Word::RankFirm { tier: slice.tier.map_or_else(String::new, |tier| tier.to_string()) },
            Kind::Authorised => Word::RankAuthorised { measure },
            Kind::Withheld => Word::RankWithheld { measure },
        }
        .text(self.lang)
    }

    /// What put it there, and who stands beside it; of a short slice, or one of a single customer that a measure made.
    fn slice(&self, page: &mut Page, slice: &SliceWhy) {
        let lang = self.lang;
        let rank = slice.rank.to_string();
        if !slice.facts.is_empty() && slice.measure.is_some() {
            let facts = rules::listed(slice.facts.iter().map(|fact| self.fact(fact)), lang);
            page.item(&Word::WhyFacts { rank: rank.clone(), facts }.text(lang), Style::Plain);
        }
        let peers = slice.peers;
        if slice.served == slice.size || slice.kind == Kind::Withheld || peers.customers == slice.customers {
            return;
        }
        let (customers, share) = (peers.customers.to_string(), fmt::percent(peers.served, peers.size));
        let (size, served) = (self.volume(peers.size), self.volume(peers.served));
        page.item(&Word::WhyPeers { rank: rank.clone(), customers, size, served, share }.text(lang), Style::Plain);
        if let Some(cell) = slice.cell.filter(|cell| cell.customers > 1 && cell.customers < peers.customers) {
            let (customers, share) = (cell.customers.to_string(), fmt::percent(cell.served, cell.size));
            let (size, served) = (self.volume(cell.size), self.volume(cell.served));
            page.item(&Word::WhyCell { rank, customers, size, served, share }.text(lang), Style::Plain);
        }
    }

    fn fact(&self, fact: &Fact) -> String {
        match fact {
            Fact::Class(at) => Word::FactClass { class: self.class(Some(*at)) },
            Fact::Floor(volume) => Word::FactFloor { volume: self.volume(*volume) },
            Fact::Tonnage(Some(tonnage)) => Word::FactTonnage { tonnage: tonnage.to_string() },
            Fact::Tonnage(None) => Word::FactNoTonnage,
            Fact::Backup("none") => Word::FactNoBackup,
            Fact::Backup(backup) => Word::FactBackup { backup: (*backup).to_owned() },
            Fact::Contract(contract) => Word::FactContract { contract: (*contract).to_owned() },
            Fact::Tags(tags) if tags.is_empty() => Word::FactNoTags,
            Fact::Tags(tags) => Word::FactTags { tags: rules::listed(tags, self.lang) },
            Fact::Profile(profile) if profile.is_empty() => Word::FactFlat,
            Fact::Profile(profile) => Word::FactProfile { profile: profile.clone() },
            Fact::Block { district, turns: true } => Word::FactTurns { district: self.scene.district(district) },
            Fact::Block { district, turns: false } => Word::FactTurnsNot { district: self.scene.district(district) },
        }
        .text(self.lang)
    }

    fn bound(&self, ranks: &[u32], by: &Binding) -> Word {
        let rank = rules::listed(ranks.iter().map(ToString::to_string), self.lang);
        match by {
            Binding::Required => Word::BindsRequired { rank },
            Binding::Pool => Word::BindsPool { rank },
            Binding::Shared => Word::BindsShared { rank },
            Binding::Entitlement { company } => Word::BindsEntitlement { rank, company: company.clone() },
            Binding::Network { links, sources } => {
                let links = links.iter().map(|(from, to, volume)| {
                    let (from, to) = (self.scene.district(from), self.scene.district(to));
                    Word::WallLink { from, to, volume: self.volume(*volume) }
                });
                let sources = sources
                    .iter()
                    .map(|(source, volume)| Word::WallSource { source: source.clone(), volume: self.volume(*volume) });
                let walls = rules::listed(links.chain(sources).map(|wall| wall.text(self.lang)), self.lang);
                Word::BindsNetwork { rank, walls }
            }
        }
    }

    fn against(&self, page: &mut Page, difference: &Difference) {
        page.heading(&Word::AgainstHeading.text(self.lang));
        let fact = match &difference.fact {
            Some((a, b)) => Word::DiffersBy { a: self.fact(a), b: self.fact(b) },
            None => Word::DiffersNot,
        };
        let ranks = difference.ranks.map(|(a, b)| Word::DiffersRanks { a: self.rank(a), b: self.rank(b) });
        let districts = difference
            .districts
            .as_ref()
            .map(|(a, b)| Word::DiffersDistrict { a: self.scene.district(a), b: self.scene.district(b) });
        let companies = difference.companies.as_ref().map(|(a, b)| Word::DiffersCompany { a: a.clone(), b: b.clone() });
        for word in std::iter::once(fact).chain(ranks).chain(districts).chain(companies) {
            page.item(&word.text(self.lang), Style::Plain);
        }
    }

    /// A rank with the rule that made it.
    fn rank(&self, rank: u32) -> String {
        let row: Option<&RankRow> = self.room.decision.by_rank.iter().find(|row| row.rank == rank);
        let rule = row.map_or_else(String::new, |row| {
            let measure = row.measure.clone().unwrap_or_default();
            match row.kind {
                Kind::Firm => Word::RankFirm { tier: row.tier.map_or_else(String::new, |tier| tier.to_string()) },
                Kind::Authorised => Word::RankAuthorised { measure },
                Kind::Withheld => Word::RankWithheld { measure },
            }
            .text(self.lang)
        });
        format!("{rank} ({rule})")
    }
}

const fn is_outlook(because: &Because) -> bool {
    matches!(
        because,
        Because::Restored { .. } | Because::FirstTouched(_) | Because::Graver { .. } | Because::Milder { .. }
    )
}
