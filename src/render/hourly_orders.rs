//! `orders-hours.csv`: one row a customer that is cut and time slot, in the order of `orders.csv`: in which hours it may take how
//! much. Neighbouring hours are one slot where the order is the same: nothing is cut, nothing may be taken, or the same is asked
//! for and given in each.

use std::io::{self, Write};

use crate::city::{City, Customer};
use crate::decide::{CustomerHours, Decision, Detail, Form, Reason};
use crate::render::GasDay;
use crate::render::hours::hour_name;
use crate::render::orders::{Sheet, field};
use crate::units::Milli;

/// The columns. Volumes are those of the slot; the limit is the most in each of its hours, and absent where nothing is cut.
const HEADER: &str = "customer_id,name,district,company,class,date,from,to,hours,demand_m3,served_m3,cut_m3,form,limit_m3_h,\
                      measure,clause\n";

/// Writes who may take how much when; outer areas after the main urban one.
pub(crate) fn write(city: &City, decision: &Decision, day: &GasDay, to: &mut dyn Write) -> io::Result<()> {
    let mut sheet = Sheet::new(to);
    sheet.text.push_str(HEADER);
    for part in std::iter::once(decision).chain(&decision.areas) {
        if let (Some(detail), Some(hours)) = (&part.detail, &part.hours) {
            rows(&mut sheet, city, detail, &hours.clock, day)?;
        }
    }
    sheet.send()
}

fn rows(sheet: &mut Sheet<'_>, city: &City, detail: &Detail, clock: &[u8], day: &GasDay) -> io::Result<()> {
    let date = day.date.to_string();
    let name = |list: &'_ [Box<str>], i: u32| list.get(i as usize).map_or(String::new(), ToString::to_string);
    each(city, detail, clock, day, |customer, reason, slots| {
        let mut who = String::new();
        let district = city.districts.get(customer.district as usize).map_or("", |district| &district.id);
        let (company, class) = (name(&city.companies, customer.company), name(&city.classes, customer.class));
        for text in [&*customer.id, &*customer.name, district, &company, &class] {
            field(&mut who, text);
            who.push(',');
        }
        let mut why = String::new();
        field(&mut why, &reason.measures.join(";"));
        why.push(',');
        field(&mut why, &reason.clauses.join(";"));
        for Ordered { from, to, hours, demand, served, cut, form, limit } in slots {
            let form = match form {
                Form::None => "",
                Form::Stop => "stop",
                Form::Limit | Form::OffPeak => "limit",
            };
            let limit = limit.map_or_else(String::new, |limit| limit.to_string());
            let why = if form.is_empty() { "," } else { &why };
            sheet
                .text
                .push_str(&format!("{who}{date},{from},{to},{hours},{demand},{served},{cut},{form},{limit},{why}\n"));
        }
        sheet.send_if_long()
    })
}

/// A time slot of a customer that is cut. Volumes are those of the slot.
pub(super) struct Ordered<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub hours: usize,
    pub demand: Milli,
    pub served: Milli,
    pub cut: Milli,
    /// Nothing cut, a stop or a limit.
    pub form: Form,
    /// The most in each of its hours; absent where nothing is cut.
    pub limit: Option<Milli>,
}

/// Calls `row` with every customer that is cut and its slots.
pub(super) fn each<'a, E>(
    city: &'a City,
    detail: &'a Detail,
    clock: &[u8],
    day: &GasDay,
    mut row: impl FnMut(&'a Customer, &'a Reason, Vec<Ordered<'_>>) -> Result<(), E>,
) -> Result<(), E> {
    // When each hour begins, and the day ends.
    let mut begins: Vec<String> = (0..clock.len()).map(|h| hour_name(clock, h)).collect();
    begins.push(day.until.split(' ').next_back().unwrap_or_default().to_owned());
    for of_one in &detail.hours {
        let Some(share) = detail.customers.get(of_one.customer as usize) else { continue };
        let Some(customer) = city.customer(&share.customer_id).map(|at| &city.customers[at]) else { continue };
        let Some(reason) = detail.reasons.get(share.reason as usize) else { continue };
        let ordered = |slot: Slot| {
            let (demand, served) = (sum(&of_one.demand_m3, &slot), sum(&of_one.served_m3, &slot));
            let [from, to] = [slot.from, slot.until].map(|h| begins.get(h).map_or("", String::as_str));
            let (form, limit) = match slot.order {
                Order::Free => (Form::None, None),
                Order::Off => (Form::Stop, Some(Milli(0))),
                Order::Limited { served, .. } => (Form::Limit, Some(served)),
            };
            let cut = Milli(demand.0 - served.0.min(demand.0));
            Ordered { from, to, hours: slot.until - slot.from, demand, served, cut, form, limit }
        };
        row(customer, reason, slots(of_one).into_iter().map(ordered).collect())?;
    }
    Ok(())
}

/// What holds in an hour.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Nothing is cut.
    Free,
    /// Nothing may be taken.
    Off,
    /// Some may be taken of what is asked for.
    Limited { demand: Milli, served: Milli },
}

/// Hours on end in which the same holds.
struct Slot {
    from: usize,
    until: usize,
    order: Order,
}

fn slots(of_one: &CustomerHours) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    for (h, (demand, served)) in of_one.demand_m3.iter().zip(&of_one.served_m3).enumerate() {
        let order = match (*demand, *served) {
            (demand, served) if demand <= served => Order::Free,
            (_, Milli(0)) => Order::Off,
            (demand, served) => Order::Limited { demand, served },
        };
        match slots.last_mut() {
            Some(slot) if slot.order == order => slot.until = h + 1,
            _ => slots.push(Slot { from: h, until: h + 1, order }),
        }
    }
    slots
}

fn sum(volumes: &[Milli], slot: &Slot) -> Milli {
    Milli(volumes.iter().take(slot.until).skip(slot.from).map(|volume| volume.0).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_that_comes_twice_says_which() {
        let clock = [0, 1, 2, 2, 3];
        let names: Vec<String> = (0..clock.len()).map(|h| hour_name(&clock, h)).collect();
        assert_eq!(names, ["00:00", "01:00", "02:00", "02:00 (2)", "03:00"]);
    }
}
