//! Shortfalls and stretches of them in words.

use crate::Lang;
use crate::prove::Interval;
use crate::rational::Rational;
use crate::render::curve::percent;
use crate::units::Fraction;

/// A shortfall in percent: exactly if it has at most four decimals, else rounded and marked, with the fraction beside it.
pub(super) fn shortfall(x: Fraction) -> String {
    let hundred = Rational::from(x) * Rational::whole(100);
    let scaled = hundred * Rational::whole(10_000);
    if scaled.is_whole() {
        let units = scaled.numerator();
        let text = format!("{}.{:04}", units / 10_000, units % 10_000);
        return format!("{} %", text.trim_end_matches('0').trim_end_matches('.'));
    }
    let rounded = percent(x).trim_start_matches(['<', '>']).to_owned();
    let (n, d) = (hundred.numerator(), hundred.denominator());
    // A fraction that nobody can read says nothing; the data has it.
    if d < 100_000 { format!("≈ {rounded} ({n}/{d} %)") } else { format!("≈ {rounded}") }
}

/// A stretch, with the ends that belong to it.
pub(super) fn interval(interval: &Interval, lang: Lang) -> String {
    if interval.from == interval.until {
        return shortfall(interval.from);
    }
    let (lower, upper) = (if interval.from_closed { "≥" } else { ">" }, if interval.until_closed { "≤" } else { "<" });
    let (from, until) = (shortfall(interval.from), shortfall(interval.until));
    match lang {
        Lang::En => format!("{lower} {from} to {upper} {until}"),
        Lang::Zh => format!("{lower} {from} 至 {upper} {until}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortfalls_are_exact_where_they_can_be_written() {
        for ((n, d), text) in [
            ((1, 20), "5 %"),
            ((1, 8), "12.5 %"),
            ((1, 3), "≈ 33.33 % (100/3 %)"),
            ((0, 1), "0 %"),
            ((1, 1), "100 %"),
            ((123_457, 1_000_003), "≈ 12.35 %"),
        ] {
            assert_eq!(shortfall(Fraction::new(n, d)), text);
        }
    }
}
