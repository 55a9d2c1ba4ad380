//! Winters: how often a city will lack gas, who loses it, and what would help.
//!
//! A scenario draws each winter's weather from the weather that was, lets demand follow it, sources fail and stores empty, and decides
//! each day by the very same code as `decide`. What carries over from day to day, the burdens of blocks and the stock of stores,
//! does so. Every winter draws from random streams of its own, so it is the same whoever simulates it, beside whichever others.

mod class_days;
mod condense;
mod each;
mod enough;
mod ensemble;
mod figures;
mod homes;
mod memory;
mod messages;
mod parallel;
mod quota;
mod random;
mod results;
mod running;
#[cfg(feature = "lp")]
mod sample;
#[cfg(feature = "files")]
pub mod scenario;
mod severity;
mod spread;
mod study;
mod supply;
// Its city is under a plan that has a name, which stands outside of the source.
#[cfg(test)]
#[path = "../../tests/inside/winters.rs"]
mod tests;
mod values;
mod winter;
mod winters;

pub use condense::condense;
pub use each::{DayFigures, EachWinter};
pub use ensemble::{Difference, Ensemble, Outcome};
pub use figures::{Figure, Tally};
pub use homes::{Building, Cause, Homes, NotHomes};
pub use messages::ScenarioMessage;
pub use results::{Apart, Confirmed, LevelUsed, PolicyUsed, Results, Simulated, Span, WeatherUsed};
pub use running::{Estimate, Running};
pub use severity::{Severities, Severity};
pub use spread::Spread;
pub use study::{Inputs, OneDay, SimulatedDay, Study};
pub use supply::{Gives, Outages, SourceModel, Store};
pub use values::{Costs, Values, Worth};
pub use winters::Draw;
