//! Who loses gas as the shortfall grows from 0 to 100 %: a whole line of decisions at once.
//!
//! All sources of a balance are scaled by one factor, so that together they give all of demand at the one end (`x` = 0) and
//! nothing at the other (`x` = 1): `x` is what `--shortfall` means. Volumes are real numbers there, not whole m3. Level,
//! blocks and everybody's volume are then piecewise straight in `x`, with jumps where the level or the blocks change; a
//! [`Curve`] holds the pieces, whose ends are exact fractions. Where companies share links it is sampled instead, and
//! [`Curve::is_exact`] says so; so it is where the day is decided hour by hour, at each percent. Orders too small to be given are not moved on the line.
//!
//! ```
//! # use curtail::city::{City, CustomerRow, DistrictRow, Settings, SupplyRow};
//! # use curtail::decide::{Day, Options, Prepared};
//! # use curtail::policy::{Policies, Policy};
//! # use curtail::units::{Fraction, M3};
//! # let plan = Policy::builtins().next().unwrap();
//! # let policies = Policies::of(Policy::builtin(plan)?);
//! # let class = policies.main.classes[0].id.clone();
//! # let date = "2026-01-07".parse().unwrap();
//! # let mut rows = City::builder(Settings::default());
//! # rows.add_district(DistrictRow { id: "a", urban: true, ..DistrictRow::default() });
//! # rows.add_customer(CustomerRow { id: "c", class: &class, demand: M3(90), district: "a", company: "g", ..CustomerRow::default() });
//! # rows.add_supply(SupplyRow { date, source: "s", volume: M3(90), max_h: None, company: None, area: None });
//! # let (city, _) = rows.build(&policies)?;
//! # let day = Day::on(&city, date)?.0;
//! let prepared = Prepared::new(&policies, &city, Options::default())?;
//! let curves = prepared.curves(&day)?;
//! let half = curves[0].at(Fraction::new(1, 2)).unwrap();
//! assert_eq!(half.deliverable(), Fraction::new(45, 1));
//! # Ok::<(), curtail::problem::Problems>(())
//! ```

mod bends;
mod exact;
mod levels;
mod messages;
mod point;
mod sampled;
mod served;
mod tried;

pub use messages::CurveMessage;
pub use point::{Point, RankServed};
pub(crate) use served::Shares;
pub use served::{Stretch, Touched};

use crate::city::City;
use crate::decide::allocate::{Cell, Unanswered};
use crate::decide::along::{Along, Order, Stands};
use crate::decide::{Day, DecideMessage, Prepared};
use crate::policy::{Policy, Standing};
use crate::problem::{Origin, Place, Problem, Problems};
use crate::rational::{Line, Rational};
use crate::units::{Fraction, M3};

/// Who loses gas in one balance, at every shortfall.
pub struct Curve<'a> {
    pub(crate) along: Along<'a>,
    exact: bool,
    orders: Vec<Order>,
    states: Vec<State>,
    pieces: Vec<Piece>,
}

/// A stretch of the line, or a point of it, in which level and blocks are the same and every volume is a straight line.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Piece {
    /// Where it begins, as a shortfall of 0 to 1.
    pub from: Fraction,
    /// Where it ends.
    pub until: Fraction,
    /// Whether its beginning belongs to it.
    pub from_closed: bool,
    /// Whether its end belongs to it.
    pub until_closed: bool,
    /// The level that answers.
    pub standing: Standing,
    /// `k` of the rotation's formula; 0 where nothing rotates.
    pub by_formula: usize,
    /// The blocks on their turn, in their order, as indices in [`City::districts`].
    pub blocks: Vec<u32>,
    pub(crate) segment: Segment,
}

/// What the search for the pieces finds.
struct Found {
    exact: bool,
    orders: Vec<Order>,
    states: Vec<State>,
    segments: Vec<Segment>,
}

/// A level with its blocks: everybody's slices are the same in it.
pub(crate) struct State {
    /// Index in the orders.
    order: usize,
    pub stands: Stands,
    pub rotating: Vec<bool>,
    pub cells: Vec<Cell>,
}

impl State {
    fn new(order: &Order, at: usize, stands: Stands) -> Self {
        Self { order: at, stands, rotating: order.rotating(stands.blocks), cells: order.cells(stands.blocks) }
    }
}

/// A piece in terms of the lack: how much less than demand the sources give, in m3.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    pub from: Rational,
    pub until: Rational,
    pub closed: (bool, bool),
    /// Index in the states.
    pub state: usize,
    pub deliverable: Line,
    /// What each of the state's cells gets.
    pub lines: Vec<Line>,
    /// By the hour: what each kind of gas in each of them gets; empty elsewhere, where all share alike.
    pub parts: Vec<Vec<Line>>,
}

impl Prepared<'_> {
    /// The curve of the main urban area, and of each outer district with demand and supply.
    ///
    /// # Errors
    /// All that is wrong with the day's figures; sources of the urban area that give nothing and so cannot be scaled; a
    /// failure of the linear program where only it can decide.
    pub fn curves<'a>(&'a self, day: &'a Day) -> Result<Vec<Curve<'a>>, Problems> {
        let mut curves = Vec::new();
        for along in self.along(day)? {
            let nothing = along.supply.iter().all(|volume| *volume == 0);
            if nothing && along.area().is_none() {
                let (scope, date) = (along.name(), day.date.to_string());
                return Err(refused(CurveMessage::NothingToScale { scope, date }));
            }
            if !nothing {
                curves.push(Curve::new(along)?);
            }
        }
        Ok(curves)
    }

    /// The curve of one balance: of an outer district (as an index in [`City::districts`]), or of the main urban area. `None`
    /// if it has no demand, or sources that give nothing.
    ///
    /// # Errors
    /// What is wrong with the day's figures; a failure of the linear program where only it can decide.
    pub fn curve_of<'a>(&'a self, day: &'a Day, area: Option<u32>) -> Result<Option<Curve<'a>>, Problems> {
        let along = self.along(day)?.into_iter().find(|along| along.area() == area);
        along.filter(|along| along.supply.iter().any(|volume| *volume > 0)).map(Curve::new).transpose()
    }
}

fn refused(message: CurveMessage) -> Problems {
    Problem::error(Place::whole(Origin::memory("curve")), message).into()
}

impl<'a> Curve<'a> {
    fn new(along: Along<'a>) -> Result<Self, Problems> {
        let exact = if along.is_by_hour() { None } else { exact::find(&along).ok() };
        let found = match exact {
            Some(found) => found,
            None => sampled::find(&along).map_err(unanswered)?,
        };
        let demand = Rational::whole(along.demand);
        let x = |lack: Rational| lack.over(demand).fraction();
        let piece = |segment: Segment| {
            let state = &found.states[segment.state];
            let blocks = found.orders[state.order].blocks.iter().take(state.stands.blocks);
            Piece {
                from: x(segment.from),
                until: x(segment.until),
                from_closed: segment.closed.0,
                until_closed: segment.closed.1,
                standing: state.stands.standing,
                by_formula: state.stands.by_formula,
                blocks: blocks.map(|block| along.districts()[*block]).collect(),
                segment,
            }
        };
        let pieces = found.segments.into_iter().map(piece).collect();
        Ok(Self { exact: found.exact, orders: found.orders, states: found.states, pieces, along })
    }

    /// The outer district, as an index in [`City::districts`]; `None` for the main urban area.
    pub fn area(&self) -> Option<u32> {
        self.along.area()
    }

    /// The city.
    pub fn city(&self) -> &'a City {
        self.along.city
    }

    /// The balance's policy.
    pub fn policy(&self) -> &'a Policy {
        self.along.policy
    }

    /// `D`.
    pub fn demand(&self) -> M3 {
        M3(self.along.demand)
    }

    /// What the sources give on the day.
    pub fn supply(&self) -> M3 {
        self.along.supply.iter().copied().map(M3).sum()
    }

    /// Whether every end and every volume is exact; if not, the curve is sampled and straight between samples.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// Into how many equal steps the line is divided at which the day was decided hour by hour, beside every change of level or
    /// blocks; `None` where it is decided as a whole. Such a curve knows classes, tiers and districts, and no single customers.
    pub fn steps_by_hour(&self) -> Option<u64> {
        self.along.is_by_hour().then_some(sampled::HOURLY)
    }

    /// Whether the case is decided hour by hour, and this curve takes its days as a whole all the same.
    #[cfg(feature = "cli")]
    pub(crate) fn leaves_hours_out(&self) -> bool {
        self.city().settings.hourly && !self.along.is_by_hour()
    }

    /// The pieces in order, without a gap from 0 to 1.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The line at a shortfall; `None` above 1.
    pub fn at(&self, x: Fraction) -> Option<Point<'_>> {
        let lack = Rational::from(x) * Rational::whole(self.along.demand);
        let holds = |segment: &Segment| {
            (segment.from < lack || (segment.from == lack && segment.closed.0))
                && (lack < segment.until || (lack == segment.until && segment.closed.1))
        };
        let piece = self.pieces.iter().find(|piece| !lack.is_lost() && holds(&piece.segment))?;
        Some(Point { curve: self, piece, lack })
    }

    /// The line at the beginning of a piece, or just after it where it is open.
    pub fn start<'c>(&'c self, piece: &'c Piece) -> Point<'c> {
        Point { curve: self, piece, lack: piece.segment.from }
    }

    /// The line at the end of a piece, or just before it where it is open.
    pub fn end<'c>(&'c self, piece: &'c Piece) -> Point<'c> {
        Point { curve: self, piece, lack: piece.segment.until }
    }

    /// Demand by class, by tier (as when firm) and by district, in m3.
    pub(crate) fn demands(&self) -> (Vec<u64>, Vec<u64>, Vec<u64>) {
        let policy = self.policy();
        let (mut class, mut tier) = (vec![0; policy.classes.len()], vec![0; policy.tiers.len()]);
        let mut district = vec![0; self.districts().len()];
        for (at, part) in self.orders.first().into_iter().flat_map(Order::all) {
            class[part.class as usize] += part.size;
            tier[part.tier as usize] += part.size;
            district[at] += part.size;
        }
        (class, tier, district)
    }

    pub(crate) fn state(&self, piece: &Piece) -> &State {
        &self.states[piece.segment.state]
    }

    pub(crate) fn order(&self, state: &State) -> &Order {
        &self.orders[state.order]
    }
}

fn unanswered(why: Unanswered) -> Problems {
    let message = match why {
        Unanswered::NeedsLp => DecideMessage::NeedsLp {},
        Unanswered::Solver(what) => DecideMessage::Solver { what },
        Unanswered::NeitherHolds => DecideMessage::NeitherHolds {},
    };
    Problem::error(Place::whole(Origin::memory("curve")), message).into()
}
