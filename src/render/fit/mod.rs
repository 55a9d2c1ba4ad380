//! An estimated demand model as a screen, data, a table, a picture, and the text of its file.

mod csv;
mod json;
mod screen;
mod svg;
mod words;

use crate::Lang;
use crate::city::City;
use crate::forecast::{ClassModel, Deviations, Fitted, FittedKind, History};
use crate::policy::Policies;
use words::Word;

pub(crate) use csv::write as csv;
pub(crate) use json::write as json;
pub(crate) use screen::page;
pub(crate) use svg::picture;

/// A model, and what it was estimated from.
pub(crate) struct View<'a> {
    pub fitted: &'a Fitted,
    pub history: &'a History,
    pub city: &'a City,
    pub policies: &'a Policies,
    pub lang: Lang,
}

/// Where the figures of a model come from, in words that stand in its file.
pub(crate) fn provenance(history: &History, lang: Lang) -> String {
    let (from, until) = ends(history);
    let (days, seasons) = (history.days.len().to_string(), history.seasons().len().to_string());
    Word::Provenance { history: history.origin.name(), days, seasons, from, until }.text(lang)
}

/// The text of the model's file.
pub(crate) fn file(fitted: &Fitted, lang: Lang) -> String {
    format!("{}\n{}", Word::FileHead.text(lang), fitted.model.to_toml())
}

/// The first and the last day.
fn ends(history: &History) -> (String, String) {
    let date = |day: Option<&crate::forecast::HistoryDay>| day.map_or_else(String::new, |day| day.date.to_string());
    (date(history.days.first()), date(history.days.last()))
}

impl View<'_> {
    fn label(&self, class: &ClassModel) -> String {
        let meant = self.policies.all().find_map(|policy| policy.classes.get(policy.class(&class.class)?));
        meant.map_or_else(|| class.class.clone(), |meant| meant.label.get(self.lang).to_owned())
    }

    /// Every named holiday that has a factor, in the order of the first class that has it.
    fn holidays(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.fitted.model.model.classes.iter().flat_map(|class| class.days.holidays.keys()) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// The classes with their days and how they do in each season that is left out.
    fn rows(&self) -> impl Iterator<Item = (&ClassModel, &[Deviations], &[crate::forecast::FittedDay])> {
        let classes = self.fitted.model.model.classes.iter();
        let rows = classes.zip(&self.fitted.outside).zip(&self.fitted.days);
        rows.map(|((class, outside), days)| (class, outside.as_slice(), days.as_slice()))
    }

    /// How many days are fitted.
    fn count(&self) -> usize {
        let days = self.fitted.days.first().map_or(&[][..], Vec::as_slice);
        days.iter().filter(|day| day.kind != FittedKind::WarmUp).count()
    }

    /// The words for a season that begins in a year.
    fn season(&self, year: u16) -> String {
        let to = format!("{:02}", (year + 1) % 100);
        Word::Season { from: year.to_string(), to }.text(self.lang)
    }
}

/// A number of units of so many decimals, with all of them.
pub(super) fn fixed(value: i64, decimals: u32, shown: u32) -> String {
    let step = 10i64.pow(decimals - shown);
    let half = if value < 0 { -(step / 2) } else { step / 2 };
    let rounded = (value + half) / step;
    let (sign, size, scale) = (if rounded < 0 { "-" } else { "" }, rounded.unsigned_abs(), 10u64.pow(shown));
    match shown {
        0 => format!("{sign}{size}"),
        _ => format!("{sign}{}.{:0width$}", size / scale, size % scale, width = shown as usize),
    }
}
