//! On random small towns: what is said of every shortfall is what decisions at single shortfalls do.

use curtail::city::City;
use curtail::curve::Curve;
use curtail::decide::whatif::{WhatIf, apply};
use curtail::decide::{Day, Decision, Options, Prepared, Solver};
use curtail::prove::{Check, Interval, check, risers};
use curtail::units::{Fraction, M3, wide_mul};
use proptest::prelude::*;

use crate::Town;
use crate::common;
use crate::towns::{self, Shape};

fn cases(cases: u32) -> ProptestConfig {
    let set = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..set }
}

/// `a < b`.
fn below(a: Fraction, b: Fraction) -> bool {
    wide_mul(a.numerator(), b.denominator()) < wide_mul(b.numerator(), a.denominator())
}

fn holds(interval: &Interval, x: Fraction) -> bool {
    (below(interval.from, x) || (interval.from == x && interval.from_closed))
        && (below(x, interval.until) || (interval.until == x && interval.until_closed))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Supplies, the largest first, of which every source gives a whole volume; so many at most.
fn supplies(city: &City, day: &Day, demand: u64, unified: bool, most: u64) -> Vec<u64> {
    let sources = city.sources.iter().zip(&day.supply).filter(|(source, _)| unified || source.area.is_none());
    let volumes: Vec<u64> = sources.map(|(_, volume)| volume.map_or(0, M3::get)).collect();
    let step = volumes.iter().sum::<u64>() / volumes.iter().copied().fold(0, gcd);
    let all = demand / step;
    (0..=all).rev().step_by(all.div_ceil(most).max(1) as usize).map(|j| j * step).collect()
}

fn as_decided(town: &Town, most: u64) {
    let Ok((city, day)) = common::city(town) else { return };
    let mut options = Options::default();
    (options.solver, options.unified) = (Solver::Exact, town.unified);
    let Ok(prepared) = Prepared::new(common::policies(&town.plan), &city, options) else { return };
    let Ok(curves) = prepared.curves(&day) else { return };
    let (curve, demand) = (&curves[0], curves[0].demand().get());
    let found = check(curve);
    assert!(found.proved && found.breaches.is_empty() && found.coverage.unplaced.is_empty(), "{found:?}");
    let mut last: Option<(Fraction, Decision)> = None;
    for supply in supplies(&city, &day, demand, town.unified, most) {
        let x = Fraction::new(u128::from(demand - supply), u128::from(demand));
        let mut there = day.clone();
        apply(&city, &mut there, WhatIf::Supply(M3(supply)), town.unified).unwrap();
        let decision = prepared.decide(&there).unwrap();
        at_one(curve, &found, x, &decision);
        if let Some(last) = &last {
            between_two(curve, &found, last, (x, &decision));
        }
        last = Some((x, decision));
    }
}

/// Level, authority, order and unused gas at one shortfall.
fn at_one(curve: &Curve<'_>, found: &Check, x: Fraction, decision: &Decision) {
    let policy = curve.policy();
    let level = decision.level.as_ref().map(|level| policy.level(&level.id).unwrap());
    for authority in &found.levels {
        let answers = authority.answers.iter().any(|stretch| holds(stretch, x));
        assert_eq!(answers, level == Some(authority.level), "{x:?}: {authority:?}");
    }
    if let Some(level) = level {
        let (beyond, totals) = (decision.totals.beyond_authority_m3.0, &decision.totals);
        let gap = found.levels[level].gaps.iter().find(|gap| holds(&gap.interval, x));
        assert_eq!(gap.is_some(), beyond > 0, "{x:?}: {gap:?}, but {beyond} of firm gas are cut");
        if let Some(gap) = gap {
            assert!(gap.most.compare(beyond, 1).is_le(), "{x:?}: {beyond} are more than {:?}", gap.most);
            let inside = |part: &&curtail::prove::Instead| below(part.from, x) && below(x, part.until);
            if let Some(part) = gap.instead.iter().find(inside) {
                let instead = part.level.map(|level| policy.levels[level].id.clone());
                assert_eq!(instead, decision.escalate_to, "{x:?}");
            }
        } else {
            // Nothing is cut that measures may not take together.
            let most = found.levels[level].most;
            assert!(totals.cut_m3.0 <= most, "{x:?}: {} of at most {most}", totals.cut_m3.0);
        }
    }
    let unused = found.unused.iter().find(|unused| holds(&unused.interval, x));
    assert_eq!(unused.is_some(), decision.totals.unused_m3.0 > 0, "{x:?}: {unused:?}");
    // Orders are whole, so a volume that only rounding makes says nothing.
    let slack = 2 * curve.customers().len() as u64;
    for (at, better) in policy.tiers.iter().enumerate() {
        let row = |number: u32| decision.by_tier.iter().find(|row| row.tier == number);
        let lost = row(better.number).map_or(0, |row| row.cut_m3.0);
        for (worse, tier) in policy.tiers.iter().enumerate().skip(at + 1) {
            let gets = row(tier.number).map_or(0, |row| row.served_m3.0);
            let told = || {
                found
                    .inversions
                    .iter()
                    .any(|one| one.tier == at && one.worse.contains(&worse) && holds(&one.interval, x))
            };
            assert!(lost <= slack || gets <= slack || told(), "{x:?}: tier {} loses {lost}", better.number);
        }
    }
}

/// Whoever gets more at the second of two shortfalls rises somewhere in between.
fn between_two(
    curve: &Curve<'_>,
    found: &Check,
    (x, before): &(Fraction, Decision),
    (y, after): (Fraction, &Decision),
) {
    let here = |rise: &&curtail::prove::Rise| !below(rise.interval.until, *x) && !below(y, rise.interval.from);
    let names: std::collections::BTreeSet<&str> = found
        .rises
        .iter()
        .filter(here)
        .flat_map(|rise| risers(curve, rise))
        .map(|riser| &*curve.city().customers[riser.customer as usize].id)
        .collect();
    let (before, after) = [before, after].map(|decision| &decision.detail.as_ref().unwrap().customers).into();
    for (one, other) in before.iter().zip(after) {
        assert_eq!(one.customer_id, other.customer_id);
        // Each slice of a customer is rounded by less than 1, in each of the two.
        let more = other.served_m3.0.saturating_sub(one.served_m3.0);
        assert!(
            more <= 8 || names.contains(&*one.customer_id),
            "{} gets {more} more from {x:?} to {y:?}",
            one.customer_id
        );
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_check_of_any_town_is_as_decided(town in towns::any_town()) {
        as_decided(&town, 40);
    }

    #[test]
    fn a_check_of_any_plan_is_as_decided(town in towns::under_any_plan()) {
        as_decided(&town, 30);
    }

    #[test]
    fn a_check_of_a_huge_pool_is_as_decided(town in towns::town(Shape::HugePool)) {
        as_decided(&town, 30);
    }

    /// P2: an area may call for a graver level.
    #[test]
    fn a_check_of_areas_is_as_decided(town in towns::of_areas()) {
        as_decided(&town, 40);
    }
}
