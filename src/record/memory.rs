//! What past orders mean for a day: whose turn it was, and what each block and customer has borne (section 4 of the
//! decision model). Only issued orders count; a proposal has burdened nobody.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::book::{Book, Dossier};
use super::entry::{Borne, Instead, Turn};
use super::messages::{RecordError, RecordMessage};
use super::store::{Packed, Record};
use crate::city::City;
use crate::decide::burden::{self, on_grid};
use crate::decide::{Day, Decision};
use crate::policy::{Measure, Policy, Sharing};
use crate::units::{Date, Decimal, M3};

/// The file in which a decision's record keeps what customers on stop lists gave up.
pub(super) const BORNE: &str = "borne.json";

/// What past days mean for a later one, as they follow each other: whose turn it was and what each block and customer has borne.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// By block, in units of 10^-18 of an equivalent full day.
    blocks: BTreeMap<String, u128>,
    /// By block, the days on which it gave something up.
    turns: BTreeMap<String, Vec<Date>>,
    /// Of customers on stop lists, by index in [`City::customers`], as for the blocks.
    customers: Vec<u128>,
}

impl Memory {
    /// Takes in a day: its blocks' turns, and what customers on stop lists, by index in [`City::customers`], gave up.
    pub fn add(&mut self, date: Date, turns: &[Turn], listed: &[(u32, Decimal)]) {
        for turn in turns {
            *self.blocks.entry(turn.district.clone()).or_default() += turn.burden().atto();
            if !turn.cut_m3.is_zero() {
                self.turns.entry(turn.district.clone()).or_default().push(date);
            }
        }
        for (customer, burden) in listed {
            let at = *customer as usize;
            if self.customers.len() <= at {
                self.customers.resize(at + 1, 0);
            }
            if let Some(sum) = self.customers.get_mut(at) {
                *sum += burden.atto();
            }
        }
    }

    /// Tells a day what it remembers. A block that the city no longer has bears nothing.
    pub fn tell(&self, day: &mut Day, city: &City) {
        for (at, district) in (0..).zip(&city.districts) {
            if let Some(burden) = self.blocks.get(&*district.id) {
                day.burdens.insert(at, on_grid(*burden));
            }
            if let Some(days) = self.turns.get(&*district.id) {
                day.turns.insert(at, days.clone());
            }
        }
        let borne = (0..).zip(&self.customers).filter(|(_, borne)| **borne > 0);
        day.customer_burdens.extend(borne.map(|(at, borne)| (at, on_grid(*borne))));
    }

    /// What a block has borne, in equivalent full days.
    pub fn burden(&self, block: &str) -> Decimal {
        self.blocks.get(block).copied().map_or(Decimal::ZERO, on_grid)
    }

    /// The days on which a block gave something up, in the order in which they were added.
    pub fn turns_of(&self, block: &str) -> &[Date] {
        self.turns.get(block).map_or(&[], Vec::as_slice)
    }
}

/// The first day of the season that a day falls into, or follows; `None` for a policy that is in force all the year, which has
/// one season for ever.
pub fn season_begins(day: Date, policy: &Policy) -> Option<Date> {
    let season = policy.in_force.season?;
    let first = |year: u16| Date::new(year, season.from.0, season.from.1).ok();
    first(day.year()).filter(|first| *first <= day).or_else(|| first(day.year().saturating_sub(1)))
}

impl Book {
    /// The orders of this season's days before a day, by day. The season is the policy's; a policy in force all the year
    /// has one season for ever.
    pub fn orders_before(&self, day: Date, policy: &Policy) -> Vec<&Dossier> {
        let begin = season_begins(day, policy);
        let mut orders: BTreeMap<Date, &Dossier> = BTreeMap::new();
        for dossier in self.decisions.iter().filter(|dossier| dossier.is_order()) {
            let date = dossier.proposed.id.date;
            if date < day && begin.is_none_or(|begin| begin <= date) {
                orders.insert(date, dossier);
            }
        }
        orders.into_values().collect()
    }

    /// Holds the customers of a day to the volumes that departures in effect settle.
    pub(crate) fn pin(&self, day: &mut Day, city: &City) {
        for departed in self.departures_on(day.date) {
            let Instead::Customer { customer_id, volume_m3 } = &departed.departure.instead else { continue };
            if let Some(customer) = city.customer(customer_id) {
                day.pinned.insert(customer as u32, *volume_m3);
            }
        }
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
        let mut memory = Memory::default();
        let orders = book.orders_before(day.date, policy);
        for (order, borne) in orders.iter().zip(self.borne(&orders, city)?) {
            memory.add(order.proposed.id.date, &order.turns(), &borne);
        }
        memory.tell(day, city);
        book.pin(day, city);
        Ok(())
    }

    /// What customers on stop lists, by index in [`City::customers`], gave up by each of some orders, less what came back of that. A
    /// customer that the city no longer has is left out.
    pub(crate) fn borne(&self, orders: &[&Dossier], city: &City) -> Result<Vec<Vec<(u32, Decimal)>>, RecordError> {
        let packed = |order: &&Dossier| match order.proposed.files.get(BORNE) {
            Some(digest) => Ok(Some((digest.clone(), self.packed(digest)?))),
            None => Ok(None),
        };
        let packed: Vec<Kept> = orders.iter().map(packed).collect::<Result<_, RecordError>>()?;
        // A season's lists take longer to unpack than to read: the two halves of it do so side by side.
        let (first, second) = packed.split_at(if packed.len() < FEW { packed.len() } else { packed.len() / 2 });
        let unpacked = std::thread::scope(|threads| {
            let others = threads.spawn(|| second.iter().map(|kept| unpack(kept, city)).collect::<Vec<_>>());
            let mut all: Vec<_> = first.iter().map(|kept| unpack(kept, city)).collect();
            all.extend(others.join().unwrap_or_else(|_| second.iter().map(|kept| unpack(kept, city)).collect()));
            all
        });
        let broken = |order: &Dossier| {
            let (path, name) = (self.path().display().to_string(), BORNE.to_owned());
            RecordError::Failed(RecordMessage::BrokenContent { path, seq: order.act.seq, name })
        };
        // Whoever was stopped must not be forgotten in silence.
        let net = |(order, borne): (&&Dossier, Option<Vec<(u32, Decimal)>>)| {
            let mut borne = borne.ok_or_else(|| broken(order))?;
            self.relieve(order, &mut borne, city)?;
            Ok(borne)
        };
        orders.iter().zip(unpacked).map(net).collect()
    }
}

/// A list's digest and the list, if there is one.
type Kept = Option<(super::Digest, Option<Packed>)>;

/// So few lists are not worth a thread.
const FEW: usize = 8;

/// An entry of a list as it is read: a season has half a million of them.
#[derive(serde::Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    customer_id: Cow<'a, str>,
    #[serde(borrow)]
    burden: Cow<'a, str>,
}

/// A list; `None` if it is missing or not what was recorded.
fn unpack(kept: &Kept, city: &City) -> Option<Vec<(u32, Decimal)>> {
    let Some((digest, packed)) = kept else { return Some(Vec::new()) };
    let content = String::from_utf8(packed.as_ref()?.unpack(digest)?).ok()?;
    let mut listed = Listed { city, found: Vec::new(), next: 0 };
    if plain(&content, |customer_id, burden| listed.add(customer_id, burden)).is_none() {
        listed = Listed { city, found: Vec::new(), next: 0 };
        let entries: Vec<Entry<'_>> = serde_json::from_str(&content).ok()?;
        for Entry { customer_id, burden } in entries {
            listed.add(&customer_id, &burden)?;
        }
    }
    Some(listed.found)
}

/// A list as it is read.
struct Listed<'a> {
    city: &'a City,
    found: Vec<(u32, Decimal)>,
    /// The customer after the one found last.
    next: usize,
}

impl Listed<'_> {
    fn add(&mut self, customer_id: &str, burden: &str) -> Option<()> {
        let burden = burden.parse().ok()?;
        // Lists follow the order of the city as a rule.
        let all = &self.city.customers;
        let near = all.iter().enumerate().skip(self.next).take(NEAR).find(|(_, it)| *it.id == *customer_id);
        let found = near.map(|(at, _)| at).or_else(|| self.city.customer(customer_id));
        self.next = found.map_or(self.next, |at| at + 1);
        self.found.extend(found.map(|at| (at as u32, burden)));
        Some(())
    }
}

/// Reads a list as [`serde_json`] writes it, in a third of its time; `None` where it is written in any other way, by whomever, or an id
/// holds what JSON escapes.
fn plain(content: &str, mut add: impl FnMut(&str, &str) -> Option<()>) -> Option<()> {
    let upto_quote = |text: &str| -> Option<usize> {
        let at = text.bytes().position(|byte| byte == b'"' || byte == b'\\')?;
        (text.as_bytes().get(at) == Some(&b'"')).then_some(at)
    };
    let mut rest = content.strip_prefix("[{\"customer_id\":\"")?;
    loop {
        let (customer_id, after) = rest.split_at_checked(upto_quote(rest)?)?;
        let after = after.strip_prefix("\",\"burden\":\"")?;
        let (burden, after) = after.split_at_checked(upto_quote(after)?)?;
        add(customer_id, burden)?;
        match after.strip_prefix("\"},{\"customer_id\":\"") {
            Some(next) => rest = next,
            None => return (after == "\"}]").then_some(()),
        }
    }
}

/// So many customers are looked at before all are searched.
const NEAR: usize = 6;

impl Turn {
    /// What the block bears that day, in equivalent full days.
    pub fn burden(&self) -> Decimal {
        burden::of_a_day(self.cut_m3.get(), self.demand_m3.get())
    }
}

/// Each listed block's turn in a decision that tells customers apart.
pub(super) fn turns(decision: &Decision, city: &City, policy: &Policy) -> Vec<Turn> {
    let Some(detail) = decision.detail.as_ref() else { return Vec::new() };
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
    listed(decision, |block| by_block.get(block).copied().unwrap_or(0))
}

/// Each listed block's turn, given what each block gives up under measures that rotate. Of a revised day a block bears what it gave up
/// before the revision too, on the list or no longer.
pub(crate) fn listed(decision: &Decision, given_up: impl Fn(&str) -> u64) -> Vec<Turn> {
    let before = decision.revision.as_ref().map(|revision| &revision.turns);
    let mut blocks: Vec<&String> = decision.rotation.iter().flat_map(|rotation| &rotation.blocks).collect();
    blocks.extend(before.iter().flat_map(|turns| turns.keys()));
    let mut known = BTreeSet::new();
    blocks.retain(|block| known.insert(block.as_str()));
    let turn = |block: &String| {
        let row = decision.by_district.iter().find(|row| row.district == *block);
        let demand_m3 = row.map_or(M3::ZERO, |row| row.demand_m3);
        let earlier = before.and_then(|turns| turns.get(block.as_str())).map_or(0, |cut| cut.get());
        Turn { district: block.clone(), demand_m3, cut_m3: M3(given_up(block) + earlier) }
    };
    blocks.into_iter().map(turn).collect()
}

/// What customers give up under measures that share by list.
pub(crate) fn borne(decision: &Decision, policy: &Policy) -> Vec<Borne> {
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
        let burden = burden::of_a_day(cut, share.demand_m3.get());
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What the quick reader makes of a list, against what [`serde_json`] does.
    fn read(content: &str) -> Option<Vec<(String, String)>> {
        let mut all = Vec::new();
        plain(content, |id, burden| {
            all.push((id.to_owned(), burden.to_owned()));
            Some(())
        })?;
        Some(all)
    }

    #[test]
    fn a_list_as_it_is_written_is_read_and_any_other_is_left_to_json() {
        let burden = |text: &str| text.parse::<Decimal>().unwrap();
        let list = [("XC-1", "0.5"), ("西安·二", "1"), ("a b", "0.333333333")];
        let listed: Vec<Borne> =
            list.iter().map(|(id, text)| Borne { customer_id: (*id).to_owned(), burden: burden(text) }).collect();
        let written = serde_json::to_string(&listed).unwrap();
        let same = list.map(|(id, text)| (id.to_owned(), text.to_owned()));
        assert_eq!(read(&written).as_deref(), Some(&same[..]), "{written}");
        let quoted = vec![Borne { customer_id: "a \"b\"".to_owned(), burden: burden("1") }];
        for other in [
            serde_json::to_string(&quoted).unwrap(),
            serde_json::to_string_pretty(&listed).unwrap(),
            written.replace("},{", "}, {"),
            written.replace("\"burden\":", "\"burden\": "),
            "[{\"burden\":\"1\",\"customer_id\":\"a\"}]".to_owned(),
            "[]".to_owned(),
            String::new(),
            written.trim_end_matches(']').to_owned(),
            format!("{written} "),
        ] {
            assert_eq!(read(&other), None, "{other}");
        }
    }
}
