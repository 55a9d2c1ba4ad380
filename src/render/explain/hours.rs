//! When it is short, and what binds in which hours.

use std::collections::BTreeMap;

use super::Words;
use crate::explain::{Because, Binding, Explanation, HourLimit, HourWall, HoursWhy};
use crate::render::page::{Cell, Page, Style};
use crate::render::words::Word;
use crate::render::{fmt, rules};
use crate::units::{M3, Milli};

/// Limits of one kind in the same hours: the kind by its place in a sentence, and what each is.
type Alike = BTreeMap<(u8, Vec<u8>), Vec<String>>;

/// What binds in some hours, in words.
#[derive(PartialEq, Eq)]
pub(super) struct InHours {
    pub hours: String,
    pub walls: String,
    pub does: Does,
}

/// What it does to ease the limits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    /// There are none: no way leads there.
    Nothing,
    /// There is one, and it does.
    ByItself,
    /// Each does alone.
    Each,
    /// All do together, and not one less.
    Together,
}

impl Words<'_> {
    pub(super) fn by_hour(&self, page: &mut Page, explanation: &Explanation) {
        let mut of_rank: BTreeMap<u32, Vec<&Binding>> = BTreeMap::new();
        for because in &explanation.because {
            match because {
                Because::Hours(hours) => self.own_hours(page, hours),
                Because::Bound { ranks, by } => {
                    ranks.iter().for_each(|rank| of_rank.entry(*rank).or_default().push(by))
                }
                _ => {}
            }
        }
        // What binds hour by hour is told together; ranks of which the same is to be said, too.
        let mut told: Vec<(InHours, Vec<u32>)> = Vec::new();
        for (rank, bindings) in of_rank {
            for all in self.all_hours(&bindings) {
                match told.iter_mut().find(|(known, _)| *known == all) {
                    Some((_, ranks)) => ranks.push(rank),
                    None => told.push((all, vec![rank])),
                }
            }
        }
        for (InHours { hours, walls, does }, ranks) in told {
            let rank = rules::listed(ranks.iter().map(ToString::to_string), self.lang);
            let word = match does {
                Does::Nothing => Word::BindsNoWay { rank, hours },
                Does::ByItself => Word::BindsHours { rank, hours, walls },
                Does::Each => Word::BindsEach { rank, hours, walls },
                Does::Together => Word::BindsTogether { rank, hours, walls },
            };
            page.item(&word.text(self.lang), Style::Plain);
        }
    }

    /// What binds hour by hour, as it stands in sentences: limits that do alone in one, those that do only together in one each.
    pub(super) fn all_hours(&self, bindings: &[&Binding]) -> Vec<InHours> {
        let mut all: Vec<(Vec<u8>, Vec<HourWall>, bool)> = Vec::new();
        for by in bindings {
            let Binding::Hours { hours, limits, alone } = by else { continue };
            let same = |(_, known, eases): &&mut (Vec<u8>, Vec<HourWall>, bool)| {
                let limit = |wall: &HourWall| wall.limit.clone();
                *eases == *alone && (*alone || known.iter().map(limit).eq(limits.iter().map(limit)))
            };
            match all.iter_mut().find(same) {
                Some((short, known, _)) => {
                    short.extend(hours);
                    for wall in limits {
                        match known.iter_mut().find(|known| known.limit == wall.limit) {
                            Some(known) => known.hours.extend(&wall.hours),
                            None => known.push(wall.clone()),
                        }
                    }
                }
                None => all.push((hours.clone(), limits.clone(), *alone)),
            }
        }
        all.into_iter().map(|(short, walls, alone)| self.in_hours(short, walls, alone)).collect()
    }

    fn in_hours(&self, short: Vec<u8>, walls: Vec<HourWall>, alone: bool) -> InHours {
        let does = match (walls.len(), alone) {
            (0, _) => Does::Nothing,
            (1, _) => Does::ByItself,
            (_, true) => Does::Each,
            (_, false) => Does::Together,
        };
        let mut alike = Alike::new();
        for wall in walls {
            let (kind, of) = self.limit(&wall.limit);
            alike.entry((kind, self.in_order(wall.hours, kind == LEAST || kind == MOST))).or_default().push(of);
        }
        let phrases = alike.into_iter().map(|((kind, hours), of)| self.phrase(kind, &hours, &of));
        let walls = rules::listed(phrases, self.lang);
        InHours { hours: self.hours(&self.in_order(short, false)), walls, does }
    }

    /// Hours in the order of the gas day, each once. A moment at which the gas day begins is the one at which it ends.
    fn in_order(&self, mut hours: Vec<u8>, moments: bool) -> Vec<u8> {
        let clock = self.room.decision.hours.as_ref().map_or(&[][..], |hours| &hours.clock);
        let place = |hour: &u8| match clock.iter().position(|at| at == hour) {
            Some(0) if moments => clock.len(),
            at => at.unwrap_or(clock.len()),
        };
        hours.sort_by_key(place);
        hours.dedup();
        hours
    }

    fn limit(&self, limit: &HourLimit) -> (u8, String) {
        let an_hour = |most: &Milli| fmt::with_unit_milli(*most, self.lang);
        let of = |name: &str, volume: String| Word::LimitOf { name: name.to_owned(), volume };
        let pipes = |district: &str, level: &M3| of(&self.scene.district(district), self.volume(*level));
        let (kind, word) = match limit {
            HourLimit::SourceInHour { source, most } => (SOURCE_IN_HOUR, of(source, an_hour(most))),
            HourLimit::Source { source, volume } => (SOURCE, of(source, self.volume(*volume))),
            HourLimit::Link { from, to, most } => {
                let (from, to) = (self.scene.district(from), self.scene.district(to));
                (LINK, Word::LinkOf { from, to, volume: an_hour(most) })
            }
            HourLimit::LinepackLeast { district, level } => (LEAST, pipes(district, level)),
            HourLimit::LinepackMost { district, level } => (MOST, pipes(district, level)),
            HourLimit::LinepackEnd { district, level } => (END, pipes(district, level)),
        };
        (kind, word.text(self.lang))
    }

    fn phrase(&self, kind: u8, hours: &[u8], of: &[String]) -> String {
        let of = rules::listed(of, self.lang);
        let word = match kind {
            SOURCE_IN_HOUR => Word::LimitSourcesHour { sources: of, hours: self.hours(hours) },
            SOURCE => Word::LimitSources { sources: of },
            LINK => Word::LimitLinks { links: of, hours: self.hours(hours) },
            LEAST => Word::LimitLeast { districts: of, hours: self.moments(hours) },
            MOST => Word::LimitMost { districts: of, hours: self.moments(hours) },
            _ => Word::LimitEnd { districts: of },
        };
        word.text(self.lang)
    }

    /// Hours by their beginning, as stretches of the clock.
    fn hours(&self, hours: &[u8]) -> String {
        let stretch = |run: &[u8]| Some(self.range(*run.first()?, (run.last()? + 1) % 24));
        rules::listed(hours.chunk_by(follows).filter_map(stretch), self.lang)
    }

    /// Moments, those that follow each other hour by hour as a stretch.
    fn moments(&self, hours: &[u8]) -> String {
        let stretch = |run: &[u8]| match run {
            [only] => Some(format!("{only:02}:00")),
            _ => Some(self.range(*run.first()?, *run.last()?)),
        };
        rules::listed(hours.chunk_by(follows).filter_map(stretch), self.lang)
    }

    fn range(&self, from: u8, until: u8) -> String {
        Word::HourRange { from: format!("{from:02}:00"), until: format!("{until:02}:00") }.text(self.lang)
    }

    /// The hours in which it is short, and those in which a stop reaches it.
    fn own_hours(&self, page: &mut Page, own: &HoursWhy) {
        const IN_A_ROW: usize = 8;
        let lang = self.lang;
        for (measure, hours) in &own.off {
            let word = Word::OwnOff { measure: self.measure(measure), hours: self.hours(hours) };
            page.item(&word.text(lang), Style::Plain);
        }
        let short = own.short();
        if short.is_empty() {
            page.item(&Word::OwnNever.text(lang), Style::Plain);
            return;
        }
        page.item(&Word::OwnHours.text(lang), Style::Plain);
        // Large volumes in whole m3, small ones to the thousandth.
        let small = own.demand.iter().max().is_none_or(|most| *most < Milli(100_000));
        let volume = |v: Milli| match small {
            true => fmt::volume_milli(v, lang),
            false => fmt::volume(M3((v.0 + 500) / 1_000), lang),
        };
        let column = |of: &[Milli], hour: &usize| volume(of.get(*hour).copied().unwrap_or_default());
        for hours in short.chunks(IN_A_ROW) {
            let row = |head: Word, text: &dyn Fn(&usize) -> String| {
                let cells = hours.iter().map(|hour| Cell::right(text(hour)));
                std::iter::once(Cell::left(head.text(lang)).styled(Style::Dim)).chain(cells).collect::<Vec<_>>()
            };
            let begins = |hour: &usize| own.clock.get(*hour).map_or_else(String::new, |hour| format!("{hour:02}:00"));
            page.table(vec![
                row(Word::OwnHour, &begins),
                row(Word::SliceSize, &|hour| column(&own.demand, hour)),
                row(Word::SliceServed, &|hour| column(&own.served, hour)),
            ]);
        }
    }
}

const SOURCE_IN_HOUR: u8 = 0;
const LINK: u8 = 1;
const MOST: u8 = 2;
const LEAST: u8 = 3;
const SOURCE: u8 = 4;
const END: u8 = 5;

fn follows(a: &u8, b: &u8) -> bool {
    (a + 1) % 24 == *b
}
