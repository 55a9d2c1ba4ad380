//! How a figure is spread over winters, in whole numbers and in memory that does not grow with them.

use serde::{Deserialize, Serialize};

/// The bits of a value that its bin keeps: bins are a thousandth of a value wide at most, and single numbers below 2,048.
const BITS: u32 = 10;

/// How a figure is spread over many winters: its sums exactly, its quantiles to a thousandth.
///
/// Sums of whole numbers are the same in whatever order winters come in, so any split of the work adds up to the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct Spread {
    count: u64,
    sum: u128,
    squares: u128,
    /// The greatest value and the first winter that has it.
    worst: Option<(u64, u64)>,
    /// Values by bin; as long as need be.
    bins: Vec<u64>,
}

/// How a spread is written: sums as texts, since they outgrow what other programs take for a number, and bins that hold somebody.
#[derive(Serialize, Deserialize)]
struct Written {
    winters: u64,
    sum: String,
    squares: String,
    /// The greatest value and the first winter that has it.
    worst: Option<(u64, u64)>,
    /// Each bin with how many winters it has.
    bins: Vec<(u64, u64)>,
}

impl From<Spread> for Written {
    fn from(spread: Spread) -> Self {
        let bins = (0..).zip(&spread.bins).filter(|(_, winters)| **winters > 0);
        Self {
            winters: spread.count,
            sum: spread.sum.to_string(),
            squares: spread.squares.to_string(),
            worst: spread.worst,
            bins: bins.map(|(bin, winters)| (bin, *winters)).collect(),
        }
    }
}

impl TryFrom<Written> for Spread {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let number = |text: &str| text.parse().map_err(|_| format!("`{text}` is no sum"));
        let mut spread = Self {
            count: written.winters,
            sum: number(&written.sum)?,
            squares: number(&written.squares)?,
            worst: written.worst,
            bins: Vec::new(),
        };
        let mut counted = 0u64;
        for (bin, winters) in &written.bins {
            let at = usize::try_from(*bin).ok().filter(|at| *at <= self::bin(u64::MAX) && *at >= spread.bins.len());
            let Some(at) = at else { return Err(format!("bin {bin} is out of place")) };
            spread.bins.resize(at + 1, 0);
            spread.bins[at] = *winters;
            counted = counted.saturating_add(*winters);
        }
        let empty = spread.worst.is_none();
        if counted != spread.count || empty != (spread.count == 0) {
            return Err(format!("{counted} winters in the bins, {} in all", spread.count));
        }
        Ok(spread)
    }
}

impl Spread {
    /// Takes in a winter's figure, at most 2^48.
    pub fn add(&mut self, winter: u64, value: u64) {
        self.count += 1;
        self.sum += u128::from(value);
        self.squares += u128::from(value) * u128::from(value);
        self.meet(Some((value, winter)));
        let bin = bin(value);
        if self.bins.len() <= bin {
            self.bins.resize(bin + 1, 0);
        }
        self.bins[bin] += 1;
    }

    /// Takes in other winters.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
        self.meet(other.worst);
        if self.bins.len() < other.bins.len() {
            self.bins.resize(other.bins.len(), 0);
        }
        self.bins.iter_mut().zip(&other.bins).for_each(|(own, other)| *own += other);
    }

    fn meet(&mut self, other: Option<(u64, u64)>) {
        let rank = |(value, winter): (u64, u64)| (value, std::cmp::Reverse(winter));
        if self.worst.map(rank) < other.map(rank) {
            self.worst = other;
        }
    }

    /// How many winters.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// All of them together.
    pub const fn sum(&self) -> u128 {
        self.sum
    }

    /// The greatest figure and the first winter that has it.
    pub const fn worst(&self) -> Option<(u64, u64)> {
        self.worst
    }

    /// How many winters have more than nothing.
    pub fn above_zero(&self) -> u64 {
        self.count - self.bins.first().copied().unwrap_or(0)
    }

    /// The mean; 0 of no winter.
    pub fn mean(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum as f64 / self.count as f64 }
    }

    /// The standard error of the mean: how far it may lie from the mean of all winters there could be, once in three times. `None` of
    /// fewer than two winters.
    pub fn error(&self) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        // count x squares - sum^2, exactly, before anything is rounded.
        let n = u128::from(self.count);
        let spread = n.checked_mul(self.squares)?.checked_sub(self.sum.checked_mul(self.sum)?)?;
        Some((spread as f64 / (n as f64 * (n - 1) as f64)).sqrt() / (n as f64).sqrt())
    }

    /// Each value that some winter has, or the lowest of its bin, and how many winters have it, from the least on.
    pub fn steps(&self) -> impl Iterator<Item = (u64, u64)> {
        self.bins.iter().enumerate().filter(|(_, count)| **count > 0).map(|(bin, count)| (lowest(bin), *count))
    }

    /// How many winters it takes until the mean is known to this part of itself (in thousandths), nineteen times in twenty. `None` where
    /// that cannot be told: of fewer than two winters, or of a mean of nothing.
    pub fn enough(&self, part: u64) -> Option<u64> {
        let (error, mean) = (self.error()?, self.mean());
        if mean <= 0.0 || part == 0 {
            return None;
        }
        // 1.96 standard errors to either side hold nineteen in twenty; an error shrinks with the root of the number of winters.
        let times = 1.96 * error / (mean * part as f64 / 1000.0);
        Some((times * times * self.count as f64).ceil().max(2.0) as u64)
    }

    /// The least figure that at least this part of the winters does not exceed, to a thousandth of it (rounded down to its bin's lowest
    /// number; 1,000 thousandths are exact); 0 of no winter. `part` in thousandths, up to 1,000.
    pub fn quantile(&self, part: u64) -> u64 {
        let Some((greatest, _)) = self.worst else { return 0 };
        // Where all winters have the same, no bin need be asked what that is.
        if part >= 1000 || self.sum == u128::from(self.count) * u128::from(greatest) {
            return greatest;
        }
        let wanted = (u128::from(self.count) * u128::from(part)).div_ceil(1000).max(1);
        let mut seen = 0u128;
        for (bin, count) in self.bins.iter().enumerate() {
            seen += u128::from(*count);
            if seen >= wanted {
                return lowest(bin);
            }
        }
        greatest
    }
}

/// The bin of a value: itself while it is small, then by its leading bits.
const fn bin(value: u64) -> usize {
    let exponent = (u64::BITS - value.leading_zeros()).saturating_sub(BITS + 1);
    ((exponent as usize) << BITS) + (value >> exponent) as usize
}

/// The lowest value of a bin.
const fn lowest(bin: usize) -> u64 {
    let exponent = (bin >> BITS).saturating_sub(1);
    ((bin - (exponent << BITS)) as u64) << exponent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_single_numbers_and_then_a_thousandth_wide() {
        for value in (0..5000).chain([1 << 20, (1 << 20) + 1023, 123_456_789, (1 << 40) - 1]) {
            let low = lowest(bin(value));
            assert!(low <= value && value - low <= value / 1024, "{value} {low}");
            assert_eq!(bin(low), bin(value));
        }
        assert!((0..2048).all(|value| lowest(bin(value)) == value));
        assert!((0..100_000u64).all(|value| bin(value) <= bin(value + 1)));
    }

    #[test]
    fn a_spread_tells_mean_error_quantiles_and_the_worst() {
        let mut spread = Spread::default();
        for (winter, value) in [5, 0, 10, 10, 25].into_iter().enumerate() {
            spread.add(winter as u64, value);
        }
        assert_eq!((spread.mean(), spread.worst(), spread.above_zero()), (10.0, Some((25, 4)), 4));
        // Variance (25 + 100 + 0 + 0 + 225) / 4 = 87.5; over 5 winters 17.5.
        assert!((spread.error().expect("five winters") - 17.5f64.sqrt()).abs() < 1e-12);
        assert_eq!([0, 200, 201, 500, 800, 801, 1000].map(|part| spread.quantile(part)), [0, 0, 5, 10, 10, 25, 25]);
    }

    #[test]
    fn what_is_the_same_in_all_winters_is_told_exactly() {
        let mut spread = Spread::default();
        (0..7).for_each(|winter| spread.add(winter, 200_000_001));
        assert_eq!([1, 500, 950, 1000].map(|part| spread.quantile(part)), [200_000_001; 4]);
        spread.add(7, 0);
        assert_ne!(spread.quantile(500), 200_000_001, "to a thousandth");
    }

    #[test]
    fn enough_winters_make_the_error_small_enough() {
        let mut spread = Spread::default();
        (0..1000).for_each(|winter| spread.add(winter, if winter % 2 == 0 { 0 } else { 200 }));
        // The standard deviation is the mean, 100, so 1.96 x 100 / sqrt(n) = 5 at n = 1,537; the sample's own is a little larger.
        assert_eq!(spread.enough(50), Some(1539));
        assert_eq!((spread.enough(0), Spread::default().enough(50)), (None, None));
    }

    #[test]
    fn a_spread_is_written_and_read_as_it_is_and_what_cannot_be_one_is_refused() {
        let mut spread = Spread::default();
        [5, 0, 123_456_789, 1 << 39].into_iter().enumerate().for_each(|(at, value)| spread.add(at as u64, value));
        let read = Spread::try_from(Written::from(spread.clone()));
        assert_eq!(read.as_ref(), Ok(&spread));
        let damaged = |change: fn(&mut Written)| {
            let mut written = Written::from(spread.clone());
            change(&mut written);
            Spread::try_from(written).is_err()
        };
        assert!(damaged(|written| written.winters += 1));
        assert!(damaged(|written| written.sum = "-1".into()));
        assert!(damaged(|written| written.bins[0].0 = 1 << 40));
        assert!(damaged(|written| written.bins.reverse()));
        assert!(damaged(|written| written.worst = None));
    }

    #[test]
    fn any_split_adds_up_to_the_same() {
        let values: Vec<u64> = (0..1000u64).map(|i| i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 30).collect();
        let mut whole = Spread::default();
        let mut parts = [Spread::default(), Spread::default(), Spread::default()];
        for (winter, value) in (0..).zip(&values) {
            whole.add(winter, *value);
            parts[(winter * 7 % 3) as usize].add(winter, *value);
        }
        let mut sum = parts[2].clone();
        sum.merge(&parts[0]);
        sum.merge(&parts[1]);
        assert_eq!(sum, whole);
    }
}
