//! What the days of a winter remember: whose turn it was, and what each block has borne.

use crate::decide::Day;
use crate::decide::burden;
use crate::units::Date;

/// By block, as an index in [`City::districts`](crate::city::City::districts).
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// In units of 10^-18 of an equivalent full day.
    borne: Vec<u128>,
    turns: Vec<Vec<Date>>,
}

impl Memory {
    /// Before the first day.
    pub fn begin(&mut self, districts: usize) {
        self.borne.clear();
        self.borne.resize(districts, 0);
        self.turns.iter_mut().for_each(Vec::clear);
        self.turns.resize(districts, Vec::new());
    }

    /// Takes in a block's turn; volumes in m3.
    pub fn add(&mut self, date: Date, block: u32, cut: u64, demand: u64) {
        self.borne[block as usize] += burden::of_a_day(cut, demand).atto();
        if cut > 0 {
            self.turns[block as usize].push(date);
        }
    }

    /// Tells a day what it remembers.
    pub fn tell(&self, day: &mut Day) {
        day.burdens.clear();
        day.turns.clear();
        for (at, (borne, turns)) in (0..).zip(self.borne.iter().zip(&self.turns)) {
            if *borne > 0 {
                day.burdens.insert(at, burden::on_grid(*borne));
            }
            if !turns.is_empty() {
                day.turns.insert(at, turns.clone());
            }
        }
    }
}
