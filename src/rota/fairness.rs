//! How evenly a season's turns lie on the blocks.

use crate::record::Memory;
use crate::units::{Date, Decimal};

/// What the blocks have borne.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Burdens {
    /// Each block's figures.
    pub blocks: Vec<Figures>,
}

/// What a block has borne.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Figures {
    /// Days on which it gave something up.
    pub turns: usize,
    /// In equivalent full days.
    pub burden: Decimal,
    /// The most such days in a row.
    pub longest_run: u32,
    /// The fewest free days between two runs; `None` without two runs.
    pub shortest_rest: Option<u32>,
}

impl Burdens {
    /// What is remembered of blocks, by id.
    pub(super) fn of<'b>(memory: &Memory, blocks: impl Iterator<Item = &'b str>) -> Self {
        let figures = |block: &str| {
            let (longest_run, shortest_rest) = run_and_rest(memory.turns_of(block));
            let (turns, burden) = (memory.turns_of(block).len(), memory.burden(block));
            Figures { turns, burden, longest_run, shortest_rest }
        };
        Self { blocks: blocks.map(figures).collect() }
    }

    /// The most that a block has borne less the least, in equivalent full days.
    pub fn spread(&self) -> Decimal {
        let burdens = || self.blocks.iter().map(|figures| figures.burden);
        let (most, least) = (burdens().max().unwrap_or_default(), burdens().min().unwrap_or_default());
        most.minus(least)
    }

    /// The longest run of all blocks.
    pub fn longest_run(&self) -> u32 {
        self.blocks.iter().map(|figures| figures.longest_run).max().unwrap_or(0)
    }

    /// The shortest rest of all blocks.
    pub fn shortest_rest(&self) -> Option<u32> {
        self.blocks.iter().filter_map(|figures| figures.shortest_rest).min()
    }
}

/// The longest run of days in a row, and the fewest free days between two runs. Days rise.
fn run_and_rest(days: &[Date]) -> (u32, Option<u32>) {
    let (mut longest, mut shortest, mut run) = (0, None, 0);
    let mut before: Option<u32> = None;
    for day in days.iter().map(|day| day.day_number()) {
        match before.map(|before| day.saturating_sub(before)) {
            Some(1) => run += 1,
            Some(apart) => {
                let rest = apart.saturating_sub(1);
                shortest = Some(shortest.map_or(rest, |known: u32| known.min(rest)));
                run = 1;
            }
            None => run = 1,
        }
        longest = run.max(longest);
        before = Some(day);
    }
    (longest, shortest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_rests_are_counted_in_days_across_a_new_year() {
        let days = |days: &[&str]| days.iter().filter_map(|day| day.parse().ok()).collect::<Vec<Date>>();
        for (of, expected) in [
            (&[][..], (0, None)),
            (&["2026-01-07"][..], (1, None)),
            (&["2025-12-30", "2025-12-31", "2026-01-01"][..], (3, None)),
            (&["2026-01-01", "2026-01-03", "2026-01-04", "2026-01-08"][..], (2, Some(1))),
            (&["2026-02-27", "2026-03-02", "2026-03-07"][..], (1, Some(2))),
        ] {
            assert_eq!(run_and_rest(&days(of)), expected, "{of:?}");
        }
    }
}
