//! From leximin values to whole cubic metres (section 6): the floor of each, then one more by largest remainder.

/// The grid on which remainders are compared: this many steps to a cubic metre.
const GRID: u64 = 1_000_000;

/// A cell's even value: its whole part and its remainder on the grid of 1e-6 m3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Even {
    /// The whole part in m3.
    pub floor: u64,
    /// The rest in millionths of a m3, rounded to the nearest (so up to 1,000,000).
    pub micro: u32,
}

impl Even {
    /// A whole value.
    pub const fn whole(floor: u64) -> Self {
        Self { floor, micro: 0 }
    }

    /// `size x part / of`, exactly, with `part <= of` and `of` above 0; a remainder halfway between two steps of the grid goes up.
    pub fn of(size: u64, part: u64, of: u64) -> Self {
        // Nearly all products fit in 64 bits, where a division costs a tenth.
        if let Some(product) = size.checked_mul(part)
            && of < u64::MAX / (4 * GRID)
        {
            let (floor, rest) = (product / of, product % of);
            return Self { floor, micro: ((rest * 2 * GRID + of) / (2 * of)) as u32 };
        }
        let (of, product) = (u128::from(of), u128::from(size) * u128::from(part));
        let (floor, rest) = (product / of, product % of);
        let grid = u128::from(GRID);
        Self { floor: floor as u64, micro: ((rest * 2 * grid + of) / (2 * of)) as u32 }
    }
}

/// Raises cells by one, largest remainder first (ties: the order given), wherever `room` allows, until their sum is `total`.
pub(crate) fn raise(even: &[Even], total: u64, mut room: impl FnMut(usize) -> bool) -> Vec<u64> {
    let mut cells: Vec<u64> = even.iter().map(|e| e.floor).collect();
    let mut left = total.saturating_sub(cells.iter().sum());
    if left == 0 {
        return cells;
    }
    let mut order: Vec<usize> = (0..even.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(even[*i].micro));
    for i in order {
        if left == 0 {
            break;
        }
        if room(i) {
            cells[i] += 1;
            left -= 1;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainders_are_rounded_half_up_on_the_grid() {
        assert_eq!(Even::of(10, 1, 4), Even { floor: 2, micro: 500_000 });
        assert_eq!(Even::of(2, 1, 3), Even { floor: 0, micro: 666_667 });
        assert_eq!(Even::of(1, 1, 2_000_000), Even { floor: 0, micro: 1 }, "half a step goes up");
        assert_eq!(Even::of(1, 1, 2_000_001), Even { floor: 0, micro: 0 });
        assert_eq!(Even::of(1, 9_999_999, 10_000_000), Even { floor: 0, micro: 1_000_000 });
        assert_eq!(Even::of(7, 5, 5), Even::whole(7));
    }

    #[test]
    fn narrow_and_wide_arithmetic_agree() {
        for scale in [1, 1_000, 1_000_000, 1_000_000_000] {
            let (size, part, of) = (700_001 * scale, 333_333 * scale, 999_999 * scale);
            let narrow = Even::of(700_001, 333_333, 999_999);
            let wide = Even::of(size, part, of);
            let value = |e: Even| u128::from(e.floor) * 1_000_000 + u128::from(e.micro);
            assert!(value(wide).abs_diff(value(narrow) * u128::from(scale)) <= u128::from(scale));
            let exact = u128::from(size) * u128::from(part) / u128::from(of);
            assert_eq!(u128::from(wide.floor), exact);
        }
    }

    #[test]
    fn the_largest_remainder_goes_first_and_ties_go_by_order() {
        let even =
            [Even { floor: 1, micro: 400_000 }, Even { floor: 1, micro: 800_000 }, Even { floor: 1, micro: 800_000 }];
        assert_eq!(raise(&even, 4, |_| true), [1, 2, 1]);
        assert_eq!(raise(&even, 4, |i| i != 1), [1, 1, 2]);
        assert_eq!(raise(&even, 3, |_| true), [1, 1, 1]);
    }
}
