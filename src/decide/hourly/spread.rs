//! How a slice of a day spreads over its hours: a profile, less what a stop takes from its hours.

use crate::city::Profile;
use crate::units::{Decimal, Fraction, Hours, mul_div};

/// A gas day has at most so many hours: one more where the clock is put back.
pub(crate) const MOST_HOURS: usize = 25;

/// The hours after a stop in which what comes back comes back, in equal parts.
const REBOUND_HOURS: usize = 3;

/// Shares of a slice by hour of the gas day, in units of 10^-18; they add up to [`Decimal::ONE`].
pub(crate) type Spread = [u64; MOST_HOURS];

type Weights = [u128; MOST_HOURS];

/// What a stop takes of the hours it means.
#[derive(Clone, Copy, Debug)]
pub(in crate::decide) enum Taken {
    /// All of it.
    All,
    /// This many m3 of a day's demand, in m3: a floor spares the rest.
    Part(u64, u64),
}

const ONE: u128 = Decimal::ONE.atto();

/// The hours of one gas day, and each profile over them.
#[derive(Clone, Debug)]
pub(in crate::decide) struct Clock {
    /// The hour of the clock at which each hour of the gas day begins.
    pub hours: Vec<u8>,
    /// By profile, the flat one last: the weight of each hour as written, and as shares.
    profiles: Vec<(Weights, Spread)>,
}

impl Clock {
    /// Shares of clock hours that the day has not, or has twice, are rescaled so that a day is a day.
    pub fn new(profiles: &[Profile], hours: &[u8]) -> Self {
        let hours: Vec<u8> = hours.iter().copied().take(MOST_HOURS).collect();
        let spread = |share: &dyn Fn(u8) -> u128| {
            let mut weights = [0; MOST_HOURS];
            weights.iter_mut().zip(&hours).for_each(|(weight, hour)| *weight = share(*hour));
            (weights, scaled(&weights, &hours))
        };
        let of =
            |profile: &Profile| spread(&|hour| profile.shares.get(usize::from(hour)).map_or(0, |share| share.atto()));
        let mut profiles: Vec<(Weights, Spread)> = profiles.iter().map(of).collect();
        profiles.push(spread(&|_| 1));
        Self { hours, profiles }
    }

    /// How many hours the day has.
    pub const fn len(&self) -> usize {
        self.hours.len()
    }

    /// A profile over the day; flat if `None`.
    pub fn profile(&self, profile: Option<u32>) -> &Spread {
        &self.at(profile).1
    }

    /// The share of a profile in some clock hours, exactly.
    pub fn share(&self, profile: Option<u32>, within: Hours) -> Fraction {
        let (weights, _) = self.at(profile);
        match weights.iter().sum() {
            0 => Fraction::new(self.inside(within).count() as u128, self.len() as u128),
            sum => Fraction::new(self.inside(within).map(|h| weights[h]).sum(), sum),
        }
    }

    fn at(&self, profile: Option<u32>) -> &(Weights, Spread) {
        let flat = self.profiles.len() - 1;
        &self.profiles[profile.map_or(flat, |profile| (profile as usize).min(flat))]
    }

    fn inside(&self, within: Hours) -> impl Iterator<Item = usize> + '_ {
        self.hours.iter().enumerate().filter(move |(_, hour)| within.has(**hour)).map(|(h, _)| h)
    }

    /// The stop of section 3 withholds whole m3, and its hours may ask for a part of one more: that part is then asked for in the
    /// other hours, so that a customer's hours add up to its day.
    ///
    /// What a spread is after a required stop in these hours, of which the share `back` comes back in the hours after. What would
    /// come back after the end of the day stays in the day, over all of its hours.
    pub fn without(&self, spread: &Spread, within: Hours, taken: Taken, back: Decimal) -> Spread {
        let mut left = spread.map(u128::from);
        let share: u128 = self.inside(within).map(|h| left[h]).sum();
        let taken = match taken {
            Taken::All => share,
            Taken::Part(taken, of) => mul_div(ONE, u128::from(taken), u128::from(of)).0.min(share),
        };
        if share == 0 {
            return *spread;
        }
        for h in self.inside(within) {
            left[h] -= mul_div(left[h], taken, share).0;
        }
        let part = mul_div(taken, back.atto(), ONE).0 / REBOUND_HOURS as u128;
        if let Some(last) = self.inside(within).last() {
            for left in left.iter_mut().take(self.len()).skip(last + 1).take(REBOUND_HOURS) {
                *left += part;
            }
        }
        if left.iter().all(|share| *share == 0) { *spread } else { scaled(&left, &self.hours) }
    }

    /// What of so many m3 falls into some clock hours, in whole m3. A millionth below a whole one is that one.
    pub fn volume(&self, spread: &Spread, within: Hours, volume: u64) -> u64 {
        const MILLIONTH: u128 = ONE / 1_000_000;
        let share: u128 = self.inside(within).map(|h| u128::from(spread[h])).sum();
        ((share * u128::from(volume) + MILLIONTH) / ONE) as u64
    }

    /// How `whole` m3 spread once `taken` of them that spread otherwise are gone.
    pub fn less(&self, spread: &Spread, whole: u64, taken: &Spread, volume: u64) -> Spread {
        let mut left = spread.map(|share| u128::from(share) * u128::from(whole));
        for (left, taken) in left.iter_mut().zip(taken) {
            *left = left.saturating_sub(u128::from(*taken) * u128::from(volume));
        }
        if left.iter().all(|share| *share == 0) { *spread } else { scaled(&left, &self.hours) }
    }

    /// The part of a spread in some clock hours, as a spread.
    pub fn only(&self, spread: &Spread, within: Hours) -> Spread {
        let mut left = [0; MOST_HOURS];
        self.inside(within).for_each(|h| left[h] = u128::from(spread[h]));
        scaled(&left, &self.hours)
    }
}

/// Weights as shares that add up to one exactly: rounded down, and then the largest remainders up.
pub(super) fn scaled(weights: &[u128; MOST_HOURS], hours: &[u8]) -> Spread {
    let sum: u128 = weights.iter().sum();
    let mut spread = [0; MOST_HOURS];
    if sum == 0 {
        // A profile with nothing in any hour of this day is flat.
        let flat = hours.iter().map(|_| 1).chain(std::iter::repeat(0));
        let mut even = [0; MOST_HOURS];
        even.iter_mut().zip(flat).for_each(|(weight, one)| *weight = one);
        return if hours.is_empty() { spread } else { scaled(&even, hours) };
    }
    let parts: Vec<(u128, u128)> = weights.iter().map(|weight| mul_div(ONE, *weight, sum)).collect();
    spread.iter_mut().zip(&parts).for_each(|(share, (floor, _))| *share = *floor as u64);
    let left = ONE - parts.iter().map(|(floor, _)| floor).sum::<u128>();
    let mut order: Vec<usize> = (0..MOST_HOURS).collect();
    order.sort_by_key(|h| std::cmp::Reverse(parts[*h].1));
    order.into_iter().take(left as usize).for_each(|h| spread[h] += 1);
    spread
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: [u8; 24] = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 6, 7];

    fn tenths(text: &str) -> Profile {
        let mut shares = [Decimal::ZERO; 24];
        for part in text.split(' ') {
            let (hour, share) = part.split_once('=').unwrap();
            shares[hour.parse::<usize>().unwrap()] = share.parse().unwrap();
        }
        Profile { id: "p".into(), shares }
    }

    fn at(clock: &Clock, spread: &Spread, hour: u8) -> u64 {
        let h = clock.hours.iter().position(|at| *at == hour).unwrap();
        spread[h] / 10u64.pow(15)
    }

    #[test]
    fn every_spread_adds_up_to_the_whole() {
        let profile = tenths("8=0.1 17=0.2 18=0.3 7=0.05");
        for hours in [&DAY[..], &DAY[..23], &[&DAY[..], &[7]].concat()] {
            let clock = Clock::new(std::slice::from_ref(&profile), hours);
            let evening = Hours::between(17, 20).unwrap();
            for of in [None, Some(0)] {
                let spread = *clock.profile(of);
                let stopped = clock.without(&spread, evening, Taken::Part(1, 100), "0.3".parse().unwrap());
                for spread in [spread, stopped, clock.only(&spread, evening)] {
                    assert_eq!(spread.iter().map(|share| u128::from(*share)).sum::<u128>(), ONE);
                }
            }
        }
    }

    #[test]
    fn a_day_without_an_hour_is_a_day_all_the_same() {
        // Of the shares 0.25 at 7:00 and 0.75 at 8:00 a day that ends at 7:00 has the second alone.
        let clock = Clock::new(&[tenths("7=0.25 8=0.75")], &DAY[..23]);
        assert_eq!(at(&clock, clock.profile(Some(0)), 8), 1_000);
    }

    #[test]
    fn a_stop_takes_its_hours_and_some_comes_back_after_them() {
        let clock = Clock::new(&[], &DAY);
        let flat = *clock.profile(None);
        let evening = Hours::between(17, 20).unwrap();
        // 3/24 of the day is off: the other 21 hours share it, 1/21 each.
        let gone = clock.without(&flat, evening, Taken::All, Decimal::ZERO);
        assert_eq!((at(&clock, &gone, 18), at(&clock, &gone, 20)), (0, 47));
        // Half of it comes back at 20, 21 and 22: of 22.5/24 left, 1.5/24 there and 1/24 elsewhere.
        let back = clock.without(&flat, evening, Taken::All, "0.5".parse().unwrap());
        assert_eq!((at(&clock, &back, 18), at(&clock, &back, 22), at(&clock, &back, 23)), (0, 66, 44));
        // A floor that spares a third of the hours leaves a third of each.
        let spared = clock.without(&flat, evening, Taken::Part(2, 24), Decimal::ZERO);
        assert_eq!((at(&clock, &spared, 18), at(&clock, &spared, 20)), (15, 45));
    }

    #[test]
    fn a_stop_at_the_end_of_the_day_takes_back_what_still_fits() {
        let clock = Clock::new(&[], &DAY);
        let flat = *clock.profile(None);
        let dawn = Hours::between(4, 6).unwrap();
        // 2/24 off, all of it to come back in three equal parts at 6, 7 and 8: the third is tomorrow's.
        let spread = clock.without(&flat, dawn, Taken::All, Decimal::ONE);
        // 22/24 + 2 x (2/72) of 24ths: at 6:00 (1 + 2/3) of 22 + 4/3.
        assert_eq!((at(&clock, &spread, 5), at(&clock, &spread, 6), at(&clock, &spread, 8)), (0, 71, 42));
    }
}
