//! How evenly blocks take their turns.

use super::chart::Chart;
use super::words::Word;
use super::{Section, greatest};
use crate::Lang;
use crate::render::fmt;
use crate::simulate::{Figure, Simulated, Spread};

pub(super) fn section(scenario: &Simulated, lang: Lang) -> Option<Section> {
    let turns = scenario.figures.iter().zip(scenario.tally.spreads());
    let blocks: Vec<(String, &Spread)> = turns
        .filter(|((figure, _), spread)| matches!(figure, Figure::Turns(_)) && spread.above_zero() > 0)
        .map(|((_, label), spread)| (label.get(lang).to_owned(), spread))
        .collect();
    let mut section = Section::new("turns", &Word::Blocks, lang);
    let by_mean = |a: &&(String, &Spread), b: &&(String, &Spread)| a.1.sum().cmp(&b.1.sum());
    let (Some(least), Some(most)) = (blocks.iter().min_by(by_mean), blocks.iter().max_by(by_mean)) else {
        section.lead = Some(Word::BlocksNone.text(lang));
        return Some(section);
    };
    let times = |spread: &Spread| format!("{:.2}", spread.mean());
    let lead =
        Word::BlocksLead { most: most.0.clone(), high: times(most.1), least: least.0.clone(), low: times(least.1) };
    section.lead = Some(lead.text(lang));
    section.says = Some(Word::BlocksDesc.text(lang));
    let average = blocks.iter().map(|(_, spread)| spread.mean()).sum::<f64>() / blocks.len() as f64;
    section.picture = Some(picture(&blocks, average, lang));
    let columns = [Word::Mean, Word::BlocksAgainst, Word::Median, Word::P95, Word::Worst];
    section.columns = vec![(Word::BlocksBlock.text(lang), false)];
    section.columns.extend(columns.iter().map(|word| (word.text(lang), true)));
    for (name, spread) in &blocks {
        let mut row = vec![name.clone(), times(spread), format!("{:.2}", spread.mean() / average)];
        row.extend([500, 950, 1000].map(|part| fmt::grouped(spread.quantile(part))));
        section.rows.push(row);
    }
    Some(section)
}

fn picture(blocks: &[(String, &Spread)], average: f64, lang: Lang) -> String {
    const ROW: f64 = 30.0;
    let bottom = 26.0 + ROW * blocks.len() as f64;
    let says = Word::BlocksDesc.text(lang);
    let plot = [230.0, 930.0, 20.0, bottom];
    let mut chart = Chart::new("turns-picture", &Word::Blocks.text(lang), &says, bottom + 56.0, plot, lang);
    let most = greatest(blocks.iter().map(|(_, spread)| *spread)) * 1.03;
    let step = [1u64, 2, 5, 10, 20, 50].into_iter().find(|step| most / (*step as f64) <= 12.0).unwrap_or(100);
    for turns in (0..).map(|at| at * step).take_while(|turns| *turns as f64 <= most) {
        chart.tick_x(turns as f64 / most, &turns.to_string());
    }
    chart.below(&Word::BlocksTurns.text(lang));
    for (at, (name, spread)) in blocks.iter().enumerate() {
        let y = 26.0 + ROW * (at as f64 + 0.5);
        let x = |value: f64| 230.0 + 700.0 * value / most;
        chart.text((220.0, y + 5.0), "end", "", &fmt::shortened(name, 26));
        let (low, high) = (x(spread.quantile(50) as f64), x(spread.quantile(950) as f64));
        chart.rect(
            (low, y - 6.0),
            ((high - low).max(1.5), 12.0),
            "fill=\"#9ecae1\" stroke=\"#1f5f93\" stroke-width=\"0.8\"",
        );
        let (dot, ring) = (x(spread.mean()), x(spread.quantile(1000) as f64));
        chart.mark(&format!(
            "<circle cx=\"{ring:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"1.4\"/>\
             <circle cx=\"{dot:.1}\" cy=\"{y:.1}\" r=\"5.5\" fill=\"#000\"/>"
        ));
    }
    let x = chart.x(average / most);
    let (top, bottom) = (chart.top, chart.bottom);
    chart.line(&[(x, top), (x, bottom)], ("#d55e00", "6 4"), 2.0);
    chart.axes();
    chart.end()
}
