//! What required stops move to other hours and do not keep: nobody loses it over the day, and boilers are cold in between.

use super::rules::TodaysCut;
use super::{Plan, stop};
use crate::units::Decimal;

impl Plan<'_> {
    /// By customer of the city and by measure: the m3 that a required stop takes from its hours and gives back whole in the hours after
    /// (a rebound of 1). Of a whole day, whose hours are in nobody's past. Of these
    /// customers alone, by index in the scope.
    pub fn moved(&self, who: impl Iterator<Item = usize>) -> Vec<(u32, u32, u64)> {
        let stays = |measure: usize| match self.rules.of(measure).map(|rule| &rule.cut) {
            Some(TodaysCut::Stop { required: true, stays, .. }) => Some(*stays),
            _ => None,
        };
        let mut moved = Vec::new();
        if !self.in_force().any(|measure| stays(measure) == Some(Decimal::ZERO)) {
            return moved;
        }
        for at in who {
            let customer = &self.scope.customers[at];
            let demand = self.day.demand[*customer as usize].get();
            if self.day.pinned.contains_key(customer) {
                continue;
            }
            let rotating = self.rotating[self.scope.district_of[at] as usize];
            // As slices are cut: a stop finds what the stops before it have left, down to the floor.
            let mut spared = demand - self.scope.floors[at].min(demand);
            for step in &self.rules.course_of(self.kinds.of[at] as usize, rotating).stops {
                let Some(stays) = stays(step.measure) else { continue };
                let (taken, _) = stop(demand, spared, step.share, stays, None);
                spared -= taken;
                if taken > 0 && stays == Decimal::ZERO {
                    moved.push((*customer, step.measure as u32, taken));
                }
            }
        }
        moved
    }
}
