//! The curve over the shortfall holds what decisions say, on random small cities: exactly, and in between whole m3.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, missing_docs)]

mod common;
mod reference;

#[path = "properties/towns.rs"]
mod towns;

use curtail::city::City;
use curtail::curve::{Curve, Point};
use curtail::decide::whatif::{WhatIf, apply};
use curtail::decide::{Day, Decision, Kind, Options, Prepared, Solver};
use curtail::units::{Fraction, M3};
use proptest::prelude::*;
use reference::{Link, Town};
use towns::Shape;

fn cases(cases: u32) -> ProptestConfig {
    let set = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..set }
}

/// A city and a day with a curve, or nothing where there is none.
fn with_curves(town: &Town, test: impl FnOnce(&City, &Day, &Prepared<'_>, &[Curve<'_>])) {
    let Ok((city, day)) = common::city(town) else { return };
    let mut options = Options::default();
    (options.solver, options.unified) = (Solver::Exact, town.unified);
    let Ok(prepared) = Prepared::new(common::policies(""), &city, options) else { return };
    let Ok(curves) = prepared.curves(&day) else { return };
    assert!(curves.iter().all(Curve::is_exact), "a small city is never sampled");
    test(&city, &day, &prepared, &curves);
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The shortfalls at which every source of the urban balance gives a whole volume: so many at most.
fn whole_supplies(city: &City, day: &Day, curve: &Curve<'_>, unified: bool, most: u64) -> Vec<u64> {
    let sources = city.sources.iter().zip(&day.supply).filter(|(source, _)| unified || source.area.is_none());
    let volumes: Vec<u64> = sources.map(|(_, volume)| volume.map_or(0, M3::get)).collect();
    let common = volumes.iter().copied().fold(0, gcd);
    let step = volumes.iter().sum::<u64>() / common;
    let all = curve.demand().get() / step;
    let every = all.div_ceil(most).max(1);
    (0..=all).step_by(every as usize).chain([all]).map(|j| j * step).collect()
}

fn whole(volume: Fraction) -> Option<u64> {
    (volume.denominator() == 1).then(|| u64::try_from(volume.numerator()).unwrap())
}

fn near(volume: Fraction, whole: u64, slack: u64) -> bool {
    volume.compare(whole + slack, 1).is_ge() && volume.compare(whole.saturating_sub(slack), 1).is_le()
}

/// What the line says at a point is what a decision with that supply says.
fn same(city: &City, point: &Point<'_>, decision: &Decision) {
    let policy = common::policies("");
    let level = match point.standing() {
        curtail::policy::Standing::At(level) => Some(policy.main.levels[level].id.clone()),
        _ => None,
    };
    assert_eq!(level, decision.level.as_ref().map(|level| level.id.clone()));
    assert_eq!(whole(point.deliverable()), Some(decision.balance.deliverable_m3.0));
    let rotation = decision.rotation.as_ref();
    assert_eq!(point.piece().by_formula, rotation.map_or(0, |r| r.blocks_by_formula));
    let blocks: Vec<&str> = point.piece().blocks.iter().map(|b| &*city.districts[*b as usize].id).collect();
    assert_eq!(blocks, rotation.map_or(vec![], |r| r.blocks.iter().map(String::as_str).collect::<Vec<_>>()));
    let ranks: Vec<(Kind, u64, Option<u64>)> =
        point.ranks().iter().map(|rank| (rank.kind, rank.size, whole(rank.served))).collect();
    let decided: Vec<(Kind, u64, Option<u64>)> =
        decision.by_rank.iter().map(|rank| (rank.kind, rank.size_m3.0, Some(rank.served_m3.0))).collect();
    assert_eq!(ranks, decided);
    assert_eq!(whole(point.served()), Some(decision.totals.served_m3.0));
    assert_eq!(whole(point.firm_loss()), Some(decision.totals.beyond_authority_m3.0));
    // Rounding moves less than a m3 a slice.
    let customers = decision.detail.as_ref().unwrap().customers.len() as u64;
    for (class, served) in policy.main.classes.iter().zip(point.by_class()) {
        let decided = decision.by_class.iter().find(|row| row.class == class.id).map_or(0, |row| row.served_m3.0);
        assert!(near(served, decided, 4 * customers), "{} {served:?} {decided}", class.id);
    }
    let shared = decision.by_rank.iter().filter(|r| 0 < r.served_m3.0 && r.served_m3.0 < r.size_m3.0).count() as u64;
    for (row, served) in decision.by_district.iter().zip(point.by_district()) {
        // A cell of each rank and company.
        assert!(near(served, row.served_m3.0, 3 * shared), "{} {served:?} {}", row.district, row.served_m3.0);
    }
    for (row, (tier, served)) in decision
        .by_tier
        .iter()
        .map(|row| (row, policy.main.tiers.iter().zip(point.by_tier()).find(|(t, _)| t.number == row.tier).unwrap()))
    {
        assert!(near(served, row.served_m3.0, 4 * customers), "{} {served:?}", tier.number);
    }
}

/// Where a customer stands at a shortfall, from its own stretches.
fn customer_at(curve: &Curve<'_>, customer: usize, x: Fraction) -> f64 {
    let value = |f: Fraction| f.numerator() as f64 / f.denominator() as f64;
    let x = value(x);
    let stretches = curve.customer(customer).unwrap();
    let holds = |s: &&curtail::curve::Stretch| {
        let (from, until) = (value(s.from), value(s.until));
        (from < x || (from == x && s.from_closed)) && (x < until || (x == until && s.until_closed))
    };
    let stretch = stretches.iter().find(holds).unwrap();
    let (from, until) = (value(stretch.from), value(stretch.until));
    if from == until {
        return value(stretch.first);
    }
    value(stretch.first) + (value(stretch.last) - value(stretch.first)) * (x - from) / (until - from)
}

fn as_decided(town: &Town, most: u64) {
    with_curves(town, |city, day, prepared, curves| {
        let curve = &curves[0];
        let demand = curve.demand().get();
        for supply in whole_supplies(city, day, curve, town.unified, most) {
            let x = Fraction::new(u128::from(demand - supply), u128::from(demand));
            let mut there = day.clone();
            apply(city, &mut there, WhatIf::Supply(M3(supply)), town.unified).unwrap();
            let decision = prepared.decide(&there).unwrap();
            let point = curve.at(x).unwrap();
            same(city, &point, &decision);
            for share in &decision.detail.as_ref().unwrap().customers {
                let at = city.customer(&share.customer_id).unwrap();
                let served = customer_at(curve, at, x);
                let off = served - share.served_m3.0 as f64;
                assert!(
                    off.abs() < 4.0 + served * 1e-9,
                    "{} at {x:?}: {served} {}",
                    share.customer_id,
                    share.served_m3.0
                );
            }
        }
    });
}

fn is_contiguous(curve: &Curve<'_>) {
    let pieces = curve.pieces();
    let (first, last) = (pieces.first().unwrap(), pieces.last().unwrap());
    assert!(first.from == Fraction::new(0, 1) && first.from_closed);
    assert!(last.until == Fraction::new(1, 1) && last.until_closed);
    for pair in pieces.windows(2) {
        assert_eq!(pair[0].until, pair[1].from);
        assert!(pair[0].until_closed != pair[1].from_closed, "every shortfall belongs to one piece");
    }
    for piece in pieces {
        assert!(piece.from != piece.until || (piece.from_closed && piece.until_closed));
    }
}

/// `a <= b`.
fn at_most(a: Fraction, b: Fraction) -> bool {
    let cross = |x: Fraction, y: Fraction| curtail::units::wide_mul(x.numerator(), y.denominator());
    cross(a, b) <= cross(b, a)
}

/// A network that never binds.
fn ample(town: &Town) -> Town {
    let link = |from: &str, to: &str| Link { from: from.into(), to: to.into(), capacity: 900_000_000_000 };
    let sources = town.sources.iter().filter(|source| town.unified || source.area.is_none());
    let districts = town.districts.iter().filter(|district| town.unified || district.urban);
    let into = sources.map(|source| link(&source.id, "ring"));
    let links = into.chain(districts.map(|district| link("ring", &district.id))).collect();
    Town { links: Some(links), ..town.clone() }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_pool_on_the_line_is_as_decided(town in towns::town(Shape::Pool)) {
        as_decided(&town, 40);
    }

    #[test]
    fn pools_of_companies_on_the_line_are_as_decided(town in towns::town(Shape::Companies)) {
        as_decided(&town, 40);
    }

    #[test]
    fn a_network_on_the_line_is_as_decided(town in towns::town(Shape::Network)) {
        as_decided(&town, 60);
    }

    #[test]
    fn a_huge_pool_on_the_line_is_as_decided(town in towns::town(Shape::HugePool)) {
        as_decided(&town, 20);
    }

    #[test]
    fn pieces_follow_each_other_without_a_gap(town in towns::any_town()) {
        with_curves(&town, |_, _, _, curves| curves.iter().for_each(is_contiguous));
    }

    /// Inside a piece level and blocks are held: less supply never raises what the better ranks get together.
    #[test]
    fn less_gas_is_less_for_the_better_ranks_while_level_and_blocks_hold(town in towns::any_town()) {
        with_curves(&town, |_, _, _, curves| {
            for curve in curves {
                for pair in curve.pieces().windows(2) {
                    let ends = [curve.start(&pair[0]), curve.end(&pair[0]), curve.start(&pair[1])];
                    assert!(at_most(ends[1].deliverable(), ends[0].deliverable()));
                    assert_eq!(ends[1].deliverable(), ends[2].deliverable(), "what can arrive never jumps");
                    let same_state = pair[0].standing == pair[1].standing && pair[0].blocks == pair[1].blocks;
                    for (before, after) in ends[0].ranks().iter().zip(ends[1].ranks()) {
                        assert!(at_most(after.served, before.served), "{before:?} {after:?}");
                    }
                    if same_state {
                        assert_eq!(ends[1].ranks(), ends[2].ranks());
                    }
                }
            }
        });
    }

    #[test]
    fn a_network_that_never_binds_is_a_pool(town in towns::town(Shape::Pool)) {
        with_curves(&town, |_, _, _, pool| {
            with_curves(&ample(&town), |_, _, _, network| {
                for (a, b) in pool.iter().zip(network) {
                    let pieces = |curve: &Curve<'_>| -> Vec<_> {
                        let ends = |p| (curve.start(p).by_district(), curve.end(p).by_class(), curve.end(p).ranks());
                        curve.pieces().iter().map(|p| (p.from, p.until, p.blocks.clone(), ends(p))).collect()
                    };
                    assert_eq!(pieces(a), pieces(b));
                }
            });
        });
    }
}
