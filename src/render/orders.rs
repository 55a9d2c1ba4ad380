//! `orders.csv`: one row a customer, in the order of the districts and then of the ids.

use std::io::{self, Write};

use crate::city::{City, Customer};
use crate::decide::{CustomerShare, Decision, Detail, Form, Reason};
use crate::render::fmt;

/// The columns.
const HEADER: &str =
    "customer_id,name,district,company,class,demand_m3,served_m3,cut_m3,form,measure,off_from,off_to,clause\n";

/// Text goes out in pieces of about this many bytes.
const PIECE: usize = 1 << 16;

/// Writes who is cut, or with `all` everybody; outer areas after the main urban one.
pub(crate) fn write(city: &City, decision: &Decision, all: bool, to: &mut dyn Write) -> io::Result<()> {
    let mut sheet = Sheet::new(to);
    sheet.text.push_str(HEADER);
    let by_district = by_district(city);
    for part in std::iter::once(decision).chain(&decision.areas) {
        if let Some(detail) = &part.detail {
            sheet.rows(city, detail, all, &by_district)?;
        }
    }
    sheet.send()
}

/// The customers in the order of [`Detail::customers`], so that looking one up is a step and not a search.
pub(super) fn by_district(city: &City) -> Vec<u32> {
    // A counting sort: customers are sorted by id already, and stay so inside each district.
    let mut next = vec![0u32; city.districts.len() + 1];
    for customer in &city.customers {
        next[customer.district as usize + 1] += 1;
    }
    for district in 1..next.len() {
        next[district] += next[district - 1];
    }
    let mut order = vec![0u32; city.customers.len()];
    for (i, customer) in city.customers.iter().enumerate() {
        let at = &mut next[customer.district as usize];
        order[*at as usize] = i as u32;
        *at += 1;
    }
    order
}

/// A table on its way out, in pieces.
pub(super) struct Sheet<'a> {
    /// What is not sent yet.
    pub text: String,
    to: &'a mut dyn Write,
}

impl<'a> Sheet<'a> {
    /// Nothing yet.
    pub fn new(to: &'a mut dyn Write) -> Self {
        Self { text: String::with_capacity(PIECE + 4096), to }
    }

    fn rows(&mut self, city: &City, detail: &Detail, all: bool, order: &[u32]) -> io::Result<()> {
        let tails: Vec<String> = detail.reasons.iter().map(tail).collect();
        each(city, detail, all, order, |ordered| {
            let Ordered { customer, share, reason, off } = ordered;
            field(&mut self.text, &customer.id);
            self.text.push(',');
            field(&mut self.text, &customer.name);
            self.text.push(',');
            if let Some(district) = city.districts.get(customer.district as usize) {
                field(&mut self.text, &district.id);
            }
            self.text.push(',');
            field(&mut self.text, name(&city.companies, customer.company));
            self.text.push(',');
            field(&mut self.text, name(&city.classes, customer.class));
            for volume in [share.demand_m3, share.served_m3, share.cut_m3()] {
                self.text.push(',');
                number(&mut self.text, volume.get());
            }
            match (off, reason) {
                // A stop as needed has the hours of the customer.
                (Some(off), Some(reason)) if reason.off.is_none() => {
                    self.text.push_str(&tail(&Reason { off: Some(off), ..reason.clone() }));
                }
                _ => self.text.push_str(tails.get(share.reason as usize).map_or(",,,,,\n", String::as_str)),
            }
            self.send_if_long()
        })
    }

    /// Sends what is there, once that is a piece.
    pub fn send_if_long(&mut self) -> io::Result<()> {
        if self.text.len() >= PIECE { self.send() } else { Ok(()) }
    }

    /// Sends what is there.
    pub fn send(&mut self) -> io::Result<()> {
        self.to.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }
}

/// A row of orders.
pub(super) struct Ordered<'a> {
    pub customer: &'a Customer,
    pub share: &'a CustomerShare,
    pub reason: Option<&'a Reason>,
    /// The clock hours in which it is off.
    pub off: Option<(u8, u8)>,
}

/// Calls `row` with who is cut, or with `all` everybody. `order` is [`by_district`].
pub(super) fn each<'a, E>(
    city: &'a City,
    detail: &'a Detail,
    all: bool,
    order: &[u32],
    mut row: impl FnMut(Ordered<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let mut at = 0;
    let mut hours = detail.hours.iter().peekable();
    for (i, share) in (0..).zip(&detail.customers) {
        let hours = hours.next_if(|hours| hours.customer == i);
        if !all && share.cut_m3().is_zero() {
            // Its row of the city is passed unread: most customers are not cut.
            at += 1;
            continue;
        }
        let Some(customer) = find(city, share, order, &mut at) else { continue };
        let reason = detail.reasons.get(share.reason as usize);
        let off = reason.and_then(|reason| reason.off).or_else(|| hours.and_then(|hours| hours.off));
        row(Ordered { customer: &city.customers[customer], share, reason, off })?;
    }
    Ok(())
}

/// The index of a customer: mostly the next one in order, at worst by search.
fn find(city: &City, share: &CustomerShare, order: &[u32], at: &mut usize) -> Option<usize> {
    let is = |at: usize| order.get(at).is_some_and(|i| city.customers[*i as usize].id == share.customer_id);
    if !is(*at) {
        let found = city.customer(&share.customer_id)?;
        let key = |i: u32| (city.customers[i as usize].district, i);
        *at = order.partition_point(|i| key(*i) < key(found as u32));
    }
    let found = order.get(*at).map(|i| *i as usize);
    *at += 1;
    found
}

fn name(list: &[Box<str>], i: u32) -> &str {
    list.get(i as usize).map_or("", |name| name)
}

/// The columns that all customers of a reason share.
fn tail(reason: &Reason) -> String {
    let mut text = String::from(",");
    text.push_str(match reason.form {
        Form::None => "",
        Form::Stop => "stop",
        Form::Limit => "limit",
        Form::OffPeak => "off-peak",
    });
    text.push(',');
    field(&mut text, &reason.measures.join(";"));
    match reason.off {
        Some((from, until)) => text.push_str(&format!(",{from:02}:00,{until:02}:00,")),
        None => text.push_str(",,,"),
    }
    field(&mut text, &reason.clauses.join(";"));
    text.push('\n');
    text
}

/// A text that no spreadsheet takes for a formula, quoted where CSV asks for it.
pub(crate) fn field(to: &mut String, text: &str) {
    let formula = fmt::is_formula(text);
    let quoted = text.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r'));
    if quoted {
        to.push('"');
    }
    if formula {
        to.push('\'');
    }
    if quoted {
        for c in text.chars() {
            if c == '"' {
                to.push('"');
            }
            to.push(c);
        }
        to.push('"');
    } else {
        to.push_str(text);
    }
}

fn number(to: &mut String, mut number: u64) {
    let mut digits = [0u8; 20];
    let mut from = digits.len();
    loop {
        from -= 1;
        digits[from] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    to.extend(digits[from..].iter().map(|d| char::from(*d)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_starts_a_formula_and_quotes_hold() {
        for (text, written) in [
            ("plain", "plain"),
            ("=1+1", "'=1+1"),
            ("+8629", "'+8629"),
            ("-", "'-"),
            ("@x", "'@x"),
            ("a,b", "\"a,b\""),
            ("=\"a\",b", "\"'=\"\"a\"\",b\""),
            ("\rx", "\"'\rx\""),
        ] {
            let mut to = String::new();
            field(&mut to, text);
            assert_eq!(to, written, "{text:?}");
        }
    }

    #[test]
    fn numbers_are_written_whole() {
        for n in [0, 7, 10, 1_000_000_000_000_000, u64::MAX] {
            let mut to = String::new();
            number(&mut to, n);
            assert_eq!(to, n.to_string());
        }
    }

    #[test]
    fn a_reason_fills_the_last_columns() {
        let reason = Reason {
            form: Form::OffPeak,
            measures: vec!["rest-at-noon".into(), "beyond_authority".into()],
            clauses: vec!["二(二)2".into()],
            off: Some((17, 20)),
        };
        assert_eq!(tail(&reason), ",off-peak,rest-at-noon;beyond_authority,17:00,20:00,二(二)2\n");
        let none = Reason { form: Form::None, measures: vec![], clauses: vec![], off: None };
        assert_eq!(tail(&none), ",,,,,\n");
        assert_eq!(HEADER.matches(',').count(), 7 + tail(&reason).matches(',').count());
    }
}
