//! Who is cold at home, for how long and why.

use super::chart::Chart;
use super::words::Word;
use super::{Section, figure_columns, figure_row};
use crate::Lang;
use crate::render::fmt;
use crate::render::simulation::{Unit, cause as named, mean, whole};
use crate::render::svg::hatch::FILLS;
use crate::simulate::{Cause, Figure, Simulated};
use crate::units::Celsius;

pub(super) fn section(scenario: &Simulated, lang: Lang) -> Option<Section> {
    let figures = || scenario.figures.iter().map(|(figure, _)| figure);
    let limits: Vec<Celsius> = figures()
        .filter_map(|figure| if let Figure::ColdHomes(limit) = figure { Some(*limit) } else { None })
        .collect();
    let first = *limits.first()?;
    let mut section = Section::new("homes", &Word::Homes, lang);
    let homes = scenario.spread(&Figure::ColdHomes(first))?;
    let lead = Word::HomesLead {
        limit: first.to_string(),
        homes: mean(homes.mean(), Unit::Homes, lang),
        rare: whole(homes.quantile(950), Unit::Homes, lang),
    };
    section.lead = Some(lead.text(lang));
    if homes.above_zero() > 0 {
        section.says = Some(Word::HomesDesc.text(lang));
        section.picture = Some(picture(scenario, &limits, lang));
    }
    section.columns = figure_columns(lang);
    let of_homes = |figure: &&Figure| {
        matches!(figure, Figure::ColdHours(..) | Figure::ColdHomes(_) | Figure::LongestCold(_) | Figure::Coldest)
    };
    section.rows = figures().filter(of_homes).filter_map(|figure| figure_row(scenario, figure, lang)).collect();
    section.note = Some(Word::HomesNote.text(lang));
    Some(section)
}

fn picture(scenario: &Simulated, limits: &[Celsius], lang: Lang) -> String {
    const ROW: f64 = 46.0;
    let bottom = 20.0 + ROW * limits.len() as f64;
    // A cause that makes nobody cold is not in the picture.
    let mut causes: Vec<(&Cause, String)> = Vec::new();
    for (figure, _) in &scenario.figures {
        let Figure::ColdHours(_, cause) = figure else { continue };
        let cold = scenario.spread(figure).is_some_and(|spread| spread.above_zero() > 0);
        if cold && causes.iter().all(|(own, _)| *own != cause) {
            let name = named(scenario, figure, cause, lang);
            causes.push((cause, name));
        }
    }
    let hours = |limit: Celsius, cause: &Cause| {
        scenario.spread(&Figure::ColdHours(limit, cause.clone())).map_or(0.0, |spread| spread.mean())
    };
    let all = |limit: &Celsius| causes.iter().map(|(cause, _)| hours(*limit, cause)).sum::<f64>();
    let most = limits.iter().map(all).fold(1.0, f64::max) * 1.04;
    let height = bottom + 62.0 + 24.0 * causes.len().div_ceil(2) as f64;
    let says = Word::HomesDesc.text(lang);
    let plot = [140.0, 930.0, 14.0, bottom];
    let mut chart = Chart::new("homes-picture", &Word::Homes.text(lang), &says, height, plot, lang);
    // Home-hours have no unit of their own in either language.
    for (value, label) in crate::render::svg::marks(most, 6.0, Lang::En) {
        chart.tick_x(value / most, &label);
    }
    chart.below(&Word::HomesAxis.text(lang));
    let fill = |at: usize| format!("fill=\"url(#f{})\" stroke=\"#222\" stroke-width=\"0.8\"", at % FILLS);
    for (row, limit) in limits.iter().enumerate() {
        let y = 20.0 + ROW * row as f64 + 6.0;
        let label = Word::HomesBelow { limit: limit.to_string() }.text(lang);
        chart.text((130.0, y + 22.0), "end", "font-weight=\"600\"", &label);
        let mut from = 0.0;
        for (at, (cause, _)) in causes.iter().enumerate() {
            let own = hours(*limit, cause);
            if own > 0.0 {
                let (left, right) = (chart.x(from / most), chart.x((from + own) / most));
                chart.rect((left, y), (right - left, ROW - 14.0), &fill(at));
            }
            from += own;
        }
    }
    chart.axes();
    for (at, (_, name)) in causes.iter().enumerate() {
        let (x, y) = (140.0 + 400.0 * (at % 2) as f64, bottom + 72.0 + 24.0 * (at / 2) as f64);
        chart.legend_fill((x, y), &fill(at), &fmt::shortened(name, 42));
    }
    chart.end()
}
