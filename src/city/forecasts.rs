//! The checks of forecast rows: whom they name, and that no customer has two on one day.

use std::collections::BTreeMap;

use crate::city::build::find_district;
use crate::city::builder::{DemandDraft, RowWords};
use crate::city::demand::{Forecasts, Group, Own};
use crate::city::ledger::{Ledger, Tables};
use crate::city::unknown::Unknown;
use crate::city::{City, CityMessage};
use crate::policy::{Policies, Policy};
use crate::units::{Date, M3};

/// The forecasts by day. `city` has everything but them.
pub(super) fn build(
    city: &City,
    rows: &[DemandDraft],
    ids: &str,
    words: &RowWords,
    policies: Option<&Policies>,
    ledger: &mut Ledger,
    tables: &Tables,
) -> BTreeMap<Date, Forecasts> {
    let mut days: BTreeMap<Date, Forecasts> = BTreeMap::new();
    let mut before = 0;
    for row in rows {
        let group = group(city, row, words, policies, ledger, tables);
        let (start, length) = row.customer;
        let id = ids.get(start..start + length as usize).unwrap_or_default();
        if id.is_empty() {
            if let Some(group) = group {
                days.entry(row.date).or_default().groups.push(group);
            }
            continue;
        }
        // Most tables list customers in the order of their ids, so the next one is tried first.
        let next = city.customers.get(before + 1).filter(|next| *next.id == *id).map(|_| before + 1);
        let Some(found) = next.or_else(|| city.customer(id)) else {
            Unknown { ledger, tables }.customer(row.at, id, city.customers.iter().map(|c| &*c.id));
            continue;
        };
        before = found;
        if let (Some(customer), Some(group)) = (city.customers.get(found), group) {
            let same = |said: Option<u32>, is: u32| said.is_none_or(|said| said == is);
            let agrees = same(group.district, customer.district)
                && same(group.company, customer.company)
                && same(group.class, customer.class);
            if !agrees {
                ledger.error(tables.place(row.at), CityMessage::ForecastDisagrees { id: id.to_owned() });
            }
        }
        days.entry(row.date).or_default().own.push(Own { customer: found as u32, volume: row.volume, at: row.at });
    }
    for (date, day) in &mut days {
        day.own.sort_unstable_by_key(|own| (own.customer, own.at));
        for pair in day.own.windows(2) {
            if let [a, b] = pair
                && a.customer == b.customer
            {
                let id = city.customers.get(a.customer as usize).map_or("", |c| &*c.id).to_owned();
                let first = tables.place(a.at).to_string();
                let message = CityMessage::DuplicateForecast { id, date: date.to_string(), first };
                ledger.error(tables.cell(b.at, "customer_id"), message);
            }
        }
        day.groups.sort_unstable_by_key(|group| group.at);
        let volumes = day.own.iter().map(|own| own.volume).chain(day.groups.iter().map(|group| group.volume));
        if volumes.sum::<M3>() > M3::MOST_IN_ALL {
            let at = day.own.first().map(|own| own.at).or_else(|| day.groups.first().map(|group| group.at));
            if let Some(at) = at {
                ledger.error(tables.place(at), CityMessage::TotalTooLarge { date: date.to_string() });
            }
        }
    }
    days
}

/// Stands for a company or class that the policy knows but no customer has.
const NOBODY: u32 = u32::MAX;

/// The group that a row names; `None` if it names something unknown.
fn group(
    city: &City,
    row: &DemandDraft,
    words: &RowWords,
    policies: Option<&Policies>,
    ledger: &mut Ledger,
    tables: &Tables,
) -> Option<Group> {
    let mut unknown = Unknown { ledger, tables };
    let mut sound = true;
    let district = row.district.and_then(|word| {
        let word = words.districts.word(word);
        let found = find_district(&city.districts, word);
        if found.is_none() {
            unknown.district(row.at, "district", word, &city.districts);
            sound = false;
        }
        found.map(|at| at as u32)
    });
    let company = row.company.and_then(|word| {
        let word = words.companies.word(word);
        let found = city.companies.binary_search_by(|id| (**id).cmp(word)).ok();
        if found.is_none() {
            unknown.company(row.at, word, &city.companies);
            sound = false;
        }
        found.map(|at| at as u32)
    });
    let class = row.class.and_then(|word| {
        let policies = policies?;
        let word = words.classes.word(word);
        // What a word means depends on the district's policy; without a district, any policy of the case may know it.
        let own = district.and_then(|d| city.districts.get(d as usize)).map(|d| policies.named(d.policy.as_deref()));
        let all = std::iter::once(&policies.main).chain(policies.own.values());
        let known: Vec<&Policy> = own.map_or_else(|| all.collect(), |own| vec![own]);
        let meant = known.iter().find_map(|policy| policy.class(word).and_then(|class| policy.classes.get(class)));
        match meant {
            Some(class) => {
                let found = city.classes.binary_search_by(|id| (**id).cmp(class.id.as_str()));
                Some(found.map_or(NOBODY, |at| at as u32))
            }
            None => {
                unknown.class(row.at, word, known.first().copied());
                sound = false;
                None
            }
        }
    });
    sound.then_some(Group { district, company, class, volume: row.volume, at: row.at })
}
