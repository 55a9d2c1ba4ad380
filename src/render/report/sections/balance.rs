//! Supply and demand by day, source and class, and what measures took.

use super::{figures, words};
use crate::render::report::paper::Paper;
use crate::render::report::words::Word;
use crate::render::{fmt, rules};
use crate::report::{DayFigures, Figures, Standing};
use crate::units::M3;

impl Paper<'_> {
    pub(in crate::render::report) fn sums(&mut self, sums: &Figures) {
        let of_demand = |paper: &Self, volume: M3| {
            let (share, volume) = (paper.share(volume, sums.demand_m3), paper.with_unit(volume));
            paper.say(&Word::OfDemand { volume, share })
        };
        let mut facts = vec![
            (Word::DemandIs, self.with_unit(sums.demand_m3)),
            (Word::ServedIs, self.with_unit(sums.served_m3)),
            (Word::CutIs, of_demand(self, sums.cut_m3)),
        ];
        if !sums.restored_m3.is_zero() {
            facts.push((Word::RestoredIs, self.with_unit(sums.restored_m3)));
        }
        facts.push((Word::ShortfallIs, of_demand(self, sums.shortfall_m3)));
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
    pub(in crate::render::report) fn days(&mut self, days: &[DayFigures], parts: bool) {
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

    pub(in crate::render::report) fn by_source(&mut self, sums: &Figures, parts: bool) {
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

    pub(in crate::render::report) fn by_class(&mut self, sums: &Figures, parts: bool) {
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

    pub(in crate::render::report) fn measures(&mut self, sums: &Figures) {
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
}
