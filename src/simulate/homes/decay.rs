//! The exponential of whole hours, in whole numbers.

use crate::units::Decimal;

/// Temperatures are billionths of a degree here.
pub(super) type Nano = i64;

/// A degree.
pub(super) const DEGREE: Nano = 1_000_000_000;

/// What is left of a difference after so many hours, in units of 2^-62.
#[derive(Clone, Debug)]
pub(super) struct Decay([i64; 25]);

const BITS: u32 = 62;
const ONE: i128 = 1 << BITS;

impl Decay {
    /// Of a time constant of at least one hour.
    pub fn new(time_constant: Decimal) -> Self {
        let tau = time_constant.max(Decimal::ONE).atto() as i128;
        // 2^62 x 10^18 is below 2^122.
        let x = ONE * Decimal::ONE.atto() as i128 / tau;
        // e^-x for x from 0 to 1, by its series: each term is below the last by x / k, so some twenty are all.
        let (mut sum, mut term, mut k) = (ONE, ONE, 1);
        while term != 0 {
            term = product(term, -x) / k;
            sum += term;
            k += 1;
        }
        let mut left = [ONE as i64; 25];
        for hour in 1..left.len() {
            left[hour] = product(i128::from(left[hour - 1]), sum) as i64;
        }
        Self(left)
    }

    /// The temperature after so many hours (at most 24) on the way from one to another.
    pub fn after(&self, hours: usize, from: Nano, to: Nano) -> Nano {
        // Differences are below 2^38, so products are below 2^100.
        to + product(i128::from(from - to), i128::from(self.0[hours])) as Nano
    }
}

/// A product in units of 2^-62, halves up.
const fn product(a: i128, b: i128) -> i128 {
    (a * b + ONE / 2) >> BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_those_of_the_exponential() {
        for tau in ["1", "1.5", "7.25", "60", "333.333333333333333333", "1000"] {
            let decay = Decay::new(tau.parse().expect(tau));
            for hours in 0..=24 {
                let exact = (-(hours as f64) / tau.parse::<f64>().expect(tau)).exp();
                let own = decay.0[hours] as f64 / ONE as f64;
                assert!((own - exact).abs() < 1e-14, "{tau} {hours}: {own} {exact}");
            }
        }
    }

    #[test]
    fn what_has_arrived_stays() {
        let decay = Decay::new("60".parse().expect("hours"));
        assert_eq!(decay.after(24, 18 * DEGREE, 18 * DEGREE), 18 * DEGREE);
        let mut warmer = 10 * DEGREE;
        for _ in 0..100 {
            warmer = decay.after(24, warmer, 18 * DEGREE);
        }
        assert!((18 * DEGREE - warmer).abs() <= 2, "{warmer}");
    }
}
