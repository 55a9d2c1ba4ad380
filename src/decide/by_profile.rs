//! In which hours a decided day's slices are asked for, and with that what a customer asks for and gets in each hour, as its paper tells it.
//!
//! Nothing is decided again. Of a day decided by the hour a customer that is cut has its own hours. A day decided as a whole spreads as
//! [`super::hourly`] would spread it: by the customer's profile, what a stop takes by the stop's hours, the others by what it leaves; of a
//! revision the past by the hours before it, the rest by those after. A customer's hours add up to its day.

use std::collections::HashMap;

use super::hourly::{ATTO, Clock, Spread, Taken, thousandths};
use super::{CustomerHours, Decision, Kind, MICRO, PAST, RankRow, SliceShare};
use crate::city::City;
use crate::policy::{Cut, Policy};
use crate::units::{Decimal, Hours, Milli, mul_div};

/// Which hours a rank's slices have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// Those before a revision.
    Past,
    /// Those of a stop, and what share of what a required one takes comes back in the hours after.
    Stop { hours: Hours, required: bool, rebound: Decimal },
    /// What is left.
    Rest,
}

/// The customers of one balance by the hour.
#[derive(Debug)]
pub(crate) struct ByProfile<'a> {
    decision: &'a Decision,
    pub(super) clock: Clock,
    ranks: Vec<Own>,
    /// The clock hours before a revision.
    pub(super) before: Hours,
    pub(super) decided: HashMap<u32, &'a CustomerHours>,
}

/// What a customer asks for and gets, by the hour of the gas day; 0 in hours that a revision finds past.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HoursOf {
    pub demand: Vec<Milli>,
    pub served: Vec<Milli>,
}

impl<'a> ByProfile<'a> {
    /// `clock` is what the clock shows at the beginning of each hour of the gas day.
    pub fn new(decision: &'a Decision, policy: &Policy, city: &City, clock: &[u8]) -> Self {
        let clock = Clock::new(&city.profiles, clock);
        let at = decision.revision.as_ref().and_then(|revision| super::revise::hour_of(&revision.at));
        let before = at.zip(clock.hours.first()).and_then(|(at, start)| Hours::between(*start, at));
        let hours = decision.detail.iter().flat_map(|detail| &detail.hours);
        Self {
            decision,
            ranks: decision.by_rank.iter().map(|rank| own(decision, policy, rank)).collect(),
            clock,
            before: before.unwrap_or(Hours::NONE),
            decided: hours.map(|hours| (hours.customer, hours)).collect(),
        }
    }

    /// The first hour, counted from 0, that is not past.
    pub fn first(&self) -> usize {
        self.clock.hours.iter().take_while(|hour| self.before.has(**hour)).count()
    }

    /// The hours of a customer, by index in the decision's list; `profile` is its profile in the city.
    pub fn of(&self, customer: u32, profile: Option<u32>) -> HoursOf {
        if let Some(hours) = self.decided.get(&customer) {
            // A revision decides the hours that remain.
            let past = vec![Milli(0); self.clock.len().saturating_sub(hours.demand_m3.len())];
            let all = |rest: &[Milli]| [&past, rest].concat();
            return HoursOf { demand: all(&hours.demand_m3), served: all(&hours.served_m3) };
        }
        let slices = self.decision.detail.as_ref().map_or(&[][..], |detail| &detail.slices);
        let from = slices.partition_point(|slice| slice.customer < customer);
        let slices: Vec<(&SliceShare, Own)> = slices[from..]
            .iter()
            .take_while(|slice| slice.customer == customer)
            .map(|slice| (slice, self.own(slice)))
            .filter(|(_, own)| *own != Own::Past)
            .collect();
        let spreads = self.spreads(&slices, profile);
        let (mut gets, mut lacks) = (vec![0u64; self.clock.len()], vec![0u64; self.clock.len()]);
        let (mut got, mut size) = (0, 0);
        for ((slice, _), spread) in slices.iter().zip(&spreads) {
            let cut = slice.size_m3.less(slice.served_m3);
            (got, size) = (got + slice.served_m3.get(), size + slice.size_m3.get());
            for (h, share) in spread.iter().take(self.clock.len()).enumerate() {
                let part = |volume: u64| (u128::from(volume) * u128::from(*share) / (ATTO / u128::from(MICRO))) as u64;
                gets[h] += part(slice.served_m3.get());
                lacks[h] += part(cut.get());
            }
        }
        let (served, cut) = (thousandths(&gets, got), thousandths(&lacks, size - got));
        let demand = served.iter().zip(&cut).map(|(served, cut)| Milli(served + cut)).collect();
        HoursOf { demand, served: served.into_iter().map(Milli).collect() }
    }

    /// Which hours a slice has.
    pub(super) fn own(&self, slice: &SliceShare) -> Own {
        (slice.rank as usize).checked_sub(1).and_then(|at| self.ranks.get(at)).copied().unwrap_or(Own::Rest)
    }

    /// A profile over the hours before a revision.
    pub(super) fn past(&self, profile: Option<u32>) -> Spread {
        self.clock.only(self.clock.profile(profile), self.before)
    }

    /// A profile over the hours that are decided.
    pub(super) fn ahead(&self, profile: Option<u32>) -> Spread {
        self.clock.only(self.clock.profile(profile), self.before.inverted())
    }

    /// How each slice of a customer spreads: required stops first, as the plan cuts them.
    pub(super) fn spreads(&self, slices: &[(&SliceShare, Own)], profile: Option<u32>) -> Vec<Spread> {
        let clock = &self.clock;
        let (past, mut left) = (self.past(profile), self.ahead(profile));
        let ahead = slices.iter().filter(|(_, own)| *own != Own::Past);
        let mut whole: u64 = ahead.map(|(slice, _)| slice.size_m3.get()).sum();
        let (mut stops, mut stopped): (Vec<(Own, Spread)>, Hours) = (Vec::new(), Hours::NONE);
        for wanted in [true, false] {
            for (_, own) in slices {
                let Own::Stop { hours, required, rebound } = *own else { continue };
                if required != wanted || stops.iter().any(|(known, _)| known == own) {
                    continue;
                }
                let within = hours.without(stopped);
                let taken: u64 = slices.iter().filter(|(_, of)| of == own).map(|(slice, _)| slice.size_m3.get()).sum();
                stops.push((*own, clock.only(&left, within)));
                let withheld = if rebound == Decimal::ZERO { taken } else { of_which(taken, rebound.rest()) };
                // What a floor does not spare is off in those hours, the part of a m3 that whole volumes leave included.
                let all = withheld >= clock.volume(&left, within, whole);
                let part = if all { Taken::All } else { Taken::Part(withheld.min(whole), whole.max(1)) };
                left = clock.without(&left, within, part, if required { rebound } else { Decimal::ZERO });
                (whole, stopped) = (whole.saturating_sub(taken), stopped.with(within));
            }
        }
        let of_stop = |own: &Own| stops.iter().find(|(known, _)| known == own).map_or(left, |(_, spread)| *spread);
        slices.iter().map(|(_, own)| if *own == Own::Past { past } else { of_stop(own) }).collect()
    }
}

/// What a stop takes, of which a share stays away.
fn of_which(stays_away: u64, share: Decimal) -> u64 {
    let taken = mul_div(u128::from(stays_away), ATTO, share.atto().max(1)).0;
    u64::try_from(taken).unwrap_or(u64::MAX)
}

fn own(decision: &Decision, policy: &Policy, rank: &RankRow) -> Own {
    let Some(id) = rank.measure.as_deref() else { return Own::Rest };
    if id == PAST {
        return Own::Past;
    }
    let level = decision.level.as_ref().and_then(|level| policy.level(&level.id)).unwrap_or(0);
    let measure = policy.measures.iter().find(|measure| measure.id == id).filter(|_| rank.kind != Kind::Firm);
    match measure.and_then(|measure| measure.at.get(level)?.as_ref()).map(|action| &action.cut) {
        Some(Cut::Stop { hours, required, rebound, .. }) => {
            Own::Stop { hours: *hours, required: *required, rebound: *rebound }
        }
        _ => Own::Rest,
    }
}
