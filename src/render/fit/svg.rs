//! A picture of what was taken against the temperature, with the model's line: a panel a class. Kinds of days differ in form, so that it can
//! be printed in black and white.
//!
//! Coordinates are the only floats: nothing is decided here.

use std::fmt::Write;

use super::words::Word;
use super::{View, fixed};
use crate::forecast::{ClassModel, FittedDay, FittedKind, Thousandths};
use crate::render::fmt;
use crate::render::svg;
use crate::units::M3;

const WIDTH: f64 = 1200.0;
/// Panels beside each other, and their size.
const ACROSS: usize = 3;
const PANEL: (f64, f64) = (384.0, 270.0);
/// The picture begins below its title and legend.
const TOP: f64 = 104.0;
/// The plot inside a panel: left, top, width, height.
const PLOT: (f64, f64, f64, f64) = (72.0, 44.0, 292.0, 176.0);
const CLASS: usize = 40;

/// The whole picture.
pub(crate) fn picture(view: &View<'_>) -> String {
    let lang = view.lang;
    let rows = view.fitted.days.len().div_ceil(ACROSS);
    let mut to = String::with_capacity(1 << 18);
    let title = Word::Title { history: view.history.origin.name() }.text(lang);
    svg::begin(&mut to, &title, (WIDTH, TOP + PANEL.1 * rows as f64 + 20.0));
    svg::text(&mut to, (24.0, 42.0), "start", "font-size=\"22\" font-weight=\"bold\"", &title);
    legend(view, &mut to);
    for (at, (class, _, days)) in view.rows().enumerate() {
        let corner = (16.0 + PANEL.0 * (at % ACROSS) as f64, TOP + PANEL.1 * (at / ACROSS) as f64);
        panel(view, class, days, corner, &mut to);
    }
    to.push_str("</svg>\n");
    to
}

const KINDS: [(FittedKind, Word); 3] =
    [(FittedKind::Workday, Word::Workday), (FittedKind::Weekend, Word::Weekend), (FittedKind::Holiday, Word::Holiday)];

fn legend(view: &View<'_>, to: &mut String) {
    let mut x = 30.0;
    for (kind, word) in KINDS {
        marks(&[(x, 68.0)], kind, to);
        let text = word.text(view.lang);
        svg::text(to, (x + 10.0, 73.0), "start", "font-size=\"13\"", &text);
        x += 130.0;
    }
    let _ = writeln!(to, "<path d=\"M{x:.1} 68h26\" stroke=\"#000\" stroke-width=\"2\" fill=\"none\"/>");
    svg::text(to, (x + 34.0, 73.0), "start", "font-size=\"13\"", &Word::Line.text(view.lang));
    let threshold = view.fitted.model.model.threshold.to_string();
    let (axis, unit) = (Word::AxisX { threshold }, Word::Unit { basis: view.city.settings.volume_basis.clone() });
    let said = format!("{} · {}", axis.text(view.lang), unit.text(view.lang));
    svg::text(to, (x + 230.0, 73.0), "start", "font-size=\"13\" fill=\"#333\"", &said);
}

/// Marks of a kind of day at some places, as one path.
fn marks(places: &[(f64, f64)], kind: FittedKind, to: &mut String) {
    if places.is_empty() {
        return;
    }
    let mut path = String::with_capacity(places.len() * 16);
    for (x, y) in places {
        let _ = match kind {
            FittedKind::Workday | FittedKind::WarmUp => write!(path, "M{x:.1} {y:.1}h0"),
            FittedKind::Weekend => write!(path, "M{:.1} {y:.1}h4", x - 2.0),
            FittedKind::Holiday => write!(path, "M{:.1} {:.1}l5 5m0 -5l-5 5", x - 2.5, y - 2.5),
        };
    }
    let stroke = match kind {
        FittedKind::Workday | FittedKind::WarmUp => "#0072b2\" stroke-width=\"3.2\" stroke-linecap=\"round",
        FittedKind::Weekend => "#009e73\" stroke-width=\"1.6",
        FittedKind::Holiday => "#d55e00\" stroke-width=\"1.4",
    };
    let _ = writeln!(to, "<path d=\"{path}\" fill=\"none\" stroke=\"{stroke}\"/>");
}

fn panel(view: &View<'_>, class: &ClassModel, days: &[FittedDay], (left, top): (f64, f64), to: &mut String) {
    let lang = view.lang;
    let shown: Vec<&FittedDay> = days.iter().filter(|day| day.kind != FittedKind::WarmUp).collect();
    let threshold = f64::from(view.fitted.model.model.threshold.get()) / 100.0;
    let temperature = |degrees: u64| threshold - degrees as f64 / 10_000.0;
    let most_degrees = shown.iter().map(|day| day.degrees).max().unwrap_or(0);
    let coldest = (temperature(most_degrees) / 5.0).floor() * 5.0;
    let warmest = (threshold / 5.0).ceil() * 5.0;
    let line = |degrees: u64| volume(class, degrees);
    let highest = shown.iter().map(|day| day.taken).chain([line(most_degrees)]).max().unwrap_or(0);
    let most = (highest as f64 * 1.05).max(1.0);
    let (x0, y0, width, height) = (left + PLOT.0, top + PLOT.1, PLOT.2, PLOT.3);
    let x = |degrees: u64| x0 + width * (temperature(degrees) - coldest) / (warmest - coldest).max(1.0);
    let y = |volume: u64| y0 + height * (1.0 - volume as f64 / most);
    let name = fmt::shortened(&view.label(class), CLASS);
    svg::text(to, (x0, top + 18.0), "start", "font-size=\"15\" font-weight=\"bold\"", &name);
    if let Some(fit) = view.fitted.model.fits.get(&class.class) {
        let (r2, mape) = (fixed(fit.inside.r2, 6, 3), fixed(fit.inside.mape as i64, 4, 2));
        let said = Word::Panel { r2, mape }.text(lang);
        svg::text(to, (x0, top + 36.0), "start", "font-size=\"12\" fill=\"#333\"", &said);
    }
    let _ = writeln!(to, "<path d=\"M{x0:.1} {y0:.1}v{height:.1}h{width:.1}\" fill=\"none\" stroke=\"#000\"/>");
    for (volume, text) in svg::marks(most, 4.0, lang) {
        let at = y0 + height * (1.0 - volume / most);
        let _ = writeln!(to, "<path d=\"M{x0:.1} {at:.1}h{width:.1}\" stroke=\"#ddd\"/>");
        svg::text(to, (x0 - 6.0, at + 4.0), "end", "font-size=\"11.5\"", &text);
    }
    let mut at = coldest;
    while at <= warmest {
        let place = x0 + width * (at - coldest) / (warmest - coldest).max(1.0);
        svg::text(to, (place, y0 + height + 17.0), "middle", "font-size=\"11.5\"", &format!("{at:.0}"));
        at += 5.0;
    }
    for (kind, _) in KINDS {
        let of_kind = shown.iter().filter(|day| day.kind == kind);
        let places: Vec<(f64, f64)> = of_kind.map(|day| (x(day.degrees), y(day.taken))).collect();
        marks(&places, kind, to);
    }
    let (from, until) = ((x(most_degrees), y(line(most_degrees))), (x(0), y(line(0))));
    let _ = writeln!(
        to,
        "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"#000\" stroke-width=\"2\" fill=\"none\"/>",
        from.0, from.1, until.0, until.1
    );
}

/// What a class takes on a plain workday, in m3.
fn volume(class: &ClassModel, degrees: u64) -> u64 {
    let thousandths: Thousandths = class.base + class.per_degree * degrees / 10_000;
    M3((thousandths + 500) / 1000).get()
}
