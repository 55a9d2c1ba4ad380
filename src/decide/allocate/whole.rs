//! From leximin values to whole cubic metres (section 6): the floor of each, then one more by largest remainder.

/// A cell's even value: its whole part and its remainder on the grid of 1e-6 m3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Even {
    /// The whole part in m3.
    pub floor: u64,
    /// The rest in millionths of a m3, rounded to the nearest (so up to 1,000,000).
    pub micro: u32,
}

/// Raises cells by one, largest remainder first (ties: the order given), wherever `room` allows, until their sum is `total`.
pub(crate) fn raise(even: &[Even], total: u64, mut room: impl FnMut(usize) -> bool) -> Vec<u64> {
    let mut cells: Vec<u64> = even.iter().map(|e| e.floor).collect();
    let mut left = total.saturating_sub(cells.iter().sum());
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
