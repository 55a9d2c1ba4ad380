//! Where a response stands, for programs.

use serde_json::{Value, json};

use super::Owed;
use crate::deadlines::DueState;
use crate::record::{Act, Book, Departed, Dossier, Eased, Instead, Moment, Stage};
use crate::units::Date;

/// `status --format json`. `owed` is missing where the case cannot be read, and what rests on it is null.
pub(crate) fn json(book: &Book, now: Moment, today: Option<Date>, owed: Option<&Owed<'_>>) -> Value {
    json!({
        "schema": "curtail.status/1",
        "case": book.case(),
        "now": now,
        "entries": book.entries.len(),
        "head": book.head.to_string(),
        "response": book.response().map(|response| json!({
            "level": response.level(),
            "began": response.began.at,
            "levels": response.levels.iter().map(|(act, level)| json!({ "from": act.at, "level": level }))
                .collect::<Vec<_>>(),
            "orders": response.orders,
        })),
        "eased": owed.and_then(|owed| book.eased(owed.policy, now)).map(|it| eased(&it)),
        "gas_day": today.map(|date| date.to_string()),
        "order": today.and_then(|date| book.order_of(date)).map(decision),
        "papers": book.notices.iter().filter(|(_, it)| Some(it.decision.date) == today).map(|(noted, it)| json!({
            "decision": it.decision,
            "orders": it.orders,
            "warnings": it.warnings,
            "companies": it.companies,
            "sites": it.sites,
            "made": act(noted),
        })).collect::<Vec<_>>(),
        "metered": book.metered_days().into_iter().map(|(noted, it)| json!({
            "date": it.date.to_string(),
            "decision": it.decision,
            "total": it.compliance.total,
            "entered": act(noted),
        })).collect::<Vec<_>>(),
        "waiting": book.open_decisions().map(decision).collect::<Vec<_>>(),
        "departures": book.departures.iter().filter(|it| it.resumed.is_none()).map(departure).collect::<Vec<_>>(),
        "due": owed.map(|owed| owed.items.iter().map(|item| {
            let (state, minutes) = match item.state {
                DueState::Done => ("done", None),
                DueState::DueIn(minutes) => ("due", Some(minutes)),
                DueState::Late(minutes) => ("late", Some(minutes)),
            };
            json!({
                "duty": owed.policy.duties.get(item.duty).map(|duty| duty.id.as_str()),
                "period": item.period.map(|(from, until)| [from.to_string(), until.to_string()]),
                "due": item.due.to_string(),
                "certain": item.certain,
                "state": state,
                "minutes": minutes,
            })
        }).collect::<Vec<_>>()),
    })
}

fn eased(eased: &Eased) -> Value {
    match eased {
        Eased::End { from, until } => json!({ "may": "end", "days": [from.to_string(), until.to_string()] }),
        Eased::Lower { to, from, until } => {
            json!({ "may": "lower", "to": to, "days": [from.to_string(), until.to_string()] })
        }
        Eased::Waiting { to, since, from } => json!({
            "may": "wait", "then": if to.is_some() { "lower" } else { "end" }, "to": to, "since": since, "from": from,
        }),
        Eased::No => json!({ "may": null }),
    }
}

fn decision(dossier: &Dossier) -> Value {
    let proposed = &dossier.proposed;
    json!({
        "id": proposed.id,
        "stage": stage(dossier.stage()),
        "level": proposed.level,
        "demand_m3": proposed.demand_m3,
        "deliverable_m3": proposed.deliverable_m3,
        "cut_m3": proposed.cut_m3,
        "beyond_authority_m3": proposed.beyond_authority_m3,
        "proposed": act(&dossier.act),
        "approved": dossier.approved.iter().map(act).collect::<Vec<_>>(),
        "signed": dossier.signed.as_ref().map(act),
        "issued": dossier.issued.as_ref().map(act),
    })
}

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::NothingToOrder => "nothing_to_order",
        Stage::Proposed => "proposed",
        Stage::Approved => "approved",
        Stage::Signed => "signed",
        Stage::Issued => "issued",
        Stage::Replaced => "replaced",
    }
}

fn act(act: &Act) -> Value {
    json!({ "seq": act.seq, "at": act.at, "by": act.by.name, "role": act.by.role })
}

fn departure(departed: &Departed) -> Value {
    let departure = &departed.departure;
    let (customer, volume, set) = match &departure.instead {
        Instead::Customer { customer_id, volume_m3 } => (Some(customer_id), Some(volume_m3), None),
        Instead::Rule { set } => (None, None, Some(set)),
    };
    json!({
        "number": departed.act.seq,
        "customer_id": customer,
        "volume_m3": volume,
        "set": set,
        "from": departure.from.to_string(),
        "until": departure.until.to_string(),
        "reason": departure.reason,
        "by": departed.act.by.name,
    })
}
