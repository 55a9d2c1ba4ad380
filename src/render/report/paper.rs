//! A paper in the making: numbered sections, and names, dates and volumes as an office of the language writes them.

use std::str::FromStr;

use super::words::Word;
use crate::city::City;
use crate::deadlines;
use crate::policy::{Policies, Policy};
use crate::record::Moment;
use crate::render::document::{Block, Column, Table};
use crate::render::fmt;
use crate::units::{Date, M3, Milli};
use crate::{Label, Lang};

/// What a report's ids are called: the city and the policies of its last known day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'a> {
    pub city: &'a City,
    pub policies: &'a Policies,
    pub lang: Lang,
}

impl Names<'_> {
    pub(super) const fn policy(&self) -> &Policy {
        &self.policies.main
    }

    fn label<'l>(&self, label: Option<&'l Label>, id: &'l str) -> String {
        label.map(|label| label.get(self.lang)).filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
    }

    pub(super) fn class(&self, id: &str) -> String {
        self.label(self.policy().classes.iter().find(|it| it.id == id).map(|it| &it.label), id)
    }

    pub(super) fn measure(&self, id: &str) -> String {
        match id {
            crate::decide::BEYOND_AUTHORITY => Word::BeyondMeasure.text(self.lang),
            crate::decide::PINNED => Word::PinnedMeasure.text(self.lang),
            crate::decide::PAST => Word::PastMeasure.text(self.lang),
            id => self.label(self.policy().measures.iter().find(|it| it.id == id).map(|it| &it.label), id),
        }
    }

    pub(super) fn exemption(&self, id: &str) -> String {
        self.label(self.policy().exemptions.iter().find(|it| it.id == id).map(|it| &it.label), id)
    }

    /// A tier by its number, with what it is called.
    pub(super) fn tier(&self, number: u32) -> String {
        let tier = self.policy().tiers.iter().find(|it| it.number == number);
        let name = self.label(tier.map(|it| &it.label), "");
        match self.lang {
            Lang::En => format!("{number} ({name})"),
            Lang::Zh => format!("{number}层（{name}）"),
        }
    }

    /// A level with its colour.
    pub(super) fn level(&self, id: &str) -> String {
        let Some(level) = self.policy().levels.iter().find(|level| level.id == id) else { return id.to_owned() };
        let name = self.label(Some(&level.label), id);
        match level.colour_label.get(self.lang) {
            "" => name,
            colour => Word::OfColour { level: name, colour: colour.to_owned() }.text(self.lang),
        }
    }

    /// A level without its colour, for a table.
    pub(super) fn level_name(&self, id: &str) -> String {
        self.label(self.policy().levels.iter().find(|level| level.id == id).map(|it| &it.label), id)
    }

    pub(super) fn level_or_none(&self, id: Option<&String>) -> String {
        id.map_or_else(|| Word::NoLevel.text(self.lang), |id| self.level_name(id))
    }

    pub(super) fn district(&self, id: &str) -> String {
        let found = self.city.district(id).and_then(|at| self.city.districts.get(at));
        found.map(|district| district.name.to_string()).filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
    }

    pub(super) fn roles(&self, ids: &[String]) -> String {
        crate::render::rules::roles(self.policy(), ids, self.lang)
    }
}

/// The blocks of a paper, section by section.
pub(super) struct Paper<'a> {
    pub names: Names<'a>,
    pub blocks: Vec<Block>,
    sections: usize,
}

impl<'a> Paper<'a> {
    pub(super) const fn new(names: Names<'a>) -> Self {
        Self { names, blocks: Vec::new(), sections: 0 }
    }

    pub(super) fn say(&self, word: &Word) -> String {
        word.text(self.names.lang)
    }

    pub(super) fn section(&mut self, word: &Word) {
        self.sections += 1;
        let title = self.say(word);
        self.blocks.push(Block::Heading(match self.names.lang {
            Lang::En => format!("{}. {title}", self.sections),
            Lang::Zh => format!("{}、{title}", counted(self.sections)),
        }));
    }

    pub(super) fn text(&mut self, word: &Word) {
        self.blocks.push(Block::Text(self.say(word)));
    }

    pub(super) fn loud(&mut self, word: &Word) {
        self.blocks.push(Block::Loud(self.say(word)));
    }

    pub(super) fn note(&mut self, word: &Word) {
        self.blocks.push(Block::Note(self.say(word)));
    }

    pub(super) fn list(&mut self, points: Vec<String>) {
        self.blocks.push(Block::List(points));
    }

    pub(super) fn facts(&mut self, facts: Vec<(Word, String)>) {
        let facts = facts.into_iter().map(|(name, what)| (self.say(&name), what)).collect();
        self.blocks.push(Block::Facts(facts));
    }

    pub(super) fn fill_in(&mut self, word: &Word, lines: usize) {
        self.blocks.push(Block::FillIn(self.say(word), lines));
    }

    /// A table under headings; `true` for a column of figures.
    pub(super) fn table(&mut self, columns: &[(Word, bool)], rows: Vec<Vec<String>>, total: Option<Vec<String>>) {
        let column = |(heading, figures): &(Word, bool)| Column { heading: self.say(heading), figures: *figures };
        let columns = columns.iter().map(column).collect();
        self.blocks.push(Block::Table(Table { columns, rows, total }));
    }

    /// A volume in a table's column, whose heading has the unit.
    pub(super) fn volume(&self, volume: M3) -> String {
        fmt::volume(volume, self.names.lang)
    }

    /// A volume in a sentence.
    pub(super) fn with_unit(&self, volume: M3) -> String {
        match self.names.lang {
            Lang::En => fmt::with_unit(volume, Lang::En),
            Lang::Zh => format!("{}万立方米", fmt::volume(volume, Lang::Zh)),
        }
    }

    /// A part of a m3 too.
    pub(super) fn with_unit_milli(&self, volume: Milli) -> String {
        match self.names.lang {
            Lang::En => fmt::with_unit_milli(volume, Lang::En),
            Lang::Zh => format!("{}万立方米", fmt::volume_milli(volume, Lang::Zh)),
        }
    }

    pub(super) fn date(&self, date: Date) -> String {
        super::paper::date(date, self.names.lang)
    }

    pub(super) fn moment(&self, moment: Moment) -> String {
        let (hour, minute) = moment.clock();
        clock(moment.date(), hour, minute, self.names.lang)
    }

    /// A moment of what is due, as [`deadlines::Moment`] writes it.
    pub(super) fn due(&self, text: &str) -> String {
        match deadlines::Moment::from_str(text) {
            Ok(moment) => clock(moment.date(), moment.hour(), moment.minute(), self.names.lang),
            Err(_) => text.to_owned(),
        }
    }
}

/// `2026-01-07`, 2026年1月7日.
pub(super) fn date(date: Date, lang: Lang) -> String {
    match lang {
        Lang::En => date.to_string(),
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// `2026-01-07 16:00`, 2026年1月7日16时.
fn clock(day: Date, hour: u8, minute: u8, lang: Lang) -> String {
    let date = date(day, lang);
    match (lang, minute) {
        (Lang::En, _) => format!("{date} {hour:02}:{minute:02}"),
        (Lang::Zh, 0) => format!("{date}{hour}时"),
        (Lang::Zh, _) => format!("{date}{hour}时{minute:02}分"),
    }
}

/// The number of a section as an office writes it: 一, 十, 十一, 二十.
fn counted(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: usize| DIGITS.get(at % 10).copied().unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_counted_as_an_office_counts() {
        let all: Vec<String> = [1, 9, 10, 11, 20, 21].map(counted).into();
        assert_eq!(all, ["一", "九", "十", "十一", "二十", "二十一"]);
    }

    #[test]
    fn times_are_written_as_an_office_writes_them() {
        let day: Date = "2026-01-07".parse().unwrap();
        assert_eq!(clock(day, 16, 0, Lang::Zh), "2026年1月7日16时");
        assert_eq!(clock(day, 8, 5, Lang::Zh), "2026年1月7日8时05分");
        assert_eq!(clock(day, 8, 5, Lang::En), "2026-01-07 08:05");
    }
}
