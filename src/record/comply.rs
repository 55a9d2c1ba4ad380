//! How an order was followed: each customer's figures held against what it was allowed to take.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::meter::{Compliance, DistrictTaken, Followed, MeterRow, Outcome, Tally};
use crate::city::City;
pub use crate::decide::restore::Back;
use crate::decide::{BEYOND_AUTHORITY, CustomerShare, Decision, RankRow};
use crate::units::M3;

/// What is known of somebody's day.
#[derive(Clone, Debug, Default)]
struct Known {
    whole: Option<u64>,
    hours: BTreeMap<u8, u64>,
}

impl Known {
    fn add(&mut self, row: &MeterRow) {
        match row.hour {
            Some(hour) => *self.hours.entry(hour).or_default() += row.volume_m3.get(),
            None => *self.whole.get_or_insert(0) += row.volume_m3.get(),
        }
    }

    /// What was taken as far as it is known, and whether that is the whole day. A figure of the day goes before its hours.
    fn taken(&self, of_the_day: &BTreeSet<u8>) -> (u64, bool) {
        match self.whole {
            Some(volume) => (volume, true),
            None => (self.hours.values().sum(), of_the_day.iter().all(|hour| self.hours.contains_key(hour))),
        }
    }
}

/// What an order took of a customer in a rank, and of it what is left of that and what was taken after all.
#[derive(Clone, Copy, Debug)]
struct Slice<'a> {
    measure: &'a str,
    cut: u64,
    over: u64,
}

/// How a decision was followed: in sums, and customer by customer in the decision's order. Who got all of it back has nothing left
/// to follow.
///
/// `back` is what came back of the order; `clock` the clock hours of the gas day.
pub fn compliance(
    decision: &Decision,
    back: &[Back],
    rows: &[MeterRow],
    city: &City,
    clock: &[u8],
) -> (Compliance, Vec<Followed>) {
    let of_the_day: BTreeSet<u8> = clock.iter().copied().collect();
    let mut customers: HashMap<&str, Known> = HashMap::new();
    let mut districts: BTreeMap<&str, Known> = BTreeMap::new();
    for row in rows {
        match (&row.customer_id, &row.district) {
            (Some(id), _) => customers.entry(id).or_default().add(row),
            (None, Some(id)) => districts.entry(id).or_default().add(row),
            (None, None) => {}
        }
    }
    let mut returned: HashMap<&str, Vec<&Back>> = HashMap::new();
    for back in back {
        returned.entry(&back.customer_id).or_default().push(back);
    }
    let mut weighed = Weighed::default();
    let parts = || std::iter::once(decision).chain(&decision.areas);
    for part in parts() {
        let Some(detail) = &part.detail else { continue };
        let mut lost: Vec<Vec<(u32, u64)>> = vec![Vec::new(); detail.customers.len()];
        for slice in &detail.slices {
            let loss = slice.size_m3.less(slice.served_m3).get();
            if let Some(of) = lost.get_mut(slice.customer as usize).filter(|_| loss > 0) {
                of.push((slice.rank, loss));
            }
        }
        for (share, mut lost) in detail.customers.iter().zip(lost).filter(|(share, _)| !share.cut_m3().is_zero()) {
            lost.sort_unstable();
            let measure = |rank: u32| part.by_rank.iter().find(|row| row.rank == rank).map_or(BEYOND_AUTHORITY, name);
            let slices = lost.into_iter().map(|(rank, cut)| Slice { measure: measure(rank), cut, over: 0 });
            let back = returned.get(&*share.customer_id).map_or(&[][..], Vec::as_slice);
            let known = customers.get(&*share.customer_id).map(|known| known.taken(&of_the_day));
            weighed.add(city, share, slices.collect(), back, known);
        }
    }
    let mut found = weighed.found;
    let served_first = |tally: &Tally| {
        let of = |part: &Decision| part.by_rank.iter().find(|row| name(row) == tally.name).map(|row| row.rank);
        (parts().filter_map(of).min(), tally.name.clone())
    };
    found.by_measure.sort_by_key(served_first);
    found.by_company = weighed.companies.into_values().collect();
    found.by_district = weighed.districts.into_values().collect();
    for (id, known) in districts {
        let Some(row) = parts().flat_map(|part| &part.by_district).find(|row| row.district == id) else { continue };
        let (taken, whole) = known.taken(&of_the_day);
        let ordered_m3 = row.served_m3 + M3(weighed.returned.get(id).copied().unwrap_or(0));
        found.districts.push(DistrictTaken { district: id.to_owned(), ordered_m3, taken_m3: M3(taken), whole });
    }
    (found, weighed.customers)
}

fn name(row: &RankRow) -> &str {
    row.measure.as_deref().unwrap_or(BEYOND_AUTHORITY)
}

/// What was found so far.
#[derive(Debug, Default)]
struct Weighed {
    found: Compliance,
    companies: BTreeMap<String, Tally>,
    districts: BTreeMap<String, Tally>,
    /// What came back, by district.
    returned: HashMap<String, u64>,
    customers: Vec<Followed>,
}

impl Weighed {
    /// A customer that was cut; its slices in the order in which they are served.
    fn add(
        &mut self,
        city: &City,
        share: &CustomerShare,
        mut slices: Vec<Slice<'_>>,
        back: &[&Back],
        known: Option<(u64, bool)>,
    ) {
        let home = city.customer(&share.customer_id).and_then(|at| city.customers.get(at));
        let district = home.and_then(|it| city.districts.get(it.district as usize)).map(|it| it.id.to_string());
        let company = home.and_then(|it| city.companies.get(it.company as usize)).map(|it| it.to_string());
        let (district, company) = (district.unwrap_or_default(), company.unwrap_or_default());
        let returned = give_back(&mut slices, back);
        *self.returned.entry(district.clone()).or_default() += returned;
        let (demand, ordered) = (share.demand_m3.get(), share.served_m3.get() + returned);
        if ordered >= demand {
            return;
        }
        let over = known.map_or(0, |(taken, _)| taken.saturating_sub(ordered));
        let outcome = match known {
            Some((taken, _)) if over > 0 && taken >= demand => Outcome::NotFollowed,
            Some(_) if over > 0 => Outcome::Partly,
            Some((_, true)) => Outcome::Followed,
            _ => Outcome::Unknown,
        };
        let cut = demand - ordered;
        self.found.total.count(outcome, cut, over);
        tally(&mut self.companies, &company).count(outcome, cut, over);
        tally(&mut self.districts, &district).count(outcome, cut, over);
        take_over(&mut slices, over);
        let mut of_measure: Vec<Slice<'_>> = Vec::new();
        for slice in slices {
            match of_measure.iter_mut().find(|known| known.measure == slice.measure) {
                Some(known) => (known.cut, known.over) = (known.cut + slice.cut, known.over + slice.over),
                None => of_measure.push(slice),
            }
        }
        for slice in of_measure.into_iter().filter(|slice| slice.cut > 0) {
            let all = &mut self.found.by_measure;
            match all.iter_mut().find(|tally| tally.name == slice.measure) {
                Some(tally) => tally.count(outcome, slice.cut, slice.over),
                None => {
                    let mut tally = Tally { name: slice.measure.to_owned(), ..Tally::default() };
                    tally.count(outcome, slice.cut, slice.over);
                    all.push(tally);
                }
            }
        }
        self.customers.push(Followed {
            customer_id: share.customer_id.to_string(),
            company,
            district,
            demand_m3: share.demand_m3,
            ordered_m3: M3(ordered),
            taken_m3: known.map(|(taken, _)| M3(taken)),
            over_m3: M3(over),
            outcome,
        });
    }
}

/// Takes what came back out of the slices, each of its own measure; where that was not noted, first of what is served first. How much
/// that was.
fn give_back(slices: &mut [Slice<'_>], back: &[&Back]) -> u64 {
    let mut returned = 0;
    for back in back {
        let mut left = back.back_m3.get();
        let of = |slice: &&mut Slice<'_>| back.measure.as_deref().is_none_or(|measure| measure == slice.measure);
        for slice in slices.iter_mut().filter(of) {
            let given = slice.cut.min(left);
            slice.cut -= given;
            left -= given;
            returned += given;
        }
    }
    returned
}

/// What was taken over an order goes where gas goes: to the slice that is served first. What is above the forecast stays with the last.
fn take_over(slices: &mut [Slice<'_>], mut over: u64) {
    let last = slices.iter().rposition(|slice| slice.cut > 0);
    for (at, slice) in slices.iter_mut().enumerate().filter(|(_, slice)| slice.cut > 0) {
        slice.over = if Some(at) == last { over } else { over.min(slice.cut) };
        over -= slice.over;
    }
}

fn tally<'a>(all: &'a mut BTreeMap<String, Tally>, name: &str) -> &'a mut Tally {
    all.entry(name.to_owned()).or_insert_with(|| Tally { name: name.to_owned(), ..Tally::default() })
}

impl Tally {
    fn count(&mut self, outcome: Outcome, cut: u64, over: u64) {
        self.orders += 1;
        self.cut_m3 += M3(cut);
        self.missed_m3 += M3(cut.min(over));
        self.over_m3 += M3(over);
        match outcome {
            Outcome::Followed => self.followed += 1,
            Outcome::Partly => self.partly += 1,
            Outcome::NotFollowed => self.not_followed += 1,
            Outcome::Unknown => {
                self.unknown += 1;
                self.unknown_m3 += M3(cut);
            }
        }
    }
}
