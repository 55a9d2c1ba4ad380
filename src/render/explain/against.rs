//! Why the one and not the other, in sentences and beside each other.

use super::{Against, Words};
use crate::explain::{Beside, Difference, Explanation, Fact, Moved, Subject, Telling};
use crate::render::page::{Cell, Page, Style};
use crate::render::words::Word;
use crate::render::{fmt, rules};
use crate::units::M3;

impl Words<'_> {
    pub(super) fn against(&self, page: &mut Page, one: &Explanation, against: &Against<'_>) {
        let difference = against.difference;
        page.heading(&Word::AgainstHeading.text(self.lang));
        for word in self.differences(difference) {
            page.item(&word.text(self.lang), Style::Plain);
        }
        let pair = difference.districts.as_ref();
        let words = [
            pair.map(|(a, b)| Word::DiffersDistrict { a: self.scene.district(a), b: self.scene.district(b) }),
            difference.companies.as_ref().map(|(a, b)| Word::DiffersCompany { a: a.clone(), b: b.clone() }),
        ];
        for word in words.into_iter().flatten() {
            page.item(&word.text(self.lang), Style::Plain);
        }
        self.side_by_side(page, (one, against.other), &difference.ranks);
    }

    fn differences(&self, difference: &Difference) -> Vec<Word> {
        let mut words = Vec::new();
        if let Some(telling) = &difference.telling {
            words.push(Word::DiffersBy { a: self.fact(&telling.one), b: self.fact(&telling.other) });
            words.extend(self.moves(telling));
        }
        if let Some((rank, one, other)) = &difference.turns {
            words.push(Word::DiffersTurn {
                rank: rank.to_string(),
                a: one.burden.to_string(),
                b: other.burden.to_string(),
                a_size: self.volume(one.size),
                b_size: self.volume(other.size),
            });
        }
        if let Some((rank, one, other)) = &difference.bound {
            let phrase = |walls: &Vec<_>| rules::listed(walls.iter().map(|by| self.walls(by)), self.lang);
            words.push(match (one.is_empty(), other.is_empty()) {
                (true, _) => Word::DiffersWall { rank: rank.to_string(), walls: phrase(other) },
                (_, true) => Word::DiffersWallOne { rank: rank.to_string(), walls: phrase(one) },
                _ => Word::DiffersWalls { rank: rank.to_string(), a: phrase(one), b: phrase(other) },
            });
        }
        if let Some((one, other)) = &difference.profiles {
            let fact = |name: &str| self.fact(&Fact::Profile(name.to_owned()));
            words.push(Word::DiffersHours { a: fact(one), b: fact(other) });
        }
        if words.is_empty() {
            let alike = difference.ranks.iter().all(|beside| beside.alike() == Some(true));
            words.push(if alike { Word::DiffersNot } else { Word::DiffersUnknown });
        }
        words
    }

    /// What of the one's demand stands elsewhere because of a fact.
    fn moves(&self, telling: &Telling) -> Option<Word> {
        let name = |moved: &Moved| {
            let rule = self.rule(moved.kind, moved.tier, moved.measure.as_deref());
            match moved.rank {
                Some(rank) => Word::RankNamed { rank: rank.to_string(), rule },
                None => Word::RankEmpty { rule },
            }
            .text(self.lang)
        };
        let names = |more: bool| {
            let moved = telling.moved.iter().filter(move |moved| (moved.as_is > moved.otherwise) == more);
            rules::listed(moved.map(name), self.lang)
        };
        let volume = telling.moved.iter().map(|moved| moved.as_is.less(moved.otherwise)).sum::<M3>();
        (!telling.moved.is_empty()).then(|| Word::DiffersMoved {
            volume: self.volume(volume),
            to: names(true),
            from: names(false),
        })
    }

    fn side_by_side(&self, page: &mut Page, (one, other): (&Explanation, &Explanation), ranks: &[Beside]) {
        let lang = self.lang;
        let name = |explanation: &Explanation| match explanation.subject {
            Subject::Customer(at) => self.room.city.customers[at as usize].id.to_string(),
            _ => String::new(),
        };
        let mut table = vec![vec![
            Cell::left(Word::Rank.text(lang)).styled(Style::Dim),
            Cell::left(Word::SliceHead.text(lang)).styled(Style::Dim),
            Cell::right(name(one)).styled(Style::Dim),
            Cell::right(Word::SliceServed.text(lang)).styled(Style::Dim),
            Cell::right(Word::SliceShare.text(lang)).styled(Style::Dim),
            Cell::right(name(other)).styled(Style::Dim),
            Cell::right(Word::SliceServed.text(lang)).styled(Style::Dim),
            Cell::right(Word::SliceShare.text(lang)).styled(Style::Dim),
        ]];
        for beside in ranks {
            let slice = one.slices().chain(other.slices()).find(|slice| slice.rank == beside.rank);
            let rule =
                slice.map_or_else(String::new, |slice| self.rule(slice.kind, slice.tier, slice.measure.as_deref()));
            let mut row = vec![Cell::left(beside.rank.to_string()), Cell::left(rule)];
            for part in [beside.one, beside.other] {
                match part {
                    None => row.extend(["-", "", ""].map(Cell::right)),
                    Some((size, served)) => row.extend([
                        Cell::right(fmt::volume(size, lang)),
                        Cell::right(fmt::volume(served, lang)).styled(if served < size {
                            Style::Warn
                        } else {
                            Style::Plain
                        }),
                        Cell::right(fmt::percent(served, size)),
                    ]),
                }
            }
            table.push(row);
        }
        page.table(table);
    }
}
