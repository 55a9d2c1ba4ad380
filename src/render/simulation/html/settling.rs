//! How many winters are enough: what chance leaves of the chief means while winters are added.

use super::chart::{Chart, LINES};
use super::words::Word;
use super::{Section, in_percent};
use crate::Lang;
use crate::render::fmt;
use crate::render::simulation::{Scale, name};
use crate::simulate::{Estimate, Figure, Simulated, Spread};

/// The dashed line, in percent.
const GOAL: f64 = 5.0;

struct Line<'s> {
    name: String,
    spread: &'s Spread,
    course: Vec<Estimate>,
}

pub(super) fn section(scenario: &Simulated, lang: Lang) -> Option<Section> {
    let mut chief = vec![Figure::Lost, Figure::Beyond, Figure::ShortDays];
    chief.extend(scenario.levels.last().map(|level| Figure::LevelDays(level.id.clone())));
    let coldest = |figure: &Figure| matches!(figure, Figure::ColdHomes(_));
    chief.extend(scenario.figures.iter().map(|(figure, _)| figure).find(|figure| coldest(figure)).cloned());
    let lines: Vec<Line<'_>> = chief
        .iter()
        .filter_map(|figure| {
            let at = scenario.figures.iter().position(|(own, _)| own == figure)?;
            let spread = scenario.tally.spreads().get(at).filter(|spread| spread.above_zero() > 0)?;
            let course = scenario.tally.running().course(at);
            Some(Line { name: name(scenario, figure, Scale::of(&[scenario]), lang), spread, course })
        })
        .collect();
    let first = lines.first()?;
    let mut section = Section::new("settling", &Word::Settling, lang);
    let of = fmt::grouped(first.spread.count());
    let enough = first.spread.enough(50)?;
    section.lead = Some(Word::SettlingLead { winters: fmt::grouped(enough), of: of.clone() }.text(lang));
    section.says = Some(Word::SettlingDesc.text(lang));
    section.picture = Some(picture(&lines, lang));
    section.columns = vec![
        (Word::GlanceFigure.text(lang), false),
        (Word::SettlingNow { winters: of }.text(lang), true),
        (Word::SettlingTo { percent: "10".into() }.text(lang), true),
        (Word::SettlingTo { percent: "5".into() }.text(lang), true),
        (Word::SettlingTo { percent: "1".into() }.text(lang), true),
    ];
    for line in &lines {
        let now =
            line.course.last().and_then(percent).map_or_else(String::new, |now| in_percent(format!("{now:.2}"), lang));
        let mut row = vec![line.name.clone(), now];
        row.extend([100, 50, 10].map(|part| line.spread.enough(part).map_or_else(String::new, fmt::grouped)));
        section.rows.push(row);
    }
    Some(section)
}

/// What chance leaves of a mean, in percent of it; `None` of a mean of nothing.
fn percent(estimate: &Estimate) -> Option<f64> {
    let error = estimate.error?;
    (estimate.mean > 0.0 && error > 0.0).then(|| 196.0 * error / estimate.mean)
}

fn picture(lines: &[Line<'_>], lang: Lang) -> String {
    let says = Word::SettlingDesc.text(lang);
    let height = 420.0 + 22.0 * lines.len().div_ceil(2) as f64;
    let plot = [110.0, 930.0, 40.0, 330.0];
    let mut chart = Chart::new("settling-picture", &Word::Settling.text(lang), &says, height, plot, lang);
    let winters = lines.iter().flat_map(|line| &line.course).map(|estimate| estimate.winters);
    let (least, most) = (winters.clone().min().unwrap_or(1).max(1) as f64, winters.max().unwrap_or(10) as f64);
    let all = || lines.iter().flat_map(|line| &line.course).filter_map(percent);
    // From a power of ten to a power of ten, with the goal inside.
    let low = all().fold(GOAL / 2.0, f64::min).log10().floor();
    let high = all().fold(GOAL * 2.0, f64::max).log10().ceil();
    let x = |winters: f64| (winters / least).ln() / (most / least).ln().max(1e-9);
    let y = |percent: f64| ((percent.log10() - low) / (high - low)).clamp(0.0, 1.0);
    chart.beside(&Word::SettlingAxis.text(lang));
    for power in low as i32..=high as i32 {
        for lead in [1.0, 2.0, 5.0] {
            let value = lead * 10f64.powi(power);
            if value.log10() <= high {
                chart.tick_y(
                    y(value),
                    &in_percent(if value < 1000.0 { value.to_string() } else { fmt::grouped(value as u64) }, lang),
                );
            }
        }
    }
    let rounds = (0..18).flat_map(|power| [1.0, 2.0, 5.0].map(|lead| lead * 10f64.powi(power)));
    for number in rounds.filter(|number| (least..=most).contains(number)) {
        chart.tick_x(x(number), &fmt::grouped(number as u64));
    }
    chart.below(&Word::SettlingWinters.text(lang));
    let goal = chart.y(y(GOAL));
    let (left, right) = (chart.left, chart.right);
    chart.line(&[(left, goal), (right, goal)], ("#d55e00", "6 4"), 1.6);
    for (at, line) in lines.iter().enumerate() {
        let style = LINES[at % LINES.len()];
        let points: Vec<(f64, f64)> = line
            .course
            .iter()
            .filter_map(|estimate| Some((chart.x(x(estimate.winters as f64)), chart.y(y(percent(estimate)?)))))
            .collect();
        chart.line(&points, style, 2.4);
        for (x, y) in points {
            chart.mark(&format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{}\"/>", style.0));
        }
        let (x, y) = (110.0 + 420.0 * (at % 2) as f64, 408.0 + 22.0 * (at / 2) as f64);
        chart.legend_line((x, y), style, 2.4, &line.name);
    }
    chart.axes();
    chart.end()
}
