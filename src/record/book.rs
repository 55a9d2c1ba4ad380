//! What the entries of a record mean together: where each decision stands, and which response is on.

use super::chain::Head;
use super::entry::{By, DecisionId, Departure, Entry, Event, Listed, Proposed, Restored};
use super::meter::MeteredDay;
use super::moment::Moment;
use super::notices::Noticed;
use crate::units::Date;

/// A record, read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Book {
    /// The entries, first to last.
    pub entries: Vec<Entry>,
    /// The head after each entry.
    pub heads: Vec<Head>,
    /// The hash of the last entry, which covers all before it.
    pub head: Head,
    /// The decisions, in the order in which they were proposed.
    pub decisions: Vec<Dossier>,
    /// The responses, first to last; the last one may still be on.
    pub responses: Vec<Response>,
    /// Departures from the plan, first to last.
    pub departures: Vec<Departed>,
    /// The companies' lists, first to last, each with its entry.
    pub lists: Vec<(Act, Listed)>,
    /// The papers that were made of decisions, first to last, each with its entry.
    pub notices: Vec<(Act, Noticed)>,
    /// What was really taken, first to last, each with its entry; a later one overtakes an earlier one of the same day.
    pub metered: Vec<(Act, MeteredDay)>,
}

/// A departure and who decided it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Departed {
    /// What was decided.
    pub departure: Departure,
    /// By whom.
    pub act: Act,
    /// Who ended it before its time.
    pub resumed: Option<Act>,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: By,
}

impl From<&Entry> for Act {
    fn from(entry: &Entry) -> Self {
        Self { seq: entry.seq, at: entry.at, by: entry.by.clone() }
    }
}

/// A decision and what became of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Dossier {
    /// What was proposed.
    pub proposed: Proposed,
    /// Who proposed it.
    pub act: Act,
    /// Who approved it.
    pub approved: Vec<Act>,
    /// Who signed it.
    pub signed: Option<Act>,
    /// Who issued it.
    pub issued: Option<Act>,
    /// The decision that became the order of the day in its place.
    pub replaced_by: Option<DecisionId>,
    /// What came back of it, first to last, each with its entry.
    pub restored: Vec<(Act, Restored)>,
}

/// How far a decision has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// There is nothing to order.
    NothingToOrder,
    /// It waits for an approval.
    Proposed,
    /// It waits for a signature.
    Approved,
    /// It waits to be issued.
    Signed,
    /// It is the order of its day.
    Issued,
    /// Another decision is, or was, the order of its day in its place.
    Replaced,
}

/// A response, from its first order to its end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response {
    /// The issue of its first order.
    pub began: Act,
    /// The levels it stood at, each from when on; absent where the plan knows no levels.
    pub levels: Vec<(Act, Option<String>)>,
    /// Its orders, in the order of their issue.
    pub orders: Vec<DecisionId>,
    /// What was delivered of what it makes due: the duty, and the end of the reported period.
    pub delivered: Vec<(String, Option<Date>)>,
    /// Its end and the reason for it.
    pub ended: Option<(Act, String)>,
}

impl Response {
    /// The level it stands at, or stood at when it ended.
    pub fn level(&self) -> Option<&str> {
        self.levels.last().and_then(|(_, level)| level.as_deref())
    }
}

impl Dossier {
    /// How far it has come.
    pub fn stage(&self) -> Stage {
        if self.replaced_by.is_some() {
            Stage::Replaced
        } else if self.issued.is_some() {
            Stage::Issued
        } else if !self.proposed.orders_anything() {
            Stage::NothingToOrder
        } else if !self.unapproved().is_empty() {
            Stage::Proposed
        } else if self.signed.is_none() && self.proposed.steps.who.contains_key(&super::Step::Sign) {
            Stage::Approved
        } else {
            Stage::Signed
        }
    }

    /// The bodies whose approval is still missing, by id.
    pub fn unapproved(&self) -> Vec<&str> {
        let wanted = self.proposed.steps.who.get(&super::Step::Approve);
        let approved = |body: &str| self.approved.iter().any(|act| act.by.role.as_deref() == Some(body));
        let bodies = wanted.iter().flat_map(|wanted| &wanted.by).map(String::as_str);
        bodies.filter(|body| !approved(body)).collect()
    }
}

impl Proposed {
    /// Whether there is anything to order: a level, or at least a cut where the plan knows no levels.
    pub fn orders_anything(&self) -> bool {
        self.level.is_some() || !self.cut_m3.is_zero()
    }
}

impl Book {
    /// The name of the case.
    pub fn case(&self) -> &str {
        match self.entries.first().map(|entry| &entry.event) {
            Some(Event::Begun { case, .. }) => case,
            _ => "",
        }
    }

    /// Whether it is the record of an exercise, none of whose days was real.
    pub fn is_exercise(&self) -> bool {
        matches!(self.entries.first().map(|entry| &entry.event), Some(Event::Begun { exercise: true, .. }))
    }

    /// The place of the next entry.
    pub fn next(&self) -> u64 {
        self.entries.len() as u64 + 1
    }

    /// The name that the next decision of a day gets.
    pub fn next_id(&self, date: Date) -> DecisionId {
        let of_the_day = self.decisions.iter().filter(|dossier| dossier.proposed.id.date == date);
        let last = of_the_day.map(|dossier| dossier.proposed.id.number).max().unwrap_or(0);
        DecisionId { date, number: last + 1 }
    }

    /// A decision by its name.
    pub fn decision(&self, id: DecisionId) -> Option<&Dossier> {
        self.decisions.iter().find(|dossier| dossier.proposed.id == id)
    }

    fn decision_mut(&mut self, id: DecisionId) -> Option<&mut Dossier> {
        self.decisions.iter_mut().find(|dossier| dossier.proposed.id == id)
    }

    /// The order of a gas day: the decision that was issued last for it.
    pub fn order_of(&self, date: Date) -> Option<&Dossier> {
        self.decisions.iter().find(|dossier| dossier.proposed.id.date == date && dossier.stage() == Stage::Issued)
    }

    /// The departures in effect on a gas day, first to last.
    pub fn departures_on(&self, day: Date) -> impl Iterator<Item = &Departed> {
        let holds = move |it: &&Departed| it.resumed.is_none() && it.departure.from <= day && day <= it.departure.until;
        self.departures.iter().filter(holds)
    }

    /// The response that is on.
    pub fn response(&self) -> Option<&Response> {
        self.responses.last().filter(|response| response.ended.is_none())
    }

    /// The order by whose policy the response that is on is run: the one issued last.
    pub fn ruling(&self) -> Option<&Dossier> {
        let order = self.response()?.orders.last()?;
        self.decision(*order)
    }

    /// Takes in the next entry, whatever it says: whether it may be added was asked before ([`Self::admit`]).
    pub(super) fn add(&mut self, entry: Entry, head: Head) {
        let act = Act::from(&entry);
        match &entry.event {
            Event::Proposed(proposed) => self.decisions.push(Dossier {
                proposed: (**proposed).clone(),
                act,
                approved: Vec::new(),
                signed: None,
                issued: None,
                replaced_by: None,
                restored: Vec::new(),
            }),
            Event::Approved { decision } => {
                if let Some(dossier) = self.decision_mut(*decision) {
                    dossier.approved.push(act);
                }
            }
            Event::Signed { decision } => {
                if let Some(dossier) = self.decision_mut(*decision) {
                    dossier.signed = Some(act);
                }
            }
            Event::Issued { decision } => self.issue(*decision, act),
            Event::Lowered { to, .. } => {
                if let Some(response) = self.responses.last_mut() {
                    response.levels.push((act, Some(to.clone())));
                }
            }
            Event::Ended { reason } => {
                if let Some(response) = self.responses.last_mut() {
                    response.ended = Some((act, reason.clone()));
                }
            }
            Event::Departed(departure) => {
                self.departures.push(Departed { departure: (**departure).clone(), act, resumed: None });
            }
            Event::Resumed { departure, .. } => {
                if let Some(departed) = self.departures.iter_mut().find(|it| it.act.seq == *departure) {
                    departed.resumed = Some(act);
                }
            }
            Event::Delivered { duty, period_end } => {
                if let Some(response) = self.responses.last_mut() {
                    response.delivered.push((duty.clone(), *period_end));
                }
            }
            Event::Restored(restored) => {
                if let Some(dossier) = self.decision_mut(restored.order) {
                    dossier.restored.push((act, (**restored).clone()));
                }
            }
            Event::Noticed(noticed) => self.notices.push((act, (**noticed).clone())),
            Event::Metered(metered) => self.metered.push((act, (**metered).clone())),
            Event::Listed(listed) => self.lists.push((act, (**listed).clone())),
            Event::Begun { .. } => {}
        }
        self.entries.push(entry);
        self.heads.push(head);
        self.head = head;
    }

    fn issue(&mut self, id: DecisionId, act: Act) {
        for dossier in self.decisions.iter_mut().filter(|other| other.proposed.id.date == id.date) {
            if dossier.proposed.id != id && dossier.issued.is_some() && dossier.replaced_by.is_none() {
                dossier.replaced_by = Some(id);
            }
        }
        let Some(dossier) = self.decision_mut(id) else { return };
        dossier.issued = Some(act.clone());
        let level = dossier.proposed.level.clone();
        match self.responses.last_mut().filter(|response| response.ended.is_none()) {
            Some(response) => {
                if response.level() != level.as_deref() {
                    response.levels.push((act, level));
                }
                response.orders.push(id);
            }
            None => self.responses.push(Response {
                began: act.clone(),
                levels: vec![(act, level)],
                orders: vec![id],
                delivered: Vec::new(),
                ended: None,
            }),
        }
    }
}
