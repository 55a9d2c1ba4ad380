//! Least squares of `taken = factor of the day's part x (base + slope x degrees)`: by turns the line for given factors, and the factors for a
//! given line, each of which is a plain linear problem, until nothing moves.

use crate::units::mul_div;

/// A factor of 1, in the units in which factors are worked out.
pub(super) const FACTOR: i128 = 100_000_000;

/// Lines are worked out in millionths of a m3.
const MICRO: i128 = 1_000_000;

/// Degrees are ten-thousandths.
const DEGREE: i128 = 10_000;

/// By turns at most so often; a handful is usual.
const TURNS: usize = 60;

/// Days to be explained.
pub(super) struct Sample {
    /// What was taken, in m3: at most 10^8.
    pub taken: Vec<u64>,
    /// Ten-thousandths of a degree below the threshold: at most 10^6.
    pub degrees: Vec<u64>,
    /// The part of the calendar that each day is of; the first five are workdays.
    pub parts: Vec<u32>,
    /// How many parts there are.
    pub count: usize,
}

/// What explains them best.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    /// In millionths of a m3.
    pub base: i128,
    /// In millionths of a m3 a degree.
    pub slope: i128,
    /// By part, in units of [`FACTOR`]; the workdays' mean is 1.
    pub factors: Vec<i128>,
    /// The sum of squares that is left, in millionths of a m3 squared.
    pub squares: i128,
}

/// Explains a sample, from where another solution ended. Neither base nor slope is below zero; without a slope, demand is the same in
/// any weather.
pub(super) fn solve(sample: &Sample, from: Option<&Solution>, sloping: bool) -> Solution {
    let mut factors = from.map_or_else(|| vec![FACTOR; sample.count], |from| from.factors.clone());
    let (mut base, mut slope) = (0, 0);
    for _ in 0..TURNS {
        (base, slope) = sample.line(&factors, sloping);
        let mut new = sample.factors(base, slope, &factors);
        let mean = (0..5).map(|part| new[part]).sum::<i128>() / 5;
        if mean > 0 {
            new.iter_mut().for_each(|factor| *factor = scaled(*factor, FACTOR, mean));
            (base, slope) = (scaled(base, mean, FACTOR), scaled(slope, mean, FACTOR));
        }
        let moved = new.iter().zip(&factors).map(|(new, old)| (new - old).abs()).max().unwrap_or(0);
        factors = new;
        if moved <= 1 {
            break;
        }
    }
    let squares = sample.squares(base, slope, &factors);
    Solution { base, slope, factors, squares }
}

impl Sample {
    fn rows(&self) -> impl Iterator<Item = (i128, i128, usize)> {
        let rows = self.taken.iter().zip(&self.degrees).zip(&self.parts);
        rows.map(|((taken, degrees), part)| (i128::from(*taken), i128::from(*degrees), *part as usize))
    }

    /// The line for given factors. Bounds: with 20,000 days, no sum is above 10^34.
    fn line(&self, factors: &[i128], sloping: bool) -> (i128, i128) {
        let (mut ff, mut fx, mut fy) = (0i128, 0i128, 0i128);
        for (taken, degrees, part) in self.rows() {
            let factor = factors[part];
            ff += factor * factor;
            fx += factor * factor * degrees;
            fy += factor * taken;
        }
        if ff == 0 {
            return (0, 0);
        }
        let steady = (scaled(fy, FACTOR * MICRO, ff).max(0), 0);
        if !sloping {
            return steady;
        }
        // Around the mean, or two large numbers would be taken from each other.
        let mean = fx / ff;
        let (mut c, mut xx, mut xy, mut plain_xx, mut plain_xy) = (0i128, 0i128, 0i128, 0i128, 0i128);
        for (taken, degrees, part) in self.rows() {
            let (factor, x) = (factors[part], degrees - mean);
            c += factor * factor * x;
            xx += factor * factor * x * x;
            xy += factor * x * taken;
            plain_xx += factor * factor * degrees * degrees;
            plain_xy += factor * degrees * taken;
        }
        let (xx, xy) = (xx - scaled(c, c, ff), xy - scaled(fy, c, ff));
        if xx <= 0 {
            return steady;
        }
        let slope = scaled(xy, FACTOR * DEGREE * MICRO, xx);
        if slope <= 0 {
            return steady;
        }
        let base = scaled(fy, FACTOR * MICRO, ff) - scaled(slope, fx, ff * DEGREE);
        if base < 0 {
            return (0, scaled(plain_xy, FACTOR * DEGREE * MICRO, plain_xx));
        }
        (base, slope)
    }

    /// The factors for a given line; a part without days keeps its factor.
    fn factors(&self, base: i128, slope: i128, before: &[i128]) -> Vec<i128> {
        let mut sums = vec![(0i128, 0i128); self.count];
        for (taken, degrees, part) in self.rows() {
            // In thousandths of a m3: at most 10^12, so that squares add up.
            let line = (base + slope * degrees / DEGREE) / 1000;
            sums[part].0 += taken * line;
            sums[part].1 += line * line;
        }
        let factor = |((over, under), before): (&(i128, i128), &i128)| match *under {
            0 => *before,
            under => scaled(*over, FACTOR * 1000, under).clamp(0, 4 * FACTOR),
        };
        sums.iter().zip(before).map(factor).collect()
    }

    fn squares(&self, base: i128, slope: i128, factors: &[i128]) -> i128 {
        let square = |(taken, degrees, part): (i128, i128, usize)| {
            let line = (base + slope * degrees / DEGREE) / 1000;
            let off = taken * 1000 - line * factors[part] / FACTOR;
            off * off
        };
        self.rows().map(square).sum()
    }
}

/// `a x b / d`, through 256 bits, rounded to the nearest; `d` is above zero.
fn scaled(a: i128, b: i128, d: i128) -> i128 {
    let (quotient, rest) = mul_div(a.unsigned_abs(), b.unsigned_abs(), d.unsigned_abs());
    let rounded = quotient.saturating_add(u128::from(rest >= d.unsigned_abs() - rest));
    let size = i128::try_from(rounded).unwrap_or(i128::MAX);
    if (a < 0) == (b < 0) { size } else { -size }
}
