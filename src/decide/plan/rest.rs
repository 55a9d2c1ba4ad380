//! How the rest of a day is cut, when it is decided again: each slice of the whole day less its past part.

use super::super::decision::Kind as SliceKind;
use super::super::hourly::{Clock, Hourly, Spread};
use super::super::kinds::Kind;
use super::super::past::{self, Past, Piece, Split};
use super::Plan;
use super::rules::{Course, Rule, TodaysCut};
use crate::policy::Standing;
use crate::units::{Decimal, Fraction, Hours};

impl Plan<'_> {
    /// The rest of a day: each slice of the whole day less its past part.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn cut_rest(
        &self,
        past: &Past,
        at: usize,
        kind: &Kind,
        floor: u64,
        rotating: &[bool],
        stack: &mut [(u32, u64)],
        emit: &mut impl FnMut(usize, usize, u64, Option<&Spread>),
    ) {
        let customer = self.scope.customers[at];
        let demand = self.day.demand[customer as usize].get();
        let gone = past.demand[customer as usize];
        if let Some(volume) = self.day.pinned.get(&customer) {
            let pieces: Vec<Piece> = stack.iter().map(|(_, size)| Piece { size: *size, past: None }).collect();
            let rests = Split::new(&pieces, gone).rests(&pieces);
            stack.iter_mut().zip(rests).for_each(|((_, size), rest)| *size = rest);
            let spread = self.hourly.map(|hourly| hourly.asks(self.city, self.day, customer).0);
            return self.pin(kind, stack, volume.get().saturating_sub(past.taken[customer as usize]), spread, emit);
        }
        let course = self.course_of(at, rotating);
        if let Some(hourly) = self.hourly
            && let Some(whole) = &hourly.whole
        {
            let demands = (demand, floor);
            return self.cut_rest_by_hour((hourly, whole), past, customer, kind, course, demands, stack, emit);
        }
        let mut slices = Vec::new();
        let mut keep = |rank: usize, tier: usize, size: u64, _: Option<&Spread>| slices.push((rank, tier, size));
        self.cut_one(customer, kind, course, (demand, floor), stack, None, &mut keep);
        slices.sort_unstable();
        let pieces: Vec<Piece> = slices
            .iter()
            .map(|(rank, _, size)| Piece { size: *size, past: self.past_of(past, customer, kind, *rank) })
            .collect();
        let rests = Split::new(&pieces, gone).rests(&pieces);
        for ((rank, tier, _), rest) in slices.into_iter().zip(rests).filter(|(_, rest)| *rest > 0) {
            emit(rank, tier, rest, None);
        }
    }

    /// By the hour each slice of the whole day says itself what of it lies in the hours that are left.
    #[allow(clippy::too_many_arguments)]
    fn cut_rest_by_hour(
        &self,
        (hourly, whole): (&Hourly, &Clock),
        past: &Past,
        customer: u32,
        kind: &Kind,
        course: &Course,
        demands: (u64, u64),
        stack: &[(u32, u64)],
        emit: &mut impl FnMut(usize, usize, u64, Option<&Spread>),
    ) {
        let profile = whole.profile(kind.profile);
        // What came back after a stop that stands is part of that stop's own slices.
        let day = if past.moved(customer) > 0 && !self.keeps_a_rebound(past, customer, kind, course) {
            let (asks, left) = hourly.asks(self.city, self.day, customer);
            whole.joined(profile, demands.0 - left, &hourly.clock, &asks, left)
        } else {
            *profile
        };
        let mut slices = Vec::new();
        let mut keep = |rank: usize, tier: usize, size: u64, spread: Option<&Spread>| {
            slices.push((rank, tier, size, *spread.unwrap_or(&day)));
        };
        self.cut_one(customer, kind, course, demands, stack, Some((whole, day)), &mut keep);
        slices.sort_unstable();
        let parts: Vec<(u64, u128)> =
            slices.iter().map(|(_, _, size, spread)| (*size, whole.within(spread, past.elapsed))).collect();
        let rests = past::rests(&parts, past.demand[customer as usize]);
        for ((rank, tier, _, spread), rest) in slices.into_iter().zip(rests).filter(|(_, rest)| *rest > 0) {
            emit(rank, tier, rest, Some(&hourly.clock.after(whole, &spread, past.elapsed)));
        }
    }

    /// Whether a stop that moves gas into the hours after it is one of the order in force and of this plan.
    fn keeps_a_rebound(&self, past: &Past, customer: u32, kind: &Kind, course: &Course) -> bool {
        let rules = course.stops.iter().filter_map(|step| self.rules.of(step.measure));
        self.standing != Standing::NoShortage
            && rules.into_iter().any(|rule| {
                let moves = matches!(rule.cut, TodaysCut::Stop { required: true, stays, .. } if stays < Decimal::ONE);
                moves && self.was_ordered(rule, past, customer, kind)
            })
    }

    /// Whether a measure reached a customer by the order in force.
    fn was_ordered(&self, rule: &Rule<'_>, past: &Past, customer: u32, kind: &Kind) -> bool {
        let Some(order) = &past.order else { return false };
        let level = order.levels.get(&self.scope.area).and_then(|level| kind.measures.get(*level));
        let block = self.city.customers.get(customer as usize).map(|customer| customer.district);
        level.is_some_and(|measures| measures.contains(&rule.index))
            && (!rule.measure.rotates || block.is_some_and(|block| order.blocks.contains(&block)))
    }

    /// What part of a slice with hours of its own, a stop's, is past.
    fn past_of(&self, past: &Past, customer: u32, kind: &Kind, rank: usize) -> Option<Fraction> {
        let rank = &self.rules.ranks[rank];
        let index = rank.measure.filter(|_| rank.kind != SliceKind::Firm)?;
        let rule = self.rules.of(index)?;
        let TodaysCut::Stop { hours, .. } = &rule.cut else { return None };
        let own = self.stop_hours(rule, customer, kind, *hours);
        past::part(self.city, &past.clock, kind.profile, own.common(past.elapsed), own)
            .or_else(|| Some(Fraction::new(0, 1)))
    }

    /// The hours in which a stop can still take a customer's gas: with notice to be given, those after it; a stop that has
    /// begun keeps its hours.
    pub(super) fn stop_hours(&self, rule: &Rule<'_>, customer: u32, kind: &Kind, hours: Hours) -> Hours {
        match (self.notice(rule, customer), &self.day.past) {
            (Some((past, notice)), _) => hours.without(past.elapsed).without(past.too_soon(notice)),
            // By the hour a stop that nobody ordered took nothing in the hours that are past, and nothing comes back of it.
            (None, Some(past)) if self.hourly.is_some() && !self.was_ordered(rule, past, customer, kind) => {
                hours.without(past.elapsed)
            }
            (None, _) => hours,
        }
    }

    /// The hours of notice that a measure must give a customer before it newly cuts it (P10), inside a day.
    pub(super) fn notice(&self, rule: &Rule<'_>, customer: u32) -> Option<(&Past, u32)> {
        let past = self.day.past.as_ref()?;
        let notice = rule.measure.notice_hours.filter(|notice| *notice > 0)?;
        (!past.is_cut_by(customer, &rule.measure.id)).then_some((past, notice))
    }
}
