//! How much gas is lost and how rarely more, and how that grows over the season.

use super::chart::{Chart, LINES, steps};
use super::words::Word;
use super::{Section, dates, day, gas, greatest, with_unit};
use crate::Lang;
use crate::render::fmt;
use crate::render::simulation::{Scale, Unit, mean, percent, whole};
use crate::simulate::{Figure, Simulated, Spread, Tally};

pub(super) fn exceedance(scenario: &Simulated, lang: Lang) -> Option<Section> {
    let lost = scenario.spread(&Figure::Lost).filter(|lost| lost.above_zero() > 0)?;
    let mut section = Section::new("exceedance", &Word::Exceedance, lang);
    let of = |part: u64| gas(lost.quantile(part) as f64, Scale::of(&[scenario]), lang);
    section.lead = Some(Word::ExceedanceLead { often: of(500), rare: of(950) }.text(lang));
    section.says = Some(Word::ExceedanceDesc.text(lang));
    let lines =
        [(Word::LineLost, Figure::Lost), (Word::LineBeyond, Figure::Beyond), (Word::LineWithheld, Figure::Withheld)];
    let lines: Vec<(Word, &Spread)> = lines
        .into_iter()
        .filter_map(|(word, figure)| Some((word, scenario.spread(&figure).filter(|spread| spread.above_zero() > 0)?)))
        .collect();
    let says = Word::ExceedanceDesc.text(lang);
    let plot = [110.0, 930.0, 40.0, 330.0];
    let title = Word::Exceedance.text(lang);
    let mut chart = Chart::new("exceedance-picture", &title, &says, 420.0, plot, lang);
    let (most, winters) = (greatest(lines.iter().map(|(_, spread)| *spread)) * 1.04, lost.count());
    chart.volumes(most, Scale::of(&[scenario]));
    chart.rarities(winters);
    for (at, (word, spread)) in lines.iter().enumerate() {
        let points: Vec<(f64, f64)> = steps(spread.steps(), winters)
            .into_iter()
            .flat_map(|(from, until, value)| [(from, value), (until, value)])
            .map(|(x, value)| (chart.x(x), chart.y(value / most)))
            .collect();
        chart.line(&points, LINES[at % LINES.len()], 2.4);
        chart.legend_line((110.0 + 280.0 * at as f64, 408.0), LINES[at % LINES.len()], 2.4, &word.text(lang));
    }
    chart.axes();
    section.picture = Some(chart.end());
    section.columns = vec![(Word::HowRare.text(lang), false)];
    let scale = Scale::of(&[scenario]);
    // All of them are volumes, as the first of them is.
    let volume = |word: &Word| with_unit(word.text(lang), &Figure::Lost, scale, lang);
    section.columns.extend(lines.iter().map(|(word, _)| (volume(word), true)));
    for (n, part) in [(2, 500), (5, 800), (10, 900), (20, 950), (50, 980), (100, 990), (1000, 999)] {
        if n <= winters {
            let mut row = vec![Word::OneIn { n: fmt::grouped(n) }.text(lang)];
            row.extend(
                lines.iter().map(|(_, spread)| whole(spread.quantile(part), Unit::Gas(Scale::of(&[scenario])), lang)),
            );
            section.rows.push(row);
        }
    }
    let mut row = vec![Word::Worst.text(lang)];
    row.extend(lines.iter().map(|(_, spread)| whole(spread.quantile(1000), Unit::Gas(Scale::of(&[scenario])), lang)));
    section.rows.push(row);
    Some(section)
}

/// The ends of the bands, in thousandths of winters.
const BANDS: [u64; 5] = [50, 250, 500, 750, 950];

pub(super) fn fan(scenario: &Simulated, lang: Lang) -> Option<Section> {
    let weeks = scenario.tally.cumulated();
    let last = weeks.last().filter(|last| last.above_zero() > 0)?;
    let dates = dates(scenario);
    let end = |week: usize| dates.get((Tally::WEEK * (week + 1)).min(dates.len()).saturating_sub(1)).copied();
    let mut section = Section::new("fan", &Word::Fan, lang);
    let half = weeks.iter().position(|week| week.sum() * 2 >= last.sum()).and_then(end).map(day)?;
    let share = percent(last.count() - last.above_zero(), last.count(), lang);
    section.lead = Some(Word::FanLead { half, share }.text(lang));
    section.says = Some(Word::FanDesc.text(lang));
    let says = Word::FanDesc.text(lang);
    let mut chart = Chart::new("fan-picture", &Word::Fan.text(lang), &says, 420.0, [110.0, 930.0, 40.0, 340.0], lang);
    let top = BANDS.map(|part| last.quantile(part) as f64).into_iter().fold(last.mean(), f64::max);
    let most = top.max(1.0) * 1.06;
    chart.volumes(most, Scale::of(&[scenario]));
    for (at, date) in dates.iter().enumerate().filter(|(_, date)| [1, 16].contains(&date.day())) {
        chart.tick_x(at as f64 / dates.len() as f64, &day(*date));
    }
    let course = |value: &dyn Fn(&Spread) -> f64| -> Vec<(f64, f64)> {
        let at = |week: usize| (Tally::WEEK * (week + 1)).min(dates.len()) as f64 / dates.len() as f64;
        let points = weeks.iter().enumerate().map(|(week, spread)| (at(week), value(spread)));
        std::iter::once((0.0, 0.0)).chain(points).map(|(x, value)| (chart.x(x), chart.y(value / most))).collect()
    };
    let quantile = |part: u64| course(&move |spread| spread.quantile(part) as f64);
    let [low, lower, middle, upper, high] = BANDS.map(quantile);
    let average = course(&Spread::mean);
    for (below, above, fill) in [(low, high, WIDE), (lower, upper, MIDDLE)] {
        let outline: Vec<(f64, f64)> = above.into_iter().chain(below.into_iter().rev()).collect();
        chart.area(&outline, fill);
    }
    chart.line(&middle, LINES[0], 2.6);
    chart.line(&average, LINES[1], 2.2);
    chart.axes();
    chart.legend_fill((110.0, 396.0), WIDE, &Word::BandWide.text(lang));
    chart.legend_fill((310.0, 396.0), MIDDLE, &Word::BandMiddle.text(lang));
    chart.legend_line((510.0, 396.0), LINES[0], 2.6, &Word::Median.text(lang));
    chart.legend_line((700.0, 396.0), LINES[1], 2.2, &Word::Mean.text(lang));
    section.picture = Some(chart.end());
    let columns = [Word::Mean, Word::P5, Word::P25, Word::Median, Word::P75, Word::P95, Word::Worst];
    section.columns = vec![(Word::FanUntil.text(lang), false)];
    section.columns.extend(columns.iter().map(|word| (word.text(lang), true)));
    for (week, spread) in weeks.iter().enumerate() {
        let Some(date) = end(week) else { continue };
        let mut row = vec![day(date), mean(spread.mean(), Unit::Gas(Scale::of(&[scenario])), lang)];
        row.extend(
            BANDS
                .iter()
                .chain(&[1000])
                .map(|part| whole(spread.quantile(*part), Unit::Gas(Scale::of(&[scenario])), lang)),
        );
        section.rows.push(row);
    }
    section.note = Some(Scale::of(&[scenario]).word(Word::FanSoFarOnes, Word::FanSoFar).text(lang));
    Some(section)
}

const WIDE: &str = "fill=\"#9ecae1\" fill-opacity=\"0.55\" stroke=\"#4a90b8\" stroke-width=\"0.8\"";
const MIDDLE: &str = "fill=\"#3182bd\" fill-opacity=\"0.6\" stroke=\"#1f5f93\" stroke-width=\"0.8\"";
