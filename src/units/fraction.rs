//! Exact fractions, and the wide products that compare them.

/// An exact fraction of two whole numbers, in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    numerator: u128,
    denominator: u128,
}

impl Fraction {
    /// `numerator / denominator`; a denominator of 0 counts as 1.
    pub fn new(numerator: u128, denominator: u128) -> Self {
        let denominator = denominator.max(1);
        let common = gcd(numerator, denominator).max(1);
        Self { numerator: numerator / common, denominator: denominator / common }
    }

    /// The numerator in lowest terms.
    pub const fn numerator(self) -> u128 {
        self.numerator
    }

    /// The denominator in lowest terms, at least 1.
    pub const fn denominator(self) -> u128 {
        self.denominator
    }

    /// `self x other`; `None` if that outgrows 128 bits.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        // Each numerator with the other's denominator first, so that the product is in lowest terms.
        let (a, b) = (Self::new(self.numerator, other.denominator), Self::new(other.numerator, self.denominator));
        let numerator = a.numerator.checked_mul(b.numerator)?;
        Some(Self { numerator, denominator: a.denominator.checked_mul(b.denominator)? })
    }

    /// `floor(volume x self)`, exactly; saturates far above [`M3::MOST_IN_ALL`](super::M3::MOST_IN_ALL).
    pub fn floor_of(self, volume: u64) -> u64 {
        if let Some((quotient, _)) = self.short(volume) {
            return quotient;
        }
        clamp(mul_div(u128::from(volume), self.numerator, self.denominator).0)
    }

    /// `ceil(volume x self)`, exactly; saturates far above [`M3::MOST_IN_ALL`](super::M3::MOST_IN_ALL).
    pub fn ceil_of(self, volume: u64) -> u64 {
        if let Some((quotient, remainder)) = self.short(volume) {
            return quotient + u64::from(remainder > 0);
        }
        let (quotient, remainder) = mul_div(u128::from(volume), self.numerator, self.denominator);
        clamp(quotient.saturating_add(u128::from(remainder > 0)))
    }

    /// Quotient and remainder where 64 bits are enough, as for nearly every customer; 128-bit division is ten times slower.
    fn short(self, volume: u64) -> Option<(u64, u64)> {
        let denominator = u64::try_from(self.denominator).ok()?;
        let product = volume.checked_mul(u64::try_from(self.numerator).ok()?)?;
        Some((product / denominator, product % denominator))
    }

    /// How `part / whole` compares with this fraction, exactly.
    pub fn compare(self, part: u64, whole: u64) -> std::cmp::Ordering {
        // part / whole <=> n / d  is  part x d <=> n x whole; both sides need up to 256 bits.
        wide_mul(u128::from(part), self.denominator).cmp(&wide_mul(self.numerator, u128::from(whole)))
    }
}

fn clamp(value: u128) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The 256-bit product of two 128-bit numbers, as (high, low).
pub fn wide_mul(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0, b1, b0) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let low = a0 * b0;
    let (mid, carried) = (a1 * b0).overflowing_add(a0 * b1);
    let (low, carry) = low.overflowing_add(mid << 64);
    let high = a1 * b1 + (mid >> 64) + (u128::from(carried) << 64) + u128::from(carry);
    (high, low)
}

/// `a x b / d` and the remainder, through 256 bits; the quotient saturates at 128. A divisor of 0 counts as 1.
pub fn mul_div(a: u128, b: u128, d: u128) -> (u128, u128) {
    let d = d.max(1);
    let (high, low) = wide_mul(a, b);
    if high == 0 {
        return (low / d, low % d);
    }
    if high >= d {
        return (u128::MAX, 0);
    }
    // Schoolbook binary long division; rare, since most products fit in 128 bits.
    let (mut quotient, mut remainder) = (0u128, high);
    for bit in (0..128).rev() {
        let overflow = remainder >> 127 == 1;
        remainder = (remainder << 1) | ((low >> bit) & 1);
        quotient <<= 1;
        if overflow || remainder >= d {
            remainder = remainder.wrapping_sub(d);
            quotient |= 1;
        }
    }
    (quotient, remainder)
}
