//! Cubic metres, exact decimals, dates and clock hours: the quantities every other room speaks in.
//!
//! Volumes are whole cubic metres. Shares, limits and ratios are exact decimals or exact fractions of
//! whole numbers; a float appears nowhere on the way to a decision.

mod calendar;
mod celsius;
mod fine;
mod fraction;
mod moment;

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use calendar::Weekday;
pub use celsius::{Celsius, NotATemperature};
pub use fine::{Micro, Milli};
pub use fraction::{Fraction, mul_div, wide_mul};
pub use moment::{Moment, NotAMoment};

/// A volume of gas in whole cubic metres, on the case's volume basis (`Nm3` or `Sm3-20C`).
///
/// Inputs are bounded by [`M3::MOST`], and the totals of a city by [`M3::MOST_IN_ALL`], so sums never overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(extend("maximum" = Self::MOST_IN_ALL.0)))]
#[serde(transparent)]
pub struct M3(pub u64);

impl M3 {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most that one row of an input may say: 10^12 m3 a day, two hundred times the world's use.
    pub const MOST: Self = Self(1_000_000_000_000);
    /// The most that a city's rows may add up to: 10^15 m3 a day.
    pub const MOST_IN_ALL: Self = Self(1_000_000_000_000_000);

    /// The most that a city decided by the hour may add up to: 10^11 m3 a day, so that millionths of a m3 fit in 64 bits.
    pub const MOST_BY_HOUR: Self = Self(100_000_000_000);

    /// The number of cubic metres.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// `self - other`, or nothing if that is less than nothing.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Whether this is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add for M3 {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for M3 {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// Saturates at nothing: a volume is never negative.
impl Sub for M3 {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.less(other)
    }
}

impl Sum for M3 {
    fn sum<I: Iterator<Item = Self>>(volumes: I) -> Self {
        volumes.fold(Self::ZERO, Add::add)
    }
}

/// Its digits; with `#` its thousands apart, as sentences have them.
impl fmt::Display for M3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return self.0.fmt(f);
        }
        let digits = self.0.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        f.pad(&text)
    }
}

/// An exact decimal, never negative, with up to eighteen decimals.
///
/// ```
/// use curtail::units::Decimal;
/// let limit: Decimal = "0.30".parse()?;
/// assert_eq!(limit, Decimal::percent(30));
/// assert_eq!(limit.to_string(), "0.3");
/// # Ok::<(), curtail::units::NotADecimal>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(with = "String", extend("pattern" = r"^[0-9]+(\.[0-9]+)?$")))]
pub struct Decimal(u128);

/// Decimals are kept in units of 10^-18.
const UNIT: u128 = 1_000_000_000_000_000_000;

/// Why a text is not an exact decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADecimal {
    /// It is not digits with at most one point.
    Malformed,
    /// It is below zero.
    Negative,
    /// It has more than eighteen decimals, or is above 10^15.
    TooLong,
}

impl fmt::Display for NotADecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "not a decimal number",
            Self::Negative => "below zero",
            Self::TooLong => "more than eighteen decimals, or too large",
        })
    }
}

impl std::error::Error for NotADecimal {}

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole.
    pub const ONE: Self = Self(UNIT);

    /// So many hundredths.
    pub const fn percent(hundredths: u64) -> Self {
        Self(hundredths as u128 * (UNIT / 100))
    }

    /// A whole number, at most [`M3::MOST_IN_ALL`] and a little; saturates above.
    pub const fn whole(number: u64) -> Self {
        Self(number as u128 * UNIT)
    }

    /// A hundredth of it, if that still has at most eighteen decimals: what `5` in "5 %" means.
    pub const fn of_a_hundred(self) -> Option<Self> {
        if self.0.is_multiple_of(100) { Some(Self(self.0 / 100)) } else { None }
    }

    /// The number in units of 10^-18.
    pub const fn atto(self) -> u128 {
        self.0
    }

    /// The whole minus this, for a number between 0 and 1 (0 above that).
    #[must_use]
    pub const fn rest(self) -> Self {
        Self(UNIT.saturating_sub(self.0))
    }

    /// So often this; saturates.
    #[must_use]
    pub(crate) const fn so_often(self, often: u64) -> Self {
        Self(self.0.saturating_mul(often as u128))
    }

    /// `self + other`; saturates.
    #[must_use]
    pub(crate) const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// This less another; 0 if the other is greater.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// So many times as much, rounded down to eighteen decimals; saturates.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self(mul_div(self.0, other.0, UNIT).0)
    }

    /// The highest decimal that is not above a fraction; saturates far above [`M3::MOST_IN_ALL`].
    pub(crate) fn below(fraction: Fraction) -> Self {
        Self(mul_div(fraction.numerator(), UNIT, fraction.denominator()).0)
    }

    /// The highest decimal that is not above `part / whole`; a whole of 0 counts as 1.
    pub(crate) fn ratio(part: u64, whole: u64) -> Self {
        // Below 2^64 x 10^18, so 128 bits hold it.
        Self(u128::from(part) * UNIT / u128::from(whole.max(1)))
    }

    /// How `part / whole` compares with this, exactly.
    pub(crate) fn compare(self, part: u64, whole: u64) -> std::cmp::Ordering {
        match self.0.checked_mul(u128::from(whole)) {
            Some(product) => (u128::from(part) * UNIT).cmp(&product),
            None => wide_mul(u128::from(part), UNIT).cmp(&wide_mul(self.0, u128::from(whole))),
        }
    }

    /// This as a fraction in lowest terms.
    pub fn fraction(self) -> Fraction {
        Fraction::new(self.0, UNIT)
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || whole.len() + decimals.len() == 0 {
            return Err(NotADecimal::Malformed);
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > 18 || whole.trim_start_matches('0').len() > 15 {
            return Err(NotADecimal::TooLong);
        }
        // Eighteen digits at the most, but for noughts before them.
        let number = |part: &str| u128::from(part.bytes().fold(0u64, |n, b| n * 10 + u64::from(b - b'0')));
        let scale = 10u128.pow(18 - decimals.len() as u32);
        let value = Self(number(whole) * UNIT + number(decimals) * scale);
        // "-0.00" is zero all the same.
        if negative && value != Self::ZERO { Err(NotADecimal::Negative) } else { Ok(value) }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = format!("{:018}", self.0 % UNIT);
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{}", self.0 / UNIT),
            decimals => write!(f, "{}.{decimals}", self.0 / UNIT),
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A part of a whole in percent with two decimals, from the whole numbers. A share that would round to a whole
/// percent without being one is marked `>` or `<`: 20.000001 % must not look like the end of a band. Without a
/// whole there is no share.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "-".into();
    }
    let (hundredths, rest) = mul_div(u128::from(part), 10_000, u128::from(whole));
    let up = rest * 2 >= u128::from(whole);
    let rounded = hundredths + u128::from(up);
    let mark = match (rest, rounded % 100) {
        (0, _) => "",
        (_, 0) if up => "<",
        (_, 0) => ">",
        _ => "",
    };
    format!("{mark}{}.{:02} %", rounded / 100, rounded % 100)
}

/// A calendar date, which names the gas day that begins on it.
///
/// ```
/// use curtail::units::Date;
/// let day: Date = "2026-01-07".parse().unwrap();
/// assert_eq!(day.to_string(), "2026-01-07");
/// assert!("2026-02-29".parse::<Date>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(with = "String", extend("format" = "date")))]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A text or three numbers that are no date of the years 1900 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date of the years 1900 to 9999, written YYYY-MM-DD")
    }
}

impl std::error::Error for NotADate {}

impl Date {
    /// A date of the years 1900 to 9999.
    ///
    /// # Errors
    /// [`NotADate`] if there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, NotADate> {
        let known = (1900..=9999).contains(&year) && (1..=12).contains(&month);
        if known && (1..=days_in(year, month)).contains(&day) { Ok(Self { year, month, day }) } else { Err(NotADate) }
    }

    /// The year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Days since 1 January 1900, for counting days between dates.
    pub fn day_number(self) -> u32 {
        // Leap days of the whole years before, from which the 460 up to 1899 are taken off again.
        let year = u32::from(self.year) - 1;
        let years = (year - 1899) * 365 + (year / 4 - year / 100 + year / 400) - 460;
        let months = BEFORE_MONTH[usize::from(self.month) - 1];
        let months = months + u32::from(self.month > 2 && is_leap(self.year));
        years + months + u32::from(self.day) - 1
    }
}

/// Days of a common year before each of its months.
const BEFORE_MONTH: [u32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut parts = text.split('-');
        let mut part = |length: usize| {
            let text = parts.next().filter(|p| p.len() == length && p.bytes().all(|b| b.is_ascii_digit()));
            text.and_then(|p| p.parse::<u16>().ok()).ok_or(NotADate)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        match parts.next() {
            Some(_) => Err(NotADate),
            None => Self::new(year, month as u8, day as u8),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A set of clock hours, 0 to 23, as a window of the day names them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hours(u32);

impl Hours {
    /// No hour.
    pub const NONE: Self = Self(0);

    /// The whole hours from `from` to `until`, through midnight if `until` is the earlier; `None` if either is
    /// above 24 or they are the same.
    pub fn between(from: u8, until: u8) -> Option<Self> {
        if from > 23 || until > 24 || from == until {
            return None;
        }
        let mut hours = 0;
        let mut hour = from;
        while hour != until % 24 || hours == 0 {
            hours |= 1 << hour;
            hour = (hour + 1) % 24;
        }
        Some(Self(hours))
    }

    /// Whether it holds the hour that begins at `hour`:00.
    pub const fn has(self, hour: u8) -> bool {
        hour < 24 && self.0 >> hour & 1 == 1
    }

    /// How many hours it holds.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The hours that are not in this set.
    pub(crate) const fn inverted(self) -> Self {
        Self(!self.0 & 0xff_ffff)
    }

    /// The hours of both sets alike.
    pub(crate) const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The hours of this set that are not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The hours of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Ordering;

    #[test]
    fn decimals_are_exact_and_say_what_is_wrong() {
        assert_eq!("0.3".parse(), Ok(Decimal::percent(30)));
        assert_eq!(".5".parse(), Ok(Decimal::percent(50)));
        assert_eq!("0.041666666666666664".parse::<Decimal>().map(|d| d.to_string()), Ok("0.041666666666666664".into()));
        assert_eq!("-0.0".parse(), Ok(Decimal::ZERO));
        assert_eq!("-0.1".parse::<Decimal>(), Err(NotADecimal::Negative));
        assert_eq!("0.0000000000000000001".parse::<Decimal>(), Err(NotADecimal::TooLong));
        for text in ["", ".", "1e3", "nan", "inf", "1.2.3", "--1", " 1"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal::Malformed), "{text}");
        }
    }

    #[test]
    fn decimals_compare_with_parts_and_come_from_them() {
        let fifth = Decimal::percent(20);
        for (part, whole) in
            [(0, 7), (199_999, 1_000_000), (200_000, 1_000_000), (200_001, 1_000_000), (u64::MAX, u64::MAX)]
        {
            assert_eq!(fifth.compare(part, whole), fifth.fraction().compare(part, whole), "{part} / {whole}");
            assert_eq!(Decimal::ratio(part, whole), Decimal::below(Fraction::new(part.into(), whole.into())));
        }
        // Where the products outgrow 128 bits.
        let large = Decimal::whole(u64::MAX);
        assert_eq!((large.compare(u64::MAX, 1), large.compare(1, u64::MAX)), (Ordering::Equal, Ordering::Less));
        assert_eq!(Decimal::percent(5).so_often(3), Decimal::percent(15));
    }

    #[test]
    fn fractions_multiply_in_lowest_terms() {
        let product = |a: (u128, u128), b: (u128, u128)| Fraction::new(a.0, a.1).times(Fraction::new(b.0, b.1));
        assert_eq!(product((3, 8), (2, 9)), Some(Fraction::new(1, 12)));
        assert_eq!(product((0, 8), (2, 9)), Some(Fraction::new(0, 1)));
        assert_eq!(product((u128::MAX, 3), (3, u128::MAX)), Some(Fraction::new(1, 1)));
        assert_eq!(product((u128::MAX, 2), (u128::MAX, 3)), None);
    }

    #[test]
    fn products_are_exact_through_256_bits() {
        assert_eq!(mul_div(7, 3, 2), (10, 1));
        assert_eq!(mul_div(u128::MAX, u128::MAX, u128::MAX), (u128::MAX, 0));
        assert_eq!(mul_div(u128::MAX, 10, 100), (u128::MAX / 10, (u128::MAX % 10) * 10));
        assert_eq!(Decimal::percent(30).rest().fraction().ceil_of(1001), 701);
        assert_eq!(Fraction::new(1, 3).floor_of(1_000_000_000_000), 333_333_333_333);
        // The same through 64 and through 128 bits.
        let long = Fraction::new(u128::from(u64::MAX) - 1, u128::from(u64::MAX) * 2);
        assert_eq!((long.floor_of(1001), long.ceil_of(1001)), (500, 501));
        assert_eq!((Fraction::new(7, 10).floor_of(1001), Fraction::new(7, 10).ceil_of(1001)), (700, 701));
        assert_eq!((Fraction::new(7, 10).floor_of(1000), Fraction::new(7, 10).ceil_of(1000)), (700, 700));
    }

    #[test]
    fn five_ten_and_twenty_percent_compare_exactly() {
        let five = Decimal::percent(5).fraction();
        assert_eq!(five.compare(50, 1000), Ordering::Equal);
        assert_eq!(five.compare(49_999_999_999, 1_000_000_000_000), Ordering::Less);
        assert_eq!(five.compare(50_000_000_001, 1_000_000_000_000), Ordering::Greater);
    }

    #[test]
    fn dates_know_their_calendar() {
        let day = |text: &str| text.parse::<Date>();
        assert!(day("2028-02-29").is_ok() && day("2026-02-29").is_err() && day("1900-02-29").is_err());
        assert!(day("2026-1-7").is_err() && day("2026-01-07 ").is_err() && day("2026-13-01").is_err());
        let number = |text: &str| day(text).map(Date::day_number);
        assert_eq!(number("1900-01-01"), Ok(0));
        assert_eq!(number("2026-01-01").ok(), number("2025-12-31").ok().map(|n| n + 1));
    }

    #[test]
    fn hours_may_pass_midnight() {
        assert_eq!(Hours::between(17, 20).map(Hours::count), Some(3));
        assert_eq!(Hours::between(22, 10).map(Hours::count), Some(12));
        assert_eq!(Hours::between(22, 24).map(Hours::count), Some(2));
        assert_eq!(Hours::between(0, 24).map(Hours::count), Some(24));
        assert!(Hours::between(9, 9).is_none() && Hours::between(24, 3).is_none());
    }
}
