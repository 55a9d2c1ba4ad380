//! A curve as data: every piece with its exact ends, and what everybody gets at both of them.

use serde_json::{Value, json};

use super::csv::decimal;
use super::view::{Figures, View};
use crate::curve::{Curve, RankServed};
use crate::decide::{Kind, PINNED};
use crate::policy::Standing;
use crate::units::{Date, Fraction};

/// The name of the format.
pub(crate) const SCHEMA: &str = "curtail.curve/1";

/// The urban curve, and those of the other balances in `areas`.
pub(crate) fn write(curves: &[&Curve<'_>], date: Date) -> Value {
    let mut all = curves.iter().map(|curve| one(curve, date));
    let mut first = all.next().unwrap_or_default();
    if let Value::Object(object) = &mut first {
        object.insert("areas".to_owned(), Value::Array(all.collect()));
    }
    first
}

fn one(curve: &Curve<'_>, date: Date) -> Value {
    let view = View::new(curve);
    let (policy, city) = (curve.policy(), curve.city());
    let area = curve.area().map(|area| &city.districts[area as usize].id);
    let (class, tier, district) = curve.demands();
    let demands = |ids: Vec<String>, demands: Vec<u64>| -> Value {
        ids.into_iter().zip(demands).filter(|(_, demand)| *demand > 0).map(|(id, demand)| (id, json!(demand))).collect()
    };
    json!({
        "schema": SCHEMA,
        "case": city.settings.name,
        "date": date,
        "area": area,
        "volume_basis": city.settings.volume_basis,
        "policy": { "id": policy.id, "version": policy.version, "digest": policy.digest, "overrides": policy.overrides },
        "exact": curve.is_exact(),
        "sampled_by_hour": curve.steps_by_hour().map(|steps| json!({ "steps": steps, "step_pct": 100 / steps })),
        "demand_m3": curve.demand(),
        "supply_m3": curve.supply(),
        "demand_by_class": demands(policy.classes.iter().map(|class| class.id.clone()).collect(), class),
        "demand_by_tier": demands(policy.tiers.iter().map(|tier| tier.number.to_string()).collect(), tier),
        "demand_by_district": demands(district_ids(curve), district),
        "pieces": view.pieces.iter().map(|ends| piece(curve, ends)).collect::<Vec<_>>(),
    })
}

fn district_ids(curve: &Curve<'_>) -> Vec<String> {
    curve.districts().iter().map(|district| curve.city().districts[*district as usize].id.to_string()).collect()
}

fn piece(curve: &Curve<'_>, ends: &super::view::Ends<'_>) -> Value {
    let (policy, piece) = (curve.policy(), ends.piece);
    let level = match piece.standing {
        Standing::At(level) => Some(&policy.levels[level].id),
        _ => None,
    };
    let blocks: Vec<_> = piece.blocks.iter().map(|block| &curve.city().districts[*block as usize].id).collect();
    json!({
        "from": exact(piece.from, 12),
        "from_closed": piece.from_closed,
        "until": exact(piece.until, 12),
        "until_closed": piece.until_closed,
        "level": level,
        "rotation": (piece.by_formula > 0).then(|| json!({ "blocks_by_formula": piece.by_formula, "blocks": blocks })),
        "at_from": figures(curve, &ends.start, &curve.start(piece).ranks()),
        "at_until": figures(curve, &ends.end, &curve.end(piece).ranks()),
    })
}

/// A fraction as `p/q` and as a decimal.
pub(crate) fn exact(fraction: Fraction, decimals: u32) -> Value {
    let text = format!("{}/{}", fraction.numerator(), fraction.denominator());
    json!({ "exact": text, "decimal": decimal(fraction, 1, decimals) })
}

fn figures(curve: &Curve<'_>, figures: &Figures, ranks: &[RankServed]) -> Value {
    let policy = curve.policy();
    let (class, tier, district) = curve.demands();
    let table = |ids: Vec<String>, demands: Vec<u64>, cuts: &[Fraction]| -> Value {
        let rows = ids.into_iter().zip(demands).zip(cuts).filter(|((_, demand), _)| *demand > 0);
        rows.map(|((id, _), cut)| (id, exact(*cut, 3))).collect()
    };
    let rank = |rank: &RankServed| {
        let kind = match rank.kind {
            Kind::Firm => "firm",
            Kind::Authorised => "authorised",
            Kind::Withheld => "withheld",
        };
        let measure = match (rank.measure, rank.tier) {
            (Some(measure), _) => Some(policy.measures[measure].id.as_str()),
            (None, Some(_)) => None,
            (None, None) => Some(PINNED),
        };
        let tier = rank.tier.map(|tier| policy.tiers[tier].number);
        json!({ "kind": kind, "tier": tier, "measure": measure, "size_m3": rank.size, "served_m3": exact(rank.served, 3) })
    };
    json!({
        "deliverable_m3": exact(figures.deliverable, 3),
        "ratio": exact(figures.ratio, 12),
        "cut_m3": exact(figures.cut, 3),
        "beyond_authority_m3": exact(figures.firm_loss, 3),
        "by_rank": ranks.iter().map(rank).collect::<Vec<_>>(),
        "cut_by_class": table(policy.classes.iter().map(|c| c.id.clone()).collect(), class, &figures.class_cut),
        "cut_by_tier": table(policy.tiers.iter().map(|t| t.number.to_string()).collect(), tier, &figures.tier_cut),
        "cut_by_district": table(district_ids(curve), district, &figures.district_cut),
    })
}
