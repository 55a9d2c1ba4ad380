//! Searches for the least number that will do, each question of which is a decision of its own.

use super::allocate::Unanswered;

/// The least number from 0 to `most` for which `holds`, given that it then holds for all greater ones.
pub(super) fn least(
    most: u64,
    mut holds: impl FnMut(u64) -> Result<bool, Unanswered>,
) -> Result<Option<u64>, Unanswered> {
    if !holds(most)? {
        return Ok(None);
    }
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(Some(low))
}

/// The least number from 0 to `most` at which a figure that never falls is `wanted` or more, as it is at `most`.
///
/// What more supply brings grows in straight pieces. So where the last two numbers that would not do lie on one, it tells where the figure gets
/// there, and a few questions more that nothing less will do. Every second step halves, so that twice the steps of halving are never
/// passed.
pub(super) fn least_reaching(
    most: u64,
    wanted: u64,
    mut figure: impl FnMut(u64) -> Result<u64, Unanswered>,
) -> Result<u64, Unanswered> {
    let first = figure(0)?;
    if first >= wanted {
        return Ok(0);
    }
    // Below is never enough, `high` is.
    let (mut before, mut below, mut high) = (None, (0, first), most);
    let mut along = false;
    while high - below.0 > 1 {
        let straight = before.filter(|_| along).and_then(|before| crossing(before, below, wanted));
        let next = straight.map_or_else(|| below.0.midpoint(high), |at| at.clamp(below.0 + 1, high - 1));
        along = straight.is_none();
        let found = figure(next)?;
        if found < wanted {
            (before, below) = (Some(below), (next, found));
        } else {
            high = next;
        }
    }
    Ok(high)
}

/// Where a straight line through two points, the second further on, gets to `wanted`, rounded up.
fn crossing((x, y): (u64, u64), (further, higher): (u64, u64), wanted: u64) -> Option<u64> {
    let rise = u128::from(higher.checked_sub(y).filter(|rise| *rise > 0)?);
    let more = u128::from(wanted - higher) * u128::from(further - x);
    u64::try_from(u128::from(further) + more.div_ceil(rise)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Of any figure that grows in straight pieces, both ways find the same, and a straight one in a few steps.
        #[test]
        fn both_ways_find_the_least(
            pieces in prop::collection::vec((1u64..1_000_000, 0u64..2_000_000), 1..6),
            part in 0u64..=1_000,
            most in 1u64..5_000_000,
        ) {
            let figure = |x: u64| {
                let (mut left, mut sum) = (x, 0);
                for (long, slope) in &pieces {
                    let own = left.min(*long);
                    (left, sum) = (left - own, sum + own * slope / 1_000);
                }
                sum
            };
            let wanted = figure(most) * part / 1_000;
            let mut asked = 0;
            let found = least_reaching(most, wanted, |x| { asked += 1; Ok(figure(x)) }).expect("a number");
            let halved = least(most, |x| Ok(figure(x) >= wanted)).expect("a number");
            prop_assert_eq!(Some(found), halved);
            prop_assert!(asked <= 2 * 23 + 2, "{}", asked);
        }
    }

    #[test]
    fn a_straight_line_is_followed() {
        let mut asked = 0;
        let figure = |x: u64| {
            asked += 1;
            Ok((3 * x).min(2_000_000))
        };
        assert_eq!(least_reaching(1_000_000_000, 2_000_000, figure), Ok(666_667));
        assert!(asked < 25, "{asked}");
    }
}
