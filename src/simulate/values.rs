//! What a winter costs, where somebody says what gas is worth: whole fen, and nothing of it where nobody does.

use super::spread::Spread;

/// What gas is worth, in fen (hundredths of a yuan).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// What it is worth to each of these classes (by id) not to lose a m3. Others count for nothing.
    pub classes: Vec<(String, u64)>,
    /// What a m3 costs that a store sends out.
    pub stored: u64,
    /// What stores cost in a season, whether they send out anything or not.
    pub season: u64,
}

/// Costs of a winter end here, at a trillion yuan, which no city has.
pub(crate) const MOST: u64 = 1 << 47;

/// What one scenario is worth beside another on the same winters, on average over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    /// The gas that is not lost any more, in m3 of a winter, rounded; below zero if more is lost.
    pub avoided_m3: i128,
    /// What that is worth, in fen of a winter, rounded.
    pub avoided: i128,
    /// What supply costs more, in fen of a winter, rounded.
    pub added: i128,
    /// What a m3 that is not lost has to be worth for the two to break even, in fen, rounded; `None` where no loss is avoided.
    pub break_even: Option<i128>,
}

/// The figures of a scenario that its worth is told from.
#[derive(Clone, Copy, Debug)]
pub struct Costs<'a> {
    /// Gas lost, in m3.
    pub lost: &'a Spread,
    /// What that is worth, in fen.
    pub value: &'a Spread,
    /// What stores cost, in fen.
    pub supply: &'a Spread,
}

impl Worth {
    /// The second scenario beside the first, both on the same winters; `None` if they are not as many, or none.
    pub fn of(first: &Costs<'_>, second: &Costs<'_>) -> Option<Self> {
        let winters = i128::from(first.lost.count());
        if winters == 0 || first.lost.count() != second.lost.count() {
            return None;
        }
        let less = |one: &Spread, other: &Spread| {
            i128::try_from(one.sum()).ok()?.checked_sub(i128::try_from(other.sum()).ok()?)
        };
        let (lost, value) = (less(first.lost, second.lost)?, less(first.value, second.value)?);
        let added = less(second.supply, first.supply)?;
        Some(Self {
            avoided_m3: rounded(lost, winters),
            avoided: rounded(value, winters),
            added: rounded(added, winters),
            break_even: (lost > 0).then(|| rounded(added, lost)),
        })
    }
}

/// A fraction with a denominator above 0, to the nearest whole, halves up.
const fn rounded(numerator: i128, denominator: i128) -> i128 {
    let floor = numerator.div_euclid(denominator);
    let rest = numerator.rem_euclid(denominator);
    if rest >= denominator - rest { floor + 1 } else { floor }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(values: &[u64]) -> Spread {
        let mut spread = Spread::default();
        (0..).zip(values).for_each(|(winter, value)| spread.add(winter, *value));
        spread
    }

    #[test]
    fn a_store_is_worth_what_it_avoids_and_breaks_even_where_that_pays_for_it() {
        let costs = |lost: &[u64], value: &[u64], supply: &[u64]| (spread(lost), spread(value), spread(supply));
        let without = costs(&[1000, 3001, 0], &[200_000, 600_200, 0], &[0, 0, 0]);
        let with = costs(&[0, 1000, 0], &[0, 200_000, 0], &[500_000, 600_000, 400_000]);
        let of = |(lost, value, supply): &(Spread, Spread, Spread), other: &(Spread, Spread, Spread)| {
            let own = Costs { lost, value, supply };
            Worth::of(&own, &Costs { lost: &other.0, value: &other.1, supply: &other.2 })
        };
        // 3,001 m3 and 600,200 fen of loss avoided, 1,500,000 fen of supply added, over three winters.
        let wanted = Worth { avoided_m3: 1000, avoided: 200_067, added: 500_000, break_even: Some(500) };
        assert_eq!(of(&without, &with), Some(wanted));
        let worse = of(&with, &without).expect("as many winters");
        assert_eq!((worse.avoided_m3, worse.added, worse.break_even), (-1000, -500_000, None));
        assert_eq!(of(&without, &costs(&[1], &[1], &[1])), None);
    }

    #[test]
    fn halves_go_up() {
        assert_eq!([(5, 2), (-5, 2), (-4, 3), (7, 3), (0, 9)].map(|(n, d)| rounded(n, d)), [3, -2, -1, 2, 0]);
    }
}
