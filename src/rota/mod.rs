//! The blocks' calendar (section 4 of the decision model): whose turn it was by the orders that were issued, and whose it will be
//! under a forecast of shortfalls.
//!
//! A coming day is planned by the same decision that will be made on it, and each planned day burdens its blocks for the next, by
//! the very [`Memory`](crate::record::Memory) that a recorded order feeds. Of a day of which nothing is known nothing is said.

mod fairness;
mod outlook;
mod plan;

pub use fairness::{Burdens, Figures};
pub use outlook::Outlook;
pub use plan::{Issued, Planner, Rules};

use crate::record::{DecisionId, Turn};
use crate::units::{Date, Decimal, M3};

/// Whose turn it is, day after day.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Calendar {
    /// The blocks, by index in [`City::districts`](crate::city::City::districts), in their order.
    pub blocks: Vec<u32>,
    /// The days, without a gap.
    pub days: Vec<CalendarDay>,
    /// When the season of the last day began; `None` if the policy is in force all the year.
    pub season: Option<Date>,
    /// What the blocks have borne in that season by issued orders.
    pub so_far: Burdens,
    /// What they will have borne after the planned days too.
    pub after: Burdens,
}

/// A day of the calendar.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CalendarDay {
    /// The gas day.
    pub date: Date,
    /// How it is known.
    pub known: Known,
    /// The level; `None` where there is none, or nothing is known.
    pub level: Option<String>,
    /// Demand of the main urban area and the most of it that can be met, in m3; `None` where nothing is known.
    pub balance: Option<(M3, M3)>,
    /// The blocks whose turn it is, in the order in which they were chosen.
    pub turns: Vec<Turn>,
    /// Each block's demand, in the order of [`Calendar::blocks`], in m3; `None` where it is not known.
    pub demand: Vec<Option<M3>>,
}

/// How a day of the calendar is known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Known {
    /// It has an order.
    Confirmed(DecisionId),
    /// It is planned.
    Planned(Planned),
    /// Nothing is known of it: it has no forecast and no figures.
    Unknown,
    /// It is over and had no order.
    NoOrder,
}

/// What a planned day rests on, and what its decision must say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Planned {
    /// The shortfall it is planned for, in percent of demand; `None` if it has figures of its own.
    pub shortfall: Option<Decimal>,
    /// Whether any customer's demand is its standing one, for want of a forecast.
    pub standing_demand: bool,
    /// The day whose sources it takes, in proportion; `None` if it has its own.
    pub sources_of: Option<Date>,
    /// More blocks than the formula says.
    pub extended: bool,
    /// A block's rest or longest run gave way.
    pub rest_gave_way: bool,
    /// Firm gas cut beyond the level's authority, in m3.
    pub beyond_authority: M3,
}

impl CalendarDay {
    /// A block's turn, by the block's id, and which of the day's turns it is, from 1.
    pub fn turn(&self, block: &str) -> Option<(usize, &Turn)> {
        (1..).zip(&self.turns).find(|(_, turn)| turn.district == block)
    }
}
