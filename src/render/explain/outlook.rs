//! What would change it, in sentences.

use super::Words;
use super::hours::{Does, InHours};
use crate::explain::{Because, Binding, Ceiling, Explanation, FirstTouched};
use crate::render::curve::percent;
use crate::render::page::{Page, Style};
use crate::render::rules;
use crate::render::words::Word;
use crate::units::M3;

impl Words<'_> {
    pub(super) fn outlook(&self, page: &mut Page, explanation: &Explanation) {
        let mut words: Vec<Word> = Vec::new();
        // Sources that would do with the same amount, and those that would not, are told together.
        let mut by_source: Vec<(Option<u64>, Vec<&str>)> = Vec::new();
        let mut rest: Vec<Word> = Vec::new();
        for because in &explanation.because {
            match because {
                Because::Restored { source: Some(at), more, .. } => {
                    let source = self.room.city.sources.get(*at).map_or("", |source| &*source.id);
                    match by_source.iter_mut().find(|(known, _)| known == more) {
                        Some((_, sources)) => sources.push(source),
                        None => by_source.push((*more, vec![source])),
                    }
                }
                Because::Restored { source: None, more: Some(more), .. } => {
                    words.push(Word::RestoredAll { more: self.m3(*more) });
                }
                Because::Ceiling(ceiling) => rest.extend(self.ceiling(ceiling)),
                Because::FirstTouched(touched) => rest.push(self.touched(touched.as_ref())),
                Because::NextLevel(None) => rest.push(Word::NextGravest),
                Because::NextLevel(Some(next)) => {
                    let (level, served) = (self.level(next.level), self.m3(next.served));
                    rest.push(match next.may_lose {
                        0 => Word::NextNone { level },
                        may_lose => Word::NextMay { level, volume: self.m3(may_lose), served },
                    });
                }
                Because::Milder { supply: Some(supply), more } => {
                    rest.push(Word::MilderAt { supply: self.m3(*supply), more: self.m3(*more) });
                }
                Because::Milder { supply: None, .. } => rest.push(Word::MilderNever),
                Because::Graver(None) => rest.push(Word::GraverNever),
                Because::Graver(Some(graver)) => rest.push(Word::GraverAt {
                    level: self.level(graver.level),
                    supply: self.m3(graver.supply),
                    less: self.m3(graver.less),
                }),
                _ => {}
            }
        }
        let some_do = by_source.iter().any(|(more, _)| more.is_some());
        by_source.sort_by_key(|(more, _)| more.unwrap_or(u64::MAX));
        words.extend(by_source.into_iter().filter(|_| some_do).map(|(more, sources)| {
            let source = rules::listed(&sources, self.lang);
            match more {
                Some(more) if sources.len() > 1 => Word::RestoredByAny { source, more: self.m3(more) },
                Some(more) => Word::RestoredBy { source, more: self.m3(more) },
                None => Word::RestoredNotBy { source },
            }
        }));
        words.extend(rest);
        if words.is_empty() {
            return;
        }
        page.heading(&Word::OutlookHeading.text(self.lang));
        for word in words {
            page.item(&word.text(self.lang), Style::Plain);
        }
    }

    fn m3(&self, volume: u64) -> String {
        self.volume(M3(volume))
    }

    /// How far more supply goes, and what then binds.
    fn ceiling(&self, ceiling: &Ceiling) -> Vec<Word> {
        let (restored, more, lacking) = (self.m3(ceiling.restored), self.m3(ceiling.more), self.m3(ceiling.lacking));
        let mut words = vec![match ceiling.restored {
            0 => Word::CeilingNone { lacking },
            _ => Word::CeilingAt { restored, more, lacking },
        }];
        let by_hour: Vec<&Binding> = ceiling.walls.iter().map(|(wall, _)| wall).collect();
        let in_hours = self.all_hours(&by_hour);
        if !in_hours.is_empty() {
            words.extend(in_hours.into_iter().map(|InHours { hours, walls, does }| match does {
                Does::Nothing => Word::CeilingNoWay { hours },
                Does::ByItself => Word::CeilingHours { hours, walls },
                Does::Each => Word::CeilingEach { hours, walls },
                Does::Together => Word::CeilingTogether { hours, walls },
            }));
            return words;
        }
        for (wall, missing) in &ceiling.walls {
            let missing = self.m3(*missing);
            words.push(match wall {
                Binding::Network { links, .. } if links.is_empty() => {
                    Word::CeilingSources { walls: self.walls(wall), missing }
                }
                Binding::Network { links, .. } if links.len() > 1 => {
                    Word::CeilingLinks { walls: self.walls(wall), missing }
                }
                wall => Word::CeilingLink { walls: self.walls(wall), missing },
            });
        }
        if ceiling.walls.is_empty() {
            words.push(if self.room.city.links.is_some() { Word::CeilingShared } else { Word::CeilingEntitled });
        }
        words
    }

    fn touched(&self, touched: Option<&FirstTouched>) -> Word {
        let Some(touched) = touched else { return Word::TouchedNever };
        let (share, short) = (percent(touched.ratio), self.m3(touched.shortfall()));
        let level = touched.level.map_or_else(|| Word::NoLevelShort.text(self.lang), |level| self.level(level));
        let by_hour = self.room.decision.hours.is_some();
        match touched {
            FirstTouched { exact: false, .. } if by_hour => Word::TouchedAboutBlocks { share, short, level },
            FirstTouched { exact: false, .. } => Word::TouchedAbout { share, short, level },
            FirstTouched { x, ratio, .. } if by_hour && x.numerator() == 0 && ratio.numerator() > 0 => {
                Word::TouchedAtOnceHours { share, short, level }
            }
            FirstTouched { x, ratio, .. } if x.numerator() == 0 && ratio.numerator() > 0 => {
                Word::TouchedAtOnce { share, short, level }
            }
            FirstTouched { x, .. } if x.numerator() == 0 => Word::TouchedFromTheStart { level },
            FirstTouched { inclusive: true, .. } => Word::TouchedFrom { share, short, level },
            _ => Word::TouchedAbove { share, short, level },
        }
    }
}
