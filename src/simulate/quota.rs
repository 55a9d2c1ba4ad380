//! A customer's part in what its class takes, worked out day after day: one division for all of them.

/// A part of a whole, both in m3.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quota {
    part: u64,
    whole: u64,
    /// The part of the whole in units of 2^-64, rounded down.
    share: u64,
}

impl Quota {
    /// A part of a whole that is below 2^63 and not below it.
    pub fn new(part: u64, whole: u64) -> Self {
        let share = (u128::from(part) << 64) / u128::from(whole.max(1));
        Self { part, whole, share: u64::try_from(share).unwrap_or(u64::MAX) }
    }

    /// At least `volume x part / whole`, in whole m3, and at most one more than that rounded up.
    pub const fn most(self, volume: u64) -> u64 {
        ((volume as u128 * self.share as u128) >> 64) as u64 + 2
    }

    /// `volume x part / whole` in whole m3, and the remainder in units of a whole-th.
    pub const fn of(self, volume: u64) -> (u64, u64) {
        // The share is low by 2^-64 at most, so the quotient is low by one at most. That the remainder tells: it is below twice the
        // whole, and so right in 64 bits although the products are not.
        let quotient = ((volume as u128 * self.share as u128) >> 64) as u64;
        let rest = volume.wrapping_mul(self.part).wrapping_sub(quotient.wrapping_mul(self.whole));
        if rest < self.whole { (quotient, rest) } else { (quotient + 1, rest - self.whole) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_are_exact() {
        for whole in [1, 2, 3, 1_000_003, (1 << 63) - 1] {
            for volume in [0, 1, whole - 1, whole, u64::MAX >> 1] {
                assert_eq!(Quota::new(whole, whole).of(volume), (volume, 0), "{volume} of {whole}");
                assert_eq!(Quota::new(0, whole).of(volume), (0, 0), "{volume} of {whole}");
            }
        }
    }

    proptest! {
        #[test]
        fn it_is_what_a_division_says(a in 1u64..1 << 63, b in 1u64..1 << 63, volume: u64, bits in 0u32..63) {
            let (part, whole) = (a.min(b) >> bits, (a.max(b) >> bits).max(1));
            for volume in [volume, volume >> bits] {
                let product = u128::from(volume) * u128::from(part);
                let (quotient, rest) = (product / u128::from(whole), product % u128::from(whole));
                prop_assert_eq!(Quota::new(part, whole).of(volume), (quotient as u64, rest as u64));
                let up = product.div_ceil(whole.into()) as u64;
                prop_assert!((up..=up + 1 + u64::from(rest == 0)).contains(&Quota::new(part, whole).most(volume)));
            }
        }
    }
}
