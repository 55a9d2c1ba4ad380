//! Exact signed fractions, and straight lines of them: what a volume is as the shortfall moves.
//!
//! Numbers have 128 bits. One that needs more is *lost*: everything made from it is lost too, and whoever asks for an
//! answer must look whether it is. So arithmetic stays readable, and never wrong.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use crate::units::{Decimal, Fraction, wide_mul};

/// An exact fraction in lowest terms, or a lost one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Rational {
    n: i128,
    /// Above 0; 0 if lost.
    d: i128,
}

impl Rational {
    pub const ZERO: Self = Self { n: 0, d: 1 };
    pub const ONE: Self = Self { n: 1, d: 1 };
    const LOST: Self = Self { n: 0, d: 0 };

    /// A whole number.
    pub const fn whole(n: u64) -> Self {
        Self { n: n as i128, d: 1 }
    }

    /// `n / d`; lost if `d` is not above 0.
    pub fn new(n: i128, d: i128) -> Self {
        if d <= 0 {
            return Self::LOST;
        }
        let common = gcd(n, d).max(1);
        Self { n: n / common, d: d / common }
    }

    pub const fn is_lost(self) -> bool {
        self.d == 0
    }

    pub const fn is_zero(self) -> bool {
        self.n == 0 && self.d != 0
    }

    pub const fn numerator(self) -> i128 {
        self.n
    }

    /// Above 0 unless lost.
    pub const fn denominator(self) -> i128 {
        self.d
    }

    pub fn is_whole(self) -> bool {
        self.d == 1
    }

    fn of(n: Option<i128>, d: Option<i128>) -> Self {
        n.zip(d).map_or(Self::LOST, |(n, d)| Self::new(n, d))
    }

    /// `self / other`; lost if `other` is 0.
    pub fn over(self, other: Self) -> Self {
        let upside_down = match other.n.signum() {
            _ if other.is_lost() => Self::LOST,
            0 => Self::LOST,
            1 => Self { n: other.d, d: other.n },
            _ => Self { n: -other.d, d: -other.n },
        };
        self * upside_down
    }

    /// The largest whole number that is not above it; 0 if lost.
    pub fn floor(self) -> i128 {
        if self.is_lost() { 0 } else { self.n.div_euclid(self.d) }
    }

    /// The nearest whole number, halves up; 0 if below zero or lost.
    #[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "only pictures and tables round"))]
    pub fn round(self) -> u64 {
        u64::try_from((self + Self::new(1, 2)).floor()).unwrap_or(0)
    }

    /// Without its sign, as the rest of the library writes fractions.
    pub fn fraction(self) -> Fraction {
        Fraction::new(self.n.unsigned_abs(), self.d.unsigned_abs())
    }

    pub fn abs(self) -> Self {
        Self { n: self.n.abs(), d: self.d }
    }

    /// Halfway to another.
    pub fn midpoint(self, other: Self) -> Self {
        (self + other) * Self { n: 1, d: 2 }
    }
}

impl From<Decimal> for Rational {
    fn from(decimal: Decimal) -> Self {
        decimal.fraction().into()
    }
}

impl From<Fraction> for Rational {
    fn from(fraction: Fraction) -> Self {
        Self::of(i128::try_from(fraction.numerator()).ok(), i128::try_from(fraction.denominator()).ok())
    }
}

impl Add for Rational {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if self.d == 1 && other.d == 1 {
            return self.n.checked_add(other.n).map_or(Self::LOST, |n| Self { n, d: 1 });
        }
        let common = gcd(self.d, other.d).max(1);
        let (left, right) = (self.n.checked_mul(other.d / common), other.n.checked_mul(self.d / common));
        let n = left.zip(right).and_then(|(left, right)| left.checked_add(right));
        Self::of(n, (self.d / common).checked_mul(other.d))
    }
}

impl Neg for Rational {
    type Output = Self;
    fn neg(self) -> Self {
        Self { n: -self.n, d: self.d }
    }
}

impl Sub for Rational {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Rational {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        // Across first: products stay as small as they can be.
        let (a, b) = (gcd(self.n, other.d).max(1), gcd(other.n, self.d).max(1));
        Self::of((self.n / a).checked_mul(other.n / b), (self.d / b).checked_mul(other.d / a))
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Exact for any two that are not lost.
impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.n.signum() != other.n.signum() || self.d == other.d {
            return self.n.cmp(&other.n);
        }
        let wide = |n: i128, d: i128| wide_mul(n.unsigned_abs(), d.unsigned_abs());
        let order = wide(self.n, other.d).cmp(&wide(other.n, self.d));
        if self.n < 0 { order.reverse() } else { order }
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    // Most numbers are short, and 128-bit division is ten times slower.
    while b > u128::from(u64::MAX) || a > u128::from(u64::MAX) {
        if b == 0 {
            return i128::try_from(a).unwrap_or(1);
        }
        (a, b) = (b, a % b);
    }
    let (mut a, mut b) = (a as u64, b as u64);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::from(a)
}

/// A volume in m3 as a straight line: `start + slope x lack`, where `lack` is how much less than demand the sources
/// give, in m3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Line {
    pub start: Rational,
    pub slope: Rational,
}

impl Line {
    pub const ZERO: Self = Self::level(0);

    /// Always the same volume.
    pub const fn level(volume: u64) -> Self {
        Self { start: Rational::whole(volume), slope: Rational::ZERO }
    }

    /// Through a point, with a slope.
    pub fn through(lack: Rational, volume: Rational, slope: Rational) -> Self {
        if slope.is_zero() { Self { start: volume, slope } } else { Self { start: volume - slope * lack, slope } }
    }

    pub fn at(&self, lack: Rational) -> Rational {
        if self.slope.is_zero() { self.start } else { self.start + self.slope * lack }
    }

    pub fn times(&self, factor: Rational) -> Self {
        Self { start: self.start * factor, slope: self.slope * factor }
    }

    pub const fn is_lost(&self) -> bool {
        self.start.is_lost() || self.slope.is_lost()
    }

    /// Where two lines meet, if they do in one point.
    pub fn meets(&self, other: &Self) -> Option<Rational> {
        let lack = (other.start - self.start).over(self.slope - other.slope);
        (!lack.is_lost()).then_some(lack)
    }
}

impl Add for Line {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { start: self.start + other.start, slope: self.slope + other.slope }
    }
}

impl Sub for Line {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { start: self.start - other.start, slope: self.slope - other.slope }
    }
}

impl std::iter::Sum for Line {
    fn sum<I: Iterator<Item = Self>>(lines: I) -> Self {
        lines.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(n: i128, d: i128) -> Rational {
        Rational::new(n, d)
    }

    #[test]
    fn fractions_are_exact_and_in_lowest_terms() {
        assert_eq!(q(1, 6) + q(1, 3), q(1, 2));
        assert_eq!(q(1, 6) - q(1, 3), q(-1, 6));
        assert_eq!(q(2, 3) * q(-9, 4), q(-3, 2));
        assert_eq!(q(1, 2).over(q(-1, 4)), q(-2, 1));
        assert_eq!((q(-7, 2).floor(), q(7, 2).floor(), q(5, 2).round(), q(-5, 2).round()), (-4, 3, 3, 0));
        assert!(q(1, 3) < q(34, 100) && q(-1, 3) > q(-34, 100) && q(-1, 2) < Rational::ZERO);
        assert!(q(i128::MAX, 3) > q(i128::MAX - 1, 3) && q(i128::MAX, 2) > q(i128::MAX, 3));
    }

    #[test]
    fn what_does_not_fit_is_lost_and_stays_lost() {
        let lost = q(i128::MAX, 1) + q(1, 1);
        assert!(lost.is_lost() && (lost + Rational::ONE).is_lost() && (lost * Rational::ZERO).is_lost());
        assert!(Rational::ONE.over(Rational::ZERO).is_lost() && Rational::ONE.over(lost).is_lost());
        assert!(!q(0, 5).is_lost() && q(0, 5).is_zero() && !lost.is_zero());
    }

    #[test]
    fn lines_meet_in_one_point_or_in_none() {
        let line = |start, slope| Line { start: q(start, 1), slope: q(slope, 2) };
        assert_eq!(line(10, -1).meets(&line(4, 2)), Some(q(4, 1)));
        assert_eq!(line(10, -1).meets(&line(4, -1)), None);
        assert_eq!(Line::through(q(4, 1), q(8, 1), q(-1, 2)), line(10, -1));
    }
}
