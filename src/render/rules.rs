//! A policy as readable rules: `policy show`, and the phrases about rules that other screens use.

mod response;

use crate::Lang;
use crate::policy::selector::Range;
use crate::policy::{
    Action, Band, Basis, Cut, Due, Duty, Exemption, Level, Measure, Part, Policy, RankKey, Rotation, Season, Seasonal,
    Selector, Sharing, Status, Take, Validity,
};
use crate::render::fmt;
use crate::render::page::{Page, Style};
use crate::render::words::Word;
use crate::units::Decimal;

pub(crate) use response::{act, ease, restore_order, who_acts};

/// A list of names as the language writes it.
pub(crate) fn listed<T: AsRef<str>>(items: impl IntoIterator<Item = T>, lang: Lang) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.as_ref().to_owned()).collect();
    items.join(if lang == Lang::Zh { "、" } else { ", " })
}

/// Whole sentences one after another.
pub(crate) fn sentences(sentences: impl IntoIterator<Item = String>, lang: Lang) -> String {
    let sentences: Vec<String> = sentences.into_iter().collect();
    sentences.join(if lang == Lang::Zh { "" } else { " " })
}

/// The clause and how faithfully the file renders it.
pub(crate) fn basis(basis: &Basis, lang: Lang) -> String {
    let status = match basis.status {
        Status::Stated => Word::Stated,
        Status::Paraphrased => Word::Paraphrased,
        Status::Reading => Word::Reading,
    };
    Word::Basis { clause: basis.clause.clone(), status: status.text(lang) }.text(lang)
}

/// The bodies with these ids.
pub(crate) fn roles(policy: &Policy, ids: &[String], lang: Lang) -> String {
    // A proposal may have removed whoever a rule named.
    if ids.is_empty() { Word::NoBodyNamed.text(lang) } else { listed(ids.iter().map(|id| policy.role(id, lang)), lang) }
}

/// What triggers a level, in words: `5 % <= shortfall < 10 %`; of two triggers either is enough.
pub(crate) fn when(level: &Level, lang: Lang) -> String {
    let of = |band: &Option<Band>, what: Word| band.as_ref().map(|band| self::band(band, what.text(lang), lang));
    match (of(&level.band, Word::ShortfallOfAll), of(&level.area_band, Word::ShortfallOfArea)) {
        (Some(all), Some(area)) => Word::Either { a: all, b: area }.text(lang),
        (one, other) => one.or(other).unwrap_or_default(),
    }
}

fn band(band: &Band, what: String, lang: Lang) -> String {
    let sign = |closed| if closed { "<=" } else { "<" }.to_owned();
    if band.until >= Decimal::ONE {
        let lower = if band.from_closed { ">=" } else { ">" }.to_owned();
        return Word::BandOpen { what, from: fmt::share(band.from), lower }.text(lang);
    }
    let (from, until) = (fmt::share(band.from), fmt::share(band.until));
    Word::Band { from, lower: sign(band.from_closed), what, upper: sign(band.until_closed), until }.text(lang)
}

/// What an action allows or requires.
pub(crate) fn cut(cut: &Cut, lang: Lang) -> String {
    match cut {
        Cut::All => Word::CutAll,
        Cut::ToFloor => Word::CutToFloor,
        Cut::Limit(limit) => Word::CutLimit { limit: shares(limit, lang) },
        Cut::Leave(share) => Word::CutLeave { share: shares(share, lang) },
        Cut::Stop { from, until, required: false, .. } => {
            Word::CutStopAsNeeded { from: clock(*from), until: clock(*until) }
        }
        Cut::Stop { from, until, .. } => Word::CutStop { from: clock(*from), until: clock(*until) },
    }
    .text(lang)
}

fn shares(shares: &Seasonal<Decimal>, lang: Lang) -> String {
    listed(shares.entries().map(|(season, value)| seasonal(*season, fmt::share(*value), lang)), lang)
}

fn seasonal(season: Option<Season>, value: String, lang: Lang) -> String {
    let Some(season) = season else { return value };
    Word::BySeason { value, from: month_day(season.from), until: month_day(season.until) }.text(lang)
}

/// An hour of the clock.
pub(crate) fn clock(hour: u8) -> String {
    format!("{hour:02}:00")
}

fn month_day((month, day): (u8, u8)) -> String {
    format!("{month:02}-{day:02}")
}

/// Whom a rule is about.
pub(crate) fn who(policy: &Policy, who: &Selector, lang: Lang) -> String {
    let classes = who.classes.iter().filter_map(|i| policy.classes.get(*i));
    let base = match who.classes.as_slice() {
        [] => Word::Everybody,
        _ => Word::OfClasses { classes: listed(classes.map(|c| c.label.get(lang)), lang) },
    };
    let mut conditions = Vec::new();
    let mut words = |list: &[String], word: fn(String) -> Word| {
        if !list.is_empty() {
            conditions.push(word(listed(list, lang)).text(lang));
        }
    };
    words(&who.tags, |words| Word::WithTags { words });
    words(&who.ids, |words| Word::WithIds { words });
    words(&who.sites, |words| Word::WithSites { words });
    words(&who.districts, |words| Word::InDistricts { words });
    words(&who.companies, |words| Word::OfCompanies { words });
    words(&who.backups, |words| Word::WithBackup { words });
    words(&who.contracts, |words| Word::WithContract { words });
    let mut sizes = |range: &Range, word: fn(String) -> Word| {
        if !range.is_open() {
            conditions.push(word(self::range(range)).text(lang));
        }
    };
    sizes(&who.boiler_t_h, |range| Word::BoilerSize { range });
    sizes(&who.demand_m3, |range| Word::DemandSize { range });
    sizes(&who.annual_m3, |range| Word::AnnualSize { range });
    if conditions.is_empty() {
        return base.text(lang);
    }
    Word::WhoWith { who: base.text(lang), conditions: listed(conditions, lang) }.text(lang)
}

fn range(range: &Range) -> String {
    let ends = [(">=", range.at_least), (">", range.over), ("<=", range.at_most), ("<", range.below)];
    let ends = ends.iter().filter_map(|(sign, end)| end.map(|end| format!("{sign} {end}")));
    ends.collect::<Vec<_>>().join(" ")
}

/// When a duty is due; `first` is the date on which a daily one falls due first, if a day is at hand.
pub(crate) fn due(due: Due, first: Option<&str>, lang: Lang) -> String {
    match (due, first) {
        (Due::AtOnce, _) => Word::DueAtOnce,
        (Due::Daily { at, .. }, Some(first)) => Word::DueDaily { at: clock(at), first: first.to_owned() },
        (Due::Daily { at, .. }, None) => Word::DueEveryDay { at: clock(at) },
        (Due::WorkingDaysAfterEnd(days), _) => Word::DueWorkingDays { days: days.to_string() },
        (Due::HoursAfter(hours), _) => Word::DueHours { hours: hours.to_string() },
    }
    .text(lang)
}

/// A duty in a sentence.
pub(crate) fn duty(policy: &Policy, duty: &Duty, first: Option<&str>, lang: Lang) -> String {
    let (what, when) = (duty.label.get(lang).to_owned(), due(duty.due, first, lang));
    let by = roles(policy, &duty.owed_by, lang);
    match duty.owed_to.as_slice() {
        [] => Word::Duty { what, by, when },
        to => Word::DutyTo { what, by, to: roles(policy, to, lang), when },
    }
    .text(lang)
}

/// Who proposes, approves and is told at a level, sentence by sentence.
pub(crate) fn authority(policy: &Policy, level: &Level, lang: Lang) -> Vec<String> {
    let names = |ids: &[String]| (!ids.is_empty()).then(|| roles(policy, ids, lang));
    let lines = [
        names(&level.proposed_by).map(|who| Word::ProposedBy { who }),
        names(&level.approved_by).map(|who| Word::ApprovedBy { who }),
        names(&level.reported_to).map(|who| Word::ReportedTo { who }),
        names(&level.discretion).map(|who| Word::Discretion { who }),
    ];
    lines.into_iter().flatten().map(|word| word.text(lang)).collect()
}

/// When something holds, in sentences.
pub(crate) fn validity(validity: Validity, lang: Lang) -> String {
    let parts = [
        validity.from.map(|day| Word::InForceFrom { from: day.to_string() }),
        validity.until.map(|day| Word::InForceUntil { until: day.to_string() }),
        validity.season.map(|s| Word::InForceSeason { from: month_day(s.from), until: month_day(s.until) }),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().map(|word| word.text(lang)).collect();
    let always = || vec![Word::InForceAlways.text(lang)];
    sentences(if parts.is_empty() { always() } else { parts }, lang)
}

/// What a rank takes.
pub(crate) fn takes(policy: &Policy, rank: &[Take], lang: Lang) -> String {
    let takes = rank.iter().map(|take| self::take(policy, take, lang));
    takes.collect::<Vec<_>>().join(if lang == Lang::Zh { "；" } else { "; " })
}

fn take(policy: &Policy, take: &Take, lang: Lang) -> String {
    let who = who(policy, &take.who, lang);
    match take.part {
        Part::Rest => Word::TakeRest { who },
        Part::Others => Word::TakeOthers { who },
        Part::Floor => Word::TakeFloor { who },
        Part::FirstM3(volume) => Word::TakeFirst { volume: fmt::grouped(volume), who },
    }
    .text(lang)
}

/// How many blocks take their turn, and how long.
pub(crate) fn rotation(rotation: &Rotation, lang: Lang) -> String {
    let (rest, run) = (rotation.rest_days, rotation.longest_run_days);
    let parts = [
        Some(Word::RotationFormula { from: fmt::share(rotation.from), step: fmt::share(rotation.step) }),
        (rest > 0).then(|| Word::RestDays { days: rest.to_string() }),
        (run > 0).then(|| Word::LongestRun { days: run.to_string() }),
    ];
    sentences(parts.into_iter().flatten().map(|word| word.text(lang)), lang)
}

/// What a measure is at a level.
pub(crate) fn action(policy: &Policy, level: usize, action: &Action, lang: Lang) -> String {
    let (who, cut) = (who(policy, &action.who, lang), cut(&action.cut, lang));
    match policy.levels.get(level) {
        Some(level) => Word::AtLevel { level: level.label.get(lang).to_owned(), who, cut },
        None => Word::AlwaysOn { who, cut },
    }
    .text(lang)
}

/// Whom an exemption is about, and from what it exempts.
pub(crate) fn exemption(policy: &Policy, exemption: &Exemption, lang: Lang) -> String {
    let measures = exemption.measures.iter().filter_map(|i| policy.measures.get(*i));
    Word::ExemptFrom {
        label: exemption.label.get(lang).to_owned(),
        who: who(policy, &exemption.who, lang),
        measures: listed(measures.map(|m| &m.id), lang),
    }
    .text(lang)
}

/// The page of `policy show`.
pub(crate) fn page(policy: &Policy, lang: Lang, colour: bool) -> String {
    let mut sheet = Rules { policy, lang, page: Page::new(colour), last_note: String::new() };
    sheet.head();
    sheet.levels();
    sheet.tiers();
    sheet.measures();
    sheet.exemptions();
    sheet.rotation();
    sheet.duties();
    sheet.response();
    sheet.page.into_text()
}

struct Rules<'a> {
    policy: &'a Policy,
    lang: Lang,
    page: Page,
    last_note: String,
}

impl Rules<'_> {
    fn heading(&mut self, word: &Word) {
        self.page.heading(&word.text(self.lang));
    }

    fn note(&mut self, word: &Word) {
        self.page.note(&word.text(self.lang), Style::Plain);
    }

    /// The clause below a rule, and why it reads as it does.
    fn basis(&mut self, basis: &Basis) {
        self.page.note(&self::basis(basis, self.lang), Style::Dim);
        let note = basis.note.get(self.lang);
        // Levels of a measure mostly share their note: it is said once, at the first.
        if !note.is_empty() && note != self.last_note {
            self.last_note = note.to_owned();
            self.page.note(&Word::Note { note: note.to_owned() }.text(self.lang), Style::Dim);
        }
    }

    fn head(&mut self) {
        let (policy, lang) = (self.policy, self.lang);
        let (id, version) = (policy.id.clone(), policy.version.clone());
        let head = Word::PolicyHead { name: policy.name.get(lang).to_owned(), id, version };
        self.page.line(&head.text(lang), Style::Bold);
        self.page.line(&Word::PolicySource { source: policy.source.get(lang).to_owned() }.text(lang), Style::Plain);
        self.page.line(&validity(policy.in_force, lang), Style::Plain);
        self.page.line(&Word::Digest { digest: policy.digest.clone() }.text(lang), Style::Dim);
        for assignment in &policy.overrides {
            self.page.line(&Word::Override { assignment: assignment.clone() }.text(lang), Style::Warn);
        }
    }

    fn levels(&mut self) {
        let (policy, lang) = (self.policy, self.lang);
        self.heading(&Word::Levels);
        if policy.levels.is_empty() {
            self.page.item(Word::NoLevels.text(lang).trim(), Style::Plain);
        }
        for level in &policy.levels {
            let colour = level.colour_label.get(lang).to_owned();
            let line = Word::BandLine { level: level.label.get(lang).to_owned(), colour, band: when(level, lang) };
            self.page.item(&line.text(lang), Style::Plain);
            self.basis(&level.basis);
            let bodies = authority(policy, level, lang);
            if !bodies.is_empty() {
                self.page.note(&sentences(bodies, lang), Style::Plain);
            }
        }
    }

    fn tiers(&mut self) {
        let (policy, lang) = (self.policy, self.lang);
        self.heading(&Word::SupplyOrder);
        for tier in &policy.tiers {
            let line = Word::TierLine { number: tier.number.to_string(), label: tier.label.get(lang).to_owned() };
            self.page.item(&line.text(lang), Style::Plain);
            for rank in &tier.ranks {
                let takes = takes(policy, rank, lang);
                self.note(&Word::RankLine { takes });
            }
            self.basis(&tier.basis);
        }
    }

    fn measures(&mut self) {
        self.heading(&Word::Measures);
        for (i, measure) in self.policy.measures.iter().enumerate() {
            let line = format!("{}. {}  {}", i + 1, measure.id, measure.label.get(self.lang));
            self.page.item(&line, Style::Plain);
            let mut last: Option<&Basis> = None;
            for (level, action) in measure.at.iter().enumerate() {
                let Some(action) = action else { continue };
                self.page.note(&self::action(self.policy, level, action, self.lang), Style::Plain);
                // Levels that share a clause share its line.
                let next = measure.at.iter().skip(level + 1).flatten().next();
                if next.is_none_or(|next| next.basis != action.basis) && last != Some(&action.basis) {
                    self.basis(&action.basis);
                    last = Some(&action.basis);
                }
            }
            self.manner(measure);
        }
    }

    fn manner(&mut self, measure: &Measure) {
        let actions = measure.at.iter().flatten();
        let tiers: Vec<String> =
            actions.clone().next().into_iter().flat_map(|a| &a.tiers).map(u32::to_string).collect();
        let rebound = actions.filter_map(|action| match &action.cut {
            Cut::Stop { rebound, .. } if *rebound > Decimal::ZERO => Some(*rebound),
            _ => None,
        });
        let least = measure.smallest_order_m3;
        let parts = [
            measure.rotates.then_some(Word::OnlyBlocks),
            (!tiers.is_empty()).then(|| Word::OnlyTiers { tiers: listed(tiers, self.lang) }),
            measure.within.contains(&RankKey::Firm).then_some(Word::WithinFirm),
            measure.within.contains(&RankKey::Backup).then_some(Word::WithinBackup),
            Some(match measure.sharing {
                Sharing::Even => Word::SharedEvenly,
                Sharing::List => Word::SharedByList,
            }),
            (least > 0).then(|| Word::SmallestOrder { volume: fmt::grouped(least) }),
            measure.notice_hours.map(|hours| Word::NoticeHours { hours: hours.to_string() }),
            rebound.max().map(|share| Word::Rebound { share: fmt::share(share) }),
        ];
        let parts = parts.into_iter().flatten().map(|word| word.text(self.lang));
        self.page.note(&sentences(parts, self.lang), Style::Plain);
    }

    fn exemptions(&mut self) {
        let (policy, lang) = (self.policy, self.lang);
        if !policy.exemptions.is_empty() {
            self.heading(&Word::Exemptions);
        }
        for exemption in &policy.exemptions {
            self.page.item(&self::exemption(policy, exemption, lang), Style::Plain);
            self.basis(&exemption.basis);
        }
    }

    fn rotation(&mut self) {
        let Some(rotation) = &self.policy.rotation else { return };
        self.heading(&Word::RotationRule);
        self.page.item(&self::rotation(rotation, self.lang), Style::Plain);
        self.basis(&rotation.basis);
    }

    fn duties(&mut self) {
        if !self.policy.duties.is_empty() {
            self.heading(&Word::Duties);
        }
        for duty in &self.policy.duties {
            self.page.item(&self::duty(self.policy, duty, None, self.lang), Style::Plain);
            self.basis(&duty.basis);
        }
    }
}
