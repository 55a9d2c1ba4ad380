//! The calendar as a picture: boxes that differ in outline and filling, so that it can be printed in black and white.
//!
//! Coordinates are the only floats: nothing is decided here.

use std::fmt::Write;

use super::words::Word as Said;
use super::{View, full_days, whole_percent};
use crate::render::fmt;
use crate::render::svg::{self, hatch};
use crate::rota::{CalendarDay, Known};

const WIDTH: f64 = 1200.0;
const LEFT: f64 = 190.0;
const RIGHT: f64 = 1176.0;
/// So many days stand beside each other.
const DAYS: usize = 14;
/// The heights of a row of boxes, and of the heading above them.
const ROW: f64 = 30.0;
const HEAD: f64 = 52.0;
/// The fills of what was issued, what is planned, and what is not known.
const ISSUED: usize = 0;
const PLANNED: usize = 1;
const UNKNOWN: usize = 12;
const NAME: usize = 24;

/// The picture.
pub(crate) fn picture(view: &View<'_>) -> String {
    let bands: Vec<&[CalendarDay]> = view.calendar.days.chunks(DAYS).collect();
    let blocks = view.calendar.blocks.len() as f64;
    let band_height = HEAD + ROW * blocks + 14.0;
    let height = 76.0 + band_height * bands.len() as f64 + 66.0 + 20.0 * blocks;
    let title = view.title();
    let mut to = String::with_capacity(1 << 16);
    svg::begin(&mut to, &title, (WIDTH, height.ceil()));
    svg::text(&mut to, (24.0, 42.0), "start", "font-size=\"22\" font-weight=\"bold\"", &title);
    let mut y = 66.0;
    for band in bands {
        view.draw_band(band, y, &mut to);
        y += band_height;
    }
    view.draw_legend(y + 10.0, &mut to);
    y += 52.0;
    for ((_, name), figures) in view.blocks().zip(&view.calendar.after.blocks) {
        let said = Said::BorneAfter { turns: figures.turns.to_string(), days: full_days(figures.burden, 3) };
        svg::text(&mut to, (LEFT - 10.0, y), "end", "font-size=\"13\"", &fmt::shortened(name, NAME));
        svg::text(&mut to, (LEFT, y), "start", "font-size=\"13\"", &said.text(view.lang));
        y += 20.0;
    }
    let spread = |burdens: &crate::rota::Burdens| full_days(burdens.spread(), 3);
    let said = Said::Spread { so_far: spread(&view.calendar.so_far), after: spread(&view.calendar.after) };
    svg::text(&mut to, (24.0, y + 6.0), "start", "font-size=\"13\"", &said.text(view.lang));
    to.push_str("</svg>\n");
    to
}

/// A box of a kind.
fn outline(to: &mut String, (x, y): (f64, f64), (width, height): (f64, f64), known: &Known) {
    let (fill, more) = match known {
        Known::Confirmed(_) => (ISSUED, "stroke=\"#000\" stroke-width=\"2\""),
        Known::Planned(_) => (PLANNED, "stroke=\"#000\" stroke-width=\"1.2\" stroke-dasharray=\"5 3\""),
        Known::Unknown | Known::NoOrder => (UNKNOWN, "stroke=\"none\""),
    };
    let _ = writeln!(
        to,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"url(#f{fill})\" {more}/>"
    );
}

impl View<'_> {
    fn draw_band(&self, days: &[CalendarDay], top: f64, to: &mut String) {
        let slot = (RIGHT - LEFT) / DAYS as f64;
        let middle = |at: usize| LEFT + slot * (at as f64 + 0.5);
        for (at, day) in days.iter().enumerate() {
            let (month, number) = (day.date.month(), day.date.day());
            svg::text(to, (middle(at), top + 14.0), "middle", "font-size=\"13\"", &format!("{month:02}-{number:02}"));
            if let Some(level) = &day.level {
                let colour = self.policy.levels.iter().find(|known| known.id == *level).map(|known| &*known.colour);
                let (ground, ink) = hatch::level(colour.unwrap_or_default());
                let (x, y) = (middle(at) - 18.0, top + 22.0);
                let _ = writeln!(
                    to,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"36\" height=\"18\" rx=\"3\" fill=\"{ground}\"/>"
                );
                let more = format!("font-size=\"12\" font-weight=\"bold\" fill=\"{ink}\"");
                svg::text(to, (middle(at), top + 35.5), "middle", &more, level);
            }
        }
        for (row, (id, name)) in self.blocks().enumerate() {
            let y = top + HEAD + ROW * row as f64;
            svg::text(to, (LEFT - 10.0, y + 20.0), "end", "font-size=\"13\"", &fmt::shortened(name, NAME));
            for (at, day) in days.iter().enumerate() {
                let (place, size) = ((LEFT + slot * at as f64 + 2.0, y + 2.0), (slot - 4.0, ROW - 4.0));
                let word = match (&day.known, day.turn(id)) {
                    (Known::Unknown, _) => "?".to_owned(),
                    (Known::NoOrder, _) => "-".to_owned(),
                    (_, Some((_, turn))) => format!("{} %", whole_percent(turn.cut_m3, turn.demand_m3)),
                    (_, None) => {
                        let x = middle(at);
                        let _ = writeln!(to, "<circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"1.6\" fill=\"#777\"/>", y + 15.0);
                        continue;
                    }
                };
                if day.turn(id).is_none_or(|(_, turn)| !turn.cut_m3.is_zero()) {
                    outline(to, place, size, &day.known);
                }
                let more = match &day.known {
                    Known::Confirmed(_) => "font-size=\"13\" font-weight=\"bold\"",
                    Known::Planned(_) => "font-size=\"13\" font-style=\"italic\"",
                    _ => "font-size=\"13\" fill=\"#555\"",
                };
                svg::text(to, (middle(at), y + 19.5), "middle", more, &word);
            }
        }
    }

    /// The kinds of boxes that there are.
    fn draw_legend(&self, y: f64, to: &mut String) {
        let mut x = LEFT;
        let mut drawn: Vec<&str> = Vec::new();
        for day in &self.calendar.days {
            let said = match &day.known {
                Known::Confirmed(_) => Said::BoxIssued,
                Known::Planned(_) => Said::BoxPlanned,
                Known::Unknown => Said::BoxUnknown,
                Known::NoOrder => Said::BoxNoOrder,
            };
            if drawn.contains(&super::status(day)) {
                continue;
            }
            drawn.push(super::status(day));
            outline(to, (x, y), (28.0, 17.0), &day.known);
            svg::text(to, (x + 36.0, y + 13.0), "start", "font-size=\"12.5\"", &said.text(self.lang));
            x += 190.0;
        }
        svg::text(to, (x, y + 13.0), "start", "font-size=\"12\" fill=\"#333\"", &Said::CellNote.text(self.lang));
    }
}
