//! The sections that several reports have.

mod balance;
mod extent;

use super::paper::Paper;
use super::words::Word;
use crate::record::Entry;
use crate::render::{fmt, response, rules};
use crate::report::{Figures, Head, LevelFrom, Outlook, Sources, Standing};
use crate::units::M3;

/// A column of words, and one of figures.
const fn words(word: Word) -> (Word, bool) {
    (word, false)
}

const fn figures(word: Word) -> (Word, bool) {
    (word, true)
}

impl Paper<'_> {
    /// From the balance to how orders were followed, under these heads; `parts` where the period has but a part of each day.
    pub(super) fn course(&mut self, balance: &Word, sums: &Figures, parts: bool) {
        self.section(balance);
        self.sums(sums);
        self.days(&sums.days, parts);
        self.by_source(sums, parts);
        self.by_class(sums, parts);
        self.section(&Word::Measures);
        self.measures(sums);
        self.section(&Word::BoilersHead);
        self.boilers(sums);
        self.section(&Word::BlocksHead);
        self.blocks_on_rotation(sums);
        self.section(&Word::Extent);
        self.extent(sums);
        self.section(&Word::ComplianceHead);
        self.compliance(sums);
    }

    /// What went beyond the plan: beyond the level's authority, by departures, and outside of the main urban area.
    pub(super) fn beyond_the_plan(&mut self, sums: &Figures, departures: &[Entry]) {
        self.section(&Word::Beyond);
        self.beyond(sums);
        self.section(&Word::DeparturesHead);
        self.departures(departures);
        self.areas(sums);
    }

    pub(super) fn share(&self, part: M3, whole: M3) -> String {
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
