//! Who may add what, and when: the order of a response, and the bodies that the policy asks for (section 7 of the decision
//! model; a plan's own clauses stand beside each step).

use super::book::{Act, Book, Dossier, Stage};
use super::entry::{By, DecisionId, Entry, Event, Proposed, Steps};
use super::messages::RecordMessage as M;
use crate::policy::Step;
use crate::{Label, Lang};

impl Book {
    /// Whether an entry may follow.
    ///
    /// # Errors
    /// What is out of order, or by the wrong body, with the clause that says so.
    pub fn admit(&self, entry: &Entry) -> Result<(), M> {
        if entry.by.name.trim().is_empty() {
            return Err(M::NoName {});
        }
        match &entry.event {
            Event::Begun { .. } => Ok(()),
            Event::Proposed(proposed) => self.propose(proposed),
            Event::Approved { decision } => self.approve(*decision, &entry.by),
            Event::Signed { decision } => self.sign(*decision, &entry.by),
            Event::Issued { decision } => self.issued(*decision, &entry.by),
            Event::Lowered { to, reason, .. } => self.lower(to, reason, &entry.by),
            Event::Ended { reason } => {
                let ruling = self.ruling().ok_or(M::NoResponse {})?;
                stated(reason)?;
                may(Step::End, &ruling.proposed.steps, &entry.by)
            }
            Event::Departed(departure) => {
                stated(&departure.reason)?;
                if departure.until < departure.from {
                    let (from, until) = (departure.from.to_string(), departure.until.to_string());
                    return Err(M::EndsBeforeItBegins { from, until });
                }
                may(Step::Depart, &departure.steps, &entry.by)
            }
            Event::Resumed { departure, reason } => self.resume(*departure, reason, &entry.by),
            // An assessment is owed after the end, so the last response will do.
            Event::Delivered { .. } if self.responses.is_empty() => Err(M::NoResponse {}),
            Event::Delivered { .. } => Ok(()),
            Event::Restored(restored) => match self.decision(restored.order).filter(|dossier| dossier.is_order()) {
                Some(_) => may(Step::Restore, &restored.steps, &entry.by),
                None => Err(M::NoOrder { date: restored.order.date.to_string() }),
            },
            Event::Noticed(noticed) => self.notice(noticed),
            Event::Metered(metered) => self.meter(metered),
            Event::Listed(listed) => may(Step::Propose, &listed.steps, &entry.by),
        }
    }

    /// The decisions that wait for a step, in the order in which they were proposed.
    pub fn open_decisions(&self) -> impl Iterator<Item = &Dossier> {
        self.unissued().filter(|dossier| self.restored_since(dossier).is_none())
    }

    /// The decisions that no order overtook, also where gas came back meanwhile.
    fn unissued(&self) -> impl Iterator<Item = &Dossier> {
        self.decisions.iter().filter(|dossier| {
            let waits = matches!(dossier.stage(), Stage::Proposed | Stage::Approved | Stage::Signed);
            let order = self.order_of(dossier.proposed.id.date);
            waits && order.is_none_or(|order| order.proposed.id < dossier.proposed.id)
        })
    }

    /// The order of which gas came back after this revision of it was decided: the revision would take it back unknowingly.
    fn restored_since(&self, revision: &Dossier) -> Option<&Dossier> {
        let order = self.decision(revision.proposed.revises?)?;
        order.restored.iter().any(|(act, _)| act.seq > revision.act.seq).then_some(order)
    }

    /// The decision that a step is meant for, where nobody says which: the only one that waits for this step, or else the only one
    /// that waits at all, which is then told what comes first.
    ///
    /// # Errors
    /// That none waits, or which do.
    pub fn waiting_for(&self, step: Step) -> Result<DecisionId, M> {
        let stage = match step {
            Step::Approve => Stage::Proposed,
            Step::Sign => Stage::Approved,
            _ => Stage::Signed,
        };
        let all: Vec<DecisionId> = self.open_decisions().map(|dossier| dossier.proposed.id).collect();
        let ready = self.open_decisions().filter(|dossier| dossier.stage() == stage);
        let ready: Vec<DecisionId> = ready.map(|dossier| dossier.proposed.id).collect();
        match (ready.as_slice(), all.as_slice()) {
            ([one], _) | ([], [one]) => Ok(*one),
            ([], []) => match self.unissued().find_map(|dossier| self.restored_since(dossier)) {
                Some(order) => Err(M::RestoredSince { order: order.proposed.id.to_string() }),
                None => Err(M::NothingOpen {}),
            },
            ([], several) | (several, _) => Err(M::WhichDecision { known: listed(several) }),
        }
    }

    /// A decision that the record has.
    pub(super) fn known(&self, id: DecisionId) -> Result<&Dossier, M> {
        let known = || self.decisions.iter().map(|dossier| dossier.proposed.id).collect::<Vec<_>>();
        self.decision(id).ok_or_else(|| M::UnknownDecision { id: id.to_string(), known: listed(&known()) })
    }

    /// A decision that something can still be done to.
    fn open(&self, id: DecisionId) -> Result<&Dossier, M> {
        let dossier = self.known(id)?;
        if !dossier.proposed.orders_anything() {
            return Err(M::NoLevel { id: id.to_string() });
        }
        if let Some(act) = &dossier.issued {
            return Err(done(id, Step::Issue, act));
        }
        // What is in force stands until a later proposal is issued; an earlier one knew less.
        match self.order_of(id.date) {
            Some(order) if order.proposed.id > id => {
                Err(M::Overtaken { id: id.to_string(), by: order.proposed.id.to_string() })
            }
            _ => match self.restored_since(dossier) {
                Some(order) => Err(M::RestoredSince { order: order.proposed.id.to_string() }),
                None => Ok(dossier),
            },
        }
    }

    /// A revision was made against the order in force, and against no other.
    fn propose(&self, proposed: &Proposed) -> Result<(), M> {
        let order = self.order_of(proposed.id.date).map(|order| order.proposed.id);
        if proposed.at.is_none() || proposed.revises == order {
            return Ok(());
        }
        Err(M::OrderChanged { date: proposed.id.date.to_string() })
    }

    fn approve(&self, id: DecisionId, by: &By) -> Result<(), M> {
        let dossier = self.open(id)?;
        may(Step::Approve, &dossier.proposed.steps, by)?;
        match dossier.approved.iter().find(|act| act.by.role == by.role) {
            Some(act) => Err(done(id, Step::Approve, act)),
            None => Ok(()),
        }
    }

    fn sign(&self, id: DecisionId, by: &By) -> Result<(), M> {
        let dossier = self.open(id)?;
        may(Step::Sign, &dossier.proposed.steps, by)?;
        approved(dossier)?;
        match &dossier.signed {
            Some(act) => Err(done(id, Step::Sign, act)),
            None => Ok(()),
        }
    }

    fn issued(&self, id: DecisionId, by: &By) -> Result<(), M> {
        let dossier = self.open(id)?;
        may(Step::Issue, &dossier.proposed.steps, by)?;
        approved(dossier)?;
        if dossier.stage() == Stage::Approved {
            let steps = &dossier.proposed.steps;
            let Some(wanted) = steps.who.get(&Step::Sign) else { return Ok(()) };
            let [en, zh] = steps.bodies_in_words(&wanted.by);
            let clause = wanted.clause.clone();
            return Err(M::NotSigned { id: id.to_string(), wanted: en, wanted_zh: zh, clause });
        }
        Ok(())
    }

    fn resume(&self, departure: u64, reason: &str, by: &By) -> Result<(), M> {
        let open = self.departures.iter().filter(|it| it.resumed.is_none());
        let known = || open.clone().map(|it| it.act.seq.to_string()).collect::<Vec<_>>().join(", ");
        let Some(found) = open.clone().find(|it| it.act.seq == departure) else {
            return Err(match known() {
                known if known.is_empty() => M::NoDeparture { number: departure },
                known => M::UnknownDeparture { number: departure, known },
            });
        };
        stated(reason)?;
        may(Step::Depart, &found.departure.steps, by)
    }

    fn lower(&self, to: &str, reason: &str, by: &By) -> Result<(), M> {
        let (response, ruling) = self.response().zip(self.ruling()).ok_or(M::NoResponse {})?;
        let levels = &ruling.proposed.levels;
        let at = |level: &str| levels.iter().position(|known| known == level);
        let wanted = at(to).ok_or_else(|| M::UnknownLevel { level: to.to_owned(), known: levels.join(", ") })?;
        if response.level().and_then(at).is_none_or(|now| wanted >= now) {
            let now = response.level().unwrap_or_default().to_owned();
            return Err(M::NotMilder { to: to.to_owned(), now });
        }
        stated(reason)?;
        may(Step::Lower, &ruling.proposed.steps, by)
    }
}

fn stated(reason: &str) -> Result<(), M> {
    if reason.trim().is_empty() { Err(M::NoReason {}) } else { Ok(()) }
}

fn approved(dossier: &Dossier) -> Result<(), M> {
    let missing = dossier.unapproved();
    if missing.is_empty() {
        return Ok(());
    }
    let steps = &dossier.proposed.steps;
    let missing: Vec<String> = missing.into_iter().map(str::to_owned).collect();
    let [wanted, wanted_zh] = steps.bodies_in_words(&missing);
    let clause = steps.who.get(&Step::Approve).map(|wanted| wanted.clause.clone()).unwrap_or_default();
    Err(M::NotApproved { id: dossier.proposed.id.to_string(), wanted, wanted_zh, clause })
}

/// Whether a step is open to a body.
fn may(step: Step, steps: &Steps, by: &By) -> Result<(), M> {
    let Some(wanted) = steps.who.get(&step) else { return Ok(()) };
    let name = step.label();
    let [bodies, bodies_zh] = steps.bodies_in_words(&wanted.by);
    let (step, step_zh, clause) = (name.en.into(), name.zh.into(), wanted.clause.clone().into());
    let (bodies, bodies_zh) = (bodies.into(), bodies_zh.into());
    match &by.role {
        None => Err(M::NoRole { step, step_zh, wanted: bodies, wanted_zh: bodies_zh, clause }),
        Some(role) if wanted.by.contains(role) => Ok(()),
        Some(role) => {
            let role = role.as_str().into();
            Err(M::WrongRole { step, step_zh, role, wanted: bodies, wanted_zh: bodies_zh, clause })
        }
    }
}

fn done(id: DecisionId, step: Step, act: &Act) -> M {
    let Label { en, zh } = step.label();
    let (id, at, name) = (id.to_string().into(), act.at.short().into(), act.by.name.clone().into());
    M::DoneAlready { id, step: en.into(), step_zh: zh.into(), at, name }
}

fn listed(ids: &[DecisionId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Steps {
    /// Bodies by name, in both languages, each with the id that `--role` takes.
    fn bodies_in_words(&self, ids: &[String]) -> [String; 2] {
        let name = |id: &String, lang| match self.bodies.get(id) {
            Some(label) if lang == Lang::Zh => format!("{}（{id}）", label.zh),
            Some(label) => format!("{} ({id})", label.get(lang)),
            None => id.clone(),
        };
        [(Lang::En, ", "), (Lang::Zh, "、")]
            .map(|(lang, comma)| ids.iter().map(|id| name(id, lang)).collect::<Vec<_>>().join(comma))
    }
}

impl Step {
    /// What is done, in words: "approve it", 批准.
    pub fn label(self) -> Label {
        let (en, zh) = match self {
            Self::Propose => ("propose", "提出"),
            Self::Approve => ("approve", "批准"),
            Self::Sign => ("sign", "签发"),
            Self::Issue => ("issue", "下达"),
            Self::Lower => ("lower the level", "降低响应级别"),
            Self::End => ("end the response", "结束响应"),
            Self::Depart => ("depart from the plan", "变通处置"),
            Self::Restore => ("restore supply", "恢复供气"),
        };
        Label { en: en.to_owned(), zh: zh.to_owned() }
    }
}
