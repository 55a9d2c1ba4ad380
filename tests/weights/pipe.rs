//! The day of `examples/why-not-weights` as a linear program, written from the case and nothing else: what each customer gets, what
//! each company carries over each link.

use std::collections::BTreeMap;

use curtail::city::City;
use curtail::decide::Day;

/// Rows `coefficients . x <= bound` over columns from 0 up; every bound is at least 0.
pub struct Program {
    /// By customer of the city; the first columns, in the order that was asked for.
    pub customers: Vec<usize>,
    pub columns: usize,
    pub rows: Vec<(BTreeMap<usize, f64>, f64)>,
}

/// The program of a day, its customers' columns in this order (by index in the city). `pooled`: as if all were one company.
pub fn program(city: &City, day: &Day, order: &[usize], pooled: bool) -> Program {
    let company = |company: u32| if pooled { 0 } else { company };
    let companies = if pooled { 1 } else { city.companies.len() as u32 };
    let links = city.links.as_deref().expect("the case has links");
    let customers = order.len();
    // A link's gas, company by company, stands behind the customers'.
    let carries = |link: usize, company: u32| customers + link * companies as usize + company as usize;
    let mut rows = Vec::new();
    for (column, customer) in order.iter().enumerate() {
        rows.push((BTreeMap::from([(column, 1.0)]), day.demand[*customer].get() as f64));
    }
    for (at, link) in links.iter().enumerate() {
        let all = (0..companies).map(|company| (carries(at, company), 1.0)).collect();
        rows.push((all, link.capacity.get() as f64));
    }
    let nodes: std::collections::BTreeSet<&str> =
        links.iter().flat_map(|link| [&*link.names.0, &*link.names.1]).collect();
    for node in nodes {
        for ours in 0..companies {
            // What leaves a node, to customers or along links, is at most what enters it and what it gives.
            let mut row = BTreeMap::new();
            for (at, link) in links.iter().enumerate() {
                for (end, sign) in [(&link.names.0, 1.0), (&link.names.1, -1.0)] {
                    if &**end == node {
                        row.insert(carries(at, ours), sign);
                    }
                }
            }
            for (column, customer) in order.iter().enumerate() {
                let customer = &city.customers[*customer];
                let here = &*city.districts[customer.district as usize].id == node;
                if here && company(customer.company) == ours {
                    row.insert(column, 1.0);
                }
            }
            let source = city.sources.iter().position(|source| &*source.id == node);
            let own = source.filter(|at| city.sources[*at].company.is_none_or(|of| company(of) == ours));
            let gives = own.and_then(|at| day.supply[at]).map_or(0, |volume| volume.get());
            rows.push((row, gives as f64));
        }
    }
    Program { customers: order.to_vec(), columns: customers + links.len() * companies as usize, rows }
}
