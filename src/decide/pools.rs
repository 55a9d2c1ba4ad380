//! Whose gas is one account: an outer district has its own, and so has each company of the main urban area that keeps its gas apart.

use super::Prepared;

/// Who shares one account of gas. What one lacks no other's surplus makes good, whatever pipes there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pools {
    /// How many accounts somebody belongs to; at least one.
    pub count: usize,
    /// By customer of the city.
    pub of_customer: Vec<usize>,
    /// By source of the city.
    pub of_source: Vec<usize>,
}

impl Prepared<'_> {
    /// The accounts of its balances.
    pub(crate) fn pools(&self) -> Pools {
        let city = self.city;
        let (companies, unified) = (city.companies.len(), self.options.unified);
        let is_outer = |district: u32| !unified && city.districts.get(district as usize).is_some_and(|own| !own.urban);
        let key = |district: Option<u32>, company: Option<u32>| match district.filter(|own| is_outer(*own)) {
            Some(district) => 1 + companies + district as usize,
            None if city.settings.pooling => 0,
            None => company.map_or(0, |company| 1 + company as usize),
        };
        let customers = city.customers.iter().map(|own| key(Some(own.district), Some(own.company)));
        let customers: Vec<usize> = customers.collect();
        let sources: Vec<usize> = city.sources.iter().map(|own| key(own.area, own.company)).collect();
        let mut keys: Vec<usize> = customers.iter().chain(&sources).copied().collect();
        keys.sort_unstable();
        keys.dedup();
        let numbered = |own: Vec<usize>| -> Vec<usize> {
            own.into_iter().map(|key| keys.partition_point(|other| *other < key)).collect()
        };
        Pools { of_customer: numbered(customers), of_source: numbered(sources), count: keys.len().max(1) }
    }
}
