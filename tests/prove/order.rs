//! The order of protection.

use curtail::prove::{Because, Why, check};

use crate::{customer, in_block, m3, plan, stretch, thousandths, town, with_curve};

/// A home of 100 in A, a large boiler of 100 in B. The limit takes 50 of the boiler, up to 25 %; then A's turn takes from the
/// home, tier 1, while the boiler, tier 5, keeps its other 50. With one block up to 70 %, the home has lost 140 - 50 = 90
/// there; then B's turn comes too, takes the boiler's 50 first, and the home has 60 again.
#[test]
fn a_blocks_turn_takes_from_homes_while_another_block_keeps_a_worse_tier_clause_2_2_4() {
    let town = town(
        &["A", "B"],
        vec![customer("home", "residential", 100), in_block("B", customer("plant", "boiler_central", 100))],
    );
    let policy = plan(&["rotation.step=0.5"]);
    let rotation = policy.measure("rotate-blocks").unwrap();
    with_curve(&town, &policy, |curve| {
        let found = check(curve);
        assert_eq!(found.breaches, []);
        let [one] = found.inversions.as_slice() else { panic!("{:?}", found.inversions) };
        assert_eq!((one.tier, one.worse.as_slice(), one.because), (0, &[4][..], Because::Rotation(rotation)));
        assert_eq!((one.interval, one.most), (stretch("(250, 700)"), m3(90)));
        let turns: Vec<_> = found.rises.iter().filter(|rise| rise.why == Why::Rotation).collect();
        let [turn] = turns.as_slice() else { panic!("{:?}", found.rises) };
        assert_eq!((turn.interval.from, turn.blocks, turn.volume), (thousandths(700), (1, 2), m3(50)));
    });
}

/// With the plan as it is the second block comes at 25 %, when the home's turn would begin: no tier is passed over.
#[test]
fn the_second_block_comes_in_time() {
    let town = town(
        &["A", "B"],
        vec![customer("home", "residential", 100), in_block("B", customer("plant", "boiler_central", 100))],
    );
    with_curve(&town, &plan(&[]), |curve| assert_eq!(check(curve).inversions, []));
}

/// A plan that takes hospitals first: tier 1 loses while the mill, tier 5, still gets gas, until the hospital's 100 are
/// gone at 10 % and on to the mill's last.
#[test]
fn a_measure_that_passes_over_a_worse_tier_is_found() {
    let town = town(&["A"], vec![customer("ward", "hospital", 100), customer("mill", "industry", 900)]);
    let policy = plan(&[
        "measures.reduce-chp.who={ class = \"hospital\" }",
        "cut_order=[\"reduce-chp\", \"stop-industry-commerce\", \"stop-public-service-boilers\", \
         \"limit-community-boilers\", \"limit-large-central\", \"peak-stop\", \"rotate-blocks\"]",
    ]);
    with_curve(&town, &policy, |curve| {
        let found = check(curve);
        let [one] = found.inversions.as_slice() else { panic!("{:?}", found.inversions) };
        assert_eq!((one.tier, one.worse.as_slice(), one.because), (0, &[4][..], Because::Measure(0)));
        assert_eq!((one.interval, one.most), (stretch("(0, 1000)"), m3(100)));
    });
}

/// Links apart: A has a link of 60 for its home of 100, B plenty for its mill of 100. The home lacks 40, which the mill's
/// gas cannot reach; 20 % of 200 is level II, and no measure lets anyone cut a home: firm gas, for want of reach.
#[test]
fn firm_gas_that_nothing_can_reach_is_told_apart() {
    let link = |to: &str, capacity| crate::reference::Link { from: "s".into(), to: to.into(), capacity };
    let town = crate::Town {
        links: Some(vec![link("A", 60), link("B", 200)]),
        ..town(
            &["A", "B"],
            vec![customer("home", "residential", 100), in_block("B", customer("mill", "industry", 100))],
        )
    };
    with_curve(&town, &plan(&[]), |curve| {
        let found = check(curve);
        let reach: Vec<_> = found.inversions.iter().filter(|one| one.because == Because::Reach).collect();
        let [one] = reach.as_slice() else { panic!("{:?}", found.inversions) };
        assert_eq!((one.tier, one.worse.as_slice(), one.most), (0, &[4][..], m3(40)));
        assert!(one.interval.from_closed && one.interval.from == thousandths(0));
        assert_eq!(found.breaches, []);
    });
}
