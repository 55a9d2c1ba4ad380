//! Two scenarios on one sheet of paper, for those who decide between them.

use super::chart::Chart;
use super::words::Word;
use super::{Section, gas, in_percent, whole_page, with_unit};
use crate::Lang;
use crate::render::fmt;
use crate::render::simulation::{Scale, Unit, about, mean, name, unit};
use crate::simulate::{Costs, Difference, Figure, Results, Simulated, Worth};

/// A figure in both, and how they differ.
struct Pair<'r> {
    figure: &'r Figure,
    name: String,
    scale: Scale,
    one: f64,
    other: f64,
    difference: &'r Difference,
}

impl Pair<'_> {
    /// Whether the difference is larger than what chance leaves of it.
    fn is_beyond_chance(&self) -> bool {
        self.difference.interval().is_some_and(|interval| self.difference.mean().abs() > interval)
    }
}

/// The sheet of the scenario at an index (from 1) beside the first; `None` if there is none.
pub(crate) fn sheet(results: &Results, at: usize, lang: Lang) -> Option<String> {
    let (first, second) = (results.scenarios.first()?, results.scenarios.get(at)?);
    let differences = results.differences.get(at.checked_sub(1)?)?;
    let named = |scenario: &Simulated| match scenario.value.as_str() {
        "" => scenario.name.clone(),
        value => value.to_owned(),
    };
    let pairs = pairs(first, second, differences, lang);
    let (one, other) = (named(first), named(second));
    let title = Word::SheetTitle { second: other.clone(), first: one.clone() }.text(lang);
    let mut section = Section::new("differences", &Word::ComparePicture, lang);
    section.lead = lead(&pairs, lang);
    section.says = Some(Word::ComparePictureDesc.text(lang));
    section.picture = picture(&pairs, lang);
    let columns = [Word::CompareOne, Word::CompareOther, Word::CompareDiffers, Word::Within, Word::CompareSays];
    section.columns = vec![(Word::CompareFigure.text(lang), false)];
    section.columns.extend(columns.iter().map(|word| (word.text(lang), true)));
    section.rows = pairs.iter().map(|pair| row(pair, lang)).collect();
    let worth = in_money(first, second, lang);
    Some(whole_page(&title, true, lang, |html| {
        html.element("div", &[], |html| {
            let winters = fmt::grouped(first.tally.winters());
            let mut under = vec![Word::ComparePairs { winters }, Word::CompareA { name: one }];
            under.push(Word::CompareB { name: other });
            let about = about::head(results, first, lang).into_iter().map(|(_, line)| line);
            let lines = under.iter().map(|word| word.text(lang)).chain(about);
            lines.for_each(|line| html.leaf("p", &[("class", "under")], &line));
        });
        html.element("main", &[], |html| {
            section.write(html);
            worth.iter().for_each(|line| html.leaf("p", &[("class", "lead")], line));
            html.leaf(
                "p",
                &[("class", "note")],
                &Scale::of(&[first, second]).word(Word::UnitsOnes, Word::Units).text(lang),
            );
            html.leaf("p", &[("class", "note")], &Word::CompareWeather.text(lang));
        });
    }))
}

/// What the second spares and costs against the first, and where they break even; nothing where a scenario has no values.
pub(crate) fn in_money(first: &Simulated, second: &Simulated, lang: Lang) -> Vec<String> {
    let Some(worth) = worth(first, second) else { return Vec::new() };
    let money = |fen: i128| mean(fen as f64, Unit::Money, lang);
    let (avoided, added) = (money(worth.avoided), money(worth.added));
    let even = match worth.break_even {
        Some(fen) => Word::CompareBreakEven { even: fen_exactly(fen) },
        None => Word::CompareNoBreakEven,
    };
    vec![Word::CompareWorth { avoided, added }.text(lang), even.text(lang)]
}

/// Yuan with both decimals.
fn fen_exactly(fen: i128) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

fn worth(first: &Simulated, second: &Simulated) -> Option<Worth> {
    fn costs(scenario: &Simulated) -> Option<Costs<'_>> {
        let of = |figure: Figure| scenario.spread(&figure);
        Some(Costs { lost: of(Figure::Lost)?, value: of(Figure::LostValue)?, supply: of(Figure::StoreCost)? })
    }
    Worth::of(&costs(first)?, &costs(second)?)
}

/// What officials ask first, as far as there is any of it.
fn pairs<'r>(
    first: &Simulated,
    second: &Simulated,
    differences: &'r [(Figure, Difference)],
    lang: Lang,
) -> Vec<Pair<'r>> {
    let wanted = |figure: &Figure| {
        matches!(
            figure,
            Figure::Lost
                | Figure::Withheld
                | Figure::Beyond
                | Figure::BeyondDays
                | Figure::ShortDays
                | Figure::LevelDays(_)
                | Figure::SentOut
                | Figure::HouseholdDays
                | Figure::ColdHomes(_)
                | Figure::LostValue
                | Figure::StoreCost
                | Figure::Cost
                | Figure::Tier(_)
        )
    };
    let scale = Scale::of(&[first, second]);
    let pair = |(figure, difference): &'r (Figure, Difference)| {
        let (one, other) = (first.spread(figure)?, second.spread(figure)?);
        let is_any = one.above_zero() > 0 || other.above_zero() > 0;
        (wanted(figure) && is_any).then(|| Pair {
            figure,
            name: name(first, figure, scale, lang),
            scale,
            one: one.mean(),
            other: other.mean(),
            difference,
        })
    };
    differences.iter().filter_map(pair).collect()
}

fn lead(pairs: &[Pair<'_>], lang: Lang) -> Option<String> {
    let lost = pairs.iter().find(|pair| *pair.figure == Figure::Lost)?;
    if !lost.is_beyond_chance() {
        return Some(Word::CompareNoise.text(lang));
    }
    let size = gas(lost.difference.mean().abs(), lost.scale, lang);
    let within = gas(lost.difference.interval().unwrap_or(0.0), lost.scale, lang);
    Some(match lost.difference.mean() < 0.0 {
        true => Word::CompareLead { saved: size, within }.text(lang),
        false => Word::CompareLeadMore { more: size, within }.text(lang),
    })
}

fn row(pair: &Pair<'_>, lang: Lang) -> Vec<String> {
    let unit = unit(pair.figure, pair.scale);
    let says = match (pair.is_beyond_chance(), pair.difference.mean() < 0.0) {
        (false, _) => Word::CompareNo,
        (true, true) => Word::CompareYesLess,
        (true, false) => Word::CompareYesMore,
    };
    vec![
        with_unit(pair.name.clone(), pair.figure, pair.scale, lang),
        mean(pair.one, unit, lang),
        mean(pair.other, unit, lang),
        mean(pair.difference.mean(), unit, lang),
        pair.difference.interval().map_or_else(String::new, |interval| mean(interval, unit, lang)),
        says.text(lang),
    ]
}

/// A change in whole percent; none has no sign.
fn change(value: f64, lang: Lang) -> String {
    in_percent(if value == 0.0 { "0".to_owned() } else { format!("{value:+.0}") }, lang)
}

fn picture(pairs: &[Pair<'_>], lang: Lang) -> Option<String> {
    const ROW: f64 = 26.0;
    // What there is none of in the first has no change in percent; the table tells it.
    let shown: Vec<&Pair<'_>> = pairs.iter().filter(|pair| pair.one > 0.0).collect();
    let percent = |pair: &Pair<'_>, value: f64| value * 100.0 / pair.one;
    let interval = |pair: &Pair<'_>| pair.difference.interval().unwrap_or(0.0);
    let reach = |pair: &&Pair<'_>| percent(pair, pair.difference.mean().abs() + interval(pair));
    // Beyond twice as much the picture would be of one row alone.
    let most = shown.iter().map(reach).fold(5.0, f64::max).min(200.0);
    if shown.is_empty() {
        return None;
    }
    let bottom = 20.0 + ROW * shown.len() as f64;
    let says = Word::ComparePictureDesc.text(lang);
    let plot = [330.0, 930.0, 14.0, bottom];
    let mut chart = Chart::new("compare-picture", &Word::ComparePicture.text(lang), &says, bottom + 40.0, plot, lang);
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].into_iter().find(|step| most / step <= 6.0).unwrap_or(100.0);
    let place = |percent: f64| 0.5 + (percent / (2.0 * most)).clamp(-0.5, 0.5);
    for at in -6i32..=6 {
        let value = step * f64::from(at);
        if value.abs() <= most {
            chart.tick_x(place(value), &change(value, lang));
        }
    }
    let middle = chart.x(place(0.0));
    let (top, foot) = (chart.top, chart.bottom);
    chart.line(&[(middle, top), (middle, foot)], ("#000", ""), 1.6);
    for (at, pair) in shown.iter().enumerate() {
        let y = 20.0 + ROW * (at as f64 + 0.5);
        chart.text((320.0, y + 5.0), "end", "", &fmt::shortened(&pair.name, 40));
        let (mean, within) = (percent(pair, pair.difference.mean()), percent(pair, interval(pair)));
        let (low, high) = (chart.x(place(mean - within)), chart.x(place(mean + within)));
        let colour = match (pair.is_beyond_chance(), mean < 0.0) {
            (false, _) => "#999999",
            (true, true) => "#0072b2",
            (true, false) => "#d55e00",
        };
        chart.rect((low, y - 5.0), ((high - low).max(1.5), 10.0), &format!("fill=\"{colour}\" fill-opacity=\"0.5\""));
        let x = chart.x(place(mean));
        chart.mark(&format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{colour}\" stroke=\"#000\"/>"));
    }
    Some(chart.end())
}
