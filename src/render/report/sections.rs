//! The sections that several reports have.

use super::paper::Paper;
use super::words::Word;
use crate::record::Entry;
use crate::render::{fmt, response, rules};
use crate::report::{DayFigures, Figures, Head, Heads, LevelFrom, Outlook, Sources, Standing};
use crate::units::M3;

/// So many customers are named of a kind; the others are counted.
const NAMED: usize = 20;

/// A column of words, and one of figures.
const fn words(word: Word) -> (Word, bool) {
    (word, false)
}

const fn figures(word: Word) -> (Word, bool) {
    (word, true)
}

impl Paper<'_> {
    fn share(&self, part: M3, whole: M3) -> String {
        fmt::percent(part, whole)
    }

    pub(super) fn levels(&mut self, levels: &[LevelFrom], ended: Option<&(crate::record::Moment, String)>) {
        if levels.is_empty() {
            return self.text(&Word::NoResponse);
        }
        let mut points = Vec::new();
        for (at, it) in levels.iter().enumerate() {
            let since = self.moment(it.at);
            let word = match (&it.level, at) {
                (Some(level), 0) => Word::LevelAtFirst { level: self.names.level(level), since },
                (Some(level), _) => Word::LevelChanged { level: self.names.level(level), at: since },
                (None, _) => Word::LevelNone { since },
            };
            points.push(self.say(&word));
        }
        if let Some((at, reason)) = ended {
            points.push(self.say(&Word::EndedAt { at: self.moment(*at), reason: reason.clone() }));
        }
        self.list(points);
    }

    pub(super) fn sums(&mut self, sums: &Figures) {
        let of_demand = |paper: &Self, volume: M3| {
            let (share, volume) = (paper.share(volume, sums.demand_m3), paper.with_unit(volume));
            paper.say(&Word::OfDemand { volume, share })
        };
        let facts = vec![
            (Word::DemandIs, self.with_unit(sums.demand_m3)),
            (Word::ServedIs, self.with_unit(sums.served_m3)),
            (Word::CutIs, of_demand(self, sums.cut_m3)),
            (Word::ShortfallIs, of_demand(self, sums.shortfall_m3)),
        ];
        self.facts(facts);
    }

    fn decision(&self, day: &DayFigures) -> String {
        let id = day.id.clone().unwrap_or_default();
        match day.known {
            Standing::Ordered => id,
            Standing::Proposed => self.say(&Word::ProposalOnly { id }),
            Standing::NothingToOrder => self.say(&Word::NothingToOrder { id }),
            Standing::Forecast | Standing::Unknown => self.say(&Word::NoDecision),
        }
    }

    /// The balance of each gas day; `parts` where the period has but a part of each.
    pub(super) fn days(&mut self, days: &[DayFigures], parts: bool) {
        self.text(if parts { &Word::ByDayTable } else { &Word::ByWholeDayTable });
        let mut columns = vec![words(Word::ColDay)];
        if parts {
            columns.push(words(Word::ColHours));
        }
        columns.extend([
            words(Word::ColOrder),
            words(Word::ColLevel),
            figures(Word::ColDemand),
            figures(Word::ColSupply),
            figures(Word::ColDeliverable),
            figures(Word::ColShort),
            figures(Word::ColShortShare),
        ]);
        columns.push(figures(if parts { Word::ColPartDemand } else { Word::ColCut }));
        if parts {
            columns.push(figures(Word::ColPartCut));
        }
        let row = |day: &DayFigures| {
            let mut row = vec![self.date(day.date)];
            if parts {
                let [from, until] = day.hours.map(rules::clock);
                let [hours, of] = day.of_hours.map(|hours| hours.to_string());
                row.push(self.say(&Word::HoursRange { from, until, hours, of }));
            }
            row.push(self.decision(day));
            if day.known == Standing::Unknown {
                row.resize(columns.len(), "-".to_owned());
                return row;
            }
            row.push(self.names.level_or_none(day.level.as_ref()));
            let whole = [day.day_demand_m3, day.day_supply_m3, day.day_deliverable_m3, day.day_shortfall_m3];
            row.extend(whole.map(|volume| self.volume(volume)));
            row.push(self.share(day.day_shortfall_m3, day.day_demand_m3));
            if parts {
                row.push(self.volume(day.demand_m3));
            }
            row.push(self.volume(day.cut_m3));
            row
        };
        let rows = days.iter().map(row).collect();
        self.table(&columns, rows, None);
    }

    pub(super) fn by_source(&mut self, sums: &Figures, parts: bool) {
        if sums.by_source.is_empty() {
            return;
        }
        self.text(if parts { &Word::BySourceTable } else { &Word::BySourceWhole });
        let known = sums.days.iter().filter(|day| day.known != Standing::Unknown);
        let of: usize = known.map(|day| day.of_hours[0]).sum();
        let metered = |volume: Option<M3>, hours: usize| match volume {
            None => self.say(&Word::NotMetered),
            Some(volume) if hours == of => self.volume(volume),
            Some(volume) => {
                let (hours, of) = (hours.to_string(), of.to_string());
                self.say(&Word::HoursKnown { volume: self.volume(volume), hours, of })
            }
        };
        let rows = sums
            .by_source
            .iter()
            .map(|it| vec![it.source.clone(), self.volume(it.nominated_m3), metered(it.metered_m3, it.metered_hours)]);
        let rows = rows.collect();
        let nominated = sums.by_source.iter().map(|it| it.nominated_m3).sum();
        let given: Option<M3> = sums.by_source.iter().map(|it| it.metered_m3.filter(|_| it.metered_hours == of)).sum();
        let given = given.map_or_else(|| "-".to_owned(), |given| self.volume(given));
        let total = vec![self.say(&Word::Total), self.volume(nominated), given];
        let columns = [words(Word::ColSource), figures(Word::ColNominated), figures(Word::ColMetered)];
        self.table(&columns, rows, Some(total));
    }

    pub(super) fn by_class(&mut self, sums: &Figures, parts: bool) {
        self.text(if parts { &Word::ByClassTable } else { &Word::ByClassWhole });
        let row = |name: String, demand, served, cut| {
            let mut row = vec![name];
            row.extend([demand, served, cut].map(|volume| self.volume(volume)));
            row.push(self.share(cut, demand));
            row
        };
        let of =
            |it: &crate::report::ClassFigures| row(self.names.class(&it.class), it.demand_m3, it.served_m3, it.cut_m3);
        let rows = sums.by_class.iter().map(of).collect();
        let total = row(self.say(&Word::Total), sums.demand_m3, sums.served_m3, sums.cut_m3);
        let columns = [
            words(Word::ColClass),
            figures(Word::ColDemand),
            figures(Word::ColServed),
            figures(Word::ColCut),
            figures(Word::ColCutShare),
        ];
        self.table(&columns, rows, Some(total));
    }

    pub(super) fn measures(&mut self, sums: &Figures) {
        if sums.by_measure.is_empty() {
            return self.text(&Word::NoMeasures);
        }
        let rows = sums.by_measure.iter().map(|it| {
            let metered = it.saved_m3.map(|_| self.volume(it.metered_ordered_m3));
            let saved = it.saved_m3.map(|saved| self.volume(saved));
            let none = || if it.ordered_m3.is_zero() { "-".to_owned() } else { self.say(&Word::NotMetered) };
            vec![
                self.names.measure(&it.measure),
                rules::listed(it.levels.iter().map(|level| self.names.level_name(level)), self.names.lang),
                rules::listed(&it.clauses, self.names.lang),
                fmt::grouped(it.customers),
                self.volume(it.ordered_m3),
                metered.unwrap_or_else(|| "-".to_owned()),
                saved.unwrap_or_else(none),
            ]
        });
        let rows = rows.collect();
        let ordered = sums.by_measure.iter().map(|it| it.ordered_m3).sum();
        let metered: M3 = sums.by_measure.iter().map(|it| it.metered_ordered_m3).sum();
        let saved: Vec<M3> = sums.by_measure.iter().filter_map(|it| it.saved_m3).collect();
        let dash = || "-".to_owned();
        let is_metered = !saved.is_empty();
        let mut total = vec![self.say(&Word::Total), String::new(), String::new(), String::new(), self.volume(ordered)];
        total.push(if is_metered { self.volume(metered) } else { dash() });
        total.push(if is_metered { self.volume(saved.into_iter().sum()) } else { dash() });
        let columns = [
            words(Word::ColMeasure),
            words(Word::ColLevel),
            words(Word::ColClauses),
            figures(Word::ColCustomers),
            figures(Word::ColOrdered),
            figures(Word::ColOrderedMetered),
            figures(Word::ColSaved),
        ];
        self.table(&columns, rows, Some(total));
        if is_metered {
            self.note(&Word::SavedNote);
        }
    }

    fn heads(&self, heads: Heads) -> String {
        let count = fmt::grouped(heads.count);
        let word = match heads.count {
            0 => return "-".to_owned(),
            _ if heads.t_h == crate::units::Decimal::ZERO => Word::HeadsUnknown { count },
            _ => Word::HeadsOf { count, t_h: heads.t_h.to_string() },
        };
        self.say(&word)
    }

    pub(super) fn boilers(&mut self, sums: &Figures) {
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

    pub(super) fn blocks_on_rotation(&mut self, sums: &Figures) {
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

    pub(super) fn extent(&mut self, sums: &Figures) {
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

    pub(super) fn compliance(&mut self, sums: &Figures) {
        let kept = &sums.compliance;
        let ordered = fmt::grouped(kept.ordered);
        match (kept.ordered, kept.metered) {
            (0, _) => self.text(&Word::NoOrders),
            (_, 0) => self.text(&Word::NothingMetered { ordered }),
            _ => {
                let (metered, within) = (fmt::grouped(kept.metered), fmt::grouped(kept.within));
                let over = fmt::grouped(kept.over.len() as u64);
                self.text(&Word::MeteredOf { ordered, metered, within, over });
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

    pub(super) fn beyond(&mut self, sums: &Figures) {
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

    /// Entries of the record with when and by whom.
    pub(super) fn entries(&mut self, entries: &[Entry]) {
        let who = |entry: &Entry| {
            let name = entry.by.name.clone();
            match &entry.by.role {
                None => name,
                Some(role) => {
                    let role = self.names.policy().role(role, self.names.lang).to_owned();
                    self.say(&Word::WhoAs { name, role })
                }
            }
        };
        let row = |entry: &Entry| {
            vec![entry.seq.to_string(), self.moment(entry.at), who(entry), response::event(entry, self.names.lang)]
        };
        let rows = entries.iter().map(row).collect();
        let columns = [figures(Word::ColEntry), words(Word::ColWhen), words(Word::ColWho), words(Word::ColWhat)];
        self.table(&columns, rows, None);
    }

    pub(super) fn departures(&mut self, entries: &[Entry]) {
        match entries {
            [] => self.text(&Word::NoDepartures),
            entries => self.entries(entries),
        }
    }

    pub(super) fn areas(&mut self, sums: &Figures) {
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

    pub(super) fn outlook(&mut self, outlook: &Outlook) {
        let (date, id) = (self.date(outlook.date), outlook.id.clone().unwrap_or_default());
        self.text(&match outlook.known {
            Standing::Ordered => Word::OutlookOrdered { date, id },
            Standing::Proposed => Word::OutlookProposed { date, id },
            Standing::NothingToOrder => Word::OutlookQuiet { date, id },
            Standing::Forecast | Standing::Unknown => Word::OutlookForecast { date },
        });
        let share = self.share(outlook.shortfall_m3, outlook.demand_m3);
        let short = Word::OfDemand { volume: self.with_unit(outlook.shortfall_m3), share };
        let level = outlook.level.as_ref().map(|level| self.names.level(level));
        let mut facts = vec![
            (Word::DemandIs, self.with_unit(outlook.demand_m3)),
            (Word::SupplyIs, self.with_unit(outlook.supply_m3)),
            (Word::DeliverableIs, self.with_unit(outlook.deliverable_m3)),
            (Word::ShortfallIs, self.say(&short)),
            (Word::OutlookLevel, level.unwrap_or_else(|| self.say(&Word::OutlookNone))),
        ];
        if !outlook.blocks.is_empty() {
            let blocks = outlook.blocks.iter().map(|block| self.names.district(block));
            facts.push((Word::OutlookBlocks, rules::listed(blocks, self.names.lang)));
        }
        if !outlook.beyond_authority_m3.is_zero() {
            facts.push((Word::OutlookBeyond, self.with_unit(outlook.beyond_authority_m3)));
        }
        self.facts(facts);
    }

    /// How the figures are known; `parts` where the period has but a part of each day.
    pub(super) fn how_known(&mut self, sums: &Figures, head: &Head, sources: Sources, parts: bool) {
        self.section(&Word::NotesHead);
        self.note(&Word::NoteForecast);
        for day in &sums.days {
            let date = || self.date(day.date);
            let mut words = Vec::new();
            match day.known {
                Standing::Unknown | Standing::Forecast => words.push(Word::NoteUnknown { date: date() }),
                Standing::Proposed => words.push(Word::NoteProposed { date: date() }),
                Standing::Ordered | Standing::NothingToOrder => {}
            }
            if parts && day.of_hours[0] < day.of_hours[1] && day.known != Standing::Unknown {
                words.push(match day.hourly {
                    true => Word::NoteSplitByHour { date: date() },
                    false => Word::NoteSplitByProfile { date: date() },
                });
            }
            if let Some(at) = day.revised_at.clone().filter(|_| day.known == Standing::Ordered) {
                words.push(Word::NoteRevised { date: date(), at });
            }
            words.iter().for_each(|word| self.note(word));
        }
        if parts {
            self.note(&Word::NoteShortfall);
        }
        let metering = &sums.metering;
        self.note(&Word::NoteMetering {
            sources: metering.sources.0.to_string(),
            of_sources: metering.sources.1.to_string(),
            customers: fmt::grouped(metering.customers.0),
            of_customers: fmt::grouped(metering.customers.1),
        });
        if sums.compliance.by_day > 0 {
            self.note(&Word::NoteByDay { count: fmt::grouped(sums.compliance.by_day) });
        }
        if !sources.case_read {
            self.note(&Word::NoteUnread);
        }
        self.note(&Word::NoteHead { head: head.head.clone() });
    }
}
