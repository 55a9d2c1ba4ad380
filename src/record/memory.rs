//! What past orders mean for a day: whose turn it was, and what each block and customer has borne (section 4 of the
//! decision model). Only issued orders count; a proposal has burdened nobody.

use std::collections::{BTreeMap, HashMap};

use super::book::{Book, Dossier};
use super::entry::{Borne, Instead, Turn};
use super::messages::RecordError;
use super::store::Record;
use crate::city::{City, Customer};
use crate::decide::{Day, Decision};
use crate::policy::{Measure, Policy, Sharing};
use crate::units::{Date, Decimal, Fraction, M3};

/// The file in which a decision's record keeps what customers on stop lists gave up.
pub(super) const BORNE: &str = "borne.json";

/// Sums of burdens are rounded to so many parts of an equivalent full day, so that equal burdens are equal in whatever order they
/// were borne.
const GRID: u128 = 1_000_000_000;

impl Book {
    /// The orders of this season's days before a day, by day. The season is the policy's; a policy in force all the year
    /// has one season for ever.
    pub fn orders_before(&self, day: Date, policy: &Policy) -> Vec<&Dossier> {
        let season = policy.in_force.season;
        let begin = season.map(|season| {
            let first = |year: u16| Date::new(year, season.from.0, season.from.1).ok();
            first(day.year()).filter(|first| *first <= day).or_else(|| first(day.year().saturating_sub(1)))
        });
        let begin = begin.flatten();
        let mut orders: BTreeMap<Date, &Dossier> = BTreeMap::new();
        for dossier in self.decisions.iter().filter(|dossier| dossier.is_order()) {
            let date = dossier.proposed.id.date;
            if date < day && begin.is_none_or(|begin| begin <= date) {
                orders.insert(date, dossier);
            }
        }
        orders.into_values().collect()
    }
}

impl Dossier {
    /// Whether it is the order of its day.
    pub fn is_order(&self) -> bool {
        self.stage() == super::Stage::Issued
    }
}

impl Record {
    /// Tells a day what past orders mean for it.
    ///
    /// # Errors
    /// That the record cannot be read.
    pub fn remind(&self, book: &Book, day: &mut Day, city: &City, policy: &Policy) -> Result<(), RecordError> {
        let orders = book.orders_before(day.date, policy);
        let mut blocks: BTreeMap<u32, u128> = BTreeMap::new();
        let mut customers: BTreeMap<String, u128> = BTreeMap::new();
        for order in &orders {
            for turn in &order.proposed.turns {
                let Some(block) = city.districts.iter().position(|district| *district.id == turn.district) else {
                    // A block that the city no longer has bears nothing.
                    continue;
                };
                let block = block as u32;
                *blocks.entry(block).or_default() += turn.burden().atto();
                if !turn.cut_m3.is_zero() {
                    day.turns.entry(block).or_default().push(order.proposed.id.date);
                }
            }
            let Some(digest) = order.proposed.files.get(BORNE) else { continue };
            let content = self.content(digest)?.unwrap_or_default();
            let borne: Vec<Borne> = serde_json::from_slice(&content).unwrap_or_default();
            for Borne { customer_id, burden } in borne {
                *customers.entry(customer_id).or_default() += burden.atto();
            }
        }
        for departed in book.departures_on(day.date) {
            let Instead::Customer { customer_id, volume_m3 } = &departed.departure.instead else { continue };
            if let Some(customer) = city.customer(customer_id) {
                day.pinned.insert(customer as u32, *volume_m3);
            }
        }
        day.burdens = blocks.into_iter().map(|(block, atto)| (block, on_grid(atto))).collect();
        if !customers.is_empty() {
            let known = city.customers.iter().enumerate();
            let burden =
                |(at, customer): (usize, &Customer)| Some((at as u32, on_grid(*customers.get(&*customer.id)?)));
            day.customer_burdens = known.filter_map(burden).collect();
        }
        Ok(())
    }
}

/// A sum in units of 10^-18, rounded to the grid.
fn on_grid(atto: u128) -> Decimal {
    let step = Decimal::ONE.atto() / GRID;
    Decimal::below(Fraction::new((atto + step / 2) / step, GRID))
}

impl Turn {
    /// What the block bears that day, in equivalent full days.
    pub fn burden(&self) -> Decimal {
        Decimal::below(Fraction::new(u128::from(self.cut_m3.get()), u128::from(self.demand_m3.get())))
    }
}

/// Each listed block's turn in a decision.
pub(super) fn turns(decision: &Decision, city: &City, policy: &Policy) -> Vec<Turn> {
    let Some(detail) = decision.detail.as_ref() else { return Vec::new() };
    // Of a revised day a block bears what it gave up before the revision too, on the list or no longer.
    let before = decision.revision.as_ref().map(|revision| &revision.turns);
    let mut blocks: Vec<&String> = decision.rotation.iter().flat_map(|rotation| &rotation.blocks).collect();
    blocks.extend(before.iter().flat_map(|turns| turns.keys()));
    let mut known = std::collections::BTreeSet::new();
    blocks.retain(|block| known.insert(block.as_str()));
    let cut = cut_under(decision, |measure| measure.rotates, policy);
    let homes = city.customers.iter().filter_map(|customer| {
        let block = city.districts.get(customer.district as usize)?;
        Some((&*customer.id, &*block.id))
    });
    let homes: HashMap<&str, &str> = homes.collect();
    let mut by_block: BTreeMap<&str, u64> = BTreeMap::new();
    for (at, cut) in cut {
        let block = detail.customers.get(at as usize).and_then(|share| homes.get(&*share.customer_id));
        block.into_iter().for_each(|block| *by_block.entry(block).or_default() += cut);
    }
    let turn = |block: &String| {
        let row = decision.by_district.iter().find(|row| row.district == *block);
        let cut = by_block.get(block.as_str()).copied().unwrap_or(0);
        let cut = cut + before.and_then(|turns| turns.get(block.as_str())).map_or(0, |cut| cut.get());
        Turn { district: block.clone(), demand_m3: row.map_or(M3::ZERO, |row| row.demand_m3), cut_m3: M3(cut) }
    };
    blocks.into_iter().map(turn).collect()
}

/// What customers give up under measures that share by list.
pub(super) fn borne(decision: &Decision, policy: &Policy) -> Vec<Borne> {
    let Some(detail) = &decision.detail else { return Vec::new() };
    let cut = cut_under(decision, |measure| measure.sharing == Sharing::List, policy);
    let before = decision.revision.as_ref().map(|revision| &revision.listed);
    let mut cut = cut;
    for (at, share) in (0..).zip(&detail.customers) {
        if let Some(earlier) = before.and_then(|listed| listed.get(&*share.customer_id)) {
            *cut.entry(at).or_default() += earlier.get();
        }
    }
    let borne = |(at, cut): (u32, u64)| {
        let share = detail.customers.get(at as usize)?;
        let burden = Decimal::below(Fraction::new(u128::from(cut), u128::from(share.demand_m3.get())));
        Some(Borne { customer_id: share.customer_id.to_string(), burden })
    };
    cut.into_iter().filter_map(borne).collect()
}

/// What each customer, by index in the decision's list, loses in the ranks of some measures, in m3.
fn cut_under(decision: &Decision, wanted: impl Fn(&Measure) -> bool, policy: &Policy) -> BTreeMap<u32, u64> {
    let of = |measure: &str| policy.measures.iter().any(|known| known.id == measure && wanted(known));
    let ranks = decision.by_rank.iter().filter(|rank| rank.measure.as_deref().is_some_and(of));
    let ranks: Vec<u32> = ranks.map(|rank| rank.rank).collect();
    let slices = decision.detail.iter().flat_map(|detail| &detail.slices);
    let mut cut = BTreeMap::new();
    for slice in slices.filter(|slice| ranks.contains(&slice.rank)) {
        *cut.entry(slice.customer).or_default() += slice.size_m3.get().saturating_sub(slice.served_m3.get());
    }
    cut.retain(|_, cut| *cut > 0);
    cut
}
