//! Who is affected, and how orders were followed.

use super::{figures, words};
use crate::render::fmt;
use crate::render::report::paper::Paper;
use crate::render::report::words::Word;
use crate::report::{DayFigures, Figures, Heads, Standing};
use crate::units::M3;

/// So many customers are named of a kind; the others are counted.
const NAMED: usize = 20;

impl Paper<'_> {
    fn heads(&self, heads: Heads) -> String {
        let count = fmt::grouped(heads.count);
        let word = match heads.count {
            0 => return "-".to_owned(),
            _ if heads.t_h == crate::units::Decimal::ZERO => Word::HeadsUnknown { count },
            _ => Word::HeadsOf { count, t_h: heads.t_h.to_string() },
        };
        self.say(&word)
    }

    pub(in crate::render::report) fn boilers(&mut self, sums: &Figures) {
        if sums.boilers.is_empty() {
            return self.text(&Word::NoBoilers);
        }
        let row = |name: String, all: [Heads; 5]| {
            let mut row = vec![name];
            row.extend(all.map(|heads| self.heads(heads)));
            row
        };
        let own = |it: &crate::report::Boilers| [it.all, it.running, it.limited, it.off_hours, it.stopped];
        let rows = sums.boilers.iter().map(|it| row(self.names.class(&it.class), own(it))).collect();
        let mut all = [Heads::default(); 5];
        for boilers in &sums.boilers {
            for (sum, heads) in all.iter_mut().zip(own(boilers)) {
                *sum = Heads { count: sum.count + heads.count, t_h: sum.t_h.plus(heads.t_h) };
            }
        }
        let total = row(self.say(&Word::Total), all);
        let columns = [
            words(Word::ColClass),
            figures(Word::ColAll),
            figures(Word::ColRunning),
            figures(Word::ColLimited),
            figures(Word::ColOffHours),
            figures(Word::ColStopped),
        ];
        self.table(&columns, rows, Some(total));
        self.note(&Word::BoilersNote);
        let without: u64 = sums.boilers.iter().map(|it| it.without_tonnage).sum();
        if without > 0 {
            self.note(&Word::WithoutTonnage { count: fmt::grouped(without) });
        }
    }

    pub(in crate::render::report) fn blocks_on_rotation(&mut self, sums: &Figures) {
        if sums.blocks.is_empty() {
            return self.text(&Word::NoBlocks);
        }
        let rows = sums.blocks.iter().map(|it| {
            let volumes = [it.demand_m3, it.cut_m3].map(|volume| self.volume(volume));
            let [demand, cut] = volumes;
            vec![self.date(it.date), self.names.district(&it.district), demand, cut]
        });
        let rows = rows.collect();
        let columns =
            [words(Word::ColDay), words(Word::ColBlock), figures(Word::ColBlockDemand), figures(Word::ColBlockCut)];
        self.table(&columns, rows, None);
    }

    pub(in crate::render::report) fn extent(&mut self, sums: &Figures) {
        let homes = &sums.homes;
        if homes.customers == 0 {
            return self.text(&Word::NobodyCut);
        }
        let area = match self.names.lang {
            crate::Lang::En => fmt::grouped(homes.heated_m2),
            crate::Lang::Zh => fmt::volume(M3(homes.heated_m2), crate::Lang::Zh),
        };
        self.facts(vec![
            (Word::CustomersCut, fmt::grouped(homes.customers)),
            (Word::HouseholdsCut, fmt::grouped(homes.households)),
            (Word::HeatedCut, self.say(&Word::SquareMetres { area })),
        ]);
        if homes.boilers_without_households > 0 {
            self.note(&Word::HomesMissing { count: fmt::grouped(homes.boilers_without_households) });
        }
        if homes.boilers_without_area > 0 {
            self.note(&Word::AreaMissing { count: fmt::grouped(homes.boilers_without_area) });
        }
        self.protected(sums);
    }

    fn protected(&mut self, sums: &Figures) {
        let found = &sums.protected;
        if found.exempt.is_empty() && found.best_tier.is_empty() {
            return self.text(&Word::ProtectedNone);
        }
        if !found.exempt.is_empty() {
            self.loud(&Word::ProtectedExempt { count: fmt::grouped(found.exempt.len() as u64) });
            let rows = found.exempt.iter().take(NAMED).map(|it| {
                vec![
                    it.customer_id.clone(),
                    it.name.clone(),
                    self.names.class(&it.class),
                    self.names.exemption(&it.exemption),
                    self.volume(it.cut_m3),
                ]
            });
            let rows = rows.collect();
            let columns = [
                words(Word::ColCustomer),
                words(Word::ColName),
                words(Word::ColClass),
                words(Word::ColExemption),
                figures(Word::ColCut),
            ];
            self.table(&columns, rows, None);
            self.more(found.exempt.len());
            self.note(&Word::ExemptNote);
        }
        if !found.best_tier.is_empty() {
            let tier = self.names.policy().tiers.first().map(|tier| self.names.tier(tier.number)).unwrap_or_default();
            let count = found.best_tier.iter().map(|it| it.customers).sum();
            self.loud(&Word::ProtectedTier { count: fmt::grouped(count), tier });
            let row = |it: &crate::report::TouchedClass| {
                vec![self.names.class(&it.class), fmt::grouped(it.customers), self.volume(it.cut_m3)]
            };
            let rows = found.best_tier.iter().map(row).collect();
            let columns = [words(Word::ColClass), figures(Word::ColCustomers), figures(Word::ColCut)];
            self.table(&columns, rows, None);
        }
    }

    fn more(&mut self, all: usize) {
        if all > NAMED {
            self.note(&Word::AndMore { count: fmt::grouped((all - NAMED) as u64) });
        }
    }

    pub(in crate::render::report) fn compliance(&mut self, sums: &Figures) {
        let kept = &sums.compliance;
        let ordered = fmt::grouped(kept.ordered);
        match (kept.ordered, kept.metered) {
            (0, _) => self.text(&Word::NoOrders),
            (_, 0) => self.text(&Word::NothingMetered { ordered }),
            _ => {
                let (metered, within) = (fmt::grouped(kept.metered), fmt::grouped(kept.within));
                let over = fmt::grouped(kept.over.len() as u64);
                self.text(&Word::MeteredOf { ordered, metered, within, over });
                if !sums.restored_m3.is_zero() {
                    self.note(&Word::WithRestored);
                }
            }
        }
        if !kept.over.is_empty() {
            self.loud(&Word::OverBy { volume: self.with_unit(kept.over_m3) });
            let rows = kept.over.iter().take(NAMED).map(|it| {
                let volumes = [it.allowed_m3, it.taken_m3, it.over_m3].map(|volume| self.volume(volume));
                [it.customer_id.clone(), it.name.clone()].into_iter().chain(volumes).collect()
            });
            let rows = rows.collect();
            let columns = [
                words(Word::ColCustomer),
                words(Word::ColName),
                figures(Word::ColAllowed),
                figures(Word::ColTaken),
                figures(Word::ColOver),
            ];
            self.table(&columns, rows, None);
            self.more(kept.over.len());
        }
        if !kept.districts.is_empty() {
            self.text(&Word::ByDistrictTable);
            let row = |it: &crate::report::DistrictTaken| {
                vec![self.names.district(&it.district), self.volume(it.ordered_m3), self.volume(it.taken_m3)]
            };
            let rows = kept.districts.iter().map(row).collect();
            let columns = [words(Word::ColDistrict), figures(Word::ColServed), figures(Word::ColTaken)];
            self.table(&columns, rows, None);
        }
    }

    pub(in crate::render::report) fn beyond(&mut self, sums: &Figures) {
        if sums.beyond_authority.is_empty() {
            self.text(&Word::NothingBeyond);
        }
        for (tier, volume) in &sums.beyond_authority {
            let (tier, volume) = (self.names.tier(*tier), self.with_unit(*volume));
            self.loud(&Word::BeyondOf { tier, volume });
        }
        let ordered = sums.days.iter().filter(|day| day.known == Standing::Ordered);
        let days: Vec<&DayFigures> = ordered.filter(|_| !sums.beyond_authority.is_empty()).collect();
        for day in days.iter().filter(|day| !day.day_shortfall_m3.is_zero()) {
            let date = self.date(day.date);
            if let Some(level) = &day.escalate_to {
                self.text(&Word::EscalateTo { date, level: self.names.level(level) });
            } else if day.beyond {
                self.text(&Word::NothingAuthorises { date });
            }
        }
        for day in sums.days.iter().filter(|day| day.linepack_missing_m3.0 > 0) {
            let volume = self.with_unit_milli(day.linepack_missing_m3);
            self.loud(&Word::LinepackMissing { date: self.date(day.date), volume });
        }
    }

    pub(in crate::render::report) fn areas(&mut self, sums: &Figures) {
        if sums.areas.is_empty() {
            return;
        }
        self.section(&Word::AreasHead);
        let rows = sums.areas.iter().map(|it| {
            let mut row = vec![self.date(it.date), self.names.district(&it.district)];
            row.push(self.names.level_or_none(it.level.as_ref()));
            row.extend([it.demand_m3, it.cut_m3].map(|volume| self.volume(volume)));
            row.extend([it.customers_cut, it.households_cut].map(fmt::grouped));
            row
        });
        let rows = rows.collect();
        let columns = [
            words(Word::ColDay),
            words(Word::ColDistrict),
            words(Word::ColLevel),
            figures(Word::ColPartDemand),
            figures(Word::ColPartCut),
            figures(Word::ColAreaCustomers),
            figures(Word::ColAreaHouseholds),
        ];
        self.table(&columns, rows, None);
    }
}
