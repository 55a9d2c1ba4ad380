//! What the classes of a city take on the days of a season, and who of their customers takes it.

use super::quota::Quota;
use super::random::Random;
use crate::city::City;
use crate::forecast::{ClassModel, Model, ONE};
use crate::units::{Date, M3};

/// A class whose demand follows the weather.
pub(super) struct ClassDays<'a> {
    model: &'a ClassModel,
    /// By index in the city.
    pub class: u32,
    /// Its memory, as an index among those of the model.
    pub memory: usize,
    purpose: String,
    /// The calendar's factor of each day of the season.
    factors: Vec<u64>,
    /// Its customers, by index in the city, and the part of each.
    customers: Vec<(u32, Quota)>,
    /// What they take on a day of the table, in m3, above 0.
    pub standing: u64,
}

/// Room to share in.
#[derive(Default)]
pub(super) struct Shares {
    remainders: Vec<u64>,
    order: Vec<u64>,
}

impl<'a> ClassDays<'a> {
    /// The classes of a model that take anything in the city; `memories` are those of the model, each once and in order.
    pub fn all(city: &City, model: &'a Model, memories: &[u64], dates: &[Date]) -> Vec<Self> {
        let of = |model: &'a ClassModel| {
            let class = city.classes.iter().position(|class| **class == *model.class)? as u32;
            let customers = (0u32..).zip(&city.customers).filter(|(_, customer)| customer.class == class);
            let standing = customers.map(|(at, customer)| (at, customer.demand.get())).filter(|(_, own)| *own > 0);
            let customers: Vec<(u32, u64)> = standing.collect();
            let whole: u64 = customers.iter().map(|(_, standing)| standing).sum();
            let quota = |(customer, standing)| (customer, Quota::new(standing, whole));
            let class = Self {
                model,
                class,
                memory: memories.binary_search(&model.memory).unwrap_or_default(),
                purpose: format!("demand {}", model.class),
                factors: dates.iter().map(|date| model.days.on(*date, &city.workdays)).collect(),
                customers: customers.into_iter().map(quota).collect(),
                standing: whole,
            };
            (whole > 0).then_some(class)
        };
        model.classes.iter().filter_map(of).collect()
    }

    /// Its chance in a winter.
    pub fn luck(&self, seed: u64, winter: u64) -> Random {
        Random::of(seed, winter, &self.purpose)
    }

    /// What it takes on a day of the season with so many degrees, in m3. Asked of every class on every day of every winter.
    #[inline]
    pub fn volume(&self, degrees: u64, at: usize, luck: &mut Random) -> u64 {
        let chance = match self.model.errors.len() as u64 {
            0 => ONE,
            errors => self.model.errors[luck.below(errors) as usize],
        };
        self.model.volume(degrees, self.factors[at], chance)
    }

    /// Shares its volume among its customers as a row of `demand.csv` is shared: in proportion to standing demand, by largest remainder,
    /// ties by id.
    pub fn share(&self, volume: u64, Shares { remainders, order }: &mut Shares, demand: &mut [M3]) {
        remainders.clear();
        let mut left = volume;
        for (customer, quota) in &self.customers {
            let (part, rest) = quota.of(volume);
            demand[*customer as usize] = M3(part);
            left -= part;
            remainders.push(rest);
        }
        let Some(last) = (left as usize).checked_sub(1) else { return };
        order.clone_from(remainders);
        order.sort_unstable_by(|a, b| b.cmp(a));
        // Those above the last remainder that counts, and of those equal to it as many as are left, by id.
        let least = order.get(last).copied().unwrap_or_default();
        let mut equals = left as usize - order.partition_point(|rest| *rest > least);
        for ((customer, _), rest) in self.customers.iter().zip(&*remainders) {
            let equal = *rest == least && equals > 0;
            equals -= usize::from(equal);
            demand[*customer as usize].0 += u64::from(*rest > least || equal);
        }
    }
}
