//! The model as data; decimals are texts, so that no reader rounds them.

use serde_json::{Value, json};

use super::{View, fixed};
use crate::forecast::{DAYS_BEFORE, Deviations};

/// The name of the format.
pub(crate) const SCHEMA: &str = "curtail.fit/1";

/// The whole of it.
pub(crate) fn write(view: &View<'_>) -> Value {
    let factors = |list: &[u64]| list.iter().map(|factor| fixed(*factor as i64, 6, 6)).collect::<Vec<_>>();
    let classes: Vec<Value> = view
        .rows()
        .map(|(class, outside, _)| {
            let fit = view.fitted.model.fits.get(&class.class);
            let holidays: serde_json::Map<String, Value> = class
                .days
                .holidays
                .iter()
                .map(|(name, factor)| (name.clone(), fixed(*factor as i64, 6, 6).into()))
                .collect();
            let seasons = view.fitted.seasons.iter().zip(outside);
            let by_season: Vec<Value> = seasons
                .map(|(year, of)| {
                    let mut value = deviations(of);
                    if let Value::Object(value) = &mut value {
                        value.insert("season".to_owned(), format!("{year}/{}", year + 1).into());
                    }
                    value
                })
                .collect();
            json!({
                "class": class.class,
                "base_m3": fixed(class.base as i64, 3, 3),
                "per_degree_m3": fixed(class.per_degree as i64, 3, 3),
                "memory": fixed(class.memory as i64, 6, 6),
                "weekdays": factors(&class.days.weekdays),
                "holidays": holidays,
                "other_holidays": class.days.other_holidays.map(|factor| fixed(factor as i64, 6, 6)),
                "chance": factors(&class.errors),
                "fitted": fit.map(|fit| deviations(&fit.inside)),
                "other_seasons": fit.and_then(|fit| fit.outside.as_ref()).map(deviations),
                "by_season": by_season,
            })
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "case": view.city.settings.name,
        "history": view.history.origin.name(),
        "volume_basis": view.city.settings.volume_basis,
        "threshold_c": view.fitted.model.model.threshold.to_string(),
        "days": view.history.days.len(),
        "days_fitted": view.count(),
        "days_of_warm_up": DAYS_BEFORE,
        "seasons": view.fitted.seasons.iter().map(|year| format!("{year}/{}", year + 1)).collect::<Vec<_>>(),
        "classes": classes,
    })
}

fn deviations(of: &Deviations) -> Value {
    json!({
        "r2": fixed(of.r2, 6, 6),
        "rmse_m3": of.rmse,
        "mape_pct": fixed(of.mape as i64, 4, 4),
        "bias_m3": of.bias,
    })
}
