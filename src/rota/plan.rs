//! Day after day: what was ordered, and what would be decided with what is then remembered.

use super::{Burdens, Calendar, CalendarDay, Known, Outlook, Planned};
use crate::city::City;
use crate::decide::{Options, Prepared, Solver};
use crate::policy::{Policies, Sharing};
use crate::problem::Problems;
use crate::record::{self, Book, Borne, Dossier, Memory, Record, RecordError, Turn, season_begins};
use crate::units::{Date, Decimal, M3};

/// The rules that days are planned by, made ready.
#[derive(Debug)]
pub struct Rules<'a> {
    policies: &'a Policies,
    prepared: Prepared<'a>,
    /// Whether whole customers are stopped by list, so that one must know whom.
    lists: bool,
}

impl<'a> Rules<'a> {
    /// Makes policies and a city ready.
    ///
    /// # Errors
    /// As for [`Prepared::new`].
    pub fn new(policies: &'a Policies, city: &'a City) -> Result<Self, Problems> {
        let lists = policies.main.measures.iter().any(|measure| measure.sharing == Sharing::List);
        let options = Options {
            solver: Solver::Exact,
            without_customers: !lists,
            without_evidence: !lists,
            slices_alone: true,
            ..Options::default()
        };
        Ok(Self { policies, prepared: Prepared::new(policies, city, options)?, lists })
    }

    /// Whether a day's plan asks whom earlier days stopped.
    pub const fn ask_whom(&self) -> bool {
        self.lists
    }
}

/// The order of a day, with what its customers on stop lists gave up.
#[derive(Debug)]
pub struct Issued<'a> {
    order: &'a Dossier,
    borne: Vec<(u32, Decimal)>,
}

impl<'a> Issued<'a> {
    /// The orders in force, by day, that a calendar of these days needs: its own, and those of the season before it. Whom they stopped is
    /// read only if a day is still to be planned by rules that ask for it ([`Rules::ask_whom`]): a season's lists are long.
    ///
    /// # Errors
    /// That the record cannot be read.
    pub fn of(
        record: &Record,
        book: &'a Book,
        (policies, city): (&Policies, &City),
        (from, to): (Date, Date),
        whom: bool,
    ) -> Result<Vec<Self>, RecordError> {
        let begin = season_begins(from, &policies.main);
        let date = |order: &Dossier| order.proposed.id.date;
        let wanted =
            |order: &&Dossier| order.is_order() && date(order) <= to && begin.is_none_or(|it| it <= date(order));
        let mut orders: Vec<&Dossier> = book.decisions.iter().filter(wanted).collect();
        orders.sort_by_key(|order| order.proposed.id);
        if !whom {
            return Ok(orders.into_iter().map(|order| Self { order, borne: Vec::new() }).collect());
        }
        let borne = record.borne(&orders, city)?;
        Ok(orders.into_iter().zip(borne).map(|(order, borne)| Self { order, borne }).collect())
    }

    fn date(&self) -> Date {
        self.order.proposed.id.date
    }
}

/// What a calendar is made of.
#[allow(missing_debug_implementations, reason = "it holds functions")]
pub struct Planner<'a> {
    /// The city.
    pub city: &'a City,
    /// The rules of each day: departures in effect may change them.
    pub rules: &'a dyn Fn(Date) -> &'a Rules<'a>,
    /// The record; an empty one where there is none.
    pub book: &'a Book,
    /// Its orders ([`Issued::of`]).
    pub issued: &'a [Issued<'a>],
    /// What is expected of coming days.
    pub outlook: &'a Outlook,
    /// The gas day in progress: earlier days without an order had none.
    pub today: Date,
    /// The clock hours of a gas day, where the city is decided by the hour.
    pub hours: &'a dyn Fn(Date) -> Vec<u8>,
}

impl Planner<'_> {
    /// The calendar of some days, both ends included.
    ///
    /// # Errors
    /// All that is wrong with the figures of a day, with the day in the message; or that it cannot be decided.
    pub fn calendar(&self, from: Date, to: Date) -> Result<Calendar, Problems> {
        let main = &(self.rules)(from).policies.main;
        let blocks = blocks(self.city);
        let (mut memory, mut so_far) = (Memory::default(), Memory::default());
        let mut season = season_begins(from, main);
        for issued in self.issued.iter().filter(|issued| issued.date() < from) {
            memory.add(issued.date(), &issued.order.turns(), &issued.borne);
            // Only the blocks' figures are told.
            so_far.add(issued.date(), &issued.order.turns(), &[]);
        }
        let mut days = Vec::new();
        let mut next = Some(from);
        while let Some(date) = next.filter(|date| *date <= to) {
            let begins = season_begins(date, main);
            if begins != season {
                (memory, so_far, season) = (Memory::default(), Memory::default(), begins);
            }
            let issued = self.issued.iter().find(|issued| issued.date() == date);
            days.push(match issued {
                Some(issued) => {
                    memory.add(date, &issued.order.turns(), &issued.borne);
                    so_far.add(date, &issued.order.turns(), &[]);
                    self.confirmed(issued.order, &blocks)
                }
                None if date < self.today => self.blank(date, Known::NoOrder, &blocks),
                None => self.planned(date, &mut memory, &blocks)?,
            });
            next = date.next();
        }
        let ids = || blocks.iter().filter_map(|block| self.city.districts.get(*block as usize)).map(|it| &*it.id);
        let (so_far, after) = (Burdens::of(&so_far, ids()), Burdens::of(&memory, ids()));
        Ok(Calendar { blocks, days, season, so_far, after })
    }

    fn blank(&self, date: Date, known: Known, blocks: &[u32]) -> CalendarDay {
        CalendarDay { date, known, level: None, balance: None, turns: Vec::new(), demand: vec![None; blocks.len()] }
    }

    /// A day with an order; the record keeps the demand of the blocks that had a turn.
    fn confirmed(&self, order: &Dossier, blocks: &[u32]) -> CalendarDay {
        let proposed = &order.proposed;
        let demand = |block: &u32| {
            let id = &*self.city.districts.get(*block as usize)?.id;
            proposed.turns.iter().find(|turn| turn.district == id).map(|turn| turn.demand_m3)
        };
        CalendarDay {
            date: proposed.id.date,
            known: Known::Confirmed(proposed.id),
            level: proposed.level.clone(),
            balance: Some((proposed.demand_m3, proposed.deliverable_m3)),
            turns: order.turns(),
            demand: blocks.iter().map(demand).collect(),
        }
    }

    /// A day as it would be decided, with what is remembered; remembers it too.
    fn planned(&self, date: Date, memory: &mut Memory, blocks: &[u32]) -> Result<CalendarDay, Problems> {
        let Some((mut day, basis)) = self.outlook.of(date, self.city)? else {
            return Ok(self.blank(date, Known::Unknown, blocks));
        };
        memory.tell(&mut day, self.city);
        self.book.pin(&mut day, self.city);
        day.hours = (self.hours)(date);
        let rules = (self.rules)(date);
        let (decision, given_up) = rules.prepared.decide_with_turns(&day)?;
        let of = |block: &str| self.city.district(block).and_then(|at| given_up.get(at).copied()).unwrap_or(0);
        let turns: Vec<Turn> = record::listed(&decision, of);
        let borne = if rules.lists { record::borne(&decision, &rules.policies.main) } else { Vec::new() };
        let at = |borne: Borne| Some((self.city.customer(&borne.customer_id)? as u32, borne.burden));
        let borne: Vec<(u32, Decimal)> = borne.into_iter().filter_map(at).collect();
        memory.add(date, &turns, &borne);
        let demand = |block: &u32| -> Option<M3> {
            let id = &*self.city.districts.get(*block as usize)?.id;
            decision.by_district.iter().find(|row| row.district == id).map(|row| row.demand_m3)
        };
        Ok(CalendarDay {
            date,
            known: Known::Planned(Planned {
                extended: decision.rotation.as_ref().is_some_and(|rotation| rotation.extended),
                rest_gave_way: decision.rotation.as_ref().is_some_and(|rotation| rotation.rest_gave_way),
                beyond_authority: decision.totals.beyond_authority_m3,
                ..basis
            }),
            level: decision.level.as_ref().map(|level| level.id.clone()),
            balance: Some((decision.balance.demand_m3, decision.balance.deliverable_m3)),
            turns,
            demand: blocks.iter().map(demand).collect(),
        })
    }
}

/// The blocks: districts of the main urban area that have customers.
fn blocks(city: &City) -> Vec<u32> {
    let mut lived_in = vec![false; city.districts.len()];
    for customer in &city.customers {
        if let Some(district) = lived_in.get_mut(customer.district as usize) {
            *district = true;
        }
    }
    let districts = (0..).zip(city.districts.iter().zip(lived_in));
    districts.filter(|(_, (district, lived_in))| district.urban && *lived_in).map(|(at, _)| at).collect()
}
