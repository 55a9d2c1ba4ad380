//! Temperatures.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A temperature in hundredths of a degree Celsius, from -99.99 to 99.99.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Celsius(i32);

/// Why a text is not a temperature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATemperature;

impl fmt::Display for NotATemperature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a temperature in degrees Celsius between -99.99 and 99.99, with at most two decimals")
    }
}

impl std::error::Error for NotATemperature {}

impl Celsius {
    /// So many hundredths of a degree.
    pub const fn hundredths(hundredths: i32) -> Option<Self> {
        if hundredths.unsigned_abs() < 10_000 { Some(Self(hundredths)) } else { None }
    }

    /// In hundredths of a degree.
    pub const fn get(self) -> i32 {
        self.0
    }
}

impl FromStr for Celsius {
    type Err = NotATemperature;

    fn from_str(text: &str) -> Result<Self, NotATemperature> {
        // A minus sign as spreadsheets and people write it.
        let (negative, rest) = match text.strip_prefix(['-', '−', '－']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = rest.split_once('.').unwrap_or((rest, ""));
        let decimals = decimals.trim_end_matches('0');
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = (1..=2).contains(&whole.len()) && decimals.len() <= 2;
        if !digits(whole) || !digits(decimals) || !fits {
            return Err(NotATemperature);
        }
        let number = |part: &str| part.bytes().fold(0, |number, byte| number * 10 + i32::from(byte - b'0'));
        let hundredths = number(whole) * 100 + number(decimals) * if decimals.len() == 1 { 10 } else { 1 };
        Self::hundredths(if negative { -hundredths } else { hundredths }).ok_or(NotATemperature)
    }
}

impl Serialize for Celsius {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Celsius {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Celsius {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            _ if rest % 10 == 0 => write!(f, "{sign}{whole}.{}", rest / 10),
            _ => write!(f, "{sign}{whole}.{rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temperatures_are_read_exactly_and_written_as_short_as_they_can_be() {
        for (text, hundredths, again) in [
            ("-3.4", -340, "-3.4"),
            ("−3.40", -340, "-3.4"),
            ("0", 0, "0"),
            ("-0.05", -5, "-0.05"),
            ("+12.25", 1225, "12.25"),
            ("99.99", 9999, "99.99"),
        ] {
            let read: Celsius = text.parse().expect(text);
            assert_eq!((read.get(), read.to_string()), (hundredths, again.to_owned()), "{text}");
        }
        for wrong in ["", "-", ".5", "100", "3.456", "1e3", "3,4", "--3", "12 "] {
            assert!(wrong.parse::<Celsius>().is_err(), "{wrong}");
        }
    }
}
