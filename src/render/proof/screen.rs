//! The screen of a check: whether everything has its place, whether the order is kept, who is better off with less gas, and
//! what each level cannot close.

use super::say::{interval, shortfall};
use crate::Lang;
use crate::curve::Curve;
use crate::policy::{Policy, Standing};
use crate::prove::{Authority, Because, Cause, Check, Inversion, Rise, Why};
use crate::rational::Rational;
use crate::render::curve::{Look, percent, rounded};
use crate::render::page::{Page, Style};
use crate::render::rules::listed;
use crate::render::words::Word;
use crate::render::{GasDay, fmt, screen};
use crate::units::{Fraction, M3};

/// A curve, what was found on it, and what its words need.
struct Scene<'c> {
    curve: &'c Curve<'c>,
    check: &'c Check,
    policy: &'c Policy,
    lang: Lang,
}

/// The whole screen: the main urban area, then each outer district.
pub(crate) fn page(curves: &[Curve<'_>], checks: &[Check], day: &GasDay, look: Look) -> String {
    let lang = look.lang;
    let mut page = Page::new(look.colour);
    page.line(&screen::gas_day(day, lang), Style::Bold);
    for (i, (curve, check)) in curves.iter().zip(checks).enumerate() {
        let scene = Scene { curve, check, policy: curve.policy(), lang };
        if i > 0 {
            page.blank();
        }
        scene.head(&mut page);
        scene.coverage(&mut page);
        scene.order(&mut page);
        scene.rises(&mut page);
        scene.levels(&mut page);
    }
    page.into_text()
}

impl Scene<'_> {
    fn head(&self, page: &mut Page) {
        let (curve, lang) = (self.curve, self.lang);
        let (case, policy) = (curve.city().settings.name.clone(), self.policy.name.get(lang).to_owned());
        let (id, version) = (self.policy.id.clone(), self.policy.version.clone());
        page.line(&Word::CaseAndPolicy { case, policy, id, version }.text(lang), Style::Plain);
        for assignment in &self.policy.overrides {
            page.line(&Word::Override { assignment: assignment.clone() }.text(lang), Style::Warn);
        }
        let area = curve.area().and_then(|area| curve.city().districts.get(area as usize));
        let scope = area.map_or_else(|| Word::MainUrbanArea.text(lang), |area| area.name.to_string());
        page.line(&Word::ProofOf { scope }.text(lang), Style::Bold);
        if curve.leaves_hours_out() {
            page.line(&Word::ProofWholeDays.text(lang), Style::Loud);
        }
        let how = if self.check.proved { Word::Proved } else { Word::CurveSampled };
        page.line(&how.text(lang), if self.check.proved { Style::Dim } else { Style::Warn });
    }

    fn good(&self, page: &mut Page, word: Word) {
        page.item(&format!("✓ {}", word.text(self.lang)), Style::Plain);
    }

    fn finding(&self, page: &mut Page, word: Word) {
        page.item(&format!("! {}", word.text(self.lang)), Style::Warn);
    }

    fn note(&self, page: &mut Page, word: Word) {
        page.item(&format!("· {}", word.text(self.lang)), Style::Plain);
    }

    fn volume(&self, volume: Fraction) -> String {
        fmt::with_unit(rounded(volume), self.lang)
    }

    fn measure(&self, measure: usize) -> String {
        self.policy.measures[measure].label.get(self.lang).to_owned()
    }

    fn tier(&self, tier: usize) -> String {
        self.policy.tiers[tier].number.to_string()
    }

    fn standing(&self, standing: Standing) -> String {
        match standing {
            Standing::At(level) => self.policy.levels[level].label.get(self.lang).to_owned(),
            Standing::NoShortage => Word::NoShortageShort.text(self.lang),
            Standing::Always => Word::NoLevelShort.text(self.lang),
        }
    }

    fn coverage(&self, page: &mut Page) {
        let (coverage, lang) = (&self.check.coverage, self.lang);
        page.heading(&Word::ProofCoverage.text(lang));
        if coverage.unanswered.is_empty() {
            self.good(page, if self.policy.levels.is_empty() { Word::ProofNoLevels } else { Word::ProofAnswered });
        }
        for stretch in &coverage.unanswered {
            self.finding(page, Word::ProofUnanswered { x: interval(stretch, lang) });
        }
        if coverage.unplaced.is_empty() {
            self.good(page, Word::ProofPlaced);
        } else {
            let classes = coverage.unplaced.iter().map(|class| self.policy.classes[*class].label.get(lang));
            self.finding(page, Word::ProofUnplaced { classes: listed(classes, lang) });
        }
        if coverage.idle_measures.is_empty() && coverage.idle_exemptions.is_empty() {
            self.good(page, Word::ProofReaching);
        }
        if !coverage.idle_measures.is_empty() {
            let measures = coverage.idle_measures.iter().map(|measure| self.measure(*measure));
            self.note(page, Word::ProofIdleMeasures { measures: listed(measures, lang) });
        }
        if !coverage.idle_exemptions.is_empty() {
            let labels = coverage.idle_exemptions.iter().map(|at| self.policy.exemptions[*at].label.get(lang));
            self.note(page, Word::ProofIdleExemptions { exemptions: listed(labels, lang) });
        }
        if !coverage.unmet_levels.is_empty() {
            let levels = coverage.unmet_levels.iter().map(|level| self.policy.levels[*level].label.get(lang));
            self.note(page, Word::ProofUnmet { levels: listed(levels, lang) });
        }
    }

    fn order(&self, page: &mut Page) {
        let lang = self.lang;
        page.heading(&Word::ProofOrder.text(lang));
        if !self.check.proved {
            self.note(page, Word::ProofOrderUnknown);
        } else if self.check.breaches.is_empty() {
            self.good(page, Word::ProofOrderKept);
        }
        for breach in &self.check.breaches {
            let (rank, x) = (breach.rank.to_string(), interval(&breach.interval, lang));
            self.finding(page, Word::ProofBreach { rank, x });
        }
        if self.check.inversions.is_empty() {
            self.good(page, Word::ProofTiersKept);
        }
        for (at, inversion) in self.check.inversions.iter().enumerate() {
            // Stretches of one tier and reason are told together.
            let same = |other: &&Inversion| (other.tier, other.because) == (inversion.tier, inversion.because);
            if self.check.inversions[..at].iter().any(|other| same(&other)) {
                continue;
            }
            let all: Vec<&Inversion> = self.check.inversions.iter().filter(same).collect();
            let mut worse: Vec<usize> = all.iter().flat_map(|one| one.worse.iter().copied()).collect();
            worse.sort_unstable();
            worse.dedup();
            let most = all.iter().map(|one| Rational::from(one.most)).max().unwrap_or(Rational::ZERO);
            let tier = self.tier(inversion.tier);
            let worse = listed(worse.into_iter().map(|tier| self.tier(tier)), lang);
            let x = listed(all.iter().map(|one| interval(&one.interval, lang)), lang);
            let most = self.volume(most.fraction());
            match inversion.because {
                Because::Rotation(measure) => {
                    let measure = self.measure(measure);
                    self.note(page, Word::ProofInvertedInTurn { tier, worse, x, most, measure });
                }
                Because::Measure(measure) => {
                    let measure = self.measure(measure);
                    self.finding(page, Word::ProofInverted { tier, worse, x, most, measure });
                }
                Because::Pinned => self.note(page, Word::ProofInvertedPinned { tier, worse, x, most }),
                Because::Reach => self.finding(page, Word::ProofInvertedReach { tier, worse, x, most }),
            }
        }
    }

    fn rises(&self, page: &mut Page) {
        let lang = self.lang;
        page.heading(&Word::ProofRises.text(lang));
        let (declared, others): (Vec<&Rise>, Vec<&Rise>) = self.check.rises.iter().partition(|rise| rise.declared);
        if others.is_empty() {
            self.good(page, Word::ProofNoRise);
        }
        for rise in others.into_iter().chain(declared) {
            self.rise(page, rise);
        }
        for unused in &self.check.unused {
            let (x, most) = (interval(&unused.interval, lang), self.volume(unused.most));
            self.finding(page, Word::ProofUnused { x, most });
            let largest = unused.largest.iter().map(|stopped| {
                let (name, volume) = (self.name(stopped.customer), fmt::with_unit(M3(stopped.withheld), lang));
                Word::ProofStopped { name, volume }.text(lang)
            });
            let (count, withheld) = (unused.customers.to_string(), fmt::with_unit(M3(unused.withheld), lang));
            let who = Word::ProofStoppedAll { customers: count, withheld, largest: listed(largest, lang) };
            page.note(&who.text(lang), Style::Plain);
        }
    }

    fn rise(&self, page: &mut Page, rise: &Rise) {
        let lang = self.lang;
        let head = self.rise_head(rise);
        if rise.declared {
            self.note(page, head)
        } else {
            self.finding(page, head)
        }
        let causes = || listed(rise.causes.iter().map(|cause| self.cause(cause)), lang);
        let why = match (rise.why, rise.blocks.1.saturating_sub(rise.blocks.0)) {
            (Why::Taken, _) if rise.declared => Some(Word::ProofCausesDeclared { causes: causes() }),
            (Why::Taken, _) => Some(Word::ProofCauses { causes: causes() }),
            (Why::Rotation, 0) => Some(Word::ProofFewerBlocks),
            (Why::Rotation, 1) => Some(Word::ProofOneBlockMore),
            (Why::Rotation, more) => Some(Word::ProofBlocksMore { more: more.to_string() }),
            (Why::List, _) => Some(Word::ProofListTurns),
            (Why::Released, _) => Some(Word::ProofReleased),
            (Why::Shifted, _) => Some(Word::ProofShifted),
            // The head has said it.
            _ => None,
        };
        if let Some(why) = why {
            page.note(&why.text(lang), Style::Plain);
        }
        let classes = rise.classes.iter().map(|of| {
            let class = self.policy.classes[of.class].label.get(lang).to_owned();
            let (customers, volume) = (of.customers.to_string(), self.volume(of.volume));
            Word::ProofClassRise { class, customers, volume }.text(lang)
        });
        page.note(&Word::ProofClasses { classes: listed(classes, lang) }.text(lang), Style::Plain);
        let largest = rise.largest.iter().map(|riser| {
            let name = self.name(riser.customer);
            let (before, after) = (self.volume(riser.before), self.volume(riser.after));
            Word::ProofRiser { name, before, after }.text(lang)
        });
        page.note(&Word::ProofLargest { customers: listed(largest, lang) }.text(lang), Style::Dim);
    }

    fn name(&self, customer: u32) -> String {
        let customer = &self.curve.city().customers[customer as usize];
        if customer.name.is_empty() { customer.id.to_string() } else { customer.name.to_string() }
    }

    fn rise_head(&self, rise: &Rise) -> Word {
        let (customers, volume) = (rise.customers.to_string(), self.volume(rise.volume));
        if rise.why == Why::Links {
            return Word::ProofRiseByLinks { x: interval(&rise.interval, self.lang), customers, volume };
        }
        let x = shortfall(rise.interval.from);
        let x = if rise.just_above { Word::ProofJustAbove { x } } else { Word::ProofAt { x } }.text(self.lang);
        let (from, to) = (self.standing(rise.standings.0), self.standing(rise.standings.1));
        if rise.why == Why::Rotation {
            let (before, after) = (rise.blocks.0.to_string(), rise.blocks.1.to_string());
            return Word::ProofRiseBlocks { x, level: to, before, after, customers, volume };
        }
        Word::ProofRise { x, from, to, customers, volume }
    }

    fn cause(&self, cause: &Cause) -> String {
        let volume = self.volume(cause.more);
        match cause.measure {
            Some(measure) => Word::ProofCause { measure: self.measure(measure), volume },
            None => Word::ProofCauseFirm { volume },
        }
        .text(self.lang)
    }

    fn levels(&self, page: &mut Page) {
        if self.policy.levels.is_empty() {
            return;
        }
        page.heading(&Word::ProofAuthority.text(self.lang));
        for authority in &self.check.levels {
            self.level(page, authority);
        }
    }

    fn level(&self, page: &mut Page, authority: &Authority) {
        let lang = self.lang;
        let level = self.policy.levels[authority.level].label.get(lang).to_owned();
        let x = if authority.answers.is_empty() {
            Word::ProofNowhere.text(lang)
        } else {
            listed(authority.answers.iter().map(|stretch| interval(stretch, lang)), lang)
        };
        let (share, most) = (percent(authority.share), fmt::with_unit(M3(authority.most), lang));
        let closes = Word::ProofCloses { level, x, share, most };
        if authority.gaps.is_empty() {
            self.good(page, closes);
            return;
        }
        self.finding(page, closes);
        for gap in &authority.gaps {
            let (x, most, at) = (interval(&gap.interval, lang), self.volume(gap.most), shortfall(gap.at));
            page.note(&Word::ProofGap { x, most, at }.text(lang), Style::Loud);
            for instead in &gap.instead {
                let x = Word::ProofFromTo { from: shortfall(instead.from), until: shortfall(instead.until) }.text(lang);
                let word = match instead.level {
                    Some(level) => {
                        Word::ProofInstead { x, level: self.policy.levels[level].label.get(lang).to_owned() }
                    }
                    None => Word::ProofInsteadNone { x },
                };
                page.note(&word.text(lang), Style::Plain);
            }
        }
    }
}
