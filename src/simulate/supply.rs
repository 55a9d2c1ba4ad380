//! Supply of a winter: what is contracted, what fails, and what a store can send out.

use super::random::{Chance, Random};
use crate::units::{Celsius, Date, Decimal, M3};

/// What a source gives in a winter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceModel {
    /// Index in [`City::sources`](crate::city::City::sources).
    pub source: u32,
    /// What gives it.
    pub gives: Gives,
    /// How it fails; `None` if it does not.
    pub outages: Option<Outages>,
}

/// What gives a source its gas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gives {
    /// So much a day from each of these dates on, the earliest first; nothing before the first.
    Contract(Vec<(Date, M3)>),
    /// A store, such as a tank of LNG: it sends out what the day lacks otherwise and is refilled on days on which it sends nothing, be it
    /// that nothing is asked of it or that it is empty.
    Store(Store),
}

/// A store of gas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Store {
    /// What it holds when full, as which a winter begins, in m3.
    pub holds: M3,
    /// The most that it sends out in a day, in m3.
    pub sends: M3,
    /// What comes in on a day on which nothing is sent out, in m3.
    pub refill: M3,
}

/// How a source fails: each day that it works it may fail, each day that it has failed it may be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outages {
    /// The probability that it fails on a day on which it worked the day before.
    pub fails: Decimal,
    /// The probability that it works again on a day after one on which it did not: one part in the mean number of days that an
    /// outage lasts.
    pub mended: Decimal,
    /// The part of its gas that is missing meanwhile.
    pub loses: Decimal,
    /// On days colder than this it fails so many times as often.
    pub cold: Option<(Celsius, Decimal)>,
}

/// A source's state in a winter.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    random: Random,
    down: bool,
    stock: u64,
}

/// A source's chances, worked out once.
#[derive(Clone, Debug)]
pub(crate) struct Ready {
    pub source: usize,
    gives: Given,
    outages: Option<Odds>,
}

#[derive(Clone, Debug)]
enum Given {
    /// What a contract gives on each day of the season, in m3.
    Contract(Vec<u64>),
    Store(Store),
}

#[derive(Clone, Debug)]
struct Odds {
    fails: Chance,
    fails_cold: Chance,
    below: Celsius,
    mended: Chance,
    stays: crate::units::Fraction,
}

impl Ready {
    pub fn new(model: &SourceModel, season: &[Date]) -> Self {
        let odds = |outages: &Outages| {
            let (below, times) = outages.cold.unwrap_or((Celsius::default(), Decimal::ONE));
            Odds {
                fails: Chance::of(outages.fails),
                fails_cold: Chance::of(outages.fails.times(times)),
                below,
                mended: Chance::of(outages.mended),
                stays: outages.loses.rest().fraction(),
            }
        };
        let gives = match &model.gives {
            Gives::Contract(steps) => {
                let on = |date: &Date| {
                    let begun = steps.partition_point(|(from, _)| from <= date);
                    begun.checked_sub(1).map_or(0, |at| steps[at].1.get())
                };
                Given::Contract(season.iter().map(on).collect())
            }
            Gives::Store(store) => Given::Store(*store),
        };
        Self { source: model.source as usize, gives, outages: model.outages.as_ref().map(odds) }
    }

    /// How it stands before the first day: working, full.
    pub fn begin(&self, seed: u64, winter: u64, name: &str) -> Running {
        let stock = if let Given::Store(store) = &self.gives { store.holds.get() } else { 0 };
        // The name and not the place: a further source in the table moves nobody's luck.
        Running { random: Random::of(seed, winter, &format!("source {name}")), down: false, stock }
    }

    pub const fn is_store(&self) -> bool {
        matches!(self.gives, Given::Store(_))
    }

    /// Lets a day of the season begin, and tells what a contract gives on it, or the most that a store can send out, in m3.
    pub fn offers(&self, running: &mut Running, at: usize, today: Celsius) -> u64 {
        if let Some(odds) = &self.outages {
            let chance = match (running.down, today < odds.below) {
                (true, _) => odds.mended,
                (false, true) => odds.fails_cold,
                (false, false) => odds.fails,
            };
            running.down ^= running.random.happens(chance);
        }
        let volume = match &self.gives {
            Given::Contract(days) => days[at],
            Given::Store(store) => store.sends.get().min(running.stock),
        };
        match &self.outages {
            Some(odds) if running.down => odds.stays.floor_of(volume),
            _ => volume,
        }
    }

    /// Ends a day on which a store was asked for so much of what it offered, and tells what it gave.
    pub fn ends(&self, running: &mut Running, offered: u64, asked: u64) -> u64 {
        let Given::Store(store) = &self.gives else { return offered };
        let given = offered.min(asked);
        running.stock -= given;
        if given == 0 && !running.down {
            running.stock = (running.stock + store.refill.get()).min(store.holds.get());
        }
        given
    }
}
