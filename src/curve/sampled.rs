//! The pieces of a curve that is not straight in between, or not known to be: where only the linear program can decide, because
//! companies share links, and where the day is decided hour by hour. Decided at whole m3 of supply on a grid, straight lines in between. Where the level or the blocks change is found to the cubic metre,
//! as far as the grid shows that they do.

use super::{Found, Segment, State};
use crate::decide::allocate::Unanswered;
use crate::decide::along::{Along, Order, Sample, Stands};
use crate::policy::Standing;
use crate::rational::{Line, Rational};

/// So many stretches of the grid where the linear program decides, which takes its time.
const GRID: u64 = 40;

/// So many by the hour: one for each percent of shortfall.
pub(super) const HOURLY: u64 = 100;

/// Samples of one curve.
struct Sampler<'a> {
    along: &'a Along<'a>,
    orders: Vec<(Standing, Order)>,
    states: Vec<State>,
    segments: Vec<Segment>,
}

/// The pieces of a balance's curve, sampled.
///
/// # Errors
/// A failure of the linear program, or a build without one.
pub(super) fn find(along: &Along<'_>) -> Result<Found, Unanswered> {
    let mut sampler = Sampler { along, orders: Vec::new(), states: Vec::new(), segments: Vec::new() };
    let grid = u128::from(if along.is_by_hour() { HOURLY } else { GRID });
    let point = |number: u128| (u128::from(along.demand) * number / grid) as u64;
    let mut from = (0, sampler.at(0)?);
    sampler.open(from.1.stands);
    for until in (1..=grid).map(point) {
        if until <= from.0 {
            continue;
        }
        let until = (until, sampler.at(until)?);
        from = sampler.walk(from, until)?;
    }
    sampler.close(&from);
    let orders = sampler.orders.into_iter().map(|(_, order)| order).collect();
    Ok(Found { exact: false, orders, states: sampler.states, segments: sampler.segments })
}

impl Sampler<'_> {
    fn at(&self, lack: u64) -> Result<Sample, Unanswered> {
        self.along.sample(self.along.demand - lack, true)
    }

    /// From one sample to another, over every change of standing that can be told apart in between.
    fn walk(&mut self, mut from: (u64, Sample), until: (u64, Sample)) -> Result<(u64, Sample), Unanswered> {
        while from.1.stands != until.1.stands {
            let (mut low, mut high) = (from.0, until.0);
            while high - low > 1 {
                let middle = low.midpoint(high);
                let same = self.along.sample(self.along.demand - middle, false)?.stands == from.1.stands;
                if same { low = middle } else { high = middle }
            }
            let last = if low > from.0 { (low, self.at(low)?) } else { from.clone() };
            self.straight(&from, &last);
            // Nothing is known of the last cubic metre, so the figures stay until the next one.
            self.straight(&last, &(high, last.1.clone()));
            from = if high == until.0 { until.clone() } else { (high, self.at(high)?) };
            self.open(from.1.stands);
        }
        self.straight(&from, &until);
        Ok(until)
    }

    /// A new state begins.
    fn open(&mut self, stands: Stands) {
        let known = self.orders.iter().position(|(at, _)| *at == stands.standing);
        let order = known.unwrap_or_else(|| {
            self.orders.push((stands.standing, self.along.order(stands.standing)));
            self.orders.len() - 1
        });
        self.states.push(State::new(&self.orders[order].1, order, stands));
    }

    /// The line is at its end.
    fn close(&mut self, last: &(u64, Sample)) {
        let state = self.states.len().saturating_sub(1);
        if self.segments.last().is_none_or(|segment| segment.state != state) {
            self.push(last, last);
        }
        if let Some(segment) = self.segments.last_mut() {
            segment.closed.1 = true;
        }
    }

    fn straight(&mut self, from: &(u64, Sample), until: &(u64, Sample)) {
        if from.0 < until.0 {
            self.push(from, until);
        }
    }

    fn push(&mut self, (from, a): &(u64, Sample), (until, b): &(u64, Sample)) {
        let (from, until) = (Rational::whole(*from), Rational::whole(*until));
        let line = |a: u64, b: u64| {
            let slope =
                if a == b { Rational::ZERO } else { (Rational::whole(b) - Rational::whole(a)).over(until - from) };
            Line::through(from, Rational::whole(a), slope)
        };
        let through = |a: &[u64], b: &[u64]| a.iter().zip(b).map(|(a, b)| line(*a, *b)).collect::<Vec<_>>();
        let lines = through(&a.served, &b.served);
        let parts = match self.states.last() {
            Some(state) if self.along.is_by_hour() => {
                let order = &self.orders[state.order].1;
                let of = |sample: &Sample| self.along.parts(order, &state.rotating, &state.cells, sample);
                of(a).iter().zip(&of(b)).map(|(a, b)| through(a, b)).collect()
            }
            _ => Vec::new(),
        };
        let (state, deliverable) = (self.states.len().saturating_sub(1), line(a.deliverable, b.deliverable));
        self.segments.push(Segment { from, until, closed: (true, false), state, deliverable, lines, parts });
    }
}
