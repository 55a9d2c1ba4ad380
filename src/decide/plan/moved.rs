//! What required stops move to other hours and do not keep: nobody loses it over the day, and boilers are cold in between.

use super::{Plan, TodaysCut, share, stop};
use crate::units::{Decimal, Hours};

impl Plan<'_> {
    /// By customer of the city and by measure: the m3 that a required stop takes from its hours and gives back whole in the hours after
    /// (a rebound of 1). Of a whole day, whose hours are in nobody's past.
    pub fn moved(&self) -> Vec<(u32, u32, u64)> {
        let gives_back =
            |cut: &TodaysCut| matches!(cut, TodaysCut::Stop { required: true, stays, .. } if *stays == Decimal::ZERO);
        if !self.rules.iter().flatten().any(|rule| gives_back(&rule.cut)) {
            return Vec::new();
        }
        let mut moved = Vec::new();
        for (at, customer) in self.scope.customers.iter().enumerate() {
            let demand = self.day.demand[*customer as usize].get();
            if self.day.pinned.contains_key(customer) {
                continue;
            }
            let kind = &self.kinds.kinds[self.kinds.of[at] as usize];
            let rotating = self.rotating[self.scope.district_of[at] as usize];
            let rules = kind.measures[self.level()].iter().filter_map(|index| self.rules[*index].as_ref());
            // As slices are cut: a stop finds what the stops before it have left, down to the floor.
            let (mut stopped, mut spared) = (Hours::NONE, demand - self.scope.floors[at].min(demand));
            for rule in rules.filter(|rule| rotating || !rule.measure.rotates) {
                let TodaysCut::Stop { hours, required: true, stays, .. } = &rule.cut else { continue };
                let own = share(self.city, kind.profile, hours.without(stopped));
                let (taken, _) = stop(demand, spared, own, *stays);
                stopped = stopped.with(*hours);
                spared -= taken;
                if taken > 0 && gives_back(&rule.cut) {
                    moved.push((*customer, rule.index as u32, taken));
                }
            }
        }
        moved
    }
}
