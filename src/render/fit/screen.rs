//! The screen: what was estimated, and how well it fits.

use super::words::Word;
use super::{View, ends, fixed};
use crate::Lang;
use crate::forecast::{DAYS_BEFORE, Deviations};
use crate::render::fmt;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::Look;
use crate::units::M3;

/// The whole screen.
pub(crate) fn page(view: &View<'_>, look: Look) -> String {
    let lang = view.lang;
    let mut page = Page::new(look.colour);
    let history = view.history.origin.name();
    page.line(&Word::Title { history }.text(lang), Style::Bold);
    page.line(&Word::Case { case: view.city.settings.name.clone() }.text(lang), Style::Plain);
    let (from, until) = ends(view.history);
    let (days, seasons) = (view.history.days.len().to_string(), view.fitted.seasons.len().to_string());
    page.line(&Word::Days { days, seasons, from, until }.text(lang), Style::Plain);
    let (fitted, warm_up) = (view.count().to_string(), DAYS_BEFORE.to_string());
    page.line(&Word::Fitted { fitted, warm_up }.text(lang), Style::Plain);
    let threshold = view.fitted.model.model.threshold.to_string();
    page.line(&Word::Threshold { threshold }.text(lang), Style::Plain);
    page.line(&Word::Unit { basis: view.city.settings.volume_basis.clone() }.text(lang), Style::Dim);
    page.heading(&Word::Model.text(lang));
    page.table(model(view));
    page.line(&Word::ModelNote.text(lang), Style::Dim);
    page.heading(&Word::Quality.text(lang));
    page.table(quality(view));
    match view.fitted.seasons.len() {
        1 => page.line(&Word::OneSeason.text(lang), Style::Warn),
        _ => page.line(&Word::QualityNote.text(lang), Style::Dim),
    }
    if look.verbose && view.fitted.seasons.len() > 1 {
        page.heading(&Word::BySeason.text(lang));
        page.table(by_season(view));
    }
    page.into_text()
}

fn right(words: &[Word], lang: Lang) -> Vec<Cell> {
    words.iter().map(|word| Cell::right(word.text(lang)).styled(Style::Dim)).collect()
}

fn model(view: &View<'_>) -> Vec<Vec<Cell>> {
    let lang = view.lang;
    let mut head = vec![Cell::left(Word::Class.text(lang)).styled(Style::Dim)];
    head.extend(right(&[Word::Base, Word::PerDegree, Word::Memory, Word::Saturday, Word::Sunday], lang));
    let holidays = view.holidays();
    head.extend(holidays.iter().map(|name| Cell::right(*name).styled(Style::Dim)));
    let others = view.rows().any(|(class, ..)| class.days.other_holidays.is_some());
    if others {
        head.extend(right(&[Word::OtherHolidays], lang));
    }
    let mut table = vec![head];
    for (class, ..) in view.rows() {
        let factor = |millionths: u64| Cell::right(fixed(millionths as i64, 6, 3));
        let mut row = vec![
            Cell::left(view.label(class)),
            Cell::right(volume(class.base, lang)),
            Cell::right(volume(class.per_degree, lang)),
            Cell::right(fixed(class.memory as i64, 6, 2)),
            factor(class.days.weekdays[5]),
            factor(class.days.weekdays[6]),
        ];
        let of = |name: &&str| class.days.holidays.get(*name).map_or_else(|| Cell::right("-"), |value| factor(*value));
        row.extend(holidays.iter().map(of));
        if others {
            row.push(class.days.other_holidays.map_or_else(|| Cell::right("-"), factor));
        }
        table.push(row);
    }
    table
}

fn deviations(of: Option<&Deviations>, lang: Lang) -> Vec<Cell> {
    let Some(of) = of else { return (0..4).map(|_| Cell::right("-")).collect() };
    let bias = fmt::volume(M3(of.bias.unsigned_abs()), lang);
    vec![
        Cell::right(fixed(of.r2, 6, 3)),
        Cell::right(fmt::volume(M3(of.rmse), lang)),
        Cell::right(format!("{} %", fixed(of.mape as i64, 4, 2))),
        Cell::right(if of.bias < 0 { format!("-{bias}") } else { bias }),
    ]
}

fn quality(view: &View<'_>) -> Vec<Vec<Cell>> {
    let lang = view.lang;
    let words = [Word::R2, Word::Rmse, Word::Mape, Word::Bias];
    let several = view.fitted.seasons.len() > 1;
    let blank = || Cell::right("");
    let mut groups = vec![Cell::left(""), Cell::right(Word::OnFitted.text(lang)).styled(Style::Dim)];
    let mut head = vec![Cell::left(Word::Class.text(lang)).styled(Style::Dim)];
    head.extend(right(&words, lang));
    if several {
        groups.extend([blank(), blank(), blank(), Cell::right(Word::Others.text(lang)).styled(Style::Dim)]);
        head.extend(right(&words, lang));
    }
    let mut table = vec![groups, head];
    for (class, ..) in view.rows() {
        let fit = view.fitted.model.fits.get(&class.class);
        let mut row = vec![Cell::left(view.label(class))];
        row.extend(deviations(fit.map(|fit| &fit.inside), lang));
        if several {
            row.extend(deviations(fit.and_then(|fit| fit.outside.as_ref()), lang));
        }
        table.push(row);
    }
    table
}

fn by_season(view: &View<'_>) -> Vec<Vec<Cell>> {
    let lang = view.lang;
    let mut head = vec![Cell::left(Word::Class.text(lang)).styled(Style::Dim)];
    let season =
        |year: &u16| Cell::right(format!("{} {}", view.season(*year), Word::Mape.text(lang))).styled(Style::Dim);
    head.extend(view.fitted.seasons.iter().map(season));
    let mut table = vec![head];
    for (class, outside, _) in view.rows() {
        let mut row = vec![Cell::left(view.label(class))];
        row.extend(outside.iter().map(|of| Cell::right(format!("{} %", fixed(of.mape as i64, 4, 2)))));
        table.push(row);
    }
    table
}

/// Thousandths of a m3 in the language's unit, with one decimal of a m3 where it is small.
fn volume(thousandths: u64, lang: Lang) -> String {
    match lang {
        Lang::En if thousandths < 1_000_000 => fixed(thousandths as i64, 3, 1),
        _ => fmt::volume(M3((thousandths + 500) / 1000), lang),
    }
}
