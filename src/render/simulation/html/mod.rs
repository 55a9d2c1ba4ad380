//! A run as one page that opens from a stick and prints: pictures of our own drawing, each with its table beneath. Nothing is fetched,
//! nothing runs.

mod calendar;
mod chart;
mod compare;
mod homes;
mod lines;
mod losers;
mod settling;
mod turns;
mod words;

use super::{Scale, about, error, mean, name, unit, whole};
use crate::Lang;
use crate::render::document::xml::Xml;
use crate::render::fmt;
use crate::render::page::Style;
use crate::render::svg::hatch;
use crate::simulate::{Figure, Results, Simulated, Spread};
use crate::units::Date;
use words::Word;

pub(super) use compare::in_money;
pub(crate) use compare::sheet;

const STYLE: &str = include_str!("page.css");

/// A part of the page.
struct Section {
    /// Its name inside the page.
    id: &'static str,
    heading: String,
    /// What one should take from it, in a sentence.
    lead: Option<String>,
    picture: Option<String>,
    /// What the picture shows, as one reads it.
    says: Option<String>,
    /// The headings of a table: whether each is of figures.
    columns: Vec<(String, bool)>,
    rows: Vec<Vec<String>>,
    note: Option<String>,
}

impl Section {
    fn new(id: &'static str, heading: &Word, lang: Lang) -> Self {
        Self {
            id,
            heading: heading.text(lang),
            lead: None,
            picture: None,
            says: None,
            columns: Vec::new(),
            rows: Vec::new(),
            note: None,
        }
    }

    fn write(&self, html: &mut Xml) {
        html.element("section", &[("id", self.id), ("aria-labelledby", &format!("{}-h", self.id))], |html| {
            html.leaf("h2", &[("id", &format!("{}-h", self.id))], &self.heading);
            html.line_end();
            self.lead.iter().for_each(|lead| html.leaf("p", &[("class", "lead")], lead));
            html.line_end();
            self.picture.iter().for_each(|picture| html.verbatim(picture));
            html.line_end();
            self.says.iter().for_each(|says| html.leaf("p", &[("class", "note")], says));
            table(html, &self.columns, &self.rows);
            self.note.iter().for_each(|note| html.leaf("p", &[("class", "note")], note));
        });
        html.line_end();
    }
}

fn table(html: &mut Xml, columns: &[(String, bool)], rows: &[Vec<String>]) {
    if rows.is_empty() {
        return;
    }
    let class = |figures: bool| if figures { "figure" } else { "words" };
    html.element("div", &[("class", "scroll")], |html| {
        html.element("table", &[], |html| {
            html.element("thead", &[], |html| {
                html.element("tr", &[], |html| {
                    for (heading, figures) in columns {
                        html.leaf("th", &[("scope", "col"), ("class", class(*figures))], heading);
                    }
                });
            });
            html.line_end();
            html.element("tbody", &[], |html| {
                for row in rows {
                    html.element("tr", &[], |html| {
                        for (at, (cell, (_, figures))) in row.iter().zip(columns).enumerate() {
                            match at {
                                0 => html.leaf("th", &[("scope", "row"), ("class", class(*figures))], cell),
                                _ => html.leaf("td", &[("class", class(*figures))], cell),
                            }
                        }
                    });
                    html.line_end();
                }
            });
        });
    });
    html.line_end();
}

/// The page of one scenario of a run. `other` is the file that says the same in the other language, if there is one beside it.
pub(crate) fn page(results: &Results, scenario: &Simulated, other: Option<&str>, lang: Lang) -> String {
    let sections: Vec<Section> = [
        Some(glance(scenario, lang)),
        calendar::section(scenario, lang),
        lines::exceedance(scenario, lang),
        lines::fan(scenario, lang),
        turns::section(scenario, lang),
        losers::section(scenario, lang),
        homes::section(scenario, lang),
        costs(scenario, lang),
        settling::section(scenario, lang),
    ]
    .into_iter()
    .flatten()
    .collect();
    let title = Word::PageTitle { name: scenario.name.clone() }.text(lang);
    whole_page(&title, false, lang, |html| {
        head(html, results, scenario, other, lang);
        html.element("nav", &[("aria-label", &Word::Contents.text(lang))], |html| {
            for section in &sections {
                html.leaf("a", &[("href", &format!("#{}", section.id))], &section.heading);
                html.text(" ");
            }
        });
        html.line_end();
        html.element("main", &[], |html| sections.iter().for_each(|section| section.write(html)));
    })
}

/// A page with its style and its fills; one that is a sheet fits on one of paper.
fn whole_page(title: &str, is_sheet: bool, lang: Lang, inside: impl FnOnce(&mut Xml)) -> String {
    let mut html = Xml::new("<!DOCTYPE html>");
    let tag = if lang == Lang::Zh { "zh-CN" } else { "en" };
    html.element("html", &[("lang", tag), ("class", if is_sheet { "sheet" } else { "page" })], |html| {
        html.element("head", &[], |html| {
            html.empty("meta", &[("charset", "utf-8")]);
            html.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            html.leaf("title", &[], title);
            html.line_end();
            html.element("style", &[], |html| html.verbatim(STYLE));
        });
        html.line_end();
        html.element("body", &[], |html| {
            // Fills are defined once for all pictures.
            let mut fills =
                String::from("<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs>\n");
            hatch::definitions(&mut fills);
            fills.push_str("</defs></svg>\n");
            html.verbatim(&fills);
            html.element("header", &[], |html| html.leaf("h1", &[], title));
            html.line_end();
            inside(html);
        });
    });
    html.line_end();
    html.into_text()
}

/// What was simulated, as the screen says it.
fn head(html: &mut Xml, results: &Results, scenario: &Simulated, other: Option<&str>, lang: Lang) {
    let winters = fmt::grouped(scenario.tally.winters());
    let (from, to) = (scenario.from.to_string(), scenario.until.to_string());
    html.element("div", &[], |html| {
        let under = |html: &mut Xml, text: &str| html.leaf("p", &[("class", "under")], text);
        under(html, &Word::Winters { winters, from, to }.text(lang));
        about::head(results, scenario, lang).iter().for_each(|(_, line)| under(html, line));
        under(html, &Scale::of(&[scenario]).word(Word::UnitsOnes, Word::Units).text(lang));
        for (style, line) in about::foot(results, lang) {
            html.leaf("p", &[("class", if style == Style::Loud { "loud" } else { "under" })], &line);
        }
        if let Some(other) = other {
            let tag = if lang == Lang::Zh { "en" } else { "zh-CN" };
            html.element("p", &[("class", "under")], |html| {
                html.leaf("a", &[("href", other), ("hreflang", tag), ("lang", tag)], &Word::OtherLanguage.text(lang));
            });
        }
    });
    html.line_end();
}

/// The headings of a table of figures.
fn figure_columns(lang: Lang) -> Vec<(String, bool)> {
    let figures = [Word::Share, Word::Mean, Word::Within, Word::Median, Word::P95, Word::P99, Word::Worst];
    let first = (Word::GlanceFigure.text(lang), false);
    std::iter::once(first).chain(figures.iter().map(|word| (word.text(lang), true))).collect()
}

/// A row of such a table.
fn figure_row(scenario: &Simulated, figure: &Figure, lang: Lang) -> Option<Vec<String>> {
    let spread = scenario.spread(figure).filter(|spread| spread.above_zero() > 0)?;
    let scale = Scale::of(&[scenario]);
    let unit = unit(figure, scale);
    let mut row = vec![
        with_unit(name(scenario, figure, scale, lang), figure, scale, lang),
        super::percent(spread.above_zero(), spread.count(), lang),
    ];
    row.extend([mean(spread.mean(), unit, lang), error(spread.error(), unit, lang)]);
    row.extend([500, 950, 990, 1000].map(|part| whole(spread.quantile(part), unit, lang)));
    Some(row)
}

/// A number of percent, as the language writes it.
fn in_percent(percent: String, lang: Lang) -> String {
    super::words::Word::Share { percent }.text(lang)
}

/// The name of a figure with the unit of its volumes: who reads a row of a table need not have read the head of the page.
fn with_unit(name: String, figure: &Figure, scale: Scale, lang: Lang) -> String {
    match unit(figure, scale) {
        // Its name has it.
        _ if *figure == Figure::SentOut => name,
        super::Unit::Gas(Scale::Ones) => Word::NameGasOnes { name }.text(lang),
        super::Unit::Gas(Scale::Large) => Word::NameGas { name }.text(lang),
        _ => name,
    }
}

fn glance(scenario: &Simulated, lang: Lang) -> Section {
    let mut section = Section::new("glance", &Word::Glance, lang);
    let level_days = |id: &String| Figure::LevelDays(id.clone());
    let reached = scenario.levels.iter().rev().find_map(|level| {
        let days = scenario.spread(&level_days(&level.id)).filter(|days| days.above_zero() > 0)?;
        Some((level.id.clone(), days))
    });
    section.lead = Some(match reached {
        Some((level, days)) => {
            let share = super::percent(days.above_zero(), days.count(), lang);
            let days = format!("{:.2}", days.mean());
            Word::GlanceLead { level, share, days }.text(lang)
        }
        None => Word::GlanceNothing.text(lang),
    });
    section.columns = figure_columns(lang);
    let mut figures = vec![Figure::ShortDays];
    figures.extend(scenario.levels.iter().map(|level| level_days(&level.id)));
    figures.extend([
        Figure::LongestShortage,
        Figure::Lost,
        Figure::Withheld,
        Figure::Beyond,
        Figure::BeyondDays,
        Figure::StopDays,
        Figure::HouseholdDays,
        Figure::SentOut,
    ]);
    section.rows = figures.iter().filter_map(|figure| figure_row(scenario, figure, lang)).collect();
    section
}

fn costs(scenario: &Simulated, lang: Lang) -> Option<Section> {
    let cost = scenario.spread(&Figure::Cost)?;
    let mut section = Section::new("costs", &Word::Costs, lang);
    let yuan = super::Unit::Money;
    let (average, rare) = (mean(cost.mean(), yuan, lang), mean(cost.quantile(950) as f64, yuan, lang));
    section.lead = Some(Word::CostsLead { cost: average, rare }.text(lang));
    section.columns = figure_columns(lang);
    let figures = [Figure::LostValue, Figure::StoreCost, Figure::Cost];
    section.rows = figures.iter().filter_map(|figure| figure_row(scenario, figure, lang)).collect();
    section.note = Some(Word::CostsNote.text(lang));
    Some(section)
}

/// The dates of a season.
fn dates(scenario: &Simulated) -> Vec<Date> {
    let days = (scenario.until.day_number() + 1).saturating_sub(scenario.from.day_number());
    (0..days).filter_map(|days| scenario.from.plus_days(days)).collect()
}

/// A day without its year, since every winter has it.
fn day(date: Date) -> String {
    format!("{:02}-{:02}", date.month(), date.day())
}

/// A volume of one winter with its unit, rounded as a mean is.
fn gas(volume: f64, scale: Scale, lang: Lang) -> String {
    let text = mean(volume, super::Unit::Gas(scale), lang);
    match (scale, lang) {
        (Scale::Ones, Lang::En) => format!("{text} m3"),
        (Scale::Ones, Lang::Zh) => format!("{text} m³"),
        (Scale::Large, Lang::En) => format!("{text} thousand m3"),
        (Scale::Large, Lang::Zh) => format!("{text} 万m³"),
    }
}

/// The greatest value there is, or a little, so that an axis has a length.
fn greatest<'s>(spreads: impl Iterator<Item = &'s Spread>) -> f64 {
    spreads.map(|spread| spread.quantile(1000) as f64).fold(1.0, f64::max)
}
