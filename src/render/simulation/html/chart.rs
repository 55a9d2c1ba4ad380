//! What the pictures of a page share. Coordinates are the only floats: nothing is decided here.

use std::fmt::Write;

use super::words::Word;
use crate::Lang;
use crate::render::fmt;
use crate::render::simulation::Scale;
use crate::render::svg;

/// All pictures are as wide as this.
pub(super) const WIDTH: f64 = 960.0;

/// Inks that stay apart for eyes that see red and green alike (Okabe and Ito), with dashes that stay apart in black and white.
pub(super) const LINES: [(&str, &str); 6] = [
    ("#000000", ""),
    ("#0072b2", "8 4"),
    ("#d55e00", "2 4"),
    ("#009e73", "12 4 2 4"),
    ("#cc79a7", "5 3"),
    ("#8a6d00", "1 3"),
];

/// A picture in the making.
pub(super) struct Chart {
    to: String,
    pub lang: Lang,
    /// The plot itself.
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Chart {
    /// Begins a picture of a height, of which the plot has so much: its title and what it shows, for those who do not see it.
    pub fn new(id: &str, title: &str, says: &str, height: f64, plot: [f64; 4], lang: Lang) -> Self {
        let (title, says) = (svg::escape(title), svg::escape(says));
        let mut to = String::with_capacity(1 << 14);
        let _ = writeln!(
            to,
            "<svg class=\"picture\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-size=\"14\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-says\">\n<title id=\"{id}-title\">{title}</title><desc id=\"{id}-says\">{says}</desc>\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>"
        );
        let [left, right, top, bottom] = plot;
        Self { to, lang, left, right, top, bottom }
    }

    /// The picture.
    pub fn end(mut self) -> String {
        self.to.push_str("</svg>");
        self.to
    }

    /// A place along the plot, from 0 at its left.
    pub fn x(&self, part: f64) -> f64 {
        self.left + (self.right - self.left) * part
    }

    /// A height in the plot, from 0 at its bottom.
    pub fn y(&self, part: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * part
    }

    pub fn text(&mut self, at: (f64, f64), anchor: &str, more: &str, text: &str) {
        svg::text(&mut self.to, at, anchor, more, text);
    }

    /// Any mark.
    pub fn mark(&mut self, mark: &str) {
        self.to.push_str(mark);
        self.to.push('\n');
    }

    /// A rectangle.
    pub fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), more: &str) {
        let _ =
            writeln!(self.to, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" {more}/>");
    }

    /// A line through points.
    pub fn line(&mut self, points: &[(f64, f64)], (ink, dashes): (&str, &str), width: f64) {
        let path = path(points);
        let dashes = if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
        let _ = writeln!(
            self.to,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{dashes}/>"
        );
    }

    /// An area inside points.
    pub fn area(&mut self, points: &[(f64, f64)], more: &str) {
        let path = path(points);
        let _ = writeln!(self.to, "<path d=\"{path}Z\" {more}/>");
    }

    /// The left and the lower edge.
    pub fn axes(&mut self) {
        let (left, right, top, bottom) = (self.left, self.right, self.top, self.bottom);
        let _ = writeln!(
            self.to,
            "<path d=\"M{left:.1},{top:.1} V{bottom:.1} H{right:.1}\" stroke=\"#000\" stroke-width=\"1.4\" fill=\"none\"/>"
        );
    }

    /// A mark of the axis beside the plot.
    pub fn tick_y(&mut self, part: f64, label: &str) {
        let (y, left, right) = (self.y(part), self.left, self.right);
        let _ = writeln!(
            self.to,
            "<path d=\"M{left:.1},{y:.1} H{right:.1}\" stroke=\"#000\" stroke-opacity=\"0.12\"/><path d=\"M{left:.1},{y:.1} h-6\" stroke=\"#000\"/>"
        );
        self.text((left - 10.0, y + 5.0), "end", "", label);
    }

    /// A mark of the axis below the plot.
    pub fn tick_x(&mut self, part: f64, label: &str) {
        let (x, top, bottom) = (self.x(part), self.top, self.bottom);
        let _ = writeln!(
            self.to,
            "<path d=\"M{x:.1},{top:.1} V{bottom:.1}\" stroke=\"#000\" stroke-opacity=\"0.12\"/><path d=\"M{x:.1},{bottom:.1} v6\" stroke=\"#000\"/>"
        );
        self.text((x, bottom + 22.0), "middle", "", label);
    }

    /// What the axis below is of.
    pub fn below(&mut self, label: &str) {
        self.text(((self.left + self.right) / 2.0, self.bottom + 44.0), "middle", "fill=\"#333\"", label);
    }

    /// What the axis beside is of, above it.
    pub fn beside(&mut self, label: &str) {
        self.text((8.0, self.top - 12.0), "start", "fill=\"#333\"", label);
    }

    /// An axis of volumes from 0 to `most` m3, in m3, in thousands of them, or in 万.
    pub fn volumes(&mut self, most: f64, scale: Scale) {
        self.beside(&scale.word(Word::AxisGasOnes, Word::AxisGas).text(self.lang));
        // Marks in Chinese are in 万 of their own accord.
        let (unit, lang) = match (scale, self.lang) {
            (Scale::Ones, _) => (1.0, Lang::En),
            (Scale::Large, Lang::En) => (1000.0, Lang::En),
            (Scale::Large, Lang::Zh) => (1.0, Lang::Zh),
        };
        for (volume, label) in svg::marks(most / unit, 5.0, lang) {
            self.tick_y(volume * unit / most, &label);
        }
    }

    /// An axis of winters from the mildest to the rarest of so many.
    pub fn rarities(&mut self, winters: u64) {
        for n in round_numbers().take_while(|n| *n <= winters.max(2)) {
            self.tick_x(rarity(n as f64, winters), &fmt::grouped(n));
        }
        let label = Word::OnceIn.text(self.lang);
        self.below(&label);
    }

    /// One entry of a legend: a line.
    pub fn legend_line(&mut self, (x, y): (f64, f64), style: (&str, &str), width: f64, label: &str) {
        self.line(&[(x, y - 5.0), (x + 34.0, y - 5.0)], style, width);
        self.text((x + 42.0, y), "start", "", label);
    }

    /// One entry of a legend: a fill.
    pub fn legend_fill(&mut self, (x, y): (f64, f64), more: &str, label: &str) {
        self.rect((x, y - 12.0), (22.0, 14.0), more);
        self.text((x + 30.0, y), "start", "", label);
    }
}

/// 1, 2, 5, 10, 20, 50, ... without an end.
fn round_numbers() -> impl Iterator<Item = u64> {
    (0..19).flat_map(|power| [1, 2, 5].map(|lead: u64| lead.saturating_mul(10u64.saturating_pow(power))))
}

/// Where the winters that come once in so many are, from 0 at the mildest to 1 at the rarest of all there are.
pub(super) fn rarity(once_in: f64, winters: u64) -> f64 {
    (once_in.max(1.0).ln() / (winters.max(2) as f64).ln()).min(1.0)
}

/// Steps of a spread on the axis of rarity: where each begins, where it ends, and its value.
pub(super) fn steps(values: impl Iterator<Item = (u64, u64)>, winters: u64) -> Vec<(f64, f64, f64)> {
    let (all, mut below) = (winters as f64, 0u64);
    let once_in = |below: u64| if below >= winters { all } else { all / (winters - below) as f64 };
    values
        .map(|(value, count)| {
            let from = rarity(once_in(below), winters);
            below += count;
            (from, rarity(once_in(below), winters), value as f64)
        })
        .collect()
}

fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    let mut last: Option<(f64, f64)> = None;
    for (at, (x, y)) in points.iter().enumerate() {
        // Thousands of steps fit into a picture of hundreds of points.
        let near = last.is_some_and(|(before, height)| (x - before).abs() < 0.4 && (y - height).abs() < 0.4);
        if near && at + 1 < points.len() {
            continue;
        }
        let _ = write!(path, "{}{x:.1},{y:.1} ", if last.is_none() { 'M' } else { 'L' });
        last = Some((*x, *y));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarest_of_winters_stands_at_the_end() {
        // Four winters of 0, 0, 5 and 9: 5 is reached by one in two, 9 by one in four.
        let steps = steps([(0, 2), (5, 1), (9, 1)].into_iter(), 4);
        let wanted = [(0.0, 0.5, 0.0), (0.5, 1.0, 5.0), (1.0, 1.0, 9.0)];
        for (own, wanted) in steps.iter().zip(wanted) {
            let apart = (own.0 - wanted.0).abs() + (own.1 - wanted.1).abs() + (own.2 - wanted.2).abs();
            assert!(apart < 1e-12, "{steps:?}");
        }
        assert!(round_numbers().take(7).eq([1, 2, 5, 10, 20, 50, 100]));
    }
}
