//! Chance, the same on every machine and for any number of threads: each winter draws from streams of its own, named by what they are for.

use crate::units::Decimal;

/// A stream of random numbers: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
/// Ten lines, whole numbers only, and a stream for every seed, winter and purpose without one knowing of the other.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

/// The golden ratio in 64 bits, by which the states of a stream follow each other.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// How likely something is, as the part of 2^64 numbers on which it happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Chance {
    /// It never happens.
    #[default]
    Never,
    /// It happens on numbers below this.
    Below(u64),
    /// It always happens.
    Always,
}

impl Random {
    /// The stream of a winter for a purpose. Which other streams there are does not matter, nor in which order they are asked.
    pub fn of(seed: u64, winter: u64, purpose: &str) -> Self {
        // FNV-1a: a name has to become a number, and nobody chooses names to collide.
        let name = purpose
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self(mix(mix(mix(seed.wrapping_add(STEP)) ^ winter.wrapping_mul(STEP)) ^ name))
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number below `bound`, each as likely as the others; 0 if there is none.
    pub const fn below(&mut self, bound: u64) -> u64 {
        // Lemire's way: the high half of a product, drawn again in the few cases that would favour some numbers.
        loop {
            let product = self.next() as u128 * bound as u128;
            let low = product as u64;
            if low >= bound || low >= bound.wrapping_neg() % if bound == 0 { 1 } else { bound } {
                return (product >> 64) as u64;
            }
        }
    }

    /// Whether something happens.
    pub const fn happens(&mut self, chance: Chance) -> bool {
        // A number is drawn in any case, so that changing a chance moves nothing else.
        let drawn = self.next();
        match chance {
            Chance::Never => false,
            Chance::Below(bound) => drawn < bound,
            Chance::Always => true,
        }
    }
}

impl Chance {
    /// A probability from 0 to 1; what is above 1 is certain.
    pub fn of(probability: Decimal) -> Self {
        match probability {
            Decimal::ZERO => Self::Never,
            certain if certain >= Decimal::ONE => Self::Always,
            other => Self::Below(((other.atto() << 64) / Decimal::ONE.atto()) as u64),
        }
    }
}

const fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_paper() {
        // The first outputs of SplitMix64 from state 1234567, as its authors' reference code gives them.
        let mut random = Random(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn streams_differ_by_seed_winter_and_purpose() {
        let first = |seed, winter, purpose| Random::of(seed, winter, purpose).next();
        let all = [first(1, 1, "a"), first(2, 1, "a"), first(1, 2, "a"), first(1, 1, "b")];
        for (at, number) in all.iter().enumerate() {
            assert!(!all[..at].contains(number), "{all:?}");
        }
        assert_eq!(first(1, 1, "a"), first(1, 1, "a"));
    }

    #[test]
    fn a_number_below_a_bound_is_as_likely_as_the_others() {
        let mut random = Random::of(7, 0, "dice");
        let mut counts = [0u32; 6];
        (0..60_000).for_each(|_| counts[random.below(6) as usize] += 1);
        // Five standard deviations of a binomial count of 60,000 with probability 1/6 are 456.
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 456), "{counts:?}");
        assert_eq!((random.below(1), random.below(0)), (0, 0));
    }

    #[test]
    fn chances_happen_as_often_as_they_say() {
        let mut random = Random::of(7, 0, "coin");
        let chance = Chance::of(Decimal::percent(25));
        let happened = (0..60_000).filter(|_| random.happens(chance)).count();
        assert!(happened.abs_diff(15_000) < 530, "{happened}");
        assert!(!random.happens(Chance::of(Decimal::ZERO)));
        assert!(random.happens(Chance::of(Decimal::ONE)));
    }
}
