//! A city with one customer for many: those that no rule of the plan can tell apart, of one district and company, become one.
//!
//! A winter asks for sums, and a city of a million meters has some hundreds of such groups. What a group gets is what its
//! customers get together, but for whole cubic metres: a limit is rounded once and not once a customer, and a floor above some
//! customer's own demand counts for the others. So the condensed city is decided by the very same code; only its customers are
//! larger.

use crate::city::{City, Customer, More};
use crate::decide::{Options, Prepared};
use crate::policy::{Policies, Sharing};
use crate::problem::Problems;
use crate::units::M3;

/// Makes a city of groups. It is the same city where the policies look at single customers: at their demand, at whom to stop off a
/// list, at cuts too small to be ordered.
///
/// # Errors
/// As for [`Prepared::new`].
pub fn condense(city: &City, policies: &Policies, unified: bool) -> Result<City, Problems> {
    let options = Options { unified, ..Options::default() };
    let one_by_one = |policy: &crate::policy::Policy| {
        policy.measures.iter().any(|measure| measure.sharing == Sharing::List || measure.smallest_order_m3 > 0)
    };
    let prepared = Prepared::new(policies, city, options)?;
    let groups = prepared.groups().filter(|_| !policies.all().any(one_by_one));
    let Some(groups) = groups else { return Ok(city.with_customers(city.customers.clone())) };
    let group = |members: Vec<u32>| {
        let mut members = members.iter().map(|at| &city.customers[*at as usize]);
        let first = members.next()?.clone();
        Some(members.fold(first, join))
    };
    let mut customers: Vec<Customer> = groups.into_iter().filter_map(group).collect();
    customers.sort_by(|a, b| a.id.as_bytes().cmp(b.id.as_bytes()));
    Ok(city.with_customers(customers))
}

/// Two customers as one: under the name of the first, by whom the rules know it.
fn join(mut group: Customer, customer: &Customer) -> Customer {
    group.demand = M3(group.demand.get() + customer.demand.get());
    group.floor = M3(group.floor.get() + customer.floor.get());
    if let Some(more) = customer.more.as_deref()
        && (more.households > 0 || more.heated_m2 > 0)
    {
        let sum = group.more.get_or_insert_with(|| Box::new(More::default()));
        sum.households = sum.households.saturating_add(more.households);
        sum.heated_m2 = sum.heated_m2.saturating_add(more.heated_m2);
    }
    group
}
