//! SplitMix64, and the splitting of a total by largest remainder.

/// Steele, Lea and Flood's generator: a few whole-number operations, the same on every machine.
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// A generator that always gives the same numbers for the same seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number between `low` and `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        // The bias of a remainder over such short ranges is far below what a synthetic table could show.
        low + self.next() % (high - low + 1)
    }

    /// True in `per_mille` of a thousand draws.
    pub fn chance(&mut self, per_mille: u64) -> bool {
        self.between(1, 1000) <= per_mille
    }

    /// An index, drawn in proportion to the weights; 0 when all are nothing.
    pub fn pick(&mut self, weights: impl Iterator<Item = u64> + Clone) -> usize {
        let all: u64 = weights.clone().sum();
        let mut draw = self.between(1, all.max(1));
        for (index, weight) in weights.enumerate() {
            if draw <= weight {
                return index;
            }
            draw -= weight;
        }
        0
    }
}

/// Splits a total in proportion to the weights, in whole numbers that add up to it; ties go to the earlier.
pub fn share(total: u64, weights: &[u64]) -> Vec<u64> {
    let all = weights.iter().map(|&w| u128::from(w)).sum::<u128>().max(1);
    let exact: Vec<u128> = weights.iter().map(|&w| u128::from(total) * u128::from(w)).collect();
    let mut parts: Vec<u64> = exact.iter().map(|e| (e / all) as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(exact[i] % all), i));
    let missing = total - parts.iter().sum::<u64>();
    for &i in order.iter().take(missing as usize) {
        parts[i] += 1;
    }
    parts
}
