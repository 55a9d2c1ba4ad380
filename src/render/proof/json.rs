//! A check as data: every shortfall as an exact fraction and as a decimal.

use serde_json::{Value, json};

use crate::curve::Curve;
use crate::policy::{Policy, Standing};
use crate::prove::{Authority, Because, Check, Interval, Inversion, Rise, Riser, Unused, Why, risers, stopped};
use crate::render::curve::exact;
use crate::units::{Date, Fraction};

/// The name of the format.
pub(crate) const SCHEMA: &str = "curtail.check/1";

/// The urban area's check, and those of the other balances in `areas`.
pub(crate) fn write(curves: &[Curve<'_>], checks: &[Check], date: Date) -> Value {
    let mut all = curves.iter().zip(checks).map(|(curve, check)| one(curve, check, date));
    let mut first = all.next().unwrap_or_default();
    if let Value::Object(object) = &mut first {
        object.insert("areas".to_owned(), Value::Array(all.collect()));
    }
    first
}

pub(super) fn head(policy: &Policy) -> Value {
    json!({ "id": policy.id, "version": policy.version, "digest": policy.digest, "overrides": policy.overrides })
}

fn one(curve: &Curve<'_>, check: &Check, date: Date) -> Value {
    let (policy, city, coverage) = (curve.policy(), curve.city(), &check.coverage);
    let measures = |at: &[usize]| at.iter().map(|at| policy.measures[*at].id.as_str()).collect::<Vec<_>>();
    json!({
        "schema": SCHEMA,
        "case": city.settings.name,
        "date": date,
        "area": curve.area().map(|area| &city.districts[area as usize].id),
        "policy": head(policy),
        "demand_m3": curve.demand(),
        "proved": check.proved,
        "hours": curve.leaves_hours_out().then_some("not considered: checked for whole days"),
        "coverage": {
            "unanswered": coverage.unanswered.iter().map(interval).collect::<Vec<_>>(),
            "levels_not_met": coverage.unmet_levels.iter().map(|at| &policy.levels[*at].id).collect::<Vec<_>>(),
            "classes_without_place": coverage.unplaced.iter().map(|at| &policy.classes[*at].id).collect::<Vec<_>>(),
            "measures_reaching_nobody": measures(&coverage.idle_measures),
            "exemptions_reaching_nobody": coverage.idle_exemptions.iter().map(|at| &policy.exemptions[*at].id).collect::<Vec<_>>(),
        },
        "order_breaches": check.breaches.iter().map(|breach| json!({ "rank": breach.rank, "where": interval(&breach.interval) })).collect::<Vec<_>>(),
        "better_tier_first": check.inversions.iter().map(|one| inversion(policy, one)).collect::<Vec<_>>(),
        "better_off_with_less": check.rises.iter().map(|one| rise(curve, one)).collect::<Vec<_>>(),
        "unused": check.unused.iter().map(|one| unused(curve, one)).collect::<Vec<_>>(),
        "levels": check.levels.iter().map(|one| authority(policy, one)).collect::<Vec<_>>(),
    })
}

pub(super) fn interval(interval: &Interval) -> Value {
    json!({
        "from": exact(interval.from, 12),
        "from_closed": interval.from_closed,
        "until": exact(interval.until, 12),
        "until_closed": interval.until_closed,
    })
}

fn inversion(policy: &Policy, inversion: &Inversion) -> Value {
    let tier = |at: usize| policy.tiers[at].number;
    let (because, measure) = match inversion.because {
        Because::Rotation(measure) => ("rotation", Some(measure)),
        Because::Measure(measure) => ("measure", Some(measure)),
        Because::Pinned => ("pinned", None),
        Because::Reach => ("reach", None),
    };
    json!({
        "tier": tier(inversion.tier),
        "worse_tiers_served": inversion.worse.iter().map(|at| tier(*at)).collect::<Vec<_>>(),
        "where": interval(&inversion.interval),
        "because": because,
        "measure": measure.map(|at| &policy.measures[at].id),
        "declared": matches!(inversion.because, Because::Rotation(_)),
        "most_m3": exact(inversion.most, 3),
    })
}

fn standing(policy: &Policy, standing: Standing) -> Option<&str> {
    match standing {
        Standing::At(level) => policy.levels.get(level).map(|level| level.id.as_str()),
        _ => None,
    }
}

fn rise(curve: &Curve<'_>, rise: &Rise) -> Value {
    let (policy, city) = (curve.policy(), curve.city());
    let volume = |volume: Fraction| exact(volume, 3);
    let riser = |riser: &Riser| {
        json!({
            "customer_id": city.customers[riser.customer as usize].id,
            "name": city.customers[riser.customer as usize].name,
            "before_m3": volume(riser.before),
            "after_m3": volume(riser.after),
        })
    };
    json!({
        "where": interval(&rise.interval),
        "just_above": rise.just_above,
        "level_before": standing(policy, rise.standings.0),
        "level_after": standing(policy, rise.standings.1),
        "blocks_before": rise.blocks.0,
        "blocks_after": rise.blocks.1,
        "because": match rise.why {
            Why::Taken => "measures",
            Why::Rotation => "rotation",
            Why::List => "stop_list",
            Why::Released => "unused_gas_given",
            Why::Links => "links",
            _ => "measures_shifted",
        },
        "declared": rise.declared,
        "causes": rise.causes.iter().map(|cause| json!({
            "measure": cause.measure.map(|at| &policy.measures[at].id), "more_m3": volume(cause.more),
        })).collect::<Vec<_>>(),
        "customers": rise.customers,
        "volume_m3": volume(rise.volume),
        "by_class": rise.classes.iter().map(|of| json!({
            "class": policy.classes[of.class].id, "customers": of.customers, "volume_m3": volume(of.volume),
        })).collect::<Vec<_>>(),
        "largest": rise.largest.iter().map(riser).collect::<Vec<_>>(),
        "all": risers(curve, rise).iter().map(riser).collect::<Vec<_>>(),
    })
}

fn unused(curve: &Curve<'_>, unused: &Unused) -> Value {
    let customers = &curve.city().customers;
    json!({
        "where": interval(&unused.interval),
        "level": standing(curve.policy(), unused.standing),
        "most_m3": exact(unused.most, 3),
        "customers": unused.customers,
        "withheld_m3": unused.withheld,
        "all": stopped(curve, unused).iter().map(|stopped| json!({
            "customer_id": customers[stopped.customer as usize].id,
            "name": customers[stopped.customer as usize].name,
            "withheld_m3": stopped.withheld,
        })).collect::<Vec<_>>(),
    })
}

fn authority(policy: &Policy, authority: &Authority) -> Value {
    json!({
        "level": policy.levels[authority.level].id,
        "answers": authority.answers.iter().map(interval).collect::<Vec<_>>(),
        "most_m3": authority.most,
        "share": exact(authority.share, 12),
        "gaps": authority.gaps.iter().map(|gap| json!({
            "where": interval(&gap.interval),
            "most_m3": exact(gap.most, 3),
            "at": exact(gap.at, 12),
            "instead": gap.instead.iter().map(|instead| json!({
                "from": exact(instead.from, 12),
                "until": exact(instead.until, 12),
                "level": instead.level.map(|at| &policy.levels[at].id),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
