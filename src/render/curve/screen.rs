//! The screen of a curve: the stretches of the line, then what each class and each tier loses at a few shortfalls.

use super::view::{Figures, View, percent, rounded};
use crate::Lang;
use crate::curve::Curve;
use crate::rational::Rational;
use crate::render::page::{Cell, Page, Style};
use crate::render::words::Word;
use crate::render::{GasDay, fmt, screen};
use crate::units::{Fraction, M3};

/// How a screen is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub lang: Lang,
    pub colour: bool,
}

/// Beside the ends of the levels, shares are shown at these shortfalls, in percent.
const SHOWN: [u64; 3] = [30, 50, 75];

/// The most shortfalls that a page has room for.
const MOST_SHOWN: usize = 7;

/// The whole screen of one balance.
pub(crate) fn page(curve: &Curve<'_>, day: &GasDay, look: Look) -> String {
    let (view, lang) = (View::new(curve), look.lang);
    let mut page = Page::new(look.colour);
    page.line(&screen::gas_day(day, lang), Style::Bold);
    head(&mut page, &view, lang);
    page.heading(&Word::CurveStretches.text(lang));
    page.table(stretches(&view, lang));
    let shown = shown(curve);
    page.heading(&Word::CurveByClass.text(lang));
    let classes = view.classes();
    let rows = classes.iter().map(|(class, demand, first)| {
        let label = curve.policy().classes[*class].label.get(lang).to_owned();
        (label, *demand, *first, *class)
    });
    page.table(shares(&view, &shown, rows, |figures| &figures.class_cut, lang));
    page.heading(&Word::CurveByTier.text(lang));
    let tiers = curve.policy().tiers.iter().enumerate().zip(curve.demands().1).filter(|(_, demand)| *demand > 0);
    let rows = tiers.map(|((at, tier), demand)| {
        let (number, label) = (tier.number.to_string(), tier.label.get(lang).to_owned());
        let first = view.first(|figures| figures.tier_cut[at]);
        (Word::TierLine { number, label }.text(lang), demand, first, at)
    });
    page.table(shares(&view, &shown, rows, |figures| &figures.tier_cut, lang));
    page.into_text()
}

fn head(page: &mut Page, view: &View<'_>, lang: Lang) {
    let (curve, policy) = (view.curve, view.curve.policy());
    let (case, name) = (curve.city().settings.name.clone(), policy.name.get(lang).to_owned());
    let (id, version) = (policy.id.clone(), policy.version.clone());
    page.line(&Word::CaseAndPolicy { case, policy: name, id, version }.text(lang), Style::Plain);
    for assignment in &policy.overrides {
        page.line(&Word::Override { assignment: assignment.clone() }.text(lang), Style::Warn);
    }
    page.line(&Word::CurveOf { scope: view.scope(lang) }.text(lang), Style::Bold);
    let (demand, supply) = (fmt::with_unit(curve.demand(), lang), fmt::with_unit(curve.supply(), lang));
    page.line(&Word::CurveLine { demand, supply }.text(lang), Style::Plain);
    page.line(&view.how().text(lang), if curve.is_exact() { Style::Dim } else { Style::Warn });
}

/// Where level or blocks change.
fn stretches(view: &View<'_>, lang: Lang) -> Vec<Vec<Cell>> {
    let head = [Word::CurveFrom, Word::CurveUntil, Word::CurveLevel, Word::CurveBlocks];
    let figures = [Word::CurveShort, Word::CurveCutFrom, Word::CurveCutUntil, Word::CurveBeyond];
    let left = head.iter().map(|word| Cell::left(word.text(lang)).styled(Style::Dim));
    let right = figures.iter().map(|word| Cell::right(word.text(lang)).styled(Style::Dim));
    let mut rows = vec![left.chain(right).collect::<Vec<_>>()];
    for run in view.runs() {
        let pieces = &view.pieces[run];
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { continue };
        let (from, until) = (percent(first.piece.from), percent(last.piece.until));
        let is_point = first.piece.from == last.piece.until;
        let from = match first.piece.from_closed {
            _ if is_point => format!("= {from}"),
            true => format!("≥ {from}"),
            false => format!("> {from}"),
        };
        let until = match last.piece.until_closed {
            _ if is_point => String::new(),
            true => format!("≤ {until}"),
            false => format!("< {until}"),
        };
        let blocks = match (first.piece.by_formula, first.piece.blocks.len()) {
            (0, 0) => String::new(),
            (k, used) if k == used => used.to_string(),
            (k, used) => Word::CurveBlocksMore { used: used.to_string(), by_formula: k.to_string() }.text(lang),
        };
        let volume = |v: Fraction| Cell::right(fmt::volume(rounded(v), lang));
        let beyond = rounded(last.end.firm_loss);
        let loud = if beyond.is_zero() { Style::Plain } else { Style::Loud };
        let short = (Rational::whole(view.curve.demand().get()) - Rational::from(last.end.deliverable)).fraction();
        rows.push(vec![
            Cell::left(from),
            Cell::left(until),
            Cell::left(view.level(first.piece.standing, lang)),
            Cell::left(blocks),
            volume(short),
            volume(first.start.cut),
            volume(last.end.cut),
            Cell::right(fmt::volume(beyond, lang)).styled(loud),
        ]);
    }
    rows
}

/// The shortfalls at which shares are shown.
fn shown(curve: &Curve<'_>) -> Vec<Fraction> {
    let ends = curve.policy().levels.iter().filter_map(|level| level.band).map(|band| band.until.fraction());
    let others = SHOWN.map(|percent| Fraction::new(u128::from(percent), 100));
    let mut shown: Vec<Rational> = ends.chain(others).map(Rational::from).filter(|x| *x < Rational::ONE).collect();
    shown.sort();
    shown.dedup();
    shown.truncate(MOST_SHOWN);
    shown.into_iter().map(Rational::fraction).collect()
}

/// What is cut at these shortfalls, as shares of demand. A row is its label, its demand, where it first loses, and its place.
fn shares(
    view: &View<'_>,
    shown: &[Fraction],
    rows: impl Iterator<Item = (String, u64, Option<Fraction>, usize)>,
    of: impl Fn(&Figures) -> &Vec<Fraction>,
    lang: Lang,
) -> Vec<Vec<Cell>> {
    let mut head =
        vec![Cell::left(""), Cell::right(Word::Demand.text(lang)), Cell::right(Word::CurveLosesFrom.text(lang))];
    let at = |x: &Fraction| Cell::right(Word::CurveAt { x: short_percent(*x) }.text(lang));
    head.extend(shown.iter().map(at));
    let mut table: Vec<Vec<Cell>> = vec![head.into_iter().map(|cell| cell.styled(Style::Dim)).collect()];
    let figures: Vec<Option<Figures>> = shown.iter().map(|x| view.at(*x)).collect();
    for (label, demand, first, place) in rows {
        let mut row = vec![
            Cell::left(label),
            Cell::right(fmt::volume(M3(demand), lang)),
            Cell::right(first.map_or_else(|| "-".to_owned(), percent)),
        ];
        row.extend(figures.iter().map(|figures| {
            let cut = figures.as_ref().and_then(|figures| of(figures).get(place).copied());
            let share = cut.map(|cut| Rational::from(cut).over(Rational::whole(demand)).fraction());
            Cell::right(share.filter(|share| share.numerator() > 0).map_or_else(|| "-".to_owned(), plain))
        }));
        table.push(row);
    }
    table
}

/// A share of demand in percent, whose roundness means nothing and whose sign the heading has: names need the room.
fn plain(share: Fraction) -> String {
    percent(share).trim_start_matches(['<', '>']).trim_end_matches(" %").to_owned()
}

/// `5 %`, not `5.00 %`, in a heading.
fn short_percent(x: Fraction) -> String {
    percent(x).replace(".00", "")
}
