//! What all pictures share: how one begins, words on it, fills that stay apart in black and white, steps of an axis.

pub(super) mod hatch;

use std::fmt::Write;

use crate::Lang;
use crate::render::fmt;

const FONTS: &str = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei','Segoe UI',Helvetica,Arial,sans-serif";

/// Begins a picture of a width and a height: its title, its fills, a white ground.
pub(super) fn begin(to: &mut String, title: &str, (width, height): (f64, f64)) {
    let title = escape(title);
    let _ = writeln!(
        to,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"{FONTS}\" font-size=\"14\" role=\"img\">\n<title>{title}</title>\n<defs>"
    );
    hatch::definitions(to);
    let _ = writeln!(to, "</defs>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>");
}

/// Words at a place; `more` are further attributes.
pub(super) fn text(to: &mut String, (x, y): (f64, f64), anchor: &str, more: &str, text: &str) {
    let text = escape(text);
    let _ = writeln!(to, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" {more}>{text}</text>");
}

pub(super) fn escape(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The marks of an axis of volumes from 0 to `most` m3, about `count` of them: each in m3, and as it is written in the language's unit.
pub(super) fn marks(most: f64, count: f64, lang: Lang) -> Vec<(f64, String)> {
    let unit = if lang == Lang::Zh { 10_000.0 } else { 1.0 };
    let step = nice(most / unit / count) * unit;
    let mut marks = Vec::new();
    let mut volume = 0.0;
    while volume <= most {
        let shown = volume / unit;
        let text = if shown.fract() == 0.0 { fmt::grouped(shown as u64) } else { format!("{shown}") };
        marks.push((volume, text));
        volume += step;
    }
    marks
}

/// 1, 2 or 5 times a power of ten, near a number.
fn nice(number: f64) -> f64 {
    let power = 10f64.powf(number.max(1e-9).log10().floor());
    let lead = number / power;
    let lead = if lead < 1.5 {
        1.0
    } else if lead < 3.5 {
        2.0
    } else if lead < 7.5 {
        5.0
    } else {
        10.0
    };
    lead * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_bring_their_own_marks() {
        assert_eq!(escape("a<b & \"c\"\u{7}"), "a&lt;b &amp; &quot;c&quot;");
    }

    #[test]
    fn steps_of_an_axis_are_round() {
        let steps: Vec<f64> = [0.3, 1.2, 4.0, 61.0, 2_900_000.0].into_iter().map(nice).collect();
        assert_eq!(steps, [0.2, 1.0, 5.0, 50.0, 2_000_000.0]);
    }
}
