//! Boilers: which run, which are stopped, and their capacity.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::city::{City, Customer};
use crate::decide::Form;
use crate::policy::Policy;
use crate::units::Decimal;

/// How a boiler ran in the period: the graver of two states counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    Running,
    /// Off in the hours of a stop alone.
    OffHours,
    Limited,
    Stopped,
}

/// So many boilers, and what they could give.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Heads {
    /// How many.
    pub count: u64,
    /// Their capacity in t/h of steam, as far as it is known.
    pub t_h: Decimal,
}

/// The boilers of one class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Boilers {
    /// The class.
    pub class: String,
    /// All of them.
    pub all: Heads,
    /// Those that were not cut.
    pub running: Heads,
    /// Those that were cut in part.
    pub limited: Heads,
    /// Those that were off in the hours of a stop and not cut otherwise.
    pub off_hours: Heads,
    /// Those that were stopped.
    pub stopped: Heads,
    /// Those whose tonnage nobody has entered.
    pub without_tonnage: u64,
}

/// Whether a customer is a boiler: its class is one, or it has a tonnage.
pub(super) fn is_boiler(policy: &Policy, class: &str, customer: &Customer) -> bool {
    let of_class = policy.classes.iter().any(|known| known.id == class && known.boiler);
    of_class || tonnage(customer).is_some()
}

fn tonnage(customer: &Customer) -> Option<Decimal> {
    customer.more.as_ref().and_then(|more| more.boiler_t_h).filter(|tonnage| *tonnage > Decimal::ZERO)
}

/// The state that an order leaves a boiler in, in a part of the day in which it loses something.
pub(super) const fn state(form: Form) -> State {
    match form {
        Form::None => State::Running,
        Form::OffPeak => State::OffHours,
        Form::Limit => State::Limited,
        Form::Stop => State::Stopped,
    }
}

/// Adds up boilers by class, in the order of the policy's classes. `states` by customer id.
pub(super) fn count(policy: &Policy, city: &City, states: &BTreeMap<String, State>) -> Vec<Boilers> {
    let mut by_class: BTreeMap<usize, Boilers> = BTreeMap::new();
    for (id, state) in states {
        let Some(customer) = city.customer(id).and_then(|at| city.customers.get(at)) else { continue };
        let Some(class) = city.classes.get(customer.class as usize) else { continue };
        let place = policy.classes.iter().position(|known| *known.id == **class).unwrap_or(usize::MAX);
        let row = by_class.entry(place).or_insert_with(|| Boilers { class: class.to_string(), ..Boilers::default() });
        let tonnage = tonnage(customer);
        row.without_tonnage += u64::from(tonnage.is_none());
        let own = match state {
            State::Running => &mut row.running,
            State::OffHours => &mut row.off_hours,
            State::Limited => &mut row.limited,
            State::Stopped => &mut row.stopped,
        };
        for heads in [own, &mut row.all] {
            heads.count += 1;
            heads.t_h = heads.t_h.plus(tonnage.unwrap_or_default());
        }
    }
    by_class.into_values().collect()
}
