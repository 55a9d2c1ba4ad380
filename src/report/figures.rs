//! The figures of a period: its parts of gas days, each split from its day, added up.

use serde::Serialize;

use super::Standing;
use super::boilers::Boilers;
use super::metered::{Compliance, Metering};
use super::protected::Protected;
use crate::units::{Date, M3, Milli};

/// The figures of a period, in m3 or heads. Of the main urban area, unless it is said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Figures {
    /// Its gas days, first to last.
    pub days: Vec<DayFigures>,
    /// Forecast demand.
    pub demand_m3: M3,
    /// What the orders left of it.
    pub served_m3: M3,
    /// What they took, withheld gas included.
    pub cut_m3: M3,
    /// What of that came back, by restorations of the orders.
    pub restored_m3: M3,
    /// What was short: each day's shortfall in proportion to its demand.
    pub shortfall_m3: M3,
    /// By source, in the order of their names.
    pub by_source: Vec<SourceFigures>,
    /// By class, in the order of the policy.
    pub by_class: Vec<ClassFigures>,
    /// By measure in cut order, then what is cut by none.
    pub by_measure: Vec<MeasureFigures>,
    /// Firm gas cut beyond authority, by tier.
    pub beyond_authority: Vec<(u32, M3)>,
    /// The turns of blocks, day by day.
    pub blocks: Vec<Block>,
    /// Who is touched.
    pub homes: Homes,
    /// Boilers by class.
    pub boilers: Vec<Boilers>,
    /// Protected customers that were touched.
    pub protected: Protected,
    /// How orders were kept.
    pub compliance: Compliance,
    /// What is metered.
    pub metering: Metering,
    /// The districts outside the main urban area, day by day.
    pub areas: Vec<AreaFigures>,
}

/// A gas day of the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct DayFigures {
    /// The gas day.
    pub date: Date,
    /// The clock hours of the day that belong to the period: the first, and the one after the last.
    pub hours: [u8; 2],
    /// How many hours of it belong to the period, and how many it has.
    pub of_hours: [usize; 2],
    /// How its figures are known.
    pub known: Standing,
    /// The decision.
    pub id: Option<String>,
    /// From when on it decides the day again, if it does.
    pub revised_at: Option<String>,
    /// Whether its hours were decided one by one; else they were split by profiles.
    pub hourly: bool,
    /// Its level.
    pub level: Option<String>,
    /// The mildest level that would authorise all cuts, where firm gas is cut.
    pub escalate_to: Option<String>,
    /// Whether firm gas was cut.
    pub beyond: bool,
    /// In the period, in m3: forecast demand, what the order left, what it took.
    pub demand_m3: M3,
    /// What the order left.
    pub served_m3: M3,
    /// What it took.
    pub cut_m3: M3,
    /// What of that came back.
    pub restored_m3: M3,
    /// What was short in the period.
    pub shortfall_m3: M3,
    /// Over the whole gas day, in m3: demand, supply, what could be delivered and what was short.
    pub day_demand_m3: M3,
    /// What the sources could give.
    pub day_supply_m3: M3,
    /// What could be delivered.
    pub day_deliverable_m3: M3,
    /// What was short.
    pub day_shortfall_m3: M3,
    /// By how much the pipes held less at the end of the day than they must.
    pub linepack_missing_m3: Milli,
}

/// A source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct SourceFigures {
    /// Its name.
    pub source: String,
    /// What it could give in the period: each day's volume, by the hour alike.
    pub nominated_m3: M3,
    /// What it gave by its own figures, in the hours that are known; `None` if none is.
    pub metered_m3: Option<M3>,
    /// So many hours are known.
    pub metered_hours: usize,
}

/// A class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct ClassFigures {
    /// The class.
    pub class: String,
    /// Forecast demand.
    pub demand_m3: M3,
    /// What the orders left of it.
    pub served_m3: M3,
    /// What they took.
    pub cut_m3: M3,
}

/// A measure, or what stands for one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct MeasureFigures {
    /// The measure.
    pub measure: String,
    /// The levels at which it was in force in the period.
    pub levels: Vec<String>,
    /// Its clauses.
    pub clauses: Vec<String>,
    /// Customers that it cut.
    pub customers: u64,
    /// What was ordered to be saved.
    pub ordered_m3: M3,
    /// The part of that of customers with figures.
    pub metered_ordered_m3: M3,
    /// What those saved: forecast less what they took; `None` if nothing is metered.
    pub saved_m3: Option<M3>,
}

/// A block's turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Block {
    /// The gas day.
    pub date: Date,
    /// The block.
    pub district: String,
    /// Its forecast demand in the period.
    pub demand_m3: M3,
    /// What it gave up under measures that rotate.
    pub cut_m3: M3,
}

/// Who is touched, each counted once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Homes {
    /// Customers that lost gas.
    pub customers: u64,
    /// Households of those customers.
    pub households: u64,
    /// The area that they heat, in m2.
    pub heated_m2: u64,
    /// Boilers among them whose households nobody has entered.
    pub boilers_without_households: u64,
    /// Boilers among them whose heated area nobody has entered.
    pub boilers_without_area: u64,
}

/// A district outside the main urban area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct AreaFigures {
    /// The gas day.
    pub date: Date,
    /// The district.
    pub district: String,
    /// Its level.
    pub level: Option<String>,
    /// In the period: forecast demand, what is left of it, what is taken.
    pub demand_m3: M3,
    /// What is left.
    pub served_m3: M3,
    /// What is taken.
    pub cut_m3: M3,
    /// Customers that are cut on the day.
    pub customers_cut: u64,
    /// Households of those.
    pub households_cut: u64,
}
