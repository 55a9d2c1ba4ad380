//! The picture of the hours, one balance below the other: what is asked for, served and not, what the sources give, when who is off,
//! and what each district's pipes hold.
//!
//! Coordinates are the only floats: nothing is decided here.

use std::fmt::Write;

use crate::Lang;
use crate::decide::{DistrictHours, HoursUsed};
use crate::render::GasDay;
use crate::render::fmt;
use crate::render::screen::Scene;
use crate::render::svg;
use crate::render::words::Word;
use crate::units::{M3, Milli};

const WIDTH: f64 = 1200.0;
/// The plots, from side to side.
const LEFT: f64 = 190.0;
const RIGHT: f64 = 910.0;
/// How high the chart of a balance is, a row of a stop, and a district's linepack.
const CHART: f64 = 300.0;
const STOP: f64 = 24.0;
const PACK: f64 = 46.0;
/// The fills of what is served, what is not, and linepack: of lines along, across each other, and along again.
const SERVED: usize = 1;
const UNSERVED: usize = 5;
const LINEPACK: usize = 6;
/// The widest name beside a plot, in columns.
const NAME: usize = 24;
const SMALL: &str = "font-size=\"12\"";
const SMALLER: &str = "font-size=\"11\" fill=\"#333\"";
/// What is asked for, and what the sources give.
const ASKED: &str = "stroke=\"#000\" stroke-width=\"1.8\"";
const GIVEN: &str = "stroke=\"#c55a00\" stroke-width=\"6\" stroke-dasharray=\"9 5\"";
/// When the least is reached: a pointer that stands on it.
const LEAST: &str = "<path d=\"M-5,0 h10 l-5,9 Z\" stroke=\"#fff\"/>";
/// Where the hours to the least stand beside the linepack: if nothing is done, and as it is decided.
const HOURS_TO_LEAST: [f64; 2] = [1066.0, 1150.0];

struct Canvas {
    lang: Lang,
    to: String,
    /// Where the next thing is drawn.
    y: f64,
}

/// The picture of balances, the first of them that of the main urban area.
pub(super) fn picture(scenes: &[Scene<'_>], day: &GasDay) -> String {
    let Some(first) = scenes.first() else { return String::new() };
    let lang = first.lang;
    let mut canvas = Canvas { lang, to: String::with_capacity(1 << 16), y: 40.0 };
    let title = Word::HoursTitle.text(lang);
    canvas.text((LEFT, canvas.y), "start", "font-size=\"24\" font-weight=\"bold\"", &title);
    canvas.y += 24.0;
    canvas.text((LEFT, canvas.y), "start", "fill=\"#333\"", &crate::render::screen::gas_day(day, lang));
    for scene in scenes {
        if let Some(hours) = &scene.decision.hours {
            canvas.balance(scene, hours);
        }
    }
    let basis = Word::HoursUnit { basis: first.city.settings.volume_basis.clone() }.text(lang);
    canvas.text((LEFT, canvas.y + 14.0), "start", "font-size=\"11\" fill=\"#555\"", &basis);
    let mut all = String::with_capacity(canvas.to.len() + (1 << 13));
    svg::begin(&mut all, &title, (WIDTH, (canvas.y + 34.0).ceil()));
    all.push_str(&canvas.to);
    all.push_str("</svg>\n");
    all
}

/// A volume, for drawing alone.
fn float(volume: Milli) -> f64 {
    volume.0 as f64 / 1_000.0
}

impl Canvas {
    fn text(&mut self, at: (f64, f64), anchor: &str, more: &str, text: &str) {
        svg::text(&mut self.to, at, anchor, more, text);
    }

    fn balance(&mut self, scene: &Scene<'_>, hours: &HoursUsed) {
        self.y += 34.0;
        let name = scene.how_short().text(self.lang);
        self.text((LEFT, self.y), "start", "font-size=\"16\" font-weight=\"bold\"", &name);
        if let Some(worst) = scene.worst_hour(hours) {
            self.y += 20.0;
            self.text((LEFT, self.y), "start", "fill=\"#333\"", &worst.text(self.lang));
        }
        self.y += 16.0;
        let (top, slot) = (self.y, (RIGHT - LEFT) / hours.clock.len().max(1) as f64);
        self.chart(hours, slot);
        let stops = scene.stops(hours);
        for (name, off) in &stops {
            self.stop(name, off, slot);
        }
        let packs: Vec<_> = hours.by_district.iter().filter(|district| !district.linepack_m3.is_empty()).collect();
        if !packs.is_empty() {
            self.y += 10.0;
            self.hours_to_least();
        }
        for pack in &packs {
            self.linepack(scene, pack, slot);
        }
        self.legend(top, !stops.is_empty(), !packs.is_empty());
    }

    /// What is asked for and served in each hour, and what the sources give.
    fn chart(&mut self, hours: &HoursUsed, slot: f64) {
        let volumes = hours.demand_m3.iter().chain(&hours.given_m3).chain(&hours.served_m3);
        let most = volumes.copied().map(float).fold(1.0, f64::max);
        let (top, bottom) = (self.y, self.y + CHART);
        let at = |volume: Milli| bottom - (CHART - 6.0) * float(volume) / most;
        for (volume, text) in svg::marks(most, 6.0, self.lang) {
            let y = bottom - (CHART - 6.0) * volume / most;
            let _ = writeln!(
                self.to,
                "<path d=\"M{LEFT},{y:.1} H{RIGHT}\" stroke=\"#000\" stroke-opacity=\"0.10\"/><path d=\"M{LEFT},{y:.1} h-6\" stroke=\"#000\"/>"
            );
            self.text((LEFT - 10.0, y + 5.0), "end", "", &text);
        }
        for (h, (demand, served)) in hours.demand_m3.iter().zip(&hours.served_m3).enumerate() {
            let x = LEFT + slot * h as f64;
            for (fill, from, until) in [(SERVED, bottom, at(*served)), (UNSERVED, at(*served), at(*demand))] {
                if from - until > 0.05 {
                    let _ = writeln!(
                        self.to,
                        "<rect x=\"{x:.1}\" y=\"{until:.1}\" width=\"{slot:.1}\" height=\"{:.1}\" fill=\"url(#f{fill})\" stroke=\"#222\" \
                         stroke-width=\"0.6\"/>",
                        from - until
                    );
                }
            }
        }
        let line = |volumes: &[Milli]| -> String {
            let mut path = String::new();
            for (h, volume) in volumes.iter().enumerate() {
                let (from, until) = (LEFT + slot * h as f64, LEFT + slot * (h + 1) as f64);
                let y = at(*volume);
                let _ = write!(path, "{}{from:.1},{y:.1} H{until:.1} ", if h == 0 { 'M' } else { 'L' });
            }
            path
        };
        let (asked, given) = (line(&hours.demand_m3), line(&hours.given_m3));
        let _ = writeln!(
            self.to,
            // Broad dashes under a thin line, so that both are seen where they are one.
            "<path d=\"{given}\" fill=\"none\" {GIVEN}/>\n\
             <path d=\"{asked}\" fill=\"none\" {ASKED}/>\n\
             <path d=\"M{LEFT},{top:.1} V{bottom:.1} H{RIGHT}\" stroke=\"#000\" stroke-width=\"1.4\" fill=\"none\"/>"
        );
        for (h, clock) in hours.clock.iter().enumerate() {
            self.text((LEFT + slot * (h as f64 + 0.5), bottom + 18.0), "middle", SMALL, &format!("{clock:02}"));
        }
        self.text((LEFT - 10.0, bottom + 18.0), "end", SMALL, &Word::Clock.text(self.lang));
        let (x, y) = (LEFT - 92.0, (top + bottom) / 2.0);
        let turned = format!("font-size=\"15\" transform=\"rotate(-90 {x:.1} {y:.1})\"");
        self.text((x, y), "middle", &turned, &Word::HoursAxisY.text(self.lang));
        self.y = bottom + 30.0;
    }

    /// A row of boxes, black where the stop is on.
    fn stop(&mut self, name: &str, off: &[bool], slot: f64) {
        let y = self.y;
        self.text((LEFT - 10.0, y + 13.0), "end", SMALL, &fmt::shortened(name, NAME));
        for (h, _) in off.iter().enumerate().filter(|(_, off)| **off) {
            let x = LEFT + slot * h as f64;
            let _ = writeln!(
                self.to,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{slot:.1}\" height=\"17\" fill=\"#000\" stroke=\"#fff\"/>"
            );
            let white = "font-size=\"13\" font-weight=\"bold\" fill=\"#fff\"";
            self.text((x + slot / 2.0, y + 13.0), "middle", white, "×");
        }
        let _ = writeln!(
            self.to,
            "<rect x=\"{LEFT}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"17\" fill=\"none\" stroke=\"#000\" stroke-width=\"0.7\"/>",
            RIGHT - LEFT
        );
        self.y += STOP;
    }

    /// What a district's pipes hold, from the beginning of the day to its end, between their least and their most.
    fn linepack(&mut self, scene: &Scene<'_>, district: &DistrictHours, slot: f64) {
        let bounds = scene.linepack_bounds(&district.district);
        let volume = |volume: M3| Milli(volume.get() * 1_000);
        let [start, least, most] = bounds.map(|bound| float(volume(bound)));
        let (top, bottom) = (self.y, self.y + PACK - 12.0);
        let at = |level: f64| bottom - (bottom - top) * ((level - least) / (most - least).max(1.0)).clamp(0.0, 1.0);
        let mut path = format!("M{LEFT},{bottom:.1} L{LEFT},{:.1} ", at(start));
        for (h, level) in district.linepack_m3.iter().enumerate() {
            let _ = write!(path, "L{:.1},{:.1} ", LEFT + slot * (h + 1) as f64, at(float(*level)));
        }
        let _ = writeln!(
            self.to,
            "<path d=\"{path}L{RIGHT},{bottom:.1} Z\" fill=\"url(#f{LINEPACK})\" stroke=\"#000\" stroke-width=\"1.4\" stroke-linejoin=\"round\"/>\
             <path d=\"M{LEFT},{top:.1} H{RIGHT} M{LEFT},{bottom:.1} H{RIGHT}\" stroke=\"#000\" stroke-width=\"0.7\" stroke-dasharray=\"2 3\"/>"
        );
        let name = Word::LinepackOf { district: scene.district(&district.district) }.text(self.lang);
        self.text((LEFT - 10.0, bottom - 10.0), "end", SMALL, &fmt::shortened(&name, NAME));
        let [_, least, most] = bounds.map(|bound| fmt::volume(bound, self.lang));
        let words = [(top + 9.0, Word::HoursMost { volume: most }), (bottom + 3.0, Word::HoursLeast { volume: least })];
        for (y, word) in words {
            self.text((RIGHT + 8.0, y), "start", SMALLER, &word.text(self.lang));
        }
        let to_least = scene.hours_to_least(district);
        for (x, hours) in HOURS_TO_LEAST.into_iter().zip(to_least) {
            self.text((x, bottom - 10.0), "middle", SMALL, &super::left(hours).text(self.lang));
        }
        if let [Some(nothing_done), _] = to_least {
            let x = LEFT + slot * float(nothing_done);
            let _ = writeln!(self.to, "<g transform=\"translate({x:.1} {:.1})\">{LEAST}</g>", bottom - 9.0);
        }
        self.y += PACK;
    }

    /// The head of the columns beside the linepack.
    fn hours_to_least(&mut self) {
        let [left, right] = HOURS_TO_LEAST;
        self.text(((left + right) / 2.0, self.y), "middle", SMALLER, &Word::ToMinimum.text(self.lang));
        for (x, word) in [(left, Word::WithoutMeasures), (right, Word::AsDecided)] {
            self.text((x, self.y + 14.0), "middle", SMALLER, &word.text(self.lang));
        }
        self.y += 20.0;
    }

    fn legend(&mut self, top: f64, stops: bool, packs: bool) {
        let (x, mut y) = (RIGHT + 24.0, top + 6.0);
        let entry = |canvas: &mut Self, y: &mut f64, mark: &str, word: &Word| {
            let _ = writeln!(canvas.to, "<g transform=\"translate({x:.1} {y:.1})\">{mark}</g>");
            canvas.text((x + 36.0, *y + 13.0), "start", "font-size=\"12.5\"", &word.text(canvas.lang));
            *y += 25.0;
        };
        let filled = |fill: usize| {
            format!("<rect width=\"28\" height=\"17\" fill=\"url(#f{fill})\" stroke=\"#222\" stroke-width=\"0.8\"/>")
        };
        let line = |look: &str| format!("<path d=\"M0,9 h28\" {look}/>");
        let off = "<rect width=\"28\" height=\"17\" fill=\"#000\"/><text x=\"14\" y=\"13\" text-anchor=\"middle\" font-size=\"13\" \
                   font-weight=\"bold\" fill=\"#fff\">×</text>";
        entry(self, &mut y, &line(ASKED), &Word::HoursAsked);
        entry(self, &mut y, &filled(SERVED), &Word::HoursServed);
        entry(self, &mut y, &filled(UNSERVED), &Word::HoursUnserved);
        entry(self, &mut y, &line(GIVEN), &Word::HoursGiven);
        if stops {
            entry(self, &mut y, off, &Word::HoursOff);
        }
        if packs {
            entry(self, &mut y, &filled(LINEPACK), &Word::HoursLinepack);
            entry(self, &mut y, &format!("<g transform=\"translate(14 3)\">{LEAST}</g>"), &Word::HoursToLeast);
        }
    }
}
