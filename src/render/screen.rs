//! The screen of a decision: what a dispatcher must see, in the order in which it is asked for.

use crate::Lang;
use crate::city::City;
use crate::decide::{Decision, Form, Status};
use crate::policy::{Level, Measure, Policies, Policy, Standing};
use crate::render::page::{Cell, Page, Style};
use crate::render::words::Word;
use crate::render::{GasDay, fmt, revision, rules};

/// A decision and what its words need.
pub(crate) struct Scene<'a> {
    /// The decision, or one of its areas.
    pub decision: &'a Decision,
    /// The policy it used.
    pub policy: &'a Policy,
    /// The city.
    pub city: &'a City,
    /// In which language.
    pub lang: Lang,
}

/// How a screen is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// The language.
    pub lang: Lang,
    /// Whether colours show.
    pub colour: bool,
    /// Companies and ranks too.
    pub verbose: bool,
}

/// The whole screen.
pub(crate) fn decision(decision: &Decision, policies: &Policies, city: &City, day: &GasDay, look: Look) -> String {
    let lang = look.lang;
    let scene = Scene { decision, policy: &policies.main, city, lang };
    let mut page = Page::new(look.colour);
    page.line(&gas_day(day, lang), Style::Bold);
    scene.head(&mut page, look.verbose);
    scene.level(&mut page);
    scene.balance(&mut page);
    if let Some(revised) = &decision.revision {
        revision::section(&mut page, revised, lang);
    }
    scene.beyond(&mut page);
    scene.hours(&mut page);
    scene.measures(&mut page);
    for (word, table) in [(Word::ByClass, scene.by_class()), (Word::ByDistrict, scene.by_district())] {
        page.heading(&word.text(lang));
        page.table(table);
    }
    scene.rotation(&mut page);
    page.heading(&Word::ByTier.text(lang));
    page.table(scene.by_tier());
    if look.verbose {
        page.heading(&Word::ByCompany.text(lang));
        page.table(scene.by_company());
        page.heading(&Word::ByRank.text(lang));
        page.table(scene.by_rank());
    }
    scene.touched(&mut page);
    scene.authority(&mut page);
    scene.due(&mut page, day);
    scene.warnings(&mut page);
    super::areas::blocks(decision, policies, city, &mut page, lang);
    if decision.level.is_some() || decision.totals.cut_m3.get() > 0 || decision.areas.iter().any(|a| a.level.is_some())
    {
        page.blank();
        page.line(&Word::Proposal.text(lang), Style::Bold);
    }
    page.into_text()
}

/// The first line of every screen.
pub(crate) fn gas_day(day: &GasDay, lang: Lang) -> String {
    let (date, from, until) = (day.date.to_string(), day.from.clone(), day.until.clone());
    let zone = day.zone.clone();
    match day.hours {
        24 => Word::GasDay { date, from, until, zone },
        hours => Word::GasDayHours { date, from, until, zone, hours: hours.to_string() },
    }
    .text(lang)
}

impl Scene<'_> {
    /// What people call a class.
    pub(super) fn class(&self, id: &str) -> String {
        self.policy.classes.iter().find(|c| c.id == id).map_or(id, |c| c.label.get(self.lang)).to_owned()
    }

    /// What people call a district.
    pub(super) fn district(&self, id: &str) -> String {
        let name = self.city.districts.iter().find(|d| &*d.id == id).map(|d| d.name.to_string());
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
    }

    /// What people call a tier.
    pub(super) fn tier(&self, number: u32) -> String {
        let tier = self.policy.tiers.iter().find(|tier| tier.number == number);
        tier.map_or_else(String::new, |tier| tier.label.get(self.lang).to_owned())
    }

    /// The level in force.
    pub(super) fn level_used(&self) -> Option<&Level> {
        let id = &self.decision.level.as_ref()?.id;
        self.policy.levels.iter().find(|level| level.id == *id)
    }

    /// The level's name, or that there is none.
    pub(super) fn level_name(&self) -> String {
        match self.level_used() {
            Some(level) => level.label.get(self.lang).to_owned(),
            None if self.policy.levels.is_empty() => Word::NoLevelShort.text(self.lang),
            None => Word::NoShortageShort.text(self.lang),
        }
    }

    /// The name of the balance, its level and shortfall.
    pub(super) fn how_short(&self) -> Word {
        let balance = &self.decision.balance;
        let name = match &self.decision.area {
            Some(area) => self.district(area),
            None => self.decision.case.clone(),
        };
        let share = fmt::percent(balance.shortfall_m3, balance.demand_m3);
        let shortfall = fmt::with_unit(balance.shortfall_m3, self.lang);
        Word::HowShort { name, level: self.level_name(), shortfall, share }
    }

    /// The same, in a line.
    pub(super) fn where_and_how_short(&self, page: &mut Page) {
        page.blank();
        page.line(&self.how_short().text(self.lang), Style::Bold);
    }

    fn standing(&self) -> Standing {
        let level = self.decision.level.as_ref().and_then(|used| self.policy.level(&used.id));
        match level {
            Some(level) => Standing::At(level),
            None if self.policy.levels.is_empty() => Standing::Always,
            None => Standing::NoShortage,
        }
    }

    fn head(&self, page: &mut Page, verbose: bool) {
        let (decision, lang) = (self.decision, self.lang);
        let used = &decision.policy;
        let case = Word::CaseAndPolicy {
            case: decision.case.clone(),
            policy: self.policy.name.get(lang).to_owned(),
            id: used.id.clone(),
            version: used.version.clone(),
        };
        page.line(&case.text(lang), Style::Plain);
        page.line(&Word::Unit { basis: decision.volume_basis.clone() }.text(lang), Style::Plain);
        let from = &decision.demand_source;
        let source = if lang == Lang::Zh { &from.text_zh } else { &from.text };
        let style = if from.of_the_day { Style::Plain } else { Style::Warn };
        page.line(&Word::DemandFrom { source: source.clone() }.text(lang), style);
        if let Some(revised) = &decision.revision {
            page.line(&revision::headline(revised, lang), Style::Bold);
        }
        for assignment in &used.overrides {
            page.line(&Word::Override { assignment: assignment.clone() }.text(lang), Style::Warn);
        }
        // Whoever reads on must know first that the figures are not those of the case.
        for warning in decision.warnings.iter().filter(|warning| is_what_if(&warning.code)) {
            page.line(warning.label().get(lang), Style::Warn);
        }
        if verbose {
            page.line(&Word::Digest { digest: used.digest.clone() }.text(lang), Style::Dim);
        }
        if !decision.confirmed {
            page.line(&Word::Unconfirmed.text(lang), Style::Loud);
        }
    }

    fn level(&self, page: &mut Page) {
        page.blank();
        match self.level_used() {
            Some(level) => {
                let lang = self.lang;
                let (name, colour) = (level.label.get(lang).to_owned(), level.colour_label.get(lang).to_owned());
                let style = Style::Level(level.colour.clone());
                page.line(&Word::LevelIs { level: name, colour }.text(lang), style);
                let clause = rules::basis(&level.basis, lang);
                let band = Word::BandOf { band: rules::when(level, lang) }.text(lang);
                page.item(&format!("{band} · {clause}"), Style::Plain);
                for raised in self.decision.warnings.iter().filter(|warning| warning.code == RAISED) {
                    page.item(raised.label().get(lang), Style::Warn);
                }
            }
            None if self.policy.levels.is_empty() => page.line(&Word::NoLevels.text(self.lang), Style::Bold),
            None => page.line(&Word::NoShortage.text(self.lang), Style::Bold),
        }
    }

    fn balance(&self, page: &mut Page) {
        let (balance, lang) = (&self.decision.balance, self.lang);
        page.heading(&Word::Balance.text(lang));
        let row = |word: Word, volume| vec![Cell::left(word.text(lang)), Cell::right(fmt::volume(volume, lang))];
        let mut short = row(Word::Shortfall, balance.shortfall_m3);
        let share = fmt::percent(balance.shortfall_m3, balance.demand_m3);
        short.push(Cell::left(Word::OfDemand { share }.text(lang)));
        page.table(vec![
            row(Word::Demand, balance.demand_m3),
            row(Word::Supply, balance.supply_m3),
            row(Word::Deliverable, balance.deliverable_m3),
            short,
        ]);
    }

    /// What nobody is authorised to cut, loudly.
    pub(super) fn beyond(&self, page: &mut Page) {
        let lines = self.beyond_lines();
        let Some((first, rest)) = lines.split_first() else { return };
        page.blank();
        page.line(first, Style::Loud);
        rest.iter().for_each(|line| page.item(line, Style::Loud));
    }

    /// The same in lines, the first of which is a heading; none where nothing is beyond authority.
    pub(super) fn beyond_lines(&self) -> Vec<String> {
        let (decision, lang) = (self.decision, self.lang);
        if decision.status != Status::BeyondAuthority {
            return Vec::new();
        }
        let volume = fmt::with_unit(decision.totals.beyond_authority_m3, lang);
        let what = match self.level_used() {
            Some(level) => Word::BeyondAt { volume, level: level.label.get(lang).to_owned() },
            None => Word::BeyondAlways { volume },
        };
        let mut lines = vec![Word::Beyond.text(lang), what.text(lang)];
        for (number, lost) in self.beyond_by_tier() {
            let volume = fmt::with_unit(lost, lang);
            let line = Word::BeyondTier { number: number.to_string(), label: self.tier(number), volume };
            lines.push(line.text(lang));
        }
        let graver = decision.escalate_to.as_ref().and_then(|id| self.policy.levels.iter().find(|l| l.id == *id));
        let way_out = match graver {
            Some(level) => Word::EscalateTo { level: level.label.get(lang).to_owned() },
            None => Word::EscalateNone,
        };
        lines.push(way_out.text(lang));
        lines
    }

    fn measures(&self, page: &mut Page) {
        let lang = self.lang;
        page.heading(&Word::MeasuresInForce.text(lang));
        let mut any = false;
        for (n, (_, measure, action)) in self.policy.in_force(self.standing(), self.decision.date).enumerate() {
            any = true;
            page.item(&format!("{}. {}", n + 1, measure.label.get(lang)), Style::Plain);
            let parts = [measure.id.clone(), rules::cut(&action.cut, lang), rules::basis(&action.basis, lang)];
            page.note(&parts.join(" · "), Style::Dim);
        }
        if !any {
            page.item(&Word::NoMeasures.text(lang), Style::Plain);
        }
    }

    fn rotation(&self, page: &mut Page) {
        let Some(rotation) = &self.decision.rotation else { return };
        let lang = self.lang;
        page.heading(&Word::Rotation.text(lang));
        let blocks = rules::listed(rotation.blocks.iter().map(|id| self.district(id)), lang);
        let formula = rotation.blocks_by_formula.to_string();
        page.item(&Word::BlocksChosen { blocks, formula }.text(lang), Style::Plain);
        if rotation.extended {
            let used = rotation.blocks.len().to_string();
            page.item(&Word::BlocksExtended { used }.text(lang), Style::Warn);
        }
    }

    fn touched(&self, page: &mut Page) {
        let (totals, lang) = (&self.decision.totals, self.lang);
        page.heading(&Word::Touched.text(lang));
        let mut lines = vec![
            Word::CustomersCut { customers: fmt::grouped(totals.customers_cut) },
            Word::HouseholdsCut { households: fmt::grouped(totals.households_cut) },
        ];
        for ((from, until), count, boilers) in self.off() {
            let (count, from, until) = (fmt::grouped(count), rules::clock(from), rules::clock(until));
            lines.push(match boilers {
                true => Word::BoilersOff { count, from, until },
                false => Word::CustomersOff { count, from, until },
            });
        }
        if !totals.withheld_m3.is_zero() {
            lines.push(Word::Withheld { volume: fmt::with_unit(totals.withheld_m3, lang) });
        }
        if !totals.unused_m3.is_zero() {
            lines.push(Word::Unused { volume: fmt::with_unit(totals.unused_m3, lang) });
        }
        for line in lines {
            page.item(&line.text(lang), Style::Plain);
        }
    }

    /// The windows of required stops: how many customers are off in each, and whether all of them are boilers.
    fn off(&self) -> Vec<((u8, u8), u64, bool)> {
        let Some(detail) = &self.decision.detail else { return Vec::new() };
        let mut windows = std::collections::BTreeMap::<(u8, u8), (u64, bool)>::new();
        let mut counts = vec![0u64; detail.reasons.len()];
        for share in &detail.customers {
            if let Some(count) = counts.get_mut(share.reason as usize) {
                *count += 1;
            }
        }
        let by_reason = detail.reasons.iter().zip(counts).map(|(reason, count)| (reason, reason.off, count));
        // Stops as needed have hours of their own, customer by customer.
        let as_needed = detail.hours.iter().filter(|hours| hours.off.is_some()).filter_map(|hours| {
            let share = detail.customers.get(hours.customer as usize)?;
            let reason = detail.reasons.get(share.reason as usize).filter(|reason| reason.off.is_none())?;
            Some((reason, hours.off, 1))
        });
        for (reason, off, count) in by_reason.chain(as_needed).filter(|(r, _, n)| *n > 0 && r.form != Form::None) {
            let Some(window) = off else { continue };
            let entry = windows.entry(window).or_insert((0, true));
            let stops = reason.measures.iter().filter_map(|id| self.policy.measures.iter().find(|m| m.id == *id));
            let boilers = stops.filter(|m| is_stop(m)).all(|m| self.means_boilers(m));
            *entry = (entry.0 + count, entry.1 && boilers);
        }
        windows.into_iter().map(|(window, (count, boilers))| (window, count, boilers)).collect()
    }

    fn means_boilers(&self, measure: &Measure) -> bool {
        measure.at.iter().flatten().all(|action| {
            let classes = &action.who.classes;
            !classes.is_empty() && classes.iter().all(|i| self.policy.classes.get(*i).is_some_and(|c| c.boiler))
        })
    }

    fn authority(&self, page: &mut Page) {
        let Some(level) = self.level_used() else { return };
        let lines = rules::authority(self.policy, level, self.lang);
        if lines.is_empty() {
            return;
        }
        page.heading(&Word::WhoDecides.text(self.lang));
        for line in lines {
            page.item(&line, Style::Plain);
        }
    }

    fn due(&self, page: &mut Page, day: &GasDay) {
        if self.policy.duties.is_empty() || self.standing() == Standing::NoShortage {
            return;
        }
        page.heading(&Word::WhatIsDue.text(self.lang));
        let first = day.date.to_string();
        for duty in &self.policy.duties {
            let line = rules::duty(self.policy, duty, Some(&first), self.lang);
            page.item(&format!("{line} · {}", rules::basis(&duty.basis, self.lang)), Style::Plain);
        }
    }

    fn warnings(&self, page: &mut Page) {
        let warnings: Vec<_> =
            self.decision.warnings.iter().filter(|w| !is_what_if(&w.code) && w.code != RAISED).collect();
        if warnings.is_empty() {
            return;
        }
        page.heading(&Word::Warnings.text(self.lang));
        for warning in warnings {
            page.item(warning.label().get(self.lang), Style::Warn);
        }
    }
}

fn is_stop(measure: &Measure) -> bool {
    measure.at.iter().flatten().any(|action| matches!(action.cut, crate::policy::Cut::Stop { .. }))
}

/// The warning that an area raised the level; it stands beside the level.
const RAISED: &str = "area_level";

pub(super) fn is_what_if(code: &str) -> bool {
    code.starts_with("what_if")
}
