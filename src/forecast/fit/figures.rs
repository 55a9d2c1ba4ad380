//! How far a model's figures are from what was taken.

use super::super::source::{DEVIATION, Deviations};
use crate::units::mul_div;

/// Sums over days.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    days: i128,
    taken: i128,
    taken_squares: i128,
    off: i128,
    off_squares: i128,
    /// Of days on which anything was taken: how many, and the deviations' sizes in millionths of it.
    shares: (i128, i128),
}

impl Figures {
    pub fn add(&mut self, taken: u64, modelled: u64) {
        let (taken, off) = (i128::from(taken), i128::from(modelled) - i128::from(taken));
        self.days += 1;
        self.taken += taken;
        self.taken_squares += taken * taken;
        self.off += off;
        self.off_squares += off * off;
        if taken > 0 {
            self.shares.0 += 1;
            self.shares.1 += off.abs() * 1_000_000 / taken;
        }
    }

    pub const fn plus(&self, other: &Self) -> Self {
        Self {
            days: self.days + other.days,
            taken: self.taken + other.taken,
            taken_squares: self.taken_squares + other.taken_squares,
            off: self.off + other.off,
            off_squares: self.off_squares + other.off_squares,
            shares: (self.shares.0 + other.shares.0, self.shares.1 + other.shares.1),
        }
    }

    pub const fn days(&self) -> i128 {
        self.days
    }

    pub fn deviations(&self) -> Deviations {
        let days = self.days.max(1);
        // n times the variance times n: exact.
        let spread = days * self.taken_squares - self.taken * self.taken;
        let (off, spread) = ((days * self.off_squares).unsigned_abs(), spread.unsigned_abs());
        let r2 = match (off, spread) {
            (0, _) => 1_000_000,
            (_, 0) => 0,
            _ => {
                let part = i64::try_from(mul_div(off, 1_000_000, spread).0).unwrap_or(DEVIATION);
                1_000_000 - part.min(DEVIATION)
            }
        };
        let half = if self.off < 0 { -days / 2 } else { days / 2 };
        let clamped = |value: i128| value.clamp(-i128::from(DEVIATION), i128::from(DEVIATION)) as i64;
        Deviations {
            r2,
            rmse: (self.off_squares / days).unsigned_abs().isqrt() as u64,
            mape: clamped(self.shares.1 / self.shares.0.max(1)) as u64,
            bias: clamped((self.off + half) / days),
        }
    }
}
