//! What the days of a winter remember: whose turn it was, and what each block has borne.

use crate::decide::Day;
use crate::decide::burden;

/// What blocks have borne exactly; a [`Day`] knows it rounded, and when they had their turns. By block, as an index in [`City::districts`](crate::city::City::districts).
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// In units of 10^-18 of an equivalent full day.
    borne: Vec<u128>,
}

impl Memory {
    /// Before the first day, of which `day` knows nothing yet.
    pub fn begin(&mut self, districts: usize, day: &mut Day) {
        self.borne.clear();
        self.borne.resize(districts, 0);
        day.burdens.clear();
        day.turns.clear();
    }

    /// Takes in a block's turn, and tells the days to come; volumes in m3.
    pub fn add(&mut self, day: &mut Day, block: u32, cut: u64, demand: u64) {
        let borne = &mut self.borne[block as usize];
        *borne += burden::of_a_day(cut, demand).atto();
        if *borne > 0 {
            day.burdens.insert(block, burden::on_grid(*borne));
        }
        if cut > 0 {
            day.turns.entry(block).or_default().push(day.date);
        }
    }
}
