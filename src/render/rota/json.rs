//! The calendar as data. Equivalent days and percentages are exact decimals, written as text.

use serde_json::{Value, json};

use super::{View, full_days, status};
use crate::rota::{Burdens, CalendarDay, Known};

/// The whole of it.
pub(crate) fn write(view: &View<'_>) -> Value {
    let calendar = view.calendar;
    let departures: Vec<Value> =
        view.departed.iter().map(|(set, dates)| json!({ "set": set, "dates": dates })).collect();
    json!({
        "schema": "curtail.rotation/1",
        "case": view.city.settings.name,
        "policy": {
            "id": view.policy.id,
            "version": view.policy.version,
            "digest": view.policy.digest,
            "overrides": view.policy.overrides,
        },
        "from": calendar.days.first().map(|day| day.date),
        "to": calendar.days.last().map(|day| day.date),
        "season_from": calendar.season,
        "recorded": view.recorded,
        "not_planned_before": view.skipped,
        "departures": departures,
        "days": calendar.days.iter().map(|day| one(view, day)).collect::<Vec<_>>(),
        "so_far": burdens(view, &calendar.so_far),
        "after": burdens(view, &calendar.after),
    })
}

fn one(view: &View<'_>, day: &CalendarDay) -> Value {
    let blocks = view.blocks().zip(&day.demand).map(|((id, _), demand)| {
        let turn = day.turn(id);
        json!({
            "block": id,
            "turn": turn.map(|(number, _)| number),
            "demand_m3": demand,
            "cut_m3": turn.map(|(_, turn)| turn.cut_m3),
            "equivalent_days": turn.map(|(_, turn)| full_days(turn.burden(), 9)),
        })
    });
    let mut value = json!({
        "date": day.date,
        "status": status(day),
        "level": day.level,
        "demand_m3": day.balance.map(|(demand, _)| demand),
        "deliverable_m3": day.balance.map(|(_, deliverable)| deliverable),
        "blocks": blocks.collect::<Vec<_>>(),
    });
    match &day.known {
        Known::Confirmed(id) => value["decision"] = id.to_string().into(),
        Known::Planned(planned) => {
            value["shortfall_pct"] = planned.shortfall.map(|percent| percent.to_string()).into();
            value["standing_demand"] = planned.standing_demand.into();
            value["sources_of"] = planned.sources_of.map(|date| date.to_string()).into();
            value["extended"] = planned.extended.into();
            value["rest_gave_way"] = planned.rest_gave_way.into();
            value["beyond_authority_m3"] = planned.beyond_authority.get().into();
        }
        Known::Unknown | Known::NoOrder => {}
    }
    value
}

fn burdens(view: &View<'_>, burdens: &Burdens) -> Value {
    let blocks = view.blocks().zip(&burdens.blocks).map(|((id, name), figures)| {
        json!({
            "block": id,
            "name": name,
            "turns": figures.turns,
            "equivalent_days": full_days(figures.burden, 9),
            "longest_run": figures.longest_run,
            "shortest_rest": figures.shortest_rest,
        })
    });
    json!({
        "blocks": blocks.collect::<Vec<_>>(),
        "spread": full_days(burdens.spread(), 9),
        "longest_run": burdens.longest_run(),
        "shortest_rest": burdens.shortest_rest(),
    })
}
