//! What part of the gas it asks for a boiler gets, hour by hour.

use crate::city::Profile;
use crate::policy::Cut;
use crate::units::{Decimal, Hours, mul_div};

/// Hours of a gas day. A day on which the clock changes counts as one of 24: what an hour more or less of a night does to a wall is
/// less than what a daily mean hides.
pub(super) const HOURS: usize = 24;

/// Parts of a whole are billionths.
pub(super) const WHOLE: u64 = 1_000_000_000;

/// What of its gas a boiler gets in each hour of the gas day, in billionths.
pub(super) type Parts = [u64; HOURS];

/// Shares of an hour in a day's demand, in units of 10^-12.
pub(super) type Shares = [u64; HOURS];

/// The shares of a profile by hour of the gas day, which begins at an hour of the clock; even without a profile or a sum.
pub(super) fn shares(profile: Option<&Profile>, start: u8) -> Shares {
    const UNIT: u128 = 1_000_000_000_000;
    let clock = |hour: usize| (hour + usize::from(start)) % HOURS;
    let sum: u128 = profile.map_or(0, |profile| profile.shares.iter().map(|share| share.atto()).sum());
    std::array::from_fn(|hour| match profile {
        Some(profile) if sum > 0 => mul_div(profile.shares[clock(hour)].atto(), UNIT, sum).0 as u64,
        _ => (UNIT / HOURS as u128) as u64,
    })
}

/// The gas of a customer on a day, from which causes take one after another.
#[derive(Clone, Debug)]
pub(super) struct Gas {
    start: u8,
    asked: [u128; HOURS],
    left: [u128; HOURS],
}

impl Gas {
    /// All that is asked for, in m3.
    pub fn new(demand: u64, shares: &Shares, start: u8) -> Self {
        let asked = shares.map(|share| u128::from(share) * u128::from(demand));
        Self { start, asked, left: asked }
    }

    /// A cut takes so many m3: a stop from its own hours, any other from all hours alike. Of a stop that keeps a part it is what it keeps,
    /// of one that keeps nothing what it moves to the hours after.
    pub fn cut(&mut self, volume: u64, cut: Option<&Cut>) {
        const M3: u128 = 1_000_000_000_000;
        let volume = u128::from(volume) * M3;
        match cut {
            Some(Cut::Stop { hours, rebound, .. }) => {
                let stays = rebound.rest().atto();
                let (taken, lost) = match stays {
                    0 => (volume, 0),
                    _ => (mul_div(volume, Decimal::ONE.atto(), stays).0, volume),
                };
                let taken = self.take(taken, *hours);
                // What is not lost comes back in the three hours after.
                let back = taken.saturating_sub(lost);
                let last = (0..HOURS).rev().find(|hour| self.is_in(*hour, *hours));
                for hour in last.map_or(0..0, |last| last + 1..(last + 4).min(HOURS)) {
                    self.left[hour] += back / 3;
                }
            }
            _ => _ = self.take(volume, Hours::NONE.inverted()),
        }
    }

    /// What is left of each hour's.
    pub fn parts(&self) -> Parts {
        std::array::from_fn(|hour| match self.asked[hour] {
            0 => WHOLE,
            asked => mul_div(self.left[hour], u128::from(WHOLE), asked).0 as u64,
        })
    }

    fn is_in(&self, hour: usize, hours: Hours) -> bool {
        hours.has(((hour + usize::from(self.start)) % HOURS) as u8)
    }

    /// Takes from some hours what they still have, in proportion, and tells how much that was.
    fn take(&mut self, wanted: u128, hours: Hours) -> u128 {
        let own: [bool; HOURS] = std::array::from_fn(|hour| self.is_in(hour, hours));
        let sum: u128 = self.left.iter().zip(own).filter(|(_, own)| *own).map(|(left, _)| left).sum();
        let taken = wanted.min(sum);
        if sum > 0 {
            let own = self.left.iter_mut().zip(own).filter(|(_, own)| *own);
            own.for_each(|(left, _)| *left -= mul_div(*left, taken, sum).0);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(rebound: Decimal) -> Cut {
        let hours = Hours::between(17, 20).expect("hours");
        Cut::Stop { hours, from: 17, until: 20, required: true, rebound }
    }

    #[test]
    fn a_stop_takes_its_own_hours_and_a_limit_all_alike() {
        let mut gas = Gas::new(2400, &shares(None, 8), 8);
        gas.cut(300, Some(&stop(Decimal::ZERO)));
        let parts = gas.parts();
        // The day begins at 8, so 17 o'clock is its tenth hour.
        assert!(parts[9..12].iter().all(|part| *part < 2), "{parts:?}");
        assert!(parts[..9].iter().chain(&parts[12..]).all(|part| *part == WHOLE));
        gas.cut(1050, None);
        let parts = gas.parts();
        assert!(parts[9..12].iter().all(|part| *part < 2), "{parts:?}");
        assert!(parts[..9].iter().chain(&parts[12..]).all(|part| part.abs_diff(WHOLE / 2) < 2), "{parts:?}");
    }

    #[test]
    fn what_a_stop_gives_back_heats_the_hours_after() {
        let mut gas = Gas::new(2400, &shares(None, 8), 8);
        // 300 are stopped, 150 of them come back in the three hours after.
        gas.cut(150, Some(&stop(Decimal::percent(50))));
        let parts = gas.parts();
        assert!(parts[9..12].iter().all(|part| *part < 2), "{parts:?}");
        assert!(parts[12..15].iter().all(|part| part.abs_diff(WHOLE * 3 / 2) < 2), "{parts:?}");
        assert!(parts[15..].iter().all(|part| *part == WHOLE));
    }

    #[test]
    fn a_stop_that_keeps_nothing_moves_all_of_it() {
        let mut gas = Gas::new(2400, &shares(None, 8), 8);
        gas.cut(300, Some(&stop(Decimal::ONE)));
        let parts = gas.parts();
        assert!(parts[9..12].iter().all(|part| *part < 2), "{parts:?}");
        assert!(parts[12..15].iter().all(|part| part.abs_diff(WHOLE * 2) < 2), "{parts:?}");
        assert!(parts[..9].iter().chain(&parts[15..]).all(|part| *part == WHOLE));
    }

    #[test]
    fn an_hour_that_asks_for_nothing_lacks_nothing() {
        let mut shares = [0; HOURS];
        shares[3] = 1_000_000_000_000;
        let mut gas = Gas::new(10, &shares, 8);
        gas.cut(10, None);
        let parts = gas.parts();
        assert_eq!((parts[3], parts[4]), (0, WHOLE));
    }
}
