//! Whether a network brings all that anybody could ask for, told from what classes take before it is known who takes it.
//!
//! A customer takes its part of its class's volume, rounded down, or one m3 more. So a district takes no more of a class than its part and
//! one m3 for each customer there. If the network brings that much to every district at once, nobody lacks anything, and nothing else
//! need be known of the day; if not, the day is decided like any other.

use super::quota::Quota;
use crate::city::City;
use crate::decide::Prepared;

/// What districts take at most.
pub(super) struct Enough {
    /// By class with a model: its districts.
    classes: Vec<Vec<Part>>,
    /// By district, what customers of the other classes take, in m3.
    rest: Vec<u64>,
}

/// A class in a district.
struct Part {
    district: u32,
    quota: Quota,
    customers: u64,
}

impl Enough {
    /// `classes` are those with a model, by index in the city. `None` where sums by district do not tell whether anybody lacks gas.
    pub fn new(prepared: &Prepared<'_>, classes: impl Iterator<Item = u32>) -> Option<Self> {
        if !prepared.is_one_network() {
            return None;
        }
        let city = prepared.city();
        let classes: Vec<u32> = classes.collect();
        let mut rest = vec![0; city.districts.len()];
        let others = city.customers.iter().filter(|customer| !classes.contains(&customer.class));
        others.for_each(|customer| rest[customer.district as usize] += customer.demand.get());
        Some(Self { classes: classes.iter().map(|class| parts(city, *class)).collect(), rest })
    }

    /// Whether everybody gets all that he asks for: of each class so much in all, the sources by index in the city.
    pub fn for_all(&self, prepared: &Prepared<'_>, volumes: &[u64], supply: &[u64]) -> bool {
        let mut wanted = self.rest.clone();
        for (parts, volume) in self.classes.iter().zip(volumes) {
            for part in parts {
                wanted[part.district as usize] += part.quota.most(*volume) + part.customers;
            }
        }
        prepared.brings(supply, &wanted)
    }
}

fn parts(city: &City, class: u32) -> Vec<Part> {
    let mut sums = vec![(0u64, 0); city.districts.len()];
    for customer in city.customers.iter().filter(|customer| customer.class == class && customer.demand.get() > 0) {
        let (standing, customers) = &mut sums[customer.district as usize];
        (*standing, *customers) = (*standing + customer.demand.get(), *customers + 1);
    }
    let whole = sums.iter().map(|(standing, _)| standing).sum();
    let part = |(district, (standing, customers))| Part { district, quota: Quota::new(standing, whole), customers };
    (0..).zip(sums).filter(|(_, (standing, _))| *standing > 0).map(part).collect()
}
