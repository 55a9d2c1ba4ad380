//! The picture of a curve: gas that is not served over the shortfall, stacked by class, under a band of the levels.
//!
//! Coordinates are the only floats: nothing is decided here.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::view::{Ends, View, float, percent};
use crate::Lang;
use crate::curve::Curve;
use crate::policy::Standing;
use crate::rational::Rational;
use crate::render::svg;
use crate::render::svg::hatch::{self, FILLS};
use crate::render::words::Word;
use crate::render::{GasDay, fmt};
use crate::units::Fraction;

const WIDTH: f64 = 1200.0;
const HEIGHT: f64 = 690.0;
/// The plot itself.
const LEFT: f64 = 128.0;
const RIGHT: f64 = 850.0;
const TOP: f64 = 158.0;
const BOTTOM: f64 = 610.0;

/// A layer of the stack: a class, or all those that lose little together.
struct Layer {
    label: String,
    classes: Vec<usize>,
    fill: usize,
}

struct Canvas<'v> {
    view: &'v View<'v>,
    lang: Lang,
    layers: Vec<Layer>,
    demand: f64,
    to: String,
}

/// The picture of one balance.
pub(crate) fn picture(curve: &Curve<'_>, day: &GasDay, lang: Lang) -> String {
    let view = View::new(curve);
    let demand = curve.demand().get() as f64;
    let mut canvas =
        Canvas { view: &view, lang, layers: layers(&view, lang), demand, to: String::with_capacity(1 << 16) };
    canvas.begin();
    canvas.titles(day);
    canvas.levels();
    canvas.axes();
    canvas.stack();
    canvas.beyond();
    canvas.short();
    canvas.legend();
    canvas.to.push_str("</svg>\n");
    canvas.to
}

/// Who loses first is at the bottom. Where there are more classes than fills, those that lose least are joined.
fn layers(view: &View<'_>, lang: Lang) -> Vec<Layer> {
    let classes = view.classes();
    let most = FILLS - 1;
    let mut small: Vec<(u64, usize)> = classes.iter().map(|(class, demand, _)| (*demand, *class)).collect();
    small.sort_unstable();
    let joined = if classes.len() > most { classes.len() - (most - 1) } else { 0 };
    let others: Vec<usize> = small.into_iter().take(joined).map(|(_, class)| class).collect();
    let label = |class: usize| view.curve.policy().classes[class].label.get(lang).to_owned();
    let own = classes.iter().map(|(class, ..)| *class).filter(|class| !others.contains(class));
    let mut layers: Vec<Layer> =
        own.enumerate().map(|(fill, class)| Layer { label: label(class), classes: vec![class], fill }).collect();
    if !others.is_empty() {
        let label = Word::CurveOthers { count: others.len().to_string() }.text(lang);
        layers.push(Layer { label, classes: others, fill: FILLS - 1 });
    }
    layers
}

impl Canvas<'_> {
    fn x(shortfall: Fraction) -> f64 {
        LEFT + (RIGHT - LEFT) * float(shortfall)
    }

    fn y(&self, volume: f64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * volume / self.demand.max(1.0)
    }

    fn text(&mut self, (x, y): (f64, f64), anchor: &str, more: &str, text: &str) {
        svg::text(&mut self.to, (x, y), anchor, more, text);
    }

    fn begin(&mut self) {
        svg::begin(&mut self.to, &Word::CurveTitle.text(self.lang), (WIDTH, HEIGHT));
    }

    fn titles(&mut self, day: &GasDay) {
        let (curve, lang) = (self.view.curve, self.lang);
        let title = Word::CurveTitle.text(lang);
        self.text((LEFT, 40.0), "start", "font-size=\"24\" font-weight=\"bold\"", &title);
        let (case, scope) = (curve.city().settings.name.clone(), self.view.scope(lang));
        let (date, policy) = (day.date.to_string(), curve.policy().name.get(lang).to_owned());
        let about = Word::CurveAbout { case, scope, date, policy }.text(lang);
        self.text((LEFT, 64.0), "start", "fill=\"#333\"", &about);
        let demand = fmt::with_unit(curve.demand(), lang);
        let how = self.view.how();
        let line = Word::CurveSmall { demand, how: how.text(lang) }.text(lang);
        self.text((LEFT, 84.0), "start", "font-size=\"12\" fill=\"#555\"", &line);
    }

    /// The band of the levels, and a tick wherever one block more takes its turn.
    fn levels(&mut self) {
        let mut bands: Vec<(Standing, Fraction, Fraction)> = Vec::new();
        for ends in &self.view.pieces {
            let piece = ends.piece;
            match bands.last_mut() {
                Some(band) if band.0 == piece.standing => band.2 = piece.until,
                _ => bands.push((piece.standing, piece.from, piece.until)),
            }
        }
        let (top, bottom) = (104.0, 130.0);
        for (i, (standing, from, until)) in bands.iter().enumerate() {
            let Standing::At(level) = standing else { continue };
            let Some(level) = self.view.curve.policy().levels.get(*level) else { continue };
            let (colour, ink) = hatch::level(&level.colour);
            let (x0, x1) = (Self::x(*from), Self::x(*until));
            let width_px = x1 - x0;
            let _ = writeln!(
                self.to,
                "<rect x=\"{x0:.1}\" y=\"{top}\" width=\"{width_px:.1}\" height=\"{:.1}\" fill=\"{colour}\" stroke=\"#000\" stroke-width=\"0.8\"/>\
                 <rect x=\"{x0:.1}\" y=\"{TOP}\" width=\"{width_px:.1}\" height=\"{:.1}\" fill=\"{colour}\" fill-opacity=\"{}\"/>",
                bottom - top,
                BOTTOM - TOP,
                if i % 2 == 0 { "0.10" } else { "0.05" }
            );
            if i > 0 {
                let _ = writeln!(
                    self.to,
                    "<path d=\"M{x0:.1},{bottom} V{BOTTOM}\" stroke=\"#000\" stroke-width=\"0.7\" stroke-dasharray=\"2 3\"/>"
                );
            }
            // The whole name where there is room for it, else the id, small if need be.
            let (label, id) = (level.label.get(self.lang), level.id.as_str());
            let sizes = [(label, 13.0), (id, 13.0), (id, 10.0)];
            let fits = |(name, size): &&(&str, f64)| name.width() as f64 * size * 0.58 + 3.0 < width_px;
            if let Some((name, size)) = sizes.iter().find(fits) {
                let more = format!("font-size=\"{size}\" font-weight=\"bold\" fill=\"{ink}\"");
                self.text(((x0 + x1) / 2.0, bottom - 8.0), "middle", &more, name);
            }
        }
        self.blocks();
    }

    fn blocks(&mut self) {
        let runs = self.view.runs();
        let pieces: Vec<&Ends<'_>> = runs.iter().filter_map(|run| self.view.pieces.get(run.start)).collect();
        let mut last = 0;
        let mut free = LEFT;
        for ends in pieces {
            let blocks = ends.piece.blocks.len();
            if blocks == last || blocks == 0 {
                last = blocks;
                continue;
            }
            last = blocks;
            let x = Self::x(ends.piece.from);
            let _ = writeln!(self.to, "<path d=\"M{x:.1},130 V140\" stroke=\"#000\" stroke-width=\"1.2\"/>");
            if x >= free {
                self.text((x, 152.0), "middle", "font-size=\"11\"", &blocks.to_string());
                free = x + 15.0;
            }
        }
        if last > 0 {
            let label = Word::CurveBlocksOnTurn.text(self.lang);
            self.text((RIGHT + 14.0, 152.0), "start", "font-size=\"11\" fill=\"#333\"", &label);
        }
    }

    fn axes(&mut self) {
        let (left, right) = (LEFT, RIGHT);
        for tenth in 0..=10u64 {
            let x = Self::x(Fraction::new(u128::from(tenth), 10));
            let _ = writeln!(
                self.to,
                "<path d=\"M{x:.1},{TOP} V{BOTTOM}\" stroke=\"#000\" stroke-opacity=\"0.08\"/><path d=\"M{x:.1},{BOTTOM} v6\" stroke=\"#000\"/>"
            );
            self.text((x, BOTTOM + 22.0), "middle", "", &format!("{}", tenth * 10));
        }
        for (volume, text) in svg::marks(self.demand, 6.0, self.lang) {
            let y = self.y(volume);
            let _ = writeln!(
                self.to,
                "<path d=\"M{left},{y:.1} H{right}\" stroke=\"#000\" stroke-opacity=\"0.10\"/><path d=\"M{left},{y:.1} h-6\" stroke=\"#000\"/>"
            );
            self.text((LEFT - 10.0, y + 5.0), "end", "", &text);
        }
        let _ = writeln!(
            self.to,
            "<path d=\"M{left},{TOP} V{BOTTOM} H{right}\" stroke=\"#000\" stroke-width=\"1.4\" fill=\"none\"/>"
        );
        let below = Word::CurveAxisX.text(self.lang);
        self.text(((LEFT + RIGHT) / 2.0, BOTTOM + 48.0), "middle", "font-size=\"15\"", &below);
        let beside = Word::CurveAxisY.text(self.lang);
        let (x, y) = (28.0, (TOP + BOTTOM) / 2.0);
        let turned = format!("font-size=\"15\" transform=\"rotate(-90 {x:.1} {y:.1})\"");
        self.text((x, y), "middle", &turned, &beside);
    }

    /// What the layers up to one have lost, at the ends of each piece.
    fn tops(&self, upto: usize) -> Vec<(f64, f64)> {
        let classes: Vec<usize> =
            self.layers.iter().take(upto).flat_map(|layer| layer.classes.iter().copied()).collect();
        let sum = |cuts: &[Fraction]| classes.iter().map(|class| float(cuts[*class])).sum::<f64>();
        self.view.pieces.iter().map(|ends| (sum(&ends.start.class_cut), sum(&ends.end.class_cut))).collect()
    }

    fn stack(&mut self) {
        for i in 0..self.layers.len() {
            let (below, above) = (self.tops(i), self.tops(i + 1));
            let mut path = String::new();
            let edge = |tops: &[(f64, f64)], canvas: &Self| -> Vec<(f64, f64)> {
                let pieces = canvas.view.pieces.iter().zip(tops);
                let ends = |(ends, (start, end)): (&Ends<'_>, &(f64, f64))| {
                    [(Self::x(ends.piece.from), canvas.y(*start)), (Self::x(ends.piece.until), canvas.y(*end))]
                };
                pieces.flat_map(ends).collect()
            };
            let mut outline = edge(&above, self);
            outline.dedup();
            let mut back = edge(&below, self);
            back.dedup();
            for (at, (x, y)) in outline.iter().chain(back.iter().rev()).enumerate() {
                let _ = write!(path, "{}{x:.1},{y:.1} ", if at == 0 { 'M' } else { 'L' });
            }
            let fill = self.layers[i].fill;
            let _ = writeln!(
                self.to,
                "<path d=\"{path}Z\" fill=\"url(#f{fill})\" stroke=\"#222\" stroke-width=\"0.9\" stroke-linejoin=\"round\"/>"
            );
        }
        for i in 0..self.layers.len() {
            self.direct_label(i);
        }
    }

    /// Writes a layer's name into it where it is thickest, if it is thick enough for letters.
    fn direct_label(&mut self, layer: usize) {
        let (below, above) = (self.tops(layer), self.tops(layer + 1));
        let label = self.layers[layer].label.clone();
        let half = label.width() as f64 * 6.6 / 2.0 + 4.0;
        // Where the whole label has room: sampled along the plot, for the eye alone.
        let at = |tops: &[(f64, f64)], x: f64| -> f64 {
            let pieces = self.view.pieces.iter().zip(tops);
            let held = pieces.filter(|(ends, _)| Self::x(ends.piece.from) <= x && x <= Self::x(ends.piece.until));
            let value = |(ends, (start, end)): (&Ends<'_>, &(f64, f64))| {
                let (x0, x1) = (Self::x(ends.piece.from), Self::x(ends.piece.until));
                if x1 > x0 { start + (end - start) * (x - x0) / (x1 - x0) } else { *start }
            };
            held.map(value).next_back().unwrap_or(0.0)
        };
        let room = |x: f64| {
            let tries = [x - half, x - half / 2.0, x, x + half / 2.0, x + half];
            let low = tries.iter().map(|x| self.y(at(&below, *x))).fold(f64::MAX, f64::min);
            let high = tries.iter().map(|x| self.y(at(&above, *x))).fold(f64::MIN, f64::max);
            (low - high, (low + high) / 2.0)
        };
        let mut best: Option<(f64, f64, f64)> = None;
        let mut x = LEFT + half + 4.0;
        while x < RIGHT - half - 2.0 {
            let (thick, middle) = room(x);
            if best.is_none_or(|(most, ..)| thick > most + 0.5) {
                best = Some((thick, x, middle));
            }
            x += 6.0;
        }
        if let Some((thick, x, y)) = best.filter(|(thick, ..)| *thick >= 15.0) {
            let _ = thick;
            let halo = "font-size=\"13\" font-weight=\"bold\" stroke=\"#ffffff\" stroke-width=\"4\" stroke-linejoin=\"round\" \
                        paint-order=\"stroke\"";
            self.text((x, y + 4.6), "middle", halo, &label);
        }
    }

    /// A black bar along the foot wherever firm gas is cut that the level lets nobody cut.
    fn beyond(&mut self) {
        let none = Fraction::new(0, 1);
        let mut stretches: Vec<(f64, f64)> = Vec::new();
        for ends in self.view.pieces.iter().filter(|ends| ends.start.firm_loss != none || ends.end.firm_loss != none) {
            let (from, until) = (Self::x(ends.piece.from), Self::x(ends.piece.until));
            match stretches.last_mut() {
                Some(last) if from - last.1 < 0.01 => last.1 = until,
                _ => stretches.push((from, until)),
            }
        }
        for (from, until) in &stretches {
            let wide = (until - from).max(1.0);
            let _ = writeln!(
                self.to,
                "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"9\" fill=\"#000\"/>",
                BOTTOM + 26.0
            );
        }
    }

    /// The shortage itself, as a line over the stack: above it more is off than is short.
    fn short(&mut self) {
        let mut path = String::new();
        for (i, ends) in self.view.pieces.iter().enumerate() {
            let at = |deliverable: Fraction| self.y(self.demand - float(deliverable));
            let (from, until) = (Self::x(ends.piece.from), Self::x(ends.piece.until));
            let (start, end) = (at(ends.start.deliverable), at(ends.end.deliverable));
            let _ = write!(path, "{}{from:.1},{start:.1} L{until:.1},{end:.1} ", if i == 0 { 'M' } else { 'L' });
        }
        let _ = writeln!(
            self.to,
            "<path d=\"{path}\" fill=\"none\" stroke=\"#fff\" stroke-width=\"4.5\"/><path d=\"{path}\" fill=\"none\" stroke=\"#000\" \
             stroke-width=\"2\" stroke-dasharray=\"9 4\"/>"
        );
    }

    fn legend(&mut self) {
        let x = RIGHT + 16.0;
        let heading = Word::CurveLegend.text(self.lang);
        self.text((x, TOP + 18.0), "start", "font-size=\"13\" font-weight=\"bold\"", &heading);
        let mut y = TOP + 32.0;
        for layer in (0..self.layers.len()).rev() {
            let (fill, label) = (self.layers[layer].fill, self.layers[layer].label.clone());
            let first = self.layers[layer]
                .classes
                .iter()
                .filter_map(|class| self.view.first(|figures| figures.class_cut[*class]));
            let first = first.map(Rational::from).min().map_or_else(|| "-".to_owned(), |x| percent(x.fraction()));
            let _ = writeln!(
                self.to,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"26\" height=\"17\" fill=\"url(#f{fill})\" stroke=\"#222\" stroke-width=\"0.8\"/>"
            );
            let label = fmt::shortened(&label, 34);
            self.text((x + 34.0, y + 13.0), "start", "font-size=\"12.5\"", &label);
            self.text((WIDTH - 16.0, y + 13.0), "end", "font-size=\"11.5\" fill=\"#333\"", &first);
            y += 23.5;
        }
        y += 12.0;
        let _ = writeln!(
            self.to,
            "<path d=\"M{x:.1},{y:.1} h26\" stroke=\"#000\" stroke-width=\"2\" stroke-dasharray=\"9 4\"/>\
             <rect x=\"{x:.1}\" y=\"{:.1}\" width=\"26\" height=\"9\" fill=\"#000\"/>",
            y + 16.0
        );
        let (short, beyond) = (Word::CurveShortLine.text(self.lang), Word::CurveBeyondBar.text(self.lang));
        self.text((x + 34.0, y + 4.5), "start", "font-size=\"12.5\"", &short);
        self.text((x + 34.0, y + 25.0), "start", "font-size=\"12.5\"", &beyond);
        let basis = Word::Unit { basis: self.view.curve.city().settings.volume_basis.clone() }.text(self.lang);
        self.text((LEFT, HEIGHT - 12.0), "start", "font-size=\"11\" fill=\"#555\"", &basis);
    }
}
