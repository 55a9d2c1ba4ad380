//! Volumes of hours: parts of a m3.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A volume in thousandths of a m3: what hourly figures are told in. In JSON a number with three decimals.
///
/// ```
/// # use curtail::units::Milli;
/// assert_eq!(Milli(1_500).to_string(), "1.500");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(with = "f64", extend("minimum" = 0)))]
pub struct Milli(pub u64);

impl fmt::Display for Milli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

impl Serialize for Milli {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // The double nearest to three decimals is printed as these three decimals.
        to.serialize_f64(self.0 as f64 / 1_000.0)
    }
}

impl<'de> Deserialize<'de> for Milli {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let volume = f64::deserialize(from)?;
        if !(0.0..=1e15).contains(&volume) {
            return Err(serde::de::Error::custom("a volume below zero, or too large"));
        }
        Ok(Self((volume * 1_000.0).round() as u64))
    }
}

/// A volume in millionths of a m3: what hours are decided in, so that an hour's part of a day is a whole number. In JSON that number.
///
/// ```
/// # use curtail::units::Micro;
/// assert_eq!(Micro(1_500_000).to_string(), "1.500000");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Micro(pub u64);

impl fmt::Display for Micro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}
