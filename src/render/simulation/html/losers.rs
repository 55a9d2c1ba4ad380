//! Who loses in mild winters and who in hard ones: classes stacked over winters from the mildest to the rarest.

use super::Section;
use super::chart::{Chart, steps};
use super::words::Word;
use crate::Lang;
use crate::render::fmt;
use crate::render::simulation::{Scale, Unit, mean, percent};
use crate::render::svg::hatch::FILLS;
use crate::simulate::{Figure, Severity, Simulated};

/// A class, or several that lose little.
struct Layer {
    name: String,
    classes: Vec<usize>,
    fill: usize,
}

pub(super) fn section(scenario: &Simulated, lang: Lang) -> Option<Section> {
    let severities: Vec<&Severity> = scenario.tally.severities().all().collect();
    let of = |severity: &Severity, class: usize| severity.classes.get(class).copied().unwrap_or(0);
    let names = scenario.figures.iter().filter(|(figure, _)| matches!(figure, Figure::Class(_)));
    let names: Vec<String> = names.map(|(_, label)| label.get(lang).to_owned()).collect();
    let sum = |class: usize| severities.iter().map(|severity| of(severity, class)).sum::<u128>();
    let mut order: Vec<usize> = (0..names.len()).filter(|class| sum(*class) > 0).collect();
    // Those who lose most at the bottom, ties as the figures have them.
    order.sort_by_key(|class| (std::cmp::Reverse(sum(*class)), *class));
    if order.is_empty() {
        return None;
    }
    let mut section = Section::new("losers", &Word::Losers, lang);
    let hardest = |thousandths: u64| hardest(&severities, thousandths, scenario.tally.winters());
    let parts = [1000, 500, 100, 50].map(hardest);
    let twentieth = &parts[3];
    let worst = order.iter().copied().max_by(|a, b| share(twentieth, *a).total_cmp(&share(twentieth, *b)))?;
    let all = twentieth.iter().sum::<f64>();
    let lead = Word::LosersLead { class: names[worst].clone(), share: part(share(twentieth, worst), all, lang) };
    section.lead = Some(lead.text(lang));
    section.says = Some(Word::LosersDesc.text(lang));
    section.picture = Some(picture(scenario, &severities, &layers(&order, &names, lang), lang));
    let columns = [Word::LosersAll, Word::LosersHalf, Word::LosersTenth, Word::LosersTwentieth];
    section.columns = vec![(Word::LosersClass.text(lang), false)];
    section.columns.extend(columns.iter().map(|word| (word.text(lang), true)));
    for class in &order {
        let mut row = vec![names[*class].clone()];
        row.extend(parts.iter().map(|part| mean(share(part, *class), Unit::Gas(Scale::of(&[scenario])), lang)));
        section.rows.push(row);
    }
    let mut row = vec![Word::LosersSum.text(lang)];
    row.extend(parts.iter().map(|part| mean(part.iter().sum(), Unit::Gas(Scale::of(&[scenario])), lang)));
    section.rows.push(row);
    section.note = Some(Scale::of(&[scenario]).word(Word::LosersMeanOnes, Word::LosersMean).text(lang));
    Some(section)
}

fn share(part: &[f64], class: usize) -> f64 {
    part.get(class).copied().unwrap_or(0.0)
}

fn part(own: f64, all: f64, lang: Lang) -> String {
    // In whole hundredths of a percent, as parts of winters are.
    percent((own * 1e6 / all.max(1.0)).round() as u64, 1_000_000, lang)
}

/// What each class loses on average in the hardest winters, so many thousandths of all; a step that reaches beyond counts in part.
fn hardest(severities: &[&Severity], thousandths: u64, winters: u64) -> Vec<f64> {
    let wanted = winters as f64 * thousandths as f64 / 1000.0;
    let (mut left, mut sums) = (wanted, Vec::new());
    for severity in severities.iter().rev() {
        let taken = left.min(severity.winters as f64);
        if taken <= 0.0 {
            break;
        }
        left -= taken;
        sums.resize(severity.classes.len(), 0.0);
        for (sum, lost) in sums.iter_mut().zip(&severity.classes) {
            *sum += *lost as f64 * taken / severity.winters as f64;
        }
    }
    sums.into_iter().map(|sum: f64| sum / wanted.max(1e-9)).collect()
}

fn layers(order: &[usize], names: &[String], lang: Lang) -> Vec<Layer> {
    let most = FILLS - 1;
    let own = if order.len() > most { most - 1 } else { order.len() };
    let mut layers: Vec<Layer> = order[..own]
        .iter()
        .enumerate()
        .map(|(fill, class)| Layer { name: names[*class].clone(), classes: vec![*class], fill })
        .collect();
    if own < order.len() {
        let name = Word::LosersOthers.text(lang);
        layers.push(Layer { name, classes: order[own..].to_vec(), fill: FILLS - 1 });
    }
    layers
}

fn picture(scenario: &Simulated, severities: &[&Severity], layers: &[Layer], lang: Lang) -> String {
    let says = Word::LosersDesc.text(lang);
    let plot = [110.0, 690.0, 40.0, 380.0];
    let mut chart = Chart::new("losers-picture", &Word::Losers.text(lang), &says, 440.0, plot, lang);
    let winters = scenario.tally.winters();
    let mean = |severity: &Severity, layer: &Layer| {
        let sum: u128 = layer.classes.iter().map(|class| severity.classes.get(*class).copied().unwrap_or(0)).sum();
        sum as f64 / severity.winters.max(1) as f64
    };
    let total = |severity: &&&Severity| layers.iter().map(|layer| mean(severity, layer)).sum::<f64>();
    let most = severities.iter().map(|severity| total(&severity)).fold(1.0, f64::max) * 1.03;
    chart.volumes(most, Scale::of(&[scenario]));
    chart.rarities(winters);
    let spans = steps(severities.iter().map(|severity| (0, severity.winters)), winters);
    let tops = |upto: usize| -> Vec<(f64, f64)> {
        let height = |severity: &Severity| layers[..upto].iter().map(|layer| mean(severity, layer)).sum::<f64>();
        let ends = severities.iter().zip(&spans).flat_map(|(severity, (from, until, _))| {
            // The one winter that is the rarest of all has a width, too.
            let until = if until > from { *until } else { from + 0.012 };
            let y = height(severity) / most;
            [(*from, y), (until, y)]
        });
        ends.map(|(x, y)| (chart.x(x), chart.y(y))).collect()
    };
    let areas: Vec<Vec<(f64, f64)>> =
        (0..layers.len()).map(|at| tops(at + 1).into_iter().chain(tops(at).into_iter().rev()).collect()).collect();
    for (layer, outline) in layers.iter().zip(&areas) {
        let more =
            format!("fill=\"url(#f{})\" stroke=\"#222\" stroke-width=\"0.8\" stroke-linejoin=\"round\"", layer.fill);
        chart.area(outline, &more);
    }
    chart.axes();
    // In the order of the stack.
    for (at, layer) in layers.iter().rev().enumerate() {
        let more = format!("fill=\"url(#f{})\" stroke=\"#222\" stroke-width=\"0.8\"", layer.fill);
        chart.legend_fill((720.0, 56.0 + 25.0 * at as f64), &more, &fmt::shortened(&layer.name, 26));
    }
    chart.end()
}
