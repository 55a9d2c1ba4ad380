//! What the hours of a day are set in, which most days have in common: the clock, and the network that gas comes by.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Clock, Pipes};
use crate::city::City;
use crate::decide::Day;
use crate::decide::prepare::Scope;
use crate::units::M3;

/// So many are kept at most.
const MOST: usize = 8;

/// All of a day that clock and pipes of a balance depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    /// The clock hours, in order.
    hours: Vec<u8>,
    /// What each source of the balance gives in an hour at most.
    most: Vec<Option<M3>>,
}

impl Setting {
    /// `None` where they depend on more: on what a part of the day has left in the pipes, or on whose customers ask for how much.
    pub fn of(city: &City, scope: &Scope<'_>, day: &Day, hours: &[u8]) -> Option<Self> {
        if day.past.is_some() || scope.companies(city) > 1 {
            return None;
        }
        let most = scope.sources.iter().map(|source| city.most_in_an_hour(*source, day.date)).collect();
        Some(Self { hours: hours.to_vec(), most })
    }
}

/// The clock and the pipes of a day.
pub(super) type Laid = (Arc<Clock>, Arc<Pipes>);

/// The settings of the last days of a balance, the newest last.
#[derive(Debug, Default)]
pub(in crate::decide) struct Settings {
    known: Mutex<Vec<(Setting, Laid)>>,
}

impl Settings {
    /// What is laid in a setting; `new` if none of the last days had it.
    pub(super) fn get(&self, setting: Setting, new: impl FnOnce() -> Laid) -> Laid {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, laid)) = known.iter().find(|(of, _)| *of == setting) {
            return laid.clone();
        }
        let laid = new();
        if known.len() == MOST {
            known.remove(0);
        }
        known.push((setting, laid.clone()));
        laid
    }
}
