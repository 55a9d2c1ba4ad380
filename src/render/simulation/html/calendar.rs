//! When in the season each level is reached: a column a day, a row a level.

use super::chart::Chart;
use super::words::Word;
use super::{Section, dates, day};
use crate::Lang;
use crate::render::simulation::percent;
use crate::render::svg::hatch;
use crate::simulate::Simulated;
use crate::units::Date;

/// Shades by the part of winters, in percent: up to so much, so dark. Chances of some percent must be seen beside those of a half.
const SHADES: [(f64, f64); 6] = [(1.0, 0.10), (5.0, 0.25), (10.0, 0.40), (25.0, 0.58), (50.0, 0.78), (100.0, 1.0)];

pub(super) fn section(scenario: &Simulated, lang: Lang) -> Option<Section> {
    let dates = dates(scenario);
    let levels = scenario.levels.len();
    let on = |at: usize| scenario.tally.levels_on(at);
    let any = |at: usize| on(at).iter().skip(1).sum::<u64>();
    let worst = (0..dates.len()).max_by_key(|at| (any(*at), std::cmp::Reverse(*at))).filter(|at| any(*at) > 0)?;
    if levels == 0 {
        return None;
    }
    let mut section = Section::new("calendar", &Word::Calendar, lang);
    let share = percent(any(worst), scenario.tally.winters(), lang);
    section.lead = Some(Word::CalendarLead { day: day(dates[worst]), share }.text(lang));
    section.says = Some(Word::CalendarDesc.text(lang));
    section.picture = Some(picture(scenario, &dates, lang));
    section.columns = vec![(Word::CalendarMonth.text(lang), false)];
    let level = |id: &String| (Word::CalendarLevel { level: id.clone() }.text(lang), true);
    section.columns.extend(scenario.levels.iter().map(|own| level(&own.id)));
    section.columns.push((Word::NoLevel.text(lang), true));
    let month = |date: &Date| (date.year(), date.month());
    let mut at = 0;
    for days in dates.chunk_by(|a, b| month(a) == month(b)) {
        let (year, number) = month(&days[0]);
        let mean = |level: usize| {
            let winters: u64 = (at..at + days.len()).map(|at| on(at).get(level).copied().unwrap_or(0)).sum();
            format!("{:.2}", winters as f64 / scenario.tally.winters().max(1) as f64)
        };
        let mut row = vec![format!("{year}-{number:02}")];
        row.extend((1..=levels).map(mean));
        row.push(mean(0));
        section.rows.push(row);
        at += days.len();
    }
    section.note = Some(Word::CalendarDays.text(lang));
    Some(section)
}

fn picture(scenario: &Simulated, dates: &[Date], lang: Lang) -> String {
    const ROW: f64 = 38.0;
    let levels = scenario.levels.len();
    let bottom = 20.0 + ROW * levels as f64;
    let plot = [90.0, 940.0, 20.0, bottom];
    let says = Word::CalendarDesc.text(lang);
    let mut chart = Chart::new("calendar-picture", &Word::Calendar.text(lang), &says, bottom + 70.0, plot, lang);
    let slot = (chart.right - chart.left) / dates.len().max(1) as f64;
    let winters = scenario.tally.winters().max(1) as f64;
    for (at, level) in scenario.levels.iter().enumerate() {
        // The gravest at the top.
        let y = bottom - ROW * (at + 1) as f64;
        let (colour, _) = hatch::level(&level.colour);
        let label = Word::CalendarLevel { level: level.id.clone() }.text(lang);
        chart.text((chart.left - 10.0, y + ROW / 2.0 + 5.0), "end", "font-weight=\"600\"", &label);
        let shade = |day: usize| {
            let part = scenario.tally.levels_on(day).get(at + 1).map_or(0.0, |own| *own as f64 * 100.0 / winters);
            let shade = SHADES.iter().find(|(upto, _)| part <= *upto).map_or(1.0, |(_, shade)| *shade);
            if part > 0.0 { shade } else { 0.0 }
        };
        // Days of one shade are one mark.
        let mut day = 0;
        while day < dates.len() {
            let own = shade(day);
            let days = (day..dates.len()).take_while(|at| (shade(*at) - own).abs() < 1e-9).count();
            if own > 0.0 {
                let x = chart.left + slot * day as f64;
                let more = format!("fill=\"{colour}\" fill-opacity=\"{own}\"");
                chart.rect((x, y + 1.0), (slot * days as f64, ROW - 2.0), &more);
            }
            day += days;
        }
        chart.rect(
            (chart.left, y),
            (chart.right - chart.left, ROW),
            "fill=\"none\" stroke=\"#999\" stroke-width=\"0.7\"",
        );
    }
    for (at, date) in dates.iter().enumerate().filter(|(_, date)| [1, 16].contains(&date.day())) {
        let part = at as f64 / dates.len() as f64;
        chart.tick_x(part, &day(*date));
    }
    chart.axes();
    let label = Word::CalendarScale.text(lang);
    chart.text((chart.left, bottom + 58.0), "start", "fill=\"#333\"", &label);
    let (mut x, mut from) = (chart.left + 130.0, 0.0);
    let (colour, _) = scenario.levels.last().map_or(("#666", ""), |level| hatch::level(&level.colour));
    for (upto, shade) in SHADES {
        let more = format!("fill=\"{colour}\" fill-opacity=\"{shade}\" stroke=\"#999\" stroke-width=\"0.7\"");
        let label = Word::CalendarMore { percent: format!("{from}") }.text(lang);
        chart.legend_fill((x, bottom + 58.0), &more, &label);
        (x, from) = (x + 110.0, upto);
    }
    chart.end()
}
