//! What a level can close, and what has no place.

use curtail::policy::{Band, Policy, Standing};
use curtail::prove::{Authority, check, plan as alone};
use curtail::units::{Decimal, Fraction};

use crate::{customer, in_block, m3, plan, stretch, thousandths, town, with_curve};

fn levels(policy: &Policy) -> [usize; 4] {
    ["IV", "III", "II", "I"].map(|level| policy.level(level).unwrap())
}

/// Industry 37, a large central boiler 100, homes 863: 1000 together.
fn city() -> crate::Town {
    town(
        &["A"],
        vec![
            customer("mill", "industry", 37),
            customer("plant", "boiler_central", 100),
            customer("home", "residential", 863),
        ],
    )
}

/// IV may stop the mill: 37 of 1000, "level IV can close at most 3.7 %". At just under 5 % 50 are short: 13 of firm gas.
/// III would add 30 % of the boiler's 100 and close 67.
#[test]
fn level_iv_can_close_what_industry_takes_clause_2_2_1() {
    let policy = plan(&[]);
    let [iv, iii, ..] = levels(&policy);
    with_curve(&city(), &policy, |curve| {
        let found = check(curve);
        let authority = &found.levels[iv];
        assert_eq!((authority.most, authority.share), (37, thousandths(37)));
        assert_eq!(authority.answers, [stretch("(0, 50)")]);
        let [gap] = authority.gaps.as_slice() else { panic!("{:?}", authority.gaps) };
        assert_eq!((gap.interval, gap.most, gap.at), (stretch("(37, 50)"), m3(13), thousandths(50)));
        let [instead] = gap.instead.as_slice() else { panic!("{:?}", gap.instead) };
        assert_eq!((instead.from, instead.until, instead.level), (thousandths(37), thousandths(50), Some(iii)));
    });
}

/// III closes 37 + 30; of the 100 short at just under 10 % 33 are firm. II would close 37 + 50, so from 8.7 % on only I
/// would, by the block's turn.
#[test]
fn two_levels_share_what_level_iii_cannot_close_clause_2_2_2() {
    let policy = plan(&[]);
    let [_, iii, ii, i] = levels(&policy);
    with_curve(&city(), &policy, |curve| {
        let found = check(curve);
        let Authority { most, gaps, .. } = &found.levels[iii];
        assert_eq!(*most, 67);
        let [gap] = gaps.as_slice() else { panic!("{gaps:?}") };
        assert_eq!((gap.interval, gap.most, gap.at), (stretch("(67, 100)"), m3(33), thousandths(100)));
        let parts: Vec<_> = gap.instead.iter().map(|part| (part.from, part.until, part.level)).collect();
        let (a, b, c) = (thousandths(67), thousandths(87), thousandths(100));
        assert_eq!(parts, [(a, b, Some(ii)), (b, c, Some(i))]);
    });
}

/// II answers 10 % to 20 % and closes 87 at most: firm gas is cut all along, 113 at 20 %. I closes everything: all are in
/// the block, nobody has a floor.
#[test]
fn a_level_that_never_suffices_and_one_that_always_does_clause_2_2_3() {
    let policy = plan(&[]);
    let [_, _, ii, i] = levels(&policy);
    with_curve(&city(), &policy, |curve| {
        let found = check(curve);
        let [gap] = found.levels[ii].gaps.as_slice() else { panic!("{:?}", found.levels[ii]) };
        assert_eq!((gap.interval, gap.most, gap.at), (stretch("[100, 200]"), m3(113), thousandths(200)));
        assert!(gap.instead.iter().all(|part| part.level == Some(i)), "{gap:?}");
        assert_eq!((found.levels[i].most, found.levels[i].share), (1000, Fraction::new(1, 1)));
        assert_eq!(found.levels[i].answers, [stretch("(200, 1000]")]);
        assert_eq!(found.levels[i].gaps, []);
    });
}

/// Hospitals are exempt from the turn of their block: 100 of 1000 nobody may cut, whatever level.
#[test]
fn no_level_closes_what_is_exempt_clause_2_2_4() {
    let policy = plan(&[]);
    let [.., i] = levels(&policy);
    let town = town(&["A"], vec![customer("ward", "hospital", 100), customer("home", "residential", 900)]);
    with_curve(&town, &policy, |curve| {
        let found = check(curve);
        let [gap] = found.levels[i].gaps.as_slice() else { panic!("{:?}", found.levels[i]) };
        assert_eq!((gap.interval, gap.most), (stretch("(900, 1000]"), m3(100)));
        assert_eq!(gap.instead.iter().map(|part| part.level).collect::<Vec<_>>(), [None]);
    });
}

/// No policy file leaves a shortfall without a level; a policy that a program has changed can. IV from above 1 % on: what is
/// short up to 1 % nobody answers.
#[test]
fn a_shortfall_without_a_level_is_found() {
    let mut policy = plan(&[]);
    let [iv, ..] = levels(&policy);
    let band = policy.levels[iv].band.unwrap();
    policy.levels[iv].band = Some(Band { from: Decimal::percent(1), from_closed: false, ..band });
    with_curve(&city(), &policy, |curve| assert_eq!(check(curve).coverage.unanswered, [stretch("(0, 10]")]));
    with_curve(&city(), &plan(&[]), |curve| assert_eq!(check(curve).coverage.unanswered, []));
}

/// The same of a class: without tier 5's last rank the mill's gas has no place when it is firm.
#[test]
fn a_class_without_a_place_is_found() {
    let mut policy = plan(&[]);
    with_curve(&city(), &policy, |curve| assert_eq!(check(curve).coverage.unplaced, [0usize; 0]));
    policy.tiers[4].ranks.pop();
    let class = policy.class("industry").unwrap();
    with_curve(&city(), &policy, |curve| assert_eq!(check(curve).coverage.unplaced, [class]));
}

/// A city of a mill and a boiler has nobody for the other measures, nor for any exemption.
#[test]
fn rules_that_mean_nobody_are_found() {
    let policy = plan(&[]);
    with_curve(&city(), &policy, |curve| {
        let found = check(curve).coverage;
        let idle: Vec<&str> = found.idle_measures.iter().map(|at| policy.measures[*at].id.as_str()).collect();
        assert_eq!(idle, ["reduce-chp", "stop-public-service-boilers", "limit-community-boilers", "peak-stop"]);
        assert_eq!(found.idle_exemptions, [0, 1, 2]);
        assert_eq!(found.unmet_levels, [0usize; 0]);
    });
}

/// A bottleneck of 940 leaves 6 % short even where sources give everything: level IV is never met.
#[test]
fn a_level_that_a_bottleneck_steps_over_is_found() {
    let policy = plan(&[]);
    let link = crate::reference::Link { from: "s".into(), to: "A".into(), capacity: 940 };
    let town = crate::Town { links: Some(vec![link]), ..city() };
    with_curve(&town, &policy, |curve| {
        let found = check(curve);
        assert_eq!(found.coverage.unmet_levels, [policy.level("IV").unwrap()]);
        assert_eq!(curve.pieces()[0].standing, Standing::At(policy.level("III").unwrap()));
    });
}

/// Without a city: level I with a limit of 20 % on large boilers does less than II with 50 %.
#[test]
fn a_measure_that_does_less_when_it_is_graver_is_found() {
    let weaker = plan(&["measures.limit-large-central.I.limit=0.2"]);
    let found = alone(&weaker);
    let [one] = found.weaker.as_slice() else { panic!("{:?}", found.weaker) };
    let [.., ii, i] = levels(&weaker);
    assert_eq!((one.measure, one.level, one.graver), (weaker.measure("limit-large-central").unwrap(), ii, i));
    assert!(alone(&plan(&[])).weaker.is_empty());
    // Homes are in tier 1, and only a block's turn takes from them.
    let home = found.classes[weaker.class("residential").unwrap()];
    assert_eq!((home.tier, home.touched, home.in_turn), (Some(0), Some(i), true));
    let mill = found.classes[weaker.class("industry").unwrap()];
    assert_eq!((mill.touched, mill.in_turn), (Some(0), false));
}

/// Blocks that lie elsewhere say nothing: the same city in two blocks closes the same.
#[test]
fn authority_counts_every_block_on_its_turn() {
    let mut two = city();
    two.districts.push(crate::District { id: "B".into(), urban: true, burden: 0 });
    two.customers[2] = in_block("B", two.customers[2].clone());
    let policy = plan(&[]);
    let most = |town: &crate::Town| {
        with_curve(town, &policy, |curve| check(curve).levels.iter().map(|l| l.most).collect::<Vec<_>>())
    };
    assert_eq!(most(&city()), [37, 67, 87, 1000]);
    assert_eq!(most(&two), most(&city()));
}
