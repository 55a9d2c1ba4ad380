//! Who is cold: how warm homes stay when their boiler gets less gas than it asks for.
//!
//! A building is of first order: it loses heat in proportion to how much warmer it is than the air outside, and follows what heats it
//! with one time constant. Its boiler is built for a design point and gives heat in proportion to the gas it gets: all of what it asks for
//! keeps the indoor temperature of the design, as long as it is not colder outside than the boiler was built for. The hours of a stop
//! and the hours around it are pieces of their own; in each the temperature is the exponential in closed form.
//!
//! All of it is in whole numbers, so that a winter is the same on every machine.

mod causes;
mod decay;
mod gas;
mod rooms;

use std::fmt;

use crate::units::{Celsius, Decimal};

pub use causes::Cause;
pub(crate) use rooms::{Heating, Rooms};

/// How the buildings of a class keep their heat, and what their boilers were built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Building {
    /// The hours in which the difference to where the temperature is going falls to 1/e, from [`Building::LEAST`] to
    /// [`Building::MOST`].
    pub time_constant: Decimal,
    /// The indoor temperature that the boiler keeps.
    pub indoor: Celsius,
    /// The coldest day, as a mean, on which it can keep it.
    pub outdoor: Celsius,
    /// By how many degrees people, cooking and the sun keep a home warmer than the air outside.
    pub gains: Celsius,
}

impl Building {
    /// The shortest time constant, in hours: a tent.
    pub const LEAST: Decimal = Decimal::ONE;
    /// The longest, in hours: a bunker.
    pub const MOST: Decimal = Decimal::whole(1000);
}

/// Which homes are heated how, and below which temperatures they count as cold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Homes {
    limits: Vec<Celsius>,
    classes: Vec<(String, Building)>,
}

/// Why homes cannot be simulated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotHomes {
    /// The time constant of this class is out of bounds.
    TimeConstant(String),
    /// The gains of this class are below zero.
    Gains(String),
    /// The homes of this class need no heat at the design point.
    Design(String),
}

impl fmt::Display for NotHomes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimeConstant(class) => write!(f, "{class}: a time constant is from 1 to 1000 hours"),
            Self::Gains(class) => write!(f, "{class}: gains are not below zero"),
            Self::Design(class) => {
                write!(f, "{class}: the indoor temperature less the gains is not above the outdoor temperature")
            }
        }
    }
}

impl std::error::Error for NotHomes {}

impl Homes {
    /// Homes by class, of the customers whose class and households the city knows; and the temperatures below which they are cold.
    ///
    /// # Errors
    /// The first class whose building could not stand.
    pub fn new(limits: Vec<Celsius>, classes: Vec<(String, Building)>) -> Result<Self, NotHomes> {
        for (class, building) in &classes {
            let class = || class.clone();
            if building.time_constant < Building::LEAST || building.time_constant > Building::MOST {
                return Err(NotHomes::TimeConstant(class()));
            }
            if building.gains < Celsius::default() {
                return Err(NotHomes::Gains(class()));
            }
            if building.indoor.get() - building.gains.get() <= building.outdoor.get() {
                return Err(NotHomes::Design(class()));
            }
        }
        Ok(Self { limits, classes })
    }

    /// The temperatures below which homes count as cold.
    pub fn limits(&self) -> &[Celsius] {
        &self.limits
    }

    /// The buildings, by class.
    pub fn classes(&self) -> &[(String, Building)] {
        &self.classes
    }
}
